"""Retention rules of payments and of staff's notes on discrepancies, for members and guests (docs/retention.md).

When the period ends, personal values are emptied; the row stays, live or archived, with amounts, states and the
provider's numbers.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from tortoise.expressions import Q

from src.app.order.services import queries as orders
from src.app.order.services.withdrawal import OPEN
from src.app.payment.models import Discrepancy, Payment, PaymentArchive, RefundAccount, RefundAccountArchive
from src.app.payment.services.retention.anonymising import RETENTION, empty, empty_accounts
from src.common.records.retention import Rule, batches
from src.core.database import unit_of_work

MOVED: Final = Q(paid_amount__gt=0) | Q(cancelled_amount__gt=0) | Q(paid_at__isnull=False)


async def paid_orders(order_ids: Sequence[int]) -> set[int]:
    """Return the ids of these orders for which money ever moved, live or archived."""
    found: set[int] = set()
    for table in (Payment, PaymentArchive, Payment):  # live again: a row may return in between
        mine = table.filter(MOVED, order_id__in=list(order_ids))
        found |= {order_id for (order_id,) in await mine.values_list("order_id")}
    return found


def _over(before: datetime) -> Q:
    """Return the condition that a payment is not emptied yet, did not change after `before`, and has no re-read due."""
    return (
        Q(separated_at__isnull=True, created_at__lte=before, next_reread_at__isnull=True)
        & (Q(paid_at__isnull=True) | Q(paid_at__lte=before))
        & (Q(status_changed_at__isnull=True) | Q(status_changed_at__lte=before))
        & (Q(account_due_at__isnull=True) | Q(account_due_at__lte=before))
    )


def _unpaid(before: datetime) -> Q:
    return _over(before) & ~MOVED


async def _find(table: type[Payment], over: Callable[[datetime], Q], before: datetime) -> AsyncIterator[list[int]]:
    async for ids in batches(table.filter(over(before))):
        order_of = dict(await table.filter(id__in=ids).values_list("id", "order_id"))
        known = await orders.by_ids(sorted(set(order_of.values())))
        closed = {order_id for order_id, order in known.items() if order.status not in OPEN}
        if due := [row_id for row_id in ids if order_of.get(row_id) in closed]:
            yield due


async def _erase(table: type[Payment], over: Callable[[datetime], Q], ids: Sequence[int], before: datetime) -> int:
    return sum([await unit_of_work(partial(_empty, table, over, row_id, before)) for row_id in ids])


async def _empty(table: type[Payment], over: Callable[[datetime], Q], row_id: int, before: datetime) -> int:
    """Check the row again under its lock, and empty it. The next run finds one that has just changed tables."""
    payment = await table.filter(over(before), id=row_id).select_for_update().first()
    return 0 if payment is None else await empty(table, payment)


def _noted(before: datetime) -> Any:
    return Discrepancy.filter(resolved_at__lte=before).exclude(detail="", resolution="")


async def _empty_notes(ids: Sequence[int], before: datetime) -> int:
    return await unit_of_work(lambda: _noted(before).filter(id__in=ids).update(detail="", resolution=""))


def _rules(table: type[Payment], name: str) -> tuple[Rule, Rule]:
    return (
        Rule(
            retention=RETENTION,
            table=name,
            subject="결제의 계좌, 영수증 주소와 분쟁 사유 / Accounts, receipts and reasons of disputes of payments",
            find=partial(_find, table, _over),
            erase=partial(_erase, table, _over),
        ),
        Rule(
            retention="unneeded",
            table=name,
            subject="돈이 오가지 않은 결제 시도의 계좌와 실패 사유 / Accounts and failures of tries that moved no money",
            find=partial(_find, table, _unpaid),
            erase=partial(_erase, table, _unpaid),
        ),
    )


def _accounts(table: type[RefundAccount], before: datetime) -> Any:
    return table.filter(created_at__lte=before).exclude(number_sealed="")


async def _empty_accounts(table: type[RefundAccount], ids: Sequence[int], _before: datetime) -> int:
    return await unit_of_work(lambda: empty_accounts(table, ids))


def _account_rule(table: type[RefundAccount], name: str) -> Rule:
    return Rule(
        retention=RETENTION,
        table=name,
        subject="환불 계좌 / Accounts that refunds went to",
        find=lambda before: batches(_accounts(table, before)),
        erase=partial(_empty_accounts, table),
    )


RULES: Final = (
    *_rules(Payment, "payment"),
    *_rules(PaymentArchive, "payment_archive"),
    _account_rule(RefundAccount, "refund_account"),
    _account_rule(RefundAccountArchive, "refund_account_archive"),
    Rule(
        retention="dispute",
        table="discrepancy",
        subject="해결된 결제 불일치의 메모 / Notes of discrepancies that staff resolved",
        find=lambda before: batches(_noted(before)),
        erase=_empty_notes,
    ),
)

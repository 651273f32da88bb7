"""Remove personal values from payments of former members; `periods` does so when the period ends.

Amounts, states and the provider's numbers do not change: a refund needs them. Removed are the virtual account, the
receipt's address, the provider's failure text and the reasons of disputes. Orders have `order.services.retention`.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from src.app.order.models import Order
from src.app.order.services import queries as orders
from src.app.order.services.locks import lock_order
from src.app.order.services.withdrawal import OPEN
from src.app.payment.models import (
    Discrepancy,
    DiscrepancyKind,
    Payment,
    PaymentLegalRecord,
    PaymentSeparation,
    RefundAccount,
    RefundAccountArchive,
)
from src.app.payment.services.journal_entries import open_refunds
from src.app.payment.services.queries import of_orders
from src.common import clock
from src.common.records import anonymising
from src.common.records.archiving import rows_of
from src.common.records.former_tables import FormerTables
from src.core.database import unit_of_work

DOMAIN: Final = "payment"
RETENTION: Final = "payment"
FORMER: Final = FormerTables(PaymentSeparation, PaymentLegalRecord, "payment_id")
ACCOUNT: Final = ("bank", "number_sealed", "number_end", "holder")
PERSONAL: Final = ("account_bank", "account_number", "account_holder", "receipt_url", "failure")
BATCH: Final = 200


async def anonymise_member(member_id: int) -> int:
    """Move the personal values of payments of the member's ended orders into the legal records; return the number of
    payments anonymised by this call.

    For members who have left. One transaction per order. A repeat moves what is left, also at the same time or after a
    crash. Payments of open orders stay unchanged, and so does the account of an order with a refund that is not done:
    the money goes there. `anonymise_due` tries them again later. `mirror` copies no personal
    value into an anonymised payment.
    """
    return await anonymising.anonymise(DOMAIN, member_id, _step)


async def _step(member_id: int) -> tuple[int, bool]:
    moved, offset, is_done = 0, 0, True
    while page := await _page(member_id, offset=offset):
        offset += len(page)
        held = await of_orders([order.id for order in page])
        owed, given = await _owed([order.id for order in page]), await _with_account([order.id for order in page])
        for order in page:
            is_done = is_done and order.status not in OPEN and order.id not in owed
            is_left = any(payment.separated_at is None for payment in held.get(order.id, []))
            if order.status not in OPEN and (is_left or order.id in given - owed):
                moved += await unit_of_work(partial(_move_of_order, order.id))
    return moved, is_done


async def _page(member_id: int, *, offset: int) -> list[Order]:
    """Return a page of orders, newest first. An order placed between two pages repeats one, which is safe."""
    found, _ = await orders.of_member(member_id, status=None, since=None, until=None, window=(offset, BATCH))
    return found


async def _move_of_order(order_id: int) -> int:
    """Move the values of one order's payments, in one transaction that locks the order and the payments."""
    order = await lock_order(order_id)
    if order.status in OPEN:
        return 0
    waiting = await Payment.filter(order_id=order_id, separated_at=None).order_by("id").select_for_update()
    for payment in waiting:
        await _move(payment)
    if await _owed([order_id]):
        return len(waiting)
    for table in (RefundAccount, RefundAccountArchive):
        for account in await table.filter(order_id=order_id).exclude(number_sealed="").order_by("id"):
            await _move_account(table, account)
    return len(waiting)


async def _owed(order_ids: Sequence[int]) -> set[int]:
    """Return the ids of these orders with a refund that is not done. Such an order is never archived."""
    return set(await open_refunds(order_ids))


async def _with_account(order_ids: Sequence[int]) -> set[int]:
    """Return the ids of these orders with a refund account that is not emptied."""
    rows = await rows_of(RefundAccount, RefundAccountArchive, "order_id", order_ids)
    return {order_id for order_id, given in rows.items() if any(row.number_sealed for row in given)}


async def _move_account(table: type[RefundAccount], account: RefundAccount) -> None:
    values = {column: getattr(account, column) for column in ACCOUNT}
    reference = f"refund_account:{account.id}"
    await anonymising.keep(DOMAIN, reference, values, since=account.created_at, retention=RETENTION)
    await empty_accounts(table, [account.id])


async def empty_accounts(table: type[RefundAccount], ids: Sequence[int]) -> int:
    """Remove bank, number and holder from these rows of `table`; return how many changed."""
    blank = dict.fromkeys((*ACCOUNT, "number_hash", "reason"), "")
    return await table.filter(id__in=list(ids)).exclude(number_sealed="").update(**blank)


async def _move(payment: Payment) -> None:
    values: dict[str, Any] = {column: getattr(payment, column) for column in PERSONAL}
    disputes = payment.disputes or []
    if any(dispute["reason"] for dispute in disputes):
        values["disputes"] = disputes
    if any(values.values()):
        await anonymising.keep(DOMAIN, payment.payment_id, values, since=last_change(payment), retention=RETENTION)
    await empty(type(payment), payment)


def last_change(payment: Payment) -> datetime:
    """Return the latest of the moments when the payment was opened, paid, or changed at the provider."""
    moments = (payment.created_at, payment.paid_at, payment.status_changed_at)
    return max(moment for moment in moments if moment is not None)


async def empty(table: type[Payment], payment: Payment) -> int:
    """Remove the personal values from this row of `table`, from its disputes and from their discrepancies.

    Call with the row locked. Returns the number of payment rows changed.
    """
    now = clock.now()
    disputes = [{**dispute, "reason": ""} for dispute in payment.disputes or []] or None
    values: dict[str, Any] = {**dict.fromkeys(PERSONAL, ""), "separated_at": now, "updated_at": now}
    changed = await table.filter(id=payment.id).update(**values, disputes=disputes)
    await Discrepancy.filter(payment_id=payment.id, kind=DiscrepancyKind.DISPUTE).update(detail="")
    return changed

"""Staff list refunds, and have one tried again at once."""

from collections.abc import Sequence
from functools import partial
from typing import Final, TypeVar

from tortoise.functions import Count
from tortoise.queryset import QuerySet

from src.app.order.services import queries as orders
from src.app.payment.dtos.admin.refunds import RefundAction, RefundQuery, RefundRead
from src.app.payment.errors import RefundNotFound
from src.app.payment.models import (
    Payment,
    Refund,
    RefundArchive,
    RefundAttempt,
    RefundAttemptArchive,
    cause_of,
)
from src.app.payment.services import queries as payments
from src.app.payment.services.locks import lock_payment
from src.app.payment.services.refunds.actions import allowed_actions, check_retryable
from src.app.payment.services.refunds.lateness import is_overdue, overdue
from src.app.payment.services.refunds.requesting import JOB
from src.common import clock
from src.common.dtos.pages import Page, window
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work import wakeup
from src.core.database import unit_of_work

R = TypeVar("R", bound=Refund)
SAME: Final = (
    "id",
    "refund_no",
    "reason",
    "means",
    "amount",
    "tax_free_amount",
    "vat_amount",
    "status",
    "due_on",
    "done_at",
)


async def find(asked: RefundQuery) -> Page[RefundRead]:
    """Return a page of refunds, newest first. Those of one order or payment are found in the archive too."""
    ours = await _payments(asked)
    if ours is not None and not ours:
        return Page(items=[], total=0, page=asked.page, size=asked.size, next_cursor=None)
    is_archived = ours is not None and payments.is_archived(ours[0])
    found = _filtered(RefundArchive.all() if is_archived else Refund.all(), asked)
    if ours is not None:
        found = found.filter(payment_id__in=[payment.id for payment in ours])
    rows, following = await window(found, asked)
    return Page(
        items=await _read(rows), total=await found.count(), page=asked.page, size=asked.size, next_cursor=following
    )


async def retry(refund_id: int, reason: str, *, by: Actor) -> RefundRead:
    """Make a refund due now instead of at its next try, and write it into the audit log.

    Locks payment and refund. It is sent after the commit, as ever: what the provider did already is not done again.
    Raises RefundNotFound and RefundNotRetryable.
    """
    return (await _read([await unit_of_work(partial(_retry, refund_id, reason, by=by))]))[0]


async def _retry(refund_id: int, reason: str, *, by: Actor) -> Refund:
    known = await Refund.filter(id=refund_id).first()
    if known is None:
        raise RefundNotFound
    await lock_payment(known.payment_id)
    refund = await Refund.filter(id=refund_id).select_for_update().get()
    check_retryable(refund)
    refund.available_at = clock.now()
    await refund.save(update_fields=["available_at"])
    await audit.record(
        "refund.retried",
        by=by,
        target=("refund", refund.id),
        after={"refund_no": refund.refund_no, "status": refund.status.value, "amount": refund.amount},
        reason=reason,
    )
    wakeup.wake(JOB)
    return refund


async def _payments(asked: RefundQuery) -> list[Payment] | None:
    """Return the payments that the query names, None if it names none."""
    if asked.order_no is None and asked.payment_id is None:
        return None
    found: list[Payment] = []
    if asked.order_no is not None:
        order = await orders.by_number(asked.order_no)
        found = [] if order is None else (await payments.of_orders([order.id])).get(order.id, [])
    if asked.payment_id is not None:
        named = (await payments.known([asked.payment_id])).get(asked.payment_id)
        is_same = named is not None and (asked.order_no is None or named.id in {each.id for each in found})
        found = [named] if named is not None and is_same else []
    return found


def _filtered(found: QuerySet[R], asked: RefundQuery) -> QuerySet[R]:
    for name in ("status", "reason", "means"):
        if options := getattr(asked, name):
            found = found.filter(**{f"{name}__in": options})
    if asked.overdue:
        found = found.filter(overdue(clock.now()))
    if asked.starts_at is not None:
        found = found.filter(created_at__gte=asked.starts_at)
    if asked.ends_at is not None:
        found = found.filter(created_at__lt=asked.ends_at)
    return found


async def _read(rows: Sequence[Refund]) -> list[RefundRead]:
    now = clock.now()
    ours = await payments.by_ids(sorted({row.payment_id for row in rows}))
    held = await orders.by_ids(sorted({payment.order_id for payment in ours.values()}))
    sends = await _sends(rows)
    return [
        RefundRead(
            **{name: getattr(row, name) for name in SAME},
            order_no=held[ours[row.payment_id].order_id].order_no,
            payment_id=ours[row.payment_id].payment_id,
            cause=row.cause or cause_of(row.reason, row.payment_id),
            sends=sends.get(row.id, 0),
            last_error=row.last_error or None,
            requested_at=row.created_at,
            is_overdue=is_overdue(row, now),
            next_try_at=row.available_at if RefundAction.RETRY in allowed_actions(row) else None,
            allowed_actions=[] if isinstance(row, RefundArchive) else allowed_actions(row),
        )
        for row in rows
    ]


async def _sends(rows: Sequence[Refund]) -> dict[int, int]:
    """Return the number of tries by the refund's id. One statement."""
    table = RefundAttemptArchive if rows and isinstance(rows[0], RefundArchive) else RefundAttempt
    tries = table.filter(refund_id__in=[row.id for row in rows]).annotate(n=Count("id")).group_by("refund_id")
    return dict(await tries.values_list("refund_id", "n"))

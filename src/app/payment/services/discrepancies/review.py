"""Staff list and resolve payment discrepancies."""

from collections.abc import Sequence
from functools import partial

from src.app.order.models import Order
from src.app.order.services import queries as orders
from src.app.payment.dtos.admin.discrepancies import DiscrepancyQuery, DiscrepancyRead
from src.app.payment.errors import DiscrepancyNotFound, DiscrepancyResolved
from src.app.payment.models import Discrepancy, DiscrepancyKind
from src.app.payment.services import queries as payments
from src.common import clock
from src.common.dtos.pages import Page, window
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work


async def find(asked: DiscrepancyQuery) -> Page[DiscrepancyRead]:
    """Return a page of discrepancies, newest first."""
    found = Discrepancy.all()
    if asked.kind is not None:
        found = found.filter(kind=asked.kind)
    if asked.resolved is not None:
        found = found.filter(resolved_at__isnull=not asked.resolved)
    if asked.starts_at is not None:
        found = found.filter(created_at__gte=asked.starts_at)
    if asked.ends_at is not None:
        found = found.filter(created_at__lt=asked.ends_at)
    rows, following = await window(found, asked)
    return Page(
        items=await _read(rows), total=await found.count(), page=asked.page, size=asked.size, next_cursor=following
    )


async def by_ids(discrepancy_ids: Sequence[int]) -> dict[int, DiscrepancyRead]:
    """Return the discrepancies with these ids, by id; absent ones are left out."""
    return {row.id: row for row in await _read(await Discrepancy.filter(id__in=list(discrepancy_ids)))}


async def resolve(discrepancy_id: int, reason: str, *, by: Actor) -> DiscrepancyRead:
    """Close a finding with the stated reason, and write it into the audit log. Moves no money.

    Locks the finding's row. Raises DiscrepancyNotFound, and DiscrepancyResolved if it is closed already.
    """
    return (await _read([await unit_of_work(partial(_resolve, discrepancy_id, reason, by=by))]))[0]


async def _resolve(discrepancy_id: int, reason: str, *, by: Actor) -> Discrepancy:
    finding = await Discrepancy.filter(id=discrepancy_id).select_for_update().first()
    if finding is None:
        raise DiscrepancyNotFound
    if finding.resolved_at is not None:
        raise DiscrepancyResolved
    finding.resolved_at, finding.resolved_by, finding.resolution = clock.now(), by.key, reason
    await finding.save(update_fields=["resolved_at", "resolved_by", "resolution"])
    await audit.record(
        "payment.discrepancy_resolved",
        by=by,
        target=("discrepancy", finding.id),
        after={"kind": finding.kind.value, "reference": finding.reference},
        reason=reason,
    )
    return finding


def _order_no(row: Discrepancy, order: Order | None) -> str | None:
    if row.kind == DiscrepancyKind.UNCLEARED:
        return row.reference
    return None if order is None else order.order_no


async def _read(rows: Sequence[Discrepancy]) -> list[DiscrepancyRead]:
    ours = await payments.by_ids(sorted({row.payment_id for row in rows if row.payment_id is not None}))
    named = {row.order_id for row in rows if row.order_id is not None}
    held = await orders.by_ids(sorted(named | {payment.order_id for payment in ours.values()}))
    shown = []
    for row in rows:
        payment = None if row.payment_id is None else ours.get(row.payment_id)
        order = held.get((row.order_id or 0) if payment is None else payment.order_id)
        shown.append(
            DiscrepancyRead(
                id=row.id,
                kind=row.kind,
                reference=row.reference,
                payment_id=None if payment is None else payment.payment_id,
                order_no=_order_no(row, order),
                amount=row.amount,
                detail=row.detail,
                created_at=row.created_at,
                resolved_at=row.resolved_at,
                resolved_by=row.resolved_by or None,
                resolution=row.resolution or None,
            )
        )
    return shown

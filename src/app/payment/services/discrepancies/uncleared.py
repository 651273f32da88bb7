"""Findings of the kind UNCLEARED: orders that do not clear, by order number."""

from tortoise.queryset import QuerySet

from src.app.payment.dtos.events import DiscrepancyFound
from src.app.payment.models import Discrepancy, DiscrepancyKind
from src.common import clock
from src.common.work.outbox import emit

KIND = DiscrepancyKind.UNCLEARED


async def put(order_no: str, *, amount: int, detail: str) -> bool:
    """Put an order on the list, or open its finding again; return whether it was not open. Call inside a unit of work.

    `amount` is the signed won that the shop has beyond what is owed and due. An open finding gets the present sums.
    A new one emits `payment.discrepancy`.
    """
    row = await Discrepancy.filter(kind=KIND, reference=order_no).select_for_update().first()
    if row is None:
        found = await Discrepancy.create(
            kind=KIND, reference=order_no, amount=amount, detail=detail[:200], created_at=clock.now()
        )
        await emit(DiscrepancyFound(discrepancy_id=found.id))
        return True
    was_open = row.resolved_at is None
    row.amount, row.detail, row.resolved_at, row.resolved_by, row.resolution = amount, detail[:200], None, "", ""
    await row.save(update_fields=["amount", "detail", "resolved_at", "resolved_by", "resolution"])
    return not was_open


async def close(order_no: str) -> None:
    """Close the finding of an order that clears by now."""
    found = Discrepancy.filter(kind=KIND, reference=order_no, resolved_at=None)
    await found.update(resolved_at=clock.now(), resolved_by="system", resolution="다시 맞습니다 / Clears again")


async def open_references() -> list[str]:
    """Return the numbers of the orders that are on the list."""
    return [reference for (reference,) in await _open().order_by("id").values_list("reference")]


async def open_ones(*, offset: int, limit: int) -> tuple[list[Discrepancy], int]:
    """Return a page of the open findings, the newest first, and how many there are."""
    return await _open().order_by("-id").offset(offset).limit(limit), await _open().count()


def _open() -> QuerySet[Discrepancy]:
    return Discrepancy.filter(kind=KIND, resolved_at=None)

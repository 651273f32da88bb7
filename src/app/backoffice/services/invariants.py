"""Breaches of the shop's promises found by the scheduled check (written by `common.records.invariants`)."""

from src.app.backoffice.dtos.admin.invariants import BreachQuery, BreachRead
from src.common.dtos.pages import Page
from src.common.models.invariant_breach import InvariantBreach


async def find(asked: BreachQuery) -> Page[BreachRead]:
    """Return a page of breaches, the newest first."""
    found = InvariantBreach.all()
    if asked.promise is not None:
        found = found.filter(promise=asked.promise)
    if asked.open is not None:
        found = found.filter(resolved_at__isnull=asked.open)
    rows = await found.order_by("-id").offset(asked.offset).limit(asked.size)
    items = [BreachRead.model_validate(row, from_attributes=True) for row in rows]
    return Page(items=items, total=await found.count(), page=asked.page, size=asked.size)

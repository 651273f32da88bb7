"""View counts of events."""

from collections.abc import Mapping
from typing import Final

from tortoise.expressions import F

from src.app.event.models import Event
from src.common.records.view_counts import ViewCounter

VIEWS: Final = ViewCounter()


async def flush() -> int:
    """Add this worker's counts to the rows; return the number of rows."""
    return await VIEWS.flush(_add)


async def _add(sums: Mapping[int, int]) -> None:
    for event_id, looks in sums.items():
        await Event.filter(id=event_id).update(view_count=F("view_count") + looks)

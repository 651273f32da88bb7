"""View counts of notices."""

from collections.abc import Mapping
from typing import Final

from tortoise.expressions import F

from src.app.notice.models import Notice
from src.common.records.view_counts import ViewCounter

VIEWS: Final = ViewCounter()


async def flush() -> int:
    """Add this worker's counts to the rows; return the number of rows. Views of a removed notice are dropped."""
    return await VIEWS.flush(_add)


async def _add(sums: Mapping[int, int]) -> None:
    for notice_id, looks in sums.items():
        await Notice.filter(id=notice_id).update(view_count=F("view_count") + looks)

"""Orders that closed long ago, and where their rows are."""

from collections.abc import Sequence
from typing import Any

from src.app.order.models import Order, OrderArchive
from src.app.order.services.archiving import all_parts
from src.core.database.models import Model
from src.worker.jobs.run import run_job
from tests.factories.orders import later

LONG = 200  # days, beyond ARCHIVE_AFTER_DAYS


async def archive(*, days: float = LONG) -> int:
    """Read again what is left to read, carry what is left to carry, then archive what is closed, so many days later;
    returns how many orders."""
    with later(days=4):
        await run_job("relay-outbox")
        await run_job("reread-payments")
    with later(days=days):
        return await run_job("archive-orders")


async def archived_and_live() -> tuple[list[str], list[str]]:
    """The numbers of the archived orders and of the live ones, by id."""
    found = [await table.all().order_by("id").values_list("order_no") for table in (OrderArchive, Order)]
    old, live = ([number for (number,) in rows] for rows in found)
    return old, live


async def all_rows(*, archived: bool) -> dict[str, list[dict[str, Any]]]:
    """Every row of the tables that move with orders, or of their archives, by the live table's name."""
    return {part.live._meta.db_table: await _rows(part.archive if archived else part.live) for part in all_parts()}


async def _rows(table: type[Model]) -> list[dict[str, Any]]:
    rows: Sequence[Any] = await table.all().order_by("id").values()
    return list(rows)

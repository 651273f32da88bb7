"""Reads of order lines by their numbers."""

from collections.abc import Sequence

from src.core.database.statements import fetch, marks


async def orders_of(line_nos: Sequence[str]) -> dict[str, int]:
    """Return the order id of each of these lines by line number; unknown ones are left out.

    One statement if all are live, else two. Archived lines are found too.
    """
    found: dict[str, int] = {}
    for table in ("order_line", "order_line_archive"):
        if missing := sorted(set(line_nos) - found.keys()):
            text = f"SELECT line_no, order_id FROM {table} WHERE line_no IN ({marks(len(missing))})"  # noqa: S608
            found |= {row["line_no"]: row["order_id"] for row in await fetch(text, missing)}
    return found

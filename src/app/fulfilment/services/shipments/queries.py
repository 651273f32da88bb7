"""Reads of shipments, live and archived."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from src.app.fulfilment.errors import ShipmentNotFound
from src.app.fulfilment.models import (
    Direction,
    Shipment,
    ShipmentArchive,
    ShipmentEvent,
    ShipmentEventArchive,
    ShipmentLine,
    ShipmentLineArchive,
    ShipmentMethod,
    ShipmentScan,
    ShipmentScanArchive,
    ShipmentState,
)
from src.common.records.archiving import rows_of
from src.core.database.statements import fetch, marks

TABLES: Final = ("shipment", "shipment_archive")


async def order_of(number: str) -> int:
    """Return the id of the order that this shipment is of. Raises ShipmentNotFound."""
    for table in TABLES:
        if rows := await fetch(f"SELECT order_id FROM {table} WHERE number = %s", (number,)):  # noqa: S608
            order_id: int = rows[0]["order_id"]
            return order_id
    raise ShipmentNotFound


async def lines_numbered(tracking_no: str) -> list[int]:
    """Return the ids of the order lines that were sent under this tracking number, live and archived ones."""
    found: set[int] = set()
    for shipments, lines in (("shipment", "shipment_line"), ("shipment_archive", "shipment_line_archive")):
        text = f"SELECT l.order_line_id AS id FROM {shipments} s JOIN {lines} l ON l.shipment_id = s.id"  # noqa: S608
        found |= {row["id"] for row in await fetch(f"{text} WHERE s.tracking_no = %s", (tracking_no,))}
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Sent:
    """Where units of a line are: `courier` is our code, empty like the number of what goes without a courier."""

    method: ShipmentMethod
    courier: str
    tracking_no: str


async def sent_of(line_ids: Sequence[int]) -> dict[int, list[Sent]]:
    """Return the shipments of these order lines by line id, live and archived, the oldest first, without those that
    were taken back. One statement."""
    if not line_ids:
        return {}
    columns = "l.order_line_id AS line_id, s.id AS id, s.method, s.courier, s.tracking_no"
    ends = f"WHERE l.order_line_id IN ({marks(len(line_ids))}) AND s.direction = %s AND s.state <> %s"
    sides = (
        f"SELECT {columns} FROM shipment_line{end} l JOIN shipment{end} s ON s.id = l.shipment_id {ends}"  # noqa: S608
        for end in ("", "_archive")
    )
    given = [*line_ids, Direction.OUT.value, ShipmentState.CANCELLED.value]
    found: dict[int, list[Sent]] = {}
    for row in await fetch(f"SELECT * FROM ({' UNION ALL '.join(sides)}) AS sent ORDER BY id", [*given, *given]):  # noqa: S608
        sent = Sent(ShipmentMethod(row["method"]), row["courier"], row["tracking_no"])
        found.setdefault(row["line_id"], []).append(sent)
    return found


async def contested_lines(order_id: int) -> set[int]:
    """Return the ids of the order's lines in a parcel that the shopper says did not arrive, while nobody decided."""
    text = "SELECT l.order_line_id AS id FROM shipment s JOIN shipment_line l ON l.shipment_id = s.id"
    rows = await fetch(f"{text} WHERE s.order_id = %s AND s.contested_at IS NOT NULL", (order_id,))
    return {row["id"] for row in rows}


async def by_ids(ids: Sequence[int]) -> dict[int, Shipment]:
    """Return the shipments with these ids, by id; absent ones are left out."""
    return {key: row for key, (row,) in (await rows_of(Shipment, ShipmentArchive, "id", ids)).items()}


async def of_orders(order_ids: Sequence[int]) -> dict[int, list[Shipment]]:
    """Return the shipments of these orders by order id, oldest first. One query if all have live ones."""
    return await rows_of(Shipment, ShipmentArchive, "order_id", order_ids)


async def parts_of(ids: Sequence[int]) -> dict[int, list[ShipmentLine]]:
    """Return what is in these shipments, by shipment id."""
    return await rows_of(ShipmentLine, ShipmentLineArchive, "shipment_id", ids)


async def scans_of(ids: Sequence[int]) -> dict[int, list[ShipmentScan]]:
    """Return the scans of these shipments, by shipment id, in the order in which they were told."""
    return await rows_of(ShipmentScan, ShipmentScanArchive, "shipment_id", ids)


async def events_of(ids: Sequence[int]) -> dict[int, list[ShipmentEvent]]:
    """Return the histories of these shipments, by shipment id."""
    return await rows_of(ShipmentEvent, ShipmentEventArchive, "shipment_id", ids)


async def page_of(
    conditions: Sequence[tuple[str, Sequence[Any]]],
    *,
    window: tuple[int, int],
    after: tuple[str, tuple[object, ...]] | None = None,
) -> tuple[list[int], int]:
    """Return the ids of one page, newest first, and the total over all pages, of both tables by one statement each.

    `conditions` are SQL conditions with their values, all of which hold. `window` is (offset, limit). `after` is one
    more condition, which the total ignores.
    """
    where = " AND ".join(text for text, _ in conditions) or "1 = 1"
    values = [value for _, held in conditions for value in held]
    here, own = (where, values) if after is None else (f"{where} AND {after[0]}", [*values, *after[1]])
    offset, limit = window
    end = "ORDER BY id DESC LIMIT %s"
    sides = (f"SELECT * FROM (SELECT id FROM {table} AS found WHERE {here} {end}) AS side" for table in TABLES)  # noqa: S608
    text = f"SELECT id FROM ({' UNION ALL '.join(sides)}) AS found {end} OFFSET %s"  # noqa: S608
    rows = await fetch(text, [*([*own, offset + limit] * 2), limit, offset])
    counts = " + ".join(f"(SELECT COUNT(*) FROM {table} WHERE {where})" for table in TABLES)  # noqa: S608
    (row,) = await fetch(f"SELECT {counts} AS total", [*values, *values])
    return [row["id"] for row in rows], row["total"]

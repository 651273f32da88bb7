"""Take back what a tracking sheet sent, as a background task: every shipment of it that was not scanned yet."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from src.app.fulfilment.models import Shipment, ShipmentAction, ShipmentState
from src.app.fulfilment.services.shipments import moving
from src.app.fulfilment.services.shipments.actions import allowed_actions
from src.app.fulfilment.services.shipments.locks import lock_shipments
from src.common.exceptions import AppError
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work.tasks import Running
from src.core.database import unit_of_work

REASON: Final = "송장 일괄등록 취소"
FIRST: Final = 20
BATCH: Final = 50


@dataclass(slots=True)
class Undone:
    """How many shipments were taken back, and the numbers of those that stay."""

    taken_back: int = 0
    kept: list[str] = field(default_factory=list)


async def run(running: Running) -> None:
    """Take the shipments of the import back, one transaction an order, and finish the task with what stays: parcels
    that were scanned, and those of orders that moved on. A repeat, also after a crash, takes back what is left."""
    import_id: str = running.task.payload["import_id"]
    found = await Shipment.filter(import_id=import_id).order_by("order_id", "id").values_list("order_id", "number")
    order_ids = sorted({int(order_id) for order_id, _ in found})
    undone = Undone()
    for done, order_id in enumerate(order_ids, start=1):
        await running.breathe()
        await _one(order_id, import_id, undone, by=running.by)
        if done % BATCH == 0 or done == len(order_ids):
            advance = partial(running.advance, done=done, total=len(order_ids), state={"orders": done})
            await unit_of_work(advance)
    result: dict[str, Any] = {
        "import_id": import_id,
        "shipments": {"taken_back": undone.taken_back, "kept": len(undone.kept)},
        "first_kept": undone.kept[:FIRST],
    }

    async def end() -> None:
        target = ("task", import_id)
        await audit.record("shipment.import_undone", by=running.by, target=target, after=result["shipments"])
        await running.finish(result)

    await unit_of_work(end)


async def _one(order_id: int, import_id: str, undone: Undone, *, by: Actor) -> None:
    try:
        taken_back, kept = await unit_of_work(partial(_take_back, order_id, import_id, by=by))
    except AppError:
        kept = [each.number for each in await Shipment.filter(order_id=order_id, import_id=import_id)]
        taken_back = 0
    undone.taken_back += taken_back
    undone.kept += kept


async def _take_back(order_id: int, import_id: str, *, by: Actor) -> tuple[int, list[str]]:
    held = await lock_shipments(order_id)
    mine = [shipment for shipment in held.shipments if shipment.import_id == import_id]
    free = [shipment for shipment in mine if ShipmentAction.CANCELLED in allowed_actions(shipment)]
    for shipment in free:
        await moving.move(held, shipment, ShipmentState.CANCELLED, by=by.key, reason=REASON)
    await moving.save_moved(held, free, by=by.key, reason=REASON)
    entries = [
        audit.Entry(action="shipment.changed", target=("shipment", each.number), after={"state": each.state.value})
        for each in free
    ]
    await audit.record_all(entries, by=by, reason=REASON)
    gone = ShipmentState.CANCELLED
    return len(free), [each.number for each in mine if each.state != gone]

"""Notes of staff about orders: added, never changed. They move to the archive with their order."""

from collections.abc import Sequence
from typing import Final

from src.app.desk.dtos.admin.orders import NoteCreate, NoteRead
from src.app.desk.models import OrderNote, OrderNoteArchive
from src.app.order.errors import OrderNotFound
from src.app.order.models import Order
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_number
from src.app.staff.services.queries import names_of
from src.common import clock
from src.common.records import audit
from src.common.records.archiving import Part, rows_of
from src.common.records.audit import Actor
from src.core.database import unit_of_work

PARTS: Final = (Part(live=OrderNote, archive=OrderNoteArchive, parent=Order, column="order_id"),)


async def add(order_no: str, body: NoteCreate, *, by: Actor) -> NoteRead:
    """Write the note. Locks the order, which brings an archived one back. The audit row refers to the note without
    copying its text. Raises OrderNotFound."""
    order = await by_number(order_no)
    if order is None:
        raise OrderNotFound

    async def write() -> OrderNote:
        await lock_order(order.id)
        note = await OrderNote.create(order_id=order.id, actor=by.key[:40], body=body.body, created_at=clock.now())
        await audit.record("order.note_added", by=by, target=("order", order_no), after={"note_id": note.id})
        return note

    return (await _read([await unit_of_work(write)]))[0]


async def of_order(order_id: int) -> list[NoteRead]:
    """Return the notes about an order, the oldest first. Two statements if there are any."""
    return await _read((await rows_of(OrderNote, OrderNoteArchive, "order_id", [order_id])).get(order_id, []))


async def _read(notes: Sequence[OrderNote]) -> list[NoteRead]:
    ids = {int(number) for note in notes for kind, _, number in [note.actor.partition(":")] if kind == "staff"}
    names = await names_of(ids) if ids else {}
    return [
        NoteRead(
            id=note.id,
            body=note.body,
            by=note.actor,
            by_name=names.get(int(note.actor.partition(":")[2] or 0), "") if note.actor.startswith("staff:") else "",
            created_at=note.created_at,
        )
        for note in notes
    ]

"""Frequently asked questions: public reads and changes by staff.

Every change is audited and invalidates the public reads after the commit.
"""

from typing import Any, Final

from tortoise.functions import Max

from src.app.notice.dtos.admin import FaqAdmin, FaqChange, FaqCreate, FaqOrder
from src.app.notice.dtos.fields import FAQ_NAMES
from src.app.notice.dtos.responses import FaqRead
from src.app.notice.errors import FaqNotFound, FaqOrderIncomplete
from src.app.notice.models import Faq, FaqCategory
from src.common import clock
from src.common.dtos.pages import Items
from src.common.http.etags import refuse_stale
from src.common.http.public_invalidation import shown_changed
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

COLUMNS: Final = ("id", "category", "question", "answer")
WRITTEN: Final = ("category", "question", "answer", "position", "is_shown")
ORDER: Final = {category: number for number, category in enumerate(FaqCategory)}


async def faqs_json(category: FaqCategory | None) -> bytes:
    """Return the public questions of one category, or of all, as JSON in display order. One query."""
    found = Faq.filter(is_shown=True) if category is None else Faq.filter(is_shown=True, category=category)
    rows = await found.order_by("position", "id").values(*COLUMNS)
    rows.sort(key=lambda row: ORDER[FaqCategory(row["category"])])
    items = [FaqRead(**row, category_name=FAQ_NAMES[FaqCategory(row["category"])]) for row in rows]
    return Items(items=items).model_dump_json().encode()


async def every(category: FaqCategory | None) -> Items[FaqAdmin]:
    """Return the questions of one category, or of all, for staff: also those not shown."""
    found = Faq.all() if category is None else Faq.filter(category=category)
    rows = sorted(await found.order_by("position", "id"), key=lambda faq: ORDER[faq.category])
    return Items(items=[_read(faq) for faq in rows])


async def one(faq_id: int) -> FaqAdmin:
    """Return a question, shown or not. Raises FaqNotFound."""
    faq = await Faq.get_or_none(id=faq_id)
    if faq is None:
        raise FaqNotFound
    return _read(faq)


async def create(body: FaqCreate, *, by: Actor) -> FaqAdmin:
    """Create a question. Without a position it comes last in its category."""

    async def write() -> Faq:
        now = clock.now()
        faq = Faq(**body.model_dump(exclude={"position"}), created_at=now, updated_at=now)
        faq.position = await _last(body.category) if body.position is None else body.position
        await faq.save()
        await _note("faq.created", faq.id, by=by, after=_values(faq))
        return faq

    return _read(await unit_of_work(write))


async def change(faq_id: int, body: FaqChange, *, version: int, by: Actor) -> FaqAdmin:
    """Change a question. Locks its row; equal values write nothing. Raises FaqNotFound, StaleEdit."""

    async def write() -> Faq:
        faq = await _lock(faq_id)
        refuse_stale(faq.version, version)
        old = _values(faq)
        before, after = audit.changed(old, old | body.changes())
        if after:
            await faq.update_from_dict({**after, "version": version + 1, "updated_at": clock.now()}).save()
            await _note("faq.changed", faq.id, by=by, before=before, after=after)
        return faq

    return _read(await unit_of_work(write))


async def put_in_order(body: FaqOrder, *, by: Actor) -> Items[FaqAdmin]:
    """Renumber the questions of a category. Locks them in id order.

    Raises FaqOrderIncomplete, and changes nothing, if the order does not name each of them exactly once.
    """

    async def write() -> None:
        rows = await Faq.filter(category=body.category).select_for_update().order_by("id")
        held = {faq.id: faq for faq in rows}
        missing, unknown = set(held) - set(body.ids), set(body.ids) - set(held)
        if missing or unknown or len(body.ids) != len(held):
            raise FaqOrderIncomplete(missing=sorted(missing), unknown=sorted(unknown))
        old = [faq.id for faq in sorted(rows, key=lambda faq: (faq.position, faq.id))]
        for position, faq_id in enumerate(body.ids):
            if held[faq_id].position != position:
                await Faq.filter(id=faq_id).update(position=position, updated_at=clock.now())
        if old != body.ids:
            await _note("faq.ordered", body.category.value, by=by, before={"ids": old}, after={"ids": body.ids})

    await unit_of_work(write)
    return await every(body.category)


async def remove(faq_id: int, *, version: int, by: Actor) -> None:
    """Delete a question; the audit log keeps its text. Locks its row.

    Raises FaqNotFound (also when repeated), StaleEdit.
    """

    async def write() -> None:
        faq = await _lock(faq_id)
        refuse_stale(faq.version, version)
        await faq.delete()
        await _note("faq.removed", faq.id, by=by, before=_values(faq))

    await unit_of_work(write)


async def _lock(faq_id: int) -> Faq:
    faq = await Faq.select_for_update().get_or_none(id=faq_id)
    if faq is None:
        raise FaqNotFound
    return faq


async def _last(category: FaqCategory) -> int:
    """Return the position after the last question. Simultaneous calls may get the same one; then the id orders them."""
    rows = await Faq.filter(category=category).annotate(last=Max("position")).values("last")
    return 0 if rows[0]["last"] is None else int(rows[0]["last"]) + 1


def _values(faq: Faq) -> dict[str, Any]:
    return {name: getattr(faq, name) for name in WRITTEN}


async def _note(action: str, target: int | str, *, by: Actor, **sides: Any) -> None:
    await audit.record(action, by=by, target=("faq", target), **sides)
    shown_changed("faqs")


def _read(faq: Faq) -> FaqAdmin:
    columns = ("id", *WRITTEN, "version", "created_at", "updated_at")
    return FaqAdmin(**{name: getattr(faq, name) for name in columns}, category_name=FAQ_NAMES[faq.category])

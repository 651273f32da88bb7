"""Reads of the couriers: the defaults, with the rows of staff in their place."""

from typing import Final

from src.app.shipping.dtos.admin.couriers import CourierChoice, CourierListRead, CourierRead
from src.app.shipping.models import CourierList, CourierRow
from src.app.shipping.services.couriers.book import Courier, CourierBook
from src.app.shipping.services.couriers.defaults import DEFAULTS
from src.common.dtos.pages import Items
from src.common.http.etags import FIRST

ONLY: Final = 1
FIELDS: Final = tuple(CourierRead.model_fields)
LISTS: Final = frozenset({"aliases", "number_digits"})


async def load_book() -> CourierBook:
    """Load all couriers of the shop in the order to show. One query.

    A default courier counts as it is in this version of the shop until staff change it: its row replaces it whole.
    """
    return book_of(await CourierRow.all())


def book_of(rows: list[CourierRow]) -> CourierBook:
    """Return the book that these rows and the defaults make together."""
    placed = {courier.code: (place, courier) for place, courier in enumerate(DEFAULTS)}
    placed |= {row.code: (row.position, courier_of(row)) for row in rows}
    return CourierBook(courier for _, courier in sorted(placed.values(), key=lambda one: (one[0], one[1].code)))


def courier_of(row: CourierRow) -> Courier:
    """Return a row as a value."""
    values = {name: getattr(row, name) for name in FIELDS}
    return Courier(**{**values, **{name: tuple(values[name]) for name in LISTS}})


async def choices() -> Items[CourierChoice]:
    """Return the couriers that staff may choose, in the order to show. One query."""
    shown = [_choice(courier) for courier in await load_book() if courier.is_active]
    return Items(items=shown)


async def settings() -> CourierListRead:
    """Return the whole list for editing. Two queries."""
    row = await CourierList.get_or_none(id=ONLY)
    return CourierListRead(
        items=[CourierRead.model_validate(courier, from_attributes=True) for courier in await load_book()],
        updated_at=row.updated_at if row else None,
        version=row.version if row else FIRST,
    )


def _choice(courier: Courier) -> CourierChoice:
    return CourierChoice(
        code=courier.code,
        name=courier.name,
        name_en=courier.name_en,
        tracking_url=courier.tracking_url,
        number_digits=list(courier.number_digits),
    )

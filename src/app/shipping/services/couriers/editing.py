"""Staff change the list of couriers."""

from collections.abc import Awaitable, Callable
from typing import Any

from tortoise.exceptions import IntegrityError

from src.app.shipping.dtos.admin.couriers import CourierListRead, CourierListWrite, CourierWrite
from src.app.shipping.errors import CourierLeftOut, CourierWordTwice
from src.app.shipping.models import CourierList, CourierRow
from src.app.shipping.services.couriers import queries
from src.app.shipping.services.couriers.book import Courier, clashes
from src.common import clock
from src.common.http.etags import FIRST, refuse_stale
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work


async def put(body: CourierListWrite, *, version: int, by: Actor) -> CourierListRead:
    """Set the whole list in this order: one transaction with one audit row. Locks the row of the list.

    Only couriers that change get a row; equal values write nothing. Raises CourierWordTwice, StaleEdit, CourierLeftOut.
    """
    wanted = [_value(one) for one in body.items]
    for word, codes in clashes(wanted).items():
        raise CourierWordTwice(word=word, codes=list(codes))

    async def write() -> None:
        row = await CourierList.filter(id=queries.ONLY).select_for_update().first()
        refuse_stale(row.version if row else FIRST, version)
        there = list(queries.book_of(await CourierRow.all()))
        if missing := sorted({one.code for one in there} - {one.code for one in wanted}):
            raise CourierLeftOut(codes=missing)
        before, after = audit.changed(_as_logged(there), _as_logged(wanted))
        if not after:
            return
        await _save(wanted, codes=set(after))
        await _raise_version(row, version + 1)
        await audit.record("couriers.changed", by=by, target=("courier_list", queries.ONLY), before=before, after=after)

    await _once_more(write)
    return await queries.settings()


def _value(one: CourierWrite) -> Courier:
    values = one.model_dump()
    return Courier(**{**values, **{name: tuple(values[name]) for name in queries.LISTS}})


def _as_logged(couriers: list[Courier]) -> dict[str, Any]:
    """Return the couriers by code, each with its place in the list."""
    return {courier.code: {**_values(courier), "position": place} for place, courier in enumerate(couriers)}


def _values(courier: Courier) -> dict[str, Any]:
    """Return the columns of a courier, as JSON knows them."""
    values = {name: getattr(courier, name) for name in queries.FIELDS if name != "code"}
    return {**values, **{name: list(values[name]) for name in queries.LISTS}}


async def _save(wanted: list[Courier], *, codes: set[str]) -> None:
    """Write the rows of these couriers anew: a row is the whole of a courier."""
    values = _as_logged(wanted)
    await CourierRow.filter(code__in=list(codes)).delete()
    await CourierRow.bulk_create([CourierRow(code=code, **values[code]) for code in values if code in codes])


async def _raise_version(row: CourierList | None, version: int) -> None:
    if row is None:
        await CourierList.create(id=queries.ONLY, version=version, updated_at=clock.now())
    else:
        await CourierList.filter(id=queries.ONLY).update(version=version, updated_at=clock.now())


async def _once_more(write: Callable[[], Awaitable[None]]) -> None:
    """Run the write, and once more after an IntegrityError: two first changes at once both find no row to lock."""
    try:
        await unit_of_work(write)
    except IntegrityError:
        await unit_of_work(write)

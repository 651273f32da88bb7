"""Read and change the curated lists for staff. Every change locks the list's row first, so simultaneous changes run one
after another, and a list keeps its limit and its order. Public reads show a change after its commit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from tortoise.expressions import F

from src.app.product.services import summaries
from src.app.promotion_product.dtos.admin import PickAdd, PickChange, PickList, PickRead, PicksOrder
from src.app.promotion_product.dtos.requests import MOST
from src.app.promotion_product.errors import ListFull, PeriodReversed, PickNotFound, PickTwice, ProductUnknown
from src.app.promotion_product.models import PromotionCode, PromotionItem, PromotionList
from src.app.promotion_product.services.locks import known, lock_list, prepare
from src.common import clock
from src.common.dtos.content import plain
from src.common.dtos.warnings import period_warnings
from src.common.http.etags import FIRST, refuse_stale
from src.common.http.public_invalidation import shown_changed
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

SETTINGS: Final = ("is_active", "starts_at", "ends_at")


async def items_of(code: str) -> PickList:
    """Return all items of the list, also those that are not shown now. Six queries. Raises PromotionNotFound."""
    wanted = known(code)
    versions = await PromotionList.filter(code=wanted).values_list("version", flat=True)
    version = int(str(versions[0])) if versions else FIRST  # read first: a change in between makes the ETag stale
    return PickList(items=await _read(await _rows(wanted)), version=version)


async def one(code: str, item_id: int) -> PickRead:
    """Return an item of the list. Raises PromotionNotFound, PickNotFound."""
    found = await _read([await _existing(known(code), item_id)])
    if not found:
        raise PickNotFound
    return found[0]


async def put_in_order(code: str, body: PicksOrder, *, version: int, by: Actor) -> PickList:
    """Set the list to exactly these products in this order. A repeat with the new version changes nothing.

    Raises PromotionNotFound, StaleEdit, ProductUnknown.
    """
    wanted = known(code)
    await prepare(wanted)

    async def write() -> None:
        refuse_stale((await lock_list(wanted)).version, version)
        held = {item.product_id: item for item in await _rows(wanted)}
        if missing := set(body.product_ids) - held.keys() - await summaries.known_ids(body.product_ids):
            raise ProductUnknown(unknown=sorted(str(product_id) for product_id in missing))
        before, after = list(held), list(body.product_ids)
        if before == after:
            return
        await _count(wanted)
        await PromotionItem.filter(code=wanted).exclude(product_id__in=after or [0]).delete()
        for position, product_id in enumerate(after):
            if product_id not in held:
                await PromotionItem.create(code=wanted, product_id=product_id, position=position)
            elif held[product_id].position != position:
                await PromotionItem.filter(id=held[product_id].id).update(position=position)
        await _note("promotion.ordered", wanted, by=by, before={"products": before}, after={"products": after})

    await unit_of_work(write)
    return await items_of(code)


async def add(code: str, body: PickAdd, *, by: Actor) -> PickRead:
    """Put a product at the end of the list. Raises PromotionNotFound, ProductUnknown, PickTwice, ListFull,
    PeriodReversed."""
    wanted = known(code)
    _refuse_reversed(body.starts_at, body.ends_at)
    await prepare(wanted)

    async def write() -> PromotionItem:
        await lock_list(wanted)
        product_id = await summaries.id_of_code(body.product_code)
        if product_id is None:
            raise ProductUnknown(unknown=[body.product_code])
        rows = await _rows(wanted)
        if any(row.product_id == product_id for row in rows):
            raise PickTwice
        if len(rows) >= MOST:
            raise ListFull(limit=MOST)
        settings = body.model_dump(include=set(SETTINGS))
        position = rows[-1].position + 1 if rows else 0
        item = await PromotionItem.create(code=wanted, product_id=product_id, position=position, **settings)
        await _count(wanted)
        await _note("promotion.item_added", wanted, by=by, after={"product_id": product_id, **plain(settings)})
        return item

    return (await _read([await unit_of_work(write)]))[0]


async def change(code: str, item_id: int, body: PickChange, *, version: int, by: Actor) -> PickRead:
    """Activate or deactivate an item, or set its period. Equal values write nothing.

    Raises PromotionNotFound, PickNotFound, StaleEdit, PeriodReversed.
    """
    wanted = known(code)
    await prepare(wanted)

    async def write() -> PromotionItem:
        await lock_list(wanted)
        item = await _existing(wanted, item_id)
        refuse_stale(item.version, version)
        old = {name: getattr(item, name) for name in SETTINGS}
        item.update_from_dict(body.changes())
        _refuse_reversed(item.starts_at, item.ends_at)
        before, after = audit.changed(old, {name: getattr(item, name) for name in SETTINGS})
        if after:
            item.version += 1
            await item.save(update_fields=[*after, "version"])
            about = {"product_id": item.product_id}
            await _note(
                "promotion.item_changed", wanted, by=by, before=about | plain(before), after=about | plain(after)
            )
        return item

    return (await _read([await unit_of_work(write)]))[0]


async def remove(code: str, item_id: int, *, version: int, by: Actor) -> None:
    """Remove an item from the list. Raises PromotionNotFound, PickNotFound (also for a repeat), StaleEdit."""
    wanted = known(code)
    await prepare(wanted)

    async def write() -> None:
        await lock_list(wanted)
        item = await _existing(wanted, item_id)
        refuse_stale(item.version, version)
        await item.delete()
        await _count(wanted)
        await _note("promotion.item_removed", wanted, by=by, before={"product_id": item.product_id})

    await unit_of_work(write)


async def _count(code: PromotionCode) -> None:
    """Increment the version of the list, whose row the caller has locked."""
    await PromotionList.filter(code=code).update(version=F("version") + 1, updated_at=clock.now())


async def _rows(code: PromotionCode) -> list[PromotionItem]:
    return await PromotionItem.filter(code=code).order_by("position", "id")


async def _existing(code: PromotionCode, item_id: int) -> PromotionItem:
    item = await PromotionItem.get_or_none(code=code, id=item_id)
    if item is None:
        raise PickNotFound
    return item


async def _read(rows: Sequence[PromotionItem]) -> list[PickRead]:
    products = await summaries.briefs(row.product_id for row in rows)
    now = clock.now()
    return [_shown(row, products[row.product_id], now) for row in rows if row.product_id in products]


def _shown(row: PromotionItem, product: summaries.Brief, now: datetime) -> PickRead:
    is_open = (row.starts_at is None or row.starts_at <= now) and (row.ends_at is None or row.ends_at > now)
    return PickRead(
        id=row.id,
        product_id=row.product_id,
        product_code=product.product_code,
        name=product.name,
        price=product.price,
        thumbnail_url=product.thumbnail_url,
        position=row.position,
        is_active=row.is_active,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        for_sale=product.for_sale,
        sold_out=product.sold_out,
        is_shown=row.is_active and is_open and product.for_sale,
        warnings=period_warnings(row.ends_at, now),
        version=row.version,
    )


def _refuse_reversed(starts_at: datetime | None, ends_at: datetime | None) -> None:
    if starts_at is not None and ends_at is not None and starts_at >= ends_at:
        raise PeriodReversed


async def _note(action: str, code: PromotionCode, *, by: Actor, **sides: Any) -> None:
    await audit.record(action, by=by, target=("promotion", code.value), **sides)
    shown_changed()

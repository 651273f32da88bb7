"""Give orders of a release without effects their VAT, effects and shipping rows: the job ``order-effects``."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from src.app.order.models import Order, OrderArchive, OrderLine
from src.app.order.services.effects.storing import store
from src.app.order.services.locks import lock_order
from src.app.pricing.services.effects import Effect, EffectKind, Laid, Units, lay, left_of, tax_parts
from src.app.pricing.services.tax import Taxed, shipping_tax, taxes
from src.app.shipping.services.fees import DEFAULT, FeeKind, FeeRow, Tariff, surcharge
from src.app.shipping.services.queries import load_tariff
from src.common import clock
from src.common.logs.setup import where
from src.common.records.cursors import move_to, place_of
from src.core.database import unit_of_work
from src.core.database.statements import find, save

logger = logging.getLogger(__name__)

CURSOR: Final = "order-effects"
WINDOW: Final = 500
MOST: Final = 10_000
PLACES: Final = {EffectKind.DISCOUNT: 1, EffectKind.POINTS: 2, EffectKind.TAX: 3}
SETTLED: Final = timedelta(hours=1)
"""No transaction lasts so long: below the newest order of that age no id is missing that may still appear."""


async def fill_missing() -> int:
    """Fill orders in order of id, at most 10,000 in a run, and return their number.

    Each order is one transaction under its lock; an archived one is brought back, and `archive-orders` archives it
    again. A repeat, also at the same time or after a crash, continues where the last run stood and changes nothing of
    an order that has its VAT.
    """
    last, filled = (await place_of(CURSOR)).position, 0
    tariff = await load_tariff()
    while filled < MOST and (until := await _window(last)):
        # Until a look finds no new one: an order may move to the archive or back during a look.
        seen: set[int] = set()
        while ids := [order_id for order_id in await _missing(last, until) if order_id not in seen]:
            seen |= set(ids)
            for order_id in ids:
                filled += await _one(order_id, tariff)
        last = until
        await move_to(CURSOR, position=last)
    return filled


async def fill_now(order_ids: Sequence[int]) -> None:
    """Fill these orders at once, each in a transaction of its own. A repeat changes nothing."""
    tariff = await load_tariff()
    for order_id in order_ids:
        await unit_of_work(partial(_fill, order_id, tariff))


async def fill_locked(order: Order) -> None:
    """Fill an order that the caller has locked, inside the open unit of work. Its lines are to be read afterwards."""
    await _fill(order.id, await load_tariff())
    order.vat_amount = (await Order.get(id=order.id)).vat_amount


async def _window(last: int) -> int | None:
    """Return the highest id of the next orders above `last`, None if there are none that are old enough."""
    before = clock.now() - SETTLED
    found: list[int] = []
    for table in (Order, OrderArchive):
        rows = table.filter(id__gt=last, created_at__lte=before).order_by("id").limit(WINDOW)
        found += [order_id for (order_id,) in await rows.values_list("id")]
    return sorted(found)[:WINDOW][-1] if found else None


async def _missing(last: int, until: int) -> list[int]:
    found: set[int] = set()
    for table in (Order, OrderArchive, Order):
        rows = table.filter(id__gt=last, id__lte=until, vat_amount=None)
        found |= {order_id for (order_id,) in await rows.values_list("id")}
    return sorted(found)


async def _one(order_id: int, tariff: Tariff) -> int:
    try:
        return await unit_of_work(partial(_fill, order_id, tariff))
    except Exception as error:  # noqa: BLE001 - one order that cannot be filled must not keep the others
        logger.error("order %d has no effects: %s", order_id, where(error))
        return 0


async def _fill(order_id: int, tariff: Tariff) -> int:
    """Fill one order under its lock; return 1, or 0 if it has its VAT."""
    order = await lock_order(order_id)
    if order.vat_amount is not None:
        return 0
    lines = await find(OrderLine, "order_id = %s ORDER BY line_no", (order_id,))
    paid = [Taxed(line.tax_type, line.line_total - line.discount_share - line.points_share) for line in lines]
    taxed = taxes([*paid, Taxed(shipping_tax(), order.shipping_fee)])
    for line, vat in zip(lines, taxed.vats[:-1], strict=True):
        line.vat_amount = vat
        await save(line, ("vat_amount",))
    order.vat_amount, order.tax_free_amount = taxed.vat, taxed.tax_free
    await save(order, ("vat_amount", "tax_free_amount"))
    await store(order, shipping=_fees(order, tariff), effects=laid_on(lines))
    return 1


def laid_on(lines: Sequence[OrderLine]) -> tuple[Laid, ...]:
    """Return what lies on the units of lines by the lines' shares and VAT. Nothing where no line has a share.

    Raises EffectTooLarge if the shares of a line are more than its price.
    """
    units = [Units(line.unit_price, line.quantity) for line in lines]
    discounts = [Effect(EffectKind.DISCOUNT, line.discount_share, (i,)) for i, line in enumerate(lines)]
    points = [Effect(EffectKind.POINTS, line.points_share, (i,)) for i, line in enumerate(lines)]
    laid = [replace(each, place=PLACES[each.kind]) for each in lay(units, [*discounts, *points])]
    if not laid:
        return ()
    vats = [line.vat_amount or 0 for line in lines]
    return (*laid, *tax_parts(vats, left_of(units, laid), place=PLACES[EffectKind.TAX]))


def _fees(order: Order, tariff: Tariff) -> tuple[FeeRow, ...]:
    """Return the parts of a fee of former rules: the surcharge of the zipcode where the fee has room for it, else base
    fee alone, also where the zipcode was erased."""
    extra = surcharge(tariff.surcharges or DEFAULT.surcharges, order.zipcode or None)
    extra = extra if extra <= order.shipping_fee else 0
    rows = (FeeRow(kind=FeeKind.BASE, amount=order.shipping_fee - extra), FeeRow(kind=FeeKind.SURCHARGE, amount=extra))
    return tuple(row for row in rows if row.amount)

"""옵션 변경: another colour or size of the same product at the same price, before anything of the line was sent."""

from dataclasses import dataclass
from typing import Final

from src.app.order.errors import LineNotFound, OptionOfOtherPrice, OptionUnknown, OrderNotFound
from src.app.order.models import UNPAID, LineChange, Order, OrderEvent, OrderLine
from src.app.order.services.lines.actions import LineAction, check_allowed
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_number
from src.app.product.models import StockKind
from src.app.product.services.sellable import SellableVariant, find_variants
from src.app.product.services.stock.ledger import LedgerEntry, hold, release, write_ledger
from src.common import clock
from src.common.logs.context import request_id
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work
from src.core.database.statements import find_one, insert, new_row, save

REWRITTEN: Final = ("variant_id", "sku", "color", "size", "image_path")


@dataclass(frozen=True, slots=True)
class Changed:
    """The line as it is now, and its order."""

    line: OrderLine
    order: Order


async def change_option(order_no: str, line_no: str, variant_id: int, *, reason: str, by: Actor) -> Changed:
    """Give the line another variant of its product, and move what it holds of the stock to it.

    One transaction, which locks the order, the line, then both variants in the order of their ids. The ledger's rows
    have the source ``change:<id>`` of the `LineChange` row, which keeps what the line was. Writes the timeline and an
    audit row. A line that has the variant already stays as it is, so a repeat is harmless. Raises OrderNotFound,
    LineNotFound, WrongState, OptionUnknown, OptionOfOtherPrice and StockShort.
    """
    order = await by_number(order_no)
    if order is None:
        raise OrderNotFound

    async def write() -> Changed:
        locked = await lock_order(order.id)
        line = await find_one(OrderLine, "line_no = %s AND order_id = %s", (line_no, locked.id), locking=True)
        if line is None:
            raise LineNotFound(line_no=line_no)
        if line.variant_id != variant_id:
            check_allowed(line, LineAction.CHANGE_OPTION)
            await _change(locked, line, await _variant(line, variant_id), reason=reason, by=by)
        return Changed(line, locked)

    return await unit_of_work(write)


async def _variant(line: OrderLine, variant_id: int) -> SellableVariant:
    """Return the wanted variant. Its product may be off sale: staff decide. A retired size is refused."""
    variant = (await find_variants([variant_id])).get(variant_id)
    if variant is None or variant.product_id != line.product_id or variant.is_retired:
        raise OptionUnknown(variant_id=variant_id)
    if variant.extra_price != line.extra_price:
        raise OptionOfOtherPrice(difference=variant.extra_price - line.extra_price)
    return variant


async def _change(order: Order, line: OrderLine, variant: SellableVariant, *, reason: str, by: Actor) -> None:
    now = clock.now()
    was = {name: getattr(line, name) for name in ("variant_id", "sku", "color", "size")}
    row = await LineChange.create(
        order_id=order.id,
        line_no=line.line_no,
        units=line.quantity - line.cancelled,
        **{f"from_{name}": value for name, value in was.items()},
        **{f"to_{name}": getattr(variant, name) for name in was},
        actor=by.key[:40],
        reason=reason,
        created_at=now,
    )
    await _move_hold(row, line, is_sold=order.status not in UNPAID)
    for name in REWRITTEN:
        setattr(line, name, getattr(variant, name))
    await save(line, REWRITTEN)
    order.paper_changed_at = order.updated_at = now
    await save(order, ("paper_changed_at", "updated_at"))
    await insert(_hop(line, row, by=by))
    after = {name: getattr(row, f"to_{name}") for name in was}
    await audit.record(
        "order_line.option_changed", by=by, target=("order_line", line.line_no), before=was, after=after, reason=reason
    )


async def _move_hold(row: LineChange, line: OrderLine, *, is_sold: bool) -> None:
    """Give the units of the former variant back and take as many of the new one: the lower variant id first."""
    source, units = f"change:{row.id}", row.units

    def entry(kind: StockKind, variant_id: int, delta: int) -> LedgerEntry:
        return LedgerEntry(variant_id=variant_id, kind=kind, source=source, delta=delta, line_id=line.id)

    async def give_back() -> None:
        await release([entry(StockKind.RELEASE, row.from_variant_id, units)])

    async def take() -> None:
        await hold([(row.to_variant_id, units)])
        sold = [entry(StockKind.SALE, row.to_variant_id, 0)] if is_sold else []
        await write_ledger([entry(StockKind.HOLD, row.to_variant_id, -units), *sold])

    for step in (give_back, take) if row.from_variant_id < row.to_variant_id else (take, give_back):
        await step()


def _hop(line: OrderLine, row: LineChange, *, by: Actor) -> OrderEvent:
    was = " / ".join(part for part in (row.from_color, row.from_size) if part)
    now = " / ".join(part for part in (row.to_color, row.to_size) if part)
    return new_row(
        OrderEvent,
        order_id=row.order_id,
        line_no=line.line_no,
        from_status=line.status.value,
        to_status=line.status.value,
        actor=by.key[:40],
        reason=f"옵션 변경: {was} → {now}"[:200],
        request_id=request_id.get(),
        created_at=row.created_at,
    )

"""Write a new order: header, lines, the stock hold and the first timeline row. Call inside a unit of work."""

from collections.abc import Sequence

from src.app.order.models import Order, OrderEvent, OrderLine
from src.app.order.services.effects.storing import line_no_of, store
from src.app.order.services.timeline import note
from src.app.pricing.services.effects import Laid
from src.app.pricing.services.lines import PricedLine
from src.app.product.models import StockKind
from src.app.product.services.stock.ledger import LedgerEntry, hold, write_ledger
from src.app.shipping.services.fees import FeeRow
from src.common import clock
from src.common.logs.context import request_id
from src.core.database.statements import fetch, insert, insert_all, new_row

LINE_IDS = "SELECT id, line_no FROM order_line WHERE order_id = %s"


async def open_order(
    order: Order, *, actor: str, shipping: Sequence[FeeRow] = (), effects: Sequence[Laid] = ()
) -> None:
    """Insert the header, the parts of its shipping fee, what lies on its units, and its first timeline row.

    The order begins in the status that it holds: PENDING, or AWAITING_DEPOSIT for a manual transfer.

    `line` of `shipping` and `effects` counts the lines that `hold_lines` gets, which must follow in the same unit of
    work.
    """
    await insert(order)
    await store(order, shipping=shipping, effects=effects)
    await note(order.id, came_from="", to=order.status, actor=actor, reason="", at=order.created_at)


async def hold_lines(order: Order, lines: Sequence[PricedLine], *, pay_method: str = "") -> list[OrderLine]:
    """Insert the lines of an inserted order with their ledger rows, then hold the stock; return the lines with ids.

    Call it last in the unit of work: all orders for one variant wait for its row from the hold to the commit. Lines and
    ledger rows have no foreign key to the variant, which would lock its row shared before the hold wants it alone
    (docs/architecture.md#trap-1). Emits no event. Raises StockShort; the unit of work then rolls everything back.
    `pay_method` is what the buyer chose to pay with, empty if there is nothing to pay.
    """
    saved = await _save_lines([_row(order, number, line, pay_method) for number, line in enumerate(lines, start=1)])
    await write_ledger(
        [
            LedgerEntry(
                variant_id=line.variant_id,
                kind=StockKind.HOLD,
                source=f"line:{line.line_no}",
                delta=-line.quantity,
                line_id=line.id,
            )
            for line in saved
        ]
    )
    await hold([(line.variant.variant_id, line.quantity) for line in lines])
    return saved


async def give_to_member(order: Order, member_id: int) -> None:
    """Make a guest's order this member's, and revoke the guest's tokens. The order must be locked.

    The timeline gets a row whose `from_status` and `to_status` are both the present status.
    """
    now = clock.now()
    order.member_id, order.guest_token_version, order.updated_at = member_id, order.guest_token_version + 1, now
    await order.save(update_fields=["member_id", "guest_token_version", "updated_at"])
    await insert(
        new_row(
            OrderEvent,
            order_id=order.id,
            from_status=order.status.value,
            to_status=order.status.value,
            actor=f"member:{member_id}",
            reason="비회원 주문을 회원 주문으로 가져옴",
            request_id=request_id.get(),
            created_at=now,
        )
    )


async def _save_lines(rows: list[OrderLine]) -> list[OrderLine]:
    if len(rows) == 1:
        await insert(rows[0])
        return rows
    await insert_all(rows)
    ids = {line["line_no"]: line["id"] for line in await fetch(LINE_IDS, (rows[0].order_id,), is_fixed=True)}
    for row in rows:
        row.id = ids[row.line_no]
    return rows


def _row(order: Order, number: int, line: PricedLine, pay_method: str) -> OrderLine:
    variant = line.variant
    return new_row(
        OrderLine,
        order_id=order.id,
        line_no=line_no_of(order, number),
        variant_id=variant.variant_id,
        product_id=variant.product_id,
        product_code=variant.product_code,
        sku=variant.sku,
        name=variant.name,
        color=variant.color,
        size=variant.size,
        image_path=variant.image_path,
        origin_price=variant.origin_price,
        unit_price=variant.unit_price,
        extra_price=variant.extra_price,
        quantity=line.quantity,
        cart_place=line.cart_place,
        line_total=line.line_total,
        discount_share=line.discount_share,
        status=order.status,
        pay_method=pay_method,
        ordered_at=order.created_at,
        tax_type=variant.tax_type,
        vat_amount=line.vat_amount,
    )

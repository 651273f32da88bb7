"""Show a cart: lines come from Redis, prices and products from the database."""

from collections.abc import Sequence

from src.app.cart.dtos.responses import CartItemRead, CartRead, HeldBy
from src.app.cart.services import store
from src.app.cart.services.holders import held_by
from src.app.pricing.services.lines import PricedLine, Wanted
from src.app.pricing.services.quotes import shipping_of
from src.app.product.services.media import media_url
from src.app.product.services.sellable import find_variants


async def read_cart(owner: str | None) -> CartRead:
    """Return the owner's cart, empty for None. Writes nothing: one round trip to Redis, at most three statements."""
    return await shown(await store.read(owner), owner=owner)


async def count_lines(owner: str | None) -> int:
    """Return the number of lines, including those that cannot be bought any more. One round trip to Redis."""
    return len(await store.read(owner))


async def shown(lines: Sequence[Wanted], *, owner: str | None = None) -> CartRead:
    """Return these lines of the owner's cart at the present prices.

    A line off sale or short of stock stays visible but is not in the sums; a deleted variant is left out. The shipping
    fee has no surcharge, and is 0 if no line can be bought. A line short of stock costs one more statement, because an
    unpaid order of the owner may hold the units.
    """
    if not lines:
        return CartRead(items=[], count=0, item_total=0, shipping_fee=0, total=0)
    variants = await find_variants([line.variant_id for line in lines])
    there = [
        PricedLine(variant=variant, quantity=line.quantity)
        for line in lines
        if (variant := variants.get(line.variant_id)) is not None
    ]
    short = [line.variant.variant_id for line in there if line.variant.for_sale and line.variant.stock < line.quantity]
    held = await held_by(owner, short)
    items = [_item(line, held.get(line.variant.variant_id)) for line in there]
    buyable = [line for line, item in zip(there, items, strict=True) if item.available]
    item_total = sum(line.line_total for line in buyable)
    rows, _ = await shipping_of(buyable, zipcode=None) if buyable else ((), None)
    fee = sum(row.amount for row in rows)
    return CartRead(
        items=items,
        count=len(items),
        item_total=item_total,
        shipping_fee=fee,
        total=item_total + fee,
    )


def _item(line: PricedLine, holder: HeldBy | None) -> CartItemRead:
    variant, notice = line.variant, _notice(line, holder)
    return CartItemRead(
        variant_id=variant.variant_id,
        product_id=variant.product_id,
        product_code=variant.product_code,
        name=variant.name,
        color=variant.color,
        size=variant.size,
        image_url=media_url(variant.image_path) if variant.image_path else "",
        alt=variant.alt,
        origin_price=variant.origin_price,
        unit_price=variant.unit_price,
        extra_price=variant.extra_price,
        quantity=line.quantity,
        line_total=line.line_total,
        stock=variant.stock,
        available=notice is None,
        notice=notice,
        held_by=holder,
    )


def _notice(line: PricedLine, holder: HeldBy | None) -> str | None:
    """Return why the line cannot be bought, or None if it can."""
    variant = line.variant
    if not variant.for_sale:
        return "판매가 종료된 상품입니다."
    if holder is not None:
        return f"결제하지 않은 주문({holder.order_no})에 {holder.quantity}개가 담겨 있습니다."
    if variant.stock <= 0:
        return "품절되었습니다."
    if variant.stock < line.quantity:
        return f"재고가 부족합니다. (남은 수량: {variant.stock}개)"
    return None

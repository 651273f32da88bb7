"""What a purchase costs: the one function behind ``POST /cart/quote`` and ``POST /orders`` (docs/promises.md#p8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from src.app.pricing.dtos.requests import QuoteAsk, WantedItem
from src.app.pricing.dtos.responses import QuoteDiscountRead, QuoteLineRead, QuoteRead
from src.app.pricing.errors import OrderTooLarge, VariantNotForSale
from src.app.pricing.services.lines import Wanted
from src.app.product.services.media import media_url
from src.app.product.services.sellable import SellableVariant, find_variants
from src.app.shipping.services.queries import load_tariff
from src.common.dtos.money import MAX_WON, spread


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedLine:
    """One variant at today's price, with everything an order line keeps of it. Amounts are won.

    `discount_share` is this line's part of the quote's `discount_total`. `stock` is what was left when it was read:
    a hint, only holding makes it certain. `cart_place` is the cart's line that it was read from (`Wanted.place`).
    """

    variant_id: int
    product_id: int
    product_code: str
    name: str
    color: str
    size: str
    sku: str
    image_path: str
    alt: str
    origin_price: int
    unit_price: int
    quantity: int
    line_total: int
    discount_share: int
    stock: int
    cart_place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The sums of a purchase in won; `lines` are in the order asked.

    ``total = item_total - discount_total + shipping_fee - points_used``; the lines' shares add up to `discount_total`.
    """

    lines: tuple[QuotedLine, ...]
    item_total: int
    discount_total: int
    shipping_fee: int
    points_used: int
    total: int

    def as_read(self) -> QuoteRead:
        """The quote as it goes on the wire."""
        return QuoteRead(
            lines=[_line_read(line) for line in self.lines],
            item_total=self.item_total,
            discount_total=self.discount_total,
            discounts=list[QuoteDiscountRead](),
            shipping_fee=self.shipping_fee,
            points_used=self.points_used,
            total=self.total,
        )


async def quote(items: Sequence[Wanted | WantedItem], *, zipcode: str | None) -> Quote:
    """Price one or more distinct variants from our own rows: two statements, no locks, no Redis, nothing written.

    Whether there is enough stock is not asked here. Raises VariantNotForSale naming every variant that is unknown or
    not on sale, and OrderTooLarge above 1,000,000,000 won.
    """
    variants = await find_variants([item.variant_id for item in items])
    refused = [item.variant_id for item in items if not _is_for_sale(variants.get(item.variant_id))]
    if refused:
        raise VariantNotForSale(variant_ids=refused)
    priced = [(variants[item.variant_id], item) for item in items]
    totals = [variant.unit_price * item.quantity for variant, item in priced]
    item_total = sum(totals)
    discount_total = 0
    shipping_fee = (await load_tariff()).fee(item_total - discount_total, zipcode)
    if item_total + shipping_fee > MAX_WON:
        raise OrderTooLarge
    shares = spread(discount_total, totals)
    return Quote(
        lines=tuple(
            _line(variant, item, discount_share=share) for (variant, item), share in zip(priced, shares, strict=True)
        ),
        item_total=item_total,
        discount_total=discount_total,
        shipping_fee=shipping_fee,
        points_used=0,
        total=item_total - discount_total + shipping_fee,
    )


async def ask(body: QuoteAsk) -> QuoteRead:
    """Answer ``POST /cart/quote``."""
    return (await quote(body.items, zipcode=body.zipcode)).as_read()


def _is_for_sale(variant: SellableVariant | None) -> bool:
    return variant is not None and variant.for_sale


def _line(variant: SellableVariant, item: Wanted | WantedItem, *, discount_share: int) -> QuotedLine:
    return QuotedLine(
        variant_id=variant.variant_id,
        product_id=variant.product_id,
        product_code=variant.product_code,
        name=variant.name,
        color=variant.color,
        size=variant.size,
        sku=variant.sku,
        image_path=variant.image_path,
        alt=variant.alt,
        origin_price=variant.origin_price,
        unit_price=variant.unit_price,
        quantity=item.quantity,
        line_total=variant.unit_price * item.quantity,
        discount_share=discount_share,
        stock=variant.stock,
        cart_place=item.place or None if isinstance(item, Wanted) else None,
    )


def _line_read(line: QuotedLine) -> QuoteLineRead:
    return QuoteLineRead(
        variant_id=line.variant_id,
        product_id=line.product_id,
        product_code=line.product_code,
        name=line.name,
        color=line.color,
        size=line.size,
        sku=line.sku,
        image_url=media_url(line.image_path) if line.image_path else "",
        alt=line.alt,
        origin_price=line.origin_price,
        unit_price=line.unit_price,
        quantity=line.quantity,
        line_total=line.line_total,
        discount_share=line.discount_share,
    )

"""Price a purchase: one function for ``POST /cart/quote`` and ``POST /orders`` (docs/promises.md#p8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from src.app.pricing.dtos.requests import QuoteAsk, WantedItem
from src.app.pricing.dtos.responses import QuoteDiscountRead, QuoteLineRead, QuoteRead, QuoteShippingRead
from src.app.pricing.errors import OrderTooLarge, VariantNotForSale
from src.app.pricing.services.effects import Laid
from src.app.pricing.services.lines import PricedLine, Wanted
from src.app.pricing.services.sharing import with_discounts, with_taxes
from src.app.pricing.services.tax import Taxes
from src.app.product.services.media import media_url
from src.app.product.services.sellable import SellableVariant, find_variants
from src.app.shipping.services.fees import NEVER_FREE, FeeRow, Goods, Rule
from src.app.shipping.services.queries import load_tariff_for
from src.common.dtos.money import MAX_WON


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The sums of a purchase in won; `lines` are in the order asked.

    ``total = item_total - discount_total + shipping_fee - points_used``; the lines' shares add up to `discount_total`.
    `effects` lie on the units of `lines`. `shipping` are the parts of `shipping_fee`, whose `line` counts `lines`;
    `rule` is the rule that made them. `taxes` are those of `total`.
    """

    lines: tuple[PricedLine, ...]
    effects: tuple[Laid, ...]
    item_total: int
    discount_total: int
    shipping_fee: int
    shipping: tuple[FeeRow, ...]
    rule: Rule
    taxes: Taxes
    points_used: int
    total: int

    def as_read(self) -> QuoteRead:
        """Return the response body of the quote."""
        return QuoteRead(
            lines=[_line_read(line) for line in self.lines],
            item_total=self.item_total,
            discount_total=self.discount_total,
            discounts=list[QuoteDiscountRead](),
            shipping_fee=self.shipping_fee,
            shipping_rows=[_shipping_read(row, self.lines) for row in self.shipping],
            free_from=None if self.rule.free_from >= NEVER_FREE else self.rule.free_from,
            return_fee=self.rule.return_fee,
            exchange_fee=self.rule.exchange_fee,
            points_used=self.points_used,
            total=self.total,
            supply_amount=self.taxes.supply,
            vat_amount=self.taxes.vat,
            tax_free_amount=self.taxes.tax_free,
        )


async def quote(items: Sequence[Wanted | WantedItem], *, zipcode: str | None) -> Quote:
    """Price one or more distinct variants from our own rows: two statements, no locks, no Redis, nothing written.

    The stock is not checked. Raises VariantNotForSale, which names every variant that is unknown or not on sale, and
    OrderTooLarge above 1,000,000,000 won.
    """
    variants = await find_variants([item.variant_id for item in items])
    refused = [item.variant_id for item in items if not _is_for_sale(variants.get(item.variant_id))]
    if refused:
        raise VariantNotForSale(variant_ids=refused)
    bare = [
        PricedLine(
            variant=variants[item.variant_id],
            quantity=item.quantity,
            cart_place=item.place or None if isinstance(item, Wanted) else None,
        )
        for item in items
    ]
    lines, laid = with_discounts(bare, ())  # neither coupons nor promotions are offered yet
    rows, rule = await shipping_of(lines, zipcode=zipcode)
    fee, item_total = sum(row.amount for row in rows), sum(line.line_total for line in lines)
    if item_total + fee > MAX_WON:
        raise OrderTooLarge
    lines, effects, taxed = with_taxes(lines, laid, shipping_fee=fee)
    discount_total = sum(line.discount_share for line in lines)
    return Quote(
        lines=lines,
        effects=effects,
        item_total=item_total,
        discount_total=discount_total,
        shipping_fee=fee,
        shipping=rows,
        rule=rule,
        taxes=taxed,
        points_used=0,
        total=item_total - discount_total + fee,
    )


async def shipping_of(lines: Sequence[PricedLine], *, zipcode: str | None) -> tuple[tuple[FeeRow, ...], Rule]:
    """Return the parts of the shipping fee of these lines by the present rules, and the rule. One statement.

    Without a zipcode no surcharge is added. Carts, quotes and orders use this function.
    """
    goods = [
        Goods(
            product_id=line.variant.product_id,
            quantity=line.quantity,
            amount=line.line_total - line.discount_share,
        )
        for line in lines
    ]
    tariff = await load_tariff_for([each.product_id for each in goods], zipcode)
    return tariff.rows(goods, zipcode), tariff.rule


async def ask(body: QuoteAsk) -> QuoteRead:
    """Answer ``POST /cart/quote``."""
    return (await quote(body.items, zipcode=body.zipcode)).as_read()


def _is_for_sale(variant: SellableVariant | None) -> bool:
    return variant is not None and variant.for_sale


def _line_read(line: PricedLine) -> QuoteLineRead:
    variant = line.variant
    return QuoteLineRead(
        variant_id=variant.variant_id,
        product_id=variant.product_id,
        product_code=variant.product_code,
        name=variant.name,
        color=variant.color,
        size=variant.size,
        sku=variant.sku,
        image_url=media_url(variant.image_path) if variant.image_path else "",
        alt=variant.alt,
        origin_price=variant.origin_price,
        unit_price=variant.unit_price,
        extra_price=variant.extra_price,
        quantity=line.quantity,
        line_total=line.line_total,
        discount_share=line.discount_share,
        tax_type=variant.tax_type,
    )


def _shipping_read(row: FeeRow, lines: Sequence[PricedLine]) -> QuoteShippingRead:
    variant_id = None if row.line is None else lines[row.line].variant.variant_id
    return QuoteShippingRead(kind=row.kind, amount=row.amount, product_id=row.product_id, variant_id=variant_id)

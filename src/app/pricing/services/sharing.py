"""Give the lines of a purchase their parts of its discounts and taxes: pure functions."""

from collections.abc import Sequence
from dataclasses import replace

from src.app.pricing.services.effects import Effect, Laid, Units, lay, left_of, tax_parts
from src.app.pricing.services.lines import PricedLine
from src.app.pricing.services.tax import Taxed, Taxes, shipping_tax, taxes

Lines = tuple[PricedLine, ...]


def with_discounts(lines: Sequence[PricedLine], discounts: Sequence[Effect]) -> tuple[Lines, tuple[Laid, ...]]:
    """Lay the discounts on the units, and return the lines with their shares, and what lies on the units.

    Raises EffectTooLarge if a discount takes more than is left.
    """
    laid = lay(_units(lines), discounts)
    shares = [sum(each.amount for each in laid if each.line == line) for line in range(len(lines))]
    return tuple(replace(line, discount_share=share) for line, share in zip(lines, shares, strict=True)), laid


def with_taxes(
    lines: Sequence[PricedLine], laid: Sequence[Laid], *, shipping_fee: int
) -> tuple[Lines, tuple[Laid, ...], Taxes]:
    """Return the lines with their VAT, what lies on the units with the VAT of each, and the taxes of the purchase.

    Where nothing lies on the units their VAT is not listed: they are equal, and it follows from the line's.
    """
    paid = [Taxed(line.variant.tax_type, line.line_total - line.discount_share) for line in lines]
    taxed = taxes([*paid, Taxed(shipping_tax(), shipping_fee)])
    vats = taxed.vats[:-1]
    parts = tax_parts(vats, left_of(_units(lines), laid), place=laid[-1].place + 1) if laid else ()
    priced = tuple(replace(line, vat_amount=vat) for line, vat in zip(lines, vats, strict=True))
    return priced, (*laid, *parts), taxed


def _units(lines: Sequence[PricedLine]) -> list[Units]:
    return [Units(line.variant.unit_price, line.quantity) for line in lines]

"""VAT of an order: pure functions. All amounts are won.

A Korean price contains its VAT, one eleventh (부가가치세법 제29조제7항). VAT is computed once for all taxable money of
an order and then split, so that the parts add up to what the provider computes for the payment.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from src.app.product.models import TaxType
from src.common.dtos.money import spread
from src.core.configs import settings


@dataclass(frozen=True, slots=True)
class Taxed:
    """Money of one tax type: what is paid for a line after discounts and points, or for shipping."""

    tax_type: TaxType
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxes:
    """``total = supply + vat + tax_free``. `vats` are the parts of `vat`, one for each amount, 0 for tax-free ones."""

    tax_free: int
    vat: int
    supply: int
    vats: tuple[int, ...]


def vat_of(taxable: int) -> int:
    """Return the VAT that this taxable money contains: ``x - round_half_up(x * 10 / 11)``."""
    return taxable - (taxable * 20 + 11) // 22


def taxes(amounts: Sequence[Taxed]) -> Taxes:
    """Return the taxes of an order of these amounts. The VAT is split by largest remainder over the taxable ones."""
    taxable = [each.amount if each.tax_type == TaxType.TAXABLE else 0 for each in amounts]
    total, vat = sum(each.amount for each in amounts), vat_of(sum(taxable))
    return Taxes(
        tax_free=total - sum(taxable),
        vat=vat,
        supply=sum(taxable) - vat,
        vats=tuple(spread(vat, taxable)) if sum(taxable) else (0,) * len(amounts),
    )


def shipping_tax() -> TaxType:
    """Return the tax type of shipping and return fees (setting SHIPPING_IS_TAXABLE)."""
    return TaxType.TAXABLE if settings().orders.shipping_is_taxable else TaxType.TAX_FREE

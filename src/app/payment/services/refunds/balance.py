"""What is left of a payment and the taxes of what goes back of it: pure functions. All amounts are won."""

from collections.abc import Sequence
from dataclasses import dataclass

from src.app.payment.models import Payment, Refund, RefundMeans, RefundStatus, charged, is_automatic
from src.app.pricing.services.tax import vat_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What of a payment may still be promised: `total`, of which `tax_free` contains no VAT.

    `carried` is what went back for tax-free goods and had no room as tax-free money, because a fee ate it.
    """

    total: int
    tax_free: int
    carried: int = 0

    @property
    def taxable(self) -> int:
        """The part that contains VAT."""
        return self.total - self.tax_free


@dataclass(frozen=True, slots=True)
class RefundTaxes:
    """The part of a refund without VAT, and the VAT in the rest."""

    tax_free: int
    vat: int


def left_of(payment: Payment, refunds: Sequence[Refund]) -> Left:
    """Return what is left of a payment after these, all its refunds: also those that are promised and not done.

    A bank transfer never shows at the provider, so it always counts.
    """
    unseen = [each for each in refunds if each.status != RefundStatus.SUCCEEDED or each.means == RefundMeans.BANK]
    return Left(
        total=charged(payment) - payment.cancelled_amount - sum(each.amount for each in unseen),
        tax_free=payment.tax_free_amount
        - payment.cancelled_tax_free
        - sum(each.tax_free_amount or 0 for each in unseen),
        carried=sum(each.tax_free_goods - (each.tax_free_amount or 0) for each in refunds if not is_automatic(each)),
    )


def taxes_of(amount: int, *, tax_free_goods: int, left: Left) -> RefundTaxes:
    """Return the taxes of a refund of `amount`, at most `left.total`, of which `tax_free_goods` were paid for tax-free
    goods.

    The tax-free part is that of the goods and what was carried, as far as there is room, and at least what the taxable
    money left cannot pay. The VAT is that of the taxable money left before, less that of what is left after: the sum
    over all refunds of a payment is the payment's VAT, however it is split.
    """
    tax_free = max(min(tax_free_goods + left.carried, amount, left.tax_free), amount - left.taxable, 0)
    return RefundTaxes(tax_free, vat_of(left.taxable) - vat_of(left.taxable - (amount - tax_free)))

"""Lines before and after pricing, shared by cart, checkout and order."""

from dataclasses import dataclass, field

from src.app.product.services.sellable import SellableVariant


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A quantity of one variant. `place` is its line's place in a cart, 0 without a cart."""

    variant_id: int
    quantity: int
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """A quantity of one variant at the present price, as carts, quotes and new orders use it.

    `variant.unit_price` is the price of one after the product's own discount, in won. `variant.stock` is the stock when
    it was read: a hint, which only the later hold makes certain. `discount_share` is the line's part of the purchase's
    `discount_total`, in won. `vat_amount` is the VAT in what is paid for the line, None before the purchase is priced
    as a whole. `cart_place` is `Wanted.place`, None without a cart.
    """

    variant: SellableVariant
    quantity: int
    discount_share: int = 0
    vat_amount: int | None = None
    cart_place: int | None = None

    @property
    def line_total(self) -> int:
        """Return unit price times quantity, in won, without deducting `discount_share`."""
        return self.variant.unit_price * self.quantity

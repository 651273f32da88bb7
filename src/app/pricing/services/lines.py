"""A line before and after it is priced: the values that cart, checkout and order share."""

from dataclasses import dataclass, field

from src.app.product.services.sellable import SellableVariant


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """So many of one variant. `place` tells which line of a cart it was, 0 where it was none."""

    variant_id: int
    quantity: int
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """So many of one variant at today's price: what a cart shows, a quote answers and an order keeps of it.

    `variant.unit_price` is what one costs after the product's own discount, in won. `variant.stock` is what was left
    when it was read: a hint, only holding makes it certain. `discount_share` is this line's part of the purchase's
    `discount_total`, in won. `cart_place` is the cart's line that it was read from (`Wanted.place`).
    """

    variant: SellableVariant
    quantity: int
    discount_share: int = 0
    cart_place: int | None = None

    @property
    def line_total(self) -> int:
        """Unit price times quantity, in won; the discount's share is not taken off."""
        return self.variant.unit_price * self.quantity

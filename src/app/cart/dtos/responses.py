"""Response bodies of the cart."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from src.app.pricing.dtos.responses import ITEM
from src.common.clock import KoreanTime
from src.common.dtos.alts import AltRead
from src.common.dtos.money import Won

Sum = Annotated[int, Field(ge=0, description="Won.")]
"""Won, not limited to the most that one order may cost: a cart may hold more than one order can."""

CART: JsonDict = {
    "items": [{**ITEM, "stock": 12, "available": True, "notice": None, "held_by": None}],
    "count": 1,
    "item_total": 90000,
    "shipping_fee": 2500,
    "total": 92500,
}


class HeldBy(BaseModel):
    """An unpaid order of the same member or cart that holds so many of the variant, until then. Paying or cancelling it
    (`POST /orders/{order_no}/cancel`) is the way out."""

    order_no: str
    quantity: int
    expires_at: KoreanTime


class CartItemRead(BaseModel):
    """One line. `available` is false where the variant is off sale or `stock` is below `quantity`; `notice` says why,
    and `held_by` which unpaid order of one's own holds units that are missing.

    `unit_price` is what one costs now, after the product's own discount and with the `extra_price` of its size.
    """

    variant_id: int
    product_id: int
    product_code: str
    name: str
    color: str
    size: str
    image_url: str
    alt: AltRead
    origin_price: Sum
    unit_price: Sum
    extra_price: Won
    quantity: int
    line_total: Sum
    stock: int
    available: bool
    notice: str | None
    held_by: HeldBy | None = None


class CartRead(BaseModel):
    """A cart in the order of adding. `count` is the number of lines; only available ones count into the sums."""

    model_config = ConfigDict(json_schema_extra={"examples": [CART]})

    items: list[CartItemRead]
    count: int
    item_total: Sum
    shipping_fee: Sum
    total: Sum


class MergeResult(BaseModel):
    """What became of one variant. `quantity` is what the cart holds of it now.

    ``capped``: not all of it could be taken over (stock, 999 of one variant, 50 lines). ``gone``: nothing of it is in
    the cart, because it is off sale or sold out.
    """

    variant_id: int
    outcome: Literal["added", "capped", "gone"]
    quantity: int


class MergedCartRead(CartRead):
    """The cart after the merge, and what became of each variant."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**CART, "results": [{"variant_id": 31, "outcome": "added", "quantity": 2}]}]}
    )

    results: list[MergeResult]

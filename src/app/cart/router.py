"""Routes of the cart domain."""

from typing import Annotated

from fastapi import Path, Query

from src.app.cart.dtos.requests import MAX_ROW_ID, CartMerge, ItemChange, ItemSelection
from src.app.cart.dtos.responses import CartRead, MergedCartRead
from src.app.cart.errors import CartFull, CartItemNotFound, VariantNotFound
from src.app.cart.services import items, merging, reading
from src.app.cart.services.owners import CartOwner, CartToken, OpenedCart, ReadCart
from src.app.pricing.dtos.requests import QuoteAsk, WantedItem
from src.app.pricing.dtos.responses import QuoteRead
from src.app.pricing.errors import OrderTooLarge, VariantNotForSale
from src.app.pricing.services import quotes
from src.app.product.errors import StockShort
from src.common.exceptions import documents
from src.common.exceptions.general import (
    CartStoreUnavailable,
    InvalidToken,
    NotAllowed,
    SessionStoreUnavailable,
    ValidationFailed,
)
from src.common.http.routing import new_router
from src.common.identity import Guest, Shopper

router = new_router(prefix="/cart", tags=["shop: cart"])

VariantId = Annotated[int, Path(ge=1, le=MAX_ROW_ID, description="The variant that the line is of.")]
ANY_CART = (ValidationFailed, InvalidToken, NotAllowed, CartStoreUnavailable, SessionStoreUnavailable)


@router.get("", operation_id="readCart", responses=documents(*ANY_CART))
async def read_cart(_: Shopper, owner: ReadCart) -> CartRead:
    """My cart. A guest without a token has an empty one and gets a token, in header `X-Cart-Token` and cookie
    `cart_token`, for whatever is added first; reading creates nothing.
    """
    return await reading.read_cart(owner)


@router.post(
    "/items", operation_id="addCartItem", responses=documents(VariantNotFound, StockShort, CartFull, *ANY_CART)
)
async def add_item(body: WantedItem, _: Shopper, owner: OpenedCart) -> CartRead:
    """Add a quantity of a variant to what my cart holds of it.

    A guest gets the cart's token in header `X-Cart-Token` and cookie `cart_token`. Adds at the same moment need a token
    that both send: the client makes it, or reads the cart first. `STOCK_SHORT` tells in `left` how
    many the line may hold.
    """
    return await items.add_item(body, owner=owner)


@router.patch(
    "/items/{variant_id}",
    operation_id="changeCartItem",
    responses=documents(CartItemNotFound, VariantNotFound, StockShort, *ANY_CART),
)
async def change_item(variant_id: VariantId, body: ItemChange, _: Shopper, owner: CartOwner) -> CartRead:
    """Set the quantity of a line, or change its option.

    With `variant_id` in the body the line becomes that variant; where the cart has it already, the quantities add up.
    """
    return await items.change_item(variant_id, body, owner=owner)


@router.delete("/items/{variant_id}", operation_id="removeCartItem", responses=documents(CartItemNotFound, *ANY_CART))
async def remove_item(variant_id: VariantId, _: Shopper, owner: CartOwner) -> CartRead:
    """Remove one line."""
    return await items.remove_item(variant_id, owner=owner)


@router.delete("/items", operation_id="removeCartItems", responses=documents(*ANY_CART))
async def remove_items(chosen: Annotated[ItemSelection, Query()], _: Shopper, owner: CartOwner) -> CartRead:
    """Remove several lines at once. Variants that are not in the cart are passed over."""
    return await items.remove_items(chosen.ids, owner=owner)


@router.delete("", operation_id="clearCart", status_code=204, responses=documents(*ANY_CART))
async def clear_cart(_: Shopper, owner: CartOwner) -> None:
    """Empty my cart."""
    await items.clear_cart(owner)


@router.post("/merge", operation_id="mergeCart", responses=documents(*ANY_CART))
async def merge_cart(body: CartMerge, _: Shopper, owner: OpenedCart, cart_token: CartToken) -> MergedCartRead:
    """Bring a guest's cart, or items the client kept itself, into my cart; call it after signing in.

    The guest's cart is gone afterwards. `results` says for each variant whether all of it was added, a part
    (`capped`), or nothing because it is off sale or sold out (`gone`). The same `merge_id` again changes nothing.
    """
    return await merging.merge_cart(body, owner=owner, cart_token=cart_token)


@router.post("/quote", operation_id="askQuote", responses=documents(VariantNotForSale, OrderTooLarge, ValidationFailed))
async def ask_quote(body: QuoteAsk, _: Guest) -> QuoteRead:
    """What these items cost now, with shipping. Stateless: it reads no cart, holds no stock, writes nothing."""
    return await quotes.ask(body)

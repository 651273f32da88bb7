"""Merge a guest's cart, or items that the client stored, into the caller's cart."""

from src.app.cart.dtos.requests import MAX_QUANTITY, CartMerge
from src.app.cart.dtos.responses import MergedCartRead, MergeResult
from src.app.cart.services import store
from src.app.cart.services.holders import orders_follow
from src.app.cart.services.owners import could_be_token, owner_of_token
from src.app.cart.services.reading import shown
from src.app.pricing.services.lines import Wanted
from src.app.product.services.sellable import find_variants


async def merge_cart(body: CartMerge, *, owner: str, cart_token: str | None) -> MergedCartRead:
    """Add the guest cart and the items to the owner's cart, at most once per `merge_id`.

    Moving the guest's lines, deleting the guest's cart and storing the results are one atomic step: of two concurrent
    merges with one `merge_id`, or of one guest cart by two owners, only one has an effect. A quantity that is not taken
    over shows in the results. The guest's cart is read once before that step, because the stock of its variants comes
    from the database: two round trips to Redis with a guest cart, one without.
    """
    given = body.cart_token if could_be_token(body.cart_token) else None
    token = given or (cart_token if not body.items else None)
    source = owner_of_token(token) if token else None
    theirs = await store.read(source) if source and source != owner else ()
    items = [Wanted(variant_id=item.variant_id, quantity=item.quantity) for item in body.items]
    most = await _limits([*theirs, *items])
    merged = await store.merge(owner, merge_id=body.merge_id, source=source, items=items, most=most)
    if source is not None and source != owner:
        await orders_follow(source, owner=owner)
    cart = await shown(merged.lines, owner=owner)
    return MergedCartRead(
        **dict(cart),
        results=[
            MergeResult(variant_id=variant_id, outcome=outcome, quantity=quantity)
            for variant_id, outcome, quantity in merged.results
        ],
    )


async def _limits(wanted: list[Wanted]) -> dict[int, int]:
    """Return the most that a line of each variant may hold; NOT_ON_SALE for unknown variants and those off sale."""
    ids = {line.variant_id for line in wanted}
    variants = await find_variants(sorted(ids))
    return {
        variant_id: max(0, min(variant.stock, MAX_QUANTITY))
        if (variant := variants.get(variant_id)) and variant.for_sale
        else store.NOT_ON_SALE
        for variant_id in ids
    }

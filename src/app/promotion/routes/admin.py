"""Staff routes of the promotion domain."""

from typing import Annotated

from fastapi import Depends, Path

from src.app.promotion.dtos.requests import PickAdd, PickChange, PicksOrder, RuleChange
from src.app.promotion.dtos.responses import PickRead, RuleRead
from src.app.promotion.errors import (
    ListFull,
    PeriodReversed,
    PickNotFound,
    PickTwice,
    ProductUnknown,
    PromotionNotFound,
)
from src.app.promotion.services import picking, rules
from src.common.exceptions import documents
from src.common.utils.audit import Acting
from src.common.utils.identity import Identity, Policy
from src.common.utils.pages import Items
from src.common.utils.routing import new_router

Reader = Annotated[Identity, Depends(Policy("staff", "promotion:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "promotion:write"))]
Code = Annotated[str, Path(description="`best`, `md_pick` or `new`.", examples=["best"])]
ItemId = Annotated[int, Path(ge=1, le=2**63 - 1)]

router = new_router("/admin/promotions", tags=["back-office promotions"])


@router.get("/new/rule", operation_id="readNewProductsRule")
async def read_rule(_: Reader) -> RuleRead:
    """Whether new arrivals are shown by rule or by hand."""
    return await rules.read()


@router.put("/new/rule", operation_id="setNewProductsRule")
async def set_rule(body: RuleChange, by: Acting, _: Writer) -> RuleRead:
    """Show what was released in the last days, or what was picked."""
    return await rules.change(body, by=by)


@router.get("/{code}/items", operation_id="listPromotionItems", responses=documents(PromotionNotFound))
async def list_items(code: Code, _: Reader) -> Items[PickRead]:
    """Everything in a list in its order; what is not for sale or not shown now is marked."""
    return await picking.items_of(code)


@router.put("/{code}/items", operation_id="orderPromotionItems", responses=documents(PromotionNotFound, ProductUnknown))
async def order_items(code: Code, body: PicksOrder, by: Acting, _: Writer) -> Items[PickRead]:
    """Make a list exactly these products in this order."""
    return await picking.put_in_order(code, body, by=by)


@router.post(
    "/{code}/items",
    operation_id="addPromotionItem",
    status_code=201,
    responses=documents(PromotionNotFound, ProductUnknown, PickTwice, ListFull, PeriodReversed),
)
async def add_item(code: Code, body: PickAdd, by: Acting, _: Writer) -> PickRead:
    """Put a product at the end of a list."""
    return await picking.add(code, body, by=by)


@router.patch(
    "/{code}/items/{item_id}",
    operation_id="changePromotionItem",
    responses=documents(PromotionNotFound, PickNotFound, PeriodReversed),
)
async def change_item(code: Code, item_id: ItemId, body: PickChange, by: Acting, _: Writer) -> PickRead:
    """Switch an item on or off, or set the period in which it is shown."""
    return await picking.change(code, item_id, body, by=by)


@router.delete(
    "/{code}/items/{item_id}",
    operation_id="removePromotionItem",
    status_code=204,
    responses=documents(PromotionNotFound, PickNotFound),
)
async def remove_item(code: Code, item_id: ItemId, by: Acting, _: Writer) -> None:
    """Take a product out of a list."""
    await picking.remove(code, item_id, by=by)

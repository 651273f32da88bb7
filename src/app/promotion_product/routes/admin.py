"""Staff routes of the promotion domain."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Response

from src.app.promotion_product.dtos.admin import (
    PickAdd,
    PickChange,
    PickList,
    PickRead,
    PicksOrder,
    RuleChange,
    RuleRead,
)
from src.app.promotion_product.errors import (
    ListFull,
    PeriodReversed,
    PickNotFound,
    PickTwice,
    ProductUnknown,
    PromotionNotFound,
)
from src.app.promotion_product.services import picking, rules
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "promotion:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "promotion:write"))]
Code = Annotated[str, Path(description="`best`, `md_pick` or `new`.", examples=["best"])]
EDIT = (IfMatchRequired, StaleEdit)
ItemId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """The path parameters of an item: the list's code and the item's id."""

    code: str
    item_id: int


async def _place(code: Code, item_id: ItemId) -> ItemPlace:
    return ItemPlace(code, item_id)


Place = Annotated[ItemPlace, Depends(_place)]

router = new_router("/admin/promotions", tags=["admin: promotions"])


@router.get("/new/rule", operation_id="readNewProductsRule")
async def read_rule(response: Response, _: Reader) -> RuleRead:
    """Whether new arrivals are shown by rule or by hand. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await rules.read())


@router.put("/new/rule", operation_id="setNewProductsRule", responses=documents(*EDIT))
async def set_rule(body: RuleChange, version: EditedVersion, response: Response, by: Acting, _: Writer) -> RuleRead:
    """Show what was released in the last days, or what was picked."""
    return tagged(response, await or_fresh(rules.change(body, version=version, by=by), rules.read))


@router.get("/{code}/items", operation_id="listPromotionItems", responses=documents(PromotionNotFound))
async def list_items(code: Code, response: Response, _: Reader) -> PickList:
    """Everything in a list in its order; what is not for sale or not shown now is marked. Send the `ETag` as `If-Match`
    to set the whole list, an item's `version` to change that item."""
    return tagged(response, await picking.items_of(code))


@router.put(
    "/{code}/items",
    operation_id="orderPromotionItems",
    responses=documents(PromotionNotFound, *EDIT, ProductUnknown),
)
async def order_items(
    code: Code, body: PicksOrder, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> PickList:
    """Make a list exactly these products in this order."""
    edit = picking.put_in_order(code, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(picking.items_of, code)))


@router.post(
    "/{code}/items",
    operation_id="addPromotionItem",
    status_code=201,
    responses=documents(PromotionNotFound, ProductUnknown, PickTwice, ListFull, PeriodReversed),
)
async def add_item(code: Code, body: PickAdd, by: Acting, _: Writer) -> PickRead:
    """Put a product at the end of a list."""
    return await picking.add(code, body, by=by)


@router.get(
    "/{code}/items/{item_id}",
    operation_id="readPromotionItem",
    responses=documents(PromotionNotFound, PickNotFound),
)
async def read_item(code: Code, item_id: ItemId, response: Response, _: Reader) -> PickRead:
    """An item of a list. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await picking.one(code, item_id))


@router.patch(
    "/{code}/items/{item_id}",
    operation_id="changePromotionItem",
    responses=documents(PromotionNotFound, PickNotFound, *EDIT, PeriodReversed),
)
async def change_item(
    place: Place, body: PickChange, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> PickRead:
    """Switch an item on or off, or set the period in which it is shown."""
    edit = picking.change(place.code, place.item_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(picking.one, place.code, place.item_id)))


@router.delete(
    "/{code}/items/{item_id}",
    operation_id="removePromotionItem",
    status_code=204,
    responses=documents(PromotionNotFound, PickNotFound, *EDIT),
)
async def remove_item(code: Code, item_id: ItemId, version: EditedVersion, by: Acting, _: Writer) -> None:
    """Take a product out of a list."""
    edit = picking.remove(code, item_id, version=version, by=by)
    await or_fresh(edit, partial(picking.one, code, item_id))

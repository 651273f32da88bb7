"""Routes that show and change the category tree."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Response

from src.app.category.dtos.admin.requests import CategoryChange, CategoryCreate, CategoryReorder
from src.app.category.dtos.admin.responses import CategoryAdminRead
from src.app.category.errors import (
    CategoryCycle,
    CategoryInUse,
    CategoryNotFound,
    CategoryOrderOutdated,
    CategoryParentUnknown,
    CategorySlugTaken,
    CategoryTooDeep,
)
from src.app.category.services import admin
from src.common.dtos.pages import Items
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "product:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "category:write"))]
EDIT = (CategoryNotFound, IfMatchRequired, StaleEdit)
CategoryId = Annotated[int, Path(ge=1, le=2**63 - 1)]

admin_router = new_router(prefix="/admin", tags=["admin: categories"])


@admin_router.get("/categories", operation_id="listAdminCategories")
async def list_categories_for_staff(_: Reader) -> Items[CategoryAdminRead]:
    """The category tree with the number of products in each, siblings in the order to show."""
    return await admin.listed()


@admin_router.post(
    "/categories",
    operation_id="createCategory",
    status_code=201,
    responses=documents(CategoryParentUnknown, CategoryTooDeep, CategorySlugTaken),
)
async def create_category(body: CategoryCreate, by: Acting, _: Writer) -> CategoryAdminRead:
    """Add a category behind its siblings. Without a slug one is made from the name; a Korean name is romanised."""
    return await admin.create(body, by=by)


@admin_router.patch(
    "/categories/reorder",
    operation_id="reorderCategories",
    responses=documents(CategoryParentUnknown, CategoryOrderOutdated),
)
async def reorder_categories(body: CategoryReorder, by: Acting, _: Writer) -> Items[CategoryAdminRead]:
    """Put all categories below one parent into this order. The whole tree comes back."""
    return await admin.reorder(body, by=by)


@admin_router.get("/categories/{category_id}", operation_id="readAdminCategory", responses=documents(CategoryNotFound))
async def read_category(category_id: CategoryId, response: Response, _: Reader) -> CategoryAdminRead:
    """A category with what is below it. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await admin.one(category_id))


@admin_router.put(
    "/categories/{category_id}",
    operation_id="changeCategory",
    responses=documents(*EDIT, CategoryParentUnknown, CategoryCycle, CategoryTooDeep, CategorySlugTaken),
)
async def change_category(
    category_id: CategoryId, body: CategoryChange, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> CategoryAdminRead:
    """Rename it, change its slug, or move it with everything below it."""
    edit = admin.change(category_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(admin.one, category_id)))


@admin_router.delete(
    "/categories/{category_id}",
    operation_id="removeCategory",
    status_code=204,
    responses=documents(*EDIT, CategoryInUse),
)
async def remove_category(category_id: CategoryId, version: EditedVersion, by: Acting, _: Writer) -> None:
    """Remove a category that holds no products and no categories. `CATEGORY_IN_USE` says how many are in the way."""
    edit = admin.remove(category_id, version=version, by=by)
    await or_fresh(edit, partial(admin.one, category_id))

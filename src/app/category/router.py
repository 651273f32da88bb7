"""Routes of the category domain."""

from fastapi import Request, Response

from src.app.category.dtos.responses import CategoryRead
from src.app.category.routes.admin import admin_router
from src.app.category.services import tree
from src.common.dtos.pages import Items
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.identity import Guest

__all__ = ["admin_router", "router"]

router = public_router(tags=["shop: categories"])


@router.get(
    "/categories", operation_id="listCategories", response_model=Items[CategoryRead], responses=public_answers()
)
async def list_categories(request: Request, _: Guest) -> Response:
    """The category tree, major categories first, siblings in the order to show."""
    return await public_read(request, ("categories",), tree.tree_json)

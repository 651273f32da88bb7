"""Routes of the product domain."""

from functools import partial
from typing import Annotated

from fastapi import Path, Query, Request, Response

from src.app.product.dtos.requests import ProductQuery
from src.app.product.dtos.responses import ProductCard, ProductPage, ProductRead, StockRead
from src.app.product.errors import ProductNotFound
from src.app.product.routes import restock
from src.app.product.routes.admin import products, sheets, stock
from src.app.product.services import detail, related
from src.app.product.services.search import listing, query_counts
from src.common.dtos.pages import Items
from src.common.exceptions import documents
from src.common.exceptions.general import ValidationFailed
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.http.routing import new_router, take_routes
from src.common.identity import Guest

router = public_router(tags=["shop: products"])
admin_router = new_router("/admin")
# Sheets come first, because a fixed path such as `/products/export.csv` must be matched before
# `/products/{product_id}`.
take_routes(admin_router, sheets.router, sheets.form_router, products.router, stock.router)

Ref = Annotated[str, Path(description="Product code, else slug, else id.", examples=["01201110"])]


@router.get("/products", operation_id="listProducts", response_model=ProductPage, responses=public_answers())
async def list_products(query: Annotated[ProductQuery, Query()], request: Request, _: Guest) -> Response:
    """Products for sale that match every filter, at most 2 seconds old. An unknown category is an empty list."""
    seen = partial(query_counts.note, query) if query.q and query.page == 1 and query.cursor is None else None
    return await public_read(request, ("products", query), partial(listing.page_json, query), seen=seen)


@router.get(
    "/products/{ref}", operation_id="readProduct", response_model=ProductRead, responses=public_answers(ProductNotFound)
)
async def read_product(ref: Ref, request: Request, _: Guest) -> Response:
    """A product with its colours, pictures and sizes, at most 2 seconds old."""
    return await public_read(request, ("product", ref), partial(detail.product_json, ref))


@router.get(
    "/products/{ref}/related",
    operation_id="listRelated",
    response_model=Items[ProductCard],
    responses=public_answers(ProductNotFound),
)
async def list_related(ref: Ref, request: Request, _: Guest) -> Response:
    """At most 12 other products that can be bought, the most popular of its category first, then of those above."""
    return await public_read(request, ("related", ref), partial(related.related_json, ref))


@router.get("/products/{ref}/stock", operation_id="readStock", responses=documents(ValidationFailed, ProductNotFound))
async def read_stock(ref: Ref, _: Guest) -> Items[StockRead]:
    """The units of each variant that may be bought at this moment; never cached."""
    return await detail.stock_of(ref)


take_routes(router, restock.router)

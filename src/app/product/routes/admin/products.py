"""Routes of the back-office's product screens."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Query, Response

from src.app.product.dtos.admin.bulk import BulkPrice, BulkStatus
from src.app.product.dtos.admin.listing import AdminProductQuery
from src.app.product.dtos.admin.notices import NoticeKindRead
from src.app.product.dtos.admin.options import OptionsReplace
from src.app.product.dtos.admin.products import NO_WHY, ProductChange, ProductCopy, ProductCreate, WhyOnly
from src.app.product.dtos.admin.responses import AdminProduct, AdminProductRow, AlikeOptions, BulkResult, ProductSummary
from src.app.product.errors import (
    CategoryUnknown,
    DiscountAbovePrice,
    ImageUnknown,
    OptionsAlike,
    OptionUnknown,
    ProductCodeTaken,
    ProductIsArchived,
    ProductNotFound,
    SkuTaken,
    SlugTaken,
    StockFixed,
)
from src.app.product.services import product_notices
from src.app.product.services.editing import alike_options, bulk, copy, create, form, options, update
from src.app.product.services.editing import listing as admin_listing
from src.common.dtos.pages import Items, Page, PageQuery
from src.common.exceptions import documents
from src.common.exceptions.general import (
    IdempotencyInProgress,
    IdempotencyKeyRequired,
    IdempotencyKeyReused,
    IfMatchRequired,
    StaleEdit,
)
from src.common.http.etags import EditedVersion, or_fresh, tag, tagged
from src.common.http.idempotency import RequestKey
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

ProductReader = Annotated[Identity, Depends(Policy("staff", "product:read"))]
ProductWriter = Annotated[Identity, Depends(Policy("staff", "product:write"))]
ProductId = Annotated[int, Path(ge=1, le=2**63 - 1, examples=[7])]

EDIT = (ProductNotFound, ProductIsArchived, IfMatchRequired, StaleEdit)

router = new_router(prefix="/admin", tags=["admin: products"])


@router.get("/products", operation_id="searchAdminProducts")
async def search_products(asked: Annotated[AdminProductQuery, Query()], _: ProductReader) -> Page[AdminProductRow]:
    """Products that match every filter, on sale or not, in a total order. Archived ones are a list of their own."""
    return await admin_listing.page(asked)


@router.get("/products/summary", operation_id="countProducts")
async def count_products(_: ProductReader) -> ProductSummary:
    """The numbers on the status cards, archived products left out."""
    return await admin_listing.summary()


@router.get("/products/alike-options", operation_id="listAlikeOptions")
async def list_alike_options(asked: Annotated[PageQuery, Query()], _: ProductReader) -> Page[AlikeOptions]:
    """Colours and sizes whose names only width or case of their letters tell apart, by product: from before such names
    were refused. A sheet names them by SKU."""
    return await alike_options.page(asked)


@router.get("/product-notice-kinds", operation_id="listNoticeKinds")
async def list_notice_kinds(_: ProductReader) -> Items[NoticeKindRead]:
    """Kinds of goods of the statutory product notice, and the items that each must name."""
    return product_notices.kinds()


@router.post(
    "/products",
    operation_id="createProduct",
    status_code=201,
    responses=documents(ProductCodeTaken, SlugTaken, SkuTaken, CategoryUnknown, ImageUnknown, DiscountAbovePrice),
)
async def create_product(body: ProductCreate, response: Response, by: Acting, _: ProductWriter) -> AdminProduct:
    """Add a product with colours, pictures, sizes and opening stock: all of it or nothing."""
    made = await create.create(body, by=by)
    tag(response, made.version)
    return made


@router.patch("/products/bulk", operation_id="setProductsStatus")
async def set_products_status(body: BulkStatus, by: Acting, _: ProductWriter) -> BulkResult:
    """Set sale or display status of up to 500 products. One that cannot be changed stops no other."""
    return await bulk.set_status(body, by=by)


@router.post(
    "/products/bulk-price",
    operation_id="setProductsPrice",
    responses=documents(IdempotencyKeyRequired, IdempotencyKeyReused, IdempotencyInProgress),
)
async def set_products_price(
    body: BulkPrice, key: RequestKey, response: Response, by: Acting, _: ProductWriter
) -> BulkResult:
    """Change price or discount of up to 500 products, once per `Idempotency-Key`. One that cannot be changed stops no
    other."""
    result, is_repeat = await bulk.set_prices(body, request=key, by=by)
    response.headers.update({"Idempotency-Replayed": "true"} if is_repeat else {})
    return result


@router.get("/products/{product_id}", operation_id="readAdminProduct", responses=documents(ProductNotFound))
async def read_product(product_id: ProductId, response: Response, _: ProductReader) -> AdminProduct:
    """Everything for the edit form, of archived products too. Send its `ETag` as `If-Match` with an edit."""
    found = await form.one(product_id)
    tag(response, found.version)
    return found


@router.patch(
    "/products/{product_id}",
    operation_id="changeProduct",
    responses=documents(*EDIT, ProductCodeTaken, SlugTaken, CategoryUnknown, DiscountAbovePrice),
)
async def change_product(
    product_id: ProductId,
    body: ProductChange,
    version: EditedVersion,
    response: Response,
    by: Acting,
    _: ProductWriter,
) -> AdminProduct:
    """Change what is given; what is left out stays. `STALE_EDIT` where somebody edited it since you read it."""
    edit = update.change(product_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(form.one, product_id)))


@router.put(
    "/products/{product_id}/options",
    operation_id="replaceOptions",
    responses=documents(*EDIT, OptionUnknown, OptionsAlike, StockFixed, SkuTaken, ImageUnknown),
)
async def replace_options(
    product_id: ProductId,
    body: OptionsReplace,
    version: EditedVersion,
    response: Response,
    by: Acting,
    _: ProductWriter,
) -> AdminProduct:
    """Make colours, pictures and sizes what the body says. What is left out is no longer sold; orders keep it, and it
    comes back with its units when it is named again. Stock moves by adjustments only."""
    edit = options.replace(product_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(form.one, product_id)))


@router.delete(
    "/products/{product_id}",
    operation_id="archiveProduct",
    status_code=204,
    responses=documents(ProductNotFound, IfMatchRequired, StaleEdit),
)
async def archive_product(
    product_id: ProductId, version: EditedVersion, by: Acting, _: ProductWriter, body: WhyOnly = NO_WHY
) -> None:
    """Archive a product: out of every list, never out of orders and carts. Again changes nothing."""
    await or_fresh(update.archive(product_id, body, version=version, by=by), partial(form.one, product_id))


@router.post("/products/{product_id}/restore", operation_id="restoreProduct", responses=documents(ProductNotFound))
async def restore_product(
    product_id: ProductId, response: Response, by: Acting, _: ProductWriter, body: WhyOnly = NO_WHY
) -> AdminProduct:
    """Bring an archived product back, stopped and hidden. Again changes nothing."""
    restored = await update.restore(product_id, body, by=by)
    tag(response, restored.version)
    return restored


@router.post(
    "/products/{product_id}/copy",
    operation_id="copyProduct",
    status_code=201,
    responses=documents(ProductNotFound, ProductCodeTaken, ImageUnknown),
)
async def copy_product(
    product_id: ProductId, body: ProductCopy, response: Response, by: Acting, _: ProductWriter
) -> AdminProduct:
    """Add a product like this one under another code: stopped, hidden, without stock, with SKUs of its own."""
    made = await copy.copy(product_id, body, by=by)
    tag(response, made.version)
    return made

"""Change, archive and restore a product."""

from typing import Any, Final

from tortoise.exceptions import IntegrityError

from src.app.product.dtos.admin.products import ProductChange, WhyOnly
from src.app.product.dtos.admin.responses import AdminProduct
from src.app.product.models import DisplayStatus, Product, ProductCategory, SaleStatus
from src.app.product.services import locks, naming
from src.app.product.services.editing import columns as content
from src.app.product.services.editing import form
from src.app.product.services.search.indexing import reindex
from src.common import clock
from src.common.http.etags import refuse_stale
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

AS_GIVEN: Final = (
    "product_code",
    "name",
    "slug",
    "brand",
    "description",
    "detail",
    "sale_status",
    "display_status",
    "tax_type",
)
SEARCHED: Final = {"name", "product_code", "brand", "category_ids"}


async def change(product_id: int, body: ProductChange, *, version: int, by: Actor) -> AdminProduct:
    """Change the given fields, if nobody else edited the product since `version`. Locks its row: of two edits of the
    same version, one is refused. An edit that changes nothing leaves the version and writes no audit row.

    Raises ProductNotFound, StaleEdit, ProductIsArchived, ProductCodeTaken, SlugTaken, CategoryUnknown and
    DiscountAbovePrice.
    """

    async def write() -> None:
        product = await locks.lock_for_edit(product_id, version)
        before, after = await _both_sides(product, body)
        before, after = content.changes(before, after)
        if not after:
            return
        given = body.model_fields_set
        await naming.refuse_taken(product_code=after.get("product_code"), slug=after.get("slug"), beside=product.id)
        if "category_ids" in after:
            await content.refuse_unknown(body.category_ids)
            await content.link(product.id, body.category_ids)
        await content.write(product, _columns(product, body, given=given))
        if after.keys() & SEARCHED:
            await reindex([product.id])
        await audit.record(
            "product.changed", by=by, target=("product", product.id), before=before, after=after, reason=body.reason
        )

    try:
        await unit_of_work(write)
    except IntegrityError:
        # Another transaction took the code or slug, or deleted the category, between the check and the write.
        given = body.model_dump(include=body.model_fields_set)
        await naming.refuse_taken(product_code=given.get("product_code"), slug=given.get("slug"), beside=product_id)
        await content.refuse_unknown(given.get("category_ids", []))
        raise
    return await form.one(product_id)


async def archive(product_id: int, body: WhyOnly, *, version: int, by: Actor) -> None:
    """Stop the sale of the product, hide it, and list it in the back-office only among archived products. Orders keep
    their lines; carts show it as not for sale. An archived product stays unchanged, and its version is not checked.

    Raises ProductNotFound, StaleEdit.
    """

    async def write() -> None:
        product = await locks.lock_product(product_id)
        if product.archived_at is not None:
            return
        refuse_stale(product.version, version)
        columns = {
            "archived_at": clock.now(),
            "sale_status": SaleStatus.STOPPED,
            "display_status": DisplayStatus.HIDDEN,
        }
        await _mark(product, columns, action="product.archived", by=by, reason=body.reason)

    await unit_of_work(write)


async def restore(product_id: int, body: WhyOnly, *, by: Actor) -> AdminProduct:
    """Restore an archived product. It stays stopped and hidden until staff have checked it and put it on sale. A repeat
    changes nothing. Raises ProductNotFound."""

    async def write() -> None:
        product = await locks.lock_product(product_id)
        if product.archived_at is not None:
            await _mark(product, {"archived_at": None}, action="product.restored", by=by, reason=body.reason)

    await unit_of_work(write)
    return await form.one(product_id)


async def _mark(product: Product, columns: dict[str, Any], *, action: str, by: Actor, reason: str) -> None:
    before, after = content.changes({name: getattr(product, name) for name in columns}, columns)
    await content.write(product, columns)
    await audit.record(action, by=by, target=("product", product.id), before=before, after=after, reason=reason)


async def _both_sides(product: Product, body: ProductChange) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the values of the given fields before and after the edit."""
    given = body.model_fields_set
    after = _columns(product, body, given=given)
    before = {name: getattr(product, name) for name in after}
    if "specs" in before:
        before["specs"] = before["specs"] or []
    if "category_ids" in given:
        links = ProductCategory.filter(product_id=product.id).order_by("position", "id")
        before["category_ids"] = list(await links.values_list("category_id", flat=True))
        after["category_ids"] = body.category_ids
    return before, after


def _columns(product: Product, body: ProductChange, *, given: set[str]) -> dict[str, Any]:
    """Return the columns of the given fields. Raises DiscountAbovePrice, also if an unchanged discount exceeds the new
    price."""
    columns: dict[str, Any] = {name: getattr(body, name) for name in AS_GIVEN if name in given}
    if "specs" in given:
        columns["specs"] = content.stored_specs(body.specs)
    if "notice" in given:
        columns["notice"] = content.stored_notice(body.notice)
    if given & {"origin_price", "discount"}:
        origin_price = body.origin_price if "origin_price" in given else product.origin_price
        discount = body.discount if "discount" in given else content.plan_of(product)
        columns |= content.price_columns(origin_price, discount)
    return columns

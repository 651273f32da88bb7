"""Create a product as a copy of an existing one."""

from src.app.product.dtos.admin.content import DiscountIn, NoticeIn, SpecIn
from src.app.product.dtos.admin.options import OptionNew, SizeNew
from src.app.product.dtos.admin.products import ProductCopy, ProductCreate
from src.app.product.dtos.admin.responses import AdminProduct
from src.app.product.dtos.fields import PictureIn, name_key
from src.app.product.models import DisplayStatus, SaleStatus
from src.app.product.services.editing import create, form
from src.common.records.audit import Actor


async def copy(product_id: int, body: ProductCopy, *, by: Actor) -> AdminProduct:
    """Add a product with the content of this one and a new code: stopped, hidden, without stock, with new SKUs. Alike
    colours and alike sizes are merged. The product code makes a repeat safe: the second copy is refused.

    Raises ProductNotFound, ProductCodeTaken, and the errors of `create.create` if the original refers to a category or
    picture that no longer exists.
    """
    model = await form.one(product_id)
    options = _options(model)
    # Not validated: stored values are copied even if the rules for new input have become stricter.
    draft = ProductCreate.model_construct(
        product_code=body.product_code,
        name=body.name or model.name,
        slug=None,
        brand=model.brand,
        description=model.description,
        detail=model.detail,
        origin_price=model.origin_price,
        discount=DiscountIn.model_construct(**dict(model.discount_plan)) if model.discount_plan else None,
        category_ids=[category.id for category in model.categories],
        specs=[SpecIn.model_construct(name=spec.name, value=spec.value) for spec in model.specs],
        notice=NoticeIn.model_construct(kind=model.notice.kind, fields=model.notice.fields) if model.notice else None,
        sale_status=SaleStatus.STOPPED,
        display_status=DisplayStatus.HIDDEN,
        tax_type=model.tax_type,
        options=options,
        reason=body.reason,
    )
    return await create.create(draft, by=by)


def _options(model: AdminProduct) -> list[OptionNew]:
    """Return the colours and sizes of the copy. Alike names (stored before they were refused) are merged into the first
    of them."""
    found: dict[str, OptionNew] = {}
    for option in model.options:
        draft = OptionNew.model_construct(
            color=option.color,
            color_code=option.color_code,
            images=[PictureIn.model_construct(path=image.path, alt=image.own_alt) for image in option.images],
            sizes=[],
        )
        kept = found.setdefault(name_key(option.color), draft)
        held = {name_key(size.size) for size in kept.sizes}
        for size in option.sizes:
            if name_key(size.size) not in held:
                held.add(name_key(size.size))
                kept.sizes.append(
                    SizeNew.model_construct(size=size.size, sku=None, stock=0, extra_price=size.extra_price)
                )
    return list(found.values())

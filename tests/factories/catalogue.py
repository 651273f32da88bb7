"""Categories, products and variants. Every variant has the OPENING row of its stock."""

from itertools import count

from src.app.category.models import Category
from src.app.product.models import (
    Product,
    ProductCategory,
    ProductImage,
    ProductOption,
    StockKind,
    StockLedger,
    Variant,
)
from src.app.product.services.search.indexing import reindex
from src.common import clock
from src.core.database import unit_of_work

COLORS = (("블랙", "#111111"), ("화이트", "#FFFFFF"), ("네이비", "#1B2A49"), ("베이지", "#D9C7A7"), ("레드", "#C0272D"))
SIZES = ("S", "M", "L", "XL", "FREE")

_numbers = count(1)


async def make_category(slug: str, *, parent: Category | None = None, position: int = 0) -> Category:
    """A category named as its slug, below `parent`."""
    return await Category.create(
        parent_id=parent.id if parent else None,
        name=slug.upper(),
        slug=slug,
        depth=parent.depth + 1 if parent else 1,
        position=position,
    )


async def make_product(
    *,
    code: str = "",
    name: str = "투어 스탠드백",
    price: int = 10_000,
    origin_price: int | None = None,
    stock: int = 10,
    colors: int = 1,
    sizes: int = 1,
    category: Category | None = None,
) -> Product:
    """A product for sale with `colors` x `sizes` variants of `stock` units and two pictures for each colour.

    Prices are won; an `origin_price` above `price` makes it an ``amount`` discount. Its code is made up where none is
    given, its slug is ``product-<code>``. Later products are released later.
    """
    number = next(_numbers)
    code = code or f"T{number:07d}"
    before = price if origin_price is None else origin_price
    now = clock.now()
    product = Product(
        product_code=code,
        slug=f"product-{code.lower()}",
        name=name,
        description=f"{name} 설명",
        detail=f"{name} 상세",
        origin_price=before,
        price=price,
        discount=before - price,
        discount_option="amount" if before > price else "",
        released_at=now,
        created_at=now,
        updated_at=now,
    )

    async def write() -> None:
        await product.save()
        if category is not None:
            await ProductCategory.create(product_id=product.id, category_id=category.id)
        for color_index in range(colors):
            await _make_color(product, color_index, sizes=sizes, stock=stock)
        await reindex([product.id])

    await unit_of_work(write)  # one commit, which a server waits for its disk at, instead of one for each row
    return product


async def make_variant(stock: int = 10, price: int = 10_000) -> Variant:
    """The only variant of a new product for sale."""
    product = await make_product(price=price, stock=stock)
    return await Variant.get(product_id=product.id)


async def variants_of(product: Product) -> list[Variant]:
    """Its variants in the order of its page."""
    return await Variant.filter(product_id=product.id).order_by("option__position", "position", "id")


async def _make_color(product: Product, color_index: int, *, sizes: int, stock: int) -> None:
    color, color_code = COLORS[color_index]
    option = await ProductOption.create(product_id=product.id, color=color, color_code=color_code, position=color_index)
    for picture in range(2):
        await ProductImage.create(
            option_id=option.id, path=f"products/{product.product_code}/{color_index}-{picture}.svg", position=picture
        )
    for position, size in enumerate(SIZES[:sizes]):
        variant = await Variant.create(
            product_id=product.id,
            option_id=option.id,
            sku=f"{product.product_code}-{color_index}-{size}",
            size=size,
            stock=stock,
            position=position,
        )
        await StockLedger.create(
            variant_id=variant.id,
            kind=StockKind.OPENING,
            source=f"variant:{variant.id}",
            delta=stock,
            created_at=clock.now(),
        )

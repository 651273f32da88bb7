"""Write the rows of the demo shop. Imported only when a shop is filled: a start of a filled shop needs no catalogue."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from src.app.banner.models import Banner, BannerType
from src.app.category.models import Category
from src.app.product.models import Product, ProductCategory, ProductImage, ProductOption, StockKind, Variant
from src.app.product.services.search.indexing import reindex
from src.app.product.services.stock.ledger import LedgerEntry, write_ledger
from src.app.promotion_product.models import PromotionCode, PromotionItem
from src.app.shipping.models import ShippingRule, ShippingSurcharge, SurchargeArea
from src.app.shop.models import ShopInfo
from src.app.shop.services.reading import ONLY
from src.common import clock
from src.demo.catalogue import BANNERS, CATEGORIES, PRODUCTS, PROMOTIONS
from src.demo.catalogue.records import DemoProduct
from src.demo.pictures import VIEWS, banner_path, picture_path
from src.demo.telling import tell

# Base fee and free limit are the shop's own. Surcharges: the zipcode ranges of Jeju and the larger islands.
BASE_FEE, FREE_FROM = 2_500, 100_000
SURCHARGES = (
    (SurchargeArea.JEJU, "제주", "63000", "63644", 3_000),
    (SurchargeArea.ISLAND, "울릉도", "40200", "40240", 5_000),
    (SurchargeArea.ISLAND, "인천 서해 도서", "23008", "23010", 5_000),
    (SurchargeArea.ISLAND, "흑산도·홍도", "58953", "58958", 5_000),
)
RULES = 2  # 1 are the defaults of the code
SELLER: dict[str, Any] = {
    "company_name": "믹골프 데모",
    "representative": "김데모",
    "business_number": "123-45-67891",
    "mail_order_number": "제2026-데모-00001호",
    "address": "서울특별시 강남구 테헤란로 1",
    "phone": "02-000-0000",
    "email": "help@example.com",
    "opening_hours": "평일 10:00~17:00",
    "privacy_officer": "이데모",
    "privacy_officer_email": "privacy@example.com",
    "hosting_provider": "데모",
}


async def fill() -> None:
    """Write every row but the logins. Call it in a transaction."""
    now = clock.now()
    categories = await _categories()
    products = await _products(categories, now)
    await _pictures_and_stock(products)
    await reindex(product.id for product in products.values())
    await PromotionItem.bulk_create(
        [
            PromotionItem(code=PromotionCode(list_.code), product_id=products[code].id, position=position)
            for list_ in PROMOTIONS
            for position, code in enumerate(list_.product_codes)
        ]
    )
    await _banners(now)
    await ShopInfo.create(id=ONLY, **SELLER, updated_at=now)
    await tell(now)
    await ShippingRule.create(version=RULES, base_fee=BASE_FEE, free_from=FREE_FROM, created_at=now)
    await ShippingSurcharge.bulk_create(
        [
            ShippingSurcharge(version=RULES, area=area, name=name, zipcode_from=first, zipcode_to=last, fee=fee)
            for area, name, first, last, fee in SURCHARGES
        ]
    )


async def _categories() -> dict[str, int]:
    ids: dict[str, int] = {}
    for node in CATEGORIES:  # every node comes after its parent
        row = await Category.create(
            parent_id=ids[node.parent] if node.parent else None,
            name=node.name,
            slug=node.slug,
            depth=node.depth,
            position=node.position,
        )
        ids[node.slug] = row.id
    return ids


async def _products(categories: dict[str, int], now: datetime) -> dict[str, Product]:
    await Product.bulk_create([_product(demo, now) for demo in PRODUCTS])
    rows = {product.product_code: product for product in await Product.all()}
    await ProductCategory.bulk_create(
        [
            ProductCategory(product_id=rows[demo.product_code].id, category_id=categories[slug], position=position)
            for demo in PRODUCTS
            for position, slug in enumerate(demo.categories)
        ]
    )
    return rows


def _product(demo: DemoProduct, now: datetime) -> Product:
    released = now - timedelta(days=demo.released_days_ago)
    return Product(
        product_code=demo.product_code,
        slug=demo.slug,
        name=demo.name,
        brand=demo.brand,
        description=demo.description,
        detail=demo.detail,
        origin_price=demo.origin_price,
        price=demo.price,
        discount=demo.discount_value,
        discount_option=demo.discount_option or "",
        rating=0,
        review_count=0,
        popularity=demo.popularity,
        released_at=released,
        created_at=now,
        updated_at=now,
    )


async def _pictures_and_stock(products: dict[str, Product]) -> None:
    await ProductOption.bulk_create(
        [
            ProductOption(
                product_id=products[demo.product_code].id, color=color.name, color_code=color.code, position=index
            )
            for demo in PRODUCTS
            for index, color in enumerate(demo.colors)
        ]
    )
    options: dict[tuple[int, int], int] = {
        (option.product_id, option.position): option.id for option in await ProductOption.all()
    }

    def option_of(demo: DemoProduct, color_index: int) -> int:
        return options[products[demo.product_code].id, color_index]

    await ProductImage.bulk_create(
        [
            ProductImage(
                option_id=option_of(demo, index), path=picture_path(demo.product_code, index, view), position=view
            )
            for demo in PRODUCTS
            for index in range(len(demo.colors))
            for view in range(VIEWS)
        ]
    )
    await _variants(products, option_of)


async def _variants(products: dict[str, Product], option_of: Callable[[DemoProduct, int], int]) -> None:
    await Variant.bulk_create(
        [
            Variant(
                product_id=products[demo.product_code].id,
                option_id=option_of(demo, variant.color_index),
                sku=variant.sku,
                size=variant.size,
                stock=variant.stock,
                position=variant.size_index,
            )
            for demo in PRODUCTS
            for variant in demo.variants
        ]
    )
    await write_ledger(
        [
            LedgerEntry(
                variant_id=variant.id,
                kind=StockKind.OPENING,
                source=f"variant:{variant.id}",
                delta=variant.stock,
            )
            for variant in await Variant.all()
        ]
    )


async def _banners(now: datetime) -> None:
    def moment(days: int | None) -> datetime | None:
        return None if days is None else now + timedelta(days=days)

    await Banner.bulk_create(
        [
            Banner(
                type=BannerType(demo.type),
                title=demo.title,
                sub_title=demo.sub_title,
                image_path=banner_path(demo.number),
                link_url=demo.link_url,
                position=demo.number,
                is_active=demo.is_active,
                starts_at=moment(demo.starts_in_days),
                ends_at=moment(demo.ends_in_days),
            )
            for demo in BANNERS
        ]
    )

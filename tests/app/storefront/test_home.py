"""GET /home."""

import httpx

from src.app.banner.models import Banner, BannerType
from src.app.promotion_product.models import PromotionCode, PromotionItem
from src.app.storefront.dtos.responses import HomeRead
from src.common.http import public_cache
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_product

PATH = "/api/v1/home"


async def test_empty_shop_has_an_empty_home(client: httpx.AsyncClient) -> None:
    assert (await client.get(PATH)).json() == {"banners": [], "promotions": [], "best": [], "md_pick": [], "new": []}


async def test_home_is_what_the_single_reads_show(client: httpx.AsyncClient) -> None:
    for kind in BannerType:
        await Banner.create(type=kind, title=kind, image_path=f"banners/{kind}.svg")
    for position in range(3):
        product = await make_product(colors=2)
        for code in PromotionCode:
            await PromotionItem.create(code=code, product_id=product.id, position=-position)
    answer = await client.get(PATH)
    home = answer.json()
    HomeRead.model_validate_json(answer.content)
    for list_name, path in (
        ("banners", "/api/v1/banners?type=banner"),
        ("promotions", "/api/v1/banners?type=promotion"),
    ):
        assert home[list_name] == (await client.get(path)).json()["items"]
        assert len(home[list_name]) == 1
    for code in PromotionCode:
        assert home[code] == (await client.get(f"/api/v1/promotions/{code}/products")).json()["items"]
        assert len(home[code]) == 3


async def test_home_takes_eight_queries_whatever_it_shows(client: httpx.AsyncClient) -> None:
    counts = []
    for _ in range(2):
        for _ in range(4):
            product = await make_product(colors=2, sizes=2)
            for code in PromotionCode:
                await PromotionItem.create(code=code, product_id=product.id)
        public_cache.invalidate_all()
        with captured_sql() as statements:
            await client.get(PATH)
        counts.append(len(statements))
    assert counts == [8, 8]

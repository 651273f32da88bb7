"""GET /promotions/{code}/products."""

import httpx
import pytest

from src.app.product.models import DisplayStatus, Product
from src.app.promotion_product.models import PromotionCode, PromotionItem
from src.common.http import public_cache
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_product


async def pick(product: Product, code: PromotionCode, position: int = 0, *, is_active: bool = True) -> None:
    await PromotionItem.create(code=code, product_id=product.id, position=position, is_active=is_active)


async def picked(client: httpx.AsyncClient, code: str) -> list[str]:
    answer = await client.get(f"/api/v1/promotions/{code}/products")
    assert answer.status_code == 200
    return [card["product_code"] for card in answer.json()["items"]]


async def test_cards_come_in_the_curated_order(client: httpx.AsyncClient) -> None:
    a, b, c = [await make_product(code=code) for code in "abc"]
    await pick(a, PromotionCode.BEST, 3)
    await pick(b, PromotionCode.BEST, 1)
    await pick(c, PromotionCode.BEST, 1)
    await pick(a, PromotionCode.NEW)
    assert await picked(client, "best") == ["b", "c", "a"]
    assert await picked(client, "new") == ["a"]
    assert await picked(client, "md_pick") == []


async def test_inactive_items_and_products_not_for_sale_are_left_out(client: httpx.AsyncClient) -> None:
    shown, inactive, hidden, sold_out = [await make_product(code=code, stock=int(code != "d")) for code in "abcd"]
    await Product.filter(id=hidden.id).update(display_status=DisplayStatus.HIDDEN)
    for position, product in enumerate((shown, hidden, sold_out)):
        await pick(product, PromotionCode.MD_PICK, position)
    await pick(inactive, PromotionCode.MD_PICK, is_active=False)
    assert await picked(client, "md_pick") == ["a", "d"]


async def test_badges_name_the_promotions_of_a_product(client: httpx.AsyncClient) -> None:
    product = await make_product(price=900, origin_price=1_000)
    await pick(product, PromotionCode.NEW)
    await pick(product, PromotionCode.BEST)
    await pick(product, PromotionCode.MD_PICK, is_active=False)
    card = (await client.get("/api/v1/products")).json()["items"][0]
    assert card["badges"] == ["best", "new", "sale"]


@pytest.mark.parametrize("code", ["BEST", "nope", "%00", "%F0%9F%98%80", "x" * 500, "best%20"])
async def test_unknown_code_is_not_found(client: httpx.AsyncClient, code: str) -> None:
    answer = await client.get(f"/api/v1/promotions/{code}/products")
    assert answer.status_code == 404
    assert answer.json()["code"] == "PROMOTION_NOT_FOUND"


async def test_list_is_at_most_a_hundred_cards_in_six_queries(client: httpx.AsyncClient) -> None:
    for position in range(102):
        await pick(await make_product(colors=0), PromotionCode.BEST, position)
    public_cache.invalidate_all()
    with captured_sql() as statements:
        assert len(await picked(client, "best")) == 100
    assert len(statements) <= 6

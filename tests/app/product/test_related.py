"""GET /products/{ref}/related."""

from typing import Any

import httpx

from src.app.category.models import Category
from src.app.product.models import DisplayStatus, Product
from src.common.http import public_cache
from tests.app.auth.support import code
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_category, make_product

API = "/api/v1/products"


async def related(client: httpx.AsyncClient, ref: str) -> list[str]:
    answer = await client.get(f"{API}/{ref}/related")
    assert answer.status_code == 200, answer.text
    return [card["product_code"] for card in answer.json()["items"]]


async def placed(code: str, category: Category, *, popularity: int = 0, **made: Any) -> Product:
    product = await make_product(code=code, category=category, **made)
    await Product.filter(id=product.id).update(popularity=popularity)
    return product


async def tree() -> tuple[Category, Category, Category]:
    major = await make_category("bag")
    middle = await make_category("stand-bag", parent=major)
    return major, middle, await make_category("tour", parent=middle)


async def test_its_own_category_comes_first_then_those_above(client: httpx.AsyncClient) -> None:
    major, middle, leaf = await tree()
    await placed("ITSELF", leaf, popularity=9)
    await placed("LEAF-1", leaf, popularity=1)
    await placed("LEAF-2", leaf, popularity=2)
    await placed("MIDDLE", middle, popularity=50)
    await placed("MAJOR", major, popularity=99)
    await placed("ELSEWHERE", await make_category("cap"), popularity=999)

    assert await related(client, "ITSELF") == ["LEAF-2", "LEAF-1", "MIDDLE", "MAJOR"]
    assert await related(client, "MAJOR") == ["MIDDLE", "ITSELF", "LEAF-2", "LEAF-1"]
    assert await related(client, "ELSEWHERE") == []


async def test_only_what_can_be_bought_is_offered(client: httpx.AsyncClient) -> None:
    category = await make_category("bag")
    await placed("ITSELF", category, stock=0)
    await placed("SOLD-OUT", category, stock=0)
    hidden = await placed("HIDDEN", category)
    await Product.filter(id=hidden.id).update(display_status=DisplayStatus.HIDDEN)
    await placed("GOOD", category)
    await make_product(code="NOWHERE")

    assert await related(client, "ITSELF") == ["GOOD"]
    assert await related(client, "NOWHERE") == []
    assert code(await client.get(f"{API}/HIDDEN/related")) == (404, "PRODUCT_NOT_FOUND")


async def test_they_are_twelve_at_most_each_once_and_the_queries_are_bounded(client: httpx.AsyncClient) -> None:
    major, _, leaf = await tree()
    await placed("ITSELF", leaf)
    for number in range(5):
        await placed(f"LEAF-{number}", leaf)
    with captured_sql() as few:
        assert len(await related(client, "ITSELF")) == 5
    for number in range(20):
        await placed(f"MAJOR-{number}", major, popularity=number)
    public_cache.invalidate_all()

    with captured_sql() as many:
        found = await related(client, "ITSELF")

    assert len(found) == len(set(found)) == 12
    assert set(found[:5]) == {f"LEAF-{number}" for number in range(5)}
    assert found[5:] == [f"MAJOR-{number}" for number in range(19, 12, -1)]
    assert len(many) <= len(few)


async def test_it_is_a_public_read_with_an_entity_tag(client: httpx.AsyncClient) -> None:
    await placed("ITSELF", await make_category("bag"))
    answer = await client.get(f"{API}/ITSELF/related")

    again = await client.get(f"{API}/ITSELF/related", headers={"If-None-Match": answer.headers["etag"]})

    assert again.status_code == 304

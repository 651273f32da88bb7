"""What all public reads of the catalogue have in common: tags, 304, caching, no identity."""

import asyncio

import httpx
import pytest

from src.app.product.models import Product
from src.common.http import public_cache
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_product

PATHS = (
    "/api/v1/products",
    "/api/v1/products/01201110",
    "/api/v1/categories",
    "/api/v1/promotions/best/products",
    "/api/v1/banners?type=banner",
    "/api/v1/home",
)
CACHE_CONTROL = "public, max-age=1, stale-while-revalidate=1"


@pytest.fixture(autouse=True)
async def _product(client: httpx.AsyncClient) -> None:
    await make_product(code="01201110")


@pytest.mark.parametrize("path", PATHS)
async def test_read_has_tag_and_public_cache_control_and_no_cookie(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == CACHE_CONTROL
    assert answer.headers["content-type"] == "application/json"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert len(answer.headers.get_list("etag")) == 1
    assert not answer.headers["etag"].startswith("W/")
    assert "set-cookie" not in answer.headers
    assert "x-new-token" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
async def test_known_tag_is_answered_with_304(client: httpx.AsyncClient, path: str, form: str) -> None:
    etag = (await client.get(path)).headers["etag"]
    answer = await client.get(path, headers={"If-None-Match": form.format(etag)})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["etag"] == etag
    assert answer.headers["cache-control"] == CACHE_CONTROL
    assert "content-type" not in answer.headers


@pytest.mark.parametrize("tag", ['"other"', "", ",", '"' * 500, "\xff", "W/"])
async def test_other_tag_gets_the_body(client: httpx.AsyncClient, tag: str) -> None:
    answer = await client.get(PATHS[0], headers={b"If-None-Match": tag.encode("latin-1")})
    assert answer.status_code == 200
    assert answer.json()["total"] == 1


async def test_tag_changes_with_the_product(client: httpx.AsyncClient) -> None:
    etag = (await client.get(PATHS[1])).headers["etag"]
    await Product.filter(product_code="01201110").update(name="새 이름")
    public_cache.invalidate_all()
    answer = await client.get(PATHS[1], headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer.json()["name"] == "새 이름"


async def test_change_is_seen_within_two_seconds(client: httpx.AsyncClient) -> None:
    await client.get(PATHS[1])
    await Product.filter(product_code="01201110").update(name="새 이름")
    assert (await client.get(PATHS[1])).json()["name"] == "투어 스탠드백"
    await asyncio.sleep(2.05)
    assert (await client.get(PATHS[1])).json()["name"] == "새 이름"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic x", "Bearer " + "x" * 5000])
@pytest.mark.parametrize("path", [*PATHS, "/api/v1/products/01201110/stock"])
async def test_authorization_is_not_read(client: httpx.AsyncClient, path: str, header: str) -> None:
    assert (await client.get(path, headers={"Authorization": header})).status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "/api/v1/products/01201110/stock"])
async def test_unknown_parameter_is_refused(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path + ("&" if "?" in path else "?") + "nope=1")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "nope"


async def test_same_question_in_other_words_is_one_entry(client: httpx.AsyncClient) -> None:
    await client.get(PATHS[0])
    with captured_sql() as statements:
        for words in ("?size=20&page=1", "?page=1", "?sort=newest&facets=false", "?q=", "?q=%20&in_stock=0"):
            await client.get(PATHS[0] + words)
        assert statements == []
        await client.get(PATHS[0] + "?q=Tour")
        asked = len(statements)
        await client.get(PATHS[0] + "?q=%20tOUR%20")
        assert len(statements) == asked > 0


async def test_crowd_at_a_cold_cache_asks_the_database_once(client: httpx.AsyncClient) -> None:
    with captured_sql() as statements:
        answers = await asyncio.gather(*(client.get(PATHS[0]) for _ in range(40)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.headers["etag"] for answer in answers}) == 1
    assert len(statements) == 8

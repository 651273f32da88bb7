"""Synonyms that staff keep."""

from typing import Any

import httpx
import pytest

from src.common.http import public_cache
from src.common.models.audit_log import AuditLog
from src.core.configs import settings
from src.demo.catalogue import CATEGORIES
from src.demo.seeding import load_demo_shop
from tests.app.auth.support import API
from tests.app.product.search.test_list import codes
from tests.app.search.test_suggest import suggested
from tests.factories.catalogue import make_product
from tests.factories.people import staff_bearer

PATH = f"{API}/admin/search/synonyms"


async def put(client: httpx.AsyncClient, staff: dict[str, str], *items: dict[str, Any]) -> httpx.Response:
    tag = (await client.get(PATH, headers=staff)).headers["etag"]
    return await client.put(PATH, json={"items": list(items)}, headers={**staff, "If-Match": tag})


@pytest.mark.fault("C4")
async def test_the_shop_begins_with_the_words_of_golf(client: httpx.AsyncClient) -> None:
    await make_product(code="GLOVE", name="양피 장갑")
    await make_product(code="BAG", name="투어 캐디백")
    await make_product(code="HAT", name="여름 모자")
    for question in ("글러브", "glove", "GLOVE", "양피글러브", "장갑", "rmffjqm", "글러ㅂ"):
        assert await codes(client, q=question) == ["GLOVE"], question
    for question in ("골프백", "골프 백", "golf bag", "caddie bag", "가방"):
        assert await codes(client, q=question) == ["BAG"], question
    for question in ("캡", "햇", "hat", "여름 캡"):
        assert await codes(client, q=question) == ["HAT"], question
    assert [item["product_code"] for item in (await suggested(client, "글러브"))["products"]] == ["GLOVE"]


@pytest.mark.fault("C4")
async def test_staff_keep_them_one_way_or_both(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    await make_product(code="A", name="가방")
    await make_product(code="B", name="배낭")
    await make_product(code="C", name="나침반")
    assert await codes(client, q="배낭") == ["B"]
    answer = await put(
        client,
        staff,
        {"term": "가방", "synonyms": ["배낭"], "both_ways": False},
        {"term": "배낭", "synonyms": ["나침반"], "both_ways": True},
    )
    assert answer.status_code == 200, answer.text
    assert await codes(client, q="가방") == ["B", "A"], "one way, and not further"
    assert await codes(client, q="배낭") == await codes(client, q="나침반") == ["C", "B"]
    assert await codes(client, q="가방", color="없는색") == []
    assert (await AuditLog.filter(action="search.synonyms_set").count()) == 1
    assert answer.json()["version"] == 2

    assert (await put(client, staff)).json() == {"items": [], "version": 3}
    assert await codes(client, q="가방") == ["A"]
    public_cache.invalidate_all()
    assert await codes(client, q="배낭") == ["B"]


@pytest.mark.fault("C4")
async def test_rules_are_bounded_and_open_to_staff_of_products_only(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    refused: list[list[dict[str, Any]]] = [
        [{"term": " ", "synonyms": ["가"]}],
        [{"term": "가", "synonyms": []}],
        [{"term": "가", "synonyms": ["!!"]}],
        [{"term": "가", "synonyms": ["\u3164"]}],
        [{"term": "캐디-백", "synonyms": ["캐디(백)", "캐디 백"]}],
        [{"term": "가", "synonyms": ["가"]}],
        [{"term": "골프 백", "synonyms": ["골프백"]}],
        [{"term": "가", "synonyms": [f"나{n}" for n in range(21)]}],
        [{"term": "가", "synonyms": [f"나{m}{n}" for n in range(8)]} for m in range(3)],
        [{"term": f"가{n}", "synonyms": ["나"], "both_ways": False} for n in range(501)],
        [{"term": "가" * 41, "synonyms": ["나"]}],
    ]
    for items in refused:
        answer = await put(client, staff, *items)
        assert answer.status_code == 422, (items, answer.text)
    assert (await client.get(PATH)).status_code == 401
    assert (await client.get(PATH, headers=staff)).json()["version"] == 1


@pytest.mark.fault("C4")
async def test_whatever_was_meant_every_word_of_the_demo_shop_finds_something(
    client: httpx.AsyncClient,
) -> None:
    await load_demo_shop(settings())
    public_cache.invalidate_all()
    for question in [category.name for category in CATEGORIES] + [
        "ㄱㅍㅂ",
        "글러브",
        "glove",
        "캗",
        "모자",
        "액세서리",
        "의류",
    ]:
        assert await codes(client, q=question), question
        body = await suggested(client, question)
        assert body["products"], question
        for category in body["categories"]:
            assert await codes(client, category=category["slug"]), category
        for term in body["terms"]:
            assert await codes(client, q=term), term
    for question in ("케디백", "스텐드벡", "쟝갑", "모쟈"):
        word = (await suggested(client, question))["did_you_mean"]
        assert word is None or await codes(client, q=word), question

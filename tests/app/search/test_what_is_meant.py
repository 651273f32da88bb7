"""What shoppers type: names of categories above, half-typed syllables, punctuation, other widths."""

import httpx
import pytest

from src.app.category.models import Category
from src.app.product.models import ProductSearch
from src.app.search.models import SearchTerm
from src.common import clock
from src.common.http import public_cache
from src.worker.jobs.run import run_job
from tests.app.auth.support import API
from tests.app.product.captured import captured_sql
from tests.app.product.search.test_list import codes
from tests.app.search.test_suggest import suggested
from tests.factories.catalogue import make_category, make_product
from tests.factories.people import staff_bearer


async def bags() -> tuple[Category, Category]:
    """골프백, and below it 캐디백 with the product BAG."""
    above = await make_category("golf-bags")
    below = await make_category("caddie", parent=above)
    await Category.filter(id=above.id).update(name="골프백")
    await Category.filter(id=below.id).update(name="캐디백")
    await make_product(code="BAG", name="투어 하나", category=below, colors=2)
    await make_product(code="CAP", name="여름 캡")
    return above, below


@pytest.mark.fault("C1")
async def test_the_names_of_all_categories_above_find_a_product(client: httpx.AsyncClient) -> None:
    await bags()
    for question in ("골프백", "골프 백", "캐디백", "골프백 캐디백 하나", "ㄱㅍㅂ", "rhfvmqor"):
        assert await codes(client, q=question) == ["BAG"], question


@pytest.mark.fault("C1")
async def test_a_rename_and_a_move_reach_everything_below(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    above, below = await bags()
    path = f"{API}/admin/categories"
    assert (await client.put(f"{path}/{above.id}", json={"name": "가방"}, headers=staff)).status_code == 200
    await run_job("relay-outbox")
    assert await codes(client, q="ㄱㅂ") == ["BAG"]
    assert await codes(client, q="ㄱㅍㅂ") == []

    other = (await client.post(path, json={"name": "여행용품"}, headers=staff)).json()
    moved = await client.put(f"{path}/{below.id}", json={"parent_id": other["id"]}, headers=staff)
    assert moved.status_code == 200, moved.text
    await run_job("relay-outbox")
    assert await codes(client, q="여행용품") == ["BAG"]
    assert await codes(client, q="ㄱㅂ") == []


@pytest.mark.fault("C1")
async def test_what_an_earlier_release_indexed_is_indexed_again(client: httpx.AsyncClient) -> None:
    await bags()
    await ProductSearch.all().update(form=0)
    assert await run_job("index-products") == 2
    assert await run_job("index-products") == 0


@pytest.mark.fault("C1")
async def test_only_what_finds_something_is_suggested(client: httpx.AsyncClient) -> None:
    await bags()
    empty = await make_category("cads")
    await Category.filter(id=empty.id).update(name="스탠드백")
    today = clock.now().astimezone(clock.KST).date()
    for term in ("캐디백 없음", "캐디백"):
        await SearchTerm.create(day=today, term=term, searches=9)
    body = await suggested(client, "캐디")
    assert body["terms"] == ["캐디백"]
    assert (await suggested(client, "스텐드벡"))["did_you_mean"] is None
    assert (await suggested(client, "스탠드"))["categories"] == []
    assert (await suggested(client, "케디백"))["did_you_mean"] == "캐디백"
    page = await client.get(f"{API}/products", params={"q": "케디백", "color": "없는색"})
    assert "did_you_mean" not in page.json(), "nothing is found by it under this filter"


@pytest.mark.fault("C2")
@pytest.mark.parametrize(
    "question", ["캗", "캐ㄷ", "캐딥", "캐디ㅂ", "캐디배", "골", "곮", "골프ㅂ", "하ㄴ", "골픕", "투어 캐딥"]
)  # fmt: skip
async def test_a_half_typed_syllable_finds_what_it_may_become(client: httpx.AsyncClient, question: str) -> None:
    await bags()
    assert await codes(client, q=question) == ["BAG"]


@pytest.mark.fault("C2")
async def test_a_whole_word_finds_no_more_and_a_half_one_that_leads_nowhere_finds_nothing(
    client: httpx.AsyncClient,
) -> None:
    await make_product(code="A", name="고급 공")
    await make_product(code="B", name="곡선 고글")
    assert await codes(client, q="고") == ["B", "A"]
    assert await codes(client, q="곡") == ["B"]
    assert await codes(client, q="곡ㅅ") == ["B"]
    assert await codes(client, q="고그") == ["B", "A"]
    assert await codes(client, q="괴") == await codes(client, q="없늑") == []
    public_cache.invalidate_all()
    with captured_sql() as statements:
        await client.get(f"{API}/products", params={"q": "없늑"})
    assert len(statements) <= 12


@pytest.mark.fault("C3")
@pytest.mark.parametrize(
    "question",
    ["캐디백,블랙", '"캐디백"', "캐디백/블랙", "(캐디백)", "캐디백·블랙", "캐디백，블랙", "「캐디백」", "‘캐디백’ 블랙", "캐디백ㆍ블랙",
     "캐디백!", "#캐디백", "캐디백-블랙", "캐디백+블랙", "ﾾￂﾧￜﾲￃﾡ".replace("ﾾￂ", "ﾻￃ"), "ㅋㅐㄷㅣㅂㅐㄱ", "ﾻﾧﾲ", "ｍｉｃｇｏｌｆ,캐디백", "캐디\u00ad백"],
)  # fmt: skip
async def test_punctuation_separates_and_widths_are_one(client: httpx.AsyncClient, question: str) -> None:
    await bags()
    assert await codes(client, q=question) == ["BAG"]


@pytest.mark.fault("C3")
async def test_names_are_folded_like_questions(client: httpx.AsyncClient) -> None:
    await make_product(code="AB-12", name="[특가] 캐디백(블랙)/레드")
    for question in (
        "특가 캐디백",
        "캐디백블랙",
        "캐디백 (블랙)",
        "캐디백(블랙)",
        "레드",
        "ab-12",
        "ＡＢ－１２",
        "AB 12",
    ):
        assert await codes(client, q=question) == ["AB-12"], question
    for question in (",", '"', "()", "···"):
        assert await codes(client, q=question) == [], question

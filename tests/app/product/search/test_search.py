"""GET /products?q=."""

import asyncio
import unicodedata

import httpx
import pytest

from src.app.category.models import Category
from src.app.product.models import (
    DisplayStatus,
    Product,
    ProductCategory,
    ProductGram,
    ProductOption,
    ProductSearch,
)
from src.app.product.services.search import text
from src.app.product.services.search.indexing import (
    index_all_missing,
    index_missing,
    reindex,
    reindex_all,
    reindex_categories,
)
from src.core.database import unit_of_work
from tests.app.product.search.test_list import codes
from tests.factories.catalogue import make_category, make_product


async def postings(product_id: int) -> set[int]:
    """The grams that the index has of a product."""
    rows = await ProductGram.all().values_list("id", flat=True)
    return {int(str(row)) for row in rows if int(str(row)) & text.LARGEST_PRODUCT_ID == product_id}


async def test_parts_of_words_are_found_whatever_the_blanks(client: httpx.AsyncClient) -> None:
    await make_product(code="01201110", name="투어 골프 백")
    await make_product(code="01201111", name="골프장갑 프로")
    await make_product(code="01201112", name="볼마커")
    for question in (
        "골프백",
        "골프 백",
        "어골",
        "투어골프백",
        "백",
        "백 투어",
        unicodedata.normalize("NFD", "골프백"),
    ):
        assert await codes(client, q=question) == ["01201110"], question
    assert await codes(client, q="골프") == ["01201111", "01201110"]
    assert await codes(client, q="프백골") == []
    assert await codes(client, q="골프 없음") == []


async def test_code_brand_colours_and_categories_are_searched(client: httpx.AsyncClient) -> None:
    category = await make_category("x")
    await Category.filter(id=category.id).update(name="여성 장갑")
    await make_product(code="AB-7001", name="하나", category=category, colors=2)
    await make_product(code="CD-7002", name="둘")
    assert await codes(client, q="ab-70") == ["AB-7001"]
    assert await codes(client, q="장갑") == ["AB-7001"]
    assert await codes(client, q="화이트 하나") == ["AB-7001"]
    assert await codes(client, q="MICgolf") == ["CD-7002", "AB-7001"]
    assert await codes(client, q="7") == ["CD-7002", "AB-7001"]


@pytest.mark.parametrize("question", ["%", "_", "!", "%%", "__", "\\", "'", "골_프", "!!"])
async def test_signs_of_patterns_mean_themselves(client: httpx.AsyncClient, question: str) -> None:
    await make_product(name="골짜기")
    assert await codes(client, q=question) == []


async def test_repeated_letters_are_counted(client: httpx.AsyncClient) -> None:
    await make_product(code="two", name="가가")
    await make_product(code="three", name="나나나")
    await make_product(code="four", name="다다다다")
    assert await codes(client, q="가가가") == []
    assert await codes(client, q="나나나") == ["three"]
    assert await codes(client, q="ㄴㄴㄴㄴ") == []
    assert await codes(client, q="ㄷㄷㄷㄷ") == await codes(client, q="ㄷㄷㄷ") == ["four"]
    assert await codes(client, q="ㄱㄱ") == ["two"]


async def test_signs_of_patterns_are_found_where_they_stand(client: httpx.AsyncClient) -> None:
    await make_product(code="sale", name="100% 양피_장갑!")
    await make_product(code="other", name="1000 양피 장갑")
    for question in ("0%", "100%", "피_장", "장갑!", "%", "!"):
        assert await codes(client, q=question) == ["sale"], question


async def test_first_consonants_find_names(client: httpx.AsyncClient) -> None:
    await make_product(code="bag", name="골프 백")
    await make_product(code="ball", name="골프 공")
    assert await codes(client, q="ㄱㅍㅂ") == ["bag"]
    assert await codes(client, q="ㄱㅍ") == ["ball", "bag"]
    assert await codes(client, q="ㅂ") == ["bag"]
    assert await codes(client, q="ㄱㅍㅂㄱ") == []


async def test_the_other_keyboard_is_understood_where_nothing_else_is_found(client: httpx.AsyncClient) -> None:
    await make_product(code="bag", name="골프백")
    assert await codes(client, q="rhfvmqor") == ["bag"]
    assert await codes(client, q="ㅡㅑㅊ해ㅣㄹ") == ["bag"]
    await make_product(code="word", name="RHFVMQOR")
    assert await codes(client, q="rhfvmqor") == ["word"]


async def test_words_and_filters_go_together(client: httpx.AsyncClient) -> None:
    category = await make_category("bags")
    await make_product(code="a", name="골프백", price=1_000, category=category)
    await make_product(code="b", name="골프백", price=2_000, category=category, stock=0)
    await make_product(code="c", name="골프백", price=3_000, colors=2)
    assert await codes(client, q="골프백", category="bags") == ["b", "a"]
    assert await codes(client, q="골프백", category="bags", in_stock=True) == ["a"]
    assert await codes(client, q="골프백", color="화이트") == ["c"]
    assert await codes(client, q="골프", min_price=2_000, sort="price_desc") == ["c", "b"]


async def test_a_change_is_found_and_what_was_is_not(client: httpx.AsyncClient) -> None:
    product = await make_product(code="p", name="골프백")

    async def rename() -> None:
        await Product.filter(id=product.id).update(name="장갑", price=5_000, origin_price=10_000)
        await ProductOption.filter(product_id=product.id).update(color="레드")
        await reindex([product.id])

    await unit_of_work(rename)
    assert await codes(client, q="프백") == await codes(client, q="블랙") == await codes(client, q="ㄱㅍㅂ") == []
    assert await codes(client, q="장갑 레드") == await codes(client, q="ㅈㄱ") == ["p"]
    assert (await Product.get(id=product.id)).reduction == 5_000
    row = await ProductSearch.get(product_id=product.id)
    assert {text.posting(gram, product.id) for gram in text.grams_of(row.words, row.initials)} == (
        await postings(product.id)
    )


async def test_a_change_that_is_rolled_back_leaves_the_index(client: httpx.AsyncClient) -> None:
    product = await make_product(code="p", name="골프백")
    before = await postings(product.id)

    async def rename() -> None:
        await Product.filter(id=product.id).update(name="장갑")
        await reindex([product.id])
        raise LookupError

    with pytest.raises(LookupError):
        await unit_of_work(rename)
    assert await postings(product.id) == before
    assert await codes(client, q="골프백") == ["p"]


async def test_two_changes_at_once_leave_the_index_of_the_last(client: httpx.AsyncClient) -> None:
    product = await make_product(code="p", name="골프백")

    async def rename(name: str) -> None:
        async def work() -> None:
            await Product.filter(id=product.id).update(name=name)
            await reindex([product.id])

        await unit_of_work(work)

    await asyncio.gather(*(rename(f"이름{letter * 3}") for letter in "가나다라마바"))
    row, words = await Product.get(id=product.id), await ProductSearch.get(product_id=product.id)
    assert words.words.startswith(row.name + "\n")
    assert {text.posting(gram, product.id) for gram in text.grams_of(words.words, words.initials)} == (
        await postings(product.id)
    )
    assert await codes(client, q=row.name) == ["p"]


async def test_rows_from_before_the_index_are_found_after_the_job(client: httpx.AsyncClient) -> None:
    for number in range(3):
        await make_product(code=f"p{number}", name="골프백")
    await ProductSearch.all().delete()
    await ProductGram.all().delete()
    assert await codes(client, q="골프백") == []
    assert await index_missing(2) == 2
    assert await index_all_missing() == 1
    assert await index_all_missing() == 0
    assert await codes(client, q="골프백") == ["p2", "p1", "p0"]


async def test_grams_that_were_lost_come_back(client: httpx.AsyncClient) -> None:
    await make_product(code="p", name="골프백")
    before = set(await ProductGram.all().values_list("id", flat=True))
    await ProductGram.all().delete()
    assert await reindex_all() == 1
    assert set(await ProductGram.all().values_list("id", flat=True)) == before
    assert await codes(client, q="골프백") == ["p"]


async def test_a_renamed_category_finds_its_products(client: httpx.AsyncClient) -> None:
    category = await make_category("x")
    await make_product(code="p", category=category)
    await make_product(code="other")
    await Category.filter(id=category.id).update(name="파우치")
    assert await codes(client, q="파우치") == []
    assert await reindex_categories([category.id, category.id]) == 1
    assert await reindex_categories([]) == 0
    assert await codes(client, q="파우치") == ["p"]


async def test_unknown_and_repeated_ids_change_nothing(client: httpx.AsyncClient) -> None:
    product = await make_product(code="p", name="골프백")
    before = await postings(product.id)
    await unit_of_work(lambda: reindex([product.id, product.id, 999_999, 0]))
    assert await postings(product.id) == before
    assert await ProductSearch.all().count() == 1


async def test_hidden_products_are_not_found(client: httpx.AsyncClient) -> None:
    product = await make_product(name="골프백")
    await Product.filter(id=product.id).update(display_status=DisplayStatus.HIDDEN)
    assert await codes(client, q="골프백") == await codes(client, q="백") == await codes(client, q="ㄱㅍㅂ") == []


async def test_a_category_in_two_branches_lists_a_product_once(client: httpx.AsyncClient) -> None:
    root = await make_category("root")
    left, right = await make_category("left", parent=root), await make_category("right", parent=root)
    product = await make_product(code="p", category=left)
    await ProductCategory.create(product_id=product.id, category_id=right.id, position=1)
    assert await codes(client, category="root") == ["p"]

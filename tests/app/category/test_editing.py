"""The category tree in the hands of staff."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.category.models import Category
from src.app.category.services.slugs import slug_of
from src.app.product.models import ProductCategory
from tests.app.auth.support import API, code
from tests.app.product.captured import captured_sql
from tests.app.staff.people import audited, headers_with
from tests.conftest import REAL
from tests.factories.catalogue import make_category, make_product

PATH = f"{API}/admin/categories"


@pytest.fixture
async def office(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client signed in as staff who may manage categories."""
    client.headers.update(await headers_with(client, "product:read", "category:write"))
    return client


async def public_tree(client: httpx.AsyncClient) -> list[Any]:
    """(slug, depth, children) as shoppers see it."""

    def short(items: list[dict[str, Any]]) -> list[Any]:
        return [(item["slug"], item["depth"], short(item["children"])) for item in items]

    return short((await client.get(f"{API}/categories")).json()["items"])


async def test_a_new_category_is_the_last_of_its_siblings_and_seen_at_once(office: httpx.AsyncClient) -> None:
    bags = await make_category("bags")
    await make_category("caddie", parent=bags, position=4)
    assert await public_tree(office) == [("bags", 1, [("caddie", 2, [])])]

    answer = await office.post(PATH, json={"name": "스탠드백", "parent_id": bags.id, "reason": "새 시즌"})

    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert (body["slug"], body["depth"], body["position"], body["parent_id"]) == ("seutaendeubaek", 2, 5, bags.id)
    assert await public_tree(office) == [("bags", 1, [("caddie", 2, []), ("seutaendeubaek", 2, [])])]
    (row,) = await audited("category.created")
    assert (row["target_id"], row["reason"], row["before"]) == (str(body["id"]), "새 시즌", {})
    assert row["after"]["name"] == "스탠드백"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "가" * 51}, "name"),
        ({"name": "백\u0000"}, "name"),
        ({"name": 5}, "name"),
        ({}, "name"),
        ({"name": "백", "slug": "Bags"}, "slug"),
        ({"name": "백", "slug": "123-4"}, "slug"),
        ({"name": "백", "slug": "a b"}, "slug"),
        ({"name": "백", "slug": "-a"}, "slug"),
        ({"name": "백", "slug": "a\n"}, "slug"),
        ({"name": "백", "slug": "골프"}, "slug"),
        ({"name": "백", "slug": "a" * 81}, "slug"),
        ({"name": "백", "parent_id": 0}, "parent_id"),
        ({"name": "백", "parent_id": "1"}, "parent_id"),
        ({"name": "백", "depth": 1}, "depth"),
    ],
)
async def test_bad_input_makes_nothing(office: httpx.AsyncClient, body: dict[str, Any], field: str) -> None:
    answer = await office.post(PATH, json=body)

    assert code(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["errors"][0]["field"] == field
    assert await Category.all().count() == 0


async def test_a_decomposed_name_is_stored_composed(office: httpx.AsyncClient) -> None:
    import unicodedata

    answer = await office.post(PATH, json={"name": unicodedata.normalize("NFD", "가" * 50)})

    assert answer.status_code == 201, answer.text
    assert answer.json()["name"] == "가" * 50


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("골프백", "golpeubaek"),
        ("Men's Polo & Shirt", "mens-polo-shirt"),
        ("2026", "c-2026"),
        ("！？", "category"),
        ("高爾夫", "category"),
        ("Café ＢＡＧ", "cafe-bag"),
        ("방한·우천 장갑", "banghan-ucheon-janggap"),
    ],
)
def test_a_slug_is_made_from_the_name(name: str, slug: str) -> None:
    assert slug_of(name, taken=()) == slug
    assert slug_of(name, taken={slug, f"{slug}-2"}) == f"{slug}-3"
    assert len(slug_of("빽" * 50, taken=())) <= 80


async def test_a_given_slug_that_is_taken_is_refused_and_a_made_one_steps_aside(office: httpx.AsyncClient) -> None:
    await make_category("golpeubaek")

    given = await office.post(PATH, json={"name": "골프백", "slug": "golpeubaek"})
    made = await office.post(PATH, json={"name": "골프백"})

    assert code(given) == (409, "CATEGORY_SLUG_TAKEN")
    assert made.json()["slug"] == "golpeubaek-2"


async def test_of_simultaneous_first_categories_with_one_slug_one_is_made(office: httpx.AsyncClient) -> None:
    given = await asyncio.gather(*(office.post(PATH, json={"name": "백", "slug": "bags"}) for _ in range(4)))
    made = await asyncio.gather(*(office.post(PATH, json={"name": "모자"}) for _ in range(4)))

    assert sorted(answer.status_code for answer in given) == [201, 409, 409, 409]
    assert sorted(answer.json()["slug"] for answer in made) == ["moja", "moja-2", "moja-3", "moja-4"]


async def test_an_unknown_parent_and_a_fourth_level_are_refused(office: httpx.AsyncClient) -> None:
    minor = await make_category("c", parent=await make_category("b", parent=await make_category("a")))

    unknown = await office.post(PATH, json={"name": "백", "parent_id": 999_999})
    deep = await office.post(PATH, json={"name": "백", "parent_id": minor.id})

    assert code(unknown) == (422, "CATEGORY_PARENT_UNKNOWN")
    assert code(deep) == (409, "CATEGORY_TOO_DEEP")
    assert (deep.json()["limit"], deep.json()["depth"]) == (3, 4)
    assert await Category.all().count() == 3


async def test_rename_and_new_slug_leave_the_rest_and_a_repeat_writes_nothing(office: httpx.AsyncClient) -> None:
    bags = await make_category("bags", position=3)
    for _ in range(2):
        answer = await office.put(f"{PATH}/{bags.id}", json={"name": "가방", "slug": "new-bags"})
        assert answer.status_code == 200, answer.text

    assert (answer.json()["name"], answer.json()["slug"], answer.json()["position"]) == ("가방", "new-bags", 3)
    (row,) = await audited("category.changed")
    assert row["before"] == {"name": "BAGS", "slug": "bags"}
    assert row["after"] == {"name": "가방", "slug": "new-bags"}
    assert code(await office.put(f"{PATH}/{bags.id}", json={"reason": "그냥"})) == (422, "VALIDATION_ERROR")
    assert code(await office.put(f"{PATH}/999999", json={"name": "없음"})) == (404, "CATEGORY_NOT_FOUND")
    other = await make_category("other")
    taken = await office.put(f"{PATH}/{other.id}", json={"slug": "new-bags"})
    assert code(taken) == (409, "CATEGORY_SLUG_TAKEN")


async def test_a_moved_category_takes_its_subtree_along_with_right_depths(office: httpx.AsyncClient) -> None:
    top, other = await make_category("top"), await make_category("other", position=1)
    middle = await make_category("middle", parent=top)
    await make_category("leaf", parent=middle)
    await make_category("there", parent=other, position=2)

    moved = await office.put(f"{PATH}/{middle.id}", json={"parent_id": other.id})

    assert (moved.status_code, moved.json()["position"]) == (200, 3)
    assert await public_tree(office) == [
        ("top", 1, []),
        ("other", 1, [("there", 2, []), ("middle", 2, [("leaf", 3, [])])]),
    ]
    await office.put(f"{PATH}/{middle.id}", json={"parent_id": None})
    assert await public_tree(office) == [
        ("top", 1, []),
        ("other", 1, [("there", 2, [])]),
        ("middle", 1, [("leaf", 2, [])]),
    ]
    too_deep = await office.put(f"{PATH}/{other.id}", json={"parent_id": (await Category.get(slug="leaf")).id})
    assert code(too_deep) == (409, "CATEGORY_TOO_DEEP")
    assert (await Category.get(slug="there")).depth == 2


async def test_a_category_cannot_be_moved_below_itself(office: httpx.AsyncClient) -> None:
    top = await make_category("top")
    leaf = await make_category("leaf", parent=await make_category("middle", parent=top))

    for below in (top.id, leaf.id):
        answer = await office.put(f"{PATH}/{top.id}", json={"parent_id": below})
        assert code(answer) == (409, "CATEGORY_CYCLE")
    assert (await Category.get(id=top.id)).parent_id is None


@pytest.mark.skipif(not REAL, reason="SQLite has one writer and no row locks")
async def test_every_change_locks_the_whole_tree_first(office: httpx.AsyncClient) -> None:
    one, two = await make_category("one"), await make_category("two")
    calls = [
        office.post(PATH, json={"name": "백"}),
        office.put(f"{PATH}/{one.id}", json={"parent_id": two.id}, headers={"If-Match": '"1"'}),
        office.patch(f"{PATH}/reorder", json={"parent_id": two.id, "ids": [one.id]}),
        office.delete(f"{PATH}/{one.id}", headers={"If-Match": '"2"'}),
    ]

    for call in calls:
        with captured_sql() as statements:
            assert (await call).status_code < 300
        of_tree = [statement for statement in statements if "`category`" in statement]
        assert of_tree[0].endswith("FOR UPDATE")
        assert "WHERE" not in of_tree[0]


async def test_simultaneous_moves_make_no_circle(office: httpx.AsyncClient) -> None:
    for round_no in range(5):
        one, two = await make_category(f"one{round_no}"), await make_category(f"two{round_no}")

        answers = await asyncio.gather(
            office.put(f"{PATH}/{one.id}", json={"parent_id": two.id}),
            office.put(f"{PATH}/{two.id}", json={"parent_id": one.id}),
        )

        assert sorted(answer.status_code for answer in answers) == [200, 409]
        assert {code(answer)[1] for answer in answers if answer.status_code == 409} == {"CATEGORY_CYCLE"}
        parents = {(await Category.get(id=row.id)).parent_id for row in (one, two)}
        assert None in parents


async def test_siblings_are_put_into_another_order(office: httpx.AsyncClient) -> None:
    bags = await make_category("bags")
    first, second, third = [await make_category(slug, parent=bags) for slug in ("a", "b", "c")]

    for _ in range(2):
        answer = await office.patch(
            f"{PATH}/reorder", json={"parent_id": bags.id, "ids": [third.id, first.id, second.id]}
        )
        assert answer.status_code == 200, answer.text

    assert [child["slug"] for child in answer.json()["items"][0]["children"]] == ["c", "a", "b"]
    assert await public_tree(office) == [("bags", 1, [("c", 2, []), ("a", 2, []), ("b", 2, [])])]
    (row,) = await audited("category.reordered")
    assert row["before"] == {"ids": [first.id, second.id, third.id]}


async def test_an_order_that_names_others_or_leaves_some_out_is_refused(office: httpx.AsyncClient) -> None:
    one, two = await make_category("one"), await make_category("two", position=1)
    foreign = await make_category("foreign", parent=one)

    for ids in ([one.id], [one.id, two.id, foreign.id], [one.id, 999_999]):
        answer = await office.patch(f"{PATH}/reorder", json={"ids": ids})
        assert code(answer) == (409, "CATEGORY_ORDER_OUTDATED")
        assert answer.json()["ids"] == [one.id, two.id]
    twice = await office.patch(f"{PATH}/reorder", json={"ids": [one.id, one.id]})
    assert code(twice) == (422, "VALIDATION_ERROR")
    unknown = await office.patch(f"{PATH}/reorder", json={"parent_id": 999_999, "ids": [one.id]})
    assert code(unknown) == (422, "CATEGORY_PARENT_UNKNOWN")


async def test_a_category_with_something_in_it_stays_and_says_what(office: httpx.AsyncClient) -> None:
    bags = await make_category("bags")
    child = await make_category("child", parent=bags)
    for _ in range(2):
        await make_product(category=bags)

    answer = await office.delete(f"{PATH}/{bags.id}")

    assert code(answer) == (409, "CATEGORY_IN_USE")
    assert (answer.json()["products"], answer.json()["children"]) == (2, 1)
    assert (await office.delete(f"{PATH}/{child.id}")).status_code == 204
    assert code(await office.delete(f"{PATH}/{child.id}")) == (404, "CATEGORY_NOT_FOUND")
    assert await public_tree(office) == [("bags", 1, [])]
    assert [row["before"]["slug"] for row in await audited("category.removed")] == ["child"]


async def test_a_category_that_a_product_enters_meanwhile_is_never_lost(office: httpx.AsyncClient) -> None:
    for round_no in range(5):
        row, product = await make_category(f"c{round_no}"), await make_product()
        enter = ProductCategory.create(product_id=product.id, category_id=row.id)

        answer, entered = await asyncio.gather(office.delete(f"{PATH}/{row.id}"), enter, return_exceptions=True)

        assert isinstance(answer, httpx.Response)
        is_there = await Category.filter(id=row.id).exists()
        assert (answer.status_code, is_there) in {(204, False), (409, True)}
        assert is_there is not isinstance(entered, BaseException)


async def test_staff_see_the_tree_with_numbers_of_products_in_three_queries(office: httpx.AsyncClient) -> None:
    bags = await make_category("bags")
    stand = await make_category("stand", parent=bags)
    leaf = await make_category("leaf", parent=stand)
    both = await make_product(category=stand)
    await ProductCategory.create(product_id=both.id, category_id=leaf.id, position=1)
    await make_product(category=leaf)
    await make_product(category=bags)

    with captured_sql() as statements:
        (item,) = (await office.get(PATH)).json()["items"]

    def numbers(node: dict[str, Any]) -> list[tuple[str, int, int]]:
        own = (node["slug"], node["product_count"], node["subtree_product_count"])
        return [own, *(entry for child in node["children"] for entry in numbers(child))]

    assert numbers(item) == [("bags", 1, 3), ("stand", 1, 2), ("leaf", 2, 2)]
    assert len([statement for statement in statements if "category" in statement]) == 3
    assert (await office.get(f"{PATH}/{stand.id}")).json()["children"][0]["slug"] == "leaf"
    assert code(await office.get(f"{PATH}/999999")) == (404, "CATEGORY_NOT_FOUND")


async def test_without_the_permission_nothing_is_shown_or_changed(client: httpx.AsyncClient) -> None:
    bags = await make_category("bags")
    client.headers.update(await headers_with(client, "product:read", "product:write"))

    answers = [
        await client.post(PATH, json={"name": "백"}),
        await client.put(f"{PATH}/{bags.id}", json={"name": "백"}),
        await client.patch(f"{PATH}/reorder", json={"ids": [bags.id]}),
        await client.delete(f"{PATH}/{bags.id}"),
    ]

    assert [code(answer) for answer in answers] == [(403, "FORBIDDEN")] * 4
    client.headers.update(await headers_with(client, "category:write"))
    assert code(await client.get(PATH)) == (403, "FORBIDDEN")
    assert (await Category.get(id=bags.id)).name == "BAGS"

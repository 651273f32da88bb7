"""PUT /admin/products/{id}/options."""

import asyncio
from copy import deepcopy
from typing import Any

import httpx
import pytest

from src.app.product.models import ProductOption, StockLedger, Variant
from src.app.product.services.stock.ledger import ledger_gaps
from tests.app.auth.support import API, code
from tests.app.product.editing.support import BLACK, PRODUCTS, at, made, read, store
from tests.app.staff.people import audited
from tests.factories.carts import CART
from tests.factories.catalogue import make_category
from tests.factories.people import staff_bearer

WHITE: dict[str, Any] = {**BLACK, "color": "화이트", "color_code": "#FFFFFF", "sizes": [{"size": "S", "stock": 5}]}


def as_edit(form: dict[str, Any]) -> list[dict[str, Any]]:
    """The options of the form as the form sends them back."""
    return [
        {
            "id": option["id"],
            "color": option["color"],
            "color_code": option["color_code"],
            "images": [image["path"] for image in option["images"]],
            "sizes": [
                {"variant_id": size["variant_id"], "size": size["size"], "sku": size["sku"]} for size in option["sizes"]
            ],
        }
        for option in form["options"]
    ]


async def put(
    client: httpx.AsyncClient, headers: dict[str, str], form: dict[str, Any], options: list[dict[str, Any]]
) -> httpx.Response:
    """Replace the options of what was read."""
    return await client.put(
        f"{PRODUCTS}/{form['id']}/options", json={"options": options}, headers=at(headers, form["version"])
    )


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    return await staff_bearer(client)


@pytest.fixture
async def bag(client: httpx.AsyncClient, staff: dict[str, str]) -> dict[str, Any]:
    """Black in S (3) and M (0), white in S (5)."""
    return await made(client, staff, await make_category("bag"), options=[BLACK, WHITE])


async def test_colours_and_sizes_are_added_changed_and_reordered(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    (picture,) = store("white.webp")
    black, white = as_edit(bag)
    black["sizes"] = [{"size": "XL", "stock": 9}, *reversed(black["sizes"])]
    black["color_code"] = "#000000"
    white["images"] = [picture]
    red = {"color": "레드", "color_code": "#C0272D", "sizes": [{"size": "S", "sku": "RED-S", "stock": 1}]}

    answer = await put(client, staff, bag, [white, black, red])

    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"'), answer.text
    page = (await client.get(f"{API}/products/BAG-1")).json()
    assert [option["color"] for option in page["options"]] == ["화이트", "블랙", "레드"]
    assert page["options"][0]["images"][0]["image_url"] == "/media/tests/white.webp"
    assert [(size["size"], size["stock"]) for size in page["options"][1]["sizes"]] == [("XL", 9), ("M", 0), ("S", 3)]
    assert page["options"][1]["color_code"] == "#000000"
    assert await ledger_gaps() == []
    (row,) = await audited("product.options_replaced")
    assert [len(row[side]["options"]) for side in ("before", "after")] == [2, 3]


async def test_the_same_again_counts_no_version(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    answer = await put(client, staff, bag, as_edit(bag))
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert await audited("product.options_replaced") == []


async def test_what_is_left_out_is_retired_and_comes_back_with_its_units(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    black = as_edit(bag)[0]
    small, gone = bag["options"][0]["sizes"][0]["variant_id"], bag["options"][1]["sizes"][0]["variant_id"]
    cart = await client.post(f"{CART}/items", json={"variant_id": gone, "quantity": 1})
    token = {"X-Cart-Token": cart.headers["x-cart-token"]}

    answer = await put(client, staff, bag, [{**black, "sizes": black["sizes"][1:]}])

    form = answer.json()
    assert sorted(size["variant_id"] for size in form["retired"]) == sorted([small, gone])
    assert (form["stock"], form["sold_out"]) == (0, True)
    page = (await client.get(f"{API}/products/BAG-1")).json()
    assert [[size["size"] for size in option["sizes"]] for option in page["options"]] == [["M"]]
    assert page["status"] == "SOLD_OUT"
    stock = (await client.get(f"{API}/products/BAG-1/stock")).json()["items"]
    assert small not in [item["variant_id"] for item in stock]
    listed = (await client.get(f"{API}/products", params={"facets": True})).json()
    assert [color["color"] for color in listed["items"][0]["colors"]] == ["블랙"]
    assert [color["color"] for color in listed["facets"]["colors"]] == ["블랙"]
    assert [size["size"] for size in listed["facets"]["sizes"]] == ["M"]
    assert (await client.get(f"{API}/products", params={"color": "화이트"})).json()["total"] == 0
    (line,) = (await client.get(CART, headers=token)).json()["items"]
    assert line["available"] is False
    for variant_id in (small, gone):
        quote = await client.post(f"{CART}/quote", json={"items": [{"variant_id": variant_id, "quantity": 1}]})
        assert code(quote) == (422, "VARIANT_NOT_FOR_SALE")
    assert await Variant.all().count() == 3
    assert await ledger_gaps() == []

    again: dict[str, Any] = {"color": "화이트", "color_code": "#FEFEFE", "sizes": [{"size": "S", "stock": 99}]}
    refused = await put(client, staff, form, [{**black, "sizes": black["sizes"][1:]}, again])
    assert (code(refused), refused.json()["variant_ids"]) == ((422, "STOCK_FIXED"), [gone])
    again["sizes"] = [{"size": "S"}]
    back = (await put(client, staff, form, [{**black, "sizes": black["sizes"][1:]}, again])).json()

    (size,) = back["options"][1]["sizes"]
    assert (size["variant_id"], size["stock"], size["sku"]) == (gone, 5, "BAG-1-002")
    assert (await client.get(CART, headers=token)).json()["items"][0]["available"] is True
    assert await StockLedger.filter(variant_id=gone).count() == 1


async def test_names_and_skus_may_be_swapped_and_taken_from_retired_ones(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    black, white = as_edit(bag)
    swapped = deepcopy(black)
    (small, medium) = swapped["sizes"]
    small["size"], medium["size"] = "M", "S"
    small["sku"], medium["sku"] = medium["sku"], small["sku"]
    swapped["color"] = "화이트"
    other = {**white, "color": "블랙"}

    form = (await put(client, staff, bag, [swapped, other])).json()

    first, second = form["options"]
    assert (first["id"], first["color"], second["id"], second["color"]) == (black["id"], "화이트", white["id"], "블랙")
    assert [(size["variant_id"], size["size"], size["sku"]) for size in first["sizes"]] == [
        (small["variant_id"], "M", "BAG-M"),
        (medium["variant_id"], "S", "BAG-1-001"),
    ]

    alone = {**swapped, "sizes": [small]}
    form = (await put(client, staff, form, [alone])).json()  # size S and the other colour are retired
    small["size"], alone["color"] = "S", "블랙"
    form = (await put(client, staff, form, [alone])).json()
    assert [(option["color"], [size["size"] for size in option["sizes"]]) for option in form["options"]] == [
        ("블랙", ["S"])
    ]
    assert len(form["retired"]) == 2


async def test_bad_options_change_nothing(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    category = await make_category("cap")
    other = await made(
        client, staff, category, product_code="CAP", options=[{**BLACK, "sizes": [{"size": "S", "sku": "CAP-S"}]}]
    )
    black, white = as_edit(bag)
    foreign = other["options"][0]

    async def refused(*options: dict[str, Any]) -> tuple[int, str]:
        return code(await put(client, staff, bag, list(options)))

    assert await refused({**black, "id": foreign["id"]}) == (422, "OPTION_UNKNOWN")
    assert await refused({**black, "sizes": white["sizes"]}) == (422, "OPTION_UNKNOWN")
    assert await refused({**white, "id": None, "color": "새것"}) == (422, "OPTION_UNKNOWN")
    assert await refused({**black, "sizes": [{"size": "S", "sku": "CAP-S"}]}) == (409, "SKU_TAKEN")
    assert await refused({**black, "sizes": [{"size": "L", "sku": "BAG-1-002"}]}) == (
        409,
        "SKU_TAKEN",
    )  # white keeps it
    assert await refused({**black, "images": ["tests/none.webp"]}) == (422, "IMAGE_UNKNOWN")
    invalid: list[list[dict[str, Any]]] = [
        [black, {**black, "id": None}],
        [black, black],
        [{**black, "color_code": "red"}],
        [{**black, "images": [f"tests/{n}.webp" for n in range(7)]}],
        [{**black, "sizes": [{**black["sizes"][0], "stock": 5}]}],
        [{**black, "sizes": [{"size": "L", "stock": -1}]}],
        [{**black, "sizes": [{"size": "L"}, {"size": "l"}]}],
    ]
    for options in invalid:
        assert code(await put(client, staff, bag, options)) == (422, "VALIDATION_ERROR"), options
    assert await read(client, staff, bag["id"]) == bag


async def test_replaced_twice_at_once_one_wins_and_nothing_is_there_twice(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    green = {"color": "그린", "color_code": "#00FF00", "sizes": [{"size": "S", "stock": 7}]}

    answers = await asyncio.gather(*(put(client, staff, bag, [*as_edit(bag), green]) for _ in range(3)))

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    assert (await ProductOption.all().count(), await Variant.all().count()) == (3, 4)
    assert await ledger_gaps() == []


async def test_options_change_beside_orders_and_all_units_stay_accounted_for(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    variant_id = bag["options"][1]["sizes"][0]["variant_id"]
    lines = [{"variant_id": variant_id, "quantity": 1}]
    total = (await client.post(f"{CART}/quote", json={"items": lines})).json()["total"]
    order: dict[str, Any] = {
        "items": lines,
        "orderer": {"name": "김민지", "phone": "01012345678", "email": "minji@example.com"},
        "shipping": {"recipient": "김민지", "phone": "01012345678", "zipcode": "06236", "address": "서울 강남대로 1"},
        "pay_method": "CARD",
        "expected_total": total,
        "agreements": {"terms": True, "privacy": True},
    }

    async def buy(n: int) -> httpx.Response:
        return await client.post(f"{API}/orders", json=order, headers={"Idempotency-Key": f"order-key-{n:08d}"})

    async def edit() -> None:
        for size in ("S2", "S3", "S4"):
            form = await read(client, staff, bag["id"])
            options = as_edit(form)
            options[1]["sizes"][0]["size"] = size
            answer = await put(client, staff, form, options)
            assert answer.status_code == 200, answer.text

    editing = asyncio.create_task(edit())
    answers = await asyncio.gather(*(buy(n) for n in range(8)))
    await editing

    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [409] * 3
    assert {code(answer) for answer in answers if answer.status_code != 201} == {(409, "STOCK_SHORT")}
    assert (await Variant.get(id=variant_id)).stock == 0
    assert await ledger_gaps() == []

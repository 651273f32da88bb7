"""Colours and sizes whose names only width or case of their letters tell apart."""

from typing import Any

import httpx
import pytest

from src.app.product.models import ProductOption, Variant
from tests.app.auth.support import code
from tests.app.product.editing.support import BLACK, PRODUCTS, at, made, new, read
from tests.app.product.editing.test_admin_options import as_edit, put
from tests.app.product.sheets.support import as_csv, counts, exported, imported, more, reasons, row
from tests.factories.catalogue import make_category

fault = pytest.mark.fault("C11")
PAIRS = [("Ｍ", "M"), ("m", "M"), ("９.５인치", "9.5인치"), ("㎝", "cm"), ("Ｆree", "fREE")]


def options(*sizes: str, colors: tuple[str, ...] = ("블랙",)) -> list[dict[str, Any]]:
    """Each colour in these sizes."""
    return [{**BLACK, "color": color, "sizes": [{"size": size} for size in sizes]} for color in colors]


@fault
@pytest.mark.parametrize("pair", [PAIRS[0], *PAIRS[2:4]])
async def test_a_new_product_has_no_two_that_are_alike(
    client: httpx.AsyncClient, headers: dict[str, str], pair: tuple[str, str]
) -> None:
    category = await make_category("cap")
    for body in (options(*pair), options("S", colors=pair)):
        answer = await client.post(PRODUCTS, json=new(category, options=body), headers=headers)
        assert code(answer) == (422, "VALIDATION_ERROR"), pair
    for number, rows in enumerate(
        (
            [row("A", size=pair[0], sku="A-1"), more("A", size=pair[1], sku="A-2")],
            [row("A", color=pair[0], sku="A-1"), row("A", color=pair[1], sku="A-2")],
        )
    ):
        task = await imported(client, headers, as_csv(*rows), name=f"{number}.csv")
        assert counts(task) == (0, 0, 0, 1), pair
    assert await Variant.all().count() == 0


@fault
async def test_an_edit_makes_nothing_alike(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    form = await made(client, headers, await make_category("cap"), options=options("M", "L", colors=("Red", "Blue")))
    for change in ("size", "rename", "color"):
        edit = as_edit(form)
        if change == "size":
            edit[0]["sizes"].append({"size": "Ｍ", "stock": 1})
        elif change == "rename":
            edit[0]["sizes"][1]["size"] = "Ｍ"
        else:
            edit[1]["color"] = "ＲＥＤ"
        answer = await put(client, headers, form, edit)
        assert answer.status_code == 422, (change, answer.text)
    assert await read(client, headers, form["id"]) == form


@fault
async def test_a_name_that_is_alike_means_what_is_there(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    form = await made(client, headers, await make_category("cap"), options=options("M", colors=("Red",)))
    (variant,) = await Variant.all()
    body = [{"color": "Ｒｅｄ", "color_code": "#111111", "sizes": [{"size": "ｍ"}]}]
    answer = await put(client, headers, form, body)
    assert answer.status_code == 200, answer.text
    assert await Variant.all().values_list("id", "size", "is_retired") == [(variant.id, "ｍ", False)]
    task = await imported(
        client, headers, as_csv({"product_code": "BAG-1", "color": "RED", "size": "Ｍ", "stock": "4"})
    )
    assert counts(task) == (0, 1, 0, 0), reasons(task)
    assert await Variant.all().values_list("id", "size", "stock") == [(variant.id, "ｍ", 4)]
    assert await ProductOption.all().count() == 1


async def a_pair(client: httpx.AsyncClient, headers: dict[str, str]) -> dict[str, Any]:
    """A product with sizes and colours that are alike, as they could be made before."""
    form = await made(client, headers, await make_category("cap"), options=options("M", "L", colors=("Red", "Blue")))
    await Variant.filter(size="L", option__color="Red").update(size="Ｍ")
    await ProductOption.filter(color="Blue").update(color="ＲＥＤ")
    return await read(client, headers, form["id"])


@fault
async def test_pairs_of_before_stay_and_are_told(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    form = await a_pair(client, headers)
    assert [one["code"] for one in form["warnings"]] == ["OPTIONS_ALIKE", "OPTIONS_ALIKE"]
    assert all(sku in form["warnings"][1]["detail"] for sku in ("BAG-1-001", "BAG-1-002"))
    listed = (await client.get(f"{PRODUCTS}/alike-options", headers=headers)).json()
    assert [(one["product_code"], one["color"], one["names"]) for one in listed["items"]] == [
        ("BAG-1", "", ["Red", "ＲＥＤ"]),
        ("BAG-1", "Red", ["M", "Ｍ"]),
    ]
    assert listed["items"][1]["skus"] == [["BAG-1-001"], ["BAG-1-002"]]

    edit = as_edit(form)
    edit[0]["color_code"] = "#222222"
    answer = await put(client, headers, form, edit)
    assert answer.status_code == 200, answer.text
    edit[0]["sizes"].append({"size": "ｍ", "stock": 1})
    assert (await put(client, headers, answer.json(), edit)).status_code == 422
    edit = as_edit(answer.json())
    edit[0]["sizes"][1]["size"], edit[1]["color"] = "XL", "Blue"
    mended = await put(client, headers, answer.json(), edit)
    assert (mended.status_code, mended.json()["warnings"]) == (200, [])
    assert (await client.get(f"{PRODUCTS}/alike-options", headers=headers)).json()["total"] == 0


@fault
async def test_a_sheet_names_pairs_by_sku(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    await a_pair(client, headers)
    assert counts(await imported(client, headers, await exported(client, headers))) == (0, 0, 1, 0)
    rows = [
        {"product_code": "BAG-1", "color": "Red", "size": "M", "sku": "BAG-1-002", "stock": "7"},
        {"product_code": "BAG-1", "color": "Red", "size": "M", "sku": "BAG-1-001", "stock": "5"},
    ]
    task = await imported(client, headers, as_csv(*rows))
    assert counts(task) == (0, 1, 0, 0), reasons(task)
    stocks = dict(await Variant.all().values_list("sku", "stock"))
    assert (stocks["BAG-1-001"], stocks["BAG-1-002"], await Variant.all().count()) == (5, 7, 4)
    nameless = {"product_code": "BAG-1", "color": "Red", "size": "M", "stock": "9"}
    task = await imported(client, headers, as_csv(nameless))
    assert (counts(task), "SKU" in reasons(task)[0][2]) == ((0, 0, 0, 1), True)
    third = {"product_code": "BAG-1", "color": "Red", "size": "ｍ", "sku": "NEW-1", "stock": "9"}
    assert counts(await imported(client, headers, as_csv(third)))[3] == 1


@fault
async def test_what_was_retired_does_not_come_back_beside_what_is_alike(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    form = await a_pair(client, headers)
    await Variant.filter(sku="BAG-1-002").update(is_retired=True)
    row_ = {"product_code": "BAG-1", "color": "Red", "size": "Ｍ", "sku": "BAG-1-002"}
    task = await imported(client, headers, as_csv({**row_, "sku": "BAG-1-002", "stock": "1"}))
    assert counts(task) == (0, 0, 0, 1)
    edit = as_edit(form)
    assert (await put(client, headers, form, edit)).status_code == 422
    assert (await Variant.get(sku="BAG-1-002")).is_retired


@fault
async def test_a_copy_has_each_once(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    form = await a_pair(client, headers)
    body = {"product_code": "COPY"}
    answer = await client.post(f"{PRODUCTS}/{form['id']}/copy", json=body, headers=at(headers, form["version"]))
    assert answer.status_code == 201, answer.text
    assert [(one["color"], [size["size"] for size in one["sizes"]]) for one in answer.json()["options"]] == [
        ("Red", ["M", "L"])
    ]

"""Lines of sizes and colours that staff closed, after others took their names."""

from copy import deepcopy
from typing import Any

import httpx
import pytest

from tests.app.auth.support import API
from tests.app.product.editing.support import BLACK, made
from tests.app.product.editing.test_admin_options import as_edit, put
from tests.factories.carts import CART, guest_with
from tests.factories.catalogue import make_category
from tests.factories.people import staff_bearer

LONG = "가슴둘레 100cm 소매길이 62cm 세탁 후 기준 라지 롱"


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    return await staff_bearer(client)


async def shirt(client: httpx.AsyncClient, staff: dict[str, str], size: str, color: str) -> dict[str, Any]:
    """A product of one colour in one size."""
    option = {**BLACK, "color": color, "sizes": [{"size": size, "stock": 3}, {"size": "XL", "stock": 3}]}
    return await made(client, staff, await make_category("shirt"), options=[option])


@pytest.mark.fault("M21")
@pytest.mark.parametrize("size", ["M", LONG])
async def test_a_closed_size_is_shown_by_the_name_it_was_sold_under(
    client: httpx.AsyncClient, staff: dict[str, str], size: str
) -> None:
    form = await shirt(client, staff, size, "블랙")
    closed = form["options"][0]["sizes"][0]["variant_id"]
    guest = await guest_with(client, (closed, 1))
    (option,) = as_edit(form)
    kept = {**option, "sizes": option["sizes"][1:]}
    form = (await put(client, staff, form, [kept])).json()
    renamed = deepcopy(kept)
    renamed["sizes"][0]["size"] = size

    form = (await put(client, staff, form, [renamed])).json()

    (line,) = (await client.get(CART, headers=guest)).json()["items"]
    assert (line["variant_id"], line["size"], line["available"]) == (closed, size, False)
    assert [(gone["variant_id"], gone["size"]) for gone in form["retired"]] == [(closed, size)]
    ledger = await client.get(f"{API}/admin/stock/ledger", params={"variant_id": closed}, headers=staff)
    assert ledger.json()["variant"]["size"] == size


@pytest.mark.fault("M21")
@pytest.mark.parametrize("color", ["블랙", LONG])
async def test_a_closed_colour_is_shown_by_the_name_it_was_sold_under(
    client: httpx.AsyncClient, staff: dict[str, str], color: str
) -> None:
    form = await shirt(client, staff, "M", color)
    closed = form["options"][0]["sizes"][0]["variant_id"]
    guest = await guest_with(client, (closed, 1))
    other = {"color": "화이트", "color_code": "#FFFFFF", "images": [], "sizes": [{"size": "M"}]}
    form = (await put(client, staff, form, [other])).json()
    (option,) = as_edit(form)

    form = (await put(client, staff, form, [{**option, "color": color}])).json()

    (line,) = (await client.get(CART, headers=guest)).json()["items"]
    assert (line["color"], line["size"], line["available"]) == (color, "M", False)
    assert {gone["color"] for gone in form["retired"]} == {color}

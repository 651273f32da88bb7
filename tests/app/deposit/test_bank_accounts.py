"""Staff edit the list of the shop's accounts."""

from typing import Any

import httpx
import pytest

from tests.app.deposit.support import ADMIN, waiting
from tests.app.staff.people import audited, headers_with
from tests.factories.orders import read_order

pytestmark = pytest.mark.usefixtures("empty")

PATH = f"{ADMIN}/settings/bank-accounts"
FIRST = {"bank": "SHINHAN", "number": "110-123-456789", "holder": "(주)믹골프", "is_active": True}
SECOND = {"bank": "KOOKMIN", "number": "123401-04-567890", "holder": "(주)믹골프", "is_active": False}


async def put(
    client: httpx.AsyncClient, headers: dict[str, str], *items: dict[str, Any], version: int = 1
) -> httpx.Response:
    return await client.put(PATH, json={"items": list(items)}, headers={**headers, "If-Match": f'"{version}"'})


async def test_the_list_is_set_in_its_order_and_logged(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "settings:read", "bank:write")
    before = await client.get(PATH, headers=headers)
    assert (before.json()["items"], before.json()["version"]) == ([], 1)

    answer = await put(client, headers, FIRST, SECOND)

    assert answer.status_code == 200, answer.text
    first, second = answer.json()["items"]
    assert ({**first, "id": 0}, {**second, "id": 0}) == ({**FIRST, "id": 0}, {**SECOND, "id": 0})
    swapped = await put(client, headers, second, {**first, "holder": "믹골프"}, version=2)
    assert [one["holder"] for one in swapped.json()["items"]] == ["(주)믹골프", "믹골프"]
    assert [one["id"] for one in swapped.json()["items"]] == [second["id"], first["id"]]
    rows = await audited("bank_accounts.changed")
    assert [row["after"][str(first["id"])]["holder"] for row in rows] == ["(주)믹골프", "믹골프"]


async def test_the_same_list_again_writes_nothing(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "settings:read", "bank:write")
    kept = (await put(client, headers, FIRST)).json()["items"]

    answer = await put(client, headers, *kept, version=2)

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert len(await audited("bank_accounts.changed")) == 1


async def test_an_edit_of_what_somebody_changed_meanwhile_is_refused(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "settings:read", "bank:write")
    await put(client, headers, FIRST)

    answer = await put(client, headers, SECOND)

    assert (answer.status_code, answer.json()["code"]) == (412, "STALE_EDIT")
    assert answer.json()["current"]["items"][0]["number"] == FIRST["number"]


async def test_an_account_that_is_gone_cannot_be_named(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "bank:write")
    answer = await put(client, headers, {**FIRST, "id": 77})
    assert (answer.status_code, answer.json()["code"], answer.json()["ids"]) == (404, "BANK_ACCOUNT_UNKNOWN", [77])


@pytest.mark.parametrize(
    "change",
    [{"bank": "NOWHERE"}, {"number": "12-34"}, {"number": "110 123 456789"}, {"holder": " "}, {"is_active": 1}],
)
async def test_what_is_no_account_is_refused(client: httpx.AsyncClient, change: dict[str, Any]) -> None:
    headers = await headers_with(client, "bank:write")
    assert (await put(client, headers, {**FIRST, **change})).status_code == 422


async def test_an_account_twice_is_refused(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "bank:write")
    answer = await put(client, headers, FIRST, {**SECOND, "bank": "SHINHAN", "number": "110123456789"})
    assert answer.status_code == 422


async def test_whoever_sets_other_settings_may_not_set_accounts(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "settings:read", "settings:write")
    assert (await put(client, headers, FIRST)).status_code == 403
    assert (await client.get(PATH, headers=headers)).status_code == 200


async def test_an_order_keeps_the_account_that_its_buyer_was_told(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "bank:write")
    await put(client, headers, FIRST)
    placed = await waiting(client)

    await put(client, headers, {**SECOND, "is_active": True}, version=2)

    assert (await read_order(client, placed))["deposit"]["number"] == FIRST["number"]
    assert (await waiting(client)).body["deposit"]["number"] == SECOND["number"]

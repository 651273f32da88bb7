"""Staff see and set the couriers of the shop."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.shipping.models import CourierList, CourierRow
from src.app.shipping.services.couriers.book import Parcel
from src.app.shipping.services.couriers.defaults import DEFAULTS
from src.app.shipping.services.couriers.queries import load_book
from tests.app.auth.support import code
from tests.app.staff.people import audited, headers_with
from tests.factories.people import make_staff, staff_bearer

CHOICES = "/api/v1/admin/couriers"
SETTINGS = "/api/v1/admin/settings/couriers"
CODES = [courier.code for courier in DEFAULTS]
QUICK: dict[str, Any] = {
    "code": "SLX",
    "name": "SLX택배",
    "name_en": "SLX",
    "aliases": ["에스엘엑스"],
    "naver_code": "SLX",
    "cafe24_code": "0042",
    "delivery_tracker_id": "kr.slx",
    "sweettracker_code": "44",
    "tracking_url": "https://slx.example/trace?no={number}",
    "number_digits": [9],
    "is_active": True,
}


async def items(client: httpx.AsyncClient, headers: dict[str, str]) -> list[dict[str, Any]]:
    answer = await client.get(SETTINGS, headers=headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_new_shop_offers_the_defaults_without_a_row(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    answer = await client.get(SETTINGS, headers=headers)
    assert (answer.headers["etag"], answer.json()["updated_at"], answer.json()["version"]) == ('"1"', None, 1)
    assert [one["code"] for one in answer.json()["items"]] == CODES
    chosen = (await client.get(CHOICES, headers=headers)).json()["items"]
    assert [one["code"] for one in chosen] == CODES
    assert chosen[0]["name"] == "CJ대한통운"
    assert await CourierRow.all().count() == 0


async def test_courier_is_switched_off_and_only_it_gets_a_row(client: httpx.AsyncClient) -> None:
    boss = await make_staff()
    headers = await staff_bearer(client, boss)
    wanted = await items(client, headers)
    wanted[3]["is_active"] = False

    answer = await client.put(SETTINGS, json={"items": wanted}, headers=headers)

    assert answer.status_code == 200, answer.text
    assert (answer.headers["etag"], answer.json()["items"]) == ('"2"', wanted)
    chosen = (await client.get(CHOICES, headers=headers)).json()["items"]
    assert [one["code"] for one in chosen] == [word for word in CODES if word != "LOGEN"]
    assert [row.code for row in await CourierRow.all()] == ["LOGEN"]
    (row,) = await audited("couriers.changed")
    assert (row["actor"], list(row["after"])) == (f"staff:{boss.id}", ["LOGEN"])
    assert (row["before"]["LOGEN"]["is_active"], row["after"]["LOGEN"]["is_active"]) == (True, False)
    book = await load_book()
    assert [courier.code for courier in book] == CODES


async def test_courier_is_added_at_its_place_and_found_by_its_words(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    wanted = [QUICK, *await items(client, headers)]

    answer = await client.put(SETTINGS, json={"items": wanted}, headers=headers)

    assert answer.status_code == 200, answer.text
    assert (await client.get(CHOICES, headers=headers)).json()["items"][0]["code"] == "SLX"
    book = await load_book()
    assert [courier.code for courier in book] == ["SLX", *CODES]
    assert book.parcel("0042", "123-456-789") == Parcel("SLX", "123456789")
    assert book.offered("에스엘엑스").link("123456789") == "https://slx.example/trace?no=123456789"


async def test_equal_list_writes_nothing(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    same = await items(client, headers)
    for _ in range(2):
        answer = await client.put(SETTINGS, json={"items": same}, headers=headers)
        assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    assert (await CourierList.all().count(), await audited("couriers.changed")) == (0, [])


async def test_courier_that_is_left_out_refuses_the_list(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    wanted = [one for one in await items(client, headers) if one["code"] not in ("CJ", "CU")]
    answer = await client.put(SETTINGS, json={"items": [*wanted, QUICK]}, headers=headers)
    assert (code(answer), answer.json()["codes"]) == ((409, "COURIER_LEFT_OUT"), ["CJ", "CU"])
    assert await CourierRow.all().count() == 0


async def test_word_of_another_courier_refuses_the_list(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    wanted = [*await items(client, headers), {**QUICK, "aliases": ["현대 택배"]}]
    answer = await client.put(SETTINGS, json={"items": wanted}, headers=headers)
    assert (code(answer), answer.json()["codes"]) == ((422, "COURIER_WORD_TWICE"), ["LOTTE", "SLX"])
    assert await CourierRow.all().count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "cj"),
        ("code", "C"),
        ("code", "CJ"),
        ("name", ""),
        ("name", "x" * 51),
        ("name", "택\u0007배"),
        ("aliases", ["ㅤ"]),
        ("aliases", ["a"] * 21),
        ("naver_code", "코드"),
        ("sweettracker_code", 4),
        ("tracking_url", "https://slx.example/trace"),
        ("tracking_url", "https://slx.example/{number}/{number}"),
        ("tracking_url", "https://slx.example/{no}/{number}"),
        ("tracking_url", "javascript:alert({number})"),
        ("tracking_url", "/trace/{number}"),
        ("tracking_url", "https://user@slx.example/{number}"),
        ("number_digits", [5]),
        ("number_digits", [31]),
        ("number_digits", ["12"]),
        ("is_active", "yes"),
        ("position", 1),
    ],
)
async def test_bad_courier_changes_nothing(client: httpx.AsyncClient, field: str, value: Any) -> None:
    headers = await staff_bearer(client)
    wanted = [*await items(client, headers), {**QUICK, field: value}]
    answer = await client.put(SETTINGS, json={"items": wanted}, headers=headers)
    assert code(answer) == (422, "VALIDATION_ERROR")
    assert await CourierRow.all().count() == 0


async def test_stale_list_is_refused_with_the_present_one(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    wanted = [*await items(client, headers), QUICK]
    assert (await client.put(SETTINGS, json={"items": wanted}, headers=headers)).status_code == 200
    stale = await client.put(SETTINGS, json={"items": wanted}, headers={**headers, "If-Match": '"1"'})
    assert code(stale) == (412, "STALE_EDIT")
    assert stale.json()["current"]["items"] == wanted
    bare = await client.put(SETTINGS, json={"items": wanted}, headers={**headers, "If-Match": ""})
    assert code(bare) == (428, "IF_MATCH_REQUIRED")


async def test_two_first_changes_at_once_leave_one_list(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    start = await items(client, headers)
    bodies = [
        {"items": [*start, {**QUICK, "code": word, "name": word, "name_en": word, "aliases": []}]}
        for word in ("AA", "BB")
    ]
    for body in bodies:
        body["items"][-1] |= {"naver_code": "", "cafe24_code": ""}
    answers = await asyncio.gather(
        *(client.put(SETTINGS, json=body, headers={**headers, "If-Match": '"1"'}) for body in bodies)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    (row,) = await CourierRow.all()
    assert row.code == bodies[[answer.status_code for answer in answers].index(200)]["items"][-1]["code"]
    assert len(await audited("couriers.changed")) == 1


async def test_only_staff_with_the_permission_see_and_set_couriers(client: httpx.AsyncClient) -> None:
    reader, writer = await headers_with(client, "order:read"), await headers_with(client, "shipping:write")
    body = {"items": await items(client, writer)}
    for headers, status in ((reader, 200), (writer, 403), ({}, 401)):
        assert (await client.get(CHOICES, headers=headers)).status_code == status
    for headers, status in ((reader, 403), (writer, 200), ({}, 401)):
        assert (await client.get(SETTINGS, headers=headers)).status_code == status
        assert (await client.put(SETTINGS, json=body, headers=headers)).status_code == status

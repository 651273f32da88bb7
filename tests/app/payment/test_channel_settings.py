"""Staff see and set the payment channels."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.payment.models import Payment, PaymentChannel, PaymentChannelList
from src.app.payment.services.channels import memory
from tests.app.checkout.support import said
from tests.app.staff.people import audited, headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import order_body, pay_again, place, post_order, quoted_total
from tests.factories.people import make_staff, staff_bearer

SETTINGS = "/api/v1/admin/settings/payment-channels"
DEFAULTS = ["CARD", "KAKAOPAY", "NAVERPAY", "TOSSPAY", "TRANSFER", "MOBILE", "CARD_MANUAL"]
WRITTEN = "is_offered"


async def items(client: httpx.AsyncClient, headers: dict[str, str]) -> list[dict[str, Any]]:
    answer = await client.get(SETTINGS, headers=headers)
    assert answer.status_code == 200, answer.text
    return [{name: value for name, value in one.items() if name != WRITTEN} for one in answer.json()["items"]]


async def put(client: httpx.AsyncClient, wanted: list[dict[str, Any]], headers: dict[str, str]) -> httpx.Response:
    return await client.put(SETTINGS, json={"items": wanted}, headers=headers)


async def test_new_shop_has_the_channels_of_its_settings_without_a_row(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    answer = await client.get(SETTINGS, headers=headers)
    told = answer.json()
    assert (answer.headers["etag"], told["is_from_settings"], told["updated_at"], told["version"]) == (
        '"1"',
        True,
        None,
        1,
    )
    assert [one["code"] for one in told["items"]] == DEFAULTS
    assert [one["code"] for one in told["items"] if one["is_offered"]] == DEFAULTS[:-1]
    assert await PaymentChannel.all().count() == 0


async def test_first_edit_stores_them_all_and_orders_follow_at_once(client: httpx.AsyncClient) -> None:
    boss = await make_staff()
    headers = await staff_bearer(client, boss)
    wanted = await items(client, headers)
    wanted[5]["is_active"] = False
    wanted[0]["channel_key"] = "channel-key-sandbox-2"

    answer = await put(client, wanted, headers)

    assert answer.status_code == 200, answer.text
    assert (answer.headers["etag"], answer.json()["is_from_settings"]) == ('"2"', False)
    assert [row.code for row in await PaymentChannel.all().order_by("position")] == DEFAULTS
    (row,) = await audited("payment_channels.changed")
    assert (row["actor"], sorted(row["after"])) == (f"staff:{boss.id}", ["CARD", "MOBILE"])
    assert (row["before"]["MOBILE"]["is_active"], row["after"]["MOBILE"]["is_active"]) == (True, False)

    line = ((await make_variant()).id, 1)
    body = order_body(line, expected_total=await quoted_total(client, line), pay_method="MOBILE")
    refused = await post_order(client, body)
    assert said(refused) == (422, "PAY_METHOD_NOT_OFFERED")
    assert refused.json()["offered"] == ["CARD", "EASY_PAY", "TRANSFER"]
    assert (await place(client, line)).body["payment"]["channel_key"] == "channel-key-sandbox-2"


async def test_another_process_reads_the_edit_by_its_job(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    wanted = await items(client, headers)
    wanted[0]["name"] = "카드"
    await put(client, wanted, headers)
    memory.keep([])  # as another process, which has not read it yet
    assert next(iter(memory.known_channels())).name == "신용·체크카드"
    assert await memory.refresh() == 0
    assert next(iter(memory.known_channels())).name == "카드"


async def test_a_payment_that_is_open_keeps_its_channel(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    line = ((await make_variant()).id, 1)
    placed = await place(client, line, pay_method="EASY_PAY", easy_pay_provider="NAVERPAY")
    wanted = await items(client, headers)
    wanted[2]["is_active"] = False
    await put(client, wanted, headers)
    assert (await Payment.get()).channel == "NAVERPAY"
    assert said(await pay_again(client, placed, "MOBILE")) == (201, "")


async def test_equal_values_write_nothing(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    answer = await put(client, await items(client, headers), headers)
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    assert (await PaymentChannel.all().count(), await PaymentChannelList.all().count()) == (0, 0)
    assert await audited("payment_channels.changed") == []


async def test_a_channel_cannot_be_left_out(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    answer = await put(client, (await items(client, headers))[1:], headers)
    assert said(answer) == (409, "CHANNEL_LEFT_OUT")
    assert answer.json()["codes"] == ["CARD"]


@pytest.mark.parametrize(
    "change",
    [
        {"code": "card"},
        {"code": "KAKAOPAY"},
        {"method": "MANUAL_TRANSFER"},
        {"easy_pay_provider": "NAVERPAY"},
        {"channel_key": ""},
        {"channel_key": "a b"},
        {"mode": "BOTH"},
        {"min_amount": -1},
        {"is_active": 1},
        {"name": " "},
    ],
)
async def test_wrong_values_are_refused(client: httpx.AsyncClient, change: dict[str, Any]) -> None:
    headers = await staff_bearer(client)
    wanted = await items(client, headers)
    wanted[0] |= change
    assert said(await put(client, wanted, headers)) == (422, "VALIDATION_ERROR")
    assert await PaymentChannel.all().count() == 0


async def test_two_first_edits_at_once_save_one(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    wanted = await items(client, headers)
    mine, theirs = ([{**wanted[0], "name": name}, *wanted[1:]] for name in ("카드 A", "카드 B"))
    tagged = {**headers, "If-Match": '"1"'}
    answers = await asyncio.gather(put(client, mine, tagged), put(client, theirs, tagged))
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert await PaymentChannel.all().count() == len(DEFAULTS)
    assert len(await audited("payment_channels.changed")) == 1


async def test_settings_permissions_are_needed(client: httpx.AsyncClient) -> None:
    reader, writer = await headers_with(client, "settings:read"), await headers_with(client, "settings:write")
    wanted = await items(client, reader)
    assert (await client.get(SETTINGS, headers=writer)).status_code == 403
    assert (await put(client, wanted, {**reader, "If-Match": '"1"'})).status_code == 403
    assert (await put(client, wanted, {**writer, "If-Match": '"1"'})).status_code == 200
    assert (await client.get(SETTINGS)).status_code == 401

"""Texts of messages in the back-office."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.notification.models import Message, MessageTemplate
from src.app.notification.services.delivery.delivering import send_due
from src.app.notification.services.texts.catalogue import TEMPLATES
from tests.app.staff.people import audited, headers_with
from tests.worker.messages.support import a_phone, an_address, configured, inbox, queued, texts_of

API = "/api/v1/admin/message-templates"
OWN = {"language": "ko", "channel": "sms", "body": "[믹골프] 주문 {{ order_no }} 취소 ({{ total }}원)"}
MAIL = {
    "language": "ko",
    "channel": "mail",
    "subject": "주문 {{ order_no }} 취소",
    "body": "{{ name }}님, 취소했습니다.",
}


async def write(
    client: httpx.AsyncClient, body: Any, *, name: str = "order_cancelled", version: int = 1
) -> httpx.Response:
    headers = {**await headers_with(client, "message:write"), "If-Match": f'"{version}"'}
    return await client.put(f"{API}/{name}", json=body, headers=headers)


async def test_every_template_is_listed_with_its_values_and_texts(client: httpx.AsyncClient) -> None:
    with configured(alimtalk_templates=("order_paid=OP01",)):
        answer = await client.get(API, headers=await headers_with(client, "message:read"))

    items = {item["name"]: item for item in answer.json()["items"]}
    assert list(items) == list(TEMPLATES)
    paid = items["order_paid"]
    assert (paid["channels"], paid["off"], paid["alimtalk_code"], paid["version"]) == (["mail", "sms"], [], "OP01", 1)
    assert {(text["language"], text["channel"]) for text in paid["texts"]} == {
        *(("ko", "mail"), ("ko", "sms"), ("en", "mail"), ("en", "sms"))
    }
    assert not any(text["is_own"] for text in paid["texts"])
    assert "receipt" in paid["values"]
    assert (items["verification_code"]["must_name"], items["verification_code"]["is_required"]) == (["code"], True)


async def test_own_texts_go_out_and_the_others_stay(client: httpx.AsyncClient) -> None:
    answer = await write(client, {"texts": [OWN, MAIL], "off": []})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')

    address, phone = an_address(), a_phone()
    await queued(email=address)
    await queued(phone=phone)
    await queued(phone="01000000001", language="en")
    await send_due()

    (mail,), (text,) = await inbox(client, address), await inbox(client, phone)
    assert text["body"] == "[믹골프] 주문 20261120-7Q6X9ZPM 취소 (128,000원)"
    assert (mail["subject"], mail["body"].strip()) == ("주문 20261120-7Q6X9ZPM 취소", "김민지님, 취소했습니다.")
    assert (await inbox(client, "01000000001"))[-1]["body"].startswith("[Micgolf] Order cancelled")
    (row,) = await audited("message_template.changed")
    assert row["target_id"] == "order_cancelled"
    assert row["before"] == {"texts": {}}
    assert row["after"]["texts"]["ko.sms"]["body"] == OWN["body"]


async def test_what_is_left_out_is_the_codes_again_and_saying_it_again_writes_nothing(
    client: httpx.AsyncClient,
) -> None:
    await write(client, {"texts": [OWN]})
    same = await write(client, {"texts": [OWN]}, version=2)
    assert (same.status_code, same.json()["version"]) == (200, 2)
    back = await write(client, {"texts": []}, version=2)
    assert not any(text["is_own"] for text in back.json()["texts"])
    assert len(await audited("message_template.changed")) == 2


async def test_two_editors_do_not_overwrite_each_other(client: httpx.AsyncClient) -> None:
    headers = {**await headers_with(client, "message:write"), "If-Match": '"1"'}
    bodies = [{"texts": [{**OWN, "body": f"{number} {{{{ order_no }}}}"}]} for number in range(4)]

    answers = await asyncio.gather(
        *(client.put(f"{API}/order_cancelled", json=body, headers=headers) for body in bodies)
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    assert await MessageTemplate.all().count() == 1
    stale = await write(client, {"texts": []}, version=1)
    assert (stale.status_code, stale.json()["version"]) == (412, 2)
    read = await client.get(f"{API}/order_cancelled", headers=await headers_with(client, "message:read"))
    assert read.headers["ETag"] == '"2"'


async def test_without_a_version_nothing_is_written(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "message:write")
    for given in ({"If-Match": ""}, {"If-Match": "*"}, {"If-Match": '"x"'}):
        answer = await client.put(f"{API}/order_cancelled", json={"texts": [OWN]}, headers={**headers, **given})
        assert (answer.status_code, answer.json()["code"]) == (428, "IF_MATCH_REQUIRED")
    assert await MessageTemplate.all().count() == 0


async def test_a_channel_that_is_off_makes_no_message(client: httpx.AsyncClient) -> None:
    assert (await write(client, {"texts": [], "off": ["sms"]})).json()["off"] == ["sms"]
    await queued(email="a@example.com", key="e:1")
    assert {row.way.value for row in await Message.all()} == {"mail"}
    required = await write(client, {"texts": [], "off": ["sms"]}, name="verification_code")
    assert (required.status_code, required.json()["code"]) == (409, "MESSAGE_TEMPLATE_REQUIRED")


HOSTILE = [
    "{{ ''.__class__.__mro__ }}",
    "{{ order_no.__class__ }}",
    "{{ order_no['x'] }}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{{ range(9) }}",
    "{{ 'a' * 999999999 }}",
    "{{ 9**9**9 }}",
    "{% set x = 1 %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% macro m() %}{% endmacro %}",
    "{{ order_no|attr('__class__') }}",
    "{{ order_no|replace('a', 'b') }}",
    "{{ self }}",
    "{{ cycler }}",
    "{{ unknown }}",
    "{{ order_no",
    "{% if order_no %}",
    "{% raw %}",
    "{{ lipsum() }}",
    "{{ order_no ~ order_no }}",
    "{{ [order_no] }}",
]


@pytest.mark.parametrize("body", HOSTILE)
async def test_a_text_is_values_and_conditions_and_nothing_else(client: httpx.AsyncClient, body: str) -> None:
    for answer in (
        await write(client, {"texts": [{**OWN, "body": body}]}),
        await write(client, {"texts": [{**MAIL, "subject": body}]}),
        await client.post(
            f"{API}/order_cancelled/preview",
            json={"channel": "sms", "body": body},
            headers=await headers_with(client, "message:read"),
        ),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "MESSAGE_TEXT_INVALID"), answer.text
    assert await MessageTemplate.all().count() == 0


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("verification_code", {**OWN, "body": "인증번호가 발급되었습니다."}, "code"),
        ("verification_code", {**OWN, "body": "{{ code }} 🎉"}, "EUC-KR"),
        ("order_cancelled", {**OWN, "body": "가" * 1001}, "EUC-KR"),
        ("order_cancelled", {**MAIL, "subject": ""}, "비어"),
        ("order_cancelled", {**OWN, "body": "{% if name == 'x' %}y{% endif %}"}, "비어"),
        (
            "advertisement",
            {**OWN, "body": "{{ sender }} {{ contact }} {{ opt_out_link }} {{ opt_out_phone }}"},
            "(광고)",
        ),
        ("advertisement", {**OWN, "body": "(광고) {{ sender }} {{ contact }} {{ opt_out_phone }}"}, "opt_out_link"),
    ],
)
async def test_a_text_that_could_not_do_its_work_is_refused_with_the_reason(
    client: httpx.AsyncClient, name: str, text: dict[str, str], word: str
) -> None:
    answer = await write(client, {"texts": [text]}, name=name)
    assert (answer.status_code, answer.json()["code"]) == (422, "MESSAGE_TEXT_INVALID")
    assert word in answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"texts": [{**OWN, "body": ""}]},
        {"texts": [{**OWN, "body": "x" * 4001}]},
        {"texts": [{**OWN, "subject": "x" * 201}]},
        {"texts": [{**OWN, "body": "a\x00"}]},
        {"texts": [{**OWN, "language": "ja"}]},
        {"texts": [{**OWN, "channel": "alimtalk"}]},
        {"texts": [OWN] * 5},
        {"texts": [], "off": ["fax"]},
        {"texts": [], "version": 1},
    ],
)
async def test_a_wrong_body_writes_nothing(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    assert (await write(client, body)).status_code == 422
    assert await MessageTemplate.all().count() == 0


async def test_a_template_or_text_that_is_not_there(client: httpx.AsyncClient) -> None:
    for name, text in (("no_such", OWN), ("password_reset", OWN)):
        answer = await write(client, {"texts": [text]}, name=name)
        assert (answer.status_code, answer.json()["code"]) == (404, "MESSAGE_TEMPLATE_NOT_FOUND")


async def test_a_preview_shows_the_stored_text_or_the_one_in_hand(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "message:read")

    async def shown(**body: Any) -> dict[str, Any]:
        answer = await client.post(f"{API}/order_cancelled/preview", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    stored, mail = await shown(channel="sms"), await shown(channel="mail", language="en")
    in_hand = await shown(
        channel="mail", subject="주문 {{ order_no }}", body="<b>{{ name }}</b>\n\nhttps://a.example/?x=1&y=2"
    )

    assert stored["text"].startswith("[믹골프] 주문 취소\n투어 스탠드백")
    assert (stored["kind"], stored["bytes"]) == ("SMS", len(stored["text"].encode("euc-kr")))
    assert (mail["kind"], mail["subject"]) == ("MAIL", "[Micgolf] Your order was cancelled")
    assert "&lt;b&gt;김민지&lt;/b&gt;" in in_hand["html"]
    assert '<a href="https://a.example/?x=1&amp;y=2"' in in_hand["html"]
    assert (await shown(channel="sms", body="가" * 46))["kind"] == "LMS"
    assert await MessageTemplate.all().count() == await Message.all().count() == 0


async def test_a_test_message_goes_to_the_shop_itself_and_is_audited(client: httpx.AsyncClient) -> None:
    address, phone = an_address(), a_phone()
    headers = await headers_with(client, "message:write")
    path = f"{API}/advertisement/test-send"
    nowhere = await client.post(path, json={"channel": "mail"}, headers=headers)
    assert (nowhere.status_code, nowhere.json()["code"]) == (409, "TEST_ADDRESS_MISSING")
    with configured(admin_email=address, admin_phone=phone):
        for channel in ("mail", "sms", "sms"):
            answer = await client.post(path, json={"channel": channel}, headers=headers)
            assert answer.status_code == 202
            assert await Message.filter(number=answer.json()["number"]).exists()
    await send_due()

    assert [mail["subject"] for mail in await inbox(client, address)] == ["(광고) [믹골프] 봄 신상품 10% 할인"]
    assert len(await inbox(client, phone)) == 2
    assert [row["after"]["channel"] for row in await audited("message_template.tested")] == ["mail", "sms", "sms"]


async def test_test_messages_are_limited(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "message:write")
    with configured(admin_email=an_address()):
        codes = [
            (await client.post(f"{API}/order_paid/test-send", json={"channel": "mail"}, headers=headers)).status_code
            for _ in range(11)
        ]
    assert codes == [202] * 10 + [429]
    assert await Message.all().count() == 10


async def test_an_own_text_that_broke_gives_way_to_the_default(client: httpx.AsyncClient) -> None:
    """A row that an older version wrote may name a value that is no more."""
    await write(client, {"texts": [OWN]})
    await MessageTemplate.all().update(texts={"ko.sms": {"body": "{{ gone_since }}"}})
    await queued(phone="01012345678")

    assert (await texts_of("order_cancelled"))["phone"].startswith("[믹골프] 주문 취소")

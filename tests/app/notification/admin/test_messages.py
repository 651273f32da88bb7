"""The delivery log of the back-office."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.notification.models import Message, MessageStatus
from src.app.notification.services.delivery.delivering import send_due
from src.app.notification.services.delivery.sending import send_mail
from src.common import clock
from src.common.clock import KST
from src.common.models.personal_data_access import PersonalDataAccess
from tests.app.staff.people import audited, headers_with
from tests.worker.messages.support import Mailer, Phones, an_address, inbox, queued, sending_by

API = "/api/v1/admin/messages"
ORDER_NO = "20261120-7Q6X9ZPM"


async def get(client: httpx.AsyncClient, headers: dict[str, str], path: str = "", **params: Any) -> dict[str, Any]:
    answer = await client.get(API + path, params=params, headers=headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def sent(**contact: Any) -> Message:
    """A message that went."""
    message = await queued(order_no=ORDER_NO, **contact)
    with sending_by(Mailer(), Phones()):
        await send_due()
    return message


async def test_masked_staff_see_that_it_went_and_neither_to_whom_nor_what(client: httpx.AsyncClient) -> None:
    mail, text = await sent(email="minji.kim@example.com"), await sent(phone="01012345678")
    headers = await headers_with(client, "message:read")

    body = await get(client, headers)
    one = await get(client, headers, f"/{mail.number}")

    assert [(row["number"], row["recipient"]) for row in body["items"]] == [
        (text.number, "010-****-5678"),
        (mail.number, "mi***@example.com"),
    ]
    assert (body["total"], body["items"][1]["template_name"]) == (2, "주문 취소")
    assert (one["status"], one["channel"], one["order_no"]) == ("SENT", "mail", ORDER_NO)
    assert (one["is_masked"], one["recipient"], one["subject"], one["text"]) == (True, "mi***@example.com", None, None)
    assert await PersonalDataAccess.all().count() == 0


async def test_who_may_read_personal_data_sees_all_and_every_look_is_logged(client: httpx.AsyncClient) -> None:
    message = await sent(email="minji.kim@example.com")
    headers = await headers_with(client, "message:read", "pii:read")

    one = await get(client, headers, f"/{message.number}", reason="문의 3821")
    listed = await get(client, headers)

    assert (one["recipient"], one["subject"]) == ("minji.kim@example.com", "[믹골프] 주문이 취소되었습니다")
    assert ORDER_NO in one["text"]
    assert listed["items"][0]["recipient"] == "minji.kim@example.com"
    rows = await PersonalDataAccess.all().order_by("id").values_list("purpose", "target_id", "items", "reason")
    assert rows == [
        ("message.detail", str(message.id), "address,text", "문의 3821"),
        ("message.list", str(message.id), "address", ""),
    ]
    masked = await get(client, headers, f"/{message.number}", masked="true")
    assert (masked["recipient"], masked["text"]) == ("mi***@example.com", None)
    assert await PersonalDataAccess.all().count() == 2


async def test_messages_are_found_by_what_they_are_about(client: httpx.AsyncClient) -> None:
    first = await sent(email="first@example.com", member_id=7)
    second = await queued(phone="01099998888", template="order_expired")
    await Message.filter(id=first.id).update(created_at=clock.now() - timedelta(days=3))
    headers = await headers_with(client, "message:read")
    long_ago = (datetime.now(KST) - timedelta(days=3)).date().isoformat()
    asked: list[tuple[dict[str, Any], list[Message]]] = [
        ({"order_no": ORDER_NO}, [first]),
        ({"member_id": 7}, [first]),
        ({"member_id": 8}, []),
        ({"channel": "mail"}, [first]),
        ({"way": "phone"}, [second]),
        ({"status": "QUEUED"}, [second]),
        ({"template": "order_expired"}, [second]),
        ({"recipient": "FIRST@example.com"}, [first]),
        ({"recipient": "010-9999-8888"}, [second]),
        ({"recipient": "first@example.co"}, []),
        ({"from": long_ago, "to": long_ago}, [first]),
        ({"size": 1, "page": 2}, [first]),
        ({}, [second, first]),
    ]
    for params, wanted in asked:
        found = [row["number"] for row in (await get(client, headers, **params))["items"]]
        assert found == [message.number for message in wanted], params


@pytest.mark.parametrize(
    "params",
    [
        {"member_id": "0"},
        {"member_id": "x"},
        {"channel": "fax"},
        {"status": "LOST"},
        {"way": "pigeon"},
        {"order_no": "x" * 41},
        {"recipient": "x" * 255},
        {"recipient": "a\x00b"},
        {"from": "2026-12-01", "to": "2026-11-01"},
        {"size": "101"},
    ],
)
async def test_a_wrong_question_is_refused(client: httpx.AsyncClient, params: dict[str, str]) -> None:
    headers = await headers_with(client, "message:read")
    answer = await client.get(API, params=params, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")


async def test_of_a_code_only_the_sending_is_known(client: httpx.AsyncClient) -> None:
    values = {"purpose": "sign_up", "code": "048213", "minutes": 3}
    with sending_by(Mailer()):
        await send_mail("minji@example.com", template="verification_code", values=values)
    headers = await headers_with(client, "message:read", "pii:read")

    (row,) = (await get(client, headers, recipient="minji@example.com"))["items"]
    one = await get(client, headers, f"/{row['number']}")

    assert (row["is_direct"], row["status"], row["recipient"], row["channel"]) == (True, "SENT", None, "mail")
    assert (one["subject"], one["text"]) == (None, None)
    stored = " ".join(str(value) for value in (await Message.all().values())[0].values())
    assert "048213" not in stored
    assert "minji" not in stored
    assert await PersonalDataAccess.all().count() == 0


async def again(client: httpx.AsyncClient, number: str, **changes: Any) -> httpx.Response:
    headers = await headers_with(client, "message:write")
    body = {"reason": "고객 요청 (상담 3821)", **changes}
    return await client.post(f"{API}/{number}/resend", json=body, headers=headers)


async def test_a_message_is_sent_again_as_a_new_one_once(client: httpx.AsyncClient) -> None:
    address = an_address()
    message = await queued(email=address)
    await send_due()

    answers = [await again(client, message.number) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 409]
    body, refused = answers[0].json(), answers[1].json()
    assert (body["resend_of"], body["status"], body["is_masked"]) == (message.number, "QUEUED", True)
    assert (refused["code"], refused["reason"]) == ("MESSAGE_NOT_RESENDABLE", "ALREADY_RESENT")
    await send_due()
    assert [mail["message_id"] for mail in await inbox(client, address)] == [message.number, body["number"]]
    (row,) = await audited("message.resent")
    assert (row["target_id"], row["after"], row["reason"]) == (
        message.number,
        {"number": body["number"]},
        "고객 요청 (상담 3821)",
    )
    third = await again(client, body["number"])
    assert third.status_code == 201


async def test_a_double_click_sends_one(client: httpx.AsyncClient) -> None:
    message = await sent(email="minji@example.com")
    headers = await headers_with(client, "message:write")

    answers = await asyncio.gather(
        *(client.post(f"{API}/{message.number}/resend", json={"reason": "요청"}, headers=headers) for _ in range(5))
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert await Message.filter(resend_of=message.number).count() == 1


async def test_one_that_may_have_arrived_needs_force(client: httpx.AsyncClient) -> None:
    message = await sent(phone="01012345678")
    await Message.filter(id=message.id).update(status=MessageStatus.UNKNOWN)

    answer = await again(client, message.number)
    assert (answer.status_code, answer.json()["code"]) == (409, "MESSAGE_OUTCOME_UNKNOWN")
    assert await Message.all().count() == 1
    assert (await again(client, message.number, force=True)).status_code == 201


async def test_what_waits_is_gone_or_is_advertising_is_not_sent_again(client: httpx.AsyncClient) -> None:
    waiting = await queued(email="a@example.com")
    forgotten, advert = await queued(email="b@example.com"), await queued(email="c@example.com")
    sealed = (await Message.get(id=forgotten.id)).content
    await Message.filter(id=forgotten.id).update(status=MessageStatus.SENT, content="")
    await Message.filter(id=advert.id).update(status=MessageStatus.SENT, is_ad=True)

    reasons = [(await again(client, row.number)).json()["reason"] for row in (waiting, forgotten, advert)]

    assert reasons == ["STILL_QUEUED", "CONTENT_NOT_KEPT", "ADVERTISEMENT"]
    assert sealed
    assert await Message.all().count() == 3
    assert await audited("message.resent") == []


@pytest.mark.parametrize(
    "body",
    [{}, {"reason": ""}, {"reason": "x" * 201}, {"reason": "x", "force": "yes"}, {"reason": "x", "to": "a@b.co"}],
)
async def test_a_wrong_body_sends_nothing(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    message = await sent(email="minji@example.com")
    headers = await headers_with(client, "message:write")
    answer = await client.post(f"{API}/{message.number}/resend", json=body, headers=headers)
    assert (answer.status_code, await Message.all().count()) == (422, 1)


async def test_an_unknown_number_is_not_found(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "message:read", "message:write")
    number = "01JG7Q6X9ZP4M3C2B1A0ZYXWVT"
    for answer in (
        await client.get(f"{API}/{number}", headers=headers),
        await client.post(f"{API}/{number}/resend", json={"reason": "x"}, headers=headers),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "MESSAGE_NOT_FOUND")

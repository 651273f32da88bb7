"""What became of messages to telephones after SENS took them; their senders, bytes and buttons."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest

from src.app.notification.services.lifecycle import open_senders
from src.app.notification.services.senders import senders, use_senders
from src.common import clock
from src.core.configs import settings, use
from tests.app.staff.people import headers_with
from tests.worker.messages.support import a_phone, queued

API = "/api/v1/admin/messages"
TEMPLATES = "/api/v1/admin/message-templates"


@contextmanager
def shop(**changes: Any) -> Iterator[None]:
    """The shop with other settings of messages, and the senders that they name."""
    before = settings()
    chosen = replace(before, messages=before.messages.model_copy(update=changes))
    kept = senders()
    with use(chosen):
        open_senders(chosen)
        try:
            yield
        finally:
            use_senders(kept)


async def run(client: httpx.AsyncClient, name: str, *, later: timedelta = timedelta()) -> None:
    """A job of the shop, as it runs at that time."""
    from src.worker.jobs.run import run_job

    with clock.as_of(clock.now() + later):
        await run_job(name)


async def fault(client: httpx.AsyncClient, *faults: dict[str, Any]) -> None:
    answer = await client.put("/sandbox/control/faults", json={"faults": list(faults)})
    assert answer.status_code == 200, answer.text


async def shown(client: httpx.AsyncClient, number: str) -> dict[str, Any]:
    headers = await headers_with(client, "message:read")
    answer = await client.get(f"{API}/{number}", headers=headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def taken(client: httpx.AsyncClient, to: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await client.get("/sandbox/control/messages", params={"to": to})).json()["items"]
    return items


@pytest.mark.fault("A13")
@pytest.mark.parametrize("sender", ["1588-1234", "080-123-4567", "02-123-4567", "070-1234-5678", "0507-1234-5678"])
async def test_every_number_that_can_be_registered_sends(client: httpx.AsyncClient, sender: str) -> None:
    to = a_phone()
    with shop(sens_sender=sender):
        message = await queued(phone=to)
        await run(client, "send-messages")
    assert [item["from"] for item in await taken(client, to)] == [sender.replace("-", "")]
    assert (await shown(client, message.number))["status"] == "SENT"


@pytest.mark.fault("A13")
async def test_a_rare_syllable_counts_two_bytes_in_preview_and_sending(client: httpx.AsyncClient) -> None:
    """45 syllables are 90 bytes, also where EUC-KR spells none of them by itself."""
    headers = await headers_with(client, "message:read")
    for count, kind in ((45, "SMS"), (46, "LMS")):
        body = {"channel": "sms", "language": "ko", "body": "뷁" * count}
        answer = await client.post(f"{TEMPLATES}/order_shipped/preview", json=body, headers=headers)
        assert (answer.json()["kind"], answer.json()["bytes"]) == (kind, 2 * count), answer.text
    to = a_phone()
    await senders().sms.send(to, text="똠" * 45)
    assert [(item["type"], item["body"]) for item in await taken(client, to)] == [("SMS", "똠" * 45)]


@pytest.mark.fault("A13")
async def test_what_became_of_a_text_message_is_asked_until_it_is_known(client: httpx.AsyncClient) -> None:
    to = a_phone()
    message = await queued(phone=to)
    await run(client, "send-messages")
    before = await shown(client, message.number)
    await fault(client, {"operation": "sms_result", "kind": "pending", "times": 2})
    await run(client, "poll-message-results", later=timedelta(minutes=1))
    pending = await shown(client, message.number)
    await run(client, "poll-message-results", later=timedelta(hours=2))
    after = await shown(client, message.number)

    assert [(row["status"], row["delivery"]) for row in (before, pending, after)] == [
        ("SENT", None),
        ("SENT", None),
        ("SENT", "DELIVERED"),
    ]
    assert (after["delivery_code"], after["delivered_at"] is not None) == ("0", True)


@pytest.mark.fault("A13")
@pytest.mark.parametrize("has_talk", [False, True])
async def test_a_message_that_did_not_arrive_is_shown_and_found(client: httpx.AsyncClient, has_talk: bool) -> None:
    more: dict[str, Any] = {"alimtalk_service_id": settings().messages.sens_service_id, "alimtalk_channel": "@micgolf"}
    more |= {"alimtalk_templates": ("order_cancelled=OC01",)}
    operation = "alimtalk" if has_talk else "sms"
    await fault(client, {"operation": operation, "kind": "undelivered"})
    with shop(**(more if has_talk else {})):
        message = await queued(phone=a_phone())
        await run(client, "send-messages")
        await run(client, "poll-message-results", later=timedelta(minutes=1))
        await run(client, "poll-message-results", later=timedelta(minutes=2))
    row = await shown(client, message.number)
    assert (row["channel"], row["status"], row["delivery"]) == (operation, "SENT", "FAILED")
    assert row["delivery_code"] != ""
    headers = await headers_with(client, "message:read")
    for end, found in (("FAILED", [message.number]), ("DELIVERED", [])):
        page = (await client.get(API, params={"delivery": end}, headers=headers)).json()
        assert ([item["number"] for item in page["items"]], page["total"]) == (found, len(found))


@pytest.mark.fault("A13")
async def test_results_that_nobody_tells_are_asked_again_and_given_up_after_a_day(client: httpx.AsyncClient) -> None:
    message = await queued(phone=a_phone())
    await run(client, "send-messages")
    await fault(client, {"operation": "sms_result", "kind": "error_500", "times": 9})
    for later in (timedelta(minutes=1), timedelta(hours=3), timedelta(hours=25)):
        await run(client, "poll-message-results", later=later)
    await fault(client)
    await run(client, "poll-message-results", later=timedelta(hours=26))
    assert ((await shown(client, message.number))["status"], (await shown(client, message.number))["delivery"]) == (
        "SENT",
        None,
    )


@pytest.mark.fault("A13")
async def test_codes_that_went_directly_are_asked_for_too(client: httpx.AsyncClient) -> None:
    to = a_phone()
    await fault(client, {"operation": "sms", "kind": "undelivered"})
    asked = {"channel": "sms", "target": to, "purpose": "sign_up"}
    answer = await client.post("/api/v1/auth/verifications", json=asked)
    assert answer.is_success, answer.text
    await run(client, "poll-message-results", later=timedelta(minutes=1))
    headers = await headers_with(client, "message:read")
    page = (await client.get(API, params={"recipient": to}, headers=headers)).json()
    assert [(item["is_direct"], item["delivery"]) for item in page["items"]] == [(True, "FAILED")]


@pytest.mark.fault("A13")
async def test_an_alimtalk_carries_the_approved_buttons_of_its_template(client: httpx.AsyncClient) -> None:
    to = a_phone()
    sets = {
        "order_cancelled": [{"type": "WL", "name": "주문 보기", "linkMobile": "{{ link }}", "linkPc": "{{ link }}"}]
    }
    with shop(
        alimtalk_service_id=settings().messages.sens_service_id,
        alimtalk_channel="@micgolf",
        alimtalk_templates=("order_cancelled=OC01",),
        alimtalk_buttons=orjson.dumps(sets).decode(),
    ):
        await queued(phone=to)
        await run(client, "send-messages")
    (item,) = await taken(client, to)
    link = "https://shop.example/orders/1"
    assert (item["channel"], item["buttons"]) == (
        "alimtalk",
        [{"type": "WL", "name": "주문 보기", "linkMobile": link, "linkPc": link}],
    )


async def test_a_button_that_names_what_is_not_there_goes_as_a_text_message(client: httpx.AsyncClient) -> None:
    to = a_phone()
    with shop(
        alimtalk_service_id=settings().messages.sens_service_id,
        alimtalk_channel="@micgolf",
        alimtalk_templates=("order_cancelled=OC01",),
        alimtalk_buttons='{"order_cancelled": [{"type": "WL", "name": "보기", "linkMobile": "{{ nothing }}"}]}',
    ):
        await queued(phone=to)
        await run(client, "send-messages")
    assert [item["channel"] for item in await taken(client, to)] == ["sms"]

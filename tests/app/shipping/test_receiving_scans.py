"""Scans that are sent to the shop are checked by a secret and stored once."""

import asyncio
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from src.app.shipping.services.couriers.book import Courier, CourierBook, Parcel
from src.app.shipping.services.couriers.defaults import DEFAULTS
from src.app.shipping.services.tracking.base import Scan, ScanStatus, Trouble
from src.app.shipping.services.tracking.told import Told, told_by
from src.common.models import InboxMessage
from src.common.models.work_item import WorkStatus
from src.core.configs import Settings, use
from src.core.configs.tracking_groups import TrackingSettings
from tests.app.auth.support import code

URL = "/api/v1/webhooks/tracking"
OURS = {"x-tracking-secret": "local-tracking-webhook-secret"}
NUMBER = "612345678901"
SCAN = {"at": "2026-11-20T12:04:05+09:00", "status": "IN_TRANSIT", "place": "대전HUB", "text": "간선상차"}
BODY: dict[str, Any] = {"courier": "CJ", "tracking_no": NUMBER, "scans": [SCAN]}
RAW = json.dumps(BODY, ensure_ascii=False).encode()
READ = Scan(
    at=datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC), status=ScanStatus.IN_TRANSIT, place="대전HUB", text="간선상차"
)
BOOK = CourierBook(DEFAULTS)


@contextmanager
def secrets_are(chosen: Settings, *secrets: str) -> Iterator[None]:
    with use(replace(chosen, tracking=TrackingSettings(webhook_secrets=secrets))):
        yield


async def pushed(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    """The pushes of the sandbox, once none waits."""
    async with asyncio.timeout(30):
        while True:
            items: list[dict[str, Any]] = (await client.get("/sandbox/control/pushes")).json()["items"]
            if items and all(item["status"] != "PENDING" for item in items):
                return items
            await asyncio.sleep(0.05)


async def send(client: httpx.AsyncClient, body: bytes = RAW, /, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await client.post(URL, content=body, headers={**OURS, "content-type": "application/json", **named})


async def test_message_is_stored_as_it_came_and_answered(client: httpx.AsyncClient) -> None:
    answer = await send(client, x_message_id="tp_1")
    assert (answer.status_code, answer.json()) == (200, {"status": "stored"})
    row = await InboxMessage.get()
    assert (row.source, row.message_id, row.topic, row.body) == ("tracking", "tp_1", "scans", RAW.decode())
    assert row.work_status == WorkStatus.PENDING


async def test_message_of_one_id_is_stored_once_also_from_two_sides(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(send(client, x_message_id="tp_1") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert await InboxMessage.all().count() == 1


@pytest.mark.parametrize("told", [{}, {"x_message_id": ""}, {"x_message_id": "x" * 121}])
async def test_message_without_an_id_is_known_by_its_content(client: httpx.AsyncClient, told: dict[str, str]) -> None:
    for _ in range(2):
        assert (await send(client, **told)).status_code == 200
    assert (await InboxMessage.get()).message_id == f"sha256:{hashlib.sha256(RAW).hexdigest()}"
    assert (await send(client, RAW + b" ", **told)).status_code == 200
    assert await InboxMessage.all().count() == 2


@pytest.mark.parametrize("secret", ["", "x", "local-tracking-webhook-secre", "local-tracking-webhook-secret2", "비밀"])
async def test_wrong_secret_stores_nothing(client: httpx.AsyncClient, secret: str) -> None:
    answer = await client.post(URL, content=RAW, headers={b"x-tracking-secret": secret.encode()})
    assert code(answer) == (401, "TRACKING_SECRET_INVALID")
    assert code(await client.post(URL, content=RAW)) == (401, "TRACKING_SECRET_INVALID")
    assert await InboxMessage.all().count() == 0


async def test_old_secret_works_beside_the_new_one(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    with secrets_are(shop_settings, "new-secret", "old-secret"):
        for secret, status in (("new-secret", 200), ("old-secret", 200), ("local-tracking-webhook-secret", 401)):
            assert (await send(client, x_tracking_secret=secret, x_message_id=secret)).status_code == status
    assert await InboxMessage.all().count() == 2


@pytest.mark.parametrize("secrets", [(), ("",)])
async def test_without_a_secret_the_path_is_closed(
    client: httpx.AsyncClient, shop_settings: Settings, secrets: tuple[str, ...]
) -> None:
    with secrets_are(shop_settings, *secrets):
        for secret in ("", "local-tracking-webhook-secret"):
            assert code(await send(client, x_tracking_secret=secret)) == (401, "TRACKING_SECRET_INVALID")
    assert await InboxMessage.all().count() == 0


@pytest.mark.parametrize("body", [b"", b"no json", b"\xff\x00", b"[]", b"{}"])
async def test_message_that_nobody_can_read_is_kept_and_tells_nothing(client: httpx.AsyncClient, body: bytes) -> None:
    assert (await send(client, body)).status_code == 200
    assert told_by((await InboxMessage.get()).body, BOOK) is None


async def test_couriers_button_in_the_sandbox_reaches_the_inbox(client: httpx.AsyncClient) -> None:
    await client.post("/sandbox/control/parcels/04/612345670001", json={"action": "return", "webhook": "twice"})
    assert [item["status"] for item in (await pushed(client))[-2:]] == ["SUCCEEDED", "SUCCEEDED"]
    told = told_by((await InboxMessage.get()).body, BOOK)
    assert told is not None
    assert told.parcel == Parcel("CJ", "612345670001")
    assert [(scan.status, scan.trouble) for scan in told.scans] == [(ScanStatus.EXCEPTION, Trouble.RETURNED)]


async def test_forged_push_of_the_sandbox_is_refused(client: httpx.AsyncClient) -> None:
    await client.post("/sandbox/control/parcels/04/612345670002", json={"action": "deliver", "webhook": "forged"})
    last = (await pushed(client))[-1]
    assert (last["status"], last["attempts"][0]["code"]) == ("FAILED", 401)
    assert await InboxMessage.all().count() == 0


def read(**changes: Any) -> Told | None:
    return told_by(json.dumps({**BODY, **changes}), BOOK)


@pytest.mark.parametrize("courier", ["CJ", "04", "kr.cjlogistics"])
def test_courier_is_named_by_our_code_or_a_tracking_services(courier: str) -> None:
    assert read(courier=courier, tracking_no="6123-4567-8901") == Told(Parcel("CJ", NUMBER), (READ,))


@pytest.mark.parametrize(
    "changes",
    [
        {"courier": "대한통운"},
        {"courier": "HYUNDAI"},
        {"courier": "99"},
        {"courier": ""},
        {"courier": 4},
        {"tracking_no": "123"},
        {"tracking_no": "-"},
        {"tracking_no": None},
        {"scans": None},
        {"scans": [{**SCAN, "at": "2026-11-20T12:04:05"}]},
        {"scans": [{**SCAN, "at": "soon"}]},
        {"scans": [SCAN] * 501},
    ],
)
def test_message_of_wrong_shape_tells_nothing(changes: dict[str, Any]) -> None:
    assert read(**changes) is None


def test_courier_that_is_switched_off_still_has_parcels() -> None:
    off = CourierBook([Courier(code="OLD", name="옛날택배", name_en="Old", is_active=False)])
    told = told_by(json.dumps({**BODY, "courier": "OLD"}), off)
    assert told is not None
    assert told.parcel == Parcel("OLD", NUMBER)


@pytest.mark.parametrize(
    ("changes", "status", "trouble"),
    [
        ({"status": "delivered", "text": "배달완료"}, ScanStatus.DELIVERED, None),
        ({"status": "SOMETHING_NEW", "text": ""}, ScanStatus.UNKNOWN, None),
        ({"status": "EXCEPTION", "text": "분실"}, ScanStatus.EXCEPTION, Trouble.LOST),
        ({"status": "DELIVERED", "text": "반송 배달완료"}, ScanStatus.EXCEPTION, Trouble.RETURNED),
        ({"status": "EXCEPTION", "text": "통관 보류"}, ScanStatus.EXCEPTION, None),
    ],
)
def test_words_of_a_sent_scan_count_as_those_of_an_asked_one(
    changes: dict[str, str], status: ScanStatus, trouble: Trouble | None
) -> None:
    told = read(scans=[{**SCAN, **changes}])
    assert told is not None
    assert (told.scans[0].status, told.scans[0].trouble) == (status, trouble)


def test_scans_are_told_oldest_first_and_know_their_key() -> None:
    later = {**SCAN, "at": "2026-11-21T12:04:05+09:00"}
    told = read(scans=[later, SCAN])
    assert told is not None
    assert [scan.at.day for scan in told.scans] == [20, 21]
    assert told.scans[0].key == READ.key != told.scans[1].key


def test_parcel_without_scans_is_told() -> None:
    assert read(scans=[]) == Told(Parcel("CJ", NUMBER), ())

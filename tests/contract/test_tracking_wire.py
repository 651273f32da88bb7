"""What SweetTracker's adapter puts on the wire, and which answers it understands
(docs/vendors/couriers.md#sweettracker)."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import respx

from src.app.shipping.services.tracking.base import Scan, ScanStatus, Trouble
from src.app.shipping.services.tracking.sweettracker import SweetTracker
from src.common.vendors import Declined, Nonsense, Unreachable, VendorError
from src.core.configs import Settings
from src.core.configs.tracking_groups import SANDBOX_KEY, SANDBOX_SECRETS, TrackingSettings
from tests.contract.test_tracking import AT, CJ, NUMBER, REAL, adapter
from tests.sandbox.support import TRACKING_KEY


@pytest.fixture
async def tracker(shop_settings: Settings) -> AsyncIterator[SweetTracker]:
    made = adapter(shop_settings, REAL)
    yield made
    await made.close()


@pytest.fixture
async def wire(tracker: SweetTracker) -> AsyncIterator[respx.Router]:
    """Everything that leaves; nothing is answered unless the test says so."""
    with respx.mock(assert_all_called=False, using="httpx") as router:
        yield router


def parcel(*scans: Any, **changes: Any) -> dict[str, Any]:
    return {"result": "Y", "invoiceNo": NUMBER, "level": 3, "trackingDetails": list(scans), **changes}


def scan(**changes: Any) -> dict[str, Any]:
    return {
        "time": 1763607845000,
        "timeString": "2025-11-20 12:04:05",
        "where": "대전HUB",
        "kind": "간선상차",
        "level": 3,
    } | changes


async def test_call_on_the_wire(tracker: SweetTracker, wire: respx.Router, caplog: pytest.LogCaptureFixture) -> None:
    wire.route().respond(200, json=parcel())
    with caplog.at_level(logging.DEBUG, logger="src"):
        assert await tracker.track(CJ, NUMBER) == ()
    request: httpx.Request = wire.calls.last.request
    assert (request.method, str(request.url)) == (
        "GET",
        f"{REAL}/api/v1/trackingInfo?t_key={TRACKING_KEY}&t_code=04&t_invoice={NUMBER}",
    )
    assert wire.calls.call_count == 1
    assert TRACKING_KEY not in caplog.text


async def test_courier_without_a_code_is_not_asked_for(tracker: SweetTracker, wire: respx.Router) -> None:
    nobody = replace(CJ, sweettracker_code="")
    assert (tracker.knows(CJ), tracker.knows(nobody)) == (True, False)
    with pytest.raises(Declined):
        await tracker.track(nobody, NUMBER)
    assert wire.calls.call_count == 0


async def test_korean_time_counts_where_the_number_is_missing(tracker: SweetTracker, wire: respx.Router) -> None:
    wire.route().respond(200, json=parcel(scan(time=None, timeString="2026-11-20 12:04:05")))
    (read,) = await tracker.track(CJ, NUMBER)
    assert read.at == AT


async def test_scan_without_a_time_is_left_out_and_the_rest_is_read(tracker: SweetTracker, wire: respx.Router) -> None:
    bad = (scan(time=None, timeString=""), scan(time="soon"), scan(time=-1), "집화", None, scan(time=10**18))
    wire.route().respond(200, json=parcel(*bad, scan(level=None, kind=None, where=None)))
    assert await tracker.track(CJ, NUMBER) == (
        Scan(at=datetime(2025, 11, 20, 3, 4, 5, tzinfo=UTC), status=ScanStatus.UNKNOWN),
    )


async def test_nothing_personal_is_read(tracker: SweetTracker, wire: respx.Router) -> None:
    wire.route().respond(200, json=parcel(scan(telno="010-1234-5678", manName="박기사"), receiverName="김민지"))
    assert "박기사" not in repr(await tracker.track(CJ, NUMBER))


async def test_long_words_are_cut_to_their_columns(tracker: SweetTracker, wire: respx.Router) -> None:
    wire.route().respond(200, json=parcel(scan(where="가" * 300, kind="나" * 300)))
    (read,) = await tracker.track(CJ, NUMBER)
    assert (len(read.place), len(read.text)) == (100, 200)


@pytest.mark.parametrize(
    ("kind", "level", "status", "trouble"),
    [
        ("배달완료(반송)", 6, ScanStatus.EXCEPTION, Trouble.RETURNED),
        ("물품 분실", 3, ScanStatus.EXCEPTION, Trouble.LOST),
        ("배송실패", 4, ScanStatus.ATTEMPT_FAIL, None),
        ("보관함 배달완료", 6, ScanStatus.DELIVERED, None),
        ("점포도착", 4, ScanStatus.AVAILABLE_FOR_PICKUP, None),
        ("새로운 말", 7, ScanStatus.UNKNOWN, None),
    ],
)
async def test_words_decide_where_levels_know_no_trouble(
    tracker: SweetTracker, wire: respx.Router, kind: str, level: int, status: ScanStatus, trouble: Trouble | None
) -> None:
    wire.route().respond(200, json=parcel(scan(kind=kind, level=level)))
    (read,) = await tracker.track(CJ, NUMBER)
    assert (read.status, read.trouble) == (status, trouble)


async def test_same_scan_told_again_has_the_same_key(tracker: SweetTracker, wire: respx.Router) -> None:
    wire.route().respond(200, json=parcel(scan(), scan(level=4), scan(kind="간선하차")))
    first, again, other = await tracker.track(CJ, NUMBER)
    assert first.key == again.key != other.key
    assert len(first.key) == 64


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, {"status": False, "msg": "유효하지 않은 운송장번호 이거나 택배사 코드 입니다.", "code": "104"}, Declined),
        (200, {"status": False, "msg": "…", "code": 104}, Declined),
        (200, {"status": False, "msg": "해당 운송장의 배송정보가 없습니다.", "code": "999"}, Declined),
        (200, {"result": "N"}, Declined),
        (200, {"status": False, "msg": "일일 조회 한도를 초과하였습니다.", "code": "105"}, Unreachable),
        (200, {"status": False, "msg": "유효하지 않은 API KEY 입니다.", "code": "101"}, Nonsense),
        (200, {"status": False}, Nonsense),
        (200, [], Nonsense),
        (200, None, Nonsense),
        (200, {"result": "Y"}, Nonsense),
        (200, {"result": "Y", "trackingDetails": "none"}, Nonsense),
        (200, {"result": "Y", "invoiceNo": "1", "trackingDetails": []}, Nonsense),
        (302, {}, Nonsense),
        (400, {}, Nonsense),
        (401, {}, Nonsense),
        (404, {}, Nonsense),
        (408, {}, Unreachable),
        (429, {}, Unreachable),
        (500, {}, Unreachable),
        (502, {}, Unreachable),
    ],
)
async def test_answers_without_a_parcel(
    tracker: SweetTracker, wire: respx.Router, status: int, body: Any, kind: type[VendorError]
) -> None:
    wire.route().respond(status, json=body)
    with pytest.raises(kind) as refused:
        await tracker.track(CJ, NUMBER)
    assert type(refused.value) is kind
    assert NUMBER not in str(refused.value)


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.PoolTimeout])
async def test_no_answer_is_unreachable(
    tracker: SweetTracker, wire: respx.Router, error: type[httpx.HTTPError]
) -> None:
    wire.route().mock(side_effect=error)
    with pytest.raises(Unreachable, match=f"^{error.__name__}$"):
        await tracker.track(CJ, NUMBER)


def test_address_is_the_sandbox_then_the_real_service(shop_settings: Settings) -> None:
    assert shop_settings.tracking_url == f"{shop_settings.sandbox_url}/tracking"
    named = replace(shop_settings, tracking=TrackingSettings(base_url=f"{REAL}/"))
    assert named.tracking_url == REAL
    apart = replace(shop_settings, server=shop_settings.server.model_copy(update={"sandbox": False}))
    assert apart.tracking_url == "https://info.sweettracker.co.kr"


def test_keys_are_the_sandboxes_then_none(shop_settings: Settings) -> None:
    assert (shop_settings.tracking_key, shop_settings.tracking_secrets) == (SANDBOX_KEY, SANDBOX_SECRETS)
    apart = replace(shop_settings, server=shop_settings.server.model_copy(update={"sandbox": False}))
    assert (apart.tracking_key, apart.tracking_secrets) == ("", ())
    named = TrackingSettings(api_key="k", webhook_secrets=("a", "b"))
    assert (replace(apart, tracking=named).tracking_key, replace(apart, tracking=named).tracking_secrets) == (
        "k",
        ("a", "b"),
    )
    off = replace(shop_settings, tracking=TrackingSettings(api_key="", webhook_secrets=()))
    assert (off.tracking_key, off.tracking_secrets) == ("", ())

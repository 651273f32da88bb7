"""Where a parcel is, by SweetTracker: one suite on the sandbox and on answers written by hand
(docs/vendors/couriers.md#sweettracker)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest
import respx

from src.app.shipping.services.couriers.book import Courier
from src.app.shipping.services.tracking.base import Scan, ScanStatus, Trouble
from src.app.shipping.services.tracking.sweettracker import SweetTracker
from src.common.vendors import Declined, Nonsense, Unreachable
from src.core.configs import Settings
from src.core.configs.tracking_groups import TrackingSettings
from tests.contract.served import Served, served_sandbox
from tests.sandbox.support import TRACKING_KEY

REAL = "https://info.sweettracker.example.com"
CJ = Courier(code="CJ", name="CJ대한통운", name_en="CJ", sweettracker_code="04")
NUMBER = "612345678901"
AT = datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)
WORDS = {
    "register": (1, "운송장 등록"),
    "pick_up": (2, "집화처리"),
    "transit": (3, "간선상차"),
    "arrive": (4, "배달지 도착"),
    "out_for_delivery": (5, "배달출발"),
    "fail_attempt": (5, "미배달 (수취인 부재)"),
    "store": (5, "무인보관함 보관"),
    "deliver": (6, "배달완료"),
    "lose": (4, "분실"),
    "return": (4, "반송"),
    "unknown_word": (0, "기타 처리"),
}


class Stage(Protocol):
    """Moves the parcel `NUMBER` of CJ."""

    tracker: SweetTracker

    async def scanned(self, action: str, at: datetime) -> None: ...

    async def answers(self, kind: str) -> None:
        """The next call ends as the sandbox's fault `kind` does."""
        ...


def adapter(chosen: Settings, url: str, **changes: Any) -> SweetTracker:
    values = {"base_url": url, "api_key": TRACKING_KEY, "read_timeout_seconds": 20, **changes}
    return SweetTracker(replace(chosen, tracking=TrackingSettings(**values)))


class SandboxStage:
    """The sandbox, played by its control endpoints."""

    def __init__(self, sandbox: Served, tracker: SweetTracker, hasty: SweetTracker) -> None:
        self._http = sandbox.http
        self.tracker = tracker
        self._hasty = hasty

    async def scanned(self, action: str, at: datetime) -> None:
        body = {"action": action, "at": at.isoformat(), "place": "대전HUB", "webhook": "none"}
        answer = await self._http.post(f"/control/parcels/04/{NUMBER}", json=body)
        assert answer.status_code == 200, answer.text

    async def answers(self, kind: str) -> None:
        faults = {"faults": [{"operation": "tracking", "kind": kind}]}
        assert (await self._http.put("/control/faults", json=faults)).status_code == 200
        if kind.startswith("timeout"):
            self.tracker = self._hasty


class WireStage:
    """Answers by hand."""

    def __init__(self, router: respx.Router, tracker: SweetTracker) -> None:
        self.tracker = tracker
        self._scans: list[dict[str, Any]] = []
        self._next = ""
        router.get(f"{REAL}/api/v1/trackingInfo", params={"t_key": TRACKING_KEY}).mock(side_effect=self._answer)

    async def scanned(self, action: str, at: datetime) -> None:
        level, words = WORDS[action]
        local = (at + timedelta(hours=9)).strftime("%Y-%m-%d %H:%M:%S")
        time = {"time": round(at.timestamp() * 1000), "timeString": local}
        self._scans.append({**time, "where": "대전HUB", "kind": words, "level": level, "code": None, "remark": None})

    async def answers(self, kind: str) -> None:
        self._next = kind

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if self._next.startswith("timeout"):
            raise httpx.ReadTimeout("", request=request)
        if self._next in ("error_500", "error_503", "error_429"):
            return httpx.Response(int(self._next.removeprefix("error_")), text="…")
        if self._next == "garbage":
            return httpx.Response(200, html="<html><body>It works!</body></html>")
        if self._next == "quota":
            return httpx.Response(200, json={"status": False, "msg": "일일 조회 한도를 초과", "code": "105"})
        if not self._scans or request.url.params["t_code"] != "04" or request.url.params["t_invoice"] != NUMBER:
            return httpx.Response(200, json={"status": False, "msg": "유효하지 않은 운송장번호", "code": "104"})
        told = "999999999999" if self._next == "other_parcel" else NUMBER
        body = {"result": "Y", "invoiceNo": told, "receiverName": "김*지", "trackingDetails": self._scans}
        if self._next == "no_details":
            del body["trackingDetails"]
        return httpx.Response(200, json=body)


@asynccontextmanager
async def sandbox_stage(chosen: Settings, file: Path) -> AsyncIterator[SandboxStage]:
    async with served_sandbox(file) as sandbox:
        url = sandbox.portone_url.removesuffix("/portone") + "/tracking"
        tracker, hasty = adapter(chosen, url), adapter(chosen, url, read_timeout_seconds=0.15)
        yield SandboxStage(sandbox, tracker, hasty)
        await tracker.close()
        await hasty.close()


@asynccontextmanager
async def wire_stage(chosen: Settings) -> AsyncIterator[WireStage]:
    with respx.mock(assert_all_called=False, using="httpx") as router:
        tracker = adapter(chosen, REAL)
        yield WireStage(router, tracker)
        await tracker.close()


@pytest.fixture(params=["sandbox", "wire"])
async def stage(request: pytest.FixtureRequest, shop_settings: Settings, tmp_path: Path) -> AsyncIterator[Stage]:
    if request.param == "sandbox":
        async with sandbox_stage(shop_settings, tmp_path / "sandbox.db") as made:
            yield made
    else:
        async with wire_stage(shop_settings) as wired:
            yield wired


@pytest.mark.parametrize(
    ("action", "status", "trouble"),
    [
        ("register", ScanStatus.INFORMATION_RECEIVED, None),
        ("pick_up", ScanStatus.AT_PICKUP, None),
        ("transit", ScanStatus.IN_TRANSIT, None),
        ("arrive", ScanStatus.IN_TRANSIT, None),
        ("out_for_delivery", ScanStatus.OUT_FOR_DELIVERY, None),
        ("fail_attempt", ScanStatus.ATTEMPT_FAIL, None),
        ("store", ScanStatus.AVAILABLE_FOR_PICKUP, None),
        ("deliver", ScanStatus.DELIVERED, None),
        ("lose", ScanStatus.EXCEPTION, Trouble.LOST),
        ("return", ScanStatus.EXCEPTION, Trouble.RETURNED),
        ("unknown_word", ScanStatus.UNKNOWN, None),
    ],
)
async def test_scan_is_read_in_our_words(
    stage: Stage, action: str, status: ScanStatus, trouble: Trouble | None
) -> None:
    await stage.scanned(action, AT)
    (scan,) = await stage.tracker.track(CJ, NUMBER)
    assert scan == Scan(at=AT, status=status, place="대전HUB", text=WORDS[action][1], trouble=trouble)


async def test_scans_come_oldest_first_whatever_their_order(stage: Stage) -> None:
    await stage.scanned("deliver", AT + timedelta(days=2))
    await stage.scanned("pick_up", AT)
    await stage.scanned("transit", AT + timedelta(days=1))
    scans = await stage.tracker.track(CJ, NUMBER)
    assert [scan.status for scan in scans] == [ScanStatus.AT_PICKUP, ScanStatus.IN_TRANSIT, ScanStatus.DELIVERED]
    assert len({scan.key for scan in scans}) == 3


async def test_number_that_nobody_knows_is_declined(stage: Stage) -> None:
    with pytest.raises(Declined, match=r"^UNKNOWN_NUMBER$"):
        await stage.tracker.track(CJ, NUMBER)
    await stage.scanned("pick_up", AT)
    with pytest.raises(Declined, match=r"^UNKNOWN_NUMBER$"):
        await stage.tracker.track(CJ, "612345678902")


async def test_courier_that_the_service_does_not_know_is_declined(stage: Stage) -> None:
    await stage.scanned("pick_up", AT)
    with pytest.raises(Declined, match=r"^UNKNOWN_NUMBER$"):
        await stage.tracker.track(replace(CJ, sweettracker_code="99"), NUMBER)
    with pytest.raises(Declined, match=r"^UNKNOWN_COURIER$"):
        await stage.tracker.track(replace(CJ, sweettracker_code=""), NUMBER)


@pytest.mark.parametrize("kind", ["error_500", "error_503", "error_429", "timeout_before", "quota"])
async def test_service_that_does_not_answer_is_unreachable(stage: Stage, kind: str) -> None:
    await stage.scanned("pick_up", AT)
    await stage.answers(kind)
    with pytest.raises(Unreachable):
        await stage.tracker.track(CJ, NUMBER)


@pytest.mark.parametrize("kind", ["garbage", "other_parcel", "no_details"])
async def test_answer_that_is_none_is_nonsense(stage: Stage, kind: str) -> None:
    await stage.scanned("pick_up", AT)
    await stage.answers(kind)
    with pytest.raises(Nonsense):
        await stage.tracker.track(CJ, NUMBER)

"""The simulated couriers: their service, the buttons of a person, and the pushes to the shop."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sandbox.support import TRACKING_KEY, Receiver, Shop, config_for, eventually, receiving, running

NUMBER = "612345678901"
PARCEL = f"/control/parcels/04/{NUMBER}"
HTML = {"Accept": "text/html"}


@pytest.fixture
async def pushed() -> AsyncIterator[Receiver]:
    """What the shop's inbound path gets."""
    async with receiving() as it:
        yield it


@pytest.fixture
async def shop(tmp_path: Path, pushed: Receiver) -> AsyncIterator[Shop]:
    async with running(pushing_to(tmp_path, pushed)) as it:
        yield it


def pushing_to(folder: Path, receiver: Receiver) -> Any:
    config = config_for(folder / "sandbox.db", "http://127.0.0.1:9/nobody")
    assert config.tracking is not None
    return replace(config, tracking=replace(config.tracking, push_url=receiver.url))


async def act(shop: Shop, action: str, **fields: Any) -> dict[str, Any]:
    answer = await shop.http.post(PARCEL, json={"action": action, **fields})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def info(shop: Shop, **changes: str) -> dict[str, Any]:
    params = {"t_key": TRACKING_KEY, "t_code": "04", "t_invoice": NUMBER, **changes}
    answer = await shop.http.get("/tracking/api/v1/trackingInfo", params=params)
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


async def statuses(shop: Shop) -> list[str]:
    items = (await shop.http.get("/control/pushes")).json()["items"]
    return [item["status"] for item in items]


async def done(shop: Shop) -> list[str]:
    """The states of all pushes, once none waits."""
    async with asyncio.timeout(30):
        while "PENDING" in (found := await statuses(shop)):  # noqa: ASYNC110 - over HTTP
            await asyncio.sleep(0.01)
    return found


async def test_service_tells_the_whole_way_of_a_parcel(shop: Shop) -> None:
    for action in ("register", "pick_up", "transit", "arrive", "out_for_delivery"):
        await act(shop, action, webhook="none")
    told = await info(shop)
    assert (told["result"], told["completeYN"], told["level"], told["invoiceNo"]) == ("Y", "N", 5, NUMBER)
    assert [scan["level"] for scan in told["trackingDetails"]] == [1, 2, 3, 4, 5]
    assert told["lastDetail"] == told["trackingDetails"][-1]
    await act(shop, "deliver", webhook="none")
    told = await info(shop)
    assert (told["complete"], told["completeYN"], told["lastDetail"]["kind"]) == (True, "Y", "배달완료")


async def test_time_of_a_scan_is_told_as_number_and_in_korean_time(shop: Shop) -> None:
    await act(shop, "pick_up", at="2025-01-02T12:04:05+09:00", place="수원", text="집하", webhook="none")
    (scan,) = (await info(shop))["trackingDetails"]
    assert (scan["time"], scan["timeString"]) == (1735787045000, "2025-01-02 12:04:05")
    assert (scan["where"], scan["kind"], scan["level"]) == ("수원", "집하", 2)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"t_key": "x"}, "101"), ({"t_key": ""}, "101"), ({"t_code": "99"}, "104"), ({"t_invoice": "1"}, "104")],
)
async def test_refusal_is_an_answer_of_200(shop: Shop, changes: dict[str, str], code: str) -> None:
    await act(shop, "pick_up", webhook="none")
    told = await info(shop, **changes)
    assert (told["status"], told["code"]) == (False, code)
    assert "trackingDetails" not in told


async def test_wrong_number_is_unknown_until_its_next_scan(shop: Shop) -> None:
    assert (await act(shop, "wrong_number", webhook="none"))["is_known"] is False
    assert (await info(shop))["code"] == "104"
    assert (await act(shop, "pick_up", webhook="none"))["is_known"] is True
    assert len((await info(shop))["trackingDetails"]) == 1


async def test_step_back_is_a_scan_of_a_lower_level(shop: Shop) -> None:
    assert (await act(shop, "step_back", webhook="none"))["scans"][0]["status"] == "INFORMATION_RECEIVED"
    await act(shop, "out_for_delivery", webhook="none")
    for _ in range(2):
        await act(shop, "step_back", webhook="none")
    assert [scan["level"] for scan in (await info(shop))["trackingDetails"]] == [1, 5, 4, 3]


async def test_parcels_of_two_couriers_with_one_number_are_two(shop: Shop) -> None:
    await act(shop, "deliver", webhook="none")
    assert (await info(shop, t_code="05"))["code"] == "104"
    items = (await shop.http.get("/control/parcels")).json()["items"]
    assert [(item["courier"], item["tracking_no"], item["company"]) for item in items] == [("04", NUMBER, "CJ대한통운")]
    assert (await shop.http.get("/control/parcels/05/1")).json()["scans"] == []


async def test_couriers_are_listed(shop: Shop) -> None:
    listed = (await shop.http.get("/tracking/api/v1/companylist", params={"t_key": TRACKING_KEY})).json()["Company"]
    assert {"Code": "04", "Name": "CJ대한통운", "International": "false"} in listed
    assert (await shop.http.get("/tracking/api/v1/companylist")).json()["code"] == "101"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (PARCEL, {}),
        (PARCEL, {"action": "fly"}),
        (PARCEL, {"action": "pick_up", "at": "2025-01-02T12:04:05"}),
        (PARCEL, {"action": "pick_up", "webhook": "maybe"}),
        (PARCEL, {"action": "pick_up", "colour": "red"}),
        ("/control/parcels/99/1", {"action": "pick_up"}),
        ("/control/parcels/04/a-b", {"action": "pick_up"}),
        (f"/control/parcels/04/{'1' * 65}", {"action": "pick_up"}),
    ],
)
async def test_bad_control_is_refused(shop: Shop, path: str, body: dict[str, Any]) -> None:
    assert (await shop.http.post(path, json=body)).status_code == 422
    assert (await shop.http.get("/control/parcels")).json()["items"] == []


async def test_switch_bends_one_answer_of_one_number(shop: Shop) -> None:
    await act(shop, "pick_up", webhook="none")
    await shop.faults({"operation": "tracking", "kind": "error_503", "person": NUMBER})
    assert (await info(shop, t_invoice="2"))["code"] == "104"
    params = {"t_key": TRACKING_KEY, "t_code": "04", "t_invoice": NUMBER}
    assert (await shop.http.get("/tracking/api/v1/trackingInfo", params=params)).status_code == 503
    assert (await info(shop))["result"] == "Y"


async def test_scan_is_pushed_with_the_secret_and_the_whole_parcel(shop: Shop, pushed: Receiver) -> None:
    await act(shop, "pick_up", at="2025-01-02T12:04:05+09:00", webhook="none")
    await act(shop, "deliver", at="2025-01-03T12:04:05+09:00")
    (push,) = await pushed.until(1)
    assert push.headers["x-tracking-secret"] == "tracking-push-secret"
    assert push.body == {
        "courier": "04",
        "tracking_no": NUMBER,
        "scans": [
            {"at": "2025-01-02T03:04:05.000Z", "status": "AT_PICKUP", "place": "서울강남", "text": "집화처리"},
            {"at": "2025-01-03T03:04:05.000Z", "status": "DELIVERED", "place": "부산해운대", "text": "배달완료"},
        ],
    }
    assert await done(shop) == ["SUCCEEDED"]


async def test_push_is_tried_again_until_it_is_taken(shop: Shop, pushed: Receiver) -> None:
    pushed.answers.extend([500, 404, 200])
    await act(shop, "pick_up")
    assert len({push.headers["x-message-id"] for push in await pushed.until(3)}) == 1
    assert await done(shop) == ["SUCCEEDED"]
    (item,) = (await shop.http.get("/control/pushes")).json()["items"]
    assert [(one["number"], one["code"]) for one in item["attempts"]] == [(1, 500), (2, 404), (3, 200)]


async def test_push_twice_is_one_message_and_a_forged_one_has_another_secret(shop: Shop, pushed: Receiver) -> None:
    await act(shop, "pick_up", webhook="twice")
    first, second = await pushed.until(2)
    assert (first.headers["x-message-id"], first.raw) == (second.headers["x-message-id"], second.raw)
    pushed.answers.extend([401])
    await act(shop, "deliver", webhook="forged")
    forged = (await pushed.until(3))[2]
    assert forged.headers["x-tracking-secret"] != "tracking-push-secret"
    assert await done(shop) == ["SUCCEEDED", "SUCCEEDED", "FAILED"]


async def test_late_push_comes_later_and_a_wrong_number_none_at_all(shop: Shop, pushed: Receiver) -> None:
    await act(shop, "wrong_number")
    await act(shop, "pick_up", webhook="late")
    assert (pushed.got, await statuses(shop)) == ([], ["PENDING"])
    await pushed.until(1)
    assert await done(shop) == ["SUCCEEDED"]


async def test_push_that_was_not_taken_is_sent_after_a_restart(tmp_path: Path, pushed: Receiver) -> None:
    away = pushing_to(tmp_path, Receiver(url="http://127.0.0.1:9/nobody"))
    async with running(away, retry_unit_seconds=0.2) as shop:
        await act(shop, "pick_up")
        async with asyncio.timeout(30):
            while not (await shop.http.get("/control/pushes")).json()["items"][0]["attempts"]:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert await statuses(shop) == ["PENDING"]
    async with running(pushing_to(tmp_path, pushed)) as again:
        await pushed.until(1)
        assert await done(again) == ["SUCCEEDED"]
        assert (await info(again))["result"] == "Y"


async def test_two_processes_on_one_file_push_once(tmp_path: Path, pushed: Receiver) -> None:
    config = pushing_to(tmp_path, pushed)
    async with running(config) as one, running(config) as other:
        for _ in range(10):
            await act(one, "transit")
            await act(other, "transit")
        assert await done(one) == ["SUCCEEDED"] * 20
        await eventually(lambda: len(pushed.got) >= 20)
        assert len({push.headers["x-message-id"] for push in pushed.got}) == len(pushed.got) == 20


async def test_without_an_address_nothing_is_queued(tmp_path: Path) -> None:
    config = config_for(tmp_path / "sandbox.db", "http://127.0.0.1:9/nobody")
    async with running(replace(config, tracking=None)) as shop:
        await act(shop, "pick_up")
        assert await statuses(shop) == []
        assert (await info(shop))["code"] == "101"


async def test_person_moves_a_parcel_on_the_page(shop: Shop, pushed: Receiver) -> None:
    assert "/sandbox/parcels" in (await shop.http.get("/", headers=HTML)).text
    form = {"courier": "04", "number": "6123-4567 8901", "action": "register"}
    for action in ("register", "deliver"):
        answer = await shop.http.post("/parcels", data={**form, "action": action})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sandbox/parcels")
    page = (await shop.http.get("/parcels", headers=HTML)).text
    assert NUMBER in page
    assert page.index("운송장 등록") < page.index("배달완료")
    await pushed.until(2)


@pytest.mark.parametrize("changes", [{"courier": "99"}, {"number": ""}, {"number": "<b>"}, {"action": "fly"}])
async def test_form_of_wrong_shape_is_refused(shop: Shop, changes: dict[str, str]) -> None:
    form = {"courier": "04", "number": NUMBER, "action": "register", **changes}
    assert (await shop.http.post("/parcels", data=form)).status_code == 422
    many: httpx.Response = await shop.http.post("/parcels", data={f"f{number}": "x" for number in range(20)})
    assert many.status_code == 422

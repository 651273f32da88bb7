import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.support import KEY, Receiver, Shop, config_for, running, said


@pytest.mark.parametrize(("kind", "status"), [("error_500", 500), ("error_503", 503), ("error_429", 429)])
async def test_bare_error_does_nothing_and_is_not_remembered(shop: Shop, kind: str, status: int) -> None:
    await shop.act("p1", "pay", amount=1000)
    await shop.faults({"operation": "cancel", "kind": kind, "times": 2})
    for _ in range(2):
        answer = await shop.cancel("p1", key=KEY)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert (await shop.payment("p1"))["status"] == "PAID"
    assert (await shop.cancel("p1", key=KEY)).status_code == 200


async def test_error_after_the_work_is_replayed_as_the_truth(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    await shop.faults({"operation": "cancel", "kind": "error_500_after"})
    assert (await shop.cancel("p1", key=KEY)).status_code == 500
    assert (await shop.payment("p1"))["status"] == "CANCELLED"
    assert (await shop.cancel("p1", key=KEY)).json()["cancellation"]["status"] == "SUCCEEDED"


async def test_pg_error_is_told_with_its_code_and_remembered(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    await shop.faults({"operation": "cancel", "kind": "pg_error_502"})
    answer = await shop.cancel("p1", key=KEY)
    assert said(answer) == (502, "PG_PROVIDER")
    assert (answer.json()["pgCode"], answer.json()["pgMessage"]) == ("SANDBOX_REFUSED", "샌드박스가 거절한 요청입니다.")
    assert (await shop.cancel("p1", key=KEY)).content == answer.content
    assert (await shop.payment("p1"))["status"] == "PAID"


async def test_documented_error_type_can_be_asked_for(shop: Shop) -> None:
    await shop.faults(
        {"operation": "pre_register", "kind": "ALREADY_PAID"},
        {"operation": "close", "kind": "PAYMENT_NOT_WAITING_FOR_DEPOSIT"},
        {"operation": "get", "kind": "FORBIDDEN"},
    )
    await shop.act("p1", "issue_virtual_account", amount=5)
    assert said(await shop.register("p1", 5)) == (409, "ALREADY_PAID")
    assert said(await shop.rest("POST", "/p1/virtual-account/close")) == (409, "PAYMENT_NOT_WAITING_FOR_DEPOSIT")
    assert said(await shop.rest("GET", "/p1")) == (403, "FORBIDDEN")
    assert (await shop.payment("p1"))["status"] == "VIRTUAL_ACCOUNT_ISSUED"


async def test_timeout_before_waits_and_does_nothing(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    await shop.faults({"operation": "any", "kind": "timeout_before", "times": 2})
    started = time.monotonic()
    assert (await shop.cancel("p1")).status_code == (await shop.rest("GET", "/p1")).status_code == 504
    assert time.monotonic() - started >= 0.6
    assert (await shop.payment("p1"))["status"] == "PAID"


async def test_timeout_after_works_at_once_and_answers_late(slow_shop: Shop) -> None:
    await slow_shop.act("p1", "pay", amount=1000)
    await slow_shop.faults({"operation": "cancel", "kind": "timeout_after"})
    started = time.monotonic()
    task = asyncio.create_task(slow_shop.cancel("p1"))
    await slow_shop.all_switches_used()
    assert (await slow_shop.payment("p1"))["status"] == "CANCELLED"
    assert not task.done()
    assert (await task).json()["cancellation"]["status"] == "SUCCEEDED"
    assert time.monotonic() - started >= 1.0


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("other_store", ["storeId"], "store-of-somebody-else"),
        ("other_currency", ["currency"], "USD"),
        ("other_amount", ["amount", "total"], 1001),
        ("live_channel", ["channel", "type"], "LIVE"),
        ("version_v1", ["version"], "V1"),
        ("unknown_status", ["status"], "SOMETHING_NEW"),
        ("extra_fields", ["somethingNew", "added"], ["later", 1, None]),
    ],
)
async def test_reshaped_answer_lies_once(shop: Shop, kind: str, path: list[str], value: object) -> None:
    true = (await shop.act("p1", "pay", amount=1000)).json()
    await shop.faults({"operation": "any", "kind": kind})
    told: Any = await shop.payment("p1")
    for step in path:
        told = told[step]
    assert told == value
    assert await shop.payment("p1") == true


async def test_garbage_is_a_200_that_is_no_json(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    await shop.faults({"operation": "get", "kind": "garbage"})
    answer = await shop.rest("GET", "/p1")
    assert (answer.status_code, answer.text) == (200, "<html><body>It works!</body></html>")


async def test_fault_of_one_payment_leaves_others_alone(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    await shop.act("p2", "pay", amount=1000)
    await shop.faults({"operation": "get", "kind": "error_503", "payment_id": "p2", "times": 3})
    assert (await shop.payment("p1"))["status"] == "PAID"
    assert (await shop.rest("GET", "/p2")).status_code == 503
    left = (await shop.http.get("/control/faults")).json()["faults"]
    assert left == [{"operation": "get", "kind": "error_503", "payment_id": "p2", "left": 2}]
    assert (await shop.http.delete("/control/faults")).status_code == 204
    assert (await shop.payment("p2"))["status"] == "PAID"


async def test_search_can_fail_too(shop: Shop) -> None:
    await shop.faults({"operation": "list", "kind": "error_500"})
    assert (await shop.rest("GET", "")).status_code == 500
    assert (await shop.rest("GET", "")).json()["items"] == []


async def test_fault_is_counted_once_across_two_processes(tmp_path: Path, receiver: Receiver) -> None:
    config = config_for(tmp_path / "s.db", receiver.url)
    async with running(config) as one, running(config) as two:
        await one.act("p1", "pay", amount=1000)
        await one.faults({"operation": "get", "kind": "error_500", "times": 7})
        answers = await asyncio.gather(*[shop.rest("GET", "/p1") for shop in (one, two) for _ in range(20)])
        assert sorted(answer.status_code for answer in answers) == [200] * 33 + [500] * 7


@pytest.mark.parametrize(
    "fault",
    [
        {"operation": "get", "kind": "nonsense"},
        {"operation": "get", "kind": "cancel_failed"},
        {"operation": "cancel", "kind": "other_store"},
        {"operation": "dance", "kind": "error_500"},
        {"operation": "get", "kind": "error_500", "times": 0},
        {"operation": "get", "kind": "error_500", "times": 2**70},
    ],
)
async def test_fault_that_makes_no_sense_is_422(shop: Shop, fault: dict[str, Any]) -> None:
    assert said(await shop.http.put("/control/faults", json={"faults": [fault]})) == (422, "VALIDATION_ERROR")

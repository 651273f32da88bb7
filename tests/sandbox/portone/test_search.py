import asyncio
from typing import Any

import orjson
import pytest

from tests.sandbox.support import Shop, said


async def ids(shop: Shop, **filter_: Any) -> list[str]:
    answer = await search(shop, {"filter": filter_})
    return [item["id"] for item in answer["items"]]


async def search(shop: Shop, ask: object) -> dict[str, Any]:
    answer = await shop.rest("GET", "", params={"requestBody": orjson.dumps(ask).decode()})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_search_filters_by_status_and_orders_by_request(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1)
    await shop.act("p2", "fail", amount=1)
    await shop.act("p3", "pay_pending", amount=1)
    await shop.register("p4", 1)
    assert await ids(shop, sortOrder="ASC") == ["p1", "p2", "p3"]
    assert await ids(shop) == ["p3", "p2", "p1"]
    assert await ids(shop, status=["PAID", "PENDING"], sortOrder="ASC") == ["p1", "p3"]
    assert await ids(shop, methods=["EASY_PAY"]) == await ids(shop, isTest=False) == await ids(shop, version="V1") == []


async def test_search_by_time_of_change_finds_a_late_cancel(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=2)
    await shop.act("p2", "pay", amount=2)
    await asyncio.sleep(1.01)  # a change is told in whole seconds
    await shop.cancel("p1", amount=1)
    changed = (await shop.payment("p1"))["statusChangedAt"]
    assert await ids(shop, **{"from": changed}) == ["p1"]
    assert await ids(shop, **{"from": changed, "timestampType": "CREATED_AT"}) == []
    assert await ids(shop, sortBy="STATUS_CHANGED_AT") == ["p1", "p2"]
    assert await ids(shop, until="2020-01-01T00:00:00Z") == []


async def test_pages_count_from_zero(shop: Shop) -> None:
    for number in range(5):
        await shop.act(f"p{number}", "pay", amount=1)
    second = await search(shop, {"page": {"number": 1, "size": 2}, "filter": {"sortOrder": "ASC"}})
    assert [item["id"] for item in second["items"]] == ["p2", "p3"]
    assert second["page"] == {"number": 1, "size": 2, "totalCount": 5}
    assert (await search(shop, {"page": {"number": 3, "size": 2}}))["items"] == []


@pytest.mark.parametrize(
    "ask",
    [
        "{",
        "[]",
        '{"page":{"number":-1}}',
        '{"page":{"number":60,"size":1000}}',
        '{"page":{"number":1e30}}',
        '{"page":{"size":0}}',
        '{"filter":{"from":"2020-01-01T00:00:00"}}',
        '{"filter":{"status":["PAY_PENDING"]}}',
        '{"filter":{"textSearch":[]}}',
    ],
)
async def test_search_that_cannot_be_answered_truly_is_400(shop: Shop, ask: str) -> None:
    assert said(await shop.rest("GET", "", params={"requestBody": ask})) == (400, "INVALID_REQUEST")

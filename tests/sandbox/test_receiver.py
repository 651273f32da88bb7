"""The back-office system that takes the shop's webhooks."""

import asyncio

import httpx
import pytest

from tests.sandbox.support import Shop

HEADERS = {"webhook-id": "msg_1", "webhook-timestamp": "1795000000", "webhook-signature": "v1,abc="}


async def send(shop: Shop, name: str = "erp", body: str = '{"type":"order.paid"}') -> httpx.Response:
    return await shop.http.post(f"/receiver/{name}", content=body, headers=HEADERS)


async def bodies(shop: Shop, **params: str) -> list[str]:
    items = (await shop.http.get("/control/received", params=params)).json()["items"]
    return [item["body"] for item in items]


async def test_what_comes_is_kept_with_its_headers_by_receiver(shop: Shop) -> None:
    assert (await send(shop)).status_code == 204
    assert (await send(shop, "wms", "둘째")).status_code == 204
    items = (await shop.http.get("/control/received", params={"receiver": "erp"})).json()["items"]
    assert [(item["receiver"], item["headers"], item["body"]) for item in items] == [
        ("erp", HEADERS, '{"type":"order.paid"}')
    ]
    assert set(items[0]) == {"receiver", "headers", "body", "received_at"}
    assert await bodies(shop) == ['{"type":"order.paid"}', "둘째"]
    assert await bodies(shop, receiver="nobody") == []


@pytest.mark.parametrize(
    ("kind", "status", "kept"),
    [
        ("error_500", 500, 0),
        ("error_503", 503, 0),
        ("error_429", 429, 0),
        ("gone", 410, 1),
        ("redirect", 307, 1),
        ("huge", 200, 1),
        ("error_500_after", 500, 1),
    ],
)
async def test_a_switch_bends_one_answer(shop: Shop, kind: str, status: int, kept: int) -> None:
    await shop.faults({"operation": "receiver", "kind": kind})
    answer = await send(shop)
    assert answer.status_code == status
    assert len(await bodies(shop)) == kept
    assert answer.headers.get("location", "").endswith("/receiver/erp") == (kind == "redirect")
    assert answer.headers.get("retry-after") == ("5" if status in (429, 503) else None)
    assert (len(answer.content) > 1_000_000) == (kind == "huge")
    assert (await send(shop)).status_code == 204


async def test_a_switch_may_be_for_one_receiver(shop: Shop) -> None:
    await shop.faults({"operation": "receiver", "kind": "gone", "person": "wms", "times": 9})
    assert (await send(shop)).status_code == 204
    assert (await send(shop, "wms")).status_code == 410


async def test_it_hangs_where_it_is_told_to(slow_shop: Shop) -> None:
    await slow_shop.faults(
        {"operation": "receiver", "kind": "timeout_before"}, {"operation": "receiver", "kind": "timeout_after"}
    )
    assert (await send(slow_shop)).status_code == 504
    assert await bodies(slow_shop) == []
    hanging = asyncio.create_task(send(slow_shop))
    async with asyncio.timeout(30):
        while not await bodies(slow_shop):  # noqa: ASYNC110 - over HTTP
            await asyncio.sleep(0.01)
    assert not hanging.done()
    assert (await hanging).status_code == 204


@pytest.mark.parametrize("kind", ["unlinked", "nonsense", "garbage "])
async def test_a_switch_that_it_does_not_know_is_refused(shop: Shop, kind: str) -> None:
    body = {"faults": [{"operation": "receiver", "kind": kind}]}
    assert (await shop.http.put("/control/faults", json=body)).status_code == 422


async def test_a_name_of_wrong_shape_and_a_body_too_large_are_refused(shop: Shop) -> None:
    assert (await send(shop, "x" * 65)).status_code == 422
    assert (await send(shop, body="x" * 1_000_001)).status_code == 413
    assert await bodies(shop) == []

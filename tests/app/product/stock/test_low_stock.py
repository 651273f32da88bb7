"""Staff are told of stock that falls below the line, as they set it themselves."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest

from src.app.notification.models import Message
from src.app.notification.services.delivery import log
from src.app.product.models import Variant
from src.core.configs import settings, use
from src.worker.jobs.run import run_job
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_variant

MINE = "/api/v1/admin/me/notifications"
MAIL = {"email": "stock@micgolf.example", "low_stock": {"mail": True, "sms": False}}
BOTH = {"email": "stock@micgolf.example", "phone": "010-1234-5678", "low_stock": {"mail": True, "sms": True}}


async def adjust(client: httpx.AsyncClient, headers: dict[str, str], variant: Variant, delta: int) -> None:
    """Staff count again: as any other change, it moves stock and ledger."""
    adjust.number = getattr(adjust, "number", 0) + 1  # type: ignore[attr-defined]
    answer = await client.post(
        f"/api/v1/admin/variants/{variant.id}/stock-adjustments",
        json={"delta": delta, "reason": "재고 실사"},
        headers={**headers, "Idempotency-Key": f"low-stock-adjustment-{variant.id}-{adjust.number}"},  # type: ignore[attr-defined]
    )
    assert answer.status_code == 201, answer.text


async def someone(client: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, str]:
    headers = await headers_with(client, "stock:read", "stock:adjust")
    answer = await client.put(MINE, json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return headers


async def told() -> list[tuple[str, str]]:
    """Way and text of every message about stock."""
    rows = await Message.filter(template="low_stock").order_by("id")
    return [(row.way.value, content.text) for row in rows if (content := log.opened(row)) is not None]


@pytest.mark.fault("S14")
async def test_everybody_sets_their_own_and_nobody_is_told_before(client: httpx.AsyncClient) -> None:
    one, two = await someone(client, BOTH), await headers_with(client, "stock:read")
    mine, theirs = [(await client.get(MINE, headers=headers)).json() for headers in (one, two)]
    for settings_of in (mine, theirs):
        others = [settings_of.pop(news) for news in ("order_paid", "ship_by", "parcel_trouble", "discrepancy")]
        assert others == [{"mail": False, "sms": False}] * 4
    assert mine == {
        "email": "stock@micgolf.example",
        "phone": "01012345678",
        "low_stock": {"mail": True, "sms": True},
    }
    assert theirs == {"email": None, "phone": None, "low_stock": {"mail": False, "sms": False}}
    for body in ({"low_stock": {"mail": True, "sms": False}}, {"phone": "02-123-4567"}, {"other": 1}):
        answer = await client.put(MINE, json=body, headers=two)
        assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")


@pytest.mark.fault("S14")
async def test_a_fall_is_told_once_until_the_stock_rose_above_the_line(client: httpx.AsyncClient) -> None:
    variant, headers = await make_variant(stock=10), await someone(client, BOTH)
    for delta, messages in ((-4, 0), (-1, 2), (-2, 2), (2, 2), (1, 2), (-1, 4), (10, 4), (-3, 4), (-8, 6)):
        await adjust(client, headers, variant, delta)
        await run_job("tell-low-stock")
        await run_job("tell-low-stock")
        assert len(await told()) == messages, (delta, messages)
    assert {way for way, _ in await told()} == {"mail", "phone"}
    assert all(variant.sku.split(".")[0] in text for _, text in await told())


@pytest.mark.fault("S14")
async def test_two_falls_between_two_looks_are_told_again_and_one_that_ended_is_not(client: httpx.AsyncClient) -> None:
    low, risen, headers = await make_variant(stock=6), await make_variant(stock=6), await someone(client, MAIL)
    await adjust(client, headers, low, -2)
    await run_job("tell-low-stock")
    for variant, delta in ((low, 5), (low, -5), (risen, -3), (risen, 5)):
        await adjust(client, headers, variant, delta)
    await run_job("tell-low-stock")
    texts = [text for _, text in await told()]
    assert len(texts) == 2
    assert not any(risen.sku in text for text in texts)


@pytest.mark.fault("S14")
async def test_looks_at_once_tell_once(client: httpx.AsyncClient) -> None:
    variant, headers = await make_variant(stock=6), await someone(client, MAIL)
    await adjust(client, headers, variant, -3)
    from src.app.product.services.stock.low_stock import tell_low_stock

    await asyncio.gather(*(tell_low_stock() for _ in range(4)))
    assert len(await told()) == 1


@pytest.mark.fault("S14")
async def test_who_switched_it_off_or_may_not_see_stock_is_not_told(client: httpx.AsyncClient) -> None:
    variant, headers = await make_variant(stock=6), await someone(client, MAIL)
    off = {"email": "stock@micgolf.example", "low_stock": {"mail": False, "sms": False}}
    assert (await client.put(MINE, json=off, headers=headers)).status_code == 200
    blind = await headers_with(client, "order:read")
    assert (await client.put(MINE, json=MAIL, headers=blind)).status_code == 200
    await adjust(client, headers, variant, -3)
    await run_job("tell-low-stock")
    assert await told() == []


async def test_the_line_is_a_setting(client: httpx.AsyncClient) -> None:
    variant, headers = await make_variant(stock=30), await someone(client, MAIL)
    orders = settings().orders.model_copy(update={"low_stock_line": 20})
    with use(replace(settings(), orders=orders)):
        await adjust(client, headers, variant, -10)
        await run_job("tell-low-stock")
    assert len(await told()) == 1

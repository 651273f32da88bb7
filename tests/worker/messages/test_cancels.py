"""The buyer hears of what the seller cancelled with its sum and reason, once."""

from typing import Any

import httpx
import pytest

from src.app.notification.models import Message
from src.app.order.models import Order
from src.app.outbound.services.messages.catalogue import CATALOGUE
from src.app.payment.models import Refund, RefundStatus
from src.common.models import OutboxEvent
from src.worker.jobs.run import run_job
from tests.app.claim.support import bought, cancel, row
from tests.app.staff.people import headers_with
from tests.factories.orders import ORDERER
from tests.worker.messages.support import again, an_address, deliver, inbox, texts_of

pytestmark = pytest.mark.usefixtures("empty")


async def cancelled(client: httpx.AsyncClient, **changes: Any) -> tuple[str, int]:
    """An order of which two lines were cancelled: the buyer's address, and what goes back."""
    address = an_address()
    placed, _ = await bought(client, 1, 2, orderer={**ORDERER, "email": address}, **changes)
    one, price = placed.body["lines"][0]["line_total"], placed.body["lines"][1]["unit_price"]
    headers = await headers_with(client, "order:write")
    await cancel(client, headers, row(placed, 1, refund=one), row(placed, 2, units=1, refund=price, reason="DELAYED"))
    return address, one + price


async def test_the_buyer_is_told_once_with_sum_and_reason(client: httpx.AsyncClient) -> None:
    address, refund = await cancelled(client)
    for _ in range(2):
        await deliver()
        await again()
    told = [mail for mail in await inbox(client, address) if "취소" in mail["subject"]]
    (mail,) = told
    assert mail["subject"] == "[믹골프] 주문하신 상품이 취소되었습니다"
    for said in (f"환불 금액: {refund:,}원", "상품이 품절되어, 약속한 기한까지 보내드릴 수 없어", "외 1건, 2개"):
        assert said in mail["body"]
    assert f"{refund:,}원을 환불해 드립니다" in (await texts_of("lines_cancelled"))["phone"]


async def test_the_refund_that_is_done_is_not_told_again(client: httpx.AsyncClient) -> None:
    address, _ = await cancelled(client)
    await deliver()
    before = len(await inbox(client, address))
    await run_job("send-refunds")
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
    await deliver()
    assert len(await inbox(client, address)) == before
    assert await Message.filter(template="refund_sent").count() == 0


async def test_in_english_to_who_ordered_in_english(client: httpx.AsyncClient) -> None:
    address, refund = await cancelled(client)
    await Order.all().update(language="en")
    await deliver()
    (mail,) = [mail for mail in await inbox(client, address) if "cancelled" in mail["subject"]]
    assert f"Refund: KRW {refund:,}" in mail["body"]
    assert "because it is sold out, it cannot be sent in time" in mail["body"]


async def test_outgoing_webhooks_tell_units_reasons_and_sums(client: httpx.AsyncClient) -> None:
    _, refund = await cancelled(client)
    event = await OutboxEvent.get(topic="order.lines_cancelled")
    told = (await CATALOGUE["order.lines_cancelled"].subject.read(event.payload, False)).data
    lines = told["cancel"]["lines"]
    assert told["cancel"]["refund"] == refund
    assert [(line["units"], line["reason"]) for line in lines] == [(1, "SOLD_OUT"), (1, "DELAYED")]
    assert [line["line_no"][-2:] for line in lines] == ["01", "02"]
    assert told["order"]["lines"][0]["status"] == "CANCELLED"

"""PortOne's adapter on a line that breaks: what surely did not arrive, and what may have (docs/architecture.md#r17).

All of it is `Unreachable`, and nothing is sent a second time. The reason tells the log which it was.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from src.app.payment.services.provider.portone import PortOne
from src.common.vendors import Nonsense, Unreachable
from src.core.configs import Settings
from tests.conftest import free_port
from tests.contract.served import adapter
from tests.contract.stages import document
from tests.contract.support import ID, KEY, TOTAL, WHOLE
from tests.factories.lines import Line, serving


def answered(status: str = "READY", **changes: Any) -> bytes:
    body = orjson.dumps({**document(status), **changes})
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)


async def get(portone: PortOne) -> None:
    await portone.get(ID)


async def changed(portone: PortOne) -> None:
    await portone.changed(since=datetime.now(UTC), until=datetime.now(UTC), page=0, size=10)


async def pre_register(portone: PortOne) -> None:
    await portone.pre_register(ID, amount=TOTAL)


async def cancel(portone: PortOne) -> None:
    await portone.cancel(ID, WHOLE)


async def confirm(portone: PortOne) -> None:
    await portone.confirm(ID, token="token-1", attempt="", amount=TOTAL, tax_free=0, key="k" * 20)


async def close_account(portone: PortOne) -> None:
    await portone.close_account(ID)


CALLS = pytest.mark.parametrize("call", [get, changed, pre_register, cancel, confirm, close_account])
Call = Callable[[PortOne], Awaitable[None]]
HASTY = {"read_timeout_seconds": 0.3, "get_timeout_seconds": 0.3, "pre_register_timeout_seconds": 0.3}


@CALLS
async def test_a_refused_connection_sent_nothing(shop_settings: Settings, call: Call) -> None:
    async with adapter(shop_settings, f"http://127.0.0.1:{free_port()}") as portone:
        with pytest.raises(Unreachable) as raised:
            await call(portone)
    assert raised.value.reason == "ConnectError"


@CALLS
@pytest.mark.parametrize(
    ("answer", "keeps", "reason"),
    [
        (b"", True, "ReadTimeout"),
        (b"", False, "RemoteProtocolError"),
        (None, False, "ReadError"),
        (answered()[:40], False, "RemoteProtocolError"),
        (answered()[:-9], True, "ReadTimeout"),
        (answered()[:-9], False, "RemoteProtocolError"),
    ],
    ids=["silent", "hangs up", "resets", "half a head", "half a body, silent", "half a body"],
)
async def test_a_request_that_was_read_is_not_sent_again(
    shop_settings: Settings, call: Call, answer: bytes | None, keeps: bool, reason: str
) -> None:
    async with serving(Line(answer, keeps=keeps)) as line, adapter(shop_settings, line.url, **HASTY) as portone:
        with pytest.raises(Unreachable) as raised:
            await call(portone)
        assert raised.value.reason == reason
        assert len(line.requests) == 1


@CALLS
async def test_a_kept_connection_that_breaks_sends_nothing_twice(shop_settings: Settings, call: Call) -> None:
    line = Line()

    def answer(number: int) -> bytes:
        line.keeps = number == 1
        return answered() if number == 1 else b""

    line.answer = answer
    async with serving(line), adapter(shop_settings, line.url) as portone:
        await portone.get(ID)
        with pytest.raises(Unreachable) as raised:
            await call(portone)
    assert raised.value.reason == "RemoteProtocolError"
    assert (len(line.requests), line.connections) == (2, 1)


async def test_ids_and_keys_arrive_byte_for_byte(shop_settings: Settings) -> None:
    """Nothing quotes again what the adapter has quoted."""
    odd = "a/b+주문 %2F"
    async with serving(Line(answered(id=odd))) as line, adapter(shop_settings, line.url) as portone:
        await portone.get(odd)
        with pytest.raises(Nonsense):
            await portone.cancel(odd, replace(WHOLE, amount=900, vat=0))
    quoted = b"/payments/a%2Fb%2B%EC%A3%BC%EB%AC%B8%20%252F"
    assert line.requests[0].startswith(b"GET " + quoted + b"?storeId=store-1 HTTP/1.1\r\n")
    assert line.requests[1].startswith(b"POST " + quoted + b"/cancel HTTP/1.1\r\n")
    assert b'\r\nIdempotency-Key: "' + KEY.encode() + b'"\r\n' in line.requests[1]

"""What PortOne's adapter puts on the wire, byte by byte, and which answers it understands
(docs/vendors/portone.md#calls)."""

import copy
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import orjson
import pytest
import respx

from src.app.payment.services.provider.portone import PortOne
from src.common.clock import KST
from src.common.vendors import Declined, Nonsense, Unreachable, VendorError
from src.core.configs import Settings
from tests.contract.served import API_SECRET, STORE_ID, adapter
from tests.contract.stages import AT, WIRE_URL, document, error
from tests.contract.support import ID, KEY, REASON, TOTAL, WHOLE
from tests.factories.wire import ON_AIOHTTP

CANCELLATION = {
    "status": "SUCCEEDED",
    "id": "c-1",
    "totalAmount": TOTAL,
    "taxFreeAmount": 0,
    "vatAmount": 1173,
    "reason": REASON,
    "requestedAt": AT,
}


@pytest.fixture
async def portone(shop_settings: Settings) -> AsyncIterator[PortOne]:
    async with adapter(shop_settings, WIRE_URL) as made:
        yield made


@pytest.fixture
async def wire(portone: PortOne) -> AsyncIterator[respx.Router]:
    """Everything that leaves; nothing is answered unless the test says so."""
    with respx.mock(assert_all_called=False, using=ON_AIOHTTP) as router:
        yield router


def sent(router: respx.Router) -> httpx.Request:
    assert router.calls.call_count == 1
    request: httpx.Request = router.calls.last.request
    return request


async def cancel(portone: PortOne) -> None:
    await portone.cancel(ID, WHOLE)


async def test_get_on_the_wire(portone: PortOne, wire: respx.Router) -> None:
    wire.route().respond(200, json=document("READY"))
    await portone.get(ID)
    request = sent(wire)
    assert (request.method, str(request.url)) == ("GET", f"{WIRE_URL}/payments/{ID}?storeId={STORE_ID}")
    assert request.headers["Authorization"] == f"PortOne {API_SECRET}"
    assert "Idempotency-Key" not in request.headers
    assert request.content == b""


async def test_cancel_on_the_wire_quotes_its_key(portone: PortOne, wire: respx.Router) -> None:
    wire.route().respond(200, json={"cancellation": CANCELLATION})
    await portone.cancel(ID, replace(WHOLE, amount=900, vat=82))
    request = sent(wire)
    assert (request.method, str(request.url)) == ("POST", f"{WIRE_URL}/payments/{ID}/cancel")
    assert request.headers["Idempotency-Key"] == f'"{KEY}"'
    assert request.headers["Content-Type"] == "application/json"
    assert orjson.loads(request.content) == {
        "storeId": STORE_ID,
        "amount": 900,
        "vatAmount": 82,
        "currentCancellableAmount": TOTAL,
        "reason": REASON,
        "requester": "ADMIN",
    }


async def test_registration_on_the_wire(portone: PortOne, wire: respx.Router) -> None:
    wire.route().respond(200, json={})
    await portone.pre_register(ID, amount=TOTAL)
    request = sent(wire)
    assert (request.method, str(request.url)) == ("POST", f"{WIRE_URL}/payments/{ID}/pre-register")
    assert orjson.loads(request.content) == {"storeId": STORE_ID, "totalAmount": TOTAL, "currency": "KRW"}


async def test_closing_on_the_wire_has_no_body(portone: PortOne, wire: respx.Router) -> None:
    wire.route().respond(200, json={"closedAt": AT})
    await portone.close_account(ID)
    request = sent(wire)
    assert str(request.url) == f"{WIRE_URL}/payments/{ID}/virtual-account/close?storeId={STORE_ID}"
    assert (request.method, request.content) == ("POST", b"")


@pytest.mark.parametrize(
    ("payment_id", "quoted"),
    [
        ("a/b", "a%2Fb"),
        ("../cancel", "..%2Fcancel"),
        ("a?x=1#y", "a%3Fx%3D1%23y"),
        ("주문 1", "%EC%A3%BC%EB%AC%B8%201"),
        ("a%2Fb", "a%252Fb"),
    ],
)
async def test_payment_id_in_the_path_is_quoted_wholly(
    portone: PortOne, wire: respx.Router, payment_id: str, quoted: str
) -> None:
    wire.route().respond(200, json={**document("READY"), "id": payment_id})
    await portone.get(payment_id)
    assert sent(wire).url.raw_path == f"/payments/{quoted}?storeId={STORE_ID}".encode()


async def test_answer_about_another_payment_is_nonsense(portone: PortOne, wire: respx.Router) -> None:
    wire.route().respond(200, json={**document("PAID"), "id": ID[:-1] + "0"})
    with pytest.raises(Nonsense):
        await portone.get(ID)


def without(path: str) -> dict[str, Any]:
    """A PAID document that lacks one field."""
    made = copy.deepcopy(document("PAID", paidAt=AT))
    *parents, last = path.split(".")
    place = made
    for parent in parents:
        place = place[parent]
    del place[last]
    return made


@pytest.mark.parametrize("path", ["status", "id", "storeId", "currency", "amount", "amount.total", "statusChangedAt"])
async def test_payment_that_lacks_what_we_decide_by_is_nonsense(
    portone: PortOne, wire: respx.Router, path: str
) -> None:
    wire.route().respond(200, json=without(path))
    with pytest.raises(Nonsense):
        await portone.get(ID)


@pytest.mark.parametrize(
    "path", ["channel", "origin", "customer", "webhooks", "transactionId", "merchantId", "updatedAt"]
)
async def test_payment_that_lacks_the_rest_is_read(portone: PortOne, wire: respx.Router, path: str) -> None:
    wire.route().respond(200, json=without(path))
    seen = await portone.get(ID)
    assert seen is not None
    assert (seen.status, seen.is_live) == ("PAID", False)


@pytest.mark.parametrize(
    "changes",
    [
        {"method": None, "channel": None, "failure": None, "receiptUrl": None, "pgTxId": None, "paidAt": None},
        {"method": {"type": "PaymentMethodSomethingNew", "x": 1}},
        {"method": {"type": "PaymentMethodCard", "card": {}, "approvalNumber": None}},
        {"channel": {"type": "SOMETHING_NEW"}},
        {"statusChangedAt": "2026-11-20T12:04:05.678901234+09:00"},
        {"statusChangedAt": "2026-11-20T03:04:05Z"},
        {"cancellations": None},
        {"transactionId": None, "version": None},
        {"channel": {"type": "TEST", "pgProvider": None}},
        {"amount": {"total": TOTAL, "paid": None, "cancelled": None}},
        {"cancellations": [{**CANCELLATION, "reason": None, "pgCancellationId": None}]},
    ],
    ids=str,
)
async def test_nulls_and_words_of_tomorrow_are_let_through(
    portone: PortOne, wire: respx.Router, changes: dict[str, Any]
) -> None:
    """PortOne leaves absent fields out; null must be accepted as well (docs/vendors/portone.md#calls)."""
    wire.route().respond(200, json={**document("PAID", paidAt=AT), **changes})
    seen = await portone.get(ID)
    assert seen is not None
    assert seen.status_changed_at.isoformat().startswith("2026-11-20T")


async def test_live_channel_is_live(portone: PortOne, wire: respx.Router) -> None:
    wire.route().respond(200, json={**document("PAID"), "channel": {"type": "LIVE", "pgProvider": "KCP_V2"}})
    seen = await portone.get(ID)
    assert seen is not None
    assert (seen.is_live, seen.pg_provider) == (True, "KCP_V2")


async def test_cancellation_of_tomorrow_has_no_status_we_know(portone: PortOne, wire: respx.Router) -> None:
    entry = {**CANCELLATION, "status": "SOMETHING_NEW"}
    wire.route().respond(200, json=document("PAID", cancellations=[entry]))
    seen = await portone.get(ID)
    assert seen is not None
    assert [(cancellation.status, cancellation.amount) for cancellation in seen.cancellations] == [(None, TOTAL)]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, content=b""),
        httpx.Response(200, content=b"null"),
        httpx.Response(200, content=b"[]"),
        httpx.Response(200, content=b"{}"),
        httpx.Response(200, content=b'"PAID"'),
        httpx.Response(200, content=b"\xff\xfe"),
        httpx.Response(204),
        httpx.Response(302, headers={"Location": "https://elsewhere.example.com"}),
        httpx.Response(404, text="Not Found"),
        httpx.Response(400, json=[]),
        httpx.Response(418, json={"message": "no type"}),
        httpx.Response(404, json={"type": None}),
    ],
    ids=lambda answer: f"{answer.status_code} {answer.content[:20]!r}",
)
async def test_answer_that_breaks_the_contract_is_nonsense_and_never_unpaid(
    portone: PortOne, wire: respx.Router, answer: httpx.Response
) -> None:
    wire.route().mock(return_value=answer)
    with pytest.raises(Nonsense):
        await portone.get(ID)
    with pytest.raises(Nonsense):
        await cancel(portone)
    assert {call.request.url.host for call in wire.calls} == {"portone.example.com"}


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.ReadTimeout,
        httpx.ReadError,
        httpx.RemoteProtocolError,
        httpx.PoolTimeout,
        httpx.WriteError,
    ],
)
async def test_broken_line_is_unreachable_and_is_not_tried_again_by_itself(
    portone: PortOne, wire: respx.Router, failure: type[httpx.TransportError]
) -> None:
    wire.route().mock(side_effect=failure("broken"))
    with pytest.raises(Unreachable) as raised:
        await cancel(portone)
    assert raised.value.reason == failure.__name__
    assert wire.calls.call_count == 1


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (httpx.Response(502, text="Bad Gateway"), Unreachable),
        (httpx.Response(504, text="Gateway Timeout"), Unreachable),
        (httpx.Response(500, json={"type": "SOMETHING_NEW"}), Unreachable),
        (httpx.Response(502, json={"type": "SOMETHING_NEW"}), Unreachable),
        (httpx.Response(408, text=""), Unreachable),
        (httpx.Response(425, text=""), Unreachable),
        (httpx.Response(429, json={"type": "TOO_MANY"}), Unreachable),
        (error("PG_PROVIDER"), Declined),
        (error("IDEMPOTENCY_OUTSTANDING_REQUEST"), Unreachable),
        (httpx.Response(409, json={"type": "SOMETHING_NEW"}), Declined),
    ],
    ids=lambda value: f"{value.status_code}" if isinstance(value, httpx.Response) else value.__name__,
)
async def test_error_tells_whether_it_may_have_happened(
    portone: PortOne, wire: respx.Router, answer: httpx.Response, expected: type[VendorError]
) -> None:
    wire.route().mock(return_value=answer)
    with pytest.raises(VendorError) as raised:
        await cancel(portone)
    assert type(raised.value) is expected
    assert len(raised.value.reason) <= 80


async def test_error_never_carries_the_secret_or_the_vendors_text(portone: PortOne, wire: respx.Router) -> None:
    wire.route().respond(400, json={"type": "X" * 500, "message": f"PortOne {API_SECRET} 010-1234-5678"})
    with pytest.raises(Declined) as raised:
        await cancel(portone)
    assert raised.value.reason == "X" * 64


async def test_real_address_is_portones_when_nothing_else_is_said(shop_settings: Settings) -> None:
    server = shop_settings.server.model_copy(update={"env": "prod", "sandbox": False})
    assert replace(shop_settings, server=server).portone_url == "https://api.portone.io"
    assert shop_settings.portone_url == f"http://127.0.0.1:{shop_settings.server.port}/sandbox/portone"


async def test_list_on_the_wire(portone: PortOne, wire: respx.Router) -> None:
    wire.route().respond(200, json={"items": [], "page": {"number": 2, "size": 50, "totalCount": 0}})
    since, until = datetime(2026, 11, 20, 12, tzinfo=KST), datetime(2026, 11, 20, 4, 0, 0, 1999, tzinfo=UTC)
    await portone.changed(since=since, until=until, page=2, size=50)
    request = sent(wire)
    assert (request.method, request.url.path, request.content) == ("GET", "/payments", b"")
    assert list(request.url.params) == ["requestBody"]
    assert orjson.loads(request.url.params["requestBody"]) == {
        "page": {"number": 2, "size": 50},
        "filter": {
            "storeId": STORE_ID,
            "timestampType": "STATUS_CHANGED_AT",
            "from": "2026-11-20T03:00:00.000Z",
            "until": "2026-11-20T04:00:00.001Z",
            "sortBy": "STATUS_CHANGED_AT",
            "sortOrder": "ASC",
        },
    }


async def test_one_listed_payment_that_is_not_understood_hides_no_other(
    portone: PortOne, wire: respx.Router, caplog: pytest.LogCaptureFixture
) -> None:
    wire.route().respond(200, json={"items": [{"status": "PAID"}, 7, document("READY")], "page": {}})
    page = await portone.changed(since=datetime.now(UTC), until=datetime.now(UTC), page=0, size=10)
    assert ([payment.payment_id for payment in page.payments], page.count) == ([ID], 3)
    assert [record.levelname for record in caplog.records] == ["CRITICAL", "CRITICAL"]


@pytest.mark.parametrize("body", [{}, [], {"items": None}, {"items": {}}])
async def test_an_answer_without_a_list_makes_no_sense(portone: PortOne, wire: respx.Router, body: Any) -> None:
    wire.route().respond(200, json=body)
    with pytest.raises(Nonsense):
        await portone.changed(since=datetime.now(UTC), until=datetime.now(UTC), page=0, size=10)

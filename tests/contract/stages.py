"""The two stages of the suite: a sandbox over HTTP, and answers written by hand from docs/vendors/portone.md."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import respx

from src.app.payment.services.provider.portone import PortOne
from src.core.configs import Settings
from tests.contract.served import HASTY, STORE_ID, Served, adapter, served_sandbox
from tests.contract.support import ID, TOTAL
from tests.factories.wire import ON_AIOHTTP

WIRE_URL = "https://portone.example.com"
AT = "2026-11-20T03:04:05.678Z"
ERRORS = {  # docs/vendors/portone.md#errors
    "PG_PROVIDER": 502,
    "UNAUTHORIZED": 401,
    "FORBIDDEN": 403,
    "INVALID_REQUEST": 400,
    "PAYMENT_NOT_FOUND": 404,
    "ALREADY_PAID": 409,
    "MAX_CANCEL_COUNT_REACHED": 409,
    "IDEMPOTENCY_OUTSTANDING_REQUEST": 409,
    "CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN": 409,
    "PAYMENT_NOT_WAITING_FOR_DEPOSIT": 409,
}
OUTSIDE = {
    "error_500": httpx.Response(500, text="Internal Server Error"),
    "error_500_after": httpx.Response(500, text="Internal Server Error"),
    "error_503": httpx.Response(503, text="Service Unavailable"),
    "error_429": httpx.Response(429, text="Too Many Requests"),
    "garbage": httpx.Response(200, html="<html><body>It works!</body></html>"),
}


class SandboxStage:
    """The sandbox, played by its control endpoints."""

    store_id = STORE_ID

    def __init__(self, sandbox: Served, portone: PortOne, hasty: PortOne) -> None:
        self._sandbox = sandbox
        self.portone = portone
        self._hasty = hasty

    async def nothing(self) -> None:
        return

    async def registered(self) -> None:
        await self.portone.pre_register(ID, amount=TOTAL)

    async def paid(self) -> None:
        await self._sandbox.act(ID, "pay", amount=TOTAL)

    async def failed(self) -> None:
        await self._sandbox.act(ID, "fail", amount=TOTAL)

    async def pending(self) -> None:
        await self._sandbox.act(ID, "pay_pending", amount=TOTAL)

    async def account_issued(self) -> None:
        await self._sandbox.act(ID, "issue_virtual_account", amount=TOTAL)

    async def partly_cancelled(self, amount: int) -> None:
        await self._sandbox.act(ID, "cancel", amount=amount)

    async def answers(self, operation: str, kind: str) -> None:
        await self._sandbox.fault(operation, kind)
        if kind.startswith("timeout"):
            self.portone = self._hasty


@asynccontextmanager
async def sandbox_stage(chosen: Settings, file: Path) -> AsyncIterator[SandboxStage]:
    """A sandbox of its own behind real HTTP."""
    async with (
        served_sandbox(file) as sandbox,
        adapter(chosen, sandbox.portone_url) as portone,
        adapter(chosen, sandbox.portone_url, **HASTY) as hasty,
    ):
        yield SandboxStage(sandbox, portone, hasty)


def error(word: str) -> httpx.Response:
    """An error body as PortOne writes it."""
    body = {"type": word, "message": "…"}
    if word == "PG_PROVIDER":
        body |= {"pgCode": "X1", "pgMessage": "거절"}
    return httpx.Response(ERRORS[word], json=body)


def document(status: str, **changes: Any) -> dict[str, Any]:
    """The payment object of 1.5: its common fields, and those of `changes`."""
    return {
        "status": status,
        "id": ID,
        "transactionId": "0194253a-0000-7000-8000-0000000000aa",
        "merchantId": "merchant-sandbox",
        "storeId": STORE_ID,
        "channel": {
            "type": "TEST",
            "id": "c1",
            "key": "k1",
            "name": "n",
            "pgProvider": "INICIS_V2",
            "pgMerchantId": "m",
        },
        "version": "V2",
        "webhooks": [],
        "requestedAt": AT,
        "updatedAt": AT,
        "statusChangedAt": AT,
        "orderName": "A and 2 more",
        "amount": {
            "total": TOTAL,
            "taxFree": 0,
            "vat": 1173,
            "supply": 11727,
            "discount": 0,
            "paid": TOTAL,  # filled before anything was paid
            "cancelled": 0,
            "cancelledTaxFree": 0,
        },
        "currency": "KRW",
        "customer": {"id": "u-1", "name": "Kim"},
        "origin": {"platformType": "PC", "ipAddress": "127.0.0.1"},
        **changes,
    }


class WireStage:
    """Answers by hand. Holds one payment document and the answers of idempotency keys."""

    store_id = STORE_ID

    def __init__(self, router: respx.Router, portone: PortOne) -> None:
        self.portone = portone
        self._doc: dict[str, Any] | None = None
        self._kept: dict[str, httpx.Response] = {}
        self._next: dict[str, str] = {}
        one = f"{WIRE_URL}/payments/{ID}"
        router.get(one, params={"storeId": STORE_ID}).mock(side_effect=self._get)
        router.get(f"{WIRE_URL}/payments").mock(side_effect=self._list)
        router.post(f"{one}/pre-register").mock(side_effect=self._pre_register)
        router.post(f"{one}/cancel").mock(side_effect=self._cancel)
        router.post(f"{one}/virtual-account/close", params={"storeId": STORE_ID}).mock(side_effect=self._close)

    async def nothing(self) -> None:
        self._doc = None

    async def registered(self) -> None:
        await self.portone.pre_register(ID, amount=TOTAL)

    async def paid(self) -> None:
        card = {"type": "PaymentMethodCard", "card": {"brand": "LOCAL"}, "approvalNumber": "12345678"}
        self._doc = document(
            "PAID", method=card, paidAt=AT, pgTxId="pgtx-1", receiptUrl="https://receipt.example.com/1", disputes=[]
        )
        self._doc["amount"]["paid"] = TOTAL

    async def failed(self) -> None:
        failure = {"reason": "카드사에서 승인을 거절했습니다.", "pgCode": "X1", "pgMessage": "한도초과"}
        self._doc = document("FAILED", failedAt=AT, failure=failure)
        del self._doc["channel"]  # may be absent in READY and FAILED

    async def pending(self) -> None:
        self._doc = document("PAY_PENDING", pgTxId="pgtx-1")

    async def account_issued(self) -> None:
        account = {
            "type": "PaymentMethodVirtualAccount",
            "bank": "KOOKMIN",
            "accountNumber": "12345678901234",
            "remitteeName": "믹골프",
            "expiredAt": "2026-11-21T03:04:05+09:00",
        }
        self._doc = document("VIRTUAL_ACCOUNT_ISSUED", method=account)

    async def partly_cancelled(self, amount: int) -> None:
        self._add_cancellation(amount, "콘솔에서 취소", "SUCCEEDED")

    async def answers(self, operation: str, kind: str) -> None:
        self._next[operation] = kind

    def _misbehaviour(self, operation: str, request: httpx.Request) -> httpx.Response | None:
        kind = self._next.get(operation, "")
        if kind.startswith("timeout"):
            raise httpx.ReadTimeout("", request=request)
        if kind in OUTSIDE:
            return OUTSIDE[kind]
        word = "PG_PROVIDER" if kind == "pg_error_502" else kind
        return error(word) if word in ERRORS else None

    def _get(self, request: httpx.Request) -> httpx.Response:
        if wrong := self._misbehaviour("get", request):
            return wrong
        if self._doc is None:
            return error("PAYMENT_NOT_FOUND")
        shapes: dict[str, dict[str, Any]] = {
            "unknown_status": {"status": "SOMETHING_NEW"},
            "extra_fields": {"somethingNew": {"added": ["later", 1, None]}},
        }
        changes = shapes.get(self._next.get("get", ""), {})
        return httpx.Response(200, json={**self._doc, **changes})

    def _list(self, request: httpx.Request) -> httpx.Response:
        if wrong := self._misbehaviour("list", request):
            return wrong
        asked = orjson.loads(request.url.params["requestBody"])
        assert asked["filter"].keys() == {"storeId", "timestampType", "from", "until", "sortBy", "sortOrder"}
        inside = self._doc is not None and asked["filter"]["from"] <= AT <= asked["filter"]["until"]
        items = [self._doc] if inside and asked["page"]["number"] == 0 else []
        return httpx.Response(200, json={"items": items, "page": {**asked["page"], "totalCount": len(items)}})

    def _pre_register(self, request: httpx.Request) -> httpx.Response:
        assert orjson.loads(request.content) == {"storeId": STORE_ID, "totalAmount": TOTAL, "currency": "KRW"}
        if self._doc is not None and "paidAt" in self._doc:
            return error("ALREADY_PAID")
        return httpx.Response(200, json={})

    def _cancel(self, request: httpx.Request) -> httpx.Response:
        key = request.headers["Idempotency-Key"]
        if key in self._kept:
            return self._kept[key]
        if wrong := self._misbehaviour("cancel", request):
            return wrong
        body = orjson.loads(request.content)
        if self._doc is None:
            return error("PAYMENT_NOT_FOUND")
        amount = self._doc["amount"]
        if body["currentCancellableAmount"] != amount["total"] - amount["cancelled"]:
            return error("CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN")
        outcome = {"cancel_requested": "REQUESTED", "cancel_failed": "FAILED"}.get(
            self._next.get("cancel", ""), "SUCCEEDED"
        )
        cancellation = self._add_cancellation(body["amount"], body["reason"], outcome)
        self._kept[key] = httpx.Response(200, json={"cancellation": cancellation})
        return self._kept[key]

    def _close(self, request: httpx.Request) -> httpx.Response:
        assert request.content == b""
        if self._doc is None or self._doc["status"] != "VIRTUAL_ACCOUNT_ISSUED":
            return error("PAYMENT_NOT_WAITING_FOR_DEPOSIT")
        self._doc |= {"status": "CANCELLED", "cancellations": [], "cancelledAt": AT}
        return httpx.Response(200, json={"closedAt": AT})

    def _add_cancellation(self, amount: int, reason: str, status: str) -> dict[str, Any]:
        assert self._doc is not None
        cancellation = {
            "status": status,
            "id": f"c-{len(self._doc.get('cancellations', [])) + 1}",
            "totalAmount": amount,
            "taxFreeAmount": 0,
            "vatAmount": 0,
            "reason": reason,
            "requestedAt": AT,
        }
        self._doc.setdefault("cancellations", []).append(cancellation)
        if status == "SUCCEEDED":
            sums = self._doc["amount"]
            sums["cancelled"] += amount
            self._doc["status"] = "CANCELLED" if sums["cancelled"] == sums["total"] else "PARTIAL_CANCELLED"
            self._doc["cancelledAt"] = AT
        return cancellation


@asynccontextmanager
async def wire_stage(chosen: Settings) -> AsyncIterator[WireStage]:
    """respx answers every request; one to another address is an error."""
    with respx.mock(assert_all_called=False, using=ON_AIOHTTP) as router:
        async with adapter(chosen, WIRE_URL) as portone:
            yield WireStage(router, portone)

"""PortOne's REST interface (docs/vendors/portone.md#calls): authorise requests, find their endpoint, and read."""

import hmac
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.portone import faults
from src.sandbox.portone.api import calls, idempotency
from src.sandbox.portone.api.calls import Call, Effect
from src.sandbox.portone.api.changes import Changes, issued_for, read_as
from src.sandbox.portone.api.idempotency import Key
from src.sandbox.portone.errors import STATUS, PortOneError, refused
from src.sandbox.portone.faults import Operation
from src.sandbox.portone.lists import attempts, cursors, search
from src.sandbox.portone.payment import cash_receipts, payments
from src.sandbox.portone.service import Service
from src.sandbox.web import Answer, canonical, digest, is_id, read_body

PAYMENTS: Final = b"/payments/"
SENDING: Final = frozenset({"cancel", "confirm", "resend_webhook"})
"""Operations that queue webhooks."""
Look = Callable[[sqlite3.Connection], Answer]


class Rest:
    """The endpoints under /portone."""

    def __init__(self, service: Service) -> None:
        self._service = service
        # Compared as bytes: compare_digest() does not accept text with non-ASCII characters.
        self._authorization = f"PortOne {service.config.api_secret}".encode("utf-8", "surrogateescape")
        changes = Changes(service.config)
        self._issue = changes.issue_receipt
        self._reads: dict[str, tuple[Operation, Callable[[sqlite3.Connection, str], Answer]]] = {
            "": ("get", _shown),
            "transactions": ("transactions", lambda db, payment_id: Answer(200, attempts.attempts_of(db, payment_id))),
            "cash-receipt": ("cash_receipt", lambda db, payment_id: Answer(200, cash_receipts.shown(db, payment_id))),
        }
        self._changes: dict[str, tuple[Operation, Effect]] = {
            "pre-register": ("pre_register", changes.pre_register),
            "confirm": ("confirm", changes.confirm),
            "cancel": ("cancel", changes.cancel),
            "virtual-account/close": ("close", changes.close),
            "cash-receipt/cancel": ("cancel_receipt", changes.cancel_receipt),
            "escrow/logistics": ("escrow", changes.register_escrow),
            "escrow/complete": ("escrow", changes.complete_escrow),
            "resend-webhook": ("resend_webhook", changes.resend),
        }
        self._patches: dict[str, tuple[Operation, Effect]] = {"escrow/logistics": ("escrow", changes.change_escrow)}

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Return the routes. `of_payment` dispatches those of one payment, because an id may contain encoded
        slashes."""
        return [
            Route(f"{prefix}/payments", self.list_payments, methods=["GET"]),
            Route(f"{prefix}/payments-by-cursor", self.payments_by_cursor, methods=["GET"]),
            Route(f"{prefix}/payment-events-by-cursor", self.events_by_cursor, methods=["GET"]),
            Route(f"{prefix}/cash-receipts", self.list_receipts, methods=["GET"]),
            Route(f"{prefix}/cash-receipts", self.issue_receipt, methods=["POST"]),
            Route(prefix + "/payments/{rest:path}", self.of_payment, methods=["GET", "POST", "PATCH"]),
        ]

    async def of_payment(self, request: Request) -> Response:
        """Dispatch `/payments/{id}` and the paths below it. 404 for a path that PortOne does not have, 405 for a wrong
        method."""
        payment_id, action = _target(request)
        table = {"POST": self._changes, "PATCH": self._patches}.get(request.method, self._reads)
        if action not in table:
            raise HTTPException(405 if action in {**self._changes, **self._reads} else 404)
        self._authorize(request)
        if not is_id(payment_id):
            raise PortOneError("INVALID_REQUEST", "paymentId: must be 1 to 64 printable characters")
        if request.method != "GET":
            operation, effect = (self._changes if request.method == "POST" else self._patches)[action]
            return await self._change(request, operation, effect, payment_id)
        self._check_store(request.query_params.get("storeId"))
        reading, look = self._reads[action]
        return (await self._read(reading, payment_id, lambda db: look(db, payment_id))).response()

    async def list_payments(self, request: Request) -> Response:
        """`GET /payments?requestBody=<JSON>`."""
        self._authorize(request)
        ask = read_as(search.SearchRequest, _asked(request))
        self._check_store(ask.filter.store_id)
        return (await self._read("list", None, lambda db: Answer(200, search.search(db, ask)))).response()

    async def payments_by_cursor(self, request: Request) -> Response:
        """`GET /payments-by-cursor?requestBody=<JSON>`."""
        return await self._by_cursor(request, cursors.payments_after)

    async def events_by_cursor(self, request: Request) -> Response:
        """`GET /payment-events-by-cursor?requestBody=<JSON>`."""
        return await self._by_cursor(request, cursors.events_after)

    async def list_receipts(self, request: Request) -> Response:
        """`GET /cash-receipts?requestBody=<JSON>`."""
        self._authorize(request)
        ask = read_as(cash_receipts.ListRequest, _asked(request))
        self._check_store(ask.filter.store_id)
        return (await self._read("list", None, lambda db: Answer(200, cash_receipts.listed(db, ask)))).response()

    async def issue_receipt(self, request: Request) -> Response:
        """`POST /cash-receipts`. The payment id is in the body."""
        self._authorize(request)
        raw = await read_body(request)
        return await self._change(request, "issue_receipt", self._issue, issued_for(raw), raw)

    async def _by_cursor(
        self, request: Request, find: Callable[[sqlite3.Connection, cursors.CursorRequest], bytes]
    ) -> Response:
        self._authorize(request)
        ask = read_as(cursors.CursorRequest, _asked(request))
        self._check_store(ask.store_id)
        return (await self._read("list", None, lambda db: Answer(200, find(db, ask)))).response()

    async def _read(
        self, operation: Operation, payment_id: str | None, look: Callable[[sqlite3.Connection], Answer]
    ) -> Answer:
        store = self._service.store
        answer = await store.read(lambda db: None if faults.any_set(db) else look(db))
        if answer is not None:
            return answer
        kind = await store.write(partial(faults.take, operation=operation, payment_id=payment_id))
        if kind in faults.INSTEAD:
            return faults.INSTEAD[kind]
        if kind in STATUS:
            raise refused(kind)
        if kind in ("timeout_before", "timeout_after", "slow"):
            await self._service.hold()
        if kind == "timeout_before":
            return calls.TIMED_OUT
        if kind == "error_500_after":
            return faults.INSTEAD["error_500"]
        answer = await store.read(look)
        return Answer(200, faults.reshape(answer.body, kind)) if kind in faults.SHAPES else answer

    async def _change(
        self, request: Request, operation: Operation, effect: Effect, payment_id: str, raw: bytes | None = None
    ) -> Response:
        call = _call(request, operation, payment_id, await read_body(request) if raw is None else raw)
        service = self._service
        slow_ms = round(service.config.slow_seconds * 1000)
        reply = await service.store.write(partial(calls.begin, call=call, effect=effect, slow_ms=slow_ms))
        answer = reply.answer
        self._wake(operation)
        if reply.wait:
            await service.hold()
        if answer is None:
            answer = await service.store.write(partial(calls.work, call=call, effect=effect))
            self._wake(operation)
        return answer.response()

    def _wake(self, operation: Operation) -> None:
        if operation in SENDING:
            self._service.courier.wake()

    def _authorize(self, request: Request) -> None:
        given = request.headers.get("authorization", "").encode("latin-1")
        if not hmac.compare_digest(given, self._authorization):
            raise PortOneError("UNAUTHORIZED", "인증 정보가 올바르지 않습니다.")

    def _check_store(self, store_id: str | None) -> None:
        if store_id not in (None, self._service.config.store_id):
            raise PortOneError("FORBIDDEN", "storeId: belongs to another merchant")


def _shown(db: sqlite3.Connection, payment_id: str) -> Answer:
    doc = payments.shown(db, payment_id)
    if doc is None:
        raise PortOneError("PAYMENT_NOT_FOUND", "결제 건이 존재하지 않습니다.")
    return Answer(200, doc)


def _target(request: Request) -> tuple[str, str]:
    """Return payment id and action of `/payments/{id}/{action}`, from the raw path, in which an id's slashes are
    encoded."""
    path: bytes = request.scope["raw_path"].partition(b"?")[0]
    first, _, action = path[path.index(PAYMENTS) + len(PAYMENTS) :].partition(b"/")
    return unquote_to_bytes(first).decode("utf-8", "replace"), unquote_to_bytes(action).decode("utf-8", "replace")


def _asked(request: Request) -> bytes:
    return request.query_params.get("requestBody", "{}").encode("utf-8", "replace")


def _call(request: Request, operation: Operation, payment_id: str, raw: bytes) -> Call:
    header = request.headers.get("idempotency-key")
    key = None
    if header is not None:
        path, query = request.scope["path"].encode(), request.scope["query_string"]
        key = Key(idempotency.parse(header), digest(request.method.encode(), path, query, canonical(raw)))
    store_id = request.query_params.get("storeId")
    return Call(operation=operation, payment_id=payment_id, raw=raw, key=key, store_id=store_id)

"""PortOne's REST interface (facts page part 1)."""

import hmac
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.portone import calls, cancels, events, faults, idempotency, payments, search
from src.sandbox.portone.calls import Call, Effect
from src.sandbox.portone.errors import STATUS, PortOneError, refused
from src.sandbox.portone.faults import Operation
from src.sandbox.portone.idempotency import Key
from src.sandbox.portone.model import Wire
from src.sandbox.portone.service import Service
from src.sandbox.web import Answer, Money, Text, as_json, canonical, digest, first_problem, is_id, read_body

M = TypeVar("M", bound=BaseModel)


class PreRegister(Wire):
    """Body of `POST /payments/{id}/pre-register`."""

    store_id: Text | None = None
    total_amount: Money | None = None
    tax_free_amount: Money | None = None
    currency: Text | None = None


class Rest:
    """The endpoints under /portone."""

    def __init__(self, service: Service) -> None:
        self._service = service
        # Compared as bytes: a secret beyond ASCII must not break the comparison.
        self._authorization = f"PortOne {service.config.api_secret}".encode("utf-8", "surrogateescape")

    def routes(self, prefix: str) -> list[BaseRoute]:
        """More specific paths first: an id may contain slashes."""
        every = f"{prefix}/payments"
        one = every + "/{payment_id:path}"
        return [
            Route(f"{one}/pre-register", self.pre_register, methods=["POST"]),
            Route(f"{one}/cancel", self.cancel, methods=["POST"]),
            Route(f"{one}/virtual-account/close", self.close, methods=["POST"]),
            Route(every, self.list_payments, methods=["GET"]),
            Route(one, self.get_payment, methods=["GET"]),
        ]

    async def get_payment(self, request: Request) -> Response:
        """`GET /payments/{id}?storeId=`: the payment; 404 also for one that is only pre-registered."""
        self._authorize(request)
        self._check_store(request.query_params.get("storeId"))
        payment_id = _payment_id(request)
        answer = await self._read("get", payment_id, lambda db: _shown(db, payment_id))
        return answer.response()

    async def list_payments(self, request: Request) -> Response:
        """`GET /payments?requestBody=<JSON>`."""
        self._authorize(request)
        ask = _model(search.SearchRequest, request.query_params.get("requestBody", "{}").encode("utf-8", "replace"))
        self._check_store(ask.filter.store_id)
        answer = await self._read("list", None, lambda db: Answer(200, search.search(db, ask)))
        return answer.response()

    async def pre_register(self, request: Request) -> Response:
        """`POST /payments/{id}/pre-register {totalAmount?, taxFreeAmount?, currency?}` -> `{}`."""
        return await self._change(request, "pre_register", self._pre_register)

    async def cancel(self, request: Request) -> Response:
        """`POST /payments/{id}/cancel` -> `{"cancellation": {...}}`."""
        return await self._change(request, "cancel", self._cancel)

    async def close(self, request: Request) -> Response:
        """`POST /payments/{id}/virtual-account/close?storeId=` -> `{"closedAt"}`."""
        return await self._change(request, "close", self._close)

    def _pre_register(self, db: sqlite3.Connection, call: Call, _fault: str | None) -> Answer:
        ask = _model(PreRegister, call.raw)
        self._check_store(ask.store_id)
        if (ask.tax_free_amount or 0) > (ask.total_amount or 0):
            raise PortOneError("INVALID_REQUEST", "taxFreeAmount: must not be above totalAmount")
        record = payments.load(db, call.payment_id)
        payments.register(record, ask.total_amount, ask.tax_free_amount)
        payments.save(db, record)
        return as_json({})

    def _cancel(self, db: sqlite3.Connection, call: Call, fault: str | None) -> Answer:
        ask = _model(cancels.CancelRequest, call.raw)
        self._check_store(ask.store_id)
        outcome: cancels.Outcome = "SUCCEEDED"
        if fault == "cancel_requested":
            outcome = "REQUESTED"
        elif fault == "cancel_failed":
            outcome = "FAILED"
        record = payments.load(db, call.payment_id)
        cancellation = cancels.cancel(record, ask, trigger="API", outcome=outcome)
        payments.save(db, record)
        payment = payments.existing(record)
        config = self._service.config
        if outcome == "REQUESTED":
            events.enqueue(db, config, events.of_cancel_request(payment, cancellation))
        elif outcome == "SUCCEEDED" and not ask.skip_webhook:
            events.enqueue(db, config, events.of_status(payment))
        return as_json({"cancellation": cancellation.wire()})

    def _close(self, db: sqlite3.Connection, call: Call, _fault: str | None) -> Answer:
        self._check_store(call.store_id)
        record = payments.load(db, call.payment_id)
        closed_at = payments.close_account(record)
        payments.save(db, record)
        return as_json({"closedAt": closed_at})

    async def _read(
        self, operation: Operation, payment_id: str | None, look: Callable[[sqlite3.Connection], Answer]
    ) -> Answer:
        store = self._service.store
        if not await store.read(faults.any_set):
            return await store.read(look)
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

    async def _change(self, request: Request, operation: Operation, effect: Effect) -> Response:
        self._authorize(request)
        call = await _call(request, operation)
        service = self._service
        slow_ms = round(service.config.slow_seconds * 1000)
        reply = await service.store.write(partial(calls.begin, call=call, effect=effect, slow_ms=slow_ms))
        service.courier.wake()
        if reply.wait:
            await service.hold()
        if reply.answer is not None:
            return reply.answer.response()
        answer = await service.store.write(partial(calls.work, call=call, effect=effect))
        service.courier.wake()
        return answer.response()

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


async def _call(request: Request, operation: Operation) -> Call:
    payment_id = _payment_id(request)
    raw = await read_body(request)
    header = request.headers.get("idempotency-key")
    key = None
    if header is not None:
        path, query = request.scope["path"].encode(), request.scope["query_string"]
        key = Key(idempotency.parse(header), digest(request.method.encode(), path, query, canonical(raw)))
    store_id = request.query_params.get("storeId")
    return Call(operation=operation, payment_id=payment_id, raw=raw, key=key, store_id=store_id)


def _payment_id(request: Request) -> str:
    payment_id: str = request.path_params["payment_id"]
    if not is_id(payment_id):
        raise PortOneError("INVALID_REQUEST", "paymentId: must be 1 to 64 printable characters")
    return payment_id


def _model(model: type[M], raw: bytes) -> M:
    try:
        return model.model_validate(orjson.loads(raw))
    except orjson.JSONDecodeError as error:
        raise PortOneError("INVALID_REQUEST", "The request is not JSON.") from error
    except ValidationError as error:
        raise PortOneError("INVALID_REQUEST", first_problem(error)) from error

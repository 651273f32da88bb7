"""The outermost middleware: request id, duration, security headers, one log line, and a problem body for bugs."""

import logging
import re
import time
import traceback
from typing import Any, cast

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from src.common.exceptions.general import InternalError
from src.common.handlers.problems import problem_bytes
from src.common.logs import error_hook
from src.common.logs.context import new_request_id, request_id
from src.common.logs.setup import log_access, where
from src.core.observing import requests
from src.core.observing.context import request_scope
from src.core.observing.metrics import REQUESTS_UNDER_WAY, UNHANDLED
from src.core.observing.server_timing import KEY, header

error_log = logging.getLogger("shop.error")

OWN_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")
NO_STORE = (b"cache-control", b"no-store")
# API responses are data: if a browser shows one as a page, it must load nothing and not be framed.
NOTHING_LOADED = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
OWN_PAGES = "/sandbox"  # the simulators' pages set their own policy


class Envelope:
    """Outermost middleware. Responses without their own ``Cache-Control`` get ``no-store``."""

    def __init__(self, app: ASGIApp, *, is_local: bool, is_counted: bool = False, is_timed: bool = False) -> None:
        self.app = app
        self.is_counted = is_counted
        self.is_timed = is_timed
        self.under_way = REQUESTS_UNDER_WAY.of()
        self.show_errors = is_local
        self.headers = SECURITY_HEADERS if is_local else (*SECURITY_HEADERS, STRICT_TRANSPORT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        own_id = _request_id(scope)
        token, scope_token = request_id.set(own_id), request_scope.set(cast("dict[str, Any]", scope))
        if self.is_counted:
            self.under_way.cells[0] += 1
        if self.is_timed:
            scope[KEY] = None
        status = 500
        has_started = False

        async def enveloped(message: Message) -> None:
            nonlocal status, has_started
            if message["type"] == "http.response.start":
                has_started = True
                status = message["status"]
                headers = message["headers"] = list(message.get("headers", ()))
                self._add(headers, scope, own_id, started)
            await send(message)

        try:
            await self.app(scope, receive, enveloped)
        except Exception as error:  # noqa: BLE001 - last resort: a bug is a 500 with a request id, never a broken connection
            error_log.error("unhandled %s", type(error).__name__, extra={"stack": self._stack(error)})
            UNHANDLED.of().add()
            error_hook.tell(error, during="request")
            if not has_started:
                await _answer_500(scope, enveloped)
        finally:
            log_access(scope["method"], scope["path"], status, started)
            if self.is_counted:
                self.under_way.cells[0] -= 1
                requests.answered(scope, status, time.perf_counter() - started)
            request_scope.reset(scope_token)
            request_id.reset(token)

    def _add(self, headers: list[tuple[bytes, bytes]], scope: Scope, own_id: str, started: float) -> None:
        """Add the headers that every response has; a ``Cache-Control`` and policy that it has itself are kept."""
        names = [name for name, _ in headers]
        if b"cache-control" not in names:
            headers.append(NO_STORE)
        if b"content-security-policy" not in names and not scope["path"].startswith(OWN_PAGES):
            headers.append(NOTHING_LOADED)
        headers += self.headers
        seconds = time.perf_counter() - started
        headers.append((b"x-request-id", own_id.encode()))
        headers.append((b"x-process-time", b"%.6f" % seconds))
        if self.is_timed:
            headers.append((b"server-timing", header(scope, seconds)))

    def _stack(self, error: Exception) -> str:
        """Return the stack trace; outside local without the message, which may contain user input."""
        return "".join(traceback.format_exception(error)) if self.show_errors else where(error)


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and OWN_ID.fullmatch(value):
            given: str = value.decode()
            return given
    return new_request_id()


async def _answer_500(scope: Scope, send: Any) -> None:
    body = problem_bytes(InternalError(), scope)
    await send(
        {
            "type": "http.response.start",
            "status": 500,
            "headers": [
                (b"content-type", b"application/problem+json"),
                (b"content-length", str(len(body)).encode()),
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})

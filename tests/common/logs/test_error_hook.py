"""ERROR_HOOK: told of everything, holding up nothing."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from src.common.logs import error_hook
from src.common.logs.context import request_id
from src.common.logs.error_hook import MOST_WAITING, Failure, close_hooks, on_error, open_hook, tell
from src.common.middlewares.envelope import Envelope
from src.core.observing.metrics import ERROR_REPORTS
from tests.concurrency.support import until


@pytest.fixture(autouse=True)
def _without_hooks() -> Iterator[None]:
    yield
    close_hooks()


def reports(outcome: str) -> int:
    return ERROR_REPORTS.of(outcome).cells[0]


def fail(message: str) -> Exception:
    try:
        known: dict[str, str] = {}
        known[message]
    except LookupError as error:
        return error
    raise AssertionError(message)


async def comes(holds: Callable[[], Any]) -> None:
    async def held() -> Any:
        return holds()

    assert await until(held, every=0.01)


async def test_a_hook_is_told_what_happened_where_and_nothing_personal() -> None:
    told: list[Failure] = []
    on_error(told.append)
    token = request_id.set("r1")
    tell(fail("김민지 010-1234-5678"), during="job expire-orders")
    request_id.reset(token)
    await comes(lambda: told)
    (failure,) = told
    assert (failure.kind, failure.during, failure.route, failure.request_id) == (
        "KeyError",
        "job expire-orders",
        "",
        "r1",
    )
    assert "test_error_hook.py" in failure.place
    assert "fail" in failure.place
    assert "김민지" not in repr(failure)


async def test_a_request_that_breaks_is_told_with_its_route() -> None:
    told: list[Failure] = []
    on_error(told.append)

    class Template:
        path = "/api/v1/orders/{order_no}"

    async def broken(scope: Any, receive: Any, send: Any) -> None:
        scope["route"] = Template()
        raise KeyError("secret")

    async def send(message: Any) -> None:
        sent.append(message)

    sent: list[Any] = []
    scope = {"type": "http", "method": "GET", "path": "/api/v1/orders/20261121-ABCDEFGH", "headers": []}
    await Envelope(broken, is_local=False)(scope, None, send)  # type: ignore[arg-type]
    assert sent[0]["status"] == 500
    await comes(lambda: told)
    assert (told[0].route, told[0].during, told[0].kind) == ("/api/v1/orders/{order_no}", "request", "KeyError")
    assert dict(sent[0]["headers"])[b"x-request-id"].decode() == told[0].request_id


async def test_a_hook_that_fails_keeps_neither_the_next_failure_nor_the_next_hook_waiting() -> None:
    told: list[Failure] = []

    def breaks(failure: Failure) -> None:
        raise RuntimeError(failure.kind)

    on_error(breaks)
    on_error(told.append)
    failed = reports("failed")
    for _ in range(3):
        tell(fail("x"), during="request")
    await comes(lambda: len(told) == 3)
    assert reports("failed") == failed + 3


async def test_a_hook_that_hangs_delays_nobody_and_what_is_too_much_is_dropped() -> None:
    go, told = threading.Event(), []

    def slow(failure: Failure) -> None:
        go.wait(60)
        told.append(failure)

    on_error(slow)
    dropped = reports("dropped")
    for _ in range(MOST_WAITING + 50):
        tell(fail("x"), during="request")
    assert told == []
    assert reports("dropped") - dropped >= 49
    go.set()
    await comes(lambda: len(told) >= MOST_WAITING)


async def test_without_a_hook_nothing_is_started() -> None:
    open_hook("")
    tell(fail("x"), during="request")
    assert error_hook._thread is None


async def test_a_hook_is_found_by_its_name(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK_FILE", str(tmp_path / "told"))
    open_hook("tests.core.observing.hooks:note")
    tell(fail("x"), during="request")
    close_hooks()
    assert '"kind": "KeyError"' in (tmp_path / "told").read_text()

"""A real server under what can go wrong around it: full disks, a broken table, a collector of traces."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.concurrency.support import API, Shop, spawn, until, within
from tests.conftest import free_port
from tests.core.observing.scraping import answers, scraped
from tests.core.observing.shops import watched


@within(120)
async def test_a_full_disk_under_the_log_files_costs_lines_and_no_request(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "web-0.log").symlink_to("/dev/full")
    async with (
        watched(tmp_path, LOG_DIR=str(logs), LOG_LEVEL="INFO", LOG_FILE_BYTES="1000000000") as seen,
        seen.client() as client,
    ):
        before = (await scraped(seen.metrics)).value("shop_log_lines_lost_total", sink="file")
        for _ in range(50):
            assert (await client.get(f"{API}/products")).status_code == 200
        after = await scraped(seen.metrics)
        assert after.value("shop_log_lines_lost_total", sink="file") - before >= 50
        assert after.value("shop_log_lines_lost_total", sink="stdout") == 0
        assert sum('"path":"/api/v1/products"' in line for line in seen.shop.said().splitlines()) == 50


@within(120)
async def test_log_files_hold_what_stdout_says(tmp_path: Path) -> None:
    async with watched(tmp_path, LOG_DIR=str(tmp_path / "logs"), LOG_LEVEL="INFO") as seen, seen.client() as client:
        for number in range(5):
            await client.get(f"{API}/products", params={"page": number + 1})
        said = [line for line in seen.shop.said().splitlines() if '"/api/v1/products"' in line]
        file = (tmp_path / "logs" / "web-0.log").read_text().splitlines()
        assert [line for line in file if '"/api/v1/products"' in line] == said
        assert len(said) == 5
        assert (await scraped(seen.metrics)).value("shop_log_disk_free_bytes") > 0


@within(120)
async def test_a_full_disk_under_stdout_stops_neither_the_start_nor_a_request(tmp_path: Path) -> None:
    port, metrics = free_port(), free_port()
    (tmp_path / f"log-{port}").symlink_to("/dev/full")
    environment = {"WEB_CONCURRENCY": "1", "METRICS_PORT": str(metrics), "LOG_LEVEL": "INFO"}
    shop = Shop({**environment, "METRICS_DIR": str(tmp_path / "metrics")}, tmp_path, port=port)
    try:

        async def is_up() -> bool:
            return shop.accepts() and await answers(metrics)

        assert await until(is_up)
        async with shop.client() as client:
            for _ in range(20):
                assert (await client.get(f"{API}/products")).status_code == 200
        assert (await scraped(metrics)).value("shop_log_lines_lost_total", sink="stdout") >= 20
        shop.terminate()
        assert await shop.ended() == 0
    finally:
        shop.kill()


@within(120)
async def test_a_table_that_is_gone_is_told_to_the_hook_and_the_figures_say_down(tmp_path: Path) -> None:
    told = tmp_path / "told"
    hook = {"ERROR_HOOK": "tests.core.observing.hooks:note", "HOOK_FILE": str(told)}
    async with watched(tmp_path, **hook) as seen, seen.client() as client:
        assert (await client.get(f"{API}/notices")).status_code == 200
        seen.database("ALTER TABLE refund RENAME TO refund_gone")
        seen.database("ALTER TABLE notice RENAME TO notice_gone")
        answer = await client.get(f"{API}/notices?page=2")
        assert answer.status_code == 500

        async def is_told() -> bool:
            return told.exists() and {"request", "job send-refunds"} <= {one["during"] for one in reports()}

        def reports() -> list[dict[str, Any]]:
            return [json.loads(line) for line in told.read_text().splitlines()]

        assert await until(is_told)
        (failure,) = [one for one in reports() if one["during"] == "request"]
        assert failure["route"] == "/api/v1/notices"
        assert failure["kind"] == "OperationalError"
        assert failure["request_id"] == answer.headers["X-Request-ID"]
        assert "page=2" not in json.dumps(failure)

        async def is_down() -> bool:
            found = await scraped(seen.metrics)
            return found.value("shop_source_up", source="database") == 0 and "shop_work_waiting" not in found.samples

        assert await until(is_down)
        found = await scraped(seen.metrics)
        assert found.value("shop_http_unhandled_errors_total") == 1
        assert found.value("shop_http_requests_total", route="/api/v1/notices", status="500") == 1
        assert found.value("shop_job_runs_total", name="send-refunds", outcome="failed") >= 1
        assert found.value("shop_source_up", source="redis") == 1


@within(120)
async def test_a_foreign_listener_on_the_metrics_port_does_not_stop_the_shop(tmp_path: Path) -> None:
    with collector() as (port, _):
        metrics = {"METRICS_PORT": str(port), "METRICS_DIR": str(tmp_path / "metrics")}
        shop = Shop({"WEB_CONCURRENCY": "1", **metrics}, tmp_path)
        try:
            await shop.ready()
            async with shop.client() as client:
                assert (await client.get(f"{API}/products")).status_code == 200

            async def is_told() -> bool:
                return f"no metrics yet: port {port} on 127.0.0.1" in shop.said()

            assert await until(is_told)
        finally:
            shop.kill()


@contextmanager
def collector() -> Iterator[tuple[int, list[Any]]]:
    """An OTLP/HTTP collector on loopback: its port, and the spans that it was sent, as (service, span)."""
    spans: list[Any] = []

    class Collect(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = ExportTraceServiceRequest.FromString(_plain(self))
            spans.extend(span for one in sent.resource_spans for scope in one.scope_spans for span in scope.spans)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", free_port()), Collect)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port, spans
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _plain(request: BaseHTTPRequestHandler) -> bytes:
    body = request.rfile.read(int(request.headers["Content-Length"]))
    if request.headers.get("Content-Encoding") == "gzip":
        import gzip

        return gzip.decompress(body)
    return body


def attributes(span: Any) -> dict[str, Any]:
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}


TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"


@within(180)
async def test_a_traced_purchase_is_one_trace_without_a_personal_value(tmp_path: Path) -> None:
    """The caller's trace goes on: the request, PortOne's call inside it, SQL; and the log names it."""
    with collector() as (port, spans):
        environment = {"TRACING_ENDPOINT": f"http://127.0.0.1:{port}/v1/traces", "LOG_LEVEL": "INFO"}
        async with watched(tmp_path, **environment) as seen, seen.client() as client:
            headers = {"traceparent": f"00-{TRACE}-{PARENT}-01"}
            placed = await bought(client, headers)
            assert placed.status_code == 201, placed.text
            said = seen.shop.said()
        mine = [span for span in spans if span.trace_id.hex() == TRACE]
        (request,) = [span for span in mine if span.name == "POST /api/v1/orders"]
        assert request.parent_span_id.hex() == PARENT
        assert attributes(request) == {
            "http.request.method": "POST",
            "http.route": "/api/v1/orders",
            "http.response.status_code": 201,
        }
        names = {span.name for span in mine}
        assert {"portone pre-register", "UPDATE variant", "INSERT orders"} <= names
        # The sandbox is asked over HTTP by the same process, which continues the trace.
        assert "POST /sandbox" in names
        everything = " ".join(str(span) for span in spans)
        for personal in ("김민지", "010-1234-5678", "01012345678", "minji", "테헤란로", "127.0.0.1"):
            assert personal not in everything
        assert [json.loads(line)["trace_id"] for line in said.splitlines() if '"path":"/api/v1/orders"' in line] == [
            TRACE
        ]
        others = [span for span in spans if span.name == "GET /api/v1/products"]
        assert {span.trace_id.hex() for span in others}.isdisjoint({TRACE})


async def bought(client: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    """A guest's order of one thing."""
    listed = (await client.get(f"{API}/products", params={"in_stock": "true"})).json()["items"][0]["product_code"]
    options = (await client.get(f"{API}/products/{listed}")).json()["options"]
    variant = next(size["variant_id"] for option in options for size in option["sizes"] if size["stock"] > 1)
    items = [{"variant_id": variant, "quantity": 1}]
    total = (await client.post(f"{API}/cart/quote", json={"items": items})).json()["total"]
    person = {"name": "김민지", "phone": "010-1234-5678"}
    body = {
        "items": items,
        "orderer": {**person, "email": "minji@example.com"},
        "shipping": {
            "recipient": "김민지",
            "phone": "010-1234-5678",
            "zipcode": "06236",
            "address": "서울 강남구 테헤란로 1",
        },
        "pay_method": "CARD",
        "expected_total": total,
        "agreements": {"terms": True, "privacy": True},
    }
    return await client.post(
        f"{API}/orders", json=body, headers={**headers, "Idempotency-Key": "observed-purchase-0001"}
    )


@pytest.mark.parametrize("value", ["", "garbage", "00-00000000000000000000000000000000-0000000000000000-01", "ÿ" * 200])
async def test_a_bad_traceparent_begins_a_trace_of_its_own(value: str) -> None:
    from opentelemetry import trace

    from src.core.observing.tracing import _caller

    context = _caller({"headers": [(b"traceparent", value.encode("latin-1"))]})
    assert not trace.get_current_span(context).get_span_context().is_valid


def test_without_an_endpoint_nothing_of_opentelemetry_is_loaded(tmp_path: Path) -> None:
    """redis-py looks for the SDK's metrics by itself; nobody but us asks for its traces and its exporter."""
    ours = ("opentelemetry.sdk.trace", "opentelemetry.exporter", "opentelemetry.proto")
    code = f"import sys, src.main; print([name for name in sys.modules if name.startswith({ours!r})])"
    log = tmp_path / "log"
    process = spawn([sys.executable, "-c", code], log=log)
    assert process.wait(60) == 0, log.read_text()
    assert log.read_text() == "[]\n"

"""The text of a scrape: sums, histograms, gauges of the living, odd characters."""

import asyncio
from pathlib import Path

import httpx
import pytest

from src.core.observing import gauges
from src.core.observing.exposition import rendered
from src.core.observing.families import SECONDS, Counter, Gauge, Histogram, MetricFamily, declared
from src.core.observing.gauges import UP, CollectedGauge, Readings, Source
from src.core.observing.requests import answered
from src.core.observing.serving import Exporter, serve_metrics
from src.core.observing.store import Key, Snapshot
from tests.concurrency.support import until
from tests.conftest import free_port
from tests.core.observing.scraping import answers, parsed, scraped


def snapshot(number: int, *, is_alive: bool = True, **cells: tuple[int, ...]) -> Snapshot:
    values = {"shop_orders_total": ("PAID",), "shop_http_request_seconds": ("GET", "/x")}
    return Snapshot(
        number=number, is_alive=is_alive, cells={Key(name, values.get(name, ())): many for name, many in cells.items()}
    )


def test_counters_are_summed_over_the_dead_and_gauges_over_the_living() -> None:
    seen = parsed(
        rendered(
            [
                snapshot(0, shop_orders_total=(3,), shop_http_requests_under_way=(2,), shop_process_cpu_seconds=(7,)),
                snapshot(
                    1,
                    is_alive=False,
                    shop_orders_total=(4,),
                    shop_http_requests_under_way=(5,),
                    shop_process_cpu_seconds=(9_000_000,),
                ),
                snapshot(2, shop_http_requests_under_way=(1,), shop_process_cpu_seconds=(1_500_000,)),
            ],
            {},
        ).decode()
    )
    assert seen.value("shop_orders_total", status="PAID") == 7
    assert seen.value("shop_http_requests_under_way") == 3
    assert seen.samples["shop_process_cpu_seconds"] == [({"worker": "0"}, 0.000007), ({"worker": "2"}, 1.5)]


def test_a_histogram_is_cumulative_and_its_bounds_are_included() -> None:
    durations = Histogram(Key("test_only", ()), len(SECONDS) + 2)
    for seconds in (0.0, 0.001, 0.0011, 10.0, 10.1, 500.0):
        durations.observe(seconds)
    seen = parsed(rendered([snapshot(0, shop_http_request_seconds=tuple(durations.cells))], {}).decode())
    buckets = {one["le"]: value for one, value in seen.samples["shop_http_request_seconds_bucket"]}
    assert (buckets["0.001"], buckets["0.0025"], buckets["5"], buckets["10"], buckets["+Inf"]) == (2, 3, 3, 4, 6)
    assert seen.value("shop_http_request_seconds_count") == 6
    assert seen.value("shop_http_request_seconds_sum", route="/x") == pytest.approx(520.1021)


def test_label_values_with_odd_characters_are_escaped() -> None:
    odd = 'a"b\\c\nd'
    seen = parsed(rendered([], {CollectedGauge("shop_x", "X", ("name",)): {(odd,): 1.0}}).decode())
    assert seen.samples["shop_x"] == [({"name": odd}, 1.0)]


def test_a_name_is_declared_once_and_labels_must_fit() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        MetricFamily(Counter, "shop_orders_total", "Again.")
    with pytest.raises(ValueError, match="has the labels"):
        declared["shop_orders_total"].of("PAID", "too many")


def test_no_label_is_one_that_prometheus_sets_itself() -> None:
    assert [f.name for f in declared.values() if {"job", "instance", "le"} & set(f.labels)] == []
    assert [f.name for f in declared.values() if f.per_process and not issubclass(f.kind, Gauge)] == []


class Template:
    def __init__(self, path: str) -> None:
        self.path = path


def count_of(method: str, route: str) -> int:
    families = declared["shop_http_requests_total"].children
    return sum(child.cells[0] for values, child in families.items() if values[:2] == (method, route))


def test_paths_and_methods_of_strangers_make_no_figures_of_their_own() -> None:
    before, others = len(declared["shop_http_requests_total"].children), count_of("other", "other")
    for number in range(500):
        answered({"method": f"M{number}", "path": f"/wp-admin/{number}"}, 404, 0.001)
        answered({"method": "GET", "path": f"/media/{number}.webp"}, 200, 0.001)
        answered({"method": "GET", "path": f"/mediaeval/{number}"}, 404, 0.001)
    assert len(declared["shop_http_requests_total"].children) <= before + 3
    assert count_of("other", "other") == others + 500
    assert count_of("GET", "/media") >= 500


def test_a_route_is_counted_by_its_template() -> None:
    route = Template("/api/v1/test-only/{thing}")
    for number in range(3):
        answered({"method": "GET", "path": f"/api/v1/test-only/{number}", "route": route}, 200, 0.2)
    answered({"method": "GET", "path": "/api/v1/test-only/4", "route": route}, 500, 0.2)
    assert count_of("GET", "/api/v1/test-only/{thing}") == 4


THING = CollectedGauge("shop_thing", "A thing.")


async def test_a_source_is_asked_once_for_many_scrapes_and_again_after_its_time() -> None:
    asked = 0

    async def look() -> Readings:
        nonlocal asked
        asked += 1
        return {THING: {(): asked}}

    source = Source("database", look, cache_seconds=0.2)
    found = await asyncio.gather(*(source.readings() for _ in range(20)))
    assert [one[THING] for one in found] == [{(): 1}] * 20

    async def is_asked_again() -> bool:
        return (await source.readings())[THING] == {(): 2}

    assert await until(is_asked_again, every=0.02)
    assert asked == 2


async def test_a_source_that_hangs_is_down_in_time_and_asked_once() -> None:
    released, asked = asyncio.Event(), 0

    async def look() -> Readings:
        nonlocal asked
        asked += 1
        await released.wait()
        return {THING: {(): 1.0}}

    source = Source("database", look, cache_seconds=0.0, limit_seconds=0.05)
    for _ in range(3):
        assert await source.readings() == {UP: {("database",): 0.0}}
    assert asked == 1
    released.set()
    await source.finish()
    assert asked == 1


async def test_a_source_that_fails_is_down_and_nothing_old_is_shown() -> None:
    is_broken = False

    async def look() -> Readings:
        if is_broken:
            raise OSError("away")
        return {THING: {(): 1.0}}

    source = Source("database", look, cache_seconds=0.0)
    assert await source.readings() == {UP: {("database",): 1.0}, THING: {(): 1.0}}
    is_broken = True
    assert await source.readings() == {UP: {("database",): 0.0}}


async def raw(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer


async def served(port: int, folder: Path) -> Exporter:
    exporter = await serve_metrics(port, folder=folder)
    assert await until(lambda: answers(port), every=0.02)
    return exporter


async def test_the_port_answers_metrics_and_nothing_else(tmp_path: Path) -> None:
    port = free_port()
    exporter = await served(port, tmp_path)
    try:
        assert (await raw(port, b"GET / HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 404 ")
        assert (await raw(port, b"GET /metrics/../etc HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 404 ")
        assert (await raw(port, b"DELETE /metrics HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 405 ")
        assert (await raw(port, b"GET /metrics?x=1 HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        assert await raw(port, b"\r\n\r\n") != b""
        assert await raw(port, b"x" * 20_000 + b"\r\n\r\n") == b""
        assert (await scraped(port)).value("shop_processes") == 1
    finally:
        await exporter.stop()
    with pytest.raises(httpx.ConnectError):
        await scraped(port)


async def test_a_folder_that_cannot_be_used_leaves_the_figures_of_this_process(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    port = free_port()
    exporter = await served(port, tmp_path / "file" / "inside")
    try:
        assert (await scraped(port)).value("shop_processes") == 1
    finally:
        await exporter.stop()


def test_a_scrape_waits_less_than_prometheus_does() -> None:
    assert gauges.LIMIT_SECONDS <= 2.0
    assert gauges.CACHE_SECONDS == 10.0

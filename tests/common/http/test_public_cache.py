"""The cache of finished answers, on a clock of its own."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from fastapi import Request

from src.common.http import public_cache
from src.common.http.public_cache import ENTRY_OVERHEAD, BytesCache, names


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Source:
    """Counts its builds and answers with the number of each; `gate` holds them back, `error` fails them."""

    def __init__(self) -> None:
        self.builds = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.error: Exception | None = None

    async def __call__(self) -> bytes:
        self.builds += 1
        number = self.builds
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return b"build %d" % number


def make_cache(clock: Clock, max_bytes: int = 1_000_000) -> BytesCache:
    return BytesCache(name="test", max_bytes=max_bytes, fresh_seconds=1.0, stale_seconds=2.0, clock=clock)


async def settle() -> None:
    """Let every task that can run, run."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_fresh_entry_is_answered_without_a_build() -> None:
    clock, source = Clock(), Source()
    cache = make_cache(clock)
    first = await cache.get("k", source)
    clock.now += 0.999
    assert await cache.get("k", source) is first
    await settle()
    assert first.body == b"build 1"
    assert source.builds == 1


async def test_stale_entry_is_answered_while_one_build_renews_it() -> None:
    clock, source = Clock(), Source()
    cache = make_cache(clock)
    await cache.get("k", source)
    clock.now += 1.0
    source.gate.clear()
    answers = [await cache.get("k", source) for _ in range(5)]
    assert [answer.body for answer in answers] == [b"build 1"] * 5
    await settle()
    assert source.builds == 2
    source.gate.set()
    await settle()
    assert (await cache.get("k", source)).body == b"build 2"
    assert source.builds == 2


async def test_entry_past_the_stale_limit_is_built_before_the_answer() -> None:
    clock, source = Clock(), Source()
    cache = make_cache(clock)
    await cache.get("k", source)
    clock.now += 2.0
    assert (await cache.get("k", source)).body == b"build 2"


async def test_age_counts_from_the_start_of_the_build() -> None:
    clock, source = Clock(), Source()
    cache = make_cache(clock)
    source.gate.clear()
    waiting = asyncio.create_task(cache.get("k", source))
    await settle()
    clock.now += 1.5  # the build takes longer than an entry is fresh
    source.gate.set()
    await waiting
    assert (await cache.get("k", source)).body == b"build 1"
    await settle()
    assert source.builds == 2


async def test_concurrent_callers_share_one_build() -> None:
    source = Source()
    cache = make_cache(Clock())
    answers = await asyncio.gather(*(cache.get("k", source) for _ in range(50)))
    assert {answer.body for answer in answers} == {b"build 1"}
    assert source.builds == 1


async def test_cancelled_first_caller_leaves_the_build_to_the_others() -> None:
    source = Source()
    cache = make_cache(Clock())
    source.gate.clear()
    first = asyncio.create_task(cache.get("k", source))
    second = asyncio.create_task(cache.get("k", source))
    await settle()
    first.cancel()
    await settle()
    assert first.cancelled()
    source.gate.set()
    assert (await second).body == b"build 1"
    assert source.builds == 1


async def test_cancelled_only_caller_still_fills_the_cache() -> None:
    source = Source()
    cache = make_cache(Clock())
    source.gate.clear()
    only = asyncio.create_task(cache.get("k", source))
    await settle()
    only.cancel()
    source.gate.set()
    await settle()
    assert (await cache.get("k", source)).body == b"build 1"
    assert source.builds == 1


async def test_error_is_not_remembered() -> None:
    source = Source()
    cache = make_cache(Clock())
    source.error = LookupError("gone")
    source.gate.clear()
    waiting = [asyncio.create_task(cache.get("k", source)) for _ in range(3)]
    await settle()
    source.gate.set()
    assert [type(error) for error in await asyncio.gather(*waiting, return_exceptions=True)] == [LookupError] * 3
    assert source.builds == 1
    source.error = None
    assert (await cache.get("k", source)).body == b"build 2"
    assert cache.used_bytes == len(b"build 2") + ENTRY_OVERHEAD


async def test_caller_in_the_moment_after_an_error_starts_a_build_of_its_own() -> None:
    """Between the end of a failed task and its callbacks nobody may join it."""
    source = Source()
    cache = make_cache(Clock())
    source.error = LookupError("gone")
    seen: list[bytes] = []

    async def retry() -> None:
        with pytest.raises(LookupError):
            await cache.get("k", source)
        source.error = None
        seen.append((await cache.get("k", source)).body)

    await retry()
    assert seen == [b"build 2"]


async def test_failed_renewal_keeps_the_stale_entry_until_its_limit() -> None:
    clock, source = Clock(), Source()
    cache = make_cache(clock)
    await cache.get("k", source)
    source.error = ConnectionError("database gone")
    clock.now += 1.5
    assert (await cache.get("k", source)).body == b"build 1"
    await settle()
    assert (await cache.get("k", source)).body == b"build 1"
    clock.now += 0.5
    with pytest.raises(ConnectionError):
        await cache.get("k", source)


async def test_renewal_survives_the_request_that_started_it() -> None:
    clock, source = Clock(), Source()
    cache = make_cache(clock)
    await cache.get("k", source)
    clock.now += 1.5
    source.gate.clear()

    async def request() -> None:
        await cache.get("k", source)
        await asyncio.sleep(3600)

    task = asyncio.create_task(request())
    await settle()
    task.cancel()
    await settle()
    source.gate.set()
    await settle()
    assert (await cache.get("k", source)).body == b"build 2"


async def test_full_cache_drops_the_least_recently_used() -> None:
    cache = make_cache(Clock(), max_bytes=3 * (ENTRY_OVERHEAD + 100))

    def of(byte: bytes) -> Callable[[], Awaitable[bytes]]:
        async def build() -> bytes:
            return byte * 100

        return build

    for byte in (b"a", b"b", b"c"):
        await cache.get(byte, of(byte))
    await cache.get(b"a", of(b"a"))
    await cache.get(b"d", of(b"d"))
    assert cache.used_bytes == 3 * (ENTRY_OVERHEAD + 100)
    again = Source()
    assert (await cache.get(b"a", again)).body == b"a" * 100
    assert (await cache.get(b"c", again)).body == b"c" * 100
    assert again.builds == 0
    assert (await cache.get(b"b", again)).body == b"build 1"


async def test_body_above_the_bound_is_answered_and_not_kept() -> None:
    source = Source()
    cache = make_cache(Clock(), max_bytes=100)
    assert (await cache.get("k", source)).body == b"build 1"
    assert (await cache.get("k", source)).body == b"build 2"
    assert cache.used_bytes == 0


async def test_invalidation_during_a_build_keeps_its_answer_out() -> None:
    source = Source()
    cache = make_cache(Clock())
    source.gate.clear()
    before = asyncio.create_task(cache.get("k", source))
    await settle()
    cache.invalidate_all()
    after = asyncio.create_task(cache.get("k", source))
    await settle()
    source.gate.set()
    assert (await before).body == b"build 1"
    assert (await after).body == b"build 2"
    assert (await cache.get("k", source)).body == b"build 2"
    assert source.builds == 2


async def test_same_bytes_have_the_same_strong_tag() -> None:
    cache = make_cache(Clock())

    async def build() -> bytes:
        return b"{}"

    first, second = await cache.get("a", build), await cache.get("b", build)
    assert first.etag == second.etag
    assert first.etag.startswith('"')
    assert dict(first.headers)[b"content-length"] == b"2"


async def test_remembered_urls_are_bounded_in_number_and_length() -> None:
    async def build() -> bytes:
        return b"{}"

    async def read(path: str) -> None:
        scope = {"type": "http", "path": path, "query_string": b"", "headers": []}
        await public_cache.public_read(Request(scope), ("test",), build)

    await read("/" + "x" * public_cache.LONGEST_URL)
    assert not any(len(path) > public_cache.LONGEST_URL for path, _ in public_cache._keys_of_urls)
    for number in range(public_cache.MOST_URLS + 10):
        await read(f"/{number}")
    assert len(public_cache._keys_of_urls) <= public_cache.MOST_URLS
    assert public_cache._keys_of_urls[f"/{public_cache.MOST_URLS + 9}", b""] == (("test",), None)


@pytest.mark.parametrize(
    ("header", "is_named"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", W/"abc" ,"y"', True),
        ("*", True),
        (" * ", True),
        ('"x"', False),
        ("abc", False),
        ('w/"abc"', False),
        ("", False),
        ('"abc', False),
    ],
)
def test_if_none_match_compares_weakly(header: str, is_named: bool) -> None:
    assert names(header, '"abc"') is is_named


async def test_what_lasts_is_answered_once_more_and_renewed_behind() -> None:
    clock, source, short = Clock(), Source(), Source()
    cache = BytesCache(
        max_bytes=1_000_000,
        name="test",
        fresh_seconds=1.0,
        stale_seconds=2.0,
        clock=clock,
        lasts=lambda body: body == b"build 1",
    )
    await cache.get("k", source)
    used = cache.used_bytes
    cache.invalidate_all()
    assert (cache.used_bytes, cache.fresh("k")) == (used, None)
    assert (await cache.get("k", source)).body == b"build 1"
    await settle()
    assert (await cache.get("k", source)).body == b"build 2"
    await cache.get("other", short)
    cache.invalidate_all()
    assert (await cache.get("k", source)).body == b"build 3"
    assert (source.builds, short.builds) == (3, 1)


async def test_what_lasts_is_not_answered_longer_for_it() -> None:
    clock, source = Clock(), Source()
    cache = BytesCache(
        max_bytes=1_000_000, name="test", fresh_seconds=1.0, stale_seconds=2.0, clock=clock, lasts=lambda _: True
    )
    await cache.get("k", source)
    cache.invalidate_all()
    clock.now += 1.001
    assert (await cache.get("k", source)).body == b"build 2"

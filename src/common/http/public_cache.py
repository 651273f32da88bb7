"""Cache of complete responses in the worker's memory, for reads that are equal for all callers.

Entries expire by age in addition to invalidation: stock changes with each order, and the age limit of `stale_seconds`
holds without a message between workers.
"""

import asyncio
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask
from starlette.types import Receive, Scope, Send

from src.common.exceptions import AppError, documents
from src.common.http.routing import Route, new_router
from src.common.openapi.headers import named
from src.core.observing.metrics import CACHE_BYTES, CACHE_READS
from src.core.observing.process_metrics import at_each_beat

logger = logging.getLogger(__name__)

Build = Callable[[], Awaitable[bytes]]
Seen = Callable[["Entry"], None]
Matches = Callable[[Hashable, bytes], bool]
Headers = tuple[tuple[bytes, bytes], ...]

CACHE_CONTROL: Final = (b"cache-control", b"public, max-age=1, stale-while-revalidate=1")
ENTRY_OVERHEAD: Final = 1024  # bytes that an entry costs in addition to its body: key, headers, dictionary slot
LONGEST_URL: Final = 512
MOST_URLS: Final = 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished response. `etag` is a strong hash of the body; `built_at` is the moment at which its build began."""

    body: bytes
    etag: str
    headers: Headers
    headers_304: Headers
    built_at: float


class BytesCache:
    """Cache limited by bytes (the least recently used entries go first), with one build per key at a time.

    An entry is fresh for `fresh_seconds`. Up to an age of `stale_seconds` it is served stale while one build renews it;
    an older entry is built again before the response. Ages count from the start of a build. Errors are raised to the
    callers that waited for that build and are never stored. Entries for which `lasts(body)` is true survive
    `invalidate_all`: they are served stale once while a rebuild runs. `name` is the label in metrics.
    """

    def __init__(
        self,
        *,
        max_bytes: int,
        name: str,
        fresh_seconds: float = 1.0,
        stale_seconds: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
        lasts: Callable[[bytes], bool] | None = None,
    ) -> None:
        self._max_bytes = max_bytes
        self._lasts = lasts
        self._fresh_seconds = fresh_seconds
        self._stale_seconds = stale_seconds
        self._clock = clock
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self._builds: dict[Hashable, asyncio.Task[Entry]] = {}
        self._running: set[asyncio.Task[Entry]] = set()  # asyncio itself holds tasks only weakly
        self._bytes = 0
        self._generation = 0
        self._hits, self._stale, self._misses = (CACHE_READS.of(name, word) for word in ("hit", "stale", "miss"))
        self._level = CACHE_BYTES.of(name)

    def show_level(self) -> None:
        """Set the gauge of `used_bytes`."""
        self._level.set(self._bytes)

    @property
    def used_bytes(self) -> int:
        """Bytes of all entries, their overhead included."""
        return self._bytes

    def fresh(self, key: Hashable) -> Entry | None:
        """Return the entry of `key` if it is fresh."""
        entry = self._entries.get(key)
        if entry is None or self._clock() - entry.built_at >= self._fresh_seconds:
            return None
        self._entries.move_to_end(key)
        self._hits.cells[0] += 1
        return entry

    async def get(self, key: Hashable, build: Build) -> Entry:
        """Return the entry of `key`, built by `build` if no usable one exists.

        `build` runs in its own task: a caller that disconnects ends neither it nor the other callers that wait for it.
        """
        entry = self._entries.get(key)
        if entry is not None:
            age = self._clock() - entry.built_at
            if age < self._stale_seconds:
                self._entries.move_to_end(key)
                if age >= self._fresh_seconds:
                    self._stale.add()
                    self._building(key, build)
                else:
                    self._hits.add()
                return entry
        self._misses.add()
        return await asyncio.shield(self._building(key, build))

    def forget(self, key: Hashable) -> None:
        """Remove one entry. A running build of it is kept."""
        self._drop(key)

    def invalidate_all(self) -> None:
        """Remove everything but lasting entries. A running build serves its waiting callers but is not stored: it may
        have read before the change.
        """
        self._generation += 1
        kept = (
            {} if self._lasts is None else {k: entry for k, entry in self._entries.items() if self._lasts(entry.body)}
        )
        due = self._clock() - self._fresh_seconds
        self._entries.clear()
        self._builds.clear()
        self._entries.update((key, replace(entry, built_at=min(entry.built_at, due))) for key, entry in kept.items())
        self._bytes = sum(map(_size, kept.values()))

    def forget_where(self, matches: Matches) -> int:
        """Remove the entries for which `matches(key, body)` is true, and return their number. Lasting entries become
        stale instead. No running build is stored.
        """
        self._generation += 1
        self._builds.clear()
        due = self._clock() - self._fresh_seconds
        found = [key for key, entry in self._entries.items() if matches(key, entry.body)]
        for key in found:
            entry = self._entries[key]
            if self._lasts is not None and self._lasts(entry.body):
                self._entries[key] = replace(entry, built_at=min(entry.built_at, due))
            else:
                self._drop(key)
        return len(found)

    def _building(self, key: Hashable, build: Build) -> asyncio.Task[Entry]:
        task = self._builds.get(key)
        if task is None:
            task = self._builds[key] = asyncio.create_task(self._build(key, build, self._generation))
            self._running.add(task)
            task.add_done_callback(self._finish)
        return task

    async def _build(self, key: Hashable, build: Build, generation: int) -> Entry:
        started = self._clock()
        try:
            entry = _finished(await build(), started)
            if generation == self._generation:
                self._keep(key, entry)
            return entry
        finally:
            # Here and not in a callback: between the end of a task and its callbacks another caller would join it.
            if self._builds.get(key) is asyncio.current_task():
                del self._builds[key]

    def _finish(self, task: asyncio.Task[Entry]) -> None:
        self._running.discard(task)
        # Retrieve the error, so that asyncio does not print a traceback for a build that no caller waits for.
        if not task.cancelled() and (error := task.exception()) is not None and not isinstance(error, AppError):
            logger.warning("a build for the cache failed: %s", type(error).__name__)

    def _keep(self, key: Hashable, entry: Entry) -> None:
        self._drop(key)
        size = _size(entry)
        if size > self._max_bytes:
            return
        while self._bytes + size > self._max_bytes:
            self._drop(next(iter(self._entries)))
        self._entries[key] = entry
        self._bytes += size

    def _drop(self, key: Hashable) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= _size(entry)


class ReadyResponse(Response):
    """A response whose body and headers are bytes already. It skips Starlette's constructor, which would encode them at
    every call."""

    def __init__(self, status_code: int, headers: Headers, body: bytes) -> None:
        self.status_code = status_code
        self.raw_headers = list(headers)
        self.body = body
        self.background: BackgroundTask | None = None


_together: Final[list[BytesCache]] = []


def forgotten_together(cache: BytesCache) -> BytesCache:
    """Register a cache that `invalidate_all` also clears: parts of responses must not outlive the responses."""
    _together.append(cache)
    return cache


@at_each_beat
def _show_levels() -> None:
    for cache in _together:
        cache.show_level()


_public: Final = forgotten_together(BytesCache(max_bytes=4 * 1024 * 1024, name="public"))
_keys_of_urls: Final[dict[tuple[str, bytes], tuple[Hashable, "Seen | None"]]] = {}


class PublicRoute(Route):
    """A route that answers URLs which passed validation before from memory, without FastAPI's request handling:
    validating the query of the product list costs more than everything else.

    For routes of the policy ``guest`` only: on a hit it reads only the URL and ``If-None-Match`` of the request.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See Starlette."""
        known = _keys_of_urls.get((scope["path"], scope["query_string"])) if scope["method"] == "GET" else None
        entry = None if known is None else _public.fresh(known[0])
        if known is None or entry is None:
            await super().handle(scope, receive, send)
        else:
            if known[1] is not None:
                known[1](entry)
            await _answer(scope, entry)(scope, receive, send)


def public_answers(*errors: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses=`` of a public read that may also answer with these errors."""
    return {
        200: {"headers": named("ETag", "Cache-Control")},
        304: {
            "description": "`If-None-Match` names the current `ETag`.",
            "headers": named("ETag", "Cache-Control"),
        },
        **documents(*errors),
    }


def public_router(**options: Any) -> APIRouter:
    """Return an APIRouter under ``/api/v1`` whose routes are `PublicRoute`."""
    return new_router(route_class=PublicRoute, **options)


async def public_read(request: Request, key: Hashable, build: Build, *, seen: Seen | None = None) -> Response:
    """Answer a public GET from this worker's cache: 200 with the bytes, or 304 if the client has them.

    `key` must be the canonical form of everything that the bytes depend on, and begin with the name of the read.
    `seen` is called with the entry of every response, cached ones too; it must be very cheap and never raise.
    """
    entry = await _public.get(key, build)
    if seen is not None:
        seen(entry)
    path, query = request.scope["path"], request.scope["query_string"]
    if len(path) + len(query) <= LONGEST_URL:
        if len(_keys_of_urls) >= MOST_URLS:
            _keys_of_urls.clear()
        _keys_of_urls[path, query] = key, seen
    return _answer(request.scope, entry)


def invalidate_all() -> None:
    """Remove every public response of this worker and its cached parts."""
    for cache in _together:
        cache.invalidate_all()


def forget_answers(matches: Matches) -> int:
    """Remove this worker's public responses for which `matches(key, body)` is true, and return their number. `key` is
    the one given to `public_read`. Cached parts of responses stay."""
    return _public.forget_where(matches)


def _answer(scope: Scope, entry: Entry) -> Response:
    for name, value in scope["headers"]:
        if name == b"if-none-match" and names(value.decode("latin-1"), entry.etag):
            return ReadyResponse(304, entry.headers_304, b"")
    return ReadyResponse(200, entry.headers, entry.body)


def names(if_none_match: str, etag: str) -> bool:
    """Return True if the header's value names this entity tag, by weak comparison (RFC 9110, 13.1.2).

    Splitting at commas is safe: our own tags contain none.
    """
    if if_none_match.strip() == "*":
        return True
    return any(candidate.strip().removeprefix("W/") == etag for candidate in if_none_match.split(","))


def _finished(body: bytes, built_at: float) -> Entry:
    etag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    tag = (b"etag", etag.encode())
    return Entry(
        body=body,
        etag=etag,
        headers=(
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            CACHE_CONTROL,
            tag,
        ),
        headers_304=(CACHE_CONTROL, tag),
        built_at=built_at,
    )


def _size(entry: Entry) -> int:
    return len(entry.body) + ENTRY_OVERHEAD

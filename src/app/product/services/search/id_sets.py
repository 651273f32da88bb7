"""Id sets of the products that pass one filter, cached in this worker's memory. List counts and facets come from them.

Small sets are at most 2 s old and are dropped with every change of the catalogue. A large set takes the database some
hundredths of a second: after a change it is served stale once while it is rebuilt. The job `count-products` keeps the
commonly used sets fresh, so that no shopper waits for them.
"""

import json
import time
from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Final

from src.app.product.dtos.requests import ProductQuery
from src.app.product.models import DisplayStatus, SaleStatus
from src.app.product.services.search import bitsets
from src.app.product.services.search.bitsets import Bits
from src.common.http.public_cache import BytesCache, forgotten_together
from src.core.database.statements import fetch

LARGE: Final = 5_000  # ids in all sets of a cache entry, from which on the entry is large
SMALL_SECONDS: Final = 2.0
ALL: Final = "all"
HEAD_BYTES: Final = 4

STATE, IN_STOCK, COLOR, SIZE, CATEGORY = "state", "stock", "color", "size", "category"
# Each statement reads one index and no rows. Retired colours and sizes are excluded; the sets of categories include
# products that are not for sale.
KINDS: Final[dict[str, tuple[str, tuple[object, ...]]]] = {
    STATE: (
        "SELECT (archived_at IS NOT NULL) * 4 + (sale_status = %s) * 2 + (display_status = %s) AS kind, id FROM product",
        (SaleStatus.STOPPED, DisplayStatus.HIDDEN),
    ),
    IN_STOCK: ("SELECT 'all' AS kind, product_id AS id FROM variant WHERE is_retired = FALSE AND stock > 0", ()),
    COLOR: ("SELECT color AS kind, product_id AS id FROM product_option WHERE is_retired = FALSE", ()),
    SIZE: ("SELECT size AS kind, product_id AS id FROM variant WHERE is_retired = FALSE", ()),
    CATEGORY: ("SELECT category_id AS kind, product_id AS id FROM product_category", ()),
}
SWATCHES: Final = (
    "SELECT color, MIN(color_code) AS color_code FROM product_option WHERE is_retired = FALSE GROUP BY color"
)


def _lasts(body: bytes) -> bool:
    return int.from_bytes(body[:HEAD_BYTES], "little") >= LARGE


_kinds: Final = forgotten_together(
    BytesCache(max_bytes=8 * 1024 * 1024, name="members", fresh_seconds=30.0, stale_seconds=90.0, lasts=_lasts)
)
_asked: Final = forgotten_together(
    BytesCache(max_bytes=2 * 1024 * 1024, name="asked_members", fresh_seconds=30.0, stale_seconds=600.0, lasts=_lasts)
)


@dataclass(frozen=True, slots=True)
class Named:
    """The union of some sets of one kind, by their values."""

    kind: str
    values: tuple[str, ...] = (ALL,)


def in_state(
    *, archived: bool | None = None, sale: SaleStatus | None = None, display: DisplayStatus | None = None
) -> Named:
    """The products in these states; None means any."""
    states = [
        str(is_archived * 4 + is_stopped * 2 + is_hidden)
        for is_archived in (False, True)
        for is_stopped in (False, True)
        for is_hidden in (False, True)
        if archived in (None, is_archived)
        and sale in (None, SaleStatus.STOPPED if is_stopped else SaleStatus.ON_SALE)
        and display in (None, DisplayStatus.HIDDEN if is_hidden else DisplayStatus.SHOWN)
    ]
    return Named(STATE, tuple(states))


FOR_SALE: Final = in_state(sale=SaleStatus.ON_SALE, display=DisplayStatus.SHOWN)


async def named(wanted: Named, *, since: float | None = None) -> Bits:
    """Return the set. One query; none if the kind is cached.

    With `since`, a time of the monotonic clock, a small set is as it was at that time or later. For a large set it is
    enough that it was read at most half a minute ago and that no change was announced since.
    """
    places, body = await _kind(wanted.kind, since=since)
    return bitsets.either(bitsets.unpacked(body[slice(*places[value])]) for value in wanted.values if value in places)


async def every(kind: str, *, since: float | None = None) -> dict[str, Bits]:
    """Return all sets of a kind by value. One query; none if the kind is cached. `since`: see `named`."""
    places, body = await _kind(kind, since=since)
    return {value: bitsets.unpacked(body[slice(*place)]) for value, place in places.items()}


async def selected(text: str, values: tuple[object, ...], *, since: float | None = None) -> Bits:
    """Return the products that a SELECT returns as ``id``. One query; none if the set is cached. `since`: see
    `named`."""

    async def build() -> Bits:
        whole = f"SELECT '{ALL}' AS kind, n.id AS id FROM ({text}) n"  # noqa: S608 - our own words
        return bitsets.of_rows(await fetch(bitsets.statement(whole), values)).get(ALL, bitsets.NOTHING)

    return await remembered((text, values), build, since=since)


async def remembered(key: Hashable, build: Callable[[], Awaitable[Bits]], *, since: float | None = None) -> Bits:
    """Return the set that `build` makes, from the cache if possible. A large set is cached for up to ten minutes; it is
    renewed in the background once it is 30 s old. `since`: see `named`."""

    async def packed() -> bytes:
        held = await build()
        return bitsets.count(held).to_bytes(HEAD_BYTES, "little") + bitsets.packed(held)

    return bitsets.unpacked((await _fresh_enough(_asked, key, packed, since=since))[HEAD_BYTES:])


async def number(key: Hashable, build: Callable[[], Awaitable[int]], *, since: float | None = None) -> int:
    """Return the number that `build` counts, cached like a set with that many ids. `since`: see `named`."""

    async def counted() -> bytes:
        return (await build()).to_bytes(HEAD_BYTES, "little")

    return int.from_bytes(await _fresh_enough(_asked, key, counted, since=since), "little")


async def swatches() -> dict[str, str]:
    """Return colour codes by colour name. One query; none if they are cached."""

    async def build() -> bytes:
        codes = {row["color"]: row["color_code"] for row in await fetch(SWATCHES)}
        return len(codes).to_bytes(HEAD_BYTES, "little") + json.dumps(codes).encode()

    codes: dict[str, str] = json.loads((await _fresh_enough(_kinds, SWATCHES, build))[HEAD_BYTES:])
    return codes


async def keep() -> int:
    """Renew the commonly used sets before a request needs them. Returns 0, because no work remains."""
    for kind in KINDS:
        await _kind(kind)
    await swatches()
    return 0


def forget_stock() -> None:
    """Drop the cached sets that depend on stock. Large ones become stale: they are served once more during a
    rebuild."""
    _kinds.forget_where(lambda key, _: key == IN_STOCK)
    _asked.forget_where(lambda key, _: _is_by_stock(key))


def _is_by_stock(key: Hashable) -> bool:
    """Return whether the set of this key may depend on stock, judged by its SELECT or by the query in the key."""
    parts = key if isinstance(key, tuple) else (key,)
    if any(isinstance(part, ProductQuery) for part in parts):
        return any(part.in_stock for part in parts if isinstance(part, ProductQuery))
    texts = [part for part in parts if isinstance(part, str)]
    return not any("SELECT" in text for text in texts) or any("stock" in text for text in texts)


async def _kind(kind: str, *, since: float | None = None) -> tuple[dict[str, tuple[int, int]], bytes]:
    """Return the start and end of each set of the kind, and the bytes that hold the sets."""
    text, values = KINDS[kind]

    async def build() -> bytes:
        sets = bitsets.of_rows(await fetch(bitsets.statement(text), values))
        return _joined(sets)

    body = await _fresh_enough(_kinds, kind, build, since=since)
    start = 2 * HEAD_BYTES
    end = start + int.from_bytes(body[HEAD_BYTES:start], "little")
    places: dict[str, tuple[int, int]] = json.loads(body[start:end])
    return places, body[end:]


def _joined(sets: dict[str, Bits]) -> bytes:
    places, parts, at = {}, [], 0
    for value, held in sets.items():
        part = bitsets.packed(held)
        places[value] = at, at + len(part)
        parts.append(part)
        at += len(part)
    table = json.dumps(places).encode()
    members = sum(map(bitsets.count, sets.values()))
    heads: Iterable[int] = (members, len(table))
    return b"".join((*(head.to_bytes(HEAD_BYTES, "little") for head in heads), table, *parts))


async def _fresh_enough(
    cache: BytesCache, key: Hashable, build: Callable[[], Awaitable[bytes]], *, since: float | None = None
) -> bytes:
    known = cache.fresh(key)
    if since is not None and (known is None or (known.built_at < since and not _lasts(known.body))):
        cache.forget(key)
        return (await cache.get(key, build)).body
    entry = await cache.get(key, build)
    if not _lasts(entry.body) and time.monotonic() - entry.built_at > SMALL_SECONDS:
        cache.forget(key)
        entry = await cache.get(key, build)
    return entry.body

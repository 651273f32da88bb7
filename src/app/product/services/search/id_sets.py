"""Which products pass one filter, as sets in this worker's memory: every count of a list and all of its facets.

Small sets are at most 2 s old and forgotten with every change of the catalogue. Large ones cost the database some
hundredths of a second; they outlive a change for one answer and are renewed behind it. The job `count-products` keeps
the sets that everybody needs, so that no shopper waits for them.
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

LARGE: Final = 5_000  # members, of all the sets of an entry
SMALL_SECONDS: Final = 2.0
ALL: Final = "all"
HEAD_BYTES: Final = 4

STATE, IN_STOCK, COLOR, SIZE, CATEGORY = "state", "stock", "color", "size", "category"
# Each reads one index and no row. Retired colours and sizes are in no set; categories name products not for sale too.
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
    """The products that are in one of these sets of a kind."""

    kind: str
    values: tuple[str, ...] = (ALL,)


def in_state(
    *, archived: bool | None = None, sale: SaleStatus | None = None, display: DisplayStatus | None = None
) -> Named:
    """The products of these states, None for either."""
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
    """The set. One query, none where the kind is remembered. `since`, a moment of the monotonic clock: as it was then
    or later; of a large set it is enough that no change was announced since it was read, half a minute ago at most."""
    places, body = await _kind(wanted.kind, since=since)
    return bitsets.either(bitsets.unpacked(body[slice(*places[value])]) for value in wanted.values if value in places)


async def every(kind: str, *, since: float | None = None) -> dict[str, Bits]:
    """All sets of a kind by value. One query, none where they are remembered. `since`: see `named`."""
    places, body = await _kind(kind, since=since)
    return {value: bitsets.unpacked(body[slice(*place)]) for value, place in places.items()}


async def selected(text: str, values: tuple[object, ...], *, since: float | None = None) -> Bits:
    """The products that a SELECT names as ``id``. One query, none where it is remembered."""

    async def build() -> Bits:
        whole = f"SELECT '{ALL}' AS kind, n.id AS id FROM ({text}) n"  # noqa: S608 - our own words
        return bitsets.of_rows(await fetch(bitsets.statement(whole), values)).get(ALL, bitsets.NOTHING)

    return await remembered((text, values), build, since=since)


async def remembered(key: Hashable, build: Callable[[], Awaitable[Bits]], *, since: float | None = None) -> Bits:
    """The set that `build` makes, for up to ten minutes where it is large."""

    async def packed() -> bytes:
        held = await build()
        return bitsets.count(held).to_bytes(HEAD_BYTES, "little") + bitsets.packed(held)

    return bitsets.unpacked((await _fresh_enough(_asked, key, packed, since=since))[HEAD_BYTES:])


async def number(key: Hashable, build: Callable[[], Awaitable[int]], *, since: float | None = None) -> int:
    """The number that `build` counts; a large one is remembered like a set. `since`: see `named`."""

    async def counted() -> bytes:
        return (await build()).to_bytes(HEAD_BYTES, "little")

    return int.from_bytes(await _fresh_enough(_asked, key, counted, since=since), "little")


async def swatches() -> dict[str, str]:
    """A colour's code by its name. One query, none where it is remembered."""

    async def build() -> bytes:
        codes = {row["color"]: row["color_code"] for row in await fetch(SWATCHES)}
        return len(codes).to_bytes(HEAD_BYTES, "little") + json.dumps(codes).encode()

    codes: dict[str, str] = json.loads((await _fresh_enough(_kinds, SWATCHES, build))[HEAD_BYTES:])
    return codes


async def keep() -> int:
    """Renew the sets that everybody needs before anybody waits for them. Answers 0: there is no work left behind."""
    for kind in KINDS:
        await _kind(kind)
    await swatches()
    return 0


def forget_stock() -> None:
    """Forget the sets that say what can be bought; large ones are due."""
    _kinds.forget_where(lambda key, _: key == IN_STOCK)
    _asked.forget_where(lambda key, _: _is_by_stock(key))


def _is_by_stock(key: Hashable) -> bool:
    """Whether the set of this key may depend on stock: by its SELECT, or by what its list asks for."""
    parts = key if isinstance(key, tuple) else (key,)
    if any(isinstance(part, ProductQuery) for part in parts):
        return any(part.in_stock for part in parts if isinstance(part, ProductQuery))
    texts = [part for part in parts if isinstance(part, str)]
    return not any("SELECT" in text for text in texts) or any("stock" in text for text in texts)


async def _kind(kind: str, *, since: float | None = None) -> tuple[dict[str, tuple[int, int]], bytes]:
    """Where each set of the kind begins and ends, and the bytes that hold them."""
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

"""Carts in Redis. Each function is one atomic round trip, two if the server lost its scripts, unless it says otherwise.

An owner is ``m:<member id>`` or ``g:<SHA-256 of the guest's token>``; the token itself is not stored. Every error of
Redis is raised as CartStoreUnavailable; a script has then run completely or not at all. The owner None is a guest
without a cart: that cart is always empty, because nothing is added to it.
"""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from src.app.cart.dtos.requests import MAX_QUANTITY
from src.app.cart.services import scripts
from src.app.pricing.dtos.requests import MAX_LINES
from src.app.pricing.services.lines import Wanted
from src.common.exceptions.general import CartStoreUnavailable
from src.core.redis import RedisError, redis
from src.core.redis.scripts import run_script

logger = logging.getLogger(__name__)

DAY: Final = 86_400
GUEST_SECONDS: Final = 30 * DAY
MEMBER_SECONDS: Final = 90 * DAY
MARKER_SECONDS: Final = 30 * DAY
NOT_ON_SALE: Final = -1
MOST_MERGES: Final = 5  # how many merges in a row are followed from owner to owner

Outcome = Literal["done", "full", "short", "missing", "gone"]
MergeOutcome = Literal["added", "capped", "gone"]


@dataclass(frozen=True, slots=True)
class Changed:
    """The outcome of a change and the cart after it. After a refusal nothing has changed and `lines` is empty."""

    outcome: Outcome
    lines: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """Per variant the outcome and the quantity right after the merge, and the cart as it is now."""

    results: tuple[tuple[int, MergeOutcome, int], ...]
    lines: tuple[Wanted, ...]


async def read(owner: str | None) -> tuple[Wanted, ...]:
    """Return the lines in the order of adding. Reading does not extend the cart's time to live."""
    try:
        return _lines((await redis().hgetall(_cart(owner))).items())
    except RedisError as error:
        raise _unavailable(error) from error


async def add(owner: str, item: Wanted, *, most: int) -> Changed:
    """Add to the variant's line. "short": the line would pass `most`; "full": it would be the 51st line."""
    answer = await _run(scripts.ADD, [_cart(owner)], [_life(owner), MAX_LINES, item.variant_id, item.quantity, most])
    return _changed(answer)


async def change(owner: str | None, variant_id: int, *, to: int, quantity: int | None, most: int) -> Changed:
    """Set the quantity of a line, or change its variant to `to`; an existing line of `to` gets the quantity added.

    "missing": no such line; "gone": `most` is NOT_ON_SALE; "short": the line would pass `most`.
    """
    answer = await _run(scripts.CHANGE, [_cart(owner)], [_life(owner), variant_id, to, quantity or 0, most])
    return _changed(answer)


async def remove(owner: str | None, variant_ids: Sequence[int]) -> tuple[int, tuple[Wanted, ...]]:
    """Remove the lines of these variants; return the number removed and the remaining lines."""
    removed, flat = await _run(scripts.REMOVE, [_cart(owner)], [_life(owner), *variant_ids])
    return int(removed), _flat_lines(flat)


async def clear(owner: str | None) -> None:
    """Remove the cart."""
    try:
        await redis().delete(_cart(owner))
    except RedisError as error:
        raise _unavailable(error) from error


async def merge(
    owner: str, *, merge_id: str, source: str | None, items: Sequence[Wanted], most: Mapping[int, int]
) -> Merged:
    """Move the cart of `source`, which is deleted, and `items` into the cart, at most once per owner and `merge_id`.

    `most` limits each variant; one that it does not name, added to `source` just before, is limited to 999. A line that
    is over its limit already stays as it is. A repeat within 30 days changes nothing, not even `source`, and returns
    the first results. The record of where the lines of `source` went is kept for 30 days, for `subtract` and
    `was_merged`.
    """
    keys = [_cart(owner), f"cart:merged:{owner}:{merge_id}"]
    if source is not None and source != owner:
        keys += [_cart(source), _moved(source)]
    told, flat = await _run(
        scripts.MERGE,
        keys,
        [
            *(_life(owner), MARKER_SECONDS, MAX_LINES, MAX_QUANTITY, len(items), owner),
            *(number for item in items for number in (item.variant_id, item.quantity)),
            *(number for pair in most.items() for number in pair),
        ],
    )
    return Merged(results=tuple(_results(told)), lines=_flat_lines(flat))


async def subtract(
    owner: str, *, event_id: str, quantities: Mapping[int, int], places: Mapping[int, int] | None = None
) -> bool:
    """Subtract these quantities, at most once per owner and event within 30 days. Returns False for a repeat.

    A line that falls to 0 or below is removed. `places` names the line of each variant (`Wanted.place`): a line that
    was removed and added again since is not changed, and units that another cart took over are subtracted there, at
    most as many as it took over. Without a place any line of the variant counts. One round trip for each cart. A repeat
    completes what a crash left undone.
    """
    known = places or {}
    lines = [(variant_id, quantity, known.get(variant_id, 0)) for variant_id, quantity in quantities.items()]
    return await _take_out(owner, hashlib.sha256(event_id.encode()).hexdigest(), lines, follow=MOST_MERGES)


async def was_merged(source: str, *, into: str) -> bool:
    """Return whether the cart of `source` was merged into that of `into` within 30 days, directly or through others.

    One round trip for each cart on the way, over at most MOST_MERGES merges in a row.
    """
    seen, waiting = {source}, [source]
    try:
        for _ in range(MOST_MERGES):
            fields = [field for one in waiting for field in await redis().hkeys(_moved(one))]
            owners = {field.removeprefix("to:") for field in fields if field.startswith("to:")}
            if into in owners:
                return True
            waiting = sorted(owners - seen)
            seen |= owners
            if not waiting:
                break
    except RedisError as error:
        raise _unavailable(error) from error
    return False


async def _take_out(owner: str, digest: str, lines: Sequence[tuple[int, int, int]], *, follow: int) -> bool:
    keys = [_cart(owner), f"cart:ordered:{owner}:{digest}", _moved(owner)]
    done, told = await _run(
        scripts.SUBTRACT, keys, [_life(owner), MARKER_SECONDS, *(number for line in lines for number in line)]
    )
    elsewhere: dict[str, list[tuple[int, int, int]]] = {}
    for part in told.split(","):
        target, bar, rest = part.partition("|")
        if bar:
            variant_id, quantity, place = rest.split("|")
            elsewhere.setdefault(target, []).append((int(variant_id), int(quantity), int(place)))
    if follow:
        for target, moved in elsewhere.items():
            await _take_out(target, digest, moved, follow=follow - 1)
    return bool(done)


async def _run(script: str, keys: Sequence[str], arguments: Sequence[int | str]) -> Any:
    try:
        return await run_script(script, keys, arguments)
    except RedisError as error:
        raise _unavailable(error) from error


def _unavailable(error: RedisError) -> CartStoreUnavailable:
    logger.error("cart store unavailable: %s", type(error).__name__)
    return CartStoreUnavailable(headers={"Retry-After": "2"})


def _cart(owner: str | None) -> str:
    return f"cart:{owner or 'nobody'}"


def _moved(owner: str) -> str:
    return f"cart:moved:{owner}"


def _life(owner: str | None) -> int:
    return MEMBER_SECONDS if owner and owner.startswith("m:") else GUEST_SECONDS


def _changed(answer: Sequence[Any]) -> Changed:
    outcome: Outcome = answer[0]
    return Changed(outcome, _flat_lines(answer[1]) if outcome == "done" else ())


def _flat_lines(flat: Sequence[str]) -> tuple[Wanted, ...]:
    return _lines(zip(flat[::2], flat[1::2], strict=True))


def _lines(pairs: Iterable[tuple[str, str]]) -> tuple[Wanted, ...]:
    placed = []
    for variant_id, value in pairs:
        quantity, _, place = value.partition(":")
        placed.append((int(place), int(variant_id), int(quantity)))
    return tuple(
        Wanted(variant_id=variant_id, quantity=quantity, place=place) for place, variant_id, quantity in sorted(placed)
    )


def _results(told: str) -> Iterable[tuple[int, MergeOutcome, int]]:
    for result in filter(None, told.split(",")):
        variant_id, outcome, quantity = result.split(":")
        known: MergeOutcome = "added" if outcome == "added" else "capped" if outcome == "capped" else "gone"
        yield int(variant_id), known, int(quantity)

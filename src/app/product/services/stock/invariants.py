"""Checks of docs/promises.md#p1: a stock equals the sum of its ledger, and no line returns more than it took."""

import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

from src.app.product.models import StockKind, StockLedger, Variant
from src.app.product.services.stock.ledger import GIVING_BACK, ledger_gaps
from src.common.records.cursors import move_to, place_of
from src.common.records.invariants import Finding, Look

PAGE: Final = 1000
SLICE: Final = 500
SUMMED: Final = 20  # variants of one statement: some have a long ledger
LEDGER_READ: Final = "invariants:ledger"
STOCK_READ: Final = "invariants:stock"
# A row gets its id when it is written and becomes visible at its commit: this many ids before the last one are read
# again, for rows that were committed late.
LATE_ROWS: Final = 1000


@dataclass(slots=True)
class Movement:
    """The stock movements of an order line, in units."""

    held: int = 0
    given_back: int = 0
    written_off: int = 0


async def stock_is_its_ledger(look: Look) -> list[Finding]:
    """Find variants whose stock is not the sum of their ledger.

    A full pass checks all variants. Otherwise variants with new ledger rows are checked, and the next 500 of all
    variants in turn, so that a counter that was changed without a ledger row is found eventually.
    """
    gaps: list[tuple[int, int, int]] = []
    if look.since is None:
        async for above, up_to in look.windows(Variant, size=SUMMED):
            ids = Variant.filter(id__gt=above, id__lte=up_to).order_by("id").values_list("id", flat=True)
            gaps += await ledger_gaps([int(str(one)) for one in await ids])
    else:
        touched = {variant_id async for page in _new_rows() for variant_id, _ in page}
        wanted = sorted(touched | set(await _next_variants()))
        for first in range(0, len(wanted), SUMMED):
            began = time.monotonic()
            gaps += await ledger_gaps(wanted[first : first + SUMMED])
            await look.rest(began)
    return [
        Finding("P1", f"variant:{variant_id}", f"stock {stock}, ledger {ledger}") for variant_id, stock, ledger in gaps
    ]


async def lines_give_back_what_they_took(look: Look) -> list[Finding]:
    """Find order lines, among those with new ledger rows, whose RELEASE, RESTOCK and WRITE_OFF exceed their HOLD. A
    full pass looks at the lines of all ledger rows."""
    found = {}
    newest = await StockLedger.all().order_by("-id").first()
    async for page in _all_rows(look) if look.since is None else _new_rows():
        lines = sorted({line_id for _, line_id in page if line_id is not None})
        for line_id, moved in (await movements(lines)).items():
            if moved.given_back + moved.written_off > moved.held:
                detail = f"held {moved.held}, given back {moved.given_back}, written off {moved.written_off}"
                found[line_id] = Finding("P1", f"line:{line_id}", detail)
    if look.since is not None or not (await place_of(LEDGER_READ)).position:
        await move_to(LEDGER_READ, position=0 if newest is None else newest.id)
    return list(found.values())


async def movements(line_ids: Sequence[int]) -> dict[int, Movement]:
    """Return the stock movements of these lines by line id. One query. Lines without ledger rows are missing."""
    found: dict[int, Movement] = {}
    rows = StockLedger.filter(line_id__in=line_ids).values_list("line_id", "kind", "delta", "units")
    for line_id, kind, delta, units in await rows if line_ids else ():
        moved = found.setdefault(line_id, Movement())
        if kind == StockKind.HOLD:
            moved.held -= delta
        elif kind in GIVING_BACK:
            moved.given_back += delta
        elif kind == StockKind.WRITE_OFF:
            moved.written_off += units or 0
    return found


async def _all_rows(look: Look) -> AsyncIterator[list[tuple[int, int | None]]]:
    """Yield (variant id, line id) of the ledger rows of a full pass."""
    async for above, up_to in look.windows(StockLedger):
        rows = StockLedger.filter(id__gt=above, id__lte=up_to).order_by("id").values_list("variant_id", "line_id")
        yield [(variant_id, line_id) for variant_id, line_id in await rows]


async def _new_rows() -> AsyncIterator[list[tuple[int, int | None]]]:
    """Yield (variant id, line id) of the ledger rows since the last check. Rows are read by id, so that no index on the
    time is needed."""
    last_id = max(0, (await place_of(LEDGER_READ)).position - LATE_ROWS)
    while True:
        rows = StockLedger.filter(id__gt=last_id).order_by("id").limit(PAGE).values_list("id", "variant_id", "line_id")
        page = list(await rows)
        if not page:
            return
        last_id = page[-1][0]
        yield [(variant_id, line_id) for _, variant_id, line_id in page]


async def _next_variants() -> list[int]:
    place = await place_of(STOCK_READ)
    rows = await Variant.filter(id__gt=place.position).order_by("id").limit(SLICE).values_list("id")
    ids = [variant_id for (variant_id,) in rows]
    await move_to(STOCK_READ, position=ids[-1] if len(ids) == SLICE else 0)
    return ids

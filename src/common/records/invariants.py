"""Scheduled checks of the shop's promises: breaches are logged, stored, and shown to staff.

Domains register checks. Each run checks the rows that changed since the last one. A full pass begins nightly, and
hourly while a breach is open; only a full pass closes breaches. It goes through the tables in windows of ids and is
continued by the next runs where one run is too short for it, also after a crash: the places are stored.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q
from tortoise.functions import Count

from src.common import clock
from src.common.clock import KST
from src.common.logs.setup import where
from src.common.models.invariant_breach import InvariantBreach
from src.common.records.cursors import move_to, place_of
from src.core.database.models import Model

logger = logging.getLogger(__name__)

M = TypeVar("M", bound=Model)

PROMISES: Final = ("P1", "P3", "P4", "P5", "P6", "P9", "P13", "P14")
EVERYTHING: Final = datetime(2000, 1, 1, tzinfo=UTC)
LAST: Final = "invariants:last"
LAST_FULL: Final = "invariants:full"
OVERLAP: Final = timedelta(minutes=10)
"""Covers rows that were written but not yet committed during the last pass, and clocks that differ. Under load every
minute more is thousands of rows that each pass reads again."""
NIGHT: Final = 3  # the hour in Korea after which a day's full pass may begin
AGAIN: Final = timedelta(hours=1)
PAGE: Final = 500
MOST: Final = 500
SWEEP: Final = "invariants:sweep"  # when the full pass began that is under way
SWEEP_SECONDS: Final = 60.0  # of one run
WINDOW: Final = 1000
REST_SECONDS: Final = 0.5
REST: Final = 9  # with 1, a shop of a million orders sold 0.6 of what it sells without a full pass


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a promise (docs/promises.md). `reference` is as in ``order:<order_no>``; ids only."""

    promise: str
    reference: str
    detail: str


@dataclass(slots=True)
class Look:
    """What a check looks at in one run: the rows that changed since `since`, or without it the next rows of the full
    pass, until the monotonic second `until`. `is_done` tells whether the full pass got to the last row."""

    check: str
    since: datetime | None
    until: float = 0.0
    is_done: bool = True

    async def windows(self, model: type[Model], *, size: int = WINDOW) -> AsyncIterator[tuple[int, int]]:
        """Yield the next windows of the full pass as ids (above, up to), of at most `size` rows.

        The place is stored after each window. The pause after it leaves REST (nine) times as long as the window took
        to the load, but ends with the run's time.
        """
        position = (await place_of(_place(self.check))).position
        while (end := await _end_of_window(model, position, size)) is not None:
            began = time.monotonic()
            if began >= self.until:
                self.is_done = False
                return
            yield position, end
            position = end
            await move_to(_place(self.check), position=position)
            await self.rest(began)

    async def rest(self, began: float) -> None:
        """Pause after a piece of work that began at this monotonic second: in a full pass not past its end, else at
        most REST_SECONDS."""
        now = time.monotonic()
        longest = self.until - now if self.since is None else REST_SECONDS
        await asyncio.sleep(max(0.0, min(REST * (now - began), longest)))


Check = Callable[[Look], Awaitable[list[Finding]]]

_checks: dict[str, Check] = {}
_patience: dict[str, timedelta] = {}


def register_check(name: str, check: Check, *, patience: timedelta = timedelta(0)) -> None:
    """Register `check`, which returns the breaches among the rows of a `Look`. A later registration of the name
    replaces an earlier one. `patience`: how long after its change a row may become a breach by itself."""
    _checks[name], _patience[name] = check, patience


async def check_invariants() -> int:
    """Run the checks, log and store breaches, and return their number. The job ``check-invariants``.

    Each finding is logged as CRITICAL and stored as one row of `InvariantBreach`, however often it is found. A failing
    check does not stop the others, but then no breach is closed. The full pass takes SWEEP_SECONDS (60) of a run.
    """
    now = clock.now()
    before = (await place_of(LAST)).moment
    began = await _sweep_begun(now)
    is_complete, found = True, dict[tuple[str, str], Finding]()
    if before is not None:
        is_complete = await _look(found, [Look(name, before - OVERLAP - _patience[name]) for name in _checks])
    if began is not None and await _sweep(found):
        await _keep_all(found, now=now)
        await InvariantBreach.filter(resolved_at=None, last_seen_at__lt=began).update(resolved_at=now)
        await move_to(LAST_FULL, moment=began)
        await move_to(SWEEP)
    else:
        await _keep_all(found, now=now)
    if is_complete:
        await move_to(LAST, moment=now)
    return len(found)


async def open_breaches() -> dict[str, int]:
    """Return the number of open breaches by promise; kept promises are left out. One query on an index."""
    found = InvariantBreach.filter(resolved_at=None).annotate(count=Count("id")).group_by("promise")
    return {row["promise"]: row["count"] for row in await found.values("promise", "count")}


async def pages(model: type[M], look: Look, **wanted: Any) -> AsyncIterator[list[M]]:
    """Yield the rows of a look, in pages: `changed_pages`, or the windows of a full pass."""
    if look.since is not None:
        async for page in changed_pages(model, look.since, **wanted):
            yield page
        return
    async for above, up_to in look.windows(model):
        if found := await model.filter(**wanted, id__gt=above, id__lte=up_to).order_by("id"):
            yield found


async def changed_pages(model: type[M], since: datetime, **wanted: Any) -> AsyncIterator[list[M]]:
    """Yield rows whose ``updated_at`` is `since` or later, in pages ordered by ``updated_at`` and id. Each page reads
    one range of an index."""
    last: Any = None
    while True:
        rows = model.filter(**wanted, updated_at__gte=since if last is None else last.updated_at)
        if last is not None:
            rows = rows.filter(Q(updated_at__gt=last.updated_at) | Q(id__gt=last.id))
        page = await rows.order_by("updated_at", "id").limit(PAGE)
        if not page:
            return
        yield page
        last = page[-1]


async def _sweep_begun(now: datetime) -> datetime | None:
    """Return when the full pass began that is under way, or None. Begins one that is due."""
    if (began := (await place_of(SWEEP)).moment) is not None:
        return began
    if not await _is_full_due(now):
        return None
    for name in _checks:
        await move_to(_place(name))
    await move_to(SWEEP, moment=now)
    return now


async def _sweep(found: dict[tuple[str, str], Finding]) -> bool:
    """Continue the full pass; return whether every check is done with it. One that failed continues in the next run;
    one that found more than is kept begins again."""
    until = time.monotonic() + SWEEP_SECONDS
    looks = [Look(name, None, until) for name in _checks]
    is_complete = await _look(found, looks)
    return is_complete and all(look.is_done for look in looks)


async def _end_of_window(model: type[Model], above: int, size: int) -> int | None:
    """Return the last id of the next `size` rows, or None if there is no row left."""
    rest = model.filter(id__gt=above)
    for last in (rest.order_by("id").offset(size - 1), rest.order_by("-id")):
        for (row_id,) in await last.limit(1).values_list("id"):
            return int(row_id)
    return None


def _place(check: str) -> str:
    return f"invariants:sweep:{check}"


async def _is_full_due(now: datetime) -> bool:
    last = (await place_of(LAST_FULL)).moment
    if last is None:
        return True
    here = now.astimezone(KST)
    is_night_over = here.hour >= NIGHT and last.astimezone(KST).date() < here.date()
    return is_night_over or (now - last >= AGAIN and await InvariantBreach.filter(resolved_at=None).exists())


async def _look(found: dict[tuple[str, str], Finding], looks: Sequence[Look]) -> bool:
    """Add the findings, each once. Return True if every check finished and all its findings are kept."""
    is_complete = True
    for look in looks:
        try:
            findings = await _checks[look.check](look)
        except Exception as error:  # noqa: BLE001 - a failing check must not hide the findings of the others
            logger.error("check %s failed: %s", look.check, where(error))
            is_complete = False
            continue
        if len(findings) > MOST:
            logger.critical("check %s found %d things: only the first %d are kept", look.check, len(findings), MOST)
            is_complete = False
            if look.since is None:
                await move_to(_place(look.check))
        found |= {(finding.promise, finding.reference): finding for finding in findings[:MOST]}
    return is_complete


async def _keep_all(found: dict[tuple[str, str], Finding], *, now: datetime) -> None:
    for finding in found.values():
        await _keep(finding, now=now)


async def _keep(finding: Finding, *, now: datetime) -> None:
    logger.critical("promise %s is broken by %s: %s", finding.promise, finding.reference, finding.detail)
    row = InvariantBreach.filter(promise=finding.promise, reference=finding.reference[:80])
    change: dict[str, Any] = {"detail": finding.detail[:200], "last_seen_at": now, "resolved_at": None}
    if await row.update(**change):
        return
    try:
        await InvariantBreach.create(
            promise=finding.promise, reference=finding.reference[:80], first_seen_at=now, **change
        )
    except IntegrityError:  # a concurrent pass created it
        await row.update(**change)

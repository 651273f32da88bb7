"""Scheduled checks of the shop's promises: breaches are logged, stored, and shown to staff.

Domains register checks. A pass checks the rows that changed since the last one. A full pass runs nightly, and hourly
while a breach is open; only a full pass closes breaches.
"""

import logging
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

PROMISES: Final = ("P1", "P3", "P4", "P5", "P6")
EVERYTHING: Final = datetime(2000, 1, 1, tzinfo=UTC)
LAST: Final = "invariants:last"
LAST_FULL: Final = "invariants:full"
OVERLAP: Final = timedelta(hours=1)  # covers rows that were written but not yet committed during the last pass
NIGHT: Final = 3  # the hour in Korea after which a day's full pass may begin
AGAIN: Final = timedelta(hours=1)
PAGE: Final = 500
MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a promise (docs/promises.md). `reference` is as in ``order:<order_no>``; ids only."""

    promise: str
    reference: str
    detail: str


Check = Callable[[datetime], Awaitable[list[Finding]]]

_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Register `check`, which returns the breaches among rows changed since the given moment. A later registration of
    the name replaces an earlier one."""
    _checks[name] = check


async def check_invariants() -> int:
    """Run the checks, log and store breaches, and return their number. The job ``check-invariants``.

    Each finding is logged as CRITICAL and stored as one row of `InvariantBreach`, however often it is found. A failing
    check does not stop the others, but then no breach is closed.
    """
    now = clock.now()
    is_full = await _is_full_due(now)
    before = (await place_of(LAST)).moment
    since = EVERYTHING if is_full or before is None else before - OVERLAP
    is_complete, found = await _look(since)
    for finding in found:
        await _keep(finding, now=now)
    if since == EVERYTHING and is_complete:
        await InvariantBreach.filter(resolved_at=None, last_seen_at__lt=now).update(resolved_at=now)
        await move_to(LAST_FULL, moment=now)
    if is_complete:
        await move_to(LAST, moment=now)
    return len(found)


async def open_breaches() -> dict[str, int]:
    """Return the number of open breaches by promise; kept promises are left out. One query on an index."""
    found = InvariantBreach.filter(resolved_at=None).annotate(count=Count("id")).group_by("promise")
    return {row["promise"]: row["count"] for row in await found.values("promise", "count")}


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


async def _is_full_due(now: datetime) -> bool:
    last = (await place_of(LAST_FULL)).moment
    if last is None:
        return True
    here = now.astimezone(KST)
    is_night_over = here.hour >= NIGHT and last.astimezone(KST).date() < here.date()
    return is_night_over or (now - last >= AGAIN and await InvariantBreach.filter(resolved_at=None).exists())


async def _look(since: datetime) -> tuple[bool, Sequence[Finding]]:
    """Return True if every check finished, and the findings without duplicates."""
    is_complete = True
    found: dict[tuple[str, str], Finding] = {}
    for name, check in _checks.items():
        try:
            findings = await check(since)
        except Exception as error:  # noqa: BLE001 - a failing check must not hide the findings of the others
            logger.error("check %s failed: %s", name, where(error))
            is_complete = False
            continue
        if len(findings) > MOST:
            logger.critical("check %s found %d things: only the first %d are kept", name, len(findings), MOST)
            is_complete = False
        found |= {(finding.promise, finding.reference): finding for finding in findings[:MOST]}
    return is_complete, list(found.values())


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

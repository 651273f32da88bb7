"""How long personal values are kept, and what ends when the time is over.

`retention_classes.toml` names each class with its period and its law, `retention_columns.toml` the class of every
column. A domain's `Rule` ends the period of one class in one table, for members and guests alike. Nothing is deleted
while ``RETENTION=report``: the job ``enforce-retention`` then only counts, and so does ``src.cli retention --dry-run``.
"""

import logging
import tomllib
from calendar import monthrange
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from src.common import clock
from src.common.logs.setup import where
from src.core.configs import settings

logger = logging.getLogger(__name__)

FOLDER: Final = Path(__file__).parent
BATCH: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionClass:
    """A row of the table of classes. No `months` and no `days`: the class has no fixed period, see `until`."""

    name: str
    ko: str
    en: str
    law_ko: str
    law_en: str
    until_ko: str
    until_en: str
    months: int = 0
    days: int = 0


Find = Callable[[datetime], AsyncIterator[list[int]]]
"""Ids of rows whose period began at or before this moment, in batches of BATCH at most. Reads only."""

Erase = Callable[[Sequence[int], datetime], Awaitable[int]]
"""Erase these rows, looking again under a lock whether they are still due; returns how many rows it changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The end of one class in one table. `subject` says in Korean and English what goes."""

    retention: str
    table: str
    subject: str
    find: Find
    erase: Erase


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How many rows of a rule are due. `before`: their period began at that moment or earlier."""

    rule: Rule
    before: datetime
    rows: int


@cache
def classes() -> Mapping[str, RetentionClass]:
    """The table of classes, by name, in its order."""
    read = tomllib.loads((FOLDER / "retention_classes.toml").read_text())
    return {name: RetentionClass(name=name, **row) for name, row in read.items()}


@cache
def columns() -> Mapping[str, Mapping[str, str]]:
    """The class of every column, by table. Raises ValueError for a column that stands twice or an unknown class."""
    read: dict[str, dict[str, list[str]]] = tomllib.loads((FOLDER / "retention_columns.toml").read_text())
    found: dict[str, dict[str, str]] = {}
    for table, by_class in read.items():
        of_table = found.setdefault(table, {})
        for name, members in by_class.items():
            if name not in classes():
                raise ValueError(f"{table}: there is no class {name}")
            for column in members:
                if column in of_table:
                    raise ValueError(f"{table}.{column} stands twice")
                of_table[column] = name
    return found


def kept_until(since: datetime, name: str) -> datetime:
    """The end of the period of this class. A period that would end on a day that the month lacks ends on the first
    day of the next month. Raises ValueError for a class without a fixed period."""
    kept = classes()[name]
    if not kept.months and not kept.days:
        raise ValueError(f"{name} has no fixed period")
    years, month = divmod(since.month - 1 + kept.months, 12)
    try:
        end = since.replace(year=since.year + years, month=month + 1)
    except ValueError:
        end = since.replace(year=since.year + years, month=month + 2, day=1)
    return end + timedelta(days=kept.days)


def began_by(now: datetime, name: str) -> datetime:
    """A moment whose period of this class is over at `now`, days late at most and never early, and so is that of
    every earlier moment."""
    kept = classes()[name]
    year, month = divmod(now.year * 12 + now.month - 1 - kept.months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    moment = now.replace(year=year, month=month + 1, day=day) - timedelta(days=kept.days)
    while kept_until(moment, name) > now:  # 29 February is kept until 1 March
        moment -= timedelta(days=1)
    return moment


async def batches(found: Any) -> AsyncIterator[list[int]]:
    """Ids of the rows of a Tortoise query in batches, by id. Rows may go meanwhile."""
    last = 0
    while ids := list(await found.filter(id__gt=last).order_by("id").limit(BATCH).values_list("id", flat=True)):
        last = ids[-1]
        yield ids


async def preview(rules: Sequence[Rule]) -> list[Due]:
    """Count what is due now by rule, without a change. One read for each batch."""
    now = clock.now()
    found = []
    for rule in rules:
        before = began_by(now, rule.retention)
        rows = sum([len(ids) async for ids in rule.find(before)])
        found.append(Due(rule=rule, before=before, rows=rows))
    return found


def report(found: Sequence[Due], *, records: int, mode: str) -> list[str]:
    """The lines of the dry run: class, table, rows and what goes, then legal records that are due (`records`), which go
    on their own day whatever the setting says."""
    lines = [f"RETENTION={mode}"]
    for due in sorted(found, key=lambda due: list(classes()).index(due.rule.retention)):
        kept = classes()[due.rule.retention]
        lines.append(
            f"{kept.name} ({kept.until_ko} / {kept.until_en}) {due.rule.table}: {due.rows} rows until {due.before:%Y-%m-%d}"
            f" - {due.rule.subject}"
        )
    lines.append(f"legal_record ({classes()['legal_record'].until_ko}) legal_record: {records} rows")
    verb = "will be erased by the next run of enforce-retention" if mode == "on" else "stay: RETENTION=report"
    lines.append(f"total: {sum(due.rows for due in found)} rows {verb}")
    return lines


async def enforce(rules: Sequence[Rule]) -> int:
    """Erase what is due, or only report it (``RETENTION``); returns how many rows changed, 0 for a report.

    The rows are erased in batches with their own transactions. A repeat, also at the same time from another process
    or after a crash in the middle, erases what is left. A rule that fails is logged and keeps no other rule.
    """
    if settings().jobs.retention != "on":
        for due in await preview(rules):
            if due.rows:
                message = "retention: %d rows of %s are due (%s); RETENTION=report deletes nothing"
                logger.warning(message, due.rows, due.rule.table, due.rule.retention)
        return 0
    now, erased = clock.now(), 0
    for rule in rules:
        before = began_by(now, rule.retention)
        try:
            async for ids in rule.find(before):
                erased += await rule.erase(ids, before)
        except Exception as error:  # noqa: BLE001 - one rule must not keep the others
            logger.error("retention of %s (%s) failed: %s", rule.table, rule.retention, where(error))
    return erased

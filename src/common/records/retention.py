"""Retention periods of personal values, and the erasure of values whose period has ended.

`retention_classes.toml` defines the classes with period and law, `retention_columns.toml` the class of every column. A
domain's `Rule` erases values of one class in one table, for members and guests alike. With ``RETENTION=report`` nothing
is deleted: the job ``enforce-retention`` then only counts, as ``src.cli retention --dry-run`` always does.
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
WINDOW: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionClass:
    """A class of `retention_classes.toml`. Without `months` and `days` it has no fixed period: see `until_ko` and
    `until_en`."""

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
"""Yield the ids of rows whose period began at or before this moment, in batches of BATCH at most. Only reads."""

Erase = Callable[[Sequence[int], datetime], Awaitable[int]]
"""Erase those of these rows that are still due when checked again under a lock. Returns the number of changed rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Erasure of one retention class in one table. `subject` names the erased values in Korean and English."""

    retention: str
    table: str
    subject: str
    find: Find
    erase: Erase


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Number of rows that are due by a rule. Their period began at the moment `before` or earlier."""

    rule: Rule
    before: datetime
    rows: int


@cache
def classes() -> Mapping[str, RetentionClass]:
    """Return the classes by name, in the order of `retention_classes.toml`."""
    read = tomllib.loads((FOLDER / "retention_classes.toml").read_text())
    return {name: RetentionClass(name=name, **row) for name, row in read.items()}


@cache
def columns() -> Mapping[str, Mapping[str, str]]:
    """Return the class of every column, by table. Raises ValueError for a repeated column or an unknown class."""
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
    """Return the end of this class's period that began at `since`. If the last month lacks that day, the period
    ends on the first day of the month after. Raises ValueError for a class without a fixed period."""
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
    """Return a moment such that every period of this class that began then or earlier is over at `now`. Values may so
    be erased some days late, but never early."""
    kept = classes()[name]
    year, month = divmod(now.year * 12 + now.month - 1 - kept.months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    moment = now.replace(year=year, month=month + 1, day=day) - timedelta(days=kept.days)
    while kept_until(moment, name) > now:  # 29 February is kept until 1 March
        moment -= timedelta(days=1)
    return moment


async def batches(found: Any) -> AsyncIterator[list[int]]:
    """Yield the ids of the rows of a Tortoise query in batches, in id order. The caller may delete rows in between.

    A statement looks at WINDOW (20,000) rows at most: where few rows of a large table are due, a limit alone would
    read the whole table for one answer.
    """
    last = 0
    while True:
        rest = found.model.filter(id__gt=last).order_by("id").offset(WINDOW - 1).limit(1)
        end = next((row_id for (row_id,) in await rest.values_list("id")), None)
        window = found if end is None else found.filter(id__lte=end)
        while ids := list(await window.filter(id__gt=last).order_by("id").limit(BATCH).values_list("id", flat=True)):
            last = ids[-1]
            yield ids
        if end is None:
            return
        last = end


async def preview(rules: Sequence[Rule]) -> list[Due]:
    """Count the rows that are due now by rule, without changing them. One read for each batch."""
    now = clock.now()
    found = []
    for rule in rules:
        before = began_by(now, rule.retention)
        rows = sum([len(ids) async for ids in rule.find(before)])
        found.append(Due(rule=rule, before=before, rows=rows))
    return found


def report(found: Sequence[Due], *, records: int, mode: str) -> list[str]:
    """Return the lines of the dry run: class, table, rows and erased values of each rule, then the number of due legal
    records (`records`), which are deleted on their own day whatever `mode` is."""
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
    """Erase the rows that are due, or log only their number (``RETENTION=report``). Returns the number of changed rows,
    0 for a report.

    Each batch has its own transaction. A repeat, also a concurrent one or one after a crash, erases the remaining rows.
    A failing rule is logged and does not stop the others.
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
        except Exception as error:  # noqa: BLE001 - a failing rule must not stop the others
            logger.error("retention of %s (%s) failed: %s", rule.table, rule.retention, where(error))
    return erased

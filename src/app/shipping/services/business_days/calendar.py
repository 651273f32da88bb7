"""Korean business days: neither a weekend nor a public holiday, but for what staff set.

The public holidays are those of the file beside this module (관공서의 공휴일에 관한 규정, with substitute days and
election days), which scripts/public_holidays.py writes. Only what staff set differently is stored, so a newer file
corrects every other day.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from src.app.shipping.models import BusinessDay

SATURDAY: Final = 5
DAY: Final = timedelta(days=1)
FILE: Final = Path(__file__).with_name("public_holidays.toml")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Business days with what staff set: True for a day that is open, False for one that is closed."""

    changes: Mapping[date, bool] = field(default_factory=dict)

    def is_open(self, day: date) -> bool:
        """Return True for a business day."""
        return self.changes.get(day, day.weekday() < SATURDAY and day not in public_holidays(day.year))

    def not_before(self, day: date) -> date:
        """Return this day, or the next business day if it is none (민법 제161조)."""
        while not self.is_open(day):
            day += DAY
        return day

    def after(self, day: date, count: int) -> date:
        """Return the `count`-th business day after `day`, which does not count itself (민법 제157조)."""
        for _ in range(count):
            day = self.not_before(day + DAY)
        return day


def public_holidays(year: int) -> Mapping[date, str]:
    """Return the public holidays of a year with their Korean names; none for a year that the file does not have."""
    return _by_year().get(year, {})


@cache
def _by_year() -> Mapping[int, Mapping[date, str]]:
    found: defaultdict[int, dict[date, str]] = defaultdict(dict)
    for text, name in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        day = date.fromisoformat(text)
        found[day.year][day] = name
    return found


async def load_calendar() -> Calendar:
    """Return the calendar in force. One statement."""
    return Calendar(dict(await BusinessDay.all().values_list("day", "is_open")))

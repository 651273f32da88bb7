"""Until when a manual transfer is to be made, and until when its order is held."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from src.app.deposit.services.due import terms
from src.app.shipping.services.business_days.calendar import Calendar
from src.common.clock import KST
from src.core.configs import settings, use
from src.core.configs.deposit_groups import DepositSettings


def told(placed: datetime, due: str, check_hours: int = 12, *, closed: date | None = None) -> tuple[str, str]:
    changes = {closed: False} if closed else {}
    with use(replace(settings(), deposits=DepositSettings(due=due, check_hours=check_hours))):
        found = terms(placed, Calendar(changes))
    return tuple(f"{moment.astimezone(KST):%m-%d %H:%M:%S}" for moment in found)  # type: ignore[return-value]


def korean(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KST)


def test_business_days_end_at_midnight_and_staff_look_the_next_noon() -> None:
    # A Friday: Monday to Wednesday are the three business days.
    assert told(korean("2026-11-20 23:59"), "3d") == ("11-25 23:59:59", "11-26 11:59:59")


def test_a_day_off_counts_neither_for_the_buyer_nor_for_staff() -> None:
    placed = korean("2026-11-20 10:00")
    assert told(placed, "3d", closed=date(2026, 11, 24)) == ("11-26 23:59:59", "11-27 11:59:59")
    assert told(placed, "3d", closed=date(2026, 11, 26)) == ("11-25 23:59:59", "11-27 11:59:59")


def test_an_account_due_on_friday_is_looked_at_on_monday() -> None:
    assert told(korean("2026-11-19 10:00"), "1d") == ("11-20 23:59:59", "11-23 11:59:59")


def test_year_and_month_end() -> None:
    assert told(korean("2026-12-31 23:59:59"), "1d") == ("01-04 23:59:59", "01-05 11:59:59")


def test_hours_count_from_the_order() -> None:
    assert told(korean("2026-11-24 09:30"), "6h", 0) == ("11-24 15:30:00", "11-24 15:30:00")
    assert told(korean("2026-11-20 09:30"), "12h") == ("11-20 21:30:00", "11-23 09:30:00")


@pytest.mark.parametrize("due", ["0d", "31d", "3", "d", "0h", "100h", "3w", ""])
def test_what_is_no_time_is_refused_at_the_start(due: str) -> None:
    with pytest.raises(ValueError, match="should match pattern"):
        DepositSettings(due=due)

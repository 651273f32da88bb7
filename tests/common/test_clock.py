"""The one clock."""

import asyncio
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from pydantic import BaseModel

from src.common import clock

MOMENT = datetime(2026, 11, 20, 3, 4, 5, 678_901, tzinfo=UTC)


class Read(BaseModel):
    at: clock.KoreanTime


def test_now_is_aware_utc() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().utcoffset() == timedelta(0)


def test_as_of_holds_inside_and_ends_after() -> None:
    with clock.as_of(MOMENT.astimezone(timezone(timedelta(hours=9)))):
        assert clock.now() == MOMENT
        assert clock.now().utcoffset() == timedelta(0)
        with clock.as_of(MOMENT + timedelta(days=1)):
            assert clock.now() == MOMENT + timedelta(days=1)
        assert clock.now() == MOMENT
    assert clock.now() != MOMENT


def test_as_of_ends_after_an_error() -> None:
    with pytest.raises(LookupError), clock.as_of(MOMENT):
        raise LookupError
    assert clock.now() != MOMENT


async def test_as_of_reaches_tasks_started_inside_and_no_others() -> None:
    async def read() -> datetime:
        await asyncio.sleep(0)
        return clock.now()

    outside = asyncio.create_task(read())
    with clock.as_of(MOMENT):
        inside = asyncio.create_task(read())
    assert await inside == MOMENT
    assert await outside != MOMENT


def test_korean_day_is_from_midnight_to_midnight_in_korea() -> None:
    assert clock.korean_day(date(2026, 11, 20)) == (
        datetime(2026, 11, 19, 15, tzinfo=UTC),
        datetime(2026, 11, 20, 15, tzinfo=UTC),
    )


def test_korean_time_on_the_wire_has_its_offset_and_whole_seconds() -> None:
    assert clock.korean(MOMENT) == "2026-11-20T12:04:05+09:00"
    assert Read(at=MOMENT).model_dump_json() == '{"at":"2026-11-20T12:04:05+09:00"}'
    assert Read(at=datetime(2026, 12, 31, 15, tzinfo=UTC)).model_dump(mode="json") == {
        "at": "2027-01-01T00:00:00+09:00"
    }

"""Looks are counted in memory and added later."""

from collections.abc import Mapping

import pytest

from src.common.records.view_counts import AGAIN_SECONDS, ViewCounter, flush_at_end


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_sums_are_handed_over_once_in_id_order(empty: None) -> None:
    counter, written = ViewCounter(), list[dict[int, int]]()

    async def write(sums: Mapping[int, int]) -> None:
        written.append(dict(sums))

    for row_id, who in ((9, "a"), (2, "a"), (9, "b"), (9, "a")):
        counter.saw(row_id, who)
    assert await counter.flush(write) == 2
    assert await counter.flush(write) == 0
    assert written == [{2: 1, 9: 2}]
    assert list(written[0]) == [2, 9]


async def test_what_could_not_be_written_waits(empty: None) -> None:
    counter, written = ViewCounter(), list[dict[int, int]]()

    async def fails(_: Mapping[int, int]) -> None:
        counter.saw(1, "b")  # meanwhile
        raise OSError

    async def write(sums: Mapping[int, int]) -> None:
        written.append(dict(sums))

    counter.saw(1, "a")
    with pytest.raises(OSError):  # noqa: PT011 - its own
        await counter.flush(fails)
    assert await counter.flush(write) == 1
    assert written == [{1: 2}]


async def test_the_same_address_counts_again_after_a_while(empty: None) -> None:
    clock, total = Clock(), 0
    counter = ViewCounter(clock=clock)

    async def write(sums: Mapping[int, int]) -> None:
        nonlocal total
        total += sum(sums.values())

    for moment in (0.0, AGAIN_SECONDS - 1, AGAIN_SECONDS, AGAIN_SECONDS + 1):
        clock.now = moment
        counter.saw(1, "a")
    await counter.flush(write)
    assert total == 2


async def test_a_database_that_is_away_keeps_no_worker_from_ending() -> None:
    async def fails() -> int:
        raise ConnectionError

    await flush_at_end(fails)

"""Bells that wake the runner."""

import asyncio
from collections.abc import Iterator
from time import monotonic

import pytest

from src.common.work import wakeup


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    wakeup.reset()
    yield
    wakeup.reset()


async def waited(job: str, seconds: float) -> float:
    start = monotonic()
    await wakeup.wait(job, seconds)
    return monotonic() - start


async def test_nobody_wakes_and_the_time_is_up() -> None:
    assert 0.05 <= await waited("a", 0.05) < 20


async def test_waker_ends_the_wait_at_once() -> None:
    waiting = asyncio.create_task(waited("a", 30))
    await asyncio.sleep(0)
    wakeup.wake("a")
    assert await waiting < 20


async def test_bell_rung_before_the_wait_is_not_lost() -> None:
    wakeup.wake("a")
    wakeup.wake("a")
    assert await waited("a", 30) < 20


async def test_bell_wakes_once() -> None:
    wakeup.wake("a")
    await waited("a", 30)
    assert await waited("a", 0.05) >= 0.05


async def test_bell_of_another_job_is_not_heard() -> None:
    wakeup.wake("b")
    assert await waited("a", 0.05) >= 0.05
    assert await waited("b", 30) < 20


async def test_reset_forgets_what_was_rung() -> None:
    wakeup.wake("a")
    wakeup.reset()
    assert await waited("a", 0.05) >= 0.05

"""A process whose parent is gone stops; one whose parent lives does not."""

import asyncio
import os

import pytest

from src.core import orphan
from src.core.orphan import watch_parent


async def test_a_living_parent_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orphan, "INTERVAL_SECONDS", 0.01)
    stops: list[str] = []
    watching = asyncio.create_task(watch_parent(os.getppid(), lambda: stops.append("stop")))
    await asyncio.sleep(0.1)
    assert not watching.done()
    assert stops == []
    watching.cancel()


async def test_a_parent_that_is_not_ours_stops_once_and_at_once() -> None:
    stops: list[str] = []
    await asyncio.wait_for(watch_parent(os.getppid() + 1, lambda: stops.append("stop")), 20)
    assert stops == ["stop"]

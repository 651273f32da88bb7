from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sandbox.support import Receiver, Shop, config_for, receiving, running


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as it:
        yield it


@pytest.fixture
async def shop(tmp_path: Path, receiver: Receiver) -> AsyncIterator[Shop]:
    async with running(config_for(tmp_path / "sandbox.db", receiver.url)) as it:
        yield it


@pytest.fixture
async def slow_shop(tmp_path: Path, receiver: Receiver) -> AsyncIterator[Shop]:
    """Slow enough that a test can look at what is not answered yet, also on a busy machine."""
    async with running(config_for(tmp_path / "sandbox.db", receiver.url), slow_seconds=1.0) as it:
        yield it

"""Work that goes on after an answer."""

import asyncio
import logging

import pytest

from src.app.notification.services.background import finish, later


async def test_finish_waits_for_what_was_begun() -> None:
    done: list[int] = []

    async def work() -> None:
        await asyncio.sleep(0.02)
        done.append(1)

    later(work())
    assert done == []
    await finish()
    await finish()

    assert done == [1]


async def test_finish_gives_up_what_does_not_end(caplog: pytest.LogCaptureFixture) -> None:
    async def endless() -> None:
        await asyncio.Event().wait()

    later(endless())
    await asyncio.wait_for(finish(0.05), timeout=20)

    assert "are lost" in caplog.text


async def test_a_failure_is_logged_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    async def failing() -> None:
        raise ValueError("minji@example.com")

    with caplog.at_level(logging.DEBUG):
        later(failing())
        await finish()

    assert "ValueError at " in caplog.text
    assert "minji@example.com" not in caplog.text

"""News of what public reads show: at once in this worker, by Redis in the others."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest
from redis.asyncio import Redis

from src.common.http import public_cache, public_invalidation
from src.common.http.public_cache import BytesCache
from src.common.http.public_invalidation import CHANNEL, Listener, shown_changed
from src.core import redis as redis_module
from src.core.database import unit_of_work
from src.core.redis import redis
from src.core.redis.pubsub import process_name


class Answers:
    """A cache that is forgotten with all the others, and how often its one answer was made."""

    def __init__(self) -> None:
        self.cache = public_cache.forgotten_together(
            BytesCache(name="test", max_bytes=10_000, fresh_seconds=600, stale_seconds=600)
        )
        self.built = 0

    async def read(self) -> int:
        async def build() -> bytes:
            self.built += 1
            return json.dumps(self.built).encode()

        return int((await self.cache.get("one", build)).body)


@pytest.fixture
def answers() -> Answers:
    return Answers()


@asynccontextmanager
async def listening(worker: str) -> AsyncIterator[Listener]:
    listener = Listener(worker)
    await listener.start()
    try:
        async with asyncio.timeout(10):
            await listener.is_listening.wait()
        yield listener
    finally:
        await listener.stop()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - other code changes it, which tells nobody
            await asyncio.sleep(0.01)


@asynccontextmanager
async def heard() -> AsyncIterator[list[str]]:
    """What is said on the channel."""
    said: list[str] = []
    async with redis().pubsub() as channel:
        await channel.subscribe(CHANNEL)
        stopped = False

        async def hear() -> None:
            while not stopped:
                message = await channel.get_message(ignore_subscribe_messages=True, timeout=0.05)
                if message is not None:
                    said.append(message["data"])

        task = asyncio.create_task(hear())
        try:
            yield said
        finally:
            stopped = True
            await task


async def test_a_committed_change_is_seen_here_at_once(client: httpx.AsyncClient, answers: Answers) -> None:
    async def change() -> None:
        shown_changed()
        assert await answers.read() == 1, "not before the commit"

    assert await answers.read() == 1
    await unit_of_work(change)
    assert await answers.read() == 2


async def test_a_change_that_is_rolled_back_is_no_news(client: httpx.AsyncClient, answers: Answers) -> None:
    async def change() -> None:
        shown_changed()
        raise LookupError

    async with heard() as said:
        assert await answers.read() == 1
        with pytest.raises(LookupError):
            await unit_of_work(change)
        await asyncio.sleep(0.3)
        assert (await answers.read(), said) == (1, [])


async def test_any_number_of_changes_is_one_message(client: httpx.AsyncClient) -> None:
    async with heard() as said:
        for _ in range(1_000):
            shown_changed()
        await until(lambda: bool(said))
        await asyncio.sleep(0.3)
        assert len(said) == 1
        shown_changed()
        await until(lambda: len(said) == 2)


async def test_another_worker_forgets_when_it_hears(client: httpx.AsyncClient, answers: Answers) -> None:
    async with listening("another"):
        assert await answers.read() == 1
        await redis().publish(CHANNEL, process_name())  # which the app itself takes for its own
        await until(lambda: not answers.cache.used_bytes)
        assert await answers.read() == 2


async def test_a_worker_does_not_forget_twice_for_its_own_change(client: httpx.AsyncClient, answers: Answers) -> None:
    async with heard() as said:
        assert await answers.read() == 1
        await redis().publish(CHANNEL, process_name())
        await until(lambda: said == [process_name()])
        await asyncio.sleep(0.2)
        assert await answers.read() == 1


def test_forked_workers_have_names_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    name = process_name()
    assert name == process_name()
    with monkeypatch.context() as in_child:
        in_child.setattr(os, "getpid", lambda: 1)
        assert process_name() not in (name, "")
    assert name == process_name()


async def test_with_redis_away_changes_and_the_listener_do_no_harm(
    client: httpx.AsyncClient, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = redis()
    away = Redis.from_url("redis://127.0.0.1:1/0", socket_connect_timeout=0.2)
    monkeypatch.setattr(redis_module, "_client", away)
    listener = Listener("another")
    await listener.start()
    assert await answers.read() == 1
    shown_changed()
    assert await answers.read() == 2
    await asyncio.sleep(0.3)
    assert not listener.is_listening.is_set()
    monkeypatch.setattr(redis_module, "_client", there)
    async with asyncio.timeout(10):
        await listener.is_listening.wait()
    await asyncio.sleep(0)
    assert await answers.read() == 3, "what was said meanwhile is not known"
    await listener.stop()
    await away.aclose()


@pytest.fixture(autouse=True)
async def nothing_left() -> AsyncIterator[None]:
    yield
    await public_invalidation._announcer.finish(5)

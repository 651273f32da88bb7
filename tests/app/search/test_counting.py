"""Searches are counted, from memory over Redis to the database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from src.app.product.services.search import query_counts
from src.app.search.models import SearchTerm
from src.app.search.services.counting import flush, hour_of, keys_of, store
from src.common import clock
from src.core import redis as redis_module
from src.core.redis import redis
from tests.factories.catalogue import make_product

PATH = "/api/v1/products"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=clock.KST).astimezone(UTC)


@pytest.fixture(autouse=True)
def from_nothing() -> Iterator[None]:
    query_counts.take()
    yield
    query_counts.take()


async def search(client: httpx.AsyncClient, **params: Any) -> None:
    assert (await client.get(PATH, params=params)).status_code == 200


async def test_every_first_page_counts_and_cached_answers_too(client: httpx.AsyncClient) -> None:
    await make_product(name="골프백")
    for _ in range(3):
        await search(client, q="골프백")
    etag = (await client.get(PATH, params={"q": "골프백"})).headers["etag"]
    assert (await client.get(PATH, params={"q": "골프백"}, headers={"If-None-Match": etag})).status_code == 304
    await search(client, q="  골프백 ")
    await search(client, q="골프백", page=2)
    await search(client)
    await search(client, category="x")
    assert query_counts.take() == {"골프백": (6, 0)}
    assert query_counts.take() == {}


async def test_a_word_is_empty_only_by_itself(client: httpx.AsyncClient) -> None:
    await search(client, q="없는말")
    await search(client, q="없는말", sort="popular")
    await search(client, q="없는말", min_price=5)
    assert query_counts.take() == {"없는말": (3, 2)}


@pytest.mark.parametrize(
    "word",
    ["010-1234-5678", "01012345678", "+82 10 1234 5678", "kim@example.com", "900101-1234567", "1234 5678 9012 3456", "20261120-abcdefgh", "x" * 41],
)  # fmt: skip
async def test_what_may_be_somebodys_is_not_counted(client: httpx.AsyncClient, word: str) -> None:
    await search(client, q=word)
    assert query_counts.take() == {}


async def test_a_worker_holds_a_bounded_number_of_words(client: httpx.AsyncClient) -> None:
    query_counts.put_back({f"w{number}": (1, 0) for number in range(query_counts.MOST_WORDS + 50)})
    query_counts.put_back({"w0": (1, 1), "new": (1, 0)})
    taken = query_counts.take()
    assert len(taken) == query_counts.MOST_WORDS
    assert (taken["w0"], "new" in taken) == ((2, 1), False)


async def test_counts_of_all_workers_add_up_in_their_hour(client: httpx.AsyncClient) -> None:
    with clock.as_of(NOON):
        query_counts.put_back({"골프백": (2, 0), "없는말": (1, 1)})
        assert await flush() == 2
        query_counts.put_back({"골프백": (3, 0)})
        assert await flush() == 1
        assert await flush() == 0
    searches, empty = keys_of(hour_of(NOON))
    assert dict(await redis().zrange(searches, 0, -1, withscores=True)) == {"골프백": 5.0, "없는말": 1.0}
    assert dict(await redis().zrange(empty, 0, -1, withscores=True)) == {"없는말": 1.0}
    assert 0 < await redis().ttl(searches) <= 50 * 3600


async def test_with_redis_away_nothing_is_lost(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    away = Redis.from_url("redis://127.0.0.1:1/0", socket_connect_timeout=0.2)
    with monkeypatch.context() as patched:
        patched.setattr(redis_module, "_client", away)
        query_counts.put_back({"골프백": (2, 1)})
        assert await flush() == 0
    await away.aclose()
    assert query_counts.take() == {"골프백": (2, 1)}


async def stored() -> list[tuple[str, str, int, int]]:
    rows = await SearchTerm.all().order_by("day", "term")
    return [(row.day.isoformat(), row.term, row.searches, row.misses) for row in rows]


async def test_days_are_written_off_once_however_often_the_job_runs(client: httpx.AsyncClient) -> None:
    for moment, counts in (
        (NOON - timedelta(hours=13), {"골프백": (1, 0)}),  # 23:00 of the day before
        (NOON - timedelta(hours=12), {"골프백": (2, 0)}),  # midnight belongs to the new day
        (NOON, {"골프백": (3, 1), "장갑": (1, 0)}),
    ):
        with clock.as_of(moment):
            query_counts.put_back(counts)
            await flush()
    wanted = [("2026-11-19", "골프백", 1, 0), ("2026-11-20", "골프백", 5, 1), ("2026-11-20", "장갑", 1, 0)]
    with clock.as_of(NOON):
        assert await store() == 3
        assert await store() == 0
    assert await stored() == wanted
    await redis().flushdb()
    with clock.as_of(NOON):
        query_counts.put_back({"골프백": (1, 0)})
        await flush()
        assert await store() == 0
    assert await stored() == wanted, "what Redis lost stays in the database"


async def test_old_days_are_forgotten(client: httpx.AsyncClient) -> None:
    day = NOON.date()
    for age in (400, 401):
        await SearchTerm.create(day=day - timedelta(days=age), term="골프백", searches=1)
    with clock.as_of(NOON):
        await store()
    assert [row[0] for row in await stored()] == [(day - timedelta(days=400)).isoformat()]

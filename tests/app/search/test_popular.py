"""GET /search/popular."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from src.app.product.services.search import query_counts
from src.app.search.models import SearchTerm
from src.app.search.services.counting import flush, hour_of, keys_of
from src.common import clock
from src.common.http import public_cache
from src.core.redis import redis

PATH = "/api/v1/search/popular"


@pytest.fixture(autouse=True)
def from_nothing() -> Iterator[None]:
    query_counts.take()
    yield
    query_counts.take()


async def count(counts: dict[str, tuple[int, int]], *, hours_ago: int = 0) -> None:
    with clock.as_of(clock.now() - timedelta(hours=hours_ago)):
        query_counts.put_back(counts)
        await flush()


async def popular(client: httpx.AsyncClient) -> list[str]:
    public_cache.invalidate_all()
    answer = await client.get(PATH)
    assert answer.status_code == 200
    items = answer.json()["items"]
    assert [item["rank"] for item in items] == list(range(1, len(items) + 1))
    return [item["term"] for item in items]


async def test_nobody_searched_is_an_empty_list(client: httpx.AsyncClient) -> None:
    assert await popular(client) == []
    assert (await client.get(PATH)).headers["etag"]


async def test_new_searches_weigh_more_than_old_ones(client: httpx.AsyncClient) -> None:
    await count({"어제": (100, 0)}, hours_ago=30)
    await count({"아침": (20, 0)}, hours_ago=18)
    await count({"지금": (5, 0), "둘": (4, 0)})
    assert await popular(client) == ["지금", "둘", "아침"]


async def test_rare_empty_and_personal_words_are_not_shown(client: httpx.AsyncClient) -> None:
    await count({"골프백": (3, 1), "ㄱㅍ ㅂ": (9, 0), "드문": (2, 0), "없는말": (50, 40)})
    await redis().zadd(keys_of(hour_of(clock.now()))[0], {"010-1234-5678": 99, "kim@example.com": 99})
    assert await popular(client) == ["골프백"]


async def test_the_last_days_fill_the_list_and_ten_are_shown(client: httpx.AsyncClient) -> None:
    today = clock.now().astimezone(clock.KST).date()
    for number in range(12):
        await SearchTerm.create(day=today - timedelta(days=6), term=f"지난{number:02d}", searches=50 - number)
    await SearchTerm.create(day=today - timedelta(days=7), term="오래된", searches=500)
    await SearchTerm.create(day=today, term="못찾은", searches=500, misses=300)
    await count({"지금": (3, 0)})
    assert await popular(client) == ["지금", *(f"지난{number:02d}" for number in range(9))]

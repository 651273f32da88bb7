"""GET /admin/statistics/search-terms."""

from datetime import date
from typing import Any

import httpx
import pytest

from src.app.search.models import SearchTerm
from tests.app.product.captured import captured_sql
from tests.app.staff.people import headers_with
from tests.factories.people import bearer

PATH = "/api/v1/admin/statistics/search-terms"


async def rows() -> None:
    for day, term, searches, empty in (
        (1, "골프백", 5, 0),
        (2, "골프백", 7, 1),
        (2, "없는말", 3, 3),
        (2, "가나다", 3, 0),
        (3, "없는말", 4, 2),
    ):
        await SearchTerm.create(day=date(2026, 11, day), term=term, searches=searches, misses=empty)


async def test_words_by_days_the_most_searched_first(client: httpx.AsyncClient) -> None:
    await rows()
    headers = await headers_with(client, "statistics:read")

    async def asked(**params: Any) -> list[tuple[str, int, int]]:
        answer = await client.get(PATH, params=params, headers=headers)
        assert answer.status_code == 200, answer.text
        return [(item["term"], item["searches"], item["misses"]) for item in answer.json()["items"]]

    assert await asked() == [("골프백", 12, 1), ("없는말", 7, 5), ("가나다", 3, 0)]
    assert await asked(zero=True) == [("없는말", 7, 5), ("골프백", 12, 1)]
    assert await asked(**{"from": "2026-11-02", "to": "2026-11-02"}) == [
        ("골프백", 7, 1), ("가나다", 3, 0), ("없는말", 3, 3),
    ]  # fmt: skip
    assert await asked(**{"from": "2026-11-04"}) == []
    with captured_sql() as statements:
        answer = await client.get(PATH, params={"page": 2, "size": 2}, headers=headers)
    assert answer.json() == {
        "items": [{"term": "가나다", "searches": 3, "misses": 0, "first_day": "2026-11-02", "last_day": "2026-11-02"}],
        "total": 3,
        "page": 2,
        "size": 2,
    }
    assert len([text for text in statements if "search_term" in text]) == 2


async def test_only_staff_with_the_permission(client: httpx.AsyncClient) -> None:
    assert (await client.get(PATH)).status_code == 401
    assert (await client.get(PATH, headers=await bearer(client))).status_code == 403
    assert (await client.get(PATH, headers=await headers_with(client, "product:read"))).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["from=2026-11-02&to=2026-11-01", "from=2026-13-01", "zero=perhaps", "page=0", "size=101", "nope=1"],
)
async def test_bad_input_is_refused(client: httpx.AsyncClient, query: str) -> None:
    headers = await headers_with(client, "statistics:read")
    assert (await client.get(f"{PATH}?{query}", headers=headers)).status_code == 422

"""A route that ends says so in every answer, and in the document."""

from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from src.common.exceptions import documents
from src.common.exceptions.general import RouteNotFound
from src.common.handlers.registration import register
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.http.routing import new_router, take_routes
from src.common.identity import Guest
from src.main import Shop
from tests.architecture.sources import ROOT

HEADERS = {
    "deprecation": "@1798729200",  # 2027-01-01T00:00:00+09:00
    "sunset": "Wed, 30 Jun 2027 15:00:00 GMT",
    "link": '</api/v2/tees>; rel="successor-version"',
}


def ended(call: Callable[..., Any]) -> Callable[..., Any]:
    from src.common.openapi.endings import ends

    mark: Callable[..., Any] = ends(since=date(2027, 1, 1), until=date(2027, 7, 1), instead="/api/v2/tees")(call)
    return mark


def shop() -> FastAPI:
    router, public = new_router(tags=["product"]), public_router(tags=["product"])

    @router.get("/tees/{number}", operation_id="readTee", responses=documents(RouteNotFound))
    @ended
    async def read_tee(number: int, _: Guest) -> dict[str, int]:
        """A tee."""
        if number > 9:
            raise RouteNotFound
        return {"number": number}

    @public.get("/tees", operation_id="listTees", response_model=dict[str, int], responses=public_answers())
    @ended
    async def list_tees(request: Request, _: Guest) -> Response:
        """All tees."""

        async def build() -> bytes:
            return b'{"count": 9}'

        return await public_read(request, ("tees",), build)

    @router.get("/balls", operation_id="listBalls")
    async def list_balls(_: Guest) -> dict[str, int]:
        """All balls."""
        return {"count": 3}

    app = Shop()
    register(app)
    take_routes(app.router, router, public)
    return app


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=shop()), base_url="http://shop") as made:
        yield made


def said(response: httpx.Response) -> dict[str, str]:
    return {name: response.headers[name] for name in HEADERS if name in response.headers}


@pytest.mark.fault("S10")
@pytest.mark.parametrize(
    ("path", "status"),
    [("tees/3", 200), ("tees/12", 404), ("tees/x", 422), ("tees/3?colour=1", 422), ("tees", 200)],
)
async def test_every_answer_of_a_route_that_ends_says_so(client: httpx.AsyncClient, path: str, status: int) -> None:
    for _ in range(2):  # the second answer of a public read comes from memory
        response = await client.get(f"/api/v1/{path}")
        assert response.status_code == status
        assert said(response) == HEADERS


async def test_other_routes_say_nothing(client: httpx.AsyncClient) -> None:
    assert said(await client.get("/api/v1/balls")) == {}


@pytest.mark.fault("S10")
def test_the_document_says_so_too() -> None:
    paths = shop().openapi()["paths"]
    for path in ("/api/v1/tees", "/api/v1/tees/{number}"):
        operation = paths[path]["get"]
        assert operation["deprecated"] is True
        assert operation["description"].startswith("Deprecated since 2027-01-01, may be gone from 2027-07-01")
        for answer in operation["responses"].values():
            told = {name.lower(): header.get("example") for name, header in answer["headers"].items()}
            assert {name: told[name] for name in HEADERS} == HEADERS
    assert "deprecated" not in paths["/api/v1/balls"]["get"]


@pytest.mark.fault("S10")
@pytest.mark.parametrize("until", [date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 29)])
def test_clients_have_half_a_year(until: date) -> None:
    from src.common.openapi.endings import ends

    with pytest.raises(ValueError, match="at least 180 days"):
        ends(since=date(2027, 1, 1), until=until, instead="/api/v2/tees")(lambda: None)


@pytest.mark.fault("S10")
def test_the_policy_is_written_down() -> None:
    page = (ROOT / "docs/versions.md").read_text()
    assert all(word in page for word in ("Deprecation", "Sunset", "180 days", "successor-version"))
    assert "docs/versions.md" in (ROOT / "README.md").read_text()

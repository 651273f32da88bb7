"""The table finds the route that the router itself would find."""

from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route

from src.common.http.route_table import RouteTable, head_of, table_of

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")


def scope_of(method: str, path: str) -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "root_path": "", "headers": [],
        "query_string": b"", "path_params": {},
    }  # fmt: skip


def first_match(routes: list[BaseRoute], scope: dict[str, Any]) -> BaseRoute | None:
    return next((route for route in routes if route.matches(scope)[0] is Match.FULL), None)


def test_it_chooses_as_the_router_for_every_route_of_the_shop(app: FastAPI) -> None:

    table, looked = table_of(app.router.routes), 0
    for route in app.router.routes:
        if not isinstance(route, Route):
            continue
        for path in {route.path_format, route.path_format.replace("{", "").replace("}", ""), f"{route.path_format}/x"}:
            for method in METHODS:
                scope = scope_of(method, path)
                found = first_match(table.get((method, head_of(path)), []), scope)
                assert found in (first_match(app.router.routes, scope), None), (method, path)
                looked += found is not None
    assert looked > 300


def said(word: str) -> Any:
    async def answer(request: Request) -> Response:
        return PlainTextResponse(word + "".join(request.path_params.values()))

    return answer


ROUTES: list[BaseRoute] = [
    Route("/api/v1/goods/{code}", said("one ")),
    Route("/api/v1/goods/new", said("never")),
    Route("/api/v1/{what}/last", said("any ")),
    Route("/api/v1/orders/last", said("never")),
    Route("/api/v1/orders", said("placed"), methods=["POST"]),
    Mount("/media", PlainTextResponse("media")),
]


async def asked(method: str, path: str) -> tuple[int, str]:
    router = APIRouter(routes=ROUTES, redirect_slashes=False)
    router.middleware_stack = RouteTable(router)
    messages: list[Any] = []

    async def send(message: Any) -> None:
        messages.append(message)

    async def receive() -> Any:
        raise AssertionError("nothing reads a body")

    await router(scope_of(method, path), receive, send)
    return messages[0]["status"], messages[1]["body"].decode()


@pytest.mark.parametrize(
    ("method", "path", "answer"),
    [
        ("GET", "/api/v1/goods/7", (200, "one 7")),
        ("GET", "/api/v1/goods/new", (200, "one new")),
        ("GET", "/api/v1/orders/last", (200, "any orders")),
        ("POST", "/api/v1/orders", (200, "placed")),
        ("GET", "/api/v1/orders", (405, "Method Not Allowed")),
        ("GET", "/media/a/b.png", (200, "media")),
        ("GET", "/api/v1/orders/", (404, "Not Found")),
        ("GET", "/", (404, "Not Found")),
    ],
)
async def test_the_first_route_that_matches_answers(method: str, path: str, answer: tuple[int, str]) -> None:
    assert await asked(method, path) == answer


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("/api/v1/orders", "/api/v1/orders"),
        ("/api/v1/orders/{order_no}/cancel", "/api/v1/orders"),
        ("/api/v1/admin/orders/7", "/api/v1/admin/orders"),
        ("/api/v1/admin", "/api/v1/admin"),
        ("/health/ready", "/health/ready"),
        ("/", "/"),
    ],
)
def test_the_head_is_the_noun(path: str, head: str) -> None:
    assert head_of(path) == head

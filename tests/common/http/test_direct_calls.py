"""A call without FastAPI's machinery answers what FastAPI's own handler answers."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

import httpx
import pytest
from fastapi import BackgroundTasks, Cookie, Depends, FastAPI, Header, Query, Request, Response
from pydantic import BaseModel, Field

from src.common.exceptions.general import MultipartExpected
from src.common.handlers.registration import register
from src.common.http import routing
from src.common.http.direct_calls import direct
from src.common.http.routing import Route, new_router
from src.common.identity import Guest

CALLED: list[str] = []


class Ask(BaseModel):
    name: str = Field(max_length=5)
    many: int = 1


class Read(BaseModel):
    told: dict[str, Any]


async def refusing(request: Request, x_refuse: Annotated[bool, Header()] = False) -> str:
    """Refuse where it is asked to, after the headers and before the body is judged."""
    CALLED.append("refusing")
    if x_refuse:
        raise MultipartExpected
    return request.method


async def first(
    x_first: Annotated[int | None, Header(ge=3)] = None, seen: Annotated[str | None, Cookie()] = None
) -> str:
    CALLED.append("first")
    return f"{x_first} {seen}"


async def inner(x_inner: Annotated[str, Header()] = "i") -> str:
    return x_inner


async def nested(found: Annotated[str, Depends(inner)]) -> str:
    return found


async def generated() -> AsyncIterator[str]:
    yield "made"


def app_with(*, is_direct: bool, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    with monkeypatch.context() as patch:
        if not is_direct:
            patch.setattr(routing, "direct", lambda route, otherwise: otherwise)
        router = new_router()

        @router.post("/things/{number}", status_code=201, response_model=Read)
        async def thing(
            *,
            number: int,
            body: Ask,
            by: Guest,
            one: Annotated[str, Depends(first)],
            two: Annotated[str, Depends(refusing)],
            response: Response,
            size: Annotated[int, Query(ge=1)] = 20,
        ) -> Read:
            """Tell what came."""
            response.headers["X-Size"] = str(size)
            if size == 7:
                response.status_code = 202
            return Read(told={"number": number, "body": body.model_dump(), "one": one, "two": two, "by": by.kind})

        @router.get("/plain", response_model=Read)
        async def plain(by: Guest) -> Any:
            """Tell a form that the model does not have, or a response."""
            return Response(b"own", media_type="text/plain")

        @router.get("/nested", response_model=Read)
        async def more(
            by: Guest,
            found: Annotated[str, Depends(nested)],
            made: Annotated[str, Depends(generated)],
            tasks: BackgroundTasks,
            tags: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI copies it
        ) -> Read:
            """Tell what only FastAPI can solve."""
            return Read(told={"found": found, "made": made, "tags": tags})

    app = FastAPI(telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False})
    register(app)
    routing.take_routes(app.router, router)
    return app


ASKED: list[dict[str, Any]] = [
    {"json": {"name": "a"}},
    {"json": {"name": "a", "many": "3"}, "headers": {"X-First": "4", "Cookie": "seen=yes"}},
    {"json": {"name": "a"}, "params": {"size": 7}},
    {"json": {"name": "too long"}},
    {"json": {"name": "too long"}, "headers": {"X-Refuse": "true"}},
    {"json": {"name": "a"}, "headers": {"X-Refuse": "true"}},
    {"json": {"name": "a"}, "headers": {"X-Refuse": "perhaps"}},
    {"json": {"name": "a"}, "headers": {"X-First": "1"}},
    {"json": {"name": "a"}, "params": {"size": 0}},
    {"json": {"name": "a"}, "params": {"else": 0}},
    {"json": {}},
    {"json": None},
    {"json": []},
    {},
    {"content": b"{", "headers": {"Content-Type": "application/json"}},
    {"content": b'{"name": "a", "name": "b"}', "headers": {"Content-Type": "application/json"}},
    {"content": b'{"name": "\xff"}', "headers": {"Content-Type": "application/json"}},
    {"content": b'{"name": "a"}', "headers": {"Content-Type": "application/merge-patch+json"}},
    {"content": b'{"name": "a"}', "headers": {"Content-Type": "application/json; charset=utf-8"}},
    {"content": b'{"name": "a"}', "headers": {"Content-Type": "text/plain"}},
]


async def answer(app: FastAPI, method: str, path: str, **asked: Any) -> tuple[Any, ...]:
    CALLED.clear()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as http:
        found = await http.request(method, path, **asked)
    return found.status_code, found.text, sorted(found.headers.items()), list(CALLED)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: json.dumps(asked, default=repr)[:60])
@pytest.mark.parametrize("number", ["5", "five"])
async def test_it_answers_as_fastapi(asked: dict[str, Any], number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = await answer(app_with(is_direct=True, monkeypatch=monkeypatch), "POST", f"/api/v1/things/{number}", **asked)
    theirs = await answer(
        app_with(is_direct=False, monkeypatch=monkeypatch), "POST", f"/api/v1/things/{number}", **asked
    )
    assert ours == theirs


@pytest.mark.parametrize("path", ["/api/v1/plain", "/api/v1/nested?tags=a&tags=b"])
async def test_what_is_not_handled_is_left_to_fastapi(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = await answer(app_with(is_direct=True, monkeypatch=monkeypatch), "GET", path)
    theirs = await answer(app_with(is_direct=False, monkeypatch=monkeypatch), "GET", path)
    assert ours == theirs
    assert ours[0] == 200


async def otherwise(_request: Request) -> Response:
    return Response()


def test_the_routes_of_a_purchase_are_called_directly(app: FastAPI) -> None:
    paths = {"/api/v1/orders": "POST", "/api/v1/payments/{payment_id}/complete": "POST"}
    routes = [one for one in app.routes if isinstance(one, Route) and one.methods == {paths.get(one.path)}]
    assert [one.path for one in routes if direct(one, otherwise) is not otherwise] == list(paths)

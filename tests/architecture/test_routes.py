"""Who may call is part of every signature (docs/architecture.md#r2)."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import RouteContext, iter_route_contexts

from src.common.http.routing import Route, policy_of
from src.common.identity import Policy
from src.core.configs import Settings
from src.main import PORTONE_HOST, create_app

# Anybody may look at these, and they are no operations of the shop.
EXEMPT = ("/", "/docs", "/redoc", "/openapi.json", "/media", "/sandbox", "/health", "/version", PORTONE_HOST)


@pytest.fixture(scope="module")
def plain_app(shop_settings: Settings) -> FastAPI:
    """The app as main makes it, not started."""
    return create_app(shop_settings, with_runner=False)


def operations(app: FastAPI) -> Iterator[tuple[str, str, RouteContext]]:
    """Method, path and route of everything that answers, included routers looked into."""
    for route in iter_route_contexts(app.routes):
        for method in sorted(route.methods or {"*"}):
            yield method, route.path or str(getattr(route.original_route, "host", "")), route


def is_exempt(path: str) -> bool:
    return any(path == name or path.startswith(f"{name}/") for name in EXEMPT)


def policy_for(route: RouteContext) -> Policy | None:
    dependant = getattr(route, "dependant", None)
    return None if dependant is None else policy_of(dependant)


def without_policy(app: FastAPI) -> list[str]:
    return [
        f"{method} {path}"
        for method, path, route in operations(app)
        if not is_exempt(path) and policy_for(route) is None
    ]


def test_every_operation_declares_who_may_call(plain_app: FastAPI) -> None:
    assert without_policy(plain_app) == []


def test_the_walk_sees_what_openapi_lists(plain_app: FastAPI) -> None:
    listed = {f"{method.upper()} {path}" for path, item in plain_app.openapi()["paths"].items() for method in item}
    seen = {
        f"{method} {path}"
        for method, path, route in operations(plain_app)
        if getattr(route, "include_in_schema", False)  # a mount has no such attribute
    }
    assert seen == listed
    assert len(listed) > 30


def test_a_route_without_policy_is_seen() -> None:
    app, inner = FastAPI(), APIRouter(route_class=Route)

    @inner.get("/silent")
    async def silent() -> None: ...

    outer = APIRouter()
    outer.include_router(inner, prefix="/deep")
    app.include_router(outer, prefix="/api/v1")
    assert without_policy(app) == ["GET /api/v1/deep/silent"]


def test_the_back_office_is_for_staff_and_nothing_else_is(plain_app: FastAPI) -> None:
    for method, path, route in operations(plain_app):
        if is_exempt(path):
            continue
        policy = policy_for(route)
        assert policy is not None
        if not path.startswith("/api/v1/admin/"):
            assert policy.kind != "staff", f"{method} {path}"
        elif not path.startswith("/api/v1/admin/auth/"):
            assert policy.kind == "staff", f"{method} {path}"

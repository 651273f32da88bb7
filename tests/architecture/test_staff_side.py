"""Every domain keeps its staff side in one place: `routes/admin` and `dtos/admin` (decision 0044), and the back office
owns nothing. Each operation has a short summary and one tag of the two families."""

import ast
import inspect
import re
import typing
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel

from src.common.http.routing import Route, new_router
from src.common.openapi.summaries import MAX_LENGTH, summary_of
from src.common.openapi.tags import TAGS
from src.core.configs import Settings
from src.main import create_app
from tests.architecture.sources import SRC, Tree, place, planted, trees

ADMIN = "/api/v1/admin/"
ADMIN_ROUTES = re.compile(r"src\.app\.\w+\.routes\.admin(\.\w+)?")
ADMIN_DTOS = re.compile(r"src\.app\.\w+\.dtos\.admin(\.\w+)?")
BACKOFFICE = SRC / "app/backoffice"
OWN_PARTS = re.compile(r"src\.app\.(?!backoffice\b)\w+\.(?!services\b).+")


@pytest.fixture(scope="module")
def app(shop_settings: Settings) -> FastAPI:
    """The app as main makes it, not started."""
    return create_app(shop_settings, with_runner=False)


def routes(app: FastAPI) -> Iterator[Route]:
    """Every operation that the document lists."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, Route) and route.include_in_schema:
            yield route


def home_of(route: APIRoute) -> str:
    """The module that the endpoint was written in."""
    return str(inspect.unwrap(route.endpoint).__module__)


def models_of(route: APIRoute) -> set[type[BaseModel]]:
    """The models of `src.app` that the endpoint's signature or the route's `response_model` names."""
    hints = typing.get_type_hints(inspect.unwrap(route.endpoint), include_extras=True)
    found: set[type[BaseModel]] = set()
    waiting: list[object] = [*hints.values(), route.response_model]
    while waiting:
        hint = waiting.pop()
        if inspect.isclass(hint) and issubclass(hint, BaseModel):
            arguments = hint.__pydantic_generic_metadata__["args"]
            waiting += arguments
            if not arguments and hint.__module__.startswith("src.app."):  # Page[X] is made wherever it is named
                found.add(hint)
        waiting += typing.get_args(hint)
    return found


def routes_elsewhere(app: FastAPI) -> set[str]:
    """Staff routes outside of `routes/admin`, and shop routes inside of it."""
    return {
        f"{route.path} in {home_of(route)}"
        for route in routes(app)
        if route.path.startswith(ADMIN) != bool(ADMIN_ROUTES.fullmatch(home_of(route)))
    }


def models_elsewhere(app: FastAPI) -> set[str]:
    """Models that only staff routes name outside of `dtos/admin`, and models in it that a shop route names."""
    of_staff: set[type[BaseModel]] = set()
    of_shop: set[type[BaseModel]] = set()
    for route in routes(app):
        (of_staff if route.path.startswith(ADMIN) else of_shop).update(models_of(route))
    return {
        f"{model.__module__}.{model.__name__}"
        for model in of_staff | of_shop
        if (model not in of_shop) != bool(ADMIN_DTOS.fullmatch(model.__module__))
    }


def badly_tagged(app: FastAPI) -> list[str]:
    """Operations without exactly one tag, with one that has no text, or with one of the other family."""
    known = {tag["name"] for tag in TAGS}
    found = []
    for route in routes(app):
        family = "admin: " if route.path.startswith(ADMIN) else "shop: "
        tags = [str(tag) for tag in route.tags]
        if len(tags) != 1 or tags[0] not in known or not tags[0].startswith(family):
            found.append(f"{route.path} {tags}")
    return found


def badly_summed_up(app: FastAPI) -> list[str]:
    """Operations without a summary, or with one above MAX_LENGTH characters."""
    return [
        f"{route.path}: {route.summary}"
        for route in routes(app)
        if not (route.summary and len(route.summary) <= MAX_LENGTH)
    ]


def parts_of_others(tree: Tree) -> list[str]:
    """Imports of another domain's models, errors or bodies: what shows or changes them belongs to that domain."""
    found = []
    for node in ast.walk(tree[1]):
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found += [place(tree, node) for name in names if OWN_PARTS.fullmatch(name)]
    return found


def test_the_back_office_owns_no_table_and_names_only_services_of_others() -> None:
    assert list(BACKOFFICE.glob("models/*.py")) == []
    assert [at for tree in trees(BACKOFFICE) for at in parts_of_others(tree)] == []


@pytest.mark.parametrize(
    "line",
    [
        "from src.app.user.errors import MemberNotFound",
        "from src.app.category import models",
        "import src.app.staff.dtos.admin.staffing",
    ],
)
def test_a_planted_part_of_another_domain_is_seen(line: str) -> None:
    assert len(parts_of_others(planted(f"from src.app.staff.services import queries\n{line}\n"))) == 1


def test_staff_routes_lie_in_routes_admin(app: FastAPI) -> None:
    assert routes_elsewhere(app) == set()


def test_models_of_staff_lie_in_dtos_admin(app: FastAPI) -> None:
    assert models_elsewhere(app) == set()


def test_every_operation_has_one_tag_of_its_family(app: FastAPI) -> None:
    assert badly_tagged(app) == []
    used = {str(tag) for route in routes(app) for tag in route.tags}
    assert used == {tag["name"] for tag in TAGS}


def test_every_operation_has_a_short_summary(app: FastAPI) -> None:
    assert badly_summed_up(app) == []


class Planted(BaseModel):
    """A model outside of `dtos/admin`."""


Planted.__module__ = "src.app.cart.dtos.responses"


def test_planted_violations_are_seen() -> None:
    router = new_router("/admin")

    @router.get("/planted", tags=["shop: cart"])
    async def planted() -> Planted:
        return Planted()

    app = FastAPI()
    app.include_router(router)
    assert routes_elsewhere(app) == {f"/api/v1/admin/planted in {__name__}"}
    assert models_elsewhere(app) == {"src.app.cart.dtos.responses.Planted"}
    assert badly_tagged(app) == ["/api/v1/admin/planted ['shop: cart']"]
    assert badly_summed_up(app) == ["/api/v1/admin/planted: None"]


def test_a_summary_is_the_first_sentence() -> None:
    assert summary_of("Change `ETag` (weak): at once. Then more.\n\nLater.") == "Change ETag"
    assert summary_of("One\n    line of two.\n") == "One line of two"
    assert summary_of(f"Change what is given, {'and so on ' * 10}. More.") == "Change what is given"
    assert summary_of("See v1.2 now. More.") == "See v1.2 now"
    assert summary_of("  ") is None
    assert summary_of(None) is None

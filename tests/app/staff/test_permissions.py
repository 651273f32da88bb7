"""The registry of permissions: deny by default."""

import re

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts

from src.app.staff.services.menu import SIDEBAR, menu_for
from src.app.staff.services.permissions import ALL, REGISTRY, known, words_of
from src.common.http.routing import Route, policy_of
from src.common.identity import Policy
from src.core.configs import Settings
from src.main import create_app


def unknown_words(app: FastAPI) -> list[str]:
    """Permissions that routes name and the registry does not."""
    return sorted(
        {
            policy.permission
            for route in iter_route_contexts(app.routes)
            if (dependant := getattr(route, "dependant", None)) is not None
            and (policy := policy_of(dependant)) is not None
            and policy.permission
            and policy.permission not in ALL
        }
    )


def test_every_permission_that_a_route_names_is_known(shop_settings: Settings) -> None:
    assert unknown_words(create_app(shop_settings, with_runner=False)) == []


def test_a_route_with_an_unknown_permission_is_seen() -> None:
    from typing import Annotated

    from fastapi import Depends

    from src.common.identity import Identity

    app, inner = FastAPI(), APIRouter(route_class=Route)

    @inner.get("/fly")
    async def fly(_: Annotated[Identity, Depends(Policy("staff", "order:fly"))]) -> None: ...

    app.include_router(inner)
    assert unknown_words(app) == ["order:fly"]


def test_every_word_is_an_area_and_an_action_and_speaks_both_languages() -> None:
    for word, meaning in REGISTRY.items():
        assert re.fullmatch(r"[a-z]+:[a-z]+", word), word
        assert re.search("[가-힣]", meaning.ko), word
        assert meaning.en.isascii(), word
        assert len(word) <= 48


def test_words_that_are_not_in_the_registry_count_for_nothing() -> None:
    assert known(["order:read", "order:fly", ""]) == {"order:read"}
    assert words_of("stock") == {"stock:read", "stock:adjust"}
    assert words_of("stock", "order", only="read") == {"stock:read", "order:read"}


def test_every_screen_of_the_sidebar_needs_a_known_permission_and_has_its_own_code() -> None:
    screens = [screen for group in SIDEBAR for screen in group.screens]
    assert {screen.permission for screen in screens} <= ALL
    codes = [screen.code for screen in screens] + [group.code for group in SIDEBAR if len(group.screens) > 1]
    assert len(codes) == len(set(codes))
    assert len({screen.path for screen in screens}) == len(screens)


@pytest.mark.parametrize(
    ("permissions", "shown"),
    [
        (ALL, {"product.add", "settings.staff", "settings.audit", "member.list"}),
        ({"order:read"}, {"sale.search", "sale.unpaid", "sale.ordering", "sale.delivery"}),
        (set(), set()),
    ],
)
def test_the_menu_shows_what_may_be_opened_and_no_empty_group(permissions: set[str], shown: set[str]) -> None:
    menu = menu_for(permissions)
    codes = {entry.code for group in menu for entry in group.entries}
    assert shown <= codes
    assert codes == shown or permissions == ALL
    assert all(group.entries for group in menu)

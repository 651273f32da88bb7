"""One rule for every address that staff enter."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Annotated, Any

import httpx
import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

import src
from src.app.banner.models import Banner
from src.app.storefront.models import SettingName, StorefrontSetting
from src.common import clock
from src.common.dtos import links
from tests.app.auth.support import code
from tests.factories.people import staff_bearer
from tests.factories.pictures import uploaded

TAKEN = (
    "",
    "/",
    "/" + "a" * 299,
    "/event?x=1#y",
    "http://shop.example/x",
    "https://shop.example:8443",
    "https://shop.example/가을",
)
REFUSED = (
    "//evil.example",
    "/\\evil.example",
    "/a b",
    "ftp://shop.example/",
    "javascript:alert(1)",
    "https://shop.example@evil.example/",
    "http://user:word@shop.example/",
    "http://shop.example:0/",
    "https://shop.example:0",
    "http://shop.example:99999/",
    "http://..",
    "https://",
    "/" + "a" * 300,
)
BANNERS, BAR, FOOTER = (
    "/api/v1/admin/banners",
    "/api/v1/admin/storefront/promo-bar",
    "/api/v1/admin/storefront/footer-links",
)


async def enter(client: httpx.AsyncClient, where: str, link: str, headers: dict[str, str]) -> httpx.Response:
    """Save the link in one of the places that take one."""
    if where == "banner":
        picture = await uploaded(client, headers)
        body = {"type": "banner", "title": "a", "upload_id": picture["id"], "link_url": link}
        return await client.post(BANNERS, json=body, headers=headers)
    if where == "bar":
        return await client.put(BAR, json={"text": "a", "link_url": link}, headers=headers)
    return await client.put(FOOTER, json={"items": [{"label": "a", "url": link}]}, headers=headers)


@pytest.mark.fault("C14")
@pytest.mark.parametrize("where", ["banner", "bar", "footer"])
async def test_the_same_links_are_taken_and_refused_everywhere(client: httpx.AsyncClient, where: str) -> None:
    headers = await staff_bearer(client)
    for link in TAKEN:
        if link or where != "footer":  # a link of the footer leads somewhere
            answer = await enter(client, where, link, headers)
            assert answer.status_code in (200, 201), (link, answer.text)
    for link in REFUSED:
        assert code(await enter(client, where, link, headers)) == (422, "VALIDATION_ERROR"), link


OLD = "http://old.example:0/"


@pytest.mark.fault("C14")
async def test_a_stored_link_against_the_rule_stays_editable(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    row = await Banner.create(type="banner", title="a", image_path="banners/1.svg", link_url=OLD)
    items = [{"label": "a", "url": OLD}, {"label": "b", "url": "/b"}]
    for name, value in (
        (SettingName.PROMO_BAR, {"text": "a", "link_url": OLD}),
        (SettingName.FOOTER_LINKS, {"items": items}),
    ):
        await StorefrontSetting.create(name=name, value=value, updated_at=clock.now())
    one = f"{BANNERS}/{row.id}"

    for method, path, body, place in (
        ("PATCH", one, {"title": "b", "link_url": OLD}, "link_url"),
        ("PUT", BAR, {"text": "b", "link_url": OLD}, "link_url"),
        ("PUT", FOOTER, {"items": [*items[1:], {**items[0], "label": "c"}]}, "items.1.url"),
    ):
        kept = await client.request(method, path, json=body, headers=headers)
        assert kept.status_code == 200, kept.text
        assert OLD in kept.text
        other = (
            {"items": [{"label": "x", "url": "/x"}, {"label": "x", "url": f"{OLD}x"}]}
            if path == FOOTER
            else {**body, "link_url": f"{OLD}x"}
        )
        refused = await client.request(method, path, json=other, headers=headers)
        assert code(refused) == (422, "VALIDATION_ERROR")
        assert [error["field"] for error in refused.json()["errors"]] == [place]
    shown = (await client.get("/api/v1/storefront/bootstrap")).json()
    assert OLD in [link["url"] for link in shown["footer_links"]]
    gone = {"items": [{"label": "x", "url": "/x"}]}
    assert (await client.put(FOOTER, json=gone, headers=headers)).status_code == 200
    assert code(await client.put(FOOTER, json={"items": items}, headers=headers)) == (422, "VALIDATION_ERROR")


def modules() -> Iterator[Any]:
    """Every module of the app and of what it shares."""
    for module in pkgutil.walk_packages(src.__path__, "src."):
        if module.name.startswith(("src.app.", "src.common.")):
            yield importlib.import_module(module.name)


@pytest.mark.fault("C14")
def test_there_is_one_link_type() -> None:
    found = {id(there): module.__name__ for module in modules() if (there := getattr(module, "Link", None)) is not None}
    assert list(found) == [id(links.Link)], sorted(found.values())


def judged(field: FieldInfo, value: str) -> Any:
    """What the field makes of it, None where it refuses."""
    kind: Any = Annotated[field.annotation, *field.metadata, "as it is"]
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return None


def test_every_link_that_staff_enter_is_of_that_type() -> None:
    seen = set()
    for module in modules():
        for kind in vars(module).values():
            if not (
                isinstance(kind, type)
                and issubclass(kind, BaseModel)
                and kind.model_config.get("extra") == "forbid"
                and kind.__module__.endswith((".dtos.requests", ".dtos.admin", ".admin.requests"))
            ):
                continue
            for name, field in kind.model_fields.items():
                if name == "link_url" or (name == "url" and ".storefront." in kind.__module__):
                    seen.add(f"{kind.__name__}.{name}")
                    assert isinstance(judged(field, OLD), links.UnfitLink | None), (kind, name)
                    assert type(judged(field, "http://shop.example/x")) is str, (kind, name)
    assert {"BannerCreate.link_url", "BannerChange.link_url", "PromoBar.link_url", "FooterLink.url"} <= seen

"""Addresses of pictures."""

from dataclasses import replace

import httpx
import pytest

from src.app.product.services.media import media_url
from src.core.configs import settings, use
from tests.app.auth.support import API
from tests.app.product.editing.support import BLACK, made, read
from tests.factories.catalogue import make_category
from tests.factories.people import staff_bearer
from tests.factories.pictures import picture, uploaded


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("", "/media/products/1/0-0.svg"),
        ("https://cdn.example.com/shop", "https://cdn.example.com/shop/products/1/0-0.svg"),
        ("https://cdn.example.com/shop/", "https://cdn.example.com/shop/products/1/0-0.svg"),
    ],
)
def test_path_is_below_the_configured_address(base: str, url: str) -> None:
    server = settings().server.model_copy(update={"media_base_url": base})
    with use(replace(settings(), server=server)):
        assert media_url("products/1/0-0.svg") == url


def test_path_of_any_letters_is_one_path_of_an_address() -> None:
    assert media_url("배너/a b?#.jpg") == "/media/%EB%B0%B0%EB%84%88/a%20b%3F%23.jpg"


async def test_an_uploaded_picture_is_shown_in_every_width(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    upload = await uploaded(client, headers, picture(1000, 500))
    assert [size["width"] for size in upload["sizes"]] == [320, 640, 1000]
    form = await made(client, headers, await make_category("bag"), options=[{**BLACK, "images": [upload["path"]]}])

    page = (await client.get(f"{API}/products/BAG-1")).json()
    (shown,) = page["options"][0]["images"]
    assert (shown["image_url"], shown["sizes"]) == (upload["url"], upload["sizes"])
    (card,) = (await client.get(f"{API}/products")).json()["items"]
    assert (card["thumbnail_url"], card["thumbnail_sizes"]) == (upload["url"], upload["sizes"])
    (edited,) = (await read(client, headers, form["id"]))["options"][0]["images"]
    assert (edited["path"], edited["sizes"]) == (upload["path"], upload["sizes"])


async def test_the_picture_of_an_event_is_shown_in_every_width(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    upload = await uploaded(client, headers, picture(1000, 500))
    period = {"starts_at": "2026-01-01T00:00:00+09:00", "ends_at": "2099-01-01T00:00:00+09:00"}
    body = {"title": "봄맞이", "body": "안내", "image_path": upload["path"], "is_published": True, **period}
    event = (await client.post(f"{API}/admin/events", json=body, headers=headers)).json()

    page = (await client.get(f"{API}/events/{event['id']}")).json()
    (row,) = (await client.get(f"{API}/events")).json()["items"]
    for shown in (event, page, row):
        assert (shown["image_url"], shown["image_sizes"]) == (upload["url"], upload["sizes"])

"""Addresses of pictures."""

from dataclasses import replace

import pytest

from src.app.product.services.media import media_url
from src.core.configs import settings, use


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

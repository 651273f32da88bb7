"""What somebody sees who opens the running shop in a browser or with a monitoring tool for the first time."""

import base64
import hashlib
import re
import subprocess

import httpx
import pytest

from src.core.configs import Settings
from src.core.configs.groups import ServerSettings
from src.main import create_app
from tests.factories.catalogue import make_product, make_variant
from tests.factories.orders import order_body, post_order

NOTHING = "default-src 'none'; frame-ancestors 'none'"


def loaded_from(html: str) -> list[str]:
    return re.findall(r"(?:src|href)=\"([^\"]+)\"", html)


def rules_of(answer: httpx.Response) -> dict[str, list[str]]:
    policy = answer.headers["content-security-policy"]
    return {name: sources for name, *sources in (rule.split() for rule in policy.split(";"))}


@pytest.mark.fault("A8")
@pytest.mark.parametrize("path", ["/docs", "/redoc"])
async def test_the_documentation_loads_nothing_from_elsewhere(client: httpx.AsyncClient, path: str) -> None:
    page = await client.get(path)
    assert page.status_code == 200
    parts = [part for part in loaded_from(page.text) if not part.startswith(("data:", "#"))]
    assert parts
    for part in parts:
        assert part.startswith("/"), part
        asset = await client.get(part)
        assert asset.status_code == 200, part
        assert len(asset.content) > 1_000, part
    rules = rules_of(page)
    assert rules["default-src"] == ["'none'"]
    assert "'unsafe-inline'" not in rules["script-src"]
    assert not [source for sources in rules.values() for source in sources if "://" in source]
    for script in re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL):
        hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{hashed}'" in rules["script-src"]


@pytest.mark.fault("A9")
async def test_the_root_is_a_page_that_leads_on(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    links = [link for link in loaded_from(page.text) if link.startswith("/")]
    assert {"/docs", "/health/ready", "/sandbox/"} <= set(links)
    for link in links:
        assert (await client.get(link)).status_code == 200, link
    assert "'unsafe-inline'" not in page.headers["content-security-policy"]


@pytest.mark.fault("A9")
async def test_a_clone_knows_its_commit(client: httpx.AsyncClient) -> None:
    head = subprocess.run(["git", "rev-parse", "--short=7", "HEAD"], capture_output=True, text=True, check=True)
    assert (await client.get("/version")).json()["revision"] == head.stdout.strip()


@pytest.mark.fault("A10")
@pytest.mark.parametrize(
    "path", ["/api/v1/products", "/api/v1/me", "/api/v1/nowhere", "/openapi.json", "/health", "/media/nothing.webp"]
)
async def test_an_answer_of_the_api_loads_nothing_as_a_page(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).headers["content-security-policy"] == NOTHING


def shop_at(chosen: Settings, *hosts: str) -> httpx.AsyncClient:
    """The app with these allowed hosts, asked without being started."""
    server = ServerSettings(**{**chosen.server.model_dump(), "allowed_hosts": hosts})
    made = create_app(Settings(**{**vars(chosen), "server": server}), with_runner=False)
    return httpx.AsyncClient(transport=httpx.ASGITransport(made), base_url="http://shop.example")


@pytest.mark.fault("A10")
@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("api.micgolf.example", True),
        ("API.Micgolf.Example:8443", True),
        ("api.micgolf.example.", True),
        ("a.b.staging.example", True),
        ("staging.example", False),
        ("evil.example", False),
        ("api.micgolf.example.evil.example", False),
        ("evilapi.micgolf.example", False),
        ("127.0.0.1", False),
        ("", False),
    ],
)
async def test_requests_for_another_host_are_turned_away(shop_settings: Settings, host: str, is_ours: bool) -> None:
    async with shop_at(shop_settings, "api.micgolf.example", "*.staging.example") as shop:
        answer = await shop.get("/version", headers={"host": host})
        if is_ours:
            assert answer.status_code == 200
        else:
            assert (answer.status_code, answer.json()["code"]) == (400, "HOST_NOT_ALLOWED")
            assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["x-request-id"]
        assert (await shop.get("/health", headers={"host": host})).status_code == 200


async def test_a_star_lets_any_host_through(shop_settings: Settings) -> None:
    async with shop_at(shop_settings, "*") as shop:
        assert (await shop.get("/version", headers={"host": "any.example"})).status_code == 200


@pytest.mark.fault("S6")
async def test_an_answer_tells_what_took_its_time(client: httpx.AsyncClient) -> None:
    await make_product()
    listed = await client.get("/api/v1/products", params={"size": 3})
    parts = dict(re.findall(r"(\w+);dur=([0-9.]+)", listed.headers["server-timing"]))
    assert parts.keys() == {"db", "total"}
    assert 0 < float(parts["db"]) <= float(parts["total"])
    cached = await client.get("/api/v1/products", params={"size": 3})
    assert re.fullmatch(r"total;dur=[0-9.]+", cached.headers["server-timing"])


@pytest.mark.fault("S6")
async def test_redis_and_vendors_are_told_apart(client: httpx.AsyncClient) -> None:
    cart = await client.get("/api/v1/cart", headers={"X-Cart-Token": "0123456789abcdefghijkl"})
    assert "redis;dur=" in cart.headers["server-timing"]
    variant = await make_variant()
    placed = await post_order(client, order_body((variant.id, 1), expected_total=12_500))
    assert placed.status_code == 201
    assert re.search(r'db;dur=[0-9.]+;desc="\d+", vendor;dur=[0-9.]+;desc="1", total', placed.headers["server-timing"])


async def test_timings_are_for_development(shop_settings: Settings) -> None:
    observe = shop_settings.observe.model_copy(update={"server_timing": False})
    made = create_app(Settings(**{**vars(shop_settings), "observe": observe}), with_runner=False)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(made), base_url="http://shop.example") as shop:
        assert "server-timing" not in (await shop.get("/health")).headers

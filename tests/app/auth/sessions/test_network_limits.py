"""Limits per address count networks: whoever has one IPv6 address has 2^64 of them."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any, Final

import httpx
import pytest

from src.common.http.networks import network_of
from src.core.configs import Settings, use
from src.core.configs.groups import LimitSettings
from tests.app.auth.recovery.support import new_email
from tests.app.auth.support import API, sign_up
from tests.factories.people import make_member

RULE: Final = "2/3600"
_numbers = itertools.count(1)

Ask = Callable[[httpx.AsyncClient, dict[str, str]], Awaitable[httpx.Response]]


async def signing_in(client: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    """A wrong password for an id of its own."""
    body = {"login_id": f"nobody{next(_numbers)}", "password": "Golf!2345"}
    return await client.post(f"{API}/auth/sign-in", json=body, headers=headers)


async def staff_signing_in(client: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    """The same, of staff."""
    body = {"login_id": f"nobody{next(_numbers)}", "password": "Golf!2345"}
    return await client.post(f"{API}/admin/auth/sign-in", json=body, headers=headers)


async def signing_up(client: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    """A new member."""
    client.headers.update(headers)
    try:
        return await sign_up(client, login_id=f"fresh{next(_numbers)}", email=new_email())
    finally:
        del client.headers["X-Forwarded-For"]


async def finding(client: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    """A login id that nobody has."""
    body = {"name": "김민지", "email": new_email()}
    return await client.post(f"{API}/auth/find-login-id", json=body, headers=headers)


async def resetting(client: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    """A password that nobody has."""
    body = {"name": "김민지", "login_id": f"nobody{next(_numbers)}"}
    return await client.post(f"{API}/auth/password-reset", json=body, headers=headers)


async def verifying(client: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    """A code to an address of its own."""
    body = {"channel": "email", "purpose": "sign_up", "target": new_email()}
    return await client.post(f"{API}/auth/verifications", json=body, headers=headers)


async def looking_up(client: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    """An order that nobody placed."""
    body = {"order_no": "20261120-7Q6X9ZPM", "phone": "01012345678"}
    return await client.post(f"{API}/orders/lookup", json=body, headers=headers)


async def going_to_a_provider(client: httpx.AsyncClient, headers: dict[str, str]) -> httpx.Response:
    """The start of a social sign-in."""
    return await client.get(f"{API}/oauth/kakao/authorize", headers=headers)


PLAIN: Final[list[Ask]] = [signing_in, staff_signing_in, finding, looking_up, going_to_a_provider]
DEAR: Final[list[Ask]] = [signing_up, resetting, verifying]


@pytest.fixture
async def two_each(client: httpx.AsyncClient, shop_settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Every limit per address lets two through."""
    limits = LimitSettings(sign_in_address=RULE, sign_up=RULE, recovery=RULE, lookup=RULE)
    with use(replace(shop_settings, limits=limits)):
        yield client


async def refused(client: httpx.AsyncClient, ask: Ask, addresses: list[str]) -> list[bool]:
    """Whether each was 429."""
    return [(await ask(client, {"X-Forwarded-For": address})).status_code == 429 for address in addresses]


@pytest.mark.fault("I4")
@pytest.mark.parametrize("ask", [*PLAIN, *DEAR])
async def test_addresses_of_one_network_are_one_caller(two_each: httpx.AsyncClient, ask: Ask) -> None:
    addresses = ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::3", "2001:db8:1:2:9::"]

    assert await refused(two_each, ask, addresses) == [False, False, True, True]


@pytest.mark.fault("I4")
@pytest.mark.parametrize("ask", [*PLAIN, *DEAR])
async def test_an_ipv4_address_written_as_ipv6_is_that_address(two_each: httpx.AsyncClient, ask: Ask) -> None:
    addresses = ["198.51.100.7", "::ffff:198.51.100.7", "::FFFF:c633:6407", "198.51.100.7"]

    assert await refused(two_each, ask, addresses) == [False, False, True, True]
    assert await refused(two_each, ask, ["::ffff:198.51.100.8", "198.51.100.9"]) == [False, False]


@pytest.mark.parametrize("ask", PLAIN)
async def test_another_network_is_another_caller(two_each: httpx.AsyncClient, ask: Ask) -> None:
    await refused(two_each, ask, ["2001:db8:1:2::1"] * 3)

    assert await refused(two_each, ask, ["2001:db8:1:3::1", "2001:db8:1:1:ffff::"]) == [False, False]


@pytest.mark.fault("I4")
@pytest.mark.parametrize("ask", DEAR)
async def test_what_costs_money_counts_wider_networks(two_each: httpx.AsyncClient, ask: Ask) -> None:
    addresses = ["2001:db8:1:200::1", "2001:db8:1:2ff::1", "2001:db8:1:280::1", "2001:db8:1:300::1"]

    assert await refused(two_each, ask, addresses) == [False, False, True, False]


@pytest.mark.fault("I4")
async def test_how_wide_a_network_is_is_a_setting(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    networks = ["2001:db8:1:1::1", "2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:2::1"]
    for prefix, expected in ((48, [False, False, True, False]), (128, [False] * 4)):
        limits = LimitSettings(LIMIT_IPV6_PREFIX=prefix, LIMIT_ORDER_LOOKUP=RULE)
        with use(replace(shop_settings, limits=limits)):
            addresses = [address.replace("db8", f"{prefix}") for address in networks]
            assert await refused(client, looking_up, addresses) == expected


async def test_the_right_password_from_the_next_network_gets_in(two_each: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")
    await refused(two_each, signing_in, ["2001:db8:1:2::1"] * 3)
    body: dict[str, Any] = {"login_id": "minji.kim", "password": "Golf!2345"}

    near = await two_each.post(f"{API}/auth/sign-in", json=body, headers={"X-Forwarded-For": "2001:db8:1:2::9"})
    far = await two_each.post(f"{API}/auth/sign-in", json=body, headers={"X-Forwarded-For": "2001:db8:1:9::9"})

    assert (near.status_code, far.status_code) == (429, 200)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:DB8:0001:2:3::4", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::1", "::"),
        ("unknown", "unknown"),
        ("", ""),
        ("x" * 100, "x" * 45),
    ],
)
def test_the_network_of_an_address(shop_settings: Settings, address: str, network: str) -> None:
    assert network_of(address) == network

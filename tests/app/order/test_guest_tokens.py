"""The token that opens a guest's order (docs/promises.md#p10), recomputed here by hand."""

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from src.app.order.models import Order
from src.app.order.services import guest_tokens
from src.common import clock
from src.core.configs import Settings, use
from src.core.configs.groups import SecuritySettings
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, Placed, order_of, place, read_order

SECRET = "a-guest-token-secret-of-this-test-only"
PLACED_AT = datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)
ORDER_NO = "20261120-7Q6X9ZPM"


def expected(order_no: str, version: int, expiry: int, secret: str = SECRET) -> str:
    """``<expiry>.<base64url(HMAC-SHA256(key, "guest" | order_no | version | expiry))>``."""
    mac = hmac.new(secret.encode(), f"guest|{order_no}|{version}|{expiry}".encode(), hashlib.sha256).digest()
    return f"{expiry}." + base64.urlsafe_b64encode(mac).decode().rstrip("=")


@pytest.fixture
def order(shop_settings: Settings) -> Order:
    return Order(order_no=ORDER_NO, guest_token_version=1)


@pytest.fixture(autouse=True)
def _own_secret(shop_settings: Settings) -> object:
    with use(replace(shop_settings, security=SecuritySettings(guest_token_secret=SECRET, bcrypt_rounds=4))):
        yield


def test_token_is_the_signed_expiry_ninety_days_on(order: Order) -> None:
    assert guest_tokens.issue(order, since=PLACED_AT) == expected(ORDER_NO, 1, 1_802_919_845)  # 2027-02-18 03:04:05


def test_token_of_the_same_moment_is_the_same_again(order: Order) -> None:
    assert guest_tokens.issue(order, since=PLACED_AT) == guest_tokens.issue(order, since=PLACED_AT)
    assert guest_tokens.issue(order, since=PLACED_AT) != guest_tokens.issue(
        order, since=PLACED_AT + timedelta(seconds=1)
    )


def test_token_opens_until_its_last_second_and_not_after(order: Order) -> None:
    token = guest_tokens.issue(order, since=PLACED_AT)
    end = PLACED_AT + timedelta(days=90)
    for moment, opens in ((PLACED_AT, True), (end, True), (end + timedelta(seconds=1), False)):
        with clock.as_of(moment):
            assert guest_tokens.opens(token, order) is opens


def test_raised_version_revokes_the_token(order: Order) -> None:
    token = guest_tokens.issue(order, since=clock.now())
    assert guest_tokens.opens(token, order)

    order.guest_token_version = 2

    assert not guest_tokens.opens(token, order)
    assert guest_tokens.opens(guest_tokens.issue(order, since=clock.now()), order)


def test_token_of_another_order_or_secret_does_not_open(order: Order) -> None:
    expiry = int(clock.now().timestamp()) + 60
    assert guest_tokens.opens(expected(ORDER_NO, 1, expiry), order)
    assert not guest_tokens.opens(expected("20261120-7Q6X9ZPN", 1, expiry), order)
    assert not guest_tokens.opens(expected(ORDER_NO, 2, expiry), order)
    assert not guest_tokens.opens(expected(ORDER_NO, 1, expiry, secret="another-secret-of-enough-length"), order)


def test_token_of_a_rotated_secret_opens_as_long_as_it_is_listed(order: Order, shop_settings: Settings) -> None:
    former = guest_tokens.issue(order, since=clock.now())
    for old, opens in (((), False), ((SECRET,), True), (("an-older-secret-of-a-year-ago", SECRET), True)):
        security = SecuritySettings(
            guest_token_secret="a-new-guest-token-secret-of-this-test", old_guest_token_secrets=old, bcrypt_rounds=4
        )
        with use(replace(shop_settings, security=security)):
            assert guest_tokens.opens(former, order) is opens
            fresh = guest_tokens.issue(order, since=clock.now())
            assert guest_tokens.opens(fresh, order)
        assert not guest_tokens.opens(fresh, order)  # what is signed anew is signed with the new secret alone


def test_changed_token_does_not_open(order: Order) -> None:
    token = guest_tokens.issue(order, since=clock.now())
    expiry, _, mac = token.partition(".")
    changed = [
        f"{int(expiry) + 1}.{mac}",
        f"0{token}",
        f"{token}=",
        f"{token} ",
        f" {token}",
        f"{token}.",
        f"{expiry}..{mac}",
        f"{expiry}.{mac.swapcase()}",
        f"{expiry}.{mac[:-1]}",
        f"{expiry}.{'A' * len(mac)}",
        f"+{token}",
        f"{expiry}.0.{mac}",
    ]
    assert [text for text in changed if guest_tokens.opens(text, order)] == []


HOSTILE = [
    "",
    ".",
    "..",
    "1",
    "-1.x",
    "9" * 12 + ".x",
    "9" * 13 + ".x",
    "9" * 5000 + ".x",
    "1e9.x",
    "0x7fffffff.x",
    "nan.x",
    "٣٣٣٣٣٣٣٣٣٣.x",
    "²²²²²²²²²².x",
    "\x00.\x00",
    "null",
    "x" * 10_000,
]


@pytest.mark.parametrize("token", [None, *HOSTILE])
def test_hostile_token_does_not_open_and_breaks_nothing(order: Order, token: str | None) -> None:
    assert guest_tokens.opens(token, order) is False


@pytest.mark.parametrize("token", [text for text in HOSTILE if text.isascii() and "\x00" not in text])
async def test_hostile_token_over_http_is_an_order_not_found(client: httpx.AsyncClient, token: str) -> None:
    placed = await place(client, ((await make_variant()).id, 1))

    answer = await client.get(f"{API}/orders/{placed.order_no}", headers={"X-Guest-Token": token})

    assert (answer.status_code, answer.json()["code"]) == (404, "ORDER_NOT_FOUND")


async def test_latin_1_token_over_http_is_an_order_not_found(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))

    answer = await client.get(f"{API}/orders/{placed.order_no}", headers=[(b"X-Guest-Token", b"\xb2\xb2\xff.\xe9")])

    assert (answer.status_code, answer.json()["code"]) == (404, "ORDER_NOT_FOUND")


async def test_placed_order_carries_the_token_of_its_moment_and_stores_none(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))

    row = await order_of(placed)
    expiry = int((row.created_at + timedelta(days=90)).timestamp())
    assert placed.body["guest_token"] == expected(row.order_no, 1, expiry)
    assert placed.body["guest_token"].partition(".")[2] not in str(await Order.filter(id=row.id).values())
    assert (await read_order(client, placed))["order_no"] == row.order_no


async def test_raised_version_closes_the_order_until_the_next_lookup(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await Order.filter(order_no=placed.order_no).update(guest_token_version=2)

    refused = await client.get(f"{API}/orders/{placed.order_no}", headers=placed.headers)
    found = await client.post(f"{API}/orders/lookup", json={"order_no": placed.order_no, "phone": "010-1234-5678"})

    assert (refused.status_code, refused.json()["code"]) == (404, "ORDER_NOT_FOUND")
    token = found.json()["guest_token"]
    again = Placed(order_no=placed.order_no, payment_id="", total=0, headers={"X-Guest-Token": token}, body=placed.body)
    assert (await read_order(client, again))["order_no"] == placed.order_no
    assert token == expected(placed.order_no, 2, int(token.partition(".")[0]))

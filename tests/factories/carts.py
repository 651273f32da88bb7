"""Carts, filled through the API, and what is in them."""

import secrets
from collections.abc import Mapping

import httpx

CART = "/api/v1/cart"


def new_guest() -> dict[str, str]:
    """The headers of a guest whose cart is empty."""
    return {"X-Cart-Token": secrets.token_urlsafe(16)}


async def put_in(
    client: httpx.AsyncClient, variant_id: int, quantity: int = 1, *, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    """Add to the cart of `headers`; cookies are neither sent nor kept."""
    client.cookies.clear()
    body = {"variant_id": variant_id, "quantity": quantity}
    answer = await client.post(f"{CART}/items", json=body, headers=headers)
    client.cookies.clear()
    return answer


async def guest_with(client: httpx.AsyncClient, *lines: tuple[int, int]) -> dict[str, str]:
    """The headers of a guest whose cart has these (variant id, quantity) lines."""
    headers = new_guest()
    for variant_id, quantity in lines:
        answer = await put_in(client, variant_id, quantity, headers=headers)
        assert answer.status_code == 200, answer.text
    return headers


async def lines_of(client: httpx.AsyncClient, headers: Mapping[str, str]) -> list[tuple[int, int]]:
    """(variant id, quantity) of each line that the cart of `headers` shows, in its order."""
    answer = await client.get(CART, headers=headers)
    assert answer.status_code == 200, answer.text
    return [(item["variant_id"], item["quantity"]) for item in answer.json()["items"]]


async def merge_into(client: httpx.AsyncClient, headers: Mapping[str, str], **body: object) -> httpx.Response:
    """Merge into the cart of `headers`, under a new merge_id unless one is given."""
    answer = await client.post(f"{CART}/merge", json={"merge_id": secrets.token_hex(8), **body}, headers=headers)
    client.cookies.clear()
    return answer

"""What clients send by mistake or by malice: a clear 4xx, never a 5xx, and nothing in the cart."""

import json
from typing import Any

import httpx
import pytest

from src.core.redis import redis
from tests.factories.carts import CART, guest_with, lines_of, new_guest
from tests.factories.catalogue import make_variant

JSON = {"Content-Type": "application/json"}
BAD_QUANTITIES = ["0", "-1", "1000", "1000000000", '"1"', "1.5", "1.0", "true", "null", "[]", "{}", "1e400", "1" * 40]
BAD_IDS = ["0", "-1", '"1"', "1.5", "true", "null", "9223372036854775808", "1" * 40]


async def nothing_is_kept() -> bool:
    return not await redis().keys("cart:*")


@pytest.mark.parametrize("quantity", BAD_QUANTITIES)
@pytest.mark.parametrize("path", ["items", "quote", "merge"])
async def test_bad_quantity_is_refused(client: httpx.AsyncClient, path: str, quantity: str) -> None:
    variant = await make_variant()
    item = f'{{"variant_id": {variant.id}, "quantity": {quantity}}}'
    body = {"items": item, "quote": f'{{"items": [{item}]}}', "merge": f'{{"merge_id": "m1", "items": [{item}]}}'}

    answer = await client.post(f"{CART}/{path}", content=body[path], headers=JSON)

    assert answer.status_code in (400, 422)
    assert answer.json()["code"] in ("VALIDATION_ERROR", "MALFORMED_JSON")
    assert await nothing_is_kept()


@pytest.mark.parametrize("variant_id", BAD_IDS)
@pytest.mark.parametrize("path", ["items", "quote"])
async def test_bad_variant_id_is_refused(client: httpx.AsyncClient, path: str, variant_id: str) -> None:
    item = f'{{"variant_id": {variant_id}, "quantity": 1}}'

    answer = await client.post(
        f"{CART}/{path}", content=item if path == "items" else f'{{"items": [{item}]}}', headers=JSON
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")
    assert await nothing_is_kept()


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "VALIDATION_ERROR"),
        (b"{}", 422, "VALIDATION_ERROR"),
        (b"[]", 422, "VALIDATION_ERROR"),
        (b"null", 422, "VALIDATION_ERROR"),
        (b'"x"', 422, "VALIDATION_ERROR"),
        (b"{", 400, "MALFORMED_JSON"),
        (b'{"variant_id": NaN, "quantity": 1}', 400, "MALFORMED_JSON"),
        (b'{"variant_id": 1, "quantity": NaN}', 400, "MALFORMED_JSON"),
        (b'{"variant_id": 1, "quantity": Infinity}', 400, "MALFORMED_JSON"),
        (b"\xff\xfe", 400, "MALFORMED_JSON"),
    ],
)
@pytest.mark.parametrize("path", ["items", "quote", "merge"])
async def test_bad_body_is_refused(
    client: httpx.AsyncClient, path: str, content: bytes, status: int, code: str
) -> None:
    answer = await client.post(f"{CART}/{path}", content=content, headers=JSON)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await nothing_is_kept()


@pytest.mark.parametrize("field", ["price", "unit_price", "line_total", "member_id", "owner", "cart_token"])
async def test_fields_that_are_not_the_clients_are_refused(client: httpx.AsyncClient, field: str) -> None:
    variant = await make_variant()
    item = {"variant_id": variant.id, "quantity": 1, field: 1}

    added = await client.post(f"{CART}/items", json=item)
    quoted = await client.post(f"{CART}/quote", json={"items": [item]})

    assert [error["field"] for error in added.json()["errors"]] == [field]
    assert [error["field"] for error in quoted.json()["errors"]] == [f"items.0.{field}"]
    assert (added.status_code, quoted.status_code) == (422, 422)
    assert await nothing_is_kept()


async def test_list_of_items_has_bounds_and_no_repeats(client: httpx.AsyncClient) -> None:
    def numbered(count: int) -> list[dict[str, int]]:
        return [{"variant_id": number, "quantity": 1} for number in range(1, count + 1)]

    async def code(items: object) -> tuple[int, str]:
        answer = await client.post(f"{CART}/quote", json={"items": items})
        return answer.status_code, (answer.json()["errors"] or [{"code": answer.json()["code"]}])[0]["code"]

    assert await code([]) == (422, "TOO_SHORT")
    assert await code(numbered(50)) == (422, "VARIANT_NOT_FOR_SALE")
    assert await code(numbered(51)) == (422, "TOO_LONG")
    assert await code(numbered(1) * 2) == (422, "DUPLICATE_VARIANT")
    assert await code({"variant_id": 1, "quantity": 1}) == (422, "LIST_TYPE")
    assert await code(None) == (422, "LIST_TYPE")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "variant_ids=",
        "variant_ids=a",
        "variant_ids=1,",
        "variant_ids=,1",
        "variant_ids=1,,2",
        "variant_ids=0",
        "variant_ids=-1",
        "variant_ids=1.5",
        "variant_ids=1%202",
        "variant_ids=%00",
        "variant_ids=%D9%A1",
        "variant_ids=9223372036854775808",
        "variant_ids=" + "1" * 5_000,
        "variant_ids=" + ",".join(str(number) for number in range(1, 52)),
        "ids=1",
        "variant_ids=1&all=true",
    ],
)
async def test_bad_selection_removes_nothing(client: httpx.AsyncClient, query: str) -> None:
    variant = await make_variant()
    guest = await guest_with(client, (variant.id, 2))

    answer = await client.delete(f"{CART}/items?{query}", headers=guest)

    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")
    assert await lines_of(client, guest) == [(variant.id, 2)]


@pytest.mark.parametrize("variant_id", ["0", "-1", "a", "1.5", "9223372036854775808", "1" * 5_000, "%00"])
async def test_bad_id_in_the_path_is_refused(client: httpx.AsyncClient, variant_id: str) -> None:
    changed = await client.patch(f"{CART}/items/{variant_id}", json={"quantity": 1}, headers=new_guest())
    removed = await client.delete(f"{CART}/items/{variant_id}", headers=new_guest())

    assert (changed.status_code, removed.status_code) == (422, 422)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"quantity": None},
        {"quantity": None, "variant_id": None},
        {"quantity": 0},
        {"quantity": 1_000},
        {"quantity": "2"},
        {"quantity": True},
        {"variant_id": 0},
        {"variant_id": "1"},
        {"quantity": 1, "selected": True},
        {"quantity": 1, "unit_price": 1},
    ],
)
async def test_bad_change_changes_nothing(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    variant = await make_variant()
    guest = await guest_with(client, (variant.id, 2))

    answer = await client.patch(f"{CART}/items/{variant.id}", json=body, headers=guest)

    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")
    assert await lines_of(client, guest) == [(variant.id, 2)]


@pytest.mark.parametrize(
    "token",
    ["", "x", "../../etc", "m:1", "*", "a" * 21, "a" * 23, "a" * 8_000, "{}" * 11, "a" * 21 + "=", "é" * 22],
)
async def test_hostile_cart_token_counts_as_none(client: httpx.AsyncClient, token: str) -> None:
    variant = await make_variant()
    headers = [(b"X-Cart-Token", token.encode("latin-1"))]

    read = await client.get(CART, headers=headers)
    added = await client.post(f"{CART}/items", json={"variant_id": variant.id, "quantity": 1}, headers=headers)

    assert (read.status_code, read.json()["items"]) == (200, [])
    assert added.status_code == 200
    assert added.headers["x-cart-token"] != token
    assert len(await redis().keys("cart:*")) == 1


@pytest.mark.parametrize("merge_id", [None, "", " ", "a b", "a" * 65, "é", 7, "x\n"])
async def test_bad_merge_id_is_refused(client: httpx.AsyncClient, merge_id: object) -> None:
    answer = await client.post(f"{CART}/merge", json={"merge_id": merge_id, "items": []})

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["merge_id"]


@pytest.mark.parametrize("token", ["", "x", "m:1", "a" * 21, "a" * 23, 7, ["a"], "a" * 21 + "\n"])
async def test_bad_token_in_a_merge_is_refused(client: httpx.AsyncClient, token: object) -> None:
    answer = await client.post(f"{CART}/merge", json={"merge_id": "m1", "cart_token": token})

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["cart_token"]
    assert await nothing_is_kept()


async def test_deeply_nested_body_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{CART}/items", content=b"[" * 50_000, headers=JSON)

    assert answer.status_code == 400


async def test_body_of_another_type_is_refused(client: httpx.AsyncClient) -> None:
    content = json.dumps({"variant_id": 1, "quantity": 1})

    answer = await client.post(f"{CART}/items", content=content, headers={"Content-Type": "text/plain"})

    assert (answer.status_code, answer.json()["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")

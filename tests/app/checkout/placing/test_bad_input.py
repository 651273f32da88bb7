"""What clients send by mistake or by malice instead of an order: a clear 4xx, never a 5xx, and no trace of it."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.app.checkout.support import assert_no_trace, said
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, ORDERER, PHONE, SHIPPING, new_key, order_body, post_order

JSON = {"Content-Type": "application/json"}


@pytest.fixture(autouse=True)
async def _nothing_happened(client: httpx.AsyncClient) -> AsyncIterator[None]:
    yield
    await assert_no_trace()


BAD_QUANTITIES = ["0", "-1", "1000", "1000000000", '"1"', "1.5", "1.0", "true", "null", "[]", "{}", "1" * 40]
BAD_IDS = ["0", "-1", '"1"', "1.5", "true", "null", "9223372036854775808", "1" * 40]


async def test_bad_quantity_is_refused(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=10)
    right = json.dumps(order_body((variant.id, 1), expected_total=12_500))
    for quantity in BAD_QUANTITIES:
        text = right.replace('"quantity": 1', f'"quantity": {quantity}')
        answer = await client.post(f"{API}/orders", content=text, headers={**JSON, "Idempotency-Key": new_key()})
        assert (quantity, *said(answer)) == (quantity, 422, "VALIDATION_ERROR")
        assert [problem["field"] for problem in answer.json()["errors"]] == ["items.0.quantity"]


async def test_bad_variant_id_is_refused(client: httpx.AsyncClient) -> None:
    right = json.dumps(order_body((777, 1), expected_total=12_500))
    for variant_id in BAD_IDS:
        text = right.replace('"variant_id": 777', f'"variant_id": {variant_id}')
        answer = await client.post(f"{API}/orders", content=text, headers={**JSON, "Idempotency-Key": new_key()})
        assert (variant_id, *said(answer)) == (variant_id, 422, "VALIDATION_ERROR")


@pytest.mark.parametrize("variant_id", [1, 10**9, 2**63 - 1])
async def test_unknown_variant_is_not_for_sale(client: httpx.AsyncClient, variant_id: int) -> None:
    answer = await post_order(client, order_body((variant_id, 1), expected_total=12_500))
    assert said(answer) == (422, "VARIANT_NOT_FOR_SALE")
    assert answer.json()["variant_ids"] == [variant_id]


async def test_same_variant_twice_is_refused(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=10)
    body = order_body((variant.id, 1), (variant.id, 1), expected_total=22_500)
    assert said(await post_order(client, body)) == (422, "VALIDATION_ERROR")
    twice = order_body(expected_total=22_500, items=None, cart_variant_ids=[variant.id, variant.id])
    assert said(await post_order(client, twice)) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize("count", [51, 5_000])
async def test_more_than_fifty_lines_are_refused(client: httpx.AsyncClient, count: int) -> None:
    body = order_body(*[(number, 1) for number in range(1, count + 1)], expected_total=1)
    answer = await post_order(client, body)
    assert said(answer) == (422, "VALIDATION_ERROR")
    assert len(answer.json()["errors"]) == 1
    ids = order_body(expected_total=1, items=None, cart_variant_ids=list(range(1, count + 1)))
    assert said(await post_order(client, ids)) == (422, "VALIDATION_ERROR")


ONE = [{"variant_id": 1, "quantity": 1}]


@pytest.mark.parametrize(
    "sources",
    [
        {"items": None},
        {"items": []},
        {"items": None, "cart_variant_ids": []},
        {"items": ONE, "from_cart": True},
        {"items": ONE, "cart_variant_ids": [1]},
        {"items": None, "from_cart": True, "cart_variant_ids": [1]},
        {"items": ONE, "from_cart": True, "cart_variant_ids": [1]},
        {"items": None, "from_cart": False},
        {"items": None, "from_cart": 1},
        {"items": None, "from_cart": "true"},
        {"items": {"variant_id": 1, "quantity": 1}},
        {"items": "1"},
    ],
    ids=str,
)
async def test_anything_but_one_source_is_refused(client: httpx.AsyncClient, sources: dict[str, Any]) -> None:
    assert said(await post_order(client, order_body(expected_total=1, **sources))) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    "changes",
    [
        {"coupon_ids": [1]},
        {"points": 1},
        {"points": -1},
        {"points": True},
        {"coupon_ids": None, "points": "1"},
        {"expected_total": -1},
        {"expected_total": 12_500.0},
        {"expected_total": "12500"},
        {"expected_total": True},
        {"expected_total": 1_000_000_001},
        {"expected_total": 10**40},
        {"pay_method": "GOLD"},
        {"pay_method": "card"},
        {"pay_method": 1},
        {"agreements": {"terms": True}},
        {"agreements": {"terms": True, "privacy": False}},
        {"agreements": {"terms": 1, "privacy": 1}},
        {"agreements": {"terms": "true", "privacy": "true"}},
        {"agreements": []},
        {"total": 1},
        {"status": "PAID"},
        {"member_id": 1},
        {"shipping_fee": 0},
        {"price": 1},
        {"items": [{"variant_id": 1, "quantity": 1, "unit_price": 1}]},
        {"shipping": {**SHIPPING, "fee": 0}},
        {"orderer": {**ORDERER, "role": "staff"}},
    ],
)
async def test_field_that_is_wrong_or_not_the_clients_is_refused(
    client: httpx.AsyncClient, changes: dict[str, Any]
) -> None:
    variant = await make_variant()
    body = {**order_body((variant.id, 1), expected_total=12_500), **changes}
    assert said(await post_order(client, body)) == (422, "VALIDATION_ERROR")


TEXT_FIELDS = [
    ("orderer", "name"),
    ("orderer", "phone"),
    ("orderer", "email"),
    ("shipping", "recipient"),
    ("shipping", "phone"),
    ("shipping", "zipcode"),
    ("shipping", "address"),
    ("shipping", "address_detail"),
    ("shipping", "memo"),
]
BAD_TEXTS: list[Any] = ["a\x00b", "\x00", "a\x1bb", "\x7f", "가" * 501, None, 1, ["가"], {"가": 1}, True]


@pytest.mark.parametrize(("part", "field"), TEXT_FIELDS)
async def test_text_that_is_none_or_has_control_characters_is_refused(
    client: httpx.AsyncClient, part: str, field: str
) -> None:
    variant = await make_variant()
    taken = []
    for value in BAD_TEXTS:
        body = order_body((variant.id, 1), expected_total=12_500)
        body[part] = {**body[part], field: value}
        answer = await post_order(client, body)
        fields = [problem["field"] for problem in answer.json().get("errors", [])]
        if (answer.status_code, fields) != (422, [f"{part}.{field}"]):
            taken.append((value, answer.status_code))
    assert taken == []


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("orderer", "name", ""),
        ("orderer", "name", "   "),
        ("orderer", "name", "김민지😀"),
        ("orderer", "name", "<script>"),
        ("orderer", "name", "가" * 51),
        ("orderer", "phone", "1234"),
        ("orderer", "phone", "٠١٠١٢٣٤٥٦٧٨"),
        ("orderer", "phone", "010123456789"),
        ("orderer", "email", "minji"),
        ("orderer", "email", "a@b"),
        ("orderer", "email", "a@b.c\nBcc: x@y.z"),
        ("shipping", "recipient", "🎁"),
        ("shipping", "zipcode", "0623"),
        ("shipping", "zipcode", "06236\n"),
        ("shipping", "zipcode", "٠٦٢٣٦"),
        ("shipping", "address", ""),
        ("shipping", "address", "가" * 201),
        ("shipping", "address_detail", "가" * 201),
    ],
)
async def test_bad_text_is_refused(client: httpx.AsyncClient, part: str, field: str, value: str) -> None:
    variant = await make_variant()
    body = order_body((variant.id, 1), expected_total=12_500)
    body[part] = {**body[part], field: value}
    assert said(await post_order(client, body)) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize("field", ["orderer", "shipping", "pay_method", "expected_total", "agreements"])
async def test_missing_field_is_named(client: httpx.AsyncClient, field: str) -> None:
    variant = await make_variant()
    body = {**order_body((variant.id, 1), expected_total=12_500)}
    del body[field]
    answer = await post_order(client, body)
    assert said(answer) == (422, "VALIDATION_ERROR")
    assert [(problem["field"], problem["code"]) for problem in answer.json()["errors"]] == [(field, "MISSING")]
    assert PHONE not in answer.text


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "VALIDATION_ERROR"),
        (b"null", 422, "VALIDATION_ERROR"),
        (b"[]", 422, "VALIDATION_ERROR"),
        (b"{", 400, "MALFORMED_JSON"),
        (b'{"expected_total": NaN}', 400, "MALFORMED_JSON"),
        (b'{"expected_total": Infinity}', 400, "MALFORMED_JSON"),
        (b'{"expected_total": 1, "expected_total": 1}', 400, "MALFORMED_JSON"),
        (b'{"orderer": {"name": "a", "n\\u0061me": "b"}}', 400, "MALFORMED_JSON"),
        (b'{"orderer": {"name": "\\ud800"}}', 400, "MALFORMED_JSON"),
        (b'{"orderer": {"name": "\xff\xfe"}}', 400, "MALFORMED_JSON"),
        (b"[" * 100_000, 400, "MALFORMED_JSON"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, 400, "MALFORMED_JSON"),
        (b'{"items": ' + b"[" * 900 + b"]" * 900 + b"}", 422, "VALIDATION_ERROR"),
        (b"x" * 10_000_000, 413, "BODY_TOO_LARGE"),
    ],
    ids=[
        "empty",
        "null",
        "list",
        "cut",
        "nan",
        "inf",
        "twice",
        "twice-escaped",
        "surrogate",
        "utf8",
        "deep",
        "deep-object",
        "nested",
        "10-MB",
    ],
)
async def test_body_that_is_none_is_refused(client: httpx.AsyncClient, content: bytes, status: int, code: str) -> None:
    answer = await client.post(f"{API}/orders", content=content, headers={**JSON, "Idempotency-Key": new_key()})
    assert said(answer) == (status, code)


async def test_body_of_another_type_is_refused(client: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "text/plain", "Idempotency-Key": new_key()}
    answer = await client.post(f"{API}/orders", content=b"{}", headers=headers)
    assert said(answer) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp5", "Bearer \xff"])
async def test_broken_sign_in_is_refused_before_the_body_is_looked_at(
    client: httpx.AsyncClient, authorization: str
) -> None:
    headers = [(b"Authorization", authorization.encode("latin-1")), (b"Content-Type", b"application/json")]
    answer = await client.post(f"{API}/orders", content=b"{", headers=headers)
    assert said(answer) == (401, "INVALID_TOKEN")


async def test_unknown_query_parameter_is_refused(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    body = order_body((variant.id, 1), expected_total=12_500)
    answer = await client.post(f"{API}/orders?total=1", json=body, headers={"Idempotency-Key": new_key()})
    assert said(answer) == (422, "VALIDATION_ERROR")

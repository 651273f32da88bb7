"""Whatever comes in: a clear 4xx, never a 500."""

import pytest

from tests.sandbox.support import Shop, said

BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"NaN",
    b'{"totalAmount":NaN,"amount":NaN}',
    b'{"totalAmount":9223372036854775808,"amount":9223372036854775808,"reason":"x","action":"pay"}',
    b'{"totalAmount":99999999999999999999999,"amount":99999999999999999999999,"reason":"x","action":"pay"}',
    b'{"totalAmount":-1,"amount":-1,"reason":"x","action":"pay"}',
    b'{"totalAmount":1.5,"amount":1.5,"reason":"x","action":"pay"}',
    b'{"totalAmount":true,"amount":true,"reason":"x","action":"pay"}',
    b'{"storeId":"\\u0000","reason":"\\u0000","action":"\\u0000"}',
    b'{"storeId":"\\ud800","reason":"\\ud800"}',
    b"\xff\xfe\x00",
    b"[" * 50_000,
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
async def test_body_of_nonsense_is_4xx_everywhere(shop: Shop, body: bytes) -> None:
    paid = (await shop.act("p1", "pay", amount=1000)).json()
    for path in ("/p2/pre-register", "/p1/cancel"):
        assert said(await shop.rest("POST", path, content=body)) == (400, "INVALID_REQUEST")
    for method, path in (("POST", "/control/payments/p2"), ("PUT", "/control/faults"), ("POST", "/inbox")):
        answer = await shop.http.request(method, path, content=body)
        assert said(answer) in [(400, "MALFORMED_JSON"), (422, "VALIDATION_ERROR")]
    assert (await shop.http.post("/portone/window", content=body)).status_code == 400
    assert await shop.payment("p1") == paid


@pytest.mark.parametrize("payment_id", ["%00", "x" * 65, "%20", "%01", "a%20", ""])
async def test_id_that_can_be_none_is_4xx_everywhere(shop: Shop, payment_id: str) -> None:
    for path in (f"/{payment_id}/pre-register", f"/{payment_id}/cancel", f"/{payment_id}/virtual-account/close"):
        assert said(await shop.rest("POST", path, json={"reason": "x"})) == (400, "INVALID_REQUEST")
    assert said(await shop.rest("GET", f"/{payment_id}")) == (400, "INVALID_REQUEST")
    control = f"/control/payments/{payment_id}"
    assert said(await shop.http.get(control)) == (422, "VALIDATION_ERROR")
    assert said(await shop.http.post(control, json={"action": "pay", "amount": 1})) == (422, "VALIDATION_ERROR")


async def test_body_of_more_than_a_megabyte_is_413(shop: Shop) -> None:
    big = b"x" * 1_000_001
    assert said(await shop.http.post("/inbox", content=big)) == (413, "BODY_TOO_LARGE")
    assert said(await shop.rest("POST", "/p1/cancel", content=big)) == (413, "BODY_TOO_LARGE")


async def test_unknown_path_and_method_are_told_as_json(shop: Shop) -> None:
    assert said(await shop.http.get("/nowhere")) == (404, "NOT_FOUND")
    assert said(await shop.http.delete("/inbox")) == (405, "METHOD_NOT_ALLOWED")
    assert said(await shop.rest("DELETE", "/p1")) == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize("limit", ["0", "x", "-1", "10001", "99999999999999999999", "١"])
async def test_limit_out_of_range_is_422(shop: Shop, limit: str) -> None:
    assert said(await shop.http.get("/control/webhooks", params={"limit": limit})) == (422, "VALIDATION_ERROR")


async def test_front_page_links_the_rest(shop: Shop) -> None:
    page = await shop.http.get("/")
    assert page.status_code == 200
    assert 'href="/sandbox/inbox"' in page.text

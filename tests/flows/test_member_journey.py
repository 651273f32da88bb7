"""A member buys: a guest's cart becomes the member's, the order comes out of it, and the sign-out ends it all."""

import httpx

from src.worker.jobs.run import run_job
from tests.factories.carts import CART, lines_of
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import API, SHIPPING, control, new_key

LOGIN = {"login_id": "minji.kim", "password": "Golf!2345"}


async def test_member_signs_up_merges_the_cart_orders_pays_and_signs_out(client: httpx.AsyncClient) -> None:
    first, second, third = await variants_of(await make_product(price=30_000, sizes=3))

    # a guest fills a cart
    client.cookies.clear()
    await client.post(f"{CART}/items", json={"variant_id": first.id, "quantity": 2})
    filled = await client.post(f"{CART}/items", json={"variant_id": second.id, "quantity": 1})
    guest_token = filled.headers["X-Cart-Token"]
    assert [item["quantity"] for item in filled.json()["items"]] == [2, 1]

    # becomes a member
    signed_up = await client.post(
        f"{API}/auth/sign-up",
        json={
            **LOGIN,
            "name": "김민지",
            "email": "minji@example.com",
            "phone": "010-1234-5678",
            "agreements": [{"policy": "terms", "agreed": True}, {"policy": "privacy", "agreed": True}],
        },
    )
    assert signed_up.status_code == 201, signed_up.text
    signed_in = await client.post(f"{API}/auth/sign-in", json=LOGIN)
    member = {"Authorization": f"Bearer {signed_in.json()['access_token']}"}
    assert (await client.get(f"{API}/me", headers=member)).json()["login_id"] == "minji.kim"

    # the carts become one, once
    await client.post(f"{CART}/items", json={"variant_id": third.id, "quantity": 1}, headers=member)
    merge = {"cart_token": guest_token, "merge_id": "merge-1"}
    merged = await client.post(f"{CART}/merge", json=merge, headers=member)
    again = await client.post(f"{CART}/merge", json=merge, headers=member)
    assert {result["outcome"] for result in merged.json()["results"]} == {"added"}
    client.cookies.clear()
    assert await lines_of(client, member) == [(third.id, 1), (first.id, 2), (second.id, 1)]
    assert again.json()["items"] == merged.json()["items"]

    # the whole cart is ordered and paid
    total = (await client.get(CART, headers=member)).json()["total"]
    assert total == 120_000
    placed = await client.post(
        f"{API}/orders",
        headers={**member, "Idempotency-Key": new_key()},
        json={
            "from_cart": True,
            "orderer": {"name": "김민지", "phone": "010-1234-5678", "email": "minji@example.com"},
            "shipping": SHIPPING,
            "pay_method": "TRANSFER",
            "expected_total": total,
            "agreements": {"terms": True, "privacy": True},
        },
    )
    assert placed.status_code == 201, placed.text
    order = placed.json()
    assert order["guest_token"] is None
    await control(client, order["payment"]["payment_id"], "pay")
    done = await client.post(f"{API}/payments/{order['payment']['payment_id']}/complete")
    assert done.json()["order_status"] == "PAID"
    await run_job("relay-outbox")
    assert await lines_of(client, member) == []

    # it is in the list, and in nobody else's
    listed = (await client.get(f"{API}/orders", params={"status": "PAID"}, headers=member)).json()
    assert [(item["order_no"], item["total"]) for item in listed["items"]] == [(order["order_no"], 120_000)]
    assert (await client.get(f"{API}/orders/{order['order_no']}")).status_code == 404

    # signed out is signed out
    assert (await client.post(f"{API}/auth/sign-out", headers=member)).status_code == 204
    for path in ("/me", "/orders", f"/orders/{order['order_no']}"):
        assert (await client.get(f"{API}{path}", headers=member)).status_code == 401
    assert (await client.post(f"{API}/auth/refresh")).status_code == 401

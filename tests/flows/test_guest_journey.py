"""A guest buys: from the first page to the paid order, by what a browser would do, the payment window included."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import httpx

from src.app.product.models import StockLedger
from src.worker.jobs.run import run_job
from tests.factories.catalogue import make_category, make_product
from tests.factories.orders import API, delivered, new_key

RETURN = "http://shop.example.com/orders/done?step=2"


class Form(HTMLParser):
    """The form of a page: where it goes, what it carries, and its buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.method = ""
        self.fields: dict[str, str] = {}
        self.buttons: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action, self.method = given["action"], given["method"]
        elif tag == "input" and given.get("type") == "hidden":
            self.fields[given["name"]] = given["value"]
        elif tag == "button" and given.get("name") == "do":
            self.buttons.append(given["value"])


async def open_window(client: httpx.AsyncClient, payment: dict[str, str]) -> Form:
    """What the browser SDK does with the answer of ``POST /orders``."""
    page = await client.get(
        "/sandbox/portone/window",
        params={
            "storeId": payment["store_id"],
            "paymentId": payment["payment_id"],
            "channelKey": payment["channel_key"],
            "orderName": payment["order_name"],
            "totalAmount": payment["total_amount"],
            "currency": payment["currency"],
            "payMethod": payment["pay_method"],
            "redirectUrl": RETURN,
        },
    )
    assert page.status_code == 200
    assert "text/html" in page.headers["content-type"]
    assert payment["order_name"] in page.text
    return Form(page.text)


async def click(client: httpx.AsyncClient, form: Form, button: str) -> dict[str, list[str]]:
    """Press a button; what the shop's page is told in its query."""
    assert button in form.buttons
    assert form.method == "post"
    answer = await client.post(form.action, data={**form.fields, "do": button, "webhook": "send", "fault": ""})
    assert answer.status_code == 303
    target = urlsplit(answer.headers["location"])
    assert f"{target.scheme}://{target.netloc}{target.path}" == "http://shop.example.com/orders/done"
    return parse_qs(target.query)


async def test_guest_browses_orders_fails_once_pays_and_sees_the_order_paid(client: httpx.AsyncClient) -> None:
    bags = await make_category("bags")
    await make_product(name="투어 스탠드백", price=45_000, origin_price=50_000, category=bags, stock=5, sizes=2)

    # browse
    cards = (await client.get(f"{API}/products", params={"category": "bags"})).json()["items"]
    product = (await client.get(f"{API}/products/{cards[0]['slug']}")).json()
    size = product["options"][0]["sizes"][1]
    assert (size["stock"], size["sold_out"], product["price"]) == (5, False, 45_000)

    # quote
    items = [{"variant_id": size["variant_id"], "quantity": 2}]
    quote = (await client.post(f"{API}/cart/quote", json={"items": items, "zipcode": "06236"})).json()
    assert (quote["item_total"], quote["shipping_fee"], quote["total"]) == (90_000, 2_500, 92_500)

    # order
    placed = await client.post(
        f"{API}/orders",
        headers={"Idempotency-Key": new_key()},
        json={
            "items": items,
            "orderer": {"name": "김민지", "phone": "010-1234-5678", "email": "minji@example.com"},
            "shipping": {"recipient": "김민지", "phone": "01012345678", "zipcode": "06236", "address": "서울 강남구"},
            "pay_method": "CARD",
            "expected_total": quote["total"],
            "agreements": {"terms": True, "privacy": True},
        },
    )
    assert placed.status_code == 201, placed.text
    order = placed.json()
    payment_id = order["payment"]["payment_id"]
    token = {"X-Guest-Token": order["guest_token"]}

    # the first try in the window fails
    form = await open_window(client, order["payment"])
    told = await click(client, form, "fail")
    assert (told["paymentId"], told["step"], "code" in told) == ([payment_id], ["2"], True)
    refused = await client.post(f"{API}/payments/{payment_id}/complete")
    assert (refused.status_code, refused.json()["code"]) == (409, "PAYMENT_NOT_PAID")

    # the second is approved
    form = await open_window(client, order["payment"])
    told = await click(client, form, "pay")
    assert told == {"step": ["2"], "paymentId": [payment_id]}
    done = await client.post(f"{API}/payments/{payment_id}/complete")
    assert (done.status_code, done.json()["order_status"]) == (200, "PAID")

    # the receipt, the order, and the webhooks that come afterwards
    receipt = await client.get(done.json()["receipt_url"])
    assert receipt.status_code == 200
    await delivered(client, payment_id, 4)
    await run_job("process-inbox")
    seen = (await client.get(f"{API}/orders/{order['order_no']}", headers=token)).json()
    assert [(hop["from_status"], hop["to_status"], hop["by"]) for hop in seen["timeline"]] == [
        (None, "PENDING", "guest"),
        ("PENDING", "PAID", "browser"),
    ]
    (payment,) = seen["payments"]
    assert (payment["payment_id"], payment["payment_status"], payment["paid_with"]) == (payment_id, "PAID", "CARD")
    assert (payment["paid_amount"], payment["failure_reason"]) == (payment["total_amount"], None)
    stock = (await client.get(f"{API}/products/{product['id']}/stock")).json()["items"]
    assert {entry["variant_id"]: entry["stock"] for entry in stock}[size["variant_id"]] == 3
    assert await StockLedger.filter(kind="SALE").count() == 1

    # from another device: number and telephone
    client.cookies.clear()
    found = await client.post(
        f"{API}/orders/lookup", json={"order_no": order["order_no"].lower(), "phone": "01012345678"}
    )
    assert found.json()["order"] == seen

    # the window of a paid order offers nothing more
    assert (await open_window(client, order["payment"])).buttons == []


async def test_guest_who_closes_the_window_may_come_back_with_another_way_to_pay(client: httpx.AsyncClient) -> None:
    await make_product(price=20_000)
    card = (await client.get(f"{API}/products")).json()["items"][0]
    product = (await client.get(f"{API}/products/{card['product_code']}")).json()
    variant_id = product["options"][0]["sizes"][0]["variant_id"]
    order = (
        await client.post(
            f"{API}/orders",
            headers={"Idempotency-Key": new_key()},
            json={
                "items": [{"variant_id": variant_id, "quantity": 1}],
                "orderer": {"name": "김민지", "phone": "01012345678", "email": "minji@example.com"},
                "shipping": {"recipient": "김", "phone": "01012345678", "zipcode": "63000", "address": "제주"},
                "pay_method": "CARD",
                "expected_total": 25_500,
                "agreements": {"terms": True, "privacy": True},
            },
        )
    ).json()
    told = await click(client, await open_window(client, order["payment"]), "close")
    assert "code" in told

    again = await client.post(
        f"{API}/orders/{order['order_no']}/payments",
        json={"pay_method": "EASY_PAY"},
        headers={"Idempotency-Key": new_key(), "X-Guest-Token": order["guest_token"]},
    )
    await click(client, await open_window(client, again.json()), "pay")
    done = await client.post(f"{API}/payments/{again.json()['payment_id']}/complete")

    assert (done.json()["order_status"], done.json()["payment_status"]) == ("PAID", "PAID")

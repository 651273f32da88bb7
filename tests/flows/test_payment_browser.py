"""A payment in a real browser with the sandbox's drop-in for PortOne's browser SDK: a promise, a redirect, an error.

Runs where a Chromium is installed and is skipped elsewhere.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from src.core.configs import Settings
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, Placed, complete, place, read_order
from tests.flows.browser import CHROMIUM, FRONT, SECONDS, Tab, browsing

# What a front end does in production too, but for the address of the script.
PAGE = """<!doctype html><meta charset="utf-8"><title>front end</title><body>
<script src="SCRIPT"></script>
<script type="module">
window.pay = async (payment, more = {}) => {
  try {
    window.result = await PortOne.requestPayment({
      storeId: payment.store_id, channelKey: payment.channel_key, paymentId: payment.payment_id,
      orderName: payment.order_name, totalAmount: payment.total_amount, currency: payment.currency,
      payMethod: payment.pay_method, customData: {from: "test"},
      customer: {
        fullName: payment.customer.full_name, phoneNumber: payment.customer.phone_number,
        email: payment.customer.email,
      },
      ...more,
    });
  } catch (error) {
    window.result = {thrown: error.code, text: error.message, isPortOneError: PortOne.isPortOneError(error)};
  }
};
window.loaded = true;
</script>"""
SCRIPTS = ("http://localhost:PORT/sandbox/portone/browser-sdk.js", "http://portone.localhost:PORT/v2/browser-sdk.js")
BUTTON = "button[name=do][value={}]"

pytestmark = [
    pytest.mark.fault("A16"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (apt-get install chromium)"),
]


@pytest.fixture
async def tab(
    request: pytest.FixtureRequest, client: httpx.AsyncClient, shop_settings: Settings, tmp_path: Path
) -> AsyncIterator[Tab]:
    """A tab on a front end's page that loads the SDK. The frame stays in the page's process, so the tab can click."""
    script = str(getattr(request, "param", SCRIPTS[0])).replace("PORT", str(shop_settings.server.port))
    switches = "--disable-features=IsolateOrigins,site-per-process", "--disable-site-isolation-trials"
    async with browsing(PAGE.replace("SCRIPT", script), tmp_path, *switches) as opened:
        await opened.command("Page.navigate", url=f"http://{FRONT}/")
        await opened.until("window.loaded && typeof PortOne.requestPayment === 'function'")
        yield opened


@pytest.fixture
async def placed(client: httpx.AsyncClient) -> Placed:
    return await place(client, ((await make_variant()).id, 1))


async def frame(tab: Tab, expression: str) -> Any:
    """Evaluate in the payment window, once it stands in its frame; no script runs there but ours."""
    tree = await tab.command("Page.getFrameTree")
    frames = [child["frame"] for child in tree["frameTree"].get("childFrames", [])]
    if not frames or "/window" not in frames[0]["url"]:
        return None
    world = await tab.command("Page.createIsolatedWorld", frameId=frames[0]["id"])
    told = await tab.command(
        "Runtime.evaluate", expression=expression, returnByValue=True, contextId=world["executionContextId"]
    )
    return told["result"].get("value")


async def until_in_frame(tab: Tab, expression: str) -> None:
    """Until the expression is true in the payment window."""
    async with asyncio.timeout(SECONDS):
        while not await frame(tab, expression):  # noqa: ASYNC110 - the page is no task of ours
            await asyncio.sleep(0.1)


async def click_in_frame(tab: Tab, button: str) -> None:
    selector = BUTTON.format(button)
    await until_in_frame(
        tab, f"(() => {{ const b = document.querySelector('{selector}'); if (b) b.click(); return Boolean(b); }})()"
    )


async def pay(tab: Tab, placed: Placed, **more: Any) -> None:
    payment = httpx.Response(200, json=placed.body["payment"]).text
    options = httpx.Response(200, json=more).text
    await tab.evaluate(f"window.result = null; void pay({payment}, {options})")


@pytest.mark.parametrize("tab", SCRIPTS, indirect=True, ids=["mounted", "own origin"])
async def test_the_promise_tells_of_a_payment_and_the_frame_is_gone(
    tab: Tab, client: httpx.AsyncClient, placed: Placed
) -> None:
    await pay(tab, placed)
    await click_in_frame(tab, "pay")

    result = await tab.until("window.result")

    at_portone = (await client.get(f"/sandbox/control/payments/{placed.payment_id}")).json()
    assert result == {
        "transactionType": "PAYMENT",
        "paymentId": placed.payment_id,
        "txId": at_portone["transactionId"],
    }
    assert (at_portone["customer"]["email"], at_portone["customData"]) == ("minji@example.com", '{"from":"test"}')
    assert await tab.evaluate("document.querySelector('iframe') === null")
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"


@pytest.mark.parametrize("how", ["fail", "close", "leave"])
async def test_the_promise_tells_why_nothing_was_paid(
    tab: Tab, client: httpx.AsyncClient, placed: Placed, how: str
) -> None:
    await pay(tab, placed)
    if how == "leave":
        await tab.until("document.querySelector('#portone-sandbox button') !== null")
        await until_in_frame(tab, "document.readyState === 'complete'")
        await tab.evaluate("document.querySelector('#portone-sandbox button').click()")
    else:
        await click_in_frame(tab, how)

    result = await tab.until("window.result")

    pg_code = "REJECT_CARD_PAYMENT" if how == "fail" else "PAY_PROCESS_CANCELED"
    assert (result["code"], result["pgCode"], result["paymentId"]) == ("PGProviderError", pg_code, placed.payment_id)
    assert result["txId"]
    assert await tab.evaluate("document.querySelector('iframe') === null")
    assert (await read_order(client, placed))["status"] == "PENDING"


async def test_a_redirect_leaves_the_page_and_comes_back(tab: Tab, client: httpx.AsyncClient, placed: Placed) -> None:
    await pay(tab, placed, redirectUrl=f"http://{FRONT}/done?step=3", forceRedirect=True)
    await tab.until(f"document.querySelector('{BUTTON.format('pay')}') !== null")
    await tab.evaluate(f"document.querySelector('{BUTTON.format('pay')}').click()")

    query = await tab.until("location.pathname === '/done' && location.search")

    assert query == f"?step=3&paymentId={placed.payment_id}"
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"totalAmount": 1}, "AmountNotEqualToPredefined"),
        ({"currency": "USD"}, "AmountNotEqualToPredefined"),
        ({"channelKey": "channel-key-of-nobody"}, "ChannelNotFound"),
        ({"storeId": "store-of-nobody"}, "StoreNotFound"),
        ({"totalAmount": "a lot"}, "BadRequest"),
        ({"orderName": ""}, "BadRequest"),
    ],
)
async def test_what_is_wrong_is_thrown_before_a_window_opens(
    tab: Tab, client: httpx.AsyncClient, placed: Placed, change: dict[str, Any], code: str
) -> None:
    await pay(tab, placed, **change)
    result = await tab.until("window.result")
    assert (result["thrown"], result["isPortOneError"]) == (code, True)
    assert await tab.evaluate("document.querySelector('iframe') === null")
    assert (await client.get(f"{API}/payments/{placed.payment_id}")).json()["payment_status"] == "READY"


async def test_a_payment_that_was_paid_is_not_paid_again(tab: Tab, client: httpx.AsyncClient, placed: Placed) -> None:
    await pay(tab, placed)
    await click_in_frame(tab, "pay")
    await tab.until("window.result")
    await pay(tab, placed)
    assert (await tab.until("window.result"))["thrown"] == "PaymentAlreadyPaid"

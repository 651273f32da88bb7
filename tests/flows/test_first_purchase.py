"""The first purchase works: pasted from docs/first-purchase.md as it stands, and by the clicks of the README."""

import asyncio
import json
import re
from pathlib import Path

import httpx

from src.core.configs import settings
from tests.factories.catalogue import make_product, make_variant
from tests.factories.orders import control

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/first-purchase.md"


def purchase_block() -> str:
    """The first shell block of the page."""
    block = re.search(r"```bash\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert block is not None
    return block.group(1)


async def test_pasted_purchase_ends_paid(client: httpx.AsyncClient, tmp_path: Path) -> None:
    await make_product(code="01201110", stock=5, price=30_000)
    port = settings().server.port
    script = purchase_block().replace(":8000", f":{port}").replace("/tmp/", f"{tmp_path}/")  # noqa: S108 - what the page says
    shell = await asyncio.create_subprocess_exec(
        "bash", "-e", "-c", script, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await asyncio.wait_for(shell.communicate(), 60)
    assert shell.returncode == 0, err.decode()
    assert '"order_status":"PAID"' in out.decode()
    assert "'PAID', 32500)" in out.decode().splitlines()[-1]


async def test_the_purchase_that_the_readme_clicks_ends_paid(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=5)
    body = json.loads((ROOT / "docs/openapi.json").read_text())["components"]["schemas"]["OrderPlace"]["examples"][0]
    body["items"][0]["variant_id"] = variant.id
    readme = (ROOT / "README.md").read_text()
    key = re.findall(r"`(my-first-purchase-1)`", readme)[0]
    today = await client.post("/api/v1/orders", json=body, headers={"Idempotency-Key": key})
    assert (today.status_code, today.json()["code"]) == (409, "PRICE_CHANGED")
    body["expected_total"] = total = today.json()["quote"]["total"]
    order = await client.post("/api/v1/orders", json=body, headers={"Idempotency-Key": key})
    assert order.status_code == 201
    payment_id = order.json()["payment"]["payment_id"]
    (window,) = re.findall(r"`http://127.0.0.1:8000(/sandbox/portone/window\S+)`", readme)
    opened = await client.get(window.replace("PAYMENT_ID", payment_id).replace("TOTAL", str(total)))
    assert opened.status_code == 200
    assert "결제하기" in opened.text
    assert f"{total:,}" in opened.text
    await control(client, payment_id, "pay")
    paid = await client.post(f"/api/v1/payments/{payment_id}/complete")
    assert paid.json()["order_status"] == "PAID"

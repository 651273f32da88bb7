"""The first purchase of docs/first-purchase.md works as it stands when it is pasted."""

import asyncio
import re
from pathlib import Path

import httpx

from src.core.configs import settings
from tests.factories.catalogue import make_product

PAGE = Path(__file__).parents[2] / "docs/first-purchase.md"


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

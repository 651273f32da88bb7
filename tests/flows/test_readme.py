"""The README's first purchase works as it stands when it is pasted."""

import asyncio
import re
from pathlib import Path

import httpx

from src.core.configs import settings
from tests.factories.catalogue import make_product

README = Path(__file__).parents[2] / "README.md"


def purchase_block() -> str:
    """The shell block under the heading."""
    section = README.read_text().split("## A first purchase", 1)[1]
    block = re.search(r"```bash\n(.*?)```", section, re.DOTALL)
    assert block is not None
    return block.group(1)


async def test_pasted_purchase_ends_paid(client: httpx.AsyncClient, tmp_path: Path) -> None:
    await make_product(code="01201110", stock=5, price=30_000)
    port = settings().server.port
    script = purchase_block().replace(":8000", f":{port}").replace("/tmp/", f"{tmp_path}/")  # noqa: S108 - what the README says
    shell = await asyncio.create_subprocess_exec(
        "bash", "-e", "-c", script, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await asyncio.wait_for(shell.communicate(), 60)
    assert shell.returncode == 0, err.decode()
    assert '"order_status":"PAID"' in out.decode()
    assert "'PAID', 32500)" in out.decode().splitlines()[-1]

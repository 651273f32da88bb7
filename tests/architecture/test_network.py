"""No test reaches a network, whichever client it uses (tests/network.py)."""

import socket
import urllib.request
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from src.core.http import new_http_client, new_vendor_client
from tests.network import OUTSIDE


@pytest.mark.parametrize("new_client", [new_http_client, new_vendor_client])
@pytest.mark.parametrize("host", ["192.0.2.1", "vendor.example", "[2001:db8::1]"])
async def test_a_client_that_leaves_this_machine_is_a_finding(new_client: Callable[..., Any], host: str) -> None:
    async with new_client(f"http://{host}", read_seconds=5) as client:
        with pytest.raises(httpx.ConnectError):
            await client.request("GET", "/")
    assert set(OUTSIDE.taken()) == {httpx.URL(f"http://{host}").host}


def test_sockets_that_block_are_looked_at_too() -> None:
    with pytest.raises(OSError, match="tests reach no network"):
        urllib.request.urlopen("http://vendor.example/", timeout=5)
    with socket.socket() as plain:
        assert plain.connect_ex(("192.0.2.1", 80)) != 0
    assert OUTSIDE.taken() == ["vendor.example", "192.0.2.1"]


def test_this_machine_is_no_finding() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        socket.create_connection(("localhost", listening.getsockname()[1]), timeout=5).close()
    assert OUTSIDE.taken() == []

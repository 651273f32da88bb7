"""The one place that makes HTTP clients: explicit timeouts, no redirects, no proxy of the environment
(docs/architecture.md#r17)."""

import ssl
from typing import Final

import httpx

from src.core.observing import tracing
from src.core.observing.context import request_id

REQUEST_ID: Final = "X-Request-ID"


async def _continue(request: httpx.Request) -> None:
    """Trace and request id go along, so that a vendor's log and ours can be laid side by side."""
    request.headers.update(tracing.outgoing_headers())
    if own_id := request_id.get():
        request.headers[REQUEST_ID] = own_id


def new_http_client(base_url: str, *, headers: dict[str, str] | None = None, read_seconds: float) -> httpx.AsyncClient:
    """A pooled client for one vendor. Connecting may take 5 s, reading an answer `read_seconds`."""
    return httpx.AsyncClient(
        base_url=base_url,
        headers=headers,
        timeout=httpx.Timeout(read_seconds, connect=5.0, pool=10.0),
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30),
        follow_redirects=False,
        trust_env=False,
        event_hooks={"request": [_continue]},
    )


def new_unpooled_client(
    *, connect_seconds: float, read_seconds: float, verify: ssl.SSLContext | None = None
) -> httpx.AsyncClient:
    """A client for addresses that others chose. Every request makes a connection of its own.

    A pool keeps connections by address: one that was made for one name would serve another name at that address.
    """
    return httpx.AsyncClient(
        timeout=httpx.Timeout(read_seconds, connect=connect_seconds),
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        follow_redirects=False,
        trust_env=False,
        verify=True if verify is None else verify,
    )

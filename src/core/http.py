"""The only place that makes HTTP clients: explicit timeouts, no redirects, no proxy from the environment
(docs/architecture.md#r17).
"""

import importlib.util
import ssl
import sys
from typing import Final

import httpx

from src.core.observing import tracing
from src.core.observing.context import request_id

REQUEST_ID: Final = "X-Request-ID"
# Idle connections end here first: a server that closes one just as a request leaves loses that request, and nobody can
# say whether it was read. Our own servers keep them for 20 s.
KEEPALIVE_SECONDS: Final = 15
CONNECTIONS: Final = 100

# httpcore imports sniffio several times in every request, to learn which event loop runs. Python does not remember a
# failed import and searches all package folders each time; None in sys.modules ends the search.
if importlib.util.find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]


async def _continue(request: httpx.Request) -> None:
    """Send trace and request id along, so that a vendor's log can be compared with ours."""
    request.headers.update(tracing.outgoing_headers())
    if own_id := request_id.get():
        request.headers[REQUEST_ID] = own_id


def new_http_client(
    base_url: str, *, headers: dict[str, str] | None = None, read_seconds: float, over_aiohttp: bool = False
) -> httpx.AsyncClient:
    """Return a pooled client for one vendor. The limit is 5 s for connecting and `read_seconds` for reading.

    With `over_aiohttp` a request costs less processor time, and importing aiohttp costs 9 MB. It has no
    `network_stream`, and a request's body must be bytes.
    """
    return httpx.AsyncClient(
        base_url=base_url,
        headers=headers,
        timeout=httpx.Timeout(read_seconds, connect=5.0, pool=10.0),
        limits=httpx.Limits(
            max_connections=CONNECTIONS, max_keepalive_connections=20, keepalive_expiry=KEEPALIVE_SECONDS
        ),
        transport=_aiohttp_transport() if over_aiohttp else None,
        follow_redirects=False,
        trust_env=False,
        event_hooks={"request": [_continue]},
    )


def _aiohttp_transport() -> httpx.AsyncBaseTransport:
    from src.core.aiohttp_transport import AiohttpTransport

    return AiohttpTransport(
        connections=CONNECTIONS,
        keepalive_seconds=KEEPALIVE_SECONDS,
        context=httpx.create_ssl_context(trust_env=False),
    )


def new_unpooled_client(
    *, connect_seconds: float, read_seconds: float, verify: ssl.SSLContext | None = None
) -> httpx.AsyncClient:
    """Return a client for addresses that outsiders choose. Every request opens its own connection.

    A pool keeps connections by address: one opened for one host name would serve another name at the same address.
    """
    return httpx.AsyncClient(
        timeout=httpx.Timeout(read_seconds, connect=connect_seconds),
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        follow_redirects=False,
        trust_env=False,
        verify=True if verify is None else verify,
    )

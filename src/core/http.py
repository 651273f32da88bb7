"""The only place that makes HTTP clients: explicit timeouts, no redirects, no proxy from the environment
(docs/architecture.md#r17).
"""

import importlib.util
import ssl
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import httpx
import orjson

from src.core.observing import tracing
from src.core.observing.context import request_id

if TYPE_CHECKING:
    from src.core.vendor_client import VendorClient

REQUEST_ID: Final = "X-Request-ID"
# Idle connections end here first: a server that closes one just as a request leaves loses that request, and nobody can
# say whether it was read. Our own servers keep them for 20 s.
KEEPALIVE_SECONDS: Final = 15
CONNECTIONS: Final = 100
CONNECT_SECONDS: Final = 5.0
POOL_SECONDS: Final = 10.0

# httpcore imports sniffio several times in every request, to learn which event loop runs. Python does not remember a
# failed import and searches all package folders each time; None in sys.modules ends the search.
if importlib.util.find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to wait for a connection to be made, for each piece of an answer, and for room in the pool."""

    connect: float
    read: float
    pool: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A vendor's answer, read to its end and unpacked."""

    status_code: int
    content: bytes

    def json(self) -> Any:
        """Return the body's JSON. Raises ValueError if it is none."""
        return orjson.loads(self.content)


def continuing_headers() -> dict[str, str]:
    """Return trace and request id for an outgoing request, so that a vendor's log can be compared with ours."""
    headers = tracing.outgoing_headers()
    if own_id := request_id.get():
        headers[REQUEST_ID] = own_id
    return headers


async def _continue(request: httpx.Request) -> None:
    request.headers.update(continuing_headers())


def new_http_client(base_url: str, *, headers: dict[str, str] | None = None, read_seconds: float) -> httpx.AsyncClient:
    """Return a pooled client for one vendor. The limit is 5 s for connecting and `read_seconds` for reading."""
    return httpx.AsyncClient(
        base_url=base_url,
        headers=headers,
        timeout=httpx.Timeout(read_seconds, connect=CONNECT_SECONDS, pool=POOL_SECONDS),
        limits=httpx.Limits(
            max_connections=CONNECTIONS, max_keepalive_connections=20, keepalive_expiry=KEEPALIVE_SECONDS
        ),
        follow_redirects=False,
        trust_env=False,
        event_hooks={"request": [_continue]},
    )


def new_vendor_client(base_url: str, *, headers: dict[str, str] | None = None, read_seconds: float) -> "VendorClient":
    """Return a client with the limits of `new_http_client`, for vendors that every purchase needs: a request costs a
    quarter of the processor time. Importing aiohttp costs 9 MB."""
    from src.core.vendor_client import VendorClient

    return VendorClient(
        base_url,
        headers=headers or {},
        limits=Limits(connect=CONNECT_SECONDS, read=read_seconds, pool=POOL_SECONDS),
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

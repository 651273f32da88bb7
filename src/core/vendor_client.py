"""The client of a vendor that every purchase needs: aiohttp's connections without httpx's layers
(.github/decisions/0045-portone-on-aiohttp.md).

It behaves as httpx does: the same lines are sent, and the same httpx exceptions are raised. Nothing of aiohttp that
adds to that is used: no cookies, no redirects, no proxy, no second try. One request differs: DELETE without a body says
``Content-Length: 0``.
"""

import asyncio
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Final, Self

import aiohttp
import httpx
from yarl import URL

from src.core.http import Answer, Limits, continuing_headers

HEAD_BYTES: Final = 100 * 1024  # the most that httpx's own transport reads before it gives up on an answer's head
# What aiohttp would add to a request that lacks it.
ADDED_HEADERS: Final = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")
OWN_HEADERS: Final = {
    "Accept": "*/*",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "keep-alive",
    "User-Agent": f"python-httpx/{httpx.__version__}",
}
JSON: Final = "application/json"


class VendorClient:
    """A pool of at most `connections` to one vendor, in the loop of the first request. Each request is sent once.

    ConnectError, ConnectTimeout and PoolTimeout mean that nothing was sent; after any other error it may have been.
    Writing has no limit: what fits into the socket's buffer needs none.
    """

    def __init__(
        self,
        base_url: str,
        *,
        headers: Mapping[str, str],
        limits: Limits,
        connections: int,
        keepalive_seconds: float,
        context: ssl.SSLContext,
    ) -> None:
        context.set_alpn_protocols(["http/1.1"])
        self._base_url, self._limits = base_url.rstrip("/"), limits
        self._headers = {**OWN_HEADERS, **headers}
        self._connections, self._keepalive_seconds, self._context = connections, keepalive_seconds, context
        # aiohttp's own queue for connections counts the wait as part of connecting.
        self._slots = asyncio.Semaphore(connections)
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str,
        target: str,
        *,
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> Answer:
        """Send one request and read its answer. Raises httpx.TransportError.

        `target` is path and query below the base address, quoted already: they go out byte for byte.
        A body is JSON, if `headers` do not say otherwise.
        """
        limits = limits or self._limits
        sent = self._headers | continuing_headers()
        if content:
            sent["Content-Type"] = JSON
        if headers:
            sent.update(headers)
        if self._slots.locked():
            await self._wait_for_slot(limits.pool)
        else:
            await self._slots.acquire()
        try:
            return await self._exchange(method, target, content, sent, limits)
        finally:
            self._slots.release()

    async def aclose(self) -> None:
        """Close the pool."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _wait_for_slot(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._slots.acquire()
        except TimeoutError as error:
            raise httpx.PoolTimeout("no connection became free") from error

    async def _exchange(
        self, method: str, target: str, content: bytes, headers: Mapping[str, str], limits: Limits
    ) -> Answer:
        try:
            answer = await self._opened().request(
                method,
                URL(self._base_url + target, encoded=True),  # aiohttp would quote it anew
                headers=headers,
                data=content or None,
                allow_redirects=False,
                timeout=_timeout(limits),
            )
        except ValueError as error:
            raise httpx.LocalProtocolError("a header that may not be sent") from error
        try:
            return Answer(answer.status, await answer.read())  # closes the connection if it fails
        except (aiohttp.ClientError, OSError) as error:
            raise _translated(error) from error

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections, keepalive_timeout=self._keepalive_seconds, ssl=self._context
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=ADDED_HEADERS,
                trust_env=False,
                max_line_size=HEAD_BYTES,
                max_field_size=HEAD_BYTES,
                middlewares=(_once,),
            )
        return self._session


@cache
def _timeout(limits: Limits) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(connect=limits.connect, sock_read=limits.read)


async def _once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Translate errors before aiohttp sees them: it sends GET, PUT and DELETE a second time after a lost connection."""
    try:
        return await handler(request)
    except (aiohttp.ClientError, OSError) as error:
        raise _translated(error) from error


def _translated(error: aiohttp.ClientError | OSError) -> httpx.TransportError:
    """Return the exception that httpx's own transport raises. Only aiohttp's connector raises the first two, before
    anything is sent; TimeoutError is an OSError. The message is a word: aiohttp's own quotes address and answer."""
    message = type(error).__name__
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return httpx.ConnectTimeout(message)
    if isinstance(error, aiohttp.ClientConnectorError):
        return httpx.ConnectError(message)
    if isinstance(error, TimeoutError):
        return httpx.ReadTimeout(message)
    if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientPayloadError | aiohttp.ClientResponseError):
        return httpx.RemoteProtocolError(message)
    return httpx.ReadError(message)

"""httpx's transport on aiohttp's connections: a fraction of the processor time of httpx's own
(.github/decisions/0045-portone-on-aiohttp.md).

It behaves as httpx's own transport does: the same bytes are sent, and the same httpx exceptions are raised. Nothing of
aiohttp that adds to that is used: no cookies, no redirects, no decompression, no proxy, no second try. In two requests
the bytes differ: DELETE without a body says ``Content-Length: 0``, and the ``?`` of an empty query is left out.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from typing import Final

import aiohttp
import httpx
from yarl import URL

# What aiohttp would add to a request that lacks it.
ADDED_HEADERS: Final = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")
HEAD_BYTES: Final = 100 * 1024  # the most that httpx's own transport reads before it gives up on an answer's head


class AiohttpTransport(httpx.AsyncBaseTransport):
    """A pool of at most `connections`, in the loop of the first request. Each request is sent once.

    A request's body is bytes. It has no limit for writing: what fits into the socket's buffer needs none.
    ConnectError, ConnectTimeout and PoolTimeout mean that nothing was sent; after any other error it may have been.
    """

    def __init__(self, *, connections: int, keepalive_seconds: float, context: ssl.SSLContext) -> None:
        context.set_alpn_protocols(["http/1.1"])
        self._connections, self._keepalive_seconds, self._context = connections, keepalive_seconds, context
        # aiohttp's own queue for connections counts the wait as part of connecting.
        self._slots = asyncio.Semaphore(connections)
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        limits = request.extensions["timeout"]
        await self._take_slot(limits["pool"])
        try:
            answer = await self._send(
                request, aiohttp.ClientTimeout(connect=limits["connect"], sock_read=limits["read"])
            )
        except BaseException:
            self._slots.release()
            raise
        version = answer.version or aiohttp.HttpVersion11
        return httpx.Response(
            answer.status,
            headers=list(answer.raw_headers),
            stream=_Body(answer, self._slots.release),
            extensions={
                "http_version": f"HTTP/{version.major}.{version.minor}".encode(),
                "reason_phrase": (answer.reason or "").encode(),
            },
        )

    async def aclose(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _take_slot(self, seconds: float | None) -> None:
        if not self._slots.locked():
            await self._slots.acquire()
            return
        try:
            async with asyncio.timeout(seconds):
                await self._slots.acquire()
        except TimeoutError as error:
            raise httpx.PoolTimeout("no connection became free") from error

    async def _send(self, request: httpx.Request, limits: aiohttp.ClientTimeout) -> aiohttp.ClientResponse:
        url = request.url
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        try:
            return await self._opened().request(
                request.method,
                URL(f"{origin}{url.raw_path.decode('ascii')}", encoded=True),  # aiohttp would quote it anew
                headers=[(name.decode("ascii"), value.decode()) for name, value in request.headers.raw],
                data=request.content or None,
                allow_redirects=False,
                timeout=limits,
            )
        except ValueError as error:
            raise httpx.LocalProtocolError("a header that may not be sent") from error

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections, keepalive_timeout=self._keepalive_seconds, ssl=self._context
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=ADDED_HEADERS,
                auto_decompress=False,
                trust_env=False,
                max_line_size=HEAD_BYTES,
                max_field_size=HEAD_BYTES,
                middlewares=(_once,),
            )
        return self._session


class _Body(httpx.AsyncByteStream):
    """The body of an answer. Its connection is kept if it was read to the end, and closed otherwise."""

    def __init__(self, answer: aiohttp.ClientResponse, released: Callable[[], None]) -> None:
        self._answer = answer
        self._released: Callable[[], None] | None = released

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._answer.content.iter_any():
                yield part
        except (aiohttp.ClientError, OSError) as error:
            raise _translated(error) from error

    async def aclose(self) -> None:
        released, self._released = self._released, None
        if released is None:
            return
        if self._answer.content.at_eof():
            self._answer.release()
        else:
            self._answer.close()
        released()


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

"""The courier's HTTP client. It is aiohttp's, which takes less than a third of the processor time of httpx."""

import asyncio
from typing import Final

import aiohttp
from yarl import URL

PHASE_SECONDS: Final = 30.0
"""PortOne's limit for each of connecting, posting and reading."""
ATTEMPT_SECONDS: Final = 60.0
KEEPALIVE_SECONDS: Final = 5.0
KEPT_BYTES: Final = 2000
_HEADERS: Final = {"Accept": "*/*", "Accept-Encoding": "gzip, deflate", "Connection": "keep-alive"}
_WORDS: Final = (
    (aiohttp.ConnectionTimeoutError, "ConnectTimeout"),
    (aiohttp.ClientConnectorError, "ConnectError"),
    (aiohttp.SocketTimeoutError, "ReadTimeout"),
    ((aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError, aiohttp.ClientResponseError), "RemoteProtocolError"),
    (aiohttp.InvalidURL, "InvalidURL"),
    (aiohttp.NonHttpUrlClientError, "UnsupportedProtocol"),
    (aiohttp.ClientOSError, "ReadError"),
)
"""Words for errors in the list of webhooks: the first that fits, else the name of the exception."""


class Poster:
    """Posts to one address with a pool of at most `connections`. Make it in the event loop that uses it."""

    def __init__(self, url: str, *, connections: int) -> None:
        self._url = URL(url)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=connections, keepalive_timeout=KEEPALIVE_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(connect=PHASE_SECONDS, sock_read=PHASE_SECONDS),
            headers=_HEADERS,
        )

    async def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, str] | str:
        """Return the status and the first `KEPT_BYTES` of the answer, as PortOne keeps them; the rest is not read.
        Without an answer, return the error as `<word>: <message>`. Redirects are not followed."""
        kept = b""
        try:
            async with (
                asyncio.timeout(ATTEMPT_SECONDS),
                self._session.post(self._url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                async for chunk in answer.content.iter_any():
                    kept += chunk
                    if len(kept) >= KEPT_BYTES:
                        break
        except (aiohttp.ClientError, OSError) as error:
            word = next((word for kinds, word in _WORDS if isinstance(error, kinds)), type(error).__name__)
            return f"{word}: {error}"
        return answer.status, kept[:KEPT_BYTES].decode(errors="replace")

    async def close(self) -> None:
        """Close the pool."""
        await self._session.close()

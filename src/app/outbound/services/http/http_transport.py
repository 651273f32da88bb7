"""Send webhooks over httpx.

Each try resolves the host name once, and connects to the very address that was checked. So DNS rebinding, where the
name resolves to another address a moment later, has no effect. TLS and the Host header keep the name.
"""

import asyncio
import contextlib
import ssl
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Final

import httpx

from src.app.outbound.errors import OutboundAddressRefused, OutboundUrlInvalid
from src.app.outbound.services.http.addresses import Address, Destination, Rules, destination
from src.app.outbound.services.http.transport import Answer, Message, Resolver, Unsent
from src.common import clock
from src.core.configs.outbound_groups import OutboundSettings
from src.core.http import new_unpooled_client

KEPT_BYTES: Final = 1024
MOST_ADDRESSES: Final = 3
REFUSED: Final = "address refused"
LONGEST_WAIT: Final = timedelta(hours=1)
MAY_ASK_TO_WAIT: Final = frozenset({429, 503})


class HttpTransport:
    """A `Transport` over httpx."""

    def __init__(
        self, chosen: OutboundSettings, *, rules: Rules, resolver: Resolver, trust: ssl.SSLContext | None = None
    ) -> None:
        """`trust` names the accepted certificate authorities; None accepts the default ones."""
        self._rules = rules
        self._resolver = resolver
        self._connect_seconds = chosen.connect_seconds
        self._seconds = chosen.timeout_seconds
        self._client = new_unpooled_client(
            connect_seconds=chosen.connect_seconds, read_seconds=chosen.timeout_seconds, verify=trust
        )

    async def close(self) -> None:
        """See `Transport`."""
        self._resolver.close()
        await self._client.aclose()

    async def check(self, url: str) -> str:
        """See `Transport`."""
        to = destination(url, self._rules)
        await self._checked(to)
        return str(to.url)

    async def post(self, message: Message) -> Answer:
        """See `Transport`. Checks `message.url` again: its host may now resolve to other addresses."""
        try:
            async with asyncio.timeout(self._seconds):
                to = destination(message.url, self._rules)
                return await self._first(to, await self._checked(to), message)
        except TimeoutError as error:
            raise Unsent("timeout") from error
        except (OutboundUrlInvalid, OutboundAddressRefused) as error:
            raise Unsent(REFUSED) from error
        except httpx.ConnectTimeout as error:
            raise Unsent("connect timeout") from error
        except httpx.HTTPError as error:
            raise Unsent(type(error).__name__) from error

    async def _checked(self, to: Destination) -> list[Address]:
        """Resolve the host and return up to MOST_ADDRESSES addresses. Raises OutboundAddressRefused if any is refused.

        A host that cannot be resolved raises the same error, so that callers cannot probe for internal host names.
        """
        try:
            async with asyncio.timeout(self._connect_seconds):
                found = [ip_address(text) for text in await self._resolver.addresses(to.host, to.port)]
        except (OSError, UnicodeError, TimeoutError) as error:
            raise OutboundAddressRefused from error
        if not found or not all(self._rules.allow(to.host, address) for address in found):
            raise OutboundAddressRefused
        return found[:MOST_ADDRESSES]

    async def _first(self, to: Destination, addresses: list[Address], message: Message) -> Answer:
        """Send to the first address that accepts a connection. After a connection no other address is tried."""
        for address in addresses[:-1]:
            try:
                return await self._send(to, address, message)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._send(to, addresses[-1], message)

    async def _send(self, to: Destination, address: Address, message: Message) -> Answer:
        request = self._client.build_request(
            "POST",
            to.url.copy_with(host=str(address)),
            content=message.body,
            # A compressed answer could expand to any size; of a plain one only the first bytes are read.
            headers={**message.headers, "Host": to.url.netloc.decode("ascii"), "Accept-Encoding": "identity"},
            extensions={"sni_hostname": to.host},
        )
        answer = await self._client.send(request, stream=True)
        try:
            return Answer(answer.status_code, await _beginning(answer), _wait_until(answer))
        finally:
            await answer.aclose()


async def _beginning(answer: httpx.Response) -> str:
    """Return the first KEPT_BYTES of the body as text.

    Only the status decides about success: a body that breaks off, or takes over a second, is kept as far as it came.
    """
    kept = bytearray()
    with contextlib.suppress(httpx.HTTPError, TimeoutError):
        async with asyncio.timeout(1.0):
            async for piece in answer.aiter_raw():
                kept += piece
                if len(kept) >= KEPT_BYTES:
                    break
    return bytes(kept[:KEPT_BYTES]).decode("utf-8", "replace").replace("\x00", "\ufffd")


def _wait_until(answer: httpx.Response) -> datetime | None:
    """Return the time that Retry-After of a 429 or 503 asks to wait for, at most LONGEST_WAIT from now.

    None without the header, or if it is invalid or not in the future.
    """
    asked = answer.headers.get("retry-after", "").strip()
    if answer.status_code not in MAY_ASK_TO_WAIT or not asked:
        return None
    now = clock.now()
    try:
        until = now + timedelta(seconds=min(int(asked), 86_400)) if asked.isdecimal() else parsedate_to_datetime(asked)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None or until <= now:
        return None
    return min(until, now + LONGEST_WAIT)

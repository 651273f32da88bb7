"""Tests reach this machine and the servers named for them, and nothing else: a wire test that goes past its stand-in
fails, whichever client it used.

`install` guards Python's sockets and its look-up of names, which asyncio's connections are made with. A refused one
raises what a machine without a network raises, and fails the test.
"""

import errno
import ipaddress
import os
import socket
from typing import Any, Final
from urllib.parse import urlsplit

TOLD: Final = ("TEST_DATABASE_URL", "TEST_REDIS_URL")


class Outside:
    """What was asked for outside of this machine."""

    def __init__(self) -> None:
        self._names = {"", "localhost", socket.gethostname()}
        self._names |= {urlsplit(os.environ.get(name, "")).hostname or "" for name in TOLD}
        self._addresses: set[str] = set()
        self._asked: list[str] = []

    def taken(self) -> list[str]:
        """What was found, once."""
        asked, self._asked = self._asked, []
        return asked

    def refuses_name(self, host: str) -> bool:
        """Whether this name must not be looked up. An address is no name."""
        if host in self._names or _address(host) is not None:
            return False
        self._asked.append(host)
        return True

    def refuses_address(self, host: str) -> bool:
        """Whether nothing may connect to this address."""
        address = _address(host)
        if address is None:
            return self.refuses_name(host)
        if address.is_loopback or address.is_unspecified or host in self._addresses:
            return False
        self._asked.append(host)
        return True

    def allow(self, addresses: set[str]) -> None:
        """Let connect to what an allowed name stands for."""
        self._addresses |= addresses


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


OUTSIDE: Final = Outside()


def install() -> None:
    """Guard every socket of this process."""
    look_up = socket.getaddrinfo
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def looked_up(host: Any, *arguments: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host or ""
        if OUTSIDE.refuses_name(name):
            raise socket.gaierror(socket.EAI_AGAIN, "tests reach no network")
        found = look_up(host, *arguments, **options)
        if _address(name) is None:
            OUTSIDE.allow({str(entry[4][0]) for entry in found})
        return found

    def connected(self: socket.socket, address: Any) -> None:
        if _is_outside(address):
            raise OSError(errno.ENETUNREACH, "tests reach no network")
        connect(self, address)

    def connected_ex(self: socket.socket, address: Any) -> int:
        return errno.ENETUNREACH if _is_outside(address) else connect_ex(self, address)

    socket.getaddrinfo = looked_up
    socket.socket.connect = connected  # type: ignore[assignment,method-assign]
    socket.socket.connect_ex = connected_ex  # type: ignore[assignment,method-assign]


def _is_outside(address: Any) -> bool:
    return isinstance(address, tuple) and OUTSIDE.refuses_address(address[0])

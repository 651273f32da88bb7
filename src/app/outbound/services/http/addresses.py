"""Rules for webhook URLs and addresses. Pure functions without DNS lookups.

Staff enter the URL of a receiver; it must not lead requests into the shop's own network (SSRF). A host is allowed only
if every address that it resolves to is public or is allowed by ``OUTBOUND_ALLOW_PRIVATE``.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

import httpx

from src.app.outbound.errors import OutboundUrlInvalid
from src.core.configs import Settings

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MAX_URL: Final = 500
PORTS: Final = frozenset({443, 8443})
# One label of a host in ASCII. Host names have no underscore, but container names do.
LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# A last label that resolvers may read as part of an IPv4 address: 2130706433, 0x7f.1, 0177.0.0.1. All are refused; only
# four plain decimals are accepted as an address.
NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
# Refused although `is_global` may be true: relays and tunnels that embed another address, services of the cloud host
# (168.63.129.16 is Azure's), and ranges for documentation and benchmarks that some Python versions lack.
REFUSED: Final[tuple[Network, ...]] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)


@dataclass(frozen=True, slots=True)
class Rules:
    """Exceptions from "public https only" that the settings allow."""

    networks: tuple[Network, ...]
    hosts: frozenset[str]
    http: bool
    ports: frozenset[int] | None

    def allow(self, host: str, address: Address) -> bool:
        """Return whether a connection to this address is allowed when `host` resolved to it."""
        plain = unmapped(address)
        if host in self.hosts or any(plain.version == net.version and plain in net for net in self.networks):
            return True
        return is_public(plain)


@dataclass(frozen=True, slots=True)
class Destination:
    """A checked URL. `host` is lower-case ASCII without brackets; `port` is filled in if the URL has none."""

    url: httpx.URL
    host: str
    port: int


def rules_of(chosen: Settings) -> Rules:
    """Return the rules of these settings. `configs.checks` has validated the settings."""
    networks: list[Network] = []
    hosts: set[str] = set()
    for word in chosen.outbound.allow_private:
        try:
            networks.append(ip_network(word, strict=False))
        except ValueError:
            hosts.add(word.lower())
    ports = frozenset(int(word) for word in chosen.outbound.ports)
    allow_http = chosen.is_local if chosen.outbound.allow_http is None else chosen.outbound.allow_http
    return Rules(tuple(networks), frozenset(hosts), allow_http, ports or (None if chosen.is_local else PORTS))


def unmapped(address: Address) -> Address:
    """Return the IPv4 address inside an IPv4-mapped one like ``::ffff:127.0.0.1``; any other address unchanged."""
    inside = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return address if inside is None else inside


def is_public(address: Address) -> bool:
    """Return whether the address is a public unicast address that does not relay to another one (see REFUSED)."""
    plain = unmapped(address)
    if isinstance(plain, IPv6Address) and plain not in GLOBAL_UNICAST:
        return False  # excludes NAT64 (64:ff9b::/96), link-local, unique local, multicast and ::1
    if any(plain.version == net.version and plain in net for net in REFUSED):
        return False
    return plain.is_global and not (plain.is_multicast or plain.is_reserved or plain.is_loopback or plain.is_link_local)


def destination(text: str, rules: Rules) -> Destination:
    """Parse and check a URL: https (or http if the rules allow it), a plain host, an allowed port, no user or fragment.

    Raises OutboundUrlInvalid with the problem. `httpx` parses the URL here and for sending, so both see the same host.
    """
    if len(text) > MAX_URL or not text.isprintable() or any(letter in text for letter in ' \\"<>{}|^`'):
        raise OutboundUrlInvalid("characters")
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise OutboundUrlInvalid("host") from error
    if url.scheme != "https" and not (url.scheme == "http" and rules.http):
        raise OutboundUrlInvalid("scheme")
    if "@" in text.split("//", 1)[-1].split("/", 1)[0]:
        raise OutboundUrlInvalid("userinfo")
    if "#" in text:
        raise OutboundUrlInvalid("fragment")
    host = url.raw_host.decode("ascii").lower()
    if not _is_plain_host(host):
        raise OutboundUrlInvalid("host")
    port = url.port if url.port is not None else {"https": 443, "http": 80}[url.scheme]
    if not 1 <= port <= 65_535 or (rules.ports is not None and port not in rules.ports):
        raise OutboundUrlInvalid("port")
    return Destination(url, host, port)


def _is_plain_host(host: str) -> bool:
    if not host or len(host) > 253:
        return False
    try:
        address = ip_address(host)
    except ValueError:
        labels = host.split(".")
        return all(LABEL.fullmatch(label) for label in labels) and not NUMBER.fullmatch(labels[-1])
    return not (isinstance(address, IPv6Address) and address.scope_id)

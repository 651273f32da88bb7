"""The network of an address, for rate limits: the holder of one IPv6 address can use its whole network."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from src.core.configs import settings

MAX_TEXT: Final = 45
DEAR_IPV6_PREFIX: Final = 56  # the network that a provider assigns to one household (RFC 6177)


def network_of(address: str, *, is_dear: bool = False) -> str:
    """Return the network to count `address` by: the IPv4 address itself, also of an IPv4-mapped one, or the first
    address of the IPv6 network.

    The IPv6 prefix is ``LIMIT_IPV6_PREFIX``; for actions that cost money or create rows (`is_dear`) it is 56 bits at
    most. Returns at most 45 characters. Text that is no address is returned as it is and counts as its own network.
    """
    prefix = settings().limits.ipv6_prefix
    return _network(address, min(prefix, DEAR_IPV6_PREFIX) if is_dear else prefix)


@lru_cache(maxsize=4096)
def _network(address: str, ipv6_prefix: int) -> str:
    try:
        found: IPv4Address | IPv6Address = ip_address(address.strip().partition("%")[0])
    except ValueError:
        return address[:MAX_TEXT]
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, ipv6_prefix), strict=False).network_address)

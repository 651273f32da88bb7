"""Network of an address, for rate limits: the holder of one IPv6 address has its whole network."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from src.core.configs import settings

MAX_TEXT: Final = 45
DEAR_IPV6_PREFIX: Final = 56  # what a provider gives to one household, RFC 6177


def network_of(address: str, *, is_dear: bool = False) -> str:
    """The IPv4 address itself, also one that is written as IPv6; of an IPv6 address the first address of its network of
    ``LIMIT_IPV6_PREFIX`` bits, or of 56 where that is wider and what is limited costs us money or makes rows
    (`is_dear`).

    At most 45 characters. What is no address stays as it is: it counts as a network of its own.
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

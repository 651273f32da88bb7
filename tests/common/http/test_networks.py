"""Which network an address belongs to."""

import pytest

from src.common.http.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:DB8:1:2::", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("fe80::1%eth0", "fe80::"),
        ("unknown", "unknown"),
        ("x" * 60, "x" * 45),
        ("", ""),
    ],
)
def test_ipv6_addresses_of_one_network_are_one(address: str, network: str) -> None:
    assert network_of(address) == network

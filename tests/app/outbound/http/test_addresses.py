"""Where webhooks may go: what is let through, and every way around that is not."""

from ipaddress import ip_address

import pytest

from src.app.outbound.errors import OutboundUrlInvalid
from src.app.outbound.services.http.addresses import Rules, destination, is_public, rules_of
from src.core.configs import Settings
from src.core.configs.groups import ServerSettings
from src.core.configs.outbound_groups import OutboundSettings
from tests.app.outbound.support import LOCAL, STRICT


@pytest.mark.parametrize("text", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_machines_of_the_internet_are_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        *("0.0.0.0", "0.1.2.3", "10.0.0.1", "127.0.0.1", "127.255.255.254", "172.16.0.1", "172.31.255.255"),  # noqa: S104
        *("192.168.0.1", "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.100.100.200", "168.63.129.16"),
        *("192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1"),
        *("239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "3fff::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1"),
        *("2001:0:7f00:1::", "100::1"),
    ],
)
def test_everything_else_is_not(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://erp.example.com/hooks?x=1", "erp.example.com", 443),
        ("https://ERP.Example.com:8443", "erp.example.com", 8443),
        ("https://bücher.example/훅", "xn--bcher-kva.example", 443),
        ("https://93.184.215.14/", "93.184.215.14", 443),
        ("https://[2606:4700:4700::1111]/", "2606:4700:4700::1111", 443),
        ("https://hook_1.example.com/", "hook_1.example.com", 443),
    ],
)
def test_https_to_a_plain_host_is_taken_apart(url: str, host: str, port: int) -> None:
    to = destination(url, STRICT)
    assert (to.host, to.port) == (host, port)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://erp.example.com/", "scheme"),
        ("ftp://erp.example.com/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("//erp.example.com/", "scheme"),
        ("erp.example.com", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("https://me@erp.example.com/", "userinfo"),
        ("https://me:pw@erp.example.com/", "userinfo"),
        ("https://@erp.example.com/", "userinfo"),
        ("https://erp.example.com#@127.0.0.1/", "userinfo"),
        ("https://erp.example.com/#x", "fragment"),
        ("https://erp.example.com/#", "fragment"),
        ("https://", "host"),
        ("https:///x", "host"),
        ("https://erp.example.com./", "host"),
        ("https://localhost./", "host"),
        ("https://erp..example.com/", "host"),
        ("https://2130706433/", "host"),
        ("https://0x7f000001/", "host"),
        ("https://0x7f.0.0.1/", "host"),
        ("https://0177.0.0.1/", "host"),
        ("https://127.1/", "host"),
        ("https://127.0.0.0x1/", "host"),
        ("https://127.0.0.01/", "host"),
        ("https://１２７.0.0.1/", "host"),
        ("https://ⓛocalhost/", "host"),
        ("https://[::1/", "host"),
        ("https://[fe80::1%25eth0]/", "host"),
        ("https://h%6fst.example.com/", "host"),
        ("https://-erp.example.com/", "host"),
        (f"https://{'a' * 64}.example.com/", "host"),
        ("https://erp.example.com:port/", "host"),
        ("https://erp.example.com:22/", "port"),
        ("https://erp.example.com:0/", "port"),
        ("https://erp.example.com:80/", "port"),
        ("https://erp.example.com\\@127.0.0.1/", "characters"),
        ("https://erp.example.com/a b", "characters"),
        ("https://erp.example.com/\u202e", "characters"),
        ("https://erp.example.com/\r\nX-Evil: 1", "characters"),
        ("https://erp.example.com/" + "a" * 500, "characters"),
    ],
)
def test_what_is_wrong_with_a_url_is_named(url: str, problem: str) -> None:
    with pytest.raises(OutboundUrlInvalid) as refused:
        destination(url, STRICT)
    assert refused.value.problem == problem


def test_a_port_that_no_machine_has_is_refused_where_every_port_is_allowed() -> None:
    assert destination("http://erp.example.com:9000/", LOCAL).port == 9000
    for port in (0, 65_536, 99_999):
        with pytest.raises(OutboundUrlInvalid):
            destination(f"http://erp.example.com:{port}/", LOCAL)


def rules(env: str, **chosen: object) -> Rules:
    return rules_of(Settings(server=ServerSettings(env=env), outbound=OutboundSettings(**chosen)))  # type: ignore[arg-type]


def test_only_a_development_machine_lets_http_and_every_port_through() -> None:
    assert (rules("local").http, rules("local").ports) == (True, None)
    assert (rules("prod").http, rules("prod").ports) == (False, frozenset({443, 8443}))
    assert rules("prod", ports="443,9443").ports == frozenset({443, 9443})
    assert rules("local", allow_http=False).http is False


def test_private_networks_and_hosts_are_let_through_by_the_setting_alone() -> None:
    chosen = rules("prod", allow_private="10.1.0.0/16, ERP.internal, fd12::/16, 127.0.0.1")
    assert chosen.allow("x.example", ip_address("10.1.2.3"))
    assert chosen.allow("x.example", ip_address("::ffff:10.1.2.3"))
    assert chosen.allow("x.example", ip_address("fd12::1"))
    assert chosen.allow("erp.internal", ip_address("192.168.7.7"))
    assert chosen.allow("x.example", ip_address("127.0.0.1"))
    for text in ("10.2.0.1", "127.0.0.2", "192.168.7.7", "::1", "169.254.169.254"):
        assert not chosen.allow("x.example", ip_address(text))
    assert not rules("local").allow("localhost", ip_address("127.0.0.1"))

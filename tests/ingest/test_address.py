"""Which addresses are on the public internet."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.errors import FetchError
from fogline.ingest.address import is_public, resolve


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::808:808"])
def test_public(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
        "fe80::1%eth0", "fc00::1", "ff02::1", "ff0e::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "2001:0:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:db8::1",
    ],
)  # fmt: skip
def test_not_public(ip: str) -> None:
    assert not is_public(ip)


@settings(deadline=None)
@given(st.ip_addresses(v=4).filter(lambda ip: not ip.is_global))
def test_wrapping_an_address_into_ipv6_does_not_make_it_public(ip: ipaddress.IPv4Address) -> None:
    assert not is_public(str(ip))
    assert not is_public(f"::ffff:{ip}")
    assert not is_public(str(ipaddress.IPv6Address((0x64FF9B << 96) | int(ip))))


def test_one_private_address_among_public_ones_refuses_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(FetchError, match=r"http://both\.example leads to 10\.0\.0\.1"):
        resolve("both.example", 80, url="http://both.example", allow_private=False)
    assert resolve("both.example", 80, url="", allow_private=True) == ["8.8.8.8", "10.0.0.1"]

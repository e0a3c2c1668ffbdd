"""Which network addresses may be fetched from."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator

from ..errors import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv6 ranges whose last 32 bits are an IPv4 address that a gateway connects to (RFC 6052, RFC 8215).
_GATEWAYS = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


def resolve(host: str, port: int, *, url: str, allow_private: bool) -> list[str]:
    """Return the IP addresses of a host, every one of them allowed.

    The caller must connect to one of these and not resolve the name again: a name server may answer
    differently the second time.

    Args:
        host: a name or an IP address, without brackets.
        port: the port that is going to be connected to.
        url: what to call it in messages.
        allow_private: allow addresses that are not reachable from the public internet.

    Raises:
        FetchError: the name cannot be resolved, or leads to an address that is not allowed.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(
            f"The host {host} of {url} cannot be found. Check the address and your connection."
        ) from error
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                raise FetchError(
                    f"{url} leads to {address}, which is not on the public internet, and was not fetched. "
                    "If that is what you want, allow it with --allow-private."
                )
    return addresses


def is_public(address: str) -> bool:
    """Tell whether an IP address, and every one wrapped in it, is on the public internet."""
    return all(one.is_global and not one.is_multicast for one in _unwrapped(address))


def _unwrapped(address: str) -> Iterator[Address]:
    ip = ipaddress.ip_address(address.partition("%")[0])
    yield ip
    if isinstance(ip, ipaddress.IPv6Address):
        yield from (
            inner for inner in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if inner is not None
        )
        if any(ip in gateway for gateway in _GATEWAYS):
            yield ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)

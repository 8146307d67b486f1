"""Where an address leads: to this machine alone, or to another.

A name is resolved once. What was looked at is what is connected to, so that a name that changes
its answer leads nowhere else.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address


@dataclass(frozen=True)
class Place:
    """The numbers of a host; `is_here`: every one of them is this machine's own (loopback)."""

    addresses: tuple[str, ...]
    is_here: bool


def resolve(host: str, port: int) -> Place:
    """The place of a host. Raises ValueError where no host is called so."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ValueError(f"base_url: no host is called {host}; expected one that answers") from None
    addresses = tuple(dict.fromkeys(str(one[4][0]) for one in found))
    return Place(addresses, bool(addresses) and all(map(_is_loopback, addresses)))


def _is_loopback(words: str) -> bool:
    try:
        address = ip_address(words)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback

"""Whether an address of the network is one of one's own: those no stranger's page may lead to."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address
# Networks within IPv6 whose last 32 bits are an address of IPv4 (RFC 4291, RFC 6052).
NAT64 = ip_network("64:ff9b::/96")
HOLDERS = [ip_network("::/96"), NAT64]
# Local by their standard, whatever the library of this Python says of them (RFC 8215, RFC 6598).
LOCAL = [ip_network("64:ff9b:1::/48"), ip_network("100.64.0.0/10"), ip_network("fec0::/10")]
# The middle of an ISATAP address (RFC 5214), without the bit that says global or local.
ISATAP = 0x00005EFE


def is_own(words: str) -> bool:
    """Whether an address, as the system gives it, is no public one.

    Loopback, private, link-local, unique-local, multicast, reserved; an address of IPv4 within one
    of IPv6 counts as well. What is no address counts as one's own: nothing is to be connected to.
    """
    try:
        address = ip_address(words)
    except ValueError:
        return True
    held = list(_held(address))
    # By NAT64 a network that has IPv6 alone reaches the whole of IPv4.
    if address in NAT64:
        return any(map(_is_own, held))
    return any(map(_is_own, [address, *held]))


def _is_own(address: Address) -> bool:
    if any(address in network for network in LOCAL if network.version == address.version):
        return True
    return not address.is_global or address.is_multicast or address.is_reserved


def _held(address: Address) -> Iterator[Address]:
    """The addresses of IPv4 that one of IPv6 stands for."""
    if isinstance(address, IPv4Address):
        return
    last = IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in network for network in HOLDERS):
        yield last
    if (int(address) >> 32) & 0xFDFFFFFF == ISATAP:
        yield last
    yield from filter(None, [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())])

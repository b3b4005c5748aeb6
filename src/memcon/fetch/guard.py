"""Which addresses may be connected to: those of the public internet. A feed or a redirection must not lead into the user's own network."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final

import msgspec

__all__ = ["FetchError", "Guard", "why_not_public"]

from memcon.errors import ReadError

# Ranges that look global to `ipaddress` and lead, or may lead, to IPv4 addresses inside: NAT64 (RFC 6052, 8215), 6to4, Teredo, IPv4-mapped and -compatible;
# deprecated site-local addresses; and shared address space, benchmarks and documentation, which older versions of Python call global.
_LEADING_INSIDE: Final = tuple(
    ip_network(x)
    for x in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::ffff:0:0/96", "::/96", "fec0::/10", "100::/64", "5f00::/16", "3fff::/20", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15")
)  # fmt: skip
_PORTS: Final = frozenset({80, 443})


class FetchError(ReadError):
    """Something that was not fetched. ``path`` is its address; ``retry`` says that it may work later, ``after`` (seconds) when the server said so."""

    def __init__(self, path: str, what: str, *, retry: bool = False, after: float | None = None) -> None:
        super().__init__(path, what)
        self.retry, self.after = retry, after


def why_not_public(address: str) -> str | None:
    """What keeps an address from being public, or None if nothing does.

    >>> why_not_public("10.1.2.3"), why_not_public("::ffff:127.0.0.1"), why_not_public("8.8.8.8")
    ('a private or reserved address', 'a private or reserved address', None)
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return "no address"
    if ip.is_multicast:
        return "a multicast address"
    inside = any(ip.version == net.version and ip in net for net in _LEADING_INSIDE)
    if inside or not ip.is_global or ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_reserved or ip.is_unspecified:
        return "a private or reserved address"
    return None


class Guard(msgspec.Struct, frozen=True, kw_only=True):
    """Resolves names and refuses what is not public. ``public`` are ranges that count as public all the same (for tests), ``ports`` those allowed."""

    public: tuple[IPv4Network | IPv6Network, ...] = ()
    ports: frozenset[int] | None = _PORTS
    resolve: Callable[..., list[Any]] = socket.getaddrinfo

    def addresses(self, host: str, port: int) -> list[tuple[int, str]]:
        """Address families and addresses of ``host`` to connect to, all of them public. Raises ValueError in words if one is not.

        One address inside is enough to refuse the name: an honest one has none.
        """
        if self.ports is not None and port not in self.ports:
            raise ValueError(f"port {port} is not one of the web's")
        try:
            found = self.resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise LookupError(f"its name {host} is not known ({error})") from error
        out = list(dict.fromkeys((int(x[0]), str(x[4][0])) for x in found))
        for _, address in out:
            if not self._allowed(address) and (why := why_not_public(address)):
                raise ValueError(f"{host} is at {address}, {why}: not fetched")
        if not out:
            raise LookupError(f"its name {host} has no address")
        return out

    def _allowed(self, address: str) -> bool:
        ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
        return any(ip.version == net.version and ip in net for net in self.public)

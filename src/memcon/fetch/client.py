"""One page over HTTP: the connected address is the one that was checked; hops, bytes, time and unpacking are bounded."""

from __future__ import annotations

import socket
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

import msgspec
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from memcon.fetch.guard import FetchError, Guard

__all__ = ["Bounds", "Fetcher", "Page", "agent", "cleaned"]

_LATER: Final = (408, 425, 429, 500, 502, 503, 504)
_HOPS: Final = (301, 302, 303, 307, 308)
_SLICE: Final = 1 << 16
_LONGEST: Final = 2000  # characters of an address


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What one fetch may cost: redirections, bytes as sent, bytes unpacked, seconds in all, seconds of silence."""

    hops: int = 5
    sent: int = 20_000_000
    unpacked: int = 20_000_000
    seconds: float = 60.0
    silence: float = 15.0


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a server gave for ``url``; ``final`` is where redirections led. Names of fields are in small letters. 304 has no body."""

    url: str
    final: str
    status: int
    headers: dict[str, str]
    body: bytes


def agent(contact: str | None) -> str:
    """How memcon names itself to servers, with whom to turn to."""
    return f"memcon/{version('memcon')}" + (f" (+{contact})" if contact else "")


def cleaned(url: str) -> str:
    """An address as it is fetched: without fragment, its name in ASCII. Raises `FetchError` for what is no address of a page."""
    if len(url) > _LONGEST or any(c.isspace() or not c.isprintable() for c in url):
        raise FetchError(url[:200], "no address: it is too long, or has spaces or control characters in it")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        name = host if host is None or ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise FetchError(url, f"no address ({error})") from error
    if parts.scheme not in ("http", "https") or not name:
        raise FetchError(url, "only addresses that begin with http:// or https:// are fetched")
    if "@" in parts.netloc:
        raise FetchError(url, "an address with a user's name in it is not fetched")
    where = f"[{name}]" if ":" in name else name
    path = "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in parts.path or "/")
    query = "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in parts.query)
    return urlunsplit((parts.scheme, where if port is None else f"{where}:{port}", path, query, ""))


class Fetcher:
    """Fetches pages one at a time. Says nothing of robots.txt and waits for nobody: that is `memcon.fetch.polite`'s."""

    def __init__(self, guard: Guard | None = None, bounds: Bounds | None = None, *, user_agent: str | None = None) -> None:
        self._guard, self._bounds = guard or Guard(), bounds or Bounds()
        self._agent = user_agent or agent(None)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Page:
        """The page at ``url``, redirections followed. Raises `FetchError`, with ``retry`` where it may work later."""
        first = at = cleaned(url)
        deadline = time.monotonic() + self._bounds.seconds
        for _ in range(self._bounds.hops + 1):
            page = self._one(first, at, headers or {}, deadline)
            target = page.headers.get("location")
            if page.status not in _HOPS or not target:
                return self._checked(page)
            try:
                onward = cleaned(urljoin(at, target))
            except FetchError as error:
                raise FetchError(first, f"it redirects to what is not fetched: {error.what}") from error
            if at.startswith("https:") and onward.startswith("http:"):
                raise FetchError(first, f"it redirects from https to http ({onward[:200]}): not followed")
            at = onward
        raise FetchError(first, f"more than {self._bounds.hops} redirections: given up")

    def _checked(self, page: Page) -> Page:
        if page.status in (200, 304):
            return page
        later = page.status in _LATER
        raise FetchError(
            page.url, f"the server's answer was {page.status}", retry=later, after=_after(page.headers.get("retry-after")) if later else None
        )

    def _one(self, first: str, at: str, headers: Mapping[str, str], deadline: float) -> Page:
        """One request and its answer."""
        parts = urlsplit(at)
        with self._connected(first, at, deadline) as pool:
            wanted = {
                "User-Agent": self._agent,
                "Accept-Encoding": "gzip",
                "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
                **headers,
            }
            target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            answer = pool.urlopen(
                "GET", target, headers=wanted, redirect=False, retries=False, preload_content=False, decode_content=False, assert_same_host=False
            )
            try:
                said = {str(k).lower(): str(v)[:4000] for k, v in answer.headers.items()}
                body = b"" if answer.status in _HOPS else self._body(first, answer, said, deadline)
            finally:
                answer.close()
            return Page(url=first, final=at, status=answer.status, headers=said, body=body)

    @contextmanager
    def _connected(self, first: str, at: str, deadline: float) -> Iterator[HTTPConnectionPool]:
        """A connection pool for one address, cut off at the deadline; its troubles are worded."""
        parts = urlsplit(at)
        left = deadline - time.monotonic()
        if left <= 0:
            raise FetchError(first, f"took more than {self._bounds.seconds:.0f} s: given up", retry=True)
        sockets: list[socket.socket] = []
        patience = urllib3.Timeout(connect=min(self._bounds.silence, left), read=min(self._bounds.silence, left))
        secure = parts.scheme == "https"
        kind = HTTPSConnectionPool if secure else HTTPConnectionPool
        pool: HTTPConnectionPool = kind(parts.hostname or "", parts.port or (443 if secure else 80), timeout=patience)
        pool.ConnectionCls = _connection(HTTPSConnection if secure else HTTPConnection, self._guard, sockets)
        # A server that sends a byte now and then is never silent: only this ends it.
        watch = threading.Timer(left, _cut, (sockets,))
        watch.daemon = True
        watch.start()
        try:
            yield pool
        except ValueError as error:
            raise FetchError(first, str(error)) from error
        except LookupError as error:
            raise FetchError(first, str(error.args[0] if error.args else error), retry=True) from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            late = time.monotonic() >= deadline
            raise FetchError(first, f"took more than {self._bounds.seconds:.0f} s: given up" if late else _worded(error), retry=True) from error
        finally:
            watch.cancel()
            pool.close()
            for sock in sockets:
                sock.close()

    def _body(self, first: str, answer: Any, said: Mapping[str, str], deadline: float) -> bytes:
        """The body, unpacked."""
        coding = said.get("content-encoding", "").strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip"):
            raise FetchError(first, f"it came in an encoding that was not asked for ({coding[:40]})")
        tool = zlib.decompressobj(31) if coding in ("gzip", "x-gzip") else None
        parts: list[bytes] = []
        sent = have = 0
        while data := answer.read(_SLICE):
            sent += len(data)
            if time.monotonic() > deadline:
                raise FetchError(first, f"took more than {self._bounds.seconds:.0f} s: given up", retry=True)
            if tool is not None:
                try:
                    data = tool.decompress(data, self._bounds.unpacked + 1 - have)
                except zlib.error as error:
                    raise FetchError(first, f"damaged gzip data ({error})", retry=True) from error
            have += len(data)
            if sent > self._bounds.sent or have > self._bounds.unpacked or (tool is not None and tool.unconsumed_tail):
                raise FetchError(first, f"more than {self._bounds.unpacked / 1e6:.0f} MB: left out")
            parts.append(data)
        if tool is not None and sent and not tool.eof:
            raise FetchError(first, "cut off before its end", retry=True)
        length = said.get("content-length", "")
        if length.isdigit() and sent < int(length):
            raise FetchError(first, f"cut off: {sent:,} of {length} bytes came", retry=True)
        return b"".join(parts)


def _connection(kind: type[HTTPConnection], guard: Guard, sockets: list[socket.socket]) -> type[HTTPConnection]:
    """A class of connections that go where the guard says, and nowhere else."""

    class Guarded(kind):  # type: ignore[misc, valid-type]
        def _new_conn(self) -> socket.socket:
            problem: OSError | None = None
            for family, address in guard.addresses(self.host, self.port):
                sock = socket.socket(family, socket.SOCK_STREAM)
                try:
                    sock.settimeout(self.timeout)
                    sockets.append(sock)
                    # Connected to the number that was checked: the name is not asked for again.
                    sock.connect((address, self.port))
                    if sock.getpeername()[0].partition("%")[0] != address.partition("%")[0]:
                        raise ValueError(f"connected to {sock.getpeername()[0]}, not to {address} that was checked: not fetched")
                except OSError as error:
                    sock.close()
                    problem = error
                else:
                    return sock
            raise problem or OSError("no address")

    return Guarded


def _cut(sockets: list[socket.socket]) -> None:
    for sock in sockets:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _worded(error: Exception) -> str:
    """An error of the network, as words for people."""
    text = str(error)
    if "timed out" in text or isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
        return "the server did not answer in time"
    if "CERTIFICATE" in text.upper():
        return "its certificate is not valid"
    if "refused" in text:
        return "the server refused the connection"
    return f"could not be fetched ({type(error).__name__}: {' '.join(text.split())[:150]})"


def _after(value: str | None) -> float | None:
    """Seconds until which a server asks to wait."""
    if not value:
        return None
    if value.strip().isdigit():
        return min(float(value), 86_400.0)
    try:
        return max(0.0, min(86_400.0, parsedate_to_datetime(value).timestamp() - time.time()))
    except (ValueError, TypeError, OverflowError):
        return None

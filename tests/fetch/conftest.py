"""A server of the tests' own on loopback, which the guard is told to treat as public."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

import pytest

from memcon.fetch.client import Bounds, Fetcher
from memcon.fetch.guard import Guard

Handler = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """Pages by path: (status, fields, body), or a function that answers by itself. ``asked`` are the paths and fields of requests in their order."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: dict[str, tuple[int, dict[str, str], bytes] | Handler] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [x for x, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            page = made.pages.get(self.path, (404, {}, b"not here"))
            if callable(page):
                page(self)
                return
            status, fields, body = page
            self.send_response(status)
            for key, value in {"Content-Length": str(len(body)), **fields}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    made = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()


def guard(**changes: Any) -> Guard:
    """A guard for which 127.0.0.1 alone is public, at any port."""
    return Guard(**{"public": (ip_network("127.0.0.1/32"),), "ports": None, **changes})


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(guard(), Bounds(seconds=3.0, silence=1.0, sent=1_000_000, unpacked=2_000_000))

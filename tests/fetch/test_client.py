"""Fetching is safe: only public addresses, on every hop, and the connected one is the checked one; within bounds of bytes, time and hops."""

from __future__ import annotations

import gzip
import socket
import time
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.fetch.client import Bounds, Fetcher, cleaned
from memcon.fetch.guard import FetchError, Guard, why_not_public

from .conftest import Site, guard


def wrong(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.get(url)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "239.1.2.3", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "198.51.100.1", "203.0.113.9", "240.0.0.1", "192.0.0.8", "192.88.99.1", "::1", "::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1",
        "2002:7f00:1::", "2001::1", "2001:db8::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "ff0e::1", "100::1", "not an address", "",
    ],
)  # fmt: skip
def test_what_is_not_public(address: str) -> None:
    assert why_not_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1"])
def test_what_is_public(address: str) -> None:
    assert why_not_public(address) is None


@given(st.ip_addresses(v=4))
def test_no_form_of_an_inner_address_is_public(address: Any) -> None:
    if not address.is_global:
        for form in (f"::ffff:{address}", f"64:ff9b::{int(address) >> 16:x}:{int(address) & 0xFFFF:x}", f"2002:{int(address) >> 16:x}:{int(address) & 0xFFFF:x}::1", f"::{address}"):
            assert why_not_public(str(ip_address(form)))


def test_a_page(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = (200, {"Content-Type": "text/html", "ETag": '"1"'}, b"<p>page</p>")
    page = fetcher.get(site.url("/a#part"), {"If-None-Match": '"0"'})
    assert (page.status, page.body, page.headers["etag"], page.final) == (200, b"<p>page</p>", '"1"', site.url("/a"))
    (asked,) = site.asked
    assert asked[1]["user-agent"].startswith("memcon/")
    assert asked[1]["if-none-match"] == '"0"'
    assert asked[1]["host"] == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f000001", "2130706433", "127.1", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0", "169.254.169.254"])
def test_nothing_is_asked_of_an_inner_address(site: Site, host: str) -> None:
    error = wrong(Fetcher(Guard(ports=None), Bounds(seconds=3)), site.url("/", host))
    assert "private or reserved address: not fetched" in error.what or "is not known" in error.what
    assert not site.asked


def test_nothing_is_asked_of_other_ports(site: Site) -> None:
    assert "is not one of the web's" in wrong(Fetcher(guard(ports=frozenset({80}))), site.url()).what
    assert not site.asked


@pytest.mark.parametrize("target", ["http://127.0.0.2:{port}/x", "http://localhost6:{port}/x", "http://[::1]:{port}/x", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/x", "//127.0.0.3:{port}/x", "http://user:word@127.0.0.1:{port}/x", "javascript:alert(1)"])
def test_no_redirection_leads_inside(site: Site, fetcher: Fetcher, target: str) -> None:
    site.pages["/"] = (302, {"Location": target.format(port=site.port)}, b"")
    site.pages["/x"] = (200, {}, b"SECRET")
    wrong(fetcher, site.url())
    assert site.paths() == ["/"]


def test_redirections_are_followed_and_counted(site: Site, fetcher: Fetcher) -> None:
    for i in range(5):
        site.pages[f"/{i}"] = (301 + i % 2, {"Location": f"/{i + 1}"}, b"")
    site.pages["/5"] = (200, {}, b"end")
    assert fetcher.get(site.url("/0")).final == site.url("/5")
    site.pages["/5"] = (302, {"Location": "/0"}, b"")
    assert wrong(fetcher, site.url("/0")).what == "more than 5 redirections: given up"


def test_the_name_is_asked_for_once_and_the_answer_is_connected_to(site: Site) -> None:
    answers = [["127.0.0.1"], ["127.0.0.9"]]
    asked = []

    def rebinding(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (x, port)) for x in answers[len(asked) - 1]]

    site.pages["/"] = (200, {}, b"page")
    fetcher = Fetcher(guard(resolve=rebinding), Bounds(seconds=3))
    assert fetcher.get(site.url("/", "news.example")).body == b"page"
    assert asked == ["news.example"]
    assert "127.0.0.9, a private or reserved address" in wrong(fetcher, site.url("/", "news.example")).what
    assert len(site.asked) == 1


def test_one_inner_address_among_several_refuses_the_name(site: Site) -> None:
    def both(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (x, port)) for x in ("127.0.0.1", "10.0.0.1")]

    assert "10.0.0.1" in wrong(Fetcher(guard(resolve=both)), site.url("/", "news.example")).what
    assert not site.asked


def test_a_connection_that_went_elsewhere_is_refused(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["/"] = (200, {}, b"page")
    monkeypatch.setattr(socket.socket, "getpeername", lambda _: ("10.0.0.1", 80))
    assert "connected to 10.0.0.1, not to 127.0.0.1 that was checked" in wrong(fetcher, site.url()).what
    assert not site.asked


@pytest.mark.parametrize("url", ["ftp://example.org/", "file:///etc/passwd", "http://", "http:///x", "http://a b/", "http://a/\nHost: b", "http://a/\r\nX: y", "http://user@a/", "http://a:99999/", "http://[::1/", "x" * 3000, "http://" + "a" * 64 + ".example/", ""])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(FetchError):
        cleaned(url)


def test_addresses_in_other_scripts() -> None:
    assert cleaned("https://bücher.example/städte?q=ü#teil") == "https://xn--bcher-kva.example/st%C3%A4dte?q=%C3%BC"


def test_bytes_are_bounded(site: Site, fetcher: Fetcher) -> None:
    site.pages["/large"] = (200, {}, b"x" * 1_500_000)
    site.pages["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 50_000_000))
    site.pages["/gzip"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"page"))
    site.pages["/odd"] = (200, {"Content-Encoding": "br"}, b"page")
    site.pages["/cut"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"page" * 100)[:-9])
    assert "left out" in wrong(fetcher, site.url("/large")).what
    assert "left out" in wrong(fetcher, site.url("/bomb")).what
    assert fetcher.get(site.url("/gzip")).body == b"page"
    assert "not asked for (br)" in wrong(fetcher, site.url("/odd")).what
    assert wrong(fetcher, site.url("/cut")).retry


def test_an_answer_without_an_end(site: Site, fetcher: Fetcher) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 10_000)
        except OSError:
            pass

    site.pages["/"] = endless
    assert "left out" in wrong(fetcher, site.url()).what


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_server_that_drips(site: Site, where: str) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        if where == "body":
            handler.send_response(200)
            handler.end_headers()
        try:
            for _ in range(200):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    site.pages["/"] = drip
    start = time.monotonic()
    error = wrong(Fetcher(guard(), Bounds(seconds=1.5, silence=1.0)), site.url())
    assert time.monotonic() - start < 4
    assert error.retry
    assert error.what == "took more than 2 s: given up"


def test_a_server_that_is_silent(site: Site, fetcher: Fetcher) -> None:
    site.pages["/"] = lambda _: time.sleep(2)
    start = time.monotonic()
    assert wrong(fetcher, site.url()).retry
    assert time.monotonic() - start < 3


def test_answers_that_are_no_pages(site: Site, fetcher: Fetcher) -> None:
    site.pages["/busy"] = (503, {"Retry-After": "120"}, b"")
    site.pages["/many"] = (429, {"Retry-After": "99999999"}, b"")
    busy, many, gone = wrong(fetcher, site.url("/busy")), wrong(fetcher, site.url("/many")), wrong(fetcher, site.url("/gone"))
    assert (busy.retry, busy.after, many.after, gone.retry) == (True, 120.0, 86_400.0, False)
    assert gone.what == "the server's answer was 404"


def test_a_server_that_is_not_there(fetcher: Fetcher) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = wrong(fetcher, f"http://127.0.0.1:{port}/")
    assert error.retry
    assert "refused" in error.what


def test_a_proxy_of_the_environment_is_not_used(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    site.pages["/"] = (200, {}, b"page")
    assert fetcher.get(site.url()).body == b"page"


def test_the_test_range_opens_nothing_else() -> None:
    assert guard().public == (ip_network("127.0.0.1/32"),)
    assert Guard().public == ()

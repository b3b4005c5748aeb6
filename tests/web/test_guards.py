"""What the server turns away, what it sends with every page, and reports that would do harm if a page let them."""

from __future__ import annotations

import http.client
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memcon import Ledger
from memcon.model import Agreement, Evidence, Issue, Meeting, Person, Position, Span, Statement, Visit
from memcon.web import marking
from memcon.web.app import Guard
from tests.web.conftest import every_page, tell

SCRIPT = "<script>document.title='harm'</script>"
HARM = (
    SCRIPT, "<img src=x onerror=\"document.title='harm'\">", "\"><svg onload=document.title='harm'>", "javascript:document.title='harm'", "'onmouseover='document.title=`harm`'", "</textarea></title></div>" + SCRIPT,
    "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}", "\u202etxet\u2066", "a\x00b\x08c\x1b[2J", "=cmd|' /C calc'!A0", "line\r\nSet-Cookie: harm=1", "]]><!--", "\ud7ff\ufffe\U0001f600", "W" * 1_000_000,
)  # fmt: skip


def guard(*hosts: str) -> Guard:
    return Guard(None, hosts)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost:1", "LOCALHOST", "[::1]:8765", "127.8.8.8", "localhost."])
def test_the_loopback_s_names_are_its_own(host: str) -> None:
    assert guard().is_own(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8765",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.1",
        "[::2]",
        "0.0.0.0",
        "127.0.0.1@evil.example",
        "localhost:80@evil",
        "[::1",
        "2130706433",
    ],
)
def test_other_names_are_not(host: str) -> None:
    assert not guard().is_own(host)


def test_allowed_names_are_its_own() -> None:
    assert guard("desk.example", "10.0.0.1").is_own("desk.example:8765")
    assert guard("desk.example", "10.0.0.1").is_own("10.0.0.1")
    assert not guard("desk.example").is_own("x.desk.example")


def test_a_page_elsewhere_cannot_read_through_a_name_of_its_own(client: httpx.Client) -> None:
    for path in ("/", "/api/meetings", "/static/memcon.css", "/meetings.json"):
        answer = client.get(path, headers={"Host": "rebound.example:8765"})
        assert answer.status_code == 421
        assert "Tuilagi" not in answer.text
    assert "access-control-allow-origin" not in client.get("/api/meetings", headers={"Origin": "https://evil.example"}).headers


def test_two_hosts_or_none_are_refused(base: str) -> None:
    for hosts in ((), ("127.0.0.1", "evil.example")):
        connection = http.client.HTTPConnection("127.0.0.1", int(base.rsplit(":", 1)[1]))
        connection.putrequest("GET", "/", skip_host=True)
        for host in hosts:
            connection.putheader("Host", host)
        connection.endheaders()
        assert connection.getresponse().status in (400, 421)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_nothing_but_reading(client: httpx.Client, method: str) -> None:
    for path in ("/", "/api/meetings", "/nowhere", "/static/memcon.js"):
        answer = client.request(method, path)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"


def test_head_says_what_get_does(client: httpx.Client) -> None:
    for path in ("/", "/api/meetings", "/meetings.json", "/nowhere"):
        got, head = client.get(path), client.head(path)
        assert (head.status_code, head.headers.get("etag"), head.headers["content-type"]) == (
            got.status_code,
            got.headers.get("etag"),
            got.headers["content-type"],
        )
        assert head.content == b""


def test_every_answer_carries_the_policy(client: httpx.Client, ids: dict[str, str]) -> None:
    for address in (*every_page(ids), "/nowhere", "/api/nope", "/static/memcon.js", "/meetings.json", "/meetings?since=x", "/person/p-0"):
        answer = client.get(address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in answer.headers
        assert (
            not re.search(r"<script(?! src=\"/static/[a-z0-9.-]+\" defer></script>)|<style| style=| on[a-z]+=", answer.text.lower())
            or "json" in answer.headers["content-type"]
            or "javascript" in answer.headers["content-type"]
        )


def test_pages_ask_for_nothing_from_elsewhere(client: httpx.Client, ids: dict[str, str]) -> None:
    for address in every_page(ids):
        page = client.get(address, headers={"Accept": "text/html"}).text
        assert not re.search(r'(?:src|action)="(?!/|\?)|<link[^>]+href="(?!/)', page), address
    style = client.get("/static/memcon.css").text
    assert "url(" not in style
    assert "@import" not in style


def test_addresses_that_are_too_long_or_odd_are_refused_in_words(client: httpx.Client) -> None:
    assert client.get("/search?q=" + "a" * 9_000).status_code == 414
    for odd in (
        "/search?q=%00",
        "/search?q=%ff%fe",
        "/meetings?person=%22%27%3B--",
        "/body/%2F..%2F..",
        "/meetings?text=%22%20OR%20%22",
        "/people?name=%2a",
        "/meetings?at=1-2&at=3",
        "/search?q=" + "%F0%9F%98%80" * 50,
        "/issues?after=%09",
        "/conflicts?after=x%09y",
    ):
        assert client.get(odd).status_code in (200, 400, 404), odd


def harmful(ledger: Ledger) -> dict[str, str]:
    """Reports whose every word is meant to do harm."""
    reports = {}
    for n, harm in enumerate(HARM):
        safe = harm.encode("utf-8", "replace").decode()
        text = f"{safe} met {safe} and said {safe}. Signed."
        at = Evidence(start=0, end=len(safe), fields={"name": [Span(0, len(safe))]})
        people = [
            Person(name=f"{safe} {side}", country=side, positions=[Position(title=safe, organization=safe, evidence=at)], evidence=at)
            for side in ("FJ", "TO")
        ]
        who = {"hosts": [people[0].name], "guests": [people[1].name]}
        reports[tell(
            ledger, safe[:5000], text, outlet=safe, url=safe, published="2022-08-23", people=people,
            meetings=[Meeting(kind="talks", place=safe, date="2022-08-23", **who, evidence=at, derivation={"date": safe})],
            visits=[Visit(visitors=who["guests"], delegation=safe, from_="TO", to="FJ", start="2022-08-23", evidence=at)],
            statements=[Statement(speakers=who["hosts"], addressees=who["guests"], act="thank", principal=safe, text=safe, evidence=at)],
            agreements=[Agreement(kind="plan", subject=safe, parties=[safe, "Fiji"], signers=who["guests"], signed="2022-08-23", evidence=at)], issues=[Issue(kind="title", message=safe, spans=[Span(0, len(safe))])],
        )] = harm  # fmt: skip
    return reports


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A ledger of harmful reports, and the addresses of its pages."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with Ledger(path) as ledger:
        reports = harmful(ledger)
        ids = (
            [f"/{x}/{t.id}" for x in ("meeting", "visit", "statement", "agreement") for t in getattr(ledger, f"{x}s")()]
            + [f"/person/{p.id}" for p in ledger.people()]
            + [f"/report/{d}" for d in reports]
        )
    lists = [
        "/",
        "/meetings",
        "/visits",
        "/statements",
        "/agreements",
        "/people",
        "/bodies",
        "/pairs",
        "/pair/FJ-TO",
        "/plans",
        "/commitments?grade=all",
        "/calendar?month=2022-08",
        "/network",
        "/reports",
        "/conflicts",
        "/issues",
        "/search?q=harm",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    ]
    return path, [*lists, *ids]


def test_harmful_reports_do_nothing_in_a_browser(chromium: Any, serve: Any, hostile: tuple[Path, list[str]]) -> None:
    path, addresses = hostile
    with serve(path) as base:
        context = chromium.new_context(base_url=base)
        tab = context.new_page()
        errors: list[str] = []
        asked: list[str] = []
        tab.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        tab.on("pageerror", lambda e: errors.append(str(e)))
        tab.on("dialog", lambda d: errors.append(d.message))
        tab.on("request", lambda r: asked.append(r.url))
        # One page of each kind for each harm would take minutes: lists hold them all, and the pages of things take turns.
        for address in addresses[:17] + addresses[17::4]:
            tab.goto(address)
            assert tab.title() != "harm", address
            assert tab.evaluate("[...document.querySelectorAll('*')].every(e => ![...e.attributes].some(a => a.name.startsWith('on')))"), address
            assert tab.evaluate(
                "[...document.querySelectorAll('a[href]')].every(a => ['http:', 'https:'].includes(new URL(a.getAttribute('href'), location).protocol))"
            ), address
            assert tab.evaluate("!document.querySelector('main script, main img, main iframe, main style')"), address
        context.close()
        assert errors == []
        assert {httpx.URL(u).host for u in asked} == {"127.0.0.1"}


def test_harmful_reports_make_pages_of_a_bearable_size(serve: Any, hostile: tuple[Path, list[str]]) -> None:
    path, addresses = hostile
    with serve(path) as base, httpx.Client(base_url=base) as client:
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert len(answer.content) < (
                4_000_000 if address.startswith("/report/") or "/meeting/" in address or "/visit/" in address or "ment/" in address else 800_000
            ), address
            assert not set("\x00\x08\x1b\u202e\u2066") & set(answer.text), address
            assert "set-cookie" not in answer.headers


def test_words_of_a_report_keep_their_direction_to_themselves() -> None:
    assert "".join(p.text for p in marking.pieces("a\u202eb\u2066c\x00d", [])) == "a\ufffdb\ufffdc\ufffdd"
    assert marking.shown("\u200eשלום\u200f") == "\u200eשלום\u200f"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-2, 62), st.integers(-2, 62), st.sampled_from("abc")), max_size=12),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=2),
)
def test_pieces_join_to_the_text_and_lie_within_marks(text: str, spans: list[tuple[int, int, str]], at: list[tuple[int, int]]) -> None:
    marks = [marking.Mark(start=s, end=e, kind=k) for s, e, k in spans]
    found = marking.pieces(text, marks, at)
    assert "".join(text[p.start : p.end] for p in found) == text
    assert [p.start for p in found] == sorted({p.start for p in found})
    for p in found:
        covering = [m for m in marks if 0 <= m.start <= p.start and p.end <= m.end <= len(text)]
        assert (p.kind != "") == bool(covering)
        assert p.at == any(s <= p.start and p.end <= min(e, len(text)) for s, e in at if s < e)
    assert sum(p.first for p in found) == (1 if any(p.at for p in found) else 0)


def test_serve_says_where_it_is_and_ends_quietly(book: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "memcon", "serve", "--ledger", str(book), "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    line = started.stdout.readline()
    address = line.split()[0]
    assert address.startswith("http://127.0.0.1:")
    assert httpx.get(f"{address}api/ledger").json()["coverage"]["reports"] == 3
    started.terminate()
    _, errors = started.communicate(timeout=20)
    assert "Traceback" not in errors


def test_serve_says_what_is_wrong(tmp_path: Path, base: str) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "memcon", "serve", *arguments], capture_output=True, text=True, timeout=60, check=False)

    missing = run("--ledger", str(tmp_path / "none.db"))
    assert (missing.returncode, "no such ledger" in missing.stderr) == (2, True)
    (tmp_path / "other.db").write_text("no ledger")
    assert "not a ledger" in run("--ledger", str(tmp_path / "other.db")).stderr
    with Ledger(tmp_path / "book.db"):
        taken = run("--ledger", str(tmp_path / "book.db"), "--port", base.rsplit(":", 1)[1])
    assert (taken.returncode, "choose another" in taken.stderr) == (2, True)


def test_a_server_cannot_write(book: Path) -> None:
    from memcon.web.shelf import Shelf

    shelf = Shelf(book)
    with shelf.reading() as browser, pytest.raises(sqlite3.OperationalError, match="readonly"):
        browser.store.db.execute("DELETE FROM thing")
    shelf.close()

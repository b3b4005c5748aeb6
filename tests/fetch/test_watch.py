"""Watching: manners, what is new, and going on after a crash at any step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from memcon import Ledger, watch
from memcon.fetch.client import Bounds, Fetcher
from memcon.fetch.guard import FetchError
from memcon.fetch.pages import Pages, PagesError, beside
from memcon.fetch.polite import Polite
from memcon.model import Document, Memorandum
from memcon.query import Added, Skipped
from memcon.read.isolate import Isolated
from memcon.watch import FeedSource, Sources, SourcesError, Watch, read_sources

from .conftest import Site, guard

BODY = "Foreign Minister Aino Lund received Ambassador Odera in Oslo on Monday. They spoke of fisheries and agreed to meet again in the autumn."


@pytest.fixture(scope="module")
def process() -> Iterator[Isolated]:
    with Isolated() as started:
        yield started


@pytest.fixture(autouse=True)
def one_process(process: Isolated, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a process for every round would take the tests a minute."""
    monkeypatch.setattr(watch, "Isolated", lambda: nullcontext(process))


class Clock:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.waited: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


def engine(items: Iterator[Any]) -> Iterator[Any]:
    """Stands in for the engine, which takes seconds to load."""
    for x in items:
        yield (x, Memorandum(id=x.id, published=x.published, language="en", outlet=x.outlet, version="test")) if isinstance(x, Document) else x


def page(number: int) -> bytes:
    return f"<html><head><title>Report {number}</title></head><body><article><h1>Report {number}</h1><p>{BODY}</p><p>It was meeting number {number} of the year.</p></article></body></html>".encode()


def feed(site: Site, numbers: range, etag: str = '"1"') -> None:
    items = "".join(f"<item><title>Report {n}</title><link>{site.url(f'/r/{n}')}</link><pubDate>Tue, 12 Mar 2024 09:00:00 GMT</pubDate></item>" for n in numbers)
    site.pages["/feed"] = (200, {"ETag": etag, "Content-Type": "application/rss+xml"}, f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode())
    for n in numbers:
        site.pages[f"/r/{n}"] = (200, {"Content-Type": "text/html; charset=utf-8"}, page(n))


class Desk:
    """A watch over one feed, made anew for each round, as after a restart."""

    def __init__(self, site: Site, folder: Path, **feed_says: Any) -> None:
        self.site, self.folder, self.clock = site, folder, Clock()
        self.sources = Sources(feeds=[FeedSource(url=site.url("/feed"), **feed_says)])

    def round(self, stop_after: int | None = None) -> list[Any]:
        with Ledger(self.folder / "w.db") as ledger, Pages(str(self.folder / "w.pages.db")) as pages:
            polite = Polite(Fetcher(guard(), Bounds(seconds=3, silence=1)), pages, sleep=self.clock.sleep, clock=self.clock)
            out = []
            for result in Watch(self.sources, ledger, pages, polite, engine=engine, clock=self.clock).round():
                out.append(result)
                if stop_after is not None and len(out) >= stop_after:
                    break
            return out

    def names(self) -> list[str]:
        with Ledger(self.folder / "w.db") as ledger:
            return sorted(ledger.documents())


def added(results: list[Any]) -> int:
    return sum(isinstance(x, Added) and x.new for x in results)


def test_what_is_new_is_fetched_and_added_once(site: Site, tmp_path: Path) -> None:
    feed(site, range(3))
    desk = Desk(site, tmp_path, outlet="The Wire")
    first = desk.round()
    assert added(first) == 3
    assert [x for x in first if isinstance(x, str)] == [f"{site.url('/feed')}: 3 new, 0 known", "pages: 3 added"]
    assert desk.round() == []  # nothing is due
    desk.clock.now += 31 * 60
    feed(site, range(5), '"2"')
    assert added(desk.round()) == 2
    assert len(desk.names()) == 5
    with Ledger(tmp_path / "w.db") as ledger, Pages(str(tmp_path / "w.pages.db")) as pages:
        origin = ledger.origin(desk.names()[0])
        assert origin is not None
        assert origin.published_by == "metadata"
        assert origin.path.startswith(site.url("/r/"))
        kept = pages.page(site.url("/r/1"))
        assert kept is not None
        assert kept.body == page(1)
        assert kept.headers["content-type"].startswith("text/html")
        assert len(pages) == 7


def test_a_feed_that_did_not_change_is_not_read(site: Site, tmp_path: Path) -> None:
    feed(site, range(2))
    desk = Desk(site, tmp_path)
    desk.round()
    desk.clock.now += 31 * 60
    site.pages["/feed"] = (304, {}, b"")
    assert desk.round() == [f"{site.url('/feed')}: nothing new"]
    assert site.asked[-1][1]["if-none-match"] == '"1"'


def test_a_feeds_own_words(site: Site, tmp_path: Path) -> None:
    body = f"<rss version='2.0'><channel><title>Wire</title><item><title>One</title><link>https://w.example/1</link><description>{BODY}</description></item><item><title>Soup</title><description>Fry the onions.</description></item></channel></rss>"
    site.pages["/feed"] = (200, {}, body.encode())
    results = Desk(site, tmp_path, pages=False).round()
    assert added(results) == 1
    assert [x.kind for x in results if isinstance(x, Skipped)] == ["irrelevant"]
    assert site.paths() == ["/robots.txt", "/feed"]


def test_hosts_are_asked_seldom(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 20\n")
    feed(site, range(3))
    desk = Desk(site, tmp_path)
    desk.round()
    assert site.paths() == ["/robots.txt", "/feed", "/r/0", "/r/1", "/r/2"]
    assert desk.clock.waited == [5.0, 20.0, 20.0, 20.0]


def test_robots_txt_is_kept(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /r/1\n\nUser-agent: other\nDisallow: /\n")
    feed(site, range(3))
    desk = Desk(site, tmp_path)
    results = desk.round()
    assert added(results) == 2
    assert [x.what for x in results if isinstance(x, FetchError)] == ["its site asks programs not to fetch it (robots.txt)"]
    assert "/r/1" not in site.paths()
    assert site.paths().count("/robots.txt") == 1
    with Ledger(tmp_path / "w.db") as ledger:
        assert [x.name for x in ledger.skipped()] == [site.url("/r/1")]


@pytest.mark.parametrize(("status", "asked"), [(404, True), (403, False), (503, False)])
def test_without_robots_txt(site: Site, tmp_path: Path, status: int, asked: bool) -> None:
    site.pages["/robots.txt"] = (status, {}, b"")
    feed(site, range(1))
    Desk(site, tmp_path).round()
    assert ("/feed" in site.paths()) == asked


def test_a_feed_in_trouble_is_asked_less_and_less(site: Site, tmp_path: Path) -> None:
    site.pages["/feed"] = (503, {}, b"")
    desk = Desk(site, tmp_path, every=30)
    waits = []
    for _ in range(4):
        line = desk.round()[-1]
        waits.append(line.rsplit("again in ")[1])
        assert desk.round() == []
        with Pages(str(tmp_path / "w.pages.db")) as pages:
            desk.clock.now = pages.feed(site.url("/feed"))[2]
    assert waits == ["60 minutes", "120 minutes", "240 minutes", "480 minutes"]
    site.pages["/feed"] = (429, {"Retry-After": "80000"}, b"")
    assert "again in 1333 minutes" in desk.round()[-1]


def test_a_page_in_trouble_is_tried_again(site: Site, tmp_path: Path) -> None:
    feed(site, range(1))
    good = site.pages["/r/0"]
    site.pages["/r/0"] = (503, {}, b"")
    desk = Desk(site, tmp_path)
    assert added(desk.round()) == 0
    desk.clock.now += 100
    desk.round()
    assert site.paths().count("/r/0") == 1
    site.pages["/r/0"] = good
    desk.clock.now += 300
    assert added(desk.round()) == 1


def test_a_page_that_is_gone_is_noted(site: Site, tmp_path: Path) -> None:
    feed(site, range(1))
    del site.pages["/r/0"]
    desk = Desk(site, tmp_path)
    assert [x.what for x in desk.round() if isinstance(x, FetchError)] == ["the server's answer was 404"]
    desk.clock.now += 31 * 60
    assert "not read" not in str(desk.round())
    with Ledger(tmp_path / "w.db") as ledger:
        assert [(x.kind, x.why) for x in ledger.skipped()] == [("unreadable", "the server's answer was 404")]


@pytest.mark.parametrize("stop", range(1, 6))
def test_a_crash_at_any_step_loses_nothing(site: Site, tmp_path: Path, stop: int) -> None:
    feed(site, range(3))
    desk = Desk(site, tmp_path)
    desk.round(stop_after=stop)
    desk.round()
    assert len(desk.names()) == 3
    assert all(site.paths().count(f"/r/{n}") == 1 for n in range(3))


def test_a_crash_between_fetching_and_adding(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(site, range(2))
    desk = Desk(site, tmp_path)
    with monkeypatch.context() as crash:
        crash.setattr(Ledger, "keep", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            desk.round()
    assert added(desk.round()) == 2
    assert site.paths().count("/r/0") == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "feeds"), ("[[feeds]]\n", "url"), ("[[feeds]]\nurl = 'file:///x'\n", "only addresses that begin with"), ("[[feeds]]\nurl = 'https://a.example/f'\nevery = 0\n", "write minutes"),
        ("delay = 0.1\n[[feeds]]\nurl = 'https://a.example/f'\n", "polite"), ("[[feed]]\nurl = 'https://a.example/f'\n", "feed"), ("x = ", "Invalid value"), ("feeds = []", "no feeds in it"),
    ],
)  # fmt: skip
def test_sources_that_cannot_be_used(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "s.toml").write_text(text)
    with pytest.raises(SourcesError, match=says):
        read_sources(str(tmp_path / "s.toml"))


def test_sources(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('contact = "desk@a.example"\ndelay = 10\n[delays]\n"b.example" = 60\n[[feeds]]\nurl = "https://a.example/feed"\noutlet = "A"\nevery = 15\n')
    found = read_sources(str(tmp_path / "s.toml"))
    assert (found.contact, found.delay, found.delays, found.feeds[0].every) == ("desk@a.example", 10, {"b.example": 60}, 15)
    with pytest.raises(SourcesError, match="No such file"):
        read_sources(str(tmp_path / "none.toml"))


def test_the_file_of_pages(tmp_path: Path) -> None:
    assert beside("a/memcon.db") == "a/memcon.pages.db"
    with Ledger(tmp_path / "l.db"):
        pass
    with pytest.raises(PagesError, match="another program"):
        Pages(str(tmp_path / "l.db"))

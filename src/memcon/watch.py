"""Watching: asks feeds for what is new, fetches the pages they name, and adds them to a ledger. Goes on where it was when it is started again.

What is due stands in the file of pages, and each step is written before the next: a crash at any time repeats at most one request and loses nothing.
"""

from __future__ import annotations

import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from memcon.errors import MemconError, ReadError, shown
from memcon.fetch.client import Page, cleaned
from memcon.fetch.guard import FetchError
from memcon.fetch.pages import Pages
from memcon.fetch.polite import Polite
from memcon.model import Document
from memcon.query import Added, Engine, Ledger, Skipped
from memcon.read.expand import Outcome
from memcon.read.files import Source
from memcon.read.inputs import outcomes
from memcon.read.isolate import Isolated
from memcon.read.reader import Facts
from memcon.read.text import Labels

__all__ = ["FeedSource", "Sources", "SourcesError", "Watch", "pages_of", "read_sources"]

_MINUTE: Final = 60.0
_LONGEST_WAIT: Final = 86_400.0
_MOST_TRIES: Final = 5
_FIRST_WAIT: Final = 300.0  # seconds until a page that failed is tried again; twice as long each time


class SourcesError(MemconError):
    """A file of sources that cannot be used. ``str`` gives the line: ``PATH: what is wrong``."""


class FeedSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed to watch. ``pages``: fetch the pages it names (else its own words are the report). ``every``: minutes."""

    url: str
    outlet: str | None = None
    language: str | None = None
    pages: bool = True
    every: float = 30.0


class Sources(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of sources. ``contact`` is given to servers; ``delay`` and ``delays`` are seconds between requests to any host, and to single ones."""

    feeds: list[FeedSource]
    contact: str | None = None
    delay: float = 5.0
    delays: dict[str, float] = {}


def read_sources(path: str) -> Sources:
    """The sources in a TOML file. Raises `SourcesError`."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        found = msgspec.convert(tomllib.loads(text), Sources)
    except OSError as error:
        raise SourcesError(f"{shown(path)}: {error.strerror}") from error
    except (ValueError, msgspec.ValidationError) as error:
        raise SourcesError(f"{shown(path)}: {' '.join(str(error).split())}") from error
    for feed in found.feeds:
        try:
            cleaned(feed.url)
        except FetchError as error:
            raise SourcesError(f"{shown(path)}: {error}") from error
        if not 1 <= feed.every <= 10_080:
            raise SourcesError(f"{shown(path)}: {feed.url}: every = {feed.every:g}: write minutes, from 1 to 10080 (a week)")
    if min([found.delay, *found.delays.values()]) < 1:
        raise SourcesError(f"{shown(path)}: less than 1 second between requests is not polite")
    if not found.feeds:
        raise SourcesError(f'{shown(path)}: no feeds in it: write [[feeds]] and url = "…"')
    return found


def pages_of(urls: Iterable[str], polite: Polite, *, labels: Labels, sift: bool) -> Iterator[Outcome]:
    """The reports at addresses, fetched one after the other. An error stands in the place of what was not."""
    with Isolated() as apart:
        for url in urls:
            try:
                page = polite.get(url)
            except FetchError as error:
                yield error
            else:
                yield from outcomes([_source(page)], labels, sift=sift, apart=apart)


class Watch:
    """One watch over sources. ``engine`` is as for `Ledger.adding`, ``clock`` is `time.time` but in tests."""

    def __init__(
        self,
        sources: Sources,
        ledger: Ledger,
        pages: Pages,
        polite: Polite,
        *,
        sift: bool = True,
        engine: Engine | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._sources, self._ledger, self._pages, self._polite = sources, ledger, pages, polite
        self._sift, self._engine, self._clock = sift, engine, clock
        self._feeds = {f.url: f for f in sources.feeds}
        self._apart: Isolated | None = None  # the process that pages are read in, while a round lasts

    def round(self) -> Iterator[Added | Skipped | MemconError | str]:
        """Ask the feeds that are due and fetch the pages that are: what became of each report, and a line (str) for each feed and for the pages."""
        with Isolated() as self._apart:
            for feed in self._sources.feeds:
                if self._pages.feed(feed.url)[2] <= self._clock():
                    yield from self._ask(feed)
            counts: Counter[str] = Counter()
            for item in self._pages.due(self._clock()):
                feed = self._feeds.get(item.feed) or FeedSource(url=item.feed)
                for result in self._fetch(item.url, feed, item.facts, item.tries):
                    counts[_kind(result)] += 1
                    yield result
        if counts:
            yield f"pages: {_told(counts)}"

    def next_due(self) -> float:
        """When there is something to do next (Unix time)."""
        page = self._pages.next_due()
        return min([self._pages.feed(f.url)[2] for f in self._sources.feeds] + ([] if page is None else [page]))

    # -- feeds --------------------------------------------------------------------------------------------------------

    def _ask(self, feed: FeedSource) -> Iterator[Added | Skipped | MemconError | str]:
        etag, modified, _, failures = self._pages.feed(feed.url)
        every = feed.every * _MINUTE
        asked = {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", modified)) if v}
        try:
            page = self._polite.get(feed.url, asked)
        except FetchError as error:
            wait = max(min(_LONGEST_WAIT, every * 2 ** min(failures + 1, 10)), error.after or 0.0)
            self._pages.note_feed(feed.url, etag, modified, self._clock() + wait, failures + 1)
            yield error
            yield f"{feed.url}: not asked ({error.what}); again in {wait / _MINUTE:.0f} minutes"
            return
        due = self._clock() + every
        if page.status == 304:
            self._pages.note_feed(feed.url, etag, modified, due, 0)
            yield f"{feed.url}: nothing new"
            return
        entries = list(outcomes([_source(page, feed)], Labels(None, feed.outlet, feed.language), sift=self._sift and not feed.pages, apart=self._apart))
        known = (page.headers.get("etag"), page.headers.get("last-modified"))
        if feed.pages:
            yield from self._want(feed, entries, known, due)
            return
        counts: Counter[str] = Counter()
        for result in self._ledger.keeping(entries, self._engine):
            counts[_kind(result)] += 1
            yield result
        # Put down only now: after a crash before this the feed is asked again, and what is known stays so.
        self._pages.note_feed(feed.url, *known, due, 0)
        yield f"{feed.url}: {_told(counts)}"

    def _want(self, feed: FeedSource, entries: list[Outcome], known: tuple[str | None, str | None], due: float) -> Iterator[MemconError | str]:
        """Put down the pages that a feed names, and that it was asked, as one step."""
        new = old = 0
        problems = [x for x in entries if isinstance(x, ReadError)]
        with self._pages.together():
            for entry in entries:
                if isinstance(entry, Document) and entry.url:
                    try:
                        url = cleaned(entry.url)
                    except FetchError as error:
                        problems.append(error)
                        continue
                    facts = Facts(url=url, title=entry.title, authors=entry.authors, published=entry.published, published_by=entry.published_by)
                    if self._pages.want(url, feed.url, facts):
                        new += 1
                    else:
                        old += 1
            self._pages.note_feed(feed.url, *known, due, 0)
        yield from problems
        yield f"{feed.url}: {new} new, {old} known" + (f", {len(problems)} not read" if problems else "")

    # -- pages --------------------------------------------------------------------------------------------------------

    def _fetch(self, url: str, feed: FeedSource, facts: Facts, tries: int) -> Iterator[Added | Skipped | MemconError]:
        """Fetch a page and keep the report; a page that came before a crash is not asked for again."""
        page = self._pages.page(url)
        try:
            page = page or self._polite.get(url)
        except FetchError as error:
            if error.retry and tries + 1 < _MOST_TRIES:
                self._pages.later(url, self._clock() + max(min(_LONGEST_WAIT, _FIRST_WAIT * 2**tries), error.after or 0.0))
            else:
                self._pages.done(url, "failed")
                yield from self._ledger.keeping([error])
            return
        labels = Labels(None, feed.outlet, feed.language)
        yield from self._ledger.keeping(outcomes([_source(page, feed, facts)], labels, sift=self._sift, apart=self._apart), self._engine)
        self._pages.done(url)


def _source(page: Page, feed: FeedSource | None = None, facts: Facts | None = None) -> Source:
    """A page as an input."""
    media, _, parameters = page.headers.get("content-type", "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", parameters, re.I)
    known = facts or Facts(outlet=feed.outlet if feed else None)
    known = msgspec.structs.replace(known, url=page.final, media=media.strip().lower() or None, charset=charset[1] if charset else None)
    parts = urlsplit(page.final)
    name = PurePosixPath(parts.path).stem or parts.hostname or "page"
    return Source(page.final, shown(name)[:120], page.body, known)


def _kind(result: Any) -> str:
    if isinstance(result, MemconError):
        return "not read"
    if isinstance(result, Skipped):
        return "set aside as irrelevant" if result.kind == "irrelevant" else result.kind
    return "added" if result.new else "known"


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{n:,} {what}" for what, n in sorted(counts.items())) or "nothing in it"

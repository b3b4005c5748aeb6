"""What the first page shows: what the ledger holds, what is new, what is coming, where reports differ."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Final

import msgspec

from memcon import view
from memcon.browse import COUNT_TO, Browser, Filters, Report, Tally
from memcon.ledger import sql
from memcon.web.contact import Brief, brief
from memcon.web.shelf import Shelf

__all__ = ["Count", "Coverage", "Home", "Outlet", "counts", "coverage", "home"]

_SHORT: Final = 6
_SCANNED: Final = 5_000  # reports read at once while the coverage is made


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet's reports: how many, their days, and when the first and the last were added."""

    name: str
    reports: int
    first: str | None
    last: str | None
    added_first: str
    added_last: str


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger was made from."""

    reports: int
    undated: int
    outlets: list[Outlet]
    languages: list[Tally]
    years: list[Tally]


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How many things there are; ``more`` says that counting ended there."""

    family: str
    count: int
    more: bool


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """The first page."""

    counts: list[Count]
    new: list[Report]
    latest: list[Brief]
    upcoming: list[Brief]
    conflicts: list[tuple[Brief, view.Conflict]]
    conflicts_count: int
    coverage: Coverage


def home(browser: Browser, shelf: Shelf, today: str) -> Home:
    """The first page as of ``today`` (ISO day)."""
    pairs = browser.conflicts(limit=_SHORT).items
    named = {t.id: t for t in browser.things([t for t, _ in pairs])}
    return Home(
        counts=counts(browser, shelf), new=browser.reports(limit=_SHORT).items,
        latest=[brief(t) for t in browser.events("meetings", Filters(status="occurred", until=today), limit=_SHORT).items],
        upcoming=upcoming(browser, today, _SHORT), conflicts=[(brief(named[t]), c) for t, c in pairs if t in named],
        conflicts_count=int(browser.store.rows(sql.COUNT_CONFLICTS, COUNT_TO)[0][0]), coverage=coverage(browser, shelf),
    )  # fmt: skip


def counts(browser: Browser, shelf: Shelf) -> list[Count]:
    """How many things of each kind there are."""
    return shelf.figure("counts", browser, lambda b: [_count(b, f) for f in view.RECORDS])


def upcoming(browser: Browser, today: str, limit: int) -> list[Brief]:
    """What is announced for today or later, the next first."""
    found = [t for f in ("visits", "meetings") for t in browser.events(f, Filters(status="planned", since=today), limit=limit, oldest=True).items]
    return sorted((brief(t) for t in found), key=lambda b: (b.day or "9", b.id))[:limit]


def _count(browser: Browser, family: str) -> Count:
    n = browser.count(family)
    return Count(family=family, count=min(n, COUNT_TO), more=n > COUNT_TO)


class _Sum(msgspec.Struct, kw_only=True):
    """What is known of an outlet so far."""

    reports: int = 0
    first: str | None = None
    last: str | None = None
    added_first: str = ""
    added_last: str = ""

    def count(self, published: str | None, added: str) -> None:
        """One report more."""
        self.reports += 1
        if published:
            self.first = min(self.first or published, published)
            self.last = max(self.last or published, published)
        self.added_first = min(self.added_first or added, added)
        self.added_last = max(self.added_last, added)


class _Running:
    """Outlets, languages and years of the reports so far. The log only grows, so each is counted once; a removal starts it anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._start(frozenset())

    def _start(self, gone: frozenset[str]) -> None:
        self._gone = gone
        self._after = self._undated = 0
        self._outlets: dict[str, _Sum] = {}
        self._languages: Counter[str] = Counter()
        self._years: Counter[str] = Counter()

    def coverage(self, browser: Browser) -> Coverage:
        """The coverage as the reader sees the ledger."""
        gone = frozenset(browser.store.column(sql.GONE))
        with self._lock:
            if gone != self._gone:
                self._start(gone)
            while rows := browser.store.rows(sql.REPORTS_SINCE, self._after, _SCANNED):
                self._after = rows[-1][0]
                for _, document, outlet, language, published, added in rows:
                    if document not in gone:
                        self._count(outlet or "", language or "", published, added)
            outlets = sorted(self._outlets.items(), key=lambda x: (-x[1].reports, x[0]))
            return Coverage(
                reports=sum(x.reports for _, x in outlets),
                undated=self._undated,
                outlets=[Outlet(name=n, **msgspec.structs.asdict(x)) for n, x in outlets],
                languages=[Tally(value=v, count=n) for v, n in sorted(self._languages.items(), key=lambda x: (-x[1], x[0]))],
                years=[Tally(value=y, count=n) for y, n in sorted(self._years.items())],
            )

    def _count(self, outlet: str, language: str, published: str | None, added: str) -> None:
        self._outlets.setdefault(outlet, _Sum()).count(published, added)
        self._languages[language] += 1
        if published:
            self._years[published[:4]] += 1
        else:
            self._undated += 1


def coverage(browser: Browser, shelf: Shelf) -> Coverage:
    """Outlets, languages and years of the reports, and when they were added."""
    return shelf.running("coverage", _Running).coverage(browser)

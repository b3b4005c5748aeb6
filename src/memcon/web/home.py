"""What the first page shows: what the ledger holds, what is new, what is coming, where reports differ."""

from __future__ import annotations

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
        conflicts_count=int(browser.store.rows(sql.COUNT_CONFLICTS, COUNT_TO)[0][0]), coverage=shelf.figure("coverage", lambda: coverage(browser)),
    )  # fmt: skip


def counts(browser: Browser, shelf: Shelf) -> list[Count]:
    """How many things of each kind there are."""
    return shelf.figure("counts", lambda: [_count(browser, f) for f in view.RECORDS])


def upcoming(browser: Browser, today: str, limit: int) -> list[Brief]:
    """What is announced for today or later, the next first."""
    found = [t for f in ("visits", "meetings") for t in browser.events(f, Filters(status="planned", since=today), limit=limit, oldest=True).items]
    return sorted((brief(t) for t in found), key=lambda b: (b.day or "9", b.id))[:limit]


def _count(browser: Browser, family: str) -> Count:
    n = browser.count(family)
    return Count(family=family, count=min(n, COUNT_TO), more=n > COUNT_TO)


def coverage(browser: Browser) -> Coverage:
    """Outlets, languages and years of the reports; walks through them all."""
    gone = set(browser.store.column(sql.GONE))
    outlets: dict[str, list[tuple[str | None, str]]] = {}
    languages: dict[str, int] = {}
    years: dict[str, int] = {}
    total = undated = after = 0
    while rows := browser.store.rows(sql.REPORTS_SINCE, after, _SCANNED):
        after = rows[-1][0]
        for _, document, outlet, language, published, added in rows:
            if document in gone:
                continue
            total += 1
            outlets.setdefault(outlet or "", []).append((published, added))
            languages[language or ""] = languages.get(language or "", 0) + 1
            undated += published is None
            if published:
                years[published[:4]] = years.get(published[:4], 0) + 1
    return Coverage(
        reports=total, undated=undated, outlets=[_outlet(n, seen) for n, seen in sorted(outlets.items(), key=lambda x: (-len(x[1]), x[0]))],
        languages=_tallies(languages), years=[Tally(value=y, count=n) for y, n in sorted(years.items())],
    )  # fmt: skip


def _outlet(name: str, seen: list[tuple[str | None, str]]) -> Outlet:
    days = sorted(d for d, _ in seen if d)
    added = sorted(a for _, a in seen)
    return Outlet(
        name=name, reports=len(seen), first=days[0] if days else None, last=days[-1] if days else None, added_first=added[0], added_last=added[-1]
    )


def _tallies(found: dict[str, int]) -> list[Tally]:
    return [Tally(value=v, count=n) for v, n in sorted(found.items(), key=lambda x: (-x[1], x[0]))]

"""What the lists show: a page of rows, the filters that are set, and the facets by which to narrow further."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from memcon import view
from memcon.browse import PAGE, Browser, Filters, Listing, Report, Tally
from memcon.ledger import sql
from memcon.query import PersonThing
from memcon.web.contact import Brief, brief
from memcon.web.people import Body, bodies, countries_of_people
from memcon.web.shelf import Shelf

__all__ = [
    "BodyList",
    "ConflictList",
    "Differing",
    "DoubtRow",
    "EventList",
    "Found",
    "IssueList",
    "PairList",
    "PersonList",
    "ReportList",
    "body_list",
    "conflicts",
    "events",
    "issues",
    "pairs",
    "persons",
    "report_list",
    "search",
]

_SEARCHED: Final = 10  # of each kind that a search shows
_BY_WORDS: Final = 6  # reports with the words whose contacts are shown


class EventList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of visits, meetings, agreements or statements. ``facets`` are counted over the first ``counted`` of the list."""

    family: str
    filters: Filters
    sort: str
    items: list[Any]
    next: str | None
    facets: dict[str, list[Tally]]
    counted: int


class PersonList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of people, the most reported first."""

    country: str | None
    name: str | None
    items: list[PersonThing]
    next: str | None
    countries: list[Tally]


class BodyList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of bodies, those with most reported posts first."""

    name: str | None
    items: list[Body]
    next: str | None
    total: int


class PairList(msgspec.Struct, frozen=True, kw_only=True):
    """Pairs of countries by how many meetings the ledger has of them."""

    country: str | None
    items: list[Tally]


class ReportList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of reports, the last added first."""

    text: str | None
    items: list[Report]
    next: str | None


class Differing(msgspec.Struct, frozen=True, kw_only=True):
    """A thing, and a field on which its reports differ."""

    thing: Brief
    conflict: view.Conflict


class ConflictList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of conflicts."""

    items: list[Differing]
    next: str | None


class DoubtRow(msgspec.Struct, frozen=True, kw_only=True):
    """A doubt: of one report, or of things that may be one (``things``)."""

    kind: str
    message: str
    report: Report | None = None
    things: list[Brief] = []


class IssueList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of doubts: of single reports (``show`` reading), things that may be one (joining), days on which reports contradict each other (contradiction)."""

    show: str
    items: list[DoubtRow]
    next: str | None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found."""

    words: str
    people: list[PersonThing]
    contacts: list[Brief]
    bodies: list[Body]
    reports: list[Report]
    more_reports: bool


def events(browser: Browser, family: str, filters: Filters, params: dict[str, str]) -> EventList:
    """A page of a list of events."""
    oldest = params.get("sort") == "oldest"
    found = browser.events(family, filters, after=params.get("after") or None, limit=PAGE, oldest=oldest, facets=True)
    return EventList(
        family=family,
        filters=filters,
        sort="oldest" if oldest else "newest",
        items=found.items,
        next=found.next,
        facets=found.facets,
        counted=found.counted,
    )


def persons(browser: Browser, shelf: Shelf, params: dict[str, str]) -> PersonList:
    """A page of people."""
    country, name = params.get("country") or None, params.get("name") or None
    found = browser.people(country=country, name=name, after=params.get("after") or None)
    countries = sides(browser, shelf)
    return PersonList(country=country, name=name, items=found.items, next=found.next, countries=[c for c in countries if c.value])


def sides(browser: Browser, shelf: Shelf) -> list[Tally]:
    """How many people each side has."""
    return shelf.figure("countries", browser, countries_of_people)


def ranked_pairs(browser: Browser, shelf: Shelf) -> list[tuple[str, int]]:
    """Pairs of countries (as KH-VN) with the number of their meetings, those with most first."""
    return shelf.figure("pairs", browser, lambda b: [(str(p), int(n)) for p, n in b.store.rows(sql.PAIRS, "meetings", 5_000)])


def body_list(browser: Browser, shelf: Shelf, params: dict[str, str]) -> BodyList:
    """A page of bodies, from the place ``after`` in their order."""
    from memcon.langs.fold import fold

    name, start = params.get("name") or None, int(a[1:]) if (a := params.get("after", "")).startswith("o") and a[1:].isdigit() else 0
    known = list(bodies(browser, shelf).values())
    if name:
        known = [b for b in known if any(fold(name) in fold(n) for n in b.names)]
    return BodyList(name=name, items=known[start : start + PAGE], next=f"o{start + PAGE}" if len(known) > start + PAGE else None, total=len(known))


def pairs(browser: Browser, shelf: Shelf, params: dict[str, str]) -> PairList:
    """Pairs of countries that meet most, or those of one country."""
    from memcon.browse import country_code

    rows = ranked_pairs(browser, shelf)
    country = country_code(params["country"]) if params.get("country") else None
    return PairList(country=country, items=[Tally(value=v, count=n) for v, n in rows if country is None or country in v.split("-")][:200])


def report_list(browser: Browser, params: dict[str, str]) -> ReportList:
    """A page of reports."""
    text = params.get("text") or None
    found = browser.reports(text=text, after=params.get("after") or None)
    return ReportList(text=text, items=found.items, next=found.next)


def conflicts(browser: Browser, params: dict[str, str]) -> ConflictList:
    """A page of conflicts."""
    found = browser.conflicts(after=params.get("after") or None)
    things = {t.id: brief(t) for t in browser.things(list(dict.fromkeys(t for t, _ in found.items)))}
    return ConflictList(items=[Differing(thing=things[t], conflict=c) for t, c in found.items if t in things], next=found.next)


def issues(browser: Browser, params: dict[str, str]) -> IssueList:
    """A page of doubts."""
    show = params.get("show", "") if params.get("show") in ("joining", "contradiction") else "reading"
    after = params.get("after") or None
    if show == "contradiction":
        rows = [DoubtRow(kind=show, message=d, things=[brief(t)]) for t in browser.contradictory() for d in t.doubts]
        return IssueList(show=show, items=rows, next=None)
    found = browser.unsure(after=after) if show == "joining" else browser.doubts(after=after)
    if show == "joining":
        ids = [i for _, group in found.items for i in group.split()]
        named = {t.id: brief(t) for t in browser.things(list(dict.fromkeys(i for i in ids if not i.startswith("p-"))))}
        items = [DoubtRow(kind="unsure", message="", things=[named.get(i) or _person(browser, i) for i in group.split()]) for _, group in found.items]
    else:
        reports = browser.reports_by_id(r[0] for r in found.items)
        items = [DoubtRow(kind=k, message=m, report=reports.get(d)) for d, k, m in found.items]
    return IssueList(show=show, items=items, next=found.next)


def _person(browser: Browser, identifier: str) -> Brief:
    now = browser.current(identifier)
    return Brief(id=identifier, family="people", kind="", status="", day=None, title=browser.person(now).name if now else identifier)


def search(browser: Browser, shelf: Shelf, words: str) -> Found:
    """People by name, contacts of those people and of reports with the words, bodies by name, reports by their words."""
    from memcon.langs.fold import fold

    people = browser.people(name=words, limit=_SEARCHED).items
    people = sorted(people, key=lambda p: (-p.reports, p.name))
    reports = browser.reports(text=words, limit=_SEARCHED)
    listings: list[Listing] = [browser.events("meetings", Filters(person=p.id), limit=_SEARCHED) for p in people[:4]]
    listings += (
        [browser.events(f, Filters(report=r.id), limit=4) for r in reports.items[:_BY_WORDS] for f in ("meetings", "visits")]
        if len(people) < _SEARCHED
        else []
    )
    things = {t.id: t for x in listings for t in x.items}
    known = [b for b in bodies(browser, shelf).values() if any(fold(words) in fold(n) for n in b.names)][:_SEARCHED] if len(words) > 2 else []
    contacts = sorted((brief(t) for t in things.values()), key=lambda b: (b.day or "", b.id), reverse=True)
    return Found(words=words, people=people, contacts=contacts[:30], bodies=known, reports=reports.items, more_reports=reports.next is not None)

"""A ledger for the time of one export: one moment of it, the part of it that somebody chose, and what every format asks again and again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Final

from memcon.follow.commitments import commitments
from memcon.follow.plans import plans
from memcon.follow.register import register
from memcon.follow.wording import rows
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.query import FAMILIES, Ledger, PersonThing, Report
from memcon.resolve.offices import body_country
from memcon.resolve.times import parse, span
from memcon.view import MeetingThing, Participant, Quotation, Thing

__all__ = ["CLOCK", "CONTACTS", "EVERY", "LISTS", "Book", "Selection", "addresses", "bounds", "exact"]

LISTS: Final = (*FAMILIES, "register", "commitments", "sources", "events")
"""What can be exported: the lists of a ledger, the agreements register, the commitments, the reports behind them, and the coded event table."""
EVERY: Final = (*LISTS, "wording")
"""The same and the wording watch, which is made for a pair and so is in an export only where it is asked for."""
CLOCK: Final[Mapping[str, tuple[str, ...]]] = {"register": ("on", "state", "expiring", "level"), "plans": ("on", "state"), "commitments": ("on", "state", "side", "grade", "due_before"), "wording": ("on",)}
"""Filters that only lists which follow something up know, by list: the day to which the clock is set, and what is asked of it."""
CONTACTS: Final = ("visits", "meetings", "agreements", "statements")
_AROUND: Final = 400  # characters before and after words in which the ends of their sentence are looked for
_STOP: Final = re.compile(r"(?<=[.!?…。])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St)\.)(?<!\bMrs\.)[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\W_a-z])|\n\s*\n")
"""Where one sentence ends and another begins, for reading: nothing is decided by it."""
_KEPT: Final = 4096  # people and reports kept at hand; some 2 kB each


def _nowhere(identifier: str) -> str:
    return f"urn:memcon:{identifier}"


_PAGES: Final = {"k": "commitment", "p": "person", "v": "visit", "m": "meeting", "a": "agreement", "s": "statement", "d": "report"}


def addresses(base: str) -> Callable[[str], str]:
    """The addresses of the pages that ``memcon serve`` at ``base`` has for ids.

    >>> addresses("https://example.org/")("m-0123456789ab")
    'https://example.org/meeting/m-0123456789ab'
    """
    from urllib.parse import quote

    root = base.rstrip("/")
    return lambda x: f"{root}/body/{quote(x[2:], safe='')}" if x.startswith("b:") else f"{root}/{_PAGES.get(x[:1], 'report')}/{x}"


@dataclass(frozen=True, slots=True)
class Selection:
    """What to export: ``lists`` (none: what the format holds by itself), ``filters`` as of `memcon.query.Ledger.find`, with ``limit``.

    ``link`` gives the address of a thing, person or report by its id (``urn:memcon:ID`` by default), ``title`` names the export where a format has room for it.
    """

    lists: tuple[str, ...] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)
    link: Callable[[str], str] = _nowhere
    title: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        """The filters that every list knows."""
        clock = {name for names in CLOCK.values() for name in names}
        return {k: v for k, v in self.filters.items() if k not in clock}


class Book:
    """A ledger and a selection of it, as the formats see them. Use it inside ``ledger.snapshot()``.

    ``stamp`` says what made the export and of when it is; it depends on the ledger alone, never on the clock.
    """

    def __init__(self, ledger: Ledger, selection: Selection) -> None:
        self.ledger = ledger
        self.selection = selection
        self.version = version("memcon")
        self.changed = ledger.changed() or ""
        self.link = selection.link
        self.report = lru_cache(_KEPT)(ledger.report)
        self.person = lru_cache(_KEPT)(self._person)
        self.posts_in = lru_cache(256)(ledger.posts_in)
        self.meetings_in = lru_cache(256)(ledger.meetings_in)
        self.passage = lru_cache(256)(self._passage)  # the rows of one event share theirs

    @property
    def stamp(self) -> dict[str, str]:
        """What made this, when the ledger last changed (UTC), and the filters, in words."""
        chosen = "; ".join(f"{k}: {v}" for k, v in sorted(self.selection.filters.items()) if v is not None)
        return {"memcon": self.version, "ledger last changed": self.changed, "filters": chosen or "none"}

    @property
    def title(self) -> str:
        """What this export is called."""
        return self.selection.title or "memcon: " + ", ".join(self.selection.lists)

    def records(self, name: str) -> Iterator[Any]:
        """The records of a list, one at a time. Of ``events`` these are the things that are coded."""
        filters = self.selection.plain
        clock = {k: v for k, v in self.selection.filters.items() if k in CLOCK.get(name, ())}
        if name == "register":
            yield from register(self.ledger, **clock, **filters)
        elif name == "commitments":
            yield from commitments(self.ledger, **clock, **filters)
        elif name == "wording":
            yield from rows(self.ledger, **clock, **filters)
        elif name == "plans":
            yield from plans(self.ledger, **clock, **filters)
        elif name == "sources":
            yield from map(self.report, self.ledger.documents(**filters))
        elif name == "events":
            for family in CONTACTS:
                yield from self.ledger.each(family, **filters)
        else:
            yield from self.ledger.each(name, **filters)

    def _person(self, identifier: str) -> PersonThing | None:
        return next(iter(self.ledger.people(person=identifier)), None) if identifier.startswith("p-") else None

    def country(self, participant: Participant) -> str | None:
        """The country (ISO 3166-1 alpha-2) that a person acts for or a body's name names; None where no report says."""
        if participant.id.startswith("p-"):
            person = self.person(participant.id)
            return person.country if person else None
        return places.country_of_name(participant.name) or body_country(participant.name)

    def capacities(self, person: str, thing: Thing) -> list[str]:
        """The posts that the very reports of a thing give a person: the capacity of that day, not today's."""
        found: dict[str, str] = {}
        for document in dict.fromkeys(q.document for q in thing.sources):
            for title, organization in self.posts_in(document).get(person, ()):
                post = f"{title} of {organization}" if organization else title
                found.setdefault(fold(post), post)
        return list(found.values())

    def international(self, participant: Participant, thing: Thing) -> str | None:
        """The one international body that a participant is, or in which the reports of a thing give him or her a post; None for none or several."""
        given = [o for d in dict.fromkeys(q.document for q in thing.sources) for _, o in self.posts_in(d).get(participant.id, ()) if o]
        known = {b.name for o in (given if participant.id.startswith("p-") else [participant.name]) if (b := places.body(o))}
        return known.pop() if len(known) == 1 else None

    def sources(self, thing: Any) -> list[Quotation]:
        """The quotations that a record of any list rests on."""
        if hasattr(thing, "sources"):
            return list(thing.sources)
        return [q for v in getattr(thing, "values", ()) for q in v.said_by]

    def reports(self, record: Any) -> list[Report]:
        """The reports that a record of any list rests on, in the order of adding."""
        if isinstance(record, Report):
            return [record]
        if isinstance(record, PersonThing):
            documents = {q.document for post in self.ledger.posts(person=record.id) for q in post.sources}
        else:
            documents = {q.document for q in self.sources(record)}
        return sorted(map(self.report, documents), key=lambda r: r.number)

    def _passage(self, q: Quotation) -> str:
        """The sentence or so in which words stand, on one line; an ellipsis where it was cut."""
        before = self.ledger.words(q.document, max(0, q.start - _AROUND), q.start)
        after = self.ledger.words(q.document, q.end, q.end + _AROUND)
        start = max((m.end() for m in _STOP.finditer(before)), default=None)
        stop = _STOP.search(after)
        lead = before[start:] if start is not None else ("…" if q.start > _AROUND else "") + before
        rest = after[: stop.end()] if stop else after + ("…" if len(after) == _AROUND else "")
        return " ".join(f"{lead}{q.quote}{rest}".split())

    def stable(self, thing: Thing) -> str:
        """A name for a thing that later reports do not change: the claim of the first report that told of it.

        A thing's id is that of the first of its claims in order of their hashes, so the next report may give it another.
        """
        return min(thing.sources, key=lambda q: (self.report(q.document).number, q.claim)).claim if thing.sources else thing.id

    def meeting_of(self, thing: Thing) -> MeetingThing | None:
        """The one meeting of its reports at which a statement was made: all its speakers and addressees took part; None for none or several."""
        there = {p.id for f in ("speakers", "addressees") for p in getattr(thing, f, ())}
        found = {m.id: m for q in thing.sources for m in self.meetings_in(q.document) if there and there <= {p.id for p in (*m.hosts, *m.guests)}}
        return next(iter(found.values())) if len(found) == 1 else None


def bounds(edtf: str | None, end: str | None = None) -> tuple[str | None, str | None]:
    """The earliest and the latest day (ISO 8601) that an EDTF date, or a period from one to another, can mean; None without a year.

    >>> bounds("2022-10")
    ('2022-10-01', '2022-10-31')
    """
    from datetime import date

    low, high = span(edtf), span(end or edtf)
    return (date.fromordinal(low[0]).isoformat() if low else None, date.fromordinal(high[1]).isoformat() if high else None)


def exact(edtf: str | None) -> str | None:
    """An EDTF date as a day (ISO 8601) if it is one whole and certain day, else None.

    >>> exact("2022-10-17"), exact("2022-10"), exact("XXXX-10-17"), exact("2022-10-17?")
    ('2022-10-17', None, None, None)
    """
    return edtf if edtf and len(edtf) == 10 and all(parse(edtf)) and span(edtf) else None

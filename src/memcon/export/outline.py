"""Memorandum → outline: the paper's headings and lines, in a ministry's order, each with the words that it rests on.

The text and the page are two renderings of this one outline, so that they say the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

from memcon.export.wording import clean, country, day, label, language, period
from memcon.model import Agreement, Document, Meeting, Memorandum, Person, Record, Span, Statement, Visit

__all__ = ["Line", "Outline", "Section", "numbers", "outline"]

_T = TypeVar("_T")
_AGREED: Final = "agree"
_NOT_HELD: Final = frozenset({"planned", "postponed", "cancelled", "denied"})


class Line(NamedTuple):
    """A line of the paper. ``depth`` is its indent from 0; ``spans`` are the words of the report that it rests on."""

    depth: int
    text: str
    spans: tuple[Span, ...] = ()
    tag: str = ""


class Section(NamedTuple):
    """A numbered part of the paper. ``kind`` names it for machines (and colours)."""

    kind: str
    title: str
    lines: list[Line]


class Outline(NamedTuple):
    """The whole paper: tagged lines of the heading (who, what, where, when), then the sections that are not empty."""

    title: str
    heading: list[Line]
    sections: list[Section]


def outline(document: Document, memorandum: Memorandum) -> Outline:
    """The paper on one report."""
    paper = _Paper(document, memorandum)
    sections = [
        Section("people", "Participants", list(paper.participants())),
        Section("people", "Expected to take part", list(paper.expected())),
        Section("people", "Also named", list(paper.bystanders())),
        Section("visits", "Visits", list(paper.visits(held=True))),
        Section("meetings", "Meetings", list(paper.meetings(held=True))),
        Section("statements", "What was said", list(paper.said())),
        Section("agreements", "Agreed and signed", list(paper.agreed())),
        Section("planned", "Planned, postponed, cancelled", list(paper.planned())),
        Section("doubts", "Doubts", [Line(0, clean(x.message), tuple(x.spans), label(x.kind)) for x in memorandum.issues]),
    ]
    return Outline(clean(memorandum.id), list(paper.heading()), [x for x in sections if x.lines])


def numbers(starts: Sequence[int], spans: Iterable[Span]) -> list[int]:
    """Numbers, from 1, of the sentences that ``spans`` start in; words between two sentences count with the one before.

    ``starts`` are the offsets at which the sentences start, in order.
    """
    return sorted({max(1, bisect_right(starts, x.start)) for x in spans}) if starts else []


class _Paper:
    """Builds the parts of one outline; what each part needs to know of the whole is found once."""

    def __init__(self, document: Document, memorandum: Memorandum) -> None:
        self._document = document
        self._memo = memorandum
        self._people = {x.name: x for x in memorandum.people}
        self._held = [x for x in memorandum.meetings if x.status not in _NOT_HELD]
        # By name, so that a long report costs no more a line than a short one.
        self._meetings_of: dict[str, set[int]] = {}
        for i, meeting in enumerate(self._held):
            for name in (*meeting.hosts, *meeting.guests):
                self._meetings_of.setdefault(name, set()).add(i)

    # -- heading

    def heading(self) -> Iterator[Line]:
        """Who, what, where, when, and which report."""
        memo = self._memo
        meetings: Sequence[Meeting] = self._held or memo.meetings
        visits = [x for x in memo.visits if x.status not in _NOT_HELD] or memo.visits
        yield Line(0, self._who(meetings, visits) or "nobody in contact", tag="Who")
        events = [*(self._event(x) for x in visits), *(self._event(x) for x in meetings)]
        kinds = _unique(events) or [f"{label(x.kind)} ({label(x.status)})" for x in memo.agreements]
        yield Line(0, "; ".join(kinds) or "no contact told", tag="What")
        places = _unique([*(x.place for x in meetings if x.place), *(country(x.to) for x in visits if x.to)])
        yield Line(0, clean("; ".join(places)) or "not said", tag="Where")
        dates = [*(period(x.start, x.end) for x in visits), *(day(x.date) for x in meetings if x.date)]
        yield Line(0, "; ".join(_unique(x for x in dates if x)) or "not decided", tag="When")
        yield Line(0, self._report(), tag="Report")

    def _event(self, event: Visit | Meeting) -> str:
        kind = f"{label(event.kind)} visit" if isinstance(event, Visit) and event.kind != "unspecified" else label(event.kind)
        kind = "visit" if kind == "unspecified" else kind
        return f"{kind} ({label(event.status)})" if event.status in _NOT_HELD else kind

    def _who(self, meetings: Sequence[Meeting], visits: Sequence[Visit]) -> str:
        names = _unique([*(n for x in visits for n in x.visitors), *(n for x in meetings for n in (*x.guests, *x.hosts))])
        sides: dict[str, list[str]] = {}
        for name in names:
            code = self._people[name].country if name in self._people else None
            sides.setdefault(country(code) if code else "", []).append(clean(name))
        return "; ".join(f"{side}: {', '.join(x)}" if side else ", ".join(x) for side, x in sides.items())

    def _report(self) -> str:
        published = f"published {day(self._memo.published)}" if self._memo.published else "day of publication not known"
        parts = [self._memo.outlet, published, language(self._memo.language) if self._memo.language else None]
        return clean(", ".join(x for x in parts if x))

    # -- people

    def _taking_part(self, *, held: bool) -> list[str]:
        """Who takes part in what is held, and speaks or signs; or else who is to take part in what is not (yet)."""
        memo = self._memo
        events = [
            *((x.status, x.visitors) for x in memo.visits),
            *((x.status, [*x.guests, *x.hosts]) for x in memo.meetings),
            *((x.status, x.signers) for x in memo.agreements),
            *(("occurred", x.speakers) for x in memo.statements),
        ]
        return _unique(name for status, names in events if (status not in _NOT_HELD) is held for name in names)

    def participants(self) -> Iterator[Line]:
        """Those who take part, by side, with every capacity; bodies that nobody stands for come last."""
        yield from self._group(self._taking_part(held=True))

    def expected(self) -> Iterator[Line]:
        """Those who only take part in what is planned, postponed or cancelled."""
        here = set(self._taking_part(held=True))
        yield from self._group([x for x in self._taking_part(held=False) if x not in here])

    def _group(self, taking: list[str]) -> Iterator[Line]:
        names = set(taking)
        sides: dict[str, list[Person]] = {}
        for person in self._memo.people:
            if person.name in names:
                sides.setdefault(person.country or "", []).append(person)
        for code, people in sides.items():
            yield Line(0, country(code) if code else "No side given")
            for person in people:
                yield from self._person(person, 1)
        bodies = [x for x in taking if x not in self._people]
        if bodies:
            yield Line(0, "Bodies and others, as named")
            words = self._words_for_bodies(set(bodies))
            yield from (Line(1, clean(x), words[x]) for x in bodies)

    def bystanders(self) -> Iterator[Line]:
        """People whom the report names, but who take no part."""
        taking = {*self._taking_part(held=True), *self._taking_part(held=False)}
        for person in self._memo.people:
            if person.name not in taking:
                yield from self._person(person, 0)

    def _person(self, person: Person, depth: int) -> Iterator[Line]:
        also = f" (also: {', '.join(person.aliases)})" if person.aliases else ""
        yield Line(depth, clean(person.name + also), _spans(person, "name"))
        for position in person.positions:
            body = f", {position.organization}" if position.organization else ""
            yield Line(depth + 1, clean(position.title + body), _spans(position))
            yield from _inferred(position, depth + 2)
        yield from _inferred(person, depth + 1)

    def _words_for_bodies(self, bodies: set[str]) -> dict[str, tuple[Span, ...]]:
        """Where the first record that lists a body rests."""
        lists: list[tuple[Record, str, Sequence[str]]] = [
            *((x, "visitors", x.visitors) for x in self._memo.visits),
            *((x, field, getattr(x, field)) for x in self._memo.meetings for field in ("hosts", "guests")),
            *((x, "signers", x.signers) for x in self._memo.agreements),
            *((x, "speakers", x.speakers) for x in self._memo.statements),
        ]
        found: dict[str, tuple[Span, ...]] = {}
        for record, field, names in lists:
            for name in bodies.intersection(names) - found.keys():
                found[name] = _spans(record, field)
        return found

    # -- events

    def visits(self, *, held: bool) -> Iterator[Line]:
        """Visits, those that take place or those that do not (yet)."""
        for visit in self._memo.visits:
            if (visit.status not in _NOT_HELD) is not held:
                continue
            kind = "Visit" if visit.kind == "unspecified" else f"{label(visit.kind).capitalize()} visit"
            way = [f"from {country(visit.from_)}" if visit.from_ else "", f"to {country(visit.to)}" if visit.to else ""]
            text = ", ".join(x for x in (" ".join([kind, *filter(None, way)]), period(visit.start, visit.end), label(visit.status)) if x)
            yield Line(0, text, _spans(visit))
            yield from _list(visit, "visitors", "Visitors", visit.visitors)
            yield from _list(visit, "delegation", "Delegation", [visit.delegation] if visit.delegation else [])
            yield from _list(visit, "inviters", "Invited by", visit.inviters)
            yield from _inferred(visit, 1)

    def meetings(self, *, held: bool) -> Iterator[Line]:
        """Meetings, those held or those not (yet)."""
        for meeting in self._memo.meetings:
            if (meeting.status not in _NOT_HELD) is not held:
                continue
            when = day(meeting.date) if meeting.date else "date not decided"
            place = clean(meeting.place) if meeting.place else "place not said"
            status = label(meeting.status) if not held else ""
            yield Line(0, ", ".join(x for x in (label(meeting.kind).capitalize(), when, place, status) if x), _spans(meeting))
            yield from _list(meeting, "hosts", "Hosts", meeting.hosts)
            yield from _list(meeting, "guests", "Guests", meeting.guests)
            yield from _inferred(meeting, 1)

    # -- words and papers

    def said(self) -> Iterator[Line]:
        """Statements by meeting, where exactly one held meeting has all their speakers and addressees, then by speaker."""
        groups: dict[int | None, dict[tuple[str, ...], list[Statement]]] = {}
        for x in self._memo.statements:
            if x.act != _AGREED:
                groups.setdefault(self._meeting_of(x), {}).setdefault(tuple(x.speakers), []).append(x)
        headed = any(x is not None for x in groups)
        for place in sorted(groups, key=lambda x: len(self._held) if x is None else x):
            if headed:
                yield Line(0, "Elsewhere, or meeting not said" if place is None else f"At the {self._named(self._held[place])}")
            for speakers, said in groups[place].items():
                yield Line(int(headed), clean(", ".join(speakers)) or "Speaker not said")
                yield from (self._statement(x, 1 + headed) for x in said)

    def _meeting_of(self, statement: Statement) -> int | None:
        if not statement.speakers:
            return None
        fitting = set.intersection(*(self._meetings_of.get(x, set()) for x in (*statement.speakers, *statement.addressees)))
        return fitting.pop() if len(fitting) == 1 else None

    def _named(self, meeting: Meeting) -> str:
        return label(meeting.kind) + (f" of {day(meeting.date)}" if meeting.date else "")

    def _statement(self, x: Statement, depth: int) -> Line:
        words = clean(x.text or self._document.text[x.evidence.start : x.evidence.end] or x.cue)
        to = f" — to {clean(', '.join(x.addressees))}" if x.addressees else ""
        by = f" — on behalf of {clean(x.principal)}" if x.principal else ""
        return Line(depth, f"“{words}”{to}{by}", _spans(x), label(x.act))

    def agreed(self) -> Iterator[Line]:
        """Papers that exist, each with its term, then what was agreed by word."""
        for paper in self._memo.agreements:
            if paper.status not in _NOT_HELD:
                yield from self._agreement(paper)
        by_word: dict[tuple[str, ...], list[Statement]] = {}
        for x in self._memo.statements:
            if x.act == _AGREED:
                by_word.setdefault(tuple(x.speakers), []).append(x)
        for speakers, said in by_word.items():
            yield Line(0, f"By word: {clean(', '.join(speakers)) or 'speakers not said'}")
            yield from (self._statement(x, 1) for x in said)

    def _agreement(self, x: Agreement) -> Iterator[Line]:
        subject = f" on {x.subject}" if x.subject else ""
        signed = f"signed {day(x.signed)}" if x.signed else label(x.status)
        yield Line(0, clean(f"{label(x.kind).capitalize()}{subject}, {signed}"), _spans(x))
        yield from _list(x, "parties", "Parties", x.parties)
        yield from _list(x, "signers", "Signed by", x.signers)
        term = period(x.start, x.end)
        yield from _list(x, "start", "Term", [term] if term else [])
        if x.signed and x.status != "signed":
            yield from _list(x, "status", "Status", [label(x.status)])
        yield from _inferred(x, 1)

    def planned(self) -> Iterator[Line]:
        """What has not taken place, or not yet."""
        yield from self.visits(held=False)
        yield from self.meetings(held=False)
        for paper in self._memo.agreements:
            if paper.status in _NOT_HELD:
                yield from self._agreement(paper)


def _unique(values: Iterable[_T]) -> list[_T]:
    """Each value once, in order of its first appearance."""
    return list(dict.fromkeys(values))


def _spans(record: Record, field: str | None = None) -> tuple[Span, ...]:
    """The words behind a field, else behind the record as a whole."""
    found = record.evidence.fields.get(field, []) if field else []
    return tuple(Span(*x) for x in found) or (Span(record.evidence.start, record.evidence.end),)


def _list(record: Record, field: str, title: str, values: Sequence[str]) -> Iterator[Line]:
    """A tagged line of names, if there are any."""
    if values:
        yield Line(1, clean("; ".join(values)), _spans(record, field), title)


def _inferred(record: Record, depth: int) -> Iterator[Line]:
    """How each inferred value was reached."""
    for field, why in sorted(record.derivation.items()):
        yield Line(depth, clean(f"{label(field).strip()}: {why}"), _spans(record, field), "Inferred")

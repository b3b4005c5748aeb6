"""What the page of one contact (a visit or a meeting), agreement or statement shows: by side, by report, and where reports differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from memcon import view
from memcon.browse import Browser, Claim, Report, ReportText
from memcon.export.wording import country, day, label, names
from memcon.langs.fold import fold
from memcon.model import Person, Span
from memcon.web.marking import Mark

__all__ = [
    "FAMILY",
    "Attendee",
    "Brief",
    "Capacity",
    "Contact",
    "Field",
    "Group",
    "Row",
    "Saying",
    "Side",
    "Told",
    "Words",
    "brief",
    "contact",
    "headline",
    "marks_by_report",
    "wording",
]

SHOWN: Final = 6  # reports whose whole text stands on the page
_OPEN: Final = frozenset(("planned", "postponed"))
_SIDES: Final = {"visits": (("visitors", "Visitors"), ("inviters", "Invited by")), "meetings": (("guests", "Guests"), ("hosts", "Hosts")), "agreements": (("signers", "Signed by"),),
                 "statements": (("speakers", "Said by"), ("addressees", "Said to"))}  # fmt: skip
_FIELDS: Final = {
    "visits": (
        ("kind", "Kind"),
        ("status", "Status"),
        ("start", "First day"),
        ("end", "Last day"),
        ("from_", "From"),
        ("to", "To"),
        ("delegation", "Delegation"),
    ),
    "meetings": (("kind", "Kind"), ("status", "Status"), ("date", "Day"), ("place", "Place")),
    "agreements": (
        ("kind", "Kind"),
        ("subject", "Subject"),
        ("status", "Status"),
        ("signed", "Signed"),
        ("start", "Term from"),
        ("end", "Term until"),
        ("parties", "Parties"),
    ),
    "statements": (("act", "Act"), ("principal", "On behalf of")),
}
_COLOUR: Final = {"kind": "what", "status": "what", "act": "what", "date": "when", "start": "when", "end": "when", "signed": "when", "place": "where", "from_": "where", "to": "where",
                  "subject": "paper", "parties": "who", "delegation": "who", "principal": "who"}  # fmt: skip


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a report: characters ``start`` to ``end`` of its text."""

    report: str
    start: int
    end: int
    quote: str
    kind: str = "what"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A value that reports give, with their words."""

    value: str
    words: list[Words]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field: its value, how it follows, what each report says of it."""

    name: str
    label: str
    value: str
    derivation: str | None = None
    told: list[Told] = []


class Capacity(msgspec.Struct, frozen=True, kw_only=True):
    """An office as the reports of this contact title it."""

    title: str
    organization: str | None
    words: list[Words]


class Attendee(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who took part, in which capacities; a body has an id that starts with ``b:``."""

    id: str
    name: str
    country: str | None = None
    capacities: list[Capacity] = []
    words: list[Words] = []


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a contact."""

    role: str
    label: str
    people: list[Attendee]


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """One thing said at a contact."""

    id: str
    act: str
    speakers: list[view.Participant]
    addressees: list[view.Participant]
    principal: str | None
    text: str
    words: list[Words]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the comparison of reports: what is said, and the words of each report that says it (by report id)."""

    section: str
    text: str
    said_in: dict[str, list[Words]]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Lines that the same reports say: all of them (``only`` None), or one alone (its id); ``some`` for those that several but not all say."""

    only: str | None
    some: bool
    rows: list[Row]


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A related thing in a line."""

    id: str
    family: str
    kind: str
    status: str
    day: str | None
    title: str


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the page shows. ``texts`` are the whole texts of the first reports."""

    family: str
    title: str
    thing: view.Thing
    sides: list[Side]
    fields: list[Field]
    said: list[Saying]
    agreed: list[Saying]
    visit: Brief | None
    holds: list[Brief]
    agreements: list[Brief]
    planned: list[Brief]
    reports: list[Report]
    texts: list[ReportText]
    compared: list[Group]


def contact(browser: Browser, thing: view.Thing, family: str) -> Contact:
    """The page of a thing."""
    return _Assembling(browser, thing, family).page()


class _Assembling:
    """Gathers what one page shows, each report's text read once."""

    def __init__(self, browser: Browser, thing: view.Thing, family: str) -> None:
        self.browser, self.thing, self.family = browser, thing, family
        ids = list(dict.fromkeys(q.document for q in thing.sources))
        self.claims = sorted(browser.claims_of(thing.id), key=lambda c: ids.index(c.document) if c.document in ids else len(ids))
        self.reports = [r for i in ids if (r := browser.report(i)) is not None]
        self.texts = {r.id: r.text for r in self.reports}
        self.people = {i: browser.people_of_report(i) for i in self.texts}
        self.around = self._around()

    def page(self) -> Contact:
        fields = self._fields()
        sides = self._sides()
        said = self._said()
        related = self._related()
        return Contact(
            family=self.family, title=headline(self.thing), thing=self.thing, sides=sides, fields=fields,
            said=[s for s in said if s.act != "agree"], agreed=[s for s in said if s.act == "agree"],
            visit=next((b for b in related if b.id == getattr(self.thing, "visit", None) and b.id != self.thing.id), None),
            holds=[b for b in related if b.family in ("meetings", "visits") and self.thing.id.startswith("v-") and b.id in getattr(self.thing, "holds", ())],
            agreements=[b for b in related if b.family == "agreements" and b.status not in _OPEN],
            planned=[b for b in related if b.status in _OPEN],
            reports=[_meta(r) for r in self.reports], texts=self.reports[:SHOWN], compared=_grouped(self._rows(fields, sides, said), [r.id for r in self.reports]),
        )  # fmt: skip

    # -- words --------------------------------------------------------------------------------------------------------

    def _words(self, document: str, spans: Iterable[Span], kind: str) -> list[Words]:
        text = self.texts.get(document, "")
        return [Words(report=document, start=s, end=e, quote=text[s:e], kind=kind) for s, e in spans if 0 <= s < e <= len(text)]

    def _field_words(self, claim: Claim, field: str) -> list[Words]:
        evidence = claim.record.evidence
        spans = evidence.fields.get(field.rstrip("_")) or evidence.fields.get(field) or [Span(evidence.start, evidence.end)]
        return self._words(claim.document, spans, _COLOUR.get(field, "what"))

    # -- fields -------------------------------------------------------------------------------------------------------

    def _fields(self) -> list[Field]:
        found = []
        for name, title in _FIELDS[self.family]:
            own = getattr(self.thing, "kind" if name == "act" else name, None)
            told: dict[str, list[Words]] = {}
            for c in self.claims:
                for value in _several(getattr(c.record, name, None)):
                    told.setdefault(value, []).extend(self._field_words(c, name))
            if own or told:
                value = "; ".join(_several(own))
                found.append(
                    Field(
                        name=name.rstrip("_"),
                        label=title,
                        value=value,
                        derivation=self._why(name),
                        told=[Told(value=v, words=w) for v, w in told.items()],
                    )
                )
        return found

    def _why(self, name: str) -> str | None:
        own = self.thing.derivation.get(name.rstrip("_"))
        return own or next((c.record.derivation[name.rstrip("_")] for c in self.claims if name.rstrip("_") in c.record.derivation), None)

    # -- people -------------------------------------------------------------------------------------------------------

    def _sides(self) -> list[Side]:
        found = []
        for role, title in _SIDES[self.family]:
            people = [self._attendee(p, role) for p in getattr(self.thing, role, ())]
            if people:
                found.append(Side(role=role, label=title, people=people))
        return found

    def _attendee(self, p: view.Participant, role: str) -> Attendee:
        claims = [c for cs in self.people.values() for c in cs if c.thing == p.id]
        posts: dict[tuple[str, str], list[tuple[str, str | None, list[Words]]]] = {}
        for c in claims:
            assert isinstance(c.record, Person)
            for post in c.record.positions:
                e = post.evidence
                said = (post.title, post.organization, self._words(c.document, [Span(e.start, e.end)], "who"))
                posts.setdefault((fold(post.title), fold(post.organization or "")), []).append(said)
        capacities = [Capacity(title=g[0][0], organization=g[0][1], words=[w for _, _, ws in g for w in ws]) for g in posts.values()]
        named = [
            w
            for c in claims
            for w in self._words(
                c.document, (c.record.evidence.fields.get("name") or [Span(c.record.evidence.start, c.record.evidence.end)])[:1], "who"
            )
        ]
        own = next((c.record.country for c in claims if isinstance(c.record, Person) and c.record.country), None)
        words = named or [w for c in self.claims for w in self._field_words(c, role)][:3]
        return Attendee(id=p.id, name=p.name, country=own, capacities=capacities, words=words)

    # -- what belongs to it -------------------------------------------------------------------------------------------

    def _around(self) -> list[view.Thing]:
        """The other things of the same reports, and of the same visit."""
        ids = {c.thing: None for d in self.texts for c in self.browser.claims_of_report(d)}
        visit = getattr(self.thing, "visit", None)
        held = getattr(self.thing, "holds", None) or (self.browser.held_by(visit) if visit else [])
        wanted = [i for i in (*ids, *held, *filter(None, (visit,))) if i != self.thing.id]
        return self.browser.things(list(dict.fromkeys(wanted)))

    def _there(self) -> set[str]:
        """Everyone who took part, in what a visit holds too."""
        held = set(getattr(self.thing, "holds", ()))
        return {p for t in (self.thing, *(x for x in self.around if x.id in held)) for p in _ids(t)}

    def _said(self) -> list[Saying]:
        if self.family in ("agreements", "statements"):
            return []
        there = self._there()
        found = [
            t for t in self.around if isinstance(t, view.StatementThing) and {p.id for p in (*t.speakers, *t.addressees)} <= there and t.speakers
        ]
        ordered = sorted(found, key=lambda t: (t.sources[0].report, t.sources[0].start, t.id))
        return [
            Saying(
                id=t.id, act=t.kind, speakers=t.speakers, addressees=t.addressees, principal=t.principal, text=t.text,
                words=[w for q in t.sources for w in self._words(q.document, [Span(q.start, q.end)], "said")],
            )
            for t in ordered
        ]  # fmt: skip

    def _related(self) -> list[Brief]:
        """Visits, meetings and papers of the same visit, and plans of the same people."""
        visit = getattr(self.thing, "visit", None)
        held = {*getattr(self.thing, "holds", ()), *(self.browser.held_by(visit) if visit else ())}
        mine = {i for i in _ids(self.thing) if i.startswith("p-")}
        found = []
        for t in self.around:
            if isinstance(t, view.StatementThing):
                continue
            if t.id == visit or t.id in held or getattr(t, "visit", "") == self.thing.id or (t.status in _OPEN and mine & _ids(t)):
                found.append(brief(t))
        return sorted(found, key=lambda b: (b.day or "9", b.id))

    # -- reports side by side -----------------------------------------------------------------------------------------

    def _rows(self, fields: Sequence[Field], sides: Sequence[Side], said: Sequence[Saying]) -> list[Row]:
        if len(self.reports) < 2:
            return []
        rows = []
        for side in sides:
            for p in side.people:
                rows.append(Row(section="Who", text=p.name, said_in=_by_report(p.words)))
                rows += [
                    Row(section="Who", text=f"{p.name}: {c.title}" + (f", {c.organization}" if c.organization else ""), said_in=_by_report(c.words))
                    for c in p.capacities
                ]
        rows += [Row(section="What", text=f"{f.label}: {wording(f.name, t.value)}", said_in=_by_report(t.words)) for f in fields for t in f.told]
        rows += [
            Row(section="Said", text=f"{', '.join(p.name for p in s.speakers)}, {label(s.act)}: {s.text}", said_in=_by_report(s.words)) for s in said
        ]
        return [r for r in rows if r.said_in]


def _grouped(rows: Sequence[Row], reports: Sequence[str]) -> list[Group]:
    """Lines by who says them: all, some, then each report alone."""
    whole = [r for r in rows if len(r.said_in) == len(reports)]
    some = [r for r in rows if 1 < len(r.said_in) < len(reports)]
    alone = [Group(only=d, some=False, rows=found) for d in reports if (found := [r for r in rows if list(r.said_in) == [d]])]
    return [*([Group(only=None, some=False, rows=whole)] if whole else []), *([Group(only=None, some=True, rows=some)] if some else []), *alone]


def headline(thing: view.Thing) -> str:
    """A thing in a line: its kind and who took part.

    Bodies stand where no person is named.
    """
    kind = label(thing.kind or "contact")
    if isinstance(thing, view.VisitThing):
        who = names(p.name for p in thing.visitors) or thing.delegation or ""
        kind = "visit" if thing.kind == "unspecified" else f"{kind} visit"
        return _capital(f"{kind}{f' to {country(thing.to)}' if thing.to else ''}{f': {who}' if who else ''}")
    if isinstance(thing, view.MeetingThing):
        ends = [names(p.name for p in side) for side in (thing.guests, thing.hosts) if side]
        return _capital(f"{kind}: {' and '.join(ends)}") if ends else _capital(kind)
    if isinstance(thing, view.AgreementThing):
        return _capital(f"{kind}{f' on {thing.subject}' if thing.subject else ''}") + (f": {' and '.join(thing.parties)}" if thing.parties else "")
    assert isinstance(thing, view.StatementThing)
    return _capital(f"{kind}: {names(p.name for p in thing.speakers)}")


def brief(thing: view.Thing) -> Brief:
    """A thing in a line."""
    own = next((v for f in ("date", "signed", "start") if (v := getattr(thing, f, None))), None)
    return Brief(id=thing.id, family=FAMILY[thing.id[0]], kind=thing.kind, status=thing.status, day=own, title=headline(thing))


FAMILY: Final = {letter: family for family, letter in view.LETTERS.items()}


def marks_by_report(page: Contact) -> dict[str, list[Mark]]:
    """All words that the page points at, by report."""
    found: dict[str, list[Mark]] = {}
    words: list[Words] = [w for f in page.fields for t in f.told for w in t.words]
    words += [w for s in page.sides for p in s.people for w in (*p.words, *(x for c in p.capacities for x in c.words))]
    words += [w for s in (*page.said, *page.agreed) for w in s.words]
    for w in words:
        found.setdefault(w.report, []).append(Mark(start=w.start, end=w.end, kind=w.kind))
    if page.family == "statements":
        for q in page.thing.sources:
            found.setdefault(q.document, []).append(Mark(start=q.start, end=q.end, kind="said"))
    for conflict in page.thing.conflicts:
        for value in conflict.values:
            for q in value.said_by:
                found.setdefault(q.document, []).append(Mark(start=q.start, end=q.end, kind="who" if conflict.field.startswith("title") else "what"))
    return found


def wording(field: str, value: str) -> str:
    """A field's value for people."""
    if field in ("kind", "status", "act"):
        return "not said" if value == "unspecified" else label(value)
    if field in ("from", "to"):
        return country(value)
    if field in ("date", "start", "end", "signed"):
        return day(value)
    return value


def _ids(thing: view.Thing) -> set[str]:
    return {p.id for f in ("visitors", "inviters", "hosts", "guests", "signers") for p in getattr(thing, f, ())}


def _meta(r: ReportText) -> Report:
    return Report(id=r.id, name=r.name, outlet=r.outlet, url=r.url, language=r.language, published=r.published, added=r.added)


def _by_report(words: Iterable[Words]) -> dict[str, list[Words]]:
    found: dict[str, list[Words]] = {}
    for w in words:
        found.setdefault(w.report, []).append(w)
    return found


def _several(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return [str(x) for x in value] if isinstance(value, list) else [str(value)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""The readouts of one contact next to each other: what both sides' reports say, what only one side's do, and where they differ on who said it.

A report speaks for a side only where its outlet is known to be at home there (`memcon.follow.notes.sources_of`). Where one side has
no readout nothing is said to be "only" the other's: it cannot be known what was left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from memcon import view
from memcon.follow.formula import Line, likeness, line, weights
from memcon.follow.known import Moment
from memcon.follow.notes import Notes
from memcon.ledger.store import NoSuchThing
from memcon.query import Ledger

__all__ = ["Compared", "Readout", "Readouts", "Version", "readouts"]

BOTH, ALONE, OTHERS, CONFLICTING, UNCOMPARED = "both", "only", "others", "conflicting", "uncompared"
_ORDER: Final = (CONFLICTING, BOTH, ALONE, UNCOMPARED, OTHERS)


class Readout(msgspec.Struct, frozen=True, kw_only=True):
    """A report of the contact. ``home`` is the country its outlet speaks from (ISO code), ``by`` how that is known."""

    document: str
    report: str
    outlet: str | None
    home: str | None
    by: str


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """How one report has a line. ``side`` is the country of those who are said to have said it, None for both or unknown; ``home`` the report's."""

    home: str | None
    outlet: str | None
    side: str | None
    speakers: list[str]
    act: str
    text: str
    source: view.Quotation


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A line or a field across the readouts.

    ``kind``: both (both sides' readouts have it), only (only those of ``home``), conflicting (they differ: of a field in its values, of a line in who said
    it, ``raised_by`` by home), others (only reports of third countries or of unknown home), uncompared (one side has no readout).
    """

    kind: str
    what: str
    home: str | None = None
    raised_by: dict[str, list[str]] = {}
    versions: list[Version]


class Readouts(msgspec.Struct, frozen=True, kw_only=True):
    """The readouts of a contact, ``comparable`` where both sides have one."""

    contact: str
    sides: list[str]
    on: str | None
    comparable: bool
    reports: list[Readout]
    lines: list[Compared]


def readouts(ledger: Ledger, contact: str, *, on: str | None = None) -> Readouts:
    """What the reports of a meeting or visit (its id) say, side by side, as known on a day (EDTF).

    Raises:
        NoSuchThing: no meeting or visit has that id, or none was known then.
        LedgerError: ``on`` is no date.
    """
    with ledger.snapshot():
        return _Comparing(Moment(ledger, on), contact).made()


class _Comparing:
    """Compares the reports of one contact."""

    def __init__(self, moment: Moment, contact: str) -> None:
        self.moment = moment
        found = moment.browser.thing(moment.ledger.thing_of(contact))
        if not isinstance(found, view.MeetingThing | view.VisitThing):
            raise NoSuchThing(moment.store.path, f"{contact} is no meeting and no visit")
        known = next(moment.as_known([found]), None)
        if known is None:
            raise NoSuchThing(moment.store.path, f"no report known on {moment.on} tells of {contact}")
        self.thing: view.MeetingThing | view.VisitThing = known
        held = moment.browser.things(known.holds) if isinstance(known, view.VisitThing) else []
        self.things: list[view.Thing] = [known, *moment.as_known(held)]
        self.notes = Notes(moment.ledger)
        self.documents = list(dict.fromkeys(q.document for t in self.things for q in t.sources if moment.knows(q.document)))
        self.sides = sorted(known.countries)
        self.reports = self._reports()
        self._homes = {r.document: r.home for r in self.reports}
        homes = {r.home for r in self.reports}
        self.comparable = len(self.sides) > 1 and len(homes & set(self.sides)) > 1

    def made(self) -> Readouts:
        """The comparison."""
        said = self._said()
        shown = {(v.source.document, v.source.start) for x in said if x.kind == CONFLICTING for v in x.versions}
        # That reports differ on who spoke is shown once, with the lines.
        fields = [x for x in self._fields() if not any((v.source.document, v.source.start) in shown for v in x.versions)]
        lines = [*fields, *said]
        lines.sort(key=lambda x: _ORDER.index(x.kind))
        return Readouts(contact=self.thing.id, sides=self.sides, on=self.moment.on, comparable=self.comparable, reports=self.reports, lines=lines)

    def _reports(self) -> list[Readout]:
        names = {q.document: q.report for t in self.things for q in t.sources}
        found = []
        for d in self.documents:
            source = self.notes.source(d)
            found.append(Readout(document=d, report=names[d], outlet=source.outlet, home=source.home, by=source.by))
        return sorted(found, key=lambda r: (r.home not in self.sides, r.home or "~", r.report))

    def _fields(self) -> list[Compared]:
        """Fields on which the reports differ; what a visit and its meetings share, once."""
        found: dict[str, Compared] = {}
        for t in self.things:
            for c in t.conflicts:
                versions = [self._valued(v, q) for v in c.values for q in v.said_by if self.moment.knows(q.document)]
                found.setdefault(c.field if c.field.startswith("title") else f"{c.field}, {t.id}", Compared(kind=CONFLICTING, what=c.field, versions=versions))
        return list(found.values())

    def _valued(self, value: view.Value, q: view.Quotation) -> Version:
        return Version(home=self._homes.get(q.document), outlet=self._outlet(q), side=None, speakers=[], act="", text=value.value, source=q)

    def _outlet(self, q: view.Quotation) -> str | None:
        return self.notes.source(q.document).outlet

    # -- what was said ------------------------------------------------------------------------------------------------

    def _said(self) -> list[Compared]:
        told = [(v, line(v.text, self.sides, v.speakers)) for s in self._statements() for v in self._versions(s)]
        weight = weights(x for _, x in told)
        groups: list[list[tuple[Version, Line]]] = []
        for v, words in told:
            near = [(max(likeness(words, other, weight) for _, other in g), -i) for i, g in enumerate(groups) if all(o.source.document != v.source.document for o, _ in g)]
            best = max(near, default=(0.0, 0))
            if best[0] > 0:
                groups[-best[1]].append((v, words))
            else:
                groups.append([(v, words)])
        return [self._compared([v for v, _ in g]) for g in groups]

    def _statements(self) -> list[view.StatementThing]:
        """What was said at the contact: by those who took part in it, or by the sides in reports that tell of no other contact."""
        there = {p.id for t in self.things for f in ("hosts", "guests", "visitors", "inviters") for p in getattr(t, f, ())}
        found = []
        for s in self.moment.statements_in(self.documents):
            people = {p.id for p in (*s.speakers, *s.addressees)}
            sides = {self.moment.country_of(p) for p in s.speakers}
            if s.speakers and sides <= set(self.sides) and (people <= there or isinstance(self.thing, view.VisitThing)):
                found.append(s)
        return sorted(found, key=lambda s: (self.documents.index(s.sources[0].document) if s.sources[0].document in self.documents else 0, s.sources[0].start, s.id))

    def _versions(self, s: view.StatementThing) -> list[Version]:
        sides = sorted({c for p in s.speakers if (c := self.moment.country_of(p))})
        return [
            Version(home=self._homes.get(q.document), outlet=self._outlet(q), side=sides[0] if len(sides) == 1 else None, speakers=[p.name for p in s.speakers], act=s.kind, text=s.text, source=q)
            for q in s.sources
            if q.document in self._homes
        ]  # fmt: skip

    def _compared(self, versions: Sequence[Version]) -> Compared:
        homes = {v.home for v in versions} & set(self.sides)
        raised: dict[str, list[str]] = {}
        for v in versions:
            raised.setdefault(v.home or "", []).extend([v.side] if v.side and v.side not in raised.get(v.home or "", ()) else [])
        sides = {v.side for v in versions if v.side}
        if len(sides) > 1 and len({v.source.document for v in versions}) > 1:
            kind = CONFLICTING
        elif not homes:
            kind = OTHERS
        elif not self.comparable:
            kind = UNCOMPARED
        else:
            kind = BOTH if len(homes) > 1 else ALONE
        return Compared(
            kind=kind, what="who said it" if kind == CONFLICTING else "said", home=next(iter(homes)) if kind == ALONE else None,
            raised_by={h: sorted(x) for h, x in sorted(raised.items()) if x}, versions=sorted(versions, key=lambda v: (v.home not in self.sides, v.home or "~", v.source.report, v.source.start)),
        )  # fmt: skip

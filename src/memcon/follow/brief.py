"""The brief for a next meeting, in the form that ministries use.

Last contacts, who the other side is, what each side asked, what is owed, signed and planned, how the wording moved, and what
will likely come up. Each line has its footnotes; an empty part says what was looked for and not found.

    from memcon import Ledger
    from memcon.follow.brief import brief

    with Ledger("memcon.db", readonly=True) as ledger:
        paper = brief(ledger, "KH-VN", on="2022-11-01", ours="KH")

Nothing here is phrased by memcon but the frame of a line; what was said stands in the words of the reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

import msgspec

from memcon import view
from memcon.browse import Filters, country_code, pair_code
from memcon.codebook.load import table
from memcon.errors import BadFilter, MemconError
from memcon.follow import plans, register
from memcon.follow.commitments import Commitment, of_statement
from memcon.follow.grades import TRACKED, graded
from memcon.follow.known import Moment
from memcon.follow.notes import Note, Notes
from memcon.follow.plans import PlanEntry
from memcon.follow.register import RegisterEntry
from memcon.follow.topics import label as topic_label
from memcon.follow.topics import topics_of
from memcon.follow.wording import Shift, Silence, Watch
from memcon.holding import occupancies
from memcon.langs.wording import clean, country, day, label, period
from memcon.ledger.store import NoSuchThing
from memcon.query import Ledger, Occupancy
from memcon.resolve.offices import same_body
from memcon.resolve.times import span
from memcon.view import Quotation

__all__ = ["Brief", "Group", "Line", "NoSubject", "Section", "brief"]

CONTACTS: Final = 8
"""Contacts that stand in the brief; what was said is looked for at more (`LOOKED`)."""
LOOKED: Final = 60
"""Meetings and visits, the newest, whose reports are searched for asks, promises and points."""
_PEOPLE: Final = 6
_LINES: Final = 8
_CONTACTS_CITED: Final = 4  # reports of a point that was raised more than once
_CITED: Final = 2  # reports of a thing that are cited
_FOOTNOTES: Final = 5
_FIELDS: Final = ("date", "start", "end", "inviters", "signers", "parties")
"""Fields whose words are cited beside those that tell of a thing."""
_PLANNED: Final = 60  # plans, the newest, that are looked at
_SOON: Final = 366
"""Days before its end in which an agreement is said to expire soon."""
_FOLLOWED: Final = 12  # promises of a side, the newest, that are followed up
_GENERAL: Final = 8
_FULFILLING: Final = 4
_STATES: Final = ("overdue", "open", "partly done", "no word since", "done", "dropped")
"""States of promises in the order in which a brief has them."""
_CLOSED: Final = ("dropped", "replaced")
_ASKS: Final = ("request", "propose", "demand", "invite")
_PROMISES: Final = ("pledge", "offer", "agree", "announce")
_POINTED: Final = (*_ASKS, "concern", "criticise", "warn", "reject")
"""Acts that want something of the other side: whatever they are about may come up again, told once or often."""
_RAISING: Final = (*_POINTED, "affirm", "hope", "confidence", "pledge", "offer")
_OVER: Final = frozenset(("occurred", "ongoing", "completed"))
_OPEN: Final = frozenset(("planned", "postponed"))


class NoSubject(MemconError):  # noqa: N818 — it says what is the matter
    """What a brief was asked for is no pair of countries and no one person."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the brief. ``day`` and ``end`` are EDTF: a day, or the first and the last; ``notes`` are numbers of footnotes; ``things`` ids it speaks of.

    ``quote`` are a report's own words; ``inferred`` says how values follow that no report gives in so many words; ``remarks`` where reports differ and
    what else a reader has to know; ``under`` are lines that belong to it.
    """

    text: str
    day: str | None = None
    end: str | None = None
    quote: str | None = None
    notes: list[int] = []
    things: list[str] = []
    inferred: list[str] = []
    remarks: list[str] = []
    under: list[Line] = []


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Lines under one heading ("" for none), as those of one side. Where there are none ``none`` says what was looked for; ``more`` that the ledger has more than these."""

    title: str = ""
    lines: list[Line] = []
    none: str = ""
    more: bool = False


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the brief. ``looked`` says where its lines were looked for."""

    name: str
    title: str
    groups: list[Group]
    looked: str = ""


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A brief. ``subject`` is a pair as KH-VN or a person's id, ``on`` the day of knowledge (EDTF) or None for all that the ledger holds, ``ours`` the code of our side if it was said."""

    subject: str
    title: str
    on: str | None
    ours: str | None
    sections: list[Section]
    notes: list[Note]
    reports: int


class Side(NamedTuple):
    """A side: its key (a country's code or a person's id), what it is called, and whether it is our own (None: nobody said)."""

    key: str
    name: str
    own: bool | None


def brief(ledger: Ledger, subject: str, on: str | None = None, *, ours: str | None = None) -> Brief:
    """The brief on a pair of countries or on a person (id or name), from what was known on a day. ``ours`` is our own country.

    Raises:
        NoSubject: neither a pair nor one person, or ``ours`` is no side of the pair.
        LedgerError: ``on`` is no date.
    """
    with ledger.snapshot():
        return _Maker(Moment(ledger, on), subject, ours).made()


class _Maker:
    """Makes one brief."""

    def __init__(self, moment: Moment, subject: str, ours: str | None) -> None:
        self.moment = moment
        self.notes = Notes(moment.ledger)
        self.person: str | None = None
        self.name = ""
        own = _own(ours)
        try:
            self.subject = pair_code(subject)
            codes = self.subject.split("-")
            if own is not None and own not in codes:
                raise NoSubject(f"{country(own)} is no side of {self.subject}: name one of its two countries as ours")
            # The other side comes first: the brief is about them.
            self.sides = [Side(c, country(c), None if own is None else c == own) for c in sorted(codes, key=lambda c: (c == own, c))]
            self.filters = Filters(pair=self.subject)
        except BadFilter as error:
            self.subject = self.person = self._one_person(subject, error)
            self.name = moment.browser.person(self.person).name
            self.sides = [Side(self.person, self.name, own=False), Side("", f"those who met {self.name}", own=True)]
            self.filters = Filters(person=self.person)
        self.ours = own
        self.contacts = self._contacts()
        self.documents = sorted({q.document for t in self.contacts for q in t.sources if moment.knows(q.document)})
        self.said = moment.statements_in(self.documents)
        self._said_at = self._meetings_of_reports()

    def _one_person(self, subject: str, error: BadFilter) -> str:
        ledger = self.moment.ledger
        if re.fullmatch(r"c?p-[0-9a-f]{12}", subject):
            try:
                return ledger.thing_of(subject)
            except NoSuchThing as missing:
                raise NoSubject(str(missing)) from missing
        found = ledger.people_named(subject)
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(f"{p} ({ledger.person(p).name})" for p in found[:5])
            raise NoSubject(f"{subject!r} may be {several}: give the id")
        raise NoSubject(f"{subject!r} is no pair of countries (as KH-VN) and nobody in this ledger is called so") from error

    def made(self) -> Brief:
        """The whole brief."""
        title = f"{self.sides[0].name}" if self.person else f"{country(self.subject[:2])} – {country(self.subject[3:])}"
        sections = [
            self._last_contacts(), self._people(), *self._asked(), self._promised(), self._agreements(), self._plans(), self._wording(), self._likely(),
        ]  # fmt: skip
        return Brief(
            subject=self.subject, title=title, on=self.moment.on, ours=self.ours, sections=sections, notes=self.notes.made, reports=len(self.documents)
        )

    # -- what everything is taken from --------------------------------------------------------------------------------

    def _contacts(self) -> list[view.Thing]:
        """Meetings and visits that were held by then, the newest first."""
        filters = msgspec.structs.replace(self.filters, until=self.moment.last)
        found = [t for f in ("meetings", "visits") for t in self.moment.walk(f, filters, most=LOOKED) if t.status in _OVER]
        return sorted(found, key=lambda t: (self._day(t), t.id), reverse=True)

    def _day(self, t: view.Thing) -> str:
        """The day a contact is put in order by: its own, or else that of its reports."""
        own = next((v for f in ("date", "start", "signed") if (v := getattr(t, f, None)) and not v.startswith("X")), None)
        return own or max((self.moment.day_of(q.document) for q in t.sources), default="")

    def _meetings_of_reports(self) -> dict[str, list[view.MeetingThing]]:
        found: dict[str, list[view.MeetingThing]] = {}
        for t in self.contacts:
            if isinstance(t, view.MeetingThing):
                for d in sorted({q.document for q in t.sources}):
                    found.setdefault(d, []).append(t)
        return found

    def _looked(self) -> str:
        """Where what was said was looked for, in words."""
        if not self.contacts:
            return f"no report known by then tells of a contact {self._between()}"
        days = sorted(d for t in self.contacts if (d := self._day(t)))
        reach = f" from {day(days[0])} to {day(days[-1])}" if days and days[0] != days[-1] else f" of {day(days[0])}" if days else ""
        return f"{_count(len(self.documents), 'report')} on {_count(len(self.contacts), 'contact')} {self._between()}{reach}"

    def _between(self) -> str:
        return f"of {self.name}" if self.person else f"between {country(self.subject[:2])} and {country(self.subject[3:])}"

    def _is_of(self, p: view.Participant, side: Side) -> bool:
        if self.person:
            return (p.id == self.person) == (side.key == self.person)
        return self.moment.country_of(p) == side.key

    def _who(self, people: Iterable[view.Participant], *, sides: bool = True) -> str:
        """Names, with their countries in brackets after each run of one side."""
        named = [(clean(p.name), self.moment.country_of(p) if p.id.startswith("p-") else None) for p in people]
        parts: list[str] = []
        for i, (name, code) in enumerate(named):
            last = i + 1 == len(named) or named[i + 1][1] != code
            parts.append(f"{name} ({country(code)})" if sides and code and last else name)
        return ", ".join(parts)

    # -- contacts -----------------------------------------------------------------------------------------------------

    def _last_contacts(self) -> Section:
        visits = {t.id for t in self.contacts if isinstance(t, view.VisitThing)}
        top = [t for t in self.contacts if getattr(t, "visit", None) not in visits or getattr(t, "visit", None) == t.id]
        # A visit of which no report gives the day is put by its meetings.
        held = {v: [t for t in self.contacts if getattr(t, "visit", None) == v and t.id != v] for v in visits}
        ordered = sorted(top, key=lambda t: (max((d for x in (t, *held.get(t.id, ())) if (d := _own_day(x)) and not d.startswith("X")), default=self._day(t)), t.id), reverse=True)
        lines = [self._contact(t, sorted(held.get(t.id, ()), key=lambda x: (self._day(x), x.sources[-1].report, x.sources[-1].start, x.id))) for t in ordered[:CONTACTS]]
        none = f"None: {self._looked()}."
        return Section(name="contacts", title="Last contacts", groups=[Group(lines=lines, none=none, more=len(top) > CONTACTS)], looked=self._looked())

    def _contact(self, t: view.Thing, held: Sequence[view.Thing]) -> Line:
        own, end, remarks = _own_day(t), getattr(t, "end", None), self._differs(t)
        days = [d for x in held if (d := _own_day(x))]
        if own is None and days:
            own, end = min(days), max(days)
            remarks = ["no report gives its days; these are those of its meetings", *remarks]
        return Line(
            text=self._told(t), day=own, end=end if own and end != own else None, notes=self._cite(t), things=[t.id], inferred=_why(t), remarks=remarks,
            under=[self._contact(x, ()) for x in held],
        )  # fmt: skip

    def _cite(self, t: view.Thing) -> list[int]:
        """The footnotes of a thing: for each report the words that tell of it, and those its days, place, inviters, signers and term rest on."""
        found: list[Quotation] = []
        for q in _telling(t)[:_CITED]:
            fields = self.moment.ledger.record(q.claim).evidence.fields
            spans = [x for name in _FIELDS for x in fields.get(name, ())]
            found += [q, *(msgspec.structs.replace(q, start=x.start, end=x.end) for x in spans)]
        return self.notes.cite_all(found, most=_FOOTNOTES)

    def _told(self, t: view.Thing) -> str:
        """A contact in a line."""
        if isinstance(t, view.VisitThing):
            kind = "visit" if t.kind in ("unspecified", "site") else f"{label(t.kind)} visit"
            who = self._who(t.visitors) or clean(t.delegation or "") or "a delegation that no report names"
            invited = f", invited by {self._who(t.inviters, sides=False)}" if t.inviters else ""
            to = f" to {'places in ' if t.kind == 'site' else ''}{country(t.to)}" if t.to else ""
            return _capital(f"{kind}{to}: {who}{invited}")
        if isinstance(t, view.MeetingThing):
            who = " with ".join(self._who(side) for side in (t.guests, t.hosts) if side) or "nobody is named"
            return _capital(f"{label(t.kind)}: {who}{f', {clean(t.place)}' if t.place else ''}")
        assert isinstance(t, view.AgreementThing)
        return _capital(f"{label(t.kind)}{f' on {clean(t.subject)}' if t.subject else ''}: {' and '.join(clean(p) for p in t.parties) or 'no party is named'}")

    def _differs(self, t: view.Thing) -> list[str]:
        """Fields on which the reports differ; titles stand with the people."""
        return [x for c in t.conflicts if not c.field.startswith("title") for x in self._differing(c, clean(c.field))]

    def _differing(self, c: view.Conflict, what: str) -> list[str]:
        values = (f"“{clean(v.value)}” ({', '.join(sorted({self._outlet(q) for q in v.said_by}))})" for v in c.values)
        return [f"reports differ on {what if what.startswith('who ') else f'the {what}'}: {' / '.join(values)}"]

    def _outlet(self, q: Quotation) -> str:
        return clean(q.outlet or self.notes.source(q.document).outlet or q.report)

    def _titled(self, post: Occupancy, t: view.Thing) -> list[str]:
        """That reports of a contact title a post of somebody who took part differently."""
        for c in t.conflicts:
            body = c.field.partition(" in ")[2]
            if c.field.startswith("title of ") and post.organization and same_body(body, post.organization) and post.title in {v.value for v in c.values}:
                return self._differing(c, "title")
        return []

    # -- people -------------------------------------------------------------------------------------------------------

    def _people(self) -> Section:
        groups = [self._people_of(side) for side in self.sides]
        title = "Who the other side is" if any(s.own is False for s in self.sides) else "Who the sides are"
        return Section(name="people", title=title, groups=groups, looked=self._looked())

    def _people_of(self, side: Side) -> Group:
        seen: dict[str, tuple[view.Participant, view.Thing]] = {}
        for t in self.contacts:
            for f in ("visitors", "guests", "hosts", "inviters"):
                for p in getattr(t, f, ()):
                    if p.id.startswith("p-") and self._is_of(p, side):
                        seen.setdefault(p.id, (p, t))
        lines = [self._held(p, t) for p, t in list(seen.values())[:_PEOPLE]]
        return Group(title=_heading(side), lines=lines, none=f"Nobody is named: {self._looked()}.", more=len(seen) > _PEOPLE)

    def _held(self, p: view.Participant, t: view.Thing) -> Line:
        """Somebody with the posts that reports of the year before give."""
        found = occupancies(self.moment.store, self.moment.browser.person(p.id), self.moment.last, known_by=self.moment.last)
        under = [
            Line(
                text=clean(f"{o.title}, {o.organization}" if o.organization else o.title) + f" ({_reported(o.first, o.last, o.witnesses)})",
                notes=self.notes.cite(reversed(o.sources)), things=[p.id], remarks=self._titled(o, t),
            )
            for o in sorted(found, key=lambda o: (o.last or "", o.witnesses), reverse=True)
        ]  # fmt: skip
        empty = [Line(text="no report of the year before gives a post", things=[p.id], notes=self.notes.cite(t.sources))]
        return Line(text=clean(p.name), things=[p.id], notes=[] if under else self.notes.cite(t.sources), under=under or empty)

    # -- what was said ------------------------------------------------------------------------------------------------

    def _asked(self) -> list[Section]:
        made = []
        for side in self.sides:
            found = self._spoken(side, _ASKS)
            title = {True: "What we asked", False: "What they asked"}.get(bool(side.own)) if side.own is not None else f"What {side.name} asked"
            what = "requests, proposals, demands and invitations"
            group = Group(
                lines=[self._saying(s) for s in found[:_LINES]], none=f"No {what} of {side.name} found in {self._looked()}.", more=len(found) > _LINES
            )
            made.append(Section(name=f"asks-{side.key or 'others'}", title=title or "", groups=[group], looked=f"{what}: {self._looked()}"))
        return made

    def _spoken(self, side: Side, acts: Sequence[str]) -> list[view.StatementThing]:
        """What one side alone said, the newest first."""
        found = [s for s in self.said if s.kind in acts and s.speakers and all(self._is_of(p, side) for p in s.speakers) and self._concerns(s)]
        return sorted(found, key=lambda s: (self._when(s)[0] or "", s.sources[0].start * -1, s.id), reverse=True)

    def _concerns(self, s: view.StatementThing) -> bool:
        """Whether a statement is between the sides: said to nobody else."""
        if self.person:
            return any(p.id == self.person for p in (*s.speakers, *s.addressees))
        return {c for p in s.addressees if (c := self.moment.country_of(p))} <= {x.key for x in self.sides}

    def _together(self, acts: Sequence[str]) -> list[view.StatementThing]:
        """What both sides said together, the newest first."""
        found = [s for s in self.said if s.kind in acts and all(any(self._is_of(p, side) for p in s.speakers) for side in self.sides)]
        return sorted(found, key=lambda s: (self._when(s)[0] or "", s.sources[0].start * -1, s.id), reverse=True)

    def _when(self, s: view.StatementThing) -> tuple[str | None, str | None]:
        """The day on which something was said (that of the meeting at which it can have been), and how that follows; of its report otherwise."""
        there = {p.id for p in (*s.speakers, *s.addressees)}
        found = {m.id: m for q in s.sources for m in self._said_at.get(q.document, ()) if there <= {p.id for p in (*m.hosts, *m.guests)}}
        days = {m.date for m in found.values() if m.date}
        if days:
            return max(days), None  # told in the same words at several, the last time counts
        first = min((d for q in s.sources if (d := self.moment.day_of(q.document))), default=None)
        return first, "the day is that of its report" if first else "on no known day"

    def _saying(self, s: view.StatementThing) -> Line:
        when, why = self._when(s)
        to = f", to {self._who(s.addressees, sides=False)}" if s.addressees else ""
        on_behalf = f", for {clean(s.principal)}" if s.principal else ""
        return Line(
            text=f"{self._who(s.speakers)} {_act(s.kind)}{to}{on_behalf}:", day=when, quote=clean(s.text).rstrip(" ,;"), notes=self.notes.cite(s.sources), things=[s.id],
            remarks=[why] if why else [],
        )  # fmt: skip

    # -- what is owed, signed and planned -----------------------------------------------------------------------------

    def _promised(self) -> Section:
        """What is owed: promises specific enough to be followed up, with their state; general ones apart, as they are formula."""
        looked = f"pledges, offers and undertakings: {self._looked()}"
        groups: list[Group] = []
        general: list[view.StatementThing] = []
        for title, name, found in self._undertakings():
            tracked = [s for s in found if graded(s.text, act=s.kind).grade in TRACKED]
            general += [s for s in found if s not in tracked]
            known = [of_statement(self.moment.ledger, s, self.moment.last) for s in tracked[:_FOLLOWED]]
            by = {c.source: s for c, s in zip(known, tracked, strict=False)}
            lines = [self._owed(c, by[c.source]) for c in sorted(known, key=lambda c: _STATES.index(c.state or "open"))]
            none = f"Nothing that {name} undertook is specific enough to be followed up: {self._looked()}."
            groups.append(Group(title=title, lines=lines[:_LINES], none=none, more=len(tracked) > _LINES))
        if general:
            groups.append(Group(title="Said, but too general to be followed up", lines=[self._saying(s) for s in general[:_GENERAL]], more=len(general) > _GENERAL))
        return Section(name="commitments", title="Commitments", groups=groups, looked=looked)

    def _undertakings(self) -> list[tuple[str, str, list[view.StatementThing]]]:
        """Heading, name and undertakings of each side alone, and of both together."""
        alone = [(_heading(side), side.name, self._spoken(side, _PROMISES)) for side in self.sides]
        return [*alone, ("Both together", "both sides together", self._together(_PROMISES))]

    def _owed(self, c: Commitment, s: view.StatementThing) -> Line:
        """A promise with what became of it by then."""
        said = self._saying(s)
        steps = [x for x in c.steps[1:] if x.document and self.moment.knows(x.document)]
        words = [
            Quotation(document=x.document, report=x.report, claim="", start=x.start, end=x.end, quote=x.quote, published=x.date) for x in steps if x.document
        ]
        due = f"due {day(c.due)}" if c.due else "no day is told"
        since = f" since {day(c.since)}" if c.since and c.state not in (None, "open") else ""
        remarks = [f"{c.state or 'open'}{since}; {due}", *(f"{day(x.date) if x.date else 'undated'}: {x.state}: “{clean(x.quote)}”" for x in steps)]
        return msgspec.structs.replace(said, notes=sorted({*said.notes, *self.notes.cite(words)}), remarks=[*remarks, *said.remarks])

    def _agreements(self) -> Section:
        known: list[tuple[view.AgreementThing, RegisterEntry]] = []
        for t in self.moment.walk("agreements", self.filters, most=_PLANNED):
            made = register.entry(self.moment.ledger, t, on=self.moment.last, whole=False) if isinstance(t, view.AgreementThing) else None
            if made is not None and isinstance(t, view.AgreementThing) and made.state not in ("planned", "negotiated"):
                known.append((t, made))
        groups = []
        for title, states in (("In force", ("in force",)), ("Signed", ("signed", "ratified", "initialled")), ("Over", ("expired", "terminated"))):
            found = [(t, e) for t, e in known if e.state in states]
            # What ends first comes first; of what is over, what ended last.
            found.sort(key=lambda x: (x[1].term_end or "9", x[0].id), reverse=title == "Over")
            if found or title == "In force":
                none = f"No agreement {self._between()} is known by then to be in force."
                groups.append(Group(title=title, lines=[self._paper(t, e) for t, e in found[:_LINES]], none=none, more=len(found) > _LINES))
        return Section(name="agreements", title="Agreements in force and expiring", groups=groups, looked=f"agreements {self._between()}")

    def _paper(self, t: view.AgreementThing, e: RegisterEntry) -> Line:
        """An agreement with its state on the day, and why."""
        end, now = span(e.term_end), span(self.moment.last)
        soon = e.state == "in force" and end is not None and now is not None and end[1] - now[0] <= _SOON
        term = f", term {period(e.term_start, e.term_end)}" if e.term_start or e.term_end else ""
        signed = f"; signed by {self._who(t.signers)}" if t.signers else ""
        held = self._in_its_term(t) if term else []
        words = [] if e.step is None else [
            Quotation(document=e.step.document, report=e.step.report, claim="", start=e.step.start, end=e.step.end, quote=e.step.quote, published=e.step.published)
        ]
        notes = sorted({*self._cite(t), *self.notes.cite(w for w in words if w.document and self.moment.knows(w.document))})
        return Line(
            text=f"{self._told(t)}{signed}. {_capital(e.state)}{term}{': it expires within a year' if soon else ''}.", day=t.signed, notes=notes, things=[t.id], inferred=_why(t),
            remarks=[*([f"{e.state} by what is told: {_plain_days(e.why)}"] if e.why else []), *self._differs(t)], under=[self._in_term(x) for x in held[:_FULFILLING]],
        )  # fmt: skip

    def _in_its_term(self, t: view.AgreementThing) -> list[view.Thing]:
        """The delegations that travelled under an agreement on such: after its signing, and not those that signed it."""
        whole = register.entry(self.moment.ledger, t, on=self.moment.last)
        ids = set(whole.fulfilled_by) - {t.visit} if whole is not None else set()
        return [x for x in self.contacts if x.id in ids and (_own_day(x) or "") > (t.signed or "")]

    def _in_term(self, t: view.Thing) -> Line:
        """A delegation that travelled in the term of an agreement on such."""
        found = self._contact(t, ())
        return msgspec.structs.replace(found, text=f"a delegation in its term: {found.text}", remarks=[])

    def _plans(self) -> Section:
        seen: dict[str, tuple[view.Thing, PlanEntry]] = {}
        for family in plans.FAMILIES:
            asked = [self.moment.walk(family, self.filters, most=_PLANNED, planned=True)]
            asked += [self.moment.walk(family, msgspec.structs.replace(self.filters, status=x), most=_PLANNED) for x in ("postponed", "cancelled")]
            for t in chain.from_iterable(asked):
                made = plans.entry(self.moment.ledger, t, on=self.moment.last) if t.id not in seen and t.status not in _OVER else None
                if made is not None and made.state != "occurred":
                    seen[t.id] = (t, made)
        ordered = sorted(seen.values(), key=lambda x: (x[1].state in _CLOSED, self._over(x[0], x[1]), x[1].planned_for or "9", x[0].id))
        lines = [self._plan(t, e) for t, e in ordered[:_LINES]]
        none = f"Nothing is known by then to be planned {self._between()}."
        return Section(name="plans", title="Plans", groups=[Group(lines=lines, none=none, more=len(ordered) > _LINES)], looked=f"announced visits, meetings and agreements {self._between()}")

    def _visit_days(self, t: view.Thing) -> list[str]:
        """The days that are known of the visit within which something is planned."""
        visit = getattr(t, "visit", None)
        around = [x for x in self.contacts if visit and visit in (x.id, getattr(x, "visit", None))]
        return sorted({d for x in around for d in (getattr(x, "end", None), _own_day(x)) if d})

    def _over(self, t: view.Thing, e: PlanEntry) -> bool:
        """Whether the day of a plan, or of the visit it belongs to, is over."""
        last, now = span(e.planned_for or next(reversed(self._visit_days(t)), None)), span(self.moment.last)
        return last is not None and now is not None and last[1] < now[0]

    def _plan(self, t: view.Thing, e: PlanEntry) -> Line:
        within = self._visit_days(t)
        told = "announced" if e.state in ("dated", "no word since") else "put off" if e.state == "moved" else e.state
        when = "" if e.planned_for else f" for the visit of {period(within[0], within[-1])}" if within else ", for a day that no report gives"
        silent = e.state == "no word since" or (e.state not in _CLOSED and self._over(t, e))
        after = "; the day is over and no report known by then says what became of it" if silent else ""
        quote = clean(t.sources[0].quote) if getattr(t, "kind", "") == "site" else None
        return Line(
            text=f"{self._told(t)} ({told}{when}{after}){':' if quote else ''}", day=e.planned_for, quote=quote, notes=self._cite(t), things=[t.id], inferred=_why(t),
            remarks=[*_steps(e), *self._differs(t)],
        )  # fmt: skip

    # -- wording ------------------------------------------------------------------------------------------------------

    def _wording(self) -> Section:
        if self.person:
            none = "The wording is watched for pairs of countries: see the brief of the pair."
            return Section(name="wording", title="Wording", groups=[Group(none=none)])
        watch = Watch(self.moment, self.subject, notes=self.notes, contacts=LOOKED)
        groups = []
        shifts, silences = watch.shifts(), watch.silences()
        for side in self.sides:
            mine = [s for s in shifts if s.side == side.key]
            lines = [self._silence(s) for s in silences if s.side == side.key] + [self._shift(s) for s in mine[:_LINES]]
            none = f"No line of {side.name} was found told at two contacts in other words, and no usual line is missing from the last: {self._looked()}."
            groups.append(Group(title=_heading(side), lines=lines, none=none, more=len(mine) > _LINES))
        return Section(name="wording", title="Wording", groups=groups, looked=self._looked())

    def _shift(self, s: Shift) -> Line:
        parts = [f"{what}: {', '.join(f'“{clean(w)}”' for w in words)}" for what, words in (("new", s.added), ("gone", s.dropped), ("moved", s.reordered)) if words]
        parts += [f"{_act(s.acts[0])} before, {_act(s.acts[1])} now"] if s.acts else []
        before = Line(text=f"before, {', '.join(map(clean, s.before.speakers))}:", day=s.before.day, quote=clean(s.before.text).rstrip(" ,;"), notes=self.notes.cite(s.before.sources), things=[s.before.id])
        return Line(
            text=f"{', '.join(map(clean, s.after.speakers))}: {'; '.join(parts)}", day=s.after.day, quote=clean(s.after.text).rstrip(" ,;"), notes=self.notes.cite(s.after.sources),
            things=[s.after.id], remarks=[] if s.same_outlet else ["no outlet is known to tell both: the words may be the outlets' own"], under=[before],
        )  # fmt: skip

    def _silence(self, s: Silence) -> Line:
        last = Line(text=f"last, {', '.join(map(clean, s.last.speakers))}:", day=s.last.day, quote=clean(s.last.text).rstrip(" ,;"), notes=self.notes.cite(s.last.sources), things=[s.last.id])
        return Line(
            text=f"a usual line is missing: told at {s.said} of the {s.of} contacts before, not at this one ({s.words} words are reported of this side, {s.usual} usually)", day=s.missing.day,
            notes=self.notes.cite(s.sources), things=[s.missing.id], under=[last],
        )  # fmt: skip

    # -- likely points ------------------------------------------------------------------------------------------------

    def _likely(self) -> Section:
        groups = []
        for side in self.sides:
            lines = self._points(side)
            none = f"Nothing that {side.name} asked for, worried about or came back to was found in {self._looked()}."
            groups.append(Group(title=_heading(side), lines=lines[:_LINES], none=none, more=len(lines) > _LINES))
        return Section(name="likely", title="Likely points", groups=groups, looked=f"what was asked, and topics that were raised: {self._looked()}")

    def _points(self, side: Side) -> list[Line]:
        """Topics that a side asked for, warned of or came back to, those of most contacts first; a topic raised once only where something was asked."""
        by: dict[str, list[view.StatementThing]] = {}
        for s in self._spoken(side, _RAISING):
            for topic in topics_of(s.text):
                by.setdefault(topic, []).append(s)
        ranked: dict[tuple[int, tuple[str, ...]], list[str]] = {}
        for topic, found in sorted(by.items()):
            asked = [s for s in found if s.kind in _POINTED]
            contacts = len({self._contact_of(s) for s in found})
            if asked or contacts > 1:
                # Topics that rest on the very same words are one point.
                ranked.setdefault((contacts, tuple(s.id for s in (asked or found))), []).append(topic)
        told = {s.id: s for found in by.values() for s in found}
        points = [(n, [told[i] for i in ids], topics) for (n, ids), topics in ranked.items()]
        ordered = sorted(points, key=lambda x: self._when(x[1][0])[0] or "", reverse=True)
        return [self._point(topics, n, found) for n, found, topics in sorted(ordered, key=lambda x: -x[0])]

    def _point(self, topics: Sequence[str], contacts: int, found: Sequence[view.StatementThing]) -> Line:
        times = f"raised at {contacts} contacts" if contacts > 1 else "raised once"
        last = found[0]
        return Line(
            text=f"{_capital('; '.join(topic_label(t).lower() for t in topics))}: {times}, last {_act(last.kind)} by {self._who(last.speakers, sides=False)}:", day=self._when(last)[0],
            quote=clean(last.text).rstrip(" ,;"), notes=self.notes.cite([q for s in found for q in s.sources], most=_CONTACTS_CITED), things=[s.id for s in found],
        )  # fmt: skip

    def _contact_of(self, s: view.StatementThing) -> str:
        """What counts as one contact: a visit with its meetings, a meeting outside any, or else the report's day."""
        for q in s.sources:
            for m in self._said_at.get(q.document, ()):
                return m.visit or m.id
        return self._when(s)[0] or s.id


def _own(ours: str | None) -> str | None:
    try:
        return country_code(ours) if ours else None
    except BadFilter as error:
        raise NoSubject(str(error)) from error


def _steps(e: PlanEntry) -> list[str]:
    """The way of a plan that changed, in a line."""
    told = [f"{x.kind}{f' to {day(x.date)}' if x.kind == 'moved' and x.date else f' for {day(x.date)}' if x.kind == 'dated' and x.date else ''} ({day(x.by)})" for x in e.steps if x.by]
    return ["; then ".join(told)] if len(told) > 1 else []


def _plain_days(text: str) -> str:
    """Days of a reason as words."""
    return re.sub(r"\b\d{4}-\d\d(?:-\d\d)?\b", lambda m: day(m[0]), clean(text))


def _own_day(t: view.Thing) -> str | None:
    if isinstance(t, view.VisitThing) and t.start and t.end and t.start != t.end:
        return t.start
    return next((v for f in ("date", "start", "signed") if (v := getattr(t, f, None))), None)


def _why(t: view.Thing) -> list[str]:
    """How inferred values follow."""
    return [f"{f}: {clean(w)}" for f, w in sorted(t.derivation.items())]


def _telling(t: view.Thing) -> list[Quotation]:
    """The words of a thing, of reports that tell it as held before those that only announce it."""
    announced = {s.report for s in t.history if s.status in _OPEN} - {s.report for s in t.history if s.status not in _OPEN}
    return sorted(t.sources, key=lambda q: q.report in announced)


@cache
def _act(kind: str) -> str:
    """An act as the codebook words it of somebody: "proposed"."""
    try:
        return str(table(f"acts/{kind}", "definition")["label"])
    except FileNotFoundError:  # of an older codebook
        return label(kind)


def _reported(first: str | None, last: str | None, number: int) -> str:
    if first is None:
        return "reported on no known day"
    return f"reported {day(first)}" + (f" to {day(last)}" if last and last != first else "") + (f", {number} independent reports" if number > 1 else "")


def _heading(side: Side) -> str:
    return _capital(side.name) + {True: " (we)", False: "", None: ""}[side.own]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""From drafts to records: names, EDTF dates, evidence for every field in the report's own characters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from memcon.extract.discourse import Party
from memcon.extract.draft import AgreementDraft, MeetingDraft, StatementDraft, StepDraft, VisitDraft, When
from memcon.extract.home import accredited
from memcon.extract.sides import BODY_TITLES
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.mentions import STATE_POSTS, Annotated, Figure, Office
from memcon.model import Agreement, Evidence, Issue, Meeting, Person, Position, Span, Statement, Step, Visit

_BARE = frozenset("leader leaders head chief member members representative deputy diplomat official expert aide chair fellow analyst envoy candidate veteran author lawyer businessman businesswoman activist historian researcher columnist editor correspondent lecturer economist reader".split())
_STYLES = frozenset(("ambassador", "senator", "minister", "secretary", "judge", "delegate"))  # styles before a name, when the post itself is told elsewhere
_STATE = STATE_POSTS - {"parliament"}
_NATIONAL = frozenset("national presidential president cabinet government governmental spokesman spokesperson spokeswoman chief-of-staff defence defense army attorney minister ministerial pm justice royal".split())
_SPELT = {"ceo": ("chief", "executive", "officer"), "mp": ("member", "parliament")}
_FILLER = frozenset("of for the and affairs in to".split())


@dataclass(slots=True)
class Assembler:
    """Makes records. ``source`` maps normal-text offsets to the report's own; ``text`` is the report's own text."""

    notes: Annotated
    text: str
    source: Callable[[int, int], Span]
    issues: list[Issue] = field(default_factory=list)

    # -- helpers ------------------------------------------------------------------------------------------------------

    def at(self, span: Span) -> Span:
        """A normal-text span in the report's own characters."""
        return self.source(span.start, span.end)

    def spans(self, spans: Iterable[Span]) -> list[Span]:
        """Several spans, each once, in order of the text."""
        return sorted({self.at(s) for s in spans if s.end > s.start})

    def evidence(self, main: Span, fields: dict[str, Iterable[Span]]) -> Evidence:
        """Evidence with only the fields that have words."""
        own = self.at(main)
        shown = {name: self.spans(spans) for name, spans in fields.items()}
        return Evidence(start=own.start, end=own.end, fields={name: spans for name, spans in shown.items() if spans})

    def name(self, party: Party) -> str:
        """The name under which a party stands in records."""
        return self._own_name(self.notes.people[party.person]) if party.person >= 0 else party.name

    def names(self, parties: Sequence[Party]) -> list[str]:
        """The names of parties, each once."""
        return list(dict.fromkeys(self.name(p) for p in parties))

    def _own_name(self, figure: Figure) -> str:
        own = self.at(figure.name_span)
        return " ".join(self.text[own.start : own.end].split())

    def _party_spans(self, parties: Sequence[Party]) -> list[Span]:
        return [s for p in parties for s in (p.span, *p.rests)]

    # -- people -------------------------------------------------------------------------------------------------------

    def person(self, figure: Figure) -> Person:
        """A person of the report with every office it gives."""
        positions = self._positions(figure)
        fields: dict[str, Iterable[Span]] = {"name": [figure.name_span], "aliases": [s for _, s in figure.aliases], "country": figure.country_spans}
        derivation = {}
        if figure.country and figure.country_why and not figure.country_spans:
            derivation["country"] = f"{figure.country_why} → {places.country_name(figure.country)}"
            fields["country"] = [*figure.inferred_from, *[o.title_span for o in figure.offices[:1] if o.title_span]] or [figure.name_span]
        aliases = [" ".join(self.text[s.start : s.end].split()) for s in (self.at(span) for _, span in figure.aliases)]
        return Person(
            name=self._own_name(figure),
            aliases=list(dict.fromkeys(a for a in aliases if a != self._own_name(figure))),
            country=figure.country,
            positions=positions,
            evidence=self.evidence(figure.name_span, fields),
            derivation=derivation,
            rule="people",
        )

    def _positions(self, figure: Figure) -> list[Position]:
        kept: list[Office] = []
        for office in figure.offices:
            alone = len(figure.offices) == 1 or all(fold(o.title) == fold(office.title) for o in figure.offices)
            if office.org is None and fold(office.title) in _BARE and not (alone and office.country and fold(office.title) in ("leader", "envoy")):
                continue
            if office.org is None and office.country is None and fold(office.title) in _STYLES and len(figure.offices) > 1:
                continue
            if not any(self._covered(office, other, figure) for other in kept):
                kept = [k for k in kept if not self._covered(k, office, figure)]
                kept.append(office)
        return [self._position(office, figure) for office in kept]

    def _covered(self, office: Office, other: Office, figure: Figure) -> bool:
        """Whether ``other`` already says what ``office`` says, or more."""
        mine, theirs = self._key(office.title), self._key(other.title)
        if office.klass == other.klass == "diplomat" and " in " in office.title and " to " in other.title and accredited(office) == accredited(other) is not None:
            mine = self._key(office.title.partition(" in ")[0])  # "High Commissioner in CAPITAL" is the one to that country
        if not (mine <= theirs or theirs <= mine and len(mine) == len(theirs)):
            return False
        org, their_org = self._organization(office, figure), self._organization(other, figure)
        if org is None or their_org is None:
            return org is None
        a, b = set(fold(org).split()) - _FILLER, set(fold(their_org).split()) - _FILLER
        return a <= b or (b <= a and mine == theirs and a == b)

    def _key(self, title: str) -> frozenset[str]:
        words = [w for word in fold(title).replace("-", " ").replace(",", " ").split() for w in _SPELT.get(word, (word,))]
        return frozenset({"pm": "minister"}.get(w, w) for w in words if w not in _FILLER) | (frozenset(("prime",)) if "pm" in words else frozenset())

    def _organization(self, office: Office, figure: Figure) -> str | None:
        if office.org is not None:
            return self._as_printed(office)
        if office.country is None and figure.country is None and (fold(office.title) in BODY_TITLES or "secretary-general" in fold(office.title).replace("y g", "y-g")):
            return self._main_body(fold(office.title))
        country = office.country or (figure.country if office.klass in _STATE or self._national(office) else None)
        return self.notes.country_name(country, places.country_name(country)) if country else None

    def _as_printed(self, office: Office) -> str:
        """The body's name, with the country that was added to it called what this report calls it."""
        org = office.org or ""
        country = office.country
        if country is None or not org.endswith(" of " + places.country_name(country)):
            return org
        usual = places.country_name(country)
        return org[: -len(usual)] + self.notes.country_name(country, usual)

    def _national(self, office: Office) -> bool:
        """Whether an office with no body named can only be one of a state: an MP, the cabinet's spokesman, a chief of staff."""
        words = set(fold(office.title).replace("'s", "").replace("-", " ").split())
        adviser = len(words) > 1 and bool(words & {"adviser", "advisor"})
        return office.klass == "parliament" and "deputy" not in words or adviser or bool(words & _NATIONAL)

    def _main_body(self, title: str) -> str | None:
        """The international body the report speaks of most, for a secretary-general named without one; the UN for titles only it has, and before others that are named as often."""
        named = [o.name for o in self.notes.orgs if places.body(o.name)]
        named += [o.org for f in self.notes.people for o in f.offices if o.org and places.body(o.org)]
        if title.startswith(("under", "assistant")):
            named = [n for n in named if (known := places.body(n)) is not None and known.key == "UN"]
        keyed = {name: body.key for name in named if (body := places.body(name)) is not None}  # "CARICOM" and "Caribbean Community" are one
        led = {body.key for f in self.notes.people for o in f.offices if o.org and fold(o.title) == title and (body := places.body(o.org)) is not None}
        keys = [keyed[name] for name in named]
        free = [name for name in keyed if keyed[name] not in led]  # not those whose own holder of this office is named
        return max(free, key=lambda name: (keys.count(keyed[name]), keyed[name] == "UN")) if free else None

    def _position(self, office: Office, figure: Figure) -> Position:
        organization = self._organization(office, figure)
        spans: list[Span] = [s for s in (office.org_span, office.country_span) if s is not None]
        derivation = {}
        if organization and not spans:
            spans = figure.country_spans[:1] or [Span(office.start, office.end)]
            derivation["organization"] = f"an office of state; the person acts for {organization}"
        main = office.title_span or Span(office.start, office.end)
        evidence = self.evidence(Span(office.start, office.end), {"title": [main], "organization": spans})
        return Position(title=office.title, organization=organization, evidence=evidence, derivation=derivation, rule=f"posts/{office.klass}")

    # -- events -------------------------------------------------------------------------------------------------------

    def visit(self, draft: VisitDraft) -> Visit:
        """A visit record."""
        from_why = {}
        if draft.from_:
            from_why["from"] = f"the side the visitors act for → {places.country_name(draft.from_)}"
        fields: dict[str, Iterable[Span]] = {
            "visitors": self._party_spans(draft.visitors),
            "delegation": [draft.delegation_span] if draft.delegation_span else [],
            "from": [s for p in draft.visitors if p.person >= 0 for s in self.notes.people[p.person].country_spans[:1]] or self._party_spans(draft.visitors) or [draft.delegation_span or draft.trigger],
            "to": [draft.to_span] if draft.to_span else [],
            "kind": [draft.kind_span or draft.trigger],
            "start": draft.start.spans,
            "end": draft.end.spans,
            "inviters": self._party_spans(draft.inviters),
            "status": [draft.trigger],
        }
        derivation = {**from_why, **self._why("start", draft.start), **self._why("end", draft.end)}
        return Visit(
            visitors=self.names(draft.visitors), delegation=draft.delegation, from_=draft.from_, to=draft.to, kind=draft.kind,
            start=draft.start.start, end=draft.end.start, inviters=self.names(draft.inviters), status=draft.status,
            evidence=self.evidence(draft.trigger, fields), derivation=derivation, rule=draft.rule,
        )  # fmt: skip

    def meeting(self, draft: MeetingDraft) -> Meeting:
        """A meeting record; a date that nothing decides becomes an issue."""
        fields: dict[str, Iterable[Span]] = {
            "kind": [draft.trigger],
            "hosts": self._party_spans(draft.hosts),
            "guests": self._party_spans(draft.guests),
            "date": draft.when.spans,
            "place": [draft.place_span] if draft.place_span else [],
            "status": [draft.trigger],
        }
        derivation = self._why("date", draft.when)
        if draft.unsided:
            derivation["hosts"] = draft.order_why or "nobody is said to receive: sides in order of mention"
        if draft.place and draft.place_why:
            derivation["place"] = f"{draft.place_why} -> {draft.place}"
        if draft.when.spans and draft.when.start is None:
            words = self.at(draft.when.spans[0])
            self.issues.append(Issue(kind="date", message=f"nothing decides which day “{words.of(self.text)}” is", spans=[words]))
        return Meeting(
            kind=draft.kind, hosts=self.names(draft.hosts), guests=self.names(draft.guests), date=draft.when.start, place=draft.place,
            status=draft.status, evidence=self.evidence(draft.trigger, fields), derivation=derivation, rule=draft.rule,
        )  # fmt: skip

    def statement(self, draft: StatementDraft) -> Statement:
        """A statement record; its evidence is the clause."""
        clause = self.at(Span(draft.start, draft.end))
        cue = self.at(draft.cue)
        fields: dict[str, Iterable[Span]] = {
            "speakers": self._party_spans(draft.speakers),
            "addressees": self._party_spans(draft.addressees),
            "act": [draft.cue],
            "principal": self._party_spans([draft.principal]) if draft.principal else [],
        }
        return Statement(
            speakers=self.names(draft.speakers), addressees=self.names(draft.addressees), act=draft.act,
            principal=self.name(draft.principal) if draft.principal else None, cue=cue.of(self.text), text=clause.of(self.text),
            evidence=self.evidence(Span(draft.start, draft.end), fields), rule=draft.rule,
        )  # fmt: skip

    def agreement(self, draft: AgreementDraft) -> Agreement:
        """An agreement record."""
        fields: dict[str, Iterable[Span]] = {
            "kind": [draft.trigger],
            "subject": [draft.subject_span] if draft.subject_span else [],
            "parties": self._party_spans(draft.parties),
            "signers": self._party_spans(draft.signers),
            "signed": draft.signed.spans,
            "start": draft.term.spans,
            "end": draft.term.spans,
            "status": [draft.steps[-1].cue] if draft.life_only and draft.steps else [draft.trigger],
            "witnessed_by": self._party_spans(draft.onlookers),
            "amount": [draft.amount[2]] if draft.amount else [],
            "currency": [draft.amount[2]] if draft.amount and draft.amount[1] else [],
            "number": [draft.number[1]] if draft.number else [],
        }
        why = {"parties": draft.parties_why} if draft.parties_why else {}
        return Agreement(
            kind=draft.kind, subject=draft.subject, parties=self.names(draft.parties), signers=self.names(draft.signers), signed=draft.signed.start,
            start=draft.term.start, end=draft.term.end, status=draft.status, witnessed_by=self.names(draft.onlookers),
            amount=draft.amount[0] if draft.amount else None, currency=draft.amount[1] if draft.amount else None,
            number=draft.number[0] if draft.number else None, steps=[self._step(x) for x in draft.steps], evidence=self.evidence(draft.trigger, fields),
            derivation={**why, **self._why("signed", draft.signed), **self._why("start", draft.term)}, rule=draft.rule,
        )  # fmt: skip

    def _step(self, draft: StepDraft) -> Step:
        fields: dict[str, Iterable[Span]] = {
            "kind": [draft.cue],
            "date": draft.when.spans if draft.when.start else [],
            "until": draft.until.spans if draft.until.start else [],
            "lasts": [draft.lasts_span] if draft.lasts_span else [],
            "ahead": [draft.cue] if draft.ahead else [],
        }
        return Step(
            kind=draft.kind, date=draft.when.start, until=draft.until.start, lasts=draft.lasts, ahead=draft.ahead,
            evidence=self.evidence(draft.cue, fields), derivation={**self._why("date", draft.when), **self._why("until", draft.until)}, rule=draft.rule,
        )  # fmt: skip

    def _why(self, name: str, when: When) -> dict[str, str]:
        return {name: when.why} if when.why and when.start else {}

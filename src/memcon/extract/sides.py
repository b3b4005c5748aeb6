"""Which country a person acts for, where the report leaves it to the reader. Every answer carries its reason.

A report names the country of a foreigner's office and leaves out that of its own people: "Foreign Minister X received the
Bhutanese Foreign Minister". So an office of state without a country is taken for the report's home, unless a contact or a
visit shows the holder to be of the other side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from memcon.codebook.load import table
from memcon.extract.draft import MeetingDraft, StatementDraft, VisitDraft
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.mentions import Annotated, Figure, NameMention, Sentence
from memcon.model import Span

# Offices of bodies, not of states, when nothing else is said.
BODY_TITLES = frozenset(
    "secretary general|secretary-general|deputy secretary general|deputy secretary-general|under-secretary-general|assistant secretary-general|"
    "high representative|executive secretary".split("|")
)
_STATE = frozenset(("head_of_state", "head_of_government", "minister", "parliament"))
_ANY = frozenset(("head_of_state", "head_of_government", "minister", "parliament", "official", "party", "diplomat"))


@dataclass(slots=True)
class Sides:
    """The countries of a report's contact: ``home``, whose people need no nationality, and ``other``."""

    notes: Annotated
    home: str | None = None
    other: str | None = None
    why: str = ""
    spans: tuple[Span, ...] = ()

    def find(self, visits: Sequence[VisitDraft] = ()) -> None:
        """Decide home and other from the agency's mark, the dateline, journeys, and how often each country is named."""
        weights = self._weights()
        self._weigh_visits(weights, visits)
        if not weights:
            return
        ranked = sorted(weights, key=lambda c: (-weights[c], c))
        self.home = ranked[0]
        named = sorted(self.notes.countries, key=lambda c: (-len(self.notes.countries[c]), c))
        self.other = next((c for c in named if c != self.home), None)
        self.why, self.spans = self._reason(self.home)

    def _weights(self) -> dict[str, float]:
        notes = self.notes
        weights = {c: min(float(len(spans)), 8.0) for c, spans in notes.countries.items()}
        for figure in notes.people:
            for office in figure.offices[:2]:
                if office.country and office.klass in _STATE:
                    weights[office.country] = weights.get(office.country, 0.0) - 2.0
        if notes.dateline_country:
            weights[notes.dateline_country] = weights.get(notes.dateline_country, 0.0) + 3.0
        if notes.home:
            weights[notes.home[0]] = weights.get(notes.home[0], 0.0) + 8.0
        for country, marks in table("outlets", "en")["ministries"].items():
            if any(mark in notes.text for mark in marks):
                weights[country] = weights.get(country, 0.0) + 4.0
        return weights

    def _weigh_visits(self, weights: dict[str, float], visits: Sequence[VisitDraft]) -> None:
        """A traveller named without a country travels from home; one named with a country comes to it."""
        seen: set[str] = set()
        for visit in visits:
            if visit.to is None or visit.kind == "site" or not visit.visitors or visit.to in seen:
                continue
            if seen and visit.status == "planned":
                continue  # the visit that is promised in return
            seen.add(visit.to)
            foreign = any(p.country for p in visit.visitors)
            weights[visit.to] = weights.get(visit.to, 0.0) + (3.0 if foreign else -4.0)

    def _reason(self, home: str) -> tuple[str, tuple[Span, ...]]:
        notes = self.notes
        name = places.country_name(home)
        if notes.home and notes.home[0] == home:
            return f"an office with no country named, in a report of {notes.home[2]} ({name})", (notes.home[1],)
        if notes.dateline_country == home and notes.dateline_span:
            return f"an office with no country named, in a report from {notes.dateline_city}", (notes.dateline_span,)
        return f"an office with no country named, in a report that is at home in {name}", tuple(notes.countries.get(home, ())[:1])

    # -- the people ------------------------------------------------------------------------------------------------------

    def settle(self, visits: Sequence[VisitDraft], meetings: Sequence[MeetingDraft], said: Sequence[StatementDraft]) -> None:
        """Give a country to people of state offices named without one. Changes the people in place."""
        self._from_visits(visits)
        self._from_company()
        self._from_meetings(visits, meetings)
        self._from_messages(said)
        self._from_places()
        abroad = {p.person for v in visits if v.to == self.home and v.kind != "site" for p in v.visitors}
        for figure in self.notes.people:
            if figure.country is None and self.home and figure.index not in abroad and _plain(figure, _ANY):
                self._set(figure, self.home, self.why, self.spans)

    def _from_visits(self, visits: Sequence[VisitDraft]) -> None:
        for visit in visits:
            if visit.to is None or visit.kind == "site":
                continue
            known = [p.country or self._country(p.person) for p in visit.visitors]
            goals = {v.to for v in visits if v.kind != "site" and any(p.same(q) for p in visit.visitors for q in v.visitors)}
            origin = visit.from_ or next((c for c in known if c), None) or next((c for c in (self.home, self.other) if c and c not in goals), None)
            if origin is None or origin == visit.to:
                continue
            for party in visit.visitors:
                if self._open(party.person, _ANY):
                    self._set(self.notes.people[party.person], origin, f"visitor to {places.country_name(visit.to)}", (visit.trigger,))
                    visit.from_ = visit.from_ or origin
            for party in visit.inviters:
                if self._open(party.person, _STATE):
                    self._set(self.notes.people[party.person], visit.to, f"inviter of a visit to {places.country_name(visit.to)}", (visit.trigger,))

    def _from_company(self) -> None:
        """People who accompany someone are of the same side."""
        for s in self.notes.sentences:
            at = next((k for k, i in enumerate(s.items) if i.low in ("accompanied", "accompanying", "flanked")), None)
            if at is None:
                continue
            before = [k for k in self._people(s) if k < at and self._country(s.items[k].ref.person)]  # type: ignore[attr-defined]
            led = self._country(s.items[before[-1]].ref.person) if before else None  # type: ignore[attr-defined]
            for k in self._people(s):
                person = s.items[k].ref.person  # type: ignore[attr-defined]
                if k > at and led and self._open(person, _ANY):
                    self._set(self.notes.people[person], led, "in the company of the side named before", (Span(s.items[at].start, s.items[at].end),))

    def _from_meetings(self, visits: Sequence[VisitDraft], meetings: Sequence[MeetingDraft]) -> None:
        for meeting in meetings:
            for mine, theirs in ((meeting.hosts, meeting.guests), (meeting.guests, meeting.hosts)):
                known = {self._country(p.person) if p.person >= 0 else p.country for p in theirs} - {None}
                if len(known) != 1:
                    continue
                side = next(iter(known)) or ""
                opposite = self._opposite(side, meeting, visits)
                for party in mine:
                    if opposite and self._open(party.person, _ANY):
                        self._set(self.notes.people[party.person], opposite, f"met the side of {places.country_name(side)}", (meeting.trigger,))

    def _opposite(self, side: str, meeting: MeetingDraft, visits: Sequence[VisitDraft]) -> str | None:
        """The country facing ``side`` in a contact: where it is told to take place, the goal of the visit, else the other of the two main ones."""
        place = self._place_near(meeting.sentence, side)
        if place:
            return place
        goals = [v.to for v in visits if v.to and v.to != side and v.kind != "site" and v.sentence <= meeting.sentence and (v.from_ in (None, side))]
        if goals:
            return goals[-1]
        if side != self.home:
            return self.home
        return self.other

    def _place_near(self, sentence: int, side: str) -> str | None:
        for index in (sentence, sentence - 1):
            if not 0 <= index < len(self.notes.sentences):
                continue
            for k, item in enumerate(self.notes.sentences[index].items):
                here = item.kind in ("place", "country") and k > 0 and self.notes.sentences[index].items[k - 1].low in ("in", "at", "to")
                if here and str(item.ref) != side:
                    return str(item.ref)
        return None

    def _from_messages(self, said: Sequence[StatementDraft]) -> None:
        """The absent principal of a message is of the messenger's side."""
        for statement in said:
            principal = statement.principal
            if principal is None or not self._open(principal.person, _ANY):
                continue
            country = next((self._country(p.person) for p in statement.speakers if p.person >= 0), None)
            if country:
                self._set(self.notes.people[principal.person], country, "sends a message by someone of this side", (statement.cue,))

    def _from_places(self) -> None:
        """An office of state right after "in CAPITAL" ("In Tirana he will meet Prime Minister X") is of that country."""
        for s in self.notes.sentences:
            if not s.items or s.items[0].low not in ("in", "while"):
                continue
            places_here = [str(i.ref) for i in s.items[1:4] if i.kind in ("place", "country")]
            for k in self._people(s):
                person = s.items[k].ref.person  # type: ignore[attr-defined]
                later = s.items[k].dep in ("dobj", "pobj", "conj")
                if places_here and later and places_here[0] != self.home and self._open(person, _STATE):
                    span = Span(s.items[0].start, s.items[min(3, len(s.items) - 1)].end)
                    self._set(self.notes.people[person], places_here[0], "named as host where the sentence takes place", (span,))

    # -- small questions -------------------------------------------------------------------------------------------------

    def _people(self, s: Sentence) -> Iterable[int]:
        return [k for k, i in enumerate(s.items) if isinstance(i.ref, NameMention)]

    def _country(self, person: int) -> str | None:
        return self.notes.people[person].country if person >= 0 else None

    def _open(self, person: int, classes: frozenset[str]) -> bool:
        return person >= 0 and self._country(person) is None and _plain(self.notes.people[person], classes)

    def _set(self, figure: Figure, country: str, why: str, spans: tuple[Span, ...]) -> None:
        figure.country, figure.country_why = country, why
        figure.inferred_from = spans


def _plain(figure: Figure, classes: frozenset[str]) -> bool:
    """Whether the person's offices are of the given classes and none names a country or an international body."""
    if any(o.country for o in figure.offices) or any(o.org and places.body(o.org) for o in figure.offices):
        return False
    if any(o.org is None and fold(o.title) in BODY_TITLES for o in figure.offices):
        return False
    return any(o.klass in classes for o in figure.offices)

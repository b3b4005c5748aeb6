"""Which country a person acts for, where the report leaves it to the reader. Every answer carries its reason.

A report names the country of a foreigner's office and leaves out that of its own people: "Foreign Minister X received the
Bhutanese Foreign Minister". So an office of state without a country is taken for the report's home, unless a contact, a
visit, a message or company shows the holder to be of the other side. Sure signs go first, the home comes last, and what
two holders of one office rule out is not taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from memcon.extract.cues import Cues
from memcon.extract.discourse import Party
from memcon.extract.draft import MeetingDraft, StatementDraft, VisitDraft
from memcon.extract.forms import fits, telling
from memcon.extract.home import STATE, Home, accredited, homeward, of_body, readable
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.mentions import Annotated, Figure, Item, NameMention, Office, Sentence
from memcon.model import Span

# Offices of bodies, not of states, when nothing else is said.
_SIDED = frozenset(("leads this side", "named on a side", "leads a delegation of this country"))
BODY_TITLES = frozenset(
    "secretary general|secretary-general|deputy secretary general|deputy secretary-general|under-secretary-general|assistant secretary-general|"
    "high representative|executive secretary".split("|")
)
_ANY = frozenset(("head_of_state", "head_of_government", "minister", "parliament", "official", "party", "diplomat"))
# Callings that make nobody an official of a state.
_PRIVATE = frozenset(
    "coach captain midfielder ceo manager businessman businesswoman analyst economist expert researcher fellow lecturer historian columnist editor author activist lawyer "
    "correspondent veteran candidate astronaut doctor curator moderator trustee founder co-founder patron executive".split()
)
_CHURCH = frozenset("archbishop bishop cardinal patriarch imam rabbi abbot metropolitan rector dean".split())
_PASSED = frozenset("former late then ex outgoing acting incoming designate elect deputy vice first assistant special".split())
_SOLE = {
    "president": "head of state", "king": "head of state", "emperor": "head of state", "emir": "head of state", "amir": "head of state", "sultan": "head of state",
    "queen": "queen", "pope": "head of state", "head of state": "head of state", "head of government": "head of government", "prime minister": "head of government", "premier": "head of government", "pm": "head of government", "chancellor": "head of government", "taoiseach": "head of government",
    "foreign minister": "foreign minister", "fm": "foreign minister", "minister of foreign affairs": "foreign minister", "minister for foreign affairs": "foreign minister",
    "foreign affairs minister": "foreign minister", "external affairs minister": "foreign minister", "minister of external affairs": "foreign minister",
}  # fmt: skip
_COURTESIES = frozenset("thank congratulate condole invite praise".split())
_TIES = frozenset("relations relationship ties cooperation partnership friendship dialogue".split())
_CLOSE = 1.0  # how much less the country of the dateline may weigh than one that is only named often
_ROUNDS = 6  # how far a side is passed on from one person to the next
_MANY = 200  # visits and meetings beyond this are a table
_BACK = 12  # sentences looked back for a place
_SAYS = frozenset("say tell warn urge call reject deny insist accuse announce note stress add reply welcome condemn vow pledge describe respond".split())


@dataclass(slots=True)
class Sides:
    """The countries of a report's contact: ``home``, whose people need no nationality, and ``other``."""

    notes: Annotated
    cues: Cues
    home: str | None = None
    other: str | None = None
    why: str = ""
    spans: tuple[Span, ...] = ()
    sure: bool = False
    changed: bool = field(default=False, init=False)
    body_titles: tuple[str, ...] = field(default=(), init=False)
    subjects: dict[int, tuple[int | None, bool, bool, bool]] = field(default_factory=dict, init=False)
    named: dict[int, list[int]] = field(default_factory=dict, init=False)  # the people in a sentence, by its index
    sentences: list[Sentence] = field(default_factory=list, init=False)
    starts: list[int] = field(default_factory=list, init=False)
    holders: dict[tuple[str, str], list[int]] = field(default_factory=dict, init=False)  # (country, office) → who holds it
    by_sole: dict[str, list[int]] = field(default_factory=dict, init=False)
    partners: dict[str, dict[str, int]] = field(default_factory=dict, init=False)
    told_apart: dict[int, list[str]] = field(default_factory=dict, init=False)
    away: dict[int, set[str]] = field(default_factory=dict, init=False)  # where a person travels, and so is not at home
    met: set[str] = field(default_factory=set, init=False)  # the countries of those whom home meets
    offices: list[tuple[Sentence, Item, Office]] = field(default_factory=list, init=False)  # offices told without a name
    airports: list[tuple[Sentence, int]] = field(default_factory=list, init=False)  # where an airport is told of

    def __post_init__(self) -> None:
        self.sentences = readable(self.notes)
        self.starts = [s.start for s in self.sentences]
        self.offices = [(s, i, i.ref) for s in self.sentences for i in s.items if isinstance(i.ref, Office)]
        airports = ((s, next((k for k, i in enumerate(s.items) if "airport" in i.low and "airport" in i.low.split()), -1)) for s in self.sentences)
        self.airports = [(s, k) for s, k in airports if k >= 0]
        self._pair_countries()

    # -- the two sides -----------------------------------------------------------------------------------------------------

    def find(self, visits: Sequence[VisitDraft] = ()) -> None:
        """Decide home and other from the report's furniture, journeys, and how often each country is named."""
        signs = Home(self.notes)
        weights = signs.weigh(visits)
        if not weights:
            return
        first = {c: spans[0].start for c, spans in self.notes.countries.items() if spans}
        ranked = sorted(weights, key=lambda c: (-weights[c], not signs.sure(c), first.get(c, 0), c))
        dated = self.notes.dateline_country
        near = dated is not None and signs.sure(dated) and not signs.sure(ranked[0]) and weights.get(dated, 0.0) >= weights[ranked[0]] - _CLOSE
        self.home = dated if near else ranked[0]
        self.sure = self.home is not None and signs.sure(self.home)
        named = sorted(self.notes.countries, key=lambda c: (-len(self.notes.countries[c]), c))
        self.other = next((c for c in named if c != self.home), None)
        self.why, self.spans = self._reason(self.home or ranked[0], signs)

    def _reason(self, home: str, signs: Home) -> tuple[str, tuple[Span, ...]]:
        if home in signs.signs:
            _, why, span = signs.signs[home]
            return f"an office with no country named, in {why}", (span,)
        return f"an office with no country named, in a report that is at home in {places.country_name(home)}", tuple(self.notes.countries.get(home, ())[:1])

    # -- the people ------------------------------------------------------------------------------------------------------

    def settle(self, visits: Sequence[VisitDraft], meetings: Sequence[MeetingDraft], said: Sequence[StatementDraft]) -> None:
        """Give a country to people of state offices named without one. Changes the people in place."""
        visits, meetings = visits[:_MANY], meetings[:_MANY]
        self._note_journeys(visits)
        self._note_counterparts()
        self._note_met(meetings)
        self._name_body_titles()
        self._leave_bodies()
        self._note_holders()
        near: list[Callable[[], None]] = [self._from_own, self._from_signatures, self._from_cities, lambda: self._from_bonds(False), lambda: self._from_messages(said), self._from_places]
        told: list[Callable[[], None]] = [*near, lambda: self._from_visits(visits), lambda: self._from_journeys(visits), lambda: self._from_airports(visits), self._from_titles, self._from_embassies]
        met: list[Callable[[], None]] = [*told, lambda: self._from_bonds(True), self._from_forms, lambda: self._from_thanks(said), lambda: self._from_places_of(meetings), lambda: self._from_contacts(visits), lambda: self._from_abroad(visits), lambda: self._from_envoys(meetings), lambda: self._from_peers(meetings), lambda: self._from_meetings(visits, meetings)]
        state: list[Callable[[], None]] = [*met, lambda: self._from_home(STATE)]
        for rules in (near, told, met, state, [*state, lambda: self._from_home(_ANY)]):
            self._until_settled(rules)

    def _note_journeys(self, visits: Sequence[VisitDraft]) -> None:
        for visit in visits:
            foreign = any((p.country or self._country(p.person)) not in (None, visit.to) for p in visit.visitors)
            misread = self.sure and visit.to == self.home and not foreign  # "… had visited the Kingdom" sends nobody to his own country
            if visit.to is not None and visit.kind != "site" and not misread and not homeward(self.notes, visit):
                for party in visit.visitors:
                    self.away.setdefault(party.person, set()).add(visit.to)

    def _note_counterparts(self) -> None:
        """Who has "her Xish counterpart" is of another land."""
        for s in self.sentences:
            for k, item in enumerate(s.items[2:], 2):
                if item.low in ("counterpart", "counterparts") and s.items[k - 1].kind == "demonym" and s.items[k - 2].low in ("his", "her"):
                    owner = next((j for j in reversed(self._people(s)) if j < k), None)
                    named = owner is not None and self.notes.text[s.items[owner].end : s.items[k - 2].start].strip() in (",", "(", "")  # "met B, her Xish counterpart"
                    if owner is not None and not named:
                        self.away.setdefault(_person(s.items[owner]), set()).add(str(s.items[k - 1].ref))

    def _note_met(self, meetings: Sequence[MeetingDraft]) -> None:
        """The countries of those whom home meets."""
        for meeting in meetings:
            for mine, theirs in ((meeting.hosts, meeting.guests), (meeting.guests, meeting.hosts)):
                known = {p.country or self._country(p.person) for p in theirs} - {None}
                ours = {p.country or self._country(p.person) for p in mine} <= {None, self.home}
                if self.sure and ours and len(known) == 1 and self.home not in known:
                    self.met |= {c for c in known if c}

    def _until_settled(self, rules: Sequence[Callable[[], None]]) -> None:
        """Apply rules until none gives anybody a country any more, or often enough."""
        for _ in range(_ROUNDS):
            self.changed = False
            for rule in rules:
                rule()
            if not self.changed:
                return

    def _name_body_titles(self) -> None:
        """Titles that the report gives to an international body somewhere: "the UN High Commissioner for …"."""
        told = [i.ref for s in self.notes.sentences for i in s.items if isinstance(i.ref, Office)]
        held = [o for f in self.notes.people for o in f.offices]
        self.body_titles = tuple(sorted({fold(o.title) for o in (*told, *held) if o.org is not None and of_body(o) and len(o.title.split()) > 1}))

    def _body_official(self, figure: Figure) -> bool:
        titles = [fold(o.title) for o in figure.offices if o.org is None and len(o.title.split()) > 1]
        return any(known == t or known.startswith(t + " ") for t in titles for known in self.body_titles)

    def _leave_bodies(self) -> None:
        """Officials of international bodies act for no country, whatever the name of their mission or a former post says."""
        for figure in self.notes.people:
            now = [o for o in figure.offices if not _over(o)]
            bodies = [o for o in now if of_body(o)]
            if not bodies or figure.country is None or any(o.country and not of_body(o) for o in now):
                continue
            if figure.country_why in _SIDED and all(o.org is None for o in bodies):
                continue  # a ministry's own secretary general, at the head of its delegation
            figure.country, figure.country_why = None, ""
            figure.country_spans.clear()

    def _from_forms(self) -> None:
        """An office that only one of the report's countries can have: the king, where a single kingdom is named."""
        near = [*self.notes.countries, *([self.home] if self.home and self.sure else [])]
        for figure in self.notes.people:
            having = telling(figure) if self._open(figure.index, _ANY) else None
            named = list(dict.fromkeys(c for c in near if having is not None and c in having))
            if len(named) == 1:
                figure.country, figure.country_why = named[0], "the only country of the report that has this office"
                figure.inferred_from, self.changed = (), True

    def _from_own(self) -> None:
        for person, span in self.cues.own:
            if self.home and self._open(person, _ANY):
                self._set(self.notes.people[person], self.home, "called the report's own", (span,))
        for person, span in self.cues.theirs:
            other = self._guest(self.home) if self.home and self.sure else None
            if other and self._open(person, _ANY):
                self._set(self.notes.people[person], other, "called the guest's own", (span,))

    def _from_signatures(self) -> None:
        """"NAME, Deputy Minister, signed for LAND", "on behalf of the Government of LAND"."""
        for s in self.sentences:
            for k, item in enumerate(s.items) if "sign" in s.said else ():
                if item.kind != "country" or k < 2 or not {"for", "behalf"} & {i.low for i in s.items[max(0, k - 5) : k]}:
                    continue
                back = next((j for j in range(k - 1, max(-1, k - 8), -1) if s.items[j].lemma == "sign" and s.items[j].tag.startswith("VB")), None)
                between = [i.low for i in s.items[back + 1 : k]] if back is not None else ["?"]
                if back is None or any(w not in ("for", "on", "behalf", "of", "the", "government") for w in between):
                    continue
                person = next((_person(i) for i in reversed(s.items[:back]) if isinstance(i.ref, NameMention)), -1)
                if person >= 0 and self._may(person):
                    self._set(self.notes.people[person], str(item.ref), f"signed for {places.country_name(str(item.ref))}", (Span(s.items[back].start, item.end),))

    def _from_cities(self) -> None:
        """Officials of a city or a region named after one: "Vice Mayor of CITY"."""
        for figure in self.notes.people:
            if figure.country is not None:
                continue
            for office in figure.offices:
                if fold(office.title).split()[-1:] and fold(office.title).split()[-1] in _CHURCH:
                    continue
                words = (office.org or "").split()
                sizes = range(min(len(words), 3), 0, -1)
                country = next((c for c in (places.city_country(" ".join(words[:n])) for n in sizes) if c), None)
                if country and office.org_span and self._known_here(country):
                    self._set(figure, country, f"of {' '.join(words)}", (office.org_span,))
                    break

    def _known_here(self, country: str) -> bool:
        """Whether the report speaks of the country at all: many cities share a name."""
        return country == self.home or bool(self.notes.countries.get(country))

    def _from_bonds(self, loose: bool) -> None:
        for bond in self.cues.bonds:
            if bond.loose != loose:
                continue
            for one, other in ((bond.one, bond.other), (bond.other, bond.one)):
                known = self._country(other)
                if known is None or not self._may(one) or other == bond.one and bond.same:
                    continue
                country = known if bond.same else self._facing(known)
                if country is not None and (bond.same or country != known):
                    self._set(self.notes.people[one], country, f"{bond.why} ({self.notes.people[other].name})", (bond.span,))

    def _facing(self, country: str, *, presumed: bool = True) -> str | None:
        """The other of the two countries that the report is about; a home that is only presumed counts where the caller says so."""
        if country == self.home:
            second = self._second()
            return second if second and self._bound(self.home, second) and self._spoken_of(second) else None
        return self.home if self.sure else self._partner(country) or (self._presumed_home() if presumed else self._of_home(country))

    def _guest(self, side: str) -> str | None:
        """Whom home speaks to: the other country of the report, or the one whose people it meets."""
        if side == self.home and len(self.met) == 1:
            return next(iter(self.met))
        return self._facing(side, presumed=False)

    def _spoken_of(self, country: str) -> bool:
        """Whether a country is more than a topic named once: twice, or with an official of it, or as where somebody travels."""
        told = any(f.country == country for f in self.notes.people) or any(o.country == country for _, _, o in self.offices)
        return told or len(self.notes.countries.get(country, ())) > 1 or any(country in to for to in self.away.values())

    def _of_home(self, country: str) -> str | None:
        """Home, where it is known, or where the report is about it and ``country``."""
        home = self._presumed_home()
        return home if home is None or self.sure or self._bound(home, country) else None

    def _presumed_home(self) -> str | None:
        """Home, where it is known or where at least the report names it more than once or an official of it."""
        if self.home is None or self.sure:
            return self.home
        named = len(self.notes.countries.get(self.home, ())) > 1 or any(f.country == self.home for f in self.notes.people) or any(o.country == self.home for _, _, o in self.offices)
        return self.home if named else None

    def _partner(self, country: str) -> str | None:
        """The country that the report names in pair with ``country``: "A and B noted", "A-B relations"."""
        pairs = self.partners.get(country, {})
        return max(sorted(pairs), key=lambda c: pairs[c]) if pairs else None

    def _pair_countries(self) -> None:
        for s in self.sentences:
            for k, item in enumerate(s.items):
                if item.kind in ("country", "demonym"):
                    other = _paired_with(s.items, k)
                    one, two = str(item.ref), str(other.ref) if other is not None else ""
                elif "-" in item.low:
                    one, two = _hyphened(item.text)
                else:
                    continue
                if two and one != two:
                    for mine, theirs in ((one, two), (two, one)):
                        counts = self.partners.setdefault(mine, {})
                        counts[theirs] = counts.get(theirs, 0) + 1

    def _bound(self, one: str, two: str) -> bool:
        """Whether the report is about the relations of two countries: it names them as a pair, or no third, or tells of a tour from the first."""
        if two in self.partners.get(one, {}) or set(self.notes.countries) <= {one, two}:
            return True
        goals = {c for to in self.away.values() for c in to}
        other = max((len(spans) for c, spans in self.notes.countries.items() if c != one and c not in goals), default=0)
        return len(goals) > 1 and one not in goals and len(self.notes.countries.get(one, ())) > max(1, 2 * other)

    def _second(self) -> str | None:
        """The one country besides home that the report is about, if there is one."""
        counts = {c: len(spans) for c, spans in self.notes.countries.items() if c != self.home}
        top = max(counts.values(), default=0)
        return self.other if self.other and 2 * top > sum(counts.values()) else None

    def _from_visits(self, visits: Sequence[VisitDraft]) -> None:
        for visit in visits:
            if visit.to is None or visit.kind == "site" or homeward(self.notes, visit):
                continue
            known = [p.country or self._country(p.person) for p in visit.visitors]
            origin = visit.from_ or next((c for c in known if c), None) or (self._of_home(visit.to) if self.home != visit.to else self._second())
            if origin is None or origin in {v.to for v in visits if v.kind != "site" and any(p.same(q) for p in visit.visitors for q in v.visitors)}:
                continue
            if visit.to == self.home and self.sure and any(known):
                continue  # some of those told as travellers are hosts
            for party in visit.visitors:
                if self._open(party.person, _ANY) or party.person >= 0 and self._unstyled(party.person):
                    self._set(self.notes.people[party.person], origin, f"visitor to {places.country_name(visit.to)}", (visit.trigger,))
                    visit.from_ = visit.from_ or origin
            for party in visit.inviters:
                if visit.to not in known and self._open(party.person, STATE):
                    self._set(self.notes.people[party.person], visit.to, f"inviter of a visit to {places.country_name(visit.to)}", (visit.trigger,))

    def _from_airports(self, visits: Sequence[VisitDraft]) -> None:
        """Who meets a guest at the airport is of the country visited."""
        for s, at in self.airports:
            goal = next((v for v in reversed(visits) if v.to and v.kind != "site" and v.sentence <= s.index), next((v for v in visits if v.to and v.kind != "site"), None))
            if goal is None or not any(i.low in ("met", "welcomed", "received", "greeted", "off") for i in s.items):
                continue
            by = next((k for k, i in enumerate(s.items) if i.low == "by" and isinstance(s.items[min(k + 1, len(s.items) - 1)].ref, NameMention)), None)
            person = _person(s.items[by + 1]) if by is not None else -1
            if by is not None and self._may(person):
                self._set(self.notes.people[person], goal.to or "", "met a guest at the airport", (Span(s.items[at].start, s.items[at].end),))

    def _from_journeys(self, visits: Sequence[VisitDraft]) -> None:
        """"A's visit to LAND, to meet with B": of the land that is visited."""
        for visit in visits:
            if visit.to is None or visit.kind == "site" or homeward(self.notes, visit):
                continue
            items = self.notes.sentences[visit.sentence].items
            for k in self._people(self.notes.sentences[visit.sentence]):
                words = [i.low for i in items[max(0, k - 2) : k]]
                aim = words[-1:] in (["meet"], ["meeting"]) or words in (["meet", "with"], ["meeting", "with"])
                person = _person(items[k])
                if aim and items[k].start > visit.trigger.start and self._open(person, _ANY) and not any(p.person == person for p in visit.visitors):
                    self._set(self.notes.people[person], visit.to, f"met on a visit to {places.country_name(visit.to)}", (visit.trigger,))

    def _from_places_of(self, meetings: Sequence[MeetingDraft]) -> None:
        """Who is said to receive does so at home: "hosted the guest at a base near CITY"."""
        for meeting in meetings:
            if meeting.unsided or meeting.kind in ("conference", "summit", "ceremony", "phone_call", "video_call"):
                continue
            items = self.notes.sentences[meeting.sentence].items
            found = [i for j, i in pairwise(items) if i.kind in ("place", "country") and j.low in ("in", "near")]
            if len({str(i.ref) for i in found}) != 1 or str(found[0].ref) in {p.country or self._country(p.person) for p in meeting.guests}:
                continue
            if self.sure and str(found[0].ref) != self.home and not any(self._country(p.person) == self.home for p in meeting.guests):
                continue
            for party in meeting.hosts:
                if self._open(party.person, _ANY):
                    span = Span(found[0].start, found[0].end)
                    self._set(self.notes.people[party.person], str(found[0].ref), "receives where the contact takes place", (span,))

    def _from_peers(self, meetings: Sequence[MeetingDraft]) -> None:
        """Those received together, or receiving together, are of one side: "met President X of LAND and Prime Minister Y"."""
        for meeting in meetings:
            if meeting.unsided or meeting.kind in ("conference", "summit", "ceremony"):
                continue
            for side in (meeting.hosts, meeting.guests):
                known = {self._country(p.person) if p.person >= 0 else p.country for p in side} - {None}
                if len(known) != 1 or len(side) < 2:
                    continue
                country = next(iter(known)) or ""
                placed = [p for p in side if self._country(p.person) == country]
                if self.home and placed and all(self._posted([p], country) == self.home for p in placed):
                    continue  # "attended by Minister X and the ambassador of A": home's own, and the guest's envoy
                for party in side:
                    if self._open(party.person, _ANY):
                        self._set(self.notes.people[party.person], country, f"met together with the side of {places.country_name(country)}", (meeting.trigger,))

    def _from_envoys(self, meetings: Sequence[MeetingDraft]) -> None:
        """Who meets an envoy is of the country that the envoy is sent to: "Cabinet Secretary X received the ambassador of A to B"."""
        for meeting in meetings:
            for mine, theirs in ((meeting.hosts, meeting.guests), (meeting.guests, meeting.hosts)):
                sent = {host for p in theirs if p.person >= 0 for o in self.notes.people[p.person].offices[:1] if o.country and (host := accredited(o)) and host != o.country}
                for party in mine if len(sent) == 1 else ():
                    if self._open(party.person, STATE):
                        country = next(iter(sent))
                        self._set(self.notes.people[party.person], country, f"met an envoy to {places.country_name(country)}", (meeting.trigger,))

    def _from_meetings(self, visits: Sequence[VisitDraft], meetings: Sequence[MeetingDraft]) -> None:
        faced: dict[int, set[str | None]] = {}  # the countries of the envoys whom a person met
        for meeting in meetings:
            for mine, theirs in ((meeting.hosts, meeting.guests), (meeting.guests, meeting.hosts)):
                for party in mine:
                    faced.setdefault(party.person, set()).update(self._country(p.person) for p in theirs if p.person >= 0 and any(o.klass == "diplomat" for o in self.notes.people[p.person].offices))
        for meeting in meetings:
            for mine, theirs in ((meeting.hosts, meeting.guests), (meeting.guests, meeting.hosts)):
                known = {self._country(p.person) if p.person >= 0 else p.country for p in theirs} - {None}
                if len(known) != 1:
                    continue
                side = next(iter(known)) or ""
                opposite = self._posted(theirs, side) or self._opposite(side, meeting, visits)
                for party in mine:
                    if opposite in faced[party.person]:
                        continue  # met the envoys of A and of B: of neither
                    if opposite and party.person >= 0 and (self._open(party.person, _ANY) or self._unstyled(party.person, self.sure and opposite == self.home)):
                        self._set(self.notes.people[party.person], opposite, f"met the side of {places.country_name(side)}", (meeting.trigger,))

    def _posted(self, envoys: Sequence[Party], side: str) -> str | None:
        """Where the envoys met are sent: "received the ambassador of A to B"."""
        goals = {accredited(o) for p in envoys if p.person >= 0 for o in self.notes.people[p.person].offices if not _over(o)} - {None}
        return next(iter(goals)) if len(goals) == 1 and side not in goals else None

    def _from_contacts(self, visits: Sequence[VisitDraft]) -> None:
        """"He called on Prime Minister X and will meet Foreign Minister Y": those met by a known side face it."""
        subject: Figure | None = None
        for s in self.sentences:
            if s.kind == "headline":
                continue
            opened, mine, own, again = self._subjects_of(s)
            if opened is not None:
                subject = self.notes.people[_person(s.items[opened])]
            side = self.home if own else subject.country if subject is not None else None
            if side is None and subject is not None and any(of_body(o) for o in subject.offices):
                side = ""  # a body's official: of no side
            if side is not None and (own or opened is not None or again):
                self._met_by(s, side, visits, mine)

    def _subjects_of(self, s: Sentence) -> tuple[int | None, bool, bool, bool]:
        """The first person who is a subject, whether its author tells of himself, whether the report does ("I", "we"), whether a pronoun is the subject. Kept: the rules ask in every round."""
        if s.index not in self.subjects:
            opened = next((k for k in self._people(s) if s.items[k].dep in ("nsubj", "nsubjpass")), None)
            said = {i.low for i in s.items if i.dep == "nsubj"}
            mine = any(i.low in ("i", "me") and not i.quoted for i in s.items)
            own = mine or ("we" in said and any(i.low == "we" and i.dep == "nsubj" and not i.quoted for i in s.items))
            self.subjects[s.index] = opened, mine, own, not said.isdisjoint(("he", "she"))
        return self.subjects[s.index]

    def _from_abroad(self, visits: Sequence[VisitDraft]) -> None:
        """Whom home's travellers "are due to call on", or have "a meeting with": of the country in which they are."""
        journeys = [v for v in visits if v.to and v.to != self.home and v.kind != "site" and any((p.country or self._country(p.person)) == self.home for p in v.visitors)]
        if self.home is None or not journeys or any(v.to == self.home and v.kind != "site" for v in visits):
            return
        for s in self.sentences:
            for k in self._people(s):
                person = _person(s.items[k])
                if not self._open(person, STATE) or s.kind == "headline" or not _contacted(s.items, k):
                    continue
                goal = self._latest(sorted({v.to for v in journeys if v.to}), s.index)
                self._set(self.notes.people[person], goal, f"met on a visit to {places.country_name(goal)}", (Span(s.items[k - 1].start, s.items[k].end),))

    def _met_by(self, s: Sentence, side: str, visits: Sequence[VisitDraft], own: bool) -> None:
        for k in self._people(s):
            item = s.items[k]
            person = _person(item)
            if self._open(person, STATE) and item.dep == "nsubj" and own and not item.quoted:
                opposite = self._goal(side, visits, s.index)
                if opposite is not None:
                    self._set(self.notes.people[person], opposite, "told of by the visitor", (Span(item.start, item.end),))
                continue
            if item.dep not in ("pobj", "dobj", "conj", "appos") or not self._open(person, STATE):
                continue
            verb = next((i for i in reversed(s.items[:k]) if i.tag.startswith("VB") and i.lemma not in ("be", "have", "will")), None)
            prep = next((i.low for i in reversed(s.items[:k]) if i.dep == "prep"), "")
            met = verb is not None and (verb.lemma in ("meet", "receive", "host") or prep in ("with", "on") and verb.lemma in ("hold", "call", "talk", "speak", "discuss", "have", "confer"))
            past = verb is not None and verb.tag == "VBD"
            opposite = self._goal(side, [v for v in visits if not past or v.status != "planned"], s.index) if met else None
            if opposite is not None and verb is not None:
                self._set(self.notes.people[person], opposite, f"met by the side of {places.country_name(side)}" if side else "met by an official of an international body", (Span(verb.start, verb.end),))

    def _goal(self, side: str, visits: Sequence[VisitDraft], sentence: int) -> str | None:
        """Where the other side of a contact is at home: the host country of a journey, home for a foreigner, the last "visit to" of "I"."""
        abroad = self._third_country(side, visits, sentence)
        if abroad is not None:
            return abroad
        if side != self.home and self.sure:
            return self.home
        goals = [v.to for v in visits if v.to and v.to != side and v.kind != "site" and v.sentence <= sentence and v.from_ in (None, side)]
        if goals:
            return self._latest(goals, sentence)
        for s in reversed(self.notes.sentences[max(0, sentence + 1 - _BACK) : sentence + 1]):
            for k in range(len(s.items) - 1, 1, -1):
                near = {i.low for i in s.items[max(0, k - 3) : k]}
                if s.items[k].kind == "country" and near & {"visit", "trip"} and "to" in near or s.items[k].kind == "country" and s.items[k - 1].low == "visit":
                    return str(s.items[k].ref) if str(s.items[k].ref) != side else None
        return None

    def _opposite(self, side: str, meeting: MeetingDraft, visits: Sequence[VisitDraft]) -> str | None:
        """The country facing ``side`` in a contact: home, else where it takes place, the goal of the visit, the other of the two main ones."""
        abroad = self._third_country(side, [v for v in visits if v.status != "planned" or meeting.status != "occurred"], meeting.sentence)
        if abroad is not None:
            return abroad
        if side != self.home and self.sure:
            return self.home
        place = self._place_near(meeting.sentence, side)
        if place and (side != self.home or not self.sure or self._spoken_of(place)):
            return self._better(place, side) or place
        early = meeting.status == "occurred"  # whoever has yet to travel has not met anybody there
        goals = [v.to for v in visits if v.to and v.to != side and v.kind != "site" and v.sentence <= meeting.sentence and v.from_ in (None, side) and not (early and v.status == "planned")]
        if goals:
            return self._latest(goals, meeting.sentence)
        return self._facing(side, presumed=False)

    def _third_country(self, side: str, visits: Sequence[VisitDraft], sentence: int) -> str | None:
        """Where people of ``side`` are told to be on a visit, in a report that is at home in neither land: those whom they meet are of that land."""
        if not side or not self.sure or side == self.home:
            return None
        goals = [v.to for v in visits if v.to and v.kind != "site" and v.sentence <= sentence and any((p.country or self._country(p.person)) == side for p in v.visitors)]
        return self._latest(goals, sentence) if goals and self.home not in goals and side not in goals and self._spoken_of(goals[-1]) else None

    def _better(self, place: str, side: str) -> str | None:
        """Whom ``side`` met in a third country: the one country it is named in pair with, or home; ``None`` where the place may be the other's."""
        named = {c: len(spans) for c, spans in self.notes.countries.items()}
        official = any(f.country == place for f in self.notes.people) or any(o.country == place for _, _, o in self.offices)
        pairs = self.partners.get(side, {})
        if len(pairs) == 1 and place not in pairs and not official and named.get(next(iter(pairs)), 0) > named.get(place, 0):
            return next(iter(pairs))
        home = self._presumed_home()
        ours = home is not None and home not in (side, place) and named.get(home, 0) > 2 and named.get(home, 0) > 2 * named.get(place, 0)
        return home if ours and not any(f.country == home for f in self.notes.people) else None

    def _latest(self, goals: list[str], sentence: int) -> str:
        """Of several countries visited, the one whose name or city was told last before a sentence."""
        for s in reversed(self.notes.sentences[max(0, sentence + 1 - _BACK) : sentence + 1]):
            for item in reversed(s.items):
                if item.kind in ("place", "country") and str(item.ref) in goals:
                    return str(item.ref)
        return goals[-1]

    def _place_near(self, sentence: int, side: str) -> str | None:
        for index in (sentence, sentence - 1):
            if not 0 <= index < len(self.notes.sentences):
                continue
            items = self.notes.sentences[index].items
            for k, item in enumerate(items):
                if item.low in ("who", "which", "whom") and index == sentence:
                    break  # "received X, who told him of talks in Paris"
                here = item.kind in ("place", "country") and k > 0 and items[k - 1].low in ("in", "at", "near")
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

    def _from_thanks(self, said: Sequence[StatementDraft]) -> None:
        """Whom a side thanks, congratulates or invites is of the other, in a report about two."""
        for statement in said:
            sides = {self._country(p.person) if p.person >= 0 else p.country for p in statement.speakers} - {None}
            if statement.act not in _COURTESIES or len(sides) != 1:
                continue
            side = next(iter(sides)) or ""
            opposite = self._guest(side)
            for party in statement.addressees if opposite and opposite != side else ():
                if self._open(party.person, frozenset(("head_of_state", "head_of_government", "minister"))):
                    self._set(self.notes.people[party.person], opposite or "", f"addressed by the side of {places.country_name(side)}", (statement.cue,))

    def _from_places(self) -> None:
        """An office of state right after "in CAPITAL" ("In Tirana he will meet Prime Minister X") is of that country."""
        for s in self.sentences:
            self._where(s)
            if not s.items or s.items[0].low not in ("in", "while", "at"):
                continue
            capital = any(i.low == "capital" for i in s.items[1:5])
            opening = [i for i in s.items[1:4] if i.kind in ("place", "country") or capital and i.kind == "demonym"]
            if not opening or str(opening[0].ref) == self.home:
                continue
            for k in self._people(s):
                person = _person(s.items[k])
                if self._open(person, _ANY) and self._hosts_there(s, k):
                    span = Span(s.items[0].start, opening[0].end)
                    self._set(self.notes.people[person], str(opening[0].ref), "named where the sentence takes place", (span,))

    def _where(self, s: Sentence) -> None:
        """"in LAND, where President X said …"."""
        for k, item in enumerate(s.items) if "where" in s.said else ():
            if item.low != "where":
                continue
            place = next((i for i in reversed(s.items[max(0, k - 8) : k]) if i.kind in ("place", "country")), None)
            person = next((i for i in s.items[k + 1 : k + 6] if isinstance(i.ref, NameMention)), None)
            if place is not None and str(place.ref) != self.home:
                self._met_where(s, k, place)
            if place is None or person is None or str(place.ref) == self.home or person.dep not in ("nsubj", "nsubjpass"):
                continue
            if self._open(_person(person), STATE) and s.items[person.head].lemma not in ("hold", "meet", "attend", "arrive"):
                self._set(self.notes.people[_person(person)], str(place.ref), "named where the sentence takes place", (Span(place.start, item.end),))

    def _met_where(self, s: Sentence, k: int, place: Item) -> None:
        """"in LAND, where he is expected to meet President X"."""
        subject = next((i for i in s.items[k + 1 :] if i.dep in ("nsubj", "nsubjpass")), None)
        if subject is None or subject.low not in ("he", "she", "they", "i", "we") and not isinstance(subject.ref, NameMention):
            return
        for n in self._people(s):
            person = _person(s.items[n])
            if k < n < k + 16 and s.items[n] is not subject and s.items[n].dep in ("dobj", "pobj", "conj", "appos") and self._open(person, STATE):
                self._set(self.notes.people[person], str(place.ref), "named where the sentence takes place", (Span(place.start, s.items[k].end),))

    def _hosts_there(self, s: Sentence, k: int) -> bool:
        """Whom the sentence's subject meets there, or who speaks there and has not been told of before."""
        item = s.items[k]
        figure = self.notes.people[_person(item)]
        if item.dep in ("nsubj", "nsubjpass"):
            new = min(m.start for m in figure.mentions) >= s.start
            return new and (s.items[item.head].lemma in _SAYS or s.items[item.head].lemma in ("receive", "host", "welcome", "greet"))
        subjects = [j for j, i in enumerate(s.items[:k]) if i.dep in ("nsubj", "nsubjpass")]
        return bool(subjects) and item.dep in ("dobj", "pobj", "conj", "appos")

    def _from_titles(self) -> None:
        """An office told with its country but no name ("the Prime Minister of Japan") is held by the only one who has it."""
        for s, item, office in self.offices:
            if not office.plural and office.country and not office.org and office.country != self.home:
                holders = self._held_before(self.by_sole.get(_sole(office) or "", []), s)
                if len(holders) == 1 and self._open(holders[0], _ANY) and office.country not in self.told_apart.get(holders[0], ()):
                    self._set(self.notes.people[holders[0]], office.country, "the only one with this office", (Span(item.start, item.end),))

    def _from_embassies(self) -> None:
        """"LAND's ambassador was summoned. Ambassador NAME …": the one envoy told with a country, and the one without."""
        told = [(s, i, o) for s, i, o in self.offices if o.klass == "diplomat" and o.country and not o.org and not o.plural]
        bare = [f for f in self.notes.people if self._open(f.index, frozenset(("diplomat",))) and all(fold(o.title) == "ambassador" for o in f.offices)]
        if len(bare) != 1 or len({o.country for _, _, o in told}) != 1 or any(o.klass == "diplomat" for f in self.notes.people if f is not bare[0] for o in f.offices):
            return
        s, item, office = told[0]
        if item.start < bare[0].mentions[0].start and s.kind != "headline":
            self._set(bare[0], str(office.country), "the envoy told of before", (Span(item.start, item.end),))

    def _held_before(self, holders: list[int], s: Sentence) -> list[int]:
        """Of several holders the only one that the sentence before names: "the Bhutanese head of state" goes on about him."""
        before = self.notes.sentences[s.index - 1] if len(holders) > 1 and s.index else None
        named = {_person(i) for i in before.items} if before is not None else set()
        return [h for h in holders if h in named] if before is not None else holders

    def _note_holders(self) -> None:
        """Who holds which office of a kind that a state has one of; and where such an office of a country is told beside a person."""
        for figure in self.notes.people:
            for sole in self._soles(figure):
                self.by_sole.setdefault(sole, []).append(figure.index)
                if figure.country:
                    self.holders.setdefault((figure.country, sole), []).append(figure.index)
        for s in self.sentences:
            offices = [i.ref.country for i in s.items if isinstance(i.ref, Office) and i.ref.country and _sole(i.ref)]
            for item in s.items if offices else ():
                if isinstance(item.ref, NameMention):
                    self.told_apart.setdefault(_person(item), []).extend(c for c in offices if c)

    def _soles(self, figure: Figure) -> list[str]:
        return sorted({sole for sole in map(_sole, figure.offices) if sole is not None})

    def _from_home(self, classes: frozenset[str]) -> None:
        for figure in self.notes.people:
            if not self._open(figure.index, classes) or _calling(figure):
                continue
            if self.home and self.sure and not self._taken(figure, self.home) and fits(figure, self.home):
                self._set(figure, self.home, self.why, self.spans)
                continue
            second = self._second()
            if self.home and self.sure and second and (self._bound(self.home, second) or not self._passing(figure, second)):
                span = self.notes.countries[second][0]
                self._set(figure, second, f"{places.country_name(self.home)} has another holder of this office, and the report is about the two", (span,))
                continue
            local = self._local(figure)
            if local is not None and not self._taken(figure, str(local.ref)):
                country = str(local.ref)
                self._set(figure, country, f"named where the report tells of {places.country_name(country)}", (Span(local.start, local.end),))
            elif self.home and self._likely() and not self._taken(figure, self.home) and self._state(figure):
                self._set(figure, self.home, self.why, self.spans)

    def _passing(self, figure: Figure, second: str) -> bool:
        """Whether somebody is named but once, and nowhere near his presumed country: a president of the past, of whom the two sides may not be told."""
        at = bisect_right(self.starts, figure.mentions[0].start) - 1
        near = [i for s in self.sentences[max(0, at - 2) : at + 1] for i in s.items]
        return len(figure.mentions) == 1 and not any(i.kind in ("country", "demonym", "place") and str(i.ref) == second for i in near)

    def _likely(self) -> bool:
        """Whether the report names home often enough to be about it, where nothing else tells that it is at home there."""
        counts = [len(spans) for spans in self.notes.countries.values()]
        mine = len(self.notes.countries.get(self.home or "", ()))
        told = {f.country for f in self.notes.people if f.country_spans}
        text = self.notes.text
        stays = any(text[max(0, span.start - 8) : span.start].split()[-1:] not in (["from"], ["over"], ["via"]) for span in self.notes.countries.get(self.home or "", ()))
        alone = stays and self.home not in told and len(self.notes.countries) < 3 and all(c in told for c in self.notes.countries if c != self.home)
        return mine >= 3 and 2 * mine >= sum(counts) or mine >= 1 and alone

    def _state(self, figure: Figure) -> bool:
        return any((o.klass in STATE or o.klass == "diplomat") and o.org is None for o in figure.offices)

    def _local(self, figure: Figure) -> Item | None:
        """The one country that the sentence of the first mention names before the person."""
        first = min((m.start for m in figure.mentions), default=-1)
        at = bisect_right(self.starts, first) - 1
        s = self.sentences[at] if at >= 0 else None
        if s is None or first >= s.end or s.kind == "headline" or not self._state(figure):
            return None
        before = [i for i in s.items if i.start < first and i.kind in ("country", "demonym", "place")]
        if len({str(i.ref) for i in before}) == 1:
            return before[-1]
        owners = [i for i, after in pairwise(s.items) if i in before and (after.text == "'s" or i.kind == "demonym")]
        return owners[-1] if owners else None

    def _taken(self, figure: Figure, country: str) -> bool:
        """Whether somebody else of that country holds the same office, of which a state has one."""
        return any(i != figure.index for sole in self._soles(figure) for i in self.holders.get((country, sole), ()))

    # -- small questions -------------------------------------------------------------------------------------------------

    def _people(self, s: Sentence) -> list[int]:
        if s.index not in self.named:
            self.named[s.index] = [k for k, i in enumerate(s.items) if i.kind == "person"]
        return self.named[s.index]

    def _country(self, person: int) -> str | None:
        return self.notes.people[person].country if person >= 0 else None

    def _open(self, person: int, classes: frozenset[str]) -> bool:
        return person >= 0 and self._country(person) is None and _plain(self.notes.people[person], classes) and not self._body_official(self.notes.people[person])

    def _unstyled(self, person: int, facing: bool = False) -> bool:
        """Whether the report gives the person no office and is about him or her, or tells of a contact with a foreigner at home."""
        figure = self.notes.people[person]
        return figure.country is None and not figure.offices and (facing or figure.index < 2 and len(figure.mentions) > 1)

    def _may(self, person: int) -> bool:
        """Whether a bond may give the person a country: also those whom the report gives no office."""
        figure = self.notes.people[person]
        return figure.country is None and (not figure.offices or _plain(figure, _ANY))

    def _set(self, figure: Figure, country: str, why: str, spans: tuple[Span, ...]) -> None:
        if self._taken(figure, country) or not fits(figure, country) or _accredited_to(figure, country) or country in self.away.get(figure.index, ()):
            return
        figure.country, figure.country_why = country, why
        figure.inferred_from = spans
        for sole in self._soles(figure):
            self.holders.setdefault((country, sole), []).append(figure.index)
        self.changed = True


def _accredited_to(figure: Figure, country: str) -> bool:
    """Whether somebody is an ambassador to that very country, and so none of its people."""
    name = places.country_name(country)
    return any(o.klass == "diplomat" and name in o.title.partition(" to ")[2] for o in figure.offices)


def _paired_with(items: Sequence[Item], k: int) -> Item | None:
    """The country that is named in one breath with the one at ``k``: "A and B", "A's relations with B"."""
    after = [j for j in range(k + 1, min(k + 9, len(items))) if items[j].kind == items[k].kind][:1]
    between = [i.low for i in items[k + 1 : after[0]]] if after else []
    joined = between in (["and"], ["-"], ["–"], ["&"], ["and", "the"])
    tied = not _TIES.isdisjoint(between) and between[-1:] != ["the"] and between[-1] in ("with", "to") or between[-2:] == ["with", "the"] and not _TIES.isdisjoint(between)
    return items[after[0]] if joined or tied else None


def _contacted(items: Sequence[Item], k: int) -> bool:
    """Whether the words right before a name say that he is met: "a meeting with", "call on", "received by"."""
    words = [i.low for i in items[max(0, k - 3) : k]]
    if words[-1:] == ["with"]:
        return any(w in ("meeting", "meetings", "talks", "discussions", "meet", "met", "confer", "conversation") for w in words[:-1])
    if words[-1:] == ["on"]:
        return any(w in ("call", "called", "calls", "calling") for w in words[:-1])
    if words[-1:] == ["by"]:
        return any(w in ("received", "hosted", "welcomed", "greeted") for w in words[:-1])
    return words[-1:] in (["met"], ["meet"], ["meets"])


def _hyphened(word: str) -> tuple[str, str]:
    """The two countries of "A-B relations", empty if they are none."""
    found = [places.country_of_name(part) or places.country_of_demonym(part) or "" for part in re.split("[-–]", word)]
    return (found[0], found[1]) if len(found) == 2 and all(found) else ("", "")


def _person(item: Item) -> int:
    """The person an item names, -1 if it names none."""
    return item.ref.person if isinstance(item.ref, NameMention) else -1


def _over(office: Office) -> bool:
    return fold(office.title).startswith(("former", "late", "ex-", "then "))


def _sole(office: Office) -> str | None:
    """The kind of an office that a state has only one of, ``None`` for others and for offices given up."""
    title = fold(office.title)
    if office.org is not None or set(title.replace("-", " ").split()) & _PASSED:
        return None
    joint = title.partition(" and ")[0]  # "Minister of Foreign Affairs and International Cooperation" is the foreign minister
    return _SOLE.get(title) or (_SOLE.get(joint) if "foreign" in joint or "external" in joint else None)


def _calling(figure: Figure) -> bool:
    return any(w in _PRIVATE for o in figure.offices for w in fold(o.title).split()[-1:])


def unsettled(notes: Annotated) -> tuple[bool, bool]:
    """Whether `Sides` can find a side of anybody in the report, and whether what people say can tell one: not where the report itself gives everybody's."""
    without = [f for f in notes.people if f.country is None or any(of_body(o) for o in f.offices)]
    return bool(without), any(_plain(f, _ANY) for f in without)


def _plain(figure: Figure, classes: frozenset[str]) -> bool:
    """Whether the person's offices are of the given classes and none names a country or an international body."""
    bare = any(o.org is None and o.klass in ("minister", "head_of_government") and not of_body(o) and not _over(o) for o in figure.offices)
    if any(o.country for o in figure.offices) or any(of_body(o) for o in figure.offices) and not bare:
        return False  # "Minister of Finance and Governor of the Bank" is of a state
    return any(o.klass in classes for o in figure.offices)

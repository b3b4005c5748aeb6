"""Where a report is at home: the country whose officials it names without saying whose they are.

Agencies, ministries and embassies leave their country in the furniture of a report (mark, dateline, letterhead, sign-off); its
prose gives it away by journeys, by ambassadors, and by whom it calls foreign. Each sign has a weight; their sum decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from memcon.codebook.load import table
from memcon.extract.draft import VisitDraft
from memcon.extract.forms import fits, telling
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.mentions import STATE_POSTS, Annotated, NameMention, Office, Sentence
from memcon.model import Span

STATE = STATE_POSTS - {"diplomat"}
_BODY_TITLE = re.compile(r"secretary[- ]general|high representative|executive secretary|envoy of the (?:secretary|chair)|european commission")
_ISSUER = re.compile(r"\b(?:Ministry|Embassy|High Commission|Consulate|Government|Department|Office|Presidency|Mission|Affairs|Press|Media|Secretariat|Parliament|Agency)\b", re.I)
_MISSION = re.compile(r"\b(?:Embassy|High Commission|Consulate|Mission)\b", re.I)
_DAY = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:19|20)\d\d\b")
_PROSE_END = re.compile(r"[.!?…][\"')\]]*\s*$")
_OWNED = re.compile(r"(?:[A-Z][\w.]*(?:'s)?|of)\s+$")  # an owner before the mark: "U.S. Under …"
_JOURNEYS = frozenset("visit visits trip trips tour tours stay stays journey journeys talks".split())
_HOMEWARD = frozenset("return returns returned returning home back".split())
_SIGNED = 5.0  # a letterhead or a sign-off
_DATED = 3.0  # a dateline: agencies also report from abroad
_LONG = 90  # characters of a line that may be furniture
_HEAD = 8  # lines at the head that may be
_LONGEST = 400  # items; what is longer is a table or no prose
_OPENING = 5  # sentences that tell what the report is about
_COUNTED = 8.0  # mentions beyond this say no more


@dataclass(frozen=True, slots=True)
class Place:
    """A country or a city named in a line, at ``span`` of the text."""

    country: str
    span: Span
    city: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The start of one of the first lines, or one of the last, with the places it names."""

    start: int
    text: str
    places: tuple[Place, ...]
    tail: bool
    whole: bool  # nothing of the line is left out


@dataclass(slots=True)
class Home:
    """Weighs the signs of one report."""

    notes: Annotated
    weights: dict[str, float] = field(default_factory=dict)
    signs: dict[str, tuple[float, str, Span]] = field(default_factory=dict)  # the strongest sign for a country: weight, words, place
    _travelled: set[str] = field(default_factory=set)  # countries whose people are told to travel

    def weigh(self, visits: Sequence[VisitDraft] = ()) -> dict[str, float]:
        """The weight of each country as the report's home; also what speaks for it, in ``signs``."""
        self.weights = {c: min(float(len(spans)), _COUNTED) for c, spans in self.notes.countries.items()}
        self._travelled = {c for v in visits if v.kind != "site" for c in (v.from_, *(p.country for p in v.visitors)) if c}
        self._furniture()
        self._ministries()
        self._first_person()
        self._offices()
        self._forms()
        self._envoys()
        self._foreigners()
        self._returns()
        self._credentials()
        self._journeys(visits)
        return self.weights

    def sure(self, country: str) -> bool:
        """Whether the report's furniture or a journey says that it is at home there, not only how often it names the country."""
        return country in self.signs

    def _add(self, country: str, weight: float, why: str = "", span: Span | None = None) -> None:
        self.weights[country] = self.weights.get(country, 0.0) + weight
        if span is not None and weight > self.signs.get(country, (0.0,))[0]:
            self.signs[country] = (weight, why, span)

    # -- furniture -------------------------------------------------------------------------------------------------------

    def _furniture(self) -> None:
        notes = self.notes
        if notes.home:
            passed_on = self._relayed(notes.home[1])
            spoken = notes.home[0] in (notes.dateline_country, *notes.countries)
            # An agency that passes a report on, or dates it from elsewhere, and never speaks of its own country reports from abroad.
            near = spoken or notes.dateline_country is None and not passed_on
            self._add(notes.home[0], 8.0 if near else 1.0, f"a report of {notes.home[2]} ({places.country_name(notes.home[0])})", notes.home[1] if near else None)
        dated = notes.dateline_country
        about = dated is not None and (dated in notes.countries or places.capital_of(dated) == notes.dateline_city or notes.dateline_city not in _seats())
        if dated and about and notes.dateline_span and not self._seat(dated, notes.dateline_city or ""):
            self._add(dated, _DATED, f"a report from {notes.dateline_city}", notes.dateline_span)
        seen: set[tuple[str, bool]] = set()
        for line in self._lines():
            self._agency(line)
            found = self._of_line(line)
            if found is None or (found[0].country, line.tail) in seen or found[0].country == dated:
                continue
            place, weight = found
            if place.city and self._seat(place.country, notes.text[place.span.start : place.span.end]):
                continue
            seen.add((place.country, line.tail))
            self._add(place.country, weight, f"a report marked “{notes.text[place.span.start : place.span.end]}”", place.span)

    def _relayed(self, mark: Span) -> bool:
        """The second agency of "(ONE/TWO)", whose report the first passes on; whether there is one that speaks of its country."""
        m = re.match(r"\s*/\s*([^\W\d_]{2,})", self.notes.text[mark.end : mark.end + 20])
        for country, marks in table("outlets", "en")["agencies"].items():
            if m is not None and m[1] in marks and str(country) in self.notes.countries:
                self._add(str(country), 6.0, f"a report of {m[1]} ({places.country_name(str(country))})", Span(mark.end + m.start(1), mark.end + m.end(1)))
                return True
        return False

    def _agency(self, line: Line) -> None:
        """An agency's mark without brackets on a dated line of its own: "CITY, September 12, AGENCY"."""
        if self.notes.home or not line.whole or not line.places or not _DAY.search(line.text) or len(line.text.split()) > 8:
            return
        words = {m[0]: m.start() for m in re.finditer(r"[^\W\d_]{3,}", line.text)}
        for country, marks in table("outlets", "en")["agencies"].items():
            mark = next((m for m in marks if m in words), None)
            if mark is not None:
                at = line.start + words[mark]
                self._add(str(country), 8.0, f"a report of {mark} ({places.country_name(str(country))})", Span(at, at + len(mark)))
                return

    def _seat(self, country: str, city: str) -> bool:
        """Whether the city is named as the seat of an international body, in a report that speaks of the body and not of the country."""
        named = {o.name for o in self.notes.orgs}
        seats = [b.seat for b in map(places.body, sorted(named)) if b is not None and b.seat]
        return city.title() in seats and not self.notes.countries.get(country)

    def _of_line(self, line: Line) -> tuple[Place, float] | None:
        named = [p for p in line.places if not p.city]
        cities = [p for p in line.places if p.city]
        if named and self._issued(line, named[0]):
            return named[0], _SIGNED
        if cities and not (_MISSION.search(line.text) and named) and self._bare(line, cities[0]):
            return cities[0], _SIGNED if line.tail else _DATED
        if line.tail and named and self._bare(line, named[0]):
            return named[0], _SIGNED
        return None

    def _issued(self, line: Line, place: Place) -> bool:
        """A body's own line: "Embassy of X, City", "Government of X"; a headline about one has other words."""
        m = _ISSUER.search(line.text)
        if m is None or not line.whole:
            return False
        between = self.notes.text[line.start + m.end() : max(place.span.start, line.start + m.end())]
        return len(line.text.split()) <= 4 or re.search(r"\bof\s+(?:the\s+)?(?:[A-Z]\w+\s+){0,3}(?:of\s+)?(?:the\s+)?$", between) is not None

    def _bare(self, line: Line, place: Place) -> bool:
        """Whether the line is a place and little else (a date, an office), not words about a place."""
        before = self.notes.text[line.start : place.span.start]
        if re.search(r"\b[a-z]{2,}\b", before) and not _ISSUER.search(before) or before.strip().lower() in ("in", "at", "from", "on", "to", "after", "while"):
            return False
        dated = _DAY.search(line.text) is not None
        short = line.whole and len(line.text.split()) <= 3 + 4 * dated
        return short or dated and len(before) <= 40

    def _lines(self) -> Iterator[Line]:
        """The first lines, and the last that are no prose."""
        text = self.notes.text
        spans = [m.span() for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
        for k, (start, end) in enumerate(spans):
            tail = k >= len(spans) - 6 and k > 1
            whole = end - start <= _LONG
            if k >= _HEAD and not tail or tail and (not whole or _PROSE_END.search(text[start:end])) or k == 0 and whole and not _DAY.search(text[start:end]):
                continue
            line = text[start : min(end, start + _LONG)]
            yield Line(start, line, tuple(self._places(start, line, whole)), tail, whole)

    def _places(self, start: int, line: str, whole: bool) -> Iterator[Place]:
        """Places in a line; at the head of prose only those before the first word in lower case."""
        at = 0
        words = list(re.finditer(r"[^\W\d_][\w'’.-]*", line))
        while at < len(words):
            if not whole and words[at][0].islower():
                return
            size, found = self._place_at(words[at : at + 4], start)
            if found is not None:
                yield found
            at += size

    def _place_at(self, words: list[re.Match[str]], start: int) -> tuple[int, Place | None]:
        if not places.may_start(words[0][0]):
            return 1, None
        for size in range(len(words), 0, -1):
            span = Span(start + words[0].start(), start + words[size - 1].end())
            name = self.notes.text[span.start : span.end].rstrip(".")
            country = places.country_of_name(name) or places.country_of_demonym(name)
            city = None if country else places.city_country(name) or (places.city_country(name.title()) if name.isupper() else None)
            if country or city:
                return size, Place(country or city or "", span, city is not None)
        return 1, None

    def _ministries(self) -> None:
        """Bodies and offices that only one country calls so, named without their country."""
        text = self.notes.text
        head = text[:300]
        for country, marks in table("outlets", "en")["ministries"].items():
            for mark in marks:
                at = self._unowned(mark)
                at = at if at >= 0 else head.find(mark.upper())
                if at >= 0:
                    self._add(country, 4.0, f"a report that names the {mark} without its country", Span(at, at + len(mark)))
                    break

    def _unowned(self, mark: str) -> int:
        """Where a mark stands without a country beside it, among its first mentions; -1 if nowhere."""
        at = -1
        for _ in range(4):
            at = self.notes.text.find(mark, at + 1)
            if at < 0 or not self._owned(at, at + len(mark)):
                return at
        return -1

    def _owned(self, start: int, end: int) -> bool:
        """Whether the words around a mark give its country: "U.S. Under …", "the Knesset, the X parliament"."""
        text = self.notes.text
        owner = _OWNED.search(text[max(0, start - 24) : start])
        named = owner is not None and (owner[0].strip() == "of" or _names_country(owner[0]))
        return named or re.match(r",? the [A-Z]\w+ (?:parliament|presiden|government|foreign)", text[end : end + 40]) is not None

    def _credentials(self) -> None:
        """"The new ambassadors to X presented their credentials", "envoys accredited to X", "received their credentials in CITY": at home in X."""
        for s in readable(self.notes):
            sent = next((k for k, i in enumerate(s.items) if i.low in ("accredited", "assigned")), None)
            goal = next((i for i in s.items[sent + 1 : sent + 4] if i.kind == "country"), None) if sent is not None else None
            if goal is not None and re.search(r"ambassador|commissioner|envoy|nuncio|diplomat", self.notes.text[s.start : s.end].lower()):
                self._add(str(goal.ref), 4.0, f"a report of envoys sent to {goal.text}", Span(goal.start, goal.end))
                return
            if not any(i.low in ("credentials", "credence") for i in s.items):
                continue
            for k, item in enumerate(s.items):
                before = " ".join(i.low for i in s.items[:k])
                if item.kind == "country" and k and s.items[k - 1].low in ("to", "the") and re.search(r" to(?: the)?$", before) and re.search(r"ambassador|commissioner|envoy|nuncio", before):
                    self._add(str(item.ref), 4.0, f"a report of credentials presented in {item.text}", Span(item.start, item.end))
                    return
                here = item.kind == "place" and any(i.low in ("in", "at") for i in s.items[max(0, k - 4) : k])
                if here and not self._seat(str(item.ref), item.text) and re.search(r"ambassador|commissioner|envoy|nuncio", self.notes.text[s.start : s.end].lower()):
                    self._add(str(item.ref), 4.0, f"a report of credentials presented in {item.text}", Span(item.start, item.end))
                    return
            self._host_of_envoys(s)
            return

    def _host_of_envoys(self, s: Sentence) -> None:
        """Where several envoys present credentials: the country they are sent to, else the one named most that none of them is of."""
        envoys = [o for f in self.notes.people for o in f.offices if o.klass == "diplomat"]
        sent = {c for c in map(accredited, envoys) if c}
        guests = {o.country for o in envoys} | {o.country for i in s.items if isinstance(o := i.ref, Office) and o.klass == "diplomat"}
        left = sorted((c for c in self.notes.countries if c not in guests), key=lambda c: -len(self.notes.countries[c]))
        counts = [len(self.notes.countries[c]) for c in left[:2]]
        most = left[0] if envoys and counts and counts[0] > 1 and (len(counts) == 1 or counts[0] > counts[1]) else None
        host = next(iter(sent)) if len(sent) == 1 else most if not sent else None
        if host is not None:
            spans = self.notes.countries.get(host, ())
            self._add(host, 4.0, f"a report of credentials presented in {places.country_name(host)}", spans[0] if spans else Span(s.start, s.end))

    def _returns(self) -> None:
        """"The Minister returns to X tomorrow", who is not said to be of X."""
        for s in readable(self.notes):
            for k, item in enumerate(s.items):
                if item.low not in ("returns", "returned", "return") or k + 2 >= len(s.items) or s.items[k + 1].low != "to":
                    continue
                place = s.items[k + 2]
                people = [self.notes.people[i.ref.person] for i in s.items[:k] if isinstance(i.ref, NameMention)]
                if place.kind in ("country", "place") and not any(f.country == str(place.ref) for f in people) and not item.quoted:
                    self._add(str(place.ref), 3.0, f"a report of a return to {places.country_name(str(place.ref))}", Span(item.start, place.end))

    def _first_person(self) -> None:
        """"Our relations with X", "my visit to X": whoever says so is not of X."""
        for s in readable(self.notes):
            for k, item in enumerate(s.items):
                if item.kind not in ("country", "demonym") or k == 0 or item.quoted:
                    continue
                before = [i.low for i in s.items[max(0, k - 6) : k]]
                with_ = item.kind == "country" and before[-1] in ("to", "with") and {"my", "our"} & set(before)
                mine = item.kind == "demonym" and before[-1] in ("my", "our") and any(i.low in ("counterpart", "colleague", "host", "friends") for i in s.items[k + 1 : k + 4])
                travels = item.kind == "country" and any(i.low == "i" for i in s.items[:k]) and any(i.low in ("visit", "visited", "visiting") for i in s.items[:k])
                if with_ or mine or travels:
                    self._add(str(item.ref), -3.0)

    # -- prose ---------------------------------------------------------------------------------------------------------

    def _offices(self) -> None:
        """Whose officials are named with their country: a report rarely does so for its own."""
        told: dict[str, int] = {}
        for figure in self.notes.people:
            for office in figure.offices[:2]:
                guest = office.klass in STATE or office.klass == "diplomat" and " to " not in office.title
                if office.country and guest and told.get(office.country, 0) < 2:
                    told[office.country] = told.get(office.country, 0) + 1
                    self._add(office.country, -2.0)

    def _forms(self) -> None:
        """An office without a country that a state cannot have: a report at home in a republic does not say "the King"."""
        for figure in self.notes.people:
            if figure.country is None and figure.offices:
                having = telling(figure) or frozenset()
                named = [c for c in self.notes.countries if c in having]
                if len(named) == 1 and figure.offices[0].klass == "minister":
                    self._add(named[0], 3.0, f"a report that names the {figure.offices[0].title} without a country", Span(figure.offices[0].start, figure.offices[0].end))
                for country in sorted(self.weights):
                    if not fits(figure, country):
                        self._add(country, -2.0)

    def _foreigners(self) -> None:
        """Whom a report says is received by nationality is not of its own: "received the visiting X minister"."""
        seen: set[str] = set()
        for s in readable(self.notes):
            for k, item in enumerate(s.items):
                if item.kind != "demonym" or str(item.ref) in seen:
                    continue
                before = s.items[max(0, k - 9) : k]
                received = any(i.lemma in ("receive", "welcome", "host") and i.tag.startswith("VB") for i in before)
                group = k + 1 < len(s.items) and s.items[k + 1].low in ("delegation", "ambassador") and k > 0 and s.items[k - 1].low == "the"
                if received or k and s.items[k - 1].low == "visiting" or group and str(item.ref) not in self._travelled:
                    seen.add(str(item.ref))
                    self._add(str(item.ref), -2.0)

    def _envoys(self) -> None:
        """Ambassadors accredited to a country, named with their own, are met at home."""
        for figure in self.notes.people:
            for office in figure.offices[:3]:
                host = accredited(office)
                if host and office.country and office.country != host:
                    self._add(host, 1.0)

    def _journeys(self, visits: Sequence[VisitDraft]) -> None:
        """A traveller named without a country travels from home; one named with a country comes to it."""
        seen: set[str] = set()
        for visit in visits:
            if visit.to is None or visit.kind == "site" or not visit.visitors:
                continue
            if homeward(self.notes, visit):
                self._add(visit.to, 4.0, f"a report of a return to {places.country_name(visit.to)}", visit.trigger)
                continue
            if visit.to in seen or seen and visit.status == "planned":
                continue  # the visit that is promised in return
            seen.add(visit.to)
            if any(p.country == visit.to for p in visit.visitors):
                continue
            bodies = any(of_body(o) for p in visit.visitors if p.person >= 0 for o in self.notes.people[p.person].offices)
            if bodies and not any(p.country for p in visit.visitors):
                self._add(visit.to, 1.0)
            elif (visit.visitors[0].country or not self._of_state(visit) and any(p.country for p in visit.visitors)) or visit.from_ not in (None, visit.to):
                self._add(visit.to, 3.0, f"a report of a foreigner's visit to {places.country_name(visit.to)}", visit.trigger)
            elif any(p.person >= 0 and self.notes.people[p.person].offices for p in visit.visitors):
                self._departs(visit.to, len(seen) == 1 and visit.sentence <= _OPENING)

    def _of_state(self, visit: VisitDraft) -> bool:
        """Whether a holder of a state's office leads the journey: "the President", whose company may be named with its country."""
        return visit.visitors[0].person >= 0 and any(o.klass in STATE for o in self.notes.people[visit.visitors[0].person].offices)

    def _departs(self, country: str, main: bool) -> None:
        """Someone without a country travels to ``country``: home is elsewhere, and its own ambassador receives the traveller."""
        if not main or self.notes.home and self.notes.home[0] == country:
            self._add(country, -1.0)  # a journey told in passing
            return
        self._add(country, -4.0)
        if self.signs.get(country, (0.0,))[0] <= _DATED:
            self.signs.pop(country, None)
            self._add(country, -_DATED)
        for figure in self.notes.people:
            for office in figure.offices[:1]:
                if office.country and accredited(office) == country:
                    self._add(office.country, 6.0, f"a report of a visit where the ambassador of {places.country_name(office.country)} is at hand", Span(office.start, office.end))


@cache
def _seats() -> frozenset[str]:
    """The cities where international bodies sit, from where the world reports."""
    return frozenset(b.seat for b in places.bodies().values() if b.seat)


def _names_country(word: str) -> bool:
    """Whether the word before a mark owns it: "U.S.", "Ghana's"; "the Village" before a palace does not."""
    word = word.strip().removesuffix("'s")
    return len(places.candidates(word)) > 0 or "." in word


def readable(notes: Annotated) -> list[Sentence]:
    """The sentences that rules look through: none is longer than a sentence can be, so that time grows with length alone."""
    return [s for s in notes.sentences if len(s.items) <= _LONGEST]


def of_body(office: Office) -> bool:
    """Whether the office is one of an international body: "Head of the UN Mission to …"."""
    if office.org is None:
        return office.country is None and _BODY_TITLE.search(fold(office.title)) is not None
    words = office.org.split()
    return any(places.body(" ".join(words[:n])) for n in range(1, min(len(words), 7) + 1)) or places.body(office.org) is not None


def accredited(office: Office) -> str | None:
    """The country to which an envoy is sent: "Ambassador to X", "High Commissioner in CAPITAL"."""
    words = office.title.split(" to ", 1) if " to " in office.title else office.title.split(" in ", 1)
    if office.klass != "diplomat" or len(words) < 2:
        return None
    name = words[1].removeprefix("the ").split(",")[0].split(" and ")[0]
    return places.country_of_name(name) or places.metonym_country(name) or (places.city_country(name) if " in " in office.title else None)


def homeward(notes: Annotated, visit: VisitDraft) -> bool:
    """Whether the journey is told as a return."""
    s = notes.sentences[visit.sentence]
    near = [k for k, i in enumerate(s.items) if visit.trigger.start - 12 <= i.start <= visit.trigger.end + 12 and i.low in _HOMEWARD]
    goal = next((k for k, i in enumerate(s.items) if visit.to_span is not None and i.start >= visit.to_span.start), len(s.items))
    # "arrived back in London after visits to X": back from X, not to it.
    return any(not any(i.low in _JOURNEYS or i.low == "from" for i in s.items[k + 1 : goal]) for k in near)


__all__ = ["STATE", "Home", "accredited", "homeward", "of_body", "readable"]

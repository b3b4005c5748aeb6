"""Where a report is at home: the country whose officials it names without saying whose they are.

Agencies, ministries and embassies leave their country in the furniture of a report (mark, dateline, letterhead, sign-off); its
prose gives it away by journeys, by ambassadors, and by whom it calls foreign. Each sign has a weight; their sum decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from memcon.codebook.load import table
from memcon.extract.draft import VisitDraft
from memcon.langs import places
from memcon.mentions import Annotated, Item, NameMention, Office
from memcon.model import Span

STATE = frozenset(("head_of_state", "head_of_government", "minister", "parliament"))
_ISSUER = re.compile(r"\b(?:Ministry|Embassy|High Commission|Consulate|Government|Department|Office|Presidency|Mission|Affairs|Press|Media|Secretariat|Parliament)\b", re.I)
_MISSION = re.compile(r"\b(?:Embassy|High Commission|Consulate|Mission)\b", re.I)
_DAY = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:19|20)\d\d\b")
_PROSE_END = re.compile(r"[.!?…][\"')\]]*\s*$")
_HOMEWARD = frozenset("return returns returned returning home back".split())
_SIGNED = 5.0  # a letterhead or a sign-off
_DATED = 3.0  # a dateline: agencies also report from abroad
_COUNTED = 8.0  # mentions beyond this say no more


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report that is no prose, with the places it names."""

    start: int
    end: int
    text: str
    items: tuple[Item, ...]
    tail: bool


@dataclass(slots=True)
class Home:
    """Weighs the signs of one report."""

    notes: Annotated
    weights: dict[str, float] = field(default_factory=dict)
    signs: dict[str, tuple[float, str, Span]] = field(default_factory=dict)  # the strongest sign for a country: weight, words, place

    def weigh(self, visits: Sequence[VisitDraft] = ()) -> dict[str, float]:
        """The weight of each country as the report's home; also what speaks for it, in ``signs``."""
        self.weights = {c: min(float(len(spans)), _COUNTED) for c, spans in self.notes.countries.items()}
        self._furniture()
        self._ministries()
        self._offices()
        self._envoys()
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
            self._add(notes.home[0], 8.0, f"a report of {notes.home[2]} ({places.country_name(notes.home[0])})", notes.home[1])
        dated = notes.dateline_country
        if dated and notes.dateline_span:
            self._add(dated, _DATED, f"a report from {notes.dateline_city}", notes.dateline_span)
        seen: set[str] = set()
        for line in self._lines():
            found = self._of_line(line)
            if found is None or (found[0], str(line.tail)) in seen or found[0] == dated:
                continue
            seen.add(found[0])
            country, weight, span = found
            self._add(country, weight, f"a report marked “{self.notes.text[span.start : span.end]}”", span)

    def _of_line(self, line: Line) -> tuple[str, float, Span] | None:
        named = [i for i in line.items if i.kind in ("country", "demonym")]
        cities = [i for i in line.items if i.kind == "place"]
        if named and self._issued(line, named[0]):
            return self._found(named[0], _SIGNED)
        if cities and not (_MISSION.search(line.text) and named) and self._bare(line, cities[0]):
            return self._found(cities[0], _SIGNED if line.tail else _DATED)
        if line.tail and named and self._bare(line, named[0]):
            return self._found(named[0], _SIGNED)
        return None

    def _issued(self, line: Line, item: Item) -> bool:
        """A body's own line: "Embassy of X, City", "Government of X"; a headline about one has other words."""
        m = _ISSUER.search(line.text)
        if m is None:
            return False
        between = self.notes.text[line.start + m.end() : max(item.start, line.start + m.end())]
        return len(line.text.split()) <= 4 or re.search(r"\bof\s+(?:the\s+)?(?:[A-Z]\w+\s+){0,3}(?:of\s+)?(?:the\s+)?$", between) is not None

    def _found(self, item: Item, weight: float) -> tuple[str, float, Span]:
        return str(item.ref), weight, Span(item.start, item.end)

    def _bare(self, line: Line, item: Item) -> bool:
        """Whether the line is a place and little else (a date, an office), not words about a place."""
        before = self.notes.text[line.start : item.start]
        if re.search(r"\b[a-z]{2,}\b", before) and not _ISSUER.search(before):
            return False
        dated = _DAY.search(line.text) is not None
        short = len(line.text.split()) <= 3 + 4 * dated
        return short or dated and len(before) <= 40 and _DAY.search(line.text[:90]) is not None

    def _lines(self) -> Iterator[Line]:
        """The first and the last lines that are no prose."""
        text = self.notes.text
        spans = [m.span() for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
        for k, (start, end) in enumerate(spans):
            tail = k >= len(spans) - 6 and k > 1
            if k >= 8 and not tail:
                continue
            line = text[start:end]
            cut = line if len(line) <= 90 else line[:90] if k < 8 else ""
            if not cut or (tail and _PROSE_END.search(line)) or (not tail and len(line) <= 90 and k < 1):
                continue
            yield Line(start, start + len(cut), cut, tuple(self._items(start, start + len(cut), len(line) > 90)), tail)

    def _items(self, start: int, end: int, prose: bool) -> Iterator[Item]:
        """Places between two offsets; at the head of prose only those before the first word in lower case."""
        for s in self.notes.sentences:
            if s.start >= end:
                return
            if s.end <= start:
                continue
            for item in s.items:
                if prose and item.kind == "word" and item.text.isalpha() and item.text.islower():
                    return
                if start <= item.start < end and item.kind in ("country", "demonym", "place"):
                    yield item

    def _ministries(self) -> None:
        for country, marks in table("outlets", "en")["ministries"].items():
            for mark in marks:
                at = self.notes.text.find(mark)
                if at >= 0:
                    self._add(country, 4.0, f"a report that names the {mark} without its country", Span(at, at + len(mark)))
                    break

    # -- prose ---------------------------------------------------------------------------------------------------------

    def _offices(self) -> None:
        """Whose officials are named with their country: a report rarely does so for its own."""
        for figure in self.notes.people:
            for office in figure.offices[:2]:
                if office.country and office.klass in STATE:
                    self._add(office.country, -2.0)

    def _envoys(self) -> None:
        """Ambassadors accredited to a country, named with their own, are met at home."""
        for figure in self.notes.people:
            for office in figure.offices[:1]:
                host = self._accredited(office)
                if host and office.country and office.country != host:
                    self._add(host, 1.0)

    def _accredited(self, office: Office) -> str | None:
        words = office.title.split(" to ", 1)
        if office.klass != "diplomat" or len(words) < 2:
            return None
        name = words[1].removeprefix("the ")
        return places.country_of_name(name) or places.metonym_country(name)

    def _journeys(self, visits: Sequence[VisitDraft]) -> None:
        """A traveller named without a country travels from home; one named with a country comes to it."""
        seen: set[str] = set()
        for visit in visits:
            if visit.to is None or visit.kind == "site" or not visit.visitors:
                continue
            if self._homeward(visit):
                self._add(visit.to, 4.0, f"a report of a return to {places.country_name(visit.to)}", visit.trigger)
                continue
            if visit.to in seen or seen and visit.status == "planned":
                continue  # the visit that is promised in return
            seen.add(visit.to)
            if any(p.country == visit.to for p in visit.visitors):
                continue
            if any(p.country for p in visit.visitors):
                self._add(visit.to, 3.0, f"a report of a foreigner's visit to {places.country_name(visit.to)}", visit.trigger)
            else:
                self._add(visit.to, -4.0)

    def _homeward(self, visit: VisitDraft) -> bool:
        s = self.notes.sentences[visit.sentence]
        near = [i.low for i in s.items if visit.trigger.start - 12 <= i.start <= visit.trigger.end + 12]
        return any(low in _HOMEWARD for low in near)


def people_at(items: Sequence[Item]) -> list[int]:
    """The items of a sentence that name people."""
    return [k for k, i in enumerate(items) if isinstance(i.ref, NameMention)]


__all__ = ["STATE", "Home", "people_at"]

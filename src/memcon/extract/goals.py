"""Where a journey goes: the countries that the words around a visit name as its goal, and "here"."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from memcon.codebook.patterns import Match
from memcon.extract.tree import governor, is_verb, objects, prepositions
from memcon.mentions import Annotated, Item, Org, Sentence
from memcon.model import Span

_PREPOSITIONS = frozenset(("to", "in", "at", "into"))
_BORDERS = frozenset(("who", "which", "that", "where", "when", "while", "after", "before", "following", "during", ";", ",", ":", "(", "from"))
_LINKS = frozenset((",", "and", "&", "as", "well", "then", "later", "the", "also", "finally", "to"))
_FILLERS = frozenset(("the", "neighbouring", "neighboring", "nearby", "new", "old", "central", "southern", "northern", "eastern", "western"))
_OWN_LAND = frozenset("country nation kingdom republic capital city town port sultanate emirate island state province region territory soil".split())
_QUARTERS = frozenset(("Latin", "Central", "South", "North", "West", "East", "Southern", "Northern"))
UNSAID = ""  # the country of a goal that stands for the host's: "our country", in a report that does not say whose
_EVENTS = frozenset("summit conference forum assembly congress meeting talks negotiations games funeral".split())
_TOWARDS = frozenset(("to", "in", "visit", "visiting"))
_LANDS = frozenset("country nation kingdom sultanate emirate republic archipelago neighbour neighbor".split())
_BACK = 2  # sentences before, in which a visit told without a goal may have its place
_REACH = 14  # words after the trigger in which its goal may stand


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: the country's code and the words that give it. ``city`` is the town named, "" for a country."""

    country: str
    span: Span | None
    item: int = -1
    city: str = ""


@dataclass(slots=True)
class Goals:
    """Finds the goals of journeys in one report."""

    notes: Annotated

    @property
    def here(self) -> str | None:
        """The country the report is written from, by its dateline or its agency."""
        return self.notes.dateline_country or (self.notes.home[0] if self.notes.home else None)

    @property
    def here_span(self) -> Span | None:
        """The words that say where the report is written."""
        return self.notes.dateline_span or (self.notes.home[1] if self.notes.home else None)

    def find(self, s: Sentence, m: Match, noun: int | None) -> list[Goal]:
        """The goals of one trigger in the order told: a tour has several."""
        first = self._direct(s, m) or self._hung(s, m, noun) or self._after(s, m, noun) or self._between(s, m) or self._said_here(s, m) or self._above(s, noun) or self._where(s, m)
        return self.series(s, first) if first else []

    def at(self, s: Sentence, k: int) -> Goal | None:
        """The goal that item ``k`` is, if it is a place."""
        item = s.items[k]
        span = Span(item.start, item.end)
        if item.kind in ("country", "place"):
            if k and s.items[k - 1].text in _QUARTERS and s.items[k - 1].head == k:
                return None  # a part of the world that a country is named after
            return Goal(str(item.ref), span, k, item.text if item.kind == "place" else "")
        if item.low == "headquarters":
            return self._seat(s, k)
        if item.low not in _OWN_LAND:
            return None
        before = [s.items[j] for j in range(max(0, k - 2), k)]
        demonym = next((str(i.ref) for j, i in enumerate(s.items[max(0, k - 2) : k], max(0, k - 2)) if i.kind == "demonym" and not (j and s.items[j - 1].text in _QUARTERS)), None)
        if demonym and item.low in _OWN_LAND:
            return Goal(demonym, span, k, item.low)
        named = item.low in ("capital", "island", "sultanate", "emirate", "kingdom") or item.text[0].isupper()
        ours = bool(before) and (before[-1].low in ("this", "our") or (before[-1].low == "the" and named))
        return Goal(self.here or UNSAID, self.here_span if self.here else span, k) if ours else None

    def _seat(self, s: Sentence, k: int) -> Goal | None:
        """"the headquarters of an alliance": a body of many countries sits where the report, up to here, first says "in CITY"."""
        beside = [s.items[j].ref for j in range(max(0, k - 2), min(len(s.items), k + 5))]
        if not any(isinstance(ref, Org) and ref.country is None for ref in beside):
            return None
        for told in self.notes.sentences[: s.index + 1]:
            for j, item in enumerate(told.items[1:], 1):
                if item.kind == "place" and told.items[j - 1].low == "in":
                    return Goal(str(item.ref), Span(item.start, item.end), k)
        return None

    def next_after(self, s: Sentence, k: int, reach: int = 3) -> Goal | None:
        """The place that stands right after item ``k``, articles and adjectives between them left out."""
        for j in range(k + 1, min(len(s.items), k + 1 + reach)):
            found = self.at(s, j)
            if found:
                return None if _names_more(s, j) else found
            if not (s.items[j].low in _FILLERS or s.items[j].kind == "demonym" or s.items[j].low in ("this", "our")):
                return _with_its_country(s, j)
        return None

    def told_in(self, s: Sentence, before: int, known: AbstractSet[str]) -> Goal | None:
        """The town or country, none of ``known``, in which the report last said that something took place: "in CITY", here or up to two sentences before."""
        for told in reversed(self.notes.sentences[max(0, s.index - _BACK) : s.index + 1]):
            last = before if told.index == s.index else len(told.items)
            for j in range(last - 1, 0, -1):
                found = self._scene(told, j)
                if found and found.country not in known:
                    return found
        return None

    def _scene(self, s: Sentence, j: int) -> Goal | None:
        """Item ``j`` as the place where something takes place: "in CITY", "in the LAND capital", "in the capital, CITY"."""
        item, before = s.items[j], [i.low for i in s.items[max(0, j - 3) : j]]
        if item.kind in ("place", "country") and (before[-1:] == ["in"] or before[-3:] == ["the", "capital", ","]) and not _names_more(s, j):
            return Goal(str(item.ref), Span(item.start, item.end))
        return self.at(s, j) if item.low == "capital" and "in" in before else None

    def same_land(self, s: Sentence, after: int) -> bool:
        """Whether "the country", "the East African nation" or the like follows: a land told before, in other words."""
        k = after
        while k < min(len(s.items), after + 3) and s.items[k].low not in ("the", "that"):
            k += 1
        if k >= min(len(s.items), after + 3) or not all(i.low in _TOWARDS for i in s.items[after:k]):
            return False
        for j in range(k + 1, min(len(s.items), k + 6)):
            if s.items[j].low in _LANDS and s.items[j].kind == "word":
                return j + 1 == len(s.items) or s.items[j + 1].low not in ("of", "'s", "’s", "-")
            if s.items[j].kind == "demonym" and s.items[j - 1].text in _QUARTERS:
                continue  # "the South American nation"
            if s.items[j].kind != "word" or not s.items[j].tag.startswith(("JJ", "NN", "HYPH", "RB")) and s.items[j].text != "-":
                return False
        return False

    # -- where the words stand -----------------------------------------------------------------------------------------

    def _direct(self, s: Sentence, m: Match) -> Goal | None:
        if m.pattern.roles.get("object") != "place":
            return None
        found = next((g for k in objects(s, m.head) if (g := self.at(s, k))), None)
        return found or self.next_after(s, m.last)

    def _hung(self, s: Sentence, m: Match, noun: int | None) -> Goal | None:
        """A place that the tree hangs on the visit or its verb by a preposition."""
        leaving = s.items[m.head].lemma in ("leave", "depart") and is_verb(s.items[m.head])
        for head in dict.fromkeys(k for k in (noun, m.head, m.last) if k is not None):
            for low, j in prepositions(s, head):
                if leaving and head != noun and low in ("in", "at"):
                    continue  # "departed from the airport in CITY for LAND"
                toured = low == "of" and s.items[head].lemma == "tour"
                if toured or low in _PREPOSITIONS or m.pattern.roles.get(low) == "place":
                    found = self.at(s, j)
                    if found and not (m.pattern.id == "be-in" and j > m.last + 5):
                        return found
        return None

    def _after(self, s: Sentence, m: Match, noun: int | None) -> Goal | None:
        """The first place after the trigger that a fitting preposition leads to, within its clause."""
        leaving = s.items[m.head].lemma in ("leave", "depart") and noun is None
        words = {low for low, role in m.pattern.roles.items() if role == "place"} | (frozenset() if leaving else _PREPOSITIONS)
        first = max(m.last, noun or 0)
        for k in range(first, min(len(s.items), first + _REACH)):
            if k > first and _border(s.items[k]) and not (leaving and s.items[k].text == ","):
                return None
            if s.items[k].low in words or (s.items[k].low == "of" and k == first + 1 and s.items[first].lemma == "tour"):
                found = self.next_after(s, k)
                if found:
                    return found
            if m.pattern.id == "be-in":
                return None
        return None

    def _between(self, s: Sentence, m: Match) -> Goal | None:
        """"left for Lima on a visit": the place stands between the verb and the visit."""
        inner = (k for k in range(m.head + 1, m.last) if s.items[k].low in ("for", "to", "in", "at", "into"))
        return next((g for k in inner if (g := self.next_after(s, k))), None)

    def site(self, s: Sentence, k: int) -> Goal | None:
        """The country in which a site (item ``k``) lies: "the port of Lima", "the Parliament of Peru", "a plant near Lima"."""
        ref = s.items[k].ref
        if isinstance(ref, Org) and ref.country:
            return Goal(ref.country, Span(s.items[k].start, s.items[k].end), k)
        for j in range(k + 1, min(len(s.items), k + 8)):
            if _border(s.items[j]) and s.items[j].text != ",":
                return None
            if s.items[j].low in ("of", "in", "at", "near", "outside"):
                found = self.next_after(s, j)
                if found and found.country != UNSAID:
                    return found
        return None

    def _said_here(self, s: Sentence, m: Match) -> Goal | None:
        near = (*s.children[m.head], *range(m.last + 1, min(len(s.items), m.last + 2)))
        if self.here and any(s.items[k].low == "here" for k in near):
            # An outlet reports from abroad as well: "arrived here to start a visit to LAND" says where it is.
            named = None if self.notes.dateline_country else next((g for k in range(m.last, len(s.items)) if s.items[k].low == "to" and (g := self.next_after(s, k))), None)
            return named or Goal(self.here, self.here_span)
        return None

    def _above(self, s: Sentence, noun: int | None) -> Goal | None:
        """The place that hangs on the verb above: "welcomed to Lima on a visit"."""
        outer = governor(s, noun) if noun is not None else None
        if outer is None or noun is None or s.items[noun].dep not in ("dobj", "pobj", "attr"):
            return None
        return next((g for low, j in prepositions(s, outer) if low == "to" and (g := self.at(s, j))), None)

    def _where(self, s: Sentence, m: Match) -> Goal | None:
        """"left for Peru, where he is to pay a visit": the clause hangs on its goal."""
        verb: int = m.head
        for _ in range(4):
            if s.items[verb].dep == "relcl" and any(s.items[k].low in ("where", "which") for k in range(s.items[verb].head, verb)):
                return self.at(s, s.items[verb].head)
            if s.items[verb].dep not in ("xcomp", "conj", "ccomp") or s.items[verb].head == verb:
                return None
            verb = s.items[verb].head
        return None

    def series(self, s: Sentence, first: Goal) -> list[Goal]:
        """"to Peru, Chile and Bolivia": the goals coordinated with the first."""
        out = [first]
        j = first.item + 1
        while 0 < j < len(s.items) and j <= out[-1].item + 6:
            found = self.at(s, j)
            if found is None and s.items[j].low not in _LINKS and not _dated(s, j):
                break
            if found is not None:
                owner = j + 1 < len(s.items) and s.items[j + 1].text in ("'s", "’s", "'", "’")
                if owner or s.items[j].dep in ("nsubj", "nsubjpass", "poss", "compound"):
                    break
                if all(found.country != g.country for g in out):
                    out.append(found)
                else:
                    out[-1] = Goal(out[-1].country, out[-1].span, j, out[-1].city)
            j += 1
        return out


def _with_its_country(s: Sentence, j: int) -> Goal | None:
    """"to St. John's, Antigua and Barbuda": a town that no list knows, told with its country behind a comma."""
    end = j
    while end < len(s.items) and end < j + 4 and s.items[end].kind == "word" and (s.items[end].text[:1].isupper() or s.items[end].text in ("'s", "\u2019s")):
        end += 1
    if end == j or end + 1 >= len(s.items) or s.items[end].text != "," or s.items[end + 1].kind != "country":
        return None
    country = s.items[end + 1]
    owner = s.items[min(len(s.items) - 1, end + 2)].text in ("'s", "\u2019s")
    return None if owner else Goal(str(country.ref), Span(s.items[j].start, country.end), end + 1, s.items[j].text)


def _dated(s: Sentence, j: int) -> bool:
    """"Peru on 4 April and Chile": a date, or the preposition before it, within a list of goals."""
    return s.items[j].kind == "date" or (s.items[j].low in ("on", "from", "(", ")") and any(i.kind == "date" for i in s.items[max(0, j - 1) : j + 2]))


def _names_more(s: Sentence, j: int) -> bool:
    """"the Singapore Arbitration Centre", "the Lima summit": the place is only part of a name or belongs to a noun."""
    item, head = s.items[j], s.items[s.items[j].head]
    if j + 1 < len(s.items) and s.items[j + 1].text in ("-", "–", "/"):
        return True  # "the Peru-Chile dialogue"
    if head.low in _EVENTS:
        return False  # "left for the Lima summit"
    return item.dep == "compound" and item.head > j and head.kind in ("word", "org", "person") and (head.kind != "word" or head.tag.startswith("NN"))


def _border(item: Item) -> bool:
    return item.tag.startswith("VB") or item.tag == "MD" or item.low in _BORDERS


__all__ = ["UNSAID", "Goal", "Goals"]

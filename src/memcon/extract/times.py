"""Which date of a sentence belongs to an event, what it decides to, and which day a report is telling of where it says none.

A report moves through its days: "On Monday the minister laid a wreath. He then met …". `Clock.attend` follows it once,
so that "later in the day" and a contact without a date of its own know the day that is being told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from memcon.extract.draft import MeetingDraft, VisitDraft, When
from memcon.extract.tree import is_verb, modality
from memcon.mentions import Item, Sentence
from memcon.model import Span

_EVENT_KINDS: Final = frozenset(("day", "weekday", "month", "range", "same_day", "anchored", "relative", "day_of_visit", "year"))
_DAY_KINDS: Final = frozenset(("day", "weekday", "same_day", "anchored", "relative", "day_of_visit"))
_BACKGROUND: Final = frozenset(("since", "until", "till", "by", "before"))
_COMING: Final = frozenset("arrive land come fly reach begin start open kick pay".split())
_ENDING: Final = frozenset("conclude end wrap finish complete close leave depart return".split())
_EARLIER: Final = frozenset("last previous first recent past earlier latest former prior recently previously".split())
_IN_TURN: Final = frozenset(("last", "first"))
_LOOKING_BACK: Final = frozenset("recall remember follow since after recollect cite mention reference".split())
_SAME_OCCASION: Final = frozenset("also earlier then later separately shortly meanwhile afterwards afterward beforehand subsequently".split())
_ARRANGED: Final = frozenset("expect schedule due slate plan set bind".split())
_LENGTH: Final = re.compile(r"\b(two|three|four|five|six|seven|\d{1,2})-day\b(?:[ ,][\w-]+){0,4}? (?:visit|trip|tour|stay)\b", re.I)
# What tells that a visit has more days than the one that is named.
_LONGER: Final = re.compile(r"\b(?:\w+-day|days|tour|begin\w*|start\w*|embark\w*|arriv\w*|kick\w*|commenc\w*|leav\w*|depart\w*|until|till|from|week|after|later|before|then)\b", re.I)
_FURTHER: Final = frozenset("then next after afterwards before later onward onwards subsequently".split())
_WITHIN: Final = 3  # sentences after the one that tells of a visit, that may tell of its programme
_NUMBERS: Final = {w: n for n, w in enumerate("zero one two three four five six seven".split())}
_TRAVEL: Final = frozenset("visit trip tour travel stay".split())
_PARTING: Final = frozenset("leave depart return fly travel".split())
_CONTACTS: Final = frozenset(
    "meeting meetings talks talk visit visits trip tour summit session sessions conference call calls conversation consultations round rounds dialogue negotiations "
    "ceremony audience dinner banquet stay journey forum congress commission committee council assembly discussions encounter capital city margins sidelines week month weeks beginning end".split()
)
_NOW: Final = frozenset(("currently", "presently"))
_TO_ITS_DATE: Final = frozenset("to in the from on of at by with between and , ( 's starting beginning scheduled planned due slated set for".split())
_PARTS: Final = frozenset("morning afternoon evening night day evenings hours".split())
_HOMEWARD: Final = frozenset("return arrive leave depart fly land".split())
_SHORT: Final = frozenset("one-day brief day-long daylong several-hour hours-long".split())  # a visit of the day of the return
_WHOLE: Final = 10  # characters of a whole day in EDTF
_REPORTING: Final = frozenset("say announce report tell state confirm add note inform declare disclose reveal release learn issue publish".split())
_FAR: Final = timedelta(days=10)  # a day so far from the one that is told is history or outlook


@dataclass(slots=True)
class Clock:
    """Decides dates, each in the light of the days that the report has told of before it."""

    decide: Callable[..., Any]  # annotate.calendar.decide, bound to the report's context
    published: str | None = None  # EDTF
    conflicts: list[tuple[str, Span]] = field(default_factory=list)
    headings: Sequence[tuple[int, When]] = ()  # the days over a programme's parts, each with where its line ends
    opening: When = field(default_factory=When)  # the day of an event's page, until the text names one
    _told: dict[int, When] = field(default_factory=dict)  # the day that a sentence tells of, by its index
    _before: dict[int, tuple[When, When]] = field(default_factory=dict)  # day and stay told before a sentence
    _ahead: dict[int, When] = field(default_factory=dict)  # the stay of several days that was told last, to come or not
    _named: dict[int, When | None] = field(default_factory=dict)  # the day named last in the paragraph before a sentence
    _single: set[int] = field(default_factory=set)  # sentences that tell of a visit to come on one day
    _headed: dict[int, When] = field(default_factory=dict)  # the day that heads a part of a programme, by its sentences
    _sentences: dict[int, Sentence] = field(default_factory=dict)

    def attend(self, sentences: Iterable[Sentence]) -> None:
        """Follow the days that a report tells of, through its parsed sentences in order."""
        day, stay, named, paragraph = self.opening, When(), None, -1
        ahead = When()
        for s in sentences:
            over = [when for at, when in self.headings if at <= s.start]
            if over:
                self._headed[s.index] = over[-1]
            named = named if s.paragraph == paragraph else None
            paragraph = s.paragraph
            self._sentences[s.index] = s
            self._before[s.index], self._named[s.index] = (day, stay), named
            if s.kind != "headline":
                day, stay = self._follow(s, day, stay)
            self._told[s.index] = day
            named = self._last_named(s) or named
            ahead = self._journey(s) or ahead
            self._ahead[s.index] = ahead

    def of(self, item: Item, future: bool | None, s: Sentence | None = None) -> When:
        """The time that a date item means, in its sentence. ``future`` as in ``annotate.calendar.decide``."""
        decided = self._decided(item, future, s)
        if decided.conflict and (decided.conflict, decided.spans[0]) not in self.conflicts:
            self.conflicts.append((decided.conflict, decided.spans[0]))
        return decided

    def near(self, s: Sentence, at: int, future: bool | None, strict: bool = False) -> When | None:
        """The time of the event whose trigger is item ``at``: the nearest date in its clause, or None if it has none.

        ``strict`` leaves out dates behind a clause border.
        """
        best: tuple[int, int] | None = None
        behind = _behind(s, at)
        for k in range(len(s.items)):
            if not _tells(s, k) or k < behind:
                continue
            cost = None if future and _of_report(s, at, k) else _cost(s, at, k, strict)
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, k)
        if best is None:
            return None
        item = s.items[best[1]]
        ahead = _future(_tense(s, best[1]), _kind(item))
        when = self.of(item, True if ahead else future, s)
        return _common(when) if when.end and not strict and _of_stay(s, at, best[1]) else when

    @property
    def today(self) -> str | None:
        """EDTF of the day of the report."""
        return self.published

    def tells(self, s: Sentence, k: int) -> bool:
        """Whether item ``k`` is a date that can be an event's own."""
        return _tells(s, k)

    def day(self, s: Sentence) -> When:
        """The day that the report is telling of in a sentence; empty if it has named none."""
        return self._told.get(s.index, When())

    def settle(self, found: Sequence[MeetingDraft], visits: Sequence[VisitDraft] = ()) -> None:
        """Give contacts without a date of their own the day that the report is telling of."""
        for draft in found:
            day = self._told.get(draft.sentence, When())
            if draft.status == "planned" and not draft.when.spans:
                draft.when = self._planned(draft)
                if not draft.when.start:
                    draft.when = _within_visit(draft, visits)
            if draft.status == "occurred" and not draft.when.start and not draft.when.spans and day.start and not self._looks_back(draft):
                why = "told of the same day, with no day of its own" if len(day.start) == 10 else "one of the days of the stay"
                draft.when = When(day.start, None, why, day.spans)

    def _planned(self, draft: MeetingDraft) -> When:
        """A contact that is planned for a stay, with no day of its own: what the days of the stay have in common."""
        headed = self._headed.get(draft.sentence)
        if headed is not None:
            return replace(headed, why="the day that heads this part of the programme")
        stay = self._ahead.get(draft.sentence)
        if stay is not None and self._one_day(draft.sentence):
            return replace(stay, why="planned for the one day of the visit")
        month = _common(stay) if stay is not None and stay.end else When()
        return replace(month, why="one of the days of the stay") if month.start else draft.when

    def _one_day(self, index: int) -> bool:
        """Whether the stay told of at a sentence is a visit that is to come and has one day: "will visit X on Tuesday. During the visit …"."""
        told, s = next(((k, self._sentences[k]) for k in range(index, max(-1, index - _WITHIN), -1) if k in self._single), (0, None))
        if s is None or self._ahead.get(index) is not self._ahead.get(told):
            return False
        here = self._sentences[index]
        if told != index and any(x.low in _FURTHER or x.kind == "date" for x in here.items):
            return False
        return here.paragraph == s.paragraph or any(x.lemma in _TRAVEL for x in here.items)

    # -- deciding -------------------------------------------------------------------------------------------------------

    def _decided(self, item: Item, future: bool | None, s: Sentence | None) -> When:
        when: Any = item.ref
        anchor = None
        if when.kind in ("same_day", "anchored"):
            anchor = self._anchor(item, s)
        elif when.kind == "day_of_visit" and s is not None:
            anchor = self._before.get(s.index, (When(), When()))[1]
        decided = self.decide(when, future=future, anchor=_as_decided(anchor))
        spans = (Span(item.start, item.end), *(Span(*p) for p in decided.rests_on if tuple(p) != (item.start, item.end)))
        return When(decided.start, decided.end, decided.derivation, spans, decided.conflict)

    def _anchor(self, item: Item, s: Sentence | None) -> When | None:
        """What "the same day" and "two days later" count from: the date before it in the sentence, else the day told."""
        if s is None:
            return None
        for k in range(len(s.items) - 1, -1, -1):
            other = s.items[k]
            if other.start < item.start and other.kind == "date" and not other.quoted and _kind(other) in _DAY_KINDS:
                return self._decided(other, _future(_tense(s, k), _kind(s.items[k])), s)
        return self._named.get(s.index) or self._before.get(s.index, (When(), When()))[0]

    def _last_named(self, s: Sentence) -> When | None:
        """The last day that a sentence names, decided or not."""
        for k in range(len(s.items) - 1, -1, -1):
            if _tells(s, k) and _kind(s.items[k]) in _DAY_KINDS and s.items[_clause(s, k)].dep not in ("relcl", "acl"):
                return self._decided(s.items[k], _future(_tense(s, k), _kind(s.items[k])), s)
        return None

    def _journey(self, s: Sentence) -> When | None:
        """The last days of travel that a sentence names, or the day that a journey is for."""
        if not any(x.lemma in _TRAVEL for x in s.items):
            return None
        named = [k for k in range(len(s.items) - 1, -1, -1) if _tells(s, k) and _kind(s.items[k]) in ("range", "day", "weekday")]
        # "issued a statement on Monday on the visit": the day of the statement.
        named = [k for k in named if _kind(s.items[k]) == "range" or s.items[_clause(s, k)].lemma not in _REPORTING]
        if not named:
            return None
        # "will visit X on Tuesday, a statement released on Monday said": the day to come.
        k = next((k for k in named if _tense(s, k) in ("future", "present")), named[0])
        when = self._decided(s.items[k], _future(_tense(s, k), _kind(s.items[k])), s)
        if _tense(s, k) in ("future", "present") and not when.end and _day(when.start) and not _LONGER.search(" ".join(x.text for x in s.items)):
            self._single.add(s.index)
        return when

    # -- the day that is told -------------------------------------------------------------------------------------------

    def _follow(self, s: Sentence, day: When, stay: When) -> tuple[When, When]:
        """The day and the stay told of after a sentence."""
        single: When | None = None
        travels = any(x.lemma in _TRAVEL for x in s.items)
        for k in self._telling(s, bool(day.start)):
            when = self._decided(s.items[k], _future(_tense(s, k), _kind(s.items[k])), s)
            if when.end and when.end != when.start:
                if travels:
                    stay, day = when, day if len(day.start or "") == 10 else _common(when)
            elif when.start and len(when.start) == 10 and not _far(day.start or self.published, when.start):
                new = _stay(s, k, when)
                stay = new or stay
                # The last day of a stay of several days is not that of all that happened on it.
                single = _common(new) if new is not None and new.start != when.start else when
        if single is not None:
            return single, stay
        return day, stay

    def _telling(self, s: Sentence, known: bool) -> Iterator[int]:
        """The dates of a sentence that say when the things it tells of happened; ``known`` if the day is known before."""
        main, aside = [], []
        for k in range(len(s.items)):
            if not _tells(s, k) or _kind(s.items[k]) in ("month", "year") or _tense(s, k) in ("future", "perfect") or _describes(s, k):
                continue
            if _tense(s, k) == "present" and _kind(s.items[k]) not in ("relative", "range"):
                continue  # a caption ("X shakes hands with Y in Z, March 5"), or what is to come
            verb = _clause(s, k)
            if s.items[verb].dep in ("relcl", "acl", "ccomp") and not _main_anyway(s, verb):
                if s.items[verb].lemma in _COMING or any(s.items[j].low == "where" for j in s.children[verb]):
                    aside.append(k)
            else:
                main.append(k)
        days = [k for k in main if _kind(s.items[k]) in _DAY_KINDS]
        least = min((_depth(s, k) for k in days), default=0)
        main = [k for k in main if k not in days or _depth(s, k) == least]
        yield from main if days or known else [*main, *aside[:1]]

    def _looks_back(self, draft: MeetingDraft) -> bool:
        """Whether a contact is told as one of before: "had met", "their last meeting", "recalled the talks"."""
        s = self._sentences.get(draft.sentence)
        at = next((k for k, x in enumerate(s.items) if x.start <= draft.trigger.start < x.end), None) if s else None
        if s is None or at is None:
            return True
        while s.items[at].dep in ("compound", "amod") and s.items[at].head > at:
            at = s.items[at].head  # "courtesy call": the noun
        if _behind(s, at) > 0 and len(self.day(s).start or "") == _WHOLE:
            return True
        verb = _clause(s, at)
        if any(_tense(s, k) == "future" for k in self._within(s, verb)):
            return True
        if any(x.low in _SAME_OCCASION for x in s.items):
            return False
        if _perfect(s, verb):
            return True
        words = {s.items[k].low for k in s.children[at]} | {x.low for x in s.items[max(0, at - 2) : at]}
        if s.items[at].head < at <= 4 and s.items[s.items[at].head].low == "in":
            words -= _IN_TURN  # "In his last meeting in Oslo, the minister was received by …": the last of those told
        below = at != verb and s.items[at].dep not in ("nsubj", "nsubjpass")
        return bool(words & _EARLIER) or (below and s.items[verb].lemma in _LOOKING_BACK)


    def _within(self, s: Sentence, verb: int) -> list[int]:
        """A clause and those that it is part of, up to what somebody says or to a relative clause."""
        out: list[int] = []
        for k in _chain(s, verb):
            out.append(k)
            if s.items[k].dep in ("relcl", "ccomp"):
                break
        return out


def bearings(s: Sentence, noun: int) -> Iterator[tuple[int, int]]:
    """The dates that belong to an event's noun, each with where it lies by its words: 1 ahead, -1 behind, 0 not said ("next week", "earlier this month")."""
    when: Any
    for k in range(max(0, noun - 2), min(len(s.items), noun + 10)):
        item = s.items[k]
        if item.kind != "date" or item.quoted or not _of_noun(s, k, noun):
            continue
        when = item.ref
        way = (when.offset or 0) or (when.offset_days or 0) or (item.low.startswith("later this") - item.low.startswith("earlier"))
        yield k, (way > 0) - (way < 0)


def _of_noun(s: Sentence, k: int, noun: int) -> bool:
    """Whether a date belongs to a noun: nothing but places and words of beginning between them, or the tree hangs it there."""
    if k > noun and all(i.kind in ("place", "country", "person", "office") or i.low in _TO_ITS_DATE for i in s.items[noun + 1 : k]):
        return True
    for _ in range(6):
        k = s.items[k].head
        if k == noun:
            return True
        item = s.items[k]
        if item.tag.startswith("VB") and item.lemma not in _COMING or item.head == k or item.kind == "word" and item.tag.startswith("NN"):
            return False
    return False


# -- dates in a sentence ------------------------------------------------------------------------------------------------


def _kind(item: Item) -> str:
    when: Any = item.ref
    return str(when.kind)


def _tells(s: Sentence, k: int) -> bool:
    """Whether item ``k`` is a date that can be an event's."""
    item = s.items[k]
    if item.kind != "date" or item.quoted:
        return False
    when: Any = item.ref
    if when.kind not in _EVENT_KINDS or when.preposition in _BACKGROUND:
        return False
    if when.kind == "year" and when.preposition not in ("in",):
        return False
    if when.kind in ("month", "year") and _of_other_noun(s, k):
        return False
    # "President Biden's March 2021 order", "the 2022 agreement": a date before a noun describes the noun.
    return not (when.kind == "year" and k + 1 < len(s.items) and s.items[k + 1].tag in ("NN", "NNS"))


def _of_other_noun(s: Sentence, k: int) -> bool:
    """"the January unrest", "a series of strikes in January": the month of something that is no contact or journey."""
    if k + 1 < len(s.items) and s.items[k + 1].tag in ("NN", "NNS") and s.items[k + 1].kind == "word":
        return s.items[k + 1].low not in _CONTACTS
    head = s.items[k].head
    if s.items[head].tag != "IN" or s.items[head].low != "in":
        return False
    noun = s.items[s.items[head].head]
    return noun.kind == "word" and noun.tag in ("NN", "NNS") and noun.low not in _CONTACTS


def _describes(s: Sentence, k: int) -> bool:
    """Whether a date only says which thing is meant: "the events of March 24", "since the talks on Monday"."""
    item = s.items[k]
    up = s.items[item.head]
    if up.low == "of" and s.items[up.head].tag.startswith("NN") and s.items[up.head].kind == "word" and s.items[up.head].low not in _PARTS:
        return True
    for _ in range(8):
        if item.head in (k, -1) or is_verb(item):
            return False
        if item.low in _BACKGROUND or item.low in ("after", "following"):
            return True
        k = item.head
        item = s.items[k]
    return False


def _depth(s: Sentence, k: int) -> int:
    """How many common nouns stand between a date and its verb: "summoned the envoy over an incident on Saturday" has one or two."""
    nouns = 0
    for _ in range(12):
        item = s.items[k]
        if item.head in (k, -1) or is_verb(item):
            break
        nouns += item.kind == "word" and item.tag.startswith("NN")
        k = item.head
    return nouns


def _of_stay(s: Sentence, at: int, k: int) -> bool:
    """Whether days belong to a journey ("from 3 to 5 May he travels to …, where he will meet …"), not to the event at ``at``."""
    verb = _clause(s, k)
    if s.items[verb].lemma in _TRAVEL and verb != at:
        return True
    for _ in range(8):
        k = s.items[k].head
        if k in (-1, verb, at) or is_verb(s.items[k]):
            break
        if s.items[k].lemma in _TRAVEL:
            return True
    return verb != _clause(s, at) and any(s.items[j].lemma in _TRAVEL for j in range(min(verb, at), max(verb, at)))


def _clause(s: Sentence, k: int) -> int:
    """The nearest verb at or above item ``k``; the top of the tree where there is none."""
    for _ in range(40):
        if is_verb(s.items[k]) or s.items[k].head in (k, -1):
            return k
        k = s.items[k].head
    return k


def _chain(s: Sentence, verb: int) -> list[int]:
    """The clauses from a verb up to the top."""
    out = [verb]
    while s.items[out[-1]].head not in (out[-1], -1) and len(out) < 40:
        up = _clause(s, s.items[out[-1]].head)
        if up in out:
            break
        out.append(up)
    return out


def _walls(s: Sentence, a: int, b: int) -> int:
    """Clause borders between two items: other verbs, semicolons, "that"."""
    lo, hi = sorted((a, b))
    return sum(1 for k in range(lo + 1, hi) if s.items[k].tag in ("VBD", "VBZ", "VBP", "MD") or s.items[k].text == ";" or s.items[k].low in ("that", "which", "who", "since"))


def _cost(s: Sentence, at: int, k: int, strict: bool) -> int | None:
    """How far date ``k`` is from being the time of the event at ``at``; None if it cannot be."""
    walls = _walls(s, at, k)
    if strict and _kind(s.items[k]) in _DAY_KINDS and {x.low for x in s.items[max(0, at - 6) : at]} & _NOW:
        return None  # "X, currently on a visit to Y, met Z on Monday": the day of the meeting
    own, other = _clause(s, at), _clause(s, k)
    if strict and walls > (1 if k < at or own == other else 0):  # "the session was held on Monday": one clause with its verb in between
        return None
    distance = abs(k - at)
    if own == other or (s.items[other].dep in ("relcl", "acl") and at <= s.items[other].head <= at + 3 and s.items[at].tag.startswith(("NN", "JJ"))):
        return distance
    if other in _chain(s, own)[1:] and _apart(s, own):
        return None
    if own in _chain(s, other) and not _may_lie_below(s, own, other, k):
        return None
    if _of_another(s, own, other, k) or (k > at and _kind(s.items[k]) == "year"):
        return None  # "receiving the envoy, he praised his country for what it did in 2016"
    return distance + 12 * max(1, walls)


def _of_report(s: Sentence, at: int, k: int) -> bool:
    """Whether a date is that of saying so: "will meet X, the ministry said on Friday", "announced on Friday that he will meet X"."""
    verb = _clause(s, k)
    return s.items[verb].lemma in _REPORTING and s.items[verb].tag in ("VBD", "VBZ", "VBN") and (at < verb < k or verb < k < at)


def _of_another(s: Sentence, own: int, other: int, k: int) -> bool:
    """Whether a date stands in a clause that tells who somebody else is: "was received by X, who stands for election on 2 May, and met Y"."""
    chain = _chain(s, other)
    if s.items[other].dep == "conj" and own in chain and s.items[other].lemma in _PARTING and k > other:
        return True  # "a banquet followed, and the party left on Sunday"
    if own in chain or other in _chain(s, own):
        return False
    return k > other and s.items[other].dep in ("relcl", "acl") and s.items[other].lemma not in _COMING and not s.items[s.items[other].head].tag.startswith("VB")


def _apart(s: Sentence, verb: int) -> bool:
    """Whether a clause is told as before or after the one above it: "a month after he visited"."""
    return s.items[verb].dep in ("advcl", "pcomp") and any(s.items[k].low in ("after", "before", "since") for k in (*s.children[verb], s.items[verb].head))


def _behind(s: Sentence, at: int) -> int:
    """Where the word of before stands that sets an event behind a journey; -1 where none does.

    "returned on Friday after a visit to X, where he met Y", "arrived on Friday following talks with Y": the day is the journey's.
    """
    for _ in range(12):
        item = s.items[at]
        if item.low in ("after", "following") and s.items[item.head].lemma in _HOMEWARD:
            return -1 if any(x.low in _SHORT for x in s.items) else at
        if item.head in (at, -1):
            break
        at = item.head
    return -1


def _may_lie_below(s: Sentence, own: int, other: int, k: int) -> bool:
    """Whether a date in a clause under the event's own can be its time: not that of what somebody plans or did long ago."""
    chain = _chain(s, other)
    below = {s.items[v].dep for v in chain[: chain.index(own)]}
    when: Any = s.items[k].ref
    if below & {"relcl", "acl", "ccomp"}:
        return _kind(s.items[k]) in _DAY_KINDS and when.unit not in ("month", "year") and _tense(s, k) == "past" and "ccomp" not in below
    return _kind(s.items[k]) != "year"


# -- tense ----------------------------------------------------------------------------------------------------------------


def _aux(s: Sentence, verb: int) -> set[str]:
    return {s.items[k].low for k in s.children[verb] if s.items[k].dep in ("aux", "auxpass")}


def _perfect(s: Sentence, verb: int) -> bool:
    """Whether the verb is told as past before the past ("had met")."""
    return "had" in _aux(s, verb) and s.items[verb].tag in ("VBN", "VBD")


def _tense(s: Sentence, k: int) -> str:
    """How the clause of date ``k`` stands in time: past, perfect, present, future, or "" where it does not say."""
    verb = _clause(s, k)
    item = s.items[verb]
    if not is_verb(item):
        return ""
    if _perfect(s, verb):
        return "perfect"
    aux = _aux(s, verb)
    if modality(s, verb) == "planned" or (item.lemma in _ARRANGED and item.tag == "VBN" and not aux & {"was", "were", "had"}):
        return "future"
    if item.tag == "VBD" or aux & {"was", "were", "did"}:
        return "past"
    if s.kind != "headline" and (item.tag in ("VBZ", "VBP") or (item.tag == "VBG" and aux & {"is", "are"})):
        return "present"
    return "past" if item.tag in ("VBN", "VBG") else ""


def _future(tense: str, kind: str) -> bool | None:
    """``future`` of ``annotate.calendar.decide``. "Leaves on Friday" is to come; in the present, a day of a month may be either."""
    if tense == "present":
        return True if kind == "weekday" else None
    return {"future": True, "past": False, "perfect": False}.get(tense)


def _main_anyway(s: Sentence, verb: int) -> bool:
    """A clause that only hangs below because the speech verb stands last ("…, X said") is told as the main one."""
    item = s.items[verb]
    return item.dep == "ccomp" and verb < item.head


# -- days -----------------------------------------------------------------------------------------------------------------


def _day(edtf: str | None) -> date | None:
    """A day of the calendar; one without a year is put into a leap year."""
    if edtf is None or len(edtf) != 10:
        return None
    try:
        return date.fromisoformat(edtf.replace("XXXX", "2000"))
    except ValueError:
        return None


def _far(old: str | None, new: str) -> bool:
    """Whether a day is too far from the day told of before to be its sequel."""
    if old is None or "X" in old[:4] or "X" in new[:4]:
        old, new = f"XXXX{(old or '')[4:]}", f"XXXX{new[4:]}"
    a, b = _day(old), _day(new)
    return a is not None and b is not None and abs(a - b) > _FAR


def _stay(s: Sentence, k: int, when: When) -> When | None:
    """The days of "a three-day visit" that starts or ends on the day of date ``k``."""
    length = _LENGTH.search(" ".join(x.text for x in s.items))
    day = _day(when.start)
    if length is None or day is None or when.start is None:
        return None
    days = timedelta(days=int(_NUMBERS.get(length[1].lower(), 0) or length[1]) - 1)
    first, last = (day - days, day) if s.items[_clause(s, k)].lemma in _ENDING else (day, day + days)
    year = when.start[:4] if "X" in when.start else None
    shown = [x.isoformat() if year is None else year + x.isoformat()[4:] for x in (first, last)]
    return replace(when, start=shown[0], end=shown[1])


def _within_visit(draft: MeetingDraft, visits: Sequence[VisitDraft]) -> When:
    """A contact that is planned with the only traveller whose days the report names, wherever it names them: what the days have in common."""
    own = [v for v in visits if v.status in ("planned", "ongoing") and any(p.same(q) for p in v.visitors for q in (*draft.hosts, *draft.guests))]
    if len(own) != 1 or not own[0].end.start or own[0].kind == "site":
        return draft.when
    month = _common(replace(own[0].start, end=own[0].end.start))
    return replace(month, why="one of the days of the visit") if month.start else draft.when


def _common(stay: When) -> When:
    """What all days of a stay have in common, for what happened on one of them: their month."""
    month = (stay.start or "")[:7]
    return replace(stay, start=month, end=None) if len(month) == 7 and month == (stay.end or "")[:7] else When()


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A told day in the shape that ``annotate.calendar.decide`` counts from."""

    start: str | None
    end: str | None
    rests_on: tuple[tuple[int, int], ...]


def _as_decided(when: When | None) -> _Anchor | None:
    return None if when is None or when.start is None else _Anchor(when.start, when.end, tuple((x.start, x.end) for x in when.spans))

"""Occasions of protocol told without all their people: "a banquet was given by X", "offered a State Dinner", "an official welcoming ceremony for X".

Who is missing is whom the one named faces: the guest of a dinner is the visitor, the host of a welcome whoever received the visitor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from memcon.extract.discourse import Discourse, Party
from memcon.extract.draft import MeetingDraft, When
from memcon.extract.facing import facing
from memcon.extract.times import Clock
from memcon.extract.tree import denied, governor, is_verb, kids, modality, passive, prepositions, subject
from memcon.mentions import STATE_POSTS, Sentence
from memcon.model import Span

_MEALS = frozenset("banquet dinner luncheon lunch".split())
_RECEPTIONS = frozenset(("reception",))  # a meal only in somebody's honour
_DINING = _MEALS | _RECEPTIONS
_WORKING = frozenset("working business private charity press".split())
_WELCOMES = frozenset("welcoming welcome reception greeting ceremonial".split())
_GIVING = frozenset("host give offer hold tender throw arrange organize organise stage accord".split())
_BY = frozenset("given hosted offered arranged organized organised tendered".split())


@dataclass(frozen=True, slots=True)
class _Occasion:
    """A meal or a welcome that a sentence tells, with those it names."""

    kind: str
    noun: int
    hosts: tuple[Party, ...]
    guests: tuple[Party, ...]
    status: str


class Occasions:
    """Finds banquets and welcoming ceremonies of which one side is left to the reader."""

    def __init__(self, discourse: Discourse, clock: Clock) -> None:
        self.discourse, self.clock = discourse, clock

    def told(self, s: Sentence) -> Iterator[MeetingDraft]:
        """One draft for each occasion of the sentence, its missing side found."""
        for k, item in enumerate(s.items):
            if item.quoted or not item.tag.startswith("NN"):
                continue
            if item.kind == "word" and not _DINING.isdisjoint(item.low.split()):
                found = self._meal(s, k)
            elif item.low in ("ceremony", "welcome") and self._welcoming(s, k):
                found = self._welcome(s, k)
            elif item.low == "ceremony":
                found = self._attended(s, k)
            else:
                continue
            if found is not None:
                yield self._draft(s, found)

    def _draft(self, s: Sentence, told: _Occasion) -> MeetingDraft:
        item = s.items[told.noun]
        when = self.clock.near(s, told.noun, told.status == "planned") or When()
        return MeetingDraft(
            told.kind, list(told.hosts), list(told.guests), s.index, item.start, told.status, [s.index],
            trigger=Span(item.start, item.end), when=when, rule=f"meetings/{told.kind}#occasion",
        )  # fmt: skip

    # -- meals --------------------------------------------------------------------------------------------------------------

    def _meal(self, s: Sentence, k: int) -> _Occasion | None:
        """"gave a state dinner", "a banquet hosted by X", "a reception on behalf of X in honour of Y"."""
        if any(s.items[j].low in _WORKING for j in range(max(0, k - 3), k)) or denied(s, k):
            return None
        verb = next((j for j in (governor(s, k), *kids(s, k, "acl", "relcl")) if j is not None and s.items[j].lemma in _GIVING), None)
        if verb is None:
            return None
        object_ = s.items[k].dep == "dobj" and s.items[k].head == verb
        below = s.items[verb].head == k
        if not (object_ or below or s.items[k].dep in ("nsubj", "nsubjpass") and s.items[k].head == verb):
            return None
        hosts = self._givers(s, verb, object_=object_)
        honoured = self._honoured(s, k, verb)
        if s.items[k].low in _RECEPTIONS and honoured is None or not hosts:
            return None
        status = self._status(s, verb, below=below)
        if status is None:
            return None
        guests = [] if honoured is None else [p for p in self.discourse.resolve(s, honoured) if p.person >= 0]
        home = {p.country for p in hosts if p.country}
        guests = [p for p in guests if p.country not in home] or facing(self.discourse, s, k, hosts, travelling=True)
        return _Occasion("banquet", k, tuple(hosts), tuple(guests), status) if guests and self._official(hosts) else None

    def _givers(self, s: Sentence, verb: int, *, object_: bool) -> list[Party]:
        if object_ and not passive(s, verb):
            subj = subject(s, verb)
            return [] if subj is None else self.discourse.resolve(s, subj)
        named = [j for low, j in prepositions(s, verb) if low == "by"]
        at = next((k for k in range(verb + 1, len(s.items) - 2) if s.items[k].low == "behalf" and s.items[k + 1].low == "of"), None)
        if not named and at is not None:
            named = [next((k for k in range(at + 2, min(len(s.items), at + 6)) if s.items[k].kind in ("person", "office")), at)]
        return [p for j in named for p in self.discourse.resolve(s, j)]

    def _honoured(self, s: Sentence, noun: int, verb: int) -> int | None:
        """Who stands behind "in honour of" or "for", or before "honour": an item, or None."""
        for k in range(min(noun, verb), len(s.items)):
            if s.items[k].low in ("honour", "honor"):
                own = kids(s, k, "poss")
                return own[0] if own else next((j for low, j in prepositions(s, k) if low == "of"), None)
        return next((j for at in (noun, verb) for low, j in prepositions(s, at) if low == "for"), None)

    def _status(self, s: Sentence, verb: int, *, below: bool) -> str | None:
        mood = "real" if below and s.items[verb].tag == "VBN" else modality(s, verb)
        return {"real": "occurred", "planned": "planned"}.get(mood)

    def _official(self, hosts: list[Party]) -> bool:
        """Whether a host holds an office of state, or is a body or country."""
        people = self.discourse.notes.people
        return any(p.person < 0 or any(o.klass in STATE_POSTS for o in people[p.person].offices) for p in hosts)

    # -- welcomes -----------------------------------------------------------------------------------------------------------

    def _welcoming(self, s: Sentence, k: int) -> bool:
        """"an official welcoming ceremony", "a ceremonial welcome"."""
        before = {s.items[j].low for j in range(max(0, k - 3), k)}
        if s.items[k].low == "welcome":
            return "ceremonial" in before
        return bool(before & _WELCOMES)

    def _welcome(self, s: Sentence, k: int) -> _Occasion | None:
        verb = governor(s, k)
        if verb is None or denied(s, k) or not is_verb(s.items[verb]):
            return None
        status = self._status(s, verb, below=False)
        guests = [p for low, j in prepositions(s, k) if low in ("for", "of") for p in self.discourse.resolve(s, j) if p.person >= 0]
        guests = guests or [p for low, j in prepositions(s, verb) if low == "for" for p in self.discourse.resolve(s, j) if p.person >= 0]
        if status is None or s.items[verb].lemma not in _GIVING | {"take", "begin", "start", "open"}:
            return None
        if not guests:
            guests = self._received()
        hosts = facing(self.discourse, s, k, guests) or self._host_to_come(guests, s.index)
        return _Occasion("ceremony", k, tuple(hosts), tuple(guests), status) if guests else None

    def _attended(self, s: Sentence, k: int) -> _Occasion | None:
        """"a ceremony attended by X and Y": people of two sides."""
        verb = next((j for j in kids(s, k, "acl", "relcl") if s.items[j].lemma in ("attend", "witness") and passive(s, j)), None)
        if verb is None or denied(s, k):
            return None
        people = [p for low, j in prepositions(s, verb) if low == "by" for p in self.discourse.resolve(s, j) if p.person >= 0]
        first = [p for p in people if p.country == people[0].country]
        others = [p for p in people if p.country != people[0].country]
        return _Occasion("ceremony", k, tuple(first), tuple(others), "occurred") if others and self._official(others) and self._official(first) else None

    def _received(self) -> list[Party]:
        """The visitor, where the report is about one visit."""
        people = list({p.person: p for p in self.discourse.visitors if p.person >= 0}.values())
        return people[:1] if len({p.country for p in people}) == 1 else []

    def _host_to_come(self, guests: list[Party], sentence: int) -> list[Party]:
        """The first head of state or government of another country who is named after the welcome."""
        away = {p.country for p in guests}
        to_come = [
            (min(m.start for m in f.mentions if m.start >= self.discourse.notes.sentences[sentence].start), f)
            for f in self.discourse.notes.people
            if f.country and f.country not in away and any(o.klass in ("head_of_state", "head_of_government") and "former" not in o.title.lower() for o in f.offices)
            and any(m.start >= self.discourse.notes.sentences[sentence].start for m in f.mentions)
        ]
        return [self.discourse.party_of(min(to_come, key=lambda x: x[0])[1].index, min(to_come, key=lambda x: x[0])[1].name_span)] if to_come else []


__all__ = ["Occasions"]

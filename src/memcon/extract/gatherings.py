"""Gatherings of an international body that the report tells without its people: "NATO foreign ministers met in LAND on Monday", "the OSCE summit will be held in CITY".

The body is the one party; who else came is not said. Only what is held, with its day or place, is told: a summit that is merely mentioned is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from memcon.extract.discourse import Discourse, Party
from memcon.extract.draft import MeetingDraft, When
from memcon.extract.several import group
from memcon.extract.times import Clock
from memcon.extract.tree import denied, governor, is_verb, modality, objects, passive, prepositions, subject
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.mentions import Office, Org, Sentence
from memcon.model import Span

_MEET = frozenset("meet gather convene assemble".split())
_HOLD = frozenset("hold conduct have begin open start conclude".split())
_TAKE = frozenset("take begin open start convene".split())
_EVENTS = {"summit": "summit", "meeting": "conference", "session": "conference", "talks": "conference", "conference": "conference", "assembly": "conference"}
_HIGH = frozenset("ministers leaders heads ambassadors presidents premiers chiefs".split())
_MANNER = frozenset("focus view aim intention participation presence emphasis goal".split())  # "met with a focus on LAND"
_INTERNATIONAL = frozenset("regional un political economic security parliamentary".split())


@dataclass(slots=True)
class Gatherings:
    """Finds the gatherings of bodies that a sentence tells."""

    discourse: Discourse
    clock: Clock

    def told(self, s: Sentence) -> Iterator[MeetingDraft]:
        """One draft for each gathering told in the sentence."""
        for v, verb in enumerate(s.items):
            if not is_verb(verb) or verb.quoted or verb.dep in ("aux", "auxpass") or verb.lemma not in _MEET | _HOLD | _TAKE:
                continue
            found = self._of_officials(s, v) or self._of_event(s, v)
            status = self._status(s, v) if found is not None else None
            if found is None or status is None:
                continue
            body, kind, at = found
            place, span = self._place(s)
            when = self.clock.near(s, v, status == "planned") or When()
            if place is None and when.start is None:
                continue
            item = s.items[at]
            yield MeetingDraft(
                kind, [body], [], s.index, item.start, status, [s.index],
                trigger=Span(item.start, item.end), when=when, place=place, place_span=span, rule=f"meetings/{kind}#gathering",
            )  # fmt: skip
            return

    def _of_officials(self, s: Sentence, v: int) -> tuple[Party, str, int] | None:
        """"EU foreign ministers met in CITY", "leaders of the BODY are to hold two days of talks"."""
        subj = subject(s, v)
        words = group(s, subj) if subj is not None and s.items[subj].tag in ("NNS", "NNPS", "NNP") else None
        if subj is None or words is None or not _HIGH & set(s.items[subj].low.split()) or any(low == "with" and s.items[j].low not in _MANNER for low, j in prepositions(s, v)):
            return None
        if s.items[v].lemma in _HOLD:
            event = next((k for k in range(v + 1, min(len(s.items), v + 7)) if s.items[k].low in _EVENTS), None)
            if event is None or any(low in ("with", "between") for low, _ in prepositions(s, event)):
                return None
            kind, at = _EVENTS[s.items[event].low], event
        elif s.items[v].lemma in _MEET and not objects(s, v):
            kind, at = "conference", v
        else:
            return None
        body = self._body(s, words)
        return None if body is None else (body, "summit" if any(i.low == "summit" for i in s.items) else kind, at)

    def _of_event(self, s: Sentence, v: int) -> tuple[Party, str, int] | None:
        """"The BODY summit will be held in CITY", "the 12th meeting of the BODY took place in CITY"."""
        subj = subject(s, v)
        if subj is None or s.items[subj].low not in _EVENTS or s.items[v].lemma == "hold" and not passive(s, v) or any(low in ("between", "with") for low, _ in prepositions(s, subj)):
            return None
        if s.items[v].lemma == "take" and not any(s.items[k].low == "place" for k in objects(s, v)):
            return None
        first = subj
        while first > 0 and (s.items[first - 1].kind == "org" or s.items[first - 1].kind == "word" and s.items[first - 1].tag.startswith(("NN", "JJ"))):
            first -= 1
        owner = next((j for low, j in prepositions(s, subj) if low == "of"), subj)
        body = self._body(s, Span(s.items[first].start, s.items[max(owner, subj)].end))
        return None if body is None else (body, _EVENTS[s.items[subj].low], subj)

    def _body(self, s: Sentence, words: Span) -> Party | None:
        """The one international body within some words; none where they name a country as well."""
        inside = [i for i in s.items if words.start <= i.start < words.end]
        if any(i.kind in ("country", "demonym", "person") for i in inside):
            return None
        names = [(i.ref.name, i) for i in inside if isinstance(i.ref, Org)] + [(i.ref.org, i) for i in inside if isinstance(i.ref, Office) and i.ref.org]
        for i in inside:
            organ = places.body(i.text) if i.kind == "word" and i.text[:1].isupper() else None
            if organ is not None:
                names.append((organ.name if len(i.text) == 2 else i.text, i))
        owned = [(name, i) for name, i in names if any(_of_states(form) for form in (name, *name.split()))]
        if len({fold(name) for name, _ in owned}) != 1:
            return None
        name, item = owned[0]
        return Party("org", name, Span(item.start, item.end))

    def _status(self, s: Sentence, v: int) -> str | None:
        if denied(s, v) or any(i.low in ("if", "whether", "would") for i in s.items[:v]):
            return None
        mood = modality(s, v)
        up = governor(s, v)
        planned = mood == "planned" or s.items[v].tag == "VB" and any(s.items[k].low == "to" for k in s.children[v]) and up is not None and s.items[up].lemma == "be"
        if planned:
            return "planned"
        return "occurred" if mood == "real" and (s.items[v].tag == "VBD" or s.items[v].tag == "VBN" and passive(s, v)) else None

    def _place(self, s: Sentence) -> tuple[str | None, Span | None]:
        for k, item in enumerate(s.items):
            if item.kind == "place" and k > 0 and s.items[k - 1].low in ("in", "at", "near"):
                return item.text, Span(item.start, item.end)
        return None, None


def _of_states(name: str) -> bool:
    """Whether a name is that of an international body that states meet in."""
    known = places.body(name)
    return known is not None and known.kind in _INTERNATIONAL


__all__ = ["Gatherings"]

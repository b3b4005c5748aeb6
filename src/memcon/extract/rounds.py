"""Rounds and sessions of two states: "the next round of the A-B consultations", "the third session of the A-B Joint Commission".

The parties stand in the name of the format, or are the two sides of the contact being told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from memcon.codebook.load import table
from memcon.extract.discourse import Discourse, Party
from memcon.extract.draft import MeetingDraft, When
from memcon.extract.times import Clock
from memcon.extract.tree import denied, governor, is_verb, modality, passive, prepositions, subject
from memcon.langs import places
from memcon.mentions import Org, Sentence
from memcon.model import Span

_TALKS = frozenset("round rounds consultation consultations talks dialogue negotiation negotiations".split())
_SESSIONS = frozenset("session sessions meeting summit commission committee council subcommittee".split())
_EVENTS = _TALKS | _SESSIONS
_ONE_OF_MANY = frozenset("next another further new last previous first second third fourth fifth sixth seventh eighth ninth tenth inaugural upcoming forthcoming subsequent".split())
_ORDINAL = re.compile(r"\d+(st|nd|rd|th)$", re.I)
_HELD = frozenset("co-open hold convene take meet host schedule resume launch start organise organize co-chair chair attend conduct complete conclude open begin plan go lead head".split())
_GOING = frozenset("travel fly go leave come arrive visit depart head".split())
_AGREED = frozenset("agree concur decide confirm propose".split())
_DASHES = frozenset(("-", "–", "—", "/"))
_LED = frozenset("chaired co-chaired led headed cochaired presided".split())
_CHAIRS = frozenset("chairmanship co-chairmanship chairpersonship leadership".split())
_STANDING = frozenset("commission committee council consultations consultation dialogue group".split())
_BILATERAL = frozenset("joint intergovernmental inter-governmental mixed bilateral interministerial inter-ministerial intersessional political strategic ministerial".split())
_CONVENED = frozenset("hold convene take meet schedule plan set".split())
_COMMISSIONS = frozenset("commission committee council subcommittee board group".split())
_PRESENCE = frozenset(("participation", "attendance", "presence"))
_HOUSES = frozenset("ministries parliaments governments collegiums collegia boards".split())
_ORDINARY = frozenset("and the of for both federation republic kingdom , ministries foreign".split())
_BODY = frozenset("commission committee council consultations consultation dialogue talks meeting forum".split())


@dataclass(frozen=True, slots=True)
class Format:
    """A bilateral format named in a sentence: its head noun, kind of contact and the states in its name."""

    head: int
    kind: str
    pair: tuple[Party, ...]
    first: int  # first item of its name
    opening: bool = False  # told as one of a series: "the next round"


class Rounds:
    """Finds the sessions of bilateral formats that a sentence says were or will be held."""

    def __init__(self, discourse: Discourse, clock: Clock) -> None:
        self.discourse, self.clock = discourse, clock

    def told(self, s: Sentence) -> Iterator[MeetingDraft]:
        """One draft for each session told in the sentence."""
        last = -1
        for form in self._formats(s):
            if form.first <= last:
                continue
            verb = _event_verb(s, form.head)
            status = self._status(s, form, verb)
            if status is None:
                continue
            parties = self._parties(s, form, verb)
            if len(parties) < 2:
                continue
            last = form.head
            yield self._draft(s, form, parties, status)

    def _draft(self, s: Sentence, form: Format, parties: list[Party], status: str) -> MeetingDraft:
        item = s.items[form.head]
        trigger = Span(item.start, item.end)
        place, span, country = _place(s)
        if country is not None and parties[1].country == country:
            parties.reverse()  # who receives is host
        when = self.clock.near(s, form.head, status == "planned") or When()
        return MeetingDraft(
            form.kind, parties[:1], parties[1:], s.index, item.start, status, [s.index],
            trigger=trigger, when=when, place=place, place_span=span, rule=f"meetings/{form.kind}#{'format' if form.pair or form.opening else 'standing'}", unsided=True,
        )  # fmt: skip

    # -- the format -------------------------------------------------------------------------------------------------------

    def _formats(self, s: Sentence) -> Iterator[Format]:
        for k, item in enumerate(s.items):
            if item.quoted:
                continue
            if item.kind == "word":
                if item.low in _EVENTS and item.tag.startswith("NN"):
                    yield from self._plain(s, k)
            elif isinstance(item.ref, Org) and _BODY & set(item.text.lower().split()):
                yield from self._named(s, k)

    def _named(self, s: Sentence, k: int) -> Iterator[Format]:
        """"the third session of the [A-B Joint Commission]"."""
        pair = _pair_in_name(s.items[k].text, s.items[k].start)
        if len(pair) != 2:
            words = set(s.items[k].text.lower().split())
            verb = _event_verb(s, k) if words & _COMMISSIONS and s.items[k].dep == "dobj" else None
            if verb is not None and self._holders(s, verb):
                yield Format(k, "meeting", (), k)  # "LAND and the BODY held their seventeenth Cooperation Council"
                return
            if words & _BILATERAL and words & _STANDING and self._convened(s, k):
                yield Format(k, "meeting" if words & _COMMISSIONS else "talks", (), k)
            return
        low = s.items[k].text.lower()
        head = next((j for j in range(k - 1, max(-1, k - 4), -1) if s.items[j].low in _EVENTS), k)
        commission = any(w in low for w in ("commission", "committee", "council"))
        if head == k and commission and not (is_verb(s.items[s.items[k].head]) and s.items[s.items[k].head].lemma in _HELD):
            return
        yield Format(head, "meeting" if commission else "summit" if "summit" in low.split() else "talks", pair, head)

    def _plain(self, s: Sentence, k: int) -> Iterator[Format]:
        """"the A - B political consultations", "the next round of consultations"."""
        pair, first = _pair_before(s, k)
        low = s.items[k].low
        if not pair and (low in ("session", "meeting", "round") or low in _TALKS and s.items[k].head != k and s.items[s.items[k].head].low != "of"):
            pair, first = _pair_behind(s, k), k
            if pair:
                body = any(s.items[j].kind in ("org", "word") and _COMMISSIONS & set(s.items[j].low.split()) for j in range(k + 1, min(len(s.items), k + 8)))
                yield Format(k, "meeting" if body and low not in _TALKS else "talks", pair, k)
                return
        if pair:
            opening = next((j for j in range(first - 1, max(-1, first - 5), -1) if s.items[j].low in ("round", "session", "meeting")), None)
            yield Format(opening if opening is not None else k, "talks" if low in _TALKS else "summit" if low == "summit" else "meeting", pair, first)
        elif low in _TALKS and _one_of_many(s, k):
            yield Format(k, "talks", (), k, True)
        elif low in _SESSIONS and _one_of_many(s, k) and ((verb := _event_verb(s, k)) is not None and self._holders(s, verb) or self._joined(s, Format(k, "meeting", (), k), verb)):
            yield Format(k, "summit" if low == "summit" else "meeting", (), k)
        elif low in ("meeting", "session") and _one_of_many(s, k) and any(i.low in _COMMISSIONS for i in s.items[k + 1 : k + 5]) and any(i.low in _BILATERAL for i in s.items[k + 1 : k + 5]):
            yield Format(k, "meeting", (), k, True)  # "the next session of the intergovernmental commission"
        elif low in _STANDING and self._own_clause(s, k):
            yield Format(k, "meeting" if low in _COMMISSIONS else "talks", (), k)

    def _own_clause(self, s: Sentence, k: int) -> bool:
        """"The commission last convened in Tartu in 2015", "political consultations, which are to be held in Cairo": a bilateral format whose session is told with its day or place."""
        before = {s.items[j].low for j in range(max(0, k - 4), k)}
        if not (before & _BILATERAL or before & {"the", "next"} and s.items[k].tag.startswith("NNP")):
            return False
        return self._convened(s, k)

    def _convened(self, s: Sentence, k: int) -> bool:
        verb = _event_verb(s, k)
        if verb is None or s.items[verb].lemma not in _CONVENED or s.items[verb].quoted or any(i.kind in ("country", "demonym") for i in s.items[max(0, k - 5) : k + 4]):
            return False
        own = s.items[verb].head == k or s.items[k].head == verb and s.items[k].dep in ("nsubj", "nsubjpass")
        return own and (self.clock.near(s, k, None, strict=True) is not None or _place(s)[0] is not None)

    def _parties(self, s: Sentence, form: Format, verb: int | None) -> list[Party]:
        """The states, one of them replaced by its person where the verb names who goes or presides."""
        pair = list(form.pair) or (self._holders(s, verb) if verb is not None else []) or self._sides(s, form)
        if len({p.country or p.name for p in pair}) != 2:
            joined = self._joined(s, form, verb)
            return joined if len(joined) == 2 and len({p.country for p in joined}) == 2 and all(p.country for p in joined) else []
        people = [p for p in self._actors(s, form, verb) if p.person >= 0]
        people += [p for p in (*self._joined(s, form, verb), *self._chairs(s, form)) if not any(p.same(q) for q in people)]
        if len(people) == 2 and len({p.country for p in people}) == 2:
            return people
        if len(people) == 1:
            mine = next((p for p in pair if p.country == people[0].country), None)
            return [people[0] if p is mine else p for p in pair] if mine is None or all(p.country for p in pair) else [people[0], *self._guests(s, form, verb, [p for p in pair if p is not mine])]
        return pair if not people else []

    def _actors(self, s: Sentence, form: Format, verb: int | None) -> list[Party]:
        above = governor(s, form.head)
        if verb is not None and above is not None and above != verb and s.items[verb].dep in ("acl", "relcl"):
            verb = above  # "to take part in the consultation held in X"
        if verb is None or s.items[verb].lemma not in _GOING | {"co-chair", "chair", "attend", "lead", "take", "participate", "join", "host"}:
            return []
        subj = subject(s, verb)
        if subj is None or subj == form.head:
            return []
        return self.discourse.resolve(s, subj)

    def _joined(self, s: Sentence, form: Format, verb: int | None) -> list[Party]:
        """Who the session is held with."""
        own = verb if s.items[form.head].dep != "pobj" or s.items[s.items[form.head].head].low in ("for", "to", "of") and s.items[form.head].head == form.head - 1 else None  # "held talks with X on the occasion of a session"
        found = [j for k in (form.head, own) if k is not None for low, j in prepositions(s, k) if low == "with"]
        shared = [j for k in found if s.items[k].low in _PRESENCE for low, j in prepositions(s, k) if low == "of"]
        return [p for j in (*found, *shared) for p in self.discourse.resolve(s, j) if p.person >= 0]

    def _guests(self, s: Sentence, form: Format, verb: int | None, others: list[Party]) -> list[Party]:
        """The states that a group's ministers come from, where the sentence lists them: "with the participation of the ministers of A, B and C"."""
        found = [j for k in (form.head, verb) if k is not None for low, j in prepositions(s, k) if low == "with" and s.items[j].low in _PRESENCE]
        listed = [p for j in found for low, k in prepositions(s, j) if low == "of" for p in self.discourse.resolve(s, k)]
        return listed if len(listed) > 1 else others

    def _chairs(self, s: Sentence, form: Format) -> list[Party]:
        """"…, co-chaired by A and B", "under the chairmanship of A and B": who presides."""
        for k in range(form.head + 1, len(s.items) - 1):
            led = s.items[k].low in _LED and s.items[k + 1].low == "by"
            if led or s.items[k].low in _CHAIRS and s.items[k + 1].low == "of":
                first = next((j for j in range(k + 2, min(len(s.items), k + 8)) if s.items[j].kind == "person"), None)
                return [] if first is None else [p for p in self.discourse.resolve(s, first) if p.person >= 0]
        return []

    def _sides(self, s: Sentence, form: Format) -> list[Party]:
        """The two states of the contact being told of, for "the next round" with no name."""
        item = s.items[form.head]
        active = self.discourse.active(s.index, item.start)
        codes = list(dict.fromkeys(p.country for p in active.everyone if p.country)) if active else []
        if len(codes) != 2 or active is None or any(p.country is None for p in active.everyone):
            return []
        spans = {p.country: p.span for p in active.everyone}
        here = Span(item.start, item.end)
        return [Party("country", places.country_name(c), here, country=c, rests=(spans[c],)) for c in codes]

    # -- whether it is told as held or planned ----------------------------------------------------------------------------------

    def _status(self, s: Sentence, form: Format, verb: int | None) -> str | None:
        if verb is None or denied(s, form.head):
            return None
        lemma = s.items[verb].lemma
        if lemma in _GOING:
            return "planned" if modality(s, verb) == "planned" else "occurred" if modality(s, verb) == "real" else None
        standing = not form.pair and lemma in _CONVENED
        if lemma not in _HELD and not standing or not (form.pair or standing or _one_of_many(s, form.head) or self._holders(s, verb)):
            return None
        mood = modality(s, verb)
        if standing and s.items[verb].tag in ("VBZ", "VBP") and not passive(s, verb):
            return "planned"  # "the commission meets in LAND in the spring"
        if mood == "wished":
            above = governor(s, verb)
            return "planned" if above is not None and s.items[above].lemma in _AGREED else None
        if mood == "planned" or (passive(s, verb) and lemma in ("schedule", "plan")):
            return "planned"
        if mood == "negated":
            return None
        return "occurred" if (form.pair or standing or self._holders(s, verb)) and self._single(s, form, verb) else None

    def _single(self, s: Sentence, form: Format, verb: int) -> bool:
        """Whether one session is told, and no habit: with its day, its place in the past tense, or its number."""
        if self.clock.near(s, form.head, None, strict=True) is not None:
            return True
        past = s.items[verb].tag == "VBD" or passive(s, verb) and any(s.items[k].low in ("was", "were") for k in s.children[verb])
        present = passive(s, verb) and any(s.items[k].low in ("is", "are", "being") for k in s.children[verb]) and bool(form.pair)
        numbered = _one_of_many(s, form.head) or any(i.low in ("inaugural",) or _ORDINAL.match(i.low) for i in s.items[max(0, form.first - 3) : form.first])
        return (past or present) and (_place(s)[0] is not None or numbered)

    def _holders(self, s: Sentence, verb: int) -> list[Party]:
        """The two states or bodies that hold a session: "LAND and the BODY held the second meeting of the Council"."""
        subj = subject(s, verb)
        if subj is None or s.items[verb].lemma not in ("hold", "conduct", "convene", "have"):
            return []
        pair = self.discourse.resolve(s, subj) if s.items[subj].kind in ("country", "org", "demonym") else []
        return pair if len(pair) == 2 and all(p.person < 0 for p in pair) and len({p.country or p.name for p in pair}) == 2 else []


def _event_verb(s: Sentence, noun: int) -> int | None:
    """The verb that says of the session that it is held, also where the session hangs on "for" or "at"; in a relative clause too."""
    for k in s.children[noun]:
        if s.items[k].dep in ("relcl", "acl") and s.items[k].lemma in _HELD:
            return k
    verb = governor(s, noun)
    if verb is not None:
        return verb
    for k in range(noun + 1, min(len(s.items), noun + 12)):
        if s.items[k].lemma in _HELD and is_verb(s.items[k]):
            return k
    return None


def _one_of_many(s: Sentence, k: int) -> bool:
    """Whether the noun is one of a series: "the next round", "the sixth session"."""
    before = [s.items[j].low for j in range(max(0, k - 4), k)]
    behind = [s.items[j].low for j in range(k + 1, min(len(s.items), k + 2))]
    if "of" in behind and s.items[k].low not in ("round", "rounds", "session", "meeting"):
        return False
    return any(w in _ONE_OF_MANY or _ORDINAL.match(w) for w in before)


def _pair_before(s: Sentence, k: int) -> tuple[tuple[Party, ...], int]:
    """The two states written with a dash before the noun, and where they begin."""
    for j in range(k - 1, max(-1, k - 7), -1):
        item = s.items[j]
        if item.kind == "word" and item.low in _DASHES and 0 < j < len(s.items) - 1:
            both = [_state(s, j - 1), _state(s, j + 1)]
            if all(both):
                return tuple(p for p in both if p is not None), j - 1
        if item.kind == "word":
            nearby = s.items[j + 1].text if j + 1 < k and s.items[j + 1].text[:1].isupper() and s.items[j + 1].start == item.end + 1 else ""
            pair = _pair_in_name(f"{item.text} {nearby}".strip(), item.start)
            if len(pair) == 2:
                return pair, j
        if item.tag in ("IN", "DT", ",") or is_verb(item):
            break
    return (), k


def _pair_behind(s: Sentence, k: int) -> tuple[Party, ...]:
    """"the tenth session of the Joint Commission between A and B", "consultations between the foreign ministries of A and B"."""
    ahead = range(k + 1, min(len(s.items), k + 14))
    at = next((j for j in ahead if s.items[j].low == "between"), None)
    if at is None:  # "a session of the boards of the foreign ministries of A and B"
        at = next((j for j in ahead if s.items[j].low in _HOUSES and j + 1 < len(s.items) and s.items[j + 1].low == "of"), None)
    if at is None or any(s.items[j].kind == "person" or is_verb(s.items[j]) for j in range(k, at)):
        return ()
    found: list[Party] = []
    for j in range(at + 1, min(len(s.items), at + 14)):
        item = s.items[j]
        if item.kind in ("person", "office") or item.low in ("on", "in", "at", "for") or is_verb(item):
            break
        party = _land(s, j) or _state(s, j)
        if party is not None:
            found.append(party)
    return tuple(found) if len(found) == 2 and (found[0].country, found[0].name) != (found[1].country, found[1].name) else ()


def _land(s: Sentence, k: int) -> Party | None:
    """The country that an item names, or whose ministry it names."""
    item = s.items[k]
    code = str(item.ref) if item.kind in ("country", "demonym") else item.ref.country if isinstance(item.ref, Org) else None
    return Party("country", places.country_name(code), Span(item.start, item.end), country=code) if code else None


def _state(s: Sentence, k: int) -> Party | None:
    item = s.items[k]
    span = Span(item.start, item.end)
    if item.kind in ("country", "demonym"):
        return Party("country", places.country_name(str(item.ref)), span, country=str(item.ref))
    if isinstance(item.ref, Org) and places.body(item.text) is not None:
        return Party("org", item.ref.name, span, country=item.ref.country)
    return None


def _pair_in_name(text: str, start: int) -> tuple[Party, ...]:
    """The states in a compound such as "A-B Joint Commission"."""
    for found in re.finditer(r"([^\W\d_][\w.'’ ]*?)\s?[-–—]\s?([^\W\d_][\w.]*(?: [A-Z]\w+)?)", text):
        out: list[Party] = []
        for n in (1, 2):
            part = found.group(n).strip()
            for piece in (part, part.split()[-1] if n == 1 else part.split()[0]):
                code = places.country_of_name(piece) or places.country_of_demonym(piece) or (places.candidates(piece) or (None,))[0]
                organ = None if code else _organ(part if n == 1 else found.group(n), text[found.start(n) :], last=n == 1)
                span = Span(start + found.start(n), start + found.end(n))
                if code or organ:
                    out.append(Party("country", places.country_name(code), span, country=code) if code else Party("org", organ or "", span))
                    break
        if len(out) == 2 and (out[0].country, out[0].name) != (out[1].country, out[1].name):
            return tuple(out)
    return ()


def _organ(part: str, rest: str, *, last: bool) -> str | None:
    """The international body or group of states at the end (``last``) or start of a piece of a format's name: "EU", "Gulf Cooperation Council"."""
    words = (part if last else rest).split()
    for size in (4, 3, 2, 1):
        form = " ".join(words[-size:] if last else words[:size]).strip(" ,.")
        known = places.body(form) if len(words) >= size else None
        if known is not None:
            return known.name if len(form) == 2 else form
        if form in _areas():
            return form
    return None


@cache
def _areas() -> frozenset[str]:
    """Groups of states without an organisation that meet another side together."""
    return frozenset(str(name) for name in table("bodies", "en")["areas"])


def _place(s: Sentence) -> tuple[str | None, Span | None, str | None]:
    """The city named after the session, with its country."""
    for k in range(len(s.items)):
        item = s.items[k]
        if item.kind == "place" and k > 0 and s.items[k - 1].low in ("in", "at", "to"):
            return item.text, Span(item.start, item.end), places.city_country(item.text) or (str(item.ref) if item.ref else None)
    return None, None, None


__all__ = ["Format", "Rounds"]

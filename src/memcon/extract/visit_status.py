"""How far a visit has come: planned, ongoing, completed, postponed or cancelled, from tense, wording and dates.

A status is *firm* when words say it ("will visit", "wrapped up her visit"), else it is what a bare mention leaves open
("during the visit"): then other mentions and the dates decide.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from memcon.extract.tree import as_candidate, denied, governor, is_verb, kids, modality, objects
from memcon.mentions import Sentence

AHEAD = frozenset("upcoming next planned forthcoming coming scheduled future expected impending proposed".split())
PAST = frozenset("last previous earlier past recent former".split())
ENDING = frozenset("conclude end wrap wind wound finish complete return round".split())
BEGINNING = frozenset("arrive land reach touch begin start commence kick open embark leave depart set head fly come continue extend jet".split())
_MOVE = frozenset("postpone defer delay reschedule adjourn suspend shelve".split())
_DROP = frozenset("cancel scrap abandon scrub annul axe drop abort".split())
_REPORTING = frozenset("agree decide say announce tell confirm report disclose reveal state add note inform indicate".split())
_BRING_ABOUT = frozenset("schedule plan expect slate set prepare arrange envisage anticipate".split())
_ORDER = frozenset(("first", "second", "third", "last", "latest", "only"))
_MERE = frozenset("plan intention wish desire need reason opportunity chance possibility".split()) | {"plans", "intentions", "reasons"}
_LONG_STAY = 10  # days after which a visit that began counts as over, when no end is told


class Standing(NamedTuple):
    """A status and whether words say it. ``status`` None: no visit is told. ``past``: its verb stands in the past."""

    status: str | None
    firm: bool = True
    past: bool = False


NONE = Standing(None)


def of_verb(s: Sentence, v: int) -> Standing:
    """The status that a verb of visiting gives."""
    if denied(s, v) or of_none(s, v):
        return NONE
    if _was_first(s, v):
        return Standing("completed", False, True)
    dropped = _plans(s, v)
    if dropped:
        return Standing(dropped)
    if _called_off(s, v):
        return Standing("cancelled")
    mood = modality(s, v)
    if _billed(s, v):
        return Standing("planned")
    if mood in ("negated", "wished"):
        return Standing("planned") if mood == "wished" and _told_ahead(s, v) else NONE
    if mood == "planned":
        return Standing("planned")
    item, time = s.items[v], tense(s, v)
    if item.tag == "VB" and s.items[item.head].lemma in BEGINNING and item.head != v:
        return Standing("ongoing", True, time == "past")  # "left to visit"
    after = item.dep == "pcomp" and s.items[item.head].low in ("after", "following", "upon", "by")
    if item.lemma in ENDING:
        return Standing("completed" if after or time in ("past", "perfect") else "ongoing", True, after or time == "past")
    if time == "past" and item.lemma not in BEGINNING:
        return Standing("completed", True, True)
    if time == "perfect" and item.lemma not in BEGINNING:
        return Standing("completed", False, True)
    return Standing("ongoing", time in ("past", "present", "perfect"), time == "past")


def of_noun(s: Sentence, noun: int) -> Standing:
    """The status that the words around a noun of visiting give."""
    if any(s.items[k].low == "no" for k in s.children[noun]) or denied(s, noun):
        return NONE
    outer = governor(s, noun)
    if outer is not None:
        by_verb = _under(s, outer, noun)
        if by_verb is not None:
            return by_verb
    words = {s.items[k].low for k in s.children[noun]} | {i.low for i in s.items[max(0, noun - 3) : noun]}
    if words & AHEAD:
        return Standing("planned")
    if words & PAST or _behind(s, noun):
        return Standing("completed", True, True)
    if outer is not None and modality(s, outer) == "planned":
        return Standing("planned", False)  # "they will meet during her visit"
    return Standing("ongoing", False, outer is not None and tense(s, outer) == "past")


def _under(s: Sentence, outer: int, noun: int) -> Standing | None:
    """What the verb above a noun of visiting says of it; None when it leaves that open."""
    moved = shifted(s, outer, noun)
    if moved:
        return NONE if _recalled(s, outer) else Standing(moved)
    dep, lemma, mood = s.items[noun].dep, s.items[outer].lemma, modality(s, outer)
    subject_or_object = dep in ("dobj", "nsubj", "nsubjpass", "attr")
    if dep == "dobj" and mood in ("negated", "wished"):
        return NONE
    if lemma in ("invite", "look", "hope", "accept", "welcome") and mood != "real" or lemma in ("invite", "look", "hope"):
        return NONE
    if subject_or_object and (mood == "planned" or (lemma in _BRING_ABOUT and dep in ("nsubjpass", "dobj"))):
        return Standing("planned")
    if lemma in ENDING and subject_or_object:
        return Standing("completed" if tense(s, outer) in ("past", "perfect") else "ongoing")
    if lemma == "come" and dep == "nsubj" and any(s.items[k].low in ("end", "close", "conclusion") for k in range(outer, min(len(s.items), outer + 5))):
        return Standing("completed")
    if lemma in ("take", "occur", "happen") and dep == "nsubj" and tense(s, outer) == "past":
        return Standing("completed", True, True)
    return None


def _recalled(s: Sentence, verb: int) -> bool:
    """"will visit Peru in May, after a trip in March was called off": an earlier plan, recalled beside the one that is told."""
    item = s.items[verb]
    after = any(s.items[k].low in ("after", "since", "although", "though") for k in kids(s, verb, "mark", "prep"))
    return item.dep in ("advcl", "pcomp") and after and item.head != verb and modality(s, item.head) == "planned"


def _behind(s: Sentence, noun: int) -> bool:
    """"after a visit to Peru", "returned from a trip": the preposition puts the visit behind."""
    low = s.items[s.items[noun].head].low if s.items[noun].dep == "pobj" else ""
    outer = governor(s, noun)
    if low in ("after", "following"):
        return outer is None or modality(s, outer) != "planned"
    return low == "from" and outer is not None and s.items[outer].lemma in ("return", "come", "fly", "arrive", "be")


def shifted(s: Sentence, verb: int, noun: int) -> str | None:
    """"postponed" or "cancelled" when the verb says so of the visit it governs."""
    if noun not in objects(s, verb) and s.items[noun].dep not in ("nsubjpass", "nsubj"):
        return None
    lemma = s.items[verb].lemma
    if modality(s, verb) in ("wished", "negated") and not _had_to(s, verb) and not _looked_to(s, verb):
        return None
    particles = {s.items[k].low for k in (*s.children[verb], *range(verb + 1, min(len(s.items), verb + 2)))}
    if lemma in _MOVE or (lemma in ("put", "push", "move") and particles & {"off", "back"}):
        return "postponed"
    if lemma in _DROP or (lemma == "call" and "off" in particles):
        return "cancelled"
    now_later = "now" in {s.items[k].low for k in s.children[verb]} and modality(s, verb) == "planned"
    if now_later and any(i.low == "had" for i in s.items[noun:verb]):
        return "postponed"
    return None


def _had_to(s: Sentence, verb: int) -> bool:
    head = s.items[s.items[verb].head]
    return s.items[verb].dep == "xcomp" and head.lemma == "have"


def _looked_to(s: Sentence, verb: int) -> bool:
    """"looks forward to rescheduling her visit": it was put off."""
    return s.items[verb].lemma == "reschedule" and s.items[verb].tag == "VBG" and any(i.low == "forward" for i in s.items[max(0, verb - 3) : verb])


def _plans(s: Sentence, v: int) -> str | None:
    """"scrapped plans to visit", "postponed a plan to travel": what becomes of the plan becomes of the visit."""
    noun = s.items[v].head
    if s.items[noun].low not in ("plan", "plans"):
        return None
    outer = governor(s, noun)
    return shifted(s, outer, noun) if outer is not None else None


def _called_off(s: Sentence, v: int) -> bool:
    """"will no longer travel to Peru", "would not be visiting Lima after all", "is not going to Peru as planned": a plan that is given up."""
    before, after = [i.low for i in s.items[max(0, v - 6) : v]], [i.low for i in s.items[v + 1 :]]
    if not {"will", "would", "be", "is", "are", "was", "were", "'ll"} & set(before):
        return False
    if any(a == "no" and b == "longer" for a, b in pairwise(before)):
        return True
    as_told = any(a == "as" and b in ("planned", "scheduled", "announced", "expected", "intended") or a == "after" and b == "all" for a, b in pairwise(after))
    return as_told and bool({"not", "n't"} & set(before))


def of_none(s: Sentence, v: int) -> bool:
    """"no plans for X to visit", "no intention of visiting"."""
    k = v
    for _ in range(4):
        head = s.items[k].head
        if head == k:
            return False
        if s.items[head].lemma in _MERE and any(s.items[j].low in ("no", "any", "without") for j in s.children[head]):
            return True
        k = head
    return False


def _billed(s: Sentence, v: int) -> bool:
    """"Minister X to travel to Peru": a headline's future, with no other verb."""
    item = s.items[v]
    if item.tag != "VB" or v < 2 or s.items[v - 1].low != "to":
        return False
    before = s.items[: v - 1]
    return any(i.kind in ("person", "office") for i in before) and not any(is_verb(i) or i.tag == "MD" for i in before) and not any(i.lemma in _MERE for i in before[-2:])


def _was_first(s: Sentence, v: int) -> bool:
    """"was the first leader to visit Moscow since April": a visit made, told by an infinitive."""
    if s.items[v].tag != "VB" or v < 2 or s.items[v - 1].low != "to":
        return False
    before = s.items[max(0, v - 8) : v - 1]
    first = next((k for k, i in enumerate(before) if _ORDER & set(i.low.split())), None)
    return first is not None and not any(i.tag == "MD" or i.low in ("will", "would", "hopes", "wants") for i in before) and not any(is_verb(i) for i in before[first:])


def _told_ahead(s: Sentence, v: int) -> bool:
    """"said that he would visit": the future as seen from the past."""
    if not any(s.items[k].low == "would" for k in s.children[v] if s.items[k].dep == "aux"):
        return False
    head = s.items[s.items[v].head]
    return s.items[v].dep == "ccomp" and head.lemma in _REPORTING and not as_candidate(s, v)


def tense(s: Sentence, v: int) -> str:
    """"past", "perfect", "present" or "" (open) for a verb, through the verbs it completes or is joined to."""
    for _ in range(6):
        item = s.items[v]
        aux = {s.items[k].low for k in s.children[v] if s.items[k].dep in ("aux", "auxpass")}
        if "had" in aux or item.tag == "VBD" or aux & {"was", "were"}:
            return "past"
        if aux & {"has", "have", "'ve"}:
            return "perfect"
        if aux & {"is", "are", "am", "'s", "'re"} or (item.tag in ("VBZ", "VBP") and not aux):
            return "present"
        if item.dep not in ("xcomp", "conj", "advcl", "acl", "pcomp") or item.head == v or not is_verb(s.items[item.head]):
            return "past" if item.tag == "VBN" and item.dep in ("ROOT", "ccomp") else ""
        v = item.head
    return ""


def by_dates(status: str, firm: bool, past: bool, start: str | None, end: str | None, today: str | None) -> str:
    """The status once the dates are held against the day of the report. All EDTF; what cannot be compared changes nothing."""
    if status not in ("ongoing", "completed"):
        return status
    if today is None or not _comparable(today, end or start):
        return "completed" if status == "ongoing" and past and start and len(start) < 10 and not end else status
    if end and _before(end, today):
        return "completed"
    if status == "completed":
        return "ongoing" if not firm and end and not _before(end, today) and start and not _before(today, start) else status
    if start and _before(today, start) and not past:
        return "planned"
    if start and not end and (_before(start, today) and len(start) < 10 or _long_ago(start, today)):
        return "completed"
    return status


def _comparable(today: str, other: str | None) -> bool:
    return other is not None and today.startswith("XXXX") == other.startswith("XXXX") and "X" not in today[4:] + other[4:]


def _before(a: str, b: str) -> bool:
    """Whether ``a`` lies wholly before ``b``, as fine as both are told."""
    n = min(len(a), len(b))
    return a[:n] < b[:n]


def _long_ago(start: str, today: str) -> bool:
    try:
        return (date.fromisoformat(today) - date.fromisoformat(start)).days > _LONG_STAY
    except ValueError:
        return False

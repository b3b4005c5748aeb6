"""What a sentence of a later report says of a promise: kept, kept in part, put off, given up; or nothing that is sure.

A sentence speaks of a promise when it names the thing itself and enough of what tells it from others. What it says follows
from a verb of the codebook that stands for a thing done, in a form that says so ("was handed over", not "will be"). Where
any of that is unsure, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from memcon.follow.deadlines import deadline, passed
from memcon.follow.grades import Word, lexicon, words_of
from memcon.follow.promises import Promise, key, number_at

__all__ = ["Finding", "findings", "sentences"]

_STOP: Final = re.compile(r"[.!?][\"”’)]*(?=\s+[\"“‘(]?[A-Z0-9])|\n[ \t]*\n")
_ABBREVIATED: Final = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Sgt|Prof|Rev|Hon|No|Jr|Sr|Amb|Sen|Gov|vs|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])$")
_LONGEST: Final = 1_200
_NOT_YET: Final = frozenset("will would shall should may might could can must to not never yet nor without if once until unless hope hopes hoped expected due scheduled planned plan plans be being cannot".split())
_AUXILIARY: Final = frozenset("has have had was were been is are also already just now finally officially formally recently later jointly then today yesterday successfully".split())
_SUPPOSING: Final = frozenset("if unless once until till whether hope hopes hoped hoping wish wishes wished expects expected expecting asked asks asking urged urges requested seek seeks sought calls called".split())
_NEAR: Final = 22  # words between the thing and what was done to it
_OBJECT: Final = 12  # words after a verb in which its object stands
_ASIDE: Final = frozenset("in at during after before since from with near when while ;".split())
_ORDINALS: Final = {w: i + 1 for i, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split())}
_REST: Final = frozenset(("remaining", "rest", "last", "final", "all", "both", "entire", "whole"))
_PART: Final = re.compile(
    r"\b(?:first (?:batch|tranche|phase|instal?ment|stage|shipment|consignment|half|part|group|section|lot|stretch|round)|(?:part|half|most|some|one|two|three|much|third|thirds|quarters?) of (?:the|its|their|these|those)\b"
    r"|partly|partially|in part|so far|more than half|phase one)\b",
    re.IGNORECASE,
)  # fmt: skip
_PERCENT: Final = re.compile(
    r"\b(\d{1,2}(?:\.\d+)?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|ten|five|fifteen) ?(?:per cent|percent|%|pc\b)", re.IGNORECASE
)
_WORK: Final = re.compile(r"\b(?:work|works|construction|building|project|demarcation|clearance|repairs?)\b", re.IGNORECASE)


class Finding(NamedTuple):
    """What a report says of a promise: ``state`` is done, partly done, open (it was spoken of, or put off) or dropped; ``due`` a new deadline (EDTF)."""

    state: str
    start: int
    end: int
    why: str
    due: str | None = None
    number: float | None = None
    shared: int = 0


def sentences(text: str, head: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a report start and end in which a word (as `key` gives it) may stand."""
    stops = [0]
    for m in _STOP.finditer(text):
        if m[0][0] != "\n" and m[0][0] == "." and _ABBREVIATED.search(text, max(0, m.start() - 8), m.start()):
            continue
        stops.append(m.end())
    stops.append(len(text))
    stem = head[: max(3, len(head) - 1)]
    for start, end in pairwise(stops):
        whole = text[start:end]
        if end - start <= _LONGEST and stem in whole.lower():
            lead = len(whole) - len(whole.lstrip())
            yield start + lead, start + len(whole.rstrip())


def findings(promised: Promise, text: str, published: str, due: str | None) -> list[Finding]:
    """What a report, published on a day (EDTF), says of a promise; the surest first, nothing where nothing is sure."""
    if promised.head is None:
        return []
    found = []
    for start, end in sentences(text, promised.head):
        one = _finding(promised, text[start:end], published, due)
        if one is not None:
            found.append(one._replace(start=start, end=end))
    order = {"done": 0, "dropped": 1, "partly done": 2, "open": 3}
    return sorted(found, key=lambda f: (order[f.state], -f.shared, f.start))


def _finding(promised: Promise, sentence: str, published: str, due: str | None) -> Finding | None:
    words = words_of(sentence)
    keys = [key(w.low) for w in words]
    shared = _shared(promised, keys)
    if shared is None or _elsewhere(promised, sentence, words, keys):
        return None
    heads = [i for i, k in enumerate(keys) if k == promised.head]
    given = _given_up(promised, words, heads)
    if given is not None:
        return Finding("dropped", 0, 0, f"“{given}”", shared=shared)
    put_off = _put_off(words, sentence, heads, published, due)
    if put_off is not None:
        return put_off._replace(shared=shared)
    target = "target" in promised.grade.families
    done = None if target else _done(promised, words, heads)
    if done is not None:
        return _amount(promised, sentence, words, done)._replace(shared=shared)
    if target:
        return _reached(promised, words)._replace(shared=shared)
    return Finding("open", 0, 0, "spoken of", shared=shared)


def _shared(promised: Promise, keys: Sequence[str]) -> int | None:
    """How many telling words a sentence shares with a promise; None for too few."""
    if promised.head not in keys:
        return None
    shared = len(promised.terms & set(keys))
    return shared if shared >= min(promised.needed, len(promised.terms)) else None


def _elsewhere(promised: Promise, sentence: str, words: Sequence[Word], keys: Sequence[str]) -> bool:
    """Whether a sentence places the thing by another name than the promise does: the hospital in another town."""
    if not promised.names or promised.names & set(keys):
        return False
    for i, k in enumerate(keys):
        if k != promised.head:
            continue
        for j in range(i + 1, min(len(words) - 1, i + 4)):
            if words[j].low in ("in", "at", "of", "over") and sentence[words[j + 1].start].isupper() and key(words[j + 1].low) not in promised.terms:
                return words[j].low != "of"
    return False


# -- what is said of it ------------------------------------------------------------------------------------------------


def _said(words: Sequence[Word], verbs: frozenset[tuple[str, ...]], heads: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Verbs near the thing, in a form that says that it came about: the place, and the words."""
    for i, w in enumerate(words):
        for size in (3, 2, 1):
            if tuple(x.low for x in words[i : i + size]) in verbs and _bears_on(words, i, i + size, heads) and _came_about(words, i):
                yield i, " ".join(x.low for x in words[i : i + size])
                break
        # "Handed the school over": the particle stands after the thing.
        for verb in (v for v in verbs if len(v) == 2 and v[0] == w.low and v[1] in ("over", "up", "out", "back", "off")):
            after = [x.low for x in words[i + 2 : i + 9]]
            if verb[1] in after and _bears_on(words, i, i + 1, heads) and _came_about(words, i):
                yield i, " ".join(verb)


def _bears_on(words: Sequence[Word], first: int, after: int, heads: Sequence[int]) -> bool:
    """Whether the thing is what a verb is said of: it stands before it, or after it with no place or time between."""
    for h in heads:
        if h < first and first - h <= _NEAR and not any(w.low == ";" for w in words[h:first]) and not _of_another(words, first, h):
            return True
        if after <= h < after + _OBJECT and not any(w.low in _ASIDE for w in words[after:h]):
            return True
    return False


def _came_about(words: Sequence[Word], at: int) -> bool:
    """Whether the verb at a place speaks of what is over: no modal, no "to be", no denial before it."""
    k = at - 1
    while k >= 0 and at - k <= 5 and (words[k].low in _AUXILIARY or words[k].low.endswith("ly")):
        k -= 1
    if k >= 0 and words[k].low in _NOT_YET:
        return False
    if _supposed(words, at):
        return False
    before = [w.low for w in words[max(0, at - 4) : at]]
    return not {"not", "never", "yet", "will", "would", "being", "n't", "cannot"} & set(before)


def _supposed(words: Sequence[Word], at: int) -> bool:
    """Whether a verb stands in a clause that only supposes, wishes or asks."""
    for k in range(at - 1, -1, -1):
        if words[k].low in (",", ";"):
            return False
        if words[k].low in _SUPPOSING:
            return True
    return False


def _of_another(words: Sequence[Word], verb: int, head: int) -> bool:
    """Whether a verb belongs to a relative clause on another noun than the thing: "the ships saved a crew which was handed over"."""
    k = verb - 1
    while k > head and (words[k].low in _AUXILIARY or words[k].low.endswith("ly")):
        k -= 1
    if words[k].low not in ("which", "who", "that"):
        return False
    before = k - 2 if words[k - 1].low == "," else k - 1
    return before != head


def _done(promised: Promise, words: Sequence[Word], heads: Sequence[int]) -> tuple[int, str] | None:
    known = lexicon()
    verbs = frozenset(v for family in promised.grade.families for v in known.done[family])
    return next(_said(words, verbs, heads), None)


def _given_up(promised: Promise, words: Sequence[Word], heads: Sequence[int]) -> str | None:
    known = lexicon()
    own = frozenset(v for family in promised.grade.families for v in known.done[family])
    deed = {past for past, base in known.participles.items() if base in known.deeds and set(known.deeds[base]) & set(promised.grade.families)}
    verbs = known.dropped - own - deed
    return next((said for _, said in _said(words, verbs, heads)), None)


def _put_off(words: Sequence[Word], sentence: str, heads: Sequence[int], published: str, due: str | None) -> Finding | None:
    """A new day for the thing: it was put off to it, or is promised anew for it."""
    known = lexicon()
    lows = [w.low for w in words]
    moved = next((form for form in known.moved for i in range(len(lows)) if tuple(lows[i : i + len(form)]) == form), None)
    again = any(x in ("will", "would", "shall") for x in lows)
    if moved is None and not again:
        return None
    day = deadline(sentence, published)
    if day is not None and (due is None or passed(due, day.edtf)):
        said = " ".join(moved) if moved else "will"
        return Finding("open", 0, 0, f"“{said}”: now due {day.edtf}", due=day.edtf)
    return Finding("open", 0, 0, f"“{' '.join(moved)}”") if moved and heads else None


def _amount(promised: Promise, sentence: str, words: Sequence[Word], done: tuple[int, str]) -> Finding:
    """Whether what is said to be done is all of what was promised."""
    said = f"“{done[1]}”"
    low = {w.low for w in words}
    share = _PERCENT.search(sentence)
    if share is not None:
        return Finding("partly done", 0, 0, f"{said}, {share[0]}")
    count = _counted(promised, words)
    ordinal = next((_ORDINALS[w.low] for i, w in enumerate(words) if w.low in _ORDINALS and _leads_to(words, i, promised)), None)
    if promised.number and promised.number >= 2 and not low & _REST:
        if count is not None and count < promised.number:
            return Finding("partly done", 0, 0, f"{said}, {count:g} of {promised.number:g}", number=count)
        if ordinal is not None:
            return Finding("done" if ordinal >= promised.number else "partly done", 0, 0, f"{said}, number {ordinal} of {promised.number:g}")
    part = _PART.search(sentence)
    if part is not None and not low & {"remaining", "rest", "last", "final"}:
        return Finding("partly done", 0, 0, f"{said}, {part[0].lower()}")
    if done[1] in ("begun", "began", "started", "launched") and not {"open", "hold"} & set(promised.grade.families):
        return Finding("open", 0, 0, f"{said}")
    return Finding("done", 0, 0, said, number=count)


def _leads_to(words: Sequence[Word], i: int, promised: Promise) -> bool:
    """Whether a word stands shortly before the thing."""
    return any(key(w.low) == promised.head for w in words[i + 1 : i + 6])


def _counted(promised: Promise, words: Sequence[Word]) -> float | None:
    """How many of the thing a sentence tells of."""
    for i in range(len(words)):
        n = number_at(words, i)
        if n is not None and any(key(w.low) == promised.head for w in words[n[1] : n[1] + 5]):
            return n[0]
    return None


def _reached(promised: Promise, words: Sequence[Word]) -> Finding:
    """Whether a figure that was aimed at was reached. A lower one says only that the thing was spoken of."""
    known = lexicon()
    values = [n[0] for i in range(len(words)) if (n := number_at(words, i))]
    said = next(((i, v) for i, v in _said(words, known.done["target"], range(len(words)))), None)
    if said is None or not values or promised.number is None:
        return Finding("open", 0, 0, "spoken of")
    best = max(values)
    if best >= promised.number:
        return Finding("done", 0, 0, f"“{said[1]}” {best:g} of {promised.number:g}")
    return Finding("open", 0, 0, f"“{said[1]}” {best:g} of {promised.number:g}")

"""What a promise is about: the words by which a later report can be known to speak of the same thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from memcon.follow.grades import Graded, Lexicon, Word, graded, lexicon, words_of
from memcon.langs import places
from memcon.resolve.latin import plain

__all__ = ["Promise", "key", "number_at", "promise"]

_ACTION: Final = 22  # words of a deed, and of what it is done to, that tell it from others
_BEFORE: Final = 9
_TIME: Final = frozenset(
    "january february march april may june july august september october november december spring summer autumn winter fall early late mid quarter half once twice several coming "
    "monday tuesday wednesday thursday friday saturday sunday national public joint international local regional additional special soon possible so-called respectively current present".split()
)
_CONTAINERS: Final = frozenset("round number series set pair batch piece session tranche total couple group consignment shipment kind type copy delivery".split())
_NUMBERS: Final = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split())} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12, "half": 0.5,
}  # fmt: skip
_SCALES: Final = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "dozen": 12.0}
_FIGURE: Final = re.compile(r"\d[\d.,]*")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


class Promise(NamedTuple):
    """``head`` is the thing's own noun ("archive"), ``terms`` all its telling words, ``names`` those of them that are proper names.

    ``number`` is how many, or how much, was promised; None where nothing is counted. ``needed`` is how many of
    the words a sentence must hold to speak of it.
    """

    text: str
    grade: Graded
    head: str | None
    terms: frozenset[str]
    names: frozenset[str]
    number: float | None
    needed: int = 2


def promise(text: str, made: str | None, *, act: str = "", without: Iterable[str] = ()) -> Promise:
    """A promise in the words of a report. ``without`` are names (of speakers, of their countries) that tell nothing of the thing."""
    grade = graded(text, made, act=act)
    words = words_of(text)
    around = _around(words, text, grade)
    known = lexicon()
    barred = {key(part) for name in without for part in re.findall(r"[^\W_]+", name)} | _words_of_verbs()
    said = [w for w in around if _telling(w, known) and key(w.low) not in barred]
    names = frozenset(key(w.low) for w in said if text[w.start].isupper() and w.start > 0)
    head = _head(around, barred, known, names)
    return Promise(text, grade, head, frozenset(key(w.low) for w in said), names, _number(around))


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """A word as words are compared: in plain small letters, without a plural's ending."""
    low = plain(word).removesuffix("'s").removesuffix("'")
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "xes", "ches", "shes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3 else low


def number_at(words: Sequence[Word], i: int) -> tuple[float, int] | None:
    """The number that starts at word ``i``, and the word after it; None for none, and for a year."""
    low = words[i].low
    if _FIGURE.fullmatch(low) and not _YEAR.fullmatch(low):
        try:
            value = float(low.rstrip(".,").replace(",", ""))
        except ValueError:
            return None
    elif low in _NUMBERS:
        value = float(_NUMBERS[low])
    else:
        return None
    i += 1
    while i < len(words) and words[i].low in _SCALES:
        value *= _SCALES[words[i].low]
        i += 1
    return value, i


@cache
def _words_of_verbs() -> frozenset[str]:
    """The words of deeds themselves, which no thing is told by."""
    known = lexicon()
    return frozenset(key(word) for verb in (*known.deeds, *known.participles) for word in verb)


def _telling(word: Word, known: Lexicon) -> bool:
    low = word.low
    if len(low) < 3 or low in known.empty or low in known.generic or low in _TIME or low in _NUMBERS or low in _SCALES:
        return False
    if not low[0].isalpha() or low.endswith("ly") or low in known.leads:
        return False
    return not (places.country_of_name(low.title()) or places.country_of_demonym(low.title()))


def _around(words: Sequence[Word], text: str, grade: Graded) -> list[Word]:
    """The words of the deed and of what it is done to: after its verb, and before it where the verb is passive."""
    at = text.find(grade.action) if grade.action else 0
    first = next((i for i, w in enumerate(words) if w.start >= at), 0)
    passive = first > 0 and words[first - 1].low in ("be", "been", "being")
    return [*(words[max(0, first - _BEFORE) : first] if passive else ()), *words[first : first + _ACTION]]


def _head(around: Sequence[Word], barred: Collection[str], known: Lexicon, names: frozenset[str]) -> str | None:
    """The last telling word of the first run of them: "a direct air link between" -> link."""
    run: list[str] = []
    for w in around:
        low = w.low
        if low == "of" and run and run[-1] in _CONTAINERS:
            run = []  # "a round of talks" is of talks
            continue
        if low in _ENDS and run:
            break
        if low in _ENDS or len(low) < 3 or low in known.empty or low in _TIME or low in _NUMBERS or low in _SCALES or not low[0].isalpha():
            continue
        if key(low) in barred or low in known.leads or low.endswith("ly") or places.candidates(low.title()):
            continue
        run.append(key(low))
    meant = [x for x in run if x not in names] or run
    return meant[-1] if meant else None


_ENDS: Final = frozenset("in on at for with between from into by to of that which through under during before until as among across via within against over and or , ;".split())


def _number(around: Sequence[Word]) -> float | None:
    found = [n for i in range(len(around)) if (n := number_at(around, i))]
    # "Two vessels by the third quarter": the first number counts the thing.
    return found[0][0] if found else None

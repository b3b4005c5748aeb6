"""A line of diplomatic speech as its content words, so that two tellings of it can be compared: what is the same line, and what changed in it.

An edit is *trivial*, and passed over, when it changes only: case, punctuation, marks on letters, British or American spelling; the form of a word
(tense, number); function words; the verb of telling; how the two countries, their people and the speakers are named. The word
lists are the codebook's (``data/wording``). Any other word that is added, dropped, or set elsewhere in a list is a change.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from math import log
from typing import Final, NamedTuple

import msgspec
import snowballstemmer

from memcon.codebook.load import table
from memcon.langs import places
from memcon.langs.fold import fold

__all__ = ["Change", "Line", "Word", "change", "likeness", "line", "stem", "weights"]

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*%?")
_LEAST: Final = 3
"""Content words that two tellings of one line share at least."""
_ALIKE: Final = 0.5
"""Weight of the shared words that it takes, as a share of that of the shorter telling."""
_SUBJECT: Final = 12
"""Words at the start of a line in which the verb of telling is looked for."""
_ADVERBS: Final = frozenset(("also", "further", "again", "he", "she", "they", "who"))
_LONGER: Final = 0.3
"""The same, as a share of the longer telling."""


class Word(NamedTuple):
    """A content word: ``key`` stands for all its forms, ``text`` is the word as told. ``listed``: it is an item of a list, "peace, stability and trade"."""

    key: str
    text: str
    listed: bool


class Line(NamedTuple):
    """The content words of a line, in order."""

    words: tuple[Word, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The words' keys."""
        return tuple(w.key for w in self.words)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """How a line differs from an earlier one: words ``added`` and ``dropped``, and items of lists that moved (``reordered``), as told, in order."""

    added: list[str] = []
    dropped: list[str] = []
    reordered: list[str] = []

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.reordered)


def line(text: str, countries: Collection[str] = (), names: Iterable[str] = ()) -> Line:
    """The content words of a text. ``countries`` are the sides' codes and ``names`` the speakers' and hearers': naming them otherwise is no change.

    >>> line("Fiji always attached importance to solidarity and mutual support.", ["FJ"]).keys
    ('attach', 'import', 'solidar', 'mutual', 'support')
    """
    people = {part for name in names for part in _parts(name)}
    found = list(_WORD.finditer(text))
    words: list[Word] = []
    i = _told_by(text, found)
    while i < len(found):
        size = _of_side(found, i, frozenset(countries))
        if size:
            i += size
            continue
        m = found[i]
        plain = fold(m[0]).replace("’", "'").removesuffix("'s").replace("'", "")
        if plain and plain not in _passed_over() and plain not in people:
            words.append(Word(_key(plain), m[0], _listed(text, m, found, i)))
        i += 1
    return Line(tuple(words))


def _told_by(text: str, found: Sequence[re.Match[str]]) -> int:
    """How many words, at the start, name who speaks: those before a verb of telling. A comma or a form of "be" before it makes it none."""
    telling, function = _lists()["telling"], _lists()["function"]
    for i, m in enumerate(found[:_SUBJECT]):
        if fold(m[0]) in telling:
            return i if i and "," not in text[: m.start()] and (fold(found[i - 1][0]) not in function or fold(found[i - 1][0]) in _ADVERBS) else 0
    return 0


def _of_side(found: Sequence[re.Match[str]], i: int, countries: frozenset[str]) -> int:
    """How many words from here name one of the countries or its people; 0 for none."""
    for size in (3, 2, 1):
        words = [m[0].replace("’", "'").removesuffix("'s") for m in found[i : i + size]]
        if len(words) == size and all(w[0].isupper() or w == "of" for w in words) and _country(" ".join(words)) in countries:
            return size
    return 0


@lru_cache(maxsize=4096)
def _country(words: str) -> str | None:
    return places.country_of_name(words) or places.country_of_demonym(words) or (places.country_of_demonym(words[:-1]) if words.endswith("s") else None)


def _listed(text: str, m: re.Match[str], found: Sequence[re.Match[str]], i: int) -> bool:
    """Whether a word is joined to another by a comma or by "and", before it or after it."""
    before = text[found[i - 1].end() : m.start()] if i else ""
    after = text[m.end() : found[i + 1].start()] if i + 1 < len(found) else ""
    joined = {fold(x[0]) for x in (*found[max(0, i - 1) : i], *found[i + 1 : i + 2])} & {"and", "or"}
    return bool(joined) or "," in before or "," in after or ";" in before or ";" in after


@lru_cache(maxsize=16384)
def _key(plain: str) -> str:
    """What all forms and spellings of a word share."""
    for british, american in _endings():
        if plain.endswith(british) and len(plain) > len(british) + 2:
            plain = plain[: -len(british)] + american
            break
    plain = re.sub(r"(?<=[a-z]{2})our", "or", plain)
    return str(_stemmer().stemWord(plain))


def stem(word: str) -> str:
    """What the forms of a word share, in any spelling: "replaced" and "replaces" are one."""
    return _key(fold(word))


@cache
def _stemmer() -> snowballstemmer.basestemmer.BaseStemmer:
    return snowballstemmer.stemmer("english")


@cache
def _passed_over() -> frozenset[str]:
    return frozenset(w for words in _lists().values() for w in words)


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists = table("wording", "en")
    return {name: frozenset(str(lists[name]).replace("'s", "").split()) for name in ("function", "telling", "fillers", "sides")}


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((str(a), str(b)) for a, b in table("wording", "en")["endings"].items()), key=lambda x: (-len(x[0]), x)))


@lru_cache(maxsize=4096)
def _parts(name: str) -> frozenset[str]:
    return frozenset(fold(m[0]) for m in _WORD.finditer(name))


def weights(lines: Iterable[Line]) -> dict[str, float]:
    """How telling each word is among lines: those that few lines have weigh most. From 1 for a word of every line upwards."""
    uses: dict[str, int] = {}
    number = 0
    for x in lines:
        number += 1
        for key in set(x.keys):
            uses[key] = uses.get(key, 0) + 1
    return {key: 1 + log(number / n) for key, n in uses.items()}


def likeness(a: Line, b: Line, weight: Mapping[str, float]) -> float:
    """How surely two lines are one line told twice, from 0 (they are not) to 1: the weight of the words they share, as a share of the shorter one's."""
    mine, yours = set(a.keys), set(b.keys)
    shared = mine & yours
    if len(shared) < min(_LEAST, len(mine), len(yours)) or len(shared) < 2:
        return 0.0
    total = [sum(weight.get(k, 1.0) for k in sorted(x)) for x in (mine, yours, shared)]
    if total[2] < _ALIKE * min(total[:2]) or total[2] < _LONGER * max(total[:2]):
        return 0.0
    return round(total[2] / min(total[:2]), 6)


def change(before: Line, after: Line) -> Change:
    """What a line has that it had not, has no more, and has elsewhere in a list than before.

    >>> change(line("peace, stability and trade"), line("trade, peace and lasting stability"))
    Change(added=['lasting'], dropped=[], reordered=['trade'])
    """
    had, has = set(before.keys), set(after.keys)
    added = _told(w for w in after.words if w.key not in had)
    dropped = _told(w for w in before.words if w.key not in has)
    return Change(added=added, dropped=dropped, reordered=_moved(before, after))


def _told(words: Iterable[Word]) -> list[str]:
    """Words as told, each once."""
    found: dict[str, str] = {}
    for w in words:
        found.setdefault(w.key, w.text)
    return list(found.values())


def _moved(before: Line, after: Line) -> list[str]:
    """Items of lists, told once in both, that stand elsewhere among those that both have."""
    old = _once(before)
    new = _once(after)
    first = [w for w in before.words if w.key in old and w.key in new]
    second = [w for w in after.words if w.key in old and w.key in new]
    keep = {first[b.a + i].key for b in SequenceMatcher(None, [w.key for w in first], [w.key for w in second], autojunk=False).get_matching_blocks() for i in range(b.size)}
    return [w.text for w in second if w.key not in keep and w.listed and old[w.key].listed]


def _once(x: Line) -> dict[str, Word]:
    keys = x.keys
    return {w.key: w for w in x.words if keys.count(w.key) == 1}

"""Copies of one text: a syndicated or rewritten report is no second witness.

A text is sketched by the smallest hashes of its runs of four words; sketches say how much two texts share.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from memcon.langs.fold import fold

_RUN: Final = 4  # words
_KEPT: Final = 160  # hashes
_COPY: Final = 0.3
"""Share of the shorter text's runs that a copy or a rewrite of an agency's text has in common with it."""
_SHORT: Final = 80  # runs: a shorter text is names and posts for the most part, which reports of one contact have in common anyhow
_SHORT_COPY: Final = 0.5
_WORD: Final = re.compile(r"[^\W_]+")


def sketch(text: str) -> bytes:
    """The sketch of a text: at most 160 hashes of 4 bytes, in ascending order."""
    words = _WORD.findall(fold.__wrapped__(text.replace("’", "'")))  # past the cache, which is for names
    runs = {" ".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))}
    hashes = sorted({int.from_bytes(hashlib.blake2b(r.encode(), digest_size=4).digest(), "big") for r in runs})
    return array("I", hashes[:_KEPT]).tobytes()


class _Read(NamedTuple):
    """A sketch, read: its hashes in order and as a set."""

    ordered: array[int]
    known: frozenset[int]


def _read(sketched: bytes) -> _Read:
    ordered = array("I", sketched)
    return _Read(ordered, frozenset(ordered))


def shared(a: bytes, b: bytes) -> float:
    """Estimated share of the shorter text's runs of words that stand in the other too: 0 to 1."""
    return _shared(_read(a), _read(b))


def _shared(a: _Read, b: _Read) -> float:
    common = len(a.known & b.known)
    if not common:
        return 0.0
    # Below the smaller of the two largest kept hashes both sketches are complete, so counts there compare.
    top = min(x.ordered[-1] if len(x.ordered) == _KEPT else 2**32 for x in (a, b))
    return common / min(bisect_right(a.ordered, top), bisect_right(b.ordered, top))


def is_copy(a: bytes, b: bytes) -> bool:
    """Whether one text is a copy or a rewrite of the other."""
    return _is_copy(_read(a), _read(b))


def _is_copy(a: _Read, b: _Read) -> bool:
    return _shared(a, b) >= (_COPY if min(len(a.ordered), len(b.ordered)) >= _SHORT else _SHORT_COPY)


def origins(sketches: Mapping[str, bytes]) -> dict[str, str]:
    """The independent origin of each document: the first name among the documents that copy each other."""
    origin = {x: x for x in sketches}
    read = {x: _read(s) for x, s in sketches.items()}
    for a, b in combinations(sorted(sketches), 2):
        if origin[a] != origin[b] and _is_copy(read[a], read[b]):
            keep, drop = sorted((origin[a], origin[b]))
            origin = {k: keep if v == drop else v for k, v in origin.items()}
    return origin


def independent(documents: Sequence[str], origin: Mapping[str, str]) -> int:
    """How many independent origins stand behind documents."""
    return len({origin.get(d, d) for d in documents})

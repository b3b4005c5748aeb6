"""A report's text cut into pieces, so that a page can mark the words of every fact without touching the words themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import msgspec

__all__ = ["Mark", "Piece", "pieces", "shown"]

# NUL and other control characters are errors in HTML, also when escaped. Overrides of direction would turn the words around them, and
# embeddings do nothing in a page that isolates each text; marks (U+200E, U+200F, U+061C) belong to the writing and stay.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")

_BLANK: Final = re.compile(r"\n(?:[ \t\r]*\n){2,}")  # several empty lines say no more than one


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Words to be marked: characters ``start`` to ``end``, and the kind of fact that rests on them."""

    start: int
    end: int
    kind: str


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A run of text on which the same facts rest. ``kind`` is that of the shortest; ``at`` says that the reader asked for these words."""

    start: int
    end: int
    text: str
    kind: str = ""
    at: bool = False
    near: bool = False
    first: bool = False


def pieces(text: str, marks: Iterable[Mark], at: Sequence[tuple[int, int]] = (), near: Sequence[tuple[int, int]] = ()) -> list[Piece]:
    """The text in order, cut wherever marks, or the words asked for (``at``) and their sentences (``near``), start or end.

    >>> [(p.text, p.kind) for p in pieces("on Monday", [Mark(start=3, end=9, kind="when")])]
    [('on ', ''), ('Monday', 'when')]
    """
    size = len(text)
    sound = sorted((m for m in set(marks) if 0 <= m.start < m.end <= size), key=lambda m: (m.start, -m.end, m.kind))
    asked = [(max(0, s), min(size, e)) for s, e in at if s < e]
    around = [(max(0, s), min(size, e)) for s, e in near if s < e]
    cuts = sorted({0, size, *(x for m in sound for x in (m.start, m.end)), *(x for s in (*asked, *around) for x in s if 0 <= x <= size)})
    out: list[Piece] = []
    active: list[Mark] = []
    waiting = iter(sound)
    following = next(waiting, None)
    unseen = True
    for start, end in pairwise(cuts):
        active = [m for m in active if m.end > start]
        while following is not None and following.start <= start:
            active.append(following)
            following = next(waiting, None)
        inner = min(active, key=lambda m: (m.end - m.start, m.start, m.kind), default=None)
        hit = any(s <= start and end <= e for s, e in asked)
        out.append(
            Piece(
                start=start,
                end=end,
                text=_BLANK.sub("\n\n", shown(text[start:end])),
                kind=inner.kind if inner else "",
                at=hit,
                near=any(s <= start and end <= e for s, e in around),
                first=hit and unseen,
            )
        )
        unseen = unseen and not hit
    return out


def shown(text: str) -> str:
    """Text as a page may hold it: control characters and overrides of direction as U+FFFD.

    >>> shown("a\\x00b\\u202ec")
    'a\\ufffdb\\ufffdc'
    """
    # Nearly every value of a page is plain, which Python tells faster than a pattern does.
    return text if text.isprintable() else _CONTROLS.sub("\ufffd", text)

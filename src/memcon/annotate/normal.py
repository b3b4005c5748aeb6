"""A spelling-neutral copy of a report's text that remembers where each character came from.

Rules read the *normal text*: NFC, straight quotes, plain spaces, no invisible marks. Facts point into the report's own
text, so every span goes back through ``Normal.source``.

"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from memcon.model import Span

_QUOTES = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4\u2032\u0060", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\t\v\f\r\x85", " "),
    **dict.fromkeys("\u2010\u2011", "-"),
}
_TABLE = str.maketrans(_QUOTES)
# Zero-width and direction marks, soft hyphen, byte-order mark: they split words that a reader sees whole.
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True, slots=True)
class Normal:
    """Normal text with its way back. ``starts``/``ends`` are None when every character kept its place."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def source(self, start: int, end: int) -> Span:
        """The source characters behind normal characters ``start`` to ``end`` (exclusive)."""
        if self.starts is None or self.ends is None:
            return Span(start, end)
        if not self.starts:
            return Span(0, 0)
        first = self.starts[min(start, len(self.starts) - 1)]
        return Span(first, self.ends[end - 1] if end > start else first)


def normalise(text: str) -> Normal:
    """The normal text of ``text``; linear in its length."""
    plain = text.translate(_TABLE)
    if unicodedata.is_normalized("NFC", plain) and _INVISIBLE.isdisjoint(plain):
        return Normal(plain)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(plain):
        for char in unicodedata.normalize("NFC", plain[start:end]):
            if char not in _INVISIBLE:
                out.append(char)
                starts.append(start)
                ends.append(end)
    return Normal("".join(out), starts, ends)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that compose together: a character with the marks (or Hangul vowels) after it."""
    start = 0
    for i in range(1, len(text)):
        # Long runs of marks are cut, so that a hostile text cannot make one huge cluster.
        if _joins(text[i]) and i - start < 32:
            continue
        yield start, i
        start = i
    if text:
        yield start, len(text)


def _joins(char: str) -> bool:
    return unicodedata.combining(char) != 0 or "\u1160" <= char <= "\u11ff"

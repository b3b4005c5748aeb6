"""The sentence of a report in which words stand: what a step shows as its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from memcon.query import Ledger

__all__ = ["sentence", "sentences"]

_AROUND: Final = 500  # characters to either side
_STOP: Final = re.compile(r"(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bNo)(?<!\bSt)[.!?][”\"’')]*(?=\s+[“\"‘A-Z0-9ÀÁÂÄÇÈÉÊÎÔÖØÚÜĐ(])|\n\s*\n")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a text, as `sentence` sees them."""
    start = 0
    for m in (*_STOP.finditer(text), None):
        end = len(text) if m is None else m.start() if text[m.start()] == "\n" else m.end()
        words = text[start:end]
        if words.strip():
            yield start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        start = len(text) if m is None else m.end()


def sentence(ledger: Ledger, document: str, start: int, end: int) -> tuple[int, int, str]:
    """Start, end and words of the sentence (or so) around characters ``start`` to ``end`` of a report."""
    low = max(0, start - _AROUND)
    text = ledger.words(document, low, end + _AROUND)
    at, to = min(start - low, len(text)), min(end - low, len(text))  # SQLite cuts a text at a NUL
    first = max((m.end() for m in _STOP.finditer(text) if m.end() <= at), default=0)
    while first < at and text[first].isspace():
        first += 1
    stop = _STOP.search(text, max(at, to - 1))
    last = len(text) if stop is None else stop.start() if text[stop.start()] == "\n" else stop.end()
    last = max(len(text[:last].rstrip()), to)
    return low + first, low + last, text[first:last]

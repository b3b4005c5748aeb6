"""The sentence of a report in which words stand: what a step shows as its evidence."""

from __future__ import annotations

import re
from typing import Final

from memcon.query import Ledger

__all__ = ["sentence"]

_AROUND: Final = 500  # characters to either side
_STOP: Final = re.compile(r"(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bNo)(?<!\bSt)[.!?][”\"’')]*(?=\s+[“\"‘A-Z0-9ÀÁÂÄÇÈÉÊÎÔÖØÚÜĐ(])|\n\s*\n")


def sentence(ledger: Ledger, document: str, start: int, end: int) -> tuple[int, int, str]:
    """Start, end and words of the sentence (or so) around characters ``start`` to ``end`` of a report."""
    low = max(0, start - _AROUND)
    text = ledger.words(document, low, end + _AROUND)
    at, to = start - low, min(end - low, len(text))
    first = max((m.end() for m in _STOP.finditer(text, 0, at)), default=0)
    while first < at and text[first].isspace():
        first += 1
    stop = _STOP.search(text, max(at, to - 1))
    last = len(text) if stop is None else stop.start() if text[stop.start()] == "\n" else stop.end()
    last = max(len(text[:last].rstrip()), to)
    return low + first, low + last, text[first:last]

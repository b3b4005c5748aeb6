"""Folding of names for comparison: diacritics and case away, letters that NFKD leaves alone written plainly."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import filterfalse

# Letters with a stroke and the like have no decomposition in Unicode.
_PLAIN = str.maketrans(
    {"đ": "d", "Đ": "D", "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "ħ": "h", "’": "'"}
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """``text`` in lower case without diacritics: "Thưởng" and "Thuong" give the same."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(filterfalse(unicodedata.combining, decomposed)).lower()

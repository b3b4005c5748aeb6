"""Codes and dates of a memorandum → words for people. Nothing here decides anything: what is unknown is said to be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from memcon.langs.places import country_name

__all__ = ["clean", "country", "day", "label", "language", "names", "period"]

_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_EDTF: Final = re.compile(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?([?~%]?)")
_LANGUAGES: Final = {"en": "English", "fr": "French", "vi": "Vietnamese", "es": "Spanish", "ru": "Russian", "zh": "Chinese", "ar": "Arabic"}
_MARKS: Final = {"?": " (uncertain)", "~": " (about)", "%": " (about, uncertain)"}
# They would turn the words around them; the letters themselves carry their direction.
_DIRECTION: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def names(found: Iterable[str]) -> str:
    """Names in a row, for a line of English; each that is written from right to left ends there, so that what follows stays in its place.

    >>> names(["Ana Tuilagi", "\u05d3\u05e0\u05d4"]).endswith("\u05d4\u200e")
    True
    """
    return ", ".join(n if n.isascii() or not any(unicodedata.bidirectional(c)[:1] in ("R", "A") for c in n) else f"{n}\u200e" for n in found)


def clean(text: str) -> str:
    """``text`` on one line, safe for a terminal: white space folded, control characters as U+FFFD, no overrides of direction.

    >>> clean("a\\n  b\\x1b[2J")
    'a b\\ufffd[2J'
    """
    folded = " ".join(text.split())
    if folded.isprintable():  # nothing to look for, which is nearly always so and many times faster
        return folded
    folded = folded.translate(_DIRECTION)
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") else c for c in folded)


def label(code: str) -> str:
    """A code of the codebook as words: ``courtesy_call`` → courtesy call."""
    return clean(code.replace("_", " "))


def country(code: str) -> str:
    """Name of a country by its ISO 3166-1 alpha-2 code, or the code itself when it is none."""
    try:
        return country_name(code)
    except KeyError:
        return clean(code)


def language(code: str) -> str:
    """Name of a language by its ISO 639-1 code, else the code."""
    return _LANGUAGES.get(code, clean(code))


def day(edtf: str) -> str:
    """An EDTF date as words; what is undecided is said.

    >>> day("2022-08-23"), day("XXXX-08-23"), day("2022-10"), day("202X")
    ('23 August 2022', '23 August (year not known)', 'October 2022', '202X')
    """
    m = _EDTF.fullmatch(edtf)
    if m is None:
        return clean(edtf)
    year, month, date, mark = m.groups()
    name = _month(month)
    if (month and not name) or (date and not date.isdigit()):
        return clean(edtf)
    known = " ".join(x for x in (str(int(date)) if date else "", name or "", year if year != "XXXX" else "") if x)
    return (known or clean(edtf)) + (" (year not known)" if year == "XXXX" and known else "") + _MARKS.get(mark, "")


def _month(digits: str | None) -> str | None:
    if digits is None or not digits.isdigit() or not 1 <= int(digits) <= 12:
        return None
    return _MONTHS[int(digits) - 1]


def period(start: str | None, end: str | None) -> str:
    """A term or a stay as words; an open end is said to be open.

    >>> period("2022-10-17", "2022-10-19"), period("2022", "2024"), period("2022-10-17", None)
    ('17–19 October 2022', '2022–2024', 'from 17 October 2022')
    """
    if start and end:
        if start == end:
            return day(start)
        if len(start) == len(end) == 10 and start[:8] == end[:8] and (start[8:] + end[8:]).isdigit():
            return f"{int(start[8:])}–{day(end)}"
        dash = "–" if len(start) == len(end) == 4 else " – "
        return f"{day(start)}{dash}{day(end)}"
    if start:
        return f"from {day(start)}"
    return f"until {day(end)}" if end else ""

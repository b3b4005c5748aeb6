"""By when something is to be done: the words of a promise, read as a day of the calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from memcon.annotate.dates import TimeExpression, find_dates
from memcon.resolve.times import span

__all__ = ["Deadline", "deadline", "passed"]

_AFTER: Final = re.compile(r"\b(?:since|after|as agreed in|signed in|of)\s*$", re.IGNORECASE)
_WITHIN: Final = re.compile(
    r"\b(?:with)?in (?:the (?:next|coming) )?(a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|\d{1,3}) (day|week|month|year)s?\b(?!['’]| of)", re.IGNORECASE
)
_YEAR_END: Final = re.compile(r"\b(?:by|before|until) (?:the )?(?:(?:this |current )?year(?:['’]s end| is out| ends)|(?:end of (?:the|this|the current) year))", re.IGNORECASE)
_SEASON: Final = re.compile(r"\b(this|next|coming) (spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
_PART: Final = re.compile(r"\b(first|second|third|fourth|last|1st|2nd) (half|quarter)\b|\b(early|mid|middle|spring|summer|autumn|fall)\b", re.IGNORECASE)
_NUMBERS: Final = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {"a": 1, "an": 1, "eighteen": 18}
_SEASONS: Final = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 12}
_LAST_MONTH: Final = {"first half": 6, "1st half": 6, "second half": 12, "2nd half": 12, "first quarter": 3, "second quarter": 6, "third quarter": 9, "fourth quarter": 12, "last quarter": 12,
                      "early": 6, "mid": 7, "middle": 7, **{k: v for k, v in _SEASONS.items() if k != "winter"}}  # fmt: skip
_DATED: Final = frozenset(("day", "month", "year", "range", "year_range", "relative"))
_FAR: Final = 8_000
_UNITS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}


class Deadline(NamedTuple):
    """A day, month or year (EDTF) by whose end a thing is to be done, and the words of the text that say so."""

    edtf: str
    start: int
    end: int


def deadline(text: str, made: str | None) -> Deadline | None:
    """By when a promise is to be kept, counted from the day on which it was made (EDTF); None where it does not say.

    >>> deadline("Norway will hand over the ship by the end of next year", "2023-05-04").edtf
    '2024'
    """
    origin = _day(made)
    spoken = _spoken(text, origin)
    if spoken is not None:
        return spoken
    found = [d for e in find_dates(text) if (d := _dated(text, e, origin)) is not None]
    ahead = [d for d in found if made is None or not passed(d.edtf, made)]
    # Of several days the last is the one by which all of it is to be done ("from 2022 to 2024").
    return max(ahead, key=lambda d: (span(d.edtf) or (0, 0))[1], default=None)


def passed(edtf: str, day: str) -> bool:
    """Whether a deadline lies wholly before a day (EDTF); of a month or a year, before its first day. False where either has no year."""
    end, now = span(edtf), span(day)
    return end is not None and now is not None and end[1] < now[0]


def _day(edtf: str | None) -> date | None:
    """The first day that a date can mean; None without a year, and for years so far off that nothing can be counted from them."""
    window = span(edtf)
    day = date.fromordinal(window[0]) if window else None
    return day if day and day.year < _FAR else None


def _spoken(text: str, origin: date | None) -> Deadline | None:
    """What is counted in words from the day of the promise."""
    if m := _WITHIN.search(text):
        number = int(m[1]) if m[1].isdigit() else _NUMBERS.get(m[1].lower(), 0)
        return Deadline(_later(origin, number, m[2].lower()), m.start(), m.end()) if origin else None
    if m := _YEAR_END.search(text):
        return Deadline(f"{origin.year:04}", m.start(), m.end()) if origin else None
    if (m := _SEASON.search(text)) and origin:
        month = _SEASONS[m[2].lower()]
        year = origin.year + (m[1].lower() == "next" or month < origin.month)
        return Deadline(f"{year:04}-{month:02}", m.start(), m.end())
    return None


def _later(origin: date, number: int, unit: str) -> str:
    if unit == "year":
        day = min(origin.day, 28)
        return date(origin.year + number, origin.month, day).isoformat()
    if unit == "month":
        months = origin.month - 1 + number
        return date(origin.year + months // 12, months % 12 + 1, min(origin.day, 28)).isoformat()
    return (origin + timedelta(days=number * _UNITS[unit])).isoformat()


def _dated(text: str, e: TimeExpression, origin: date | None) -> Deadline | None:
    """The day, month or year of an expression of time, with the year that comes next where it gives none."""
    if e.kind not in _DATED or e.named or _AFTER.search(text[: e.start]) and e.preposition in ("since", "after"):
        return None
    first = e.last or e.first
    year, month, day = first.year, first.month, first.day
    if e.kind == "relative" or e.unit == "year" and e.offset is not None and year is None:
        if origin is None or e.offset is None or e.offset < 0 or e.unit not in ("year", "month"):
            return None
        if e.unit == "month":
            months = origin.month - 1 + e.offset
            return Deadline(f"{origin.year + months // 12:04}-{months % 12 + 1:02}", e.start, e.end)
        year = origin.year + e.offset
    if year is None:
        year = _next_year(origin, month, day)
    if year is None:
        return None
    return Deadline(_edtf(text[e.start : e.end], e.preposition, year, month, day), e.start, e.end)


def _next_year(origin: date | None, month: int | None, day: int | None) -> int | None:
    """The year in which a month, or a day of it, comes next."""
    if origin is None or month is None:
        return None
    return origin.year + ((month, day or 31) < (origin.month, origin.day))


def _edtf(printed: str, preposition: str | None, year: int, month: int | None, day: int | None) -> str:
    if month is not None:
        return f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")
    if m := _PART.search(printed):
        return f"{year:04}-{_LAST_MONTH[(m[0] if m[1] else m[3]).lower()]:02}"
    return f"{year - (preposition == 'before' and printed.strip().isdigit()):04}"

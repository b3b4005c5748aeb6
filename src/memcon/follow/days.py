"""Days as the follow-up counts them: when a step was certainly taken, when a term is over, a clock set to a day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from memcon.errors import MemconError
from memcon.resolve.times import span

__all__ = ["DayError", "added", "clock", "day", "first", "iso", "last", "months_on"]

_LENGTH: Final = re.compile(r"P(\d{1,3})([YM])")
_YEARS: Final = 9999


class DayError(MemconError):
    """A day that makes no sense; worded for the person who gave it."""


def clock(on: str | None) -> int | None:
    """The day (ordinal) to which the clock is set; None for no clock. Raises `DayError` for anything but a whole day."""
    if on is None:
        return None
    found = span(on)
    if found is None or found[0] != found[1]:
        raise DayError("--on", f"{on!r} is no day: write 2024-03-12")
    return found[0]


def day(ordinal: int) -> str:
    """An ordinal as an ISO day."""
    return date.fromordinal(ordinal).isoformat()


def first(edtf: str | None) -> int | None:
    """The first day (ordinal) that an EDTF date can mean; None without a year."""
    found = span(edtf)
    return found[0] if found else None


def last(edtf: str | None) -> int | None:
    """The last day (ordinal) that an EDTF date can mean; None without a year."""
    found = span(edtf)
    return found[1] if found else None


def iso(edtf: str | None) -> str | None:
    """An EDTF date where its year is known, else None."""
    return edtf if span(edtf) else None


def added(start: int, length: str) -> int | None:
    """The last day of a time of some length (ISO 8601, in years or months) that starts on a day (both ordinals); None where there is no such day.

    >>> day(added(date(2020, 9, 1).toordinal(), "P2Y"))
    '2022-08-31'
    """
    m = _LENGTH.fullmatch(length)
    if m is None:
        return None
    end = months_on(start, int(m[1]) * (12 if m[2] == "Y" else 1))
    return None if end is None else end - 1


def months_on(start: int, months: int) -> int | None:
    """The day (ordinal) so many months after another; the last of a shorter month; None after the year 9999.

    >>> day(months_on(date(2024, 1, 31).toordinal(), 1))
    '2024-02-29'
    """
    from_ = date.fromordinal(start)
    year, month = divmod(from_.year * 12 + from_.month - 1 + months, 12)
    if not 1 <= year <= _YEARS:
        return None
    return date(year, month + 1, min(from_.day, monthrange(year, month + 1)[1])).toordinal()

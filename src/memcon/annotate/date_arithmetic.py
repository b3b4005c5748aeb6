"""Days that are partly known: reading them, moving them, naming them. No report, no decision."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from memcon.annotate.dates import PartialDate
from memcon.langs import en_dates as words


def parse(edtf: str) -> PartialDate:
    """Reads "2024", "2024-03", "2024-03-05" with X for unknown digits. Raises ValueError for anything else."""
    match = re.fullmatch(r"(\d{4}|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?", edtf)
    if match is None:
        raise ValueError(f"not an EDTF day, month or year: {edtf!r}")
    year, month, day = (int(x) if x and "X" not in x else None for x in match.groups())
    if month is not None:
        date(year or 2000, month, day or 1)
    return PartialDate(year, month, day if month is not None else None)


def shifted(origin: PartialDate, unit: str, offset: int) -> str | None:
    """EDTF of ``offset`` units (day, week, month, year, decade) from ``origin``; None if EDTF cannot say it plainly."""
    try:
        if unit == "day":
            return _shifted_days(origin, offset)
        if unit == "week":
            return _month_of_week(origin, offset)
        if unit == "month" and origin.month:
            return _shifted_months(origin, offset)
        if origin.year is None or unit == "month" or not 1 <= origin.year + offset <= 9999:
            return None
        return f"{origin.year + offset:04d}" if unit == "year" else f"{origin.year // 10 + offset}X"
    except (OverflowError, ValueError):  # before the year 1 or after 9999
        return None


def _shifted_days(origin: PartialDate, days: int) -> str | None:
    """A day some days away. Without a year it counts only where leap years make no difference."""
    if origin.day is None or origin.month is None:
        return origin.edtf() if days == 0 else None
    if origin.year is not None or days == 0:
        day = full_date(origin)
        return origin.edtf() if day is None else (day + timedelta(days=days)).isoformat()
    ends = {
        f"{moved:%m-%d}"
        for year in (2003, 2004, 2005)
        if (day := date_or_none(year, origin.month, origin.day)) is not None
        for moved in (day + timedelta(days=days),)
    }
    return f"XXXX-{ends.pop()}" if len(ends) == 1 else None


def _month_of_week(origin: PartialDate, weeks: int) -> str | None:
    """The month of a week, when all its days lie in one: plain EDTF has no weeks."""
    day = full_date(origin)
    if day is None:
        return None
    first = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    last = first + timedelta(days=6)
    return first.isoformat()[:7] if first.month == last.month else None


def _shifted_months(origin: PartialDate, months: int) -> str:
    month = (origin.year or 2000) * 12 + (origin.month or 1) - 1 + months
    return PartialDate(month // 12 if origin.year else None, month % 12 + 1).edtf() or ""


def date_or_none(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_date(day: PartialDate | None) -> date | None:
    """The day when all three parts are known, else None."""
    if day is None or day.year is None or day.month is None or day.day is None:
        return None
    return date_or_none(day.year, day.month, day.day)


def as_date(edtf: str | None) -> date | None:
    """The day that an EDTF string names in full, else None."""
    if edtf is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", edtf):
        return None
    return date.fromisoformat(edtf)


def fits(when: PartialDate, year: int, weekday: int | None) -> bool:
    """Whether the day and month of ``when`` are that weekday (0 Monday) in ``year``."""
    day = date_or_none(year, when.month or 1, when.day or 1)
    return day is not None and day.weekday() == weekday


def weekday_conflict(when: PartialDate) -> str | None:
    """What is wrong when a full date is not the weekday printed with it; None when nothing is."""
    day = full_date(when)
    if day is None or when.weekday is None or day.weekday() == when.weekday:
        return None
    return f"{day.isoformat()} is a {weekday_name(day.weekday())}, the report says {weekday_name(when.weekday)}"


def weekday_name(weekday: int) -> str:
    """The name of a weekday, 0 for Monday."""
    return next(name for name, number in words.WEEKDAYS.items() if number == weekday)


def wording(when: PartialDate) -> str:
    """A day as derivations print it: "17 October 2022", with the parts that are known."""
    month = next((name for name, number in words.MONTHS.items() if number == when.month), "")
    return " ".join(str(x) for x in (when.day, month, when.year) if x)


def range_wording(first: PartialDate, last: PartialDate | None) -> str:
    """A day or range with its weekday as derivations print it: "Monday + 17-19 October"."""
    weekday = "" if first.weekday is None else f"{weekday_name(first.weekday)} + "
    if last is None:
        return weekday + wording(first)
    if first.day and last.month == first.month:
        return f"{weekday}{first.day}-{wording(last)}"
    return f"{weekday}{wording(first)}-{wording(last)}"


def bounds(day: PartialDate) -> tuple[date, date]:
    """First and last day that a partial day of publication can be. Its year is known."""
    year, month = day.year or 1, day.month or 1
    last_month = day.month or 12
    last_day = day.day or calendar.monthrange(year, last_month)[1]
    return date(year, month, day.day or 1), date(year, last_month, last_day)

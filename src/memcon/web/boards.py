"""What the boards show: the agreements register, the plans board, the calendar."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from datetime import date
from typing import Final

import msgspec

from memcon import view
from memcon.browse import BadFilter, Browser, Filters, Tally
from memcon.ledger import sql
from memcon.web.contact import Brief, brief

__all__ = ["Calendar", "PlanBoard", "TermBar", "TermScale", "month", "plans", "terms"]

_COLUMN: Final = 25
_OF_A_DAY: Final = {"visits": 3, "meetings": 4, "agreements": 2}
_LOOSE: Final = 60
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_OVER: Final = ("occurred", "ongoing", "completed", "signed", "in_force")


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the board; ``more`` says that it goes on."""

    name: str
    label: str
    note: str
    items: list[Brief]
    more: bool


class PlanBoard(msgspec.Struct, frozen=True, kw_only=True):
    """What was announced, by what became of it as of ``today``."""

    today: str
    filters: Filters
    columns: list[Column]


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the calendar, with the first of its things; ``more`` that there is no room for."""

    day: str
    items: list[Brief]
    more: int
    inside: bool


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """A month, week by week from Monday; ``loose`` are things of the month without a day. ``months`` counts meetings of the year."""

    month: str
    label: str
    before: str
    after: str
    weeks: list[list[Day]]
    loose: list[Brief]
    months: list[Tally]


def plans(browser: Browser, filters: Filters, today: str) -> PlanBoard:
    """The plans board."""
    open_: list[Brief] = []
    undated: list[Brief] = []
    silent: list[Brief] = []
    for thing in _planned(browser, filters, ("planned",), 80):
        b = brief(thing)
        (undated if not b.day or b.day.startswith("X") else open_ if b.day >= today[: len(b.day)] else silent).append(b)
    open_.sort(key=lambda b: (b.day or "", b.id))
    columns = [
        ("dated", "Ahead", "announced for a day to come", open_),
        ("announced", "No day told", "announced, without a day", undated),
        ("silent", "No word since", "the day has passed, and no report tells what became of it", silent),
        ("occurred", "Took place", "announced, then reported as held", [brief(t) for t in _planned(browser, filters, _OVER, _COLUMN + 1)]),
        ("moved", "Moved", "postponed", [brief(t) for t in _planned(browser, filters, ("postponed",), _COLUMN + 1)]),
        ("dropped", "Dropped", "cancelled or denied", [brief(t) for t in _planned(browser, filters, ("cancelled", "denied"), _COLUMN + 1)]),
    ]
    made = [Column(name=n, label=name, note=w, items=x[:_COLUMN], more=len(x) > _COLUMN) for n, name, w, x in columns]
    return PlanBoard(today=today, filters=filters, columns=made)


def _planned(browser: Browser, filters: Filters, statuses: tuple[str, ...], limit: int) -> list[view.Thing]:
    """What was once announced and has one of the statuses, the newest first."""
    found = [
        t for family in ("visits", "meetings", "agreements") for status in statuses
        for t in browser.events(family, msgspec.structs.replace(filters, status=status), limit=limit, planned=status not in ("postponed", "cancelled", "denied")).items
    ]  # fmt: skip
    return sorted(found, key=lambda t: (brief(t).day or "", t.id), reverse=True)[:limit]


def month(browser: Browser, asked: str | None, today: str) -> Calendar:
    """A month; without one that of the last meeting up to today."""
    if asked is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", asked):
        raise BadFilter("month", f"{asked!r} is no month: write 2024-03")
    chosen = asked or _latest(browser, today)
    year, number = int(chosen[:4]), int(chosen[5:])
    if not 1 <= year <= 9998:
        raise BadFilter("month", f"{asked!r} is no month of a calendar")
    rows = [r for f, most in _OF_A_DAY.items() for r in browser.store.rows(sql.DAYS, f, chosen, chosen + "~", most)]
    things = {t.id: brief(t) for t in browser.things([r[0] for r in rows])}
    days: dict[str, list[Brief]] = {}
    loose: list[Brief] = []
    for _, day, _ in rows:
        days.setdefault(day, [])
    for identifier, day, _ in rows:
        b = things[identifier]
        # A thing without a day stands in the ledger under that of its first report: not its own, so it gets no place in the grid.
        (days[day] if b.day == day and _DAY.fullmatch(day) else loose).append(b)
    left = Counter(dict.fromkeys(days, 0))
    for (_, day), n in {(i[0], day): n for i, day, n in rows}.items():
        left[day] += n
    left.subtract(day for _, day, _ in rows)
    weeks = [[_day(d, days, left, number) for d in week] for week in calendar.Calendar().monthdatescalendar(year, number)]
    before = f"{year - (number == 1):04}-{(number - 2) % 12 + 1:02}"
    after = f"{year + (number == 12):04}-{number % 12 + 1:02}"
    counts = dict(browser.store.rows(sql.MONTHS, "meetings", f"{year:04}", f"{year:04}~"))
    months = [Tally(value=f"{year:04}-{n:02}", count=counts.get(f"{year:04}-{n:02}", 0)) for n in range(1, 13)]
    return Calendar(
        month=chosen, label=f"{calendar.month_name[number]} {year}", before=before, after=after, weeks=weeks, loose=loose[:_LOOSE], months=months
    )


def _latest(browser: Browser, today: str) -> str:
    found = browser.events("meetings", Filters(until=today), limit=1).items
    day = getattr(found[0], "date", None) if found else None
    return day[:7] if day and re.fullmatch(r"\d{4}-\d\d.*", day) else today[:7]


def _day(day: date, found: dict[str, list[Brief]], left: Counter[str], number: int) -> Day:
    name = day.isoformat()
    return Day(day=name, items=sorted(found.get(name, ()), key=lambda b: (b.family, b.id)), more=left[name], inside=day.month == number)


class TermBar(msgspec.Struct, frozen=True, kw_only=True):
    """A term on the time bar: from ``x`` on, ``width`` wide (of 1000), with an open end where no report gives one; ``over`` by ``today``."""

    x: float
    width: float
    open: bool
    over: bool


class TermScale(msgspec.Struct, frozen=True, kw_only=True):
    """The time bar of a page of the register: its years with their places, today's place, and a bar for each agreement with a term."""

    years: list[tuple[int, float]]
    today: float | None
    bars: dict[str, TermBar]


def terms(items: list[view.Thing], today: str) -> TermScale:
    """The terms of agreements on one time bar; those without a day that says when they start are left out."""
    found = {
        t.id: (low, _year(t.end, last=True))
        for t in items
        if isinstance(t, view.AgreementThing) and (low := _year(t.start or t.signed, last=False)) is not None
    }
    if not found:
        return TermScale(years=[], today=None, bars={})
    now = _year(today, last=False) or 0.0
    low = int(min(x for x, _ in found.values()))
    high = int(max(max(x + 1, y or x + 1) for x, y in found.values())) + 1
    if low <= now <= high + 10:
        high = max(high, int(now) + 1)

    def place(year: float) -> float:
        return round(1000 * (year - low) / (high - low), 1)

    step = max(1, (high - low) // 8)
    bars = {
        i: TermBar(
            x=place(start),
            width=max(4.0, round(place(end if end is not None else high) - place(start), 1)),
            open=end is None,
            over=end is not None and end < now,
        )
        for i, (start, end) in found.items()
    }
    return TermScale(years=[(y, place(y)) for y in range(low, high + 1, step)], today=place(now) if low <= now <= high else None, bars=bars)


def _year(edtf: str | None, *, last: bool) -> float | None:
    """A day as a year and its share; of a month or year the first day, or the end."""
    m = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", edtf or "")
    if m is None:
        return None
    number = int(m[2]) if m[2] else (13 if last else 1)
    day = int(m[3]) if m[3] else (31 if last and m[2] else 1)
    return int(m[1]) + (number - 1) / 12 + (day - 1) / 372

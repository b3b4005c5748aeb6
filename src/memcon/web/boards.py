"""What the boards show: the agreements register, the plans board, the calendar."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final

import msgspec

from memcon import view
from memcon.browse import PAGE, Browser, Filters, Tally
from memcon.errors import BadFilter
from memcon.follow import days
from memcon.follow import plans as plan
from memcon.follow import register as papers
from memcon.follow.plans import PlanEntry, PlanStep
from memcon.follow.register import RegisterEntry
from memcon.ledger import sql
from memcon.web.contact import Brief, brief

__all__ = ["Calendar", "PlanBoard", "RegisterBoard", "RegisterFilters", "TermBar", "TermScale", "month", "plan_list", "plans", "register", "register_filters", "terms"]

_COLUMN: Final = 25
_OF_A_DAY: Final = {"visits": 3, "meetings": 4, "agreements": 2}
_LOOSE: Final = 60
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_OVER: Final = ("occurred", "ongoing", "completed", "signed", "in_force")
_READ: Final = ((("planned", "postponed"), 80), (_OVER, _COLUMN + 1), (("cancelled", "denied"), _COLUMN + 1))
"""By the statuses of things, how many of the newest the board looks at."""
_COLUMNS: Final = (
    ("dated", "dated", "Ahead", "announced for a day to come"), ("announced", "announced", "No day told", "announced, without a day"),
    ("moved", "moved", "Moved", "put off, or given another day"), ("silent", "no word since", "No word since", "the day has passed, or a year, and no report tells what became of it"),
    ("occurred", "occurred", "Took place", "announced, then reported as held"), ("replaced", "replaced", "Replaced", "somebody, or something, came instead"),
    ("dropped", "dropped", "Dropped", "called off or denied"),
)  # fmt: skip
"""Name of a column, its state, its heading and what it means."""
_BATCHES: Final = 4
_ENOUGH: Final = 20  # entries for which a page of the register need not walk on


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A plan on the board: the thing, its state since when, and its steps."""

    id: str
    family: str
    kind: str
    title: str
    day: str | None
    state: str
    since: str | None
    steps: list[PlanStep]
    instead: Brief | None = None


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the board; ``more`` says that it goes on."""

    name: str
    label: str
    note: str
    items: list[Card]
    more: bool


class PlanBoard(msgspec.Struct, frozen=True, kw_only=True):
    """What was announced, by what had become of it on a day (``today``: that on which the page was asked for, or the one it was asked of)."""

    today: str
    filters: Filters
    columns: list[Column]


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


class RegisterFilters(msgspec.Struct, frozen=True, kw_only=True):
    """What a page of the register is asked: of which day, and for which states, levels, and ends within so many months."""

    on: str | None
    state: str | None = None
    level: str | None = None
    expiring: int | None = None


def register_filters(params: Mapping[str, str], today: str) -> RegisterFilters:
    """The register's own filters of an address. Raises `BadFilter`."""
    given = {name: v for name in ("on", "state", "level", "expiring") if (v := params.get(name, "").strip())}
    months = given.pop("expiring", None)
    if months is not None and not (months.isdecimal() and len(months) < 4):
        raise BadFilter("expiring", f"{months[:40]!r} is no number of months")
    return RegisterFilters(on=_clock(given.pop("on", today)), expiring=int(months) if months else None, **given)


def _clock(on: str) -> str:
    try:
        days.clock(on)
    except days.DayError:
        raise BadFilter("on", f"{on[:40]!r} is no day: write 2024-03-12") from None
    return on


class RegisterBoard(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the agreements register as it stood on a day (``on``; None: by reports alone): the papers, the visits that fulfil them, and their terms on one scale."""

    on: str | None
    filters: Filters
    state: str | None
    expiring: int | None
    level: str | None
    items: list[RegisterEntry]
    fulfilling: dict[str, Brief]
    scale: TermScale
    next: str | None


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
    """The plans board as of a day. Raises `BadFilter`."""
    _clock(today)
    found: dict[str, list[PlanEntry]] = {}
    for things in (_planned(browser, filters, statuses, most) for statuses, most in _READ):
        for thing in things:
            made = plan.entry(browser.ledger, thing, on=today)
            if made is not None:
                found.setdefault(made.state, []).append(made)
    for state in ("dated", "moved"):  # what comes next stands first; of all else the latest
        found.get(state, []).sort(key=lambda x: (x.planned_for or "9", x.id))
    titles = {t.id: brief(t) for t in browser.things([i for x in found.values() for e in x[:_COLUMN] for i in (e.id, e.instead) if i])}
    columns = [
        Column(name=name, label=label, note=note, items=[_card(browser, e, titles) for e in found.get(state, [])[:_COLUMN]], more=len(found.get(state, [])) > _COLUMN)
        for name, state, label, note in _COLUMNS
    ]
    return PlanBoard(today=today, filters=filters, columns=columns)


def plan_list(browser: Browser, filters: Filters, on: str | None, state: str | None, limit: int) -> list[PlanEntry]:
    """Plans as they stood on a day (without one: by reports alone), the latest planned first. Raises `BadFilter`."""
    if on is not None:
        _clock(on)
    if state is not None and state not in plan.STATES:
        raise BadFilter("state", f"{state[:40]!r} is no state of a plan: one of {', '.join(plan.STATES)}")
    found = (plan.entry(browser.ledger, t, on=on) for statuses, _ in _READ for t in _planned(browser, filters, statuses, limit))
    kept = sorted((x for x in found if x is not None and state in (None, x.state)), key=lambda x: (x.planned_for or "", x.id), reverse=True)
    return [plan.quoted(browser.ledger, x) for x in kept[:limit]]


def _card(browser: Browser, entry: PlanEntry, titles: dict[str, Brief]) -> Card:
    own = titles[entry.id]
    return Card(
        id=entry.id, family=entry.family, kind=entry.kind, title=own.title, day=entry.planned_for, state=entry.state, since=entry.since,
        steps=plan.quoted(browser.ledger, entry).steps, instead=titles.get(entry.instead or ""),
    )  # fmt: skip


def _planned(browser: Browser, filters: Filters, statuses: tuple[str, ...], limit: int) -> list[view.Thing]:
    """What was once announced and has one of the statuses, the newest first."""
    found = [
        t for family in plan.FAMILIES for status in statuses
        for t in browser.events(family, msgspec.structs.replace(filters, status=status), limit=limit, planned=status not in ("postponed", "cancelled", "denied")).items
    ]  # fmt: skip
    return sorted(found, key=lambda t: (brief(t).day or "", t.id), reverse=True)[:limit]


def register(browser: Browser, filters: Filters, asked: RegisterFilters, *, after: str | None = None) -> RegisterBoard:
    """A page of the agreements register. Raises `BadFilter` and `DayError`."""
    if asked.state is not None and asked.state not in papers.STATES:
        raise BadFilter("state", f"{asked.state!r} is no state of an agreement: one of {', '.join(papers.STATES)}")
    now = days.clock(_clock(asked.on)) if asked.on is not None else None
    items: list[RegisterEntry] = []
    following = after
    for _ in range(_BATCHES):  # walks on where the filters let little through
        page = browser.events("agreements", filters, after=following, limit=PAGE)
        following = page.next
        for thing in page.items:
            made = papers.entry(browser.ledger, thing, on=asked.on, whole=False)
            if made is not None and papers.passes(made, now, state=asked.state, level=asked.level, expiring=asked.expiring):
                items.append(papers.filled(browser.ledger, thing, made))
        if following is None or len(items) >= _ENOUGH:
            break
    contacts = list(dict.fromkeys(i for e in items for i in e.fulfilled_by))
    return RegisterBoard(
        on=asked.on, filters=filters, state=asked.state, expiring=asked.expiring, level=asked.level, items=items, fulfilling={t.id: brief(t) for t in browser.things(contacts)},
        scale=_scale({e.id: (e.term_start or e.signed, e.term_end) for e in items}, asked.on or ""), next=following,
    )  # fmt: skip


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


def terms(items: list[view.Thing], today: str) -> TermScale:
    """The terms of agreements on one time bar; those without a day that says when they start are left out."""
    return _scale({t.id: (t.start or t.signed, t.end) for t in items if isinstance(t, view.AgreementThing)}, today)


def _scale(given: dict[str, tuple[str | None, str | None]], today: str) -> TermScale:
    """Terms (EDTF) on one time bar."""
    found = {i: (low, _year(end, last=True)) for i, (start, end) in given.items() if (low := _year(start, last=False)) is not None}
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

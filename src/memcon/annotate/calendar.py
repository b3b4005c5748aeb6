"""Decides which day the words of `memcon.annotate.dates` mean, as far as the report allows; the rest stays X.

What may decide a year is, in this order: the words, the day of publication, a full date of the report nearby in
the calendar, and a weekday that fits one only of the years that the report mentions. Nothing else: no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Final

from memcon.annotate import date_arithmetic as arithmetic
from memcon.annotate.dates import PartialDate, TimeExpression
from memcon.annotate.published import Published
from memcon.langs import en_dates as words

Place = tuple[int, int]

_MOST: Final = 500  # facts kept of one report, so that a list of dates costs no more than linear time
_NEAR_DAYS: Final = 15  # a full date so near in the calendar lends its year
_MOST_YEARS: Final = 4  # full dates of more years than this make a chronicle
_OLD_YEARS: Final = 3  # a bare year so much older than the latest full date is history
_FAR_DAYS: Final = 120  # without a tense, a date farther than this from publication is undecided
_LONGEST_TERM: Final = 10  # years of a term ("2022-2024") that are candidates one by one
_DATELINE_DAYS: Final = 5  # a dateline is at most so many days older than the publication
_LEAD: Final = 400  # characters after a dateline in which the lead tells its weekday
_LEAD_KINDS: Final = ("weekday", "relative", "day")
_ZONES: Final = timedelta(days=1)  # a report of "today" may be published on the eve, in another time zone
_HISTORY_WINDOW: Final = 45  # characters on each side of a year, within its sentence


@dataclass(frozen=True, slots=True)
class Decided:
    """The day or days meant, in EDTF; both None when undecided. ``end`` only for stretches of time.

    ``derivation`` says how, for a person to read; it is empty when the words themselves say it. ``rests_on`` are the
    places of the text that were used. ``conflict`` tells of words that do not fit each other, else None.
    """

    start: str | None = None
    end: str | None = None
    derivation: str = ""
    rests_on: tuple[Place, ...] = ()
    conflict: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A date that the report prints with its year. ``of`` is its place; ``wording`` shows it in a derivation."""

    of: Place
    when: PartialDate
    wording: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that are decided, as evidence for a mere weekday: first to last, both included."""

    first: date
    last: date
    wording: str
    rests_on: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class DateContext:
    """All that one report says about dates, for `decide`. Made by `build_context`."""

    published: PartialDate | None = None
    published_at: Place | None = None
    facts: tuple[Fact, ...] = ()
    years: tuple[Fact, ...] = ()
    weekdays: tuple[tuple[int, Place], ...] = ()
    pinned: tuple[PartialDate, ...] = ()  # "Wednesday, July 19": with a weekday, without a year
    stretches: tuple[Stretch, ...] = ()
    origin: str = "published"  # what ``published`` is: the day of publication, or the dateline's where that is earlier
    dated_weekday: tuple[PartialDate, str, tuple[Place, ...]] | None = None  # a day without a year, and the weekday it is

    @property
    def published_edtf(self) -> str | None:
        """The day of publication in EDTF, as far as it is known."""
        return None if self.published is None else self.published.edtf()


@dataclass(frozen=True, slots=True)
class _Year:
    """A year with its reason. ``year`` None means that nothing decides it."""

    year: int | None = None
    because: str = ""
    rests_on: tuple[Place, ...] = ()
    conflict: str | None = None


# --- the context ----------------------------------------------------------------------------------------------------


def build_context(
    text: str, expressions: Sequence[TimeExpression], published: str | Published | None = None, dateline: Published | None = None
) -> DateContext:
    """Gathers what decides dates in a report.

    ``expressions`` come from `find_dates(text)`. ``published`` is EDTF given by the user, or what `find_published`
    gave; None if unknown. ``dateline`` is what `find_dateline` gave: the day of writing, where the page's is later.
    Raises ValueError when it is no EDTF day, month or year of 1500 to 2999.
    """
    day, place = _published(published)
    usable = [x for x in expressions if not x.named and not _overlaps((x.start, x.end), place)]
    current = [x for x in usable if not _is_history(text, x)]
    facts = _recent(_first_of_each(_facts(current)))
    latest = max((x.when.year for x in facts if x.when.year), default=None)
    years = tuple(
        x for x in _first_of_each(_years(current)) if latest is None or (x.when.year or 0) >= latest - _OLD_YEARS
    )
    context = DateContext(day, place, facts, years, _weekdays(usable), _pinned(current))
    context = replace(context, published=_completed(context))
    context = _written(context, dateline)
    context = replace(context, dated_weekday=_dated_weekday(text, usable, context))
    return replace(context, stretches=_stretches(usable, context))


def _published(published: str | Published | None) -> tuple[PartialDate | None, Place | None]:
    if published is None:
        return None, None
    place = (published.start, published.end) if isinstance(published, Published) else None
    day = arithmetic.parse(published.edtf if isinstance(published, Published) else published)
    if day.year is not None and not 1500 <= day.year < 3000:
        raise ValueError(f"no year of a report: {day.year}")
    return day, place


def _written(context: DateContext, dateline: Published | None) -> DateContext:
    """The context of a report whose dateline is of a day before its publication: "today" is the dateline's day."""
    published = arithmetic.full_date(context.published)
    if published is None or dateline is None:
        return context
    day = arithmetic.parse(dateline.edtf)
    for year in (day.year,) if day.year else (published.year, published.year - 1):
        written = arithmetic.date_or_none(year, day.month or 1, day.day or 1)
        if written is not None and 0 < (published - written).days <= _DATELINE_DAYS:
            place = (dateline.start, dateline.end)
            return replace(context, published=PartialDate(written.year, written.month, written.day), published_at=place, origin="dateline")
    return context


def _completed(context: DateContext) -> PartialDate | None:
    """The day of publication, with its year when a full date of the report lends it ("SEOUL, March 3")."""
    day = context.published
    if day is None or day.year is not None or day.day is None:
        return day
    year = _from_facts(day, context).year
    return day if year is None or arithmetic.date_or_none(year, day.month or 1, day.day) is None else replace(day, year=year)


def _dated_weekday(text: str, expressions: Sequence[TimeExpression], context: DateContext) -> tuple[PartialDate, str, tuple[Place, ...]] | None:
    """A day without a year whose weekday the report gives: "Wednesday, July 19", or the dateline's day by its lead.

    An agency's lead tells of the day of its dateline: "TEHRAN, Sept 25 -- The president said here Tuesday".
    """
    for x in expressions:
        if x.kind == "day" and x.first.month and x.first.day and x.first.year is None and x.first.weekday is not None:
            return x.first, arithmetic.range_wording(x.first, None), ((x.start, x.end),)
    day = context.published
    if day is None or day.year is not None or day.day is None or context.published_at is None:
        return None
    lead = next((x for x in expressions if x.start > context.published_at[1] and x.kind in _LEAD_KINDS), None)
    if lead is None or lead.kind != "weekday" or lead.offset is not None or lead.start - context.published_at[1] > _LEAD:
        return None
    between = text[context.published_at[1] : lead.start]
    if words.OUTLOOK & set(re.findall(r"[a-z]+", between.lower())) or re.search(r"[.!?]\s+(?=[A-Z]).*[.!?]\s", between[20:], re.DOTALL):
        return None
    dated = replace(day, weekday=lead.first.weekday)
    return dated, f"{arithmetic.weekday_name(dated.weekday or 0)} + dateline {arithmetic.wording(day)}", ((lead.start, lead.end), context.published_at)


def _overlaps(a: Place, b: Place | None) -> bool:
    return b is not None and a[0] < b[1] and b[0] < a[1]


def _is_history(text: str, expression: TimeExpression) -> bool:
    """Whether the words around tell of a founding, a birth or a war: such a year says nothing of the present."""
    before = re.split(r"[.!?\n]\s", text[max(0, expression.start - _HISTORY_WINDOW) : expression.start])[-1]
    after = re.split(r"[.!?\n]\s", text[expression.end : expression.end + _HISTORY_WINDOW])[0]
    return not words.HISTORY.isdisjoint(re.findall(r"[a-z]+", (before + " " + after).lower()))


def _facts(expressions: Iterable[TimeExpression]) -> Iterator[Fact]:
    for x in expressions:
        for when in (x.first, x.last):
            if when is not None and when.year is not None and when.month is not None:
                yield Fact((x.start, x.end), replace(when, weekday=None), arithmetic.wording(when))


def _years(expressions: Iterable[TimeExpression]) -> Iterator[Fact]:
    """Every year mentioned; a term gives each of its years, when it is short."""
    for x in expressions:
        first, last = x.first.year, (x.last or x.first).year
        if first is None or last is None or x.kind == "decade":
            continue
        inner = range(first, last + 1) if last - first <= _LONGEST_TERM else (first, last)
        for year in inner:
            yield Fact((x.start, x.end), PartialDate(year), str(year))


def _first_of_each(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    seen: dict[PartialDate, Fact] = {}
    for fact in islice(facts, 20 * _MOST):
        if len(seen) < _MOST:
            seen.setdefault(fact.when, fact)
    return tuple(seen.values())


def _recent(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Without the dates of years before: they are of an earlier meeting, not of this one."""
    years = {x.when.year or 0 for x in facts}
    if len(years) > _MOST_YEARS:
        return ()  # a chronicle: no date lends its year to another
    latest = max(years, default=0)
    return tuple(x for x in facts if (x.when.year or 0) >= latest - 1)


def _weekdays(expressions: Iterable[TimeExpression]) -> tuple[tuple[int, Place], ...]:
    """Each weekday that stands alone, with its first place."""
    seen: dict[int, Place] = {}
    for x in expressions:
        if x.kind == "weekday" and x.offset is None and x.first.weekday is not None:
            seen.setdefault(x.first.weekday, (x.start, x.end))
    return tuple(seen.items())


def _pinned(expressions: Iterable[TimeExpression]) -> tuple[PartialDate, ...]:
    days = (x.first for x in expressions if x.kind == "day" and x.first.month and x.first.weekday is not None)
    return tuple(dict.fromkeys(islice((x for x in days if x.year is None), _MOST)))[:20]


def _stretches(expressions: Iterable[TimeExpression], context: DateContext) -> tuple[Stretch, ...]:
    """The decided days and ranges of days of the report."""
    found: dict[tuple[date, date], Stretch] = {}
    days = (x for x in expressions if x.kind in ("day", "range") and x.first.month and x.first.day)
    for x in islice(days, 20 * _MOST):
        decided = decide(x, context)
        first, last = arithmetic.as_date(decided.start), arithmetic.as_date(decided.end or decided.start)
        if first and last and first <= last and len(found) < _MOST:
            wording = arithmetic.range_wording(x.first, x.last) + ("" if x.first.year else f" + {first.year}")
            found.setdefault((first, last), Stretch(first, last, wording, decided.rests_on))
    return tuple(found.values())


# --- the decision ---------------------------------------------------------------------------------------------------


def decide(
    expression: TimeExpression,
    context: DateContext,
    *,
    future: bool | None = None,
    anchor: Decided | None = None,
) -> Decided:
    """The day or days that ``expression`` means in the report of ``context``.

    ``future`` is True for what is planned, False for what has happened, None when the caller cannot tell: then a
    weekday is past and a day of a month is the nearest. ``anchor`` is the dated event told before ("the same day"),
    or the visit for "the second day of the visit". Never raises.
    """
    place = ((expression.start, expression.end),)
    kind = expression.kind
    if kind in ("year", "decade", "year_range"):
        return _decide_years(expression, place)
    if kind == "weekday":
        return _decide_weekday(expression, context, future)
    if kind in ("same_day", "anchored", "day_of_visit"):
        return _decide_anchored(expression, context, anchor)
    if kind == "relative":
        return _from_origin(expression, context.published, _published_words(context), _with_published(place, context))
    if expression.first.month is None and expression.first.year is None:
        return _decide_bare(expression, context, future)
    return _decide_dates(expression, context, future)


def _decide_years(expression: TimeExpression, place: tuple[Place, ...]) -> Decided:
    if expression.kind == "decade":
        return Decided(f"{(expression.first.year or 0) // 10}X", rests_on=place)
    end = expression.last.edtf() if expression.last else None
    return Decided(expression.first.edtf(), end, rests_on=place)


def _decide_dates(expression: TimeExpression, context: DateContext, future: bool | None) -> Decided:
    """A day of a month, a month, or a range of them."""
    first, last = expression.first, expression.last
    found = _Year(first.year) if first.year is not None else _find_year(expression, context, future)
    start = replace(first, year=found.year)
    end = None
    if last is not None:
        turns = (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)
        end = replace(last, year=last.year or (None if found.year is None else found.year + turns))
    conflict = (
        found.conflict or arithmetic.weekday_conflict(start) or (arithmetic.weekday_conflict(end) if end else None)
    )
    result = "/".join(x for x in (start.edtf(), end.edtf() if end else None) if x)
    derivation = f"{found.because} -> {result}" if found.because else ""
    places = _unique(((expression.start, expression.end), *found.rests_on))
    return Decided(start.edtf(), end.edtf() if end else None, derivation, places, conflict)


def _find_year(expression: TimeExpression, context: DateContext, future: bool | None) -> _Year:
    """The year of a date that lacks it, by the first kind of evidence that decides."""
    if expression.offset is not None:
        return _directed_year(expression, context)
    by_publication = _from_published(expression, context, future)
    if by_publication.year is not None or by_publication.conflict:
        return by_publication
    if expression.first.day is None:
        return _Year()
    by_fact = _from_facts(expression.first, context)
    return by_fact if by_fact.year is not None else _from_weekdays(expression, context)


def _directed_year(expression: TimeExpression, context: DateContext) -> _Year:
    """ "May last year" and "last May", counted from publication."""
    day = context.published
    if day is None or day.year is None:
        return _Year()
    offset, month = expression.offset or 0, expression.first.month or 0
    year = day.year + offset
    if expression.unit == "month" and offset:
        if day.month is None:
            return _Year()
        year = day.year - (month >= day.month) if offset < 0 else day.year + (month <= day.month)
    because = f"{arithmetic.range_wording(expression.first, expression.last)} + {_published_words(context)}"
    return _Year(year, because, _with_published((), context))


def _from_published(expression: TimeExpression, context: DateContext, future: bool | None) -> _Year:
    day = context.published
    if day is None or day.year is None:
        return _Year()
    low, high = arithmetic.bounds(day)
    years = {_nearest_year(expression.first, origin, future) for origin in (low, high)}
    year = years.pop() if len(years) == 1 else None
    if year is None:
        return _Year(conflict=_weekday_clash(expression.first, low))
    because = f"{arithmetic.range_wording(expression.first, expression.last)} + {_published_words(context)}"
    return _Year(year, because, _with_published((), context))


def _nearest_year(when: PartialDate, origin: date, future: bool | None) -> int | None:
    """The year that puts ``when`` nearest to ``origin``, on the side that the tense asks for."""
    near = [(abs(away), year) for year, away in _distances(when, origin) if _on_side(away, future)]
    if not near:
        return None
    away, year = min(near)
    return None if future is None and away > _FAR_DAYS else year


def _distances(when: PartialDate, origin: date) -> Iterator[tuple[int, int]]:
    """(year, days from origin) for the years around it in which the day exists and its weekday fits."""
    for year in range(max(1, origin.year - 4), min(9999, origin.year + 4) + 1):
        day = arithmetic.date_or_none(
            year, when.month or 1, when.day or (origin.day if when.month == origin.month else 15)
        )
        if day is None or (when.weekday is not None and day.weekday() != when.weekday):
            continue
        if abs(year - origin.year) <= 1 or (when.month, when.day) == (2, 29):
            yield year, (day - origin).days


def _on_side(away: int, future: bool | None) -> bool:
    return future is None or (away >= -_ZONES.days if future else away <= _ZONES.days)


def _weekday_clash(when: PartialDate, origin: date) -> str | None:
    """A conflict when the day would be decided but for the weekday before it."""
    if when.weekday is None or _nearest_year(replace(when, weekday=None), origin, None) is None:
        return None
    return f"{arithmetic.wording(when)} is no {arithmetic.weekday_name(when.weekday)} in the years around publication"


def _from_facts(when: PartialDate, context: DateContext) -> _Year:
    """The year of a full date in the same month or a few days away; None when two such dates disagree."""
    near = [(year, fact) for fact in context.facts if (year := _lent_year(when, fact.when)) is not None]
    if when.weekday is not None:
        near = [(year, fact) for year, fact in near if arithmetic.fits(when, year, when.weekday)]
    if len({year for year, _ in near}) != 1:
        return _Year()
    year, fact = near[0]
    return _Year(year, f"{arithmetic.wording(when)} + {fact.wording}", (fact.of,))


def _lent_year(when: PartialDate, fact: PartialDate) -> int | None:
    if fact.year is None:
        return None
    if fact.month == when.month:
        return fact.year
    if fact.day is None or (there := arithmetic.date_or_none(fact.year, fact.month or 1, fact.day)) is None:
        return None
    for year in (fact.year - 1, fact.year, fact.year + 1):
        here = arithmetic.date_or_none(year, when.month or 1, when.day or 1)
        if here is not None and abs((here - there).days) <= _NEAR_DAYS:
            return year
    return None


def _from_weekdays(expression: TimeExpression, context: DateContext) -> _Year:
    """The one mentioned year in which the weekday fits: its own, or those told during a range of days."""
    when, last = expression.first, expression.last
    if when.weekday is not None:
        return _only_year(expression, context, ((when.weekday, (expression.start, expression.end)),))
    # A range of several days holds a weekday too easily: one candidate year alone would prove nothing, and where
    # the years mentioned have gaps, the year of the report is likely to be one that is not mentioned.
    years = {x.when.year or 0 for x in context.years}
    if last is None or last.day is None or len(years) < 2 or max(years) - min(years) >= len(years):
        return _Year()
    if not context.weekdays:
        return _Year()
    return _only_year(expression, context, context.weekdays)


def _only_year(expression: TimeExpression, context: DateContext, days: tuple[tuple[int, Place], ...]) -> _Year:
    fitting = [
        x
        for x in context.years
        if all(_holds(expression, x.when.year, day) for day, _ in days)
        and all(arithmetic.fits(other, x.when.year or 1, other.weekday) for other in context.pinned)
    ]
    if len({x.when.year for x in fitting}) != 1:
        return _Year()
    year = fitting[0]
    names = " + ".join(arithmetic.weekday_name(day) for day, _ in days)
    dates = arithmetic.range_wording(replace(expression.first, weekday=None), expression.last)
    return _Year(year.when.year, f"{names} + {dates} + {year.wording}", (*(place for _, place in days), year.of))


def _holds(expression: TimeExpression, year: int | None, weekday: int) -> bool:
    """Whether the day or range of ``expression`` has that weekday in that year, once only."""
    first, last = expression.first, expression.last
    if year is None or (start := arithmetic.date_or_none(year, first.month or 1, first.day or 1)) is None:
        return False
    if last is None:
        return start.weekday() == weekday
    turns = (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)
    end = arithmetic.date_or_none(year + turns, last.month or 1, last.day or 1)
    return end is not None and (end - start).days < 7 and (weekday - start.weekday()) % 7 <= (end - start).days


def _decide_weekday(expression: TimeExpression, context: DateContext, future: bool | None) -> Decided:
    """A weekday, by the day of publication; without it, by the one decided day of the report that is such a day."""
    weekday, place = expression.first.weekday or 0, ((expression.start, expression.end),)
    origin = arithmetic.full_date(context.published)
    if origin is None:
        decided = _from_stretches(expression, context) if expression.offset is None else Decided(rests_on=place)
        return decided if decided.start else _from_dated_weekday(expression, context, future)
    day = _weekday_from(weekday, origin, expression, future)
    places = _with_published(place, context)
    if day is None:
        return Decided(rests_on=place)
    how = "" if expression.offset is None else {-1: "last ", 0: "this ", 1: "next "}[expression.offset]
    result = day if isinstance(day, str) else day.isoformat()
    return Decided(
        result, None, f"{how}{arithmetic.weekday_name(weekday)} + {_published_words(context)} -> {result}", places
    )


def _from_dated_weekday(expression: TimeExpression, context: DateContext, future: bool | None) -> Decided:
    """A weekday where the report gives no year, counted from a day of a month whose weekday it gives."""
    place = ((expression.start, expression.end),)
    if context.dated_weekday is None or expression.first.weekday is None or (expression.offset or 0) != 0:
        return Decided(rests_on=place)
    day, because, rests_on = context.dated_weekday
    ahead = (expression.first.weekday - (day.weekday or 0)) % 7
    by_dateline = context.published is not None and (day.month, day.day) == (context.published.month, context.published.day)
    if by_dateline and not future:
        ahead -= 7 * (ahead > 0)
    elif not by_dateline:
        ahead -= 7 * (ahead > 3)
    result = arithmetic.shifted(replace(day, weekday=None), "day", ahead)
    if result is None:
        return Decided(rests_on=place)
    return Decided(result, None, f"{arithmetic.weekday_name(expression.first.weekday)} + {because} -> {result}", _unique((*place, *rests_on)))


def _weekday_from(weekday: int, origin: date, expression: TimeExpression, future: bool | None) -> date | str | None:
    """The day; a month when "last Friday" may be either of two days of it; None when nothing is certain."""
    offset = expression.offset
    in_week = origin + timedelta(days=weekday - origin.weekday())
    if offset is None:
        ahead = (weekday - origin.weekday()) % 7  # "will meet on Monday", published on a Monday: agencies name the day itself
        return origin + timedelta(days=ahead) if future else origin - timedelta(days=(origin.weekday() - weekday) % 7)
    if offset == 0 or expression.unit == "week":
        return in_week + timedelta(weeks=offset)
    # "Last Friday" on a Saturday is yesterday or a week ago; on a Wednesday there is no doubt.
    closest = origin + timedelta(days=offset * ((offset * (weekday - origin.weekday()) - 1) % 7 + 1))
    by_week = in_week + timedelta(weeks=offset)
    if closest == by_week:
        return closest
    return closest.isoformat()[:7] if (closest.year, closest.month) == (by_week.year, by_week.month) else None


def _from_stretches(expression: TimeExpression, context: DateContext) -> Decided:
    weekday, place = expression.first.weekday or 0, (expression.start, expression.end)
    found: dict[date, Stretch] = {}
    for stretch in context.stretches:
        ahead = (weekday - stretch.first.weekday()) % 7
        if (stretch.last - stretch.first).days >= 7:
            continue  # it would hold the weekday twice, or nearly always once
        if ahead <= (stretch.last - stretch.first).days:
            found.setdefault(stretch.first + timedelta(days=ahead), stretch)
    if len(found) != 1:
        return Decided(rests_on=(place,))
    day, stretch = next(iter(found.items()))
    single = f"{arithmetic.wording(PartialDate(None, day.month, day.day))} + {day.year}"
    derivation = f"{arithmetic.weekday_name(weekday)} + {single} -> {day.isoformat()}"
    return Decided(day.isoformat(), None, derivation, _unique((place, *stretch.rests_on)))


def _decide_bare(expression: TimeExpression, context: DateContext, future: bool | None) -> Decided:
    """A day without a month ("on the 17th", "the 12th of this month"), or a range of mere weekdays."""
    place = ((expression.start, expression.end),)
    if expression.first.day is None:
        return _decide_weekday_range(expression, context, future)
    day, origin = expression.first.day, context.published
    if origin is None or origin.year is None or origin.month is None or (expression.offset is None and not origin.day):
        return Decided(expression.first.edtf(), rests_on=place)
    month = origin.year * 12 + origin.month - 1 + (expression.offset or 0)
    if expression.offset is None and origin.day:
        month += (day <= origin.day) if future else -(day > origin.day)
    found = arithmetic.date_or_none(month // 12, month % 12 + 1, day)
    if found is None:
        return Decided(expression.first.edtf(), rests_on=place)
    because = f"{day} of the month + {_published_words(context)} -> {found.isoformat()}"
    return Decided(found.isoformat(), None, because, _with_published(place, context))


def _decide_weekday_range(expression: TimeExpression, context: DateContext, future: bool | None) -> Decided:
    """ "from Monday to Wednesday": the last day is the first such day on or after the first."""
    last = expression.last or expression.first
    start = _decide_weekday(replace(expression, kind="weekday", last=None), context, future)
    first = arithmetic.as_date(start.start)
    if first is None:
        return replace(start, start=None, derivation="")
    end = first + timedelta(days=((last.weekday or 0) - first.weekday()) % 7)
    return replace(start, end=end.isoformat(), derivation=f"{start.derivation}/{end.isoformat()}")


# --- counted from an origin -----------------------------------------------------------------------------------------


def _decide_anchored(expression: TimeExpression, context: DateContext, anchor: Decided | None) -> Decided:
    place = ((expression.start, expression.end),)
    if expression.kind == "day_of_visit":
        return _day_of_visit(expression, context, anchor)
    # After a stretch of days, "the same day" names none of them.
    if anchor is None or anchor.start is None or (anchor.end is not None and anchor.end != anchor.start):
        return Decided(rests_on=place)
    if not re.fullmatch(r"[\dX]{4}(-[\dX]{2}){0,2}", anchor.start):
        return Decided(rests_on=place)
    return _from_origin(expression, arithmetic.parse(anchor.start), anchor.start, _unique((*place, *anchor.rests_on)))


def _day_of_visit(expression: TimeExpression, context: DateContext, anchor: Decided | None) -> Decided:
    """The nth day of the visit that ``anchor`` dates, else of the report's only decided range of days."""
    ranges = [x for x in context.stretches if x.first < x.last]
    first, last = (arithmetic.as_date(anchor.start), arithmetic.as_date(anchor.end)) if anchor else (None, None)
    places = anchor.rests_on if anchor else ()
    if first is None and last is None and len(ranges) == 1:
        first, last, places = ranges[0].first, ranges[0].last, ranges[0].rests_on
    nth = expression.offset or 1
    if first is None or last is None or nth > (last - first).days + 1:
        return Decided(rests_on=((expression.start, expression.end),))
    day = last if nth < 0 else first + timedelta(days=nth - 1)
    name = "last day" if nth < 0 else f"day {nth}"
    derivation = f"{name} of {first.isoformat()}/{last.isoformat()} -> {day.isoformat()}"
    return Decided(day.isoformat(), None, derivation, _unique(((expression.start, expression.end), *places)))


def _from_origin(
    expression: TimeExpression, origin: PartialDate | None, wording: str, places: tuple[Place, ...]
) -> Decided:
    """So many days, weeks, months or years from ``origin``; undecided when that cannot be said in plain EDTF."""
    place = ((expression.start, expression.end),)
    if origin is None or expression.offset is None:
        return Decided(rests_on=place)
    result = arithmetic.shifted(origin, expression.unit or "day", expression.offset)
    if result is None:
        return Decided(rests_on=place)
    if expression.kind == "same_day":
        return Decided(result, None, f"the same day as {wording}", places)
    amount = f"{expression.offset:+d} {expression.unit}" if expression.offset else f"the same {expression.unit}"
    return Decided(result, None, f"{wording}, {amount} -> {result}", places)


# --- small things ---------------------------------------------------------------------------------------------------


def _published_words(context: DateContext) -> str:
    return "" if context.published is None else f"{context.origin} {context.published.edtf()}"


def _with_published(places: tuple[Place, ...], context: DateContext) -> tuple[Place, ...]:
    return places if context.published_at is None else (*places, context.published_at)


def _unique(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(places))

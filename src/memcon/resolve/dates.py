"""Dates that reports decide together: every dated thing of a visit carries constraints, and they are solved at once.

A constraint is what one claim says (a weekday, a day of a month, the same day as another meeting), what its report lets
follow (not after publication; before the election that it looks ahead to; before the meeting that it still announces),
and that a visit is short. Days that all solutions share are decided; the constraints that did it are the derivation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

from memcon.resolve.times import parse, span

_MONTHS: Final = "January February March April May June July August September October November December".split()
_WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
LONGEST: Final = 5
"""Days that a visit lasts at most, when no report gives its days."""
_YEAR: Final = 365  # days
FURTHEST: Final = 3
"""Years ahead, at most, that a report speaks of a coming election or congress by its year."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What one claim says of its day.

    ``weekday`` 0 is Monday; ``same_as`` is the claim whose day it shares; ``quote`` the words; ``edtf`` what the
    report alone decides, ``last`` its last day; ``witnessed`` are those who looked on when a paper was signed, with the words' place.
    """

    claim: str
    edtf: str | None = None
    last: str | None = None
    weekday: int | None = None
    same_as: str | None = None
    quote: str = ""
    witnessed: tuple[tuple[str, int, int], ...] = ()


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What a report lets follow for all its claims: the day it appeared (EDTF), the year of the coming event it names, and what it counts."""

    published: str | None = None
    ahead: int | None = None
    ahead_quote: str = ""
    counts: dict[str, tuple[int, int, int]] = {}


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One dated thing of a visit (a meeting, the visit's first day) with all that its reports say.

    ``planned_in`` and ``held_in`` are the reports that announce it and that tell it as past.
    """

    id: str
    told: tuple[Told, ...] = ()
    planned_in: tuple[str, ...] = ()
    held_in: tuple[str, ...] = ()
    is_visit: bool = False


class Solution(msgspec.Struct, frozen=True):
    """The day of a thing (EDTF), how it follows, and, where reports contradict each other, what and which."""

    edtf: str | None
    why: str = ""
    conflict: str | None = None


# --- solving --------------------------------------------------------------------------------------------------------


def solve(items: Sequence[Item], reports: Mapping[str, str], sources: Mapping[str, Source]) -> dict[str, Solution]:
    """The day of every item of one visit (or of one meeting outside a visit). ``reports`` gives each claim's report.

    What one report decides stands; the rest is decided where every solution agrees.
    """
    fixed = {i.id: _own(i, reports) for i in items}
    open_ = [i for i in items if _is_open(fixed[i.id]) and _speaks(i, items)]
    if not open_:
        return fixed
    worlds = _worlds(items, fixed, reports, sources)
    if not worlds:
        return {**fixed, **_contradicted(open_, items, fixed, reports, sources)}
    for item in open_:
        if item.is_visit:
            fixed[item.id] = _in_year(fixed[item.id], {d.year for w in worlds for d in w.values()})
            continue
        days = {w[item.id] for w in worlds if item.id in w}
        if days:
            fixed[item.id] = _agreed(item, days, fixed[item.id], _reasons(item, items, reports, sources))
    return fixed


def _in_year(own: Solution, years: Collection[int]) -> Solution:
    """A visit's day without a year, in the one year in which its meetings can lie."""
    year, month, day = parse(own.edtf)
    if year is not None or not month or not day or len(years) != 1:
        return own
    value = f"{next(iter(years))}-{month:02d}-{day:02d}"
    return Solution(value, f"{day} {_MONTHS[month - 1]} + the year of the meetings that the visit holds -> {value}")


def _contradicted(
    open_: Sequence[Item], items: Sequence[Item], fixed: Mapping[str, Solution], reports: Mapping[str, str], sources: Mapping[str, Source]
) -> dict[str, Solution]:
    """Things that no day fits, though something in their reports says when: the constraints, each with its report."""
    if not any(_starts(items, fixed, year) for year in _years(items, fixed, reports, sources)):
        return {}
    told = [i for i in open_ if not i.is_visit and any(t.weekday is not None for t in i.told)]
    return {i.id: Solution(fixed[i.id].edtf, "", f"no day fits {_reasons(i, items, reports, sources)}") for i in told}


def _is_open(s: Solution) -> bool:
    return s.conflict is None and span(s.edtf) is None or (s.edtf is not None and len(s.edtf) == 7)


def _speaks(item: Item, items: Sequence[Item]) -> bool:
    """Whether something is said of the item's day."""
    return any(t.weekday is not None or t.same_as or parse(t.edtf)[1] for t in item.told)


def _own(item: Item, reports: Mapping[str, str]) -> Solution:
    """What the reports say each for itself: the finest that all agree on; where they differ, what they share."""
    values = sorted({t.edtf for t in item.told if t.edtf})
    if not values:
        return Solution(None)
    finest = max(values, key=lambda v: (v.count("X") == 0, len(v), v))
    against = [v for v in values if not _agree(v, finest)]
    if not against:
        return Solution(finest, _merge_words(item, finest, reports) if len(values) > 1 or len(item.told) > 1 else "")
    what = "; ".join(f"{v} by {', '.join(sorted({reports[t.claim] for t in item.told if t.edtf == v}))}" for v in sorted({finest, *against}))
    return Solution(_common([finest, *against]), "", what)


def _agree(a: str, b: str) -> bool:
    """Whether two EDTF values can be one day."""
    return all(x is None or y is None or x == y for x, y in zip(parse(a), parse(b), strict=True))


def _common(values: Sequence[str]) -> str | None:
    """What contradicting days share, in EDTF with X for the rest."""
    parts = [parse(v) for v in values]
    year, month, day = (p[0] if len(set(p)) == 1 else None for p in zip(*parts, strict=True))
    if day is not None:
        return f"{year or 'XXXX'}-{f'{month:02d}' if month else 'XX'}-{day:02d}"
    if month is not None:
        return f"{year or 'XXXX'}-{month:02d}"
    return str(year) if year else None


def _merge_words(item: Item, value: str, reports: Mapping[str, str]) -> str:
    by = sorted({reports[t.claim] for t in item.told if t.edtf == value})
    return f"{value} by {', '.join(by)}"


def _day(edtf: str | None) -> tuple[int, int] | None:
    """Month and day of a value, where both are known."""
    _, month, day = parse(edtf)
    return (month, day) if month and day else None


def _years(items: Sequence[Item], fixed: Mapping[str, Solution], reports: Mapping[str, str], sources: Mapping[str, Source]) -> range:
    """The years that can be: of dates that are known, else by what the reports look ahead to and when they appeared."""
    known = {y for i in items if (y := parse(fixed[i.id].edtf)[0])}
    for i in items:
        known |= {y for t in i.told for v in (t.edtf, t.last) if (y := parse(v)[0])}
    if known:
        return range(min(known), max(known) + 1)
    used = [sources[d] for d in sorted({reports[t.claim] for i in items for t in i.told}) if d in sources]
    issued = [p[1] for s in used if (p := span(s.published))]
    if issued:
        last = date.fromordinal(min(issued)).year
        return range(last - 1, last + 2)
    ahead = [s.ahead for s in used if s.ahead]
    return range(min(ahead) - FURTHEST, min(ahead)) if ahead else range(0)


def _worlds(items: Sequence[Item], fixed: Mapping[str, Solution], reports: Mapping[str, str], sources: Mapping[str, Source]) -> list[dict[str, date]]:
    """Every way to give the items days that breaks no constraint."""
    found: list[dict[str, date]] = []
    bounds = _visit_days(items)
    for year in _years(items, fixed, reports, sources):
        starts = [bounds[0]] if bounds and bounds[0].year == year else [] if bounds else _starts(items, fixed, year)
        for start in starts:
            days = [start + timedelta(days=k) for k in range(((bounds[1] - start).days if bounds else LONGEST - 1) + 1)]
            choice = {i.id: _choices(i, days, fixed[i.id], reports, sources) for i in items if not i.is_visit and _speaks(i, items)}
            if all(choice.values()):
                found.extend(_combine(items, choice, reports))
    return found


def _visit_days(items: Sequence[Item]) -> tuple[date, date] | None:
    """First and last day of the visit, when some report gives both in full."""
    for item in items:
        for t in item.told if item.is_visit else ():
            a, b = span(t.edtf), span(t.last)
            if a and b and a[0] == a[1] and b[0] == b[1] and 0 <= b[0] - a[0] <= 30:
                return date.fromordinal(a[0]), date.fromordinal(b[0])
    return None


def _starts(items: Sequence[Item], fixed: Mapping[str, Solution], year: int) -> list[date]:
    """The first days of short stretches that hold a day and month which some report gives."""
    found: set[date] = set()
    for item in items:
        for value in (fixed[item.id].edtf, *(t.edtf for t in item.told)):
            known = _day(value)
            if known is None or parse(value)[0] not in (None, year):
                continue
            try:
                day = date(year, *known)
            except ValueError:
                continue
            found |= {day - timedelta(days=k) for k in range(LONGEST)}
    return sorted(found)


def _choices(item: Item, days: Sequence[date], own: Solution, reports: Mapping[str, str], sources: Mapping[str, Source]) -> list[date]:
    """The days of a stretch on which an item can lie by itself."""
    year, month, dom = parse(own.edtf)
    weekdays = {t.weekday for t in item.told if t.weekday is not None}
    latest = min((p[1] for d in item.held_in if d in sources and (p := span(sources[d].published))), default=None)
    # A day without its year is the last one before the report that tells it as past, or the next one after its announcement.
    announced = [p[0] for d in item.planned_in if d in sources and (p := span(sources[d].published))] if not item.held_in else []
    first = max(announced, default=None)
    return [
        d
        for d in days
        if (year in (None, d.year)) and (month in (None, d.month)) and (dom in (None, d.day)) and weekdays <= {d.weekday()}
        and (latest is None or latest - _YEAR < d.toordinal() <= latest + 1) and (first is None or first - 1 <= d.toordinal() < first + _YEAR)
    ]  # fmt: skip


def _combine(items: Sequence[Item], choice: Mapping[str, Sequence[date]], reports: Mapping[str, str]) -> list[dict[str, date]]:
    """All combinations that keep the same days the same, and what is announced after what is told as past beside it."""
    worlds: list[dict[str, date]] = [{}]
    by_claim = {t.claim: i.id for i in items for t in i.told}
    for item in items:
        if item.id not in choice:
            continue
        worlds = [{**w, item.id: d} for w in worlds for d in choice[item.id]][:2000]
    same = [(i.id, by_claim[t.same_as]) for i in items for t in i.told if t.same_as in by_claim and i.id in choice]
    later = [(a.id, b.id) for a in items for b in items if a.id in choice and b.id in choice and a.id != b.id and set(a.planned_in) & set(b.held_in)]
    return [w for w in worlds if all(w[a] == w[b] for a, b in same if b in w) and all(w[b] < w[a] for a, b in later)]


def _agreed(item: Item, days: Iterable[date], own: Solution, why: str) -> Solution:
    found = sorted(set(days))
    if len(found) == 1:
        value = found[0].isoformat()
        return Solution(value, f"{why} -> {value}, a {_WEEKDAYS[found[0].weekday()]}")
    shared = _common([d.isoformat() for d in found])
    return Solution(shared, f"{why} -> {shared}") if shared and len(shared.replace("X", "")) > len((own.edtf or "").replace("X", "")) else own


def _reasons(item: Item, items: Sequence[Item], reports: Mapping[str, str], sources: Mapping[str, Source]) -> str:
    """The constraints that bear on an item, in words."""
    said = []
    for t in item.told:
        if t.same_as:
            said.append(f"“{t.quote}” as the meeting before ({reports[t.claim]})")
        elif t.quote or t.weekday is not None:
            said.append(f"“{t.quote or _WEEKDAYS[t.weekday or 0]}” ({reports[t.claim]})")
    for other in items:
        known = _day(next((t.edtf for t in other.told if _day(t.edtf)), None))
        if other.id != item.id and known and not other.is_visit:
            announced = " that the same report still announces" if set(other.planned_in) & set(item.held_in) else ""
            said.append(f"in one visit (at most {LONGEST} days) with the meeting of {known[1]} {_MONTHS[known[0] - 1]}{announced}")
        weekdays = sorted({t.weekday for t in other.told if t.weekday is not None})
        if other.id != item.id and weekdays and not known:
            said.append(f"in one visit with a meeting on a {_WEEKDAYS[weekdays[0]]}")
    used = sorted({reports[t.claim] for i in items for t in i.told})
    ahead = [(d, sources[d]) for d in used if d in sources and sources[d].ahead]
    if ahead and not any(sources[d].published for d in used if d in sources):
        year = min(s.ahead or 0 for _, s in ahead)
        said.append(
            f"before “{ahead[0][1].ahead_quote}”, to which {' and '.join(d for d, _ in ahead)} look{'s' if len(ahead) == 1 else ''} ahead (by {FURTHEST} years at most: {year - FURTHEST}-{year - 1})"
        )
    published = sorted({f"{d} published {sources[d].published}" for d in used if d in sources and sources[d].published})
    return " + ".join(dict.fromkeys([*said, *published]))

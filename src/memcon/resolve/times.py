"""When a claim can lie: partly known days as windows of days, and whether two can be one day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final, Literal

import msgspec

Relation = Literal["same", "near", "open", "slip", "apart"]
_EDTF: Final = re.compile(r"(\d{3}[\dX]|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?")
_TOLD_AFTER: Final = 21  # days after which news of a contact is old
_TOLD_BEFORE: Final = 200  # days ahead that a plan is told
_FRESH: Final = 10  # days after which a report that tells no day would not be of a contact of that day
_LONGEST: Final = 7  # days that a visit lasts when only one end is told
_SLIP: Final = 15  # days between two publications that tell of one contact with different days
_ISSUED_LATE: Final = 1
_SAYING: Final = 62  # days: a longer window does not say when
_LEAP: Final = 2000  # a year with every day
_MARGIN: Final = 2  # days that a visit may last beyond what its report tells


class Window(msgspec.Struct, frozen=True):
    """Days from ``low`` to ``high`` (ordinals, both included; None is open); month and day where only the year lacks.

    ``told`` is true when the report itself gives the day or days, not merely its publication; ``weekdays`` (0 Monday) are
    those that it names.
    """

    low: int | None = None
    high: int | None = None
    month: int | None = None
    day: int | None = None
    told: bool = False
    published: int | None = None
    weekdays: tuple[int, ...] = ()

    @property
    def bounded(self) -> bool:
        """Whether both ends are known."""
        return self.low is not None and self.high is not None

    @property
    def long(self) -> bool:
        """Whether it is too long to say when."""
        return self.low is None or self.high is None or self.high - self.low > _SAYING

    @property
    def exact(self) -> bool:
        """Whether it is one day, as told."""
        return self.told and self.bounded and self.low == self.high


def parse(edtf: str | None) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of an EDTF string, None for each part that is not known."""
    match = _EDTF.fullmatch((edtf or "").rstrip("?~%"))
    if match is None:
        return None, None, None
    year, month, day = (None if x is None or "X" in x else int(x) for x in match.groups())
    return year, month, day


def span(edtf: str | None) -> tuple[int, int] | None:
    """First and last day (ordinals) that an EDTF day, month or year can be; None when its year is not known.

    >>> span("2024-02") == (date(2024, 2, 1).toordinal(), date(2024, 2, 29).toordinal())
    True
    """
    year, month, day = parse(edtf)
    if year is None or not 1 <= year <= 9999:
        return None
    try:
        low = date(year, month or 1, day or 1 if month else 1)
        last = date(year, month or 12, (day if month else None) or monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return low.toordinal(), last.toordinal()


def window(start: str | None, end: str | None, status: str, published: str | None, *, visit: bool = False) -> Window:
    """When a claim can lie, by its own dates, else by its status and the day of publication."""
    told = span(published)
    issued = told[1] if told else None
    first, last = span(start), span(end)
    if first or last:
        return _told(first, last, issued, visit)
    _, month, day = parse(start or end)
    if issued is None:
        return Window(month=month, day=day)
    if status in ("planned", "postponed", "cancelled"):
        return Window(issued - _ISSUED_LATE, issued + _TOLD_BEFORE, month, day, published=issued)
    return Window(issued - _TOLD_AFTER, issued + (_LONGEST if visit else _ISSUED_LATE), month, day, published=issued)


def told_by(w: Window, hint: Window | None, *, start: bool, end: bool) -> Window:
    """The days of a visit, of which its report tells the ``start``, the ``end``, both or neither, with those of its meetings."""
    weekdays = w.weekdays + (hint.weekdays if hint else ())
    if (start and end) or hint is None:
        return msgspec.structs.replace(w, weekdays=weekdays)
    if hint.told and hint.low is not None and hint.high is not None and not hint.long:
        if w.told and not w.long and w.low is not None and w.high is not None:
            low, high = (w.low, max(w.low, hint.high) + _MARGIN) if start else (min(w.high, hint.low) - _MARGIN, w.high)
        else:
            low, high = hint.low - _MARGIN, hint.high + _MARGIN
        return Window(low, high, told=w.told, published=w.published, weekdays=weekdays)
    month = w.month or hint.month
    return msgspec.structs.replace(w, month=None if w.bounded else month, weekdays=weekdays)


def _told(first: tuple[int, int] | None, last: tuple[int, int] | None, issued: int | None, visit: bool) -> Window:
    if first and last:
        return Window(first[0], max(first[0], last[1]), told=True, published=issued)
    low, high = first or last or (0, 0)
    if visit and high - low <= 31:
        return Window(low if first else low - _LONGEST, high + _LONGEST if first else high, told=True, published=issued)
    return Window(low, high, told=True, published=issued)


def relate(a: Window, b: Window, *, visit: bool = False) -> Relation:
    """Whether two claims can be of one time.

    ``same`` days told, ``near`` by what is known, ``open`` when one is not dated
    at all, ``slip`` when the days differ as a misprint does, ``apart`` otherwise.
    """
    if None not in (a.month, b.month) and (a.month, a.day) != (b.month, b.day) and a.day and b.day:
        return "slip" if _next_day(a, b) else "apart"
    if not (_on_weekday(a, b) and _on_weekday(b, a)):
        return "apart"
    if a.low is None or b.low is None or a.high is None or b.high is None:
        if not (_fits(a, b) and _fits(b, a)):
            return "apart"
        return "same" if _same_day_of_year(a, b) else "open"
    if a.low <= b.high and b.low <= a.high:
        return "same" if (a.exact and b.exact) or (visit and a.told and b.told and not (a.long or b.long)) else "near"
    return "slip" if _misprint(a, b) else "apart"


def _next_day(a: Window, b: Window) -> bool:
    """Whether two days without a year follow each other."""
    days = [date(_LEAP, w.month or 1, w.day or 1).toordinal() for w in (a, b) if (w.day or 1) <= monthrange(_LEAP, w.month or 1)[1]]
    return len(days) > 1 and abs(days[0] - days[1]) in (1, 365)


def _on_weekday(a: Window, b: Window) -> bool:
    """Whether the few days that one claim gives hold a weekday that the other names."""
    if not a.weekdays or not b.told or b.low is None or b.high is None or b.high - b.low > 5:
        return True
    return not {date.fromordinal(x).weekday() for x in range(b.low, b.high + 1)}.isdisjoint(a.weekdays)


def on_named_weekday(a: Window, b: Window) -> bool:
    """Whether one report names but a weekday, and the other's days, as it tells them, are of that weekday: a hint, since every week has one."""
    for bare, dated in ((a, b), (b, a)):
        if not bare.weekdays or bare.told or not dated.told or dated.low is None or dated.high is None:
            continue
        days = set(dated.weekdays) or {date.fromordinal(x).weekday() for x in range(dated.low, min(dated.high, dated.low + 2) + 1)}
        if dated.high - dated.low <= _LONGEST and not days.isdisjoint(bare.weekdays):
            return True
    return False


def _month_day(w: Window) -> tuple[int, int] | None:
    """Month and day, where both are told."""
    if w.month and w.day:
        return w.month, w.day
    day = date.fromordinal(w.low) if w.exact and w.low else None
    return None if day is None else (day.month, day.day)


def _same_day_of_year(a: Window, b: Window) -> bool:
    """Whether both give one day and month, though only one or none gives the year."""
    days = [_month_day(w) for w in (a, b)]
    return days[0] is not None and days[0] == days[1]


def _fits(undated: Window, dated: Window) -> bool:
    """Whether a day of a month lies in a window of a few days."""
    if undated.month is None or dated.low is None or dated.high is None or dated.high - dated.low > 92:
        return True
    days = (date.fromordinal(x) for x in range(dated.low - 1, dated.high + 2))
    return any(d.month == undated.month and undated.day in (None, d.day) for d in days)


def _misprint(a: Window, b: Window) -> bool:
    """Whether told days differ by one, or by the month alone, while the reports appeared about the same time."""
    if not (a.told and b.told) or a.low is None or b.low is None or a.high is None or b.high is None:
        return False
    if a.published is not None and b.published is not None and abs(a.published - b.published) > _SLIP:
        return False
    if a.exact and b.exact and a.weekdays and b.weekdays and set(a.weekdays).isdisjoint(b.weekdays):
        return False  # each report names its day twice over
    if a.exact and b.exact and abs(a.low - b.low) == 1:
        return True
    issued = a.published is not None and b.published is not None
    stretch = a.high - a.low == b.high - b.low > 0
    x, y = date.fromordinal(a.low), date.fromordinal(b.low)
    # The same days of the next month: sure when both reports appeared together, or when both ends agree.
    return (issued or stretch) and x.day == y.day and 25 <= abs(a.low - b.low) <= 35


def each_its_own(a: Window, b: Window) -> bool:
    """Whether two reports tell of following days, each as long after its own: news of two days, and no misprint."""
    if not (a.exact and b.exact) or a.low is None or b.low is None or a.published is None or b.published is None:
        return False
    return abs(a.low - b.low) == 1 and a.published - a.low == b.published - b.low


def stale(a: Window, b: Window) -> bool:
    """Whether one day, as told, is old by the time that the other report, which tells no day, appeared."""
    return any(
        x.exact and x.low is not None and not y.told and y.published is not None and y.published - x.low > _FRESH for x, y in ((a, b), (b, a))
    )


def buckets(w: Window) -> list[str]:
    """The months that a claim can lie in, or ``*`` for one that is not dated closely."""
    if w.low is None or w.high is None or w.high - w.low > _SAYING:
        return ["*"]
    found, day = [], date.fromordinal(w.low).replace(day=1)
    while day.toordinal() <= w.high:
        found.append(f"{day:%Y-%m}")
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def around(w: Window) -> list[str]:
    """The months to look in for claims of the same time: its own and those beside them; empty for all months."""
    own = buckets(w)
    if own == ["*"]:
        return []
    first = date.fromisoformat(own[0] + "-01") - timedelta(days=1)
    last = date.fromisoformat(own[-1] + "-01") + timedelta(days=32)
    return sorted({f"{first:%Y-%m}", *own, f"{last:%Y-%m}", "*"})

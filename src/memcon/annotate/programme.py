"""Days that stand over what happens on them: the date lines of a programme, and the line of day, hour and place over an event's page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from memcon.annotate.calendar import DateContext, Decided, decide
from memcon.annotate.dates import find_dates
from memcon.langs import places

_LONGEST: Final = 60  # characters of a line that may be a day alone
_BESIDE: Final = frozenset(("day", "am", "pm"))
_HOUR: Final = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_ITEM: Final = re.compile(r"[ \t]*(?:[-–•*]|\d{1,2}[:.h]\d\d)")
_REACH: Final = 400  # characters after the day within which its first entry stands


def day_headings(text: str, context: DateContext) -> Iterator[tuple[int, Decided]]:
    """Each line that holds a day alone over a programme's entries ("Tuesday, 18 May" over "- 10:30 Meeting with …"): where it ends, and the day."""
    for line in re.finditer(r"[^\n]+", text):
        found = find_dates(line[0]) if len(line[0].strip()) <= _LONGEST else []
        if len(found) != 1 or found[0].kind != "day" or found[0].first.day is None:
            continue
        rest = re.findall(r"[^\W\d_]+", line[0][: found[0].start] + " " + line[0][found[0].end :])
        place = context.published_at
        own = place is not None and line.start() <= place[0] < line.end()
        if own or any(w.lower() not in _BESIDE for w in rest) or not _over_entries(text, line.end()):
            continue
        decided = decide(found[0], context)
        if decided.start and len(decided.start) == 10:
            yield line.end(), decided


def _over_entries(text: str, at: int) -> bool:
    """Whether the next line is an entry: it begins with a dash or an hour."""
    after = text[at : at + _REACH].lstrip("\n \t")
    return _ITEM.match(after) is not None


def event_line(text: str, context: DateContext) -> tuple[str, tuple[int, int]] | None:
    """The day of an event's page, "5 February 2020, 14:15" with the city on the line or the next: EDTF and the place of its words."""
    at = context.published_at
    day = context.published_edtf
    if at is None or day is None or len(day) != 10 or "X" in day:
        return None
    start = text.rfind("\n", 0, at[0]) + 1
    lines = [x for x in text[start : at[1] + 160].split("\n") if x.strip()][:3]
    if not lines or not any(_HOUR.search(x) for x in lines[:2]):
        return None
    city = any(places.city_country(part.strip()) for x in lines if len(x) <= _LONGEST and not x.rstrip().endswith(".") for part in x.split(","))
    return (day, at) if city else None


__all__ = ["day_headings", "event_line"]

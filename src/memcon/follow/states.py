"""The state of a promise on a day: what reports up to then say of it, and the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

from memcon.follow.deadlines import passed
from memcon.resolve.times import span

__all__ = ["SILENT_DAYS", "STATES", "Step", "state_on"]

STATES: Final = ("open", "partly done", "done", "dropped", "overdue", "no word since")
SILENT_DAYS: Final = 365
"""Days without a word after which a promise without a deadline has "no word since"."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a promise's way: the state it gives, since when (EDTF), and the words that say so.

    ``by`` is "report" (a rule's reading of a report), "clock", or the name of the person who judged. ``due`` is a deadline that the step sets.
    """

    state: str
    date: str | None
    document: str | None = None
    report: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    why: str = ""
    by: str = "report"
    due: str | None = None


def state_on(steps: Sequence[Step], deadline: str | None, on: str | None) -> tuple[str, str | None, str | None, list[Step]]:
    """State, since when, the deadline that counts, and the steps up to a day (EDTF; None: all of them, and no clock).

    The first step is the making. Nothing is done but by a step that says so; what the clock adds stands as a step of its own.
    """
    taken = [*steps[:1], *(s for s in steps[1:] if on is None or (s.date is not None and not _after(s.date, on)))]
    state, since, last = "open", steps[0].date, steps[0].date
    due = deadline
    for step in taken[1:]:
        last = step.date or last
        due = step.due or due
        if step.state == "open" or (state == "done" and step.by == "report"):
            continue
        if step.state != state:
            state, since = step.state, step.date
    if on is None or state in ("done", "dropped"):
        return state, since, due, taken
    if due is not None and passed(due, on):
        end = span(due)
        assert end is not None
        since = _day_after(end[1])
        why = f"was due by {due}; no report up to {on} says that it was done"
        return "overdue", since, due, [*taken, Step(state="overdue", date=since, why=why, by="clock")]
    if state == "open" and due is None and last is not None and _days_between(last, on) > SILENT_DAYS:
        why = f"no report between {last} and {on} speaks of it"
        return "no word since", last, due, [*taken, Step(state="no word since", date=last, why=why, by="clock")]
    return state, since, due, taken


def _after(a: str, b: str) -> bool:
    """Whether a date lies wholly after another."""
    x, y = span(a), span(b)
    return x is None or y is None or x[0] > y[1]


def _days_between(a: str, b: str) -> int:
    x, y = span(a), span(b)
    return y[0] - x[1] if x and y else 0


def _day_after(ordinal: int) -> str:
    return (date.fromordinal(ordinal) + timedelta(days=1)).isoformat()

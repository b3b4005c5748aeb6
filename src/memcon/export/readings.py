"""The wording watch and readouts side by side as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from memcon.export.text import wrap
from memcon.export.wording import clean, country, day, label
from memcon.follow.readouts import Compared, Readouts, Version
from memcon.follow.wording import Shift, Silence, Telling, Wording

__all__ = ["compared", "readouts", "wording"]


def wording(found: Wording, *, width: int = 80) -> str:
    """Changed and missing lines of a pair, side by side with what was told before; ends in a newline."""
    return "\n".join(x.rstrip() for x in _wording(found, max(width, 40))) + "\n"


def _wording(found: Wording, width: int) -> Iterator[str]:
    a, b = found.pair.split("-")
    yield from wrap(f"WORDING  {country(a)} – {country(b)}", width)
    yield "─" * width
    yield from wrap(f"{found.statements} statements at {found.contacts} contacts{f', known on {day(found.on)}' if found.on else ''}", width)
    for side in (a, b):
        yield ""
        yield country(side).upper()
        silences = [s for s in found.silences if s.side == side]
        shifts = [s for s in found.shifts if s.side == side]
        for s in silences:
            yield from _silence(s, width)
        for shift in shifts:
            yield from _shift(shift, width)
        if not silences and not shifts:
            yield from wrap("No line was found told at two contacts in other words, and no usual line is missing from the last.", width, "   ", "   ")


def _shift(s: Shift, width: int) -> Iterator[str]:
    """A changed line: the change, then both tellings."""
    yield from wrap(f"{day(s.after.day)}: {changed(s)}", width, "   - ", "     ")
    yield from _telling("now", s.after, width)
    yield from _telling("before", s.before, width)
    if not s.same_outlet:
        yield from wrap("no outlet is known to tell both: the words may be the outlets' own", width, "     ", "     ")


def changed(s: Shift) -> str:
    """A change in words: what is new, gone, moved, or said as another act."""
    parts = [f"{what} {', '.join(f'“{clean(w)}”' for w in words)}" for what, words in (("new", s.added), ("gone", s.dropped), ("moved", s.reordered)) if words]
    return "; ".join([*parts, *([f"{label(s.acts[0])} before, {label(s.acts[1])} now"] if s.acts else [])])


def _silence(s: Silence, width: int) -> Iterator[str]:
    what = f"a usual line is missing: told at {s.said} of the {s.of} contacts before; {s.words} words are reported of this side, {s.usual} usually"
    yield from wrap(f"{day(s.missing.day)}: {what}", width, "   - ", "     ")
    yield from _telling("last", s.last, width)


def _telling(what: str, t: Telling, width: int) -> Iterator[str]:
    names = ", ".join(clean(x) for x in t.speakers)
    reports = "; ".join(dict.fromkeys(clean(q.report) for q in t.sources))
    yield from wrap(f"{what + ',':7} {day(t.day)}, {names}: “{clean(t.text)}” ({reports})", width, "     ", "             ")


def readouts(found: Readouts, *, width: int = 80) -> str:
    """Readouts side by side; ends in a newline."""
    return "\n".join(x.rstrip() for x in _readouts(found, max(width, 40))) + "\n"


def _readouts(found: Readouts, width: int) -> Iterator[str]:
    yield from wrap(f"READOUTS  {found.contact}", width)
    yield "─" * width
    for r in found.reports:
        home = country(r.home) if r.home else "from nowhere known"
        yield from wrap(f"{home}: {clean(r.outlet or 'outlet not known')} ({clean(r.report)})", width, "   ", "      ")
    if not found.comparable:
        yield from wrap("Not both sides have a readout: what either left out cannot be known.", width)
    last = ""
    for x in found.lines:
        if compared(x) != last:
            last = compared(x)
            yield ""
            yield from wrap(last.upper(), width)
        yield from _compared(x, width)


def compared(x: Compared) -> str:
    """What kind of line it is, as a heading."""
    if x.kind == "only":
        return f"only in readouts of {country(x.home or '')}"
    return {"both": "in readouts of both sides", "conflicting": "where they differ", "others": "only in reports of others", "uncompared": "said, by the readouts there are"}[x.kind]


def _compared(x: Compared, width: int) -> Iterator[str]:
    if x.kind == "conflicting":
        yield from wrap(clean(x.what), width, "   ", "   ")
    for i, v in enumerate(x.versions):
        yield from wrap(f"{_teller(v)}: {_value(v)}", width, "   - " if i == 0 else "     ", "       ")


def _teller(v: Version) -> str:
    return f"{country(v.home) if v.home else 'home not known'} ({clean(v.outlet or v.source.report)})"


def _value(v: Version) -> str:
    if not v.speakers:
        return clean(v.text)
    return f"{', '.join(clean(s) for s in v.speakers)}, {label(v.act)}: “{clean(v.text)}”"

"""Plans: what was announced, and what became of it, each step with its day and its words.

    announced → dated → occurred | moved | dropped | replaced | no word since

A plan is a visit, meeting or paper that some report tells as still to come, or as put off. That it took place follows only from a report that says so; that
there is no word since follows only from the clock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

import msgspec

from memcon import view
from memcon.codebook.check import could_match
from memcon.codebook.load import table
from memcon.codebook.patterns import Element, elements_of
from memcon.follow import days
from memcon.follow.words import sentence, sentences
from memcon.langs.fold import fold
from memcon.ledger import sql
from memcon.model import Agreement, Meeting, Visit
from memcon.query import Ledger
from memcon.resolve.events import OVER

__all__ = ["FAMILIES", "STATES", "PlanEntry", "PlanStep", "entry", "plans", "quoted"]

STATES: Final = ("announced", "dated", "moved", "occurred", "replaced", "dropped", "no word since")
FAMILIES: Final = ("visits", "meetings", "agreements")
_OPEN: Final = ("announced", "dated", "moved")
_PUT_OFF: Final = ("postponed", "cancelled", "denied")
_PATIENCE: Final = 366  # days after the last word of a plan without a day, from which on there is no word since
_ANEW: Final = 30  # days after which a plan without a day is announced anew, not merely told of again
_AROUND: Final = 45  # days around a plan's own in which another may have come instead
_MOST: Final = 40  # reports that are looked at for one person of a plan
_NAMES: Final = 4  # people of a plan that are looked for
_LONGEST: Final = 200_000  # characters of a report that are looked at
_ENDINGS: Final = ("s", "es", "d", "ed", "ing")
_START: Final = 4  # letters by which a word of a cue is known, before its ending


class PlanStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a plan. ``date`` is the day that it gives the plan (of ``occurred``, the day it took place), ``by`` the day on which it was known, both EDTF.

    ``document``, ``start`` and ``end`` are its words; of the clock's own step (no word since) there are none.
    """

    kind: str
    date: str | None = None
    by: str | None = None
    document: str = ""
    report: str = ""
    outlet: str | None = None
    published: str | None = None
    start: int = 0
    end: int = 0
    quote: str = ""


class PlanEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A plan. ``state`` (one of `STATES`) is that on the day asked for, ``since`` a day; ``planned_for`` is the day last planned, EDTF; ``instead`` is what took its place.

    ``what`` is the paper's subject, or the place of a meeting, or the country of a visit.
    """

    id: str
    family: str
    kind: str
    who: list[view.Participant]
    what: str | None
    countries: list[str]
    state: str
    since: str | None
    planned_for: str | None
    step: PlanStep | None
    steps: list[PlanStep]
    instead: str | None = None
    origins: int = 1
    topics: list[str] = []
    sources: list[view.Quotation] = []


class _Claim(NamedTuple):
    """What one report says of a planned thing: its status, the day it gives, its words, the record's span of the status."""

    status: str
    date: str | None
    source: view.Quotation


def plans(ledger: Ledger, *, on: str | None = None, state: str | None = None, limit: int | None = None, **filters: Any) -> Iterator[PlanEntry]:
    """The plans of a ledger with their states on a day: of each family the newest first.

    ``on`` is the day to which the clock is set; without one nothing is over by time alone. ``state`` is one of `STATES`; other filters as `Ledger.find`.
    Raises `DayError` and `LedgerError`.
    """
    days.clock(on)
    if state is not None and state not in STATES:
        raise days.DayError("--state", f"{state!r} is no state of a plan: one of {', '.join(STATES)}")
    left = limit or -1
    for thing in _planned(ledger, filters):
        made = entry(ledger, thing, on=on)
        if made is None or state not in (None, made.state):
            continue
        yield quoted(ledger, made)
        left -= 1
        if left == 0:
            return


def _planned(ledger: Ledger, filters: dict[str, Any]) -> Iterator[view.Thing]:
    """What was once planned, or put off: the newest of each family first, each once."""
    given = {k: v for k, v in filters.items() if k != "planned"}
    for family in FAMILIES:
        seen: set[str] = set()
        asked: list[dict[str, Any]] = [{"planned": x} for x in ("open", "known")]
        asked += [{"status": x} for x in _PUT_OFF if "status" not in given]
        for one in asked:
            for thing in ledger.each(family, **given, **one):
                if thing.id not in seen:
                    seen.add(thing.id)
                    yield thing


def entry(ledger: Ledger, thing: view.Thing, *, on: str | None = None) -> PlanEntry | None:
    """One visit, meeting or paper as a plan; None where nobody planned it, or not yet by the day asked for. Raises `DayError`."""
    now = days.clock(on)
    steps = _steps(thing, _claims(ledger, thing))
    told = [x for x in steps if now is None or _known(x) <= now]
    if not any(x.kind in (*_OPEN, "dropped") for x in told) or not any(x.kind != "occurred" for x in steps):
        return None
    replaced, instead = _replaced(ledger, thing, steps, now) if told[-1].kind in (*_OPEN, "dropped") else (None, None)
    steps = [*told, replaced] if replaced else told
    last = replaced or told[-1]
    over = _silent(ledger, thing, told, now) if last.kind in _OPEN else None
    state = "no word since" if over is not None else last.kind
    return PlanEntry(
        id=thing.id, family=_family(thing), kind=thing.kind, who=_who(thing), what=_what(thing), countries=thing.countries, state=state,
        since=days.day(over) if over is not None else last.by, planned_for=_planned_for(told), step=last, steps=steps, instead=instead, origins=thing.witnesses,
        topics=getattr(thing, "topics", []), sources=thing.sources,
    )  # fmt: skip


def quoted(ledger: Ledger, made: PlanEntry) -> PlanEntry:
    """A plan with the whole sentence of every step."""
    steps = []
    for x in made.steps:
        start, end, quote = sentence(ledger, x.document, x.start, x.end)
        steps.append(msgspec.structs.replace(x, start=start, end=end, quote=quote))
    step = next((new for old, new in zip(made.steps, steps, strict=True) if old is made.step), None)
    return msgspec.structs.replace(made, steps=steps, step=step)


def _family(thing: view.Thing) -> str:
    return next(f for f, kind in view.THINGS.items() if isinstance(thing, kind))


def _who(thing: view.Thing) -> list[view.Participant]:
    return [p for f in ("visitors", "guests", "hosts", "signers") for p in getattr(thing, f, [])]


def _what(thing: view.Thing) -> str | None:
    return next((str(v) for f in ("subject", "place", "to") if (v := getattr(thing, f, None))), None)


# -- steps --------------------------------------------------------------------------------------------------------------


def _claims(ledger: Ledger, thing: view.Thing) -> list[_Claim]:
    """What the reports of a thing say, in the order of their publication."""
    found = []
    for source in thing.sources:
        record = ledger.record(source.claim)
        assert isinstance(record, Visit | Meeting | Agreement)
        date = next((v for f in ("date", "start", "signed") if (v := getattr(record, f, None))), None)
        found.append(_Claim(record.status, date, source))
    return sorted(found, key=lambda c: (c.source.published or "", c.status in OVER, c.source.report, c.source.start))


def _steps(thing: view.Thing, claims: Sequence[_Claim]) -> list[PlanStep]:
    """The steps that reports tell."""
    steps: list[PlanStep] = []
    day: str | None = None  # planned for
    for claim in claims:
        if claim.status in OVER:
            held = next((v for f in ("date", "start", "signed") if (v := getattr(thing, f, None))), None) or claim.date
            if not any(x.kind == "occurred" for x in steps):
                steps.append(_made("occurred", held, claim.source, _happened(held, claim.source.published)))
            continue
        kind = _kind(claim, steps, day)
        if kind is None:
            continue
        shown = claim.date if claim.status == "planned" else None
        steps.append(_made(kind, shown, claim.source, claim.source.published))
        day = shown if kind == "moved" and claim.status == "planned" else day or claim.date
    return sorted(steps, key=_known)


def _kind(claim: _Claim, steps: Sequence[PlanStep], day: str | None) -> str | None:
    """The step that a report's word is, after those before it; None where it only repeats them."""
    if claim.status == "postponed":
        return "moved"
    if claim.status in ("cancelled", "denied"):
        return "dropped"
    put_off = any(x.kind in ("moved", "dropped") for x in steps)
    if claim.date is None or days.first(claim.date) is None:
        again = steps and steps[-1].kind == "announced" and (days.first(claim.source.published) or 0) - _known(steps[-1]) > _ANEW
        return "announced" if not steps or again else None
    if day is None:
        return "moved" if put_off else "dated"
    return "moved" if not _one_day(day, claim.date) or put_off and claim.date not in [x.date for x in steps] else None


def _one_day(a: str, b: str) -> bool:
    """Whether two dates can be one."""
    x, y = (days.first(a), days.last(a)), (days.first(b), days.last(b))
    if x[0] is None or y[0] is None or x[1] is None or y[1] is None:
        return True
    return x[0] <= y[1] and y[0] <= x[1]


def _made(kind: str, date: str | None, source: view.Quotation, by: str | None) -> PlanStep:
    return PlanStep(
        kind=kind, date=date, by=by, document=source.document, report=source.report, outlet=source.outlet, published=source.published, start=source.start,
        end=source.end, quote=source.quote,
    )  # fmt: skip


def _happened(day: str | None, published: str | None) -> str | None:
    """The day by which something had taken place: its own, or that of its report where its own is told only as a month or year, or not at all."""
    low, told = days.last(day), days.last(published)
    if low is None or told is not None and low > told:
        return published
    return day


def _known(step: PlanStep) -> int:
    """The day (ordinal) by which a step was known; of a report of no known day, before all others."""
    return days.last(step.by) or 0


def _planned_for(steps: Sequence[PlanStep]) -> str | None:
    return next((x.date for x in reversed(steps) if x.kind != "occurred" and days.iso(x.date)), None)


def _silent(ledger: Ledger, thing: view.Thing, steps: Sequence[PlanStep], now: int | None) -> int | None:
    """The day (ordinal) from which there has been no word of an open plan, where the clock has passed it.

    A plan without a day is over with the visit that it is part of; else when nothing was said of it for a year.
    """
    if now is None:
        return None
    last = steps[-1]
    end = days.last(last.date) if days.iso(last.date) else None
    if end is None and last.kind != "moved":
        end = days.last(_planned_for(steps))
    if end is None and last.kind != "moved":
        end = _end_of_visit(ledger, thing)
    if end is None:
        told = _known(last) or days.last(_day_of(ledger, last.document)) or 0
        end = told + _PATIENCE if told else None
    return end + 1 if end is not None and end < now else None


def _end_of_visit(ledger: Ledger, thing: view.Thing) -> int | None:
    """The last day (ordinal) that is known of the visit of which something planned is a part."""
    visit = getattr(thing, "visit", None)
    if visit is None:
        return None
    held = [visit, *ledger.store.column(sql.THINGS_OF_VISIT, visit)]
    found = ledger.store.rows(sql.THINGS_BY_ID, json.dumps([x for x in held if x != thing.id]))
    parts = [msgspec.json.decode(body, type=view.THINGS[family]) for _, family, body in found if body]
    known = [days.last(v) for t in parts for f in ("end", "start", "date", "signed") if (v := getattr(t, f, None)) and days.iso(v)]
    return max((d for d in known if d is not None), default=None)


def _day_of(ledger: Ledger, document: str) -> str | None:
    """The day of a report that gives none: that of what it tells."""
    row = ledger.store.row(sql.KNOWN_SINCE, document) if document else None
    return str(row[0]) if row and row[0] else None


# -- what came instead --------------------------------------------------------------------------------------------------


@cache
def _replacing() -> tuple[tuple[Element, ...], ...]:
    return tuple(elements_of(str(cue["match"])) for cue in table("statuses/replaced", "en")["cues"])


@cache
def _hint() -> re.Pattern[str]:
    """What a text must hold that one of the cues can stand in: the start of one of its longer words."""
    starts = {w[:_START] for cue in _replacing() for element in cue for w in element.words if len(w) > _START}
    return re.compile("|".join(sorted(re.escape(x) for x in starts)), re.I)


@lru_cache(maxsize=4096)
def _forms(word: str) -> frozenset[str]:
    """A word and what it may be a regular form of. The cues' words are few and known: a dictionary's forms, which take seconds to load, find no more of them."""
    stems = {word.removesuffix(end) for end in _ENDINGS}
    undoubled = {s[:-1] for s in stems if s[-1:] == s[-2:-1]}
    return frozenset({word} | stems | undoubled | {f"{s}e" for s in stems})


def _replaced(ledger: Ledger, thing: view.Thing, steps: Sequence[PlanStep], now: int | None) -> tuple[PlanStep | None, str | None]:
    """The step that something else took the plan's place, and that thing's id: a report of a contact of the same countries about that day says so, and of whom."""
    day = _planned_for(steps)
    low, high = days.first(day), days.last(day)
    people = [p for p in _who(thing) if p.id.startswith("p-")][:_NAMES]
    if low is None or high is None or not people or len(thing.countries) != 2 or (now is not None and now < low):
        return None, None
    since, until = days.day(max(1, low - _AROUND)), days.day(min(high + _AROUND, 3_652_059))
    own = {q.document for q in thing.sources}
    for person in people:
        name = person.name.split()[-1]
        nodes = ledger.store.column(sql.NODES_OF_PERSON, person.id)
        named = dict.fromkeys(str(d) for n in nodes for d in ledger.store.column(sql.NAMED_BETWEEN, n, since, until, _MOST) if d not in own)
        for document, text in ledger.store.rows(sql.TEXTS, _LONGEST, json.dumps(list(named))):
            words = _stands_in(text, name)
            other = _contact(ledger, document, thing) if words else None
            if words is None or other is None:
                continue
            source = next(q for q in other.sources if q.document == document)
            step = _made("replaced", None, msgspec.structs.replace(source, start=words[0], end=words[1], quote=words[2]), source.published)
            if now is None or _known(step) <= now:
                return step, other.id
    return None, None


def _stands_in(text: str, name: str) -> tuple[int, int, str] | None:
    """The sentence of a report in which somebody comes in the place of one of that name; None without one."""
    if _hint().search(text) is None:
        return None
    for start, end in sentences(text):
        told = text[start:end]
        if fold(name) in fold(told) and _hint().search(told) and any(could_match(elements, told, _forms) for elements in _replacing()):
            return start, end, told
    return None


def _contact(ledger: Ledger, document: str, plan: view.Thing) -> view.Thing | None:
    """The contact that a report tells as held between the countries of a plan, other than what was planned; a visit before a meeting."""
    for family in ("visits", "meetings"):
        for claim, _ in ledger.store.rows(sql.EVENTS_OF, document, family):
            found = ledger.show(ledger.thing_of(str(claim)))
            if isinstance(found, view.Thing) and found.id != plan.id and found.status in OVER and set(plan.countries) <= set(found.countries):
                return found
    return None

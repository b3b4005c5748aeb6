"""The agreements register: each paper with the steps of its life, its state on a day, and the contacts that fulfil it.

    from memcon import Ledger
    from memcon.follow.register import register

    with Ledger("memcon.db", readonly=True) as ledger:
        for entry in register(ledger, on="2023-06-01", pair="KH-VN"):
            print(entry.state, entry.since, entry.agreement.subject)

The state follows from what reports tell and from the clock alone: no step is assumed, a paper whose term nobody told never expires.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

import msgspec

from memcon import view
from memcon.codebook.load import table
from memcon.follow import days
from memcon.follow.words import sentence
from memcon.langs import places
from memcon.query import Ledger
from memcon.resolve import bodies
from memcon.resolve.events import OVER
from memcon.resolve.offices import same_body, words

__all__ = ["STATES", "RegisterEntry", "RegisterStep", "entry", "filled", "level_of", "passes", "register"]

STATES: Final = ("planned", "negotiated", "initialled", "signed", "ratified", "in force", "expired", "terminated")
_ENDING: Final = ("expired", "terminated")
_RUNNING: Final = ("in force", "extended")
_ORDER: Final = ("planned", "negotiated", "initialled", "signed", "ratified", "in force", "extended", "expired", "terminated", "postponed", "cancelled")
_NOT_YET: Final = ("planned", "postponed", "cancelled", "negotiated")
_MOST: Final = 200  # contacts that are looked at for one agreement
_FOREVER: Final = 4_000_000  # an ordinal after every day
_STATUSES: Final = {"planned": ("planned", "postponed", "cancelled"), "signed": ("signed", "in_force")}


class RegisterStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of an agreement's life, as one report tells it.

    ``date`` is the day of the step where the report tells it, ``by`` the day by which it was certainly taken (its own, or that of publication), both EDTF.
    A step told ``ahead`` was still to come. ``document``, ``start`` and ``end`` are its words; ``until`` is the last day that it gives the paper.
    """

    kind: str
    date: str | None = None
    by: str | None = None
    until: str | None = None
    lasts: str | None = None
    ahead: bool = False
    document: str = ""
    report: str = ""
    outlet: str | None = None
    published: str | None = None
    start: int = 0
    end: int = 0
    quote: str = ""


class RegisterEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement in the register. ``state`` (one of `STATES`) is that on the day asked for, ``since`` the day from which on it is so as far as reports tell (EDTF), ``why`` the reason in words.

    ``steps`` are those known by that day, in its order; ``term_start`` and ``term_end`` are EDTF; ``fulfilled_by`` are ids of contacts; ``level`` is that of its parties (party, state, ministry, …), None where
    nothing says.
    """

    id: str
    kind: str
    subject: str | None
    parties: list[str]
    countries: list[str]
    level: str | None
    topics: list[str]
    amount: str | None
    currency: str | None
    number: int | None
    signers: list[view.Participant]
    witnesses: list[str]
    signed: str | None
    term_start: str | None
    term_end: str | None
    state: str
    since: str | None
    why: str
    step: RegisterStep | None
    steps: list[RegisterStep]
    fulfilled_by: list[str]
    origins: int
    sources: list[view.Quotation]


class _State(msgspec.Struct, frozen=True):
    """A state with its first day (EDTF), its reason, and the step that it rests on."""

    kind: str
    since: str | None
    why: str
    step: RegisterStep | None


def register(
    ledger: Ledger, *, on: str | None = None, expiring: int | None = None, state: str | None = None, level: str | None = None, limit: int | None = None,
    whole: bool = True, **filters: Any,
) -> Iterator[RegisterEntry]:  # fmt: skip
    """The agreements of a ledger with their states on a day, the newest first.

    ``on`` is the day to which the clock is set; without one nothing expires by time alone. ``expiring`` keeps those in force whose term ends within so many
    months of it (it needs ``on``). ``state`` and ``level`` narrow further; without ``whole`` the steps show only the words of the step itself, and contacts that fulfil are not looked up. Other filters as
    `Ledger.find`. Raises `DayError` and `LedgerError`.
    """
    now = days.clock(on)
    if expiring is not None and now is None:
        raise days.DayError("--expiring", "counts from a day: give it with --on")
    if state is not None and state not in STATES:
        raise days.DayError("--state", f"{state!r} is no state of an agreement: one of {', '.join(STATES)}")
    left = limit or _FOREVER
    for thing in ledger.each("agreements", **filters):
        made = entry(ledger, thing, on=on, whole=False)
        if made is None or not passes(made, now, state=state, level=level, expiring=expiring):
            continue
        yield filled(ledger, thing, made) if whole else made
        left -= 1
        if left == 0:
            return


def entry(ledger: Ledger, thing: view.AgreementThing, *, on: str | None = None, whole: bool = True) -> RegisterEntry | None:
    """One agreement as an entry; None where no report tells of it by the day asked for. Raises `DayError`."""
    now = days.clock(on)
    steps = sorted(_distinct([_step(x) for x in thing.steps]), key=lambda x: (days.first(x.by) or 0, _ORDER.index(x.kind), x.published or "", x.report, x.start))
    start, end = _term(thing, steps, now)
    found = _state(thing, steps, start, end, now)
    if found is None:
        return None
    steps = [x for x in steps if now is None or _by(x) <= now]
    made = RegisterEntry(
        id=thing.id, kind=thing.kind, subject=thing.subject, parties=thing.parties, countries=thing.countries, level=level_of(thing), topics=thing.topics,
        amount=thing.amount, currency=thing.currency, number=thing.number, signers=thing.signers, witnesses=thing.witnessed_by, signed=thing.signed,
        term_start=start, term_end=end, state=found.kind, since=found.since, why=found.why, step=found.step, steps=steps,
        fulfilled_by=[], origins=thing.witnesses, sources=thing.sources,
    )  # fmt: skip
    return filled(ledger, thing, made) if whole else made


def passes(made: RegisterEntry, now: int | None, *, state: str | None = None, level: str | None = None, expiring: int | None = None) -> bool:
    """Whether an entry, made for a day (ordinal), is in a state, on a level, and in force with a term that ends within so many months of the day."""
    if state not in (None, made.state) or level not in (None, made.level):
        return False
    return expiring is None or now is not None and _expires(made, now, expiring)


def filled(ledger: Ledger, thing: view.AgreementThing, made: RegisterEntry) -> RegisterEntry:
    """An entry with the sentences of its steps and the contacts that fulfil it."""
    steps = [_quoted(ledger, x) for x in made.steps]
    step = next((new for old, new in zip(made.steps, steps, strict=True) if old is made.step), None)
    return msgspec.structs.replace(made, steps=steps, step=step, fulfilled_by=_fulfilled(ledger, thing, made))


def _quoted(ledger: Ledger, x: RegisterStep) -> RegisterStep:
    start, end, quote = sentence(ledger, x.document, x.start, x.end)
    return msgspec.structs.replace(x, start=start, end=end, quote=quote)


def _distinct(steps: Sequence[RegisterStep]) -> list[RegisterStep]:
    """The steps without those that a report tells twice, once without the day (in its headline, say)."""
    dated = {(x.kind, x.document, x.ahead) for x in steps if x.date or x.until or x.lasts}
    kept: dict[tuple[object, ...], RegisterStep] = {}
    for x in steps:
        if x.date or x.until or x.lasts or (x.kind, x.document, x.ahead) not in dated:
            kept.setdefault((x.kind, x.document, x.ahead, x.date, x.until, x.lasts), x)
    return list(kept.values())


def _step(x: view.StepThing) -> RegisterStep:
    by = x.date if x.date and days.iso(x.date) and not x.ahead else None
    told = x.source.published
    if by and told and (days.last(by) or 0) > (days.last(told) or _FOREVER):
        by = told  # a day told only as a month, or a year: it had come when the report appeared
    return RegisterStep(
        kind=x.kind.replace("_", " "), date=x.date, by=by or told, until=x.until, lasts=x.lasts, ahead=x.ahead, document=x.source.document, report=x.source.report,
        outlet=x.source.outlet, published=told, start=x.source.start, end=x.source.end, quote=x.source.quote,
    )  # fmt: skip


# -- the state on a day -------------------------------------------------------------------------------------------------


def _by(step: RegisterStep) -> int:
    """The day by which a step was certainly taken, or told; of one without any day, the first of all days."""
    return days.last(step.by) or 0


def _taken(steps: Sequence[RegisterStep], now: int | None) -> list[RegisterStep]:
    """The steps that reports tell as taken by a day."""
    return [x for x in steps if not x.ahead and (now is None or _by(x) <= now)]


def _announced(steps: Sequence[RegisterStep], now: int | None) -> list[RegisterStep]:
    """Steps that were told ahead, for a day that has come: only those that come by themselves on their day."""
    if now is None:
        return []
    kinds = (*_RUNNING, *_ENDING)
    return [x for x in steps if x.ahead and x.kind in kinds and (d := days.last(x.date)) is not None and d <= now and _by(x) <= now]


def _term(thing: view.AgreementThing, steps: Sequence[RegisterStep], now: int | None) -> tuple[str | None, str | None]:
    """First and last day of the term, by what was told up to a day: every extension moves the end."""
    begun = next((x.date for x in steps if x.kind == "in force" and days.iso(x.date)), None)
    start, end = days.iso(thing.start) or begun, days.iso(thing.end)
    told = [x for x in steps if now is None or _by(x) <= now]
    if any(x.kind == "extended" and x.until == thing.end for x in steps):
        end = None  # the end that an extension gave: before it, there was another
    for x in told:
        if x.until and days.iso(x.until) and x.kind in _RUNNING:
            end = x.until
        elif x.lasts and x.kind in (*_RUNNING, "signed"):
            end = _later(x, start or thing.signed, end) or end
    gone = [x for x in told if x.kind == "expired" and days.iso(x.date)]
    return start, end or (gone[-1].date if gone else None)


def _later(step: RegisterStep, start: str | None, end: str | None) -> str | None:
    """The end that a length of time gives: after the end so far for an extension, else from the day on which the paper took effect."""
    low = days.last(end) if step.kind == "extended" else None
    from_ = low + 1 if low else days.first(step.date) or days.first(start) or days.first(step.by)
    found = days.added(from_, step.lasts or "") if from_ else None
    return days.day(found) if found else None


def _state(thing: view.AgreementThing, steps: Sequence[RegisterStep], start: str | None, end: str | None, now: int | None) -> _State | None:
    """The state on a day, and why; None before anything is told."""
    taken = _taken(steps, now)
    come = _announced(steps, now)
    ended = [x for x in (*taken, *come) if x.kind in _ENDING]
    running = [x for x in (*taken, *come) if x.kind in _RUNNING]
    if ended and max(map(_when, ended)) >= max(map(_when, running), default=0):
        last = max(ended, key=_when)
        return _State(last.kind, _told_for(last), "a report says so" if not last.ahead else "announced for that day", last)
    bound = [x for x in taken if x.kind in ("signed", "ratified")]
    over = days.last(end)
    if now is not None and over is not None and over < now and (bound or running):
        source = next((x for x in reversed(steps) if x.until == end), bound[-1] if bound else running[-1])
        return _State("expired", days.day(over + 1), f"its term ended with {end}", source)
    if running:
        last = max(running, key=_when)
        begun = next((x for x in running if x.kind == "in force"), last)
        return _State("in force", _told_for(begun), "a report says so" if not last.ahead else "announced for that day", last)
    first = _begins(thing, start, end, bound)
    if bound and first is not None and (now is not None and first <= now):
        return _State("in force", days.day(first), _term_words(start, end), bound[-1])
    return _reached(taken, steps, now)


def _when(step: RegisterStep) -> int:
    """The day of a step: its own, else that of its report."""
    return days.last(step.date) or 0 if step.ahead else _by(step)


def _told_for(step: RegisterStep) -> str | None:
    """The day of a step as told, else that of its report (EDTF)."""
    return step.date if step.ahead else step.by


def _begins(thing: view.AgreementThing, start: str | None, end: str | None, bound: Sequence[RegisterStep]) -> int | None:
    """The day from which a term that was told runs: not before the signing; None where no term is told."""
    if not (start or end) or not bound:
        return None
    signed = min(map(_by, bound))
    return max(days.first(start) or 0, days.first(thing.signed) or signed)


def _term_words(start: str | None, end: str | None) -> str:
    return f"signed, with a term from {start or 'its signing'} to {end or 'a day not told'}"


def _reached(taken: Sequence[RegisterStep], steps: Sequence[RegisterStep], now: int | None) -> _State | None:
    """The furthest step before a paper is in force."""
    for kind in ("ratified", "signed", "initialled", "negotiated"):
        found = [x for x in taken if x.kind == kind]
        if found:
            return _State(kind, found[0].by, "a report says so", found[-1])
    told = [x for x in steps if x.ahead and (now is None or _by(x) <= now)]
    return _State("planned", told[0].by, "announced", told[-1]) if told else None


def _expires(made: RegisterEntry, now: int, months: int) -> bool:
    end, limit = days.last(made.term_end), days.months_on(now, months)
    return made.state == "in force" and end is not None and limit is not None and now <= end <= limit


# -- level and contacts -------------------------------------------------------------------------------------------------


@cache
def _levels() -> dict[str, frozenset[str]]:
    return {level: frozenset(str(given).split()) for level, given in table("register", "en")["levels"].items()}


@cache
def _exchanges() -> frozenset[str]:
    return frozenset(str(table("register", "en")["exchanges"]).split())


def level_of(thing: view.AgreementThing) -> str | None:
    """On what level an agreement is, by its parties' names: that of bodies before that of states; None where no party says."""
    found = [level for p in thing.parties if (level := _level(p)) is not None]
    own = [x for x in found if x != "state"]
    return own[0] if own else found[0] if found else None


def _level(party: str) -> str | None:
    if places.country_of_name(party):
        return "state"
    tokens = party.lower().replace(",", " ").split()
    return next((level for level, names in _levels().items() if names & set(tokens)), None)


def _fulfilled(ledger: Ledger, thing: view.AgreementThing, made: RegisterEntry) -> list[str]:
    """The visits within its term that an agreement on exchanges of delegations speaks of, in order of their days.

    Of a paper between bodies, only visits of people whom their reports give a post in one of them, or a delegation of one.
    """
    if len(thing.countries) != 2 or not (made.term_start and made.term_end) or not _exchanges() & words(thing.subject or ""):
        return []
    asked = {"pair": "-".join(thing.countries), "since": made.term_start, "until": made.term_end, "limit": _MOST}
    found = {v.id: v for v in ledger.visits(**asked)}
    for meeting in ledger.meetings(**asked):  # a visit whose days nobody tells has those of its meetings
        if meeting.visit and meeting.visit not in found and isinstance(visit := ledger.show(meeting.visit), view.VisitThing):
            found[visit.id] = visit
    own = [p for p in thing.parties if not places.country_of_name(p)]
    kept = [v for v in found.values() if v.status in OVER and v.visit is None and (not own or _of_body(ledger, v, own))]
    return [v.id for v in sorted(kept, key=lambda v: (v.start or "~", v.id))]


def _of_body(ledger: Ledger, visit: view.VisitThing, parties: Sequence[str]) -> bool:
    """Whether a visit is one of a body among ``parties``, or of a body in it."""
    posts = {p.id for p in visit.visitors}
    named = [visit.delegation] if visit.delegation else []
    for document in dict.fromkeys(q.document for q in visit.sources):
        named += [body for person, held in ledger.posts_in(document).items() if person in posts for _, body in held if body]
    return any(same_body(x, party) for body in dict.fromkeys(named) for x in (body, *bodies.ancestors(body)) for party in parties)

"""Commitments: what one side promised another, how much it promises, and what became of it by a day.

Made from the statements by which somebody binds himself (pledge, agree, offer, announce). Evidence is looked for in the
sentences of later reports that name the countries and the thing; each state stands on such words, on the clock, or on the
judgement of a person. Nothing is stored: the same ledger gives the same commitments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, Final

import msgspec

from memcon import view
from memcon.errors import BadFilter
from memcon.follow.deadlines import passed
from memcon.follow.evidence import Finding, findings
from memcon.follow.grades import ACTS, GRADES, TRACKED
from memcon.follow.promises import Promise, promise
from memcon.follow.states import STATES, Step, state_on
from memcon.langs import places
from memcon.ledger import sql
from memcon.query import Ledger
from memcon.resolve.latin import plain
from memcon.resolve.offices import body_country
from memcon.resolve.times import span

__all__ = ["REPEATED", "VERDICTS", "Commitment", "commitment", "commitments", "confirm", "of_statement", "owes", "repeats"]

VERDICTS: Final = ("done", "partly done", "dropped", "not done")
_FAMILY: Final = "commitments"
_REPORTS: Final = 80  # later reports that one commitment is looked for in
_ID: Final = re.compile(r"(?:k-|c?s-)([0-9a-f]{12})")
_PAIR: Final = 2
REPEATED: Final = frozenset(("country", "pair", "until"))
"""Filters that a promise and its repetition both pass."""
_ALIKE: Final = 0.6  # share of the fewer telling words that a promise and its repetition have in common, and two of them at least
_TOKEN: Final = re.compile(r"[^\W_]+")


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody promised. Dates are EDTF.

    ``source`` is the statement; ``owed_by`` and ``owed_to`` are countries (ISO 3166-1 alpha-2), or the names of people and bodies of none that is
    known; ``action`` and ``measure`` are words of ``text``; ``deadline`` is that of the promise, ``due`` the one that counts by the last report.
    ``state`` is None where the grade is not followed up; ``steps`` begin with the promise itself.
    """

    id: str
    source: str
    owed_by: list[str]
    owed_to: list[str]
    said_by: list[view.Participant]
    said_to: list[view.Participant]
    act: str
    text: str
    action: str
    measure: str
    deadline: str | None
    topics: list[str]
    grade: str
    made: str | None
    state: str | None
    since: str | None
    due: str | None
    steps: list[Step]
    countries: list[str]
    sources: list[view.Quotation]


def commitments(
    ledger: Ledger, *, on: str | None = None, side: str | None = None, grade: str | None = None, state: str | None = None, due_before: str | None = None,
    limit: int | None = None, **filters: Any,
) -> Iterator[Commitment]:  # fmt: skip
    """Commitments as they stand on a day, those made last first.

    ``on`` is an EDTF day; None is "no clock": all reports count, and nothing is overdue by time alone. ``side`` is the country, person or body that
    owes; ``grade`` one of `GRADES`, or "all"; without it only what is followed up is given (action, action with measure or date). ``state`` is one
    of `STATES`; ``due_before`` keeps what is due before a day. Other filters are those of `Ledger.find`: person, pair, country, topic, since, until,
    outlet, text and so on. What a later report promises again stands where it was promised first, unless a filter may leave that out.
    Raises `BadFilter` and `LedgerError`.
    """
    _check(on=on, grade=grade, state=state, due_before=due_before)
    if filters.get("act") is not None and filters["act"] not in ACTS:
        return iter(())
    chosen = {"promise": "yes"} if grade == "all" else {"grade": grade} if grade else {"tracked": "yes"}
    if on is not None:
        chosen["until"] = min(on, filters.pop("until", None) or on)
    made = (of_statement(ledger, s, on) for s in ledger.each("statements", **chosen, **filters))
    whole = {k for k, v in filters.items() if v is not None} <= REPEATED
    kept = (
        c for c in made
        if not (whole and repeats(ledger, c)) and owes(c, side) and (state is None or c.state == state) and (due_before is None or (c.due is not None and _before(c.due, due_before)))
    )  # fmt: skip
    return islice(kept, limit or None)


def commitment(ledger: Ledger, identifier: str, *, on: str | None = None) -> Commitment:
    """One commitment by its id (k-…), or that of its statement or of a claim of it. Raises `BadFilter` and `LedgerError`."""
    _check(on=on)
    return of_statement(ledger, _statement(ledger, identifier), on)


def confirm(ledger: Ledger, identifier: str, verdict: str, why: str, *, day: str, by: str = "user") -> str:
    """Judge what became of a commitment, from a day on (EDTF): one of `VERDICTS`. Outranks what rules read in reports, until `Ledger.undo` withdraws it.

    The judgement's id. Raises `BadFilter` and `LedgerError`.
    """
    if verdict not in VERDICTS:
        raise BadFilter("verdict", f"{verdict!r} is none of {', '.join(VERDICTS)}")
    if span(day) is None:
        raise BadFilter("day", f"{day!r} is no date: write 2024-03-12, 2024-03 or 2024")
    statement = _statement(ledger, identifier)
    return ledger.judge_state(f"c{statement.id}", verdict, day, why, by)


def _statement(ledger: Ledger, identifier: str) -> view.StatementThing:
    match = _ID.fullmatch(identifier)
    if match is None:
        raise BadFilter("commitment", f"{identifier!r} is no id of a commitment, as k-0123456789ab")
    thing = ledger.show(f"s-{match[1]}" if identifier.startswith("k-") else identifier)
    if not isinstance(thing, view.StatementThing) or thing.kind not in ACTS:
        raise BadFilter("commitment", f"{identifier} promises nothing")
    return thing


def _check(*, on: str | None = None, grade: str | None = None, state: str | None = None, due_before: str | None = None) -> None:
    for name, day in (("on", on), ("due_before", due_before)):
        if day is not None and span(day) is None:
            raise BadFilter(name, f"{day!r} is no date: write 2024-03-12, 2024-03 or 2024")
    if grade is not None and grade not in (*GRADES, "all"):
        raise BadFilter("grade", f"{grade!r} is none of {', '.join(GRADES)}, all")
    if state is not None and state not in STATES:
        raise BadFilter("state", f"{state!r} is none of {', '.join(STATES)}")


def _owner(side: str) -> str:
    """Who owes, as `Commitment.owed_by` has it."""
    code = side.upper() if places.country(side.upper()) else places.country_of_name(side) or places.country_of_demonym(side)
    return plain(code or side)


def owes(c: Commitment, side: str | None) -> bool:
    """Whether a country (by code or name), a person or a body owes what was promised; anybody does for None."""
    return side is None or _owner(side) in map(plain, (*c.owed_by, *(p.name for p in c.said_by), *(p.id for p in c.said_by)))


def _before(due: str, day: str) -> bool:
    return passed(due, day) or due < day


# -- one commitment ----------------------------------------------------------------------------------------------------


def of_statement(ledger: Ledger, statement: view.StatementThing, on: str | None) -> Commitment:
    """The commitment that a statement makes, as it stands on a day."""
    first = _first(ledger, statement)
    made = _day(ledger, first.document)
    by, to = _sides(ledger, statement)
    names = [p.name for p in (*statement.speakers, *statement.addressees)]
    promised = promise(statement.text, made, act=statement.kind, without=names)
    if len({*by, *to}) > _PAIR:
        promised = promised._replace(needed=3)  # of many countries a report need name but one
    tracked = promised.grade.grade in TRACKED
    deadline = promised.grade.deadline.edtf if promised.grade.deadline else None
    steps = [_made(first, made)]
    if tracked and made is not None:
        steps += _judged(ledger, statement, list(_evidence(ledger, promised, by, to, made, deadline)))
    state, since, due, taken = state_on(steps, deadline, on) if tracked else (None, None, deadline, steps)
    return Commitment(
        id=f"k-{statement.id[2:]}", source=statement.id, owed_by=by, owed_to=to, said_by=statement.speakers, said_to=statement.addressees, act=statement.kind,
        text=statement.text, action=" ".join(promised.grade.action.split()), measure=promised.grade.measure, deadline=deadline, topics=statement.topics,
        grade=promised.grade.grade, made=made, state=state, since=since, due=due, steps=taken, countries=statement.countries, sources=statement.sources,
    )  # fmt: skip


def _first(ledger: Ledger, statement: view.StatementThing) -> view.Quotation:
    """The words of the first report that tells of a statement."""
    return min(statement.sources, key=lambda q: (_day(ledger, q.document) or "~", q.report, q.claim))


def _day(ledger: Ledger, document: str) -> str | None:
    """The day of a report: its publication, else that of what it tells."""
    live = ledger.store.row(sql.LIVE, document)
    return live[3] if live and live[3] and span(live[3]) else None


def _made(first: view.Quotation, made: str | None) -> Step:
    return Step(state="open", date=made, document=first.document, report=first.report, start=first.start, end=first.end, quote=first.quote, why="promised")


def _sides(ledger: Ledger, statement: view.StatementThing) -> tuple[list[str], list[str]]:
    """Who owes, and to whom: countries where they are known, else names. What several agree on, each owes the others."""
    by, to = (_acting(ledger, ps) for ps in (statement.speakers, statement.addressees))
    others = [c for c in statement.countries if c not in by]
    if statement.kind == "agree" and len({*by, *to, *others}) > 1:
        everyone = list(dict.fromkeys([*by, *to, *others]))
        return everyone, everyone
    if not by and len(others) == 1:
        return others, to
    return by, list(dict.fromkeys([*to, *others]))


def _acting(ledger: Ledger, people: Sequence[view.Participant]) -> list[str]:
    found = []
    for p in people:
        row = ledger.store.row(sql.PERSON, p.id) if p.id.startswith("p-") else None
        found.append((row[1] if row else None) or places.country_of_name(p.name) or body_country(p.name) or p.name)
    return list(dict.fromkeys(found))


# -- promised again ------------------------------------------------------------------------------------------------------


def repeats(ledger: Ledger, made: Commitment) -> bool:
    """Whether an earlier report tells of the same promise, which was still to be kept when this one was made. False where that is not sure."""
    if made.made is None or made.grade not in TRACKED:
        return False
    promised = _promised(made)
    question = _question(promised, [*made.owed_by, *made.owed_to])
    if question is None:
        return False
    own = {q.document for q in made.sources}
    earlier = [d for d in ledger.store.column(sql.MATCHING, question, _REPORTS) if d not in own and (day := _day(ledger, d)) and _later(made.made, day)]
    return any(_repeated(ledger, made, promised, str(s)) for _, s in ledger.store.rows(sql.THINGS_IN_REPORTS, json.dumps(earlier), "statements"))


def _promised(made: Commitment) -> Promise:
    return promise(made.text, made.made, act=made.act, without=[p.name for p in (*made.said_by, *made.said_to)])


def _repeated(ledger: Ledger, made: Commitment, promised: Promise, statement: str) -> bool:
    """Whether a promise is the one that an earlier statement makes: by the same side, of the same deed on the same thing."""
    told = ledger.show(statement)
    if not isinstance(told, view.StatementThing) or told.kind not in ACTS or told.id == made.source:
        return False
    before = of_statement(ledger, told, made.made)
    first = _promised(before)
    return (
        before.grade in TRACKED and before.state not in ("done", "dropped") and before.made is not None and _later(made.made or "", before.made)
        and set(before.owed_by) == set(made.owed_by) and _alike(first, promised)
    )  # fmt: skip


def _alike(a: Promise, b: Promise) -> bool:
    """Whether two promises are of one deed on one thing: no number, no name and no half of the words speaks against it."""
    if a.head is None or a.head != b.head or set(a.grade.families).isdisjoint(b.grade.families):
        return False
    if a.number != b.number and None not in (a.number, b.number):
        return False
    if a.names != b.names and not (a.names and b.names and (a.names <= b.names or b.names <= a.names)):
        return False
    shared = len(a.terms & b.terms)
    return shared >= _PAIR and shared >= _ALIKE * min(len(a.terms), len(b.terms))


# -- evidence ----------------------------------------------------------------------------------------------------------


def _evidence(ledger: Ledger, promised: Promise, by: Sequence[str], to: Sequence[str], made: str, deadline: str | None) -> Iterator[Step]:
    """What later reports say of a promise, in the order of their days."""
    question = _question(promised, [*by, *to])
    if question is None:
        return
    dated = ((day, d) for d in ledger.store.column(sql.MATCHING, question, _REPORTS) if (day := _day(ledger, d)) is not None)
    due, counted = deadline, 0.0
    for day, document in sorted(dated):
        if not _later(day, made):
            continue
        text = str(ledger.store.rows(sql.TEXT, document)[0][1])
        found = findings(promised, text, day, due)
        if not found:
            continue
        best = found[0]
        if best.number and best.state == "partly done" and promised.number:
            # Parts that were each told of add up to the whole.
            counted += best.number
            best = best._replace(state="done", why=f"{best.why}; {counted:g} in all") if counted >= promised.number else best
        due = best.due or due
        yield _step(ledger, best, day, document, text)


def _later(day: str, made: str) -> bool:
    x, y = span(day), span(made)
    return x is not None and y is not None and x[0] > y[1]


def _step(ledger: Ledger, found: Finding, day: str, document: str, text: str) -> Step:
    report = str(ledger.store.rows(sql.LIVE, document)[0][0])
    return Step(
        state=found.state, date=day, document=document, report=report, start=found.start, end=found.end, quote=text[found.start : found.end], why=found.why, due=found.due
    )


def _question(promised: Promise, owners: Sequence[str]) -> str | None:
    """The words that a report must hold to be looked at: the thing, one more of its words, and its countries; None where too little is known."""
    countries = list(dict.fromkeys(x for x in owners if places.country(x)))
    if promised.head is None or not countries or not promised.terms:
        return None
    groups = [_any_form([promised.head])]
    others = sorted(promised.terms - {promised.head})
    groups += [_any_form(others)] if others else []
    named = [_named(c) for c in countries]
    groups += named if len(named) <= _PAIR else [" OR ".join(named)]
    return " AND ".join(f"({g})" for g in groups if g)


def _any_form(keys: Sequence[str]) -> str:
    """Words by any of their forms, as the index of words is asked."""
    forms = [f for k in keys for f in (k, k + "s", k + "es", *((k[:-1] + "ies",) if k.endswith("y") else ()))]
    phrases = (" ".join(_TOKEN.findall(f)) for f in forms)
    return " OR ".join(f'"{p}"' for p in phrases if p)


@cache
def _named(code: str) -> str:
    """A country by any of its names, as the index of words is asked."""
    country = places.country(code)
    assert country is not None
    given = (country.name, country.official, *country.names, *country.demonyms, *country.seats)
    # "Korea" may be either; with the thing and its words beside it, it is enough.
    parts = {x for n in given for x in _TOKEN.findall(plain(n))}
    either = (form for form, codes in places.ambiguous().items() if code in codes and plain(form) in parts)
    names = {" ".join(_TOKEN.findall(plain(n))) for n in (*given, *either)}
    return " OR ".join(f'"{n}"' for n in sorted(names) if n)


def _judged(ledger: Ledger, statement: view.StatementThing, steps: list[Step]) -> list[Step]:
    """Steps with the judgements that persons made, which outrank what was read in reports."""
    claims = {q.claim for q in statement.sources} | {f"c{statement.id}"}
    for j in ledger.judged_states(claims):
        verdict, _, day = j.verdict.partition("@")
        if verdict == "not done":
            steps = [s for s in steps if s.by != "report" or s.state not in ("done", "partly done", "dropped") or (s.date or "") > day]
        else:
            steps = [*steps, Step(state=verdict, date=day, why=j.why, by=j.by)]
    return sorted(steps, key=lambda s: (s.date or "", s.by != "report"))

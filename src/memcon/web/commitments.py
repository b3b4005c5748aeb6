"""What the pages of commitments show: a page of the list as it stands on a day, and one commitment with every step and its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from memcon.browse import Browser, Filters, Listing, Report, Tally
from memcon.errors import BadFilter
from memcon.follow.commitments import REPEATED, Commitment, commitment, of_statement, owes, repeats
from memcon.follow.grades import GRADES
from memcon.follow.states import STATES
from memcon.ledger import walk
from memcon.ledger.store import NoSuchThing
from memcon.resolve.times import span

__all__ = ["ASKED", "Asked", "CommitmentList", "CommitmentPage", "asked_of", "page_of", "whole"]

_BATCH: Final = 50
_LOOKED: Final = 300  # commitments that one page looks through for those of a state, a side or a time
ASKED: Final = ("on", "side", "grade", "state", "due_before")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What only commitments are asked: the day, who owes, the grade, the state, and before which day they are due."""

    on: str | None = None
    side: str | None = None
    grade: str | None = None
    state: str | None = None
    due_before: str | None = None


class CommitmentList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of commitments, those made last first. ``facets`` are counted over the first ``counted`` of the list, states over the ``looked`` of this page."""

    on: str | None
    asked: Asked
    filters: Filters
    items: list[Commitment]
    next: str | None
    facets: dict[str, list[Tally]]
    counted: int
    states: list[Tally]
    looked: int


class CommitmentPage(msgspec.Struct, frozen=True, kw_only=True):
    """One commitment, and what is known of the reports that its steps rest on."""

    on: str | None
    commitment: Commitment
    reports: dict[str, Report]


def asked_of(params: Mapping[str, str], today: str | None) -> Asked:
    """What an address asks of commitments; without a day, today's. Raises `BadFilter`."""
    given: dict[str, Any] = {name: value for name in ASKED if (value := params.get(name, "").strip())}
    asked = Asked(**{"on": today, **given})
    for name, day in (("on", asked.on), ("due_before", asked.due_before)):
        if day is not None and span(day) is None:
            raise BadFilter(name, f"{day!r} is no date: write 2024-03-12, 2024-03 or 2024")
    if asked.grade is not None and asked.grade not in (*GRADES, "all"):
        raise BadFilter("grade", f"{asked.grade!r} is none of {', '.join(GRADES)}, all")
    if asked.state is not None and asked.state not in STATES:
        raise BadFilter("state", f"{asked.state!r} is none of {', '.join(STATES)}")
    return asked


def page_of(browser: Browser, filters: Filters, asked: Asked, *, after: str | None, limit: int = _BATCH, facets: bool = True) -> CommitmentList:
    """A page of commitments. Where a filter lets little through it looks through a bounded number, and says where to go on. Raises `BadFilter`."""
    until = min(x for x in (asked.on, filters.until, "9") if x is not None)
    narrowed = msgspec.structs.replace(filters, until=until if until != "9" else None)
    which: walk.Facet = ("promise", ("yes",)) if asked.grade == "all" else ("grade", (asked.grade,)) if asked.grade else ("tracked", ("yes",))
    whole = filters.given().keys() <= REPEATED
    first: Listing | None = None
    found: list[Commitment] = []
    states: dict[str, int] = {}
    looked = 0
    while True:
        listing = browser.events("statements", narrowed, after=after, limit=min(limit, _BATCH), facets=facets and first is None, which=(which,))
        first = first or listing
        for statement in listing.items:
            c = of_statement(browser.ledger, statement, asked.on)
            looked += 1
            if whole and repeats(browser.ledger, c):
                continue
            states[c.state or c.grade] = states.get(c.state or c.grade, 0) + 1
            if _passes(c, asked):
                found.append(c)
        after = listing.next
        if after is None or len(found) >= limit or looked >= _LOOKED:
            break
    tallies = [Tally(value=s, count=states[s]) for s in (*STATES, *GRADES) if s in states]
    return CommitmentList(
        on=asked.on, asked=asked, filters=filters, items=found, next=after, facets=first.facets, counted=first.counted, states=tallies, looked=looked
    )


def _passes(c: Commitment, asked: Asked) -> bool:
    if asked.state is not None and c.state != asked.state:
        return False
    return owes(c, asked.side) and (asked.due_before is None or (c.due is not None and c.due < asked.due_before))


def whole(browser: Browser, identifier: str, on: str | None) -> CommitmentPage | None:
    """One commitment; None where nothing in the ledger has that id, or where what has it promises nothing."""
    try:
        found = commitment(browser.ledger, identifier, on=on)
    except (BadFilter, NoSuchThing):
        return None
    documents = {s.document for s in found.steps if s.document} | {q.document for q in found.sources}
    return CommitmentPage(on=on, commitment=found, reports=browser.reports_by_id(documents))

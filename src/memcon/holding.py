"""Posts as reported: who held which, from which day's report to which, and by whose word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from memcon import view
from memcon.ledger import sql
from memcon.ledger.store import Store
from memcon.resolve import bodies, copies
from memcon.resolve.offices import same_office
from memcon.resolve.times import span
from memcon.rows import Occupancy, PersonThing
from memcon.upkeep import UNDATED

_SHOWN: Final = 5  # quotations that a post shows, of the first reports and as many of the last
_COMPARED: Final = 12  # reports, of the first and as many of the last, that are compared with each other for copies
_NEAR: Final = 366  # days around a date in which a report's word on a post counts for that date
_LAST: Final = UNDATED + UNDATED

Worded = tuple[str, str]
"""A title and a body ("" for none), as one report words them."""


class _Given(NamedTuple):
    """One report's word for a post: where its words stand, and of what day (`UNDATED` for none)."""

    day: str
    document: str
    claim: str
    start: int
    end: int
    office: Worded


def occupancies(store: Store, person: PersonThing, on: str | None, *, known_by: str | None = None) -> list[Occupancy]:
    """A person's posts, all wordings of one post together; with ``on`` (EDTF), by the reports of about that day.

    ``known_by`` (a day, ISO 8601) leaves out what was reported later, or on no known day.
    """
    nodes = store.column(sql.NODES_OF_PERSON, person.id)
    offices = sorted({(t, b) for n in nodes for t, b, _ in store.rows(sql.NODE_OFFICES, n)})
    groups: list[list[Worded]] = []
    for office in offices:
        group = next((g for g in groups if any(same_office(_split(office), _split(x)) for x in g)), None)
        if group is None:
            groups.append([office])
        else:
            group.append(office)
    days = _around(on) if known_by is None else [(low, min(high, known_by)) for low, high in _around(on) if low <= known_by]
    found = ((g, _occupancy(store, person, nodes, g, days)) for g in groups)
    return [o for _, o in found if o is not None]


def _split(office: Worded) -> tuple[str, str | None]:
    return office[0], office[1] or None


def _around(on: str | None) -> list[tuple[str, str]]:
    """Stretches of days (EDTF, as text) in which a report's word counts: those around a day, and the month and year that hold its beginning."""
    target = span(on)
    if target is None:
        return [("", _LAST)]
    low, high = (date.fromordinal(min(max(x, 1), date.max.toordinal())).isoformat() for x in (target[0] - _NEAR, target[1] + _NEAR))
    return [(low, high + UNDATED), (low[:7], low[:7]), (low[:4], low[:4])]


def _occupancy(
    store: Store, person: PersonThing, nodes: Sequence[str], offices: Sequence[Worded], days: Sequence[tuple[str, str]]
) -> Occupancy | None:
    """One post from its first and its last reports; None without any of those days."""
    first: list[_Given] = []
    last: list[_Given] = []
    number, whole = 0, True
    for node in nodes:
        for title, body in offices:
            for low, high in days:
                at = (node, title, body, low, high)
                found = store.rows(sql.FIRST_GIVEN, *at, _COMPARED)
                first += [_Given(r[0], r[1], r[2], r[3], r[4], (title, body)) for r in found]
                if len(found) == _COMPARED:
                    whole = False
                    last += [_Given(r[0], r[1], r[2], r[3], r[4], (title, body)) for r in store.rows(sql.LAST_GIVEN, *at, _COMPARED)]
                number += store.rows(sql.GIVEN, *at)[0][0]
    if not first:
        return None
    ends = sorted({*first, *last})
    ends = ends if whole else [*ends[:_COMPARED], *ends[-_COMPARED:]]
    dated = [g.day for g in ends if g.day != UNDATED]
    documents = sorted({g.document for g in ends})
    origin = copies.origins({d: store.rows(sql.SKETCH, d)[0][0] for d in documents})
    shown = [*ends[:_SHOWN], *ends[-_SHOWN:]] if len(ends) > 2 * _SHOWN else ends
    title, body = ends[-1].office
    # Of a much-reported post only the first and last reports are compared with each other: of those between, a copy counts as a witness.
    witnesses = copies.independent(documents, origin) + (0 if whole else number - len(documents))
    return Occupancy(
        person=person.id, name=person.name, title=title, organization=body or None, first=dated[0] if dated else None, last=dated[-1] if dated else None,
        witnesses=witnesses, sources=[_words(store, g) for g in shown], within=bodies.ancestors(body) if body else [],
    )  # fmt: skip


def _words(store: Store, g: _Given) -> view.Quotation:
    meta = store.rows(sql.DOCUMENT_META, g.document)[0]
    quote = store.rows(sql.WORDS_AT, g.start, g.end - g.start, g.document)[0][0]
    return view.Quotation(
        document=g.document, report=meta[1], claim=g.claim, start=g.start, end=g.end, quote=quote, outlet=meta[2], published=meta[5]
    )

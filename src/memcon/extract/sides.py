"""Which country a person acts for, where the report leaves it to the reader. Every answer carries its reason."""

from __future__ import annotations

from collections.abc import Sequence

from memcon.extract.draft import VisitDraft
from memcon.langs import places
from memcon.mentions import Annotated, Figure

_STATE = frozenset(("head_of_state", "head_of_government", "minister", "parliament", "party"))


def infer_sides(notes: Annotated, visits: Sequence[VisitDraft]) -> None:
    """Give a country to people of state offices named without one. Changes ``notes.people`` in place.

    A host of state in a report of a visit belongs to the country visited; with no visit told, an office of state named
    without a country is that of the place the report is written from.
    """
    travellers = {p.person for v in visits for p in v.visitors}
    goals = [v.to for v in visits if v.to and v.kind != "site" and v.status in ("ongoing", "completed", "planned")]
    origins = [v.from_ for v in visits if v.from_]
    for figure in notes.people:
        if figure.country is not None or not _plain_state_office(figure):
            continue
        if figure.index in travellers:
            continue
        if goals and len(set(goals)) == 1 and notes.dateline_country in (None, goals[0]):
            _settle(figure, goals[0], f"an office of state with no country named, in a report of a visit to {places.country_name(goals[0])}")
        elif notes.dateline_country and (notes.dateline_country in origins or not goals or notes.dateline_country in goals):
            _settle(figure, notes.dateline_country, f"an office of state with no country named, in a report from {notes.dateline_city}")


def _settle(figure: Figure, country: str, why: str) -> None:
    figure.country, figure.country_why = country, why


def _plain_state_office(figure: Figure) -> bool:
    """Whether some office of the person is of state and names neither country nor international body."""
    if any(o.country for o in figure.offices):
        return False
    plain = [o for o in figure.offices if o.klass in _STATE and (o.org is None or not places.body(o.org))]
    return bool(plain) and all(o.org is None or places.body(o.org) is None for o in figure.offices)

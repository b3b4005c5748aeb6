"""A ledger as it was known on a day: only the reports that were out by then, and things as those reports alone tell them.

A brief for a meeting of November must not know what was reported in December, though the ledger does: not that the meeting
was put off, nor that an agreement was signed after all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, TypeVar

import msgspec

from memcon import view
from memcon.browse import Browser, Filters
from memcon.ledger import sql
from memcon.ledger.store import LedgerError
from memcon.query import Ledger
from memcon.resolve.offices import body_country
from memcon.resolve.times import span
from memcon.upkeep import Upkeep

__all__ = ["Moment"]

T = TypeVar("T", bound=view.Thing)
_PAGE: Final = 100


class Moment:
    """A ledger at the end of a day ``on`` (EDTF; of a month or year its last day), or whole where ``on`` is None.

    A report is known once it was published, or was in the ledger. Of a report without a day, that of what it tells stands for it.
    Raises `LedgerError` for what is no date.
    """

    def __init__(self, ledger: Ledger, on: str | None = None) -> None:
        bounds = span(on) if on is not None else None
        if on is not None and bounds is None:
            raise LedgerError(ledger.store.path, f"{on!r} is no date: write 2024-03-12, 2024-03 or 2024")
        self.ledger = ledger
        self.store = ledger.store
        self.on = on
        self.last = date.fromordinal(bounds[1]).isoformat() if bounds else None
        self.browser = Browser(ledger)
        self._upkeep: Upkeep | None = None
        self._known: dict[str, bool] = {}
        self._days: dict[str, str] = {}
        self._whole: dict[str, bool] = {}
        self._countries: dict[str, str | None] = {}

    # -- reports ------------------------------------------------------------------------------------------------------

    def knows(self, document: str) -> bool:
        """Whether a report was known by then."""
        if document not in self._known:
            row = self.store.row(sql.KNOWN_SINCE, document)
            self._days[document] = row[0] if row else ""
            self._known[document] = row is not None and self._by_then(row[0], row[1])
        return self._known[document]

    def _by_then(self, day: str, added: str) -> bool:
        bounds = span(day) if day else None
        out = date.fromordinal(bounds[1]).isoformat() if bounds else None
        return self.last is None or (out is not None and out <= self.last) or added[:10] <= self.last

    def day_of(self, document: str) -> str:
        """The day of a report: its publication, else that of what it tells; empty where neither is known."""
        self.knows(document)
        return self._days[document]

    # -- things -------------------------------------------------------------------------------------------------------

    def as_known(self, things: Iterable[T]) -> Iterator[T]:
        """Things as they were known then, those of which nothing was known left out."""
        for thing in things:
            known = self._known_of(thing)
            if known is not None:
                yield known

    def _known_of(self, thing: T) -> T | None:
        if self.last is None or self._is_whole(thing):
            return thing
        if not any(self.knows(q.document) for q in thing.sources):
            return None
        self._upkeep = self._upkeep or Upkeep(self.store)
        made = self._upkeep.as_told_by(thing.id, self.knows)
        return self.browser.renamed(made) if made is not None else None  # type: ignore[return-value]  # of the family it was

    def _is_whole(self, thing: view.Thing) -> bool:
        """Whether all reports were known that tell of a thing, and of the visit it belongs to, which decide its day together."""
        if not all(self.knows(q.document) for q in thing.sources):
            return False
        visit = thing.id if isinstance(thing, view.VisitThing) else getattr(thing, "visit", None)
        if visit is None:
            return True
        if visit not in self._whole:
            group = dict.fromkeys([visit, *self.browser.held_by(visit)])
            rows = self.store.rows(sql.REPORTS_OF_THINGS, msgspec.json.encode(list(group)).decode())
            self._whole[visit] = all(self.knows(r[0]) for r in rows)
        return self._whole[visit]

    def walk(self, family: str, filters: Filters, *, most: int, planned: bool = False, oldest: bool = False) -> Iterator[view.Thing]:
        """Things of a list as they were known then, the newest first, after having looked at ``most``."""
        after, looked = None, 0
        while looked < most:
            page = self.browser.events(family, filters, after=after, limit=min(_PAGE, most - looked), planned=planned, oldest=oldest)
            yield from self.as_known(page.items)
            looked += len(page.items)
            if page.next is None or not page.items:
                return
            after = page.next

    def statements_in(self, documents: Sequence[str]) -> list[view.StatementThing]:
        """What the reports say was said, each statement once."""
        rows = self.store.rows(sql.THINGS_IN_REPORTS, msgspec.json.encode(list(documents)).decode(), "statements")
        found = self.browser.things(list(dict.fromkeys(str(r[1]) for r in rows)))
        return list(self.as_known([t for t in found if isinstance(t, view.StatementThing)]))

    # -- sides --------------------------------------------------------------------------------------------------------

    def country_of(self, participant: view.Participant) -> str | None:
        """The country for which somebody acts, or that a body's name names."""
        key = participant.id
        if key not in self._countries:
            if key.startswith("p-"):
                row = self.store.row(sql.PERSON, key)
                self._countries[key] = row[1] if row else None
            else:
                self._countries[key] = body_country(participant.name)
        return self._countries[key]

"""The wording watch: how a side's line changed from one contact to the next, and which usual line was left out.

Both abstain where they cannot tell: two lines are compared only where most of their content words are the same; a line counts as missing
only where the side spoke, was reported at comparable length, by an outlet that had reported the line before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from statistics import median
from typing import Any, Final

import msgspec

from memcon import view
from memcon.browse import Filters, country_code, pair_code
from memcon.follow.formula import Change, Line, change, likeness, line, weights
from memcon.follow.known import Moment
from memcon.follow.notes import Notes, sentences_of
from memcon.ledger import sql
from memcon.query import Ledger

__all__ = ["CONTACTS", "Occasion", "Shift", "Silence", "Telling", "Watch", "Wording", "WordingRow", "rows", "shifts", "silences", "watched"]

CONTACTS: Final = 150
"""Meetings and visits, the newest, whose reports are looked at."""
_RECENT: Final = 60  # earlier tellings that share words with one, the newest, that are compared with it
_USUAL: Final = 3
"""Contacts at which a line was said before it counts as usual."""
_LATELY: Final = 5
"""Contacts before the last one among which the usual ones are counted."""
_SHARE: Final = 0.6
"""Share of those contacts at which a usual line was said."""
_MOST_PAIRS: Final = 5_000
_LENGTH: Final = 0.8
"""Reported words of a side, as a share of what is usual for it, from which a missing line tells something."""
_OVER: Final = frozenset(("occurred", "ongoing", "completed", "signed", "in_force", "expired"))


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """A contact at which something was said: a visit with all its meetings, or a meeting outside any. ``day`` is EDTF."""

    id: str
    day: str


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """A line as one statement tells it at one contact, on ``day`` (EDTF). ``side`` is an ISO code; ``outlets`` are those of its reports, as far as they are known."""

    id: str
    side: str
    act: str
    text: str
    day: str
    occasion: Occasion
    speakers: list[str]
    outlets: list[str]
    sources: list[view.Quotation]


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """A side's line, told differently than at the contact before at which it was told. ``acts`` are both acts where those differ too.

    ``same_outlet`` says that one outlet tells both; else the words may be the outlets' own. ``likeness`` is from 0 to 1.
    """

    side: str
    before: Telling
    after: Telling
    added: list[str]
    dropped: list[str]
    reordered: list[str]
    acts: list[str]
    same_outlet: bool
    likeness: float


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """A usual line of a side that is missing from its last contact: said at ``said`` of the ``of`` contacts before, last as ``last`` has it.

    ``words`` are reported of the side this time, ``usual`` at the contacts that had the line (median); ``reports`` tell of this time.
    """

    side: str
    last: Telling
    said: int
    of: int
    missing: Occasion
    words: int
    usual: int
    sources: list[view.Quotation]


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """The wording watch of a pair as of a day: what changed and what is missing, from so many statements at so many contacts."""

    pair: str
    on: str | None
    shifts: list[Shift]
    silences: list[Silence]
    contacts: int
    statements: int


def watched(ledger: Ledger, pair: str, *, on: str | None = None) -> Wording:
    """Changed and missing lines of a pair together. As `shifts`."""
    with ledger.snapshot():
        watch = Watch(Moment(ledger, on), pair)
        contacts = len({o.id for o in watch.occasions.values()})
        return Wording(pair=watch.pair, on=on, shifts=watch.shifts(), silences=watch.silences(), contacts=contacts, statements=len(watch.statements))


def shifts(ledger: Ledger, pair: str, *, on: str | None = None) -> list[Shift]:
    """Lines of both sides of a pair (as KH-VN) that changed between contacts, the newest first; ``on`` as of a day (EDTF). Raises `BadFilter`, `LedgerError`."""
    with ledger.snapshot():
        return Watch(Moment(ledger, on), pair).shifts()


def silences(ledger: Ledger, pair: str, *, on: str | None = None) -> list[Silence]:
    """Usual lines that are missing from each side's last contact. As `shifts`."""
    with ledger.snapshot():
        return Watch(Moment(ledger, on), pair).silences()


class WordingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A changed or missing line as a row: ``kind`` is shift or silence, ``id`` the statement now (of a silence the last one), ``before`` the statement it is compared with.

    ``sources`` are the words now, then those before; of a silence the last ones, then those reported in their place.
    """

    id: str
    before: str
    pair: str
    countries: list[str]
    kind: str
    day: str
    day_before: str
    speakers: list[str]
    act: str
    act_before: str
    text: str
    text_before: str
    added: list[str]
    dropped: list[str]
    reordered: list[str]
    same_outlet: bool
    sources: list[view.Quotation]


def rows(
    ledger: Ledger, *, on: str | None = None, pair: str | None = None, country: str | None = None, limit: int | None = None, **filters: Any
) -> Iterator[WordingRow]:
    """Changed and missing lines of one pair, or of all, those of most contacts first; other filters as `Ledger.find`, on the statement. Raises `LedgerError`, `BadFilter`."""
    chosen = [pair_code(pair)] if pair else [str(r[0]) for r in ledger.store.rows(sql.PAIRS, "meetings", _MOST_PAIRS)]
    code = country_code(country) if country else None
    given = {k: v for k, v in filters.items() if v is not None}
    found = (r for p in chosen if code is None or code in p.split("-") for r in _rows(Watch(Moment(ledger, on), p)))
    kept = (r for r in found if not given or r.id in ledger.find("statements", **{**given, "document": r.sources[0].document}))
    return islice(kept, limit or None)


def _rows(watch: Watch) -> Iterator[WordingRow]:
    for s in watch.shifts():
        yield WordingRow(
            id=s.after.id, before=s.before.id, pair=watch.pair, countries=[s.side], kind="shift", day=s.after.day, day_before=s.before.day, speakers=s.after.speakers, act=s.after.act,
            act_before=s.before.act, text=s.after.text, text_before=s.before.text, added=s.added, dropped=s.dropped, reordered=s.reordered, same_outlet=s.same_outlet,
            sources=[*s.after.sources, *s.before.sources],
        )  # fmt: skip
    for x in watch.silences():
        yield WordingRow(
            id=x.last.id, before=x.last.id, pair=watch.pair, countries=[x.side], kind="silence", day=x.missing.day, day_before=x.last.day, speakers=x.last.speakers, act=x.last.act,
            act_before=x.last.act, text="", text_before=x.last.text, added=[], dropped=[], reordered=[], same_outlet=True, sources=[*x.last.sources, *x.sources],
        )  # fmt: skip


class _Told(msgspec.Struct, kw_only=True):
    """A telling with its content words, and the formula it belongs to (a number)."""

    telling: Telling
    line: Line
    formula: int = -1


class Watch:
    """What both sides of a pair said at their last contacts, as known at a moment."""

    def __init__(self, moment: Moment, pair: str, *, notes: Notes | None = None, contacts: int = CONTACTS) -> None:
        self.moment = moment
        self.pair = pair_code(pair)
        self.sides = tuple(self.pair.split("-"))
        self._days: dict[str, str] = {}
        self.notes = notes or Notes(moment.ledger)
        self.occasions = self._occasions(contacts)
        self.statements = moment.statements_in(sorted(self.occasions))
        self._told = self._tellings()
        self._weights = weights(t.line for t in self._told)
        self._found = self._matched()

    # -- what was said, and when --------------------------------------------------------------------------------------

    def _occasions(self, contacts: int) -> dict[str, Occasion]:
        """The contact that each report tells of: the newest, where it tells of several."""
        found: dict[str, tuple[str, str]] = {}
        visits: dict[str, str] = {}
        for family in ("visits", "meetings"):
            for thing in self.moment.walk(family, Filters(pair=self.pair, until=self.moment.last), most=contacts):
                day: str = next((v for f in ("date", "start") if (v := getattr(thing, f, None))), "")
                if thing.status not in _OVER:
                    continue
                own = getattr(thing, "visit", None) or thing.id
                if family == "visits" and day:
                    visits[thing.id] = day
                announced = {s.report for s in thing.history if s.status not in _OVER} - {s.report for s in thing.history if s.status in _OVER}
                for q in thing.sources:
                    if q.report in announced:
                        continue
                    when = day if day and "X" not in day else self.moment.day_of(q.document)
                    if when and (when, own) > found.get(q.document, ("", "")):
                        found[q.document] = (when, own)
        self._days = {d: day for d, (day, _) in found.items()}
        first: dict[str, str] = {}
        for day, own in found.values():
            first[own] = min(day, first.get(own, day))
        return {d: Occasion(id=own, day=visits.get(own, first[own])) for d, (_, own) in found.items() if self.moment.knows(d)}

    def _tellings(self) -> list[_Told]:
        """Lines of each side, the oldest first."""
        made = []
        for s in self.statements:
            sides = {self.moment.country_of(p) for p in s.speakers}
            side = next(iter(sides)) if len(sides) == 1 else None
            if side is None or side not in self.sides or not self._between(s):
                continue
            words = line(s.text, self.sides, [p.name for p in (*s.speakers, *s.addressees)])
            # Told in the same words at several contacts it is one statement of the ledger, and several tellings.
            by: dict[str, list[view.Quotation]] = {}
            for q in s.sources:
                if q.document in self.occasions:
                    by.setdefault(self.occasions[q.document].id, []).append(q)
            made += [_Told(telling=self._telling(s, side, sources), line=words) for _, sources in sorted(by.items())]
        return sorted((t for t in made if len(t.line.words) > 1), key=lambda t: (t.telling.occasion.day, t.telling.occasion.id, t.telling.id))

    def _telling(self, s: view.StatementThing, side: str, sources: list[view.Quotation]) -> Telling:
        """A statement as the reports of one contact tell it."""
        return Telling(
            id=s.id, side=side, act=s.kind, text=s.text, day=min(self._days[q.document] for q in sources), occasion=self.occasions[sources[0].document],
            speakers=[p.name for p in s.speakers], outlets=sorted({o for q in sources if (o := self.notes.source(q.document).outlet)}), sources=sources,
        )  # fmt: skip

    def _between(self, s: view.StatementThing) -> bool:
        """Whether a statement is not addressed to a third side."""
        return {c for p in s.addressees if (c := self.moment.country_of(p))} <= set(self.sides)

    def _matched(self) -> list[tuple[int, int, float]]:
        """(later, earlier, likeness) of each telling and the newest telling of its line before; numbers tellings of one line alike."""
        uses: dict[tuple[str, str], list[int]] = {}
        found = []
        for i, t in enumerate(self._told):
            near = self._before(i, uses)
            t.formula = self._told[near[0][0]].formula if near else i
            best = self._newest(t.telling, near)
            found += [(i, *best)] if best else []
            for key in sorted(set(t.line.keys)):
                uses.setdefault((t.telling.side, key), []).append(i)
        return found

    def _before(self, i: int, uses: dict[tuple[str, str], list[int]]) -> list[tuple[int, float]]:
        """Tellings of the same line at earlier contacts, with their likeness, the likest first."""
        me = self._told[i]
        shared: Counter[int] = Counter()
        for key in sorted(set(me.line.keys)):
            shared.update(uses.get((me.telling.side, key), ())[-_RECENT * 4 :])
        near = sorted((j for j, n in shared.items() if n > 1 and self._told[j].telling.occasion.id != me.telling.occasion.id), reverse=True)[:_RECENT]
        scored = [(j, k) for j in near if (k := likeness(self._told[j].line, me.line, self._weights)) > 0]
        return sorted(scored, key=lambda x: (-x[1], -x[0]))

    def _newest(self, t: Telling, near: Sequence[tuple[int, float]]) -> tuple[int, float] | None:
        """Of earlier tellings the one to compare with: of the newest contact, by the same outlet where one told it."""
        own = [x for x in near if set(self._told[x[0]].telling.outlets) & set(t.outlets)]
        return max(own or near, key=lambda x: (self._told[x[0]].telling.occasion.day, x[1], x[0]), default=None)

    # -- what changed -------------------------------------------------------------------------------------------------

    def shifts(self, *, most: int | None = None) -> list[Shift]:
        """Changed lines, the newest first; of several tellings of one contact the likest."""
        best: dict[tuple[str, int, str], tuple[tuple[bool, float], Shift]] = {}
        for i, j, k in self._found:
            before, after = self._told[j], self._told[i]
            made = change(before.line, after.line)
            same = bool(set(before.telling.outlets) & set(after.telling.outlets))
            key = (after.telling.side, before.formula, after.telling.occasion.id)
            rank = (same, k)
            if key not in best or rank > best[key][0]:
                best[key] = (rank, self._shift(before.telling, after.telling, made, k, same=same))
        found = [s for _, s in best.values() if s.added or s.dropped or s.reordered]
        return sorted(found, key=lambda s: (s.after.occasion.day, s.likeness, s.after.id), reverse=True)[:most]

    @staticmethod
    def _shift(before: Telling, after: Telling, made: Change, k: float, *, same: bool) -> Shift:
        return Shift(
            side=after.side, before=before, after=after, added=made.added, dropped=made.dropped, reordered=made.reordered,
            acts=[before.act, after.act] if before.act != after.act else [], same_outlet=same, likeness=k,
        )  # fmt: skip

    # -- what is missing ----------------------------------------------------------------------------------------------

    def silences(self) -> list[Silence]:
        """Usual lines missing from each side's last contact, the most usual first."""
        return [s for side in self.sides for s in self._missing(side)]

    def _missing(self, side: str) -> list[Silence]:
        by: dict[str, list[_Told]] = {}
        for t in self._told:
            if t.telling.side == side:
                by.setdefault(t.telling.occasion.id, []).append(t)
        order = sorted(by, key=lambda o: (by[o][0].telling.occasion.day, o))
        if len(order) <= _USUAL:
            return []
        last, before = order[-1], order[-1 - _LATELY : -1]
        said = {t.formula for t in by[last]}
        found = []
        for formula in sorted({t.formula for o in before for t in by[o]} - said):
            had = [o for o in before if any(t.formula == formula for t in by[o])]
            if len(had) >= _USUAL and len(had) >= _SHARE * len(before):
                made = self._silence(formula, [by[o] for o in had], by[last], len(before))
                found += [made] if made else []
        return sorted(found, key=lambda s: (-s.said, s.last.id))

    def _silence(self, formula: int, had: Sequence[list[_Told]], now: list[_Told], of: int) -> Silence | None:
        """A line that is missing now; None where that tells nothing: too little was reported, by other outlets, or a sentence has it after all."""
        words, usual = _words(now), int(median(_words(x) for x in had))
        mine = [t for x in had for t in x if t.formula == formula]
        outlets = {o for t in mine for o in t.telling.outlets}
        if words < _LENGTH * usual or not outlets & {o for t in now for o in t.telling.outlets} or self._told_anyhow(mine[-1], now):
            return None
        seen: dict[str, view.Quotation] = {}
        for t in now:
            for q in t.telling.sources:
                seen.setdefault(q.document, q)
        return Silence(
            side=mine[-1].telling.side, last=mine[-1].telling, said=len(had), of=of, missing=now[0].telling.occasion, words=words, usual=usual,
            sources=[seen[d] for d in sorted(seen)],
        )  # fmt: skip

    def _told_anyhow(self, t: _Told, now: Iterable[_Told]) -> bool:
        """Whether a sentence of this time's reports has the line, whoever it is said to be by: reading may have missed a statement."""
        for document in sorted({q.document for x in now for q in x.telling.sources}):
            text = str(self.moment.store.rows(sql.TEXT, document)[0][1])
            if any(likeness(t.line, line(s.of(text), self.sides, t.telling.speakers), self._weights) for s in sentences_of(text)):
                return True
        return False


def _words(told: Iterable[_Told]) -> int:
    """Words reported of a side at one contact: those of the report that has most."""
    by: Counter[str] = Counter()
    for t in told:
        for q in t.telling.sources:
            by[q.document] += len(t.telling.text.split())
    return max(by.values(), default=0)

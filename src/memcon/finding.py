"""Which things of a ledger pass filters: every list walks one index, the newest first, and stops when its page is full.

A filter is a *facet* with the values that pass. The one that fewest things have is walked; the others are tested thing by
thing. So what a page costs does not grow with the ledger.
"""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Any, Final, NamedTuple

from memcon.follow import topics
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.ledger import sql
from memcon.ledger.store import LedgerError, Store
from memcon.resolve.latin import latin
from memcon.resolve.names import parts
from memcon.resolve.offices import body_key
from memcon.resolve.offices import words as words_of_body
from memcon.resolve.times import span

ID: Final = re.compile(r"(c?)([pvmas])-([0-9a-f]{12})")
FEW: Final = 500  # things, or reports with words, that are gathered rather than walked to
RARE: Final = 100  # reports of an outlet, a language or some days whose people are gathered: beyond that, most people are soon found in them
SOME: Final = 2_000  # things of one filter whose people are gathered at once
RARE_FACET: Final = 2_000  # things up to which those of several filters are counted, to walk by the one that fewest have
_MARKED: Final = 5  # the rules since which the doubts of an outlet are marked as such
_LATEST: Final = "9~"  # after every day
_WINDOW: Final = 64  # things of a filter that are looked at first, where there are several filters
_WIDEST: Final = 4_096  # and at most, four times as many each time
_BATCH: Final = 32  # things whose reports are looked into together for a common word, at first
_LARGEST: Final = 512  # and at most, twice as many each time
_GAP: Final = 2_000  # reports, in the order of adding, that are passed rather than that a new stretch of them is begun
_STRETCHES: Final = 32  # more of them than this, and all reports with the word are taken at once
_MERGED: Final = 20  # walks that are merged; of more values, all rows are taken

Row = tuple[str, str]
"""A thing's id and day."""


class Facet(NamedTuple):
    """A filter: the facet's name, and the values that pass it."""

    name: str
    values: frozenset[str]


class Question(NamedTuple):
    """Filters on things: facets, days (both included), and words that one of the thing's reports must hold, in a language if one is asked for."""

    facets: tuple[Facet, ...] = ()
    low: str = ""
    high: str = _LATEST
    words: str | None = None
    language: str | None = None


class Finder:
    """Finds things in one ledger's file."""

    def __init__(self, store: Store) -> None:
        self.store = store

    # -- what filters mean --------------------------------------------------------------------------------------------

    def question(
        self, *, person: str | None = None, body: str | None = None, country: str | None = None, pair: str | None = None, kind: str | None = None, act: str | None = None,
        status: str | None = None, since: str | None = None, until: str | None = None, outlet: str | None = None, language: str | None = None, text: str | None = None,
        document: str | None = None, topic: str | None = None, **facets: str,
    ) -> Question:  # fmt: skip
        """Filters, as `Ledger.find` takes them, as a question. Raises `LedgerError` for one that nothing can pass by mistake."""
        self.check_days(since, until)
        plain = {"kind": kind, "status": status, "topic": self.topic(topic) if topic else None, "outlet": fold(outlet) if outlet else None, "document": document, **facets}
        found = [Facet(name, frozenset((value,))) for name, value in plain.items() if value]
        found += [Facet("kind", frozenset((act,)))] if act else []
        found += [Facet("body", frozenset((body_key(body),)))] if body else []
        found += [Facet("country", frozenset((self.country(country),)))] if country else []
        found += [Facet("pair", frozenset((self.pair(pair),)))] if pair else []
        found += [Facet("person", frozenset(self.nodes(person)))] if person else []
        words = matching(text) if text else None
        if language and words is None:
            found.append(Facet("language", frozenset((language,))))
        return Question(tuple(self._together(found)), since or "", (until or "9") + "~", words, language)

    def _together(self, facets: list[Facet]) -> list[Facet]:
        """An outlet's doubts have a facet of their own, in ledgers of the rules that write it."""
        named = {f.name: f for f in facets}
        marks = [m for m in ("doubt", "unsure") if m in named]
        if "outlet" not in named or not marks or ((self.store.row(sql.MADE) if self.store.row(sql.HAS_MADE) else None) or (0,))[0] < _MARKED:
            return facets
        own = [Facet(f"{m} of outlet", named["outlet"].values) for m in marks]
        return [*own, *(f for f in facets if f.name != "outlet" and f.name not in marks)]

    def check_days(self, *days: str | None) -> None:
        """Raises `LedgerError` for what is no day, month or year."""
        for value in days:
            if value is not None and span(value) is None:
                raise LedgerError(self.store.path, f"{value!r} is no date: write 2024-03-12, 2024-03 or 2024")

    def country(self, text: str) -> str:
        """The code of a country given by its code, its name, or the name of its people."""
        code = text.upper() if places.country(text.upper()) else places.country_of_name(text) or places.country_of_demonym(text)
        if code is None:
            raise LedgerError(self.store.path, f"no country {text!r}: give its ISO code or its name")
        return code

    def topic(self, text: str) -> str:
        """A topic of the codebook, by its name or label."""
        known = topics.named(text)
        if known is None:
            raise LedgerError(self.store.path, f"no topic {text!r}: one of {', '.join(topics.names())}")
        return known

    def pair(self, text: str) -> str:
        """Two countries as the facet has them, "KH-VN"."""
        ends = [x for x in re.split(r"\s*[-,/–]\s*", text.strip()) if x]
        if len(ends) != 2:
            raise LedgerError(self.store.path, f"no pair {text!r}: give two countries, as KH-VN")
        return "-".join(sorted(self.country(x) for x in ends))

    def nodes(self, person: str) -> set[str]:
        """The spellings of the people that a person's id or a name means."""
        people = [self.person_of(self._living(person))] if ID.fullmatch(person) else self.people_named(person)
        return {n for p in people for n in self.store.column(sql.NODES_OF_PERSON, p)}

    def _living(self, identifier: str) -> str:
        claim = self.store.row(sql.PERSON_CLAIM, identifier) if identifier.startswith("c") else None
        node = claim[0] if claim else identifier
        if self.store.row(sql.NODE, node) is None:
            raise LedgerError(self.store.path, f"nobody in it has the id {identifier!r}")
        return str(node)

    def people_named(self, name: str) -> list[str]:
        """Ids of the people with a spelling that holds all parts of ``name``, marks and order aside."""
        found: set[str] | None = None
        for part in parts(name):
            nodes = set(self.store.column(sql.NODES_BY_WORD, part))
            found = nodes if found is None else found & nodes
        return sorted({self.person_of(n) for n in found or ()})

    def person_of(self, ref: str) -> str:
        """The person that a spelling is; a body is itself."""
        row = self.store.row(sql.NODE, ref) if ref.startswith("p-") else None
        return str(row[1]) if row else ref

    def bodies(self, name: str) -> set[str]:
        """The bodies, as posts word them, that are the one asked for, are part of it, or hold all words of its name."""
        found = set(self.store.column(sql.BODIES_UNDER, body_key(name)))
        held: set[str] | None = None
        for word in sorted(words_of_body(name)):
            those = set(self.store.column(sql.BODIES_WITH_WORD, word))
            held = those if held is None else held & those
        return found | (held or set())

    # -- walking ------------------------------------------------------------------------------------------------------

    def find(self, family: str, question: Question) -> Iterator[Row]:
        """Things of a family that pass, the newest first (of one day, by id)."""
        facets = list(question.facets)
        common = False
        if question.words is not None:
            few = self.documents_with(question.words, question.language)
            common = few is None
            if few is not None:
                facets.append(Facet("document", frozenset(few)))
        if any(not f.values for f in facets):
            return
        rows = self._passing(family, facets, question)
        yield from _Worded(self.store, question.words or "", question.language).among(rows) if common else rows

    def any(self, family: str, question: Question) -> bool:
        """Whether anything passes."""
        return next(self.find(family, question), None) is not None

    def few(self, family: str, question: Question) -> bool:
        """Whether so few things pass that gathering them all is no matter."""
        return any(self._count(family, f, question, FEW) < FEW for f in question.facets) or (
            question.words is not None and self.documents_with(question.words, None) is not None
        )

    def people_in(self, questions: Sequence[tuple[str, Question]]) -> set[str] | None:
        """The people who took part in all that passes a question of one filter alone; None for other questions, and where too much passes."""
        found: set[str] = set()
        for family, q in questions:
            if len(q.facets) != 1 or len(q.facets[0].values) != 1 or q.words is not None:
                return None
            at = (family, q.facets[0].name, next(iter(q.facets[0].values)), q.low, q.high)
            if self.store.rows(sql.FACET_COUNT, *at, SOME + 1)[0][0] > SOME:
                return None
            found.update(self.store.column(sql.PEOPLE_IN, *at, SOME))
        return found

    def _passing(self, family: str, facets: Sequence[Facet], q: Question) -> Iterator[Row]:
        """Things with all facets. Of several, the rarest is walked: over a few days at first, and over more the longer the list is."""
        if not facets:
            yield from self.store.walk(sql.DATED, family, q.low, q.high)
        elif len(facets) == 1:
            yield from self._walk(family, facets[0], q)
        elif any(len(f.values) > _MERGED for f in facets):
            counts = [self._count(family, f, q, RARE_FACET) for f in facets]
            yield from self._by(family, facets, min(range(len(facets)), key=lambda i: (counts[i], i)), q)
        else:
            yield from self._in_windows(family, facets, q)

    def _in_windows(self, family: str, facets: Sequence[Facet], q: Question) -> Iterator[Row]:
        """Windows of days, the newest first; in each the facet is walked whose next things lie farthest back, which is the rarest there.

        Nothing is counted beyond the window, so that a full page costs the same however much lies behind it.
        """
        size, high = _WINDOW, q.high
        while True:
            ends = [self._nth(family, f, q.low, high, size) for f in facets]
            first = min(range(len(facets)), key=lambda i: (ends[i] is not None, ends[i] or "", i))
            low = ends[first]
            yield from self._by(family, facets, first, q._replace(low=q.low if low is None else low, high=high))
            if not low or low <= q.low:
                return
            high, size = _before(low), min(4 * size, _WIDEST)

    def _nth(self, family: str, facet: Facet, low: str, high: str, number: int) -> str | None:
        """The day of the so manieth thing of a facet, the newest first; None where there are fewer."""
        if len(facet.values) == 1:
            row = self.store.row(sql.NTH_DAY, family, facet.name, next(iter(facet.values)), low, high, number - 1)
            return row[0] if row else None
        found = [d for v in sorted(facet.values) for d in self.store.column(sql.NEWEST_DAYS, family, facet.name, v, low, high, number)]
        return sorted(found, reverse=True)[number - 1] if len(found) >= number else None

    def _by(self, family: str, facets: Sequence[Facet], first: int, q: Question) -> Iterator[Row]:
        """Things with all facets, by walking one of them."""
        others = [f for i, f in enumerate(facets) if i != first]
        plain = [f for f in others if len(f.values) == 1][: len(sql.IN_ALL) - 1]
        left = [f for f in others if f not in plain]
        for thing, day in self._walk(family, facets[first], q, plain):
            if all(self._has(family, f, thing, day) for f in left):
                yield thing, day

    def _count(self, family: str, facet: Facet, q: Question, most: int) -> int:
        """How many things a facet gives, counted up to ``most``."""
        if len(facet.values) > _MERGED:
            return len(facet.values)
        return sum(int(self.store.rows(sql.FACET_COUNT, family, facet.name, v, q.low, q.high, most)[0][0]) for v in sorted(facet.values))

    def _walk(self, family: str, facet: Facet, q: Question, others: Sequence[Facet] = ()) -> Iterator[Row]:
        """Things with a facet and all of the ``others`` (of one value each), the newest first."""
        tests = [x for f in others for x in (f.name, *f.values)]
        walks = (self.store.walk(sql.IN_ALL[len(others)], family, facet.name, v, q.low, q.high, *tests) for v in sorted(facet.values))
        if len(facet.values) > _MERGED:
            yield from newest({row for walk in walks for row in walk})
            return
        last: Row | None = None
        for row in heapq.merge(*walks, key=_order):
            if row != last:
                yield row
            last = row

    def _has(self, family: str, facet: Facet, thing: str, day: str) -> bool:
        return any(self.store.row(sql.IN_FACET, family, facet.name, v, day, thing) for v in sorted(facet.values))

    # -- words and reports --------------------------------------------------------------------------------------------

    def documents_with(self, words: str, language: str | None) -> set[str] | None:
        """The reports that hold words, in a language if one is asked for; None for more than a few."""
        found = self.store.column(sql.MATCHING, words, FEW + 1) if words else []
        if len(found) > FEW:
            return None
        return {d for d in found if language is None or self.language_of(d) == language}

    def holds(self, document: str, words: str) -> bool:
        """Whether a report holds words."""
        return self.store.row(sql.MATCHES, words, document) is not None

    def language_of(self, document: str) -> str | None:
        """The language of a report."""
        row = self.store.row(sql.DOCUMENT_META, document)
        return row[4] if row else None


class _Worded:
    """Finds the things one of whose reports holds words that many reports hold.

    The index of words gives the reports that hold them in the order of adding, from any place on, and is slow to say so of a single one. Things that are
    next to each other in a list were mostly added about the same time: the reports of some of them are asked for together, stretch by stretch.
    """

    def __init__(self, store: Store, words: str, language: str | None) -> None:
        self._store = store
        self._words = words
        self._language = language
        self._all: frozenset[int] | None = None

    def among(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Those of some things with such a report (in the language, if one is asked for), in their order."""
        size = _BATCH
        while some := list(islice(rows, size)):
            of = self._numbers([thing for thing, _ in some])
            held = self._holding(sorted({n for numbers in of.values() for n in numbers}))
            yield from (row for row in some if not held.isdisjoint(of.get(row[0], ())))
            size = min(2 * size, _LARGEST)

    def _numbers(self, things: Sequence[str]) -> dict[str, list[int]]:
        """The reports of things, by the number that each has in the order of adding."""
        asked = json.dumps(things)
        in_language = self._language is not None
        rows = self._store.rows(sql.NUMBERS_IN_LANGUAGE, asked, self._language) if in_language else self._store.rows(sql.NUMBERS_OF_THINGS, asked)
        of: dict[str, list[int]] = {}
        for thing, number in rows:
            of.setdefault(thing, []).append(number)
        return of

    def _holding(self, numbers: Sequence[int]) -> AbstractSet[int]:
        """Reports with the words, at least all those of some numbers (in order)."""
        if self._all is not None or not numbers:
            return self._all or frozenset()
        stretches = [[numbers[0], numbers[0]]]
        for n in numbers:
            if n - stretches[-1][1] > _GAP:
                stretches.append([n, n])
            stretches[-1][1] = n
        if len(stretches) > _STRETCHES:
            self._all = frozenset(self._store.column(sql.MATCHING_NUMBERS, self._words))
            return self._all
        return {n for low, high in stretches for n in self._store.column(sql.MATCHING_BETWEEN, self._words, low, high)}


def newest(rows: Collection[Row]) -> list[Row]:
    """Rows the newest first, of one day by id."""
    return sorted(rows, key=_order)


def merged(walks: Iterable[Iterator[tuple[Any, ...]]]) -> Iterator[tuple[Any, ...]]:
    """Several walks as one, the newest first; rows start with id and day."""
    return heapq.merge(*walks, key=_order)


def _before(day: str) -> str:
    """The last text before a day, among days."""
    return f"{day[:-1]}{chr(ord(day[-1]) - 1)}\U0010ffff"


def _order(row: Any) -> tuple[tuple[int, ...], str]:
    # Later days come first, and a day before its month.
    return (*(-ord(c) for c in row[1]), 1), row[0]


def matching(words: str | None) -> str:
    """Words as a query of the index: each must stand in the report, as a whole word or the start of one if it ends in *."""
    tokens = re.findall(r"[^\W_]+\*?", latin(fold(words or "")))
    return " ".join(f'"{t.rstrip("*")}"' + ("*" if t.endswith("*") else "") for t in tokens)

"""Which things of a ledger pass filters: every list walks one index, the newest first, and stops when its page is full.

A filter is a *facet* with the values that pass. The one that fewest things have is walked; the others are tested thing by
thing. So what a page costs does not grow with the ledger.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
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
_TESTED: Final = 24  # reports that are looked into for a common word before those that hold it are gathered
_GATHERED: Final = 100_000  # the most that are: a word in more is in so large a share of them that a page is soon full
_LATEST: Final = "9~"  # after every day
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
        return Question(tuple(found), since or "", (until or "9") + "~", words, language)

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
        test = None
        if question.words is not None:
            few = self.documents_with(question.words, question.language)
            if few is None:
                test = _Worded(self.store, question.words, question.language)
            else:
                facets.append(Facet("document", frozenset(few)))
        if any(not f.values for f in facets):
            return
        for thing, day in self._narrowest(family, facets, question):
            if test is None or test.mentions(thing):
                yield thing, day

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

    def _narrowest(self, family: str, facets: Sequence[Facet], q: Question) -> Iterator[Row]:
        if not facets:
            yield from self.store.walk(sql.DATED, family, q.low, q.high)
            return
        counts = [self._count(family, f, q, RARE_FACET) for f in facets] if len(facets) > 1 else [0]
        first = min(range(len(facets)), key=lambda i: (counts[i], i))
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
    """Tests whether one of a thing's reports holds words that many reports hold.

    Each report is looked up by itself at first: where the words are common, a page is soon full. After some of these the numbers of all reports
    with the words are taken at once, which costs a hundredth of a look-up for each.
    """

    def __init__(self, store: Store, words: str, language: str | None) -> None:
        self._store = store
        self._words = words
        self._language = language
        self._tested = 0
        self._numbers: frozenset[int] | None = None

    def mentions(self, thing: str) -> bool:
        """Whether a report of a thing, in the language if one is asked for, holds the words."""
        return any(self._holds(n) for n, language in self._store.rows(sql.NUMBERS_OF_THING, thing) if self._language in (None, language))

    def _holds(self, number: int) -> bool:
        self._tested += 1
        if self._tested == _TESTED:
            found = self._store.column(sql.MATCHING_NUMBERS, self._words, _GATHERED + 1)
            self._numbers = frozenset(found) if len(found) <= _GATHERED else None
        return number in self._numbers if self._numbers is not None else self._store.row(sql.MATCHES_NUMBER, self._words, number) is not None


def newest(rows: Collection[Row]) -> list[Row]:
    """Rows the newest first, of one day by id."""
    return sorted(rows, key=_order)


def merged(walks: Iterable[Iterator[tuple[Any, ...]]]) -> Iterator[tuple[Any, ...]]:
    """Several walks as one, the newest first; rows start with id and day."""
    return heapq.merge(*walks, key=_order)


def _order(row: Any) -> tuple[tuple[int, ...], str]:
    # Later days come first, and a day before its month.
    return (*(-ord(c) for c in row[1]), 1), row[0]


def matching(words: str | None) -> str:
    """Words as a query of the index: each must stand in the report, as a whole word or the start of one if it ends in *."""
    tokens = re.findall(r"[^\W_]+\*?", latin(fold(words or "")))
    return " ".join(f'"{t.rstrip("*")}"' + ("*" if t.endswith("*") else "") for t in tokens)

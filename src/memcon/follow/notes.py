"""Footnotes: for each line of a brief the reports it rests on, with outlet, day and sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

import msgspec

from memcon.annotate.document import sentence_spans
from memcon.annotate.normal import normalise
from memcon.codebook.load import table
from memcon.langs.fold import fold
from memcon.ledger import sql
from memcon.model import Mark, Span
from memcon.query import Ledger
from memcon.resolve.offices import body_country
from memcon.view import Quotation

__all__ = ["Note", "Notes", "Source", "sentences_of", "sources_of"]

_SIGNED: Final = ("agency", "end", "dateline", "byline")
"""Marks of a report that may carry its agency's name, the surest first."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Who published a report: ``outlet`` as it was given or as the report's own marks have it, ``home`` the country it speaks from (ISO code), ``by`` how both are known."""

    outlet: str | None = None
    home: str | None = None
    by: str = ""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A footnote. ``published`` is EDTF or None, ``day`` then that of what the report tells ("" where unknown); ``quote`` are the words of ``sentence`` that are meant.

    ``start`` and ``end`` are where those words stand in the text of ``document``.
    """

    number: int
    document: str
    report: str
    outlet: str | None
    published: str | None
    day: str
    start: int
    end: int
    quote: str
    sentence: str
    url: str | None = None


class Notes:
    """The footnotes of one brief, numbered as they are cited; each sentence has one."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._numbers: dict[tuple[str, int], int] = {}
        self._sentences: dict[str, list[Span]] = {}
        self._sources: dict[str, Source] = {}
        self.made: list[Note] = []

    def cite(self, quotations: Iterable[Quotation], *, most: int = 2) -> list[int]:
        """The numbers of the footnotes for words, at most so many: of each report the first words, in order."""
        first: dict[str, Quotation] = {}
        for q in quotations:
            first.setdefault(q.document, q)
        return sorted({self._number(q) for q in list(first.values())[:most]})

    def cite_all(self, quotations: Iterable[Quotation], *, most: int) -> list[int]:
        """The numbers of the footnotes for all of the words, each sentence once, at most so many."""
        return sorted(list(dict.fromkeys(self._number(q) for q in quotations))[:most])

    def source(self, document: str) -> Source:
        """Who published a report."""
        if document not in self._sources:
            self._sources[document] = sources_of(self._ledger, document)
        return self._sources[document]

    def _number(self, q: Quotation) -> int:
        text = str(self._ledger.store.rows(sql.TEXT, q.document)[0][1])
        span = self._sentence(q, text)
        key = (q.document, span.start)
        if key not in self._numbers:
            self._numbers[key] = len(self.made) + 1
            row = self._ledger.store.row(sql.KNOWN_SINCE, q.document)
            meta = self._ledger.store.rows(sql.DOCUMENT_META, q.document)[0]
            self.made.append(
                Note(
                    number=self._numbers[key], document=q.document, report=q.report, outlet=q.outlet or self.source(q.document).outlet, published=q.published,
                    day=row[0] if row else "", start=q.start, end=q.end, quote=text[q.start : q.end], sentence=" ".join(span.of(text).split()), url=meta[3],
                )
            )  # fmt: skip
        return self._numbers[key]

    def _sentence(self, q: Quotation, text: str) -> Span:
        """The sentence in which words begin."""
        if q.document not in self._sentences:
            self._sentences[q.document] = sentences_of(text)
        found = next((s for s in self._sentences[q.document] if s.start <= q.start < s.end), None)
        return found or Span(q.start, q.end)


def sentences_of(text: str) -> list[Span]:
    """The sentences of a report, as `memcon.run.sentence_index` counts them, without loading the parser."""
    normal = normalise(text)
    return [normal.source(*span) for span in sentence_spans(normal.text)]


def sources_of(ledger: Ledger, document: str) -> Source:
    """Who published a report and from which country it speaks: by the name of its outlet (an agency, a paper, a ministry), else by the agency's mark it carries.

    What it merely tells of decides nothing, and outlets of the whole world's news speak from nowhere.
    """
    outlet = ledger.store.rows(sql.DOCUMENT_META, document)[0][2]
    if outlet:
        home = _agency_in(outlet)[1] or _home_of_ministry(outlet) or body_country(outlet)
        return Source(outlet=outlet, home=home if fold(outlet) not in _worldwide() else None, by="the outlet")
    text = str(ledger.store.rows(sql.TEXT, document)[0][1])
    name, home = _agency_of(text, _marks(ledger, document))
    return Source(outlet=name, home=home, by=f"the report's mark “{name}”" if name else "")


def _marks(ledger: Ledger, document: str) -> list[Mark]:
    row = ledger.store.row(sql.ORIGIN, document)
    return msgspec.json.decode(row[7], type=list[Mark]) if row else []


def _agency_of(text: str, marks: Sequence[Mark]) -> tuple[str | None, str | None]:
    """The agency that a report's marks name, and its country."""
    for kind in _SIGNED:
        for mark in marks:
            name, home = _agency_in(text[mark.start : mark.end]) if mark.kind == kind else (None, None)
            if name:
                return name, home
    return None, None


def _agency_in(words: str) -> tuple[str | None, str | None]:
    found = _pattern().search(words)
    return (found[0], _agencies()[fold(found[0])]) if found else (None, None)


@cache
def _agencies() -> dict[str, str]:
    """Agencies and papers of the codebook, folded, with their countries; a name that two countries share, or that the whole world reads, says nothing."""
    found: dict[str, set[str]] = {}
    for country, names in table("outlets", "en")["agencies"].items():
        for name in names:
            found.setdefault(fold(str(name)), set()).update({str(country)} if fold(str(name)) not in _worldwide() else ())
    return {name: next(iter(homes)) for name, homes in found.items() if len(homes) == 1}


@cache
def _worldwide() -> frozenset[str]:
    return frozenset(fold(str(name)) for name in table("outlets", "en")["worldwide"])


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted((str(n) for names in table("outlets", "en")["agencies"].values() for n in names if fold(str(n)) in _agencies()), key=lambda n: (-len(n), n))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


@cache
def _ministry_marks() -> tuple[tuple[re.Pattern[str], str], ...]:
    marks = table("outlets", "en")["ministries"].items()
    return tuple((re.compile(r"(?<!\w)(?:" + "|".join(re.escape(str(x)) for x in names) + r")(?!\w)"), str(country)) for country, names in marks)


def _home_of_ministry(words: str) -> str | None:
    """The one country whose ministry or palace words name as its own do."""
    found = {country for pattern, country in _ministry_marks() if pattern.search(words)}
    return next(iter(found)) if len(found) == 1 else None

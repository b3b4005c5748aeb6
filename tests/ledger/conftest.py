"""Ledgers for tests: reports told in a line, and the benches as modules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from memcon import Ledger
from memcon.model import Agreement, Document, Evidence, Meeting, Memorandum, Person, Position, Span, Statement, Visit

ROOT = Path(__file__).resolve().parents[2]
Who = tuple[str, str | None, Sequence[tuple[str, str | None]]]
Tell = Callable[..., str]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger(tmp_path / "book.db") as ledger:
        yield ledger


def _at(text: str, words: str) -> Evidence:
    start = max(0, text.find(words))
    return Evidence(start=start, end=start + max(1, len(words)))


def memorandum(name: str, text: str, people: Sequence[Who], told: dict[str, Any]) -> Memorandum:
    """The record of a report: people as (name, country, posts), the rest as keyword arguments of the records."""
    persons = []
    for called, country, posts in people:
        offices = [Position(title=t, organization=o, evidence=_at(text, t)) for t, o in posts]
        persons.append(Person(name=called, country=country, positions=offices, evidence=_at(text, called)))
    kinds: dict[str, type[Any]] = {"visits": Visit, "meetings": Meeting, "agreements": Agreement, "statements": Statement}
    records = {k: [_record(c, text, x) for x in told.get(k, ())] for k, c in kinds.items()}
    return Memorandum(id=name, language="en", people=persons, version="test", **records)


def _record(kind: type[Any], text: str, fields: dict[str, Any]) -> Any:
    fields = dict(fields)
    words = fields.pop("words", "")
    spans = {f: [Span(text.find(w), text.find(w) + len(w))] for f, w in fields.pop("spans", {}).items()}
    evidence = _at(text, words)
    return kind(evidence=Evidence(start=evidence.start, end=evidence.end, fields=spans), **fields)


@pytest.fixture
def tell() -> Tell:
    """Keep a report in a ledger: ``tell(book, name, text, people, visits=[…], published=…)``; its id."""

    def kept(
        ledger: Ledger, name: str, text: str, people: Sequence[Who], *, published: str | None = None, outlet: str | None = None, **told: Any
    ) -> str:
        document = Document(id=name, text=text, published=published, outlet=outlet or name, language="en")
        return ledger.keep(document, memorandum(name, text, people, told)).id

    return kept

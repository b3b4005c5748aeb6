"""A person's judgement outranks a rule's, outlives a rebuild, and can be taken back to the byte."""

from __future__ import annotations

from typing import Any

import pytest

from memcon import Ledger
from memcon.ledger.store import LedgerError

FALA = ("Falani Mose", "WS", [("Minister of Foreign Affairs", "Samoa")])
TEVI = ("Tevita Lolo", "TO", [("Prime Minister", "Tonga")])


@pytest.fixture
def two(book: Ledger, tell: Any) -> Ledger:
    """Two reports that a rule joins into one meeting."""
    for name in ("north", "south"):
        tell(
            book,
            name,
            f"Tevita Lolo met Falani Mose, says {name}.",
            [FALA, TEVI],
            meetings=[{"kind": "meeting", "hosts": ["Tevita Lolo"], "guests": ["Falani Mose"], "date": "2021-05-04"}],
        )
    return book


def claims(book: Ledger) -> list[str]:
    return sorted(q.claim for m in book.meetings() for q in m.sources)


def test_different_parts_what_a_rule_joined_and_undo_joins_it_again(two: Ledger) -> None:
    before = two.dump()
    (merge,) = two.meetings()[0].merges
    assert (merge.by, merge.score > 0.5, bool(merge.reason)) == ("rule", True, True)
    judgement = two.different(*claims(two), why="two rooms")
    assert len(two.meetings()) == 2
    parted = two.dump()
    two.rebuild()
    assert two.dump() == parted, "a judgement outlives a re-run"
    two.undo(judgement)
    assert two.dump() == before
    assert two.judgements()[0].withdrawn


def test_same_joins_what_no_rule_would(book: Ledger, tell: Any) -> None:
    tell(book, "north", "Falani Mose spoke.", [FALA])
    tell(book, "south", "Mr F. M. of Apia spoke.", [("F. M.", "WS", [])])
    before = book.dump()
    a, b = (p.id for p in book.people())
    judgement = book.same(a, b, why="he told us", by="desk")
    (one,) = book.people()
    assert one.spellings == ["F. M.", "Falani Mose"]
    assert [(m.by, m.reason) for m in one.merges] == [("desk", "he told us")]
    book.undo(judgement)
    assert book.dump() == before


def test_people_parted_by_a_person_stay_parted(two: Ledger) -> None:
    before = two.dump()
    first, second = (c for c, _ in two.claims_of(two.people(person="Falani Mose")[0].id))
    judgement = two.different(first, second, why="father and son")
    assert len(two.people(person="Falani Mose")) == 2
    two.rebuild()
    assert len(two.people(person="Falani Mose")) == 2
    two.undo(judgement)
    assert two.dump() == before


def test_undone_out_of_order(two: Ledger) -> None:
    views = [two.dump()]
    one = two.different(*claims(two), why="two rooms")
    views.append(two.dump())
    first, second = (c for c, _ in two.claims_of(two.people(person="Tevita Lolo")[0].id))
    other = two.different(first, second, why="cousins")
    two.undo(one)
    two.undo(other)
    assert two.dump() == views[0]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda b: b.same("m-000000000000", "m-111111111111", why="x"), "nothing in it"),
        (lambda b: b.same(b.meetings()[0].id, b.people()[0].id, why="x"), "different kinds"),
        (lambda b: b.different(b.meetings()[0].id, b.meetings()[0].id, why="x"), "same claim"),
        (lambda b: b.same(*claims(b), why="  "), "say why"),
        (lambda b: b.undo("j-000000000000"), "no judgement"),
        (lambda b: b.remove("nowhere", why="x"), "no report"),
        (lambda b: b.who("Nobody"), "no person"),
        (lambda b: b.who("Falani Mose", on="yesterday"), "no date"),
        (lambda b: b.meetings(country="Atlantis"), "no country"),
        (lambda b: b.meetings(pair="WS"), "no pair"),
        (lambda b: b.meetings(since="soon"), "no date"),
        (lambda b: b.search("…"), "give a word"),
    ],
)
def test_mistakes_are_told_in_words(two: Ledger, act: Any, words: str) -> None:
    before = two.dump()
    with pytest.raises(LedgerError, match=words):
        act(two)
    assert two.dump() == before


def test_a_judgement_is_made_once(two: Ledger) -> None:
    two.different(*claims(two), why="two rooms")
    with pytest.raises(LedgerError, match="judged already"):
        two.different(*claims(two), why="two rooms")

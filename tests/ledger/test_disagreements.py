"""Where outlets differ, both values stand, with both quotations and their independent witnesses."""

from __future__ import annotations

from typing import Any

import pytest

from memcon import Ledger
from memcon.disagreements import counts

FALA = ("Falani Mose", "WS", [("Minister of Foreign Affairs", "Samoa")])
TEVI = ("Tevita Lolo", "TO", [("Prime Minister", "Tonga")])
TALKS = {"kind": "talks", "hosts": ["Tevita Lolo"], "guests": ["Falani Mose"], "date": "2021-05-04"}


def found(book: Ledger) -> dict[str, dict[str, list[str]]]:
    """Field → value → reports."""
    return {c.field: {v.value: sorted(q.report for q in v.said_by) for v in c.values} for c in book.conflicts()}


def test_titles(book: Ledger, tell: Any) -> None:
    chair = ("Falani Mose", "WS", [("Chairman", "Fisheries Council of Samoa")])
    head = ("Falani Mose", "WS", [("head", "Fisheries Council of Samoa")])
    tell(book, "north", "The Chairman, Falani Mose, met Tevita Lolo.", [chair, TEVI], meetings=[TALKS])
    tell(book, "south", "The head, Falani Mose, met Tevita Lolo.", [head, TEVI], meetings=[TALKS])
    assert found(book) == {"title of Falani Mose in Fisheries Council of Samoa": {"Chairman": ["north"], "head": ["south"]}}
    quotes = {q.quote for c in book.conflicts() for v in c.values for q in v.said_by}
    assert quotes == {"Chairman", "head"}


@pytest.mark.parametrize(
    ("one", "two", "differ"),
    [
        ("Deputy Minister of Foreign Affairs", "Vice Foreign Minister", True),
        ("Minister of Foreign Affairs", "Deputy Minister of Foreign Affairs", True),
        ("Minister of Foreign Affairs", "Foreign Minister", False),
        ("Minister of Foreign Affairs", "Minister for Foreign Affairs", False),
        ("Minister of Foreign Affairs", "Member of Parliament", False),
        ("Minister of Foreign Affairs", "former Minister of Foreign Affairs", False),
    ],
)
def test_which_titles_differ(book: Ledger, tell: Any, one: str, two: str, *, differ: bool) -> None:
    for name, title in (("north", one), ("south", two)):
        tell(book, name, f"{title} Falani Mose met Tevita Lolo.", [("Falani Mose", "WS", [(title, "Samoa")]), TEVI], meetings=[TALKS])
    assert bool(found(book)) is differ


def test_two_posts_that_one_report_gives_are_no_disagreement(book: Ledger, tell: Any) -> None:
    both = ("Falani Mose", "WS", [("Minister of Foreign Affairs", "Samoa"), ("Deputy Minister of Foreign Affairs", "Samoa")])
    tell(book, "north", "Falani Mose met Tevita Lolo.", [both, TEVI], meetings=[TALKS])
    tell(book, "south", "Minister of Foreign Affairs Falani Mose met Tevita Lolo.", [FALA, TEVI], meetings=[TALKS])
    assert found(book) == {}


def test_kinds_of_visit_and_numbers(book: Ledger, tell: Any) -> None:
    journey = {"visitors": ["Falani Mose"], "from_": "WS", "to": "TO", "start": "2021-05-04", "status": "ongoing"}
    tell(
        book,
        "north",
        "Falani Mose came with a 12-member delegation, and three agreements were signed.",
        [FALA],
        visits=[{**journey, "kind": "official"}],
    )
    tell(
        book,
        "south",
        "Falani Mose came with a 20-member delegation; the sides signed three agreements.",
        [FALA],
        visits=[{**journey, "kind": "working"}],
    )
    assert found(book) == {"kind": {"official": ["north"], "working": ["south"]}, "number of members": {"12": ["north"], "20": ["south"]}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed five memoranda of understanding.", {"memorandum": 5}),
        ("They signed 5 cooperation agreements and 2 treaties.", {"agreement": 5, "treaty": 2}),
        ("a 30-member Tongan delegation", {"member": 30}),
        ("They signed two agreements in May and four agreements in June.", {}),
        ("In 2021 agreements were signed.", {}),
        ("The council has 12 members.", {}),
    ],
)
def test_what_reports_count(text: str, expected: dict[str, int]) -> None:
    assert {noun: number for noun, (number, *_) in counts(text).items()} == expected


def test_who_spoke(book: Ledger, tell: Any) -> None:
    said = {"act": "propose", "text": "proposed a ferry between the northern islands"}
    tell(book, "north", "Tevita Lolo met Falani Mose, who proposed a ferry between the northern islands.", [FALA, TEVI], meetings=[TALKS],
         statements=[{**said, "speakers": ["Falani Mose"], "addressees": ["Tevita Lolo"], "words": "proposed"}])  # fmt: skip
    tell(book, "south", "Tevita Lolo proposed to Falani Mose a new ferry between northern islands.", [FALA, TEVI], meetings=[TALKS],
         statements=[{"act": "propose", "text": "proposed to Falani Mose a new ferry between northern islands", "speakers": ["Tevita Lolo"], "addressees": ["Falani Mose"], "words": "proposed"}])  # fmt: skip
    assert found(book) == {"who spoke": {"Falani Mose (propose)": ["north"], "Tevita Lolo (propose)": ["south"]}}


def test_signed_or_witnessed(book: Ledger, tell: Any) -> None:
    paper = {"kind": "agreement", "subject": "fishing quotas", "parties": ["Samoa", "Tonga"], "signed": "2021-05-04"}
    tell(book, "north", "Falani Mose and Tevita Lolo signed an agreement on fishing quotas.", [FALA, TEVI],
         agreements=[{**paper, "signers": ["Falani Mose", "Tevita Lolo"], "words": "agreement"}])  # fmt: skip
    tell(book, "south", "Tevita Lolo witnessed the signing of an agreement on fishing quotas.", [FALA, TEVI],
         agreements=[{**paper, "signers": ["Falani Mose"], "words": "agreement"}])  # fmt: skip
    assert found(book)["signed or witnessed by Tevita Lolo"] == {"signed": ["north"], "witnessed": ["south"]}


def test_days_of_a_visit(book: Ledger, tell: Any) -> None:
    journey = {"visitors": ["Falani Mose"], "from_": "WS", "to": "TO", "kind": "official", "status": "ongoing"}
    tell(
        book,
        "north",
        "Falani Mose is in Tonga from 4 to 6 May.",
        [FALA],
        published="2021-05-04",
        visits=[{**journey, "start": "2021-05-04", "end": "2021-05-06"}],
    )
    tell(
        book,
        "south",
        "Falani Mose is in Tonga from 4 to 7 May.",
        [FALA],
        published="2021-05-04",
        visits=[{**journey, "start": "2021-05-04", "end": "2021-05-07"}],
    )
    assert found(book) == {"end": {"2021-05-06": ["north"], "2021-05-07": ["south"]}}

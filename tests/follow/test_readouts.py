"""Readouts side by side: said by both, only by one, and who is said to have said it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memcon import Ledger
from memcon.follow.notes import sources_of
from memcon.follow.readouts import readouts
from memcon.ledger.store import NoSuchThing
from tests.follow.telling import NAQA, TUILAGI, contact

WALL = "Naqa pledged two dredgers and a concrete plant for the sea wall"
FERRY = "Naqa proposed a weekly ferry line for cattle and passengers"
THEIRS = "Tuilagi proposed a weekly ferry line for cattle and for passengers"
NURSES = "Tuilagi asked for thirty nurses and a hospital ship"
OURS, THEIR = "Fiji Times", "Government of Tonga"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger(tmp_path / "book.db") as ledger:
        yield ledger


def test_both_only_one_and_who_raised_it(book: Ledger) -> None:
    contact(book, "2022-03-01", [(NAQA, "pledge", WALL), (NAQA, "propose", FERRY)], outlet=OURS)
    contact(book, "2022-03-01", [(NAQA, "pledge", WALL.replace("pledged", "promised")), (TUILAGI, "propose", THEIRS), (TUILAGI, "request", NURSES)], outlet=THEIR)
    found = readouts(book, book.meetings()[0].id)
    assert found.comparable
    assert [(r.outlet, r.home) for r in found.reports] == [(OURS, "FJ"), (THEIR, "TO")]
    by = {x.kind: x for x in found.lines}
    assert [(x.kind, x.home) for x in found.lines] == [("conflicting", None), ("both", None), ("only", "TO")]
    assert by["conflicting"].raised_by == {"FJ": ["FJ"], "TO": ["TO"]}
    assert {v.speakers[0] for v in by["conflicting"].versions} == {NAQA, TUILAGI}
    assert [v.source.quote for v in by["only"].versions] == [NURSES]


def test_where_one_side_has_no_readout_nothing_is_left_out(book: Ledger) -> None:
    contact(book, "2022-03-01", [(NAQA, "pledge", WALL)], outlet=OURS)
    contact(book, "2022-03-01", [(TUILAGI, "request", NURSES)], outlet="Reuters")
    found = readouts(book, book.meetings()[0].id)
    assert not found.comparable
    assert [(x.kind, x.versions[0].home) for x in found.lines] == [("uncompared", "FJ"), ("others", None)]


def test_what_was_not_known_then_is_not_compared(book: Ledger) -> None:
    contact(book, "2022-03-01", [(NAQA, "pledge", WALL)], outlet=OURS)
    contact(book, "2022-03-01", [(TUILAGI, "request", NURSES)], outlet=THEIR, published="2022-03-04")
    meeting = book.meetings()[0].id
    assert not readouts(book, meeting, on="2022-03-02").comparable
    assert readouts(book, meeting, on="2022-03-04").comparable
    with pytest.raises(NoSuchThing):
        readouts(book, meeting, on="2022-02-28")
    with pytest.raises(NoSuchThing):
        readouts(book, "m-000000000000")


@pytest.mark.parametrize(
    ("outlet", "home"),
    [("VNA", "VN"), ("Xinhua", "CN"), ("Ministry of Foreign Affairs of Tonga", "TO"), ("Itamaraty", "BR"), ("Reuters", None), ("AFP", None), ("Daily Bugle", None)],
)
def test_where_an_outlet_is_at_home(book: Ledger, outlet: str, home: str | None) -> None:
    assert sources_of(book, contact(book, "2022-03-01", [], outlet=outlet)).home == home


def test_a_mark_in_the_text_alone_decides_nothing(book: Ledger) -> None:
    report = contact(book, "2022-03-01", [], outlet=None, name="x", extra="As VNA wrote, the White House was told.")
    assert sources_of(book, report).home is None

"""The wording watch over contacts: what changed, what is missing, and when it says nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from memcon import Ledger
from memcon.export.formats import FORMATS, ExportError, Selection
from memcon.follow.wording import shifts, silences, watched
from tests.follow.telling import NAQA, TUILAGI, Said, contact

FRIENDS = "Naqa affirmed the traditional friendship, solidarity and comprehensive cooperation of the islands"
CLOSER = "Naqa affirmed the traditional friendship, comprehensive strategic cooperation and solidarity of the islands"
REEF = "Tuilagi thanked Fiji for its generous help with the sea wall at Lautoka"
FILLER: list[Said] = [
    (NAQA, "inform", "Naqa told his guest of the harvest of sugar cane, of the new harbour cranes and of the school term"),
    (NAQA, "hope", "Naqa hoped that the regatta in spring would bring sailors, musicians and cooks to Suva"),
]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger(tmp_path / "book.db") as ledger:
        yield ledger


def test_words_added_dropped_and_moved_between_contacts(book: Ledger) -> None:
    contact(book, "2022-03-01", [(NAQA, "affirm", FRIENDS), (TUILAGI, "thank", REEF)])
    contact(book, "2022-09-01", [(NAQA, "affirm", CLOSER), (TUILAGI, "thank", REEF)])
    (found,) = shifts(book, "TO-FJ")
    assert (found.side, found.added, found.dropped, found.reordered) == ("FJ", ["strategic"], [], ["solidarity"])
    assert (found.before.text, found.after.text, found.same_outlet, found.acts) == (FRIENDS, CLOSER, True, [])
    assert found.after.sources[0].quote == CLOSER
    assert shifts(book, "FJ-TO", on="2022-08-31") == []


def test_a_line_is_compared_with_its_last_telling(book: Ledger) -> None:
    contact(book, "2022-03-01", [(NAQA, "affirm", FRIENDS)])
    contact(book, "2022-06-01", [(NAQA, "affirm", CLOSER)])
    contact(book, "2022-09-01", [(NAQA, "affirm", CLOSER)])
    assert [(s.before.occasion.day, s.after.occasion.day) for s in shifts(book, "FJ-TO")] == [("2022-03-01", "2022-06-01")]


def test_an_act_that_changed_is_told(book: Ledger) -> None:
    contact(book, "2022-03-01", [(NAQA, "pledge", "Naqa pledged a patrol boat, two tugs and training for the coast guard")])
    contact(book, "2022-09-01", [(NAQA, "hope", "Naqa hoped for a patrol boat and training for the coast guard")])
    (found,) = shifts(book, "FJ-TO")
    assert (found.acts, found.dropped, found.added) == (["pledge", "hope"], ["tugs"], [])


def test_two_outlets_of_one_contact_make_no_shift(book: Ledger) -> None:
    contact(book, "2022-03-01", [(NAQA, "affirm", FRIENDS)], outlet="Fiji Times")
    contact(book, "2022-03-01", [(NAQA, "affirm", CLOSER)], outlet="Reuters")
    assert shifts(book, "FJ-TO") == []


def test_another_outlet_s_words_are_told_as_such(book: Ledger) -> None:
    contact(book, "2022-03-01", [(NAQA, "affirm", FRIENDS)], outlet="Fiji Times")
    contact(book, "2022-09-01", [(NAQA, "affirm", CLOSER)], outlet="Reuters")
    assert [s.same_outlet for s in shifts(book, "FJ-TO")] == [False]


def test_the_same_outlet_is_asked_first(book: Ledger) -> None:
    contact(book, "2022-03-01", [(NAQA, "affirm", FRIENDS)], outlet="Fiji Times")
    contact(book, "2022-06-01", [(NAQA, "affirm", CLOSER)], outlet="Reuters")
    contact(book, "2022-09-01", [(NAQA, "affirm", FRIENDS)], outlet="Fiji Times")
    assert [(s.after.day, s.same_outlet) for s in shifts(book, "FJ-TO")] == [("2022-06-01", False)], "Fiji Times says what it said"


def told(book: Ledger, days: list[str], *, outlet: str = "Fiji Times") -> None:
    """Contacts at which the line was said."""
    for day in days:
        contact(book, day, [(NAQA, "affirm", FRIENDS), *FILLER], outlet=outlet)


USUAL = ["2021-03-01", "2021-09-01", "2022-03-01"]


def test_the_usual_line_that_is_missing(book: Ledger) -> None:
    told(book, USUAL)
    other = (NAQA, "announce", "Naqa announced a lottery, a film week and forty scholarships for nurses from the outer atolls")
    contact(book, "2022-09-01", [*FILLER, other])
    (found,) = silences(book, "FJ-TO")
    assert (found.side, found.said, found.of, found.last.text, found.missing.day) == ("FJ", 3, 3, FRIENDS, "2022-09-01")
    assert found.words >= 0.8 * found.usual
    assert silences(book, "FJ-TO", on="2022-08-31") == [], "at the contact before it was said"
    assert watched(book, "FJ-TO").silences == [found]


@pytest.mark.parametrize(
    "why", ["too little was reported", "another outlet reports", "said by two contacts only", "a sentence has it", "the line was said", "the side did not speak"]
)
def test_silence_abstains(book: Ledger, why: str) -> None:
    told(book, USUAL[: 2 if why == "said by two contacts only" else 3])
    other: Said = (NAQA, "announce", "Naqa announced a lottery, a film week and forty scholarships for nurses from the outer atolls")
    said = {"too little was reported": FILLER[:1], "the line was said": [*FILLER, other, (NAQA, "affirm", FRIENDS)], "the side did not speak": [(TUILAGI, "thank", REEF)]}
    extra = "He spoke at length of the traditional friendship, solidarity and comprehensive cooperation." if why == "a sentence has it" else ""
    contact(book, "2022-09-01", said.get(why, [*FILLER, other]), extra=extra, outlet="Reuters" if why == "another outlet reports" else "Fiji Times")
    assert silences(book, "FJ-TO") == []


def test_what_is_said_to_a_third_side_is_no_line_of_the_pair(book: Ledger) -> None:
    contact(book, "2022-03-01", [(NAQA, "affirm", FRIENDS)])
    found = watched(book, "FJ-TO")
    assert (found.statements, found.contacts, found.shifts) == (1, 1, [])
    assert watched(book, "FJ-WS").statements == 0


def test_the_watch_as_files(book: Ledger) -> None:
    told(book, USUAL)
    contact(book, "2022-09-01", [(NAQA, "affirm", CLOSER), *FILLER])

    def written(form: str, **filters: str) -> str:
        out = io.BytesIO()
        FORMATS[form].write(book, Selection(("wording",), filters), out)
        return out.getvalue().decode()

    (row,) = csv.DictReader(io.StringIO(written("csv", pair="FJ-TO")))
    assert (row["kind"], row["side"], row["added"], row["day_before"]) == ("shift", "FJ", "strategic", "2022-03-01")
    assert row["evidence"].startswith(CLOSER)
    assert written("csv") == written("csv", country="TO") == written("csv", pair="TO-FJ")
    assert len(written("csv", pair="FJ-TO", on="2022-08-31").splitlines()) == 1
    assert len(written("csv", person="Tuilagi", act="thank").splitlines()) == 1
    assert json.loads(written("jsonl", act="affirm"))["dropped"] == []
    with pytest.raises(ExportError):
        FORMATS["ical"].write(book, Selection(("wording",), {}), io.BytesIO())

"""What is joined across reports, what is kept apart, and what both decide together."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from memcon import Ledger

FALA = ("Falani Mose", "WS", [("Minister of Foreign Affairs", "Samoa")])
TEVI = ("Tevita Lolo", "TO", [("Prime Minister", "Tonga")])


def visit(**more: Any) -> dict[str, Any]:
    return {"visitors": ["Falani Mose"], "from_": "WS", "to": "TO", "kind": "official"} | more


def meeting(**more: Any) -> dict[str, Any]:
    return {"kind": "meeting", "hosts": ["Tevita Lolo"], "guests": ["Falani Mose"]} | more


def test_a_plan_and_its_event_are_one_whose_history_says_both(book: Ledger, tell: Any) -> None:
    tell(book, "before", "Falani Mose will visit Tonga on 4 May 2021.", [FALA, TEVI], published="2021-05-01",
         visits=[visit(status="planned", start="2021-05-04")], meetings=[meeting(status="planned", date="2021-05-04")])  # fmt: skip
    tell(book, "after", "Tevita Lolo received Falani Mose.", [FALA, TEVI], published="2021-05-04", visits=[visit(status="ongoing")],
         meetings=[meeting(kind="courtesy_call", date="2021-05-04")])  # fmt: skip
    (told,) = book.meetings()
    assert [s.status for s in told.history] == ["planned", "occurred"]
    assert (told.kind, told.status, told.date, told.witnesses) == ("courtesy_call", "occurred", "2021-05-04", 2)
    (journey,) = book.visits()
    assert told.visit == journey.id
    assert journey.holds == [told.id]
    assert {p.outcome for p in book.plans()} == {"occurred", "ongoing"}


def test_a_plan_nobody_tells_the_outcome_of_stays_planned(book: Ledger, tell: Any) -> None:
    tell(book, "before", "Falani Mose will visit Tonga.", [FALA, TEVI], published="2021-05-01", visits=[visit(status="planned", start="2021-05-04")])
    tell(
        book,
        "other",
        "Tevita Lolo called Falani Mose.",
        [FALA, TEVI],
        published="2021-06-20",
        meetings=[meeting(kind="phone_call", date="2021-06-19")],
    )
    assert [p.outcome for p in book.plans()] == ["unknown"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"date": "2021-05-04"}, {"date": "2021-05-20"}),
        ({"date": "2021-05-04"}, {"date": "2021-05-04", "kind": "phone_call"}),
        ({"date": "2021-05-04", "place": "Apia"}, {"date": "2021-05-04", "place": "Nuku'alofa"}),
    ],
    ids=["another day", "a telephone", "another capital"],
)
def test_two_contacts_of_the_same_people_are_two(book: Ledger, tell: Any, first: dict[str, Any], second: dict[str, Any]) -> None:
    tell(book, "one", "Tevita Lolo met Falani Mose.", [FALA, TEVI], meetings=[meeting(**first)])
    tell(book, "two", "Tevita Lolo spoke with Falani Mose.", [FALA, TEVI], meetings=[meeting(**second)])
    assert len(book.meetings()) == 2


@pytest.mark.parametrize(
    ("other", "one"),
    [
        (("Falani Mosé", "WS", [("Foreign Minister", "Samoa")]), True),
        (("Mose Falani", "WS", [("Minister of Foreign Affairs", "Samoa")]), True),
        (("Hon. Falani Mose", "WS", []), True),
        (("Mose", "WS", [("Minister of Foreign Affairs", "Samoa")]), True),
        (("Falani Mose", "FJ", [("Police Commissioner", "Fiji")]), False),
        (("Falani Mosese", "WS", [("Minister of Health", "Samoa")]), False),
        (("Mose", "WS", [("Minister of Health", "Samoa")]), False),
    ],
)
def test_names_offices_and_sides_decide_who_is_who(book: Ledger, tell: Any, other: Any, *, one: bool) -> None:
    tell(book, "one", "Falani Mose spoke.", [FALA])
    tell(book, "two", f"{other[0]} spoke.", [other])
    assert (len(book.people()) == 1) is one


def test_copies_are_one_witness(book: Ledger, tell: Any) -> None:
    text = "Tevita Lolo met Falani Mose in the capital on Tuesday and spoke of ferries, of fish, of weather stations and of the price of copra on the islands. "
    tell(book, "agency", text, [FALA, TEVI], meetings=[meeting(date="2021-05-04", kind="talks")])
    tell(book, "reprint", text + "Read more.", [FALA, TEVI], meetings=[meeting(date="2021-05-04", kind="talks")])
    tell(book, "own", "At noon the prime minister sat down with his guest.", [FALA, TEVI], meetings=[meeting(date="2021-05-04", kind="audience")])
    (told,) = book.meetings()
    assert told.witnesses == 2
    assert [(v.value, v.witnesses) for c in told.conflicts if c.field == "kind" for v in c.values] == [("talks", 1), ("audience", 1)]


def test_a_report_that_spells_its_visitor_in_two_ways_tells_of_one_visit(book: Ledger, tell: Any) -> None:
    again = ("F. Mose", "WS", [("Minister of Foreign Affairs", "Samoa")])
    tell(book, "one", "Falani Mose will visit Tonga. F. Mose travels on Monday.", [FALA, again],
         visits=[visit(status="planned"), visit(status="planned", visitors=["F. Mose"], kind="unspecified")])  # fmt: skip
    assert len(book.visits()) == 1
    assert book.visits()[0].visitors[0].name == "Falani Mose"


def test_an_undated_report_between_two_visits_stays_apart_and_is_a_doubt(book: Ledger, tell: Any) -> None:
    tell(book, "may", "Falani Mose came to Tonga.", [FALA], visits=[visit(start="2021-05-04", status="completed")])
    tell(book, "july", "Falani Mose came to Tonga again.", [FALA], visits=[visit(start="2021-07-04", status="completed")])
    tell(book, "when", "Falani Mose is in Tonga.", [FALA], visits=[visit(status="ongoing")])
    assert len(book.visits()) == 3
    assert {i.kind for i in book.issues()} == {"unsure"}


def test_whom_they_met_tells_which_visit_an_undated_report_means(book: Ledger, tell: Any) -> None:
    king = ("Siale Tupou", "TO", [("King", "Tonga")])
    tell(book, "may", "Falani Mose came to Tonga.", [FALA, king], visits=[visit(start="2021-05-04", status="ongoing")],
         meetings=[meeting(hosts=["Siale Tupou"], date="2021-05-04")])  # fmt: skip
    tell(
        book,
        "july",
        "Falani Mose came to Tonga again.",
        [FALA, TEVI],
        visits=[visit(start="2021-07-04", status="ongoing")],
        meetings=[meeting(date="2021-07-04")],
    )
    tell(
        book, "when", "Falani Mose saw the king of Tonga.", [FALA, king], visits=[visit(status="ongoing")], meetings=[meeting(hosts=["Siale Tupou"])]
    )
    assert sorted(v.witnesses for v in book.visits()) == [1, 2]


def test_weekday_and_day_decide_a_date_over_two_reports(book: Ledger, tell: Any) -> None:
    king = ("Siale Tupou", "TO", [("King", "Tonga")])
    tell(book, "one", "Tevita Lolo met Falani Mose on Monday. He is to meet Siale Tupou.", [FALA, TEVI, king], published="2021-05-05", visits=[visit(status="ongoing")],
         meetings=[meeting(spans={"date": "Monday"}), meeting(hosts=["Siale Tupou"], status="planned")])  # fmt: skip
    tell(book, "two", "Siale Tupou received Falani Mose on May 4.", [FALA, king], visits=[visit(status="ongoing")],
         meetings=[meeting(hosts=["Siale Tupou"], date="XXXX-05-04", spans={"date": "May 4"})])  # fmt: skip
    days = {m.hosts[0].name: m for m in book.meetings()}
    assert days["Siale Tupou"].date == "2021-05-04"
    assert days["Tevita Lolo"].date == "2021-05-03"
    assert "Monday" in days["Tevita Lolo"].derivation["date"]
    assert "one visit" in days["Tevita Lolo"].derivation["date"]


def test_days_that_contradict_each_other_are_an_issue_that_names_the_reports(book: Ledger, tell: Any) -> None:
    text = "Tevita Lolo met Falani Mose in the capital and spoke of ferries, of fish, of weather stations and of the price of copra on the islands. "
    tell(book, "north", text, [FALA, TEVI], published="2021-05-06", meetings=[meeting(date="2021-05-04", kind="talks")])
    tell(book, "south", text + "So it says.", [FALA, TEVI], published="2021-05-06", meetings=[meeting(date="2021-05-05", kind="talks")])
    (told,) = book.meetings()
    assert told.date is None or len(told.date) < 10 or told.date.endswith("XX")
    (issue,) = [i for i in book.issues() if i.kind == "contradiction"]
    assert "2021-05-04 by north" in issue.message
    assert "2021-05-05 by south" in issue.message
    (conflict,) = book.conflicts()
    assert {(v.value, v.said_by[0].report) for v in conflict.values} == {("2021-05-04", "north"), ("2021-05-05", "south")}


def test_any_order_gives_the_same_bytes(tmp_path: Path, tell: Any) -> None:
    told = [
        (
            "a",
            "Falani Mose will visit Tonga.",
            {"published": "2021-05-01", "visits": [visit(status="planned")], "meetings": [meeting(status="planned")]},
        ),
        (
            "b",
            "Tevita Lolo received Falani Mose on Tuesday.",
            {"visits": [visit(status="ongoing")], "meetings": [meeting(kind="talks", date="2021-05-04")]},
        ),
        ("c", "Falani Mose met Tevita Lolo.", {"published": "2021-05-05", "meetings": [meeting(date="2021-05-05")]}),
        ("d", "Falani Mose was in Tonga.", {"visits": [visit(status="completed")]}),
    ]
    views = set()
    for number, order in enumerate(permutations(told)):
        with Ledger(tmp_path / f"{number}.db") as ledger:
            for name, text, more in order:
                tell(ledger, name, text, [FALA, TEVI], **more)
            views.add(ledger.dump())
            if number == 0:
                ledger.rebuild()
                views.add(ledger.dump())
    assert len(views) == 1


def test_removing_a_report_takes_its_facts_and_nothing_else(tmp_path: Path, tell: Any) -> None:
    with Ledger(tmp_path / "a.db") as ledger, Ledger(tmp_path / "b.db") as other:
        for target in (ledger, other):
            tell(target, "one", "Tevita Lolo met Falani Mose.", [FALA, TEVI], meetings=[meeting(date="2021-05-04")])
        tell(ledger, "two", "Falani Mose met Tevita Lolo.", [FALA, TEVI], meetings=[meeting(date="2021-05-04", kind="talks")])
        ledger.remove("two", why="a hoax")
        assert ledger.dump() == other.dump()
        tell(ledger, "two", "Falani Mose met Tevita Lolo.", [FALA, TEVI], meetings=[meeting(date="2021-05-04", kind="talks")])
        assert ledger.meetings()[0].witnesses == 2


def test_ministers_of_different_matters_with_near_names_are_two_people(book: Ledger, tell: Any) -> None:
    tell(book, "one", "Kagiso Molefhe spoke.", [("Kagiso Molefhe", "BW", [("Foreign Minister", "Botswana")])])
    tell(book, "two", "Kagiso Molefe spoke.", [("Kagiso Molefe", "BW", [("Health Minister", "Botswana")])])
    assert len(book.people()) == 2
    tell(book, "three", "Kagiso Molefe spoke again.", [("Kagiso Molefe", "BW", [("Minister of International Relations", "Botswana")])])
    assert [p.reports for p in book.people()] == [3], "one spelling has held both posts, so the posts part nobody any more"


def test_a_plan_goes_with_its_postponed_visit(book: Ledger, tell: Any) -> None:
    tell(book, "june", "Falani Mose will visit Tonga on 10 June and meet Tevita Lolo.", [FALA, TEVI], published="2021-06-05",
         visits=[visit(start="2021-06-10", status="planned")], meetings=[meeting(date="2021-06-10", status="planned")])  # fmt: skip
    tell(book, "july", "Tevita Lolo met Falani Mose on 22 July.", [FALA, TEVI], published="2021-07-22", meetings=[meeting(date="2021-07-22")])
    assert len(book.meetings()) == 2, "a plan and another day are two contacts"
    document = tell(
        book,
        "off",
        "Falani Mose's visit to Tonga of 10 June was put off.",
        [FALA],
        published="2021-06-09",
        visits=[visit(start="2021-06-10", status="postponed")],
    )
    (one,) = book.meetings()
    assert (one.date, one.status, [s.status for s in one.history]) == ("2021-07-22", "occurred", ["planned", "occurred"])
    book.remove(document, why="to see")
    assert len(book.meetings()) == 2


def test_two_days_without_a_year_that_differ_by_one_are_a_slip(book: Ledger, tell: Any) -> None:
    for name, day in (("one", "XXXX-10-02"), ("two", "XXXX-10-03")):
        tell(book, name, f"Tevita Lolo received Falani Mose, {name}.", [FALA, TEVI], visits=[visit(status="ongoing")], meetings=[meeting(date=day)])
    (held,) = book.meetings()
    assert [v.value for c in held.conflicts for v in c.values if c.field == "date"] == ["XXXX-10-02", "XXXX-10-03"]
    tell(book, "three", "Tevita Lolo received Falani Mose on 9 October.", [FALA, TEVI], meetings=[meeting(date="XXXX-10-09")])
    assert len(book.meetings()) == 2


def test_a_name_with_an_initial_is_the_person_whose_full_name_its_report_gives(book: Ledger, tell: Any) -> None:
    tell(
        book,
        "one",
        "Falani Mose came. F. Mose met Tevita Lolo.",
        [FALA, ("F. Mose", None, []), TEVI],
        meetings=[meeting(guests=["F. Mose"], date="2021-05-04")],
    )
    tell(book, "two", "Tevita Lolo met Falani Mose.", [FALA, TEVI], meetings=[meeting(date="2021-05-04")])
    assert [p.name for p in book.people(person="Mose")] == ["Falani Mose"]
    assert [m.witnesses for m in book.meetings()] == [2]
    tell(book, "three", "F. Mose spoke.", [("F. Mose", "FJ", [])])
    assert len(book.people(person="Mose")) == 2


def test_a_visit_to_a_site_is_held_by_its_journey(book: Ledger, tell: Any) -> None:
    text = "Falani Mose is in Tonga and will visit the port."
    document = tell(
        book, "one", text, [FALA], visits=[visit(status="ongoing", start="2021-05-04"), visit(status="planned", kind="site", start="2021-05-05")]
    )
    site, main = sorted(book.visits(), key=lambda v: v.kind != "site")
    assert (site.visit, main.visit, main.holds, site.status) == (main.id, None, [site.id], "planned")
    assert [t.id for t in book.held_in(main)] == [site.id]
    before = book.dump()
    tell(book, "two", "Falani Mose visited Tonga.", [FALA], visits=[visit(status="completed", start="2021-05-04")])
    assert [v.holds for v in book.visits() if v.kind != "site"] == [[site.id]]
    book.remove("two", why="to see")
    assert book.dump() == before
    book.remove(document, why="to see")
    assert not book.visits()

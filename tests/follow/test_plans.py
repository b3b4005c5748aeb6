"""Plans: from announced to what became of them, each step with its day and its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memcon import Ledger
from memcon.follow import days
from memcon.follow.plans import PlanEntry, plans
from memcon.model import Document, Evidence, Meeting, Memorandum, Person, Visit

ROOT = Path(__file__).resolve().parents[2]
SEQUENCES = ROOT / "tests/sequences/open"


def told(ledger: Ledger, name: str, text: str, published: str, *, visits: tuple[Visit, ...] = (), meetings: tuple[Meeting, ...] = ()) -> None:
    """Keep a report with its record: people are those whom the record names."""
    whom = {"Aino Lund": "NO", "Tomas Okello": "UG", "Rose Atieno": "UG"}
    people = [Person(name=n, country=c, evidence=Evidence(start=text.index(n), end=text.index(n) + len(n))) for n, c in whom.items() if n in text]
    memo = Memorandum(id=name, published=published, language="en", people=people, visits=list(visits), meetings=list(meetings), version="test")
    ledger.keep(Document(id=name, text=text, published=published, language="en"), memo)


def visit(text: str, who: str, status: str, start: str | None = None) -> Visit:
    return Visit(visitors=[who], from_="UG", to="NO", start=start, status=status, evidence=Evidence(start=0, end=len(text)))


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A visit announced, dated, put off and made, read from reports."""
    with Ledger(tmp_path_factory.mktemp("plans") / "x.db") as ledger:
        ledger.add(sorted((SEQUENCES / "storm-visit").glob("*.txt")), sift=False)
        yield ledger


def the_visit(ledger: Ledger, on: str | None) -> PlanEntry:
    return next(p for p in plans(ledger, on=on) if p.family == "visits")


def test_a_visit_put_off_is_one_plan(storm: Ledger) -> None:
    states = [the_visit(storm, x).state for x in ("2021-08-20", "2021-09-10", "2021-09-19", "2021-11-01", "2021-11-20")]
    assert states == ["announced", "dated", "moved", "moved", "occurred"]
    whole = the_visit(storm, None)
    assert [(x.kind, x.date, x.report) for x in whole.steps] == [
        ("announced", None, "01"), ("dated", "2021-09-20", "02"), ("moved", None, "03"), ("moved", "2021-11-15", "04"), ("occurred", "2021-11-15", "05"),
    ]  # fmt: skip
    assert all(x.quote == storm.words(x.document, x.start, x.end) for x in whole.steps)
    assert "has postponed his official visit" in whole.steps[2].quote
    assert whole.planned_for == "2021-11-15"


def test_no_word_since_only_by_the_clock(tmp_path: Path) -> None:
    with Ledger(tmp_path / "x.db") as ledger:
        text = "Uganda's Tomas Okello will visit Norway in May."
        told(ledger, "a", text, "2024-04-01", visits=(visit(text, "Tomas Okello", "planned", "2024-05"),))
        assert [the_visit(ledger, x).state for x in (None, "2024-05-31", "2024-06-01")] == ["dated", "dated", "no word since"]
        silent = the_visit(ledger, "2030-01-01")
        assert (silent.since, silent.steps[-1].kind) == ("2024-06-01", "dated"), "the clock adds no step: it has no words"
        assert list(plans(ledger, on="2024-03-31")) == [], "nobody had told of it"


def test_a_plan_without_a_day_is_given_a_year(tmp_path: Path) -> None:
    with Ledger(tmp_path / "x.db") as ledger:
        text = "Uganda's Tomas Okello will soon visit Norway."
        told(ledger, "a", text, "2024-04-01", visits=(visit(text, "Tomas Okello", "planned"),))
        assert [the_visit(ledger, x).state for x in ("2024-04-01", "2025-04-02", "2025-04-03", "2026-01-01")] == [
            "announced", "announced", "no word since", "no word since",
        ]  # fmt: skip


def test_somebody_else_came(tmp_path: Path) -> None:
    with Ledger(tmp_path / "x.db") as ledger:
        first = "Uganda's Tomas Okello will visit Norway on 9 May."
        second = "Uganda's Rose Atieno is on a visit to Norway. She came in place of Tomas Okello, who is ill."
        told(ledger, "a", first, "2024-04-01", visits=(visit(first, "Tomas Okello", "planned", "2024-05-09"),))
        told(ledger, "b", second, "2024-05-10", visits=(visit(second[:44], "Rose Atieno", "ongoing", "2024-05-09"),))
        assert the_visit(ledger, "2024-05-09").state == "dated"
        after = the_visit(ledger, "2024-05-10")
        assert (after.state, after.steps[-1].quote) == ("replaced", "She came in place of Tomas Okello, who is ill.")
        assert after.instead in {v.id for v in ledger.visits(person="Atieno")}


def test_nobody_stands_in_for_whom_no_report_says_so(tmp_path: Path) -> None:
    with Ledger(tmp_path / "x.db") as ledger:
        first = "Uganda's Tomas Okello will visit Norway on 9 May."
        second = "Uganda's Rose Atieno is on a visit to Norway. Tomas Okello sent her greetings."
        told(ledger, "a", first, "2024-04-01", visits=(visit(first, "Tomas Okello", "planned", "2024-05-09"),))
        told(ledger, "b", second, "2024-05-10", visits=(visit(second[:44], "Rose Atieno", "ongoing", "2024-05-09"),))
        assert the_visit(ledger, "2024-06-01").state == "no word since"


def test_who_cancels_a_meeting_drops_it(tmp_path: Path) -> None:
    with Ledger(tmp_path / "x.db") as ledger:
        ledger.add(sorted((SEQUENCES / "moved-twice").glob("*.txt")), sift=False)
        (plan,) = plans(ledger, on="2022-03-10")
        assert [x.kind for x in plan.steps] == ["dated", "moved", "moved", "dropped"]
        assert [p.state for p in plans(ledger, on="2022-02-15")] == ["moved"]
        assert list(plans(ledger, on="2022-03-10", state="moved")) == []
        with pytest.raises(days.DayError):
            list(plans(ledger, state="lost"))


def test_a_plan_without_a_day_is_over_with_its_visit_or_a_year_after_what_its_report_tells(tmp_path: Path) -> None:
    with Ledger(tmp_path / "x.db") as ledger:
        text = "Uganda's Tomas Okello met Aino Lund on 4 May 2022 in Oslo. He will also call on her again."
        meeting = Meeting(kind="meeting", hosts=["Aino Lund"], guests=["Tomas Okello"], date="2022-05-04", status="occurred", evidence=Evidence(start=0, end=40))
        again = Meeting(kind="courtesy_call", hosts=["Aino Lund"], guests=["Tomas Okello"], status="planned", evidence=Evidence(start=59, end=len(text)))
        people = [Person(name=n, country=c, evidence=Evidence(start=text.index(n), end=text.index(n) + len(n))) for n, c in (("Aino Lund", "NO"), ("Tomas Okello", "UG"))]
        ledger.keep(Document(id="a", text=text, language="en"), Memorandum(id="a", language="en", people=people, meetings=[meeting, again], version="test"))
        plan = next(p for p in plans(ledger) if p.step is not None and p.step.start == 59 or p.planned_for is None)
        states = [next(p for p in plans(ledger, on=x) if p.id == plan.id).state for x in ("2022-06-01", "2023-05-01", "2023-06-01")]
        assert states == ["announced", "announced", "no word since"]

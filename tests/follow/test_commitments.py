"""Commitments over reports: evidence, states by the clock, filters, and what a person judges. No model is loaded: records are told in code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from memcon import Ledger
from memcon.cli import app
from memcon.errors import BadFilter
from memcon.follow.commitments import commitment, commitments, confirm
from memcon.follow.deadlines import passed
from memcon.follow.evidence import findings
from memcon.follow.promises import promise
from memcon.follow.states import STATES, Step, state_on
from memcon.ledger.store import LedgerError
from memcon.model import Document, Evidence, Memorandum, Person, Span, Statement

VESSELS = "Minister Lund pledged that Norway would hand over two vessels to the coast guard of Fiji by June 2021."


def tell(ledger: Ledger, name: str, published: str | None, text: str, *said: tuple[str, str, list[str], list[str]]) -> str:
    """Keep a report that says things: (act, words, speakers, addressees)."""

    def at(words: str) -> Evidence:
        start = text.index(words)
        return Evidence(start=start, end=start + len(words), fields={"name": [Span(start, start + len(words))]})

    sides = {"Aino Lund": "NO", "Seru Naqa": "FJ"}
    people = [Person(name=n, country=c, aliases=[n.split()[1]], evidence=at(n)) for n, c in sides.items() if n in text]
    statements = [Statement(speakers=s, addressees=a, act=act, cue="", text=words, evidence=at(words)) for act, words, s, a in said]
    document = Document(id=name, text=text, published=published, outlet="Suva Post", language="en")
    return ledger.keep(document, Memorandum(id=name, published=published, language="en", version="told", people=people, statements=statements)).id


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "x.db") as book:
        text = f"Suva. Aino Lund met Seru Naqa. {VESSELS} They agreed to deepen friendship. Minister Naqa offered to build a school in Oslo."
        told = (
            ("pledge", VESSELS, ["Aino Lund"], ["Seru Naqa"]), ("agree", "They agreed to deepen friendship.", ["Aino Lund", "Seru Naqa"], []),
            ("offer", "Minister Naqa offered to build a school in Oslo.", ["Seru Naqa"], ["Aino Lund"]),
        )  # fmt: skip
        tell(book, "first", "2020-03-02", text, *told)
        tell(book, "part", "2020-11-09", "Norway has handed over one of the two vessels to the coast guard of Fiji. Rain fell.")
        tell(book, "late", "2021-09-20", "The second vessel for the coast guard was handed over by Norway, Fiji said.")
        yield book


def of(ledger: Ledger, words: str, on: str | None) -> Any:
    """The one commitment with words."""
    return next(c for c in commitments(ledger, on=on, grade="all") if words in c.text)


@pytest.mark.parametrize(
    ("on", "state", "since"),
    [("2020-04-01", "open", "2020-03-02"), ("2020-12-01", "partly done", "2020-11-09"), ("2021-07-01", "overdue", "2021-07-01"), ("2021-10-01", "done", "2021-09-20"), (None, "done", "2021-09-20")],
)  # fmt: skip
def test_states_by_the_clock(ledger: Ledger, on: str | None, state: str, since: str) -> None:
    found = of(ledger, "vessels", on)
    assert (found.state, found.since) == (state, since)
    assert (found.owed_by, found.owed_to, found.grade, found.deadline) == (["NO"], ["FJ"], "action with measure or date", "2021-06")
    assert found.topics == ["transport", "maritime"]
    for step in found.steps:
        if step.document is not None:
            assert ledger.words(step.document, step.start, step.end) == step.quote


def test_nothing_is_known_before_it_was_said(ledger: Ledger) -> None:
    assert list(commitments(ledger, on="2020-03-01", grade="all")) == []


def test_only_deeds_are_followed_up(ledger: Ledger) -> None:
    assert sorted(c.grade for c in commitments(ledger)) == ["action", "action with measure or date"]
    friendship = of(ledger, "friendship", "2022-01-01")
    assert (friendship.grade, friendship.state, friendship.owed_by) == ("formula", None, ["NO", "FJ"])
    school = of(ledger, "school", "2022-01-01")
    assert (school.state, school.since) == ("no word since", "2020-03-02")


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 2), ({"grade": "all"}, 3), ({"side": "Norway"}, 1), ({"side": "FJ"}, 1), ({"side": "Seru Naqa"}, 1), ({"side": "Chile"}, 0), ({"state": "done"}, 1), ({"state": "overdue"}, 0),
        ({"due_before": "2022"}, 1), ({"due_before": "2021-01"}, 0), ({"topic": "education"}, 1), ({"topic": "transport"}, 1), ({"pair": "FJ-NO"}, 2), ({"pair": "FJ-CL"}, 0), ({"person": "Lund"}, 2),
        ({"act": "offer"}, 1), ({"act": "thank"}, 0), ({"limit": 1}, 1), ({"since": "2021"}, 0), ({"on": "2020-12-01", "state": "partly done"}, 1), ({"on": "2021-01-01", "until": "2019"}, 0),
        ({"grade": "action"}, 1),
    ],
)  # fmt: skip
def test_filters(ledger: Ledger, filters: dict[str, Any], count: int) -> None:
    assert len(list(commitments(ledger, **filters))) == count


@pytest.mark.parametrize(("name", "value"), [("on", "soon"), ("grade", "big"), ("state", "kept"), ("due_before", "x")])
def test_a_filter_that_makes_no_sense_is_refused(ledger: Ledger, name: str, value: str) -> None:
    with pytest.raises(BadFilter, match=name):
        commitments(ledger, **{name: value})  # type: ignore[arg-type]


def test_a_person_outranks_the_reports_until_the_judgement_is_withdrawn(ledger: Ledger) -> None:
    vessels, school = of(ledger, "vessels", None), of(ledger, "school", None)
    before = ledger.dump()
    denied = confirm(ledger, vessels.id, "not done", "she never sailed", day="2021-10-01", by="Ana")
    assert of(ledger, "vessels", "2021-11-01").state == "overdue"
    done = confirm(ledger, school.id, "done", "seen there", day="2021-12-01")
    assert of(ledger, "school", "2021-11-30").state == "no word since"
    kept = of(ledger, "school", "2022-01-01")
    assert (kept.state, kept.steps[-1].by, kept.steps[-1].why) == ("done", "user", "seen there")
    assert [(j.family, j.verdict, j.by) for j in ledger.judgements()] == [("commitments", "not done@2021-10-01", "Ana"), ("commitments", "done@2021-12-01", "user")]
    with pytest.raises(LedgerError, match="judged already"):
        confirm(ledger, school.id, "dropped", "no", day="2022")
    ledger.rebuild()
    assert of(ledger, "school", "2022-01-01").state == "done"
    ledger.undo(denied)
    ledger.undo(done)
    assert of(ledger, "vessels", None).state == "done"
    assert of(ledger, "school", "2022-01-01").state == "no word since"
    assert ledger.dump() == before


@pytest.mark.parametrize(("identifier", "verdict", "day", "why"), [("k-0", "done", "2022", "x"), ("", "kept", "2022", "x"), ("", "done", "soon", "x"), ("", "done", "2022", " ")])
def test_a_judgement_that_makes_no_sense_is_refused(ledger: Ledger, identifier: str, verdict: str, day: str, why: str) -> None:
    with pytest.raises((BadFilter, LedgerError)):
        confirm(ledger, identifier or of(ledger, "school", None).id, verdict, why, day=day)


def test_a_commitment_is_found_by_any_of_its_ids(ledger: Ledger) -> None:
    one = of(ledger, "vessels", None)
    assert commitment(ledger, one.id) == commitment(ledger, one.source) == commitment(ledger, one.sources[0].claim) == one


def test_removing_the_report_takes_the_state_back(ledger: Ledger) -> None:
    ledger.remove("late", "wrong")
    assert of(ledger, "vessels", None).state == "partly done"


def test_the_order_of_adding_does_not_matter(tmp_path: Path, ledger: Ledger) -> None:
    with Ledger(tmp_path / "y.db") as other:
        tell(other, "late", "2021-09-20", "The second vessel for the coast guard was handed over by Norway, Fiji said.")
        text = f"Suva. Aino Lund met Seru Naqa. {VESSELS}"
        tell(other, "first", "2020-03-02", text, ("pledge", VESSELS, ["Aino Lund"], ["Seru Naqa"]))
        assert of(other, "vessels", None).state == "done"


def test_reports_without_a_day_prove_nothing(tmp_path: Path) -> None:
    with Ledger(tmp_path / "y.db") as other:
        text = f"Suva. Aino Lund met Seru Naqa. {VESSELS}"
        tell(other, "first", None, text, ("pledge", VESSELS, ["Aino Lund"], ["Seru Naqa"]))
        tell(other, "late", "2021-09-20", "Both vessels for the coast guard were handed over by Norway, Fiji said.")
        found = of(other, "vessels", "2022-01-01")
        assert (found.made, found.state, [s.state for s in found.steps]) == (None, "overdue", ["open", "overdue"])


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("Norway has handed over both vessels to the coast guard.", "done"),
        ("The two vessels were handed over to the coast guard on Monday.", "done"),
        ("Two vessels of the coast guard have arrived from Norway.", "done"),
        ("Norway handed the two vessels for the coast guard over.", "done"),
        ("The remaining vessel was delivered to the coast guard.", "done"),
        ("The first of two vessels was handed over to the coast guard.", "partly done"),
        ("One vessel was delivered to the coast guard.", "partly done"),
        ("Half of the vessels for the coast guard were delivered.", "partly done"),
        ("The second vessel was delivered to the coast guard.", "done"),
        ("The vessels will be handed over to the coast guard.", "open"),
        ("The vessels have not been handed over to the coast guard.", "open"),
        ("The vessels are to be handed over to the coast guard soon.", "open"),
        ("He hoped that the vessels would be delivered to the coast guard.", "open"),
        ("If the vessels are delivered, the coast guard will be glad.", "open"),
        ("He asked that the vessels be handed over to the coast guard.", "open"),
        ("The vessels of the coast guard rescued a crew which was handed over to Fiji.", None),
        ("Norway has dropped the plan to give the vessels to the coast guard.", "dropped"),
        ("The vessels for the coast guard were put off to May 2022.", "open"),
        ("Norway handed over two trucks to the coast guard.", None),
        ("Norway handed over two vessels to the museum.", None),
        ("", None),
    ],
)
def test_what_a_sentence_says(sentence: str, state: str | None) -> None:
    promised = promise(VESSELS, "2020-03-02", act="pledge", without=["Aino Lund", "Seru Naqa"])
    found = findings(promised, sentence, "2021-09-20", "2021-06")
    got = found[0].state if found else None
    assert got == state or (state is None and got == "open")
    if state == "open" and "2022" in sentence:
        assert found[0].due == "2022-05"


def test_another_place_is_another_thing() -> None:
    promised = promise("She promised that Chile would build a children's hospital in Gulu.", "2020-03-02", act="pledge")
    assert findings(promised, "Chile has opened the children's hospital in Gulu.", "2021", None)[0].state == "done"
    assert findings(promised, "Chile has opened a children's hospital in Lira.", "2021", None) == []


@pytest.mark.parametrize(("sentence", "state"), [("Trade reached USD 1.9 billion.", "open"), ("Bilateral trade exceeded USD 2.1 billion.", "done"), ("Bilateral trade will reach USD 3 billion.", "open"), ("Bilateral trade reached 2,300 million dollars.", "done")])
def test_a_target_is_met_by_its_figure(sentence: str, state: str) -> None:
    promised = promise("They agreed to raise bilateral trade to USD 2 billion by 2023.", "2020-03-02", act="agree")
    assert findings(promised, sentence, "2024-02-01", "2023")[0].state == state


def test_steps_and_the_clock() -> None:
    made = Step(state="open", date="2020-01-10")
    assert state_on([made], None, "2020-12-31")[0] == "open"
    assert state_on([made], None, "2022-01-01")[:2] == ("no word since", "2020-01-10")
    assert state_on([made, Step(state="open", date="2021-06-01")], None, "2022-01-01")[0] == "open"
    assert state_on([made, Step(state="open", date="2021-06-01", due="2023")], "2021-01", "2022-01-01")[:3] == ("open", "2020-01-10", "2023")
    assert state_on([made, Step(state="dropped", date="2021-06-01")], "2021-01", "2022-01-01")[0] == "dropped"
    assert state_on([made, Step(state="done", date="2021-06-01"), Step(state="partly done", date="2021-07-01")], None, None)[0] == "done"
    assert state_on([made], "2021", None)[0] == "open"
    assert state_on([made], "2021", "2022")[0] == "overdue"
    assert passed("2021", "2022")
    assert all(s in STATES for s in ("open", "done"))


def test_the_command_line(ledger: Ledger, tmp_path: Path) -> None:
    path = str(tmp_path / "x.db")
    school = of(ledger, "school", None).id
    ledger.close()

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, [*words, "--ledger", path])
        assert result.exit_code == code, result.output
        return result.output

    assert "overdue" in run("list", "commitments", "--on", "2021-07-01")
    assert [c["state"] for c in json.loads(run("list", "commitments", "--format", "json", "--side", "NO"))] == ["done"]
    assert run("list", "commitments", "--format", "csv", "--grade", "formula").splitlines()[0] == "id,made,owed_by,owed_to,grade,state,since,due,text"
    assert "is none of" in run("list", "commitments", "--grade", "big", code=2)
    assert "only commitments" in run("list", "meetings", "--side", "NO", code=2)
    judgement = run("confirm", school, "done", "--why", "seen", "--on", "2021-01-01").strip()
    assert "done@2021-01-01" in run("judgements")
    run("undo", judgement)
    assert "nothing in it has the id" in run("confirm", "k-000000000000", "done", "--why", "x", code=2)
    run("export", "csv", "commitments", "--on", "2021-07-01", "-o", str(tmp_path / "c.csv"))
    assert "overdue, 2021-07-01" in (tmp_path / "c.csv").read_text(encoding="utf-8")
    assert "narrows only" in run("export", "csv", "meetings", "--grade", "action", code=2)


AGAIN = "Minister Lund promised again that Norway would hand over the vessels to the coast guard of Fiji by September 2021."
SCHOOL = "Minister Naqa offered to build a school in Bergen."


@pytest.mark.parametrize(
    ("published", "act", "words", "rows"),
    [
        ("2020-05-02", "pledge", AGAIN, 0),
        ("2021-11-02", "pledge", AGAIN, 1),  # both were handed over by then: a new promise
        ("2020-05-02", "pledge", AGAIN.replace("the vessels", "four vessels"), 1),
        ("2020-05-02", "pledge", AGAIN.replace("vessels", "radios"), 1),
        ("2020-05-02", "pledge", AGAIN.replace("Norway", "Fiji").replace("Lund", "Naqa"), 1),
        ("2020-05-02", "offer", SCHOOL, 1),  # the first is of a school in Oslo
        ("2020-05-02", "offer", SCHOOL.replace("Bergen", "Oslo"), 0),
    ],
)
def test_a_promise_repeated_is_no_second_one_where_nothing_speaks_against_it(ledger: Ledger, published: str, act: str, words: str, rows: int) -> None:
    before = [c.text for c in commitments(ledger)]
    speaker = "Seru Naqa" if "Naqa" in words else "Aino Lund"
    other = "Aino Lund" if speaker == "Seru Naqa" else "Seru Naqa"
    tell(ledger, "again", published, f"Suva. Aino Lund of Norway met Seru Naqa of Fiji. {words}", (act, words, [speaker], [other]))
    assert len(list(commitments(ledger))) == len(before) + rows
    assert any(c.text == words for c in commitments(ledger, outlet="Suva Post")), "a filter that may leave the first out shows it"

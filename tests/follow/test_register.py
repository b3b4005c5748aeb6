"""The agreements register: a paper's state on a day follows from what reports tell and from the clock, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon import Ledger
from memcon.follow import days
from memcon.follow.register import STATES, RegisterEntry, entry, level_of, register
from memcon.view import AgreementThing, Quotation, StepThing

ROOT = Path(__file__).resolve().parents[2]
SEQUENCES = ROOT / "tests/sequences/open"


def step(kind: str, date_: str | None = None, published: str | None = None, **more: str | bool | None) -> StepThing:
    source = Quotation(document="d-1", report="r", claim="ca-1", start=0, end=1, quote="x", published=published or date_)
    return StepThing(kind=kind, date=date_, source=source, **more)  # type: ignore[arg-type]


def thing(*steps: StepThing, **more: str | list[str] | None) -> AgreementThing:
    return AgreementThing(id="a-000000000001", kind="treaty", steps=list(steps), **more)  # type: ignore[arg-type]


def state(paper: AgreementThing, on: str | None) -> str | None:
    with_no_ledger: Ledger = None  # type: ignore[assignment]
    found = entry(with_no_ledger, paper, on=on, whole=False)
    return found.state if found else None


LIFE = thing(
    step("negotiated", "2019-03-12"), step("initialled", "2019-11-02"), step("signed", "2020-02-05"), step("ratified", "2020-05-01"), step("in_force", "2020-09-01", lasts="P2Y"),
    step("extended", None, "2022-08-30", until="2024-08-31"), step("expired", "2024-08", "2024-11-20"), signed="2020-02-05", start="2020-09-01", end="2024-08-31",
)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2019-01-01", None), ("2019-06-01", "negotiated"), ("2020-01-01", "initialled"), ("2020-03-01", "signed"), ("2020-06-01", "ratified"), ("2020-09-01", "in force"),
        ("2022-08-15", "in force"), ("2023-06-01", "in force"), ("2024-08-31", "expired"), ("2025-01-01", "expired"), (None, "expired"),
    ],
)  # fmt: skip
def test_a_whole_life_by_the_clock(on: str | None, expected: str | None) -> None:
    assert state(LIFE, on) == expected


def test_without_the_extension_the_term_ends_by_the_clock_alone() -> None:
    paper = thing(*LIFE.steps[:5], signed="2020-02-05")
    assert [state(paper, x) for x in ("2022-08-31", "2022-09-01")] == ["in force", "expired"]
    assert state(paper, None) == "in force", "no clock: nothing expires by time alone"


def test_a_signed_paper_with_a_term_is_in_force_in_its_term_only() -> None:
    paper = thing(step("signed", "2022-10-17"), signed="2022-10-17", start="2022", end="2024")
    assert [state(paper, x) for x in ("2022-10-16", "2022-10-17", "2023-06-01", "2024-12-31", "2025-01-01", None)] == [
        None, "in force", "in force", "in force", "expired", "signed",
    ]  # fmt: skip
    later = thing(step("signed", "2022-10-17"), signed="2022-10-17", start="2023", end="2024")
    assert state(later, "2022-12-31") == "signed", "its term has not begun"


def test_a_paper_whose_term_nobody_told_never_expires() -> None:
    assert state(thing(step("signed", "1990-01-01"), signed="1990-01-01"), "2090-01-01") == "signed"
    assert state(thing(step("in_force", "1990-01-01")), "2090-01-01") == "in force"


def test_what_is_announced_has_not_been_done() -> None:
    assert state(thing(step("planned", "2020-03", "2019-11-12", ahead=True)), "2021-01-01") == "planned"
    assert state(thing(step("signed", "2020-01-01"), step("ratified", "2020-06-01", "2020-02-01", ahead=True)), "2021-01-01") == "signed"
    coming = thing(step("signed", "2020-01-01"), step("in_force", "2020-06-01", "2020-02-01", ahead=True))
    assert [state(coming, x) for x in ("2020-05-31", "2020-06-01", None)] == ["signed", "in force", "signed"]


def test_who_ends_a_paper_ends_it_and_a_renewal_revives_it() -> None:
    paper = thing(step("in_force", "2015-01-01"), step("terminated", "2017-03-08"), end="2020")
    assert [state(paper, x) for x in ("2017-03-07", "2017-03-08", "2021-06-01")] == ["in force", "terminated", "terminated"]
    revived = thing(*paper.steps, step("extended", "2018-01-01", until="2025"), end="2025")
    assert [state(revived, x) for x in ("2017-06-01", "2018-06-01", "2026-01-01")] == ["terminated", "in force", "expired"]


KINDS = st.sampled_from(["planned", "negotiated", "initialled", "signed", "ratified", "in_force", "extended", "expired", "terminated"])
DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(date.isoformat)


@given(st.lists(st.tuples(KINDS, DAYS, st.booleans()), min_size=1, max_size=6), DAYS)
def test_every_state_has_its_reason_and_a_step_that_was_told(told: list[tuple[str, str, bool]], on: str) -> None:
    paper = thing(*(step(kind, day, ahead=ahead or kind == "planned") for kind, day, ahead in told))
    found = entry(None, paper, on=on, whole=False)  # type: ignore[arg-type]
    if found is None:
        assert all(day > on for _, day, _ in told)
        return
    assert found.state in STATES
    assert found.why
    assert found.step in found.steps
    assert all((x.by or "") <= on for x in found.steps), "nothing that was told later"
    assert found.since is None or found.since <= on


def test_levels_go_by_the_parties() -> None:
    assert level_of(thing(parties=["Communist Party of Cuba", "Lao People's Revolutionary Party"])) == "party"
    assert level_of(thing(parties=["Peru", "Japan"])) == "state"
    assert level_of(thing(parties=["Peru", "Ministry of Health of Japan"])) == "ministry"
    assert level_of(thing(parties=["Acme"])) is None


# -- real reports --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def parties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Two parties that exchange delegations under an agreement, read from reports."""
    with Ledger(tmp_path_factory.mktemp("register") / "x.db") as ledger:
        ledger.add(sorted((SEQUENCES / "delegation-years").glob("*.txt")), sift=False)
        yield ledger


def one(ledger: Ledger, subject: str, **asked: str | int) -> RegisterEntry:
    return next(e for e in register(ledger, **asked) if e.subject == subject and e.signed)


def test_an_exchange_of_delegations_lists_those_that_travelled_in_its_term(parties: Ledger) -> None:
    found = one(parties, "exchange of delegations", on="2019-06-01")
    assert (found.state, found.level, found.term_start, found.term_end) == ("in force", "party", "2017", "2019")
    visits = [parties.show(i) for i in found.fulfilled_by]
    assert [v.start for v in visits] == ["2018-06-04", "2019-11-11", None]  # type: ignore[union-attr]
    assert "signed an agreement on the exchange of delegations for 2017-2019" in found.steps[0].quote
    assert found.steps[0].quote == parties.words(found.steps[0].document, found.steps[0].start, found.steps[0].end)


def test_the_register_narrows(parties: Ledger) -> None:
    assert [e.signed for e in register(parties, on="2019-06-01", expiring=12)] == ["2017-05-16"]
    assert list(register(parties, on="2019-06-01", expiring=6)) == []
    assert {e.state for e in register(parties, on="2020-06-01", state="planned")} == {"planned"}
    assert list(register(parties, on="2016-01-01")) == []
    assert len(list(register(parties, on="2020-06-01", level="party", limit=1))) == 1
    assert list(register(parties, on="2020-06-01", country="Peru")) == []


def test_wrong_questions_are_told_so(parties: Ledger) -> None:
    for asked in ({"on": "2019-06"}, {"on": "soon"}, {"expiring": 3}, {"on": "2019-06-01", "state": "asleep"}):
        with pytest.raises(days.DayError):
            list(register(parties, **asked))  # type: ignore[arg-type]

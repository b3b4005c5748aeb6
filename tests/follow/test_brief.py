"""The brief: right line by line on the sample reports, knows nothing later than its day, says what it looked for, and is whole in every form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from memcon import Ledger
from memcon.cli import app
from memcon.export import briefs
from memcon.follow.brief import Brief, Line, NoSubject, brief
from memcon.langs.wording import clean
from memcon.ledger.store import LedgerError
from tests.follow.telling import NAQA, TUILAGI, contact, keep, paper, people, visit

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "reports"
GOLDEN = Path(__file__).parent / "golden" / "KH-VN_2022-11-01.json"
FERRY = "Naqa proposed a weekly ferry line for cattle"
NURSES = "Tuilagi asked for thirty nurses and a hospital ship"
BOAT = "Naqa pledged a patrol boat for the coast guard by June 2023"


def tell(book: Ledger) -> None:
    """A year of contacts: a visit announced and held, talks, an agreement with a term."""
    visit(book, "2022-02-20", "2022-03-01", "planned")
    visit(book, "2022-03-02", "2022-03-01", "occurred")
    contact(book, "2022-03-01", [(NAQA, "propose", FERRY), (TUILAGI, "request", NURSES)], published="2022-03-02")
    contact(book, "2022-06-10", [(NAQA, "pledge", BOAT)])
    paper(book, "2022-06-10", start="2022", end="2023")
    visit(book, "2022-08-01", "2022-12-05", "planned")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    """The year."""
    with Ledger(tmp_path / "book.db") as ledger:
        tell(ledger)
        yield ledger


def lines(found: Brief, name: str) -> list[Line]:
    """The lines of a part, those under others too."""
    return [x for s in found.sections if s.name == name for g in s.groups for x in briefs.all_lines(g.lines)]


def texts(found: Brief, name: str) -> list[str]:
    return [f"{x.text} {x.quote or ''}".strip() for x in lines(found, name)]


# -- the samples ------------------------------------------------------------------------------------------------------


def outline(found: Brief) -> list[Any]:
    """A brief without any report's words: of a quotation and a footnote the place where they stand."""
    notes = {n.number: f"{n.report}:{n.start}-{n.end}" for n in found.notes}

    def told(x: Line) -> dict[str, Any]:
        plain = {"day": x.day, "end": x.end, "text": x.text, "quoted": bool(x.quote), "notes": [notes[n] for n in x.notes], "remarks": x.remarks, "under": [told(u) for u in x.under]}
        return {k: v for k, v in plain.items() if v}

    return [{"part": s.title, "groups": [{"title": g.title, "lines": [told(x) for x in g.lines]} for g in s.groups]} for s in found.sections]


@pytest.mark.slow
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared reports are not beside the project")
def test_the_samples_brief_is_right_line_by_line(tmp_path: Path) -> None:
    """Against lines that were each checked by eye on the reports."""
    with Ledger(tmp_path / "samples.db") as ledger:
        ledger.add([SAMPLES])
        found = brief(ledger, "KH-VN", "2022-11-01")
        reports = {r.name: r.id for r in map(ledger.report, ledger.documents())}
        for n in found.notes:
            assert ledger.words(reports[n.report], n.start, n.end) == n.quote
            assert clean(n.quote) in n.sentence or n.quote.strip() in n.sentence
        cited = {n.number: ledger.show(n.document).excerpt for n in found.notes}  # type: ignore[union-attr]
    for s in found.sections:
        for g in s.groups:
            assert g.lines or s.name in g.none or "found" in g.none or "None" in g.none or "Nothing" in g.none
            for x in briefs.all_lines(g.lines):
                assert x.notes or x.under, x.text
                assert x.quote is None or any(x.quote in clean(cited[n]) for n in x.notes), x.quote
    assert outline(found) == json.loads(GOLDEN.read_text(encoding="utf-8"))


# -- what was known ---------------------------------------------------------------------------------------------------


def test_nothing_later_than_the_day_is_known(book: Ledger) -> None:
    before = brief(book, "FJ-TO", "2022-02-25")
    assert lines(before, "contacts") == []
    assert [(x.day, x.text) for x in lines(before, "plans")] == [("2022-03-01", "Official visit to Fiji: Ana Tuilagi (Tonga) (announced)")]
    after = brief(book, "FJ-TO", "2022-03-05")
    assert [x.day for x in lines(after, "contacts")] == ["2022-03-01", "2022-03-01"]
    assert lines(after, "plans") == [] == lines(after, "agreements")
    assert "2022-12-05" in [x.day for x in lines(brief(book, "FJ-TO", "2022-08"), "plans")]
    late = brief(book, "FJ-TO", "2023-02-01")
    assert "the day is over and no report known by then says what became of it" in texts(late, "plans")[0]
    with pytest.raises(LedgerError):
        brief(book, "FJ-TO", "soon")


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(month=st.integers(1, 12), day=st.integers(1, 28))
def test_a_brief_of_a_day_is_that_of_a_ledger_of_that_day(tmp_path_factory: pytest.TempPathFactory, month: int, day: int) -> None:
    """What came later, be it in the ledger or not, changes nothing."""
    on = f"2022-{month:02}-{day:02}"
    folder = tmp_path_factory.mktemp("then")
    with Ledger(folder / "all.db") as whole, Ledger(folder / "then.db") as then:
        tell(whole)
        tell(then)
        for d in then.documents():
            if (then.report(d).published or "") > on:
                then.remove(d, "not yet out")
        assert briefs.text(brief(whole, "FJ-TO", on)) == briefs.text(brief(then, "FJ-TO", on))


def test_an_agreement_s_state_is_that_of_the_day(book: Ledger) -> None:
    assert texts(brief(book, "FJ-TO", "2022-07-01"), "agreements")[0].endswith("In force, term 2022–2023.")
    assert texts(brief(book, "FJ-TO", "2023-07-01"), "agreements")[0].endswith("In force, term 2022–2023: it expires within a year.")
    assert texts(brief(book, "FJ-TO", "2024-01-01"), "agreements")[0].endswith("Expired, term 2022–2023.")


def test_a_promise_has_its_state_on_the_day_and_what_says_so(book: Ledger) -> None:
    def owed(on: str) -> Line:
        group = next(g for s in brief(book, "FJ-TO", on, ours="TO").sections if s.name == "commitments" for g in s.groups if g.title == "Fiji")
        return group.lines[0]

    assert (owed("2022-09-01").quote, owed("2022-09-01").remarks[0]) == (BOAT, "open; due June 2023")
    assert owed("2023-08-01").remarks[0] == "overdue since 1 July 2023; due June 2023"
    text = f"Fiji handed over the patrol boat to the coast guard of Tonga on 2023-09-04, {NAQA} said."
    keep(book, "boat", text, published="2023-09-04", outlet="Fiji Times", people=people(text))
    assert owed("2023-08-01").remarks[0] == "overdue since 1 July 2023; due June 2023"
    done = owed("2023-10-01")
    assert done.remarks[0].startswith("done since 4 September 2023")
    assert len(done.notes) == 2


def test_a_general_line_is_no_promise_to_follow_up(book: Ledger) -> None:
    contact(book, "2022-07-01", [(NAQA, "pledge", "Naqa pledged to strengthen friendship and cooperation")])
    groups = {g.title: [x.quote for x in g.lines] for s in brief(book, "FJ-TO", "2022-09-01").sections if s.name == "commitments" for g in s.groups}
    assert groups["Fiji"] == [BOAT]
    assert groups["Said, but too general to be followed up"] == ["Naqa pledged to strengthen friendship and cooperation"]


# -- sides, subjects, parts without a line -----------------------------------------------------------------------------


def test_asks_stand_with_the_side_that_asked(book: Ledger) -> None:
    ours = brief(book, "FJ-TO", "2022-09-01", ours="Fiji")
    assert [s.title for s in ours.sections][1:4] == ["Who the other side is", "What they asked", "What we asked"]
    assert [x.quote for x in lines(ours, "asks-TO")] == [NURSES]
    assert [x.quote for x in lines(ours, "asks-FJ")] == [FERRY]
    assert [x.day for x in lines(ours, "asks-FJ")] == ["2022-03-01"]
    assert [s.title for s in brief(book, "TO-FJ", "2022-09-01").sections][2:4] == ["What Fiji asked", "What Tonga asked"]


def test_likely_points_are_topics_with_their_words(book: Ledger) -> None:
    found = brief(book, "FJ-TO", "2022-09-01")
    assert any(x.quote == NURSES and "health" in x.text.lower() for x in lines(found, "likely"))


def test_a_part_without_a_line_says_what_was_looked_for(book: Ledger) -> None:
    found = brief(book, "FJ-WS", "2022-09-01")
    assert all(not g.lines and re.search("Samoa|contact", g.none) for s in found.sections for g in s.groups)
    group = next(s.groups[0] for s in brief(book, "FJ-TO", "2022-02-25").sections if s.name == "asks-FJ")
    assert group.none == "No requests, proposals, demands and invitations of Fiji found in no report known by then tells of a contact between Fiji and Tonga." or "Fiji" in group.none


def test_the_brief_on_a_person(book: Ledger) -> None:
    found = brief(book, "Tuilagi", "2022-09-01")
    assert (found.title, found.subject[:2]) == (TUILAGI, "p-")
    assert [x.quote for x in lines(found, f"asks-{found.subject}")] == [NURSES]
    assert [x.quote for x in lines(found, "asks-others")] == [FERRY]
    assert brief(book, found.subject, "2022-09-01") == found
    for subject in ("Nobody", "p-000000000000", "FJ-", "FJ-TO-WS"):
        with pytest.raises(NoSubject):
            brief(book, subject)
    with pytest.raises(NoSubject, match="no side of FJ-TO"):
        brief(book, "FJ-TO", ours="KH")
    text = f"{NAQA} and Mele {TUILAGI.split()[1]} met."
    twin = f"Mele {TUILAGI.split()[1]}"
    more = people(text.replace(twin, TUILAGI))
    keep(book, "twin", text, published="2022-03-01", outlet="x", people=[msgspec.structs.replace(p, name=twin) if p.name == TUILAGI else p for p in more])
    with pytest.raises(NoSubject, match="give the id"):
        brief(book, "Tuilagi")


# -- forms ------------------------------------------------------------------------------------------------------------

HOSTILE = "<script>alert(1)</script> \u202edrawkcab\u202c \x1b[2J \x00 \uffff =cmd() “q”"


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Brief]:
    """A brief of reports that attack."""
    with Ledger(tmp_path / "hostile.db") as ledger:
        words = f"Naqa proposed {HOSTILE} for cattle"
        contact(ledger, "2022-03-01", [(NAQA, "propose", words)], outlet=f"Fiji Times {HOSTILE}", name=f"n {HOSTILE}")
        yield brief(ledger, "FJ-TO", "2022-09-01")


def test_hostile_words_stay_words(hostile: Brief) -> None:
    page = briefs.html(hostile)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not any(x in page for x in ("\x1b", "\x00", "\u202e"))
    assert all(c.isprintable() or c == "\n" for c in briefs.text(hostile).replace("\uffff", ""))
    read = docx.Document(BytesIO(briefs.docx(hostile)))
    assert any("<script>alert(1)</script>" in p.text for p in read.paragraphs)


def test_a_word_document_says_what_the_text_says(book: Ledger) -> None:
    found = brief(book, "FJ-TO", "2022-09-01", ours="FJ")
    made = briefs.docx(found)
    read = docx.Document(BytesIO(made))
    assert [p.text for p in read.paragraphs if p.style.name == "Heading 1"][: len(found.sections)] == [f"{i}. {s.title}" for i, s in enumerate(found.sections, 1)]
    words = " ".join(p.text for p in read.paragraphs)
    for s in found.sections:
        for g in s.groups:
            for x in briefs.all_lines(g.lines):
                assert x.text in words
            assert g.lines or g.none in words
    assert all(f"[{n.number}]" in words and n.sentence in words for n in found.notes)
    assert briefs.docx(found) == made
    text = " ".join(briefs.text(found).split())
    assert all(n.sentence in text for n in found.notes)


def test_a_page_of_its_own_asks_for_nothing(book: Ledger) -> None:
    page = briefs.html(brief(book, "FJ-TO", "2022-09-01"))
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


@pytest.mark.parametrize("form", ["text", "html", "docx", "json"])
def test_the_command_writes_each_form(book: Ledger, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    run = CliRunner().invoke(app, ["brief", "FJ-TO", "--on", "2022-09-01", "--for", "FJ", "--ledger", book.store.path, "--format", form, "-o", str(out)])
    assert (run.exit_code, run.output) == (0, "")
    data = out.read_bytes()
    assert NURSES.encode() in data or form == "docx" and data.startswith(b"PK")
    if form == "json":
        assert msgspec.json.decode(data, type=Brief) == brief(book, "FJ-TO", "2022-09-01", ours="FJ")


@pytest.mark.parametrize(
    ("words", "told"),
    [(["brief", "Nobody"], "nobody in this ledger"), (["brief", "FJ-TO", "--on", "soon"], "no date"), (["brief", "FJ-TO", "--for", "KH"], "no side"), (["wording", "FJ"], "pair"),
     (["wording", "m-000000000000"], "m-000000000000")],
)  # fmt: skip
def test_what_cannot_be_is_said_in_a_line(book: Ledger, words: list[str], told: str) -> None:
    run = CliRunner().invoke(app, [*words, "--ledger", book.store.path])
    assert run.exit_code == 2
    assert told in run.output
    assert len(run.output.strip().splitlines()) == 1


def test_the_wording_command(book: Ledger) -> None:
    run = CliRunner().invoke(app, ["wording", "FJ-TO", "--ledger", book.store.path, "--format", "json"])
    assert json.loads(run.output)["pair"] == "FJ-TO"
    run = CliRunner().invoke(app, ["wording", book.meetings()[0].id, "--ledger", book.store.path])
    assert run.exit_code == 0
    assert "READOUTS" in run.output

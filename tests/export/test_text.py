"""The paper for a person at a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from memcon.export.outline import numbers, outline
from memcon.export.text import memorandum, wrap
from memcon.export.wording import clean, country, day, period
from memcon.model import Document, Memorandum, Span

from .conftest import Report

PAPER = """\
MEMORANDUM  r1
────────────────────────────────────────────────────────────────────────────────
Who      Fiji: Sera Vula; Norway: Anna Berg
What     official visit; talks
Where    OSLO; Norway
When     3–5 May 2023; 4 May (year not known)
Report   NB, published 4 May 2023, English

1. PARTICIPANTS
   Norway
      Anna Berg (also: Berg) [s2]
         Foreign Minister, Norway [s2]
   Fiji
      Sera Vula (also: Vula) [s2]
         Inferred: country: Fijian → FJ [s2]

2. EXPECTED TO TAKE PART
   Norway
      Olav Holm [s7]
         King [s7]

3. ALSO NAMED
   Tomu Rao [s4]
      President [s4]

4. VISITS
   Official visit from Fiji to Norway, 3–5 May 2023, ongoing [s1]
      Visitors: Sera Vula [s1]

5. MEETINGS
   Talks, 4 May (year not known), OSLO [s2]
      Hosts: Anna Berg [s2]
      Guests: Sera Vula [s2]
      Inferred: date: Thursday + 4 May [s2]

6. WHAT WAS SAID
   At the talks of 4 May (year not known)
      Anna Berg
         thank: “thanked Fiji for its support” — to Sera Vula [s3]
      Sera Vula
         convey: “conveyed greetings from President Tomu Rao” — on behalf of
           Tomu Rao [s4]

7. AGREED AND SIGNED
   Memorandum on fisheries, signed [s6]
      Parties: Norway; Fiji [s5]
      Signed by: Sera Vula; Anna Berg [s6]
      Term: 2023–2025 [s6]
   By word: Anna Berg, Sera Vula
      agree: “agreed to open consulates” [s5]

8. PLANNED, POSTPONED, CANCELLED
   Audience, date not decided, place not said, planned [s7]
      Hosts: Olav Holm [s7]
      Guests: Sera Vula [s7]

9. DOUBTS
   undecided date: Friday of an unknown year [s7]

WORDS OF THE REPORT
"""


def test_the_whole_paper(report: Report) -> None:
    printed = memorandum(*report)
    assert printed.startswith(PAPER)
    assert printed.endswith("[s7] Vula is to meet King Olav Holm on Friday.\n")
    assert "   [s1] Foreign minister ends visit\n" in printed


def test_narrow_and_wide(report: Report) -> None:
    for width in (40, 60, 100):
        assert max(map(len, memorandum(*report, width=width).splitlines())) <= width
    assert memorandum(*report, width=5) == memorandum(*report, width=40)


def test_style_changes_no_words(report: Report) -> None:
    styled = memorandum(*report, styled=True)
    assert styled != memorandum(*report)
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        styled = styled.replace(code, "")
    assert styled == memorandum(*report)


def test_hostile_words_move_no_terminal(hostile: Report) -> None:
    printed = memorandum(*hostile)
    assert not [c for c in printed if not (c.isprintable() or c == "\n")]
    assert "\u202e" not in printed


def test_a_report_of_nothing() -> None:
    printed = memorandum(Document(id="n", text="Prices rose."), Memorandum(id="n"), [Span(0, 12)])
    assert "What     no contact told\n" in printed
    assert "PARTICIPANTS" not in printed


def test_every_line_of_a_fact_has_its_words(report: Report) -> None:
    for section in outline(report.document, report.memorandum).sections:
        for line in section.lines:
            group = line.text in ("Norway", "Fiji", "Anna Berg", "Sera Vula") or line.text.startswith(("At the ", "By word: "))
            assert bool(line.spans) is not (group and not line.spans)


def test_sentence_numbers() -> None:
    starts = [0, 10, 20]
    assert numbers(starts, [Span(0, 3), Span(12, 15), Span(13, 14)]) == [1, 2]
    assert numbers(starts, [Span(9, 12)]) == [1]
    assert numbers([5], [Span(0, 2)]) == [1]
    assert numbers([], [Span(0, 2)]) == []


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2022-08-23", "23 August 2022"),
        ("XXXX-08-23", "23 August (year not known)"),
        ("2022-10", "October 2022"),
        ("XXXX-10", "October (year not known)"),
        ("2022", "2022"),
        ("202X", "202X"),
        ("XXXX", "XXXX"),
        ("2022-10-XX", "2022-10-XX"),
        ("2022-13-01", "2022-13-01"),
        ("2022-05?", "May 2022 (uncertain)"),
        ("soon\x1b", "soon\ufffd"),
    ],
)
def test_days(edtf: str, words: str) -> None:
    assert day(edtf) == words


def test_periods() -> None:
    assert period("2022-10-17", "2022-11-02") == "17 October 2022 – 2 November 2022"
    assert period("2022-10-17", "2022-10-17") == "17 October 2022"
    assert period("XXXX-10-17", "XXXX-10-19") == "17–19 October (year not known)"
    assert period(None, "2024") == "until 2024"
    assert period(None, None) == ""


def test_countries() -> None:
    assert country("KH") == "Cambodia"
    assert country("QQ") == "QQ"


@given(st.text())
def test_clean_gives_one_printable_line(text: str) -> None:
    made = clean(text)
    assert len(made.splitlines()) <= 1
    assert clean(made) == made


@given(st.text(st.sampled_from("ab é東😀\u0301 "), max_size=80), st.integers(10, 30))
def test_wrap_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrap(text, width, "- ", "  ")
    assert " ".join(x[2:] for x in lines) == text
    assert all(cell_len(x) <= width or " " not in x[2:] for x in lines)

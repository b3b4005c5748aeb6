"""Lines into paragraphs: texts wrapped at a fixed width by a wire or a mailer read as those that are not."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memcon.annotate.layout import blocks
from memcon.model import Document
from memcon.run import read_document

PARAGRAPHS = [
    "Norwegian Prime Minister Aino Lund opened talks with President Tomas Okello of Uganda on Monday, expected to turn on fish and the price of salt.",
    "Officials said that a main aim of the visit was to settle what the two countries owe each other for the dam at Karuma.",
    "Lund told reporters that she was pleased. She thanked her host for the warm welcome that she had been given in Kampala.",
    "The two leaders agreed to meet again in Oslo in June, and to open the road between the two ports before the rains.",
]
PLAIN = "\n\n".join(PARAGRAPHS)


def facts(text: str) -> tuple[object, ...]:
    """What a report's memorandum says, without where it says so."""
    memo = read_document(Document(id="t", text=text, language="en"))
    return (
        [(p.name, [(o.title, o.organization) for o in p.positions]) for p in memo.people],
        [(m.kind, m.hosts, m.guests, m.date) for m in memo.meetings],
        [(s.speakers, s.act) for s in memo.statements],
    )


def wrapped(width: int, indent: str, between: str) -> str:
    return between.join(textwrap.fill(p, width, initial_indent=indent) for p in PARAGRAPHS)


@pytest.mark.parametrize("width", [52, 60, 65, 72, 80, 100])
@pytest.mark.parametrize(("indent", "between"), [("", "\n\n"), ("  ", "\n"), ("    ", "\n\n")])
def test_a_wrapped_text_reads_like_one_that_is_not(width: int, indent: str, between: str) -> None:
    assert facts(wrapped(width, indent, between)) == facts(PLAIN)


def test_a_first_line_cut_short_by_its_missing_dateline_belongs_to_the_next() -> None:
    first, rest = "Norwegian Prime Minister Aino Lund", PLAIN.removeprefix("Norwegian Prime Minister Aino Lund ").split("\n\n")
    text = "\n".join([first, textwrap.fill(rest[0], 64), *(textwrap.fill(p, 64, initial_indent=" ") for p in rest[1:])])
    assert facts(text)[1:] == facts(PLAIN)[1:]


def test_a_headline_and_items_stay_lines_of_their_own() -> None:
    text = "Lund in Kampala for talks on fish\n\n" + wrapped(64, "", "\n\n") + "\n\n- the first item of a list\n- the second item of it\n"
    found = [text[b.start : b.end] for b in blocks(text)]
    assert found[0] == "Lund in Kampala for talks on fish"
    assert [" ".join(f.split()) for f in found[1:5]] == PARAGRAPHS
    assert found[5:] == ["- the first item of a list", "- the second item of it"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abc. \t-A1", max_size=90), max_size=30))
def test_blocks_cover_all_that_is_not_space_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    spans = [(b.start, b.end) for b in blocks(text)]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


WIRE = """Brazilian Trade Minister Rui Falcao
met his Swiss counterpart Beat Amsler, Swiss Economics Minister
Jean-Marc Delacroix and Treasury Secretary Pierre
Langlois on the second leg of a tour to discuss his country's
debt problems with Western governments and the U.S.
Administration.
 Falcao told reporters that the trip had been a useful one
and that he would go on to Lisbon before the weekend.
"""


def test_a_report_wrapped_to_a_width_is_read_by_paragraphs() -> None:
    assert [b.kind for b in blocks(WIRE)] == ["body", "body"]
    meetings = read_document(Document(id="wire", text=WIRE, language="en")).meetings
    assert [m.hosts + m.guests for m in meetings] == [["Rui Falcao", "Beat Amsler", "Jean-Marc Delacroix", "Pierre Langlois"]]


def test_a_headline_above_prose_stays_a_headline() -> None:
    text = "Ministers meet in Lima\nLima hosted the foreign ministers of Chile and Peru on Monday.\nThey discussed trade.\n"
    assert [b.kind for b in blocks(text)] == ["headline", "body", "body"]


@pytest.mark.parametrize("text", ["President Juan Vega met Ana Ruiz,", "Juan Vega,", "Ana Ruiz, "])
def test_a_name_and_a_comma_may_end_the_text(text: str) -> None:
    assert read_document(Document(id="cut", text=text, language="en")).people


@pytest.mark.parametrize(("line", "place"), [("LIMA, 25 March 2024 - ", "Lima"), ("QTY, 25 March 2024 - ", None), ("ROME (XYZ) - ", "Rome"), ("UB, 25 March - ", None)])
def test_initials_before_a_dateline_s_day_are_an_outlet_s(line: str, place: str | None) -> None:
    text = line + "Norwegian Foreign Minister Aino Lund met Ugandan Foreign Minister Tomas Okello on Monday.\n"
    assert [m.place for m in read_document(Document(id="t", text=text, language="en")).meetings] == [place]


def test_a_day_behind_the_outlet_s_mark_belongs_to_the_dateline() -> None:
    text = "LIMA (QTY), 5 April 2025 - Norwegian Foreign Minister Aino Lund met Ugandan Foreign Minister Tomas Okello on Friday.\n"
    memo = read_document(Document(id="t", text=text, language="en"))
    assert [(m.hosts, m.date, m.place) for m in memo.meetings] == [(["Aino Lund"], "2025-04-04", "Lima")]


@pytest.mark.parametrize(("text", "city"), [
    ("LUXEMBOURG The Secretary of State said on Saturday that creative leadership was needed in the talks.", "LUXEMBOURG"),
    ("BEIJING/SINGAPORE Officials of both countries said on Tuesday that the talks would go on for a year.", "BEIJING"),
    ("NATO Officials of both countries said on Tuesday that the talks would go on for a year or even more.", ""),
    ("MINISTER FOR TRADE Officials of both countries said on Tuesday that the talks would go on for a year.", ""),
])  # fmt: skip
def test_a_dateline_may_have_lost_its_dash(text: str, city: str) -> None:
    block = blocks(text)[0]
    assert (text[slice(*block.city)] if block.city else "") == city


@pytest.mark.parametrize("line", ["During the visit, Berg will meet Polish President Jan Zielak.", "In Lima she met President Maria Quispe.", "Lund also received Minister Mark Odera"])
def test_a_short_line_with_a_name_that_starts_like_a_month_is_no_dateline(line: str) -> None:
    text = f"{PARAGRAPHS[0]}\n\n{line}\n\n{PARAGRAPHS[1]}"
    assert [text[b.body : b.end] for b in blocks(text)][1] == line


@pytest.mark.parametrize("line", ["Friday, April 20, 2018", "Thursday, 15 September 2022", "Sat 24 October 2020"])
def test_a_weekday_is_no_place(line: str) -> None:
    assert all(b.city is None for b in blocks(f"Lund visits Oslo\n\n{line}\n\n{PARAGRAPHS[0]}"))


@pytest.mark.parametrize(
    ("text", "city", "first"),
    [
        ("Antalya, March 03, 2024, The North Today: In a hall, they met.", "Antalya", "In"),
        ("YEREVAN, 12 MARCH, ARMAG. The minister met her guest.", "YEREVAN", "The"),
        ("20:25 | Lima, Jul. 6.\n\nThe minister met her guest.", "Lima", ""),
    ],
)
def test_datelines_of_pages(text: str, city: str, first: str) -> None:
    block = blocks(text)[0]
    assert block.city is not None
    assert text[slice(*block.city)] == city
    assert text[block.body : block.end].startswith(first)

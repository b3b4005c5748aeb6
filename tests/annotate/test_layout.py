"""How the lines of a report make paragraphs."""

from __future__ import annotations

import pytest

from memcon.annotate.layout import blocks
from memcon.model import Document
from memcon.run import read_document

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

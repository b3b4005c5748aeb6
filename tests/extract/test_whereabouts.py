"""Where a contact took place, where its own words do not say."""

from __future__ import annotations

import pytest

from memcon.model import Document
from memcon.run import read_document

LEAD = "German Foreign Minister Jonas Berg arrived in Warsaw on Monday. "

ROWS = [
    # in the town the guest has come to
    (LEAD + "He was received by Polish President Jan Zielak.", ["Warsaw"]),
    ("German Foreign Minister Jonas Berg will travel to Warsaw on Friday. He will meet Polish President Jan Zielak.", ["Warsaw"]),
    # where the contact told before was
    ("Polish Foreign Minister Anna Kovar met with German Foreign Minister Jonas Berg in Gdansk on Monday. Polish President Jan Zielak also received Berg.", ["Gdansk", "Gdansk"]),
    # its own words first
    (LEAD + "He met with Polish President Jan Zielak in Lublin.", ["Lublin"]),
    # a call has no place, and a country is no town
    (LEAD + "He also spoke by phone with Polish President Jan Zielak.", [None]),
    ("German Foreign Minister Jonas Berg is visiting Poland. He was received by Polish President Jan Zielak.", [None]),
    # of two towns neither
    ("German Foreign Minister Jonas Berg arrived in Poland, where he is to stay in Warsaw and in Lublin. He met with Polish President Jan Zielak.", [None]),
    # another place is named
    (LEAD + "He later met with Polish President Jan Zielak on the way to Vilnius.", [None]),
    # the host is not at home there
    (LEAD + "In the evening he received Czech Foreign Minister Petr Novak.", [None]),
]


@pytest.mark.parametrize(("text", "where"), ROWS)
def test_place_of_contact(text: str, where: list[str | None]) -> None:
    memo = read_document(Document(id="report", text=text, language="en", published="2024-03-12"))
    assert [m.place for m in memo.meetings] == where


def test_an_inferred_place_says_why_and_points_at_its_words() -> None:
    text = ROWS[0][0]
    (meeting,) = read_document(Document(id="report", text=text, language="en")).meetings
    assert meeting.derivation["place"] == "the guest had come to Warsaw -> Warsaw"
    assert [text[s.start : s.end] for s in meeting.evidence.fields["place"]] == ["Warsaw"]


def test_an_outlet_is_no_town() -> None:
    text = "KPL News Bulletin, March 12 -- German Foreign Minister Jonas Berg met with Polish Foreign Minister Anna Kovar."
    (meeting,) = read_document(Document(id="report", text=text, language="en")).meetings
    assert meeting.place is None

"""Which day a contact is told to have taken place: its own, the day being told of, or none."""

from __future__ import annotations

import pytest

from memcon.model import Document
from memcon.run import read_document

LEAD = "Foreign Minister Anna Kovar of Poland met with German Foreign Minister Jonas Berg in Warsaw on Monday. "

# published, report, dates of its contacts in order
ROWS = [
    ("2024-03-12", LEAD, ["2024-03-11"]),
    # told of the same day
    ("2024-03-12", LEAD + "Prime Minister Jan Zielak of Poland also received Berg.", ["2024-03-11", "2024-03-11"]),
    ("2024-03-12", LEAD + "Earlier in the day, Berg held talks with Polish Defense Minister Ewa Lipska.", ["2024-03-11", "2024-03-11"]),
    # a day of its own, counted from the day told
    ("2024-03-12", LEAD + "Polish Defense Minister Ewa Lipska had received Berg the previous evening.", ["2024-03-11", "2024-03-10"]),
    # past before the past: not the day that is told
    ("2024-03-12", LEAD + "Berg had met Polish Defense Minister Ewa Lipska in Brussels.", ["2024-03-11", None]),
    # nothing decides a day
    (None, LEAD, [None]),
    # a stay of several days: only its month is known
    (None, "German Foreign Minister Jonas Berg visited Poland from 4 to 6 June 2023.\n\nBerg met with Polish Foreign Minister Anna Kovar in Warsaw.", ["2023-06"]),
    # days in brackets after a word
    (None, "German Foreign Minister Jonas Berg met with Polish Foreign Minister Anna Kovar in Warsaw this morning (28).", ["XXXX-XX-28"]),
    # a dateline without a year: the lead's weekday is its day
    (None, ("WARSAW, March 12 (PAX) -- Polish Foreign Minister Anna Kovar met with German Foreign Minister Jonas Berg here Tuesday.\n\n"
           "On Monday, Berg held talks with Polish Defense Minister Ewa Lipska."), ["XXXX-03-12", "XXXX-03-11"]),
    # the day of a report, or of the journey home, is not that of the contact
    ("2024-03-12", "German Foreign Minister Jonas Berg will meet with Polish Foreign Minister Anna Kovar in Warsaw, his office announced on Friday.", [None]),
    ("2024-03-12", "The ministry announced on Friday that German Foreign Minister Jonas Berg will meet with Polish Foreign Minister Anna Kovar in Warsaw.", [None]),
    ("2024-03-12", "German Foreign Minister Jonas Berg returned to Berlin on Friday after meeting Polish Foreign Minister Anna Kovar in Warsaw.", [None]),
    ("2024-03-12", "German Foreign Minister Jonas Berg returned to Berlin on Friday after a one-day visit to Warsaw, where he met Polish Foreign Minister Anna Kovar.", ["2024-03-08"]),
    # days of the visit that are named further on, and a statement's day between
    ("2024-03-12", ("German Foreign Minister Jonas Berg will meet Polish President Jan Zielak in Warsaw.\n\n"
           "Berg's visit to Poland will take place from 20 to 21 March."), ["2024-03"]),
    ("2024-03-12", ("German Foreign Minister Jonas Berg will visit Poland from 20 to 21 March. The ministry issued a statement on Monday on the visit of Berg.\n\n"
           "Berg will meet Polish President Jan Zielak."), ["2024-03"]),
    # a day before an office
    ("2024-03-12", "Polish President Jan Zielak received yesterday German President Jonas Berg, who arrived on Sunday in Warsaw.", ["2024-03-11"]),
    # the last of a row
    ("2024-03-12", LEAD + "In his last meeting in Warsaw, Berg was received by Jan Zielak, President of Poland.", ["2024-03-11", "2024-03-11"]),
    # a visit of one day, with what is planned for it
    ("2024-03-12", ("German Foreign Minister Jonas Berg will pay a visit to Poland on Thursday, according to a statement released on Tuesday.\n\n"
           "During the visit, Berg will meet Polish President Jan Zielak."), ["2024-03-14"]),
    ("2024-03-12", ("German Foreign Minister Jonas Berg will begin a visit to Poland on Thursday.\n\n"
           "During the visit, Berg will meet Polish President Jan Zielak."), [None]),
    ("2024-03-12", ("German Foreign Minister Jonas Berg will pay a visit to Poland on Thursday. "
           "He will then travel to Slovakia for talks with President Ewa Nagy."), [None]),
    # the day of what is planned further on is not the day of the meeting
    ("2024-03-12", "Polish Foreign Minister Anna Kovar met with German Foreign Minister Jonas Berg to prepare a conference, which is scheduled to open in Berlin in May 2025.", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("published", "text", "dates"), ROWS)
def test_day_of_contact(published: str | None, text: str, dates: list[str | None]) -> None:
    memo = read_document(Document(id="report", text=text, language="en", published=published))
    assert [m.date for m in memo.meetings] == dates


def test_a_day_rests_on_its_words() -> None:
    text = LEAD + "Prime Minister Jan Zielak of Poland also received Berg."
    memo = read_document(Document(id="report", text=text, language="en", published="2024-03-12"))
    spans = memo.meetings[1].evidence.fields["date"]
    assert [text[s.start : s.end] for s in spans] == ["Monday"]
    assert memo.meetings[1].derivation["date"]

"""Reports told in the first person: who stands above them as their author."""

from __future__ import annotations

import pytest

from memcon.model import Document, Memorandum
from memcon.run import read_document

BODY = "I met this morning with the Foreign Minister of Uganda, Tomas Okello, in Kampala. I thanked him for the warm welcome of his people.\n"
THIRD = "The Minister met this morning with the Foreign Minister of Uganda, Tomas Okello, in Kampala.\n"


def read(text: str) -> Memorandum:
    return read_document(Document(id="t", text=text, language="en"))


@pytest.mark.parametrize(
    ("heading", "name", "title"),
    [
        ("Aino Lund\nMINISTER FOR FOREIGN AFFAIRS AND TRADE\n\nMedia Statement\n\nTALKS IN KAMPALA\n\n", "Aino Lund", "minister for foreign affairs and trade"),
        ("Media release\n\nSenator the Hon Aino Lund\nMinister for Foreign Affairs\n\nVisit to Kampala\n\n", "Aino Lund", "minister for foreign affairs"),
        ("LEADER OF THE OPPOSITION News Release by Aino Lund, MP\n\nMEETING IN KAMPALA\n\n", "Aino Lund", "leader of the opposition"),
        ("AINO LUND MP\n\nSHADOW MINISTER FOR FOREIGN AFFAIRS\n\nTALKS IN KAMPALA\n\n", "AINO LUND", "shadow minister for foreign affairs"),
    ],
)
def test_a_name_over_its_office_signs_a_report_told_in_the_first_person(heading: str, name: str, title: str) -> None:
    memo = read(heading + BODY)
    people = {p.name: [x.title.lower() for x in p.positions] for p in memo.people}
    assert people[name] == [title]
    assert [(s.speakers, s.act) for s in memo.statements] == [([name], "thank")]



def test_the_author_takes_part_in_what_is_told_of_i() -> None:
    memo = read("Media release\n\nSenator the Hon Aino Lund\nMinister for Foreign Affairs\n\nVisit to Kampala\n\n" + BODY)
    assert [sorted((*m.hosts, *m.guests)) for m in memo.meetings] == [["Aino Lund", "Tomas Okello"]]


@pytest.mark.parametrize(
    "heading",
    [
        "Uganda Talks\nMinister for Trade and Energy in Kampala\n\n",  # a subject is nobody
        "Trade Agreement\nPresident of the Senate\n\n",
        "Media Statement\n\nTalks in Kampala\n\n",
    ],
)
def test_other_headings_are_nobody_s_names(heading: str) -> None:
    assert [p.name for p in read(heading + BODY).people] == ["Tomas Okello"]


def test_a_report_in_the_third_person_has_no_author() -> None:
    assert "Aino Lund" not in [p.name for p in read("Aino Lund\nMINISTER FOR TRADE\n\n" + THIRD).people]

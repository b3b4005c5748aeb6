"""Who met whom where a report tells of several contacts, of company, and in words that name nobody: a table of texts and their contacts."""

from __future__ import annotations

import pytest

from memcon.model import Document
from memcon.run import read_document

LEAD = (
    "On 4 May 2021, Norwegian Foreign Minister Aino Lund held discussions with Ugandan Ambassador Tomas Okello, Peruvian Ambassador Marisol Quispe "
    "and Danish Ambassador Henrik Aasen. "
)


def contacts(text: str, published: str | None = None) -> list[tuple[str, list[str], list[str]]]:
    """Kind, hosts and guests of every contact of a report."""
    return [(m.kind, m.hosts, m.guests) for m in read_document(Document(id="t", text=text, language="en", published=published)).meetings]


def test_a_group_told_one_by_one_after_the_lead_is_several_contacts() -> None:
    text = LEAD + "During the meeting with the Ugandan Ambassador, she spoke of trade. Later in the day, she met Ambassador Marisol Quispe. The Minister also met with Ambassador Henrik Aasen."
    assert contacts(text) == [("meeting", ["Aino Lund"], [guest]) for guest in ("Tomas Okello", "Marisol Quispe", "Henrik Aasen")]


def test_a_group_of_which_one_is_told_again_stays_one_contact() -> None:
    assert contacts(LEAD + "At the meeting with Ambassador Tomas Okello, Peru was not spoken of.") == [("meeting", ["Aino Lund"], ["Tomas Okello", "Marisol Quispe", "Henrik Aasen"])]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "They recalled a meeting between Norwegian President, Aino Lund, and her Ugandan counterpart, Tomas Okello, earlier this month.",
            ("meeting", ["Aino Lund"], ["Tomas Okello"]),
        ),
        (
            "Norwegian President Aino Lund said that the main topic of the talks with Ugandan President Tomas Okello was grain.",
            ("talks", ["Aino Lund"], ["Tomas Okello"]),
        ),
        (
            "This was stated by Norwegian President Aino Lund in a statement to the press following talks with Ugandan President Tomas Okello.",
            ("talks", ["Aino Lund"], ["Tomas Okello"]),
        ),
        (
            "The ministry released a summary of a phone call made by Norwegian President Aino Lund to Ugandan President Tomas Okello.",
            ("phone_call", ["Aino Lund"], ["Tomas Okello"]),
        ),
        (
            "Norwegian Foreign Minister Aino Lund further discussed the relations of the two countries with Ugandan Foreign Minister Tomas Okello.",
            ("meeting", ["Aino Lund"], ["Tomas Okello"]),
        ),
        (
            "At the invitation of President Tomas Okello of Uganda, President Aino Lund of Norway will visit Kampala on 4 May 2031. During the visit, President Lund will engage her counterpart on trade.",
            ("meeting", ["Tomas Okello"], ["Aino Lund"]),
        ),
        (
            ("President His Highness Sheikh Salim bin Rashid of Oman opened the fair. His Highness separately met, on the margins of the fair, with President Aino Lund of Norway; "
            "Tomas Okello, President of Uganda; and Marisol Quispe, President of Peru."),
            ("meeting", ["Salim bin Rashid"], ["Marisol Quispe"]),
        ),
        (
            "Norwegian President Aino Lund received Ugandan President Tomas Okello in Oslo. The meeting was attended by Norwegian Foreign Minister Petra Halvorsen and Director Jonas Berg.",
            ("meeting", ["Aino Lund", "Petra Halvorsen", "Jonas Berg"], ["Tomas Okello"]),
        ),
        (
            "Norwegian President Aino Lund received Ugandan President Tomas Okello in the presence of Norwegian Foreign Minister Petra Halvorsen.",
            ("meeting", ["Aino Lund", "Petra Halvorsen"], ["Tomas Okello"]),
        ),
        (
            "Ugandan President Tomas Okello was received by Norwegian President Aino Lund. Accompanying him were Ugandan Ministers Nadia Kato and Paul Odera.",
            ("meeting", ["Aino Lund"], ["Tomas Okello", "Nadia Kato", "Paul Odera"]),
        ),
    ],
)
def test_both_sides_are_found(text: str, told: tuple[str, list[str], list[str]]) -> None:
    assert told in contacts(text)


def test_who_is_there_to_receive_somebody_receives_him() -> None:
    text = "Norwegian Minister Aino Lund was on Tuesday on hand at the airport to receive Ugandan President Tomas Okello."
    memo = read_document(Document(id="t", text=text, language="en"))
    assert [(m.hosts, m.guests, m.status) for m in memo.meetings] == [(["Aino Lund"], ["Tomas Okello"], "occurred")]


def test_company_takes_part_and_does_not_speak_for_its_side() -> None:
    text = (
        "Norwegian President Aino Lund received Ugandan President Tomas Okello in the presence of Norwegian Foreign Minister Petra Halvorsen. "
        "The two sides discussed the price of grain."
    )
    memo = read_document(Document(id="t", text=text, language="en"))
    assert memo.meetings[0].hosts == ["Aino Lund", "Petra Halvorsen"]
    assert [sorted(s.speakers) for s in memo.statements] == [["Aino Lund", "Tomas Okello"]]


def test_a_headline_without_names_adds_no_contact() -> None:
    text = "Uganda's MoFA meets with his Norwegian counterpart in Oslo\n\nThe Ugandan Minister of Foreign Affairs (MoFA), Tomas Okello, met with his Norwegian counterpart, Aino Lund, in Oslo.\n"
    assert len(contacts(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian Foreign Minister Aino Lund and her Ugandan counterpart Tomas Okello stressed the importance of ending the war and of resuming political negotiations in Geneva.",
        "The analyst Aino Lund of Norway said that the main topic of the talks with Ugandan President Tomas Okello was grain.",
    ],
)
def test_no_contact_is_told(text: str) -> None:
    assert contacts(text) == []


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Cabinet Secretary Tomas Okello received Aino Lund, Norwegian Ambassador to Uganda, and Marisol Quispe, Peruvian Ambassador to Uganda.", "Tomas Okello", "UG"),
        ("President Tomas Okello received the credentials of Norwegian Ambassador Aino Lund at State House, Kampala.", "Tomas Okello", "UG"),
        (
            "Muscat: Omani Foreign Minister Salim Harthi received Tomas Okello, Minister of Foreign Affairs and International Cooperation. The talks dealt with relations between Oman and Uganda. --ONA",
            "Tomas Okello",
            "UG",
        ),
    ],
)
def test_whose_people_they_are(text: str, name: str, country: str) -> None:
    people = read_document(Document(id="t", text=text, language="en")).people
    assert next(p.country for p in people if p.name == name) == country


def test_whoever_bears_the_word_as_a_last_name_is_meant() -> None:
    text = "Iraqi Minister Fuad Salim met his Iranian counterpart, Salim Amir Harthi. Harthi and Salim met again in Lima on 4 May 2021."
    assert contacts(text)[-1][1:] in ((["Salim Amir Harthi"], ["Fuad Salim"]), (["Fuad Salim"], ["Salim Amir Harthi"]))

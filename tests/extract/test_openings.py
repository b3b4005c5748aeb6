"""What opens a sentence ends before its subject: whose titles, dates and contacts the parts are."""

from __future__ import annotations

import pytest

from memcon.model import Document, Memorandum
from memcon.run import read_document


def memo(text: str) -> Memorandum:
    return read_document(Document(id="t", text=text, language="en"))


def posts(text: str) -> dict[str, list[tuple[str, str | None]]]:
    return {p.name: [(x.title, x.organization) for x in p.positions] for p in memo(text).people}


@pytest.mark.parametrize(
    "opening",
    ["In his meeting with", "While receiving", "During talks with", "When briefing", "Talking to", "Meeting"],
)
def test_the_president_after_an_opening_is_somebody_else(opening: str) -> None:
    text = f"President Aino Lund of Norway is at home. {opening} Ugandan Ambassador Tomas Okello, the president spoke of fisheries."
    assert posts(text)["Tomas Okello"] == [("Ambassador", "Uganda")]


def test_a_post_somebody_takes_up_is_not_that_of_the_next_name() -> None:
    found = posts("Welcoming Tomas Okello as Ambassador of Uganda, President Aino Lund of Norway said that trade had grown.")
    assert found["Aino Lund"] == [("President", "Norway")]


def test_initials_without_a_space_belong_to_the_name() -> None:
    found = memo("Mongolian President Kh.Batmaa received Ugandan Ambassador Tomas Okello. Kh.Batmaa spoke of fisheries.")
    assert [p.name for p in found.people] == ["Kh.Batmaa", "Tomas Okello"]
    assert [(m.hosts, m.guests) for m in found.meetings] == [(["Kh.Batmaa"], ["Tomas Okello"])]


def test_the_year_of_what_is_said_is_no_contact_s() -> None:
    found = memo("While receiving Ugandan Ambassador Tomas Okello, Norwegian President Aino Lund congratulated his country on chairing the lake commission in 2016.")
    assert [m.date for m in found.meetings] == [None]
    led = memo("In 2016, while receiving Ugandan Ambassador Tomas Okello, Norwegian President Aino Lund praised the lake commission.")
    assert [m.date for m in led.meetings] == ["2016"]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Norwegian Foreign Minister Aino Lund will face the press after talks with Ugandan Foreign Minister Tomas Okello.", "planned"),
        ("Norwegian Foreign Minister Aino Lund is to address reporters following her meeting with Ugandan Foreign Minister Tomas Okello.", "planned"),
        ("Norwegian Foreign Minister Aino Lund faced the press after talks with Ugandan Foreign Minister Tomas Okello.", "occurred"),
    ],
)
def test_talks_before_a_press_conference_that_is_to_come_are_to_come(sentence: str, status: str) -> None:
    assert [m.status for m in memo(sentence).meetings] == [status]


BODY = "\nOn January 30, Foreign Minister Aino Lund of Norway received Deputy Foreign Minister Tomas Okello of Uganda in Oslo.\nThey spoke of fisheries."


@pytest.mark.parametrize(
    ("headline", "person", "titles"),
    [
        ("Foreign Minister Aino Lund received Deputy Foreign Minister Tomas Okello as part of his working visit", "Tomas Okello", ["Deputy Foreign Minister"]),
        ("Aino Lund, Uganda's top diplomat discuss the lake", "Aino Lund", ["Foreign Minister"]),  # a comma is an "and"
    ],
)
def test_a_headline_in_sentence_case(headline: str, person: str, titles: list[str]) -> None:
    assert [title for title, _ in posts(headline + BODY)[person]] == titles


def test_a_paragraph_on_each_line_is_no_wrapped_text() -> None:
    """A headline in title case of sixty characters, and prose in one long line below it."""
    text = "FM Lund, Ugandan Counterpart Okello Discuss Matters Of The Lakes\nOslo: " + BODY.strip().replace("\n", " ") + " They agreed to meet again in Kampala before the end of the year."
    assert sorted(p.name for p in memo(text).people) == ["Aino Lund", "Tomas Okello"]


def test_two_countries_with_a_hyphen_are_nobody() -> None:
    found = memo("The new ambassador Tomas Okello of Uganda pledged to foster Norway-Sierra Leone relations with Norwegian President Aino Lund.")
    assert [p.name for p in found.people] == ["Tomas Okello", "Aino Lund"]

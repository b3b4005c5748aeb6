"""Contacts of protocol and of formats, and what only looks like one: a table of texts and the contacts that they tell."""

from __future__ import annotations

import pytest

from memcon.model import Document
from memcon.run import read_document

VISIT = "President Aino Lund of Norway is on a state visit to Uganda. She held talks with President Tomas Okello of Uganda on Tuesday. "
ONLY_TALKS = [("talks", ["Tomas Okello"], ["Aino Lund"])]


def contacts(text: str, published: str | None = None) -> list[tuple[str, list[str], list[str]]]:
    """Kind, hosts and guests of every contact of a report."""
    return [(m.kind, m.hosts, m.guests) for m in read_document(Document(id="t", text=text, language="en", published=published)).meetings]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (VISIT + "In the evening President Okello offered a State Dinner.", ("banquet", ["Tomas Okello"], ["Aino Lund"])),
        (VISIT + "A banquet given by President Okello followed in the evening.", ("banquet", ["Tomas Okello"], ["Aino Lund"])),
        (VISIT + "An official welcoming ceremony was held for President Lund at the palace.", ("ceremony", ["Tomas Okello"], ["Aino Lund"])),
        (VISIT + "Ugandan Foreign Minister Nadia Kato paid a courtesy call on her at her hotel.", ("courtesy_call", ["Aino Lund"], ["Nadia Kato"])),
        (
            "Minister Aino Lund of Norway welcomed President Tomas Okello of Uganda at the airport. He was also met on arrival by Norwegian Speaker Petra Halvorsen.",
            ("meeting", ["Petra Halvorsen"], ["Tomas Okello"]),
        ),
        (
            ("The third round of Norway-Uganda Political Consultations was held in Oslo on 4 May 2021. The Norwegian side was led by Deputy Minister Henrik Aasen "
            "and the Ugandan side by Ambassador Tomas Okello."),
            ("talks", ["Henrik Aasen"], ["Tomas Okello"]),
        ),
        (
            ("The tenth session of the Joint Commission between Norway and Uganda opened in Oslo on 4 May 2021, chaired by Norwegian Minister Aino Lund "
            "and Ugandan Minister Tomas Okello."),
            ("meeting", ["Aino Lund"], ["Tomas Okello"]),
        ),
        (VISIT + "The Joint Commission last convened in Kampala in 2019.", ("meeting", ["Uganda"], ["Norway"])),
    ],
)
def test_told_with_all_sides(text: str, told: tuple[str, list[str], list[str]]) -> None:
    assert told in contacts(text)


def test_counterparts_of_several_countries_are_met_one_after_the_other() -> None:
    text = "Norwegian Foreign Minister Aino Lund held separate bilateral meetings with her counterparts from Peru, Uganda and Tunisia on 4 May 2021."
    assert contacts(text) == [("meeting", ["Aino Lund"], [land]) for land in ("Peru", "Uganda", "Tunisia")]


@pytest.mark.parametrize(
    "text",
    [
        "If President Aino Lund of Norway were to sit down with President Tomas Okello of Uganda tomorrow, what would she say?",
        "In the third season of the series, a drama, President Aino Lund of Norway receives Ugandan President Tomas Okello. Critics praised the actor who plays him.",
        "In her memoir, former Norwegian chancellor Aino Lund tells how she met Ugandan President Tomas Okello in 2007.",
        "Fifty years ago this week, Norwegian President Aino Lund met Ugandan President Tomas Okello in Kampala.",
        "Transport Minister Tomas Okello briefed Prime Minister Aino Lund on the Ugandan railway.",
        "The managing director of Nordstål Corporation, Aino Lund of Norway, met Ugandan coach Tomas Okello in Kampala.",
        "Norwegian Minister Aino Lund met members of her party in Oslo.",
    ],
)
def test_what_only_looks_like_a_contact(text: str) -> None:
    assert contacts(text) == []


def test_a_company_travels_on_no_visit() -> None:
    text = "A delegation of Norway's Nordstål Corporation led by its chairman, Aino Lund, chairman of Nordstål Corporation of Norway, visited Kampala on Tuesday."
    assert read_document(Document(id="t", text=text, language="en")).visits == []


@pytest.mark.parametrize(
    ("text", "published", "dates"),
    [
        (("Minister Aino Lund of Norway will visit Uganda and Kenya.\n\nProgramme\n\nTuesday, 18 May\n- 10:30 Meeting with Minister Tomas Okello of Uganda.\n\n"
         "Wednesday, 19 May\n- 12:15 Meeting with Minister Wanjiru Kamotho of Kenya.\n"), "2021-05-17", ["2021-05-18", "2021-05-19"]),
        ("Norwegian President Aino Lund will meet Ugandan President Tomas Okello later on Monday.", "2023-09-25", ["2023-09-25"]),
        ("Talks between Norwegian Minister Aino Lund and Ugandan Minister Tomas Okello, scheduled for April 7, have been postponed.", "2011-03-30", ["2011-04-07"]),
        ("LIMA CITY 09 September 2021 — Norwegian President Aino Lund met Ugandan President Tomas Okello yesterday.", None, ["2021-09-08"]),
        ("Riyadh, Rajab 21, 1444, Feb 12, 2023, SPA -- Norwegian President Aino Lund met Ugandan President Tomas Okello today.", None, ["2023-02-12"]),
        ("Norwegian Minister Aino Lund met Ugandan President Tomas Okello on Tuesday and saw the damage of the strikes in January.", "2021-05-20", ["2021-05-18"]),
        ("Norwegian Minister Aino Lund was received by Ugandan President Tomas Okello, who stands for re-election on 2 December, and met Speaker Nadia Kato of Uganda.",
         "2021-11-20", [None, None]),
    ],
)
def test_days(text: str, published: str | None, dates: list[str | None]) -> None:
    assert [m.date for m in read_document(Document(id="t", text=text, language="en", published=published)).meetings] == dates

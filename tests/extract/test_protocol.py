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
        "There was talk of a possible meeting between President Aino Lund of Norway and Ugandan President Tomas Okello.",
        "A spokesman said that any summit between Norwegian President Aino Lund and Ugandan President Tomas Okello would need time.",
        "Norwegian President Aino Lund dismissed reports that she had met Ugandan President Tomas Okello in Lima.",
        "Reports that Norwegian President Aino Lund had held talks with Ugandan President Tomas Okello were false, a spokesman said.",
        "Norwegian Foreign Minister Aino Lund ruled out a meeting with Ugandan Foreign Minister Tomas Okello.",
        "Norwegian Minister Aino Lund has been resisting a meeting with Ugandan Minister Tomas Okello.",
        "Norwegian Minister Aino Lund blamed Kampala for the lack of a meeting with Ugandan Minister Tomas Okello.",
        "Norwegian Minister Aino Lund looked forward to welcoming Ugandan Minister Tomas Okello to Oslo.",
        "Norwegian President Aino Lund called Ugandan President Tomas Okello a “decent man”.",
        "Former Norwegian foreign minister Aino Lund has died at 90. As minister she negotiated with Ugandan President Tomas Okello for the release of a sailor.",
        "The chairman of the Norwegian Football Association, Aino Lund, met the president of the Ugandan Football Federation, Tomas Okello, in Kampala.",
        "The trip would have made Norwegian President Aino Lund the first leader to meet Ugandan President Tomas Okello.",
        "The two sides will announce it as soon as the meeting of Norwegian President Aino Lund with Ugandan President Tomas Okello is confirmed.",
        "Norwegian candidate Aino Lund said that as president she would meet Ugandan President Tomas Okello.",
        "Norwegian Minister Aino Lund said she would take part in the African Union summit if the airspace was opened.",
    ],
)
def test_what_only_looks_like_a_contact(text: str) -> None:
    assert contacts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian President Aino Lund denied a report that she will visit Uganda. A newspaper wrote that Oslo prepares for her trip to Kampala.",
        "Norwegian President Aino Lund has no plans to visit Uganda, her office said. A newspaper had reported that Lund would visit Uganda on Friday.",
        "A spokesman cannot confirm reports that Norwegian President Aino Lund plans to visit Uganda on Friday.",
        "Speculation about a trip by Norwegian President Aino Lund to Uganda grew on Friday.",
        "A possible visit by Norwegian President Aino Lund to Uganda was not discussed.",
        "Former Norwegian foreign minister Aino Lund has died at 90. She paid an official visit to Uganda in 1984.",
        "As minister, Aino Lund of Norway made eighteen trips to Uganda.",
        "Norwegian candidate Aino Lund said that as president she would make her first trip to Uganda.",
        "Forty years ago, Kampala was a quiet town. When Norwegian President Aino Lund visited Uganda in 1972, goats grazed there.",
        "The football federation's president, Aino Lund of Norway, came to Uganda for a football match. Norway play Uganda at the football stadium in a football friendly.",
    ],
)
def test_what_only_looks_like_a_visit(text: str) -> None:
    assert read_document(Document(id="t", text=text, language="en")).visits == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In talks with Ugandan President Tomas Okello in Oslo, Norwegian President Aino Lund denied the charges.", 1),
        ("Norwegian President Aino Lund called Ugandan President Tomas Okello a day later.", 1),
        ("A summit of Norwegian President Aino Lund and Ugandan President Tomas Okello has been cancelled.", 1),
        ("FIFA president Aino Lund met Ugandan President Tomas Okello at the football stadium before the football match in Kampala. Football matters, said a football fan.", 1),
        ("Former Norwegian minister Aino Lund has died. Norwegian Minister Hana Berg received Ugandan Minister Tomas Okello in Oslo.", 1),
    ],
)
def test_contacts_beside_what_is_none(text: str, told: int) -> None:
    assert len(contacts(text)) == told


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

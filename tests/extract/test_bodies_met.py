"""Contacts whose parties are a body, a state or a group: a table of texts and the contacts that they tell, and texts that tell none."""

from __future__ import annotations

import pytest

from memcon.extract.several import singular
from memcon.model import Document
from memcon.run import read_document

DAY = "2023-06-15"  # a Thursday


def contacts(text: str) -> list[tuple[str, list[str], list[str], str]]:
    """Kind, hosts, guests and status of every contact of a report."""
    return [(m.kind, m.hosts, m.guests, m.status) for m in read_document(Document(id="t", text=text, language="en", published=DAY)).meetings]


@pytest.mark.parametrize(
    ("text", "kind", "hosts", "guests", "status"),
    [
        ("The 8th meeting of the EU-Uganda Association Council will take place in Brussels on September 5.", "meeting", ["European Union"], ["Uganda"], "planned"),
        ("A session of the NATO-Georgia Commission took place in Brussels on Thursday.", "meeting", ["NATO"], ["Georgia"], "occurred"),
        ("The Alliance will hold a meeting of the NATO-Georgia Commission.", "meeting", ["NATO"], ["Georgia"], "planned"),
        ("The sixth India-EU Summit was held in Brussels on 3 May.", "summit", ["India"], ["European Union"], "occurred"),
        ("The European Union and the Republic of Peru held their seventeenth Cooperation Council on 23 May 2017 in Brussels.", "meeting", ["European Union"], ["Peru"], "occurred"),
        ("The fourth session of the Intergovernmental Commission between Hungary and Uganda was held in Budapest.", "meeting", ["Hungary"], ["Uganda"], "occurred"),
        (
            "Political consultations between the Ministries of Foreign Affairs of Uganda and Slovenia were held in Kampala.",
            "talks", ["Ministry of Foreign Affairs of Uganda"], ["Ministry of Foreign Affairs of Slovenia"], "occurred",
        ),
        ("The Swedish and Danish foreign ministries held consultations in Malmö on 5 May.", "talks", ["Foreign Ministry of Sweden"], ["Foreign Ministry of Denmark"], "occurred"),
        ("Croatian and Peruvian officials met in Zagreb on Tuesday.", "meeting", ["Croatia"], ["Peru"], "occurred"),
        ("Delegations from Norway and Uganda met in Istanbul on Friday.", "meeting", ["Norway"], ["Uganda"], "occurred"),
        ("The foreign ministers of Finland, Sweden and Norway met in Oslo on Monday.", "meeting", ["Norway"], ["Sweden", "Finland"], "occurred"),
        (
            "The Committee on Foreign Affairs of the Riksdag received a delegation from the Parliament of Uganda on Tuesday.",
            "meeting", ["Committee on Foreign Affairs of the Riksdag"], ["Parliament of Uganda"], "occurred",
        ),
        ("Swedish Prime Minister Anna Lind received a group of ambassadors of EU member states.", "meeting", ["Anna Lind"], ["European Union"], "occurred"),
        ("EU foreign ministers met in Luxembourg on Monday.", "conference", ["European Union"], [], "occurred"),
        ("NATO defence ministers will meet in Brussels on 14 July with a focus on Uganda.", "conference", ["NATO"], [], "planned"),
        ("The NATO summit will be held in Madrid on 29 July.", "summit", ["NATO"], [], "planned"),
        (
            ("The Secretary-General of the European Commission, Enrique Mora, hosted on 17 May in Brussels the 9th round of the EU-Central Asia Security Dialogue, "
            "with the participation of the Deputy Foreign Ministers of Kazakhstan, Tajikistan and Uzbekistan."),
            "talks", ["Enrique Mora"], ["Kazakhstan", "Tajikistan", "Uzbekistan"], "occurred",
        ),
        (
            ("The first round of talks between Norway and Uganda was held in Oslo this week. The Ugandan delegation was headed by Vice Minister of Foreign Affairs Tomas Okello. "
            "Norway's delegation was at senior official level, headed by Secretary General Aino Lund."),
            "talks", ["Aino Lund"], ["Tomas Okello"], "occurred",
        ),
        (
            ("Uganda and Norway held the 9th round of Foreign Office Consultations in Oslo on Thursday. Secretary Tomas Okello co-chaired the consultations from the Ugandan side, "
            "and Secretary General Aino Lund co-chaired the meeting from the Norwegian side."),
            "talks", ["Aino Lund"], ["Tomas Okello"], "occurred",
        ),
        (
            "This was announced by Prime Minister of Uganda Tomas Okello following a meeting with EU High Representative for Foreign Affairs Petra Halvorsen.",
            "meeting", ["Tomas Okello"], ["Petra Halvorsen"], "occurred",
        ),
    ],
)  # fmt: skip
def test_parties_are_bodies_and_states(text: str, kind: str, hosts: list[str], guests: list[str], status: str) -> None:
    assert contacts(text) == [(kind, hosts, guests, status)]


def test_the_next_round_that_people_agree_on_is_of_their_states() -> None:
    text = (
        "Norwegian Minister Aino Lund and Ugandan Minister Tomas Okello held the 9th round of consultations in Oslo on Thursday. "
        "They agreed to hold the next round of consultations in Kampala in 2024."
    )
    assert [c for c in contacts(text) if c[3] == "planned"] == [("talks", ["Uganda"], ["Norway"], "planned")]


def test_a_session_beside_talks_takes_no_words_from_those_who_speak() -> None:
    text = (
        "NATO Secretary General Aino Lund held talks in Brussels on Thursday with the Prime Minister of Georgia, Tomas Okello, on the occasion of a session of the NATO-Georgia Commission. "
        "The Secretary General thanked the Prime Minister for the troops."
    )
    report = read_document(Document(id="t", text=text, language="en", published=DAY))
    assert ["NATO"] in [m.hosts for m in report.meetings]
    assert [x.addressees for x in report.statements if x.act == "thank"] == [["Tomas Okello"]]


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Uganda met in the final in Oslo on Sunday.",
        "EU leaders have said that the meeting was held.",
        "The UEFA meeting was held in Nyon on Monday.",
        "The company's board meeting was held in Paris.",
        "EU ministers met with farmers in Brussels.",
        "Croatian and Peruvian officials meet every year.",
        "The initiative was begun in view of the Brussels Conference on Uganda, which will be hosted by the EU later in the spring.",
        "Swedish Prime Minister Anna Lind received a group of students on Friday.",
    ],
)
def test_no_contact(text: str) -> None:
    assert contacts(text) == []


def test_a_plural_body_in_the_singular() -> None:
    assert singular("Ministries of Foreign Affairs") == "Ministry of Foreign Affairs"
    assert singular("United Nations") == "United Nations"

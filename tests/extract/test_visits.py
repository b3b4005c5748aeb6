"""Visits: sentences of our own, and who goes where, in what grade and how far along."""

from __future__ import annotations

import pytest

from memcon.model import Document, Visit
from memcon.run import read_document

DAY = "2023-05-02"  # a Tuesday


def visits(text: str, published: str | None = DAY) -> list[Visit]:
    return read_document(Document(id="x", text=text, language="en", published=published)).visits


def told(text: str, published: str | None = DAY) -> list[tuple[str, str | None, str, str]]:
    return [(" + ".join(v.visitors), v.to, v.kind, v.status) for v in visits(text, published)]


LUND = "Norwegian Foreign Minister Aino Lund"

STATUS = [
    (f"{LUND} visited Peru in March 2022.", "completed"),
    (f"{LUND} paid a visit to Peru.", "completed"),
    (f"{LUND} is visiting Peru.", "ongoing"),
    (f"{LUND} leaves for Peru this evening.", "planned"),
    (f"{LUND} arrived in Lima on Monday.", "ongoing"),
    (f"{LUND} touched down in Lima on Sunday.", "ongoing"),
    (f"{LUND} flew to Lima on Monday.", "ongoing"),
    (f"{LUND} left for Lima on Monday.", "ongoing"),
    (f"{LUND} left Oslo on Monday for Lima on a three-day official visit.", "ongoing"),
    (f"{LUND} is in Lima for talks.", "ongoing"),
    (f"{LUND} last visited Lima, Peru, in 2015.", "completed"),
    (f"{LUND} wrapped up a three-day visit to Peru on Friday.", "completed"),
    (f"{LUND} returned from a trip to Peru.", "completed"),
    (f"The visit of {LUND} to Peru came to an end on Sunday.", "completed"),
    (f"{LUND} was on a visit to Peru last week.", "completed"),
    (f"{LUND} will visit Peru.", "planned"),
    (f"{LUND} is to leave for Peru later today.", "planned"),
    (f"{LUND} leaves tomorrow for Peru.", "planned"),
    (f"{LUND} travels to Lima on Thursday.", "planned"),
    (f"{LUND} begins an official visit to Peru tomorrow.", "planned"),
    (f"{LUND} is expected in Lima on Saturday.", "planned"),
    (f"The ministry said that {LUND} would visit Peru in June.", "planned"),
    (f"{LUND} is planning a visit to Peru in June.", "planned"),
    (f"{LUND}'s forthcoming visit to Peru was discussed.", "planned"),
    (f"{LUND} put off a three-day trip to Lima that was to begin on Friday.", "postponed"),
    (f"{LUND} had been due to visit Lima on Friday but the trip was put off.", "postponed"),
    (f"{LUND}'s planned trip to Peru has been called off.", "cancelled"),
    (f"{LUND} scrapped plans to visit Peru.", "cancelled"),
    (f"The visit of {LUND} to Peru, due on Friday, was cancelled at short notice.", "cancelled"),
    (f"The two signed it during {LUND}'s visit to Lima earlier this week.", "completed"),
    (f"The note was sent ahead of {LUND}'s state visit to Lima next week.", "planned"),
    (f"The deal is to pave the way for the visit of {LUND} to Lima starting next Wednesday.", "planned"),
    (f"Growth is among the results of the official visit of {LUND} to Peru in September 2020.", "completed"),
    (f"{LUND} has just returned from Lima.", "completed"),
    (f"{LUND} aborted a visit to Lima because of fog.", "cancelled"),
    (f"{LUND} will no longer travel to Peru on Friday.", "cancelled"),
    (f"The ministry said {LUND} would not be visiting Lima after all.", "cancelled"),
    (f"{LUND} is not going to Peru on Friday as planned.", "cancelled"),
    (f"{LUND} will travel to Peru on 8 May. She looks forward to rescheduling her visit.", "postponed"),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_status_by_words_and_dates(text: str, status: str) -> None:
    assert [(to, s) for _, to, _, s in told(text)] == [("PE", status)]


NONE = [
    f"{LUND} may visit Peru next year.",
    f"{LUND} hopes to visit Peru in June.",
    f"{LUND} denied that she would visit Peru.",
    f"There are no plans for {LUND} to visit Peru.",
    f"Peruvian President Marisol Quispe invited {LUND} to visit Peru.",
    f"Peruvian President Marisol Quispe extended an invitation to {LUND} to visit Peru at a convenient time.",
    f"{LUND} visited a school in Bergen, Norway.",
    f"{LUND} took the matter to Peru.",
    f"The website had a million visits from Peru, {LUND} said.",
    f"Tourists visited Peru in great numbers, {LUND} said.",
    f"{LUND} arrived at a different conclusion in Peru.",
    f"{LUND} said of the buyers that they are coming to Peru.",
    "Indian film star Asha Rai visited Hanoi.",
    "The band's tour of Peru ends at the stadium.",
    f"Peruvian President Marisol Quispe met {LUND} on the sidelines of the UN General Assembly in New York.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_visit(text: str) -> None:
    assert told(text) == []


WHO = [
    (f"{LUND}, accompanied by Trade Minister Ingrid Solvang, arrived in Lima on Monday.", ["Aino Lund + Ingrid Solvang"]),
    (f"President Mirela Stoian of Romania received {LUND} and her delegation, on the occasion of their visit to Romania.", ["Aino Lund"]),
    ("The talks were led by Aino Lund, State Secretary, Ministry of Trade of Norway, who was in Chile on a working visit.", ["Aino Lund"]),
    (f"The visit to Lima of {LUND} will go ahead in June.", ["Aino Lund"]),
    (f"While in Peru, {LUND} is scheduled to meet fishermen.", ["Aino Lund"]),
    ("A delegation headed by Cuban Deputy Foreign Minister Luis Pardo is in Hanoi on a working visit.", ["Luis Pardo"]),
    (f"Canadian Prime Minister Anne Fraser welcomed {LUND} on her first official visit to Canada.", ["Aino Lund"]),
    (f"Peruvian President Marisol Quispe thanked {LUND} for her visit to Peru.", ["Aino Lund"]),
    (
        "At the invitation of Her Excellency Mirela Stoian, President of Romania, Norwegian Foreign Minister Aino Lund paid a visit to Romania.",
        ["Aino Lund"],
    ),
]


@pytest.mark.parametrize(("text", "who"), WHO)
def test_visitors(text: str, who: list[str]) -> None:
    assert [names for names, *_ in told(text)] == who


def test_later_sentence_names_who_travels_along() -> None:
    text = f"{LUND} will visit Peru in June. Accompanying Minister Lund are Trade Minister Ingrid Solvang and Energy Minister Nils Berg."
    assert told(text) == [("Aino Lund + Ingrid Solvang + Nils Berg", "PE", "unspecified", "planned")]


def test_a_tour_is_one_visit_to_each_country() -> None:
    found = visits(f"{LUND} made an official trip to Samoa, Tonga and Vanuatu from 3 to 9 April 2023.")
    assert [(v.to, v.kind, v.start, v.end) for v in found] == [
        ("WS", "official", "2023-04-03", None),
        ("TO", "official", None, None),
        ("VU", "official", None, "2023-04-09"),
    ]


def test_a_tour_that_takes_the_traveller_along() -> None:
    assert [to for _, to, *_ in told(f"{LUND} embarks on a tour on Friday that will take her to Jordan, Iraq and Oman.")] == ["JO", "IQ", "OM"]


TOURS = [
    (f"{LUND} visited Peru on 4 April and Chile from 5 to 6 April 2023.", [("PE", "2023-04-04", None), ("CL", "2023-04-05", "2023-04-06")]),
    (f"{LUND}, to travel to Peru and Chile (8 - 9 May 2023)", [("PE", "2023-05-08", None), ("CL", None, "2023-05-09")]),
    (f"{LUND} is in Peru, on a trip that began in Chile on 1 May 2023.", [("PE", None, None), ("CL", "2023-05-01", None)]),
    (f"{LUND} is on a tour of South America that takes in Peru and Chile.", [("PE", None, None), ("CL", None, None)]),
    (f"{LUND} visited Peru in 2019. Her predecessor, Minister Nils Berg, visited in 2016.", [("PE", "2019", None), ("PE", "2016", None)]),
    (f"{LUND} will visit Peru on 8 May 2023. A planned stop in Chile was cancelled.", [("PE", "2023-05-08", None), ("CL", None, None)]),
    (f"LIMA, May 2, 2023 -- {LUND} is in Peru. On Friday, she travels to Chile.", [("PE", None, None), ("CL", "2023-05-05", None)]),
]


@pytest.mark.parametrize(("text", "legs"), TOURS)
def test_each_leg_of_a_journey_has_its_own_date(text: str, legs: list[tuple[str, str | None, str | None]]) -> None:
    assert [(v.to, v.start, v.end) for v in visits(text)] == legs


GOALS = [
    (f"LIMA, May 2 -- {LUND} arrived here on Monday on a two-day visit.", "PE"),
    (f"LIMA, May 2 -- Visiting {LUND} met Peruvian President Marisol Quispe.", "PE"),
    (f"President Mirela Stoian of Romania received {LUND}, who is on an official visit to our country.", "RO"),
    (f"President Mirela Stoian of Romania has cancelled a visit by {LUND}.", "RO"),
    (f"{LUND} left Oslo, the country's capital, for Peru.", "PE"),
    (f"{LUND} left for the Omani capital.", "OM"),
    (f"{LUND} travelled from Hanoi to Vientiane.", "LA"),
    (f"{LUND} transited through Doha.", "QA"),
    (f"{LUND} visited the port of Beirut.", "LB"),
    (f"KINGSTON, May 2 -- {LUND} was in the island on a private visit in 2004.", "JM"),
    (f"{LUND} met the Secretary General of NATO in Brussels. It was the first visit of Minister Lund to NATO Headquarters.", "BE"),
    (f"On the second day of her visit to Vietnam, {LUND} met reporters.", "VN"),
    (f"{LUND} will travel on 3 May to St. John's, Antigua and Barbuda to lead her delegation.", "AG"),
    (f"{LUND} visited Puerto Nuevo, Argentina.", "AR"),
    (f"Xinhua, May 2, 2023\n\n{LUND} arrived here Tuesday to start a two-day state visit to Mexico.", "MX"),
]


@pytest.mark.parametrize(("text", "to"), GOALS)
def test_goal(text: str, to: str) -> None:
    assert [goal for _, goal, *_ in told(text)] == [to]


ACCEPTED = [
    f"{LUND} accepted an invitation from Romanian President Mirela Stoian to visit Romania next year.",
    f"Romanian President Mirela Stoian invited {LUND} to visit Romania next year. Minister Lund accepted the invitation.",
    f"Romanian President Mirela Stoian extended an invitation to {LUND} to visit Romania next year, which she was pleased to accept.",
    f"Romanian President Mirela Stoian extended an invitation to {LUND} to visit Romania next year. The invitation was accepted.",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_an_invitation_accepted_is_a_planned_visit(text: str) -> None:
    (visit,) = visits(text)
    assert (visit.visitors, visit.to, visit.status, visit.start, visit.inviters) == (["Aino Lund"], "RO", "planned", "2024", ["Mirela Stoian"])


DATES = [
    (f"{LUND} wrapped up a three-day visit to Peru on 5 May 2023.", "2023-05-03", "2023-05-05"),
    (f"{LUND} arrived in Peru on 5 May 2023 for a two-day visit.", "2023-05-05", "2023-05-06"),
    (f"{LUND} is in Peru on a visit until 5 May 2023.", None, "2023-05-05"),
    (f"{LUND} visited Peru on 1 May 2023. She flew home on 2 May 2023.", "2023-05-01", "2023-05-02"),
    (f"{LUND} put off a three-day trip to Peru, which was to begin on 8 May 2023.", "2023-05-08", "2023-05-10"),
    (f"In March 2022, {LUND} met President Marisol Quispe during a visit to Peru.", "2022-03", None),
    (f"On Monday the spokesman announced that {LUND} will visit Peru.", None, None),
    (f"Peru on Monday cancelled a visit by {LUND} that was planned for 8 May 2023.", "2023-05-08", None),
    (f"LIMA, May 2, 2023 -- {LUND} cancelled her visit to Peru, which was due to begin on Friday.", "2023-05-05", None),
]


@pytest.mark.parametrize(("text", "start", "end"), DATES)
def test_dates(text: str, start: str | None, end: str | None) -> None:
    assert [(v.start, v.end) for v in visits(text)] == [(start, end)]


def test_leaving_for_the_next_country_completes_the_visit_before() -> None:
    text = f"{LUND} arrived in Lima on Monday. On Tuesday she left for Quito."
    assert [(to, status) for _, to, _, status in told(text)] == [("PE", "completed"), ("EC", "ongoing")]


def test_a_site_is_a_visit_of_its_own() -> None:
    assert [v[2] for v in told(f"{LUND} is on an official visit to Peru. She toured the damaged port of Callao.")] == ["official", "site"]


def test_the_country_named_before_is_the_goal() -> None:
    assert told(f"Peru's President Ana Ruiz granted it during {LUND}'s surprise visit to the country in October.")[0][:2] == ("Aino Lund", "PE")


def test_who_speaks_alongside_a_traveller_does_not_travel() -> None:
    assert told(f"Peruvian President Ana Ruiz was speaking alongside {LUND}, on a visit to Lima.") == [("Aino Lund", "PE", "unspecified", "ongoing")]


def test_of_a_list_the_last_is_who_travels() -> None:
    assert told(f"Peruvian President Ana Ruiz met Chilean Foreign Minister Juan Soto and {LUND}, who is on a visit to Lima.") == [("Aino Lund", "PE", "unspecified", "ongoing")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{LUND} met Peruvian Foreign Minister Marisol Quispe in Lima. Lund's official visit continues on Friday.", ("PE", "official")),
        (f"{LUND} met Peruvian Foreign Minister Marisol Quispe in Lima. Lund wound up her visit and praised him.", ("PE", "unspecified")),
        (f"{LUND} held talks with Peruvian President Marisol Quispe during a visit to the South American nation.", ("PE", "unspecified")),
        (f"Peruvian President Marisol Quispe met {LUND}, who is visiting the country.", ("PE", "unspecified")),
        (f"{LUND} and Peruvian President Marisol Quispe met in Lima. The Norwegian guest is in Peru on an official visit.", ("PE", "official")),
        (f"{LUND} and Peruvian President Marisol Quispe met in Lima. The Norwegian minister leaves Peru on Friday.", ("PE", "unspecified")),
    ],
)
def test_a_visit_told_in_passing(text: str, found: tuple[str, str]) -> None:
    assert [(v.visitors, v.to, v.kind, v.start) for v in visits(text)] == [(["Aino Lund"], *found, None)]


@pytest.mark.parametrize(
    "text",
    [
        f"{LUND} met Peruvian President Marisol Quispe in Lima. Quispe's trip to the region will be long.",
        f"{LUND} told Peruvian President Marisol Quispe that troops must leave Peru.",
        f"{LUND} left Oslo on Friday.",
        f"{LUND} met Peruvian President Marisol Quispe in Lima. Lund's next visit is not planned yet.",
    ],
)
def test_no_visit_told_in_passing(text: str) -> None:
    assert not visits(text)

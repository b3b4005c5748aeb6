"""Steps of papers' lives, in invented names: which step, of which paper, when, until when, and what is no step."""

from __future__ import annotations

from typing import Any

import pytest

from memcon.langs import en_papers
from memcon.model import Agreement, Document
from memcon.run import read_document

PAIR = "The agreement between Norway and Uganda on fisheries "


def papers(text: str, published: str | None = "2024-06-12") -> list[Agreement]:
    return list(read_document(Document(id="t", text=text, language="en", published=published)).agreements)


STEPS: list[tuple[str, str, dict[str, Any]]] = [
    (PAIR + "entered into force on 1 May 2023.", "in_force", {"date": "2023-05-01", "ahead": False}),
    (PAIR + "will enter into force on 1 January 2025.", "in_force", {"date": "2025-01-01", "ahead": True}),
    (PAIR + "is valid for five years.", "in_force", {"lasts": "P5Y"}),
    (PAIR + "remains in force until 2030.", "in_force", {"date": None, "until": "2030"}),
    ("Norway and Uganda have extended the agreement on fisheries until 31 August 2027.", "extended", {"until": "2027-08-31", "date": None}),
    ("Norway and Uganda agreed to extend the agreement on fisheries for another two years.", "extended", {"lasts": "P2Y"}),
    ("Norway ratified the agreement with Uganda on fisheries on 4 May 2023.", "ratified", {"date": "2023-05-04"}),
    (PAIR + "expired in 2019.", "expired", {"date": "2019", "ahead": False}),
    (PAIR + "expires on 31 December 2025.", "expired", {"date": "2025-12-31", "ahead": True}),
    ("The agreement on fisheries between Norway and Uganda, which lapsed in May 2023, covered cod.", "expired", {"date": "2023-05"}),
    ("Uganda has withdrawn from the agreement with Norway on fisheries.", "terminated", {}),
    ("Norway and Uganda opened negotiations on a fisheries agreement.", "negotiated", {"ahead": False}),
    ("Norwegian Minister Aino Lund and Ugandan Minister Tomas Okello initialled an agreement on fisheries.", "initialled", {}),
]


@pytest.mark.parametrize(("text", "kind", "expected"), STEPS, ids=[x[0][-40:] for x in STEPS])
def test_one_step(text: str, kind: str, expected: dict[str, Any]) -> None:
    (paper,) = papers(text)
    (step,) = paper.steps
    assert (step.kind, {k: getattr(step, k) for k in expected}) == (kind, expected)
    assert set(paper.parties) == {"Norway", "Uganda"}
    assert text[step.evidence.start : step.evidence.end].split(maxsplit=1)[0] in text


@pytest.mark.parametrize(
    "text",
    [
        "The visa expires in May.", "Her passport was extended until 2027.", "The ministers hoped that the treaty would be ratified.", "He urged parliament to ratify the treaty.",
        "If the treaty is ratified, tariffs will fall.", "The talks on trade were extended.", "The agreement extends to all ports.", "Norway would not terminate the agreement with Uganda on fisheries.",
    ],
)  # fmt: skip
def test_no_step(text: str) -> None:
    assert [x.kind for p in papers(text) for x in p.steps] == []


def test_it_means_the_paper_told_before() -> None:
    text = "Norwegian Minister Aino Lund and Ugandan Minister Tomas Okello signed an agreement on fisheries on 4 May 2023. It is valid for three years."
    (paper,) = papers(text)
    assert (paper.subject, paper.status, [(x.kind, x.lasts) for x in paper.steps]) == ("fisheries", "in_force", [("in_force", "P3Y")])


def test_a_parliament_without_a_country_acts_for_that_of_the_report() -> None:
    (paper,) = papers("RIGA (LETA) — The Saeima on Thursday ratified the protocol on ferries with Samoa by 71 votes to 6.")
    assert (paper.subject, paper.parties) == ("ferries", ["Latvia", "Samoa"])
    assert "country" in paper.derivation["parties"]


def test_a_paper_still_to_be_signed_is_planned() -> None:
    (paper,) = papers("An agreement on oil stocks is expected to be signed by Norwegian Minister Aino Lund and Ugandan Minister Tomas Okello.")
    assert (paper.status, paper.subject, paper.signers) == ("planned", "oil stocks", ["Aino Lund", "Tomas Okello"])
    (paper,) = papers("The signing of the agreement on oil stocks between Norway and Uganda has been postponed.")
    assert paper.status == "postponed"


def test_who_looked_on_and_what_it_costs() -> None:
    text = (
        "In the presence of Norwegian President Kari Dahl and Ugandan President Rose Atieno, Ministers Aino Lund and Tomas Okello signed a loan agreement "
        "worth 300 million euros on solar power for five years."
    )
    (paper,) = papers(text)
    assert paper.signers == ["Aino Lund", "Tomas Okello"]
    assert paper.witnessed_by == ["Kari Dahl", "Rose Atieno"]
    assert (paper.subject, paper.amount, paper.currency) == ("solar power", "300000000", "EUR")
    spans = paper.evidence.fields
    assert text[slice(*spans["amount"][0])] == "300 million euros"
    assert [text[slice(*x)] for x in spans["witnessed_by"]] == ["Norwegian President Kari Dahl", "Ugandan President Rose Atieno"]
    (counted,) = papers("Norwegian Minister Aino Lund and Ugandan Minister Tomas Okello signed three agreements on energy.")
    assert counted.number == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US$30 million", [("30000000", "USD")]), ("$2bn", [("2000000000", None)]), ("1.25 billion euros", [("1250000000", "EUR")]), ("JPY 860 million", [("860000000", "JPY")]),
        ("120 million DM", [("120000000", "DEM")]), ("12,500 dollars", [("12500", None)]), ("three of 40 people", []), ("Resolution 1701", []), ("0.5 euros", [("0.5", "EUR")]),
    ],
)  # fmt: skip
def test_sums(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [x[2:] for x in en_papers.amounts(text)] == expected


@pytest.mark.parametrize(("text", "expected"), [("for another two years", ["P2Y"]), ("a five-year accord", ["P5Y"]), ("by 18 months", ["P18M"]), ("a 5-year-old boy", []), ("for years", [])])
def test_lengths_of_time(text: str, expected: list[str]) -> None:
    assert [x[2] for x in en_papers.lasting(text)] == expected

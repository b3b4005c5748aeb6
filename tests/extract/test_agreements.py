"""Papers between parties: what was signed, on what, between whom, by whom; sentences in invented names."""

from __future__ import annotations

from typing import Any

import pytest

from memcon.model import Agreement, Document
from memcon.run import read_document

LUND, OKELLO = "Aino Lund", "Tomas Okello"
TWO = "Norwegian Minister Aino Lund and Ugandan Minister Tomas Okello "


def papers(text: str) -> list[Agreement]:
    return list(read_document(Document(id="t", text=text, language="en")).agreements)


CASES: list[tuple[str, dict[str, Any]]] = [
    (TWO + "signed an agreement on fisheries.", {"kind": "agreement", "subject": "fisheries", "signers": [LUND, OKELLO], "status": "signed"}),
    (TWO + "signed a Memorandum of Understanding (MOU) on legal training on 4 May 2023.", {"kind": "memorandum", "subject": "legal training"}),
    (TWO + "signed a memorandum in the field of forestry.", {"subject": "forestry"}),
    (TWO + "signed a defence protocol.", {"kind": "protocol", "subject": "defence protocol"}),
    (TWO + "signed an agreement exempting holders of service passports from visas.", {"subject": "exempting holders of service passports from visas"}),
    (TWO + 'signed a joint statement "On the Safety of Lakes".', {"kind": "joint_statement", "subject": "On the Safety of Lakes"}),
    (TWO + "put their signatures to the agreement on the ferry.", {"subject": "ferry", "signers": [LUND, OKELLO]}),
    (TWO + "will sign an agreement on fisheries next week.", {"status": "planned"}),
    (TWO + "agreed on a roadmap for tourism.", {"kind": "plan", "subject": "tourism", "status": "planned"}),
    (TWO + "signed a treaty on the river border in Riga.", {"kind": "treaty", "subject": "river border"}),
    ("Norwegian Minister Aino Lund signed a treaty with Ugandan Minister Tomas Okello.", {"signers": [LUND, OKELLO], "parties": ["Norway", "Uganda"]}),
    ("Ugandan Minister Tomas Okello witnessed the signing of an agreement on fisheries between Norway and Uganda.", {"signers": [], "parties": ["Norway", "Uganda"]}),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0].removeprefix(TWO)[:50] for c in CASES])
def test_one_paper(text: str, expected: dict[str, Any]) -> None:
    (paper,) = papers(text)
    assert {k: getattr(paper, k) for k in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian Minister Aino Lund refused to sign the agreement with Uganda.",
        TWO + "concluded that the border agreement was void.",
        TWO + "did not sign the protocol.",
    ],
)
def test_no_paper(text: str) -> None:
    assert papers(text) == []


def test_a_list_of_documents_is_a_paper_each() -> None:
    text = (
        "Norwegian President Aino Lund held talks with Ugandan President Tomas Okello on 4 May 2023.\n\nThe following documents were signed:\n\n"
        "(i) Memorandum of Understanding on solar power;\n\n(ii) Agreement on air services."
    )
    assert [(p.kind, p.subject) for p in papers(text)] == [("memorandum", "solar power"), ("agreement", "air services")]


def test_a_paper_told_twice_is_one() -> None:
    text = TWO + "signed a Memorandum of Understanding on forestry on 4 May 2023. The memorandum was signed at noon."
    (paper,) = papers(text)
    assert paper.subject == "forestry"


def test_papers_that_are_only_counted_give_way_to_those_named() -> None:
    text = TWO + "exchanged two agreements on 4 May 2023. These included a memorandum on forestry and an agreement on legal aid."
    assert [p.subject for p in papers(text)] == ["forestry", "legal aid"]

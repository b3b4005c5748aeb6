"""``memcon.explain``: the tour of one sentence, golden line by line where the words are ours to keep."""

from __future__ import annotations

import pytest

from memcon.explain import Stage, explain

SENTENCE = "Norwegian Foreign Minister Aino Lund met President Tomas Okello of Uganda in Kampala on 4 May 2023. She thanked him for the ferry."


@pytest.fixture(scope="module")
def tour() -> dict[str, Stage]:
    """The stages by the first word of their names."""
    return {stage.name.split()[0].rstrip(":,"): stage for stage in explain(SENTENCE)}


GOLDEN = {
    "Normal": [SENTENCE],
    "Layout": [
        f"body: characters 0 to {len(SENTENCE)}",
        "s1: Norwegian Foreign Minister Aino Lund met President Tomas Okello of Uganda in Kampala on 4 May 2023.",
        "s2: She thanked him for the ferry.",
    ],
    "People": [
        "Aino Lund (Norway): Foreign Minister",
        "  mentioned as 'Norwegian Foreign Minister Aino Lund'",
        "Tomas Okello (Uganda): President",
        "  mentioned as 'President Tomas Okello of Uganda'",
    ],
    "Dates": ["'4 May 2023' (day): 2023-05-04"],
    "Rules": ["meetings/meeting#meet at 'met': made a fact", "acts/thank#thank at 'thanked': made a fact"],
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(tour: dict[str, Stage], name: str) -> None:
    assert tour[name].lines == GOLDEN[name]


def test_every_stage_names_its_module_and_finds_something(tour: dict[str, Stage]) -> None:
    assert len(tour) == 11
    assert all("(" in stage.name and stage.lines for stage in tour.values())


def test_tokens_items_and_references(tour: dict[str, Stage]) -> None:
    assert "  Kampala: capital (UG)" in tour["Tokens"].lines
    assert any(line.startswith("Norwegian Foreign Minister Aino Lund [person as ") and line.split()[-3:-1] == ["NNP", "nsubj"] for line in tour["Items"].lines)
    assert "She: Aino Lund" in tour["References"].lines


def test_the_record_quotes_its_evidence(tour: dict[str, Stage]) -> None:
    lines = tour["Record"].lines
    assert "  date: '4 May 2023'" in lines
    assert any(line.startswith("statement: rule=acts/thank#thank, speakers=Aino Lund") for line in lines)


def test_a_sentence_without_facts_is_explained_too() -> None:
    stages = explain("Rain fell.")
    assert stages[-1].lines == []
    assert stages[7].lines

"""Short cuts of reading: what is left out where it can change nothing changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import memcon.run
from memcon.annotate.document import read_text
from memcon.annotate.parse import parser
from memcon.codebook.patterns import pattern_set
from memcon.extract.sides import unsettled
from memcon.mentions import Figure, Office
from memcon.model import Document, Span
from memcon.run import read_document

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))
GIVEN = "President Aino Lund of Finland visited Kenya on Monday. She met Kenyan Foreign Minister John Odera in Nairobi and thanked him for the invitation."


@pytest.mark.parametrize("text", [GIVEN, *(p.read_text(encoding="utf-8") for p in EXAMPLES[:4])], ids=["given", *(p.stem for p in EXAMPLES[:4])])
def test_sides_are_not_looked_for_where_the_report_gives_them(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(id="x", text=text, language="en")
    quick = read_document(document)
    monkeypatch.setattr(memcon.run, "unsettled", lambda _: (True, True))
    assert read_document(document) == quick


def test_whose_side_is_open() -> None:
    notes = read_text(GIVEN).notes
    assert unsettled(notes) == (False, False)
    notes.people.append(Figure(2, "Ana Silva", Span(0, 1)))
    assert unsettled(notes) == (True, False)
    notes.people[-1].offices.append(Office(0, 1, "Foreign Minister", None, None, True, "minister"))
    assert unsettled(notes) == (True, True)


@pytest.mark.parametrize("group", ["visits", "meetings", "acts", "agreements"])
def test_a_pattern_is_found_at_heads_only(group: str) -> None:
    patterns, found = pattern_set(group), 0
    for path in EXAMPLES[:4]:
        sentences = read_text(path.read_text(encoding="utf-8")).notes.sentences
        parser().parse(sentences)
        for s in sentences:
            at = {k for k in range(len(s.items)) if patterns.at(s.items, k)}
            assert at <= set(patterns.heads(s))
            assert [k for k, i in enumerate(s.items) if i.kind == "date"] == list(s.dates)
            assert {i.low for i in s.items} | {i.lemma for i in s.items} == s.said
            found += len(at)
    assert found

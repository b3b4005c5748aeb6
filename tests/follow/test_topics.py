"""Topics: the codebook's phrases, found in text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.checking import check_topics
from memcon.codebook.entries import CounterExample, example
from memcon.codebook.topics import faults, find, phrase_of, topics
from memcon.follow.topics import label, names, topics_of


def test_the_topics_hold_their_own_sentences() -> None:
    assert list(faults()) == []
    summary = check_topics(topics())
    assert summary.problems == []
    assert len(summary.results) > 100


def test_a_topic_that_is_missed_or_fires_is_a_problem() -> None:
    trade = next(t for t in topics() if t.name == "trade")
    wrong = type(trade)(
        name="trade", label="trade", definition="d", source="s", phrases=trade.phrases, examples=[example("{cue:Culture} grew.")],
        counter_examples=[CounterExample(text="Trade grew.", why="it is trade")],
    )  # fmt: skip
    assert [p.what for p in check_topics([wrong]).problems] == ["'Culture' gives it not", "fires at 'Trade' (it is trade)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They will reopen the border gate to trade.", ["border", "trade"]),
        ("expanded cooperation in investment, trade and education", ["investment", "trade", "education"]),
        ("The guest was the man who spoke of the WHO.", ["multilateral"]),
        ("high-level exchanges of visits", ["political"]),
        ("He wished His Majesty good health.", []),
        ("the People’s Party", ["party"]),
        ("a high, level road", ["transport"]),
        ("The US and the U.N. agreed.", ["multilateral"]),
        ("", []),
    ],
)
def test_topics_of(text: str, expected: list[str]) -> None:
    assert topics_of(text) == expected


def test_every_topic_has_a_label() -> None:
    assert len(names()) > 25
    assert all(label(n) != "" for n in names())
    assert label("border") == "borders and territory"
    assert label("no such") == "no such"


@given(st.text())
def test_what_is_found_lies_in_the_text(text: str) -> None:
    for found in find(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.topic in topics_of(text[found.start : found.end]) or any(p.without for p in next(t for t in topics() if t.name == found.topic).phrases)


@pytest.mark.parametrize("raw", ["", "~2 visit", "visit ~2", "a ~x b", "a ~1 ~2 b", "a||b", {"match": "a", "with": "b"}, {"without": "b"}, 7, None])
def test_what_is_no_phrase(raw: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        phrase_of(raw)  # type: ignore[arg-type]


def _folder(root: Path, definition: str, words: str) -> Path:
    folder = root / "topics" / "sea"
    folder.mkdir(parents=True)
    (folder / "definition.yaml").write_text(definition, encoding="utf-8")
    (folder / "en.yaml").write_text(words, encoding="utf-8")
    return root


_GOOD = "name: sea\nlabel: sea\ndefinition: d\nsource: s\n"
_WORDS = 'phrases: ["sea"]\nexamples: ["The {cue:sea}."]\ncounter_examples: [{text: "I see.", why: "no sea"}]\n'


@pytest.mark.parametrize(
    ("definition", "words", "what"),
    [
        (_GOOD, _WORDS, []),
        (_GOOD.replace("label: sea\n", "colour: blue\n"), _WORDS, ["unknown key 'colour'", "label is missing"]),
        (_GOOD.replace("name: sea", "name: lake"), _WORDS, ["name is 'lake', the folder is 'sea'"]),
        (_GOOD, _WORDS.replace('"sea"', '"sea", "ocean"'), ["no example marks it as a cue"]),
        (_GOOD, _WORDS.replace('"sea"', '"sea", "~2"'), ["'~2': '~2' is neither words joined by | nor a gap"]),
        (_GOOD, _WORDS.replace("{cue:sea}", "sea"), ["no cue is marked", "no example marks it as a cue"]),
        (_GOOD, _WORDS.replace('why: "no sea"', 'whence: "x"'), ["needs text and why"]),
        (_GOOD, "phrases: [sea]\nexamples: ['{cue:sea}']\n", ["needs phrases, examples and counter-examples"]),
        (_GOOD, "[", ["no YAML of keys and values"]),
    ],
)
def test_faults_of_form(tmp_path: Path, definition: str, words: str, what: list[str]) -> None:
    found = [x[2] for x in faults(_folder(tmp_path, definition, words))]
    assert len(found) == len(what)
    assert all(a.startswith(b) for a, b in zip(found, what, strict=True)), found

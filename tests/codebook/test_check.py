"""``memcon codebook check``: it passes the codebook as it stands, and finds every fault planted in a small one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from memcon.checking import check_entries
from memcon.codebook.check import Problem, check
from memcon.codebook.entries import CounterExample, Entry, Mark, entries, example, unmark

from .conftest import Spoil

Words = dict[str, Any]

PENDING = 146  # sentences set aside; a debt, so it may only go down


def test_the_codebook_has_the_right_form() -> None:
    assert check() == []


def test_the_engine_does_what_the_codebook_says() -> None:
    summary = check_entries(entries())
    assert [str(p) for p in summary.problems] == []
    assert sum(bool(r.pending) for r in summary.results) <= PENDING


def test_a_good_codebook_has_no_problem(codebook: Callable[[Spoil], Path]) -> None:
    assert check(codebook(lambda _definition, _words: None)) == []


def _put(where: str, key: str, value: Any) -> Spoil:
    def spoil(definition: Words, words: Words) -> None:
        {"definition": definition, "words": words, "pattern": words["patterns"][0]}[where][key] = value

    return spoil


def _twice(definition: Words, words: Words) -> None:
    words["patterns"].append(dict(words["patterns"][0]))


def _example_gone(definition: Words, words: Words) -> None:
    del words["examples"][1]


def _example(source: Any) -> Spoil:
    return lambda _definition, words: words["examples"].append(source)


@pytest.mark.parametrize(
    ("spoil", "where", "what"),
    [
        (_example_gone, "#give-thanks", "no example has its words (give ~2 thanks)"),
        (_twice, "#thank", "this id stands twice"),
        (_put("words", "exampels", []), "en.yaml", "unknown key 'exampels'"),
        (_put("definition", "clas", "expressive"), "definition.yaml", "unknown key 'clas'"),
        (_put("pattern", "objekt", "addressee"), "#thank", "unknown field `objekt`"),
        (_put("pattern", "object", "adressee"), "#thank", "is not topic or addressee"),
        (_put("pattern", "needs", "persons"), "#thank", "is not clause, person, people"),
        (_put("pattern", "match", "~2 thank"), "#thank", "a gap is ~ and a number"),
        (_put("pattern", "roles", {True: "host"}), "#thank", 'write "on" in quotes'),
        (_put("pattern", "roles", {"subject": "hots"}), "#thank", "unknown role 'hots'"),
        (_put("pattern", "id", "Thank You"), "#Thank You", "an id is lower-case words"),
        (_put("definition", "name", "thanks"), "definition.yaml", "the folder is 'thank'"),
        (_put("definition", "class", "polite"), "definition.yaml", "is no class of an act"),
        (_put("definition", "label", ""), "definition.yaml", "label is missing"),
        (_put("definition", "order", "high"), "definition.yaml", "order is no whole number"),
        (_put("definition", "cameo", 36), "definition.yaml", "36 is no CAMEO code"),
        (_put("definition", "cameo", "99"), "definition.yaml", "'99' is no CAMEO code"),
        (_put("definition", "cameo_name", None), "definition.yaml", "come together"),
        (_put("definition", "plover", {"event": "THANK", "mode": None, "quad": None}), "definition.yaml", "THANK is no PLOVER event"),
        (_put("definition", "plover", {"event": None, "mode": None, "quad": "nice"}), "definition.yaml", "is no PLOVER quad"),
        (_put("definition", "plover", "SUPPORT"), "definition.yaml", "plover:"),
        (_example("{speker:Minister Lund} {cue:thanked} him."), "example", "unknown marks speker"),
        (_example("{speaker:Minister Lund} thanked him."), "example", "no cue is marked"),
        (_example("{speaker:Minister {cue:Lund}} thanked."), "example", "braces that make no mark"),
        (_example("{cue: } thanked."), "example", "holds no words"),
        (_example({"text": "{cue:Thanked}.", "pending": True}), "example", "reason in words"),
        (_example({"text": "{cue:Thanked}.", "note": "x"}), "example", "unknown keys ['note']"),
        (lambda _definition, words: words["examples"].append(words["examples"][0]), "example", "stands twice"),
        (lambda _definition, words: words["counter_examples"].append({"text": "Thanks."}), "counter-example", "needs text and why"),
    ],
)
def test_planted_faults_are_found(codebook: Callable[[Spoil], Path], spoil: Spoil, where: str, what: str) -> None:
    problems = check(codebook(spoil))
    assert [p for p in problems if p.entry == "acts/thank" and p.where.startswith(where) and what in p.what], list(map(str, problems))
    assert len(problems) == 1, list(map(str, problems))


def test_a_missing_file_is_a_problem(codebook: Callable[[Spoil], Path]) -> None:
    root = codebook(lambda _definition, _words: None)
    (root / "acts" / "thank" / "en.yaml").unlink()
    assert check(root) == [Problem("acts/thank", "", "en.yaml is missing")]


def test_a_file_that_is_no_yaml_is_a_problem(codebook: Callable[[Spoil], Path]) -> None:
    root = codebook(lambda _definition, _words: None)
    (root / "acts" / "thank" / "en.yaml").write_text("patterns: [", encoding="utf-8")
    assert [p.what.startswith("no YAML of keys and values") for p in check(root)] == [True]


# -- with the engine ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def thank() -> Entry:
    """The entry for thanks, without its sentences."""
    found = next(e for e in entries() if e.id == "acts/thank")
    return msgspec.structs.replace(found, examples=[], counter_examples=[])


def _faults(entry: Entry, source: str, pending: str = "") -> list[str]:
    one = example({"text": source, "pending": pending})
    return [p.what for p in check_entries([msgspec.structs.replace(entry, examples=[one])]).problems]


_GOOD = "{speaker:Minister Aino Lund} {cue:thanked} {addressee:Minister Tomas Okello} for the ferry."


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (_GOOD, None),
        ("{speaker:Minister Aino Lund} {cue:stressed} the need for a ferry.", "another kind: affirm"),
        ("{addressee:Minister Aino Lund} {cue:thanked} {speaker:Minister Tomas Okello}.", "is marked"),
        ("{speaker:Minister Aino Lund} thanked {addressee:Minister Tomas Okello} {cue:for the ferry}.", "cue: 'for the ferry' is marked"),
        ("The {cue:thanks} of {speaker:many} came late.", "person not found: 'many'"),
        ("{speaker:Minister Aino Lund} and Minister Tomas Okello {cue:thanked} the pilots.", "speaker too much: Tomas Okello"),
    ],
)
def test_an_example_is_held_to_its_marks(thank: Entry, source: str, fault: str | None) -> None:
    faults = _faults(thank, source)
    assert (faults == []) if fault is None else (len(faults) == 1 and fault in faults[0]), faults


def test_a_firing_counter_example_is_found(thank: Entry) -> None:
    bad = CounterExample(text="Minister Aino Lund thanked Minister Tomas Okello.", why="planted")
    good = CounterExample(text="Thanks to the port, exports grew.", why="because of")
    summary = check_entries([msgspec.structs.replace(thank, counter_examples=[bad, good])])
    assert [(p.entry, p.what) for p in summary.problems] == [
        ("acts/thank", "fires at 'Minister Aino Lund thanked Minister Tomas Okello.' by acts/thank#thank (planted)")
    ]
    assert str(summary).endswith("2 counter-examples: 1 passing, 0 pending, 1 failing")


def test_pending_is_counted_never_hidden(thank: Entry) -> None:
    failing = example({"text": "{speaker:Minister Aino Lund} {cue:stressed} it.", "pending": "not yet"})
    summary = check_entries([msgspec.structs.replace(thank, examples=[failing])])
    assert summary.problems == []
    assert str(summary).startswith("1 examples: 0 passing, 1 pending, 0 failing")


def test_pending_that_works_is_a_problem(thank: Entry) -> None:
    assert _faults(thank, _GOOD, pending="not yet") == ["is marked pending, but it works: take the mark away"]


# -- marks -------------------------------------------------------------------------------------------------------------


def test_marks_give_their_places_in_the_plain_text() -> None:
    text, marks = unmark("{speaker:Ms Lund} {cue:agreed}.")
    assert text == "Ms Lund agreed."
    assert marks == [Mark("speaker", 0, 7), Mark("cue", 8, 14)]


def test_an_entry_prints_on_one_line(thank: Entry) -> None:
    assert str(thank).startswith("acts/thank ")
    assert "\n" not in str(thank)

"""The pattern language, as a table: a pattern, a sentence's words, and what the pattern takes."""

from __future__ import annotations

import pytest

from memcon.codebook.patterns import Pattern, PatternSet, compile_pattern, elements_of, match_at
from memcon.mentions import Item


def items(sentence: str) -> list[Item]:
    """Items from ``word/TAG/lemma/dep`` (the last three may be left out); an underscore stands for a space."""
    out: list[Item] = []
    for part in sentence.split():
        text, tag, lemma, dep = (*part.split("/"), "", "", "")[:4]
        text = text.replace("_", " ")
        out.append(Item("word", 0, len(text), text, text, tag=tag, lemma=lemma or text.lower(), dep=dep))
    return out


def pattern(match: str, *, kind: str = "thank", name: str = "x", without: str = "") -> Pattern:
    return compile_pattern("acts", kind, {"id": name, "match": match, "without": without})


@pytest.mark.parametrize(
    ("match", "without", "sentence", "taken"),
    [
        ("thank", "", "thanked/VBD/thank him", "thanked"),
        ("thanked", "", "thanked/VBD/thank him", "thanked"),
        ("thank", "", "praised/VBD/praise him", None),
        ("offer|send ~2 congratulations", "", "sent/VBD/send his warm congratulations", "sent his warm congratulations"),
        ("offer|send ~1 congratulations", "", "sent/VBD/send his warm congratulations", None),
        ("pay ~3 call on", "", "paid/VBD/pay a courtesy call on her", "paid a courtesy call on"),
        ("meet with?", "", "met/VBD/meet with him", "met with"),
        ("meet with?", "", "met/VBD/meet him", "met"),
        ("send ~4 message", "", "sent/VBD/send word , a message", None),  # not past a comma
        ("send ~4 message", "", "sent/VBD/send what held/VBD/hold his message", None),  # not past a finite verb
        ("explain ~4 to", "", "explained/VBD/explain the visa rules/VBZ/rule/dobj to him", "explained the visa rules to"),
        ("hold ~3 talks", "", "hold/VB/hold closed/VBN/close talks", "hold closed talks"),
        ("call on ~1 to", "", "called/VBD/call on Minister_Okello to act", "called on Minister Okello to"),  # a mention is one word
        ("hail", "taxi", "hailed/VBD/hail a taxi/NN", None),
        ("hail", "taxi", "hailed/VBD/hail his taxi/NN", None),
        ("hail", "from", "hailed/VBD/hail from Lima", None),
        ("hail", "taxi", "hailed/VBD/hail the pact", "hailed"),
        ("hail", "taxi", "hailed/VBD/hail the old taxi", "hailed"),  # bars the next word only
        ("conference", "press", "press conference", None),
        ("attend ~3 conference", "press", "attend/VB a press conference", None),
        ("attend ~3 conference", "press", "attend/VB a world conference", "attend a world conference"),
        ("conference", "room", "conference rooms/NNS/room", None),
    ],
)
def test_match(match: str, without: str, sentence: str, taken: str | None) -> None:
    words = items(sentence)
    heads = [k for k, item in enumerate(words) if pattern(match).elements[0].fits(item)]
    found = [m for k in heads if (m := match_at(pattern(match, without=without), words, k)) is not None]
    assert [" ".join(i.text for i in words[m.head : m.last + 1]) for m in found] == ([taken] if taken else [])


def test_passive_takes_the_subject_for_the_noun() -> None:
    words = items("hope/NN/hope/nsubjpass was/VBD/be expressed/VBN/express")
    words[0].head = 2
    match = match_at(pattern("express ~3 hope"), words, 2)
    assert match is not None
    assert (match.head, match.last, match.size) == (2, 2, 2)


def test_longest_match_wins_then_order() -> None:
    # praise stands above affirm in order; "speak highly of" is longer than either.
    raw = [pattern("speak", kind="affirm", name="a"), pattern("speak", kind="praise", name="b"), pattern("speak highly of", kind="affirm", name="c")]
    known = PatternSet({"speak": tuple(raw)})
    found = known.at(items("spoke/VBD/speak highly of it"), 0)
    assert [m.pattern.id for m in found] == ["c", "b", "a"]


def test_a_missing_optional_word_adds_no_length() -> None:
    known = PatternSet({"meet": (pattern("meet with?", name="long"), pattern("meet ~1 him", name="exact"))})
    assert [(m.pattern.id, m.size) for m in known.at(items("met/VBD/meet him"), 0)] == [("exact", 2), ("long", 1)]


@pytest.mark.parametrize("match", ["", "~2 thank", "thank ~2", "thank? you", "thank ~x you", "thank ~1 ~2 you", "a||b", "Thank"])
def test_malformed_patterns_are_refused(match: str) -> None:
    with pytest.raises(ValueError, match=r"pattern|gap|element"):
        elements_of(match)
    with pytest.raises(ValueError, match="acts/thank#x"):
        pattern(match)

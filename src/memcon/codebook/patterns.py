"""The codebook's pattern language: short sequences of words, matched on a parsed sentence's items.

``extend|offer ~4 congratulations`` is a verb, up to four words, a noun. Elements match the lemma or the word as written;
``word?`` may be missing. The first element is the head, whose grammatical relations the roles are read from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from memcon.codebook.load import folders, table
from memcon.mentions import Item

_STOPS = frozenset((",", ";", ":", "(", ")", '"', "."))


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: the words that fit, how many others may stand before it, whether it may be missing."""

    words: frozenset[str]
    gap: int = 0
    optional: bool = False

    def fits(self, item: Item) -> bool:
        """Whether an item is one of the words, by lemma or as written."""
        return item.lemma in self.words or item.low in self.words


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern of entry ``kind`` in ``group`` ("acts", "meetings", …)."""

    group: str
    kind: str
    id: str
    elements: tuple[Element, ...]
    neutral: bool = False
    joint: bool = False
    noun: bool = False
    needs: str = ""
    object: str = "topic"
    roles: dict[str, str] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        """The rule's id as claims carry it: ``acts/congratulate#extend``."""
        return f"{self.group}/{self.kind}#{self.id}"


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found: the head's index, and the last item that belongs to it."""

    pattern: Pattern
    head: int
    last: int


def compile_pattern(group: str, kind: str, raw: dict[str, Any]) -> Pattern:
    """One pattern of an entry's YAML.

    Raises:
        ValueError: the ``match`` text is empty or starts with a gap.
    """
    elements: list[Element] = []
    gap = 0
    for part in str(raw["match"]).split():
        if part.startswith("~"):
            gap = int(part[1:])
            continue
        optional = part.endswith("?")
        elements.append(Element(frozenset(w for w in part.rstrip("?").split("|") if w), gap, optional))
        gap = 0
    if not elements:
        raise ValueError(f"{group}/{kind}#{raw.get('id')}: the pattern matches nothing")
    return Pattern(
        group=group,
        kind=kind,
        id=str(raw["id"]),
        elements=tuple(elements),
        neutral=bool(raw.get("neutral")),
        joint=bool(raw.get("joint")),
        noun=bool(raw.get("noun")),
        needs=str(raw.get("needs", "")),
        object=str(raw.get("object", "topic")),
        roles={str(k): str(v) for k, v in (raw.get("roles") or {}).items()},
    )


@dataclass(frozen=True, slots=True)
class PatternSet:
    """Patterns by the words their heads can be."""

    by_head: dict[str, tuple[Pattern, ...]]

    def at(self, items: Sequence[Item], i: int) -> list[Match]:
        """All patterns whose head is item ``i``, longest match first."""
        item = items[i]
        seen: set[str] = set()
        found: list[Match] = []
        for word in {item.lemma, item.low}:
            for pattern in self.by_head.get(word, ()):
                if pattern.rule in seen:
                    continue
                last = _match(pattern, items, i)
                if last is not None:
                    seen.add(pattern.rule)
                    found.append(Match(pattern, i, last))
        found.sort(key=lambda m: (-len(m.pattern.elements), m.pattern.rule))
        return found


def _match(pattern: Pattern, items: Sequence[Item], head: int) -> int | None:
    """The index of the last item the pattern takes, or None."""
    at = head
    for element in pattern.elements[1:]:
        nxt = _find(element, items, at)
        if nxt is None:
            if element.optional:
                continue
            return _passive(pattern, items, head)
        at = nxt
    return at


def _find(element: Element, items: Sequence[Item], at: int) -> int | None:
    for k in range(at + 1, min(len(items), at + 2 + element.gap)):
        if element.fits(items[k]):
            return k
        if items[k].text in _STOPS or (items[k].tag.startswith("VB") and items[k].tag not in ("VBN", "VBG")):
            return None
    return None


def _passive(pattern: Pattern, items: Sequence[Item], head: int) -> int | None:
    """"A hope was expressed": the noun of the pattern is the passive verb's subject."""
    if len(pattern.elements) != 2 or items[head].tag != "VBN":
        return None
    for k in range(head - 1, max(-1, head - 12), -1):
        if items[k].head == head and items[k].dep == "nsubjpass" and pattern.elements[1].fits(items[k]):
            return head
    return None


@cache
def pattern_set(group: str, section: str = "patterns", language: str = "en") -> PatternSet:
    """All patterns of a group ("acts", "meetings", "visits"), from every entry's ``<language>.yaml``."""
    by_head: dict[str, list[Pattern]] = {}
    for kind in folders(group):
        for raw in table(f"{group}/{kind}", language).get(section) or []:
            pattern = compile_pattern(group, kind, raw)
            for word in pattern.elements[0].words:
                by_head.setdefault(word, []).append(pattern)
    return PatternSet({word: tuple(found) for word, found in by_head.items()})


@cache
def order_of(group: str, kind: str) -> int:
    """How specific an entry is; the higher wins where two fit the same words."""
    return int(table(f"{group}/{kind}", "definition").get("order") or 0)

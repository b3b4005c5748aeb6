"""The codebook's pattern language: short sequences of words, matched on a parsed sentence's items.

``extend|offer ~4 congratulations`` is a verb, up to four words, a noun. Elements match the lemma or the word as written;
``word?`` may be missing. The first element is the head, whose grammatical relations the roles are read from.
``without: "press|news"`` bars these words directly before the head, in the gaps, and directly after the match (an article
or possessive between does not help): "news conference" is no conference, "hailed a taxi" no praise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from memcon.codebook.load import folders, table
from memcon.mentions import Item, Sentence

_WIDEST = 12  # the most words of a gap
_STOPS = frozenset((",", ";", ":", "(", ")", '"', "."))
_NOUN_PLACES = frozenset(("dobj", "pobj", "compound", "nsubj", "nsubjpass", "attr", "poss"))
_ARTICLES = frozenset(("a", "an", "the", "his", "her", "its", "their"))


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: the words that fit, how many others may stand before it, whether it may be missing."""

    words: frozenset[str]
    gap: int = 0
    optional: bool = False

    def fits(self, item: Item) -> bool:
        """Whether an item is one of the words, by lemma or as written; a body's name counts by its last word ("the X Conference")."""
        if item.kind == "org":
            return _last_word(item) in self.words
        return item.lemma in self.words or item.low in self.words


def _last_word(body: Item) -> str:
    return body.text.partition(" (")[0].rsplit(None, 1)[-1].lower()


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
    without: frozenset[str] = frozenset()
    roles: dict[str, str] = field(default_factory=dict)
    status: str | None = None
    rule: str = field(init=False)
    """The rule's id as claims carry it: ``acts/congratulate#extend``."""
    second: frozenset[str] | None = field(init=False)
    """The words of the second element, where there must be one."""

    def __post_init__(self) -> None:
        """Work out once what every sentence asks."""
        object.__setattr__(self, "rule", f"{self.group}/{self.kind}#{self.id}")
        needed = len(self.elements) > 1 and not self.elements[1].optional
        object.__setattr__(self, "second", self.elements[1].words if needed else None)


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found: the head's index, the last item that belongs to it, and how many elements found their word."""

    pattern: Pattern
    head: int
    last: int
    size: int = 1


def elements_of(match: str) -> tuple[Element, ...]:
    """The elements of a pattern's ``match`` text.

    >>> [(sorted(e.words), e.gap, e.optional) for e in elements_of("pay ~2 call on?")]
    [(['pay'], 0, False), (['call'], 2, False), (['on'], 0, True)]

    Raises:
        ValueError: the text is empty, starts or ends with a gap, or an element has no words.
    """
    elements: list[Element] = []
    gap = 0
    for part in match.split():
        if part.startswith("~"):
            if not part[1:].isdecimal() or not elements or gap:
                raise ValueError(f"{match!r}: a gap is ~ and a number, between two elements")
            gap = int(part[1:])
            if gap > _WIDEST:
                raise ValueError(f"{match!r}: a gap has at most {_WIDEST} words")
            continue
        words = part.removesuffix("?").split("|")
        if not all(words) or part != part.lower():
            raise ValueError(f"{match!r}: an element is lower-case words joined by |")
        elements.append(Element(frozenset(words), gap, part.endswith("?")))
        gap = 0
    if not elements or gap or elements[0].optional:
        raise ValueError(f"{match!r}: a pattern starts with a word that must be there, and ends with no gap")
    return tuple(elements)


def compile_pattern(group: str, kind: str, raw: dict[str, Any]) -> Pattern:
    """One pattern of an entry's YAML.

    Raises:
        ValueError: the ``match`` text is not well formed.
    """
    try:
        elements = elements_of(str(raw["match"]))
    except ValueError as error:
        raise ValueError(f"{group}/{kind}#{raw.get('id')}: {error}") from error
    return Pattern(
        group=group,
        kind=kind,
        id=str(raw["id"]),
        elements=elements,
        neutral=bool(raw.get("neutral")),
        joint=bool(raw.get("joint")),
        noun=bool(raw.get("noun")),
        needs=str(raw.get("needs", "")),
        object=str(raw.get("object", "topic")),
        without=frozenset(w for w in str(raw.get("without", "")).split("|") if w),
        roles={str(k): str(v) for k, v in (raw.get("roles") or {}).items()},
        status=raw.get("status"),
    )


@dataclass(frozen=True, slots=True)
class PatternSet:
    """Patterns by the words their heads can be."""

    by_head: dict[str, tuple[Pattern, ...]]

    def heads(self, s: Sentence) -> tuple[int, ...]:
        """The items of a parsed sentence that may be a pattern's head. Kept with the sentence."""
        for asked, known in s.triggers:
            if asked is self:
                return known
        by_head = self.by_head
        found = tuple([i for i, item in enumerate(s.items) if item.lemma in by_head or item.low in by_head])
        s.triggers = (*s.triggers, (self, found))
        return found

    def at(self, items: Sequence[Item], i: int) -> list[Match]:
        """All patterns whose head is item ``i``: the longest match first, then the more specific entry. Not to be changed: kept with the item."""
        item = items[i]
        by_head = self.by_head
        if item.lemma not in by_head and item.low not in by_head:
            return []
        # Every reader of a sentence asks again for the same items, and the extractors go through a report twice.
        for asked, known in item.matched:
            if asked is self:
                return known
        patterns = by_head.get(item.lemma, ())
        if item.low != item.lemma:
            patterns += by_head.get(item.low, ())
        found = self._found(patterns, items, i)
        item.matched = (*item.matched, (self, found))
        return found

    def _found(self, patterns: tuple[Pattern, ...], items: Sequence[Item], i: int) -> list[Match]:
        seen: set[str] = set()
        found: list[Match] = []
        near = items[i].reach
        if near is None:
            near = items[i].reach = _reach(items, i)
        passive = items[i].tag == "VBN"
        for pattern in patterns:
            second = pattern.second
            if second is not None and near.isdisjoint(second):
                match = _passive(pattern, items, i) if passive else None
            else:
                match = match_at(pattern, items, i)
            if match is not None and pattern.rule not in seen:
                seen.add(pattern.rule)
                found.append(match)
        if len(found) > 1:
            found.sort(key=lambda m: (-m.size, -order_of(m.pattern.group, m.pattern.kind), m.pattern.rule))
        return found


def _reach(items: Sequence[Item], head: int) -> frozenset[str]:
    """The words, by lemma and as written, that a second element may fit: all up to the end of the clause."""
    words: set[str] = set()
    for k in range(head + 1, min(len(items), head + 2 + _WIDEST)):
        item = items[k]
        if item.kind == "org":
            words.add(_last_word(item))
        else:
            words.add(item.lemma)
            words.add(item.low)
        if item.text in _STOPS or _opens_clause(item):
            break
    return frozenset(words)


def match_at(pattern: Pattern, items: Sequence[Item], head: int) -> Match | None:
    """The pattern with item ``head`` as its head, or None where its words do not follow."""
    taken = [head]
    for element in pattern.elements[1:]:
        nxt = _find(element, items, taken[-1])
        if nxt is None and not element.optional:
            return _passive(pattern, items, head)
        if nxt is not None:
            taken.append(nxt)
    return None if _barred(pattern, items, taken) else Match(pattern, head, taken[-1], len(taken))


def _barred(pattern: Pattern, items: Sequence[Item], taken: Sequence[int]) -> bool:
    """Whether a word that the pattern must be without stands before, in or after it."""
    if not pattern.without:
        return False
    after = taken[-1] + 1
    if after < len(items) and items[after].low in _ARTICLES:
        after += 1
    around = (taken[0] - 1, *(k for k in range(taken[0] + 1, taken[-1]) if k not in taken), after)
    return any(items[k].low in pattern.without or items[k].lemma in pattern.without for k in around if 0 <= k < len(items))


def _find(element: Element, items: Sequence[Item], at: int) -> int | None:
    for k in range(at + 1, min(len(items), at + 2 + element.gap)):
        if element.fits(items[k]):
            return k
        if items[k].text in _STOPS or _opens_clause(items[k]):
            return None
    return None


def _opens_clause(item: Item) -> bool:
    """A finite verb. The tagger takes some nouns for one ("visa rules"), but gives them a noun's place in the tree."""
    return item.tag.startswith("VB") and item.tag not in ("VBN", "VBG") and item.dep not in _NOUN_PLACES


def _passive(pattern: Pattern, items: Sequence[Item], head: int) -> Match | None:
    """"A hope was expressed": the noun of the pattern is the passive verb's subject."""
    if len(pattern.elements) != 2 or items[head].tag != "VBN":
        return None
    for k in range(head - 1, max(-1, head - 12), -1):
        if items[k].head == head and items[k].dep == "nsubjpass" and pattern.elements[1].fits(items[k]):
            return Match(pattern, head, head, 2)
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

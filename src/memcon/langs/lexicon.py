"""The word lists of one language, ready for look-up. Built once from the codebook and the data tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from memcon.codebook.load import table

_IRREGULAR = {"man": "men", "woman": "women", "person": "persons"}
_PLURAL_FIRST = (" of ", " general", "-general", " d'affaires", "-in-chief", " for ")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lower-case word lists. ``heads`` maps a title's words to its class, ``plural_heads`` likewise."""

    heads: dict[tuple[str, ...], str]
    plural_heads: dict[tuple[str, ...], str]
    singular: dict[str, str]
    head_sizes: dict[str, int]  # most words of the titles that start with a word
    modifiers: frozenset[str]
    status: frozenset[str]
    passing: frozenset[str]
    private: tuple[str, ...]  # posts in which nobody acts for a state, party or international body
    portfolios: frozenset[str]
    honorifics: frozenset[str]
    descriptors: dict[str, tuple[str, ...]]
    body_heads: frozenset[str]
    state_bodies: frozenset[str]
    event_words: frozenset[str]
    place_words: frozenset[str]
    common: frozenset[str]
    frequent: frozenset[str]  # the commonest words: at a sentence's start they are hardly names
    abbreviations: dict[str, str]
    given_names: frozenset[str]

    def head_at(self, lows: list[str], i: int) -> tuple[int, str, bool] | None:
        """The title that starts at word ``i``: (number of words, class, plural), longest first."""
        if i >= len(lows) or lows[i] not in self.head_sizes:
            return None
        for size in range(min(self.head_sizes[lows[i]], len(lows) - i), 0, -1):
            words = tuple(lows[i : i + size])
            if words in self.heads:
                return size, self.heads[words], False
            if words in self.plural_heads:
                return size, self.plural_heads[words], True
        return None


@cache
def english() -> Lexicon:
    """The English lists (codebook ``posts`` and ``bodies``; sources of the others in ``data/SOURCES.md``)."""
    posts, bodies = table("posts", "en"), table("bodies", "en")
    heads = {tuple(str(w).lower().split()): k for k, words in posts["heads"].items() for w in words}
    plurals = {tuple(_plural(" ".join(w)).split()): k for w, k in heads.items()}
    return Lexicon(
        heads=heads,
        plural_heads={w: k for w, k in plurals.items() if w not in heads},
        singular={" ".join(_plural(" ".join(w)).split()): " ".join(w) for w in heads},
        head_sizes={w[0]: len(w) for w in sorted((*heads, *plurals), key=len)},
        modifiers=_words(posts["modifiers"]),
        status=_words(posts["status"]),
        passing=_words(posts["passing"]),
        private=tuple(posts["private"]),
        portfolios=_words(posts["portfolios"].split()),
        honorifics=_words(posts["honorifics"]),
        descriptors={k: tuple(v) for k, v in posts["descriptors"].items()},
        body_heads=_words(bodies["heads"].split()),
        state_bodies=_words(bodies["state"].split()),
        event_words=_words(bodies["events"].split()),
        place_words=_words(bodies["places"].split()),
        common=_file("en_common.txt"),
        frequent=_file("en_common.txt", 2500),
        abbreviations={str(k): str(v) for k, v in posts["abbreviations"].items()},
        given_names=_file("given_names.txt"),
    )


def _words(words: Iterable[object]) -> frozenset[str]:
    return frozenset(str(w).lower() for w in words)


def _file(name: str, first: int | None = None) -> frozenset[str]:
    text = (files("memcon.langs") / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return frozenset(lines[:first])


def _plural(title: str) -> str:
    """The plural of a title: "ministers", "secretaries of state", "attorneys general", "spokesmen"."""
    for mark in _PLURAL_FIRST:
        if mark in title:
            first, rest = title.split(mark, 1)
            return _plural(first) + mark + rest
    for one, many in _IRREGULAR.items():
        if title.endswith(one):
            return title[: -len(one)] + many
    if title.endswith("y") and not title.endswith(("ay", "ey", "oy")):
        return title[:-1] + "ies"
    return title + ("es" if title.endswith(("s", "ch", "x")) else "s")

"""Clusters of things that are one, from pairs judged same and pairs judged different. Any order of pairs gives the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import combinations
from typing import Final, NamedTuple

_CLEAR: Final = 0.03
"""By so much must a weak link's score exceed that of a rival."""


class Link(NamedTuple):
    """Two things that may be one. ``weak``: only if no other cluster could claim the same thing about as well."""

    a: str
    b: str
    score: float
    reason: str
    weak: bool = False
    by: str = "rule"


class Unsure(NamedTuple):
    """A thing that may be one with several others that are not one with each other."""

    item: str
    among: tuple[str, ...]


def cluster(items: Iterable[str], links: Iterable[Link], apart: Callable[[str, str], bool]) -> tuple[list[list[str]], list[Link], list[Unsure]]:
    """Groups of items, the links that made them, and the doubts.

    Links are taken by score, the best first, ties by name; two groups join unless something in one is ``apart`` from
    something in the other. Weak links come last, and only where no other group is about as likely.
    """
    group = {x: [x] for x in sorted(set(items))}
    used: list[Link] = []
    ordered = sorted(links, key=lambda k: (-k.score, min(k.a, k.b), max(k.a, k.b)))
    for link in (k for k in ordered if not k.weak):
        _join(group, link, apart, used)
    unsure = _weak(group, [k for k in ordered if k.weak], apart, used)
    whole = sorted({tuple(g) for g in group.values()})
    return [list(g) for g in whole], used, unsure


def _join(group: dict[str, list[str]], link: Link, apart: Callable[[str, str], bool], used: list[Link]) -> None:
    a, b = group[link.a], group[link.b]
    if a is b or (link.by == "rule" and any(apart(x, y) for x in a for y in b)):
        return
    both = sorted(a + b)
    for x in both:
        group[x] = both
    used.append(link)


def _weak(group: dict[str, list[str]], links: Sequence[Link], apart: Callable[[str, str], bool], used: list[Link]) -> list[Unsure]:
    """Join along weak links, the best first, where at neither end another group is about as likely."""
    unsure: list[Unsure] = []
    before = {x: tuple(g) for x, g in group.items()}
    possible = [k for k in links if before[k.a] != before[k.b] and not any(apart(u, v) for u in before[k.a] for v in before[k.b])]
    choices: dict[str, dict[tuple[str, ...], float]] = {}
    for link in possible:
        for x, y in ((link.a, link.b), (link.b, link.a)):
            found = choices.setdefault(before[x][0], {})
            found[before[y]] = max(found.get(before[y], 0.0), link.score)

    @cache
    def parted(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        return any(apart(x, y) for x in one for y in other)

    for link in possible:
        if all(_only(choices[before[x][0]], before[y], link.score, parted) for x, y in ((link.a, link.b), (link.b, link.a))):
            _join(group, link, apart, used)
        else:
            unsure.append(Unsure(min(before[link.a][0], before[link.b][0]), tuple(sorted({link.a, link.b}))))
    return sorted({u for u in unsure if group[u.among[0]] is not group[u.among[-1]]})


def _only(
    choices: dict[tuple[str, ...], float], partner: tuple[str, ...], score: float, parted: Callable[[tuple[str, ...], tuple[str, ...]], bool]
) -> bool:
    """Whether no group that is apart from ``partner``, and no two that are apart from each other, are about as good a choice (or a better one) as it."""
    groups = [partner, *(g for g, other in choices.items() if g != partner and other > score - _CLEAR)]
    return not any(parted(one, other) for one, other in combinations(groups, 2))

"""Clusters of things that are one, from pairs judged same and pairs judged different. Any order of pairs gives the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Link(NamedTuple):
    """Two things that may be one. ``weak``: only if no other cluster could claim the same thing as well."""

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
    something in the other. Weak links come last, and only where one group alone is in question.
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
    """Join along weak links where each end has one possible partner group only."""
    unsure: list[Unsure] = []
    choices: dict[str, set[tuple[str, ...]]] = {}
    for link in links:
        for x, y in ((link.a, link.b), (link.b, link.a)):
            if not any(apart(u, v) for u in group[x] for v in group[y]):
                choices.setdefault(group[x][0], set()).add(tuple(group[y]))
    before = {x: tuple(g) for x, g in group.items()}
    for link in links:
        a, b = before[link.a], before[link.b]
        if a == b or any(apart(u, v) for u in group[link.a] for v in group[link.b]):
            continue
        if _only(choices, a[0], apart) and _only(choices, b[0], apart):
            _join(group, link, apart, used)
        else:
            unsure.append(Unsure(min(a[0], b[0]), tuple(sorted({link.a, link.b}))))
    return sorted(set(unsure))


def _only(choices: dict[str, set[tuple[str, ...]]], head: str, apart: Callable[[str, str], bool]) -> bool:
    """Whether the groups that ``head`` may join can all be one with each other."""
    options = sorted(choices.get(head, ()))
    return not any(apart(x, y) for i, p in enumerate(options) for q in options[:i] for x in p for y in q)

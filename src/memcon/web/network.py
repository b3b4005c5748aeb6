"""Who met whom, as a graph: laid out here, so that it is a picture without a script, and the same each time."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Final

import msgspec

from memcon import view
from memcon.browse import MOST, Browser, Filters

__all__ = ["Edge", "Network", "Node", "network"]

_MEETINGS: Final = 150
_PEOPLE: Final = 45  # that a picture can show
_WIDTH, _HEIGHT, _MARGIN = 1000, 640, 70


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the picture: where (in the picture's units), and in how many meetings."""

    id: str
    name: str
    x: float
    y: float
    meetings: int


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """Two who met, and how often."""

    a: str
    b: str
    a_name: str
    b_name: str
    times: int
    last: str | None


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """The picture and its table. ``meetings`` of the newest were looked at; ``left_out`` people have no room in the picture."""

    filters: Filters
    nodes: list[Node]
    edges: list[Edge]
    meetings: int
    left_out: int
    width: int = _WIDTH
    height: int = _HEIGHT


def network(browser: Browser, filters: Filters) -> Network:
    """Who met whom in the newest meetings that pass the filters."""
    found = [t for t in browser.events("meetings", filters, limit=_MEETINGS).items if isinstance(t, view.MeetingThing)]
    names: dict[str, str] = {}
    times: Counter[tuple[str, str]] = Counter()
    degree: Counter[str] = Counter()
    last: dict[tuple[str, str], str] = {}
    for m in found:
        for p in (*m.hosts, *m.guests):
            names.setdefault(p.id, p.name)
            degree[p.id] += 1
        for a, b in product(m.hosts, m.guests):
            pair = (min(a.id, b.id), max(a.id, b.id))
            times[pair] += 1
            last[pair] = max(last.get(pair, ""), m.date or "")
    kept = {i for i, _ in sorted(degree.items(), key=lambda x: (-x[1], x[0]))[:_PEOPLE]}
    pairs = [(p, n) for p, n in sorted(times.items(), key=lambda x: (-x[1], x[0])) if p[0] != p[1]]
    inside = [(a, b, n) for (a, b), n in pairs if a in kept and b in kept]
    places = _layout(sorted({x for a, b, _ in inside for x in (a, b)}), inside)
    return Network(
        filters=filters, nodes=[Node(id=i, name=names[i], x=x, y=y, meetings=degree[i]) for i, (x, y) in places.items()],
        edges=[Edge(a=a, b=b, a_name=names[a], b_name=names[b], times=n, last=last[a, b] or None) for (a, b), n in pairs[:MOST]],
        meetings=len(found), left_out=len(names) - len(places),
    )  # fmt: skip


def _layout(nodes: list[str], edges: list[tuple[str, str, int]]) -> dict[str, tuple[float, float]]:
    """Where each stands, by springs along the edges; the same for the same graph."""
    import networkx as nx

    if not nodes:
        return {}
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from(edges)
    placed = nx.spring_layout(graph, seed=1, iterations=40, k=1.6 / len(nodes) ** 0.5)
    xs, ys = [float(p[0]) for p in placed.values()], [float(p[1]) for p in placed.values()]
    return {n: (_fit(float(p[0]), xs, _WIDTH), _fit(float(p[1]), ys, _HEIGHT)) for n, p in placed.items()}


def _fit(value: float, found: list[float], size: int) -> float:
    low, high = min(found), max(found)
    share = (value - low) / (high - low) if high > low else 0.5
    return round(_MARGIN + share * (size - 2 * _MARGIN), 1)

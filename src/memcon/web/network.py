"""Who met whom, as a graph: laid out here, so that it is a picture without a script, and the same each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import product
from typing import Final

import msgspec

from memcon import view
from memcon.browse import MOST, Browser, Filters

__all__ = ["Edge", "Network", "Node", "network"]

_MEETINGS: Final = 150
_PEOPLE: Final = 45  # that a picture can show
_WIDTH, _HEIGHT, _MARGIN = 1100, 700, 60
_NAME: Final = 26  # letters of a name that the picture has room for
_LETTER: Final = 7.4  # its width, in the picture's units


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the picture: where (in the picture's units), in how many meetings, and where the name stands (its middle)."""

    id: str
    name: str
    x: float
    y: float
    radius: int
    meetings: int
    label_x: float
    label_y: float


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
        filters=filters, nodes=_labelled(places, names, degree),
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
    placed = nx.spring_layout(graph, seed=1, iterations=60, k=2.6 / len(nodes) ** 0.5, weight=None)
    xs, ys = [float(p[0]) for p in placed.values()], [float(p[1]) for p in placed.values()]
    return {n: (_fit(float(p[0]), xs, _WIDTH), _fit(float(p[1]), ys, _HEIGHT)) for n, p in placed.items()}


def _labelled(places: Mapping[str, tuple[float, float]], names: Mapping[str, str], degree: Mapping[str, int]) -> list[Node]:
    """The nodes with their names put where they cover least: above, below or beside, those met most first."""
    boxes = [(x - _radius(degree[i]), y - _radius(degree[i]), x + _radius(degree[i]), y + _radius(degree[i])) for i, (x, y) in places.items()]
    made: dict[str, Node] = {}
    for i in sorted(places, key=lambda i: (-degree[i], i)):
        x, y = places[i]
        r, half = _radius(degree[i]), min(len(names[i]), _NAME) * _LETTER / 2
        spots = [(x, y - r - 4), (x, y + r + 14), (x + r + 4 + half, y + 5), (x - r - 4 - half, y + 5), (x, y - r - 20), (x, y + r + 30)]
        inside = [s for s in spots if half < s[0] < _WIDTH - half and 14 < s[1] < _HEIGHT - 4] or spots[:1]
        best = min(inside, key=lambda s: (sum(_overlap((s[0] - half, s[1] - 12, s[0] + half, s[1] + 3), b) for b in boxes), inside.index(s)))
        boxes.append((best[0] - half, best[1] - 12, best[0] + half, best[1] + 3))
        made[i] = Node(id=i, name=names[i], x=x, y=y, radius=r, meetings=degree[i], label_x=round(best[0], 1), label_y=round(best[1], 1))
    return [made[i] for i in places]


def _radius(meetings: int) -> int:
    return min(5 + meetings, 16)


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def _fit(value: float, found: list[float], size: int) -> float:
    low, high = min(found), max(found)
    share = (value - low) / (high - low) if high > low else 0.5
    return round(_MARGIN + share * (size - 2 * _MARGIN), 1)

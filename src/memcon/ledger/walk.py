"""Statements for pages of lists: each walks one index from where the page before it ended, and never further than a bound.

A list is a *walk* along the index of its narrowest filter, by day, and a *test* of the other filters on each thing that
the walk meets. All values are bound; what is put together are this module's own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

__all__ = ["DEPTH", "RARE", "Facet", "Walk", "last", "statement", "uses"]

DEPTH: Final = 5_000  # things that one page may walk past
WORDED: Final = 1_000  # reports, the last added, in which words are looked for
RARE: Final = 500  # up to which uses of a facet are counted to find the rarest

Facet = tuple[str, Sequence[str]]


class Walk(NamedTuple):
    """What a page of a list asks: facets (any of the values of each), days, words, and where the page before it ended (day, id).

    ``driver`` is the place in ``facets`` of the one to walk by, the rarest.
    """

    family: str
    facets: Sequence[Facet] = ()
    low: str = ""
    high: str = "9~"
    match: str | None = None
    after: tuple[str, str] | None = None
    oldest: bool = False
    driver: int | None = None


_WORDED: Final = """w.id IN (SELECT f.id FROM facet f WHERE f.family = ? AND f.facet = 'document' AND f.value IN (
SELECT d.id FROM words x JOIN documents d ON d.seq = x.rowid WHERE words MATCH ? ORDER BY x.rowid DESC LIMIT ?))"""
_FACET: Final = "EXISTS (SELECT 1 FROM facet f WHERE f.family = ? AND f.facet = ? AND f.value IN ({}) AND f.day = w.day AND f.id = w.id)"


def statement(walk: Walk, limit: int, *, depth: int = DEPTH) -> tuple[str, list[Any]]:
    """Query and values for up to ``limit`` rows (id, day) that pass, of the next ``depth`` that the walk meets."""
    way, values = _way(walk)
    tests, more = _tests(walk)
    values += [depth, *more, limit]
    where = " AND ".join(tests) or "1"
    return f"SELECT w.id, w.day FROM ({way} LIMIT ?) w WHERE {where} LIMIT ?", values


def last(walk: Walk, *, depth: int = DEPTH) -> tuple[str, list[Any]]:
    """Query and values for the last row that the walk meets, where it was cut at its bound."""
    way, values = _way(walk)
    return f"{way} LIMIT 1 OFFSET ?", [*values, depth - 1]


def uses(walk: Walk, facet: Facet) -> tuple[str, list[Any]]:
    """Query and values for how many uses a facet has, counted up to `RARE`."""
    counted = f"SELECT 1 FROM facet WHERE family = ? AND facet = ? AND value IN ({_holders(facet[1])}) LIMIT ?"
    return f"SELECT count(*) FROM ({counted})", [walk.family, facet[0], *facet[1], RARE]


def _driver(walk: Walk) -> Facet | None:
    return walk.facets[walk.driver or 0] if walk.facets else None


def _way(walk: Walk) -> tuple[str, list[Any]]:
    driver = _driver(walk)
    order = "day, id" if walk.oldest else "day DESC, id"
    if driver is None:
        way, values = "SELECT id, day FROM thing WHERE family = ? AND day BETWEEN ? AND ?", [walk.family, walk.low, walk.high]
    else:
        way = f"SELECT DISTINCT id, day FROM facet WHERE family = ? AND facet = ? AND value IN ({_holders(driver[1])}) AND day BETWEEN ? AND ?"
        values = [walk.family, driver[0], *driver[1], walk.low, walk.high]
    if walk.after is not None:
        way += f" AND (day {'>' if walk.oldest else '<'} ? OR day = ? AND id > ?)"
        values += [walk.after[0], *walk.after]
    return f"{way} ORDER BY {order}", values


def _tests(walk: Walk) -> tuple[list[str], list[Any]]:
    driver = _driver(walk)
    tests: list[str] = []
    values: list[Any] = []
    for facet in walk.facets:
        if facet is not driver:
            tests.append(_FACET.format(_holders(facet[1])))
            values += [walk.family, facet[0], *facet[1]]
    if walk.match:
        tests.append(_WORDED)
        values += [walk.family, walk.match, WORDED]
    return tests, values


def _holders(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values)) or "NULL"

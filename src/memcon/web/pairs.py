"""What the page of a pair shows, of two countries or two bodies: contacts in time and by level, papers, what was said, last contact, next plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

import msgspec

from memcon import view
from memcon.browse import Browser, Filters, Tally
from memcon.codebook.load import table
from memcon.langs import places
from memcon.ledger import sql, walk
from memcon.resolve.offices import body_key
from memcon.web.contact import Brief, brief
from memcon.web.people import bodies
from memcon.web.shelf import Shelf

__all__ = ["LEVELS", "PairPage", "body_pair", "country_pair", "level"]

_SHOWN: Final = 20
_LEVELLED: Final = 300  # meetings, the newest, whose level is looked at
LEVELS: Final = ("heads of state or government", "ministers", "parties and parliaments", "others")


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """Meetings of a year, by level (in the order of `LEVELS`)."""

    year: str
    levels: list[int]


class PairPage(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of countries (ISO codes) or of bodies (names). ``levelled`` of the meetings, the newest, are counted by year and level."""

    a: str
    b: str
    countries: bool
    last: Brief | None
    following: Brief | None
    meetings: list[Brief]
    visits: list[Brief]
    agreements: list[Brief]
    acts: list[Tally]
    statements: list[view.StatementThing]
    years: list[Year]
    levelled: int
    more: bool


def country_pair(browser: Browser, pair: str, today: str) -> PairPage:
    """The page of two countries, as KH-VN, in the order of their codes."""
    a, b = pair.split("-")
    ids = browser.ids("meetings", Filters(pair=pair), limit=_LEVELLED)
    said = browser.events("statements", Filters(pair=pair), limit=_SHOWN, facets=True)
    found = {f: [brief(t) for t in browser.events(f, Filters(pair=pair), limit=_SHOWN).items] for f in ("visits", "agreements")}
    plans = [
        brief(t)
        for f in ("meetings", "visits")
        for t in browser.events(f, Filters(pair=pair, status="planned", since=today), limit=1, oldest=True).items
    ]
    held = browser.events("meetings", Filters(pair=pair, status="occurred", until=today), limit=1).items
    return _page(browser, (a, b), ids, held, plans, found, said.items, [x for x in said.facets.get("kind", []) if x.value], countries=True)


def body_pair(browser: Browser, shelf: Shelf, a: str, b: str, today: str) -> PairPage:
    """The page of two bodies: contacts of the bodies themselves and of people with posts in them."""
    ends = [_ends(browser, shelf, x) for x in (a, b)]
    ids = _both(browser, "meetings", ends, _LEVELLED)
    things = browser.things(ids)
    statements = [t for t in browser.things(_both(browser, "statements", ends, _LEVELLED)) if isinstance(t, view.StatementThing)]
    held = [t for t in things if t.status == "occurred" and (getattr(t, "date", None) or "9") <= today][:1]
    plans = [brief(t) for t in things if t.status == "planned" and (getattr(t, "date", None) or "") >= today][-1:]
    found = {f: [brief(t) for t in browser.things(_both(browser, f, ends, _SHOWN))] for f in ("visits", "agreements")}
    acts = [Tally(value=k, count=n) for k, n in Counter(s.kind for s in statements).most_common()]
    return _page(browser, (a, b), ids, held, plans, found, statements[:_SHOWN], acts, countries=False)


def _page(
    browser: Browser, ends: tuple[str, str], ids: list[str], held: Sequence[view.Thing], plans: Sequence[Brief], found: dict[str, list[Brief]],
    said: Iterable[view.Thing], acts: list[Tally], *, countries: bool,
) -> PairPage:  # fmt: skip
    return PairPage(
        a=ends[0], b=ends[1], countries=countries, last=brief(held[0]) if held else None, following=min(plans, key=lambda x: x.day or "9", default=None),
        meetings=[brief(t) for t in browser.things(ids[:_SHOWN])], visits=found["visits"], agreements=found["agreements"], acts=acts,
        statements=[t for t in said if isinstance(t, view.StatementThing)], years=by_year(browser, ids), levelled=len(ids), more=len(ids) > _SHOWN,
    )  # fmt: skip


def _ends(browser: Browser, shelf: Shelf, name: str) -> list[walk.Facet]:
    """The ways in which a body takes part: itself, and through people with posts in it."""
    key = body_key(name)
    known = bodies(browser, shelf).get(key)
    nodes = browser.store.column(sql.NODES_IN, msgspec.json.encode(known.names).decode(), 500) if known else []
    return [("body", (key,)), *([("person", tuple(nodes))] if nodes else [])]


def _both(browser: Browser, family: str, ends: Sequence[Sequence[walk.Facet]], limit: int) -> list[str]:
    """Ids of the newest things in which both ends take part."""
    found: dict[str, str] = {}
    for a in ends[0]:
        for b in ends[1]:
            statement, values = walk.statement(walk.Walk(family, (a, b), driver=0), limit)
            found.update(browser.store.rows(statement, *values))
    return [i for i, _ in sorted(sorted(found.items()), key=lambda x: x[1], reverse=True)][:limit]


def by_year(browser: Browser, ids: Sequence[str]) -> list[Year]:
    """Meetings by year and by the highest level of those who took part."""
    asked = msgspec.json.encode(list(ids)).decode()
    nodes: dict[str, list[str]] = {}
    for thing, node in browser.store.rows(sql.NODES_OF_THING, asked):
        nodes.setdefault(thing, []).append(node)
    posts: dict[str, int] = {}
    for node, title, body, _ in browser.store.rows(
        sql.OFFICES_OF_NODES, msgspec.json.encode(sorted({n for ns in nodes.values() for n in ns})).decode()
    ):
        posts[node] = min(posts.get(node, len(LEVELS) - 1), level(title, body))
    years: dict[str, list[int]] = {}
    for thing, day in browser.store.rows(sql.DAYS_OF_THINGS, asked):
        if day:
            counts = years.setdefault(day[:4], [0] * len(LEVELS))
            counts[min((posts.get(n, len(LEVELS) - 1) for n in nodes.get(thing, ())), default=len(LEVELS) - 1)] += 1
    return [Year(year=y, levels=n) for y, n in sorted(years.items())]


@lru_cache(maxsize=8192)
def level(title: str, body: str | None) -> int:
    """The level of an office, as a place in `LEVELS`; a deputy's is that of "others", a head of anything but a state no head of state's.

    >>> LEVELS[level("Prime Minister", "Cambodia")], LEVELS[level("President", "Senate of Cambodia")], LEVELS[level("Deputy Foreign Minister", "Laos")]
    ('heads of state or government', 'parties and parliaments', 'others')
    """
    words = f" {title.lower()} "
    if re.search(r"\b(deputy|vice|assistant|former|late|under)\b", words):
        return 3
    of_state = bool(body) and places.country_of_name(body or "") is not None
    kind = next((k for k, heads in _heads() if any(f" {h} " in words for h in heads)), "")
    if kind in ("head_of_state", "head_of_government"):
        return 0 if of_state or kind == "head_of_government" else 2
    return {"minister": 1, "party": 2, "parliament": 2}.get(kind, 3)


@cache
def _heads() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The codebook's words for offices by class, the highest class first."""
    heads = table("posts", "en")["heads"]
    return tuple((k, tuple(heads[k])) for k in ("head_of_government", "minister", "head_of_state", "parliament", "party") if k in heads)

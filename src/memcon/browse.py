"""Looking through a ledger page by page: lists with facets and a place to go on from, and what a page shows of one thing or report.

Where `memcon.query` answers a question whole, this answers a screenful, at a cost that does not grow with the ledger. Web
pages and the HTTP API both ask here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar

import msgspec

from memcon import view
from memcon.errors import BadFilter
from memcon.finding import Finder, matching
from memcon.follow import topics
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.ledger import sql, walk
from memcon.ledger.store import NoSuchThing
from memcon.model import Issue, Person
from memcon.query import Ledger, PersonThing
from memcon.resolve.latin import latin
from memcon.resolve.names import parts
from memcon.resolve.offices import body_key
from memcon.resolve.times import span

__all__ = [
    "COUNTED",
    "COUNT_TO",
    "EVENTS",
    "MOST",
    "PAGE",
    "Browser",
    "Claim",
    "Filters",
    "Listing",
    "Report",
    "ReportText",
    "Tally",
    "country_code",
    "pair_code",
    "topic_name",
]

T = TypeVar("T")
PAGE: Final = 50
MOST: Final = 200  # rows that a page may be asked for
COUNTED: Final = 500  # things, the first of a list, over which its facets are counted
COUNT_TO: Final = 10_000
EVENTS: Final = ("visits", "meetings", "agreements", "statements")
_CURSOR: Final = re.compile(r"([0-9X?~%.-]{0,16})_((?:[vmas]-)?[0-9a-f]{12})")
_NARROW: Final = ("document", "person", "pair", "body", "country", "outlet", "topic", "kind", "status", "planned", "language")  # filters, those that few things pass first
_CLAIMS: Final = 400  # claims of one thing that are looked at
_WORDY: Final = 1_000  # characters of a question that are looked at
_BATCHES: Final = 4  # times that a page walks on when the filters let little through


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed to. ``since`` and ``until`` are EDTF days, months or years; ``pair`` two countries, as KH-VN."""

    person: str | None = None
    body: str | None = None
    country: str | None = None
    pair: str | None = None
    kind: str | None = None
    act: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    language: str | None = None
    text: str | None = None
    report: str | None = None
    topic: str | None = None

    def given(self) -> dict[str, str]:
        """Those that are set."""
        return {f: v for f in self.__struct_fields__ if (v := getattr(self, f)) is not None}


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """A value and how many things have it."""

    value: str
    count: int


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a list. ``next`` is where the next page starts; ``facets`` are counted over the first ``counted`` things."""

    items: list[Any]
    next: str | None = None
    facets: dict[str, list[Tally]] = {}
    counted: int = 0


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a report is, without its text."""

    id: str
    name: str
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    added: str = ""
    excerpt: str = ""


class ReportText(Report, frozen=True, kw_only=True):
    """A report whole. ``version`` is that of the memcon which read it, ``sha256`` the hash of the bytes it came from."""

    version: str = ""
    sha256: str = ""
    text: str = ""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What one report says: its record as read, and the thing it was joined into (``thing`` of a person is the person)."""

    id: str
    document: str
    family: str
    thing: str
    record: Any


class Browser:
    """Pages of one open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.store = ledger.store
        self.finder = Finder(ledger.store)

    # -- lists of events ----------------------------------------------------------------------------------------------

    def events(
        self,
        family: str,
        filters: Filters,
        *,
        after: str | None = None,
        limit: int = PAGE,
        oldest: bool = False,
        planned: bool = False,
        facets: bool = False,
        which: Sequence[walk.Facet] = (),
    ) -> Listing:
        """A page of visits, meetings, agreements or statements; ``which`` are further facets that they must have. Raises `BadFilter`."""
        limit = max(1, min(limit, MOST))
        found = self.way(family, filters, after=after, oldest=oldest, planned=planned)
        if found is None:
            return Listing(items=[])
        if which:
            found = found._replace(facets=[*found.facets, *which])
            found = self._driven(found)
            if found is None:
                return Listing(items=[])
        ids, following = self._ids(found, limit)
        counted: tuple[int, dict[str, list[Tally]]] = self._tallies(found) if facets else (0, {})
        return Listing(items=self.things(ids), next=following, facets=counted[1], counted=counted[0])

    def ids(self, family: str, filters: Filters, *, limit: int = PAGE, oldest: bool = False, planned: bool = False) -> list[str]:
        """The first ids of a list."""
        way = self.way(family, filters, oldest=oldest, planned=planned)
        return self._ids(way, limit)[0] if way else []

    def way(self, family: str, filters: Filters, *, after: str | None = None, oldest: bool = False, planned: bool = False) -> walk.Walk | None:
        """The walk that finds a list; None where nothing can pass. Raises `BadFilter` for what makes no sense."""
        f = filters
        if (f.act and family != "statements") or (f.text and not match_of(f.text)):
            return None
        facets: list[walk.Facet] = [
            (n, (v,)) for n, v in (("kind", f.kind), ("kind", f.act), ("status", f.status), ("outlet", fold(f.outlet) if f.outlet else None)) if v
        ]
        facets += [("planned", ("open", "known"))] if planned else []
        facets += [("body", (body_key(f.body),))] if f.body else []
        facets += [("country", (country_code(f.country),))] if f.country else []
        facets += [("pair", (pair_code(f.pair),))] if f.pair else []
        for name, found in (
            ("person", self._nodes(f.person) if f.person else None),
            ("document", self._reports_called(f.report) if f.report else None),
        ):
            if found is not None:
                if not found:
                    return None
                facets.append((name, tuple(sorted(found)[:500])))
        for name in ("since", "until"):
            value = getattr(f, name)
            if value is not None and span(value) is None:
                raise BadFilter(name, f"{value!r} is no date: write 2024-03-12, 2024-03 or 2024")
        facets += [("language", (f.language,))] if f.language else []
        facets += [("topic", (topic_name(f.topic),))] if f.topic else []
        facets.sort(key=lambda facet: _NARROW.index(facet[0]))  # of several as common as can be counted, the one that is most often narrow is walked
        way = walk.Walk(
            family, facets, f.since or "", (f.until or "9") + "~", match_of(f.text) if f.text else None, _cursor(after) if after else None, oldest
        )
        return self._driven(way) if len(facets) > 1 else way

    def _driven(self, way: walk.Walk) -> walk.Walk | None:
        """The walk by the facet with the fewest uses, which is the shortest; None where one of them has none."""
        uses = [int(self.store.rows(*_spread(walk.uses(way, f)))[0][0]) for f in way.facets]
        return way._replace(driver=uses.index(min(uses))) if min(uses) else None

    def _ids(self, way: walk.Walk, limit: int) -> tuple[list[str], str | None]:
        """Up to ``limit`` ids, and where to go on; walks on a few times where the filters let little through."""
        found: list[tuple[str, str]] = []
        for _ in range(_BATCHES):
            statement, values = walk.statement(way, limit + 1 - len(found))
            found += [(str(i), str(d)) for i, d in self.store.rows(statement, *values)]
            if len(found) > limit:
                i, d = found[limit - 1]
                return [x for x, _ in found[:limit]], f"{d}_{i}"
            end = self.store.row(*_spread(walk.last(way)))
            if end is None:
                return [x for x, _ in found], None
            way = way._replace(after=(end[1], end[0]))
        return [x for x, _ in found], f"{way.after[0]}_{way.after[1]}" if way.after else None

    def _tallies(self, way: walk.Walk) -> tuple[int, dict[str, list[Tally]]]:
        statement, values = walk.statement(way._replace(after=None), COUNTED)
        rows = self.store.rows(statement, *values)
        found: dict[str, list[Tally]] = {}
        for facet, value, count in self.store.rows(sql.TALLIES_OF, _json([r[0] for r in rows])):
            found.setdefault(facet, []).append(Tally(value=value, count=count))
        years: dict[str, int] = {}
        for _, day in rows:
            if day:
                years[day[:4]] = years.get(day[:4], 0) + 1
        found["year"] = [Tally(value=y, count=n) for y, n in sorted(years.items(), reverse=True)]
        return len(rows), found

    def things(self, ids: Sequence[str]) -> list[view.Thing]:
        """Things by id, in that order, with people's ids in place of spellings'; ids that are not there are left out."""
        rows = self.store.rows(sql.THINGS_BY_ID, _json(ids))
        return self._renamed_all([msgspec.json.decode(body, type=view.THINGS[family]) for _, family, body in rows if body])

    def renamed(self, thing: view.Thing) -> view.Thing:
        """A thing made of claims, with people's ids in place of spellings'."""
        return self._renamed_all([thing])[0]

    def _renamed_all(self, made: list[view.Thing]) -> list[view.Thing]:
        nodes = sorted({p.id for t in made for _, ps in _participants(t) for p in ps if p.id.startswith("p-")})
        persons = dict(self.store.rows(sql.PERSONS_OF_NODES, _json(nodes))) if nodes else {}
        return [_renamed(t, persons) for t in made]

    def thing(self, identifier: str) -> view.Thing | None:
        """One thing by the id it goes by now."""
        found = self.things([identifier])
        return found[0] if found else None

    def current(self, identifier: str) -> str | None:
        """The id by which a thing, person or claim goes now; None where nothing has that id."""
        try:
            return self.ledger.thing_of(identifier)
        except NoSuchThing:
            return None

    def count(self, family: str) -> int:
        """How many things a family has, counted up to `COUNT_TO`."""
        return int(self.store.rows(sql.COUNT, family, COUNT_TO + 1)[0][0])

    # -- filters ------------------------------------------------------------------------------------------------------

    def _nodes(self, person: str) -> set[str]:
        if re.fullmatch(r"p-[0-9a-f]{12}", person):
            return set(self.store.column(sql.NODES_OF_PERSON, self.current(person) or ""))
        return {n for p in self.finder.people_named(person) for n in self.store.column(sql.NODES_OF_PERSON, p)}

    def _reports_called(self, name: str) -> list[str]:
        if re.fullmatch(r"d-[0-9a-f]{12}", name):
            return [name]
        return [str(x) for x in self.store.column(sql.REPORTS_NAMED, name)]

    # -- people -------------------------------------------------------------------------------------------------------

    def people(self, *, country: str | None = None, name: str | None = None, after: str | None = None, limit: int = PAGE) -> Listing:
        """A page of people, the most reported first; ``name`` holds words of names, each whole or, with *, its start. Raises `BadFilter`."""
        limit, offset = max(1, min(limit, MOST)), _offset(after)
        if name:
            found = self.finder.people_named(name) or self._starting(name)
            ids = sorted(found)
            if country:
                code = country_code(country)
                ids = [i for i in ids if self.person(i).country == code]
            page = ids[offset : offset + limit + 1]
        elif country:
            page = self.store.column(sql.PEOPLE_OF_COUNTRY + " LIMIT ? OFFSET ?", country_code(country), limit + 1, offset)
        else:
            page = self.store.column(sql.PEOPLE + " LIMIT ? OFFSET ?", limit + 1, offset)
        return Listing(items=[self.person(i) for i in page[:limit]], next=f"o{offset + limit}" if len(page) > limit else None)

    def _starting(self, name: str) -> list[str]:
        """People with a word that starts so."""
        first = next(iter(parts(name)), "")
        if len(first) < 2:
            return []
        nodes = self.store.column(sql.STARTING, first, first + "\U0010ffff")
        return sorted({str(p) for _, p in self.store.rows(sql.PERSONS_OF_NODES, _json(nodes))})

    def person(self, identifier: str) -> PersonThing:
        """A person by id. Raises `NoSuchThing`."""
        return self.ledger.person(identifier)

    def people_of_report(self, document: str) -> list[Claim]:
        """The people whom a report names, in its order."""
        return [
            Claim(id=c, document=document, family="people", thing=p, record=msgspec.json.decode(b, type=Person))
            for c, p, b in self.store.rows(sql.PEOPLE_OF_REPORT, document)
        ]

    # -- reports ------------------------------------------------------------------------------------------------------

    def reports(self, *, text: str | None = None, after: str | None = None, limit: int = PAGE) -> Listing:
        """A page of reports, the last added first; ``text`` keeps those that hold all its words."""
        limit = max(1, min(limit, MOST))
        below = _offset(after) or 1 << 60
        match = match_of(text) if text else None
        if text and not match:
            return Listing(items=[])
        rows = self.store.rows(sql.REPORTS_WORDED, match, below, limit + 1) if match else self.store.rows(sql.REPORTS, below, limit + 1)
        items = [report(r, excerpt(r[8], text or "") if match else "") for r in rows[:limit]]
        return Listing(items=items, next=f"o{rows[limit - 1][0]}" if len(rows) > limit else None)

    def reports_by_id(self, ids: Iterable[str]) -> dict[str, Report]:
        """Reports by id."""
        return {r[1]: report(r) for r in self.store.rows(sql.REPORTS_BY_ID, _json(sorted(set(ids))))}

    def report(self, document: str) -> ReportText | None:
        """A report whole; None where it is not there, or was removed."""
        r = self.store.row(sql.REPORT, document) if self.store.row(sql.IS_LIVE, document) else None
        return (
            ReportText(id=r[0], name=r[1], outlet=r[2], url=r[3], language=r[4], published=r[5], version=r[6], added=r[7], sha256=r[8], text=r[9])
            if r
            else None
        )

    def claims_of_report(self, document: str) -> list[Claim]:
        """Every claim of a report that became part of a thing."""
        things = {c: (f, t) for c, f, t in self.store.rows(sql.THINGS_OF_REPORT, document)}
        return [
            Claim(id=c, document=document, family=kind, thing=things[c][1], record=msgspec.json.decode(body, type=view.RECORDS[kind]))
            for c, kind, _, body, _ in self.store.rows(sql.CLAIMS_OF, document)
            if c in things
        ]

    def claims_of(self, thing: str) -> list[Claim]:
        """The claims that were joined into a thing."""
        return [
            Claim(id=c, document=d, family=k, thing=thing, record=msgspec.json.decode(b, type=view.RECORDS[k]))
            for c, d, k, b in self.store.rows(sql.CLAIMS_OF_THING, thing, _CLAIMS)
        ]

    def issues_of(self, document: str) -> list[Issue]:
        """What was doubtful in a report."""
        return [msgspec.json.decode(b, type=Issue) for _, _, b in self.store.rows(sql.ISSUES_OF, document)]

    def held_by(self, visit: str) -> list[str]:
        """Ids of what belongs to a visit."""
        return [str(x) for x in self.store.column(sql.THINGS_OF_VISIT, visit)]

    # -- doubts -------------------------------------------------------------------------------------------------------

    def conflicts(self, *, after: str | None = None, limit: int = PAGE) -> Listing:
        """A page of (thing, conflict)."""
        limit = max(1, min(limit, MOST))
        rows = self.store.rows(sql.CONFLICTS_AFTER, *_pair_cursor(after), limit + 1)
        items = [(t, msgspec.json.decode(b, type=view.Conflict)) for t, _, b in rows[:limit]]
        return Listing(items=items, next="\t".join(rows[limit - 1][:2]) if len(rows) > limit else None)

    def unsure(self, *, after: str | None = None, limit: int = PAGE) -> Listing:
        """A page of (thing, ids of all that may be one, itself among them); each such group once, under the first of them."""
        rows = self.store.rows(sql.UNSURE_AFTER, *_pair_cursor(after), limit + 1)
        return Listing(items=[(t, o) for t, o in rows[:limit] if o.startswith(t)], next="\t".join(rows[limit - 1]) if len(rows) > limit else None)

    def contradictory(self, limit: int = MOST) -> list[view.Thing]:
        """Things whose reports contradict each other on the day, the newest of each family."""
        ways = (walk.Walk(family, [("doubt", ("yes",))]) for family in EVENTS)
        return [t for way in ways for t in self.things(self._ids(way, limit)[0])]

    def doubts(self, *, after: str | None = None, limit: int = PAGE) -> Listing:
        """A page of (report, kind, message) of doubts of single reports that no other report settled, of the newest first."""
        way = walk.Walk("issues", [("any", ("yes",))], after=_cursor(after) if after else None)
        ids, following = self._ids(way, limit)
        rows = [self.store.rows(sql.ISSUE, i)[0] for i in ids]
        return Listing(items=[(d, k, m) for _, _, k, m, d in rows], next=following)


def country_code(text: str) -> str:
    """The ISO code of a country given by code or name. Raises `BadFilter`."""
    code = text.upper() if places.country(text.upper()) else places.country_of_name(text) or places.country_of_demonym(text)
    if code is None:
        raise BadFilter("country", f"no country {text!r}: give its ISO code or its name")
    return code


def topic_name(text: str) -> str:
    """A topic of the codebook, by its name or label. Raises `BadFilter`."""
    known = topics.named(text)
    if known is None:
        raise BadFilter("topic", f"no topic {text!r}: one of {', '.join(topics.names())}")
    return known


def pair_code(text: str) -> str:
    """Two countries as KH-VN, in the order of their codes. Raises `BadFilter`."""
    ends = [x for x in re.split(r"\s*[-,/–]\s*", text.strip()) if x]
    if len(ends) != 2:
        raise BadFilter("pair", f"no pair {text!r}: give two countries, as KH-VN")
    return "-".join(sorted(country_code(x) for x in ends))


def match_of(text: str) -> str:
    """Words as a query of the index of words: each must stand in the report, whole, or at its start if it ends in *."""
    return matching(" ".join(text[:_WORDY].split()[:20]))


def excerpt(text: str, words: str, *, size: int = 200) -> str:
    """About ``size`` characters around the first of the words."""
    tokens = re.findall(r"[^\W_]+", latin(fold(words[:1000])))
    flat = " ".join(text.split())
    folded = fold.__wrapped__(flat)
    at = min((i for t in tokens if (i := folded.find(t)) >= 0), default=0) if len(folded) == len(flat) else 0
    start = max(0, at - size // 3)
    start = flat.rfind(" ", 0, start) + 1 if start else 0
    return ("…" if start else "") + flat[start : start + size] + ("…" if start + size < len(flat) else "")


def report(row: Sequence[Any], words: str = "") -> Report:
    """A report from its row: seq, id, name, outlet, url, language, published, added."""
    return Report(id=row[1], name=row[2], outlet=row[3], url=row[4], language=row[5], published=row[6], added=row[7], excerpt=words)


def _cursor(text: str) -> tuple[str, str]:
    m = _CURSOR.fullmatch(text)
    if m is None:
        raise BadFilter("after", "no place in this list: follow the list's own link to its next page")
    return m[1], m[2]


def _pair_cursor(text: str | None) -> tuple[str, str]:
    first, _, second = (text or "").partition("\t")
    return first, second


def _offset(text: str | None) -> int:
    if text is None:
        return 0
    if not re.fullmatch(r"o\d{1,12}", text):
        raise BadFilter("after", "no place in this list: follow the list's own link to its next page")
    return int(text[1:])


def _json(values: Sequence[str]) -> str:
    return msgspec.json.encode(list(values)).decode()


def _spread(asked: tuple[str, list[Any]]) -> tuple[Any, ...]:
    return (asked[0], *asked[1])


def _participants(thing: view.Thing) -> Iterable[tuple[str, list[view.Participant]]]:
    for name in ("visitors", "inviters", "hosts", "guests", "signers", "speakers", "addressees"):
        value = getattr(thing, name, None)
        if value:
            yield name, value


def _renamed(thing: view.Thing, persons: dict[str, str]) -> view.Thing:
    changes = {name: [msgspec.structs.replace(p, id=persons.get(p.id, p.id)) for p in ps] for name, ps in _participants(thing)}
    return msgspec.structs.replace(thing, **changes) if changes else thing

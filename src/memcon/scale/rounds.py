"""The rounds of joining: what one worker does with one piece of each. The rules are those of `memcon.resolve`; here rows are only brought together.

    reports    claims → a row for each person's spelling and each report            (a piece: some files of claims)
    nodes      spellings → nodes, each under the keys by which it is looked up
    compare    a key's nodes, or events, are compared in pairs → links
    components the ends of all links → which hang together                          (one piece: the only round that is not shared out)
    gather     each node, event and link goes to its component
    cluster    a component is clustered → judgements, and what became of each member
    people     spellings that are someone else's go to the reports that use them
    events     a report's events, with people in the place of spellings, under the keys by which they are looked up
    place      a report's meetings go into the visits that its visit was joined to
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any, Final, TypeVar

import msgspec
import numpy as np

from memcon.model import Agreement, Meeting, Person, Statement, Visit
from memcon.resolve import copies, events, people, times
from memcon.resolve.cluster import Link, cluster
from memcon.resolve.dates import Told
from memcon.resolve.events import Event
from memcon.resolve.people import Node
from memcon.scale import shuffle, table
from memcon.scale.shuffle import Row
from memcon.scale.store import Place

__all__ = ["PEOPLE", "Piece", "work"]

T = TypeVar("T")
PEOPLE: Final = "people"
_RECORDS: Final[dict[str, type[Any]]] = {"visits": Visit, "meetings": Meeting, "agreements": Agreement, "statements": Statement}
_COLUMNS: Final = ("kind", "id", "published", "memorandum", "sketch", "claims")
_pack: Final = msgspec.msgpack.encode


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of a round: which, its number (the bucket that it reads), the files that it reads by role, where, and into how many buckets it writes.

    ``family`` is what is joined: people, or events of the first (``first``) or the second go (``meetings``).
    """

    step: str
    number: int
    files: dict[str, list[str]]
    where: str
    claims: str
    buckets: int
    family: str = ""

    def output(self, role: str) -> str:
        """The file that this piece writes for a role."""
        return f"{self.family or 'all'}-{self.step}/{role}/{self.number:05}.parquet"


def work(piece: Piece) -> dict[str, str]:
    """Do a piece, unless it is done; the files that it wrote, by role."""
    place, names = Place(piece.where), {role: piece.output(role) for role in ROLES[piece.step]}
    if not all(place.exists(x) for x in names.values()):
        out: dict[str, list[Row]] = {role: [] for role in names}
        _STEPS[piece.step](piece, place, out)
        for role, name in names.items():
            shuffle.write(place, name, out[role], piece.buckets)
    return names


def _rows(piece: Piece, place: Place, *roles: str) -> Iterator[tuple[str, str, list[bytes]]]:
    """The rows of the piece's bucket in some roles: role, key and values; the roles one after the other."""
    for role in roles:
        for key, values in shuffle.read(place, piece.files.get(role, []), piece.number):
            yield role, key, values


# -- reports ---------------------------------------------------------------------------------------------------------


class _Spelled(msgspec.Struct, frozen=True, array_like=True):
    """What one claim adds to its node."""

    country: str | None
    guess: str | None
    name: str
    aliases: list[str]
    offices: list[tuple[str, str | None]]


class _Report(msgspec.Struct, frozen=True, array_like=True):
    """A report as joining needs it: its people's claims with their nodes, its events with nodes as participants, and the sketch of its text."""

    people: list[tuple[str, str]]
    events: list[Event]
    sketch: bytes


def _reports(piece: Piece, _place: Place, out: dict[str, list[Row]]) -> None:
    claims = Place(piece.claims)
    for name in piece.files["claims"]:
        with claims.reading(name) as path:
            for row in table.rows(path, _COLUMNS):
                if row["kind"] == "report":
                    _report(row, out)


def _report(row: dict[str, Any], out: dict[str, list[Row]]) -> None:
    decode, document = msgspec.json.decode, row["id"]
    published = decode(row["memorandum"], type=_Published).published or row["published"]
    persons = [(c["id"], decode(c["body"], type=Person)) for c in row["claims"] if c["family"] == PEOPLE]
    named: list[tuple[str, Person, str]] = []
    for claim, person in persons:
        known = people.meant(person, [p for c, p in persons if c != claim])
        node = people.node_id(known)
        named.append((claim, person, node))
        offices = [(p.title, p.organization) for p in person.positions]
        out["spelled"].append((node, _pack(_Spelled(*people.side(known), person.name, person.aliases, offices))))
    refs, sides = people.references((p, node) for _, p, node in sorted(named, key=lambda x: x[0]))
    told = {
        family: [(c["id"], decode(c["body"], type=record), _weekdays(c["told"])) for c in row["claims"] if c["family"] == family]
        for family, record in _RECORDS.items()
    }
    found = events.of_report(document, published, told, refs, sides)
    used = {x for e in found for x in (*e.everyone, *e.met, *e.beside) if x.startswith("p-")} | {node for _, _, node in named}
    out["uses"] += [(node, document.encode()) for node in sorted(used)]
    out["reports"].append((document, _pack(_Report([(c, node) for c, _, node in named], found, row["sketch"]))))


class _Published(msgspec.Struct):
    published: str | None = None


def _weekdays(told: str | None) -> tuple[int, ...]:
    day = msgspec.json.decode(told, type=Told).weekday if told else None
    return () if day is None else (day,)


# -- people ----------------------------------------------------------------------------------------------------------


def _nodes(piece: Piece, place: Place, out: dict[str, list[Row]]) -> None:
    decode = msgspec.msgpack.Decoder(_Spelled).decode
    for _, node, values in _rows(piece, place, "spelled"):
        said = [decode(v) for v in values]
        forms = {(s.name, True) for s in said} | {(a, False) for s in said for a in s.aliases}
        offices = sorted({(t, b or "") for s in said for t, b in s.offices})
        known = people.described(node, said[0].country, said[0].guess, forms, [(t, b or None) for t, b in offices])
        body = _pack(known)
        out["items"].append((node, body))
        for role, key in {*people.blocking(known), *people.questions(known)}:
            out["keys"].append((f"{role} {key}", body))


@lru_cache(maxsize=4096)
def _looked_up(node: Node) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    return frozenset(people.blocking(node)), frozenset(people.questions(node))


def _compare_people(key: str, values: Sequence[bytes]) -> Iterator[Link]:
    """The links among the nodes of a key; a pair that meets under several keys is compared under the first of them."""
    found = [msgspec.msgpack.decode(v, type=Node) for v in values]
    for a, b in combinations(sorted(found, key=lambda n: n.id), 2):
        (own, asks), (theirs, ask) = _looked_up(a), _looked_up(b)
        if min((f"{r} {k}" for r, k in (asks & theirs) | (ask & own)), default="") == key and (link := people.judge(a, b)):
            yield link


# -- events ----------------------------------------------------------------------------------------------------------


class _Item(msgspec.Struct, frozen=True, array_like=True):
    """An event, with people in the place of their spellings, and the sketch of its report."""

    event: Event
    sketch: bytes


def _as_joined(event: Event, who: dict[str, str]) -> Event:
    """The event with people in the place of their spellings."""
    if not who:
        return event
    changed = {f: tuple(who.get(x, x) for x in getattr(event, f)) for f in ("hosts", "guests", "met", "beside")}
    return msgspec.structs.replace(event, **changed)


def _same(ref: str) -> str:
    return ref


def _filed(event: Event, sketch: bytes, out: dict[str, list[Row]]) -> None:
    """File an event under its id and under the keys by which it is looked up."""
    item = _pack(_Item(event, b"" if event.family == "statements" else sketch))
    out["items"].append((event.id, item))
    out["keys"] += [(f"{event.family} {key}", item) for key in sorted(set(events.lookups(event)))]


def _resolved(piece: Piece, place: Place) -> Iterator[tuple[str, _Report, dict[str, str]]]:
    """Each report of the bucket, with the people that its spellings are, where they are someone else's."""
    who: dict[str, dict[str, str]] = {}
    for _, document, values in _rows(piece, place, "known"):
        who[document] = {node: person for v in values for node, person in [v.decode().split()]}
    decode = msgspec.msgpack.Decoder(_Report).decode
    for _, document, values in _rows(piece, place, "reports"):
        yield document, decode(values[0]), who.get(document, {})


def _events(piece: Piece, place: Place, out: dict[str, list[Row]]) -> None:
    for document, report, who in _resolved(piece, place):
        for claim, node in report.people:
            out["members"].append((claim, f"{document} {who.get(node, node)} {node}".encode()))
        for event in report.events:
            if event.family != "meetings":
                _filed(_as_joined(event, who), report.sketch, out)


def _place(piece: Piece, place: Place, out: dict[str, list[Row]]) -> None:
    things: dict[str, tuple[str, frozenset[str]]] = {}
    for _, _, values in _rows(piece, place, "things"):
        for v in values:
            claim, thing, *statuses = v.decode().split()
            things[claim] = thing, frozenset(statuses)
    for _, report, who in _resolved(piece, place):
        visits = [e for e in report.events if e.family == "visits"]
        own = {v.id: things.get(v.id, (f"v-{v.id[3:]}", frozenset((v.status,)))) for v in visits}
        known = [events.as_known(v, own[v.id][1]) for v in visits]
        thing_of, statuses_of = {v: thing for v, (thing, _) in own.items()}.__getitem__, dict(own.values()).__getitem__
        for event in report.events:
            if event.family == "meetings":
                _filed(_as_joined(events.placed(event, known, thing_of, statuses_of), who), report.sketch, out)


def _compare_events(key: str, values: Sequence[bytes]) -> Iterator[Link]:
    """The links among the events of a key that lie about the same time."""
    items = [msgspec.msgpack.decode(v, type=_Item) for v in values]
    found = sorted(items, key=lambda x: x.event.id)
    kept = [frozenset(events.lookups(x.event)) for x in found]
    family, own = key.split(" ", 1)
    for i, j in sorted(_near(found) if family != "statements" else combinations(range(len(found)), 2)):
        if min(kept[i] & kept[j]) == own:
            link = events.judge(found[i].event, found[j].event, _same, lambda *_, i=i, j=j: copies.is_copy(found[i].sketch, found[j].sketch))
            if link is not None:
                yield link


def _near(found: Sequence[_Item]) -> set[tuple[int, int]]:
    """The pairs of events of which one is looked for where the other is filed."""
    filed: dict[str, list[int]] = {}
    for i, x in enumerate(found):
        for month in times.buckets(x.event.window):
            filed.setdefault(month, []).append(i)
    pairs: set[tuple[int, int]] = set()
    for i, x in enumerate(found):
        months = times.around(x.event.window)
        others = (j for m in months for j in filed.get(m, ())) if months else range(len(found))
        pairs.update((min(i, j), max(i, j)) for j in others if i != j)
    return pairs


# -- links, components, clusters ----------------------------------------------------------------------------------------


def _compare(piece: Piece, place: Place, out: dict[str, list[Row]]) -> None:
    compare = _compare_people if piece.family == PEOPLE else _compare_events
    for _, key, values in _rows(piece, place, "keys"):
        for link in compare(key, values) if len(values) > 1 else ():
            out["links"].append((link.a, _pack(link)))


def _components(piece: Piece, place: Place, out: dict[str, list[Row]]) -> None:
    ends: list[tuple[str, str]] = []
    decode = msgspec.msgpack.Decoder(Link).decode
    for bucket in range(piece.buckets):
        for key, values in shuffle.read(place, piece.files["links"], bucket):
            ends += [(key, decode(v).b) for v in values]
    if not ends:
        return
    names, flat = np.unique(np.array(ends, dtype="U16").ravel(), return_inverse=True)
    pairs = flat.reshape(-1, 2)
    labels = hanging_together(pairs[:, 0], pairs[:, 1], len(names))
    out["labels"] += [(str(name), str(names[label]).encode()) for name, label in zip(names, labels, strict=True)]


def hanging_together(a: Any, b: Any, number: int) -> Any:
    """For each of ``number`` items the first of those to which links lead from it; ``a`` and ``b`` are the ends of the links."""
    label = np.arange(number)
    while True:
        before = label.copy()
        low = np.minimum(label[a], label[b])
        for end in (label[a], label[b], a, b):
            np.minimum.at(label, end, low)
        while not np.array_equal(label, label[label]):
            label = label[label]
        if np.array_equal(label, before):
            return label


def _gather(piece: Piece, place: Place, out: dict[str, list[Row]]) -> None:
    labels = {key: values[0].decode() for _, key, values in _rows(piece, place, "labels")}
    for role, key, values in _rows(piece, place, "items", "links"):
        if key in labels:
            out["groups"] += [(labels[key], (b"i" if role == "items" else b"k") + v) for v in values]
        elif piece.family != PEOPLE:
            event = msgspec.msgpack.decode(values[0], type=_Item).event
            out["members"].append((key, f"{event.document} {event.family[0]}-{key[3:]}".encode()))


def _cluster(piece: Piece, place: Place, out: dict[str, list[Row]]) -> None:
    cluster_ = _cluster_people if piece.family == PEOPLE else _cluster_events
    for _, _, values in _rows(piece, place, "groups"):
        items = [v[1:] for v in values if v[:1] == b"i"]
        links = [msgspec.msgpack.decode(v[1:], type=Link) for v in values if v[:1] == b"k"]
        cluster_(items, links, out)


def _cluster_people(items: Sequence[bytes], links: list[Link], out: dict[str, list[Row]]) -> None:
    known = {n.id: n for n in (msgspec.msgpack.decode(v, type=Node) for v in items)}
    apart = _paired(lambda a, b: people.apart(known[a], known[b]))
    groups, used, unsure = cluster(known, links, apart)
    thing = {n: g[0] for g in groups for n in g}
    _note("people", thing, used, unsure, out)
    out["persons"] += [(n, person.encode()) for n, person in thing.items() if n != person]


def _cluster_events(items: Sequence[bytes], links: list[Link], out: dict[str, list[Row]]) -> None:
    known = {x.event.id: x.event for x in (msgspec.msgpack.decode(v, type=_Item) for v in items)}
    apart = _paired(lambda a, b: events.excluded(known[a], known[b], _same) is not None)
    groups, used, unsure = cluster(known, links, apart)
    family = next(iter(known.values())).family
    thing = {c: f"{family[0]}-{g[0][3:]}" for g in groups for c in g}
    _note(family, thing, used, unsure, out)
    statuses = {g[0]: " ".join(sorted({known[c].status for c in g})) for g in groups}
    out["members"] += [(c, f"{known[c].document} {thing[c]}".encode()) for c in thing]
    if family == "visits":
        out["things"] += [(known[c].document, f"{c} {thing[c]} {statuses[g[0]]}".encode()) for g in groups for c in g]


def _paired(test: Callable[[str, str], bool]) -> Callable[[str, str], bool]:
    """A test of pairs that does not depend on their order, asked once for each."""
    known: dict[tuple[str, str], bool] = {}

    def asked(a: str, b: str) -> bool:
        pair = (min(a, b), max(a, b))
        if pair not in known:
            known[pair] = test(*pair)
        return known[pair]

    return asked


def _note(family: str, thing: dict[str, str], used: Iterable[Link], unsure: Iterable[Any], out: dict[str, list[Row]]) -> None:
    encode = msgspec.json.encode
    out["merges"] += [(thing[k.a], encode([family, min(k.a, k.b), max(k.a, k.b), k.score, k.reason, k.by])) for k in used]
    for u in unsure:
        ends = sorted({thing[x] for x in u.among})
        out["unsure"] += [(end, encode([family, ends])) for end in ends]


def _people(piece: Piece, place: Place, out: dict[str, list[Row]]) -> None:
    persons = {key: values[0].decode() for _, key, values in _rows(piece, place, "persons")}
    for _, node, values in _rows(piece, place, "uses"):
        if node in persons:
            out["known"] += [(document.decode(), f"{node} {persons[node]}".encode()) for document in values]


_STEPS: Final[dict[str, Callable[[Piece, Place, dict[str, list[Row]]], None]]] = {
    "reports": _reports, "nodes": _nodes, "compare": _compare, "components": _components, "gather": _gather, "cluster": _cluster, "people": _people,
    "events": _events, "place": _place,
}  # fmt: skip
ROLES: Final = {
    "reports": ("spelled", "uses", "reports"), "nodes": ("items", "keys"), "compare": ("links",), "components": ("labels",), "gather": ("groups", "members"),
    "cluster": ("merges", "unsure", "members", "things", "persons"), "people": ("known",), "events": ("items", "keys", "members"), "place": ("items", "keys"),
}  # fmt: skip
"""What each round writes."""

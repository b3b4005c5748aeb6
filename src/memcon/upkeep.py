"""Keeps what is derived from the log in step with it, touching only what a new report, removal or judgement can change.

What is derived is a pure function of the live claims and the active judgements: links between claims are judged pair by
pair, clusters are made anew for every connected component that was touched, and things are assembled anew for every
cluster that changed. So any order of adding gives the same, and `Upkeep.rebuild` gives it from nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final, TypeVar

import msgspec

from memcon import disagreements, view
from memcon.follow import grades
from memcon.langs.fold import fold
from memcon.ledger import sql
from memcon.ledger.store import Store
from memcon.model import Issue, Meeting, Person, Span, Statement, Visit
from memcon.resolve import bodies, copies, events, people, times
from memcon.resolve.cluster import Link, Unsure, cluster
from memcon.resolve.dates import Item, Solution, Source, Told, solve
from memcon.resolve.events import Event
from memcon.resolve.latin import plain
from memcon.resolve.names import parts
from memcon.resolve.people import Node

T = TypeVar("T")
_FAMILIES: Final = ("visits", "meetings", "agreements", "statements")
_encode: Final = msgspec.json.encode
_JUDGED: Final = 2.0  # score of a link that a person made: before every rule's
UNDATED: Final = "~"  # the day of a post in a report of no known day: after every other
RULES: Final = 5
"""Raised whenever joining, or what is kept of it, changes: a ledger made by other rules is made anew when it is opened for writing."""


class _Judged(msgspec.Struct, frozen=True):
    """An active judgement of a person: two claims that are (not) one."""

    id: str
    family: str
    same: bool
    a: str
    b: str
    why: str
    author: str


class Upkeep:
    """One pass of upkeep inside a transaction of ``store``. Make a new one for each transaction."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.judged = [_Judged(r[0], r[1], r[2] == "same", *r[3:7]) for r in store.rows(sql.ACTIVE_JUDGEMENTS)]
        self.pins = {j.b for j in self.judged if j.family == "people" and not j.same and self._natural(j.a) == self._natural(j.b) is not None}
        self._who: dict[str, str] = {}
        self._sketch: dict[str, bytes] = {}
        self._copy: dict[tuple[str, str], bool] = {}
        self._recounted: set[str] = set()  # people whose reports are to be counted anew
        self._retold: set[str] = set()  # documents of things that were written anew

    # -- entries ------------------------------------------------------------------------------------------------------

    def add(self, document: str, *, words: bool = True) -> None:
        """Derive what one more live document brings; without ``words``, the index of words holds its words already."""
        row = self.store.row(sql.TEXT, document)
        meta = self.store.row(sql.DOCUMENT_META, document)
        assert row is not None and meta is not None
        self.store.run(sql.ADD_LIVE, document, meta[1], fold(meta[2] or ""), meta[4] or "")
        if words:
            self.store.run(sql.ADD_WORDS, row[0], _searchable(row[1]))
        touched = {self._count(claim, document, 1) for claim in self._claims(document, "people")}
        moved = self._people({n for n in touched if n})
        self._events(self._describe(document), moved)
        self._retold.add(document)
        self._settle()

    def drop(self, document: str) -> None:
        """Take back what a document brought."""
        row = self.store.row(sql.TEXT, document)
        assert row is not None
        self.store.run(sql.DROP_LIVE, document)
        self.store.run(sql.DROP_SEARCHED, row[0], _searchable(row[1]))
        gone = {f: [r[0] for r in self.store.rows(sql.EVENTS_OF, document, f)] for f in _FAMILIES}
        touched = {self._count(claim, document, -1) for claim in self._claims(document, "people")}
        moved = self._people({n for n in touched if n})
        self._events(gone, moved, gone={x for ids in gone.values() for x in ids})
        for issue, *_ in self.store.rows(sql.ISSUES_OF, document):
            self.store.run(sql.DROP_FACETS, issue)
        self._settle()

    def judge(self, a: str, b: str, family: str) -> None:
        """Derive anew what a judgement between two claims, made or withdrawn, changes."""
        if family != "people":
            self._events({family: [x for x in (a, b) if self.store.row(sql.EVENT, x)]}, set())
            self._settle()
            return
        touched: set[str] = set()
        documents: set[str] = set()
        for claim in (a, b):
            row, known = self.store.row(sql.CLAIM, claim), self.store.row(sql.PERSON_CLAIM, claim)
            if row is None or known is None:
                continue
            touched.add(known[0])
            if known[0] != self._node_of(claim):
                self._count(claim, row[1], -1)
                touched.add(self._count(claim, row[1], 1) or "")
                documents.add(row[1])
        moved = self._people(touched - {""})
        described: dict[str, list[str]] = {}
        for document in sorted(documents):
            for family_, ids in self._describe(document).items():
                described.setdefault(family_, []).extend(ids)
        self._events(described, moved)
        self._settle()

    def rebuild(self, told: Callable[[int, int], None] | None = None) -> int:
        """Make everything derived anew from the log, of how many reports; ``told`` hears before each how many are done, of how many."""
        for statement in sql.EMPTY:
            self.store.run(statement)
        live = self.store.rows(sql.LIVE_FROM_LOG)
        for number, (document, _) in enumerate(live):
            if told is not None:
                told(number, len(live))
            self.add(document)
            self.forget_texts()
        self.store.run(sql.SET_MADE, RULES)
        return len(live)

    def forget_texts(self) -> None:
        """Let go of what is kept of texts, where many reports are added in one pass."""
        self._sketch.clear()
        self._copy.clear()

    def index_words(self) -> None:
        """Make the index of words anew."""
        self.store.run(sql.EMPTY_WORDS)
        for document in self.store.column(sql.ALL_LIVE):
            number, text = self.store.rows(sql.TEXT, document)[0]
            self.store.run(sql.ADD_WORDS, number, _searchable(text))

    # -- people -------------------------------------------------------------------------------------------------------

    def _claims(self, document: str, kind: str) -> list[str]:
        return [r[0] for r in self.store.rows(sql.CLAIMS_OF, document) if r[1] == kind]

    def _person(self, claim: str) -> Person | None:
        row = self.store.row(sql.CLAIM, claim)
        return msgspec.json.decode(row[4], type=Person) if row and row[2] == "people" else None

    def _meant(self, claim: str) -> Person | None:
        """The person by whose name and side a claim is known: of a name with an initial, the one whose full name the same report gives."""
        person, row = self._person(claim), self.store.row(sql.CLAIM, claim)
        if person is None or row is None or "." not in person.name:
            return person
        return people.meant(person, [p for c in self._claims(row[1], "people") if c != claim and (p := self._person(c))])

    def _natural(self, claim: str) -> str | None:
        person = self._meant(claim)
        return people.node_id(person) if person else None

    def _node_of(self, claim: str) -> str | None:
        return "p-" + claim[3:] if claim in self.pins else self._natural(claim)

    def _count(self, claim: str, document: str, by: int) -> str | None:
        """Count a claim in (1) or out (-1) of its node; the node if that changed what it is known by."""
        person = self._person(claim)
        assert person is not None
        if by > 0:
            node = self._node_of(claim)
            assert node is not None
            before = self._known(node)
            self.store.run(sql.ADD_PERSON_CLAIM, claim, document, node)
        else:
            node = self.store.rows(sql.PERSON_CLAIM, claim)[0][0]
            before = self._known(node)
            self.store.run(sql.DROP_PERSON_CLAIM, claim)
        known = self.store.row(sql.NODE, node)
        self._recounted.add(known[1] if known else node)
        self._file(claim, document, node, person, by)
        self.store.run(sql.COUNT_NODE, node, *people.side(self._meant(claim) or person), by)
        self.store.run(sql.COUNT_FORM, node, person.name, 1, by)
        for alias in person.aliases:
            self.store.run(sql.COUNT_FORM, node, alias, 0, by)
        for p in person.positions:
            self._name_body(p.organization or "", by)
            self.store.run(sql.COUNT_OFFICE, node, p.title, p.organization or "", by)
        for statement in sql.PRUNE_NODE:
            self.store.run(statement, node)
        for p in person.positions if by < 0 else ():
            self._name_body(p.organization or "", by)
        return node if self._known(node) != before else None

    def _file(self, claim: str, document: str, node: str, person: Person, by: int) -> None:
        """Note (or strike out) in which outlet and language a node is named, and the posts that a claim gives it."""
        meta = self.store.row(sql.DOCUMENT_META, document)
        assert meta is not None
        for facet, value in (("outlet", fold(meta[2] or "")), ("language", meta[4] or "")):
            self.store.run(sql.COUNT_IN, node, facet, value, by)
        if by < 0:
            self.store.run(sql.PRUNE_IN, node)
            self.store.run(sql.DROP_POSTS, node, document, claim)
            return
        live = self.store.row(sql.LIVE, document)
        day = live[3] if live and live[3] else UNDATED
        self.store.many(
            sql.ADD_POST, [(node, p.title, p.organization or "", day, document, claim, p.evidence.start, p.evidence.end) for p in person.positions]
        )

    def _name_body(self, name: str, by: int) -> None:
        """Enter a body that no post was in before, with those that it is part of; strike out one in which no post is left."""
        if not name or self.store.row(sql.HAS_BODY, name):
            return
        above, words = (sql.ADD_ABOVE, sql.ADD_BODY_WORD) if by > 0 else (sql.DROP_ABOVE, sql.DROP_BODY_WORD)
        self.store.many(above, [(key, name) for key in bodies.keys_above(name)])
        self.store.many(words, [(word, name) for word in bodies.telling(name)])

    def _settle(self) -> None:
        """Bring in step what is counted over a person's spellings, and what a report's day and doubts follow from."""
        for person in sorted(self._recounted):
            rows = self.store.rows(sql.OF_PERSON, person)
            if rows:
                self.store.run(sql.ADD_PERSON, person, sum(r[2] for r in rows), people.majority(rows))
            else:
                self.store.run(sql.DROP_PERSON, person)
        for document in sorted(self._retold):
            self._settle_document(document)
        self._recounted.clear()
        self._retold.clear()

    def _settle_document(self, document: str) -> None:
        """The day of a report, and which of its doubts are still open."""
        live = self.store.row(sql.LIVE, document)
        if live is None:
            return
        day = self._day_of(document) or ""
        if day != live[3]:
            for statement in sql.SET_DAY:
                self.store.run(statement, day, document)
        for issue, kind, body in self.store.rows(sql.ISSUES_OF, document):
            self.store.run(sql.DROP_FACETS, issue)
            if kind == "date" and self._decided(document, body):
                continue
            facets = (("any", "yes"), ("kind", kind), ("outlet", live[1]), ("language", live[2]), ("document", document))
            self.store.many(sql.ADD_FACET, [("issues", f, v, day, issue) for f, v in facets if v])

    def _day_of(self, document: str) -> str | None:
        """The day of a report: its publication, else the day of what it tells as held, as its reports decide it together; of what it announces, if it tells of nothing else."""
        meta = self.store.rows(sql.DOCUMENT_META, document)[0]
        if meta[5] and times.parse(meta[5])[0]:
            return str(meta[5])
        held: set[str] = set()
        announced: set[str] = set()
        for family, field in (("meetings", "date"), ("visits", "start"), ("agreements", "signed")):
            for claim, body in self.store.rows(sql.EVENTS_OF, document, family):
                value = getattr(self._thing_of(claim, view.THINGS[family]), field)
                if value and times.parse(value)[0]:
                    ahead = msgspec.json.decode(body, type=Event).status in ("planned", "postponed", "cancelled")
                    (announced if ahead else held).add(value)
        return max(held or announced, key=lambda d: (len(d), d), default=None)

    def _decided(self, document: str, body: bytes) -> bool:
        """Whether a day that a report alone left open is decided by several together."""
        spans = [Span(*x) for x in msgspec.json.decode(body, type=Issue).spans]
        days = []
        for claim, _ in self.store.rows(sql.EVENTS_OF, document, "meetings"):
            record = msgspec.json.decode(self.store.rows(sql.CLAIM, claim)[0][4], type=Meeting)
            if any(Span(*x).start < s.end and s.start < Span(*x).end for x in record.evidence.fields.get("date", []) for s in spans):
                days.append(self._thing_of(claim, view.MeetingThing).date)
        return bool(days) and all(times.span(d) and len(d or "") == 10 for d in days)

    def _thing_of(self, claim: str, kind: type[T]) -> T:
        """The thing, as assembled, that a claim of an event was joined into."""
        thing = self.store.rows(sql.EVENT, claim)[0][0]
        return msgspec.json.decode(self.store.rows(sql.THING, thing)[0][3], type=kind)

    def _known(self, node: str) -> Node | None:
        """A node with the forms and offices that its claims give it; None when it has no claim left."""
        row = self.store.row(sql.NODE, node)
        if row is None:
            return None
        forms = [(f, bool(whole)) for f, whole, _ in self.store.rows(sql.NODE_FORMS, node)]
        offices = [(t, b or None) for t, b, _ in self.store.rows(sql.NODE_OFFICES, node)]
        return people.described(node, row[2], row[3], forms, offices)

    def _people(self, touched: set[str]) -> set[str]:
        """Join people anew around touched nodes; the nodes whose person became another relative to the rest."""
        around: set[str] = set()
        for node in sorted(touched):
            around |= self._neighbours(node)
            self.store.run(sql.DROP_LINKS, node)
        for node in sorted(touched):
            self._link_person(node)
        nodes = self._component(touched | around)
        old = {n: r[1] for n in nodes if (r := self.store.row(sql.NODE, n))}
        known = {n: k for n in old if (k := self._known(n))}
        return self._assign(known, old)

    def _neighbours(self, item: str) -> set[str]:
        return {x for r in self.store.rows(sql.LINKS_OF, item) for x in r[:2]} - {item}

    def _link_person(self, node: str) -> None:
        """Look up and judge the nodes that may be the same person as ``node``."""
        self.store.run(sql.DROP_NODE_KEYS, node)
        self.store.run(sql.DROP_WORDS, node)
        own = self._known(node)
        if own is None:
            return
        self.store.many(sql.ADD_NODE_KEY, [(role, key, node) for role, key in people.blocking(own)])
        self.store.many(sql.ADD_WORD, [(w, node) for w in sorted({w for f in own.forms for w in parts(f)})])
        candidates = {n for role, key in people.questions(own) for n in self.store.column(sql.NODES_BY_KEY, role, key)}
        others = {n: k for n in sorted(candidates - {node}) if (k := self._known(n))}
        found = people.links({**others, node: own}, ((node, n) for n in others))
        for j in self.judged:
            if j.family == "people" and j.same:
                ends = [r[0] for x in (j.a, j.b) if (r := self.store.row(sql.PERSON_CLAIM, x))]
                if len(ends) == 2 and node in ends and ends[0] != ends[1]:
                    found.append(Link(ends[0], ends[1], _JUDGED, j.why, by=j.author))
        self._keep(found)

    def _keep(self, links: Iterable[Link]) -> None:
        self.store.many(sql.ADD_LINK, [(min(k.a, k.b), max(k.a, k.b), k.score, k.reason, k.weak, k.by) for k in sorted(links, key=lambda k: k.score)])

    def _component(self, start: Iterable[str]) -> set[str]:
        """Everything that links lead to from ``start``."""
        seen, todo = set(start), sorted(set(start))
        while todo:
            for other in self._neighbours(todo.pop()) - seen:
                seen.add(other)
                todo.append(other)
        return seen

    def _links(self, items: Collection[str]) -> list[Link]:
        found = {Link(a, b, score, why, bool(weak), by) for x in items for a, b, score, why, weak, by in self.store.rows(sql.LINKS_OF, x)}
        return sorted(k for k in found if k.a in items and k.b in items)

    def _assign(self, known: dict[str, Node], old: dict[str, str]) -> set[str]:
        different = {frozenset(e) for j in self.judged if j.family == "people" and not j.same and len(e := self._ends(j)) == 2}
        cache: dict[tuple[str, str], bool] = {}

        def apart(a: str, b: str) -> bool:
            pair = (min(a, b), max(a, b))
            if pair not in cache:
                cache[pair] = people.apart(known[pair[0]], known[pair[1]], different)
            return cache[pair]

        groups, used, unsure = cluster(known, self._links(known), apart)
        new = {n: g[0] for g in groups for n in g}
        self._note(set(old.values()) | set(new.values()), used, unsure, new)
        for n, person in new.items():
            if old[n] != person:
                self.store.run(sql.SET_PERSON, person, n)
                self._recounted |= {old[n], person}
        self._who.clear()
        return self._moved(old, new)

    def _ends(self, j: _Judged) -> set[str]:
        return {r[0] for x in (j.a, j.b) if (r := self.store.row(sql.PERSON_CLAIM, x))}

    def _note(self, things: Iterable[str], used: Sequence[Link], unsure: Sequence[Unsure], new: dict[str, str]) -> None:
        """Keep why things were merged, and the doubts."""
        for thing in sorted(set(things)):
            self.store.run(sql.DROP_MERGES, thing)
            self.store.run(sql.DROP_UNSURE, thing)
        self.store.many(sql.ADD_MERGE, [(new[k.a], min(k.a, k.b), max(k.a, k.b), k.score, k.reason, k.by) for k in used])
        # Kept under each end, so that a doubt is found by either.
        self.store.many(sql.ADD_UNSURE, [(end, " ".join(ends)) for u in unsure for ends in (sorted({new[x] for x in u.among}),) for end in ends])

    def _moved(self, old: dict[str, str], new: dict[str, str]) -> set[str]:
        """The nodes that are now with, or without, others than before; the most reported block of those may stay out."""
        blocks: dict[tuple[str, str], list[str]] = {}
        for n, block in new.items():
            blocks.setdefault((old[n], block), []).append(n)
        if len(blocks) == 1 and (len({old[n] for n in new}) == 1):
            return set()
        sizes = {b: sum((r := self.store.row(sql.NODE, n)) is not None and r[4] for n in ns) for b, ns in blocks.items()}
        stay = max(sizes, key=lambda b: (sizes[b], b), default=None)
        return {n for b, ns in blocks.items() if b != stay for n in ns}

    # -- events -------------------------------------------------------------------------------------------------------

    def _describe(self, document: str) -> dict[str, list[str]]:
        """Write the events of a document's claims; their ids by family."""
        refs, sides = self._references(document)
        meta = self.store.row(sql.DOCUMENT_META, document)
        assert meta is not None
        published = meta[5]
        rows = [r for r in self.store.rows(sql.CLAIMS_OF, document) if r[1] in _FAMILIES]
        decode = msgspec.json.decode
        claims = {k: [(r[0], decode(r[3], type=view.RECORDS[k]), _weekdays(r[4])) for r in rows if r[1] == k] for k in _FAMILIES}
        ids: dict[str, list[str]] = {k: [] for k in _FAMILIES}
        for event in events.of_report(document, published, claims, refs, sides):
            known = self.store.row(sql.EVENT, event.id)
            self._write(event, known[0] if known else event.family[0] + "-" + event.id[3:])
            ids[event.family].append(event.id)
        return ids

    def _references(self, document: str) -> tuple[dict[str, str], dict[str, str | None]]:
        """Node and country of every name of a document."""
        return people.references((p, node) for claim, node in self.store.rows(sql.PERSON_CLAIMS_OF, document) if (p := self._person(claim)))

    def _write(self, event: Event, thing: str) -> None:
        for statement in sql.DROP_EVENT:
            self.store.run(statement, event.id)
        self.store.run(sql.ADD_EVENT, event.id, event.family, event.document, thing, _encode(event))
        keys = events.lookups(event)
        months = ["*"] if event.family == "statements" or event.put_off else times.buckets(event.window)
        self.store.many(sql.ADD_EVENT_KEY, [(f"{event.family}|{k}", m, event.id) for k in keys for m in months])
        self.store.many(sql.ADD_EVENT_NODE, [(x, event.id) for x in sorted({*event.everyone, *event.met, *event.beside}) if x.startswith("p-")])

    def _event(self, claim: str) -> tuple[str, Event] | None:
        row = self.store.row(sql.EVENT, claim)
        return (row[0], msgspec.json.decode(row[1], type=Event)) if row else None

    def _events(self, described: dict[str, list[str]], moved: set[str], gone: Collection[str] = ()) -> None:
        """Join events anew: those described (or gone), and those of people who are now others."""
        touched = {f: set(described.get(f, ())) for f in _FAMILIES}
        for node in sorted(moved):
            for claim in self.store.column(sql.EVENTS_OF_NODE, node):
                found = self._event(claim)
                assert found is not None
                touched[found[1].family].add(claim)
        changed = self._join(touched["visits"], gone)
        documents = {e.document for v in sorted(changed) for _, e in self._members(v)} | {
            e.document for c in touched["meetings"] - set(gone) if (x := self._event(c)) for e in (x[1],)
        }
        touched["meetings"] |= self._during(sorted(documents))
        things = set(changed)
        for family in _FAMILIES[1:]:
            things |= self._join(touched[family], gone)
        self._assemble(things)

    def _during(self, documents: Iterable[str]) -> set[str]:
        """Say of the meetings of documents during which visit they take place; the meetings for which that changed."""
        changed: set[str] = set()
        for document in documents:
            visits = [self._as_known(msgspec.json.decode(b, type=Event)) for _, b in self.store.rows(sql.EVENTS_OF, document, "visits")]
            for claim, body in self.store.rows(sql.EVENTS_OF, document, "meetings"):
                event = msgspec.json.decode(body, type=Event)
                now = events.placed(event, visits, lambda visit: str(self.store.rows(sql.EVENT, visit)[0][0]), self._statuses)
                if now != event:
                    own = self._event(claim)
                    assert own is not None
                    self._write(now, own[0])
                    changed.add(claim)
        return changed

    def _statuses(self, thing: str) -> set[str]:
        """What the reports of a thing say of how far it has come."""
        return {e.status for _, e in self._members(thing)}

    def _as_known(self, visit: Event) -> Event:
        """A visit claim with the status that all its reports give: what one announces, another shows under way."""
        known = self._event(visit.id)
        return events.as_known(visit, self._statuses(known[0]) if known else ())

    def _join(self, touched: set[str], gone: Collection[str]) -> set[str]:
        """Link and cluster touched events anew; the ids, old and new, of the things that may have changed."""
        around: set[str] = set()
        things: set[str] = set()
        for claim in sorted(touched):
            around |= self._neighbours(claim)
            self.store.run(sql.DROP_LINKS, claim)
            row = self.store.row(sql.EVENT, claim)
            if row:
                things.add(row[0])
            if claim in gone:
                for statement in sql.DROP_EVENT:
                    self.store.run(statement, claim)
        for claim in sorted(touched):
            self._link_event(claim)
        component = self._component((touched | around) - set(gone))
        known = {c: e for c in component if (e := self._event(c))}
        return things | self._regroup(known) | {g[0] for g in known.values()}

    def _regroup(self, known: dict[str, tuple[str, Event]]) -> set[str]:
        different = {frozenset((j.a, j.b)) for j in self.judged if not j.same}

        put_off = [e for _, e in known.values() if e.status == "postponed"]

        def apart(a: str, b: str) -> bool:
            if frozenset((a, b)) in different:
                return True
            x, y = known[a][1], known[b][1]
            return events.excluded(x, y, self.who) is not None and not events.put_off_between(x, y, put_off, self.who)

        groups, used, unsure = cluster(known, self._links(known), apart)
        new = {c: known[c][1].family[0] + "-" + g[0][3:] for g in groups for c in g}
        self._note({known[c][0] for c in known} | set(new.values()), used, unsure, new)
        for c, thing in new.items():
            if known[c][0] != thing:
                self.store.run(sql.SET_THING, thing, c)
        return set(new.values())

    def _link_event(self, claim: str) -> None:
        own = self._event(claim)
        if own is None:
            return
        event = own[1]
        found = []
        for other in sorted(self._candidates(event) - {claim}):
            known = self._event(other)
            assert known is not None
            a, b = sorted((event, known[1]), key=lambda e: e.id)
            link = events.judge(a, b, self.who, self.copies)
            if link is not None:
                found.append(link)
        found += [
            Link(j.a, j.b, _JUDGED, j.why, by=j.author)
            for j in self.judged
            if j.same and claim in (j.a, j.b) and self._event(j.a) and self._event(j.b)
        ]
        self._keep(found)

    def _candidates(self, event: Event) -> set[str]:
        """The events of the same time that share a participant, by any of his or her spellings."""
        found: set[str] = set()
        months = times.around(event.window) if event.family != "statements" and not event.put_off else []
        for key in events.lookups(event):
            nodes = self.store.column(sql.NODES_OF_PERSON, self.who(key)) if key.startswith("p-") else [key]
            for node in nodes:
                name = f"{event.family}|{node}"
                if months:
                    for month in months:
                        found.update(self.store.column(sql.EVENTS_BY_BUCKET, name, month))
                else:
                    found.update(self.store.column(sql.EVENTS_BY_KEY, name))
        return found

    def who(self, ref: str) -> str:
        """The person that a node is; a body is itself."""
        if not ref.startswith("p-"):
            return ref
        if ref not in self._who:
            row = self.store.row(sql.NODE, ref)
            self._who[ref] = row[1] if row else ref
        return self._who[ref]

    def copies(self, a: str, b: str) -> bool:
        """Whether two documents are copies of one text."""
        pair = (min(a, b), max(a, b))
        if pair not in self._copy:
            self._copy[pair] = copies.is_copy(self._sketched(a), self._sketched(b))
        return self._copy[pair]

    def _sketched(self, document: str) -> bytes:
        if document not in self._sketch:
            self._sketch[document] = self.store.rows(sql.SKETCH, document)[0][0]
        return self._sketch[document]

    # -- things -------------------------------------------------------------------------------------------------------

    def _members(self, thing: str) -> list[tuple[str, Event]]:
        return [(c, msgspec.json.decode(b, type=Event)) for c, b in self.store.rows(sql.EVENTS_OF_THING, thing)]

    def _assemble(self, things: set[str]) -> None:
        """Write anew the things that may have changed, with all that belongs to the same visits."""
        visits = {t for t in things if t.startswith("v-")}
        loose = {t for v in sorted(visits) for t in self.store.column(sql.THINGS_OF_VISIT, v)} - visits
        for v in sorted(visits):
            loose |= self._in_reach(v)
        visits |= {t for t in loose if t.startswith("v-")}
        singles = set()
        loose |= self._sharing(things | loose)
        for t in sorted((things | loose) - visits):
            row = self.store.row(sql.THING, t)
            visits |= {row[2]} if row and row[2] else set()
            members = self._members(t)
            if not members:
                self._forget(t)
                continue
            visit = self._visit_for(members)
            self.store.run(sql.ADD_THING, t, members[0][1].family, "", visit, b"")
            if visit:
                visits.add(visit)
            else:
                singles.add(t)
        inside = self._inside(visits)
        for v in sorted(visits - inside):
            self._assemble_visit(v)
        for t in sorted(singles):
            self._assemble_group([t], None)

    def _inside(self, visits: set[str]) -> set[str]:
        """Those of some visits that are part of another (a visit to a site); the others, before and now, join ``visits``."""
        inside: set[str] = set()
        for v in sorted(visits):
            row = self.store.row(sql.THING, v)
            visits |= {row[2]} if row and row[2] else set()
            main = self._main_of(self._members(v))
            if main is not None:
                self.store.run(sql.ADD_THING, v, "visits", "", main, b"")
                visits.add(main)
                inside.add(v)
        return inside

    def _main_of(self, members: Sequence[tuple[str, Event]]) -> str | None:
        """The one journey, told by the same reports, during which the same people visit a site; None for any other visit."""
        found: set[str] = set()
        for _, e in members:
            for claim, body in self.store.rows(sql.EVENTS_OF, e.document, "visits") if e.kind == "site" else ():
                other = msgspec.json.decode(body, type=Event)
                known = self._event(claim)
                if known and events.holds_site(other, e, self.who):
                    found.add(known[0])
        return min(found) if len(found) == 1 else None

    def _forget(self, thing: str) -> None:
        for statement in (*sql.DROP_THING, sql.DROP_MERGES, sql.DROP_UNSURE):
            self.store.run(statement, thing)

    def _assemble_visit(self, visit: str) -> None:
        if not self._members(visit):
            self._forget(visit)
            return
        held = [t for t in self.store.column(sql.THINGS_OF_VISIT, visit) if self._members(t)]
        self._assemble_group([visit, *held], visit)

    def _in_reach(self, visit: str) -> set[str]:
        """Meetings and agreements outside any visit that a (changed) visit may hold by its days and visitors."""
        found: set[str] = set()
        for _, event in self._members(visit):
            for ref in event.guests:
                for node in self.store.column(sql.NODES_OF_PERSON, self.who(ref)) if ref.startswith("p-") else ():
                    for month in times.buckets(event.window):
                        for claim in self.store.column(sql.EVENTS_BY_BUCKET, f"meetings|{node}", month) if month != "*" else ():
                            known = self._event(claim)
                            found |= {known[0]} if known else set()
        return found

    def _visit_for(self, members: Sequence[tuple[str, Event]]) -> str | None:
        """The visit that holds a thing: the one its reports tell of; else one of the same people whose days hold its day."""
        told = sorted({e.visit for _, e in members if e.visit})
        if told:
            return told[0]
        event = members[0][1]
        if (same := self._same_day_as(members)) and (there := self._visit_for(self._members(same))):
            return there
        if event.family == "agreements":
            return self._visit_of_agreement(members)
        if event.family != "meetings":
            return None
        found: set[str] = set()
        for _, e in members:
            if not (e.window.told and e.window.bounded):
                continue
            for claim in sorted(self._candidates(msgspec.structs.replace(e, family="visits", hosts=(), guests=e.everyone))):
                known = self._event(claim)
                assert known is not None
                v = known[1]
                if v.window.told and v.status not in ("postponed", "cancelled") and self._visits_in(e, v):
                    found.add(known[0])
        return min(found) if len(found) == 1 else None if found else self._visit_of_neighbours(members)

    def _same_day_as(self, members: Sequence[tuple[str, Event]]) -> str | None:
        """The meeting, told before it in a report, whose day a thing shares; None for several."""
        found = {x[0] for c, _ in members if (t := self._told(c)) and t.same_as and (x := self._event(t.same_as))}
        # Only one step is followed, so that no circle of meetings can be.
        return next((x for x in found if len(found) == 1 and not any((t := self._told(c)) and t.same_as for c, _ in self._members(x))), None)

    def _sharing(self, things: set[str]) -> set[str]:
        """Meetings told in the same reports as the meetings of ``things``: in whose visit they lie may follow from those."""
        reports = {e.document for t in things if t.startswith("m-") for _, e in self._members(t)}
        return {x[0] for d in sorted(reports) for c, _ in self.store.rows(sql.EVENTS_OF, d, "meetings") if (x := self._event(c))}

    def _visit_of_neighbours(self, members: Sequence[tuple[str, Event]]) -> str | None:
        """The visit, told by another report, in which another meeting of a thing's own report lies, where a visitor of it takes part here too."""
        found: set[str] = set()
        for claim, e in members:
            for other, _ in self.store.rows(sql.EVENTS_OF, e.document, "meetings"):
                known = self._event(other) if other != claim else None
                beside = {x.visit for _, x in self._members(known[0]) if x.visit} if known else set()
                found |= {v for v in beside if any(self._visits_in(e, self._as_known(x)) for _, x in self._members(v))}
        return next(iter(found)) if len(found) == 1 else None

    def _visits_in(self, meeting: Event, visit: Event) -> bool:
        mine = {self.who(x) for x in meeting.everyone}
        there = msgspec.structs.replace(visit, guests=tuple(x for x in visit.guests if self.who(x) in mine))
        own = msgspec.structs.replace(meeting, hosts=meeting.hosts + there.guests)
        return bool(there.guests) and events.visit_of(own, [there]) is not None

    def _visit_of_agreement(self, members: Sequence[tuple[str, Event]]) -> str | None:
        """The one visit between the same two countries that a report of an agreement tells of."""
        found = set()
        for _, e in members:
            for _, body in self.store.rows(sql.EVENTS_OF, e.document, "visits"):
                v = msgspec.json.decode(body, type=Event)
                if set(v.sides) == set(e.sides) and v.kind not in ("site", "transit"):
                    known = self._event(v.id)
                    found |= {known[0]} if known else set()
        return min(found) if len(found) == 1 else None

    def _assemble_group(self, things: Sequence[str], visit: str | None) -> None:
        """Solve the days of a visit and what it holds together, and write each."""
        members = {t: self._full(t) for t in things}
        solved = self._solved(members, visit)
        for t, ms in members.items():
            self._write_thing(t, ms, solved.get(t, Solution(None)), visit, [x for x in things if x != t] if t == visit else [])

    def _solved(self, members: dict[str, list[view.Member]], visit: str | None) -> dict[str, Solution]:
        """The days of a visit and of what it holds, decided together."""
        told = {m.claim: x for ms in members.values() for m in ms if (x := self._told(m.claim))}
        reports = {m.claim: m.report for ms in members.values() for m in ms}
        sources = {m.report: self._source(m.document) for ms in members.values() for m in ms}
        items = [_item(t, ms, told) for t, ms in members.items() if t[0] == "m" or t == visit]
        return solve(items, reports, sources) if items else {}

    def as_told_by(self, thing: str, documents: Callable[[str], bool]) -> view.Thing | None:
        """A thing as only those reports tell it whose ids pass ``documents``: made anew, nothing is written. None where none of them tells of it."""
        row = self.store.row(sql.THING, thing)
        visit = row[2] if row and row[2] else thing if thing.startswith("v-") else None
        group = dict.fromkeys([thing, *([visit, *self.store.column(sql.THINGS_OF_VISIT, visit)] if visit else [])])
        members = {t: ms for t in group if (ms := [m for m in self._full(t) if documents(m.document)])}
        if thing not in members:
            return None
        solution = self._solved(members, visit).get(thing, Solution(None))
        holds = [t for t in members if t != thing] if thing == visit else []
        return self._made(thing, members[thing], solution, visit if visit in members else None, holds)

    def _full(self, thing: str) -> list[view.Member]:
        found = []
        for claim, event in self._members(thing):
            row, meta = self.store.row(sql.CLAIM, claim), self.store.row(sql.DOCUMENT_META, event.document)
            text = self.store.row(sql.TEXT, event.document)
            assert row is not None and meta is not None and text is not None
            record = msgspec.json.decode(row[4], type=view.RECORDS[event.family])
            found.append(
                view.Member(
                    claim=claim,
                    document=event.document,
                    report=meta[1],
                    outlet=meta[2],
                    published=meta[5],
                    language=meta[4],
                    record=record,  # type: ignore[arg-type]
                    event=event,
                    text=text[1],
                )
            )
        return found

    def _told(self, claim: str) -> Told | None:
        row = self.store.row(sql.CLAIM, claim)
        return msgspec.json.decode(row[5], type=Told) if row and row[5] else None

    def _source(self, document: str) -> Source:
        return msgspec.json.decode(self.store.rows(sql.SOURCE, document)[0][0], type=Source)

    def _made(self, thing: str, members: Sequence[view.Member], solution: Solution, visit: str | None, holds: list[str]) -> view.Thing:
        """A thing from its claims, with what its reports say differently."""
        family = members[0].event.family
        origin = copies.origins({m.document: self._sketched(m.document) for m in members})
        merges = [view.Merge(a=a, b=b, score=s, reason=r, by=by) for a, b, s, r, by in self.store.rows(sql.MERGES_OF, thing)]
        # Nodes, not people, stand in what is stored: when two spellings become one person, nothing need be written anew.
        context = view.Context(origin=origin, merges=merges, solution=solution, visit=visit, holds=sorted(holds), who=self.who)
        make: dict[str, Callable[[str, Sequence[view.Member], view.Context], view.Thing]] = {
            "visits": view.visit, "meetings": view.meeting, "agreements": view.agreement, "statements": view.statement,
        }  # fmt: skip
        made = make[family](thing, members, context)
        if len({m.document for m in members}) > 1:
            made = msgspec.structs.replace(made, conflicts=[*made.conflicts, *self._differences(members, context)])
        return made

    def _write_thing(self, thing: str, members: Sequence[view.Member], solution: Solution, visit: str | None, holds: list[str]) -> None:
        family = members[0].event.family
        made = self._made(thing, members, solution, visit, holds)
        self.store.run(sql.DROP_THING[1], thing)
        self.store.run(sql.DROP_THING[2], thing)
        day = _day(made, members)
        self._retold |= {m.document for m in members}
        self.store.run(sql.ADD_THING, thing, family, day, None if thing == visit else visit, _encode(made))
        unsure = {("unsure", "yes")} if self.store.row(sql.UNSURE_OF, thing) else set()
        self.store.many(sql.ADD_FACET, [(family, f, v, day, thing) for f, v in sorted(_with_outlets(_facets(made, members) | unsure))])
        self.store.many(sql.ADD_CONFLICT, [(thing, f"{c.field}#{i}", _encode(c)) for i, c in enumerate(made.conflicts)])

    # -- what reports of one contact say differently ---------------------------------------------------------------------

    def _differences(self, members: Sequence[view.Member], c: view.Context) -> list[view.Conflict]:
        """Titles, numbers, speakers, and who signed, where the reports of a thing differ."""
        family = members[0].event.family
        if family == "statements":
            return []
        first = {m.document: m for m in reversed(members)}
        there = {self.who(x) for m in members for x in m.event.everyone if x.startswith("p-")}
        names: dict[str, str] = {}
        posts = self._titles(first, there, names)
        found = disagreements.titles(posts, names, c)
        if family == "agreements":
            return [*found, *self._signing(members, names, c)]
        if family == "visits":
            counted = {d: self._source(d).counts for d in first}
            return [*found, *disagreements.numbers(counted, lambda d, a, b: first[d].quotation([Span(a, b)]), c)]
        return [*found, *disagreements.speakers(self._spoken(first, there), names, c)]

    def _titles(self, first: dict[str, view.Member], there: set[str], names: dict[str, str]) -> dict[str, list[disagreements.Titled]]:
        """The posts that the reports give the people of a thing; fills in their names."""
        posts: dict[str, list[disagreements.Titled]] = {}
        for document, member in sorted(first.items()):
            for claim, node in self.store.rows(sql.PERSON_CLAIMS_OF, document):
                person = self._person(claim) if self.who(node) in there else None
                if person is None:
                    continue
                names[self.who(node)] = min(person.name, names.get(self.who(node), person.name), key=lambda n: (-len(n), n))
                posts.setdefault(self.who(node), []).extend(
                    (p.title, p.organization, member.quotation([Span(p.evidence.start, p.evidence.end)])) for p in person.positions
                )
        return posts

    def _spoken(self, first: dict[str, view.Member], there: set[str]) -> list[disagreements.Spoken]:
        """What was said, by the reports of a thing, among those who took part."""
        found = []
        for document, member in sorted(first.items()):
            for claim, body in self.store.rows(sql.EVENTS_OF, document, "statements"):
                event = msgspec.json.decode(body, type=Event)
                if {self.who(x) for x in event.everyone} <= there:
                    row = self.store.rows(sql.CLAIM, claim)[0]
                    s = msgspec.json.decode(row[4], type=Statement)
                    found.append(
                        (s.act, frozenset(self.who(x) for x in event.hosts), s.text, member.quotation([Span(s.evidence.start, s.evidence.end)]))
                    )
        return found

    def _signing(self, members: Sequence[view.Member], names: dict[str, str], c: view.Context) -> list[view.Conflict]:
        """Who signed by one report and only looked on by another."""
        signed: dict[str, list[view.Quotation]] = {}
        watched: dict[str, list[view.Quotation]] = {}
        for m in members:
            refs, _ = self._references(m.document)
            told = self._told(m.claim)
            for name, start, end in told.witnessed if told else ():
                if name in refs:
                    watched.setdefault(self.who(refs[name]), []).append(m.quotation([Span(start, end)]))
                    names.setdefault(self.who(refs[name]), name)
            for ref in m.event.guests:
                signed.setdefault(self.who(ref), []).append(m.quotation(m.record.evidence.fields.get("signers")))
        return disagreements.signed_or_witnessed(signed, watched, names, c)


def _item(thing: str, members: Sequence[view.Member], told: dict[str, Told]) -> Item:
    held = [m for m in members if m.event.status not in ("planned", "postponed", "cancelled")]
    # The day of a plan is not the day it took place, so it speaks only while nothing else does.
    speaking = [told[m.claim] for m in (held or members) if m.claim in told]
    return Item(
        id=thing, told=tuple(speaking), is_visit=thing.startswith("v-"),
        planned_in=tuple(sorted(m.report for m in members if m not in held)), held_in=tuple(sorted(m.report for m in held)),
    )  # fmt: skip


def _weekdays(told: bytes | None) -> tuple[int, ...]:
    """The weekday that a report names for a meeting, if any."""
    day = msgspec.json.decode(told, type=Told).weekday if told else None
    return () if day is None else (day,)


def _searchable(text: str) -> str:
    """What the words index holds: folded, so that marks and letters such as đ and ł do not matter."""
    return plain(text)


def _day(thing: view.Thing, members: Sequence[view.Member]) -> str:
    """The day things are sorted by: their own, else the first publication; empty for neither."""
    own = next((v for f in ("date", "start", "signed", "end") if (v := getattr(thing, f, None)) and v[0] != "X"), None)
    return own or min((m.published for m in members if m.published), default="")


def _facets(thing: view.Thing, members: Sequence[view.Member]) -> set[tuple[str, str]]:
    """Facet and value by which a thing is found."""
    found = {("kind", thing.kind), ("status", thing.status)} | {("country", c) for c in thing.countries}
    found |= {("pair", f"{a}-{b}") for a in thing.countries for b in thing.countries if a < b}
    for m in members:
        found.add(("kind", m.event.kind))  # what any report calls it, so that a list of that kind shows it
        found |= {("person", x) for x in m.event.everyone if x.startswith("p-")} | {("body", x[2:]) for x in m.event.everyone if x.startswith("b:")}
        found |= {("body", key) for name in _names(m) if events.body(name) in m.event.everyone for key in bodies.keys_above(name)}
        found |= {("outlet", fold(m.outlet or "")), ("language", m.language or ""), ("document", m.document)}
    if any(s.status == "planned" for s in thing.history):
        found.add(("planned", "open" if thing.status == "planned" else "known"))
    found |= _promised(thing, members)
    found |= {("topic", x) for x in getattr(thing, "topics", ())}
    found |= {("doubt", "yes")} if thing.doubts else set()
    found |= {("conflict", "yes")} if thing.conflicts else set()
    return {(f, v) for f, v in found if v}


def _with_outlets(facets: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Facets with those by which an outlet's doubts are found: they are few among its things, and its things few among the doubts."""
    outlets = {value for facet, value in facets if facet == "outlet"}
    return facets | {(f"{facet} of outlet", outlet) for facet, _ in facets if facet in ("doubt", "unsure") for outlet in outlets}


def _promised(thing: view.Thing, members: Sequence[view.Member]) -> set[tuple[str, str]]:
    """By which a statement is found that binds its speaker: its grade, and whether it is followed up."""
    if not isinstance(thing, view.StatementThing) or thing.kind not in grades.ACTS:
        return set()
    grade = grades.graded(thing.text, min((m.published for m in members if m.published), default=None), act=thing.kind).grade
    return {("promise", "yes"), ("grade", grade)} | ({("tracked", "yes")} if grade in grades.TRACKED else set())


def _names(m: view.Member) -> list[str]:
    """The names of all who take part in what a claim tells."""
    fields = ("visitors", "inviters", "hosts", "guests", "parties", "signers", "speakers", "addressees")
    found = [name for f in fields for name in getattr(m.record, f, ())]
    return [*found, m.record.delegation] if isinstance(m.record, Visit) and m.record.delegation else found

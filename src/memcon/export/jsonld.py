"""People, contacts, statements and agreements as linked data, with the words they rest on.

One JSON-LD document with its context inside (nothing is fetched): schema.org's Event, Person, Quotation and CreativeWork say what was; W3C Web
Annotation selectors say where the words of each field stand (characters are code points, as memcon counts them); PROV says
which reports and which memcon it came from, and who joined what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from urllib.parse import quote

import msgspec

from memcon.export import captions
from memcon.export.book import Book
from memcon.export.wording import country
from memcon.model import Span
from memcon.query import Occupancy, PersonThing, Report
from memcon.resolve.times import span
from memcon.view import AgreementThing, MeetingThing, Participant, Quotation, StatementThing, Thing, VisitThing

__all__ = ["CONTEXT", "write"]

_AROUND: Final = 32  # characters before and after words, by which they are found again in a text that has moved
_IRI: Final = {"@type": "@id"}
CONTEXT: Final[dict[str, Any]] = {
    "@version": 1.1,
    "schema": "https://schema.org/", "oa": "http://www.w3.org/ns/oa#", "prov": "http://www.w3.org/ns/prov#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#", "edtf": "http://id.loc.gov/datatypes/edtf/", "memcon": "urn:memcon:term:",
    "id": "@id", "type": "@type",
    "Event": "schema:Event", "Person": "schema:Person", "Organization": "schema:Organization", "Quotation": "schema:Quotation", "CreativeWork": "schema:CreativeWork",
    "NewsArticle": "schema:NewsArticle", "Place": "schema:Place", "OrganizationRole": "schema:OrganizationRole",
    "name": "schema:name", "alternateName": "schema:alternateName", "headline": "schema:headline", "actsFor": "memcon:actsFor", "jobTitle": "schema:jobTitle", "identifier": "schema:identifier", "roleName": "schema:roleName",
    "startDate": {"@id": "schema:startDate", "@type": "schema:Date"}, "endDate": {"@id": "schema:endDate", "@type": "schema:Date"}, "datePublished": {"@id": "schema:datePublished", "@type": "schema:Date"},
    "dateCreated": {"@id": "schema:dateCreated", "@type": "schema:Date"}, "expires": {"@id": "schema:expires", "@type": "schema:Date"}, "temporalCoverage": "schema:temporalCoverage",
    "location": "schema:location", "organizer": {"@id": "schema:organizer", **_IRI}, "attendee": {"@id": "schema:attendee", **_IRI}, "superEvent": {"@id": "schema:superEvent", **_IRI},
    "eventStatus": {"@id": "schema:eventStatus", **_IRI}, "recordedAt": {"@id": "schema:recordedAt", **_IRI}, "author": {"@id": "schema:author", **_IRI}, "contributor": {"@id": "schema:contributor", **_IRI},
    "publisher": "schema:publisher", "url": {"@id": "schema:url", **_IRI}, "inLanguage": "schema:inLanguage", "text": "schema:text", "description": "schema:description", "sha256": "memcon:sha256",
    "addressee": {"@id": "memcon:addressee", **_IRI}, "affiliation": {"@id": "schema:affiliation", **_IRI}, "holder": {"@reverse": "schema:affiliation", **_IRI}, "Country": "schema:Country", "capacity": "memcon:capacity", "edtfDate": {"@id": "memcon:date", "@type": "edtf:EDTF"}, "kind": "memcon:kind", "status": "memcon:status",
    "witnesses": "memcon:witnesses", "derivation": "memcon:derivation", "conflict": "memcon:conflict", "field": "memcon:field", "value": "rdf:value",
    "Annotation": "oa:Annotation", "SpecificResource": "oa:SpecificResource", "TextualBody": "oa:TextualBody", "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
    "motivation": {"@id": "oa:motivatedBy", **_IRI}, "body": {"@id": "oa:hasBody", **_IRI}, "target": {"@id": "oa:hasTarget", **_IRI}, "source": {"@id": "oa:hasSource", **_IRI},
    "selector": {"@id": "oa:hasSelector", **_IRI}, "purpose": {"@id": "oa:hasPurpose", **_IRI}, "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"}, "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "Entity": "prov:Entity", "Activity": "prov:Activity", "SoftwareAgent": "prov:SoftwareAgent", "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", **_IRI}, "wasQuotedFrom": {"@id": "prov:wasQuotedFrom", **_IRI},
    "wasGeneratedBy": {"@id": "prov:wasGeneratedBy", **_IRI}, "wasAssociatedWith": {"@id": "prov:wasAssociatedWith", **_IRI}, "wasAttributedTo": {"@id": "prov:wasAttributedTo", **_IRI}, "used": {"@id": "prov:used", **_IRI},
    "generatedAtTime": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"}, "endedAtTime": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
}  # fmt: skip
"""What every short name of the document stands for."""
_STATUS: Final = {
    "planned": "schema:EventScheduled",
    "postponed": "schema:EventPostponed",
    "cancelled": "schema:EventCancelled",
    "denied": "schema:EventCancelled",
}
Node = dict[str, Any]


def write(book: Book, stream: BinaryIO) -> None:
    """Write the lists of the selection, with the people, reports and words they rest on, each once."""
    stream.write(b'{"@context":' + msgspec.json.encode(CONTEXT) + b',"@graph":[\n')
    stream.write(msgspec.json.encode(_stamp(book)))
    seen: set[str] = set()
    for name in book.selection.lists:
        for record in book.records(name):
            for node in _nodes(book, record):
                if node["id"] not in seen:
                    seen.add(node["id"])
                    stream.write(b",\n" + msgspec.json.encode({k: v for k, v in node.items() if v not in (None, [], "")}))
    stream.write(b"\n]}\n")


def _stamp(book: Book) -> Node:
    moment = {"generatedAtTime": book.changed} if book.changed else {}
    told = "; ".join(f"{k}: {v}" for k, v in book.stamp.items())
    return {"id": "urn:memcon:export", "type": "Entity", "name": book.title, "description": told, "wasAttributedTo": _agent(book.version), **moment}


def _nodes(book: Book, record: Any) -> Iterator[Node]:
    if isinstance(record, PersonThing):
        yield _person(book, record)
    elif isinstance(record, Report):
        yield from _report(book, record)
    elif isinstance(record, Occupancy):
        person = book.person(record.person)
        assert person is not None
        yield _person(book, person)
        yield from _post(book, record)
    else:
        assert isinstance(record, Thing)
        yield from _thing(book, record)


def _person(book: Book, p: PersonThing) -> Node:
    return {
        "id": book.link(p.id),
        "type": "Person",
        "name": p.name,
        "alternateName": [x for x in p.spellings if x != p.name],
        "actsFor": _country(p.country),
        "jobTitle": list(p.posts),
    }


def _post(book: Book, o: Occupancy) -> Iterator[Node]:
    """A post as reported: a role of schema.org that stands between a person and a body, as affiliation of the one and with the other as affiliation."""
    name = f"{o.person}:{o.title}:{o.organization or ''}"
    dates = {"startDate": _date(o.first), "endDate": _date(o.last)}
    yield {
        "id": f"urn:memcon:post:{quote(name, safe=':-')}", "type": "OrganizationRole", "roleName": o.title, "affiliation": _body(o.organization), "holder": book.link(o.person), "witnesses": o.witnesses,
        "description": "days are those of the first and last report that give the post", **dates, "wasQuotedFrom": [book.link(d) for d in dict.fromkeys(q.document for q in o.sources)],
    }  # fmt: skip
    for d in dict.fromkeys(q.document for q in o.sources):
        yield from _report(book, book.report(d))


def _report(book: Book, r: Report) -> Iterator[Node]:
    yield {
        "id": book.link(r.id), "type": ["NewsArticle", "Entity"], "name": r.name, "headline": r.headline, "publisher": _body(r.outlet), "datePublished": _date(r.published), "edtfDate": r.published, "inLanguage": r.language,
        "url": _iri(r.url), "sha256": r.sha256,
    }  # fmt: skip
    yield {
        "id": f"urn:memcon:reading:{r.id}",
        "type": "Activity",
        "used": book.link(r.id),
        "wasAssociatedWith": _agent(r.version),
        "endedAtTime": r.added,
    }
    yield {"id": _agent(r.version), "type": "SoftwareAgent", "name": f"memcon {r.version}"}


def _thing(book: Book, thing: Thing) -> Iterator[Node]:
    for p in _everyone(thing):
        person = book.person(p.id)
        yield _person(book, person) if person else {"id": book.link(p.id), "type": "Organization", "name": p.name}
    documents = list(dict.fromkeys(q.document for q in thing.sources))
    for d in documents:
        yield from _report(book, book.report(d))
    yield {
        "id": book.link(thing.id), "type": [_type(thing), "Entity"], "name": captions.title(thing), "kind": thing.kind, "status": thing.status, **_told(book, thing), "witnesses": thing.witnesses,
        "capacity": [f"{p.name}: {x}" for p in _everyone(thing) for x in book.capacities(p.id, thing)],
        "derivation": [f"{f}: {w}" for f, w in sorted(thing.derivation.items())], "conflict": [{"field": c.field, "value": [v.value for v in c.values]} for c in thing.conflicts],
        "wasDerivedFrom": [book.link(d) for d in documents], "wasGeneratedBy": [f"urn:memcon:reading:{d}" for d in documents] + [_joining(m.a, m.b) for m in thing.merges],
    }  # fmt: skip
    for m in thing.merges:
        # PROV's agents are things: a person who judged is named as one, a rule as part of memcon.
        who = _agent(book.version) if m.by == "rule" else f"urn:memcon:judge:{quote(m.by, safe='')}"
        yield {
            "id": _joining(m.a, m.b),
            "type": "Activity",
            "description": m.reason,
            "used": [f"urn:memcon:{m.a}", f"urn:memcon:{m.b}"],
            "wasAssociatedWith": who,
        }
    for q in thing.sources:
        yield from _annotations(book, thing, q)


def _joining(a: str, b: str) -> str:
    return f"urn:memcon:joining:{a}:{b}"


def _type(thing: Thing) -> str:
    return {StatementThing: "Quotation", AgreementThing: "CreativeWork"}.get(type(thing), "Event")


def _told(book: Book, thing: Any) -> Node:
    def ids(participants: list[Participant]) -> list[str]:
        return [book.link(p.id) for p in participants]

    if isinstance(thing, StatementThing):
        meeting = book.meeting_of(thing)
        return {
            "text": thing.text,
            "author": ids(thing.speakers),
            "addressee": ids(thing.addressees),
            "description": thing.principal and f"on behalf of {thing.principal}",
            "recordedAt": meeting and book.link(meeting.id),
        }
    if isinstance(thing, AgreementThing):
        held = {"recordedAt": book.link(thing.visit) if thing.visit else None, "dateCreated": _date(thing.signed), "edtfDate": thing.signed}
        return {
            "headline": thing.subject,
            "contributor": ids(thing.signers),
            "author": [_body(p) for p in thing.parties],
            "temporalCoverage": f"{thing.start or '..'}/{thing.end or '..'}" if thing.start or thing.end else None,
            "expires": _date(thing.end),
            **held,
        }
    status = _STATUS.get(thing.status)
    if isinstance(thing, MeetingThing):
        place = {
            "location": {"type": "Place", "name": thing.place} if thing.place else None,
            "superEvent": book.link(thing.visit) if thing.visit else None,
        }
        return {
            "organizer": ids(thing.hosts),
            "attendee": ids(thing.guests),
            "startDate": _date(thing.date),
            "edtfDate": thing.date,
            "eventStatus": status,
            **place,
        }
    assert isinstance(thing, VisitThing)
    return {
        "organizer": ids(thing.inviters), "attendee": ids(thing.visitors), "startDate": _date(thing.start), "endDate": _date(thing.end), "edtfDate": [x for x in (thing.start, thing.end) if x],
        "eventStatus": status, "location": {"type": "Place", "name": country(thing.to)} if thing.to else None,
    }  # fmt: skip


def _everyone(thing: Any) -> list[Participant]:
    found = [p for f in ("hosts", "guests", "inviters", "visitors", "signers", "speakers", "addressees") for p in getattr(thing, f, ())]
    return list({p.id: p for p in found}.values())


def _annotations(book: Book, thing: Thing, q: Quotation) -> Iterator[Node]:
    """The words of a claim, then those of each of its fields."""
    yield _annotation(book, thing, q, "", [Span(q.start, q.end)])
    for name, spans in sorted(book.ledger.record(q.claim).evidence.fields.items()):
        yield _annotation(book, thing, q, name, [Span(*s) for s in spans])


def _annotation(book: Book, thing: Thing, q: Quotation, name: str, spans: list[Span]) -> Node:
    about = {"type": "TextualBody", "purpose": "oa:tagging", "value": name} if name else None
    targets = [{"type": "SpecificResource", "source": book.link(q.document), "selector": _selectors(book, q.document, s)} for s in spans]
    body = [book.link(thing.id), *([about] if about else [])]
    claim = f"urn:memcon:{q.claim}"
    return {
        "id": f"{claim}:{name}" if name else claim,
        "type": ["Annotation", "Entity"],
        "motivation": "oa:describing",
        "body": body,
        "target": targets,
        "wasQuotedFrom": book.link(q.document),
    }


def _selectors(book: Book, document: str, s: Span) -> list[Node]:
    start = max(0, s.start - _AROUND)
    around = book.ledger.words(document, start, s.end + _AROUND)
    before, exact, after = around[: s.start - start], around[s.start - start : s.end - start], around[s.end - start :]
    return [
        {"type": "TextPositionSelector", "start": s.start, "end": s.end},
        {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": after},
    ]


def _country(code: str | None) -> Node | None:
    """The country for which somebody acts, which need not be that of his or her passport."""
    return {"type": "Country", "name": country(code), "identifier": code} if code else None


def _body(name: str | None) -> Node | None:
    return {"type": "Organization", "name": name} if name else None


def _agent(version: str) -> str:
    return f"urn:memcon:software:{quote(version, safe='.')}"


def _date(edtf: str | None) -> str | None:
    """An EDTF date as ISO 8601, where its year is known: schema.org's dates know no unknown digits."""
    known = (edtf or "").rstrip("?~%").split("-XX")[0]
    return known if span(known) and "X" not in known else None


def _iri(url: str | None) -> str | None:
    """An address of the web as an IRI, with what no IRI may hold written as the web writes it; anything else is none."""
    if not url or not re.match(r"https?://[^\s/]", url):
        return None
    return re.sub(r'[\x00-\x20<>"{}|\\^`]', lambda m: f"%{ord(m[0]):02X}", url)

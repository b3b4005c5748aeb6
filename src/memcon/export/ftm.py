"""People, posts, contacts, agreements and their reports as FollowTheMoney entities, one JSON object a line, for Aleph, OpenSanctions' tools and `ftm`.

Person; Organization; Position and Occupancy (a post as reported: its ``date`` are the days of reports, no term of office is claimed);
Event for visits, meetings and agreements; Article for reports; Documentation for the words of a report that speak for an Event.
Statements have no schema there: they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import msgspec

from memcon.export import captions
from memcon.export.book import Book
from memcon.export.wording import clean, label
from memcon.langs import places
from memcon.query import Occupancy, PersonThing, Report
from memcon.resolve.offices import body_country, body_key
from memcon.resolve.people import digest
from memcon.view import AgreementThing, MeetingThing, Participant, Quotation, Thing, VisitThing

__all__ = ["write"]

_DATE: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_LENGTHS: Final = {"name": 384, "alias": 384, "location": 250, "summary": 65_000, "notes": 65_000}
_LONGEST: Final = 1024  # characters of other values
_DISSOLVED: Final = {"CS": "cshh", "DD": "dd", "SU": "suhh", "YU": "yucs"}
_LANGUAGES: Final = {
    "en": "eng",
    "fr": "fra",
    "vi": "vie",
    "es": "spa",
    "ru": "rus",
    "zh": "zho",
    "ar": "ara",
    "de": "deu",
    "pt": "por",
    "km": "khm",
    "lo": "lao",
    "th": "tha",
    "it": "ita",
    "ja": "jpn",
    "ko": "kor",
}
Properties = dict[str, list[str | None]]


def write(book: Book, stream: BinaryIO) -> None:
    """Write the lists of the selection, with every entity they point to, each once."""
    seen: set[str] = set()
    for name in book.selection.lists:
        for record in book.records(name):
            for identifier, schema, properties in _entities(book, record):
                if identifier not in seen:
                    seen.add(identifier)
                    stream.write(_line(identifier, schema, properties))


def _line(identifier: str, schema: str, properties: Properties) -> bytes:
    told = {k: found for k, values in properties.items() if (found := list(dict.fromkeys(_cut(k, x) for v in values if v and (x := clean(v)))))}
    return msgspec.json.encode({"id": identifier, "schema": schema, "properties": told}) + b"\n"


def _cut(name: str, value: str) -> str:
    """A value of the length that the model allows: it drops longer ones without a word."""
    most = _LENGTHS.get(name, _LONGEST)
    return value if len(value) <= most else value[: most - 1] + "…"


def _entities(book: Book, record: Any) -> Iterator[tuple[str, str, Properties]]:
    if isinstance(record, PersonThing):
        yield _person(book, record)
    elif isinstance(record, Occupancy):
        yield from _occupancy(book, record)
    elif isinstance(record, Report):
        yield _article(book, record)
    else:
        assert isinstance(record, Thing)
        yield from _event(book, record)


def _person(book: Book, p: PersonThing) -> tuple[str, str, Properties]:
    return p.id, "Person", {
        "name": [p.name], "alias": [x for x in p.spellings if x != p.name], "country": [country(p.country)], "position": list(p.posts), "sourceUrl": [_web(book, p.id)],
    }  # fmt: skip


def _body(book: Book, name: str) -> tuple[str, str, Properties]:
    code = places.country_of_name(name) or body_country(name)
    return body_id(name), "Organization", {"name": [name], "country": [country(code)], "sourceUrl": [_web(book, "b:" + body_key(name))]}


def body_id(name: str) -> str:
    """The id of a body: the same for every spelling that memcon takes for one body."""
    return "b-" + digest("body", body_key(name))


def _occupancy(book: Book, o: Occupancy) -> Iterator[tuple[str, str, Properties]]:
    person = book.person(o.person)
    assert person is not None
    yield _person(book, person)
    office = "o-" + digest("post", o.title, o.organization)
    state = places.country_of_name(o.organization) if o.organization else None
    body = None if state or not o.organization else _body(book, o.organization)
    if body:
        yield body
    code = state or (body_country(o.organization) if o.organization else None)
    yield (
        office,
        "Position",
        {
            "name": [f"{o.title} of {o.organization}" if o.organization else o.title],
            "organization": [body[0] if body else None],
            "country": [country(code)],
        },
    )
    yield "h-" + digest(o.person, office), "Occupancy", {
        "holder": [o.person], "post": [office], "date": [_day(o.first), _day(o.last)], "summary": [f"as reported by {o.witnesses} independent origin{'s' if o.witnesses != 1 else ''}"],
        "proof": list(dict.fromkeys(q.document for q in o.sources)),
    }  # fmt: skip
    yield from (_article(book, book.report(d)) for d in dict.fromkeys(q.document for q in o.sources))


def _article(book: Book, r: Report) -> tuple[str, str, Properties]:
    return r.id, "Article", {
        "title": [r.headline or r.name], "fileName": [r.name], "publisher": [r.outlet], "publishedAt": [_day(r.published)], "language": [_language(r.language)],
        "sourceUrl": [r.url if r.url and re.match(r"https?://", r.url) and len(r.url) <= _LONGEST else None, _web(book, r.id)], "processedAt": [r.added[:19]], "processingAgent": [f"memcon {r.version}"],
    }  # fmt: skip


def _event(book: Book, thing: Thing) -> Iterator[tuple[str, str, Properties]]:
    organizers, involved = _parts(thing)
    for p in (*organizers, *involved):
        person = book.person(p.id)
        yield _person(book, person) if person else _body(book, p.name)
    documents = list(dict.fromkeys(q.document for q in thing.sources))
    yield from (_article(book, book.report(d)) for d in documents)
    yield thing.id, "Event", {
        "name": [captions.title(thing)], "organizer": [_ref(book, p) for p in organizers], "involved": [_ref(book, p) for p in involved], "country": [country(c) for c in thing.countries],
        "location": [getattr(thing, "place", None)], **_dates(thing), "keywords": [label(thing.kind), label(thing.status)], "proof": [*documents], "summary": list(map(book.passage, thing.sources[:1])),
        "notes": [f"{f}: {w}" for f, w in sorted(thing.derivation.items())], "recordId": [thing.id], "sourceUrl": [_web(book, thing.id)], "modifiedAt": [captions.when(book, thing)[1][:19]],
    }  # fmt: skip
    yield from (_evidence(book, thing, q) for q in thing.sources)


def _evidence(book: Book, thing: Thing, q: Quotation) -> tuple[str, str, Properties]:
    return q.claim, "Documentation", {
        "document": [q.document], "entity": [thing.id], "role": ["evidence"], "date": [_day(q.published)], "summary": [book.passage(q)], "recordId": [f"{q.document}:{q.start}-{q.end}"],
    }  # fmt: skip


def _parts(thing: Any) -> tuple[list[Participant], list[Participant]]:
    """Organizers and those involved."""
    if isinstance(thing, MeetingThing):
        return thing.hosts, thing.guests
    if isinstance(thing, VisitThing):
        return thing.inviters, thing.visitors
    assert isinstance(thing, AgreementThing)
    return [Participant(id="b:" + body_key(p), name=p) for p in thing.parties], thing.signers


def _ref(book: Book, p: Participant) -> str:
    return p.id if book.person(p.id) else body_id(p.name)


def _dates(thing: Any) -> Properties:
    if isinstance(thing, VisitThing):
        return {"startDate": [_day(thing.start)], "endDate": [_day(thing.end)]}
    return {"date": [_day(thing.date if isinstance(thing, MeetingThing) else thing.signed)]}


def _day(edtf: str | None) -> str | None:
    """An EDTF date as FollowTheMoney has dates: the known parts from the year on, else None."""
    from memcon.resolve.times import span

    known = (edtf or "").rstrip("?~%").split("-XX")[0]
    return known if _DATE.fullmatch(known) and span(known) else None


def country(iso2: str | None) -> str | None:
    """A country as FollowTheMoney writes it.

    >>> country("VN"), country("SU")
    ('vn', 'suhh')
    """
    return _DISSOLVED.get(iso2, iso2.lower()) if iso2 else None


def _language(code: str | None) -> str | None:
    """ISO 639-3 for the languages that memcon tells apart, which FollowTheMoney asks for."""
    return _LANGUAGES.get(code or "")


def _web(book: Book, identifier: str) -> str | None:
    address = book.link(identifier)
    return address if address.startswith(("http://", "https://")) else None

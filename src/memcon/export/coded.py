"""The coded event table: one row for each directed pair of sides in a visit, meeting, agreement or statement, with PLOVER and CAMEO codes.

A *side* is a country; else the international body in which the reports of the event give a person a post; else the body or the person itself. A meeting makes a row for each ordered
pair of its sides, a visit one from the visitor's country to the visited (CAMEO 042) and one back (043), an agreement one for each ordered pair of its
parties, a statement one from each speaker's side to each addressee's; what two sides say together makes a row each way.
A contact with one side only makes none.

Codes are those of the codebook for the *kind*. What is still to come is coded as PLOVER says (manual: future cooperation is AGREE): AGREE, CAMEO 036
for contacts and 030 for papers. What was cancelled or denied did not happen and has no code. Statements take no status.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations
from typing import Any, Final

import msgspec

from memcon.codebook.load import folders, table
from memcon.export.book import Book, bounds
from memcon.langs import places
from memcon.langs.codes import iso3
from memcon.langs.fold import fold
from memcon.resolve.offices import body_country, body_key
from memcon.view import AgreementThing, MeetingThing, Participant, StatementThing, Thing, VisitThing

__all__ = ["Coding", "Event", "Side", "coding", "events"]

_GROUPS: Final = {VisitThing: "visits", MeetingThing: "meetings", AgreementThing: "agreements", StatementThing: "acts"}
_OPEN: Final = frozenset(("planned", "postponed"))
_NOT_HELD: Final = frozenset(("cancelled", "denied"))


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """Codes of one row; all None where neither scheme has a code."""

    plover: str | None = None
    mode: str | None = None
    quad: str | None = None
    cameo: str | None = None
    cameo_name: str | None = None


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a pair: its country (ISO 3166-1 alpha-2) or international body if known, who stands for it, and in which capacity by the event's own reports."""

    key: str
    country: str | None
    body: str | None = None
    people: list[Participant] = []
    posts: list[str] = []


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One row. ``date`` is EDTF, ``dated_by`` says what it is the day of; ``thing`` holds evidence, reports and witnesses."""

    id: str
    family: str
    thing: Thing
    date: str | None
    earliest: str | None
    latest: str | None
    dated_by: str | None
    source: Side
    target: Side
    coding: Coding
    text: str


_INTENT: Final = Coding(plover="AGREE", quad="verbal cooperation", cameo="036", cameo_name="Express intent to meet or negotiate")
_INTENT_TO_SIGN: Final = Coding(plover="AGREE", quad="verbal cooperation", cameo="030", cameo_name="Express intent to cooperate, not specified below")


@cache
def _of_kind(family: str, kind: str) -> Coding | None:
    """The codes of an entry of the codebook; None for a kind that it does not have."""
    if kind not in folders(family):
        return None
    entry = table(f"{family}/{kind}", "definition")
    return Coding(**{"plover" if k == "event" else k: v for k, v in entry["plover"].items()}, cameo=entry["cameo"], cameo_name=entry["cameo_name"])


def coding(family: str, kind: str, status: str, *, host: bool = False) -> Coding:
    """The codes of a kind of the codebook, given what became of it. ``host``: the row goes from the visited to the visitor.

    >>> coding("visits", "official", "occurred", host=True).cameo
    '043'
    """
    found = _of_kind(family, kind)
    if found is None or status in _NOT_HELD:
        return Coding()
    if status in _OPEN and found.plover:
        return _INTENT_TO_SIGN if family == "agreements" else _INTENT
    return msgspec.structs.replace(found, cameo="043", cameo_name="Host a visit") if host and found.cameo == "042" else found


def events(book: Book, thing: Thing) -> Iterator[Event]:
    """The rows of one visit, meeting, agreement or statement."""
    family = _GROUPS[type(thing)]
    date, end, basis = _when(book, thing)
    earliest, latest = bounds(date, end)
    for source, target, host in _pairs(book, thing):
        yield Event(
            id=f"{thing.id}:{source.key}>{target.key}", family=family, thing=thing, date=date if end in (None, date) else f"{date}/{end}",
            earliest=earliest, latest=latest, dated_by=basis, source=source, target=target,
            coding=coding(family, thing.kind, thing.status, host=host), text=_text(thing),
        )  # fmt: skip


def _when(book: Book, thing: Thing) -> tuple[str | None, str | None, str | None]:
    """First day, last day, and what they are the days of. A report's publication is never the day of an event."""
    if isinstance(thing, VisitThing):
        first = thing.start or thing.end
        return first, thing.end if thing.start else None, "visit" if first else None
    if isinstance(thing, MeetingThing):
        return thing.date, None, "meeting" if thing.date else None
    if isinstance(thing, AgreementThing):
        return thing.signed, None, "signing" if thing.signed else None
    meeting = book.meeting_of(thing)
    return (meeting.date, None, f"meeting {meeting.id}") if meeting and meeting.date else (None, None, None)


def _pairs(book: Book, thing: Thing) -> Iterator[tuple[Side, Side, bool]]:
    """Source, target, and whether the source is the host of a visit."""
    if isinstance(thing, VisitThing):
        yield from _of_visit(book, thing)
    elif isinstance(thing, MeetingThing):
        yield from ((a, b, False) for a, b in permutations(_sides(book, thing, (*thing.hosts, *thing.guests)), 2))
    elif isinstance(thing, AgreementThing):
        yield from ((a, b, False) for a, b in permutations(_parties(book, thing), 2))
    elif isinstance(thing, StatementThing):
        speakers = _sides(book, thing, thing.speakers)
        addressees = _sides(book, thing, thing.addressees)
        if len(speakers) > 1 and not [a for a in addressees if a.key not in {s.key for s in speakers}]:
            yield from ((a, b, False) for a, b in permutations(speakers, 2))
        else:
            yield from ((a, b, False) for a in speakers for b in addressees if a.key != b.key)


def _of_visit(book: Book, visit: VisitThing) -> Iterator[tuple[Side, Side, bool]]:
    visitors = _sides(book, visit, visit.visitors)
    guests = [s for s in visitors if s.country != visit.to] or ([Side(key=visit.from_, country=visit.from_)] if visit.from_ else [])
    if visit.from_ and visit.from_ not in {s.key for s in guests} and not any(s.country for s in guests):
        guests = [
            Side(key=visit.from_, country=visit.from_, people=[p for s in guests for p in s.people], posts=[x for s in guests for x in s.posts])
        ]
    inviters = _sides(book, visit, visit.inviters)
    hosts = [next((s for s in inviters if s.country == visit.to), Side(key=visit.to, country=visit.to))] if visit.to else inviters
    for guest in guests:
        for host in hosts:
            if guest.key != host.key:
                yield guest, host, False
                yield host, guest, True


def _sides(book: Book, thing: Thing, participants: tuple[Participant, ...] | list[Participant]) -> list[Side]:
    """Participants by side, in the order in which the sides are first named."""
    found: dict[str, Side] = {}
    for p in participants:
        country = book.country(p)
        body = None if country else book.international(p, thing)
        key = country or ("b:" + body_key(body) if body else p.id)
        side = found.get(key) or Side(key=key, country=country, body=body)
        posts = [f"{p.name}: {x}" for x in book.capacities(p.id, thing)]
        found[key] = msgspec.structs.replace(side, people=[*side.people, p], posts=[*side.posts, *posts])
    return list(found.values())


def _parties(book: Book, agreement: AgreementThing) -> list[Side]:
    """The parties of an agreement, each with those who signed for it; the signers' own sides where no two parties are known."""
    signers = _sides(book, agreement, agreement.signers)
    found: dict[str, Side] = {}
    for name in agreement.parties:
        country = places.country_of_name(name) or body_country(name)
        key = country or "b:" + body_key(name)
        signing = next((s for s in signers if s.country and s.country == country), None)
        body = Participant(id="b:" + body_key(name), name=name)
        found.setdefault(key, Side(key=key, country=country, people=signing.people if signing else [body], posts=signing.posts if signing else []))
    return list(found.values()) if len(found) > 1 or len(signers) < 2 else signers


def _text(thing: Any) -> str:
    """What the row is about, in the report's words: a statement's clause, an agreement's subject."""
    if isinstance(thing, StatementThing):
        return thing.text
    if isinstance(thing, AgreementThing):
        return thing.subject or ""
    return ""


def country_name(code: str | None) -> str:
    """The English name of a country's code; empty for None."""
    return places.country_name(code) if code and places.country(code) else ""


def actor(side: Side) -> str:
    """What joins a side to other data sets: the ISO 3166-1 alpha-3 code, else empty."""
    return iso3(side.country) or ""


def kind(side: Side) -> str:
    """What a side is: country, body or person."""
    if side.country:
        return "country"
    return "body" if side.key.startswith("b:") else "person"


def name(side: Side) -> str:
    """What a side is called: the country, else the international body, else those who stand for it."""
    return country_name(side.country) or side.body or "; ".join(names(side))


def names(side: Side) -> list[str]:
    """Who stands for a side, each once."""
    return list({fold(p.name): p.name for p in side.people}.values())

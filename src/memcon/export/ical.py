"""Contacts, plans and the ends of agreements' terms as iCalendar (RFC 5545): all-day events with UIDs that later reports do not change.

Only what has a whole and certain day is in it: a month is no day, and a report's publication is not the day of what it tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, BinaryIO, Final

from icalendar import Calendar, Event, vUri

from memcon.export import captions
from memcon.export.book import Book, exact
from memcon.export.wording import clean, country, label
from memcon.follow import days
from memcon.follow.plans import PlanEntry
from memcon.follow.register import RegisterEntry
from memcon.view import AgreementThing, MeetingThing, Thing, VisitThing

__all__ = ["write"]

_STATUS: Final = {"planned": "TENTATIVE", "postponed": "TENTATIVE", "cancelled": "CANCELLED", "denied": "CANCELLED"}
_END: Final = b"END:VCALENDAR\r\n"
_A_DAY: Final = timedelta(days=1)
_LONGEST: Final = 4_000  # characters of a description: calendars cut longer ones, or refuse them


def write(book: Book, stream: BinaryIO) -> None:
    """Write the lists of the selection as one calendar; what stands in two of them stands in it once."""
    calendar = Calendar()
    for name, value in (
        ("version", "2.0"),
        ("prodid", f"-//memcon//memcon {book.version}//EN"),
        ("calscale", "GREGORIAN"),
        ("x-wr-calname", clean(book.title)),
    ):
        calendar.add(name, value)
    stream.write(calendar.to_ical().removesuffix(_END))  # the library would hold every event until the end
    seen: set[str] = set()
    for thing in _things(book):
        span = _term(thing) if isinstance(thing, RegisterEntry) else _days(thing)
        key = f"{type(thing).__name__}:{thing.id}" if isinstance(thing, RegisterEntry) else thing.id
        if span is not None and key not in seen:
            seen.add(key)
            stream.write(_term_event(book, thing, *span) if isinstance(thing, RegisterEntry) else _event(book, thing, *span))
    stream.write(_END)


def _things(book: Book) -> Iterator[Thing | RegisterEntry]:
    for name in book.selection.lists:
        for record in book.records(name):
            thing = book.ledger.show(record.id) if isinstance(record, PlanEntry) else record
            assert isinstance(thing, Thing | RegisterEntry)
            yield thing


def _term(entry: RegisterEntry) -> tuple[date, date] | None:
    """The last day of a term that has not been ended otherwise, and the day after it; of a term told as a year, the year's last day."""
    end = days.last(entry.term_end)
    if end is None or entry.state == "terminated" or end >= date.max.toordinal():
        return None
    return date.fromordinal(end), date.fromordinal(end + 1)


def _term_event(book: Book, entry: RegisterEntry, first: date, after: date) -> bytes:
    event = Event()
    changed = datetime.fromisoformat(captions.when(book, entry)[1] or book.changed).astimezone(UTC)
    told = "\n".join(captions.about(book, entry))
    for name, value in (
        ("uid", f"{captions.identifier(book, entry)}@memcon"), ("dtstamp", changed), ("last-modified", changed), ("sequence", len(entry.sources) - 1), ("dtstart", first), ("dtend", after),
        ("summary", "Term ends: " + captions.title(entry).partition(": ")[2]), ("status", "CONFIRMED"), ("transp", "TRANSPARENT"), ("categories", [label(entry.kind), "term"]),
        ("description", told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"), ("url", vUri(book.link(entry.id))),
    ):  # fmt: skip
        event.add(name, value)
    return bytes(event.to_ical())


def _days(thing: Any) -> tuple[date, date] | None:
    """First day, and the day after the last; None when the first is not known for certain."""
    start = exact(getattr(thing, "date", None) or (thing.signed if isinstance(thing, AgreementThing) else getattr(thing, "start", None)))
    if start is None:
        return None
    end = exact(thing.end) if isinstance(thing, VisitThing) else None
    first = date.fromisoformat(start)
    last = date.fromisoformat(end) if end and end >= start else first
    return (first, last + _A_DAY) if last < date.max else None


def _event(book: Book, thing: Thing, first: date, after: date) -> bytes:
    event = Event()
    changed = datetime.fromisoformat(captions.when(book, thing)[1] or book.changed).astimezone(UTC)
    event.add("uid", f"{book.stable(thing)}@memcon")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", len(thing.sources) - 1)
    event.add("dtstart", first)
    event.add("dtend", after)
    event.add("summary", captions.title(thing))
    event.add("status", _STATUS.get(thing.status, "CONFIRMED"))
    event.add("transp", "TRANSPARENT")  # it is news, not an appointment of the reader's
    event.add("categories", [label(thing.kind), *([label(thing.status)] if thing.status else [])])
    if place := _place(thing):
        event.add("location", place)
    told = "\n".join(captions.about(book, thing))
    event.add("description", told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…")
    event.add("url", vUri(book.link(thing.id)))
    return bytes(event.to_ical())


def _place(thing: Thing) -> str:
    if isinstance(thing, MeetingThing):
        return clean(thing.place or "")
    return country(thing.to) if isinstance(thing, VisitThing) and thing.to else ""

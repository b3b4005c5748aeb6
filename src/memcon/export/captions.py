"""A record of any list in a line for people, and in a few more: titles of feeds and calendars, labels of graphs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from memcon.export.book import Book
from memcon.export.wording import clean, country, day, label, period
from memcon.follow.commitments import Commitment
from memcon.follow.plans import PlanEntry
from memcon.follow.register import RegisterEntry
from memcon.follow.wording import WordingRow
from memcon.query import ConflictRow, IssueRow, Occupancy, PersonThing, Report
from memcon.view import AgreementThing, MeetingThing, Participant, StatementThing, Thing, VisitThing

__all__ = ["about", "identifier", "people", "title", "when"]

_LONGEST: Final = 240  # characters of a title
_SAID: Final = {"cancelled": "Cancelled: ", "denied": "Denied: ", "postponed": "Postponed: ", "planned": "Planned: "}
_MANY: Final = 4  # names of a side in a title


def title(record: Any) -> str:
    """A record in one line. What is only planned, or was called off, says so first."""
    line = _SAID.get(getattr(record, "status", ""), "") + _title(record)
    line = clean(line)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _title(record: Any) -> str:
    if isinstance(record, MeetingThing):
        return _joined(f"{label(record.kind).capitalize()}: {_sides(record.hosts, record.guests)}", _either(record, "place"), _day(record.date))
    if isinstance(record, VisitThing):
        who = people(record.visitors) or record.delegation or (country(record.from_) if record.from_ else "somebody")
        where = f" to {country(record.to)}" if record.to else ""
        kind = "visit" if record.kind == "unspecified" else f"{label(record.kind)} visit"
        return _joined(f"{kind.capitalize()} of {who}{where}", period(record.start, record.end))
    if isinstance(record, AgreementThing):
        return _joined(f"{label(record.kind).capitalize()}: {record.subject or 'no subject said'}", " – ".join(record.parties), _day(record.signed))
    if isinstance(record, StatementThing):
        to = f" to {people(record.addressees)}" if record.addressees else ""
        return f"{people(record.speakers) or 'Somebody'} ({label(record.kind)}{to}): {record.text}"
    if isinstance(record, PersonThing):
        return _joined(record.name, country(record.country) if record.country else None)
    if isinstance(record, Occupancy):
        return _joined(f"{record.name}: {record.title}", record.organization, period(record.first, record.last))
    if isinstance(record, PlanEntry):
        return f"{record.state.capitalize()}: " + _joined(f"{label(record.kind)} of {people(record.who) or 'somebody'}", _day(record.planned_for))
    if isinstance(record, RegisterEntry):
        return f"{record.state.capitalize()}: " + _joined(f"{label(record.kind)}: {record.subject or 'no subject said'}", " – ".join(record.parties))
    if isinstance(record, Commitment):
        owes = f"{', '.join(map(country, record.owed_by)) or 'Somebody'}" + (f" to {', '.join(map(country, record.owed_to))}" if record.owed_to else "")
        return f"{(record.state or record.grade).capitalize()}: " + _joined(f"{owes}: {record.text}", f"due {day(record.due)}" if record.due else None)
    if isinstance(record, WordingRow):
        what = "A usual line is missing" if record.kind == "silence" else "A line changed"
        return _joined(f"{what}: {', '.join(record.speakers) or country(record.countries[0])}: {record.text or record.text_before}", day(record.day))
    if isinstance(record, ConflictRow):
        return f"Reports differ on {label(record.field)}: " + " / ".join(v.value for v in record.values)
    if isinstance(record, IssueRow):
        return f"{label(record.kind).capitalize()}: {record.message}"
    assert isinstance(record, Report)
    return _joined(record.headline or record.name, record.outlet, _day(record.published))


def people(participants: Iterable[Participant]) -> str:
    """Some names, and how many more there are."""
    names = list(dict.fromkeys(p.name for p in participants))
    more = len(names) - _MANY
    return ", ".join(names[:_MANY]) + (f" and {more} more" if more > 0 else "")


def _sides(hosts: list[Participant], guests: list[Participant]) -> str:
    return " with ".join(x for x in (people(hosts), people(guests)) if x) or "nobody named"


def _either(record: Thing, field: str) -> str | None:
    """A field's value, or every value where reports differ."""
    said = next((c.values for c in record.conflicts if c.field == field), ())
    return " or ".join(v.value for v in said) or getattr(record, field)


def _day(edtf: str | None) -> str | None:
    return day(edtf) if edtf else None


def _joined(*parts: str | None) -> str:
    return ", ".join(x for x in parts if x)


def about(book: Book, record: Any) -> list[str]:
    """A record in a few lines: how values follow, where reports differ, and the words of each report."""
    lines = [f"{clean(f)}: {clean(w)}" for f, w in sorted(getattr(record, "derivation", {}).items())]
    lines += [f"Reports differ on {clean(c.field)}: " + clean(" / ".join(v.value for v in c.values)) for c in getattr(record, "conflicts", ())]
    if isinstance(record, PersonThing):
        lines += [clean(p) for p in record.posts]
    if isinstance(record, PlanEntry | RegisterEntry):
        return lines + [f"{x.kind}{f', {day(x.date)}' if x.date else ''}: “{clean(x.quote)}” — " + _joined(clean(x.outlet or x.report), _day(x.published)) for x in record.steps]
    if isinstance(record, Commitment):
        return lines + [_joined(s.state, _day(s.date)) + f": “{clean(s.quote)}” — {clean(s.report)}" if s.quote else _joined(s.state, _day(s.date), clean(s.why), s.by) for s in record.steps]
    for q in book.sources(record):
        lines.append(f"“{clean(book.passage(q))}” — " + _joined(clean(q.outlet or q.report), _day(q.published)))
    return lines


def identifier(book: Book, record: Any) -> str:
    """The name of a record that later reports do not change, as far as there is one."""
    if isinstance(record, Thing):
        return book.stable(record)
    if isinstance(record, RegisterEntry):
        return f"{min(record.sources, key=lambda q: (book.report(q.document).number, q.claim)).claim if record.sources else record.id}:term"
    if isinstance(record, Commitment):
        return f"{min(record.sources, key=lambda q: (book.report(q.document).number, q.claim)).claim if record.sources else record.id}:promise"
    if isinstance(record, Occupancy):
        return f"{record.person}:{record.title}:{record.organization or ''}"
    if isinstance(record, WordingRow):
        return f"{record.id}:{record.kind}:{record.day}"
    if isinstance(record, ConflictRow):
        return f"{record.id}:{record.field}"
    return str(record.id)


def when(book: Book, record: Any) -> tuple[str, str]:
    """When the ledger first had something of a record, and when it last had something new (UTC)."""
    added = sorted(r.added for r in book.reports(record))
    return (added[0], added[-1]) if added else (book.changed, book.changed)

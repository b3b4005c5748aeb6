"""The lists of a ledger as tables: which columns each has, of which type, what they mean, and how a record gives them.

The one data dictionary of all table formats: CSV, XLSX, Parquet and the guide's pages take it from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from memcon.export import coded
from memcon.export.book import Book, bounds
from memcon.export.wording import country, label
from memcon.langs.codes import iso3
from memcon.query import ConflictRow
from memcon.view import Value

__all__ = ["TABLES", "Column", "Table", "rows"]

Type = Literal["text", "list", "integer", "day"]
Cell = str | int | list[str] | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``type`` is text, list (of texts), integer or day (ISO 8601); ``of`` gives a record's value, None where it is unknown."""

    name: str
    type: Type
    meaning: str
    of: Callable[[Book, Any], Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A list as a table. ``rows_of`` gives the rows of one record: the record itself, or several."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows_of: Callable[[Book, Any], Iterable[Any]] = lambda _, record: (record,)


@dataclass(frozen=True, slots=True)
class _Said:
    """One value of a conflict."""

    conflict: ConflictRow
    value: Value


def rows(book: Book, table: Table) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table, one at a time, values in the order of its columns."""
    for record in book.records(table.name):
        for row in table.rows_of(book, record):
            yield tuple(c.of(book, row) for c in table.columns)


# -- columns ----------------------------------------------------------------------------------------------------------


def _field(name: str, meaning: str, kind: Type = "text", attribute: str | None = None) -> Column:
    """A column that is a field of the record."""
    return Column(name, kind, meaning, lambda _, r: getattr(r, attribute or name) or None)


def _count(name: str, meaning: str) -> Column:
    return Column(name, "integer", meaning, lambda _, r: getattr(r, name))


def _who(name: str, meaning: str) -> tuple[Column, Column, Column]:
    """Participants: their names, their ids, and the posts that the very reports give them."""
    return (
        Column(name, "list", f"{meaning}: names, in the order of the reports", lambda _, r: [p.name for p in getattr(r, name)]),
        Column(f"{name}_ids", "list", f"{meaning}: ids, in the same order; p-… is a person, b:… a body", lambda _, r: [p.id for p in getattr(r, name)]),
        Column(
            f"{name}_posts", "list", f"{meaning}: posts as the reports of this very event give them, each as “name: post”",
            lambda b, r: [f"{p.name}: {x}" for p in getattr(r, name) for x in b.capacities(p.id, r)],
        ),
    )  # fmt: skip


def _days(name: str, meaning: str) -> tuple[Column, Column, Column]:
    """A date as EDTF, and the days between which it lies."""
    return (
        _field(name, f"{meaning}, as EDTF: 2022-10-17, 2022-10, 2022; X stands for a digit that nothing decides. Empty: no report says"),
        Column(
            f"{name}_earliest",
            "day",
            f"{meaning}: the first day that it can be. Empty where the year is not known",
            lambda _, r: bounds(getattr(r, name))[0],
        ),
        Column(f"{name}_latest", "day", f"{meaning}: the last day that it can be", lambda _, r: bounds(getattr(r, name))[1]),
    )


def _why(_: Book, thing: Any) -> list[str]:
    return [f"{f}: {w}" for f, w in sorted(thing.derivation.items())]


_LINK: Final = Column("link", "text", "address of the record: of the server that exported it, else a name (urn:memcon:ID)", lambda b, r: b.link(r.id))
_ID: Final = _field("id", "id of the record, by which `memcon show` and the other lists know it")
_STATUS: Final = _field(
    "status",
    "what became of it by the last word of its reports: planned, ongoing, occurred, completed, postponed, cancelled, denied; of agreements signed, in_force, expired",
)
_COUNTRIES: Final = _field("countries", "countries of its sides, ISO 3166-1 alpha-2", "list")
_TOPICS: Final = _field("topics", "topics (codebook), in the order in which its words tell of them", "list")
_VISIT: Final = _field("visit", "id of the visit during which it took place")
_EVIDENCE: Final = (
    _count("witnesses", "independent origins among its reports; copies of one text are one"),
    Column("reports", "list", "names of the reports that tell of it", lambda _, r: list(dict.fromkeys(q.report for q in r.sources))),
    Column("report_ids", "list", "ids of those reports, as in the list sources", lambda _, r: list(dict.fromkeys(q.document for q in r.sources))),
    Column("outlets", "list", "outlets of those reports", lambda _, r: list(dict.fromkeys(q.outlet for q in r.sources if q.outlet))),
    Column("first_reported", "text", "publication of the first of those reports (EDTF); never the day of the event", lambda _, r: min((q.published for q in r.sources if q.published), default=None)),
    Column("claims", "list", "ids of the claims joined into it", lambda _, r: [q.claim for q in r.sources]),
    Column("evidence", "list", "the words of each claim, in the order of claims", lambda _, r: [q.quote for q in r.sources]),
    Column("passages", "list", "the sentence in which each stands, for reading", lambda b, r: [b.passage(q) for q in r.sources]),
    Column("evidence_at", "list", "where those words stand: report id, first character, character after the last", lambda _, r: [f"{q.document}:{q.start}-{q.end}" for q in r.sources]),
)  # fmt: skip
_DOUBTS: Final = (
    Column("derivation", "list", "how values follow that no report gives in so many words, each as “field: reason”", _why),
    Column(
        "conflicts", "list", "fields on which its reports differ; the list conflicts has every value", lambda _, r: [c.field for c in r.conflicts]
    ),
    _field("doubts", "contradictions that nothing decides", "list"),
    Column("read_by", "list", "versions of memcon that read its reports", lambda b, r: sorted({x.version for x in b.reports(r)})),
    _LINK,
)

_VISITS: Final = Table(
    "visits", "One row for each visit, however many reports tell of it.",
    (
        _ID, _field("kind", "kind of visit (codebook): state, official, working, friendship, transit, site, unspecified"), _STATUS, *_who("visitors", "who travelled"),
        _field("delegation", "the delegation, as reports call it"), _field("from", "country of the visitors, ISO 3166-1 alpha-2", attribute="from_"),
        _field("to", "country visited, ISO 3166-1 alpha-2"), _COUNTRIES, *_days("start", "first day"), *_days("end", "last day"), *_who("inviters", "at whose invitation"),
        _field("holds", "ids of the meetings and agreements of the visit", "list"), *_EVIDENCE, *_DOUBTS,
    ),
)  # fmt: skip
_MEETINGS: Final = Table(
    "meetings", "One row for each contact: meeting, talks, courtesy call, audience, telephone call and so on.",
    (
        _ID, _field("kind", "kind of contact (codebook)"), _STATUS, *_days("date", "day of the contact"), _field("place", "place, as reports name it"), _COUNTRIES,
        *_who("hosts", "who received, or is named first where nobody is said to"), *_who("guests", "who was received"), _VISIT, *_EVIDENCE, *_DOUBTS,
    ),
)  # fmt: skip
_STATEMENTS: Final = Table(
    "statements", "One row for each thing said by one side to another.",
    (
        _ID, _field("act", "act (codebook): thank, praise, request, pledge and so on", attribute="kind"), *_who("speakers", "who said it"), *_who("addressees", "to whom"),
        _field("principal", "the absent person for whom the speaker spoke"), _field("text", "the clause itself, as the report has it"), _TOPICS, _COUNTRIES, *_EVIDENCE, *_DOUBTS,
    ),
)  # fmt: skip
_AGREEMENTS: Final = Table(
    "agreements", "One row for each paper between parties.",
    (
        _ID, _field("kind", "kind of paper (codebook): treaty, agreement, memorandum, protocol, plan, contract, joint_statement"), _STATUS, _field("subject", "what it is about"),
        _field("parties", "parties, as reports name them", "list"), _TOPICS, _COUNTRIES, *_who("signers", "who signed"), *_days("signed", "day of signing"),
        *_days("start", "first day of its term"), *_days("end", "last day of its term"), _VISIT, *_EVIDENCE, *_DOUBTS,
    ),
)  # fmt: skip
_PEOPLE: Final = Table(
    "people", "One row for each person.",
    (
        _ID, _field("name", "the fullest spelling"), _field("spellings", "every spelling", "list"), _field("country", "country for which he or she acts, ISO 3166-1 alpha-2"),
        Column("country_iso3", "text", "the same, ISO 3166-1 alpha-3", lambda _, r: iso3(r.country)),
        Column("country_name", "text", "its name", lambda _, r: country(r.country) if r.country else None),
        _field("posts", "posts as reports title them, of all days; the list posts says when", "list"), _count("reports", "reports that name the person"), _LINK,
    ),
)  # fmt: skip
_POSTS: Final = Table(
    "posts", "One row for each post that reports give a person; held as reported on those days, no more.",
    (
        _field("person", "id of the person"), _field("name", "the person's name"), _field("title", "title, in the words of the last report"), _field("organization", "body or country"),
        *_days("first", "first day on which a report gives the post"), *_days("last", "last such day"), _EVIDENCE[0],
        *(c for c in _EVIDENCE if c.name in ("reports", "report_ids", "outlets", "evidence", "evidence_at")),
    ),
)  # fmt: skip
_STEPS: Final = (
    Column("steps", "list", "each step: its kind, the day that it gives, the day by which it was known, its report", lambda _, r: [_step(x) for x in r.steps]),
    Column("steps_words", "list", "the sentence of each step", lambda _, r: [x.quote for x in r.steps]),
    Column("steps_at", "list", "where those words stand: report id, first character, character after the last", lambda _, r: [f"{x.document}:{x.start}-{x.end}" for x in r.steps]),
)  # fmt: skip


def _step(x: Any) -> str:
    """A step of a plan or of an agreement's life in words."""
    return f"{x.kind}{' (announced)' if getattr(x, 'ahead', False) else ''}, {x.date or 'no day'}, by {x.by or 'no day'}, {x.report}"


def _joined_step(x: Any) -> str:
    """A step of a commitment in words."""
    return f"{x.state}, {x.date or 'no day'}, {x.why}, {x.report or x.by}"


_PLANS: Final = Table(
    "plans", "One row for each thing announced, and what became of it.",
    (
        _ID, _field("family", "visits, meetings or agreements"), _field("kind", "kind (codebook)"), Column("who", "list", "who takes part", lambda _, r: [p.name for p in r.who]),
        _field("what", "the paper's subject, the place of a meeting, or the country of a visit"), _COUNTRIES, *_days("planned_for", "day for which it was last planned"),
        _field("state", "announced, dated, moved, occurred, replaced, dropped; no word since: its day has passed (with --on) and no report tells what became of it"),
        _field("since", "day since which it is so"), _field("instead", "id of what took its place"), *_STEPS, _count("origins", "independent origins among its reports"), _LINK,
    ),
)  # fmt: skip
_REGISTER: Final = Table(
    "register", "One row for each agreement, as it stands on a day (--on), or by its reports alone.",
    (
        _ID, _field("kind", "kind of paper (codebook)"), _field("subject", "what it is about"), _field("parties", "parties, as reports name them", "list"), _COUNTRIES,
        _field("level", "level of its parties: state, party, parliament, ministry, local, company and so on"), _field("topics", "topics of the codebook", "list"),
        _field("amount", "the sum it is about, a plain number"), _field("currency", "its currency, ISO 4217; empty where the report leaves it open"),
        _field("number", "how many papers the row stands for, where reports give only their number", "integer"),
        Column("signers", "list", "who signed", lambda _, r: [p.name for p in r.signers]), _field("witnesses", "who looked on when it was signed", "list"),
        *_days("signed", "day of signing"), *_days("term_start", "first day of its term"), *_days("term_end", "last day of its term, as extended"),
        _field("state", "planned, negotiated, initialled, signed, ratified, in force, expired or terminated"), _field("since", "day since which it is so"),
        _field("why", "why it is so, in words"), *_STEPS, _field("fulfilled_by", "ids of the contacts that fulfil it", "list"),
        _count("origins", "independent origins among its reports"), *(c for c in _EVIDENCE if c.name in ("reports", "report_ids", "outlets")), _LINK,
    ),
)  # fmt: skip
_WORDING: Final = Table(
    "wording", "One row for each line of a side that it told in other words than at the contact before, and for each usual line that is missing from its last contact (--on: as known on a day).",
    (
        _field("id", "id of the statement; of a silence, of the last one that has the line"), _field("kind", "shift or silence"), _field("pair", "the two countries, as KH-VN"),
        Column("side", "text", "whose line it is, ISO 3166-1 alpha-2", lambda _, r: r.countries[0]), *_days("day", "day of the contact at which it changed, or is missing"),
        *_days("day_before", "day of the contact at which it was told before"), _field("speakers", "who told it", "list"), _field("act", "act (codebook) as which it was told"),
        _field("act_before", "act as which it was told before"), _field("text", "the line now; empty where it is missing"), _field("text_before", "the line before"),
        _field("added", "words that are new", "list"), _field("dropped", "words that are gone", "list"), _field("reordered", "items of a list that moved", "list"),
        Column("same_outlet", "text", "yes where one outlet tells both; no: the words may be the outlets' own", lambda _, r: "yes" if r.same_outlet else "no"),
        _field("before", "id of the statement before"), *(c for c in _EVIDENCE if c.name in ("reports", "report_ids", "outlets", "evidence", "evidence_at")), _LINK,
    ),
)  # fmt: skip
_COMMITMENTS: Final = Table(
    "commitments", "One row for each promise, as it stands on a day (--on), or by its reports alone; without --grade those that are followed up.",
    (
        _ID, _field("source", "id of the statement that makes it"), _field("owed_by", "who owes: countries (ISO 3166-1 alpha-2), else names", "list"), _field("owed_to", "to whom", "list"),
        Column("said_by", "list", "who said it", lambda _, r: [p.name for p in r.said_by]), Column("said_to", "list", "to whom it was said", lambda _, r: [p.name for p in r.said_to]),
        _field("act", "act (codebook): pledge, agree, offer, announce"), _field("text", "the clause itself, as the report has it"), _field("action", "the words that name the deed"),
        _field("measure", "the words that make it measurable"), _field("grade", "how much it promises: formula, direction, action, action with measure or date"), _TOPICS, _COUNTRIES,
        *_days("made", "day on which the first report tells of it"), *_days("deadline", "by when, as promised"), *_days("due", "by when, by the last report"),
        _field("state", "open, partly done, done, dropped, overdue, no word since; empty where the grade is not followed up"), _field("since", "day since which it is so"),
        Column("steps", "list", "each step: its state, its day, why, and its report or who judged", lambda _, r: [_joined_step(x) for x in r.steps]),
        Column("steps_words", "list", "the sentence of each step; empty for the clock and for persons", lambda _, r: [x.quote for x in r.steps]),
        Column("steps_at", "list", "where those words stand: report id, first character, character after the last", lambda _, r: [f"{x.document}:{x.start}-{x.end}" if x.document else "" for x in r.steps]),
        *(c for c in _EVIDENCE if c.name in ("reports", "report_ids", "outlets", "claims")), _LINK,
    ),
)  # fmt: skip
_CONFLICTS: Final = Table(
    "conflicts", "One row for each value of a field on which reports differ.",
    (
        Column("id", "text", "id of the visit, meeting, agreement or statement", lambda _, r: r.conflict.id), Column("field", "text", "the field", lambda _, r: r.conflict.field),
        Column("value", "text", "the value that some reports give", lambda _, r: r.value.value),
        Column("witnesses", "integer", "independent origins of it", lambda _, r: r.value.witnesses),
        Column("reports", "list", "names of the reports that give it", lambda _, r: [q.report for q in r.value.said_by]),
        Column("report_ids", "list", "their ids", lambda _, r: [q.document for q in r.value.said_by]),
        Column("evidence", "list", "their words", lambda _, r: [q.quote for q in r.value.said_by]),
        Column("link", "text", "address of the record", lambda b, r: b.link(r.conflict.id)),
    ),
    lambda _, r: (_Said(r, v) for v in r.values),
)  # fmt: skip
_ISSUES: Final = Table(
    "issues", "One row for each doubt.",
    (
        _ID, _field("report", "name of the report; of several for a contradiction"), _field("kind", "kind of doubt; contradiction: reports exclude each other, unsure: things that may be one"),
        _field("message", "the doubt in words"), _field("things", "ids of what it bears on", "list"),
    ),
)  # fmt: skip
_SOURCES: Final = Table(
    "sources", "One row for each report.",
    (
        _ID, _field("name", "name of the report: its file's, as a rule"), _field("headline", "its first line"), _field("outlet", "who published it"), _field("url", "its address"),
        *_days("published", "day of publication"), _field("language", "ISO 639-1"), _field("sha256", "SHA-256 of the bytes it was read from"),
        _field("read_by", "version of memcon that read it", attribute="version"), _field("added", "when it was added to the ledger, UTC"), _LINK,
    ),
)  # fmt: skip


def _side(role: str, other: str) -> tuple[Column, ...]:
    """The columns of one end of a pair."""

    def of(give: Callable[[coded.Side], Cell]) -> Callable[[Book, Any], Cell]:
        return lambda _, r: give(getattr(r, role))

    return (
        Column(
            role,
            "text",
            f"side that acts {other}: ISO 3166-1 alpha-3; empty where the side is a body or its country is not known",
            of(lambda s: coded.actor(s) or None),
        ),
        Column(f"{role}_iso2", "text", "the same, alpha-2", of(lambda s: s.country)),
        Column(f"{role}_name", "text", "the country's name, else that of the international body, else of the body or person named", of(coded.name)),
        Column(f"{role}_type", "text", "what the side is: country, body or person", of(coded.kind)),
        Column(f"{role}_people", "list", "who stands for the side", of(coded.names)),
        Column(f"{role}_people_ids", "list", "their ids", of(lambda s: [p.id for p in s.people])),
        Column(f"{role}_posts", "list", "their posts as the reports of this very event give them", of(lambda s: s.posts)),
    )


def _of_thing(column: Column) -> Column:
    """A column of the thing that an event row codes."""
    return Column(column.name, column.type, column.meaning, lambda b, r: column.of(b, r.thing))


_EVENTS: Final = Table(
    "events", "One row for each directed pair of sides: visits, meetings, agreements and statements with PLOVER and CAMEO codes.",
    (
        _field("event_id", "id of the row: record, source, target", attribute="id"), Column("record", "text", "id of the visit, meeting, agreement or statement", lambda _, r: r.thing.id),
        _field("family", "codebook group: visits, meetings, agreements, acts"), Column("kind", "text", "kind (codebook)", lambda _, r: r.thing.kind or None),
        Column("status", "text", "what became of it; statements have none", lambda _, r: r.thing.status or None),
        _field("date", "day of the event (EDTF; a period as first/last). Empty: no report says"), _field("date_earliest", "first day that it can be", "day", "earliest"),
        _field("date_latest", "last day that it can be", "day", "latest"),
        _field("dated_by", "what the date is the day of: visit, meeting, signing; for a statement the one meeting at which it was made"),
        *_side("source", "on the other"), *_side("target", "or is acted on"),
        Column("plover_event", "text", "PLOVER event type; what is still to come is AGREE. Empty: PLOVER has none", lambda _, r: r.coding.plover),
        Column("plover_mode", "text", "PLOVER mode", lambda _, r: r.coding.mode), Column("plover_quad", "text", "PLOVER quad class", lambda _, r: r.coding.quad),
        Column("cameo", "text", "CAMEO code; text, for its leading nought counts. Empty: CAMEO has none", lambda _, r: r.coding.cameo),
        Column("cameo_root", "text", "first two digits of the CAMEO code", lambda _, r: r.coding.cameo[:2] if r.coding.cameo else None),
        Column("cameo_name", "text", "name of the CAMEO code", lambda _, r: r.coding.cameo_name), _field("text", "a statement's clause, an agreement's subject"),
        Column("place", "text", "place, as reports name it", lambda _, r: getattr(r.thing, "place", None)),
        *(_of_thing(c) for c in (*_EVIDENCE, *_DOUBTS)),
    ),
    coded.events,
)  # fmt: skip

TABLES: Final[Mapping[str, Table]] = {
    t.name: t for t in (_PEOPLE, _POSTS, _VISITS, _MEETINGS, _STATEMENTS, _AGREEMENTS, _REGISTER, _COMMITMENTS, _WORDING, _PLANS, _CONFLICTS, _ISSUES, _SOURCES, _EVENTS)
}


def heading(name: str) -> str:
    """A column's name for people."""
    return label(name)

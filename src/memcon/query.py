"""Asking a ledger: people, posts, visits, meetings, statements, agreements, plans, conflicts, issues; one thing whole; words.

    from memcon import Ledger

    with Ledger("memcon.db") as ledger:
        ledger.add(["reports/"])
        for meeting in ledger.meetings(pair="KH-VN"):
            print(meeting.date, meeting.kind, [p.name for p in meeting.hosts])
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from itertools import islice
from typing import Any, Final, NamedTuple, Self, TypeVar, cast

import msgspec

from memcon import constraints, view
from memcon.errors import MemconError, ReadingFailed, one_line, shown
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.ledger import sql
from memcon.ledger.store import LedgerError, Store, now
from memcon.model import Document, Issue, Mark, Meeting, Memorandum, Person, Span
from memcon.read.expand import Outcome, SetAside
from memcon.read.files import Source
from memcon.read.reader import Passed
from memcon.resolve import copies
from memcon.resolve.latin import latin
from memcon.resolve.names import parts
from memcon.resolve.offices import body_key, same_office
from memcon.resolve.people import digest
from memcon.resolve.times import parse, span
from memcon.upkeep import Upkeep

__all__ = ["FAMILIES", "Added", "DocumentRow", "Engine", "IssueRow", "JudgementRow", "Ledger", "Occupancy", "Origin", "PersonThing", "Plan", "Records", "Skipped"]

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
FAMILIES: Final = ("people", "posts", "visits", "meetings", "statements", "agreements", "plans", "conflicts", "issues")
Engine = Callable[[Iterator[Any]], Iterator[Any]]
"""Reads documents: it is given outcomes of readers, and gives for each document the pair of it and its memorandum (or an error), all else as it is."""
DEFAULT_LEDGER: Final = "memcon.db"
_KINDS: Final = ("people", "visits", "meetings", "statements", "agreements")
_ID: Final = re.compile(r"(c?)([pvmas])-([0-9a-f]{12})")
_ALL: Final = 1 << 40
_QUOTED: Final = 100  # quotations that a post shows, of the first reports and the last
_COMPARED: Final = 60  # reports of a post that are compared with each other for copies
_NEAR: Final = 366  # days around a date in which a report's word on a post counts for that date


def _sound(method: F) -> F:
    """A question to a ledger whose file may be damaged: what cannot be understood is said to be so, in words."""

    @wraps(method)
    def asked(self: Ledger, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except MemconError:
            raise
        except Exception as error:
            # Only then is the whole file looked at: a defect of memcon must not pass for damage, nor damage for a defect.
            if isinstance(error, msgspec.DecodeError | UnicodeDecodeError) or self.store.check():
                raise LedgerError(self.store.path, f"the ledger is damaged ({type(error).__name__}: {error}); nothing was changed: restore a copy") from error
            raise

    return cast("F", asked)


class Records(list[T]):
    """A list of records that analysts' frames can be made of."""

    def to_dicts(self) -> list[dict[str, Any]]:
        """The records as plain dictionaries."""
        return [msgspec.to_builtins(x) for x in self]

    def to_polars(self) -> Any:
        """A polars frame. Raises ImportError where polars is not installed."""
        import polars as pl

        return pl.DataFrame(self.to_dicts(), infer_schema_length=None)

    def to_pandas(self) -> Any:
        """A pandas frame. Raises ImportError where pandas is not installed."""
        import pandas as pd

        return pd.DataFrame(self.to_dicts())


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What adding one report did: ``new`` is false when the ledger had it already."""

    id: str
    name: str
    new: bool


class Skipped(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was not read: ``kind`` is irrelevant (it cannot tell of a contact), unreadable, or passed over (a picture in an archive, say)."""

    name: str
    kind: str
    why: str
    sha256: str = ""
    url: str | None = None
    title: str | None = None
    noted: str | None = None


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a report came from, and how it was read. ``sha256`` is of the raw bytes.

    ``published_by`` is how its day was found: given, metadata, url, page, dateline (the report's own words) or none.
    """

    title: str | None
    authors: list[str]
    published_by: str
    path: str
    sha256: str
    extractor: str
    captions: list[str]
    marks: list[Mark]


class Occupancy(msgspec.Struct, frozen=True, kw_only=True):
    """A post as reported: who, the title in one report's words, the days of the reports (EDTF) and their words."""

    person: str
    name: str
    title: str
    organization: str | None
    first: str | None
    last: str | None
    witnesses: int
    sources: list[view.Quotation]


class PersonThing(msgspec.Struct, frozen=True, kw_only=True):
    """A person as the reports know him or her: spellings, side, posts as titled, and in how many reports."""

    id: str
    name: str
    spellings: list[str]
    country: str | None
    posts: list[str]
    reports: int
    merges: list[view.Merge] = []


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Something announced, and what became of it: ``outcome`` is its status now, ``unknown`` while no report tells."""

    id: str
    family: str
    kind: str
    who: list[str]
    planned_for: str | None
    outcome: str
    history: list[view.Stage]


class ConflictRow(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a thing on which reports differ."""

    id: str
    field: str
    values: list[view.Value]


class IssueRow(msgspec.Struct, frozen=True, kw_only=True):
    """A doubt: of one report, of what several say together (``kind`` contradiction), or of joining several (``unsure``); ``things`` are the ids it bears on."""

    id: str
    report: str
    kind: str
    message: str
    things: list[str] = []


class JudgementRow(msgspec.Struct, frozen=True, kw_only=True):
    """A person's judgement, active or withdrawn."""

    id: str
    family: str
    verdict: str
    a: str
    b: str
    why: str
    by: str
    made: str
    withdrawn: str | None


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A report of the ledger; ``excerpt`` are words around a hit."""

    id: str
    name: str
    outlet: str | None
    published: str | None
    excerpt: str = ""


class _Given(NamedTuple):
    """One report's word for a post: where its words stand, and of what day."""

    day: str | None
    claim: str
    document: str
    report: str
    outlet: str | None
    published: str | None
    start: int
    end: int


class Ledger:
    """A ledger of reports and what they say together. Use as a context manager; ``readonly`` changes nothing."""

    def __init__(self, path: str | os.PathLike[str] | None = None, *, readonly: bool = False) -> None:
        where = path if path is not None else os.environ.get("MEMCON_LEDGER") or DEFAULT_LEDGER
        self.store = Store(where, writable=not readonly, create=not readonly)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    # -- adding and removing ------------------------------------------------------------------------------------------

    def add(self, paths: Iterable[str | os.PathLike[str]], **how: Any) -> list[Added | Skipped | MemconError]:
        """Read reports (files of any format that a reader knows, and folders of them) into the ledger; an error stands in the place of each that cannot be.

        Takes what `adding` takes.
        """
        return list(self.adding(paths, **how))

    def adding(
        self, paths: Iterable[str | os.PathLike[str]], *, published: str | None = None, outlet: str | None = None, language: str | None = None,
        fields: Mapping[str, str] | None = None, sift: bool = True, engine: Engine | None = None,
        each: Callable[[Sequence[Source]], Iterable[Source]] | None = None,
    ) -> Iterator[Added | Skipped | MemconError]:  # fmt: skip
        """As `add`, one report at a time: each is kept for good when it is yielded.

        ``fields`` names the fields of JSON and CSV records (``{"text": "body"}``); ``sift`` sets aside reports that cannot tell of a contact;
        ``engine`` reads documents in another way than one by one in this process; ``each`` sees the inputs as they are taken up (to show progress).
        """
        from memcon.read import files, inputs
        from memcon.read.text import Labels

        labels = Labels(published, outlet, language)
        names = [os.fspath(p) for p in paths]
        data = files.standard_input() if files.STANDARD_INPUT in names else b""
        sources = []
        for found in files.find(names, skip=self.store.path, data=data):
            # A path with nothing behind it is the user's concern now, and no input of the ledger's.
            if isinstance(found, MemconError):
                yield found
            else:
                sources.append(found)
        yield from self.keeping(inputs.outcomes(each(sources) if each else sources, labels, sift=sift, fields=fields), engine)

    def keeping(self, outcomes: Iterable[Outcome], engine: Engine | None = None) -> Iterator[Added | Skipped | MemconError]:
        """Keep what readers gave, one at a time: reports are read and kept, what was set aside and what failed is noted."""
        for item in (engine or _one_by_one)(self._unknown(outcomes)):
            if isinstance(item, tuple):
                yield self.keep(*item)
            elif isinstance(item, SetAside):
                yield self._note("irrelevant", item)
            elif isinstance(item, MemconError) and not isinstance(item, LedgerError):
                self._note("unreadable", item)
                yield item
            elif isinstance(item, Passed):
                yield Skipped(name=item.name, kind="passed over", why=item.why)
            else:
                yield item

    def _unknown(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome | Added]:
        """The outcomes, those that the ledger has already marked as such."""
        for found in outcomes:
            yield (self._known(found) or found) if isinstance(found, Document) else found

    def _note(self, kind: str, item: SetAside | MemconError) -> Skipped:
        """Keep for good that something was left out, and why; once, however often it is met."""
        if isinstance(item, SetAside):
            made = Skipped(name=item.name, kind=kind, why=item.why, sha256=item.sha256, url=item.url, title=item.title)
        else:
            made = Skipped(name=getattr(item, "path", ""), kind=kind, why=getattr(item, "what", str(item)))
        name, why = shown(made.name), one_line(made.why)
        with self.store.transaction():
            self.store.run(sql.ADD_SKIPPED, digest("skipped", kind, name, made.sha256, why), kind, name, made.sha256, made.url, made.title, why, now())
        return made

    @_sound
    def skipped(self, *, kind: str | None = None, limit: int | None = None, **filters: Any) -> Records[Skipped]:
        """What was set aside or could not be read, less what was added since. ``kind`` is irrelevant or unreadable. Raises `LedgerError` for other filters."""
        if wrong := sorted(k for k, v in filters.items() if v is not None):
            raise LedgerError(self.store.path, f"what was skipped was not read, so it cannot be asked by {', '.join(wrong)}: only --kind")
        if not self.store.rows(sql.HAS_SKIPPED):
            return Records()  # a file of an older format, opened only to be read
        rows = (Skipped(kind=r[0], name=r[1], sha256=r[2], url=r[3], title=r[4], why=r[5], noted=r[6]) for r in self.store.rows(sql.SKIPPED))
        return Records(islice((x for x in rows if kind in (None, x.kind)), limit))

    def _known(self, document: Document) -> Added | None:
        identifier = document_id(document)
        if self.store.row(sql.IS_LIVE, identifier) is None:
            return None
        return Added(id=identifier, name=document.id, new=False)

    @_sound
    def keep(self, document: Document, memo: Memorandum) -> Added:
        """Keep a report that was read elsewhere (on a cluster, say), with its memorandum. Raises `LedgerError`."""
        with self.store.transaction():
            return self._keep(document, memo)

    @_sound
    def _keep(self, document: Document, memo: Memorandum) -> Added:
        identifier = document_id(document)
        if self.store.row(sql.IS_LIVE, identifier) is not None:
            return Added(id=identifier, name=document.id, new=False)
        if self.store.row(sql.HAS_DOCUMENT, identifier) is None:
            self._log(identifier, document, memo)
        else:
            self.store.run(sql.ADD_REMOVAL, identifier, "restore", "added again", now())
        Upkeep(self.store).add(identifier)
        return Added(id=identifier, name=document.id, new=True)

    def keep_all(self, read: Iterable[tuple[Document, Memorandum]], *, together: int = 50) -> Iterator[Added]:
        """Keep many reports that were read elsewhere, ``together`` of them in one transaction: what is yielded is kept for good. Raises `LedgerError`."""
        waiting = iter(read)
        while batch := list(islice(waiting, together)):
            with self.store.transaction():
                done = [self._keep(document, memo) for document, memo in batch]
            yield from done

    def _log(self, identifier: str, document: Document, memo: Memorandum) -> None:
        """Write a document with its claims and issues to the log."""
        published = memo.published or document.published
        source = constraints.source(document.text, published)
        self.store.run(
            sql.ADD_DOCUMENT, identifier, document.id, document.sha256, memo.outlet or document.outlet, document.url, memo.language, published,
            memo.version, now(), copies.sketch(document.text), msgspec.json.encode(source), document.text,
        )  # fmt: skip
        by = document.published_by or ("given" if document.published else "dateline" if published else "none")
        encode = msgspec.json.encode
        self.store.run(
            sql.ADD_ORIGIN, identifier, document.title, encode(document.authors).decode(), by, shown(document.path), document.sha256, document.extractor,
            encode(document.captions).decode(), encode(document.marks).decode(),
        )  # fmt: skip
        ids = {(kind, i): claim_id(identifier, kind, i, record) for kind in _KINDS for i, record in enumerate(getattr(memo, kind))}
        told = {t.claim: msgspec.json.encode(t) for t in constraints.told(document.text, memo, ids)}
        self.store.many(
            sql.ADD_CLAIM,
            [(c, identifier, kind, i, msgspec.json.encode(getattr(memo, kind)[i]), told.get(c)) for (kind, i), c in ids.items()],
        )
        rows = [(digest("issue", identifier, x.kind, x.message, str(x.spans)), identifier, x.kind, x.message, msgspec.json.encode(x)) for x in memo.issues]
        self.store.many(sql.ADD_ISSUE, rows)

    @_sound
    def origin(self, identifier: str) -> Origin | None:
        """Where a report came from, by its name or id; None for reports of an older ledger. Raises `LedgerError` when there is no such report."""
        row = self.store.row(sql.ORIGIN, self._document(identifier))
        if row is None:
            return None
        decode = msgspec.json.decode
        return Origin(
            title=row[0], authors=decode(row[1], type=list[str]), published_by=row[2], path=row[3], sha256=row[4], extractor=row[5],
            captions=decode(row[6], type=list[str]), marks=decode(row[7], type=list[Mark]),
        )  # fmt: skip

    @_sound
    def remove(self, identifier: str, why: str) -> str:
        """Take a report, and with it its facts, out of the view; the log keeps that it was there. Its id is given back.

        Raises `LedgerError` when no report, or several, go by that name, or no reason is given.
        """
        self._reason(why)
        with self.store.transaction():
            document = self._document(identifier)
            self.store.run(sql.ADD_REMOVAL, document, "remove", why, now())
            Upkeep(self.store).drop(document)
        return document

    def _reason(self, why: str) -> None:
        if not why.strip():
            raise LedgerError(self.store.path, "say why: the reason stays in the ledger's log")

    def _document(self, identifier: str) -> str:
        found = [r[0] for r in self.store.named(sql.DOCUMENTS_LIKE, it=identifier)]
        if not found:
            gone = self.store.named(sql.DOCUMENT_EVEN_REMOVED, it=identifier)
            raise LedgerError(self.store.path, f"{identifier!r} was removed already" if gone else f"no report {identifier!r} in it")
        if len(found) > 1:
            raise LedgerError(self.store.path, f"{identifier!r} may be {', '.join(found[:5])}: give the id")
        return str(found[0])

    # -- judgements ---------------------------------------------------------------------------------------------------

    @_sound
    def same(self, a: str, b: str, why: str, by: str = "user") -> str:
        """Judge two things (or claims) to be one. The judgement's id, by which `undo` withdraws it. Raises `LedgerError`."""
        return self._judge("same", a, b, why, by)

    @_sound
    def different(self, a: str, b: str, why: str, by: str = "user") -> str:
        """Judge two things, or two claims of one thing, to be different. As `same`."""
        return self._judge("different", a, b, why, by)

    def _judge(self, verdict: str, a: str, b: str, why: str, by: str) -> str:
        self._reason(why)
        with self.store.transaction():
            (family, x), (other, y) = self._claim_of(a), self._claim_of(b)
            if family != other:
                raise LedgerError(self.store.path, f"{a} and {b} are different kinds of thing ({family}, {other})")
            if x == y:
                raise LedgerError(self.store.path, f"{a} and {b} are the same claim; `memcon show {a}` lists the claims of a thing")
            if self.thing_of(a) == self.thing_of(b) and verdict == "different" and not (a.startswith("c") and b.startswith("c")):
                raise LedgerError(self.store.path, f"{a} and {b} are one thing: name two of its claims (c{family[0]}-…), which `memcon show {a}` lists")
            x, y = sorted((x, y))
            made = now()
            number = len(self.store.rows(sql.JUDGEMENTS))
            identifier = "j-" + digest(verdict, x, y, why, by, made, str(number))
            active = next((r for r in self.store.rows(sql.ACTIVE_JUDGEMENTS) if (r[3], r[4]) == (x, y)), None)
            if active is not None:
                raise LedgerError(self.store.path, f"judged already: {active[0]} says {active[2]} ({active[5]}); `memcon undo {active[0]}` first")
            self.store.run(sql.ADD_JUDGEMENT, identifier, family, verdict, x, y, why, by, made)
            Upkeep(self.store).judge(x, y, family)
        return identifier

    @_sound
    def undo(self, judgement: str, why: str = "withdrawn") -> None:
        """Withdraw a person's judgement: the view is again what it was without it. Raises `LedgerError`."""
        with self.store.transaction():
            row = next((r for r in self.store.rows(sql.JUDGEMENTS) if r[0] == judgement), None)
            if row is None:
                raise LedgerError(self.store.path, f"no judgement {judgement!r}; `memcon judgements` lists them (a rule's merge is parted with `memcon different`)")
            if row[8] is not None:
                raise LedgerError(self.store.path, f"{judgement} was withdrawn already")
            self.store.run(sql.ADD_WITHDRAWAL, judgement, why, now())
            Upkeep(self.store).judge(row[3], row[4], row[1])

    @_sound
    def judgements(self) -> Records[JudgementRow]:
        """All judgements that persons made, with those withdrawn."""
        return Records(JudgementRow(id=r[0], family=r[1], verdict=r[2], a=r[3], b=r[4], why=r[5], by=r[6], made=r[7], withdrawn=r[8]) for r in self.store.rows(sql.JUDGEMENTS))

    def _claim_of(self, identifier: str) -> tuple[str, str]:
        """Family and first claim of a thing, a spelling (p-…) or a claim itself."""
        match = _ID.fullmatch(identifier)
        family = next((f for f, letter in view.LETTERS.items() if match and letter == match[2]), None)
        claim = None
        if match and match[1]:
            row = self.store.row(sql.CLAIM, identifier)
            claim = identifier if row and self.store.row(sql.IS_LIVE, row[1]) else None
        elif family == "people":
            row = self.store.row(sql.FIRST_CLAIM_OF_NODE, identifier)
            claim = row[0] if row else None
        elif match:
            # A thing that has grown since keeps answering to the id of every claim in it.
            claim = f"c{identifier}" if self.store.row(sql.EVENT, f"c{identifier}") else None
        if family is None or claim is None:
            raise LedgerError(self.store.path, f"nothing in it has the id {identifier!r}")
        return family, claim

    @_sound
    def thing_of(self, identifier: str) -> str:
        """The id of the thing that a claim was joined into."""
        family, claim = self._claim_of(identifier)
        if family == "people":
            node = self.store.rows(sql.PERSON_CLAIM, claim)[0][0]
            return str(self.store.rows(sql.NODE, node)[0][1])
        return str(self.store.rows(sql.EVENT, claim)[0][0])

    # -- lists --------------------------------------------------------------------------------------------------------

    @_sound
    def visits(self, **filters: Any) -> Records[view.VisitThing]:
        """Visits, the newest first. Filters: see `find`."""
        return Records(self._things("visits", view.VisitThing, **filters))

    @_sound
    def meetings(self, **filters: Any) -> Records[view.MeetingThing]:
        """Meetings, the newest first. Filters: see `find`."""
        return Records(self._things("meetings", view.MeetingThing, **filters))

    @_sound
    def agreements(self, **filters: Any) -> Records[view.AgreementThing]:
        """Agreements, the newest first. Filters: see `find`."""
        return Records(self._things("agreements", view.AgreementThing, **filters))

    @_sound
    def statements(self, **filters: Any) -> Records[view.StatementThing]:
        """Statements, the newest first. Filters: see `find`; ``act`` is their kind."""
        return Records(self._things("statements", view.StatementThing, **filters))

    def find(
        self, family: str, *, person: str | None = None, body: str | None = None, country: str | None = None, pair: str | None = None, kind: str | None = None,
        act: str | None = None, status: str | None = None, since: str | None = None, until: str | None = None, outlet: str | None = None,
        language: str | None = None, text: str | None = None, document: str | None = None, planned: bool = False, limit: int | None = None,
    ) -> list[str]:  # fmt: skip
        """Ids of the things of a family (visits, meetings, agreements, statements) that pass every filter, the newest first.

        ``person`` is an id or a name, ``country`` an ISO code or a name, ``pair`` two of them ("KH-VN"), ``since`` and
        ``until`` EDTF days, months or years (both included), ``text`` words of the reports, ``act`` that of a statement. Raises `LedgerError` for a
        filter that nothing can pass by mistake (an unknown country, an id that is not there).
        """
        if act and family != "statements":
            return []
        for value in (since, until):
            if value is not None and span(value) is None:
                raise LedgerError(self.store.path, f"{value!r} is no date: write 2024-03-12, 2024-03 or 2024")
        wanted: list[tuple[str, set[str]]] = []
        for name, value in (("kind", kind), ("kind", act), ("status", status), ("outlet", fold(outlet) if outlet else None), ("planned", "yes" if planned else None)):
            if value:
                wanted.append((name, {value}))
        if body:
            wanted.append(("body", {body_key(body)}))
        if country:
            wanted.append(("country", {self._country(country)}))
        if pair:
            wanted.append(("pair", {self._pair(pair)}))
        if person:
            wanted.append(("person", self._nodes(person)))
        if document:
            wanted.append(("document", {self._document(document)}))
        low, high = since or "", (until or "9") + "~"
        if text or language:
            wanted.append(("document", self._documents_with(text, language)))
        return self._matching(family, wanted, low, high, limit or _ALL)

    def _matching(self, family: str, wanted: list[tuple[str, set[str]]], low: str, high: str, limit: int) -> list[str]:
        """Walk the narrowest filter's index, newest first, and test the others thing by thing."""
        wanted = sorted(wanted, key=lambda w: (len(w[1]) > 50, ("pair", "person", "document", "body", "country", "outlet", "kind", "status", "planned").index(w[0])))
        if not wanted:
            return [r[0] for r in self.store.rows(sql.DATED + " LIMIT ?", family, low, high, limit)]
        facet, allowed = wanted[0]
        cap = limit if len(wanted) == 1 and len(allowed) == 1 else _ALL
        rows = [r for v in sorted(allowed) for r in self.store.rows(sql.FACETED + " LIMIT ?", family, facet, v, low, high, cap)]
        found: list[str] = []
        for thing, day in sorted(sorted(set(rows)), key=lambda r: r[1], reverse=True):
            if all(any(self.store.row(sql.IN_FACET, family, f, v, day, thing) for v in sorted(vs)) for f, vs in wanted[1:]):
                found.append(thing)
                if len(found) >= limit:
                    break
        return found

    def _things(self, family: str, record: type[T], /, **filters: Any) -> Iterator[T]:
        for identifier in self.find(family, **filters):
            yield self._read(identifier, record)

    def _read(self, identifier: str, kind: type[T]) -> T:
        row = self.store.row(sql.THING, identifier)
        if row is None:
            raise LedgerError(self.store.path, f"nothing in it has the id {identifier!r}")
        return self._named(msgspec.json.decode(row[3], type=kind))

    def _named(self, thing: T) -> T:
        """A thing with people's ids in place of the spellings' that are stored."""
        changes = {
            f.name: [msgspec.structs.replace(p, id=self._person_of(p.id)) for p in value]
            for f in msgspec.structs.fields(thing)  # type: ignore[arg-type]
            if isinstance(value := getattr(thing, f.name), list) and value and isinstance(value[0], view.Participant)
        }
        return msgspec.structs.replace(thing, **changes) if changes else thing  # type: ignore[type-var]

    def _person_of(self, ref: str) -> str:
        row = self.store.row(sql.NODE, ref) if ref.startswith("p-") else None
        return str(row[1]) if row else ref

    def _country(self, text: str) -> str:
        code = text.upper() if places.country(text.upper()) else places.country_of_name(text) or places.country_of_demonym(text)
        if code is None:
            raise LedgerError(self.store.path, f"no country {text!r}: give its ISO code or its name")
        return code

    def _pair(self, text: str) -> str:
        ends = [x for x in re.split(r"\s*[-,/–]\s*", text.strip()) if x]
        if len(ends) != 2:
            raise LedgerError(self.store.path, f"no pair {text!r}: give two countries, as KH-VN")
        return "-".join(sorted(self._country(x) for x in ends))

    def _nodes(self, person: str) -> set[str]:
        """The spellings of the people that an id or a name means."""
        if _ID.fullmatch(person):
            return set(self.store.column(sql.NODES_OF_PERSON, self.thing_of(person)))
        return {n for p in self.people_named(person) for n in self.store.column(sql.NODES_OF_PERSON, p)}

    def people_named(self, name: str) -> list[str]:
        """Ids of the people with a spelling that holds all parts of ``name``, marks and order aside."""
        found: set[str] | None = None
        for part in parts(name):
            nodes = set(self.store.column(sql.NODES_BY_WORD, part))
            found = nodes if found is None else found & nodes
        return sorted({self._person_of(n) for n in found or ()})

    def _documents_with(self, text: str | None, language: str | None) -> set[str]:
        found = set(self.store.column(sql.MATCHING, _match(text))) if text else set(self.store.column(sql.ALL_LIVE))
        if language:
            found = {d for d in found if (r := self.store.row(sql.DOCUMENT_META, d)) and r[4] == language}
        return found

    @_sound
    def people(self, *, person: str | None = None, body: str | None = None, country: str | None = None, limit: int | None = None, **filters: Any) -> Records[PersonThing]:
        """People, the most reported first. ``person`` is an id or a name, ``body`` where a post is, ``country`` a code or a name.

        Other filters are those of `find`: with a pair, kind, act or status, people who took part in such a thing; with an
        outlet, language, text or days alone, people whom such reports name.
        """
        if person:
            ids = [self.thing_of(person)] if _ID.fullmatch(person) else self.people_named(person)
        else:
            ids = [r[0] for r in self.store.rows(sql.PEOPLE, _ALL if country or body or filters else limit or _ALL)]
        given = {k: v for k, v in filters.items() if v is not None}
        if given:
            there = self._people_of(given)
            ids = [i for i in ids if i in there]
        code = self._country(country) if country else None
        found = (self._person(i) for i in ids)
        passing = (p for p in found if (code is None or p.country == code) and (body is None or self._has_post_in(p.id, body)))
        return Records(islice(passing, limit or None))

    def _people_of(self, filters: dict[str, Any]) -> set[str]:
        """People who took part in the things that pass filters, or whom the reports that pass them name."""
        if set(filters) <= {"outlet", "language", "text", "since", "until"}:
            return {self._person_of(n) for d in self._documents_where(**filters) for _, n in self.store.rows(sql.PERSON_CLAIMS_OF, d)}
        found: set[str] = set()
        for family in view.RECORDS:
            for thing in self._things(family, view.THINGS[family], **filters):
                found |= {p.id for f in ("visitors", "hosts", "guests", "signers", "speakers", "addressees") for p in getattr(thing, f, ())}
        return found

    def _has_post_in(self, person: str, body: str) -> bool:
        return any(_in_body(b, body) for n in self.store.column(sql.NODES_OF_PERSON, person) for _, b, _ in self.store.rows(sql.NODE_OFFICES, n))

    def _documents_where(
        self, *, outlet: str | None = None, language: str | None = None, text: str | None = None, since: str | None = None, until: str | None = None
    ) -> list[str]:
        """Reports of an outlet or language, with words, published between days."""
        found = set(self.store.column(sql.MATCHING, _match(text))) if text else None
        low, high, dated = since or "", (until or "9") + "~", since or until
        return [
            d for d, o, lang, day in self.store.rows(sql.LIVE_META)
            if (found is None or d in found) and (outlet is None or fold(o or "") == fold(outlet)) and (language is None or lang == language)
            and (not dated or low <= (day or self._day_of(d) or "") <= high)
        ]  # fmt: skip

    def _person(self, identifier: str) -> PersonThing:
        nodes = self.store.column(sql.NODES_OF_PERSON, identifier)
        rows = [self.store.rows(sql.NODE, n)[0] for n in nodes]
        forms = [(f, n) for x in nodes for f, whole, n in self.store.rows(sql.NODE_FORMS, x) if whole]
        said: dict[str, int] = {}
        inferred: dict[str, int] = {}
        for _, _, country, guess, n in rows:
            for side, found in ((country, said), (guess, inferred)):
                if side:
                    found[side] = found.get(side, 0) + n
        sides = said or inferred
        offices = sorted({(t, b) for x in nodes for t, b, _ in self.store.rows(sql.NODE_OFFICES, x)})
        return PersonThing(
            id=identifier, name=min(forms, key=lambda f: (-len(f[0].split()), -sum(not c.isascii() for c in f[0]), -f[1], f[0]))[0],
            spellings=sorted({f for f, _ in forms}), country=min(sides, key=lambda c: (-sides[c], c), default=None),
            posts=[f"{t} of {b}" if b else t for t, b in offices], reports=sum(r[4] for r in rows), merges=self._merges(identifier),
        )  # fmt: skip

    def _merges(self, identifier: str) -> list[view.Merge]:
        return [view.Merge(a=a, b=b, score=s, reason=r, by=by) for a, b, s, r, by in self.store.rows(sql.MERGES_OF, identifier)]

    @_sound
    def posts(self, *, person: str | None = None, body: str | None = None, on: str | None = None, limit: int | None = None, **filters: Any) -> Records[Occupancy]:
        """Posts as reported. ``on`` keeps those that reports of about that day (a year around) give; other filters as `people`."""
        everyone = self.people(person=person, body=body, **filters)
        found = (o for p in everyone for o in self._occupancies(p, on) if body is None or _in_body(o.organization, body))
        return Records(islice(found, limit or None))

    @_sound
    def who(self, name: str, on: str | None = None) -> Records[Occupancy]:
        """The posts that people of that name held on a day (EDTF), by the reports nearest to it. Raises `LedgerError` for an unknown name."""
        if on is not None and span(on) is None:
            raise LedgerError(self.store.path, f"{on!r} is no date: write 2024-03-12, 2024-03 or 2024")
        known = self.people(person=name)
        if not known:
            raise LedgerError(self.store.path, f"no person called {name!r} in it")
        return Records(o for p in known for o in self._occupancies(p, on))

    def _occupancies(self, person: PersonThing, on: str | None) -> list[Occupancy]:
        """A person's posts, claims of one post together; with ``on``, by the reports of about that day."""
        target = span(on)
        said: dict[tuple[str, str | None], list[_Given]] = {}
        for node in self.store.column(sql.NODES_OF_PERSON, person.id):
            for claim, document, body, report, outlet, published in self.store.rows(sql.POSTS_OF_NODE, node):
                seen = span(published)
                if target and seen and (seen[1] < target[0] - _NEAR or seen[0] > target[1] + _NEAR):
                    continue
                day = published or self._day_of(document)
                if target and not seen and ((told := span(day)) is None or told[1] < target[0] - _NEAR or told[0] > target[1] + _NEAR):
                    continue
                for p in msgspec.json.decode(body, type=Person).positions:
                    said.setdefault((p.title, p.organization), []).append(_Given(day, claim, document, report, outlet, published, p.evidence.start, p.evidence.end))
        groups: list[list[tuple[str, str | None]]] = []
        for office in said:
            group = next((g for g in groups if any(same_office(office, x) for x in g)), None)
            if group is None:
                groups.append([office])
            else:
                group.append(office)
        return [self._occupancy(person, {o: said[o] for o in g}) for g in groups]

    def _occupancy(self, person: PersonThing, said: dict[tuple[str, str | None], list[_Given]]) -> Occupancy:
        uses = sorted(((g, o) for o, gs in said.items() for g in gs), key=lambda x: (x[0].day or "9", x[0].report, x[1][0], x[0].start))
        days = sorted({g.day for g, _ in uses if g.day})
        documents = sorted({g.document for g, _ in uses})
        origin = copies.origins({d: self.store.rows(sql.SKETCH, d)[0][0] for d in documents[:_COMPARED]})
        shown = [*uses[: _QUOTED // 2], *uses[-_QUOTED // 2 :]] if len(uses) > _QUOTED else uses
        (title, organization) = uses[-1][1]
        return Occupancy(
            person=person.id, name=person.name, title=title, organization=organization, first=days[0] if days else None, last=days[-1] if days else None,
            witnesses=copies.independent(documents, origin), sources=[self._words(g) for g, _ in shown],
        )  # fmt: skip

    def _words(self, g: _Given) -> view.Quotation:
        quote = self.store.rows(sql.WORDS_AT, g.start, g.end - g.start, g.document)[0][0]
        return view.Quotation(document=g.document, report=g.report, claim=g.claim, start=g.start, end=g.end, quote=quote, outlet=g.outlet, published=g.published)

    def _day_of(self, document: str) -> str | None:
        """The day of a report: its publication, else the day of what it tells, as its reports decide it together."""
        meta = self.store.rows(sql.DOCUMENT_META, document)[0]
        if meta[5]:
            return str(meta[5])
        days: set[str] = set()
        for family, field in (("meetings", "date"), ("visits", "start"), ("agreements", "signed")):
            for claim, _ in self.store.rows(sql.EVENTS_OF, document, family):
                thing = self.store.rows(sql.EVENT, claim)[0][0]
                body = self.store.rows(sql.THING, thing)[0][3]
                value = getattr(msgspec.json.decode(body, type=view.THINGS[family]), field)
                if value and parse(value)[0]:
                    days.add(value)
        return max(days, key=lambda d: (len(d), d), default=None)

    @_sound
    def plans(self, *, limit: int | None = None, **filters: Any) -> Records[Plan]:
        """What was announced, and what became of it; the open ones first, by their day. Filters as `find`; ``status`` is the outcome's."""
        found: list[Plan] = []
        for family in ("visits", "meetings", "agreements"):
            kind = view.THINGS[family]
            found.extend(_plan(family, thing) for thing in self._things(family, kind, planned=True, limit=limit, **filters))
        return Records(sorted(found, key=lambda p: (p.outcome != "unknown", p.planned_for is None, p.planned_for or "", p.id))[: limit or None])

    @_sound
    def conflicts(self, *, limit: int | None = None, **filters: Any) -> Records[ConflictRow]:
        """Every field on which reports differ, with each value, its words and its independent witnesses. Filters as `find`, on the things."""
        if any(v is not None for v in filters.values()):
            things = [t for family in view.RECORDS for t in self.find(family, **filters)]
            rows = [r for t in things for r in self.store.rows(sql.CONFLICTS_OF, t)]
        else:
            rows = self.store.rows(sql.ALL_CONFLICTS, limit or _ALL)
        found = [(t, msgspec.json.decode(b, type=view.Conflict)) for t, _, b in rows[: limit or None]]
        return Records(ConflictRow(id=t, field=c.field, values=c.values) for t, c in found)

    @_sound
    def issues(self, *, kind: str | None = None, limit: int | None = None, **filters: Any) -> Records[IssueRow]:
        """Doubts: inputs that could not be read (``kind`` unreadable), those of single reports, days on which reports contradict each other (``kind`` contradiction), and things that may be one with others (``unsure``).

        ``kind`` is the doubt's; other filters are those of `find`.
        """
        given = {k: v for k, v in filters.items() if v is not None}
        only = self._doubted(given) if given else None
        found = (
            *self._contradictions(),
            *(IssueRow(id=digest(t, o), report="", kind="unsure", message=_unsure(o), things=[t, *o.split()]) for t, o in self.store.rows(sql.ALL_UNSURE, _ALL)),
            *(IssueRow(id=i, report=name, kind=k, message=m, things=[d]) for i, name, k, m, d, b in self.store.rows(sql.LIVE_ISSUES) if k != "date" or not self._settled(d, b)),
        )
        if only is None and kind in (None, "unreadable"):
            unread = [IssueRow(id=digest(x.name, x.why), report=x.name, kind="unreadable", message=x.why) for x in self.skipped(kind="unreadable")]
            found = (*found, *unread)
        passing = (x for x in found if (kind is None or x.kind == kind) and (only is None or not only.isdisjoint(x.things)))
        return Records(islice(passing, limit or None))

    def _settled(self, document: str, body: bytes) -> bool:
        """Whether a day that a report alone left open is decided by several together."""
        spans = [Span(*x) for x in msgspec.json.decode(body, type=Issue).spans]
        days = []
        for claim, _ in self.store.rows(sql.EVENTS_OF, document, "meetings"):
            record = msgspec.json.decode(self.store.rows(sql.CLAIM, claim)[0][4], type=Meeting)
            if any(Span(*x).start < s.end and s.start < Span(*x).end for x in record.evidence.fields.get("date", []) for s in spans):
                days.append(self._read(self.thing_of(claim), view.MeetingThing).date)
        return bool(days) and all(span(d) and len(d or "") == 10 for d in days)

    def _contradictions(self) -> Iterator[IssueRow]:
        for family in view.RECORDS:
            for thing in self.store.column(sql.DOUBTFUL, family):
                body = msgspec.json.decode(self.store.rows(sql.THING, thing)[0][3], type=view.THINGS[family])
                reports = ", ".join(sorted({q.report for q in body.sources}))
                yield from (IssueRow(id=digest(thing, d), report=reports, kind="contradiction", message=f"{thing}: {d}", things=[thing]) for d in body.doubts)

    def _doubted(self, filters: dict[str, Any]) -> set[str]:
        """Reports and things that pass filters."""
        if set(filters) <= {"outlet", "language", "text", "since", "until"}:
            found = set(self._documents_where(**filters))
            things = (t for d in found for f in view.RECORDS for c, _ in self.store.rows(sql.EVENTS_OF, d, f) for t in (self.thing_of(c),))
            return found | set(things)
        found = set()
        for family in view.RECORDS:
            for thing in self._things(family, view.THINGS[family], **filters):
                found |= {thing.id, *(q.document for q in thing.sources)}
        return found

    @_sound
    def show(self, identifier: str) -> PersonThing | view.Thing | DocumentRow:
        """One thing whole, by its id, the id of one of its claims, a report's name, or the name of one person. Raises `LedgerError`."""
        if not _ID.fullmatch(identifier):
            named = [] if self.store.named(sql.DOCUMENTS_LIKE, it=identifier) else self.people_named(identifier)
            if len(named) == 1:
                return self._person(named[0])
            if named:
                raise LedgerError(self.store.path, f"{identifier!r} may be {', '.join(f'{p} ({self._person(p).name})' for p in named[:5])}: give the id")
            row = self.store.rows(sql.DOCUMENT_META, self._document(identifier))[0]
            return DocumentRow(id=row[0], name=row[1], outlet=row[2], published=row[5], excerpt=self.store.rows(sql.TEXT, row[0])[0][1])
        family, _ = self._claim_of(identifier)
        thing = self.thing_of(identifier)
        return self._person(thing) if family == "people" else self._read(thing, view.THINGS[family])

    @_sound
    def said_at(self, meeting: view.MeetingThing) -> Records[view.StatementThing]:
        """What was said at a meeting: statements of its reports whose speakers and addressees all took part."""
        there = {p.id for p in (*meeting.hosts, *meeting.guests)}
        found = {s.id: s for q in meeting.sources for s in self.statements(document=q.document)}
        return Records(s for _, s in sorted(found.items()) if {p.id for p in (*s.speakers, *s.addressees)} <= there)

    @_sound
    def claims_of(self, person: str) -> list[tuple[str, str]]:
        """The claims (id, report) of a person."""
        found = [r for n in self.store.column(sql.NODES_OF_PERSON, self.thing_of(person)) for r in self.store.rows(sql.CLAIMS_OF_NODE, n)]
        return sorted((c, str(self.store.rows(sql.DOCUMENT_META, d)[0][1])) for c, d, _ in found)

    @_sound
    def search(self, words: str, limit: int = 20) -> Records[DocumentRow]:
        """Reports that hold all of the words, marks and case aside, the last added first. Raises `LedgerError` without a word."""
        match = _match(words)
        if not match:
            raise LedgerError(self.store.path, "give a word to search for")
        rows = self.store.rows(sql.SEARCH, match, limit)
        return Records(DocumentRow(id=r[0], name=r[1], outlet=r[2], published=r[3], excerpt=_excerpt(r[4], words)) for r in rows)

    @_sound
    def documents(self) -> list[str]:
        """Ids of the reports in it, in the order of adding."""
        return [str(x) for x in self.store.column(sql.ALL_LIVE)]

    @_sound
    def dump(self) -> bytes:
        """The whole view in one canonical form: two ledgers with the same reports and judgements give the same bytes."""
        lines: list[bytes] = []
        everyone = sorted(str(r[0]) for r in self.store.rows(sql.ALL_PEOPLE))
        lines += [msgspec.json.encode([person, self._person(person)]) for person in everyone]
        for identifier, family, day, visit, body in self.store.rows(sql.ALL_THINGS):
            thing = self._named(msgspec.json.decode(body, type=view.THINGS[family]))
            lines.append(msgspec.json.encode([identifier, family, day, visit, thing]))
        lines += [msgspec.json.encode(r) for r in (*self.conflicts(), *self.issues())]
        return b"\n".join(lines) + b"\n"

    @_sound
    def rebuild(self) -> None:
        """Make everything derived anew from the log."""
        with self.store.transaction():
            Upkeep(self.store).rebuild()


def _one_by_one(items: Iterator[Outcome | Added]) -> Iterator[Any]:
    """The engine in this process."""
    from memcon.run import read_document

    for item in items:
        if not isinstance(item, Document):
            yield item
            continue
        try:
            yield item, read_document(item)
        except Exception as error:  # noqa: BLE001 — the edge: one report's defect must not stop the others (design, rule 7)
            yield ReadingFailed(item.path or item.id, f"memcon failed on it ({type(error).__name__}: {error}); please report this")


def document_id(document: Document) -> str:
    """The id of a report: a hash of its text and of what its reader says of it."""
    return "d-" + digest(document.text, document.outlet, document.url, document.published)


def claim_id(document: str, kind: str, number: int, record: msgspec.Struct) -> str:
    """The id of a claim: a hash of its report and all it says."""
    return f"c{view.LETTERS[kind]}-" + digest(document, kind, str(number), msgspec.json.encode(record).decode())


def _match(words: str | None) -> str:
    """Words as a query of the index: each must stand in the report, as a whole word or the start of one if it ends in *."""
    tokens = re.findall(r"[^\W_]+\*?", latin(fold(words or "")))
    return " ".join(f'"{t.rstrip("*")}"' + ("*" if t.endswith("*") else "") for t in tokens)


def _excerpt(text: str, words: str) -> str:
    """About 160 characters around the first of the words."""
    tokens = re.findall(r"[^\W_]+", latin(fold(words)))
    flat = " ".join(text.split())
    folded = fold.__wrapped__(flat)
    at = min((i for t in tokens if (i := folded.find(t)) >= 0), default=0) if len(folded) == len(flat) else 0
    start = max(0, at - 60)
    return ("…" if start else "") + flat[start : start + 160] + ("…" if start + 160 < len(flat) else "")


def _unsure(others: str) -> str:
    return f"{others.replace(' ', ' and ')} may be one, but other candidates speak against it: judge with `memcon same`"


def _in_body(organization: str | None, body: str) -> bool:
    """Whether a post's body is the one that somebody asks for, or its name holds the words asked for."""
    return organization is not None and organization != "" and (body_key(organization) == body_key(body) or fold(body) in fold(organization))


def _plan(family: str, thing: view.Thing) -> Plan:
    """A plan with its outcome: what a later report shows, or unknown."""
    names = [p.name for f in ("visitors", "guests", "hosts", "signers") for p in getattr(thing, f, [])]
    when = next((v for f in ("date", "start", "signed") if (v := getattr(thing, f, None))), None)
    return Plan(id=thing.id, family=family, kind=thing.kind, who=names, planned_for=when, outcome="unknown" if thing.status == "planned" else thing.status, history=thing.history)



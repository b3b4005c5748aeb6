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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import wraps
from itertools import chain, groupby, islice
from typing import Any, Final, Self, TypeVar, cast

import msgspec

from memcon import constraints, holding, renewal, view
from memcon.errors import MemconError, ReadingFailed, one_line, shown
from memcon.finding import ID, RARE, Finder, Question, matching, merged
from memcon.langs.fold import fold
from memcon.ledger import sql
from memcon.ledger.store import LedgerError, NoSuchThing, Store, now
from memcon.model import Document, Mark, Memorandum, Person, Record
from memcon.read.expand import Outcome, SetAside
from memcon.read.files import Source
from memcon.read.reader import Passed
from memcon.resolve import bodies, copies
from memcon.resolve.latin import latin
from memcon.resolve.offices import body_key
from memcon.resolve.people import digest
from memcon.resolve.times import span
from memcon.rows import (
    Added,
    BodyThing,
    ConflictRow,
    DocumentRow,
    IssueRow,
    JudgementRow,
    Occupancy,
    Origin,
    PersonThing,
    Plan,
    Records,
    Report,
    Skipped,
)
from memcon.upkeep import Upkeep

__all__ = [
    "FAMILIES",
    "Added",
    "BodyThing",
    "ConflictRow",
    "DocumentRow",
    "Engine",
    "IssueRow",
    "JudgementRow",
    "Ledger",
    "Occupancy",
    "Origin",
    "PersonThing",
    "Plan",
    "Records",
    "Report",
    "Skipped",
]

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
FAMILIES: Final = ("people", "posts", "visits", "meetings", "statements", "agreements", "plans", "conflicts", "issues")
Engine = Callable[[Iterator[Any]], Iterator[Any]]
"""Reads documents: it is given outcomes of readers, and gives for each document the pair of it and its memorandum (or an error), all else as it is."""
AT_ONCE: Final = 1_000  # reports up to which a view is made anew in one transaction
DEFAULT_LEDGER: Final = "memcon.db"
COMMITMENTS: Final = "commitments"  # the family of judgements of what became of promises
_KINDS: Final = ("people", "visits", "meetings", "statements", "agreements")
_REPORTED: Final = frozenset(("outlet", "language", "text", "since", "until"))
"""Filters that ask for reports rather than for what took place."""


class _Teller(msgspec.Struct, frozen=True):
    report: str


class _Doubtful(msgspec.Struct, frozen=True):
    """Of a thing, what its contradictions need."""

    doubts: list[str]
    sources: list[_Teller]


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
                raise LedgerError(
                    self.store.path, f"the ledger is damaged ({type(error).__name__}: {error}); nothing was changed: restore a copy"
                ) from error
            raise

    return cast("F", asked)


def _asked(method: F) -> F:
    """A question: as `_sound`, and answered from the ledger of one moment, though others may be writing."""

    @wraps(method)
    def answered(self: Ledger, *args: Any, **kwargs: Any) -> Any:
        with self.store.snapshot():
            return method(self, *args, **kwargs)

    return cast("F", _sound(answered))


class Ledger:
    """A ledger of reports and what they say together. Use as a context manager; ``readonly`` changes nothing.

    What follows from the reports is made anew when a ledger that another memcon's rules joined is opened for writing (some 10 ms a report, of more than a
    thousand in slices: `memcon.renewal`); readers see what they saw until it is complete;
    ``renewing`` hears before each report how many are done, of how many. Opened only to be read, such a ledger shows what those rules joined: see `outdated`.
    """

    def __init__(
        self, path: str | os.PathLike[str] | None = None, *, readonly: bool = False, renewing: Callable[[int, int], None] | None = None
    ) -> None:
        where = path if path is not None else os.environ.get("MEMCON_LEDGER") or DEFAULT_LEDGER
        self.store = Store(where, writable=not readonly, create=not readonly)
        self._finder = Finder(self.store)
        self.renewed = False if readonly else self._renew(renewing)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    @property
    def outdated(self) -> bool:
        """Whether other rules than this memcon's joined what is shown."""
        return renewal.outdated(self.store)

    def _renew(self, told: Callable[[int, int], None] | None) -> bool:
        """Make the view anew where other rules (an older memcon) made it; whether there was anything to make anew."""
        if not renewal.outdated(self.store):
            return False
        if self.store.rows(sql.COUNT_DOCUMENTS)[0][0] > AT_ONCE:
            return renewal.renew(self.store, told) > 0
        with self.store.transaction():
            # Another process may have done it while this one waited.
            return renewal.outdated(self.store) and Upkeep(self.store).rebuild(told) > 0

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

    def keeping_read(self, items: Iterable[Any], *, together: int = 50) -> Iterator[Added | Skipped | MemconError]:
        """As `keeping`, of what was read elsewhere: pairs of a document and its memorandum, up to ``together`` in one transaction, and all else as readers give it."""
        for read, run in groupby(items, lambda item: isinstance(item, tuple)):
            if read:
                yield from self.keep_all(run, together=together)
            else:
                yield from self.keeping(run, engine=iter)

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
        rows = [
            (digest("issue", identifier, x.kind, x.message, str(x.spans)), identifier, x.kind, x.message, msgspec.json.encode(x)) for x in memo.issues
        ]
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
                raise LedgerError(
                    self.store.path, f"{a} and {b} are one thing: name two of its claims (c{family[0]}-…), which `memcon show {a}` lists"
                )
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
                raise LedgerError(
                    self.store.path, f"no judgement {judgement!r}; `memcon judgements` lists them (a rule's merge is parted with `memcon different`)"
                )
            if row[8] is not None:
                raise LedgerError(self.store.path, f"{judgement} was withdrawn already")
            self.store.run(sql.ADD_WITHDRAWAL, judgement, why, now())
            if row[1] != COMMITMENTS:
                Upkeep(self.store).judge(row[3], row[4], row[1])

    @_sound
    def judge_state(self, claim: str, verdict: str, day: str, why: str, by: str = "user") -> str:
        """Keep a person's judgement of what became of a commitment from a day on; the judgement's id, by which `undo` withdraws it. Raises `LedgerError`.

        It stands in the log of judgements as "this claim is the same as that state".
        """
        self._reason(why)
        with self.store.transaction():
            _, claim = self._claim_of(claim)
            state = f"{verdict}@{day}"
            active = next((r for r in self.store.rows(sql.ACTIVE_JUDGEMENTS) if r[1] == COMMITMENTS and r[3] == claim), None)
            if active is not None:
                raise LedgerError(self.store.path, f"judged already: {active[0]} says {active[4]} ({active[5]}); `memcon undo {active[0]}` first")
            made = now()
            identifier = "j-" + digest(state, claim, why, by, made, str(len(self.store.rows(sql.JUDGEMENTS))))
            self.store.run(sql.ADD_JUDGEMENT, identifier, COMMITMENTS, "same", claim, state, why, by, made)
        return identifier

    @_asked
    def judged_states(self, claims: Collection[str]) -> list[JudgementRow]:
        """The judgements, not withdrawn, of what became of commitments, by the claims that make them; ``verdict`` is "done@2024-03-12"."""
        return [
            JudgementRow(id=r[0], family=r[1], verdict=r[4], a=r[3], b="", why=r[5], by=r[6], made=r[7], withdrawn=None)
            for r in self.store.rows(sql.ACTIVE_JUDGEMENTS)
            if r[1] == COMMITMENTS and r[3] in claims
        ]

    @_asked
    def judgements(self) -> Records[JudgementRow]:
        """All judgements that persons made, with those withdrawn."""
        return Records(
            JudgementRow(
                id=r[0], family=r[1], verdict=r[4] if r[1] == COMMITMENTS else r[2], a=r[3], b="" if r[1] == COMMITMENTS else r[4], why=r[5], by=r[6],
                made=r[7], withdrawn=r[8],
            )
            for r in self.store.rows(sql.JUDGEMENTS)
        )

    def _claim_of(self, identifier: str) -> tuple[str, str]:
        """Family and first claim of a thing, a spelling (p-…) or a claim itself."""
        match = ID.fullmatch(identifier)
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
            raise NoSuchThing(self.store.path, f"nothing in it has the id {identifier!r}")
        return family, claim

    @_asked
    def people_named(self, name: str) -> list[str]:
        """Ids of the people with a spelling that holds all parts of ``name``, marks and order aside."""
        return self._finder.people_named(name)

    @_asked
    def thing_of(self, identifier: str) -> str:
        """The id of the thing that a claim was joined into."""
        family, claim = self._claim_of(identifier)
        if family == "people":
            node = self.store.rows(sql.PERSON_CLAIM, claim)[0][0]
            return str(self.store.rows(sql.NODE, node)[0][1])
        return str(self.store.rows(sql.EVENT, claim)[0][0])

    # -- lists --------------------------------------------------------------------------------------------------------

    @_asked
    def visits(self, **filters: Any) -> Records[view.VisitThing]:
        """Visits, the newest first. Filters: see `find`."""
        return Records(self._things("visits", view.VisitThing, **filters))

    @_asked
    def meetings(self, **filters: Any) -> Records[view.MeetingThing]:
        """Meetings, the newest first. Filters: see `find`."""
        return Records(self._things("meetings", view.MeetingThing, **filters))

    @_asked
    def agreements(self, **filters: Any) -> Records[view.AgreementThing]:
        """Agreements, the newest first. Filters: see `find`."""
        return Records(self._things("agreements", view.AgreementThing, **filters))

    @_asked
    def statements(self, **filters: Any) -> Records[view.StatementThing]:
        """Statements, the newest first. Filters: see `find`; ``act`` is their kind."""
        return Records(self._things("statements", view.StatementThing, **filters))

    def each(self, family: str, **filters: Any) -> Iterator[Any]:
        """The records of a list (one of `FAMILIES`) one at a time, so that of long lists not all stand in memory. Filters as of the list."""
        found = self._each(family, **filters)
        while (record := self._next(found)) is not None:
            yield record

    def _each(self, family: str, *, limit: int | None = None, **filters: Any) -> Iterator[Any]:
        if family in view.THINGS:
            return self._things(family, view.THINGS[family], limit=limit, **filters)
        if family == "people":
            return islice(self._people(**filters), limit or None)
        if family == "posts":
            return islice(self._posts(**filters), limit or None)
        if family not in FAMILIES:
            raise ValueError(f"no list {family!r}: one of {', '.join(FAMILIES)}")
        return iter(getattr(self, family)(limit=limit, **filters))

    @_sound
    def _next(self, found: Iterator[T]) -> T | None:
        return next(found, None)

    def snapshot(self) -> AbstractContextManager[None]:
        """All that is asked inside sees the ledger at one moment, however many reports are added meanwhile."""
        return self.store.snapshot()

    @_asked
    def find(self, family: str, *, act: str | None = None, limit: int | None = None, document: str | None = None, **filters: Any) -> list[str]:
        """Ids of the things of a family (visits, meetings, agreements, statements) that pass every filter, the newest first.

        Filters: ``person`` an id or a name; ``body`` a body's name, those that are part of it included; ``country`` an ISO code or a name,
        ``pair`` two of them ("KH-VN"); ``kind``; ``act`` that of a statement; ``status``; ``topic`` one of the codebook's; ``since`` and ``until`` EDTF days, months or years (both
        included); ``outlet``; ``language``; ``text`` words of the reports; ``document`` a report. Raises `LedgerError` for a filter that nothing can
        pass by mistake (an unknown country, an id that is not there).
        """
        return [thing for thing, _ in islice(self._found(family, act=act, document=document, **filters), limit or None)]

    def _found(self, family: str, *, act: str | None = None, document: str | None = None, **filters: Any) -> Iterator[tuple[str, str]]:
        """Ids and days of the things that pass filters, the newest first."""
        question = self._finder.question(act=act, document=self._document(document) if document else None, **filters)
        return iter(()) if act and family != "statements" else self._finder.find(family, question)

    def _things(self, family: str, record: type[T], /, **filters: Any) -> Iterator[T]:
        limit = filters.pop("limit", None)
        for identifier, _ in islice(self._found(family, **filters), limit or None):
            yield self._read(identifier, record)

    def _read(self, identifier: str, kind: type[T]) -> T:
        row = self.store.row(sql.THING, identifier)
        if row is None:
            raise LedgerError(self.store.path, f"nothing in it has the id {identifier!r}")
        return self._named(msgspec.json.decode(row[3], type=kind))

    def _named(self, thing: T) -> T:
        """A thing with people's ids in place of the spellings' that are stored."""
        changes = {
            name: [msgspec.structs.replace(p, id=self._finder.person_of(p.id)) for p in value]
            for name in thing.__struct_fields__  # type: ignore[attr-defined]
            if isinstance(value := getattr(thing, name), list) and value and isinstance(value[0], view.Participant)
        }
        return msgspec.structs.replace(thing, **changes) if changes else thing  # type: ignore[type-var]

    @_asked
    def people(
        self, *, person: str | None = None, body: str | None = None, country: str | None = None, limit: int | None = None, **filters: Any
    ) -> Records[PersonThing]:
        """People, the most reported first. ``person`` is an id or a name, ``body`` where a post is (its parts included), ``country`` a code or a name.

        Other filters are those of `find`: with a pair, kind, act or status, people who took part in such a thing; with an
        outlet, language, text or days alone, people whom such a report names.
        """
        return Records(islice(self._people(person, body, country, **filters), limit or None))

    def _people(self, person: str | None = None, body: str | None = None, country: str | None = None, **filters: Any) -> Iterator[PersonThing]:
        """People one by one: those that the narrowest condition gives, tested by the others."""
        given = {k: v for k, v in filters.items() if v is not None}
        code = self._finder.country(country) if country else None
        ids, left = self._candidates(person, body, code, given)
        for identifier in ids:
            if (not left or self._took_part(identifier, left)) and (code is None or (self.store.row(sql.PERSON, identifier) or (0, None))[1] == code):
                yield self._person(identifier)

    def _candidates(self, person: str | None, body: str | None, code: str | None, given: dict[str, Any]) -> tuple[Iterable[str], dict[str, Any]]:
        """People, the most reported first, and the filters that are still to be tested on them."""
        found: set[str] | None = None
        if person:
            found = {self.thing_of(person)} if ID.fullmatch(person) else set(self._finder.people_named(person))
        if body:
            nodes = {n for b in self._finder.bodies(body) for n in self.store.column(sql.NODES_IN_BODY, b)}
            there = {self._finder.person_of(n) for n in nodes}
            found = there if found is None else found & there
        if found is None and given:
            found = self._few_people(given)
            given = given if found is None else {}
        if found is not None:
            return sorted(found, key=lambda p: (-(self.store.row(sql.PERSON, p) or (0,))[0], p)), given
        walk = self.store.walk(sql.PEOPLE_OF_COUNTRY, code) if code else self.store.walk(sql.PEOPLE)
        return (r[0] for r in walk), given

    def _few_people(self, given: dict[str, Any]) -> set[str] | None:
        """The people of the few things, or reports, that pass filters; None where those are many."""
        if set(given) <= _REPORTED:
            documents = self._few_documents(**given)
            if documents is None:
                return None
            return {self._finder.person_of(n) for d in documents for _, n in self.store.rows(sql.PERSON_CLAIMS_OF, d)}
        families = self._families(given)
        if not all(self._finder.few(f, q) for f, q in families):
            return self._finder.people_in(families)
        things = (t for f, q in families for t, _ in self._finder.find(f, q))
        return {self._finder.person_of(n) for t in things for n in self.store.column(sql.FACETS_OF, t, "person")}

    def _families(self, given: dict[str, Any]) -> list[tuple[str, Question]]:
        """The question that filters are to each family of things."""
        return [(f, self._finder.question(**given)) for f in view.RECORDS if f == "statements" or "act" not in given]

    def _few_documents(self, **given: Any) -> set[str] | None:
        """The reports that pass filters on reports, where one filter leaves but a few; else None."""
        self._finder.check_days(given.get("since"), given.get("until"))
        sets = []
        if given.get("text"):
            sets.append(self._finder.documents_with(matching(given["text"]), None))
        for field, statement, value in (
            ("outlet", sql.LIVE_OF_OUTLET, fold(given.get("outlet") or "")),
            ("language", sql.LIVE_OF_LANGUAGE, given.get("language")),
        ):
            if given.get(field):
                found = self.store.column(statement, value, RARE + 1)
                sets.append(None if len(found) > RARE else set(found))
        if given.get("since") or given.get("until"):
            found = self.store.column(sql.LIVE_BETWEEN, given.get("since") or "", (given.get("until") or "9") + "~", RARE + 1)
            sets.append(None if len(found) > RARE else set(found))
        few = [s for s in sets if s is not None]
        return {d for d in min(few, key=len) if self._passes(d, **given)} if few else None

    def _passes(
        self,
        document: str,
        *,
        outlet: str | None = None,
        language: str | None = None,
        text: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> bool:
        """Whether a report is of an outlet, in a language, between days, and holds words."""
        live = self.store.row(sql.LIVE, document)
        if live is None or (outlet and live[1] != fold(outlet)) or (language and live[2] != language):
            return False
        if (since or until) and not (since or "") <= live[3] <= (until or "9") + "~":
            return False
        return text is None or self._finder.holds(document, matching(text))

    def _took_part(self, person: str, given: dict[str, Any]) -> bool:
        """Whether a person took part in a thing that passes filters, or, with filters on reports alone, whether such a report names him or her."""
        nodes = self.store.column(sql.NODES_OF_PERSON, person)
        if set(given) <= _REPORTED:
            return any(self._named_in(n, given) for n in nodes)
        return any(self._finder.any(f, self._finder.question(person=person, **given)) for f, _ in self._families(given))

    def _named_in(self, node: str, given: dict[str, Any]) -> bool:
        marks = {"outlet": fold(given.get("outlet") or ""), "language": given.get("language")}
        asked = [(k, v) for k, v in marks.items() if v]
        if not all(self.store.row(sql.NAMED_IN, node, k, v) for k, v in asked):
            return False
        return len(asked) == len(given) == 1 or any(self._passes(r[0], **given) for r in self.store.walk(sql.DOCUMENTS_OF_NODE, node))

    def _person(self, identifier: str) -> PersonThing:
        nodes = self.store.column(sql.NODES_OF_PERSON, identifier)
        rows = [self.store.rows(sql.NODE, n)[0] for n in nodes]
        forms = [(f, n) for x in nodes for f, whole, n in self.store.rows(sql.NODE_FORMS, x) if whole]
        offices = sorted({(t, b) for x in nodes for t, b, _ in self.store.rows(sql.NODE_OFFICES, x)})
        return PersonThing(
            id=identifier, name=min(forms, key=lambda f: (-len(f[0].split()), -sum(not c.isascii() for c in f[0]), -f[1], f[0]))[0],
            spellings=sorted({f for f, _ in forms}), country=(self.store.row(sql.PERSON, identifier) or (0, None))[1],
            posts=[f"{t} of {b}" if b else t for t, b in offices], reports=sum(r[4] for r in rows), merges=self._merges(identifier),
        )  # fmt: skip

    @_sound
    def person(self, identifier: str) -> PersonThing:
        """One person by the id he or she, or one of the spellings, goes by. Raises `LedgerError`."""
        return self._person(self.thing_of(identifier))

    def _merges(self, identifier: str) -> list[view.Merge]:
        return [view.Merge(a=a, b=b, score=s, reason=r, by=by) for a, b, s, r, by in self.store.rows(sql.MERGES_OF, identifier)]

    @_asked
    def posts(
        self, *, person: str | None = None, body: str | None = None, on: str | None = None, limit: int | None = None, **filters: Any
    ) -> Records[Occupancy]:
        """Posts as reported. ``on`` keeps those that reports of about that day (a year around) give, ``body`` those in a body or a part of it; other filters as `people`."""
        return Records(islice(self._posts(person, body, on, **filters), limit or None))

    def _posts(self, person: str | None = None, body: str | None = None, on: str | None = None, **filters: Any) -> Iterator[Occupancy]:
        self._finder.check_days(on)
        there = self._finder.bodies(body) if body else None
        everyone = self._people(person, body, **filters)
        return (o for p in everyone for o in holding.occupancies(self.store, p, on) if there is None or o.organization in there)

    @_asked
    def who(self, name: str, on: str | None = None) -> Records[Occupancy]:
        """The posts that people of that name held on a day (EDTF), by the reports nearest to it. Raises `LedgerError` for an unknown name."""
        if on is not None and span(on) is None:
            raise LedgerError(self.store.path, f"{on!r} is no date: write 2024-03-12, 2024-03 or 2024")
        known = self.people(person=name)
        if not known:
            raise LedgerError(self.store.path, f"no person called {name!r} in it")
        return Records(o for p in known for o in holding.occupancies(self.store, p, on))

    @_asked
    def plans(self, *, limit: int | None = None, **filters: Any) -> Records[Plan]:
        """What was announced, and what became of it; the open ones first, by their day. ``limit`` keeps the newest of each family. Filters as `find`."""
        found: list[Plan] = []
        for family in ("visits", "meetings", "agreements"):
            kind = view.THINGS[family]
            states = chain.from_iterable(self._found(family, planned=state, **filters) for state in ("open", "known"))
            found.extend(_plan(family, self._read(thing, kind)) for thing, _ in islice(states, limit or None))
        return Records(sorted(found, key=lambda p: (p.outcome != "unknown", p.planned_for is None, p.planned_for or "", p.id))[: limit or None])

    @_asked
    def conflicts(self, *, limit: int | None = None, **filters: Any) -> Records[ConflictRow]:
        """Every field on which reports differ, with each value, its words and its independent witnesses; of the newest things first. Filters as `find`, on the things."""
        things = merged(self._found(family, conflict="yes", **filters) for family in view.RECORDS)
        rows = (r for t, _ in things for r in self.store.rows(sql.CONFLICTS_OF, t))
        decoded = ((t, msgspec.json.decode(b, type=view.Conflict)) for t, _, b in islice(rows, limit or None))
        return Records(ConflictRow(id=t, field=c.field, values=c.values) for t, c in decoded)

    @_asked
    def issues(self, *, kind: str | None = None, limit: int | None = None, **filters: Any) -> Records[IssueRow]:
        """Doubts: inputs that could not be read (``kind`` unreadable), those of single reports, days on which reports contradict each other (``kind`` contradiction), and things that may be one with others (``unsure``).

        ``kind`` is the doubt's; other filters are those of `find`.
        """
        given = {k: v for k, v in filters.items() if v is not None}
        walks: list[Iterator[IssueRow]] = []
        if kind in (None, "contradiction"):
            walks.append(self._contradictions(given))
        if kind in (None, "unsure"):
            walks.append(self._unsure(given))
        if kind in (None, "unreadable") and not given:
            walks.append(self._unread())
        if kind not in ("contradiction", "unsure", "unreadable"):
            walks.append(self._doubts_of_reports(given, kind))
        return Records(islice(chain.from_iterable(walks), limit or None))

    def _unread(self) -> Iterator[IssueRow]:
        """Inputs that could not be read."""
        return (IssueRow(id=digest(x.name, x.why), report=x.name, kind="unreadable", message=x.why) for x in self.skipped(kind="unreadable"))

    def _contradictions(self, given: dict[str, Any]) -> Iterator[IssueRow]:
        """Days on which the reports of a thing contradict each other, of the newest things first."""
        for thing, _ in merged(self._found(family, doubt="yes", **given) for family in view.RECORDS):
            body = msgspec.json.decode(self.store.rows(sql.THING, thing)[0][3], type=_Doubtful)
            reports = ", ".join(sorted({q.report for q in body.sources}))
            yield from (
                IssueRow(id=digest(thing, d), report=reports, kind="contradiction", message=f"{thing}: {d}", things=[thing]) for d in body.doubts
            )

    def _unsure(self, given: dict[str, Any]) -> Iterator[IssueRow]:
        """Things that may be one with others."""
        if not given:
            rows = ((t, o) for t, o in self.store.walk(sql.ALL_UNSURE) if o.startswith(t))
        else:
            things = (t for family in view.RECORDS for t, _ in self._found(family, unsure="yes", **given))
            people = sorted({self._finder.person_of(n) for n in self._finder.nodes(given["person"])}) if set(given) == {"person"} else []
            found = ((o.split()[0], o) for t in chain(things, people) for _, o in self.store.rows(sql.UNSURE_OF, t))
            rows = (row for row in dict.fromkeys(found))
        return (IssueRow(id=digest(t, o), report="", kind="unsure", message=_unsure(o), things=o.split()) for t, o in rows)

    def _doubts_of_reports(self, given: dict[str, Any], kind: str | None) -> Iterator[IssueRow]:
        """The doubts of single reports that are still open, of the newest reports first; with filters on things, of the reports of such things."""
        if set(given) <= _REPORTED:
            found = self._finder.find("issues", self._finder.question(**_doubts(kind, given)))
            ids: Iterable[str] = (i for i, _ in found)
        else:
            things = merged(self._finder.find(f, q) for f, q in self._families(given))
            documents = dict.fromkeys(d for t, _ in things for d in self.store.column(sql.FACETS_OF, t, "document"))
            ids = (i for d in documents for i, _ in self._finder.find("issues", self._finder.question(**_doubts(kind, {"document": d}))))
        for issue in ids:
            i, name, what, message, document = self.store.rows(sql.ISSUE, issue)[0]
            yield IssueRow(id=i, report=name, kind=what, message=message, things=[document])

    @staticmethod
    def _family(thing: str) -> str:
        return next(f for f, letter in view.LETTERS.items() if thing.startswith(letter))

    @_asked
    def show(self, identifier: str) -> PersonThing | BodyThing | view.Thing | DocumentRow:
        """One thing whole, by its id, the id of one of its claims, a report's name, or the name of one person or of a body. Raises `LedgerError`."""
        if not ID.fullmatch(identifier):
            named = [] if self.store.named(sql.DOCUMENTS_LIKE, it=identifier) else self._finder.people_named(identifier)
            if len(named) == 1:
                return self._person(named[0])
            if named:
                raise LedgerError(
                    self.store.path, f"{identifier!r} may be {', '.join(f'{p} ({self._person(p).name})' for p in named[:5])}: give the id"
                )
            body = self._body(identifier) if not self.store.named(sql.DOCUMENTS_LIKE, it=identifier) else None
            if body is not None:
                return body
            row = self.store.rows(sql.DOCUMENT_META, self._document(identifier))[0]
            return DocumentRow(id=row[0], name=row[1], outlet=row[2], published=row[5], excerpt=self.store.rows(sql.TEXT, row[0])[0][1])
        family, _ = self._claim_of(identifier)
        thing = self.thing_of(identifier)
        return self._person(thing) if family == "people" else self._read(thing, view.THINGS[family])

    def _body(self, name: str) -> BodyThing | None:
        """A body by its name, with those that it is part of and those that are part of it; None where no post is in it or its parts."""
        key = body_key(name)
        under = self.store.column(sql.BODIES_UNDER, key)
        if not under:
            return None
        own = next((b for b in under if body_key(b) == key), name)
        nodes = {n for b in under for n in self.store.column(sql.NODES_IN_BODY, b)}
        parts = [b for b in under if body_key(b) != key]
        return BodyThing(id=f"b:{key}", name=own, within=bodies.ancestors(own), parts=parts, people=len({self._finder.person_of(n) for n in nodes}))

    @_asked
    def held_in(self, visit: view.VisitThing) -> Records[view.Thing]:
        """The meetings, signings, plans and visits to sites that a visit holds, by their day."""
        things = [self._read(t, view.THINGS[self._family(t)]) for t in visit.holds]
        return Records(sorted(things, key=lambda t: (next((v for f in ("date", "start", "signed") if (v := getattr(t, f, None))), "~"), t.id)))

    @_asked
    def said_at(self, meeting: view.MeetingThing) -> Records[view.StatementThing]:
        """What was said at a meeting: statements of its reports whose speakers and addressees all took part."""
        there = {p.id for p in (*meeting.hosts, *meeting.guests)}
        found = {s.id: s for q in meeting.sources for s in self.statements(document=q.document)}
        return Records(s for _, s in sorted(found.items()) if {p.id for p in (*s.speakers, *s.addressees)} <= there)

    @_asked
    def claims_of(self, person: str) -> list[tuple[str, str]]:
        """The claims (id, report) of a person."""
        found = [r for n in self.store.column(sql.NODES_OF_PERSON, self.thing_of(person)) for r in self.store.rows(sql.CLAIMS_OF_NODE, n)]
        return sorted((c, str(self.store.rows(sql.DOCUMENT_META, d)[0][1])) for c, d, _ in found)

    @_asked
    def search(self, words: str, limit: int = 20) -> Records[DocumentRow]:
        """Reports that hold all of the words, marks and case aside, the last added first. Raises `LedgerError` without a word."""
        match = matching(words)
        if not match:
            raise LedgerError(self.store.path, "give a word to search for")
        rows = self.store.rows(sql.SEARCH, match, limit)
        return Records(DocumentRow(id=r[0], name=r[1], outlet=r[2], published=r[3], excerpt=_excerpt(r[4], words)) for r in rows)

    @_asked
    def documents(self, *, limit: int | None = None, **filters: Any) -> list[str]:
        """Ids of the reports in it, in the order of adding.

        Filters as `find`: reports that tell of such a thing; with an outlet, language, text or days alone, such reports.
        """
        given = {k: v for k, v in filters.items() if v is not None}
        everything = (str(x) for x in self.store.column(sql.ALL_LIVE))
        if given and set(given) <= _REPORTED:
            self._finder.check_days(given.get("since"), given.get("until"))
            everything = (x for x in everything if self._passes(x, **given))
        elif given:
            things = (t for f, q in self._families(given) for t, _ in self._finder.find(f, q))
            telling = {d for t in things for d in self.store.column(sql.FACETS_OF, t, "document")}
            everything = (x for x in everything if x in telling)
        return list(islice(everything, limit or None))

    @_asked
    def report(self, identifier: str) -> Report:
        """What is known of a report, by its id. Raises `LedgerError` when there is none."""
        row = self.store.row(sql.DOCUMENT_WHOLE, identifier)
        if row is None:
            raise NoSuchThing(self.store.path, f"no report {identifier!r} in it")
        headline = next((x for line in str(row[10]).splitlines() if (x := " ".join(line.split()))), "")
        names = ("id", "name", "sha256", "outlet", "url", "language", "published", "version", "added", "number")
        return Report(**dict(zip(names, row[:10], strict=True)), headline=headline[:200])

    @_asked
    def words(self, document: str, start: int, end: int) -> str:
        """Characters ``start`` to ``end`` of a report; fewer where it has no more."""
        return str(self.store.rows(sql.WORDS_AT, max(0, start), max(0, end - max(0, start)), document)[0][0])

    @_asked
    def record(self, claim: str) -> Record:
        """What one claim of a visit, meeting, agreement or statement says, with the spans of each field and the rule that made it. Raises `LedgerError`."""
        row = self.store.row(sql.CLAIM, claim)
        if row is None or row[2] not in view.RECORDS:
            raise NoSuchThing(self.store.path, f"no such claim: {claim!r}")
        return msgspec.json.decode(row[4], type=view.RECORDS[row[2]])

    @_asked
    def posts_in(self, document: str) -> dict[str, list[tuple[str, str | None]]]:
        """The posts (title, body or country) that one report gives people, by person, as that report words them."""
        found: dict[str, list[tuple[str, str | None]]] = {}
        for claim, node in self.store.rows(sql.PERSON_CLAIMS_OF, document):
            said = msgspec.json.decode(self.store.rows(sql.CLAIM, claim)[0][4], type=Person).positions
            posts = found.setdefault(self._finder.person_of(node), [])
            posts += [p for x in said if (p := (x.title, x.organization)) not in posts]
        return found

    @_asked
    def meetings_in(self, document: str) -> list[view.MeetingThing]:
        """The meetings that a report tells of."""
        return [self._read(self.thing_of(c), view.MeetingThing) for c, _ in self.store.rows(sql.EVENTS_OF, document, "meetings")]

    @_asked
    def changed(self) -> str | None:
        """The moment (UTC) of the last change: of the last report added, removed or restored, the last judgement made or withdrawn."""
        return max((str(r[0]) for s in sql.LAST_CHANGES if (r := self.store.row(s))), default=None)

    @_asked
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
    def rebuild(self, told: Callable[[int, int], None] | None = None) -> None:
        """Make everything derived anew from the log; ``told`` hears before each report how many are done, of how many."""
        with self.store.transaction():
            Upkeep(self.store).rebuild(told)


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


def _excerpt(text: str, words: str) -> str:
    """About 160 characters around the first of the words."""
    tokens = re.findall(r"[^\W_]+", latin(fold(words)))
    flat = " ".join(text.split())
    folded = fold.__wrapped__(flat)
    at = min((i for t in tokens if (i := folded.find(t)) >= 0), default=0) if len(folded) == len(flat) else 0
    start = max(0, at - 60)
    return ("…" if start else "") + flat[start : start + 160] + ("…" if start + 160 < len(flat) else "")


def _doubts(kind: str | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """The filters on doubts of reports. What every doubt has is asked only where nothing else is: a second filter is a test on each."""
    asked = {**given, **({"kind": kind} if kind else {})}
    return asked if asked.keys() - {"since", "until", "text", "language"} else {**asked, "any": "yes"}


def _unsure(others: str) -> str:
    return f"{others.replace(' ', ' and ')} may be one, but other candidates speak against it: judge with `memcon same`"


def _plan(family: str, thing: view.Thing) -> Plan:
    """A plan with its outcome: what a later report shows, or unknown."""
    names = [p.name for f in ("visitors", "guests", "hosts", "signers") for p in getattr(thing, f, [])]
    when = next((v for f in ("date", "start", "signed") if (v := getattr(thing, f, None))), None)
    return Plan(
        id=thing.id,
        family=family,
        kind=thing.kind,
        who=names,
        planned_for=when,
        outcome="unknown" if thing.status == "planned" else thing.status,
        history=thing.history,
    )

"""The ledger on the command line: ``memcon add``, ``remove``, ``list``, ``show``, ``search``, ``who``, ``same``, ``different``, ``undo``.

Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 some reports were not read, 2 wrong
usage or a ledger that cannot be used.
"""

from __future__ import annotations

import csv
import io
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

import typer

from memcon import cli_filters as filters
from memcon import cli_follow
from memcon.errors import MemconError, shown

if TYPE_CHECKING:
    from memcon.fetch.polite import Polite
    from memcon.query import Ledger
    from memcon.rows import Origin

__all__ = ["Bar", "echo_outcomes", "field_map", "mount", "progress"]

_SOME_NOT_READ: Final = 1
_USAGE: Final = 2
_PAGE: Final = 50
_MANY: Final = 100  # reports whose renewal takes long enough to be told
_EVERY: Final = 5.0  # seconds between two words on how far it has come
_MINUTE: Final = 60
_CELL: Final = 60  # characters of a table's cell

LedgerFile = Annotated[str, typer.Option("--ledger", metavar="FILE", envvar="MEMCON_LEDGER", help="The ledger's file.")]
Why = Annotated[str, typer.Option("--why", metavar="REASON", help="The reason, kept in the ledger.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.")]
_FILE: Final = "memcon.db"


class What(StrEnum):
    """What ``memcon list`` lists."""

    people = "people"
    posts = "posts"
    visits = "visits"
    meetings = "meetings"
    statements = "statements"
    agreements = "agreements"
    register = "register"
    commitments = "commitments"
    plans = "plans"
    conflicts = "conflicts"
    issues = "issues"
    skipped = "skipped"


class Form(StrEnum):
    """Formats of lists."""

    table = "table"
    json = "json"
    csv = "csv"


Format = Annotated[Form, typer.Option("--format", help="table for people, json and csv for programs.")]


class _Said(NamedTuple):
    """A value of a conflict, as a row."""

    id: str
    field: str
    value: str
    witnesses: int
    reports: list[str]


def mount(app: typer.Typer) -> None:
    """Add the ledger's commands to ``memcon``."""
    for name, command in (
        ("add", add_command), ("remove", remove_command), ("list", list_command), ("show", show_command), ("search", search_command),
        ("rebuild", rebuild_command), ("who", who_command), ("watch", watch_command), ("same", same_command), ("confirm", cli_follow.confirm_command), ("different", different_command), ("undo", undo_command), ("judgements", judgements_command),
    ):  # fmt: skip
        app.command(name)(command)


@contextmanager
def _ledger(path: str, *, readonly: bool = False, create: bool = True) -> Iterator[Ledger]:
    """An open ledger; what is wrong with it becomes one line and exit code 2."""
    from memcon.query import Ledger

    try:
        if not create:
            Ledger(path, readonly=True).close()  # a ledger that is not there is not made
        with Ledger(path, readonly=readonly, renewing=_Renewing(path)) as ledger:
            if readonly and ledger.outdated:
                typer.echo(f"{shown(path)}: {OUTDATED}", err=True)
            yield ledger
    except MemconError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_USAGE) from error


OUTDATED: Final = "joined by the rules of another memcon, and shown as they did; `memcon rebuild` joins its reports anew, once"


class _Renewing:
    """Tells on the terminal how far a ledger's renewal has come: when it begins, and then every few seconds."""

    def __init__(self, path: str) -> None:
        self._path = shown(path)
        self._began = self._said = time.monotonic()
        self._from: int | None = None  # reports that were done when this process began: another may have been stopped

    def __call__(self, done: int, of: int) -> None:
        """Before each report."""
        now = time.monotonic()
        if self._from is None:
            self._began = self._said = now
            self._from = done
            if of >= _MANY:
                typer.echo(f"{self._path}: what follows from its {of:,} reports is made anew, by the rules of this memcon; nothing that was kept changes, and who stops it goes on from there", err=True)
        elif now - self._said >= _EVERY:
            self._said = now
            left = (now - self._began) / max(1, done - self._from) * (of - done)
            typer.echo(f"{done:,} of {of:,} reports, about {left / 60:.0f} min left" if left >= _MINUTE else f"{done:,} of {of:,} reports, about {left:.0f} s left", err=True)


def field_map(text: str | None) -> dict[str, str]:
    """The field map that the user gives with ``--fields``."""
    from memcon.read.fields import understood

    try:
        return understood(text or "")
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--fields") from error


def add_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Files, folders, patterns, or - for standard input: text, Markdown, HTML, feeds, WARC, JSON, CSV, Parquet, mail, PDF, DOCX, archives of these.", show_default=False),
    ] = None,
    ledger: LedgerFile = _FILE,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Day the reports were published, where they do not say.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who published the reports.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Language of the reports, as en; else found out.")] = None,
    fields: Annotated[str | None, typer.Option(metavar="MAP", help="Names in JSON or CSV records, as text=body,title=headline; else guessed.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Keep reports too that cannot tell of a contact; else they are set aside (memcon list skipped).")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=0, help="Processes; 0, as it is: one for each processor.")] = 0,
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch addresses (https://…) among the paths. Nothing is fetched otherwise.")] = False,
    claims: Annotated[list[str] | None, typer.Option("--claims", metavar="DIR", help="Take in what memcon code wrote to a folder; can be given again.")] = None,
) -> None:
    """Read reports into the ledger. Each line printed is a report kept for good; one that is there already changes nothing.

    At the end a line on standard error counts what was added, known already, set aside, passed over and not read.
    """
    from memcon.batch import engine, processors, use_one_thread
    from memcon.resolve.times import span

    use_one_thread()
    if not paths and not claims:
        raise typer.BadParameter("name reports to read, or --claims DIR", param_hint="PATH")
    paths = paths or []
    if published is not None and span(published) is None:
        raise typer.BadParameter(f"{published!r} is no date: write 2024-03-12, 2024-03 or 2024", param_hint="--published")
    names = field_map(fields)
    jobs = jobs or processors()
    urls = [p for p in paths if p.startswith(("http://", "https://"))] if fetch else []
    with _ledger(ledger) as book, progress() as bar:
        how = engine(jobs, behind=True) if jobs > 1 else None  # pages that people wait for go first
        adding = book.adding(
            [p for p in paths if p not in urls], published=published, outlet=outlet, language=language, fields=names, sift=not everything, engine=how, each=bar.each
        )  # fmt: skip
        with _fetching(ledger) if urls else nullcontext() as polite:
            if polite is not None:
                from memcon.read.text import Labels
                from memcon.watch import pages_of

                adding = chain(adding, book.keeping(pages_of(urls, polite, labels=Labels(published, outlet, language), sift=not everything), how))
            counts = echo_outcomes(chain(*(_coded(book, x) for x in claims or ()), adding), bar)
    raise typer.Exit(_SOME_NOT_READ if counts["not read"] else 0)


def _coded(book: Ledger, folder: str) -> Iterator[Any]:
    """What `memcon code` wrote to a folder, kept."""
    try:
        from memcon.scale.coding import items
    except ImportError as error:
        raise MemconError("claims are Parquet, which needs pyarrow: install memcon[scale]") from error
    return book.keeping_read(items(folder))


@contextmanager
def _fetching(ledger: str) -> Iterator[Polite]:
    """A polite fetcher that keeps its pages beside the ledger."""
    from memcon.fetch.client import Fetcher
    from memcon.fetch.pages import Pages, beside
    from memcon.fetch.polite import Polite

    with Pages(beside(ledger)) as pages:
        yield Polite(Fetcher(), pages)


def watch_command(
    sources: Annotated[str, typer.Argument(metavar="SOURCES", help="A TOML file that lists feeds (docs/guide/reading.md says how).", show_default=False)],
    ledger: LedgerFile = _FILE,
    once: Annotated[bool, typer.Option("--once", help="Do what is due, then end. Else go on until Ctrl-C.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Keep reports too that cannot tell of a contact.")] = False,
) -> None:
    """Ask feeds for what is new and add it to the ledger, politely, again and again. Started anew, it goes on where it was."""
    import time

    from memcon.batch import use_one_thread
    from memcon.fetch.client import Fetcher, agent
    from memcon.fetch.pages import Pages, beside
    from memcon.fetch.polite import Polite
    from memcon.query import Added
    from memcon.watch import Watch, read_sources

    use_one_thread()
    with _ledger(ledger) as book:
        known = read_sources(sources)
        with Pages(beside(ledger)) as pages:
            polite = Polite(Fetcher(user_agent=agent(known.contact)), pages, delay=known.delay, delays=known.delays)
            watch = Watch(known, book, pages, polite, sift=not everything)
            while True:
                trouble = False
                for result in watch.round():
                    if isinstance(result, str):
                        typer.echo(f"{time.strftime('%Y-%m-%d %H:%M')}  {_plain(result)}", err=True)
                    elif isinstance(result, MemconError):
                        trouble = True
                        typer.echo(str(result), err=True)
                    elif isinstance(result, Added):
                        typer.echo(f"{result.id}  {'added  ' if result.new else 'known  '}{result.name}")
                        sys.stdout.flush()
                due = watch.next_due()
                typer.echo(f"next: {time.strftime('%Y-%m-%d %H:%M', time.localtime(due))}", err=True)
                if once:
                    raise typer.Exit(_SOME_NOT_READ if trouble else 0)
                time.sleep(max(1.0, min(3600.0, due - time.time())))


def echo_outcomes(outcomes: Iterator[Any], bar: Bar) -> Counter[str]:
    """Print what becomes of reports as it becomes so, and at the end the counts."""
    from memcon.query import Skipped

    counts: Counter[str] = Counter()
    for outcome in outcomes:
        if isinstance(outcome, MemconError):
            bar.complain(str(outcome))
            counts["not read"] += 1
        elif isinstance(outcome, Skipped):
            counts["set aside as irrelevant" if outcome.kind == "irrelevant" else outcome.kind] += 1
        else:
            counts["added" if outcome.new else "known"] += 1
            bar.say(f"{outcome.id}  {'added  ' if outcome.new else 'known  '}{outcome.name}")
        bar.show(counts)
    order = ("added", "known", "set aside as irrelevant", "passed over", "not read")
    bar.complain(", ".join(f"{counts[x]:,} {x}" for x in order if counts[x] or x in ("added", "known", "not read")))
    return counts


class Bar:
    """Where a command's lines go, with a bar below them on a terminal."""

    def __init__(self, console: Any = None, bar: Any = None) -> None:
        self._console, self._bar = console, bar
        self._task: Any = None

    def each(self, sources: Sequence[Any]) -> Iterator[Any]:
        """The inputs, counted as they are done."""
        if self._bar is not None:
            self._task = self._bar.add_task("Reading", total=len(sources))
        for source in sources:
            yield source
            if self._bar is not None:
                self._bar.advance(self._task)

    def say(self, line: str) -> None:
        """A line on standard output, there at once."""
        if self._console is None or not sys.stdout.isatty():
            typer.echo(line)
            sys.stdout.flush()
        else:
            self._console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)

    def complain(self, line: str) -> None:
        """A line on standard error."""
        if self._console is None:
            typer.echo(line, err=True)
        else:
            self._console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)

    def show(self, counts: Counter[str]) -> None:
        """Show how many reports there were so far."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description=f"Reading: {sum(counts.values()):,} reports")


@contextmanager
def progress() -> Iterator[Bar]:
    """A bar on a terminal, else plain lines."""
    if not sys.stderr.isatty():
        yield Bar()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("inputs"), TimeElapsedColumn(), console=console, transient=True, redirect_stdout=False) as bar:
        yield Bar(console, bar)


def remove_command(report: Annotated[str, typer.Argument(help="A report's name or id.")], why: Why, ledger: LedgerFile = _FILE) -> None:
    """Take a report and its facts out of the view; the log keeps that it was there. Adding it again brings it back."""
    with _ledger(ledger) as book:
        typer.echo(f"{book.remove(report, why)}  removed")


def list_command(
    what: Annotated[What, typer.Argument(help="What to list.")],
    ledger: LedgerFile = _FILE,
    person: filters.Person = None,
    body: filters.Body = None,
    country: filters.Country = None,
    pair: filters.Pair = None,
    kind: filters.Kind = None,
    act: filters.Act = None,
    status: filters.Status = None,
    topic: filters.Topic = None,
    since: filters.Since = None,
    until: filters.Until = None,
    outlet: filters.Outlet = None,
    language: filters.Language = None,
    text: filters.Text = None,
    on: filters.On = None,
    state: filters.State = None,
    expiring: filters.Expiring = None,
    level: filters.Level = None,
    side: filters.Side = None,
    grade: filters.Grade = None,
    due_before: filters.DueBefore = None,
    limit: Annotated[int, typer.Option(min=0, help="At most so many; 0 for all.")] = _PAGE,
    form: Format = Form.table,
) -> None:
    """List what the reports say together. Filters narrow: people are those who took part in such things, conflicts and issues those about them."""
    chosen = filters.given(
        person=person, body=body, country=country, pair=pair, kind=kind, act=act, status=status, topic=topic, since=since, until=until, outlet=outlet, language=language, text=text,
    )  # fmt: skip
    with _ledger(ledger, readonly=True) as book:
        found = cli_follow.listed(book, what.value, chosen, limit=limit or None, on=on, state=state, expiring=expiring, level=level, side=side, grade=grade, due_before=due_before)
        if what is What.conflicts and form is not Form.json:
            found = [_Said(c.id, c.field, v.value, v.witnesses, sorted({q.report for q in v.said_by})) for c in found for v in c.values]
        _print(found, form, _COLUMNS[what])


def show_command(
    identifier: Annotated[
        str, typer.Argument(metavar="REFERENCE", help="The id of a thing, claim or report, a report's name, a person's or a body's.")
    ],
    ledger: LedgerFile = _FILE,
    form: Format = Form.table,
) -> None:
    """Print one thing whole, with its evidence from every report."""
    from memcon.query import BodyThing, DocumentRow, PersonThing
    from memcon.view import MeetingThing, VisitThing

    with _ledger(ledger, readonly=True) as book:
        thing = book.show(identifier)
        if form is not Form.table:
            _print([thing], Form.json, ())
            return
        for line in _lines(thing):
            typer.echo(line)
        if isinstance(thing, DocumentRow):
            _echo_origin(book.origin(thing.id), thing.excerpt)
        if isinstance(thing, PersonThing):
            for post in book.posts(person=thing.id, limit=None):
                _echo_post(post)
            for claim, report in book.claims_of(thing.id):
                typer.echo(f"  claim {claim}  {report}")
        if isinstance(thing, BodyThing):
            for post in book.posts(body=thing.name, limit=_PAGE):
                _echo_post(post)
        if isinstance(thing, VisitThing):
            for held in book.held_in(thing):
                typer.echo(f"  holds {_in_short(held)}")
        if isinstance(thing, MeetingThing):
            for s in book.said_at(thing):
                typer.echo(f"  said: {', '.join(p.name for p in s.speakers)}: {s.kind}: {_plain(s.text)}")


def rebuild_command(ledger: LedgerFile = _FILE) -> None:
    """Make anew all that follows from the reports and judgements of a ledger, by the rules of this memcon. Nothing that was kept is lost."""
    with _ledger(ledger, create=False) as book:
        if not book.renewed:
            book.rebuild(_Renewing(ledger))
        typer.echo(f"{len(book.documents())} reports: all that follows from them was made anew")


def search_command(
    words: Annotated[str, typer.Argument(help="Words; marks and case do not matter, a * ends the start of a word.")],
    ledger: LedgerFile = _FILE,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    form: Format = Form.table,
) -> None:
    """Find reports that hold all of the words."""
    with _ledger(ledger, readonly=True) as book:
        _print(book.search(words, limit), form, ("name", "published", "excerpt"))


def who_command(
    name: Annotated[str, typer.Argument(help="A person's name, any spelling, or id.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day, month or year in question.")] = None,
    ledger: LedgerFile = _FILE,
    form: Format = Form.table,
) -> None:
    """Say which posts a person held then, and by whose word."""
    with _ledger(ledger, readonly=True) as book:
        found = book.who(name, on)
        if form is not Form.table:
            _print(found, form, ("name", "title", "organization", "first", "last", "witnesses"))
            return
        for post in found:
            _echo_post(post)
        if not found:
            typer.echo(f"no report of about that time gives {name} a post", err=True)


def same_command(a: str, b: str, why: Why, ledger: LedgerFile = _FILE, by: By = "user") -> None:
    """Judge two things, or claims, to be one. Outranks every rule, until undone."""
    with _ledger(ledger) as book:
        typer.echo(book.same(a, b, why, by))


def different_command(a: str, b: str, why: Why, ledger: LedgerFile = _FILE, by: By = "user") -> None:
    """Judge two things, or two claims of one thing, to be different. Outranks every rule, until undone."""
    with _ledger(ledger) as book:
        typer.echo(book.different(a, b, why, by))


def undo_command(judgement: Annotated[str, typer.Argument(help="A judgement's id, j-…")], ledger: LedgerFile = _FILE, why: Why = "withdrawn") -> None:
    """Withdraw a judgement: everything is again as it was without it."""
    with _ledger(ledger) as book:
        book.undo(judgement, why)
        typer.echo(f"{judgement}  withdrawn")


def judgements_command(ledger: LedgerFile = _FILE, form: Format = Form.table) -> None:
    """List the judgements that persons made, with those withdrawn."""
    with _ledger(ledger, readonly=True) as book:
        _print(book.judgements(), form, ("id", "verdict", "a", "b", "why", "by", "made", "withdrawn"))


# -- printing ---------------------------------------------------------------------------------------------------------

_COLUMNS: Final[dict[What, tuple[str, ...]]] = {
    What.people: ("id", "name", "country", "reports", "posts"),
    What.posts: ("name", "title", "organization", "first", "last", "witnesses"),
    What.visits: ("id", "start", "end", "from", "to", "kind", "status", "visitors", "witnesses"),
    What.meetings: ("id", "date", "kind", "status", "hosts", "guests", "place", "witnesses"),
    What.statements: ("id", "kind", "speakers", "addressees", "text"),
    What.agreements: ("id", "signed", "kind", "status", "subject", "parties", "start", "end"),
    What.register: ("id", "state", "since", "kind", "subject", "parties", "term_start", "term_end", "level"),
    What.commitments: ("id", "made", "owed_by", "owed_to", "grade", "state", "since", "due", "text"),
    What.plans: ("id", "family", "kind", "who", "planned_for", "state", "since"),
    What.conflicts: ("id", "field", "value", "witnesses", "reports"),
    What.issues: ("report", "kind", "message"),
    What.skipped: ("kind", "name", "title", "why"),
}


def _print(records: Sequence[Any], form: Form, columns: Sequence[str]) -> None:
    import msgspec

    if form is Form.json:
        typer.echo(msgspec.json.format(msgspec.json.encode(list(records)), indent=2).decode())
        return
    plain = (r._asdict() if isinstance(r, _Said) else msgspec.to_builtins(r) for r in records)
    rows = [[_cell(row.get(c)) for c in columns] for row in plain]
    if form is Form.csv:
        from memcon.export.safe import cell as safe

        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([list(columns), *([safe(x) for x in row] for row in rows)])
        typer.echo(out.getvalue(), nl=False)
        return
    shown = [[x if len(x) <= _CELL else x[: _CELL - 1] + "…" for x in row] for row in rows]
    widths = [max(len(x[i]) for x in [list(columns), *shown]) for i in range(len(columns))]
    for row in [[c.upper() for c in columns], *shown] if rows else []:
        typer.echo("  ".join(x.ljust(w) for x, w in zip(row, widths, strict=True)).rstrip())
    if not rows:
        typer.echo("nothing found", err=True)


def _cell(value: Any) -> str:
    """A value as one line of text."""
    if isinstance(value, list):
        return "; ".join(_cell(v) for v in value)
    if isinstance(value, dict):
        if "value" in value:
            return f"{value['value']} ({value['witnesses']} witness{'es' if value['witnesses'] != 1 else ''})"
        return str(value.get("name") or value.get("status") or "")
    return "" if value is None else _plain(str(value))


def _plain(text: str) -> str:
    """Reports are hostile input: no control characters reach the terminal."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


def _lines(thing: Any) -> Iterator[str]:
    """One thing, a field a line, then history, conflicts, evidence and merges."""
    import msgspec

    plain = msgspec.to_builtins(thing)
    for field, value in plain.items():
        if field not in ("history", "conflicts", "sources", "merges", "derivation", "doubts", "marks") and value not in (None, [], ""):
            text = plain["excerpt"] if field == "excerpt" else _cell(value)
            yield f"{field:12} {text}"
    for field, why in plain.get("derivation", {}).items():
        yield f"  {field} because {_plain(why)}"
    for stage in plain.get("history", ()):
        yield f"  {stage['status']}: {_plain(stage['report'])}{' of ' + stage['published'] if stage['published'] else ''}"
    for doubt in plain.get("doubts", ()):
        yield f"  doubt: {_plain(doubt)}"
    for conflict in plain.get("conflicts", ()):
        for value in conflict["values"]:
            said = "; ".join(f"“{_plain(q['quote'])}” ({_plain(q['report'])})" for q in value["said_by"])
            yield f"  conflict, {conflict['field']}: {_cell(value)}: {said}"
    for source in plain.get("sources", ()):
        yield f"  {source['claim']}  {_plain(source['report'])} {source['start']}-{source['end']}: “{_plain(source['quote'])}”"
    for merge in plain.get("merges", ()):
        yield f"  joined {merge['a']} and {merge['b']} by {_plain(merge['by'])} ({merge['score']:g}): {_plain(merge['reason'])}"


def _in_short(thing: Any) -> str:
    """A thing as one line: id, day, kind, status, and who took part."""
    day = next((v for f in ("date", "start", "signed") if (v := getattr(thing, f, None))), None) or "on no known day"
    who = "; ".join(p.name for f in ("hosts", "inviters", "guests", "visitors", "signers") for p in getattr(thing, f, ()))
    return _plain(f"{thing.id}  {day}  {thing.kind.replace('_', ' ')}, {thing.status}: {who}")


def _echo_origin(origin: Origin | None, text: str) -> None:
    """Where a report came from, and what in its text is about the report."""
    if origin is not None:
        for line in _lines(origin):
            typer.echo(line)
        for mark in origin.marks:
            typer.echo(f"{mark.kind:12} {_plain(text[mark.start : mark.end])}")


def _echo_post(post: Any) -> None:
    """A post, and by whose word."""
    where = f" of {post.organization}" if post.organization else ""
    where += f" (within {', within '.join(post.within)})" if post.within else ""
    days = f", reported {post.first}" + (f" to {post.last}" if post.last != post.first else "") if post.first else ", on no known day"
    typer.echo(f"{post.name}: {post.title}{where}{days} ({post.witnesses} witness{'es' if post.witnesses != 1 else ''})")
    for source in post.sources[:10]:
        typer.echo(f"  “{_plain(source.quote)}” ({_plain(source.report)})")

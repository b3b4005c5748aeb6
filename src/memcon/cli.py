"""The command line: ``memcon read``, ``memcon explain``, ``memcon codebook``.

Results go to standard output, everything else to standard error, one line a trouble. Exit codes: 0 all reports read,
1 some not, 2 wrong usage. Nothing heavy is imported here: ``memcon --help`` answers before a model is loaded.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Final, NamedTuple

import typer

from memcon import cli_brief, cli_code, cli_export, cli_ledger, cli_serve
from memcon.cli_output import opened
from memcon.errors import MemconError, OutputError

if TYPE_CHECKING:
    from memcon.batch import Work
    from memcon.read.files import Source
    from memcon.read.text import Labels

__all__ = ["app", "main"]

SOME_NOT_READ: Final = 1
USAGE: Final = 2
_INTERRUPTED: Final = 130  # as a shell reports an end by Ctrl-C
_WORTH_A_BAR: Final = 10  # reports
_PIPED_WIDTH: Final = 80
_WIDEST: Final = 100  # longer lines are hard to follow
_EDTF: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

app = typer.Typer(
    name="memcon",
    help="Read public reports on diplomatic contact and write a memorandum of each.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich takes longer to load than the rest of memcon's help
    pretty_exceptions_enable=False,
)
codebook = typer.Typer(help="The codebook: the kinds of contact, act and agreement that memcon knows.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(codebook, name="codebook")
cli_ledger.mount(app)
app.command("serve")(cli_serve.serve_command)
app.command("export")(cli_export.export_command)
app.command("code")(cli_code.code_command)
app.command("join")(cli_code.join_command)
app.command("brief")(cli_brief.brief_command)
app.command("wording")(cli_brief.wording_command)


class Form(StrEnum):
    """Formats of ``memcon read``."""

    text = "text"
    jsonl = "jsonl"
    html = "html"


class ListForm(StrEnum):
    """Formats of ``memcon codebook``."""

    text = "text"
    json = "json"


def main() -> None:
    """Entry point of the ``memcon`` command."""
    try:
        app()
    except BrokenPipeError:
        # The reader (head, less) has enough. Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(SOME_NOT_READ)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"memcon {version('memcon')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")] = False,
) -> None:
    """Read public reports on diplomatic contact and write a memorandum of each."""


def _date(value: str | None) -> str | None:
    """Check a day, month or year that the user gives."""
    if value is None:
        return None
    from datetime import date

    m = _EDTF.fullmatch(value)
    try:
        if m is None:
            raise ValueError
        date(int(m[1]), int(m[2] or 1), int(m[3] or 1))
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date: write 2024-03-12, 2024-03 or 2024") from None
    return value


def _language(value: str | None) -> str | None:
    if value is not None and not re.fullmatch("[a-z]{2}", value):
        raise typer.BadParameter(f"{value!r} is no language code: write two small letters, as in en, fr, vi (ISO 639-1)")
    return value


@app.command("read")
def read_command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, patterns, or - for standard input: text, Markdown, HTML, feeds, WARC, JSON, CSV, mail, PDF, DOCX, archives of these.", show_default=False)
    ],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", callback=_date, help="Day the reports were published, where they do not say.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who published the reports.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", callback=_language, help="Language of the reports, as en; else found out.")] = None,
    form: Annotated[Form, typer.Option("--format", help="text for people, jsonl for programs, html for a page.")] = Form.text,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, not to standard output.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=0, help="Processes; 0, as it is: one for each processor.")] = 0,
    fields: Annotated[str | None, typer.Option(metavar="MAP", help="Names in JSON or CSV records, as text=body,title=headline; else guessed.")] = None,
) -> None:
    """Read reports and write a memorandum of each, in the order of their paths.

    Exit code: 0 if all were read, 1 if some were not (each has a line on standard error), 2 for wrong usage.
    """
    from memcon.batch import Work, processors

    named = {os.path.abspath(x) for x in paths if x != "-"}
    if output is not None and os.path.abspath(output) in named:
        raise typer.BadParameter(f"{output} is one of the reports to read", param_hint="--output")
    on_terminal = output is None and sys.stdout.isatty()
    from memcon.read.text import Labels

    reading = _Reading(Work(form.value, *_measures(on_terminal)), Labels(published, outlet, language), cli_ledger.field_map(fields), jobs or processors())
    try:
        with opened(output) as out:
            problems = _read(paths, reading, out, output)
    except OutputError as error:
        _complain(str(error))
        raise typer.Exit(USAGE) from error
    raise typer.Exit(SOME_NOT_READ if problems else 0)


class _Reading(NamedTuple):
    """How to read: what to do with each report, what the user says of them, and with how many processes."""

    work: Work
    labels: Labels
    fields: dict[str, str]
    jobs: int


def _read(paths: list[str], how: _Reading, out: BinaryIO, skip: str | None) -> int:
    """Read and write all reports; how many could not be read."""
    from memcon import batch
    from memcon.export import FORMATS
    from memcon.read import files, inputs

    assert how.work.form in FORMATS
    data = files.standard_input() if files.STANDARD_INPUT in paths else b""
    found = files.find(paths, skip=skip, data=data)
    unread = [x for x in found if isinstance(x, MemconError)]
    for error in unread:
        _complain(str(error))
    sources = [x for x in found if not isinstance(x, MemconError)]
    with _progress(len(sources), shown=not out.isatty()) as (step, complain):
        items = inputs.outcomes(_counted(sources, step), how.labels, fields=how.fields)
        failed = _write(batch.run(items, how.work, how.jobs), how.work.form, out, complain)
    return len(unread) + failed


def _counted(sources: list[Source], step: Callable[[], None]) -> Iterator[Source]:
    """The sources, each counted when it is done."""
    for source in sources:
        yield source
        step()


def _write(outcomes: Iterator[Any], form: str, out: BinaryIO, complain: Callable[[str], None]) -> int:
    """Write outcomes as they come; how many were problems."""
    from memcon.batch import Outcome

    failed = 0
    articles: list[tuple[int, str, str]] = []
    written = False
    for outcome in outcomes:
        if not isinstance(outcome, Outcome):
            # What is passed over in an archive (pictures, say) is no trouble of the user's.
            if isinstance(outcome, MemconError):
                complain(str(outcome))
                failed += 1
        elif outcome.rendered is None:
            complain(outcome.problem or "")
            failed += 1
        elif form == Form.html:
            articles.append((outcome.number, outcome.identifier, outcome.rendered))
        else:
            between = "\n\n" if written and form == Form.text else ""
            out.write((between + outcome.rendered).encode("utf-8"))
            out.flush()
            written = True
    if form == Form.html:
        from memcon.export import html

        out.write(html.page(articles).encode("utf-8"))
    out.flush()
    return failed


def _measures(on_terminal: bool) -> tuple[int, bool]:
    """Width of the paper in characters, and whether to style it."""
    if not on_terminal:
        return _PIPED_WIDTH, False
    styled = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return min(_WIDEST, shutil.get_terminal_size().columns), styled


@contextmanager
def _progress(total: int, *, shown: bool) -> Iterator[tuple[Callable[[], None], Callable[[str], None]]]:
    """A step to call after each report and a way to complain, with a bar on a terminal for long work.

    Where the memoranda themselves go to the terminal (``shown`` false), they are progress enough.
    """
    if total < _WORTH_A_BAR or not shown or not sys.stderr.isatty():
        yield lambda: None, _complain
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("Reading", total=total)
        yield lambda: bar.advance(task), lambda x: bar.console.print(x, markup=False, highlight=False, emoji=False, soft_wrap=True)


def _complain(line: str) -> None:
    """One line on standard error."""
    typer.echo(line, err=True)


@app.command("explain")
def explain_command(sentence: Annotated[str, typer.Argument(help="A sentence, or several, of a report.")]) -> None:
    """Show what every stage makes of a sentence, and which rules fired."""
    if not sentence.strip():
        raise typer.BadParameter("write a sentence to explain", param_hint="SENTENCE")
    from memcon.batch import use_one_thread

    use_one_thread()
    from memcon.explain import explain

    styled = _measures(sys.stdout.isatty())[1]
    for i, stage in enumerate(explain(sentence)):
        title = f"{i + 1}. {stage.name}"
        typer.echo(("\n" if i else "") + (f"\x1b[1m{title}\x1b[0m" if styled else title))
        for line in stage.lines or ["(nothing)"]:
            typer.echo(f"   {line}")


@codebook.command("check")
def check_command(form: Annotated[ListForm, typer.Option("--format")] = ListForm.text) -> None:
    """Hold the codebook to its own examples: a line for each problem, then counts. Exit code 1 if something is wrong."""
    from memcon.batch import use_one_thread

    use_one_thread()
    from memcon.checking import Summary, check_entries, check_topics
    from memcon.codebook.check import check
    from memcon.codebook.entries import entries
    from memcon.codebook.topics import topics

    # The engine reads the examples only where the data has the right form.
    problems = check()
    summary = None if problems else Summary([*check_entries(entries()).results, *check_topics(topics()).results])
    problems += summary.problems if summary else []
    if form is ListForm.json:
        _echo_json(problems)
    else:
        for problem in problems:
            typer.echo(str(problem))
        typer.echo(str(summary) if summary else "The examples were not read: the data comes first.")
        typer.echo(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}" if problems else "The codebook holds.")
    raise typer.Exit(1 if problems else 0)


@codebook.command("list")
def list_command(form: Annotated[ListForm, typer.Option("--format")] = ListForm.text) -> None:
    """List the codebook's entries."""
    from memcon.codebook.entries import entries
    from memcon.codebook.topics import topics

    known = [*entries(), *topics()]
    if form is ListForm.json:
        _echo_json(known)
        return
    for entry in known:
        typer.echo(str(entry))


def _echo_json(value: Any) -> None:
    """Records as indented JSON."""
    import msgspec

    typer.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode("utf-8"))


if __name__ == "__main__":
    main()

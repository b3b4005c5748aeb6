"""``memcon export``: the lists of a ledger in the formats of other programs. Exit codes: 0 written, 2 wrong usage or a file that cannot be used."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from memcon import cli_filters as filters
from memcon.cli_output import opened
from memcon.errors import MemconError

if TYPE_CHECKING:
    from memcon.export.book import Selection
    from memcon.query import Ledger

__all__ = ["export_command"]

_USAGE: Final = 2


def _listed(wanted: bool) -> None:
    if not wanted:
        return
    from memcon.export.formats import FORMATS

    for f in FORMATS.values():
        typer.echo(f"{f.name:10} {f.ending:12} {f.description}")
        typer.echo(f"{'':23} of {', '.join(f.lists)}" + ("" if f.available else f" (needs {f.needs}: install memcon[export])"))
    raise typer.Exit


def export_command(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="A format; --formats lists them.")],
    lists: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LIST]...", help="Lists: meetings, visits, people, events, sources …; else those that the format is for.", show_default=False
        ),
    ] = None,
    ledger: filters.LedgerFile = "memcon.db",
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
    limit: Annotated[int, typer.Option(min=0, help="At most so many of each list, the newest; 0 for all.")] = 0,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, not to standard output.")] = None,
    link: Annotated[str | None, typer.Option("--link", metavar="URL", help="Address of a `memcon serve`, to which records are linked.")] = None,
    formats: Annotated[bool, typer.Option("--formats", callback=_listed, is_eager=True, help="List the formats and exit.")] = False,  # noqa: ARG001 — its callback ends the command
) -> None:
    """Write lists of the ledger in a format of other programs, with the filters of `memcon list`.

    The file appears only when it is whole. The same ledger gives the same bytes.
    """
    from memcon.export.book import Selection, addresses
    from memcon.export.formats import FORMATS
    from memcon.query import Ledger

    known = FORMATS.get(form)
    if known is None:
        raise typer.BadParameter(f"no format {form!r}: one of {', '.join(FORMATS)}", param_hint="FORMAT")
    chosen: dict[str, Any] = filters.given(
        person=person, body=body, country=country, pair=pair, kind=kind, act=act, status=status, topic=topic, since=since, until=until, outlet=outlet, language=language, text=text,
        on=on, state=state, expiring=expiring, level=level, side=side, grade=grade, due_before=due_before,
    )  # fmt: skip
    if limit:
        chosen["limit"] = limit
    if output is None and known.binary and sys.stdout.isatty():
        raise typer.BadParameter(f"{form} is not for a terminal: name a file with -o", param_hint="--output")
    if output is not None and os.path.abspath(output) == os.path.abspath(ledger):
        raise typer.BadParameter(f"{output} is the ledger itself", param_hint="--output")
    selection = Selection(tuple(lists or ()), chosen)
    if link:
        selection = replace(selection, link=addresses(link))
    try:
        with Ledger(ledger, readonly=True) as book, opened(output) as out:
            known.write(book, selection, out)
            out.flush()
            if form == "csv" and output is not None:
                _describe(book, selection, known.default, output)
    except MemconError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_USAGE) from error


def _describe(ledger: Ledger, selection: Selection, default: tuple[str, ...], output: str) -> None:
    """Write the data dictionary of a CSV file beside it, where CSV on the Web looks for it."""
    from memcon.export.book import Book
    from memcon.export.csvfile import metadata

    name = (selection.lists or default)[0]
    with opened(f"{output}-metadata.json") as file:
        file.write(metadata(Book(ledger, replace(selection, lists=(name,))), {name: os.path.basename(output)}))

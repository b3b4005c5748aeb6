"""``memcon brief`` and ``memcon wording``: the next meeting's brief, and how the words changed. Exit codes: 0 written, 2 wrong usage or a ledger that cannot be used."""

from __future__ import annotations

import os
import re
import shutil
import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from memcon import cli_filters as filters
from memcon.cli_output import opened
from memcon.errors import MemconError

if TYPE_CHECKING:
    from memcon.follow.brief import Brief
    from memcon.query import Ledger

__all__ = ["brief_command", "wording_command"]

_USAGE: Final = 2
_WIDE: Final = 80
_CONTACT: Final = re.compile(r"c?[mv]-[0-9a-f]{12}")


class Form(StrEnum):
    """Formats of a brief."""

    text = "text"
    html = "html"
    docx = "docx"
    json = "json"


class WordingForm(StrEnum):
    """Formats of ``memcon wording``."""

    text = "text"
    json = "json"


On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day of knowledge, month or year: nothing reported later is used. Today, if not given.")
]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, not to standard output.")]


def brief_command(
    subject: Annotated[str, typer.Argument(metavar="PAIR|PERSON", help="Two countries, as KH-VN, or a person's name or id.")],
    ledger: filters.LedgerFile = "memcon.db",
    on: On = None,
    ours: Annotated[str | None, typer.Option("--for", metavar="COUNTRY", help="Our own side: its ISO 3166-1 code or its name.")] = None,
    form: Annotated[Form, typer.Option("--format", help="text, html or docx for people, json for programs.")] = Form.text,
    output: Output = None,
) -> None:
    """Write the brief for the next meeting of a pair of countries, or with a person.

    Last contacts, who the other side is, what each side asked, commitments, agreements, plans, wording, likely points; every line
    with its sources, every empty part with what was looked for.
    """
    from memcon.export import briefs
    from memcon.follow.brief import brief
    from memcon.query import Ledger

    if output is None and form is Form.docx and sys.stdout.isatty():
        raise typer.BadParameter("docx is not for a terminal: name a file with -o", param_hint="--output")
    _check_output(output, ledger)
    try:
        with Ledger(ledger, readonly=True) as book:
            paper = brief(book, subject, on or _today(), ours=ours)
        with opened(output) as out:
            if form is Form.docx:
                out.write(briefs.docx(paper))
            else:
                out.write(_written(paper, form, output).encode())
            out.flush()
    except MemconError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_USAGE) from error


def _written(paper: Brief, form: Form, output: str | None) -> str:
    import msgspec

    from memcon.export import briefs

    if form is Form.html:
        return briefs.html(paper)
    if form is Form.json:
        return msgspec.json.format(msgspec.json.encode(paper), indent=2).decode() + "\n"
    return briefs.text(paper, width=_width(output))


def wording_command(
    subject: Annotated[
        str, typer.Argument(metavar="PAIR|CONTACT", help="Two countries, as KH-VN; or the id of a meeting or visit, whose readouts are then set side by side.")
    ],
    ledger: filters.LedgerFile = "memcon.db",
    on: On = None,
    form: Annotated[WordingForm, typer.Option("--format", help="text for people, json for programs.")] = WordingForm.text,
    output: Output = None,
) -> None:
    """Show how each side's lines changed between contacts, and which usual line is missing; of one contact, what the readouts of each side say."""
    import msgspec

    from memcon.query import Ledger

    _check_output(output, ledger)
    try:
        with Ledger(ledger, readonly=True) as book:
            record, text = _wording(book, subject, on or _today(), _width(output))
        made = msgspec.json.format(msgspec.json.encode(record), indent=2).decode() + "\n" if form is WordingForm.json else text
        with opened(output) as out:
            out.write(made.encode())
            out.flush()
    except MemconError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_USAGE) from error


def _wording(book: Ledger, subject: str, on: str, width: int) -> tuple[object, str]:
    """What is asked for, as a record and as text."""
    from memcon.export import readings
    from memcon.follow.readouts import readouts
    from memcon.follow.wording import watched

    if _CONTACT.fullmatch(subject):
        found = readouts(book, subject, on=on)
        return found, readings.readouts(found, width=width)
    changes = watched(book, subject, on=on)
    return changes, readings.wording(changes, width=width)


def _check_output(output: str | None, ledger: str) -> None:
    if output is not None and os.path.abspath(output) == os.path.abspath(ledger):
        raise typer.BadParameter(f"{output} is the ledger itself", param_hint="--output")


def _width(output: str | None) -> int:
    return min(100, shutil.get_terminal_size().columns) if output is None and sys.stdout.isatty() else _WIDE


def _today() -> str:
    """The day it is: the one place where a brief looks at the clock."""
    return datetime.now(UTC).date().isoformat()

"""The options that narrow a list, the same for every command that has them."""

from __future__ import annotations

from typing import Annotated, TypeVar

import typer

__all__ = ["Act", "Body", "Country", "DueBefore", "Expiring", "Grade", "Kind", "Language", "LedgerFile", "Level", "On", "Outlet", "Pair", "Person", "Side", "Since", "State", "Status", "Text", "Topic", "Until", "given"]

_Value = TypeVar("_Value")
LedgerFile = Annotated[str, typer.Option("--ledger", metavar="FILE", envvar="MEMCON_LEDGER", help="The ledger's file.")]
Person = Annotated[str | None, typer.Option(help="A person's name or id.")]
Body = Annotated[str | None, typer.Option(help="A body's name.")]
Country = Annotated[str | None, typer.Option(help="A country: its ISO 3166-1 code or its name.")]
Pair = Annotated[str | None, typer.Option(help="Two countries, as KH-VN.")]
Kind = Annotated[str | None, typer.Option(help="A kind of visit, contact or agreement; of issues, the kind of doubt.")]
Act = Annotated[str | None, typer.Option(help="An act of statements.")]
Status = Annotated[str | None, typer.Option(help="A status, as planned.")]
Topic = Annotated[str | None, typer.Option(help="A topic of the codebook, as trade (`memcon codebook list`).")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="First day, month or year.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Last day, month or year.")]
Outlet = Annotated[str | None, typer.Option(help="An outlet.")]
Language = Annotated[str | None, typer.Option(help="A language of reports, as en.")]
Text = Annotated[str | None, typer.Option(help="Words of the reports.")]

On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day to which the clock is set (register, plans, commitments); without one nothing is over by time alone.")]
State = Annotated[str | None, typer.Option(help="A state on that day: of the register signed, “in force”, expired …; of plans dated, moved, “no word since” …; of commitments open, “partly done”, done, dropped, overdue …")]
Side = Annotated[str | None, typer.Option(help="Of commitments: the country, person or body that owes.")]
Grade = Annotated[str | None, typer.Option(help="Of commitments: formula, direction, action, “action with measure or date”, or all; else the two that are followed up.")]
DueBefore = Annotated[str | None, typer.Option("--due-before", metavar="DATE", help="Of commitments: due before that day.")]
Expiring = Annotated[int | None, typer.Option(metavar="MONTHS", min=0, help="Of the register: in force, with a term that ends within so many months of --on.")]
Level = Annotated[str | None, typer.Option(help="Of the register: the level of the parties, as state, party, ministry.")]


def given(**options: _Value | None) -> dict[str, _Value]:
    """The options that somebody gave."""
    return {name: value for name, value in options.items() if value is not None}

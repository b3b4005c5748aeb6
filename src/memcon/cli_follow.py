"""What the follow-up adds to ``memcon list``: the agreements register, the plans and the commitments, as they stand on a day; and ``memcon confirm``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from memcon.cli_filters import LedgerFile
from memcon.errors import MemconError

if TYPE_CHECKING:
    from memcon.query import Ledger

__all__ = ["confirm_command", "listed"]

_KNOWS: Final[dict[str, frozenset[str]]] = {
    "register": frozenset(("on", "state", "expiring", "level")), "plans": frozenset(("on", "state")),
    "commitments": frozenset(("on", "state", "side", "grade", "due_before")),
}  # fmt: skip
"""The options of a clock that each list knows."""
_USAGE: Final = 2


class Verdict(StrEnum):
    """What a person can say of a commitment."""

    done = "done"
    partly = "partly-done"
    dropped = "dropped"
    not_done = "not-done"


def listed(book: Ledger, what: str, chosen: Mapping[str, Any], *, limit: int | None, **clock: Any) -> Sequence[Any]:
    """A list of a ledger, by its name, narrowed by what was ``chosen`` and, where it follows something up, set to a day by the ``clock``.

    Raises `typer.BadParameter` for an option that the list does not know.
    """
    given = {name: value for name, value in clock.items() if value is not None}
    for name in given:
        if name not in _KNOWS.get(what, ()):
            lists = " and ".join(k for k, names in _KNOWS.items() if name in names)
            raise typer.BadParameter(f"{what} are not listed by it: only {lists}", param_hint=f"--{name.replace('_', '-')}")
    if what == "register":
        from memcon.follow.register import register

        return list(register(book, limit=limit, **given, **chosen))
    if what == "plans":
        from memcon.follow.plans import plans

        return list(plans(book, limit=limit, **given, **chosen))
    if what == "commitments":
        from memcon.follow.commitments import commitments

        return list(commitments(book, limit=limit, **given, **chosen))
    find: Callable[..., Sequence[Any]] = getattr(book, what)
    return find(**chosen, limit=limit)


def confirm_command(
    commitment: Annotated[str, typer.Argument(metavar="COMMITMENT", help="A commitment's id, k-….")],
    verdict: Annotated[Verdict, typer.Argument(help="What became of it.")],
    why: Annotated[str, typer.Option("--why", metavar="REASON", help="The reason, kept in the ledger.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day since which it is so; today, if none is given.")] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.")] = "user",
    ledger: LedgerFile = "memcon.db",
) -> None:
    """Judge what became of a commitment. Outranks what was read in reports, until `memcon undo` withdraws it."""
    from memcon.follow.commitments import confirm
    from memcon.query import Ledger

    day = on or datetime.now(UTC).date().isoformat()
    try:
        Ledger(ledger, readonly=True).close()  # a ledger that is not there is not made
        with Ledger(ledger) as book:
            typer.echo(confirm(book, commitment, verdict.value.replace("-", " "), why, day=day, by=by))
    except MemconError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_USAGE) from error

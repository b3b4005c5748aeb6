"""What the follow-up adds to ``memcon list``: the agreements register and the plans, as they stand on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import typer

if TYPE_CHECKING:
    from memcon.query import Ledger

__all__ = ["listed"]

_KNOWS: Final[dict[str, frozenset[str]]] = {"register": frozenset(("on", "state", "expiring", "level")), "plans": frozenset(("on", "state"))}
"""The options of a clock that each list knows."""


def listed(book: Ledger, what: str, chosen: Mapping[str, Any], *, limit: int | None, **clock: Any) -> Sequence[Any]:
    """A list of a ledger, by its name, narrowed by what was ``chosen`` and, where it follows something up, set to a day by the ``clock``.

    Raises `typer.BadParameter` for an option that the list does not know.
    """
    given = {name: value for name, value in clock.items() if value is not None}
    for name in given:
        if name not in _KNOWS.get(what, ()):
            lists = " and ".join(k for k, names in _KNOWS.items() if name in names)
            raise typer.BadParameter(f"{what} are not listed by it: only {lists}", param_hint=f"--{name}")
    if what == "register":
        from memcon.follow.register import register

        return list(register(book, limit=limit, **given, **chosen))
    if what == "plans":
        from memcon.follow.plans import plans

        return list(plans(book, limit=limit, **given, **chosen))
    find: Callable[..., Sequence[Any]] = getattr(book, what)
    return find(**chosen, limit=limit)

"""Making anew what follows from the reports of a large ledger, in slices, beside it.

The log stays where it is; the derived tables are filled in a file of their own (``LEDGER.renewing``), some reports in one transaction. Until it is complete
the ledger shows what it showed, pages are served and nobody waits. A process that ends, or is killed, loses the slice that it had in hand: the next one goes
on from there, and two at once take turns. Then, in one transaction of the ledger, the tables are taken over, and the file is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from memcon.ledger import sql
from memcon.ledger.store import Beside, LedgerError, Store
from memcon.upkeep import RULES, Upkeep

__all__ = ["outdated", "renew"]

_SLICE: Final = 200  # reports in one transaction
_WORDS: Final = 4  # the rules since which the index of words is as it is: it is left as it stands in ledgers of these

Told = Callable[[int, int], None]


def outdated(store: Store) -> bool:
    """Whether other rules than this memcon's made what is derived."""
    return store.row(sql.HAS_MADE) is None or store.row(sql.MADE) != (RULES,)


def renew(store: Store, told: Told | None = None) -> int:
    """Make everything derived anew; how many reports there are. ``told`` hears before each report how many are done, of how many. Raises `LedgerError`."""
    while True:
        state = _state(store)
        with _beside(store) as side:
            side.begin(store, state)
            while _slice(store, side, told):
                pass
        number = _taken_over(store, state)
        if number is not None:
            for ending in ("", "-wal", "-shm"):
                _remove(Beside.path_of(store) + ending)
            return number


def _state(store: Store) -> str:
    """What a renewal follows from, beside the reports: one of another state is of no use."""
    return "|".join(str(x) for x in (RULES, *store.rows(sql.LAST_OF_LOG)[0]))


def _beside(store: Store) -> Beside:
    """The file beside a ledger; one that is damaged is made anew."""
    try:
        return Beside(store)
    except LedgerError as error:
        if "damaged" not in error.what and "not a ledger" not in error.what:
            raise
        for ending in ("", "-wal", "-shm"):
            _remove(Beside.path_of(store) + ending)
        return Beside(store)


def _remove(path: str) -> None:
    Path(path).unlink(missing_ok=True)


def _slice(store: Store, side: Beside, told: Told | None) -> bool:
    """Derive what some more reports bring; False when there are none left, or another process has taken the file over."""
    with side.transaction():
        if not outdated(store):
            return False
        rows = side.rows(sql.LIVE_AFTER, side.done(), _SLICE)
        done, of = side.rows(sql.COUNT_LIVE)[0][0], store.rows(sql.COUNT_DOCUMENTS)[0][0]
        upkeep = Upkeep(side)
        for number, (_, document) in enumerate(rows):
            if told is not None:
                told(done + number, of)
            upkeep.add(document, words=False)
            upkeep.forget_texts()
        if rows:
            side.reached(rows[-1][0])
    return bool(rows)


def _taken_over(store: Store, state: str) -> int | None:
    """Put the tables of the file beside in the place of the ledger's, all or nothing; None where the ledger's judgements or removals changed meanwhile."""
    with store.attached(Beside.path_of(store), "anew"), store.transaction():
        if not outdated(store):
            return int(store.rows(sql.COUNT_LIVE)[0][0])
        if _state(store) != state:
            return None
        made = store.row(sql.MADE)
        for statement in sql.TAKE_OVER:
            store.run(statement)
        store.run(sql.SET_MADE, RULES)
        upkeep = Upkeep(store)
        for document in store.column(sql.MISSED):  # added meanwhile
            upkeep.add(document, words=False)
            upkeep.forget_texts()
        if made is None or made[0] < _WORDS:
            upkeep.index_words()
        return int(store.rows(sql.COUNT_LIVE)[0][0])

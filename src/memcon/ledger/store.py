"""The ledger's file: opening, transactions, and the log. What is derived from the log is `memcon.upkeep`'s."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from memcon.errors import MemconError, one_line, shown
from memcon.ledger import sql
from memcon.ledger.migrations import APPLICATION, steps

__all__ = ["Beside", "LedgerError", "NoSuchThing", "Store", "now"]

T = TypeVar("T")
_WAIT: Final = 60_000  # milliseconds that a writer waits for another
_PAGE: Final = 16_384
_CACHE: Final = 65_536  # kilobytes of the file that stay in memory
_LONG: Final = 64 * 1024 * 1024  # bytes of SQLite's write-ahead log beyond which readers are waited for, so that it can begin anew
_READERS_WAIT: Final = 1_000  # milliseconds that they are
_AT_ONCE: Final = 16  # rows that a walk takes from SQLite at once
_FULL: Final = ("disk is full", "disk I/O error", "database or disk is full")


class LedgerError(MemconError):
    """Something about a ledger that the person must know. ``str`` gives the line: ``PATH: what is wrong``."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(path, what)
        self.path = path
        self.what = what

    def __str__(self) -> str:
        return f"{shown(self.path)}: {one_line(self.what)}"


class NoSuchThing(LedgerError):  # noqa: N818 — it says what is the matter
    """Nothing in the ledger has an id."""


def now() -> str:
    """The present moment in UTC, to the second. Stands in the log only, never in what is derived from it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Store:
    """One open ledger file. Use as a context manager.

    ``path`` is made when it is not there (``create``); without ``writable`` nothing can be changed. Raises `LedgerError`.
    """

    def __init__(self, path: str | os.PathLike[str], *, writable: bool = True, create: bool = True) -> None:
        self.path = os.fspath(path)
        self.writable = writable
        self._longest = _LONG  # bytes at which the write-ahead log is looked at next
        self._lock = threading.RLock()  # threads that share a ledger take turns
        with self._explained():
            self._check(create)
            self.db = self._open()
            try:
                self._prepare()
            except BaseException:
                self.db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was committed stays."""
        self.db.close()

    # -- opening ------------------------------------------------------------------------------------------------------

    def _check(self, create: bool) -> None:
        """Refuse what cannot be a ledger, before SQLite touches it."""
        try:
            state = os.stat(self.path)
        except FileNotFoundError:
            if not create or not self.writable:
                raise LedgerError(self.path, "no such ledger; `memcon add` makes one") from None
            if not os.path.isdir(os.path.dirname(os.path.abspath(self.path))):
                raise LedgerError(self.path, "its folder does not exist") from None
            return
        if not stat.S_ISREG(state.st_mode):
            raise LedgerError(self.path, "not a file" if not stat.S_ISDIR(state.st_mode) else "a folder, not a ledger file")
        # The mode is asked, not the system: root may write a file that its owner protected.
        if self.writable and not state.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise LedgerError(self.path, "the ledger is read-only; nothing was changed")
        if state.st_size:
            with open(self.path, "rb") as file:
                if not file.read(16).startswith(b"SQLite format 3\0"):
                    raise LedgerError(self.path, "not a ledger (no SQLite file), or damaged; left as it is")

    def _open(self) -> sqlite3.Connection:
        if self.writable:
            return sqlite3.connect(self.path, timeout=_WAIT / 1000, isolation_level=None, check_same_thread=False)
        # A reader opens the file as it is; where the folder cannot be written, WAL's side files cannot be made, so the file is taken as fixed.
        folder = os.stat(os.path.dirname(os.path.abspath(self.path)))
        fixed = not folder.st_mode & stat.S_IWUSR or not os.access(os.path.dirname(os.path.abspath(self.path)), os.W_OK)
        uri = Path(os.path.abspath(self.path)).as_uri() + ("?immutable=1" if fixed else "?mode=ro")
        return sqlite3.connect(uri, uri=True, timeout=_WAIT / 1000, isolation_level=None, check_same_thread=False)

    def _prepare(self) -> None:
        self.db.execute(f"PRAGMA busy_timeout = {_WAIT}")
        self.db.execute("PRAGMA foreign_keys = ON")
        # One look: a writer may be making this very file, and three looks could see it before, during and after.
        self.db.execute("BEGIN")
        try:
            version, owner, schema = (self._pragma(name) for name in ("user_version", "application_id", "schema_version"))
        finally:
            self.db.execute("COMMIT")
        if version or owner:
            if owner != APPLICATION:
                raise LedgerError(self.path, "an SQLite file of another program, not a ledger")
            if version > len(steps()):
                raise LedgerError(self.path, f"made by a newer memcon (format {version}; this one knows {len(steps())}): update memcon")
        elif schema:
            raise LedgerError(self.path, "an SQLite file of another program, not a ledger")
        if self.writable:
            self._migrate()
        elif version == 0:
            raise LedgerError(self.path, "an empty file, no ledger yet; `memcon add` makes one")
        # Counted in pages when it is set: before a new file has its page size, the same words mean four times the memory.
        self.db.execute(f"PRAGMA cache_size = -{_CACHE}")

    def _pragma(self, name: str) -> int:
        return int(self.db.execute(f"PRAGMA {name}").fetchone()[0])

    def _migrate(self) -> None:
        """Bring the file to this version's format. Another process may be doing the same: the lock decides who does."""
        if self._pragma("user_version") == 0:
            self.db.execute(f"PRAGMA page_size = {_PAGE}")
            self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA wal_autocheckpoint = 2000")
        if self._pragma("user_version") == len(steps()):
            return
        with self.transaction():
            for number, step in enumerate(steps()[self._pragma("user_version") :], self._pragma("user_version") + 1):
                for statement in _statements(step):
                    self.db.execute(statement)
                self.db.execute(f"PRAGMA user_version = {number}")
            self.db.execute(f"PRAGMA application_id = {APPLICATION}")

    # -- use ----------------------------------------------------------------------------------------------------------

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """SQLite's errors as lines for people."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise LedgerError(self.path, _in_words(error)) from error
        except OSError as error:
            raise LedgerError(self.path, f"cannot be opened: {error.strerror}") from error

    def _inside(self) -> bool:
        return self.db.in_transaction

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is asked inside sees the ledger of one moment, whatever others write meanwhile. Inside a transaction it is that transaction."""
        with self._lock:
            if self._inside():
                yield
                return
            with self._explained():
                self.db.execute("BEGIN")
            try:
                yield
            finally:
                if self._inside():
                    self.db.execute("ROLLBACK")  # nothing was written

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; one writer at a time, others wait up to a minute. Raises `LedgerError`."""
        if not self.writable:
            raise LedgerError(self.path, "the ledger was opened for reading only")
        with self._lock, self._explained():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
            self._shorten()

    def _shorten(self) -> None:
        """Bring the write-ahead log into the file and begin it anew where it has grown long.

        SQLite does so by itself whenever nobody reads the moment before the last change. A busy server always has somebody who does; then the log would grow
        without end, and each page would take longer.
        """
        try:
            size = os.stat(f"{self.path}-wal").st_size
        except FileNotFoundError:
            return
        if size < self._longest:
            return
        self.db.execute(f"PRAGMA busy_timeout = {_READERS_WAIT}")
        try:
            busy = self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError:
            busy = 1  # the disk is full, say: what was committed stands in the log, and the next change says what is wrong
        self.db.execute(f"PRAGMA busy_timeout = {_WAIT}")
        # Somebody reads for long (an export, say): nobody waits for that again before the log has grown by as much.
        self._longest = size + _LONG if busy else _LONG

    @contextmanager
    def attached(self, path: str, name: str) -> Iterator[None]:
        """Another file of SQLite, whose tables go by ``name``."""
        with self._lock, self._explained():
            self.db.execute(f"ATTACH ? AS {name}", (os.path.abspath(path),))
            try:
                yield
            finally:
                self.db.execute(f"DETACH {name}")

    def run(self, statement: str, *values: Any) -> None:
        """One statement for its effect."""
        self.db.execute(statement, values)

    def many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for many rows."""
        self.db.executemany(statement, rows)

    def rows(self, statement: str, *values: Any) -> list[Any]:
        """All rows of a query, at once: no cursor stays open to hold back the log."""
        return self._ask(statement, values, sqlite3.Cursor.fetchall)

    def named(self, statement: str, **values: Any) -> list[Any]:
        """All rows of a query with named values."""
        return self._ask(statement, values, sqlite3.Cursor.fetchall)

    def walk(self, statement: str, *values: Any) -> Iterator[Any]:
        """The rows of a query one after another, for a list that stops at its page's end; the cursor is closed with the walk."""
        cursor = self.db.cursor()
        try:
            cursor.execute(statement, values)
            while some := cursor.fetchmany(_AT_ONCE):
                yield from some
        except sqlite3.DatabaseError as error:
            raise LedgerError(self.path, _in_words(error)) from error
        finally:
            # A walk that was left half-way may be cleared away after the file was closed, and its cursor with it.
            with suppress(sqlite3.ProgrammingError):
                cursor.close()

    def row(self, statement: str, *values: Any) -> Any | None:
        """The first row of a query, or None."""
        return self._ask(statement, values, sqlite3.Cursor.fetchone)

    def _ask(self, statement: str, values: Any, fetch: Callable[[sqlite3.Cursor], T]) -> T:
        # Hundreds of these run for each report: a context manager for each would be felt.
        try:
            return fetch(self.db.execute(statement, values))
        except sqlite3.DatabaseError as error:
            raise LedgerError(self.path, _in_words(error)) from error

    def column(self, statement: str, *values: Any) -> list[Any]:
        """The first column of a query."""
        return [r[0] for r in self.rows(statement, *values)]

    def check(self) -> list[str]:
        """What is wrong with the file itself, in SQLite's words; empty when it is sound."""
        found = [str(r[0]) for r in self.rows("PRAGMA integrity_check")]
        return [] if found == ["ok"] else found


class Beside(Store):
    """The derived tables of a ledger, made anew in a file beside it (``LEDGER.renewing``). What its log holds is read from the ledger, and cannot be changed from here."""

    def __init__(self, ledger: Store) -> None:
        self.path = self.path_of(ledger)
        self.writable = True
        self._longest = _LONG
        self._lock = threading.RLock()
        with self._explained():
            self.db = sqlite3.connect(Path(os.path.abspath(self.path)).as_uri(), uri=True, timeout=_WAIT / 1000, isolation_level=None, check_same_thread=False)
            try:
                for pragma in (f"page_size = {_PAGE}", "journal_mode = WAL", "synchronous = NORMAL", "wal_autocheckpoint = 2000", f"cache_size = -{_CACHE}"):
                    self.db.execute(f"PRAGMA {pragma}")
                self.db.execute("ATTACH ? AS log", (Path(os.path.abspath(ledger.path)).as_uri() + "?mode=ro",))
            except BaseException:
                self.db.close()
                raise

    @staticmethod
    def path_of(ledger: Store) -> str:
        """Where the file is."""
        return f"{ledger.path}.renewing"

    def begin(self, ledger: Store, state: str) -> None:
        """Make the tables as the ledger has them, or go on with those that are there where they were made from the same ``state``."""
        with self.transaction():
            names = {r[0] for r in self.rows("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
            if "renewal" in names and self.rows("SELECT state FROM renewal") == [(state,)]:
                return
            for name in sorted(names):
                self.run(f"DROP TABLE main.{name}")
            for statement in ledger.column(sql.SCHEMA, json.dumps(sql.DERIVED)):
                self.run(statement)
            self.run(sql.RENEWAL)
            self.run("INSERT INTO renewal (state, done) VALUES (?, 0)", state)

    def done(self) -> int:
        """The number, in the order of adding, of the last report whose facts are in it."""
        return int(self.rows("SELECT done FROM renewal")[0][0])

    def reached(self, number: int) -> None:
        """Note that all reports up to one are in it."""
        self.run("UPDATE renewal SET done = ?", number)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one (``executescript`` would commit in between)."""
    pending = ""
    for line in script.split(";"):
        pending += line + ";"
        if sqlite3.complete_statement(pending):
            if pending.strip(" \n;"):
                yield pending
            pending = ""


def _in_words(error: sqlite3.DatabaseError) -> str:
    """An error of SQLite, as words for people."""
    text = str(error)
    if any(x in text for x in _FULL):
        return f"the disk is full or cannot be written ({text}); nothing was changed by this step"
    if "readonly" in text or "read-only" in text:
        return "the ledger is read-only; nothing was changed"
    if "locked" in text or "busy" in text:
        return f"another process has been writing to the ledger for {_WAIT // 1000} s; try again"
    if "malformed" in text or "not a database" in text or "corrupt" in text or "decode to UTF-8" in text:
        return f"the ledger is damaged ({text}); nothing was changed: restore a copy"
    if "no such table" in text or "no such column" in text:
        return f"made by an older memcon ({text}): `memcon rebuild` brings it up to date"
    if "unable to open" in text:
        return "cannot be opened: is its folder there, and may you write in it?"
    return text

"""What was fetched, with its headers and hash, and how far watching got: one SQLite file beside the ledger.

It is apart from the ledger because it grows by whole pages and can be thrown away: the ledger keeps the text, its hash and where it came from.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, Final, NamedTuple, Self

import msgspec

from memcon.errors import MemconError, shown
from memcon.fetch.client import Page
from memcon.read.reader import Facts

__all__ = ["Item", "Pages", "PagesError", "beside"]

_FORMAT: Final = """
CREATE TABLE IF NOT EXISTS pages (id INTEGER PRIMARY KEY, url TEXT NOT NULL, final TEXT NOT NULL, fetched TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL,
  sha256 TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS pages_url ON pages (url, id);
CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT, modified TEXT, due REAL NOT NULL, failures INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (url TEXT PRIMARY KEY, feed TEXT NOT NULL, facts TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, due REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS items_due ON items (state, due);
CREATE TABLE IF NOT EXISTS hosts (host TEXT PRIMARY KEY, free REAL NOT NULL, robots TEXT, robots_at REAL NOT NULL) WITHOUT ROWID;
"""
_APPLICATION: Final = 0x4D435047  # "MCPG"


class PagesError(MemconError):
    """Something about the file of fetched pages that the person must know."""


class Item(NamedTuple):
    """A page that a feed named and that is to be fetched."""

    url: str
    feed: str
    facts: Facts
    tries: int


def beside(ledger: str) -> str:
    """Where the pages of a ledger are: ``memcon.db`` → ``memcon.pages.db``."""
    place = PurePath(ledger)
    return str(place.with_name(f"{place.stem}.pages{place.suffix or '.db'}"))


class Pages:
    """The file. Use as a context manager. Raises `PagesError`."""

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
            owner = self._db.execute("PRAGMA application_id").fetchone()[0]
            if owner not in (0, _APPLICATION) or (owner == 0 and self._db.execute("PRAGMA schema_version").fetchone()[0]):
                raise PagesError(f"{shown(path)}: an SQLite file of another program, not memcon's fetched pages")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._db.executescript(_FORMAT)
        except sqlite3.Error as error:
            raise PagesError(f"{shown(path)}: cannot be used for fetched pages ({error})") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """All or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def _all(self, statement: str, *values: Any) -> list[Any]:
        return self._db.execute(statement, values).fetchall()

    # -- pages --------------------------------------------------------------------------------------------------------

    def keep(self, page: Page) -> None:
        """Keep a page as it came."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self._db.execute(
            "INSERT INTO pages (url, final, fetched, status, headers, sha256, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                page.url,
                page.final,
                stamp,
                page.status,
                msgspec.json.encode(page.headers).decode(),
                hashlib.sha256(page.body).hexdigest(),
                zlib.compress(page.body, 6),
            ),
        )

    def page(self, url: str) -> Page | None:
        """The page that was fetched last from an address."""
        rows = self._all("SELECT url, final, status, headers, body FROM pages WHERE url = ? ORDER BY id DESC LIMIT 1", url)
        return (
            Page(
                url=rows[0][0],
                final=rows[0][1],
                status=rows[0][2],
                headers=msgspec.json.decode(rows[0][3], type=dict[str, str]),
                body=zlib.decompress(rows[0][4]),
            )
            if rows
            else None
        )

    def __len__(self) -> int:
        return int(self._all("SELECT count(*) FROM pages")[0][0])

    # -- feeds --------------------------------------------------------------------------------------------------------

    def feed(self, url: str) -> tuple[str | None, str | None, float, int]:
        """What is known of a feed: its ETag and Last-Modified, when it is due (Unix time), failures in a row."""
        rows = self._all("SELECT etag, modified, due, failures FROM feeds WHERE url = ?", url)
        return rows[0] if rows else (None, None, 0.0, 0)

    def note_feed(self, url: str, etag: str | None, modified: str | None, due: float, failures: int) -> None:
        """Keep what is known of a feed now."""
        self._db.execute(
            "INSERT OR REPLACE INTO feeds (url, etag, modified, due, failures) VALUES (?, ?, ?, ?, ?)", (url, etag, modified, due, failures)
        )

    # -- items --------------------------------------------------------------------------------------------------------

    def want(self, url: str, feed: str, facts: Facts) -> bool:
        """Put a page down to be fetched; False if it was already."""
        row = (url, feed, msgspec.json.encode(facts).decode())
        return self._db.execute("INSERT OR IGNORE INTO items (url, feed, facts, state, tries, due) VALUES (?, ?, ?, 'new', 0, 0)", row).rowcount > 0

    def due(self, now: float) -> list[Item]:
        """Pages to be fetched now, in the order of their addresses."""
        rows = self._all("SELECT url, feed, facts, tries FROM items WHERE state = 'new' AND due <= ? ORDER BY due, url", now)
        return [Item(r[0], r[1], msgspec.json.decode(r[2], type=Facts), r[3]) for r in rows]

    def next_due(self) -> float | None:
        """When the next page is to be fetched."""
        value = self._all("SELECT min(due) FROM items WHERE state = 'new'")[0][0]
        return None if value is None else float(value)

    def done(self, url: str, state: str = "done") -> None:
        """A page was dealt with: done or failed."""
        self._db.execute("UPDATE items SET state = ? WHERE url = ?", (state, url))

    def later(self, url: str, due: float) -> None:
        """A page is to be tried again."""
        self._db.execute("UPDATE items SET tries = tries + 1, due = ? WHERE url = ?", (due, url))

    # -- hosts --------------------------------------------------------------------------------------------------------

    def host(self, host: str) -> tuple[float, str | None, float]:
        """When a host may be asked again, its robots.txt, and when that was fetched (Unix time)."""
        rows = self._all("SELECT free, robots, robots_at FROM hosts WHERE host = ?", host)
        return rows[0] if rows else (0.0, None, 0.0)

    def note_host(self, host: str, free: float, robots: str | None, robots_at: float) -> None:
        """Keep what is known of a host now."""
        self._db.execute("INSERT OR REPLACE INTO hosts (host, free, robots, robots_at) VALUES (?, ?, ?, ?)", (host, free, robots, robots_at))

"""The open ledger of a server: readers for its threads, and pages that were made, kept as long as the ledger has not changed."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import LifoQueue
from typing import Any, Final, NamedTuple, TypeVar

from memcon.browse import Browser
from memcon.ledger.migrations import steps
from memcon.ledger.store import LedgerError
from memcon.query import Ledger

__all__ = ["Made", "Shelf"]

T = TypeVar("T")
_READERS: Final = 3
_KEPT: Final = 32 * 1024 * 1024  # bytes of finished pages
_LARGEST: Final = 2 * 1024 * 1024
_CHEAP: Final = 0.02  # seconds: a figure that takes less is made by the page that shows it
_PATIENCE: Final = 50  # a figure over the whole ledger that took t seconds is shown for up to 50 t after the ledger has changed


def _up_to_date(path: str | os.PathLike[str]) -> None:
    """Pages need what this memcon derives from reports; a reader derives nothing. Raises `LedgerError`."""
    with Ledger(path, readonly=True) as ledger:
        if int(ledger.store.rows("PRAGMA user_version")[0][0]) < len(steps()):
            raise LedgerError(ledger.store.path, "made by an older memcon: `memcon rebuild` brings it up to date")


class Made(NamedTuple):
    """A finished answer."""

    status: int
    kind: str
    body: bytes
    etag: str


class Shelf:
    """Readers of one ledger file, each used by one thread at a time, and the answers made from it.

    Every page is made within one transaction, so that it shows one state of the ledger while reports are being added.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self._readers: LifoQueue[Browser] = LifoQueue()
        _up_to_date(path)
        self._all = [Browser(Ledger(path, readonly=True)) for _ in range(_READERS)]
        for reader in self._all:
            self._readers.put(reader)
        self._lock = threading.Lock()
        self._watch = Ledger(path, readonly=True)
        self._pages: OrderedDict[str, tuple[int, Made]] = OrderedDict()
        self._size = 0
        self._figures: dict[str, tuple[int, float, float, Any]] = {}
        self._making: dict[str, threading.Lock] = {}
        self._running: dict[str, Any] = {}

    def close(self) -> None:
        """Close the ledger."""
        for reader in self._all:
            reader.ledger.close()
        self._watch.close()

    def outdated(self) -> bool:
        """Whether the rules of another memcon joined what is shown."""
        with self.reading() as browser:
            return browser.ledger.outdated

    @contextmanager
    def reading(self) -> Iterator[Browser]:
        """A reader that sees one state of the ledger."""
        browser = self._readers.get()
        try:
            browser.store.db.execute("BEGIN")
            try:
                yield browser
            finally:
                if browser.store.db.in_transaction:
                    browser.store.db.execute("ROLLBACK")
        finally:
            self._readers.put(browser)

    @contextmanager
    def _own(self) -> Iterator[Browser]:
        """A reader beside those of pages, which need not wait for it."""
        with Ledger(self.path, readonly=True) as ledger, ledger.snapshot():
            yield Browser(ledger)

    def state(self) -> int:
        """A number that changes when the ledger does."""
        with self._lock:
            try:
                return int(self._watch.store.db.execute("PRAGMA data_version").fetchone()[0])
            except sqlite3.DatabaseError:
                return -1

    def made(self, key: str, make: Callable[[], Made]) -> Made:
        """The answer for a key, made anew when the ledger has changed since."""
        before = self.state()
        with self._lock:
            known = self._pages.get(key)
            if known is not None and known[0] == before:
                self._pages.move_to_end(key)
                return known[1]
        answer = make()
        if before >= 0 and answer.status == 200 and len(answer.body) <= _LARGEST and before == self.state():
            self._keep(key, before, answer)
        return answer

    def _keep(self, key: str, state: int, answer: Made) -> None:
        with self._lock:
            old = self._pages.pop(key, None)
            self._size += len(answer.body) - (len(old[1].body) if old else 0)
            self._pages[key] = (state, answer)
            while self._size > _KEPT:
                _, (_, gone) = self._pages.popitem(last=False)
                self._size -= len(gone.body)

    def figure(self, name: str, browser: Browser, make: Callable[[Browser], T]) -> T:
        """A figure over the whole ledger, as ``browser`` sees it.

        Where it is dear to make, an older one serves for a while after the ledger has changed, and then until a newer one was made beside the pages.
        """
        state, now = self.state(), time.monotonic()
        known = self._figures.get(name)
        if known is not None and (known[0] == state or now - known[1] < _PATIENCE * known[2]):
            return known[3]  # type: ignore[no-any-return]
        with self._lock:
            making = self._making.setdefault(name, threading.Lock())
        if known is None or known[2] < _CHEAP:
            with making:
                return self._counted(name, browser, make)
        if making.acquire(blocking=False):
            threading.Thread(target=self._renew, args=(name, make, making), daemon=True).start()
        return known[3]  # type: ignore[no-any-return]

    def _counted(self, name: str, browser: Browser, make: Callable[[Browser], T]) -> T:
        """A figure made anew, unless that was done while this thread waited."""
        state, now = self.state(), time.monotonic()
        newer = self._figures.get(name)
        if newer is not None and newer[0] == state:
            return newer[3]  # type: ignore[no-any-return]
        value = make(browser)
        self._figures[name] = (state, now, time.monotonic() - now, value)
        return value

    def _renew(self, name: str, make: Callable[[Browser], T], making: threading.Lock) -> None:
        try:
            with self._own() as browser:
                self._counted(name, browser, make)
        finally:
            making.release()

    def running(self, name: str, start: Callable[[], T]) -> T:
        """Something that is kept up as the ledger grows, and not made anew."""
        with self._lock:
            return self._running.setdefault(name, start())  # type: ignore[no-any-return]

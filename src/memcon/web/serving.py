"""Serving pages from several processes at one address.

Making a page is Python's work, and one process does one piece of it at a time: of twenty readers who ask at once, the last would wait for nineteen
pages. Each further process opens the ledger, and a socket at the address, for itself; the system deals connections out among them. (Of processes
that share one socket, whichever wakes first takes every connection that waits: all twenty.)
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
from collections.abc import Sequence
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, Final, Self

from memcon.errors import MemconError

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

    from memcon.web.shelf import Shelf

__all__ = ["Team", "listening", "serve"]

_LATE: Final = "9998-01-01"  # of which day the first board is made, that nobody sees
_PAUSE: Final = 1.0  # seconds before a process that ended is replaced, so that one which cannot live does not take the machine with it
_PATIENCE: Final = 5.0  # seconds that a process has to end when it is told to


Address = tuple[str, int]


def listening(address: Address, *, shared: bool = False) -> socket.socket:
    """A socket at an address (host, port; 0 for any free one); ``shared`` lets further processes of this server listen there too. Raises `OSError` where another program does."""
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that asyncio sends small answers at once
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        sock.bind(address)
        sock.listen(128)
    except OSError:
        sock.close()
        raise
    return sock


def serve(sock: socket.socket, app: FastAPI) -> None:
    """Answer at a socket until the process is told to end. ``app`` is what `memcon.web.app.create_app` gives."""
    _server(app).run(sockets=[sock])


def _server(app: FastAPI) -> uvicorn.Server:
    import uvicorn

    threading.Thread(target=_warm, args=(app.state.shelf,), daemon=True).start()
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, date_header=False, lifespan="off", timeout_keep_alive=30, limit_concurrency=500,
    )  # fmt: skip
    return uvicorn.Server(config)


def _warm(shelf: Shelf) -> None:
    """Load and count what the first readers would otherwise wait for."""
    from memcon.browse import Filters
    from memcon.run import sentence_index
    from memcon.web import boards, pages
    from memcon.web.home import counts, coverage
    from memcon.web.lists import ranked_pairs, sides
    from memcon.web.network import network
    from memcon.web.people import bodies

    pages.prepare()
    with shelf.reading() as browser:
        coverage(browser, shelf)
        network(browser, Filters())
        boards.plans(browser, Filters(), _LATE)
        for figure in (counts, bodies, ranked_pairs, sides):
            figure(browser, shelf)
    sentence_index("Made ready.")


class Team:
    """Further processes that answer at an address beside this one, each replaced when it ends by itself. Use as a context manager."""

    def __init__(self, address: Address, ledger: str | os.PathLike[str], hosts: Sequence[str], number: int) -> None:
        self._what = (address, os.fspath(ledger), tuple(hosts))
        self._context = multiprocessing.get_context("spawn")
        self._ending = threading.Event()
        self.processes = [self._started() for _ in range(number)]
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End them all."""
        self._ending.set()
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()

    def _started(self) -> SpawnProcess:
        process = self._context.Process(target=_answer, args=self._what, daemon=True)
        process.start()
        return process

    def _watch(self) -> None:
        while not self._ending.is_set():
            wait([p.sentinel for p in self.processes], timeout=_PAUSE)
            for place, process in enumerate(self.processes):
                if not process.is_alive() and not self._ending.wait(_PAUSE):
                    self.processes[place] = self._started()


def _answer(address: Address, ledger: str, hosts: tuple[str, ...]) -> None:
    """A further process: answers until it is told to end, or the one that started it is gone."""
    from memcon.web.app import create_app

    try:
        server = _server(create_app(ledger, hosts=hosts))
    except MemconError:
        return  # the ledger is gone: the first process says so to who asks
    threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
    # Only now: connections that the system deals to this process must not wait until it is ready.
    server.run(sockets=[listening(address, shared=True)])


def _end_with_parent(server: uvicorn.Server) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        server.should_exit = True

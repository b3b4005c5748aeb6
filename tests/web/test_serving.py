"""Several processes at one socket: all answer, one that dies is replaced, and none outlives the first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from memcon.browse import Browser
from memcon.web.shelf import Shelf

PROC = Path("/proc")


def children(pid: int) -> set[int]:
    """The processes that a process started, of those that serve pages."""
    found = set()
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text(encoding="ascii", errors="replace").rsplit(") ", 1)[1].split()[:2]
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(parent) == pid and state != "Z" and b"spawn_main" in command:
            found.add(int(stat.parent.name))
    return found


def until(holds: Callable[[], bool], seconds: float = 30) -> bool:
    """Wait for something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(not PROC.is_dir(), reason="processes are looked for in /proc")
def test_a_process_that_dies_is_replaced_and_none_is_left_behind(book: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "memcon", "serve", "--ledger", str(book), "--port", "0", "--processes", "2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert started.stdout is not None
    address = started.stdout.readline().split()[0]
    try:
        assert until(lambda: len(children(started.pid)) == 1)
        (first,) = children(started.pid)
        os.kill(first, signal.SIGKILL)
        assert [httpx.get(address).status_code for _ in range(10)] == [200] * 10
        assert until(lambda: len(children(started.pid) - {first}) == 1), "another took its place"
        (second,) = children(started.pid)
    finally:
        started.terminate()
        started.communicate(timeout=20)
    assert until(lambda: not (PROC / str(second)).exists()), "it ended with the first"


def test_a_dear_figure_is_renewed_beside_the_pages(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memcon.web.shelf._CHEAP", 0.0)
    monkeypatch.setattr("memcon.web.shelf._PATIENCE", 0)
    shelf = Shelf(book)
    states = iter(range(100))
    monkeypatch.setattr(shelf, "state", lambda: next(states))
    made: list[int] = []

    def make(browser: Browser) -> int:
        made.append(browser.count("meetings"))
        return len(made)

    def figure() -> int:
        with shelf.reading() as browser:
            return shelf.figure("n", browser, make)

    assert figure() == 1, "where there is none, the page makes it"
    assert figure() == 1, "the older one is shown"
    assert until(lambda: len(made) >= 2), "while another is made"
    assert until(lambda: figure() >= 2)
    shelf.close()

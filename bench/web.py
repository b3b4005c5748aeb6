"""How long pages take: by kind of page, with one reader and with several at once, while reports are being added.

    uv run python bench/web.py                        a ledger of 100,000 made-up reports (it takes a quarter of an hour to make)
    uv run python bench/web.py --size 10000           another size
    uv run python bench/web.py --ledger copy.db       a ledger that is there; reports are added to it, so give a copy
    uv run python bench/web.py --check                exit code 1 where the median passes 50 ms or the 99th percentile 200 ms

The server is `memcon serve` in a process of its own; readers are in this one, each asking for page after page with a pause of
``--think`` seconds between them, as people do. Every page asked for is another (another person, contact, month, filter), so
what is measured is making pages, not keeping them. Times are milliseconds from the request to the last byte, and of the server's
processor for a page, which other work on the machine hardly changes.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import madeup

from memcon import Ledger

MEDIAN, LATE = 50.0, 200.0
ADDED = 1_500  # reports for `memcon add`, more than it reads while pages are measured
Times = dict[str, list[float]]


def fill(path: Path, size: int) -> None:
    """A ledger of made-up reports."""
    with Ledger(path) as ledger:
        for _ in ledger.keep_all(islice(madeup.reports(1), size), together=200):
            pass


def addresses(path: Path, seed: int) -> Iterator[tuple[str, str]]:
    """(kind of page, address) without end, hardly one twice."""
    dice = random.Random(seed)
    with Ledger(path, readonly=True) as ledger:
        store = ledger.store
        ids = {f: store.column("SELECT id FROM thing WHERE family = ? ORDER BY id LIMIT 40000", f) for f in ("visits", "meetings", "statements")}
        people = store.column("SELECT DISTINCT person FROM node ORDER BY person LIMIT 20000")
        reports = store.column("SELECT document FROM live ORDER BY document LIMIT 40000")
        pairs = store.column("SELECT value FROM facet WHERE family = 'meetings' AND facet = 'pair' GROUP BY value ORDER BY count(*) DESC LIMIT 400")
        bodies = store.column("SELECT DISTINCT body FROM node_office WHERE body <> '' ORDER BY body LIMIT 400")
        last = store.rows("SELECT max(day) FROM thing WHERE family = 'meetings'")[0][0]
    countries = sorted({x for p in pairs for x in p.split("-")})
    years = [str(y) for y in range(2005, int(last[:4]) + 1)]
    words = [w for t in madeup.TOPICS for w in t.split()]
    while True:
        yield "meeting", f"/meeting/{dice.choice(ids['meetings'])}"
        yield "visit", f"/visit/{dice.choice(ids['visits'])}"
        yield "statement", f"/statement/{dice.choice(ids['statements'])}"
        yield "person", f"/person/{dice.choice(people)}"
        yield "report", f"/report/{dice.choice(reports)}"
        yield "pair", f"/pair/{dice.choice(pairs)}"
        yield "body", f"/body/{quote(dice.choice(bodies))}"
        yield "list", f"/meetings?country={dice.choice(countries)}&since={dice.choice(years)}"
        yield "list of statements", f"/statements?pair={dice.choice(pairs)}&kind={dice.choice(('praise', 'thank', 'propose', 'invite'))}"
        yield "list by words", f"/meetings?text={dice.choice(words)}&country={dice.choice(countries)}"
        yield "people", f"/people?country={dice.choice(countries)}"
        yield "search", f"/search?q={dice.choice(words)}+{dice.choice(words)}"
        yield "plans", f"/plans?country={dice.choice(countries)}"
        yield "calendar", f"/calendar?month={dice.choice(years)}-{dice.randint(1, 12):02}"
        yield "network", f"/network?country={dice.choice(countries)}&until={dice.choice(years)}"
        yield "home", f"/?x={dice.random()}"
        yield "api", f"/api/meetings?country={dice.choice(countries)}&limit={dice.randint(20, 100)}"


def reader(port: int, pages: Iterator[tuple[str, str]], lock: threading.Lock, until: float, think: float, times: Times, wrong: list[str]) -> None:
    """One reader."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        with lock:
            kind, address = next(pages)
        began = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        took = 1000 * (time.perf_counter() - began)
        if answer.status not in (200, 302):
            wrong.append(f"{answer.status} {address}")
        times.setdefault(kind, []).append(took)
        time.sleep(think)


def read(port: int, path: Path, readers: int, seconds: float, think: float, seed: int) -> Times:
    """The times of several readers at once."""
    times: Times = {}
    wrong: list[str] = []
    lock, pages = threading.Lock(), addresses(path, seed)
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=reader, args=(port, pages, lock, until, think, times, wrong)) for _ in range(readers)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if wrong:
        sys.exit(f"{len(wrong)} pages failed: {wrong[:3]}")
    return times


def late(found: Sequence[float]) -> float:
    """The 99th percentile."""
    return sorted(found)[min(len(found) - 1, int(0.99 * len(found)))]


def processor(pid: int) -> float:
    """Seconds of processor time that a process, and those that it started and that live, have used."""
    used = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="ascii", errors="replace").rsplit(") ", 1)[1].split()
        except OSError:
            continue  # it ended meanwhile
        if pid in (int(stat.parent.name), int(fields[1])):
            used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def show(label: str, times: Times, used: float, *, kinds: bool) -> bool:
    """Print the times, and the server's processor time a page; whether they are as they should be."""
    every = [t for x in times.values() for t in x]
    print(
        f"{label:48} {len(every):6} pages   median {statistics.median(every):7.1f}   99th {late(every):7.1f}   processor {1000 * used / len(every):6.1f}"
    )
    if kinds:
        for kind, found in sorted(times.items()):
            print(f"  {kind:46} {len(found):6}         median {statistics.median(found):7.1f}   99th {late(found):7.1f}")
    return statistics.median(every) <= MEDIAN and late(every) <= LATE


def main(argv: Sequence[str] | None = None) -> None:
    """Measure."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--size", type=int, default=100_000)
    p.add_argument("--ledger", type=Path)
    p.add_argument("--readers", type=int, default=20)
    p.add_argument("--seconds", type=float, default=20)
    p.add_argument("--think", type=float, default=1.0)
    p.add_argument("--check", action="store_true")
    o = p.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        path = o.ledger or Path(folder) / "bench.db"
        if o.ledger is None:
            fill(path, o.size)
        texts = Path(folder) / "texts"
        texts.mkdir()
        with Ledger(path, readonly=True) as ledger:
            seed = 2 + len(ledger.documents())  # texts that it does not know, however often it was measured
        for document, _ in islice(madeup.reports(seed), ADDED):
            (texts / f"{document.id}.txt").write_text(document.text, encoding="utf-8")
        memcon = [sys.executable, "-m", "memcon"]
        server = subprocess.Popen(
            [*memcon, "serve", "--ledger", str(path), "--port", "0"], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
        assert server.stdout is not None
        port = int(server.stdout.readline().split("/  ")[0].rsplit(":", 1)[1])
        try:

            def measured(label: str, readers: int, seconds: float, think: float, seed: int, *, kinds: bool) -> bool:
                before = processor(server.pid)
                times = read(port, path, readers, seconds, think, seed)
                return show(label, times, processor(server.pid) - before, kinds=kinds)

            measured("first pages", 1, 3, 0.0, 0, kinds=False)
            fine = measured("one reader, page after page", 1, o.seconds, 0.0, 1, kinds=True)
            fine &= measured(f"{o.readers} readers, {o.think:g} s between pages", o.readers, o.seconds, o.think, 2, kinds=True)
            adding = subprocess.Popen([*memcon, "add", str(texts), "--ledger", str(path)], stdout=subprocess.DEVNULL)
            time.sleep(3)
            fine &= measured(f"{o.readers} readers while `memcon add` writes", o.readers, o.seconds, o.think, 3, kinds=True)
            print("still adding at the end" if adding.poll() is None else "adding had ended")
            adding.kill()
        finally:
            server.terminate()
            server.wait()
    if o.check and not fine:
        sys.exit("pages are too slow")


if __name__ == "__main__":
    main()

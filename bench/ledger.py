"""What a ledger costs as it grows: adding the next report, every list, searching, asking who held a post; and the memory it takes.

    uv run python bench/ledger.py                        1,000, 10,000 and 100,000 made-up reports (an hour or so)
    uv run python bench/ledger.py --sizes 1000 4000      other sizes
    uv run python bench/ledger.py --check                exit code 1 if something costs more than 3 times as much at the last size
    uv run python bench/ledger.py --read 60              memcon reads this many of the texts itself: reading beside keeping

The reports are those of `madeup.py`, kept with the records of a faultless reader through `memcon.Ledger.keep_all`, the way
by which a cluster's results enter a ledger: what is measured is the ledger, not the reading. Times are milliseconds, median of
several; "add" is one report in one transaction, on the disk when it returns. CPU time stands beside the clock's. Memory is
that of one process which fills the ledger from the first report to the last and is asked in between.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import madeup

from memcon import Document, Ledger
from memcon.langs import places

SIZES = (1_000, 10_000, 100_000)
LIMIT = 3.0
TOGETHER = 50  # reports in one transaction while filling
ADDED = 200  # reports added one by one at each size
PAGE = 10  # things that a list shows: as many as every list has at the first size, so that full pages are compared


class Cost(NamedTuple):
    """Median milliseconds: by the clock, and of the processor."""

    wall: float
    cpu: float


def measured(works: Sequence[Callable[[], object]]) -> Cost:
    """The median cost of some works."""
    walls, cpus = [], []
    for work in works:
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return Cost(statistics.median(walls), statistics.median(cpus))


def queries(ledger: Ledger, seed: int) -> dict[str, Cost]:
    """The cost of asking. Each question is asked once before, so that what is measured is not the disk."""
    first = madeup.countries(seed)[:2]
    pair, known = "-".join(first), ledger.people(limit=1)[0]
    name, day = known.name, ledger.posts(person=known.id)[0].first
    paged: dict[str, Callable[[], Sequence[object]]] = {
        "a pair's contacts": lambda: ledger.meetings(pair=pair, limit=PAGE),
        "a pair's state visits": lambda: ledger.visits(pair=pair, kind="state", limit=PAGE),
        "people": lambda: ledger.people(limit=PAGE),
        "people of a country": lambda: ledger.people(country=first[0], limit=PAGE),
        "people of an outlet": lambda: ledger.people(outlet="Outlet 7", limit=PAGE),
        "people who took part, of a pair": lambda: ledger.people(pair=pair, limit=PAGE),
        "posts": lambda: ledger.posts(limit=PAGE),
        "posts in a body and its parts": lambda: ledger.posts(body=places.country_name(first[0]), limit=PAGE),
        "visits": lambda: ledger.visits(limit=PAGE),
        "meetings": lambda: ledger.meetings(limit=PAGE),
        "meetings of an outlet": lambda: ledger.meetings(outlet="Outlet 7", limit=PAGE),
        "meetings in a language": lambda: ledger.meetings(language="en", limit=PAGE),
        "meetings with words": lambda: ledger.meetings(text="ferries", limit=PAGE),
        "statements of an act": lambda: ledger.statements(act="thank", limit=PAGE),
        "plans": lambda: ledger.plans(limit=PAGE),
        "conflicts": lambda: ledger.conflicts(limit=PAGE),
        "conflicts of an outlet": lambda: ledger.conflicts(outlet="Outlet 7", limit=PAGE),
        "issues": lambda: ledger.issues(limit=PAGE),
        "issues of an outlet": lambda: ledger.issues(outlet="Outlet 7", limit=PAGE),
        "issues of a pair": lambda: ledger.issues(pair=pair, limit=PAGE),
    }
    questions: dict[str, list[Callable[[], object]]] = {
        **{f"{label}, {PAGE}": [asked] * 5 for label, asked in paged.items()},
        "search, two words": [
            partial(ledger.search, t) for t in ("ferries potatoes", "glacier water", "border markets", "mountain rescue", "tax treaties")
        ],
        "search, a name": [lambda: ledger.search(name)] * 5,
        "who held which post": [lambda: ledger.who(known.id, on=day)] * 5,
    }
    for label, asked in paged.items():
        rows = len(asked())
        print(f"          {label}: {rows} rows", flush=True) if rows < PAGE else None
    for works in questions.values():
        works[0]()
    return {label: measured(asked) for label, asked in questions.items()}


def memory() -> float:
    """Megabytes of memory that this process holds now."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def fill(path: Path, sizes: list[int], seed: int) -> dict[int, dict[str, Cost]]:
    """Fill one ledger, and measure at every size."""
    costs: dict[int, dict[str, Cost]] = {}
    made = madeup.reports(seed)
    with Ledger(path) as ledger:
        kept = len(ledger.documents())  # a run that was cut short goes on where it was
        for _ in islice(made, kept):
            pass
        for size in (s for s in sizes if s >= kept):
            for _ in ledger.keep_all(islice(made, size - kept), together=TOGETHER):
                kept += 1
            found = {"add the next report": measured([partial(ledger.keep, d, m) for d, m in islice(made, ADDED)])}
            kept += ADDED
            found.update(queries(ledger, seed))
            costs[size] = found
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{size:>9,} reports: file {path.stat().st_size / 1e6:,.0f} MB, memory {memory():,.0f} MB after filling, {most:,.0f} MB at most so far",
                flush=True,
            )
            for label, cost in found.items():
                print(f"          {label:36} {cost.wall:8.2f} ms  ({cost.cpu:.2f} cpu)", flush=True)
    return costs


def table(costs: dict[int, dict[str, Cost]]) -> bool:
    """Print costs side by side; whether all stay within the limit."""
    sizes = sorted(costs)
    good = True
    print(f"{'':36}" + "".join(f"{s:>12,}" for s in sizes) + "   last/first (cpu)")
    for label in costs[sizes[0]]:
        row = [costs[s][label] for s in sizes]
        growth = row[-1].cpu / max(row[0].cpu, 0.05)
        good &= growth <= LIMIT
        print(f"{label:36}" + "".join(f"{c.wall:>9.2f} ms" for c in row) + f"   {growth:.2f}" + ("" if growth <= LIMIT else "  MISSED"))
    return good


def _read_and_keep(ledger: Ledger, document: Document) -> None:
    from memcon.run import read_document

    ledger.keep(document, read_document(document))


def reading(number: int, seed: int) -> None:
    """Read made-up texts with memcon itself: the cost of reading beside that of keeping."""
    from memcon.run import read_document

    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "r.db") as ledger:
        pairs = list(islice(madeup.reports(seed), number + 1))
        read_document(pairs[0][0])
        costs: tuple[tuple[str, Sequence[Callable[[], object]]], ...] = (
            ("read", [partial(read_document, d) for d, _ in pairs[1:]]),
            ("read and keep", [partial(_read_and_keep, ledger, d) for d, _ in pairs[1:]]),
        )
        for label, works in costs:
            cost = measured(works)
            print(f"{label:36}{cost.wall:>9.2f} ms  ({cost.cpu:.2f} cpu), median of {number}")
        agreed = sum(len(read_document(d).meetings) == len(m.meetings) for d, m in pairs[1:])
        print(f"of the {number} texts memcon reads {agreed} with as many meetings as were written into them")


def main() -> None:
    """Print a table."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--check", action="store_true")
    p.add_argument("--read", type=int, metavar="N")
    p.add_argument("--keep", type=Path, help="keep the ledger in this file, and go on with one that is there")
    o = p.parse_args()
    if o.read:
        reading(o.read, o.seed)
        return
    with tempfile.TemporaryDirectory() as folder:
        good = table(fill(o.keep or Path(folder) / "memcon.db", sorted(o.sizes), o.seed))
    sys.exit(int(o.check and not good))


if __name__ == "__main__":
    main()

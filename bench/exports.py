"""What writing each format costs on a ledger of made-up reports: processor time, size, and memory, each in a process of its own.

    uv run python bench/exports.py                          10,000 made-up reports (a few minutes to fill)
    uv run python bench/exports.py --ledger memcon.db       a ledger of your own
    uv run python bench/exports.py --check                  exit code 1 if a format needs more than 300 MB

"before" is the process with the ledger open, "peak" its most: of that SQLite's own cache is up to 64 MB.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Final

import madeup

from memcon import Ledger
from memcon.export.formats import FORMATS, Selection

REPORTS: Final = 10_000
MOST: Final = 300.0  # MB
CASES: Final = (
    ("csv", "statements"), ("csv", "meetings"), ("csv", "people"), ("csv", "posts"), ("xlsx", "statements"), ("jsonl", "statements"), ("parquet", "statements"), ("events", "events"),
    ("jsonld", "meetings"), ("ftm", "meetings"), ("graphml", "meetings"), ("ical", "meetings"), ("atom", "statements"), ("rss", "statements"), ("bibtex", "sources"),
)  # fmt: skip


def memory() -> float:
    """The most memory that this process had, in MB; what `resource` says would count its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def one(path: str, form: str, name: str) -> None:
    """Write one format and print what it cost."""
    with Ledger(path, readonly=True) as ledger, tempfile.TemporaryFile() as file:
        ledger.meetings(limit=1)
        before, started = memory(), time.process_time()
        FORMATS[form].write(ledger, Selection((name,)), file)
        print(f"{time.process_time() - started:.1f} {file.tell() / 1e6:.1f} {before:.0f} {memory():.0f}")


def main() -> int:
    """Fill a ledger, write each format from it, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", help="a ledger to export, instead of made-up reports")
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        one(*asked.one)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = asked.ledger or str(Path(folder) / "made-up.db")
        if asked.ledger is None:
            with Ledger(path) as ledger:
                for _ in ledger.keep_all(islice(madeup.reports(1), asked.reports)):
                    pass
        return table(path, check=asked.check)


def table(path: str, *, check: bool) -> int:
    """Each format's costs; 1 if one needs too much memory and that is asked."""
    with Ledger(path, readonly=True) as ledger:
        rows = {name: sum(1 for _ in ledger.each(name)) for name in ("statements", "meetings", "people", "posts")} | {
            "sources": len(ledger.documents())
        }
    print(", ".join(f"{n:,} {name}" for name, n in rows.items()))
    print(f"{'format':9} {'list':11} {'s':>7} {'MB':>8} {'before':>7} {'peak MB':>8}")
    worst = 0.0
    for form, name in CASES:
        command = [sys.executable, str(Path(__file__).resolve()), "--one", path, form, name]
        seconds, size, before, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        print(f"{form:9} {name:11} {seconds:>7} {size:>8} {before:>7} {peak:>8}", flush=True)
        worst = max(worst, float(peak))
    return int(check and worst > MOST)


if __name__ == "__main__":
    sys.exit(main())

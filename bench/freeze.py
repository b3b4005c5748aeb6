"""Freezes a ledger of the present format for the migration tests: tests/ledger/formats/N.db.gz. Run once, when a format is released.

    uv run python bench/freeze.py
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from itertools import islice
from pathlib import Path

import madeup

from memcon import Ledger
from memcon.ledger import migrations, store

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "ledger" / "formats"


def main() -> None:
    """Keep six made-up reports, remove one, judge two, and pack the file."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else len(migrations.steps())
    released = migrations.steps()[:number]
    store.__dict__["steps"] = lambda: released  # an older format is made by its own steps alone
    target = FOLDER / f"{number}.db.gz"
    if target.exists():
        sys.exit(f"{target} is frozen")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frozen.db"
        with Ledger(path) as book:
            added = list(book.keep_all(islice(madeup.reports(7), 6)))
            book.remove(added[-1].id, why="frozen")
            first, second = (m.id for m in book.meetings()[:2])
            book.same(first, second, why="frozen")
        target.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    print(target, target.stat().st_size)


if __name__ == "__main__":
    main()

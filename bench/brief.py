"""How long the brief of a much-met pair takes: a pair with 5,000 contacts, and nothing of it read more than the brief needs.

    uv run python bench/brief.py                    makes the ledger (a quarter of an hour or more), then times
    uv run python bench/brief.py --ledger kept.db   the same, and keeps the ledger or takes the one that is there
    uv run python bench/brief.py --check            exit code 1 where the command takes 2 s or more

Printed are the seconds of the command as a whole (`memcon brief PAIR`, a process of its own), of the brief alone in a process that
has loaded memcon, and of the wording watch: by the clock, and of the processor, which other work on the machine hardly changes.
Contacts are those of `bench/madeup.py` between its first two countries.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import madeup

from memcon import Ledger
from memcon.follow.brief import brief
from memcon.follow.wording import watched
from memcon.model import Document, Memorandum

LIMIT: Final = 2.0  # seconds
_AGAIN: Final = 5


def reports(size: int, seed: int = 1) -> Iterator[tuple[Document, Memorandum]]:
    """Reports of the first ``size`` contacts between the two countries that meet most."""
    pair = set(madeup.countries(seed)[:2])
    dice = random.Random(f"brief {seed}")
    told = (c for c in madeup.contacts(seed) if {c.guest.country, c.host.country} == pair)
    for number, contact in enumerate(islice(told, size)):
        yield from madeup.told(f"r{number:07d}", contact, dice)


def _timed(times: int, run: Callable[[], object], *, child: bool = False) -> tuple[list[float], list[float]]:
    """Seconds by the clock and of the processor (of child processes, if the work is theirs), each sorted."""
    by_clock, of_processor = [], []
    for _ in range(times):
        start, spent = time.perf_counter(), _spent(child=child)
        run()
        by_clock.append(time.perf_counter() - start)
        of_processor.append(_spent(child=child) - spent)
    return sorted(by_clock), sorted(of_processor)


def _spent(*, child: bool) -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN if child else resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _told(name: str, found: tuple[list[float], list[float]]) -> float:
    """Print the figures of one thing; its median by the clock."""
    (clock, processor), middle = found, len(found[0]) // 2
    print(f"{name:10} median {clock[middle]:.2f} s, fastest {clock[0]:.2f} s; processor: median {processor[middle]:.2f} s, least {processor[0]:.2f} s")
    return clock[middle]


def measure(path: Path) -> float:
    """Print the figures; the median seconds of the command."""
    pair = "-".join(sorted(madeup.countries(1)[:2]))
    with Ledger(path, readonly=True) as ledger:
        contacts = ledger.store.rows("SELECT count(*) FROM facet WHERE family = 'meetings' AND facet = 'pair' AND value = ?", pair)[0][0]
        print(f"{len(ledger.documents()):,} reports, {contacts:,} meetings of {pair}")
        for name, run in (("brief", lambda: brief(ledger, pair, "2030-01-01")), ("wording", lambda: watched(ledger, pair, on="2030-01-01"))):
            run()
            _told(name, _timed(_AGAIN, run))
    command = [sys.executable, "-m", "memcon", "brief", pair, "--ledger", str(path), "--on", "2030-01-01"]
    return _told("command", _timed(_AGAIN, lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL), child=True))


def main(argv: Sequence[str] | None = None) -> None:
    """Make a ledger and time its brief."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--size", type=int, default=5_000, help="contacts")
    p.add_argument("--ledger", type=Path)
    p.add_argument("--check", action="store_true")
    o = p.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        path = o.ledger or Path(folder) / "brief.db"
        if not path.exists():
            with Ledger(path) as ledger:
                for _ in ledger.keep_all(reports(o.size), together=200):
                    pass
        seconds = measure(path)
    if o.check and seconds >= LIMIT:
        sys.exit(1)


if __name__ == "__main__":
    main()

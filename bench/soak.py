"""Hard usage of a ledger: kills, two writers, a reader, a full disk, a read-only file, damaged files.

    uv run python bench/soak.py                               everything, with 100 kills of `memcon add` of 500 reports (half an hour or so)
    uv run python bench/soak.py kill --times 100 --reports 500
    uv run python bench/soak.py writers full readonly damage

Each trial ends in "ok" or stops with what was wrong. The reports are made up (`madeup.py`) and really read.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import madeup

from memcon import Ledger
from memcon.errors import MemconError

TRIALS = ("kill", "writers", "full", "readonly", "damage")
PROGRAM = (sys.executable, "-m", "memcon.cli")


class WrongError(AssertionError):
    """What a ledger must never do."""


def expect(holds: bool, otherwise: str) -> None:
    """Raise `WrongError` unless something holds."""
    if not holds:
        raise WrongError(otherwise)


def make(folder: Path, number: int) -> Path:
    """A folder with made-up reports."""
    madeup.main([str(number), "--out", str(folder)])
    return folder


def add(ledger: Path, *reports: Path, published: str = "2005-01-05") -> subprocess.Popen[str]:
    """Start `memcon add`."""
    return subprocess.Popen(
        [*PROGRAM, "add", *map(str, reports), "--ledger", str(ledger), "--published", published, "--language", "en"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for a command that must succeed; its output."""
    out, err = process.communicate(timeout=3600)
    expect(process.returncode == 0, f"exit code {process.returncode}: {err[-2000:]}")
    return out


def dump(ledger: Path) -> bytes:
    """The view, in its canonical form."""
    with Ledger(ledger, readonly=True) as book:
        return book.dump()


def kept(ledger: Path) -> set[str]:
    """Ids of the reports in a ledger that can be opened; of none, if it was never made."""
    if not ledger.exists() or not ledger.stat().st_size:
        return set()
    try:
        with Ledger(ledger, readonly=True) as book:
            expect(not book.store.check(), "SQLite finds the file damaged")
            return set(book.documents())
    except MemconError as error:
        expect("no ledger yet" in str(error), str(error))
        return set()


def kill(folder: Path, times: int, number: int, seed: int = 1) -> str:
    """Kill `memcon add` at random moments. What it acknowledged must be there; in the end all must be as if undisturbed."""
    dice = random.Random(seed)
    reports = make(folder / "reports", number)
    begin = time.monotonic()
    finish(add(folder / "calm.db", reports))
    longest, calm = time.monotonic() - begin, dump(folder / "calm.db")
    rough, acknowledged, completed, died = folder / "rough.db", set[str](), 0, 0
    while died < times:
        process = add(rough, reports)
        # Half of the moments lie in the first seconds: there a ledger is made, and there a re-run finds where it was.
        time.sleep(dice.uniform(0.02, min(3.0, longest) if dice.random() < 0.5 else longest))
        process.send_signal(signal.SIGKILL)
        out, err = process.communicate()
        expect(process.returncode in (0, -signal.SIGKILL), f"exit code {process.returncode}: {err[-2000:]}")
        died += process.returncode != 0
        acknowledged |= {line.split()[0] for line in out.splitlines() if line.endswith(tuple("0123456789abcd"))}
        there = kept(rough)
        lost = acknowledged - there
        print(f"  kill {died}: {len(acknowledged)} acknowledged, {len(there)} in the ledger, {len(lost)} lost", file=sys.stderr, flush=True)
        expect(not lost, f"acknowledged, and lost: {sorted(lost)}")
        if process.returncode == 0:
            expect(dump(rough) == calm, "a disturbed run ended in another view")
            rough, acknowledged, completed = folder / f"rough{died}.db", set(), completed + 1
    finish(add(rough, reports))
    expect(dump(rough) == calm, "the view after all kills is another than that of an undisturbed run")
    with Ledger(rough) as book:
        book.rebuild()
    expect(dump(rough) == calm, "a rebuilt view is another")
    return f"{died} kills of `memcon add` of {number} reports; {completed + 1} ledgers completed; nothing acknowledged was lost, and the views are equal to the byte"


def writers(folder: Path, number: int) -> str:
    """Two writers at once, some reports in both hands, and a reader all the while."""
    reports = sorted(make(folder / "reports", number).iterdir())
    third = len(reports) // 3
    finish(add(folder / "one.db", *reports))
    shared = folder / "two.db"
    both = [add(shared, *reports[: 2 * third]), add(shared, *reports[third:])]
    looks = 0
    try:
        while any(p.poll() is None for p in both):
            looks += bool(kept(shared))
            if looks:
                with Ledger(shared, readonly=True) as book:
                    book.meetings(limit=20)
                    book.search("visit")
    finally:
        for process in both:
            finish(process)
    expect(dump(shared) == dump(folder / "one.db"), "two writers made another view than one")
    return f"two writers of {number} reports at once, a reader that looked {looks} times: no error, no loss, one view"


def full(folder: Path, number: int) -> str:
    """No room left: every file stops growing at some size (as a full disk does for the ledger)."""
    reports = make(folder / "reports", number)
    ledger = folder / "full.db"
    finish(add(ledger, *sorted(reports.iterdir())[:2]))
    before = dump(ledger)
    limit = ledger.stat().st_size + 64 * 1024

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    words = [*PROGRAM, "add", str(reports), "--ledger", str(ledger), "--published", "2005-01-05", "--language", "en"]
    run = subprocess.run(words, capture_output=True, text=True, preexec_fn=small, check=False)
    expect(run.returncode == 2, f"exit code {run.returncode}, not 2: {run.stderr[-2000:]}")
    expect("disk is full" in run.stderr and "Traceback" not in run.stderr, f"unclear words: {run.stderr[-2000:]}")
    said = {line.split()[0] for line in run.stdout.splitlines()}
    expect(said <= kept(ledger), "acknowledged on a full disk, and lost")
    if len(said) <= 2:
        expect(dump(ledger) == before, "a refused report left traces")
    finish(add(ledger, reports))
    finish(add(folder / "free.db", reports))
    expect(dump(ledger) == dump(folder / "free.db"), "with room again, the view is another")
    return f"a full disk: “{run.stderr.strip().splitlines()[-1]}”; with room again all is complete"


def readonly(folder: Path, number: int = 3) -> str:
    """A protected ledger can be read, and is not changed."""
    reports = sorted(make(folder / "reports", number).iterdir())
    ledger = folder / "protected.db"
    finish(add(ledger, *reports[:-1]))
    ledger.chmod(0o444)
    before = ledger.read_bytes()
    run = subprocess.run([*PROGRAM, "add", str(reports[-1]), "--ledger", str(ledger)], capture_output=True, text=True, check=False)
    expect(run.returncode == 2 and "read-only" in run.stderr and "Traceback" not in run.stderr, f"exit code {run.returncode}: {run.stderr}")
    listed = subprocess.run([*PROGRAM, "list", "people", "--ledger", str(ledger)], capture_output=True, text=True, check=False)
    expect(listed.returncode == 0 and bool(listed.stdout), f"cannot be read: {listed.stderr}")
    expect(ledger.read_bytes() == before, "a protected ledger was changed")
    return f"a read-only ledger: “{run.stderr.strip()}”; it can be listed"


def damage(folder: Path, number: int, times: int = 60, seed: int = 1) -> str:
    """Damaged files: cut short, overwritten in places, no ledger at all. Clear words or a right answer, and never a change."""
    dice = random.Random(seed)
    reports = sorted(make(folder / "reports", number).iterdir())
    sound = folder / "sound.db"
    finish(add(sound, *reports))
    good, seen = sound.read_bytes(), 0
    for turn in range(times):
        harmed = folder / "harmed.db"
        for old in folder.glob("harmed.db*"):
            old.unlink()
        harmed.write_bytes(_harmed(good, turn, dice))
        before = harmed.read_bytes()
        told = _ask(harmed)
        seen += told is not None
        if told is not None:
            expect(harmed.read_bytes() == before, f"a damaged ledger was changed ({told})")
    return f"{times} damaged files: {seen} noticed, each with one line of words, none changed; the damage to the others was in unused bytes or inside a text"


def _harmed(good: bytes, turn: int, dice: random.Random) -> bytes:
    if turn % 3 == 0:
        return good[: dice.randrange(1, len(good))]
    harmed, length = bytearray(good), dice.choice((16, 512, 16_384))
    at = dice.randrange(len(good) - length)
    harmed[at : at + length] = dice.randbytes(length) if turn % 3 == 1 else bytes(length)
    return bytes(harmed)


def _ask(ledger: Path) -> str | None:
    """Read all of it, and open it for writing; the error in words, if there was one. Anything but a `MemconError` comes through."""
    said = None
    for reading in (True, False):
        try:
            with Ledger(ledger, readonly=reading) as book:
                if reading:
                    book.dump()
                    book.search("visit")
        except MemconError as error:
            said = said or str(error)
    return said


def main(argv: Sequence[str] | None = None) -> None:
    """Run trials."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("trials", nargs="*", metavar="TRIAL", help=", ".join(TRIALS), default=list(TRIALS))
    p.add_argument("--times", type=int, default=100)
    p.add_argument("--reports", type=int, default=500)
    o = p.parse_args(argv)
    for trial in o.trials:
        with tempfile.TemporaryDirectory() as folder:
            trials: dict[str, Callable[[Path], str]] = {
                "kill": lambda f: kill(f, o.times, o.reports), "writers": lambda f: writers(f, min(o.reports, 60)), "full": lambda f: full(f, min(o.reports, 30)),
                "readonly": readonly, "damage": lambda f: damage(f, min(o.reports, 20)),
            }  # fmt: skip
            print(f"{trial}: ok, {trials[trial](Path(folder))}", flush=True)


if __name__ == "__main__":
    main()

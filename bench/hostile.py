"""Bad input through the command line: what `memcon read` says of it, how long it takes, and how much memory.

    uv run python bench/hostile.py            every case
    uv run python bench/hostile.py --only large   cases whose name holds a word
    uv run python bench/hostile.py --check    exit code 1 if a promise is broken

What is promised: a line ``PATH: what is wrong`` on standard error for what cannot be read and nothing else there, exit
code 1 for it and 0 else, an end within the time, and at most 500 MB. Texts within the limits of `memcon.read.text` are
read, however odd: these show what the limits allow at most.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from memcon.read.text import LARGEST, LONGEST_LINE

ROOT: Final = Path(__file__).resolve().parents[1]
REPORTS: Final = ROOT / "tests" / "reports" / "dev"
MEMORY: Final = 500.0  # MB a process
PATIENCE: Final = 10.0  # wall seconds for what is refused
LONG_PATIENCE: Final = 300.0  # wall seconds for what is read at the limits
MB: Final = 1_000_000
PROSE: Final = "Foreign Minister Ana Silva met her counterpart Jan Kowal in the capital on Monday and stressed that trade will grow. "


class Case(NamedTuple):
    """A folder's contents, made by ``make``, with how many of its reports are bad and how many good."""

    name: str
    make: Callable[[Path], None]
    bad: int
    good: int = 0


class Result(NamedTuple):
    """What became of a case."""

    code: int
    lines: list[str]
    read: int
    wall: float
    peak: float


def _file(data: Callable[[], bytes], times: int = 1) -> Callable[[Path], None]:
    """Writes what ``data`` gives, so often, into a file; in parts, as a child's peak counts what its parent held."""

    def make(folder: Path) -> None:
        part = data()
        with (folder / "x.txt").open("wb") as file:
            for _ in range(times):
                file.write(part)

    return make


def _filled(part: str, length: int) -> bytes:
    return (part * (length // len(part) + 1)).encode()[:length].decode(errors="ignore").encode()


def _reports(length: int) -> bytes:
    """The development reports, one after the other, as often as it takes."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(REPORTS.glob("*.txt"))]
    return _filled("\n\n".join(texts) + "\n\n", length)


def _no_permission(folder: Path) -> None:
    (folder / "x.txt").write_text(PROSE)
    (folder / "x.txt").chmod(0)


def _loop(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "x.txt").write_text(PROSE)
    (folder / "in" / "back").symlink_to(folder)


def _together(folder: Path) -> None:
    """Good and bad reports in one folder."""
    for case in CASES:
        if case.name in ("empty", "binary", "NUL", "wrong encoding", "50 MB", "one line of 5 MB", "10,000 brackets"):
            case.make(folder)
            (folder / "x.txt").rename(folder / f"{case.name.replace(' ', '-')}.txt")
    _loop(folder)
    for i in range(3):
        (folder / f"good{i}.txt").write_text(PROSE)
    (folder / "gone.txt").symlink_to(folder / "nowhere")


CASES: Final = [
    Case("empty", _file(lambda: b""), 1),
    Case("white space", _file(lambda: b" \n\t\n" * 100_000), 1),
    Case("binary", _file(partial(random.Random(1).randbytes, MB)), 1),
    Case("NUL", _file(lambda: PROSE.encode() + b"\0" + PROSE.encode()), 1),
    Case("UTF-16 without a mark", _file(lambda: PROSE.encode("utf-16-le")), 1),
    Case("wrong encoding", _file(lambda: "Министр встретился с послом в столице. ".encode("cp1251") * 50), 1),
    Case("50 MB", _file(lambda: _reports(MB), 50), 1),
    Case("one line of 5 MB", _file(lambda: _filled(PROSE, MB), 5), 1),
    Case("10,000 brackets", _file(("Word " + "(" * 10_000 + "x" + ")" * 10_000).encode), 1),
    Case("no permission", _no_permission, 1),
    Case("folder loop", _loop, 1, 1),
    Case("good and bad", _together, 9, 4),
    Case("longest line", _file(lambda: _filled(PROSE, LONGEST_LINE)), 0, 1),
    Case("longest word", _file(lambda: _filled("word", LONGEST_LINE)), 0, 1),
    Case("brackets in a row", _file(lambda: _filled("Word " + "(" * 400 + ")" * 400 + " ", LONGEST_LINE)), 0, 1),
    Case("largest text", _file(lambda: _reports(LARGEST)), 0, 1),
    Case("largest, short lines", _file(lambda: _filled("a.\n", LARGEST)), 0, 1),
]


def run(folder: Path, limit: float) -> Result:
    """`memcon read` over a folder, ended after ``limit`` seconds."""
    begun = time.perf_counter()
    out, err = folder.with_suffix(".out"), folder.with_suffix(".err")
    with out.open("wb") as o, err.open("wb") as e:
        command = [sys.executable, "-m", "memcon", "read", "--format", "jsonl", str(folder)]
        child = subprocess.Popen(command, stdout=o, stderr=e)
        watch = threading.Timer(limit, child.kill)
        watch.start()
        _, status, used = os.wait4(child.pid, 0)
        watch.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss / (1024 if sys.platform != "darwin" else MB)
    lines = err.read_text(encoding="utf-8").splitlines()
    return Result(child.returncode, lines, out.read_bytes().count(b"\n"), time.perf_counter() - begun, peak)


def broken(case: Case, result: Result) -> list[str]:
    """The promises that a result does not keep."""
    forms = [re.fullmatch(r"\S.*?: \S.*", x) is not None for x in result.lines]
    promises = {
        f"exit code {result.code}": result.code == (1 if case.bad else 0),
        f"{len(result.lines)} lines for {case.bad} bad": len(result.lines) == case.bad,
        "a line without its path": all(forms),
        f"{result.read} read of {case.good}": result.read == case.good,
        f"{result.wall:.0f} s": result.wall <= (LONG_PATIENCE if case.good else PATIENCE),
        f"{result.peak:.0f} MB": result.peak <= MEMORY,
    }
    return [what for what, kept in promises.items() if not kept]


def main() -> int:
    """Print a line for each case; with --check 1 if a promise is broken."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", default="")
    ask.add_argument("--check", action="store_true")
    o = ask.parse_args()
    missed = 0
    for case in CASES:
        # The system's manager may read everything: nothing to see in this case for that user.
        if o.only not in case.name or (case.name == "no permission" and os.geteuid() == 0):
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "in"
            folder.mkdir()
            case.make(folder)
            result = run(folder, LONG_PATIENCE)
        wrong = broken(case, result)
        missed += bool(wrong)
        print(f"{case.name:24} {result.wall:6.1f} s {result.peak:5.0f} MB  code {result.code}  {'BROKEN: ' + ', '.join(wrong) if wrong else 'as promised'}", flush=True)
        for line in result.lines[:12]:
            print(f"    {line.replace(str(folder), 'in')[:200]}")
    print(f"cases with a broken promise: {missed}")
    return int(o.check and missed > 0)


if __name__ == "__main__":
    sys.exit(main())

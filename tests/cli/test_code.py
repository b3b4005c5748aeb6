"""``memcon code`` as users run it: what it writes gives the ledger that `memcon add` gives, a second run does nothing, and deaths cost no more than they must."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from memcon import Ledger

from .conftest import Run, environment

pytest.importorskip("pyarrow")
PADDING = " " * 4_000_001 + "\n"
"""Makes a file a shard of its own."""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, bench: Callable[[str], ModuleType]) -> Path:
    """Reports of every kind, one that is damaged, one that memcon fails on, and one that kills who reads it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("in")
    bench("packed").pack(folder, 20, others=5)
    (folder / "broken.warc.gz").write_bytes(b"\x1f\x8b\x08 nothing")
    (folder / "crash.txt").write_text("Aino Lund met John Odera in Oslo. CRASH\n")
    (folder / "deadly.txt").write_text("The President met John Odera in Oslo. DIE\n")
    pq.write_table(pa.table({"body": [f"President Aino Lund met John Odera in Oslo, {i}." for i in range(5)]}), folder / "table.parquet")
    return folder


def files(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_claims_make_the_ledger_that_add_makes(memcon: Run, everything: Path, tmp_path: Path) -> None:
    added = memcon("add", str(everything), "--ledger", "a.db", "--jobs", "2")
    coded = memcon("code", str(everything), "--to", "out", "--jobs", "2")
    assert coded.returncode == 0, coded.stderr
    taken = memcon("add", "--claims", "out", "--ledger", "c.db")
    assert taken.returncode == added.returncode == 1
    assert sorted(taken.stderr.splitlines()) == sorted(added.stderr.splitlines())
    assert taken.stdout == added.stdout
    with Ledger(tmp_path / "a.db", readonly=True) as a, Ledger(tmp_path / "c.db", readonly=True) as c:
        assert c.dump() == a.dump()
        assert sorted(c.documents()) == sorted(a.documents())
        assert [(x.kind, x.name, x.why) for x in c.skipped()] == [(x.kind, x.name, x.why) for x in a.skipped()]
        assert all(c.origin(d) == a.origin(d) for d in a.documents())
    before = files(tmp_path / "out")
    again = memcon("code", str(everything), "--to", "out", "--jobs", "1")
    assert again.stderr.startswith(b"shards: 0 coded, 1 known; 51 reports, 6 set aside, 1 passed over, 1 not read, 1 failed in out")
    assert files(tmp_path / "out") == before
    told = json.loads((tmp_path / "out" / "manifest.json").read_text())
    read = {x["path"]: x["sha256"] for s in told["shards"] for x in s["inputs"]}
    assert read[str(everything / "crash.txt")] == hashlib.sha256((everything / "crash.txt").read_bytes()).hexdigest()
    assert len(told["codebook"]) == 64
    assert told["memcon"]


def test_only_what_changed_is_coded_again(memcon: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        line = json.dumps({"text": f"President Aino Lund met John Odera in Oslo, {name}."}) + "\n"
        (tmp_path / f"{name}.jsonl").write_text(line + PADDING)
    assert memcon("code", "a.jsonl", "b.jsonl", "--to", "out", "-j", "1").stderr.startswith(b"shards: 2 coded, 0 known")
    with (tmp_path / "b.jsonl").open("a") as file:
        file.write(json.dumps({"text": "President Aino Lund met John Odera in Oslo again."}))
    assert memcon("code", "a.jsonl", "b.jsonl", "--to", "out", "-j", "1").stderr.startswith(b"shards: 1 coded, 1 known; 3 reports")
    assert memcon("code", "a.jsonl", "b.jsonl", "--to", "out", "-j", "1", "--outlet", "X").stderr.startswith(b"shards: 2 coded, 0 known")
    assert len(json.loads((tmp_path / "out" / "manifest.json").read_text())["shards"]) == 2


def slow(folder: Path, shards: int) -> list[str]:
    """Shards of three reports that take their time."""
    names = []
    for i in range(shards):
        lines = "".join(json.dumps({"text": f"President Aino Lund met John Odera in Oslo. LATE {i} {k}"}) + "\n" for k in range(3))
        (folder / f"s{i}.jsonl").write_text(lines + PADDING)
        names.append(f"s{i}.jsonl")
    return names


def workers(parent: int) -> list[int]:
    """Processes that a driver started to work for it."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                own = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == parent
                if own and b"spawn_main" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return sorted(found)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
@pytest.mark.parametrize("engine", ["local", "dask"])
def test_workers_and_a_driver_killed(memcon: Run, tmp_path: Path, engine: str) -> None:
    if engine == "dask":
        pytest.importorskip("distributed")
    names = slow(tmp_path, 8)
    assert memcon("code", *names, "--to", "calm", "-j", "1").returncode == 0
    command = [sys.executable, "-m", "memcon.cli", "code", *names, "--to", "hit", "-j", "2", "--engine", engine]
    killed = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path, env=environment()) as driver:
        while driver.poll() is None:
            done = list((tmp_path / "hit" / "claims").glob("*.parquet"))
            if killed < 3 and len(done) > killed and (found := workers(driver.pid)):
                os.kill(found[killed % len(found)], signal.SIGKILL)
                killed += 1
            elif killed == 3 and len(done) >= 5:
                driver.kill()
            time.sleep(0.05)
    assert killed == 3
    time.sleep(1)  # workers notice that their driver is gone
    finished = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "hit" / "claims").glob("*.parquet")}
    assert 5 <= len(finished) <= 8
    assert memcon("code", *names, "--to", "hit", "-j", "1").returncode == 0
    assert {n: (tmp_path / "hit" / "claims" / n).stat().st_mtime_ns for n in finished} == finished
    assert files(tmp_path / "hit") == files(tmp_path / "calm")


def test_what_is_wrong_is_one_line(memcon: Run, tmp_path: Path) -> None:
    assert b"no such file" in memcon("code", "nothing", "--to", "out").stderr
    assert b"a web address" in memcon("code", "https://data.example/x.warc.gz", "--to", "out").stderr
    assert b"no engine 'spork'" in (spork := memcon("code", ".", "--to", "out", "--engine", "spork")).stderr
    assert spork.returncode == 2
    none = memcon("add", "--claims", "out2", "--ledger", "l.db")
    assert none.returncode == 2
    assert b"no claims here" in none.stderr
    assert memcon("add", "--ledger", "l.db").returncode == 2
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("President Aino Lund met John Odera in Oslo.")
    (tmp_path / "file").write_text("")
    wrong = memcon("code", "in", "--to", "file", "-j", "1")
    assert wrong.returncode != 0
    assert b"cannot be written" in wrong.stderr
    assert b"Traceback" not in wrong.stderr


def test_join_says_what_it_wrote(memcon: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in "ab":
        (tmp_path / "in" / f"{name}.txt").write_text(f"President Aino Lund met John Odera in Oslo. {name}")
    memcon("code", "in", "--to", "out", "-j", "1")
    done = memcon("join", "out", "-j", "1")
    assert done.returncode == 0
    assert done.stderr == b"1 merges, 0 unsure, 6 members\n"
    assert (tmp_path / "out" / "judgements" / "members.parquet").exists()

"""Out of one machine: what coding on an engine costs, that lost workers and lost drivers cost no more than their shards, and how joining grows.

    uv run python bench/cluster.py efficiency          made-up reports, read by memcon: two plain processes, `local` and `dask` with two workers each
    uv run python bench/cluster.py kill                a worker killed (SIGKILL) three times in a run of each engine: the same files as undisturbed
    uv run python bench/cluster.py driver              the driver killed: the next run does not redo finished shards
    uv run python bench/cluster.py join 10000 100000   joining on an engine: cost and its growth, bytes between rounds, memory; --ledger compares with a ledger's joining
    uv run python bench/cluster.py density 3000        joining, where the same people have ten and a hundred times as many contacts a day

Efficiency is the wall time of two plain processes over that of the engine, both with the time to start; the processor time of all processes beside it, since a machine that is
shared tells more by it. Joined reports are those of `madeup.py` with the records of a faultless reader.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

import madeup
import msgspec

from memcon import Ledger
from memcon.model import Document, Memorandum

FILES = 4_000_000  # bytes above which a file is a shard of its own: the reports are written into files of one shard each
KILLS = 3
LIMIT = 15.0


class Cost(NamedTuple):
    """Seconds by the clock, seconds of the processor of a whole family of processes, and megabytes of memory at most."""

    wall: float
    cpu: float
    memory: float = 0.0


# -- material ----------------------------------------------------------------------------------------------------------


def sources(folder: Path, reports: int, shards: int, seed: int = 5) -> list[str]:
    """Made-up reports as JSON Lines, a file a shard: each is padded with a blank line to the size that makes it one."""
    made = madeup.reports(seed)
    paths = []
    for i in range(shards):
        path = folder / f"part{i:03}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for document, _ in islice(made, reports // shards):
                file.write(json.dumps({"id": document.id, "text": document.text, "date": document.published, "outlet": document.outlet}) + "\n")
            file.write(" " * FILES + "\n")
        paths.append(str(path))
    return paths


def claims(where: Path, read: Iterable[tuple[Document, Memorandum]], shard: int = 5_000) -> None:
    """A folder of claims as `memcon code` writes it, of reports that were read already."""
    from memcon.scale import store, table

    place, waiting = store.Place(str(where)), iter(read)
    shards: list[dict[str, Any]] = []
    while batch := list(islice(waiting, shard)):
        name = f"{len(shards):06}.parquet"
        with place.writing(f"claims/{name}") as path:
            shards.append({"file": name, "counts": table.write(path, batch, {})})
    with place.writing("manifest.json") as path:
        Path(path).write_bytes(msgspec.json.encode({"shards": shards}))


def hashes(where: Path) -> dict[str, str]:
    """The files below a folder of claims, by their bytes."""
    return {str(p.relative_to(where)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(where.rglob("*")) if p.is_file()}


# -- processes ----------------------------------------------------------------------------------------------------------


def family(root: int) -> list[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


def _told(pid: int, file: str) -> str:
    try:
        return Path(f"/proc/{pid}/{file}").read_text()
    except OSError:
        return ""


def worker(root: int) -> int | None:
    """The worker below a process that has worked the longest; None while there is none."""
    found = {pid: sum(map(int, told.rsplit(")", 1)[1].split()[11:13])) for pid in family(root) if "spawn_main" in _told(pid, "cmdline") and (told := _told(pid, "stat"))}
    return max(found, key=lambda pid: found[pid], default=None)


def memcon(*words: str) -> subprocess.Popen[bytes]:
    """The command line, in a process. Its words go to a file: workers that outlive it would hold a pipe open."""
    told = tempfile.TemporaryFile()  # noqa: SIM115 — ends with the process that asks
    process = subprocess.Popen([sys.executable, "-m", "memcon", *words], stdout=subprocess.DEVNULL, stderr=told)
    TOLD[process.pid] = told
    return process


TOLD: dict[int, IO[bytes]] = {}
"""What commands say on standard error, by their process."""


def ended(process: subprocess.Popen[bytes]) -> str:
    """Wait for a command; the last line that it said."""
    process.wait()
    with TOLD.pop(process.pid) as told:
        told.seek(0)
        return told.read().decode().strip().rsplit("\n", 1)[-1]


def timed(start: Callable[[], list[subprocess.Popen[bytes]]]) -> Cost:
    """What some processes cost, together with their children."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    processes = start()
    for process in processes:
        told = ended(process)
        assert process.returncode == 0, told
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(time.perf_counter() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


# -- trials -------------------------------------------------------------------------------------------------------------


def efficiency(reports: int, shards: int, rounds: int) -> None:
    """Two plain processes that share nothing, each with half of the files, beside both engines, by turns."""
    with folder() as here:
        paths = sources(here, reports, shards)

        def plain() -> list[subprocess.Popen[bytes]]:
            return [memcon("code", *paths[i::2], "--to", str(here / f"plain{i}"), "--jobs", "1") for i in (0, 1)]

        def engine(name: str) -> list[subprocess.Popen[bytes]]:
            return [memcon("code", *paths, "--to", str(here / name), "--engine", name, "--jobs", "2")]

        found: dict[str, list[Cost]] = {"plain": [], "local": [], "dask": []}
        for _ in range(rounds):
            for name, costs in found.items():
                for left in here.glob("*/claims"):
                    shutil.rmtree(left.parent)
                costs.append(timed(plain if name == "plain" else lambda name=name: engine(name)))  # type: ignore[misc]
                print(f"{name:6} {costs[-1].wall:8.1f} s {costs[-1].cpu:8.1f} s of the processor", flush=True)
        best = {name: Cost(min(c.wall for c in costs), min(c.cpu for c in costs)) for name, costs in found.items()}
        for name in ("local", "dask"):
            print(f"{name}: efficiency {best['plain'].wall / best[name].wall:.2f} by the clock, {best['plain'].cpu / best[name].cpu:.2f} by processor time, {reports} reports, best of {rounds}")


def kill(reports: int, shards: int, name: str) -> bool:
    """A run in which a worker is killed three times beside one that is not."""
    with folder() as here:
        paths = sources(here, reports, shards)
        ended(memcon("code", *paths, "--to", str(here / "calm"), "--jobs", "2"))
        process, killed, done = memcon("code", *paths, "--to", str(here / "hit"), "--engine", name, "--jobs", "2"), 0, 0
        while process.poll() is None:
            done = len(list((here / "hit" / "claims").glob("*.parquet")))
            if killed < KILLS and done >= 1 + killed and (victim := worker(process.pid)) is not None:
                os.kill(victim, signal.SIGKILL)
                killed += 1
            time.sleep(0.2)
        words = ended(process)
        same = hashes(here / "calm") == hashes(here / "hit")
        left = [p.name for p in (here / "hit").rglob(".*")]
        print(f"{name}: {killed} workers killed, exit code {process.returncode}, {'the same files' if same else 'OTHER FILES'}, left over: {left or 'nothing'}; {words}", flush=True)
        return same and killed == KILLS and process.returncode == 0


def driver(reports: int, shards: int, name: str) -> bool:
    """The driver killed when some shards are done, and the command given again."""
    with folder() as here:
        paths = sources(here, reports, shards)
        command = ("code", *paths, "--to", str(here / "hit"), "--engine", name, "--jobs", "2")
        process = memcon(*command)
        while process.poll() is None and len(list((here / "hit" / "claims").glob("*.parquet"))) < 2:
            time.sleep(0.2)
        below = family(process.pid)
        process.kill()
        ended(process)
        began = time.perf_counter()
        while any(_told(pid, "cmdline") for pid in below[1:]) and time.perf_counter() - began < 60:
            time.sleep(0.2)  # workers notice that nobody waits
        alone = time.perf_counter() - began
        finished = {p.name: p.stat().st_mtime_ns for p in (here / "hit" / "claims").glob("*.parquet")}
        words = ended(memcon(*command))
        kept = all((here / "hit" / "claims" / n).stat().st_mtime_ns == t for n, t in finished.items())
        ended(memcon("code", *paths, "--to", str(here / "calm"), "--jobs", "2"))
        same = hashes(here / "calm") == hashes(here / "hit")
        print(f"{name}: driver killed with {len(finished)} of {shards} shards done; its workers gone after {alone:.1f} s; "
              f"{'none redone' if kept else 'REDONE'}, {'the same files' if same else 'OTHER FILES'}; {words}", flush=True)  # fmt: skip
        return kept and same


def join(sizes: list[int], jobs: int, engine: str, *, ledger: bool, keep: Path | None) -> bool:
    """Joining at several sizes."""
    from memcon.scale import engines, joining

    costs: dict[int, float] = {}
    good = True
    for size in sizes:
        with folder(keep) as here:
            where = here / f"claims{size}"
            if not where.exists():
                claims(where, islice(madeup.reports(5), size))
            own, children, began = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            with engines.chosen(engine, jobs) as chosen:
                counts = joining.join(str(where), None, chosen, each=_said)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            costs[size] = time.process_time() - own + after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
            most = max(after.ru_maxrss, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024
            coded = sum(p.stat().st_size for p in (where / "claims").iterdir())
            print(f"{size:,} reports: {costs[size]:,.1f} s of the processor, {time.perf_counter() - began:,.1f} s by the clock, {most:,.0f} MB in the largest process, "
                  f"claims {coded / 1e6:,.0f} MB; {counts}", flush=True)  # fmt: skip
            if ledger:
                good &= same_as_ledger(where, here / f"ledger{size}.db", size)
    if len(costs) > 1:
        first, last = min(costs), max(costs)
        growth = costs[last] / costs[first]
        good &= growth <= LIMIT * last / first / 10
        print(f"from {first:,} to {last:,} reports the cost grows {growth:.1f} times ({LIMIT:g} are allowed for ten times the reports)")
    return good


def density(reports: int) -> None:
    """What a report costs to join when the same people have ten and a hundred times as many contacts a day."""
    from memcon.scale import engines, joining

    usual = madeup.A_DAY
    for times in (1, 10, 100):
        with folder() as here:
            madeup.A_DAY = usual * times
            claims(here / "c", islice(madeup.reports(5), reports))
            madeup.A_DAY = usual
            began = time.process_time()
            counts = joining.join(str(here / "c"), None, engines.Here())
            print(f"{reports:,} reports, {usual * times:,} contacts a day: {1000 * (time.process_time() - began) / reports:.2f} ms of the processor a report; {counts}", flush=True)


def _said(step: str, written: int) -> None:
    print(f"          {step:22} writes {written / 1e6:8.1f} MB", flush=True)


def same_as_ledger(where: Path, path: Path, size: int) -> bool:
    """Whether a ledger joins the same reports into the same."""
    began = time.process_time()
    with Ledger(path) as book:
        kept = len(book.documents()) if path.exists() else 0
        made = islice(madeup.reports(5), kept, size)
        for i, _ in enumerate(book.keep_all(made), kept + 1):
            if i % 10_000 == 0:
                print(f"          ledger: {i:,} reports, {time.process_time() - began:,.0f} s of the processor", flush=True)
    told, said = ledger_says(path), scale_says(where)
    for what, a, b in zip(("merges", "unsure", "members"), told, said, strict=True):
        print(f"          {what}: {len(a):,} of the ledger, {len(b):,} of the engine, {len(a ^ b):,} differ")
    return told == said


Said = tuple[set[Any], set[Any], set[Any]]


def ledger_says(path: Path) -> Said:
    """What a ledger joined: links used, doubts, and the thing of every claim."""
    with Ledger(path, readonly=True) as book:
        db = book.store.db
        merges = set(db.execute("SELECT thing, a, b, score, reason, author FROM merge"))
        unsure = set(db.execute("SELECT thing, others FROM unsure"))
        members = set(db.execute("SELECT id, document, thing, NULL FROM event"))
        members |= set(db.execute("SELECT p.claim, p.document, n.person, p.node FROM person_claim p JOIN node n ON n.id = p.node"))
    return merges, unsure, members


def scale_says(where: Path) -> Said:
    """The same of judgements as Parquet."""
    import pyarrow.parquet as pq

    rows = {name: pq.read_table(where / "judgements" / f"{name}.parquet").to_pylist() for name in ("merges", "unsure", "members")}
    merges = {(r["thing"], r["a"], r["b"], r["score"], r["reason"], r["by"]) for r in rows["merges"]}
    unsure = {(r["thing"], " ".join(r["among"])) for r in rows["unsure"]}
    return merges, unsure, {(r["claim"], r["document"], r["thing"], r["node"]) for r in rows["members"]}


@contextmanager
def folder(keep: Path | None = None) -> Iterator[Path]:
    """A folder for a trial: one that stays, or a new one."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="memcon-bench-") as name:
        yield Path(name)


def main() -> None:
    """Run a trial; exit code 1 if it fails."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("trial", choices=("efficiency", "kill", "driver", "join", "density"))
    p.add_argument("sizes", type=int, nargs="*", help="of join: reports")
    p.add_argument("--reports", type=int, default=640)
    p.add_argument("--shards", type=int, default=16)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--engine", default=None)
    p.add_argument("--jobs", type=int, default=2)
    p.add_argument("--ledger", action="store_true")
    p.add_argument("--keep", type=Path, help="keep claims and ledgers of join here, and go on with what is there")
    o = p.parse_args()
    good = True
    if o.trial == "efficiency":
        efficiency(o.reports, o.shards, o.rounds)
    elif o.trial == "density":
        density((o.sizes or [3_000])[0])
    elif o.trial == "join":
        good = join(o.sizes or [1_000, 10_000], o.jobs, o.engine or "local", ledger=o.ledger, keep=o.keep)
    else:
        for name in (o.engine,) if o.engine else ("local", "dask"):
            good &= (kill if o.trial == "kill" else driver)(o.reports, o.shards, name)
    sys.exit(int(not good))


if __name__ == "__main__":
    main()

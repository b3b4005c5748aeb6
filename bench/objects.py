"""Claims in an object store: the same commands as with folders, against a server of the S3 kind on this machine.

    uv run --with s3fs --with 'moto[server]' python bench/objects.py

Codes made-up reports from objects to objects with two workers, kills one of them on the way, gives the command again, takes the claims into a
ledger and joins them; all of it beside the same in folders. Prints what differs; exit code 1 if anything does. The server holds all in memory.
"""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import cluster

REPORTS, SHARDS, BUCKET = 12, 2, "memcon-trial"


def memcon(*words: str) -> str:
    """Run a command to its end; the last line that it says on standard error.

    Raises:
        SystemExit: it fails.
    """
    process = cluster.memcon(*words)
    told = cluster.ended(process)
    if process.returncode != 0:
        raise SystemExit(f"memcon {' '.join(words[:2])}: exit code {process.returncode}: {told}")
    return told


def serve() -> Any:
    """A server of the S3 kind on a free port, and the surroundings that lead s3fs to it."""
    from moto.server import ThreadedMotoServer  # type: ignore[import-not-found,unused-ignore]

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ |= {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "trial", "AWS_SECRET_ACCESS_KEY": "trial", "AWS_DEFAULT_REGION": "us-east-1"}
    return server


def killed_once(command: tuple[str, ...], system: Any, claims: str) -> str:
    """Run a command, kill one of its workers when the first shard is there; what it says at its end."""
    process, victim = cluster.memcon(*command), None
    while process.poll() is None:
        system.invalidate_cache()
        if victim is None and system.exists(claims) and system.find(claims) and (victim := cluster.worker(process.pid)) is not None:
            os.kill(victim, signal.SIGKILL)
        time.sleep(0.2)
    told = cluster.ended(process)
    return f"worker {'killed' if victim else 'NOT KILLED'}, exit code {process.returncode}: {told}"


def below(system: Any, url: str) -> dict[str, str]:
    """The objects below an address with the hashes of their bytes."""
    system.invalidate_cache()
    root = url.removeprefix("s3://")
    return {str(x).removeprefix(f"{root}/"): hashlib.sha256(system.cat_file(x)).hexdigest() for x in system.find(root)}


def ledger_rows(path: Path) -> list[tuple[object, ...]]:
    """What tells one ledger from another: its log's events, in order, without when they were written."""
    with sqlite3.connect(path) as base:
        tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return sorted((name, base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables)  # noqa: S608 — its own table names


def main() -> int:
    """Print what was the same and what was not."""
    import fsspec

    server = serve()
    wrong = 0

    def told(what: str, same: bool, more: str = "") -> None:
        nonlocal wrong
        wrong += not same
        print(f"{what:48} {'the same' if same else 'DIFFERS'}   {more}", flush=True)

    with tempfile.TemporaryDirectory() as temporary:
        here = Path(temporary)
        system = fsspec.filesystem("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
        system.mkdir(BUCKET)
        (here / "in").mkdir()
        for path in cluster.sources(here / "in", REPORTS, SHARDS):
            system.put_file(path, f"{BUCKET}/in/{Path(path).name}")
        print("folders:", memcon("code", str(here / "in"), "--to", str(here / "out"), "--jobs", "1"))
        code = ("code", f"s3://{BUCKET}/in", "--to", f"s3://{BUCKET}/out", "--jobs", "2")
        print("objects:", killed_once(code, system, f"{BUCKET}/out/claims"))
        before = below(system, f"s3://{BUCKET}/out")
        again = memcon(*code)
        told("the command given again", before == below(system, f"s3://{BUCKET}/out") and "0 coded" in again, again)
        memcon("code", f"s3://{BUCKET}/in", "--to", f"s3://{BUCKET}/calm", "--jobs", "1")
        calm = below(system, f"s3://{BUCKET}/calm")
        told("a calm run in one process", before == calm, ", ".join(sorted({x for x, _ in before.items() ^ calm.items()})))
        for where in (str(here / "out"), f"s3://{BUCKET}/out"):
            ledger = here / ("objects.db" if where.startswith("s3") else "folders.db")
            print(memcon("add", "--claims", where, "--ledger", str(ledger)))
        told("ledgers of the claims, table by table", ledger_rows(here / "objects.db") == ledger_rows(here / "folders.db"))
        lines = [memcon("join", where, "--jobs", "1") for where in (str(here / "out"), f"s3://{BUCKET}/out")]
        told("joined", lines[0] == lines[1], lines[1])
    server.stop()
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())

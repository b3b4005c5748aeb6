"""``memcon add`` of everything at once: counts that add up, a second run that adds nothing, Ctrl-C at any time."""

from __future__ import annotations

import json
import os
import re
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

COUNTS = re.compile(r"([\d,]+) ([a-z ]+)")


def counted(stderr: bytes) -> dict[str, int]:
    last = stderr.decode().strip().splitlines()[-1]
    return {what: int(n.replace(",", "")) for n, what in COUNTS.findall(last)}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, bench: Callable[[str], ModuleType]) -> Path:
    folder = tmp_path_factory.mktemp("in")
    bench("packed").pack(folder, 20, others=5)
    (folder / "broken.warc.gz").write_bytes(b"\x1f\x8b\x08 nothing")
    return folder


@pytest.fixture(scope="module")
def undisturbed(everything: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that everything went into without a break."""
    path = tmp_path_factory.mktemp("whole") / "whole.db"
    subprocess.run([sys.executable, "-m", "memcon.cli", "add", str(everything), "--ledger", str(path)], capture_output=True, env=environment(), timeout=120, check=False)
    return path


def test_everything_goes_in_with_one_command(memcon: Run, everything: Path, tmp_path: Path) -> None:
    first = memcon("add", str(everything), "--ledger", "l.db")
    # 20 pages, one of them twice; 30 reports of other kinds; one in ten of all is about something else; a picture.
    assert counted(first.stderr) == {"added": 45, "known": 1, "set aside as irrelevant": 5, "passed over": 1, "not read": 1}
    assert first.returncode == 1
    assert b"broken.warc.gz: " in first.stderr
    assert len(first.stdout.splitlines()) == 45 + 1
    before = (tmp_path / "l.db").read_bytes()
    second = memcon("add", str(everything), "--ledger", "l.db", "--jobs", "2")
    assert counted(second.stderr) == {"added": 0, "known": 46, "set aside as irrelevant": 5, "passed over": 1, "not read": 1}
    assert (tmp_path / "l.db").read_bytes() == before
    with Ledger(tmp_path / "l.db", readonly=True) as ledger:
        assert sorted({x.kind for x in ledger.skipped()}) == ["irrelevant", "unreadable"]
        assert len(ledger.skipped()) == 6
        assert [x.report for x in ledger.issues(kind="unreadable")] == [str(everything / "broken.warc.gz")]
    everything_else = memcon("add", str(everything), "--ledger", "l.db", "--all")
    assert counted(everything_else.stderr)["added"] == 5
    listed = json.loads(memcon("list", "skipped", "--format", "json", "--ledger", "l.db").stdout)
    assert [x["kind"] for x in listed] == ["unreadable"]


def test_where_a_report_came_from_is_kept(memcon: Run, everything: Path, tmp_path: Path) -> None:
    memcon("add", str(everything / "pages.warc.gz"), "--ledger", "l.db")
    with Ledger(tmp_path / "l.db", readonly=True) as ledger:
        origin = ledger.origin("pages.warc#1")
        assert origin is not None
        assert origin.title is not None
        assert origin.published_by == "metadata"
        assert origin.path.startswith(f"{everything}/pages.warc.gz: record 1 (https://news.example/")
        assert origin.extractor.startswith("html 1 (trafilatura")
        assert len(origin.sha256) == 64
        assert origin.captions == ["Flags at the entrance, picture 0"]


def test_processes_change_nothing(memcon: Run, everything: Path, undisturbed: Path, tmp_path: Path) -> None:
    memcon("add", str(everything), "--ledger", "b.db", "--jobs", "3")
    with Ledger(undisturbed) as a, Ledger(tmp_path / "b.db") as b:
        assert a.documents() == b.documents()
        assert a.dump() == b.dump()


@pytest.mark.parametrize(("after", "jobs"), [(0.8, "1"), (1.6, "2"), (2.4, "1")])
def test_ctrl_c_at_any_time(memcon: Run, everything: Path, undisturbed: Path, tmp_path: Path, after: float, jobs: str) -> None:
    command = [sys.executable, "-m", "memcon.cli", "add", str(everything), "--ledger", "l.db", "--jobs", jobs]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment(), start_new_session=True) as process:
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert b"sqlite3" not in err
    kept = [x.split()[0].decode() for x in out.splitlines() if b"added" in x]
    memcon("add", str(everything), "--ledger", "l.db")
    with Ledger(tmp_path / "l.db") as resumed, Ledger(undisturbed) as whole:
        assert set(kept) <= set(resumed.documents())
        assert sorted(resumed.documents()) == sorted(whole.documents())
        assert resumed.dump() == whole.dump()
        assert resumed.skipped() is not None
        assert [(x.kind, x.name, x.why) for x in resumed.skipped()] == [(x.kind, x.name, x.why) for x in whole.skipped()]


def test_an_address_needs_fetch(memcon: Run) -> None:
    done = memcon("add", "https://news.example/a", "--ledger", "l.db")
    assert done.returncode == 1
    assert b"say --fetch" in done.stderr
    inside = memcon("add", "http://127.0.0.1/", "--fetch", "--ledger", "l.db")
    assert b"127.0.0.1, a private or reserved address: not fetched" in inside.stderr


def test_a_field_map_that_is_none(memcon: Run, tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"a": "The minister met the ambassador in Oslo."}\n')
    done = memcon("add", "d.jsonl", "--fields", "words=a", "--ledger", "l.db")
    assert done.returncode == 2
    assert b"WHAT is one of" in done.stderr
    assert counted(memcon("add", "d.jsonl", "--fields", "text=a", "--ledger", "l.db").stderr)["added"] == 1


def test_read_takes_every_format_too(memcon: Run, everything: Path) -> None:
    done = memcon("read", str(everything / "pack.zip"), str(everything / "feed.xml"), "--format", "jsonl", "--jobs", "2")
    names = [json.loads(x)["id"] for x in done.stdout.splitlines()]
    assert done.returncode == 0
    assert len(names) == 10
    assert names[0] == "feed#1"
    assert done.stdout == memcon("read", str(everything / "pack.zip"), str(everything / "feed.xml"), "--format", "jsonl").stdout


def test_modules_that_lie_among_reports_are_not_run(memcon: Run, everything: Path, tmp_path: Path) -> None:
    for name in ("trafilatura", "lxml", "docx", "feedparser", "htmldate"):
        (tmp_path / f"{name}.py").write_text("open('run', 'w')\nraise SystemExit\n")
    done = memcon("add", str(everything / "pages.warc.gz"), str(everything / "feed.xml"), "--ledger", "l.db")
    assert counted(done.stderr)["not read"] == 0
    assert not (tmp_path / "run").exists()

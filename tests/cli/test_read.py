"""``memcon read``: exit codes, order, bytes, and what happens when something goes wrong."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.timing import assert_within, clock

from .conftest import Run, environment

GOOD = "Anna Berg met Carl Dahl in Oslo.\n"


def ids(output: bytes) -> list[str]:
    return [json.loads(x)["id"] for x in output.decode().splitlines()]


def test_all_read(memcon: Run, reports: Path) -> None:
    done = memcon("read", str(reports), "--format", "jsonl")
    assert done.returncode == 0
    assert done.stderr == b""
    assert ids(done.stdout) == ["more/r1", "r0", "in/r1", "r2", "r3", "r4", "r5"]


@pytest.mark.parametrize("form", ["text", "jsonl", "html"])
def test_same_bytes(memcon: Run, reports: Path, form: str) -> None:
    paths = sorted(str(x) for x in reports.rglob("*.[tm]*"))
    one = memcon("read", *paths, "--format", form, PYTHONHASHSEED="1")
    two = memcon("read", *reversed(paths), "--format", form, "--jobs", "2", PYTHONHASHSEED="2")
    folder = memcon("read", str(reports), "--format", form, "--jobs", "3")
    assert one.returncode == two.returncode == folder.returncode == 0
    assert one.stdout == two.stdout == folder.stdout
    assert one.stdout


def test_late_report_keeps_its_place(memcon: Run, reports: Path) -> None:
    (reports / "a.txt").write_text("LATE " + GOOD)
    done = memcon("read", str(reports), "--format", "jsonl", "--jobs", "2")
    assert ids(done.stdout)[0] == "a"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_bad_report_never_stops_the_others(memcon: Run, reports: Path, jobs: str) -> None:
    (reports / "r2.txt").write_text("CRASH\n")
    (reports / "r3.txt").write_bytes(b"")
    done = memcon("read", str(reports), "--format", "jsonl", "--jobs", jobs)
    assert done.returncode == 1
    assert ids(done.stdout) == ["more/r1", "r0", "in/r1", "r4", "r5"]
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{reports}/r2.txt: memcon failed on it (ValueError: no such thing\\nsecond line")
    assert lines[1] == f"{reports}/r3.txt: empty file"


def test_a_process_that_dies_costs_one_report(memcon: Run, reports: Path) -> None:
    (reports / "r2.txt").write_text("DIE now\n")
    (reports / "r4.txt").write_text("DIE too\n")
    done = memcon("read", str(reports), "--format", "jsonl", "--jobs", "2")
    assert done.returncode == 1
    assert ids(done.stdout) == ["more/r1", "r0", "in/r1", "r3", "r5"]
    lines = done.stderr.decode().splitlines()
    assert [x.split(":")[0] for x in lines] == [f"{reports}/r2.txt", f"{reports}/r4.txt"]
    assert all("the process that read it died twice (code 9)" in x for x in lines)


def test_missing_and_good(memcon: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    done = memcon("read", "gone.txt", "good.txt", "--format", "jsonl")
    assert done.returncode == 1
    assert ids(done.stdout) == ["good"]
    assert done.stderr == b"gone.txt: no such file or folder\n"


def test_standard_input(memcon: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    done = memcon("read", "good.txt", "-", "--format", "jsonl", "--jobs", "2", given=GOOD.encode())
    assert done.returncode == 0
    assert ids(done.stdout) == ["stdin", "good"]
    empty = memcon("read", "-")
    assert (empty.returncode, empty.stderr) == (1, b"standard input: empty file\n")


def test_labels(memcon: Run) -> None:
    done = memcon("read", "-", "--published", "2024-03-12", "--outlet", "VNA", "--language", "vi", "--format", "jsonl", given=GOOD.encode())
    made = json.loads(done.stdout)
    assert (made["published"], made["outlet"], made["language"]) == ("2024-03-12", "VNA", "vi")


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "x.txt", "--published", "yesterday"],
        ["read", "x.txt", "--published", "2023-02-30"],
        ["read", "x.txt", "--published", "2023-02-30T00:00"],
        ["read", "x.txt", "--language", "English"],
        ["read", "x.txt", "--format", "docx"],
        ["read", "x.txt", "--jobs", "-1"],
        ["read", "x.txt", "--jobs", "two"],
        ["read", "x.txt", "--output", "x.txt"],
        ["read", "x.txt", "--output", "."],
        ["read", "x.txt", "--output", "nowhere/out.txt"],
        ["explain", "  "],
        ["explain"],
        ["write"],
    ],
)
def test_wrong_usage(memcon: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "x.txt").write_text(GOOD)
    done = memcon(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.strip()
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "x.txt").read_text() == GOOD


def test_output_file(memcon: Run, reports: Path, tmp_path: Path) -> None:
    printed = memcon("read", str(reports))
    for _ in range(2):  # the second run must not read what the first wrote into the same folder
        done = memcon("read", str(reports), "--output", str(reports / "out.txt"))
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        assert (reports / "out.txt").read_bytes() == printed.stdout
    assert not list(reports.glob("*.part"))


def test_text_when_piped_is_plain(memcon: Run, reports: Path) -> None:
    printed = memcon("read", str(reports)).stdout.decode()
    assert "\x1b" not in printed
    assert max(map(len, printed.splitlines())) <= 80
    assert printed.count("MEMORANDUM") == 7


def on_terminal(arguments: list[str], columns: int, *, out: int | None = None) -> bytes:
    """What the command prints on a terminal; ``out`` is where standard output goes instead."""
    ours, theirs = pty.openpty()
    env = environment(COLUMNS=str(columns))
    with subprocess.Popen([sys.executable, "-m", "memcon.cli", *arguments], stdin=theirs, stdout=out or theirs, stderr=theirs, env=env) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
        assert process.wait(60) == 0
    os.close(ours)
    return seen


def test_text_on_a_terminal_is_styled_and_fits(reports: Path) -> None:
    printed = on_terminal(["read", str(reports)], 60).decode()
    assert "\x1b[1mMEMORANDUM" in printed
    rules = [x for x in printed.split("\r\n") if set(x) == {"─"}]
    assert {len(x) for x in rules} == {60}


def test_progress_only_for_long_work(reports: Path, tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as file:
        assert on_terminal(["read", str(reports)], 80, out=file.fileno()) == b""
        for i in range(5):
            (reports / f"x{i}.txt").write_text(GOOD)
        assert b"Reading" in on_terminal(["read", str(reports)], 80, out=file.fileno())


def test_a_reader_that_leaves_is_no_error(reports: Path) -> None:
    for i in range(200):
        (reports / f"many{i}.txt").write_text(GOOD * 200)
    command = f"{sys.executable} -m memcon.cli read {reports} --format jsonl | head -c 10"
    done = subprocess.run(["sh", "-c", command], capture_output=True, env=environment(), timeout=120, check=False)
    assert len(done.stdout) == 10
    assert done.stderr == b""


def test_hostile_file_name_stays_on_one_line(memcon: Run, tmp_path: Path) -> None:
    (tmp_path / "a\nb\x1b[2J.txt").write_bytes(b"")
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(GOOD)
    done = memcon("read", ".", "--format", "jsonl")
    assert done.stderr == b"./a\\nb\\x1b[2J.txt: empty file\n"
    assert ids(done.stdout) == ["caf\\xe9"]


def test_help_is_fast() -> None:
    command = [sys.executable, "-m", "memcon.cli", "--help"]
    assert_within(lambda: clock(lambda: subprocess.run(command, capture_output=True, check=True)), 0.3)


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, memcon.cli; print([x for x in ('spacy', 'numpy', 'rich', 'msgspec', 'jinja2', 'fasttext') if x in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"[]\n"


def test_every_bad_input_has_its_line(memcon: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    with (folder / "big.txt").open("wb") as file:
        file.truncate(50_000_000)
    bad = {
        "binary.txt": bytes(range(256)) * 20,
        "blank.txt": b" \n\t\n",
        "brackets.txt": b"They met " + b"(" * 10_000 + b")" * 10_000,
        "cyrillic.txt": "Министр встретился с послом.".encode("cp1251"),
        "empty.txt": b"",
        "line.txt": b"They met. " * 500_000,
        "nul.txt": b"They\0met.",
    }
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_text(GOOD)
    start = time.perf_counter()
    done = memcon("read", str(folder), str(tmp_path / "gone.txt"), "--format", "jsonl")
    assert time.perf_counter() - start < 30
    assert done.returncode == 1
    assert ids(done.stdout) == ["good"]
    lines = done.stderr.decode().splitlines()
    expected = [*(folder / x for x in (*bad, "big.txt", "pipe.txt", "sub/loop")), tmp_path / "gone.txt"]
    assert sorted(x.split(": ")[0] for x in lines) == sorted(map(str, expected))


def test_as_a_module(memcon: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    command = [sys.executable, "-m", "memcon", "read", "good.txt", "gone.txt", "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment(), timeout=120, check=False)
    assert (done.returncode, done.stderr) == (1, b"gone.txt: no such file or folder\n")
    assert ids(done.stdout) == ["good"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_it_quietly(reports: Path, jobs: str) -> None:
    for i in range(100):
        (reports / f"late{i}.txt").write_text("LATE " + GOOD)
    command = [sys.executable, "-m", "memcon.cli", "read", str(reports), "--format", "jsonl", "--language", "en", "--jobs", jobs]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        _, complaints = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in complaints
    end = time.monotonic() + 10
    while (left := alive(process.pid)) and time.monotonic() < end:
        time.sleep(0.05)
    assert left == []


def alive(group: int) -> list[str]:
    """Processes of a group that still run; the dead whom nobody has buried yet do not count."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if fields[2] == str(group) and fields[0] != "Z":
            found.append(entry.parent.name)
    return found

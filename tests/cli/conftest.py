"""Runs the command as users do: in a process of its own, with a stand-in for the engine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
STUB = Path(__file__).parent / "stub"
SOURCE = Path(__file__).resolve().parents[2] / "src"


def environment(**extra: str) -> dict[str, str]:
    """The tests' environment with the stand-in, and nothing that would style the output."""
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONHASHSEED")}
    # This tree's own package before one that is installed: a check-out beside another must not test that one.
    return {**kept, "PYTHONPATH": os.pathsep.join((str(STUB), str(SOURCE))), "TERM": "xterm", **extra}


@pytest.fixture
def memcon(tmp_path: Path) -> Run:
    """``memcon(*arguments, input=b"", cwd=tmp_path)``: what the command printed, and its exit code."""

    def run(*arguments: str, given: bytes = b"", **extra: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "memcon.cli", *arguments]
        return subprocess.run(command, input=given, capture_output=True, cwd=tmp_path, env=environment(**extra), timeout=120, check=False)

    return run


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with reports, in a folder with more."""
    folder = tmp_path / "in"
    (folder / "more").mkdir(parents=True)
    for i in range(6):
        (folder / f"r{i}.txt").write_text(f"Anna Berg met Carl Dahl in Oslo on {i + 1} May. They agreed.\n", encoding="utf-8")
    (folder / "more" / "r1.md").write_text("Eva Falk met Gro Holm in Bergen, as the ministry said in a statement.\n", encoding="utf-8")
    (folder / "more" / "notes.png").write_bytes(b"\x89PNG\r\n")
    return folder

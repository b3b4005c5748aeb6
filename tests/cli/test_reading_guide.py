"""The guide's page on reading runs as it stands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

from memcon.model import Document
from memcon.read.reader import raw_bytes
from memcon.watch import read_sources

from .conftest import Run

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "guide" / "reading.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.M | re.S)


def test_commands(memcon: Run, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (block,) = [code for kind, code in BLOCKS if kind == "console"]
    for line in block.splitlines():
        done = memcon(*shlex.split(line.removeprefix("$ memcon ")))
        assert done.returncode == 0, (line, done.stderr)


def test_the_file_of_sources(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(next(code for kind, code in BLOCKS if kind == "toml"))
    found = read_sources(str(tmp_path / "sources.toml"))
    assert [f.pages for f in found.feeds] == [True, False]
    assert found.delays == {"slow.example": 60}


def test_the_reader_of_ones_own() -> None:
    names: dict[str, Any] = {}
    exec(compile(next(code for kind, code in BLOCKS if kind == "python"), "reading.md", "exec"), names)
    raw = raw_bytes(b"2024-03-12 The Wire\n\nThe minister met the ambassador.\n", "a.cable", "a", ".cable")
    (made,) = names["Cable"]().read(raw)
    assert isinstance(made, Document)
    assert (made.published, made.outlet, made.text) == ("2024-03-12", "The Wire", "The minister met the ambassador.\n")

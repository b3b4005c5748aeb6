"""The guide's pages on exports run as they stand."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from memcon.cli import app

ROOT = Path(__file__).resolve().parents[3]
BLOCK = re.compile(r"^```(python|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["exports", "event-data", "desk"])
def test_the_page_runs(page: str, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    path = ROOT / "docs" / "guide" / f"{page}.md"
    blocks = BLOCK.findall(path.read_text(encoding="utf-8"))
    assert len(blocks) >= 6
    for language, code in blocks:
        if language == "python":
            exec(compile(code, str(path), "exec"), names)
            continue
        for line in code.splitlines():
            run = CliRunner().invoke(app, shlex.split(line.removeprefix("$ memcon ")))
            assert run.exit_code == 0, f"{line}: {run.output}"

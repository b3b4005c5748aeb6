"""The guide's page on following up runs as it stands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from memcon.cli import app

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "follow-up.md"
BLOCK = re.compile(r"^```(python|console)\n(.*?)^```", re.M | re.S)


@pytest.mark.slow
def test_the_page_runs(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) >= 8
    for language, code in blocks:
        if language == "python":
            exec(compile(code, str(PAGE), "exec"), names)
            continue
        for line in code.splitlines():
            run = CliRunner().invoke(app, shlex.split(line.removeprefix("$ memcon ")))
            assert run.exit_code == 0, f"{line}: {run.output}"
            assert "nothing found" not in run.output, line

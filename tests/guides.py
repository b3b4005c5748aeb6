"""Runs a page of the guide: its Python and its commands, in the order in which they stand."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from memcon.cli import app

ROOT = Path(__file__).resolve().parents[1]
_BLOCK = re.compile(r"^```(python|console)\n(.*?)^```", re.M | re.S)


def run_page(name: str, at_least: int) -> list[tuple[str, str]]:
    """Run ``docs/guide/<name>.md`` in the working directory; its commands with what they print. It has so many blocks, and every command ends well."""
    page = ROOT / "docs" / "guide" / f"{name}.md"
    names: dict[str, Any] = {}
    printed: list[tuple[str, str]] = []
    blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
    assert len(blocks) >= at_least
    for language, code in blocks:
        if language == "python":
            exec(compile(code, str(page), "exec"), names)
            continue
        for line in code.splitlines():
            run = CliRunner().invoke(app, shlex.split(line.removeprefix("$ memcon ")))
            assert run.exit_code == 0, f"{line}: {run.output}"
            printed.append((line, run.output))
    return printed

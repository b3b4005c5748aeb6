"""What ``import memcon`` gives, and that it costs nothing."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import memcon
from tests.timing import assert_within

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", memcon.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(importlib.import_module("memcon"), name) is not None
    assert name in dir(memcon)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'reed_document'"):
        memcon.reed_document  # noqa: B018


def test_import_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import memcon; print(*sorted(m for m in set(sys.modules) - before if m.split('.')[0] not in ('memcon',)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {m.split(".")[0] for m in done.stdout.split()}
    assert loaded <= set(sys.stdlib_module_names), loaded


def test_import_takes_under_30_ms() -> None:
    def once() -> float:
        code = "import time; t = time.perf_counter(); import memcon; print(time.perf_counter() - t)"
        return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)

    assert_within(once, 0.03)


def test_the_readme_commands_are_there() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert "uv run memcon read examples" in lines
    assert "uv run pytest" in lines
    assert len(list((ROOT / "examples").glob("*.txt"))) >= 6

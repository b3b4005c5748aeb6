"""The guide's pages on exports run as they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.guides import ROOT, run_page


@pytest.mark.slow
@pytest.mark.parametrize("page", ["exports", "event-data", "desk"])
def test_the_page_runs(page: str, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    assert run_page(page, at_least=6)

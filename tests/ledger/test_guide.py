"""The guide's page on the ledger runs as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.guides import ROOT, run_page


@pytest.mark.slow
def test_the_page_runs(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    assert run_page("ledger", at_least=7)

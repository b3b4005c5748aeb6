"""The guide's page on following up runs as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.guides import run_page


@pytest.mark.slow
def test_the_page_runs(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for line, printed in run_page("follow-up", at_least=8):
        assert "nothing found" not in printed, line

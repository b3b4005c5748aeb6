"""Small samples of bench/soak.py: kills, two writers, a full disk, a protected file, damaged files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.mark.slow
def test_killed_at_random_moments(bench: Any, tmp_path: Path) -> None:
    assert "nothing acknowledged was lost" in bench("soak").kill(tmp_path, 3, 8, seed=3)


@pytest.mark.slow
def test_two_writers_and_a_reader(bench: Any, tmp_path: Path) -> None:
    assert "no error, no loss" in bench("soak").writers(tmp_path, 6)


@pytest.mark.slow
def test_a_full_disk(bench: Any, tmp_path: Path) -> None:
    assert "the disk is full" in bench("soak").full(tmp_path, 5)


def test_a_protected_file(bench: Any, tmp_path: Path) -> None:
    assert "read-only" in bench("soak").readonly(tmp_path, 2)


def test_damaged_files(bench: Any, tmp_path: Path) -> None:
    assert "none changed" in bench("soak").damage(tmp_path, 3, times=24)

"""Small samples of bench/soak.py: kills, two writers, a full disk, a protected file, damaged files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from memcon import Ledger


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


def test_a_question_sees_one_moment_though_others_write(bench: Any, tmp_path: Path) -> None:
    made = list(islice(bench("madeup").reports(3), 60))
    path = tmp_path / "busy.db"
    with Ledger(path) as book, Ledger(path) as other:
        list(book.keep_all(made[:30]))
        reader = Ledger(path, readonly=True)
        with reader.store.snapshot():
            before = reader.dump()
            things = reader.meetings(limit=None)
            list(other.keep_all(made[30:]))
            other.remove(made[0][0].id, why="to see")
            assert reader.dump() == before
            assert reader.meetings(limit=None) == things
        assert reader.dump() != before
        reader.close()


def test_threads_may_share_a_ledger(bench: Any, tmp_path: Path) -> None:
    made = list(islice(bench("madeup").reports(3), 40))
    with Ledger(tmp_path / "shared.db") as book, ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(lambda: (len(book.meetings()), book.people(limit=3), book.search("visit"))) for _ in range(20)]
        added = [pool.submit(book.keep, d, m) for d, m in made]
        assert all(f.result() for f in asked)
        assert all(f.result().new for f in added)
        assert len(book.documents()) == 40

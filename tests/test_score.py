"""The floors of bench/score.py hold on the development and sample reports."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "bench" / "floors.json"

needs_scorer = pytest.mark.skipif(not (ROOT.parent / "shared" / "score.py").exists(), reason="the scorer comes with the shared folder beside the project")


def bench() -> ModuleType:
    """bench/score.py as a module."""
    spec = importlib.util.spec_from_file_location("bench_score", ROOT / "bench" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


NONE = (0, 1, 1)


def below(score: Any, counts: dict[str, tuple[int, int, int]], floors: dict[str, float]) -> dict[str, float]:
    """Measures under their floor, with what is asked. A measure that is no longer there is under it."""
    asked = {name: floor for name, floor in floors.items() if not name.startswith(score.RIGHT)}
    return {name: floor for name, floor in asked.items() if score.fallen(name, counts.get(name, NONE), floors)}


@needs_scorer
@pytest.mark.parametrize("name", ["dev", "later", "samples"])
def test_floors_hold(name: str) -> None:
    score: Any = bench()
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    assert len(floors) >= 20
    folder, reports = score.SETS[name]
    gold = score.golds(folder)
    counts = score.tally(score.scorer(), gold, score.predict(reports, list(gold)), reports)
    assert below(score, counts, floors) == {}


@needs_scorer
def test_near_misses_hold_no_contact() -> None:
    score: Any = bench()
    folder, reports = score.SETS["near"]
    gold = score.golds(folder)
    told = {k: [*memo["visits"], *memo["meetings"]] for k, memo in score.predict(reports, list(gold)).items()}
    empty = {k for k, g in gold.items() if not g["visits"] and not g["meetings"]}
    assert len(empty) >= 20
    assert {k: told[k] for k in empty if told[k]} == {}


@needs_scorer
def test_a_fall_is_seen() -> None:
    score: Any = bench()
    assert below(score, {"people": (9, 10, 10)}, {"people": 0.9, "visits": 0.5}) == {"visits": 0.5}
    assert below(score, {"people": (89, 100, 100)}, {"people": 0.9}) == {"people": 0.9}


@needs_scorer
def test_a_share_falls_only_with_its_count() -> None:
    score: Any = bench()
    floors = {"= meeting kind": 0.9, "right: = meeting kind": 90}
    assert below(score, {"= meeting kind": (170, 200, 200)}, floors) == {}
    assert below(score, {"= meeting kind": (85, 100, 100)}, floors) == {"= meeting kind": 0.9}
    assert below(score, {"= meeting kind": (170, 200, 200)}, {"= meeting kind": 0.9}) == {"= meeting kind": 0.9}


def test_figures() -> None:
    score: Any = bench()
    assert score.figure("people", (1, 2, 2)) == pytest.approx(0.5)
    assert score.figure("= act", (3, 4, 9)) == pytest.approx(0.75)
    assert score.figure("visits", (0, 0, 0)) == 1.0
    assert score.figure("visits", (0, 3, 0)) == 0.0

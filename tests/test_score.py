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


def below(figures: dict[str, float], floors: dict[str, float], loose: float) -> dict[str, tuple[float, float]]:
    """Measures under their floor: what was reached, what is asked."""
    return {name: (figures.get(name, 0.0), floor) for name, floor in floors.items() if figures.get(name, 0.0) < floor - loose}


@needs_scorer
@pytest.mark.parametrize("name", ["dev", "samples"])
def test_floors_hold(name: str) -> None:
    score: Any = bench()
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    assert len(floors) >= 20
    folder, reports = score.SETS[name]
    gold = score.golds(folder)
    counts = score.tally(score.scorer(), gold, score.predict(reports, list(gold)), reports)
    assert below({measure: score.figure(measure, c) for measure, c in counts.items()}, floors, score.LOOSE) == {}


def test_a_fall_is_seen() -> None:
    assert below({"people": 0.9}, {"people": 0.9, "visits": 0.5}, 0.0) == {"visits": (0.0, 0.5)}
    assert below({"people": 0.8999}, {"people": 0.9}, 0.0005) == {}
    assert below({"people": 0.89}, {"people": 0.9}, 0.0005)


def test_figures() -> None:
    score: Any = bench()
    assert score.figure("people", (1, 2, 2)) == pytest.approx(0.5)
    assert score.figure("= act", (3, 4, 9)) == pytest.approx(0.75)
    assert score.figure("visits", (0, 0, 0)) == 1.0
    assert score.figure("visits", (0, 3, 0)) == 0.0

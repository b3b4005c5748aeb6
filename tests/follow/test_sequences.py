"""The sequences: their gold is well formed, and the bench tells a right state from a wrong one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from memcon.follow.grades import GRADES
from memcon.follow.states import STATES
from memcon.resolve.times import span

SEQUENCES = Path(__file__).resolve().parents[1] / "sequences"
GOLD = sorted(SEQUENCES.glob("*/*/gold.json"))


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.parent.name)
def test_gold_is_well_formed(path: Path) -> None:
    for thing in json.loads(path.read_text(encoding="utf-8"))["things"]:
        assert thing["grade"] is None or thing["grade"] in GRADES
        assert thing["what"] in ("commitment", "agreement", "plan")
        assert all(span(day) and (thing["what"] != "commitment" or state in STATES) for day, state in thing["on"].items())
        told = [(thing["report"], thing["words"]), *((e["report"], e["words"]) for e in thing.get("evidence", {}).values())]
        for report, words in told:
            assert (path.parent / f"{report}.txt").read_text(encoding="utf-8").count(words) == 1, words


def test_a_third_is_frozen() -> None:
    frozen = sum(p.parent.parent.name == "frozen" for p in GOLD)
    assert len(GOLD) >= 15
    assert frozen * 3 >= len(GOLD) - 1


@pytest.mark.slow
def test_the_bench_tells_right_from_wrong(bench: Callable[[str], ModuleType], tmp_path: Path) -> None:
    follow = bench("follow")
    here = SEQUENCES / "open/flights-dropped"
    errors: list[str] = []
    counts = follow.score(here, errors)
    assert errors == []
    assert (counts["states"], counts["states right"], counts["evidence right"]) == (2, 2, 1)
    shutil.copytree(here, tmp_path / "wrong")
    gold = json.loads((here / "gold.json").read_text(encoding="utf-8"))
    gold["things"][0]["on"] = dict.fromkeys(gold["things"][0]["on"], "done")
    gold["things"][0]["grade"] = "formula"
    (tmp_path / "wrong/gold.json").write_text(json.dumps(gold), encoding="utf-8")
    wrong = follow.score(tmp_path / "wrong", errors)
    assert (wrong["states"], wrong["states right"], wrong["grades wanted"], wrong["grades given"]) == (2, 0, 0, 1)
    assert len(errors) == 3

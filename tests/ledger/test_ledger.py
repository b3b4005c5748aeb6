"""The ledger on real reports: adding twice, joining the samples, judging and taking a judgement back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from memcon import Ledger

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "reports"
EXAMPLES = ROOT / "examples"


def memcon(ledger: Path, *words: str) -> str:
    run = subprocess.run([sys.executable, "-m", "memcon.cli", *words, "--ledger", str(ledger)], capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_the_same_report_twice_changes_nothing(tmp_path: Path) -> None:
    ledger = tmp_path / "m.db"
    report = min(EXAMPLES.glob("*.txt"))
    memcon(ledger, "add", str(report))
    before = memcon(ledger, "list", "people", "--format", "json")
    memcon(ledger, "add", str(report))
    assert before == memcon(ledger, "list", "people", "--format", "json")
    assert len(before) > 100


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are in the shared folder beside the project")
def test_the_samples_are_two_visits_and_decide_dates_together(tmp_path: Path) -> None:
    ledger = tmp_path / "m.db"
    memcon(ledger, "add", str(SAMPLES))
    visits = memcon(ledger, "list", "visits", "--format", "csv").splitlines()
    assert len(visits) == 3, "a heading and two visits"
    meetings = memcon(ledger, "list", "meetings", "--format", "csv")
    assert "2022-08-22" in meetings  # "Monday" of one report, 23 August of the other
    assert [line for line in meetings.splitlines() if "courtesy_call" in line and "2022-08-23" in line]


def test_undo_gives_back_the_view_byte_for_byte_and_order_does_not_matter(tmp_path: Path) -> None:
    reports = sorted(EXAMPLES.glob("*.txt"))[:5]
    with Ledger(tmp_path / "a.db") as one, Ledger(tmp_path / "b.db") as two:
        one.add(reports)
        for report in reversed(reports):
            two.add([report])
        before = one.dump()
        assert two.dump() == before
        first, second = [m.id for m in one.meetings()][:2]
        judgement = one.same(first, second, why="a test")
        assert one.dump() != before
        one.undo(judgement)
        assert one.dump() == before

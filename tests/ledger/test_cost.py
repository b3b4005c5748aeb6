"""What adding and asking cost does not grow with the ledger: counted in the steps of SQLite's machine, so that no clock is asked."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from memcon import Ledger

STRIDE = 100  # steps between two counts
FEW, MANY, NEXT = 120, 960, 30


def steps(ledger: Ledger, work: Callable[[], object]) -> int:
    """Steps of SQLite's machine that some work takes."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    ledger.store.db.set_progress_handler(tick, STRIDE)
    work()
    ledger.store.db.set_progress_handler(None, 0)
    return count


@pytest.mark.slow
def test_adding_listing_and_searching_cost_the_same(bench: Any, tmp_path: Path) -> None:
    madeup = bench("madeup")
    made = madeup.reports(2)
    pair = "-".join(madeup.countries(2)[:2])
    costs: dict[str, list[int]] = {"add": [], "pair": [], "search": []}
    with Ledger(tmp_path / "cost.db") as ledger:
        for size in (FEW, MANY):
            list(ledger.keep_all(islice(made, size - len(ledger.documents()))))
            costs["add"].append(steps(ledger, lambda: [ledger.keep(d, m) for d, m in islice(made, NEXT)]))
            costs["pair"].append(steps(ledger, lambda: ledger.meetings(pair=pair, limit=5)))
            costs["search"].append(steps(ledger, lambda: ledger.search("ferries", limit=5)))
    for what, (few, many) in costs.items():
        assert many <= 2 * few + 5, f"{what}: {few} at {FEW} reports, {many} at {MANY}"


def test_made_up_reports_are_the_same_for_the_same_seed_and_join(bench: Any, tmp_path: Path) -> None:
    madeup = bench("madeup")
    first, again, other = (list(islice(madeup.reports(seed), 40)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    for document, memo in first:
        for person in memo.people:
            assert document.text[person.evidence.start : person.evidence.end] == person.name
    with Ledger(tmp_path / "m.db") as ledger:
        for document, memo in first:
            ledger.keep(document, memo)
        contacts = {d.id[:-1] for d, _ in first}
        assert len(ledger.meetings()) == len(contacts), "one meeting for each contact, however many reports tell of it"
        assert len(ledger.visits()) == len(contacts)


def test_costs_are_measured(bench: Any, tmp_path: Path, capsys: Any) -> None:
    module = bench("ledger")
    module.ADDED = 3
    costs = module.fill(tmp_path / "b.db", [20, 40], 1)
    assert sorted(costs) == [20, 40]
    module.table(costs)
    assert "add the next report" in capsys.readouterr().out

"""What adding and asking cost does not grow with the ledger: counted in the steps of SQLite's machine, so that no clock is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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


def lists(pair: str) -> dict[str, Callable[[Ledger], Any]]:
    """Pages of five of every list, without filters and with."""
    country = pair.split("-", maxsplit=1)[0]
    return {
        "pair": lambda b: b.meetings(pair=pair, limit=5), "people": lambda b: b.people(limit=5), "people of a country": lambda b: b.people(country=country, limit=5),
        "people in a language": lambda b: b.people(language="en", limit=5),
        "people who": lambda b: b.people(kind="talks", limit=5), "visits": lambda b: b.visits(limit=5), "meetings with words": lambda b: b.meetings(text="thousand people", limit=5),
        "meetings of an outlet": lambda b: b.meetings(outlet="Reprints", limit=5), "meetings in a language": lambda b: b.meetings(language="en", limit=5),
        "statements": lambda b: b.statements(act="thank", limit=5), "plans": lambda b: b.plans(limit=5), "conflicts": lambda b: b.conflicts(limit=5),
        "conflicts in a language": lambda b: b.conflicts(language="en", limit=5), "conflicts of an outlet": lambda b: b.conflicts(outlet="Reprints", limit=5), "issues": lambda b: b.issues(limit=5), "issues in a language": lambda b: b.issues(language="en", limit=5),
        "issues of a kind": lambda b: b.issues(kind="place", limit=5), "posts": lambda b: b.posts(limit=5),
    }  # fmt: skip


@pytest.mark.slow
def test_adding_listing_and_searching_cost_the_same(bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What a list looks through at most is set low, so that it is reached at the first size.
    for name, value in (("finding.FEW", 20), ("finding.SOME", 20), ("finding.RARE_FACET", 40), ("finding._WINDOW", 8), ("finding._BATCH", 8), ("query.RARE", 20), ("holding._COMPARED", 3), ("holding._SHOWN", 1)):
        monkeypatch.setattr(f"memcon.{name}", value)
    madeup = bench("madeup")
    made = madeup.reports(2)
    pair = "-".join(madeup.countries(2)[:2])
    costs: dict[str, list[int]] = {"add": [], "search": [], **{what: [] for what in lists(pair)}}
    with Ledger(tmp_path / "cost.db") as ledger:
        for size in (FEW, MANY):
            list(ledger.keep_all(islice(made, size - len(ledger.documents()))))
            costs["add"].append(steps(ledger, lambda: [ledger.keep(d, m) for d, m in islice(made, NEXT)]))
            for what, asked in lists(pair).items():
                assert len(asked(ledger)) == 5, what
                costs[what].append(steps(ledger, partial(asked, ledger)))
            costs["search"].append(steps(ledger, lambda: ledger.search("ferries", limit=5)))
    for what, (few, many) in costs.items():
        assert many <= 2 * few + 8, f"{what}: {few} at {FEW} reports, {many} at {MANY}"


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

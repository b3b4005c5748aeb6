"""What a page asks of the ledger does not grow with it: counted in the steps of SQLite's machine; and lists that few things pass end in time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from memcon import Ledger
from memcon.browse import Browser, Filters
from memcon.ledger import walk
from memcon.model import Evidence, Person, Statement
from memcon.web import contact, pairs
from memcon.web.shelf import Shelf
from tests.web.conftest import tell

STRIDE = 100
FEW, MANY = 80, 640


def steps(browser: Browser, work: Any) -> int:
    """Steps, in hundreds, that some work takes."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    browser.store.db.set_progress_handler(tick, STRIDE)
    work()
    browser.store.db.set_progress_handler(None, 0)
    return count


@pytest.mark.slow
def test_pages_cost_the_same_in_a_larger_ledger(tmp_path: Path, bench: Callable[[str], ModuleType]) -> None:
    module = bench("madeup")
    made = module.reports(3)
    pair = "-".join(sorted(module.countries(3)[:2]))
    path = tmp_path / "cost.db"
    costs: dict[str, list[int]] = {}
    with Ledger(path) as ledger:
        for size in (FEW, MANY):
            list(ledger.keep_all(islice(made, size - len(ledger.documents()))))
            shelf = Shelf(path)
            with shelf.reading() as b:
                first = b.events("meetings", Filters(), oldest=True, limit=1).items[0]
                asked = {
                    "newest": lambda b=b: b.events("meetings", Filters(), limit=20),
                    "of a pair": lambda b=b: b.events("meetings", Filters(pair=pair), limit=5),
                    "contact": lambda b=b, t=first: contact.contact(b, t, "meetings"),
                    "reports": lambda b=b: b.reports(limit=20),
                    "conflicts": lambda b=b: b.conflicts(limit=20),
                    "doubts": lambda b=b: b.doubts(limit=5),
                    "level": lambda b=b: pairs.by_year(b, b.ids("meetings", Filters(), oldest=True, limit=20)),
                }
                for name, work in asked.items():
                    costs.setdefault(name, []).append(steps(b, work))
            shelf.close()
    assert {n: c for n, c in costs.items() if c[1] > 2 * c[0] + 6} == {}


def test_a_walk_ends_at_its_bound_and_goes_on_from_there(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(walk, "DEPTH", 10)
    monkeypatch.setattr(walk.statement, "__kwdefaults__", {"depth": 10})
    monkeypatch.setattr(walk.last, "__kwdefaults__", {"depth": 10})
    with Ledger(tmp_path / "deep.db") as ledger:
        for n in range(100):
            act = "thank" if n < 2 else "inform"
            text = f"Word {n}. Seru Naqa spoke."
            tell(ledger, f"r{n}", text, published=f"2022-{n // 28 + 1:02}-{n % 28 + 1:02}", outlet="rare" if n < 2 else "often",
                 people=[Person(name="Seru Naqa", country="FJ", evidence=Evidence(start=0, end=4))], statements=[Statement(speakers=["Seru Naqa"], act=act, text=text, evidence=Evidence(start=0, end=4))])  # fmt: skip
        browser = Browser(ledger)
        # Words are no index of things: each page of this list walks past forty statements, and then says where to go on.
        filters, after, found, pages = Filters(text="word 0"), None, [], 0
        while True:
            page = browser.events("statements", filters, after=after, limit=5)
            found += [t.id for t in page.items]
            pages += 1
            after = page.next
            if after is None:
                break
        assert len(found) == 1
        slow = browser.events("statements", Filters(language="en"), limit=5)
        assert len(slow.items) == 5
        none = browser.events("statements", Filters(language="fr"), limit=5)
        assert (none.items, none.next) == ([], None), "a language is an index of things: the list's end is found at once"
        assert pages > 1, "the walk ended at its bound, and said where to go on"


def test_statements_of_walks_use_an_index(tmp_path: Path) -> None:
    with Ledger(tmp_path / "plan.db") as ledger:
        for way in (
            walk.Walk("meetings"),
            walk.Walk("meetings", after=("2022", "m-0"), oldest=True),
            walk.Walk(
                "meetings",
                [("pair", ("FJ-TO",)), ("kind", ("talks",)), ("person", ("p-1", "p-2"))],
                after=("2022", "m-0"),
                match='"x"',
            ),
        ):
            for statement, values in (walk.statement(way, 10), walk.last(way), *(walk.uses(way, f) for f in way.facets)):
                plan = [r[3] for r in ledger.store.db.execute("EXPLAIN QUERY PLAN " + statement, values)]
                assert not [p for p in plan if p.startswith("SCAN") and not p.startswith(("SCAN (subquery", "SCAN w", "SCAN x VIRTUAL"))], plan

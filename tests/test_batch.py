"""Reading with several processes: order, the same bytes as with one, and processes that are killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from memcon import batch
from memcon.batch import Outcome, Work, processors, run
from memcon.model import Document

if TYPE_CHECKING:
    import pytest

REPORTS = sorted((Path(__file__).parent / "reports" / "dev").glob("*.txt"))[:8]


def documents() -> list[Document]:
    return [Document(id=p.stem, text=p.read_text(encoding="utf-8"), language="en") for p in REPORTS]


def alone() -> list[Outcome]:
    return [batch.run_one(batch.Task(k, d), Work("jsonl")) for k, d in enumerate(documents())]


def killing(outcomes: Iterator[Outcome | Document], at: set[int]) -> Iterator[Outcome | Document]:
    """The outcomes; after some of them a process that reads is killed."""
    for k, outcome in enumerate(outcomes):
        if k in at:
            pid = multiprocessing.active_children()[0].pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
        yield outcome


def test_processes_killed_cost_nothing() -> None:
    found = list(killing(run(iter(documents()), Work("jsonl"), 2), {1, 4}))
    assert found == alone()


def test_a_report_that_kills_every_process_becomes_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    docs = [Document(id="good", text="The minister met nobody.", language="en"), Document(id="bad", text="DIE now", language="en"), *documents()[:3]]
    # Read by the stub when a process starts: a report with this word ends its process at once.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent / "cli" / "stub"), os.environ.get("PYTHONPATH", "")]))
    found = [x for x in run(docs, Work("jsonl"), 2) if isinstance(x, Outcome)]
    assert [x.identifier for x in found] == [d.id for d in docs]
    assert [x.problem is None for x in found] == [True, False, True, True, True]
    assert "died twice" in (found[1].problem or "")


def test_one_document_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_Pool", None)
    assert list(run([documents()[0], "no document"], Work("jsonl"), 4)) == [alone()[0], "no document"]


def test_items_are_looked_at_no_further_than_needed() -> None:
    looked = []

    def items() -> Iterator[Document]:
        for d in documents() * 100:
            looked.append(d)
            yield d

    found = run(items(), Work("jsonl"), 2)
    assert next(found) == alone()[0]
    assert len(looked) <= 2 * batch._AHEAD + 3
    found.close()  # type: ignore[attr-defined]


def test_processors_are_those_we_may_use() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)

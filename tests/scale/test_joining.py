"""Joining out of one machine gives what a ledger gives of the same reports: every link, every doubt, every claim's thing."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memcon import Ledger
from memcon.errors import ReadError
from memcon.model import Document, Memorandum
from memcon.scale import coding, joining, rounds
from memcon.scale.engines import Here, Lost
from memcon.scale.store import Place

Read = tuple[Document, Memorandum]


def joined(bench: Any, where: Path, read: list[Read], shard: int) -> Any:
    cluster = bench("cluster")
    cluster.claims(where, read, shard)
    joining.join(str(where), None, Here())
    return cluster.scale_says(where)


def kept(bench: Any, path: Path, read: Iterable[Read]) -> Any:
    with Ledger(path) as book:
        list(book.keep_all(read))
    return bench("cluster").ledger_says(path)


def test_made_up_reports(bench: Any, tmp_path: Path) -> None:
    read = list(islice(bench("madeup").reports(8), 250))
    ours, theirs = joined(bench, tmp_path / "c", read, 60), kept(bench, tmp_path / "l.db", read)
    assert ours == theirs
    assert len(ours[0]) > 300
    assert len(ours[2]) > 1500


@pytest.mark.parametrize("spoil", [0.0, 0.3])
def test_the_clusters_all_at_once(bench: Any, tmp_path: Path, spoil: float) -> None:
    clusters, dice = bench("clusters"), random.Random(f"all {spoil}")
    read: list[Read] = []
    for gold, reports in (x for name in ("dev", "later") for x in clusters.folders(name)):
        for path in sorted(reports.glob("*.txt")):
            told, text = json.loads((gold / f"{path.stem}.json").read_text(encoding="utf-8")), path.read_text(encoding="utf-8")
            memo = clusters.gold_memo(clusters.spoiled(told, dice, spoil), text)
            read.append((Document(id=path.stem, text=text, published=memo.published, outlet=memo.outlet, language="en"), memo))
    dice.shuffle(read)
    ours, theirs = joined(bench, tmp_path / "c", read, 9), kept(bench, tmp_path / "l.db", read)
    assert ours == theirs
    assert len(ours[0]) > 50
    assert len(ours[1]) > 1


def test_neither_shards_nor_their_order_change_a_byte(bench: Any, tmp_path: Path) -> None:
    read = list(islice(bench("madeup").reports(9), 60))
    joined(bench, tmp_path / "a", read, 60)
    joined(bench, tmp_path / "b", [*read[30:], *read[:40]], 7)  # ten reports twice
    a, b = (bench("cluster").hashes(tmp_path / x / "judgements") for x in "ab")
    assert a == b
    assert not (tmp_path / "a" / ".work").exists()


class Stops(Here):
    """An engine that is broken off after so many pieces, and counts them."""

    def __init__(self, after: int | None) -> None:
        self.left, self.done = after, 0

    def map(self, function: Callable[[Any], Any], pieces: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for piece in pieces:
            if self.done == self.left:
                raise KeyboardInterrupt
            self.done += 1
            yield piece, function(piece)


def test_a_run_that_was_broken_off_goes_on(bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = list(islice(bench("madeup").reports(9), 40))
    whole = joined(bench, tmp_path / "a", read, 10)
    bench("cluster").claims(tmp_path / "b", read, 10)
    with pytest.raises(KeyboardInterrupt):
        joining.join(str(tmp_path / "b"), None, Stops(20))
    made: list[str] = []
    steps = {name: lambda *given, name=name, step=step: (made.append(name), step(*given)) for name, step in rounds._STEPS.items()}
    monkeypatch.setattr(rounds, "_STEPS", steps)
    engine = Stops(None)
    joining.join(str(tmp_path / "b"), None, engine)
    assert bench("cluster").scale_says(tmp_path / "b") == whole
    assert len(made) == engine.done - 20
    assert "reports" not in made


class Loses(Here):
    """An engine whose workers die of their first tries."""

    def __init__(self, times: int) -> None:
        self.times = times

    def map(self, function: Callable[[Any], Any], pieces: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for piece in pieces:
            if piece.step == "compare" and self.times:
                self.times -= 1
                yield piece, Lost("died")
            else:
                yield piece, function(piece)


def test_a_lost_worker_costs_its_piece(bench: Any, tmp_path: Path) -> None:
    read = list(islice(bench("madeup").reports(9), 40))
    whole = joined(bench, tmp_path / "a", read, 10)
    joining.join(str(tmp_path / "a"), str(tmp_path / "b"), Loses(3))
    assert bench("cluster").scale_says(tmp_path / "b") == whole
    with pytest.raises(ReadError, match="cost 3 workers"):
        joining.join(str(tmp_path / "a"), str(tmp_path / "c"), Loses(1000))
    assert not (tmp_path / "c" / "judgements").exists()


def test_no_claims_at_all(bench: Any, tmp_path: Path) -> None:
    bench("cluster").claims(tmp_path / "none", [])
    assert joining.join(str(tmp_path / "none"), None, Here()) == {"merges": 0, "unsure": 0, "members": 0}
    with pytest.raises(ReadError, match="no claims here"):
        joining.join(str(tmp_path), None, Here())


def test_a_manifest_that_leads_elsewhere(tmp_path: Path) -> None:
    with Place(str(tmp_path)).writing(coding.MANIFEST) as path:
        Path(path).write_text('{"shards": [{"file": "../../secret.parquet"}]}')
    with pytest.raises(ReadError, match="names a file elsewhere"):
        list(coding.items(str(tmp_path)))


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 40), st.data())
def test_what_hangs_together(number: int, data: st.DataObject) -> None:
    import networkx as nx

    ends = data.draw(st.lists(st.tuples(st.integers(0, number - 1), st.integers(0, number - 1)), min_size=1, max_size=60))
    found = rounds.hanging_together(np.array([a for a, _ in ends]), np.array([b for _, b in ends]), number)
    graph = nx.Graph(ends)
    graph.add_nodes_from(range(number))
    assert [int(x) for x in found] == [min(nx.node_connected_component(graph, i)) for i in range(number)]

"""SOURCE… → shards: the same reports whatever the cuts, the same cuts whatever else is there, and no address that nobody asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memcon.errors import ReadError
from memcon.model import Document
from memcon.read import files, inputs
from memcon.read.isolate import Isolated
from memcon.scale import plan as planning
from memcon.scale import store
from memcon.scale.plan import Shard, plan


@pytest.fixture(scope="module")
def read() -> Iterator[Callable[..., list[object]]]:
    """What is in shards, read by one process."""
    with Isolated() as apart:
        yield lambda *cut: list(inputs.outcomes([files.Source(x.path, x.identifier, named=x.named, part=x.part) for s in cut for x in s.inputs], apart=apart))


Read = Callable[..., list[object]]


def whole_file(path: Path) -> Shard:
    return Shard(inputs=[planning.Input(path=str(path), identifier="dump")])


def text(number: int) -> str:
    return f"Foreign Minister Aino Lund received Ambassador John Odera in Oslo on Monday. They spoke of ferries, {number}."


def shards(found: list[Shard | ReadError]) -> list[Shard]:
    assert all(isinstance(x, Shard) for x in found), found
    return [x for x in found if isinstance(x, Shard)]


def test_a_new_file_changes_only_its_own_shard(tmp_path: Path) -> None:
    for i in range(1200):
        (tmp_path / f"r{i:05}.txt").write_text(text(i))
    before = [x.inputs for x in shards(plan([str(tmp_path)]))]
    assert len(before) > 3
    assert [i.identifier for inputs_ in before for i in inputs_] == [f"r{i:05}" for i in range(1200)]
    (tmp_path / "r00000a.txt").write_text(text(-1))
    after = [x.inputs for x in shards(plan([str(tmp_path)]))]
    assert [x for x in before if x not in after] == before[:1]


@pytest.mark.parametrize("part", [600, 10**9])
def test_json_lines_in_parts_are_the_reports_of_the_whole(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    lines = ["\ufeff" + json.dumps({"text": text(0)}), *(json.dumps({"text": text(i), "date": "2024-03-05"}) for i in range(1, 30)), "", "no record", json.dumps({"text": text(99)})]
    path = tmp_path / "dump.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    whole = read(whole_file(path))
    monkeypatch.setattr(planning, "PART", part)
    monkeypatch.setattr(planning, "_SMALL", 100)
    cut = shards(plan([str(path)]))
    assert (len(cut) > 2) == (part < 10**6)
    found = read(*cut)
    assert [str(x) for x in found] == [str(x) for x in whole]
    assert [x.id for x in found if isinstance(x, Document)] == [*(f"dump#{i}" for i in range(1, 31)), "dump#33"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=30), st.integers(1, 60), st.integers(1, 9))
def test_cuts_are_at_line_ends_and_lose_no_byte(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], part: int, step: int) -> None:
    path = tmp_path_factory.mktemp("cut") / "x.jsonl"
    data = b"\n".join(lines)
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "PART", part)
        patch.setattr(planning, "_STEP", step)
        found = [x.part for x in planning._line_parts(planning.Input(path=str(path), identifier="x"))]
    if not data:
        assert found == [None]
        return
    parts = [p for p in found if p is not None]
    assert b"".join(data[p.start : p.stop] for p in parts) == data
    assert all(data[p.stop - 1 : p.stop] == b"\n" for p in parts[:-1])
    assert [p.first for p in parts] == [1 + data[: p.start].count(b"\n") for p in parts]


def test_row_groups_in_parts_are_the_reports_of_the_whole(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dump.parquet"
    pq.write_table(pa.table({"headline": ["Talks"] * 30, "body": [text(i) for i in range(30)], "views": list(range(30))}), path, row_group_size=7)
    whole = read(whole_file(path))
    assert [x.id for x in whole if isinstance(x, Document)] == [f"dump#{i}" for i in range(1, 31)]
    monkeypatch.setattr(planning, "PART", 400)
    monkeypatch.setattr(planning, "_SMALL", 100)
    cut = shards(plan([str(path)]))
    assert len(cut) > 2
    assert read(*cut) == whole


@pytest.mark.parametrize("data", [b"PAR1", b"PAR1" + b"\xff" * 3000 + b"PAR1", b"PAR1" + b"\0" * 64 + b"\xff\xff\xff\x7fPAR1", b"no table at all"])
def test_a_damaged_table_is_one_line_and_one_shard(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    path = tmp_path / "bad.parquet"
    path.write_bytes(data)
    monkeypatch.setattr(planning, "PART", 1)
    monkeypatch.setattr(planning, "_SMALL", 1)
    (cut,) = shards(plan([str(path)]))
    (found,) = read(cut)
    assert isinstance(found, ReadError)
    assert len(str(found).splitlines()) == 1


def test_claims_are_no_reports(tmp_path: Path) -> None:
    from memcon.scale import table

    table.write(str(tmp_path / "c.parquet"), [], {})
    (found,) = inputs.outcomes([files.Source(str(tmp_path / "c.parquet"), "c")])
    assert "--claims" in str(found)


@pytest.mark.parametrize(
    ("address", "words"),
    [("https://data.example/x.warc.gz", "a web address"), ("ftp://x/y", "no object store"), ("zip::s3://b/x.zip", "no such file"), ("s3://b/x.zip::zip://y", "no object store"), ("-", "standard input")],
)
def test_addresses_that_are_not_taken(address: str, words: str) -> None:
    (found,) = plan([address])
    assert isinstance(found, ReadError)
    assert words in str(found)


def test_an_object_store(tmp_path: Path) -> None:
    import fsspec

    system = fsspec.filesystem("memory")
    for name in ("2024/b.txt", "2024/a.jsonl", "2024/.hidden/c.txt", "2024/picture.png"):
        system.pipe_file(f"/news/{name}", text(1).encode())
    found = shards(plan(["memory://news/2024"]))
    assert [(x.inputs[0].path, x.inputs[0].identifier) for x in found] == [("memory:///news/2024/a.jsonl", "a"), ("memory:///news/2024/b.txt", "b")]
    (wrong,) = plan(["memory://news/2025"])
    assert isinstance(wrong, ReadError)
    assert "no object there" in str(wrong)
    assert [x.inputs[0].identifier for x in shards(plan(["memory://news/*/*.txt"]))] == ["b"]


def test_an_object_has_one_stamp_however_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {"Key": "news/a.txt", "ETag": '"abc"', "Size": 5, "size": 5, "LastModified": "2024-05-04T10:00:00.123", "StorageClass": "STANDARD"}
    alone = {"ETag": '"abc"', "size": 5, "LastModified": "2024-05-04T10:00:00", "ContentType": "text/plain", "VersionId": None}
    other = alone | {"ETag": '"abd"'}
    plain: dict[str, object] = {"size": 5, "mtime": 1.0}
    later: dict[str, object] = {"size": 5, "mtime": 2.0}

    def stamp(info: dict[str, object]) -> str:
        monkeypatch.setattr(store, "_system", lambda url: (SimpleNamespace(info=lambda _: info), url))
        return store.stamp("s3://news/a.txt")

    assert stamp(listed) == stamp(alone)
    assert len({stamp(x) for x in (alone, other, plain, later)}) == 4

"""A shard's file gives back just what was written, says what it was made of, and is there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from memcon.errors import OutputError, ReadError, ReadingFailed
from memcon.model import Document, Mark, Memorandum
from memcon.read.expand import SetAside
from memcon.read.reader import Passed
from memcon.scale import store, table


@pytest.fixture
def items(bench: Any) -> list[table.Item]:
    full = Document(
        id="a/b#1", text="Élan \U0001f600 met “him”.\n", sha256="00", path="p: record 1", outlet="O", url="https://x.example", published="2024-03", language="en", title="T",
        authors=["A", "B"], published_by="url", captions=["c"], marks=[Mark("dateline", 0, 3)], extractor="e 1",
    )  # fmt: skip
    aside = SetAside(name="n", identifier="i", sha256="1", why="nothing", url="u", title="t")
    others: list[table.Item] = [aside, Passed(name="p", why="a picture"), ReadError("bad\n.txt", "damaged"), ReadingFailed("x", "memcon failed on it")]
    return [(full, Memorandum(id="a/b#1", version="9")), *others, *islice(bench("madeup").reports(4), 250)]


def test_what_was_written_comes_back(items: list[table.Item], tmp_path: Path) -> None:
    path = str(tmp_path / "x.parquet")
    counts = table.write(path, items, {"codebook": "c", "inputs": []})
    assert counts == {"aside": 1, "failed": 1, "passed": 1, "report": 251, "unreadable": 1}
    back = list(table.read(path))
    assert [x if not isinstance(x, ReadError | ReadingFailed) else (type(x), str(x)) for x in back] == [
        x if not isinstance(x, ReadError | ReadingFailed) else (type(x), str(x)) for x in items
    ]
    assert table.about(path)["counts"] == counts
    assert table.about(path)["codebook"] == "c"


def test_the_same_items_give_the_same_bytes(items: list[table.Item], tmp_path: Path) -> None:
    for name in ("x", "y"):
        table.write(str(tmp_path / name), iter(items), {"k": 1})
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()


def test_other_programs_read_the_claims(items: list[table.Item], tmp_path: Path) -> None:
    import polars as pl

    path = tmp_path / "x.parquet"
    table.write(str(path), items, {})
    claims = pl.read_parquet(path).explode("claims").unnest("claims", separator=".")
    meetings = claims.filter(pl.col("claims.family") == "meetings", pl.col("claims.type") == "talks")
    assert len(meetings) > 50
    row = meetings.row(0, named=True)
    assert row["text"][row["claims.start"] : row["claims.end"]] == " held talks with "


@pytest.mark.parametrize("damage", ["cut", "other", "empty", "newer", "body"])
def test_a_damaged_file_is_said_to_be_so(items: list[table.Item], tmp_path: Path, damage: str) -> None:
    path = tmp_path / "x.parquet"
    table.write(str(path), items, {"format": 99} if damage == "newer" else {})
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-100])
    elif damage == "other":
        pq.write_table(pq.read_table(path, columns=["text"]).replace_schema_metadata({}), path)
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "body":
        rows = pq.read_table(path).to_pylist()
        rows[5]["claims"][0]["family"] = "nonsense"
        import pyarrow as pa

        with pq.ParquetWriter(path, table.SCHEMA) as writer:
            writer.write_table(pa.Table.from_pylist(rows, schema=table.SCHEMA))
            writer.add_key_value_metadata({"memcon.told": '{"format": 1}'})
    with pytest.raises(ReadError, match=r"x\.parquet"):
        list(table.read(str(path)))


def test_a_file_is_there_whole_or_not_at_all(items: list[table.Item], tmp_path: Path) -> None:
    def cut_short() -> Iterator[table.Item]:
        yield from items
        raise KeyboardInterrupt

    place = store.Place(str(tmp_path / "out"))
    with pytest.raises(KeyboardInterrupt), place.writing("claims/x.parquet") as path:
        table.write(path, cut_short(), {})
    assert place.names("claims") == []
    assert list((tmp_path / "out" / "claims").iterdir()) == []


def test_what_a_killed_writer_left_goes_once_its_file_is_there(tmp_path: Path) -> None:
    place = store.Place(str(tmp_path))
    (tmp_path / "claims").mkdir()
    for left in (".a.parquet.k_3x.part", ".b.parquet.99.part"):
        (tmp_path / "claims" / left).write_bytes(b"half")
    with place.writing("claims/a.parquet") as path:
        Path(path).write_bytes(b"whole")
    place.sweep("claims")
    assert sorted(x.name for x in (tmp_path / "claims").iterdir()) == [".b.parquet.99.part", "a.parquet"]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"), store.Place(str(tmp_path / "file")).writing("claims/x") as path:
        Path(path).write_text("x")

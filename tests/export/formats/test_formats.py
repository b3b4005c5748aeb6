"""What holds for every format: the same bytes, one moment, little memory, and words for people where it cannot."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import msgspec
import pytest
from typer.testing import CliRunner

from memcon import Ledger
from memcon.cli import app
from memcon.export.book import Book, addresses
from memcon.export.formats import FORMATS, ExportError, Format, Selection

ALL: Final = sorted(FORMATS)
MANY: Final = 60_000  # records, were they all asked for
ENOUGH: Final = {"csvw": 15_000, "parquet": 60_000}  # bytes after which a reader has enough: these are compressed


def test_the_table_of_formats_is_what_pages_can_offer() -> None:
    assert set(FORMATS) == {"csv", "csvw", "xlsx", "jsonl", "parquet", "jsonld", "ftm", "graphml", "ical", "atom", "rss", "bibtex", "events"}
    for f in FORMATS.values():
        assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+(; [a-z]+=[a-z0-9-]+)*", f.media_type)
        assert re.fullmatch(r"(\.[a-z]+)+", f.ending)
        assert f.description
        assert set(f.default) <= set(f.lists)
        assert f.several or len(f.default) == 1


def digests(folder: Path) -> dict[str, str]:
    found = {}
    for name in ("plain", "hostile"):
        with Ledger(folder / f"{name}.db", readonly=True) as ledger:
            for form in ALL:
                stream = io.BytesIO()
                FORMATS[form].write(ledger, Selection(), stream)
                found[f"{name} {form}"] = hashlib.sha256(stream.getvalue()).hexdigest()
    return found


def test_the_same_ledger_gives_the_same_bytes(folder: Path) -> None:
    """In this process and in another, with other hashes of strings, on another day and in another zone."""
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from pathlib import Path; import test_formats; print(test_formats.digests(Path({str(folder)!r})))"
    other = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}
    there = subprocess.run([sys.executable, "-c", code], env=other, capture_output=True, text=True, check=True, timeout=120)
    assert there.stdout.strip() == str(digests(folder))


class Enough(Exception):  # noqa: N818 — no error
    """The reader has enough."""


class Reader(io.RawIOBase):
    """A stream that takes so many bytes and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.most -= len(data)
        if self.most < 0:
            raise Enough
        return len(data)


def unlike(records: list[Any], made: list[int]) -> Iterator[Any]:
    """Many records like some, each with an id of its own; ``made`` counts them."""
    for i in range(MANY):
        made[0] += 1
        record = records[i % len(records)]
        yield msgspec.structs.replace(record, id=f"{record.id[:2]}{i:012x}") if hasattr(record, "id") else record


@pytest.mark.parametrize("form", [f for f in ALL if f != "xlsx"])
def test_a_format_writes_as_it_reads(form: str, book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader breaks off after some 300 kB: what holds all records before it writes has asked for them all."""
    made = [0]
    real = Book.records
    monkeypatch.setattr(Book, "records", lambda self, name: unlike(list(real(self, name)), made))
    if form == "parquet":
        from memcon.export import parquet

        monkeypatch.setattr(parquet, "_GROUP", 500)
    if form == "bibtex":
        monkeypatch.setattr(Book, "reports", lambda _, record: [record])
    lists = ("meetings",) if "meetings" in FORMATS[form].lists and form != "bibtex" else ()
    with pytest.raises(Enough):
        FORMATS[form].write(book, Selection(lists), cast("BinaryIO", Reader(ENOUGH.get(form, 300_000))))
    assert made[0] < MANY / 2


def test_a_workbook_leaves_memory_as_it_is_written(book: Ledger, monkeypatch: pytest.MonkeyPatch, write: Any) -> None:
    import tracemalloc

    real = Book.records
    monkeypatch.setattr(Book, "records", lambda self, name: (r for r in list(real(self, name)) * 300))
    tracemalloc.start()
    data = write(book, "xlsx", "conflicts")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(data) > 10_000
    assert peak < 5_000_000


@pytest.mark.parametrize("form", ["csv", "jsonl", "ftm", "events"])
def test_an_export_is_of_one_moment(form: str, fill: Callable[..., None], tmp_path: Path) -> None:
    """A report that is added while an export is written is not in it, whole or in part."""
    path = tmp_path / "book.db"
    with Ledger(path) as ledger:
        fill(ledger, 2)

    class Interrupted(io.RawIOBase):
        taken = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            if not self.taken:
                with Ledger(path) as other:
                    fill(other, 5)
            self.taken += bytes(data)
            return len(data)

    with Ledger(path, readonly=True) as ledger:
        before, during, after = io.BytesIO(), Interrupted(), io.BytesIO()
        for stream in (before, during, after):
            FORMATS[form].write(ledger, Selection(), cast("BinaryIO", stream))
    assert before.getvalue() == during.taken != after.getvalue()


def test_what_is_not_installed_is_said(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert not FORMATS["parquet"].available
    assert FORMATS["csv"].available
    stream = io.BytesIO()
    with pytest.raises(
        ExportError,
        match=re.escape("parquet needs the package pyarrow, which is not installed: `uv sync --extra export`, or pip install 'memcon[export]'"),
    ):
        FORMATS["parquet"].write(book, Selection(), stream)
    assert not stream.getvalue()


@pytest.mark.parametrize(
    ("form", "lists", "words"),
    [
        ("ical", ("people",), "ical does not hold people: it holds visits, meetings, agreements, plans"),
        ("csv", ("people", "visits"), "csv holds one list at a time: choose one of people, visits"),
        ("csv", ("nothing",), "csv does not hold nothing"),
    ],
)
def test_a_list_that_a_format_does_not_hold_is_said(form: str, lists: tuple[str, ...], words: str, book: Ledger) -> None:
    with pytest.raises(ExportError, match=re.escape(words)):
        FORMATS[form].write(book, Selection(lists), io.BytesIO())


@pytest.mark.parametrize("form", ALL)
def test_a_wrong_filter_is_told_before_a_byte_is_written(form: str, book: Ledger) -> None:
    stream = io.BytesIO()
    with pytest.raises(Exception, match="no country 'Atlantis'"):
        FORMATS[form].write(book, Selection((), {"country": "Atlantis"}), stream)
    assert not stream.getvalue()


@pytest.mark.parametrize("form", ALL)
def test_an_empty_ledger_gives_a_whole_file(form: str, tmp_path: Path, write: Any) -> None:
    with Ledger(tmp_path / "empty.db") as ledger:
        assert len(write(ledger, form)) >= (0 if form in ("jsonl", "ftm") else 20)


def test_links_are_those_of_the_pages() -> None:
    link = addresses("http://localhost:8000/")
    assert [link(x) for x in ("p-1", "v-1", "m-1", "a-1", "s-1", "d-1", "b:a b/c")] == [
        f"http://localhost:8000/{x}"
        for x in ("person/p-1", "visit/v-1", "meeting/m-1", "agreement/a-1", "statement/s-1", "report/d-1", "body/a%20b%2Fc")
    ]


# -- the command ------------------------------------------------------------------------------------------------------


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["export", *words])


def test_the_command_writes_what_the_table_of_formats_writes(folder: Path, tmp_path: Path, book: Ledger, write: Any) -> None:
    ledger = str(folder / "plain.db")
    for form in ALL:
        f: Format = FORMATS[form]
        out = tmp_path / f"x{f.ending}"
        found = run(form, "--ledger", ledger, "-o", str(out), "--pair", "FJ-NO")
        assert found.exit_code == 0, found.output
        assert not found.stdout
        assert out.read_bytes() == write(book, form, pair="FJ-NO")
    assert run("csv", "meetings", "--ledger", ledger, "--limit", "2").stdout_bytes == write(book, "csv", "meetings", limit=2)
    assert b"https://x.org/meeting/m-" in run("csv", "--ledger", ledger, "--link", "https://x.org").stdout_bytes


def test_a_csv_file_has_its_dictionary_beside_it(folder: Path, tmp_path: Path) -> None:
    from csvw import Table

    assert run("csv", "agreements", "--ledger", str(folder / "plain.db"), "-o", str(tmp_path / "papers.csv")).exit_code == 0
    (row,) = Table.from_file(tmp_path / "papers.csv-metadata.json").iterdicts(strict=True)
    assert (row["subject"], row["parties"]) == ("fisheries", ["Norway", "Fiji"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), "no format 'nothing': one of"),
        (("csv", "--country", "Atlantis"), "no country 'Atlantis'"),
        (("csv", "--since", "yesterday"), "'yesterday' is no date"),
        (("ical", "people"), "ical does not hold people"),
        (("csv", "-o", "/nowhere/x.csv"), "cannot be written"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_code_2(words: tuple[str, ...], said: str, folder: Path) -> None:
    found = run(*words, "--ledger", str(folder / "plain.db"))
    assert found.exit_code == 2
    assert said in " ".join(found.stderr.split())
    assert "Traceback" not in found.output


def test_a_file_appears_only_when_it_is_whole(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "x.csv"
    out.write_text("from before")

    def broken(self: Book, name: str) -> Iterator[Any]:
        yield from ()
        raise OSError("no more")

    monkeypatch.setattr(Book, "records", broken)
    assert run("csv", "--ledger", str(folder / "plain.db"), "-o", str(out)).exit_code != 0
    assert out.read_text() == "from before"
    assert [x.name for x in tmp_path.iterdir()] == ["x.csv"]


def test_the_ledger_is_never_written_over(folder: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    ledger.write_bytes((folder / "plain.db").read_bytes())
    before = ledger.read_bytes()
    assert run("csv", "--ledger", str(ledger), "-o", str(ledger)).exit_code == 2
    assert ledger.read_bytes() == before


def test_formats_are_listed() -> None:
    found = run("--formats")
    assert found.exit_code == 0
    assert all(f"{name} " in found.stdout for name in FORMATS)

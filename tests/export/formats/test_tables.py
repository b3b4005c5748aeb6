"""CSV, CSV on the Web, XLSX, Parquet and JSON Lines, each read by the format's own library."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import polars as pl
import pyarrow.parquet as pq
import pytest
from csvw import TableGroup
from hypothesis import given
from hypothesis import strategies as st

from memcon import Ledger
from memcon.export import safe, tables, xlsx
from memcon.export.book import LISTS, Book, Selection
from memcon.export.tables import TABLES
from memcon.export.wording import clean
from memcon.follow.plans import plans

csv.field_size_limit(1 << 30)
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def expected(ledger: Ledger, name: str) -> list[tuple[Any, ...]]:
    """The rows of a list, straight from its table."""
    return list(tables.rows(Book(ledger, Selection((name,))), TABLES[name]))


def rows(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_rows_and_every_column_a_meaning(name: str, book: Ledger, attacked: Ledger) -> None:
    table = TABLES[name]
    found = [*expected(book, name), *expected(attacked, name)]
    assert len(found) >= 1
    assert len({c.name for c in table.columns}) == len(table.columns)
    for c, values in zip(table.columns, zip(*found, strict=True), strict=True):
        assert c.meaning
        types = {"text": str, "list": list, "integer": int, "day": str}[c.type]
        assert all(v is None or isinstance(v, types) for v in values), c.name
        if c.type == "day":
            assert all(date.fromisoformat(v) for v in values if v)


def test_csv_holds_the_table(book: Ledger, write: Any) -> None:
    head, *body = rows(write(book, "csv", "meetings"))
    assert head == [c.name for c in TABLES["meetings"].columns]
    assert len(body) == len(book.meetings()) == 3
    met = next(dict(zip(head, r, strict=True)) for r in body if r[head.index("date")] == "2024-05-04")
    assert met["hosts"] == "Anna Berg"
    assert met["guests_posts"] == "Sera Vula: Foreign Minister of Fiji"
    assert met["conflicts"] == "kind | place"
    assert met["reports"] == "plan | held | agency"
    assert met["read_by"] == "0.1.0"
    assert met["passages"].split(" | ")[0] == "Minister of Foreign Affairs Anna Berg will meet her on 4 May."
    vague = next(dict(zip(head, r, strict=True)) for r in body if r[head.index("date")] == "2023-03")
    assert (vague["date_earliest"], vague["date_latest"]) == ("2023-03-01", "2023-03-31")


def test_csv_filters_as_the_lists_do(book: Ledger, write: Any) -> None:
    for filters in (
        {"pair": "FJ-NO"},
        {"country": "Peru"},
        {"kind": "phone_call"},
        {"limit": 2},
        {"since": "2024"},
        {"outlet": "NTB"},
        {"text": "herring"},
    ):
        assert [r[0] for r in rows(write(book, "csv", "meetings", **filters))[1:]] == [m.id for m in book.meetings(**filters)]
    assert {r[1] for r in rows(write(book, "csv", "sources", pair="FJ-NO"))[1:]} == {"plan", "held", "agency"}
    assert {r[1] for r in rows(write(book, "csv", "sources", outlet="NTB"))[1:]} == {"agency"}
    assert len(rows(write(book, "csv", "sources"))) == 6


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", LISTS)
def test_no_cell_is_a_formula_whatever_the_delimiter(name: str, delimiter: str, attacked: Ledger, write: Any) -> None:
    for row in rows(write(attacked, "csv", name), delimiter):
        assert not [c for c in row if c.lstrip().startswith(FORMULA)]


@given(st.lists(st.lists(st.text(alphabet=st.sampled_from("=+-@;,\t\n\r\"'ab ＝ é")), max_size=4), min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_no_text_makes_a_formula(items: list[list[str]], delimiter: str) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow([safe.cell(safe.joined(x)) for x in items])
    for row in csv.reader(io.StringIO(buffer.getvalue(), newline=""), delimiter=delimiter):
        assert not [c for c in row if c.lstrip().startswith(FORMULA)]


@pytest.mark.parametrize("ledger", ["book", "attacked"])
def test_csv_on_the_web_reads_it_back_by_its_dictionary(ledger: str, request: Any, write: Any, tmp_path: Path) -> None:
    asked: Ledger = request.getfixturevalue(ledger)
    with zipfile.ZipFile(io.BytesIO(write(asked, "csvw"))) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    group = TableGroup.from_file(tmp_path / "csv-metadata.json")
    assert {t.url.string for t in group.tables} == {f"{name}.csv" for name in LISTS}
    assert group.common_props["dc:modified"] == asked.changed()
    for table in group.tables:
        name = table.url.string.removesuffix(".csv")
        assert all(c.common_props["dc:description"] for c in table.tableSchema.columns)
        found = list(table.iterdicts(strict=True))
        want = expected(asked, name)
        assert len(found) == len(want)
        for got, row in zip(found, want, strict=True):
            for c, value in zip(TABLES[name].columns, row, strict=True):
                if c.type == "integer":
                    assert got[c.name] == value
                elif c.type == "day":
                    assert got[c.name] == (datetime.fromisoformat(value) if value else None)
                elif c.type == "list" and ledger == "book":
                    assert got[c.name] == (value or []), c.name


def test_xlsx_holds_every_list_its_dictionary_and_a_stamp(book: Ledger, write: Any) -> None:
    file = openpyxl.load_workbook(io.BytesIO(write(book, "xlsx")))
    assert file.sheetnames == ["about", "columns", *LISTS]
    about = {r[0]: r[1] for r in file["about"].iter_rows(values_only=True)}
    assert about["memcon"] == "0.1.0"
    assert about["ledger last changed"] == book.changed()
    assert about["rows of meetings"] == 3
    assert file["columns"].max_row == 1 + sum(len(TABLES[name].columns) for name in LISTS)
    for name in LISTS:
        head, *body = file[name].iter_rows(values_only=True)
        assert list(head) == [c.name for c in TABLES[name].columns]
        for got, row in zip(body, expected(book, name), strict=True):
            for c, cell, value in zip(TABLES[name].columns, got, row, strict=True):
                assert _plain(cell) == (_shown(value) or None), (name, c.name)


def _plain(cell: Any) -> Any:
    return cell.date().isoformat() if isinstance(cell, datetime) else cell


def _shown(value: Any) -> Any:
    return xlsx.text(safe.joined(value)) if isinstance(value, list) else xlsx.text(value) if isinstance(value, str) else value


def test_xlsx_has_no_formula_no_link_and_no_cell_that_excel_refuses(attacked: Ledger, write: Any) -> None:
    data = write(attacked, "xlsx")
    file = openpyxl.load_workbook(io.BytesIO(data))
    seen = 0
    for sheet in file:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d"), cell.coordinate
                assert cell.hyperlink is None
                if isinstance(cell.value, str):
                    assert len(cell.value) <= 32_767
                    seen += cell.value.startswith("=")
    assert seen, "a name that begins with = is kept as it is: the cell's type says that it is text"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [n for n in archive.namelist() if "link" in n.lower() or "vba" in n.lower()]
        assert not [n for n in archive.namelist() if b"<f>" in archive.read(n)]


def test_xlsx_goes_on_in_another_sheet(book: Ledger, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    file = openpyxl.load_workbook(io.BytesIO(write(book, "xlsx", "meetings", "people")))
    assert file.sheetnames == ["about", "columns", "meetings", "meetings 2", "people", "people 2", "people 3"]
    assert [file[n].max_row for n in ("meetings", "meetings 2")] == [3, 2]
    assert file["meetings 2"]["A1"].value == "id"


@pytest.mark.parametrize("ledger", ["book", "attacked"])
@pytest.mark.parametrize("name", LISTS)
def test_parquet_holds_the_values_themselves(name: str, ledger: str, request: Any, write: Any) -> None:
    asked: Ledger = request.getfixturevalue(ledger)
    data = write(asked, "parquet", name)
    file = pq.ParquetFile(io.BytesIO(data))
    assert file.schema_arrow.metadata[b"memcon.ledger_last_changed"].decode() == asked.changed()
    assert json.loads(file.schema_arrow.metadata[b"memcon.columns"]) == {c.name: c.meaning for c in TABLES[name].columns}
    want = [
        tuple(date.fromisoformat(v) if c.type == "day" and v else v or [] if c.type == "list" else v for c, v in zip(TABLES[name].columns, row, strict=True)) for row in expected(asked, name)
    ]  # fmt: skip
    assert [tuple(r.values()) for r in file.read().to_pylist()] == want
    assert pl.read_parquet(io.BytesIO(data)).rows() == want


def test_parquet_is_written_in_groups(book: Ledger, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from memcon.export import parquet

    monkeypatch.setattr(parquet, "_GROUP", 2)
    file = pq.ParquetFile(io.BytesIO(write(book, "parquet", "people")))
    assert (file.num_row_groups, file.metadata.num_rows) == (3, 6)


@pytest.mark.parametrize("ledger", ["book", "attacked"])
def test_json_lines_hold_the_records_themselves(ledger: str, request: Any, write: Any) -> None:
    asked: Ledger = request.getfixturevalue(ledger)
    data = write(asked, "jsonl").decode("utf-8")
    lines = data.splitlines()
    assert data.count("\n") == len(lines), "no character of a text ends a line"
    found = [json.loads(x) for x in lines]
    for name in ("people", "posts", "visits", "meetings", "statements", "agreements", "plans", "conflicts", "issues"):
        want = getattr(asked, name)().to_dicts() if name != "plans" else [msgspec.to_builtins(x) for x in plans(asked)]
        assert [{k: v for k, v in x.items() if k != "list"} for x in found if x["list"] == name] == want
    assert len([x for x in found if x["list"] == "sources"]) == len(asked.documents())
    assert len(json.loads(write(asked, "jsonl", "events").splitlines()[0])) == 1 + len(TABLES["events"].columns)


def test_a_cell_of_any_length_is_whole_but_in_excel(write: Any, tmp_path: Path, fill: Any) -> None:
    from memcon.model import Document, Evidence, Memorandum, Person, Statement

    long = "=" + "y" * 10_000_000
    with Ledger(tmp_path / "long.db") as ledger:
        at = Evidence(start=0, end=1)
        told = Statement(evidence=at, speakers=["Bo"], addressees=["Lo"], act="hope", text=long)
        ledger.keep(
            Document(id="long", text="Bo told Lo.", language="en"),
            Memorandum(id="long", language="en", people=[Person(name="Bo", evidence=at)], statements=[told], version="1"),
        )
        assert len(rows_of_any_length(write(ledger, "csv", "statements"))[1]) > 10_000_000
        assert json.loads(write(ledger, "jsonl", "statements"))["text"] == long
        assert pl.read_parquet(io.BytesIO(write(ledger, "parquet", "statements")))["text"][0] == long
        cells = [
            c for r in openpyxl.load_workbook(io.BytesIO(write(ledger, "xlsx", "statements")))["statements"].iter_rows(values_only=True) for c in r
        ]
        assert max(len(c) for c in cells if isinstance(c, str)) == 32_767
        for form in ("atom", "rss", "graphml", "jsonld"):
            assert write(ledger, form, "statements")


def rows_of_any_length(data: bytes) -> list[str]:
    return data.decode("utf-8").split("\r\n")


@given(st.text())
def test_an_excel_text_is_one_line_of_allowed_characters(words: str) -> None:
    found = xlsx.text(words)
    assert found == safe.xml(clean(found))
    assert "\n" not in found

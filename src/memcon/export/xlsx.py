"""Lists as one Excel workbook: typed cells, no formulas and no links, with a sheet that says what it is and one that explains every column."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, BinaryIO, Final, Self

import xlsxwriter

from memcon.export import safe
from memcon.export.book import Book
from memcon.export.tables import TABLES, Cell, Column, Table, rows
from memcon.export.wording import clean

__all__ = ["write"]

MOST_ROWS: Final = 1_048_576  # of a sheet, the heading among them
_LONGEST: Final = 32_767  # characters of a cell
_A4: Final = 9  # the format's number for it
_CUT: Final = " […]"
_FIRST_YEAR: Final = 1901  # Excel knows no day before 1900, and a wrong one in 1900
_WIDTHS: Final = {"text": 24, "list": 36, "integer": 10, "day": 12}
_NARROW: Final = {
    "id": 16,
    "record": 16,
    "kind": 14,
    "status": 11,
    "date": 12,
    "start": 12,
    "end": 12,
    "signed": 12,
    "family": 12,
    "country": 9,
    "from": 7,
    "to": 7,
    "visit": 16,
    "cameo": 8,
    "cameo_root": 8,
}
_LINE: Final = 105  # characters of a meaning that stand in one line


def write(book: Book, stream: BinaryIO) -> None:
    """Write all lists of the selection, a sheet each."""
    with _Workbook(book, stream) as workbook:
        counts = {name: workbook.list(TABLES[name]) for name in book.selection.lists}
        workbook.dictionary()
        workbook.about(counts)


class _Workbook:
    """The file in the making. Rows leave memory as they are written (``constant_memory``), so each sheet is written from top to bottom."""

    def __init__(self, book: Book, stream: BinaryIO) -> None:
        self.book = book
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        }
        self.file = xlsxwriter.Workbook(stream, options)
        self.file.use_zip64()
        made = datetime.fromisoformat(book.changed).replace(tzinfo=None) if book.changed else datetime(1980, 1, 1)  # noqa: DTZ001 — the format knows no zone; UTC
        self.file.set_properties(
            {"title": clean(book.title), "author": f"memcon {book.version}", "comments": f"filters: {clean(book.stamp['filters'])}", "created": made}
        )
        self.bold = self.file.add_format({"bold": True, "bottom": 1})
        self.wrapped = self.file.add_format({"text_wrap": True, "valign": "top"})
        self.front = self.file.add_worksheet("about")
        self.columns = self.file.add_worksheet("columns")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        # After an error the half-made file is still closed, which removes its temporary files; the caller throws the bytes away.
        self.file.close()

    def list(self, table: Table) -> int:
        """Write a list; the number of its rows. What one sheet cannot hold goes on in another."""
        number, at, sheets = 0, 0, 0
        sheet: Any = None
        for row in rows(self.book, table):
            if sheet is None or at == MOST_ROWS:
                self._finish(sheet, at, table)
                sheets += 1
                sheet, at = self._sheet(table, sheets), 1
            for i, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                self._cell(sheet, at, i, column, value)
            at += 1
            number += 1
        self._finish(sheet or self._sheet(table, 1), max(at, 1), table)
        return number

    def _sheet(self, table: Table, number: int) -> Any:
        sheet = self.file.add_worksheet(table.name if number == 1 else f"{table.name} {number}")
        for i, column in enumerate(table.columns):
            sheet.set_column(i, i, _NARROW.get(column.name) or _WIDTHS[column.type])
            sheet.write_string(0, i, column.name, self.bold)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.repeat_rows(0)
        return sheet

    def _finish(self, sheet: Any, at: int, table: Table) -> None:
        if sheet is not None:
            sheet.autofilter(0, 0, at - 1, len(table.columns) - 1)

    def _cell(self, sheet: Any, at: int, i: int, column: Column, value: Cell) -> None:
        if value is None or value in ([], ""):
            return
        if isinstance(value, int):
            sheet.write_number(at, i, value)
        elif column.type == "day" and isinstance(value, str) and int(value[:4]) >= _FIRST_YEAR:
            sheet.write_datetime(at, i, date.fromisoformat(value))
        else:
            sheet.write_string(at, i, text(safe.joined(value) if isinstance(value, list) else value))

    def dictionary(self) -> None:
        """Write what each column means."""
        self._head(self.columns, ("list", 12), ("column", 22), ("type", 9), ("meaning", 110))
        at = 1
        for name in self.book.selection.lists:
            for c in TABLES[name].columns:
                if len(c.meaning) > _LINE:
                    self.columns.set_row(at, 15 * (len(c.meaning) // _LINE + 1))
                for i, words in enumerate((name, c.name, c.type, c.meaning)):
                    self.columns.write_string(at, i, words, self.wrapped)
                at += 1

    def about(self, counts: dict[str, int]) -> None:
        """Write what the file is, from which moment of the ledger, and what it holds."""
        self._head(self.front, ("about", 26), ("", 100))
        told: list[tuple[str, str | int]] = [("title", text(self.book.title)), *((k, text(v)) for k, v in self.book.stamp.items())]
        told += [(f"rows of {name}", n) for name, n in counts.items()]
        told += [("columns", "the sheet “columns” says what each means"), ("lists in one cell", f"between items stands “{safe.LIST_SEPARATOR}”")]
        told += [(name, TABLES[name].meaning) for name in counts]
        told.append(("long texts", f"a cell holds {_LONGEST} characters; what is longer ends in {_CUT.strip()}, and is whole in JSON Lines"))
        left = self.file.add_format({"align": "left", "valign": "top"})
        for at, (key, value) in enumerate(told, 1):
            self.front.write_string(at, 0, key, self.wrapped)
            if isinstance(value, int):
                self.front.write_number(at, 1, value, left)
            else:
                self.front.write_string(at, 1, value, self.wrapped)

    def _head(self, sheet: Any, *columns: tuple[str, int]) -> None:
        for i, (name, width) in enumerate(columns):
            sheet.set_column(i, i, width)
            sheet.write_string(0, i, name, self.bold)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def text(value: str) -> str:
    """A text as a cell can hold it: one line, of at most 32,767 characters. Cells are typed, so a leading ``=`` is a letter like any other."""
    whole = safe.xml(clean(value))
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST - len(_CUT)] + _CUT

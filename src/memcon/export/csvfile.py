"""A list as CSV (RFC 4180, UTF-8): no cell is a formula, whatever the spreadsheet's delimiter."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from memcon.export import safe
from memcon.export.book import Book
from memcon.export.tables import TABLES, Cell, Table, rows

__all__ = ["lines", "write"]


def write(book: Book, stream: BinaryIO) -> None:
    """Write the one list of the book's selection."""
    for line in lines(book, TABLES[book.selection.lists[0]]):
        stream.write(line)


def lines(book: Book, table: Table) -> Iterator[bytes]:
    """The table line by line, the names of its columns first."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([c.name for c in table.columns])
    yield buffer.getvalue().encode("utf-8")
    for row in rows(book, table):
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_cell(v) for v in row])
        yield buffer.getvalue().encode("utf-8")


def _cell(value: Cell) -> str | int:
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    return safe.cell(safe.joined(value) if isinstance(value, list) else value)

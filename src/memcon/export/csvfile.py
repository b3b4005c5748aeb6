"""Lists as CSV (RFC 4180, UTF-8), with their data dictionary as CSV on the Web metadata (W3C): no cell is a formula, whatever the spreadsheet's delimiter."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from memcon.export import safe
from memcon.export.book import Book
from memcon.export.tables import TABLES, Cell, Column, Table, rows

__all__ = ["METADATA", "bundle", "lines", "metadata", "write"]

METADATA: Final = "csv-metadata.json"
"""Where CSV on the Web looks for the description of the tables of a folder; beside one file it is ``FILE-metadata.json``."""
_DATATYPES: Final = {"text": "string", "list": "string", "integer": "integer", "day": "date"}
_KEYS: Final = {"events": ("event_id",), "posts": (), "conflicts": ()}


def write(book: Book, stream: BinaryIO) -> None:
    """Write the one list of the book's selection."""
    stream.writelines(lines(book, TABLES[book.selection.lists[0]]))


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


def bundle(book: Book, stream: BinaryIO) -> None:
    """Write all lists of the selection as CSV files into a ZIP archive, with one description of them all."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(_member(METADATA), "w") as file:
            file.write(metadata(book, {name: f"{name}.csv" for name in book.selection.lists}))
        for name in book.selection.lists:
            with archive.open(_member(f"{name}.csv"), "w", force_zip64=True) as file:
                for line in lines(book, TABLES[name]):
                    file.write(line)


def _member(name: str) -> zipfile.ZipInfo:
    """A file of the archive, without the moment at which it was made."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def metadata(book: Book, files: Mapping[str, str]) -> bytes:
    """The data dictionary and version stamp of some lists, by the file that holds each, as CSV on the Web metadata."""
    tables = [_described(TABLES[name], file) for name, file in files.items()]
    whole: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": book.title,
        "dc:creator": f"memcon {book.version}",
        "dc:modified": book.changed,
        "dc:description": f"filters: {book.stamp['filters']}",
        **(tables[0] if len(tables) == 1 else {"tables": tables}),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _described(table: Table, file: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(c) for c in table.columns]}
    key = _KEYS.get(table.name, ("id",))
    return {"url": file, "rdfs:comment": table.meaning, "tableSchema": schema | ({"primaryKey": list(key)} if key else {})}


def _column(column: Column) -> dict[str, Any]:
    more = {"separator": safe.LIST_SEPARATOR} if column.type == "list" else {}
    return {"name": column.name, "titles": column.name, "datatype": _DATATYPES[column.type], "dc:description": column.meaning, **more}

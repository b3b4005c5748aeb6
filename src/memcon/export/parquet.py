"""A list as Parquet: typed columns with lists as lists and days as days, texts as they are, the data dictionary in the file's own metadata."""

from __future__ import annotations

import json
from datetime import date
from itertools import islice
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from memcon.export.book import Book
from memcon.export.tables import TABLES, Table, rows

__all__ = ["write"]

_GROUP: Final = 5_000  # rows of a row group, which stand in memory together
_TYPES: Final = {"text": pa.string(), "list": pa.list_(pa.string()), "integer": pa.int64(), "day": pa.date32()}


def write(book: Book, stream: BinaryIO) -> None:
    """Write the one list of the selection, compressed with zstd."""
    table = TABLES[book.selection.lists[0]]
    schema = _schema(book, table)
    found = rows(book, table)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := list(islice(found, _GROUP)):
            columns = [[_value(c.type, v) for v in values] for c, values in zip(table.columns, zip(*batch, strict=True), strict=True)]
            arrays = [pa.array(values, type=field.type) for field, values in zip(schema, columns, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _schema(book: Book, table: Table) -> Any:
    dictionary = {c.name: c.meaning for c in table.columns}
    stamp = {**book.stamp, "list": table.name, "meaning": table.meaning, "columns": json.dumps(dictionary, ensure_ascii=False)}
    fields = [pa.field(c.name, _TYPES[c.type], metadata={"description": c.meaning}) for c in table.columns]
    return pa.schema(fields, metadata={f"memcon.{k.replace(' ', '_')}": v for k, v in stamp.items()})


def _value(kind: str, value: Any) -> Any:
    if kind == "day" and isinstance(value, str):
        return date.fromisoformat(value)
    return [] if kind == "list" and value is None else value

"""Lists as JSON Lines: one record a line, whole and as it is, with the name of its ``list`` first."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from memcon.export.book import Book
from memcon.export.jsonl import LINE_ENDS
from memcon.export.tables import TABLES, rows

__all__ = ["write"]


def write(book: Book, stream: BinaryIO) -> None:
    """Write all lists of the selection. Rows of ``events`` have the columns of the table; lists and unknown values stay what they are."""
    for name in book.selection.lists:
        head = msgspec.json.encode({"list": name})[:-1] + b","
        if name == "events":
            columns = [c.name for c in TABLES[name].columns]
            lines = (msgspec.json.encode(dict(zip(columns, row, strict=True))) for row in rows(book, TABLES[name]))
        else:
            lines = (msgspec.json.encode(record) for record in book.records(name))
        stream.writelines(_one_line(head + line[1:]) + b"\n" for line in lines)


def _one_line(line: bytes) -> bytes:
    # Three characters that JSON may leave bare end a line for some readers. Few lines hold one: the look-up is cheaper than the rewriting.
    return (
        line.decode("utf-8").translate(LINE_ENDS).encode("utf-8")
        if b"\xc2\x85" in line or b"\xe2\x80\xa8" in line or b"\xe2\x80\xa9" in line
        else line
    )

"""CSV and tables with other separators → a report a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from memcon.errors import ReadError
from memcon.read.encoding import encoding_called
from memcon.read.fields import FIELDS, FieldMap, record
from memcon.read.reader import NEVER, TOLD, Found, NoReports, Raw

__all__ = ["Table"]

_LONGEST: Final = 5_000_000  # characters of a field
_MOST_COLUMNS: Final = 1000
_NAMES: Final = frozenset(x for names in FIELDS.values() for x in names)


class Table:
    """A table whose first row names its columns. ``fields`` says which names mean what, where they do not say it themselves."""

    name = "csv"
    version = "csv 1"
    endings = (".csv", ".tsv")
    largest = 1 << 40
    container = True
    safe = False

    def __init__(self, fields: FieldMap | None = None) -> None:
        self._fields = dict(fields or {})

    def identify(self, raw: Raw) -> int:
        """By name or media type alone: prose has commas too."""
        return TOLD if raw.ending in self.endings or raw.facts.media in ("text/csv", "text/tab-separated-values") else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """The record of each row."""
        csv.field_size_limit(_LONGEST)
        text = _Lines(raw.file, _encoding(raw))
        rows = csv.reader(text, delimiter=_separator(raw), strict=False)
        try:
            header = next(rows, None)
        except csv.Error as error:
            raise raw.wrong(f"damaged table: {error}") from error
        columns = [x.strip().removeprefix("\ufeff") for x in header or []][:_MOST_COLUMNS]
        keys = {re.sub(r"[\W_]+", "", c).lower() for c in columns}
        if not self._fields and keys.isdisjoint(FIELDS["text"]):
            raise NoReports(
                raw.name, f"no column that holds the reports' text (it has {', '.join(columns[:12])[:200] or 'none'}): name it with --fields text=COLUMN"
            )
        number = 0
        while True:
            number += 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield ReadError(f"{raw.name}: row {number:,}", f"damaged row: {error}")
                continue
            if any(x.strip() for x in row):
                try:
                    yield record(raw, number, dict(zip(columns, row, strict=False)), self._fields)
                except ReadError as error:
                    yield error


class _Lines:
    """Lines of text of a file, none of more than so many characters: a field without an end must not fill the memory."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        file.seek(0)
        self._text = io.TextIOWrapper(_Kept(file), encoding=encoding, errors="replace", newline="")

    def __iter__(self) -> Iterator[str]:
        # NUL would end a row in the middle of a word.
        while line := self._text.readline(_LONGEST):
            yield line.replace("\0", " ")


class _Kept(io.BufferedReader):
    """A file that outlives the wrapper around it."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(_Plain(file))


class _Plain(io.RawIOBase):
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _encoding(raw: Raw) -> str:
    """The table's encoding: UTF-8 where its head can be that, else as declared, else Windows-1252."""
    if raw.head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = raw.head[:-4] if raw.size > len(raw.head) else raw.head
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return encoding_called(raw.facts.charset) or "cp1252"
    return "utf-8-sig"


def _separator(raw: Raw) -> str:
    """The separator that parts the first line into most columns."""
    first = raw.head.split(b"\n", 1)[0].decode("utf-8", "replace")
    return max("\t,;|", key=lambda x: (first.count(x), x == ","))

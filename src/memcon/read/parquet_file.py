"""Parquet files of reports (dumps of news, tables of other programs) → a report a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from memcon.errors import ReadError
from memcon.read.fields import FieldMap, record
from memcon.read.reader import NEVER, SURE, TOLD, Found, NoReports, Part, Raw

__all__ = ["CLAIMS", "Parquet"]

CLAIMS: Final = b"memcon.shard"
"""The key, in a file's own metadata, by which claims that memcon wrote are known."""
_MAGIC: Final = b"PAR1"
_ROWS: Final = 64  # that stand in memory together
_LONGEST: Final = 5_000_000  # characters of one record's text, as of a line of JSON


class Parquet:
    """A table with a text in each row. ``fields`` says which columns mean what, where their names do not say it themselves."""

    name = "parquet"
    version = "parquet 1"
    endings = (".parquet", ".pq")
    largest = 1 << 40
    container = True
    safe = False

    def __init__(self, fields: FieldMap | None = None) -> None:
        self._fields = dict(fields or {})

    def identify(self, raw: Raw) -> int:
        """By its first bytes."""
        if raw.head.startswith(_MAGIC):
            return SURE
        return TOLD if raw.ending in self.endings else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """The record of each row, of all row groups or of those asked for."""
        file = _opened(raw)
        if CLAIMS in (file.schema_arrow.metadata or {}):
            raise NoReports(raw.name, "claims that memcon code wrote, not reports: add them with --claims FOLDER")
        part = raw.part or Part(0, file.num_row_groups, 1)
        number = part.first - 1
        for batch in file.iter_batches(batch_size=_ROWS, row_groups=list(range(part.start, part.stop))):
            for row in batch.to_pylist():
                number += 1
                try:
                    yield self._record(raw, number, row)
                except ReadError as error:
                    yield error

    def _record(self, raw: Raw, number: int, row: Mapping[str, Any]) -> Raw:
        if sum(len(v) for v in row.values() if isinstance(v, str)) > _LONGEST:
            raise ReadError(f"{raw.name}: record {number:,}", f"a record of more than {_LONGEST / 1e6:.0f} MB; left out")
        return record(raw, number, {k: _plain(v) for k, v in row.items()}, self._fields)


def _opened(raw: Raw) -> Any:
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        raise raw.wrong("reading Parquet needs pyarrow: install memcon[scale]") from error
    raw.file.seek(0)
    return pq.ParquetFile(raw.file)


def _plain(value: Any) -> Any:
    """A value as a record of JSON would have it: days and times as words, bytes as text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if hasattr(value, "isoformat") else value

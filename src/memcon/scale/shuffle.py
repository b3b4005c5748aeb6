"""Sorting between two rounds of work: rows with a key go into one of so many buckets, and who reads a bucket finds all rows of its keys together.

A file holds the rows of one writer as Parquet, a row group for each bucket, so that a reader takes its own from each file and nothing else. Files of
a folder that all workers see are enough: no worker speaks to another, and one that dies leaves nothing behind that counts.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from memcon.scale.store import Place

__all__ = ["Row", "bucket_of", "read", "write"]

Row = tuple[str, bytes]
_SCHEMA: Final = pa.schema([("key", pa.string()), ("value", pa.binary())])


def bucket_of(key: str, buckets: int) -> int:
    """The bucket of a key: the same on every machine."""
    return zlib.crc32(key.encode()) % buckets


def write(place: Place, name: str, rows: Iterable[Row], buckets: int) -> int:
    """Write rows into their buckets, each row once; how many. All stand in memory together."""
    sorted_: list[set[Row]] = [set() for _ in range(buckets)]
    for row in rows:
        sorted_[bucket_of(row[0], buckets)].add(row)
    with place.writing(name) as path, pq.ParquetWriter(path, _SCHEMA, compression="zstd") as writer:
        for bucket in sorted_:
            ordered = sorted(bucket)
            table = pa.table([pa.array([k for k, _ in ordered], pa.string()), pa.array([v for _, v in ordered], pa.binary())], schema=_SCHEMA)
            # An empty table would make no row group, and the buckets behind it would change their numbers.
            writer.write_table(table if ordered else pa.table([[""], [b""]], schema=_SCHEMA))
    return sum(len(bucket) for bucket in sorted_)


def read(place: Place, names: Sequence[str], bucket: int) -> Iterator[tuple[str, list[bytes]]]:
    """The keys of a bucket in order, each with its values in order, from several files."""
    tables = []
    for name in names:
        with place.opened(name) as file:
            tables.append(pq.ParquetFile(file).read_row_group(bucket))
    if not tables:
        return
    table: Any = pa.concat_tables(tables).sort_by([("key", "ascending"), ("value", "ascending")])
    pairs = ((k, v) for batch in table.to_batches() for k, v in zip(batch["key"].to_pylist(), batch["value"].to_pylist(), strict=True))
    for key, group in groupby(pairs, lambda pair: pair[0]):
        if key:
            yield key, [v for v, _ in groupby(value for _, value in group)]

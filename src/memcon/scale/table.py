"""One shard's claims as one Parquet file: a row for each report and for each thing that was none, and what was done in the file's own metadata.

Columns: ``number`` (the row's place in the shard), ``kind`` (report, aside, passed, unreadable, failed), ``id`` and ``name`` of the report, ``outlet``, ``url``,
``language``, ``published``, ``title``, ``text``, ``why`` (it is no report), ``origin`` and ``memorandum`` (JSON: what else is known of the report, and of its record all
but the claims), ``sketch`` (of the text, by which copies are known), and ``claims``, a list of structs: ``id``, ``family`` (people, visits, meetings, statements, agreements),
``type`` (the codebook's), ``status``, ``start`` and ``end`` (characters of the text), ``body``, the claim itself as JSON with its evidence, and ``told``, what it says of its
day as joining needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from memcon import constraints
from memcon.errors import MemconError, ReadError, ReadingFailed
from memcon.model import Agreement, Document, Meeting, Memorandum, Person, Statement, Visit
from memcon.query import claim_id, document_id
from memcon.read.expand import SetAside
from memcon.read.parquet_file import CLAIMS
from memcon.read.reader import Passed
from memcon.resolve import copies

__all__ = ["KINDS", "Item", "about", "read", "rows", "write"]

Item = tuple[Document, Memorandum] | SetAside | Passed | MemconError
"""What became of a report, as the ledger takes it."""
FORMAT: Final = 1
_TOLD: Final = b"memcon.told"
KINDS: Final[dict[str, type[Any]]] = {"people": Person, "visits": Visit, "meetings": Meeting, "statements": Statement, "agreements": Agreement}
_GROUP: Final = 200  # reports that stand in memory together
_encode: Final = msgspec.json.encode
_decode: Final = msgspec.json.decode
_CLAIM: Final = pa.struct(
    [("id", pa.string()), ("family", pa.string()), ("type", pa.string()), ("status", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("body", pa.string()), ("told", pa.string())]
)
SCHEMA: Final = pa.schema(
    [
        ("number", pa.int32()), ("kind", pa.string()), ("id", pa.string()), ("name", pa.string()), ("outlet", pa.string()), ("url", pa.string()),
        ("language", pa.string()), ("published", pa.string()), ("title", pa.string()), ("text", pa.large_string()), ("why", pa.string()),
        ("origin", pa.string()), ("memorandum", pa.string()), ("sketch", pa.binary()), ("claims", pa.list_(_CLAIM)),
    ]
)  # fmt: skip
_SAID: Final = ("outlet", "url", "language", "published", "title")


def write(path: str, items: Iterable[Item], tell: Mapping[str, Any]) -> dict[str, int]:
    """Write a shard; how many rows of each kind it has. ``tell`` goes into the file's metadata, with those counts."""
    counts: dict[str, int] = {}
    numbered = enumerate(items)
    with pq.ParquetWriter(path, SCHEMA.with_metadata({CLAIMS: str(FORMAT)}), compression="zstd") as writer:
        while batch := [_row(i, item) for i, item in islice(numbered, _GROUP)]:
            for row in batch:
                counts[row["kind"]] = counts.get(row["kind"], 0) + 1
            writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))
        counts = dict(sorted(counts.items()))
        writer.add_key_value_metadata({_TOLD.decode(): _encode({"format": FORMAT, **tell, "counts": counts}).decode()})
    return counts


def about(path: str) -> dict[str, Any]:
    """What a shard's file says of itself. Raises `ReadError` where it is none of memcon's."""
    try:
        told = pq.read_metadata(path).metadata or {}
        found: dict[str, Any] = _decode(told[_TOLD], type=dict[str, Any])
    except (OSError, pa.ArrowException, KeyError, msgspec.MsgspecError) as error:
        raise ReadError(path, f"no claims of memcon code, or damaged ({type(error).__name__})") from error
    if found.get("format") != FORMAT:
        raise ReadError(path, f"claims of format {found.get('format')}; this memcon knows {FORMAT}: code the sources again")
    return found


def rows(path: str, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a shard, in order, with all columns or some. Raises `ReadError`."""
    about(path)
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_GROUP, columns=columns):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise ReadError(path, f"damaged ({type(error).__name__}: {error})") from error


def read(path: str) -> Iterator[Item]:
    """What became of the reports of a shard, just as it was written. Raises `ReadError`."""
    for row in rows(path):
        try:
            yield item(row)
        except (msgspec.MsgspecError, KeyError, TypeError) as error:
            raise ReadError(path, f"row {row.get('number')} is damaged ({error})") from error


def item(row: Mapping[str, Any]) -> Item:
    """What a row holds."""
    kind, why = row["kind"], row["why"] or ""
    if kind == "report":
        document = msgspec.convert({**_decode(row["origin"]), "text": row["text"], "id": row["name"], **{f: row[f] for f in _SAID}}, Document)
        claims: dict[str, list[Any]] = {family: [] for family in KINDS}
        for claim in row["claims"]:
            claims[claim["family"]].append(_decode(claim["body"], type=KINDS[claim["family"]]))
        return document, msgspec.structs.replace(_decode(row["memorandum"], type=Memorandum), **claims)
    if kind == "aside":
        return _decode(row["origin"], type=SetAside)
    if kind == "passed":
        return Passed(name=row["name"], why=why)
    return (ReadingFailed if kind == "failed" else ReadError)(row["name"], why)


def _row(number: int, item: Item) -> dict[str, Any]:
    if isinstance(item, tuple):
        return {"number": number, "kind": "report", **_report(*item)}
    if isinstance(item, SetAside):
        return {"number": number, "kind": "aside", "name": item.name, "why": item.why, "url": item.url, "title": item.title, "origin": _encode(item).decode()}
    if isinstance(item, Passed):
        return {"number": number, "kind": "passed", "name": item.name, "why": item.why}
    kind = "failed" if isinstance(item, ReadingFailed) else "unreadable"
    return {"number": number, "kind": kind, "name": getattr(item, "path", ""), "why": getattr(item, "what", str(item))}


def _report(document: Document, memo: Memorandum) -> dict[str, Any]:
    identifier = document_id(document)
    rest = {k: v for k, v in msgspec.to_builtins(document).items() if k not in ("text", "id", *_SAID)}
    ids = {(family, i): claim_id(identifier, family, i, record) for family in KINDS for i, record in enumerate(getattr(memo, family))}
    told = {t.claim: _encode(t).decode() for t in constraints.told(document.text, memo, ids)}
    claims = [_claim(c, family, getattr(memo, family)[i], told.get(c)) for (family, i), c in ids.items()]
    bare = msgspec.structs.replace(memo, **{family: [] for family in KINDS})
    said = {f: getattr(document, f) for f in _SAID}
    return {"id": identifier, "name": document.id, **said, "text": document.text, "origin": _encode(rest).decode(), "memorandum": _encode(bare).decode(),
            "sketch": copies.sketch(document.text), "claims": claims}  # fmt: skip


def _claim(identifier: str, family: str, record: Any, told: str | None) -> dict[str, Any]:
    return {
        "id": identifier, "told": told, "family": family, "type": getattr(record, "act", None) or getattr(record, "kind", None),
        "status": getattr(record, "status", None), "start": record.evidence.start, "end": record.evidence.end, "body": _encode(record).decode(),
    }  # fmt: skip

"""JSON Lines, JSON lists of records and JSON Feed → their reports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from memcon.errors import ReadError
from memcon.read.encoding import decoded
from memcon.read.fields import FieldMap, record
from memcon.read.reader import LIKELY, NEVER, SURE, TOLD, Found, NoReports, Raw

__all__ = ["Json", "JsonLines"]

_LONGEST: Final = 5_000_000  # bytes of one record
_LISTS: Final = ("items", "articles", "records", "data", "results", "documents", "entries", "news", "docs", "hits")
_RECORD: Final = re.compile(rb"\s*\{\s*\"")


class JsonLines:
    """A record a line. ``fields`` says which names mean what, where they do not say it themselves."""

    name = "json lines"
    version = "json lines 1"
    endings = (".jsonl", ".ndjson", ".jsonlines")
    largest = 1 << 40
    container = True
    safe = False

    def __init__(self, fields: FieldMap | None = None) -> None:
        self._fields = dict(fields or {})

    def identify(self, raw: Raw) -> int:
        """By name, or by a first line that is a record of its own."""
        if raw.ending in self.endings or raw.facts.media in ("application/x-ndjson", "application/jsonl", "application/jsonlines"):
            return TOLD
        first = raw.head.split(b"\n", 1)[0].strip()
        return LIKELY + (raw.ending == ".json") if _RECORD.match(first) and first.endswith(b"}") and b"\n" in raw.head else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """The record of each line; a line that is none is an error of its own."""
        for number, line in _of_part(raw):
            name = f"{raw.name}: line {number:,}"
            if line is None:
                yield ReadError(name, f"a line of more than {_LONGEST / 1e6:.0f} MB; left out")
                continue
            if not line.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            try:
                yield record(raw, number, _record(line, name), self._fields)
            except ReadError as error:
                yield error


class Json:
    """One JSON file: a list of records, an object that holds one, one record, or a JSON Feed."""

    name = "json"
    version = "json 1"
    endings = (".json",)
    largest = 100_000_000
    container = True
    safe = False

    def __init__(self, fields: FieldMap | None = None) -> None:
        self._fields = dict(fields or {})

    def identify(self, raw: Raw) -> int:
        """By name or media type, or by its first characters."""
        if raw.ending in self.endings or raw.facts.media in ("application/json", "application/feed+json"):
            return TOLD
        start = raw.head.lstrip(b" \t\r\n\xef\xbb\xbf")
        if b"https://jsonfeed.org/version/" in raw.head:
            return SURE
        return LIKELY if start.startswith((b"[{", b'{"')) or re.match(rb"[\[{]\s+[\"{]", start) else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """Its records."""
        data = parsed(raw.all(), raw.name)
        outlet = data.get("title") if isinstance(data, Mapping) and str(data.get("version", "")).startswith("https://jsonfeed.org/") else None
        for number, item in enumerate(_items(data), 1):
            if not isinstance(item, Mapping):
                yield ReadError(f"{raw.name}: record {number:,}", "no record: a JSON object with named fields was expected")
                continue
            try:
                made = record(raw, number, item, self._fields)
            except ReadError as error:
                if item is data:
                    raise NoReports(raw.name, error.what) from error
                yield error
                continue
            named = made.facts.outlet is None and isinstance(outlet, str)
            yield made._replace(facts=_with_outlet(made.facts, outlet)) if named else made


def _with_outlet(facts: Any, outlet: Any) -> Any:
    import msgspec

    return msgspec.structs.replace(facts, outlet=outlet)


def parsed(data: bytes, name: str) -> Any:
    """The value of JSON text. Raises `ReadError`."""
    try:
        return json.loads(decoded(data), strict=False)
    except RecursionError as error:
        raise ReadError(name, "JSON nested too deep: no record of a report") from error
    except ValueError as error:
        raise ReadError(name, f"damaged JSON: {str(error)[:150]}") from error


def _record(line: bytes, name: str) -> Mapping[str, Any]:
    value = parsed(line, name)
    if not isinstance(value, Mapping):
        raise ReadError(name, "no record: a JSON object with named fields was expected")
    return value


def _items(data: Any) -> list[Any]:
    """The records of a file: the list itself, the first list of objects under a usual name, or the one record."""
    if isinstance(data, list):
        return data
    if isinstance(data, Mapping):
        for key in _LISTS:
            if isinstance(data.get(key), list) and any(isinstance(x, Mapping) for x in data[key][:5]):
                return list(data[key])
    return [data]


def _of_part(raw: Raw) -> Iterator[tuple[int, bytes | None]]:
    """The lines of the stretch that is asked for, with their numbers in the whole file."""
    if raw.part is None:
        yield from lines(raw.file, _LONGEST)
        return
    start, stop, first = raw.part
    raw.file.seek(start)
    for number, line in lines(raw.file, _LONGEST):
        yield first - 1 + number, line
        if raw.file.tell() >= stop:
            return


def lines(file: BinaryIO, longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers from 1; None in the place of one that is longer than ``longest`` bytes. Holds one line in memory."""
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        if len(line) > longest and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(1 << 20)
            yield number, None
        else:
            yield number, line

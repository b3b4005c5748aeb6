"""Undoing compression with a bound: nothing that is read from outside may grow without limit."""

from __future__ import annotations

import bz2
import lzma
import tempfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final, Protocol, cast

__all__ = ["IN_MEMORY", "Bomb", "inflate", "spooled", "unpacked"]

MOST: Final = 4_000_000_000
"""Bytes that one compressed file may unpack to."""
RATIO: Final = 250
"""Times its own size that it may unpack to; text packs to a tenth, rarely to a fiftieth."""
FREE: Final = 20_000_000
"""Bytes below which the ratio is of no account."""
IN_MEMORY: Final = 16_000_000
"""Bytes of unpacked data above which a temporary file holds it."""
_SLICE: Final = 1 << 18
_XZ_MEMORY: Final = 256_000_000


class Bomb(Exception):  # noqa: N818 — says what was met
    """Unpacking would pass a bound. The message is for people."""


class _Tool(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def inflate(data: bytes, most: int) -> bytes:
    """The first ``most`` bytes of gzip data that may be cut off; empty where it is none."""
    try:
        return zlib.decompressobj(31).decompress(data, most)
    except zlib.error:
        return b""


def unpacked(file: BinaryIO, kind: str) -> Iterator[bytes]:
    """The unpacked data of ``file`` in slices; ``kind`` is gzip, bzip2 or xz. Several streams in a row are one.

    Raises `Bomb`; OSError, EOFError or zlib.error for damaged data.
    """
    packed = given = 0
    tool, pending = _tool(kind), b""
    while data := pending or file.read(_SLICE):
        packed += 0 if pending else len(data)
        pending = b""
        if tool.eof:
            if not data.strip(b"\0"):
                continue
            tool = _tool(kind)
        out = _slice(tool, data)
        while out:
            given += len(out)
            if given > MOST or (given > FREE and given > RATIO * packed):
                raise Bomb(f"{packed:,} bytes unpack to more than {given:,}: an archive bomb; left out")
            yield out
            # The tools keep what they were given and did not unpack yet.
            out = b"" if tool.eof else _slice(tool, b"")
        if tool.eof:
            pending = tool.unused_data
    if not tool.eof:
        raise EOFError("cut off before its end")


class _Gzip:
    """zlib's object in the shape of the others': they keep what they were given and did not unpack yet."""

    def __init__(self) -> None:
        self._tool = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._tool.eof

    @property
    def unused_data(self) -> bytes:
        return self._tool.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._tool.decompress(self._tool.unconsumed_tail + data, max_length)


def _tool(kind: str) -> _Tool:
    if kind == "gzip":
        return _Gzip()
    return bz2.BZ2Decompressor() if kind == "bzip2" else lzma.LZMADecompressor(memlimit=_XZ_MEMORY)


def _slice(tool: _Tool, data: bytes) -> bytes:
    return tool.decompress(data, _SLICE)


def spooled(parts: Iterator[bytes]) -> tuple[BinaryIO, int]:
    """A file with all ``parts``, in memory while it is small, and its size in bytes. It is gone when it is closed."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 — the caller closes it
    size = 0
    try:
        for part in parts:
            size += len(part)
            file.write(part)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return cast("BinaryIO", file), size

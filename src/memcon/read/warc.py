"""WARC and WARC.gz (Common Crawl, archives of the web) → their pages.

Read by hand, after ISO 28500: archives come cut off, damaged and with lengths that lie, and what matters most is to go on behind such a record within
bounds of time and memory (docs/decisions/302-untrusted-input.md says what was tried).
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from memcon.errors import ReadError
from memcon.read.reader import NEVER, SURE, TOLD, Facts, Found, Passed, Raw, raw_bytes
from memcon.read.unpack import inflate

__all__ = ["Warc"]

_START: Final = b"WARC/"
_GZIP: Final = b"\x1f\x8b\x08"
_LARGEST_RECORD: Final = 10_000_000  # bytes of a record's page, before and after its own compression is undone
_WALKED: Final = 300_000_000  # bytes of a record that is too large which are passed by unpacking; behind that the next record is looked for
_LONGEST_HEAD: Final = 1 << 16
_PAGES: Final = (
    "text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/json",
    "application/feed+json", "text/markdown",
)  # fmt: skip
_TELLING: Final = ("response", "resource", "conversion")  # requests and metadata are about records, not reports
_WINDOW: Final = 1 << 16


class Warc:
    """Responses, resources and conversions of a web archive."""

    name = "warc"
    version = "warc 1"
    endings = (".warc", ".warc.gz", ".wet", ".wet.gz")
    largest = 1 << 42
    container = True
    safe = False

    def identify(self, raw: Raw) -> int:
        """By its first bytes, unpacked where they are gzip's."""
        start = inflate(raw.head, 64) if raw.head.startswith(_GZIP) else raw.head
        if start.startswith(_START):
            return SURE + 1  # before gzip, which is sure as well
        return TOLD if raw.name.lower().endswith(self.endings) else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """Its pages. After a damaged record, reading goes on with the next that is sound."""
        packed = raw.head.startswith(_GZIP)
        at, number = 0, 0
        while at < raw.size:
            stream = _Stream(raw.file, at, packed=packed)
            try:
                while (record := _record(stream)) is not None:
                    number += 1
                    yield from _told(raw, record, number)
            except _Damaged as error:
                number += 1
                yield ReadError(f"{raw.name}: record {number:,}", f"{error}; reading goes on with the next record")
            else:
                return
            at = _next(raw.file, stream.resume, packed)


class _Damaged(Exception):  # noqa: N818 — leads on to the next record
    """A record that cannot be read through. The message is for people."""


class _Record(NamedTuple):
    """A record: its fields by small letters, and its content, or None where that is too large (``length`` bytes)."""

    fields: dict[str, str]
    content: bytes | None
    length: int


class _Stream:
    """The bytes of an archive from a place on, unpacked, with the place from which to look for the next record should this one be damaged."""

    def __init__(self, file: BinaryIO, at: int, *, packed: bool) -> None:
        self._file, self._packed = file, packed
        self._buffer = b""
        self._tool = zlib.decompressobj(31) if packed else None
        self._member = at  # where the packed member starts that is being read
        self._read = at  # how far the file was read
        self._record = at
        file.seek(at)

    @property
    def resume(self) -> int:
        """Behind the start of the record, or of the packed member, that is being read."""
        return (self._member if self._packed else self._record) + 1

    def start_record(self) -> None:
        """A record starts here."""
        self._record = self._read - len(self._buffer)

    def _fill(self) -> bool:
        """More bytes into the buffer; False at the end."""
        if self._tool is None:
            data = self._file.read(_WINDOW)
            self._read += len(data)
            self._buffer += data
            return bool(data)
        while True:
            pending = self._tool.unconsumed_tail or (self._tool.unused_data if self._tool.eof else b"")
            if self._tool.eof:
                pending = pending.lstrip(b"\0")
                self._tool = zlib.decompressobj(31)
                self._member = self._read - len(pending)
            if not pending:
                pending = self._file.read(_WINDOW)
                if not pending:
                    return False
                self._read += len(pending)
            try:
                data = self._tool.decompress(pending, _WINDOW)
            except zlib.error as error:
                raise _Damaged(f"damaged gzip data ({error})") from error
            if data:
                self._buffer += data
                return True

    def line(self) -> bytes | None:
        """The next line without its end, or None at the end of the archive."""
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > _LONGEST_HEAD:
                raise _Damaged("a head of a record without an end")
            if not self._fill():
                if self._buffer.strip():
                    raise _Damaged("cut off in the head of a record")
                return None
        line, self._buffer = self._buffer[:end], self._buffer[end + 1 :]
        return line.rstrip(b"\r")

    def take(self, size: int) -> bytes:
        """The next ``size`` bytes, or fewer where the archive ends."""
        parts, have = [self._buffer], len(self._buffer)
        while have < size:
            self._buffer = b""
            if not self._fill():
                break
            parts.append(self._buffer)
            have += len(self._buffer)
        data = b"".join(parts)
        self._buffer = data[size:]
        return data[:size]

    def skip(self, size: int) -> bool:
        """Pass ``size`` bytes by; whether there were so many."""
        if not self._packed and size > len(self._buffer):
            at = self._read - len(self._buffer) + size
            if at > self._file.seek(0, io.SEEK_END):
                return False
            self._file.seek(at)
            self._read, self._buffer = at, b""
            return True
        while size > 0:
            step = min(size, 1 << 20)
            if len(self.take(step)) < step:
                return False
            size -= step
        return True


def _record(stream: _Stream) -> _Record | None:
    """The next record, or None at the end. Raises `_Damaged`."""
    first: bytes | None = b""
    while first is not None and not first.strip():
        stream.start_record()
        first = stream.line()
    if first is None:
        return None
    if not first.startswith(_START):
        raise _Damaged("no record where one should start")
    fields: dict[str, str] = {}
    last, size = "", 0
    while line := stream.line():
        size += len(line)
        if size > _LONGEST_HEAD:
            raise _Damaged("a head of a record without an end")
        text = line.decode("utf-8", "replace")
        if text[0] in " \t" and last:
            fields[last] += " " + text.strip()
            continue
        key, _, value = text.partition(":")
        last = key.strip().lower()
        fields[last] = value.strip()
    length = _length(fields.get("content-length"))
    if length > _LARGEST_RECORD:
        if length > _WALKED or not stream.skip(length):
            raise _Damaged(f"a record that says it has {length:,} bytes, {_LARGEST_RECORD:,} at most: left out")
        return _Record(fields, None, length)
    content = stream.take(length)
    if len(content) < length:
        raise _Damaged(f"cut off: {len(content):,} of {length:,} bytes are there")
    return _Record(fields, content, length)


def _length(value: str | None) -> int:
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 20:
        raise _Damaged(f"no sound length ({(value or 'none')[:30]!r})")
    return int(value)


def _told(raw: Raw, record: _Record, number: int) -> Iterator[Found]:
    """What a record tells."""
    kind = record.fields.get("warc-type", "").lower()
    if kind not in _TELLING:
        return
    name = f"{raw.name}: record {number:,}"
    if record.content is None:
        yield ReadError(name, f"a record of {record.length:,} bytes, {_LARGEST_RECORD:,} at most: left out")
        return
    url = record.fields.get("warc-target-uri", "").strip("<>") or None
    try:
        yield _page(raw, name, number, url, record.fields, record.content, http=kind == "response")
    except ReadError as error:
        yield error


def _next(file: BinaryIO, start: int, packed: bool) -> int:
    """Where the next record starts after ``start``, or the file's end."""
    sign = _GZIP if packed else b"\n" + _START
    file.seek(start)
    at, kept = start, b""
    while block := file.read(_WINDOW):
        window = kept + block
        found = window.find(sign)
        while found >= 0 and packed and not inflate(window[found : found + 4096], 16).startswith(_START[:5]):
            found = window.find(sign, found + 1)
        if found >= 0:
            return at - len(kept) + found + (0 if packed else 1)
        at += len(block)
        kept = window[-(len(sign) - 1) :]
    return at


def _page(raw: Raw, name: str, number: int, url: str | None, headers: dict[str, str], body: bytes, *, http: bool) -> Found:
    """The page of a record."""
    media, charset, status = headers.get("content-type", ""), None, 200
    if http:
        head, _, body = body.partition(b"\r\n\r\n")
        status, said = _http(head)
        media = said.get("content-type", "")
        body = _content(body, said, name)
    media, _, parameters = media.partition(";")
    media = media.strip().lower()
    if "charset=" in parameters.lower():
        charset = parameters.lower().split("charset=", 1)[1].split(";")[0].strip()
    if status != 200:
        return Passed(name=name, why=f"the server's answer was {status}")
    if media and media not in _PAGES:
        return Passed(name=name, why=f"no report: {media[:60]}")
    if not body.strip():
        return Passed(name=name, why="no report: an empty page")
    return raw_bytes(
        body, f"{name} ({url})" if url else name, f"{raw.identifier}#{number}", facts=Facts(url=url, media=media or None, charset=charset)
    )


def _http(head: bytes) -> tuple[int, dict[str, str]]:
    """Status and fields of an answer's head; 0 where there is none."""
    first, *rest = head.decode("latin-1").split("\r\n")
    words = first.split()
    status = int(words[1]) if len(words) > 1 and words[1].isdigit() and len(words[1]) == 3 else 0
    return status, {k.strip().lower(): v.strip() for line in rest[:200] if ":" in line for k, v in [line.split(":", 1)]}


def _content(body: bytes, said: dict[str, str], name: str) -> bytes:
    """The page itself: chunks joined, compression undone, as far as the record says so and it is so (archives often have undone it already)."""
    if "chunked" in said.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    for coding in reversed([x.strip().lower() for x in said.get("content-encoding", "").split(",") if x.strip()][:3]):
        if coding in ("gzip", "x-gzip", "deflate") and body:
            body = _unpacked(body, coding, name)
        elif coding == "br" and body:
            body = _brotli(body, name)
    return body


def _unchunked(body: bytes) -> bytes:
    out: list[bytes] = []
    stream = io.BytesIO(body)
    while line := stream.readline(64):
        try:
            size = int(line.split(b";")[0].strip() or b"x", 16)
        except ValueError:
            return body if not out else b"".join(out)
        if size <= 0:
            break
        out.append(stream.read(min(size, len(body))))
        stream.readline(8)
    return b"".join(out)


def _unpacked(body: bytes, coding: str, name: str) -> bytes:
    if coding != "deflate" and not body.startswith(_GZIP[:2]):
        return body
    for bits in (47, -15) if coding == "deflate" else (31,):
        tool = zlib.decompressobj(bits)
        try:
            out = tool.decompress(body, _LARGEST_RECORD)
        except zlib.error:
            continue
        if tool.unconsumed_tail:
            raise ReadError(name, f"unpacks to more than {_LARGEST_RECORD:,} bytes: left out")
        return out
    return body


def _brotli(body: bytes, name: str) -> bytes:
    import brotli

    tool = brotli.Decompressor()
    try:
        out = tool.process(body, output_buffer_limit=_LARGEST_RECORD)
    except brotli.error:
        return body
    if not tool.can_accept_more_data() or (not tool.is_finished() and len(out) >= _LARGEST_RECORD):
        raise ReadError(name, f"unpacks to more than {_LARGEST_RECORD:,} bytes: left out")
    return bytes(out)

"""ZIP, TAR and compressed files → what is in them. Nothing is ever written under a member's name."""

from __future__ import annotations

import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from lzma import LZMAError
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Final, cast

from memcon.errors import ReadError, shown
from memcon.read.reader import HEAD, NEVER, SURE, TOLD, Found, Passed, Raw
from memcon.read.unpack import FREE, MOST, RATIO, Bomb, inflate, spooled, unpacked

__all__ = ["Compressed", "Tar", "Zip"]

_LARGEST_MEMBER: Final = 2_000_000_000
_SLICE: Final = 1 << 18
_MOST_MEMBERS: Final = 1_000_000
_HEADERS: Final = 1 << 20  # bytes that a tar's own headers may ask for at once
_ERRORS: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    zlib.error,
    LZMAError,
    KeyError,
    IndexError,
    OverflowError,
)


class _Archive:
    """What archives of members have in common."""

    largest = 1 << 40
    container = True
    safe = False

    def __init__(self, known: Callable[[], tuple[str, ...]]) -> None:
        self._known = known  # the endings of files that some reader takes


class Zip(_Archive):
    """ZIP archives."""

    name = "zip"
    version = "zip 1"
    endings = (".zip",)

    def identify(self, raw: Raw) -> int:
        """By its first bytes."""
        return SURE if raw.head.startswith((b"PK\x03\x04", b"PK\x05\x06")) else TOLD if raw.ending in self.endings else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """Its members, in the order of its list."""
        try:
            archive = zipfile.ZipFile(raw.file)
            members = archive.infolist()
        except _ERRORS as error:
            raise raw.wrong(f"damaged, or no ZIP ({type(error).__name__}: {str(error)[:120]})") from error
        if len(members) > _MOST_MEMBERS:
            raise raw.wrong(f"{len(members):,} members, {_MOST_MEMBERS:,} at most: an archive bomb; left out")
        given = 0
        for member in members:
            if member.is_dir() or _is_furniture(member.filename):
                continue
            name = f"{raw.name}: {shown(member.filename)}"
            if odd := _odd(member.filename) or ("a link, not a file; not followed" if (member.external_attr >> 16) & 0o170000 == 0o120000 else None):
                yield ReadError(name, odd)
                continue
            if member.flag_bits & 1:
                yield ReadError(name, "a password is needed to read it")
                continue
            try:
                with archive.open(member) as stream:
                    file, size = spooled(_bounded(stream, max(member.compress_size, 1)))
            except Bomb as error:
                yield ReadError(name, str(error))
                continue
            except _ERRORS as error:
                yield ReadError(name, f"damaged ({type(error).__name__}: {str(error)[:120]})")
                continue
            given += size
            # Members may overlap: then each is small for its own size, and all together are a bomb.
            if given > MOST or (given > FREE and given > RATIO * raw.size):
                file.close()
                raise Bomb(f"{raw.size:,} bytes unpack to more than {given:,}: an archive bomb; the rest of it is left out")
            yield _part(raw, member.filename, file, size, self._known())


class Tar(_Archive):
    """TAR archives that are not compressed (`Compressed` undoes that first)."""

    name = "tar"
    version = "tar 1"
    endings = (".tar",)

    def identify(self, raw: Raw) -> int:
        """By its first header."""
        return SURE if raw.head[257:262] == b"ustar" else TOLD if raw.ending in self.endings else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """Its members, in its order."""
        raw.file.seek(0)
        try:
            # Read as a stream, through a file that refuses to give much at once: headers may claim any size.
            archive = tarfile.open(fileobj=cast("IO[bytes]", _Careful(raw.file)), mode="r:", errors="surrogateescape")  # noqa: SIM115 — over a file that the caller closes
        except _ERRORS as error:
            raise raw.wrong(f"damaged, or no TAR ({type(error).__name__}: {str(error)[:120]})") from error
        number = 0
        while True:
            try:
                member = archive.next()
            except _ERRORS as error:
                raise raw.wrong(
                    f"damaged after member {number:,} ({type(error).__name__}: {str(error)[:120]}); the rest of it is left out"
                ) from error
            if member is None:
                return
            archive.members = []  # type: ignore[attr-defined]  # the list of all members would grow with the archive
            number += 1
            if number > _MOST_MEMBERS:
                raise Bomb(f"more than {_MOST_MEMBERS:,} members: an archive bomb; the rest of it is left out")
            yield from self._member(raw, archive, member)

    def _member(self, raw: Raw, archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[Found]:
        if member.isdir() or _is_furniture(member.name):
            return
        name = f"{raw.name}: {shown(member.name)}"
        if odd := _odd(member.name) or ("a link, not a file; not followed" if member.islnk() or member.issym() else None):
            yield ReadError(name, odd)
        elif not member.isfile() or member.issparse():
            yield Passed(name=name, why="no regular file")
        elif member.size > _LARGEST_MEMBER or member.size > raw.size:
            yield ReadError(
                name, f"says that it has {member.size:,} bytes: more than there are" if member.size > raw.size else f"{member.size:,} bytes: left out"
            )
        else:
            try:
                stream = archive.extractfile(member)
                assert stream is not None, "regular files have content"
                file, size = spooled(_slices(cast("BinaryIO", stream)))
            except _ERRORS as error:
                yield ReadError(name, f"damaged ({type(error).__name__}: {str(error)[:120]})")
                return
            yield _part(raw, member.name, file, size, self._known())


class Compressed:
    """One file in gzip, bzip2 or xz."""

    name = "compressed file"
    version = "compressed 1"
    endings = (".gz", ".bz2", ".xz", ".tgz", ".tbz2", ".txz")
    largest = 1 << 40
    container = True
    safe = False

    def identify(self, raw: Raw) -> int:
        """By its first bytes."""
        return SURE if _kind(raw.head) else TOLD if raw.ending in self.endings else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """What it holds, under its name without the ending."""
        kind = _kind(raw.head)
        if kind is None:
            raise raw.wrong(f"no compressed file, though its name ends in {raw.ending}")
        raw.file.seek(0)
        try:
            file, size = spooled(unpacked(raw.file, kind))
        except _ERRORS as error:
            raise raw.wrong(f"damaged {kind} data ({type(error).__name__}: {str(error)[:120]})") from error
        name = PurePosixPath(raw.name)
        inner = name.stem + (".tar" if raw.ending in (".tgz", ".tbz2", ".txz") else "")
        head = file.read(HEAD)
        file.seek(0)
        # An archive or a dump in it is named as a whole; its own members are named after it.
        yield Raw(raw.name, raw.identifier, file, size, head, os.path.splitext(inner)[1].lower(), raw.facts)


def _kind(head: bytes) -> str | None:
    if head.startswith(b"\x1f\x8b\x08") or (head.startswith(b"\x1f\x8b") and inflate(head, 1)):
        return "gzip"
    return "bzip2" if head.startswith(b"BZh") else "xz" if head.startswith(b"\xfd7zXZ\0") else None


def _odd(name: str) -> str | None:
    """What is wrong with a member's name: archives that were made to write elsewhere are not to be trusted with it."""
    if not name.strip() or "\0" in name:
        return "a member without a name"
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or parts[:1] == ("/",) or (len(name) > 1 and name[1] == ":"):
        return "a name that leads out of the archive (path traversal); not read"
    return None


def _is_furniture(name: str) -> bool:
    """Files that systems leave in archives, and hidden ones."""
    return any(x.startswith(".") and x not in (".", "..") or x == "__MACOSX" for x in PurePosixPath(name.replace("\\", "/")).parts)


def _part(raw: Raw, name: str, file: BinaryIO, size: int, endings: tuple[str, ...]) -> Found:
    """A member as an input, or passed over where no reader takes files of its name."""
    head = file.read(HEAD)
    file.seek(0)
    ending = os.path.splitext(name)[1].lower()
    title = f"{raw.name}: {shown(name)}"
    if ending and not name.lower().endswith(endings):
        file.close()
        return Passed(name=title, why=f"no report: a {ending} file")
    if not size:
        file.close()
        return ReadError(title, "empty file")
    return Raw(title, f"{raw.identifier}/{shown(os.path.splitext(name)[0])}", file, size, head, ending, raw.facts)


def _slices(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(_SLICE):
        yield block


def _bounded(stream: IO[bytes], packed: int) -> Iterator[bytes]:
    """The member's bytes; stops at what no text unpacks to."""
    given = 0
    while block := stream.read(_SLICE):
        given += len(block)
        if given > _LARGEST_MEMBER or (given > FREE and given > RATIO * packed):
            raise Bomb(f"{packed:,} bytes unpack to more than {given:,}: an archive bomb; left out")
        yield block


class _Careful:
    """A file that gives at most so much at once: what asks for more was told so by the archive's own headers."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > _HEADERS:
            raise tarfile.ReadError(f"a header asks for {size:,} bytes")
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

"""The interface of all readers, and what they are handed and give.

A reader is either a *container* (a feed, an archive, a mailbox), which gives the `Raw` reports inside it, or it reads one report and gives
its `Document`. Third parties add theirs under the entry point ``memcon.readers``: an object, or a function without arguments that gives one.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple, Protocol, runtime_checkable

import msgspec

from memcon.errors import ReadError
from memcon.model import Document

__all__ = ["HEAD", "LIKELY", "NEVER", "SURE", "TOLD", "Facts", "Found", "NoReports", "Part", "Passed", "Raw", "Reader", "raw_bytes"]

NEVER: Final = 0
LIKELY: Final = 1
"""The content looks like it."""
TOLD: Final = 2
"""The name's ending or the media type says so."""
SURE: Final = 3
"""The bytes begin as this format alone begins."""
HEAD: Final = 8192
"""Bytes of `Raw.head`."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a report from outside its bytes: from the feed, the mail, the record or the server it came in."""

    url: str | None = None
    title: str | None = None
    authors: list[str] = []
    outlet: str | None = None
    published: str | None = None
    published_by: str | None = None
    language: str | None = None
    media: str | None = None
    charset: str | None = None
    captions: list[str] = []


class Part(NamedTuple):
    """The stretch of a container to read, where several readers share it: of JSON Lines bytes ``start`` to ``stop``, of Parquet row groups; its first record is number ``first``."""

    start: int
    stop: int
    first: int


class Raw(NamedTuple):
    """Bytes that may be a report, or hold several. ``file`` stands at its start and can be sought in.

    ``name`` is shown to people (``news.zip: a/talks.html``), ``identifier`` becomes the report's id, ``ending`` is that of its name, with the dot.
    ``part`` says that only a stretch of it is asked for; a container that cannot be read in parts is never given one.
    """

    name: str
    identifier: str
    file: BinaryIO
    size: int
    head: bytes
    ending: str = ""
    facts: Facts = Facts()
    part: Part | None = None

    def all(self) -> bytes:
        """All its bytes."""
        self.file.seek(0)
        return self.file.read()

    def wrong(self, what: str) -> ReadError:
        """The error of this input, to raise or to give."""
        return ReadError(self.name, what)


class NoReports(ReadError):  # noqa: N818 — says what was met
    """A sound file that holds no reports: a table or an XML file of something else. An error only where the user named that very file."""


class Passed(msgspec.Struct, frozen=True, kw_only=True, tag="passed"):
    """Something inside a container that is no report: a picture, a style sheet, a redirection."""

    name: str
    why: str


Found = Raw | Document | Passed | ReadError
"""What a reader gives."""


@runtime_checkable
class Reader(Protocol):
    """One format. Readers keep no state between inputs.

    ``largest`` is in bytes. ``safe`` says that the reader cannot use much time or memory on any input of that size; others are run in a process of
    their own that is watched. ``endings`` (small letters, with the dot) are those of files that are taken from folders.
    """

    @property
    def name(self) -> str:
        """The format, as it is named to people."""
        ...

    @property
    def version(self) -> str:
        """Which version of the reader, and of the libraries that decide what it gives."""
        ...

    @property
    def endings(self) -> tuple[str, ...]:
        """Endings of its files."""
        ...

    @property
    def largest(self) -> int:
        """Bytes of its largest input."""
        ...

    @property
    def container(self) -> bool:
        """Whether it gives the parts of its input, or the one report."""
        ...

    @property
    def safe(self) -> bool:
        """Whether it may be run in memcon's own process."""
        ...

    def identify(self, raw: Raw) -> int:
        """How sure it is that ``raw`` is of this format: `NEVER`, `LIKELY`, `TOLD` or `SURE`. Looks at the name and the head only."""
        ...

    def read(self, raw: Raw) -> Iterator[Found]:
        """What is in ``raw``. May raise `ReadError`; any other exception costs this input alone."""
        ...


def raw_bytes(data: bytes, name: str, identifier: str, ending: str = "", facts: Facts | None = None) -> Raw:
    """A `Raw` of bytes in memory."""
    return Raw(name, identifier, io.BytesIO(data), len(data), data[:HEAD], ending.lower(), facts or Facts())


def sha256(data: bytes) -> str:
    """The hash by which a report's bytes are known."""
    return hashlib.sha256(data).hexdigest()

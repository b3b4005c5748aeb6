"""One input → all reports in it: containers are opened, however nested, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from typing import Final, NamedTuple

import msgspec

from memcon.errors import ReadError
from memcon.model import Document
from memcon.read import make
from memcon.read.reader import NoReports, Passed, Raw, Reader
from memcon.read.registry import identify
from memcon.read.relevance import may_tell_of_contact
from memcon.read.text import Labels
from memcon.read.unpack import Bomb

__all__ = ["DEEPEST", "Bounds", "Outcome", "Passed", "Progress", "SetAside", "expand"]

DEEPEST: Final = 4
"""Containers in containers."""


class SetAside(msgspec.Struct, frozen=True, kw_only=True, tag="aside"):
    """A report that cannot tell of a contact, by `memcon.read.relevance`: not read further."""

    name: str
    identifier: str
    sha256: str
    why: str
    url: str | None = None
    title: str | None = None


Outcome = Document | SetAside | Passed | ReadError
"""What becomes of an input, or of a part of it."""


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What one input may cost. ``members`` counts all parts of all containers in it, ``unpacked`` their bytes."""

    members: int = 5_000_000
    unpacked: int = 20_000_000_000


class Progress(NamedTuple):
    """How far an earlier try at the same input got: parts before ``start`` are done, those in ``refused`` broke the process that read them."""

    start: int = 0
    refused: Collection[int] = ()
    why: str = ""


class _Walk:
    """One walk through an input. Parts are numbered in the order in which they are met."""

    def __init__(
        self, readers: Sequence[Reader], labels: Labels, *, sift: bool, named: bool, bounds: Bounds, progress: Progress, at: Callable[[int, str, bool], None]
    ) -> None:
        self.readers, self.labels, self.sift, self.named, self.bounds, self.progress, self.at = readers, labels, sift, named, bounds, progress, at
        self.number = -1
        self.bytes = 0

    def part(self, raw: Raw, depth: int) -> Iterator[Outcome]:
        """All outcomes of one part."""
        self.number += 1
        number = self.number
        self.bytes += raw.size if depth else 0
        if self.number > self.bounds.members or self.bytes > self.bounds.unpacked:
            raise Bomb(
                f"more than {self.bounds.members:,} parts or {self.bounds.unpacked:,} bytes in one input: an archive bomb; the rest of it is left out"
            )
        if number in self.progress.refused:
            yield raw.wrong(self.progress.why)
            return
        try:
            reader = identify(raw, self.readers)
            if raw.size > reader.largest:
                raise raw.wrong(
                    f"{raw.size / 1e6:,.1f} MB; the {reader.name} reader takes {reader.largest / 1e6:,.0f} MB at most: split it into its reports"
                )
            if reader.container:
                yield from self._container(raw, reader, depth)
            elif number >= self.progress.start:
                self.at(number, raw.name, False)
                yield from self._report(raw, reader)
        except NoReports as error:
            if self._is_new():
                yield error if self.named and not depth else Passed(name=error.path, why=error.what)
        except ReadError as error:
            if self._is_new():
                yield error

    def _is_new(self) -> bool:
        """Whether what stands here was not given by an earlier try already."""
        return self.number >= self.progress.start

    def _container(self, raw: Raw, reader: Reader, depth: int) -> Iterator[Outcome]:
        if depth >= DEEPEST:
            raise raw.wrong(f"archives nested more than {DEEPEST} deep: not opened")
        if self._is_new():
            self.at(self.number, raw.name, True)
        for found in self._guarded(raw, reader):
            if isinstance(found, Raw):
                with closing(found.file):
                    yield from self.part(found, depth + 1)
            elif self._is_new():
                yield self._labelled(found) if isinstance(found, Document) else found

    def _report(self, raw: Raw, reader: Reader) -> Iterator[Outcome]:
        """The one outcome of a report."""
        found = next(self._guarded(raw, reader), None)
        if found is None or isinstance(found, Raw):
            yield raw.wrong(f"the {reader.name} reader found no report in it")
        elif not isinstance(found, Document):
            yield found
        else:
            why = may_tell_of_contact(found.text, found.language) if self.sift else None
            yield (
                SetAside(name=found.path, identifier=found.id, sha256=found.sha256, why=why, url=found.url, title=found.title)
                if why
                else self._labelled(found)
            )

    def _guarded(self, raw: Raw, reader: Reader) -> Iterator[Raw | Document | Passed | ReadError]:
        """What a reader gives; its failure costs this input alone."""
        try:
            yield from reader.read(raw)
        except (ReadError, GeneratorExit):
            raise
        except Bomb as error:
            raise raw.wrong(str(error)) from error
        except MemoryError as error:
            raise raw.wrong(f"more memory than allowed was needed to read it as {reader.name}: left out") from error
        except Exception as error:
            raise make.not_read(raw, error, f"{reader.name} that can be read") from error

    def _labelled(self, document: Document) -> Document:
        """With what the user said of all reports: outlet and language outrank the report, the day is for those that give none."""
        labels = self.labels
        changes: dict[str, str | None] = {}
        if labels.published and not document.published:
            changes |= {"published": labels.published, "published_by": "given"}
        if labels.outlet:
            changes["outlet"] = labels.outlet
        if labels.language:
            changes["language"] = labels.language
        return msgspec.structs.replace(document, **changes) if changes else document


def expand(
    raw: Raw,
    readers: Sequence[Reader],
    labels: Labels,
    *,
    sift: bool = False,
    named: bool = True,
    bounds: Bounds | None = None,
    progress: Progress | None = None,
    at: Callable[[int, str, bool], None] = lambda *_: None,
) -> Iterator[Outcome]:
    """All that is in ``raw``, in its order. ``sift`` sets aside what cannot tell of a contact; ``named`` says that the user named this very input; ``at`` is told of each part before it is read: its number, its name, whether it is a container. Never raises for an input."""
    walk = _Walk(readers, labels, sift=sift, named=named, bounds=bounds or Bounds(), progress=progress or Progress(), at=at)
    try:
        yield from walk.part(raw, 0)
    except Bomb as error:
        yield raw.wrong(str(error))

"""The readers there are: memcon's own, and those that other packages bring under the entry point ``memcon.readers``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points
from typing import Final

from memcon.errors import MemconError, ReadError
from memcon.read.fields import FieldMap
from memcon.read.reader import LIKELY, Raw, Reader

__all__ = ["ENTRY_POINT", "ReaderError", "endings", "identify", "readers"]

ENTRY_POINT: Final = "memcon.readers"


class ReaderError(MemconError):
    """A reader of another package that cannot be used."""


def readers(fields: FieldMap | None = None) -> list[Reader]:
    """All readers; of two that are equally sure of an input the first one reads it. Raises `ReaderError` for a third party's that is none."""
    from memcon.read.archive import Compressed, Tar, Zip
    from memcon.read.docx_file import Docx
    from memcon.read.feed import Feed
    from memcon.read.html import Html
    from memcon.read.json_lines import Json, JsonLines
    from memcon.read.mail import Eml, Mbox
    from memcon.read.markdown import Markdown
    from memcon.read.parquet_file import Parquet
    from memcon.read.pdf import Pdf
    from memcon.read.plain import PlainText
    from memcon.read.table import Table
    from memcon.read.warc import Warc

    own: list[Reader] = [
        PlainText(), Markdown(), Html(), Feed(), Warc(), JsonLines(fields), Json(fields), Table(fields), Parquet(fields), Eml(), Mbox(), Pdf(), Docx(), Zip(endings), Tar(endings), Compressed(),
    ]  # fmt: skip
    return [*_brought(), *own]


@cache
def _brought() -> tuple[Reader, ...]:
    """Readers of other packages. They come first: who installs one wants it used."""
    out = []
    for point in sorted(entry_points(group=ENTRY_POINT), key=lambda p: p.name):
        try:
            found = point.load()
            reader = found() if callable(found) and (isinstance(found, type) or not isinstance(found, Reader)) else found
        except Exception as error:
            raise ReaderError(
                f"the reader {point.name!r} ({point.value}) cannot be loaded ({type(error).__name__}: {error}): mend or remove its package"
            ) from error
        if not isinstance(reader, Reader):
            raise ReaderError(f"{point.value} is no reader: it needs name, version, endings, largest, container, safe, identify and read")
        out.append(reader)
    return tuple(out)


@cache
def endings() -> tuple[str, ...]:
    """Endings of files that are taken from folders, in small letters."""
    return tuple(dict.fromkeys(x for r in readers() for x in r.endings))


def identify(raw: Raw, known: Sequence[Reader]) -> Reader:
    """The reader that is surest of ``raw``. Raises `ReadError` where none claims it."""
    votes = [(r.identify(raw), -i) for i, r in enumerate(known)]
    best, place = max(votes, default=(0, 0))
    if best < LIKELY:
        raise ReadError(raw.name, "no reader knows this format")
    return known[-place]

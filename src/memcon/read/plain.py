"""Plain text → a report, exactly as the file has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from memcon.read import make, text
from memcon.read.reader import LIKELY, TOLD, Found, Raw

__all__ = ["PlainText"]

_VERSION: Final = "text 1"


class PlainText:
    """Text in UTF-8, UTF-16 with a byte order mark, or Windows-1252. What nothing else claims is taken for it."""

    name = "text"
    version = _VERSION
    endings = (".txt", ".text")
    largest = text.LARGEST
    container = False
    safe = True

    def identify(self, raw: Raw) -> int:
        """Told by name, else likely: the last resort."""
        return TOLD if raw.ending in self.endings or raw.facts.media == "text/plain" else LIKELY

    def read(self, raw: Raw) -> Iterator[Found]:
        """The report; a headline that is known from outside (a record's, a feed's) is set above it."""
        data = raw.all()
        body = text.decode(data, raw.name)
        yield make.document(raw, make.with_title(raw.facts.title, body), raw.facts, extractor=_VERSION, data=data)

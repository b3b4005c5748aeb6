"""Files of the lists, in whatever formats memcon can write: the same as ``memcon export`` gives, for the filters of the page."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from typing import IO, Any, BinaryIO, Final, NamedTuple, cast

from memcon.browse import Browser, Filters
from memcon.export.book import CLOCK
from memcon.export.formats import FORMATS, Selection
from memcon.query import FAMILIES, Ledger
from memcon.web import boards
from memcon.web.pages import link

__all__ = ["Download", "clock", "feeds", "formats", "is_file", "made"]

LISTED: Final = frozenset((*FAMILIES, "register", "commitments", "wording", "sources", "events"))
"""Lists that have a page with files."""
_SOME_DAY: Final = "2000-01-01"  # stands for a day that the address does not name, where only its other filters are looked at
_IN_MEMORY: Final = 4 * 1024 * 1024  # bytes of a file that are not put on the disk while it is made
_PIECE: Final = 64 * 1024
_NAMES: Final = {"report": "document"}  # filters that the ledger calls otherwise
_FEEDS: Final = ("atom", "rss", "ical")
_NEWS: Final = 200  # of a list, the newest, that a feed holds
_PAGES: Final = {"sources": "/reports", "events": "/meetings"}  # of lists that have no page of their name
_PAGE: Final = re.compile(r"b:|(?:d|k|c?[pvmas])-[0-9a-f]{12}$")


class Download(NamedTuple):
    """A file: its name, its media type and its bytes."""

    name: str
    kind: str
    body: IO[bytes]

    def pieces(self) -> Iterator[bytes]:
        """The bytes, piece by piece; the file is gone afterwards."""
        with self.body as body:
            while piece := body.read(_PIECE):
                yield piece


def formats(family: str) -> list[tuple[str, str]]:
    """Name and description of each format that can hold a list."""
    # A feed holds the newest of a list, and reports and coded events come in the order of adding.
    return [(name, f.description) for name, f in FORMATS.items() if family in f.lists and f.available and not (name in _FEEDS and family in _PAGES)]


def feeds(family: str) -> list[tuple[str, str, str]]:
    """Name, media type and description of the formats that programs come back for."""
    return [(name, f.media_type.split(";")[0], f.description) for name, f in FORMATS.items() if name in _FEEDS and family in f.lists and f.available]


def is_file(family: str, name: str) -> bool:
    """Whether a list can be had in a format."""
    return family in LISTED and any(name == x for x, _ in formats(family))


def clock(family: str, params: Mapping[str, str]) -> dict[str, Any]:
    """The filters of an address that only lists which follow something up know. Raises `BadFilter`."""
    given: dict[str, Any] = {k: v for k in CLOCK.get(family, ()) if (v := params.get(k, "").strip())}
    if family in ("register", "plans"):
        asked = boards.register_filters(given, _SOME_DAY)
        return {k: getattr(asked, k) for k in given}
    return given


def made(path: str, base: str, family: str, name: str, filters: Filters, clock: Mapping[str, Any]) -> Download:
    """A list as a file; ``clock`` are filters of lists that follow something up. Raises `BadFilter`, `ExportError` and `LedgerError` before a byte is sent; what a file points at are the pages at ``base``."""
    form = FORMATS[name]
    given: dict[str, Any] = {_NAMES.get(f, f): v for f, v in filters.given().items()} | dict(clock)
    if name in _FEEDS:
        given["limit"] = _NEWS

    def address(identifier: str) -> str:
        return base + (link(identifier) if _PAGE.match(identifier) else _PAGES.get(family, f"/{family}"))

    body = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 — sent after this, and closed then
    try:
        with Ledger(path, readonly=True) as ledger:
            Browser(ledger).way("meetings", filters)  # what makes no sense is said as the page says it
            form.write(ledger, Selection((family,), given, link=address, title=f"memcon: {family}"), cast("BinaryIO", body))
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return Download(f"{family}{form.ending}", form.media_type, body)

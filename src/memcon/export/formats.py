"""The formats in which a ledger's lists leave it: one table, from which the command line and the web pages take them.

    from memcon import Ledger
    from memcon.export.formats import FORMATS, Selection

    with Ledger("memcon.db", readonly=True) as ledger, open("meetings.csv", "wb") as file:
        FORMATS["csv"].write(ledger, Selection(("meetings",), {"pair": "KH-VN"}), file)

Every format writes as it reads, so that long lists need little memory, and gives the same bytes for the same ledger.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import BinaryIO, Final

from memcon.errors import MemconError
from memcon.export.book import CLOCK, CONTACTS, EVERY, LISTS, Book, Selection
from memcon.query import Ledger

__all__ = ["FORMATS", "ExportError", "Format", "Selection"]


class ExportError(MemconError):
    """A format that cannot be written, or not of that list; worded for the person who asked."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: media type, file ending (with its dot), the ``lists`` it can hold, and whether ``several`` fit one file.

    ``default`` are the lists written when none is chosen, ``needs`` the package without which it cannot be written, ``binary`` that it is no
    text; ``function`` of ``memcon.export.MODULE`` writes it.
    """

    name: str
    media_type: str
    ending: str
    description: str
    module: str
    lists: tuple[str, ...] = EVERY
    default: tuple[str, ...] = ("meetings",)
    several: bool = False
    needs: str | None = None
    binary: bool = False
    function: str = "write"

    @property
    def available(self) -> bool:
        """Whether what it needs is installed."""
        return self.needs is None or importlib.util.find_spec(self.needs) is not None

    def write(self, ledger: Ledger, selection: Selection, stream: BinaryIO) -> None:
        """Write the selection of a ledger, as it is at this moment, to a stream of bytes; the stream is left open.

        Raises:
            ExportError: the format does not hold such a list, or needs a package that is not installed.
            LedgerError: a filter that nothing can pass, or a damaged ledger.
        """
        chosen = replace(selection, lists=self._lists(selection.lists))
        if not self.available:
            raise ExportError(
                f"{self.name} needs the package {self.needs}, which is not installed: `uv sync --extra export`, or pip install 'memcon[export]'"
            )
        write: Callable[[Book, BinaryIO], None] = getattr(importlib.import_module(f"memcon.export.{self.module}"), self.function)
        with ledger.snapshot():
            _check_clock(selection, chosen.lists)
            ledger.find("visits", **{**selection.plain, "limit": 1})  # a filter that nothing can pass is told before a byte is written
            write(Book(ledger, chosen), stream)

    def _lists(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [x for x in asked if x not in self.lists]
        if wrong:
            raise ExportError(f"{self.name} does not hold {', '.join(wrong)}: it holds {', '.join(self.lists)}")
        if len(asked) > 1 and not self.several:
            raise ExportError(f"{self.name} holds one list at a time: choose one of {', '.join(asked)}")
        return asked or self.default


def _check_clock(selection: Selection, lists: tuple[str, ...]) -> None:
    """Raise `ExportError` for a filter of the clock that no list of the export knows."""
    known = {name for x in lists for name in CLOCK.get(x, ())}
    if wrong := [k for k in selection.filters if k not in known and k not in selection.plain]:
        raise ExportError(f"--{wrong[0]} narrows only {' and '.join(x for x, names in CLOCK.items() if wrong[0] in names)}")


_KNOWN: Final = (
    Format("csv", "text/csv; charset=utf-8; header=present", ".csv", "one list for spreadsheets and statistics; no cell can be a formula", "csvfile"),
    Format("csvw", "application/zip", ".zip", "all lists as CSV with a data dictionary (CSV on the Web)", "csvfile", function="bundle", default=LISTS, several=True, binary=True),
    Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", "Excel workbook: a sheet for each list and a data dictionary", "xlsx", default=LISTS, several=True, binary=True),
    Format("jsonl", "application/jsonl; charset=utf-8", ".jsonl", "JSON Lines: whole records, with every quotation", "jsonlines", default=LISTS[:-1], several=True),
    Format("parquet", "application/vnd.apache.parquet", ".parquet", "one list with typed columns, for polars, DuckDB, R, Spark", "parquet", needs="pyarrow", binary=True),
    Format("jsonld", "application/ld+json", ".jsonld", "linked data: schema.org, W3C Web Annotation for the words, PROV for the origin", "jsonld", lists=(*CONTACTS, "people", "posts", "sources"), default=(*CONTACTS, "people"), several=True),
    Format("ftm", "application/json+ftm", ".ftm.json", "FollowTheMoney entities, one a line, for Aleph and OpenSanctions' tools", "ftm", lists=("people", "posts", "visits", "meetings", "agreements", "sources"), default=("people", "posts", "visits", "meetings", "agreements"), several=True),
    Format("graphml", "application/graphml+xml", ".graphml", "network of who met whom, for Gephi, networkx, igraph", "graphml", lists=CONTACTS, several=True),
    Format("ical", "text/calendar; charset=utf-8", ".ics", "calendar of contacts and plans that have a day (iCalendar)", "ical", lists=("visits", "meetings", "agreements", "plans", "register"), default=("visits", "meetings"), several=True),
    Format("atom", "application/atom+xml", ".atom", "feed of one list (Atom)", "feeds", function="atom"),
    Format("rss", "application/rss+xml", ".rss", "feed of one list (RSS 2.0)", "feeds", function="rss"),
    Format("bibtex", "application/x-bibtex; charset=utf-8", ".bib", "the reports, as BibTeX", "bibtex", default=("sources",), several=True),
    Format("events", "text/csv; charset=utf-8; header=present", ".csv", "coded event table (CSV): a row for each directed pair, PLOVER and CAMEO codes", "csvfile", lists=("events",), default=("events",)),
)  # fmt: skip

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({f.name: f for f in _KNOWN})
"""Every format by name."""

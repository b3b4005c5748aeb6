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
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import BinaryIO, Final, Protocol, cast

from memcon.errors import MemconError
from memcon.export.book import CONTACTS, LISTS, Book, Selection
from memcon.query import Ledger

__all__ = ["FORMATS", "ExportError", "Format", "Selection"]


class ExportError(MemconError):
    """A format that cannot be written, or not of that list; worded for the person who asked."""


class _Writer(Protocol):
    def write(self, book: Book, stream: BinaryIO) -> None:
        """Write the book's selection."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: media type, file ending (with its dot), the ``lists`` it can hold, and whether ``several`` fit one file.

    ``default`` are the lists written when none is chosen, ``needs`` the package without which it cannot be written.
    """

    name: str
    media_type: str
    ending: str
    description: str
    module: str
    lists: tuple[str, ...] = LISTS
    default: tuple[str, ...] = ("meetings",)
    several: bool = False
    needs: str | None = None
    binary: bool = False

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
            raise ExportError(f"{self.name} needs the package {self.needs}, which is not installed: `uv sync --extra export`, or pip install 'memcon[export]'")
        writer = cast("_Writer", importlib.import_module(f"memcon.export.{self.module}"))
        with ledger.snapshot():
            writer.write(Book(ledger, chosen), stream)

    def _lists(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [x for x in asked if x not in self.lists]
        if wrong:
            raise ExportError(f"{self.name} does not hold {', '.join(wrong)}: it holds {', '.join(self.lists)}")
        if len(asked) > 1 and not self.several:
            raise ExportError(f"{self.name} holds one list at a time: choose one of {', '.join(asked)}")
        return asked or self.default


_TABULAR: Final = "text/csv; charset=utf-8; header=present"
_FOUR: Final = ("visits", "meetings", "agreements", "statements")
_KNOWN: Final = (
    Format("csv", _TABULAR, ".csv", "a table for spreadsheets and statistics; no cell can be a formula", "csvfile"),
)  # fmt: skip

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({f.name: f for f in _KNOWN})
"""Every format by name."""
assert set(CONTACTS) == set(_FOUR)

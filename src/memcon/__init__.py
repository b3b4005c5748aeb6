"""memcon: memoranda of diplomatic contact from public reports.

``read_document(Document(id="r1", text=report)).meetings`` is who met whom. Names load when they are first used:
``import memcon`` costs nothing, the language model comes with the first report.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from memcon.errors import MemconError, ReadError
    from memcon.model import Agreement, Document, Evidence, Issue, Meeting, Memorandum, Person, Position, Span, Statement, Visit
    from memcon.query import Ledger
    from memcon.run import read_document, sentence_index

__all__ = [
    "Agreement",
    "Document",
    "Evidence",
    "Issue",
    "Ledger",
    "Meeting",
    "MemconError",
    "Memorandum",
    "Person",
    "Position",
    "ReadError",
    "Span",
    "Statement",
    "Visit",
    "__version__",
    "read_document",
    "sentence_index",
]

_HOMES = {"MemconError": "errors", "ReadError": "errors", "Ledger": "query", "read_document": "run", "sentence_index": "run"}


def __getattr__(name: str) -> Any:
    """Load a public name from its module on first use (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        return version("memcon")
    if name not in __all__:
        raise AttributeError(f"module 'memcon' has no attribute {name!r}")
    return getattr(import_module(f"memcon.{_HOMES.get(name, 'model')}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)

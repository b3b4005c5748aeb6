"""DOCX → a report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, Final

from memcon.read import make
from memcon.read.reader import NEVER, SURE, TOLD, Facts, Found, Raw

__all__ = ["Docx"]

_LARGEST_UNPACKED: Final = 100_000_000
_MOST_PARTS: Final = 5000
_LARGEST_XML: Final = 20_000_000


class Docx:
    """The paragraphs and tables of a Word document; headers, footers, notes and deleted words are left out."""

    name = "docx"
    endings = (".docx",)
    largest = 30_000_000
    container = False
    safe = False

    @property
    def version(self) -> str:
        """With that of python-docx."""
        return f"docx 1 (python-docx {version('python-docx')})"

    def identify(self, raw: Raw) -> int:
        """An archive that holds Word's parts, or is named so."""
        if not raw.head.startswith(b"PK\x03\x04"):
            return TOLD if raw.ending in self.endings else NEVER
        return SURE + 1 if raw.ending in self.endings or (b"[Content_Types].xml" in raw.head and b"word/" in raw.head) else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """The one report."""
        import docx

        data = raw.all()
        _refuse_bombs(raw, data)
        file = docx.Document(io.BytesIO(data))
        lines = [x for item in file.iter_inner_content() for x in _lines(item)]
        said = file.core_properties
        # Dates of creation are those of templates, and of modification those of the last print: neither is the report's.
        facts = make.merged(raw.facts, Facts(title=said.title or None, authors=[said.author] if said.author and said.author != "python-docx" else []))
        text = make.tidy("\n\n".join(x for x in lines if x.strip()))
        if not text.strip():
            raise raw.wrong("no text in it")
        yield make.document(raw, make.with_title(facts.title, text), facts, extractor=self.version, data=data)


def _lines(item: Any) -> Iterator[str]:
    """The lines of a paragraph, or of a table, a row a line."""
    if hasattr(item, "rows"):
        for row in item.rows:
            cells: list[str] = []
            for cell in row.cells:
                words = " ".join(p.text for p in cell.paragraphs).strip()
                if words and (not cells or cells[-1] != words):  # a cell over several columns comes once for each
                    cells.append(words)
            yield " | ".join(cells)
    else:
        yield item.text


def _refuse_bombs(raw: Raw, data: bytes) -> None:
    """Refuse what unpacks to more than a document's worth. What the archive's list says is checked as it is unpacked: lists lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS:
                raise raw.wrong(f"{len(parts):,} parts, {_MOST_PARTS:,} at most: no document")
            total = 0
            for part in parts:
                size = 0
                with archive.open(part) as file:
                    while block := file.read(1 << 18):
                        size += len(block)
                        total += len(block)
                        if total > _LARGEST_UNPACKED or (part.filename.endswith((".xml", ".rels")) and size > _LARGEST_XML):
                            raise raw.wrong("it unpacks to more than a document can hold: an archive bomb; left out")
                        if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
                            raise raw.wrong("a document type is declared in it, which no document needs: not read")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise make.not_read(raw, error, "a DOCX that can be read") from error

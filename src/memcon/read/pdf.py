"""PDF with text → a report. Scanned pages hold pictures of text, which are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Final

from memcon.read import make
from memcon.read.dates import day_in
from memcon.read.reader import NEVER, SURE, TOLD, Facts, Found, Raw

__all__ = ["Pdf"]

_MOST_PAGES: Final = 500
_MOST_CHARACTERS: Final = 2_000_000
_SIGN: Final = b"%PDF-"
# pdfium sets U+0002 or U+FFFE where a word was parted at a line's end; others leave the hyphen.
_HYPHEN: Final = re.compile("(?<=[^\\W\\d_])(?:[\\u0002\\ufffe]\n?|[\\u00ad-]\n)(?=[a-zà-ÿ])")


class Pdf:
    """The text of all pages, in the order in which the file has it."""

    name = "pdf"
    endings = (".pdf",)
    largest = 50_000_000
    container = False
    safe = False

    @property
    def version(self) -> str:
        """With that of pypdfium2."""
        return f"pdf 1 (pypdfium2 {version('pypdfium2')})"

    def identify(self, raw: Raw) -> int:
        """By its first bytes, then by name."""
        if _SIGN in raw.head[:1024]:
            return SURE
        return TOLD if raw.ending in self.endings or raw.facts.media == "application/pdf" else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """The one report. Lines of a paragraph are joined, words that were parted at a line's end too."""
        import pypdfium2

        data = raw.all()
        if _SIGN not in data[:1024]:
            raise raw.wrong("no PDF: it does not begin as one")
        try:
            file = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise raw.wrong("a password is needed to read it" if "password" in str(error).lower() else f"damaged PDF ({error})") from error
        try:
            said = file.get_metadata_dict(skip_empty=True)
            if len(file) > _MOST_PAGES:
                raise raw.wrong(f"{len(file):,} pages, {_MOST_PAGES} at most: no report")
            text = _pages(file)
        finally:
            file.close()
        if not text.strip():
            raise raw.wrong("no text in it: a scanned page must be made readable (OCR) first")
        day = day_in(said.get("CreationDate", "").removeprefix("D:"))
        facts = make.merged(
            raw.facts,
            Facts(
                title=_title(said.get("Title")),
                authors=[said["Author"]] if said.get("Author") else [],
                published=day,
                published_by="metadata" if day else None,
            ),
        )
        yield make.document(raw, make.tidy(text), facts, extractor=self.version, data=data)


def _pages(file: object) -> str:
    out: list[str] = []
    size = 0
    for page in file:  # type: ignore[attr-defined]
        text_page = page.get_textpage()
        text = text_page.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")
        text_page.close()
        page.close()
        size += len(text)
        out.append(text)
        if size > _MOST_CHARACTERS:
            break
    return _HYPHEN.sub("", "\n".join(out)).replace("\ufffe", "-")


def _title(title: str | None) -> str | None:
    """A title that says something: many programs write the file's name there."""
    words = (title or "").removeprefix("Microsoft Word - ").strip()
    return words if len(words.split()) > 1 and not re.search(r"\.(?:docx?|pdf|indd|qxd)$", words, re.I) else None

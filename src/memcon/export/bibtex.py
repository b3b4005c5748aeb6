"""The reports behind a list as BibTeX, for BibTeX itself and for biblatex: one @misc a report, its outlet as the author."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from memcon.export.book import Book
from memcon.export.wording import clean
from memcon.query import Report
from memcon.resolve.times import parse

__all__ = ["entry", "write"]

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", '"': "''",
}  # fmt: skip
_LANGUAGES: Final = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "vi": "vietnamese",
    "ru": "russian",
    "de": "ngerman",
    "pt": "portuguese",
    "ar": "arabic",
    "zh": "chinese",
}


def write(book: Book, stream: BinaryIO) -> None:
    """Write the reports of the selection: the sources, or those on which the chosen lists rest, each once."""
    stream.write(f"% memcon {book.version}; ledger last changed {book.changed or 'never'}; filters: {clean(book.stamp['filters'])}\n".encode())
    seen: set[str] = set()
    for name in book.selection.lists:
        for record in book.records(name):
            for report in book.reports(record):
                if report.id not in seen:
                    seen.add(report.id)
                    stream.write(entry(report).encode("utf-8"))


def entry(report: Report) -> str:
    """One report as an entry of BibTeX."""
    year, month, day = parse(report.published)
    fields = {
        "author": f"{{{_tex(report.outlet)}}}" if report.outlet else None,
        "title": f"{{{_tex(report.headline or report.name)}}}",
        "year": f"{year:04d}" if year else None,
        "url": _url(report.url),
        "langid": _LANGUAGES.get(report.language or ""),
        "note": f"Report {_tex(report.name)}; SHA-256 {report.sha256}" if report.sha256 else f"Report {_tex(report.name)}",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    # Month and day stand without a year too: the report gives them, and nothing decides the year.
    if month and day:
        lines.append(f'  month = {_MONTHS[month - 1]} # "~{day}"')
    elif month:
        lines.append(f"  month = {_MONTHS[month - 1]}")
    return f"\n@misc{{memcon:{report.id},\n" + ",\n".join(lines) + "\n}\n"


def _tex(text: str) -> str:
    """A text as TeX prints it: no command, no comment, no brace of its own."""
    return re.sub(r"[\\{}$&%#_~^\"]", lambda m: _SPECIAL[m[0]], clean(text))


def _url(url: str | None) -> str | None:
    """An address of the web, with what would end the field written as the web writes it; anything else is none."""
    if not url or not re.match(r"https?://", url):
        return None
    return re.sub(r'[\\{}"<>^`|\s%](?![0-9A-Fa-f]{2})|[\\{}"<>^`|\s]', lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), clean(url))

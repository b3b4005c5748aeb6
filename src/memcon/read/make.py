"""The last step of every reader of single reports: its text and what is known of it → `Document`."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from memcon.errors import ReadError
from memcon.model import Document
from memcon.read import text as plain
from memcon.read.furniture import marks
from memcon.read.reader import Facts, Raw, sha256

__all__ = ["document", "merged", "tidy", "with_title"]

_LONGEST_FACT: Final = 500  # characters of a title, a name or an address that are kept
_MOST_AUTHORS: Final = 20
_MOST_CAPTIONS: Final = 50
_SPACES: Final = re.compile(r"[ \t\f\v\u00a0]+")
_BLANK: Final = re.compile(r"\n{3,}")
_DAY: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def document(raw: Raw, text: str, facts: Facts, *, extractor: str, data: bytes | None = None) -> Document:
    """The report in ``raw``. ``text`` is kept as it is. Raises `ReadError` when it is no report's prose, or longer than a report may be."""
    if (size := len(text.encode("utf-8", "surrogatepass"))) > plain.LARGEST:
        raise plain.too_large(raw.name, size)
    plain.refuse_non_reports(text, raw.name)
    return Document(
        id=raw.identifier,
        text=text,
        sha256=sha256(raw.all() if data is None else data),
        path=raw.name,
        outlet=_fact(facts.outlet),
        url=_fact(facts.url, 2000),
        published=facts.published,
        language=plain.language_of(text) or facts.language,  # what a feed declares is that of its program, often enough
        title=_fact(facts.title),
        authors=[a for x in facts.authors[:_MOST_AUTHORS] if (a := _fact(x))],
        published_by=facts.published_by if facts.published else None,
        captions=[c for x in facts.captions[:_MOST_CAPTIONS] if (c := _fact(x, 2000))],
        marks=marks(text),
        extractor=extractor,
    )


def merged(outer: Facts, inner: Facts) -> Facts:
    """What is known of a report in all: what it says of itself (``inner``), and where it is silent, what is said of it from outside."""
    day, by = (inner.published, inner.published_by) if inner.published else (outer.published, outer.published_by)
    return Facts(
        url=outer.url or inner.url, title=inner.title or outer.title, authors=inner.authors or outer.authors, outlet=inner.outlet or outer.outlet,
        published=day, published_by=by, language=outer.language or inner.language, captions=[*outer.captions, *inner.captions],
    )  # fmt: skip


def tidy(text: str) -> str:
    """Extracted text in lines: no control characters, no runs of spaces, at most one empty line in a row."""
    clean = "".join(
        c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn") else " " for c in text.replace("\r\n", "\n").replace("\r", "\n")
    )
    return _BLANK.sub("\n\n", "\n".join(_SPACES.sub(" ", line).strip() for line in clean.split("\n"))).strip() + "\n"


def with_title(title: str | None, body: str) -> str:
    """The body under its headline, unless it begins with it."""
    headline = _fact(title) or ""
    if not headline or " ".join(body[: 2 * len(headline) + 20].split()).startswith(headline):
        return body
    return f"{headline}\n\n{body}"


def day_of(value: str | None) -> str | None:
    """``value`` if it is a day, month or year as memcon writes them."""
    return value if value and _DAY.fullmatch(value) else None


def _fact(value: str | None, longest: int = _LONGEST_FACT) -> str | None:
    """A fact as one printable line, or None when nothing is left."""
    line = " ".join("".join(c if c.isprintable() else " " for c in value[: 4 * longest]).split()) if value else ""
    return line[:longest] or None


def not_read(raw: Raw, error: Exception, what: str) -> ReadError:
    """An error of a library as a line for people."""
    detail = " ".join(str(error).split())[:200]
    return ReadError(raw.name, f"damaged, or not {what} ({type(error).__name__}{': ' + detail if detail else ''})")

"""A list as a feed: Atom (RFC 4287) or RSS 2.0, the newest first as the list has them. Texts are texts: nothing a report says is markup in a reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from html import escape as as_html
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from memcon.export import captions, safe
from memcon.export.book import Book

__all__ = ["atom", "rss"]

_EPOCH: Final = "1970-01-01T00:00:00+00:00"  # of a ledger in which nothing is


def atom(book: Book, stream: BinaryIO) -> None:
    """Write the one list of the selection as an Atom feed."""
    name = book.selection.lists[0]
    head = _tags(
        ("id", f"urn:memcon:list:{name}"), ("title", book.title), ("updated", _moment(book.changed)), ("generator", f"memcon {book.version}"), ("subtitle", f"filters: {book.stamp['filters']}")
    )  # fmt: skip
    _write(book, stream, '<feed xmlns="http://www.w3.org/2005/Atom">', head + "<author><name>memcon</name></author>", _entry, "</feed>")


def rss(book: Book, stream: BinaryIO) -> None:
    """Write the one list of the selection as an RSS 2.0 channel."""
    head = _tags(
        ("title", book.title), ("link", book.link("")), ("description", f"filters: {as_html(book.stamp['filters'])}"), ("lastBuildDate", _rfc822(book.changed)), ("generator", f"memcon {book.version}")
    )  # fmt: skip
    _write(book, stream, '<rss version="2.0"><channel>', head, _item, "</channel></rss>")


def _write(book: Book, stream: BinaryIO, start: str, head: str, one: Callable[[Book, Any], str], end: str) -> None:
    stream.write(f'<?xml version="1.0" encoding="utf-8"?>\n{start}\n{head}\n'.encode())
    stream.writelines((one(book, record) + "\n").encode("utf-8") for record in book.records(book.selection.lists[0]))
    stream.write(f"{end}\n".encode())


def _entry(book: Book, record: Any) -> str:
    first, last = captions.when(book, record)
    outlets = list(dict.fromkeys(r.outlet or r.name for r in book.reports(record)))
    authors = "".join(f"<author>{_tags(('name', x))}</author>" for x in outlets)
    link = f'<link rel="alternate" href={quoteattr(safe.xml(_address(book, record)))}/>'
    return (
        "<entry>"
        + _tags(("id", _name(book, record)), ("title", captions.title(record)), ("published", _moment(first)), ("updated", _moment(last)))
        + (f"{authors}{link}" + _tags(("content", "\n".join(captions.about(book, record)) or captions.title(record))) + "</entry>")
    )


def _item(book: Book, record: Any) -> str:
    first, _ = captions.when(book, record)
    lines = captions.about(book, record) or [captions.title(record)]
    guid = f'<guid isPermaLink="false">{escape(safe.xml(_name(book, record)))}</guid>'
    # Readers take a description, and many a title, for HTML, so both are escaped once more than XML asks.
    told = (
        ("title", as_html(captions.title(record), quote=False)),
        ("link", _address(book, record)),
        ("description", "<br/>".join(map(as_html, lines))),
        ("pubDate", _rfc822(first)),
    )
    return f"<item>{guid}{_tags(*told)}</item>"


def _address(book: Book, record: Any) -> str:
    return book.link(getattr(record, "person", None) or record.id)


def _name(book: Book, record: Any) -> str:
    from urllib.parse import quote

    return "urn:memcon:" + quote(captions.identifier(book, record), safe=":-")


def _tags(*tags: tuple[str, str]) -> str:
    return "".join(f"<{name}>{escape(safe.xml(words))}</{name}>" for name, words in tags)


def _moment(iso: str) -> str:
    return iso or _EPOCH


def _rfc822(iso: str) -> str:
    return format_datetime(datetime.fromisoformat(_moment(iso)))

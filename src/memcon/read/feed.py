"""RSS, Atom and RDF feeds → their entries. (JSON Feed is read by `memcon.read.json_lines`.)"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, Final

from memcon.read.encoding import decoded
from memcon.read.reader import HEAD, NEVER, SURE, TOLD, Facts, Found, NoReports, Passed, Raw, raw_bytes

__all__ = ["Feed"]

_MEDIA: Final = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_ROOT: Final = re.compile(rb"<(?:\w{1,20}:)?(rss|feed|RDF)[\s>]")
_DECLARATION: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.I)
_MOST: Final = 20_000  # entries


class Feed:
    """A feed's entries, each a report: its content where the feed carries it, else its summary."""

    name = "feed"
    endings = (".rss", ".atom", ".rdf", ".xml")
    largest = 20_000_000
    container = True
    safe = False

    @property
    def version(self) -> str:
        """With that of feedparser."""
        return f"feed 1 (feedparser {version('feedparser')})"

    def identify(self, raw: Raw) -> int:
        """By its root element, name or media type."""
        start = raw.head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if start.startswith(b"<") and (m := _ROOT.search(raw.head)) and b"<html" not in raw.head[: m.start()].lower():
            return SURE
        if raw.ending in self.endings or raw.facts.media in _MEDIA:
            return TOLD
        return NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """Its entries, in their order."""
        import feedparser

        page = decoded(raw.all(), raw.facts.charset)
        if not _ROOT.search(page[:HEAD].encode("utf-8", "replace")):
            raise NoReports(raw.name, "no feed: neither RSS nor Atom nor RDF")
        # No feed needs a document type, and with one come entities that grow without end.
        if _DECLARATION.search(page):
            raise raw.wrong("a document type or entities are declared in it, which no feed needs: not read (an XML bomb is built so)")
        # What is handed on is text that can be decoded, so that no other guess of the encoding is made.
        text = re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", "", page).encode("utf-8", "replace")
        headers = {"content-type": "application/xml; charset=utf-8", "content-location": raw.facts.url or ""}
        feed = feedparser.parse(io.BytesIO(text), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
        if not feed.entries and (feed.bozo or not feed.version):
            raise raw.wrong(f"damaged, or no feed ({str(feed.get('bozo_exception', 'no entries'))[:150]})")
        outlet = _words(feed.feed.get("title"))
        language = _words(feed.feed.get("language"))[:2].lower()
        for number, entry in enumerate(feed.entries[:_MOST], 1):
            yield _entry(
                raw, number, entry, Facts(outlet=outlet or raw.facts.outlet, language=language if re.fullmatch("[a-z]{2}", language) else None)
            )


def _entry(raw: Raw, number: int, entry: Any, of_feed: Facts) -> Found:
    name = f"{raw.name}: entry {number:,}"
    url = _words(entry.get("link")) or None
    body, media = _content(entry)
    title = _words(entry.get("title"))
    if not body.strip() and not title.strip():
        return Passed(name=name, why="an entry without words")
    day = _day(entry)
    authors = [a for x in entry.get("authors", [])[:20] if (a := _words(x.get("name")))] if isinstance(entry.get("authors"), list) else []
    facts = Facts(
        url=url, title=title or None, authors=authors, outlet=_words(entry.get("source", {}).get("title")) or of_feed.outlet, published=day,
        published_by="metadata" if day else None, language=of_feed.language, media=media,
    )  # fmt: skip
    return raw_bytes((body or title).encode("utf-8", "replace"), f"{name} ({url})" if url else name, f"{raw.identifier}#{number}", facts=facts)


def _content(entry: Any) -> tuple[str, str]:
    """An entry's words and their media type: the longest of its contents, else its summary."""
    parts = [(str(x.get("value", "")), str(x.get("type", ""))) for x in entry.get("content", [])]
    detail = entry.get("summary_detail", {})
    parts.append((_words(entry.get("summary")), str(detail.get("type", "text/html"))))
    body, media = max(parts, key=lambda x: len(x[0]))
    # Feeds say text/plain of markup, and text/html of bare words.
    markup = bool(re.search(r"<(?:p|br|div|a|b|i|em|strong|img|span|ul)\b|&(?:#\d+|[a-z]+);", body[:20_000], re.I)) or "xhtml" in media
    return body, "text/x-html-fragment" if markup else "text/plain"


def _day(entry: Any) -> str | None:
    """The day of publication, in the zone that the feed writes it in where that can be told."""
    from memcon.read.dates import day_in

    for key in ("published", "issued", "created", "updated"):
        if day := day_in(_words(entry.get(key))):
            return day
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}" if parsed and 1900 < parsed.tm_year < 2100 else None


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""

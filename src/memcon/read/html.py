"""Web pages → reports: the main text by trafilatura, its facts from the page's own metadata, captions apart from the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import Any, Final

from memcon.model import Document
from memcon.read import make
from memcon.read.encoding import decoded
from memcon.read.reader import LIKELY, NEVER, SURE, TOLD, Facts, Found, Raw

__all__ = ["FRAGMENT", "Html", "fragment_text"]

FRAGMENT: Final = "text/x-html-fragment"
"""The media type of a piece of HTML that is a report and nothing else, as feeds and records carry it."""
_MEDIA: Final = ("text/html", "application/xhtml+xml")
_STARTS: Final = (b"<!doctype html", b"<html", b"<head", b"<body")
_SIGN: Final = re.compile(rb"<html[\s>]", re.I)
_MOST_TAGS: Final = 200_000
_DEEPEST: Final = 400
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_BLOCKS: Final = frozenset(
    "p div br li ul ol h1 h2 h3 h4 h5 h6 tr td th table section article header footer blockquote pre figure figcaption dl dt dd hr main aside".split()
)
_LINES: Final = frozenset(("br", "tr", "td", "th", "dt", "dd"))  # a line, but no paragraph
_UNSEEN: Final = frozenset("script style noscript template head title svg math iframe object form button select nav".split())
_CAPTIONS: Final = "//figcaption | //*[contains(concat(' ', normalize-space(@class), ' '), ' wp-caption-text ')] | //*[@itemprop='caption']"
_LATEST: Final = "2099-12-31"  # a bound in place of today's date, on which no report may depend


class Html:
    """HTML and XHTML."""

    name = "html"
    endings = (".html", ".htm", ".xhtml")
    largest = 5_000_000
    container = False
    safe = False

    @property
    def version(self) -> str:
        """Its own version, and those of what decides the text and the date."""
        return _version()

    def identify(self, raw: Raw) -> int:
        """By its beginning, then by what is said of it."""
        start = raw.head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if start.startswith(_STARTS):
            return SURE
        if raw.facts.media in (*_MEDIA, FRAGMENT) or raw.ending in self.endings:
            return TOLD
        return LIKELY if _SIGN.search(raw.head[:2048]) else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """The one report of a page."""
        data = raw.all()
        page = decoded(data, raw.facts.charset)
        if not page.strip():
            raise raw.wrong("empty page")
        yield _document(raw, data, page)


def _document(raw: Raw, data: bytes, page: str) -> Document:
    _refuse_bombs(raw, page)
    if raw.facts.media == FRAGMENT and not _SIGN.search(data[:20_000]):
        body = fragment_text(page)
        if not body.strip():
            raise raw.wrong("no words in it")
        return make.document(raw, make.tidy(make.with_title(raw.facts.title, body)), raw.facts, extractor=_version(), data=data)
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(page)
    if tree is None:
        raise raw.wrong("no HTML: nothing in it could be parsed")
    facts = make.merged(raw.facts, _facts(tree, raw.facts.url))
    found = bare_extraction(tree, url=facts.url, favor_precision=True, include_comments=False, include_tables=True, with_metadata=False)
    # A line is a paragraph or a heading: with an empty line between, none can be taken for the first part of the next.
    body = "\n\n".join((getattr(found, "text", None) or "").split("\n"))
    if not body.strip():
        raise raw.wrong("no main text found in this page")
    return make.document(raw, make.tidy(make.with_title(facts.title, body)), facts, extractor=_version(), data=data)


def _refuse_bombs(raw: Raw, page: str) -> None:
    """Refuse pages that are built to be slow: too many tags, or nested too deep."""
    depth = deepest = count = 0
    for m in _TAG.finditer(page):
        count += 1
        depth = (
            max(0, depth - 1)
            if m[1]
            else depth + (m[2].lower() in ("div", "span", "ul", "ol", "table", "blockquote", "section", "b", "i", "font", "em", "strong", "a"))
        )
        deepest = max(deepest, depth)
    if count > _MOST_TAGS:
        raise raw.wrong(f"{count:,} tags, {_MOST_TAGS:,} at most: no page of a report")
    if deepest > _DEEPEST:
        raise raw.wrong(f"tags are nested {deepest:,} deep, {_DEEPEST} at most: no page of a report")


def _facts(tree: Any, url: str | None) -> Facts:
    """What a page says of itself."""
    from trafilatura.metadata import extract_metadata

    from memcon.read.dates import published

    captions = [t for x in tree.xpath(_CAPTIONS)[:50] if (t := " ".join(x.text_content().split()))]
    said = extract_metadata(tree, default_url=url, date_config={"extensive_search": False, "original_date": True, "max_date": _LATEST})
    day, by = published(tree, url or said.url, latest=_LATEST)
    authors = [a.strip() for a in (said.author or "").split(";") if a.strip()]
    return Facts(
        url=said.url,
        title=said.title,
        authors=authors,
        outlet=said.sitename or said.hostname,
        published=day,
        published_by=by,
        captions=list(dict.fromkeys(captions)),
    )


def fragment_text(fragment: str) -> str:
    """All text of a piece of HTML, a line a block. For pieces that are nothing but a report: of a feed, a mail, a record."""
    from lxml import html

    try:
        tree = html.fragment_fromstring(fragment, create_parent="div", parser=html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False))
    except (ValueError, AssertionError, html.etree.ParserError):
        return ""
    out: list[str] = []
    unseen = 0  # elements that nobody sees, and that are open here
    for event, element in html.etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS:
            out.append("\n" if tag in _LINES else "\n\n")
        if event == "start":
            unseen += tag in _UNSEEN
            words = element.text
        else:
            unseen -= tag in _UNSEEN
            words = element.tail if element is not tree else None
        if words and not unseen:
            out.append(words.replace("\n", " "))
    return "".join(out)


@cache
def _version() -> str:
    return f"html 1 (trafilatura {version('trafilatura')}, htmldate {version('htmldate')}, lxml {version('lxml')})"

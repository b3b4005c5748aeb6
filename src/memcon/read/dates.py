"""The day a page was published, from what the page says of itself, and by which sign."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

__all__ = ["day_in", "published"]

# Names under which pages give the day of publication (Open Graph, Dublin Core, schema.org, Google News and common habits), the surest first.
_META: Final = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished", "publishdate", "publish_date", "publish-date",
    "publication_date", "publicationdate", "pubdate", "published", "published_time", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date", "citation_date", "article_date_original", "originalpublicationdate",
    "cxenseparse:recs:publishtime", "displaydate", "firstpublished", "rnews:datepublished", "shareaholic:article_published_time", "date",
)  # fmt: skip
_ARTICLE: Final = ("article", "report", "webpage", "posting", "newsarticle", "creativework")
_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.]?(0[1-9]|1[0-2]|[1-9](?=[-/.]))[-/.]?(0[1-9]|[12]\d|3[01]|[1-9](?!\d))(?=\d{6}(?!\d)|(?!\d))")
_IN_URL: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?=[/\-_.]|$)|-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d))"
)
_UTC: Final = re.compile(r"(?:Z|[+-]00:?00|GMT|UTC)\s*$")
_DEEPEST: Final = 6
_MOST: Final = 200_000  # characters of a block of JSON-LD that is read


def published(tree: Any, url: str | None, *, latest: str) -> tuple[str | None, str | None]:
    """The day (ISO 8601) and the sign: ``metadata``, ``url`` or ``page`` (a time element or a dated line outside the text); (None, None) if none is there."""
    in_url = day_in_url(url) if url else None
    for value in (*_json_ld(tree), *_meta(tree), *_times(tree)):
        if (day := day_in(value)) and day <= latest:
            # A stamp in UTC, a day off from the address: that has the day of the zone where the report was published.
            return (in_url, "url") if in_url and _UTC.search(value[:80]) and _days_apart(day, in_url) == 1 else (day, "metadata")
    if in_url and in_url <= latest:
        return in_url, "url"
    from htmldate import find_date

    found = find_date(tree, extensive_search=False, original_date=True, url=url, max_date=latest)
    return (found, "page") if found else (None, None)


def day_in(value: str) -> str | None:
    """The first full day of a value, in its own time zone.

    >>> day_in("2024-03-12T23:30:00+07:00")
    '2024-03-12'
    """
    m = _DAY.search(value[:80])
    if m:
        return _iso(m[1], m[2], m[3])
    from email.utils import parsedate

    parts = parsedate(value[:80]) if any(c.isalpha() for c in value[:8]) else None
    return _iso(*(str(x) for x in parts[:3])) if parts else None


def day_in_url(url: str) -> str | None:
    """The day that an address carries: ``/2024/03/12/``, ``2024-03-12`` or ``20240312``."""
    m = _IN_URL.search(url[:500])
    if m is None:
        return None
    month, day = next((x, y) for x, y in ((m[2], m[3]), (m[4], m[5]), (m[6], m[7])) if x)
    return _iso(m[1], month, day)


def _days_apart(a: str, b: str) -> int:
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _json_ld(tree: Any) -> Iterator[str]:
    """Days of publication of the page's schema.org records, articles before others."""
    found: list[tuple[int, str]] = []
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            data = json.loads((script.text or "")[:_MOST], strict=False)
        except (ValueError, RecursionError):
            continue
        found += _records(data, 0)
    yield from (x for _, x in sorted(found, key=lambda x: x[0]))


def _records(data: Any, depth: int) -> list[tuple[int, str]]:
    if depth > _DEEPEST:
        return []
    if isinstance(data, list):
        return [x for item in data[:100] for x in _records(item, depth + 1)]
    if not isinstance(data, dict):
        return []
    kind = str(data.get("@type", "")).lower()
    rank = 0 if "article" in kind or "posting" in kind else 1 if any(x in kind for x in _ARTICLE) else 2
    own = [(rank + 3 * depth * (rank > 0), value) for key in ("datePublished", "dateCreated") if isinstance(value := data.get(key), str)]
    inner = [x for key in ("@graph", "mainEntity", "mainEntityOfPage") for x in _records(data.get(key), depth + 1)]
    return own[:1] + inner


def _meta(tree: Any) -> Iterator[str]:
    said: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]")[:500]:
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = str(element.get(key) or "").lower()
            if name and name not in said:
                said[name] = element.get("content")
    yield from (said[name] for name in _META if name in said)


def _times(tree: Any) -> Iterator[str]:
    """Times that the page marks as its own: by itemprop, by the pubdate attribute, or the only one of its article."""
    yield from (
        str(x) for x in tree.xpath("//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content | //time[@pubdate]/@datetime")
    )
    times = {day for x in tree.xpath("//article//time/@datetime") if (day := day_in(str(x)))}
    if len(times) == 1:
        yield times.pop()

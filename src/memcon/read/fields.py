"""Records with named fields (JSON, CSV) → what a report needs of them, whatever the names are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from math import isfinite
from typing import Any, Final

import msgspec

from memcon.read.dates import day_in
from memcon.read.reader import Facts, Raw, raw_bytes

__all__ = ["FIELDS", "FieldMap", "facts", "record", "understood"]

FieldMap = Mapping[str, str]
"""What a report needs → the name it has in the records, which may lead inside: ``{"text": "article.body"}``."""

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "text": ("text", "maintext", "bodytext", "articletext", "articlebody", "fulltext", "body", "content", "contenttext", "story", "article", "contenthtml", "html", "description", "summary"),
    "title": ("title", "headline", "articletitle", "heading", "subject", "name"),
    "published": ("published", "publishedat", "datepublished", "publicationdate", "publishdate", "pubdate", "published_date", "datetime", "date", "seendate", "dateadded", "issued", "timestamp", "day", "created", "createdat"),
    "url": ("url", "link", "uri", "sourceurl", "documentidentifier", "permalink", "href", "canonicalurl", "articleurl", "externalurl"),
    "authors": ("authors", "author", "byline", "creator", "writer"),
    "outlet": ("outlet", "source", "sourcename", "publisher", "sourcedomain", "domain", "sourcecommonname", "newspaper", "publication", "site", "sitename", "website", "agency"),
    "language": ("language", "lang", "languagecode", "inlanguage"),
    "identifier": ("id", "guid", "docid", "documentid", "articleid", "uuid"),
}  # fmt: skip
"""Names under which records of news dumps hold what a report needs, compared without case, spaces and marks; the first that is filled counts."""

_MARKUP: Final = re.compile(r"<(?:p|div|br|html|body|h[1-6]|article|span|a|ul|table)\b[^<>]{0,500}>", re.I)
_SECONDS: Final = range(10**8, 10**10)  # Unix time between 1973 and 2286
_LONGEST_PATH: Final = 8


def understood(names: str) -> dict[str, str]:
    """A field map as a user writes it: ``text=body,title=headline``. Raises ValueError in words."""
    out: dict[str, str] = {}
    for part in filter(None, (x.strip() for x in names.split(","))):
        what, equals, name = part.partition("=")
        if not equals or what.strip() not in FIELDS or not name.strip():
            raise ValueError(f"{part!r}: write WHAT=NAME, where WHAT is one of {', '.join(FIELDS)}")
        out[what.strip()] = name.strip()
    return out


def record(raw: Raw, number: int, values: Mapping[str, Any], fields: FieldMap) -> Raw:
    """A record as a report to be read. Raises `ReadError` when it has no text."""
    name = f"{raw.name}: record {number:,}"
    got = {what: _pick(values, what, fields) for what in FIELDS}
    body = _words(got["text"])
    if not body.strip():
        url = _words(got["url"]).strip()
        has = ", ".join(str(k) for k in list(values)[:12]) or "nothing"
        more = f"; its page is {url}: add it with --fetch" if url else ""
        raise raw._replace(name=name).wrong(f"no text in this record (it has {has}){more}")
    markup = bool(_MARKUP.search(body[:5000]))
    own = facts(values, fields)
    known = msgspec.structs.replace(
        raw.facts,
        **{k: v for k in ("url", "title", "authors", "outlet", "language") if (v := getattr(own, k))},
        media="text/x-html-fragment" if markup else "text/plain",
        charset=None,
    )
    if own.published:
        known = msgspec.structs.replace(known, published=own.published, published_by=own.published_by)
    return raw_bytes(body.encode("utf-8", "replace"), name, f"{raw.identifier}#{number}", facts=known)


def facts(values: Mapping[str, Any], fields: FieldMap) -> Facts:
    """What the fields of a record say of its report, the text aside."""
    got = {what: _pick(values, what, fields) for what in FIELDS if what != "text"}
    day = _day(got["published"])
    return Facts(
        url=_words(got["url"]).strip() or None, title=_words(got["title"]) or None, authors=_people(got["authors"]), outlet=_words(_named(got["outlet"])) or None,
        published=day, published_by="metadata" if day else None, language=_language(got["language"]),
    )  # fmt: skip


def _pick(values: Mapping[str, Any], what: str, fields: FieldMap) -> Any:
    """The value of the field that means ``what``."""
    if what in fields:
        return _inside(values, fields[what])
    by_key = {_key(k): v for k, v in reversed(list(values.items()))}
    return next((by_key[k] for k in map(_key, FIELDS[what]) if by_key.get(k) not in (None, "", [], {})), None)


def _inside(values: Any, path: str) -> Any:
    if isinstance(values, Mapping) and path in values:
        return values[path]
    for step in path.split(".")[:_LONGEST_PATH]:
        values = values.get(step) if isinstance(values, Mapping) else None
    return values


@cache
def _known_key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _key(name: object) -> str:
    text = str(name)[:100]
    return _known_key(text) if text.isascii() and len(text) < 40 else text.lower()


def _words(value: Any) -> str:
    """Text of a value: of a list, its parts as paragraphs."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(x for x in value if isinstance(x, str))
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _named(value: Any) -> Any:
    return next((value[k] for k in ("name", "title", "uri", "id") if value.get(k)), None) if isinstance(value, Mapping) else value


def _people(value: Any) -> list[str]:
    items = (
        value
        if isinstance(value, list)
        else re.split(r";|\band\b", value)
        if isinstance(value, str)
        else [value]
        if isinstance(value, Mapping)
        else []
    )
    return [name for x in items[:50] if (name := _words(_named(x)).strip())]


def _day(value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value)
    text = _words(value).strip()
    if text.isdigit() and len(text) >= 9 and not text.startswith(("19", "20")):
        return _of_number(int(text))
    return day_in(text) if text else None


def _of_number(value: float) -> str | None:
    """A day as a number: 20240312, 20240312153000, or seconds or milliseconds since 1970, in UTC."""
    from datetime import UTC, datetime

    number = int(value) if isfinite(value) and abs(value) < 10**15 else 0
    if number in _SECONDS and not 19000101 <= number <= 21001231:
        return datetime.fromtimestamp(number, UTC).date().isoformat()
    if number // 1000 in _SECONDS and not str(number).startswith(("19", "20")):
        return datetime.fromtimestamp(number / 1000, UTC).date().isoformat()
    return day_in(str(number))


def _language(value: Any) -> str | None:
    text = _words(value).strip().lower()
    code = text.split("-")[0].split("_")[0]
    return code if re.fullmatch("[a-z]{2}", code) else None

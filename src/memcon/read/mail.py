"""Mail: EML → a report, mbox → its messages. Newsletters and press lists come so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses
from typing import Any, BinaryIO, Final

from memcon.errors import ReadError
from memcon.read import make
from memcon.read.dates import day_in
from memcon.read.encoding import decoded
from memcon.read.html import fragment_text
from memcon.read.reader import LIKELY, NEVER, SURE, TOLD, Facts, Found, Raw, raw_bytes

__all__ = ["Eml", "Mbox"]

_HEADER: Final = re.compile(
    rb"\A(?:(?:From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Content-Type|Reply-To|DKIM-Signature|X-[\w-]{1,40}):[^\n]{0,998}\r?\n(?:[ \t][^\n]{0,998}\r?\n)*){2,}",
    re.I,
)
_FROM: Final = re.compile(rb"From \S+ .{0,40}\d\d:\d\d")
_LARGEST: Final = 25_000_000  # bytes of one message
_MOST_PARTS: Final = 500
_LONGEST_LINE: Final = 1 << 20


class Eml:
    """One message: its plain text, or what its HTML says. Attachments are not read."""

    name = "mail"
    version = "mail 1"
    endings = (".eml",)
    largest = _LARGEST
    container = False
    safe = False

    def identify(self, raw: Raw) -> int:
        """By name or media type, or by two fields of a mail's head."""
        if raw.ending in self.endings or raw.facts.media == "message/rfc822":
            return TOLD
        return LIKELY if _HEADER.match(raw.head) else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """The report that the message is."""
        data = raw.all()
        message = BytesParser(policy=policy.default.clone(max_line_length=None)).parsebytes(data)
        body = _body(message)
        if not body.strip():
            raise raw.wrong("no text in this message")
        facts = make.merged(raw.facts, _facts(message))
        yield make.document(raw, make.tidy(make.with_title(facts.title, body)), facts, extractor=self.version, data=data)


class Mbox:
    """A mailbox: messages one after the other, each under a line that starts with From."""

    name = "mbox"
    version = "mbox 1"
    endings = (".mbox", ".mbx")
    largest = 1 << 40
    container = True
    safe = False

    def identify(self, raw: Raw) -> int:
        """By its first line."""
        if _FROM.match(raw.head):
            return SURE
        return TOLD if raw.ending in self.endings or raw.facts.media == "application/mbox" else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """Its messages, one at a time in memory."""
        raw.file.seek(0)
        for number, data in enumerate(_messages(raw.file), 1):
            name = f"{raw.name}: message {number:,}"
            if data is None:
                yield ReadError(name, f"more than {_LARGEST / 1e6:.0f} MB; left out")
            elif data.strip():
                yield raw_bytes(data, name, f"{raw.identifier}#{number}", facts=Facts(media="message/rfc822"))


def _messages(file: BinaryIO) -> Iterator[bytes | None]:
    """The bytes of each message; None for one that is too large."""
    parts: list[bytes] = []
    size, started, blank = 0, False, True
    while line := file.readline(_LONGEST_LINE):
        if blank and _FROM.match(line):
            if started:
                yield None if size > _LARGEST else b"".join(parts)
            parts, size, started = [], 0, True
        else:
            started = True
            size += len(line)
            if size <= _LARGEST:
                parts.append(line[1:] if line.startswith(b">From ") else line)
        blank = not line.strip()
    if started:
        yield None if size > _LARGEST else b"".join(parts)


def _body(message: EmailMessage) -> str:
    """The words of a message: its plain text, else its HTML's."""
    plain: list[str] = []
    markup: list[str] = []
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            break
        kind = part.get_content_type()
        if part.is_multipart() or part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            continue
        payload = part.get_payload(decode=True)
        charset = part.get_param("charset")
        words = decoded(payload if isinstance(payload, bytes) else b"", charset if isinstance(charset, str) else None)
        (plain if kind == "text/plain" else markup).append(words)
    text = "\n\n".join(plain)
    return text if text.strip() else "\n\n".join(fragment_text(x) for x in markup)


def _facts(message: EmailMessage) -> Facts:
    """What a message's head says."""
    subject, sender = _field(message, "Subject"), _field(message, "From")
    name, address = (getaddresses([sender]) or [("", "")])[0] if sender else ("", "")
    day = day_in(_field(message, "Date"))
    return Facts(
        title=re.sub(r"^(?:\s*(?:re|fwd?|aw|wg)\s*:)+\s*", "", subject, flags=re.I) or None, outlet=name or address.partition("@")[2] or None, published=day,
        published_by="metadata" if day else None, url=_field(message, "Archived-At").strip("<> ") or None,
    )  # fmt: skip


def _field(message: EmailMessage, name: str) -> str:
    """A field of the head as text; the parser of the library fails on some damaged ones."""
    try:
        value: Any = message.get(name)
        return " ".join(str(value).split())[:2000] if value is not None else ""
    except (ValueError, IndexError, AttributeError, TypeError, KeyError, LookupError, RecursionError):
        return ""

"""Bytes of web pages and mails → text, where the encoding that they declare may be wrong."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

__all__ = ["decoded", "encoding_called"]

# Encodings of text that the WHATWG's Encoding Standard names; Python's codecs know more, some of them no encodings of text at all (zlib, rot13).
_KNOWN: Final = frozenset(
    """utf-8 utf-16-le utf-16-be cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15
    iso8859-16 koi8-r koi8-u mac-roman cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 mac-cyrillic gbk gb18030 big5 big5hkscs euc_jp
    iso2022_jp shift_jis cp932 euc_kr cp949 tis-620""".split()
)
# Browsers read these labels as the larger encodings of Windows, and so do those who write them.
_READ_AS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "gb2312": "gbk",
    "utf-16": "utf-16-le",
}
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_IN_PAGE: Final = re.compile(rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{1,40})""", re.I)
_WHERE: Final = 4096  # bytes in which a page says its encoding


def encoding_called(label: str | None) -> str | None:
    """The codec of an encoding's label, or None where it is unknown or no encoding of text."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")[:40]).name
    except (LookupError, ValueError):
        return None
    name = _READ_AS.get(name, name)
    return name if name in _KNOWN else None


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of a page. A byte order mark decides; then UTF-8, if it is that; then what was declared; else Windows-1252.

    UTF-8 goes before the declaration because it cannot be met with by chance: text in another encoding is as good as never valid UTF-8.
    Bytes that the encoding does not have become U+FFFD. Never raises.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = len(data) - error.start <= 3
    labels = list(_labels(data, declared))
    for encoding in labels:
        if encoding != "utf-8":
            text = data.decode(encoding, "replace")
            if 50 * text.count("\ufffd") <= len(text):
                return text
    return data.decode("utf-8" if cut or "utf-8" in labels[:1] else "cp1252", "replace")


def _labels(data: bytes, declared: str | None) -> Iterator[str]:
    """The encodings that are declared: by the server, then by the page itself."""
    m = _IN_PAGE.search(data[:_WHERE])
    for label in (declared, m[1].decode("ascii") if m else None):
        encoding = encoding_called(label)
        # A page that can be searched for its declaration in bytes is not in UTF-16, whatever it says.
        if encoding and not (encoding.startswith("utf-16") and data[:_WHERE].count(b"\0") == 0):
            yield encoding

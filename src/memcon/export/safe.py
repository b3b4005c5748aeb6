"""Texts of reports made fit for files that other programs open: reports are hostile input.

A spreadsheet takes a cell that begins with one of a few characters for a formula, and some take the delimiter of their
own language (``;``) for the end of a cell, quoted or not. XML knows no control characters.
"""

from __future__ import annotations

import re
from typing import Final

from memcon.export.wording import clean

__all__ = ["LIST_SEPARATOR", "cell", "joined", "xml"]

LIST_SEPARATOR: Final = " | "
"""Between the items of a list in one cell; in an item itself ``|`` becomes ``¦``."""
_FORMULA: Final = re.compile(r"^(?=\s*[=+\-@＝＋－＠])|(?<=[;\t])(?=\s*[=+\-@＝＋－＠])")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cell(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula, whatever its delimiter: an apostrophe stands before what would be one.

    >>> cell("=1+1"), cell("Lund; =cmd"), cell("a - b")
    ("'=1+1", "Lund;' =cmd", 'a - b')
    """
    return _FORMULA.sub("'", clean(text))


def joined(items: list[str]) -> str:
    """A list as one text; `LIST_SEPARATOR` gives it back.

    >>> joined(["a", "b|c"])
    'a | b¦c'
    """
    return LIST_SEPARATOR.join(clean(x).replace("|", "¦") for x in items)


def xml(text: str) -> str:
    """A text without the characters that XML 1.0 does not allow; each becomes U+FFFD.

    >>> xml("a\\x00b")
    'a\\ufffdb'
    """
    return _NOT_XML.sub("\ufffd", text)

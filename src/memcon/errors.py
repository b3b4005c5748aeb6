"""What memcon raises when it cannot go on, worded for the person who runs it.

    MemconError              anything that memcon itself reports
    ├── ReadError            a report or a folder that cannot be read: ``PATH: what is wrong``
    ├── ReadingFailed        a report that was read, but of which no memorandum could be made
    ├── OutputError          the result cannot be written
    └── BadFilter            a question, or a judgement, that makes no sense: which part of it, and what it should be

A doubt about what a report *says* is no error: it is an `memcon.model.Issue`, as data.
"""

from __future__ import annotations

import os

__all__ = ["BadFilter", "MemconError", "OutputError", "ReadError", "ReadingFailed", "one_line", "shown"]


class MemconError(Exception):
    """Anything that memcon reports to the person who runs it."""


class _AboutPath(MemconError):  # noqa: N818 — a base; what is raised is named an Error
    """An error at a path. ``str`` gives the line for people: ``PATH: what is wrong``."""

    def __init__(self, path: str, what: str) -> None:
        # Both arguments go to the base class, so that the error survives the way back from another process.
        super().__init__(path, what)
        self.path = path
        self.what = what

    def __str__(self) -> str:
        return f"{shown(self.path)}: {one_line(self.what)}"


class ReadError(_AboutPath):
    """A report or a folder that cannot be read."""


class ReadingFailed(_AboutPath):
    """A defect of memcon met while reading a report; ``what`` names the place in the code."""


class OutputError(_AboutPath):
    """The result cannot be written."""


class BadFilter(MemconError):  # noqa: N818 — it says what is the matter
    """A filter or a judgement that makes no sense: which, and what it should be."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(name, what)
        self.name = name
        self.what = what

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"


def shown(path: str) -> str:
    """A path as one printable line: undecodable bytes and control characters as escapes.

    >>> shown("a\\nb.txt")
    'a\\\\nb.txt'
    """
    return one_line(os.fsencode(path).decode("utf-8", "backslashreplace"))


def one_line(text: str) -> str:
    """``text`` with line ends and other control characters escaped, so that it cannot forge a second line."""
    return "".join(c if c.isprintable() or c == "\u00a0" else c.encode("unicode_escape").decode("ascii") for c in text)

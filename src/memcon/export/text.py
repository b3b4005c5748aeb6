"""Memorandum → a paper for a person at a terminal.

Each line ends in the numbers of the sentences that it rests on, as ``[s3]``; the sentences are counted from 1 through
the whole report (`memcon.run.sentence_index`), and those cited are printed at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len

from memcon.export.outline import Line, Outline, numbers, outline
from memcon.export.wording import clean
from memcon.model import Document, Memorandum, Span

__all__ = ["memorandum", "wrap"]

_BOLD: Final = "\x1b[1m"
_DIM: Final = "\x1b[2m"
_PLAIN: Final = "\x1b[0m"
_STEP: Final = 3  # columns of an indent
_TAG: Final = 9  # columns of the heading's tags
_NARROWEST: Final = 40


def memorandum(document: Document, memo: Memorandum, sentences: Sequence[Span], *, width: int = 80, styled: bool = False) -> str:
    """The paper on one report, wrapped to ``width`` columns, with bold headings when ``styled``; ends in a newline."""
    paper = _Printer(max(width, _NARROWEST), styled, sentences)
    return "\n".join(x.rstrip() for x in paper.lines(document, outline(document, memo))) + "\n"


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most ``width`` columns, broken at spaces; ``first`` and ``rest`` stand before them.

    Columns are counted as terminals do: two for a Chinese character, none for a combining mark. A longer word stays whole.

    >>> wrap("held talks in Hanoi", 12, "- ", "  ")
    ['- held talks', '  in Hanoi']
    """
    lines = [first]
    used, empty = cell_len(first), True
    for word in text.split(" "):
        size = cell_len(word)
        if not empty and used + 1 + size > width:
            lines.append(rest)
            used, empty = cell_len(rest), True
        lines[-1] += word if empty else " " + word
        used += size + (0 if empty else 1)
        empty = False
    return lines


class _Printer:
    """Prints outlines on paper of one width, and notes which sentences they cite."""

    def __init__(self, width: int, styled: bool, sentences: Sequence[Span]) -> None:
        self._width = width
        self._styled = styled
        self._sentences = sentences
        self._starts = [x.start for x in sentences]
        self._cited: set[int] = set()

    def lines(self, document: Document, paper: Outline) -> Iterator[str]:
        """All lines of the paper, without line ends."""
        yield self._style(f"MEMORANDUM  {paper.title}", _BOLD)
        yield "─" * self._width
        for line in paper.heading:
            head = line.tag.ljust(_TAG)
            yield from wrap(line.text, self._width, head, " " * _TAG)
        for number, section in enumerate(paper.sections, 1):
            yield ""
            yield self._style(f"{number}. {section.title.upper()}", _BOLD)
            for line in section.lines:
                yield from self._line(line)
        yield from self._quoted(document)

    def _line(self, line: Line) -> Iterator[str]:
        indent = " " * (_STEP * (line.depth + 1))
        tag = f"{line.tag}: " if line.tag else ""
        for x in self._wrapped(line, tag, indent):
            yield x.replace("\u00a0", " ")

    def _wrapped(self, line: Line, tag: str, indent: str) -> list[str]:
        return wrap(f"{tag}{line.text}{self._cite(line)}", self._width, indent, indent + "  ")

    def _cite(self, line: Line) -> str:
        """The numbers of a line's sentences, held to its last word by no-break spaces."""
        found = numbers(self._starts, line.spans)
        self._cited.update(found)
        return "\u00a0[" + ",\u00a0".join(f"s{x}" for x in found) + "]" if found else ""

    def _quoted(self, document: Document) -> Iterator[str]:
        """The sentences that were cited."""
        if not self._cited:
            return
        yield ""
        yield self._style("WORDS OF THE REPORT", _BOLD)
        for number in sorted(self._cited):
            head = f"[s{number}]".rjust(_STEP + 4) + " "
            for line in wrap(clean(self._sentences[number - 1].of(document.text)), self._width, head, " " * len(head)):
                yield self._style(line, _DIM)

    def _style(self, text: str, code: str) -> str:
        return f"{code}{text}{_PLAIN}" if self._styled else text

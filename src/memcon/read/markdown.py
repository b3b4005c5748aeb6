"""Markdown → a report: the words without their marks, and what its front matter says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from memcon.read import fields, make, text
from memcon.read.reader import NEVER, TOLD, Facts, Found, Raw

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Markdown"]

_FRONT: Final = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_KEY: Final = re.compile(r"(?m)^([A-Za-z][\w-]{0,40})[ \t]*:[ \t]*(.*)$")
_LIST: Final = re.compile(r"(?m)^[ \t]*-[ \t]+(.+)$")


class Markdown:
    """CommonMark, with front matter between lines of three dashes."""

    name = "markdown"
    endings = (".md", ".markdown")
    largest = text.LARGEST
    container = False
    safe = False

    @property
    def version(self) -> str:
        """With that of the parser."""
        return f"markdown 1 (markdown-it-py {version('markdown-it-py')})"

    def identify(self, raw: Raw) -> int:
        """By name or media type alone: any text is Markdown."""
        return TOLD if raw.ending in self.endings or raw.facts.media == "text/markdown" else NEVER

    def read(self, raw: Raw) -> Iterator[Found]:
        """The one report. Headings, lists and paragraphs are lines; links keep their words, pictures become captions, code and HTML are left out."""
        from markdown_it import MarkdownIt

        data = raw.all()
        source = text.decode(data, raw.name)
        front = _FRONT.match(source)
        facts = make.merged(raw.facts, _front(front[1]) if front else Facts())
        captions: list[str] = []
        lines = [
            _words(t, captions) for t in MarkdownIt("commonmark").parse(source[front.end() :] if front else source) if t.type in ("inline", "hr")
        ]
        body = make.tidy("\n\n".join(x for x in lines if x.strip()))
        facts = make.merged(facts, Facts(captions=captions))
        yield make.document(raw, make.tidy(make.with_title(facts.title, body)) if body.strip() else source, facts, extractor=self.version, data=data)


def _words(block: Token, captions: list[str]) -> str:
    """The words of a block; what its pictures say goes to ``captions``."""
    out = []
    for t in block.children or ():
        if t.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif t.type == "image":
            captions.append(t.content)
        elif t.type != "html_inline":
            out.append(t.content)
    return "".join(out)


def _front(front: str) -> Facts:
    """What front matter says: simple fields, and lists of names. It is not parsed as YAML, which can do more than name things."""
    found: dict[str, Any] = {}
    matches = list(_KEY.finditer(front))
    for m, after in zip(matches, [*matches[1:], None], strict=True):
        value: Any = m[2].strip().strip("\"'")
        if not value:
            value = [x.strip().strip("\"'") for x in _LIST.findall(front[m.end() : after.start() if after else len(front)])]
        elif value.startswith("[") and value.endswith("]"):
            value = [x.strip().strip("\"'") for x in value[1:-1].split(",")]
        found.setdefault(m[1], value)
    return fields.facts(found, {})

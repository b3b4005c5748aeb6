"""Memorandum → one self-contained page: each report's text with its facts marked on it, the memorandum beside it.

The page asks for nothing from anywhere: style and script are inside, allowed by their hashes in its content security
policy, and everything else is forbidden. All words of reports pass Jinja's escaping. Without the script, links lead from
each line to its words and back; the script adds highlighting under the pointer and the keyboard's focus.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, NamedTuple

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from memcon.export.outline import Line, Section, numbers, outline
from memcon.export.wording import clean
from memcon.model import Document, Memorandum, Span

__all__ = ["article", "page"]

_NAMES: Final = ("page.html", "article.html", "page.css", "page.js")
# NUL and other control characters are errors in HTML, also when escaped; offsets are not read off the page.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Piece(NamedTuple):
    """A run of the report's text that the same facts rest on."""

    text: str
    facts: tuple[int, ...] = ()
    kind: str = ""
    opens: tuple[int, ...] = ()
    """Facts whose words start here: the goals of the links from the memorandum."""
    sentence: int = 0
    """Number of the sentence that starts here, or 0."""


class Fact(NamedTuple):
    """A line of the memorandum as the page shows it; ``number`` is 0 where it rests on no words of its own."""

    line: Line
    number: int
    cited: tuple[int, ...]


class Part(NamedTuple):
    """A section of the memorandum."""

    kind: str
    title: str
    facts: list[Fact]


def article(document: Document, memo: Memorandum, sentences: Sequence[Span], *, number: int = 0) -> str:
    """One report's part of the page; ``number`` makes its anchors differ from those of the other reports."""
    paper = outline(document, memo)
    parts, spans, kinds = _parts(paper.sections, sentences)
    pieces = list(_pieces(document.text, spans, kinds, sentences))
    return _template("article.html").render(r=f"r{number}", paper=paper, parts=parts, pieces=pieces, language=memo.language or "")


def page(articles: Iterable[tuple[int, str, str]]) -> str:
    """The whole page. ``articles`` are triples of a report's number, its id, and what `article` gave for it."""
    listed = [(f"r{number}", clean(identifier), Markup(body)) for number, identifier, body in articles]
    css, js = _asset("page.css"), _asset("page.js")
    return _template("page.html").render(articles=listed, css=Markup(css), js=Markup(js), policy=_policy(css, js))


def _parts(sections: Iterable[Section], sentences: Sequence[Span]) -> tuple[list[Part], list[tuple[Span, ...]], list[str]]:
    """The sections with their facts numbered from 1 through the report, and the words and kind of each fact."""
    starts = [x.start for x in sentences]
    parts: list[Part] = []
    spans: list[tuple[Span, ...]] = [()]
    kinds = [""]
    for kind, title, lines in sections:
        facts = []
        for line in lines:
            if line.spans:
                spans.append(line.spans)
                kinds.append(kind)
            facts.append(Fact(line, len(spans) - 1 if line.spans else 0, tuple(numbers(starts, line.spans))))
        parts.append(Part(kind, title, facts))
    return parts, spans, kinds


def _pieces(text: str, spans: Sequence[tuple[Span, ...]], kinds: Sequence[str], sentences: Sequence[Span]) -> Iterator[Piece]:
    """The text cut wherever a fact's words or a sentence start or end: one sweep, so overlapping facts are no trouble."""
    length = len(text)
    starts: dict[int, list[tuple[int, Span]]] = {}
    ends: dict[int, list[tuple[int, Span]]] = {}
    for fact, rests_on in enumerate(spans):
        for span in rests_on:
            if 0 <= span.start < span.end <= length:
                starts.setdefault(span.start, []).append((fact, span))
                ends.setdefault(span.end, []).append((fact, span))
    first = {fact: min((x.start for x in rests_on), default=-1) for fact, rests_on in enumerate(spans)}
    numbered = {x.start: i for i, x in reversed(list(enumerate(sentences, 1)))}
    cuts = sorted({0, length, *starts, *ends, *(x for x in numbered if 0 <= x <= length)})
    active: list[tuple[int, Span]] = []
    for at, end in pairwise(cuts):
        for ended in ends.get(at, ()):
            active.remove(ended)
        active.extend(starts.get(at, ()))
        facts = tuple(sorted({x for x, _ in active}))
        # The innermost fact gives the colour; of equals the one that the memorandum names first.
        inner = min(active, key=lambda x: (-x[1].start, x[1].end, x[0]), default=None)
        kind = kinds[inner[0]] if inner else ""
        opens = tuple(sorted({x for x, _ in starts.get(at, ()) if first[x] == at}))
        yield Piece(_CONTROLS.sub("\ufffd", text[at:end]), facts, kind, opens, numbered.get(at, 0))


def _policy(css: str, js: str) -> str:
    """The content security policy of the page: its own style and script, known by their hashes, and nothing else."""
    style, script = (base64.b64encode(hashlib.sha256(x.encode("utf-8")).digest()).decode("ascii") for x in (css, js))
    return f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; base-uri 'none'; form-action 'none'"


@cache
def _asset(name: str) -> str:
    # The browser hashes what it reads, and it reads \r\n as \n.
    return files("memcon.export").joinpath("templates", name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _template(name: str) -> Template:
    loader = DictLoader({x: _asset(x) for x in _NAMES})
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).get_template(name)

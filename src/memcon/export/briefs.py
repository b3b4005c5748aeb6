"""A brief (`memcon.follow.brief`) as a paper: plain text, one page of HTML that prints, a Word document.

The three say the same. Footnotes stand at the end, with outlet, day and sentence; how inferred values follow stands before
them, each derivation once, under a letter.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from memcon.export.text import wrap
from memcon.export.wording import clean, country, day, period
from memcon.follow.brief import Brief, Group, Line
from memcon.follow.notes import Note

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.text.paragraph import Paragraph

__all__ = ["FORMS", "all_lines", "body", "docx", "html", "style_sheet", "text"]

FORMS: Final[Mapping[str, tuple[str, str]]] = {
    "text": ("text/plain; charset=utf-8", ".txt"),
    "html": ("text/html; charset=utf-8", ".html"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "json": ("application/json", ".json"),
}
"""Media type and file ending of each form."""
_STEP: Final = 3
_DATES: Final = 4


class Reason(NamedTuple):
    """How a value follows, under its letter."""

    letter: str
    text: str


class _Reasons:
    """The derivations of a brief, each once, lettered in the order in which lines need them."""

    def __init__(self, paper: Brief) -> None:
        self._letters: dict[str, str] = {}
        for section in paper.sections:
            for group in section.groups:
                for line in all_lines(group.lines):
                    for why in line.inferred:
                        self._letters.setdefault(why, _letter(len(self._letters)))

    def of(self, line: Line) -> list[str]:
        """The letters that belong to a line."""
        return [self._letters[w] for w in line.inferred]

    @property
    def made(self) -> list[Reason]:
        """All of them."""
        return [Reason(letter, why) for why, letter in self._letters.items()]


def all_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines with all that belong to them, in order."""
    for line in lines:
        yield line
        yield from all_lines(line.under)


def _letter(number: int) -> str:
    """Letters in the manner of numbers: a … z, aa, ab …

    >>> _letter(0), _letter(25), _letter(26)
    ('a', 'z', 'aa')
    """
    return (_letter(number // 26 - 1) if number >= 26 else "") + ascii_lowercase[number % 26]


def head(paper: Brief) -> list[tuple[str, str]]:
    """What stands at the top: what each entry is called, and what it says."""
    known = f"what was reported by {day(paper.on)}; nothing later" if paper.on else "all that the ledger holds"
    rows = [("Known", known), ("From", f"{paper.reports} report{'s' if paper.reports != 1 else ''} on the last contacts, {len(paper.notes)} passages cited")]
    return [*([("We", country(paper.ours))] if paper.ours else []), *rows]


def when(line: Line) -> str:
    """The day or days of a line, "" for none."""
    return period(line.day, line.end) if line.day and line.end else day(line.day) if line.day else ""


def source(note: Note) -> str:
    """Outlet and day of a footnote."""
    outlet = clean(note.outlet) if note.outlet else "outlet not known"
    if note.published:
        return f"{outlet}, {day(note.published)}"
    return f"{outlet}, undated" + (f" (what it tells is of {day(note.day)})" if note.day else "")


# -- text -------------------------------------------------------------------------------------------------------------


def text(paper: Brief, *, width: int = 80) -> str:
    """The brief as plain text of ``width`` columns; ends in a newline."""
    return "\n".join(x.rstrip() for x in _text(paper, max(width, 40))) + "\n"


def _text(paper: Brief, width: int) -> Iterator[str]:
    reasons = _Reasons(paper)
    yield from wrap(f"BRIEF  {clean(paper.title)}", width)
    yield "─" * width
    for name, value in head(paper):
        yield from wrap(value, width, f"{name:9}", " " * 9)
    for number, section in enumerate(paper.sections, 1):
        yield ""
        yield f"{number}. {section.title.upper()}"
        for group in section.groups:
            yield from _text_group(group, reasons, width)
    if reasons.made:
        yield from ("", "HOW INFERRED VALUES FOLLOW")
        for r in reasons.made:
            yield from wrap(clean(r.text), width, f"{f'({r.letter})':>6} ", " " * 7)
    if paper.notes:
        yield from ("", "SOURCES")
        for n in paper.notes:
            yield from wrap(f"{source(n)}: “{clean(n.sentence)}” ({clean(n.report)})", width, f"{f'[{n.number}]':>6} ", " " * 7)


def _text_group(group: Group, reasons: _Reasons, width: int) -> Iterator[str]:
    if group.title:
        yield " " * _STEP + clean(group.title)
    indent = _STEP * (2 if group.title else 1)
    for line in group.lines:
        yield from _text_line(line, reasons, width, indent)
    if not group.lines:
        yield from wrap(clean(group.none), width, " " * indent, " " * indent)
    if group.more:
        yield " " * indent + "… and more in the ledger"


def _text_line(line: Line, reasons: _Reasons, width: int, indent: int) -> Iterator[str]:
    marks = "".join(f"({x})" for x in reasons.of(line)) + "".join(f"[{n}]" for n in line.notes)
    said = " ".join(x for x in (f"{when(line)}:" if when(line) else "", clean(line.text), f"“{clean(line.quote)}”" if line.quote else "", marks) if x)
    yield from wrap(said, width, " " * indent + "- ", " " * (indent + 2))
    for remark in line.remarks:
        yield from wrap(clean(remark), width, " " * (indent + _DATES), " " * (indent + _DATES))
    for under in line.under:
        yield from _text_line(under, reasons, width, indent + _STEP)


# -- HTML -------------------------------------------------------------------------------------------------------------


@cache
def _environment() -> Environment:
    root = files("memcon.export").joinpath("templates")
    names = ("brief.html", "brief_body.html")
    env = Environment(loader=DictLoader({n: root.joinpath(n).read_text(encoding="utf-8") for n in names}), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters.update(clean=clean)
    env.globals.update(when=when, source=source, head=head)
    return env


def body(paper: Brief, *, links: Mapping[str, str] | None = None, notes: Mapping[int, str] | None = None) -> Markup:
    """The brief as a part of a page. ``links`` are addresses of things by id, ``notes`` those of the words of footnotes by number."""
    reasons = _Reasons(paper)
    page = _environment().get_template("brief_body.html")
    return Markup(page.render(p=paper, reasons=reasons, links=links or {}, addresses=notes or {}))  # noqa: S704 — a template that escapes made it


@cache
def style_sheet() -> str:
    """The style of what `body` gives."""
    return files("memcon.export").joinpath("templates", "brief.css").read_text(encoding="utf-8")


def html(paper: Brief) -> str:
    """The brief as one page of its own, which asks for nothing from anywhere."""
    style = style_sheet() + files("memcon.export").joinpath("templates", "brief_page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _environment().get_template("brief.html").render(p=paper, body=body(paper), style=Markup(style), digest=digest)  # noqa: S704 — the package's own style


# -- Word -------------------------------------------------------------------------------------------------------------


_NO_XML: Final = dict.fromkeys((0xFFFE, 0xFFFF))


def _plain(text: str) -> str:
    """Words of a report as XML can hold them."""
    return clean(text).translate(_NO_XML)


def docx(paper: Brief) -> bytes:
    """The brief as a Word document (Office Open XML)."""
    from docx import Document
    from docx.shared import Cm

    made: Paper = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    _styles(made)
    made.core_properties.title = _plain(f"Brief: {paper.title}")
    made.core_properties.author = "memcon"
    _paper(made, paper)
    out = BytesIO()
    made.save(out)
    return _still(out.getvalue())


def _paper(made: Paper, paper: Brief) -> None:
    reasons = _Reasons(paper)
    made.add_heading(f"Brief: {_plain(paper.title)}", 0)
    for name, value in head(paper):
        p = made.add_paragraph(style="Head")
        p.add_run(f"{name}: ").bold = True
        p.add_run(value)
    for number, section in enumerate(paper.sections, 1):
        made.add_heading(f"{number}. {_plain(section.title)}", 1)
        for group in section.groups:
            if group.title:
                made.add_heading(_plain(group.title), 2)
            for line in group.lines:
                _docx_line(made, line, reasons, 0)
            if not group.lines:
                made.add_paragraph(style="Nothing").add_run(_plain(group.none))
            if group.more:
                made.add_paragraph(style="Nothing").add_run("… and more in the ledger")
    _docx_ends(made, paper, reasons)


def _docx_ends(made: Paper, paper: Brief, reasons: _Reasons) -> None:
    if reasons.made:
        made.add_heading("How inferred values follow", 1)
        for r in reasons.made:
            made.add_paragraph(f"({r.letter})\t{_plain(r.text)}", style="Note")
    if paper.notes:
        made.add_heading("Sources", 1)
        for n in paper.notes:
            made.add_paragraph(f"[{n.number}]\t{_plain(source(n))}: “{_plain(n.sentence)}” ({_plain(n.report)})", style="Note")


def _docx_line(made: Paper, line: Line, reasons: _Reasons, depth: int) -> None:
    from docx.shared import Cm

    p: Paragraph = made.add_paragraph(style="List Bullet")
    p.paragraph_format.left_indent, p.paragraph_format.keep_with_next = Cm(0.6 + 0.7 * depth), bool(line.under or line.remarks)
    if when(line):
        p.add_run(f"{when(line)}: ").bold = True
    p.add_run(_plain(line.text))
    if line.quote:
        p.add_run(f" “{_plain(line.quote)}”").italic = True
    marks = " ".join([*(f"({x})" for x in reasons.of(line)), *(f"[{n}]" for n in line.notes)])
    if marks:
        p.add_run(f" {marks}").font.superscript = True
    for remark in line.remarks:
        q = made.add_paragraph(_plain(remark), style="Nothing")
        q.paragraph_format.left_indent = Cm(0.9 + 0.7 * depth)
    for under in line.under:
        _docx_line(made, under, reasons, depth + 1)


def _styles(made: Paper) -> None:
    """The looks: one family of letters that every office has, black on white."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    black, grey = RGBColor(0, 0, 0), RGBColor(0x44, 0x44, 0x44)
    styles: Any = made.styles
    for name, size, space in (("Normal", 10.5, 3), ("Title", 20, 6), ("Heading 1", 13, 4), ("Heading 2", 11, 2)):
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), black
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for part in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(part), "Calibri")
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_after, style.paragraph_format.keep_with_next = Pt(space), name != "Normal"
    for name, size, colour in (("Head", 10.5, black), ("Nothing", 10, grey), ("Note", 9, black)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size, style.font.color.rgb = styles["Normal"], Pt(size), colour
        style.paragraph_format.space_after = Pt(2)
    styles["Note"].paragraph_format.left_indent, styles["Note"].paragraph_format.first_line_indent = Cm(1), Cm(-1)
    styles["Note"].paragraph_format.tab_stops.add_tab_stop(Cm(1))
    styles["Nothing"].font.italic = True
    styles["List Bullet"].paragraph_format.space_after = Pt(2)


def _still(data: bytes) -> bytes:
    """The same package without the clock: python-docx writes when each part and the document were made."""
    import re
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", content)
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()

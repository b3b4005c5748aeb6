"""What the pages of briefs, of the wording watch and of readouts show, and briefs as files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote, urlencode

import msgspec

from memcon.browse import Browser, Tally
from memcon.errors import BadFilter
from memcon.export import briefs, readings
from memcon.follow import readouts as comparing
from memcon.follow import wording as watching
from memcon.follow.brief import Brief, brief
from memcon.ledger import sql
from memcon.resolve.times import span

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["Choices", "Piece", "address", "body", "choices", "file", "forms", "heading", "paper", "readouts", "redline", "wording"]

_PAIRS: Final = 24
_FORMS: Final = ("docx", "html", "text")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|\s+|.", re.DOTALL)


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """Pairs on which a brief can be had: those of most contacts, with how many."""

    pairs: list[Tally]


class Piece(NamedTuple):
    """Words of a line that changed: ``kind`` is same, gone or new."""

    kind: str
    text: str


def choices(browser: Browser) -> Choices:
    """What the form offers."""
    return Choices(pairs=[Tally(value=v, count=n) for v, n in browser.store.rows(sql.PAIRS, "meetings", _PAIRS)])


def paper(browser: Browser, subject: str, params: Mapping[str, str], today: str) -> Brief:
    """The brief of an address. Raises `NoSubject`, `BadFilter`."""
    return brief(browser.ledger, subject, _on(params, today), ours=params.get("for", "").strip() or None)


def wording(browser: Browser, pair: str, params: Mapping[str, str], today: str) -> watching.Wording:
    """The wording watch of an address. Raises `BadFilter`."""
    return watching.watched(browser.ledger, pair, on=_on(params, today))


def readouts(browser: Browser, contact: str, params: Mapping[str, str], today: str) -> comparing.Readouts:
    """The readouts of an address. Raises `NoSuchThing`, `BadFilter`."""
    return comparing.readouts(browser.ledger, contact, on=_on(params, today))


def _on(params: Mapping[str, str], today: str) -> str:
    """The day of knowledge: that of the address, else today. Raises `BadFilter`."""
    on = params.get("on", "").strip()
    if on and span(on) is None:
        raise BadFilter("on", f"{on!r} is no date: write 2024-03-12, 2024-03 or 2024")
    return on or today


def address(subject: str, params: Mapping[str, str]) -> str:
    """Where a brief is."""
    kept = {k: v for k in ("on", "for") if (v := params.get(k, "").strip())}
    return f"/brief/{quote(subject, safe='')}" + (f"?{urlencode(kept)}" if kept else "")


def forms(subject: str, params: Mapping[str, str]) -> list[tuple[str, str]]:
    """The files in which a brief can be had: name and address."""
    kept = {k: v for k in ("on", "for") if (v := params.get(k, "").strip())}
    return [(form, f"/briefs/{form}/{quote(subject, safe='')}" + (f"?{urlencode(kept)}" if kept else "")) for form in _FORMS]


def file(browser: Browser, form: str, subject: str, params: Mapping[str, str], today: str) -> tuple[str, str, bytes]:
    """A brief as a file: its name, its media type, its bytes. Raises `NoSubject`, `BadFilter`."""
    made = paper(browser, subject, params, today)
    kind, ending = briefs.FORMS[form]
    content = briefs.docx(made) if form == "docx" else (briefs.html(made) if form == "html" else briefs.text(made)).encode()
    return f"brief-{made.subject}{f'-{made.on}' if made.on else ''}{ending}", kind, content


def body(made: Brief, link: Callable[[str], str]) -> Markup:
    """A brief as a part of a page, its lines linked to the things they tell of and its sources to their words."""
    things = {t: link(t) for s in made.sections for g in s.groups for x in briefs.all_lines(g.lines) for t in x.things[:1] if t}
    notes = {n.number: f"/report/{n.document}?at={n.start}-{n.end}#at" for n in made.notes}
    return briefs.body(made, links=things, notes=notes)


def heading(x: comparing.Compared) -> str:
    """The heading under which a compared line stands."""
    return readings.compared(x)


def redline(s: watching.Shift) -> list[Piece]:
    """A changed line with what is gone and what is new in it; edits that the watch passes over are shown as they are now."""
    gone, new = {w.lower() for w in s.dropped}, {w.lower() for w in s.added}
    old, now = _WORD.findall(" ".join(s.before.text.split())), _WORD.findall(" ".join(s.after.text.split()))
    pieces: list[Piece] = []
    for op, a, b, c, d in SequenceMatcher(None, [x.lower() for x in old], [x.lower() for x in now], autojunk=False).get_opcodes():
        if op in ("delete", "replace") and (words := [w for w in old[a:b] if any(p in gone for p in _parts(w))]):
            pieces += [Piece("gone", " ".join(words)), Piece("same", " ")]
        pieces += [Piece("new" if op != "equal" and any(p in new for p in _parts(w)) else "same", w) for w in now[c:d]]
    return pieces


def _parts(word: str) -> list[str]:
    return [word.lower(), *re.split(r"[-'’]", word.lower())]

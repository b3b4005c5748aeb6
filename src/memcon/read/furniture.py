"""Finds what in a report's text is about the report: its dateline, agency and end marks, captions and bylines.

They are facts about the report (who wired it, from where, where it ends) and are kept as such, with their place; the text stays as it is, so that
every offset holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from memcon.model import Mark

__all__ = ["marks"]

_TOP: Final = 4000  # characters in which a dateline is looked for
_LONGEST: Final = 300  # characters of a line that is a caption, a byline or a mark
_CITY: Final = r"[^\W\d_][\w'’.-]{0,30}(?:[ ](?:of|de|la|el|es|[^\W\d_][\w'’.-]{0,30})){0,4}(?:,[ ][^\W\d_](?:[^\W\d_]|['’. -]){0,40}?)?"
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY: Final = rf"(?:{_MONTH}[ ]\d{{1,2}}(?:,?[ ]\d{{4}})?|\d{{1,2}}[ ]{_MONTH}(?:,?[ ]\d{{4}})?|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?)"
_AGENCY: Final = r"(?:\([^()\n]{2,60}\)|/{1,2}[^/\n]{2,30}/{1,2}|\[[^\[\]\n]{2,40}\])"
_DASH: Final = r"(?:--?|[\u2013\u2014\u2015])"
_DATELINE: Final = re.compile(
    rf"(?m)^[ \t]{{0,4}}(?P<city>{_CITY})[,.:]?(?P<day>[ ]{_DAY})?[.,]?[ ]?(?P<agency>{_AGENCY})?[.,]?[ ]?(?P<dash>{_DASH}|(?<=/)|(?<=/\.[ ]))[ ]?(?=[\"'“‘A-Z0-9À-Ỹ])"
)
_ALONE: Final = re.compile(rf"(?m)^[ \t]{{0,4}}(?P<agency>\((?:[A-Z][A-Za-z]*[A-Z/][A-Za-z/]*)\))[ ]?{_DASH}?[ ]?(?=[\"'“‘A-ZÀ-Ỹ])")
_END: Final = re.compile(
    rf"(?:\./\.|\(END\)|-30-|#{{2,4}}|(?:(?<=\s)|(?<=\.)){_DASH}[ ]?[A-Z][A-Za-z]{{1,11}}(?:/[A-Z]{{2,8}})?|(?<=\s)\([A-Z][A-Za-z/]{{1,11}}\)|(?<=[.\s])/[A-Z]{{2,10}}/)[ \t]*$"
)
_CAPTION: Final = re.compile(
    r"(?im)^[ \t]*(?:\(?(?:file )?(?:photo|picture|image|handout)s?\b[^\n]{0,40}?[:/)]|.{0,250}[\(\[/](?:file )?(?:photo|picture|image|handout)\b[^\n)\]]{0,60}[)\]]?[ \t]*$)"
)
_BYLINE: Final = re.compile(r"(?m)^[ \t]*(?:By|BY)[ ](?:[A-Z][\w.'’-]{0,30}[ ,]{0,2}(?:and[ ])?){1,8}[ \t]*$")
_NOT_CITY: Final = frozenset(("The", "A", "An", "In", "On", "At", "He", "She", "They", "It", "This", "By"))
_SMALL: Final = frozenset(("of", "de", "la", "el", "es", "al", "and", "del", "da", "do", "y"))


def marks(text: str) -> list[Mark]:
    """The marks of a text, in order. Never raises.

    >>> [(m.kind, "Hanoi (VNA) – They met. — VNS"[m.start:m.end]) for m in marks("Hanoi (VNA) – They met. — VNS")]
    [('dateline', 'Hanoi (VNA) –'), ('agency', '(VNA)'), ('end', '— VNS')]
    """
    found = [*_dateline(text), *_end(text), *_lines(text)]
    return sorted(set(found), key=lambda m: (m.start, m.end, m.kind))


def _dateline(text: str) -> Iterator[Mark]:
    for m in _DATELINE.finditer(text[:_TOP]):
        if _is_dateline(m):
            start = m.start("city")
            yield Mark("dateline", start, start + len(text[start : m.end()].rstrip()))
            if m["agency"]:
                yield Mark("agency", *m.span("agency"))
            return
    alone = _ALONE.search(text[:_TOP])
    if alone is not None:
        yield Mark("agency", *alone.span("agency"))


def _is_dateline(m: re.Match[str]) -> bool:
    """Whether a line's start names a place and is marked as a dateline: by a date, an agency, or capitals before a dash."""
    city = m["city"].split(",")[0]
    words = m["city"].replace(",", " ").split()
    if len(words) > 6 or words[0] in _NOT_CITY or not all(w[0].isupper() or w in _SMALL for w in words):
        return False
    return bool(m["day"] or m["agency"]) or city.isupper() or m["dash"] in ("--", "\u2014", "\u2015")


def _end(text: str) -> Iterator[Mark]:
    """The mark after the last words, which may stand on the last line or the one before."""
    end = len(text.rstrip())
    for _ in range(2):
        start = text.rfind("\n", 0, end) + 1
        m = _END.search(text[max(start, end - 40) : end])
        if m is not None:
            at = max(start, end - 40)
            yield Mark("end", at + m.start(), at + len(m[0].rstrip()) + m.start())
            return
        end = len(text[:start].rstrip())


def _lines(text: str) -> Iterator[Mark]:
    at = 0
    for line in text.split("\n"):
        body = line.strip()
        if 0 < len(body) <= _LONGEST:
            start = at + line.index(body)
            if _CAPTION.match(body):
                yield Mark("caption", start, start + len(body))
            elif start < _TOP and _BYLINE.match(body):
                yield Mark("byline", start, start + len(body))
        at += len(line) + 1

"""Finds the day that a report itself carries as its own: a label, a dateline, or a line with a date alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from memcon.annotate.dates import PartialDate, TimeExpression, find_dates
from memcon.langs import en_dates as words


@dataclass(frozen=True, slots=True)
class Published:
    """The day of publication: EDTF, its year X'ed when absent. ``text[start:end]`` are the words of the date.

    ``rule`` is "label" ("Published: 12 March 2024"), "dateline" ("SEOUL, March 3 (Yonhap) --") or "line" (a line
    that holds a date and no sentence).
    """

    edtf: str
    start: int
    end: int
    rule: str


_TOP_LINES: Final = 12
_BOTTOM_LINES: Final = 4
_LONGEST_LINE: Final = 160  # characters of a line that may be a label or a date alone
_LONGEST_LEAD: Final = 110  # characters of a dateline before its date

_LABELS: Final = "|".join(sorted(words.PUBLISHED_LABELS, key=len, reverse=True))
_MARK: Final = r"[,|/\u2022\u00b7\u2013\u2014-]"
_TIME: Final = r"\d{1,2}[:.h]\d\d(?::\d\d)?(?:[ ]?[ap]\.?m\.?)?"
_LABEL: Final = re.compile(
    rf"(?i:(?:.{{0,60}}[|/\u2022\u00b7][ \t]{{0,3}})?(?P<label>{_LABELS})\b"
    r"[ \t]{0,2}[:|,\u2013\u2014-]?[ \t]{0,3}[\"'\u201c]?)\Z"
)
# "MEDIA RELEASE MINISTER FOR TRADE FA90 19 June 2002", "Press Release No. 12/2024, 14 March 2024": a release's head line.
_MOST_FURNITURE: Final = 7  # words beside the date in a line that is no prose
_DAY: Final = re.compile(rf"\d|(?:{'|'.join(words.MONTH_ABBREVIATIONS)}|May)", re.I)  # what a line without has no day in it
_TIMES: Final = re.compile(rf"(?i:{_TIME})(?:[ ]?\(?[A-Z]{{2,4}}(?:[+-]\d{{1,2}})?\)?)?")
_RELEASE: Final = re.compile(rf"(?i:(?:{'|'.join(words.RELEASES)})\b)(?:[ \t.,:|/()\u2013\u2014-]{{1,4}}(?:[A-Z0-9][\w./()-]{{0,24}}|of|for|the|and|no)){{0,14}}[ \t.,:|(\u2013\u2014-]{{1,4}}\Z")
_WORD: Final = r"[^\W\d_][\w'\u2019.-]{0,24}"
_PLACE: Final = rf"{_WORD}(?:[ ]{_WORD}){{0,4}}(?:,[ ]?{_WORD}(?:[ ]{_WORD}){{0,4}}){{0,2}}"
# "Riyadh, Rajab 21, 1444, February 12, 2023, SPA --": a day of the Islamic calendar beside the other.
_HIJRI: Final = r"(?:[A-Z][\w' \u2019-]{2,20}[ ]\d{1,2},?[ ]1[34]\d\d(?:[ ]?A?H)?[ ]?,[ ])?"
_DATELINE: Final = re.compile(
    rf"[ \t(\[]{{0,3}}{_PLACE}(?:[ ]?\([^()\n]{{1,40}}\))?[ ]?[,./|:\u2013\u2014-]{{1,2}}[ ]?{_HIJRI}(?:.{{0,30}}/[ ])?\Z"
)
_CAPITALS: Final = re.compile(r"[ ]{0,3}[A-Z][A-Z.' -]{2,40}[ ]\Z")  # "PASAY CITY 09 September 2021 --"
_AGENCY: Final = (
    r"(?:/{1,2}[\w .-]{2,24}/{1,2}|[(\[][^()\[\]\n]{2,40}[)\]]"
    r"|,?[ ]?[A-Z][A-Za-z]{1,12}(?=[ ]?(?:\n|--|[\u2013\u2014-]|\Z)))"
)
_DATELINE_END: Final = re.compile(rf"[ ]{{0,2}}[.,]?[ ]{{0,2}}{_AGENCY}?[ ]{{0,2}}(?:--|[\u2013\u2014:-]|\.[ ]|/[ ]?)?")
# "July 22, 2022 - Ottawa - ...": the date may open the line.
_DATE_FIRST_END: Final = re.compile(
    rf"[ ]{{0,2}}(?:--|[|\u2013\u2014-])[ ]{{0,2}}{_PLACE}[ ]{{0,2}}(?:--|[|:\u2013\u2014-])"
)
_ALONE_BEFORE: Final = re.compile(
    rf"\W{{0,6}}(?:{_PLACE}[ ]{{0,3}}(?:{_MARK}|\.(?=[ ])|(?={_TIME}))[ ]{{0,3}})?(?:{_TIME}[ ,|]{{0,3}})?(?:on[ ])?\Z"
)
_ALONE_AFTER: Final = re.compile(
    rf"[ ,|/\u2022\u00b7)@-]{{0,4}}(?:at[ ])?(?:{_TIME})?(?:[ ]?\(?[A-Z]{{2,4}}(?:[+-]\d{{1,2}})?\)?)?"
    rf"[ .,|/)*-]{{0,4}}(?:[|-][ ]?(?i:updated?|last updated)\b.{{0,40}})?\Z"
)


def own_dates(text: str) -> list[Published]:
    """The days in the first and last lines of ``text`` that are the report's own, in order."""
    return [x for line in _lines(text) for x in _in_line(text, *line)]


def find_published(text: str, own: list[Published] | None = None) -> Published | None:
    """The day of publication that ``text`` carries, or None. A full date is preferred to one without a year.

    Among equals: a label, then a dateline, then a date alone; and the earliest. ``own`` are the text's `own_dates`, if known. Never raises.
    """
    found = own_dates(text) if own is None else own
    order = {"label": 0, "dateline": 1, "line": 2, "updated": 3, "furniture": 4}
    if not found:
        return None
    best = min(found, key=lambda x: ("X" in x.edtf, order[x.rule], x.start))
    return Published(best.edtf, best.start, best.end, {"updated": "label", "furniture": "line"}.get(best.rule, best.rule))


def find_dateline(text: str, own: list[Published] | None = None) -> Published | None:
    """The day of the report's dateline ("HANOI, May 22 --"), or None: the day that "today" means, whatever the page's date is."""
    return next((x for x in (own_dates(text) if own is None else own) if x.rule == "dateline"), None)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the first and last lines that are not blank."""
    top = [m.span() for m, _ in zip(re.finditer(r"\S[^\n]*", text[:8000]), range(_TOP_LINES), strict=False)]
    offset = max(0, len(text) - 2000)
    bottom = [(m.start() + offset, m.end() + offset) for m in re.finditer(r"\S[^\n]*", text[offset:])]
    yield from top
    # A piece that is cut off by the window is no line.
    yield from (x for x in bottom[-_BOTTOM_LINES:] if (not top or x[0] > top[-1][0]) and (x[0] > offset or not offset))


def _in_line(text: str, start: int, end: int) -> Iterator[Published]:
    """The first day of a line, if the line says that it is the report's."""
    line = text[start : min(end, start + _LONGEST_LINE + _LONGEST_LEAD)]
    if not _DAY.search(line):
        return
    for expression in find_dates(line):
        if expression.kind != "day" or expression.start > _LONGEST_LEAD:
            continue
        rule = _rule(line, expression, whole=end - start <= _LONGEST_LINE)
        edtf = PartialDate(expression.first.year, expression.first.month, expression.first.day).edtf()
        if rule and edtf and expression.offset is None:
            yield Published(edtf, start + expression.start, start + expression.end, rule)
            return


def _rule(line: str, expression: TimeExpression, *, whole: bool) -> str | None:
    """By which sign the date is the report's own; None if it is not. ``whole`` says that the line is short."""
    before, after = line[: expression.start], line[expression.end :]
    label = _LABEL.match(before)
    if label is not None and whole and len(after.split()) <= 8:
        return "updated" if label["label"].lower().startswith(words.UPDATES) else "label"
    if _is_dateline(before, after):
        return "dateline"
    if not before.strip() and _DATE_FIRST_END.match(after):
        return "dateline"
    if whole and _RELEASE.match(before) and not after.strip(" .,)"):
        return "label"
    byline = before.startswith(words.BYLINE) and not after.strip()
    if whole and byline:
        return "line"
    if whole and expression.first.month and _ALONE_BEFORE.match(before) and _ALONE_AFTER.match(after):
        event = {x.strip(",.|:").lower() for x in before.split()} & words.EVENT_LINES
        return None if event else "line"
    if whole and expression.first.month and expression.first.year and _is_furniture(before, after):
        return "furniture"
    return None


def _is_furniture(before: str, after: str) -> bool:
    """Whether a line with a date at its start or end holds nothing but names and labels: "Article | 12 March 2024 | News"."""
    before, after = _TIMES.sub(" ", before), _TIMES.sub(" ", after)
    found = re.findall(r"[^\W\d_][\w'\u2019]*", f"{before} {after}")
    if len(found) > _MOST_FURNITURE or not words.EVENT_LINES.isdisjoint(x.lower() for x in found):
        return False
    if after.strip().endswith((".", "!", "?")) or (re.search(r"\w", before) and re.search(r"\w", after) and not re.match(r"\W*[|/\u2022\u00b7]", after)):
        return False
    return all(x[0].isupper() or x.lower() in words.FURNITURE for x in found) and not before.rstrip().endswith(",")


def _is_dateline(before: str, after: str) -> bool:
    """ "BEIJING, Oct. 17 (Xinhua) --": a place, the date, and an agency or a dash after it."""
    if not before.lstrip(" \t([")[:1].isupper():
        return False
    if _CAPITALS.match(before) and re.match(r"[ ]?(?:--|[\u2013\u2014])", after):
        return True
    if _DATELINE.match(before) is None or any(not _is_name(x) for x in before.split()):
        return False
    if before.startswith("(") and ")" not in before and re.match(r"\)\s{1,3}[\"A-Z]", after) or re.match(r"\.\s{1,3}[\"A-Z]", after) and len(before.split()) <= 3 and before.rstrip().endswith(","):
        return True  # "(Lima, 18 September 1981) The Minister …", "Lima, 18 September 1981. The Minister …"
    end = _DATELINE_END.match(after)
    return end is not None and bool(end[0].strip(" .,/"))


def _is_name(word: str) -> bool:
    """Whether a word may be part of a place or an agency: a capital, a particle, or no letter at all."""
    letters = word.strip("()[],.:/|-\u2013\u2014")
    return not letters or not letters[0].islower() or letters in ("de", "del", "la", "al", "el", "of", "da", "do")

"""Finds the day that a report itself carries as its own: a label, a dateline, or a line with a date alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from memcon.annotate.date_arithmetic import date_or_none
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

_MONTHS: Final = "|".join(x.lower() for x in (*words.MONTHS, *words.MONTH_ABBREVIATIONS))
_FULL: Final = 10  # characters of a whole day in EDTF
_NAMING: Final = 4000  # characters in which other days are looked for that tell how numbers are meant
_AT_MOST_DAYS: Final = 3  # a report names days so near to its own
_SWAPPABLE: Final = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/]((?:19|20)\d\d)")
# "18. mart 2025", "12 de marzo de 2024": pages of other languages date their English texts in their own.
_OTHER_MONTH: Final = re.compile(
    rf"(?i:\b(?P<d>\d{{1,2}})(?:\.|[\u00ba\u00b0])?[ ](?:de[ ])?(?P<m>{'|'.join(words.OTHER_MONTHS)})\.?,?[ ](?:del?[ ])?(?P<y>20\d\d)(?![\d.])(?:[ ]?g\.|\.)?)"
)
_LABELS: Final = "|".join(sorted(words.PUBLISHED_LABELS, key=len, reverse=True))
_MARK: Final = r"[,|/\u2022\u00b7\u2013\u2014-]"
_TIME: Final = r"\d{1,2}[:.h]\d\d(?::\d\d)?(?:[ ]?[ap]\.?m\.?)?"
_ZONE: Final = r"(?:[ ]?\(?[A-Z]{2,4}(?:[+-]\d{1,2}(?::?\d\d)?)?(?:[ ][A-Z]{2,4})?\)?)"  # "EDT", "(UTC+3 MSK)", "(UTC+04:00)"
_LABEL: Final = re.compile(
    rf"(?i:(?:.{{0,60}}[|/\u2022\u00b7][ \t]{{0,3}}|[^.!?\n]{{1,60}}[ ](?=(?-i:Published|Posted)\b))?(?P<label>{_LABELS})\b"
    r"[ \t]{0,2}[:|,\u2013\u2014-]?[ \t]{0,3}[\"'\u201c]?)\Z"
)
# "MEDIA RELEASE MINISTER FOR TRADE FA90 19 June 2002", "Press Release No. 12/2024, 14 March 2024": a release's head line.
_MOST_FURNITURE: Final = 7  # words beside the date in a line that is no prose
_TIMES: Final = re.compile(rf"(?i:{_TIME})(?:[ ]?{_ZONE})?")
# "No: 63, 12 March 2024, Press Release Regarding …", "QA-12, 3 May 2022, …": the number of a release and its day open its title.
_NUMBERED: Final = re.compile(r"\W{0,3}(?:No|Nr|QA|SC|BA|PR|Ref)\b[.:-]?[ ]?[\d/-]{1,9}[ ,:\u2013-]{1,3}\Z")
# "The following readout was published by the Department on Nov. 29."
_PASSED_ON: Final = re.compile(
    r"(?:The (?:following|below|above)|This)\b[^.!?\n]{0,40}\b(?:was|were|is) (?:first )?(?:published|released|issued|posted)\b[^!?\n]{0,110}\bon\s\Z", re.IGNORECASE
)
_RELEASE: Final = re.compile(rf"(?i:(?:{'|'.join(words.RELEASES)})\b)(?:[ \t.,:|/()\u2013\u2014-]{{1,4}}(?:[A-Z0-9][\w./()-]{{0,24}}|of|for|the|and|no)){{0,14}}[ \t.,:|(\u2013\u2014-]{{1,4}}\Z")
_WORD: Final = r"[^\W\d_][\w'\u2019.-]{0,24}"
_PLACE: Final = rf"{_WORD}(?:[ ]{_WORD}){{0,4}}(?:,[ ]?{_WORD}(?:[ ]{_WORD}){{0,4}}){{0,2}}"
# "Riyadh, Rajab 21, 1444, February 12, 2023, SPA --": a day of the Islamic calendar beside the other.
_HIJRI: Final = r"(?:[A-Z][\w' \u2019-]{2,20}[ ]\d{1,2},?[ ]1[34]\d\d(?:[ ]?A?H)?[ ]?,[ ])?"
_DATELINE: Final = re.compile(
    rf"[ \t(\[]{{0,3}}{_PLACE}(?:[ ]?\([^()\n]{{1,40}}\))?[ ]?[,./|:\u2013\u2014-]{{1,2}}[ ]?{_HIJRI}(?:.{{0,30}}/[ ])?\Z"
)
# "MOSCOW (UrduPoint News / Sputnik - 24th October, 2020) …": the day stands in the brackets of the agency.
_IN_BRACKETS: Final = re.compile(rf"[ \t]{{0,3}}{_PLACE}[ ]\([^()\n]{{2,50}}[ ]?[,\u2013-][ ]?\Z")
_CAPITALS: Final = re.compile(r"[ ]{0,3}[A-Z][A-Z.' -]{2,40}[ ]\Z")  # "PASAY CITY 09 September 2021 --"
_AGENCY: Final = (
    r"(?:/{1,2}[\w .-]{2,24}/{1,2}|[(\[][^()\[\]\n]{2,40}[)\]]"
    r"|,?[ ]?[A-Z][A-Za-z]{1,12}(?=[ ]?(?:\n|--|[\u2013\u2014-]|\Z))"
    r"|,?[ ]?[A-Z]{3,14}(?:\.[A-Za-z]{2,3}(?=[ ]?/)|(?=\.?[ ]?/|\.[ ]))"  # "YEREVAN, 12 MARCH, ARMENPRESS. ", "Baku. 12 March. REPORT.AZ/"
    r"|,?[ ]?(?:[A-Z][\w.]{0,14}[ ]?){1,4}(?=:))"  # "Antalya, March 03, 2024, The Europe Today: "
)
_DATELINE_END: Final = re.compile(rf"[ ]{{0,2}}[.,]?[ ]{{0,2}}{_AGENCY}?[ ]{{0,2}}(?:--|[\u2013\u2014:-]|\.[ ]|/[ ]?)?")
# "July 22, 2022 - Ottawa - ...": the date may open the line.
_DATE_FIRST_END: Final = re.compile(
    rf"[ ]{{0,2}}(?:--|[|\u2013\u2014-])[ ]{{0,2}}{_PLACE}[ ]{{0,2}}(?:--|[|:\u2013\u2014-])"
)
# "19 november 2017, 19:23": pages print the months of their own days in small letters too.
_SMALL_MONTH: Final = re.compile(rf"(?:(?<=\d )(?:{_MONTHS})(?=,? \d{{4}}\b)|\b(?:{_MONTHS})(?= \d{{1,2}},? \d{{4}}\b))")
_ALONE_BEFORE: Final = re.compile(
    rf"\W{{0,6}}(?:{_TIME}[ ]?[,|/][ ]?)?(?:{_PLACE}[ ]{{0,3}}(?:{_MARK}|\.(?=[ ])|(?={_TIME}))[ ]{{0,3}})?(?:{_TIME}[ ,|]{{0,3}})?(?:on[ ])?\Z"
)
_ALONE_AFTER: Final = re.compile(
    rf"[ ,|/\u2022\u00b7)@-]{{0,4}}(?:at[ ])?(?:{_TIME})?(?:[ ]?{_ZONE})?"
    rf"[ .,|/)*-]{{0,4}}(?:[|-][ ]?(?i:updated?|last updated)\b.{{0,40}})?\Z"
)


def own_dates(text: str) -> list[Published]:
    """The days in the first and last lines of ``text`` that are the report's own, in order."""
    return [x for line in _lines(text) for x in _in_line(text, *line)]


def find_published(text: str, own: list[Published] | None = None) -> Published | None:
    """The day of publication that ``text`` carries, or None. A full date is preferred to one without a year.

    Among equals: a label, then a dateline, then a date alone; and the earliest. ``own`` are the text's `own_dates`, if known. Never raises.
    """
    found = [_settled(text, x) for x in (own_dates(text) if own is None else own)]
    order = {"label": 0, "dateline": 1, "line": 2, "updated": 3, "furniture": 4}
    if not found:
        return _today(text)
    best = min(found, key=lambda x: ("X" in x.edtf or len(x.edtf) < _FULL, order[x.rule], x.start))
    return Published(best.edtf, best.start, best.end, {"updated": "label", "furniture": "line"}.get(best.rule, best.rule))


def _settled(text: str, found: Published) -> Published:
    """A day in numbers that may be swapped ("7/6/2017") by the days that the report names: of the two, the one that is near such a day.

    Where none or both are near, the year is all that is known.
    """
    numbers = _SWAPPABLE.match(text, found.start)
    if len(found.edtf) >= _FULL or numbers is None:
        return found
    a, b, year = (int(x) for x in numbers.groups())
    named = [x.first for x in find_dates(text[:_NAMING]) if x.kind == "day" and x.first.month and x.first.day and x.first.year in (None, year)]
    near = {
        reading
        for reading in (date(year, a, b), date(year, b, a))
        for x in named
        if (day := date_or_none(year, x.month or 1, x.day or 1)) is not None and abs((reading - day).days) <= _AT_MOST_DAYS
    }
    if not near:
        near = _by_weekday(text, {date(year, a, b), date(year, b, a)})
    return replace(found, edtf=near.pop().isoformat()) if len(near) == 1 else found


def _by_weekday(text: str, readings: set[date]) -> set[date]:
    """Those of two days that are the weekday the lead tells of, or the day after it: a report is of such a day."""
    lead = next((x for x in find_dates(text[:_NAMING]) if x.kind == "weekday" and x.offset is None), None)
    return {x for x in readings if lead is not None and (x.weekday() - (lead.first.weekday or 0)) % 7 <= 1}


def _today(text: str) -> Published | None:
    """The day that a report without a line of its own says is "today": "Today, 12 March 2024, the minister received …"."""
    for x in find_dates(text[:_NAMING]):
        if x.kind == "day" and x.first.month and text[x.start : x.start + 5].lower() == "today" and (edtf := replace(x.first, weekday=None).edtf()):
            return Published(edtf, x.start, x.end, "line")
    return None


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
    line = _SMALL_MONTH.sub(lambda m: m[0].capitalize(), text[start : min(end, start + _LONGEST_LINE + _LONGEST_LEAD)])
    for expression in _days_of(line):
        if expression.kind != "day" or expression.start > (_LONGEST_LINE if line.startswith(("The ", "This ")) else _LONGEST_LEAD):
            continue
        rule = _rule(line, expression, whole=end - start <= _LONGEST_LINE)
        edtf = PartialDate(expression.first.year, expression.first.month, expression.first.day).edtf()
        if rule and edtf and expression.offset is None:
            yield Published(edtf, start + expression.start, start + expression.end, rule)
            return


def _days_of(line: str) -> list[TimeExpression]:
    """The dates of a line, with one in another language, which only a page's own line may have."""
    other = _OTHER_MONTH.search(line)
    if other is None:
        return find_dates(line)
    month, day, year = words.OTHER_MONTHS[other["m"].lower()], int(other["d"]), int(other["y"])
    if date_or_none(year, month, day) is None:
        return find_dates(line)
    return [TimeExpression(start=other.start(), end=other.end(), kind="day", first=PartialDate(year, month, day))]


def _rule(line: str, expression: TimeExpression, *, whole: bool) -> str | None:
    """By which sign the date is the report's own; None if it is not. ``whole`` says that the line is short."""
    before, after = line[: expression.start], line[expression.end :]
    label = _LABEL.match(before)
    if label is not None and whole and len(after.split()) <= 8:
        return "updated" if label["label"].lower().startswith(words.UPDATES) else "label"
    if _is_dateline(before, after):
        return "dateline"
    if not before.strip() and _DATE_FIRST_END.match(after) or after.startswith(")") and _IN_BRACKETS.match(before):
        return "dateline"
    if _PASSED_ON.match(before) or expression.first.year and _NUMBERED.match(before):
        return "label"
    if whole and _RELEASE.match(before) and not after.strip(" .,)"):
        return "label"
    byline = before.startswith(words.BYLINE) and not after.strip()
    if whole and byline:
        return "line"
    if whole and expression.first.month and _ALONE_BEFORE.match(before) and _ALONE_AFTER.match(after):
        event = {x.strip(",.|:").lower() for x in before.split()} & (words.EVENT_LINES | words.HISTORY)
        return None if event else "line"
    if whole and expression.first.month and expression.first.year and _is_furniture(before, after):
        return "furniture"
    return None


def _is_furniture(before: str, after: str) -> bool:
    """Whether a line with a date at its start or end holds nothing but names and labels: "Article | 12 March 2024 | News"."""
    timed = _TIMES.match(before.strip()) is not None
    before, after = _TIMES.sub(" ", before), _TIMES.sub(" ", after)
    found = re.findall(r"[^\W\d_][\w'\u2019]*", f"{before} {after}")
    if len(found) > _MOST_FURNITURE or not (words.EVENT_LINES | (words.HISTORY - {"ago"})).isdisjoint(x.lower() for x in found):
        return False
    if after.strip().endswith((".", "!", "?")) or (re.search(r"\w", before) and re.search(r"\w", after) and not re.match(r"\W*(?:[|/\u2022\u00b7]|in [A-Z])", after)):
        return False
    if timed and not before.strip(" ,|"):
        return True  # "09:43, 3 December 2025, Oslo - NOR.no news agency": no sentence opens with an hour and a day
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

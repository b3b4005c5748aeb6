"""Finds the words of a text that say when, and reads what they themselves say: no year is guessed here.

`memcon.annotate.calendar` decides what day is meant. The work is one pass over the text: a trigger word
(a month, a weekday, a number, a phrase) and, from it, a few patterns of bounded length; so time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from memcon.annotate import date_patterns as patterns
from memcon.langs import en_dates as words


@dataclass(frozen=True, slots=True)
class PartialDate:
    """What is known of a day. ``month`` 1-12, ``day`` 1-31, ``weekday`` 0 (Monday) to 6; None is unknown."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def edtf(self) -> str | None:
        """EDTF with X for each unknown digit before a known part; None for a mere weekday or nothing."""
        if self.day is not None:
            return f"{_digits(self.year, 4)}-{_digits(self.month, 2)}-{self.day:02d}"
        if self.month is not None:
            return f"{_digits(self.year, 4)}-{self.month:02d}"
        return None if self.year is None else f"{self.year:04d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that say when: ``text[start:end]``, without the preposition before them.

    ``kind``: day, weekday, month, year, decade, range (of days, weekdays or months), year_range, same_day,
    anchored (the next day, a week later), relative (counted from publication), day_of_visit.
    ``unit`` and ``offset`` say how far a relative expression lies from its origin ("last month": month, -1;
    "May last year": year, -1; the third day of a visit: day, 3; its last day: day, -1). ``named`` marks a date
    that belongs to a thing's name or description ("the 1979 revolution"), not to what is told.
    """

    start: int
    end: int
    kind: str
    first: PartialDate
    last: PartialDate | None = None
    offset_days: int | None = None
    preposition: str | None = None
    unit: str | None = None
    offset: int | None = None
    named: bool = False


def _digits(number: int | None, width: int) -> str:
    return "X" * width if number is None else f"{number:0{width}d}"


_Match = re.Match[str]
_Reader = Callable[[str, int], list["TimeExpression"]]
_MONTH_NUMBERS: Final = {k.lower(): v for k, v in (*words.MONTHS.items(), *words.MONTH_ABBREVIATIONS.items())}
_WEEKDAY_NUMBERS: Final = {k.lower(): v for k, v in (*words.WEEKDAYS.items(), *words.WEEKDAY_ABBREVIATIONS.items())}


def find_dates(text: str) -> list[TimeExpression]:
    """All expressions of time in ``text``, sorted by place, not overlapping. Linear time; never raises."""
    found: list[TimeExpression] = []
    place = 0
    for trigger in _triggers(text):
        if trigger.start() < place:
            continue  # inside the last expression
        for expression in _read(text, trigger):
            _append(text, found, expression)
            place = expression.end
    return found


def _triggers(text: str) -> Iterator[_Match]:
    """The words and figures that an expression may start from, in order."""
    starts, match, end = patterns.STARTS, patterns.TRIGGER.match, 0
    for word in patterns.FIRST_WORD.finditer(text):
        printed = word[0]
        if (printed.lower() in starts or printed[0].isdigit()) and word.start() >= end:
            trigger = match(text, word.start())
            if trigger is not None:
                end = trigger.end()
                yield trigger


def _append(text: str, found: list[TimeExpression], new: TimeExpression) -> None:
    """Adds ``new``, joined to the expression before it when both are the ends of one range."""
    joined = _joined(text, found[-1], new) if found else None
    if joined is None:
        found.append(new)
    else:
        found[-1] = joined


def _read(text: str, trigger: _Match) -> list[TimeExpression]:
    """What stands at a trigger: the first reader of its class that finds a sound date wins. A common word such as "the" costs one or two tries."""
    kind, at = trigger.lastgroup or "", trigger.start()
    for reader in _HEAD_READERS[trigger[0].lower()] if kind == "word" else _READERS[kind]:
        if found := reader(text, at):
            return found
    return []


def _match_phrase(table: Mapping[str, re.Pattern[str]], text: str, at: int) -> _Match | None:
    """The phrase at ``at``, by the pattern for its first word."""
    word = patterns.FIRST_WORD.match(text, at)
    pattern = table.get(word[0].lower()) if word else None
    return pattern.match(text, at) if pattern else None


# --- the parts of a match -------------------------------------------------------------------------------------------


def _month(printed: str) -> int:
    return _MONTH_NUMBERS[printed.rstrip(".").lower()]


def _weekday(match: _Match) -> int | None:
    groups = match.groupdict()
    printed = groups.get("wd") or groups.get("wd2")
    return None if printed is None else _WEEKDAY_NUMBERS[printed.rstrip(".").lower()]


def _year(match: _Match) -> int | None:
    if match["y"]:
        return int(match["y"])
    # "'06": the two digits of a year are read as a present-day report writes them.
    return 1900 + int(match["short"]) + 100 * (int(match["short"]) < 60) if match["short"] else None


def _shift(match: _Match) -> tuple[str | None, int | None]:
    """Unit and offset of "last year", "this month" after a date; two Nones without such words."""
    return (match["unit"], words.DIRECTIONS[match["dir"].lower()]) if match["dir"] else (None, None)


def _number(printed: str) -> int:
    return int(re.sub(r"\D", "", printed))


def _exists(year: int | None, month: int, day: int) -> bool:
    """Whether such a day can be; an unknown year may be a leap year."""
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def _lead(text: str, start: int) -> tuple[str | None, bool]:
    """The preposition before ``start`` and whether a determiner or possessive stands between them."""
    before = text[max(0, start - 40) : start].lower().split()
    determined = False
    while before and (before[-1] in words.DETERMINERS or before[-1].endswith(("'s", "\u2019s"))):
        before.pop()
        determined = True
    word = before[-1] if before else ""
    return (word if word in words.PREPOSITIONS else None), determined


def _following(text: str, end: int) -> str:
    match = patterns.NEXT_WORD.match(text, end)
    return match[1] if match else ""


def _expression(
    text: str,
    start: int,
    end: int,
    kind: str,
    first: PartialDate,
    *,
    last: PartialDate | None = None,
    shift: tuple[str | None, int | None] = (None, None),
    named: bool = False,
) -> TimeExpression:
    """An expression with its preposition, and marked when an event's noun follows it. ``shift`` is unit and offset."""
    preposition, determined = _lead(text, start)
    noun = _following(text, end)
    named = named or noun.lower() in words.EVENT_NOUNS or text[max(0, start - 6) : start].lower().endswith(words.HABITS)
    if kind in ("year", "decade"):
        named = named or _describes(noun, preposition, determined)
    days = shift[1] if shift[0] == "day" and kind != "day_of_visit" else None
    return TimeExpression(
        start=start,
        end=end,
        kind=kind,
        first=first,
        last=last,
        offset_days=days,
        preposition=preposition,
        unit=shift[0],
        offset=shift[1],
        named=named,
    )


def _describes(noun: str, preposition: str | None, determined: bool) -> bool:
    """Whether a year describes the noun after it: "the 1979 revolution", "2030 Agenda"; not "in 2023 President"."""
    return bool(noun) and (determined or (preposition is None and noun[0].isupper()))


# --- readers: each takes the text and a place, and gives the expressions that start there ---------------------------


def _read_month_day(text: str, at: int) -> list[TimeExpression]:
    match = patterns.MONTH_DAY.match(text, at)
    if match is None or (match["y"] is None and _following(text, match.end("d")).lower() in words.COUNTED):
        return []
    return _days(text, match, match["d"], match.start("d"))


def _read_day_month(text: str, at: int) -> list[TimeExpression]:
    match = patterns.DAY_MONTH.match(text, at)
    if match is None:
        return []
    if match["ord"]:
        return _days(text, match, str(words.ORDINALS[match["ord"].lower()]), match.start("ord"))
    return _days(text, match, match["d"], match.start("d"))


def _days(text: str, match: _Match, printed: str, printed_at: int) -> list[TimeExpression]:
    """Days of one month: one, a range ("17-19", "17 and 18") or several apart ("3, 8 and 20")."""
    month, year, weekday, shift = _month(match["m"]), _year(match), _weekday(match), _shift(match)
    numbers = [(int(x[0]), x.start()) for x in re.finditer(r"\d+", printed)]
    if not all(_exists(year, month, number) for number, _ in numbers):
        return []
    first = PartialDate(year, month, numbers[0][0], weekday if len(numbers) == 1 else None)
    if len(numbers) == 1:
        return [_expression(text, match.start(), match.end(), "day", first, shift=shift)]
    last = PartialDate(year, month, numbers[-1][0])
    if _is_run(text, match.start(), printed, [number for number, _ in numbers]):
        return [_expression(text, match.start(), match.end(), "range", first, last=last, shift=shift)]
    return _apart(text, match, [(n, printed_at + at) for n, at in numbers], PartialDate(year, month))


def _is_run(text: str, start: int, printed: str, numbers: list[int]) -> bool:
    """Whether the days form one stretch: joined by a dash or "to", between two, or one after another."""
    if numbers != sorted(set(numbers)):
        return False
    listed = re.search(patterns.AND, printed) is not None
    return not listed or _lead(text, start)[0] == words.BETWEEN or numbers[-1] - numbers[0] == len(numbers) - 1


def _apart(text: str, match: _Match, numbers: list[tuple[int, int]], month: PartialDate) -> list[TimeExpression]:
    """One expression a day. The month stands with the first or the last, which keeps the words around it."""
    starts = [match.start(), *(at for _, at in numbers[1:])]
    ends = [at + len(str(number)) for number, at in numbers[:-1]] + [match.end()]
    preposition = _lead(text, match.start())[0]
    return [
        TimeExpression(start=s, end=e, kind="day", first=replace(month, day=number), preposition=preposition)
        for s, e, (number, _) in zip(starts, ends, numbers, strict=True)
    ]


def _read_day_of_month(text: str, at: int) -> list[TimeExpression]:
    """ "on the 17th", "the 12th of this month"; a bare ordinal only after "on the", which "17th Congress" lacks."""
    match = patterns.DAY_OF_MONTH.match(text, at)
    if match is None:
        return []
    if not match["dir"] and not text[max(0, at - 8) : at].lower().endswith(words.ON_THE + " "):
        return []
    first = PartialDate(day=_number(match["d"]), weekday=_weekday(match))
    return [_expression(text, at, match.end(), "day", first, shift=_shift(match))]


def _read_iso(text: str, at: int) -> list[TimeExpression]:
    match = patterns.ISO.match(text, at)
    if match is None:
        return []
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    if not _exists(year, month, day):
        return []
    return [_expression(text, at, match.end(), "day", PartialDate(year, month, day))]


def _read_named(text: str, at: int) -> list[TimeExpression]:
    """ "12-Mar-2024"."""
    match = patterns.NAMED.match(text, at)
    if match is None or not _exists(int(match["y"]), _month(match["m"]), int(match["d"])):
        return []
    return [_expression(text, at, match.end(), "day", PartialDate(int(match["y"]), _month(match["m"]), int(match["d"])))]


def _read_numeric(text: str, at: int) -> list[TimeExpression]:
    """ "05.03.2024": the day first. With other marks, only numbers that cannot be swapped give day and month."""
    match = patterns.NUMERIC.match(text, at)
    if match is None:
        return []
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if match["sep"] == "." or a > 12 or a == b:
        day, month = a, b
    else:
        day, month = b, a
    if not _exists(year, month, day):
        return []
    swappable = match["sep"] != "." and a != b and max(a, b) <= 12 and patterns.MONTH_FIRST.match(text, match.end("y")) is None
    told = patterns.WEEKDAY_BEFORE.search(text[max(0, at - 40) : at])
    if swappable and told is not None:
        # "Tuesday, 09:25, 12/04/2016": the weekday tells the day from the month.
        fitting = [(d, m) for d, m in ((a, b), (b, a)) if date(year, m, d).weekday() == _WEEKDAY_NUMBERS[told["wd"].rstrip(".").lower()]]
        if len(fitting) == 1:
            (day, month), swappable = fitting[0], False
    first = PartialDate(year) if swappable else PartialDate(year, month, day)
    return [_expression(text, at, match.end(), "day", first)]


def _read_months(text: str, at: int) -> list[TimeExpression]:
    match = patterns.MONTHS.match(text, at)
    if match is None or (match.end() == match.end("m") and not _stands_alone(text, match)):
        return []
    month, year, shift = _month(match["m"]), _year(match), _shift(match)
    second = _month(match["m2"]) if match["m2"] else None
    if second is None:
        return [_expression(text, at, match.end(), "month", PartialDate(year, month), shift=shift)]
    if match["and"] and second != month + 1 and _lead(text, at)[0] != words.BETWEEN:
        return [_expression(text, at, match.end("m"), "month", PartialDate(year, month), shift=shift)]
    earlier = year - 1 if year is not None and second < month else year
    first, last = PartialDate(earlier, month), PartialDate(year, second)
    return [_expression(text, at, match.end(), "range", first, last=last, shift=shift)]


def _stands_alone(text: str, match: _Match) -> bool:
    """Whether a bare month is one: not an abbreviation, nor "March" the verb or "May" the name."""
    name = match["m"].capitalize()
    if name not in words.MONTHS:
        return False
    before = text[max(0, match.start() - 16) : match.start()].replace("-", " ")
    parts = before.lower().split() if before[-1:].isspace() else []
    lead, further = (parts[-1] if parts else ""), (parts[-2] if len(parts) > 1 else "")
    led = lead in words.MONTH_LEADS or (lead == words.OF and further in words.MONTH_LEADS)
    if name in words.NAME_MONTHS:
        return led and not text.startswith(("'s", "\u2019s"), match.end())
    if led or lead in words.PREPOSITIONS or name in words.DOUBTFUL_MONTHS:
        return led or lead in words.PREPOSITIONS
    # "30 February" is no day, and so no month either.
    return lead in words.DETERMINERS or not (lead.isdigit() or _following(text, match.end())[:1].isupper())


def _read_years(text: str, at: int) -> list[TimeExpression]:
    match = patterns.YEARS.match(text, at)
    if match is None or _is_number(text, match):
        return []
    year = int(match["y"])
    if match["s"]:
        return [_expression(text, at, match.end(), "decade", PartialDate(year))] if year % 10 == 0 else []
    if match["y2"]:
        last, end = int(match["y2"]), match.end()
    elif match["short"]:
        last, end = year - year % 100 + int(match["short"]), match.end()
    else:
        last, end = year, match.end()
    if last == year:
        return [_expression(text, at, end, "year", PartialDate(year))]
    return _two_years(text, match, year, last)


def _two_years(text: str, match: _Match, year: int, last: int) -> list[TimeExpression]:
    """ "2022-2024", "2022/23"; "2022-10" is a month; numbers that go down are two things, the first is kept."""
    if last > year:
        return [_expression(text, match.start(), match.end(), "year_range", PartialDate(year), last=PartialDate(last))]
    if match["short"] and 1 <= int(match["short"]) <= 12:
        month = PartialDate(year, int(match["short"]))
        return [_expression(text, match.start(), match.end(), "month", month)]
    return [_expression(text, match.start(), match.end("y"), "year", PartialDate(year))]


def _is_number(text: str, match: _Match) -> bool:
    """Whether four digits count things or number a resolution. Round numbers need a preposition to be years."""
    start, year = match.start(), int(match["y"])
    if _following(text, match.end()).lower() in words.COUNTED or patterns.NUMBERED.search(
        text[max(0, start - 40) : start]
    ):
        return True
    plain = match["s"] is None and match["y2"] is None
    if plain and (year % 100 == 0 or year < 1700):
        return _lead(text, start)[0] is None
    return False


def _read_weekdays(text: str, at: int) -> list[TimeExpression]:
    match = patterns.WEEKDAYS.match(text, at)
    if match is None:
        return []
    before = patterns.WORD.findall(text[max(0, at - 12) : at])[-1:] or [""]
    named = before[0].lower() in words.WEEKDAY_NAME_BEFORE
    named = named or _following(text, match.end()).lower() in words.WEEKDAY_NAME_AFTER
    first = PartialDate(weekday=_WEEKDAY_NUMBERS[match["wd"].lower()])
    if not match["wd2"] and not match["dir"] and (day := patterns.BRACKETED.match(text, match.end())):
        return [_expression(text, at, day.end(), "day", replace(first, day=_number(day["d"])))]
    if match["wd2"]:
        last = PartialDate(weekday=_WEEKDAY_NUMBERS[match["wd2"].lower()])
        return [_expression(text, at, match.end(), "range", first, last=last)]
    return [_expression(text, at, match.end(), "weekday", first, shift=_shift(match), named=named)]


def _read_phrase(text: str, at: int) -> list[TimeExpression]:
    match = _match_phrase(patterns.PHRASE, text, at)
    if match is None:
        return []
    if patterns.NAME_BEFORE.search(text[max(0, at - 24) : at]) and match[0][:1].isupper():
        return []  # "The Europe Today", "Russia Today": an outlet
    phrase = " ".join(match[0].lower().split())
    if phrase in words.CLAUSE_FINAL and _following(text, match.end()):
        return []
    kind, days = patterns.PHRASES[phrase]
    if kind == "relative" and (day := patterns.BRACKETED.match(text, match.end())):
        return [_expression(text, at, day.end(), "day", PartialDate(day=_number(day["d"])))]
    if kind == "relative" and (named := _read_apposed(text, at, match.end())):
        return named
    return [_expression(text, at, match.end(), kind, PartialDate(), shift=("day", days))]


def _read_apposed(text: str, at: int, end: int) -> list[TimeExpression]:
    """ "today, 12 March", "yesterday (March 11)", "tonight, on 3 May": the day is named beside its word."""
    gap = patterns.APPOSED.match(text, end)
    if gap is None:
        return []
    for reader in (_read_month_day, _read_day_month, _read_iso, _read_numeric):
        found = reader(text, gap.end())
        if found and found[0].kind == "day" and found[0].start == gap.end():
            return [replace(found[0], start=at, preposition=_lead(text, at)[0])]
    return []


def _read_directed(text: str, at: int) -> list[TimeExpression]:
    """ "last year", "next Friday", "this May"."""
    match = _match_phrase(patterns.DIRECTED, text, at)
    if match is None:
        return []
    offset = words.DIRECTIONS[match["dir"].lower()]
    if match["unit"]:
        return [_expression(text, at, match.end(), "relative", PartialDate(), shift=(match["unit"], offset))]
    if match["wd"]:
        day = PartialDate(weekday=_weekday(match))
        return [_expression(text, at, match.end(), "weekday", day, shift=("weekday", offset))]
    month = PartialDate(month=_month(match["m"]))
    return [_expression(text, at, match.end(), "month", month, shift=("month", offset))]


def _read_from_anchor(text: str, at: int) -> list[TimeExpression]:
    """ "that year", "the following month": counted from the event told before."""
    match = _match_phrase(patterns.FROM_ANCHOR, text, at)
    if match is None:
        return []
    shift = (match["unit"], words.ANCHOR_DIRECTIONS[" ".join(match["dir"].lower().split())])
    return [_expression(text, at, match.end(), "anchored", PartialDate(), shift=shift)]


def _read_counted(text: str, at: int) -> list[TimeExpression]:
    """ "two days ago" (from publication), "two days later" (from the event told before)."""
    match = patterns.COUNTED.match(text, at)
    if match is None:
        return []
    printed, way = " ".join(match["n"].lower().split()), match["way"].lower()
    number = int(printed) if printed.isdigit() else words.NUMBERS[printed]
    kind = "relative" if way in words.PASSED else "anchored"
    sign = words.PASSED[way] if way in words.PASSED else words.PASSED_FROM_ANCHOR[way]
    offset = None if number is None else sign * number
    return [_expression(text, at, match.end(), kind, PartialDate(), shift=(match["unit"], offset))]


def _read_day_of_visit(text: str, at: int) -> list[TimeExpression]:
    match = patterns.DAY_OF_VISIT.match(text, at)
    if match is None:
        return []
    which = match["which"].lower()
    nth = -1 if which in words.LAST_DAY_WORDS else words.ORDINALS.get(which) or _number(which)
    return [_expression(text, at, match.end(), "day_of_visit", PartialDate(), shift=("day", nth))]


def _read_qualified(text: str, at: int) -> list[TimeExpression]:
    """ "early 2023", "mid-May", "later this month", "the end of next year": the rest says which one."""
    match = _match_phrase(patterns.QUALIFIER, text, at)
    if match is None:
        return []
    for reader in (_read_months, _read_years, _read_directed, _read_from_anchor, _read_weekdays):
        if (rest := reader(text, match.end())) and rest[0].kind in patterns.QUALIFIED and rest[0].start == match.end():
            preposition, _ = _lead(text, at)
            return [replace(rest[0], start=at, preposition=preposition, named=False)]
    return []


def _by_head() -> dict[str, tuple[_Reader, ...]]:
    """First word of a phrase -> the readers that may read it."""
    heads: list[tuple[_Reader, Iterable[str]]] = [
        (_read_phrase, patterns.PHRASES),
        (_read_directed, words.DIRECTIONS),
        (_read_from_anchor, words.ANCHOR_DIRECTIONS),
        (_read_qualified, words.QUALIFIERS),
        (_read_counted, words.NUMBERS),
        (_read_day_of_visit, (*words.ORDINALS, *words.LAST_DAY_WORDS)),
        (_read_day_month, words.ORDINALS),
    ]
    return {
        word: tuple(reader for reader, phrases in heads if word in {x.split()[0] for x in phrases})
        for word in patterns.HEADS
    }


_HEAD_READERS: Final = _by_head()
_READERS: Final = {
    "digit": (_read_day_month, _read_named, _read_numeric, _read_counted, _read_day_of_visit, _read_day_of_month),
    "year": (_read_iso, _read_years),
    "month": (_read_month_day, _read_months),
    "weekday": (_read_month_day, _read_day_month, _read_day_of_month, _read_weekdays),
}


# --- ranges whose two ends are dates of their own -------------------------------------------------------------------


def _joined(text: str, a: TimeExpression, b: TimeExpression) -> TimeExpression | None:
    """The range "a to b", or None when they are two dates or the range is impossible."""
    gap = text[a.end : b.start]
    if a.kind != b.kind or a.kind not in ("day", "weekday", "month", "year") or len(gap) > 14:
        return None
    between = a.preposition == words.BETWEEN and patterns.AND_GAP.fullmatch(gap)
    if not between and (patterns.RANGE_GAP.fullmatch(gap) is None or _is_moved(text, a.start)):
        return None
    ends = _ends(a.first, b.first)
    if ends is None:
        return None
    kind = "year_range" if a.kind == "year" else "range"
    unit, offset = (b.unit, b.offset) if b.offset is not None else (a.unit, a.offset)
    return replace(a, end=b.end, kind=kind, first=ends[0], last=ends[1], unit=unit, offset=offset, named=False)


def _is_moved(text: str, start: int) -> bool:
    """Whether "from X to Y" tells of a date that was moved from X to Y."""
    clause = re.split(r"[.;]\s", text[max(0, start - 70) : start])[-1].lower()
    return not words.MOVED.isdisjoint(patterns.WORD.findall(clause))


def _ends(a: PartialDate, b: PartialDate) -> tuple[PartialDate, PartialDate] | None:
    """Both ends with the year that only one of them prints; None when the second would come first."""
    if a.day is not None and a.month is None:
        a = replace(a, month=b.month, year=b.year)
    turns = (a.month or 0, a.day or 0) > (b.month or 0, b.day or 0)
    if a.year is None and b.year is not None:
        a = replace(a, year=b.year - turns)
    elif b.year is None and a.year is not None:
        b = replace(b, year=a.year + turns)
    if a.year is not None and b.year is not None and (a.year, turns) > (b.year, False):
        return None
    return a, b

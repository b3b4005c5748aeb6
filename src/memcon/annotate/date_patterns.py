"""The patterns of English dates that `memcon.annotate.dates` reads with, made from `memcon.langs.en_dates`.

Every quantifier is bounded, so that no text can make a match slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from memcon.langs import en_dates as words


def _either(options: Iterable[str]) -> str:
    """An alternation, longest first, in which a space matches any short white space."""
    return "|".join(re.escape(x).replace(r"\ ", SP) for x in sorted(options, key=lambda x: (-len(x), x)))


def _spelled(names: Iterable[str]) -> str:
    """Names as printed and in capitals; never in small letters ("may", "march")."""
    return _either({form for name in names for form in (name, name.upper())})


def _by_head(pattern: str, phrases: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """``pattern`` for the phrases that start with a word, by that word; ``{}`` in it stands for them."""
    heads: dict[str, list[str]] = {}
    for phrase in phrases:
        heads.setdefault(phrase.split()[0], []).append(phrase)
    return {head: re.compile(pattern.replace("{}", _either(own))) for head, own in heads.items()}


SP: Final = r"(?:[^\S\n]{1,3}\n?|\n)"
TO: Final = rf"(?:{SP}?[-\u2010-\u2015\u2212]{SP}?|{SP}(?:{'|'.join(words.RANGE_WORDS)}){SP})"
AND: Final = rf"{SP}(?:{'|'.join(words.AND_WORDS)}){SP}"
YEAR: Final = r"(?:1[5-9]|20)\d\d(?!\d|[.,]\d|%)"
SUFFIX: Final = "|".join(words.ORDINAL_SUFFIXES)
DAY: Final = rf"(?:[12]\d|3[01]|0?[1-9])(?:{SUFFIX})?(?![\d%]|[.:/]\d|,\d\d\d(?!\d))"
DAYS: Final = rf"{DAY}(?:{TO}{DAY}|(?:,{SP}{DAY}){{0,3}},?{AND}{DAY})?"
MONTH: Final = rf"(?:(?:{_spelled(words.MONTHS)})(?!\w)|(?:{_spelled(words.MONTH_ABBREVIATIONS)})(?!\w)\.?)"
FULL_WEEKDAY: Final = rf"(?:{_spelled(words.WEEKDAYS)})(?!\w)"
WEEKDAY: Final = rf"(?:{FULL_WEEKDAY}|(?:{_spelled(words.WEEKDAY_ABBREVIATIONS)})(?!\w)\.?)"
PART: Final = rf"(?:{SP}(?:{'|'.join(words.PARTS_OF_DAY)})\b)?"
TOWARDS: Final = _either(words.DIRECTIONS)
OF_YEAR: Final = (
    rf"(?:,?{SP}?['\u2019](?P<short>\d\d)(?!\w)|(?:,{SP}?|{SP}(?:{words.OF}{SP})?)(?P<y>{YEAR})"
    rf"|,?{SP}(?:{words.OF}{SP})?(?P<dir>{TOWARDS}){SP}(?P<unit>year))?"
)
# A weekday before the date ("Monday, ", "Monday (") or after it ("(Monday)").
BEFORE: Final = rf"(?:(?P<wd>{WEEKDAY}){PART}(?:(?P<par>{SP}?\()|,?{SP})(?:{words.THE}{SP})?)?"
AFTER: Final = rf"(?(par)\)|(?:{SP}?\((?P<wd2>{WEEKDAY})\))?){PART}"
CLOCK: Final = (
    r"(?:(?:T|,?[ ])\d\d?:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d|[ ](?:UTC|GMT|CET|CEST|EST|EDT))?(?!\d))?"
)

MONTH_DAY: Final = re.compile(
    rf"{BEFORE}(?P<m>{MONTH})(?:(?<=\.)|{SP})(?P<d>{DAY}(?:{TO}{DAY}(?!{SP}{MONTH})"
    rf"|(?:,{SP}{DAY}(?!{SP}{MONTH})){{0,3}},?{AND}{DAY}(?!{SP}{MONTH}))?){OF_YEAR}{AFTER}"
)
ORDINAL: Final = _either(words.ORDINALS)
DAY_MONTH: Final = re.compile(
    rf"{BEFORE}(?:(?P<d>{DAYS}){SP}(?:{words.OF}{SP})?|(?P<ord>(?i:{ORDINAL})){SP}{words.OF}{SP})"
    rf"(?P<m>{MONTH}){OF_YEAR}{AFTER}"
)
DAY_OF_MONTH: Final = re.compile(
    rf"{BEFORE}(?P<d>{DAY})(?:{SP}{words.OF}{SP}(?P<dir>{TOWARDS}){SP}(?P<unit>month)\b"
    rf"|(?<=[a-z])(?=[,.;)]|{SP}(?:and|in|at|with|to|for)\b|\Z))(?(par)\))"
)
ISO: Final = re.compile(rf"(?P<y>(?:1[5-9]|20)\d\d)(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)(?!\d){CLOCK}")
# "12-Mar-2024", "12/Mar/2024"
NAMED: Final = re.compile(rf"(?P<d>\d\d?)(?P<sep>[-/.])(?P<m>{MONTH})(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d)")
NUMERIC: Final = re.compile(rf"(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d|\.\d){CLOCK}")
WEEKDAY_BEFORE: Final = re.compile(rf"\b(?P<wd>{WEEKDAY}),?{SP}?(?:\d\d?[:.]\d\d(?:[ ]?[apAP]\.?[mM]\.?)?,?{SP}?)?\Z")
MONTH_FIRST: Final = re.compile(rf",?[ ]\d\d?:\d\d(?::\d\d)?(?:[ ]?[aApP]\.?[mM]\.?)?[ ]\(?(?:{'|'.join(words.MONTH_FIRST_ZONES)})\b")
MONTHS: Final = re.compile(rf"(?P<m>{MONTH})(?:(?:{TO}|(?P<and>{AND}))(?P<m2>{MONTH})(?!{SP}\d\d?\b))?{OF_YEAR}")
YEARS: Final = re.compile(
    rf"(?P<y>(?:1[5-9]|20)\d\d)(?:(?P<s>s)\b|{TO}(?P<y2>{YEAR})|[-\u2013/](?P<short>\d\d)(?![\w/-]|[.,]\d)|(?!\w|[.,:/]\d|%|-\d))"
)
WEEKDAYS: Final = re.compile(
    rf"(?P<wd>{FULL_WEEKDAY}){PART}(?:{TO}(?P<wd2>{FULL_WEEKDAY}){PART}"
    rf"|,?{SP}(?:{words.OF}{SP})?(?P<dir>{TOWARDS}){SP}(?P<unit>week)\b)?"
)
# "this morning (28)", "on Monday (28th)": the day of the month in brackets.
BRACKETED: Final = re.compile(rf"{SP}?\((?P<d>(?:[12]\d|3[01]|0?[1-9])(?:{SUFFIX})?)\)")
# Between "today" and the day that it is: "today, March 12", "today (12 March)", "today, on 12 March".
APPOSED: Final = re.compile(rf",?{SP}?\(?(?:on{SP}(?:{words.THE}{SP})?)?(?=[\dA-Z])")
NAME_BEFORE: Final = re.compile(r"[A-Z][\w'\u2019]{1,20} \Z")
PHRASES: Final[Mapping[str, tuple[str, int]]] = {
    **{phrase: ("relative", days) for phrase, days in words.DAYS_FROM_PUBLICATION.items()},
    **{phrase: ("same_day" if days == 0 else "anchored", days) for phrase, days in words.DAYS_FROM_ANCHOR.items()},
}
# Patterns of phrases, by their first word: long alternations are slow to try at every "the".
PHRASE: Final = _by_head(r"(?i:{})\b", PHRASES)
DIRECTED: Final = _by_head(rf"(?P<dir>(?i:{{}})){SP}(?:(?P<unit>week|month|year|decade)\b|(?P<wd>{FULL_WEEKDAY}){PART}|(?P<m>{MONTH}))", words.DIRECTIONS)
FROM_ANCHOR: Final = _by_head(rf"(?P<dir>(?i:{{}})){SP}(?P<unit>week|month|year|decade)\b", words.ANCHOR_DIRECTIONS)
COUNTED: Final = re.compile(
    rf"(?P<n>\d{{1,3}}|(?i:{_either(words.NUMBERS)}))(?:{SP}|-)(?P<unit>{'|'.join(words.UNITS)})s?"
    rf"{SP}(?P<way>{_either((*words.PASSED, *words.PASSED_FROM_ANCHOR))})\b"
)
DAY_OF_VISIT: Final = re.compile(
    rf"(?P<which>(?i:{ORDINAL}|{'|'.join(words.LAST_DAY_WORDS)})|\d\d?(?:{SUFFIX})){SP}(?:and{SP}(?:last|final){SP})?"
    rf"day{SP}{words.OF}{SP}(?:[\w'\u2019-]{{1,20}}{SP}){{0,5}}?(?:{'|'.join(words.STAYS)})\b"
)
QUALIFIER: Final = _by_head(rf"(?i:{{}})(?:{SP}(?:{words.THE}{SP})?|-)", words.QUALIFIERS)
HEADS: Final = {
    x.split()[0] for x in (*PHRASES, *words.DIRECTIONS, *words.ANCHOR_DIRECTIONS, *words.NUMBERS, *words.QUALIFIERS)
} | {
    *words.ORDINALS,
    *words.LAST_DAY_WORDS,
}
TRIGGER: Final = re.compile(
    rf"(?=\w)(?<!\w)(?:(?<![$\u20ac\u00a3\u00a5#+])(?<!\d[.,:/])(?<!\w-)(?:(?P<digit>\d{{1,3}})|(?P<year>\d{{4}}))(?!\d)"
    rf"|(?P<month>{_spelled((*words.MONTHS, *words.MONTH_ABBREVIATIONS))})(?!\w)"
    rf"|(?P<weekday>{_spelled((*words.WEEKDAYS, *words.WEEKDAY_ABBREVIATIONS))})(?!\w)"
    rf"|(?P<word>(?i:{_either(HEADS)}))(?!\w))"
)
RANGE_GAP: Final = re.compile(rf"(?:{SP})?{TO}(?:(?:{words.THE}|on){SP})?|{TO}")
AND_GAP: Final = re.compile(AND)
WORD: Final = re.compile(r"[^\W\d_][\w\u2019']{0,30}")
NEXT_WORD: Final = re.compile(rf"{SP}([^\W\d_][\w'\u2019-]{{0,30}})")
QUALIFIED: Final = ("month", "year", "decade", "relative", "anchored", "weekday", "range")
NUMBERED: Final = re.compile(
    rf"(?i:\b(?:{'|'.join(words.NUMBERED_THINGS)})\.?)[\s(]{{0,2}}[\d\s,/()]{{0,20}}(?:and|or)?[\s(]{{0,2}}\Z"
)

FIRST_WORD: Final = re.compile(r"\w+")
STARTS: Final = frozenset(
    FIRST_WORD.findall(x)[0].lower() for x in (*HEADS, *words.MONTHS, *words.MONTH_ABBREVIATIONS, *words.WEEKDAYS, *words.WEEKDAY_ABBREVIATIONS)
)
"""What a trigger may begin with, figures aside; asking for it is quicker than trying the pattern at every word."""

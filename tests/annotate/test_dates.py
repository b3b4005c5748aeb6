"""Dates: what is found, what is decided, and what stays unknown."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.annotate.calendar import DateContext, Decided, build_context, decide
from memcon.annotate.dates import PartialDate, TimeExpression, find_dates
from memcon.annotate.published import find_published
from tests.timing import assert_within, seconds

SHARED = Path(__file__).parents[3] / "shared"

# sentence, kind, words, EDTF without a day of publication ("a/b" for a range, "-" for undecided)
ROWS = [
    # days, United States and agencies
    ("They met on October 17, 2022.", "day", "October 17, 2022", "2022-10-17"),
    ("They met on October 17 2022.", "day", "October 17 2022", "2022-10-17"),
    ("They met on Oct. 17, 2022, in Hanoi.", "day", "Oct. 17, 2022", "2022-10-17"),
    ("He called on Sept. 5.", "day", "Sept. 5", "XXXX-09-05"),
    ("He called on Sep 5 to say so.", "day", "Sep 5", "XXXX-09-05"),
    ("OCTOBER 17, 2022 WAS THE DAY", "day", "OCTOBER 17, 2022", "2022-10-17"),
    ("The call took place March 3rd.", "day", "March 3rd", "XXXX-03-03"),
    ("on June 2nd, 2021", "day", "June 2nd, 2021", "2021-06-02"),
    ("paid a courtesy call on August 23 as part of", "day", "August 23", "XXXX-08-23"),
    ("on Monday, October 17, 2022, they", "day", "Monday, October 17, 2022", "2022-10-17"),
    ("on Monday (October 17) they", "day", "Monday (October 17)", "XXXX-10-17"),
    ("on October 17 (Monday), they", "day", "October 17 (Monday)", "XXXX-10-17"),
    ("on Mon., Oct. 17, 2022", "day", "Mon., Oct. 17, 2022", "2022-10-17"),
    ("on the morning of May 4, 2021", "day", "May 4, 2021", "2021-05-04"),
    ("on May 4 morning", "day", "May 4 morning", "XXXX-05-04"),
    ("Feb. 29, 2024 was a leap day", "day", "Feb. 29, 2024", "2024-02-29"),
    ("on December 31, 1999.", "day", "December 31, 1999", "1999-12-31"),
    ("on October 17,2022", "day", "October 17,2022", "2022-10-17"),
    ("on October 17, 20 ministers met", "day", "October 17", "XXXX-10-17"),
    ("on March\n5, 2024", "day", "March\n5, 2024", "2024-03-05"),
    # days, United Kingdom and elsewhere
    ("on 17 October 2022", "day", "17 October 2022", "2022-10-17"),
    ("on 17 October, 2022", "day", "17 October, 2022", "2022-10-17"),
    ("on 17th October 2022", "day", "17th October 2022", "2022-10-17"),
    ("on the 3rd of March", "day", "3rd of March", "XXXX-03-03"),
    ("on the 3rd of March 2020", "day", "3rd of March 2020", "2020-03-03"),
    ("on the third of March, 2020", "day", "third of March, 2020", "2020-03-03"),
    ("on the twenty-first of May", "day", "twenty-first of May", "XXXX-05-21"),
    ("on Monday 17 October 2022", "day", "Monday 17 October 2022", "2022-10-17"),
    ("on Monday, 17 October", "day", "Monday, 17 October", "XXXX-10-17"),
    ("on Monday the 17th of October", "day", "Monday the 17th of October", "XXXX-10-17"),
    ("arrived 5 Jul for", "day", "5 Jul", "XXXX-07-05"),
    ("12th January, 2026 (WAM)", "day", "12th January, 2026", "2026-01-12"),
    ("Tbilisi / 3 Oct.'06 / 17:42", "day", "3 Oct.'06", "2006-10-03"),
    ("on 1 May they marched", "day", "1 May", "XXXX-05-01"),
    ("by 1 January 2027", "day", "1 January 2027", "2027-01-01"),
    ("until 06 October", "day", "06 October", "XXXX-10-06"),
    # numbers
    ("on 2024-03-05 they", "day", "2024-03-05", "2024-03-05"),
    ("at 2024-03-05T10:00:00Z they", "day", "2024-03-05T10:00:00Z", "2024-03-05"),
    ("at 2024-03-05T10:00:00+07:00.", "day", "2024-03-05T10:00:00+07:00", "2024-03-05"),
    ("2024/03/05 in the file", "day", "2024/03/05", "2024-03-05"),
    ("on 05.03.2024 they", "day", "05.03.2024", "2024-03-05"),
    ("04.05.2021 14:30", "day", "04.05.2021 14:30", "2021-05-04"),
    ("29/03/2021 16:12:40", "day", "29/03/2021 16:12:40", "2021-03-29"),
    ("on 3/29/2021", "day", "3/29/2021", "2021-03-29"),
    ("on 03/04/2021, which may be two days", "day", "03/04/2021", "2021"),
    ("on 04/04/2021", "day", "04/04/2021", "2021-04-04"),
    # ranges of days
    ("The visit, from October 17-19, is", "range", "October 17-19", "XXXX-10-17/XXXX-10-19"),
    ("October 17\u201319, 2022", "range", "October 17\u201319, 2022", "2022-10-17/2022-10-19"),
    ("17 to 19 October", "range", "17 to 19 October", "XXXX-10-17/XXXX-10-19"),
    ("17-19 October 2022", "range", "17-19 October 2022", "2022-10-17/2022-10-19"),
    ("12\u201314 May 2023", "range", "12\u201314 May 2023", "2023-05-12/2023-05-14"),
    ("During 9 \u2013 11 September 2013, he", "range", "9 \u2013 11 September 2013", "2013-09-09/2013-09-11"),
    ("from 28 February to March 2, 2024", "range", "28 February to March 2, 2024", "2024-02-28/2024-03-02"),
    ("from December 28 to January 3, 2024", "range", "December 28 to January 3, 2024", "2023-12-28/2024-01-03"),
    ("from 28 December 2023 to 3 January", "range", "28 December 2023 to 3 January", "2023-12-28/2024-01-03"),
    ("between 3 and 5 June", "range", "3 and 5 June", "XXXX-06-03/XXXX-06-05"),
    ("between June 3 and June 5", "range", "June 3 and June 5", "XXXX-06-03/XXXX-06-05"),
    ("between June 3 and July 5, 2020", "range", "June 3 and July 5, 2020", "2020-06-03/2020-07-05"),
    ("on 17 and 18 October 2022", "range", "17 and 18 October 2022", "2022-10-17/2022-10-18"),
    ("on October 17, 18 and 19", "range", "October 17, 18 and 19", "XXXX-10-17/XXXX-10-19"),
    ("June 5th to 7th, 2019", "range", "June 5th to 7th, 2019", "2019-06-05/2019-06-07"),
    ("October 17 until 19", "range", "October 17 until 19", "XXXX-10-17/XXXX-10-19"),
    ("from Monday, October 17 to Wednesday, October 19, 2022", "range",
     "Monday, October 17 to Wednesday, October 19, 2022", "2022-10-17/2022-10-19"),
    ("from 1st to the 4th of July 2018", "day", "4th of July 2018", "2018-07-04"),
    ("from November 30 - December 2, 2021", "range", "November 30 - December 2, 2021", "2021-11-30/2021-12-02"),
    ("(2024-03-05 to 2024-03-07)", "range", "2024-03-05 to 2024-03-07", "2024-03-05/2024-03-07"),
    ("from 30 June 2019 through 2 July 2019", "range", "30 June 2019 through 2 July 2019", "2019-06-30/2019-07-02"),
    ("the July 18 to 21 trip", "range", "July 18 to 21", "XXXX-07-18/XXXX-07-21"),
    ("from Monday to Wednesday", "range", "Monday to Wednesday", "-"),
    # months and years
    ("in March 2024", "month", "March 2024", "2024-03"),
    ("in March, 2024,", "month", "March, 2024", "2024-03"),
    ("in Sept. 2024", "month", "Sept. 2024", "2024-09"),
    ("in the month of March of 2024", "month", "March of 2024", "2024-03"),
    ("in May they met", "month", "May", "XXXX-05"),
    ("since March, talks", "month", "March", "XXXX-03"),
    ("by December", "month", "December", "XXXX-12"),
    ("from August", "month", "August", "XXXX-08"),
    ("in mid-May", "month", "mid-May", "XXXX-05"),
    ("in early February 2023", "month", "early February 2023", "2023-02"),
    ("by the end of May", "month", "the end of May", "XXXX-05"),
    ("the November summit", "month", "November", "XXXX-11"),
    ("from March to May 2024", "range", "March to May 2024", "2024-03/2024-05"),
    ("from December 2023 to March 2024", "range", "December 2023 to March 2024", "2023-12/2024-03"),
    ("November-January 2024", "range", "November-January 2024", "2023-11/2024-01"),
    ("in 2023", "year", "2023", "2023"),
    ("general election in 2023.", "year", "2023", "2023"),
    ("since 1995, the two", "year", "1995", "1995"),
    ("in 2000", "year", "2000", "2000"),
    ("in late 2021", "year", "late 2021", "2021"),
    ("by the end of 2025", "year", "the end of 2025", "2025"),
    ("in the first half of 2026", "year", "the first half of 2026", "2026"),
    ("mid-2022", "year", "mid-2022", "2022"),
    ("in the 1990s", "decade", "1990s", "199X"),
    ("since the late 1970s", "decade", "late 1970s", "197X"),
    ("for 2022-2024.", "year_range", "2022-2024", "2022/2024"),
    ("for 2022\u20132024", "year_range", "2022\u20132024", "2022/2024"),
    ("2021 to 2025", "year_range", "2021 to 2025", "2021/2025"),
    ("for the 2023-2027 period", "year_range", "2023-2027", "2023/2027"),
    ("between 2022 and 2024", "year_range", "2022 and 2024", "2022/2024"),
    ("from 2022 to 2024", "year_range", "2022 to 2024", "2022/2024"),
    ("the 2022-24 plan", "year_range", "2022-24", "2022/2024"),
    ("the 2022/23 term", "year_range", "2022/23", "2022/2023"),
    ("as of 2022-10", "month", "2022-10", "2022-10"),
    # weekdays and words counted from something
    ("in Phnom Penh on Monday.", "weekday", "Monday", "-"),
    ("on Monday morning, they", "weekday", "Monday morning", "-"),
    ("Wednesday's talks", "weekday", "Wednesday", "-"),
    ("last Friday", "weekday", "last Friday", "-"),
    ("on Monday next week", "weekday", "Monday next week", "-"),
    ("On the same day, they", "same_day", "the same day", "-"),
    ("The same day, they", "same_day", "The same day", "-"),
    ("Later that day he", "same_day", "Later that day", "-"),
    ("earlier in the day", "same_day", "earlier in the day", "-"),
    ("the following day", "anchored", "the following day", "-"),
    ("The next day he flew", "anchored", "The next day", "-"),
    ("a day earlier", "anchored", "a day earlier", "-"),
    ("two days later", "anchored", "two days later", "-"),
    ("later that year", "anchored", "later that year", "-"),
    ("the day before.", "anchored", "the day before", "-"),
    ("said today", "relative", "today", "-"),
    ("Yesterday, he", "relative", "Yesterday", "-"),
    ("the day before yesterday", "relative", "the day before yesterday", "-"),
    ("this week", "relative", "this week", "-"),
    ("earlier this month", "relative", "earlier this month", "-"),
    ("early next year", "relative", "early next year", "-"),
    ("two days ago", "relative", "two days ago", "-"),
    ("a few days ago", "relative", "a few days ago", "-"),
    ("on the second day of his official visit", "day_of_visit", "second day of his official visit", "-"),
    ("on the last day of the three-day trip", "day_of_visit", "last day of the three-day trip", "-"),
    ("on the 17th, he left", "day", "17th", "XXXX-XX-17"),
    ("on the 12th of this month", "day", "12th of this month", "XXXX-XX-12"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "quoted", "edtf"), ROWS)
def test_one_expression(sentence: str, kind: str, quoted: str, edtf: str) -> None:
    found = find_dates(sentence)
    assert [(x.kind, sentence[x.start : x.end]) for x in found] == [(kind, quoted)]
    decided = decide(found[0], build_context(sentence, found, None))
    assert shown(decided) == edtf
    assert decided.rests_on[0] == (found[0].start, found[0].end)
    assert decided.conflict is None
    assert decided.derivation == ""


TRAPS = [
    "It may 5 times fail. They march on. Theresa May said so; talks with May collapsed.",
    "a plan by May's cabinet and from May himself",
    "on 7 fronts, the G20, ASEAN+3 and COVID-19",
    "1,137 km, 2-3 billion, $2022 and 2022 people",
    "Resolution 2231, Resolution 1701 (2006) and resolutions 1701 and 1559",
    "the 17th Congress on the 17th floor",
    "31 June, 30 February and 2024-13-45",
    "2000 troops, 1900 houses",
    "version 1.10.2022.4, tel. +84 24 3799 2000",
    "the day before the summit opened",
    "Jan Kowalski, Mar del Plata, June Smith and April Jones",
    "the 12-13 percent of 20 to 30 countries",
]


@pytest.mark.parametrize("sentence", TRAPS)
def test_no_expression(sentence: str) -> None:
    assert [sentence[x.start : x.end] for x in find_dates(sentence)] == []


NAMED = [
    "the 1979 revolution",
    "the 2030 Agenda",
    "2030 Agenda for Sustainable Development",
    "since the September 11 attacks",
    "the March 8 Movement",
    "during his 2019 visit",
    "Iran\u2019s 1979 revolution",
    "Good Friday Agreement",
    "the Sunday Times",
    "every November",
]


@pytest.mark.parametrize("sentence", NAMED)
def test_a_date_in_a_name_is_marked(sentence: str) -> None:
    assert [x.named for x in find_dates(sentence)] == [True]


@pytest.mark.parametrize("sentence", ["in 2023 President Xi", "on October 17 President Xi", "for the 2023-2027 period"])
def test_a_date_beside_a_name_is_not(sentence: str) -> None:
    assert [x.named for x in find_dates(sentence)] == [False]


# --- with a day of publication --------------------------------------------------------------------------------------

# sentence, published, future, EDTF
PUBLISHED = [
    ("on August 23", "2022-08-25", None, "2022-08-23"),
    ("on August 23", "2022-08-25", False, "2022-08-23"),
    ("on August 23", "2022-08-25", True, "2023-08-23"),
    ("on December 30", "2023-01-02", None, "2022-12-30"),
    ("on January 3", "2022-12-30", None, "2023-01-03"),
    ("on January 3", "2022-12-30", False, "2022-01-03"),
    ("on July 5", "2022-01-04", None, "XXXX-07-05"),
    ("on July 5", "2022-01-04", True, "2022-07-05"),
    ("on August 23", "2022-09", None, "2022-08-23"),
    ("on August 23", "2022", False, "XXXX-08-23"),
    ("on August 23", "XXXX-08-24", None, "XXXX-08-23"),
    ("from October 17-19", "2022-10-18", None, "2022-10-17/2022-10-19"),
    ("from October 17-19", "2022-10-12", True, "2022-10-17/2022-10-19"),
    ("from December 30 to January 2", "2023-01-03", False, "2022-12-30/2023-01-02"),
    ("on Monday", "2022-08-23", None, "2022-08-22"),
    ("on Monday", "2022-08-22", None, "2022-08-22"),
    ("on Monday", "2022-08-23", True, "2022-08-29"),
    ("on Monday", "2022-08", None, "-"),
    ("on Monday", "XXXX-08-23", None, "-"),
    ("from Monday to Wednesday", "2022-08-25", None, "2022-08-22/2022-08-24"),
    ("last Friday", "2022-08-24", None, "2022-08-19"),
    ("last Friday", "2022-08-27", None, "2022-08"),
    ("next Monday", "2022-08-24", None, "2022-08-29"),
    ("next Friday", "2022-08-30", None, "2022-09"),
    ("next Friday", "2022-08-24", None, "-"),
    ("on Monday next week", "2022-08-24", None, "2022-08-29"),
    ("today", "2022-08-23", None, "2022-08-23"),
    ("this morning", "2022-08-23", None, "2022-08-23"),
    ("yesterday", "2022-08-01", None, "2022-07-31"),
    ("tomorrow", "2022-12-31", None, "2023-01-01"),
    ("yesterday", "XXXX-08-23", None, "XXXX-08-22"),
    ("yesterday", "XXXX-03-01", None, "-"),
    ("two days ago", "2022-08-23", None, "2022-08-21"),
    ("a few days ago", "2022-08-23", None, "-"),
    ("three months ago", "2022-02-23", None, "2021-11"),
    ("this week", "2022-08-24", None, "2022-08"),
    ("this week", "2022-08-31", None, "-"),
    ("next month", "2022-12-24", None, "2023-01"),
    ("later this month", "2022-12-24", None, "2022-12"),
    ("last year", "2022-12-24", None, "2021"),
    ("this year", "2022", None, "2022"),
    ("early next year", "2022-12-24", None, "2023"),
    ("in May", "2022-08-24", None, "2022-05"),
    ("in September", "2022-08-24", True, "2022-09"),
    ("last May", "2022-05-24", None, "2021-05"),
    ("last May", "2022-08-24", None, "2022-05"),
    ("next May", "2022-08-24", None, "2023-05"),
    ("May last year", "2022-08-24", None, "2021-05"),
    ("on May 3 this year", "2022-08-24", None, "2022-05-03"),
    ("on the 17th, he", "2022-08-24", None, "2022-08-17"),
    ("on the 27th, he", "2022-08-24", None, "2022-07-27"),
    ("on the 27th, he", "2022-08-24", True, "2022-08-27"),
    ("the 12th of last month", "2022-01-24", None, "2021-12-12"),
    ("on Tuesday, August 23", "2022-08-25", None, "2022-08-23"),
    ("in 2019", "2022-08-25", None, "2019"),
]


@pytest.mark.parametrize(("sentence", "published", "future", "edtf"), PUBLISHED)
def test_published_decides(sentence: str, published: str, future: bool | None, edtf: str) -> None:
    (found,) = find_dates(sentence)
    assert shown(decide(found, build_context(sentence, [found], published), future=future)) == edtf


def test_a_derivation_names_the_day_of_publication_and_its_place() -> None:
    text = "HANOI, Aug. 25, 2022 (VNA) -- They met on Monday."
    published = find_published(text)
    assert published is not None
    found = find_dates(text)
    decided = decide(found[-1], build_context(text, found, published))
    assert decided.start == "2022-08-22"
    assert decided.derivation == "Monday + published 2022-08-25 -> 2022-08-22"
    assert quotes(text, decided) == ["Monday", "Aug. 25, 2022"]


def test_a_full_date_of_the_report_completes_the_dateline() -> None:
    text = "SEOUL, March 3 (Yonhap) -- The visit from March 2 to 4, 2024, began yesterday. They met on Saturday."
    found = find_dates(text)
    context = build_context(text, found, find_published(text))
    assert [shown(decide(x, context)) for x in found[1:]] == ["2024-03-02/2024-03-04", "2024-03-02", "2024-03-02"]


# --- without one ----------------------------------------------------------------------------------------------------

# text, EDTF of each expression in order
REPORTS = [
    ("The visit from October 17-19. They met on Monday. An agreement for 2022-2024.",
     ["2022-10-17/2022-10-19", "2022-10-17", "2022/2024"]),
    ("From 17 to 19 October 2022 he is here. They met on Tuesday.", ["2022-10-17/2022-10-19", "2022-10-18"]),
    ("From 17 to 19 October 2022 he is here. They met on Friday.", ["2022-10-17/2022-10-19", "-"]),
    ("The visit lasts October 17-19, 2022. On October 18 they signed.", ["2022-10-17/2022-10-19", "2022-10-18"]),
    ("He left on December 30, 2022. He is back on January 2.", ["2022-12-30", "2023-01-02"]),
    ("They met on Monday, October 17. The plan is for 2022-2024.", ["2022-10-17", "2022/2024"]),
    ("They met on Tuesday, August 23. Elections follow in 2023.", ["XXXX-08-23", "2023"]),
    ("They met on Monday. Elections follow in 2023.", ["-", "2023"]),
    # one year alone does not prove a range, nor do years with a gap between them
    ("The visit from October 17-19. They met on Wednesday. Elections follow in 2023.",
     ["XXXX-10-17/XXXX-10-19", "-", "2023"]),
    ("The visit from July 18 to 21. They meet on Saturday. Ties broke in 2019 and the embassy closed in 2022.",
     ["XXXX-07-18/XXXX-07-21", "-", "2019", "2022"]),
    # several years fit, or none
    ("They met on Monday, October 17. The plan is for 2016-2022.", ["XXXX-10-17", "2016/2022"]),
    ("They met on Friday, October 17. The plan is for 2022-2024.", ["XXXX-10-17", "2022/2024"]),
    # the year of a founding says nothing, though its calendar fits
    ("They met on Monday, October 16. The two established ties in 1967.", ["XXXX-10-16", "1967"]),
    ("They signed on October 20, 2015. They met on October 17, 2022 and on October 18.",
     ["2015-10-20", "2022-10-17", "2022-10-18"]),
    ("SEOUL, March 3 (Yonhap) -- He said on Tuesday.", ["XXXX-03-03", "-"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), REPORTS)
def test_the_report_alone_decides_or_not(text: str, edtf: list[str]) -> None:
    found = find_dates(text)
    context = build_context(text, found, None)
    assert [shown(decide(x, context)) for x in found] == edtf


def test_a_weekday_contradicting_its_date_is_reported() -> None:
    text = "on Friday, October 17, 2022"
    found = find_dates(text)
    decided = decide(found[0], build_context(text, found, None))
    assert decided.start == "2022-10-17"
    assert decided.conflict == "2022-10-17 is a Monday, the report says Friday"


def test_a_weekday_contradicting_the_day_of_publication_leaves_the_year_open() -> None:
    text = "on Friday, October 17"
    found = find_dates(text)
    decided = decide(found[0], build_context(text, found, "2022-10-18"))
    assert decided.start == "XXXX-10-17"
    assert decided.conflict is not None


ANCHORED = [
    ("the same day", Decided("2022-10-17"), "2022-10-17"),
    ("the same day", Decided("XXXX-08-23"), "XXXX-08-23"),
    ("the same day", Decided("2022-10"), "2022-10"),
    ("the same day", Decided("2022-10-17", "2022-10-19"), "-"),
    ("the same day", Decided(), "-"),
    ("the same day", None, "-"),
    ("the next day", Decided("2022-10-31"), "2022-11-01"),
    ("the next day", Decided("XXXX-12-31"), "XXXX-01-01"),
    ("the next day", Decided("XXXX-02-28"), "-"),
    ("the next day", Decided("2022-10"), "-"),
    ("a day earlier", Decided("2022-11-01"), "2022-10-31"),
    ("two days later", Decided("2022-11-01"), "2022-11-03"),
    ("a month later", Decided("2022-12-01"), "2023-01"),
    ("a year earlier", Decided("2022-12-01"), "2021"),
    ("that year", Decided("2022-12-01"), "2022"),
    ("a week later", Decided("2022-11-02"), "2022-11"),
    ("the first day of his visit", Decided("2022-10-17", "2022-10-19"), "2022-10-17"),
    ("the second day of his visit", Decided("2022-10-17", "2022-10-19"), "2022-10-18"),
    ("the final day of the visit", Decided("2022-10-17", "2022-10-19"), "2022-10-19"),
    ("the fifth day of the visit", Decided("2022-10-17", "2022-10-19"), "-"),
    ("the second day of his visit", None, "-"),
]


@pytest.mark.parametrize(("sentence", "anchor", "edtf"), ANCHORED)
def test_anchored(sentence: str, anchor: Decided | None, edtf: str) -> None:
    (found,) = find_dates(sentence)
    assert shown(decide(found, DateContext(), anchor=anchor)) == edtf


def test_a_day_of_the_visit_uses_the_only_range_of_the_report() -> None:
    text = "The visit runs 17-19 October 2022. On the second day of the visit they signed."
    found = find_dates(text)
    assert shown(decide(found[1], build_context(text, found, None))) == "2022-10-18"


def test_a_moved_date_is_no_range() -> None:
    text = "The trip was postponed from March 3 to April 5."
    assert [text[x.start : x.end] for x in find_dates(text)] == ["March 3", "April 5"]


def test_days_apart_are_days_of_one_month() -> None:
    text = "on 3, 8 and 20 May 2021"
    found = find_dates(text)
    assert [text[x.start : x.end] for x in found] == ["3", "8", "20 May 2021"]
    assert [x.first.edtf() for x in found] == ["2021-05-03", "2021-05-08", "2021-05-20"]


@pytest.mark.parametrize(
    ("sentence", "preposition"),
    [("on Monday", "on"), ("since the 3rd of March", "since"), ("between 3 and 5 June", "between"), ("Monday", None),
     ("until 2025", "until"), ("by the end of May", "by"), ("During 9-11 May", "during")],
)  # fmt: skip
def test_preposition(sentence: str, preposition: str | None) -> None:
    assert find_dates(sentence)[0].preposition == preposition


# --- published ------------------------------------------------------------------------------------------------------

FIRST_LINES = [
    ("Published: 12 March 2024\n\nThe minister met.", "2024-03-12", "label"),
    ("Title\nPosted on March 12, 2024 by admin\nThe minister", "2024-03-12", "label"),
    ("Press release | No: 11/25 | Published: 6 February 2025\nText", "2025-02-06", "label"),
    ("Updated: 13 March 2024\nPublished: 12 March 2024\nText", "2024-03-12", "label"),
    ("MOSCOW, June 26, 2023 /TASS/. The minister said", "2023-06-26", "dateline"),
    ("SEOUL, March 3 (Yonhap) -- The minister said", "XXXX-03-03", "dateline"),
    ("BEIJING, Oct. 17 (Xinhua) -- The minister said", "XXXX-10-17", "dateline"),
    ("Hanoi, 5 Jul (Prensa Latina) The minister said", "XXXX-07-05", "dateline"),
    ("New Delhi, Dec 1 (PTI) Stepping up the pressure", "XXXX-12-01", "dateline"),
    ("DHAKA, Oct 20, 2009 (BSS) - Prime Minister", "2009-10-20", "dateline"),
    ("KYIV. March 3, 2022 (Interfax-Ukraine) - The", "2022-03-03", "dateline"),
    ("Jeddah, Safar 12, 1418 H / June 18, 1997, SPA -- The", "1997-06-18", "dateline"),
    ("Washington, DC | May 4, 2021\n\nRemarks", "2021-05-04", "line"),
    ("Title\n\n04.05.2021 14:30\n\nThe minister said", "2021-05-04", "line"),
    ("Title\n2024-06-05 20:35\nThe", "2024-06-05", "line"),
    ("Tuesday, 09:25, 12/04/2016\n\nThe minister said", "2016-04-12", "line"),
    ("Praha.  June 4, 2007\n\nThe minister said", "2007-06-04", "line"),
    ("Article | 12 March 2024 | News\n\nThe minister said", "2024-03-12", "line"),
    ("12-Mar-2024\n\nThe minister said", "2024-03-12", "line"),
    ("MEDIA RELEASE MINISTER FOR TRADE XY90 19 June 2002\n\nThe minister said", "2002-06-19", "label"),
    ("Press Release No. 12/2024, 14 March 2024\n\nThe minister said", "2024-03-14", "label"),
    ("The minister said much.\n\nNew Delhi\nNovember 23, 2019", "2019-11-23", "line"),
    ("July 22, 2022 \u2013 Ottawa, Ontario \u2013 Global Affairs Canada", "2022-07-22", "dateline"),
    ('date: "1981-09-18"\n\nThe minister said', "1981-09-18", "label"),
    ("Pub Date: Fri, 18 Sep 1981 10:00:00 +0000\nThe minister said", "1981-09-18", "label"),
    ("(Lima, 18 September 1981) The minister said", "1981-09-18", "dateline"),
    ("Lima, September 18, 1981. The minister said", "1981-09-18", "dateline"),
    ("Amman, Mar. 29 (Petra)--The ministers\nmet.\n\n29/03/2021 16:12:40", "2021-03-29", "line"),
]


@pytest.mark.parametrize(("text", "edtf", "rule"), FIRST_LINES)
def test_published_is_found(text: str, edtf: str, rule: str) -> None:
    found = find_published(text)
    assert found is not None
    assert (found.edtf, found.rule) == (edtf, rule)
    assert find_dates(text[found.start : found.end])[0].end == found.end - found.start


# How pages print their own day, below a headline and above the lead.
PAGE_LINES = [
    ("11 Sep. 15:00 (UTC+3 MSK)", "XXXX-09-11"),
    ("09:43, 3 December 2025, Oslo - NOR.no news agency", "2025-12-03"),
    ("19 november 2017, 19:23", "2017-11-19"),
    ("09:12, october 16, 2020", "2020-10-16"),
    ("Politics 3 November 2020 18:40 (UTC+04:00)", "2020-11-03"),
    ("by Staff Writer \u2014 March 12, 2024 in News", "2024-03-12"),
    ("No: 63, 12 March 2024, Press Release Regarding the Visit of the Minister", "2024-03-12"),
    ("Ann Writer 3 minutes ago Sat 24th October 2020 | 03:20 PM", "2020-10-24"),
    ("March 12 2024 | Reading time 2 min", "2024-03-12"),
    ("March 12, 2024  \u2022  1 minute read", "2024-03-12"),
    ("20:25 | Lima, Feb. 13.", "XXXX-02-13"),
    ("11/03/2021 04:19 PM EDT", "2021-11-03"),
    ("Category: Politics Published on Saturday, 15 February 2020 16:26 Hits: 0", "2020-02-15"),
    ("Date added: 12.03.2024", "2024-03-12"),
    ("Baku. 12 March. NEWS.AZ/", "XXXX-03-12"),
    ("12 de marzo de 2024", "2024-03-12"),
    ("18. mart 2025 16:42", "2025-03-18"),
    ("The following readout was published by the Department of State, Bureau of Asian Affairs on Nov. 29.", "XXXX-11-29"),
    ("20:25 | Lima, Jul. 6.\n\nPublished: 7/6/2017", "2017-07-06"),
    ("20:25 | Lima, Jul. 6.\n\nPublished: 6/7/2017", "2017-07-06"),
    ("Published: 7/6/2017", "2017"),
    ("Issued on: 04/11/2020 - 20:52\n\nOslo (NTB) \u2013 They met on Wednesday.", "2020-11-04"),
    ("Issued on: 04/11/2020 - 20:52\n\nOslo (NTB) \u2013 They met on Sunday.", "2020"),
]


@pytest.mark.parametrize(("line", "edtf"), PAGE_LINES)
def test_a_page_prints_its_day_in_many_manners(line: str, edtf: str) -> None:
    found = find_published(f"Lund meets Odera\n\n{line}\n\nForeign Minister Aino Lund met Peter Odera.\n\nThey parted.")
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize(
    ("lead", "edtf"),
    [
        ("Antalya, March 03, 2024, The North Today: In a hall", "2024-03-03"),
        ("YEREVAN, 12 MARCH, ARMAG. The minister", "XXXX-03-12"),
        ("MOSCOW (NewsPoint / Wire - 24th October, 2020) The minister", "2020-10-24"),
        ("Today, 12 March 2024, the minister", "2024-03-12"),
        ("The minister, who was in Lima, today (March 12) spoke with", "XXXX-03-12"),
    ],
)
def test_a_lead_carries_its_day(lead: str, edtf: str) -> None:
    found = find_published(f"Lund meets Odera\n\n{lead} met Peter Odera.")
    assert found is not None
    assert found.edtf == edtf


def test_an_outlet_called_today_is_no_day() -> None:
    assert [x.kind for x in find_dates("The North Today reports that Norway Today met them today.")] == ["relative"]
    assert [x.kind for x in find_dates("He met the Government. This morning he left. Today he is back.")] == ["relative", "relative"]


@pytest.mark.parametrize(
    "text",
    [
        "Lund in Oslo\n\nFounded 12 March 1994\n\nShe said so.",
        "Lund in Oslo\n\nThe office was opened and the paper released by both sides on Nov. 29.\n\nShe said so.",
        "They met in Hanoi on 17 October 2022.",
        "The minister will visit Paris, 3 March 2024 being the day of his arrival, he said.",
        "Visit of the Foreign Minister to India (November 17-23, 2019)",
        "On March 3, 2024 (a Sunday) the ministers met.",
        "PHNOM PENH \u2014 They met on Monday.",
        "Geneva Summit, 13 June 2024",
        "",
    ],
)
def test_no_day_of_publication(text: str) -> None:
    assert find_published(text) is None


def test_a_dateline_of_leap_day_takes_no_year_without_one() -> None:
    text = "OSLO, Feb. 29 (NTB) -- They met. The treaty is of 28 February 2001."
    assert build_context(text, find_dates(text), find_published(text)).published_edtf == "XXXX-02-29"


@pytest.mark.parametrize("wrong", ["yesterday", "2022-13", "2022-8-23", "2022-02-30", "August 2022", "0001-01-01"])
def test_a_wrong_day_of_publication_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        build_context("", [], wrong)


# --- properties -----------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    "May March Oct. 17 October 2022 2022-2024 - to and , the same day Monday ( ) of on from 3rd 1,137 last next week "
    "year 2024-03-05 05.03.2024 first visit ago two days \n \u2013 '06 0 99 XXXX in between morning 31 February 29".split(
        " "
    )
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join))
REPORT_DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
DAYS = st.one_of(st.none(), REPORT_DAYS.map(str), REPORT_DAYS.map(lambda x: str(x)[:7]), st.just("XXXX-02-29"))


@given(TEXTS)
def test_spans_are_sorted_disjoint_and_of_the_text(text: str) -> None:
    found = find_dates(text)
    assert found == find_dates(text)
    places = [0, *(place for x in found for place in (x.start, x.end)), len(text)]
    assert places == sorted(places)
    assert all(x.start < x.end and text[x.start : x.end].strip() == text[x.start : x.end] for x in found)


@given(TEXTS, DAYS, st.sampled_from([None, True, False]))
def test_every_decision_is_edtf_and_rests_on_the_text(text: str, published: str | None, future: bool | None) -> None:
    found = find_dates(text)
    context = build_context(text, found, published)
    anchor: Decided | None = None
    for expression in found:
        decided = decide(expression, context, future=future, anchor=anchor)
        for value in (decided.start, decided.end):
            assert value is None or re.fullmatch(r"[\dX]{4}(-[\dX]{2}){0,2}", value)
        assert decided.start is not None or decided.end is None
        assert (expression.start, expression.end) in decided.rests_on
        assert all(0 <= a < b <= len(text) for a, b in decided.rests_on)
        anchor = decided


@given(st.one_of(TEXTS, TEXTS.map("HANOI, May 3 (VNA) - ".__add__)))
def test_published_is_a_place_of_the_text(text: str) -> None:
    found = find_published(text)
    assert found is None or (0 <= found.start < found.end <= len(text) and re.match(r"[\dX]{4}-\d\d-\d\d", found.edtf))


@given(REPORT_DAYS)
def test_a_full_date_is_read_back_in_every_style(day: date) -> None:
    for text in (
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
        day.isoformat(),
        f"{day:%d.%m.%Y}",
    ):
        assert find_dates(f"on {text}.")[0].first == PartialDate(day.year, day.month, day.day)


@pytest.mark.parametrize("piece", ["7", "May ", " ", "\n", "1-", "first day of "])
def test_a_megabyte_takes_no_longer_than_it_should(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert_within(lambda: seconds(lambda: (find_dates(text), find_published(text))), 2)


def test_many_dates_take_linear_time() -> None:
    text = "On Monday, May 3, they met from May 4-6 and in 2022-2024. " * 2000

    def decide_all() -> None:
        found = find_dates(text)
        context = build_context(text, found, None)
        for expression in found:
            decide(expression, context)

    assert_within(lambda: seconds(decide_all), 5)


# --- the samples ----------------------------------------------------------------------------------------------------

SAMPLES = {
    "000_6faee6a37c422e27": [("Monday", "-"), ("2023", "2023"), ("the same day", "-")],
    "001_66ebe83a0201589c": [("August 23", "XXXX-08-23"), ("2023", "2023"), ("The same day", "XXXX-08-23")],
    "003_e187d72bd5d70d45": [
        ("October 17-19", "2022-10-17/2022-10-19"),
        ("Monday", "2022-10-17"),
        ("The same day", "2022-10-17"),
        ("2022-2024", "2022/2024"),
    ],
}


@pytest.mark.skipif(not (SHARED / "reports").is_dir(), reason="the samples are not here")
@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    text = (SHARED / "reports" / f"{name}.txt").read_text(encoding="utf-8")
    assert find_published(text) is None
    found = find_dates(text)
    context = build_context(text, found, None)
    told, anchor = [], None
    for expression in found:
        decided = decide(expression, context, anchor=anchor)
        told.append((text[expression.start : expression.end], shown(decided)))
        if expression.kind in ("day", "weekday"):
            anchor = decided
    assert told == SAMPLES[name]


@pytest.mark.skipif(not (SHARED / "reports").is_dir(), reason="the samples are not here")
def test_the_reason_of_sample_003() -> None:
    text = (SHARED / "reports" / "003_e187d72bd5d70d45.txt").read_text(encoding="utf-8")
    found = find_dates(text)
    decided = decide(found[1], build_context(text, found, None))
    assert decided.derivation == "Monday + 17 October + 2022 -> 2022-10-17"
    assert quotes(text, decided) == ["Monday", "October 17-19", "2022-2024"]


def shown(decided: Decided) -> str:
    """The dates as one string; "-" when nothing is decided."""
    return "/".join(x for x in (decided.start, decided.end) if x) or "-"


def quotes(text: str, decided: Decided) -> list[str]:
    """The words that a decision rests on."""
    return [text[start:end] for start, end in decided.rests_on]


def test_a_time_expression_is_a_value() -> None:
    made = TimeExpression(start=0, end=1, kind="day", first=PartialDate())
    assert {made} == {TimeExpression(start=0, end=1, kind="day", first=PartialDate())}

"""English words of dates: the one table that `memcon.annotate.dates` reads.

A module of this shape, with the same names, is what another language has to give. Keys are written as
a report prints them (names of months and days with a capital) or in lower case (everything else).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MONTHS: Final[Mapping[str, int]] = {
    "January": 1,
    "February": 2,
    "March": 3,
    "April": 4,
    "May": 5,
    "June": 6,
    "July": 7,
    "August": 8,
    "September": 9,
    "October": 10,
    "November": 11,
    "December": 12,
}
MONTH_ABBREVIATIONS: Final[Mapping[str, int]] = {
    "Jan": 1,
    "Feb": 2,
    "Mar": 3,
    "Apr": 4,
    "Jun": 6,
    "Jul": 7,
    "Aug": 8,
    "Sept": 9,
    "Sep": 9,
    "Oct": 10,
    "Nov": 11,
    "Dec": 12,
}
# Months as pages of other languages print them above an English text, without those that are English words or abbreviations too:
# Spanish and Portuguese, French, Turkish, Serbian, Indonesian, Russian. Source: CLDR, through Babel.
OTHER_MONTHS: Final[Mapping[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "enero janeiro janvier ocak januar januari \u044f\u043d\u0432\u0430\u0440\u044f",
            "febrero fevereiro f\u00e9vrier \u015fubat februar februari \u0444\u0435\u0432\u0440\u0430\u043b\u044f",
            "marzo mar\u00e7o mars mart maret \u043c\u0430\u0440\u0442\u0430",
            "abril avril nisan \u0430\u043f\u0440\u0435\u043b\u044f",
            "mayo maio mai may\u0131s maj mei \u043c\u0430\u044f",
            "junio junho juin haziran jun juni \u0438\u044e\u043d\u044f",
            "julio julho juillet temmuz jul juli \u0438\u044e\u043b\u044f",
            "agosto ao\u00fbt a\u011fustos avgust agustus \u0430\u0432\u0433\u0443\u0441\u0442\u0430",
            "septiembre setembro septembre eyl\u00fcl septembar \u0441\u0435\u043d\u0442\u044f\u0431\u0440\u044f",
            "octubre outubro octobre ekim oktobar oktober \u043e\u043a\u0442\u044f\u0431\u0440\u044f",
            "noviembre novembro novembre kas\u0131m novembar \u043d\u043e\u044f\u0431\u0440\u044f",
            "diciembre dezembro d\u00e9cembre aral\u0131k decembar desember \u0434\u0435\u043a\u0430\u0431\u0440\u044f",
        ),
        start=1,
    )
    for name in names.split()
    if name not in ("jun", "jul")
}
# Months that are also a given name or a verb: alone, they need a preposition or one of MONTH_LEADS before them.
DOUBTFUL_MONTHS: Final = frozenset({"March", "April", "June", "August"})
# And a family name, so that "by May" and "from May" may be a person: it needs one of MONTH_LEADS.
NAME_MONTHS: Final = frozenset({"May"})
MONTH_LEADS: Final = frozenset(
    "in since until till last next this early late mid during through throughout end beginning start middle".split()
)

WEEKDAYS: Final[Mapping[str, int]] = {
    "Monday": 0,
    "Tuesday": 1,
    "Wednesday": 2,
    "Thursday": 3,
    "Friday": 4,
    "Saturday": 5,
    "Sunday": 6,
}
# Read only beside a day of the month ("Mon, 17 Oct"): alone, "Sun" and "Sat" are other words.
WEEKDAY_ABBREVIATIONS: Final[Mapping[str, int]] = {
    "Mon": 0,
    "Tues": 1,
    "Tue": 1,
    "Wed": 2,
    "Thurs": 3,
    "Thur": 3,
    "Thu": 3,
    "Fri": 4,
    "Sat": 5,
    "Sun": 6,
}
WEEKDAY_NAME_BEFORE: Final = frozenset({"good", "black", "bloody", "ash", "palm", "easter", "cyber", "super"})
WEEKDAY_NAME_AFTER: Final = frozenset({"times", "prayers", "prayer", "mass", "telegraph", "school", "club"})

ORDINAL_SUFFIXES: Final = ("st", "nd", "rd", "th")
ORDINALS: Final[Mapping[str, int]] = {
    word: number
    for number, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
            "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
        ).split(),
        start=1,
    )
}
LAST_DAY_WORDS: Final = ("last", "final", "concluding", "closing")
# What has a first, second and last day.
STAYS: Final = ("visit", "trip", "tour", "stay")
NUMBERS: Final[Mapping[str, int | None]] = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "several": None,  # a number that the report does not give
    "some": None,
    "a few": None,
    "a couple of": None,
    "many": None,
}

# Whole phrases, days from the day of publication.
DAYS_FROM_PUBLICATION: Final[Mapping[str, int]] = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "earlier today": 0,
    "later today": 0,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}
# Whole phrases, days from the event told before.
DAYS_FROM_ANCHOR: Final[Mapping[str, int]] = {
    "the same day": 0,
    "that same day": 0,
    "the very same day": 0,
    "same day": 0,
    "that day": 0,
    "that very day": 0,
    "the same morning": 0,
    "the same afternoon": 0,
    "the same evening": 0,
    "that morning": 0,
    "that afternoon": 0,
    "that evening": 0,
    "that night": 0,
    "later in the day": 0,
    "earlier in the day": 0,
    "later the same day": 0,
    "earlier the same day": 0,
    "later that day": 0,
    "earlier that day": 0,
    "later that evening": 0,
    "the next day": 1,
    "the next morning": 1,
    "the following day": 1,
    "the following morning": 1,
    "the day after": 1,
    "the previous day": -1,
    "the preceding day": -1,
    "the day before": -1,
    "the previous morning": -1,
    "the previous afternoon": -1,
    "the previous evening": -1,
    "the previous night": -1,
    "the night before": -1,
    "the evening before": -1,
    "the following afternoon": 1,
    "the following evening": 1,
    "the next afternoon": 1,
    "the next evening": 1,
}
# These mean the anchor only at the end of a clause: "the day before the summit" names its own.
CLAUSE_FINAL: Final = frozenset({"the day after", "the day before", "the night before", "the evening before"})
PARTS_OF_DAY: Final = ("morning", "afternoon", "evening", "night", "noon", "midday")

DIRECTIONS: Final[Mapping[str, int]] = {"last": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
ANCHOR_DIRECTIONS: Final[Mapping[str, int]] = {
    "that": 0,
    "that same": 0,
    "the same": 0,
    "the next": 1,
    "the following": 1,
    "the previous": -1,
    "the preceding": -1,
}
UNITS: Final = ("day", "week", "month", "year", "decade")
PASSED: Final[Mapping[str, int]] = {"ago": -1}
PASSED_FROM_ANCHOR: Final[Mapping[str, int]] = {"earlier": -1, "later": 1}
# Words that narrow a year, month or week without changing which one is meant.
QUALIFIERS: Final = (
    "early",
    "late",
    "mid",
    "earlier",
    "later",
    "early in",
    "late in",
    "earlier in",
    "later in",
    "the beginning of",
    "the start of",
    "the middle of",
    "the end of",
    "the first half of",
    "the second half of",
    "the first quarter of",
    "the second quarter of",
    "the third quarter of",
    "the fourth quarter of",
    "the spring of",
    "the summer of",
    "the autumn of",
    "the fall of",
    "the winter of",
    "spring",
    "summer",
    "autumn",
    "winter",
    "beginning of",
    "start of",
    "middle of",
    "end of",
)

RANGE_WORDS: Final = ("to", "through", "until", "till", "thru")
AND_WORDS: Final = ("and", "&", "or")
BETWEEN: Final = "between"
OF: Final = "of"
THE: Final = "the"
ON_THE: Final = "on the"
PREPOSITIONS: Final = frozenset(
    "on in from since until till by before after during between for to through throughout at around of about".split()
)
DETERMINERS: Final = frozenset("the his her its their our my your a an this that these those each every".split())
HABITS: Final = ("each ", "every ")  # "every November" is no one date

# A date before one of these is part of a name ("the September 11 attacks"), not the date of what is told.
EVENT_NOUNS: Final = frozenset(
    "attack attacks massacre movement revolution uprising coup incident bombing bombings war revolt rebellion "
    "protests square street avenue bridge stadium hospital university airport movement's".split()
)
# A number after one of these is no year ("Resolution 1701").
NUMBERED_THINGS: Final = (
    "resolution resolutions article articles no nos number numbers directive decision decree law order case room "
    "flight highway route page section unscr res"
).split()
# A number before one of these counts things.
COUNTED: Final = frozenset(
    "km kms kilometers kilometres kilometer kilometre miles mile meters metres meter metre m kg tons tonnes mw gw "
    "hectares acres barrels people persons civilians troops soldiers men women children students workers members "
    "delegates participants citizens nationals refugees households families countries nations states companies "
    "firms enterprises dollars usd us euros euro yuan rupees rubles pounds percent per million billion trillion "
    "thousand hundred units homes houses schools vehicles tanks aircraft drones missiles points seats votes times "
    "fronts years months weeks days hours minutes officials journalists ministers".split()
)
# Before a weekday, these say that it is still to come.
OUTLOOK: Final = frozenset("will due scheduled expected would shall set slated planned".split())
# Clocks of the United States and Canada, where the month comes first ("11/03/2021 04:19 PM EDT").
MONTH_FIRST_ZONES: Final = ("EDT", "EST", "CDT", "PDT", "PST", "MDT", "MST")
# A year near one of these is history: it does not tell when the report was written.
HISTORY: Final = frozenset(
    "established establishment founded founding foundation born anniversary independence liberation revolution war "
    "since ago history historic historical former formerly late inception originally centenary commemorate "
    "commemorating commemorated marking marked".split()
)
# After these, "from X to Y" moves a date and is no stretch of time.
MOVED: Final = frozenset(
    "postponed postpone moved move rescheduled reschedule shifted shift changed change delayed delay deferred "
    "advanced".split()
)

# Before a date, at the start of a line, these say that it is the day of publication. Best first.
PUBLISHED_LABELS: Final = (
    "published",
    "published on",
    "publication date",
    "date published",
    "date posted",
    "date added",
    "added",
    "added on",
    "pub date",
    "pubdate",
    "posted",
    "posted on",
    "posted at",
    "issued",
    "issued on",
    "released",
    "released on",
    "release date",
    "for immediate release",
    "press release",
    "media release",
    "news release",
    "media note",
    "press statement",
    "readout",
    "date",
    "dated",
    "created",
    "created on",
    "date created",
    "date of publication",
    "date of issue",
    "uploaded",
    "uploaded on",
    "first published",
    "update",
    "updated",
    "updated on",
    "last updated",
    "last updated on",
    "last update",
    "last modified",
)
# A line that starts with one of these and ends in a date is the head of a release.
RELEASES: Final = ("press release", "media release", "news release", "press statement", "media statement", "press note", "press communiqu\u00e9", "communiqu\u00e9", "readout")
# Small words of lines that are no prose: bylines, sections, sources.
FURNITURE: Final = frozenset("by at of on and for from the in source editor release releases news min read ist gmt am pm a.m p.m updated created posted minute minutes hour hours ago time".split())
UPDATES: Final = ("update", "last ")  # these labels give way to any other sign
BYLINE: Final = "By "  # a line "By Name in Section on 3 October 2024" carries the day of the report
# A short line with one of these names an event and its day, not the day of the report.
EVENT_LINES: Final = frozenset(
    "summit conference meeting visit talks session forum dialogue congress declaration treaty agreement "
    "communique communiqué anniversary day week election elections".split()
)

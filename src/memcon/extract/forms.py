"""Which offices a state can have at all, from its form: a republic has no king, a kingdom no president.

The table is data (``codebook/data/states``) over all countries. It never says who somebody is: it rules a country out, and tells
which of the countries that a report names are left.
"""

from __future__ import annotations

from functools import cache

from memcon.codebook.load import table
from memcon.langs.fold import fold
from memcon.mentions import Figure, Office

_GIVEN_UP = frozenset(("former", "late", "ex", "then"))


@cache
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """By title in lower case: the only countries that have the office; the countries that do not."""
    raw = table("states", "en")
    only = {fold(title): frozenset(map(str, codes)) for part in ("heads", "only") for title, codes in raw[part].items()}
    without = {fold(title): frozenset(map(str, codes)) for title, codes in raw["without"].items()}
    return only, without


@cache
def _usual() -> dict[str, frozenset[str]]:
    return {fold(title): frozenset(map(str, codes)) for title, codes in table("states", "en")["usual"].items()}


def fits(figure: Figure, country: str) -> bool:
    """Whether a state can have every one of the person's offices for which the report names neither body nor country."""
    return all(_has(office, country) for office in figure.offices)


def telling(figure: Figure) -> frozenset[str] | None:
    """The only countries that can have the person's office, ``None`` where any can."""
    only = _tables()[0] | _usual()
    found = [only[title] for title in map(_title, figure.offices) if title in only]
    return frozenset.intersection(*found) if found else None


def _has(office: Office, country: str) -> bool:
    only, without = _tables()
    title = _title(office)
    return title not in without or country not in without[title] if title not in only else country in only[title]


def _title(office: Office) -> str:
    """The title as the table has it; none for an office of a body, of a country that is told, or given up."""
    if office.org is not None or office.country is not None:
        return ""
    words = fold(office.title).replace("-", " ").split()
    while words and words[0] in _GIVEN_UP:
        words = words[1:]
    title = " ".join(words)
    head, _, _ = title.partition(" for ")
    return head if head.endswith("secretary of state") and head != "secretary of state" else title

"""Offices and bodies as reports word them, made comparable: "head of X" and "Chairwoman of X" are one post in X."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from memcon.langs import places
from memcon.resolve.latin import latin

_FILLER: Final = frozenset("of the for and a an in on to at with affairs his her its by".split())
_HEADS: Final = frozenset("head chief chairman chairwoman chairperson chair president leader director speaker head-of-state".split())
_WORD: Final = re.compile(r"[^\W_]+")
_SAME: Final = {"pm": "prime minister", "premier": "prime minister", "fm": "foreign minister", "external": "foreign", "head of state": "president"}
_RANKS: Final = frozenset("vice deputy first senior acting honorary permanent executive assistant state".split())
_MODIFIERS: Final = frozenset("vice deputy honorary assistant permanent acting first prime".split())
_GENERIC: Final = frozenset("minister head member secretary officer commissioner representative".split())
_FOREIGN: Final = frozenset(("foreign", "international", "relations", "diplomacy", "cooperation"))
_PAST: Final = frozenset(("former", "late", "ex", "then", "outgoing", "elect"))


@lru_cache(maxsize=16384)
def words(text: str) -> frozenset[str]:
    """The telling words of a title or a body's name, folded."""
    plain = latin(text.replace("'s", "").replace("’s", ""))
    for long, short in _SAME.items():
        plain = re.sub(rf"\b{long}\b", short, plain)
    return frozenset(w for w in _WORD.findall(plain) if w not in _FILLER)


@lru_cache(maxsize=16384)
def body_key(name: str) -> str:
    """What stands for a body: its country, its international acronym, or its sorted words.

    >>> body_key("Viet Nam") == body_key("Vietnam") == "VN"
    True
    """
    country = places.country_of_name(name)
    if country is not None:
        return country
    known = places.body(name)
    if known is not None:
        return known.key.lower()
    return " ".join(sorted(words(name)))


@lru_cache(maxsize=16384)
def body_country(name: str) -> str | None:
    """The one country that a body's name names ("Senate of Cambodia" → KH); None for several or none."""
    tokens = re.findall(r"[^\W_]+(?:[-'’.][^\W_]+)*", name)
    found: dict[str, None] = {}
    i = 0
    while i < len(tokens):
        for n in (4, 3, 2, 1):
            code = _country(" ".join(tokens[i : i + n])) if i + n <= len(tokens) else None
            if code:
                found[code] = None
                i += n - 1
                break
        i += 1
    return next(iter(found)) if len(found) == 1 else None


@lru_cache(maxsize=16384)
def _country(text: str) -> str | None:
    return places.country_of_name(text) or places.country_of_demonym(text)


@lru_cache(maxsize=16384)
def title_words(title: str) -> frozenset[str]:
    """The words of a title, with every word for a head of something as ``head``."""
    return frozenset("head" if w in _HEADS else w for w in words(title))


def exclusive(a: Iterable[tuple[str, str | None]], b: Iterable[tuple[str, str | None]]) -> bool:
    """Whether two people's posts are those of ministers of different matters: no one is reported to hold one of each set.

    >>> exclusive([("Foreign Minister", "Botswana")], [("Health Minister", "Botswana")])
    True
    >>> exclusive([("Foreign Minister", "Botswana")], [("Minister of International Relations", "Botswana")])
    False
    """
    x, y = _matters(a), _matters(b)
    return bool(x) and bool(y) and x.isdisjoint(y)


def _matters(offices: Iterable[tuple[str, str | None]]) -> set[str]:
    found: set[str] = set()
    for title, _ in offices:
        own = words(title)
        if "minister" in own and "prime" not in own:
            found |= {"foreign" if w in _FOREIGN else w for w in own - _GENERIC - _RANKS - _PAST}
    return found


def is_past(title: str) -> bool:
    """Whether the title says that the office was held before."""
    return not _PAST.isdisjoint(words(title))


def office_key(title: str, organization: str | None) -> str:
    """A post: title and body, in words that outlets share."""
    return f"{' '.join(sorted(title_words(title)))}|{body_key(organization) if organization else ''}"


def same_office(a: tuple[str, str | None], b: tuple[str, str | None]) -> bool:
    """Whether two worded offices are one post: bodies agree, and so do the titles."""
    (ta, oa), (tb, ob) = a, b
    if oa and ob and not same_body(oa, ob):
        return False
    x, y = title_words(ta) - _PAST, title_words(tb) - _PAST
    if not x or not y:
        return False
    if (x ^ y) & _MODIFIERS:
        return False
    a_field, b_field = x - _GENERIC, y - _GENERIC
    if a_field and b_field:
        return len(a_field & b_field) / min(len(a_field), len(b_field)) >= 0.5
    return x <= y or y <= x


def titled(a: str, b: str) -> bool:
    """Whether two titles can be two outlets' words for one office, and are not the same words: "head" and "chairman", "deputy" and "vice", with and without a rank."""
    x, y = words(a), words(b)
    if not x or not y or x == y or is_past(a) != is_past(b):
        return False
    plain = [frozenset("vice" if w == "deputy" else w for w in title_words(t)) for t in (a, b)]
    return plain[0] == plain[1] or (plain[0] ^ plain[1]) <= _RANKS and bool(plain[0] & plain[1])


def same_body(a: str, b: str) -> bool:
    """Whether two names are one body's."""
    if body_key(a) == body_key(b):
        return True
    x, y = words(a), words(b)
    return len(x | y) > 2 and len(x & y) / len(x | y) >= 0.5


def same_name(a: str, b: str) -> bool:
    """Whether two names of bodies, firms or ships are one name: `same_body`, and words that agree but for a slip of the pen."""
    if same_body(a, b):
        return True
    x, y = sorted(words(a)), sorted(words(b))
    return bool(x) and "".join(x) == "".join(y)

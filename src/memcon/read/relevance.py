"""A cheap first look: whether a text can tell of a diplomatic contact at all.

It can when an office or a body of state stands near a word of contact, or when words stand in it that tell of one by themselves ("official visit"). Only English is judged: what memcon has no words for is never set aside.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from memcon.langs.en_contact import BODIES, CONTACT, TELLING, VAGUE
from memcon.langs.lexicon import english

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

__all__ = ["NEAR", "may_tell_of_contact"]

NEAR: Final = 400
"""Characters between an office and a word of contact: two or three sentences."""
_OFFICE, _CONTACT, _BOTH = range(3)
_LONGEST: Final = 400_000  # characters that are looked at: a longer text passes
_WHOLE: Final = 4  # letters of a sign that must be a whole word: "mp", not "important"


def may_tell_of_contact(text: str, language: str | None) -> str | None:
    """None if it may, else why not, in words.

    >>> may_tell_of_contact("The minister met the ambassador.", "en")
    >>> may_tell_of_contact("Fry the onions until golden.", "en")
    'no office or body of state is named in it'
    """
    if language not in ("en", None) or len(text) > _LONGEST:
        return None
    search, kinds, whole = _search()
    low = text.lower()
    office = contact = -2 * NEAR
    for which, start, end in search.find_matches_as_indexes(low):
        if (start and low[start - 1].isalnum()) or (whole[which] and end < len(low) and low[end].isalpha() and low[end] != "s"):
            continue
        kind = kinds[which]
        if kind == _BOTH:
            return None
        if kind == _OFFICE:
            office = start
        else:
            contact = start
        if abs(office - contact) <= NEAR and min(office, contact) >= 0:
            return None
    return "no word of contact stands near an office or a body of state" if office >= 0 else "no office or body of state is named in it"


@cache
def _search() -> tuple[AhoCorasick, list[int], list[bool]]:
    """The searcher; of each of its patterns what it names, and whether it must be a whole word."""
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    lexicon = english()
    titles = {" ".join(words) for words in lexicon.heads} - set(lexicon.private)
    offices = (titles | lexicon.state_bodies | BODIES) - VAGUE - TELLING
    contact = CONTACT - offices - TELLING
    kinds = {**dict.fromkeys(offices, _OFFICE), **dict.fromkeys(contact, _CONTACT), **dict.fromkeys(TELLING, _BOTH)}
    patterns = sorted(kinds)
    search = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    return search, [kinds[x] for x in patterns], [len(x) <= _WHOLE for x in patterns]

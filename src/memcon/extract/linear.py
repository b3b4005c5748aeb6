"""Finding a role by word order, for sentences whose tree has gone wrong.

Long official names and several posts in a row mislead the parser: the object of "received" ends under a comma, the person
after "by" under a place. Word order is steadier, so where the tree gives a role nobody, the nearest phrase that can stand
there is taken. Each function steps over dates, adverbs and phrases of place, and stops at the border of the clause.
"""

from __future__ import annotations

from memcon.extract.tree import is_verb, kids
from memcon.mentions import Sentence

_BORDERS = frozenset((";", ":", '"', "(", "that", "who", "which", "where", "when", "while", "after", "before", "because", "whether", "if", "as", "and", "but"))
_PLACE_WORDS = frozenset("in at near inside outside on during over aboard".split())
_PRONOUNS = frozenset("he she they him her them we".split())
_LEAD = frozenset(("DT", "JJ", "JJR", "JJS", "CD", "PRP$", "POS", "VBG", "VBN"))
_REACH = 24


def _stands(s: Sentence, k: int) -> bool:
    """Whether item ``k`` can be a party: a name, an office, a pronoun."""
    item = s.items[k]
    return item.kind in ("person", "office") or item.low in _PRONOUNS


def _ends_clause(s: Sentence, k: int) -> bool:
    item = s.items[k]
    return item.low in _BORDERS or item.tag in ("VBD", "VBZ", "VBP", "MD") and item.kind == "word"


def object_after(s: Sentence, at: int) -> int | None:
    """The name or office that follows a verb as its object, over dates and phrases of place ("received in Lima X")."""
    k = at + 1
    while k < min(len(s.items), at + _REACH):
        item = s.items[k]
        if _stands(s, k):
            return k
        if item.low in _PLACE_WORDS:
            if k + 1 < len(s.items) and s.items[k + 1].kind == "person" and s.items[k + 1].dep == "pobj":
                return k + 1  # "received at Bayan Palace LAND's Minister X": the title has taken in the place
            k = _past_phrase(s, k)
            continue
        if _ends_clause(s, k) or item.kind == "word" and item.tag in ("IN", "TO"):
            return None
        k += 1
    return None


def _past_phrase(s: Sentence, at: int) -> int:
    """The first item behind the noun phrase of the preposition ``at``."""
    k = at + 1
    while k < len(s.items) and (s.items[k].tag in _LEAD or s.items[k].kind == "demonym"):
        k += 1
    k += 1
    while k < len(s.items) and s.items[k].kind in ("word", "place", "org") and s.items[k].tag.startswith("NN"):
        k += 1
    return k


def after_word(s: Sentence, at: int, words: frozenset[str]) -> int | None:
    """The head of the phrase behind the first of ``words`` ("with", "by") that follows item ``at`` in its clause."""
    for k in range(at + 1, min(len(s.items), at + _REACH)):
        if s.items[k].low in words and s.items[k].kind == "word":
            return _phrase_head(s, k)
        if _ends_clause(s, k):
            return None
    return None


def _phrase_head(s: Sentence, at: int) -> int | None:
    own = kids(s, at, "pobj")
    if own:
        return own[0]
    for k in range(at + 1, min(len(s.items), at + 6)):
        if _stands(s, k) or s.items[k].kind in ("org", "country"):
            return k
        if s.items[k].tag not in _LEAD and s.items[k].kind != "demonym":
            return None
    return None


def second_of_two(s: Sentence, at: int) -> int | None:
    """Who follows "and" behind the "between" that follows item ``at`` closely: "between President A, and his counterpart, B"."""
    between = next((k for k in range(at + 1, min(len(s.items), at + 10)) if s.items[k].low == "between"), None)
    if between is None:
        return None
    first = next((k for k in range(between + 1, min(len(s.items), between + 8)) if _stands(s, k)), None)
    for k in range(first + 1 if first is not None else len(s.items), min(len(s.items), between + _REACH)):
        item = s.items[k]
        if item.low == "and":
            nxt = k + 1
            while nxt < len(s.items) and (s.items[nxt].tag in _LEAD or s.items[nxt].kind == "demonym" or s.items[nxt].low in ("counterpart", ",")):
                nxt += 1
            return nxt if nxt < len(s.items) and _stands(s, nxt) else None
        if item.tag in ("VBD", "VBZ", "VBP", "MD") and item.kind == "word" or item.low in (";", '"'):
            return None
    return None


def subject_before(s: Sentence, at: int) -> int | None:
    """The name or office before a verb that has lost its subject, within the clause."""
    for k in range(at - 1, max(-1, at - _REACH), -1):
        item = s.items[k]
        if _stands(s, k) and item.low not in ("him", "them") and item.dep not in ("pobj", "poss", "dobj"):
            first = k
            while s.items[first].dep == "conj" and s.items[first].head < first and s.items[s.items[first].head].kind in ("person", "office"):
                first = s.items[first].head  # of "A and B"
            return first
        if item.low in (";", ":", '"') or is_verb(item) and item.tag in ("VBD", "VBZ", "VBP", "MD") and item.dep not in ("aux", "auxpass"):
            return None
    return None

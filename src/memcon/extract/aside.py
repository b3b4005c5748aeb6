"""What looks like a contact and is none of the report's own: fiction, memoirs, anniversaries, lives, suppositions, private business, affairs at home."""

from __future__ import annotations

import re
from typing import Final

from memcon.extract.discourse import Party
from memcon.extract.tree import kids
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.langs.lexicon import Lexicon
from memcon.mentions import Annotated, Figure, Item, Office, Org, Sentence

_FICTION: Final = frozenset("novel film movie series season episode sitcom thriller screenplay plot drama actor actress starring fictional critics character characters novelist".split())
_TOLD_THERE: Final = frozenset("novel film movie season episode sitcom thriller screenplay plot fictional".split())
_MEMOIRS: Final = frozenset("memoir memoirs autobiography diary diaries biography".split())
_BOOKS: Final = frozenset(("book", "chapter"))
_LOOKED_BACK_IN: Final = _MEMOIRS | _BOOKS
_LOOKING_BACK: Final = frozenset("recall recount remember describe write recollect".split())
_AGO: Final = re.compile(r"\b(?:(\d{2,3})|(?:a |one )?(hundred|century)|(ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|decades|centuries)(?:-\w+)?)\b(?: or more| long)?(?: years)? ago\b|\bon this day in \d{4}\b", re.I)
_AGO_AT_ALL: Final = re.compile(r"ago\b|on this day", re.I)  # asked first, for it is quick
_LIFE: Final = re.compile(r"\bwas born (?:in|on|to|into)\b", re.I)
_COMPANY: Final = frozenset("corporation corp inc ltd plc llc gmbh holdings holding company airlines airways motors enterprises ventures technologies".split())
_MANAGERS: Final = ("chief executive", "chief executive officer", "ceo", "managing director", "general manager", "chief financial officer", "founder")
_OWN: Final = frozenset("party government cabinet parliament".split())
_LONG_AGO: Final = 25  # years before the report


def imagined(s: Sentence, verb: int, notes: Annotated) -> bool:
    """Whether a contact is supposed or made up: "if X were to meet Y", "in the third season X receives Y"."""
    for k in {verb, s.items[verb].head}:
        if s.items[k].dep == "advcl" and any(s.items[j].low in ("if", "unless") for j in kids(s, k, "mark")):
            return True
    return not s.said.isdisjoint(_TOLD_THERE) and any(i.low in _TOLD_THERE for i in s.items) and len(_FICTION & set(re.findall(r"[a-z]+", notes.text.lower()))) >= 3


def remembered(s: Sentence, notes: Annotated) -> bool:
    """Whether a sentence looks back on what is history: memoirs, "fifty years ago", "on this day in 1945"."""
    if not s.said.isdisjoint(_LOOKED_BACK_IN):
        words = {i.low for i in s.items}
        if words & _MEMOIRS or words & _BOOKS and {i.lemma for i in s.items} & _LOOKING_BACK:
            return True
    told = notes.text[s.start : s.items[-1].end if s.items else s.start]
    return _AGO_AT_ALL.search(told) is not None and _AGO.search(told) is not None


def long_ago(start: str | None, published: str | None) -> bool:
    """Whether a decided time lies so far before the report that it is history. Both are EDTF or None."""
    if not start or not published or not start[:4].isdigit() or not published[:4].isdigit():
        return False
    return int(published[:4]) - int(start[:4]) > _LONG_AGO


def is_life(notes: Annotated) -> bool:
    """Whether the report tells somebody's life: "was born in …"."""
    return _LIFE.search(notes.text) is not None


def is_private(figure: Figure, lex: Lexicon) -> bool:
    """Whether all that the report says of a person's posts is business, sport or learning."""
    return bool(figure.offices) and all(_private(o, lex) for o in figure.offices)


def _private(office: Office, lex: Lexicon) -> bool:
    title, body = fold(office.title), fold(office.org or "")
    if _COMPANY & set(re.findall(r"\w+", body)):
        return True
    if title.endswith(_MANAGERS) and body and places.country_of_name(office.org or "") is None and places.candidates(office.org or "") == ():
        return True
    return office.klass == "official" and title.endswith(lex.private)


def own_body(party: Party) -> bool:
    """Whether a party is only called by a common noun: "members of his party"."""
    return party.person < 0 and party.kind == "org" and party.name in _OWN


def one_land(notes: Annotated) -> bool:
    """Whether a report names a single country: by its name, by a nationality or in an office, and no city or body of another."""
    named: set[str | None] = {f.country for f in notes.people}
    placed: set[str | None] = set()
    for s in notes.sentences:
        for item in s.items:
            (placed if item.kind == "place" else named).update(_of_item(item))
    named -= {None, ""}
    return len(named) == 1 and not placed - named - {None, ""}


def _of_item(item: Item) -> set[str | None]:
    if item.kind in ("country", "demonym"):
        return {str(item.ref)}
    if item.kind == "place":
        return {places.city_country(item.text), str(item.ref) if item.ref else None}
    if isinstance(item.ref, Org):
        return {item.ref.country, "" if places.body(item.ref.name) is None else f"body {item.ref.name}"}
    if isinstance(item.ref, Office):
        return {item.ref.country}
    return set()


__all__ = ["imagined", "is_life", "is_private", "long_ago", "one_land", "own_body", "remembered"]

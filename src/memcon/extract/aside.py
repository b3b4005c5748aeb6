"""What looks like a contact and is none of the report's own: fiction, memoirs, anniversaries, lives, suppositions, private business, affairs at home."""

from __future__ import annotations

import re
from typing import Final

from memcon.extract.discourse import Party
from memcon.extract.tree import kids
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.langs.lexicon import Lexicon
from memcon.mentions import STATE_POSTS, Annotated, Figure, Item, NameMention, Office, Org, Sentence

_FICTION: Final = frozenset("novel film movie series season episode sitcom thriller screenplay plot drama actor actress starring fictional critics character characters novelist".split())
_TOLD_THERE: Final = frozenset("novel film movie season episode sitcom thriller screenplay plot fictional".split())
_MEMOIRS: Final = frozenset("memoir memoirs autobiography diary diaries biography".split())
_BOOKS: Final = frozenset(("book", "chapter"))
_LOOKING_BACK: Final = frozenset("recall recount remember describe write recollect".split())
_AGO: Final = re.compile(r"\b(?:(\d{2,3})|(?:a |one )?(hundred|century)|(ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|decades|centuries)(?:-\w+)?)\b(?: or more| long)?(?: years)? ago\b|\bon this day in \d{4}\b", re.I)
_LIFE: Final = re.compile(r"\bwas born (?:in|on|to|into)\b", re.I)
_COMPANY: Final = frozenset("corporation corp inc ltd plc llc gmbh holdings holding company airlines airways motors enterprises ventures technologies".split())
_MANAGERS: Final = ("chief executive", "chief executive officer", "ceo", "managing director", "general manager", "chief financial officer", "founder")
_OWN: Final = frozenset("party government cabinet parliament".split())
_LONG_AGO: Final = 20  # years before the report: coders take older contacts for history
_LONG_BEFORE: Final = 25  # years before the latest year of a report that carries no date
_YEAR: Final = re.compile(r"(?<!\bagenda )(?<!\bvision )(?<!\bby )(?<!\buntil )(?<!\bto )\b((?:19|20)\d\d)\b", re.I)
_TALES: Final = r"(?:reports?|claims?|rumou?rs?|allegations?|suggestions?|speculation)"
_REFUTED: Final = re.compile(rf"\b(?:(?:not|n[’']t|cannot|declin(?:es|ed) to|refus(?:es|ed) to) confirm|dispel(?:s|led|ling)?|den(?:y|ies|ied|ying)|dismiss(?:es|ed)?|reject(?:s|ed)?|refut(?:es|ed)|rubbish(?:es|ed)|debunk(?:s|ed)) (?:[\w’'-]+ ){{0,3}}{_TALES} (?:that|of|on|about|claiming|suggesting|alleging|in the [\w ]{{0,30}} that)\b", re.I)
_NOT_TRUE: Final = re.compile(rf"\b{_TALES} (?:that|of|about|claiming|suggesting)\b.{{0,160}}\b(?:were|was|are|is|as)\b (?:not true|(?:an? |pure |completely |totally |[“\"‘'])*(?:false|untrue|canard|baseless|unfounded|groundless|fake|incorrect|fabricat\w+|fiction|nonsense))", re.I | re.S)
_RUMOUR: Final = re.compile(r"\W*(?:speculation|rumou?rs?|gossip) (?:about|of|over|that|has|have|had|is|are|was|were|grew|swirled)\b", re.I)
_OPENING: Final = 40  # characters in which a report of history says how long ago it was
_MUSEUM: Final = frozenset("exhibit exhibits exhibition museum gallery galleries library artifacts artefacts curator curators exhibitions".split())
_SUPPOSED: Final = frozenset("possible potential hypothetical prospective rumoured rumored mooted would-be purported imaginary fictional any such".split())
_SHOWN: Final = frozenset("exhibit exhibition exhibits museum statue documentary film movie book novel painting mural stamp stamps memoir memoirs opera replica thesis".split())
_DIES: Final = re.compile(
    r"[,\s](?:dies|died|has died|had died|passed away|passes away|has passed away|is dead|dead at|dead aged|was buried|is buried|(?:was|is|has been) laid to rest|breathed (?:his|her) last)\b|[’']s (?:death|passing|obituary)\b|^\W*obituary\b", re.I
)
_SPORT: Final = frozenset(
    "cricket cricketing cricketers football footballer footballers soccer rugby hockey tennis basketball volleyball handball netball athletics olympic olympics paralympic fifa uefa odi odis "
    "t20 twenty20 goalkeeper striker midfielder innings wicket wickets stadium tournament qualifier qualifiers fixture fixtures midfield medal medals".split()
)
_DENSE: Final = 70  # words, of which one is of sport, in a short report of sport
_SPORT_BODIES: Final = frozenset(
    "cricket football soccer rugby hockey tennis basketball volleyball handball netball athletics olympic olympics paralympic fifa uefa fc judo boxing wrestling gymnastics swimming chess "
    "sevens".split()
)
_SCREEN: Final = _FICTION | frozenset("director directed screening screenings filmmaker filmmakers cast biopic trilogy festival premiere audiences".split())


def imagined(s: Sentence, verb: int, notes: Annotated, outer: int | None = None) -> bool:
    """Whether a contact is supposed or made up: "if X were to meet Y", "in the third season X receives Y". ``outer`` is the verb over a noun, if any."""
    for k in {verb, s.items[verb].head, *(() if outer is None else (outer,))}:
        if s.items[k].dep == "advcl" and any(s.items[j].low in ("if", "unless") for j in kids(s, k, "mark")):
            return True
        if any(s.items[j].low == "would" for j in kids(s, k, "aux")) and any(s.items[i].low in ("if", "unless", "provided") for j in kids(s, k, "advcl") for i in kids(s, j, "mark")):
            return True  # "would take part if the airspace was opened"
    words = {i.low for i in s.items}
    return bool(words & _TOLD_THERE) and len(_FICTION & set(re.findall(r"[a-z]+", notes.text.lower()))) >= 3


def remembered(s: Sentence, notes: Annotated) -> bool:
    """Whether a sentence looks back on what is history: memoirs, "fifty years ago", "on this day in 1945"."""
    words = {i.low for i in s.items}
    if words & _MEMOIRS or words & _BOOKS and {i.lemma for i in s.items} & _LOOKING_BACK:
        return True
    return _AGO.search(notes.text[s.start : s.items[-1].end if s.items else s.start]) is not None


def long_ago(start: str | None, published: str | None) -> bool:
    """Whether a decided time lies so far before the report that it is history. Both are EDTF or None."""
    if not start or not published or not start[:4].isdigit() or not published[:4].isdigit():
        return False
    return int(published[:4]) - int(start[:4]) > _LONG_AGO


def latest_year(notes: Annotated) -> str | None:
    """The latest year that a report without a date of its own names: it cannot be older. None when it names none."""
    return max(_YEAR.findall(notes.text), default=None)


def history(start: str | None, published: str | None, notes: Annotated) -> bool:
    """Whether a decided time is history for the report, which may carry no date. ``start`` and ``published`` are EDTF or None."""
    if published and published[:4].isdigit():
        return long_ago(start, published)
    last = latest_year(notes)
    return last is not None and start is not None and start[:4].isdigit() and int(last) - int(start[:4]) > _LONG_BEFORE


def supposed(s: Sentence, noun: int) -> bool:
    """Whether a noun of contact names one that is only thought of: "a possible meeting", "such a summit", "an exhibit on the visit"."""
    if any(s.items[k].low in _SUPPOSED and s.items[k].dep in ("amod", "det", "predet", "nmod", "compound") for k in s.children[noun]):
        return True
    k = noun
    for _ in range(4):
        item = s.items[k]
        if item.head == k or item.dep not in ("pobj", "prep", "compound", "poss", "pcomp"):
            return False
        if item.dep == "prep" and item.low in ("on", "of", "about", "to") and s.items[item.head].low in _SHOWN:
            return True
        k = item.head
    return False


def hearsay(s: Sentence, notes: Annotated) -> bool:
    """Whether a sentence calls reports of something untrue: "dismissed reports that X had met Y", "claims that … were false"."""
    text = notes.text[s.start : s.end]
    return _REFUTED.search(text) is not None or _NOT_TRUE.search(text) is not None or _RUMOUR.match(text) is not None


def counterfactual(s: Sentence, k: int) -> bool:
    """Whether item ``k`` stands in what did not come about: "the trip would have made her the first leader to meet X"."""
    for _ in range(6):
        aux = {s.items[j].low for j in kids(s, k, "aux")}
        if "have" in aux and aux & {"would", "could", "might", "should"}:
            return True
        if s.items[k].head == k:
            return False
        k = s.items[k].head
    return False


def looks_back(notes: Annotated) -> bool:
    """Whether a report is one of history: it opens with "thirty years ago", or tells of a museum."""
    first = next((s for s in notes.sentences if s.kind == "body"), None)
    if first is not None and _AGO.search(notes.text[first.start : min(first.end, first.start + _OPENING)]):
        return True
    shown = [w for w in re.findall(r"[a-z]+", notes.text.lower()) if w in _MUSEUM]
    return len(shown) >= 4 and any(w.startswith("exhibit") for w in shown)


def departed(notes: Annotated) -> frozenset[int]:
    """The people whose death the report tells: nobody meets them any more. Indexes into ``notes.people``."""
    gone = set()
    for s in notes.sentences:
        named = [(i, i.ref.person) for i in s.items if isinstance(i.ref, NameMention) and i.ref.person >= 0]
        for n, (item, person) in enumerate(named):
            until = named[n + 1][0].start if n + 1 < len(named) else s.end
            if _DIES.search(notes.text[item.end : min(until, item.end + 120)]) and not item.quoted:
                gone.add(person)
    return frozenset(gone)


def of_sport(notes: Annotated) -> bool:
    """Whether the report is one of sport, by its words."""
    words = re.findall(r"[a-z0-9]+", notes.text.lower())
    hits = sum(w in _SPORT for w in words)
    return hits >= 4 or hits >= 2 and hits * _DENSE >= len(words)


def of_screen(notes: Annotated) -> bool:
    """Whether the report is about a film, a play or a series, by its words."""
    words = set(re.findall(r"[a-z]+", notes.text.lower()))
    return len(words & _SCREEN) >= 4 and bool(words & _TOLD_THERE)


def is_life(notes: Annotated) -> bool:
    """Whether the report tells somebody's life: "was born in …"."""
    return _LIFE.search(notes.text) is not None


def is_private(figure: Figure, lex: Lexicon) -> bool:
    """Whether all that the report says of a person's posts is business, sport or learning."""
    return bool(figure.offices) and all(_private(o, lex) for o in figure.offices)


def acts_for_state(figure: Figure, lex: Lexicon) -> bool:
    """Whether a person holds an office of state and none of business or sport; "President X" alone may be a club's."""
    if any(_private(o, lex) for o in figure.offices):
        return False
    return any(o.klass in STATE_POSTS and (o.klass != "head_of_state" or o.country and (not o.org or places.country_of_name(o.org))) for o in figure.offices)


def _private(office: Office, lex: Lexicon) -> bool:
    title, body = fold(office.title), fold(office.org or "")
    words = set(re.findall(r"\w+", body))
    if words & _COMPANY or words & _SPORT_BODIES and "minist" not in body + title:
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


__all__ = ["acts_for_state", "counterfactual", "departed", "hearsay", "history", "imagined", "is_life", "is_private", "long_ago", "looks_back", "of_screen", "of_sport", "one_land", "own_body", "remembered", "supposed"]

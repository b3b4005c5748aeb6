"""The grammar of offices: a title word, what stands before it, and what it is an office of.

    former Cambodian Deputy Prime Minister · Minister for Foreign Affairs and Trade of Hungary
    head of the CPV Central Committee's Commission for External Relations · UN Special Envoy for Yemen
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

from memcon.annotate.bodies import OF_TITLES, PLACES, BodyPhrase, body_at, is_acronym, is_head
from memcon.langs.lexicon import Lexicon
from memcon.mentions import Token
from memcon.model import Span

_NO_POST = frozenset(("delegation", "group", "team", "side", "entourage", "mission's", "talks", "meeting", "visit", "list", "table", "family"))
# Words of a title that follow its noun: "Ambassador Extraordinary and Plenipotentiary".
_TRAILING = frozenset(("delegate", "delegated", "extraordinary", "plenipotentiary", "designate", "emeritus", "-designate", "-elect", "a.i", "a.i.", "interim"))
# Letters after a name: orders, degrees and seats.
_POST_NOMINALS = frozenset("KCB KC QC CBE OBE MBE KCMG GCMG CMG DBE KBE GBE PC CH FRS JP DL TD AC AO AM KCVO GCB CB".split())
# Ends of words that name a field of government or of work, for the fields that no list has ("Peacebuilding Affairs").
_FIELD_ENDS = ("tion", "sion", "ment", "ing", "ity", "ics", "ies", "ism", "ance", "ence", "ture", "logy", "ways", "ship", "ness", "ural", "onal", "ical", "ous", "nomy", "ports", "affairs")
# Offices with a task: a country right before the word is the task, not the side ("the UN's Yemen envoy").
# Whose officials a lower-case word with "'s" tells of: "the parliament's deputy speaker".
_OWNERS = frozenset("country party ministry parliament government senate embassy commission council agency organisation organization bloc alliance bank university".split())
# Fields that are bodies when they end a phrase: "Secretary of the Party", but "Minister of Cabinet Affairs".
_OWN_BODIES = frozenset(("party", "council", "cabinet", "secretariat", "presidency"))
# Bodies that a title names after a comma ("Director-General, Ministry of …").
_ORGANS = frozenset("government ministry department embassy office directorate bureau institute university parliament secretariat commission council division agency centre center house".split())
# "The Kingdom's Minister": the reader knows which; the word is neither a body nor part of the title.
_REALM = frozenset("kingdom republic sultanate emirate principality island nation".split())
# Things that are named after holders of titles.
_NAMED_AFTER = frozenset("cup trophy airport mosque prize award medal university highway avenue street".split())
# Titles that are parts of names as well.
_NAME_TITLES = frozenset("amir emir sultan king prince malik dean pope judge justice bishop marshal".split())
# Words before a body's head noun in lower case: "the provincial people's congress".
_LOCAL = frozenset("provincial municipal regional county district".split())
# Titles of those who lead or speak for movements and firms.
_MOVERS = frozenset("leader chief spokesman spokeswoman spokesperson commander official boss ceo founder co-founder chairman lawmaker politician militant cofounder negotiator".split())
# What stands before a verb: "will co-chair the session".
_BEFORE_VERBS = frozenset("to will would shall should may can could must also jointly not and".split())
_TASKED = frozenset(("envoy", "special envoy", "representative", "special representative", "coordinator", "negotiator", "mediator", "chief negotiator"))


@dataclass(slots=True)
class OfficePhrase:
    """An office in tokens ``first`` to ``last`` (exclusive), before names are resolved."""

    first: int
    last: int
    head: int
    klass: str
    plural: bool
    title: list[tuple[int, int]] = field(default_factory=list)  # token ranges whose words make the title
    body: BodyPhrase | None = None
    country: str | None = None
    country_at: int = -1
    no_post: bool = False  # head of the delegation and the like
    owner: tuple[str, str | None, Span] | None = None  # the body behind "its", named elsewhere: name, country, where
    named: str = ""  # the title where the words are a verb's ("who heads the Agency")

    @property
    def state(self) -> bool:
        """Whether the country itself is the office's organization."""
        return self.body is None


def offices(tokens: list[Token], lex: Lexicon) -> list[OfficePhrase]:
    """All offices named in a sentence, left to right, none inside another."""
    lows = [t.low for t in tokens]
    found: list[OfficePhrase] = []
    i = 0
    while i < len(tokens):
        hit = lex.head_at(lows, i) if lows[i] in lex.head_sizes else None
        if hit is None or not _is_title(tokens, i, hit[0], lex):
            i += 1
            continue
        size, klass, plural = hit
        office = _read(tokens, i, size, klass, plural, lex, floor=found[-1].last if found else 0)
        if found and _owns(tokens, found[-1], office):
            _owned(found.pop(), office)
        found.append(office)
        i = max(office.last, i + size)
    _share(tokens, found)
    return found


def _share(tokens: list[Token], found: list[OfficePhrase]) -> None:
    """"Secretary and Spokesperson of the Ministry": what follows the second belongs to both."""
    for one, two in itertools.pairwise(found):
        joined = two.first == one.last + 1 and tokens[one.last].low in ("and", "&", "cum")
        sent = one.klass == "diplomat" and " ".join(t.low for t in tokens[one.head : one.head + 2]) in _TASKED and len(one.title) > 1
        if joined and one.body is None and one.country is None and two.body is not None and two.body.first > two.head and (one.klass in ("official", "party") or sent and _international(tokens, two.body)):
            first = two.body.first
            one.body = replace(two.body, last=first + tokens[first].run) if sent else two.body


def _international(tokens: list[Token], body: BodyPhrase) -> bool:
    """Whether a body is one of the known international ones, or part of one: "UN Mission in LAND"."""
    return tokens[body.first].label == "body"


def _owns(tokens: list[Token], one: OfficePhrase, two: OfficePhrase) -> bool:
    """"The prime minister's envoy": the first office only says whose office the second is."""
    return two.first == one.last + 1 and tokens[one.last].text in ("'s", "'") and two.country is None and two.body is None


def _owned(one: OfficePhrase, two: OfficePhrase) -> None:
    two.title.insert(0, (one.title[0][0], one.last + 1))
    two.first, two.country, two.country_at, two.body = one.first, one.country, one.country_at, one.body


def _is_title(tokens: list[Token], i: int, size: int, lex: Lexicon) -> bool:
    """Whether the word is used as a title here: not "chairs the session", not inside a body's name."""
    token = tokens[i]
    after = tokens[i + size] if i + size < len(tokens) else None
    k = i - 1
    while k > 0 and tokens[k].low == "the":
        k -= 1
    if k > 0 and tokens[k].low == "of" and tokens[k - 1].cap and tokens[k - 1].low in OF_TITLES:
        return False  # "House of Representatives", "Cabinet of Ministers"
    if i + size < len(tokens) and tokens[i + size].low in ("bin", "bint", "ibn", "al") and token.cap:
        return False  # "Prince Sultan bin Abdulaziz"
    if token.low in _NAME_TITLES and token.cap and after is not None and after.cap and i and tokens[i - 1].cap and lex.head_at([tokens[i - 1].low], 0) is not None:
        return False  # "Foreign Minister Amir NAME"
    if size == 1 and token.low in lex.modifiers and _titled_later(tokens, i + 1, lex):
        return False  # "chief nuclear envoy"
    if _part_of_a_name(tokens, i, after, lex) or _other_use(tokens, i, after):
        return False
    if token.low == "may" or (after is not None and after.text == "-" and not _hyphen_ending(tokens, i + size) and not (token.cap and _title_next(tokens, i + size + 1, lex))):
        return False
    if token.cap and after is not None and after.cap and is_head(after, lex) and after.low not in ("secretary",):
        return _styled(tokens, i, size, lex)  # "Governors Council", "Leaders Summit", but "Speaker National Assembly NAME"
    if token.cap and after is not None and after.text in ("'s", "'") and i + size + 1 < len(tokens) and is_head(tokens[i + size + 1], lex):
        return False  # "Prime Minister's Office"
    if size > 1 and token.low == "senior" and not token.cap:
        return False  # "senior officials"
    if token.low == "fellow" and after is not None and after.cap and not (i and tokens[i - 1].cap):
        return False  # "his fellow Democrats"
    if token.low in ("fellow", "expert", "judge", "justice") and not token.cap:
        return i + 1 < len(tokens) and tokens[i + 1].cap
    return True


def _hyphen_ending(tokens: list[Token], k: int) -> bool:
    """"Ambassador | - designate": a hyphen that the outlet's layout has cut off."""
    return k + 1 < len(tokens) and tokens[k].text == "-" and tokens[k + 1].low in ("designate", "elect", "at-large")


def _title_next(tokens: list[Token], k: int, lex: Lexicon) -> bool:
    """"Deputy Prime Minister - Minister for Trade": a second title behind the dash."""
    return k < len(tokens) and tokens[k].cap and lex.head_at([t.low for t in tokens[k : k + 4]], 0) is not None


def _part_of_a_name(tokens: list[Token], i: int, after: Token | None, lex: Lexicon) -> bool:
    """"King Cup", "Abdul Amir al-Hadi", "Law and Justice", "NAME QC MP": the word belongs to a thing's or a person's name."""
    token = tokens[i]
    if token.cap and after is not None and after.cap and after.low in _NAMED_AFTER:
        return True
    if i == 0:
        return False
    before = tokens[i - 1]
    if token.low in _NAME_TITLES and _given(before, lex):
        return True
    return token.low == "justice" and before.low in ("and", "of", "&") or token.low in ("mp", "mep", "td") and before.text in _POST_NOMINALS


def _other_use(tokens: list[Token], i: int, after: Token | None) -> bool:
    """"Member States", "who chairs the session": no title at all."""
    low = tokens[i].low
    if low == "member":
        return after is not None and after.low in ("state", "states", "country", "countries", "parties", "nations")
    if low in ("chair", "co-chair", "head") and not tokens[i].cap and after is not None:
        return i > 0 and tokens[i - 1].low in _BEFORE_VERBS and after.low in ("the", "a", "an", "this", "that", "its", "their", "his", "her")
    return low in ("chairs", "heads") and i > 0 and tokens[i - 1].low in ("who", "he", "she", "which", "also")


def _given(token: Token, lex: Lexicon) -> bool:
    """Whether a word is a given name and nothing else here."""
    listed = token.low in lex.portfolios or token.low in lex.modifiers or token.low in lex.honorifics or token.low in lex.status or token.low in lex.common
    return token.cap and not token.label and token.low in lex.given_names and not listed and not is_head(token, lex)


def _styled(tokens: list[Token], i: int, size: int, lex: Lexicon) -> bool:
    """"Speaker National Assembly NAME", "Chairman Senate NAME": a title right before its body, and a name after both."""
    hit = lex.head_at([t.low for t in tokens[i : i + size]], 0)
    if hit is None or hit[2] or hit[1] not in ("parliament", "party", "official", "minister") or tokens[i].low in ("minister", "leader", "founder", "member"):
        return False
    return _adjacent_body(tokens, i + size, lex) is not None


def _adjacent_body(tokens: list[Token], j: int, lex: Lexicon) -> BodyPhrase | None:
    """The body that stands at token ``j`` without "of", if a name follows it directly."""
    body = body_at(tokens, j, lex)
    if body is None or not body.headed or body.last >= len(tokens):
        return None
    after = tokens[body.last]
    return body if after.cap and not after.label and not is_head(after, lex) and after.low not in lex.event_words else None


def _titled_later(tokens: list[Token], j: int, lex: Lexicon) -> bool:
    for k in range(j, min(len(tokens), j + 5)):
        if lex.head_at([t.low for t in tokens[k : k + 4]], 0):
            return True
        if tokens[k].low not in lex.portfolios and tokens[k].low not in lex.modifiers and not (tokens[j - 1].cap and _ordinary(tokens[k], lex)):
            return False
    return False


def _read(tokens: list[Token], i: int, size: int, klass: str, plural: bool, lex: Lexicon, floor: int) -> OfficePhrase:
    office = OfficePhrase(i, i + size, i, klass, plural)
    title_from = _left(tokens, office, lex, floor)
    end = _right(tokens, office, lex)
    office.title.append((title_from, i + size))
    office.title.sort()
    office.last = max(end, i + size)
    return office


# -- before the title word ---------------------------------------------------------------------------------------------


def _left(tokens: list[Token], office: OfficePhrase, lex: Lexicon, floor: int) -> int:
    """Take in what stands before the title word; returns where the title itself starts."""
    first = _reach(tokens, office, lex, floor)
    office.first = first
    return _sort_out(tokens, office, first, lex)


def _reach(tokens: list[Token], office: OfficePhrase, lex: Lexicon, floor: int) -> int:
    """The leftmost token that may belong to the office before its title word."""
    head = j = office.head
    if _seat_after_name(tokens, head, lex) or _after_honorific(tokens, head, floor, lex):
        return head
    fields = office.klass in ("minister", "official")
    everyday = _everyday_body(tokens, head, lex)
    if everyday < head and everyday >= floor:
        return everyday
    capital = tokens[head].cap
    while j > floor:
        before = tokens[j - 1]
        if _belongs(tokens, j - 1, lex, capital, floor) and (fields or not _ordinary(before, lex) or _inside_body(tokens, j - 1, lex) or _of_head(tokens, j - 1, lex)):
            j -= 1
        elif before.low in ("and", "&", ",") and _listed_field(tokens, j - 1, lex, floor):
            j -= 1
        elif before.low in ("of", "for", "on") and _body_before(tokens, j - 1, lex, floor):
            j -= 1
        else:
            break
    while j < head and (tokens[j].low in ("and", "&", ",", "of", "for", "on", "the", "'s", "'") or _opener(tokens, j, lex)):
        j += 1
    return j


def _seat_after_name(tokens: list[Token], head: int, lex: Lexicon) -> bool:
    """"NAME MP, today …": letters behind a name, whose words are none of the title's."""
    if tokens[head].low not in ("mp", "mep", "td", "mla", "mlc") or head < 2 or head + 1 < len(tokens) and tokens[head + 1].cap:
        return False
    return all(t.cap and not t.label and t.low not in lex.portfolios and not is_head(t, lex) and t.low not in lex.frequent for t in tokens[head - 2 : head])


def _after_honorific(tokens: list[Token], head: int, floor: int, lex: Lexicon) -> bool:
    """"Ms NAME Secretary to the Minister": the capitals before the title are a name, as the "Ms" before them says."""
    j = head
    while j > floor and head - j < 5 and tokens[j - 1].cap and tokens[j - 1].text.isalpha() and not tokens[j - 1].label and tokens[j - 1].low not in lex.portfolios | lex.modifiers | lex.honorifics:
        if is_head(tokens[j - 1], lex) or is_acronym(tokens[j - 1]):
            return False
        j -= 1
    return head - j > 1 and j > floor and tokens[head].cap and tokens[j - 1].text.rstrip(".") in ("Mr", "Mrs", "Ms", "Dr", "HE", "H.E", "Hon", "Smt", "Shri", "Prof", "Excellency", "Excellencies", "Sheikh", "Datuk", "Madam")


def _ordinary(token: Token, lex: Lexicon) -> bool:
    """A capitalised everyday word that is no part of a title: "the Two Holy Mosques | King"."""
    known = token.low in lex.portfolios or token.low in lex.modifiers or token.low in lex.status or token.low in lex.passing
    return token.cap and not known and not token.label and token.low in lex.common and not is_head(token, lex) and not is_acronym(token)


def _belongs(tokens: list[Token], k: int, lex: Lexicon, capital: bool, floor: int) -> bool:
    token = tokens[k]
    if token.text == "under" and not (k + 1 < len(tokens) and tokens[k + 1].low.startswith("secretar")):
        return False
    if token.low in lex.modifiers or token.low in lex.status or token.low in lex.passing or token.label in PLACES or token.label == "body" or token.text == "government":
        return True
    if token.text in ("'s", "'"):
        owner = tokens[k - 1]
        if owner.text == ")" and k - 3 >= floor:
            return tokens[k - 3].text == "(" and is_acronym(tokens[k - 2])  # "The Bar Council (BC)'s Chairman"
        return k > floor and (owner.low not in _REALM or owner.label != "") and (owner.cap or owner.low in _OWNERS)
    if token.text == ")" and k - 2 >= floor and tokens[k - 2].text == "(" and is_acronym(tokens[k - 1]):
        return True
    if token.text == "(" and k + 2 < len(tokens) and tokens[k + 2].text == ")":
        return True
    if _no_owner(token):
        return False
    if is_acronym(token):
        return True
    if token.low.rstrip(".") in lex.honorifics and not is_head(token, lex):
        return False
    if token.low in lex.portfolios:
        return token.cap or not capital or token.low in ("and",)
    if not token.cap:
        return token.low in lex.body_heads and not capital and token.low not in ("post", "day", "service", "mission", "delegation", "visit")
    if token.label in ("month", "weekday") or token.text[0].isdigit():
        return False
    if not capital and not token.label and k + 1 < len(tokens) and tokens[k + 1].low in _LOCAL and not tokens[k + 1].cap:
        return k == floor or tokens[k - 1].text == ","  # "NAME, Fujian provincial governor"
    # A capitalised word of no list: part of a body's name ("Politburo member"), unless the office is in lower case.
    return capital or is_head(token, lex) or _inside_body(tokens, k, lex) or _movement(tokens, k, lex)


def _no_owner(token: Token) -> bool:
    """"the Oslo-based ambassador", "HRH Princess NAME": where somebody works, and styles, are no bodies."""
    return token.low.endswith(("-based", "-born", "-led", "-backed", "-appointed")) or token.text.isupper() and token.low in ("he", "hh", "hm", "hrh", "hsh")


def _movement(tokens: list[Token], k: int, lex: Lexicon) -> bool:
    """"Harakat leader NAME", "Sole Front spokesman": before a lower-case title of movements and firms, one or two words that are nobody's and no everyday word."""
    while k > 0 and tokens[k - 1].cap and not tokens[k - 1].label and tokens[k - 1].text.isalpha():
        k -= 1
    end = k
    while end < len(tokens) and end < k + 3 and tokens[end].cap:
        token = tokens[end]
        if token.label or token.low in lex.common or token.low in lex.given_names or token.low.rstrip(".") in lex.honorifics or not token.text.isalnum() or token.low in lex.portfolios:
            return False
        end += 1
    named = end + 1 < len(tokens) and tokens[end + 1].cap and not tokens[end + 1].label
    return end < len(tokens) and tokens[end].low in _MOVERS and named and (k == 0 or tokens[k - 1].text != ",")


def _of_head(tokens: list[Token], k: int, lex: Lexicon) -> bool:
    """"House of | Commons Speaker"."""
    return k > 1 and tokens[k - 1].low in ("of", "for") and is_head(tokens[k - 2], lex)


def _everyday_body(tokens: list[Token], head: int, lex: Lexicon) -> int:
    """Where a body of two or three everyday words before "President" starts ("World Chess President NAME"); ``head`` if none stands there."""
    if not tokens[head].cap or tokens[head].low not in ("president", "chairman", "chairwoman", "chair", "ceo") or not head or not _ordinary(tokens[head - 1], lex):
        return head
    j = head
    while j > 0 and head - j < 4 and _plain_capital(tokens[j - 1], lex):
        j -= 1
    return j if 1 < head - j < 4 and (j == 0 or not tokens[j - 1].cap and tokens[j - 1].low not in ("of", "the", ",")) else head


def _plain_capital(token: Token, lex: Lexicon) -> bool:
    listed = token.low in lex.modifiers or token.low in lex.status or token.low in lex.passing or token.low.rstrip(".") in lex.honorifics or token.low in lex.given_names
    return token.cap and token.text.isalpha() and not token.label and not listed and not is_head(token, lex) and token.low not in lex.frequent - {"world"}


def _inside_body(tokens: list[Token], k: int, lex: Lexicon) -> bool:
    """"International Tennis Federation president": before a title in lower case, a capital that leads to a body's head noun."""
    for token in tokens[k + 1 : k + 5]:
        if not token.cap or token.label:
            return False
        if is_head(token, lex):
            return True
    return False


def _listed_field(tokens: list[Token], k: int, lex: Lexicon, floor: int) -> bool:
    """"Trade and Industry Minister", "Foreign, Commonwealth and Development Secretary"."""
    if k - 1 < floor or k + 1 >= len(tokens):
        return False
    before, after = tokens[k - 1], tokens[k + 1]
    if after.low in lex.status or after.low in lex.modifiers - lex.portfolios or before.label in PLACES or before.text in ("'s",):
        return False
    return before.low in lex.portfolios and after.low in lex.portfolios and before.cap == after.cap


def _body_before(tokens: list[Token], k: int, lex: Lexicon, floor: int) -> bool:
    """"Bank of Japan Governor", "Ministry of Foreign Affairs spokesperson"."""
    return k - 1 >= floor and is_head(tokens[k - 1], lex) and k + 1 < len(tokens) and tokens[k + 1].cap


def _opener(tokens: list[Token], j: int, lex: Lexicon) -> bool:
    """A capitalised ordinary word that only opens the sentence: "Meanwhile", "Visiting"."""
    token = tokens[j]
    if j != 0 or not token.cap or token.label or token.low in lex.portfolios or is_head(token, lex) or is_acronym(token):
        return False
    return token.low in lex.common and token.low not in lex.modifiers and token.low not in lex.status


def _sort_out(tokens: list[Token], office: OfficePhrase, first: int, lex: Lexicon) -> int:
    """Split ``first``..head into side, body and title; returns where the title starts."""
    k = first
    head = office.head
    body_end = head if first == _everyday_body(tokens, head, lex) < head else _last_body_word(tokens, first, head, lex, office.klass)
    while k < head:
        token = tokens[k]
        if token.low in lex.passing and token.low not in lex.status and not token.label and k >= body_end:
            k += 1
            first = k
        elif k >= body_end and _is_task(tokens, office, k):
            break
        elif k >= body_end and token.label == "metonym" and token.cap and office.klass in ("official", "party", "diplomat") and office.body is None:
            office.body = BodyPhrase(k, k + (token.run or 1), token.key, True)
            k += token.run or 1
        elif k >= body_end and token.label == "capital" and office.klass == "official" and office.body is None:
            office.body = BodyPhrase(k, k + (token.run or 1), token.key, True)
            office.country = office.country or token.key
            k += token.run or 1
        elif k >= body_end and k == first and _where(tokens, k):
            k += token.run or 1
            office.first = first = k
        elif k >= body_end and token.label in PLACES and token.label != "city":
            office.country, office.country_at = token.key, k
            k += token.run or 1
        elif k >= body_end and token.text in ("'s", "'"):
            k += 1
        elif token.low in lex.status and k + 1 < head and tokens[k + 1].label in PLACES:
            office.title.append((k, k + 1))  # "outgoing Nepalese Ambassador"
            k += 1
        elif k < body_end and not token.label and (token.low in lex.status or token.low in lex.passing - {"new"} or token.text in ("new", "senior", "top")) and not is_head(token, lex) and k + 1 < body_end and tokens[k + 1].cap:
            if token.low in lex.status:
                office.title.append((k, k + 1))  # "outgoing NATO chief"
            k += 1
        elif k < body_end:
            k = _take_body(tokens, office, k, body_end, lex)
        else:
            break
    return k


def _where(tokens: list[Token], k: int) -> bool:
    """"In Turkey Minister NAME met …": a country behind a preposition of place says where, not whose."""
    token = tokens[k]
    after = k + max(token.run, 1)
    placed = token.label in ("country", "capital", "metonym") and k > 0 and tokens[k - 1].low in ("in", "from", "near") and k < 3
    return placed and after < len(tokens) and tokens[after].text not in ("'s", "'")


def _is_task(tokens: list[Token], office: OfficePhrase, k: int) -> bool:
    """"The UN's Yemen envoy", "US Syria envoy": the side is told before, so this country is what the office is for."""
    token = tokens[k]
    told = office.country is not None or office.body is not None
    return told and token.label == "country" and k + token.run == office.head and office.klass == "diplomat" and tokens[office.head].low in _TASKED


def _last_body_word(tokens: list[Token], first: int, head: int, lex: Lexicon, klass: str) -> int:
    """Just behind the last word before the title that must belong to a body's name; ``first`` if none does."""
    end = first
    for k in range(first, head):
        token = tokens[k]
        unknown = token.cap and not token.label and token.low not in lex.portfolios and token.low not in lex.modifiers
        unknown = unknown and token.low not in lex.status and token.low not in lex.passing
        if token.low in lex.abbreviations:
            continue
        if token.text == "government":
            continue  # "government spokesman"
        if klass == "minister" and token.low in lex.portfolios - _OWN_BODIES and (k + 1 == head or tokens[k + 1].low in ("and", "&") or tokens[k + 1].low in lex.portfolios):
            continue  # "Treasury Secretary", "Treasury and Finance Minister"
        if is_head(token, lex) and token.low not in lex.modifiers or is_acronym(token) and not token.label or token.label in ("body", "city"):
            end = k + 1
        elif is_head(token, lex) and token.low == "party":
            end = k + 1
        elif unknown and token.low not in lex.common and token.low not in lex.abbreviations:
            end = k + 1
        elif not token.cap and token.low in lex.body_heads and token.low not in lex.modifiers:
            end = k + 1
        elif token.text == ")" and end == k:
            end = k + 1
    return _named_further(tokens, first, end, head, lex)


def _named_further(tokens: list[Token], first: int, end: int, head: int, lex: Lexicon) -> int:
    """The end of a body whose name goes on behind its head noun: "Federal Bureau of Investigation | Director", "Bank of X | governor"."""
    if end <= first or end >= head - 1 or tokens[end].low not in ("of", "for", "on") or not is_head(tokens[end - 1], lex):
        return end
    last = head
    while last > end + 1 and (tokens[last - 1].low in lex.modifiers or tokens[last - 1].low in lex.status):
        last -= 1
    inner = tokens[end + 1 : last]
    return last if inner and inner[0].low != "the" and all(t.cap or t.low in ("and", "of", "the", "for", "&") for t in inner) and inner[-1].cap else end


def _take_body(tokens: list[Token], office: OfficePhrase, k: int, end: int, lex: Lexicon) -> int:
    """Read the side and the body that fill ``k``..``end``."""
    token = tokens[k]
    if token.label in ("demonym", "country") and k + (token.run or 1) < end:
        office.country, office.country_at = token.key, k
        after = k + (token.run or 1)
        # "Cambodian People's Party" keeps its adjective; "Japan's Ministry" gives the owner away.
        if tokens[after].text in ("'s", "'"):
            k = after + 1
    elif token.label == "metonym" and office.country is None:
        office.country = token.key  # "White House spokesman"
    if k < end:
        headed = any(is_head(t, lex) or t.label == "body" or is_acronym(t) for t in tokens[k:end])
        state = any(t.low in lex.state_bodies for t in tokens[k:end])
        office.body = BodyPhrase(k, end, office.country, headed, False, state)
    return end


# -- after the title word ----------------------------------------------------------------------------------------------


def _right(tokens: list[Token], office: OfficePhrase, lex: Lexicon) -> int:
    """Read "of …", "for …", "to …" after the title word; returns the end of the office."""
    end = office.last
    for _ in range(4):
        if _owner_named(tokens, office, end, lex):
            return end
        nxt = _complement(tokens, office, end, lex)
        if nxt is None:
            return end
        end = nxt
    return end


def _owner_named(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> bool:
    """"NAME, Chief of Cabinet for European Commission President NAME": the second post has a holder of its own, and owns the first."""
    if i + 2 >= len(tokens) or tokens[i].low not in ("for", "to", "of") or office.body is not None or office.klass not in ("official", "diplomat", "party", "minister") or not _apposed(tokens, office):
        return False
    j = _skip_the(tokens, i + 1)
    lows = [t.low for t in tokens[j : j + 12]]
    found = next(((h, hit) for h in range(min(7, len(lows))) if tokens[j + h].cap and (hit := lex.head_at(lows, h))), None)
    if found is None or found[1][2] or not all(t.cap or t.low in ("'s", "of", "the") for t in tokens[j : j + found[0]]):
        return False
    if j > i + 1 and found[0] == 0 and tokens[office.head].cap or tokens[i].low == "of" and office.klass == "minister":
        return False  # "…, Secretary to the President NAME": his own name, in a list of titles and names
    head, end = j + found[0], j + found[0] + found[1][0]
    if end >= len(tokens) or not tokens[end].cap or tokens[end].label or is_head(tokens[end], lex) or tokens[end].low in lex.portfolios or is_acronym(tokens[end]):
        return False
    office.title.append((i, end))
    place = next((k for k in range(j, head) if tokens[k].label in ("country", "demonym", "metonym")), None)
    if place is not None and office.country is None:
        office.country, office.country_at = tokens[place].key, place
    if any(is_head(t, lex) or t.label == "body" or is_acronym(t) for t in tokens[j:head]):
        office.body = BodyPhrase(j, head, office.country, True)
    return True


def _apposed(tokens: list[Token], office: OfficePhrase) -> bool:
    """Whether an office follows its holder's name and a comma, or is one of several ("an adviser to …")."""
    k = office.first - 1
    one_of = k >= 0 and tokens[k].low in ("a", "an", "his", "her", "whose")
    while k > 0 and tokens[k].low in ("the", "a", "an"):
        k -= 1
    return one_of or k > 0 and tokens[k].text == "," and tokens[k - 1].cap and tokens[k - 1].label in ("", "city") and not is_acronym(tokens[k - 1])


def _complement(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    if i + 1 >= len(tokens):
        return None
    low = tokens[i].low
    aside = _bracketed(tokens, office, i, lex) or _beside(tokens, office, i, lex) or _after_comma(tokens, office, i, lex)
    if aside is not None:
        return aside
    trailing = _trailing(tokens, i)
    if trailing > i:
        office.title.append((i, trailing))
        return trailing
    if low == "assisting" and office.klass == "minister":
        return _assisting(tokens, office, i, lex)
    if low == "in" and tokens[i + 1].low == "charge" and i + 2 < len(tokens) and tokens[i + 2].low == "of":
        return _field(tokens, office, i, i + 3, lex)
    if tokens[i].text == "," and [t.low for t in tokens[i + 1 : i + 4]] == ["in", "charge", "of"]:
        return _charge(tokens, office, i, lex)
    if low == "responsible" and tokens[i + 1].low == "for":
        return _field(tokens, office, i, i + 2, lex)
    if low == "of":
        return _of(tokens, office, i, lex)
    if low == "for" and office.klass in ("official", "party") and office.body is None:
        body = body_at(tokens, _skip_the(tokens, i + 1), lex)
        if body is not None and body.headed and (not _field_word(tokens[body.first], lex) or tokens[body.first].low in _ORGANS):
            office.body = body
            office.country = office.country or body.country
            return body.last
    if low in ("for", "on"):
        return _for_holder(tokens, office, i, lex) or _task(tokens, office, i, lex) or _field(tokens, office, i, i + 1, lex)
    if low in ("to", "in", "at"):
        return _to_organ(tokens, office, i, lex) or _to(tokens, office, i, lex)
    if low == "from":
        return _from(tokens, office, i, lex)
    return None


def _trailing(tokens: list[Token], i: int) -> int:
    """The end of words that follow a title's noun ("Extraordinary and Plenipotentiary", "- designate", the number of a second minister); ``i`` if none do."""
    low = tokens[i].low
    if _hyphen_ending(tokens, i):
        return i + 2
    if low in _TRAILING or tokens[i].text in ("II", "III"):
        return i + 1
    return i + 2 if low in ("and", "ad") and tokens[i + 1].low in _TRAILING else i


def _after_comma(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """"State Secretary, Ministry of Foreign Affairs": after a comma, a body that starts with its head noun, with nothing named behind it."""
    if tokens[i].text != "," or office.body is not None or office.plural or office.klass not in ("minister", "official", "party", "diplomat"):
        return None
    words = {tokens[k].low for a, b in [*office.title, (office.head, office.last)] for k in range(a, b)}
    if office.klass == "minister" and not any("secretar" in w for w in words):
        return None
    j = _skip_the(tokens, i + 1)
    if office.klass == "minister" and j < len(tokens) and tokens[j].cap and tokens[j].low in lex.portfolios:
        return _fields_apart(tokens, office, i, lex) or _division(tokens, office, j, lex)
    if j < len(tokens) and tokens[j].cap and tokens[j].low not in _ORGANS:
        return _division(tokens, office, j, lex)
    if j >= len(tokens) or not tokens[j].cap:
        return None
    body = body_at(tokens, j, lex)
    if body is None or not body.headed or body.plural or body.last - j < 3:
        return None
    if body.last < len(tokens) and tokens[body.last].cap:
        return None
    office.body, office.country = body, office.country or body.country
    return body.last


def _division(tokens: list[Token], office: OfficePhrase, j: int, lex: Lexicon) -> int | None:
    """"NAME, joint secretary, South East Asia and the Pacific Division of ABC, …", "NAME, under secretary, ABC": after a comma, a part of a ministry or its short form, closed by a mark."""
    if not _apposed(tokens, office):
        return None
    end = j
    while end < len(tokens) and end < j + 16 and (tokens[end].cap or tokens[end].low in ("and", "the", "of", "&", "for")):
        end += 1
    while end > j and not tokens[end - 1].cap:
        end -= 1
    short = next((k for k in range(j, end) if tokens[k].low == "and" and is_acronym(tokens[j]) and k == j + 1), end)
    words = tokens[j:short]
    part = any(t.text in ("Division", "Department", "Desk", "Bureau", "Directorate", "Section") for t in words) and lex.head_at([words[0].low], 0) is None
    alone = len(words) == 1 and is_acronym(words[0]) and words[0].text not in _POST_NOMINALS and words[0].low not in ("mp", "mep")
    closed = short >= len(tokens) or tokens[short].text in (",", ".", ";", ")") or tokens[short].low == "and"
    if not closed or not (part and tokens[short - 1].low != "and" or alone):
        return None
    place = next((t.key for t in words if t.label in ("country", "demonym") and words[-1] is not t), None)
    office.body = BodyPhrase(j, short, None if part else place, True)
    return short


def _fields_apart(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """"The Cabinet Secretary, National Treasury and Economic Planning, NAME": fields between two commas, and a name behind."""
    end = i + 1
    while end < len(tokens) and (tokens[end].cap and tokens[end].low in lex.portfolios | lex.modifiers or tokens[end].low in ("and", "&", "the", "of") and end > i + 1):
        end += 1
    closed = end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].cap and not tokens[end + 1].label and tokens[end + 1].low not in lex.portfolios
    if not closed or len(office.title) or tokens[office.head].cap is False or office.country is not None and office.first != office.head and tokens[office.first].label == "":
        return None
    office.title.append((i, end))
    return end


def _assisting(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """"Minister Assisting the Treasurer": whom a second minister helps."""
    j = _skip_the(tokens, i + 1)
    titled = lex.head_at([t.low for t in tokens[j : j + 4]], 0)
    if titled is None:
        return None
    office.title.append((i, j + titled[0]))
    return j + titled[0]


def _charge(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """"Minister Delegate to the Minister of Foreign Affairs, in charge of Francophonie, NAME": any field, up to the comma."""
    j = _skip_the(tokens, i + 4)
    end = j
    while end < len(tokens) and end < j + 8 and (tokens[end].cap or tokens[end].low in ("and", "of", "the", "with", "for") or tokens[end].low in lex.portfolios):
        end += 1
    if end == j or end < len(tokens) and tokens[end].text not in (",", ".", ";", ")"):
        return None
    office.title.append((i + 1, end))
    return end


def _bracketed(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """A bracket that belongs to the title: "Secretary (East)", "Director General (West Europe and EU)"."""
    if tokens[i].text != "(" or office.body is not None:
        return None
    one = i + 2 < len(tokens) and tokens[i + 2].text == ")" and tokens[i + 1].cap and not is_acronym(tokens[i + 1]) and not tokens[i + 1].label
    close = i + 3 if one else _bracketed_field(tokens, office, i, lex)
    if close is not None:
        office.title.append((i, close))
    return close


def _for_holder(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """"Spokesperson for the Secretary-General"."""
    j = _skip_the(tokens, i + 1)
    titled = lex.head_at([t.low for t in tokens[j : j + 4]], 0)
    if tokens[i].low != "for" or j == i + 1 or office.body is not None or not titled or titled[2] or not tokens[j].cap or _goes_on(tokens, j + titled[0], lex):
        return None
    office.title.append((i, j + titled[0]))
    return j + titled[0]


def _bracketed_field(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """The end of a bracket with fields or regions of work: "Director General (West Europe and EU)"."""
    if i != office.last or office.klass not in ("official", "minister", "diplomat"):
        return None
    close = next((k for k in range(i + 1, min(i + 9, len(tokens))) if tokens[k].text == ")"), -1)
    inner = tokens[i + 1 : close] if close > 0 else []
    known = [t.label in (*PLACES, "body") or t.low in lex.portfolios or t.low in lex.common or is_acronym(t) or t.low in ("and", "&", ",", "/", "-") for t in inner]
    fields = [t for t in inner if t.cap and t.low in lex.portfolios]
    return close + 1 if len(inner) > 1 and all(known) and fields and all(t.cap or t.low in ("and", "&", ",", "/", "-") for t in inner) else None


def _beside(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """What stands right beside a title without a preposition: its body ("Speaker National Assembly NAME"), its short form."""
    if tokens[i].cap and i == office.last and office.body is None and office.country is None and is_head(tokens[i], lex) | (tokens[i].low in lex.portfolios or tokens[i].label == "country"):
        body = _adjacent_body(tokens, i, lex)
        if body is not None and _styled(tokens, office.head, office.last - office.head, lex):
            office.body, office.country = body, body.country
            return body.last
    if _acronym_beside(tokens, office, i):
        office.body = BodyPhrase(i, i + 1, None, True)
        return i + 1
    if tokens[i].text == "(" and i + 3 < len(tokens) and tokens[i + 2].text == ")" and is_acronym(tokens[i + 1]) and tokens[i + 3].low in ("of", "for"):
        return _complement(tokens, office, i + 3, lex)  # "Senior Minister of State (SMS) for Law"
    if tokens[i].text == "(" and i + 2 < len(tokens) and tokens[i + 2].text == ")" and office.body is None and _short_form(tokens, office, i):
        return i + 3  # "Special Representative of the Secretary-General (SRSG)"
    return None


def _acronym_beside(tokens: list[Token], office: OfficePhrase, i: int) -> bool:
    """"Director ABC,": a post named with nothing but its body's short form, closed by a mark."""
    closed = i + 1 >= len(tokens) or tokens[i + 1].text in (",", ".", ";", ")")
    plain = office.klass in ("official", "party") and office.body is None and office.country is None and not office.plural
    return closed and plain and i == office.last and tokens[office.head].cap and is_acronym(tokens[i]) and tokens[i].text not in _POST_NOMINALS and tokens[i].low not in ("mp", "mep")


def _short_form(tokens: list[Token], office: OfficePhrase, i: int) -> bool:
    """Whether the bracket at ``i`` holds the initials of the title before it."""
    initials = [c for t in tokens[office.first : i] if t.cap for c in (w[0].upper() for w in t.text.split("-") if w)]
    wanted = [c for c in tokens[i + 1].text if c.isalpha()]
    return is_acronym(tokens[i + 1]) and bool(wanted) and initials[-len(wanted) :] == wanted


def _skip_the(tokens: list[Token], i: int) -> int:
    while i < len(tokens) and tokens[i].low in ("the", "its", "his", "her", "their"):
        i += 1
    return i


def _of(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    j = _skip_the(tokens, i + 1)
    if j >= len(tokens):
        return None
    token = tokens[j]
    chief = _of_holder(tokens, office, i, j, lex)
    if chief is not None:
        return chief
    if token.label == "country" and token.run > 1 and not _goes_on(tokens, j + token.run, lex):
        return _of_country(tokens, office, j)
    if _standing_mission(tokens, j):
        return _of_body(tokens, office, i, j, lex)
    if token.low in _NO_POST or (j + 1 < len(tokens) and tokens[j + 1].low in _NO_POST and token.label != "body" and (not token.cap or token.label == "demonym")):
        office.no_post = True
        return j + 1
    if token.text == "State" and j + 1 < len(tokens) and tokens[j + 1].low == "of":
        return _of_body(tokens, office, i, j, lex)  # "Minister President of | State of Newland"
    if token.low == "state" and not (j + 1 < len(tokens) and tokens[j + 1].cap and (is_head(tokens[j + 1], lex) or tokens[j + 1].low in lex.common)):
        office.title.append((i, j + 1))
        return j + 1
    if token.low == "opposition" and (j + 1 >= len(tokens) or not tokens[j + 1].cap or not _headed_at(tokens, j + 1, lex)):
        office.title.append((i, j + 1))
        return j + 1
    if token.low in ("republic", "kingdom", "country", "nation", "union") and _alone(tokens, j):
        return j + 1
    styled = _styled_country(tokens, j)
    if styled is not None:
        return _of_country(tokens, office, styled)
    if token.label == "capital" and _local(tokens, office) and not _goes_on(tokens, j + token.run, lex):
        office.body = BodyPhrase(j, j + token.run, token.key, True)
        office.country = office.country or token.key
        return j + token.run
    if token.label in ("country", "capital", "metonym") and not _goes_on(tokens, j + token.run, lex):
        return _of_country(tokens, office, j)
    if _is_field(tokens, office, j, lex):
        return _field(tokens, office, i, j, lex)
    return _of_body(tokens, office, i, j, lex)


def _standing_mission(tokens: list[Token], j: int) -> bool:
    """"Head of the Delegation of the European Union to …": an embassy by another name, no group that travels."""
    k = _skip_the(tokens, j + 2)
    return tokens[j].text == "Delegation" and k < len(tokens) and tokens[j + 1].low == "of" and tokens[k].label == "body"


def _of_holder(tokens: list[Token], office: OfficePhrase, i: int, j: int, lex: Lexicon) -> int | None:
    """"Special Envoy of the UN Secretary-General", "Adviser to the Omani Prime Minister": whose envoy, and so which side."""
    token = tokens[j]
    k = j + max(token.run, 1)
    if token.label not in ("body", "demonym", "country") or k >= len(tokens) or not tokens[k].cap or office.body is not None:
        return None
    hit = lex.head_at([t.low for t in tokens[k : k + 4]], 0)
    if hit is None or hit[2] or _goes_on(tokens, k + hit[0], lex):
        return None
    office.title.append((i, k + hit[0]))
    if token.label == "body":
        office.body = BodyPhrase(j, k, None, True)
    elif office.country is None:
        office.country, office.country_at = token.key, j
    return k + hit[0]


def _local(tokens: list[Token], office: OfficePhrase) -> bool:
    """Whether the office can be a city's own: a mayor, a governor, a ruler of one of several emirates."""
    words = " ".join(t.low for t in tokens[office.head : office.last])
    return office.klass == "official" or words in ("crown prince", "ruler", "mayor", "archbishop", "bishop")


def _styled_country(tokens: list[Token], j: int) -> int | None:
    """The country's token in "the Oriental Republic of Uruguay", "the Italian Republic" (there the adjective's)."""
    for k in range(j, min(len(tokens), j + 5)):
        if tokens[k].low in ("republic", "kingdom", "state", "sultanate", "emirate", "principality", "federation") and tokens[k].cap:
            if k + 2 < len(tokens) and tokens[k + 1].low == "of" and tokens[k + 2].label == "country":
                return k + 2
            if k > j and tokens[k - 1].label == "demonym" and (k + 1 >= len(tokens) or not tokens[k + 1].cap):
                return None
            return None
        if not tokens[k].cap:
            return None
    return None


def _alone(tokens: list[Token], j: int) -> bool:
    return j + 1 >= len(tokens) or tokens[j + 1].low != "of"


def _goes_on(tokens: list[Token], j: int, lex: Lexicon) -> bool:
    """Whether a country's name is only the start of a body's: "of Vietnam National Assembly", "of Japan's Diet"."""
    if j >= len(tokens):
        return False
    if tokens[j].text in ("'s", "'") or is_acronym(tokens[j]) and not tokens[j].label and not (j + 1 < len(tokens) and tokens[j + 1].cap):
        return True
    for token in tokens[j : j + 4]:
        if not token.cap:
            return False
        if is_head(token, lex):
            return True
    return False


def _of_country(tokens: list[Token], office: OfficePhrase, j: int) -> int:
    if office.country is None:
        office.country, office.country_at = tokens[j].key, j
    return j + max(tokens[j].run, 1)
    # "Presidents of France and Germany": the second is another holder's.


def _is_field(tokens: list[Token], office: OfficePhrase, j: int, lex: Lexicon) -> bool:
    """"Minister of Foreign Affairs" has a field; "Chairman of the Foreign Affairs Committee" a body."""
    token = tokens[j]
    if office.klass not in ("minister", "diplomat", "head_of_government") or is_head(token, lex) and token.low not in lex.portfolios:
        return False
    if not _field_word(token, lex):
        return False
    for later, after in zip(tokens[j : j + 7], [*tokens[j + 1 : j + 8], None], strict=False):
        known = later.low in lex.portfolios
        if is_head(later, lex) and (not known or later.low in _OWN_BODIES and (after is None or after.low not in lex.portfolios)):
            return False
        if not _field_word(later, lex) and later.low not in ("and", ",", "&", "the"):
            break
    return True


def _field_word(token: Token, lex: Lexicon) -> bool:
    """A word for a field of government: listed, or a capitalised ordinary word that is nobody's name."""
    if token.low in lex.portfolios:
        return True
    return token.cap and token.label == "" and token.low in lex.common and token.low not in lex.given_names and token.low not in lex.honorifics


def _field(tokens: list[Token], office: OfficePhrase, start: int, j: int, lex: Lexicon) -> int | None:
    """A field of work after "of", "for", "in charge of": it belongs to the title."""
    j = _skip_the(tokens, j)
    end = j
    while end < len(tokens):
        token = tokens[end]
        if token.label in (*PLACES, "body") and token.run and (tokens[start].low in ("for", "on", "in") and end == j or end > j and _body_field(tokens, end, lex)):
            end += token.run
        elif _field_word(token, lex) and (token.cap or tokens[office.head].cap is False or end == j or tokens[end - 1].text == "'s"):
            if lex.head_at([t.low for t in tokens[end : end + 3]], 0) and end > j and token.low not in ("state",) or _rank(tokens, end, j, lex):
                break
            end += 1
        elif token.low in ("and", "&", ",", "of", "'s") and end > j and (_field_follows(tokens, end + 1, lex) or token.low == "and" and (not tokens[office.head].cap or not tokens[end - 1].cap) and _small_field(tokens, end + 1, lex)):
            end += 1
        elif token.text == "," and end > j and end + 1 < len(tokens) and tokens[end + 1].low in ("and", "&") and _field_follows(tokens, end + 2, lex):
            end += 2
        elif end > j and (_new_field(tokens, end, lex) or token.low == "the" and tokens[end - 1].low in ("and", "of", ",")) or token.cap and end == j and tokens[start].low in ("for", "on") and token.low in lex.common:
            end += 1
        elif token.cap and "-" in token.text and end + 1 < len(tokens) and tokens[end + 1].cap and tokens[end + 1].low in lex.portfolios and token.low not in lex.given_names:
            end += 1  # "for Euro-Atlantic Integration"
        elif token.low == "with" and end > j and tokens[end - 1].low in ("relations", "liaison", "cooperation", "affairs") and end + 1 < len(tokens) and tokens[end + 1].cap:
            end += 2  # "for Relations with Parliament"
        elif end > j and token.low in ("region", "process") and tokens[start].low == "for" or end == j and _unlisted_field(tokens, end):
            end += 1
        elif end > j and office.klass == "diplomat" and tokens[start].low == "for" and _place_listed(tokens, end, lex):
            end = _place_listed(tokens, end, lex)
        elif end > j and token.low == "of" and _plain_words(tokens, end + 1, lex) > end + 1:
            end = _plain_words(tokens, end + 1, lex)
        else:
            break
    if end == j:
        return None
    office.title.append((start, end))
    return end


def _place_listed(tokens: list[Token], k: int, lex: Lexicon) -> int:
    """The end of a further place that an envoy is for: "for the Red Sea, | Gulf of X | and Y"; 0 if none stands at token ``k``."""
    if tokens[k].low not in ("of", "and", ","):
        return 0
    j = _skip_the(tokens, k + 1 + (tokens[k].text == "," and k + 1 < len(tokens) and tokens[k + 1].low == "and"))
    if j >= len(tokens) or tokens[j].label not in ("country", "city", "capital") or not tokens[j].run:
        return 0
    end = j + tokens[j].run
    if tokens[k].low != "of" and (end >= len(tokens) or tokens[end].text == "'s" or lex.head_at([t.low for t in tokens[end : end + 4]], 0) or tokens[end].cap):
        return 0
    return end


def _rank(tokens: list[Token], end: int, j: int, lex: Lexicon) -> bool:
    """"Minister of Defence | General NAME": the rank of the holder behind a field."""
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    if tokens[end].low != "general" or end == j or not tokens[end].cap or after is None or not after.cap or tokens[end - 1].low in ("and", "of", "&"):
        return False
    return after.label in ("", "city") and after.low not in lex.portfolios and not is_head(after, lex) and lex.head_at([after.low], 0) is None


def _unlisted_field(tokens: list[Token], k: int) -> bool:
    """"for | Reintegration of …": a field that no list has, which goes on."""
    token = tokens[k]
    return token.cap and not token.label and token.low.endswith(("tion", "sion", "ment")) and k + 1 < len(tokens) and tokens[k + 1].low in ("of", "and", ",")


def _plain_words(tokens: list[Token], i: int, lex: Lexicon) -> int:
    """The end of a field told in everyday words with capitals ("of the | Temporarily Occupied Territories"); ``i`` if there is none."""
    j = _skip_the(tokens, i)
    end = j
    while end < len(tokens) and tokens[end].cap and not tokens[end].label and tokens[end].low in lex.common and tokens[end].low not in lex.given_names | lex.honorifics:
        end += 1
    return end if end > j > i and end - j > 1 else i


def _body_field(tokens: list[Token], k: int, lex: Lexicon) -> bool:
    """"Minister of Foreign Affairs, the | European Union and Cooperation": a body in the middle of a list of fields."""
    end = k + tokens[k].run
    return tokens[k].label == "body" and tokens[k].run > 0 and end + 1 < len(tokens) and tokens[end].low in ("and", "&") and tokens[end + 1].cap and tokens[end + 1].low in lex.portfolios


def _small_field(tokens: list[Token], j: int, lex: Lexicon) -> bool:
    """A further field of an office in lower case: "minister of trade | and industry"; not "and defence minister"."""
    k = j
    while k < len(tokens) and not tokens[k].cap and tokens[k].low in lex.portfolios and lex.head_at([t.low for t in tokens[k : k + 4]], 0) is None:
        k += 1
    return k > j and (k >= len(tokens) or lex.head_at([t.low for t in tokens[k : k + 4]], 0) is None and (tokens[k].cap or not tokens[k].text.isalpha() or tokens[k].low in ("of", "in", "for", "and", "who", "on", "said", "met")))


def _field_follows(tokens: list[Token], j: int, lex: Lexicon) -> bool:
    j = _skip_the(tokens, j)
    if 0 < j < len(tokens) and tokens[j - 1].text == "'s" and not tokens[j].cap:
        return tokens[j].low in lex.portfolios  # "commissioner for children's rights"
    if j < len(tokens) and _body_field(tokens, j, lex):
        return True
    if j >= len(tokens) or not tokens[j].cap or tokens[j].label in ("country", "capital", "city", "body"):
        return False
    if tokens[j].low not in lex.portfolios:
        return _new_field(tokens, j, lex) or _qualified(tokens, j, lex)
    # "…, Defence Minister X": the word belongs to the next title.
    k = j
    while k < len(tokens) and k < j + 4 and (tokens[k].low in lex.portfolios or tokens[k].low in ("and", "&", "'s")):
        k += 1
    apart = tokens[k - 1].low in ("and", "&")  # "…, and Vice-President X": that title is another
    return (apart or lex.head_at([t.low for t in tokens[j : k + 3]], k - j) is None) and lex.head_at([t.low for t in tokens[j : j + 3]], 0) is None


def _qualified(tokens: list[Token], j: int, lex: Lexicon) -> bool:
    """An everyday adjective before a listed field: "Industry and | Advanced Technology"."""
    token = tokens[j]
    if j + 1 >= len(tokens) or token.low not in lex.common or token.low in lex.given_names or token.low in lex.modifiers or token.low in lex.status:
        return False
    after = tokens[j + 1]
    return after.cap and after.low in lex.portfolios and lex.head_at([t.low for t in tokens[j + 1 : j + 5]], 0) is None


def _new_field(tokens: list[Token], j: int, lex: Lexicon) -> bool:
    """A field that no list has, in a list of fields: its ending says so, and no name or title follows it."""
    token = tokens[j]
    if not token.cap or token.label or not token.low.endswith(_FIELD_ENDS) or token.low in lex.given_names or token.low in lex.honorifics or len(token.low) < 6:
        return False
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    if after is None or not after.cap:
        return token.low in lex.common or after is None or after.low in ("and", ",", ".", "(")
    return after.low in lex.portfolios or _new_field(tokens, j + 1, lex)


def _of_body(tokens: list[Token], office: OfficePhrase, i: int, j: int, lex: Lexicon) -> int | None:
    token = tokens[j]
    titled = lex.head_at([t.low for t in tokens[j : j + 4]], 0)
    if titled and token.cap and not _goes_on(tokens, j + titled[0], lex):
        office.title.append((i, j + titled[0]))  # "Special Representative of the Secretary-General"
        return j + titled[0]
    if token.low in ("ruling", "governing", "opposition", "municipal", "provincial", "regional", "local", "district", "national", "federal", "central") and not token.cap and j + 1 < len(tokens) and tokens[j + 1].cap and body_at(tokens, j + 1, lex):
        return _of_body(tokens, office, i, j + 1, lex)
    if not token.cap and not is_acronym(token) and token.label == "":
        return _lower_body(tokens, office, j, lex)
    if token.label in ("demonym", "country") and j + token.run < len(tokens) and not tokens[j + token.run].cap and tokens[j + token.run].text != "'s":
        found = _lower_body(tokens, office, j, lex)
        if found is not None:
            office.country, office.country_at = office.country or token.key, j
            return found
    after = j + max(token.run, 1)
    if token.label == "country" and after + 1 < len(tokens) and tokens[after].text == "'s" and not tokens[after + 1].cap:
        found = _lower_body(tokens, office, after + 1, lex)  # "head of LAND's export agency XYZ"
        if found is not None:
            office.country, office.country_at = office.country or token.key, j
            return found
    body = body_at(tokens, j, lex)
    if body is None:
        return None
    body = _in_parliament(tokens, body, lex) if body.headed else _without_holder(tokens, body, lex)
    words = tokens[j : body.last]
    plain = not body.headed and not any(t.label for t in words) and words[-1].low != "district"
    if plain and (office.klass == "minister" or office.klass == "official" and all(_field_word(t, lex) or t.low in ("and", "&", ",") for t in words)):
        office.title.append((i, body.last))  # "Minister of Reintegration", "Director of Operations"
        return body.last
    if office.body is None:
        office.body = body
        if body.country and office.country is None:
            office.country = body.country
        return body.last
    office.title.append((i, body.last))
    return body.last


def _in_parliament(tokens: list[Token], body: BodyPhrase, lex: Lexicon) -> BodyPhrase:
    """"the ABC | parliamentary group in the Senate": what a party's deputies are called, in lower case behind its name."""
    k = body.last
    if [t.low for t in tokens[k : k + 2]] in (["parliamentary", "group"], ["parliamentary", "party"], ["parliamentary", "faction"], ["parliamentary", "bloc"]):
        k += 2
    elif k < len(tokens) and tokens[k].text in ("faction", "caucus", "bloc", "parliamentary-group"):
        k += 1
    elif k + 2 < len(tokens) and tokens[k].text in ("office", "branch", "representation", "representative") and (tokens[k + 1].low == "in" or tokens[k + 2].low == "in"):
        return _local_office(tokens, body, k)
    elif [t.low for t in tokens[k : k + 2]] != ["in", "the"] or "party" not in {t.low for t in tokens[body.first : k]}:
        return body
    j = _skip_the(tokens, k + 1)
    house = body_at(tokens, j, lex) if k < len(tokens) and tokens[k].low in ("in", "at", "of") and j < len(tokens) and is_head(tokens[j], lex) else None
    return replace(body, last=house.last if house is not None and house.headed else k)


def _local_office(tokens: list[Token], body: BodyPhrase, k: int) -> BodyPhrase:
    """"the ABC Bank | office in LAND": a body's own office in a place, in lower case behind its name."""
    at = k + 1 if tokens[k + 1].low == "in" else k + 2
    place = tokens[at + 1] if at + 1 < len(tokens) and (at == k + 1 or tokens[k + 1].text == "office") else None
    return replace(body, last=at + 1 + place.run) if place is not None and place.label in ("country", "city", "capital") and place.run else body


def _without_holder(tokens: list[Token], body: BodyPhrase, lex: Lexicon) -> BodyPhrase:
    """"Mayor of Newport | Alexander Hill", "of State of Newland | Zofia Hill": a run of capitals without a head noun ends where a known given name starts."""
    for k in range(body.first + 1, body.last - 1):
        token, after = tokens[k], tokens[k + 1]
        given = token.cap and not token.label and token.low in lex.given_names and token.low not in lex.common and tokens[k - 1].cap
        if given and after.cap and not after.label and after.low not in lex.common:
            last = k
            while last > body.first + 1 and tokens[last - 1].low.rstrip(".") in lex.honorifics:
                last -= 1
            return replace(body, last=last)
    return body


def _lower_body(tokens: list[Token], office: OfficePhrase, j: int, lex: Lexicon) -> int | None:
    """"leader of the opposition", "head of the party's external relations department", "head of state"."""
    end = j
    while end < len(tokens) and end < j + 8:
        token = tokens[end]
        if token.cap and token.text[-1] == "." and token.low.rstrip(".") in lex.honorifics:
            break  # "speaker of parliament | Hon. NAME"
        if token.cap or token.low in _LOCAL or token.low in ("standing", "people") or token.low == "and" and end + 1 < len(tokens) and (tokens[end + 1].cap or tokens[end + 1].low in lex.portfolios) or token.low in lex.body_heads or token.low in lex.portfolios or token.text in ("'s", "'") or token.low in ("ruling", "opposition", "upper", "lower"):
            end += 1
        elif token.low in ("for", "of") and end + 1 < len(tokens) and (tokens[end + 1].low in lex.portfolios or tokens[end + 1].cap):
            end += 1
        else:
            break
    while end > j and tokens[end - 1].text in ("'s", "'", "for", "of"):
        end -= 1
    if end == j and j < len(tokens) - 1 and tokens[j - 1].low in ("the", "its", "his", "her", "their") and tokens[j].text.isalpha() and _name_next(tokens, j + 1, lex):
        end = j + 1  # "director of the mill NAME"
    elif end == j or not any(t.low in lex.body_heads for t in tokens[j:end]):
        return None
    if office.body is None:
        office.body = BodyPhrase(j, end, None, True)
    return end


def _headed_at(tokens: list[Token], j: int, lex: Lexicon) -> bool:
    body = body_at(tokens, j, lex)
    return body is not None and body.headed


def _name_next(tokens: list[Token], k: int, lex: Lexicon) -> bool:
    """Whether two plain capitalised words that can be a name stand at token ``k``."""
    two = tokens[k : k + 2]
    return len(two) == 2 and all(t.cap and not t.label and not is_head(t, lex) and t.low not in lex.portfolios for t in two) and two[0].low not in lex.frequent


def _to(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """"Ambassador to Japan", "Adviser to the President", "Ambassador in Rome"."""
    j = _skip_the(tokens, i + 1)
    if j >= len(tokens):
        return None
    token = tokens[j]
    if office.klass == "diplomat" and not (tokens[i].low == "at" and _goes_on(tokens, j + token.run, lex)) and (token.label in (*PLACES, "body") or token.low in ("kingdom", "republic", "sultanate") and token.cap):
        end = _accredited(tokens, j)
        office.title.append((i, end))
        return end
    if tokens[i].low == "to" and token.cap:
        holder = _of_holder(tokens, office, i, j, lex)
        if holder is not None:
            return holder
        titled = lex.head_at([t.low for t in tokens[j : j + 4]], 0)
        if titled:
            office.title.append((i, j + titled[0]))
            return j + titled[0]
    if tokens[i].low == "to" and not tokens[office.head].cap and j > i + 1 and office.klass in ("official", "diplomat"):
        whose = lex.head_at([t.low for t in tokens[j : j + 4]], 0)
        if whose and not whose[2] and whose[1] in ("head_of_state", "head_of_government", "minister"):
            office.title.append((i, j + whose[0]))
            return j + whose[0]
    if tokens[i].low == "at" and not token.cap and j > i + 1 and not office.body and office.klass in ("official", "party", "minister", "diplomat"):
        return _lower_body(tokens, office, j, lex)
    if tokens[i].low == "in" and token.low == "presidency" and office.klass == "minister":
        office.title.append((i, j + 1))
        return j + 1
    if tokens[i].low in ("at", "in") and token.cap and not office.body:
        body = body_at(tokens, j, lex)
        if body is not None and body.headed and token.low in ("presidency", "cabinet", "office") and office.klass == "minister":
            office.title.append((i, body.last))  # "Minister in the Presidency"
            return body.last
        if body is not None and body.headed and (tokens[i].low == "at" or _official(tokens, office)):
            office.body = body
            return body.last
    return None


def _to_organ(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """"Secretary to the Ministry of …", "Secretary to the Cabinet"."""
    j = _skip_the(tokens, i + 1)
    if tokens[i].low != "to" or j >= len(tokens) or not tokens[j].cap or tokens[j].low not in _ORGANS | _OWN_BODIES or office.body is not None or office.klass not in ("minister", "official", "party"):
        return None
    body = body_at(tokens, j, lex)
    if body is None or not body.headed:
        return None
    office.body, office.country = body, office.country or body.country
    return body.last


def _from(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """"Assistant Minister from the Office of the President NAME": the body that an official comes from, and a name or a comma behind it."""
    j = _skip_the(tokens, i + 1)
    if office.body is not None or office.plural or j >= len(tokens) or tokens[j].low not in _ORGANS or not tokens[j].cap:
        return None
    body = body_at(tokens, j, lex)
    if body is None or not body.headed or body.plural or office.klass not in ("minister", "official", "party"):
        return None
    after = tokens[body.last] if body.last < len(tokens) else None
    if after is None or not (after.cap and tokens[office.head].cap or after.text in (",", ";", ")")):
        return None
    office.body, office.country = body, office.country or body.country
    return body.last


def _official(tokens: list[Token], office: OfficePhrase) -> bool:
    """Whether the office lives inside a body: "Secretary in the Ministry", not "the leaders in Parliament"."""
    words = [tokens[k].low for a, b in [*office.title, (office.head, office.last)] for k in range(a, b)]
    return tokens[office.head].cap and (office.klass in ("official", "party") or any("secretary" in w for w in words))


def _accredited(tokens: list[Token], j: int) -> int:
    """The end of the countries or bodies that an ambassador is accredited to: "to Kenya, Uganda and the African Union"."""
    end = j + max(tokens[j].run, 1)
    while end + 1 < len(tokens) and tokens[end].low in (",", "and"):
        k = _skip_the(tokens, end + 1 + (tokens[end + 1].low == "and"))
        if k >= len(tokens) or tokens[k].label not in ("country", "body") or tokens[end].text == "," and not _listed_on(tokens, k):
            return end
        end = k + max(tokens[k].run, 1)
    return end


def _listed_on(tokens: list[Token], k: int) -> bool:
    """Whether a list goes on to an "and" after token ``k``: "Kenya, | Uganda | and Rwanda"."""
    after = k + max(tokens[k].run, 1)
    return after < len(tokens) and tokens[after].low in (",", "and")


def _task(tokens: list[Token], office: OfficePhrase, i: int, lex: Lexicon) -> int | None:
    """What an envoy or a member is for, in any capitalised words: "for Silencing the Guns", "MP for West Harbour"."""
    j = _skip_the(tokens, i + 1)
    if j < len(tokens) and tokens[j].low in lex.portfolios:
        return None
    if not (office.klass in ("diplomat", "parliament") or tokens[office.head].low == "member") or tokens[i].low != "for" or j >= len(tokens) or not tokens[j].cap or tokens[j].label:
        return None
    end = j
    while end < len(tokens) and end < j + 7:
        token = tokens[end]
        inner = token.low in ("the", "and", "of", "in", "'s") and end + 1 < len(tokens) and tokens[end + 1].cap and end > j
        if token.low == "and" and inner and tokens[end + 1].low in lex.modifiers | lex.status or lex.head_at([t.low for t in tokens[end + inner : end + inner + 3]], 0):
            break
        if not (token.cap or inner):
            break
        end += 1
    end += end < len(tokens) and tokens[end].low in ("region", "process", "crisis", "issue", "conflict")
    closed = end >= len(tokens) or tokens[end].text in (",", ".", ";", ")") or tokens[end].low == "and"
    if not closed or office.klass == "diplomat" and any(t.low in lex.given_names and t.low not in lex.common for t in tokens[j:end]) or all(_field_word(t, lex) for t in tokens[j:end]):
        return None
    office.title.append((i, end))
    return end

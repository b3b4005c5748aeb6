"""The grammar of bodies: a capitalised phrase with a head noun, an acronym, or a known name, with its parents.

    the CPV Central Committee's Commission for External Relations
    Ministry of Foreign Affairs of Japan · National Assembly · African Union Commission · OSCE
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from memcon.langs.lexicon import Lexicon
from memcon.mentions import Token

PLACES = ("country", "demonym", "city", "capital", "metonym")
# Bodies whose names go on with a title: "House of Representatives", "Cabinet of Ministers", "Office of the President".
OF_TITLES = frozenset("office cabinet council house chamber assembly board college conference committee union association federation".split())
_LINKS = ("of", "for", "on", "and", "&", "in", "to", "at", "against", "with")
_TIES = frozenset("friendship solidarity cooperation relations affairs exchanges partnership dialogue".split())
_RANKS = frozenset("general lieutenant major colonel brigadier captain admiral marshal air vice rear".split())
_CONVENTIONS = frozenset(("convention", "conventions", "mission", "programme", "program"))
_NOT_BODIES = frozenset("hrh hm hh hsh hih pm fm mp mep dpm eam cs vip ceo cfo covid-19 covid am pm gmt tv dna gdp ii iii iv vi vii viii ix xi xii ceo hiv aids usd eur fta mou mous loi".split())


@dataclass(frozen=True, slots=True)
class BodyPhrase:
    """Tokens ``first`` to ``last`` (exclusive) that name a body. ``country`` is what its words say of its side."""

    first: int
    last: int
    country: str | None
    headed: bool  # has a head noun, or is a known body
    plural: bool = False
    state: bool = False


def is_acronym(token: Token) -> bool:
    """Whether a token looks like an acronym: two or more capitals, no roman numeral, no common abbreviation."""
    if not token.cap or token.text[1:].islower():
        return False
    letters = [c for c in token.text if c.isalpha()]
    if len(letters) < 2 or len(token.text) > 12 or token.low in _NOT_BODIES:
        return False
    return sum(c.isupper() for c in letters) >= max(2, len(letters) - 1) and "." not in token.text and token.text[0].isupper()


def is_head(token: Token, lex: Lexicon) -> bool:
    """Whether a capitalised token is a head noun of bodies ("Ministry", "Party", "Committee")."""
    return token.cap and (token.low in lex.body_heads or token.low.split("-")[-1] in lex.body_heads)


def body_at(tokens: list[Token], i: int, lex: Lexicon, stop: AbstractSet[int] = frozenset()) -> BodyPhrase | None:
    """The body named from token ``i`` on, or None. ``stop`` holds tokens that belong to something else."""
    return _Reader(tokens, lex, stop).read(i)


class _Reader:
    """Reads one phrase from left to right; its state is what has been seen so far."""

    def __init__(self, tokens: list[Token], lex: Lexicon, stop: AbstractSet[int]) -> None:
        self.tokens, self.lex, self.stop = tokens, lex, stop
        self.country: str | None = None
        self.headed = self.complete = self.plural = self.state = False
        self.last = 0

    def read(self, first: int) -> BodyPhrase | None:
        i = first
        while i < len(self.tokens) and i not in self.stop:
            step = self._step(i, first)
            if step is None:
                break
            i = step
        if self.last <= first:
            return None
        return BodyPhrase(first, self.last, self.country, self.headed, self.plural, self.state)

    def _step(self, i: int, first: int) -> int | None:
        """Take token ``i`` into the phrase and say where to go on, or None to end it."""
        token = self.tokens[i]
        if token.label in PLACES or token.label == "body":
            return self._labelled(i)
        if token.text in ("'s", "'"):
            return self._genitive(i)
        if token.low in _LINKS or (token.low == "the" and i > first):
            return self._link(i, first)
        if token.text == "," and self._listed_fields(i, first):
            return i + 1
        if token.text == "(" and self._bracketed(i):
            self.last = i + 3
            self.complete = True
            return i + 3
        return self._word(i, first)

    def _labelled(self, i: int) -> int | None:
        token = self.tokens[i]
        # "Commission | Cambodia": a place straight after a finished name starts something else.
        if self.complete and self.last == i and token.label != "demonym" and not self._after_link(i):
            return None
        if token.label == "body" and i > 0 and self.tokens[i - 1].text == "," and token.low in self.lex.portfolios:
            self.last = i + 1  # "Foreign, Commonwealth and Development Office"
            return self.last
        if token.label == "body":
            self.headed = True
        elif token.label in ("country", "demonym", "metonym", "capital") and self.country is None:
            self.country = token.key
        self.last = i + max(token.run, 1)
        self.complete = token.label != "demonym" and (self.headed or self._after_link(i))
        return self.last

    def _after_link(self, i: int) -> bool:
        return i > 0 and self.tokens[i - 1].low in (*_LINKS, "the")

    def _genitive(self, i: int) -> int | None:
        follows = i + 1 < len(self.tokens) and self.tokens[i + 1].cap and i + 1 not in self.stop
        if not follows or self.lex.head_at([t.low for t in self.tokens[i + 1 : i + 4]], 0):
            return None
        self.headed = self.complete = False
        return i + 1

    def _link(self, i: int, first: int) -> int | None:
        """A linking word goes on only before a capitalised word, and "and" only inside a name's list of fields."""
        if i == first:
            return None
        j = i + 1
        while j < len(self.tokens) and self.tokens[j].low == "the":
            j += 1
        if j >= len(self.tokens) or j in self.stop or not self.tokens[j].cap:
            return None
        nxt = self.tokens[j]
        low = self.tokens[i].low
        titled = self.lex.head_at([t.low for t in self.tokens[j : j + 4]], 0) is not None
        if low in ("and", "&") and self._ends_in_short_form(j, first):
            self.last, self.complete = self._short_form_at(j), True
            return self.last
        if low in ("and", "&"):
            listed = any(t.low in ("of", "for", "on") for t in self.tokens[first:i])
            fields = nxt.low in self.lex.portfolios and not titled
            if not (fields and (listed or self._headed_later(j))):
                return None
            if self.headed and not listed:
                return None
        elif low in ("in", "to", "at", "with"):
            friends = low == "with" and self.tokens[i - 1].low in _TIES
            aims = low == "to" and self.tokens[i - 1].low in _CONVENTIONS
            missions = any(t.low in ("mission", "embassy", "delegation", "representation") for t in self.tokens[first:i])
            if not friends and not aims and not (low == "to" and (nxt.label in ("country", "body") or is_acronym(nxt)) and missions):
                return None
        elif titled and not (self.headed and low == "of" and self.tokens[i - 1].low in OF_TITLES):
            return None
        elif not self.headed and low in ("of", "for", "on") and self.tokens[i - 1].label in PLACES:
            return None
        elif low == "for" and self.tokens[first].label == "body" and i == first + self.tokens[first].run:
            return None  # "of ASEAN | for Political Affairs"
        self.complete = False
        return j

    def _short_form_at(self, j: int) -> int:
        """Where a bracket with an acronym follows the capitals from token ``j`` on; -1 if none does."""
        k = j
        while k < len(self.tokens) and k < j + 6 and k not in self.stop and (self.tokens[k].cap or self.tokens[k].low in ("of", "the")):
            k += 1
        short = self.tokens[k : k + 3]
        return k if k > j and len(short) == 3 and short[0].text == "(" and short[2].text == ")" and is_acronym(short[1]) else -1

    def _ends_in_short_form(self, j: int, first: int) -> bool:
        """"Office for West Africa | and the Sahel (UNOWAS)": the short form behind the "and" has the whole name's first letter."""
        k = self._short_form_at(j)
        return k > 0 and self.headed and self.tokens[k + 1].text[0] == self.tokens[first].text[0] and any(t.low in ("of", "for", "on") for t in self.tokens[first:j])

    def _listed_fields(self, i: int, first: int) -> bool:
        """"Ministry of Trade, Industry and Energy", "Foreign, Commonwealth and Development Office": a comma in a list of fields that "and" closes."""
        fields = self.lex.portfolios
        if i == first or not self._is_field(i - 1) or self.last != i or self.tokens[i + 1 : i + 2] and self.tokens[i + 1].low in ("and", "&") or self.headed and not any(t.low in ("of", "for") for t in self.tokens[first:i]):
            return False
        for k in range(i + 1, min(i + 12, len(self.tokens))):
            token = self.tokens[k]
            if token.low in ("and", "&"):
                after = self.tokens[k + 1] if k + 1 < len(self.tokens) else None
                one = after is not None and after.cap and after.low in fields and not self._titled_soon(k + 1)
                return one and (self.headed or self._headed_later(k + 1))
            if not self._is_field(k) and token.text != ",":
                return False
        return False

    def _titled_soon(self, k: int) -> bool:
        """Whether fields from token ``k`` on are a title's: "…, Trade and | Foreign Minister"."""
        for j in range(k, min(k + 4, len(self.tokens))):
            if self.lex.head_at([t.low for t in self.tokens[j : j + 4]], 0) is not None:
                return True
            if not self._is_field(j):
                return False
        return False

    def _is_field(self, k: int) -> bool:
        token = self.tokens[k]
        return token.cap and (token.low in self.lex.portfolios or token.low in self.lex.common and not token.label and token.low not in self.lex.given_names)

    def _headed_later(self, j: int) -> bool:
        """Whether a body's head noun still follows in the same run of capitals: "Foreign and Defence Ministry"."""
        for token in self.tokens[j : j + 5]:
            if is_head(token, self.lex):
                return True
            if not token.cap and token.text != "'s":
                return False
        return False

    def _bracketed(self, i: int) -> bool:
        ahead = self.tokens[i + 1 : i + 3]
        return len(ahead) == 2 and ahead[1].text == ")" and is_acronym(ahead[0]) and self.last == i

    def _word(self, i: int, first: int) -> int | None:
        token = self.tokens[i]
        if not token.cap and not token.text.isdigit() and not self._ordinal(i):
            return None
        lex = self.lex
        head = is_head(token, lex)
        if token.low in _RANKS and self.last == i and not self._headed_later(i + 1) and (self.headed or i > first + 1 and self._two_names(i + 1)):
            return None  # "Chief of Defence Forces | General NAME"
        ordinary = token.low in lex.portfolios or head or (token.low in lex.modifiers or token.low in ("city", "province", "provincial", "district")) and self.headed and self._headed_later(i + 1)
        # After a finished name an adjacent unknown word starts a person's name: "Commission | Men Sam An".
        if self.complete and self.last == i and not ordinary and not self._place_starts(i) and not (token.low in _CONVENTIONS and self.tokens[i - 1].label == "body"):
            return None
        if self.headed and self.last == i and not ordinary and not is_acronym(token):
            return None
        after_of = i >= 2 and self.tokens[i - 2 - (self.tokens[i - 1].low == "the")].low in OF_TITLES and self.tokens[i - 1].low in ("of", "the")
        titled = lex.head_at([t.low for t in self.tokens[i : i + 5]], 0)
        if after_of and titled and titled[0] > 1 and (not titled[2] or titled[0] > 2):
            self.headed, self.last = True, i + titled[0]  # "Cabinet of the Prime Minister"
            return self.last
        if token.label in ("month", "weekday") or (not head and not after_of and lex.head_at([token.low], 0) and i > first and not self._title_inside(i)):
            return None
        if head or is_acronym(token):
            self.headed = True
            self.plural = self.plural or (head and token.low.endswith("s") and token.low[:-1] in lex.body_heads)
            self.state = self.state or token.low in lex.state_bodies
        if token.text.isdigit() and i == first:
            return None
        self.last = i + 1
        return i + 1

    def _two_names(self, k: int) -> bool:
        """Whether two plain capitals that may be a name stand at token ``k``."""
        two = self.tokens[k : k + 2]
        return len(two) == 2 and all(t.cap and not t.label and t.low not in self.lex.portfolios and t.low not in _RANKS for t in two)

    def _place_starts(self, i: int) -> bool:
        """"Japan Football Association", "Vitebsk Oblast Executive Committee": a place's name is only the start of the body's."""
        region = self.tokens[i].low in ("region", "province", "oblast", "state", "governorate", "prefecture", "county", "district", "city")
        owned = i > 2 and self.tokens[i - 2].low == "the" and self.tokens[i - 3].low == "of"  # "Presidium of the LAND Supreme Assembly"
        return (not self.headed or owned) and self.tokens[i - 1].label in PLACES and (region or self._headed_later(i))

    def _title_inside(self, i: int) -> bool:
        """"Prime Minister's Office", "Governors Council": the title is part of the body's name."""
        for token in self.tokens[i + 1 : i + 4]:
            if is_head(token, self.lex):
                return True
            if token.text not in ("'s", "'") and not token.cap:
                return False
        return False

    def _ordinal(self, i: int) -> bool:
        return self.tokens[i].low in ("de", "la", "du", "des", "del", "el", "y", "al") and i > 0

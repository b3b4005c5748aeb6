"""Which capitalised words are one name: where it starts, how far it runs, and what speaks against its being a person's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from memcon.annotate.bodies import is_acronym, is_head
from memcon.annotate.offices import OfficePhrase
from memcon.annotate.tokens import joins_a_country
from memcon.langs.fold import fold
from memcon.langs.lexicon import Lexicon
from memcon.mentions import Token

PARTICLES = frozenset(
    "bin bint ibn ben al el de da do dos das di del della der den van von ter la le du y e zu af ul ur abu ould mint st bar dit arap".split()
)
_SURNAMES_TOO = frozenset("park bay hall fort lake church temple castle house town base garden camp cape hill gardens street mount america state asia sea".split())
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "vi", "vii", "viii", "xii", "xiv", "xv", "xvi", "v", "x"))
_ABBREVIATED = ("Mr.", "Mrs.", "Ms.", "Dr.", "Prof.")
# Words of faith or party before people or their names: "Muslim NAMEs" are a people.
_FAITHS = frozenset("muslim sunni shiite buddhist hindu jewish islamic catholic orthodox protestant".split())
_CREDITS = re.compile(r"(?:photo\s*(?:/|by|:|courtesy)|getty images|media contact|(?:further|more) information|media (?:enquiries|inquiries)|contacts?:)", re.I)
_NEVER = frozenset(
    "the a an and of in on at by for to from with as after before during while when where if but or nor so yet his her its their our this that these "
    "those it he she they we i you not no yes also both all each any some there here what who which how why mr mrs ms".split()
)
# Function words that are also words of names, once the name has begun: "Men Sam An", "Nguyen Thi So".
_INSIDE = frozenset("an the he do so no you in on to she all at my her a ho we i it both such any how".split())
# Ranks of two words, the first of which is no style by itself.
_LONG_RANKS = frozenset((("field", "marshal"), ("vice", "adm"), ("vice", "admiral"), ("vice", "marshal"), ("air", "marshal"), ("air", "commodore"), ("air", "vice-marshal")))
_MEN = frozenset("mr sir lord king his sheikh shri datuk tun monsieur señor senhor don sayyid father prince emperor chairman spokesman".split())
_WOMEN = frozenset("mrs ms miss dame lady her baroness mme madame madam sheikha smt shrimati datin doña queen princess empress chairwoman spokeswoman".split())
# First words of places and things: two capitals that start so are nobody's name, unless a title says so.
_PLACE_OPENERS = frozenset("south north east west new san santa punta sierra lake mount cape port fort cyclone typhoon hurricane operation roman greater upper lower grand great irian tierra costa rio isla".split())


@dataclass(slots=True)
class NamePhrase:
    """A name in tokens ``name_first``..``name_last``, inside ``first``..``last`` with all that belongs to it."""

    first: int
    last: int
    name_first: int
    name_last: int
    before: list[OfficePhrase] = field(default_factory=list)
    after: list[OfficePhrase] = field(default_factory=list)
    honorific: bool = False
    female: bool | None = None
    country: str | None = None
    country_at: int = -1
    counterpart: bool = False
    predecessor: bool = False  # "his predecessor NAME"
    shared: bool = False  # the office is another name's words ("Presidents A and B")


class NameRuns:
    """Reads names in one sentence; its state is the sentence's tokens, its offices and the names found so far."""

    def __init__(self, tokens: list[Token], found: list[OfficePhrase], lex: Lexicon, is_person: Callable[[int, int], bool]) -> None:
        self.tokens, self.lex, self.is_person = tokens, lex, is_person
        self.offices = found
        self.ends = {o.last: o for o in found}
        self.starts = {o.first: o for o in found}
        self.names: list[NamePhrase] = []
        self.given: set[int] = set()
        self.taken = {k for o in found for k in range(o.first, o.last)}


    def _nameish(self, k: int, start: int) -> bool:
        """Whether token ``k`` can be a word of a name that starts at ``start``."""
        token = self.tokens[k]
        if not token.cap:
            return False  # most words: asked first
        if k == start and (token.low.rstrip(".") in ("jr", "sr", "rtd", "ret") or self._excellency(k) or self._excellency(k - 1)):
            return False
        if k == start and self._left_service(k):
            return False
        if token.text in _ABBREVIATED and k != start or k == start and self._field_before_name(k):
            return False
        begun = k != start or k in self.ends and self._more(k)  # "General Secretary To Lam"
        if k == start and k + 1 < len(self.tokens) and (token.low, self.tokens[k + 1].low.rstrip(".")) in _LONG_RANKS:
            return False
        if token.text == "The" and k > start and not self._the_inside(k):
            return False
        if k == start and self._short_title(k):
            return False
        if token.low in _NEVER and not (begun and token.low in _INSIDE):
            return False
        if not token.text.isalpha() and (not any(c.isalpha() for c in token.text) or any(c.isdigit() for c in token.text)):
            return False
        if token.label == "month" and k == start and self._given_month(k):
            return k not in self.taken
        if token.label in ("month", "weekday", "body", "country", "demonym", "capital", "metonym") or "/" in token.text:
            return False
        if token.low.rstrip(".") in self.lex.honorifics and token.text != "He" and k == start and (self._more(k) and not self._last_pair(k) or token.text.endswith(".")):
            return False
        return k not in self.taken

    def _left_service(self, k: int) -> bool:
        """"Lt | Gen (retired) NAME": a rank, and in brackets that its holder has left the service."""
        three = self.tokens[k + 1 : k + 4]
        bracket = len(three) == 3 and three[0].text == "(" and three[2].text == ")" and three[1].low.rstrip(".") in ("retired", "retd", "rtd", "ret", "r")
        return bracket and self.tokens[k].low.rstrip(".") in self.lex.honorifics

    def _field_before_name(self, k: int) -> bool:
        """"the Department of | Labor NAME", "School of | Education Dr. NAME", "| Addressing NAME, …": a word of what stands before, or that opens the sentence."""
        token, after = self.tokens[k], self.tokens[k + 1] if k + 1 < len(self.tokens) else None
        if after is None or not after.cap or token.low in self.lex.given_names:
            return False
        if k == 0:
            return token.low.endswith("ing") and token.low in self.lex.common
        before = self.tokens[k - 1]
        within = before.low in ("of", "for", "and", "the", "&") or before.cap and (before.low in self.lex.portfolios or "-" in before.text or before.label == "demonym") and after.label == ""
        return within and (token.low in self.lex.portfolios or "-" in token.text and after.low in self.lex.portfolios or after.text in _ABBREVIATED) and k not in self.ends

    def _the_inside(self, k: int) -> bool:
        """"Dinh The Huynh": the capital in mid-sentence, between two short words of a name."""
        before, after = self.tokens[k - 1], self.tokens[k + 1] if k + 1 < len(self.tokens) else None
        near = after is not None and after.cap and not after.label and after.low not in self.lex.common and max(len(before.text), len(after.text)) < 7
        return near and before.text.isalpha() and before.cap and not before.label and before.low not in self.lex.common

    def _short_title(self, k: int) -> bool:
        """"SMS Indra": capitals without a vowel before a name are a title's short form, or something else that is no name."""
        token = self.tokens[k]
        if not token.text.isupper():
            return False
        after = self.tokens[k + 1] if k + 1 < len(self.tokens) else None
        spelt = len(token.text) > 1 and token.text.isalpha() and not set(fold(token.text)) & set("aeiouy")
        return spelt and after is not None and after.cap and not after.text.isupper()

    def _last_pair(self, k: int) -> bool:
        """"Dr Tun NAME": after one honorific and before one last word, a word that can be either is part of the name."""
        titled = k > 0 and self.tokens[k - 1].low.rstrip(".") in ("dr", "mr", "mrs", "ms", "prof", "excellency")
        return titled and self.tokens[k].low in ("tun", "tan", "lok", "sri", "seri", "khun", "saya") and not (k + 2 < len(self.tokens) and self.tokens[k + 2].cap)

    def _excellency(self, k: int) -> bool:
        """"H. E. NAME" in two tokens."""
        return 0 <= k < len(self.tokens) - 1 and self.tokens[k].text == "H." and self.tokens[k + 1].text == "E."

    def _given_month(self, k: int) -> bool:
        """"Mr. January Makamba": a month's word between an honorific or title and a name."""
        after = self.tokens[k + 1] if k + 1 < len(self.tokens) else None
        before = self.tokens[k - 1] if k else None
        titled = before is not None and (before.low.rstrip(".") in self.lex.honorifics and before.cap or k in self.ends)
        return titled and after is not None and after.cap and not after.label and after.text[0].isalpha()

    def _more(self, k: int) -> bool:
        if k + 1 >= len(self.tokens) or not self.tokens[k + 1].cap:
            return False
        return self.tokens[k + 1].label not in ("month", "weekday") or self.tokens[k + 1].label == "month" and self._given_month(k + 1)

    def _run(self, i: int, titled: bool) -> int:
        """The end of the name that starts at ``i``."""
        k = i
        limit = min(len(self.tokens), i + 9)
        while k < limit:
            token = self.tokens[k]
            if self._nameish(k, i) and not self._stops(k, i, titled):
                k += 1
            elif k > i + 1 and token.label == "month" and token.cap and k + 1 < limit and self._nameish(k + 1, i) and not self.tokens[k + 1].label:
                k += 1  # "Juan Antonio March Pujol"
            elif k > i and self._nickname(k):
                k += 3
            elif k > i and token.low in PARTICLES and self._particle_goes_on(k):
                k += 1
            elif titled and k == i and token.cap and token.label and self._labelled_name(k):
                k += 1
            elif titled and k == i + 1 and self._demonym_surname(k):
                k += 1
            elif k > i and token.low in _SUFFIXES and token.text[0].isupper():
                k += 1
            elif k > i and token.text == "," and k + 1 < limit and self.tokens[k + 1].low.rstrip(".") in ("jr", "sr"):
                k += 2
            else:
                break
        while k > i and self.tokens[k - 1].low in PARTICLES:
            k -= 1
        return k

    def _demonym_surname(self, k: int) -> bool:
        """"President Danilo Turk, who …": a nationality's word that ends a name behind a title."""
        token, before = self.tokens[k], self.tokens[k - 1]
        after = self.tokens[k + 1] if k + 1 < len(self.tokens) else None
        named = before.low in self.lex.given_names or not before.label and before.low not in self.lex.common
        closed = after is None or after.text in (",", ".", ";", ")", "'s") or after.low in ("who", "and", "said", "says", "told", "met", "on", "in", "at", "to")
        given = before.low in self.lex.given_names and before.low not in self.lex.common
        return (token.label == "demonym" and named or token.label == "country" and given) and token.cap and token.run == 1 and closed

    def _nickname(self, k: int) -> bool:
        """"Charles "Willy" Moore": one quoted word inside a name."""
        four = self.tokens[k : k + 4]
        quoted = len(four) == 4 and four[0].text == four[2].text and four[0].text in ('"', "'") and four[1].cap and four[3].cap
        return quoted and not four[1].label and not four[3].label and four[1].end == four[2].start and four[3].low not in self.lex.common

    def _stops(self, k: int, i: int, titled: bool) -> bool:
        token = self.tokens[k]
        if k > i and is_head(token, self.lex):
            return True
        if k > i and is_acronym(token) and not self.tokens[i].text.isupper():
            return not self._surname_in_capitals(k, i)
        return not titled and token.label == "city" and token.low not in self.lex.given_names

    def _surname_in_capitals(self, k: int, i: int) -> bool:
        return len(self.tokens[k].text) > 3 and k - i <= 3

    def _particle_goes_on(self, k: int) -> bool:
        j = k + 1
        while j < len(self.tokens) and self.tokens[j].low in PARTICLES and j < k + 3:
            j += 1
        if self.tokens[k].low in ("e", "y", "la", "le", "do") and self.tokens[k].cap:
            return False
        return j < len(self.tokens) and self.tokens[j].cap and self.tokens[j].label in ("", "city") and j not in self.taken

    def _labelled_name(self, k: int) -> bool:
        """"Foreign Minister Israel Katz": a place's name that a capitalised unknown word follows."""
        nxt = self.tokens[k + 1] if k + 1 < len(self.tokens) else None
        return nxt is not None and nxt.cap and not nxt.label and self.tokens[k].run == 1 and not is_head(nxt, self.lex)

    def _names_a_place(self, i: int, end: int) -> bool:
        """"King Faisal International Airport", "Sultan Omar Mosque": the ruler's name is the place's."""
        far = end
        while far < len(self.tokens) and self.tokens[far].cap and far < end + 3:
            far += 1
        last = self.tokens[far - 1]
        fixed = last.low in self.lex.place_words and last.low not in _SURNAMES_TOO or is_head(last, self.lex) and far - i > 1
        return fixed and last.label not in ("country", "demonym") and far - i > 1

    def _words_only(self, i: int, end: int) -> bool:
        """Whether a capitalised run after a title is plainly no name ("Chairman Central", "Minister Summit")."""
        lex = self.lex
        words = self.tokens[i:end]
        if len(words) == 1 and words[0].low in ("republic", "kingdom", "state", "union", "federation", "province"):
            return True
        places = all(w.low in lex.place_words or w.low in lex.portfolios for w in words) and words[-1].low not in _SURNAMES_TOO - {"base"} if words else False
        return places or all(w.low in lex.portfolios or w.low in lex.event_words or is_head(w, lex) for w in words)

    def _plausible(self, i: int, end: int) -> bool:
        """Whether a run of capitals with no title and no honorific is a person's name."""
        words = self.tokens[i:end]
        lex = self.lex
        if i == 0 and end == 1 and (words[0].low.endswith("ly") or words[0].low in lex.common):
            return False  # "Additionally, the Minister"
        if words[0].low in _PLACE_OPENERS or joins_a_country(words[0]) or words[0].low in _FAITHS or self._numbered(end) or self._credited(i):
            return False
        if end == i + 1 and i and self.tokens[i - 1].low in ("on", "in", "at", "near", "over", "from"):
            return False
        if self._hyphenated(i, end) or self._of_listed(i, end) and words[0].low in _SURNAMES_TOO:
            return True
        if any(is_head(w, lex) or w.low in lex.event_words or w.low in lex.place_words for w in words):
            return False
        if end < len(self.tokens) and (is_head(self.tokens[end], lex) or self.tokens[end].cap and self.tokens[end].low in lex.event_words):
            return False
        return self._office_follows(end) or self._seated(end) and end - i > 1 or self._of_listed(i, end) or self._under_plural(i, end) or self.is_person(i, end)

    def _seated(self, end: int) -> bool:
        """"NAME MP, head of …": the letters of a seat right behind."""
        office = self.starts.get(end)
        return office is not None and self.tokens[end].text.isupper() and self.tokens[end].low in ("mp", "mep", "td", "mla", "mlc") and not office.plural and office.first == office.head

    def _under_plural(self, i: int, end: int) -> bool:
        """"provincial ministers A, NAME, C and D": two words in a list of names that a plural title opens."""
        words = self.tokens[i:end]
        if not 2 <= end - i <= 4 or any(w.label or w.low in self.lex.portfolios or not w.text.replace("-", "").replace(".", "").replace("'", "").isalpha() for w in words):
            return False
        office = next((o for o in reversed(self.offices) if o.last <= i), None)
        if office is None or not office.plural or office.no_post or i - office.last > 30:
            return False
        between = self.tokens[office.last : i]
        capitals = sum(t.cap for t in between)
        linked = all(t.cap and not t.label or t.text in (",", "(") or t.low in ("and", "mr", "ms") for t in between)
        return linked and (capitals >= 2 or not between or between[-1].text == ",") and not all(w.low in self.lex.common for w in words)

    def _numbered(self, end: int) -> bool:
        """"Nordpipe Stream 2": what has a number is a thing."""
        return end < len(self.tokens) and self.tokens[end].text.isdigit() and len(self.tokens[end].text) < 3

    def _credited(self, i: int) -> bool:
        """Who took the picture, or answers the telephone: "(AP Photo/NAME)", "Media contact: NAME"; and whose order is given."""
        before = " ".join(t.text for t in self.tokens[max(0, i - 4) : i])
        if i > 2 and self.tokens[i - 1].text == "/" and self.tokens[i - 3].text == "(":
            return True  # "(AGENCY/NAME)"
        return _CREDITS.search(before) is not None or before.split()[-2:] in (["Order", "of"], ["Orders", "of"])

    def _hyphenated(self, i: int, end: int) -> bool:
        """"Park Yong-min": a short surname and a given name of two syllables, the second in lower case."""
        if end - i != 2 or self.tokens[i].label or not 1 < len(self.tokens[i].text) < 7:
            return False
        parts = self.tokens[i + 1].text.split("-")
        plain = len(parts) == 2 and parts[0].istitle() and parts[1].islower() and all(1 < len(p) < 7 for p in parts)
        return plain and parts[1] not in self.lex.common and parts[0].lower() not in self.lex.common and self.tokens[i].low not in self.lex.frequent

    def _of_listed(self, i: int, end: int) -> bool:
        """"NAME of COUNTRY" in a list that a plural title opened."""
        if end - i < 2 or end + 1 >= len(self.tokens) or self.tokens[end].low not in ("of", "("):
            return False
        j = end + 1 + (self.tokens[end + 1].low == "the")
        opened = any(o.plural and o.last <= i for o in self.offices) or [t.low for t in self.tokens[:2]] in (["they", "are"], ["they", "were"])
        return opened and j < len(self.tokens) and self.tokens[j].label == "country" and not all(w.low in self.lex.common for w in self.tokens[i:end])

    def _office_follows(self, end: int) -> bool:
        """Whether an office stands in apposition: "NAME, head of X," "NAME (President of Y)"."""
        if end >= len(self.tokens) or self.tokens[end].text not in (",", "("):
            return False
        j = end + 1
        while j < len(self.tokens) and self.tokens[j].low in ("the", "a", "an", "who", "is", "also", "his", "her"):
            j += 1
        office = self.starts.get(j)
        if office is None or office.plural or office.no_post:
            return False
        # "…, Foreign Minister NAME2": that office is the next name's.
        return office.last >= len(self.tokens) or not self.tokens[office.last].cap or self.tokens[office.last].label != ""

    def _honorifics(self, i: int) -> tuple[int, bool | None, bool]:
        """Walk left over "H.E. Mr." and the like: (first token, sex if it tells, whether there was one)."""
        k = i
        female: bool | None = None
        while k > 0:
            token = self.tokens[k - 1]
            low = token.low.rstrip(".")
            if k > 1 and self._excellency(k - 2):
                k -= 2
                continue
            if k - 1 in self.taken or low not in self.lex.honorifics or token.text == "He":
                if token.text == ")" and k > 3 and self.tokens[k - 2].low.rstrip(".") in ("rtd", "retd", "ret", "retired", "r"):
                    k -= 3
                    continue
                if low in ("retired", "rtd") and k < i:
                    k -= 1
                    continue
                if token.text in ("'", "’") and k > 1 and self.tokens[k - 2].low in ("dato", "da"):
                    k -= 1
                    continue
                if token.text == "." and k > 1 and self.tokens[k - 2].low.rstrip(".") in self.lex.honorifics:
                    k -= 1
                    continue
                break
            if not token.cap:
                break
            if k > 1 and (self.tokens[k - 2].low, low) in _LONG_RANKS:
                k -= 1
            female = True if low in _WOMEN else False if low in _MEN else female
            k -= 1
        while k < i and self.tokens[k].low in ("their", "the"):
            k += 1
        if k < i and self.tokens[k].low in ("his", "her") and i - k == 1:
            k += 1
        return k, female, k < i

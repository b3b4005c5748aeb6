"""The grammar of personal names: which capitalised words are a person, and which offices belong to that name."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from memcon.annotate.bodies import body_at, is_acronym, is_head
from memcon.annotate.offices import OfficePhrase
from memcon.langs.fold import fold
from memcon.langs.lexicon import Lexicon
from memcon.mentions import Token

PARTICLES = frozenset(
    "bin bint ibn ben al el de da do dos das di del della der den van von ter la le du y e zu af ul ur abu ould mint st bar dit".split()
)
_SURNAMES_TOO = frozenset("park bay hall fort lake church temple castle house town base garden camp cape hill gardens street mount america state asia sea".split())
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "vi", "vii", "viii", "xii", "xiv", "xv", "xvi", "v", "x"))
_NEVER = frozenset(
    "the a an and of in on at by for to from with as after before during while when where if but or nor so yet his her its their our this that these "
    "those it he she they we i you not no yes also both all each any some there here what who which how why mr mrs ms".split()
)
# Function words that are also words of names, once the name has begun: "Men Sam An", "Nguyen Thi So".
_INSIDE = frozenset("an he do so no you in on to she all at my her a ho we i it both such any how".split())
_MEN = frozenset("mr sir lord king his sheikh shri datuk tun monsieur señor senhor don sayyid father prince emperor chairman spokesman".split())
_WOMEN = frozenset("mrs ms miss dame lady her baroness mme madame madam sheikha smt shrimati datin doña queen princess empress chairwoman spokeswoman".split())
# Between a name and an office that the sentence says of it: "was appointed", "has served as", "becomes".
_COPULAS = frozenset("is was became becomes as has had been being be will also then now currently both concurrently the a an his her its their who previously formerly later once".split())
_APPOINTS = frozenset(
    "served serves serving appointed named elected re-elected reelected sworn resigned took over in worked works acted acting continues nominated inaugurated confirmed "
    "retired designated stepped down returned remains remained".split()
)
# Verbs of leading a body, and the title they come to.
_LEADS = {"heads": "head", "chairs": "chair", "leads": "leader", "directs": "director", "presides": "president", "runs": "head", "headed": "former head", "chaired": "former chair"}
# First words of places and things: two capitals that start so are nobody's name, unless a title says so.
_PLACE_OPENERS = frozenset("south north east west new san santa punta sierra lake mount cape port fort cyclone typhoon hurricane operation roman greater upper lower grand great irian tierra costa rio isla".split())
_PLACE_NAMES = ("country", "city", "capital")
_SAME_POST = ("counterpart", "counterparts", "colleague", "colleagues", "homologue", "homologues")
_HONOR_LEAD = frozenset("his her their most right rt the hon".split())


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
    shared: bool = False  # the office is another name's words ("Presidents A and B")
    trusted: bool = False  # an office, an honorific or a known given name speaks for it


def name_phrases(
    tokens: list[Token], found: list[OfficePhrase], lex: Lexicon, is_person: Callable[[int, int], bool]
) -> list[NamePhrase]:
    """All names of a sentence with their offices. ``is_person`` judges token runs that have neither title nor honorific."""
    return _Names(tokens, found, lex, is_person).run()


class _Names:
    def __init__(self, tokens: list[Token], found: list[OfficePhrase], lex: Lexicon, is_person: Callable[[int, int], bool]) -> None:
        self.tokens, self.lex, self.is_person = tokens, lex, is_person
        self.offices = found
        self.ends = {o.last: o for o in found}
        self.starts = {o.first: o for o in found}
        self.names: list[NamePhrase] = []
        self.given: set[int] = set()
        self.taken = {k for o in found for k in range(o.first, o.last)}

    def run(self) -> list[NamePhrase]:
        names: list[NamePhrase] = []
        i = 0
        while i < len(self.tokens):
            phrase = self._at(i)
            if phrase is None:
                i += 1
                continue
            names.append(phrase)
            i = phrase.name_last
        heads = {k for n in names for k in range(n.first, n.name_last)}
        self.names = names
        for one, two in itertools.pairwise(names):
            self._hand_over(one, two)
            self._share_plural(one, two)
        self._lists()
        for name in names:
            self._after(name, heads)
        self._credentials()
        return names

    def late(self, names: list[NamePhrase], known: list[NamePhrase]) -> None:
        """Give offices in apposition to ``names``, found after the others of the sentence (``known``)."""
        self.names = known
        self.given = {o.first for n in known for o in (*n.before, *n.after)}
        heads = {k for n in known for k in range(n.first, n.name_last)}
        for name in names:
            self._after(name, heads)

    # -- where a name is ------------------------------------------------------------------------------------------

    def _at(self, i: int) -> NamePhrase | None:
        """The name whose own words start at token ``i``."""
        if i in self.taken or not (self._nameish(i, i) or i in self.ends and self.tokens[i].cap and self.tokens[i].label in _PLACE_NAMES and self._labelled_name(i)):
            return None
        first, female, honored = self._honorifics(i)
        office = self._office_before(first, i)
        counterpart = self._counterpart(first)
        titled = office is not None or honored or counterpart[0]
        end = self._run(i, titled)
        if not titled and end > i and end < len(self.tokens) and self.tokens[end].label == "city" and self._office_follows(end + 1):
            end += 1  # a name that is also a town's, with its office after it
        if end == i or (titled and (self._words_only(i, end) or self._names_a_place(i, end))) or (not titled and not self._plausible(i, end)):
            return None
        phrase = NamePhrase(first, end, i, end, honorific=honored, female=female, trusted=titled)
        if office is not None:
            phrase.before = self._office_list(office)
            phrase.first = phrase.before[0].first
        if counterpart[0]:
            phrase.counterpart, phrase.country, phrase.country_at = counterpart
            phrase.first = min(phrase.first, counterpart[2] if counterpart[2] >= 0 else first - 1)
        self._genitive(phrase)
        return phrase

    def _nameish(self, k: int, start: int) -> bool:
        """Whether token ``k`` can be a word of a name that starts at ``start``."""
        token = self.tokens[k]
        if k == start and (token.low.rstrip(".") in ("jr", "sr", "rtd", "ret") or self._excellency(k) or self._excellency(k - 1)):
            return False
        begun = k != start or k in self.ends and self._more(k)  # "General Secretary To Lam"
        if not token.cap or (token.low in _NEVER and not (begun and token.low in _INSIDE)) or not any(c.isalpha() for c in token.text) or any(c.isdigit() for c in token.text):
            return False
        if token.label == "month" and k == start and self._given_month(k):
            return k not in self.taken
        if token.label in ("month", "weekday", "body", "country", "demonym", "capital", "metonym") or "/" in token.text:
            return False
        if token.low.rstrip(".") in self.lex.honorifics and token.text != "He" and k == start and (self._more(k) and not self._last_pair(k) or token.text.endswith(".")):
            return False
        return k not in self.taken

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
            elif k > i and token.low in PARTICLES and self._particle_goes_on(k):
                k += 1
            elif titled and k == i and token.cap and token.label and self._labelled_name(k):
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
        return all(w.low in lex.portfolios or w.low in lex.event_words or is_head(w, lex) for w in self.tokens[i:end])

    def _plausible(self, i: int, end: int) -> bool:
        """Whether a run of capitals with no title and no honorific is a person's name."""
        words = self.tokens[i:end]
        lex = self.lex
        if i == 0 and end == 1 and (words[0].low.endswith("ly") or words[0].low in lex.common):
            return False  # "Additionally, the Minister"
        if words[0].low in _PLACE_OPENERS:
            return False
        if any(is_head(w, lex) or w.low in lex.event_words or w.low in lex.place_words for w in words):
            return False
        if end < len(self.tokens) and (is_head(self.tokens[end], lex) or self.tokens[end].cap and self.tokens[end].low in lex.event_words):
            return False
        return self._office_follows(end) or self._of_listed(i, end) or self.is_person(i, end)

    def _of_listed(self, i: int, end: int) -> bool:
        """"NAME of COUNTRY" in a list that a plural title opened."""
        if end - i < 2 or end + 1 >= len(self.tokens) or self.tokens[end].low not in ("of", "("):
            return False
        j = end + 1 + (self.tokens[end + 1].low == "the")
        opened = any(o.plural and o.last <= i for o in self.offices)
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

    # -- what stands before -----------------------------------------------------------------------------------------

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
                if token.text in ("'", "’") and k > 1 and self.tokens[k - 2].low in ("dato", "da"):
                    k -= 1
                    continue
                if token.text == "." and k > 1 and self.tokens[k - 2].low.rstrip(".") in self.lex.honorifics:
                    k -= 1
                    continue
                break
            if not token.cap:
                break
            female = True if low in _WOMEN else False if low in _MEN else female
            k -= 1
        while k < i and self.tokens[k].low in ("their", "the"):
            k += 1
        if k < i and self.tokens[k].low in ("his", "her") and i - k == 1:
            k += 1
        return k, female, k < i

    def _office_before(self, first: int, name_first: int) -> OfficePhrase | None:
        office = self.ends.get(first)
        if office is not None:
            return office
        # "Kenya's Foreign Minister, NAME, said"; "the prime minister, Mr NAME"; "head of the Centre in Osh NAME".
        k = self._back_over(first)
        office = self.ends.get(k) if k < first else None
        if office is None or office.plural:
            return None
        comma = self.tokens[first - 1].text == "," or self.tokens[first - 1].low == "the" and self.tokens[first - 2].text == ","
        if comma and not (self._definite(self._office_list(office)[0]) and self._closed(name_first)):
            return None
        if office.body is not None and office.body.last == k and self.tokens[k].low == "in":
            end = first - comma
            office.body = replace(office.body, last=end)
        return office

    def _back_over(self, first: int) -> int:
        """Step left over a comma, a bracketed short form and "in PLACE" between an office and its holder's name."""
        k = first
        if k >= 3 and self.tokens[k - 1].low == "the" and self.tokens[k - 2].text == ",":
            k -= 1  # ", the Hon NAME"
        if k >= 2 and self.tokens[k - 1].text == ",":
            k -= 1
        if k in self.ends:
            return k
        for back in range(k - 1, max(k - 8, 0), -1):
            if self.tokens[back].low.startswith("accredit"):
                k = back
                break
        if k >= 4 and self.tokens[k - 1].text == ")" and self.tokens[k - 3].text == "(" and is_acronym(self.tokens[k - 2]):
            k -= 3
        j = k
        while j > 1 and self.tokens[j - 1].label in ("city", "capital", "country") and self.tokens[j - 1].run == 0:
            j -= 1
        if j > 2 and self.tokens[j - 1].label in ("city", "capital", "country") and self.tokens[j - 2].low in ("in", "at") and j - 2 in self.ends:
            return j - 2
        return k

    def _definite(self, office: OfficePhrase) -> bool:
        before = self.tokens[office.first - 1] if office.first else None
        if before is not None and self._is_apposition(office):
            return False
        told = office.country is not None or office.body is not None or self.tokens[office.head].cap
        return told or (before is not None and before.low in ("the", "its", "his", "her", "their", "'s"))

    def _is_apposition(self, office: OfficePhrase) -> bool:
        """Whether the office itself stands after "NAME ,"."""
        k = office.first - 1
        while k >= 0 and self.tokens[k].low in ("the", "a", "an"):
            k -= 1
        return k >= 1 and self.tokens[k].text == "," and self.tokens[k - 1].cap and k - 1 not in self.taken and self.tokens[k - 1].label in ("", "city")

    def _closed(self, first: int) -> bool:
        """A name in apposition is closed by a comma, a verb or the sentence's end; a list goes on with "and"."""
        end = self._run(first, True)
        while end < len(self.tokens) and is_acronym(self.tokens[end]):
            end += 1  # "Helen McEntee TD"
        return end >= len(self.tokens) or self.tokens[end].text in (",", ".", ";", ":") or not self.tokens[end].cap

    def _office_list(self, last: OfficePhrase) -> list[OfficePhrase]:
        """The offices joined before a name: "President of the CPP, Prime Minister and Minister of X NAME"."""
        out = [last]
        while True:
            k = out[0].first - 1
            if k >= 0 and self.tokens[k].low in ("the",) and k > 0:
                # "the Prime Minister and the Foreign Minister X": two holders.
                return out
            adjacent = self.ends.get(k + 1)
            if adjacent is not None and not adjacent.plural:  # "Foreign Minister Professor NAME"
                out.insert(0, adjacent)
                continue
            while k >= 0 and self.tokens[k].low in (",", "and", "&", "also", "concurrently", "cum", "/", "its"):
                k -= 1
            before = self.ends.get(k + 1)
            if before is None or k + 1 == out[0].first or before.plural or before is out[0]:
                return out
            if self._separate(before, out[0]):
                return out
            out.insert(0, before)

    def _separate(self, before: OfficePhrase, after: OfficePhrase) -> bool:
        """Whether "the Prime Minister and President X" speaks of two holders."""
        k = before.first - 1
        bare = before.body is None and before.country is None
        lower = not self.tokens[before.head].cap and self.tokens[after.head].cap
        same = before.klass == after.klass == "head_of_state" and bare and after.body is None
        in_apposition = self._is_apposition(before) and not self._opens_list(before)
        return lower or same or in_apposition or (bare and k >= 0 and self.tokens[k].low in ("the", "his", "her") and after.country is not None)

    def _opens_list(self, office: OfficePhrase) -> bool:
        """Whether "…, T1 and T2 NAME" starts the next name's titles: the name before has its own, no comma after T1."""
        after = self.tokens[office.last].text if office.last < len(self.tokens) else ""
        k = office.first - 1
        if after == "," or self.tokens[k].text != "," or not self.tokens[office.head].cap:
            return False
        k -= 1
        while k >= 0 and self.tokens[k].cap and k not in self.taken:
            k -= 1
        return k in self.taken

    def _counterpart(self, first: int) -> tuple[bool, str | None, int]:
        """"his Finnish counterpart X": (is one, country, token of the country)."""
        k = first - 1
        if k >= 0 and self.tokens[k].text == ",":
            k -= 1
        if k > 0 and self.tokens[k].low == "number" and self.tokens[k - 1].low == "opposite":
            k -= 1
        key, at, k = self._from_country(k)
        if k < 0 or self.tokens[k].low not in (*_SAME_POST, "opposite"):
            return False, None, -1
        if key is not None:
            return True, key, at
        for j in range(k - 1, max(-1, k - 4), -1):
            if self.tokens[j].label in ("demonym", "country"):
                return True, self.tokens[j].key, j
        return self.tokens[k].low not in ("colleague", "colleagues"), None, -1

    def _from_country(self, k: int) -> tuple[str | None, int, int]:
        """"counterpart from the Republic of X": (country, its token, the token before "from")."""
        j = k
        while j > 0 and self.tokens[j].run == 0:
            j -= 1
        if j < 2 or self.tokens[j].label != "country":
            return None, -1, k
        back = j - 1 - (self.tokens[j - 1].low == "the")
        if self.tokens[back].low in ("from", "of") and back > 0 and self.tokens[back - 1].low in _SAME_POST:
            return self.tokens[j].key, j, back - 1
        return None, -1, k

    def _genitive(self, phrase: NamePhrase) -> None:
        """"Russia's Lavrov", "Cambodian Hun Sen": a country straight before the name."""
        k = phrase.first - 1
        if k >= 1 and self.tokens[k].text == "'s":
            k -= 1
        if phrase.before or phrase.country or k < 0:
            return
        while k > 0 and self.tokens[k].run == 0:
            k -= 1
        if self.tokens[k].label in ("demonym", "country") and k < phrase.first - (1 if self.tokens[phrase.first - 1].text == "'s" else 0):
            phrase.country, phrase.country_at = self.tokens[k].key, k

    def _hand_over(self, one: NamePhrase, two: NamePhrase) -> None:
        """Give the office between two names to the second, where it announces it ("…, the Foreign Minister of B, NAME2,")."""
        j = two.first - 1
        office = self.ends.get(j)
        if office is None or self.tokens[j].text != "," or two.before or not one.before or office.first <= one.name_last:
            return
        own = self._honorifics(one.name_first)[0]
        in_turn = own > 0 and self.tokens[own - 1].text == ","  # "TITLE, NAME, TITLE, NAME"
        if in_turn and self.tokens[office.first - 1].text == "," or self.tokens[office.first - 1].low == "the" and self.tokens[office.first - 2].text == ",":
            two.before = [office]
            two.first = office.first
            self.given.add(office.first)

    def _share_plural(self, one: NamePhrase, two: NamePhrase) -> None:
        """"Foreign Ministers A and B": the office is both's."""
        between = [t.low for t in self.tokens[one.name_last : two.first]]
        plural = [o for o in one.before if o.plural]
        if plural and not two.before and between and between[0] in (",", "and", "of") and "." not in between and len(between) <= 4:
            two.before = [replace(plural[-1], country=None, country_at=-1)] if one.first != two.first else two.before
            two.shared = True

    def _credentials(self) -> None:
        """Who presents letters of credence is an ambassador: of the country in brackets, or "as Ambassador of …"."""
        at = next((k for k, t in enumerate(self.tokens) if t.low in ("credence", "credentials", "accreditation")), -1)
        if at < 0 or not any(t.low in ("presented", "presenting", "presents", "submitted", "handed") for t in self.tokens):
            return
        for name in self.names:
            if name.country and not name.before and not name.after and name.last > name.name_last and self.tokens[name.last - 1].text == ")":
                name.after.append(OfficePhrase(at, at + 1, at, "diplomat", False, [(at, at + 1)], country=name.country, country_at=name.country_at, named="Ambassador"))
        office = next((o for o in self.offices if o.klass == "diplomat" and not o.plural and self._said_as(o)), None)
        first = next((n for n in self.names if office is not None and n.first < office.first), None)
        held = any(office is o for n in self.names for o in (*n.before, *n.after))
        if office is not None and first is not None and not held and all(o.klass == "diplomat" for o in (*first.before, *first.after)):
            first.after.append(office)

    def _said_as(self, office: OfficePhrase) -> bool:
        k = office.first - 1
        while k > 0 and self.tokens[k].low in ("the", "a", "an", "new", "his", "her", "country", "'s"):
            k -= 1
        return k >= 0 and self.tokens[k].low == "as"

    def _lists(self) -> None:
        """"The Greek and French foreign ministers A and B": one plural title, a country for each name in turn."""
        for office in self.offices:
            if office.plural and not office.no_post:
                self._list(office)
        for k, token in enumerate(self.tokens):
            if token.low in ("counterparts", "colleagues") and k not in self.taken:
                self._list(None, k)

    def _list(self, office: OfficePhrase | None, at: int = -1) -> None:
        countries, p = self._countries(office, at)
        extra: tuple[int, int] | None = None
        if office is not None and office.klass == "diplomat" and p + 1 < len(self.tokens) and self.tokens[p].low == "to" and p not in self.taken:
            j = p + 1 + (self.tokens[p + 1].low == "the")
            if j < len(self.tokens) and self.tokens[j].label in ("country", "body"):
                extra, p = (p, j + self.tokens[j].run), j + self.tokens[j].run
        people = self._listed(p)
        if len(people) < 2 and not (people and countries and office is None):
            return
        for n, name in enumerate(people):
            country, where = countries[n] if len(countries) == len(people) else countries[0] if len(countries) == 1 else (None, -1)
            if office is None:
                name.counterpart = True
                if country:
                    name.country, name.country_at = country, where
            elif not name.before or office.head in {o.head for o in name.before}:
                held = replace(office, country=country, country_at=where, title=[*office.title, *([extra] if extra else [])])
                name.before, name.shared = [held], n > 0
                if country:
                    name.country = None

    def _countries(self, office: OfficePhrase | None, at: int) -> tuple[list[tuple[str, int]], int]:
        """The countries listed before or after a plural title, in order, and where the names may start."""
        tokens = self.tokens
        found: list[tuple[str, int]] = []
        head, end, first = (office.head, office.last, office.first) if office else (at, at + 1, at)
        if office is None and end + 1 < len(tokens) and tokens[end].low in ("from", "of"):
            k = end + 1 + (tokens[end + 1].low == "the")
        else:
            k = office.country_at if office and office.country_at > head else len(tokens)
        while k < len(tokens) and tokens[k].label == "country":
            found.append((tokens[k].key, k))
            end = max(end, k + max(tokens[k].run, 1))
            k = end
            while k < len(tokens) and tokens[k].low in (",", "and", "the"):
                k += 1
        if found:
            return found, end
        k = first if office is None or office.country_at < 0 else office.country_at + 1
        while k > 0:
            j = k - 1
            while j > 0 and tokens[j].run == 0:
                j -= 1
            if tokens[j].label not in ("demonym", "country"):
                break
            found.insert(0, (tokens[j].key, j))
            k = j
            while k > 0 and tokens[k - 1].low in (",", "and"):
                k -= 1
        return found, end

    def _listed(self, p: int) -> list[NamePhrase]:
        """The names that stand in a list from token ``p`` on: "A, B of X and C"."""
        tokens = self.tokens
        starts = {self._honorifics(n.name_first)[0]: n for n in self.names}
        found: list[NamePhrase] = []
        if p < len(tokens) and tokens[p].text in (",", ":", "-", "–", "—", "("):
            p += 1
        while p < len(tokens) and p in starts and (not found or not starts[p].before or starts[p].before[0].plural):
            name = starts[p]
            found.append(name)
            p = self._own_country(name)
            if p < len(tokens) and tokens[p].text == "," and p + 1 < len(tokens) and tokens[p + 1].low in ("for", "of"):
                p = self._own_country(name, p + 1)
            semicolon = next((k for k in range(p, min(p + 25, len(tokens))) if tokens[k].text == ";"), -1)
            if semicolon >= 0:
                p = semicolon + 1  # "A of X; B of Y, chair of Z; and C of W"
            while p < len(tokens) and tokens[p].low in (",", "and", "&"):
                p += 1
        return found

    def _own_country(self, name: NamePhrase, k: int = -1) -> int:
        """Read "of COUNTRY", "for COUNTRY" or "(COUNTRY)" after a listed name; returns the token behind."""
        tokens = self.tokens
        k = name.name_last if k < 0 else k
        if k + 1 >= len(tokens) or tokens[k].low not in ("of", "for", "("):
            return k
        j = k + 1 + (tokens[k + 1].low == "the")
        if j < len(tokens) and tokens[j].label == "country":
            name.country, name.country_at = tokens[j].key, j
            end = j + max(tokens[j].run, 1)
            return end + (end < len(tokens) and tokens[end].text == ")")
        return k

    # -- what stands after ------------------------------------------------------------------------------------------

    def _after(self, name: NamePhrase, heads: set[int]) -> None:
        """Offices in apposition: "NAME, head of X, and Minister of Y", "NAME (Foreign Minister)", "NAME, who is also …"."""
        k = name.name_last
        self._of_country(name, k)
        if k + 2 < len(self.tokens) and self.tokens[k].text == "," and self.tokens[k + 2].text == "," and (self.tokens[k + 1].text.isdigit() or is_acronym(self.tokens[k + 1])):
            k += 2  # "NAME, 61, the"
        self.told(name, k)
        if name.first <= 2 and name is min(self.names, key=lambda n: n.first):
            self._told_later(name)
        opened = k < len(self.tokens) and self.tokens[k].text in (",", "(", "-", "–", "—")
        if not opened:
            return
        bracket = self.tokens[k].text == "("
        while True:
            office = self._apposed(k + 1, heads)
            if office is None or any(office is o for o in name.after):
                break
            name.after.append(office)
            name.last = office.last
            k = self._joined(office.last)
            if k < 0:
                break
        if name.after and name.last < len(self.tokens) and self.tokens[name.last].text == (")" if bracket else ","):
            name.last += 1
        if bracket and not name.after:
            self._bracketed_country(name, k)

    def told(self, name: NamePhrase, k: int) -> None:
        """An office that the sentence says of a name: "NAME was appointed envoy", "NAME, who heads the Agency"."""
        j = k
        while j < len(self.tokens) and self.tokens[j].text == "," and j == k:
            j += 1
        lows = [t.low for t in self.tokens[j : j + 9]]
        told = [w for w in lows[:1] if w in _COPULAS or w in _APPOINTS]
        if j > k and lows[:1] != ["who"]:
            return
        lead = next((n for n, w in enumerate(lows[:4]) if w in _LEADS and all(v in _COPULAS for v in lows[:n])), -1)
        if lead >= 0 and (j > k or lows[lead] in ("heads", "chairs")):
            self._leads(name, j + lead)
            return
        if not told or lows[0] in ("the", "a", "an", "his", "her", "its", "their", "in", "then", "over", "down", "also", "both", "previously", "formerly", "once"):
            return
        m = j
        while m < len(self.tokens) and m < j + 8 and m not in self.starts and (self.tokens[m].low in _COPULAS or self.tokens[m].low in _APPOINTS):
            m += 1
        office = self.starts.get(m)
        heads = {h for n in self.names for h in range(n.first, n.name_last)}
        if office is None or office.plural or office.no_post or office.last in heads or any(o in heads for o in range(office.first, office.last)):
            return
        if self.tokens[office.first].low in ("first", "second", "third", "only", "last") and office.last < len(self.tokens) and self.tokens[office.last].low in ("to", "from", "since"):
            return  # "was the first minister to visit"
        if j == k and self.tokens[m - 1].low in ("his", "her", "its", "their") or office.first in self.given:
            return
        while office is not None:
            name.after.append(office)
            self.given.add(office.first)
            office = self._told_next(office, heads)

    def _told_later(self, name: NamePhrase) -> None:
        """A second verb of the same subject: "NAME won a seat in 1978 and became Minister of X"."""
        others = {k for n in self.names if n is not name for k in range(n.first, n.name_last)}
        for k in range(name.name_last + 1, len(self.tokens) - 1):
            if k in others:
                return
            if self.tokens[k].low in ("became", "served", "appointed", "elected") and self.tokens[k - 1].low in ("and", "was", "later", "then", ","):
                self.told(name, k)

    def _told_next(self, office: OfficePhrase, heads: set[int]) -> OfficePhrase | None:
        """The next of several offices said one after the other: "became Minister of X in 1984, Minister of Y and Deputy Premier"."""
        k = office.last
        while k < len(self.tokens) and k < office.last + 7 and (self.tokens[k].low in ("in", "from", "to", "until", "and", "then", "later", "the", ",", "since", "of") or self.tokens[k].text[0].isdigit() or self.tokens[k].label == "month"):
            k += 1
        after = self.starts.get(k)
        if after is None or k == office.last or after.plural or after.no_post or after.last in heads or after.first in self.given:
            return None
        return after

    def _leads(self, name: NamePhrase, verb: int) -> None:
        """"NAME, who heads the Agency for X": the verb is the title, its object the body."""
        j = verb + 1
        while j < len(self.tokens) and self.tokens[j].low in ("the", "over", "its", "his", "her"):
            j += 1
        body = body_at(self.tokens, j, self.lex, frozenset({k for n in self.names for k in range(n.first, n.last)})) if j < len(self.tokens) else None
        if body is None or not body.headed or any(t.low in ("delegation", "mission", "group", "summit") for t in self.tokens[body.first : body.last]):
            return
        name.after.append(OfficePhrase(verb, body.last, verb, "official", False, [(verb, verb + 1)], body, body.country, named=_LEADS[self.tokens[verb].low]))

    def _of_country(self, name: NamePhrase, k: int) -> None:
        """"President Dalia Grybauskaitė of Lithuania"."""
        if not name.before or k + 1 >= len(self.tokens) or self.tokens[k].low != "of" or name.country:
            return
        j = k + 1 + (self.tokens[k + 1].low == "the")
        if j < len(self.tokens) and self.tokens[j].label == "country" and all(o.country is None and (o.body is None) for o in name.before):
            name.country, name.country_at = self.tokens[j].key, j
            name.last = j + self.tokens[j].run

    def _apposed(self, k: int, heads: set[int]) -> OfficePhrase | None:
        skip = ("the", "a", "an", "who", "is", "was", "also", "currently", "both", "serves", "as", "concurrently", "his", "her", "its", "and", "has", "been", "well", "then", "now")
        j = k
        while j < len(self.tokens) and j < k + 6 and j not in self.starts and (self.tokens[j].low in skip or self._passed_over(j)):
            j += 1
        office = self.starts.get(j)
        if office is None or office.first in self.given:
            return None
        # A title right before another name is that name's.
        if office.last < len(self.tokens) and office.last in heads and not self._comma(office.last):
            return None
        if any(o in heads for o in range(office.first, office.last)):
            return None
        if office.plural and self.tokens[k].low not in ("who",):
            return None
        return office

    def _passed_over(self, j: int) -> bool:
        """Words of praise or of ownership before an apposed office: "the long-serving", "the country's"."""
        token = self.tokens[j]
        if token.cap:
            return False
        owner = j + 1 < len(self.tokens) and self.tokens[j + 1].text == "'s" and token.low in ("country", "island", "nation", "republic", "kingdom")
        return owner or (token.text == "'s" and j > 0 and not self.tokens[j - 1].cap) or "-" in token.text and token.low[-3:] in ("ing", "ted", "ned", "ime")

    def _comma(self, k: int) -> bool:
        return self.tokens[k].text == ","

    def _joined(self, k: int) -> int:
        """The linking token before a further apposed office ("," or "and"), or -1."""
        if k < len(self.tokens) and (self.tokens[k].text == "," or self.tokens[k].low in ("and", "&", "cum")):
            return k
        if [t.low for t in self.tokens[k : k + 3]] == ["as", "well", "as"]:
            return k + 2
        return -1

    def _bracketed_country(self, name: NamePhrase, k: int) -> None:
        if k + 1 >= len(self.tokens) or self.tokens[k + 1].label != "country":
            return
        close = k + 1 + self.tokens[k + 1].run
        if close < len(self.tokens) and self.tokens[close].text == ")":
            name.country, name.country_at = self.tokens[k + 1].key, k + 1
            name.last = close + 1


def _nobody(first: int, last: int) -> bool:
    """For a second look at a sentence, whose names are known already."""
    return last < first


def late_offices(tokens: list[Token], found: list[OfficePhrase], lex: Lexicon, names: list[NamePhrase], known: list[NamePhrase]) -> None:
    """Offices said of ``names`` that were found in a second look at the sentence; ``known`` are all its names. Changes ``names``."""
    _Names(tokens, found, lex, _nobody).late(names, known)


def pronoun_offices(tokens: list[Token], found: list[OfficePhrase], lex: Lexicon, known: list[NamePhrase]) -> NamePhrase | None:
    """The offices that a sentence says of "He" or "She" at its start ("She is also the Chair of …"), as a phrase of that word."""
    phrase = NamePhrase(0, 1, 0, 1, female=tokens[0].low == "she")
    names = _Names(tokens, found, lex, _nobody)
    names.names = known
    names.given = {o.first for n in known for o in (*n.before, *n.after)}
    names.told(phrase, 1)
    return phrase if phrase.after else None


def name_tokens(text: str) -> tuple[str, ...]:
    """The folded words of a name, particles and initials' dots left out, for comparing within one report."""
    words = [w.rstrip(".") for w in fold(text).replace("-", " ").split()]
    return tuple(w for w in words if w and w not in PARTICLES)

"""What stands after a name and belongs to it: offices in apposition, in brackets, or said by a verb."""

from __future__ import annotations

from memcon.annotate.bodies import body_at, is_acronym
from memcon.annotate.name_lists import NameLists
from memcon.annotate.name_runs import NamePhrase
from memcon.annotate.offices import OfficePhrase

# Between a name and an office that the sentence says of it: "was appointed", "has served as", "becomes".
_COPULAS = frozenset("is was became becomes as has had been being be will also then now currently both concurrently the a an his her its their who previously formerly later once".split())
_APPOINTS = frozenset(
    "served serves serving appointed named elected re-elected reelected sworn resigned took over in worked works acted acting continues nominated inaugurated confirmed "
    "retired designated stepped down returned remains remained".split()
)
# Verbs of leading a body, and the title they come to.
_LEADS = {"heads": "head", "chairs": "chair", "leads": "leader", "directs": "director", "presides": "president", "runs": "head", "headed": "former head", "chaired": "former chair"}

# Words that open a sentence with somebody who is not its subject.
_OPENINGS = frozenset(
    "together accompanied alongside according with after before following during joined welcomed flanked hosted received at besides meeting addressing greeting "
    "in while when on upon talking speaking receiving welcoming briefing telling thanking congratulating asked".split()
)


class TitlesAfter(NameLists):
    """Names with what stands after them."""

    def _after(self, name: NamePhrase, heads: set[int]) -> None:
        """Offices in apposition: "NAME, head of X, and Minister of Y", "NAME (Foreign Minister)", "NAME, who is also …"."""
        k = name.name_last
        self._of_country(name, k)
        if k + 2 < len(self.tokens) and self.tokens[k].text == "," and self.tokens[k + 2].text == "," and (self.tokens[k + 1].text.isdigit() or is_acronym(self.tokens[k + 1])):
            k += 2  # "NAME, 61, the"
        k = self._letters(k)
        self.told(name, k)
        if name.first <= 2 and name is min(self.names, key=lambda n: n.first):
            self._told_later(name)
        seat = self.starts.get(k)
        if seat is not None and seat.klass == "parliament" and self.tokens[k].low in ("mp", "mep", "td") and seat.first not in self.given and not seat.plural:
            name.after.append(seat)
            name.last = k = seat.last
        opened = k < len(self.tokens) and self.tokens[k].text in (",", "(", "-", "–", "—")
        if not opened:
            self._right_beside(name, k)
            return
        bracket = self.tokens[k].text == "("
        while True:
            another = self.tokens[k].text == "," and [t.low for t in self.tokens[k + 1 : k + 3]] == ["and", "the"]  # "NAME, and the X minister spoke"
            office = None if another else self._apposed(k + 1, heads)
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

    def _letters(self, k: int) -> int:
        """Step over orders and degrees behind a name, which a comma closes: "NAME HI (M), Ambassador of …"."""
        j = k
        while j < len(self.tokens) and j < k + 5:
            one = self.tokens[j]
            in_brackets = one.text == "(" and j + 2 < len(self.tokens) and self.tokens[j + 2].text == ")" and self.tokens[j + 1].text.isupper() and len(self.tokens[j + 1].text) < 5
            if not in_brackets and not (one.text.isupper() and one.text.isalpha() and 1 < len(one.text) < 6 and not one.label and j not in self.starts):
                break
            j += 3 if in_brackets else 1
        return j if j > k and j < len(self.tokens) and self.tokens[j].text == "," else k

    def _right_beside(self, name: NamePhrase, k: int) -> None:
        """"Ms NAME Secretary to the Minister, …": in a list of people with honorifics, the post right after the name, closed by a mark."""
        the = k < len(self.tokens) and self.tokens[k].low == "the" and k + 1 in self.starts
        office = self.starts.get(k + the)
        if office is not None and the and name.honorific and not name.before and not name.after and self._full(office):
            name.after.append(office)
            name.last = office.last
            return
        if office is None or not name.honorific or name.before or name.after or office.plural or office.no_post or office.first in self.given or not self.tokens[office.head].cap:
            return
        after = self.tokens[office.last] if office.last < len(self.tokens) else None
        if (after is None or after.text in (",", ".", ";", ")") or after.low == "and") and office.last - office.first > 1:
            name.after.append(office)
            name.last = office.last

    def _full(self, office: OfficePhrase) -> bool:
        """"Sheikh NAME the Chairman of the Court": an office with its body or country, which nobody else holds in this sentence."""
        told = (office.body is not None or office.country is not None) and self.tokens[office.head].cap
        after = self.tokens[office.last] if office.last < len(self.tokens) else None
        return told and not office.plural and not office.no_post and office.first not in self.given and (after is None or not after.cap)

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
        if [t.low for t in self.tokens[k : k + 3]] == ["as", "well", "as"]:
            k += 3
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
        if not name.before or k + 1 >= len(self.tokens) or self.tokens[k].low not in ("of", "from") or name.country:
            return
        j = k + 1 + (self.tokens[k + 1].low == "the")
        owner = j + 1 < len(self.tokens) and self.tokens[j + 1].text == "'s"
        if j < len(self.tokens) and self.tokens[j].label == "country" and not owner and all(o.country is None and (o.body is None) for o in name.before):
            name.country, name.country_at = self.tokens[j].key, j
            name.last = j + self.tokens[j].run
        elif (self.tokens[k].low == "of" or self.tokens[k + 1].low == "the" or owner) and j < len(self.tokens) and all(o.country is None and o.body is None and not o.no_post for o in name.before):
            self._of_body(name, j)

    def _of_body(self, name: NamePhrase, j: int) -> None:
        """"Minister NAME of the Japanese Embassy", "Director NAME of the Central Bank"."""
        body = body_at(self.tokens, j, self.lex, frozenset({k for n in self.names for k in range(n.first, n.last) if n is not name}))
        if body is not None and body.headed and not body.plural and name.before[-1].klass in ("minister", "diplomat", "official", "party", "parliament"):
            name.before[-1].body, name.before[-1].country = body, body.country
            name.last = body.last

    def _apposed(self, k: int, heads: set[int]) -> OfficePhrase | None:
        if k >= len(self.tokens):
            return None
        skip = ("the", "a", "an", "who", "is", "was", "also", "currently", "both", "serves", "as", "concurrently", "his", "her", "its", "and", "has", "been", "well", "then", "now")
        j = k
        one_of = [t.low for t in self.tokens[k : k + 3]] == ["one", "of", "the"]
        j += 3 * one_of + 4 * ([t.low for t in self.tokens[k : k + 1]] == ["in"] and [t.low for t in self.tokens[k + 2 : k + 4]] == ["capacity", "as"])
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
        if office.plural and self.tokens[k].low not in ("who",) and not one_of:
            return None
        if self._speaks(office) or self._closes_opening(k, office):
            return None
        return office

    def _speaks(self, office: OfficePhrase) -> bool:
        """"…, a Treasury spokesman said": who says the sentence is another."""
        first = self.tokens[office.first - 1].low if office.first else ""
        after = self.tokens[office.last].low if office.last < len(self.tokens) else ""
        return first in ("a", "an") and after in ("said", "says", "told", "added", "confirmed", "announced")

    def _closes_opening(self, k: int, office: OfficePhrase) -> bool:
        """"Together with NAME, the head of X laid flowers": the comma closes what opens the sentence, and the office acts."""
        opens = self.tokens[0].low in _OPENINGS and k - 1 <= 24 and self.tokens[k - 1].text == ","
        if not opens or self.tokens[k].low != "the" or office.last >= len(self.tokens) or any(t.text == "," for t in self.tokens[1 : k - 1]):
            return False
        after = self.tokens[office.last]
        return not after.cap and after.text.isalpha() and after.low not in ("and", "who", "of", "in", "for", "to", "at", "on", "from", "as", "with")

    def _passed_over(self, j: int) -> bool:
        """Words of praise or of ownership before an apposed office: "the long-serving", "the country's"."""
        token = self.tokens[j]
        if token.cap:
            return False
        owner = j + 1 < len(self.tokens) and self.tokens[j + 1].text == "'s" and token.low in ("country", "island", "nation", "republic", "kingdom", "emirate", "sultanate", "party", "ministry", "embassy")
        return owner or (token.text == "'s" and j > 0 and not self.tokens[j - 1].cap) or "-" in token.text and token.low[-3:] in ("ing", "ted", "ned", "ime")

    def _comma(self, k: int) -> bool:
        return self.tokens[k].text == ","

    def _joined(self, k: int) -> int:
        """The linking token before a further apposed office ("," or "and"), or -1."""
        if k < len(self.tokens) and (self.tokens[k].text == "," or self.tokens[k].low in ("and", "&", "cum")):
            return k
        if [t.low for t in self.tokens[k : k + 3]] == ["as", "well", "as"]:
            return k + 2
        if [t.low for t in self.tokens[k : k + 2]] == ["who", "is"]:
            return k - 1
        return -1

    def _bracketed_country(self, name: NamePhrase, k: int) -> None:
        if k + 1 >= len(self.tokens) or self.tokens[k + 1].label != "country":
            return
        close = k + 1 + self.tokens[k + 1].run
        if close < len(self.tokens) and self.tokens[close].text == ")":
            name.country, name.country_at = self.tokens[k + 1].key, k + 1
            name.last = close + 1

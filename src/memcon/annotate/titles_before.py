"""What stands before a name and belongs to it: offices, "his Finnish counterpart", "Russia's"."""

from __future__ import annotations

from dataclasses import replace

from memcon.annotate.bodies import BodyPhrase, is_acronym, is_head
from memcon.annotate.name_runs import NamePhrase, NameRuns
from memcon.annotate.offices import OfficePhrase

_PLACE_NAMES = ("country", "city", "capital")
# Words of style that are nobody's name by themselves.
_SMALL = frozenset("de del da do dos di van von al el bin ter den".split())
_HON = frozenset(("hon", "honourable", "honorable", "rt", "right", "most"))
_STYLES = frozenset("techo samdech kralahom dato datuk datin seri tan akka moha sena padei oknha neak preah excellency majesty highness hon alhaji".split())
_PEERS = frozenset("lord lady baroness viscount earl".split())
_STYLED = frozenset("hon mr mrs ms dr prof engr amb sen gen lt col".split())
_SAME_POST = ("counterpart", "counterparts", "colleague", "colleagues", "homologue", "homologues")


# Small words inside the complement of a post, and the most words that one has.
_INNER = frozenset(("of", "the", "for", "and", "in", "to", "at", "on", "&", "'s", "(", ")", "faction"))
_STRETCH = 18
_LINKING = ("and", "&", "of", "for", "in", "to", "at", "on", "(")


class TitlesBefore(NameRuns):
    """Names with what stands before them."""

    def _at(self, i: int) -> NamePhrase | None:
        """The name whose own words start at token ``i``."""
        if i in self.taken or not (self._nameish(i, i) or self._small_start(i) or self._named_as_place(i)):
            return None
        first, female, honored = self._honorifics(i)
        office = self._office_before(first, i)
        counterpart = self._counterpart(first)
        titled = office is not None or honored or counterpart[0] or self._follows_predecessor(first)
        end = self._run(i + self._small_start(i), titled)
        if self._small_start(i) and end == i + 1:
            return None
        if not titled and end > i and end < len(self.tokens) and self.tokens[end].label == "city" and self._office_follows(end + 1):
            end += 1  # a name that is also a town's, with its office after it
        if end == i or (titled and self._style_only(i, end)) or (titled and (self._words_only(i, end) or self._names_a_place(i, end))) or (not titled and not self._plausible(i, end)):
            return None
        end = self._of_seat(i, end)
        phrase = NamePhrase(first, end, i, end, honorific=honored, female=female)
        if office is not None:
            phrase.before = self._office_list(office)
            phrase.first = phrase.before[0].first
            if len(phrase.before) == 1 and self._bare_chief(office):
                if end == i + 1 and (self.tokens[i].low in self.lex.common or end < len(self.tokens) and self.tokens[end].low in ("of", "to")):
                    return None  # "the Chief Guest", "the Chief Incumbent of the temple"
                phrase.before = []
        elif not counterpart[0]:
            self._stretch(phrase)
        if counterpart[0]:
            phrase.counterpart, phrase.country, phrase.country_at = counterpart
            phrase.first = min(phrase.first, counterpart[2] if counterpart[2] >= 0 else first - 1)
        self._genitive(phrase)
        phrase.predecessor = self._follows_predecessor(phrase.first)
        return phrase

    def _stretch(self, phrase: NamePhrase) -> None:
        """A post right before a name whose long complement the grammar of posts did not read to its end.

        "Head of the Support Service at the Office in the Autonomous Region of X NAME": nothing but capitals and small words between.
        """
        first = self._honorifics(phrase.name_first)[0]
        k = first
        while k > 0 and first - k < _STRETCH and k not in self.ends and (self.tokens[k - 1].cap or self.tokens[k - 1].low in _INNER or self.tokens[k - 1].low in self.lex.body_heads):
            k -= 1
        office = self.ends.get(k)
        if office is None or k == first or office.plural or office.no_post or not self.tokens[office.head].cap or phrase.name_last - phrase.name_first < 2 and not phrase.honorific:
            return
        last = self.tokens[first - 1].low
        field = last in self.lex.common or last in self.lex.portfolios
        cut = self.tokens[k].low == "and" and (office.klass in ("official", "party", "diplomat") or office.klass in ("minister", "head_of_government") and first - k < 5 and field)
        long_name = office.klass in ("head_of_government", "minister") and office.country is not None and all(t.label == "country" or t.low in ("the", "and", "northern") for t in self.tokens[k:first])
        if not long_name and not cut and self.tokens[k].low not in _INNER - {"'s", "(", ")", "and"} or self.tokens[first - 1].low in _LINKING or any(t.low.rstrip(".") in self.lex.honorifics for t in self.tokens[k:first]):
            return
        if office.klass == "head_of_state" or office.klass == "parliament" and self.tokens[office.head].low != "representative" or any(t in self.starts for t in range(k, first)):
            return
        told = k if long_name else self._country_at_end(office, k, first)
        self._complete(office, k, told if told > 0 else first)
        phrase.before, phrase.first = [office], office.first

    def _country_at_end(self, office: OfficePhrase, k: int, first: int) -> int:
        """Take the country that ends a complement ("… of the Kingdom of X"); where it starts, -1 if there is none."""
        j = first - 1
        while j > k and self.tokens[j].label == "country" and self.tokens[j].run == 0:
            j -= 1
        if self.tokens[j].label != "country" or j <= k or self.tokens[j - 1].low not in ("of", "the"):
            return -1
        start = j - 1
        while start > k and self.tokens[start].low in ("of", "the", "kingdom", "republic", "state", "sultanate", "principality", "federation"):
            start -= 1
        start += self.tokens[start].low not in ("of", "the", "kingdom", "republic", "state")
        if office.country is None:
            office.country, office.country_at = self.tokens[j].key, j
        return max(start, k)

    def _complete(self, office: OfficePhrase, k: int, end: int) -> None:
        """Give a post the words from ``k`` to ``end``: a body, or for ministers and envoys more of the title."""
        office.last = max(end, office.last)
        if end <= k:
            return
        start = k
        if self.tokens[k].low == "and" and office.klass in ("official", "party") and office.body is None and len(office.title) > 1:
            start = office.title.pop()[0]  # the name of a body, cut at its "and"
        while start < end and self.tokens[start].low in ("of", "at", "in", "for", "the", "'s"):
            start += 1
        if office.body is not None:
            office.body = replace(office.body, last=end)
        elif office.klass in ("minister", "diplomat", "head_of_government", "parliament"):
            office.title.append((k, end))
        elif start < end:
            place = next((t.key for t in self.tokens[start:end] if t.label in ("country", "demonym", "metonym")), None)
            office.body = BodyPhrase(start, end, office.country or place, True)

    def _follows_predecessor(self, first: int) -> bool:
        """"His predecessor, NAME": somebody who held the same post before."""
        k = first - 1 - (first > 0 and self.tokens[first - 1].text == ",")
        return k > 0 and self.tokens[k].low == "predecessor" and self.tokens[k - 1].low in ("his", "her", "whose", "immediate", "'s")

    def _of_seat(self, i: int, end: int) -> int:
        """"Lord NAME of Highbury": the place belongs to the style."""
        if i == 0 or self.tokens[i - 1].low not in _PEERS or end + 1 >= len(self.tokens) or self.tokens[end].low != "of":
            return end
        seat = self.tokens[end + 1]
        return end + 2 if seat.cap and seat.label in ("", "city") and not is_head(seat, self.lex) and seat.low not in self.lex.portfolios else end

    def _named_as_place(self, i: int) -> bool:
        """"Foreign Minister Israel NAME", "Hon. Aden NAME": a place's name as a given name behind a title or an honorific."""
        token = self.tokens[i]
        if not token.cap or token.label not in _PLACE_NAMES or not self._labelled_name(i):
            return False
        return i in self.ends or i > 0 and self.tokens[i - 1].cap and self.tokens[i - 1].low.rstrip(".") in _STYLED

    def _small_start(self, i: int) -> bool:
        """"Special Envoy de Mistura", "Mr. van der Berg": a title, and a name that begins in lower case."""
        token = self.tokens[i]
        if token.cap or token.low not in _SMALL or i == 0 or i + 1 >= len(self.tokens) or not self.tokens[i + 1].cap or self.tokens[i + 1].label:
            return False
        before = self.tokens[i - 1]
        return i in self.ends or before.cap and before.low.rstrip(".") in self.lex.honorifics

    def _bare_chief(self, office: OfficePhrase) -> bool:
        """"Chief NAME": a style in some countries, and no post without a body."""
        word = self.tokens[office.head]
        return office.body is None and office.country is None and office.last == office.head + 1 and office.first == office.head and word.text == "Chief"

    def _style_only(self, i: int, end: int) -> bool:
        """"Samdech Techo", "Dato' Seri": one more word of style, and no name after it."""
        return end == i + 1 and self.tokens[i].low in _STYLES

    def _office_before(self, first: int, name_first: int) -> OfficePhrase | None:
        office = self.ends.get(first)
        if office is not None:
            return office
        # "Kenya's Foreign Minister, NAME, said"; "the prime minister, Mr NAME"; "head of the Centre in Osh NAME".
        k = self._back_over(first)
        if k == first and first > 1 and self.tokens[first - 1].low == "the" and self.ends.get(first - 1) is not None and self.tokens[first].low.rstrip(".") in _HON:
            return self.ends[first - 1]  # "Senator the Hon. NAME"
        office = self.ends.get(k) if k < first else None
        if office is None or office.plural:
            return None
        comma = self.tokens[first - 1].text == "," or self.tokens[first - 1].low == "the" and self.tokens[first - 2].text == ","
        if comma and not ((self._definite(self._office_list(office)[0]) or self._in_turn_with(office)) and self._closed(name_first)):
            return None
        if comma and self._goes_on_about(office):
            return None
        if office.body is not None and office.body.last == k and self.tokens[k].low == "in":
            end = first - comma
            office.body = replace(office.body, last=end)
        return office

    def _in_turn_with(self, office: OfficePhrase) -> bool:
        """"the Prime Minister, NAME, the Foreign Minister, NAME": the name before has its own title before it, with a comma as well."""
        k = office.first - 1
        while k > 0 and self.tokens[k].low in ("the", "its", "and"):
            k -= 1
        last = self.names[-1] if self.names else None
        if last is None or self.tokens[k].text != "," or last.name_last != k or not last.before or self.tokens[office.first - 1].low != "the":
            return False
        own = self._honorifics(last.name_first)[0]
        return own > 0 and self.tokens[own - 1].text == ","

    def _goes_on_about(self, office: OfficePhrase) -> bool:
        """"NAME1, former head of A and chairman of B, NAME2, …": the office before the comma is the second of NAME1's."""
        k = office.first - 1
        if self.tokens[k].low not in ("and", "&"):
            return False
        one = self.ends.get(k)
        return one is not None and not one.plural and self._is_apposition(one) and not self._opens_list(one)

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
        if k in self.ends:
            return k
        if k >= 4 and self.tokens[k - 1].text == ")" and self.tokens[k - 3].text == "(" and is_acronym(self.tokens[k - 2]):
            k -= 3
        if k >= 3 and self.tokens[k - 1].text == ")":
            gloss = next((g for g in range(k - 2, max(k - 6, 0), -1) if self.tokens[g].text == "("), -1)
            if gloss in self.ends and not any(t.cap for t in self.tokens[gloss + 1 : k - 1]):
                return gloss  # "Chairman of the Grand Assembly (parliament) NAME"
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
            while k >= 0 and self.tokens[k].low in (",", "and", "&", "also", "concurrently", "cum", "/", "its", "-", "–"):
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
        if self._deputy(before) and after.klass == "minister" and self.tokens[after.first - 1].low != "the" and not lower:
            return in_apposition  # "the Deputy Prime Minister and Minister of X of A, NAME"
        if self._two_heads(before, after) or (k >= 0 and self.tokens[k].low == "as" and self.tokens[before.last].text == ","):
            return True  # "welcoming X as Ambassador of Y, President Z": the comma ends what opens the sentence
        envoy = bare and after.klass == "diplomat" and before.klass in ("head_of_state", "head_of_government", "minister") and not self.tokens[before.head].cap
        return lower or same or in_apposition or envoy or (bare and k >= 0 and self.tokens[k].low in ("the", "his", "her") and after.country is not None)

    def _deputy(self, office: OfficePhrase) -> bool:
        words = {self.tokens[k].low for a, b in office.title for k in range(a, b)}
        return office.klass == "head_of_government" and not words.isdisjoint(("deputy", "vice", "vice-premier", "vice-prime"))

    def _two_heads(self, before: OfficePhrase, after: OfficePhrase) -> bool:
        """"The Prime Minister and President X": nobody is both, where neither has a body."""
        plain = [" ".join(self.tokens[k].low for a, b in o.title for k in range(a, b)) for o in (before, after) if o.body is None]
        return sorted(plain) in (["president", "prime minister"], ["chancellor", "president"], ["king", "prime minister"], ["premier", "president"])

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

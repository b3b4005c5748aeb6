"""Lists of names under one title: "the Greek and French foreign ministers A and B", "letters of credence of A (X) and B (Y)"."""

from __future__ import annotations

import itertools
from dataclasses import replace

from memcon.annotate.name_runs import NamePhrase
from memcon.annotate.offices import OfficePhrase
from memcon.annotate.titles_before import TitlesBefore


class NameLists(TitlesBefore):
    """Names that share a title, or hand one on."""

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
            if office.plural and not office.no_post and not self._in_turn(office):
                self._list(office)
        self._respectively()
        for k, token in enumerate(self.tokens):
            if token.low in ("counterparts", "colleagues") and k not in self.taken:
                self._list(None, k)

    def _respectively(self) -> None:
        """"A and B, respectively president and prime minister of LAND": the offices in the order of the names."""
        at = next((k for k, t in enumerate(self.tokens) if t.low == "respectively"), -1)
        before = [o for o in self.offices if o.last <= at] if at >= 0 else []
        held = [o for o in self.offices if o.first > at] if at >= 0 else []
        chain = self._joined_offices(held, at + 1) if held else self._joined_offices(before, -1)
        start = chain[0].first if chain else 0
        names = [n for n in self.names if n.name_last <= (at if held else start)][-len(chain) :] if chain else []
        if len(chain) < 2 or len(names) != len(chain) or any(n.before or n.after for n in names) or not self._one_list(names):
            return
        last = chain[-1]
        for name, office in zip(names, chain, strict=True):
            own = office.country is not None or office.body is not None
            name.after.append(office if own or last.body is not None else replace(office, country=last.country, country_at=last.country_at))
            self.given.add(office.first)

    def _joined_offices(self, held: list[OfficePhrase], start: int) -> list[OfficePhrase]:
        """Offices one after the other, joined by "and" and commas; ``start``, if any, is where the first has to stand."""
        out: list[OfficePhrase] = []
        for office in held:
            gap = self.tokens[out[-1].last if out else max(start, 0) : office.first]
            if (out or start >= 0) and any(t.low not in (",", "and", "the", "as") for t in gap):
                if start >= 0:
                    break
                out = []
            if not office.plural and not office.no_post:
                out.append(office)
        return out

    def _one_list(self, names: list[NamePhrase]) -> bool:
        return all(all(t.low in (",", "and") for t in self.tokens[a.name_last : self._honorifics(b.name_first)[0]]) for a, b in itertools.pairwise(names))

    def _in_turn(self, office: OfficePhrase) -> bool:
        """"The Foreign Ministers of A, Mr NAME, and of B, Mr NAME": each country has its holder behind it."""
        tokens = self.tokens
        starts = {self._honorifics(n.name_first)[0]: n for n in self.names}
        k = office.country_at
        pairs: list[tuple[int, NamePhrase]] = []
        while 0 <= k < len(tokens) and tokens[k].label == "country":
            p = k + max(tokens[k].run, 1)
            name = starts.get(p + 1) if p < len(tokens) and tokens[p].text in (",", "(") else None
            if name is None or name.before and not name.before[0].plural:
                break
            pairs.append((k, name))
            k = name.name_last
            while k < len(tokens) and (tokens[k].low in ("and", "of", "the", ",", ")", ";") or tokens[k].text == "&"):
                k += 1
        if len(pairs) < 2:
            return False
        for n, (at, name) in enumerate(pairs):
            name.before, name.after, name.shared = [replace(office, country=tokens[at].key, country_at=at)], [], n > 0
        return True

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

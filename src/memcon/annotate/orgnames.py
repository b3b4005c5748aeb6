"""What a body is called in full: acronyms written out, parents in order, the side's party for "the Party"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from memcon.annotate.bodies import PLACES, BodyPhrase, body_at, is_acronym
from memcon.langs import places
from memcon.langs.lexicon import Lexicon
from memcon.mentions import Token
from memcon.model import Span

# "People's Party" is one name; "Committee's Commission" is a body within a body.
_GENERIC = frozenset("people women men children workers farmers veterans teachers lawyers writers youth student students king queen state".split())
_GROUPS = frozenset("Delegation Delegates Congress Conference Group Mission Team".split())
# Kinds of bodies that a report names in full once and by the kind alone from then on.
_SHORT = frozenset("commission committee ministry department party council agency foundation institute federation association union commissariat secretariat".split())


@dataclass(slots=True)
class Acronym:
    """What a bracketed acronym stands for in this report."""

    name: str
    country: str | None
    span: Span


@dataclass(slots=True)
class BodyNames:
    """The bodies' names that one report defines, by acronym and by side."""

    lex: Lexicon
    acronyms: dict[str, Acronym] = field(default_factory=dict)
    text: str = ""  # the report's normal text
    told: dict[int, tuple[list[Token], BodyPhrase]] = field(default_factory=dict)  # the same bodies by where they stand
    parties: dict[str, str] = field(default_factory=dict)  # country → full name of its party, as named in the report

    def learn(self, tokens: list[Token], text: str) -> None:
        """Note the acronyms that a sentence defines ("Communist Party of Vietnam (CPV)") and the parties it names."""
        self._by_initials(tokens, text)
        i = 0
        lows = [t.low for t in tokens]
        while i < len(tokens):
            title = self.lex.head_at(lows, i) if lows[i] in self.lex.head_sizes else None
            if not tokens[i].cap or lows[i] in ("the", "a", "an", "former", "deputy", "vice") or title:
                i += title[0] if title else 1
                continue
            body = body_at(tokens, i, self.lex)
            if body is None or not body.headed:
                i += tokens[i].run or 1
                continue
            self._learn_body(tokens, body, text)
            i = body.last

    def _by_initials(self, tokens: list[Token], text: str) -> None:
        """Note "(ABC)" right after capitalised words with those initials, whatever the words are ("Alpha Beta Club (ABC)")."""
        for k in range(2, len(tokens) - 1):
            if tokens[k - 1].text != "(" or tokens[k + 1].text != ")" or not is_acronym(tokens[k]) or tokens[k].label:
                continue
            start = _initials_from(tokens, k - 1, tokens[k].text)
            if start is not None and not any(t.label == "body" and t.run == k - 1 - start for t in tokens[start : start + 1]):
                name = self._plain(tokens, start, k - 1, text)
                country = next((t.key for t in tokens[start : k - 1] if t.label in PLACES), None)
                self.acronyms.setdefault(tokens[k].text, Acronym(name, country, Span(tokens[start].start, tokens[k - 2].end)))

    def _learn_body(self, tokens: list[Token], body: BodyPhrase, text: str) -> None:
        if body.last - body.first > 1:
            self.told[tokens[body.first].start] = (tokens, body)
        for k in range(body.first, body.last):
            if tokens[k].text == "(" and k + 2 < len(tokens) and k > body.first:
                self._define(tokens, body.first, k, text)
        name = self._plain(tokens, *_segments(tokens, body.first, body.last)[0], text).removesuffix(" Central Committee")
        words = name.split()
        if body.country and "Party" in words and words != ["Party"] and words[-1] not in _GROUPS:
            self.parties.setdefault(body.country, name)

    def _define(self, tokens: list[Token], first: int, k: int, text: str) -> None:
        acronym = tokens[k + 1].text
        start = _acronym_start(tokens, first, k, acronym)
        country = next((t.key for t in tokens[start:k] if t.label in PLACES), None)
        name = self._plain(tokens, start, k, text)
        self.acronyms.setdefault(acronym, Acronym(name, country, Span(tokens[start].start, tokens[k - 1].end)))

    def _plain(self, tokens: list[Token], first: int, last: int, text: str) -> str:
        parts = _cut(tokens, first, last)
        return " ".join(_squeeze(text[tokens[a].start : tokens[b - 1].end]) for a, b in parts)

    def country_of(self, tokens: list[Token], body: BodyPhrase) -> str | None:
        """The side a body belongs to, by its own words or by an acronym's definition."""
        if body.country:
            return body.country
        for token in tokens[body.first : body.last]:
            known = self.acronyms.get(token.text)
            if known is not None and known.country:
                return known.country
        return None

    def full(self, tokens: list[Token], body: BodyPhrase, text: str, side: str | None) -> tuple[str, tuple[Span, ...]]:
        """The body's full name from child to parent, and the other words it rests on (definitions of acronyms).

        ``side`` is the country of the person who holds the office, or None.
        """
        meant = self._meant(tokens, body)
        if meant is not None:
            return self.full(*meant, text, side)
        segments = _segments(tokens, body.first, body.last)
        rests: list[Span] = []
        names = [self._segment(tokens, a, b, text, side, rests) for a, b in segments]
        names = [n for n in names if n]
        name = " of the ".join(reversed(names)) if len(names) > 1 else (names[0] if names else "")
        name = re.sub(r" of the (?=(?:" + "|".join(_country_names(tokens, body)) + r")\b)", " of ", name) if names else name
        return self._owner(tokens, body, name, side), tuple(rests)

    def _meant(self, tokens: list[Token], body: BodyPhrase) -> tuple[list[Token], BodyPhrase] | None:
        """What "the commission" or "the ministry" is short for: the body of that kind that the report named last."""
        word = tokens[body.first]
        if body.last - body.first != 1 or word.cap or word.label or word.low not in _SHORT:
            return None
        before = [at for at, (t, b) in self.told.items() if at < word.start and any(w.low == word.low for w in t[b.first : b.last])]
        return self.told[max(before)] if before else None

    def _segment(self, tokens: list[Token], a: int, b: int, text: str, side: str | None, rests: list[Span]) -> str:
        """One level of a body's name with acronyms written out and a leading demonym turned into its country."""
        words: list[str] = []
        for first, last in _cut(tokens, a, b):
            chunk = _squeeze(text[tokens[first].start : tokens[last - 1].end])
            for token in tokens[first:last]:
                known = self.acronyms.get(token.text)
                if known is None and token.label == "body" and token.run and token.text[:1].isupper() and len(token.text.replace(".", "")) == 2:
                    chunk = chunk.replace(token.text, _written_out(token.key), 1)
                if known is not None and known.name != chunk:
                    chunk = re.sub(rf"(?<!\w){re.escape(token.text)}(?!\w)", known.name.replace("\\", r"\\"), chunk)
                    rests.append(known.span)
            words.append(chunk)
        name = " ".join(words)
        if name == "Party" or name.startswith("Party "):
            party = self.parties.get(side or "") or (next(iter(self.parties.values())) if len(self.parties) == 1 else None)
            name = party + name[5:] if party else name
        return name

    def _owner(self, tokens: list[Token], body: BodyPhrase, name: str, side: str | None) -> str:
        """Add the owner that the report leaves to the reader: the state of a ministry, the party of a politburo."""
        first = tokens[body.first]
        if first.label == "demonym" and body.state and not name.endswith(places.country_name(first.key)):
            owner = " ".join(t.text for t in tokens[body.first : body.first + max(first.run, 1)])
            rest = name[len(owner) :].strip() if name.startswith(owner) else name
            return f"{rest} of {places.country_name(first.key)}"
        if body.country or side is None or any(self.acronyms.get(t.text) for t in tokens[body.first : body.last]):
            return name
        if name in ("Politburo", "Political Bureau", "Central Committee", "Secretariat", "Central Military Commission"):
            party = self.parties.get(side)
            return f"{name} of the {party}" if party else name
        if body.state and not any(t.label == "body" for t in tokens[body.first : body.last]):
            return f"{name} of {places.country_name(side)}"
        return name


def _cut(tokens: list[Token], a: int, b: int) -> list[tuple[int, int]]:
    """``a``..``b`` without bracketed acronyms."""
    parts, start, k = [], a, a
    while k < b:
        if tokens[k].text == "(":
            if k > start:
                parts.append((start, k))
            while k < b and tokens[k].text != ")":
                k += 1
            start = k + 1
        k += 1
    if start < b:
        parts.append((start, b))
    return parts


def _segments(tokens: list[Token], a: int, b: int) -> list[tuple[int, int]]:
    """Cut a body's words at the possessives that part a body from its parent."""
    out, start = [], a
    for k in range(a + 1, b):
        if tokens[k].text in ("'s", "'") and tokens[k - 1].low not in _GENERIC and tokens[k - 1].low.rstrip("s") not in _GENERIC and k + 1 < b:
            out.append((start, k))
            start = k + 1
    out.append((start, b))
    return [(x, y) for x, y in out if x < y]


def _country_names(tokens: list[Token], body: BodyPhrase) -> list[str]:
    names = [re.escape(t.text) for t in tokens[body.first : body.last] if t.label in ("country", "capital", "metonym")]
    return names or [r"(?!x)x"]


def _acronym_start(tokens: list[Token], first: int, k: int, acronym: str) -> int:
    """Where the words behind an acronym start: the longest tail of the phrase whose initials fit, else all of it."""
    wanted = [c for c in acronym.upper() if c.isalpha()]
    best = first
    for start in range(k - 1, first - 1, -1):
        initials = [t.text[0].upper() for t in tokens[start:k] if t.cap]
        if initials == wanted:
            return start
        if len(initials) > len(wanted) + 1:
            break
    return best


def _initials_from(tokens: list[Token], k: int, acronym: str) -> int | None:
    """Where the words whose initials spell ``acronym`` start, going left from token ``k``; small words may be left out."""
    wanted = [c for c in acronym.upper() if c.isalpha()]
    j = k
    while wanted and j > 0 and k - j < 14:
        j -= 1
        token = tokens[j]
        initial = token.text[0].upper()
        if token.cap and initial == wanted[-1] or token.low in ("of", "for", "and", "the") and initial == wanted[-1] and len(wanted) > 1:
            wanted.pop()
        elif token.cap or token.low not in ("of", "for", "and", "the", "on", "to", "in", "with", "&", "'s", "de", "la", "del", "y", "e"):
            return None
    return j if not wanted and tokens[j].cap else None


def _written_out(short: str) -> str:
    """The full name of a body of two letters ("EU"), as the table of bodies has it; ``short`` if it has none."""
    known = places.body(short)
    return known.name if known is not None else short


def _squeeze(text: str) -> str:
    return " ".join(text.split())


__all__ = ["Acronym", "BodyNames", "is_acronym"]

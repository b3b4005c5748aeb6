"""Who is meant: names, offices, pronouns and descriptions resolved to the people and bodies of the report.

Nothing is guessed: a reference that fits nobody gives no party, and the fact that needed it is not made.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from memcon.codebook.load import table
from memcon.extract.several import house_between, lands_of, plural_body
from memcon.extract.tree import conjuncts, governor, is_verb, kids, prepositions, subject
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.langs.lexicon import Lexicon
from memcon.mentions import STATE_POSTS, Annotated, Figure, Item, NameMention, Office, Org, Sentence
from memcon.model import Span

_HE = frozenset(("he", "him", "his", "himself"))
_SHE = frozenset(("she", "her", "hers", "herself"))
_THEY = frozenset(("they", "them", "their", "themselves", "both", "two", "each", "duo", "pair", "trio"))
_PAIR_NOUNS = frozenset(
    "side sides team teams party parties leader leaders minister ministers president presidents official officials delegation delegations participant participants "
    "counterpart counterparts diplomat diplomats premier premiers speaker speakers chief chiefs head heads envoy envoys nation nations country countries government governments "
    "state states man men woman women neighbour neighbours neighbor neighbors representative representatives secretary secretaries king kings chairman chairmen "
    "attendee attendees statesman statesmen legislator legislators parliamentarian parliamentarians ally allies partner partners capital capitals host hosts guest guests "
    "general generals politician politicians interlocutor interlocutors commissioner commissioners pair duo people lawmaker lawmakers chancellor".split()
)
_SIDE_NOUNS = frozenset("side delegation team government administration party".split())
_NUMERALS = frozenset("two three four five six seven several some many other".split())
_DEFINITE = frozenset("the these those both his her their its".split())
_TITLED = frozenset("minister president premier secretary chancellor speaker leader head state".split())
_PARTS = frozenset("commissions commission committees committee departments department boards board councils council bodies branches agencies institutions".split())
_NUMBERS = {"two": 2, "both": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4}
_STATE_ORGANS = frozenset("mfa ministry ministries government governments parliament parliaments".split())
_ISSUERS = frozenset(("ministry", "government", "presidency", "embassy", "department", "foreign ministry"))
_LEADING = frozenset(("head_of_state", "head_of_government", "party", "parliament"))
_SOURCES = frozenset("spokesman spokeswoman spokesperson official source diplomat aide spokesmen spokespeople".split())
_STRANGERS = frozenset(
    "family relative mother father parent wife husband son daughter brother sister widow child lawyer attorney analyst expert observer resident protester demonstrator activist campaigner "
    "journalist reporter student worker witness victim survivor critic fan player coach scientist researcher doctor nurse soldier farmer trader investor economist executive owner author "
    "historian professor teacher migrant refugee hostage prisoner villager passenger participant businessman businesswoman".split()
)
_ROYAL = frozenset("highness majesty h.h. h.m. hh hm king queen emir amir sultan prince princess ruler monarch emperor empress sheikh sheikha duke grand-duke".split())
_NEAR = 32  # contacts to either side of a sentence that its words may refer to


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who acts: a person of the report, a body, a country. ``span`` is where this sentence says so."""

    kind: str  # person, org, country
    name: str
    span: Span
    person: int = -1
    country: str | None = None
    rests: tuple[Span, ...] = ()  # further words, where the reference stands for someone named elsewhere

    def same(self, other: Party) -> bool:
        """Whether both are the same person or the same name."""
        return self.person == other.person if self.person >= 0 or other.person >= 0 else fold(self.name) == fold(other.name)


@dataclass(slots=True)
class Contact:
    """A contact under construction; what the discourse needs of it."""

    kind: str
    hosts: list[Party]
    guests: list[Party]
    sentence: int
    position: int
    status: str = "occurred"
    sentences: list[int] = field(default_factory=list)
    company: list[Party] = field(default_factory=list, kw_only=True)  # who was there beside those who met

    @property
    def principals(self) -> list[Party]:
        """Those who met, without who was there beside them: the ones that "they" and "the two sides" speak of."""
        chief = [p for p in self.everyone if not any(p.same(q) for q in self.company)]
        return chief if len(chief) > 1 else self.everyone

    @property
    def everyone(self) -> list[Party]:
        """Both sides, hosts first."""
        return [*self.hosts, *self.guests]

    def side(self, country: str) -> list[Party]:
        """The participants who act for a country."""
        return [p for p in self.principals if p.country == country]


@dataclass(slots=True)
class Discourse:
    """What has been told up to a point, so that later words can refer to it."""

    notes: Annotated
    lex: Lexicon
    contacts: list[Contact] = field(default_factory=list)
    visitors: list[Party] = field(default_factory=list)
    last_subject: list[Party] = field(default_factory=list)
    last_group: list[Party] = field(default_factory=list)
    last_pair: list[Party] = field(default_factory=list)  # the last several people told of as one subject
    leaders: list[Party] = field(default_factory=list)  # heads of delegations told so far
    speaker: list[Party] = field(default_factory=list)  # who spoke last
    spoke_in: int = -2  # the sentence they spoke in
    acted: list[Party] = field(default_factory=list)  # people who were told to do or say something, latest last
    bodies: list[Party] = field(default_factory=list)  # ministries and the like that have been told of
    sources: list[Party] = field(default_factory=list)  # speakers without a name ("a ministry official", "Heads of Government")
    last_source: list[Party] = field(default_factory=list)  # such a speaker, where the sentence before was about it
    _titles: dict[str, frozenset[str]] = field(default_factory=dict)
    _fits: dict[tuple[frozenset[str], str | None], list[tuple[Figure, int, bool]]] = field(default_factory=dict)
    _asked: set[tuple[int, int]] = field(default_factory=set)  # the references being resolved
    _starts: dict[int, list[int]] = field(default_factory=dict)  # of each person's mentions, in order
    _pasts: dict[tuple[int, int], bool] = field(default_factory=dict)  # whether the contact told of at a place is background
    stranger: int = -2  # the last sentence about somebody whom the report does not name and no list holds ("the families")
    crowd: bool = False  # whether those were several
    speech: bool = False  # whether statements are being read: who speaks may be guessed from who spoke, who met may not

    # -- the people ---------------------------------------------------------------------------------------------------

    def party_of(self, person: int, span: Span, why: tuple[Span, ...] = ()) -> Party:
        """The party that is person ``person`` of the report, referred to at ``span``."""
        figure = self.notes.people[person]
        return Party("person", figure.name, span, person, figure.country, why)

    def acts_for(self, person: Party, side: Party) -> bool:
        """Whether a person acts for the country or body that stands for a side of a contact."""
        if side.person >= 0 or person.person < 0:
            return False
        if side.kind == "country" or side.country is not None and set(fold(side.name).split()) & _STATE_ORGANS:
            return side.country is not None and side.country == person.country
        whole = fold(side.name)
        return any(o.org is not None and (whole in fold(o.org) or fold(o.org) in _organs().get(whole, ())) for o in self.notes.people[person.person].offices)

    def _land(self, code: str) -> str:
        """The name of a country as this report writes it."""
        return self.notes.country_name(code, places.country_name(code))

    def active(self, sentence: int, position: int) -> Contact | None:
        """The contact being told of at a place: the latest one mentioned before, else the first one after."""
        before = self._before(sentence, position)
        if before:
            return before[0]
        real = self._real(sentence)
        after = [c for c in real if c.sentence >= sentence]
        return min(after, key=lambda c: (c.sentence, c.position)) if after else None

    def _before(self, sentence: int, position: int) -> list[Contact]:
        """The contacts told up to a place, the latest first; those of bodies alone after those of people, unless two of them have just met, and those of the background ("had called on her") last."""
        real = self._real(sentence)
        told = [(not self._background(c), any(p.person >= 0 for p in c.everyone) or k >= sentence - 1 and _two_sided(c), k, c.position, n) for n, c in enumerate(real) for k in c.sentences if k < sentence or (k == sentence and c.position <= position)]
        return list({n: real[n] for *_, n in sorted(told, reverse=True)}.values())

    def _real(self, sentence: int) -> list[Contact]:
        """The contacts that took place, or all if none did. Of very many, those about a sentence: each reference asks them all."""
        near = self.contacts
        if len(near) > 2 * _NEAR:
            at = bisect_right(near, sentence, key=lambda c: c.sentence)
            near = near[max(0, at - _NEAR) : at + _NEAR]
        return [c for c in near if c.status == "occurred"] or near

    def _background(self, contact: Contact) -> bool:
        """Whether a contact is told in the past perfect, as something that came before the one reported."""
        key = contact.sentence, contact.position
        if key not in self._pasts:
            self._pasts[key] = self._past_perfect(*key)
        return self._pasts[key]

    def _past_perfect(self, sentence: int, position: int) -> bool:
        s = self.notes.sentences[sentence]
        at = next((k for k, i in enumerate(s.items) if i.start <= position < i.end), None)
        verb = at if at is None or is_verb(s.items[at]) else governor(s, at)
        return verb is not None and any(s.items[k].low in ("had", "'d") for k in kids(s, verb, "aux"))

    def main(self, span: Span) -> list[Party]:
        """Whose doings the report tells: the person of most contacts so far, a traveller first; for words that name nobody."""
        counts: dict[int, int] = {}
        for contact in self.contacts:
            for party in contact.principals:
                if party.person >= 0:
                    counts[party.person] = counts.get(party.person, 0) + 1
        for visitor in self.visitors:
            if visitor.person >= 0:
                counts[visitor.person] = counts.get(visitor.person, 0) + 1
        if not counts:
            return []
        ranked = sorted(counts, key=lambda k: (-counts[k], self.notes.people[k].name_span))
        if len(ranked) > 1 and counts[ranked[0]] == counts[ranked[1]]:
            travelling = [k for k in ranked if counts[k] == counts[ranked[0]] and any(v.person == k for v in self.visitors)]
            ranked = travelling if len(travelling) == 1 else []
        return [self.party_of(ranked[0], span, (self.notes.people[ranked[0]].name_span,))] if ranked else []

    # -- references ---------------------------------------------------------------------------------------------------

    def resolve(self, s: Sentence, i: int) -> list[Party]:
        """Everyone that the noun phrase headed by item ``i`` names or refers to, in text order, each once."""
        out: list[Party] = []
        if (s.start, i) in self._asked:
            return out  # the parser made a ring: two counterparts, each the other's subject
        self._asked.add((s.start, i))
        house = plural_body(s.items[i])
        for k in conjuncts(s, i):
            for party in self._one(s, k):
                likewise = house is not None and k != i and party.kind == "country" and party.country is not None
                one = self._house(house or "", party.country or "", party.span) if likewise else party
                if not any(one.same(p) for p in out):
                    out.append(one)
        self._asked.discard((s.start, i))
        return out

    def _house(self, name: str, country: str, span: Span) -> Party:
        """A body of one of several countries: "the foreign ministries of A and B"."""
        body = Party("org", f"{name} of {self._land(country)}", span, country=country)
        self.bodies.append(body)
        return body

    def _several(self, s: Sentence, i: int) -> list[Party]:
        """The sides of a plural noun with two or more countries: "A-ish and B-ish officials", "the foreign ministries of A and B"."""
        lands = lands_of(s, i)
        house = house_between(s, i) if lands else None
        spans = [Span(s.items[k].start, s.items[k].end) for k in lands]
        codes = [str(s.items[k].ref) for k in lands]
        if house is not None:
            return [self._house(house, code, span) for code, span in zip(codes, spans, strict=True)]
        return [Party("country", self._land(code), span, country=code) for code, span in zip(codes, spans, strict=True)]

    def _one(self, s: Sentence, i: int) -> list[Party]:
        item = s.items[i]
        span = Span(item.start, item.end)
        if isinstance(item.ref, NameMention):
            return [self.party_of(item.ref.person, span)]
        if isinstance(item.ref, Org) and fold(item.ref.name) in ("parties", "sides") and self.speech:
            return self._all(self._both(s, item, {"the", "two"}), span)
        if isinstance(item.ref, Org):
            house = plural_body(item)
            if house is not None and item.ref.country is not None:
                return [self._house(house, item.ref.country, span)]
            body = Party("org", item.ref.name, span, country=item.ref.country, rests=item.ref.parts)
            self.bodies.append(body)
            return [body]
        if item.kind == "country":
            return [Party("country", self._land(str(item.ref)), span, country=str(item.ref))]
        if isinstance(item.ref, Office):
            return self._holders(s, i, item.ref)
        if item.kind == "place" and self.speech and item.dep == "nsubj" and fold(places.capital_of(str(item.ref)) or "") == item.low:
            return [Party("country", self._land(str(item.ref)), span, country=str(item.ref))]  # a capital speaks for its government
        if item.kind == "demonym":
            return self._nationals(s, i, str(item.ref))
        return self._word(s, i) or self._apposed(s, i)

    def _apposed(self, s: Sentence, i: int) -> list[Party]:
        """"His Highness the Amir", "its chair, NAME": who stands in apposition."""
        for k in kids(s, i, "appos"):
            if s.items[k].kind in ("person", "office") and k - i < 12:
                return self._one(s, k)
        for j in [j for low, j in prepositions(s, i) if low == "of" and s.items[j].kind == "word"]:
            for k in kids(s, j, "appos"):
                if s.items[k].kind == "person" and k - j < 4:
                    return self._one(s, k)  # "the head of an association NAME"
        return []

    def _highness(self, figure: Figure) -> bool:
        """Whether the report calls the person by a royal style: "President His Highness Sheikh NAME"."""
        return any(not _ROYAL.isdisjoint(fold(self.notes.text[m.start : m.name_start]).split()) for m in figure.mentions if m.honorific)

    def _styled(self, s: Sentence, i: int) -> list[Party]:
        """"His Highness received …", "Her Majesty added": the monarch or prince whose doings are told, or who was named last."""
        item = s.items[i]
        owner = next((s.items[k].low for k in kids(s, i, "poss")), "his")
        span = Span(item.start, item.end)

        def fits(figure: Figure) -> bool:
            return self._sex_fits(figure.index, owner == "her") and (any(not _ROYAL.isdisjoint(fold(o.title).split()) for o in figure.offices) or self._highness(figure))

        for party in (*self.last_subject, *self.main(span)):
            if party.person >= 0 and fits(self.notes.people[party.person]):
                return [self.party_of(party.person, span, (self.notes.people[party.person].name_span,))]
        recent = self._recent(item.start, fits)
        return [self.party_of(recent, span, (self.notes.people[recent].name_span,))] if recent is not None else []

    def _word(self, s: Sentence, i: int) -> list[Party]:
        item = s.items[i]
        if item.low in _HE or item.low in _SHE:
            return self._he(s, i, item.low in _SHE)
        if item.low in _THEY and item.low not in _PAIR_NOUNS:
            return self._they(s, i)
        if item.low == "it" and item.dep in ("nsubj", "nsubjpass", "dobj") and not self.speech:
            return self._party_of_travellers(s, i)
        if item.low in ("i", "we", "me", "my") and not item.quoted:
            return self._author(s, i)
        if item.low in ("who", "which", "that") and item.dep in ("nsubj", "nsubjpass"):
            verb = s.items[item.head]
            return self.resolve(s, verb.head) if verb.dep in ("relcl", "acl") and verb.head != item.head else []
        if item.low in {"counterpart", "counterparts"}:
            return self._counterpart(s, i)
        if item.low in ("highness", "majesty"):
            return self._apposed(s, i) or self._styled(s, i)
        if item.tag.startswith("NN") or item.low in _PAIR_NOUNS:
            return self._noun(s, i)
        return []

    def _party_of_travellers(self, s: Sentence, i: int) -> list[Party]:
        """"It was met at the airport by X": the delegation that the sentence before was about."""
        before = self.notes.sentences[s.index - 1] if s.index else None
        verb = main_verb(before) if before is not None and before.parsed else None
        subj = subject(before, verb) if before is not None and verb is not None else None
        if before is None or subj is None or (before.items[subj].lemma or before.items[subj].low) not in ("delegation", "mission", "group", "team"):
            return []
        return self._all(self._one(before, subj), Span(s.items[i].start, s.items[i].end))

    def owner(self, s: Sentence, i: int) -> list[Party]:
        """The person whose the noun phrase headed by item ``i`` is: "X's trip", "his visit"."""
        for k in kids(s, i, "poss"):
            if s.items[k].kind == "person" or s.items[k].low in _HE | _SHE:
                return [p for p in self._one(s, k) if p.person >= 0]
        return []

    # -- offices --------------------------------------------------------------------------------------------------------

    def _holders(self, s: Sentence, i: int, office: Office) -> list[Party]:
        """The named holder of an office that is given without a name; the body or country it stands for if unnamed."""
        item = s.items[i]
        span = Span(item.start, item.end)
        if self._indefinite(s, i) and "spokes" in item.low:
            return self._source(s, i)
        country = office.country or self._country_near(s, i)
        if office.plural:
            group = self._group(s, i, country)
            if group:
                return group
        found = self._by_title(office, country, s.index, item.start)
        if found is None and not office.plural:
            named = self._apposed(s, i)
            if named:
                return named
            found = self._national(office, country, s.index, item.start)
        if found is not None and not office.plural:
            return [self.party_of(found, span, (self.notes.people[found].name_span,))]
        if office.org:
            return [Party("org", office.org, span, country=office.country)]
        if country and self._acts_alone(office):
            return [Party("country", self._land(country), span, country=country)]
        return self._unnamed(s, i, office) if not self.speech else self._source(s, i) if office.plural or "spokes" in item.low else []

    def _indefinite(self, s: Sentence, i: int) -> bool:
        """"a spokesman", "one official", "Spokesmen": somebody who has not been told of."""
        before = [s.items[k].low for k in s.children[i] if k < i and s.items[k].dep in ("det", "nummod", "poss")]
        return self.speech and (any(w in ("a", "an", "one", "another") for w in before) or s.items[i].tag == "NNS" and not before)

    def _source(self, s: Sentence, i: int) -> list[Party]:
        """A speaker whom the report does not name, in its words: "Treasury spokesman", "Heads of Government"."""
        if not self.speech or s.items[i].dep not in ("nsubj", "nsubjpass", "pobj") or kids(s, i, "conj"):
            return []
        body = next((j for low, j in prepositions(s, i) if low in ("from", "for", "of", "at") and s.items[j].kind == "org"), None)
        if body is not None and s.items[i].kind == "word":
            return self._one(s, body)
        first = i
        while first > 0 and s.items[first - 1].dep in ("compound", "amod", "nmod", "poss", "case") and s.items[first - 1].head in (i, first, first + 1) and s.items[first - 1].text != ",":
            first -= 1
        if first == i and s.items[i].kind == "word":  # "officials", "one official": of those told of before, or nobody's
            return self._all([p for p in self.sources if p.name.split()[-1].removesuffix("s") == s.items[i].low.removesuffix("s")][-1:], Span(s.items[i].start, s.items[i].end))
        span = Span(s.items[first].start, s.items[i].end)
        party = Party("org", self.notes.text[span.start : span.end], span, country=self._country_near(s, i))
        if not any(party.same(p) for p in self.sources):
            self.sources.append(party)
        return [party]

    def _unnamed(self, s: Sentence, i: int, office: Office) -> list[Party]:
        """"The Prime Minister and President X met", of a report that never names the first: the office of its own country."""
        item = s.items[i]
        definite = any(s.items[k].low == "the" for k in (*s.children[i], i - 1) if k >= 0)
        if office.plural or not definite or self.notes.home is None or office.klass not in ("head_of_state", "head_of_government", "minister"):
            return []
        country, mark, _ = self.notes.home
        return [Party("org", f"{office.title} of {self._land(country)}", Span(item.start, item.end), country=country, rests=(mark,))]

    def _national(self, office: Office | None, country: str | None, sentence: int, at: int) -> int | None:
        """The one person of a country who takes part or spoke last: "the Cuban leader" of a man whose post the report leaves out."""
        if not self.speech or country is None or office is not None and office.org is not None:
            return None
        for pool in (self._taking_part(sentence, at), [*self.visitors, *self.acted]):
            own = list(dict.fromkeys(p.person for p in pool if p.person >= 0 and p.country == country))
            if len(own) == 1 and (office is None or not self.notes.people[own[0]].offices or self._title_words(office.title) <= set(self.lex.descriptors) | {"top", "senior"}):
                return own[0]
        return None

    def _acts_alone(self, office: Office) -> bool:
        return office.klass in STATE_POSTS

    def _by_title(self, office: Office, country: str | None, sentence: int, at: int) -> int | None:
        words = self._title_words(office.title)
        best: tuple[int, bool, bool, int, int] | None = None
        pool = {p.person for p in self._taking_part(sentence, at)}
        unknown = 0  # holders whose country is not known: of two, neither is the one of the country named
        for figure, fits, bare in self._fitting(words, office):
            if country and figure.country and figure.country != country:
                continue
            unknown += country is not None and figure.country is None
            # "the President" alone is the one who has been named without a country: the report's own.
            own = country is None and office.org is None and bare
            near = self._last_start(figure, at)
            known = 4 * (country is not None and figure.country == country)  # who is said to be of that country goes first
            key = (fits + known, figure.index in pool, own, near, -figure.index)
            if best is None or key > best:
                best = key
        if best is None or unknown > 1 and self.notes.people[-best[4]].country is None:
            return None
        return -best[4]

    def _fitting(self, words: frozenset[str], office: Office) -> list[tuple[Figure, int, bool]]:
        """Who holds an office that a title fits, how well, and whether the best is told without a country. Kept, as titles recur."""
        key = words, office.org
        if key not in self._fits:
            found = self._fits[key] = []
            for figure in self.notes.people:
                fitting = [(self._fit(words, held, office), held.country is None) for held in figure.offices]
                fits = max((fit for fit, _ in fitting), default=0)
                if fits:
                    found.append((figure, fits, any(bare for fit, bare in fitting if fit == fits)))
        return self._fits[key]

    def _last_start(self, figure: Figure, at: int) -> int:
        """Where a person was named last before ``at``; -1 if nowhere."""
        if figure.index not in self._starts:
            self._starts[figure.index] = sorted(m.start for m in figure.mentions)
        starts = self._starts[figure.index]
        k = bisect_left(starts, at)
        return starts[k - 1] if k else -1

    def _taking_part(self, sentence: int, at: int) -> list[Party]:
        """The people of the contact being told, and who spoke in the sentence before."""
        before = self._before(sentence, at)
        return [*(before[0].everyone if before else []), *(self.speaker if self.spoke_in >= sentence - 1 else [])]

    def _title_words(self, title: str) -> frozenset[str]:
        """The words of a title, abbreviations in full. Kept, as each mention of an office is compared with everybody's."""
        known = self._titles.get(title)
        if known is None:
            words = fold(title).replace(",", " ").split()
            known = frozenset(w for word in words for w in self.lex.abbreviations.get(word, word).split()) - {"the", "of", "for", "and"}
            self._titles[title] = known
        return known

    def _fit(self, words: frozenset[str], held: Office, office: Office) -> int:
        title = self._title_words(held.title)
        if words in ({"head", "state"}, {"head", "government"}):
            return int(held.klass == ("head_of_state" if "state" in words else "head_of_government") and held.org is None)
        if len(words) == 1 and next(iter(words)) in self.lex.descriptors:
            if office.org and not (held.org and set(fold(office.org).split()) & set(fold(held.org).split())):
                return 0  # "leader of the party" is no leader of a state
            return int(held.klass in self.lex.descriptors[next(iter(words))] and (held.org is None or held.klass != "head_of_state"))
        if not (words <= title or title <= words) or ("former" in title) != ("former" in words):
            return 0
        if office.org and held.org and not set(fold(office.org).split()) & set(fold(held.org).split()):
            return 0
        return 1 + 2 * (words == title)

    # -- pronouns -------------------------------------------------------------------------------------------------------

    def _he(self, s: Sentence, i: int, female: bool) -> list[Party]:
        item = s.items[i]
        span = Span(item.start, item.end)
        if self._means_stranger(s, i, crowd=False):
            return []
        if not self.speech and s.items[i].dep in ("nsubj", "nsubjpass") and any(k.low == "also" for k in s.items[i + 1 : i + 4]) and not any(isinstance(k.ref, NameMention) for k in s.items[:i]):
            again = [p for p in self.main(span) if self._sex_fits(p.person, female)]
            if again:
                return again  # "He also met …" goes on with whose doings are told
        inside = [] if self._parenthetic(s, i) else self._earlier_subject(s, i) or self._later_subject(s, i)
        barred = self._own_subject(s, i)
        spoke = self.speaker if s.index - 1 <= self.spoke_in < s.index and len(self.speaker) == 1 else []
        for party in [*inside, *spoke, *self.last_subject]:
            if party in spoke and any(party.same(p) for p in self.sources) and s.items[i].dep == "nsubj" and not any(x.low == "according" for x in s.items[:i]):
                return self._all([party], span)
            if party.person >= 0 and party.person not in barred and self._sex_fits(party.person, female):
                return [self.party_of(party.person, span, (self.notes.people[party.person].name_span,))]
        recent = self._recent(item.start, lambda f: f.index not in barred and self._sex_fits(f.index, female))
        if recent is None:
            return []
        return [self.party_of(recent, span, (self.notes.people[recent].name_span,))]

    def _means_stranger(self, s: Sentence, i: int, *, crowd: bool) -> bool:
        """Whether a pronoun goes on with people told of in the sentence before whom the report does not name."""
        self._look_back(s)
        if self.stranger < s.index - 1 or self.crowd != crowd or any(isinstance(k.ref, NameMention) for k in s.items[:i]):
            return False
        if s.items[i].dep in ("nsubj", "nsubjpass"):
            self.stranger = s.index
        return True

    def _look_back(self, s: Sentence) -> None:
        """The sentence before, where it was not parsed, may open with such people."""
        before = self.notes.sentences[s.index - 1] if s.index else None
        if before is None or before.parsed:
            return
        for word in fold(self.notes.text[before.start : before.end]).split()[:5]:
            noun = word.removesuffix("s") if word not in ("families",) else "family"
            if noun in _STRANGERS:
                self.stranger, self.crowd = before.index, word.endswith("s") or noun == "family"
                return

    def _parenthetic(self, s: Sentence, i: int) -> bool:
        """Whether the pronoun says who speaks after (or amid) the words reported: "X chose the date, he noted"."""
        verb = s.items[i].head
        return s.items[i].dep == "nsubj" and (s.items[verb].dep == "parataxis" or any(k < i for k in kids(s, verb, "ccomp", "parataxis")))

    def _author(self, s: Sentence, i: int) -> list[Party]:
        """"I" outside quotation marks is whoever signs the report; "we" is the author with whom he or she met."""
        span = Span(s.items[i].start, s.items[i].end)
        author = self._signed(span)
        if author is None:
            return self._issuing(s, span) if s.items[i].low == "we" else []
        if s.items[i].low in ("i", "me", "my") or not self.speech and not self.contacts:
            return [author]
        others = [p for p in [*self.last_group, *(self._both(s, s.items[i], {"we"}))] if not p.same(author)]
        if not others and self.speech:
            since = self.notes.sentences[max(0, s.index - 2)].start
            met = self._recent(s.items[i].start, lambda f: f.index != author.person and any(since <= m.start < s.items[i].start for m in f.mentions))
            others = [self.party_of(met, span, (self.notes.people[met].name_span,))] if met is not None else []
        return [author, *self._all(others[:1], span)]

    def _signed(self, span: Span) -> Party | None:
        """Whoever stands above the report's first sentence as its author: a person with an office, else a name in a line of its own."""
        first = next((x.start for x in self.notes.sentences if x.kind == "body"), 0)
        signed = [f.index for f in self.notes.people if f.mentions and min(m.start for m in f.mentions) < first and f.offices]
        if not signed:
            signed = [f.index for f in self.notes.people if f.mentions and min(m.start for m in f.mentions) < first]
        if len(signed) == 1:
            return self.party_of(signed[0], span, (self.notes.people[signed[0]].name_span,))
        found = byline(self.notes.text[:first]) if not signed else None
        if found is None or not self.speech:
            return None
        name = self.notes.text[found.start : found.end]
        known = next((f.index for f in self.notes.people if fold(name) in {fold(f.name), *(fold(alias) for alias, _ in f.aliases)}), None)
        return self.party_of(known, span, (found,)) if known is not None else Party("person", name, span, rests=(found,))

    def _issuing(self, s: Sentence, span: Span) -> list[Party]:
        """"We" of a statement that no person signs: the body that has just spoken."""
        bodies = [p for p in self.speaker if p.person < 0]
        return self._all(bodies, span) if self.speech and self.spoke_in >= s.index - 2 and len(bodies) == len(self.speaker) == 1 else []

    def _own_subject(self, s: Sentence, i: int) -> set[int]:
        """Whom an object pronoun cannot mean: the subject of its own verb ("A paid a call on him")."""
        if s.items[i].dep not in ("dobj", "pobj", "dative"):
            return set()
        verb = governor(s, i)
        subj = subject(s, verb) if verb is not None else None
        return {p.person for p in self.resolve(s, subj)} if subj is not None and subj != i and isinstance(s.items[subj].ref, NameMention) else set()

    def _earlier_subject(self, s: Sentence, i: int) -> list[Party]:
        """A person named earlier in the sentence, where the pronoun stands in a dependent clause or after a possessive."""
        deps = ("nsubj", "nsubjpass", "poss") if s.items[i].dep == "poss" else ("nsubj", "nsubjpass")
        found = [k for k in range(i) if isinstance(s.items[k].ref, NameMention | Office) and s.items[k].dep in deps]
        for k in reversed(found):
            parties = self._one(s, k)
            if len(parties) == 1 and parties[0].person >= 0:
                return parties
        return []

    def _later_subject(self, s: Sentence, i: int) -> list[Party]:
        """"After his meeting with X, Y said": a possessive at the front of a sentence stands for the subject to come."""
        top = main_verb(s)
        subj = subject(s, top) if top is not None else None
        if s.items[i].dep != "poss" or subj is None or subj <= i or not isinstance(s.items[subj].ref, NameMention):
            return []
        return [] if s.items[i].quoted else self._one(s, subj)

    def _sex_fits(self, person: int, female: bool) -> bool:
        known = self.notes.people[person].female
        return known is None or known == female

    def _recent(self, at: int, fits: object) -> int | None:
        """The person mentioned last before ``at`` who fits."""
        best: tuple[int, int] | None = None
        for figure in self.notes.people:
            if not fits(figure):  # type: ignore[operator]
                continue
            last = max((m.start for m in figure.mentions if m.start < at), default=-1)
            if last >= 0 and (best is None or last > best[0]):
                best = (last, figure.index)
        return best[1] if best else None

    def _they(self, s: Sentence, i: int) -> list[Party]:
        item = s.items[i]
        span = Span(item.start, item.end)
        if item.low in ("they", "them", "their") and self._means_stranger(s, i, crowd=True):
            return []
        active = self.active(s.index, item.start)
        here = active if active is not None and active.sentence == s.index else None
        if here is not None and len(here.everyone) > 1:
            return self._all(here.principals, span)
        beside = self._doers(s, i) if item.low == "their" else []
        if len(beside) > 1:
            return self._all(beside, span)
        spoke = self.speaker if self.spoke_in == s.index - 1 and len(self.speaker) == 1 else self.last_source
        if item.low == "they" and any(p.same(q) for p in spoke for q in self.sources):
            return self._all(spoke, span)
        if len(self.last_group) > 1:
            return self._all(self.last_group, span)
        return self._all(self._both(s, item, {item.low}), span)

    def _doers(self, s: Sentence, i: int) -> list[Party]:
        """"X and Y discussed it during their call": who the clause says does something together."""
        verb = governor(s, i)
        subj = subject(s, verb) if verb is not None else None
        named = subj is not None and subj < i and s.items[subj].kind in ("person", "office")
        return self.resolve(s, subj) if named and subj is not None else []

    def _all(self, parties: Iterable[Party], span: Span) -> list[Party]:
        return [Party(p.kind, p.name, span, p.person, p.country, (p.span, *p.rests)) for p in parties]

    # -- descriptions -----------------------------------------------------------------------------------------------------

    def _noun(self, s: Sentence, i: int) -> list[Party]:
        """"the Vietnamese official", "the two sides", "the host leaders", "a delegation led by X"."""
        item = s.items[i]
        low = item.lemma or item.low
        country = self._country_near(s, i)
        words = {s.items[k].low for k in s.children[i]} | {s.items[k].low for k in range(max(0, i - 3), i)}
        if low in _SOURCES and self._indefinite(s, i):
            return self._apposed(s, i) or self._source(s, i)
        if item.tag == "NNS" and not self.speech and (several := self._several(s, i)):
            return several
        if item.tag == "NNS" and low in ("representative", "official", "leader", "negotiator", "member", "delegate", "envoy"):
            owners = [k for k in s.children[i] if isinstance(s.items[k].ref, Org) and s.items[k].dep in ("compound", "nmod", "amod", "poss")]
            if owners:
                return self._one(s, owners[0])  # "senior X representatives" are the body X
            body = self._body_of(s, i)
            if body:
                return body
        if item.low in _PARTS:
            for whole in (s.items[k] for k in kids(s, i, "poss")):
                ref = whole.ref
                name = ref.org if isinstance(ref, Office) else ref.name if isinstance(ref, Org) else None
                if isinstance(ref, Org | Office) and name:
                    return [Party("org", f"{item.text} of {name}", Span(item.start, item.end), country=ref.country, rests=(Span(whole.start, whole.end),))]
        if low in ("delegation", "team", "group", "mission") and not (item.tag == "NNS" and words & _NUMERALS):
            return self._delegation(s, i, country)
        plural = item.tag == "NNS" or low in ("people", "pair", "duo") or item.low != low
        if item.low in _PAIR_NOUNS and (plural or low in ("side", "party")):
            return self._group(s, i, country, words)
        if low in _SOURCES and self.sources and item.tag != "NNS":
            return self._all(self.sources[-1:], Span(item.start, item.end))
        if low in self.lex.descriptors or (low,) in self.lex.heads:
            return self._described(s, i, low, country, words)
        if low in ("statement", "communique", "communiqué", "release", "readout", "ministry", "government", "presidency", "embassy", "office", "department"):
            return self._issuer(s, i, country)
        return []

    def _body_of(self, s: Sentence, i: int) -> list[Party]:
        """"leaders of the X", "officials of the X's commissions": the body, with its parts as the report names them."""
        for low, j in prepositions(s, i):
            if low not in ("of", "from"):
                continue
            if isinstance(s.items[j].ref, Org):
                return [p for k in conjuncts(s, j) if isinstance(s.items[k].ref, Org) for p in self._one(s, k)]
            whole = [k for k in kids(s, j, "poss", "compound") if isinstance(s.items[k].ref, Org)]
            if whole and s.items[j].low in _PARTS:
                owner = self._one(s, whole[0])[0]
                return [Party("org", f"{s.items[j].text} of {owner.name}", Span(s.items[j].start, s.items[j].end), country=owner.country, rests=(owner.span, *owner.rests))]
        return []

    def _country_near(self, s: Sentence, i: int) -> str | None:
        """The country that an adjective or possessive of the noun gives."""
        for k in s.children[i]:
            if s.items[k].kind in ("demonym", "country") and s.items[k].dep in ("amod", "compound", "poss", "nmod", "nsubj", "dep"):
                return str(s.items[k].ref)
        for k in range(i - 1, max(-1, i - 4), -1):
            if s.items[k].kind == "demonym":
                return str(s.items[k].ref)
            if s.items[k].kind != "word" or s.items[k].tag in ("DT", "IN", "CC", ",") or is_verb(s.items[k]):
                break
        for low, j in prepositions(s, i):
            if low in ("of", "from") and s.items[j].kind == "country":
                return str(s.items[j].ref)
        return None

    def _group(self, s: Sentence, i: int, country: str | None, words: set[str] | None = None) -> list[Party]:
        item = s.items[i]
        span = Span(item.start, item.end)
        words = words if words is not None else {s.items[k].low for k in range(max(0, i - 3), i)}
        active = self.active(s.index, item.start)
        indefinite = item.tag == "NNS" and item.low not in ("sides", "parties", "delegations", "leaders") and not any(s.items[k].kind == "country" for k in s.children[i])
        if country is not None and item.kind == "word" and (words & _NUMERALS or indefinite) and not words & _DEFINITE:
            bodies = [p for p in active.side(country) if p.person < 0] if active else []
            found = self._all(bodies, span) or (self._source(s, i) if item.low in ("officials", "diplomats", "sources") else [])
            return found or [Party("country", self._land(country), span, country=country)]  # "two Russian officials": nobody told of yet
        if country is not None:
            members = active.side(country) if active else []
            members = members or [v for v in self.visitors if v.country == country]
            singular_side = item.lemma in _SIDE_NOUNS or item.low in _SIDE_NOUNS
            if members:
                return self._all(members, span)
            return [Party("country", self._land(country), span, country=country)] if singular_side or item.kind == "word" else []
        if active is None:
            known = self.last_group or self.last_pair or self._latest(s, item, words) or self._titled(item, item.low.split()[-1])
            return self._all(known, span) if words & {"two", "both", "three"} else []
        if words & {"host", "hosting"} and not any(s.items[k].low == "host" and is_verb(s.items[k]) for k in range(max(0, i - 3), i)) or item.low == "hosts":
            return self._all(active.hosts, span)
        if words & {"visiting", "guest"} or item.low == "guests":
            return self._all(active.guests, span)
        if words & {"other", "many", "some", "several", "world", "regional", "senior", "local", "more", "foreign", "all"} and not words & {"two", "both", "three", "four"}:
            return []
        vague = item.low in ("people", "countries", "nations", "states", "governments", "parties", "capitals", "neighbours", "neighbors", "side", "party")
        telling = self.speech and item.low == "parties" and "the" in words and item.dep == "nsubj"
        if vague and not telling and not words & {"two", "both", "three"}:
            return []
        if not words & {"the", "two", "both", "three", "four", "these", "all", "between"}:
            return []
        if len(self.last_group) > 1 and not words & {"two", "both", "sides"} and item.low in ("leaders", "ministers", "officials", "presidents"):
            return self._all(self.last_group, span)
        return self._all(self._both(s, item, words), span)

    def _both(self, s: Sentence, item: Item, words: set[str]) -> list[Party]:
        """The parties of the latest contact that fits "the two ministers", "the three leaders"; else those who acted last."""
        noun = item.low.split()[-1]
        before = self._before(s.index, item.start)
        wanted = next((_NUMBERS[w] for w in ("three", "trio", "four", "two", "both", "pair", "duo") if w in words or w == noun), None)
        for strict in (2, 1, 0):
            titled = self._titled(item, noun) if strict == 1 and wanted == 2 else []
            if titled:
                return titled
            for contact in before:
                everyone = contact.principals
                numbered = wanted is None or wanted == 2 and len(everyone) >= 2 or wanted == len(everyone)
                if len(everyone) > 1 and (strict < 1 or numbered) and (strict < 2 or self._of_kind(everyone, noun)):
                    return everyone
        if len(self.last_pair) > 1 and (wanted is None or wanted == len(self.last_pair)) and self._of_kind(self.last_pair, noun):
            return self.last_pair
        latest = self._latest(s, item, words) if words & set(_NUMBERS) else []
        if len(latest) > 1:
            return latest
        active = self.active(s.index, item.start)
        return active.principals if active else []

    def _titled(self, item: Item, noun: str) -> list[Party]:
        """"the two foreign ministers": the holders of that office told of last, one of each of two countries."""
        if noun.removesuffix("s") not in _TITLED:
            return []
        words = self._title_words(" ".join(w for w in fold(item.text).split() if w not in ("two", "both"))) if item.kind == "office" else set()
        words = {w.removesuffix("s") if w != "affairs" else w for w in words}
        latest: dict[str, tuple[int, int]] = {}
        for figure in self.notes.people:
            last = max((m.start for m in figure.mentions if m.start < item.start), default=-1)
            if last < 0 or figure.country is None or not self._of_kind([self.party_of(figure.index, figure.name_span)], noun) or not figure.offices:
                continue
            if words and not any(words <= {*self._title_words(o.title), o.klass.split("_")[0], o.klass.split("_")[-1]} and "former" not in fold(o.title) for o in figure.offices):
                continue
            if last > latest.get(figure.country, (-1, -1))[0]:
                latest[figure.country] = (last, figure.index)
        chosen = sorted(latest.values(), reverse=True)[:2]
        return [self.party_of(k, Span(item.start, item.end), (self.notes.people[k].name_span,)) for _, k in sorted(chosen)] if len(chosen) == 2 else []

    def _of_kind(self, parties: Iterable[Party], noun: str) -> bool:
        """Whether people can be called by a plural noun of office. Who has no office fits every noun."""
        kind = noun.removesuffix("s")
        people = [self.notes.people[p.person] for p in parties if p.person >= 0 and self.notes.people[p.person].offices]
        if kind in ("leader", "head"):
            return all(any(o.klass in _LEADING for o in f.offices) for f in people)
        if kind in ("president", "minister", "premier", "chancellor", "ambassador", "speaker", "envoy", "king", "secretary"):
            return all(any(kind in fold(o.title).split() or kind in self._title_words(o.title) for o in f.offices) for f in people)
        if noun == "men":
            return all(f.female is not True for f in people)
        return True

    def _latest(self, s: Sentence, item: Item, words: set[str]) -> list[Party]:
        """The two people (or three, as said) who acted last, with those this sentence has named so far, in order of the text."""
        if not self.speech:
            return []
        here = [p for k, i in enumerate(s.items) if i.start < item.start and isinstance(i.ref, NameMention) for p in self._one(s, k)]
        noun = item.low.split()[-1]
        wanted = 3 if words & {"three", "trio"} or noun == "trio" else 2
        found: list[Party] = []
        for party in reversed([*self.visitors[:1], *self.acted, *here]):
            if party.person >= 0 and not any(party.same(p) for p in found) and self._of_kind([party], noun):
                found.append(party)
        return list(reversed(found[:wanted])) if len(found) >= wanted else []

    def _delegation(self, s: Sentence, i: int, country: str | None) -> list[Party]:
        leaders = self._leaders(s, i)
        if leaders:
            self.leaders += [p for p in leaders if not any(p.same(q) for q in self.leaders)]
            return leaders
        known = [p for p in self.leaders if country is None or p.country == country]
        if len(known) == 1:
            return self._all(known, Span(s.items[i].start, s.items[i].end))
        span = Span(s.items[i].start, s.items[i].end)
        for k in s.children[i]:
            if isinstance(s.items[k].ref, Org):
                return self._one(s, k)
        for low, j in prepositions(s, i):
            if low in ("of", "from") and s.items[j].kind in ("org", "country"):
                return self._one(s, j)
        members = [v for v in self.visitors if country is None or v.country == country]
        if members:
            return self._all(members, span)
        if country is None and not self.speech and any(s.items[k].low in ("the", "this") for k in s.children[i]):
            return self.main(span)
        return [Party("country", self._land(country), span, country=country)] if country else []

    def _leaders(self, s: Sentence, i: int) -> list[Party]:
        """"a delegation led (headed) by X"."""
        for k in kids(s, i, "acl", "relcl", "amod", "dep"):
            if s.items[k].lemma in ("lead", "head"):
                for low, j in prepositions(s, k):
                    if low == "by":
                        return [p for p in self.resolve(s, j) if p.person >= 0]
        for k in range(i + 1, min(len(s.items), i + 8)):
            if s.items[k].low in ("led", "headed") or s.items[k].lemma in ("lead", "head"):
                for j in range(k + 1, min(len(s.items), k + 4)):
                    if s.items[j].kind == "person":
                        return self._one(s, j)
        return []

    def _described(self, s: Sentence, i: int, low: str, country: str | None, words: set[str]) -> list[Party]:
        item = s.items[i]
        span = Span(item.start, item.end)
        if not words & {"the", "his", "her", "their", "visiting", "'s", "host", "this", "top", "senior"} and country is None:
            return []
        classes = set(self.lex.descriptors.get(low, ())) or {self.lex.heads.get((low,), "")}
        active = self.active(s.index, item.start)
        pool = [p.person for p in active.everyone if p.person >= 0] if active else []
        if words & {"visiting"} or low in ("guest", "visitor"):
            guests = active.guests if active else []
            if all(p.person < 0 for p in guests):
                codes = {p.country for p in guests}
                guests = [v for v in self.visitors if not codes or v.country in codes][:1] or guests
            return self._all(guests or self.visitors[:1], span)
        if (words & {"host"} or low == "host") and active:
            return self._all(active.hosts, span)

        owner = next((s.items[k].ref for k in s.children[i] if isinstance(s.items[k].ref, Org) and s.items[k].dep in ("compound", "nmod", "poss")), None)
        body = set(fold(owner.name).split()) - {"the", "of", "and", "for"} if isinstance(owner, Org) else set()

        def fits(figure: Figure) -> bool:
            if country and figure.country != country:
                return False
            if body and not any(body <= set(fold(o.org or "").split()) for o in figure.offices):
                return False
            return bool(body) or "any" in classes or any(o.klass in classes for o in figure.offices) or low in {w for o in figure.offices for w in fold(o.title).split()}

        def in_pool(figure: Figure) -> bool:
            return figure.index in pool and fits(figure)

        exact = self._recent(item.start, lambda f: fits(f) and low in {w for o in f.offices for w in fold(o.title).split()})
        found = exact if exact is not None else self._recent(item.start, in_pool)
        if found is None:
            found = self._recent(item.start, fits)
        if found is None:
            found = self._national(None, country, s.index, item.start)
        if found is None:
            return []
        return [self.party_of(found, span, (self.notes.people[found].name_span,))]

    def _counterpart(self, s: Sentence, i: int) -> list[Party]:
        """The other side: "his Finnish counterpart", "its Cambodian counterpart"."""
        item = s.items[i]
        span = Span(item.start, item.end)
        country = self._country_near(s, i)
        verb = governor(s, i)
        subj = subject(s, verb) if verb is not None else None
        own = self.resolve(s, subj) if subj is not None and subj != i else []
        several = list(dict.fromkeys(self._demonyms_before(s, i))) if item.low == "counterparts" else []
        if len(several) > 1:
            return [self._opposite(s, i, code, own) for code in several]
        listed = self._listed_lands(s, i) if item.low == "counterparts" else {}
        if len(listed) > 1:
            return [self.party_of(who, span, (self.notes.people[who].name_span,)) if who >= 0 else self._opposite(s, i, code, own) for code, who in listed.items()]
        if country:
            other = self._recent(item.start, lambda f: f.country == country)
            if own and own[0].kind == "org":
                return [self._mirror(own[0], country, span)]
            if other is not None and not any(p.person == other for p in own):
                return [self.party_of(other, span, (self.notes.people[other].name_span,))]
            return [Party("country", self._land(country), span, country=country)]
        active = self.active(s.index, item.start)
        if active is None:
            return self._peer(own, span)
        return self._all([p for p in active.principals if not any(p.same(o) for o in own)], span)

    def _peer(self, own: list[Party], span: Span) -> list[Party]:
        """The one holder of the same post in another country: "will engage his counterpart", of the president who has invited him."""
        if len(own) != 1 or own[0].person < 0 or own[0].country is None:
            return []
        titles = {self._title_words(o.title) for o in self.notes.people[own[0].person].offices}
        same = [f.index for f in self.notes.people if f.country not in (None, own[0].country) and any(self._title_words(o.title) in titles for o in f.offices)]
        return [self.party_of(same[0], span, (self.notes.people[same[0]].name_span,))] if len(same) == 1 else []

    def _demonyms_before(self, s: Sentence, i: int) -> Iterable[str]:
        """"his Spanish and Albanian counterparts"."""
        codes: list[str] = []
        for k in range(i - 1, max(-1, i - 9), -1):
            item = s.items[k]
            if item.kind == "demonym":
                codes.append(str(item.ref))
            elif item.low not in (",", "and", "foreign", "defence", "defense", "respective"):
                break
        return reversed(codes)

    def _listed_lands(self, s: Sentence, i: int) -> dict[str, int]:
        """"his counterparts from LAND (NAME), LAND and LAND": each country, with the person in brackets behind it or -1."""
        found: dict[str, int] = {}
        if i + 2 >= len(s.items) or s.items[i + 1].low not in ("from", "of", "in"):
            return found
        for k in range(i + 2, min(len(s.items), i + 40)):
            item = s.items[k]
            if item.kind == "country":
                found.setdefault(str(item.ref), -1)
            elif found and isinstance(item.ref, NameMention) and s.items[k - 1].text == "(":
                found[list(found)[-1]] = item.ref.person
            elif item.low not in (",", "and", "the", "as", "well", "(", ")", "both"):
                break
        return found

    def _opposite(self, s: Sentence, i: int, country: str, own: list[Party]) -> Party:
        """The counterpart of one country: its holder of the same post, if the report names one, else the country."""
        span = Span(s.items[i].start, s.items[i].end)
        titles = [o.title for p in own if p.person >= 0 for o in self.notes.people[p.person].offices]
        same = [f for f in self.notes.people if f.country == country and any(self._title_words(o.title) == self._title_words(t) for o in f.offices for t in titles)]
        if len(same) == 1:
            return self.party_of(same[0].index, span, (same[0].name_span,))
        return Party("country", places.country_name(country), span, country=country)

    def _mirror(self, own: Party, country: str, span: Span) -> Party:
        """The same body on the other side: its party's or its state's."""
        name = own.name
        parties = self._parties()
        mine = [p for c, names in parties.items() for p in names if p in name and c != country]
        theirs = parties.get(country)
        if mine and theirs:
            return Party("org", name.replace(mine[0], theirs[0]), span, country=country, rests=(own.span,))
        if own.country and places.country_name(own.country) in name:
            return Party("org", name.replace(places.country_name(own.country), places.country_name(country)), span, country=country, rests=(own.span,))
        return Party("country", self._land(country), span, country=country)

    def _parties(self) -> dict[str, list[str]]:
        """Each country's party, by every name the report has for it."""
        found: dict[str, list[str]] = {}
        for name, country in [(o.name, o.country) for o in self.notes.orgs] + [(o.org or "", f.country) for f in self.notes.people for o in f.offices]:
            if country and name.endswith("Party") or country and name.startswith("Communist Party of"):
                found.setdefault(country, []).append(name.removesuffix(" Central Committee"))
        return found

    def _nationals(self, s: Sentence, i: int, country: str) -> list[Party]:
        item = s.items[i]
        if item.dep not in ("nsubj", "nsubjpass", "pobj", "dobj", "conj"):
            return []
        if any(isinstance(ref := s.items[k].ref, Office) and ref.plural and ref.country for k in kids(s, i, "conj")):
            return [Party("country", self._land(country), Span(item.start, item.end), country=country)]  # "A-ish and B-ish diplomats"
        active = self.active(s.index, item.start)
        return self._all(active.side(country), Span(item.start, item.end)) if active else []

    def _issuer(self, s: Sentence, i: int, country: str | None) -> list[Party]:
        """"a ministry statement said": the body speaks; "a joint statement": both sides."""
        item = s.items[i]
        span = Span(item.start, item.end)
        words = {s.items[k].low for k in s.children[i]}
        if "joint" in words:
            active = self.active(s.index, item.start)
            return self._all(active.everyone, span) if active else []
        for k in s.children[i]:
            if isinstance(s.items[k].ref, Org | NameMention):
                return self._one(s, k)
        for low, j in prepositions(s, i):
            if low in ("of", "from", "by") and isinstance(s.items[j].ref, Org | NameMention):
                return self._one(s, j)
        owner = self.owner(s, i)
        if owner:
            return owner
        noun = item.lemma or item.low
        if country and noun in _ISSUERS:
            return [self._body(s, i, country, span)]
        told = [o for o in self.bodies if noun in _ISSUERS and noun in fold(o.name).split()]
        if told:
            return self._all(told[-1:], span)
        home = self.notes.home[0] if self.notes.home else self.notes.dateline_country
        if home and self.speech and noun == "ministry" and any(s.items[k].dep in ("amod", "compound") for k in s.children[i]):
            return [self._body(s, i, home, span)]
        return []

    def _body(self, s: Sentence, i: int, country: str, span: Span) -> Party:
        """"X's foreign ministry": a body that is named by its country and what it is for."""
        words = [s.items[k].text.lower() for k in range(max(0, i - 3), i + 1) if s.items[k].head == i and s.items[k].dep in ("amod", "compound", "nmod") and s.items[k].kind == "word"]
        body = Party("org", " ".join([*(w.capitalize() for w in words), s.items[i].text.capitalize(), "of", self._land(country)]), span, country=country)
        self.bodies.append(body)
        return body

    # -- keeping track ------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Forget whom the last sentences were about: the report is read again from its start."""
        self.last_subject, self.last_group, self.stranger = [], [], -2

    def said(self, parties: list[Party], sentence: int) -> None:
        """Note who spoke in a sentence."""
        self.speaker, self.spoke_in = parties, sentence
        self.acted += [p for p in parties if p.person >= 0]

    def passed_over(self, s: Sentence, subj: int) -> None:
        """Note that a sentence was about somebody who is nobody of the report's people: "the families", "her mother said"."""
        item = s.items[subj]
        named = any(isinstance(s.items[k].ref, NameMention) for k in kids(s, subj, "appos"))
        if item.kind != "word" or item.tag not in ("NN", "NNS") or named:
            return
        noun = item.lemma or item.low
        if noun in _STRANGERS:
            self.stranger, self.crowd = s.index, item.tag == "NNS" or noun == "family"

    def relays_news(self, party: Party) -> bool:
        """Whether a party is a news outlet, which reports what others say."""
        return party.person < 0 and party.kind == "org" and fold(party.name).removeprefix("the ") in _outlets()

    def told(self, parties: list[Party]) -> None:
        """Note the subject of a sentence just told."""
        people = [p for p in parties if p.person >= 0]
        self.last_source = [p for p in parties if any(p.same(q) for q in self.sources)]
        self.acted += people
        if people or len(parties) > 1:
            self.last_subject = parties
        if len(parties) > 1:
            self.last_group = self.last_pair = parties
        elif people:
            self.last_group = []


_LINE = re.compile(r"^(?:(?:Senator|[Tt]he|Hon\.?|Honourable|Rt|Right|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Sir|Dame|H\.?E\.?|Ambassador|by|By|BY)[ ]+)+(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})(?: (?:MP|AC|AO|CBE|QC))?$", re.M)
_OVER_OFFICE = re.compile(
    r"^(?!.*\b(?:Media|Press|Joint|Release|Statement|Speech|Remarks|Meeting|Meetings|Visit|Ministry|Department|Office|Embassy|News)\b)"
    r"(?P<name>[A-Z][a-z'’-]+(?: [A-Z][\w.'’-]+){1,3})\n+(?:Minister|Foreign|Prime|President|Secretary|Ambassador)\b",
    re.M,
)
_HEAD = re.compile(r"\b(?:MINISTER|SECRETARY|PRESIDENT|AMBASSADOR|SECRETARY-GENERAL|COMMISSIONER)\b(?P<rest>[^\n]*)")
_FIELD = re.compile(
    r"\b(?:FOR|OF|THE|AND|FOREIGN|AFFAIRS|TRADE|DEFENCE|DEFENSE|EXTERNAL|INTERNATIONAL|DEVELOPMENT|COOPERATION|CO-OPERATION|IMMIGRATION|FINANCE|ECONOMY|INTERIOR|HOME|STATE|PRIME|DEPUTY|"
    r"MULTICULTURAL|INDIGENOUS|ENVIRONMENT|ENERGY|TOURISM|WOMEN|PACIFIC|AID|INTEGRATION|REGIONAL|HON|HON\.|HONOURABLE|SENATOR|DR|DR\.|MR|MR\.|MS|MS\.|SIR|BY|REPUBLIC)\b[ ,]*"
)
_CAPITALS = re.compile(r"[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){1,2}\b")


def byline(head: str) -> Span | None:
    """The name of a report's author in the lines above it: alone in a line after a title of address, or in capitals after an office.

    >>> head = "MEDIA RELEASE MINISTER FOR TRADE ANNA LIND TX12"
    >>> head[slice(*byline(head))]
    'ANNA LIND'
    """
    line = _LINE.search(head) or _OVER_OFFICE.search(head)
    if line is not None:
        return Span(*line.span("name"))
    office = _HEAD.search(head)
    if office is None:
        return None
    at = office.start("rest")
    while at < office.end() and head[at] in " ,:":
        at += 1
    begun = False
    while (step := _FIELD.match(head, at)) is not None:
        at, begun = step.end(), True
    name = _CAPITALS.match(head, at) if begun else None
    return Span(*name.span()) if name is not None else None


@cache
def _outlets() -> frozenset[str]:
    """The names of news outlets, folded; bare initials left out, as bodies share them."""
    known = table("outlets", "en")
    national = (str(mark) for marks in known["agencies"].values() for mark in marks if " " in str(mark))
    return frozenset(fold(str(mark)) for mark in (*national, *known["worldwide"]))


def _two_sided(contact: Contact) -> bool:
    """Whether one side met another: not a session, where bodies sit together."""
    return contact.kind != "conference" and bool(contact.hosts) and bool(contact.guests)


@cache
def _organs() -> dict[str, frozenset[str]]:
    """The institutions of international bodies that bear another name, folded."""
    return {fold(str(body)): frozenset(fold(str(name)) for name in names) for body, names in table("bodies", "en")["organs"].items()}


def main_verb(s: Sentence) -> int | None:
    """The root of the sentence when it is a verb."""
    for i, item in enumerate(s.items):
        if item.head == i and is_verb(item):
            return i
    return None


__all__ = ["Contact", "Discourse", "Item", "Party", "main_verb"]

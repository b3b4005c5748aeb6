"""From names in sentences to the people of a report: which mentions are one person, and what offices each holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from memcon.annotate.names import NamePhrase, name_tokens
from memcon.annotate.offices import OfficePhrase
from memcon.annotate.orgnames import BodyNames
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.langs.lexicon import Lexicon
from memcon.mentions import STATE_POSTS, Figure, NameMention, Office, Token
from memcon.model import Span

_POSTED = STATE_POSTS - {"diplomat"}
_RELATIVE = re.compile(r"\b(?:wife|husband|spouse|son|daughter|brother|sister|father|mother|nephew|niece|cousin|widow|partner|lady)\b[^;]{0,14}$", re.I)
_NEAR = 500  # characters within which "her counterpart" finds the one he is the counterpart of


@dataclass(slots=True)
class Roster:
    """The people of one report. Mentions are given in text order; ``figures`` keeps that order."""

    text: str
    names: BodyNames
    lex: Lexicon
    figures: list[Figure] = field(default_factory=list)
    by_token: dict[str, list[int]] = field(default_factory=dict)
    loose: list[Office] = field(default_factory=list)  # offices of state named without their holder
    plurals: list[Office] = field(default_factory=list)  # "the presidents", of people named before
    held: list[tuple[list[Token], NamePhrase, NameMention]] = field(default_factory=list)
    votes: dict[int, dict[str, int]] = field(default_factory=dict)  # by person: what speaks for each country told of him or her

    def add_all(self, found: list[tuple[list[Token], NamePhrase]]) -> list[NameMention]:
        """Group the phrases of a whole report into people; returns one mention per phrase, in the given order."""
        mentions = [self._mention(tokens, phrase) for tokens, phrase in found]
        order = sorted(range(len(found)), key=lambda k: (-len(name_tokens(mentions[k].name)), k))
        for k in order:
            self._place(mentions[k])
        self._in_text_order(mentions)
        for (tokens, phrase), mention in zip(found, mentions, strict=True):
            self._describe(tokens, phrase, mention)
        for figure in self.figures:
            self._settle_country(figure)
        self.held = [(tokens, phrase, mention) for (tokens, phrase), mention in zip(found, mentions, strict=True)]
        self.settle()
        return mentions

    def settle(self) -> None:
        """(Re)compute everyone's offices; called again once more sides are known."""
        for figure in self.figures:
            figure.offices.clear()
        for tokens, phrase, mention in self.held:
            mention.offices.clear()
            self._hold(tokens, phrase, mention)
        for _, phrase, mention in self.held:
            if phrase.counterpart:
                self._same_post(phrase, mention)
        for _, phrase, mention in self.held:
            if phrase.predecessor:
                self._post_before_him(mention)
        for plural in self.plurals:
            self._both_hold(plural)

    def hold_late(self, tokens: list[Token], phrase: NamePhrase, mention: NameMention) -> None:
        """Take in the offices of a mention that was found when the people were already known."""
        mention.end = tokens[phrase.last - 1].end
        self._describe(tokens, phrase, mention)
        self.held.append((tokens, phrase, mention))
        self.held.sort(key=lambda h: h[2].start)
        self._settle_country(self.figures[mention.person])

    def _same_post(self, phrase: NamePhrase, mention: NameMention) -> None:
        """"Her Omani counterpart NAME" holds the post that the report gives the one he is the counterpart of."""
        figure = self.figures[mention.person]
        if any(o.klass in _POSTED for o in figure.offices):
            return
        post = self._post_before(mention)
        if post is None:
            return
        country = phrase.country or figure.country
        span = mention.country_span
        office = replace(post, start=mention.start, end=mention.end, country=country, org=None, plural=False, org_span=None, country_span=span)
        mention.offices.append(office)
        figure.offices.append(office)

    def _post_before_him(self, mention: NameMention) -> None:
        """"His predecessor NAME" held the post of the one whom "his" means: the nearest person before with a post of state."""
        figure = self.figures[mention.person]
        near = [(max(m.start for m in f.mentions if m.start < mention.start), f.index) for f in self.figures if f is not figure and f.mentions[0].start < mention.start]
        for at, index in sorted(near, reverse=True):
            holder = self.figures[index]
            posts = [o for o in holder.offices if o.klass in _POSTED and not o.title.lower().startswith(("former", "late", "then"))]
            if not posts or mention.start - at > _NEAR or any(o.klass in _POSTED for o in figure.offices):
                continue
            post = replace(posts[0], start=mention.start, end=mention.end, title=f"former {posts[0].title}", plural=False, country=posts[0].country or holder.country)
            mention.offices.append(post)
            figure.offices.append(post)
            if post.country and figure.country is None:
                self._side(figure, post.country, holder.country_spans[0] if holder.country_spans else Span(mention.start, mention.end))
            return

    def _both_hold(self, plural: Office) -> None:
        """"The presidents agreed …" after one president and one person without a post: the other is a president too."""
        near = sorted((max(m.start for m in f.mentions if m.start < plural.start), f.index) for f in self.figures if any(plural.start - 900 < m.start < plural.start for m in f.mentions))
        pair = [self.figures[i] for _, i in near[-2:]]
        if len(near) != 2:
            return
        word = plural.title.split()[-1].lower()
        held = [next((o for o in f.offices if o.title.split()[-1].lower() == word and o.klass == plural.klass and o.org is None), None) for f in pair]
        for one, other, figure in ((held[0], held[1], pair[1]), (held[1], held[0], pair[0])):
            if one is not None and other is None and not figure.offices:
                first = figure.mentions[0]
                figure.offices.append(replace(one, start=plural.start, end=plural.end, country=None, plural=False, country_span=None, title_span=Span(plural.start, plural.end)))
                first.offices.append(figure.offices[-1])

    def _post_before(self, mention: NameMention) -> Office | None:
        """The post named or held last before a mention of a counterpart."""
        posts: list[tuple[int, Office]] = [(o.start, o) for o in self.loose if o.start < mention.start]
        for figure in self.figures:
            if figure.index == mention.person or figure.country is not None and figure.country == mention.country:
                continue
            own = [o for o in figure.offices if o.klass in _POSTED and o.org is None]
            before = [m.start for m in figure.mentions if m.start < mention.start]
            if own and before and mention.start - max(before) < _NEAR:
                best = next((o for o in own if o.klass == "minister"), own[0])
                posts.append((max(before), best))
        return max(posts, key=lambda p: p[0])[1] if posts else None

    # -- who is who --------------------------------------------------------------------------------------------------

    def _mention(self, tokens: list[Token], phrase: NamePhrase) -> NameMention:
        start, end = tokens[phrase.name_first].start, tokens[phrase.name_last - 1].end
        return NameMention(
            start=tokens[phrase.first].start,
            end=tokens[phrase.last - 1].end,
            name_start=start,
            name_end=end,
            name=" ".join(self.text[start:end].split()),
            country=phrase.country,
            country_span=Span(tokens[phrase.country_at].start, tokens[phrase.country_at].end) if phrase.country_at >= 0 else None,
            honorific=phrase.honorific,
        )

    def _place(self, mention: NameMention) -> None:
        words = name_tokens(mention.name)
        known = self._known(words, mention.start, _patronymic(mention.name))
        if known is None:
            known = len(self.figures)
            self.figures.append(Figure(known, mention.name, Span(mention.name_start, mention.name_end)))
            for word in words:
                self.by_token.setdefault(word, []).append(known)
        mention.person = known
        self.figures[known].mentions.append(mention)

    def _known(self, words: tuple[str, ...], at: int, own: bool = False) -> int | None:
        """The person already met whose name holds these words; the nearest one before ``at`` if several do.

        ``own`` says that the first word must be the person's own: "Salim bin Rashid" is no "Majid bin Salim bin Rashid".
        """
        if not words:
            return None
        sets = [set(self.by_token.get(w, ())) for w in words]
        shared = set.intersection(*sets)
        if own:
            shared = {i for i in shared if name_tokens(self.figures[i].name)[:1] == words[:1]}
        if not shared:
            shared = self._respelled(words[0]) if len(words) == 1 else self._rewritten(words, sets)
        if not shared:
            return None
        if len(shared) > 1 and len(words) == 1:
            shared = shared - self._kin(shared) or shared
            shared = self.surnamed(shared, words[0])
        if len(shared) == 1:
            return next(iter(shared))
        return self.nearest(shared, at)

    def surnamed(self, shared: set[int], word: str) -> set[int]:
        """Of several people whose names hold a word, the one whose last name it is, where it is the others' first: "Salim" beside A Salim and Salim B C."""
        last = {i for i in shared if name_tokens(self.figures[i].name)[-1:] == (word,)}
        return last if len(last) == 1 and all(name_tokens(self.figures[i].name)[:1] == (word,) for i in shared - last) else shared

    def _kin(self, shared: set[int]) -> set[int]:
        """Of several who share a surname, those named in full once, as somebody's wife or son: the surname alone is the other's."""
        return {i for i in shared if _RELATIVE.search(self.text[max(0, self.figures[i].mentions[0].start - 30) : self.figures[i].mentions[0].name_start])}

    def _rewritten(self, words: tuple[str, ...], sets: list[set[int]]) -> set[int]:
        """A full name in another spelling: all words the same but one, which differs by a letter."""
        found: set[int] = set()
        for index in sorted(set.union(*sets)):
            own = name_tokens(self.figures[index].name)
            apart = [(a, b) for a, b in zip(own, words, strict=False) if a != b]
            if len(own) == len(words) and len(apart) == 1 and min(map(len, apart[0])) >= 6 and _one_edit(*apart[0]):
                found.add(index)
        return found

    def nearest(self, candidates: set[int], at: int) -> int:
        """Of several people, the one mentioned last before ``at``."""

        def distance(index: int) -> tuple[int, int]:
            before = [at - m.start for m in self.figures[index].mentions if m.start <= at]
            return (min(before) if before else 1 << 30, index)

        return min(candidates, key=distance)

    def _respelled(self, word: str) -> set[int]:
        """A second mention in another transliteration ("Zelensky" for "Zelenskyy"): one edit in a word of six or more letters."""
        if len(word) < 6:
            return set()
        near = {i for other, indexes in self.by_token.items() if len(other) >= 6 and _one_edit(word, other) for i in indexes}
        return near if len(near) == 1 else set()

    def _in_text_order(self, mentions: list[NameMention]) -> None:
        first = sorted(self.figures, key=lambda f: min(m.start for m in f.mentions))
        rank = {figure.index: k for k, figure in enumerate(first)}
        for mention in mentions:
            mention.person = rank[mention.person]
        for figure in self.figures:
            figure.index = rank[figure.index]
            figure.mentions.sort(key=lambda m: m.start)
        self.figures = first
        self.by_token = {w: [rank[i] for i in indexes] for w, indexes in self.by_token.items()}
        for figure in self.figures:
            self._name(figure)

    def _name(self, figure: Figure) -> None:
        best = min(figure.mentions, key=lambda m: (-len(name_tokens(m.name)), m.name.isupper(), m.start))
        figure.name, figure.name_span = best.name, Span(best.name_start, best.name_end)
        seen = {best.name}
        for mention in figure.mentions:
            if mention.name not in seen:
                seen.add(mention.name)
                figure.aliases.append((mention.name, Span(mention.name_start, mention.name_end)))

    # -- what they are -----------------------------------------------------------------------------------------------

    def _describe(self, tokens: list[Token], phrase: NamePhrase, mention: NameMention) -> None:
        figure = self.figures[mention.person]
        if phrase.female is not None and figure.female is None:
            figure.female = phrase.female
        if mention.country and mention.country_span:
            self._side(figure, mention.country, mention.country_span, 1 if phrase.counterpart else 2)
        for office in (*phrase.before, *phrase.after):
            country = office.country or (self.names.country_of(tokens, office.body) if office.body else office.owner[1] if office.owner else None)
            if country is not None:
                at = office.country_at if office.country_at >= 0 else office.first
                body = office.body
                span = Span(tokens[at].start, tokens[at].end) if body is None or office.country_at >= 0 else Span(tokens[body.first].start, tokens[body.last - 1].end)
                self._side(figure, country, span)

    def _side(self, figure: Figure, country: str, span: Span, weight: int = 2) -> None:
        """Note a country told of somebody. Where several are told, an office of his weighs more than the place in a list of counterparts."""
        figure.country_spans.append(span)
        votes = self.votes.setdefault(figure.index, {})
        votes[country] = votes.get(country, 0) + weight
        figure.country = max(votes, key=lambda c: votes[c])
        other = next((c for c in votes if c != figure.country), None)
        if other is not None:
            figure.country_why = f"also placed with {places.country_name(other)}"

    def _settle_country(self, figure: Figure) -> None:
        if figure.country and not figure.country_why:
            figure.country_why = "said of the office"

    def _hold(self, tokens: list[Token], phrase: NamePhrase, mention: NameMention) -> None:
        """Turn the phrase's offices into posts of the person, now that the side is known."""
        figure = self.figures[mention.person]
        for phrase_office in (*phrase.before, *phrase.after):
            if phrase_office.no_post or not phrase_office.title:
                continue
            office = self.office(tokens, phrase_office, figure.country)
            mention.offices.append(office)
            figure.offices.append(office)

    def office(self, tokens: list[Token], phrase: OfficePhrase, side: str | None) -> Office:
        """The office as a record: title, body in full, country. ``side`` is the holder's country, if known."""
        title, title_span = self._title(tokens, phrase)
        org: str | None = None
        org_span: Span | None = None
        country = phrase.country
        if phrase.body is not None:
            side = phrase.country or side
            org, _ = self.names.full(tokens, phrase.body, self.text, side)
            org_span = Span(tokens[phrase.body.first].start, tokens[phrase.body.last - 1].end)
            country = country or self.names.country_of(tokens, phrase.body)
        elif phrase.owner is not None:
            org, owned, org_span = phrase.owner
            country = country or owned
        return Office(
            start=tokens[phrase.first].start,
            end=tokens[phrase.last - 1].end,
            title=title,
            org=org,
            country=country,
            state=phrase.body is None and phrase.owner is None,
            klass=phrase.klass,
            plural=phrase.plural,
            org_span=org_span,
            title_span=title_span,
            country_span=Span(tokens[phrase.country_at].start, tokens[phrase.country_at].end) if phrase.country_at >= 0 else None,
        )

    def _title(self, tokens: list[Token], phrase: OfficePhrase) -> tuple[str, Span]:
        if phrase.named:
            a, b = phrase.title[0]
            return phrase.named, Span(tokens[a].start, tokens[b - 1].end)
        words: list[str] = []
        for a, b in phrase.title:
            kept = [t for t in tokens[a:b] if t.low not in self.lex.passing or t.low in self.lex.status or t.label]
            words.append(" ".join(self.text[t.start : t.end] for t in kept))
        if phrase.plural:
            head = " ".join(t.low for t in tokens[phrase.head : phrase.title[0][1]])
            words = [_singular(w, head, self.lex) for w in words]
        if len(words) == 1 and words[0].lower() in self.lex.abbreviations and words[0].lower() not in ("mp", "mep", "ceo"):
            words = [self.lex.abbreviations[words[0].lower()].title()]
        title = " ".join(words).replace(" ,", ",").replace(" 's", "'s").replace(" - ", "-").replace("( ", "(").replace(" )", ")").replace("hen- ", "hen ").replace("x- ", "x-")
        a, b = phrase.title[0][0], phrase.title[-1][1]
        return title, Span(tokens[a].start, tokens[b - 1].end)


def _patronymic(name: str) -> bool:
    """Whether a name tells the father's: "Salim bin Rashid"."""
    return any(w in ("bin", "bint", "ibn", "ben", "ould", "mint") for w in name.lower().split())


def _singular(words: str, head: str, lex: Lexicon) -> str:
    """"Foreign Ministers" → "Foreign Minister": the title of one of several holders."""
    one = lex.singular.get(head)
    if one is None or not words.lower().endswith(head):
        return words
    shown = words[-len(head) :]
    return words[: -len(head)] + (one.title() if shown[:1].isupper() else one)


def _one_edit(a: str, b: str) -> bool:
    """Whether two words differ by one letter (added, dropped or changed), the first being the same."""
    if a == b:
        return True
    if a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    return a[i + 1 :] == b[i + 1 :] or a[i:] == b[i + 1 :] or a[i + 1 :] == b[i:]


__all__ = ["Roster", "fold"]

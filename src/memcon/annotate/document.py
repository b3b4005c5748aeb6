"""Puts the grammars together: a report's normal text → sentences of items, people, bodies and dates."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import takewhile

import sentencex

from memcon.annotate.bodies import BodyPhrase, body_at, is_acronym, is_head
from memcon.annotate.calendar import DateContext, build_context
from memcon.annotate.dates import TimeExpression, find_dates
from memcon.annotate.layout import Block, blocks, end_mark
from memcon.annotate.names import NamePhrase, late_offices, name_phrases, pronoun_offices
from memcon.annotate.offices import OfficePhrase, offices
from memcon.annotate.orgnames import BodyNames
from memcon.annotate.people import Roster
from memcon.annotate.published import Published, find_dateline, find_published, own_dates
from memcon.annotate.tokens import in_title_case, quietened, shouted, tokenise
from memcon.codebook.load import table
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.langs.lexicon import Lexicon, english
from memcon.mentions import STATE_POSTS, Annotated, Figure, Item, NameMention, Office, Org, Sentence, Token
from memcon.model import Span

# What the parser is shown in place of a mention: words it knows well.
_SURNAMES = ("Smith", "Jones", "Davis", "Wilson", "Moore", "Taylor", "Clark", "Lewis", "Johnson", "Thompson", "Anderson", "Robinson", "Harrison", "Nelson", "Edwards", "Roberts")
_INITIALS = 4
_PROSE, _HEADING_LINES = 9, 6  # words of a line that is no heading any more; lines above it that may sign it
_STYLES = frozenset("the senator hon hon. honourable rt right dr dr. mr mr. mrs mrs. ms ms. sir dame".split())
_CHANNELS = frozenset(("news", "media", "press"))
_LETTERS = frozenset("mp ac ao cbe qc kc mep".split())
_SHOWN = {"country": "France", "capital": "Paris", "city": "Paris", "metonym": "Paris", "demonym": "French", "body": "IBM"}
_SPEECH = frozenset("said says told added noted met received visited thanked stressed hosted welcomed congratulated signed held expressed affirmed arrived was is who".split())


_CUT_SHORT = re.compile(r"(?:^|[\s(\"'])(?:Mr|Mrs|Ms|Dr|Smt|Shri|Ma|Md|Mohd|Prof|Gen|Lt|Col|Maj|Brig|Amb|Hon|H\.E|H\.E\. Mr|Sen|Rep|Gov|Engr|Eng|Rt|Cde|Capt|Adm|(?<=[A-Z][a-z] )[A-Z]|(?<=\. )[A-Z]|(?<=\w\w \w{4} )[A-Z])\.$")


_GLUED = re.compile(r"(?<![^\W_])[A-Z][a-z]?\.$")  # an initial of one or two letters, and no space before the name: "Kh.Doe"
_SPOKEN_TO = frozenset("spoke talked wrote according said listened addressed speaking talking attributed thanks".split())
_ACTS = frozenset(
    "attended took became spoke wrote won led chaired paid called made has had will would also flew returned visited briefed urged warned asked replied "
    "admitted recalled announced declared praised proposed joined left sent signed discussed".split()
)


_HEADINGS = frozenset("release statement announcement transcript speech note advisory bulletin communique readout briefing".split())
_ENUMERATES = (["they", "are"], ["they", "were"], ["these", "are"], ["these", "were"], ["the", "ambassadors"], ["the", "envoys"])


@dataclass(slots=True)
class _Line:
    """A sentence while it is being read."""

    sentence: Sentence
    tokens: list[Token]
    offices: list[OfficePhrase] = field(default_factory=list)
    names: list[NamePhrase] = field(default_factory=list)
    mentions: list[NameMention] = field(default_factory=list)
    lex_common: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reading:
    """All that annotation knows of a report, dates included."""

    notes: Annotated
    roster: Roster
    dates: list[TimeExpression]
    context: DateContext
    published: Published | None


def read_text(text: str, published: str | None = None) -> Reading:
    """Annotate the normal text of an English report. ``published`` is EDTF if the user knows it. Linear in length."""
    lex = english()
    found = find_dates(text)
    dated = own_dates(text)
    own = find_published(text, dated)
    context = build_context(text, found, published or own, find_dateline(text, dated))
    layout = blocks(text)
    lines = [line for k, block in enumerate(layout) for line in _lines(text, block, k)]
    _number(lines)
    for line in lines:
        line.lex_common = lex.common
    names = BodyNames(lex)
    names.text = text
    for line in lines:
        names.learn(line.tokens, text)
    roster = Roster(text, names, lex)
    _people(lines, roster, lex)
    notes = Annotated(text, [line.sentence for line in lines], roster.figures, [])
    _dateline(notes, layout)
    notes.home = _home(text)
    dates = [d for d in found if not d.named]
    starts = [d.start for d in dates]
    for line in lines:
        here = dates[bisect_left(starts, line.sentence.start) : bisect_left(starts, line.sentence.end)]
        _items(line, roster, here, notes)
    _quotes(lines, text)
    return Reading(notes, roster, dates, context, own)


# -- sentences -------------------------------------------------------------------------------------------------------


def _lines(text: str, block: Block, paragraph: int) -> Iterator[_Line]:
    end = end_mark(text, block.body, block.end)
    at = block.body
    body = text[at:end].replace("\n", " ")
    for piece in _joined(sentencex.segment("en", body)):
        start, stop = at, at + len(piece)
        at = stop
        core = piece.strip()
        if not core:
            continue
        start += len(piece) - len(piece.lstrip())
        stop = start + len(core)
        yield _Line(Sentence(0, start, stop, paragraph, kind=block.kind), tokenise(text, start, stop))


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    """Sentences again, where the cut came after an abbreviation before a name: "Smt. | NAME", "Ma. | NAME", "J. | NAME"."""
    held = ""
    for piece in pieces:
        held += piece
        if not _CUT_SHORT.search(held.rstrip()) and not _GLUED.search(held):
            yield held
            held = ""
    if held:
        yield held


def _number(lines: list[_Line]) -> None:
    for k, line in enumerate(lines):
        line.sentence.index = k


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a normal text, in order, as the memorandum numbers them (from 1)."""
    return [Span(line.sentence.start, line.sentence.end) for k, block in enumerate(blocks(text)) for line in _lines(text, block, k)]


def _dateline(notes: Annotated, layout: list[Block]) -> None:
    for block in layout:
        if block.city is None:
            continue
        city = " ".join(notes.text[block.city[0] : block.city[1]].split())
        shown = city.title() if city.isupper() and len(city) > 3 else city
        country = places.city_country(shown) or places.city_country(city)
        if country is None and city.isupper() and len(city) <= _INITIALS:
            continue  # an outlet's initials: "NDO, 25 March 2024 -"
        if notes.dateline_city is None or country:
            notes.dateline_city, notes.dateline_span, notes.dateline_country = shown, Span(*block.city), country
        if country:
            return  # a line with a date and a word that is no city ("Saturday 19 September") gives way to one with a city


def _home(text: str) -> tuple[str, Span, str] | None:
    """The country at home in the report, by an agency's mark at its head or end: (country, where, mark)."""
    countries, pattern = _agencies()
    for lo, hi in ((0, min(len(text), 500)), (max(0, len(text) - 60), len(text))):
        m = pattern.search(text[lo:hi])
        if m:
            return countries[m["mark"]], Span(lo + m.start("mark"), lo + m.end("mark")), m["mark"]
    return None


@cache
def _agencies() -> tuple[dict[str, str], re.Pattern[str]]:
    """Agencies' marks with their countries, and one pattern for all of them."""
    countries = {str(mark): str(country) for country, marks in table("outlets", "en")["agencies"].items() for mark in marks}
    names = "|".join(re.escape(mark) for mark in sorted(countries, key=lambda m: (-len(m), m)))
    return countries, re.compile(rf"(?:[(/\[—–-]|^|Source: |Photo: |^By )\s*(?P<mark>{names})\b(?=\s*[)/\].,—–-]|\s*$|\s+-)", re.M)


# -- people ----------------------------------------------------------------------------------------------------------


def _people(lines: list[_Line], roster: Roster, lex: Lexicon) -> None:
    surnames = _surnames(lines, lex)
    author = _author(lines, roster, lex)
    for line in lines:
        if line is author:
            continue
        if shouted(line.tokens):
            _byline(line, roster, lex)
            continue
        if line.sentence.kind == "headline" and line.tokens and line.tokens[-1].text != ":" and in_title_case(line.tokens):
            continue  # capitals say nothing there; names that the body has are found again below
        line.offices = offices(line.tokens, lex)
        line.names = name_phrases(line.tokens, line.offices, lex, _Judge(line, lex, surnames).is_person)
        if line.sentence.kind == "headline":
            line.names = [n for n in line.names if _titled(n)]
            line.offices = [o for n in line.names for o in n.before]
    _possessors(lines, roster.names, lex)
    _unsure_owners(lines)
    _enumerated(lines)
    found = [(line.tokens, name) for line in lines for name in line.names]
    mentions = iter(roster.add_all(found))
    for line in lines:
        line.mentions = [next(mentions) for _ in line.names]
    for line in lines:
        _again(line, roster, lex)
    _next_line(lines, roster)
    _pronouns(lines, roster, lex)
    _told_first(lines, roster)
    _loose(lines, roster)
    roster.settle()


def _titled(name: NamePhrase) -> bool:
    """Whether a headline's name has its title before it. A comma is an "and" there ("Lund, envoy meet"): no title follows a name."""
    return bool(name.before) and not name.after and name.name_last - name.name_first > 1


def _author(lines: list[_Line], roster: Roster, lex: Lexicon) -> _Line | None:
    """Whoever stands above a report told in the first person: a name over an office, or "OFFICE … by NAME, MP" in one line."""
    body = next((k for k, line in enumerate(lines) if line.sentence.kind == "body" and len(line.tokens) > _PROSE), 0)
    if not any(_in_person(line.tokens) for line in lines[body:]):
        return None
    for k, line in enumerate(lines[: min(body, _HEADING_LINES)]):
        by = next((j for j, t in enumerate(line.tokens) if t.low == "by" and 0 < j < len(line.tokens) - 1), None)
        name = line.tokens[by + 1 :] if by else line.tokens
        post = list(takewhile(lambda t: t.low not in _HEADINGS and t.low not in _CHANNELS, line.tokens[:by])) if by else lines[k + 1].tokens
        name = list(takewhile(lambda t: t.text != "," and t.low not in _LETTERS, name))
        while name and name[0].low in _STYLES:
            name = name[1:]
        if not 2 <= len(name) <= 4 or any(not t.cap or t.label or not t.text.replace("-", "").replace("'", "").isalpha() or t.low in lex.frequent for t in name):
            continue
        post = quietened(post, roster.names.acronyms)
        found = offices(post, lex)
        if found and found[0].first == 0 and not found[0].plural:
            _sign(line, quietened(name, ()), post[: found[0].last], lex)
            if line.names:
                if not by:
                    lines[k + 1].tokens = []
                return line
    return None


def _in_person(tokens: list[Token]) -> bool:
    """Whether a sentence says "I" outside quotation marks."""
    marks = 0
    for t in tokens:
        marks += t.text in ('"', "\u201c", "\u201d")
        if t.text == "I" and marks % 2 == 0:
            return True
    return False


def _sign(line: _Line, name: list[Token], post: list[Token], lex: Lexicon) -> None:
    """Read a name and its office as if they stood side by side."""
    before = post[0].start < name[0].start
    comma = Token(",", name[0].start if before else name[-1].end, name[0].start if before else name[-1].end, ",", False)
    tokens = [*post, *name] if before else [*name, comma, *post]
    at = offices(tokens, lex)
    names = name_phrases(tokens, at, lex, lambda first, last: tokens[first].start >= name[0].start and tokens[last - 1].end <= name[-1].end)
    if len(names) == 1 and (names[0].before or names[0].after):
        line.tokens, line.offices, line.names = tokens, at, names


def _byline(line: _Line, roster: Roster, lex: Lexicon) -> None:
    """The names in a line all in capitals: only those that a title introduces and nothing but figures follows ("MINISTER FOR TRADE JANE ROE 4 MAY")."""
    tokens = quietened(line.tokens, roster.names.acronyms)
    found = offices(tokens, lex)
    for name in name_phrases(tokens, found, lex, _nobody_here):
        last = name.last >= len(tokens) or not tokens[name.name_last].text.isalpha() or tokens[name.name_last].low in ("mp", "mep", "qc", "kc", "td")
        if name.before and last and 1 < name.name_last - name.name_first < 5 and not any(t.label or t.low in lex.frequent for t in tokens[name.name_first : name.name_last]):
            line.tokens, line.offices, line.names = tokens, name.before, [name]
            _without_heading(tokens, name)
            return


def _without_heading(tokens: list[Token], name: NamePhrase) -> None:
    """Cut the kind of text off the title that follows it: "MEDIA RELEASE | MINISTER FOR TRADE"."""
    office = name.before[0]
    start, end = office.title[0]
    cut = max((k + 1 for k in range(start, end) if tokens[k].low in _HEADINGS), default=start)
    if cut < end:
        office.title[0], office.first, name.first = (cut, end), max(office.first, cut), max(name.first, cut)


def _nobody_here(first: int, last: int) -> bool:
    return last < first


def _definite(line: _Line, phrase: OfficePhrase) -> bool:
    """"The presidents", "both prime ministers", "the two foreign ministers"."""
    return phrase.first > 0 and line.tokens[phrase.first - 1].low in ("the", "two", "both")


def _unsure_owners(lines: list[_Line]) -> None:
    """An adjective that two countries share, right before a title ("Korean Vice Minister"): of the one that the report names, else of the likelier."""
    named = {t.key for line in lines for t in line.tokens if t.label in ("country", "demonym", "capital")}
    for line in lines:
        for office in line.offices:
            body = office.body
            if body is None or body.last - body.first != 1 or body.first >= office.head or line.tokens[body.first].label or is_acronym(line.tokens[body.first]):
                continue
            word = line.tokens[body.first]
            shared = places.candidates(word.text) if word.cap and word.low.endswith(("an", "ese", "ish")) else ()
            here = [c for c in shared if c in named]
            if len(shared) > 1 and len(here) < 2:
                office.country, office.country_at, office.body = (here or shared)[0], body.first, None


def _enumerated(lines: list[_Line]) -> None:
    """"… from five new ambassadors. They are NAME of A, NAME of B": the plural title of the sentence before is each one's."""
    for one, two in itertools.pairwise(lines):
        plural = [o for o in one.offices if o.plural and o.klass == "diplomat" and not o.no_post]
        listed = [n for n in two.names if not n.before and not n.after and _of_place(two.tokens, n)]
        if not plural or [t.low for t in two.tokens[:2]] not in _ENUMERATES or len(listed) < 2:
            continue
        title = " ".join(t.text for t in one.tokens[plural[-1].head : plural[-1].last])
        for name in listed:
            at = OfficePhrase(name.name_first, name.name_last, name.name_first, "diplomat", False, [(name.name_first, name.name_last)])
            name.before.append(replace(at, country=name.country, country_at=name.country_at, named=_one(title.lower())))


def _of_place(tokens: list[Token], name: NamePhrase) -> bool:
    """Whether "of COUNTRY" or "(COUNTRY)" stands after a name; notes it as the name's country."""
    k = name.name_last
    j = k + 1 + (k + 1 < len(tokens) and tokens[k + 1].low == "the")
    if j < len(tokens) and tokens[k].low in ("of", "(", "from") and tokens[j].label == "country":
        name.country, name.country_at = tokens[j].key, j
    return name.country is not None


def _one(plural: str) -> str:
    """One of several: "heads of mission" → "head of mission"."""
    return english().singular.get(plural, plural)


def _possessors(lines: list[_Line], names: BodyNames, lex: Lexicon) -> None:
    """The body that "its president NAME" belongs to, or whose delegation a title leads: the last one named before."""
    for k, line in enumerate(lines):
        for office in (o for n in line.names for o in n.before):
            if office.body is not None or office.country is not None or office.plural or office.no_post or not office.title:
                continue
            how = _possessed(line.tokens, office)
            if how:
                office.owner = _owner(lines, k, office, names, lex, delegation=how == "delegation")


def _possessed(tokens: list[Token], office: OfficePhrase) -> str:
    """How a title is bound to a body before it: "its", "delegation" ("…, led by"), or not at all."""
    before = [t.low for t in tokens[max(0, office.first - 9) : office.first]]
    if before[-1:] == ["its"] and office.klass in ("party", "official", "head_of_state", "parliament"):
        return "its"
    led = before[-2:] in (["led", "by"], ["headed", "by"], ["which", "includes"], ["that", "includes"]) or before[-1:] == ["including"]
    return "delegation" if led and "delegation" in before and office.klass in ("party", "official", "parliament") else ""


def _owner(lines: list[_Line], at: int, office: OfficePhrase, names: BodyNames, lex: Lexicon, delegation: bool) -> tuple[str, str | None, Span] | None:
    """The body named last before an office in its sentence, else the first one of the sentence before."""
    here = _bodies(lines[at], office.first, lex)
    earlier = _bodies(lines[at - 1], len(lines[at - 1].tokens), lex) if at and not delegation else []
    line, body = (lines[at], here[-1]) if here else (lines[at - 1], earlier[0]) if earlier else (lines[at], None)
    tokens = line.tokens
    if body is None or office.klass == "head_of_state" and any(t.label == "country" and not body.first <= k < body.last for k, t in enumerate(lines[at].tokens[: office.first])):
        return None
    name, _ = names.full(tokens, body, names.text, None)
    return name, names.country_of(tokens, body), Span(tokens[body.first].start, tokens[body.last - 1].end)


def _bodies(line: _Line, before: int, lex: Lexicon) -> list[BodyPhrase]:
    """The bodies named in a sentence before a token, delegations cut down to whom they represent."""
    found: list[BodyPhrase] = []
    k = 0
    while k < before:
        token = line.tokens[k]
        body = body_at(line.tokens, k, lex) if token.cap and token.low not in ("the", "a", "an") else None
        if body is None or not body.headed or body.last > before:
            k += 1
            continue
        if line.tokens[body.last - 1].low not in ("summit", "forum", "conference", "session") and not body.plural:
            found.append(body)
        k = max(body.last, k + 1)
    return found


def _next_line(lines: list[_Line], roster: Roster) -> None:
    """A line that is only a name, and an office on the next: "Mr NAME | Ambassador of X" in lists and signatures."""
    for one, two in itertools.pairwise(lines):
        if len(one.names) != 1 or not two.offices or two.offices[0].first > 1 or two.names:
            continue
        phrase = one.names[0]
        alone = all(not t.text.isalpha() for t in one.tokens[: phrase.first]) and phrase.last >= len(one.tokens) - 1 and not phrase.before and not phrase.after
        office = two.offices[0]
        if alone and not office.plural and not office.no_post and len(two.tokens) < 25 and one.sentence.end <= two.sentence.start:
            held = NamePhrase(0, 1, 0, 1, after=[office])
            mention = one.mentions[0]
            end = mention.end
            roster.hold_late(two.tokens, held, mention)
            mention.end = end


def _pronouns(lines: list[_Line], roster: Roster, lex: Lexicon) -> None:
    """Offices said of "He" or "She": they belong to the person whom the sentence before speaks of."""
    for one, two in itertools.pairwise(lines):
        if not two.tokens or two.tokens[0].low not in ("he", "she") or not one.names or one.sentence.kind != "body":
            continue
        phrase = pronoun_offices(two.tokens, two.offices, lex, two.names)
        first = min(range(len(one.names)), key=lambda k: one.names[k].first)
        mention = one.mentions[first]
        female = roster.figures[mention.person].female
        if phrase is not None and female in (None, phrase.female):
            end = mention.end
            roster.hold_late(two.tokens, phrase, mention)
            mention.end = end


_OPENERS = STATE_POSTS - {"diplomat", "parliament"}


def _told_first(lines: list[_Line], roster: Roster) -> None:
    """A post told without its holder and a name told without a post, each opening its sentence, where the report has no other of either.

    "The Xish President telephoned the leaders of A and B. NAME also spoke with …"
    """
    bare = [f for f in roster.figures if not any(h[2].person == f.index and (h[1].before or h[1].after or h[1].counterpart) for h in roster.held)]
    posts = [(line, o) for line in lines if line.sentence.kind == "body" for o in _unheld(line)]
    kinds = {(o.country, " ".join(t.low for t in line.tokens[o.title[-1][0] : o.title[-1][1]])) for line, o in posts}
    if len(kinds) != 1 or len(bare) != 1 or bare[0].country is not None:
        return
    line, first = next(((ln, o) for ln, o in posts if _opens_with(ln, o.first)), (None, None))
    if line is None or first is None or not any(_names_first(ln, bare[0].index) for ln in lines):
        return
    held = {o.first for n in line.names for o in (*n.before, *n.after)}
    alone = all(o is first or o.first in held for o in line.offices)  # no "met the Secretary-General", who may be the one named
    if alone and not any(m.person == bare[0].index for ln, _ in posts for m in ln.mentions):
        mention = bare[0].mentions[0]
        end = mention.end
        roster.hold_late(line.tokens, NamePhrase(0, 1, 0, 1, after=[first]), mention)
        mention.end = end


def _unheld(line: _Line) -> list[OfficePhrase]:
    """The offices of state of a sentence that have a country and no holder."""
    held = {o.first for n in line.names for o in (*n.before, *n.after)}
    return [o for o in line.offices if o.first not in held and not o.plural and not o.no_post and o.country and o.body is None and o.klass in _OPENERS]


def _opens_with(line: _Line, first: int) -> bool:
    return first < 2 and (first == 0 or line.tokens[0].low == "the")


def _names_first(line: _Line, person: int) -> bool:
    return any(m.person == person and n.first == 0 for n, m in zip(line.names, line.mentions, strict=True))


def _loose(lines: list[_Line], roster: Roster) -> None:
    """Note the offices of state that stand without a name: a "counterpart" named later may hold the same."""
    for line in lines:
        held = {o.first for n in line.names for o in (*n.before, *n.after)}
        for phrase in line.offices:
            plain = phrase.country is None and phrase.body is None and phrase.last - phrase.first <= 2
            if phrase.plural and plain and phrase.klass in ("head_of_state", "head_of_government", "minister") and phrase.first not in held and _definite(line, phrase):
                roster.plurals.append(roster.office(line.tokens, phrase, None))
            if phrase.klass in ("head_of_government", "minister") and not phrase.plural and phrase.first not in held and phrase.country and phrase.body is None:
                roster.loose.append(roster.office(line.tokens, phrase, phrase.country))


def _surnames(lines: list[_Line], lex: Lexicon) -> frozenset[str]:
    """Words that stand alone before a verb of speech or after "Mr": somebody's name, which the report gives in full elsewhere."""
    found: set[str] = set()
    for line in lines:
        if line.sentence.kind != "body":
            continue
        for k, token in enumerate(line.tokens[:-1]):
            alone = token.cap and not token.label and not (k and line.tokens[k - 1].cap and line.tokens[k - 1].low.rstrip(".") not in ("mr", "mrs", "ms"))
            plain = token.low in lex.common or is_acronym(token) or is_head(token, lex) or not token.text[0].isalpha()
            if alone and not plain and line.tokens[k + 1].low in ("said", "told", "added", "noted", "stressed", "thanked", "replied", "admitted", "recalled") and len(token.text) > 2:
                found.add(fold(token.text))
    return frozenset(found)


@dataclass(slots=True)
class _Judge:
    """Decides whether capitals with no title are a person: by known given names, or by what the words do."""

    line: _Line
    lex: Lexicon
    surnames: frozenset[str] = frozenset()  # words that the report also uses alone as a speaker's name

    def is_person(self, i: int, end: int) -> bool:
        words = self.line.tokens[i:end]
        if len(words) < 2 or self.line.sentence.kind == "metadata" or any(w.low in ("and", "of", "the") for w in words):
            return False
        before = self.line.tokens[i - 1].low if i > 0 else ""
        spoken = before == "to" and i > 1 and self.line.tokens[i - 2].low in _SPOKEN_TO
        if before in ("in", "at", "near", "the", "to", "across", "through") and not spoken:
            return False
        after = self.line.tokens[end].low if end < len(self.line.tokens) else ""
        if len(words) < 5 and not any(w.label for w in words) and (fold(words[-1].text) in self.surnames or spoken) and words[0].low not in self.lex.frequent:
            return True
        given = fold(words[0].text) in self.lex.given_names and words[0].low not in self.lex.frequent
        if given and len(words) == 2 and after in _ACTS and words[-1].low not in self.lex.frequent:
            return True
        if all(w.low in self.lex.common for w in words) or any(w.label in ("city",) for w in words[1:]):
            return False
        if fold(words[0].text) in self.lex.given_names or fold(words[-1].text) in self.lex.given_names:
            return True
        return after in _SPEECH | _ACTS and not any(w.low in self.lex.common for w in words)


def _again(line: _Line, roster: Roster, lex: Lexicon) -> None:
    """Name closure: later mentions by a single part of a known name, or in full without a title."""
    taken = {k for n in line.names for k in range(n.first, n.last)} | {k for o in line.offices for k in range(o.first, o.last)}
    k, before = 0, len(line.names)
    while k < len(line.tokens):
        if not line.tokens[k].cap:
            k += 1
            continue
        end = _known_run(line.tokens, k, roster, lex, taken)
        if end > k:
            _mention_again(line, roster, k, end)
        k = max(end, k + 1)
    late = line.names[before:]
    if not late:
        return
    late_offices(line.tokens, line.offices, lex, late, line.names)
    for phrase, mention in zip(late, line.mentions[before:], strict=True):
        if phrase.after:
            roster.hold_late(line.tokens, phrase, mention)


def _known_run(tokens: list[Token], k: int, roster: Roster, lex: Lexicon, taken: set[int]) -> int:
    """The end of a run of words from ``k`` that all belong to one known name; ``k`` if there is none."""
    end, shared = k, None
    while end < len(tokens) and end not in taken and _part(tokens, end, k, lex):
        owners = {i for word in fold(tokens[end].text).replace("-", " ").split() for i in roster.by_token.get(word, ())}
        narrowed = owners if shared is None else shared & owners
        if not narrowed:
            break
        shared, end = narrowed, end + 1
    return end


def _part(tokens: list[Token], j: int, start: int, lex: Lexicon) -> bool:
    token = tokens[j]
    if not token.cap or token.label in ("country", "demonym", "month", "weekday", "body", "metonym"):
        return False
    if j > start:
        return True
    if is_head(token, lex) or token.low in ("the", "an", "a", "he", "in", "on", "at", "so", "no", "do", "as", "if", "it", "but"):
        return False
    # An ordinary word at the start of a sentence is that word: "Say", "Men", "Park".
    alone = j + 1 >= len(tokens) or not tokens[j + 1].cap
    ordinary = token.low in lex.frequent or token.low in lex.common and (j + 1 >= len(tokens) or not _acts(tokens[j + 1]))
    return not (j == 0 and alone and ordinary) and len(token.text) > 1


def _acts(token: Token) -> bool:
    """Whether the word after a capital shows that it is somebody: "Finer also met", "Straw handed"."""
    past = token.low.endswith("ed") and len(token.low) > 4 and token.label == ""
    return token.low in _SPEECH or token.low in ("and", "'s", "also", "will", "has", "had", "then", "later") or past and not token.cap


def _mention_again(line: _Line, roster: Roster, first: int, last: int) -> None:
    tokens = line.tokens
    start, end = tokens[first].start, tokens[last - 1].end
    name = " ".join(roster.text[start:end].split())
    words = tuple(w for w in fold(name).replace("-", " ").split())
    owners = set.intersection(*({*roster.by_token.get(w, ())} for w in words)) if words else set()
    if not owners:
        return
    person = roster.nearest(roster.surnamed(owners, words[0]) if len(words) == 1 else owners, start)
    mention = NameMention(start, end, start, end, name, person=person)
    figure = roster.figures[person]
    figure.mentions.append(mention)
    if name != figure.name and name not in [a for a, _ in figure.aliases]:
        figure.aliases.append((name, Span(start, end)))
    line.names.append(NamePhrase(first, last, first, last))
    line.mentions.append(mention)


# -- items -----------------------------------------------------------------------------------------------------------


def _items(line: _Line, roster: Roster, dates: list[TimeExpression], notes: Annotated) -> None:
    """Cut a sentence into items: each mention one item, all else word by word."""
    spans: dict[int, tuple[int, Item]] = {}
    taken: set[int] = set()

    def put(first: int, last: int, kind: str, word: str, ref: object) -> bool:
        if last <= first or not taken.isdisjoint(range(first, last)):
            return False
        start, end = line.tokens[first].start, line.tokens[last - 1].end
        spans[first] = (last, Item(kind, start, end, word, notes.text[start:end], ref))
        taken.update(range(first, last))
        return True

    for phrase, mention in zip(line.names, line.mentions, strict=True):
        put(_with_article(line.tokens, _after_date(line.tokens, phrase.first)), phrase.last, "person", _SURNAMES[mention.person % len(_SURNAMES)], mention)
    for office in line.offices:
        _office_item(line, office, roster, put)
    _date_items(line, dates, put)
    _body_items(line, roster, put, taken, notes)
    _label_items(line, put, notes)
    line.sentence.items = list(_fill(line, spans))


def _after_date(tokens: list[Token], first: int) -> int:
    """Where a phrase starts that has a word of time before it: "received today Kenyan President X"."""
    return first + 1 if tokens[first].low in ("today", "yesterday") else first


def _with_article(tokens: list[Token], first: int) -> int:
    return first - 1 if first > 0 and tokens[first - 1].low in ("the", "a", "an") else first


def _office_item(line: _Line, phrase: OfficePhrase, roster: Roster, put: object) -> None:
    """An office without a name stays a reference: "the Foreign Minister", "Cambodian leaders"."""
    tokens = line.tokens
    capital = tokens[phrase.head].cap
    if phrase.last - phrase.first == 1 and not capital or not phrase.title:
        return
    office = roster.office(tokens, phrase, phrase.country)
    article = phrase.first > 0 and tokens[phrase.first - 1].low in ("the", "a", "an", "his", "her", "its", "their", "'s", "two", "both")
    word = "ministers" if phrase.plural else "minister" if article or not capital else "Smith"
    put(phrase.first, phrase.last, "office", word, office)  # type: ignore[operator]


def _date_items(line: _Line, dates: list[TimeExpression], put: object) -> None:
    starts = [t.start for t in line.tokens] if dates else []
    for when in dates:
        first = bisect_left(starts, when.start)
        last = bisect_left(starts, when.end)
        if first < len(starts) and starts[first] == when.start:
            word = "2022" if when.kind in ("year", "year_range") else "Monday"
            put(first, last, "date", word, when)  # type: ignore[operator]


def _body_items(line: _Line, roster: Roster, put: object, taken: set[int], notes: Annotated) -> None:
    tokens = line.tokens
    k = 0
    while k < len(tokens):
        body = None
        if k not in taken and tokens[k].cap and tokens[k].low not in ("the", "a", "an"):
            body = body_at(tokens, k, roster.lex, taken)
        if body is None or not _is_body(tokens, body, roster):
            k += 1
            continue
        name, rests = roster.names.full(tokens, body, notes.text, None)
        start, end = tokens[body.first].start, tokens[body.last - 1].end
        org = Org(start, end, name, roster.names.country_of(tokens, body), body.plural, rests)
        if put(body.first, body.last, "org", "IBM", org):  # type: ignore[operator]
            notes.orgs.append(org)
        k = body.last


def _is_body(tokens: list[Token], body: BodyPhrase, roster: Roster) -> bool:
    if not body.headed:
        return False
    words = tokens[body.first : body.last]
    if any(w.low in roster.lex.event_words for w in words[-1:]):
        return False
    if len(words) == 1 and words[0].label == "body":
        return True
    if len(words) == 1 and is_acronym(words[0]):
        return True
    return any(is_head(w, roster.lex) or w.label == "body" or is_acronym(w) for w in words)


def _label_items(line: _Line, put: object, notes: Annotated) -> None:
    for k, token in enumerate(line.tokens):
        if token.label not in _SHOWN or token.run < 1:
            continue
        kind = "country" if token.label in ("country", "metonym") else "demonym" if token.label == "demonym" else "place"
        shown = _SHOWN[token.label]
        if token.label == "demonym" and token.low.endswith(("ans", "ians", "ers", "is")):
            shown = "Frenchmen"
        put(k, k + token.run, kind, shown, token.key)  # type: ignore[operator]
        _name_country(line, k, notes)
        if kind in ("country", "demonym"):
            notes.countries.setdefault(token.key, []).append(Span(token.start, token.end))


def _name_country(line: _Line, k: int, notes: Annotated) -> None:
    """Note the country's name as printed; a short form ("UK", "DPRK") is no name."""
    token = line.tokens[k]
    name = " ".join(t.text for t in line.tokens[k : k + token.run])
    usual = places.country_name(token.key)
    mine, theirs = set(fold(name).split()) - {"of", "the"}, set(fold(usual).split())
    # A state's style ("X Federation", "Xish Republic") shares no word with its name; a part of the name is a short form.
    alike = fold(name).replace(" ", "") == fold(usual).replace(" ", "") or len(mine) == 1 and fold(name)[:3] == fold(usual)[:3]
    near = (bool(mine & theirs) or alike) and not mine < theirs
    if token.label == "country" and len(name) > 3 and near and not theirs < mine and "." not in name and not is_acronym(token):
        notes.country_names.setdefault(token.key, name)


def _fill(line: _Line, spans: dict[int, tuple[int, Item]]) -> Iterator[Item]:
    tokens = line.tokens
    k = 0
    while k < len(tokens):
        if k in spans:
            k, item = spans[k]
            yield item
        else:
            token = tokens[k]
            # A capital that only opens the sentence misleads the tagger ("Meeting [Smith] on …").
            opens = k == 0 and token.low in line.lex_common and token.text[1:].islower()
            yield Item("word", token.start, token.end, token.low if opens else token.text, token.text, low=token.low)
            k += 1


def _quotes(lines: list[_Line], text: str) -> None:
    """Mark what stands between double quotation marks, paragraph by paragraph.

    A mark that opens where a quotation is open already starts the next paragraph of one speech (each is opened, the last is closed).
    """
    paragraph, inside = -1, False
    for line in lines:
        if line.sentence.paragraph != paragraph:
            paragraph, inside = line.sentence.paragraph, False
        for k, item in enumerate(line.sentence.items):
            if item.text == '"':
                inside = not (k == 0 and _alone(text, item.start)) and _opens(text, item.start, inside)
            item.quoted = inside


def _alone(text: str, at: int) -> bool:
    """Whether a mark at the head of a sentence has space on both sides: it closes what was never open (cut by the outlet's layout)."""
    return text[at + 1 : at + 2].isspace() and (at == 0 or text[at - 1].isspace())


def _opens(text: str, at: int, inside: bool) -> bool:
    """Whether a quotation is open after the mark at ``at``: a mark with space on one side only tells by itself."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    space_before, space_after = not before or before.isspace() or before in "([—–-", not after or after.isspace()
    if space_before == space_after:
        return not inside
    return space_before


__all__ = ["Figure", "Office", "Reading", "read_text", "sentence_spans"]

"""How much a promise promises: a formula, a direction, an action, or an action with a measure or a date.

Most of what is said in talks is formula, so a list that took each line for a promise would drown. The grade is read from the
words alone (the codebook's lists of verbs, and the numbers and days beside them), without a parser. Where nothing names a
deed, the lower grade stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from memcon.codebook.load import table
from memcon.follow.deadlines import Deadline, deadline
from memcon.follow.topics import topics_of

__all__ = ["ACTS", "GRADES", "TRACKED", "Graded", "Lexicon", "Word", "forms", "graded", "lexicon", "words_of"]

GRADES: Final = ("formula", "direction", "action", "action with measure or date")
TRACKED: Final = frozenset(GRADES[2:])
ACTS: Final = frozenset(("pledge", "agree", "offer", "announce"))
"""Acts of statements by which somebody binds himself."""

_TOKEN: Final = re.compile(r"[^\W_]+(?:[-'’.,](?=[^\W_])[^\W_]+)*|%|[;.!?:,]")
_MODALS: Final = frozenset(("will", "would", "shall", "should", "'ll"))
_BE: Final = frozenset(("be", "been", "being", "get"))
_LINKING: Final = frozenset(
    "also not both jointly further soon now then always personally immediately gradually fully finally eventually once again still each do its his her their my our own we it effectively "
    "actively quickly closely together always continuously".split()
)
_TO_VERBS: Final = frozenset(("to",))
_REACH: Final = 12  # words after a verb that are its object
_NUMBER_WORDS: Final = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion dozen double triple half".split()
)
# "The two sides" counts nothing that was promised.
_COUNTED_SIDES: Final = frozenset(
    "side country nation state people government leader minister president party parliament ministry neighbour neighbor army capital foreign head prime sister secretary of or top main premier king "
    "official friend brotherly land partner bank".split()
)
_EACH: Final = re.compile(r"\b(?:every|each|per|a) (?:year|month|week|other year|two years)\b|\b(?:annual|annually|yearly|monthly|quarterly|free of charge|duty[- ]free)\b|%", re.IGNORECASE)
_FULL: Final = re.compile(r"\b(?:accept\w*|receiv\w*) (?:the |an? |his |her |their )?(?:kind )?invitation\b", re.IGNORECASE)


class Word(NamedTuple):
    """A word of a text in small letters, and its characters ``start`` to ``end``."""

    low: str
    start: int
    end: int


class Verb(NamedTuple):
    """A verb of the lists: its words, and those of them that say it of something past."""

    base: tuple[str, ...]
    past: frozenset[tuple[str, ...]]


class Lexicon(NamedTuple):
    """The codebook's lists, ready for use. ``deeds`` gives a family by the base form of a verb's words."""

    deeds: dict[tuple[str, ...], tuple[str, ...]]
    done: dict[str, frozenset[tuple[str, ...]]]
    directions: frozenset[tuple[str, ...]]
    leads: frozenset[str]
    generic: frozenset[str]
    empty: frozenset[str]
    goods: frozenset[str]
    deed_nouns: dict[str, str]
    participles: dict[tuple[str, ...], tuple[str, ...]]
    gerunds: dict[tuple[str, ...], tuple[str, ...]]
    partly: tuple[str, ...]
    moved: tuple[tuple[str, ...], ...]
    dropped: frozenset[tuple[str, ...]]
    short: tuple[tuple[str, ...], ...]


class Graded(NamedTuple):
    """A promise as graded: ``action`` are the words that name the deed, ``families`` of the codebook's deeds; ``measure`` the words that make it measurable."""

    grade: str
    action: str = ""
    families: tuple[str, ...] = ()
    measure: str = ""
    deadline: Deadline | None = None


class _Phrase(NamedTuple):
    """A verb of a promise: words ``first`` to ``last``, its base form, and the words ``last + 1`` to ``stop`` that may be its object; ``sure`` where more than an "and" says that it is a verb."""

    base: tuple[str, ...]
    first: int
    last: int
    stop: int
    sure: bool = True


def graded(text: str, made: str | None = None, *, act: str = "") -> Graded:
    """The grade of a promise in the words of a report.

    >>> graded("The ministers agreed to further deepen friendship between the two peoples.").grade
    'formula'
    >>> graded("She pledged that Norway would hand over two vessels by June 2024.", "2023-05-02").grade
    'action with measure or date'
    """
    words = words_of(text)
    if _NOT_MADE.search(text):
        return Graded("formula")
    found = [_graded(text, words, phrase) for phrase in _phrases(words)]
    best = max(found, key=lambda g: GRADES.index(g.grade), default=None)
    if best is None or best.grade not in TRACKED:
        thing = _without_verb(text, words, act, named=best is not None and best.grade != "formula")
        best = thing if thing and (best is None or best.grade == "formula" or thing.grade in TRACKED) else best or Graded("formula")
    day = deadline(text, made)
    measure = _measure(text, words)
    if best.grade == "action" and (day or measure):
        best = best._replace(grade="action with measure or date")
    return best._replace(deadline=day, measure=measure) if best.grade in TRACKED else best


def words_of(text: str) -> list[Word]:
    """The words of a text, and the marks at which clauses end."""
    return [Word(m[0].lower().replace("’", "'"), m.start(), m.end()) for m in _TOKEN.finditer(text)]


# -- the lists ---------------------------------------------------------------------------------------------------------


def forms(raw: str) -> Verb:
    """A verb as the lists write it ("give (gave given)") with the forms that say it of something past. Raises ValueError when it is not well formed."""
    given, _, irregular = raw.partition(" (")
    if irregular and not irregular.endswith(")"):
        raise ValueError(f"{raw!r}: the irregular forms in brackets come last")
    base = tuple(given.split())
    heads = irregular.rstrip(")").split() if irregular else [_past(base[0])]
    # An irregular form may be written with all its words ("took place").
    whole = irregular.rstrip(")") if irregular and len(base) > 1 and base[1] in irregular.split() else ""
    if whole:
        size = len(base)
        parts = whole.split()
        return Verb(base, frozenset(tuple(parts[i : i + size]) for i in range(0, len(parts), size)))
    return Verb(base, frozenset((head, *base[1:]) for head in heads))


def _past(verb: str) -> str:
    """The past form of a regular verb."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def _gerund(verb: str) -> str:
    """A verb's form in -ing."""
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else _doubled(verb)) + "ing"


def _doubled(verb: str) -> str:
    """A verb with its last letter twice where an ending is put to it so ("ship", "transfer")."""
    short = re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb)
    return verb + verb[-1] if short or verb in _DOUBLED else verb


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The lists of a language."""
    raw = table("commitments", language)
    deeds: dict[tuple[str, ...], list[str]] = {}
    participles: dict[tuple[str, ...], tuple[str, ...]] = {}
    done: dict[str, frozenset[tuple[str, ...]]] = {}
    gerunds: dict[tuple[str, ...], tuple[str, ...]] = {}
    for family, those in raw["deeds"].items():
        for verb in map(forms, those["verbs"]):
            deeds.setdefault(verb.base, []).append(family)
            participles |= dict.fromkeys(verb.past, verb.base)
            gerunds[(_gerund(verb.base[0]), *verb.base[1:])] = verb.base
        done[family] = frozenset(x for verb in map(forms, those["done"]) for x in verb.past)
    for verb in map(forms, raw["directions"]):
        participles |= {past: participles.get(past, verb.base) for past in verb.past}
        gerunds.setdefault((_gerund(verb.base[0]), *verb.base[1:]), verb.base)
    named = {key: frozenset(map(str, raw[key])) for key in ("leads", "generic", "empty", "goods")}
    return Lexicon(
        deeds={base: tuple(found) for base, found in deeds.items()}, done=done, directions=frozenset(tuple(x.split()) for x in raw["directions"]),
        participles=participles, gerunds=gerunds, partly=tuple(raw["partly"]), moved=tuple(_all_forms(raw["moved"])), dropped=frozenset(_all_forms(raw["dropped"])),
        short=tuple(_all_forms(raw["short"])), deed_nouns=dict(raw["deed_nouns"]), **named,
    )  # fmt: skip


def _all_forms(those: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for raw in those:
        verb = forms(raw)
        yield verb.base
        yield from sorted(verb.past)


# -- the verbs of a promise --------------------------------------------------------------------------------------------


def _phrases(words: Sequence[Word]) -> Iterator[_Phrase]:
    """The verbs that a promise governs: after "to" and its like, after a modal, and those joined to them by "and"."""
    known = lexicon()
    at = 0
    open_until = -1  # a base form after "and" belongs to the promise up to here
    while at < len(words):
        governed = _governed(words, at, known)
        sure = governed is not None
        if governed is None and at < open_until and words[at].low in ("and", "or", ","):
            governed = at + 1
        verb = _verb_at(words, governed, known) if governed is not None else None
        if verb is not None and not sure and words[verb.first].low in _ALSO_ADJECTIVES and _after(words, verb) not in _BEFORE_OBJECTS:
            verb = None  # "a free and open region"
        if verb is not None:
            yield verb._replace(sure=sure)
            open_until = verb.stop + _REACH
            at = verb.last + 1
        else:
            at += 1


def _after(words: Sequence[Word], verb: _Phrase) -> str:
    return words[verb.last + 1].low if verb.last + 1 < len(words) else ""


def _governed(words: Sequence[Word], at: int, known: Lexicon) -> int | None:
    """Where the verb stands that the word at ``at`` governs as part of a promise."""
    low = words[at].low
    if low in _MODALS or low.endswith("'ll"):
        return None if at and words[at - 1].low in _RELATIVE else at + 1
    if _lemma(low) in known.leads and at + 1 < len(words) and (words[at + 1].low,) in known.gerunds:
        return at + 1
    if low == "to" and at and words[at - 1].low in _IS:
        return at + 1
    if low == "to" and at and words[at - 1].low == "order":
        return None  # an aim
    if low in _IS and at + 1 < len(words) and (words[at + 1].low,) in known.gerunds and any(_lemma(w.low) == "announce" for w in words[max(0, at - 10) : at]):
        return at + 1  # "announced that it was suspending payments"
    if low not in ("to", "on", "of", "for"):
        return None
    if low != "to" and not (at + 1 < len(words) and (words[at + 1].low,) in known.gerunds):
        return None
    before = [w.low for w in words[max(0, at - 4) : at]]
    if not _VALUES.isdisjoint(before):
        return None
    return at + 1 if any(_lemma(w) in known.leads or w in known.leads for w in before) else None


@cache
def _lemma(word: str) -> str:
    """A verb's form after "to", for the regular ones and those that promises are made with."""
    irregular = {"undertook": "undertake", "undertaken": "undertake", "agreeing": "agree", "vowing": "vow", "committed": "commit", "committing": "commit", "decided": "decide", "planned": "plan", "planning": "plan"}
    if word in irregular:
        return irregular[word]
    for ending, put in (("ied", "y"), ("ies", "y"), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("es", ""), ("s", "")):
        if word.endswith(ending) and (base := word[: -len(ending)] + put) in (lexicon().leads | _GIVING):
            return base
    return word


def _verb_at(words: Sequence[Word], at: int, known: Lexicon) -> _Phrase | None:
    """The verb at a place, adverbs and "be" before a participle passed over."""
    passive = False
    first = at
    while at < len(words) and at < first + 4 and _passed_over(words, at, known):
        passive = passive or words[at].low in _BE
        at += 1
    if at >= len(words) or not words[at].low[0].isalpha() or words[at].low in _NO_VERBS:
        return None
    for size in (3, 2, 1):
        base = tuple(w.low for w in words[at : at + size])
        base = known.gerunds.get(base, known.participles.get(base, base) if passive else base)
        if base in known.deeds or base in known.directions:
            denied = any(w.low in ("not", "never") for w in words[max(0, first - 2) : at])
            return _Phrase(("not", *base) if denied else base, at, at + size - 1, _stop(words, at + size))
    return _Phrase((words[at].low,), at, at, _stop(words, at + 1))


def _passed_over(words: Sequence[Word], at: int, known: Lexicon) -> bool:
    low = words[at].low
    if low in _HELPING:
        return at + 1 < len(words) and ((words[at + 1].low,) in known.deeds or words[at + 1].low == "to")
    return low in _LINKING or low in _BE or low in ("to", "never") or (low.endswith("ly") and low != "supply")


def _stop(words: Sequence[Word], at: int) -> int:
    """Where the object of a verb before ``at`` ends at the latest."""
    stop = min(at, len(words))  # a phrase's last word may be the text's
    while stop < len(words) and stop < at + _REACH and words[stop].low not in (";", ".", "!", "?", ":", "which", "who", "said", "because", "while", "after", "when", "if"):
        stop += 1
    return stop


# -- their grades ------------------------------------------------------------------------------------------------------


def _graded(text: str, words: Sequence[Word], phrase: _Phrase) -> Graded:
    known = lexicon()
    own = list(words[phrase.last + 1 : phrase.stop])
    passive = phrase.first and words[phrase.first - 1].low in _BE
    subject = words[max(0, phrase.first - 9) : phrase.first - 1] if passive else []
    around = [*subject, *own]
    action = text[words[phrase.first].start : words[phrase.stop - 1].end]
    families = known.deeds.get(phrase.base, ())
    real = tuple(f for f in families if f != "target")
    if not passive and own and own[0].low in _PREPOSITIONS and _INTRANSITIVE.isdisjoint(real):
        real = ()  # "contribute to peace" gives nothing
    if not passive and own and own[0].low in ("it", "this", "that") and (len(own) == 1 or own[1].low in _PREPOSITIONS or own[1].low in _IS):
        real = ()  # what it is stands elsewhere
    if phrase.base == ("hold",) and any(w.low in ("accountable", "responsible", "account", "hostage") for w in own):
        real = ()
    if "hold" in real and not passive and _named_event(text, own):
        return Graded("action", action, families)
    if phrase.base[0] in _STARTING and own and own[0].low.endswith("ing") and (own[0].low,) not in known.gerunds:
        real = ()  # "start practising what we preach"
    if real and _concrete(own if not passive else around, known, families):
        return Graded("action", action, families)
    if "target" in families and (phrase.base[0] in _FIGURED or _target(own if not passive else around)):
        return Graded("action with measure or date", action, ("target",))
    if phrase.base[0] in _LETTING and (inner := next((known.deeds[(w.low,)] for w in own if (w.low,) in known.deeds), None)):
        return Graded("action", action, inner)
    if phrase.sure and not families and phrase.base not in known.directions and phrase.base[0] != "not" and phrase.base[0] not in _ATTEMPTS and _counted(own):
        return Graded("action", action, _ANY)  # what is counted can be counted again
    return Graded("direction" if _substance(around, known, text, phrase, words) else "formula", action)


def _named_event(text: str, own: Sequence[Word]) -> bool:
    """Whether what is held bears a name: "the Years of Culture"."""
    meant = [w for w in own[:6] if w.low not in ("the", "a", "an", "its", "their", "joint")]
    return bool(meant) and text[meant[0].start].isupper()


_STARTING: Final = frozenset(("start", "begin", "launch", "resume"))


def _concrete(around: Sequence[Word], known: Lexicon, families: Sequence[str]) -> bool:
    """Whether a deed is on something that one can see: the first noun-like word of its object is not a mere generality."""
    first = [w.low for w in around if w.low not in known.empty and w.low not in _LINKING and not w.low.endswith("ly")]
    if not first:
        return False
    head = _object_head(around, known)
    if "hold" in families and head in _MEETING or "sign" in families and head in _PAPERS:
        return True
    return head is not None and head not in known.generic


def _object_head(around: Sequence[Word], known: Lexicon) -> str | None:
    """The last word of the first run of words that are no prepositions: "a national archive in Dili" -> archive."""
    run: list[str] = []
    for w in around:
        if w.low in _PREPOSITIONS:
            if any(x not in known.empty for x in run) and not (w.low in ("and", "or", ",") and run[-1] in known.generic):
                break
            run = []
            continue
        run.append(w.low)
    meant = [x for x in run if x not in known.empty or x in known.goods]
    return meant[-1] if meant else None


_PREPOSITIONS: Final = frozenset("in on at for with between from into by to of that which through towards under during before after until and as among across via within against over above below around near beyond , ; and or".split())


def _counted(own: Sequence[Word]) -> bool:
    """Whether the object of a verb starts with a number: "475 million of the debt", "a 15 per cent duty"."""
    for i, w in enumerate(own[:4]):
        nxt = _singular(own[i + 1].low) if i + 1 < len(own) else ""
        if (re.fullmatch(r"\d[\d.,]*", w.low) and not re.fullmatch(r"(?:19|20)\d\d", w.low) or w.low in _NUMBER_WORDS) and nxt not in _COUNTED_SIDES:
            return not any(x.low in _PREPOSITIONS for x in own[:i])
    return False


def _target(around: Sequence[Word]) -> bool:
    """Whether something is to be raised to, or by, a figure."""
    lows = [w.low for w in around]
    return any(re.search(r"\d", x) and not re.fullmatch(r"(?:19|20)\d\d", x) or x in ("%", "percent", "million", "billion", "double", "triple", "half") for x in lows)


def _substance(around: Sequence[Word], known: Lexicon, text: str, phrase: _Phrase, words: Sequence[Word]) -> bool:
    """Whether anything is left of a line beside courtesies: a field, a thing, an aim."""
    low = text[words[phrase.first].start :] if words else text
    if any(t not in ("political", "people_to_people", "party") for t in topics_of(low)):
        return True
    left = [w for w in around if w.low not in known.empty and w.low not in known.generic and not w.low.endswith("ly")]
    named = [w for w in left if not text[w.start : w.start + 1].isupper() and (w.low,) not in known.directions and w.low not in _MODALS and w.low not in _LINKING]
    return bool(named)


def _without_verb(text: str, words: Sequence[Word], act: str, *, named: bool) -> Graded | None:
    """A promise of a thing: "pledged a further line of credit", "offered twenty scholarships".

    Where a verb tells of a course (``named``), only of a deed or a sum.
    """
    for i, w in enumerate(words):
        if _lemma(w.low) not in _GIVING and _lemma(w.low) not in _ASSENTING:
            continue
        if i and w.low.endswith("ed") and (words[i - 1].low in _BEFORE_NOUNS or words[i - 1].low.endswith(("'s", "s'"))):
            continue  # "its announced loss": a participle, nobody announces
        families = _thing_given(text, w, list(_past_time(words[i + 1 : i + 1 + _REACH])), named=named)
        if families:
            stop = words[min(len(words), i + 1 + _REACH) - 1].end
            return Graded("action", text[w.start : stop], families)
    if _FULL.search(text) and any(x.low == "visit" for x in words):
        return Graded("action", text, ("hold",))
    if act == "offer" and (topics_of(text)):
        return Graded("direction", text)
    return None


def _thing_given(text: str, verb: Word, after: list[Word], *, named: bool) -> tuple[str, ...]:
    """The family of the deed that the words after a verb of promising name: a sum, a meeting, a deed as a noun, or (unless ``named``) a thing."""
    known, lemma = lexicon(), _lemma(verb.low)
    if not after or after[0].low == "that":
        return ()  # what follows "that" is told, not given
    if _SUM.match(text, verb.end):
        return ("give",)
    if lemma in _ASSENTING:
        if after[0].low not in ("on", "to"):
            return ()
        after = after[1:]
    if lemma != "announce" and _contact_agreed(after[1:] if after and after[0].low in _WHOM else after, known):
        return ("hold",)
    if deed := _named_deed(after, known):
        return (deed,)
    head = _object_head(after, known)
    if named or head is None or head == "package" and any(x.low in ("measures", "steps", "proposals", "ideas") for x in after):
        return ()  # a package of measures is as general as they are
    return ("give",) if head in known.goods or _singular(head) in known.goods or _money(text[verb.end : after[-1].end]) else ()


def _contact_agreed(after: Sequence[Word], known: Lexicon) -> bool:
    """Whether a meeting to come is what was agreed on: "a big conference", "formal talks"; not "the importance of meetings"."""
    if not after or not (after[0].low in _NEW or after[0].low in _CONTACTS or len(after) > 1 and after[1].low in _CONTACTS and after[0].low not in _BEFORE_NOUNS):
        return False
    return _object_head(after, known) in _CONTACTS


_WHOM: Final = frozenset("him her them us me you".split())
_NOT_MADE: Final = re.compile(r"\b(?:not|never|n['’]t)(?: yet| so far)? (?:agreed|promised|pledged|offered|committed|announced|undertaken)\b", re.IGNORECASE)
_ATTEMPTS: Final = frozenset(("try", "seek", "attempt", "aim", "strive"))
_NEW: Final = frozenset("a an another further future two three four new next".split())
_CONTACTS: Final = frozenset("meeting meetings meet conference summit talks visit visits forum dialogue consultations exercise exercises tour".split())
_BEFORE_NOUNS: Final = frozenset("the a an its their his her our this that previously newly recently already as of any".split())


def _past_time(words: Sequence[Word]) -> Sequence[Word]:
    """Words without the day or month that comes first: "announced in January the lifting of bans"."""
    if len(words) > 1 and words[0].low in ("in", "on", "last") and (_MONTH.fullmatch(words[1].low) or words[1].low in _TIMES):
        return words[2:]
    return words[1:] if words and words[0].low in _TIMES else words


_TIMES: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday week month year night".split())
_SUM: Final = re.compile(
    r"(?:\s+(?!to\b|that\b|by\b|from\b|of\b|with\b)[\w’'-]+|\s+up\s+to|\s+an?\s+(?:sum|total|additional sum|initial sum)\s+of){0,5}?\s+(?:(?-i:[A-Z]{1,2})?[$€£¥]\s?\d[\d.,]*(?:\s?(?:thousand|million|billion|trillion|mln|bln|mn|bn|m|b)\b)?"
    r"|(?:\d[\d.,]*|half a|an?|one|two|three|four|five|six|seven|eight|nine|ten)\s(?:million|billion|trillion|mln|bln|mn|bn)\b|(?-i:[A-Z]{3})\s?\d[\d.,]*)"
    r"(?!(?:\s[\w’'-]+){0,3}\s(?:loss|losses|profit|deficit|surplus|claim|damage|people|inhabitants|children|refugees|voters))",
    re.IGNORECASE,
)
"""A sum of money as the first thing after a verb."""
_VALUES: Final = frozenset("importance need necessity usefulness value desirability urgency".split())
_INTRANSITIVE: Final = frozenset(("hold", "end", "open", "send", "sign"))
_ANY: Final = ("give", "finish", "send", "end", "open")
_ALSO_ADJECTIVES: Final = frozenset("open free clear complete close present lower mature".split())
_BEFORE_OBJECTS: Final = frozenset("a an the its their his her our new more two three four five".split())
_NO_VERBS: Final = frozenset("the a an this that these those his her its their our my your all both some any each every no one two three more further such other".split())
_RELATIVE: Final = frozenset(("which", "who"))
_IS: Final = frozenset(("is", "are", "was", "were"))
_DOUBLED: Final = frozenset(("submit", "commit", "permit", "transfer", "begin", "admit", "refit"))
_HELPING: Final = frozenset(("help", "assist", "helping", "start", "begin"))
_LETTING: Final = frozenset(("let", "allow", "permit"))
_FIGURED: Final = frozenset(("double", "triple", "quadruple", "halve", "quintuple"))
_MEETING: Final = frozenset("dialogue consultation consultations exchange exchanges engagement".split())
_PAPERS: Final = frozenset("agreement agreements framework".split())
_MONEY: Final = re.compile(r"^[^,;]{0,30}(?:[$€£¥]|\b(?:USD|EUR|US\$|[A-Z]{3} ?)\d)[^,;]{0,40}\b(?:million|billion|thousand|\d{3})")
_ASSENTING: Final = frozenset(("agree", "consent", "commit", "undertake", "decide"))
_GIVING: Final = frozenset(("pledge", "promise", "offer", "announce", "grant", "donate", "extend", "vow"))


def _named_deed(after: Sequence[Word], known: Lexicon) -> str | None:
    """The family of a deed said as a noun: "the release of the crew"."""
    k = next((k for k, x in enumerate(after[:5]) if x.low in known.deed_nouns), None)
    if k is None or k + 2 >= len(after) or after[k + 1].low != "of" or any(x.low in _PREPOSITIONS for x in after[:k]):
        return None
    return known.deed_nouns[after[k].low] if _concrete(after[k + 2 :], known, ()) else None


def _money(words: str) -> bool:
    """Whether a sum of money is what is given."""
    return _MONEY.search(words) is not None


def _measure(text: str, words: Sequence[Word]) -> str:
    """The words of a number or a rhythm that make a promise measurable."""
    if m := _EACH.search(text):
        return m[0]
    for i, w in enumerate(words):
        nxt = words[i + 1].low if i + 1 < len(words) else ""
        if w.low in _NUMBER_WORDS and _singular(nxt) not in _COUNTED_SIDES and not (nxt and _singular(nxt).rstrip("'s") in _COUNTED_SIDES):
            return text[w.start : words[min(i + 1, len(words) - 1)].end]
        if re.fullmatch(r"\d[\d.,]*", w.low) and not re.fullmatch(r"(?:19|20)\d\d", w.low) and not _is_name(words, i):
            return text[w.start : words[min(i + 1, len(words) - 1)].end]
    return ""


def _singular(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("'")
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


_MONTH: Final = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")


def _is_name(words: Sequence[Word], i: int) -> bool:
    """Whether a number is a day of a month, or that of a resolution or an article."""
    if i and _singular(words[i - 1].low) in ("resolution", "article", "no", "number", "paragraph", "chapter", "cluster", "and", "annex", "phase", "round"):
        return True
    return any(0 <= k < len(words) and _MONTH.fullmatch(words[k].low) for k in (i - 1, i + 1))

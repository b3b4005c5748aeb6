"""Steps in the life of papers: negotiated, initialled, ratified, in force, extended, expired, terminated, as sentences tell them.

The wordings are the statuses' cues of the codebook; each says in which role the paper stands to it (``roles``): ``subject`` ("the treaty
expired"), ``object`` ("ratified the treaty"), ``inside`` ("withdrew from the treaty"), ``before`` ("the draft treaty").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from memcon.codebook.patterns import Match, PatternSet, pattern_set
from memcon.extract.draft import StepDraft, When
from memcon.extract.times import Clock
from memcon.extract.tree import is_verb, kids, modality, passive
from memcon.langs import en_papers
from memcon.mentions import Sentence
from memcon.model import Span

__all__ = ["LIFE", "Paper", "Told", "status_of", "steps", "told"]

LIFE: Final = ("negotiated", "initialled", "ratified", "in_force", "extended", "expired", "terminated")
_GUIDE: Final = {
    "negotiated": "planned", "initialled": "signed", "ratified": "signed", "in_force": "in_force", "extended": "in_force", "expired": "expired", "terminated": "expired",
}  # fmt: skip
_CLAUSE: Final = ("VBD", "VBZ", "VBP", "MD")
_SUBJECTS: Final = ("nsubj", "csubj")
_OBJECTS: Final = ("dobj", "obj", "nsubjpass", "dative", "oprd")
_REACH: Final = 7  # steps up the tree from a paper to the words that tell of its life


@dataclass(frozen=True, slots=True)
class Paper:
    """A designation in a sentence: items ``first`` to ``last``, its ``head`` in the tree, and the kind it names."""

    first: int
    last: int
    kind: str
    head: int


@dataclass(frozen=True, slots=True)
class Told:
    """A cue found: of which paper (None: of the one told before, "it"), of which step, whether it is still to come."""

    paper: Paper | None
    kind: str
    head: int
    last: int
    ahead: bool
    rule: str
    aside: bool = False  # "a protocol extending the lease": told in passing, which makes no paper known


@cache
def _cues() -> PatternSet:
    """The cues of the statuses that are steps of a paper's life."""
    found = pattern_set("statuses", "cues").by_head
    kept = {word: tuple(p for p in patterns if p.kind in LIFE and p.roles) for word, patterns in found.items()}
    return PatternSet({word: patterns for word, patterns in kept.items() if patterns})


def told(s: Sentence, papers: Sequence[Paper]) -> Iterator[Told]:
    """What a sentence tells of the lives of its papers; each step of a paper once."""
    seen: set[tuple[int, str]] = set()
    for i in _cues().heads(s):
        if s.items[i].kind != "word":
            continue
        for match in _cues().at(s.items, i):
            if not match.pattern.noun and not is_verb(s.items[i]):
                continue
            ahead = _ahead(s, match)
            if ahead is None:
                continue
            for paper in _papers(s, papers, match):
                key = (paper.first if paper else -1, match.pattern.kind)
                if key not in seen:
                    seen.add(key)
                    yield Told(paper, match.pattern.kind, i, match.last, ahead, match.pattern.rule, _aside(s, match))
            break


def _papers(s: Sentence, papers: Sequence[Paper], match: Match) -> list[Paper | None]:
    """The papers that stand to a cue in one of its roles, else the one in its reach in the same clause, else "it"."""
    roles = match.pattern.roles
    found = [p for p in papers if (r := _role(s, p, match)) in roles or r == "object" and s.items[match.head].dep == "acl" and "subject" in roles]
    if found:
        return list(found)
    near = _nearest(s, papers, match)
    if near is not None:
        return [near]
    subject = [k for k in kids(s, match.head, *_SUBJECTS, "nsubjpass") if s.items[k].low in ("it", "this")]
    return [None] if subject and ("subject" in roles or passive(s, match.head) and "object" in roles) else []


def _role(s: Sentence, p: Paper, match: Match) -> str | None:
    """How a paper stands to a cue in the tree."""
    if "before" in match.pattern.roles:
        return "before" if match.head == p.first - 1 or s.items[match.head].head == p.head and match.head < p.first else None
    clause = _relative(s, p, match.head)
    if clause is not None:
        return clause
    k, hops = p.head, 0
    while hops < _REACH:
        up = s.items[k].head
        if up == k:
            return None
        if up == match.head:
            return _direct(s, k, match, p.head)
        if match.head < up <= match.last:
            return "inside"
        if s.items[up].head != up and s.items[k].dep in (*_SUBJECTS, "nsubjpass") and _joined(s, up, match.head):
            return "object" if passive(s, match.head) else "subject"
        if s.items[k].dep in (*_SUBJECTS, "nsubjpass") and _joined(s, up, match.head):
            return "object" if passive(s, match.head) else "subject"
        if s.items[k].dep == "pobj" and s.items[s.items[up].head].kind == "word" and not _through(s, up):
            return None
        if is_verb(s.items[up]):
            return None
        k, hops = up, hops + 1
    return None


def _through(s: Sentence, preposition: int) -> bool:
    """Whether what a preposition hangs on lets a paper through: a wrapper ("the text of the treaty"), or another preposition."""
    above = s.items[s.items[preposition].head]
    return above.low in en_papers.WRAPPERS or above.tag in ("IN", "TO") or above.low in ("negotiations", "negotiation", "talks", "instrument", "instruments", "ratification")


def _direct(s: Sentence, k: int, match: Match, noun: int) -> str | None:
    """The role of the item that hangs on a cue's head."""
    dep = s.items[k].dep
    if match.head < k <= match.last:
        return "inside"
    if dep in _SUBJECTS:
        return "subject"
    if dep in _OBJECTS:
        return "object" if k == noun or dep == "nsubjpass" or s.items[k].low in en_papers.WRAPPERS else None
    if match.pattern.noun and dep in ("prep", "pobj"):
        return "inside"
    return None


def _relative(s: Sentence, p: Paper, head: int) -> str | None:
    """The role of a paper that a clause with the cue describes: "the treaty, which entered into force in 1994", "a pact ratified by both"."""
    verb = s.items[head]
    if verb.dep not in ("acl", "relcl") or not (p.first <= verb.head <= p.last or _describes(s, verb.head, p)):
        return None
    if verb.dep == "acl" or not kids(s, head, *_SUBJECTS, "nsubjpass", *_OBJECTS):
        return "object" if verb.tag == "VBN" else "subject"
    if any(s.items[k].low in ("which", "that") for k in kids(s, head, *_SUBJECTS)):
        return "subject"
    return "object"


def _describes(s: Sentence, k: int, p: Paper) -> bool:
    """Whether a noun is part of what says what a paper is about ("the agreement on solar energy, which …": the parser hangs the clause on the energy)."""
    for _ in range(4):
        if s.items[k].dep not in ("pobj", "prep", "conj", "appos") or s.items[k].head == k or s.items[k].kind not in ("word", "country", "org"):
            return False
        k = s.items[k].head
        if p.first <= k <= p.last:
            return True
    return False


def _joined(s: Sentence, verb: int, head: int) -> bool:
    """Whether ``head`` is joined to ``verb`` ("was signed in 2021 and entered into force in 2022") and has no subject of its own."""
    k = head
    for _ in range(3):
        if s.items[k].dep != "conj" or kids(s, k, *_SUBJECTS, "nsubjpass"):
            return False
        k = s.items[k].head
        if k == verb:
            return True
    return False


def _nearest(s: Sentence, papers: Sequence[Paper], match: Match) -> Paper | None:
    """Where the tree does not show it: the paper right before a cue that it is the subject of, or right after one that it is the object of."""
    roles = match.pattern.roles
    if "before" in roles:
        return None
    if "subject" in roles:
        before = [p for p in papers if p.last < match.head and not _cut(s, p.last + 1, match.head)]
        if before and not any(k > before[-1].last and s.items[k].kind == "word" for k in kids(s, match.head, *_SUBJECTS)):
            return before[-1]
    if {"object", "inside"} & set(roles):
        after = [p for p in papers if match.last < p.first <= match.last + 6 and not _cut(s, match.last + 1, p.first)]
        between = range(match.last + 1, after[0].first) if after else range(0)
        if after and not any(s.items[k].tag in ("NN", "NNS") and s.items[k].low not in en_papers.WRAPPERS and s.items[k].dep not in ("compound", "npadvmod") for k in between):
            return after[0]
    return None


def _cut(s: Sentence, low: int, high: int) -> bool:
    """Whether another clause, or a new sentence, stands between two places."""
    return any(s.items[k].tag in _CLAUSE and s.items[k].dep not in ("aux", "auxpass") or s.items[k].text in (";", ":", ".") for k in range(low, high))


def _ahead(s: Sentence, match: Match) -> bool | None:
    """Whether a step is told as still to come; None where it is not told as a step at all: denied, wished for, a condition."""
    verb = match.head
    if match.pattern.noun:
        verb = s.items[match.head].head
        for _ in range(_REACH):
            if is_verb(s.items[verb]) or s.items[verb].head == verb:
                break
            verb = s.items[verb].head
        if not is_verb(s.items[verb]):
            return False
    if any(s.items[k].low in ("if", "unless", "whether", "should", "once") for k in (*kids(s, verb, "mark", "aux", "advmod"), *kids(s, match.head, "mark"))):
        return None
    mood = modality(s, verb)
    if mood == "negated":
        return None
    if mood == "wished":
        return True if match.pattern.kind == "negotiated" else None
    if match.pattern.noun and match.pattern.kind not in ("negotiated",) and s.items[verb].lemma in ("call", "urge", "await", "delay", "discuss", "demand", "seek", "hope", "expect"):
        return None
    return mood == "planned"


def _aside(s: Sentence, match: Match) -> bool:
    """Whether a gerund tells the step: not "are extending", which is told of the day."""
    verb = s.items[match.head]
    return verb.tag == "VBG" and not kids(s, match.head, "aux") and match.pattern.kind != "negotiated"


def steps(s: Sentence, t: Told, clock: Clock, text: str) -> StepDraft:
    """The step that was told, with its days. ``text`` is the report's normal text."""
    cue = Span(s.items[t.head].start, s.items[t.last].end)
    until, until_at = When(), -1
    for k in range(t.head + 1, len(s.items)):
        if s.items[k].kind == "date" and _limits(s, k, t.kind):
            until, until_at = clock.of(s.items[k], None, s), k
            break
        if s.items[k].kind == "date" and getattr(s.items[k].ref, "kind", "") == "year_range" and t.kind in ("in_force", "extended"):
            whole = clock.of(s.items[k], None, s)
            until, until_at = When(whole.end, None, whole.why, whole.spans), k
            break
    when = clock.near(s, t.head, t.ahead)
    if when is not None and until_at >= 0 and Span(s.items[until_at].start, s.items[until_at].end) in when.spans:
        when = None
    ahead = t.ahead or _to_come(when, clock)
    length = None if until.start else _length(s, t, text)
    return StepDraft(
        t.kind, cue, When(when.start, None, when.why, when.spans) if when else When(), When(until.end or until.start, None, until.why, until.spans),
        length[2] if length else None, Span(length[0], length[1]) if length else None, ahead, t.rule,
    )  # fmt: skip


def _to_come(when: When | None, clock: Clock) -> bool:
    """Whether a step's day lies after that of the report: "which expires in 2030"."""
    day, today = (when.start if when else None) or "", clock.today or ""
    size = min(len(day), len(today))
    return size >= len("2030") and "X" not in day[:size] + today[:size] and day[:size] > today[:size]


def _limits(s: Sentence, k: int, kind: str) -> bool:
    """Whether a date ends a term: "until 2030", "to the end of 2027" after an extension."""
    before = s.items[k - 1].low
    earlier = s.items[k - 2].low if k > 1 else ""
    words = (before, earlier if before in ("the", "end", "of") else "")
    return any(w in en_papers.UNTIL for w in words) or kind == "extended" and before == "to"


def _length(s: Sentence, t: Told, text: str) -> tuple[int, int, str] | None:
    """How long a step says that a paper lasts ("valid for five years", "extended by a year")."""
    if t.kind not in ("in_force", "extended"):
        return None
    start = s.items[t.head].start
    return next(((start + a, start + b, length) for a, b, length in en_papers.lasting(text[start : s.end])), None)


def status_of(kind: str, ahead: bool) -> str:
    """The annotation guide's status of a paper of which only a step is told."""
    if ahead:
        return {"negotiated": "planned", "initialled": "planned", "ratified": "signed", "in_force": "signed"}.get(kind, "in_force")
    return _GUIDE[kind]

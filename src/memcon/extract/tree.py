"""Reading a dependency tree: subjects, objects, prepositions, voice and modality of a verb or noun."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from memcon.mentions import Item, Sentence

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_FIRM = frozenset("schedule expect due set slate plan intend going likely arrange poise prepare tentatively".split())
_WISHED = frozenset(
    "hope want wish ask urge invite call propose suggest seek refuse decline fail agree offer wait need encourage request demand try help allow enable "
    "aim hold? eager keen ready willing opportunity desire possibility proposal readiness willingness invitation request appeal unable".split()
)


_DOING = frozenset("quick pleased happy glad delighted proud honoured honored able first last took went used continued began".split())
_MULLED = frozenset("consider contemplate mull weigh avoid envisage resist risk".split())  # with "-ing": what nobody has done yet
_DIRECTING = frozenset("suggest propose recommend urge demand insist request ask require".split())
_WHEREABOUTS = frozenset("hand airport palace capital venue city country town headquarters station port entrance".split())
_APPOSED = 12  # items within which an apposition stands
_DENYING = frozenset("deny refute disclaim dismiss rebut debunk reject exclude".split())
_TOLD_IN = frozenset("at after during following in before since".split())  # "in talks with X she denied …": the talks are not denied
_SOUGHT = frozenset(("president", "premier", "chancellor", "prime minister", "governor", "mayor"))  # offices that candidates speak of holding
_HEARSAY = frozenset("report reports claim claims rumour rumours rumor rumors suggestion suggestions speculation allegation allegations story stories".split())
_UNTRUE = frozenset("false untrue canard baseless unfounded groundless fake incorrect wrong fabricated fabrication fiction nonsense premature speculation speculative".split())


def is_verb(item: Item) -> bool:
    """Whether the tagger calls the word a verb (modal verbs left out)."""
    return item.tag[:2] == "VB"


def kids(s: Sentence, i: int, *deps: str) -> list[int]:
    """The children of item ``i`` with one of the relations."""
    below = s.children[i]
    if not below:
        return []
    items = s.items
    return [k for k in below if items[k].dep in deps]


def subject(s: Sentence, v: int) -> int | None:
    """The item that is the subject of verb ``v``, through conjunction, control and relative clauses; None if there is none."""
    if v not in s.subjects:
        s.subjects[v] = _subject(s, v)
    return s.subjects[v]


def _subject(s: Sentence, v: int) -> int | None:
    seen: set[int] = set()
    while v not in seen:
        seen.add(v)
        own = kids(s, v, *_SUBJECTS) or [k for a in kids(s, v, "aux", "auxpass") for k in kids(s, a, *_SUBJECTS)]  # some hang on "was" of "was told"
        if own:
            return _antecedent(s, v, _likeliest(s, own, v))
        beside = _named_before(s, v)
        if beside is not None:
            return beside
        up = _controller(s, v)
        if up is None or up == v:
            return _right_before(s, v)
        if not is_verb(s.items[up]) and s.items[up].tag != "MD":
            return up
        v = up
    return None


def _named_before(s: Sentence, v: int) -> int | None:
    """"denied meddling in the vote and X has said": the parser strings X to the noun before; right before a second verb it is its subject."""
    if s.items[v].dep != "conj" or s.items[v].tag == "VB":
        return None
    k = v - 1
    while k > 0 and (s.items[k].dep in ("aux", "auxpass", "neg") or s.items[k].tag == "RB"):
        k -= 1
    joined = k > 1 and s.items[k].dep == "conj" and s.items[k - 1].low in ("and", "but", "while", "whereas")
    return k if joined and s.items[k].kind in ("person", "org", "office", "country") and not is_verb(s.items[s.items[k].head]) else None


def _right_before(s: Sentence, v: int) -> int | None:
    """"In Lima on 4 May Minister X met Y", "Minister X today met Y": the parser strings the name to what stands beside it; right before the verb it is its subject."""
    k = v - 1
    while k > 0 and (s.items[k].dep in ("aux", "neg") or s.items[k].tag == "RB" or s.items[k].kind == "date"):
        k -= 1
    if k < 0 or s.items[v].tag not in ("VBD", "VBZ", "VBP", "VB") or s.items[v].tag == "VB" and k == v - 1:
        return None
    named = s.items[k].kind in ("person", "office") and s.items[k].dep not in ("nsubj", "nsubjpass", "poss")
    first = k - (k > 0 and s.items[k - 1].tag == "DT")
    return k if named and (first == 0 or s.items[first - 1].tag not in ("IN", "TO", "CC")) else None


def _likeliest(s: Sentence, own: list[int], v: int) -> int:
    """Of several subjects that the parser gives one verb, the nearest, or better the name ("In Lima, his first port of call, X was welcomed")."""
    named = [k for k in own if s.items[k].kind in ("person", "org", "office", "country")]
    return named[-1] if named and len(own) > 1 else min(own, key=lambda k: abs(k - v))


def _antecedent(s: Sentence, v: int, subj: int) -> int:
    """"who" and "which" stand for the noun that the clause hangs on."""
    if s.items[subj].low in _RELATIVE and s.items[v].dep in ("relcl", "acl"):
        near = subj - 1 - (subj > 1 and s.items[subj - 1].low == ",")
        named = s.items[subj].low == "who" and near >= 0 and s.items[near].kind == "person" and s.items[s.items[v].head].kind == "word"
        return near if named else s.items[v].head  # "in the presence of X, who presented …"
    return subj


def _controller(s: Sentence, v: int) -> int | None:
    """Where the subject of a verb without its own is to be looked for."""
    item = s.items[v]
    head = item.head
    if head == v:
        return None
    if item.dep in ("conj", "advcl", "xcomp", "ccomp", "dep", "parataxis", "aux", "auxpass"):
        return head if is_verb(s.items[head]) or item.dep == "conj" else _up_to_verb(s, head)
    if item.dep == "pcomp":
        return _up_to_verb(s, head)
    if item.dep in ("acl", "relcl"):
        noun = s.items[head]
        if noun.kind in ("person", "org", "country", "office"):
            return head
        return _up_to_verb(s, head)
    return None


def _up_to_verb(s: Sentence, i: int) -> int | None:
    """The nearest verb above item ``i``."""
    for _ in range(12):
        if is_verb(s.items[i]):
            return i
        if s.items[i].head == i:
            return None
        i = s.items[i].head
    return None


def governor(s: Sentence, i: int) -> int | None:
    """The verb above a noun, or above a verb: the clause it belongs to."""
    head = s.items[i].head
    return None if head == i else _up_to_verb(s, head)


def passive(s: Sentence, v: int) -> bool:
    """Whether the verb is in the passive ("was received by")."""
    if kids(s, v, "nsubjpass", "auxpass"):
        return True
    return s.items[v].tag == "VBN" and s.items[v].dep in ("acl", "relcl", "advcl") and not kids(s, v, "aux")


def objects(s: Sentence, v: int) -> list[int]:
    """Direct (and dative) objects of a verb."""
    return kids(s, v, "dobj", "dative", "obj")


def prepositions(s: Sentence, i: int) -> Iterator[tuple[str, int]]:
    """Each preposition under item ``i`` with its object; conjoined prepositions too."""
    for k in s.children[i]:
        if s.items[k].dep in ("prep", "agent", "dative") and s.items[k].kind != "person":
            yield from _preposition(s, k)


def _preposition(s: Sentence, k: int) -> Iterator[tuple[str, int]]:
    low = s.items[k].low
    for j in s.children[k]:
        if s.items[j].dep in ("pobj", "pcomp", "dobj"):
            yield low, _first_named(s, k, j)
        elif s.items[j].dep in ("prep", "conj") and s.items[j].kind == "word":
            yield from _preposition(s, j)


def _first_named(s: Sentence, k: int, j: int) -> int:
    """The object of preposition ``k``: "with President X and members of the government on bilateral issues" is with X, not with issues."""
    first = k + 1
    own = s.items[first] if first < j else None
    if own is not None and own.kind == "person" and own.dep in ("nmod", "compound", "amod") and s.items[j].kind == "word" and s.items[first + 1].low in ("and", ","):
        return first
    return j


def conjuncts(s: Sentence, i: int) -> list[int]:
    """Item ``i`` and what is coordinated with it, in text order."""
    known = s.lists.get(i)
    if known is None:
        known = s.lists[i] = tuple(_conjuncts(s, i))
    return list(known)


def _conjuncts(s: Sentence, i: int) -> list[int]:
    if not s.children[i] and s.items[i].kind not in ("person", "office"):
        return [i]
    out, stack = [], [i]
    while stack:
        k = stack.pop()
        out.append(k)
        stack.extend(j for j in s.children[k] if s.items[j].dep == "conj" or s.items[j].dep == "appos" and s.items[j].kind == "person" and j - k < _APPOSED)
    for k in sorted(out):
        out.extend(j for j in _listed_after(s, k) if j not in out)
    return sorted(out)


def _listed_after(s: Sentence, k: int) -> Iterator[int]:
    """Names that follow a name with nothing but commas and "and" between them: long titles break the parser's lists."""
    while s.items[k].kind in ("person", "office"):
        nxt = k + 1
        while nxt < len(s.items) and s.items[nxt].low in (",", ";", "and", "as", "well", "&"):
            nxt += 1
        joined = any(s.items[j].low in ("and", "&", ";") for j in range(k + 1, nxt))
        if nxt == k + 1 or nxt >= len(s.items) or s.items[nxt].kind != "person" or s.items[nxt].dep in ("nsubj", "nsubjpass", "poss"):
            return
        if not joined and not _goes_on(s, nxt):
            return  # "met A, B's envoy": an apposition
        yield nxt
        k = nxt


def _goes_on(s: Sentence, k: int) -> bool:
    """Whether the list that item ``k`` stands in comes to an "and" before a name."""
    for j in range(k + 1, min(len(s.items), k + 12)):
        if s.items[j].low in ("and", "&"):
            return j + 1 < len(s.items) and s.items[j + 1].kind == "person" and s.items[j + 1].dep not in ("nsubj", "nsubjpass")
        if s.items[j].kind != "person" and s.items[j].low != ",":
            return False
    return False


def negated(s: Sentence, v: int) -> bool:
    """Whether the verb, or the verb it completes, is negated."""
    if kids(s, v, "neg") or any(s.items[k].low in ("not", "n't", "never", "neither", "nor") for k in s.children[v]):
        return True
    item = s.items[v]
    return item.dep == "xcomp" and item.head != v and negated(s, item.head)


def denied(s: Sentence, i: int) -> bool:
    """Whether an event is denied, ruled out or said not to be: "denied that X had met Y", "no talks were held"."""
    if any(s.items[k].low == "no" for k in s.children[i]):
        return True
    k = i
    for _ in range(6):
        item = s.items[k]
        if item.head == k or item.low in _TOLD_IN:
            return False
        if _denies(s, item.head) and item.dep in ("ccomp", "dobj", "pobj", "prep", "pcomp", "acl", "nsubjpass"):
            return True
        if item.low in _HEARSAY and item.dep in ("nsubj", "nsubjpass") and any(i.low in _UNTRUE for i in s.items[item.head : item.head + 5]):
            return True  # "reports that X plans to travel to Y were false"
        k = item.head
    return False


def _denies(s: Sentence, v: int) -> bool:
    """Whether a verb denies what stands under it: "denied", "dismissed", "ruled out"."""
    lemma = s.items[v].lemma
    return lemma in _DENYING or lemma == "rule" and any(s.items[k].low == "out" for k in (*s.children[v], *range(v + 1, min(len(s.items), v + 2))))


def modality(s: Sentence, v: int) -> str:
    """How real the verb's event is: "real", "planned", "wished" or "negated"."""
    if negated(s, v):
        return "negated"
    seen: set[int] = set()
    while v not in seen:
        seen.add(v)
        item = s.items[v]
        aux = {s.items[k].low for k in s.children[v] if s.items[k].dep in ("aux", "auxpass")}
        if aux & {"will", "shall", "'ll"}:
            return "planned"
        if "would" in aux and not aux & {"like", "could"} and item.low not in ("like", "love", "prefer", "want", "welcome") and _told_ahead(s, v):
            return "planned"
        if aux & {"would", "could", "should", "may", "might", "must", "can"}:
            return "wished"
        if item.tag == "VB" and not aux and item.dep == "ccomp" and s.items[item.head].lemma in _DIRECTING:
            return "wished"  # "suggested that X visit Y"
        if is_verb(item) and "to" in aux and item.head != v:
            found = _infinitive(s, v)
            if found:
                return found
        if item.lemma == "look" and any(s.items[k].low == "forward" for k in s.children[v]) and len(seen) > 1:
            return "wished"  # "looked forward to welcoming X"
        if item.dep in ("conj", "xcomp", "pcomp", "prep") and item.head != v and not kids(s, v, *_SUBJECTS):
            if item.tag == "VBG" and s.items[item.head].lemma in _MULLED:
                return "wished"
            if item.dep == "conj" and item.tag == "VBD" and s.items[item.head].tag == "VB":
                return "real"  # "demanded that A draw up a plan, and instructed B": told beside the demand, not within it
            v = item.head
            continue
        return "real"
    return "real"


def _told_ahead(s: Sentence, v: int) -> bool:
    """"He said he would meet X on Monday", "during his stay he would call on Y": what is announced, with no condition."""
    if any(i.low in ("if", "unless", "whether", "wish", "hope", "hoped", "wished", "provided") for i in s.items) or as_candidate(s, v):
        return False
    said = any(i.lemma in ("say", "announce", "confirm", "inform", "state", "report", "add", "tell", "schedule", "note") for i in s.items[:v])
    return said and any(i.kind == "date" for i in s.items) or any(i.low in ("during", "his", "her") for i in s.items[: min(v, 4)])


def as_candidate(s: Sentence, v: int) -> bool:
    """Whether what would be done hangs on an election or a preference: "as president she would visit", "would rather meet"."""
    near = [i.low for i in s.items[max(0, v - 12) : v]]
    if s.items[v].dep == "conj" and s.items[v].head < v and {"rather", "sooner"} & {i.low for i in s.items[max(0, s.items[v].head - 3) : s.items[v].head]}:
        return True
    return bool({"rather", "sooner"} & set(near[-3:])) or any(a == "as" and b in _SOUGHT for a, b in pairwise(near)) or "elected" in near and "if" in near


def _there(s: Sentence, be: int, v: int) -> bool:
    """"was in Lima to attend", "was on hand to receive": somebody was there for what the infinitive tells."""
    if s.items[v].dep != "advcl":
        return False
    for low, j in prepositions(s, be):
        if low in ("in", "at", "on") and be < j < v and (s.items[j].kind in ("place", "country") or s.items[j].low in _WHEREABOUTS):
            return True
    return False


def _infinitive(s: Sentence, v: int) -> str | None:
    """"to meet" under "is scheduled", "hopes", "is"; None when the verb above does not tell."""
    head = s.items[s.items[v].head]
    if head.tag.startswith("NN") and any(s.items[k].low in ("first", "second", "third", "only", "last", "latest") for k in s.children[s.items[v].head]):
        return None  # "the first leader to visit Moscow" did visit it
    word = head.lemma or head.low
    if head.low in _DOING:
        return None  # "was quick to criticise" did criticise
    if word in _FIRM or head.low in _FIRM:
        return "planned"
    if word == "be":
        if _there(s, s.items[v].head, v):
            return "planned" if head.tag in ("VBZ", "VBP") else None
        return "planned" if v - s.items[v].head <= 4 else "wished"  # "is to meet", but "the onus is on A to restart"
    if word in _WISHED or head.low in _WISHED:
        return "wished"
    if head.tag.startswith(("NN", "JJ")) and word not in ("visit", "trip", "arrival"):
        return "wished"
    if s.items[v].dep == "advcl":
        return "planned" if modality(s, s.items[v].head) == "planned" else None
    return None

"""What each side said: the act, who said it to whom, and the clause itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from memcon.codebook.patterns import Match, Pattern, PatternSet, pattern_set
from memcon.extract.discourse import Contact, Discourse, Party
from memcon.extract.draft import StatementDraft
from memcon.extract.quotes import awaits_speaker, continuation, is_quotation, label, quotation_start
from memcon.extract.tree import is_verb, kids, modality, objects, passive, prepositions, subject
from memcon.langs.fold import fold
from memcon.mentions import NameMention, Sentence
from memcon.model import Span

_LEVEL = frozenset(("conj", "advcl", "dep", "parataxis", "prep", "pcomp", "xcomp"))
_FIRST = frozenset(("i", "we", "he", "she", "they", "it", "who"))
_ACCORDING = "acts/affirm#according-to"
_SPEECH = "acts/affirm#speech"
_NEUTRAL = frozenset(("acts/affirm#say", "acts/affirm#add", "acts/affirm#tell", "acts/affirm#go-on", "acts/affirm#write", "acts/affirm#go-on-to-say"))
_JOINT_WILL = "acts/agree#joint-will"
_NOT_UNDERTAKEN = frozenset("meet visit hold sign attend travel arrive be mark celebrate take host receive pay depart leave see witness address deliver chair".split())
_OWN = frozenset("country government party ministry side nation delegation organisation organization company state people institution parliament army bloc alliance union city office administration".split())
_SOURCES = frozenset("him her ministry embassy office government statement spokesman spokeswoman spokesperson presidency readout".split())
_OF_TOPICS = frozenset(("come-under-discussion", "figure-in-talks"))
_COUPLES = frozenset("sides leaders ministers presidents parties delegations both they officials".split())
_ONE_SIDED = frozenset(("touch-on", "talk-about", "deliberate", "focus-on", "pay-attention", "address-issue", "go-over"))
_GUESTS = frozenset("delegation guest visitor counterpart delegate participant official minister president leader envoy ambassador group team audience pupil student child".split())
_GOOD = frozenset(
    "best friend friends friendly fruitful constructive excellent outstanding productive beneficial exemplary remarkable trusted reliable warm cordial positive useful successful success "
    "frank model admirable courageous brave great wonderful brilliant invaluable".split()
)
_BAD = frozenset(
    "mistake error void null ridiculous absurd outrageous illegal unlawful illegitimate shameful unacceptable disgrace disgraceful scandal blunder provocation provocative aggression barbaric "
    "cowardly incoherent irresponsible reckless dangerous crime criminal betrayal farce hypocrisy hypocritical unjust unfair appalling nonsense groundless".split()
)
_STANDING = frozenset(("praise", "hope", "pledge", "offer", "confidence", "concern", "thank", "agree", "exchange_views"))
_PERFORMED = frozenset("thank congratulate condole apologise announce praise invite request convey assure".split())
_WISHING = frozenset(("would-like", "we-hope", "we-are-pleased"))
_NOTED = frozenset(("note", "stress", "affirm", "highlight", "point-out", "reiterate", "state", "acknowledge", "draw-attention", "lay-emphasis", "express-view"))
_FINITE = frozenset(("reflect-on", "back", "refer-to", "single-out", "raise-topic", "find-so", "defend", "question", "speak-for"))
_LASTING = frozenset(("attach-importance", "back", "regard", "convey-support"))
_SHAPES = frozenset(("thing", "naming", "complement"))
_EVENTS = frozenset("talk talks meeting discussion discussions conversation dialogue agenda session consultation consultations negotiation negotiations exchange call summit there".split())
_SHARED = frozenset(("praise", "hope", "concern", "confidence", "thank", "condole"))
_NOT_SPEAKING = frozenset(("visit", "meeting", "trip", "agreement", "relationship", "relations", "report", "document", "event", "data", "figures", "survey", "poll", "it", "this", "that", "which", "there"))


@dataclass(slots=True)
class _Told:
    """A candidate: a pattern at a verb, and who its subject is."""

    match: Match
    speakers: list[Party]
    resumed: bool = False  # stands on the level of the verb before, whatever the tree says

    @property
    def head(self) -> int:
        """The reporting verb's index."""
        return self.match.head


@dataclass(slots=True)
class Statements:
    """Collects what was said, sentence by sentence, once all contacts are known."""

    discourse: Discourse
    patterns: PatternSet = field(default_factory=lambda: pattern_set("acts"))
    content: PatternSet = field(default_factory=lambda: pattern_set("acts", "content_patterns"))
    found: list[StatementDraft] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)  # sentences that only go on with a quotation
    worded: dict[tuple[int, int], set[str]] = field(default_factory=dict)  # the words of statements, by where they stand
    voice: list[Party] = field(default_factory=list)  # who speaks in a transcript
    transcript: bool = False

    def __post_init__(self) -> None:
        self.discourse.speech = True

    def read(self, s: Sentence) -> None:
        """Take in the statements of one parsed sentence."""
        if self._in_transcript(s):
            self._transcribe(s)
            return
        if is_quotation(s):
            self._alone(s)
            return
        told = self._outer(s, self._resumed(s, self._candidates(s)))
        starts = [self._from(s, t) for t in told]
        for k, t in enumerate(told):
            first = 0 if k == 0 else starts[k]
            last = starts[k + 1] if k + 1 < len(told) else len(s.items)
            self._state(s, t, first, max(last, t.match.last + 1))
        if told:
            self._go_on(s)
        elif not self._according(s):
            self._joint_will(s)

    def _according(self, s: Sentence) -> bool:
        """"According to NAME, …": what follows is NAME's, when nothing else in the sentence is said by anybody."""
        for i, item in enumerate(s.items) if "according" in s.said else ():
            if item.low != "according" or item.quoted or i + 2 > len(s.items):
                continue
            source = next((k for k in range(i + 1, min(len(s.items), i + 6)) if s.items[k].kind in ("person", "office", "org") or s.items[k].low in _SOURCES), None)
            speakers = self.discourse.resolve(s, source) if source is not None else []
            if len(speakers) != 1 or speakers[0].kind == "country":
                return False
            found = self._first_act(s, 0, len(s.items))
            act, rule = (found.kind, found.rule) if found is not None else ("affirm", _ACCORDING)
            cue = Span(item.start, s.items[min(i + 1, len(s.items) - 1)].end)
            self.found.append(StatementDraft(speakers, act, s.items[0].start, s.items[-1].end, cue, s.index, rule=rule))
            self.discourse.said(speakers, s.index)
            return True
        return False

    # -- quotations over several sentences ------------------------------------------------------------------------------

    def _in_transcript(self, s: Sentence) -> bool:
        """Whether the sentence is part of a speech given in full; keeps who speaks."""
        head = label(s, self.transcript)
        if head is not None:
            self.voice = self.discourse.resolve(s, 0) if head.kind in ("person", "office") else []
            self.transcript = True
        elif s.items and s.items[0].text in ("*", "(", "#"):
            self.voice, self.transcript = [], False
        return self.transcript

    def _transcribe(self, s: Sentence) -> None:
        """A sentence of a speech given in full is a statement of the speaker's."""
        verbs = [k for k, i in enumerate(s.items) if i.tag in ("VBP", "VBZ", "VBD", "MD") or i.low in ("please", "thank")]
        if len(self.voice) != 1 or not verbs or len(s.items) < 5:
            return
        if label(s, True) is not None:
            verbs = [k for k in verbs if k > 1] or verbs
        found = self._first_act(s, 0, len(s.items))
        act, rule = (found.kind, found.rule) if found is not None else ("affirm", _SPEECH)
        cue = Span(s.items[verbs[0]].start, s.items[verbs[0]].end)
        self.found.append(StatementDraft(list(self.voice), act, s.items[0].start, s.items[-1].end, cue, s.index, rule=rule))

    def _alone(self, s: Sentence) -> None:
        """Quoted sentences with no verb of saying beside them: the words of whoever spoke last."""
        sentences = self.discourse.notes.sentences
        if s.index in self.claimed or awaits_speaker(sentences, s.index) or self.discourse.spoke_in < s.index - 1 or not self.discourse.speaker:
            return
        before = sentences[s.index - 1]
        if before.paragraph != s.paragraph and not (any(i.quoted for i in before.items) and before.paragraph == s.paragraph - 1):
            return
        if self._retell(s, self.discourse.speaker):
            return
        found = self._first_act(s, 0, len(s.items))
        act, rule = (found.kind, found.rule) if found is not None else ("affirm", _SPEECH)
        verb = next((k for k, i in enumerate(s.items) if is_verb(i)), None)
        if verb is None:
            return
        cue = Span(s.items[verb].start, s.items[verb].end)
        self.found.append(StatementDraft(list(self.discourse.speaker), act, s.items[0].start, s.items[-1].end, cue, s.index, rule=rule))
        self.discourse.said(self.discourse.speaker, s.index)

    def _go_on(self, s: Sentence) -> None:
        """Sentences that go on with the quotation of the last statement belong to it; another act in them is a statement of its own."""
        if not self.found or self.found[-1].sentence != s.index:
            return
        draft, sentences = self.found[-1], self.discourse.notes.sentences
        more = continuation(sentences, s.index)
        for k in more:
            here = sentences[k]
            draft.end = max(draft.end, here.end)
            self.claimed.add(k)
            if self._retell(here, draft.speakers):
                continue
            self.discourse.spoke_in = k
            found = self._first_act(here, 0, len(here.items))
            if found is None or found.kind == draft.act:
                continue
            if draft.rule in _NEUTRAL and k == more[0] and s.items[-1].text == ":":
                draft.act, draft.rule = found.kind, found.rule
            else:
                self.found.append(StatementDraft(list(draft.speakers), found.kind, here.start, here.end, draft.cue, k, list(draft.addressees), rule=found.rule))

    def _retell(self, s: Sentence, speakers: list[Party]) -> bool:
        """What a quotation of a spokesman or a body tells of others' words; whether there is any."""
        if not speakers or not all(self._relays(p) for p in speakers):
            return False
        told = self._outer(s, self._resumed(s, self._candidates(s)))
        for k, t in enumerate(told):
            last = self._from(s, told[k + 1]) if k + 1 < len(told) else len(s.items)
            self._state(s, t, 0 if k == 0 else self._from(s, t), max(last, t.match.last + 1))
        if told:
            self.discourse.speaker, self.discourse.spoke_in = list(speakers), s.index
        return bool(told)

    def _first_act(self, s: Sentence, first: int, last: int) -> Pattern | None:
        """The first act that the speaker's own words perform ("we thank …"), none nested in a clause."""
        for i in range(first, last):
            item = s.items[i]
            if item.kind != "word" or not (is_verb(item) or item.tag == "MD" or item.low == "please"):
                continue
            for found in (*self.content.at(s.items, i), *self._reported(s, i)):
                verb = item.head if item.tag == "MD" else i
                subj = subject(s, verb)
                if item.low == "please":
                    return found.pattern
                if item.tag == "MD" and found.pattern.kind == "pledge" and not self._undertakes(s, verb):
                    continue
                if found.pattern.joint or subj is None or self._embedded(s, verb):
                    continue
                if s.items[subj].low in ("i", "we") or found.pattern.kind == "propose" and item.tag == "MD":
                    return (self._performs(s, verb) if found.pattern.id in _WISHING else None) or found.pattern
        return None

    def _performs(self, s: Sentence, verb: int) -> Pattern | None:
        """"I would like to thank you", "is pleased to announce": the act is that of the infinitive."""
        for k in kids(s, verb, "xcomp", "acomp"):
            inner = [k] if is_verb(s.items[k]) else kids(s, k, "xcomp", "ccomp")
            for j in inner:
                if not any(s.items[a].low == "to" for a in kids(s, j, "aux")):
                    continue
                found = next((f.pattern for f in (*self.patterns.at(s.items, j), *self.content.at(s.items, j)) if f.pattern.kind in _PERFORMED), None)
                if found is not None:
                    return found
        return None

    def _embedded(self, s: Sentence, verb: int) -> bool:
        """Whether the verb stands in a relative or adverbial clause, or is what somebody else says."""
        k = verb
        for _ in range(20):
            node = s.items[k]
            if node.head == k:
                return False
            if node.dep in ("relcl", "acl", "advcl") or node.dep == "ccomp" and k == verb and s.items[subject(s, node.head) or 0].low not in ("i", "we"):
                return not any(i.text == '"' for i in s.items[k : node.head])
            k = node.head
        return False

    # -- which verbs report -----------------------------------------------------------------------------------------------

    def _candidates(self, s: Sentence) -> list[_Told]:
        out: list[_Told] = []
        heads = self.patterns.heads(s)
        for i, item in enumerate(s.items):
            if i not in heads and not item.quoted or item.kind != "word" or not is_verb(item) or item.quoted and not self._retold(s, i):
                continue
            for match in self.patterns.at(s.items, i):
                if match.pattern.id == "be-pleased" and self._performs(s, i) is not None:
                    break
                told = self._accept(s, match)
                if told is not None:
                    out.append(told)
                    break
        return out

    def _retold(self, s: Sentence, i: int) -> bool:
        """"The embassy said the two "expressed hope …"": a quoted verb whose subject stands outside the quotation is told, not said."""
        subj = subject(s, i)
        if s.items[i].tag not in ("VBD", "VBN") or subj is None or subj >= i:
            return False
        item = s.items[subj]
        return item.low not in _FIRST and (not item.quoted or self._other(s, subj, i)) or item.low in ("he", "she") and self._to_me(s, i)

    def _other(self, s: Sentence, subj: int, verb: int) -> bool:
        """Whether the subject of a quoted past tense is somebody of whom the words tell: a name, an office, "both ministers"."""
        if s.items[verb].tag != "VBD" and not kids(s, verb, "aux"):
            return False
        if s.items[subj].kind not in ("person", "office") and s.items[subj].low not in _COUPLES:
            return False
        return any(p.person >= 0 for p in self.discourse.resolve(s, subj))

    def _to_me(self, s: Sentence, verb: int) -> bool:
        """"he assured me that …": what somebody else said to the one who is quoted."""
        return any(s.items[k].low in ("me", "us") for k in objects(s, verb))

    def _accept(self, s: Sentence, m: Match) -> _Told | None:
        if modality(s, m.head) != "real" or self._was_asked(s, m.head) or self._open_question(s, m.head) or self._of_a_thing(s, m.head):
            return None
        if m.pattern.needs == "clause" and not self._has_clause(s, m) or m.pattern.needs in _SHAPES and not shaped(s, m):
            return None
        if m.pattern.id in _FINITE and s.items[m.head].tag == "VBG" and not kids(s, m.head, "aux"):
            return None
        if m.pattern.id in _ONE_SIDED and s.items[m.head].tag == "VBG" and len(self._speakers(s, m)) < 2:
            return None
        speakers = self._speakers(s, m)
        if speakers and all(self.discourse.relays_news(p) for p in speakers):
            return None
        if m.pattern.needs == "people" and len(speakers) < 2:
            return None
        return _Told(m, speakers)

    def _was_asked(self, s: Sentence, head: int) -> bool:
        """"Asked whether …, the minister said": a participle that opens the sentence tells what was done to the speaker."""
        return head == 0 and s.items[0].tag in ("VBN", "VBD") and not kids(s, 0, "nsubj")

    def _open_question(self, s: Sentence, head: int) -> bool:
        """"It is not clear whether X accepted": nobody is said to have."""
        return any(s.items[k].low in ("whether", "if") for k in kids(s, head, "mark"))

    def _of_a_thing(self, s: Sentence, head: int) -> bool:
        """"opened talks expected to focus on trade": a participle with its infinitive after a noun tells of the thing."""
        item = s.items[head]
        to_do = head + 1 < len(s.items) and s.items[head + 1].low == "to"
        expected = item.lemma in ("expect", "intend", "plan") and item.tag in ("VBN", "VBD") and item.dep == "acl" and to_do
        return expected and not kids(s, head, "dobj", "ccomp", "agent", "auxpass")

    def _has_clause(self, s: Sentence, m: Match) -> bool:
        if kids(s, m.head, "ccomp", "xcomp", "parataxis") or any(i.text == '"' for i in s.items) or s.items[-1].text == ":":
            return True
        if any(s.items[k].low in ("that", "how", "why", "whether") for k in range(m.head + 1, min(len(s.items), m.head + 4))):
            return True
        if passive(s, m.head) and s.items[m.head].lemma != "admit" and any(s.items[k].low in ("was", "were") for k in kids(s, m.head, "auxpass")):
            return bool(kids(s, m.head, "nsubjpass"))
        return bool(objects(s, m.head)) and m.pattern.id not in ("say", "add", "go-on", "write") or s.items[m.head].dep in ("ccomp", "parataxis")

    def _speakers(self, s: Sentence, m: Match) -> list[Party]:
        if passive(s, m.head):
            by = [j for low, j in prepositions(s, m.head) if low == "by"]
            if by:
                told_of = s.items[m.head].dep == "acl" and not kids(s, m.head, "auxpass")
                return [] if told_of else self.discourse.resolve(s, by[0])
            if s.items[m.head].tag == "VBN" and self._agentless(s, m):
                return self._everyone(s, m.head)
            if s.items[m.head].dep not in ("conj", "advcl", "acl") or kids(s, m.head, "auxpass"):
                return []
        subj = subject(s, m.head)
        if subj is None:
            return self._before(s, m.head) or self._itemised(s, m.head)
        if s.items[subj].low == "it" and m.pattern.neutral and self.discourse.spoke_in == s.index - 1 and len(self.discourse.speaker) == 1:
            return list(self.discourse.speaker)  # "it said", after "the ministry said"
        if m.pattern.joint and m.pattern.kind == "exchange_views" and (s.items[subj].low in _EVENTS and m.pattern.id != "focus-on" or m.pattern.id in _OF_TOPICS):
            return self._everyone(s, m.head)
        if s.items[subj].low in _NOT_SPEAKING:
            return []
        found = self.discourse.resolve(s, subj) or self._adjacent(s, m.head)
        if s.items[subj].low == "we" and not m.pattern.joint and not s.items[subj].quoted:
            found = found[:1]  # who signs the report speaks for his side
        if len(found) == 1 and m.pattern.joint:
            return [*found, *(p for p in self._company(s, m.head) if not p.same(found[0]))]
        return found

    def _agentless(self, s: Sentence, m: Match) -> bool:
        """"Trade was discussed", "hope was expressed", "it was noted": what a report of a contact tells of both sides."""
        told = any(s.items[k].low in ("was", "were", "been", "being") for k in kids(s, m.head, "auxpass"))
        by_noun = m.pattern.kind in _SHARED and m.size > 1
        impersonal = any(s.items[k].low == "it" for k in kids(s, m.head, "nsubjpass"))
        return told and (m.pattern.joint or m.pattern.id in _NOTED or by_noun or impersonal)

    def _everyone(self, s: Sentence, head: int) -> list[Party]:
        """Both sides of the contact being told of."""
        active = self.discourse.active(s.index, s.items[head].start)
        return list(active.principals) if active else []

    def _company(self, s: Sentence, head: int) -> list[Party]:
        """Who a thing is discussed or agreed "with"."""
        at = [j for low, j in prepositions(s, head) if low == "with" and s.items[j].kind in ("person", "office", "org", "word")]
        at += [j for k in objects(s, head) for low, j in prepositions(s, k) if low == "with" and s.items[j].kind in ("person", "office")]
        return [p for j in at for p in self.discourse.resolve(s, j) if p.person >= 0 or p.kind == "org"]

    def _adjacent(self, s: Sentence, head: int) -> list[Party]:
        """Where the tree's subject is nobody: the people right before the verb ("Building on the summit, X and the ministers discussed …")."""
        k = head - 1
        while k > 0 and (s.items[k].tag in ("RB", "MD") or s.items[k].low in ("has", "have", "had", "also", "both")):
            k -= 1
        found: list[Party] = []
        if s.items[k].dep == "pobj" and s.items[s.items[k].head].low in ("of", "with"):
            return []  # "the dishes of X appealed": the thing does, not X
        while k >= 0 and s.items[k].kind in ("person", "org", "office"):
            found = [*self.discourse.resolve(s, k), *found]
            k -= 1
            while k > 0 and s.items[k].low in ("and", ",", "the"):
                k -= 1
        return [p for n, p in enumerate(found) if not any(p.same(q) for q in found[:n])]

    def _itemised(self, s: Sentence, head: int) -> list[Party]:
        """An item of a list that opens with its verb ("- agreed to share data;") is said by whoever spoke before the list."""
        leading = [i for i in s.items[:head] if i.tag != "RB" and i.text[:1].isalnum() and not i.text[:-1].isdigit() and len(i.text) > 2]
        before = self.discourse.notes.sentences[s.index - 1] if s.index else None
        listed = head > 0 and not s.items[0].text[:1].isalnum() or before is not None and bool(before.items) and before.items[-1].text in (":", ";")
        if leading or not listed or self.discourse.spoke_in < s.index - 2:
            return []
        return list(self.discourse.speaker)

    def _before(self, s: Sentence, head: int) -> list[Party]:
        """Where the tree gives no subject: the nearest person, body or pronoun before the verb, no other verb between."""
        for k in range(head - 1, -1, -1):
            item = s.items[k]
            if item.kind in ("person", "org", "office") or item.low in ("he", "she", "they"):
                return self.discourse.resolve(s, k)
            if item.tag in ("VBD", "VBZ", "VBP"):
                return []
        return []

    def _resumed(self, s: Sentence, told: list[_Told]) -> list[_Told]:
        """"said that A grows, and stressed B": the parser hangs the second verb under the content of the first; its speaker is the first one's."""
        for k, t in enumerate(told[1:], start=1):
            before = next((b for b in reversed(told[:k]) if b.speakers), None)
            if before is not None and self._resumes(s, before, t):
                t.speakers, t.resumed = list(before.speakers), True
        return [t for t in told if t.speakers or t.match.pattern.neutral]

    def _resumes(self, s: Sentence, before: _Told, t: _Told) -> bool:
        item = s.items[t.head]
        if item.tag not in ("VBD", "VBN") or kids(s, t.head, "nsubj", "nsubjpass", "auxpass", "aux") or s.items[before.head].tag not in ("VBD", "VBN", "VBG"):
            return False
        at = t.head - 1
        while at > before.head and s.items[at].tag == "RB":
            at -= 1
        if s.items[at].low not in ("and", "but"):
            return False
        subj = subject(s, t.head)
        if subj is None or subj <= before.head:
            return not t.speakers
        acting = s.items[subj].kind in ("person", "office", "org") or s.items[subj].low in _FIRST
        return not acting or s.items[at - 1].text == "," or not t.speakers

    def _outer(self, s: Sentence, told: list[_Told]) -> list[_Told]:
        """Leave out verbs inside the content of another reporting verb, and those who only relay what others said."""
        heads = {t.head: t for t in told if t.speakers or t.match.pattern.neutral}
        holders = {t.head: self._holder(s, t, heads) for t in told}
        relaying = {h.head for t in told if (h := holders[t.head]) is not None and self._is_relayed(t, h)}
        return [t for t in told if t.speakers and t.head not in relaying and self._stands(t, holders[t.head])]

    def _holder(self, s: Sentence, t: _Told, heads: dict[int, _Told]) -> _Told | None:
        above = self._container(s, t, heads)
        return None if above is None else heads[above]

    def _stands(self, t: _Told, holder: _Told | None) -> bool:
        return holder is None or self._is_relayed(t, holder)

    def _is_relayed(self, inner: _Told, outer: _Told) -> bool:
        """"…, a spokesman said": what the people named in the words reported did is theirs, the spokesman only relays it."""
        if not outer.match.pattern.neutral and outer.match.pattern.kind not in ("affirm", "inform", "announce") or not (inner.speakers and all(p.person >= 0 or len(inner.speakers) > 1 for p in inner.speakers)):
            return False
        if any(p.same(q) for p in inner.speakers for q in outer.speakers):
            return False
        return all(self._relays(p) for p in outer.speakers)

    def _relays(self, p: Party) -> bool:
        """Whether somebody speaks for others: a body, or a person whose office is to speak for it."""
        if p.person < 0:
            return p.kind in ("org", "country")
        titles = [fold(o.title) for o in self.discourse.notes.people[p.person].offices]
        return bool(titles) and all("spokes" in title or "press" in title for title in titles)

    def _container(self, s: Sentence, t: _Told, heads: dict[int, _Told]) -> int | None:
        """The reporting verb whose content holds ``t``, or None when ``t`` stands on the same level."""
        item = s.items[t.head]
        if t.resumed or self._answers(s, t, heads):
            return None
        fronted = next((h for h in heads if h > t.head and self._under(s, t.head, h) and not self._parted(s, t.head, h)), None)
        if fronted is not None:
            return fronted
        if self._opens_clause(s, t.head) and item.dep in ("advcl", "conj", "dep", "acl", "xcomp", "prep", "pcomp"):
            return None
        k, level = t.head, True
        for _ in range(20):
            node = s.items[k]
            if node.head == k:
                return None
            level = level and (node.dep in _LEVEL or self._back_to_level(s, k))
            k = node.head
            owner = self._owner(k, heads)
            if owner is not None and not level and not self._parted(s, t.head, owner):
                return owner
        return None

    def _answers(self, s: Sentence, t: _Told, heads: dict[int, _Told]) -> bool:
        """"offered X, for which Y expressed gratitude": a relative clause with a speaker of its own, told by the reporter."""
        item = s.items[t.head]
        own = kids(s, t.head, "nsubj")
        if item.dep != "relcl" or item.tag != "VBD" or not own or s.items[own[0]].kind not in ("person", "office") or t.match.pattern.neutral:
            return False
        outer = [h for h in heads.values() if h.head < own[0]]
        return bool(outer) and not outer[-1].match.pattern.neutral and any(s.items[k].low == "which" for k in range(outer[-1].head, own[0]))

    def _parted(self, s: Sentence, inner: int, outer: int) -> bool:
        """Whether a semicolon parts two verbs: the parser hangs the first of two such clauses under the second."""
        lo, hi = sorted((inner, outer))
        return any(s.items[k].text == ";" and not s.items[k].quoted for k in range(lo + 1, hi))

    def _opens_clause(self, s: Sentence, head: int) -> bool:
        """Whether the verb is a participle after a comma or a linking word, or the sentence's first word."""
        if head == 0:
            return True
        before = s.items[head - 1]
        return s.items[head].tag == "VBG" and (before.text == "," or before.low in ("while", "when", "by", "and", "in"))

    def _owner(self, k: int, heads: dict[int, _Told]) -> int | None:
        """The reporting verb that item ``k`` is, or is a part of ("expressed his hope")."""
        if k in heads:
            return k
        for head, t in heads.items():
            if head <= k <= t.match.last:
                return head
        return None

    def _back_to_level(self, s: Sentence, k: int) -> bool:
        """"said that A grows and stressed B": a past tense after a present-tense content clause is told by the reporter."""
        node = s.items[k]
        if node.dep != "conj" or node.tag != "VBD" or kids(s, k, "nsubj"):
            return False
        return s.items[node.head].tag in ("VBZ", "VBP", "MD", "VB")

    # -- the clause -------------------------------------------------------------------------------------------------------

    def _from(self, s: Sentence, t: _Told) -> int:
        """Where the clause of a statement starts: at its subject, if that stands close before the verb."""
        head = t.head
        own = kids(s, head, "nsubj", "nsubjpass")
        if own and own[0] < head:
            first = own[0]
            while first > 0 and s.items[first - 1].head in range(first, head) and s.items[first - 1].text != ",":
                first -= 1
            return first
        aux = kids(s, head, "aux", "auxpass", "advmod", "mark")
        before = [a for a in aux if head - 3 <= a < head]
        return min([head, *before])

    def _state(self, s: Sentence, t: _Told, first: int, last: int) -> None:
        pattern = t.match.pattern
        act, rule, joint = pattern.kind, pattern.rule, pattern.joint
        inner = None
        if pattern.neutral:
            inner = self._content_act(s, t, first, last)
            if inner is not None:
                act, rule, joint = inner.kind, inner.rule, inner.joint
        elif pattern.id in ("name-as", "describe", "regard"):
            act = judgement(s, t.head, last) or act
        elif len(t.speakers) == 1 and pattern.id in _ONE_SIDED:
            act, joint = "affirm", False
        speakers = list(t.speakers)
        if all(p.kind == "country" for p in speakers) and s.items[t.head].tag in ("VBZ", "VBP") and not any(i.quoted for i in s.items):
            speakers = self._indirect(s, speakers) or ([] if act in _STANDING or pattern.id in _LASTING else speakers)
        if pattern.neutral and inner is None and all(self._relays(p) for p in speakers):
            speakers, found = self._relayed(s, t, speakers, first, last)
            act, rule = (found.kind, found.rule) if found is not None else (act, rule)
        principal = self._principal(s, t, last) if act == "convey" else None
        speakers = [p for p in speakers if principal is None or not p.same(principal)]
        if not speakers:
            return
        start, end = s.items[first].start, s.items[last - 1].end
        if first == 0:
            start = self._quoted_before(s, t) or start
        cue = Span(s.items[t.head].start, s.items[max(t.match.last, t.head)].end)
        draft = StatementDraft(speakers, act, start, end, cue, s.index, principal=principal, rule=rule)
        draft.addressees = self._addressees(s, t, joint)
        self.discourse.said(speakers, s.index)
        if not self._told_before(draft):
            self.found.append(draft)
            if pattern.neutral:
                self._further(s, t, draft, first, last)

    def _further(self, s: Sentence, t: _Told, draft: StatementDraft, first: int, last: int) -> None:
        """Under one neutral verb: other acts of the speaker's own, coordinated with the first or in later sentences of the quotation."""
        seen = {draft.act, "affirm"}
        for i in range(first, last):
            item = s.items[i]
            if item.kind != "word" or i == t.head or item.dep not in ("conj", "dep", "ccomp", "ROOT") or not is_verb(item) or i < t.head and not self._under(s, i, t.head):
                continue
            later = any(s.items[k].text == "." and s.items[k].quoted for k in range(first, i))
            if item.dep not in ("conj", "dep") and not later:
                continue
            own = next((f.pattern for k in (i, *kids(s, i, "aux")) for f in (*self.content.at(s.items, k), *self._reported(s, k)) if self._own_act(s, t, k, f.pattern)), None)
            if own is not None and own.kind not in seen:
                seen.add(own.kind)
                cue = Span(item.start, item.end)
                self.found.append(StatementDraft(list(draft.speakers), own.kind, item.start, s.items[last - 1].end, cue, s.index, list(draft.addressees), rule=own.rule))

    def _indirect(self, s: Sentence, countries: list[Party]) -> list[Party]:
        """"X said … . The country supports …": in the present tense after a statement of its envoy's, a country speaks through the envoy."""
        before = self.discourse.speaker if self.discourse.spoke_in >= s.index - 2 else []
        same = self.discourse.notes.sentences[max(0, self.discourse.spoke_in)].paragraph == s.paragraph
        own = [p for p in before if p.person >= 0 and p.country in {c.country for c in countries}]
        return own if same and len(own) == 1 else []

    def _relayed(self, s: Sentence, t: _Told, speakers: list[Party], first: int, last: int) -> tuple[list[Party], Pattern | None]:
        """"the embassy said the ambassador looks forward to …": the hope is the ambassador's."""
        main = next(iter(kids(s, t.head, "ccomp")), None)
        subj = next(iter(kids(s, main, "nsubj")), None) if main is not None else None
        if main is None or subj is None or s.items[subj].kind not in ("person", "office") or not first <= main < last:
            return speakers, None
        for found in (*self.content.at(s.items, main), *self._reported(s, main)):
            if found.pattern.kind in ("hope", "thank", "praise", "confidence", "concern"):
                own = [p for p in self.discourse.resolve(s, subj) if p.person >= 0]
                if own:
                    return own, found.pattern
        return speakers, None

    def _quoted_before(self, s: Sentence, t: _Told) -> int | None:
        """Where the quotation starts that the sentence closes."""
        if not any(i.quoted for i in s.items[: t.head]):
            return None
        return quotation_start(self.discourse.notes.sentences, s.index)

    def _content_act(self, s: Sentence, t: _Told, first: int, last: int) -> Pattern | None:
        """Under a neutral verb the content decides: the verb of its main clause if that performs an act (in a quotation, the first that does)."""
        main = next((k for k in kids(s, t.head, "ccomp", "parataxis") if not s.items[k].quoted), None)
        for i in range(first, last):
            item = s.items[i]
            if i == t.head or item.kind != "word" or not (is_verb(item) or item.tag == "MD" or item.low == "please"):
                continue
            verb = item.head if item.tag == "MD" else i
            if i < t.head and not self._under(s, verb, t.head) or main is not None and not item.quoted and not self._part_of(s, verb, main):
                continue
            for found in (*self.content.at(s.items, i), *self._reported(s, i)):
                if self._own_act(s, t, i, found.pattern):
                    return (self._performs(s, verb) if found.pattern.id in _WISHING else None) or found.pattern
        return None

    def _under(self, s: Sentence, k: int, head: int) -> bool:
        """Whether item ``k`` stands below verb ``head`` in the tree, not beside it."""
        for _ in range(20):
            if s.items[k].head == k:
                return False
            if s.items[k].head == head:
                return s.items[k].dep in ("ccomp", "parataxis")
            k = s.items[k].head
        return False

    def _part_of(self, s: Sentence, k: int, main: int) -> bool:
        """Whether a verb is the main verb of the content or its complement ("would like to see")."""
        for _ in range(4):
            if k == main:
                return True
            if s.items[k].dep not in ("xcomp", "acomp", "aux"):
                return False
            k = s.items[k].head
        return False

    def _reported(self, s: Sentence, i: int) -> list[Match]:
        """"said he hoped …": an act's own patterns count in the content when the speaker is their subject."""
        return [m for m in self.patterns.at(s.items, i) if not m.pattern.neutral and m.pattern.kind not in ("affirm", "agree", "demand", "inform")]

    def _own_act(self, s: Sentence, t: _Told, i: int, pattern: Pattern) -> bool:
        """Whether the act in the content is the speaker's own: its subject is I, we, he or the speaker's side."""
        verb = s.items[i].head if s.items[i].tag == "MD" else i
        subj = subject(s, verb)
        if subj is None or self._deep(s, t.head, verb):
            return False
        low = s.items[subj].low
        if pattern.kind == "propose" and s.items[i].tag == "MD":
            return True
        if pattern.kind == "pledge" and s.items[i].tag == "MD" and not self._undertakes(s, verb):
            return False
        if pattern.joint:
            return len(t.speakers) > 1 and (low in ("they", "we", "both") or len(self.discourse.resolve(s, subj)) > 1)
        if low in ("i", "we"):
            return True
        if low in ("he", "she") or (low == "they" and len(t.speakers) > 1):
            return True
        return pattern.kind in ("pledge", "offer", "thank", "praise", "hope", "confidence") and self._own_side(s, t, subj)

    def _undertakes(self, s: Sentence, verb: int) -> bool:
        """Whether "will" promises a deed; meetings and journeys to come are only told, and what is being done is."""
        item = s.items[verb]
        if passive(s, verb) or item.tag == "VBG":
            return False
        return item.lemma not in _NOT_UNDERTAKEN or any(s.items[k].low in ("always", "not", "never") for k in s.children[verb])

    def _own_side(self, s: Sentence, t: _Told, subj: int) -> bool:
        """Whether a noun phrase is the speaker's country, government or party: "his country", its capital, its name."""
        item = s.items[subj]
        countries = {p.country for p in t.speakers if p.country}
        if item.low in _OWN and any(s.items[k].low in ("his", "her", "their", "my", "our") for k in kids(s, subj, "poss")):
            return True
        if item.kind in ("country", "place"):
            return str(item.ref) in countries
        owners = self.discourse.resolve(s, subj)
        return bool(owners) and all(any(o.same(p) or (o.country and o.country == p.country) for p in t.speakers) for o in owners)

    def _deep(self, s: Sentence, head: int, verb: int) -> bool:
        """Whether the verb lies in a clause inside the content clause (relative, conditional, a second "that")."""
        k, clauses = verb, 0
        for _ in range(20):
            if k == head:
                return clauses > 1
            node = s.items[k]
            if node.dep in ("relcl", "acl", "advcl"):
                return True
            if node.dep == "ccomp":
                clauses += 1
            if node.head == k:
                return clauses > 0 and not any(i.quoted for i in s.items)
            k = node.head
        return False

    # -- who else ---------------------------------------------------------------------------------------------------------

    def _principal(self, s: Sentence, t: _Told, last: int) -> Party | None:
        """Whose message is conveyed: the person after "from" or "of" (or the owner of the greetings)."""
        for i in range(t.head + 1, last):
            if s.items[i].low in ("from", "of", "by", "behalf") and i + 1 < len(s.items):
                for k in range(i + 1, min(len(s.items), i + 4)):
                    if isinstance(s.items[k].ref, NameMention) or s.items[k].kind == "office":
                        found = self.discourse.resolve(s, k)
                        return found[0] if found else None
            if isinstance(s.items[i].ref, NameMention) and i + 1 < len(s.items) and s.items[i + 1].text in ("'s", "'"):
                return self.discourse.resolve(s, i)[0]
        return None

    def _addressees(self, s: Sentence, t: _Told, joint: bool) -> list[Party]:
        if t.match.pattern.object == "addressee":
            for k in objects(s, t.head):
                named = [p for p in self.discourse.resolve(s, k) if p.kind != "country" and not any(p.same(q) for q in t.speakers)]
                if named:
                    return named
        active = self.discourse.active(s.index, s.items[t.head].start)
        if active is None or joint:
            return []
        return other_side(active, t.speakers)

    # -- undertakings of both sides with no verb of saying --------------------------------------------------------------------

    def _joint_will(self, s: Sentence) -> None:
        """"They will coordinate …" after talks: an undertaking of both sides."""
        for _i, item in enumerate(s.items):
            if item.low not in ("will", "shall") or item.quoted or item.dep != "aux":
                continue
            verb = item.head
            if s.items[verb].dep not in ("ROOT", "conj") or s.items[verb].lemma in _NOT_UNDERTAKEN:
                continue
            subj = subject(s, verb)
            if subj is None or passive(s, verb) or s.items[subj].kind == "person":
                continue
            parties = self.discourse.resolve(s, subj)
            active = self.discourse.active(s.index, item.start)
            if len(parties) < 2 or active is None or active.sentence > s.index or len({p.country for p in parties}) < 2:
                continue
            cue = Span(item.start, s.items[verb].end)
            self.found.append(StatementDraft(parties, "agree", s.items[0].start, s.items[-1].end, cue, s.index, rule=_JOINT_WILL))
            return

    def _told_before(self, new: StatementDraft) -> bool:
        """Whether the same speakers said the same thing already (lead and body of one report)."""
        words = self._words(new)
        for old in self.found:
            if old.act != new.act or old.sentence == new.sentence or not _same_parties(old.speakers, new.speakers):
                continue
            theirs = self._words(old)
            if words and len(words & theirs) / len(words | theirs) > 0.55:
                return True
        return False

    def _words(self, draft: StatementDraft) -> set[str]:
        known = self.worded.get((draft.start, draft.end))
        if known is None:
            text = self.discourse.notes.text[draft.start : draft.end]
            known = {w for w in fold.__wrapped__(text).replace(",", " ").replace(".", " ").split() if len(w) > 3}
            self.worded[draft.start, draft.end] = known
        return known


def shaped(s: Sentence, m: Match) -> bool:
    """Whether what follows the verb is what the pattern needs: a thing ("welcomed the decision"), a name for it, a clause."""
    if m.pattern.needs == "complement":
        return s.items[m.head].dep in ("ROOT", "conj", "ccomp", "parataxis") and bool(kids(s, m.head, "ccomp", "oprd"))
    if passive(s, m.head):
        return m.pattern.needs == "thing" and m.pattern.id != "welcome-thing" and any(s.items[k].kind == "word" and s.items[k].tag in ("NN", "NNS") for k in kids(s, m.head, "nsubjpass"))
    found = objects(s, m.head)
    if m.pattern.needs == "naming":
        if s.items[m.head].tag == "VBN" and not kids(s, m.head, "aux") or any(i.low == "what" for i in s.items[max(0, m.head - 4) : m.head]):
            return False
        quoted = any(i.text == '"' and not s.items[m.head].quoted for i in s.items[m.head + 2 : m.head + 16])
        return bool(kids(s, m.head, "oprd")) or quoted and bool(found or kids(s, m.head, "ccomp"))
    things = any(s.items[k].kind == "word" and s.items[k].tag in ("NN", "NNS") and s.items[k].lemma not in _GUESTS for k in found)
    return things or bool(found) and m.head == 0 and s.items[0].tag == "VBG"


def judgement(s: Sentence, first: int, last: int) -> str | None:
    """The act of calling something good or bad; None where the words judge nothing."""
    for item in s.items[first + 1 : last]:
        if item.low in _GOOD:
            return "praise"
        if item.low in _BAD:
            return "criticise"
    return None


def other_side(contact: Contact, speakers: Sequence[Party]) -> list[Party]:
    """The participants on the other side from the speakers; nobody when the speakers are on both sides."""
    for mine, theirs in ((contact.hosts, contact.guests), (contact.guests, contact.hosts)):
        if speakers and all(any(p.same(m) for m in mine) for p in speakers):
            return list(theirs)
    return []


def _same_parties(a: Sequence[Party], b: Sequence[Party]) -> bool:
    return len(a) == len(b) and all(any(p.same(q) for q in b) for p in a)


__all__ = ["Statements", "other_side"]

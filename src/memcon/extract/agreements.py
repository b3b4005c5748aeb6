"""Papers between parties: what was signed, on what, between whom, by whom, for how long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from memcon.codebook.load import folders, table
from memcon.codebook.patterns import Match, PatternSet, pattern_set
from memcon.extract import lifecycle
from memcon.extract.discourse import Discourse, Party
from memcon.extract.draft import AgreementDraft, StepDraft, When
from memcon.extract.lifecycle import Paper, Told
from memcon.extract.times import Clock
from memcon.extract.tree import is_verb, kids, modality, negated, objects, passive, prepositions, subject
from memcon.langs import en_papers, places
from memcon.mentions import Sentence
from memcon.model import Span

_SIGN = frozenset("sign ink initial conclude seal exchange adopt issue ratify finalise finalize endorse release renew".split())
_SIGNERS = frozenset("sign ink initial conclude seal".split())
_TOPIC = frozenset("on for concerning regarding about covering governing".split())
_FIELDS = frozenset("field fields area areas sphere spheres domain domains sector sectors".split())
_ENDS = frozenset("during which that who whom while when where after before witnessed signed at until till".split())
_PLAIN = frozenset(  # words before a designation that say nothing of what it is about
    "new similar bilateral trilateral multilateral joint several some many number various more other two three four five six seven eight nine ten dozen "
    "legal important first second third final draft landmark historic such same the a an this that these those both following last key major".split()
)
_TRAILING = frozenset("for on in from of to and by with the a an as well between".split())
_GENERIC = frozenset("agreement agreements accord accords deal deals document documents instrument instruments arrangement arrangements settlement decision".split())
_LISTING = frozenset((",", "and", "the", "of", "both", "their", "as", "well", "&"))
_WEAK = frozenset("plan plans programme programmes program programs".split())  # words that name a paper only where it is signed
_BESIDE = frozenset("margins margin sidelines sideline fringes occasion eve side behalf".split())
_STATING = frozenset("reaffirm affirm confirm pledge promise commit support undertake declare express recognise recognize".split())
_TITLES = frozenset("agreement memorandum protocol treaty accord declaration".split())  # no body is called so
_SMALL = frozenset("and for the with between from into its their his her".split())
_LATER = frozenset(("ratified", "in_force", "extended", "expired", "terminated"))  # steps that come after signing
_PUT_OFF = {"postpone": "postponed", "defer": "postponed", "delay": "postponed", "cancel": "cancelled", "scrap": "cancelled"}  # what became of a signing
_REPORTING = frozenset("say announce report tell state add note explain confirm write".split())
_LOOKING_ON = frozenset("witness attend oversee watch see preside".split())


@cache
def designations() -> dict[tuple[str, ...], str]:
    """Words for papers → kind ("memorandum of understanding" → memorandum), from the codebook."""
    found: dict[tuple[str, ...], str] = {}
    for kind in folders("agreements"):
        for noun in table(f"agreements/{kind}", "en").get("nouns") or []:
            found[tuple(str(noun).lower().split())] = kind
    return found


@cache
def first_words() -> dict[str, int]:
    """The words that a paper's designation can start with, each with the number of words of the longest."""
    return {words[0]: len(words) for words in sorted(designations(), key=len)}


@dataclass(slots=True)
class Agreements:
    """Collects the papers of a report, sentence by sentence."""

    discourse: Discourse
    clock: Clock
    patterns: PatternSet = field(default_factory=lambda: pattern_set("agreements"))
    found: list[AgreementDraft] = field(default_factory=list)
    begun: bool = False
    listing_paragraph: int = -1
    journeys: list[tuple[str, str]] = field(default_factory=list)  # the countries of the visits that the report tells of
    counted: AgreementDraft | None = None  # "Two agreements were exchanged." in sentence counted_in
    counted_in: int = -2
    listing: AgreementDraft | None = None  # "The following documents were signed:", until its list ends
    made: dict[int, AgreementDraft] = field(default_factory=dict)  # of the sentence's papers, by their first item

    def read(self, s: Sentence) -> None:
        """Take in the papers one parsed sentence says were (or will be) signed, and the steps of their lives."""
        if not self.begun:
            self.begun = True
            self._headings()
        papers = [p for p in self._papers(s) if not self._repeated(s, p)]
        self.made.clear()
        life = list(lifecycle.told(s, papers))
        talks = {x.paper.first: x.head for x in life if x.paper is not None and x.kind == "negotiated"}
        self._signings(s, [p for p in papers if not any(x.paper == p and x.kind in _LATER for x in life)], talks)
        for found in life:
            self._live(s, found, papers)

    def _signings(self, s: Sentence, papers: list[Paper], talks: dict[int, int]) -> None:
        """Take in the papers that a sentence says were signed; ``talks`` are the verbs that tell of talks on a paper ("concluded negotiations on")."""
        if self.listing is not None:
            if papers and papers[0].first < 8 and s.paragraph != self.listing_paragraph:
                for k, paper in enumerate(papers[:1]):
                    self._tell(s, paper, self._signing(s, paper)[0], "signed", papers[k + 1 :], self.listing)
                return
            self.listing = None
        if self._names_counted(s, papers):
            return
        shared: int | None = None
        for k, paper in enumerate(papers):
            verb, match = self._signing(s, paper)
            if verb is not None and talks.get(paper.first) == verb:
                verb, match = self._reduced(s, paper.head), None
                if verb is None:
                    continue
            if verb is not None and s.items[paper.last].low in _WEAK and paper.first == paper.last and s.items[verb].lemma not in _SIGNERS:
                continue  # "released a plan" may be anybody's own
            if verb is None and shared is not None and not self._parted(s, papers[k - 1].last, paper.first):
                verb = shared
            status = self._status(s, verb, match) if verb is not None else self._bare(s, paper)
            if status is None:
                continue
            shared = verb
            if self._announces(s, paper):
                self.listing, self.listing_paragraph = self._draft(s, paper, verb, status, []), s.paragraph
            elif self._only_counted(s, paper, papers):
                self.counted, self.counted_in = self._draft(s, paper, verb, status, []), s.index
                if not self.found and not any(q.first > paper.last for q in papers):
                    self.found.append(self.counted)
            else:
                self._tell(s, paper, verb, status, papers[k + 1 :])

    def _headings(self) -> None:
        """A report headed "Joint Statement …" is the text of one."""
        for s in self.discourse.notes.sentences:
            if s.kind != "headline" or len(s.items) < 2 or not s.parsed:
                continue
            low = [i.low for i in s.items[:4]]
            at = next((k for k in range(len(low) - 1) if low[k] == "joint" and low[k + 1] in ("statement", "communique", "communiqué", "declaration")), None)
            if at is None or any(is_verb(i) and i.tag in ("VBZ", "VBP", "VBD") for i in s.items):
                continue
            draft = AgreementDraft("joint_statement", Span(s.items[at].start, s.items[at + 1].end), s.index, rule="agreements/joint_statement")
            span = Span(s.items[at].start, s.items[-1].end)
            draft.subject, draft.subject_span = " ".join(self.discourse.notes.text[span.start : span.end].split()), span
            draft.parties = self._sides(draft)
            self.found.append(draft)
            return

    def _names_counted(self, s: Sentence, papers: list[Paper]) -> bool:
        """"They include a memorandum on …": the papers whose number the sentence before told."""
        named = any(i.lemma == "include" or i.low in ("these", "among") for i in s.items[:6])
        if self.counted is None or s.index != self.counted_in + 1 or not named or not papers or s.items[papers[0].last].low in _GENERIC and papers[0].first < 3:
            return False
        for k, paper in enumerate(papers):
            self._tell(s, paper, None, self.counted.status, papers[k + 1 :], self.counted)
        return True

    # -- designations ---------------------------------------------------------------------------------------------------

    def _papers(self, s: Sentence) -> Iterator[Paper]:
        names, firsts = designations(), first_words()
        if s.said.isdisjoint(firsts) and not any(x.kind == "org" for x in s.items):
            return
        i = 0
        while i < len(s.items):
            head = s.items[i]
            if head.kind == "org" and (kind := self._titled(head.text)):
                yield Paper(i, i, kind, i)
            if head.low not in firsts and head.lemma not in firsts:
                i += 1
                continue
            longest = max(firsts.get(head.low, 0), firsts.get(head.lemma, 0))
            for size in range(min(longest, len(s.items) - i), 0, -1):
                words = tuple(x.lemma if x.tag in ("NNS", "NNPS") and x.kind == "word" else x.low for x in s.items[i : i + size])
                low = tuple(x.low for x in s.items[i : i + size])
                kind = names.get(low) or names.get(words)
                if kind and s.items[i].tag.startswith(("NN", "JJ", "VBG")) and not s.items[i].quoted:
                    yield Paper(i, i + size - 1, kind, self._head_noun(s, i, i + size - 1))
                    i += size - 1
                    break
            i += 1

    def _titled(self, name: str) -> str | None:
        """The kind of a paper whose title was taken for a body's name: "the Host Country Agreement of the Seventeenth Session"."""
        head = re.split(r" (?:of|on|for|between|concerning|to) ", name, maxsplit=1)[0].split()
        return designations().get((head[-1].lower(),)) if head and head[-1].lower() in _TITLES else None

    def _repeated(self, s: Sentence, p: Paper) -> bool:
        """"Memorandum of Understanding (MOU)": the short form in brackets is no second paper."""
        return p.first > 1 and s.items[p.first - 1].text == "(" and p.last + 1 < len(s.items) and s.items[p.last + 1].text == ")"

    def _announces(self, s: Sentence, p: Paper) -> bool:
        """"The following documents were exchanged:": a list comes."""
        return s.items[-1].text == ":" and s.items[p.last].low in _GENERIC

    def _only_counted(self, s: Sentence, p: Paper, papers: list[Paper]) -> bool:
        """"Several agreements were signed": papers of which only the number is told, or which the sentence goes on to name."""
        plural = s.items[p.last].tag in ("NNS", "NNPS")
        named = any(q.first > p.last for q in papers) and s.items[p.last].low in _GENERIC
        return plural and (named or self._topic(s, p, []) is None)

    def _head_noun(self, s: Sentence, first: int, last: int) -> int:
        for k in range(first, last + 1):
            if not first <= s.items[k].head <= last or s.items[k].head == k:
                return k
        return last

    # -- signing --------------------------------------------------------------------------------------------------------

    def _signing(self, s: Sentence, p: Paper) -> tuple[int | None, Match | None]:
        """The verb (or verbal noun) of signing that the paper depends on, by the codebook's patterns, else by the tree."""
        for i in range(max(0, p.first - 14), p.first):
            if s.items[i].kind != "word" or s.items[i].quoted:
                continue
            for match in self.patterns.at(s.items, i):
                between = {s.items[k].low for k in range(i + 1, p.first)}
                if p.first <= match.last <= p.last and (is_verb(s.items[i]) or match.pattern.noun) and not between & {"that", "which", "who"}:
                    return i, match
        return self._above(s, self._head_noun(s, p.first, p.last)), None

    def _above(self, s: Sentence, noun: int) -> int | None:
        k = noun
        for _ in range(6):
            item = s.items[k]
            up = item.head
            if up == k:
                return self._reduced(s, noun)
            head = s.items[up]
            ahead = next((j for j in kids(s, up, "xcomp") if s.items[j].lemma in _SIGN), None)
            if ahead is not None and item.dep in ("nsubj", "nsubjpass") and passive(s, ahead):
                return ahead  # "is expected to be signed", "is to be signed"
            if item.dep == "nsubj" and head.lemma in _SIGN or item.dep == "ccomp":
                return self._reduced(s, noun)  # "they concluded that the agreement …"
            if (head.lemma in _SIGN and is_verb(head)) or head.low in ("signing", "exchange", "conclusion", "signature"):
                return up
            if item.dep in ("acl", "relcl") or is_verb(head) and head.lemma not in ("be", "have"):
                return self._reduced(s, noun)
            k = up
        return self._reduced(s, noun)

    def _reduced(self, s: Sentence, noun: int) -> int | None:
        """"the agreement signed in 2019", "an accord that the two signed", "…, signed by X and Y"."""
        for k in kids(s, noun, "acl", "relcl"):
            if s.items[k].lemma in _SIGN:
                return k
        for k in range(noun + 1, min(len(s.items), noun + 25)):
            if s.items[k].low == "signed" and s.items[k].tag == "VBN" and s.items[k - 1].text == "," and k + 1 < len(s.items) and s.items[k + 1].low == "by":
                return k
            if s.items[k].tag in ("VBD", "VBZ", "MD"):
                break
        return None

    def _parted(self, s: Sentence, a: int, b: int) -> bool:
        """Whether another clause starts between two designations."""
        return any(s.items[k].tag in ("VBD", "VBZ", "VBP", "MD") or s.items[k].text == ";" for k in range(a + 1, b))

    def _bare(self, s: Sentence, p: Paper) -> str | None:
        """A joint statement that the report quotes was made, whatever verb it stands with."""
        after = s.items[p.last + 1] if p.last + 1 < len(s.items) else None
        if after is not None and after.low == "between" and any(i.kind in ("person", "org", "country") for i in s.items[p.last + 2 : p.last + 5]):
            dated = any(i.kind == "date" for i in s.items[p.last + 2 :])
            return "signed" if dated and modality(s, s.items[self._head_noun(s, p.first, p.last)].head) == "real" else None
        if p.kind != "joint_statement" or not any(s.items[k].low == "joint" for k in range(max(0, p.first - 1), p.last + 1)):
            return None
        verb = s.items[self._head_noun(s, p.first, p.last)].head
        for _ in range(6):
            if is_verb(s.items[verb]):
                return "signed" if modality(s, verb) == "real" else None
            verb = s.items[verb].head
        return "signed"

    def _status(self, s: Sentence, verb: int, match: Match | None) -> str | None:
        told = match.pattern.status if match is not None else None
        if not is_verb(s.items[verb]):
            outer = s.items[verb].head
            while outer != s.items[outer].head and not is_verb(s.items[outer]):
                outer = s.items[outer].head
            if s.items[outer].lemma in _PUT_OFF:
                return _PUT_OFF[s.items[outer].lemma]
            return "planned" if is_verb(s.items[outer]) and modality(s, outer) in ("planned", "wished") else told or "signed"
        if negated(s, verb) or self._refused(s, verb):
            return None
        mood = modality(s, verb)
        being = s.items[verb].tag == "VBG" and any(s.items[k].lemma == "be" for k in kids(s, verb, "aux"))  # "are finalising a contract"
        return "planned" if being or mood in ("planned", "wished") else told or "signed"

    def _refused(self, s: Sentence, verb: int) -> bool:
        return s.items[s.items[verb].head].lemma in ("refuse", "decline", "fail") and s.items[verb].dep == "xcomp"

    # -- one paper --------------------------------------------------------------------------------------------------------

    def _tell(self, s: Sentence, p: Paper, verb: int | None, status: str, later: list[Paper], head: AgreementDraft | None = None) -> None:
        draft = self._draft(s, p, verb, status, later)
        if head is not None:
            draft.parties = draft.parties or head.parties
            draft.signed = draft.signed if draft.signed.start else head.signed
        old = self._known(s, p, draft)
        if old is None:
            self.found = [old for old in self.found if old is not self.counted]  # those counted before are named now
            self.found.append(draft)
        self.made[p.first] = old or draft

    # -- its life ---------------------------------------------------------------------------------------------------------

    def _live(self, s: Sentence, found: Told, papers: list[Paper]) -> None:
        """Add a step to the paper that it is told of; a paper that nothing else tells of is made by it."""
        step = lifecycle.steps(s, found, self.clock, self.discourse.notes.text)
        draft = self._meant(s, found, papers)
        if draft is None or any(x.kind == step.kind and x.ahead == step.ahead and x.cue == step.cue for x in draft.steps):
            return
        draft.steps.append(step)
        if draft.life_only or found.kind in ("in_force", "extended", "expired", "terminated") and not step.ahead:
            draft.status = lifecycle.status_of(found.kind, step.ahead)
        if draft.status == "in_force" and not draft.term.start and found.kind == "in_force" and step.when.start:
            draft.term = When(step.when.start, draft.term.end or step.until.start, step.when.why, (*step.when.spans, *step.until.spans))
        elif step.until.start and not draft.term.end:
            draft.term = When(draft.term.start, step.until.start, draft.term.why, (*draft.term.spans, *step.until.spans))

    def _meant(self, s: Sentence, found: Told, papers: list[Paper]) -> AgreementDraft | None:
        """The paper whose step is told: one of this sentence, one told of before, or one that is new."""
        p = found.paper
        if p is None:
            return self.found[-1] if self.found and self.found[-1].sentence >= s.index - 2 and self.found[-1].sentence < s.index else None
        if p.first in self.made:
            return self.made[p.first]
        draft = AgreementDraft(p.kind, Span(s.items[p.first].start, s.items[p.last].end), s.index, rule=found.rule, life_only=True)
        self._subject(s, draft, p, [q for q in papers if q.first > p.last], found.head if found.head > p.last else None)
        self._bound(s, draft, p, found)
        for item in s.items:
            if item.kind == "date" and getattr(item.ref, "kind", "") == "year_range":
                draft.term = self.clock.of(item, None)
        old = self._known(s, p, draft) or self._told_before(s, p, draft)
        if old is None:
            if found.aside or _bare(draft) and len(draft.parties) < 2 and (s.items[p.last].low in _GENERIC or found.kind in ("negotiated", "ratified")):
                return None
            self.found.append(draft)
        self.made[p.first] = old or draft
        return old or draft

    def _told_before(self, s: Sentence, p: Paper, new: AgreementDraft) -> AgreementDraft | None:
        """The paper of an earlier sentence that "the agreement", with or without a word of its subject, means."""
        definite = any(s.items[k].low in ("the", "this") for k in range(max(0, p.first - 3), p.first))
        words = _telling(new.subject)
        for old in reversed(self.found):
            if definite and old.kind == new.kind and (not words or words <= _telling(old.subject)):
                return old
        return None

    def _bound(self, s: Sentence, draft: AgreementDraft, p: Paper, found: Told) -> None:
        """The parties of a paper of which a step is told: those it names, who took the step, and the country that reports."""
        noun, cue = p.head, s.items[found.head]
        for head in dict.fromkeys((noun, p.last)):
            for low, j in prepositions(s, head):
                if low in ("between", "with", "among"):
                    draft.parties += [q for x in self.discourse.resolve(s, j) for q in [x if x.person < 0 else self._country(x)] if not any(q.same(y) for y in draft.parties)]
        if len(draft.parties) < 2:
            draft.parties += [x for x in self._named_after(s, p) if not any(x.same(y) for y in draft.parties)]
        if len(draft.parties) < 2 and is_verb(cue) and found.kind in ("negotiated", "ratified", "extended", "terminated", "initialled"):
            acting = [self._country(x) if x.country else x for x in self._actors(s, found.head)]
            draft.parties += [x for n, x in enumerate(acting) if (x.country or x.kind == "org") and not any(x.same(y) for y in (*draft.parties, *acting[:n]))]
        named = [x for x in draft.parties if x.country]
        if len(named) == 1 and len(draft.parties) == 2 and found.kind in ("ratified", "terminated", "extended"):
            own = self._own_country(named)
            draft.parties = [own, *named] if own else draft.parties
            draft.parties_why = "a body whose country is not named acts for the country whose report it is" if own else ""
        if len(draft.parties) < 2:
            own = self._own_country(draft.parties)
            if own is not None:
                draft.parties, draft.parties_why = [own, *draft.parties], "one party is named: the other is the country whose report it is"
            elif not draft.parties:
                draft.parties = self._sides(draft)

    def _named_after(self, s: Sentence, p: Paper) -> list[Party]:
        """The parties after "between" or "with", where the tree hangs them elsewhere."""
        at = next((k for k in range(p.last + 1, len(s.items)) if s.items[k].low in ("between", "with")), None)
        if at is None or any(s.items[k].tag in ("VBD", "VBZ", "VBP", "MD") or s.items[k].text == ";" for k in range(p.last + 1, at)):
            return []
        stop = next((k for k in range(at + 1, len(s.items)) if s.items[k].kind == "word" and s.items[k].low not in ("and", "the")), len(s.items))
        return [x for k in range(at + 1, min(stop, at + 6)) if s.items[k].kind in ("org", "country") for x in self.discourse.resolve(s, k)]

    def _own_country(self, named: list[Party]) -> Party | None:
        """The country whose agency or capital reports, where only the other side is named."""
        notes = self.discourse.notes
        code, span = (notes.home[0], None) if notes.home else (notes.dateline_country, notes.dateline_span)
        span = span or notes.dateline_span
        if not code or span is None or len(named) != 1 or named[0].country in (None, code):
            return None
        return Party("country", notes.country_name(code, places.country_name(code)), span, country=code)

    def _draft(self, s: Sentence, p: Paper, verb: int | None, status: str, later: list[Paper]) -> AgreementDraft:
        noun = self._head_noun(s, p.first, p.last)
        draft = AgreementDraft(p.kind, Span(s.items[p.first].start, s.items[p.last].end), s.index, status=status, rule=f"agreements/{p.kind}")
        self._subject(s, draft, p, later)
        if verb is not None:
            self._people(s, draft, verb, noun, p)
            self._times(s, draft, verb)
        else:
            self._times(s, draft, noun)
        draft.onlookers = self._onlookers(s, draft)
        self._terms(s, draft, p, later)
        if len({q.name for q in draft.parties}) < 2:
            draft.parties = self._sides(draft) or draft.parties
        return draft

    # -- what it is about -------------------------------------------------------------------------------------------------

    def _subject(self, s: Sentence, draft: AgreementDraft, p: Paper, later: list[Paper], stop: int | None = None) -> None:
        """What the paper is about: the words after "on", "for", "concerning" (up to item ``stop``), else those before its designation, else that."""
        found = self._topic(s, p, later, stop)
        if found is None:
            before = p.first
            while before > 0 and self._describes(s, before - 1):
                before -= 1
            found = (before, p.last)
        draft.subject_span = Span(s.items[found[0]].start, s.items[found[1]].end)
        draft.subject = " ".join(self.discourse.notes.text[draft.subject_span.start : draft.subject_span.end].split())

    def _describes(self, s: Sentence, k: int) -> bool:
        """Whether an item before a designation tells its subject ("air services agreement", "defence protocol")."""
        item = s.items[k]
        if item.kind in ("country", "demonym"):
            return s.items[k].dep in ("compound", "amod", "nmod") and s.items[k + 1].kind == "word" and k + 1 not in s.children[k]
        if item.kind == "org":
            return item.end < s.items[k + 1].start and s.items[k + 1].text not in ("'s", "'")
        return item.kind == "word" and item.low not in _PLAIN and item.tag in ("NN", "NNS", "NNP", "JJ", "VBG", "HYPH") and s.items[k].dep in ("compound", "amod", "nmod", "punct", "npadvmod")

    def _topic(self, s: Sentence, p: Paper, later: list[Paper], stop: int | None = None) -> tuple[int, int] | None:
        """The items that tell the subject after a designation, or None."""
        stop = min(later[0].first if later else len(s.items), stop or len(s.items))
        weak: int | None = None
        k, depth = p.last + 1, 0
        while k < stop:
            item = s.items[k]
            depth += (item.text == "(") - (item.text == ")")
            if depth or item.text == ")":
                k += 1
                continue
            if item.text == '"' and k <= p.last + 2:
                end = next((j for j in range(k + 1, stop) if s.items[j].text == '"'), stop) - 1
                return (k + 1, end) if end > k + 1 else None
            start = self._starts_topic(s, k, p)
            if start is not None:
                return self._cut(s, start, stop)
            if weak is None and item.tag == "TO" and k + 1 < stop and s.items[k + 1].tag == "VB":
                weak = k + 1
            if item.tag in ("VBD", "VBZ", "VBP", "MD") or item.low in _ENDS - {"signed", "witnessed", "at"} or item.text == ";":
                break
            k += 1
        return self._cut(s, weak, stop) if weak is not None else None

    def _starts_topic(self, s: Sentence, k: int, p: Paper) -> int | None:
        """The first item of the subject if the word at ``k`` leads to it."""
        item = s.items[k]
        if k + 1 >= len(s.items):
            return None
        after = s.items[k + 1]
        if item.low in _TOPIC:
            if item.low == "on" and any(s.items[j].low in _BESIDE for j in range(k + 1, min(len(s.items), k + 3))):
                return None  # "on the margins of the summit"
            return None if after.kind == "date" or after.low == "behalf" or item.low == "for" and after.kind in ("country", "person") else k + 1
        if item.low == "in":
            if after.low == "which" and k <= p.last + 2:
                verb = next((j for j in range(k + 2, len(s.items)) if s.items[j].tag in ("VBZ", "VBD", "VBP")), None)
                return verb + 1 if verb is not None and verb + 1 < len(s.items) and s.items[verb].lemma in _STATING else None
            sector = next((j for j in range(k + 2, min(len(s.items), k + 9)) if s.items[j].low in _FIELDS), None)
            if sector is not None and k == p.last + 1 and not (sector + 1 < len(s.items) and s.items[sector + 1].low == "of"):
                return k + 1
            for j in range(k + 1, min(len(s.items) - 1, k + 4)):
                if s.items[j].low in _FIELDS and s.items[j + 1].low == "of":
                    return j + 2
            if after.low in ("support", "favour", "favor", "defence", "defense"):
                return k + 1
            plain = after.kind == "word" and after.tag in ("NN", "NNS", "JJ") and after.low not in ("presence", "line", "accordance", "order", "return", "response", "front", "early", "late", "mid")
            return k + 1 if plain and k == p.last + 1 else None
        if item.tag == "VBG" and k <= p.last + 2 and item.low not in ("including", "during", "following", "being"):
            return k
        if item.low == "of" and k == p.last + 1 and p.kind in ("plan", "protocol") and after.kind == "word":
            return k + 1
        return None

    def _cut(self, s: Sentence, lo: int, stop: int) -> tuple[int, int] | None:
        """Stop the subject before the date, the term, the parties or a new clause."""
        end = lo - 1
        for k in range(lo, stop):
            item = s.items[k]
            if item.kind == "date" or item.low in _ENDS and k > lo or item.text in (";", "(", ":"):
                break
            if item.tag in ("VBD", "VBZ", "MD") or item.low == "between" and k + 2 < stop and any(x.kind in ("org", "country") for x in s.items[k + 1 : k + 4]):
                break
            if item.low in ("in", "at") and k > lo and s.items[k + 1 if k + 1 < stop else k].kind == "place":
                break
            if item.text == "," and k + 1 < stop and (s.items[k + 1].tag in ("VBG", "VBN", "IN", "WDT") or self._reports(s, k + 1)):
                break
            if item.low in ("for", "lasting") and k > lo and any(s.items[j].lemma in ("year", "month") for j in range(k + 1, min(stop, k + 4))):
                break
            if item.low in ("with", "by") and k > lo and k + 1 < stop and s.items[k + 1].kind in ("country", "org", "person"):
                break
            end = k
        while end > lo and (s.items[end].low in _TRAILING or s.items[end].text in (",", ".", '"') or stop < len(s.items) and not is_verb(s.items[stop]) and end == stop - 1 and s.items[end].tag in ("DT", "JJ", "NN")):
            end -= 1
        while lo < end and s.items[lo].low in ("the", "a", "an"):
            lo += 1
        return (lo, end) if end >= lo else None

    def _reports(self, s: Sentence, k: int) -> bool:
        """Whether a clause that only says by whose word starts at item ``k``: ", the ministry announced"."""
        for j in range(k, min(len(s.items), k + 9)):
            if s.items[j].text == ",":
                return False
            if s.items[j].tag in ("VBD", "VBZ") and s.items[j].lemma in _REPORTING:
                return True
        return False

    # -- who signs --------------------------------------------------------------------------------------------------------

    def _people(self, s: Sentence, draft: AgreementDraft, verb: int, noun: int, p: Paper) -> None:
        acting = self._actors(s, verb)
        draft.signers = [x for x in acting if x.person >= 0] if draft.kind != "joint_statement" or s.items[verb].lemma in _SIGNERS else []
        draft.parties = [x for x in acting if x.person < 0]
        for head in dict.fromkeys((noun, p.last, verb)):
            for low, j in prepositions(s, head):
                named = self.discourse.resolve(s, j) if low in ("between", "with", "among") else []
                if low in ("between", "among") and named:
                    draft.parties = [x if x.person < 0 else self._country(x) for x in named]
                elif low == "with":
                    draft.signers += [x for x in named if x.person >= 0 and draft.signers and not any(x.same(y) for y in draft.signers)]
                    draft.parties += [x for x in named if x.person < 0 and not any(x.same(y) for y in draft.parties)]
        if not draft.parties or len(draft.parties) < 2:
            between = next((k for k in range(p.last + 1, len(s.items)) if s.items[k].low == "between"), None)
            if between is not None:
                named = [x for k in range(between + 1, min(len(s.items), between + 8)) if s.items[k].kind in ("org", "country") for x in self.discourse.resolve(s, k)]
                unique = [x for n, x in enumerate(named) if not any(x.same(y) for y in named[:n])]
                draft.parties = unique[:2] if len(unique) > 1 else draft.parties

    def _actors(self, s: Sentence, verb: int) -> list[Party]:
        """Who signs: the subject, or those after "by"; nobody where the subject only looks on."""
        item = s.items[verb]
        if is_verb(item) and item.lemma not in _LOOKING_ON:
            by = [j for low, j in prepositions(s, verb) if low == "by"]
            own = subject(s, verb)
            actors = by if passive(s, verb) or by and item.tag == "VBN" else [own] if own is not None else self._right_before(s, verb)
        else:
            actors = [j for low, j in prepositions(s, verb) if low == "by"]
        return [x for k in actors for x in self.discourse.resolve(s, k)]

    def _right_before(self, s: Sentence, verb: int) -> list[int]:
        """"In the presence of A and B, C and D signed …": the parser strings all four together; those right before the verb act."""
        k = verb - 1
        while k > 0 and s.items[k].tag in ("RB", "VBD", "VBZ") and s.items[k].kind == "word":
            k -= 1
        found: list[int] = []
        while k >= 0 and s.items[k].kind in ("person", "org", "country"):
            found.append(k)
            if k < 2 or s.items[k - 1].low != "and":
                break
            k -= 2
        return sorted(found)

    def _onlookers(self, s: Sentence, draft: AgreementDraft) -> list[Party]:
        """Those in whose presence a paper was signed, or who witnessed it; signers among them are none."""
        found: list[Party] = []
        for k, item in enumerate(s.items):
            if item.low == "presence" and k + 1 < len(s.items) and s.items[k + 1].low == "of":
                found += self._run(s, k + 2)
            elif item.lemma == "witness" and is_verb(item):
                by = k + 1 < len(s.items) and s.items[k + 1].low == "by"
                own = subject(s, k) if not by else None
                found += self._run(s, k + 2) if by else self.discourse.resolve(s, own) if own is not None else []
        return [x for n, x in enumerate(found) if x.person >= 0 and not any(x.same(y) for y in (*found[:n], *draft.signers))]

    def _run(self, s: Sentence, k: int) -> list[Party]:
        """The people that are listed from item ``k`` on."""
        found: list[Party] = []
        while k < len(s.items) and (s.items[k].kind in ("person", "office", "org", "country") or s.items[k].low in _LISTING):
            found += self.discourse.resolve(s, k) if s.items[k].kind in ("person", "office") else []
            k += 1
        return found

    def _terms(self, s: Sentence, draft: AgreementDraft, p: Paper, later: list[Paper]) -> None:
        """How long a paper lasts, how much money it is about, how many papers it stands for, in the words around its designation."""
        text, low = self.discourse.notes.text, s.items[max(0, p.first - 4)].start
        stop = next((k for k in range(p.last + 1, len(s.items)) if s.items[k].tag in ("VBD", "VBZ", "MD") or s.items[k].text == ";"), len(s.items))
        high = s.items[min(stop, later[0].first if later else stop) - 1].end
        before = next((k for k in range(p.first - 1, max(-1, p.first - 5), -1) if s.items[k].tag in ("VBD", "VBZ", "VBP", "MD") or s.items[k].text in (",", ";")), None)
        low = max(low, s.items[before].end) if before is not None else low
        for start, end, number, currency in en_papers.amounts(text[low:high]):
            draft.amount = draft.amount or (number, currency, Span(low + start, low + end))
        for start, end, length in en_papers.lasting(text[low:high]):
            if draft.status == "signed" and not draft.term.start and not any(x.lasts for x in draft.steps):
                span = Span(low + start, low + end)
                draft.steps.append(StepDraft("signed", draft.trigger, draft.signed, lasts=length, lasts_span=span, rule=draft.rule))
        counted = next((k for k in kids(s, p.head, "nummod") if s.items[k].kind == "word"), None)
        if counted is not None and s.items[p.last].tag in ("NNS", "NNPS") and (number_of := en_papers.count(s.items[counted].text)):
            draft.number = (number_of, Span(s.items[counted].start, s.items[counted].end))

    def _country(self, p: Party) -> Party:
        """The country for which a person concludes a paper."""
        return Party("country", places.country_name(p.country), p.span, country=p.country, rests=p.rests) if p.country else p

    def _sides(self, draft: AgreementDraft) -> list[Party]:
        """With no parties named: the countries of the signers, else those of the contact that is being told."""
        active = self.discourse.active(draft.sentence, draft.trigger.start)
        for pool in (draft.signers, active.everyone if active else []):
            codes = list(dict.fromkeys(p.country for p in pool if p.country))
            if draft.parties and draft.parties[0].country and draft.parties[0].country not in codes:
                continue
            spans = {p.country: p.span for p in pool}
            if len(codes) > 1 and not (draft.parties and draft.parties[0].kind == "org"):
                return [Party("country", places.country_name(c), spans[c], country=c) for c in codes]
        if not draft.parties and not draft.signers and len({frozenset(x) for x in self.journeys}) == 1:
            draft.parties_why = "the two sides of the visit that is told of"
            return [Party("country", places.country_name(c), draft.trigger, country=c) for c in self.journeys[0]]
        return []

    # -- when -------------------------------------------------------------------------------------------------------------

    def _times(self, s: Sentence, draft: AgreementDraft, verb: int) -> None:
        for item in s.items:
            ref: Any = item.ref
            if item.kind == "date" and ref.kind in ("year_range",):
                draft.term = self.clock.of(item, None)
        when = self.clock.near(s, verb, draft.status == "planned")
        if when is not None:
            draft.signed = When(when.start, None, when.why, when.spans)
            return
        day = self.clock.day(s)
        if draft.status == "signed" and day.start and self._told_now(s, verb):
            draft.signed = When(day.start, None, "signed on the day that is told of", day.spans)

    def _told_now(self, s: Sentence, verb: int) -> bool:
        """Whether a signing is told as one of the day's events, not as something that came before."""
        item = s.items[verb]
        if not is_verb(item):
            return item.low in ("signing", "exchange", "signature") or item.dep in ("ROOT", "appos", "conj")
        aux = {s.items[k].low for k in kids(s, verb, "aux", "auxpass")}
        if aux & {"had", "has", "have"}:
            return False
        return item.tag == "VBD" or bool(aux & {"was", "were"}) or item.tag == "VBG" or item.dep in ("acl", "advcl") and item.low == "signed" and s.items[max(0, verb - 1)].text == ","

    def _known(self, s: Sentence, p: Paper, new: AgreementDraft) -> AgreementDraft | None:
        """The paper as it has been told before; then its facts are joined."""
        bare = _bare(new)
        definite = any(s.items[k].low in ("the", "this", "both", "these") for k in range(max(0, p.first - 2), p.first))
        for old in self.found:
            joint = bare and new.kind == "joint_statement"
            same = old.kind == new.kind and (joint or (old.subject or "").lower() == (new.subject or "").lower() or bare and (definite or old.sentence == new.sentence))
            if same or bare and definite and s.items[p.last].low in _GENERIC:
                old.signers = old.signers or new.signers
                old.signed = old.signed if old.signed.start else new.signed
                old.parties = old.parties if len(old.parties) > 1 else new.parties
                old.onlookers, old.amount, old.number = old.onlookers or new.onlookers, old.amount or new.amount, old.number or new.number
                return old
        return None


def _bare(draft: AgreementDraft) -> bool:
    """Whether nothing but its designation says what a paper is about."""
    return draft.subject_span is not None and draft.trigger.start <= draft.subject_span.start and draft.subject_span.end <= draft.trigger.end


def _telling(subject: str | None) -> frozenset[str]:
    """The words of a subject that tell one paper from another."""
    return frozenset(w for w in re.findall(r"[^\W\d_]{3,}", (subject or "").lower()) if w not in _PLAIN and w not in _SMALL) - frozenset(w for words in designations() for w in words)


__all__ = ["Agreements", "designations", "objects"]

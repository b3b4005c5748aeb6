"""Papers between parties: what was signed, on what, between whom, by whom, for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from memcon.codebook.load import folders, table
from memcon.extract.discourse import Discourse, Party
from memcon.extract.draft import AgreementDraft, When
from memcon.extract.times import Clock
from memcon.extract.tree import is_verb, kids, modality, negated, objects, passive, prepositions, subject, subtree
from memcon.mentions import Sentence
from memcon.model import Span

_SIGN = frozenset("sign ink initial conclude seal exchange adopt issue ratify finalise finalize endorse release renew".split())
_SIGNERS = frozenset("sign ink initial conclude seal".split())
_TOPIC = frozenset(("on", "for", "concerning", "regarding", "about", "in", "covering", "of", "to"))
_COUNTS = frozenset("several some many number various more other two three four five six seven eight nine ten dozen".split())


@cache
def designations() -> dict[tuple[str, ...], str]:
    """Words for papers → kind ("memorandum of understanding" → memorandum), from the codebook."""
    found: dict[tuple[str, ...], str] = {}
    for kind in folders("agreements"):
        for noun in table(f"agreements/{kind}", "en").get("nouns") or []:
            found[tuple(str(noun).lower().split())] = kind
    return found


@cache
def first_words() -> frozenset[str]:
    """The words that a paper's designation can start with."""
    return frozenset(words[0] for words in designations())


@dataclass(slots=True)
class Agreements:
    """Collects the papers of a report, sentence by sentence."""

    discourse: Discourse
    clock: Clock
    found: list[AgreementDraft] = field(default_factory=list)

    def read(self, s: Sentence) -> None:
        """Take in the papers one parsed sentence says were (or will be) signed."""
        for first, last, kind in self._papers(s):
            self._tell(s, first, last, kind)

    def _papers(self, s: Sentence) -> Iterator[tuple[int, int, str]]:
        names, firsts = designations(), first_words()
        longest = max((len(n) for n in names), default=0)
        i = 0
        while i < len(s.items):
            head = s.items[i]
            sizes = range(min(longest, len(s.items) - i), 0, -1) if head.low in firsts or head.lemma in firsts else ()
            for size in sizes:
                words = tuple(x.lemma if x.tag in ("NNS", "NNPS") and x.kind == "word" else x.low for x in s.items[i : i + size])
                low = tuple(x.low for x in s.items[i : i + size])
                kind = names.get(low) or names.get(words)
                if kind and s.items[i].tag.startswith(("NN", "JJ", "VBG")) and not s.items[i].quoted:
                    yield i, i + size - 1, kind
                    i += size - 1
                    break
            i += 1

    def _tell(self, s: Sentence, first: int, last: int, kind: str) -> None:
        noun = self._head_noun(s, first, last)
        verb = self._signing(s, noun)
        if verb is None:
            return
        status = self._status(s, verb)
        if status is None:
            return
        draft = AgreementDraft(kind, Span(s.items[first].start, s.items[last].end), s.index, status=status, rule=f"agreements/{kind}")
        self._subject(s, draft, first, last, noun)
        self._people(s, draft, verb, noun)
        self._times(s, draft, verb)
        if not draft.parties:
            draft.parties = self._sides(s, draft)
        if not self._known(draft):
            self.found.append(draft)

    def _head_noun(self, s: Sentence, first: int, last: int) -> int:
        for k in range(first, last + 1):
            if not first <= s.items[k].head <= last or s.items[k].head == k:
                return k
        return last

    def _signing(self, s: Sentence, noun: int) -> int | None:
        """The verb or verbal noun of signing that the paper depends on."""
        k = noun
        for _ in range(6):
            item = s.items[k]
            up = item.head
            if up == k:
                return None
            head = s.items[up]
            if (head.lemma in _SIGN and is_verb(head)) or head.low in ("signing", "exchange", "conclusion", "signature"):
                return up
            if item.dep in ("acl", "relcl") or is_verb(head) and head.lemma not in ("be", "have"):
                return self._reduced(s, noun)
            k = up
        return self._reduced(s, noun)

    def _reduced(self, s: Sentence, noun: int) -> int | None:
        """"the agreement signed in 2019", "an accord that the two signed"."""
        for k in kids(s, noun, "acl", "relcl"):
            if s.items[k].lemma in _SIGN:
                return k
        return None

    def _status(self, s: Sentence, verb: int) -> str | None:
        if not is_verb(s.items[verb]):
            outer = s.items[verb].head
            while outer != s.items[outer].head and not is_verb(s.items[outer]):
                outer = s.items[outer].head
            return "planned" if is_verb(s.items[outer]) and modality(s, outer) in ("planned", "wished") else "signed"
        if negated(s, verb):
            return None
        mood = modality(s, verb)
        return "planned" if mood in ("planned", "wished") else "signed"

    def _subject(self, s: Sentence, draft: AgreementDraft, first: int, last: int, noun: int) -> None:
        """What the paper is about: the words after "on", "for", "concerning", else those before its designation."""
        for head in dict.fromkeys((noun, last)):
            for k in s.children[head]:
                item = s.items[k]
                if k > last and item.low in _TOPIC and item.dep in ("prep", "acl", "dep"):
                    lo, hi = subtree(s, k)
                    lo, hi = k + 1, self._topic_end(s, k + 1, hi)
                    if hi >= lo and s.items[lo].kind != "date":
                        draft.subject_span = Span(s.items[lo].start, s.items[hi].end)
                        draft.subject = " ".join(self.discourse.notes.text[draft.subject_span.start : draft.subject_span.end].split())
                        return
        before = [k for k in range(max(0, first - 4), first) if s.items[k].head in (noun, last, first) and s.items[k].dep in ("compound", "amod", "nmod")]
        if before and s.items[before[0]].low not in _COUNTS:
            draft.subject_span = Span(s.items[before[0]].start, s.items[last].end)
        else:
            draft.subject_span = draft.trigger
        draft.subject = " ".join(self.discourse.notes.text[draft.subject_span.start : draft.subject_span.end].split())

    def _topic_end(self, s: Sentence, lo: int, hi: int) -> int:
        """Stop the subject before the date, the term, or a new clause."""
        end = lo
        for k in range(lo, hi + 1):
            item = s.items[k]
            if item.kind == "date" or item.low in ("during", "while", "which", "that", "at", "witnessed", "signed") and k > lo or item.text in (";", "("):
                break
            if item.tag in ("VBD", "VBZ", "MD"):
                break
            end = k
        while end > lo and (s.items[end].low in ("for", "on", "in", "from", "of", "to", "and", "by", "with", "the") or s.items[end].text in (",", ".")):
            end -= 1
        return end

    def _people(self, s: Sentence, draft: AgreementDraft, verb: int, noun: int) -> None:
        if is_verb(s.items[verb]):
            by = [j for low, j in prepositions(s, verb) if low == "by"]
            actors = by if passive(s, verb) else [k for k in [subject(s, verb)] if k is not None]
        else:
            actors = [j for low, j in prepositions(s, verb) if low == "by"]
        acting = [p for k in actors for p in self.discourse.resolve(s, k)]
        if s.items[verb].lemma in _SIGNERS or not is_verb(s.items[verb]):
            draft.signers = [p for p in acting if p.person >= 0]
            draft.parties = [p for p in acting if p.person < 0]
        for head in (noun, verb):
            for low, j in prepositions(s, head):
                if low == "between":
                    draft.parties = self.discourse.resolve(s, j)
                elif low == "with" and not draft.parties:
                    draft.parties = [*[p for p in acting if p.person < 0], *[p for p in self.discourse.resolve(s, j) if p.person < 0]]
        if draft.subject and " between " in f" {draft.subject} ":
            named = [k for k, i in enumerate(s.items) if draft.subject_span and i.start >= draft.subject_span.start and i.end <= draft.subject_span.end and i.kind in ("org", "country")]
            draft.parties = [p for k in named for p in self.discourse.resolve(s, k)] or draft.parties

    def _sides(self, s: Sentence, draft: AgreementDraft) -> list[Party]:
        """With no parties named: the countries of the signers, else those of the contact that is being told."""
        from memcon.langs import places

        active = self.discourse.active(s.index, draft.trigger.start)
        pool = draft.signers or (active.everyone if active else [])
        codes = list(dict.fromkeys(p.country for p in pool if p.country))
        spans = {p.country: p.span for p in pool}
        return [Party("country", places.country_name(c), spans[c], country=c) for c in codes] if len(codes) > 1 else []

    def _times(self, s: Sentence, draft: AgreementDraft, verb: int) -> None:
        for item in s.items:
            ref: Any = item.ref
            if item.kind == "date" and ref.kind in ("year_range",):
                draft.term = self.clock.of(item, None)
        when = self.clock.near(s, verb, draft.status == "planned")
        if when is not None:
            draft.signed = When(when.start, None, when.why, when.spans)
            return
        active = self.discourse.active(s.index, s.items[verb].start)
        told = getattr(active, "when", None)
        after = any(i.low in ("talks", "meeting", "discussions", "which", "afterwards", "afterward") for i in s.items)
        if draft.status == "signed" and told is not None and told.start and after:
            draft.signed = When(told.start, None, "the day of the talks told before", told.spans)

    def _known(self, new: AgreementDraft) -> bool:
        for old in self.found:
            if old.kind == new.kind and (old.subject or "").lower() == (new.subject or "").lower() and old.status == new.status:
                old.signers = old.signers or new.signers
                old.signed = old.signed if old.signed.start else new.signed
                return True
        return False


__all__ = ["Agreements", "designations", "objects"]

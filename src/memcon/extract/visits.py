"""Visits: who travels where, in what grade, at whose invitation, from when to when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from memcon.codebook.patterns import Match, PatternSet, order_of, pattern_set
from memcon.extract.discourse import Discourse, Party
from memcon.extract.draft import VisitDraft, When
from memcon.extract.times import Clock
from memcon.extract.tree import governor, is_verb, kids, modality, objects, passive, prepositions, subject
from memcon.langs import places
from memcon.mentions import NameMention, Org, Sentence
from memcon.model import Span

_ENDED = frozenset("conclude end wrap finish complete return leave depart".split())
_AHEAD = frozenset("upcoming next planned forthcoming coming scheduled future expected impending proposed".split())
_PAST = frozenset("last previous earlier past recent 2019 first".split())
_LENGTH = re.compile(r"(one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})-day", re.I)
_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())}
_NOUNS = frozenset(("visit", "trip", "tour"))
_NO_SITE = frozenset("time attention way interest decision agreement importance progress area region page".split())


@dataclass(slots=True)
class Visits:
    """Collects the visits of a report, sentence by sentence."""

    discourse: Discourse
    clock: Clock
    patterns: PatternSet = field(default_factory=lambda: pattern_set("visits"))
    found: list[VisitDraft] = field(default_factory=list)

    def read(self, s: Sentence) -> None:
        """Take in the visits that one parsed sentence tells, then its invitations."""
        heads: set[int] = set()
        for match in self._matches(s):
            heads.update(range(match.head, match.last + 1))
            self._tell(s, match)
        for i, item in enumerate(s.items):
            if item.lemma in _NOUNS and item.tag == "NN" and i not in heads and not item.quoted and item.lemma in self.patterns.by_head:
                self._same_again(s, Match(self.patterns.by_head[item.lemma][0], i, i), [], i)
        self._accepted(s)
        self._invitation(s)
        self._visiting(s)
        self.discourse.visitors = [p for v in self.found for p in v.visitors]

    def _matches(self, s: Sentence) -> Iterator[Match]:
        last = -1
        for i, item in enumerate(s.items):
            if item.kind != "word" or item.quoted or i <= last:
                continue
            for match in self.patterns.at(s.items, i):
                fits = item.tag.startswith("NN") or not is_verb(item) if match.pattern.noun else is_verb(item)
                if match.pattern.roles and fits:
                    yield match
                    last = match.last
                    break

    # -- one trigger ------------------------------------------------------------------------------------------------------

    def _tell(self, s: Sentence, m: Match) -> None:
        noun = self._noun(s, m)
        status = self._status(s, m, noun)
        if status is None:
            return
        to, to_span = self._destination(s, m, noun)
        visitors = self._visitors(s, m, noun)
        if to is None and noun is not None and self._same_again(s, m, visitors, noun):
            return
        if to is None and not self._abroad_here(visitors, m):
            self._site(s, m, visitors, status)
            return
        if to is None:
            notes = self.discourse.notes
            to, to_span = self._here(), notes.dateline_span or (notes.home[1] if notes.home else None)
        people = [p for p in visitors if p.person >= 0 and p.country != to]
        delegation, delegation_span, from_ = self._delegation(s, visitors, people)
        if not people and not delegation and not from_ or from_ == to:
            return
        at = noun if noun is not None else m.head
        kind, kind_span = self._kind(s, at)
        draft = VisitDraft(people, to, Span(s.items[m.head].start, max(s.items[m.last].end, s.items[m.head].end)), s.index, from_, kind, status,
                           delegation=delegation, delegation_span=delegation_span, to_span=to_span, kind_span=kind_span, rule=m.pattern.rule)  # fmt: skip
        self._dates(s, m, draft, at)
        self._add(draft)

    def _same_again(self, s: Sentence, m: Match, visitors: list[Party], noun: int) -> bool:
        """"The visit, from 17 to 19 October, …": more of the visit told last, when it is the same traveller's."""
        last = next((v for v in reversed(self.found) if v.kind != "site"), None)
        own = {s.items[k].low for k in s.children[noun]} & {"the", "this", "his", "her", "their"}
        if last is None or not own or (visitors and not any(p.same(q) for p in visitors for q in last.visitors)):
            return False
        told = VisitDraft(last.visitors, last.to, last.trigger, s.index, status=last.status)
        self._dates(s, m, told, noun)
        last.kind, last.kind_span = (last.kind, last.kind_span) if last.kind != "unspecified" else self._kind(s, noun)
        last.start = last.start if last.start.start else told.start
        last.end = last.end if last.end.start else told.end
        return True

    def _noun(self, s: Sentence, m: Match) -> int | None:
        for k in range(m.last, m.head - 1, -1):
            if s.items[k].tag.startswith("NN"):
                return k
        return None

    def _status(self, s: Sentence, m: Match, noun: int | None) -> str | None:
        verb = m.head if is_verb(s.items[m.head]) else None
        if noun is not None and verb is None:
            words = {s.items[k].low for k in s.children[noun]} | {i.low for i in s.items[max(0, noun - 3) : noun]}
            outer = governor(s, noun)
            direct = outer is not None and s.items[noun].dep in ("dobj", "nsubj", "nsubjpass", "attr", "pobj")
            if outer is not None:
                moved = _moved(s, outer, noun)
                if moved:
                    return moved
                mood = modality(s, outer)
                if s.items[noun].dep == "dobj" and mood in ("negated", "wished"):
                    return None
                if words & _AHEAD or (mood == "planned" and direct and s.items[noun].dep != "pobj"):
                    return "planned"
                if s.items[outer].lemma in _ENDED and direct:
                    return "completed"
                if s.items[outer].lemma in ("invite", "look", "hope", "accept"):
                    return "planned" if s.items[outer].lemma == "accept" else None
            return "planned" if words & _AHEAD else "completed" if words & {"last", "previous", "recent", "earlier"} else "ongoing"
        mood = modality(s, m.head)
        if mood in ("negated", "wished"):
            return None
        if mood == "planned":
            return "planned"
        if s.items[m.head].lemma in ("conclude", "end", "wrap", "finish", "complete", "return"):
            return "completed"
        return "ongoing"

    def _destination(self, s: Sentence, m: Match, noun: int | None) -> tuple[str | None, Span | None]:
        """The country of the visit and the words that give it."""
        spec = m.pattern.roles
        heads = [k for k in dict.fromkeys([noun, m.head, m.last]) if k is not None]
        if spec.get("object") == "place":
            for k in objects(s, m.head):
                found = self._country(s, k)
                if found:
                    return found, Span(s.items[k].start, s.items[k].end)
        for head in heads:
            for low, j in prepositions(s, head):
                if low in ("to", "in", "at", "for", "into") and (spec.get(low) == "place" or low in ("to", "in")):
                    found = self._country(s, j)
                    if found:
                        return found, Span(s.items[j].start, s.items[j].end)
        return self._goal_after(s, m, noun)

    def _goal_after(self, s: Sentence, m: Match, noun: int | None) -> tuple[str | None, Span | None]:
        """The goal where the tree does not hang it on the visit: "here", the words right after, or the verb above."""
        if any(s.items[k].low == "here" for k in (*s.children[m.head], *range(m.last + 1, min(len(s.items), m.last + 2)))):
            return self._here(), self.discourse.notes.dateline_span
        for k in range(m.last, min(len(s.items), m.last + 2)):
            if s.items[k].low in ("to", "in") and k + 1 < len(s.items):
                found = self._country(s, k + 1)
                if found:
                    return found, Span(s.items[k + 1].start, s.items[k + 1].end)
        outer = governor(s, noun) if noun is not None else None
        if outer is not None and s.items[noun or 0].dep in ("dobj", "pobj", "attr"):
            for low, j in prepositions(s, outer):
                if low == "to" and self._country(s, j):
                    return self._country(s, j), Span(s.items[j].start, s.items[j].end)
        return None, None

    def _country(self, s: Sentence, k: int) -> str | None:
        item = s.items[k]
        if item.kind in ("country", "place"):
            return str(item.ref)
        if item.low == "capital":
            own = next((str(s.items[j].ref) for j in range(max(0, k - 2), k) if s.items[j].kind == "demonym"), None)
            return own or self._here()
        if item.low in ("kingdom", "republic", "country", "capital", "city") and k > 0 and s.items[k - 1].low in ("this", "the"):
            return self._here() if s.items[k - 1].low == "this" or item.text[0].isupper() else None
        return None

    def _here(self) -> str | None:
        """The country the report is written from, by its dateline or its agency."""
        notes = self.discourse.notes
        return notes.dateline_country or (notes.home[0] if notes.home else None)

    def _visitors(self, s: Sentence, m: Match, noun: int | None) -> list[Party]:
        spec = m.pattern.roles
        out: list[Party] = []
        if noun is not None and not is_verb(s.items[m.head]):
            for k in kids(s, noun, "poss"):
                out += self.discourse.resolve(s, k)
            for low, j in prepositions(s, noun):
                if low in ("of", "by") and s.items[j].kind not in ("date", "place", "country"):
                    out += self.discourse.resolve(s, j)
            outer = governor(s, noun)
            if not out and outer is not None:
                out = self._subject(s, outer)
        elif spec.get("subject") == "visitor" or "subject" in spec:
            out = self._subject(s, m.head)
        return out

    def _subject(self, s: Sentence, verb: int) -> list[Party]:
        if passive(s, verb):
            by = [j for low, j in prepositions(s, verb) if low == "by"]
            if by:
                return self.discourse.resolve(s, by[0])
        subj = subject(s, verb)
        if subj is None:
            before = [k for k in range(verb) if s.items[k].kind == "person"]
            return self.discourse.resolve(s, before[-1]) if before else []
        return self.discourse.resolve(s, subj)

    def _abroad_here(self, visitors: list[Party], m: Match) -> bool:
        """Whether "is on a visit", with no country said, is to where the report is written."""
        here = self._here()
        if here is None or m.pattern.roles.get("object") == "place":
            return False
        return any(p.country and p.country != here for p in visitors) and not any(v.to for v in self.found)

    def _delegation(self, s: Sentence, visitors: list[Party], people: list[Party]) -> tuple[str | None, Span | None, str | None]:
        """The travelling body, if a delegation is told, and the country it comes from."""
        from_ = next((p.country for p in people if p.country), None) or next((p.country for p in visitors if p.country), None)
        for k, item in enumerate(s.items):
            if item.low not in ("delegation", "mission"):
                continue
            for j in [*s.children[k], k - 1]:
                ref = s.items[j].ref if j >= 0 else None
                if isinstance(ref, Org):
                    return ref.name, Span(s.items[j].start, s.items[j].end), from_ or ref.country
            for low, j in prepositions(s, k):
                ref = s.items[j].ref
                if low in ("of", "from") and isinstance(ref, Org):
                    return ref.name, Span(s.items[j].start, s.items[j].end), from_ or ref.country
        return None, None, from_

    def _kind(self, s: Sentence, at: int) -> tuple[str, Span | None]:
        best: tuple[int, str, Span] | None = None
        for i in range(max(0, at - 6), min(len(s.items), at + 1)):
            for match in self.patterns.at(s.items, i):
                kind = match.pattern.kind
                if kind in ("unspecified", "site") or not i <= at <= match.last + 1:
                    continue
                rank = order_of("visits", kind)
                if best is None or rank > best[0]:
                    best = (rank, kind, Span(s.items[i].start, s.items[match.last].end))
        return (best[1], best[2]) if best else ("unspecified", None)

    def _accepted(self, s: Sentence) -> None:
        """An invitation that is accepted makes a planned visit to the inviter's country."""
        for i, item in enumerate(s.items):
            if item.lemma != "accept" or not is_verb(item) or modality(s, i) != "real":
                continue
            invitation = next((k for k in [*objects(s, i), *kids(s, i, "nsubjpass")] if s.items[k].lemma == "invitation"), None)
            if invitation is None:
                continue
            visitors = [p for p in self._subject(s, i) if p.person >= 0]
            to, span = self._invited_to(s, invitation, visitors)
            if to and visitors and all(p.country != to for p in visitors):
                trigger = Span(min(item.start, s.items[invitation].start), max(item.end, s.items[invitation].end))
                self._add(VisitDraft(visitors, to, trigger, s.index, visitors[0].country, status="planned", to_span=span, rule="visits/unspecified#accept-invitation"))

    def _invited_to(self, s: Sentence, invitation: int, visitors: list[Party]) -> tuple[str | None, Span | None]:
        for k in range(invitation + 1, min(len(s.items), invitation + 14)):
            found = self._country(s, k)
            if found and s.items[k - 1].low in ("visit", "to", "in", "the"):
                return found, Span(s.items[k].start, s.items[k].end)
        active = self.discourse.active(s.index, s.items[invitation].start)
        others = [p for p in active.everyone if p.country and not any(p.same(v) for v in visitors)] if active else []
        countries = {p.country for p in others} - {v.country for v in visitors}
        return (next(iter(countries)), others[0].span) if len(countries) == 1 else (None, None)

    # -- sites ------------------------------------------------------------------------------------------------------------

    def _site(self, s: Sentence, m: Match, visitors: list[Party], status: str) -> None:
        """"He will also visit the embassy and several enterprises": a visit to a site, inside the visit to the country."""
        if m.pattern.roles.get("object") not in ("place", "site") or passive(s, m.head):
            return
        objs = [k for k in objects(s, m.head) if s.items[k].kind in ("word", "org") and s.items[k].low not in _NO_SITE]
        people = [p for p in visitors if p.person >= 0]
        main = next((v for v in reversed(self.found) if v.kind != "site" and any(p.same(q) for p in v.visitors for q in people)), None)
        here = self.discourse.notes.dateline_country
        to = main.to if main else here
        if not objs or not people or to is None or all(p.country == to for p in people) or all(p.country is None for p in people):
            return
        if all(s.items[k].kind == "word" and not s.items[k].tag.startswith("NN") for k in objs):
            return
        span = Span(s.items[m.head].start, s.items[objs[0]].end)
        done = "completed" if status == "ongoing" else status
        draft = VisitDraft(people, to, span, s.index, people[0].country, "site", done, rule=m.pattern.rule, to_span=main.to_span if main else self.discourse.notes.dateline_span)
        when = self.clock.near(s, m.head, status == "planned")
        if when:
            draft.start = draft.end = When(when.start, None, when.why, when.spans)
        self._add(draft)

    # -- invitations, "visiting X" --------------------------------------------------------------------------------------------

    def _invitation(self, s: Sentence) -> None:
        """"at the invitation of X" belongs to the visit of its sentence, else to the last one told."""
        if not self.found:
            return
        for i, item in enumerate(s.items):
            if item.lemma != "invitation" and item.low != "invitation" or not {x.low for x in s.items[max(0, i - 3) : i]} & {"at", "upon", "on", "by", "following"}:
                continue
            inviters: list[Party] = []
            for low, j in prepositions(s, i):
                if low in ("of", "from", "by"):
                    inviters += self.discourse.resolve(s, j)
            for j in kids(s, i, "poss"):
                inviters += self.discourse.resolve(s, j)
            visit = next((v for v in self.found if v.sentence == s.index), self.found[-1])
            visit.inviters += [p for p in inviters if not any(p.same(q) for q in (*visit.inviters, *visit.visitors))]

    def _visiting(self, s: Sentence) -> None:
        """"visiting Foreign Minister X": a visit told by one word, to where the report stands."""
        here = self.discourse.notes.dateline_country
        for i, item in enumerate(s.items):
            low = item.low
            if not isinstance(item.ref, NameMention) or not (low.startswith(("visiting ", "the visiting ")) or (i > 0 and s.items[i - 1].low == "visiting" and s.items[i - 1].tag != "VBG")):
                continue
            party = self.discourse.party_of(item.ref.person, Span(item.start, item.end))
            if here is None or party.country is None or party.country == here:
                continue
            if any(party.same(p) for v in self.found for p in v.visitors):
                continue
            self._add(VisitDraft([party], here, Span(item.start, item.end), s.index, party.country, to_span=self.discourse.notes.dateline_span, rule="visits/unspecified#visiting"))

    # -- dates ------------------------------------------------------------------------------------------------------------

    def _dates(self, s: Sentence, m: Match, draft: VisitDraft, at: int) -> None:
        if s.items[at].dep in ("nsubj", "nsubjpass") and is_verb(s.items[s.items[at].head]):
            when = self.clock.near(s, s.items[at].head, draft.status == "planned", strict=True)
        else:
            when = self.clock.near(s, at, draft.status == "planned", strict=True)
        if when is None or when.start is None:
            return
        if when.end:
            draft.start, draft.end = replace(when, end=None), replace(when, start=when.end, end=None)
            return
        if draft.status == "completed" and s.items[m.head].lemma in _ENDED:
            draft.end = when
            return
        draft.start = when
        length = _LENGTH.search(" ".join(i.text for i in s.items[max(0, at - 6) : at + 1]))
        if length:
            draft.end = _after(when, _NUMBERS.get(length[1].lower()) or int(length[1]) if length[1].isdigit() else _NUMBERS[length[1].lower()])

    # -- putting together -------------------------------------------------------------------------------------------------

    def _add(self, new: VisitDraft) -> None:
        for old in self.found:
            if self._one_visit(old, new):
                _merge(old, new)
                return
        self.found.append(new)

    def _one_visit(self, old: VisitDraft, new: VisitDraft) -> bool:
        if (old.kind == "site") != (new.kind == "site") or old.to != new.to:
            return False
        if old.kind == "site":
            return old.sentence == new.sentence and old.status == new.status
        if {old.status, new.status} & {"planned", "postponed", "cancelled"} and old.status != new.status and old.start.start != new.start.start:
            return False
        if old.start.start and new.start.start and not _meets(old, new):
            return False
        if not old.visitors or not new.visitors:
            return old.from_ == new.from_ or not new.from_
        return any(p.same(q) for p in old.visitors for q in new.visitors)


def _merge(old: VisitDraft, new: VisitDraft) -> None:
    for party in new.visitors:
        if not old.visitors or (not any(party.same(p) for p in old.visitors) and old.sentence == new.sentence):
            old.visitors.append(party)
    if order_of("visits", new.kind) > order_of("visits", old.kind) and new.kind != "unspecified":
        old.kind, old.kind_span = new.kind, new.kind_span
    if not old.start.start:
        old.start = new.start
    if not old.end.start:
        old.end = new.end
    if new.status == "completed" and old.status == "ongoing":
        old.status = "completed"
    old.delegation, old.delegation_span = old.delegation or new.delegation, old.delegation_span or new.delegation_span
    old.from_ = old.from_ or new.from_
    old.mentions.append(new.trigger)


def _meets(a: VisitDraft, b: VisitDraft) -> bool:
    """Whether two visits' dates can be of one journey: the same day, or one inside the other."""
    first, second = (a.start.start or "", a.end.start or a.start.start or ""), (b.start.start or "", b.end.start or b.start.start or "")
    if len(first[0]) != len(second[0]):
        return first[0].startswith(second[0][:7]) or second[0].startswith(first[0][:7])
    return first[0] <= second[1] and second[0] <= first[1]


def _after(when: When, days: int) -> When:
    """The last day of a visit of ``days`` days that starts at ``when``."""
    start = when.start or ""
    year = start[:4] if start[:4].isdigit() else "2000"
    try:
        last = date.fromisoformat(year + start[4:]) + timedelta(days=days - 1)
    except ValueError:
        return When()
    shown = last.isoformat() if start[:4].isdigit() else "XXXX" + last.isoformat()[4:]
    return When(shown, None, f"{start} + {days} days → {shown}", when.spans)


def _moved(s: Sentence, verb: int, noun: int) -> str | None:
    lemma = s.items[verb].lemma
    if noun not in objects(s, verb) and s.items[noun].dep not in ("nsubjpass", "nsubj"):
        return None
    particle = {s.items[k].low for k in s.children[verb]}
    if lemma in ("postpone", "defer", "delay", "reschedule") or (lemma == "put" and particle & {"off", "back"}):
        return "postponed"
    if lemma in ("cancel", "scrap", "abandon") or (lemma == "call" and "off" in particle):
        return "cancelled"
    return None


__all__ = ["Visits", "places"]

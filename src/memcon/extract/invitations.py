"""Invitations: one that is accepted makes a planned visit; one merely handed over makes none."""

from __future__ import annotations

from dataclasses import dataclass, field

from memcon.extract.discourse import Discourse, Party
from memcon.extract.draft import VisitDraft, When
from memcon.extract.goals import UNSAID, Goal, Goals
from memcon.extract.times import Clock
from memcon.extract.tree import governor, is_verb, kids, modality, objects, passive, prepositions, subject
from memcon.mentions import Sentence
from memcon.model import Span

_TRAVEL = frozenset("visit tour come travel pay make".split())
_GLAD = frozenset("pleased happy delighted glad honoured honored ready".split())
_GIVING = frozenset("extend convey hand issue deliver send present give pass forward transmit address relay renew reiterate".split())
_PEERS = frozenset("colleague counterpart guest visitor host number".split())
_CUES = frozenset("invite invitation invitations accept".split())
_REACH = 16  # words from an invitation to the goal it names


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation as told: who invites whom to which country, when."""

    inviters: tuple[Party, ...]
    invitees: tuple[Party, ...]
    goal: Goal | None
    when: When | None
    sentence: int
    item: int
    span: Span
    travel: bool


@dataclass(slots=True)
class Invitations:
    """Reads invitations and their acceptance, sentence by sentence."""

    discourse: Discourse
    goals: Goals
    clock: Clock
    offers: list[Offer] = field(default_factory=list)

    def read(self, s: Sentence) -> list[VisitDraft]:
        """The planned visits that a sentence makes of invitations accepted."""
        if s.said.isdisjoint(_CUES):
            return []
        for i, item in enumerate(s.items):
            if item.quoted:
                continue
            if item.lemma == "invite" and is_verb(item):
                self.offers.append(self._verb(s, i))
            elif item.lemma in ("invitation", "invitations"):
                self.offers.append(self._noun(s, i))
        return [draft for i, item in enumerate(s.items) if item.lemma == "accept" and is_verb(item) and self._real(s, i) and (draft := self._accepted(s, i))]

    # -- the invitation ------------------------------------------------------------------------------------------------

    def _verb(self, s: Sentence, i: int) -> Offer:
        by = [p for low, j in prepositions(s, i) if low == "by" for p in self.discourse.resolve(s, j)]
        subj = subject(s, i)
        own = self.discourse.resolve(s, subj) if subj is not None else []
        if passive(s, i) or by:
            return self._offer(s, i, by, own)
        invited = [p for k in objects(s, i) for p in self.discourse.resolve(s, k)]
        if not invited:  # "invited him to visit": the tree makes the guest the subject of what he is asked to do
            invited = [p for k in kids(s, i, "ccomp", "xcomp") for j in kids(s, k, "nsubj") for p in self.discourse.resolve(s, j)]
        return self._offer(s, i, own, invited)

    def _noun(self, s: Sentence, i: int) -> Offer:
        inviters = [p for k in kids(s, i, "poss") for p in self.discourse.resolve(s, k)]
        invitees: list[Party] = []
        for low, j in prepositions(s, i):
            if low in ("of", "from", "by"):
                inviters += self.discourse.resolve(s, j)
            elif low in ("to", "for"):
                invitees += self.discourse.resolve(s, j) or self._colleague(s, j)
        verb = governor(s, i)
        if verb is not None and s.items[verb].lemma in _GIVING:
            subj = subject(s, verb)
            if not inviters and subj is not None and not passive(s, verb):
                inviters = self.discourse.resolve(s, subj)
            if not invitees:
                invitees = [p for low, j in prepositions(s, verb) if low == "to" for p in self.discourse.resolve(s, j) or self._colleague(s, j)]
                invitees += [p for k in kids(s, verb, "dative") for p in self.discourse.resolve(s, k)]
        return self._offer(s, i, inviters, invitees)

    def _colleague(self, s: Sentence, k: int) -> list[Party]:
        """"his Peruvian colleague": the one of that country whom the report named last."""
        country = next((str(s.items[j].ref) for j in range(max(0, k - 2), k) if s.items[j].kind == "demonym"), None)
        if country is None or s.items[k].low not in _PEERS:
            return []
        at = s.items[k].start
        known = [(m.start, f.index) for f in self.discourse.notes.people if f.country == country for m in f.mentions if m.start < at]
        return [self.discourse.party_of(max(known)[1], Span(at, s.items[k].end))] if known else []

    def _offer(self, s: Sentence, i: int, inviters: list[Party], invitees: list[Party]) -> Offer:
        goal: Goal | None = None
        travel = next((k for k in range(i + 1, min(len(s.items), i + _REACH)) if s.items[k].lemma in _TRAVEL), None)
        if travel is not None:
            goal = next((g for k in range(travel + 1, min(len(s.items), travel + 7)) if (g := self.goals.at(s, k))), None)
        when = self._when(s, travel)
        return Offer(tuple(inviters), tuple(invitees), goal, when, s.index, i, Span(s.items[i].start, s.items[i].end), travel is not None)

    def _when(self, s: Sentence, travel: int | None) -> When | None:
        if travel is None:
            return None
        for k in range(travel + 1, min(len(s.items), travel + _REACH)):
            if s.items[k].tag in ("VBD", "VBZ", "MD"):
                return None
            if self.clock.tells(s, k):
                return self.clock.of(s.items[k], True)
        return None

    # -- the acceptance ------------------------------------------------------------------------------------------------

    def _real(self, s: Sentence, i: int) -> bool:
        head = s.items[s.items[i].head]
        return modality(s, i) == "real" or (modality(s, i) == "wished" and head.low in _GLAD)

    def _accepted(self, s: Sentence, i: int) -> VisitDraft | None:
        offer = self._meant(s, i)
        if offer is None:
            return None
        visitors = self._visitors(s, i, offer)
        goal = self._goal(s, offer, visitors)
        if goal is None or not visitors or any(p.country == goal.country for p in visitors):
            return None
        item = s.items[i]
        trigger = Span(min(item.start, offer.span.start), max(item.end, offer.span.end)) if offer.sentence == s.index else Span(item.start, item.end)
        inviters = [p for p in offer.inviters if not any(p.same(v) for v in visitors)]
        draft = VisitDraft(visitors, goal.country, trigger, s.index, visitors[0].country, status="planned", to_span=goal.span, inviters=inviters,
                           rule="visits/unspecified#accept-invitation")  # fmt: skip
        if offer.when is not None and offer.when.start:
            draft.start = When(offer.when.start, None, offer.when.why, offer.when.spans)
        return draft

    def _meant(self, s: Sentence, i: int) -> Offer | None:
        """The invitation that is accepted: the object itself, one told before in the sentence, or in the sentence before."""
        own = [o for o in self.offers if o.sentence == s.index]
        named = [k for k in (*objects(s, i), *kids(s, i, "nsubjpass")) if s.items[k].lemma in ("invitation", "invitations")]
        exact = next((o for o in own if o.item in named), None)
        before = next((o for o in reversed(self.offers) if o.sentence == s.index - 1 or (o.sentence == s.index and o.item < i and o.item not in named)), None)
        if exact is not None:
            return before if before is not None and exact.goal is None and not exact.travel and before.travel else exact
        told = {s.items[k].low for k in (*objects(s, i), *kids(s, i, "nsubjpass"))}
        if before is not None and (before.sentence == s.index or not told or told & {"it", "this", "that", "offer", "which"}):
            return before
        return None

    def _visitors(self, s: Sentence, i: int, offer: Offer) -> list[Party]:
        by = [p for low, j in prepositions(s, i) if low == "by" for p in self.discourse.resolve(s, j)]
        subj = subject(s, i)
        own = by if passive(s, i) else self.discourse.resolve(s, subj) if subj is not None else []
        people = [p for p in own if p.person >= 0 and not any(p.same(q) for q in offer.inviters)]
        return people or [p for p in offer.invitees if p.person >= 0]

    def _goal(self, s: Sentence, offer: Offer, visitors: list[Party]) -> Goal | None:
        if offer.goal is not None and offer.goal.country != UNSAID:
            return offer.goal
        own = {v.country for v in visitors}
        hosts = [p for p in offer.inviters if p.country and p.country not in own]
        if not hosts:
            active = self.discourse.active(s.index, offer.span.start)
            hosts = [p for p in active.everyone if p.country and p.country not in own] if active else []
        countries = {p.country for p in hosts}
        return Goal(hosts[0].country or "", hosts[0].span) if len(countries) == 1 else None


__all__ = ["Invitations", "Offer"]

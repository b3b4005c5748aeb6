"""Visits: who travels where, in what grade, at whose invitation, from when to when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from memcon.codebook.patterns import Match, PatternSet, order_of, pattern_set
from memcon.extract import visit_status as stage
from memcon.extract.aside import (
    acts_for_state,
    counterfactual,
    departed,
    hearsay,
    history,
    imagined,
    is_private,
    looks_back,
    of_screen,
    of_sport,
    remembered,
    supposed,
)
from memcon.extract.discourse import Discourse, Party, main_verb
from memcon.extract.draft import VisitDraft, When
from memcon.extract.goals import UNSAID, Goal, Goals
from memcon.extract.invitations import Invitations
from memcon.extract.times import Clock, bearings
from memcon.extract.tree import denied, governor, is_verb, kids, objects, passive, prepositions, subject
from memcon.extract.visit_status import Standing
from memcon.langs import places
from memcon.mentions import NameMention, Office, Org, Sentence
from memcon.model import Span

_LENGTH = re.compile(r"\b(one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})[- ]days?\b|\b(day)-long\b", re.I)
_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())}
_NOUNS = frozenset(("visit", "trip", "tour", "stay", "journey"))
_OWN = frozenset(("the", "this", "his", "her", "their", "that"))
_NO_SITE = frozenset("time attention way interest decision agreement importance progress area region page".split())
_RECENT = 64  # visits told last, which a sentence may go on about: of very many, not each can be asked
_ARRIVING = frozenset("arrive land fly touch jet".split())
_COMPANY = frozenset(("accompanied", "accompanying", "accompanies", "accompany", "joined", "flanked"))
_MEMBERS = frozenset("include comprise consist number".split())
_HOMEWARD = frozenset(("home", "back"))
_LEAVING = frozenset("leave depart return fly go head travel arrive come".split())
_GOING = frozenset("leave depart go travel fly head proceed continue move".split())
_HOSTING = frozenset("host welcome receive expect await cancel postpone call put defer scrap".split())
_MOVED = frozenset(("postponed", "cancelled"))
_VERBAL = frozenset("be begin start stop consider avoid finish keep resume enjoy".split())
_CONCLUSIONS = frozenset("conclusion understanding decision agreement consensus compromise verdict".split())
_RECEIVING = frozenset("host welcome receive greet".split())
_GUESTS = frozenset(("guest", "visitor", "dignitary", "guests", "visitors", "they"))
_JOURNEYS = frozenset("tour trip swing journey mission".split())
_STARTING = frozenset("begin start open commence kick".split())
_SPANNING = frozenset("include cover span comprise".split())
_GROUPS = frozenset("delegation mission team group entourage".split())
_ITS_DATE = frozenset("take begin start open end conclude plan schedule set slate expect pencil take be last due".split())  # "a trip that was to begin on"
_BESIDE = frozenset("speak stand appear sit address talk pose say comment".split())  # "spoke alongside X" is no company on a journey
_CROWDS = frozenset("troops forces soldiers tourists citizens refugees migrants pilgrims students fans players ships warships aircraft planes people workers inspectors investors".split())  # whose coming and going is no visit
_FEW = frozenset(("one", "two", "three", "four"))
_MANY = 4  # journeys counted together, beyond which none of them is told
_UNTIL = frozenset(("until", "till", "through"))


@dataclass(slots=True)
class Visits:
    """Collects the visits of a report, sentence by sentence."""

    discourse: Discourse
    clock: Clock
    patterns: PatternSet = field(default_factory=lambda: pattern_set("visits"))
    found: list[VisitDraft] = field(default_factory=list)
    first_goal: Goal | None = None  # of the series being told
    refuted: list[tuple[int, str]] = field(default_factory=list)  # person and country of visits that are denied
    goals: Goals = field(init=False)
    invitations: Invitations = field(init=False)

    def __post_init__(self) -> None:
        """Share the discourse with the readers of goals and invitations."""
        self.goals = Goals(self.discourse.notes)
        self.invitations = Invitations(self.discourse, self.goals, self.clock)

    def read(self, s: Sentence) -> None:
        """Take in the visits that one parsed sentence tells, then its invitations and who else travels."""
        self._heads_of_delegations(s)
        heads: set[int] = set()
        for match in self._matches(s):
            heads.update(range(match.head, match.last + 1))
            self._tell(s, match)
        for i, item in enumerate(s.items):
            if item.lemma in _NOUNS and item.tag in ("NN", "NNP") and i not in heads and not item.quoted and item.lemma in self.patterns.by_head:
                self._same_again(s, Match(self.patterns.by_head[item.lemma][0], i, i), [], i)
        self._days(s)
        self._itinerary(s)
        for draft in self.invitations.read(s):
            self._add(draft)
        self._invitation(s)
        self._visiting(s)
        self._company(s)
        self._homeward(s)
        self._while_in(s)
        self._date_statuses()
        self.discourse.visitors = [p for v in self.found for p in v.visitors]

    def finish(self) -> None:
        """After the last sentence: what is history, and journeys of the dead, of sport and of the stage, are no visits of the report's own."""
        notes = self.discourse.notes
        gone, sport, screen, old = departed(notes), of_sport(notes), of_screen(notes), looks_back(notes)
        for draft in list(self.found):
            day = len(draft.start.start or "") == 10
            told = draft.status in ("completed", "ongoing")
            untrue = not (told and draft.firm) and any((p.person, draft.to) in self.refuted for p in draft.visitors)
            people = [notes.people[p.person] for p in draft.visitors if p.person >= 0]
            past = told and history(draft.start.start, self.clock.today, notes)
            of_dead = not day and any(f.index in gone for f in people)
            played = sport and not any(acts_for_state(f, self.discourse.lex) for f in people) or screen and not day
            if past or of_dead or played or untrue or old and told and not day:
                self.found.remove(draft)
        self.discourse.visitors = [p for v in self.found for p in v.visitors]

    def _matches(self, s: Sentence) -> Iterator[Match]:
        last = -1
        for i, item in enumerate(s.items):
            if item.kind != "word" or item.quoted or i <= last:
                continue
            for match in self.patterns.at(s.items, i):
                fits = item.tag.startswith("NN") or not is_verb(item) if match.pattern.noun else is_verb(item)
                if match.pattern.roles and fits and not _auxiliary(s, match):
                    yield match
                    last = match.head if _homeward(s, match) else match.last
                    break

    def _heads_of_delegations(self, s: Sentence) -> None:
        """Let the discourse know who leads a delegation told in this sentence."""
        for k, item in enumerate(s.items):
            if item.low in _GROUPS:
                self.discourse.resolve(s, k)

    # -- one trigger ------------------------------------------------------------------------------------------------------

    def _tell(self, s: Sentence, m: Match) -> None:
        noun = self._noun(s, m)
        if noun is not None and s.items[m.head].lemma == "be" and self._owned(s, noun) and s.items[s.items[noun].head].low not in ("on", "be"):
            m = self._as_noun(s, noun) or m  # "The note was sent ahead of X's visit": the verb is not the visit's
        visitors = self._visitors(s, m, noun)
        standing = self._standing(s, m, noun)
        if standing.status is None:
            self._refute(s, m, noun, visitors)
            return
        if noun is None and is_verb(s.items[m.head]) and (subj := subject(s, m.head)) is not None and s.items[subj].low in _CROWDS:
            return
        if noun is None and _homeward(s, m):
            self._ended(s, m.head, visitors)
            return
        goals = self.goals.find(s, m, noun)
        if (not goals or self._tours_site(s, noun, goals)) and self._site_noun(s, m, noun, visitors, standing):
            return
        if not goals and self._same_again(s, m, visitors, noun, standing):
            return
        if not goals and noun is None and m.pattern.id == "visit" and not objects(s, m.head):
            goals = self._there_too(s, m, visitors)
        goals = goals or (self._that_country(s, m, noun, visitors) if noun is None else [])
        if (not goals or self._site_in(s, m, goals)) and self._site_told(s, m):
            self._site(s, m, visitors, standing, goals)
            return
        visitors = visitors or self._travelling(s, noun, standing, goals) or self._who_came(s, noun, standing, goals)
        goals = goals or self._that_country(s, m, noun, visitors)
        goals = [g for g in goals if g.country != UNSAID] or self._unsaid(s, m, visitors, noun, bool(goals))
        goals = goals or self._where_told(s, m, noun, visitors, standing)
        visitors = self._not_host(s, noun, visitors, goals)
        visitors = self._other_delegation(s, m, visitors, goals)
        self.first_goal = goals[0] if goals else None
        for n, goal in enumerate(goals):
            self._visit(s, m, noun, visitors, standing, goal, (n, len(goals)))
        if goals and s.items[m.head].lemma in ("leave", "depart", "proceed") and standing.past:
            self._left(visitors, {g.country for g in goals})

    def _refute(self, s: Sentence, m: Match, noun: int | None, visitors: list[Party]) -> None:
        """Note whose visit where is denied, or has no plans: what others say of it elsewhere in the report is no visit either."""
        at = noun if noun is not None else m.head
        if hearsay(s, self.discourse.notes) or denied(s, at) or stage.of_none(s, at):
            self.refuted += [(p.person, g.country) for g in self.goals.find(s, m, noun) for p in visitors if p.person >= 0]

    def _as_noun(self, s: Sentence, noun: int) -> Match | None:
        """The visit that a noun tells by itself."""
        found = next((p for p in self.patterns.by_head.get(s.items[noun].lemma, ()) if p.noun and p.roles and len(p.elements) == 1), None)
        return Match(found, noun, noun) if found is not None else None

    def _travelling(self, s: Sentence, noun: int | None, standing: Standing, goals: list[Goal]) -> list[Party]:
        """"A planned stop in Lima was called off": nobody's in words, so that of the traveller told of last."""
        if noun is None or not goals or standing.status not in ("planned", *_MOVED) or self._owned(s, noun):
            return []
        own = {s.items[k].low for k in s.children[noun]}
        last = next((v for v in reversed(self.found) if v.kind != "site"), None)
        if last is None or not own & {"a", "an", "another", "next", "final", "last", "further"}:
            return []
        return [p for p in last.visitors if p.country and p.country != goals[0].country]

    def _visit(self, s: Sentence, m: Match, noun: int | None, visitors: list[Party], standing: Standing, goal: Goal, nth: tuple[int, int]) -> None:
        people = [p for p in visitors if p.person >= 0 and (p.country != goal.country or self._presumed(s, p, goal))]
        delegation, delegation_span, from_ = self._delegation(s, visitors, people)
        if visitors and not people and all(p.country == goal.country for p in visitors):
            self._went_home(s, m, visitors, standing)
            return
        from_ = None if from_ == goal.country and people else from_
        if (not people and not delegation) or from_ == goal.country or (people and not delegation and not self._of_office(people)):
            return
        at = noun if noun is not None else m.head
        kind, kind_span = self._kind(s, at)
        draft = VisitDraft(people, goal.country, Span(s.items[m.head].start, max(s.items[m.last].end, s.items[m.head].end)), s.index, from_, kind,
                           standing.status or "ongoing", delegation=delegation, delegation_span=delegation_span, to_span=goal.span, kind_span=kind_span,
                           rule=m.pattern.rule, firm=standing.firm, past=standing.past)  # fmt: skip
        self._dates(s, m, draft, at)
        first, last = nth[0] == 0, nth[0] == nth[1] - 1
        if nth[1] > 1:
            leg = self._leg(s, goal, standing) if self._leg(s, self.first_goal or goal, standing).start else When()
            draft.start = leg if leg.start else draft.start if first else When()
            draft.end = replace(leg, start=leg.end, end=None) if leg.end else When() if leg.start else draft.end if last else When()
            draft.start = replace(draft.start, end=None)
        if self._inside(draft, goal) and m.pattern.id == "stop-noun":
            return  # a stop in another town of the country already told of
        if self._inside(draft, goal):
            draft.kind, draft.firm = "site", True
        self._add(draft)

    def _leg(self, s: Sentence, goal: Goal, standing: Standing) -> When:
        """"visited Peru on 4 April and Chile from 5 to 6 April": the date that stands right after one goal of several."""
        for k in range(goal.item + 1, min(len(s.items), goal.item + 4)):
            if s.items[k].kind == "date":
                return self.clock.of(s.items[k], True if standing.status == "planned" else False if standing.past else None)
            if s.items[k].low not in ("on", "from", "in", "("):
                break
        return When()

    def _presumed(self, s: Sentence, p: Party, goal: Goal) -> bool:
        """Whether only a presumption makes the visitor one of the country named as goal: the visit told speaks against it."""
        if self.discourse.notes.people[p.person].country_spans:
            return False
        return goal.item < 0 and goal.country == self.goals.here or 0 <= goal.item < len(s.items) and s.items[goal.item].kind == "country"

    def _of_office(self, people: list[Party]) -> bool:
        """Whether anybody of them holds an office or acts for a side: a film star's trip is no visit."""
        figures = [self.discourse.notes.people[p.person] for p in people]
        return any(f.country or f.offices or any(m.honorific for m in f.mentions) for f in figures)

    def _not_host(self, s: Sentence, noun: int | None, visitors: list[Party], goals: list[Goal]) -> list[Party]:
        """"A welcomed B on his visit to A's country": whoever is at home there does not visit; B does."""
        outer = governor(s, noun) if noun is not None else None
        if outer is not None and s.items[outer].lemma in _RECEIVING and s.items[noun or 0].dep == "pobj":
            guests = [p for k in objects(s, outer) for p in self.discourse.resolve(s, k) if p.person >= 0]
            visitors = guests or visitors
        if outer is None or not goals or not visitors or any(p.country != goals[0].country for p in visitors):
            return visitors
        others = [p for k in objects(s, outer) for p in self.discourse.resolve(s, k)]
        others += [p for low, j in prepositions(s, outer) if low in ("with", "by") for p in self.discourse.resolve(s, j)]
        return [p for p in others if p.person >= 0 and p.country != goals[0].country] or visitors

    def _other_delegation(self, s: Sentence, m: Match, visitors: list[Party], goals: list[Goal]) -> list[Party]:
        """"The delegation arrived in Lima": of the delegations told of, the one that is not at home there."""
        subj = subject(s, m.head) if is_verb(s.items[m.head]) else None
        if subj is None or not goals or s.items[subj].low not in _GROUPS or any(p.country != goals[0].country for p in visitors):
            return visitors
        others = [p for p in self.discourse.leaders if p.country and p.country != goals[0].country]
        return others if len({p.country for p in others}) == 1 else visitors

    def _standing(self, s: Sentence, m: Match, noun: int | None) -> Standing:
        verb = is_verb(s.items[m.head])
        if noun is not None and (supposed(s, noun) or self._many(s, noun)):
            moved = stage.shifted(s, m.head, noun) if verb else None
            return Standing(moved) if moved else stage.NONE
        if imagined(s, m.head, self.discourse.notes) or remembered(s, self.discourse.notes) or hearsay(s, self.discourse.notes) or counterfactual(s, m.head):
            return stage.NONE
        if noun is not None and verb:
            moved = stage.shifted(s, m.head, noun)
            if moved:
                return Standing(moved)
            if s.items[noun].dep == "pobj" and s.items[s.items[noun].head].low in ("from", "after", "following"):
                return Standing("completed", True, True)  # "arrived home from a visit"
        standing = stage.of_verb(s, m.head) if verb or noun is None else stage.of_noun(s, noun)
        if standing.status == "ongoing" and not standing.firm and noun is not None and not verb:
            standing = self._dated_standing(s, noun) or standing
        if standing.status == "ongoing" and verb and not standing.past and self._ahead(s, m):
            return Standing("planned")
        return standing

    def _many(self, s: Sentence, noun: int) -> bool:
        """"made eighteen trips to the region", "over 25 visits": a count, none of which is told."""
        if s.items[noun].tag != "NNS":
            return False
        counted = [s.items[k].low for k in s.children[noun] if s.items[k].dep == "nummod"]
        return any(not w.isdigit() or int(w) > _MANY for w in counted if w not in _FEW) or any(s.items[k].low in ("dozens", "scores", "numerous", "countless", "frequent") for k in s.children[noun])

    def _dated_standing(self, s: Sentence, noun: int) -> Standing | None:
        """"X's visit next week", "the talks during his trip last month", "the results of her visit in September 2020": when it is tells how far it has come."""
        for k, bearing in bearings(s, noun):
            if bearing:
                return Standing("planned") if bearing > 0 else Standing("completed", True, True)
            if getattr(s.items[k].ref, "kind", "") in ("month", "year") and self._over(s, noun, k):
                return Standing("completed", True, True)
        return None

    def _over(self, s: Sentence, noun: int, date_: int) -> bool:
        """Whether a visit of a month or year was in the past: its year lies behind, or the sentence is told of what came of it."""
        start, today = self.clock.of(s.items[date_], False).start, self.clock.today
        if start and today and "X" not in start + today:
            return start[:7] < today[: len(start[:7])]
        outer = governor(s, noun)
        mood = stage.tense(s, outer) if outer is not None else ""
        month = getattr(s.items[date_].ref, "kind", "") == "month"
        return month and (mood == "past" or mood in ("perfect", "present") and "X" not in (start or "X"))

    def _ahead(self, s: Sentence, m: Match) -> bool:
        """"leaves tomorrow", "is arriving on Wednesday": the present tense of a day to come."""
        if stage.tense(s, m.head) != "present" and s.items[m.head].tag != "VBG":
            return False
        when: Any
        for k in self._dates_of(s, m.head, m.last):
            when = s.items[k].ref
            decided = self.clock.of(s.items[k], True).start
            if (when.offset_days or 0) > 0 or (when.kind == "relative" and (when.offset or 0) > 0):
                return True
            if s.items[m.head].lemma in _GOING and s.items[m.head].tag in ("VBZ", "VBP") and (when.offset_days == 0 or s.items[k].low.startswith("later")):
                return True  # "leaves today", "travels there this evening"
            if when.kind == "weekday" and (self.clock.today is None or decided is None or decided > self.clock.today):
                return k > m.head or s.kind == "body" and s.items[m.head].tag == "VBZ"
            if decided and self.clock.today and len(decided) == len(self.clock.today) and decided > self.clock.today:
                return True
        return False

    def _same_again(self, s: Sentence, m: Match, visitors: list[Party], noun: int | None, standing: Standing | None = None) -> bool:
        """"The visit, from 17 to 19 October, …", "arrived for a two-day visit": more of the visit told before, when it is the same traveller's."""
        if noun is None or s.items[noun].lemma not in _NOUNS or (last := self._meant(s, visitors)) is None:
            return False
        own = {s.items[k].low for k in s.children[noun]}
        purpose = last.sentence == s.index and s.items[noun].dep in ("pobj", "dobj", "conj", "appos") and not own & _OWN
        if not own & _OWN and not purpose and not kids(s, noun, "poss"):
            return False
        standing = standing or stage.of_noun(s, noun)
        if standing.status is None:
            return purpose
        told = VisitDraft(last.visitors, last.to, last.trigger, s.index, status=standing.status if standing.firm else last.status, firm=standing.firm, past=standing.past)
        if not purpose and not self._one_time(s, noun):
            return True
        self._dates(s, m, told, noun)
        kind, span = self._kind(s, noun)
        if order_of("visits", kind) > order_of("visits", last.kind) and kind != "unspecified":
            last.kind, last.kind_span = kind, span
        last.start = last.start if last.start.start else told.start
        last.end = last.end if last.end.start else told.end
        if standing.firm and (standing.status in _MOVED or (last.status, standing.status) == ("ongoing", "completed")):
            last.status, last.firm = standing.status, True
        return True

    def _one_time(self, s: Sentence, noun: int) -> bool:
        """Not "her first visit", "the next visit": another time than the one told."""
        return not {s.items[k].low for k in s.children[noun]} & (stage.AHEAD | stage.PAST)

    def _meant(self, s: Sentence, visitors: list[Party]) -> VisitDraft | None:
        """The visit that a mention without a goal belongs to: the latest of the same travellers."""
        main = [v for v in reversed(self.found) if v.kind != "site"]
        if not visitors:
            return next((v for v in main if v.sentence == s.index), main[0] if main else None)
        return next((v for v in main if any(p.same(q) for p in visitors for q in v.visitors)), None)

    def _noun(self, s: Sentence, m: Match) -> int | None:
        for k in range(m.last, m.head - 1, -1):
            if s.items[k].tag.startswith("NN") and s.items[k].kind == "word":
                return k
        return None

    def _unsaid(self, s: Sentence, m: Match, visitors: list[Party], noun: int | None, ours: bool) -> list[Goal]:
        """The goal of a visit told without one: the country of whoever moves, cancels or hosts it, else where the report is written."""
        if not ours and (m.pattern.roles.get("object") == "place" or (noun is None and s.items[m.head].lemma not in _ARRIVING)):
            return []
        if noun is not None and s.items[noun].lemma not in _NOUNS:
            return []
        known = {p.country for p in visitors if p.country}
        if noun is not None and not ours and self.found and {s.items[k].low for k in s.children[noun]} & {"the", "this", "that"} and not self._owned(s, noun):
            return []  # the visit told before
        if not any(p.person >= 0 for p in visitors) or any(p.same(q) for v in self.found for p in visitors for q in v.visitors):
            return []
        outer = governor(s, noun) if noun is not None else None
        if outer is not None and s.items[outer].lemma in _HOSTING and s.items[noun or 0].dep == "dobj":
            hosts = [p for p in self._subject(s, outer) if p.country and p.country not in known]
            if hosts:
                return [Goal(hosts[0].country or "", hosts[0].span)]
        here = self.goals.here
        if here and not ours and (known and here not in known or known <= {here} and self._comes_on_visit(s, m, visitors)):
            return [Goal(here, self.goals.here_span)]
        if known and outer is not None and s.items[s.items[noun or 0].head].low in ("during", "on", "amid", "of"):
            met = [g for low, j in prepositions(s, outer) if low == "in" and (g := self.goals.at(s, j)) and g.country not in (*known, UNSAID)]
            if met:
                return met[:1]
        present = is_verb(s.items[m.head]) and stage.tense(s, m.head) == "present"
        return self._hosts_country(s, visitors, known) if ours or (known and present) else []

    def _that_country(self, s: Sentence, m: Match, noun: int | None, visitors: list[Party]) -> list[Goal]:
        """"LAND's sultan said so during X's visit to the country": the country named last before, when it is not the visitor's."""
        at = max(m.last, noun or 0)
        known = {p.country for p in visitors if p.country}
        said = any(self.goals.same_land(s, k) for k in range(at + 1, min(len(s.items), at + 4)))
        if not said or not known or s.items[m.head].dep == "pcomp" and noun is None:
            return []
        for told in reversed(self.discourse.notes.sentences[max(0, s.index - 1) : s.index + 1]):
            for k in range((at if told.index == s.index else len(told.items)) - 1, -1, -1):
                code = self._land_of(told, k)
                if code and code not in known:
                    return [Goal(code, Span(told.items[k].start, told.items[k].end))]
        return []

    def _land_of(self, s: Sentence, k: int) -> str | None:
        """The country that an item names, or that a person named by it acts for."""
        item = s.items[k]
        if item.kind in ("country", "demonym"):
            return str(item.ref)
        return next((p.country for p in self.discourse.resolve(s, k)), None) if item.kind == "person" else None

    def _where_told(self, s: Sentence, m: Match, noun: int | None, visitors: list[Party], standing: Standing) -> list[Goal]:
        """"X's visit continues on Friday", "X, who wound up her two-day stay": where the report said just before that things took place."""
        if noun is None or s.items[noun].lemma not in _NOUNS or standing.status not in ("ongoing", "completed") or not self._one_time(s, noun):
            return []
        known = {p.country for p in visitors if p.person >= 0 and p.country}
        own = {s.items[k].low for k in s.children[noun]}
        if not known or not (self._owned(s, noun) or own & _OWN) or any(p.same(q) for v in self.found for p in visitors for q in v.visitors):
            return []
        if any(low in ("to", "of", "in", "around", "through") and not self.discourse.resolve(s, j) for low, j in prepositions(s, noun)):
            return []  # "his trip to the region": it is said where, in words that name no country
        found = self.goals.told_in(s, m.head, known)
        return [found] if found else []

    def _who_came(self, s: Sentence, noun: int | None, standing: Standing, goals: list[Goal]) -> list[Party]:
        """"The two-day visit, which began on Monday", of nobody in words: the one foreigner of the sentence before, where the report is written abroad to him."""
        here = self.goals.here
        if noun is None or goals or here is None or s.items[noun].low != "visit" or standing.status not in ("ongoing", "completed") or self.found or s.index == 0:
            return []
        before = self.discourse.notes.sentences[s.index - 1]
        if "the" not in {s.items[k].low for k in s.children[noun]} or not self._one_time(s, noun):
            return []
        told = [p for k, i in enumerate(before.items) if isinstance(i.ref, NameMention) for p in self.discourse.resolve(before, k) if p.country and p.country != here]
        return told[:1] if len({p.name for p in told}) == 1 and self._of_office(told) else []

    def _comes_on_visit(self, s: Sentence, m: Match, visitors: list[Party]) -> bool:
        """"flew in for an official visit": whoever comes on a visit is no native, whatever has been presumed of a name without a country."""
        arriving = is_verb(s.items[m.head]) and s.items[m.head].lemma in ("fly", "arrive", "land") and stage.tense(s, m.head) in ("past", "perfect")
        told = any(i.lemma == "visit" and i.tag.startswith("NN") for i in s.items[m.head : m.head + 14])
        return arriving and told and not any(self.discourse.notes.people[p.person].country_spans for p in visitors if p.person >= 0)

    def _there_too(self, s: Sentence, m: Match, visitors: list[Party]) -> list[Goal]:
        """"His predecessor, X, visited in 2012": where the visit told just before went."""
        last = next((v for v in reversed(self.found) if v.kind != "site"), None)
        dated = any(i.kind == "date" for i in s.items[m.head : m.head + 4])
        if last is None or last.to is None or not dated or s.index - max(last.sentence, *last.told, 0) > 1 or not any(p.person >= 0 for p in visitors):
            return []
        return [Goal(last.to, last.to_span)]

    def _owned(self, s: Sentence, noun: int) -> bool:
        return bool(kids(s, noun, "poss")) or any(low in ("of", "by") for low, _ in prepositions(s, noun))

    def _hosts_country(self, s: Sentence, visitors: list[Party], known: AbstractSet[str | None]) -> list[Goal]:
        """"A met B, who is on a visit": the country of the one whom the visitor is told to meet, when there is but one."""
        verb = main_verb(s)
        subj = subject(s, verb) if verb is not None else None
        told = self.discourse.resolve(s, subj) if subj is not None else []
        told += [p for k in (objects(s, verb) if verb is not None else []) for p in self.discourse.resolve(s, k)]
        hosts = [p for p in told if p.country and p.country not in known and not any(p.same(v) for v in visitors)]
        return [Goal(hosts[0].country or "", hosts[0].span)] if len({p.country for p in hosts}) == 1 else []

    def _visitors(self, s: Sentence, m: Match, noun: int | None) -> list[Party]:
        if noun is not None and not is_verb(s.items[m.head]):
            return self._of_noun(s, noun)
        if m.pattern.id == "take-to":
            return self._taken(s, m)
        if "subject" not in m.pattern.roles:
            return []
        by = [j for low, j in prepositions(s, noun) if low == "by" and s.items[j].kind in ("person", "office")] if noun is not None and not passive(s, m.head) else []
        out = [p for j in by for p in self.discourse.resolve(s, j)] or self._subject(s, m.head)
        if noun is not None and m.pattern.roles.get("object") == "visitor":
            out += [p for k in objects(s, m.head) for p in self.discourse.resolve(s, k) if not any(p.same(q) for q in out)]
        return out

    def _taken(self, s: Sentence, m: Match) -> list[Party]:
        """"a tour that will take her to Peru": the one taken, where it is a journey that takes."""
        subj = subject(s, m.head)
        if subj is None:
            return []
        relative = is_verb(s.items[subj]) or s.items[subj].low in ("that", "which")
        told = [s.items[subj], *(s.items[max(0, m.head - 8) : m.head] if relative else ())]
        if not any(i.lemma in _NOUNS for i in told):
            return []
        taken = [p for k in objects(s, m.head) for p in self._who(s, k)]
        return taken or self._here_told(s)

    def _of_noun(self, s: Sentence, noun: int) -> list[Party]:
        out: list[Party] = []
        for k in kids(s, noun, "poss"):
            out += self._thanked(s, k, noun) or self.discourse.resolve(s, k)
        for low, j in prepositions(s, noun):
            if low in ("of", "by") and s.items[j].kind not in ("date", "place", "country"):
                out += self.discourse.resolve(s, j)
            elif low in ("to", "in") and not out:  # "the visit to Lima of Minister X"
                out = [p for inner, k in prepositions(s, j) if inner in ("of", "by") for p in self.discourse.resolve(s, k) if p.person >= 0]
        out = self._with_delegation(s, noun) or out
        on = s.items[noun].head
        if not out and s.items[on].low == "on" and on > 1 and s.items[on - 1].text == "," and isinstance(s.items[on - 2].ref, NameMention):
            return self.discourse.resolve(s, on - 2)  # "speaking alongside X, on a visit to Lima"
        holder = s.items[s.items[noun].head].head
        if not out and s.items[noun].dep == "pobj" and isinstance(s.items[holder].ref, NameMention):
            out = self.discourse.resolve(s, holder)
        for k in kids(s, noun, "relcl"):
            own = kids(s, k, "nsubj")
            if not out and own:
                out = self.discourse.resolve(s, own[0])
        outer = governor(s, noun)
        if not out and outer is not None:
            out = self._subject(s, outer)
        return out

    def _with_delegation(self, s: Sentence, noun: int) -> list[Party]:
        """"received X and his delegation, on the occasion of their visit": they are X."""
        if not any(s.items[k].low == "their" for k in kids(s, noun, "poss")):
            return []
        for k in range(noun - 1, 2, -1):
            if s.items[k].low in _GROUPS and s.items[k - 1].low in ("his", "her", "the", "accompanying"):
                at = next((j for j in range(k - 1, max(-1, k - 5), -1) if isinstance(s.items[j].ref, NameMention)), None)
                return self.discourse.resolve(s, at) if at is not None else []
        return []

    def _thanked(self, s: Sentence, owner: int, noun: int) -> list[Party]:
        """"thanked B for his visit", "gratitude to B for her visit": the visitor is B, not the speaker."""
        head = s.items[noun].head
        if s.items[owner].low not in ("his", "her") or s.items[head].low != "for":
            return []
        near = next((k for k in range(head - 1, max(-1, head - 3), -1) if isinstance(s.items[k].ref, NameMention)), None)
        return self.discourse.resolve(s, near) if near is not None else []

    def _subject(self, s: Sentence, verb: int) -> list[Party]:
        if passive(s, verb):
            by = [j for low, j in prepositions(s, verb) if low == "by"]
            if by:
                return self.discourse.resolve(s, by[0])
        lone = self._who_is(s, verb)
        if lone is not None:
            return self.discourse.resolve(s, lone)
        subj = subject(s, verb)
        if subj is None:
            before = [k for k in range(verb) if s.items[k].kind == "person"]
            return self.discourse.resolve(s, before[-1]) if before else []
        at = self._past_inviter(s, subj, verb)
        named = [k for k in kids(s, at, "compound", "nmod") if isinstance(s.items[k].ref, NameMention)] if s.items[at].kind == "org" else []
        return self._who(s, named[-1] if named else at)  # "X, Secretary, Ministry of Trade, who was in": the person, not the ministry

    def _who_is(self, s: Sentence, verb: int) -> int | None:
        """"A, B and C, who is on a visit": the last of the names, since one travels."""
        who = next((k for k in kids(s, verb, "nsubj", "nsubjpass") if s.items[k].low == "who"), None)
        one = s.items[verb].tag == "VBZ" or any(s.items[k].low in ("is", "was", "has") for k in (verb, *kids(s, verb, "aux", "auxpass")))
        if who is None or not one or who < 2:
            return None
        at = who - 2 if s.items[who - 1].text == "," else who - 1
        return at if isinstance(s.items[at].ref, NameMention) else None

    def _past_inviter(self, s: Sentence, subj: int, verb: int) -> int:
        """"At the invitation of A, president of P, B paid a visit": B, where the tree takes A for the subject."""
        if not any(i.low == "invitation" for i in s.items[max(0, subj - 5) : subj]):
            return subj
        people = [k for k in range(subj + 1, verb) if isinstance(s.items[k].ref, NameMention)]
        return people[-1] if people else subj

    def _who(self, s: Sentence, k: int) -> list[Party]:
        """Whom a noun means; "the distinguished guest" is the visitor told last."""
        found = self.discourse.resolve(s, k)
        if not found and s.items[k].kind == "office":
            return self._national(s, k)
        if found or s.items[k].low not in _GUESTS or (s.items[k].low == "they" and s.items[k].head != main_verb(s)):
            return found
        of_land = self._guest_from(s, k)
        if of_land:
            return of_land
        main = next((v for v in reversed(self.found) if v.kind != "site" and v.status in ("ongoing", "completed")), None)
        span = Span(s.items[k].start, s.items[k].end)
        told = main.visitors if main else self._leaders_abroad()
        told = told if s.items[k].tag == "NNS" or s.items[k].low == "they" else told[:1]
        return [Party(p.kind, p.name, span, p.person, p.country, (p.span, *p.rests)) for p in told]

    def _guest_from(self, s: Sentence, k: int) -> list[Party]:
        """"the Peruvian guest": the one person of that country told of so far."""
        code = next((str(s.items[j].ref) for j in range(k - 1, max(-1, k - 3), -1) if s.items[j].kind == "demonym"), None)
        known = [f for f in self.discourse.notes.people if code and f.country == code and any(m.start < s.items[k].start for m in f.mentions)]
        return [self.discourse.party_of(known[0].index, Span(s.items[k].start, s.items[k].end), (known[0].name_span,))] if len(known) == 1 else []

    def _leaders_abroad(self) -> list[Party]:
        """The heads of the one foreign delegation told of so far."""
        others = [p for p in self.discourse.leaders if p.country and p.country != self.goals.here]
        return others if self.goals.here and len({p.country for p in others}) == 1 else []

    def _national(self, s: Sentence, k: int) -> list[Party]:
        """"the top Peruvian diplomat": the one person of that country told of so far, whatever the post is called."""
        ref = s.items[k].ref
        country = ref.country if isinstance(ref, Office) else None
        at = s.items[k].start
        known = [f.index for f in self.discourse.notes.people if country and f.country == country and any(m.start < at for m in f.mentions)]
        return [self.discourse.party_of(known[0], Span(at, s.items[k].end), (self.discourse.notes.people[known[0]].name_span,))] if len(known) == 1 else []

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

    # -- sites ------------------------------------------------------------------------------------------------------------

    def _site_told(self, s: Sentence, m: Match) -> bool:
        return m.pattern.roles.get("object") in ("place", "site") and not passive(s, m.head)

    def _site_noun(self, s: Sentence, m: Match, noun: int | None, visitors: list[Party], standing: Standing) -> bool:
        """"a visit to the free zone", "went to the hospital": a site as goal of a noun or of a verb of going."""
        head = s.items[m.head]
        led = [(low, j) for k in (noun, m.head) if k is not None for low, j in prepositions(s, k)]
        if m.pattern.kind == "site":
            sites = [j for low, j in led if low in m.pattern.roles or low in ("around", "round")]
        elif (s.items[noun].lemma in _NOUNS or s.items[noun].low == "stop") if noun is not None else head.lemma in ("go", "travel", "proceed"):
            sites = [j for low, j in led if (low in ("to", "at") or low == "of" and s.items[m.last].lemma == "tour") and self._is_site(s, j)]
        else:
            sites = []
        sites = [j for j in sites if s.items[j].kind in ("word", "org")]
        if not sites:
            return False
        self._add_site(s, m, visitors, standing, sites, [])
        return True

    def _tours_site(self, s: Sentence, noun: int | None, goals: list[Goal]) -> bool:
        """"a tour of the wind farm in Lima": what is toured is the site, the town says where it lies."""
        if noun is None or s.items[noun].lemma not in ("tour", "visit"):
            return False
        return any(low in ("of", "to") and self._is_site(s, j) and j < goals[0].item and goals[0].item - j <= 3 for low, j in prepositions(s, noun))

    def _is_site(self, s: Sentence, k: int) -> bool:
        """Whether an item is a place of work, worship or memory, as the codebook lists them."""
        words = next((p.elements[1].words for p in self.patterns.by_head["visit"] if p.id == "visit-site"), frozenset[str]())
        item = s.items[k]
        return (item.kind == "word" and (item.lemma in words or item.low in words)) or (item.kind == "org" and bool(words & set(item.low.split())))

    def _site_in(self, s: Sentence, m: Match, goals: list[Goal]) -> bool:
        """"visited a power plant in Peru": the object is a site, and the place only says where it lies."""
        objs = objects(s, m.head)
        return m.pattern.roles.get("object") == "place" and bool(objs) and all(k < goals[0].item and not self.goals.at(s, k) for k in objs) and not any(
            s.items[k].kind == "person" for k in objs
        )

    def _site(self, s: Sentence, m: Match, visitors: list[Party], standing: Standing, goals: list[Goal]) -> None:
        """"He will also visit the embassy and several enterprises": a visit to a site, inside the visit to the country."""
        objs = [k for k in objects(s, m.head) if s.items[k].kind in ("word", "org") and s.items[k].low not in _NO_SITE]
        if not all(s.items[k].kind == "word" and not s.items[k].tag.startswith("NN") for k in objs):
            self._add_site(s, m, visitors, standing, objs, goals)

    def _add_site(self, s: Sentence, m: Match, visitors: list[Party], standing: Standing, objs: list[int], goals: list[Goal]) -> None:
        goals = goals or [g for g in [self.goals.site(s, k) for k in objs[:1]] if g]
        people = [p for p in visitors if p.person >= 0]
        main = next((v for v in reversed(self.found) if v.kind != "site" and any(p.same(q) for p in v.visitors for q in people)), None)
        here = self.discourse.notes.dateline_country
        vague = not goals or goals[0].country in ("", main.to if main else "") or (goals[0].city and places.capital_of(goals[0].country) != goals[0].city)
        to = main.to if main and vague else goals[0].country if goals and goals[0].country else here
        if not objs or not people or to is None or all(p.country == to for p in people) or all(p.country is None for p in people):
            return
        span = Span(s.items[m.head].start, s.items[objs[0]].end)
        done = "completed" if standing.status == "ongoing" else standing.status or "completed"
        draft = VisitDraft(people, to, span, s.index, people[0].country, "site", done, rule=m.pattern.rule, to_span=main.to_span if main else self.discourse.notes.dateline_span)
        when = self.clock.near(s, m.head, standing.status == "planned")
        if when:
            draft.start = draft.end = When(when.start, None, when.why, when.spans)
        draft.to_span = goals[0].span if goals else draft.to_span
        self._add(draft)

    def _inside(self, draft: VisitDraft, goal: Goal) -> bool:
        """"He also travelled to CITY": a town of the country where the traveller already is."""
        town = self.discourse.notes.dateline_city or ""
        if not goal.city or goal.city in {"capital", town} or places.capital_of(goal.country) == goal.city:
            return False
        main = next((v for v in self.found if v.kind != "site" and v.to == goal.country and v.sentence < draft.sentence and any(p.same(q) for p in v.visitors for q in draft.visitors)), None)
        return main is not None and bool(main.to_span) and self._text(main.to_span) != goal.city

    def _text(self, span: Span | None) -> str:
        return self.discourse.notes.text[span.start : span.end] if span else ""

    # -- invitations, "visiting X" --------------------------------------------------------------------------------------------

    def _invitation(self, s: Sentence) -> None:
        """"at the invitation of X", "as guest of X" belongs to the visit of its sentence, else to the last one told."""
        if not self.found:
            return
        for i, item in enumerate(s.items):
            words = {x.low for x in s.items[max(0, i - 3) : i]}
            bid = item.low in ("invitation", "instance", "request", "behest") and words & {"at", "upon", "on", "by", "following"}
            if not (bid or (item.low in ("guest", "guests") and "as" in words)):
                continue
            inviters = [p for low, j in prepositions(s, i) if low in ("of", "from", "by") for p in self.discourse.resolve(s, j)]
            inviters += [p for j in kids(s, i, "poss") for p in self.discourse.resolve(s, j)]
            if not inviters and i + 1 < len(s.items) and s.items[i + 1].low in ("of", "from"):
                inviters = next(([self.discourse.party_of(x.ref.person, Span(x.start, x.end))] for x in s.items[i + 2 : i + 6] if isinstance(x.ref, NameMention)), [])
            own = [v for v in self.found if s.index in (v.sentence, *v.told)]
            visit = next((v for v in reversed(own) if v.trigger.start < item.start), own[0] if own else self.found[-1])
            if item.low == "invitation" or all(p.country in (None, visit.to) for p in inviters):
                visit.inviters += [p for p in inviters if not any(p.same(q) for q in (*visit.inviters, *visit.visitors))]

    def _visiting(self, s: Sentence) -> None:
        """"visiting Foreign Minister X": a visit told by one word, to where the report stands."""
        for i, item in enumerate(s.items):
            if not isinstance(item.ref, NameMention) or not self._called_visiting(s, i):
                continue
            party = self.discourse.party_of(item.ref.person, Span(item.start, item.end))
            if party.country is None or any(party.same(p) for v in self.found for p in v.visitors):
                continue
            here = self.discourse.notes.dateline_country
            goals = [Goal(here, self.discourse.notes.dateline_span)] if here and here != party.country else self._hosts_country(s, [party], {party.country})
            for goal in goals[:1]:
                self._add(VisitDraft([party], goal.country, Span(item.start, item.end), s.index, party.country, to_span=goal.span, rule="visits/unspecified#visiting"))

    def _days(self, s: Sentence) -> None:
        """"on the second day of her visit to Peru": a visit told inside a date."""
        for k, item in enumerate(s.items):
            if item.kind != "date" or not set(item.low.split()) & _NOUNS or k + 2 >= len(s.items) or s.items[k + 1].low not in ("to", "in"):
                continue
            goal, verb = self.goals.next_after(s, k + 1), governor(s, k)
            told = self._subject(s, verb) if verb is not None and goal else []
            if verb is not None and s.items[verb].lemma in _RECEIVING and not passive(s, verb):
                told = [p for j in objects(s, verb) for p in self.discourse.resolve(s, j)] or told  # who is received travels
            who = [p for p in told if p.person >= 0]
            if goal and who and all(p.country != goal.country for p in who):
                kind = next((name for name in ("state", "official", "working") if name in item.low.split()), "unspecified")
                span = Span(item.start, item.end)
                self._add(VisitDraft(who, goal.country, span, s.index, who[0].country, kind, to_span=goal.span, kind_span=span, rule="visits/unspecified#visit-noun", firm=False))

    def _itinerary(self, s: Sentence) -> None:
        """"a tour that began in Lima on Sunday and includes Chile": the countries that a clause about a journey names."""
        for k, item in enumerate(s.items):
            if item.lemma not in _JOURNEYS or item.quoted or not item.tag.startswith("NN"):
                continue
            clauses = kids(s, k, "relcl", "acl") + ([item.head] if item.dep == "nsubj" else [])
            for v in [*clauses, *(j for c in clauses for j in kids(s, c, "conj"))]:
                goals = self._stages(s, v)
                if goals:
                    self._stage_visits(s, k, v, goals)

    def _stages(self, s: Sentence, v: int) -> list[Goal]:
        """The goals that a verb of a journey names: where it begins, what it includes."""
        if s.items[v].lemma in _STARTING:
            named = [g for low, j in prepositions(s, v) if low in ("in", "with") and (g := self.goals.at(s, j))]
            return named[:1]
        takes_in = s.items[v].lemma == "take" and v + 1 < len(s.items) and s.items[v + 1].low == "in"
        if takes_in:
            first = self.goals.next_after(s, v + 1)
            return self.goals.series(s, first) if first else []
        if s.items[v].lemma not in _SPANNING:
            return []
        first = next((g for j in objects(s, v) if (g := self.goals.at(s, j))), None)
        return self.goals.series(s, first) if first else []

    def _stage_visits(self, s: Sentence, noun: int, v: int, goals: list[Goal]) -> None:
        """One visit for each stage that a journey's clause names."""
        standing = stage.of_verb(s, v)
        last = next((x for x in reversed(self.found) if x.kind != "site"), None)
        who = [p for p in self._of_noun(s, noun) if p.person >= 0] or ([p for p in last.visitors if p.person >= 0] if last else [])
        starting = s.items[v].lemma in _STARTING
        status = ("completed" if standing.past else "planned" if standing.status == "planned" else "ongoing") if starting else "planned"
        for goal in goals:
            people = [p for p in who if p.country != goal.country]
            if not people or not self._of_office(people) or any(x.to == goal.country and any(p.same(q) for p in x.visitors for q in people) for x in self.found):
                continue
            span = Span(s.items[noun].start, s.items[noun].end)
            draft = VisitDraft(people, goal.country, span, s.index, people[0].country, status=status, to_span=goal.span, rule="visits/unspecified#visit-noun", past=standing.past)
            at = next(iter(self._dates_of(s, v, v)), None) if starting else None
            if at is not None:
                draft.start = replace(self.clock.of(s.items[at], not standing.past), end=None)
            self._add(draft)

    def _called_visiting(self, s: Sentence, i: int) -> bool:
        """"visiting Minister X", "the visiting minister, X": an adjective, no verb with X as its object."""
        if s.items[i].low.startswith(("visiting ", "the visiting ")):
            return True
        before = s.items[i - 1] if i else None
        if before is None or before.low != "visiting":
            return False
        if i < 2 or before.tag != "VBG":
            return True
        led = s.items[i - 2]
        return led.tag != "RP" and led.lemma not in _VERBAL and led.low not in ("of", "after", "before", "while", "when", "in")

    # -- who else travels ----------------------------------------------------------------------------------------------------

    def _company(self, s: Sentence) -> None:
        """"accompanied by X", "together with X", "the delegation includes X": more visitors of a visit told."""
        for k, item in enumerate(s.items):
            if item.quoted:
                continue
            led: list[Party] = []
            more: list[Party] = []
            if item.low in _COMPANY and is_verb(item):
                led, more = self._accompanied(s, k)
            elif item.low == "with" and k > 0 and s.items[k - 1].low in ("together", "along"):
                led, more = self._here_told(s), self._people_after(s, k)
            elif item.low == "alongside" and s.items[item.head].lemma not in _BESIDE:
                led, more = self._here_told(s), self._people_after(s, k)
            elif item.lemma in _MEMBERS and is_verb(item) and any(i.low in _GROUPS for i in s.items[max(0, k - 8) : k]):
                led, more = self._leaders_of(s, k), self._people_after(s, k)
            self._join(s, led, more)

    def _accompanied(self, s: Sentence, k: int) -> tuple[list[Party], list[Party]]:
        """The one who travels and those in his company, whichever way round they are told."""
        by = any(i.low in ("by", "with") for i in s.items[k + 1 : k + 4])
        if passive(s, k) or s.items[k].low in ("accompanied", "joined", "flanked") and by:
            return self._subject_of(s, k), self._people_after(s, k)
        led = [p for j in objects(s, k) for p in self.discourse.resolve(s, j)]
        turned = next((j for j in range(k + 1, len(s.items)) if s.items[j].low in ("are", "were", "is", "was")), None)
        if k < 2 and turned is not None:
            return led, self._people_after(s, turned)
        return led, self._subject_of(s, k)

    def _subject_of(self, s: Sentence, k: int) -> list[Party]:
        subj = subject(s, k)
        found = self.discourse.resolve(s, subj) if subj is not None else []
        if not found:
            before = [j for j in range(k) if isinstance(s.items[j].ref, NameMention)]
            found = self.discourse.resolve(s, before[-1]) if before else []
        return found

    def _people_after(self, s: Sentence, k: int) -> list[Party]:
        """The people named in a row after item ``k``."""
        out: list[Party] = []
        for j in range(k + 1, len(s.items)):
            item = s.items[j]
            if isinstance(item.ref, NameMention):
                if item.dep in ("nsubj", "nsubjpass"):
                    break
                out.append(self.discourse.party_of(item.ref.person, Span(item.start, item.end)))
            elif is_verb(item) or item.low in (";", "who", "which", "to", "at", "in"):
                break
        return out

    def _here_told(self, s: Sentence) -> list[Party]:
        return [p for v in self.found if v.sentence == s.index for p in v.visitors]

    def _leaders_of(self, s: Sentence, k: int) -> list[Party]:
        """The visitors whose delegation a sentence tells the members of."""
        own = self._subject_of(s, k)
        if any(p.same(q) for v in self.found for p in own for q in v.visitors):
            return own
        last = next((v for v in reversed(self.found) if v.kind != "site" and v.status not in _MOVED), None)
        near = last is not None and s.index - max(last.sentence, *last.told, 0) <= 2
        return last.visitors if last and (near or last.delegation or not own or {p.country for p in own} & {last.from_, None}) else []

    def _join(self, s: Sentence, led: list[Party], more: list[Party]) -> None:
        if not led or not more:
            return
        theirs = [v for v in self.found[-_RECENT:] if v.kind != "site" and any(p.same(q) for p in led for q in v.visitors)]
        visit = next((v for v in theirs if s.index in (v.sentence, *v.told)), next((v for v in theirs if v.status in ("ongoing", "planned")), theirs[0] if theirs else None))
        if visit is None:
            return
        origin = visit.from_ or next((p.country for p in visit.visitors if p.country), None)
        for party in more:
            if party.person < 0:
                continue
            sure = bool(self.discourse.notes.people[party.person].country_spans)
            if sure and (party.country == visit.to or (origin and party.country != origin)):
                continue
            if not any(party.same(q) for q in (*visit.visitors, *visit.inviters)):
                visit.visitors.append(party)

    # -- going home ----------------------------------------------------------------------------------------------------------

    def _homeward(self, s: Sentence) -> None:
        """"flies home on Friday", "left for home": the end of the traveller's visit."""
        for k, item in enumerate(s.items):
            if item.lemma not in _LEAVING or not is_verb(item) or item.quoted:
                continue
            if any(i.low == "home" for i in s.items[k + 1 : k + 3]):
                self._ended(s, k, self._subject_of(s, k))
            elif item.lemma in ("leave", "depart") and k + 1 < len(s.items):
                self._left_land(s, k)

    def _left_land(self, s: Sentence, verb: int) -> None:
        """"leaves Peru on Friday": who leaves a country that is not his own has been on a visit there."""
        place, standing = s.items[verb + 1], stage.of_verb(s, verb)
        people = [p for p in self._subject_of(s, verb) if p.person >= 0 and p.country]
        if place.kind not in ("country", "place") or standing.status is None or not people or any(p.country == place.ref for p in people) or not self._of_office(people):
            return
        if not any(v.kind != "site" and v.to == place.ref and any(p.same(q) for p in people for q in v.visitors) for v in self.found):
            span = Span(s.items[verb].start, place.end)
            to_span = Span(place.start, place.end)
            self._add(VisitDraft(people, str(place.ref), span, s.index, people[0].country, to_span=to_span, rule="visits/unspecified#leave", firm=False))
        self._ended(s, verb, people)

    def _while_in(self, s: Sentence) -> None:
        """"While in Lima, X met": whoever is told to do something while abroad is on a visit there."""
        for k, item in enumerate(s.items):
            if item.low not in ("while", "whilst") or k + 2 >= len(s.items) or s.items[k + 1].low not in ("in", "visiting"):
                continue
            goal, verb = self.goals.next_after(s, k + 1), main_verb(s)
            who = [p for p in self._subject(s, verb) if p.person >= 0] if goal and verb is not None else []
            if not goal or not who or any(p.country in (None, goal.country) for p in who) or not self._of_office(who):
                continue
            standing = stage.of_verb(s, verb) if verb is not None else stage.NONE
            span = Span(item.start, s.items[k + 1].end)
            firm = standing.status == "completed" and standing.firm
            self._add(VisitDraft(who[:1], goal.country, span, s.index, who[0].country, status="ongoing", to_span=goal.span, rule="visits/unspecified#stay-noun", firm=False, past=firm))

    def _went_home(self, s: Sentence, m: Match, visitors: list[Party], standing: Standing) -> None:
        """"arrived back in CAPITAL": a journey to one's own country ends the visit."""
        if s.items[m.head].lemma in _LEAVING and standing.status != "planned":
            self._ended(s, m.head, visitors)

    def _ended(self, s: Sentence, verb: int, who: list[Party]) -> None:
        standing = stage.of_verb(s, verb)
        visit = next((v for v in reversed(self.found) if v.kind != "site" and v.status in ("ongoing", "completed") and any(p.same(q) for p in who for q in v.visitors)), None)
        if visit is None:
            visit = self._was_here(s, verb, who)
        if visit is None or standing.status is None:
            return
        if standing.past and standing.status != "planned":
            visit.status, visit.firm = "completed", True
        at = next(iter(self._dates_of(s, verb, verb)), None)
        if at is not None and not visit.end.start:
            when = self.clock.of(s.items[at], not standing.past)
            visit.end = replace(when, end=None)

    def _was_here(self, s: Sentence, verb: int, who: list[Party]) -> VisitDraft | None:
        """Who leaves for home, and of whom no visit was told, has been on one where the report is written."""
        here = self.goals.here
        people = [p for p in who if p.person >= 0 and p.country and p.country != here]
        if not people or here is None or s.items[verb].lemma not in ("leave", "depart", "fly", "return") or self.found:
            return None
        item = s.items[verb]
        self.found.append(VisitDraft(people, here, Span(item.start, item.end), s.index, people[0].country, to_span=self.goals.here_span, rule="visits/unspecified#leave", firm=False))
        return self.found[-1]

    def _left(self, people: list[Party], to: set[str]) -> None:
        """Whoever left for the next country has completed the visit before."""
        for v in self.found:
            if v.kind != "site" and v.status == "ongoing" and v.to not in to and any(p.same(q) for p in people for q in v.visitors):
                v.status = "completed"

    # -- dates ------------------------------------------------------------------------------------------------------------

    def _dates_of(self, s: Sentence, verb: int, last: int, moved: bool = False) -> list[int]:
        """Dates that belong to a verb or noun: those that hang on it, then the nearest in its own clause."""
        own: list[tuple[int, int]] = []
        for k in range(len(s.items)):
            if not self.clock.tells(s, k):
                continue
            owner = self._owner(s, k, verb, moved)
            if owner is not None:
                own.append((abs(k - last) + 20 * (not owner), k))
        return [k for _, k in sorted(own)]

    def _owner(self, s: Sentence, k: int, at: int, moved: bool = False) -> bool | None:
        """True when the date hangs on item ``at`` or its clause, False when it only stands near, None when it is another's."""
        above = governor(s, at) if not is_verb(s.items[at]) else at
        up = s.items[k].head
        for _ in range(8):
            if up == at:
                return True
            if is_verb(s.items[up]):
                if self._its_date(s, up, at):
                    return True
                if up == above or (above is not None and s.items[above].head == up and s.items[above].dep == "xcomp"):
                    if moved and not is_verb(s.items[at]):
                        return None  # the day of the postponing, not of the visit
                    light = is_verb(s.items[at]) or self._in_which(s, k, at) or s.items[at].dep in ("dobj", "nsubj", "nsubjpass", "attr") or k > at
                    return True if light else None
                break
            if s.items[up].head == up:
                break
            up = s.items[up].head
        lo, hi = sorted((at, k))
        walls = any(s.items[j].tag in ("VBD", "VBZ", "VBP", "MD") or s.items[j].low in (";", "that", "which", "who", "since") for j in range(lo + 1, hi))
        trailing = k < at and is_verb(s.items[up]) and up < k
        return None if walls or trailing or hi - lo > 12 else False

    def _in_which(self, s: Sentence, k: int, at: int) -> bool:
        """"In October they met during her visit": a month or a year holds the whole visit, a day only the meeting."""
        head = s.items[s.items[at].head]
        if s.items[at].dep != "pobj" or head.low not in ("during", "on", "of", "in"):
            return False
        found = self.clock.of(s.items[k], None)
        return found.start is not None and found.end is None and len(found.start) < 10

    def _its_date(self, s: Sentence, verb: int, at: int) -> bool:
        """"a visit that was to begin on", "a trip by X, which had been due on": a clause that says when the visit is to be."""
        if s.items[verb].lemma not in _ITS_DATE or is_verb(s.items[at]) or (s.items[verb].lemma in _STARTING and self._stages(s, verb)):
            return False
        for _ in range(3):
            item = s.items[verb]
            if item.dep in ("relcl", "acl"):
                return item.head == at or (at < item.head < verb and self._under(s, item.head, at))
            if item.dep not in ("xcomp", "acomp", "attr", "advcl", "conj") or item.head == verb:
                return False
            verb = item.head
        return False

    def _under(self, s: Sentence, k: int, at: int) -> bool:
        """Whether item ``k`` belongs to the phrase of the noun ``at``."""
        for _ in range(5):
            if s.items[k].head in (at, k):
                return s.items[k].head == at
            k = s.items[k].head
        return False

    def _dates(self, s: Sentence, m: Match, draft: VisitDraft, at: int) -> None:
        moved = draft.status in _MOVED
        head = m.head if is_verb(s.items[m.head]) and not moved else at
        ahead = True if draft.status == "planned" else None if draft.status in _MOVED else False if draft.past or draft.status == "completed" else None
        self._until(s, head, draft, at)
        outer = governor(s, at)
        if outer is not None and s.items[outer].lemma == "continue" and s.items[at].dep == "nsubj":
            return  # a day in its middle
        for k in self._dates_of(s, head, at, moved):
            named: Any = s.items[k].ref
            when = self.clock.of(s.items[k], True if moved and named.kind == "weekday" and named.offset is None else ahead)
            if when.start is None:
                continue
            if when.end:
                draft.start, draft.end = replace(when, end=None), replace(when, start=when.end, end=None)
                return
            if self._ends(s, m, at):
                draft.end = draft.end if draft.end.start else when
                draft.start = _moved(when, 1 - self._length(s, at)) if self._length(s, at) > 1 else draft.start
                return
            draft.start = when
            if self._length(s, at) and not draft.end.start:
                draft.end = _moved(when, self._length(s, at) - 1)
            return

    def _ends(self, s: Sentence, m: Match, at: int) -> bool:
        """Whether the verb tells the end of the visit: "concluded", "the visit ended on"."""
        outer = governor(s, at) if not is_verb(s.items[at]) else at
        words = {s.items[k].lemma for k in (m.head, outer) if k is not None and is_verb(s.items[k])}
        return bool(words & stage.ENDING)

    def _until(self, s: Sentence, head: int, draft: VisitDraft, at: int) -> None:
        for k, item in enumerate(s.items):
            if item.kind == "date" and not item.quoted and k > min(head, at) and getattr(item.ref, "preposition", None) in _UNTIL:
                when = self.clock.of(item, draft.status != "completed")
                draft.end = replace(when, end=None) if when.start else draft.end
                return

    def _length(self, s: Sentence, at: int) -> int:
        """How many days a visit is said to last; 0 where nothing says it."""
        found = _LENGTH.search(" ".join(i.text for i in s.items[max(0, at - 6) : min(len(s.items), at + 12)]))
        if not found:
            return 0
        word = (found[1] or "one").lower()
        return int(word) if word.isdigit() else _NUMBERS[word]

    def _date_statuses(self) -> None:
        for v in self.found[-_RECENT:]:
            v.status = stage.by_dates(v.status, v.firm, v.past, v.start.start, v.end.start, self.clock.today) if v.kind != "site" else v.status

    # -- putting together -------------------------------------------------------------------------------------------------

    def _add(self, new: VisitDraft) -> None:
        travellers = [self.discourse.notes.people[p.person] for p in new.visitors if p.person >= 0]
        if travellers and all(is_private(f, self.discourse.lex) for f in travellers):
            return  # a company's delegation
        for old in self.found[-_RECENT:]:
            if _one_visit(old, new):
                _merge(old, new)
                return
        self.found.append(new)


def _homeward(s: Sentence, m: Match) -> bool:
    """"flew home", "arrived back in": a way home is no visit."""
    return is_verb(s.items[m.head]) and any(i.low in _HOMEWARD for i in s.items[m.head : m.head + 3])


def _auxiliary(s: Sentence, m: Match) -> bool:
    """"was accompanied in", "has been in": a form of be that is no verb of its own, or tells of a long stay."""
    item = s.items[m.head]
    if item.lemma == "arrive" and any(i.low in _CONCLUSIONS for i in s.items[m.last : m.last + 5]):
        return True  # "arrived at a different conclusion"
    if m.pattern.id != "be-in" or item.lemma != "be":
        return False
    between = any(i.kind == "word" and i.tag[:2] in ("VB", "JJ", "NN") and i.low != "due" for i in s.items[m.head + 1 : m.last])
    return between or item.dep in ("aux", "auxpass") or item.tag in ("VBN", "VBG")


def _one_visit(old: VisitDraft, new: VisitDraft) -> bool:
    if (old.kind == "site") != (new.kind == "site") or old.to != new.to:
        return False
    if old.kind == "site":
        return old.sentence == new.sentence and old.status == new.status
    if old.visitors and new.visitors and not any(p.same(q) for p in old.visitors for q in new.visitors):
        return False
    if not (old.visitors and new.visitors) and old.from_ and new.from_ and old.from_ != new.from_:
        return False
    if old.start.start and new.start.start:
        return _meets(old, new)
    if old.sentence == new.sentence and old.visitors and new.visitors:
        return True
    if "planned" in (old.status, new.status) and old.status != new.status and not {old.status, new.status} & _MOVED:
        return "completed" not in (old.status, new.status) and not (old.firm and new.firm)
    return True


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
    if new.status in _MOVED or (new.firm and (not old.firm or new.status == "completed")) and old.status not in _MOVED:
        old.status, old.firm, old.past = new.status, new.firm, new.past
    old.inviters += [p for p in new.inviters if not any(p.same(q) for q in (*old.inviters, *old.visitors))]
    old.delegation, old.delegation_span = old.delegation or new.delegation, old.delegation_span or new.delegation_span
    old.from_ = old.from_ or new.from_
    old.mentions.append(new.trigger)
    old.told.append(new.sentence)


def _meets(a: VisitDraft, b: VisitDraft) -> bool:
    """Whether two visits' dates can be of one journey: the same day, or one inside the other."""
    first, second = (a.start.start or "", a.end.start or a.start.start or ""), (b.start.start or "", b.end.start or b.start.start or "")
    if len(first[0]) != len(second[0]):
        return first[0].startswith(second[0][:7]) or second[0].startswith(first[0][:7])
    return first[0] <= second[1] and second[0] <= first[1]


def _moved(when: When, days: int) -> When:
    """The day ``days`` after (before, if negative) a visit's first (last) day."""
    start = when.start or ""
    year = start[:4] if start[:4].isdigit() else "2000"
    try:
        day = date.fromisoformat(year + start[4:]) + timedelta(days=days)
    except ValueError:
        return When()
    shown = day.isoformat() if start[:4].isdigit() else "XXXX" + day.isoformat()[4:]
    return When(shown, None, f"{start} {'+' if days >= 0 else '-'} {abs(days)} days → {shown}", when.spans)


__all__ = ["Visits", "places"]

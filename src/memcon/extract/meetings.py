"""Contacts: who met whom, in which form, when and where, and whether it took place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from memcon.codebook.patterns import Match, PatternSet, order_of, pattern_set
from memcon.extract.aside import (
    acts_for_state,
    counterfactual,
    departed,
    hearsay,
    history,
    imagined,
    is_life,
    is_private,
    looks_back,
    of_screen,
    of_sport,
    one_land,
    own_body,
    remembered,
    supposed,
)
from memcon.extract.attendance import attendants, company, join
from memcon.extract.discourse import Discourse, Party, main_verb
from memcon.extract.draft import MeetingDraft, When
from memcon.extract.facing import facing
from memcon.extract.gatherings import Gatherings
from memcon.extract.linear import after_word, object_after, second_of_two, subject_before
from memcon.extract.occasions import Occasions
from memcon.extract.rounds import Rounds
from memcon.extract.several import group, lands_of
from memcon.extract.times import Clock, bearings
from memcon.extract.tree import denied, governor, is_verb, kids, modality, negated, objects, passive, prepositions, subject
from memcon.langs import places
from memcon.langs.fold import fold
from memcon.mentions import STATE_POSTS, Figure, Office, Sentence
from memcon.model import Span

_FACE_TO_FACE = frozenset(("meeting", "talks", "working_session", "courtesy_call", "audience", "summit", "banquet"))
_SEPARATE = frozenset(("separate", "separately", "respectively", "individually", "each", "turn"))
_AHEAD = frozenset("next upcoming planned proposed possible future forthcoming coming scheduled expected further potential eventual".split())
_NO_PARTY = frozenset(("meeting#visit-person", "meeting#welcome", "meeting#host", "meeting#call-on", "phone_call#call", "meeting#summon", "meeting#receive", "meeting#see-off"))
_TOLD = frozenset("recent last previous latest past earlier today yesterday first".split())  # "the importance of the recent meeting": one that took place
_GOING = frozenset("go leave depart fly travel head arrive come return journey".split())
_DEPARTING = frozenset("leave depart fly head travel".split())
_HOUR = re.compile(r"(?:at )?\d{1,2}[:.h]\d\d\b")
_PHONE = frozenset("telephone telephoned phoned telephones phone-call phone".split())
_PROGRAMME = frozenset("schedule agenda programme program itinerary calendar timetable".split())
_ALONE = frozenset(("ceremony#lay-wreath", "ceremony#ceremonial-welcome", "ceremony#ceremony-noun"))
_ONCE_MORE = frozenset("and then later separately also afterwards finally".split())
_NEXT = frozenset("then afterwards later subsequently afterward".split())
_RECENT = 64  # contacts told last, one of which a sentence may tell again: of very many, not each can be asked
_YEARLY = frozenset(("annual", "yearly", "regular"))
_SAME_EVENT = 6  # sentences within which a body's gathering and somebody's part in one are the same
_HIGH = frozenset(("head_of_state", "head_of_government", "minister", "parliament"))
_SPEAKERS = ("speaker", "president", "chair", "head", "vice", "deputy")
_TOP = frozenset(("head_of_state", "head_of_government", "parliament"))
_ATTENDING = frozenset("attend join visit travel fly go arrive be address participate leave depart head come co-chair chair take return proceed".split())
_SENT = frozenset("represent lead send join witness welcome receive host meet greet see".split())
_ARRANGERS = frozenset("aides aide officials staff organisers organizers embassy team".split())
_NARROW = frozenset("one-on-one tête-à-tête tete-a-tete private restricted narrow face-to-face informal".split())
_WIDE = frozenset("expanded extended enlarged plenary delegation-level broader delegations broad".split())
_JOURNEYS = frozenset("trip visit tour stay programme program journey schedule agenda day".split())
_TAKING_PLACE = frozenset("hold have conduct take begin open start resume conclude schedule plan convene launch host end close finish wrap continue".split())
_ENVOYS = frozenset("ambassadors envoys heads diplomats commissioners".split())
_WORLDWIDE = frozenset("international world global ministerial regional multilateral interministerial g20 g7 g77 un".split())
_AMONG = frozenset("including include namely comprising".split())
_BESIDES = frozenset("sidelines margins sideline interacted interact counterparts bilateral bilaterals".split())  # one after the other, beside a larger gathering
_PRESS = frozenset("press media reporters journalists news".split())
_ROOMS = frozenset("room rooms hall halls venue venues table centre center preparations speculation".split())
_PRONOUNS = frozenset("him her them he she they".split())
_ONE_OF = frozenset("round rounds session sessions meeting series edition".split())
_BY, _WITH = frozenset(("by",)), frozenset(("with",))
_ARRANGED = frozenset("plan schedule expect set slate arrange foresee envisage".split())
_IDEAS = frozenset(
    "importance need necessity urgency possibility prospect prospects idea hope hopes chance desirability readiness willingness interest proposal proposals call calls appeal "
    "appeals request plea desire wish offer speculation talk rumour rumours rumor rumors lack absence opportunity condition conditions precondition preconditions prerequisite prerequisites option suggestion question likelihood push demand demands basis way path".split()
)
_SETTLED = frozenset("confirm agree arrange finalise finalize".split())
_UNWILLING = frozenset(
    "propose seek suggest offer request urge refuse demand want favour favor support resist reject decline oppose boycott avoid shun snub skip exclude preclude advocate moot float need require deserve counter-propose counterpropose".split()
)
_CALLING = frozenset("call press push appeal plead ask hope wait wish argue lobby pray advocate".split())
_TOPPING = frozenset("top dominate feature figure loom arise crown overshadow lead".split())
_CROWD = frozenset(
    "member members family families relative relatives mother father parents victim victims survivor survivors citizen citizens resident residents worker workers student students "
    "soldier soldiers troops serviceman servicemen fan fans hostage hostages journalist journalists reporter reporters refugee refugees child children businessman businessmen "
    "executive executives investor investors company companies group groups veteran veterans community diaspora people crowd".split()
)
_BODIES = frozenset("party government ministry parliament assembly union congress front movement opposition commission committee authority states nations alliance league coalition taliban".split())
_HOUSES = frozenset("ministry ministries mfa".split())
_KIN = frozenset("family families relative relatives mother father parents victim victims survivor survivors fans hostages".split())
_GROUPS = frozenset("delegation mission team group".split())
_IN_PERSON = frozenset("sidelines margins person face-to-face meeting met sideline summit visit visiting visited".split())
_VISITING = frozenset(("visit", "tour", "pay", "make"))


@dataclass(slots=True)
class _Roles:
    """The parties of one trigger by role."""

    hosts: list[Party] = field(default_factory=list)
    guests: list[Party] = field(default_factory=list)
    left: list[Party] = field(default_factory=list)  # either side, named first
    right: list[Party] = field(default_factory=list)  # either side, the other
    apart: bool = False  # the words part the other side: "with A and then with B"

    def put(self, role: str, parties: list[Party], first: bool) -> None:
        """Add parties under "host", "guest" or "both"; a "topic" is none."""
        if role == "topic":
            return
        target = {"host": self.hosts, "guest": self.guests}.get(role)
        if target is None:
            target = self.left if first else self.right
        for party in parties:
            if not any(party.same(p) for p in (*self.hosts, *self.guests, *self.left, *self.right)):
                target.append(party)

    @property
    def everyone(self) -> list[Party]:
        """All parties of the trigger."""
        return [*self.hosts, *self.guests, *self.left, *self.right]


@dataclass(slots=True)
class Meetings:
    """Collects the contacts of a report, sentence by sentence, into ``discourse.contacts``."""

    discourse: Discourse
    clock: Clock
    patterns: PatternSet = field(default_factory=lambda: pattern_set("meetings"))
    found: list[MeetingDraft] = field(default_factory=list)
    pending: list[tuple[Sentence, MeetingDraft]] = field(default_factory=list)
    parts: list[tuple[MeetingDraft, MeetingDraft]] = field(default_factory=list)  # a contact of several, and one of fewer of them told after it
    vague: list[tuple[int, Party]] = field(default_factory=list)  # whom pronouns and bare titles of the trigger were taken to mean
    lost: list[int] = field(default_factory=list)  # pronouns of the trigger that were taken to mean nobody
    domestic: bool | None = None  # whether the report names one country only
    lenient: bool = False  # a first look: contacts of people whose side is not known yet count too

    def read(self, s: Sentence) -> None:
        """Take in the contacts that one parsed sentence tells."""
        contacts, people, taken = attendants(s, self.discourse)
        for contact in contacts:
            join(contact, people, self.discourse, settled=not self.lenient)
            if s.index not in contact.sentences:
                contact.sentences.append(s.index)
        for match in self._matches(s):
            if taken.intersection(range(match.head, match.last + 1)):
                continue
            if self._tell(s, match):
                taken.update(range(match.head, match.last + 1))
        at, others = company(s, self.discourse)
        told = [d for d in self.found if s.index in d.sentences and (at is None or any(p.person == at for p in d.everyone))] if others else []
        if told:
            join(max(told, key=lambda d: (d.sentence, d.position)), others, self.discourse, settled=not self.lenient)
        if not self.lenient:
            self._rounds(s)
            self._occasions(s)
            self._gatherings(s)

    def _gatherings(self, s: Sentence) -> None:
        """Gatherings of a body without its people, unless the sentence has told a contact."""
        for draft in Gatherings(self.discourse, self.clock).told(s):
            if not any(d.sentence == s.index for d in self.found):
                self._add(s, draft)

    def _occasions(self, s: Sentence) -> None:
        """Banquets and welcomes of which the words name one side, unless the sentence has told them."""
        for draft in Occasions(self.discourse, self.clock).told(s):
            if not any(d.kind == draft.kind and d.sentence == s.index for d in self.found):
                self._add(s, draft)

    def _rounds(self, s: Sentence) -> None:
        """Sessions of bilateral formats, unless the sentence has told them with their people."""
        told = [d for d in self.found if d.sentence == s.index and d.kind in ("talks", "meeting", "conference")]
        for draft in Rounds(self.discourse, self.clock).told(s):
            near = [d for d in told if abs(d.position - draft.position) < 60]
            if not near:
                self._add(s, draft)
            elif len(near) == 1 and draft.rule.endswith("#format") and self._only_meant(near[0], draft):
                near[0].hosts, near[0].guests, near[0].unsided = draft.hosts, draft.guests, True

    def _only_meant(self, told: MeetingDraft, session: MeetingDraft) -> bool:
        """Whether the words tell a session of the two sides, and no people: "they will hold the next round", "the Alliance will hold a meeting of the A-B Commission"."""
        if all(p.person < 0 for p in session.everyone) and any(p.person < 0 and "-" in p.name for p in told.everyone):
            return not any(p.person >= 0 for p in told.everyone)
        return told.status == "planned" and all(p.rests for p in told.everyone) and told.kind == "talks"

    def _matches(self, s: Sentence) -> Iterator[Match]:
        """Patterns in the sentence, the most exact kind first at each place, outer verbs before the nouns inside them."""
        for i, item in enumerate(s.items):
            if item.kind != "word" or item.quoted and not self._reports(s, i):
                continue
            found = [m for m in self.patterns.at(s.items, i) if self._head_fits(s, m)]
            if len(found) > 1:
                found.sort(key=lambda m: (-order_of("meetings", m.pattern.kind), -len(m.pattern.elements), m.pattern.rule))
            yield from found

    def _reports(self, s: Sentence, i: int) -> bool:
        """Whether a quotation itself reports at this verb, as a spokesman's does: "The Foreign Secretary met NAME today"."""
        item = s.items[i]
        if not is_verb(item) or item.tag not in ("VBD", "VBZ", "VB"):
            return False
        subj = subject(s, i)
        named = subj is not None and s.items[subj].kind in ("person", "office")
        return named and any(s.items[k].kind in ("person", "office") for k in range(i + 1, min(len(s.items), i + 4)))

    def _head_fits(self, s: Sentence, m: Match) -> bool:
        item = s.items[m.head]
        if self._before_another(s, m):
            return False
        if m.pattern.needs == "call" and not self._on_the_phone(s) and not self._among_officials(s, m):
            return False
        if m.pattern.noun:
            return item.tag.startswith("NN") or item.tag == "JJ"
        if m.pattern.id == "call" and self._names(s, m):
            return False
        return is_verb(item) and item.dep not in ("aux", "auxpass")  # "has cancelled his meeting" has none

    def _before_another(self, s: Sentence, m: Match) -> bool:
        """"conference room drills", "meeting venue": a word for something else."""
        after = s.items[m.last + 1] if m.last + 1 < len(s.items) else None
        return after is not None and after.low in _ROOMS and after.tag.startswith("NN")

    def _names(self, s: Sentence, m: Match) -> bool:
        """"called him a liar", "called X “short”": the verb gives a name, nobody is on the telephone."""
        if any(s.items[j].kind == "word" and j > m.last for j in kids(s, m.head, "oprd")):
            return True
        k = next((k for k in range(m.last + 1, min(len(s.items), m.last + 3)) if s.items[k].kind in ("person", "office") or s.items[k].low in _PRONOUNS), None)
        if k is None or k + 1 >= len(s.items):
            return False
        after = s.items[k + 1]
        named = after.low in ("a", "an") and not any(i.kind == "date" or i.low in ("day", "week", "month", "few") for i in s.items[k + 2 : k + 4])
        return after.quoted or after.text in ("“", '"', "‘") or named

    def _among_officials(self, s: Sentence, m: Match) -> bool:
        """"The President spoke today with Prime Minister X of LAND": two officials of state, not a speech to an audience."""
        subj = subject(s, m.head)
        near = [k for k in range(m.last + 1, min(len(s.items), m.last + 3)) if s.items[k].kind in ("person", "office")]
        if subj is None or not near or s.items[m.head].tag not in ("VBD", "VBN", "VBZ"):
            return False
        both = [self.discourse.resolve(s, subj), self.discourse.resolve(s, near[0])]
        known = {p.country for side in both for p in side[:1]}
        posts = STATE_POSTS if len(known) > 1 and None not in known else _HIGH  # of unknown countries: those who speak for a state
        return all(any(p.person >= 0 and self._holds(p, posts) for p in side) for side in both)

    def _holds(self, party: Party, posts: AbstractSet[str]) -> bool:
        aside = ("former", *(("under", "deputy", "assistant") if posts is _HIGH else ()))
        return any(o.klass in posts and not fold(o.title).startswith(aside) for o in self.discourse.notes.people[party.person].offices)

    def _on_the_phone(self, s: Sentence) -> bool:
        """Whether this sentence or the one before is of telephone calls: "He spoke first to X" then tells one."""
        near = [t for t in self.discourse.notes.sentences[max(0, s.index - 1) : s.index + 1] if t.paragraph == s.paragraph or t is s]
        words = [i.low for t in near for i in t.items]
        if any(w in _PHONE for w in words):
            return True
        active = self.discourse.active(s.index, s.start)
        return active is not None and active.kind == "phone_call" and any(i.low in ("call", "calls") for i in s.items)

    # -- one trigger ----------------------------------------------------------------------------------------------------

    def _tell(self, s: Sentence, m: Match) -> bool:
        verb = m.head if not m.pattern.noun else self._light_verb(s, m)
        status = self._status(s, m, verb)
        if status is None:
            if not m.pattern.noun and m.pattern.kind in ("meeting", "phone_call") and modality(s, m.head) == "negated":
                self._take_back(self._verb_roles(s, m).everyone)
            elif m.pattern.noun and denied(s, self._main_noun(s, m)) and any(s.items[k].low == "such" for k in range(max(0, m.head - 2), m.head)):
                active = self.discourse.active(s.index, s.items[m.head].start)
                self._take_back(active.everyone if active is not None else [])
            return False
        self.vague.clear()
        self.lost.clear()
        outer = governor(s, m.head) if verb is None and m.pattern.noun else None
        if imagined(s, m.head if verb is None else verb, self.discourse.notes, outer) or remembered(s, self.discourse.notes) or hearsay(s, self.discourse.notes) or counterfactual(s, m.head):
            return False
        roles = self._noun_roles(s, m) if m.pattern.noun else self._verb_roles(s, m)
        self._turn_to_the_other(s, m, roles)
        drafts = self._drafts(s, m, roles, status)
        if m.pattern.needs == "fresh" or m.pattern.needs == "call" and not self._on_the_phone(s):
            self.pending += [(s, d) for d in drafts]
            return False
        for draft in drafts:
            self._add(s, draft)
        return bool(drafts)

    def _turn_to_the_other(self, s: Sentence, m: Match, roles: _Roles) -> None:
        """A pronoun or bare title that puts both sides in one country, or that means nobody, means whoever faces the one who is named."""
        everyone = roles.everyone
        if self.lenient or m.pattern.needs == "fresh" or not everyone or m.pattern.kind in ("conference", "summit"):
            return
        sides = [x for x in (roles.hosts, roles.guests, roles.left, roles.right) if x]
        if len(sides) == 2 and all(p.country for p in everyone) and len({p.country for p in everyone}) == 1:
            for side, other in (sides, sides[::-1]):
                at = next((k for k, p in self.vague if any(p is q for q in side)), None)
                if at is not None and not any(q is p for k, p in self.vague for q in other):
                    found = facing(self.discourse, s, at, other)
                    side[:] = found or side
                    return
        elif len(sides) == 1 and len(everyone) == 1 and (at := next(iter(self.lost or [k for k, p in self.vague if p is not everyone[0] and p.same(everyone[0])]), None)) is not None:
            found = facing(self.discourse, s, at, everyone)
            role = "host" if roles.guests else "guest" if roles.hosts else "both"
            roles.put(role, found, not roles.left)

    def _take_back(self, parties: list[Party]) -> None:
        """"He has neither met X nor …": what the report told of the two with no day of its own is denied."""
        if len(parties) < 2 or self.lenient:
            return
        claimed = [d for d in self.found if d.status == "occurred" and _covers(d.everyone, parties) and _covers(parties, d.everyone)]
        for draft in claimed:
            self.found.remove(draft)
            self.discourse.contacts[:] = [c for c in self.discourse.contacts if c is not draft]

    def finish(self) -> None:
        """After the last sentence: what is told only as "A discussed X with B" is a contact if nothing else told of one; what is history goes."""
        left = self._leave_history()
        for s, draft in self.pending:
            if self.found and all(p.person < 0 for p in draft.everyone):
                continue  # "The EU and LAND reviewed …" after a session told with its people
            if not any(_covers(d.everyone, draft.everyone) for d in (*self.found, *left)):
                self._add(s, draft)
        self.pending.clear()
        self._leave_gatherings()
        for listed in list(self.found):
            self._part(listed)
        self._leave_headlines()

    def _leave_gatherings(self) -> None:
        """A body's gathering that is told with somebody who took part is that contact."""
        told = [d for d in self.found if d.kind in ("conference", "summit") and any(p.person >= 0 for p in d.everyone)]
        for draft in [d for d in self.found if d.rule.endswith("#gathering")]:
            if any(abs(d.sentence - draft.sentence) <= _SAME_EVENT and (not d.when.start or not draft.when.start or _compatible(d.when.start, draft.when.start)) for d in told):
                self.found.remove(draft)
                self.discourse.contacts[:] = [c for c in self.discourse.contacts if c is not draft]

    def _replace(self, old: MeetingDraft, new: list[MeetingDraft]) -> None:
        """Put contacts in the place of one."""
        for told in (self.found, self.discourse.contacts):
            at = next((k for k, c in enumerate(told) if c is old), None)
            if at is not None:
                told[at : at + 1] = new

    def _part(self, group: MeetingDraft) -> None:
        """"received the envoys A, B and C … With A he spoke of trade. He also met B …": a list in the lead, told one by one after, is several contacts."""
        own = [p for g, p in self.parts if g is group]
        for side, other in ((group.hosts, group.guests), (group.guests, group.hosts)):
            if len(side) != 1 or len(other) < 2:
                continue
            singly = {k: p for p in own for k, x in enumerate(other) if any(x.same(y) for y in p.everyone) and any(side[0].same(y) for y in p.everyone)}
            lands = [other[k].country for k in singly]
            if len(singly) < 2 or len({c for c in lands if c}) + lands.count(None) < len(singly):
                continue
            for part in singly.values():
                part.when = part.when if part.when.start else group.when
            rest = [x for k, x in enumerate(other) if k not in singly]
            other[:] = rest
            self._replace(group, [*([group] if rest else []), *singly.values()])
            return

    def _leave_headlines(self) -> None:
        """Drop what a headline tells of somebody whom it does not name, where the report tells of that contact with names."""
        kinds = {s.index: s.kind for s in self.discourse.notes.sentences}
        for draft in list(self.found):
            if any(kinds[k] != "headline" for k in draft.sentences) or all(p.person >= 0 for p in draft.everyone):
                continue
            for told in self.found:
                if told is draft or told.status != draft.status or all(kinds[k] == "headline" for k in told.sentences):
                    continue
                shared = [p for p in draft.everyone if any(p.same(q) or p.person < 0 and p.country is not None and p.country == q.country for q in told.everyone)]
                if shared and all(p in shared or p.person < 0 for p in draft.everyone):
                    self._replace(draft, [])
                    break

    def _leave_history(self) -> list[MeetingDraft]:
        """Drop contacts of long ago, of the dead, of sport and of the screen, and in a life those that are not told to the day. Gives what was dropped."""
        left = []
        notes = self.discourse.notes
        life, gone, sport, screen = is_life(notes) or looks_back(notes), departed(notes), of_sport(notes), of_screen(notes)
        for draft in list(self.found):
            day = len(draft.when.start or "") == 10
            past = draft.status == "occurred" and history(draft.when.start, self.clock.today, notes)
            life_only = draft.status == "occurred" and life and not day and not self.clock.day(notes.sentences[draft.sentence]).start
            of_dead = not day and any(p.person in gone for p in draft.everyone)
            played = sport and not any(self._of_state(p) for p in draft.everyone) or screen and not day
            if past or life_only or of_dead or played:
                left.append(draft)
                self.found.remove(draft)
                self.discourse.contacts[:] = [c for c in self.discourse.contacts if c is not draft]
        return left

    def _of_state(self, party: Party) -> bool:
        """Whether the party is a state, an international body, or somebody in an office of state: "President X" alone may be a club's."""
        if party.person < 0:
            return party.kind == "country" or places.body(party.name) is not None
        return acts_for_state(self.discourse.notes.people[party.person], self.discourse.lex)

    def _light_verb(self, s: Sentence, m: Match) -> int | None:
        """The verb that has the noun as its object or subject ("held talks", "talks were held")."""
        noun = self._main_noun(s, m)
        item = s.items[noun]
        if item.dep in ("dobj", "nsubj", "nsubjpass", "attr", "obj") and is_verb(s.items[item.head]):
            return item.head
        first = noun
        while s.items[first].dep == "conj" and s.items[s.items[first].head].tag.startswith("NN") and s.items[first].head < first:
            first = s.items[first].head  # "will include talks with A, as well as meetings with B"
        head = s.items[s.items[first].head]
        return s.items[first].head if first != noun and s.items[first].dep == "dobj" and is_verb(head) and head.lemma in ("include", "feature", "have", "hold") else None

    def _main_noun(self, s: Sentence, m: Match) -> int:
        for k in range(m.last, m.head - 1, -1):
            if s.items[k].tag.startswith("NN"):
                whole = s.items[k].head  # "the strategic dialogue meeting": the meeting is what is held
                return whole if s.items[k].dep == "compound" and 0 < whole - k < 3 and s.items[whole].low in ("meeting", "session", "round") else k
        return m.head

    def _status(self, s: Sentence, m: Match, verb: int | None) -> str | None:
        """The status of the contact, or None when it is only wished for or denied."""
        noun = self._main_noun(s, m)
        if denied(s, noun) or denied(s, m.head):
            return None
        if m.pattern.noun:
            return self._status_of_noun(s, m, verb, noun)
        mood = modality(s, m.head)
        if self._merely_wished(s, m.head):
            return None
        if mood in ("negated", "wished") or (m.pattern.id == "call-on" and kids(s, m.head, "xcomp", "advcl", "ccomp")):
            return None  # "called on Y to keep the truce" asks, it does not meet
        return "planned" if mood == "planned" else "occurred"

    def _status_of_noun(self, s: Sentence, m: Match, verb: int | None, noun: int) -> str | None:
        """The same for "held talks", "a meeting was arranged", where `verb` is the one that carries the noun, if any."""
        words = {s.items[k].low for k in s.children[noun]} | {s.items[k].low for k in range(max(0, m.head - 2), m.head)}
        outer = verb if verb is not None else governor(s, noun)
        if self._merely_wished(s, noun if verb is None else verb) and not words & _TOLD:
            return None
        moved = _moved(s, outer, noun) if outer is not None else None
        if moved or supposed(s, noun):
            return moved
        if outer is not None:
            if s.items[outer].lemma in _SETTLED and s.items[outer].dep == "advcl":
                return None  # "as soon as the meeting was confirmed"
            if verb is not None and s.items[outer].lemma in _ARRANGED and (passive(s, outer) or s.items[outer].tag == "VBN") and not self._in_advance(s, outer):
                return "planned"
            if self._on_programme(s, outer):
                return "planned"
            mood = modality(s, outer) if verb is not None else "real"
            if mood in ("negated", "wished"):
                return None
            if mood == "planned":
                return "planned"
            if verb is None and (words & _AHEAD or self._told_for(s, noun, outer) or any(way > 0 for _, way in bearings(s, noun))):
                return "planned"
            if verb is not None and s.items[outer].lemma in _UNWILLING:
                return None
        return "planned" if words & _AHEAD or verb is None and self._timetabled(s, noun) else "occurred"

    def _timetabled(self, s: Sentence, noun: int) -> bool:
        """"10:30 Meeting with X": a line of a timetable."""
        text = self.discourse.notes.text[s.start : s.items[noun].start]
        return _HOUR.match(text.lstrip(" -–•*")) is not None and not any(i.tag in ("VBD", "VBZ") for i in s.items)

    def _in_advance(self, s: Sentence, verb: int) -> bool:
        """"The call was planned in advance": it took place."""
        return any(i.low in ("advance", "beforehand") for i in s.items[verb + 1 : verb + 3])

    def _merely_wished(self, s: Sentence, k: int) -> bool:
        """"The importance of starting talks with X", "called for a meeting of", "the need for dialogue": an event that nobody tells."""
        if is_verb(s.items[k]) and s.items[k].dep not in ("pcomp", "acl", "xcomp"):
            return False
        for _ in range(4):
            item = s.items[k]
            head = s.items[item.head]
            if item.head == k or item.dep not in ("pobj", "pcomp", "prep", "conj", "amod", "compound"):
                return False
            if item.low == "of" and k > 0 and s.items[k - 1].low in ("and", "or") and is_verb(head) and any(i.low in _IDEAS and i.tag.startswith("NN") for i in s.items[item.head : k]):
                return True  # "stressed the importance of A and of resuming talks": the second "of" hangs on the verb
            if item.low in ("for", "of", "on", "about", "in", "to") and item.dep == "prep" and (head.low in _IDEAS and head.tag.startswith("NN") or item.low == "for" and head.lemma in _CALLING):
                return True
            if item.dep == "prep" and (item.low == "on" and head.lemma == "insist" or item.low in ("on", "about") and head.low in ("views", "opinions") and head.dep == "dobj"):
                return True  # "insisted on holding talks", "exchanged views on political dialogue"
            k = item.head
        return False

    def _told_for(self, s: Sentence, noun: int, outer: int) -> bool:
        """"trade is expected to top the agenda in meetings with X": the clause that the event frames is still to come."""
        head = s.items[s.items[noun].head]
        if s.items[noun].dep == "pobj" and head.low in ("for", "to") and (self._about_to_go(s, outer) or head.low == "for" and head.head == outer and modality(s, outer) == "planned"):
            return True
        if s.items[noun].dep == "pobj" and head.low == "for" and s.items[outer].lemma in _VISITING and modality(s, outer) == "planned":
            return True  # "will visit Peru in May for talks with X"
        if head.low in ("after", "following"):  # "will face the press after talks with X"
            above = governor(s, s.items[noun].head) if is_verb(head) else outer
            return above is not None and above < noun and modality(s, above) == "planned" and any(i.low in _PRESS for i in s.items[above:noun])
        if s.items[noun].dep != "pobj" or head.low not in ("in", "at", "during"):
            return False
        near = head.head == outer or s.items[head.head].dep in ("attr", "dobj", "prep", "pobj")
        would = any(s.items[k].low == "would" for k in kids(s, outer, "aux")) and s.items[outer].dep == "ccomp"
        return near and (modality(s, outer) == "planned" or would)

    def _about_to_go(self, s: Sentence, verb: int) -> bool:
        """"is flying to Lima tomorrow for talks with X", "leaves for Lima for a meeting": in the present, of a journey to come."""
        if s.items[verb].lemma not in _GOING or modality(s, verb) not in ("real", "planned"):
            return False
        present = s.items[verb].tag in ("VBZ", "VBP") or s.items[verb].tag == "VBG" and any(s.items[k].low in ("is", "are") for k in kids(s, verb, "aux"))
        when = [i.ref for i in s.items if i.kind == "date" and not i.quoted]
        ahead = any(getattr(w, "kind", "") == "weekday" or (getattr(w, "offset_days", 0) or 0) > 0 or (getattr(w, "offset", 0) or 0) > 0 for w in when)
        return modality(s, verb) == "planned" or present and (ahead or s.items[verb].lemma in _DEPARTING)

    def _on_programme(self, s: Sentence, verb: int) -> bool:
        """"has on his schedule a meeting with X", "the programme includes talks with X", "a visit that includes talks with X"."""
        subj = subject(s, verb)
        if s.items[verb].lemma in ("include", "feature") and s.items[verb].tag in ("VBZ", "VBP") and subj is not None and s.items[subj].low in _JOURNEYS:
            return True
        if s.items[verb].lemma not in ("have", "include", "feature", "comprise", "provide", "foresee", "list", "be"):
            return False
        return any(s.items[k].low in _PROGRAMME for k in range(max(0, verb - 6), min(len(s.items), verb + 5)))

    def _resolve(self, s: Sentence, k: int) -> list[Party]:
        """Who a role's noun names; families, workers or members of something are nobody who acts for a state."""
        item = s.items[k]
        if item.low in _GROUPS:
            head = next((j for j in range(k + 1, min(len(s.items) - 2, k + 5)) if s.items[j].low in ("led", "headed") and s.items[j + 1].low == "by"), None)
            if head is not None and s.items[head + 2].kind == "person":
                return self.discourse.resolve(s, head + 2)
        verb = s.items[item.head]
        if item.low == "whom" and verb.dep == "relcl" and verb.head != item.head and is_verb(verb):
            return self.discourse.resolve(s, verb.head)  # "X, whom she first met in April"
        found = self.discourse.resolve(s, k)
        if item.tag == "PRP" or item.kind == "office":
            self.vague += [(k, p) for p in found if p.person >= 0]
            self.lost += [k] if not found and item.low in _PRONOUNS else []
        if not found and not self.lenient:
            within = [j for low, j in prepositions(s, k) if low == "of" and s.items[j].tag == "NNS"] if item.low in ("group", "number", "delegation") else []
            within += [j for j in kids(s, k, "compound") if s.items[j].kind == "office" and item.low in ("states", "countries", "nations")]  # "ambassadors of EU member states"
            meant = [p for j in within for p in self._resolve(s, j)] or self._group(s, k)
            if meant:
                return meant
        if isinstance(item.ref, Office) and item.ref.plural and item.ref.country and len(found) == 1 and found[0].person >= 0 and not item.low.startswith(("the ", "both ", "two ")):
            return []  # "encounters between Ruritanian presidents and their counterparts"
        private = item.kind == "word" and item.low in _CROWD or item.kind == "office" and item.low.split()[0] in _KIN
        return [p for p in found if p.person >= 0 or item.low in ("member", "members") and _of_house(p)] if private else found

    def _group(self, s: Sentence, k: int) -> list[Party]:
        """Officials whom the report does not name, in its words, where these say whose they are: "ambassadors of EU member states", "county leaders from X"."""
        span = group(s, k)
        inside = [i for i in s.items if span is not None and span.start <= i.start < span.end]
        owned = any(i.kind in ("org", "place") or i.kind == "word" and places.body(i.text) is not None for i in inside)
        if span is None or not owned:
            return []
        return [Party("org", self.discourse.notes.text[span.start : span.end], span)]

    def _verb_roles(self, s: Sentence, m: Match) -> _Roles:
        roles = _Roles()
        spec = m.pattern.roles
        inside = set(range(m.head, m.last + 1))
        subj = subject(s, m.head)
        is_passive = passive(s, m.head)
        by = [j for low, j in prepositions(s, m.head) if low == "by"]
        own = [subj] if subj is not None and subj not in inside else []
        objs = [k for k in objects(s, m.head) if k not in inside or s.items[k].kind != "word"]
        acting, acted = (by, own) if is_passive and (objs == [] or by) else (own, objs)
        acting, acted = self._by_order(s, m, is_passive, acting, acted)
        for k in acting:
            roles.put(spec.get("subject", "both"), self._resolve(s, k), True)
        missing = bool(acting) and not roles.everyone and m.pattern.kind != "ceremony"  # "The families met A and B": A and B did not meet each other
        self._put_acted(s, m, roles, acted, is_passive)
        for head in [k for k in inside if s.items[k].tag.startswith(("NN", "VB", "IN", "RP"))]:
            for low, j in prepositions(s, head):
                if low == "in" and s.items[j].low in ("honour", "honor"):
                    self._honoured(s, j, roles)
                elif low in spec and spec[low] != "place" and (j not in inside or s.items[j].kind != "word") and not (is_passive and low == "by"):
                    roles.put(spec[low], self._resolve(s, j), False)
        self._included(s, m, roles)
        for j in self._again(s, m):
            roles.apart = True
            roles.put(spec.get(s.items[j - 1].low, "both"), self._resolve(s, j), False)
        last = s.items[m.last]
        if last.tag == "IN" and last.low in spec:
            for j in kids(s, m.last, "pobj"):
                roles.put(spec[last.low], self._resolve(s, j), False)
        return _Roles() if missing and not roles.left and not (roles.hosts and roles.guests) else roles

    def _put_acted(self, s: Sentence, m: Match, roles: _Roles, acted: list[int], is_passive: bool) -> None:
        """The object of the verb, or the subject of a passive; "met and had a friendly talk with X" has it in the verb beside."""
        spec = m.pattern.roles
        guests = self._received_before(s, acted) if is_passive and (spec.get("object") == "guest" or m.pattern.id == "meet") else []
        if guests:
            roles.put(spec.get("object", "both"), guests, False)
        elif "object" in spec or is_passive:
            for k in acted:
                roles.put(spec.get("object", "both"), self._resolve(s, k), False)
        if m.pattern.id == "discuss" and not is_passive:  # "discussed the relations of the two states with X": "with" hangs on what was discussed
            for j in [j for k in objects(s, m.head) for low, j in prepositions(s, k) if low == "with" and s.items[j].kind in ("person", "office")]:
                roles.put("both", self._resolve(s, j), False)
        if all(s.items[k].low == "face" for k in acted) and not is_passive and "with" in spec and m.pattern.id == "meet" and not any(low == "with" for low, _ in prepositions(s, m.head)):
            far = after_word(s, m.last, _WITH)  # "meet face to face with X"
            if far is not None and s.items[far].kind in ("person", "office"):
                roles.put("both", self._resolve(s, far), False)
        if not acted and not is_passive and "with" in spec:
            for k in kids(s, m.head, "conj"):
                for j in [j for v in (k, *objects(s, k)) for low, j in prepositions(s, v) if low == "with"]:
                    roles.put(spec["with"], self._resolve(s, j), False)

    def _received_before(self, s: Sentence, own: list[int]) -> list[Party]:
        """"A welcomed B. She was also met by C": who is received again is who was received, not who received."""
        if not own or s.items[own[0]].low not in _PRONOUNS:
            return []
        last = next((c for c in reversed(self.found) if c.sentence in (s.index - 1, s.index)), None)
        if last is None or not last.hosts or len([p for p in last.guests if p.person >= 0]) != 1:
            return []
        meant = self.discourse.resolve(s, own[0])
        guest = next(p for p in last.guests if p.person >= 0)
        return [self.discourse.party_of(guest.person, meant[0].span, meant[0].rests)] if len(meant) == 1 and any(meant[0].same(p) for p in last.hosts) and not last.unsided else []

    def _by_order(self, s: Sentence, m: Match, is_passive: bool, acting: list[int], acted: list[int]) -> tuple[list[int], list[int]]:
        """The roles that the tree leaves empty, by word order."""
        if is_passive and not acting:
            acting = [k for k in (after_word(s, m.last, _BY),) if k is not None]
        elif not acting:
            acting = [k for k in (subject_before(s, m.head),) if k is not None]
        if not is_passive and not acted and "object" in m.pattern.roles and len(m.pattern.elements) <= 2:
            acted = [k for k in (object_after(s, m.last),) if k is not None and k not in acting]
        return acting, acted

    def _included(self, s: Sentence, m: Match, roles: _Roles) -> None:
        """"met with members of the cabinet, including A, B and C": the named people are who was met."""
        start = next((k for k in range(m.last + 1, len(s.items)) if s.items[k].low in _AMONG), None)
        if start is None or any(s.items[k].tag in ("VBD", "VBZ", "VBP", "MD") for k in range(m.last + 1, start)):
            return
        listed: list[Party] = []
        for k in range(start + 1, len(s.items)):
            if s.items[k].tag in ("VBD", "VBZ", "VBP", "MD") or s.items[k].low in ("who", "which", "and") and s.items[k].dep == "nsubj":
                break
            if s.items[k].kind == "person":
                listed += [p for p in self.discourse.resolve(s, k) if not any(p.same(q) for q in listed)]
        if not listed or any(p.same(q) for p in listed for q in roles.everyone):
            return
        generic = [x for x in (roles.guests, roles.right, roles.hosts, roles.left) if x and all(p.person < 0 for p in x)]
        side = generic[0] if generic else next((x for x in (roles.guests, roles.right) if x), roles.right)
        if not generic and any(p.person >= 0 and p.country and p.country not in {q.country for q in listed} for p in side):
            return
        codes: set[str | None] = {p.country for p in side if p.country} or {p.country for p in listed}
        side[:] = [p for p in listed if p.country in codes] or listed

    def _again(self, s: Sentence, m: Match) -> Iterator[int]:
        """The party behind a preposition said twice: "called on A and, separately, on B", "spoke to A, then to B"."""
        wanted = {w for w in m.pattern.roles if w in ("on", "upon", "with", "to")}
        used = False
        for k in range(m.head + 1, len(s.items) - 1):
            item = s.items[k]
            behind = k + 1 + (s.items[k + 1].low == "the") if item.low in wanted else k
            if item.low in wanted and behind < len(s.items) and (s.items[behind].kind in ("person", "office") or s.items[behind].kind == "org" and s.items[k - 1].low == "and"):
                before = {s.items[j].low for j in range(max(0, k - 3), k)}
                if used and before & _ONCE_MORE:
                    yield behind
                used = True
            elif item.text in (";", ".", '"') or item.tag in ("VBD", "VBZ", "MD"):
                return

    def _honoured(self, s: Sentence, honour: int, roles: _Roles) -> None:
        """"a dinner in his honour", "in honour of X": the guest."""
        for k in [*kids(s, honour, "poss"), *[j for low, j in prepositions(s, honour) if low == "of"]]:
            parties = self.discourse.resolve(s, k)
            if s.items[k].low in ("his", "her", "their"):  # whoever is honoured visits
                guests = [v for v in self.discourse.visitors if not any(v.same(p) for p in roles.everyone)]
                parties = [p for p in parties if any(p.same(v) for v in guests)] or guests[:1] or parties
            roles.put("guest", parties, False)

    def _noun_roles(self, s: Sentence, m: Match) -> _Roles:
        roles = _Roles()
        spec = m.pattern.roles
        noun = self._main_noun(s, m)
        for k in kids(s, noun, "poss"):
            if "possessor" in spec:
                roles.put(spec["possessor"], self._resolve(s, k), True)
        for low, j in prepositions(s, noun):
            if low in spec and spec[low] != "place":
                roles.put(spec[low], self._resolve(s, j), low in ("between", "of"))
        if m.last != noun and s.items[m.last].low in spec:
            for j in kids(s, m.last, "pobj"):
                roles.put(spec[s.items[m.last].low], self._resolve(s, j), False)
        self._made_by(s, noun, roles)
        light = self._light_verb(s, m)
        self._held_with(s, m, noun, light, roles)
        self._between(s, m, roles)
        if self._told_before(s, m, noun, light, roles):
            return _Roles()
        if s.items[noun].dep in ("nsubj", "nsubjpass") and roles.right and not roles.left and self._definite(s, noun):
            self._other_side(s, noun, roles)
        outer = governor(s, noun) if m.pattern.kind not in ("conference", "summit") or self._at(s, noun) else None
        around = s.items[s.items[noun].head].low in ("before", "after", "since", "until", "following")
        if m.pattern.id == "state-occasion" and (outer is None or around or s.items[outer].lemma not in _ATTENDING | _SENT):
            return _Roles()  # "plans a trip soon after his inauguration": nobody is said to be there
        if len(roles.everyone) < 2 or not (roles.left or roles.guests or roles.hosts) or not self._two_sided(roles):
            for party in self._outer_subject(s, outer, noun, m) or self._teller(s, outer, noun, roles):
                roles.put("both", [party], True)
        return roles

    def _made_by(self, s: Sentence, noun: int, roles: _Roles) -> None:
        """"a phone call made by A to B": both sides stand behind the participle."""
        for k in [k for k in kids(s, noun, "acl") if s.items[k].lemma in ("make", "place", "hold", "initiate") and s.items[k].tag == "VBN"]:
            for low, j in prepositions(s, k):
                if low in ("by", "to", "with") and s.items[j].kind in ("person", "office"):
                    roles.put("both", self._resolve(s, j), low == "by")

    def _teller(self, s: Sentence, verb: int | None, noun: int, roles: _Roles) -> list[Party]:
        """"X said that the main topic of the talks with Y was …", "this was stated by X after talks with Y": whoever tells of his own contact."""
        theirs = [p for p in roles.right if p.person >= 0]
        if verb is None or not theirs or len(theirs) < len(roles.everyone) or any(p.same(q) for c in self.discourse.contacts for p in theirs for q in c.everyone):
            return []
        for _ in range(4):
            acting = [j for low, j in prepositions(s, verb) if low == "by"] if passive(s, verb) else [k for k in (subject(s, verb),) if k is not None and k != noun]
            found = [p for k in acting if s.items[k].kind in ("person", "office") for p in self.discourse.resolve(s, k) if p.person >= 0]
            if found:
                return [] if any(p.same(q) for p in found for q in theirs) or not all(self._holds(p, STATE_POSTS) for p in found) else found
            above = governor(s, verb)
            if above is None or above == verb:
                return []
            verb = above
        return []

    def _held_with(self, s: Sentence, m: Match, noun: int, light: int | None, roles: _Roles) -> None:
        """Who stands behind "with" at the noun's verb ("held talks in Lima with X"), or after it in the clause."""
        spec = m.pattern.roles
        above = governor(s, noun) if light is None and s.items[noun].dep == "pobj" and s.items[s.items[noun].head].low in ("in", "during", "by") else light
        for low, j in prepositions(s, above) if above is not None else ():
            if low in ("with", "between") and low in spec:
                roles.put(spec[low], self._resolve(s, j), low == "between")
        if not (roles.right or roles.guests or roles.hosts or len(roles.left) > 1) and "with" in spec:
            far = after_word(s, m.last, _WITH)
            if far is not None:
                roles.put(spec["with"], self._resolve(s, far), False)

    def _between(self, s: Sentence, m: Match, roles: _Roles) -> None:
        """"a meeting between A and, for the first time, his Kenyan counterpart, B": who stands behind "and", where the tree has lost the second side."""
        if "between" not in m.pattern.roles or roles.right or roles.hosts or roles.guests or len(roles.left) != 1:
            return
        second = second_of_two(s, m.last)
        if second is not None:
            roles.put("both", self._resolve(s, second), True)

    def _definite(self, s: Sentence, noun: int) -> bool:
        return any(s.items[k].low in ("the", "this", "these", "those") for k in (*s.children[noun], *range(max(0, noun - 3), noun)) if s.items[k].tag == "DT")

    def _told_before(self, s: Sentence, m: Match, noun: int, light: int | None, roles: _Roles) -> bool:
        """"after the talks", "the meeting was cordial": the contact that has been told of, no other one."""
        bare = s.items[noun].tag == "NNS" and not any(s.items[k].tag in ("DT", "PRP$", "CD") or s.items[k].dep == "poss" for k in s.children[noun])
        if not roles.everyone and bare and s.items[noun].dep != "dobj" and s.items[noun].low not in ("talks", "negotiations", "consultations"):
            return True  # "at multilateral forums", "high-level meetings matter": no one of them
        if any(s.items[k].low in ("another", "other") for k in s.children[noun]) and not roles.everyone:
            return True  # "Another summit was held in 1972": not of those who were told of
        if roles.everyone or not self._definite(s, noun) or m.pattern.kind in ("conference", "summit"):
            return False
        if light is not None and s.items[noun].dep == "dobj":
            return False
        return bool(self.discourse.contacts)

    def _other_side(self, s: Sentence, noun: int, roles: _Roles) -> None:
        """"The meeting with A and B focused on …": whom they met is the other side of the contact being told of."""
        active = self.discourse.active(s.index, s.items[noun].start)
        codes = {p.country for p in roles.right}
        others = [p for p in active.everyone if p.country and p.country not in codes] if active else []
        if others and active is not None and any(p.country in codes for p in active.everyone):
            for party in others:
                roles.put("both", [party], True)

    def _at(self, s: Sentence, noun: int) -> bool:
        """Whether the clause takes place at the event, or its verb acts on it: "within the forum" and "the agenda of the summit" tell nothing."""
        item = s.items[noun]
        head = s.items[item.head]
        if item.dep in ("nsubj", "nsubjpass") and head.dep in ("ccomp", "relcl", "acl"):
            return False  # "They agreed that the forum would be a good occasion"
        return item.dep in ("dobj", "nsubj", "nsubjpass", "obj") or head.low in ("at", "during", "for", "in") and is_verb(s.items[head.head])

    def _two_sided(self, roles: _Roles) -> bool:
        sides = sum(1 for x in (roles.hosts, roles.guests, roles.left, roles.right) if x)
        return sides > 1 or len(roles.left) > 1 and not roles.right

    def _outer_subject(self, s: Sentence, verb: int | None, noun: int, m: Match) -> list[Party]:
        """"At a meeting with Y, X said …", "X held talks with Y": X."""
        if verb is None:
            return self._programmed(s, noun)
        if s.items[verb].dep == "prep":  # "was announced by X following a meeting with Y"
            verb = governor(s, verb) or verb
        by = [j for low, j in prepositions(s, verb) if low == "by"]
        if passive(s, verb) and by:
            return self.discourse.resolve(s, by[0])
        subj = subject(s, verb)
        if subj is None or subj == noun:
            top = main_verb(s)
            subj = subject(s, top) if top is not None and top != verb else None
            if subj is None or subj == noun:
                bare = s.items[noun].tag == "NNS" and s.items[verb].lemma not in _TAKING_PLACE and not any(s.items[k].tag in ("DT", "PRP$") for k in s.children[noun]) and not any(p.person >= 0 for low, j in prepositions(s, noun) for p in self._resolve(s, j))
                bare = bare or self._of_body(s, m)  # "The meeting of the body takes place in May"
                return [p for p in self.discourse.last_subject if p.person >= 0] if s.items[noun].dep in ("nsubj", "nsubjpass") and not bare else []
        if s.items[verb].lemma in _TOPPING and s.items[subj].kind != "person":  # "trade is expected to top the agenda in meetings with X"
            return self._traveller_above(s, verb)
        if s.items[subj].low in _JOURNEYS:  # "the trip opened with a call on X"
            return self.discourse.owner(s, subj) or self.discourse.main(Span(s.items[subj].start, s.items[subj].end))
        found = self.discourse.resolve(s, subj)
        if not found and s.items[subj].low in _ARRANGERS:
            return self.discourse.main(Span(s.items[subj].start, s.items[subj].end))
        return found

    def _traveller_above(self, s: Sentence, verb: int) -> list[Party]:
        """"X starts a tour during which trade will top the agenda": whoever the clause above is about."""
        k: int | None = verb
        while k is not None and (k := governor(s, k)) is not None:
            subj = subject(s, k)
            if subj is not None and s.items[subj].kind in ("person", "office"):
                return self.discourse.resolve(s, subj)
        return []

    def _programmed(self, s: Sentence, noun: int) -> list[Party]:
        """"10:30 Meeting with X", a line of a programme: whose programme it is."""
        lead = {s.items[k].kind for k in range(noun) if s.items[k].kind not in ("word", "date", "place")}
        if noun > 8 or lead or s.items[noun].dep != "ROOT" and s.items[noun].head != noun:
            return []
        return self.discourse.main(Span(s.items[noun].start, s.items[noun].end))

    # -- drafts ---------------------------------------------------------------------------------------------------------

    def _drafts(self, s: Sentence, m: Match, roles: _Roles, status: str) -> list[MeetingDraft]:
        rule = f"{m.pattern.kind}#{m.pattern.id}"
        for side in (roles.hosts, roles.guests, roles.left, roles.right):
            _without_generic(side)
        hosts, guests, unsided = self._sides(roles)
        parties = [*hosts, *guests]
        if "credentials" in rule or "credence" in rule:
            hosts, guests = self._accredited(s, hosts, guests)
        parties = [*hosts, *guests]
        if rule in _ALONE and guests and not hosts and self._visits(guests):
            hosts = []
        elif self._attended(s, m, parties):
            parties = [p for p in parties if p.person >= 0]
            hosts, guests, unsided = [], parties, False
        elif len(parties) < 2 or not hosts or not guests or not self._is_contact(s, parties, rule, m):
            return []
        first, last = s.items[m.head], s.items[m.last]
        trigger = Span(min(first.start, last.start), max(first.end, last.end))
        when = self.clock.near(s, m.head, status in ("planned", "postponed")) or When()
        place, place_span = self._place(s)
        kind = self._kind(s, m)
        out = []
        for some_hosts, some_guests in self._split(s, m, hosts, guests, roles.apart):
            out.append(
                MeetingDraft(
                    kind, some_hosts, some_guests, s.index, first.start, status, [s.index],
                    trigger=trigger, when=when, place=place, place_span=place_span, rule=m.pattern.rule, unsided=unsided,
                )
            )  # fmt: skip
        return out

    def _accredited(self, s: Sentence, hosts: list[Party], guests: list[Party]) -> tuple[list[Party], list[Party]]:
        """"received credentials from five ambassadors", who are named after: the envoys of other countries that the report lists."""
        if any(p.person >= 0 for p in guests) or not any(p.person >= 0 for p in hosts):
            return hosts, guests
        if not any(i.low in _ENVOYS or i.kind == "office" and not _ENVOYS.isdisjoint(i.text.lower().split()) for i in s.items):
            return hosts, guests
        home = {p.country for p in hosts}
        listed = [
            self.discourse.party_of(f.index, f.name_span)
            for f in self.discourse.notes.people
            if f.country and f.country not in home and any(x.start >= s.start for x in f.mentions) and (any(o.klass == "diplomat" and "former" not in o.title for o in f.offices) or self._bracketed(f))
        ]
        return (hosts, listed) if len(listed) > 1 else (hosts, guests)

    def _bracketed(self, figure: Figure) -> bool:
        """"the new envoys, among them NAME (LAND)": a country in brackets, and no post of his own."""
        text = self.discourse.notes.text
        return not figure.offices and any(" (" in (text[x.name_end : x.name_end + 2], text[x.end : x.end + 2]) for x in figure.mentions)

    def _attended(self, s: Sentence, m: Match, parties: list[Party]) -> bool:
        """"attended the X conference", "flew to Lima for a meeting of the Y": one official at a gathering of many."""
        people = [p for p in parties if p.person >= 0]
        if len(people) != 1 or any(p.kind != "org" for p in parties if p.person < 0):
            return False
        if m.pattern.noun:
            own = s.items[self._main_noun(s, m)].dep in ("nsubj", "nsubjpass")  # "The meeting of the body takes place in May": nobody is said to be there
            return not own and m.pattern.kind in ("conference", "summit", "meeting") and self._of_body(s, m) and self._goes_there(s, m)
        return m.pattern.kind in ("conference", "summit") and self._multilateral(s, m, people[0])

    def _of_body(self, s: Sentence, m: Match) -> bool:
        """Whether the noun is a meeting of an international body: "the X summit", "a session of the Y"."""
        noun = self._main_noun(s, m)
        near = [*range(max(0, noun - 3), noun), *[j for low, j in prepositions(s, noun) if low in ("of", "from")]]
        return any(s.items[k].kind == "org" and places.body(s.items[k].text.partition(" (")[0]) is not None for k in near)

    def _goes_there(self, s: Sentence, m: Match) -> bool:
        noun = self._main_noun(s, m)
        outer = governor(s, noun)
        return outer is not None and s.items[outer].lemma in _ATTENDING

    def _multilateral(self, s: Sentence, m: Match, party: Party) -> bool:
        """Whether an official attends something international: a body's meeting, or a gathering in another country."""
        if not any(o.klass in STATE_POSTS for o in self.discourse.notes.people[party.person].offices):
            return False
        end = next((k for k in range(m.last + 1, len(s.items)) if s.items[k].tag in ("VBD", "VBZ", "MD") or s.items[k].text in (";", '"')), len(s.items))
        reach = 18 if any(i.low == "held" and i.tag == "VBN" for i in s.items[m.last : end]) else 8  # "the meeting of the ministers of A, B and C held in CITY, LAND"
        near = s.items[m.head : min(end, m.last + reach)]
        abroad = {str(i.ref) for i in near if i.kind == "country"} | {places.city_country(i.text) for i in near if i.kind == "place"}
        abroad -= {None, party.country}
        body = any(i.kind == "org" and places.body(i.text) is not None for i in near)
        return party.country is not None and (bool(abroad) or body or any(i.low in _WORLDWIDE for i in near))

    def _visits(self, parties: list[Party]) -> bool:
        """Whether all these people are told to be on a visit, so that a wreath or a guard of honour is part of it."""
        return all(any(p.same(v) for v in self.discourse.visitors) for p in parties)

    def _kind(self, s: Sentence, m: Match) -> str:
        """The pattern's kind, made finer by words of the clause that say by what means or in what form."""
        words = {i.low for i in s.items}
        kind = m.pattern.kind
        if kind == "meeting" and m.pattern.noun and self._of_body(s, m):
            return "conference"
        if kind in ("meeting", "talks", "summit") and words & {"videoconference", "video-conference", "virtually", "videolink", "online", "virtual"} | (words & {"video"}):
            return "video_call"
        if words & {"phone", "telephone"} and (kind == "talks" or m.pattern.id.startswith(("conversation", "discuss"))):
            return "phone_call"
        if m.pattern.needs == "call" and not self._on_the_phone(s) and (words & _IN_PERSON or self._place(s)[0] is not None):
            return "meeting"
        if m.pattern.id in ("welcome", "receive") and any(i.low == "ceremony" for i in s.items[m.head : m.last + 12]):
            return "ceremony"
        if m.pattern.id == "co-chair-with" and words & {"consultation", "consultations", "dialogue", "talks", "negotiations", "round"}:
            return "talks"
        if kind == "meeting" and "courtesy" in words and words & {"call", "visit"}:
            return "courtesy_call"
        return kind

    def _sides(self, roles: _Roles) -> tuple[list[Party], list[Party], bool]:
        if roles.hosts or roles.guests:
            hosts, guests = list(roles.hosts), list(roles.guests)
            rest = [*roles.left, *roles.right]
            if not hosts:
                hosts = rest
            elif not guests:
                guests = rest
            return hosts, guests, False
        left, right = list(roles.left), list(roles.right)
        if not right and len(left) > 1:
            left, right = _halves(left)
        return left, right, True

    def _takes_place(self, s: Sentence, m: Match) -> bool:
        noun = self._main_noun(s, m)
        above = s.items[s.items[noun].head]
        if above.low == "of" and s.items[above.head].low in _ONE_OF and s.items[noun].dep == "pobj":
            noun = above.head  # "the third round of consultations was held"
        outer = governor(s, noun)
        held = outer is not None and s.items[outer].lemma in _TAKING_PLACE and s.items[noun].dep in ("dobj", "nsubj", "nsubjpass")
        return held or self.clock.near(s, noun, None, strict=True) is not None

    def _is_contact(self, s: Sentence, parties: list[Party], rule: str, m: Match) -> bool:
        """Whether the parties make a diplomatic contact: not all of one side, not countries alone in a match."""
        if self._at_home(parties):
            return False
        if self.lenient:
            return len({p.country for p in parties if p.country}) != 1 or not all(p.country for p in parties)
        sides = {p.country for p in parties if p.country}
        if len(sides) == 1 and all(p.country or self._colleague(p) for p in parties):
            return False
        at_home = bool(self.discourse.notes.countries) and all(p.person >= 0 and self._of_some_government(p) for p in parties)
        if not sides and (at_home or not all(self._of_rank_or_body(p) for p in parties)) and not any(p.same(v) for p in parties for v in self.discourse.visitors):
            return False  # "the senators held talks": nobody whose country is known, and not all of them speak for one
        if len(sides) > 1 and not self.discourse.visitors and all(self._presumed(p) for p in parties):
            return False  # each is foreign to the other only because they met
        officials = [p for p in parties if self._acts_officially(p)]
        if not officials or m.pattern.needs in ("fresh", "call") and len(officials) < len(parties):
            return False
        if m.pattern.noun and all(p.person < 0 for p in parties) and not self._takes_place(s, m):
            return False  # "peace talks", "accession talks" of states: a process, unless they are held on a day
        if all(p.person < 0 for p in parties) and not all(_public(p) for p in parties):
            return False
        if all(p.kind == "country" for p in parties):
            return m.pattern.kind in ("talks", "summit", "conference") or m.pattern.noun or m.pattern.id == "meet" and self._officials_met(s, m)
        if rule in _NO_PARTY:
            houses = all(_of_house(p) for p in parties) and len({p.country or p.name for p in parties}) > 1 and bool(sides)  # "the Committee received a delegation of the Parliament of LAND"
            return houses or any(p.person >= 0 for p in parties) and all(p.kind != "country" for p in parties[-1:])
        return True

    def _colleague(self, party: Party) -> bool:
        """Whether a person without a country only sits in a parliament that nobody calls foreign: "met Senator X"."""
        if party.person < 0:
            return False
        offices = self.discourse.notes.people[party.person].offices
        return bool(offices) and all(o.klass == "parliament" and o.country is None and not fold(o.title).startswith(_SPEAKERS) for o in offices)

    def _of_some_government(self, party: Party) -> bool:
        """Whether all posts of a person whose country is not known are those of ministers: two such are colleagues."""
        offices = self.discourse.notes.people[party.person].offices
        return bool(offices) and all(o.klass in ("minister", "head_of_government", "parliament") and o.country is None for o in offices)

    def _officials_met(self, s: Sentence, m: Match) -> bool:
        """"Officials of A and B met in Lima on Tuesday": told with its place or day, of people and not of teams that play."""
        subj = subject(s, m.head)
        people = subj is not None and (s.items[subj].kind == "office" or s.items[subj].kind == "word" and bool(lands_of(s, subj)))
        return people and s.items[m.head].tag == "VBD" and (self._place(s)[0] is not None or self.clock.near(s, m.head, None, strict=True) is not None)

    def _of_rank_or_body(self, party: Party) -> bool:
        """Whether somebody of unknown country may yet act for one, for a political party or an international body."""
        if party.person < 0:
            return _public(party)
        figure = self.discourse.notes.people[party.person]
        return any(o.klass != "parliament" or fold(o.title).startswith(_SPEAKERS) for o in figure.offices) and not is_private(figure, self.discourse.lex)

    def _at_home(self, parties: list[Party]) -> bool:
        """Whether people of business stand on one side, or none has a country and the report does not name two."""
        people = [self.discourse.notes.people[p.person] for p in parties if p.person >= 0]
        state = any(o.klass in STATE_POSTS for f in people if not is_private(f, self.discourse.lex) for o in f.offices)
        if not state and any(is_private(f, self.discourse.lex) for f in people) or any(own_body(p) for p in parties) and len(parties) == 2:
            return True
        unknown = [f for f in people if f.country is None and not any(o.org and places.body(o.org) is not None for o in f.offices)]
        if not unknown or any(p.country or p.kind == "org" for p in parties) or any(p.same(v) for p in parties for v in self.discourse.visitors):
            return False
        if self.domestic is None:
            self.domestic = one_land(self.discourse.notes)
        return self.domestic

    def _presumed(self, party: Party) -> bool:
        """Whether nothing but the contact, or the report's home, tells the country of a person."""
        return party.person >= 0 and self.discourse.notes.people[party.person].country_why.startswith(("met ", "an office with no country named"))

    def _acts_officially(self, party: Party) -> bool:
        """Whether the party acts for a state, a political party or a body: not a coach, an author or a company's manager."""
        if party.person < 0:
            return True
        lex = self.discourse.lex
        return any(o.klass != "official" or not fold(o.title).endswith(lex.private) for o in self.discourse.notes.people[party.person].offices)

    def _split(self, s: Sentence, m: Match, hosts: list[Party], guests: list[Party], apart: bool) -> list[tuple[list[Party], list[Party]]]:
        """Several contacts told at once ("held separate talks with A, B and C")."""
        words = {i.low for i in s.items[max(0, m.head - 4) : m.last + 8]} | {i.low for i in s.items if i.low in ("separately", "respectively")}
        words |= {i.low for i, after in zip(s.items, s.items[1:], strict=False) if i.low == "separate" and after.tag == "NNS"}
        noun = s.items[self._main_noun(s, m)]
        plural_calls = noun.tag == "NNS" and noun.low in ("calls", "conversations", "meetings", "phone-calls")
        calls = m.pattern.kind in ("phone_call", "video_call") and not words & {"joint", "trilateral", "group", "conference"}
        apart = apart or self._of_rank(guests if len(guests) > 1 else hosts) or (m.pattern.kind == "talks" or m.pattern.kind == "meeting" and any(i.low in _BESIDES for i in s.items)) and self._of_states(guests if len(guests) > 1 else hosts)
        if not (words & _SEPARATE or plural_calls or apart or (calls and len({p.country for p in (*hosts, *guests)}) > 2)):
            return [(hosts, guests)]
        if len(guests) > 1 and len(hosts) == 1:
            return [(hosts, [g]) for g in guests]
        if len(hosts) > 1 and len(guests) == 1:
            return [([h], guests) for h in hosts]
        return [(hosts, guests)]

    def _of_rank(self, parties: list[Party]) -> bool:
        """Whether these are the heads of different institutions, whom a guest meets one after the other: president, premier, speaker."""
        ranks = [next((o.klass for o in self.discourse.notes.people[p.person].offices if o.klass in _TOP and "vice" not in fold(o.title)), "") if p.person >= 0 else "" for p in parties]
        return len(parties) > 1 and all(ranks) and len(set(ranks)) == len(ranks)

    def _of_states(self, parties: list[Party]) -> bool:
        """Whether these are people of different countries: talks with each are talks of their own."""
        codes = [p.country for p in parties if p.person >= 0]
        return len(parties) > 2 and len(codes) == len(parties) and all(codes) and len(set(codes)) == len(codes)

    def _place(self, s: Sentence) -> tuple[str | None, Span | None]:
        for k, item in enumerate(s.items):
            if item.kind == "place" and k > 0 and s.items[k - 1].low in ("in", "at", "near") and not item.quoted:
                return item.text, Span(item.start, item.end)
        return None, None

    # -- putting together ---------------------------------------------------------------------------------------------------

    def _add(self, s: Sentence, new: MeetingDraft) -> None:
        for old in reversed(self.found[-_RECENT:]):
            if self._one_contact(s, old, new):
                if len(new.everyone) == 2 < len(old.everyone) and not new.rule.endswith("#welcome"):
                    self.parts.append((old, new))
                self._merge(old, new, s)
                return
        self.found.append(new)
        self.discourse.contacts.append(new)

    def _one_contact(self, s: Sentence, old: MeetingDraft, new: MeetingDraft) -> bool:
        again = old.when.start is not None and old.when.start == new.when.start  # the same session, told by its day once more
        if old.status != new.status or new.rule.endswith("#standing") or new.status == "planned" and new.rule.endswith("#format") and old.sentence != new.sentence and not again:
            return False  # another session of a format of the two, told with its own day
        if old.rule.endswith("#format") and old.sentence != new.sentence and _beside_session(s):
            return False  # "Prior to the event, the ministers held a bilateral meeting"
        if new.rule.endswith("#format") and old.sentence == new.sentence and all(p.person >= 0 for p in old.everyone) and any(p.person < 0 for p in new.everyone):
            return False  # "met X, who came for the A-B dialogue held the day before"
        if new.rule == "meetings/meeting#welcome" and old.kind not in ("phone_call", "video_call") and _covers(old.everyone, new.everyone):
            return not new.when.start  # a greeting within the contact already told of
        if old.kind != new.kind and old.sentence != new.sentence and {self._format(old), self._format(new)} == {"narrow", "wide"}:
            return False
        if old.kind != new.kind and old.sentence != new.sentence and any(i.low in _NEXT for i in s.items[:3]):
            return False  # "Then the talks took place in an expanded format"
        if old.kind != new.kind and not {old.kind, new.kind} <= _FACE_TO_FACE:
            return False
        if not (old.hosts and new.hosts) and (old.kind != new.kind or bool(old.hosts) != bool(new.hosts)):
            return False  # attending a gathering is not meeting whoever else was met there
        if "banquet" in (old.kind, new.kind) and old.kind != new.kind:
            return False
        if old.when.start and new.when.start and not _compatible(old.when.start, new.when.start):
            return False
        if old.sentence == new.sentence and old.kind == new.kind and not _covers(old.everyone, new.everyone):
            return False
        return _covers(old.everyone, new.everyone) or _covers(new.everyone, old.everyone)

    def _format(self, draft: MeetingDraft) -> str:
        """Whether the sentence that tells a contact calls it one of few or one of whole delegations."""
        words = {i.low for i in self.discourse.notes.sentences[draft.sentence].items}
        return "narrow" if words & _NARROW else "wide" if words & _WIDE else ""

    def _merge(self, old: MeetingDraft, new: MeetingDraft, s: Sentence) -> None:
        if order_of("meetings", new.kind) > order_of("meetings", old.kind):
            old.kind, old.rule, old.trigger = new.kind, new.rule, new.trigger
        if new.when.start and (not old.when.start or len(new.when.start.replace("X", "")) > len(old.when.start.replace("X", ""))):
            old.when = new.when
        if not old.place:
            old.place, old.place_span = new.place, new.place_span
        if old.unsided and not new.unsided and _covers(new.everyone, old.everyone):
            old.hosts, old.guests, old.unsided = new.hosts, new.guests, False
        elif not _covers(old.everyone, new.everyone):
            old.hosts, old.guests = new.hosts, new.guests
        self._prefer_people(old, new)
        if s.index not in old.sentences:
            old.sentences.append(s.index)

    def _prefer_people(self, old: MeetingDraft, new: MeetingDraft) -> None:
        """A country or body first, its people in the next sentence: the people are who met."""
        for mine in (old.hosts, old.guests):
            for party in list(mine):
                if party.person >= 0:
                    continue
                named = [p for p in new.everyone if self.discourse.acts_for(p, party)]
                fresh = [p for p in named if not any(p.same(o) for o in old.everyone)]
                if named and (fresh or len(mine) > 1):
                    mine[mine.index(party) : mine.index(party) + 1] = fresh


def _public(party: Party) -> bool:
    """Whether a country or body acts for states or in politics: not an association of growers."""
    return party.kind == "country" or party.country is not None or places.body(party.name) is not None or bool(set(fold(party.name).split()) & _BODIES)


def _beside_session(s: Sentence) -> bool:
    """Whether a sentence opens with the session that its own contact came before or beside: "ahead of the consultations", "on the margins of the event"."""
    opening = s.items[:8]
    at = next((k for k, i in enumerate(opening) if i.low in ("prior", "ahead", "before", "margins", "sidelines", "side-lines")), None)
    return at is not None and any(i.low in ("event", "session", "consultations", "meeting", "dialogue", "council", "commission", "conference") for i in opening[at + 1 :])


def _of_house(party: Party) -> bool:
    """Whether a body has members who act for a state: a parliament's committee, a government."""
    return party.kind == "org" and bool({"parliament", "committee", "government", "senate", "congress", "cabinet", "assembly", "council", "house"} & set(fold(party.name).split()))


def _without_generic(side: list[Party]) -> None:
    """Drop "Ruritanian officials" beside a named Ruritanian: the name is the party."""
    named = {p.country for p in side if p.person >= 0 and p.country}
    side[:] = [p for p in side if (p.kind != "country" or p.country not in named) and not (named and p.kind == "org" and p.name == "government")]


def _halves(parties: list[Party]) -> tuple[list[Party], list[Party]]:
    """Part a list of participants into two sides: by country where that works, else first and rest."""
    first = [p for p in parties if p.country == parties[0].country]
    if parties[0].country and 0 < len(first) < len(parties):
        return first, [p for p in parties if p.country != parties[0].country]
    return parties[:1], parties[1:]


def _covers(old: list[Party], new: list[Party]) -> bool:
    """Whether each of ``new`` is in ``old``, by identity or as the country or body that somebody there acts for."""
    return all(any(_stands_for(o, n) for o in old) for n in new)


def _stands_for(old: Party, new: Party) -> bool:
    if old.same(new):
        return True
    if _impersonal(new) and old.country == new.country:
        return True
    return _impersonal(old) and old.country == new.country


def _impersonal(party: Party) -> bool:
    """Whether a state, or a house of it, stands for whoever acts for it."""
    return party.country is not None and party.person < 0 and (party.kind == "country" or bool(_HOUSES & set(fold(party.name).split())))


def _compatible(a: str, b: str) -> bool:
    return all(x == y or "X" in (x, y) for x, y in zip(a, b, strict=False))


def _moved(s: Sentence, verb: int, noun: int) -> str | None:
    """Whether the verb says that the event was put off or called off."""
    lemma = s.items[verb].lemma
    target = noun in objects(s, verb) or s.items[noun].dep in ("nsubjpass", "nsubj")
    if not target:
        return None
    particle = {s.items[k].low for k in s.children[verb]}
    if lemma in ("postpone", "defer", "delay", "reschedule", "suspend", "adjourn") or (lemma == "put" and particle & {"off", "back"}):
        return "postponed"
    if lemma in ("cancel", "scrap", "abandon", "drop") or (lemma == "call" and "off" in particle) or (lemma == "fall" and "through" in particle):
        return "cancelled"
    if lemma == "take" and negated(s, verb) and "place" in {s.items[k].low for k in s.children[verb]}:
        return "cancelled"
    return None

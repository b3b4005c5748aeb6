"""Who else was at a contact: "also present was X", "the talks were attended by X and Y", "X sat in on the meeting"."""

from __future__ import annotations

from memcon.extract.discourse import Contact, Discourse, Party
from memcon.extract.linear import after_word
from memcon.extract.tree import is_verb, kids, modality, objects, passive, prepositions, subject
from memcon.mentions import Item, NameMention, Sentence

_CONTACT_NOUNS = {
    "meeting": "", "meetings": "", "talks": "", "talk": "", "session": "", "discussion": "", "discussions": "", "conversation": "", "encounter": "",
    "consultations": "", "negotiations": "", "audience": "", "call": "", "reception": "", "event": "", "occasion": "", "occasions": "",
    "banquet": "banquet", "dinner": "banquet", "luncheon": "banquet", "lunch": "banquet", "ceremony": "ceremony",
}  # fmt: skip
_LIKELY_KIND = {"meeting": "meeting", "talks": "talks", "negotiations": "talks", "consultations": "talks", "audience": "audience", "call": "courtesy_call"}
_JOINING = frozenset("attend join witness participate take sit accompany associate assist".split())
_HEADING = frozenset("lead head chair co-chair represent preside".split())
_SESSIONS = frozenset("commission committee council consultations consultation talks session meeting round dialogue negotiations".split())
_SIDES = frozenset("side sides delegation delegations team teams".split())
_THE = frozenset("the this these both that their his her its".split())


def attendants(s: Sentence, discourse: Discourse) -> tuple[list[Contact], list[Party], set[int]]:
    """The contacts that the sentence adds people to, these people, and the items that tell it (not to be read as a new contact)."""
    listed = _listed(s)
    if listed is not None:
        active = discourse.active(s.index, s.start)
        people = [p for k in range(listed, len(s.items)) if s.items[k].kind == "person" for p in discourse.resolve(s, k)]
        return ([active], people, set(range(listed))) if active is not None else ([], [], set())
    leaders, told = _leading(s, discourse)
    if leaders:
        active, waiting = _headed(s, leaders, discourse)
        return ([active], leaders, told if waiting else set()) if active is not None else ([], [], set())
    noun = _contact_noun(s)
    if noun is not None:
        people = _present(s, noun, discourse)
        contacts = _meant(s, noun, discourse)
        for also in [k for k in kids(s, noun, "conj") if s.items[k].low in _CONTACT_NOUNS]:  # "attended the meeting and the banquet"
            contacts += [c for c in _meant(s, also, discourse) if not any(c is d for d in contacts)]
    else:
        noun, people = _beside(s, discourse)
        contacts = [c for c in (discourse.active(s.index, s.start),) if c is not None and c.sentence >= s.index - 2]
    if noun is None or not people or not contacts:
        return [], [], set()
    return contacts, [p for p in people if p.person >= 0], {noun}


def _headed(s: Sentence, leaders: list[Party], discourse: Discourse) -> tuple[Contact | None, bool]:
    """The contact whose sides these people lead, and whether it waits for them: a session told just before that has a state or body for a side of theirs."""
    active = discourse.active(s.index, s.start)
    near = [c for c in discourse.contacts if s.index - 3 <= c.sentence <= s.index]
    waiting = [c for c in near if any(discourse.acts_for(p, side) for p in leaders for side in c.everyone)]
    if active is not None and active.sentence >= s.index - 3 and (not waiting or any(active is c for c in waiting)):
        return active, bool(waiting)
    return (waiting[-1], True) if waiting else (None, False)


def join(contact: Contact, people: list[Party], discourse: Discourse, *, settled: bool = True) -> None:
    """Put each person on the side of his or her country or body, or of those listed with him or her (once countries are ``settled``); who fits neither side stays out."""
    for party in sorted(people, key=lambda p: p.country is None):
        if any(party.same(p) for p in contact.everyone):
            continue
        if party.country is None and not any(discourse.acts_for(party, p) for p in contact.everyone):
            sides = [side for side in (contact.hosts, contact.guests) if any(p.same(q) and q.country for p in side for q in people)]
            if settled and len(sides) == 1 and party.person >= 0:
                contact.company.append(party)
                sides[0].append(party)  # "attended by Foreign Minister X and Director Y"
                continue
        for side in (contact.hosts, contact.guests):
            stands = [k for k, p in enumerate(side) if discourse.acts_for(party, p)]
            if stands:  # "the X side was led by NAME": the name is who met
                side[stands[0] : stands[0] + 1] = [party]
                break
            if party.country is not None and any(p.country == party.country for p in side):
                contact.company.append(party)
                side.append(party)
                break


def company(s: Sentence, discourse: Discourse) -> tuple[int | None, list[Party]]:
    """Who else was there, in the sentence that tells the contact: "in the presence of X and Y", "received A, accompanied by B"; with whom, if said."""
    for k in range(1, len(s.items) - 1):
        item, before, after = s.items[k], s.items[k - 1].low, s.items[k + 1].low
        behind = None
        beside = item.low in ("accompanied", "flanked") and after == "by"
        if beside or item.low == "presence" and before == "the" and after == "of":
            behind = next((j for j in range(k + 2, min(len(s.items), k + 5)) if s.items[j].kind == "person"), None)
        if behind is None or item.quoted:
            continue
        whom = next((i.ref.person for i in reversed(s.items[:k]) if isinstance(i.ref, NameMention)), None) if beside else None
        if whom is not None or not beside:
            return whom, [p for p in discourse.resolve(s, behind) if p.person >= 0]
    return None, []


def _leading(s: Sentence, discourse: Discourse) -> tuple[list[Party], set[int]]:
    """"The X side was led by A and the Y side by B", "A led the X delegation", "A co-chaired the talks from the X side": the people, and the verbs that tell nothing else."""
    found: list[Party] = []
    told: set[int] = set()
    for v, verb in enumerate(s.items):
        if verb.lemma not in _HEADING or not is_verb(verb) or verb.quoted:
            continue
        at = _leader(s, v)
        if at is None or modality(s, v) != "real":
            continue
        found += discourse.resolve(s, at)
        told |= set(range(v, v + 6))
        last = max(at, v)
        also = next((k for k in range(last + 1, len(s.items) - 1) if s.items[k].low in _SIDES or s.items[k].low == "one"), None)
        behind = None if also is None else _agent(s, also)
        if behind is not None:
            found += discourse.resolve(s, behind)  # "and the other side by B"
    return [p for k, p in enumerate(found) if p.person >= 0 and not any(p.same(q) for q in found[:k])], told


def _leader(s: Sentence, v: int) -> int | None:
    """Who leads, by a verb of leading: the agent of "the X side was led by A", "the commission is co-chaired by A", "…, headed by A"; the subject of "A led the X delegation"."""
    if passive(s, v):
        subj = subject(s, v)
        if subj is not None and (s.items[subj].low in _SIDES or _session(s.items[subj]) and any(s.items[k].dep == "auxpass" for k in s.children[v])):
            return _agent(s, v)
        if subj is not None and s.items[subj].kind == "country" and s.items[v].lemma == "represent":
            return _agent(s, v)  # "LAND is represented by A"
    if s.items[v].tag == "VBN" and any(i.low in _SIDES for i in s.items[max(0, v - 9) : v]) and not any(i.kind == "person" for i in s.items[max(0, v - 9) : v]):
        agent = _agent(s, v)
        return agent if agent is not None and any(i.tag in ("VBD", "VBZ") for i in s.items[:v]) else None
    what = objects(s, v)
    if any(s.items[k].low in _SIDES for k in what) or any(_session(s.items[k]) for k in what) and _from_side(s, v):
        return subject(s, v)
    return None


def _session(item: Item) -> bool:
    """Whether an item is a contact of sides: "the consultations", "the Joint Commission"."""
    return item.kind in ("word", "org") and bool(_SESSIONS & set(item.low.split()))


def _from_side(s: Sentence, v: int) -> bool:
    """"co-chaired the consultations from the X side", "for the X side"."""
    return any(s.items[k].low in ("from", "on", "for") and any(i.low == "side" for i in s.items[k + 1 : k + 5]) for k in range(v + 1, min(len(s.items) - 1, v + 8)))


def _agent(s: Sentence, at: int) -> int | None:
    """The name behind the first "by" that follows item ``at`` closely."""
    by = next((k for k in range(at + 1, min(len(s.items), at + 6)) if s.items[k].low == "by"), None)
    return None if by is None else next((k for k in range(by + 1, min(len(s.items), by + 6)) if s.items[k].kind == "person"), None)


def _listed(s: Sentence) -> int | None:
    """"Those who met with the President included: A; B; C": where the list begins."""
    if not s.items or s.items[0].low not in ("those", "others", "participants", "attendees"):
        return None
    verb = next((k for k, i in enumerate(s.items) if i.lemma in ("include", "be", "comprise") and i.tag.startswith("VB")), None)
    before = {i.lemma for i in s.items[:verb]} if verb is not None else set()
    return verb if verb is not None and (before & {"meet", "attend", "present", "participate", "join"} or s.items[0].low in ("participants", "attendees")) else None


def _contact_noun(s: Sentence) -> int | None:
    """The noun for a contact told of before, where the sentence's business is who was at it."""
    for k, item in enumerate(s.items):
        if item.low not in _CONTACT_NOUNS or item.quoted or item.kind != "word":
            continue
        if not any(s.items[j].low in _THE or s.items[j].kind == "date" for j in range(max(0, k - 4), k)):
            continue
        if any(j_low in ("between", "with") for j_low, _ in prepositions(s, k)):
            continue
        if _joining_verb(s, k) is not None:
            return k
    return None


def _joining_verb(s: Sentence, noun: int) -> int | None:
    """The verb of attending that governs the noun: "attended the meeting", "took part in the talks", "present at the meeting"."""
    k = noun
    for _ in range(4):
        head = s.items[k].head
        if head == k:
            return None
        item = s.items[head]
        if s.items[k].dep == "prep" and s.items[k].low not in ("in", "at", "on", "during", "with"):
            return None  # "following the talks" tells when
        if item.low == "present" or is_verb(item) and (item.lemma in _JOINING or item.lemma == "be" and _says_present(s)):
            return head
        if is_verb(item) and k != noun and s.items[k].dep not in ("prep", "pobj", "prt"):
            return None
        k = head
    return None


def _says_present(s: Sentence) -> bool:
    return any(i.low in ("present", "attendance", "hand") for i in s.items)


def _present(s: Sentence, noun: int, discourse: Discourse) -> list[Party]:
    verb = _joining_verb(s, noun)
    if verb is None:
        return []
    if not is_verb(s.items[verb]):
        verb = s.items[verb].head
    if modality(s, verb) not in ("real",):
        return []
    if passive(s, verb) and s.items[noun].dep == "nsubjpass":
        agents = [j for low, j in prepositions(s, verb) if low == "by"] or [k for k in (after_word(s, verb, frozenset(("by",))),) if k is not None]
        found = [p for k in agents for p in discourse.resolve(s, k)]
        return found or [p for k in range(verb + 1, len(s.items)) if s.items[k].kind == "person" for p in discourse.resolve(s, k)]
    subj = subject(s, verb)
    if subj is None or subj == noun:
        late = [k for k in kids(s, verb, "attr", "nsubj", "dobj") if s.items[k].kind in ("person", "office") and k != noun]
        return [p for k in late for p in discourse.resolve(s, k)]
    return discourse.resolve(s, subj)


def _meant(s: Sentence, noun: int, discourse: Discourse) -> list[Contact]:
    wanted = _CONTACT_NOUNS[s.items[noun].low]
    real = [c for c in discourse.contacts if c.status == "occurred" and c.sentence <= s.index and (c.kind == wanted or not wanted and c.kind not in ("banquet", "ceremony", "phone_call"))]
    if not real:
        return []
    if s.items[noun].low in ("meetings", "occasions") or any(i.low == "both" for i in s.items[max(0, noun - 3) : noun]):
        return real
    named = [c for c in real if c.kind == _LIKELY_KIND.get(s.items[noun].low)]
    active = discourse.active(s.index, s.items[noun].start)
    if named and (active is None or active.kind != named[-1].kind):
        return named[-1:]
    return [active] if active is not None and any(active is c for c in real) else real[-1:]


def _beside(s: Sentence, discourse: Discourse) -> tuple[int | None, list[Party]]:
    """"With him were A and B", "He was accompanied by A", "A was also present"."""
    if s.items and s.items[0].low in ("accompanying", "joining", "flanking"):
        were = next((k for k, i in enumerate(s.items[:8]) if i.low in ("was", "were")), None)
        late = [k for k in range(were + 1, len(s.items)) if s.items[k].kind == "person"] if were is not None else []
        return (0, [p for k in late[:1] for p in discourse.resolve(s, k)]) if late else (None, [])
    for k, item in enumerate(s.items):
        if item.low == "with" and k == 0 and is_verb(s.items[item.head]) and s.items[item.head].lemma == "be":
            late = kids(s, item.head, "nsubj", "attr")
            return k, [p for j in late for p in discourse.resolve(s, j)]
        if item.low == "present" and item.tag == "JJ" and is_verb(s.items[item.head]) and s.items[item.head].lemma == "be":
            near = [j for j in kids(s, item.head, "nsubj", "attr") if s.items[j].kind in ("person", "office")]
            if near:
                return k, [p for j in near for p in discourse.resolve(s, j)]
    return None, []


__all__ = ["attendants", "company", "join"]

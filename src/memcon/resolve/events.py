"""Visits, meetings, agreements and statements across reports: which claims tell of one event.

A claim is judged by who took part (people as joined, or bodies), when it can lie, of what kind it is, and whether the
two reports tell of one visit. Two claims of one report are two events: its writer knew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from memcon.langs import places
from memcon.langs.fold import fold
from memcon.model import Agreement, Meeting, Statement, Visit
from memcon.resolve import times
from memcon.resolve.cluster import Link
from memcon.resolve.offices import body_country, body_key, words
from memcon.resolve.people import digest
from memcon.resolve.times import Window

Who = Callable[[str], str]
"""From a participant (a node or a body) to the person or body that it is."""

_CALLS: Final = frozenset(("phone_call", "video_call"))
_SOCIAL: Final = frozenset(("banquet", "ceremony"))
_MANY: Final = frozenset(("conference",))
_GATHERINGS: Final = frozenset(("summit", "conference", "banquet", "ceremony"))
_OWN_KINDS: Final = frozenset(("site", "transit"))
ENOUGH: Final = 0.6
_MOST: Final = 1.6  # all that can be said for one event; scores are shares of it
_MOST_NODES: Final = 12  # participants that a claim is looked up by
_MOVABLE: Final = frozenset(("planned", "postponed", "cancelled"))
_AFTER: Final = frozenset(("ratified", "in_force", "extended", "expired", "terminated"))  # steps that follow the signing
_LIFE: Final = 20 * 366  # days: papers of one subject that far apart are as good as unrelated
_PROGRAMME: Final = 3  # days of a visit's programme among which announcements may disagree
_YEAR: Final = 366  # days after which what was put off is another contact
OVER: Final = frozenset(("occurred", "completed", "ongoing", "signed", "in_force", "expired"))
"""Statuses of what has begun."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What joining needs to know of one claim.

    ``hosts`` and ``guests`` are nodes (``p-…``) or bodies (``b:…``); of a visit, ``guests`` are the visitors and
    ``to``/``from_`` its countries, ``met`` whom the visitors meet in its report and ``beside`` who else it names (neither for one that is told only ``aside``); ``words`` those of an agreement or statement; ``put_off`` is a plan whose visit some report says was postponed; ``life`` says of an agreement that only a step before ("early") or after ("later") its signing is told; ``spelled`` are the participants as the report spells them.
    """

    id: str
    document: str
    family: str
    kind: str = ""
    hosts: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    from_: str | None = None
    to: str | None = None
    status: str = ""
    window: Window = Window()
    place: str | None = None
    visit: str | None = None
    words: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    aside: bool = False
    put_off: bool = False
    life: str = ""
    spelled: tuple[str, ...] = ()

    @property
    def low_day(self) -> int | None:
        """The first day on which it can have been signed, where it tells of that."""
        return None if self.life else self.window.low

    @property
    def high_day(self) -> int | None:
        """The last day on which it can have been signed, where it tells of that."""
        return None if self.life else self.window.high

    @property
    def everyone(self) -> tuple[str, ...]:
        """All participants, hosts first."""
        return self.hosts + self.guests


def body(name: str) -> str:
    """The reference of a body by its name."""
    return "b:" + body_key(name)


def of_visit(
    claim: str, document: str, v: Visit, refs: Mapping[str, str], published: str | None, meetings: Sequence[Event], main: bool = True
) -> Event:
    """The event of a visit claim. ``refs`` gives the node of a name; ``meetings`` are those of the report, which tell of its days and of whom it saw, where it is the ``main`` one."""
    meetings = meetings if main else ()
    own = {refs.get(x) or body(x) for x in v.visitors}
    during = [m for m in meetings if own & set(m.everyone) and m.status == "occurred" and v.status != "planned"]
    visitors = [refs.get(x) or body(x) for x in v.visitors]
    delegation = [body(v.delegation)] if v.delegation else []
    seen = [
        x
        for m in meetings
        if own & set(m.everyone) and (v.status in OVER) >= (m.status in OVER)
        for x in m.everyone
        if x not in own and x.startswith("p-")
    ]
    own_days = times.window(v.start, v.end, v.status, published, visit=True)
    hint = _hint([m for m in during if _tells_days(m, v, own_days)])
    w = times.told_by(own_days, hint, start=bool(v.start), end=bool(v.end))
    if w.day is not None:
        w = msgspec.structs.replace(w, day=None)  # a visit has other days too
    return Event(
        id=claim, document=document, family="visits", kind=v.kind, guests=_unique(visitors + delegation), hosts=_unique(refs.get(x) or body(x) for x in v.inviters),
        from_=v.from_, to=v.to, sides=tuple(sorted({x for x in (v.from_, v.to) if x})), status=v.status, window=w, met=_unique(seen)[:_MOST_NODES],
        beside=_unique(x for x in refs.values() if x not in own)[:_MOST_NODES] if main else (), aside=not main,
        spelled=(*v.visitors, *v.inviters, v.delegation or ""),
    )  # fmt: skip


def _tells_days(m: Event, v: Visit, days: Window) -> bool:
    """Whether a meeting of the same report can tell the days of a visit: no call, and none that is recalled from another time or place."""
    if m.kind in _CALLS:
        return False
    w = m.window
    recalled = w.month is not None and w.day is None or w.told and not w.exact and not w.long  # "in March": but a month, while a visit lasts days
    country = places.city_country(m.place) if m.place else None
    return not recalled and not (v.to and country and country != v.to) and times.relate(days, m.window, visit=True) != "apart"


def main_visits(visits: Sequence[Visit]) -> list[bool]:
    """Of each visit of a report whether it is the one told of: a report may recall an earlier journey, or announce a next one, of the same visitor to the same country."""
    order = sorted(range(len(visits)), key=lambda i: (visits[i].status not in OVER, visits[i].status != "ongoing", i))
    main = [True] * len(visits)
    for k, i in enumerate(order):
        v = visits[i]
        main[i] = not any(main[j] and v.to == visits[j].to and set(v.visitors) & set(visits[j].visitors) for j in order[:k])
    return main


def of_meeting(
    claim: str,
    document: str,
    m: Meeting,
    refs: Mapping[str, str],
    sides: Mapping[str, str | None],
    published: str | None,
    weekdays: tuple[int, ...] = (),
) -> Event:
    """The event of a meeting claim; ``sides`` gives the country of a name, ``weekdays`` those that its report names for it."""
    countries = {sides.get(x) or body_country(x) for x in (*m.hosts, *m.guests)}
    return Event(
        id=claim, document=document, family="meetings", kind=m.kind, hosts=_unique(refs.get(x) or body(x) for x in m.hosts),
        guests=_unique(refs.get(x) or body(x) for x in m.guests), sides=tuple(sorted(x for x in countries if x)), status=m.status,
        window=msgspec.structs.replace(times.window(m.date, None, m.status, published), weekdays=weekdays), place=m.place,
        spelled=(*m.hosts, *m.guests),
    )  # fmt: skip


def of_agreement(claim: str, document: str, a: Agreement, refs: Mapping[str, str], sides: Mapping[str, str | None], published: str | None) -> Event:
    """The event of an agreement claim: its parties stand as hosts, its signers as guests."""
    countries = {body_country(x) or sides.get(x) for x in (*a.parties, *a.signers)}
    life = _life(a)
    return Event(
        id=claim, document=document, family="agreements", life=life, kind=a.kind, hosts=_unique(body(x) for x in a.parties),
        guests=_unique(refs.get(x) or body(x) for x in a.signers), sides=tuple(sorted(x for x in countries if x)), status=a.status,
        window=_lifelong(life, published) if life else times.window(a.signed, None, a.status, published), words=tuple(sorted(words(a.subject or ""))),
        spelled=(*a.parties, *a.signers),
    )  # fmt: skip


def _life(a: Agreement) -> str:
    """Whether a claim tells of a step before or after the signing of a paper, and not of its signing."""
    kinds = {x.kind for x in a.steps} - {"signed"}
    if a.status == "planned" and "negotiated" in kinds and not a.signed or kinds == {"initialled"}:
        return "early"
    return "later" if kinds & _AFTER and not (a.signed and a.status == "signed" and kinds != {"ratified"}) else ""


def _lifelong(life: str, published: str | None) -> Window:
    """When a paper can have been signed of which a report tells a step: any time before, or after, it."""
    told = times.span(published)
    if told is None:
        return Window()
    return Window(high=told[1] + 1, published=told[1]) if life == "later" else Window(low=told[0] - 1, published=told[0])


def of_statement(claim: str, document: str, s: Statement, refs: Mapping[str, str], sides: Mapping[str, str | None], published: str | None) -> Event:
    """The event of a statement claim: who said it stands as host, to whom as guest."""
    countries = {sides.get(x) or body_country(x) for x in (*s.speakers, *s.addressees)}
    return Event(
        id=claim, document=document, family="statements", kind=s.act, hosts=_unique(refs.get(x) or body(x) for x in s.speakers),
        guests=_unique(refs.get(x) or body(x) for x in s.addressees), sides=tuple(sorted(x for x in countries if x)),
        words=(digest(fold.__wrapped__(" ".join(s.text.split()))),), window=times.window(None, None, "occurred", published),
    )  # fmt: skip


Claimed = Mapping[str, Sequence[tuple[str, Any, tuple[int, ...]]]]
"""By family the claims of a report in their order: id, record, and the weekdays that the report names for it."""


def of_report(document: str, published: str | None, claims: Claimed, refs: Mapping[str, str], sides: Mapping[str, str | None]) -> list[Event]:
    """The events of all that a report tells; ``refs`` and ``sides`` as `memcon.resolve.people.references` gives them."""
    meetings = [of_meeting(c, document, m, refs, sides, published, days) for c, m, days in claims.get("meetings", ())]
    told = [v for _, v, _ in claims.get("visits", ())]
    visits = [
        of_visit(c, document, v, refs, published, meetings, main) for (c, v, _), main in zip(claims.get("visits", ()), main_visits(told), strict=True)
    ]
    rest = [of_agreement(c, document, a, refs, sides, published) for c, a, _ in claims.get("agreements", ())]
    rest += [of_statement(c, document, s, refs, sides, published) for c, s, _ in claims.get("statements", ())]
    return [*visits, *meetings, *rest]


def as_known(visit: Event, statuses: Collection[str]) -> Event:
    """A visit claim with the status that all its reports give (``statuses``): what one announces, another shows under way."""
    return msgspec.structs.replace(visit, status="ongoing") if OVER.intersection(statuses) else visit


def placed(meeting: Event, visits: Sequence[Event], thing: Callable[[str], str], statuses: Callable[[str], Collection[str]]) -> Event:
    """A meeting with the visit during which it takes place, of those (`as_known`) that its report tells of.

    ``thing`` gives the thing that a visit's claim belongs to, ``statuses`` what the reports of a thing say of it.
    """
    found = visit_of(meeting, visits)
    visit = thing(found) if found else None
    put_off = visit is not None and meeting.status == "planned" and "postponed" in statuses(visit)
    return msgspec.structs.replace(meeting, visit=visit, put_off=put_off)


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def lookups(event: Event) -> list[str]:
    """The participants (or words) under which an event is found."""
    if event.family == "statements":
        return [event.words[0]]
    if event.family == "agreements":
        return [f"s:{'+'.join(event.sides)}"] if event.sides else list(event.hosts)
    if event.family == "visits":
        way = [f"v:{event.from_}>{event.to}"] if event.from_ and event.to else []
        return [*event.guests[:_MOST_NODES], *way]
    return list(event.everyone[:_MOST_NODES])


def judge(a: Event, b: Event, who: Who, copies: Callable[[str, str], bool]) -> Link | None:
    """Whether two claims tell of one event; None where they do not or nothing says so."""
    if excluded(a, b, who) is not None and not put_off_between(a, b, [e for e in (a, b) if e.status == "postponed"], who):
        return None
    return {"visits": _visits, "meetings": _meetings, "agreements": _agreements, "statements": _statements}[a.family](a, b, who, copies)


def excluded(a: Event, b: Event, who: Who) -> str | None:
    """Why two claims cannot be one event, whoever else took part; None if they can."""
    if a.document == b.document and not _told_twice(a, b, who):
        return "two events of one report"
    if a.family != b.family:
        return "different things"
    if a.family == "statements":
        return None
    if times.relate(a.window, b.window, visit=a.family == "visits") == "apart" and not _moved(a, b) and not _one_plan(a, b):
        return "told of different days"
    if a.family == "meetings":
        return _meetings_excluded(a, b)
    if a.family == "visits" and (a.kind in _OWN_KINDS or b.kind in _OWN_KINDS) and a.kind != b.kind:
        return "kinds of visit that exclude each other"
    return "to different countries" if a.to and b.to and a.to != b.to else None


def _told_twice(a: Event, b: Event, who: Who) -> bool:
    """Whether a report tells of one event twice, because it spells somebody in two ways (spelled alike, its writer knew them for two)."""
    if a.family != b.family or a.family == "statements" or set(a.spelled) == set(b.spelled) or (a.status in OVER) != (b.status in OVER):
        return False
    if a.family == "visits":
        return [who(x) for x in a.guests] == [who(x) for x in b.guests]
    return a.kind == b.kind and {who(x) for x in a.everyone} == {who(x) for x in b.everyone}


def _moved(a: Event, b: Event) -> bool:
    """Whether one is but planned, or was put off, and the other told as held, not before it: a plan can move."""
    for plan, held in ((a, b), (b, a)):
        if plan.status in _MOVABLE and held.status in OVER:
            days = (plan.window.low, held.window.low)
            return None in days or 0 <= (days[1] or 0) - (days[0] or 0) <= _YEAR
    return False


def _one_plan(a: Event, b: Event) -> bool:
    """Whether two reports announce, with different days, what two people are to do on one short visit: plans are told loosely, and each of the reports tells of one."""
    days = (a.window.low, b.window.low)
    near = None not in days and abs((days[0] or 0) - (days[1] or 0)) <= _PROGRAMME
    return a.family == "meetings" and a.status == b.status == "planned" and a.visit is not None and a.visit == b.visit and near


def put_off_between(a: Event, b: Event, put_off: Iterable[Event], who: Who) -> bool:
    """Whether two plans of different days can be one: a report between the two says that it was put off."""
    if a.document == b.document or a.family != b.family or a.family == "statements" or a.kind != b.kind and a.family == "visits" and {a.kind, b.kind} & _OWN_KINDS:
        return False
    if not {a.status, b.status} <= _MOVABLE or (a.to and b.to and a.to != b.to) or a.family == "meetings" and _meetings_excluded(a, b):
        return False
    first, second = sorted((a, b), key=lambda e: (e.window.published or 0, e.id))
    if first.window.published is None or second.window.published is None:
        return False
    everyone = {who(x) for x in first.everyone} & {who(x) for x in second.everyone}
    return any(
        first.window.published <= (e.window.published or 0) <= second.window.published and {who(x) for x in e.everyone} & everyone and (not e.to or e.to in (a.to, b.to))
        for e in put_off
        if e.family == a.family
    )


def _meetings_excluded(a: Event, b: Event) -> str | None:
    for kinds in (_CALLS, _MANY):
        if (a.kind in kinds) != (b.kind in kinds):
            return "kinds of contact that exclude each other"
    if "phone_call" in (a.kind, b.kind) and a.kind != b.kind:
        return "kinds of contact that exclude each other"
    if (a.kind in _SOCIAL) != (b.kind in _SOCIAL):
        return "kinds of contact that exclude each other"
    # A call across the date line has two days, and each side tells its own.
    if a.kind not in _CALLS and times.each_its_own(a.window, b.window) and not _one_plan(a, b):
        return "told of different days"
    if a.status in OVER and b.status in OVER and times.stale(a.window, b.window) and not (a.visit and a.visit == b.visit):
        return "told of too long after"
    x, y = (places.city_country(e.place) if e.place else None for e in (a, b))
    return "in different countries" if x and y and x != y else None


def _visits(a: Event, b: Event, who: Who, copies: Callable[[str, str], bool]) -> Link | None:
    ga, gb = [who(x) for x in a.guests], [who(x) for x in b.guests]
    common = set(ga) & set(gb)
    if common:
        score, why = (0.5, "the same visitor") if ga[:1] == gb[:1] or _people(common) else (0.4, "the same delegation")
        score += 0.05 * (ga[:1] == gb[:1] and _people(ga[:1]))
    elif not (_people(ga) and _people(gb)) and a.from_ and a.from_ == b.from_:
        score, why = 0.3, "a delegation between the same countries"
    else:
        return None
    score += 0.1 * bool(a.to and a.to == b.to) + 0.05 * (a.kind == b.kind) + 0.05 * (a.aside == b.aside)
    why += f" to {places.country_name(a.to)}" if a.to and a.to == b.to else ""
    asking = next((x for x, y in ((a, b), (b, a)) if x.window.low is None and y.window.low is not None), None)
    if met := _overlap(a.met, b.met, who, asking.met if asking else None):
        score, why = score + 0.05 + 0.1 * met, why + ", who met the same people"
    score += 0.1 * _overlap(a.beside, b.beside, who, asking.beside if asking else None)
    score += 0.05 * times.on_named_weekday(a.window, b.window)
    return _timed(a, b, score, why, copies)


def _overlap(a: Iterable[str], b: Iterable[str], who: Who, of: Iterable[str] | None = None) -> float:
    """How far two reports name the same people: 0 to 1.

    ``of`` are the people of the report, of the two, that tells no day: it is to be placed, so what counts is whether the other names all of its people, not
    whom else that one names.
    """
    x, y = {who(n) for n in a}, {who(n) for n in b}
    whole = x | y if of is None else {who(n) for n in of}
    return len(x & y) / len(whole) if x and y else 0.0


def _people(refs: Iterable[str]) -> bool:
    return any(x.startswith("p-") for x in refs)


def _meetings(a: Event, b: Event, who: Who, copies: Callable[[str, str], bool]) -> Link | None:
    score, why, named = _parties(a, b, who)
    if score == 0:
        return None
    if a.kind == b.kind:
        score, why = score + 0.2, why + f", both a {a.kind.replace('_', ' ')}"
    else:
        score += 0.1 if "meeting" in (a.kind, b.kind) else 0.05
    if a.visit and a.visit == b.visit:
        score, why = score + 0.2, why + ", in one visit"
    if a.place and b.place and fold(a.place) == fold(b.place):
        score += 0.05
    return _timed(a, b, score, why, copies, sure=named)


def _parties(a: Event, b: Event, who: Who) -> tuple[float, str, bool]:
    """How far the participants agree (0 to 0.5), in words, and whether both sides are named alike."""
    ha, ga, hb, gb = ({who(x) for x in side} for side in (a.hosts, a.guests, b.hosts, b.guests))
    x, y = ha | ga, hb | gb
    common = x & y
    if not common:
        return 0.0, "", False
    share = 0.25 * len(common) / min(len(x), len(y)) + 0.25 * len(common) / len(x | y)
    both = (ha & hb and ga & gb) or (ha & gb and ga & hb)
    if both or (len(common) > 1 and "conference" in (a.kind, b.kind)) or (a.kind == b.kind == "summit" and max(len(a.sides), len(b.sides)) > 2):
        share += 0.03 * (who(a.hosts[0]) in (who(b.hosts[0]), who(b.guests[0])) if a.hosts and b.hosts and b.guests else 0)
        return max(share, 0.35), ("the same people on both sides" if _people(common) else "the same bodies on both sides"), True
    opposed = (common & ha and common & ga) or (common & hb and common & gb)
    if opposed and len([x for x in common if x.startswith("p-")]) > 1 and not {a.kind, b.kind} & _GATHERINGS:
        return max(share, 0.35), "the same people, whoever stands on which side", True
    if len(common) > 1 and not (ga and gb):
        return share, "the same participants", True
    if _unnamed(x - common, a, y, b) or _unnamed(y - common, b, x, a):
        return min(share, 0.3), "one side the same, the other not named alike", False
    return 0.0, "", False


def _unnamed(rest: set[str], own: Event, others: set[str], other: Event) -> bool:
    """Whether what one claim has on its other side is only a body, of a country that takes part in the other claim."""
    return not _people(rest) and bool(own.sides) and set(own.sides) == set(other.sides) and len(own.sides) > 1


def _timed(a: Event, b: Event, score: float, why: str, copies: Callable[[str, str], bool], *, sure: bool = True) -> Link | None:
    """Adds what the days say, and asks for enough; who is not ``sure``ly the same is joined only where nothing else is about as likely."""
    relation = times.relate(a.window, b.window, visit=a.family == "visits")
    if relation == "apart" and _one_plan(a, b):
        relation = "slip"
    if a.document == b.document:
        score, why = score + 0.3, why + ", told twice in one report"
    elif copies(a.document, b.document):
        score, why = score + 0.3, why + ", in copies of one text"
    weak = False
    if relation == "same":
        score, why = score + 0.3, why + ", on the same days"
    elif relation == "near":
        score, why = score + 0.15, why + ", about the same time"
        weak = not (a.visit and a.visit == b.visit) and not copies(a.document, b.document)
    elif relation == "apart":
        if not ({"postponed", "cancelled"} & {a.status, b.status} or a.put_off or b.put_off):
            return None  # a plan and another day: two contacts, unless some report says that it was put off
        score, why = score + 0.1, why + ", put off and held later"
    elif relation == "slip":
        score, why = score + 0.1, why + ", on days that differ as by a misprint"
    else:
        score, why = score + 0.05, why + ", and no day speaks against it"
        weak = not (a.visit and a.visit == b.visit) and not copies(a.document, b.document)
    enough = score >= ENOUGH - 0.05 * weak
    return Link(min(a.id, b.id), max(a.id, b.id), round(score / _MOST, 3), why, weak or not sure) if enough else None


def _agreements(a: Event, b: Event, who: Who, copies: Callable[[str, str], bool]) -> Link | None:
    x, y = set(a.words), set(b.words)
    subject = len(x & y) / min(len(x), len(y)) if x and y else 0.0
    parties = {who(h) for h in a.hosts} & {who(h) for h in b.hosts}
    sides = len(a.sides) > 1 and a.sides == b.sides
    if subject < 0.5 or not (sides or len(parties) > 1 or (parties and subject == 1)):
        return None
    if a.life or b.life:
        return _of_one_life(a, b, subject)
    return _timed(
        a,
        b,
        0.4 * subject + 0.05 * (a.kind == b.kind) + 0.1 * bool({who(g) for g in a.guests} & {who(g) for g in b.guests}),
        "the same parties and subject",
        copies,
    )


def _of_one_life(a: Event, b: Event, subject: float) -> Link | None:
    """Whether a step of a paper's life belongs to what another report tells: in the order of steps, and of papers of one subject the one signed last before it."""
    for one, other in ((a, b), (b, a)):
        if one.life == "later" and other.low_day and one.window.high and other.low_day > one.window.high:
            return None
        if one.life == "early" and other.high_day and one.window.low and other.high_day < one.window.low:
            return None
    gap = abs((a.window.published or 0) - (b.window.published or 0)) if a.window.published and b.window.published else _LIFE
    score = 0.4 * subject + 0.05 * (a.kind == b.kind) + 0.2 + 0.1 * max(0.0, 1 - gap / _LIFE)
    if score < ENOUGH:
        return None
    return Link(min(a.id, b.id), max(a.id, b.id), round(score / _MOST, 3), "the same parties and subject, a step of its life")


def _statements(a: Event, b: Event, who: Who, copies: Callable[[str, str], bool]) -> Link | None:
    if a.words != b.words or a.kind != b.kind or {who(h) for h in a.hosts} != {who(h) for h in b.hosts}:
        return None
    return Link(min(a.id, b.id), max(a.id, b.id), 1.0, "the same words")


def visit_of(meeting: Event, visits: Sequence[Event]) -> str | None:
    """The visit of the same report during which a meeting takes place: a visitor takes part; None without one.

    A visit to a site, or one that is announced while the meeting is told as past, is only taken when it is the only one.
    """
    fitting = [v for v in visits if set(v.guests) & set(meeting.everyone) and _there(meeting, v)]
    held = [v for v in fitting if v.kind not in _OWN_KINDS and (v.status in OVER) >= (meeting.status in OVER)]
    return min(held, key=lambda v: (v.status == "planned", v.aside, v.id)).id if held else None


def holds_site(visit: Event, site: Event, who: Who) -> bool:
    """Whether a visit to a site can be part of a journey: somebody of it makes both, and it goes to the same country where both are known."""
    if visit.kind in _OWN_KINDS or (visit.to and site.to and visit.to != site.to) or (visit.status in OVER) < (site.status in OVER):
        return False
    return (
        not {who(x) for x in visit.guests}.isdisjoint(who(x) for x in site.guests) and times.relate(visit.window, site.window, visit=True) != "apart"
    )


def _there(meeting: Event, visit: Event) -> bool:
    """Whether a meeting can be in the country, and the days, of a visit."""
    if meeting.kind in _CALLS:
        return False
    country = places.city_country(meeting.place) if meeting.place else None
    if visit.to and country and country != visit.to:
        return False
    if visit.to and meeting.sides and visit.to not in meeting.sides and country != visit.to:
        return False
    w, v = meeting.window, visit.window
    if w.told and v.told and w.low is not None and w.high is not None and v.low is not None and v.high is not None:
        return w.low <= v.high and v.low <= w.high
    return True


def _hint(meetings: Sequence[Event]) -> Window | None:
    """The days that the meetings of a report give its visit; a day without a year gives its month."""
    weekdays = tuple(sorted({d for m in meetings for d in m.window.weekdays}))
    told = [m.window for m in meetings if m.window.told and m.window.low is not None and m.window.high is not None]
    if told:
        return Window(min(w.low or 0 for w in told), max(w.high or 0 for w in told), told=True, weekdays=weekdays)
    months = {m.window.month for m in meetings if m.window.month}
    return Window(month=min(months) if len(months) == 1 else None, weekdays=weekdays) if months or weekdays else None

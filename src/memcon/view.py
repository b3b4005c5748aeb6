"""The view: people, visits, meetings, agreements and statements as several reports give them, made from their claims.

Everything here is a pure function of the claims that were joined. A thing's id comes from the first, in order, of its
claims (or spellings), so it does not depend on the order in which reports were added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from memcon.follow.topics import topics_of
from memcon.langs.fold import fold
from memcon.model import Agreement, Meeting, Record, Span, Statement, Visit
from memcon.resolve.dates import Solution
from memcon.resolve.events import Event
from memcon.resolve.offices import same_body
from memcon.resolve.times import span

_STATUS_ORDER: Final = ("planned", "postponed", "cancelled", "denied", "ongoing", "occurred", "completed", "signed", "in_force", "expired")
_OPEN: Final = frozenset(("planned", "postponed"))
_NOT_YET: Final = frozenset(("planned", "postponed", "cancelled"))  # of a paper that nobody has signed
_GENERIC: Final = frozenset(("meeting", "unspecified"))


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one report: ``text[start:end]`` of its document."""

    document: str
    report: str
    claim: str
    start: int
    end: int
    quote: str
    outlet: str | None = None
    published: str | None = None


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a field, who says so, and how many independent origins those are."""

    value: str
    witnesses: int
    said_by: list[Quotation]


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field on which reports differ: every value, none dropped."""

    field: str
    values: list[Value]


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """Why two claims (or spellings) are one thing: a rule's score and reason, or a person's."""

    a: str
    b: str
    score: float
    reason: str
    by: str = "rule"


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """Who took part: a person (``id`` p-…) or a body (``id`` b:…), and the name used."""

    id: str
    name: str


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a thing's history: the status a report gives it."""

    status: str
    published: str | None
    report: str


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """What visits, meetings, agreements and statements share. ``witnesses`` counts independent origins; copies are one.

    ``doubts`` are contradictions that nothing decides, with the reports that make them.
    """

    id: str
    status: str = ""
    kind: str = ""
    countries: list[str] = []
    witnesses: int = 1
    history: list[Stage] = []
    conflicts: list[Conflict] = []
    sources: list[Quotation] = []
    merges: list[Merge] = []
    derivation: dict[str, str] = {}
    doubts: list[str] = []


class VisitThing(Thing, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A visit, with the ids of what it holds; ``visit`` is that of which it is a part (the journey with its visit to a site)."""

    visitors: list[Participant] = []
    delegation: str | None = None
    from_: str | None = None
    to: str | None = None
    start: str | None = None
    end: str | None = None
    inviters: list[Participant] = []
    holds: list[str] = []
    visit: str | None = None


class MeetingThing(Thing, frozen=True, kw_only=True):
    """A meeting. ``visit`` is the visit during which it took place."""

    hosts: list[Participant] = []
    guests: list[Participant] = []
    date: str | None = None
    place: str | None = None
    visit: str | None = None


class StepThing(msgspec.Struct, frozen=True, kw_only=True):
    """A step of an agreement's life as one report tells it: ``kind``, ``date``, ``until``, ``lasts`` and ``ahead`` as of `memcon.model.Step`; ``source`` are its words."""

    kind: str
    date: str | None = None
    until: str | None = None
    lasts: str | None = None
    ahead: bool = False
    source: Quotation


class AgreementThing(Thing, frozen=True, kw_only=True):
    """An agreement. ``topics`` are those of the codebook, ``witnessed_by`` those who looked on when it was signed, ``steps`` those of its life that reports tell, in their order."""

    subject: str | None = None
    parties: list[str] = []
    signers: list[Participant] = []
    signed: str | None = None
    start: str | None = None
    end: str | None = None
    visit: str | None = None
    topics: list[str] = []
    witnessed_by: list[str] = []
    amount: str | None = None
    currency: str | None = None
    number: int | None = None
    steps: list[StepThing] = []


class StatementThing(Thing, frozen=True, kw_only=True):
    """A statement; ``kind`` is its act, ``topics`` those of the codebook."""

    speakers: list[Participant] = []
    addressees: list[Participant] = []
    principal: str | None = None
    text: str = ""
    topics: list[str] = []


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of a thing, with what its report is."""

    claim: str
    document: str
    report: str
    outlet: str | None
    published: str | None
    record: Visit | Meeting | Agreement | Statement
    event: Event
    text: str
    language: str | None = None

    def quotation(self, spans: Sequence[Span] | None = None) -> Quotation:
        """The words for a field (its first span), else those of the whole claim."""
        s = Span(*spans[0]) if spans else Span(self.record.evidence.start, self.record.evidence.end)
        return Quotation(
            document=self.document, report=self.report, claim=self.claim, start=s.start, end=s.end, quote=s.of(self.text),
            outlet=self.outlet, published=self.published,
        )  # fmt: skip


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What assembling a thing needs beside its claims."""

    origin: Mapping[str, str]
    merges: list[Merge]
    solution: Solution = Solution(None)
    visit: str | None = None
    holds: list[str] = []
    who: Callable[[str], str] = str


def _witnesses(documents: Iterable[str], c: Context) -> int:
    return len({c.origin.get(d, d) for d in documents})


def values(members: Sequence[Member], field: str, of: Callable[[Member], str | None], c: Context) -> list[Value]:
    """The values that claims give a field, the best witnessed first."""
    said: dict[str, list[Member]] = {}
    for m in members:
        value = of(m)
        if value:
            said.setdefault(value, []).append(m)
    found = [
        Value(value=v, witnesses=_witnesses((m.document for m in ms), c), said_by=[m.quotation(m.record.evidence.fields.get(field)) for m in ms])
        for v, ms in said.items()
    ]
    return sorted(found, key=lambda v: (-v.witnesses, -len(v.said_by), v.value))


def settle(
    members: Sequence[Member], field: str, of: Callable[[Member], str | None], c: Context, generic: frozenset[str] = frozenset()
) -> tuple[str | None, list[Conflict]]:
    """The value of a field that most independent origins give (a mere general one yields), and the conflict if they differ."""
    found = values(members, field, of, c)
    exact = [v for v in found if v.value not in generic] or found
    conflict = [Conflict(field=field, values=exact)] if len(exact) > 1 else []
    return (exact[0].value if exact else None), conflict


def _history(members: Sequence[Member]) -> list[Stage]:
    steps = {(m.record.status, m.published or "", m.report) for m in members if not isinstance(m.record, Statement)}
    ordered = sorted(steps, key=lambda s: (_STATUS_ORDER.index(s[0]) if s[0] in _STATUS_ORDER else 0, s[1], s[2]))
    return [Stage(status=s, published=p or None, report=r) for s, p, r in ordered]


def _status(history: Sequence[Stage]) -> str:
    """What became of it: that it took place outranks every plan; of plans the last told counts."""
    over = [s for s in history if s.status not in ("planned", "postponed", "cancelled", "denied")]
    if over:
        return over[-1].status
    dated = [s for s in history if s.published]
    if dated:
        return max(dated, key=lambda s: (s.published or "", _STATUS_ORDER.index(s.status))).status
    return history[-1].status if history else ""


def _people(
    members: Sequence[Member], refs: Callable[[Event], Sequence[str]], names: Callable[[Any], Sequence[str]], c: Context
) -> list[Participant]:
    """Participants of one side, best witnessed first; a body that one report names stands only where no person is named."""
    seen: dict[str, list[tuple[str, str, str]]] = {}
    for m in members:
        for ref, name in zip(refs(m.event), names(m.record), strict=False):
            seen.setdefault(c.who(ref), []).append((ref, name, m.document))
    # What stands in a thing is a spelling's node, the first of those used; which person that is, is looked up when it is read.
    found = [(min(r for r, _, _ in v), _best_name(n for _, n, _ in v), {d for _, _, d in v}) for v in seen.values()]
    if any(ref.startswith("p-") for ref, _, _ in found):
        found = [x for x in found if x[0].startswith("p-") or len(x[2]) > 1]
    return [Participant(id=ref, name=name) for ref, name, _ in sorted(found, key=lambda x: (-_witnesses(x[2], c), x[0]))]


def _best_name(names: Iterable[str]) -> str:
    """The fullest spelling, with its marks; ties by use, then by letter."""
    uses = Counter(names)
    return min(
        uses, key=lambda n: (any(len(w.rstrip(".")) == 1 for w in n.split()), -len(n.split()), -sum(not ch.isascii() for ch in n), -uses[n], n)
    )


def _common(thing: str, members: Sequence[Member], c: Context, conflicts: list[Conflict]) -> dict[str, Any]:
    history = _history(members)
    return {
        "id": thing,
        "status": _status(history),
        "countries": sorted({x for m in members for x in m.event.sides}),
        "witnesses": _witnesses((m.document for m in members), c),
        "history": history,
        "conflicts": conflicts,
        "sources": [m.quotation() for m in sorted(members, key=lambda m: (m.published or "", m.report, m.claim))],
        "merges": c.merges,
        "doubts": [f"its reports contradict each other on the day: {c.solution.conflict}"] if c.solution.conflict else [],
    }


def _date_conflict(members: Sequence[Member], field: str, of: Callable[[Any], str | None], c: Context) -> list[Conflict]:
    """Days that contradict each other; a coarser day contradicts no finer one."""
    found = values(members, field, lambda m: of(m.record), c)
    odd = [v for v in found if any(_contradict(v.value, w.value) for w in found)]
    return [Conflict(field=field, values=odd)] if odd else []


def _contradict(a: str, b: str) -> bool:
    a, b = a.rstrip("?~%"), b.rstrip("?~%")
    return any(x != y and "X" not in (x, y) for x, y in zip(a, b, strict=False))


def _majority(conflict: Sequence[Conflict], otherwise: str | None) -> str | None:
    """The value that more independent origins give than any other; else what all share."""
    if not conflict:
        return otherwise
    first, second = conflict[0].values[0], conflict[0].values[1]
    return first.value if first.witnesses > second.witnesses else otherwise


def meeting(thing: str, members: Sequence[Member], c: Context) -> MeetingThing:
    """A meeting from its claims."""
    kind, conflicts = settle(members, "kind", lambda m: m.record.kind if isinstance(m.record, Meeting) else None, c, _GENERIC)
    place, more = settle(members, "place", lambda m: m.record.place if isinstance(m.record, Meeting) else None, c)
    dates = _date_conflict([m for m in members if not _superseded(m, members)], "date", lambda r: r.date, c)
    swapped = _swapped(members, c)
    turned = _turned(members, c)
    conflicts = [*conflicts, *(x for x in more if len({fold(v.value) for v in x.values}) > 1), *dates, *swapped]
    return MeetingThing(
        **_common(thing, members, c, conflicts) | {"kind": kind or "meeting", "derivation": _derivation(members, c)},
        hosts=_people(turned, lambda e: e.hosts, lambda r: r.hosts, c), guests=_people(turned, lambda e: e.guests, lambda r: r.guests, c),
        date=_majority(dates, c.solution.edtf), place=place, visit=c.visit,
    )  # fmt: skip


def _derivation(members: Sequence[Member], c: Context) -> dict[str, str]:
    """How the day follows: from several reports together, else as the report that decides it says."""
    own = sorted(
        {m.record.derivation["date"] for m in members if "date" in m.record.derivation and getattr(m.record, "date", None) == c.solution.edtf}
    )
    why = c.solution.why if "->" in c.solution.why else "; ".join(filter(None, (*own, c.solution.why)))
    return {"date": why} if why and c.solution.edtf else {}


def _superseded(member: Member, members: Sequence[Member]) -> bool:
    """Whether a claim is but a plan of what another claim tells as held: its day was never the day it took place."""
    return getattr(member.record, "status", "") in _OPEN and any(getattr(m.record, "status", "") not in _OPEN for m in members)


def _side(m: Member, members: Sequence[Member], c: Context, refs: Callable[[Event], Sequence[str]]) -> str | None:
    """One side of a claim in words: the same words for the same people, however each report spells them."""
    named: dict[str, list[str]] = {}
    for x in members:
        for names in _named(x):
            named.setdefault(c.who(names[0]), []).append(names[1])
    return " + ".join(sorted(_best_name(named[c.who(r)]) for r in refs(m.event) if c.who(r) in named)) or None


def _named(m: Member) -> list[tuple[str, str]]:
    """Reference and name of everyone on either side of a claim."""
    r = m.record
    if isinstance(r, Meeting):
        return [*zip(m.event.hosts, r.hosts, strict=False), *zip(m.event.guests, r.guests, strict=False)]
    return list(zip(m.event.guests, r.signers, strict=False)) if isinstance(r, Agreement) else []


def _turned(members: Sequence[Member], c: Context) -> list[Member]:
    """The claims with one orientation: that of most origins which say who received whom, or else of the first."""
    said = [m for m in members if "hosts" not in m.record.derivation] or list(members)
    found = values(said, "hosts", lambda m: _side(m, said, c, lambda e: e.hosts), c)
    lead = next((m for m in said if found and _side(m, said, c, lambda e: e.hosts) == found[0].value), said[0])
    hosts, guests = {c.who(x) for x in lead.event.hosts}, {c.who(x) for x in lead.event.guests}
    out = []
    for m in members:
        against = bool({c.who(x) for x in m.event.hosts} & guests - hosts) or bool({c.who(x) for x in m.event.guests} & hosts - guests)
        out.append(_flipped(m) if against else m)
    return out


def _flipped(m: Member) -> Member:
    assert isinstance(m.record, Meeting)
    record = msgspec.structs.replace(m.record, hosts=m.record.guests, guests=m.record.hosts)
    return msgspec.structs.replace(m, record=record, event=msgspec.structs.replace(m.event, hosts=m.event.guests, guests=m.event.hosts))


def _swapped(members: Sequence[Member], c: Context) -> list[Conflict]:
    """Who received whom, where reports turn it round."""
    sure = [m for m in members if "hosts" not in m.record.derivation and m.event.hosts and m.event.guests]
    turned = [
        (a, b) for a in sure for b in sure
        if {c.who(x) for x in a.event.hosts} & {c.who(x) for x in b.event.guests} and {c.who(x) for x in a.event.guests} & {c.who(x) for x in b.event.hosts}
    ]  # fmt: skip
    if not turned:
        return []
    involved = [m for m in sure if any(m in pair for pair in turned)]
    return [Conflict(field="hosts", values=values(involved, "hosts", lambda m: _side(m, members, c, lambda e: e.hosts), c))]


def visit(thing: str, members: Sequence[Member], c: Context) -> VisitThing:
    """A visit from its claims."""
    kind, conflicts = settle(members, "kind", lambda m: m.record.kind if isinstance(m.record, Visit) else None, c, _GENERIC)
    current = [m for m in members if not _superseded(m, members)]
    starts, ends = (_date_conflict(current, f, lambda r, f=f: getattr(r, f), c) for f in ("start", "end"))  # type: ignore[misc]
    start, end = (_finest([getattr(m.record, f) for m in current]) for f in ("start", "end"))
    start, end, why = _with_year(start, end, c.solution)
    one = {f: settle(members, f, lambda m, f=f: getattr(m.record, f), c)[0] for f in ("delegation", "from_", "to")}  # type: ignore[misc]
    inviters = _people(members, lambda e: e.hosts, lambda r: r.inviters, c)
    return VisitThing(
        **_common(thing, members, c, [*conflicts, *starts, *ends]) | {"kind": kind or "unspecified", "derivation": why},
        visitors=_people(members, lambda e: e.guests[: len(e.guests)], lambda r: r.visitors, c), delegation=one["delegation"], from_=one["from_"], to=one["to"],
        start=_majority(starts, start), end=_majority(ends, end), inviters=inviters, holds=c.holds,
        visit=c.visit if c.visit != thing else None,
    )  # fmt: skip


def _with_year(start: str | None, end: str | None, solution: Solution) -> tuple[str | None, str | None, dict[str, str]]:
    """First and last day of a visit with the year that its meetings decide."""
    solved = solution.edtf or ""
    if not start or not start.startswith("XXXX") or solved[4:] != start[4:] or solved.startswith("X"):
        return start, end, {}
    if end and end.startswith("XXXX"):
        end = (solved[:4] if end[4:] >= start[4:] else str(int(solved[:4]) + 1)) + end[4:]
    return solved, end, {"start": solution.why}


def _finest(found: Sequence[str | None]) -> str | None:
    """The most exact of values that agree; what contradicting ones share is left to the conflict."""
    known = sorted({v for v in found if v})
    return max(known, key=lambda v: (span(v) is not None, len(v.replace("X", "")), v), default=None)


def agreement(thing: str, members: Sequence[Member], c: Context) -> AgreementThing:
    """An agreement from its claims."""
    kind, conflicts = settle(members, "kind", lambda m: m.record.kind if isinstance(m.record, Agreement) else None, c)
    subject, _ = settle(members, "subject", lambda m: m.record.subject if isinstance(m.record, Agreement) else None, c)
    found = {f: _date_conflict(members, f, lambda r, f=f: getattr(r, f), c) for f in ("signed", "start", "end")}  # type: ignore[misc]
    day = {f: _majority(x, _finest([getattr(m.record, f) for m in members])) for f, x in found.items()}
    parties: list[str] = []
    for derived in (False, True):  # parties that only follow from the report stand where no report names them
        if derived and len(parties) > 1:
            break
        for m in members:
            if isinstance(m.record, Agreement) and ("parties" in m.record.derivation) == derived:
                parties += [p for p in m.record.parties if not any(same_body(p, q) for q in parties)]
    signers = _people(members, lambda e: e.guests, lambda r: r.signers, c)
    by = (
        [Conflict(field="signers", values=v)]
        if len(v := values(members, "signers", lambda m: _side(m, members, c, lambda e: e.guests), c)) > 1
        else []
    )
    return AgreementThing(
        **_common(thing, members, c, [*conflicts, *(x for f in found.values() for x in f), *by]) | {"kind": kind or "agreement"},
        subject=subject, parties=parties, signers=signers, signed=day["signed"], start=day["start"], end=day["end"], visit=c.visit, steps=_steps(members),
        topics=_topics(subject, parties, members), **_paid(members, c), witnessed_by=list(dict.fromkeys(n for m in members if isinstance(m.record, Agreement) for n in m.record.witnessed_by)),
    )  # fmt: skip


def _steps(members: Sequence[Member]) -> list[StepThing]:
    """The steps that the reports of an agreement tell, in the order of their publication; what a report plans or says to be signed is one too."""
    found: list[StepThing] = []
    for m in sorted(members, key=lambda m: (m.published or "", m.report, m.claim)):
        record = m.record
        if not isinstance(record, Agreement):
            continue
        kinds = {x.kind for x in record.steps}
        planned = record.status in _NOT_YET and "negotiated" not in kinds
        signed = record.status == "signed" and not kinds & {"initialled", "ratified"} or bool(record.signed) and record.status not in _NOT_YET
        if planned or signed and kinds != {"initialled"} and "signed" not in kinds:
            source = m.quotation(record.evidence.fields.get("status"))
            found.append(StepThing(kind=record.status if planned else "signed", date=record.signed, ahead=planned, source=source))
        found += [
            StepThing(kind=x.kind, date=x.date, until=x.until, lasts=x.lasts, ahead=x.ahead, source=m.quotation([Span(x.evidence.start, x.evidence.end)]))
            for x in record.steps
        ]
    return found


def _paid(members: Sequence[Member], c: Context) -> dict[str, Any]:
    """The sum of an agreement with its currency, and how many papers it stands for: as most origins say."""
    sums = values(members, "amount", lambda m: f"{m.record.amount} {m.record.currency or ''}" if isinstance(m.record, Agreement) and m.record.amount else None, c)
    numbers = [m.record.number for m in members if isinstance(m.record, Agreement) and m.record.number]
    amount, _, currency = (sums[0].value if sums else "").partition(" ")
    return {"amount": amount or None, "currency": currency or None, "number": max(numbers, default=None)}


def _topics(subject: str | None, parties: Sequence[str], members: Sequence[Member]) -> list[str]:
    """The topics of an agreement: of its subject, else of the words that tell of it; and of who its parties are (parties, parliaments)."""
    told = [subject] if subject else [m.quotation().quote for m in members]
    return list(dict.fromkeys(x for words in (*told, *parties) for x in topics_of(words)))


def statement(thing: str, members: Sequence[Member], c: Context) -> StatementThing:
    """A statement from its claims (copies of one wording)."""
    first = members[0].record
    assert isinstance(first, Statement)
    return StatementThing(
        **_common(thing, members, c, []) | {"kind": first.act},
        speakers=_people(members, lambda e: e.hosts, lambda r: r.speakers, c), addressees=_people(members, lambda e: e.guests, lambda r: r.addressees, c),
        principal=first.principal, text=first.text, topics=topics_of(first.text),
    )  # fmt: skip


RECORDS: Final[dict[str, type[Record]]] = {"visits": Visit, "meetings": Meeting, "agreements": Agreement, "statements": Statement}
THINGS: Final[dict[str, type[Thing]]] = {"visits": VisitThing, "meetings": MeetingThing, "agreements": AgreementThing, "statements": StatementThing}
LETTERS: Final = {"people": "p", "visits": "v", "meetings": "m", "agreements": "a", "statements": "s"}

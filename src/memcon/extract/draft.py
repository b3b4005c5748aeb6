"""Facts under construction: parties, dates and spans still in normal-text offsets."""

from __future__ import annotations

from dataclasses import dataclass, field

from memcon.extract.discourse import Contact, Party
from memcon.model import Span


@dataclass(frozen=True, slots=True)
class When:
    """A decided (or undecided) time: EDTF or None, how it was reached, the words it rests on."""

    start: str | None = None
    end: str | None = None
    why: str = ""
    spans: tuple[Span, ...] = ()
    conflict: str | None = None


@dataclass(slots=True)
class MeetingDraft(Contact):
    """A meeting as told so far. ``trigger`` are the words that say it took place."""

    trigger: Span = field(default_factory=lambda: Span(0, 0))
    when: When = When()
    place: str | None = None
    place_span: Span | None = None
    place_why: str = ""  # why it took place there, where its own words do not say
    rule: str = ""
    unsided: bool = False  # nobody is said to receive
    order_why: str = ""  # why the hosts are hosts, where the words of the contact do not say so


@dataclass(slots=True)
class VisitDraft:
    """A visit as told so far. ``to`` and ``from_`` are ISO codes."""

    visitors: list[Party]
    to: str | None
    trigger: Span
    sentence: int
    from_: str | None = None
    kind: str = "unspecified"
    status: str = "ongoing"
    start: When = When()
    end: When = When()
    inviters: list[Party] = field(default_factory=list)
    delegation: str | None = None
    delegation_span: Span | None = None
    to_span: Span | None = None
    kind_span: Span | None = None
    rule: str = ""
    firm: bool = True  # words say the status; else other mentions and the dates decide
    past: bool = False  # told in the past tense
    told: list[int] = field(default_factory=list)  # further sentences that tell of it
    mentions: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class StatementDraft:
    """One thing said. ``start``..``end`` is the clause, ``cue`` the reporting words."""

    speakers: list[Party]
    act: str
    start: int
    end: int
    cue: Span
    sentence: int
    addressees: list[Party] = field(default_factory=list)
    principal: Party | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step of a paper's life. ``cue`` are the words that tell it; ``until`` and ``lasts`` the end, or length, that it gives the paper."""

    kind: str
    cue: Span
    when: When = When()
    until: When = When()
    lasts: str | None = None
    lasts_span: Span | None = None
    ahead: bool = False
    rule: str = ""


@dataclass(slots=True)
class AgreementDraft:
    """A paper as told so far."""

    kind: str
    trigger: Span
    sentence: int
    subject: str | None = None
    subject_span: Span | None = None
    parties: list[Party] = field(default_factory=list)
    signers: list[Party] = field(default_factory=list)
    signed: When = When()
    term: When = When()
    status: str = "signed"
    rule: str = ""
    onlookers: list[Party] = field(default_factory=list)
    amount: tuple[str, str | None, Span] | None = None  # number, currency, words
    number: tuple[int, Span] | None = None  # how many papers it stands for
    steps: list[StepDraft] = field(default_factory=list)
    life_only: bool = False  # told by a step of its life, not by its signing
    parties_why: str = ""

"""The nouns of memcon: what a report is, and what a memorandum of it holds.

Every record is immutable. Offsets count characters (code points) of ``Document.text``, end exclusive.
The shape follows the annotation guide, so that a record and a human coder's file can be compared field by field.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of one document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The quotation itself: ``text[start:end]``."""
        return text[self.start : self.end]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Where a record rests in its report: the main words, and the words behind each field."""

    start: int
    end: int
    fields: dict[str, list[Span]] = {}


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What every fact carries: its words, how inferred values were reached, and the rule that made it."""

    evidence: Evidence
    derivation: dict[str, str] = {}
    rule: str = ""


class Position(Record, frozen=True, kw_only=True):
    """An office as the report gives it. ``organization`` is the body, or the country for an office of state."""

    title: str
    organization: str | None = None


class Person(Record, frozen=True, kw_only=True):
    """A named person. ``country`` is the ISO 3166-1 alpha-2 code of the side he or she acts for."""

    name: str
    aliases: list[str] = []
    country: str | None = None
    positions: list[Position] = []


class Visit(Record, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A journey to another country (``kind`` and ``status``: see the codebook). Dates are EDTF."""

    visitors: list[str]
    delegation: str | None = None
    from_: str | None = None
    to: str | None = None
    kind: str = "unspecified"
    start: str | None = None
    end: str | None = None
    inviters: list[str] = []
    status: str = "ongoing"


class Meeting(Record, frozen=True, kw_only=True):
    """One contact. Participants are people, or bodies where no person is named. ``date`` is EDTF."""

    kind: str
    hosts: list[str] = []
    guests: list[str] = []
    date: str | None = None
    place: str | None = None
    status: str = "occurred"


class Statement(Record, frozen=True, kw_only=True):
    """One thing said by one side to another. ``text`` is the clause itself."""

    speakers: list[str]
    addressees: list[str] = []
    act: str
    principal: str | None = None
    cue: str = ""
    text: str = ""


class Step(Record, frozen=True, kw_only=True):
    """A step in a paper's life, as a report tells it: ``kind`` is a status of the codebook (negotiated, initialled, ratified, in_force, extended, expired, terminated).

    ``date`` is the day of the step and ``until`` the last day that it gives the paper (EDTF); ``lasts`` is the time it gives instead (ISO 8601: P3Y). A step
    told ``ahead`` was still to come.
    """

    kind: str
    date: str | None = None
    until: str | None = None
    lasts: str | None = None
    ahead: bool = False


class Agreement(Record, frozen=True, kw_only=True):
    """A paper between parties: what it is about, who signed and who looked on, its dates and term (EDTF), the money it is about, the steps of its life.

    ``amount`` is a plain number of ``currency`` (ISO 4217; None where the report leaves open whose dollars); ``number`` counts the papers that one record stands
    for ("three agreements").
    """

    kind: str
    subject: str | None = None
    parties: list[str] = []
    signers: list[str] = []
    signed: str | None = None
    start: str | None = None
    end: str | None = None
    status: str = "signed"
    witnessed_by: list[str] = []
    amount: str | None = None
    currency: str | None = None
    number: int | None = None
    steps: list[Step] = []


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """A doubt, as data: what was unclear, and where."""

    kind: str
    message: str
    spans: list[Span] = []


class Mark(NamedTuple):
    """Words of a report that are about the report, not part of what it tells: ``kind`` is dateline, agency, end, caption or byline."""

    kind: str
    start: int
    end: int


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One report. ``sha256`` is the hash of the bytes it was read from; ``published`` is EDTF or None.

    ``published_by`` is how that day was found: ``given`` (by who added it), ``metadata``, ``url``, or None where the report's own words have to say.
    ``captions`` are those of its pictures that are not part of the text; ``extractor`` names the reader with the versions of what it used.
    """

    id: str
    text: str
    sha256: str = ""
    path: str = ""
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    title: str | None = None
    authors: list[str] = []
    published_by: str | None = None
    captions: list[str] = []
    marks: list[Mark] = []
    extractor: str = ""


class Memorandum(msgspec.Struct, frozen=True, kw_only=True):
    """What one report says, in the annotation guide's shape, with the words for every field."""

    id: str
    published: str | None = None
    language: str | None = None
    outlet: str | None = None
    people: list[Person] = []
    visits: list[Visit] = []
    meetings: list[Meeting] = []
    statements: list[Statement] = []
    agreements: list[Agreement] = []
    issues: list[Issue] = []
    version: str = ""

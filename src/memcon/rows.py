"""The typed records that a ledger's lists give."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from memcon import view
from memcon.model import Mark

T = TypeVar("T")


class Records(list[T]):
    """A list of records that analysts' frames can be made of."""

    def to_dicts(self) -> list[dict[str, Any]]:
        """The records as plain dictionaries."""
        return [msgspec.to_builtins(x) for x in self]

    def to_polars(self) -> Any:
        """A polars frame. Raises ImportError where polars is not installed."""
        import polars as pl

        return pl.DataFrame(self.to_dicts(), infer_schema_length=None)

    def to_pandas(self) -> Any:
        """A pandas frame. Raises ImportError where pandas is not installed."""
        import pandas as pd

        return pd.DataFrame(self.to_dicts())


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What adding one report did: ``new`` is false when the ledger had it already."""

    id: str
    name: str
    new: bool


class Skipped(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was not read: ``kind`` is irrelevant (it cannot tell of a contact), unreadable, or passed over (a picture in an archive, say)."""

    name: str
    kind: str
    why: str
    sha256: str = ""
    url: str | None = None
    title: str | None = None
    noted: str | None = None


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a report came from, and how it was read. ``sha256`` is of the raw bytes.

    ``published_by`` is how its day was found: given, metadata, url, page, dateline (the report's own words) or none.
    """

    title: str | None
    authors: list[str]
    published_by: str
    path: str
    sha256: str
    extractor: str
    captions: list[str]
    marks: list[Mark]


class Occupancy(msgspec.Struct, frozen=True, kw_only=True):
    """A post as reported: who, the title in one report's words, the days of the first and last report (EDTF) and words of the first and last ones.

    ``within`` are the bodies that the post's body is part of, the nearest first.
    """

    person: str
    name: str
    title: str
    organization: str | None
    first: str | None
    last: str | None
    witnesses: int
    sources: list[view.Quotation]
    within: list[str] = []


class PersonThing(msgspec.Struct, frozen=True, kw_only=True):
    """A person as the reports know him or her: spellings, side, posts as titled, and in how many reports."""

    id: str
    name: str
    spellings: list[str]
    country: str | None
    posts: list[str]
    reports: int
    merges: list[view.Merge] = []


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Something announced, and what became of it: ``outcome`` is its status now, ``unknown`` while no report tells."""

    id: str
    family: str
    kind: str
    who: list[str]
    planned_for: str | None
    outcome: str
    history: list[view.Stage]


class ConflictRow(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a thing on which reports differ."""

    id: str
    field: str
    values: list[view.Value]


class IssueRow(msgspec.Struct, frozen=True, kw_only=True):
    """A doubt: of one report, of what several say together (``kind`` contradiction), or of joining several (``unsure``); ``things`` are the ids it bears on."""

    id: str
    report: str
    kind: str
    message: str
    things: list[str] = []


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it is kept. ``version`` is that of the memcon which read it, ``added`` the moment (UTC), ``number`` its place in the order of adding.

    ``published`` is EDTF; ``sha256`` is that of the bytes it was read from; ``headline`` its first line, cut at 200 characters.
    """

    id: str
    name: str
    sha256: str
    outlet: str | None
    url: str | None
    language: str | None
    published: str | None
    version: str
    added: str
    number: int
    headline: str


class JudgementRow(msgspec.Struct, frozen=True, kw_only=True):
    """A person's judgement, active or withdrawn."""

    id: str
    family: str
    verdict: str
    a: str
    b: str
    why: str
    by: str
    made: str
    withdrawn: str | None


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A report of the ledger; ``excerpt`` are words around a hit."""

    id: str
    name: str
    outlet: str | None
    published: str | None
    excerpt: str = ""


class BodyThing(msgspec.Struct, frozen=True, kw_only=True):
    """A body as posts name it: the bodies that it is part of (the nearest first), those that are part of it, and how many people are reported in posts there."""

    id: str
    name: str
    within: list[str]
    parts: list[str]
    people: int

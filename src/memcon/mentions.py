"""What annotation leaves on a report's text: tokens, mentions and sentences, all with offsets.

The types stand here, below the stages, so that annotating and extracting share them without importing each other.
Offsets of this module count characters of the *normal text* (see ``annotate.normal``); they are mapped back to the
report's own characters when records are made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from memcon.model import Span


@dataclass(slots=True)
class Token:
    """A word or mark. ``low`` is lower case; ``cap`` says that it starts with a capital letter."""

    text: str
    start: int
    end: int
    low: str
    cap: bool
    label: str = ""  # country, demonym, city, capital, metonym, body, month, weekday ... ("" for none)
    key: str = ""  # ISO code of a place, name of a body
    run: int = 1  # tokens in the labelled phrase that starts here; 0 inside one


@dataclass(frozen=True, slots=True)
class Org:
    """A named body. ``name`` is expanded ("Central Committee of the CPV" in full); ``country`` its side, if known."""

    start: int
    end: int
    name: str
    country: str | None = None
    plural: bool = False
    parts: tuple[Span, ...] = ()  # other words the name rests on, such as an acronym's definition


@dataclass(frozen=True, slots=True)
class Office:
    """A title with its body, as one mention gives it."""

    start: int
    end: int
    title: str
    org: str | None
    country: str | None
    state: bool  # an office of state: the country stands as organization
    klass: str  # head_of_state, minister, party ... (codebook/data/posts)
    plural: bool = False
    org_span: Span | None = None
    title_span: Span | None = None
    country_span: Span | None = None


STATE_POSTS = frozenset(("head_of_state", "head_of_government", "minister", "diplomat", "parliament"))
"""Classes of office that belong to a state as such, not to a body in it."""


@dataclass(slots=True)
class NameMention:
    """A personal name with the offices and honorifics around it. ``span`` covers them all."""

    start: int
    end: int
    name_start: int
    name_end: int
    name: str
    offices: list[Office] = field(default_factory=list)
    country: str | None = None
    country_span: Span | None = None
    honorific: bool = False
    person: int = -1  # index into Annotated.people


@dataclass(slots=True)
class Figure:
    """A person of the report: all mentions of one name."""

    index: int
    name: str
    name_span: Span
    aliases: list[tuple[str, Span]] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    country: str | None = None
    country_spans: list[Span] = field(default_factory=list)
    country_why: str = ""
    inferred_from: tuple[Span, ...] = ()
    female: bool | None = None
    mentions: list[NameMention] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """A unit for the parser: a word, or a whole mention that stands for one word."""

    kind: str  # word, person, org, country, demonym, place, office, date
    start: int
    end: int
    word: str  # what the parser is shown
    text: str  # what the report says
    ref: object = None  # NameMention, Org, Office, country code, TimeExpression
    lemma: str = ""
    tag: str = ""
    dep: str = ""
    head: int = -1
    quoted: bool = False
    low: str = ""  # the words in lower case
    matched: tuple[tuple[object, list[Any]], ...] = ()  # what sets of patterns found here: (set, matches)
    reach: frozenset[str] | None = None  # the words that a pattern which starts here may go on with

    def __post_init__(self) -> None:
        self.low = self.low or self.text.lower()


@dataclass(slots=True)
class Sentence:
    """A sentence: its place in the text, and its items once parsed. Heads are indexes into ``items``."""

    index: int
    start: int
    end: int
    paragraph: int
    items: list[Item] = field(default_factory=list)
    kind: str = "body"  # body, headline, caption, dateline
    children: list[list[int]] = field(default_factory=list)
    parsed: bool = False
    # What the tree has been asked before: every reader asks for the same verbs' subjects and moods and the same lists.
    subjects: dict[int, int | None] = field(default_factory=dict)
    moods: dict[int, str] = field(default_factory=dict)
    lists: dict[int, tuple[int, ...]] = field(default_factory=dict)
    triggers: tuple[tuple[object, tuple[int, ...]], ...] = ()  # where sets of patterns may match: (set, indexes)
    _said: frozenset[str] | None = None
    _dates: tuple[int, ...] | None = None

    @property
    def said(self) -> frozenset[str]:
        """All items in lower case and, of a parsed sentence, their lemmas: a reader none of whose words is here need not look at them one by one. Not to be asked before parsing."""
        if self._said is None:
            self._said = frozenset([i.low for i in self.items] + [i.lemma for i in self.items])
        return self._said

    @property
    def dates(self) -> tuple[int, ...]:
        """Where the dates stand among the items."""
        if self._dates is None:
            self._dates = tuple(k for k, i in enumerate(self.items) if i.kind == "date")
        return self._dates


@dataclass(slots=True)
class Annotated:
    """A report with everything the stages before extraction found on it."""

    text: str  # normal text
    sentences: list[Sentence]
    people: list[Figure]
    orgs: list[Org]
    dateline_city: str | None = None
    dateline_span: Span | None = None
    dateline_country: str | None = None
    home: tuple[str, Span, str] | None = None  # country whose agency reports, where it says so, its mark
    country_names: dict[str, str] = field(default_factory=dict)  # code → the name this report uses
    countries: dict[str, list[Span]] = field(default_factory=dict)
    acronyms: dict[str, tuple[str, Span]] = field(default_factory=dict)

    def country_name(self, code: str, default: str) -> str:
        """The name this report gives a country, or ``default`` when it only uses adjectives or short forms."""
        return self.country_names.get(code, default)

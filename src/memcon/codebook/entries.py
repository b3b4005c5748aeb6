"""The codebook's entries as records: what each kind means, how reports word it, and the sentences that hold it to that.

An example marks its roles in the sentence, ``"{speaker:President Lund} {cue:thanked} {addressee:Minister Okello}."``;
marks do not nest. ``entries`` reads the data as it stands; ``memcon.codebook.check`` says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.abc import Traversable
from importlib.resources import files
from typing import Any

import msgspec
import yaml

__all__ = ["GROUPS", "CounterExample", "Entry", "Example", "Mark", "Plover", "Wording", "data_root", "entries", "entry_of", "read_yaml", "unmark"]

GROUPS = ("acts", "meetings", "visits", "agreements", "statuses")
SECTIONS = ("patterns", "content_patterns", "cues")
_MARK = re.compile(r"\{([a-z_]+):([^{}]*)\}")


class Mark(msgspec.Struct, frozen=True):
    """A role in an example: characters ``start`` to ``end`` (exclusive) of its plain text."""

    role: str
    start: int
    end: int


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that must be extracted as marked. ``pending`` gives the reason where the engine cannot do it yet.

    ``content`` says that the act stands in the words reported under a neutral verb ("we thank you, she said").
    """

    text: str
    marks: list[Mark] = []
    source: str = ""
    content: bool = False
    pending: str = ""

    def marked(self, role: str) -> list[str]:
        """The words marked as ``role``, in order of the text."""
        return [self.text[m.start : m.end] for m in self.marks if m.role == role]


class CounterExample(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that must not give this entry, and why not."""

    text: str
    why: str
    pending: str = ""


class Wording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern as written in the data; its keys are described in ``docs/codebook/index.md``."""

    id: str
    match: str
    without: str = ""
    needs: str = ""
    object: str = "topic"
    neutral: bool = False
    joint: bool = False
    noun: bool = False
    roles: dict[str, str] = {}
    status: str | None = None
    section: str = "patterns"


class Plover(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The entry's counterpart in PLOVER; None where there is none."""

    event: str | None
    mode: str | None
    quad: str | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of act, contact, visit, agreement or status. ``cameo`` is a CAMEO code or None; a higher ``order`` is more specific."""

    group: str
    name: str
    label: str
    definition: str
    source: str
    plover: Plover
    cameo: str | None = None
    cameo_name: str | None = None
    klass: str | None = msgspec.field(default=None, name="class")
    order: int = 0
    notes: str | None = None
    nouns: list[str] = []
    kinds: list[str] = []
    patterns: list[Wording] = []
    examples: list[Example] = []
    counter_examples: list[CounterExample] = []

    @property
    def id(self) -> str:
        """The entry's folder: ``acts/thank``."""
        return f"{self.group}/{self.name}"

    def __str__(self) -> str:
        counts = f"{len(self.patterns)} patterns, {len(self.examples)} examples, {len(self.counter_examples)} counter-examples"
        return f"{self.id:<24} {self.label}: {counts}"


def data_root() -> Traversable:
    """The folder of the codebook that memcon carries."""
    return files("memcon.codebook") / "data"


def entries(root: Traversable | None = None) -> list[Entry]:
    """All entries, in the order of the groups and then by name.

    Raises:
        ValueError: a file does not have the form of an entry (``memcon.codebook.check`` lists all such faults).
    """
    return [entry_of(group, folder) for group, folder in entry_folders(root or data_root())]


def entry_folders(root: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Each entry's group and folder."""
    for group in GROUPS:
        if (root / group).is_dir():
            yield from ((group, folder) for folder in sorted((root / group).iterdir(), key=lambda x: x.name) if folder.is_dir())


def read_yaml(path: Traversable) -> dict[str, Any]:
    """One file of the data, as written."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")) or {})


def entry_of(group: str, folder: Traversable) -> Entry:
    """The entry of one folder.

    Raises:
        ValueError: a file does not have the form of an entry.
    """
    definition, words = read_yaml(folder / "definition.yaml"), read_yaml(folder / "en.yaml")
    whole = {**definition, "group": group}
    whole |= {key: words.get(key) or [] for key in ("nouns", "kinds")}
    whole["patterns"] = [{**raw, "section": section} for section in SECTIONS for raw in words.get(section) or []]
    told = [example(raw, content=key != "examples") for key in ("examples", "content_examples") for raw in words.get(key) or []]
    whole["counter_examples"] = words.get("counter_examples") or []
    try:
        return msgspec.structs.replace(msgspec.convert(whole, Entry), examples=told)
    except msgspec.ValidationError as error:
        raise ValueError(f"{group}/{folder.name}: {error}") from error


def example(raw: str | dict[str, Any], *, content: bool = False) -> Example:
    """An example as the data gives it: the marked sentence, or a mapping with ``text`` and ``pending``.

    Raises:
        ValueError: the marks are not well formed.
    """
    given = {"text": raw} if isinstance(raw, str) else raw
    source = str(given["text"])
    text, marks = unmark(source)
    return Example(text=text, marks=marks, source=source, content=content, pending=str(given.get("pending") or ""))


def unmark(source: str) -> tuple[str, list[Mark]]:
    """A marked sentence's plain text and its marks.

    >>> unmark("{speaker:Ms Lund} {cue:agreed}.")
    ('Ms Lund agreed.', [Mark(role='speaker', start=0, end=7), Mark(role='cue', start=8, end=14)])

    Raises:
        ValueError: a brace without its partner, a mark in a mark, or a mark without words.
    """
    text, marks, at = "", [], 0
    for m in _MARK.finditer(source):
        text += source[at : m.start()]
        if not m[2].strip():
            raise ValueError(f"the mark {m[0]} holds no words")
        marks.append(Mark(m[1], len(text), len(text) + len(m[2])))
        text += m[2]
        at = m.end()
    text += source[at:]
    if "{" in text or "}" in text:
        raise ValueError(f"braces that make no mark in {source!r}")
    return text, marks

"""Holds the codebook to its own sentences: every example is read by the engine and must come out as it is marked.

``memcon.codebook.check`` asks whether the data has the right form. This module stands higher, since it runs the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from memcon.codebook.check import Problem
from memcon.codebook.entries import CounterExample, Entry, Example, Mark
from memcon.codebook.topics import Found, Topic, find
from memcon.model import Agreement, Document, Meeting, Memorandum, Record, Span, Statement, Step, Visit
from memcon.run import read_document

__all__ = ["Result", "Summary", "check_entries", "check_topics", "counter_fault", "example_fault"]

# Which field of a record a mark belongs to.
_FIELDS = {
    "speaker": "speakers", "addressee": "addressees", "principal": "principal", "host": "hosts", "guest": "guests", "place": "place", "date": "date",
    "visitor": "visitors", "to": "to", "inviter": "inviters", "start": "start", "end": "end", "signer": "signers", "party": "parties",
    "subject": "subject", "signed": "signed",
}  # fmt: skip


class Result(msgspec.Struct, frozen=True):
    """What became of one sentence. ``fault`` is empty when the engine does as it says; ``cause`` sorts faults."""

    entry: str
    sentence: str
    counter: bool
    cause: str = ""
    fault: str = ""
    pending: str = ""

    @property
    def problem(self) -> Problem | None:
        """The problem to report: a fault that nobody has set aside, or a sentence set aside that works."""
        where = f"{'counter-example' if self.counter else 'example'} {self.sentence!r}"
        if self.fault and not self.pending:
            return Problem(self.entry, where, self.fault)
        if self.pending and not self.fault:
            return Problem(self.entry, where, "is marked pending, but it works: take the mark away")
        return None


class Summary(msgspec.Struct, frozen=True):
    """How the sentences of some entries fared, in order of the data."""

    results: list[Result]

    @property
    def problems(self) -> list[Problem]:
        """What has to be mended."""
        return [problem for r in self.results if (problem := r.problem) is not None]

    def __str__(self) -> str:
        lines = []
        for counter, word in ((False, "examples"), (True, "counter-examples")):
            kinds = Counter("failing" if r.problem else "pending" if r.pending else "passing" for r in self.results if r.counter is counter)
            lines.append(f"{sum(kinds.values())} {word}: " + ", ".join(f"{kinds[k]} {k}" for k in ("passing", "pending", "failing")))
        return "\n".join(lines)


def check_entries(entries: Sequence[Entry]) -> Summary:
    """Read every example and counter-example of the entries with the engine. About ten milliseconds a sentence."""
    return Summary([result for entry in entries for result in _results(entry)])


def check_topics(topics: Sequence[Topic]) -> Summary:
    """Look for the topics in every example and counter-example of theirs."""
    results = []
    for topic in topics:
        for one in topic.examples:
            missing = [m for m in one.marks if m.role == "cue" and not any(_covers(f, topic, m) for f in find(one.text))]
            fault = ", ".join(repr(_words(one, m)) for m in missing)
            results.append(Result(topic.id, one.source, False, "nothing found" if fault else "", f"{fault} gives it not" if fault else "", one.pending))
        for counter in topic.counter_examples:
            fires = next((f for f in find(counter.text) if f.topic == topic.name), None)
            fault = f"fires at {counter.text[fires.start : fires.end]!r} ({counter.why})" if fires else ""
            results.append(Result(topic.id, counter.text, True, "fires" if fault else "", fault, counter.pending))
    return Summary(results)


def _covers(found: Found, topic: Topic, mark: Mark) -> bool:
    return found.topic == topic.name and found.start < mark.end and mark.start < found.end


def _results(entry: Entry) -> Iterator[Result]:
    for example in entry.examples:
        cause, fault = example_fault(entry, example)
        yield Result(entry.id, example.source or example.text, False, cause, fault, example.pending)
    for counter in entry.counter_examples:
        cause, fault = counter_fault(entry, counter)
        yield Result(entry.id, counter.text, True, cause, fault, counter.pending)


def example_fault(entry: Entry, example: Example) -> tuple[str, str]:
    """What the engine gets wrong in an example, as (cause, fault); two empty strings if nothing."""
    memo = _read(example.text)
    found = [(record, _faults(entry, example, record)) for record in _of_kind(entry, memo)]
    if found:
        faults = min((f for _, f in found), key=len)
        return (faults[0].partition(":")[0], "; ".join(faults)) if faults else ("", "")
    return _missing(entry, example, memo)


def counter_fault(entry: Entry, counter: CounterExample) -> tuple[str, str]:
    """What of this entry the engine finds in a counter-example, as (cause, fault); two empty strings if nothing."""
    found = _of_kind(entry, _read(counter.text))
    if not found:
        return "", ""
    span = found[0].evidence
    return "fires", f"fires at {counter.text[span.start : span.end]!r} by {found[0].rule} ({counter.why})"


# -- records -----------------------------------------------------------------------------------------------------------


def _read(text: str) -> Memorandum:
    return read_document(Document(id="example", text=text, language="en"))


def _records(group: str, memo: Memorandum) -> Sequence[Statement | Meeting | Visit | Agreement]:
    """The records that entries of a group make."""
    by_group: dict[str, Sequence[Statement | Meeting | Visit | Agreement]] = {
        "acts": memo.statements, "meetings": memo.meetings, "visits": memo.visits, "agreements": memo.agreements,
        "statuses": [*memo.meetings, *memo.visits, *memo.agreements],
    }  # fmt: skip
    return by_group[group]


def _value(group: str, record: Statement | Meeting | Visit | Agreement) -> str:
    """The name of the entry that a record is of."""
    if isinstance(record, Statement):
        return record.act
    return record.status if group == "statuses" else record.kind


def _of_kind(entry: Entry, memo: Memorandum) -> list[Statement | Meeting | Visit | Agreement]:
    return [r for r in _records(entry.group, memo) if _value(entry.group, r) == entry.name or entry.group == "statuses" and _steps(entry, r)]


def _steps(entry: Entry, record: Record) -> list[Step]:
    """The steps of an agreement's life that are of a status."""
    return [x for x in record.steps if x.kind == entry.name] if isinstance(record, Agreement) else []


def _missing(entry: Entry, example: Example, memo: Memorandum) -> tuple[str, str]:
    """Why no record is of the entry: nothing was found, or something else."""
    people = [" ".join(p.name.split()) for p in memo.people]
    unseen = [m for m in example.marks if m.role in ("speaker", "host", "guest", "visitor", "signer") and not any(_shares(_words(example, m), p) for p in people)]
    if unseen:
        return "person not found", f"person not found: {_words(example, unseen[0])!r}"
    others = sorted({f"{_value(entry.group, r)} by {r.rule or 'no rule'}" for r in _records(entry.group, memo)})
    if others:
        return "another kind", f"another kind: {', '.join(others)}"
    return "nothing found", "nothing found"


def _shares(words: str, name: str) -> bool:
    return name in words or name.rsplit(maxsplit=1)[-1] in words


# -- one record against the marks --------------------------------------------------------------------------------------


def _faults(entry: Entry, example: Example, record: Record) -> list[str]:
    """What of an example's marks a record does not have, and what it has too much."""
    faults = []
    if entry.group in ("acts", "meetings") and record.rule.partition("#")[0] != entry.id:
        faults.append(f"another folder's rule: {record.rule or 'none'}")
    for mark in example.marks:
        if not _holds(entry, example, record, mark):
            got = [span.of(example.text) for span in record.evidence.fields.get(_FIELDS.get(mark.role, mark.role), [])]
            faults.append(f"{mark.role}: {_words(example, mark)!r} is marked, {', '.join(map(repr, got)) or 'nothing'} is found")
    faults += [f"{role} too much: {', '.join(names)}" for role, names in _surplus(example, record)]
    return faults


def _holds(entry: Entry, example: Example, record: Record, mark: Mark) -> bool:
    evidence = record.evidence
    if mark.role == "cue":
        if entry.group == "statuses":
            # Of a contact a status is told by other words than the contact; a step of a paper's life has its own.
            steps = _steps(entry, record)
            return not steps or any(_overlap(mark, Span(x.evidence.start, x.evidence.end)) for x in steps)
        # Under a neutral verb the act stands in the content, while the record's cue is the reporting verb.
        spans = [] if example.content else evidence.fields.get("act", [])
        return any(_overlap(mark, span) for span in spans or [Span(evidence.start, evidence.end)])
    return any(_within(mark, span) for span in evidence.fields.get(_FIELDS[mark.role], []))


def _overlap(mark: Mark, span: Span) -> bool:
    return mark.start < span.end and span.start < mark.end


def _within(mark: Mark, span: Span) -> bool:
    """Whether the mark contains the span or is contained in it."""
    return (mark.start <= span.start and span.end <= mark.end) or (span.start <= mark.start and mark.end <= span.end)


def _surplus(example: Example, record: Record) -> Iterator[tuple[str, list[str]]]:
    """Roles that are marked in the example and hold more people than are marked."""
    for role in ("speaker", "host", "guest", "visitor", "signer"):
        names: list[str] = getattr(record, _FIELDS[role], [])
        marks = example.marked(role)
        more = [name for name in names if not any(_shares(words, name) for words in marks)]
        if marks and len(names) > len(marks) and more:
            yield role, more


def _words(example: Example, mark: Mark) -> str:
    return example.text[mark.start : mark.end]

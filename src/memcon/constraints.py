"""What a report's claims say of their days, as constraints for `memcon.resolve.dates`: weekdays, days of a month, "the same day", the coming election that it looks ahead to.

Read once, when the report is added, and kept with its claims.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from memcon.annotate.dates import TimeExpression, find_dates
from memcon.disagreements import counts
from memcon.model import Agreement, Meeting, Memorandum, Span
from memcon.resolve.dates import Source, Told
from memcon.resolve.times import span

_AHEAD: Final = re.compile(
    r"\b(?:elections?|polls?|referendum|census|congress|summit|games|expo|world cup)\b(?:\s+\w+){0,3}?\s+(?:in|of)\s+((?:19|20)\d\d)\b"
    r"|\b((?:19|20)\d\d)\s+(?:\w+\s+){0,2}?(?:elections?|referendum|census)\b", re.I,
)  # fmt: skip
_LOOKING: Final = re.compile(r"\b(?:will|would|hop\w+|expect\w*|upcoming|coming|next|prepar\w+|successfully|ahead of|before the)\b", re.I)
_WITNESS: Final = re.compile(r"\bwitness(?:ed by|ed|es|ing)\b", re.I)
_LEDE: Final = 2  # sentences


def look_ahead(text: str) -> tuple[int, str] | None:
    """The year of a coming election or congress that a report looks forward to, and its words; None without one."""
    for match in _AHEAD.finditer(text):
        start = max(text.rfind(". ", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
        if _LOOKING.search(text, start, match.end()):
            return int(match[1] or match[2]), " ".join(match[0].split())
    return None


def source(text: str, published: str | None) -> Source:
    """What a report lets follow for its claims."""
    ahead = look_ahead(text)
    return Source(published=published, ahead=ahead[0] if ahead else None, ahead_quote=ahead[1] if ahead else "", counts=counts(text))


def told(text: str, memo: Memorandum, claims: Mapping[tuple[str, int], str]) -> list[Told]:
    """What the meetings and visits of a report say of their days. ``claims`` gives the id of (kind, index)."""
    expressions = [x for x in find_dates(text) if not x.named]
    found: list[Told] = []
    before: str | None = None
    for i, meeting in enumerate(memo.meetings):
        one = _meeting(claims["meetings", i], meeting, _words(meeting, expressions) or _lede(text, memo.meetings, i, expressions), text, before)
        found.append(one)
        before = one.claim if meeting.status == "occurred" else before
    for i, visit in enumerate(memo.visits):
        found.append(Told(claim=claims["visits", i], edtf=visit.start, last=visit.end))
    for i, agreement in enumerate(memo.agreements):
        if seen := witnesses(text, agreement, memo):
            found.append(Told(claim=claims["agreements", i], edtf=agreement.signed, witnessed=seen))
    return found


def witnesses(text: str, agreement: Agreement, memo: Memorandum) -> tuple[tuple[str, int, int], ...]:
    """Who looked on at a signing, in the sentence that tells of it: name, and place of the sentence's words."""
    start = max(text.rfind(". ", 0, agreement.evidence.start) + 1, text.rfind("\n", 0, agreement.evidence.start) + 1, 0)
    ends = [x for x in (text.find(". ", agreement.evidence.end), text.find("\n", agreement.evidence.end)) if x >= 0]
    sentence = text[start : min(ends, default=len(text))]
    verb = _WITNESS.search(sentence)
    if verb is None:
        return ()
    where = (verb.end(), len(sentence)) if verb[0].lower().endswith("by") else (0, verb.start())
    left = start + len(sentence) - len(sentence.lstrip())
    named = [p.name for p in memo.people if any(sentence.find(n, *where) >= 0 for n in (p.name, *p.aliases))]
    return tuple((name, left, start + len(sentence)) for name in sorted(named))


def _words(meeting: Meeting, expressions: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The expressions of time that a meeting's date rests on."""
    spans = meeting.evidence.fields.get("date", [])
    return [x for x in expressions if any(Span(*s).start < x.end and x.start < Span(*s).end for s in spans)]


def _lede(text: str, meetings: Sequence[Meeting], index: int, expressions: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The one day that the lede names, for the first contact told as past right after it and without a day of its own."""
    first = next((i for i, m in enumerate(meetings) if m.status == "occurred"), None)
    ends = [m.end() for m in re.finditer(r"[.!?][”\"’']?(?=\s|$)", text)][:_LEDE]
    if index != first or not ends or meetings[index].evidence.start > ends[-1]:
        return []
    days = [x for x in expressions if x.end <= ends[-1] and x.kind in ("weekday", "day") and x.offset is None]
    return days if len(days) == 1 else []


def _meeting(claim: str, meeting: Meeting, words: list[TimeExpression], text: str, before: str | None) -> Told:
    weekday = next((x.first.weekday for x in words if x.kind in ("weekday", "day") and x.first.weekday is not None), None)
    same = any(x.kind == "same_day" for x in words)
    edtf = meeting.date
    if edtf is None:
        edtf = next((x.first.edtf() for x in words if x.kind == "day" and x.first.month), None)
    quote = text[words[0].start : words[0].end] if words else ""
    return Told(
        claim=claim,
        edtf=edtf,
        weekday=None if same else weekday,
        same_as=before if same and span(edtf) is None else None,
        quote=" ".join(quote.split()),
    )

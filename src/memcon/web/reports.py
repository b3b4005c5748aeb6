"""What the page of a report shows: its text with every claim on it, and what was doubtful."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from memcon.browse import Browser, Claim, ReportText
from memcon.export.wording import day, label, names
from memcon.model import Agreement, Meeting, Person, Span, Statement, Visit
from memcon.web.contact import Words
from memcon.web.marking import Mark

__all__ = ["Fact", "ReportPage", "marks", "report_page", "sentences_at"]

_KINDS = {"people": "who", "visits": "what", "meetings": "what", "statements": "said", "agreements": "paper"}


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of the report: what it says in words, the thing it became part of, and where it stands."""

    claim: str
    thing: str
    family: str
    text: str
    words: list[Words]
    derivation: dict[str, str] = {}
    rule: str = ""


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """Something doubtful, and where."""

    kind: str
    message: str
    words: list[Words]


class ReportPage(msgspec.Struct, frozen=True, kw_only=True):
    """A report with all that was read in it."""

    report: ReportText
    facts: list[Fact]
    doubts: list[Doubt]


def report_page(browser: Browser, report: ReportText) -> ReportPage:
    """The page of a report."""
    claims = [*browser.people_of_report(report.id), *browser.claims_of_report(report.id)]
    order = list(_KINDS)
    facts = sorted((_fact(report, c) for c in claims), key=lambda f: (order.index(f.family), f.words[0].start if f.words else 0, f.claim))
    doubts = [Doubt(kind=i.kind, message=i.message, words=_words(report, (Span(*s) for s in i.spans), "doubt")) for i in browser.issues_of(report.id)]
    return ReportPage(report=report, facts=facts, doubts=doubts)


def marks(page: ReportPage) -> list[Mark]:
    """All words that facts and doubts rest on."""
    return [Mark(start=w.start, end=w.end, kind=w.kind) for words in (*(f.words for f in page.facts), *(d.words for d in page.doubts)) for w in words]


def sentences_at(text: str, at: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences in which words stand."""
    from memcon.run import sentence_index

    if not at:
        return []
    return [(s.start, s.end) for s in sentence_index(text) if any(s.start < e and b < s.end for b, e in at)]


def _fact(report: ReportText, c: Claim) -> Fact:
    e = c.record.evidence
    spans = [Span(e.start, e.end), *(Span(*s) for ss in e.fields.values() for s in ss)]
    return Fact(
        claim=c.id, thing=c.thing, family=c.family, text=_worded(c), words=_words(report, dict.fromkeys(spans), _KINDS[c.family]), derivation=c.record.derivation, rule=c.record.rule,
    )  # fmt: skip


def _words(report: ReportText, spans: Iterable[Span], kind: str) -> list[Words]:
    text = report.text
    return [Words(report=report.id, start=s, end=e, quote=text[s:e], kind=kind) for s, e in spans if 0 <= s < e <= len(text)]


def _worded(c: Claim) -> str:
    """A claim in a line."""
    r = c.record
    match r:
        case Person():
            posts = "; ".join(p.title + (f", {p.organization}" if p.organization else "") for p in r.positions)
            return f"{names([r.name])}{f' ({r.country})' if r.country else ''}{f': {posts}' if posts else ''}"
        case Visit():
            return f"{label(r.kind) if r.kind != 'unspecified' else ''} visit of {names(r.visitors)} to {r.to or 'an unnamed place'}, {label(r.status)}".strip()
        case Meeting():
            when = f", {day(r.date)}" if r.date else ""
            return f"{label(r.kind)}: {names(r.guests)} and {names(r.hosts)}{when}, {label(r.status)}"
        case Statement():
            return f"{names(r.speakers)}, {label(r.act)}: {r.text}"
        case Agreement():
            return f"{label(r.kind)}{f' on {r.subject}' if r.subject else ''}, {label(r.status)}"
    raise AssertionError(c.family)

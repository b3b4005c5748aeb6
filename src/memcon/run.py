"""The one way through: a document in, its memorandum out. A pure function of document, codebook and version."""

from __future__ import annotations

from functools import cache, partial
from importlib.metadata import version

from memcon.annotate.calendar import decide
from memcon.annotate.document import Reading, read_text, sentence_spans
from memcon.annotate.normal import Normal, normalise
from memcon.annotate.parse import parser
from memcon.annotate.programme import day_headings, event_line
from memcon.extract.agreements import Agreements
from memcon.extract.assemble import Assembler
from memcon.extract.cues import Cues
from memcon.extract.discourse import Discourse, main_verb
from memcon.extract.draft import MeetingDraft, When
from memcon.extract.hosts import Hosts
from memcon.extract.meetings import Meetings
from memcon.extract.sides import Sides
from memcon.extract.statements import Statements
from memcon.extract.times import Clock
from memcon.extract.tree import subject
from memcon.extract.visits import Visits
from memcon.extract.whereabouts import Whereabouts
from memcon.langs import places
from memcon.mentions import Sentence
from memcon.model import Document, Issue, Memorandum, Span


def read_document(document: Document) -> Memorandum:
    """The memorandum of one report. The same document gives the same memorandum, byte for byte.

    Raises:
        ValueError: ``document.published`` is no EDTF day, month or year.
    """
    normal = normalise(document.text)
    reading = read_text(normal.text, document.published)
    told = [s for s in reading.notes.sentences if s.kind in ("body", "headline")]
    parser().parse(told)
    return _Memo(document, normal, reading, [s for s in told if s.parsed]).write()


def sentence_index(text: str) -> list[Span]:
    """The sentences of a report's own text in order; a memorandum counts them from 1."""
    normal = normalise(text)
    return [normal.source(*span) for span in sentence_spans(normal.text)]


@cache
def _version() -> str:
    """The version of the package; asking for it reads a file."""
    return version("memcon")


class _Memo:
    """Runs the extractors over one annotated report."""

    def __init__(self, document: Document, normal: Normal, reading: Reading, sentences: list[Sentence]) -> None:
        self.document, self.normal, self.reading, self.sentences = document, normal, reading, sentences
        self.clock = Clock(partial(decide, context=reading.context), reading.context.published_edtf)
        headings = day_headings(reading.notes.text, reading.context)
        self.clock.headings = [(at, When(d.start, None, d.derivation, tuple(Span(*x) for x in d.rests_on))) for at, d in headings]
        opening = event_line(reading.notes.text, reading.context)
        if opening is not None:
            self.clock.opening = When(opening[0], None, "the day of the event's page", (Span(*opening[1]),))
        self.clock.attend(sentences)

    def write(self) -> Memorandum:
        """Extract and assemble."""
        notes = self.reading.notes
        cues = Cues(notes, self.reading.roster.lex)
        cues.read()
        discourse = self._discourse()
        visits = Visits(discourse, self.clock)
        self._each(discourse, visits.read)
        self._settle_sides(visits, cues)
        discourse = self._discourse()
        visits = Visits(discourse, self.clock)
        self._each(discourse, visits.read)
        visits.finish()
        meetings = Meetings(discourse, self.clock)
        self._again(discourse)
        self._each(discourse, meetings.read)
        meetings.finish()
        self.clock.settle(meetings.found, visits.found)
        self._place(meetings.found)
        Hosts(notes, visits.found).settle(meetings.found)
        Whereabouts(notes, visits.found).settle(sorted(meetings.found, key=lambda m: (m.sentence, m.position)))
        discourse.begin()
        statements = Statements(discourse)
        agreements = Agreements(discourse, self.clock, journeys=[(v.from_, v.to) for v in visits.found if v.from_ and v.to])
        self._each(discourse, statements.read, agreements.read)
        make = Assembler(notes, self.document.text, self.normal.source)
        for why, span in self.clock.conflicts:
            make.issues.append(Issue(kind="date-conflict", message=why, spans=[make.at(span)]))
        return Memorandum(
            id=self.document.id,
            published=self.document.published or self._published(),
            language=self.document.language,
            outlet=self.document.outlet,
            people=[make.person(f) for f in notes.people],
            visits=[make.visit(v) for v in visits.found],
            meetings=[make.meeting(m) for m in sorted(meetings.found, key=lambda m: (m.sentence, m.position))],
            statements=[make.statement(x) for x in statements.found],
            agreements=[make.agreement(a) for a in agreements.found],
            issues=make.issues,
            version=_version(),
        )

    def _published(self) -> str | None:
        """The day that the report carries, with the year that a full date of it lends."""
        own, full = self.reading.published, self.reading.context.published_edtf
        if own is None:
            return None
        return full if full and full[4:] == own.edtf[4:] and "X" in own.edtf[:4] else own.edtf

    def _settle_sides(self, visits: Visits, cues: Cues) -> None:
        """Find out whom the people act for: a first look at contacts, without asking whether they are foreign."""
        discourse = self._discourse()
        discourse.visitors = [p for v in visits.found for p in v.visitors]
        first = Meetings(discourse, self.clock, lenient=True)
        self._each(discourse, first.read)
        said = Statements(discourse)
        self._each(discourse, said.read)
        sides = Sides(self.reading.notes, cues)
        sides.find(visits.found)
        sides.settle(visits.found, first.found, said.found)
        self.reading.roster.settle()

    def _again(self, discourse: Discourse) -> None:
        discourse.begin()
        self.clock.conflicts.clear()

    def _discourse(self) -> Discourse:
        return Discourse(self.reading.notes, self.reading.roster.lex)

    def _each(self, discourse: Discourse, *readers: object) -> None:
        """Run readers over the sentences in order; after each the discourse knows who was told of."""
        for s in self.sentences:
            if s.kind == "headline" and len(readers) > 1:
                continue
            for read in readers:
                read(s)  # type: ignore[operator]
            verb = main_verb(s)
            subj = subject(s, verb) if verb is not None else None
            if subj is None:
                continue
            people = discourse.resolve(s, subj) or discourse.owner(s, subj)
            discourse.told(people)
            if not people:
                discourse.passed_over(s, subj)

    def _place(self, found: list[MeetingDraft]) -> None:
        """The first contact of a report is where its dateline is, when nothing else is said."""
        notes = self.reading.notes
        first = next((m for m in found if m.status == "occurred" and m.kind not in ("phone_call", "video_call")), None)
        known = notes.dateline_city is not None and places.city_country(notes.dateline_city) is not None  # an outlet's name is no town
        if first is not None and first.place is None and known:
            first.place, first.place_span = notes.dateline_city, notes.dateline_span

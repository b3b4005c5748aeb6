"""What every stage makes of a sentence: the guided tour of the code, stage by stage, each with the module that does it.

``memcon explain "SENTENCE"`` prints it. The stages are the engine's own functions, in the order of ``memcon.run``; only the
last two read a finished memorandum.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from memcon.annotate.calendar import DateContext, decide
from memcon.annotate.document import Reading, read_text, sentence_spans
from memcon.annotate.layout import blocks
from memcon.annotate.normal import normalise
from memcon.annotate.offices import offices
from memcon.annotate.parse import parser
from memcon.annotate.tokens import tokenise
from memcon.codebook.patterns import pattern_set
from memcon.extract.discourse import Discourse, main_verb
from memcon.extract.meetings import Meetings
from memcon.extract.times import Clock
from memcon.extract.tree import subject
from memcon.extract.visits import Visits
from memcon.langs.lexicon import english
from memcon.langs.places import country_name
from memcon.mentions import Item, Sentence
from memcon.model import Document, Memorandum, Record, Span
from memcon.run import read_document

__all__ = ["Stage", "explain"]

_REFERRING = frozenset("he him she they them it who both his her their its sides leaders ministers officials official minister president delegation counterpart".split())
_MATCHED = ("acts", "meetings", "visits")


class Stage(msgspec.Struct, frozen=True):
    """A stage's name, with its module, and what it found, line by line."""

    name: str
    lines: list[str]


def explain(text: str) -> list[Stage]:
    """Every stage's view of ``text`` (a sentence or several, as a report would have them), in the order of work.

    The stages: normal text, layout, tokens, offices, people, bodies, dates, items, references, rules, record.
    """
    normal = normalise(text)
    reading = read_text(normal.text)
    told = [s for s in reading.notes.sentences if s.kind in ("body", "headline")]
    parser().parse(told)
    parsed = [s for s in told if s.parsed]
    memo = read_document(Document(id="sentence", text=text, language="en"))
    return [
        Stage("Normal text (annotate.normal)", [normal.text]),
        Stage("Layout: paragraphs and sentences (annotate.layout)", list(_layout(normal.text))),
        Stage("Tokens with labels (annotate.tokens)", list(_tokens(normal.text))),
        Stage("Offices (annotate.offices)", list(_offices(normal.text))),
        Stage("People (annotate.names, annotate.people)", list(_people(reading))),
        Stage("Bodies and places (annotate.bodies, langs.places)", list(_bodies(reading))),
        Stage("Dates, decided (annotate.dates, annotate.calendar)", list(_dates(reading))),
        Stage("Items as the parser sees them, and its tree (annotate.parse)", [line for s in parsed for line in _tree(s)]),
        Stage("References resolved (extract.discourse)", list(_references(reading, parsed))),
        Stage("Rules: patterns whose words are there (codebook.patterns)", list(_rules(parsed, memo))),
        Stage("Record (extract.*, model)", list(_record(memo, text))),
    ]


# -- annotation --------------------------------------------------------------------------------------------------------


def _layout(text: str) -> Iterator[str]:
    for block in blocks(text):
        city = f", dateline of {text[slice(*block.city)]}" if block.city else ""
        yield f"{block.kind}{city}: characters {block.start} to {block.end}"
    for n, span in enumerate(sentence_spans(text), 1):
        yield f"s{n}: {span.of(text)}"


def _tokens(text: str) -> Iterator[str]:
    for span in sentence_spans(text):
        tokens = tokenise(text, span.start, span.end)
        yield " ".join(t.text for t in tokens)
        for k, token in enumerate(tokens):
            if token.label and token.run:
                words = " ".join(t.text for t in tokens[k : k + token.run])
                yield f"  {words}: {token.label}{f' ({token.key})' if token.key else ''}"


def _offices(text: str) -> Iterator[str]:
    for span in sentence_spans(text):
        tokens = tokenise(text, span.start, span.end)
        for phrase in offices(tokens, english()):
            yield " ".join(t.text for t in tokens[phrase.first : phrase.last])


def _people(reading: Reading) -> Iterator[str]:
    for figure in reading.notes.people:
        offices_held = "; ".join(f"{o.title}{f' of {o.org}' if o.org else ''}" for o in figure.offices)
        side = country_name(figure.country) if figure.country else "side not said"
        yield f"{figure.name} ({side}): {offices_held or 'no office'}"
        for mention in figure.mentions:
            yield f"  mentioned as {reading.notes.text[mention.start : mention.end]!r}"


def _bodies(reading: Reading) -> Iterator[str]:
    text = reading.notes.text
    for org in reading.notes.orgs:
        yield f"{text[org.start : org.end]}: {org.name}{f' ({country_name(org.country)})' if org.country else ''}"
    for code, spans in reading.notes.countries.items():
        yield f"{', '.join(span.of(text) for span in spans)}: {country_name(code)}"


def _dates(reading: Reading) -> Iterator[str]:
    context: DateContext = reading.context
    for when in reading.dates:
        decided = decide(when, context)
        shown = "/".join(x for x in (decided.start, decided.end) if x) or "undecided"
        yield f"{reading.notes.text[when.start : when.end]!r} ({when.kind}): {shown}{f'; {decided.derivation}' if decided.derivation else ''}"


def _tree(s: Sentence) -> Iterator[str]:
    width = max(len(_shown(item)) for item in s.items)
    for k, item in enumerate(s.items):
        head = s.items[item.head].text if item.head != k else "(root)"
        yield f"{_shown(item):<{width}}  {item.tag:<5} {item.dep:<10} {head}"


def _shown(item: Item) -> str:
    """The report's words, and what stands for them."""
    return item.text if item.word == item.text else f"{item.text} [{item.kind} as {item.word}]"


# -- extraction --------------------------------------------------------------------------------------------------------


def _references(reading: Reading, sentences: list[Sentence]) -> Iterator[str]:
    """Pronouns and descriptions with the people they stand for, sentence by sentence as the engine goes."""
    discourse = Discourse(reading.notes, reading.roster.lex)
    clock = Clock(partial(decide, context=reading.context), reading.context.published_edtf)
    clock.attend(sentences)
    readers = (Visits(discourse, clock), Meetings(discourse, clock, lenient=True))
    for s in sentences:
        for reader in readers:
            reader.read(s)
        for k, item in enumerate(s.items):
            parties = discourse.resolve(s, k) if item.kind == "office" or item.low in _REFERRING else []
            if parties:
                yield f"{item.text}: {', '.join(p.name for p in parties)}"
        verb = main_verb(s)
        subj = subject(s, verb) if verb is not None else None
        if subj is not None:
            discourse.told(discourse.resolve(s, subj))


def _rules(sentences: list[Sentence], memo: Memorandum) -> Iterator[str]:
    """Each pattern whose words stand in a sentence, and whether it made a fact."""
    fired = {record.rule for record in (*memo.visits, *memo.meetings, *memo.statements, *memo.agreements)}
    for s in sentences:
        for k, item in enumerate(s.items):
            if item.kind != "word":
                continue
            for group in _MATCHED:
                for match in pattern_set(group).at(s.items, k):
                    words = " ".join(x.text for x in s.items[match.head : match.last + 1])
                    yield f"{match.pattern.rule} at {words!r}: {'made a fact' if match.pattern.rule in fired else 'made nothing'}"
    yield from (f"{rule}: made a fact" for rule in sorted(fired) if rule.split("/")[0] not in _MATCHED)


def _record(memo: Memorandum, text: str) -> Iterator[str]:
    for person in memo.people:
        yield f"person: {_values(person)}"
        for position in person.positions:
            yield f"  position: {position.title}{f', {position.organization}' if position.organization else ''}"
    for record in (*memo.visits, *memo.meetings, *memo.statements, *memo.agreements):
        yield f"{type(record).__name__.lower()}: {_values(record)}"
        for name, spans in record.evidence.fields.items():
            yield f"  {name}: {' … '.join(repr(Span(*span).of(text)) for span in spans)}"
        for name, why in record.derivation.items():
            yield f"  {name} because: {why}"
    for issue in memo.issues:
        yield f"doubt: {issue.message}"


def _values(record: Record) -> str:
    """The record's fields that say something, as ``name=value``."""
    kept = {name: value for name, value in msgspec.structs.asdict(record).items() if value and name not in ("evidence", "derivation", "positions", "text")}
    return ", ".join(f"{name.rstrip('_')}={' & '.join(value) if isinstance(value, list) else value}" for name, value in kept.items())

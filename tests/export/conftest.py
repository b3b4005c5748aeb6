"""A made-up report that holds every kind of record, with hostile words in every field that takes words."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from memcon.model import Agreement, Document, Evidence, Issue, Meeting, Memorandum, Person, Position, Span, Statement, Visit

TEXT = """Foreign minister ends visit

OSLO, 4 May (NB) — Foreign Minister Anna Berg received her Fijian counterpart Sera Vula on Thursday.

Berg thanked Fiji for its support. "We will work together," said Vula, who conveyed greetings from President Tomu Rao.

The two sides agreed to open consulates. They signed a memorandum on fisheries for 2023-2025.

Vula is to meet King Olav Holm on Friday.
"""

HOSTILE = "</script><script>alert(1)</script><img src=x onerror='alert(2)'> \"quoted\" 'q' &amp; \u202eRTL\u202c \x1b[2J \u2028 😀 عربي"


class Report(NamedTuple):
    """A document with its memorandum and sentences."""

    document: Document
    memorandum: Memorandum
    sentences: list[Span]


def sentences(text: str) -> list[Span]:
    """A plain cut into sentences."""
    return [Span(*m.span()) for m in re.finditer(r"\S[^\n]*?(?:[.!?][\"”]?(?= |$)|(?=\n)|$)", text, re.MULTILINE)]


def evidence(text: str, words: str, **fields: str) -> Evidence:
    """Where ``words`` stand in ``text``, and the words of each field."""
    at = text.index(words)
    spans = {key: [Span(text.index(x), text.index(x) + len(x))] for key, x in fields.items()}
    return Evidence(start=at, end=at + len(words), fields=spans)


@pytest.fixture
def report() -> Report:
    """The ordinary report."""
    return make(TEXT)


@pytest.fixture
def hostile() -> Report:
    """The report with hostile words in its text and in every field."""
    text = TEXT + HOSTILE + "\nNUL \0 and VT \x0b.\n"
    made = make(text, HOSTILE)
    issues = [*made.memorandum.issues, Issue(kind=HOSTILE, message=HOSTILE, spans=[Span(len(TEXT), len(TEXT) + len(HOSTILE))])]
    fields = {name: getattr(made.memorandum, name) for name in made.memorandum.__struct_fields__}
    return made._replace(memorandum=Memorandum(**{**fields, "issues": issues, "outlet": HOSTILE}))


def make(text: str, extra: str = "") -> Report:
    """The report with ``extra`` behind its names."""

    def e(words: str, **fields: str) -> Evidence:
        return evidence(text, words, **fields)

    berg, vula, holm, rao = f"Anna Berg{extra}", f"Sera Vula{extra}", f"Olav Holm{extra}", f"Tomu Rao{extra}"
    post = [Position(title=f"Foreign Minister{extra}", organization=f"Norway{extra}", evidence=e("Foreign Minister"), rule="office")]
    people = [
        Person(name=berg, aliases=["Berg"], country="NO", positions=post, evidence=e("Anna Berg", name="Anna Berg")),
        Person(name=vula, aliases=["Vula"], country="FJ", evidence=e("Sera Vula"), derivation={"country": f"Fijian → FJ{extra}"}),
        Person(name=holm, country="NO", positions=[Position(title="King", evidence=e("King"))], evidence=e("Olav Holm")),
        Person(name=rao, country="FJ", positions=[Position(title="President", evidence=e("President"))], evidence=e("Tomu Rao")),
    ]
    visits = [Visit(visitors=[vula], from_="FJ", to="NO", kind="official", start="2023-05-03", end="2023-05-05", evidence=e("visit"))]
    meetings = [
        Meeting(
            kind="talks",
            hosts=[berg],
            guests=[vula],
            date="XXXX-05-04",
            place=f"OSLO{extra}",
            evidence=e("received", hosts="Anna Berg", guests="Sera Vula"),
            derivation={"date": f"Thursday + 4 May{extra}"},
        ),
        Meeting(kind="audience", hosts=[holm], guests=[vula], status="planned", evidence=e("meet King Olav Holm")),
    ]
    statements = [
        Statement(
            speakers=[berg],
            addressees=[vula],
            act="thank",
            cue="thanked Fiji",
            text=f"thanked Fiji for its support{extra}",
            evidence=e("thanked Fiji for its support"),
        ),
        Statement(speakers=[vula], act="convey", principal=rao, cue="conveyed greetings", evidence=e("conveyed greetings from President Tomu Rao")),
        Statement(speakers=[berg, vula], act="agree", cue="agreed to open", evidence=e("agreed to open consulates")),
    ]
    signed = e("signed a memorandum on fisheries", parties="The two sides", start="2023-2025")
    agreements = [
        Agreement(
            kind="memorandum",
            subject=f"fisheries{extra}",
            parties=["Norway", "Fiji"],
            signers=[vula, berg],
            start="2023",
            end="2025",
            evidence=signed,
        )
    ]
    monday = text.index("Friday")
    issues = [Issue(kind="undecided_date", message=f"Friday of an unknown year{extra}", spans=[Span(monday, monday + 6)])]
    memorandum = Memorandum(
        id=f"r1{extra}",
        published="2023-05-04",
        language="en",
        outlet="NB",
        people=people,
        visits=visits,
        meetings=meetings,
        statements=statements,
        agreements=agreements,
        issues=issues,
        version="0.1.0",
    )
    return Report(Document(id=memorandum.id, text=text), memorandum, sentences(text))

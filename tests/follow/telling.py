"""Contacts of Fiji and Tonga told in a line, for tests of the wording watch, readouts and briefs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from memcon import Ledger
from memcon.model import Agreement, Document, Evidence, Meeting, Memorandum, Person, Position, Span, Statement, Visit

NAQA, TUILAGI = "Seru Naqa", "Ana Tuilagi"
Said = tuple[str, str, str]
"""Who said it, the act, and the words."""


def at(text: str, words: str, **fields: str) -> Evidence:
    """The evidence of a record: its words, and those of its fields."""
    start = text.index(words)
    spans = {f.rstrip("_"): [Span(text.index(w), text.index(w) + len(w))] for f, w in fields.items()}
    return Evidence(start=start, end=start + len(words), fields=spans)


def keep(ledger: Ledger, name: str, text: str, *, published: str | None, outlet: str | None, **told: Any) -> str:
    """Keep a report with its record; the report's id."""
    document = Document(id=name, text=text, published=published, outlet=outlet, language="en")
    return ledger.keep(document, Memorandum(id=name, published=published, outlet=outlet, language="en", version="told", **told)).id


def people(text: str) -> list[Person]:
    """The minister of Fiji and the chairwoman of Tonga, as far as a text names them."""
    found = []
    for name, country, title, body in ((NAQA, "FJ", "Foreign Minister", "Fiji"), (TUILAGI, "TO", "Chairwoman", "Reef Council of Tonga")):
        if name in text:
            post = Position(title=title, organization=body, evidence=at(text, name))
            found.append(Person(name=name, country=country, positions=[post], evidence=at(text, name, name=name)))
    return found


def contact(
    ledger: Ledger, day: str, said: Sequence[Said], *, outlet: str | None = "Fiji Times", name: str = "", extra: str = "", status: str = "occurred", published: str | None = None
) -> str:
    """A report of talks of the two on a day, and what was said there; the report's id."""
    opening = f"{NAQA} held talks with {TUILAGI} on {day}."
    text = " ".join([opening, *(f"{words}." for _, _, words in said), extra]).strip()
    statements = [
        Statement(speakers=[who], addressees=[TUILAGI if who == NAQA else NAQA], act=act, text=words, cue=words[:20], evidence=at(text, words))
        for who, act, words in said
    ]
    meeting = Meeting(kind="talks", hosts=[NAQA], guests=[TUILAGI], date=day, status=status, evidence=at(text, "held talks with", date=day))
    return keep(ledger, name or f"{outlet} {day}", text, published=published or day, outlet=outlet, people=people(text), meetings=[meeting], statements=statements)


def paper(ledger: Ledger, day: str, **fields: Any) -> str:
    """A report of an agreement signed by the two on a day."""
    text = f"{NAQA} and {TUILAGI} signed an agreement on sea walls on {day}."
    made = Agreement(
        kind="agreement", subject="sea walls", parties=["Fiji", "Tonga"], signers=[NAQA, TUILAGI], signed=day, evidence=at(text, "signed an agreement", signed=day), **fields
    )
    return keep(ledger, f"paper {day}", text, published=day, outlet="Fiji Times", people=people(text), agreements=[made])


def visit(ledger: Ledger, told: str, start: str, status: str) -> str:
    """A report that tells of a visit of Tonga's chairwoman to Fiji, planned or not."""
    text = f"{TUILAGI} and her visit to Fiji of {start}, says {NAQA}."
    made = Visit(visitors=[TUILAGI], from_="TO", to="FJ", kind="official", start=start, status=status, evidence=at(text, "visit to Fiji", start=start))
    return keep(ledger, f"visit {told}", text, published=told, outlet="Fiji Times", people=people(text), visits=[made])

"""Writes ``docs/schema/memorandum.schema.json``, the JSON Schema of a line of ``memcon read --format jsonl``.

usage: python tools/build_schema.py [--check]

The shape comes from the records in `memcon.model`; what a type cannot say (a field's meaning, the annotation guide's
lists of kinds, EDTF) stands here. With ``--check`` nothing is written, and the exit code is 1 if the file is stale.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from memcon import model
from memcon.export.jsonl import keys

PATH = Path(__file__).parents[1] / "docs" / "schema" / "memorandum.schema.json"

ENUMS: dict[str, list[str]] = {
    "Visit.kind": ["state", "official", "working", "friendship", "transit", "site", "unspecified"],
    "Visit.status": ["planned", "ongoing", "completed", "postponed", "cancelled"],
    "Meeting.kind": [
        "courtesy_call",
        "talks",
        "working_session",
        "audience",
        "phone_call",
        "video_call",
        "summit",
        "conference",
        "ceremony",
        "banquet",
        "meeting",
    ],
    "Meeting.status": ["planned", "occurred", "postponed", "cancelled"],
    "Statement.act": [
        "affirm",
        "inform",
        "exchange_views",
        "announce",
        "confidence",
        "congratulate",
        "thank",
        "praise",
        "hope",
        "concern",
        "condole",
        "apologise",
        "convey",
        "pledge",
        "agree",
        "offer",
        "propose",
        "request",
        "invite",
        "demand",
        "criticise",
        "warn",
        "reject",
    ],
    "Agreement.kind": ["treaty", "agreement", "memorandum", "protocol", "plan", "joint_statement", "contract"],
    "Agreement.status": ["planned", "signed", "in_force", "expired"],
}
"""The annotation guide's lists, by field."""

_DATE = "EDTF (ISO 8601-2), as fine as the report allows; an undecided digit is X; null if nothing is known"
DESCRIPTIONS: dict[str, str] = {
    "evidence": "The words that the record, and each field of it, rests on.",
    "derivation": "How each inferred value was reached, by field, for people to read.",
    "rule": "Id of the rule that made the record.",
    "Memorandum.id": "File name of the report without its ending; made distinct by its folders where reports share it.",
    "Memorandum.published": f"Day of publication. {_DATE}.",
    "Memorandum.language": "ISO 639-1 code of the report's language, null when unsure.",
    "Memorandum.people": "Everybody whom the report names, present or not.",
    "Memorandum.visits": "Journeys to another country.",
    "Memorandum.meetings": "Contacts: one entry each.",
    "Memorandum.statements": "Things said: one entry for each act.",
    "Memorandum.agreements": "Papers between parties.",
    "Memorandum.outlet": "Who published the report, if known.",
    "Memorandum.issues": "Doubts: what was unclear, and where.",
    "Memorandum.version": "Version of memcon (and its codebook) that wrote the line.",
    "Person.name": "Fullest form in the report, honorifics left out.",
    "Person.aliases": "Other proper-name forms used.",
    "Person.country": "ISO 3166-1 alpha-2 code of the side he or she acts for, null if none.",
    "Person.positions": "Every office that the report gives.",
    "Position.title": "The office; 'former', 'late' or 'acting' is part of it.",
    "Position.organization": "The body, or the country for an office of state.",
    "Visit.visitors": "Named people, the head of the delegation first.",
    "Visit.delegation": "The body that travels, if said.",
    "Visit.from": "Country of the visitors, ISO 3166-1 alpha-2.",
    "Visit.to": "Country visited, ISO 3166-1 alpha-2.",
    "Visit.kind": "Kind of the visit, as the report calls it.",
    "Visit.start": f"First day. {_DATE}.",
    "Visit.end": f"Last day. {_DATE}.",
    "Visit.inviters": "Who invited.",
    "Visit.status": "Whether it takes place.",
    "Meeting.kind": "Kind of contact.",
    "Meeting.hosts": "Who receives: people, else bodies as named.",
    "Meeting.guests": "Who is received: people, else bodies as named.",
    "Meeting.date": f"Day, the first of several. {_DATE}.",
    "Meeting.place": "City or place as named.",
    "Meeting.status": "Whether it took place.",
    "Statement.speakers": "Who speaks; both parties for a joint statement.",
    "Statement.addressees": "To whom; may be empty.",
    "Statement.act": "What is done by saying it.",
    "Statement.principal": "For 'convey': whose message it is.",
    "Statement.cue": "A few words of the report, to find the place.",
    "Statement.text": "The clause itself.",
    "Agreement.kind": "Kind of paper.",
    "Agreement.subject": "What it is about, or its designation.",
    "Agreement.parties": "Who is bound.",
    "Agreement.signers": "Who signed; witnesses are none.",
    "Agreement.signed": f"Day of signature. {_DATE}.",
    "Agreement.start": f"First day of its term. {_DATE}.",
    "Agreement.end": f"Last day of its term. {_DATE}.",
    "Agreement.status": "How far it has come.",
    "Agreement.witnessed_by": "Who looked on when it was signed.",
    "Agreement.amount": "The sum it is about, a plain number.",
    "Agreement.currency": "The currency of the sum, ISO 4217; null where the report leaves open whose dollars.",
    "Agreement.number": "How many papers the record stands for, where the report gives only their number.",
    "Agreement.steps": "The steps of its life that the report tells.",
    "Step.kind": "Status of the codebook that it came to.",
    "Step.date": f"Day of the step. {_DATE}.",
    "Step.until": f"Last day that the step gives the paper. {_DATE}.",
    "Step.lasts": "The time that it gives instead, ISO 8601 (P3Y).",
    "Step.ahead": "Whether it was still to come.",
    "Evidence.start": "First character of the main words, counted in code points of the text from 0.",
    "Evidence.end": "The character after the main words.",
    "Evidence.fields": "Field of the record → the spans behind it.",
    "Issue.kind": "Kind of doubt.",
    "Issue.message": "The doubt, for people to read.",
    "Issue.spans": "The words in doubt.",
}
_DATES = frozenset(["Memorandum.published", "Visit.start", "Visit.end", "Meeting.date", "Agreement.signed", "Agreement.start", "Agreement.end", "Step.date", "Step.until"])
_COUNTRIES = frozenset(["Person.country", "Visit.from", "Visit.to"])
_RECORDS = (model.Memorandum, model.Person, model.Position, model.Visit, model.Meeting, model.Statement, model.Agreement, model.Step, model.Issue, model.Evidence)


def schema() -> dict[str, Any]:
    """The schema of a line."""
    (_top,), components = msgspec.json.schema_components([model.Memorandum], ref_template="#/$defs/{name}")
    definitions = {x.__name__: _record(x, components[x.__name__]) for x in _RECORDS}
    definitions["Span"] = {
        "description": "[start, end]: characters (code points) of the report's text from 0, end exclusive.",
        "type": "array",
        "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
        "items": False,
        "minItems": 2,
    }
    top = definitions.pop("Memorandum")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Memorandum",
        "description": "What one report says of diplomatic contact, with the words for every field: one line of `memcon read --format jsonl`.",
        **{key: value for key, value in top.items() if key not in ("title", "description")},
        "$defs": definitions,
    }


def _record(kind: type[msgspec.Struct], generated: dict[str, Any]) -> dict[str, Any]:
    """One record's schema: every key is there in each line, and no other."""
    order = [key for _, key in keys(kind)]
    fields = {key: _field(f"{kind.__name__}.{key}", generated["properties"][key]) for key in order}
    about = (kind.__doc__ or "").split("\n\n")[0].replace("``", "`")
    return {"title": kind.__name__, "description": about, "type": "object", "properties": fields, "required": order, "additionalProperties": False}


def _field(name: str, generated: dict[str, Any]) -> dict[str, Any]:
    """One field's schema, with what its type cannot say."""
    made = {key: value for key, value in _spans(generated).items() if key != "default"}
    if name in ENUMS:
        made = {"enum": ENUMS[name]}
    elif name in _DATES:
        made = {"type": ["string", "null"], "pattern": r"^[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?$"}
    elif name in _COUNTRIES:
        made = {"type": ["string", "null"], "pattern": "^[A-Z]{2}$"}
    return {"description": DESCRIPTIONS.get(name) or DESCRIPTIONS[name.split(".")[1]], **made}


def _spans(generated: Any) -> Any:
    """``generated`` with each inlined span (msgspec inlines named tuples) replaced by a reference."""
    if isinstance(generated, dict):
        if generated.get("title") == "Span" or generated.get("$ref") == "#/$defs/Span" or "prefixItems" in generated:
            return {"$ref": "#/$defs/Span"}
        return {key: _spans(value) for key, value in generated.items()}
    return [_spans(x) for x in generated] if isinstance(generated, list) else generated


def rendered() -> str:
    """The file's content."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    """Write the file, or check it."""
    if "--check" in sys.argv[1:]:
        return 0 if PATH.exists() and PATH.read_text(encoding="utf-8") == rendered() else 1
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(rendered(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

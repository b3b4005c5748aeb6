"""A line of JSON: the guide's keys in the guide's order, every character safe, and the published schema."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from memcon.export.jsonl import line
from memcon.model import Memorandum

from .conftest import HOSTILE, Report

ROOT = Path(__file__).parents[2]
GUIDE = {
    "": "id published language people visits meetings statements agreements",
    "people": "name aliases country positions",
    "positions": "title organization",
    "visits": "visitors delegation from to kind start end inviters status",
    "meetings": "kind hosts guests date place status",
    "statements": "speakers addressees act principal cue",
    "agreements": "kind subject parties signers signed start end status",
}
OURS = ["evidence", "derivation", "rule"]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_schema", ROOT / "tools" / "build_schema.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads((ROOT / "docs" / "schema" / "memorandum.schema.json").read_text(encoding="utf-8"))


def test_keys_are_those_of_the_guide_in_its_order(report: Report) -> None:
    made = json.loads(line(report.memorandum))
    assert list(made) == [*GUIDE[""].split(), "outlet", "issues", "version"]
    assert list(made["people"][0]) == [*GUIDE["people"].split(), *OURS]
    assert list(made["people"][0]["positions"][0]) == [*GUIDE["positions"].split(), *OURS]
    assert list(made["visits"][0]) == [*GUIDE["visits"].split(), *OURS]
    assert list(made["meetings"][0]) == [*GUIDE["meetings"].split(), *OURS]
    assert list(made["statements"][0]) == [*GUIDE["statements"].split(), "text", *OURS]
    assert list(made["agreements"][0]) == [*GUIDE["agreements"].split(), "witnessed_by", "amount", "currency", "number", "steps", *OURS]


def test_evidence(report: Report) -> None:
    made = json.loads(line(report.memorandum))
    found = made["meetings"][0]["evidence"]
    text = report.document.text
    assert text[found["start"] : found["end"]] == "received"
    assert list(found["fields"]) == ["guests", "hosts"]
    ((start, end),) = found["fields"]["hosts"]
    assert text[start:end] == "Anna Berg"
    assert made["meetings"][0]["derivation"] == {"date": "Thursday + 4 May"}


def test_one_line_for_every_reader(hostile: Report) -> None:
    made = line(hostile.memorandum)
    assert len(made.splitlines()) == 1
    assert made.endswith("}\n")
    assert json.loads(made)["outlet"] == HOSTILE


def test_lines_are_valid(report: Report, hostile: Report, schema: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for memo in (report.memorandum, hostile.memorandum, Memorandum(id="empty")):
        validator.validate(json.loads(line(memo)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["visits", 0, "kind"], "secret"),
        (["statements", 0, "act"], "shout"),
        (["meetings", 0, "date"], "Monday"),
        (["people", 0, "country"], "Norway"),
        (["people", 0, "evidence", "fields", "name"], [[1, 2, 3]]),
        (["people", 0, "evidence", "start"], -1.5),
        (["extra"], 1),
    ],
)
def test_wrong_lines_are_not(report: Report, schema: Any, path: list[Any], value: Any) -> None:
    made = json.loads(line(report.memorandum))
    at = made
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    assert not jsonschema.Draft202012Validator(schema).is_valid(made)


def test_a_missing_key_is_wrong(report: Report, schema: Any) -> None:
    made = json.loads(line(report.memorandum))
    del made["visits"][0]["from"]
    assert not jsonschema.Draft202012Validator(schema).is_valid(made)


def test_the_published_schema_is_fresh(tool: ModuleType) -> None:
    assert tool.PATH.read_text(encoding="utf-8") == tool.rendered(), "run: python tools/build_schema.py"


def test_every_field_is_described(schema: Any) -> None:
    for record in [schema, *schema["$defs"].values()]:
        assert record["description"]
        assert all(x["description"] for x in record.get("properties", {}).values())


def test_the_lists_are_those_of_the_codebook(tool: ModuleType) -> None:
    data = ROOT / "src" / "memcon" / "codebook" / "data"
    for field, folder in {"Statement.act": "acts", "Meeting.kind": "meetings", "Visit.kind": "visits", "Agreement.kind": "agreements"}.items():
        if not (data / folder).is_dir():
            pytest.skip(f"no {folder} in the codebook yet")
        assert sorted(tool.ENUMS[field]) == sorted(x.parent.name for x in (data / folder).glob("*/definition.yaml"))


def test_gold_files_fit_the_schema(schema: Any) -> None:
    """What a human coder writes has the same values; only what memcon adds is missing."""
    values = {
        (kind, field): set(x["enum"]) for kind, record in schema["$defs"].items() for field, x in record.get("properties", {}).items() if "enum" in x
    }
    kinds = {"visits": "Visit", "meetings": "Meeting", "statements": "Statement", "agreements": "Agreement"}
    golds = list((ROOT / "tests" / "reports" / "dev").glob("*.json"))
    for gold in golds:
        coded = json.loads(gold.read_text(encoding="utf-8"))
        for part, kind in kinds.items():
            for record in coded.get(part) or []:
                for field in ("kind", "act", "status"):
                    if (kind, field) in values and field in record:
                        assert record[field] in values[kind, field], gold.name

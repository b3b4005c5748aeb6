"""The test reports' gold files are well formed: the annotation guide's keys and words, cues that are found once, names that occur.

Messages about frozen reports name the file and the field, never the report's words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parent
LISTS = {
    "people": {"name", "aliases", "country", "positions"},
    "visits": {"visitors", "delegation", "from", "to", "kind", "start", "end", "inviters", "status"},
    "meetings": {"kind", "hosts", "guests", "date", "place", "status"},
    "statements": {"speakers", "addressees", "act", "principal", "cue"},
    "agreements": {"kind", "subject", "parties", "signers", "signed", "start", "end", "status"},
}
WORDS = {
    ("visits", "kind"): "state official working friendship transit site unspecified",
    ("visits", "status"): "planned ongoing completed postponed cancelled",
    ("meetings", "kind"): "courtesy_call talks working_session audience phone_call video_call summit conference ceremony banquet meeting",
    ("meetings", "status"): "planned occurred postponed cancelled",
    ("statements", "act"): "affirm inform exchange_views announce confidence congratulate thank praise hope concern condole apologise convey pledge agree "
    "offer propose request invite demand criticise warn reject",
    ("agreements", "kind"): "treaty agreement memorandum protocol plan joint_statement contract",
    ("agreements", "status"): "planned signed in_force expired",
}
DATES = {"visits": ("start", "end"), "meetings": ("date",), "agreements": ("signed", "start", "end")}
EDTF = re.compile(r"[\dX]{4}(-[\dX]{2}(-[\dX]{2})?)?[?~%]?")
COUNTRY = re.compile(r"[A-Z]{2}")


def gold_files() -> list[Path]:
    """Gold of all reports and clusters, without the clusters' merges."""
    return [p for folder in ("reports", "clusters") for p in sorted((TESTS / folder).rglob("*.json")) if p.name != "merge.json"]


def problems(gold: dict[str, Any], text: str, name: str) -> Iterator[str]:
    """What is wrong with a gold record, a line each."""
    if gold.get("id") != name:
        yield "id differs from the file's name"
    if set(gold) != {"id", "published", "language", *LISTS}:
        yield f"keys differ: {sorted(set(gold) ^ {'id', 'published', 'language', *LISTS})}"
        return
    if gold["published"] is not None and not EDTF.fullmatch(gold["published"]):
        yield "published is no EDTF date"
    for kind, keys in LISTS.items():
        for k, thing in enumerate(gold[kind]):
            at = f"{kind}[{k}]"
            if set(thing) != keys:
                yield f"{at} keys differ: {sorted(set(thing) ^ keys)}"
            else:
                yield from (f"{at} {x}" for x in wrong_values(kind, thing, text))


def wrong_values(kind: str, thing: dict[str, Any], text: str) -> Iterator[str]:
    """What is wrong with the values of one object that has the right keys."""
    yield from (f"{field} is none of the guide's words" for (of, field), known in WORDS.items() if of == kind and thing[field] not in known.split())
    yield from (f"{field} is no EDTF date" for field in DATES.get(kind, ()) if thing[field] is not None and not EDTF.fullmatch(thing[field]))
    yield from (
        f"{field} is no country code" for field in ("country", "from", "to") if thing.get(field) is not None and not COUNTRY.fullmatch(thing[field])
    )
    if kind == "people":
        yield from (f"name {k} is not in the text" for k, n in enumerate([thing["name"], *thing["aliases"]]) if n not in text)
        yield from (f"position {k} has other keys" for k, p in enumerate(thing["positions"]) if set(p) != {"title", "organization"})
    if kind == "statements":
        if (n := text.count(thing["cue"])) != 1:
            yield f"cue occurs {n} times"
        if not thing["speakers"]:
            yield "has no speaker"


@pytest.mark.parametrize("path", gold_files(), ids=lambda p: p.stem)
def test_gold_is_well_formed(path: Path) -> None:
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    found = list(problems(json.loads(path.read_text(encoding="utf-8")), text, path.stem))
    assert not found, f"{path.name}: {'; '.join(found)}"


def test_every_report_has_gold() -> None:
    texts = {p for folder in ("reports", "clusters") for p in (TESTS / folder).rglob("*.txt")}
    assert {p.stem for p in texts if not p.with_suffix(".json").exists()} == set()
    assert {p.stem for p in gold_files() if not p.with_suffix(".txt").exists()} == set()


def test_there_are_enough() -> None:
    dev, frozen = (len(list((TESTS / "reports" / name).glob("*.txt"))) for name in ("dev", "frozen"))
    assert dev + frozen >= 60
    assert frozen * 4 >= dev + frozen, "a good quarter is kept aside"


def test_examples_are_test_reports() -> None:
    """The README's examples are copies of development reports: what is shown is what is scored."""
    dev = {p.read_text(encoding="utf-8") for p in (TESTS / "reports" / "dev").glob("*.txt")}
    examples = sorted((TESTS.parent / "examples").glob("*.txt"))
    assert len(examples) >= 6
    assert [p.name for p in examples if p.read_text(encoding="utf-8") not in dev] == []


def test_faults_are_found() -> None:
    text = "Ms Lund thanked Mr Odera. Ms Lund left."
    person = {"name": "Lund", "aliases": ["Lynd"], "country": "Norway", "positions": [{"title": "Minister"}]}
    said = {"speakers": [], "addressees": [], "act": "thanks", "principal": None, "cue": "Ms Lund"}
    met = {"kind": "meeting", "hosts": [], "guests": [], "date": "Monday", "place": None, "status": "held"}
    gold = {"id": "b", "published": "May", "language": "en", "people": [person], "visits": [{}], "meetings": [met], "statements": [said], "agreements": []}
    found = " ".join(problems(gold, text, "a"))
    for word in ("id differs", "published", "name 1", "country code", "position 0", "visits[0] keys", "status is none", "date is no", "act is none", "2 times", "no speaker"):
        assert word in found

"""Rule 9 of the design: no rule names a person, a country or a pair of them, or a sentence of a report.

Names of countries live in the kept tables (``langs/data``) and in lists of the codebook that go over all countries. What is
scanned: every string in the package's Python (docstrings and comments may give examples) and every string of the codebook but its
examples and their reasons.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "memcon"
REPORTS = [ROOT / "tests" / "reports" / "dev", ROOT / "tests" / "reports" / "later", ROOT / "tests" / "reports" / "near", ROOT.parent / "shared" / "gold"]
TEXTS = [ROOT / "tests" / "reports" / "dev", ROOT / "tests" / "reports" / "later", ROOT / "tests" / "reports" / "near", ROOT.parent / "shared" / "reports"]

# Whole files that go over all countries or languages, with the reason.
LISTS = {
    "codebook/data/outlets/en.yaml": "agencies of the world by country: where a report is at home",
    "codebook/data/states/en.yaml": "forms of state by country: which offices a state can have",
    "langs/places.py": "builds on the table of all countries: its strings are the exceptions of English spelling",
    "export/wording.py": "names of languages",
    "langs/en_papers.py": "names of currencies",
    "export/bibtex.py": "names of languages, as BibTeX has them",
    "export/ftm.py": "codes of languages and of dissolved states, as FollowTheMoney has them",
    "resolve/latin.py": "Unicode's names of scripts and letters",
}
# Words of rules that name a country in passing, with the reason.
ALLOWED = {
    "annotate/document.py": {"France", "Paris", "French", "Frenchmen"},  # what the parser is shown in place of any country
    "annotate/parse.py": {"France", "Paris", "French", "Frenchmen"},
    "follow/formula.py": {"english"},  # languages
    "langs/wording.py": {"English", "French", "Vietnamese", "Spanish", "Russian", "Chinese"},
}
NOT_SCANNED = {"examples", "content_examples", "pending", "counter_examples", "notes", "definition", "source", "sources", "why", "label"}
# Countries and demonyms that are ordinary words.
ORDINARY = {"polish", "turkey", "chad", "guinea", "jordan", "georgia", "china", "mali", "niger", "dominica", "holy see", "international", "american", "america"}


def strings_of_code(path: Path) -> Iterator[tuple[int, str]]:
    """String constants of a module, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def strings_of_data(value: Any, trail: str = "") -> Iterator[tuple[str, str]]:
    """Keys and values of YAML data, examples left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if str(key) not in NOT_SCANNED:
                yield f"{trail}.{key}", str(key)
                yield from strings_of_data(inner, f"{trail}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from strings_of_data(inner, trail)
    elif isinstance(value, str):
        yield trail, value


@cache
def rules() -> tuple[tuple[str, str, str], ...]:
    """(file, place, string) of everything that can be part of a rule."""
    out = []
    for path in sorted(SRC.rglob("*.py")):
        name = path.relative_to(SRC).as_posix()
        out += [(name, str(line), text) for line, text in strings_of_code(path)]
    for path in sorted((SRC / "codebook" / "data").rglob("*.yaml")):
        name = path.relative_to(SRC).as_posix()
        out += [(name, place, text) for place, text in strings_of_data(yaml.safe_load(path.read_text(encoding="utf-8")))]
    return tuple(x for x in out if x[0] not in LISTS)


@cache
def place_words() -> dict[str, str]:
    """Countries' names and demonyms in lower case, by code."""
    table = json.loads((SRC / "langs" / "data" / "en_places.json").read_text(encoding="utf-8"))["countries"]
    found: dict[str, str] = {}
    for code, country in table.items():
        for word in [country["name"], *country["names"], *country.get("demonyms", [])]:
            if len(word) > 3 and word.lower() not in ORDINARY:
                found[word.lower()] = code
    return found


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)


def named_places(text: str) -> list[str]:
    """Capitalised countries and demonyms in a string, and lower-case ones where the string is all lower case."""
    known = place_words()
    shown = words(text)
    found = []
    for size in (1, 2, 3):
        for k in range(len(shown) - size + 1):
            run = " ".join(shown[k : k + size])
            if run.lower() in known and (run[0].isupper() or text == text.lower()):
                found.append(run)
    return found


def test_no_rule_names_a_country() -> None:
    hits = [
        (file, place, found) for file, place, text in rules() for found in named_places(text) if found not in ALLOWED.get(file, set())
    ]
    assert hits == []


def test_no_rule_in_code_names_a_country_by_its_code() -> None:
    table = json.loads((SRC / "langs" / "data" / "en_places.json").read_text(encoding="utf-8"))["countries"]
    hits = [(file, place, text) for file, place, text in rules() if file.endswith(".py") and text in table]
    tags = {"CC", "CD", "DT", "IN", "MD", "NN", "RB", "RP", "TO", "UH", "VB"}  # Penn tags are two capitals as well
    others = {"MP", "TD", "ET", "PT"}  # letters of a seat in parliament, and clocks of America
    assert [h for h in hits if h[2] not in tags | others] == []


@cache
def people() -> frozenset[str]:
    """Full names in the development and sample reports, in lower case."""
    names: set[str] = set()
    for folder in REPORTS:
        for path in sorted(folder.glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            if path.name.startswith("merge"):
                continue
            for person in gold["people"]:
                names |= {n.lower() for n in [person["name"], *person["aliases"]] if len(n.split()) > 1}
    return frozenset(names)


def test_no_rule_names_a_person() -> None:
    assert len(people()) > 200
    hits = [(file, place, name) for file, place, text in rules() for name in people() if name in text.lower() and re.search(rf"\b{re.escape(name)}\b", text.lower())]
    assert hits == []


def test_no_rule_holds_words_of_a_report() -> None:
    """Six words in a row that a report has too."""
    runs: set[tuple[str, ...]] = set()
    for folder in TEXTS:
        for path in sorted(folder.glob("*.txt")):
            shown = [w.lower() for w in words(path.read_text(encoding="utf-8"))]
            runs |= {tuple(shown[k : k + 6]) for k in range(len(shown) - 5)}
    hits = []
    for file, place, text in rules():
        shown = [w.lower() for w in words(text)]
        hits += [(file, place, " ".join(shown[k : k + 6])) for k in range(len(shown) - 5) if tuple(shown[k : k + 6]) in runs]
    assert hits == []


@pytest.mark.parametrize("text", ["met in Cambodia", "cambodian", "Viet Nam|Laos", "(?:Norwegian )?Prime Minister"])
def test_the_scan_finds_countries(text: str) -> None:
    assert named_places(text)


@pytest.mark.parametrize("text", ["prime minister|premier", "the two countries", "polish the draft", "Great Hall of the People"])
def test_the_scan_lets_words_pass(text: str) -> None:
    assert not named_places(text)


def test_the_scan_sees_rules() -> None:
    files = {file for file, _, _ in rules()}
    assert {"extract/meetings.py", "codebook/data/acts/thank/en.yaml", "codebook/data/posts/en.yaml"} <= files
    assert not any("{speaker:" in text for _, _, text in rules() if text.endswith("."))

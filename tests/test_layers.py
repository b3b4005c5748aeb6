"""The layers of docs/decisions and design: imports go one way, stages don't import each other, nothing goes in a circle."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src" / "memcon"

# From the bottom up. A module may import from lower levels, and from its own package.
LEVELS: list[set[str]] = [
    {"model", "errors", "mentions", "issues", "settings"},
    {"codebook", "ledger"},
    {"langs"},
    {"read", "annotate", "extract", "resolve", "fetch"},
    {"browse", "checking", "constraints", "disagreements", "explain", "finding", "follow", "holding", "query", "renewal", "rows", "run", "upkeep", "view", "watch"},
    {"export", "batch"},
    {"scale"},
    {"cli", "api", "web", "__main__"},
]
STAGES = {"read", "annotate", "extract", "resolve"}


def modules() -> dict[str, Path]:
    """Every module of the package by dotted name, "" for the package itself."""
    found = {}
    for path in sorted(SRC.rglob("*.py")):
        parts = list(path.relative_to(SRC).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports(path: Path) -> frozenset[str]:
    """Modules of memcon that a file imports anywhere, functions and type-checking blocks included."""
    found: set[str] = set()
    known = modules()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name.removeprefix("memcon.") for a in node.names if a.name.startswith("memcon.")}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "memcon":
            assert node.level == 0
            base = (node.module or "").removeprefix("memcon").lstrip(".")
            for alias in node.names:
                inner = f"{base}.{alias.name}".lstrip(".")
                found.add(inner if inner in known else base)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
    return frozenset(found)


def top(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def level(name: str) -> int:
    """The layer of a module. ``cli_ledger`` and the like stand with ``cli``."""
    head = top(name).split("_")[0]
    return next(k for k, names in enumerate(LEVELS) if head in names or top(name) in names)


def test_every_module_has_a_layer() -> None:
    homeless = []
    for name in modules():
        if name:
            try:
                level(name)
            except StopIteration:
                homeless.append(name)
    assert homeless == [], "name their layer in LEVELS"


@pytest.mark.parametrize("name", [n for n in modules() if n])
def test_imports_go_one_way(name: str) -> None:
    upward = [x for x in imports(modules()[name]) if x and top(x) != top(name) and level(x) > level(name)]
    assert upward == []


@pytest.mark.parametrize("name", [n for n in modules() if top(n) in STAGES])
def test_stages_do_not_import_each_other(name: str) -> None:
    assert [x for x in imports(modules()[name]) if top(x) in STAGES and top(x) != top(name)] == []


def test_no_module_is_imported_in_a_circle() -> None:
    known = modules()
    state: dict[str, int] = {}
    circles: list[str] = []

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if state.get(name) == 1:
            circles.append(" -> ".join([*trail[trail.index(name) :], name]))
        if name in state or name not in known:
            return
        state[name] = 1
        for inner in sorted(imports(known[name]) - {""}):
            visit(inner, (*trail, name))
        state[name] = 2

    for name in known:
        if name:
            visit(name, ())
    assert circles == []


def test_the_scan_sees_imports_inside_functions() -> None:
    assert "run" in imports(SRC / "batch.py")
    assert level("cli") > level("run") > level("annotate.dates") > level("model")

"""Names: how well memcon tells whether two names are one person's (or body's), beside Levenshtein's distance and published figures.

    uv run python bench/names.py               every task: pairs, vn, un, translit
    uv run python bench/names.py --task pairs --errors

Needs the benchmarks folder that lies beside the project (``../shared/benchmarks``; `BENCHMARKS` in the environment names another).
"Wide" compares what a search should find, "sure" what memcon joins by the names alone.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from memcon.resolve import names
from memcon.resolve.latin import distance, latin, skeleton
from memcon.resolve.offices import same_name

HERE = Path(os.environ.get("BENCHMARKS") or Path(__file__).resolve().parents[2] / "shared" / "benchmarks")
SCRIPTS = ("russian", "arabic", "hebrew", "korean", "katakana", "chinese")
WIDE, SURE = 0.55, 0.8


def scorer() -> ModuleType | None:
    """The shared scorer, or None where it is not there."""
    path = HERE / "scorers" / "names.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location("names_scorer", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def match(pair: dict[str, Any], least: float) -> bool:
    """Whether two names are one: people by their parts, other names by their words."""
    if pair.get("schema", "Person") == "Person":
        return names.compare(pair["name1"], pair["name2"]).score >= least
    return same_name(pair["name1"], pair["name2"])


def nearest(query: str, pool: dict[str, str]) -> str:
    """The entry of a pool (name → its plain form) that a name is most like: aligned parts first, letters for the rest."""
    own = plain(query)
    return max(pool, key=lambda name: (names.compare(query, name).score if " " in query else 0.0, near(own, pool[name]), name))


def plain(name: str) -> str:
    """A name in sorted plain parts, by sound."""
    return " ".join(sorted(skeleton(p) for p in names.parts(name)))


def near(a: str, b: str) -> float:
    """Likeness of two plain forms, of 0 to 1; vowels, which alphabets leave out, count less."""
    bones = ["".join(c for c in x if c not in "aeiou") for x in (a, b)]
    return 0.6 * ratio(a, b) + 0.4 * ratio(*bones)


def ratio(a: str, b: str) -> float:
    """One less the share of letters to edit."""
    return 1 - distance(a, b) / max(len(a), len(b), 1)


def run(module: ModuleType, task: str, *, errors: bool) -> None:
    """Print one task's figures."""
    if task in ("pairs", "vn"):
        gold = module.pairs() if task == "pairs" else module.vn()
        for label, least in (("wide", WIDE), ("sure", SURE)):
            print(f"{task}: memcon, {label}")
            found = {g["id"]: match(g, least) for g in gold}
            module.score(task, found)
        for g in gold if errors else ():
            if match(g, WIDE) != g["gold"]:
                print(f"  {'missed' if g['gold'] else 'wrong '} {g.get('schema', '')} {g['name1']} = {g['name2']}  {names.compare(g['name1'], g['name2'])}")
        return
    gold, pool = module.un() if task == "un" else module.translit(task.split(":")[1])
    forms = {str(name): plain(str(name)) for name in pool}
    key = "query" if task == "un" else "native"
    print(f"{task}: memcon, nearest")
    nearest_to = {g["id"]: nearest(g[key], forms) for g in gold}
    module.score(task, nearest_to)
    for g in gold if errors else ():
        if nearest_to[g["id"]] != g["gold"]:
            print(f"  {g[key]} ({latin(g[key])}): {nearest_to[g['id']]}, not {g['gold']}")


def main() -> None:
    """Print memcon's figures, then the baselines'."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--task", choices=["pairs", "vn", "un", *(f"translit:{s}" for s in SCRIPTS)])
    p.add_argument("--errors", action="store_true")
    o = p.parse_args()
    module = scorer()
    if module is None:
        sys.exit(f"no benchmarks in {HERE}")
    for task in [o.task] if o.task else ["pairs", "vn", "un", *(f"translit:{s}" for s in SCRIPTS)]:
        run(module, task, errors=o.errors)
    if o.task is None:
        print("--- baselines and the published system")
        module.baseline()


if __name__ == "__main__":
    main()

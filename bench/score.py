"""Scores memcon on its test reports with the shared scorer; holds floors; shows gains and losses against the last run.

    uv run python bench/score.py                 the table for every set, and whether the floors hold
    uv run python bench/score.py --errors people positions    what is wrong in the dev set (never in frozen)
    uv run python bench/score.py --compare       facts gained and lost since the last --save
    uv run python bench/score.py --raise         raise the floors to what was reached (they never fall)
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from memcon.model import Document
from memcon.run import read_document

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "bench" / "floors.json"
RIGHT = "right: "  # how many were right when the share's floor was reached
LAST = ROOT / "out" / "score-last.json"
SETS = {
    "dev": (ROOT / "tests/reports/dev",) * 2,
    "later": (ROOT / "tests/reports/later",) * 2,
    "near": (ROOT / "tests/reports/near",) * 2,  # near-misses alone
    "frozen": (ROOT / "tests/reports/frozen",) * 2,
    "samples": (SHARED / "gold", SHARED / "reports"),
}
LOOSE = 0.0005


def scorer() -> ModuleType:
    """The shared scorer, loaded from its file."""
    path = SHARED / "score.py"
    if not path.exists():
        sys.exit(f"{path}: not there; the scorer comes with the shared folder beside the project")
    spec = importlib.util.spec_from_file_location("shared_score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(reports: Path, ids: list[str]) -> dict[str, dict[str, Any]]:
    """Memoranda by id, as plain data."""
    out = {}
    for name in ids:
        text = (reports / f"{name}.txt").read_text(encoding="utf-8")
        memo = read_document(Document(id=name, text=text, language="en"))
        out[name] = json.loads(msgspec.json.encode(memo))
    return out


def golds(folder: Path) -> dict[str, dict[str, Any]]:
    """Gold records by id."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        if not path.name.startswith("merge"):
            gold = json.loads(path.read_text(encoding="utf-8"))
            found[gold["id"]] = gold
    return found


def tally(module: ModuleType, gold: dict[str, Any], pred: dict[str, Any], reports: Path) -> dict[str, tuple[int, int, int]]:
    """Matched, predicted and gold counts by measure over a set."""
    t = module.Tally()
    for name, g in gold.items():
        text = (reports / f"{name}.txt").read_text(encoding="utf-8")
        module.score(module.Report(g, pred.get(name, {}), text), t, False)
    return {k: tuple(v) for k, v in t.items()}


def figure(name: str, counts: tuple[int, int, int]) -> float:
    """F1, or accuracy for the measures that start with "="."""
    hit, predicted, gold = counts
    if name.startswith("="):
        return hit / predicted if predicted else 1.0
    p = hit / predicted if predicted else float(not gold)
    r = hit / gold if gold else 1.0
    return 2 * p * r / (p + r) if p + r else 0.0


def false_contacts(gold: dict[str, Any], pred: dict[str, Any]) -> int:
    """Visits and meetings found in reports that hold none (near-misses)."""
    return sum(len(pred[n]["visits"]) + len(pred[n]["meetings"]) for n, g in gold.items() if not g["visits"] and not g["meetings"])


# -- what is wrong ---------------------------------------------------------------------------------------------------------


def errors(module: ModuleType, gold: dict[str, Any], pred: dict[str, Any], reports: Path, kinds: list[str]) -> Iterator[str]:
    """Misses and false facts of a set, a line each."""
    for name, g in gold.items():
        text = (reports / f"{name}.txt").read_text(encoding="utf-8")
        report = module.Report(g, pred[name], text)
        for kind in kinds:
            yield from (f"{name}: {line}" for line in _ERRORS[kind](module, report))


def _people(module: ModuleType, r: Any) -> Iterator[str]:
    hit_g, hit_p = {i for i, _ in r.people}, {j for _, j in r.people}
    yield from (f"people miss {p['name']}" for i, p in enumerate(r.g["people"]) if i not in hit_g)
    yield from (f"people false {p['name']}" for j, p in enumerate(r.p["people"]) if j not in hit_p)
    for i, j in r.people:
        if r.g["people"][i]["country"] != r.p["people"][j]["country"]:
            yield f"country {r.g['people'][i]['name']}: {r.g['people'][i]['country']} got {r.p['people'][j]['country']}"


def _positions(module: ModuleType, r: Any) -> Iterator[str]:
    for i, j in r.people:
        want = [f"{p['title']} @ {p['organization']}" for p in r.g["people"][i]["positions"]]
        got = [f"{p['title']} @ {p['organization']}" for p in r.p["people"][j]["positions"]]
        if sorted(want) != sorted(got):
            yield f"positions {r.g['people'][i]['name']}\n      want {want}\n      got  {got}"


def _events(kind: str) -> Any:
    def show(module: ModuleType, r: Any) -> Iterator[str]:
        def line(x: dict[str, Any]) -> str:
            return json.dumps({k: v for k, v in x.items() if k not in ("evidence", "derivation", "text")}, ensure_ascii=False)

        yield f"{kind}"
        yield from (f"   gold {line(x)}" for x in r.g[kind])
        yield from (f"   got  {line(x)}" for x in r.p[kind])

    return show


def _statements(module: ModuleType, r: Any) -> Iterator[str]:
    used: set[int] = set()
    for g in r.g["statements"]:
        at = r.text.find(g["cue"])
        near = [(j, p) for j, p in enumerate(r.p["statements"]) if p["evidence"]["start"] - 2 <= at < p["evidence"]["end"]]
        good = [j for j, p in near if r.party(g["speakers"], p["speakers"]) >= 0.5 and p["act"] == g["act"] and j not in used]
        if good:
            used.add(good[0])
            continue
        got = "; ".join(f"{p['speakers']} {p['act']} [{p['cue']}]" for _, p in near)
        lo, hi = max(0, at - 120), at + 120
        yield f"want {g['speakers']} {g['act']}: {g['cue']}\n      got {got or 'nothing'}\n      ..{' '.join(r.text[lo:hi].split())}.."
    for j, p in enumerate(r.p["statements"]):
        if j not in used:
            yield f"extra {p['speakers']} {p['act']} {p['rule']}: {p['text'][:100]!r}"


_ERRORS: dict[str, Any] = {
    "people": _people,
    "positions": _positions,
    "visits": _events("visits"),
    "meetings": _events("meetings"),
    "agreements": _events("agreements"),
    "statements": _statements,
}


# -- command ---------------------------------------------------------------------------------------------------------------


def main() -> int:
    """Print the table; 1 if a floor is broken or a near-miss holds a contact."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--errors", nargs="+", choices=sorted(_ERRORS), default=[])
    ask.add_argument("--set", default="dev", help="the set for --errors; frozen is refused")
    ask.add_argument("--dir", type=Path, help="score another folder of texts with gold beside them")
    ask.add_argument("--only", default="", help="only reports whose id starts with this")
    ask.add_argument("--compare", action="store_true")
    ask.add_argument("--save", action="store_true")
    ask.add_argument("--raise", dest="lift", action="store_true")
    o = ask.parse_args()
    module = scorer()
    if o.errors:
        if o.set == "frozen":
            ask.error("frozen reports are looked at only through their scores")
        folder, reports = (o.dir, o.dir) if o.dir else SETS[o.set]
        gold = {k: v for k, v in golds(folder).items() if k.startswith(o.only)}
        for line in errors(module, gold, predict(reports, list(gold)), reports, o.errors):
            print(line)
        return 0
    return _table(module, o)


def _table(module: ModuleType, o: argparse.Namespace) -> int:
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    last: dict[str, dict[str, Any]] = json.loads(LAST.read_text()) if LAST.exists() else {}
    sets = {"given": (o.dir, o.dir)} if o.dir else SETS
    broken = 0
    now: dict[str, dict[str, Any]] = {}
    for name, (folder, reports) in sets.items():
        if not folder.exists():
            continue
        gold = golds(folder)
        pred = predict(reports, list(gold))
        counts = tally(module, gold, pred, reports)
        now[name] = {"counts": counts, "pred": pred if name != "frozen" else {}}
        near = false_contacts(gold, pred)
        print(f"\n{name}: {len(gold)} reports; contacts found in near-misses: {near}")
        broken += _print(counts, floors.setdefault(name, {}), last.get(name, {}).get("counts", {}), o.lift)
        if o.compare and name != "frozen":
            _compare(last.get(name, {}).get("pred", {}), pred)
    if o.lift:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")
    if o.save:
        LAST.parent.mkdir(exist_ok=True)
        LAST.write_text(json.dumps(now, ensure_ascii=False))
    print(f"\nfloors broken: {broken}")
    return 1 if broken else 0


def fallen(name: str, count: tuple[int, int, int], floors: dict[str, float]) -> bool:
    """Whether a measure is under its floor.

    A share ("= meeting kind") is taken of what was matched: it may sink when more is found. So it has fallen only if fewer are
    right than at its floor, too.
    """
    floor = floors.get(name)
    if floor is None or figure(name, count) >= floor - LOOSE:
        return False
    return not name.startswith("= ") or count[0] < floors.get(RIGHT + name, float("inf"))


def _print(counts: dict[str, tuple[int, int, int]], floors: dict[str, float], last: dict[str, list[int]], lift: bool) -> int:
    broken = 0
    for name, count in counts.items():
        value = figure(name, count)
        before = figure(name, tuple(last[name])) if name in last else None  # type: ignore[arg-type]
        change = f"  {value - before:+.3f}" if before is not None else ""
        floor = floors.get(name)
        low = fallen(name, count, floors)
        broken += low
        if lift:
            floors[name] = round(max(floor or 0.0, value), 4)
            if name.startswith("= "):
                floors[RIGHT + name] = max(int(floors.get(RIGHT + name, 0)), count[0])
        mark = f"  BELOW FLOOR {floor:.3f}" if low else ""
        print(f"  {name:36} {value:.3f}  ({'/'.join(map(str, count))}){change}{mark}")
    return broken


def _compare(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Facts gained and lost, a line each."""
    for name in sorted(after):
        for kind in ("people", "visits", "meetings", "statements", "agreements"):
            old, new = _facts(before.get(name, {}).get(kind, [])), _facts(after[name][kind])
            for fact in sorted(new - old):
                print(f"    + {name} {kind} {fact}")
            for fact in sorted(old - new):
                print(f"    - {name} {kind} {fact}")


def _facts(objects: list[dict[str, Any]]) -> set[str]:
    return {json.dumps({k: v for k, v in x.items() if k not in ("evidence", "derivation", "text", "rule")}, ensure_ascii=False) for x in objects}


if __name__ == "__main__":
    sys.exit(main())

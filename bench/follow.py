"""Scores what memcon follows up, on sequences of reports with gold by date: states, "done" without evidence, grades.

    uv run python bench/follow.py                      open and frozen sequences, and whether the floors hold
    uv run python bench/follow.py --errors             what is wrong in the open ones (never shown for frozen)
    uv run python bench/follow.py --raise              raise the floors to what was reached (they never fall)

The reports of a sequence are read by memcon itself and kept in a ledger of their own. A thing of the gold is found where a
commitment rests on the words that carry it; a state of a thing that is not found is wrong. "of things found" leaves those out:
it measures the following up without the reading. Lines that the gold does not grade are not counted in the grades.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from memcon.follow.commitments import Commitment, commitments
from memcon.follow.grades import TRACKED
from memcon.follow.plans import plans
from memcon.follow.register import register
from memcon.query import Ledger

ROOT = Path(__file__).resolve().parents[1]
SEQUENCES = ROOT / "tests/sequences"
FLOORS = ROOT / "bench/follow_floors.json"
SETS = ("open", "frozen")


class Entry(NamedTuple):
    """What memcon says of a thing on a day, whatever kind of thing: the words it rests on, its state, and the words behind the state."""

    words: list[tuple[str, int, int]]  # report, start, end
    state: str | None
    grade: str | None
    evidence: list[tuple[str, int, int]]  # report, start, end, of the steps that reports give


Asked = Callable[[Ledger, str | None], Iterator[Entry]]


def commitment_entries(ledger: Ledger, on: str | None) -> Iterator[Entry]:
    """The commitments of a ledger, formulas too."""
    return (_entry(c) for c in commitments(ledger, on=on, grade="all"))


def _entry(c: Commitment) -> Entry:
    told = [(q.report, q.start, q.end) for q in c.sources]
    state = c.steps[-1].state if c.steps else None
    proof = [(s.report, s.start, s.end) for s in c.steps[1:] if s.document is not None and s.end > s.start and s.state == c.state]
    return Entry(told, c.state or state, c.grade, proof)


def register_entries(ledger: Ledger, on: str | None) -> Iterator[Entry]:
    """The agreements register."""
    for e in register(ledger, on=on):
        proof = [x for x in e.steps if e.step is not None and (x == e.step or x.kind == e.state)]
        yield Entry([(q.report, q.start, q.end) for q in e.sources], e.state, None, [(x.report, x.start, x.end) for x in proof])


def plan_entries(ledger: Ledger, on: str | None) -> Iterator[Entry]:
    """The plans."""
    for e in plans(ledger, on=on):
        proof = [x for x in e.steps if x == e.step or x.kind == e.state]
        # The sentences too: a claim of a contact may rest on one word.
        told = [*((x.report, x.start, x.end) for x in e.steps), *((q.report, q.start, q.end) for q in e.sources)]
        yield Entry(told, e.state, None, [(x.report, x.start, x.end) for x in proof])


KINDS: dict[str, Asked] = {"commitment": commitment_entries, "agreement": register_entries, "plan": plan_entries}
"""How each kind of thing is asked for."""


def folders(name: str) -> list[Path]:
    """The sequences of a set."""
    return sorted(p.parent for p in (SEQUENCES / name).glob("*/gold.json"))


def place(folder: Path, report: str, words: str) -> tuple[str, int, int]:
    """Where words of the gold stand."""
    text = (folder / f"{report}.txt").read_text(encoding="utf-8")
    assert text.count(words) == 1, f"{folder.name}/{report}: {words!r} stands {text.count(words)} times"
    return report, text.index(words), text.index(words) + len(words)


def overlaps(a: tuple[str, int, int], b: tuple[str, int, int]) -> bool:
    """Whether two places share a character."""
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def score(folder: Path, errors: list[str]) -> Counter[str]:
    """The counts of one sequence."""
    counts: Counter[str] = Counter()
    things = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["things"]
    with tempfile.TemporaryDirectory() as scratch, Ledger(Path(scratch) / "x.db") as ledger:
        ledger.add(sorted(folder.glob("[0-9]*.txt")), sift=False)
        asked: dict[tuple[str, str | None], list[Entry]] = {}
        for thing in things:
            if thing["what"] not in KINDS:
                continue
            at = place(folder, thing["report"], thing["words"])

            def on(day: str | None, kind: str = thing["what"], at: tuple[str, int, int] = at) -> Entry | None:
                known = asked.setdefault((kind, day), list(KINDS[kind](ledger, day)) if (kind, day) not in asked else [])
                return next((e for e in known if any(overlaps(at, w) for w in e.words)), None)

            _grade(thing, on(None), counts, errors, folder)
            for day, state in thing["on"].items():
                _state(folder, thing, day, state, on(day), counts, errors)
    return counts


def _grade(thing: dict[str, Any], found: Entry | None, counts: Counter[str], errors: list[str], folder: Path) -> None:
    counts["things"] += 1
    counts["things found"] += found is not None
    if thing["grade"] is None:
        return
    wanted, got = thing["grade"] in TRACKED, found is not None and found.grade in TRACKED
    counts["grades wanted"] += wanted
    counts["grades given"] += got
    counts["grades right"] += wanted and got
    if wanted != got or found is None:
        errors.append(f"{folder.name} {thing['report']}: {thing['words']!r} is {thing['grade']}, found {found.grade if found else 'nothing'}")


def _state(folder: Path, thing: dict[str, Any], day: str, state: str, found: Entry | None, counts: Counter[str], errors: list[str]) -> None:
    counts["states"] += 1
    right = found is not None and found.state == state
    counts["states right"] += right
    counts["states of things found"] += found is not None
    if not right:
        errors.append(f"{folder.name} {thing['report']}: {thing['words']!r} on {day} is {state}, found {found.state if found else 'nothing'}")
    if found is not None and found.state == "done":
        counts["done"] += 1
        counts["done without evidence"] += not found.evidence
        counts["done that is not"] += state != "done"
    proof = thing.get("evidence", {}).get(day)
    if proof and found is not None:
        counts["evidence"] += 1
        there = any(overlaps(place(folder, proof["report"], proof["words"]), e) for e in found.evidence)
        counts["evidence right"] += there
        if not there:
            errors.append(f"{folder.name}: on {day} the evidence {proof['words']!r} is not among {found.evidence}")


def figures(c: Counter[str]) -> dict[str, float]:
    """The figures that are held by floors."""

    def share(a: float, b: float) -> float:
        return round(a / b, 4) if b else 1.0

    return {
        "things found": share(c["things found"], c["things"]),
        "state accuracy": share(c["states right"], c["states"]),
        "state accuracy, of things found": share(c["states right"], c["states of things found"]),
        "evidence in the right words": share(c["evidence right"], c["evidence"]),
        "F1 of tracked": share(2 * c["grades right"], c["grades wanted"] + c["grades given"]),
        "nothing done without evidence": float(c["done without evidence"] == 0),
    }


def main() -> int:
    """Print the figures; 1 if a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS, action="append")
    parser.add_argument("--errors", action="store_true", help="what is wrong in the open sequences")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors to what was reached")
    o = parser.parse_args()
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    broken = 0
    for name in o.set or SETS:
        errors: list[str] = []
        counts: Counter[str] = sum((score(f, errors) for f in folders(name)), Counter())
        print(f"{name}: {len(folders(name))} sequences, {counts['things']} things, {counts['states']} states, {counts['done']} done ({counts['done that is not']} of them not)")
        for what, value in figures(counts).items():
            floor = floors.setdefault(name, {}).get(what)
            low = floor is not None and value < floor
            broken += low
            print(f"  {what:34} {value:.3f}" + (f"  floor {floor:.3f}" if floor is not None else "") + ("  BROKEN" if low else ""))
            if o.lift:
                floors[name][what] = max(floor or 0.0, value)
        if o.errors and name == "open":
            print(*("    " + e for e in errors), sep="\n")
    if o.lift:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

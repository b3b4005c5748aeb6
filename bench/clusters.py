"""Scores joining: pairwise precision, recall and F1 of people, visits and meetings over clusters of reports.

    uv run python bench/clusters.py                    the sets samples, dev, frozen and later, with memcon's own reading
    uv run python bench/clusters.py --gold             the same with the coders' records as input: joining alone
    uv run python bench/clusters.py --spoil 0.3        the coders' records with three in ten of their days, places, kinds and participants missing
    uv run python bench/clusters.py --set dev --errors pairs missed and wrong (never shown for frozen)
    uv run python bench/clusters.py --dir FOLDER       the clusters of a folder (each a folder of reports, their records and merge.json) in place of a set

A pair is two objects of different reports that are one thing. Predicted objects stand for the gold objects that the
shared scorer matches them to; a pair with an object that matches none is a wrong pair (unless its report tells one thing twice,
and the two were joined). So that reading and joining are told apart, a missed pair is one of "ends not read" (of at least one of its reports
memcon does not have the thing: reading missed it) or "read, not joined" (both reports' things are there: joining missed it); and a wrong pair is one of
"misread" (an end is no thing that the coders have) or "wrongly joined" (both are). Each cluster has its own ledger.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import msgspec
from score import scorer

from memcon.ledger import sql
from memcon.model import Document, Memorandum
from memcon.query import Ledger, document_id
from memcon.run import read_document

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FAMILIES = ("people", "visits", "meetings")
SETS = ("samples", "dev", "frozen", "later")
Object = tuple[str, int]
Pair = frozenset[Object]
Counts = dict[str, list[int]]
"""By family: pairs right, found, wanted; wanted of things read, wrong of things read."""


class Spoil(NamedTuple):
    """How much of the coders' records is taken away before they are joined."""

    dice: random.Random
    share: float


def folders(name: str) -> list[tuple[Path, Path]]:
    """(gold, reports) folders of a set."""
    if name == "samples":
        return [(SHARED / "gold", SHARED / "reports")]
    return [(p, p) for p in sorted((ROOT / "tests/clusters" / name).iterdir()) if (p / "merge.json").exists()]  # a whole path stays itself


def gold_memo(gold: dict[str, Any], text: str) -> Memorandum:
    """A coder's record as a memorandum; its evidence is the start of the report, statements stand where their cue does."""
    plain = {**gold, "issues": [], "version": "gold"}

    def dressed(x: dict[str, Any], at: int = 0) -> dict[str, Any]:
        return {**x, "evidence": {"start": at, "end": at + 1}, "rule": "gold"}

    plain["people"] = [{**dressed(p), "positions": [dressed(q) for q in p.get("positions", [])]} for p in gold.get("people", [])]
    for family in ("visits", "meetings", "agreements"):
        plain[family] = [dressed(x) for x in gold.get(family, [])]
    plain["statements"] = [{**dressed(s, max(0, text.find(s["cue"]))), "text": s["cue"]} for s in gold.get("statements", [])]
    return msgspec.convert(plain, Memorandum)


def spoiled(gold: dict[str, Any], dice: random.Random, share: float) -> dict[str, Any]:
    """A coder's record as a hurried reader would have it: now and then a day, a place, a kind, a participant or a country is missing."""

    def lost() -> bool:
        return dice.random() < share

    def fewer(names: list[str]) -> list[str]:
        return names[:-1] if len(names) > 1 and lost() else names

    people = [{**p, "country": None if lost() else p["country"], "positions": [q for q in p["positions"] if not lost()]} for p in gold["people"]]
    meetings = [
        {**m, "date": None if lost() else m["date"], "place": None if lost() else m["place"], "kind": "meeting" if lost() and m["kind"] != "phone_call" else m["kind"],
         "hosts": fewer(m["hosts"]), "guests": fewer(m["guests"])}
        for m in gold["meetings"]
    ]  # fmt: skip
    visits = [
        {**v, "start": None if lost() else v["start"], "end": None if lost() else v["end"], "to": None if lost() else v["to"], "kind": "unspecified" if lost() else v["kind"],
         "visitors": fewer(v["visitors"]), "inviters": [] if lost() else v["inviters"]}
        for v in gold["visits"]
    ]  # fmt: skip
    return {**gold, "published": None if lost() else gold["published"], "people": people, "meetings": meetings, "visits": visits}


def load(
    ledger: Ledger, golds: dict[str, dict[str, Any]], reports: Path, *, from_gold: bool, spoil: Spoil | None = None
) -> dict[str, tuple[str, Memorandum]]:
    """Fill a ledger with a cluster; document id and memorandum by report."""
    found = {}
    for name, gold in golds.items():
        text = (reports / f"{name}.txt").read_text(encoding="utf-8")
        document = Document(id=name, text=text, language="en", published=gold.get("published") if from_gold else None)
        record = spoiled(gold, spoil.dice, spoil.share) if spoil else gold
        if spoil:
            document = msgspec.structs.replace(document, published=record["published"])
        memo = gold_memo(record, text) if from_gold else read_document(document)
        ledger.keep(document, memo)
        found[name] = (document_id(document), memo)
    return found


def matched(module: ModuleType, gold: dict[str, Any], memo: Memorandum, text: str) -> dict[str, dict[int, int]]:
    """Predicted index → gold index, by family, as the shared scorer matches them."""
    pred = json.loads(msgspec.json.encode(memo))
    r = module.Report(gold, pred, text)

    def visit(x: dict[str, Any], y: dict[str, Any]) -> float:
        if (x.get("to") or None) != (y.get("to") or None):
            return 0.0
        who = r.party(x.get("visitors"), y.get("visitors")) if x.get("visitors") else float(not y.get("visitors"))
        return who + _extra(module, x, y, "start") if who >= 0.5 else 0.0

    def meeting(x: dict[str, Any], y: dict[str, Any]) -> float:
        who = r.party(module.everyone(x), module.everyone(y))
        return who + _extra(module, x, y, "date") if who >= 0.5 else 0.0

    return {
        "people": {j: i for i, j in r.people},
        "visits": {j: i for i, j in module.greedy(gold.get("visits") or [], pred["visits"], visit, 0.5)},
        "meetings": {j: i for i, j in module.greedy(gold.get("meetings") or [], pred["meetings"], meeting, 0.5)},
    }


def _extra(module: ModuleType, x: dict[str, Any], y: dict[str, Any], day: str) -> float:
    same = (x.get("kind") == y.get("kind")) + (x.get("status") == y.get("status")) + module.date_ok(x.get(day), y.get(day))
    return 0.2 * float(same)


def groups(ledger: Ledger, read: dict[str, tuple[str, Memorandum]], family: str) -> Iterator[list[Object]]:
    """What the ledger joined: groups of (report, predicted index)."""
    things: dict[str, list[Object]] = {}
    for name, (document, _) in read.items():
        for claim, kind, number, *_ in ledger.store.rows(sql.CLAIMS_OF, document):
            if kind == family:
                things.setdefault(ledger.thing_of(claim), []).append((name, number))
    yield from things.values()


def told_once(group: list[Object]) -> list[Object]:
    """A group in which what a report tells twice stands once: an object that matches no gold object, joined with one of its own report that does."""
    matched_in = {n for n, i in group if i < 1000}
    return [(n, i) for n, i in group if i < 1000 or n not in matched_in]


def pairs(found: Iterable[Iterable[Object]]) -> set[Pair]:
    """Pairs of objects of different reports."""
    return {frozenset((a, b)) for g in found for a, b in combinations(sorted(set(g)), 2) if a[0] != b[0]}


def cluster(
    module: ModuleType, gold_folder: Path, reports: Path, counts: Counts, *, from_gold: bool, errors: bool, spoil: Spoil | None = None
) -> None:
    """Add one cluster's counts."""
    golds = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(gold_folder.glob("*.json")) if not p.name.startswith("merge")}
    merge = json.loads((gold_folder / "merge.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "c.db") as ledger:
        read = load(ledger, golds, reports, from_gold=from_gold, spoil=spoil)
        maps = {n: matched(module, golds[n], m, (reports / f"{n}.txt").read_text(encoding="utf-8")) for n, (_, m) in read.items()}
        for family in FAMILIES:
            want = pairs([[(n, i) for n, i in g] for g in merge.get(family, [])])
            # An object that matches no gold object keeps an index of its own, so that its pairs count as wrong.
            got = pairs(
                [told_once([(n, maps[n][family].get(i, 1000 + i)) if not from_gold else (n, i) for n, i in g]) for g in groups(ledger, read, family)]
            )
            known = {(n, i) for n in read for i in (maps[n][family].values() if not from_gold else range(len(golds[n].get(family, []))))}
            found = (len(want & got), len(got), len(want), sum(p <= known for p in want), sum(p <= known for p in got - want))
            counts[family] = [a + b for a, b in zip(counts.get(family, [0] * len(found)), found, strict=True)]
            if errors:
                show(gold_folder.name, family, want, got, golds, read)


def show(name: str, family: str, want: set[Pair], got: set[Pair], golds: dict[str, Any], read: dict[str, tuple[str, Memorandum]]) -> None:
    """Print missed and wrong pairs."""

    def words(o: Object) -> str:
        if o[1] < 1000:
            x = golds[o[0]][family][o[1]]
            found = f"{[x.get(k) for k in ('name', 'kind', 'status', 'date', 'start', 'visitors', 'hosts', 'guests') if x.get(k)]}"
            return f"{o[0][:5]}#{o[1]} {found}"
        return f"{o[0][:5]}?{o[1] - 1000} {str(getattr(read[o[0]][1], family)[o[1] - 1000])[:140]}"

    for label, found in (("missed", want - got), ("wrong ", got - want)):
        for pair in sorted(found, key=sorted):
            print(f"  {label} {name} {family}: " + "  =  ".join(words(o) for o in sorted(pair)))


def main() -> None:
    """Print a table for each set."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--set", choices=SETS)
    p.add_argument("--gold", action="store_true", help="the coders' records as input")
    p.add_argument("--errors", action="store_true")
    p.add_argument("--dir", type=Path, help="a folder of clusters, in place of a set")
    p.add_argument(
        "--spoil",
        type=float,
        metavar="SHARE",
        help="with --gold: take this share of days, places, kinds, participants and countries away, twelve times by other dice",
    )
    o = p.parse_args()
    module = scorer()
    for name in [str(o.dir)] if o.dir else [o.set] if o.set else SETS:
        counts: Counts = {}
        clusters = folders(name)
        for gold, reports in clusters:
            for seed in range(12 if o.spoil else 1):
                spoil = Spoil(random.Random(seed), o.spoil) if o.spoil else None
                cluster(module, gold, reports, counts, from_gold=o.gold or bool(o.spoil), errors=o.errors and "frozen" not in Path(name).parts, spoil=spoil)
        told = "records of coders" + (", spoiled" if o.spoil else "") if o.gold or o.spoil else "memcon reads"
        print(f"{name} ({len(clusters)} clusters, {told})")
        for family, found in counts.items():
            print(f"  {family:10} {line(*found)}")


def line(hit: int, got: int, want: int, known: int, wrong: int) -> str:
    """The figures of a family in words: what was found, and where what is missed or wrong comes from."""
    precision, recall = hit / got if got else float(not want), hit / want if want else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return (
        f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   right {hit} of {want}; missed {want - hit}: ends not read {want - known}, read, not joined {known - hit}; "
        f"wrong {got - hit}: misread {got - hit - wrong}, wrongly joined {wrong}"
    )


if __name__ == "__main__":
    main()

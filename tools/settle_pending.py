"""Brings the codebook's ``pending`` marks in step with the engine.

    uv run python tools/settle_pending.py                  takes the mark away from every sentence that works by now
    uv run python tools/settle_pending.py --add REASON     also marks every failing sentence, with the reason
    uv run python tools/settle_pending.py --only acts/     only entries whose id contains the words

A mark says that the engine cannot do a sentence *yet*; ``memcon codebook check`` counts the marks, and complains of a mark
on a sentence that works. Adding one is a decision: say why in the reason.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path

from memcon.checking import Result, check_entries
from memcon.codebook.entries import entries

DATA = Path(__file__).resolve().parents[1] / "src/memcon/codebook/data"
_BARE = re.compile(r'^(\s*- )\{text: ("(?:[^"\\]|\\.)*")\}$')
_PENDING = re.compile(r', pending: "(?:[^"\\]|\\.)*"\}')


def settle(lines: list[str], results: list[Result], reason: str) -> list[str]:
    """The lines of one ``en.yaml`` with marks taken away and added. A sentence stands on one line."""
    out = list(lines)
    for result in results:
        quoted = json.dumps(result.sentence, ensure_ascii=False)
        at = next((k for k, line in enumerate(out) if quoted in line and line.lstrip().startswith("- ")), None)
        if at is None:
            raise SystemExit(f"{result.entry}: {result.sentence!r} does not stand on a line of its own")
        if result.pending and not result.fault:
            out[at] = _PENDING.sub("}", out[at])
            out[at] = _BARE.sub(r"\1\2", out[at])
        elif result.fault and not result.pending and reason:
            shown = f", pending: {json.dumps(reason, ensure_ascii=False)}}}"
            plain = out[at].rstrip().endswith('"')
            out[at] = f"  - {{text: {quoted}{shown}" if plain else out[at].rstrip().removesuffix("}") + shown
    return out


def main() -> None:
    """Read the whole codebook, then rewrite the files whose marks change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--add", default="", metavar="REASON", help="mark failing sentences too")
    parser.add_argument("--only", default="", metavar="ID", help="part of an entry's id")
    parser.add_argument("--cause", default="", help="with --add: only faults that contain these words")
    given = parser.parse_args()
    changed = 0
    by_entry: dict[str, list[Result]] = defaultdict(list)
    for result in check_entries([e for e in entries() if given.only in e.id]).results:
        if result.pending or given.cause in result.fault:
            by_entry[result.entry].append(result)
    for entry, results in by_entry.items():
        path = DATA / entry / "en.yaml"
        before = path.read_text(encoding="utf-8").split("\n")
        after = settle(before, results, given.add)
        if after != before:
            path.write_text("\n".join(after), encoding="utf-8")
            changed += sum(a != b for a, b in zip(before, after, strict=True))
    print(f"{changed} marks changed{'; now run tools/build_codebook_pages.py' if changed else ''}")


if __name__ == "__main__":
    main()

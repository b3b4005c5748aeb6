"""The first pass over reports: its recall on the gold, what it sets aside of other news, and its speed.

    uv run python bench/relevance.py                        # recall has to be 1, speed 10,000 reports a second
    uv run python bench/relevance.py --news FILE.json       # and the share of other articles that pass ({id: {"articleBody": text}})
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import madeup

from memcon.read.relevance import may_tell_of_contact

ROOT = Path(__file__).resolve().parents[1]
SETS = (ROOT / "tests" / "reports" / "dev", ROOT / "tests" / "reports" / "later", ROOT / "tests" / "reports" / "frozen", ROOT.parent / "shared" / "gold")
TOLD = ("visits", "meetings", "statements", "agreements")
SPEED = 10_000  # reports a second and core


def gold() -> Iterator[tuple[str, str, bool]]:
    """Set, text, and whether its gold tells of a contact, of all reports at hand."""
    for folder in SETS:
        for path in sorted(folder.glob("*.json")):
            text = path.with_suffix(".txt")
            text = text if text.exists() else folder.parent / "reports" / text.name
            if text.exists():
                found = json.loads(path.read_text(encoding="utf-8"))
                yield folder.name, text.read_text(encoding="utf-8"), any(found.get(x) for x in TOLD)


def speed(texts: Sequence[str], seconds: float = 2.0) -> float:
    """Reports a second of processor time."""
    may_tell_of_contact(texts[0], "en")
    start, done = time.process_time(), 0
    while time.process_time() - start < seconds:
        for text in texts:
            may_tell_of_contact(text, "en")
        done += len(texts)
    return done / (time.process_time() - start)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the figures; exit code 1 if a bound is not held."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--news", type=Path)
    o = p.parse_args(argv)
    reports = list(gold())
    lost = 0
    for name in dict.fromkeys(x[0] for x in reports):
        told = [text for n, text, tells in reports if n == name and tells]
        passed = sum(may_tell_of_contact(x, "en") is None for x in told)
        lost += len(told) - passed
        print(f"{name:8} {passed}/{len(told)} reports with a contact pass: recall {passed / max(1, len(told)):.3f}")
    made = [d.text for d, _ in islice(madeup.reports(3), 3000)]
    missed = sum(may_tell_of_contact(x, "en") is not None for x in made)
    print(f"made up  {len(made) - missed}/{len(made)} pass")
    texts = [text for _, text, _ in reports]
    rate = speed(texts)
    print(f"speed    {rate:,.0f} reports/s and core ({sum(map(len, texts)) / len(texts):,.0f} characters a report)")
    if o.news:
        news = [x["articleBody"] for x in json.loads(o.news.read_text(encoding="utf-8")).values()]
        print(f"news     {sum(may_tell_of_contact(x, 'en') is None for x in news)}/{len(news)} articles about anything pass; {speed(news):,.0f}/s ({sum(map(len, news)) / len(news):,.0f} characters)")
    sys.exit(1 if lost or missed or rate < SPEED else 0)


if __name__ == "__main__":
    main()

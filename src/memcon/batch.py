"""Many reports: reads them in order, in this process or in several, so that one bad report never stops the others.

What comes out is one `Outcome` a report, in the order of the reports, whatever the number of processes: each report is
read and rendered by itself, so the bytes are the same too. A process that dies (killed for its memory, say) costs the
one report that it had in hand; another process takes its place.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Final, NamedTuple, Self

from memcon.errors import MemconError, ReadError, ReadingFailed

__all__ = ["Outcome", "Task", "Work", "run", "run_one"]

_ONE_THREAD: Final = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "BLIS_NUM_THREADS",
)
_AHEAD: Final = 64  # reports a process may be ahead of the oldest unfinished one: bounds what waits in memory
_PATIENCE: Final = 2.0  # seconds for a process to end when it is told to


class Work(NamedTuple):
    """What to do with each report: a renderer by name (text, jsonl, html), labels of the reports, and the paper's measures."""

    form: str
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    width: int = 80
    styled: bool = False


class Task(NamedTuple):
    """One report of a batch: its place in the order, path, id, and its bytes if they were read already."""

    number: int
    path: str
    identifier: str
    data: bytes | None = None


class Outcome(NamedTuple):
    """What became of a report: its rendering, or the line that says what is wrong."""

    number: int
    rendered: str | None
    problem: str | None = None


def run(tasks: Sequence[Task], work: Work, jobs: int = 1) -> Iterator[Outcome]:
    """Read all reports with ``jobs`` processes; outcomes come in the order of ``tasks``. Never raises for a report."""
    if jobs <= 1 or len(tasks) <= 1:
        use_one_thread()
        yield from (run_one(task, work) for task in tasks)
        return
    with _Pool(tasks, work, min(jobs, len(tasks))) as pool:
        yield from pool.outcomes()


def run_one(task: Task, work: Work) -> Outcome:
    """Read one report and render its memorandum; whatever goes wrong becomes the outcome's ``problem``."""
    try:
        return Outcome(task.number, _rendered(task, work))
    except MemconError as error:
        return Outcome(task.number, None, str(error))
    except Exception as error:  # noqa: BLE001 — the edge: one report's defect must not stop the others (design, rule 7)
        return Outcome(task.number, None, str(ReadingFailed(task.path, _defect(error))))


def use_one_thread() -> None:
    """One thread for linear algebra: processes share the machine, and sums must not depend on its processors.

    Has an effect only before numpy is loaded.
    """
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))


def _rendered(task: Task, work: Work) -> str:
    # Imported here: they load the language model, which `memcon --help` and the parent of many processes do not need.
    from memcon.export import render
    from memcon.read.files import Source, read
    from memcon.read.text import Labels
    from memcon.run import read_document

    labels = Labels(work.published, work.outlet, work.language)
    document = read(Source(task.path, task.identifier, task.data), labels)
    return render(work.form, document, read_document(document), number=task.number, width=work.width, styled=work.styled)


def _defect(error: Exception) -> str:
    """An unforeseen error in one line: what, and the innermost place in memcon's own code."""
    frames = [x for x in traceback.extract_tb(error.__traceback__) if f"{os.sep}memcon{os.sep}" in x.filename]
    place = ""
    if frames:
        place = f" at {frames[-1].filename.rsplit(f'{os.sep}memcon{os.sep}', 1)[1]}:{frames[-1].lineno}"
    detail = f": {error}" if str(error) else ""
    return f"memcon failed on it ({type(error).__name__}{detail}{place}); please report this"


class _Worker(NamedTuple):
    """A process and this end of the pipe to it."""

    process: SpawnProcess
    pipe: Connection


class _Pool:
    """Processes that are handed one report at a time, so that it is known which one a dying process had in hand."""

    def __init__(self, tasks: Sequence[Task], work: Work, jobs: int) -> None:
        self._waiting = deque(tasks)
        self._work = work
        self._jobs = jobs
        self._context = multiprocessing.get_context("spawn")
        self._busy: dict[Connection, tuple[_Worker, Task]] = {}
        self._idle: list[_Worker] = []
        self._done: dict[int, Outcome] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes: a closed pipe tells the idle ones, those at work are stopped."""
        for worker, _task in self._busy.values():
            worker.process.terminate()
        for worker in [*self._idle, *(w for w, _task in self._busy.values())]:
            worker.pipe.close()
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()

    def outcomes(self) -> Iterator[Outcome]:
        """All outcomes, in order."""
        for number in [task.number for task in self._waiting]:
            self._hand_out(number)
            while number not in self._done:
                self._collect()
                self._hand_out(number)
            yield self._done.pop(number)

    def _hand_out(self, oldest: int) -> None:
        """Give waiting reports to idle processes, starting some where fewer than allowed run."""
        while self._waiting and len(self._busy) < self._jobs and self._waiting[0].number <= oldest + _AHEAD * self._jobs:
            worker = self._idle.pop() if self._idle else self._start()
            task = self._waiting.popleft()
            self._busy[worker.pipe] = (worker, task)
            try:
                worker.pipe.send(task)
            except OSError:
                self._lost(worker.pipe)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._work), daemon=True)
        process.start()
        # Held open here, it would hide the process's end: its pipe would never run dry.
        theirs.close()
        return _Worker(process, ours)

    def _collect(self) -> None:
        """Wait for processes to answer, or to die."""
        for ready in wait(list(self._busy)):
            assert isinstance(ready, Connection), "only pipes are waited for"
            try:
                outcome: Outcome = ready.recv()
            except (EOFError, OSError):
                self._lost(ready)
                continue
            worker, _task = self._busy.pop(ready)
            self._idle.append(worker)
            self._done[outcome.number] = outcome

    def _lost(self, pipe: Connection) -> None:
        """A process died: its report becomes a line, and the process is not used again."""
        worker, task = self._busy.pop(pipe)
        pipe.close()
        worker.process.join(_PATIENCE)
        code = worker.process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"code {code}"
        what = f"the process that read it died ({how}): out of memory? Try it alone, with --jobs 1"
        self._done[task.number] = Outcome(task.number, None, str(ReadError(task.path, what)))


def _serve(pipe: Connection, work: Work) -> None:
    """A process's life: read reports until the pipe closes."""
    # Ctrl-C reaches the whole group; the parent alone answers it, and closes the pipes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_one_thread()
    while True:
        try:
            task: Task = pipe.recv()
        except EOFError:
            return
        pipe.send(run_one(task, work))

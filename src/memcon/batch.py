"""Many reports: reads them in order, in this process or in several, so that one bad report never stops the others.

What comes out is one `Outcome` a report, in the order of the reports, whatever the number of processes: each report is
read and rendered by itself, so the bytes are the same too. Reports are fetched as they are needed: a batch has no end it must know. A process that dies (killed for its memory, say) is
replaced, and the report that it had in hand tried once more; a report on which two processes die becomes a line.
"""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Final, Generic, NamedTuple, Self, TypeVar

from memcon.errors import MemconError, ReadError, ReadingFailed, shown
from memcon.model import Document, Memorandum

__all__ = ["MEMO", "Outcome", "Task", "Work", "engine", "processors", "run", "run_one", "settle_memory", "use_one_thread"]

T = TypeVar("T")
MEMO: Final = "memo"
"""The form of `Work` that gives the bare record."""

_ONE_THREAD: Final = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "BLIS_NUM_THREADS",
)
_AHEAD: Final = 64  # reports a process may be ahead of the oldest unfinished one: bounds what waits in memory
_COLLECT_AFTER: Final = 20_000  # new objects before the youngest are looked through: about what one report makes
_BEHIND: Final = 10  # how far (of 19) processes that let others go first stand back
_PATIENCE: Final = 2.0  # seconds for a process to end when it is told to


class Work(NamedTuple):
    """What to do with each report: a renderer by name (text, jsonl, html; memo for the bare record as JSON), and the paper's measures.

    ``behind``: processes that read let all others go first, where the machine has no processor left.
    """

    form: str
    width: int = 80
    styled: bool = False
    behind: bool = False


class Task(NamedTuple):
    """One report of a batch, and its place in the order."""

    number: int
    document: Document


class Outcome(NamedTuple):
    """What became of a report: its rendering, or the line that says what is wrong."""

    number: int
    identifier: str
    rendered: str | None
    problem: str | None = None


def run(items: Iterable[Document | T], work: Work, jobs: int = 1) -> Iterator[Outcome | T]:
    """Read all documents of ``items`` with ``jobs`` processes; all else among the items is handed through in its place. Never raises for a report.

    A single document is read here: a process of its own would take longer to start than it saves.
    """
    if jobs > 1:
        items, several = _ahead(iter(items))
        jobs = jobs if several else 1
    if jobs <= 1:
        use_one_thread()
        for number, item in enumerate(items):
            yield run_one(Task(number, item), work) if isinstance(item, Document) else item
        return
    with _Pool(items, work, jobs) as pool:
        yield from pool.outcomes()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _ahead(items: Iterator[Document | T]) -> tuple[Iterator[Document | T], bool]:
    """The items again, and whether there are two documents among them; looks no further than the second."""
    seen: list[Document | T] = []
    documents = 0
    for item in items:
        seen.append(item)
        documents += isinstance(item, Document)
        if documents == 2 or len(seen) == _AHEAD:
            return itertools.chain(seen, items), True
    return iter(seen), False


def settle_memory() -> None:
    """Once everything is loaded: word lists and model stay for good, and looking through them for garbage again and again costs a tenth of the time.

    For a process that does nothing but read reports; the garbage collector is the whole process's.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 10, 10)


def engine(jobs: int, *, behind: bool = False) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """The engine with ``jobs`` processes, in the shape that `memcon.query.Ledger.adding` takes; ``behind`` as of `Work`."""

    def read(items: Iterator[Any]) -> Iterator[Any]:
        import msgspec

        taken: deque[Document] = deque()
        for found in run(_seen(items, taken), Work(MEMO, behind=behind), jobs):
            if not isinstance(found, Outcome):
                yield found
            elif found.rendered is None:
                path = _path(Task(found.number, taken.popleft()))
                yield ReadingFailed(path, (found.problem or "").removeprefix(f"{shown(path)}: "))
            else:
                yield taken.popleft(), msgspec.json.decode(found.rendered, type=Memorandum)

    return read


def _seen(items: Iterable[Any], taken: deque[Document]) -> Iterator[Any]:
    """The items; documents are put down in ``taken`` too, in their order."""
    for item in items:
        if isinstance(item, Document):
            taken.append(item)
        yield item


def run_one(task: Task, work: Work) -> Outcome:
    """Read one report and render its memorandum; whatever goes wrong becomes the outcome's ``problem``."""
    name = task.document.id
    try:
        return Outcome(task.number, name, _rendered(task, work))
    except MemconError as error:
        return Outcome(task.number, name, None, str(error))
    except Exception as error:  # noqa: BLE001 — the edge: one report's defect must not stop the others (design, rule 7)
        return Outcome(task.number, name, None, str(ReadingFailed(_path(task), _defect(error))))


def use_one_thread() -> None:
    """One thread for linear algebra: processes share the machine, and sums must not depend on its processors.

    Has an effect only before numpy is loaded.
    """
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))


def _rendered(task: Task, work: Work) -> str:
    # Imported here: they load the language model, which `memcon --help` and the parent of many processes do not need.
    from memcon.export import render
    from memcon.run import read_document

    memo = read_document(task.document)
    if work.form == MEMO:
        import msgspec

        return msgspec.json.encode(memo).decode()
    return render(work.form, task.document, memo, number=task.number, width=work.width, styled=work.styled)


def _defect(error: Exception) -> str:
    """An unforeseen error in one line: what, and the innermost place in memcon's own code."""
    frames = [x for x in traceback.extract_tb(error.__traceback__) if f"{os.sep}memcon{os.sep}" in x.filename]
    place = ""
    if frames:
        place = f" at {frames[-1].filename.rsplit(f'{os.sep}memcon{os.sep}', 1)[1]}:{frames[-1].lineno}"
    detail = f": {error}" if str(error) else ""
    return f"memcon failed on it ({type(error).__name__}{detail}{place}); please report this"


def _path(task: Task) -> str:
    return task.document.path or task.document.id


class _Worker(NamedTuple):
    """A process and this end of the pipe to it."""

    process: SpawnProcess
    pipe: Connection


class _Pool(Generic[T]):
    """Processes that are handed one report at a time, so that it is known which one a dying process had in hand."""

    def __init__(self, items: Iterable[Document | T], work: Work, jobs: int) -> None:
        self._items = iter(items)
        self._taken = 0
        self._work = work
        self._jobs = jobs
        self._context = multiprocessing.get_context("spawn")
        self._busy: dict[Connection, tuple[_Worker, Task]] = {}
        self._idle: list[_Worker] = []
        self._done: dict[int, Outcome | T] = {}
        self._again: list[Task] = []  # reports whose process died once
        self._tried: set[int] = set()  # their numbers, for good
        self._exhausted = False

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

    def outcomes(self) -> Iterator[Outcome | T]:
        """All outcomes, in order."""
        number = 0
        while True:
            self._hand_out(number)
            if number == self._taken:
                return
            while number not in self._done:
                self._collect()
                self._hand_out(number)
            yield self._done.pop(number)
            number += 1

    def _hand_out(self, oldest: int) -> None:
        """Give the next reports to idle processes, starting some where fewer than allowed run."""
        while len(self._busy) < self._jobs and (task := self._next(oldest)) is not None:
            worker = self._idle.pop() if self._idle else self._start()
            self._busy[worker.pipe] = (worker, task)
            try:
                worker.pipe.send(task)
            except OSError:
                self._lost(worker.pipe)

    def _next(self, oldest: int) -> Task | None:
        """The next report: one whose process died, else the next of the items; what is no report is put in its place."""
        if self._again:
            return self._again.pop()
        while not self._exhausted and self._taken <= oldest + _AHEAD * self._jobs:
            try:
                item = next(self._items)
            except StopIteration:
                self._exhausted = True
                return None
            number = self._taken
            self._taken += 1
            if isinstance(item, Document):
                return Task(number, item)
            self._done[number] = item
        return None

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
        """A process died, and is not used again: its report is tried once more, in a fresh one; if that dies too it becomes a line."""
        worker, task = self._busy.pop(pipe)
        pipe.close()
        worker.process.join(_PATIENCE)
        if task.number not in self._tried:
            self._tried.add(task.number)
            self._again.append(task)
            return
        code = worker.process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"code {code}"
        what = f"the process that read it died twice ({how}): out of memory? Try it alone, with --jobs 1"
        self._done[task.number] = Outcome(task.number, task.document.id, None, str(ReadError(_path(task), what)))


def _serve(pipe: Connection, work: Work) -> None:
    """A process's life: read reports until the pipe closes."""
    # Ctrl-C reaches the whole group; the parent alone answers it, and closes the pipes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_one_thread()
    if work.behind and hasattr(os, "nice"):
        os.nice(_BEHIND)
    settled = False
    while True:
        try:
            task: Task = pipe.recv()
        except (EOFError, ConnectionResetError):  # the parent is done, or was killed
            return
        outcome = run_one(task, work)
        try:
            pipe.send(outcome)
        except BrokenPipeError:  # it was killed meanwhile
            return
        if not settled:
            settle_memory()
            settled = True

"""Reads inputs in a process of its own, which may use so much time and memory and no more.

Reports come from strangers, and web pages, PDFs and archives are read by libraries in native code. What makes one of them hang or die costs the part
that it had in hand: the process is ended, another goes on behind that part. What comes back is decoded as data and cannot be code.

The process is this module run as a program: unlike `multiprocessing`'s it does not run the user's own script again.
"""

from __future__ import annotations

import os
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from typing import BinaryIO, Final, Self, cast

import msgspec

from memcon.errors import ReadError, shown
from memcon.model import Document
from memcon.read.expand import Outcome, Progress, SetAside, expand
from memcon.read.reader import Facts, Part, Passed

__all__ = ["Isolated", "Job", "environment"]

SECONDS: Final = 20.0
"""Seconds of processor time that one report may take; what a busy machine does beside is of no account, so that the same input gives the same."""
_OF_CONTAINER: Final = 6  # times as much for what opens a container, or passes over parts of it
_OF_CLOCK: Final = 15  # times as much on the clock: for what waits without working
MEMORY: Final = 3_000_000_000
"""Bytes of address space of the process."""
_MOST_DEATHS: Final = 20  # of one input, then it is given up
_AHEAD: Final = 64  # messages that wait to be fetched: bounds memory
_LARGEST_MESSAGE: Final = 1 << 28
_SIZE: Final = struct.Struct(">I")


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """An input to read: its path (as bytes of the file system) or its data, and how."""

    path: bytes
    identifier: str
    data: bytes | None = None
    facts: Facts | None = None
    named: bool = True
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    fields: dict[str, str] = {}
    sift: bool = False
    at: bytes | None = None
    part: Part | None = None
    start: int = 0
    refused: list[int] = []
    why: str = ""
    memory: int = MEMORY
    seconds: float = SECONDS


class _At(msgspec.Struct, frozen=True, tag="at"):
    number: int
    name: str


class _Report(msgspec.Struct, frozen=True, tag="report"):
    document: Document


class _Wrong(msgspec.Struct, frozen=True, tag="wrong"):
    path: str
    what: str


class _Done(msgspec.Struct, frozen=True, tag="done"):
    pass


_Message = _At | _Report | _Wrong | _Done | SetAside | Passed


class Isolated:
    """The process, started when it is first needed. Use as a context manager; one input at a time."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._patience = seconds * (_OF_CLOCK if hasattr(signal, "setitimer") else 1)
        self._process: subprocess.Popen[bytes] | None = None
        self._messages: queue.Queue[_Message | None] = queue.Queue(_AHEAD)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def outcomes(self, job: Job) -> Iterator[Outcome]:
        """All that is in the input of ``job``. Never raises for an input."""
        job = msgspec.structs.replace(job, memory=self._memory, seconds=self._seconds)
        for deaths in count(1):
            at, how = None, ""
            for message in self._run(job):
                if isinstance(message, _At):
                    at = message
                elif isinstance(message, str):
                    how = message
                elif not isinstance(message, _Done):
                    at = None  # a report has one outcome: the part is done
                    yield _outcome(message)
            if not how:
                return
            if at is None or deaths >= _MOST_DEATHS:
                yield ReadError(os.fsdecode(job.path), f"{how}; the rest of it is left out")
                return
            job = msgspec.structs.replace(job, start=at.number, refused=[at.number], why=f"{how}: left out")

    def _run(self, job: Job) -> Iterator[_Message | str]:
        """Messages of one try, the last a `_Done`, or in words how the process ended."""
        process = self._started()
        try:
            _send(cast("BinaryIO", process.stdin), msgspec.msgpack.encode(job))
        except OSError:
            yield self._died("the process that read it could not be started")
            return
        finished = False
        try:
            while not finished:
                try:
                    message = self._messages.get(timeout=self._patience)
                except queue.Empty:
                    finished = True
                    yield self._died(f"took more than {self._patience:.0f} s to read")
                    return
                if message is None:
                    finished = True
                    yield self._died(self._how())
                    return
                finished = isinstance(message, _Done)
                yield message
        finally:
            if not finished:
                # Nobody wants the rest of this input: what the process still says of it must not be taken for the next one's.
                self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # -P: the folder that memcon is run in may be full of what came from strangers, and holds no modules.
            command = [sys.executable, "-P", "-m", "memcon.read.isolate"]
            self._process = subprocess.Popen(  # noqa: S603 — the command is our own
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
            )
            self._messages = queue.Queue(_AHEAD)
            threading.Thread(target=_collect, args=(self._process.stdout, self._messages), daemon=True).start()
        return self._process

    def _how(self) -> str:
        """In words, how the process ended by itself."""
        assert self._process is not None
        with suppress(subprocess.TimeoutExpired):
            if self._process.wait(2.0) == -getattr(signal, "SIGPROF", 0):
                return f"took more than {self._seconds:.0f} s to read"
        return "the process that read it died (out of memory?)"

    def _died(self, how: str) -> str:
        self._end()
        return how

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with suppress(queue.Empty):
            while True:  # makes room for the collector, which may wait to put
                self._messages.get_nowait()
        assert process.stdin is not None and process.stdout is not None
        with suppress(OSError):
            process.stdin.close()
        process.wait()


def environment() -> dict[str, str]:
    """The environment of a program of memcon's own that is started with ``-P``: modules are found as they are here."""
    return {**os.environ, "PYTHONPATH": _places()}


def _places() -> str:
    """Where modules are found here, so that they are found there: but for the present folder, unless memcon itself lies in it."""
    here = os.path.realpath(os.curdir)
    return os.pathsep.join(x for x in sys.path if x and (os.path.realpath(x) != here or os.path.isdir(os.path.join(x, "memcon"))))


def _collect(pipe: BinaryIO, messages: queue.Queue[_Message | None]) -> None:
    """Fetch messages until the process closes its end; None stands for that."""
    decoder = msgspec.msgpack.Decoder(_Message)
    with pipe:
        while (data := _receive(pipe)) is not None:
            try:
                message = decoder.decode(data)
            except msgspec.MsgspecError:
                break
            messages.put(message)
    messages.put(None)


def _outcome(message: _Report | _Wrong | SetAside | Passed) -> Outcome:
    if isinstance(message, _Report):
        return message.document
    return ReadError(message.path, message.what) if isinstance(message, _Wrong) else message


def _send(pipe: BinaryIO, data: bytes) -> None:
    pipe.write(_SIZE.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: BinaryIO) -> bytes | None:
    """The next message, or None at the end or where what comes is none."""
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size or (size := _SIZE.unpack(head)[0]) > _LARGEST_MESSAGE:
        return None
    data = pipe.read(size)
    return data if len(data) == size else None


# -- in the process ---------------------------------------------------------------------------------------------------


def _serve() -> None:
    """The process's life: jobs in, outcomes out, until the other end closes."""
    # Ctrl-C reaches the whole group; the parent alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs, out = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints, messages stay messages
    encoder = msgspec.msgpack.Encoder()
    limited = False
    with suppress(BrokenPipeError):
        while (data := _receive(jobs)) is not None:
            job = msgspec.msgpack.decode(data, type=Job)
            if not limited:
                _limit(job.memory)
                limited = True
            _budget(_OF_CONTAINER * job.seconds)

            def at(number: int, name: str, container: bool, seconds: float = job.seconds) -> None:
                _send(out, encoder.encode(_At(number, name)))
                _budget(seconds * (_OF_CONTAINER if container else 1))

            for message in _messages(job, at):
                _send(out, encoder.encode(message))
                _budget(_OF_CONTAINER * job.seconds)


def _budget(seconds: float) -> None:
    """End the process when it has worked for so long from now on, in whatever code it is then."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _messages(job: Job, at: Callable[[int, str, bool], None]) -> Iterator[_Message]:
    from memcon.read.files import Source, opened
    from memcon.read.registry import readers
    from memcon.read.text import Labels

    source = Source(os.fsdecode(job.path), job.identifier, job.data, job.facts, job.named, os.fsdecode(job.at) if job.at else None, job.part)
    labels = Labels(job.published, job.outlet, job.language)
    try:
        with opened(source) as raw:
            progress = Progress(job.start, frozenset(job.refused), job.why)
            for found in expand(raw, readers(job.fields), labels, sift=job.sift, named=job.named, progress=progress, at=at):
                yield _message(found)
    except ReadError as error:
        yield _message(error)
    except Exception as error:  # noqa: BLE001 — the edge of the process: what went wrong is said, not lost with it
        yield _Wrong(shown(source.path), f"memcon failed on it ({type(error).__name__}: {error}); please report this")
    yield _Done()


def _message(found: Outcome) -> _Message:
    if isinstance(found, Document):
        return _Report(found)
    return _Wrong(shown(found.path), found.what) if isinstance(found, ReadError) else found


def _limit(memory: int) -> None:
    """Bound the process's memory, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _serve()

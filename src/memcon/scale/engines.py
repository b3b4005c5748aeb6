"""What hands out pieces of work: processes of this machine, or a Dask cluster. Results come as they are done; a lost worker costs the piece that it had."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from itertools import islice
from types import TracebackType
from typing import Any, Final, Protocol, Self, TypeVar

from memcon.errors import MemconError

__all__ = ["ENGINES", "Engine", "EngineError", "Lost", "chosen"]

T = TypeVar("T")
R = TypeVar("R")
ENGINES: Final = "local, dask, or the address of a Dask scheduler (tcp://HOST:8786)"
_AHEAD: Final = 3  # pieces for each worker that are handed out before one is done
_PATIENCE: Final = 30  # seconds to reach a scheduler


class EngineError(MemconError):
    """An engine that cannot be used: its package is missing, or nobody answers."""


class Lost(Exception):  # noqa: N818 — says what happened
    """The worker that had a piece of work died."""


class Engine(Protocol, AbstractContextManager["Engine"]):
    """Hands out work. ``function`` is a module's own function, pieces and results can be pickled."""

    def map(self, function: Callable[[T], R], pieces: Iterable[T]) -> Iterator[tuple[T, R | Exception]]:
        """Each piece with its result, or with what its work raised (`Lost` where its worker died), in the order in which they are done."""
        ...


def chosen(name: str, jobs: int) -> Engine:
    """The engine that the user names, with ``jobs`` workers where it starts them itself (0: one for each processor). Raises `EngineError`."""
    workers = jobs or os.cpu_count() or 1
    if name == "local":
        return Processes(workers) if workers > 1 else Here()
    if name == "dask" or name.startswith(("tcp://", "tls://")):
        return Dask(None if name == "dask" else name, workers)
    raise EngineError(f"no engine {name!r}: {ENGINES}")


class Here:
    """No engine at all: one piece after the other in the process that asks."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def map(self, function: Callable[[T], R], pieces: Iterable[T]) -> Iterator[tuple[T, R | Exception]]:
        """As `Engine.map`."""
        for piece in pieces:
            try:
                result: R | Exception = function(piece)
            except Exception as error:  # noqa: BLE001 — given to who asked, as from a process
                result = error
            yield piece, result


class Processes:
    """Processes of this machine. Each is a pool of one, so that one that dies takes only its own piece with it."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._context = multiprocessing.get_context("spawn")
        self._pools: list[ProcessPoolExecutor] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for pool in self._pools:
            if kind is not None:
                # Nobody waits for what they are doing: it would go on behind the user's back after Ctrl-C.
                for process in list((pool._processes or {}).values()):  # noqa: SLF001 — Python 3.14 has kill_workers for this
                    process.terminate()
            pool.shutdown(wait=True, cancel_futures=True)
        self._pools.clear()

    def map(self, function: Callable[[T], R], pieces: Iterable[T]) -> Iterator[tuple[T, R | Exception]]:
        """As `Engine.map`."""
        waiting = iter(pieces)
        busy: dict[Future[R], tuple[T, ProcessPoolExecutor]] = {}
        while True:
            while len(busy) < self._workers and (one := list(islice(waiting, 1))):
                pool = self._pools.pop() if self._pools else ProcessPoolExecutor(1, mp_context=self._context, initializer=_end_with_parent)
                busy[pool.submit(function, one[0])] = (one[0], pool)
            if not busy:
                return
            for future in wait(busy, return_when=FIRST_COMPLETED).done:
                piece, pool = busy.pop(future)
                error = future.exception()
                if isinstance(error, BrokenProcessPool):
                    pool.shutdown()
                    yield piece, Lost("the process that had it died")
                    continue
                self._pools.append(pool)
                yield piece, error if isinstance(error, Exception) else future.result()


def _end_with_parent() -> None:
    """Have this process end when the one that started it does, however that ends: its own queue would keep it waiting for work for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            multiprocessing.connection.wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class Dask:
    """A Dask cluster: one started here with processes of this machine, or one that is running elsewhere, whose workers have memcon and see the same files."""

    def __init__(self, address: str | None, workers: int) -> None:
        self._address, self._workers = address, workers
        self._client: Any = None
        self._cluster: Any = None

    def __enter__(self) -> Self:
        try:
            import dask
            from distributed import Client, LocalCluster
        except ImportError as error:
            raise EngineError("the engine dask needs its package: install memcon[scale]") from error
        # Two deaths of a piece's workers and it is given back; work goes to who is free, so that a dead worker takes nothing along that it had not begun.
        # A worker that takes long to come back (15 s, else) must not be struck off: on a busy machine none would be left.
        settings = {"distributed.scheduler.allowed-failures": 1, "distributed.scheduler.worker-saturation": 1.0, "distributed.deploy.lost-worker-timeout": "1h"}
        dask.config.set(settings)
        try:
            if self._address is None:
                self._cluster = LocalCluster(
                    n_workers=self._workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, memory_limit=0, silence_logs=50,
                )  # fmt: skip
            self._client = Client(self._address or self._cluster, timeout=_PATIENCE)
        except (OSError, TimeoutError) as error:
            raise EngineError(f"no Dask scheduler at {self._address or 'this machine'}: {error}") from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def map(self, function: Callable[[T], R], pieces: Iterable[T]) -> Iterator[tuple[T, R | Exception]]:
        """As `Engine.map`."""
        from distributed import KilledWorker, as_completed

        waiting = iter(pieces)
        known: dict[str, T] = {}
        running = as_completed()

        def hand_out(number: int) -> None:
            for piece in islice(waiting, number):
                future = self._client.submit(function, piece, pure=False, retries=0)
                known[future.key] = piece
                running.add(future)

        hand_out(_AHEAD * max(self._workers, len(self._client.scheduler_info(n_workers=-1)["workers"])))
        for future in running:
            error = future.exception()
            yield known.pop(future.key), Lost("its worker died") if isinstance(error, KilledWorker) else error or future.result()
            future.release()
            hand_out(1)

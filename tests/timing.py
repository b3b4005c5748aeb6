"""Bounds on time that hold on a busy machine: other work only ever adds time, so the least of several tries is what counts."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 8


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of this process for one run of `work`."""
    start = time.process_time()
    work()
    return time.process_time() - start


def clock(work: Callable[[], object]) -> float:
    """Seconds by the clock for one run of `work`."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def assert_within(measure: Callable[[], float], bound: float) -> None:
    """`measure` gives at most `bound` in one of `TRIES` tries; after a try that did not, the machine gets longer to calm down."""
    least = float("inf")
    for tried in range(TRIES):
        least = min(least, measure())
        if least < bound:
            return
        time.sleep(0.2 * tried)
    raise AssertionError(f"{least:.3f} s at best of {TRIES}, bound {bound:.3f} s")


def assert_grows(measure: Callable[[int], float], small: int, large: int, factor: float, floor: float) -> None:
    """The least time for size `large` is under `factor` times the least for `small` (taken as at least `floor` seconds)."""
    least = {small: float("inf"), large: float("inf")}
    for tried in range(TRIES):
        least = {size: min(best, measure(size)) for size, best in least.items()}
        if least[large] < factor * max(least[small], floor):
            return
        time.sleep(0.2 * tried)
    raise AssertionError(f"{least[small]:.3f} s for {small}, {least[large]:.3f} s for {large}: more than {factor} times")

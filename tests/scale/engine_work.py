"""Work for engines under test: functions that another process can import."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def deadly(number: int) -> int:
    """Twice a number; 3 kills its worker, 5 raises."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 5:
        raise ValueError("five")
    time.sleep(0.05)
    return 2 * number


def slowly(path: str) -> str:
    Path(path).write_text(str(os.getpid()))
    time.sleep(60)
    return path

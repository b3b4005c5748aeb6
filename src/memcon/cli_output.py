"""Where a command's result goes: standard output, or a file that appears only when it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from memcon.errors import OutputError

__all__ = ["opened"]


@contextmanager
def opened(output: str | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name only when it is whole."""
    if output is None:
        yield sys.stdout.buffer
        return
    partial = f"{output}.part"
    try:
        if os.path.isdir(output):
            raise OutputError(output, "a folder: name a file to write")
        file = open(partial, "wb")  # noqa: SIM115 — entered below, where its failures are not those of opening
    except OSError as error:
        raise OutputError(output, f"cannot be written: {error.strerror}") from error
    try:
        with file:
            yield file
        os.replace(partial, output)
    except BaseException:
        os.unlink(partial)
        raise

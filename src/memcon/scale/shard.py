"""The work on one shard: a pure function of its bytes, the codebook and the code, whose result appears as one file."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any, Final

import msgspec

from memcon.errors import MemconError, ReadError
from memcon.read.files import Source
from memcon.read.isolate import environment
from memcon.read.reader import Part
from memcon.scale import store
from memcon.scale.plan import Input, Options, Shard, about

__all__ = ["FOLDER", "Done", "Task", "alone", "code"]

FOLDER: Final = "claims"
"""Where, below the folder that the user names, the shards' files lie."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A shard to code, what the user says of its reports, and where the result goes. ``careful``: it has cost a worker already."""

    shard: Shard
    options: Options
    to: str
    careful: bool = False


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """An input as it was read: its name, and the hash of its bytes (of an object in a store: of its tag)."""

    path: str
    sha256: str
    part: Part | None = None


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a shard: its file, whether it was ``new``, what it was made of, and counts of its rows."""

    file: str
    name: str
    new: bool
    inputs: list[Read]
    counts: dict[str, int]


def code(task: Task) -> Done:
    """Code a shard, unless its file is there. Raises `MemconError` where the result cannot be written."""
    from memcon.batch import use_one_thread

    use_one_thread()
    place = store.Place(task.to)
    read = [_read(x) for x in task.shard.inputs]
    tell = {**about(task.options), "inputs": msgspec.to_builtins(read)}
    names = [(x.identifier, x.named) for x in task.shard.inputs]
    name = f"{hashlib.sha256(msgspec.json.encode([tell, names])).hexdigest()[:24]}.parquet"
    from memcon.scale import table

    file = f"{FOLDER}/{name}"
    new = not place.exists(file)
    if new:
        with place.writing(file) as path:
            counts = table.write(path, _items(task), tell)
    else:
        with place.reading(file) as path:
            counts = table.about(path)["counts"]
    return Done(file=name, name=task.shard.name, new=new, inputs=read, counts=counts)


def _read(item: Input) -> Read:
    try:
        return Read(path=item.path, sha256=item.sha256 or (store.stamp(item.path) if item.url else store.sha256_of(item.path)), part=item.part)
    except ReadError:
        return Read(path=item.path, sha256="", part=item.part)  # the reader will say what is wrong


def _items(task: Task) -> Iterator[Any]:
    """What becomes of the shard's reports."""
    from memcon.batch import engine
    from memcon.read import inputs
    from memcon.read.text import Labels

    o = task.options
    with ExitStack() as copies:
        sources = _sources(task.shard.inputs, copies)
        found = inputs.outcomes(sources, Labels(o.published, o.outlet, o.language), sift=o.sift, fields=o.fields)
        # Two processes of its own, so that it is known which report was in hand when one of them dies.
        yield from engine(2 if task.careful else 1)(found)


def _sources(wanted: Sequence[Input], copies: ExitStack) -> Iterator[Source | ReadError]:
    for x in wanted:
        try:
            at = copies.enter_context(store.local_copy(x.path)) if x.url else None
        except ReadError as error:
            yield error
            continue
        yield Source(x.path, x.identifier, named=x.named, at=at, part=x.part)


def alone(task: Task) -> Done:
    """Code a shard that has cost a worker, in a program of its own: a worker may not be allowed children, and what is deadly is best met there."""
    careful = msgspec.structs.replace(task, careful=True)
    command = [sys.executable, "-P", "-m", "memcon.scale.shard"]
    done = subprocess.run(command, input=msgspec.json.encode(careful), capture_output=True, check=False, env=environment())  # noqa: S603 — the command is our own
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
        raise ReadError(task.shard.inputs[0].path, f"its shard cannot be coded: {last or 'the process died'}")
    return msgspec.json.decode(done.stdout, type=Done)


def _main() -> None:
    """One task from standard input, what became of it on standard output."""
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    try:
        done = code(task)
    except MemconError as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(msgspec.json.encode(done))


if __name__ == "__main__":
    _main()

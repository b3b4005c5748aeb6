"""A run of ``memcon code``: the plan's shards through an engine, then the manifest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from memcon.errors import MemconError, ReadError
from memcon.scale import engines, store, table
from memcon.scale.plan import Options, Shard, about
from memcon.scale.shard import FOLDER, Done, Task, alone, code

__all__ = ["MANIFEST", "coded", "items"]

MANIFEST: Final = "manifest.json"


def coded(plan: Sequence[Shard], options: Options, to: str, engine: engines.Engine) -> Iterator[Done | MemconError]:
    """Code all shards of a plan, each yielded when its file is there; then write the manifest, which names the files in the plan's order.

    A shard whose worker dies is done again, with care; an error stands in the place of one that cannot be done, and the manifest then waits for a run
    that ends without one. Raises `MemconError` when nothing can be written.
    """
    place = store.Place(to)
    done: dict[str, Done] = {}
    tasks = [Task(shard=x, options=options, to=to) for x in plan]
    lost: list[Task] = []
    failed = False
    for function, todo in ((code, tasks), (alone, lost)):
        for task, result in engine.map(function, todo):
            if isinstance(result, engines.Lost) and function is code:
                lost.append(task)
                continue
            if isinstance(result, Done):
                done[_key(task.shard)] = result
                yield result
                continue
            failed = True
            yield result if isinstance(result, MemconError) else ReadError(task.shard.inputs[0].path, f"its shard cannot be coded: {type(result).__name__}: {result}")
    if not failed:
        place.sweep(FOLDER)
        _write_manifest(place, options, [done[_key(x)] for x in plan])


def _key(shard: Shard) -> str:
    return msgspec.json.encode(shard).decode()


def _write_manifest(place: store.Place, options: Options, shards: Sequence[Done]) -> None:
    rows = [{"file": x.file, "inputs": x.inputs, "counts": x.counts} for x in shards]
    body = msgspec.json.format(msgspec.json.encode({**about(options), "shards": rows}), indent=1)
    with place.writing(MANIFEST) as path, open(path, "wb") as file:
        file.write(body + b"\n")


class File(msgspec.Struct, frozen=True):
    """A shard's file in a manifest, and how many rows of each kind it has."""

    file: str
    counts: dict[str, int] = {}


class Manifest(msgspec.Struct, frozen=True):
    """The files of the last run that ended, in its order."""

    shards: list[File]


def manifest(where: str) -> Manifest:
    """What was coded into a folder of claims. Raises `ReadError`."""
    place = store.Place(where)
    if not place.exists(MANIFEST):
        what = "its run has not ended: give the command of memcon code again" if place.names(FOLDER) else "no claims here; `memcon code` writes them"
        raise ReadError(where, what)
    try:
        with place.reading(MANIFEST) as path, open(path, "rb") as file:
            told = msgspec.json.decode(file.read(), type=Manifest)
    except (msgspec.MsgspecError, OSError) as error:
        raise ReadError(where, f"its manifest is damaged: give the command of memcon code again ({error})") from error
    for x in told.shards:
        if "/" in x.file or "\\" in x.file or x.file.startswith("."):
            raise ReadError(where, f"its manifest names a file elsewhere: {x.file}")
    return told


def shards(where: str) -> list[str]:
    """The files of the shards in a folder of claims: those of the last run that ended, in its order. Raises `ReadError`."""
    return [x.file for x in manifest(where).shards]


def items(where: str) -> Iterator[table.Item]:
    """What became of all reports of a folder of claims, in the order in which `memcon add` would have met them. Raises `ReadError`."""
    place = store.Place(where)
    for name in shards(where):
        with place.reading(f"{FOLDER}/{name}") as path:
            yield from table.read(path)

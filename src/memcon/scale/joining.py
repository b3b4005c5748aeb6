"""A run of ``memcon join``: claims as Parquet → judgements as Parquet, the same as a ledger makes of the same claims.

Rounds of work (`memcon.scale.rounds`) follow each other; pieces of a round depend on none of each other, so any engine may do them anywhere. A run that
was broken off goes on behind the pieces that are done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from memcon.errors import MemconError, ReadError
from memcon.scale import coding, engines, shuffle
from memcon.scale.plan import code_hash
from memcon.scale.rounds import PEOPLE, Piece, work
from memcon.scale.shard import FOLDER
from memcon.scale.store import Place
from memcon.upkeep import RULES

__all__ = ["join"]

JUDGEMENTS: Final = "judgements"
_WORK: Final = ".work"
_REPORTS: Final = 10_000  # that a bucket is made for
_MOST_BUCKETS: Final = 1_024
_TRIES: Final = 3  # of a piece whose worker dies
Files = dict[str, list[str]]

_TABLES: Final = {
    "merges": pa.schema([("family", pa.string()), ("thing", pa.string()), ("a", pa.string()), ("b", pa.string()), ("score", pa.float64()), ("reason", pa.string()), ("by", pa.string())]),
    "unsure": pa.schema([("family", pa.string()), ("thing", pa.string()), ("among", pa.list_(pa.string()))]),
    "members": pa.schema([("claim", pa.string()), ("document", pa.string()), ("thing", pa.string()), ("node", pa.string())]),
}
"""``merges``: the links that made things of claims (of people: of spellings), with score and reason; ``unsure``: things that may be one; ``members``: the thing of every
claim, of people also the spelling's node."""


def join(claims: str, to: str | None, engine: engines.Engine, each: Callable[[str, int], None] | None = None) -> dict[str, int]:
    """Join the claims of a folder; counts of what was written below ``to`` (else in the folder itself). Raises `MemconError`.

    ``each`` is told of every round when it is done, and of the bytes that it wrote.
    """
    names = [f"{FOLDER}/{x}" for x in dict.fromkeys(coding.shards(claims))]
    told = _counts(claims, names)
    buckets = max(4, min(_MOST_BUCKETS, sum(told.values()) // _REPORTS))
    target = Place(to or claims)
    # Work of other claims, or of other rules, must not be taken for this one's.
    state = hashlib.sha256(msgspec.json.encode([names, RULES, code_hash(), buckets])).hexdigest()[:16]
    rounds = _Rounds(engine, each or _nobody, f"{(to or claims).rstrip('/')}/{_WORK}/{state}", claims, buckets)
    files = rounds.all(_batches(names, told))
    counts = {name: _written(target, Place(rounds.where), name, files[name], buckets) for name in _TABLES}
    target.removed(_WORK)
    return counts


def _counts(claims: str, names: Sequence[str]) -> dict[str, int]:
    """Reports of each file, by the manifest."""
    told = coding.manifest(claims)
    return {f"{FOLDER}/{x.file}": x.counts.get("report", 0) for x in told.shards if f"{FOLDER}/{x.file}" in names}


def _batches(names: Sequence[str], told: Mapping[str, int]) -> list[list[str]]:
    """Files for a piece each, of about as many reports as a bucket is made for."""
    found: list[list[str]] = [[]]
    size = 0
    for name in names:
        if found[-1] and size + told[name] > _REPORTS:
            found.append([])
            size = 0
        found[-1].append(name)
        size += told[name]
    return found


def _nobody(_step: str, _written: int) -> None:
    """Nobody asks how far it is."""


class _Rounds:
    """One run's rounds, in their order."""

    def __init__(self, engine: engines.Engine, each: Callable[[str, int], None], where: str, claims: str, buckets: int) -> None:
        self.engine, self.each = engine, each
        self.where, self.claims, self.buckets = where, claims, buckets

    def all(self, batches: Sequence[list[str]]) -> Files:
        """All rounds; the files of judgements by table."""
        pieces = [self._piece("reports", i, {"claims": names}) for i, names in enumerate(batches)]
        reports = self._done(pieces)
        nodes = self._round("nodes", reports, "spelled")
        persons = self._joined(nodes, PEOPLE)
        known = self._round("people", {**reports, **persons}, "persons", "uses")
        first = self._round("events", {**reports, **known}, "reports", "known")
        joined = self._joined(first, "first")
        meetings = self._round("place", {**reports, **known, **joined}, "reports", "known", "things")
        then = self._joined(meetings, "meetings")
        return {name: [*persons[name], *first.get(name, []), *joined[name], *then[name]] for name in _TABLES}

    def _joined(self, found: Files, family: str) -> Files:
        """Compare, find what hangs together, and cluster it."""
        links = self._round("compare", found, "keys", family=family)
        labels = self._done([self._piece("components", 0, links, family)])
        groups = self._round("gather", {**found, **links, **labels}, "items", "links", "labels", family=family)
        done = self._round("cluster", groups, "groups", family=family)
        return {**done, "members": groups["members"] + done["members"]}

    def _piece(self, step: str, number: int, files: Files, family: str = "") -> Piece:
        return Piece(step=step, number=number, files=files, where=self.where, claims=self.claims, buckets=self.buckets, family=family)

    def _round(self, step: str, files: Files, *roles: str, family: str = "") -> Files:
        wanted = {role: files.get(role, []) for role in roles}
        return self._done([self._piece(step, i, wanted, family) for i in range(self.buckets)])

    def _done(self, pieces: Sequence[Piece]) -> Files:
        """Do the pieces of a round; the files that they wrote, by role, in the pieces' order."""
        todo, done = list(pieces), dict[int, dict[str, str]]()
        for _ in range(_TRIES):
            lost = []
            for piece, result in self.engine.map(work, todo):
                if isinstance(result, engines.Lost):
                    lost.append(piece)
                elif isinstance(result, MemconError):
                    raise result
                elif isinstance(result, Exception):
                    raise ReadError(self.claims, f"cannot be joined ({piece.step} {piece.number}: {type(result).__name__}: {result})") from result
                else:
                    done[piece.number] = result
            todo = lost
        if todo:
            raise ReadError(self.claims, f"cannot be joined: {todo[0].step} {todo[0].number} cost {_TRIES} workers (out of memory?)")
        files: Files = {}
        for number in sorted(done):
            for role, name in done[number].items():
                files.setdefault(role, []).append(name)
        step = f"{pieces[0].step} {pieces[0].family}".strip()
        self.each(step, sum(Place(self.where).size(name) for names in files.values() for name in names))
        return files


def _written(target: Place, place: Place, name: str, files: Sequence[str], buckets: int) -> int:
    """Write one table of judgements, a row group for each bucket; how many rows."""
    count = 0
    with target.writing(f"{JUDGEMENTS}/{name}.parquet") as path, pq.ParquetWriter(path, _TABLES[name], compression="zstd") as writer:
        for bucket in range(buckets):
            rows = list(_rows(name, shuffle.read(place, files, bucket)))
            count += len(rows)
            if rows:
                writer.write_table(pa.Table.from_pylist(rows, schema=_TABLES[name]))
    return count


def _rows(name: str, found: Iterable[tuple[str, list[bytes]]]) -> Iterator[dict[str, Any]]:
    for key, values in found:
        for value in values:
            if name == "members":
                document, thing, *node = value.decode().split()
                yield {"claim": key, "document": document, "thing": thing, "node": node[0] if node else None}
            elif name == "merges":
                family, a, b, score, reason, by = msgspec.json.decode(value)
                yield {"family": family, "thing": key, "a": a, "b": b, "score": score, "reason": reason, "by": by}
            else:
                family, among = msgspec.json.decode(value)
                yield {"family": family, "thing": key, "among": among}

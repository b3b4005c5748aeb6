"""Paths → sources: finds the reports that the user names, gives each its id, and reads their bytes safely.

What is found, and what each report is called, depends on the set of paths only, never on their order.

**Which files.** A file that is named is read, whatever its ending. A folder gives its files that a reader knows by their
ending (``.txt``, ``.html``, ``.warc.gz``, …), folders in it too, hidden names (``.git``) left out. A pattern (``news/*.html``)
gives what it matches. ``-`` is standard input. A file reached twice is read once; a folder reached twice (by a symbolic link)
too. A symbolic link that leads back to a folder above it is a folder loop: an error.

**Ids.** The id of a report is its file name without its ending. Where several reports would share an id, all of them
take the name of their folder before it (``hanoi/talks``); if that is not enough, the ending after it (``hanoi/talks.md``);
then two folders, and so on until all differ. Standard input is ``stdin``.
"""

from __future__ import annotations

import errno
import glob
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import PurePath
from typing import BinaryIO, Final, NamedTuple

from memcon.errors import ReadError, shown
from memcon.read.reader import HEAD, Facts, Part, Raw, raw_bytes
from memcon.read.registry import endings

__all__ = ["STANDARD_INPUT", "Source", "find", "identifiers", "opened", "standard_input"]

LARGEST_INPUT: Final = 200_000_000
"""Bytes of standard input that are taken."""
STANDARD_INPUT: Final = "-"

_URL: Final = "an address on the network, and memcon fetches nothing unless told to: say --fetch"
_KINDS: Final = (
    (stat.S_ISFIFO, "a named pipe, not a file: use - for standard input"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


class Source(NamedTuple):
    """A report to read: where it is, its id, its bytes if they were read already (standard input, a page), what is known of it from outside, and whether it was named itself (not found in a folder).

    ``at`` is where its bytes lie if not at ``path`` (a copy of what an object store holds); ``part`` the stretch of it to read, if not all.
    """

    path: str
    identifier: str
    data: bytes | None = None
    facts: Facts | None = None
    named: bool = True
    at: str | None = None
    part: Part | None = None


class _Folder(NamedTuple):
    """A folder to search: its path as shown, and the real folders that led to it, itself the last."""

    path: str
    trail: tuple[str, ...]


class _Search:
    """One search: the files and errors found so far, by path. Real folders come before those behind links."""

    def __init__(self, skip: str | None) -> None:
        self.found: dict[str, ReadError | None] = {}
        self._skip = skip
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._links: list[_Folder] = []
        self._given: list[str] = []
        self._endings = endings()
        self.walked: set[str] = set()

    def run(self, paths: Iterable[str]) -> None:
        """Find all reports under ``paths``."""
        for path in sorted(set(paths)):
            if path == STANDARD_INPUT:
                self.found[path] = None
            else:
                self._named(path)
        while self._links:
            waiting, self._links = sorted(self._links), []
            for folder in waiting:
                self._walk(folder)
        bare = [x for x in self._given if self._is_bare(x)]
        known = ", ".join(f"*{x}" for x in self._endings)
        self.found.update((x, ReadError(x, f"no report in this folder ({known})")) for x in bare)

    def _named(self, path: str) -> None:
        """A path that the user gave."""
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            if not self._matching(path):
                self.found[path] = ReadError(path, _URL if path.startswith(("http://", "https://")) else _trouble(error))
            return
        if stat.S_ISDIR(mode):
            self._given.append(path)
            self._walk(_Folder(path, (os.path.realpath(path),)))
        else:
            self._file(path, mode)

    def _matching(self, pattern: str) -> bool:
        """Take all that a pattern matches, as if it had been named; whether there is any."""
        matches = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) and "\0" not in pattern else []
        for path in matches:
            self._named(path)
        return bool(matches)

    def _is_bare(self, folder: str) -> bool:
        """Whether nothing, not even an error, was found under the folder."""
        inside = os.path.join(os.path.abspath(folder), "")
        if any(os.path.abspath(x).startswith(inside) for x in self.found):
            return False
        # Its reports may have been found under the name of a link.
        real = os.path.join(os.path.realpath(folder), "")
        return folder not in self.found and not any(os.path.realpath(x).startswith(real) for x in self.found)

    def _file(self, path: str, mode: int) -> None:
        absolute = os.path.abspath(path)
        if absolute in self._files:
            return
        self._files.add(absolute)
        self.found[path] = _not_regular(path, mode)

    def _walk(self, top: _Folder) -> None:
        """All reports under a folder; a stack, not recursion, so that depth costs nothing."""
        stack = [top]
        while stack:
            folder = stack.pop()
            if folder.trail[-1] in self._folders:
                continue
            self._folders.add(folder.trail[-1])
            try:
                with os.scandir(folder.path) as entries:
                    listed = sorted(entries, key=lambda x: x.name)
            except OSError as error:
                self.found[folder.path] = ReadError(folder.path, _trouble(error))
                continue
            stack.extend(x for entry in listed if (x := self._entry(entry, folder)) is not None)

    def _entry(self, entry: os.DirEntry[str], folder: _Folder) -> _Folder | None:
        """Note a report, or a link for later; a real folder is given back."""
        if entry.name.startswith("."):
            return None
        is_report = entry.name.lower().endswith(self._endings)
        try:
            mode = entry.stat().st_mode
        except OSError as error:
            # A broken link is the user's concern only where a report, or a loop, hides behind it.
            if is_report or not isinstance(error, FileNotFoundError):
                self.found[entry.path] = ReadError(entry.path, _trouble(error))
            return None
        if not stat.S_ISDIR(mode):
            if is_report and os.path.abspath(entry.path) != self._skip:
                self.walked.add(entry.path)
                self._file(entry.path, mode)
            return None
        if not entry.is_symlink():
            return _Folder(entry.path, (*folder.trail, os.path.join(folder.trail[-1], entry.name)))
        self._link(entry.path, folder)
        return None

    def _link(self, path: str, folder: _Folder) -> None:
        """A symbolic link to a folder: followed after the real folders, unless it leads back."""
        target = os.path.realpath(path)
        above = {str(x) for real in folder.trail for x in (real, *PurePath(real).parents)}
        if target in above:
            self.found[path] = ReadError(path, f"folder loop: this link leads back to {shown(target)}; not followed")
        else:
            self._links.append(_Folder(path, (*folder.trail, target)))


def find(paths: Iterable[str], *, skip: str | None = None, data: bytes = b"") -> list[Source | ReadError]:
    """The reports that ``paths`` name, sorted by path, with an error in the place of each that cannot be one.

    ``skip`` is a file that folders pass over (the program's own output); ``data`` is what standard input held.
    """
    search = _Search(os.path.abspath(skip) if skip else None)
    search.run(paths)
    ids = identifiers([p for p, error in search.found.items() if error is None])
    out: list[Source | ReadError] = []
    for path in sorted(search.found):
        error = search.found[path]
        out.append(error if error is not None else Source(path, ids[path], data if path == STANDARD_INPUT else None, named=path not in search.walked))
    return out


def identifiers(paths: Sequence[str]) -> Mapping[str, str]:
    """An id for each of several different paths, by the rule in this module's head.

    >>> dict(identifiers(["a/talks.txt", "b/talks.txt", "b/call.txt"]))
    {'a/talks.txt': 'a/talks', 'b/talks.txt': 'b/talks', 'b/call.txt': 'call'}
    """
    names = {path: _names(path) for path in paths}
    chosen = {path: next(options) for path, options in names.items()}
    while True:
        uses = Counter(chosen.values())
        clashing = [path for path, name in chosen.items() if uses[name] > 1]
        if not clashing:
            return chosen
        for path in clashing:
            chosen[path] = next(names[path])


def _names(path: str) -> Iterator[str]:
    """Names of a report, ever longer and, from the length of its path on, numbered by nothing but itself."""
    if path == STANDARD_INPUT:
        yield "stdin"
        yield from (f"stdin-{i}" for i in count(2))
    whole = PurePath(os.path.abspath(path))
    parts = [shown(x) for x in whole.parts]
    yield shown(whole.stem)
    for depth in range(2, len(parts) + 1):
        folders = parts[-depth:-1]
        yield "/".join((*folders, shown(whole.stem)))
        yield "/".join((*folders, shown(whole.name)))
    # Two spellings of one absolute path never get here: `find` reads a file once.
    yield from (f"{whole}#{i}" for i in count(2))


@contextmanager
def opened(source: Source) -> Iterator[Raw]:
    """The bytes of ``source``, open to be read. Raises `ReadError` with what is wrong, in a line for people."""
    if source.data is not None:
        yield raw_bytes(
            source.data, "standard input" if source.path == STANDARD_INPUT else shown(source.path), source.identifier, _ending(source.path), source.facts)
        return
    with _file(source.at or source.path) as file:
        try:
            size = os.fstat(file.fileno()).st_size
            head = file.read(HEAD)
            file.seek(0)
        except OSError as error:
            raise ReadError(source.path, _trouble(error)) from error
        yield Raw(shown(source.path), source.identifier, file, size, head, _ending(source.path), Facts(), source.part)


def standard_input() -> bytes:
    """What standard input holds. Raises `ReadError` when that is too much."""
    data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
    if len(data) > LARGEST_INPUT:
        raise ReadError("standard input", f"more than {LARGEST_INPUT / 1e6:,.0f} MB: save it as a file and name that")
    return data


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _file(path: str) -> BinaryIO:
    """A regular file, open to be read."""
    try:
        # Looked at before it is opened (opening some devices acts on them), and again after: it may have been exchanged.
        # Without O_NONBLOCK, opening a pipe that nobody writes to waits for ever.
        if (odd := _not_regular(path, os.stat(path).st_mode)) is not None:
            raise odd
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        file = open(handle, "rb")  # noqa: SIM115 — the caller closes it
    except (OSError, ValueError) as error:
        raise ReadError(path, _trouble(error)) from error
    if (odd := _not_regular(path, os.fstat(handle).st_mode)) is not None:
        file.close()
        raise odd
    return file


def _not_regular(path: str, mode: int) -> ReadError | None:
    """What is wrong with a path that is no regular file."""
    if stat.S_ISREG(mode):
        return None
    return ReadError(path, next((what for test, what in _KINDS if test(mode)), "not a regular file"))


def _trouble(error: OSError | ValueError) -> str:
    """An error of the operating system, as words for people."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, OSError) and error.errno is not None:
        if error.errno == errno.ELOOP:
            return "folder loop: symbolic links that lead to each other"
        return error.strerror or errno.errorcode.get(error.errno, "cannot be read")
    return str(error)

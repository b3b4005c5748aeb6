"""Places that the user names: folders, and object stores by their URL. Files appear there whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from memcon.errors import MemconError, OutputError, ReadError, shown

__all__ = ["Place", "is_url", "local_copy", "matching", "sha256_of", "stamp"]

SCHEMES: Final = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "oci", "hdfs", "file", "memory")
"""Schemes of URLs that are taken. Web addresses are not among them: those are fetched politely or not at all (memcon add --fetch)."""
_URL: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_BLOCK: Final = 1 << 20
_TAGS: Final = ("etag", "generation", "md5hash", "checksum")  # what stores tell of an object's bytes, and of its time, in small letters
_TIMES: Final = ("lastmodified", "last_modified", "mtime", "updated", "modified", "created")
_LARGEST: Final = 200_000_000_000  # bytes of an object that is copied here to be read


def is_url(path: str) -> bool:
    """Whether a path is an address rather than a file's name. Raises `ReadError` for addresses that are not taken."""
    match = _URL.match(path)
    if match is None:
        return False
    if "::" in path or match[1].lower() not in SCHEMES:
        web = "a web address: download it first, or add its page with memcon add --fetch" if match[1].lower() in ("http", "https") else "no object store that memcon knows"
        raise ReadError(path, f"{web} (taken are {', '.join(f'{s}://' for s in SCHEMES)})")
    return True


def _system(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it. Raises `ReadError` where its package is missing or it cannot be reached."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise ReadError(url, "object stores need fsspec: install memcon[scale]") from error
    try:
        found: tuple[Any, str] = url_to_fs(url)
    except ImportError as error:
        raise ReadError(url, f"its package is not installed: {error}") from error
    except Exception as error:
        raise _trouble(url, error) from error
    return found


def _trouble(url: str, error: Exception) -> ReadError:
    what = "no such object" if isinstance(error, FileNotFoundError) else f"cannot be read ({type(error).__name__}: {error})"
    return ReadError(url, what)


def matching(url: str, endings: tuple[str, ...]) -> list[str]:
    """The objects that a URL names, sorted: itself, those below it with one of some endings, or those that a pattern matches. Raises `ReadError`."""
    system, path = _system(url)
    try:
        if "*" in path:
            found = [x for x in system.glob(path) if system.isfile(x)]
        elif system.isdir(path):
            found = [x for x in system.find(path) if x.lower().endswith(endings) and "/." not in x]
        else:
            found = [path] if system.isfile(path) else []
    except Exception as error:
        raise _trouble(url, error) from error
    if not found:
        raise ReadError(url, "no object there that memcon can read")
    return sorted(str(system.unstrip_protocol(x)) for x in found)


def stamp(url: str) -> str:
    """What tells one state of an object from another, without fetching it: its tag, or its size and time. Raises `ReadError`.

    Not fsspec's own ``ukey``: for some stores it is made of all that is known of an object, which is more after its folder was listed than in a worker that
    asks for the object alone.
    """
    system, path = _system(url)
    try:
        known = {str(k).lower(): v for k, v in system.info(path).items()}
        told = next((str(known[k]).strip('"') for k in _TAGS if known.get(k)), None) or next((str(known[k]) for k in _TIMES if known.get(k)), None)
        return hashlib.sha256(f"{known.get('size')} {told or system.ukey(path)}".encode()).hexdigest()
    except Exception as error:
        raise _trouble(url, error) from error


@contextmanager
def local_copy(url: str) -> Iterator[str]:
    """A copy of an object in a file here, for as long as it is needed. Raises `ReadError`."""
    system, path = _system(url)
    with tempfile.TemporaryDirectory(prefix="memcon-") as folder:
        # Its own name is a stranger's: only the ending is kept.
        target = os.path.join(folder, "object")
        try:
            size = system.info(path).get("size") or 0
            if size > _LARGEST:
                raise ReadError(url, f"{size / 1e9:,.0f} GB, {_LARGEST / 1e9:,.0f} GB at most: split it")
            system.get_file(path, target)
        except MemconError:
            raise
        except Exception as error:
            raise _trouble(url, error) from error
        yield target


def sha256_of(path: str, start: int = 0, stop: int | None = None) -> str:
    """The hash of a file's bytes, or of a stretch of them. Raises `ReadError`."""
    tool = hashlib.sha256()
    left = stop - start if stop is not None else None
    try:
        with open(path, "rb") as file:
            file.seek(start)
            while left is None or left > 0:
                block = file.read(_BLOCK if left is None else min(_BLOCK, left))
                if not block:
                    break
                tool.update(block)
                left = None if left is None else left - len(block)
    except OSError as error:
        raise ReadError(path, error.strerror or "cannot be read") from error
    return tool.hexdigest()


class Place:
    """A folder to write to and to read from, here or in an object store. Raises `OutputError`."""

    def __init__(self, where: str) -> None:
        self.where = where
        self._url = is_url(where)

    def _at(self, name: str) -> str:
        return f"{self.where.rstrip('/')}/{name}" if self._url else os.path.join(self.where, name)

    def exists(self, name: str) -> bool:
        """Whether a file is there; if so, it is whole."""
        if not self._url:
            return os.path.isfile(self._at(name))
        system, path = _system(self._at(name))
        return bool(system.isfile(path))

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, sorted; those in the making are left out."""
        if not self._url:
            try:
                return sorted(x for x in os.listdir(self._at(folder)) if not x.startswith("."))
            except FileNotFoundError:
                return []
        system, path = _system(self._at(folder))
        return sorted(str(x).rsplit("/", 1)[-1] for x in system.find(path, maxdepth=1)) if system.isdir(path) else []

    @contextmanager
    def writing(self, name: str) -> Iterator[str]:
        """A file here to write; when the block ends without an error it takes its name, as a whole."""
        target = self._at(name)
        if self._url:
            with tempfile.TemporaryDirectory(prefix="memcon-") as folder:
                made = os.path.join(folder, "file")
                yield made
                system, path = _system(target)
                try:
                    system.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
                    system.put_file(made, path)
                except Exception as error:
                    raise OutputError(target, f"cannot be written ({type(error).__name__}: {error})") from error
            return
        folder = os.path.dirname(target)
        try:
            os.makedirs(folder, exist_ok=True)
            # Other workers may be writing the same: each has its own name, and the last one to finish gives it the same bytes.
            handle, made = tempfile.mkstemp(prefix=f".{os.path.basename(target)}.", suffix=".part", dir=folder)
            os.close(handle)
        except OSError as error:
            raise OutputError(target, f"cannot be written: {error.strerror}") from error
        try:
            yield made
            os.chmod(made, 0o666 & ~_umask())
            _synced(made)
            os.replace(made, target)
            _synced(folder)
        except OSError as error:
            raise OutputError(target, f"cannot be written: {error.strerror}") from error
        finally:
            Path(made).unlink(missing_ok=True)

    @contextmanager
    def reading(self, name: str) -> Iterator[str]:
        """A path here at which a file's bytes can be read. Raises `ReadError`."""
        if not self._url:
            yield self._at(name)
            return
        with local_copy(self._at(name)) as path:
            yield path

    @contextmanager
    def opened(self, name: str) -> Iterator[Any]:
        """A file to read parts of, without fetching the rest where it lies in an object store. Raises `ReadError`."""
        target = self._at(name)
        try:
            with open(target, "rb") if not self._url else _system(target)[0].open(_system(target)[1], "rb") as file:
                yield file
        except OSError as error:
            raise ReadError(target, f"cannot be read ({error})") from error

    def size(self, name: str) -> int:
        """Bytes of a file that is there."""
        if not self._url:
            return os.path.getsize(self._at(name))
        system, path = _system(self._at(name))
        return int(system.size(path) or 0)

    def removed(self, folder: str) -> None:
        """Remove a folder with all that is in it."""
        if self._url:
            system, path = _system(self._at(folder))
            if system.exists(path):
                system.rm(path, recursive=True)
        else:
            shutil.rmtree(self._at(folder), ignore_errors=True)

    def sweep(self, folder: str) -> None:
        """Remove what broken-off writers left behind of files that are there whole by now."""
        if self._url:
            return
        for name in os.listdir(self._at(folder)) if os.path.isdir(self._at(folder)) else ():
            whole = name[1:].rsplit(".", 2)[0]
            if name.startswith(".") and name.endswith(".part") and self.exists(f"{folder}/{whole}"):
                Path(self._at(folder), name).unlink(missing_ok=True)

    def __str__(self) -> str:
        return shown(self.where)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _synced(path: str) -> None:
    """Have the system write a file or a folder down, so that a name never stands before its bytes when the power goes."""
    if not os.path.isdir(path) or hasattr(os, "O_DIRECTORY"):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

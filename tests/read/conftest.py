"""Inputs made in memory, and what readers make of them."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from memcon.errors import ReadError
from memcon.model import Document
from memcon.read.expand import Bounds, Outcome, expand
from memcon.read.reader import Facts, raw_bytes
from memcon.read.registry import readers
from memcon.read.text import NO_LABELS, Labels


@pytest.fixture
def packed(bench: Callable[[str], ModuleType]) -> ModuleType:
    return bench("packed")


def look(
    data: bytes,
    name: str = "x",
    *,
    sift: bool = False,
    fields: dict[str, str] | None = None,
    facts: Facts | None = None,
    labels: Labels = NO_LABELS,
    bounds: Bounds | None = None,
) -> list[Outcome]:
    """All that is in an input of that name, read in this process."""
    dot = name.rfind(".")
    raw = raw_bytes(data, name, name[:dot] if dot > 0 else name, name[dot:] if dot > 0 else "", facts)
    return list(expand(raw, readers(fields), labels, sift=sift, bounds=bounds))


def one(data: bytes, name: str = "x", **how: object) -> Document:
    """The one report in an input."""
    (found,) = look(data, name, **how)  # type: ignore[arg-type]
    assert isinstance(found, Document), found
    return found


def wrong(data: bytes, name: str = "x", **how: object) -> str:
    """What is wrong with an input that holds no report; it is said in one line."""
    (found,) = look(data, name, **how)  # type: ignore[arg-type]
    assert isinstance(found, ReadError), found
    assert len(str(found).splitlines()) == 1
    return found.what

"""Inputs made in memory, and what readers make of them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from memcon.errors import ReadError
from memcon.model import Document
from memcon.read.expand import Bounds, Outcome, expand
from memcon.read.reader import Facts, raw_bytes
from memcon.read.registry import readers
from memcon.read.text import NO_LABELS, Labels

ROOT = Path(__file__).resolve().parents[2]
Look = Callable[..., list[Outcome]]


@cache
def bench_module(name: str) -> ModuleType:
    """A module of bench/, which finds its neighbours there."""
    folder = str(ROOT / "bench")
    if folder not in sys.path:
        sys.path.append(folder)
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / "bench" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def packed() -> ModuleType:
    return bench_module("packed")


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

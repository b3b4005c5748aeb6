"""Reads the codebook: the YAML that holds the ontology and every word list that depends on a language."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def table(folder: str, language: str) -> dict[str, Any]:
    """The parsed ``data/<folder>/<language>.yaml``.

    Raises:
        FileNotFoundError: the codebook has no such table.
    """
    path = files("memcon.codebook") / "data" / folder / f"{language}.yaml"
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader either way
    return dict(loaded or {})


@cache
def folders(group: str) -> tuple[str, ...]:
    """The entries of a group ("acts", "meetings", "visits", "agreements", "statuses"), sorted by name."""
    root = files("memcon.codebook") / "data" / group
    return tuple(sorted(entry.name for entry in root.iterdir() if entry.is_dir()))

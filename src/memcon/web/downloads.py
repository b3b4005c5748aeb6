"""Files of the lists, in whatever formats memcon can write."""

from __future__ import annotations

import importlib.util

__all__ = ["formats"]


def formats(family: str) -> list[tuple[str, str]]:
    """Name and description of each format that can hold a list."""
    if importlib.util.find_spec("memcon.export.formats") is None:
        return []
    from memcon.export.formats import FORMATS  # type: ignore[import-not-found]

    return [(f.name, f.description) for f in FORMATS.values() if family in f.lists and f.available]

"""ISO 3166-1 alpha-3 codes, by which data sets on countries are joined. ``data/iso3.json`` is built by ``tools/build_country_codes.py``."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import cast

__all__ = ["iso3"]


@cache
def _table() -> dict[str, str]:
    return cast("dict[str, str]", json.loads(files("memcon.langs").joinpath("data/iso3.json").read_text(encoding="utf-8")))


def iso3(iso2: str | None) -> str | None:
    """The three-letter code of a country; None for None or for a code that is none.

    >>> iso3("VN"), iso3(None)
    ('VNM', None)
    """
    return _table().get(iso2) if iso2 else None

"""Writes ``src/memcon/langs/data/iso3.json``: ISO 3166-1 alpha-3 of each alpha-2 code that memcon knows, from CLDR's aliases (Babel).

    uv run --with babel python tools/build_country_codes.py

A code that stood for a dissolved state, or for a country under a former name, is none of a country of today.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel.core import get_global

from memcon.langs import places

TARGET = Path(__file__).resolve().parents[1] / "src" / "memcon" / "langs" / "data" / "iso3.json"
FORMER = frozenset(("BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"))
DISSOLVED = {"CS": "SCG", "DD": "DDR", "SU": "SUN", "YU": "YUG"}


def table() -> dict[str, str]:
    """alpha-2 → alpha-3."""
    found = dict(DISSOLVED)
    for code, now in get_global("territory_aliases").items():
        if len(code) == 3 and code.isalpha() and len(now) == 1 and code not in FORMER and places.country(now[0]):
            assert now[0] not in found, (code, now)
            found[now[0]] = code
    missing = sorted(set(places.countries()) - set(found))
    assert not missing, missing
    return dict(sorted(found.items()))


if __name__ == "__main__":
    TARGET.write_text(json.dumps(table(), indent=0) + "\n", encoding="utf-8")

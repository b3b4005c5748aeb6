"""Writes ``tests/export/formats/ftm_model.json``: the part of FollowTheMoney's model that memcon's entities use, so that tests need not the library.

uv run --group ftm python tools/build_ftm_model.py
"""

from __future__ import annotations

import json
from pathlib import Path

from followthemoney import model

TARGET = Path(__file__).resolve().parents[1] / "tests" / "export" / "formats" / "ftm_model.json"
USED = {
    "Person": "name alias country position sourceUrl",
    "Organization": "name country sourceUrl",
    "Position": "name organization country",
    "Occupancy": "holder post date summary proof",
    "Article": "title fileName publisher publishedAt language sourceUrl processedAt processingAgent",
    "Event": "name organizer involved country location startDate endDate date keywords proof summary notes recordId sourceUrl modifiedAt",
    "Documentation": "document entity role date summary recordId",
}


def table() -> dict[str, object]:
    """Schema → what must be there, which schemata it is, and type and range of the properties used."""
    found: dict[str, object] = {}
    for name, used in USED.items():
        schema = model.get(name)
        assert schema is not None
        properties = {p: [q.type.name, q.range.name if q.range else None] for p in used.split() for q in (schema.properties[p],)}
        found[name] = {"required": sorted(schema.required), "is": sorted(s.name for s in schema.schemata), "properties": properties}
    return found


if __name__ == "__main__":
    TARGET.write_text(json.dumps(table(), indent=1) + "\n", encoding="utf-8")

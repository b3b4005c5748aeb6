"""A small codebook on disk that holds, for tests to spoil."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Spoil = Callable[[dict[str, Any], dict[str, Any]], None]

DEFINITION: dict[str, Any] = {
    "name": "thank",
    "label": "thanked",
    "class": "expressive",
    "definition": "Somebody gives thanks.",
    "source": "annotation guide",
    "plover": {"event": "SUPPORT", "mode": None, "quad": "verbal cooperation"},
    "cameo": "050",
    "cameo_name": "Engage in diplomatic cooperation",
    "order": 10,
    "notes": None,
}
WORDS: dict[str, Any] = {
    "patterns": [{"id": "thank", "match": "thank", "object": "addressee"}, {"id": "give-thanks", "match": "give ~2 thanks"}],
    "examples": ["{speaker:Minister Aino Lund} {cue:thanked} {addressee:Minister Tomas Okello}.", "Warm thanks were {cue:given} by {speaker:Minister Aino Lund}."],
    "counter_examples": [{"text": "Thanks to the port, exports grew.", "why": "thanks to means because of"}],
}


@pytest.fixture
def codebook(tmp_path: Path) -> Callable[[Spoil], Path]:
    """Writes the small codebook, spoiled as told, and gives its folder."""

    def write(spoil: Spoil) -> Path:
        definition, words = copy.deepcopy(DEFINITION), copy.deepcopy(WORDS)
        spoil(definition, words)
        folder = tmp_path / "acts" / "thank"
        folder.mkdir(parents=True)
        (folder / "definition.yaml").write_text(yaml.safe_dump(definition, allow_unicode=True), encoding="utf-8")
        (folder / "en.yaml").write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
        return tmp_path

    return write

"""The documentation's codebook pages, and the pending marks' tool."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from memcon.checking import Result

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def _tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_are_those_of_the_data() -> None:
    assert _tool("build_codebook_pages").stale() == [], "run tools/build_codebook_pages.py"


def test_a_page_that_differs_is_found(tmp_path: Path) -> None:
    tool = _tool("build_codebook_pages")
    for name, text in tool.pages().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert tool.stale(tmp_path) == []
    (tmp_path / "acts.md").write_text("old", encoding="utf-8")
    (tmp_path / "visits.md").unlink()
    (tmp_path / "gone.md").write_text("", encoding="utf-8")
    assert tool.stale(tmp_path) == ["acts.md", "gone.md", "visits.md"]


def test_a_page_shows_marks_reasons_and_codes() -> None:
    page = _tool("build_codebook_pages").pages()["acts.md"]
    assert "**thanked**<sub>cue</sub>" in page
    assert "- CAMEO: " in page
    assert "- PLOVER: " in page
    assert "*Thanks to means because of.*" in page


@pytest.mark.parametrize(
    ("line", "result", "after"),
    [
        ('  - "{cue:Hm} “x”."', Result("e", "{cue:Hm} “x”.", False, "c", "fault"), {"text": "{cue:Hm} “x”.", "pending": "why"}),
        ('  - {text: "{cue:Hm}.", pending: "old"}', Result("e", "{cue:Hm}.", False, "", "", "old"), "{cue:Hm}."),
        ('  - {text: "Hm.", why: "w"}', Result("e", "Hm.", True, "c", "fault"), {"text": "Hm.", "why": "w", "pending": "why"}),
        ('  - {text: "Hm.", why: "w", pending: "old"}', Result("e", "Hm.", True, "", "", "old"), {"text": "Hm.", "why": "w"}),
        ('  - {text: "Hm.", why: "w"}', Result("e", "Hm.", True), {"text": "Hm.", "why": "w"}),
    ],
)
def test_marks_are_settled_line_by_line(line: str, result: Result, after: object) -> None:
    settled = _tool("settle_pending").settle(["examples:", line], [result], "why")
    assert yaml.safe_load("\n".join(settled)) == {"examples": [after]}

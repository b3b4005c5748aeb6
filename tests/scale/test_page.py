"""docs/scale.md says what bench/scale.py reckons."""

from __future__ import annotations

from typing import Any


def test_the_page_is_that_of_the_figures(bench: Any) -> None:
    scale = bench("scale")
    text = scale.PAGE.read_text(encoding="utf-8")
    assert scale.page(text) == text, "run `uv run python bench/scale.py --write`"
    assert f"{1000 * scale.READ:.0f} ms" in text

"""One door to all formats."""

from __future__ import annotations

import sys
import types

import pytest

from memcon.export import FORMATS, render

from .conftest import Report, sentences


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("memcon.run")
    module.__dict__["sentence_index"] = sentences
    monkeypatch.setitem(sys.modules, "memcon.run", module)


def test_formats(report: Report) -> None:
    made = {form: render(form, report.document, report.memorandum) for form in FORMATS}
    assert made["text"].startswith("MEMORANDUM  r1\n")
    assert made["jsonl"].startswith('{"id":"r1",')
    assert made["html"].startswith('<article id="r0"')


def test_no_such_format(report: Report) -> None:
    with pytest.raises(ValueError, match="no format 'docx': one of text, jsonl, html"):
        render("docx", report.document, report.memorandum)

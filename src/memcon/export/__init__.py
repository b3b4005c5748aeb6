"""Memorandum → words: one module a format, each rendering one report at a time."""

from __future__ import annotations

from memcon.model import Document, Memorandum

__all__ = ["FORMATS", "render"]

FORMATS = ("text", "jsonl", "html")
"""Names of the formats, the default first."""


def render(form: str, document: Document, memorandum: Memorandum, *, number: int = 0, width: int = 80, styled: bool = False) -> str:
    """One report in the format ``form``. ``number`` is its place in the batch, from 0; ``width`` is in characters.

    Raises ``ValueError`` for a format that is not one of `FORMATS`.
    """
    if form == "jsonl":
        from memcon.export import jsonl

        return jsonl.line(memorandum)
    # The sentences are numbered by the engine, so that every format counts them alike.
    from memcon.run import sentence_index

    sentences = sentence_index(document.text)
    if form == "text":
        from memcon.export import text

        return text.memorandum(document, memorandum, sentences, width=width, styled=styled)
    if form == "html":
        from memcon.export import html

        return html.article(document, memorandum, sentences, number=number)
    raise ValueError(f"no format {form!r}: one of {', '.join(FORMATS)}")

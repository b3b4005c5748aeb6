"""Paths → everything in them: plain text is read here, all other formats in a watched process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from memcon.errors import ReadError
from memcon.read.expand import Outcome, expand
from memcon.read.fields import FieldMap
from memcon.read.files import Source, opened
from memcon.read.isolate import Isolated, Job
from memcon.read.registry import identify, readers
from memcon.read.text import NO_LABELS, Labels

__all__ = ["outcomes"]


def outcomes(
    sources: Iterable[Source | ReadError], labels: Labels = NO_LABELS, *, sift: bool = False, fields: FieldMap | None = None
) -> Iterator[Outcome]:
    """What is in all ``sources``, in order. An error stands in the place of what cannot be read; nothing is raised for an input."""
    known = readers(fields)
    with Isolated() as apart:
        for source in sources:
            if isinstance(source, ReadError):
                yield source
                continue
            try:
                with opened(source) as raw:
                    here = identify(raw, known).safe
                    if here:
                        yield from expand(raw, known, labels, sift=sift)
            except ReadError as error:
                yield error
                continue
            if not here:
                job = Job(path=os.fsencode(source.path), identifier=source.identifier, data=source.data, published=labels.published, outlet=labels.outlet, language=labels.language, fields=dict(fields or {}), sift=sift)  # fmt: skip
                yield from apart.outcomes(job)

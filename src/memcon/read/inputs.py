"""Paths → everything in them: plain text is read here, all other formats in a watched process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import nullcontext

from memcon.errors import ReadError
from memcon.read.expand import Outcome, expand
from memcon.read.fields import FieldMap
from memcon.read.files import Source, opened
from memcon.read.isolate import Isolated, Job
from memcon.read.registry import identify, readers
from memcon.read.text import NO_LABELS, Labels

__all__ = ["outcomes"]


def outcomes(
    sources: Iterable[Source | ReadError], labels: Labels = NO_LABELS, *, sift: bool = False, fields: FieldMap | None = None, apart: Isolated | None = None
) -> Iterator[Outcome]:
    """What is in all ``sources``, in order. An error stands in the place of what cannot be read; nothing is raised for an input.

    ``apart`` is a process to read in, for those who read often; else one is started when it is needed and ended at the end.
    """
    known = readers(fields)
    with Isolated() if apart is None else nullcontext(apart) as process:
        for source in sources:
            if isinstance(source, ReadError):
                yield source
                continue
            try:
                with opened(source) as raw:
                    here = identify(raw, known).safe
                    if here:
                        yield from expand(raw, known, labels, sift=sift, named=source.named)
            except ReadError as error:
                yield error
                continue
            if not here:
                job = Job(path=os.fsencode(source.path), identifier=source.identifier, data=source.data, facts=source.facts, named=source.named, published=labels.published, outlet=labels.outlet, language=labels.language, fields=dict(fields or {}), sift=sift, at=os.fsencode(source.at) if source.at else None, part=source.part)  # fmt: skip
                yield from process.outcomes(job)

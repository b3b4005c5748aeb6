"""Memorandum → one line of JSON, in the shape and order of the annotation guide.

The keys of the guide come first, then what memcon adds: ``evidence`` (``start``, ``end`` and ``fields``, a map from
field to ``[start, end]`` pairs), ``derivation``, ``rule``; for the whole report ``outlet``, ``issues``, ``version``.
``docs/schema/memorandum.schema.json`` describes a line.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import msgspec

from memcon.model import Memorandum, Record, Statement

__all__ = ["LINE_ENDS", "keys", "line"]

_LAST: Final[dict[type, tuple[str, ...]]] = {Memorandum: ("outlet", "issues", "version"), Statement: ("text",)}
"""Fields that the guide does not know, by record, to be moved behind those that it does."""
# str.splitlines breaks at these too, and JSON need not escape them: a reader that uses it would find half lines.
LINE_ENDS: Final = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def line(memorandum: Memorandum) -> str:
    """The memorandum as one JSON object, without spaces, on a line that ends in a newline."""
    return msgspec.json.encode(_plain(memorandum)).decode("utf-8").translate(LINE_ENDS) + "\n"


@cache
def keys(kind: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """Field and JSON key of a record, in the order of a line.

    >>> from memcon.model import Position
    >>> [key for _, key in keys(Position)]
    ['title', 'organization', 'evidence', 'derivation', 'rule']
    """
    fields = {x.name: x.encode_name for x in msgspec.structs.fields(kind)}
    common = [x.name for x in msgspec.structs.fields(Record)] if issubclass(kind, Record) else []
    last = [*_LAST.get(kind, ()), *common]
    return tuple((x, fields[x]) for x in [*(x for x in fields if x not in last), *last])


def _plain(value: Any) -> Any:
    """Records as dictionaries in the order of `keys`, all the way down."""
    if isinstance(value, msgspec.Struct):
        return {key: _plain(getattr(value, field)) for field, key in keys(type(value))}
    if isinstance(value, list):
        return [_plain(x) for x in value]
    if isinstance(value, dict):
        return {key: _plain(value[key]) for key in sorted(value)}
    return value

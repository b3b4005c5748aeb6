"""Which date of a sentence belongs to an event, and what it decides to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from memcon.extract.draft import When
from memcon.mentions import Item, Sentence
from memcon.model import Span

_EVENT_KINDS = frozenset(("day", "weekday", "month", "range", "same_day", "anchored", "relative", "day_of_visit", "year"))
_BACKGROUND = frozenset(("since", "until", "till", "by", "before"))


@dataclass(slots=True)
class Clock:
    """Decides dates in text order; remembers the last dated event for "the same day"."""

    decide: Callable[..., Any]  # annotate.calendar.decide, bound to the report's context
    anchor: Any = None
    conflicts: list[tuple[str, Span]] = field(default_factory=list)
    today: str | None = None  # EDTF of the day of the report

    def of(self, item: Item, future: bool | None) -> When:
        """The time that a date item means. ``future`` as in ``annotate.calendar.decide``."""
        decided = self.decide(item.ref, future=future, anchor=self.anchor)
        spans = (Span(item.start, item.end), *(Span(*p) for p in decided.rests_on if tuple(p) != (item.start, item.end)))
        if decided.conflict:
            self.conflicts.append((decided.conflict, Span(item.start, item.end)))
        if decided.start and not future:
            self.anchor = decided
        return When(decided.start, decided.end, decided.derivation, spans, decided.conflict)

    def near(self, s: Sentence, at: int, future: bool | None, strict: bool = False) -> When | None:
        """The time of the event whose trigger is item ``at``: the nearest date in its clause, or None if it has none.

        ``strict`` leaves out dates behind a clause border.
        """
        best: tuple[int, int] | None = None
        for k in range(len(s.items)):
            if not self._tells(s, k):
                continue
            walls = self._walls(s, at, k)
            if strict and walls > (1 if k < at else 0):
                continue
            distance = abs(k - at) + 12 * walls
            if best is None or distance < best[0]:
                best = (distance, k)
        return self.of(s.items[best[1]], future) if best is not None else None

    def tells(self, s: Sentence, k: int) -> bool:
        """Whether item ``k`` is a date that can be an event's own."""
        return self._tells(s, k)

    def _tells(self, s: Sentence, k: int) -> bool:
        item = s.items[k]
        if item.kind != "date" or item.quoted:
            return False
        when: Any = item.ref
        if when.kind not in _EVENT_KINDS or when.preposition in _BACKGROUND:
            return False
        if when.kind == "year" and when.preposition not in ("in",):
            return False
        # "President Biden's March 2021 order", "the 2022 agreement": a date before a noun describes the noun.
        return not (when.kind == "year" and k + 1 < len(s.items) and s.items[k + 1].tag in ("NN", "NNS"))

    def _walls(self, s: Sentence, a: int, b: int) -> int:
        """Clause borders between two items: other verbs, semicolons, "that"."""
        lo, hi = sorted((a, b))
        return sum(1 for k in range(lo + 1, hi) if s.items[k].tag in ("VBD", "VBZ", "VBP", "MD") or s.items[k].text == ";" or s.items[k].low in ("that", "which", "who", "since"))

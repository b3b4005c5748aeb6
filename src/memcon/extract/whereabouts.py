"""Where a contact took place, where its own words do not say: in the town the guest has come to, or where the contact before it was.

Only a town is carried over, and only to a contact whose host is at home in the town's country; calls have no place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memcon.extract.discourse import Party
from memcon.extract.draft import MeetingDraft, VisitDraft
from memcon.langs import places
from memcon.mentions import Annotated
from memcon.model import Span

_REMOTE = frozenset(("phone_call", "video_call"))
_LEADS = frozenset(("in", "to", "at", "for", "near"))
_NEXT = 4  # sentences over which one contact is told to follow another


@dataclass(frozen=True, slots=True)
class _Town:
    name: str
    country: str
    span: Span | None
    why: str


@dataclass(slots=True)
class Whereabouts:
    """Gives contacts without a place of their own the town that the report has led to."""

    notes: Annotated
    visits: Sequence[VisitDraft]

    def settle(self, meetings: Sequence[MeetingDraft]) -> None:
        """Fill in the places. ``meetings`` are in the order told; changes the drafts in place."""
        for n, meeting in enumerate(meetings):
            if meeting.place is None and meeting.kind not in _REMOTE and meeting.status in ("occurred", "planned"):
                town = next((t for t in self._towns(meeting, meetings[:n]) if self._fits(meeting, t)), None)
                if town is not None:
                    meeting.place, meeting.place_span, meeting.place_why = town.name, town.span, town.why

    def _towns(self, meeting: MeetingDraft, before: Sequence[MeetingDraft]) -> Iterator[_Town]:
        yield from self._of_visit(meeting)
        yield from self._of_contact(meeting, before)

    def _of_visit(self, meeting: MeetingDraft) -> Iterator[_Town]:
        """The town that a guest is told to have come to."""
        for visit in reversed(self.visits):
            if visit.sentence > meeting.sentence or visit.kind == "site" or visit.to_span is None or not self._of(visit.visitors, meeting):
                continue
            told = self._town(visit, meeting)
            if visit.to and told is not None:
                name = self.notes.text[told.start : told.end].rstrip(".")
                name = " ".join((name.title() if name.isupper() else name).split())
                yield _Town(name, visit.to, told, f"the {'visit is' if meeting.status == 'planned' else 'guest had come'} to {name}")
            return

    def _town(self, visit: VisitDraft, meeting: MeetingDraft) -> Span | None:
        """The one town of the country visited that the sentences of the visit, or the contact's own, name; None for several or none."""
        spans = [visit.to_span] if visit.to_span else []
        for k in sorted({visit.sentence, *visit.told, meeting.sentence}):
            s = self.notes.sentences[k]
            spans += [Span(i.start, i.end) for n, i in enumerate(s.items) if n and i.kind == "place" and not i.quoted and s.items[n - 1].low in _LEADS]
        towns = {name: span for span in reversed(spans) if (name := self.notes.text[span.start : span.end].rstrip(".")) and self._is_town(name, visit.to)}
        return next(iter(towns.values())) if len(towns) == 1 else None

    def _is_town(self, name: str, country: str | None) -> bool:
        """Whether a name is that of a town of the country, and not of a country as well."""
        return country is not None and places.city_country(name) == country and places.country_of_name(name) is None

    def _of_contact(self, meeting: MeetingDraft, before: Sequence[MeetingDraft]) -> Iterator[_Town]:
        """The town of the contact told before, on the same day and with who is the guest now."""
        for old in reversed(before):
            if old.place is None or old.kind in _REMOTE or old.status != "occurred" or meeting.status != "occurred" or meeting.sentence - old.sentence > _NEXT:
                continue
            country = places.city_country(old.place)
            if country and old.when.start == meeting.when.start and any(p.same(q) for p in (*old.hosts, *old.guests) for q in meeting.guests):
                yield _Town(old.place, country, old.place_span, "where the contact told before took place")
            return

    def _fits(self, meeting: MeetingDraft, town: _Town) -> bool:
        """Whether the host is at home there, the guests are not, and the contact's sentence names no other place."""
        hosts, guests = self._lands(meeting.hosts), self._lands(meeting.guests)
        if town.country not in hosts or town.country in guests:
            return False
        s = self.notes.sentences[meeting.sentence]
        return not any(i.kind == "place" and not i.quoted and str(i.ref) != town.country for i in s.items)

    def _of(self, parties: Sequence[Party], meeting: MeetingDraft) -> bool:
        return any(p.same(q) for p in parties for q in (*meeting.hosts, *meeting.guests))

    def _lands(self, parties: Sequence[Party]) -> set[str]:
        return {c for c in (self.notes.people[p.person].country if p.person >= 0 else p.country for p in parties) if c}

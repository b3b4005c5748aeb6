"""Who receives whom, where the words of a contact do not say: "Minister X met President Y in LAND" tells of Y as host.

Whoever has travelled is the guest of those at home where he or she goes; else who is of the country the contact takes place in
is host; else an ambassador is the guest of the officials to whose country he or she is accredited. On neutral ground and on
the telephone the order of mention stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from memcon.codebook.load import table
from memcon.extract.discourse import Party
from memcon.extract.draft import MeetingDraft, VisitDraft
from memcon.extract.home import accredited
from memcon.langs import places
from memcon.mentions import Annotated, Sentence

_REMOTE = frozenset(("phone_call", "video_call"))
_AT = frozenset(("in", "at", "near", "outside"))
_GOES = frozenset("visit visits visited visiting trip stay tour journey travelled traveled came arrived flew flown went".split())
_BACK = 8  # sentences looked back for the country in which a tour is


@dataclass(slots=True)
class Hosts:
    """Puts the sides of contacts in order: hosts first."""

    notes: Annotated
    visits: Sequence[VisitDraft]

    def settle(self, meetings: Sequence[MeetingDraft]) -> None:
        """Turn the sides of contacts where nobody is said to receive. Changes the drafts in place."""
        for meeting in meetings:
            if meeting.unsided and meeting.kind not in _REMOTE and meeting.hosts and meeting.guests:
                self._turn(meeting)
                self._one_at_home(meeting)

    def _one_at_home(self, meeting: MeetingDraft) -> None:
        """Of three and more countries, the one in which they met is host."""
        everyone = meeting.everyone
        place = self._place(meeting) if len(everyone) > 2 and all(p.kind == "country" for p in everyone) else None
        if place is not None and any(p.country == place for p in everyone):
            meeting.hosts = [p for p in everyone if p.country == place]
            meeting.guests = [p for p in everyone if p.country != place]

    def _turn(self, meeting: MeetingDraft) -> None:
        hosts, guests = meeting.hosts, meeting.guests
        for sign in (self._travelled, self._at_home, self._envoy, self._dated):
            here, there = sign(meeting, hosts, guests), sign(meeting, guests, hosts)
            if here and not there:
                meeting.order_why = here
                return
            if there and not here:
                meeting.hosts, meeting.guests, meeting.order_why = guests, hosts, there
                return

    # -- journeys ------------------------------------------------------------------------------------------------------

    def _travelled(self, meeting: MeetingDraft, mine: list[Party], theirs: list[Party]) -> str | None:
        """Whether ``theirs`` are told to visit the country of ``mine``, and this contact is no return of it."""
        lands = self._lands(mine)
        place = self._place(meeting)
        for visit in self.visits:
            if visit.to is None or visit.kind == "site" or visit.to in self._lands(theirs) or not self._travels(visit, theirs):
                continue
            if place is not None and place != visit.to:  # where no place is told, even a journey still ahead says who comes
                continue
            if visit.to in lands or not lands and not self._abroad(mine, visit.to) and self._goal(meeting) == visit.to:
                return f"a guest in {places.country_name(visit.to)}"
        return None

    def _travels(self, visit: VisitDraft, parties: list[Party]) -> bool:
        return any(v.same(p) for v in visit.visitors for p in parties)

    def _abroad(self, parties: list[Party], country: str) -> bool:
        """Whether these travel to ``country`` as well."""
        return any(v.to == country and self._travels(v, parties) for v in self.visits)

    def _goal(self, meeting: MeetingDraft) -> str | None:
        """Where a tour is at the time of the contact: the country visited that is named last before it, or the only one."""
        goals = {v.to for v in self.visits if v.to and v.kind != "site"}
        if len(goals) == 1:
            return next(iter(goals))
        for s in reversed(self.notes.sentences[max(0, meeting.sentence - _BACK) : meeting.sentence + 1]):
            for item in reversed(s.items):
                if item.kind in ("place", "country") and str(item.ref) in goals and item.start < meeting.trigger.end + 80:
                    return str(item.ref)
        return None

    # -- place ---------------------------------------------------------------------------------------------------------

    def _at_home(self, meeting: MeetingDraft, mine: list[Party], theirs: list[Party]) -> str | None:
        place = self._place(meeting)
        if place is None or place not in self._lands(mine) or place in self._lands(theirs):
            return None
        return f"at home in {places.country_name(place)}, where they met"

    def _place(self, meeting: MeetingDraft) -> str | None:
        """The country in which the contact takes place: by its city, or the place that its sentence names."""
        if meeting.place:
            return places.city_country(meeting.place) or places.country_of_name(meeting.place) or places.metonym_country(meeting.place) or _building(meeting.place)
        s = self.notes.sentences[meeting.sentence]
        found = {str(i.ref) for k, i in enumerate(s.items) if k and i.kind in ("place", "country") and not i.quoted and self._where(s, k)}
        return next(iter(found)) if len(found) == 1 else None

    def _where(self, s: Sentence, k: int) -> bool:
        """"in CITY", "visited CITY", "on a trip to CITY"."""
        before = s.items[k - 1].low
        return before in _AT or before in _GOES or before == "to" and bool(_GOES & {i.low for i in s.items[max(0, k - 4) : k - 1]})

    def _dated(self, meeting: MeetingDraft, mine: list[Party], theirs: list[Party]) -> str | None:
        """Whether the report is dated from the country of ``mine``, and nothing tells of another place."""
        dated = self.notes.dateline_country
        elsewhere = meeting.place or any(i.kind == "place" and str(i.ref) != dated for i in self.notes.sentences[meeting.sentence].items)
        if dated is None or elsewhere or dated not in self._lands(mine) or dated in self._lands(theirs):
            return None
        return f"at home in {places.country_name(dated)}, from where it is reported"

    # -- persons -------------------------------------------------------------------------------------------------------

    def _envoy(self, _meeting: MeetingDraft, mine: list[Party], theirs: list[Party]) -> str | None:
        """Whether ``theirs`` are envoys to the country of ``mine``."""
        lands = self._lands(mine)
        for party in theirs:
            figure = self.notes.people[party.person] if party.person >= 0 else None
            for office in figure.offices[:2] if figure is not None else ():
                host = accredited(office)
                if host is not None and (host in lands or not lands) and host not in self._lands(theirs):
                    return f"an envoy to {places.country_name(host)}"
        return None

    def _lands(self, parties: Sequence[Party]) -> set[str]:
        return {c for c in (self.notes.people[p.person].country if p.person >= 0 else p.country for p in parties) if c}


def _building(name: str) -> str | None:
    """The country of a palace or an office that is known by its name alone."""
    marks = table("outlets", "en")["ministries"]
    return next((str(country) for country, known in marks.items() if name.removeprefix("the ") in known), None)

"""Whom somebody faces, where the words name one side only: "gave a dinner in his honour", "paid a courtesy call on her", "welcomed him".

A pronoun or a bare title that would put both sides in one country means somebody else: the visitor, or the other side of
the contact being told of.
"""

from __future__ import annotations

from memcon.extract.discourse import Discourse, Party
from memcon.mentions import NameMention, Sentence
from memcon.model import Span

_SINCE = 8  # sentences after which a contact is no longer being told of


def facing(discourse: Discourse, s: Sentence, at: int, own: list[Party], *, travelling: bool = False) -> list[Party]:
    """Who faces ``own`` at item ``at``: the other side of the contact told last, a visitor, or somebody named before in the sentence.

    ``travelling`` admits visitors and those received alone. People of another country only; empty where nobody or more than one side fits.
    """
    item = s.items[at]
    span = Span(item.start, item.end)
    home = {p.country for p in own if p.country}
    if not home:
        return []

    def foreign(parties: list[Party]) -> list[Party]:
        return [p for p in parties if p.person >= 0 and p.country and p.country not in home]

    if not travelling:
        before = [discourse.party_of(i.ref.person, Span(i.start, i.end)) for i in s.items[:at] if isinstance(i.ref, NameMention)]
        named = [p for p in before if p.country not in home and not any(p.same(o) for o in own)]
        if len({p.person for p in named}) == 1:
            return _again(discourse, named[:1], span)
    visiting = foreign(discourse.visitors)
    if travelling and visiting and len({p.country for p in visiting}) == 1:
        return _again(discourse, visiting, span)
    for contact in reversed(discourse.contacts):
        if contact.sentence > s.index or max(contact.sentences) < s.index - _SINCE:
            continue
        for side in (contact.guests, contact.hosts):
            other = contact.hosts if side is contact.guests else contact.guests
            fits = foreign(side)
            if fits and any(p.country in home for p in other) and (not travelling or side is contact.guests or any(p.same(v) for p in fits for v in discourse.visitors)):
                return _again(discourse, fits, span)
    if visiting and len({p.country for p in visiting}) == 1:
        return _again(discourse, visiting, span)
    return []


def _again(discourse: Discourse, parties: list[Party], span: Span) -> list[Party]:
    """The people once each, resting on their names and on the words that mean them."""
    out: list[Party] = []
    for party in parties:
        if not any(party.same(p) for p in out):
            out.append(discourse.party_of(party.person, span, (discourse.notes.people[party.person].name_span,)))
    return out


__all__ = ["facing"]

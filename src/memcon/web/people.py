"""What the pages of a person and of a body show."""

from __future__ import annotations

from typing import Final

import msgspec

from memcon import view
from memcon.browse import Browser, Filters, Tally
from memcon.ledger import sql
from memcon.query import Occupancy, PersonThing
from memcon.resolve.offices import body_country, body_key, same_body
from memcon.web.contact import Brief, brief
from memcon.web.shelf import Shelf

__all__ = ["Body", "BodyPage", "PersonPage", "bodies", "body_page", "countries_of_people", "person_page"]

_SHOWN: Final = 20


class PersonPage(msgspec.Struct, frozen=True, kw_only=True):
    """A person: posts by whose word, contacts, what was said and to whom. Lists hold the newest; ``more`` names those that go on."""

    person: PersonThing
    posts: list[Occupancy]
    visits: list[Brief]
    meetings: list[Brief]
    agreements: list[Brief]
    said: list[view.StatementThing]
    heard: list[view.StatementThing]
    more: list[str]
    met: list[tuple[view.Participant, int]]


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A body that people hold posts in, with every name it goes by."""

    key: str
    name: str
    names: list[str]
    country: str | None
    posts: int


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with a post in a body."""

    id: str
    name: str
    title: str
    reports: int


class BodyPage(msgspec.Struct, frozen=True, kw_only=True):
    """A body: its names, who holds posts in it, and its contacts: those it is named in, and those of its people."""

    body: Body
    holders: list[Holder]
    meetings: list[Brief]
    of_people: list[Brief]
    agreements: list[Brief]


def person_page(browser: Browser, person: PersonThing) -> PersonPage:
    """The page of a person."""
    more = []
    found: dict[str, list[view.Thing]] = {}
    for family in view.RECORDS:
        listing = browser.events(family, Filters(person=person.id), limit=_SHOWN * (4 if family == "statements" else 1))
        found[family] = listing.items
        more += [family] if listing.next else []
    statements = [t for t in found["statements"] if isinstance(t, view.StatementThing)]
    return PersonPage(
        person=person, posts=list(browser.ledger.posts(person=person.id)), visits=[brief(t) for t in found["visits"]], meetings=[brief(t) for t in found["meetings"]],
        agreements=[brief(t) for t in found["agreements"]], said=[t for t in statements if any(p.id == person.id for p in t.speakers)][:_SHOWN],
        heard=[t for t in statements if any(p.id == person.id for p in t.addressees)][:_SHOWN], more=more, met=_met(person.id, found["meetings"]),
    )  # fmt: skip


def _met(person: str, meetings: list[view.Thing]) -> list[tuple[view.Participant, int]]:
    """Whom a person met in these meetings: those on the other side, and how often."""
    counted: dict[str, tuple[view.Participant, int]] = {}
    for m in meetings:
        assert isinstance(m, view.MeetingThing)
        for other in m.hosts if any(p.id == person for p in m.guests) else m.guests:
            known = counted.get(other.id)
            counted[other.id] = (other, known[1] + 1 if known else 1)
    return sorted(counted.values(), key=lambda x: (-x[1], x[0].name))


def bodies(browser: Browser, shelf: Shelf) -> dict[str, Body]:
    """Every body that somebody holds a post in, by its key, those with most posts first."""
    return shelf.figure("bodies", browser, _bodies)


def _bodies(browser: Browser) -> dict[str, Body]:
    found: dict[str, list[tuple[str, int]]] = {}
    for name, _, n in browser.store.rows(sql.BODIES):
        found.setdefault(body_key(name), []).append((name, n))
    made = (Body(key=k, name=v[0][0], names=[n for n, _ in v], country=body_country(v[0][0]), posts=sum(n for _, n in v)) for k, v in found.items())
    return {b.key: b for b in sorted(made, key=lambda b: (-b.posts, b.key))}


def body_page(browser: Browser, shelf: Shelf, name: str) -> BodyPage | None:
    """The page of a body, by its key or one of its names; None where nothing in the ledger is called so."""
    known = bodies(browser, shelf)
    key = name if name in known else body_key(name)
    meetings = browser.events("meetings", Filters(body=name if body_key(name) == key else key), limit=_SHOWN).items
    body = known.get(key)
    signed = browser.events("agreements", Filters(body=name), limit=_SHOWN).items
    worded = browser.events("agreements", Filters(text=name), limit=_SHOWN).items
    signed += [
        t for t in worded if t.id not in {s.id for s in signed} and isinstance(t, view.AgreementThing) and any(same_body(x, name) for x in t.parties)
    ]
    if body is None:
        if not meetings and not signed:
            return None
        own = [p for t in meetings for f in ("hosts", "guests") for p in getattr(t, f) if p.id == f"b:{key}"]
        body = Body(key=key, name=own[0].name if own else name, names=sorted({p.name for p in own}), country=None, posts=0)
    rows = browser.store.rows(sql.OFFICES_IN, msgspec.json.encode(body.names).decode(), 200)
    names = {p: browser.person(p).name for p in dict.fromkeys(r[0] for r in rows[:60])}
    holders = [Holder(id=p, name=names[p], title=t, reports=n) for p, t, _, n in rows if p in names]
    people = [i for p in list(names)[:12] for i in browser.ids("meetings", Filters(person=p), limit=6)]
    theirs = sorted((brief(t) for t in browser.things(list(dict.fromkeys(people)))), key=lambda b: (b.day or "", b.id), reverse=True)
    return BodyPage(
        body=body, holders=holders, meetings=[brief(t) for t in meetings], of_people=theirs[:_SHOWN],
        agreements=[brief(t) for t in signed],
    )  # fmt: skip


def countries_of_people(browser: Browser) -> list[Tally]:
    """How many people each side has."""
    return [Tally(value=c or "", count=n) for c, n in browser.store.rows(sql.COUNTRIES_OF_PEOPLE)]

"""Made-up reports of made-up contacts, any number of them, the same for the same seed; with what a reader would find in each.

    uv run python bench/madeup.py 20 --out folder      write the first 20 reports as text files

About forty reports a day tell of contacts between countries, some pairs meeting far oftener than others. An office changes
hands every few years; outlets spell names with and without marks and call posts differently. A contact may be announced,
told by a second outlet, or copied. The sentences are memcon's own; the people do not exist.
"""

from __future__ import annotations

import argparse
import random
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from memcon.langs import places
from memcon.model import Document, Evidence, Issue, Meeting, Memorandum, Person, Position, Span, Statement, Visit

START = date(2005, 1, 3)
A_DAY = 16  # contacts
NEIGHBOURS = 0.12  # share of contacts that are between two neighbours
PORTFOLIOS = (
    "Trade", "Health", "Education", "Transport", "Energy", "Agriculture", "Culture", "Justice", "Labour", "Finance", "Tourism", "Fisheries", "Forestry", "Mines", "Housing",
    "Science", "Industry", "Communications", "Planning", "Water", "Sport", "Youth", "Environment", "Interior", "Railways",
)  # fmt: skip
OFFICES = (
    ("President", ""), ("Prime Minister", ""), ("Minister of Foreign Affairs", ""), ("Minister of Defence", ""), ("Chairman", "Committee for External Relations"),
    *((f"Minister of {x}", "") for x in PORTFOLIOS),
)  # fmt: skip
OTHER_TITLES = {"Minister of Foreign Affairs": "Foreign Minister", "Minister of Defence": "Defence Minister", "Chairman": "head"}
KINDS = ("official", "working", "state", "friendship")
HEARD = "ba be bo da de do ga go ha ji ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se so ta te ti to va ve vi za zo".split()
MARKED = {"a": "áàâã", "e": "éèê", "i": "í", "o": "óôõ"}
TOPICS = (
    "river ferries", "seed potatoes", "nurses' diplomas", "rail gauges", "mountain rescue", "school meals", "bee keeping", "tax treaties", "harbour dues", "glacier water",
    "film archives", "border markets", "vaccine stores", "solar pumps", "fishing quotas", "museum loans", "student grants", "customs seals", "grain silos", "postal rates",
)  # fmt: skip
SAID = (
    ("praise", "{who} praised the work done together on {topic}", "praised the work done"),
    ("propose", "{who} proposed that experts of both countries look into {topic} before the summer", "proposed that experts"),
    ("thank", "{who} thanked the other side for its help with {topic}", "thanked the other side"),
    ("confidence", "{who} voiced confidence that an accord on {topic} was within reach", "voiced confidence"),
    ("invite", "{who} invited the guest to come again when the talks on {topic} are over", "invited the guest"),
)


class Someone(NamedTuple):
    """A holder of an office."""

    name: str
    country: str
    title: str
    body: str


class Contact(NamedTuple):
    """A visit of one day with its one meeting."""

    day: date
    guest: Someone
    host: Someone
    kind: str
    topics: tuple[str, ...]


class _Text:
    """A text in the making, which gives the place of what is added."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def add(self, words: str) -> Span:
        start = self.length
        self.parts.append(words)
        self.length += len(words)
        return Span(start, self.length)

    def __str__(self) -> str:
        return "".join(self.parts)


@lru_cache(maxsize=200_000)
def _name(seed: int, country: str, office: int, term: int) -> str:
    """A name that one holder of an office has, in syllables that a country likes."""
    own = random.Random(f"{seed} {country}")
    liked = own.sample(HEARD, 22)
    dice = random.Random(f"{seed} {country} {office} {term}")
    words = ["".join(dice.choice(liked) for _ in range(dice.choice((2, 2, 3)))) for _ in range(dice.choice((2, 2, 3)))]
    marked = [w[:-1] + dice.choice(MARKED.get(w[-1], w[-1])) if dice.random() < 0.5 else w for w in words]
    return " ".join(w.capitalize() for w in marked)


def holder(seed: int, country: str, office: int, day: date) -> Someone:
    """Who holds an office on a day."""
    own = random.Random(f"{seed} {country} {office}")
    length, shift = own.randint(900, 2000), own.randint(0, 900)
    term = ((day - START).days + shift) // length
    title, body = OFFICES[office]
    where = places.country_name(country)
    return Someone(_name(seed, country, office, term), country, title, f"{body} of {where}" if body else where)


def countries(seed: int) -> list[str]:
    """Countries in the order of how much they meet; the first two are neighbours who meet most."""
    found = [c for c in sorted(places.countries()) if places.capital_of(c)]
    random.Random(seed).shuffle(found)
    return found


def contacts(seed: int) -> Iterator[Contact]:
    """Contacts day after day, without end. The first of `countries` meet most."""
    dice = random.Random(seed)
    codes = countries(seed)
    weights = [1 / (i + 3) for i in range(len(codes))]
    day = START
    while True:
        for _ in range(A_DAY):
            guest, host = dice.sample(codes[:2], 2) if dice.random() < NEIGHBOURS else dice.choices(codes, weights, k=2)
            if guest == host:
                continue
            office = dice.randrange(len(OFFICES))
            yield Contact(
                day,
                holder(seed, guest, office, day),
                holder(seed, host, office if dice.random() < 0.7 else 1, day),
                dice.choice(KINDS),
                tuple(dice.sample(TOPICS, 3)),
            )
        day += timedelta(days=1)


def reports(seed: int = 1) -> Iterator[tuple[Document, Memorandum]]:
    """Reports with the records that a faultless reader would make of them, without end."""
    dice = random.Random(f"reports {seed}")
    for number, contact in enumerate(contacts(seed)):
        yield from told(f"r{number:07d}", contact, dice)


def told(name: str, contact: Contact, dice: random.Random) -> Iterator[tuple[Document, Memorandum]]:
    """The reports of one contact, their names starting with ``name``: it may have been announced, told twice, copied."""
    if dice.random() < 0.35:
        yield _announcement(f"{name}a", contact, dice)
    first = _event(f"{name}b", contact, dice)
    yield first
    if dice.random() < 0.5:
        yield _event(f"{name}c", contact, dice)
    if dice.random() < 0.1:
        yield _copy(f"{name}d", first)


def _spelled(name: str, dice: random.Random) -> str:
    """As an outlet spells a name: as it is, or without its marks."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)) if dice.random() < 0.4 else name


def _person(text: _Text, who: Someone, dice: random.Random) -> Person:
    """Write a person with a post, and give the record of it."""
    title = OTHER_TITLES.get(who.title, who.title) if dice.random() < 0.3 else who.title
    title_at = text.add(title)
    text.add(" of ")
    body_at = text.add(who.body)
    text.add(" ")
    name = _spelled(who.name, dice)
    at = text.add(name)
    post = Position(
        title=title,
        organization=who.body,
        evidence=Evidence(start=title_at.start, end=body_at.end, fields={"title": [title_at], "organization": [body_at]}),
        rule="made up",
    )
    return Person(
        name=name,
        aliases=[name.split()[-1]],
        country=who.country,
        positions=[post],
        evidence=Evidence(start=at.start, end=at.end, fields={"name": [at], "country": [body_at]}),
        rule="made up",
    )


def _issued(day: date, dice: random.Random) -> str | None:
    """When a report appeared; one in thirty does not say."""
    return None if dice.random() < 0.03 else (day + timedelta(days=dice.choice((0, 0, 1)))).isoformat()


def _announcement(name: str, c: Contact, dice: random.Random) -> tuple[Document, Memorandum]:
    text = _Text()
    text.add(f"{places.country_name(c.guest.country)} announces a visit\n\n")
    guest = _person(text, c.guest, dice)
    verb = text.add(f" will pay {'an official' if c.kind == 'official' else 'a ' + c.kind} visit to {places.country_name(c.host.country)}")
    text.add(" on ")
    when = text.add(f"{c.day:%B} {c.day.day}, {c.day.year}")
    text.add(", his office said. The visitor is to meet ")
    host = _person(text, c.host, dice)
    text.add(f". On the table are {c.topics[0]} and {c.topics[1]}, the office added.\n")
    visit = Visit(
        visitors=[guest.name], from_=c.guest.country, to=c.host.country, kind=c.kind, start=c.day.isoformat(), status="planned",
        evidence=Evidence(start=verb.start, end=verb.end, fields={"kind": [verb], "start": [when]}), rule="made up",
    )  # fmt: skip
    meeting = Meeting(
        kind="meeting",
        hosts=[host.name],
        guests=[guest.name],
        status="planned",
        evidence=Evidence(start=when.end, end=text.length, fields={"kind": [verb]}),
        rule="made up",
    )
    issued = (c.day - timedelta(days=dice.randint(1, 6))).isoformat()
    doubt = Issue(kind="place", message="where they are to meet is not told", spans=[verb])
    return _made(name, text, issued, dice, [guest, host], [visit], [meeting], [], [doubt])


def _event(name: str, c: Contact, dice: random.Random) -> tuple[Document, Memorandum]:
    text = _Text()
    capital = places.capital_of(c.host.country) or ""
    text.add(f"{capital}. ")
    host = _person(text, c.host, dice)
    verb = text.add(" held talks with ")
    guest = _person(text, c.guest, dice)
    text.add(" in ")
    where = text.add(capital)
    text.add(" on ")
    when = text.add(f"{c.day:%B} {c.day.day}, {c.day.year}" if dice.random() < 0.7 else f"{c.day:%A}")
    text.add(". ")
    came = text.add(f"The visitor is in {places.country_name(c.host.country)} on {'an official' if c.kind == 'official' else 'a ' + c.kind} visit.")
    text.add("\n\n")
    said = []
    for topic in c.topics:
        speaker, other = dice.sample([host, guest], 2)
        act, words, cue = dice.choice(SAID)
        at = text.add(words.format(who=speaker.name, topic=topic))
        text.add(". ")
        said.append(
            Statement(
                speakers=[speaker.name],
                addressees=[other.name],
                act=act,
                cue=cue,
                text=words.format(who=speaker.name, topic=topic),
                evidence=Evidence(start=at.start, end=at.end),
                rule="made up",
            )
        )
    text.add(f"The two countries keep embassies in each other's capitals, and {dice.randint(2, 90)} thousand people travel between them in a year.\n")
    issued = _issued(c.day, dice)
    dated = issued is not None or str(text).find(str(c.day.year)) >= 0
    visit = Visit(
        visitors=[guest.name],
        from_=c.guest.country,
        to=c.host.country,
        kind=c.kind,
        status="ongoing",
        evidence=Evidence(start=came.start, end=came.end, fields={"kind": [came]}),
        rule="made up",
    )
    meeting = Meeting(
        kind="talks", hosts=[host.name], guests=[guest.name], date=c.day.isoformat() if dated else None, place=capital, status="occurred",
        evidence=Evidence(start=verb.start, end=verb.end, fields={"kind": [verb], "date": [when], "place": [where]}), rule="made up",
    )  # fmt: skip
    return _made(name, text, issued, dice, [host, guest], [visit], [meeting], said)


def _made(
    name: str,
    text: _Text,
    issued: str | None,
    dice: random.Random,
    people: list[Person],
    visits: list[Visit],
    meetings: list[Meeting],
    statements: list[Statement],
    issues: Sequence[Issue] = (),
) -> tuple[Document, Memorandum]:
    outlet = f"Outlet {dice.randint(1, 60)}"
    document = Document(id=name, text=str(text), published=issued, outlet=outlet, language="en")
    memo = Memorandum(
        id=name,
        published=issued,
        language="en",
        outlet=outlet,
        people=people,
        visits=visits,
        meetings=meetings,
        statements=statements,
        issues=list(issues),
        version="made up",
    )
    return document, memo


def _copy(name: str, report: tuple[Document, Memorandum]) -> tuple[Document, Memorandum]:
    """The same text, a line longer, at another outlet."""
    document, memo = report
    text = document.text + "Copied from an agency.\n"
    return (
        Document(id=name, text=text, published=document.published, outlet="Reprints", language="en"),
        Memorandum(
            id=name, published=memo.published, language="en", outlet="Reprints", people=memo.people, visits=memo.visits, meetings=memo.meetings, statements=memo.statements,
            version="made up",
        ),
    )  # fmt: skip


def main(argv: Sequence[str] | None = None) -> None:
    """Write reports as files."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("number", type=int)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--seed", type=int, default=1)
    o = p.parse_args(argv)
    o.out.mkdir(parents=True, exist_ok=True)
    for document, _ in islice(reports(o.seed), o.number):
        (o.out / f"{document.id}.txt").write_text(document.text, encoding="utf-8")


if __name__ == "__main__":
    main()

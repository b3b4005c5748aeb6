"""The pages by address: each makes a record from the ledger, which becomes HTML, or is given out as it is (``.json``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from memcon import view
from memcon.browse import BadFilter, Browser, Filters
from memcon.errors import MemconError
from memcon.web import contact, home, marking, people, reports
from memcon.web.shelf import Shelf

__all__ = ["PAGES", "Asked", "Elsewhere", "NotFound", "Shown"]

FILTERS: Final = Filters.__struct_fields__
_AT: Final = re.compile(r"(?:(d-[0-9a-f]{12}):)?(\d{1,9})-(\d{1,9})")


class NotFound(MemconError):
    """There is no such page: what was asked for, and where to look."""


class Elsewhere(Exception):  # noqa: N818 — no error: the page goes by another address
    """The page is at another address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Asked(NamedTuple):
    """A request: the ledger, what stands in the address, and the day it is."""

    browser: Browser
    shelf: Shelf
    path: Mapping[str, str]
    params: Mapping[str, str]
    today: str

    def filters(self) -> Filters:
        """The filters of the address."""
        return Filters(**{f: v for f in FILTERS if (v := self.params.get(f, "").strip())})


class Shown(NamedTuple):
    """A page: its record, its template, and what the template needs beside the record."""

    record: Any
    template: str
    values: dict[str, Any]


def at_of(params: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """The words that an address asks for (``at=START-END``, or ``at=REPORT:START-END``), by report ("" for the page's own)."""
    m = _AT.fullmatch(params.get("at", ""))
    return {m[1] or "": (int(m[2]), int(m[3]))} if m else {}


def home_page(ask: Asked) -> Shown:
    """The first page."""
    return Shown(home.home(ask.browser, ask.shelf, ask.today), "home.html", {})


def thing_page(family: str) -> Callable[[Asked], Shown]:
    """The page of a visit, meeting, agreement or statement."""

    def page(ask: Asked) -> Shown:
        identifier = ask.path["id"]
        thing = ask.browser.thing(identifier)
        if thing is None or contact.FAMILY[thing.id[0]] != family:
            _moved(ask, identifier)
        assert thing is not None
        found = contact.contact(ask.browser, thing, family)
        asked = at_of(ask.params)
        marks = contact.marks_by_report(found)
        texts = {}
        for r in found.texts:
            at = [asked[r.id]] if r.id in asked else []
            texts[r.id] = marking.pieces(r.text, marks.get(r.id, ()), at, reports.sentences_at(r.text, at))
        return Shown(found, "contact.html", {"texts": texts, "number": {r.id: n for n, r in enumerate(found.reports, 1)}})

    return page


def _moved(ask: Asked, identifier: str) -> None:
    """A thing that has grown since answers to the ids of all its claims. Raises `Elsewhere` or `NotFound`."""
    from memcon.web.pages import link

    try:
        now = ask.browser.ledger.thing_of(identifier)
    except MemconError as error:
        raise NotFound(f"nothing in this ledger has the id {identifier}") from error
    if now == identifier and ask.browser.thing(now) is None:
        raise NotFound(f"nothing in this ledger has the id {identifier}")
    raise Elsewhere(link(now))


def person(ask: Asked) -> Shown:
    """The page of a person."""
    try:
        found = ask.browser.person(ask.path["id"])
    except MemconError as error:
        raise NotFound(f"no person in this ledger has the id {ask.path['id']}") from error
    if found.id != ask.path["id"]:
        raise Elsewhere(f"/person/{found.id}")
    return Shown(people.person_page(ask.browser, found), "person.html", {})


def report(ask: Asked) -> Shown:
    """The page of a report."""
    found = ask.browser.report(ask.path["id"])
    if found is None:
        raise NotFound(f"no report in this ledger has the id {ask.path['id']}")
    page = reports.report_page(ask.browser, found)
    at = list(at_of(ask.params).values())
    return Shown(page, "report.html", {"pieces": marking.pieces(found.text, reports.marks(page), at, reports.sentences_at(found.text, at)), "at": at})


PAGES: Final[tuple[tuple[str, Callable[[Asked], Shown]], ...]] = (
    ("/", home_page),
    ("/visit/{id}", thing_page("visits")),
    ("/meeting/{id}", thing_page("meetings")),
    ("/agreement/{id}", thing_page("agreements")),
    ("/statement/{id}", thing_page("statements")),
    ("/person/{id}", person),
    ("/report/{id}", report),
)

"""The pages by address: each makes a record from the ledger, which becomes HTML, or is given out as it is (``.json``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, NoReturn, TypeVar

from memcon import view
from memcon.browse import Browser, Filters, pair_code
from memcon.errors import BadFilter, MemconError
from memcon.follow import grades, register
from memcon.follow.brief import NoSubject
from memcon.ledger.store import NoSuchThing
from memcon.web import boards, briefing, commitments, contact, downloads, home, lists, marking, network, pairs, people, reports
from memcon.web.pages import link
from memcon.web.shelf import Shelf

__all__ = ["PAGES", "Asked", "Elsewhere", "NotFound", "Shown", "filters_of"]

T = TypeVar("T")
FILTERS: Final = Filters.__struct_fields__
_AT: Final = re.compile(r"(?:(d-[0-9a-f]{12}):)?(\d{1,9})-(\d{1,9})")


class NotFound(MemconError):  # noqa: N818 — named as HTTP names it
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
        return filters_of(self.params)


class Shown(NamedTuple):
    """A page: its record, its template, and what the template needs beside the record."""

    record: Any
    template: str
    values: dict[str, Any]


def filters_of(params: Mapping[str, str]) -> Filters:
    """The filters of an address."""
    return Filters(**{f: v for f in FILTERS if (v := params.get(f, "").strip())})


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
        found = contact.contact(ask.browser, thing, family)
        asked = at_of(ask.params)
        marks = contact.marks_by_report(found)
        texts = {}
        for r in found.texts:
            at = [asked[r.id]] if r.id in asked else []
            texts[r.id] = marking.pieces(r.text, marks.get(r.id, ()), at, reports.sentences_at(r.text, at))
        life = register.entry(ask.browser.ledger, thing, on=ask.today) if isinstance(thing, view.AgreementThing) else None
        kept = {t.id: contact.brief(t) for t in ask.browser.things(life.fulfilled_by)} if life else {}
        return Shown(found, "contact.html", {"texts": texts, "number": {r.id: n for n, r in enumerate(found.reports, 1)}, "life": life, "kept": kept})

    return page


def _moved(ask: Asked, identifier: str) -> NoReturn:
    """A thing that has grown since answers to the ids of all its claims. Raises `Elsewhere` or `NotFound`."""
    now = ask.browser.current(identifier)
    if now is None or now == identifier:
        raise NotFound(f"nothing in this ledger has the id {identifier}")
    raise Elsewhere(link(now))


def person(ask: Asked) -> Shown:
    """The page of a person."""
    now = ask.browser.current(ask.path["id"])
    if now is None or not now.startswith("p-"):
        raise NotFound(f"no person in this ledger has the id {ask.path['id']}")
    if now != ask.path["id"]:
        raise Elsewhere(f"/person/{now}")
    found = ask.browser.person(now)
    return Shown(people.person_page(ask.browser, found), "person.html", {})


def report(ask: Asked) -> Shown:
    """The page of a report."""
    found = ask.browser.report(ask.path["id"])
    if found is None:
        raise NotFound(f"no report in this ledger has the id {ask.path['id']}")
    page = reports.report_page(ask.browser, found)
    at = list(at_of(ask.params).values())
    return Shown(page, "report.html", {"pieces": marking.pieces(found.text, reports.marks(page), at, reports.sentences_at(found.text, at)), "at": at})


def event_list(family: str) -> Callable[[Asked], Shown]:
    """The list of visits, meetings or statements, and the agreements register."""

    def page(ask: Asked) -> Shown:
        found = lists.events(ask.browser, family, ask.filters(), dict(ask.params))
        terms = boards.terms(found.items, ask.today) if family == "agreements" else None
        return Shown(found, "list.html", {"downloads": downloads.formats(family), "feeds": downloads.feeds(family), "terms": terms})

    return page


def people_list(ask: Asked) -> Shown:
    """The list of people."""
    return Shown(lists.persons(ask.browser, ask.shelf, dict(ask.params)), "people.html", {"downloads": downloads.formats("people")})


def body_list(ask: Asked) -> Shown:
    """The list of bodies."""
    return Shown(lists.body_list(ask.browser, ask.shelf, dict(ask.params)), "bodies.html", {})


def body(ask: Asked) -> Shown:
    """The page of a body."""
    found = people.body_page(ask.browser, ask.shelf, ask.path["name"])
    if found is None:
        raise NotFound(f"no report in this ledger names the body {ask.path['name'][:200]}")
    return Shown(found, "body.html", {})


def pair_list(ask: Asked) -> Shown:
    """The list of pairs."""
    return Shown(lists.pairs(ask.browser, ask.shelf, dict(ask.params)), "pairs.html", {})


def _pair_of(ask: Asked, page: str) -> str:
    """The pair that an address under ``page`` names, in its one spelling. Raises `NotFound` for none, `Elsewhere` for another spelling."""
    asked = ask.path["pair"]
    try:
        code = pair_code(asked)
    except BadFilter as error:
        raise NotFound(str(error)) from error
    if code != asked:
        raise Elsewhere(f"{page}/{code}")
    return code


def pair(ask: Asked) -> Shown:
    """The page of two countries."""
    code = _pair_of(ask, "/pair")
    return Shown(pairs.country_pair(ask.browser, code, ask.today), "pair.html", {"levels": pairs.LEVELS})


def two_bodies(ask: Asked) -> Shown:
    """The page of two bodies, ``?a=…&b=…``; with one or none, the form to choose them."""
    a, b = ask.params.get("a", "").strip()[:500], ask.params.get("b", "").strip()[:500]
    if not a or not b:
        raise Elsewhere("/pairs")
    return Shown(pairs.body_pair(ask.browser, ask.shelf, a, b, ask.today), "pair.html", {"levels": pairs.LEVELS})


def plan_board(ask: Asked) -> Shown:
    """The plans board."""
    return Shown(
        boards.plans(ask.browser, ask.filters(), ask.params.get("on", "").strip() or ask.today),
        "plans.html",
        {"downloads": downloads.formats("plans"), "feeds": downloads.feeds("plans")},
    )


def agreements_register(ask: Asked) -> Shown:
    """The agreements register."""
    asked = boards.register_filters(ask.params, ask.today)
    found = boards.register(ask.browser, ask.filters(), asked, after=ask.params.get("after") or None)
    return Shown(found, "register.html", {"downloads": downloads.formats("register"), "feeds": downloads.feeds("register"), "states": register.STATES})


def commitment_list(ask: Asked) -> Shown:
    """The list of commitments, as it stands today or on the day that the address names."""
    asked = commitments.asked_of(ask.params, ask.today)
    found = commitments.page_of(ask.browser, ask.filters(), asked, after=ask.params.get("after") or None)
    return Shown(found, "commitments.html", {"downloads": downloads.formats("commitments"), "feeds": downloads.feeds("commitments"), "grades": grades.GRADES})


def commitment(ask: Asked) -> Shown:
    """The page of a commitment."""
    found = commitments.whole(ask.browser, ask.path["id"], commitments.asked_of(ask.params, ask.today).on)
    if found is None:
        raise NotFound(f"no commitment in this ledger has the id {ask.path['id'][:80]}")
    if found.commitment.id != ask.path["id"]:
        raise Elsewhere(link(found.commitment.id))
    return Shown(found, "commitment.html", {})


def calendar(ask: Asked) -> Shown:
    """The calendar."""
    return Shown(boards.month(ask.browser, ask.params.get("month") or None, ask.today), "calendar.html", {})


def who_met_whom(ask: Asked) -> Shown:
    """The network."""
    return Shown(network.network(ask.browser, ask.filters()), "network.html", {})


def report_list(ask: Asked) -> Shown:
    """The list of reports."""
    return Shown(lists.report_list(ask.browser, dict(ask.params)), "reports.html", {"downloads": downloads.formats("sources")})


def conflict_list(ask: Asked) -> Shown:
    """The list of conflicts."""
    return Shown(lists.conflicts(ask.browser, dict(ask.params)), "conflicts.html", {"downloads": downloads.formats("conflicts")})


def issue_list(ask: Asked) -> Shown:
    """The list of doubts."""
    return Shown(lists.issues(ask.browser, dict(ask.params)), "issues.html", {"downloads": downloads.formats("issues")})


def search(ask: Asked) -> Shown:
    """Search; an id goes straight to its page."""
    words = " ".join(ask.params.get("q", "").split())[:200]
    if re.fullmatch(r"c?[vmasp]-[0-9a-f]{12}", words):
        raise Elsewhere(link(ask.browser.current(words) or words))
    return Shown(
        lists.search(ask.browser, ask.shelf, words)
        if words
        else lists.Found(words="", people=[], contacts=[], bodies=[], reports=[], more_reports=False),
        "search.html",
        {},
    )


def keys(_: Asked) -> Shown:
    """The keys that pages know."""
    return Shown({"keys": dict(KEYS)}, "keys.html", {"keys": KEYS})


def brief_form(ask: Asked) -> Shown:
    """The form that asks for a brief; with ``?subject=…`` it leads there."""
    subject = " ".join(ask.params.get("subject", "").split())[:200]
    if subject:
        raise Elsewhere(briefing.address(subject, ask.params))
    return Shown(briefing.choices(ask.browser), "brief_form.html", {})


def brief_page(ask: Asked) -> Shown:
    """The brief on a pair or a person."""
    found = _told(lambda: briefing.paper(ask.browser, ask.path["subject"], ask.params, ask.today))
    if found.subject != ask.path["subject"]:
        raise Elsewhere(briefing.address(found.subject, ask.params))
    return Shown(found, "brief.html", {"body": briefing.body(found, link), "forms": briefing.forms(found.subject, ask.params)})


def wording_page(ask: Asked) -> Shown:
    """The wording watch of a pair."""
    code = _pair_of(ask, "/wording")
    found = _told(lambda: briefing.wording(ask.browser, code, ask.params, ask.today))
    return Shown(found, "wording.html", {"redlines": {s.after.id + s.after.day: briefing.redline(s) for s in found.shifts}, "downloads": downloads.formats("wording")})


def readouts_page(ask: Asked) -> Shown:
    """The readouts of a contact side by side."""
    found = _told(lambda: briefing.readouts(ask.browser, ask.path["id"], ask.params, ask.today))
    if found.contact != ask.path["id"]:
        raise Elsewhere(f"/readouts/{found.contact}")
    thing = ask.browser.thing(found.contact)
    return Shown(found, "readouts.html", {"title": contact.headline(thing) if thing else found.contact, "heading": briefing.heading})


def _told(make: Callable[[], T]) -> T:
    """What was asked for; that there is no such thing is said as pages say it. Raises `NotFound`."""
    try:
        return make()
    except (NoSubject, NoSuchThing) as error:
        raise NotFound(str(error)) from error


KEYS: Final = (
    ("/", "go to the search"), ("g then h, m, v, p, a, l, c, r", "first page, meetings, visits, people, agreements, plans, calendar, reports"),
    ("n", "next page of a list"), ("b", "back"), ("Tab, Enter", "from fact to fact; open its words"), ("?", "this page"),
)  # fmt: skip

PAGES: Final[tuple[tuple[str, Callable[[Asked], Shown]], ...]] = (
    ("/", home_page),
    ("/search", search),
    *((f"/{family}", event_list(family)) for family in view.RECORDS),
    *((f"/{family[:-1]}/{{id}}", thing_page(family)) for family in view.RECORDS),
    ("/people", people_list),
    ("/person/{id}", person),
    ("/bodies", body_list),
    ("/body/{name:path}", body),
    ("/pairs", pair_list),
    ("/pair", two_bodies),
    ("/pair/{pair:path}", pair),
    ("/brief", brief_form),
    ("/brief/{subject:path}", brief_page),
    ("/wording/{pair:path}", wording_page),
    ("/readouts/{id}", readouts_page),
    ("/register", agreements_register),
    ("/plans", plan_board),
    ("/commitments", commitment_list),
    ("/commitment/{id}", commitment),
    ("/calendar", calendar),
    ("/network", who_met_whom),
    ("/reports", report_list),
    ("/report/{id}", report),
    ("/conflicts", conflict_list),
    ("/issues", issue_list),
    ("/keys", keys),
)
"""Addresses and what makes their pages."""

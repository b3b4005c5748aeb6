"""The HTTP API: lists and things for programs, read-only, described by OpenAPI at ``/api``.

Answers are the package's own records, so their description is made from the same types. Every error has one shape, that of
RFC 9457. A list gives ``next``, the address of its next page.
"""

# Without "from __future__ import annotations": FastAPI reads the annotations of functions made inside functions.
import re
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Annotated, Any, Final
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request
from fastapi.responses import Response

from memcon import view
from memcon.browse import MOST, PAGE, Browser, Filters, Report, Tally
from memcon.errors import BadFilter, MemconError
from memcon.follow import plans as followed
from memcon.follow import register as papers
from memcon.follow import topics
from memcon.follow.brief import Brief, NoSubject, brief
from memcon.follow.commitments import Commitment
from memcon.follow.grades import GRADES
from memcon.follow.plans import PlanEntry
from memcon.follow.readouts import Readouts, readouts
from memcon.follow.register import RegisterEntry
from memcon.follow.states import STATES
from memcon.follow.wording import Wording, watched
from memcon.langs import places
from memcon.ledger.store import NoSuchThing
from memcon.query import Occupancy, PersonThing
from memcon.resolve.times import span
from memcon.web import boards, commitments, home, lists, reports
from memcon.web.shelf import Shelf

__all__ = ["Missing", "Problem", "check", "description", "router"]

_DAY: Final = r"^(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_WHOLE_DAY: Final = r"^(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_EVENT_CURSOR: Final = r"^[0-9X?~%.-]{0,16}_[vmas]-[0-9a-f]{12}$"
_DOUBT_CURSOR: Final = r"^[0-9X?~%.-]{0,16}_[0-9a-f]{12}$"
_GO_ON: Final = "Where to go on: take it from ``next``."
_PLACE_CURSOR: Final = r"^o[0-9]{1,12}$"
_ID: Final = r"^c?{}-[0-9a-f]{{12}}$"
_NO_CONTROLS: Final = r"^[^\x00-\x1f]*$"
Question = Callable[[Browser, Shelf], Any]
Ask = Callable[[Request, Question], Awaitable[Response]]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a request (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


class VisitPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of visits."""

    items: list[view.VisitThing]
    next: str | None


class MeetingPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of meetings."""

    items: list[view.MeetingThing]
    next: str | None


class AgreementPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of agreements."""

    items: list[view.AgreementThing]
    next: str | None


class StatementPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of statements."""

    items: list[view.StatementThing]
    next: str | None


class RegisterPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the agreements register as it stood on a day; without one by reports alone."""

    on: str | None
    items: list[RegisterEntry]
    next: str | None


class PlanPage(msgspec.Struct, frozen=True, kw_only=True):
    """The plans that are asked for, as they stood on a day; without one by reports alone."""

    on: str | None
    items: list[PlanEntry]


class PersonPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of people, the most reported first."""

    items: list[PersonThing]
    next: str | None


class ReportsPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of reports, the last added first."""

    items: list[Report]
    next: str | None


class ConflictPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of conflicts."""

    items: list[lists.Differing]
    next: str | None


class DoubtPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of doubts."""

    items: list[lists.DoubtRow]
    next: str | None


class CommitmentPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of commitments, those made last first. Where a filter lets little through it may hold few, or none, and still have a next page."""

    items: list[Commitment]
    next: str | None


class Posts(msgspec.Struct, frozen=True, kw_only=True):
    """The posts of a person, by whose word."""

    items: list[Occupancy]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger holds, and what it was made from."""

    counts: list[home.Count]
    coverage: home.Coverage


_PAGES: Final[dict[str, type[Any]]] = {"visits": VisitPage, "meetings": MeetingPage, "agreements": AgreementPage, "statements": StatementPage}
_RECORDS: Final[tuple[type[Any], ...]] = (
    *_PAGES.values(), *view.THINGS.values(), RegisterPage, PlanPage, PersonPage, PersonThing, Posts, ReportsPage, reports.ReportPage, ConflictPage, DoubtPage, lists.Found, Summary, Problem, Tally, CommitmentPage, Commitment, Brief, Wording, Readouts,
)  # fmt: skip


def _words(what: str) -> Any:
    return Query(max_length=200, pattern=_NO_CONTROLS, description=what)


class Narrowed:
    """The filters of lists of events; several narrow together."""

    def __init__(
        self,
        person: Annotated[str | None, _words("A person's id, or name in any spelling.")] = None,
        body: Annotated[str | None, _words("A body's name.")] = None,
        country: Annotated[
            str | None, Query(json_schema_extra={"enum": sorted(places.countries())}, description="A country's ISO 3166-1 alpha-2 code.")
        ] = None,
        pair: Annotated[str | None, Query(pattern="^[A-Z]{2}-[A-Z]{2}$", description="Two countries, as KH-VN.")] = None,
        kind: Annotated[str | None, _words("A kind; of statements, the act.")] = None,
        status: Annotated[str | None, _words("A status, as planned.")] = None,
        since: Annotated[str | None, Query(pattern=_DAY, description="First day, month or year.")] = None,
        until: Annotated[str | None, Query(pattern=_DAY, description="Last day, month or year.")] = None,
        outlet: Annotated[str | None, _words("An outlet.")] = None,
        language: Annotated[str | None, Query(pattern="^[a-z]{2}$", description="A language of reports, as en.")] = None,
        text: Annotated[str | None, _words("Words that reports hold; a * ends the start of a word.")] = None,
        report: Annotated[str | None, _words("A report's id or name.")] = None,
        topic: Annotated[str | None, Query(json_schema_extra={"enum": list(topics.names())}, description="A topic of the codebook.")] = None,
    ) -> None:
        given = {
            "person": person, "body": body, "country": country, "pair": pair, "kind": kind, "status": status, "since": since, "until": until, "outlet": outlet,
            "language": language, "text": text, "report": report, "topic": topic,
        }  # fmt: skip
        self.filters = Filters(**{k: v for k, v in given.items() if v})
        self.nothing = (pair is not None and not all(places.country(x) for x in pair.split("-"))) or (
            country is not None and not places.country(country)
        )


Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows of a page.")]
On = Annotated[str | None, Query(pattern=_DAY, description="The day to which the clock is set; reports of later days do not count.")]
After = Annotated[str | None, Query(pattern=_EVENT_CURSOR, description="Where to go on: take it from ``next``.")]
Place = Annotated[str | None, Query(pattern=_PLACE_CURSOR, description="Where to go on: take it from ``next``.")]
Mark = Annotated[str | None, Query(max_length=400, description="Where to go on: take it from ``next``.")]
Wanted = Annotated[Narrowed, Depends()]


class Missing(MemconError):  # noqa: N818 — it says what is the matter
    """There is no such thing."""


def router(ask: Ask) -> APIRouter:
    """The routes. ``ask`` runs a question against the ledger and gives its answer, with its ETag, or the problem."""
    api = APIRouter(prefix="/api")
    for family in view.RECORDS:
        _events(api, family, ask)
    _followed(api, ask)
    _people(api, ask)
    _reports(api, ask)
    _promises(api, ask)
    _whole(api, ask)
    _following_up(api, ask)
    return api


def _events(api: APIRouter, family: str, ask: Ask) -> None:
    """The routes of one kind of thing."""
    letter = view.LETTERS[family]

    async def many(
        request: Request,
        wanted: Wanted,
        limit: Limit = PAGE,
        after: After = None,
        order: Annotated[str, Query(pattern="^(newest|oldest)$")] = "newest",
    ) -> Response:
        def page(browser: Browser, _: Shelf) -> Any:
            if wanted.nothing:
                return _PAGES[family](items=[], next=None)
            found = browser.events(family, wanted.filters, after=after, limit=limit, oldest=order == "oldest")
            return _PAGES[family](items=found.items, next=_following(request, found.next))

        return await ask(request, page)

    async def one(
        request: Request,
        identifier: Annotated[str, Path(alias="id", pattern=_ID.format(letter), description="The id of a thing, or of one of its claims.")],
    ) -> Response:
        def thing(browser: Browser, _: Shelf) -> Any:
            found = browser.thing(identifier) or browser.thing(browser.current(identifier) or "")
            if found is None:
                raise Missing(f"nothing in this ledger has the id {identifier}")
            return found

        return await ask(request, thing)

    _route(api, f"/{family}", many, _PAGES[family], f"{family.capitalize()}, newest first")
    _route(api, f"/{family}/{{id}}", one, view.THINGS[family], f"One of the {family}, with the words of every report")


def _followed(api: APIRouter, ask: Ask) -> None:
    """The routes of what is followed up. They take the day from the question alone: the same question has the same answer tomorrow."""

    async def register(
        request: Request, wanted: Wanted, on: Annotated[str | None, Query(pattern=_WHOLE_DAY, description="The day to which the clock is set; without one nothing is over by time alone.")] = None,
        state: Annotated[str | None, Query(json_schema_extra={"enum": list(papers.STATES)}, description="The state on that day.")] = None,
        level: Annotated[str | None, _words("The level of the parties, as state or party.")] = None,
        expiring: Annotated[int | None, Query(ge=0, le=999, description="In force, with a term that ends within so many months of ``on``; without one, nothing is.")] = None, after: After = None,
    ) -> Response:  # fmt: skip
        def page(browser: Browser, _: Shelf) -> Any:
            if wanted.nothing:
                return RegisterPage(on=on, items=[], next=None)
            found = boards.register(browser, wanted.filters, boards.RegisterFilters(on=on, state=state, level=level, expiring=expiring), after=after)
            return RegisterPage(on=on, items=found.items, next=_following(request, found.next))

        return await ask(request, page)

    async def plans(
        request: Request, wanted: Wanted, on: Annotated[str | None, Query(pattern=_WHOLE_DAY, description="The day to which the clock is set.")] = None,
        state: Annotated[str | None, Query(json_schema_extra={"enum": list(followed.STATES)}, description="The state on that day.")] = None, limit: Limit = PAGE,
    ) -> Response:  # fmt: skip
        def page(browser: Browser, _: Shelf) -> Any:
            if wanted.nothing:
                return PlanPage(on=on, items=[])
            return PlanPage(on=on, items=boards.plan_list(browser, wanted.filters, on, state, limit))

        return await ask(request, page)

    _route(api, "/register", register, RegisterPage, "Agreements as they stood on a day, each step of their lives with its words")
    _route(api, "/plans", plans, PlanPage, "Plans, and what became of them")


def _people(api: APIRouter, ask: Ask) -> None:
    async def many(
        request: Request, name: Annotated[str | None, _words("Words of a name, in any spelling.")] = None,
        country: Annotated[str | None, Query(json_schema_extra={"enum": sorted(places.countries())}, description="The side's ISO code.")] = None, limit: Limit = PAGE, after: Place = None,
    ) -> Response:  # fmt: skip
        def page(browser: Browser, _: Shelf) -> Any:
            found = browser.people(name=name, country=country, after=after, limit=limit)
            return PersonPage(items=found.items, next=_following(request, found.next))

        return await ask(request, page)

    async def one(request: Request, identifier: Annotated[str, Path(alias="id", pattern=_ID.format("p"))]) -> Response:
        return await ask(request, lambda browser, _: browser.person(_known(browser, identifier)))

    async def posts(
        request: Request,
        identifier: Annotated[str, Path(alias="id", pattern=_ID.format("p"))],
        on: Annotated[str | None, Query(pattern=_DAY, description="By reports of about that day.")] = None,
    ) -> Response:
        def held(browser: Browser, _: Shelf) -> Any:
            return Posts(items=list(browser.ledger.posts(person=_known(browser, identifier), on=on)))

        return await ask(request, held)

    _route(api, "/people", many, PersonPage, "People, the most reported first")
    _route(api, "/people/{id}", one, PersonThing, "A person, with every spelling")
    _route(api, "/people/{id}/posts", posts, Posts, "The posts of a person, by whose word")


def _known(browser: Browser, identifier: str) -> str:
    now = browser.current(identifier)
    if now is None:
        raise Missing(f"no person in this ledger has the id {identifier}")
    return now


def _promises(api: APIRouter, ask: Ask) -> None:
    """Commitments. Without ``on`` no clock is set, so that an answer does not depend on the day it is given."""

    async def many(
        request: Request, wanted: Wanted, on: On = None, side: Annotated[str | None, _words("Who owes: a country's code or name, a person, a body.")] = None,
        grade: Annotated[str | None, Query(json_schema_extra={"enum": [*GRADES, "all"]}, description="A grade; else those that are followed up.")] = None,
        state: Annotated[str | None, Query(json_schema_extra={"enum": list(STATES)}, description="A state on that day.")] = None,
        due_before: Annotated[str | None, Query(pattern=_DAY, description="Due before that day.")] = None, limit: Annotated[int, Query(ge=1, le=PAGE, description="Rows of a page.")] = PAGE,
        after: After = None,
    ) -> Response:  # fmt: skip
        def page(browser: Browser, _: Shelf) -> Any:
            asked = commitments.asked_of({k: v for k, v in (("on", on), ("side", side), ("grade", grade), ("state", state), ("due_before", due_before)) if v}, None)
            if wanted.nothing:
                return CommitmentPage(items=[], next=None)
            found = commitments.page_of(browser, wanted.filters, asked, after=after, limit=limit, facets=False)
            return CommitmentPage(items=found.items, next=_following(request, found.next))

        return await ask(request, page)

    async def one(request: Request, identifier: Annotated[str, Path(alias="id", pattern="^k-[0-9a-f]{12}$")], on: On = None) -> Response:
        def whole(browser: Browser, _: Shelf) -> Any:
            found = commitments.whole(browser, identifier, commitments.asked_of({"on": on or ""}, None).on)
            if found is None:
                raise Missing(f"no commitment in this ledger has the id {identifier}")
            return found.commitment

        return await ask(request, whole)

    _route(api, "/commitments", many, CommitmentPage, "Commitments as they stand on a day, those made last first")
    _route(api, "/commitments/{id}", one, Commitment, "A commitment, with every step and its words")


def _reports(api: APIRouter, ask: Ask) -> None:
    async def many(
        request: Request, text: Annotated[str | None, _words("Words that the reports hold.")] = None, limit: Limit = PAGE, after: Place = None
    ) -> Response:
        def page(browser: Browser, _: Shelf) -> Any:
            found = browser.reports(text=text or None, after=after, limit=limit)
            return ReportsPage(items=found.items, next=_following(request, found.next))

        return await ask(request, page)

    async def one(request: Request, identifier: Annotated[str, Path(alias="id", pattern="^d-[0-9a-f]{12}$")]) -> Response:
        def whole(browser: Browser, _: Shelf) -> Any:
            found = browser.report(identifier)
            if found is None:
                raise Missing(f"no report in this ledger has the id {identifier}")
            return reports.report_page(browser, found)

        return await ask(request, whole)

    _route(api, "/reports", many, ReportsPage, "Reports, the last added first")
    _route(api, "/reports/{id}", one, reports.ReportPage, "A report: its text, every claim with its words, and what was doubtful")


def _whole(api: APIRouter, ask: Ask) -> None:
    async def conflicts(request: Request, after: Mark = None) -> Response:
        def page(browser: Browser, _: Shelf) -> Any:
            found = lists.conflicts(browser, {"after": after or ""})
            return ConflictPage(items=found.items, next=_following(request, found.next))

        return await ask(request, page)

    async def doubts(request: Request, after: Annotated[str | None, Query(pattern=_DOUBT_CURSOR, description=_GO_ON)] = None) -> Response:
        return await ask(request, lambda browser, _: _doubts(request, browser, "reading", after))

    async def unsure(request: Request, after: Mark = None) -> Response:
        return await ask(request, lambda browser, _: _doubts(request, browser, "joining", after))

    async def contradictions(request: Request) -> Response:
        return await ask(request, lambda browser, _: _doubts(request, browser, "contradiction", None))

    async def search(request: Request, q: Annotated[str, _words("A name, or words of reports.")]) -> Response:
        return await ask(request, lambda browser, shelf: lists.search(browser, shelf, " ".join(q.split())))

    async def ledger(request: Request) -> Response:
        return await ask(
            request,
            lambda browser, shelf: Summary(counts=home.counts(browser, shelf), coverage=home.coverage(browser, shelf)),
        )

    _route(api, "/conflicts", conflicts, ConflictPage, "Fields on which reports differ")
    _route(api, "/issues", doubts, DoubtPage, "Doubts of single reports, of the newest first")
    _route(api, "/unsure", unsure, DoubtPage, "Things that may be one, with evidence that fits more than one")
    _route(api, "/contradictions", contradictions, DoubtPage, "Days on which the reports of one thing contradict each other")
    _route(api, "/search", search, lists.Found, "People, contacts, bodies and reports by words")
    _route(api, "/ledger", ledger, Summary, "What the ledger holds, and what it was made from")


def _following_up(api: APIRouter, ask: Ask) -> None:
    """Briefs, the wording watch and readouts: without ``on`` from all that the ledger holds, for an answer does not depend on the day it is given."""

    async def paper(
        request: Request,
        subject: Annotated[str, Path(max_length=200, pattern=_NO_CONTROLS, description="Two countries, as KH-VN, or a person's id or name.")],
        on: On = None,
        ours: Annotated[str | None, Query(alias="for", max_length=60, pattern=_NO_CONTROLS, description="Our own side: a country's code or name.")] = None,
    ) -> Response:
        def made(browser: Browser, _: Shelf) -> Any:
            _check_day(on)
            try:
                return brief(browser.ledger, subject, on, ours=ours or None)
            except NoSubject as error:
                raise Missing(str(error)) from error

        return await ask(request, made)

    async def words(request: Request, pair: Annotated[str, Path(pattern="^[A-Z]{2}-[A-Z]{2}$", description="Two countries, as KH-VN.")], on: On = None) -> Response:
        def made(browser: Browser, _: Shelf) -> Any:
            _check_day(on)
            try:
                return watched(browser.ledger, pair, on=on)
            except BadFilter as error:
                raise Missing(str(error)) from error

        return await ask(request, made)

    async def side_by_side(request: Request, identifier: Annotated[str, Path(alias="id", pattern=_ID.format("[mv]"))], on: On = None) -> Response:
        def made(browser: Browser, _: Shelf) -> Any:
            _check_day(on)
            try:
                return readouts(browser.ledger, identifier, on=on)
            except NoSuchThing as error:
                raise Missing(f"no meeting and no visit in this ledger has the id {identifier}, or none was known then") from error

        return await ask(request, made)

    _route(api, "/brief/{subject}", paper, Brief, "The brief for the next meeting of a pair, or with a person, each line with its sources")
    _route(api, "/wording/{pair}", words, Wording, "Lines of both sides that changed between contacts, and usual lines that are missing")
    _route(api, "/readouts/{id}", side_by_side, Readouts, "The readouts of a meeting or visit side by side")


def _check_day(on: str | None) -> None:
    if on is not None and span(on) is None:
        raise BadFilter("on", f"{on!r} is no date: write 2024-03-12, 2024-03 or 2024")


def _doubts(request: Request, browser: Browser, show: str, after: str | None) -> DoubtPage:
    found = lists.issues(browser, {"after": after or "", "show": show})
    return DoubtPage(items=found.items, next=_following(request, found.next))


def _route(api: APIRouter, path: str, endpoint: Callable[..., Any], record: type[Any], summary: str) -> None:
    answer = {"description": summary, "content": {"application/json": {"schema": _components()[0][record]}}}
    name = re.sub(r"[{}]", "", path.strip("/")).replace("/", "_")
    api.add_api_route(
        path, endpoint, methods=["GET"], summary=summary, operation_id=name, response_class=Response, response_model=None, responses={200: answer}, name=name,
    )  # fmt: skip


def _following(request: Request, after: str | None) -> str | None:
    """The address of the next page."""
    if after is None:
        return None
    kept = {k: v for k, v in request.query_params.items() if k != "after"}
    return f"{request.url.path}?{urlencode({**kept, 'after': after})}"


@cache
def _components() -> tuple[dict[type[Any], dict[str, Any]], dict[str, Any]]:
    """A reference to each record's description, and the descriptions; of two records of one name, each has a longer one."""
    refs, components = msgspec.json.schema_components(_RECORDS, ref_template="#/components/schemas/{name}")
    return dict(zip(_RECORDS, refs, strict=True)), components


def description(app: FastAPI, version: str) -> dict[str, Any]:
    """The OpenAPI description of the API, its records from the types that are sent."""
    from fastapi.openapi.utils import get_openapi

    made = get_openapi(
        title="memcon", version=version, openapi_version="3.1.0", summary="Who met whom, as public reports tell it. Read-only.", routes=app.routes
    )
    made["components"] = {"schemas": _components()[1]}
    problem = {"description": "What is wrong", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for operations in made["paths"].values():
        for operation in operations.values():
            operation["responses"] = {
                "200": operation["responses"]["200"],
                "304": {"description": "What the client has, by its ETag, is still right"},
                "default": problem,
            }
            operation["responses"]["200"]["headers"] = {"ETag": {"description": "Changes when the answer does", "schema": {"type": "string"}}}
    return made


def check(request: Request) -> None:
    """What the description forbids and FastAPI lets pass. Raises `BadFilter`."""
    for name in request.query_params:
        if len(request.query_params.getlist(name)) > 1:
            raise BadFilter(name, "is given more than once")
    country = request.query_params.get("country")
    if country is not None and country not in places.countries():
        raise BadFilter("country", "is no ISO 3166-1 alpha-2 code, as KH")
    topic = request.query_params.get("topic")
    if topic is not None and topic not in topics.names():
        raise BadFilter("topic", "is no topic of the codebook, as trade")

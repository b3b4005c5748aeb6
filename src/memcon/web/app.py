"""The server: addresses, guards and answers. Nothing here knows what a page shows.

Reports are hostile input and browsers carry other people's pages: only GET and HEAD are answered, only to the names by which
this server is meant to be called (a page elsewhere could otherwise point a name of its own at this machine and read the
ledger through it), and the policy sent with every page forbids every script but the server's own files.
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import os
import re
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, MutableMapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from memcon.errors import BadFilter, MemconError
from memcon.export import briefs
from memcon.export.formats import ExportError
from memcon.follow.brief import NoSubject
from memcon.ledger.store import LedgerError
from memcon.web import api, briefing, downloads, pages, views
from memcon.web.api import Problem
from memcon.web.shelf import Made, Shelf

__all__ = ["create_app"]

_log = logging.getLogger("memcon.web")
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

POLICY: Final = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_HEADERS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_HTML: Final = "text/html; charset=utf-8"
_JSON: Final = "application/json"
_PROBLEM: Final = "application/problem+json"
_HOST: Final = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?")
_FILE: Final = re.compile(r"/([a-z]{3,20})\.([a-z0-9]{2,10})")
_LONGEST: Final = 8_000  # characters of an address


def create_app(ledger: str | os.PathLike[str], *, hosts: Collection[str] = (), today: Callable[[], str] | None = None) -> FastAPI:
    """The pages and the API over a ledger. ``hosts`` are names, beside those of this machine's loopback, by which it may be called.

    Raises `LedgerError` when the ledger cannot be opened.
    """
    shelf = Shelf(ledger)
    day = today or (lambda: datetime.now(UTC).date().isoformat())
    app = FastAPI(title="memcon", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.shelf = shelf
    for path, make in views.PAGES:
        app.add_api_route(path, _endpoint(shelf, make, day), methods=["GET"], include_in_schema=False, response_model=None)
    app.include_router(api.router(_asking(shelf)))
    described = msgspec.json.encode(api.description(app, pages.version()))

    async def describe(request: Request) -> Response:
        if "text/html" in request.headers.get("accept", "") and not request.url.path.endswith(".json"):
            page = pages.render("api.html", p=msgspec.json.decode(described), **frame(request, day()))
            return answer(request, finished(_HTML, page.encode()))
        return answer(request, finished(_JSON, described))

    for path in ("/api", "/api.json"):
        app.add_api_route(path, describe, methods=["GET"], include_in_schema=False, response_model=None)
    app.add_api_route("/download/{family}/{name}", _downloading(shelf), methods=["GET"], include_in_schema=False, response_model=None)
    app.add_api_route("/briefs/{form}/{subject:path}", _briefed(shelf, day), methods=["GET"], include_in_schema=False, response_model=None)
    app.add_api_route("/static/{name}", _static, methods=["GET"], include_in_schema=False, response_model=None)
    app.add_exception_handler(HTTPException, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_middleware(Suffix)
    app.add_middleware(Guard, hosts=hosts)
    return app


def _endpoint(shelf: Shelf, make: Callable[[views.Asked], views.Shown], day: Callable[[], str]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        form, today = form_of(request), day()
        key = f"{form}\n{today}\n{request.url.path}\n{request.url.query}"
        try:
            made = await run_in_threadpool(shelf.made, key, lambda: _make(shelf, make, request, form, today))
        except views.Elsewhere as elsewhere:
            return RedirectResponse(elsewhere.address + (".json" if form == "json" else ""), status_code=302)
        except (views.NotFound, BadFilter, LedgerError) as error:
            return failure(request, problem_of(error))
        return answer(request, made)

    return endpoint


def _asking(shelf: Shelf) -> api.Ask:
    """How the API's questions are answered."""

    async def ask(request: Request, question: api.Question) -> Response:
        def make() -> Made:
            with shelf.reading() as browser:
                return finished(_JSON, msgspec.json.encode(question(browser, shelf)))

        try:
            api.check(request)
            made = await run_in_threadpool(shelf.made, f"api\n{request.url.path}\n{request.url.query}", make)
        except (api.Missing, BadFilter, LedgerError) as error:
            return failure(request, problem_of(error))
        return answer(request, made)

    return ask


def _make(shelf: Shelf, make: Callable[[views.Asked], views.Shown], request: Request, form: str, today: str) -> Made:
    with shelf.reading() as browser:
        shown = make(views.Asked(browser, shelf, request.path_params, dict(request.query_params), today))
        if form == "json":
            return finished(_JSON, msgspec.json.encode(shown.record))
        return finished(_HTML, pages.render(shown.template, p=shown.record, **shown.values, **frame(request, today)).encode())


def frame(request: Request, today: str) -> dict[str, Any]:
    """What the frame around every page needs."""
    path = request.url.path
    query = f"?{request.url.query}" if request.url.query else ""
    return {"path": path, "params": dict(request.query_params), "today": today, "json_link": f"{path if path != '/' else '/index'}.json{query}"}


def form_of(request: Request) -> str:
    """In which form an answer is asked for: html, or json where the address ended so."""
    return str(request.scope.get("memcon.form", "html"))


def finished(kind: str, body: bytes, status: int = 200) -> Made:
    """An answer with its ETag."""
    return Made(status, kind, body, '"' + hashlib.blake2b(body, digest_size=12).hexdigest() + '"')


def answer(request: Request, made: Made) -> Response:
    """An answer, or the word that what the browser has is still right."""
    headers = {"ETag": made.etag, "Cache-Control": "no-cache"}
    asked = request.headers.get("if-none-match", "")
    if made.status == HTTPStatus.OK and (asked == "*" or made.etag in [x.strip().removeprefix("W/") for x in asked.split(",")]):
        return Response(status_code=304, headers=headers)
    return Response(made.body, status_code=made.status, media_type=made.kind, headers=headers)


def problem(status: int, detail: str) -> Problem:
    """What is wrong, in the one shape that all errors have."""
    return Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail)


def problem_of(error: Exception) -> Problem:
    """An error as what the reader is told."""
    if isinstance(error, views.NotFound | api.Missing):
        return problem(404, str(error.args[0]))
    if isinstance(error, BadFilter | ExportError):
        return problem(400, str(error))
    return problem(503, str(error))


def for_programs(scope: Mapping[str, Any]) -> bool:
    """Whether a program asks: the API, or the record of a page."""
    return bool(scope.get("path", "").startswith("/api") or scope.get("memcon.form", "html") != "html")


def failure(request: Request, problem: Problem) -> Response:
    """A page, or for programs a record, that says what is wrong."""
    if for_programs(request.scope):
        return Response(msgspec.json.encode(problem), status_code=problem.status, media_type=_PROBLEM, headers={"Cache-Control": "no-store"})
    body = pages.render("error.html", p=problem, **frame(request, ""))
    return Response(body, status_code=problem.status, media_type=_HTML, headers={"Cache-Control": "no-store"})


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = "there is no page at this address" if error.status_code == HTTPStatus.NOT_FOUND else str(error.detail)
    return failure(request, problem(error.status_code, detail))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = "; ".join(f"{'.'.join(str(x) for x in e['loc'][1:])}: {e['msg']}" for e in error.errors())
    return failure(request, problem(404 if any(e["loc"][0] == "path" for e in error.errors()) else 400, wrong[:1000]))


def _downloading(shelf: Shelf) -> Callable[[Request, str, str], Awaitable[Response]]:
    """Lists as files."""

    async def download(request: Request, family: str, name: str) -> Response:
        if not downloads.is_file(family, name):
            return failure(request, problem(404, "there is no such file"))
        filters = views.filters_of(request.query_params)
        # A feed or a file of what follows something up is of the day that its address names; without one, no clock is set.
        try:
            clock = downloads.clock(family, request.query_params)
            found = await run_in_threadpool(downloads.made, shelf.path, str(request.base_url).rstrip("/"), family, name, filters, clock)
        except MemconError as error:
            return failure(request, problem_of(error))
        headers = {"Cache-Control": "no-cache"}
        if name not in {x for x, _, _ in downloads.feeds(family)}:
            headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
        return StreamingResponse(found.pieces(), media_type=found.kind, headers=headers)

    return download


def _briefed(shelf: Shelf, day: Callable[[], str]) -> Callable[[Request, str, str], Awaitable[Response]]:
    """Briefs as files."""

    async def brief(request: Request, form: str, subject: str) -> Response:
        if form not in briefs.FORMS:
            return failure(request, problem(404, "there is no such file"))

        def make() -> tuple[str, str, bytes]:
            with shelf.reading() as browser:
                return briefing.file(browser, form, subject, dict(request.query_params), day())

        try:
            name, kind, content = await run_in_threadpool(make)
        except (NoSubject, BadFilter, LedgerError) as error:
            return failure(request, problem(404, str(error)) if isinstance(error, NoSubject) else problem_of(error))
        headers = {"Cache-Control": "no-cache", "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type=kind, headers=headers)

    return brief


async def _static(request: Request, name: str) -> Response:
    found = pages.assets().get(name)
    if found is None:
        return failure(request, problem(404, "there is no such file"))
    kind, body = found
    return answer(request, finished(kind, body))


class Suffix:
    """Takes the ending off an address: ``.json`` asks for the record of any page, that of a format for a list as a file."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path.endswith(".json") and not path.startswith(("/api", "/static/")):
            short = path.removesuffix(".json")
            scope = {**scope, "path": "/" if short == "/index" else short, "memcon.form": "json"}
        elif scope["type"] == "http" and (m := _FILE.fullmatch(path)) and downloads.is_file(m[1], m[2]):
            scope = {**scope, "path": f"/download/{m[1]}/{m[2]}"}
        await self._app(scope, receive, send)


class Guard:
    """Turns away what a reader of pages never sends, before anything looks at it, and adds the policy to every answer."""

    def __init__(self, app: Any, hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset(h.lower().rstrip(".") for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        guarded = _with_headers(send)
        refused = self._refused(scope)
        if refused is not None:
            await _refuse(guarded, scope, *refused)
            return
        try:
            if scope["method"] == "HEAD":
                # Asked and made as GET is, so that it says the same; only the body stays here.
                await self._app({**scope, "method": "GET"}, receive, _without_body(guarded))
                return
            await self._app(scope, receive, guarded)
        except Exception:  # noqa: BLE001 — the edge: one page's defect must not end the server
            _log.exception("memcon failed on %s", scope.get("path"))
            await _refuse(guarded, scope, 500, "memcon failed on this page; the terminal it runs in says how. Please report it.")

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        hosts = [v.decode("latin-1") for k, v in scope["headers"] if k == b"host"]
        if len(hosts) != 1 or not self.is_own(hosts[0]):
            return 421, "This server does not go by that name. Open it as http://127.0.0.1, or start it with --allow-host NAME."
        if scope["method"] not in ("GET", "HEAD"):
            return 405, "This server only shows: GET and HEAD."
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string", b"")) > _LONGEST:
            return 414, "This address is too long."
        return None

    def is_own(self, host: str) -> bool:
        """Whether a Host header names this server: the loopback's names and addresses, and those that were allowed."""
        m = _HOST.fullmatch(host.strip().lower())
        name = (m[1] or m[2]).rstrip(".") if m else ""
        if name == "localhost" or name in self._hosts:
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *_HEADERS]}
        await send(message)

    return sending


def _without_body(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return sending


async def _refuse(send: Send, scope: Scope, status: int, words: str) -> None:
    """An answer made without the pages: a line of text, or for programs the record that every error is."""
    program = for_programs(scope) or scope.get("path", "").endswith(".json")
    body = msgspec.json.encode(problem(status, words)) if program else f"{words}\n".encode()
    headers = [
        (b"content-type", _PROBLEM.encode() if program else b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers.append((b"allow", b"GET, HEAD"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope.get("method") == "HEAD" else body})

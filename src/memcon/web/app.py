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
from collections.abc import Awaitable, Callable, Collection, Iterable, MutableMapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import msgspec
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from memcon.browse import BadFilter
from memcon.ledger.store import LedgerError
from memcon.web import pages, views
from memcon.web.shelf import Made, Shelf

__all__ = ["create_app"]

_log = logging.getLogger("memcon.web")
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
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
_LONGEST: Final = 8_000  # characters of an address


class Problem(NamedTuple):
    """What went wrong, in the shape of RFC 9457."""

    status: int
    detail: str


def create_app(ledger: str | os.PathLike[str], *, hosts: Collection[str] = (), today: Callable[[], str] | None = None) -> FastAPI:
    """The pages and the API over a ledger. ``hosts`` are names, beside those of this machine's loopback, by which it may be called.

    Raises `LedgerError` when the ledger cannot be opened.
    """
    shelf = Shelf(ledger)
    day = today or (lambda: datetime.now(UTC).date().isoformat())
    app = FastAPI(title="memcon", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.shelf = shelf
    for path, make in views.PAGES:
        app.add_api_route(path, _endpoint(shelf, make, day), methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
    app.add_api_route("/static/{name}", _static, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
    app.add_exception_handler(HTTPException, _failed)
    app.add_middleware(Suffix)
    app.add_middleware(Guard, hosts=hosts)
    return app


def _endpoint(shelf: Shelf, make: Callable[[views.Asked], views.Shown], day: Callable[[], str]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        form, today = form_of(request), day()
        key = "\n".join((form, today, request.url.path, request.url.query))
        try:
            made = await run_in_threadpool(shelf.made, key, lambda: _make(shelf, make, request, form, today))
        except views.Elsewhere as elsewhere:
            return RedirectResponse(elsewhere.address + (".json" if form == "json" else ""), status_code=302)
        except (views.NotFound, BadFilter, LedgerError) as error:
            return failure(request, problem_of(error))
        return answer(request, made)

    return endpoint


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


def problem_of(error: Exception) -> Problem:
    """An error as what the reader is told."""
    if isinstance(error, views.NotFound):
        return Problem(404, str(error.args[0]))
    if isinstance(error, BadFilter):
        return Problem(400, str(error))
    return Problem(503, str(error))


def failure(request: Request, problem: Problem) -> Response:
    """A page, or for programs a record, that says what is wrong."""
    title = HTTPStatus(problem.status).phrase
    if form_of(request) != "html" or request.url.path.startswith("/api"):
        record = {"type": "about:blank", "title": title, "status": problem.status, "detail": problem.detail}
        return Response(msgspec.json.encode(record), status_code=problem.status, media_type=_PROBLEM, headers={"Cache-Control": "no-store"})
    body = pages.render("error.html", p=problem, title=title, **frame(request, ""))
    return Response(body, status_code=problem.status, media_type=_HTML, headers={"Cache-Control": "no-store"})


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = "there is no page at this address" if error.status_code == 404 else str(error.detail)  # noqa: PLR2004 — HTTP's own
    return failure(request, Problem(error.status_code, detail))


async def _static(request: Request, name: str) -> Response:
    found = pages.assets().get(name)
    if found is None:
        return failure(request, Problem(404, "there is no such file"))
    kind, body = found
    return answer(request, finished(kind, body))


class Suffix:
    """Takes ``.json`` off an address and remembers it: every page has its record at the same address with that ending."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path.endswith(".json") and not path.startswith(("/api", "/static/")):
            short = path.removesuffix(".json")
            scope = {**scope, "path": "/" if short == "/index" else short, "memcon.form": "json"}
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
            await _plain(guarded, *refused)
            return
        try:
            await self._app(scope, receive, guarded)
        except Exception:
            _log.exception("memcon failed on %s", scope.get("path"))
            await _plain(guarded, 500, "memcon failed on this page; the terminal it runs in says how. Please report it.")

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
        name = host.strip().lower()
        bare = name[1:].split("]")[0] if name.startswith("[") else name.rsplit(":", 1)[0] if ":" in name else name
        bare = bare.rstrip(".")
        if bare == "localhost" or bare in self._hosts:
            return True
        try:
            address = ipaddress.ip_address(bare)
        except ValueError:
            return False
        return address.is_loopback


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *_HEADERS]}
        await send(message)

    return sending


async def _plain(send: Send, status: int, words: str) -> None:
    body = (words + "\n").encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    if status == 405:  # noqa: PLR2004 — HTTP's own
        headers.append((b"allow", b"GET, HEAD"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

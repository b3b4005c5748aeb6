"""A ledger of a few reports told in code (no model is loaded), the server over it, and a browser where there is one."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from memcon import Ledger
from memcon.model import Agreement, Document, Evidence, Meeting, Memorandum, Person, Position, Span, Statement, Visit
from memcon.web.app import create_app

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2022-09-01"
FIRST = (
    "Lautoka. The chairman of the Reef Council of Tonga, Ana Tuilagi, will pay a courtesy call on Deputy Prime Minister of Fiji Seru Naqa on 23 August. "
    "She thanked her host for the help with the sea wall, on behalf of King Tupou Fa."
)
SECOND = (
    "Suva, 23 August 2022. Ana Tuilagi, head of the Reef Council of Tonga, paid a courtesy call on Seru Naqa, Deputy Prime Minister of Fiji, in Suva on Tuesday. "
    "Mr Naqa proposed that a ferry link the two countries. They signed a plan on sea walls for 2022-2024."
)


def at(text: str, words: str, **fields: str) -> Evidence:
    """The evidence of a record: its words, and those of its fields."""
    start = text.index(words)
    spans = {f.rstrip("_"): [Span(text.index(w), text.index(w) + len(w))] for f, w in fields.items()}
    return Evidence(start=start, end=start + len(words), fields=spans)


def tell(ledger: Ledger, name: str, text: str, **told: Any) -> str:
    """Keep a report with its record; the id of the report."""
    document = Document(
        id=name, text=text, published=told.pop("published", None), outlet=told.pop("outlet", None), url=told.pop("url", None), language="en"
    )
    memo = Memorandum(id=name, published=document.published, outlet=document.outlet, language="en", version="told", **told)
    return ledger.keep(document, memo).id


def person(text: str, name: str, country: str, title: str, body: str, words: str) -> Person:
    """A person with one post."""
    post = Position(title=title, organization=body, evidence=at(text, words))
    return Person(name=name, country=country, positions=[post], evidence=at(text, name, name=name))


def fill(ledger: Ledger) -> dict[str, str]:
    """Two reports of one contact: announced, then held, with a title that differs. Ids by name."""
    call = {"hosts": ["Seru Naqa"], "guests": ["Ana Tuilagi"]}
    first = tell(
        ledger, "lautoka", FIRST, published="2022-08-20", outlet="Lautoka Times",
        people=[person(FIRST, "Ana Tuilagi", "TO", "chairman", "Reef Council of Tonga", "chairman of the Reef Council of Tonga"), person(FIRST, "Seru Naqa", "FJ", "Deputy Prime Minister", "Fiji", "Deputy Prime Minister of Fiji")],
        meetings=[Meeting(kind="courtesy_call", date="2022-08-23", status="planned", **call, evidence=at(FIRST, "will pay a courtesy call on", date="23 August"), derivation={"date": "23 August + published 2022-08-20 -> 2022-08-23"})],
        statements=[Statement(speakers=["Ana Tuilagi"], addressees=["Seru Naqa"], act="thank", principal="Tupou Fa", text="She thanked her host for the help with the sea wall", evidence=at(FIRST, "She thanked her host for the help with the sea wall"))],
    )  # fmt: skip
    second = tell(
        ledger, "suva", SECOND, published="2022-08-23", outlet="Suva Post", url="https://example.org/suva",
        people=[person(SECOND, "Ana Tuilagi", "TO", "head", "Reef Council of Tonga", "head of the Reef Council of Tonga"), person(SECOND, "Seru Naqa", "FJ", "Deputy Prime Minister", "Fiji", "Deputy Prime Minister of Fiji")],
        visits=[Visit(visitors=["Ana Tuilagi"], from_="TO", to="FJ", kind="official", start="2022-08-23", end="2022-08-24", evidence=at(SECOND, "paid a courtesy call"))],
        meetings=[Meeting(kind="courtesy_call", date="2022-08-23", place="Suva", **call, evidence=at(SECOND, "paid a courtesy call on", date="Tuesday", place="in Suva"))],
        statements=[Statement(speakers=["Seru Naqa"], addressees=["Ana Tuilagi"], act="propose", text="Mr Naqa proposed that a ferry link the two countries", evidence=at(SECOND, "Mr Naqa proposed that a ferry link the two countries"))],
        agreements=[Agreement(kind="plan", subject="sea walls", parties=["Tonga", "Fiji"], signers=["Ana Tuilagi", "Seru Naqa"], signed="2022-08-23", start="2022", end="2024", evidence=at(SECOND, "They signed a plan on sea walls"))],
    )  # fmt: skip
    plan = "Suva. Seru Naqa, Deputy Prime Minister of Fiji, will visit Tonga in October 2022."
    third = tell(
        ledger, "plan", plan, published="2022-08-30", outlet="Suva Post", people=[person(plan, "Seru Naqa", "FJ", "Deputy Prime Minister", "Fiji", "Deputy Prime Minister of Fiji")],
        visits=[Visit(visitors=["Seru Naqa"], from_="FJ", to="TO", start="2022-10", status="planned", evidence=at(plan, "will visit Tonga"))],
    )  # fmt: skip
    return {"lautoka": first, "suva": second, "plan": third}


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger's file."""
    path = tmp_path_factory.mktemp("web") / "book.db"
    with Ledger(path) as ledger:
        fill(ledger)
    return path


@pytest.fixture(scope="session")
def ids(book: Path) -> dict[str, str]:
    """Ids of what the ledger holds, by kind."""
    with Ledger(book, readonly=True) as ledger:
        meeting, visits = ledger.meetings()[0], ledger.visits()
        return {
            "meeting": meeting.id, "visit": next(v.id for v in visits if v.status != "planned"), "agreement": ledger.agreements()[0].id, "statement": ledger.statements()[0].id,
            "person": meeting.guests[0].id, "host": meeting.hosts[0].id, "report": meeting.sources[-1].document, "claim": meeting.sources[-1].claim, "plan": next(v.id for v in visits if v.status == "planned"),
        }  # fmt: skip


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """The server over a ledger, on a free port."""
    server = uvicorn.Server(uvicorn.Config(create_app(path, today=lambda: TODAY), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def base(book: Path) -> Iterator[str]:
    """The address of the server."""
    with serving(book) as address:
        yield address


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], Any]:
    """A server over a ledger of the test's own."""
    return serving


@pytest.fixture(scope="session")
def client(base: str) -> Iterator[httpx.Client]:
    """A program that asks the server."""
    with httpx.Client(base_url=base, timeout=60) as made:
        yield made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser. Tests that need it are skipped where there is none; `.ci/run` installs it."""
    path = os.environ.get("MEMCON_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium: apt-get install chromium, or name one in MEMCON_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Any, base: str) -> Iterator[Any]:
    """A tab of its own; fails the test that leaves an error on its console."""
    context = chromium.new_context(base_url=base, accept_downloads=True)
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    yield page
    context.close()
    assert errors == []


def every_page(ids: dict[str, str]) -> list[str]:
    """An address of every kind of page."""
    return [
        "/", "/search?q=Tuilagi", "/search", "/keys", "/api", "/network", "/calendar?month=2022-08", "/plans", "/register", "/register?on=2025-01-01", "/commitments", "/commitments?grade=all&on=2022-09-01", "/pairs", "/pair/FJ-TO", "/pair?a=Reef+Council+of+Tonga&b=Fiji", "/bodies",
        "/body/Reef%20Council%20of%20Tonga", "/people", "/people?name=tui*", "/reports", "/reports?text=ferry", "/conflicts", "/issues", "/issues?show=joining",
        "/issues?show=contradiction",
        *(f"/{x}" for x in ("meetings", "visits", "statements", "agreements")), "/meetings?country=FJ&kind=courtesy_call&sort=oldest&since=2022",
        "/brief", "/brief/FJ-TO", f"/brief/{ids['person']}?on=2022-08-21", "/wording/FJ-TO", f"/readouts/{ids['meeting']}",
        *(f"/{x}/{ids[x]}" for x in ("meeting", "visit", "agreement", "statement", "person", "report")),
    ]  # fmt: skip

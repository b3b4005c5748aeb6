"""Ledgers to export: one of plain reports of a few contacts, one whose reports attack whatever opens them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from memcon import Ledger
from memcon.export.formats import FORMATS, Selection
from memcon.model import Agreement, Document, Evidence, Issue, Meeting, Memorandum, Person, Position, Record, Span, Statement, Visit

Write = Callable[..., bytes]
KINDS: Final = {"visits": Visit, "meetings": Meeting, "statements": Statement, "agreements": Agreement}


def _at(text: str, words: str) -> Evidence:
    start = text.index(words)
    return Evidence(start=start, end=start + len(words))


def _record(kind: type[Any], text: str, told: dict[str, Any]) -> Record:
    told = dict(told)
    at = _at(text, told.pop("words"))
    fields = {f: [Span(text.index(w), text.index(w) + len(w))] for f, w in told.pop("spans", {}).items()}
    made: Record = kind(evidence=Evidence(start=at.start, end=at.end, fields=fields), **told)
    return made


def keep(ledger: Ledger, name: str, text: str, people: list[tuple[str, str | None, str, str | None]], **told: Any) -> str:
    """Keep a report told in a line: people as (name, country, title, body); ``visits`` and so on as fields with their ``words``."""
    document = Document(id=name, text=text, sha256="ab" * 32, language="en", **{k: told.pop(k) for k in ("published", "outlet", "url") if k in told})
    persons = [
        Person(name=n, country=c, positions=[Position(title=t, organization=o, evidence=_at(text, t))] if t else [], evidence=_at(text, n)) for n, c, t, o in people
    ]  # fmt: skip
    issues = [Issue(kind="date", message=x) for x in told.pop("issues", ())]
    records: dict[str, Any] = {k: [_record(KINDS[k], text, x) for x in v] for k, v in told.items()}
    return ledger.keep(document, Memorandum(id=name, language="en", people=persons, issues=issues, version="0.1.0", **records)).id


VULA: Final = ("Sera Vula", "FJ", "Foreign Minister", "Fiji")
BERG: Final = ("Anna Berg", "NO", "Minister of Foreign Affairs", "Norway")
FIRST: Final = "Suva, 2 May 2024. Foreign Minister Sera Vula will pay an official visit to Norway from 4 to 5 May. Minister of Foreign Affairs Anna Berg will meet her on 4 May."
SECOND: Final = (
    "Oslo, 4 May 2024. Minister of Foreign Affairs Anna Berg received Foreign Minister Sera Vula, who is on an official visit, in Oslo today. "
    "Ms Berg thanked Fiji for its help with herring. The two ministers signed a memorandum on fisheries for 2024 to 2026."
)
THIRD: Final = "Oslo (NTB) – Talks between Minister of Foreign Affairs Anna Berg and Foreign Minister Sera Vula were held in Bergen on 4 May 2024, an agency said."
CALLED_OFF: Final = "Nairobi, 7 June 2024. The working visit of Health Minister Wanja Mutiso to Norway, planned for 10 June, was cancelled."
VAGUE: Final = "Lima – Ambassador José Ñandú met President Amara Osei in March 2023; on 23 August he called Ambassador Lê Thị Ánh by phone."


def plain(ledger: Ledger, reports: int = 5) -> None:
    """Fill a ledger with up to five reports of four contacts."""
    visit = {"visitors": ["Sera Vula"], "from_": "FJ", "to": "NO", "kind": "official", "start": "2024-05-04", "end": "2024-05-05"}
    meeting = {"hosts": ["Anna Berg"], "guests": ["Sera Vula"], "date": "2024-05-04"}
    made: list[Callable[[], str]] = [
        lambda: keep(
            ledger, "plan", FIRST, [VULA, BERG], published="2024-05-02", outlet="Suva Post",
            visits=[{**visit, "status": "planned", "words": "will pay an official visit"}],
            meetings=[{**meeting, "kind": "meeting", "status": "planned", "words": "will meet", "spans": {"date": "4 May", "hosts": "Anna Berg"}}],
        ),
        lambda: keep(
            ledger, "held", SECOND, [BERG, VULA], published="2024-05-04", outlet="Oslo Tidende", url="https://example.org/held?a=1&b={2}",
            visits=[{**visit, "status": "ongoing", "words": "on an official visit"}],
            meetings=[{**meeting, "kind": "courtesy_call", "place": "Oslo", "words": "received", "spans": {"place": "in Oslo"}, "derivation": {"date": "published 2024-05-04, today -> 2024-05-04"}}],
            statements=[{"speakers": ["Anna Berg"], "addressees": ["Sera Vula"], "act": "thank", "text": "Ms Berg thanked Fiji for its help with herring", "words": "thanked"}],
            agreements=[{"kind": "memorandum", "subject": "fisheries", "parties": ["Norway", "Fiji"], "signers": ["Anna Berg", "Sera Vula"], "signed": "2024-05-04", "start": "2024", "end": "2026", "words": "signed a memorandum"}],
        ),
        lambda: keep(
            ledger, "agency", THIRD, [BERG, VULA], published="2024-05-05", outlet="NTB",
            meetings=[{**meeting, "kind": "talks", "place": "Bergen", "words": "Talks", "spans": {"place": "Bergen"}}], issues=["nothing decides who spoke first"],
        ),
        lambda: keep(
            ledger, "off", CALLED_OFF, [("Wanja Mutiso", "KE", "Health Minister", "Kenya")], published="2024-06-07", outlet="Nairobi Star",
            visits=[{"visitors": ["Wanja Mutiso"], "from_": "KE", "to": "NO", "kind": "working", "start": "2024-06-10", "status": "cancelled", "words": "was cancelled"}],
        ),
        lambda: keep(
            ledger, "vague", VAGUE, [("José Ñandú", "PE", "Ambassador", "Peru"), ("Amara Osei", "GH", "President", "Ghana"), ("Lê Thị Ánh", "VN", "Ambassador", "Vietnam")],
            meetings=[
                {"kind": "meeting", "hosts": ["Amara Osei"], "guests": ["José Ñandú"], "date": "2023-03", "words": "met"},
                {"kind": "phone_call", "hosts": ["José Ñandú"], "guests": ["Lê Thị Ánh"], "date": "XXXX-08-23", "words": "called"},
            ],
        ),
    ]  # fmt: skip
    for tell in made[:reports]:
        tell()


ATTACKS: Final = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", 'a;=HYPERLINK("http://x")', "a\n=1+1", '" ,=1+1', "<script>alert(1)</script>", "<![CDATA[x]]>", "]]>",
    "&lt;b&gt;", "\x00nul\x07", "\u202egnp.exe\u202c", "\ufffe\ud7ff", "X\r\nATTENDEE:mailto:e@example.org", "X\nEND:VEVENT\nBEGIN:VEVENT", "}, @comment{x}, a = {", "\\input{/etc/passwd}",
    "$100% #1_a^b~c", "\u2028x\u2029y\x85z", "a | b", "عربي שלום ខ្មែរ ລາວ 中文", "_x0041_", 'urn:a b"<>', "😀" * 3, "A" * 300, "x" * 40_000,
)  # fmt: skip
"""What a report may hold, each somewhere in a name, a title, a place, an outlet, a subject, a text or the report's own name."""


def hostile(ledger: Ledger) -> None:
    """Fill a ledger with reports that attack."""
    for i, attack in enumerate(ATTACKS):
        guest = f"{attack} Bo {i}"
        text = f"{attack}\n\n{attack} Minister of {attack} {guest} met Lo Host {i} and said {attack}. They signed {attack}."
        keep(
            ledger, f"{attack[:200]} {i}", text, [(guest, "SE", "Minister", attack), (f"Lo Host {i}", None, "", None)], published=f"2024-01-{i % 28 + 1:02d}", outlet=attack, url=f"javascript:{attack}",
            visits=[{"visitors": [guest], "from_": "SE", "to": "FI", "delegation": attack, "start": f"2024-01-{i % 28 + 1:02d}", "words": "met"}],
            meetings=[{"kind": "meeting", "hosts": [f"Lo Host {i}"], "guests": [guest], "date": f"2024-01-{i % 28 + 1:02d}", "place": attack, "words": "met", "spans": {"place": attack}, "derivation": {"date": attack}}],
            statements=[{"speakers": [guest], "addressees": [f"Lo Host {i}"], "act": "hope", "text": attack, "principal": attack, "words": "said"}, {"speakers": [guest], "addressees": [f"Lo Host {i}"], "act": "pledge", "text": f"{attack} promised to open a school of {attack} in 2025", "words": "met"}],
            agreements=[{"kind": "treaty", "subject": attack, "parties": [attack, "Sweden"], "signers": [guest], "words": "signed"}],
        )  # fmt: skip


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the ledgers of these tests are; nobody writes to them."""
    found = tmp_path_factory.mktemp("export")
    for name, fill in (("plain", plain), ("hostile", hostile)):
        with Ledger(found / f"{name}.db") as ledger:
            fill(ledger)
    return found


@pytest.fixture
def book(folder: Path) -> Iterator[Ledger]:
    """A ledger of plain reports."""
    with Ledger(folder / "plain.db", readonly=True) as ledger:
        yield ledger


@pytest.fixture
def attacked(folder: Path) -> Iterator[Ledger]:
    """A ledger of reports that attack."""
    with Ledger(folder / "hostile.db", readonly=True) as ledger:
        yield ledger


@pytest.fixture
def write() -> Write:
    """``write(ledger, "csv", "meetings", pair="FJ-NO")``: the bytes of an export."""

    def written(ledger: Ledger, form: str, *lists: str, link: Callable[[str], str] | None = None, **filters: Any) -> bytes:
        stream = io.BytesIO()
        more = {"link": link} if link else {}
        FORMATS[form].write(ledger, Selection(lists, filters, **more), stream)
        return stream.getvalue()

    return written


@pytest.fixture
def fill() -> Callable[..., None]:
    """Fills a ledger with the first of the plain reports."""
    return plain

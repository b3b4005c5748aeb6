"""What pages say, without a browser: the facts and where they lead, records, addresses that have moved, errors."""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from memcon import Ledger
from memcon.model import Evidence, Person, Statement
from memcon.web.pages import assets
from memcon.web.views import PAGES
from tests.web.conftest import FIRST, SECOND, every_page, fill, tell


def text_of(page: str) -> str:
    """The words of a page, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_every_page_answers_and_has_its_record(client: httpx.Client, ids: dict[str, str]) -> None:
    for address in every_page(ids):
        page = client.get(address)
        assert page.status_code == 200, address
        assert page.headers["content-type"] == "application/json" if address == "/api" else page.headers["content-type"].startswith("text/html")
        if address != "/api":
            linked = html.unescape(re.search(r'<link rel="alternate" type="application/json" href="([^"]+)"', page.text)[1])  # type: ignore[index]
            assert client.get(linked).json(), address


def test_links_of_every_page_lead_somewhere(client: httpx.Client, ids: dict[str, str]) -> None:
    seen: set[str] = set()
    for address in every_page(ids):
        page = client.get(address, headers={"Accept": "text/html"}).text
        for href in re.findall(r'(?:href|action|src)="([^"]*)"', page):
            link = httpx.URL(f"http://x{address}").join(html.unescape(href)).copy_with(fragment=None)
            if link.host == "x":
                seen.add(link.raw_path.decode())
    assert len(seen) > 80
    wrong = {x: code for x in sorted(seen) if (code := client.get(x, follow_redirects=True).status_code) != 200}
    assert wrong == {}


def test_a_contact_has_sides_capacities_derivation_statements_and_what_each_report_says(client: httpx.Client, ids: dict[str, str]) -> None:
    record = client.get(f"/meeting/{ids['meeting']}.json").json()
    sides = {s["role"]: s["people"] for s in record["sides"]}
    titles = {c["title"] for c in sides["guests"][0]["capacities"]}
    assert titles == {"chairman", "head"}
    assert {s["act"] for s in record["said"]} == {"thank", "propose"}
    assert next(s["principal"] for s in record["said"] if s["act"] == "thank") == "Tupou Fa"
    assert [h["status"] for h in record["thing"]["history"]] == ["planned", "occurred"]
    assert any(b["family"] == "agreements" for b in record["agreements"])
    said = {r["text"]: (g["only"], list(r["said_in"])) for g in record["compared"] for r in g["rows"]}
    assert said["Ana Tuilagi: head, Reef Council of Tonga"] == (ids["report"], [ids["report"]])
    assert said["Place: Suva"][0] == ids["report"]
    assert said["Seru Naqa"] == (None, [r["id"] for r in record["reports"]])
    assert [g["only"] for g in record["compared"]] == [None, *(r["id"] for r in record["reports"])]
    words = text_of(client.get(f"/meeting/{ids['meeting']}").text)
    assert "23 August + published 2022-08-20" in words
    assert "on behalf of Tupou Fa" in words


def test_words_are_those_of_the_report(client: httpx.Client, ids: dict[str, str]) -> None:
    record = client.get(f"/meeting/{ids['meeting']}.json").json()
    texts = {t["id"]: t["text"] for t in record["texts"]}
    assert set(texts.values()) == {FIRST, SECOND}
    found = [w for f in record["fields"] for t in f["told"] for w in t["words"]]
    assert len(found) > 5
    assert all(texts[w["report"]][w["start"] : w["end"]] == w["quote"] for w in found)


@pytest.mark.parametrize("address", ["/meeting/{meeting}?at={report}:{start}-{end}", "/report/{report}?at={start}-{end}"])
def test_an_address_opens_words_without_a_script(client: httpx.Client, ids: dict[str, str], address: str) -> None:
    start = SECOND.index("paid a courtesy call on")
    page = client.get(address.format(**ids, start=start, end=start + 4)).text
    assert re.findall(r'<mark class="[^"]*\bat\b[^"]*" data-s="\d+" data-e="\d+">([^<]*)</mark>', page) == ["paid"]
    sentence = "".join(html.unescape(x) for x in re.findall(r'<mark class="[^"]*\bnear\b[^"]*"[^>]*>([^<]*)</mark>', page))
    assert sentence.startswith("Ana Tuilagi, head of")
    assert sentence.endswith("on Tuesday.")
    assert '<span id="at"' in page


def test_the_text_stands_whole_on_its_page(client: httpx.Client, ids: dict[str, str]) -> None:
    page = client.get(f"/report/{ids['report']}").text
    shown = re.search(r'<div class="text"[^>]*>(.*?)</div>', page, re.S)
    assert shown is not None
    assert html.unescape(re.sub(r"<[^>]+>", "", shown[1])) == SECOND


def test_a_thing_answers_to_the_ids_of_its_claims(client: httpx.Client, ids: dict[str, str]) -> None:
    claim = ids["claim"].removeprefix("c")
    first = client.get(f"/meeting/{claim}")
    if claim != ids["meeting"]:
        assert first.status_code == 302
    assert client.get(f"/meeting/{claim}", follow_redirects=True).url.path == f"/meeting/{ids['meeting']}"
    assert client.get(f"/visit/{ids['meeting']}", follow_redirects=True).url.path in (f"/visit/{ids['meeting']}", f"/meeting/{ids['meeting']}")
    assert client.get("/pair/TO-FJ", follow_redirects=True).url.path == "/pair/FJ-TO"
    assert client.get(f"/search?q={ids['meeting']}", follow_redirects=True).url.path == f"/meeting/{ids['meeting']}"


def test_plans_by_what_became_of_them(client: httpx.Client, ids: dict[str, str]) -> None:
    columns = {c["name"]: [b["id"] for b in c["items"]] for c in client.get("/plans.json").json()["columns"]}
    assert columns["dated"] == [ids["plan"]]
    assert columns["occurred"] == [ids["meeting"]]
    assert columns["silent"] == columns["dropped"] == []


def test_search_finds_people_contacts_and_reports(client: httpx.Client, ids: dict[str, str]) -> None:
    found = client.get("/search.json?q=tuilagi").json()
    assert [p["id"] for p in found["people"]] == [ids["person"]]
    assert ids["meeting"] in [b["id"] for b in found["contacts"]]
    assert {r["name"] for r in found["reports"]} == {"lautoka", "suva"}
    assert client.get("/search.json?q=%21%21%21").json()["reports"] == []


def test_filters_narrow_and_facets_count(client: httpx.Client, ids: dict[str, str]) -> None:
    whole = client.get("/statements.json").json()
    assert {f["value"]: f["count"] for f in whole["facets"]["kind"]} == {"thank": 1, "propose": 1}
    assert [s["kind"] for s in client.get("/statements.json?kind=thank&pair=TO-FJ&person=naqa&text=sea+wall&until=2023").json()["items"]] == ["thank"]
    for nothing in (
        "kind=praise",
        "person=nobody",
        "text=unheard",
        "since=2023",
        "outlet=None",
        "language=fr",
        "body=Nowhere",
        "report=none",
        "text=%21",
    ):
        assert client.get(f"/statements.json?{nothing}").json()["items"] == [], nothing


def test_errors_say_what_to_do(client: httpx.Client) -> None:
    for address, status, words in (
        ("/nowhere", 404, "no page at this address"), ("/meeting/m-000000000000", 404, "nothing in this ledger has the id"), ("/meeting/%00", 404, "nothing in this ledger"),
        ("/meetings?since=soon", 400, "is no date"), ("/meetings?country=Nowhere", 400, "no country"), ("/meetings?pair=KH", 400, "give two countries"), ("/meetings?after=9", 400, "next page"),
        ("/calendar?month=2022-13", 400, "is no month"), ("/person/p-000000000000", 404, "no person"), ("/report/d-000000000000", 404, "no report"), ("/body/Nowhere", 404, "no report in this ledger names"), ("/static/../app.py", 404, ""),
        ("/static/%2e%2e%2fapp.py", 404, ""),
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == status, address
        assert words.lower() in text_of(answer.text).lower()
        if address.startswith("/static/"):
            continue
        record = client.get(address.replace("?", ".json?") if "?" in address else f"{address}.json")
        assert record.status_code == status, address
        assert record.headers["content-type"] == "application/problem+json"
        assert set(record.json()) == {"type", "title", "status", "detail"}


def test_pages_follow_the_ledger(tmp_path: Path, serve: Any) -> None:
    path = tmp_path / "growing.db"
    with Ledger(path) as ledger:
        fill(ledger)
        with serve(path) as base, httpx.Client(base_url=base) as client:
            before = client.get("/reports")
            assert client.get("/reports", headers={"If-None-Match": before.headers["etag"]}).status_code == 304
            added = tell(ledger, "new", "Nothing is said here.")
            after = client.get("/reports", headers={"If-None-Match": before.headers["etag"]})
            assert after.status_code == 200
            assert added in after.text
            assert "4 reports" in text_of(client.get("/").text)
            ledger.remove(added, "only to see")
            assert client.get(f"/report/{added}").status_code == 404
            assert "3 reports" in text_of(client.get("/").text)
            assert client.get("/reports").headers["etag"] == before.headers["etag"]


def test_an_empty_ledger_says_how_to_fill_it(tmp_path: Path, serve: Any) -> None:
    path = tmp_path / "empty.db"
    Ledger(path).close()
    with serve(path) as base, httpx.Client(base_url=base) as client:
        assert "memcon add" in text_of(client.get("/").text)
        for address in (
            "/meetings",
            "/people",
            "/bodies",
            "/pairs",
            "/plans",
            "/commitments",
            "/calendar",
            "/network",
            "/conflicts",
            "/issues",
            "/reports",
            "/agreements",
            "/search?q=x",
            "/pair/FJ-TO",
            "/api/ledger",
        ):
            assert client.get(address).status_code == 200, address


def test_lists_page_to_their_end_without_gap_or_repeat(tmp_path: Path, serve: Any) -> None:
    path = tmp_path / "many.db"
    with Ledger(path) as ledger:
        for n in range(120):
            words = f"Report {n}. Seru Naqa spoke on {n % 7}."
            tell(ledger, f"r{n}", words, published=f"2022-01-{n % 28 + 1:02}" if n % 9 else None, people=[Person(name="Seru Naqa", country="FJ", evidence=Evidence(start=0, end=5))],
                 statements=[Statement(speakers=["Seru Naqa"], act="inform", text=words, evidence=Evidence(start=0, end=len(words)))])  # fmt: skip
    with serve(path) as base, httpx.Client(base_url=base) as client:
        for query in ("", "sort=oldest", "kind=inform&person=naqa", "text=spoke&sort=oldest"):
            found: list[str] = []
            address: str | None = f"/statements?{query}"
            while address:
                page = client.get(address).text
                found += dict.fromkeys(re.findall(r'href="/statement/(s-[0-9a-f]+)"', page))
                following = re.search(r'href="([^"]*)" rel="next"', page)
                address = str(httpx.URL("http://x/statements").join(html.unescape(following[1])).raw_path, "ascii") if following else None
            assert len(found) == len(set(found)) == 120, query
        listed = client.get("/api/statements?limit=7").json()
        seen = [s["id"] for s in listed["items"]]
        while listed["next"]:
            listed = client.get(listed["next"]).json()
            seen += [s["id"] for s in listed["items"]]
        assert len(seen) == len(set(seen)) == 120
        assert len(client.get("/reports.json").json()["items"]) == 50
        assert msgspec.json.decode(client.get("/index.json").content)["coverage"]["reports"] == 120


def test_the_chart_library_is_the_one_that_was_published() -> None:
    """The file of npm's chart.js 4.6.1, dist/chart.umd.min.js, unchanged."""
    name, body = "chart-4.6.1.min.js", assets()["chart-4.6.1.min.js"][1]
    assert b"Chart.js v4.6.1" in body[:100], name
    assert b"MIT License" in body[:200]
    assert hashlib.sha256(body).hexdigest() == "87364cc2b2a76a6684929e7d6b80b18a897794db38400caff1fcf1791c6925d2"


def test_the_guide_names_every_kind_of_page() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs/guide/web.md").read_text(encoding="utf-8")
    kinds = {"/" + path.split("/")[1] for path, _ in PAGES} - {"/"}
    assert {k for k in kinds if f"`{k}" not in guide} == set()


def test_the_register_by_the_clock(client: httpx.Client, ids: dict[str, str]) -> None:
    def states(query: str) -> list[str]:
        return [e["state"] for e in client.get(f"/register.json{query}").json()["items"]]

    assert states("") == ["in force"], "as of today"
    assert [states(f"?on={x}") for x in ("2022-01-01", "2024-12-31", "2025-01-01")] == [[], ["in force"], ["expired"]]
    assert [len(states(f"?on=2024-06-01&expiring={n}")) for n in (6, 7)] == [0, 1]
    assert states("?on=2025-06-01&state=expired&pair=FJ-TO") == ["expired"]
    page = client.get("/register?on=2025-06-01").text
    assert "its term ended with 2024" in page
    assert f'href="/agreement/{ids["agreement"]}"' in page
    for wrong in ("on=soon", "on=2024", "state=asleep", "expiring=many"):
        assert client.get(f"/register?{wrong}").status_code == 400, wrong
    assert client.get("/api/register?on=2023-02-31").status_code == 400


def test_files_of_the_register_are_of_the_day_of_the_page(client: httpx.Client) -> None:
    page = client.get("/register?state=in+force").text
    address = next(x for x in page.split('"') if x.startswith("/register.csv")).replace("&amp;", "&")
    assert "on=2022-09-01" in address
    rows = client.get(address).text.splitlines()
    assert len(rows) == 2
    assert "in force" in rows[1]
    assert "BEGIN:VEVENT" in client.get("/register.ical?on=2022-09-01").text


def test_plans_on_another_day(client: httpx.Client, ids: dict[str, str]) -> None:
    board = client.get("/plans.json?on=2022-08-21").json()
    assert [c["items"][0]["state"] for c in board["columns"] if c["name"] == "dated"] == ["dated"]
    assert not any(c["items"] for c in board["columns"] if c["name"] == "occurred"), "on that day it was still to come"
    assert client.get("/plans?on=then").status_code == 400

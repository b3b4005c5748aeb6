"""Lists as files: the formats of `memcon export`, for what a page's filters let through."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx


def test_every_link_gives_its_file(client: httpx.Client) -> None:
    seen = set()
    for page in ("/meetings?country=FJ", "/visits", "/agreements", "/statements", "/people", "/plans", "/conflicts", "/issues", "/reports", "/reports?text=ferry"):
        for href in re.findall(r'<a href="([^"]+)" download', client.get(page).text):
            answer = client.get(html.unescape(href))
            assert answer.status_code == 200, href
            assert answer.content or "jsonl" in href or "ftm" in href, href
            assert answer.headers["x-content-type-options"] == "nosniff"
            seen.add(href)
    assert len(seen) > 20


def test_a_file_holds_what_the_page_shows(client: httpx.Client, ids: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/statements.csv?kind=thank&person=tuilagi").text.lstrip("\ufeff"))))
    assert [r["id"] for r in rows] == [s["id"] for s in client.get("/statements.json?kind=thank&person=tuilagi").json()["items"]]
    assert client.get("/meetings.csv?country=Nowhere").status_code == 400
    assert client.get("/meetings.exe").status_code == 404


def test_reports_and_coded_events_are_files_too(client: httpx.Client, ids: dict[str, str], base: str) -> None:
    def rows(address: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(client.get(address).text.lstrip("\ufeff"))))

    assert {r["id"] for r in rows("/sources.csv")} >= {ids["report"]}
    assert "@" in client.get("/sources.bibtex").text
    assert base + "/report/" in client.get("/sources.csv").text
    assert {r["event_id"].split(":")[0] for r in rows("/events.csv?person=tuilagi")} >= {ids["meeting"], ids["visit"]}
    assert rows("/events.csv?country=DE") == []
    assert "/events.csv?person=tuilagi" in html.unescape(client.get("/meetings?person=tuilagi").text)
    assert client.get("/sources.atom").status_code == client.get("/events.rss").status_code == 404


def test_feeds_are_announced_and_point_at_pages(client: httpx.Client, ids: dict[str, str], base: str) -> None:
    links = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', client.get("/meetings?country=FJ").text)
    found = {kind: html.unescape(href) for kind, href in links}
    assert {"application/atom+xml", "application/rss+xml", "text/calendar"} <= set(found)
    feed = client.get(found["application/atom+xml"])
    assert f"{base}/meeting/{ids['meeting']}" in feed.text
    assert "content-disposition" not in feed.headers


def test_a_person_downloads_the_list(tab: Any) -> None:
    tab.goto("/meetings")
    tab.click("summary:has-text('Download')")
    with tab.expect_download() as waiting:
        tab.click("a[href='/meetings.csv']")
    assert waiting.value.suggested_filename == "meetings.csv"
    with Path(waiting.value.path()).open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == 1

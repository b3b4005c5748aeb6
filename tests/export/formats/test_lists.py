"""iCalendar, Atom, RSS and BibTeX, each read by the format's own library."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

import bibtexparser
import feedparser
import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon import Ledger
from memcon.export import bibtex, safe
from memcon.export.book import LISTS, Book, Selection, addresses
from memcon.query import Report


def events(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_the_calendar_has_contacts_and_plans_with_a_day(book: Ledger, write: Any) -> None:
    data = write(book, "ical", "visits", "meetings", "plans")
    calendar = icalendar.Calendar.from_ical(data)
    assert str(calendar["version"]) == "2.0"
    found = {str(e["summary"]): e for e in events(data)}
    assert set(found) == {
        "Official visit of Sera Vula to Norway, 4–5 May 2024", "Courtesy call: Anna Berg with Sera Vula, Bergen or Oslo, 4 May 2024",
        "Cancelled: Working visit of Wanja Mutiso to Norway, from 10 June 2024",
    }  # fmt: skip
    visit = found["Official visit of Sera Vula to Norway, 4–5 May 2024"]
    assert (visit["dtstart"].dt, visit["dtend"].dt) == (date(2024, 5, 4), date(2024, 5, 6))
    assert str(visit["status"]) == "CONFIRMED"
    call = found["Courtesy call: Anna Berg with Sera Vula, Bergen or Oslo, 4 May 2024"]
    assert (call["dtstart"].dt, call["dtend"].dt) == (date(2024, 5, 4), date(2024, 5, 5))
    assert "Reports differ on place: Bergen / Oslo" in str(call["description"])
    assert str(found["Cancelled: Working visit of Wanja Mutiso to Norway, from 10 June 2024"]["status"]) == "CANCELLED"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_a_plan_is_tentative_and_the_undated_is_left_out(write: Any, fill: Any, tmp_path: Path) -> None:
    with Ledger(tmp_path / "plan.db") as ledger:
        fill(ledger, 1)
        assert {str(e["status"]) for e in events(write(ledger, "ical", "plans"))} == {"TENTATIVE"}


def test_uids_do_not_change_as_reports_come_in(write: Any, fill: Any, tmp_path: Path) -> None:
    uids: list[dict[str, str]] = []
    things: list[set[str]] = []
    with Ledger(tmp_path / "grows.db") as ledger:
        for reports in (1, 2, 3):
            fill(ledger, reports)
            found = events(write(ledger, "ical", "visits", "meetings"))
            uids.append({str(e["dtstart"].dt) + str(e["dtend"].dt): str(e["uid"]) for e in found})
            things.append({str(e["url"]) for e in found})
            assert len({str(e["uid"]) for e in found}) == len(found)
        assert uids[0] == uids[1] == uids[2]
        assert len({frozenset(t) for t in things}) > 1, "this test asks nothing unless a thing's id changes with its reports"


def test_no_text_adds_to_the_calendar(attacked: Ledger, write: Any) -> None:
    data = write(attacked, "ical", "visits", "meetings")
    found = events(data)
    assert len(found) == len(attacked.visits()) + len(attacked.meetings())
    fields = {
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DTSTAMP",
        "UID",
        "SEQUENCE",
        "CATEGORIES",
        "DESCRIPTION",
        "LAST-MODIFIED",
        "LOCATION",
        "STATUS",
        "TRANSP",
        "URL",
    }
    for e in found:
        assert set(e.keys()) <= fields
        assert "attendee" not in e
        assert e.is_broken is False if hasattr(e, "is_broken") else True
        assert not e.errors


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize("name", LISTS)
def test_a_feed_of_any_list_reads_well(name: str, form: str, book: Ledger, attacked: Ledger, write: Any) -> None:
    for ledger in (book, attacked):
        data = write(ledger, form, name)
        root = ET.fromstring(data)
        tags = {x.tag.rpartition("}")[2] for x in root.iter()}
        assert tags <= {
            "feed", "rss", "channel", "id", "guid", "title", "updated", "generator", "subtitle", "author", "name", "entry", "item", "published", "link", "content", "description", "pubDate", "lastBuildDate",
        }  # fmt: skip
        feed = feedparser.parse(data)
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version in ("atom10", "rss20")
        ids = [e.id for e in feed.entries]
        assert len(set(ids)) == len(ids)
        if form == "atom":
            assert {d["type"] for e in feed.entries for d in (e.title_detail, *e.content)} <= {"text/plain"}
        else:
            assert "<script" not in "".join(e.title + e.get("summary", "") for e in feed.entries).lower()
    if name != "events":
        assert len(feed.entries) == len(list(Book(attacked, Selection((name,))).records(name)))


def test_a_feed_tells_the_contact_with_its_words(book: Ledger, write: Any) -> None:
    feed = feedparser.parse(write(book, "atom", "meetings", pair="FJ-NO", link=addresses("https://example.org")))
    (entry,) = feed.entries
    assert entry.title == "Courtesy call: Anna Berg with Sera Vula, Bergen or Oslo, 4 May 2024"
    assert entry.link == f"https://example.org/meeting/{book.meetings(pair='FJ-NO')[0].id}"
    assert "Ms Berg" not in entry.content[0].value
    assert "“Minister of Foreign Affairs Anna Berg will meet her on 4 May.” — Suva Post, 2 May 2024" in entry.content[0].value
    assert [a.name for a in entry.authors] == ["Suva Post", "Oslo Tidende", "NTB"]
    assert feed.feed.updated == book.changed()
    item = feedparser.parse(write(book, "rss", "meetings", pair="FJ-NO")).entries[0]
    assert item.title == entry.title
    assert item.id == entry.id


def test_a_reader_of_html_sees_text_only(attacked: Ledger, write: Any) -> None:
    root = ET.fromstring(write(attacked, "rss", "statements"))
    for item in root.iter("item"):
        for tag in ("title", "description"):
            words = (item.findtext(tag) or "").replace("<br/>", "")
            assert "<" not in words
    assert "&lt;script&gt;" in ET.tostring(root, encoding="unicode").replace("&amp;", "&")


def test_bibtex_names_the_reports(book: Ledger, write: Any) -> None:
    library = bibtexparser.parse_string(write(book, "bibtex").decode("utf-8"))
    assert not library.failed_blocks
    assert len(library.entries) == 5
    held = next(e for e in library.entries if "Oslo Tidende" in str(e["author"]))
    assert held.entry_type == "misc"
    assert held.key == f"memcon:{book.documents(outlet='Oslo Tidende')[0]}"
    assert str(held["year"]) == "2024"
    assert str(held["month"]).startswith("may")
    assert str(held["url"]) == "https://example.org/held?a=1&b=%7B2%7D"
    assert "abab" in str(held["note"])
    of_pair = bibtexparser.parse_string(write(book, "bibtex", "meetings", pair="FJ-NO").decode("utf-8"))
    assert len(of_pair.entries) == 3


def test_no_text_ends_a_field_of_bibtex(attacked: Ledger, write: Any) -> None:
    data = write(attacked, "bibtex").decode("utf-8")
    library = bibtexparser.parse_string(data)
    assert not library.failed_blocks
    assert len(library.entries) == len(attacked.documents())
    assert not library.strings
    assert len(library.comments) <= 1, "the stamp"
    for e in library.entries:
        assert set(e.fields_dict) <= {"author", "title", "year", "url", "langid", "note", "month"}
        assert "url" not in e.fields_dict
        title = str(e["title"])
        assert "\\input" not in title
        assert title.count("{") - title.count("\\{") == title.count("}") - title.count("\\}")


@given(st.text(), st.text(), st.text())
def test_any_headline_outlet_and_address_make_one_entry(headline: str, outlet: str, url: str) -> None:
    report = Report(
        id="d-1", name=headline[::-1], sha256="", outlet=outlet, url="https://x.org/" + url, language="en", published="2024-02-30", version="1", added="", number=1, headline=headline
    )  # fmt: skip
    library = bibtexparser.parse_string(bibtex.entry(report))
    assert not library.failed_blocks
    assert [e.key for e in library.entries] == ["memcon:d-1"]
    assert not library.comments
    assert set(library.entries[0].fields_dict) <= {"author", "title", "year", "month", "url", "langid", "note"}


@given(st.text())
def test_any_text_is_xml(words: str) -> None:
    parsed = ET.fromstring(f"<a b={quoteattr(safe.xml(words))}>{escape(safe.xml(words))}</a>")
    assert (parsed.text or "").split() == safe.xml(words).split()

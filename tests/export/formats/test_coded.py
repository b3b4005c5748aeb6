"""The coded event table: pairs, codes, dates and evidence."""

from __future__ import annotations

import io
from itertools import starmap
from typing import Any

import polars as pl
import pytest

from memcon import Ledger
from memcon.codebook.entries import entries
from memcon.export.coded import coding


def table(data: bytes) -> pl.DataFrame:
    return pl.read_csv(io.BytesIO(data), infer_schema=False)


def pairs(frame: pl.DataFrame, family: str) -> set[tuple[str, str, str]]:
    return set(frame.filter(pl.col("family") == family).select("source", "target", "cameo").iter_rows())


def test_one_row_for_each_directed_pair(book: Ledger, write: Any) -> None:
    frame = table(write(book, "events"))
    assert frame["event_id"].is_unique().all()
    assert pairs(frame, "visits") == {("FJI", "NOR", "042"), ("NOR", "FJI", "043"), ("KEN", "NOR", None), ("NOR", "KEN", None)}
    assert pairs(frame, "meetings") == {
        ("NOR", "FJI", "040"),
        ("FJI", "NOR", "040"),
        ("PER", "GHA", "040"),
        ("GHA", "PER", "040"),
        ("PER", "VNM", "041"),
        ("VNM", "PER", "041"),
    }
    assert pairs(frame, "agreements") == {("NOR", "FJI", "057"), ("FJI", "NOR", "057")}
    assert pairs(frame, "acts") == {("NOR", "FJI", "051")}


def test_a_row_keeps_dates_people_capacities_evidence_and_reports(book: Ledger, write: Any) -> None:
    frame = table(write(book, "events"))
    thanks = frame.row(by_predicate=pl.col("family") == "acts", named=True)
    assert (thanks["date"], thanks["dated_by"]) == ("2024-05-04", f"meeting {book.meetings(pair='FJ-NO')[0].id}")
    assert thanks["source_people"] == "Anna Berg"
    assert thanks["source_posts"] == "Anna Berg: Minister of Foreign Affairs of Norway"
    assert (thanks["plover_event"], thanks["cameo_root"]) == ("SUPPORT", "05")
    assert thanks["report_ids"] == book.documents(outlet="Oslo Tidende")[0]
    assert thanks["evidence"] == "thanked"
    document, _, at = thanks["evidence_at"].partition(":")
    start, end = map(int, at.split("-"))
    assert book.words(document, start, end) == "thanked"
    visit = frame.row(by_predicate=(pl.col("family") == "visits") & (pl.col("source") == "FJI"), named=True)
    assert (visit["date"], visit["date_earliest"], visit["date_latest"]) == ("2024-05-04/2024-05-05", "2024-05-04", "2024-05-05")
    month = frame.row(by_predicate=pl.col("target") == "GHA", named=True)
    assert (month["date"], month["date_earliest"], month["date_latest"]) == ("2023-03", "2023-03-01", "2023-03-31")
    no_year = frame.filter((pl.col("kind") == "phone_call") & (pl.col("source") == "PER")).row(0, named=True)
    assert (no_year["date"], no_year["date_earliest"]) == ("XXXX-08-23", None)


@pytest.mark.parametrize(
    ("family", "kind", "status", "plover", "cameo"),
    [
        ("meetings", "meeting", "occurred", "CONSULT", "040"),
        ("meetings", "meeting", "planned", "AGREE", "036"),
        ("meetings", "talks", "postponed", "AGREE", "036"),
        ("meetings", "talks", "cancelled", None, None),
        ("visits", "state", "denied", None, None),
        ("visits", "site", "planned", None, None),
        ("agreements", "treaty", "planned", "AGREE", "030"),
        ("agreements", "treaty", "in_force", "SUPPORT", "057"),
        ("acts", "request", "", "REQUEST", "020"),
        ("acts", "unknown-to-the-codebook", "", None, None),
    ],
)
def test_codes_follow_the_codebook_and_what_became_of_it(family: str, kind: str, status: str, plover: str | None, cameo: str | None) -> None:
    found = coding(family, kind, status)
    assert (found.plover, found.cameo) == (plover, cameo)


def test_every_kind_of_the_codebook_has_its_codes() -> None:
    for e in entries():
        if e.group != "statuses":
            found = coding(e.group, e.name, "occurred")
            assert (found.plover, found.mode, found.quad, found.cameo) == (e.plover.event, e.plover.mode, e.plover.quad, e.cameo)


def test_three_sides_make_six_rows_and_one_side_none(write: Any, tmp_path: Any) -> None:
    from memcon.model import Document, Evidence, Meeting, Memorandum, Person, Position

    at = Evidence(start=0, end=3)
    levi = Person(name="Noel Levi", positions=[Position(title="Secretary-General", organization="Pacific Islands Forum", evidence=at)], evidence=at)
    people = list(
        starmap(
            lambda n, c: Person(name=n, country=c, evidence=at), [("Ana Silva", "PT"), ("Ben Okoro", "NG"), ("Chi Tran", "VN"), ("Dana Silva", "PT")]
        )
    )
    summit = Meeting(evidence=at, kind="summit", hosts=["Ana Silva"], guests=["Ben Okoro", "Chi Tran", "Dana Silva"], date="2024")
    alone = Meeting(evidence=at, kind="meeting", hosts=["Ana Silva"], guests=["Dana Silva"], date="2021")
    unknown = Meeting(evidence=at, kind="meeting", hosts=["Ana Silva"], guests=["European Union"], date="2022")
    forum = Meeting(evidence=at, kind="talks", hosts=["Ben Okoro"], guests=["Noel Levi", "Pacific Islands Forum"], date="2023")
    with Ledger(tmp_path / "three.db") as ledger:
        ledger.keep(
            Document(id="r", text="All met.", language="en"),
            Memorandum(id="r", language="en", people=[*people, levi], meetings=[summit, alone, unknown, forum], version="1"),
        )
        frame = table(write(ledger, "events"))
    assert frame.filter(pl.col("kind") == "summit").height == 6
    assert frame.filter(pl.col("date") == "2021").height == 0
    (to_union,) = frame.filter((pl.col("date") == "2022") & (pl.col("source") == "PRT")).iter_rows(named=True)
    assert (to_union["target"], to_union["target_name"]) == (None, "European Union")
    assert to_union["target_type"] == "body"
    (to_forum,) = frame.filter((pl.col("kind") == "talks") & (pl.col("source") == "NGA")).iter_rows(named=True)
    assert (to_forum["target_name"], to_forum["target_type"], to_forum["target_people"]) == ("Pacific Islands Forum", "body", "Noel Levi")
    portugal = frame.filter((pl.col("kind") == "summit") & (pl.col("source") == "PRT"))["source_people"]
    assert set(portugal) == {"Ana Silva | Dana Silva"}

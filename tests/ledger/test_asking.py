"""Lists with every filter and format, one thing whole, search, and who held which post when."""

from __future__ import annotations

import csv
import io
import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from memcon import Ledger
from memcon.cli import app
from memcon.query import FAMILIES

FALA = ("Falani Môse", "WS", [("Minister of Foreign Affairs", "Samoa")])
LATER = ("Falani Mose", "WS", [("Prime Minister", "Samoa")])
TEVI = ("Tevita Lolo", "TO", [("Prime Minister", "Tonga")])
NARA = ("Nara Dule", "PG", [("Speaker", "National Parliament of Papua New Guinea")])


@pytest.fixture
def path(tmp_path: Path, tell: Any) -> Path:
    """A ledger of four reports."""
    with Ledger(tmp_path / "ask.db") as book:
        tell(book, "one", "Tevita Lolo thanked Falani Môse for the ferries and received him on 4 May 2021.", [FALA, TEVI], published="2021-05-04", outlet="The Reef",
             visits=[{"visitors": ["Falani Môse"], "from_": "WS", "to": "TO", "kind": "official", "start": "2021-05-04", "status": "ongoing"}],
             meetings=[{"kind": "talks", "hosts": ["Tevita Lolo"], "guests": ["Falani Môse"], "date": "2021-05-04", "place": "Nuku'alofa"}],
             agreements=[{"kind": "treaty", "subject": "ferries", "parties": ["Samoa", "Tonga"], "signers": ["Falani Môse"], "signed": "2021-05-04"}],
             statements=[{"act": "thank", "speakers": ["Tevita Lolo"], "addressees": ["Falani Môse"], "text": "thanked Falani Môse for the ferries", "words": "thanked"}])  # fmt: skip
        tell(book, "two", "Nara Dule will receive Falani Môse.", [FALA, NARA], published="2021-06-01", outlet="Daily Drum",
             meetings=[{"kind": "meeting", "hosts": ["Nara Dule"], "guests": ["Falani Môse"], "date": "2021-06-09", "status": "planned"}])  # fmt: skip
        tell(book, "three", "Falani Mose is Prime Minister now.", [LATER], published="2024-02-01", outlet="Daily Drum")
        tell(book, "four", "=cmd() The Reef says Tevita Lolo met Falani Môse.", [FALA, TEVI], published="2021-05-05", outlet="=cmd()",
             meetings=[{"kind": "audience", "hosts": ["Tevita Lolo"], "guests": ["Falani Môse"], "date": "2021-05-04"}])  # fmt: skip
    return tmp_path / "ask.db"


@pytest.mark.parametrize(
    ("what", "filters", "number"),
    [
        ("meetings", {}, 2), ("meetings", {"person": "mose"}, 2), ("meetings", {"person": "Lolo"}, 1), ("meetings", {"country": "Tonga"}, 1), ("meetings", {"pair": "TO-WS"}, 1),
        ("meetings", {"pair": "Samoa, Tonga"}, 1), ("meetings", {"kind": "talks"}, 1), ("meetings", {"status": "planned"}, 1), ("meetings", {"since": "2021-06"}, 1),
        ("meetings", {"until": "2021-05"}, 1), ("meetings", {"since": "2021-05-04", "until": "2021-05-04"}, 1), ("meetings", {"outlet": "the reef"}, 1),
        ("meetings", {"language": "en"}, 2), ("meetings", {"language": "fr"}, 0), ("meetings", {"text": "FERRIES"}, 1), ("meetings", {"act": "thank"}, 0),
        ("meetings", {"country": "WS", "status": "planned", "text": "dule"}, 1), ("meetings", {"limit": 1}, 1),
        ("visits", {"country": "TO"}, 1), ("visits", {"kind": "state"}, 0), ("statements", {"act": "thank"}, 1), ("statements", {"act": "praise"}, 0),
        ("agreements", {"body": "Samoa"}, 1), ("agreements", {"pair": "WS-TO", "kind": "treaty"}, 1), ("plans", {}, 1), ("plans", {"country": "TO"}, 0), ("plans", {"pair": "PG-WS"}, 1),
        ("people", {}, 3), ("people", {"country": "WS"}, 1), ("people", {"person": "dule"}, 1), ("people", {"pair": "WS-TO"}, 2), ("people", {"body": "Parliament"}, 1),
        ("people", {"outlet": "Daily Drum"}, 2), ("people", {"since": "2024"}, 1), ("people", {"status": "planned"}, 2), ("people", {"act": "thank"}, 2),
        ("posts", {}, 4), ("posts", {"person": "mose"}, 2), ("posts", {"body": "Tonga"}, 1), ("posts", {"country": "PG"}, 1), ("posts", {"kind": "talks"}, 3),
        ("conflicts", {}, 1), ("conflicts", {"pair": "WS-TO"}, 1), ("conflicts", {"country": "PG"}, 0), ("conflicts", {"kind": "treaty"}, 0),
        ("issues", {}, 0), ("issues", {"kind": "unsure"}, 0), ("issues", {"person": "mose"}, 0),
    ],
)  # fmt: skip
def test_filters(path: Path, what: str, filters: dict[str, Any], number: int) -> None:
    with Ledger(path, readonly=True) as book:
        assert len(getattr(book, what)(**filters)) == number


@pytest.mark.parametrize("what", FAMILIES)
def test_every_list_prints_in_every_format(path: Path, what: str) -> None:
    run = CliRunner()
    forms = {f: run.invoke(app, ["list", what, "--ledger", str(path), "--format", f]) for f in ("table", "json", "csv")}
    assert {r.exit_code for r in forms.values()} == {0}
    records = json.loads(forms["json"].stdout)
    rows = list(csv.reader(io.StringIO(forms["csv"].stdout)))
    assert len(rows) - 1 >= len(records)
    assert all(len(r) == len(rows[0]) for r in rows)
    if records and what != "issues":
        assert forms["table"].stdout.splitlines()[0].split()[0].lower() == rows[0][0]


def test_nothing_that_a_report_says_is_a_formula(path: Path, tell: Any) -> None:
    with Ledger(path) as book:
        tell(book, "five", "=1+1 spoke", [("=1+1", None, [("=HYPERLINK()", None)])])
    out = CliRunner().invoke(app, ["list", "people", "--ledger", str(path), "--format", "csv"]).stdout
    assert "'=1+1" in out
    assert ",=1+1" not in out


def test_who_held_which_post_when(path: Path) -> None:
    with Ledger(path, readonly=True) as book:
        assert [(o.title, [s.report for s in o.sources]) for o in book.who("Mose", on="2021-05-30")] == [
            ("Minister of Foreign Affairs", ["one", "four", "two"])
        ]
        assert [(o.title, o.sources[0].quote) for o in book.who("mose", on="2024")] == [("Prime Minister", "Prime Minister")]
        assert len(book.who("Mose")) == 2
    out = CliRunner().invoke(app, ["who", "Falani Mose", "--on", "2010-01-01", "--ledger", str(path)])
    assert out.exit_code == 0
    assert "no report of about that time" in out.stderr


@pytest.mark.parametrize(
    ("words", "reports"),
    [("MOSE", ["four", "three", "two", "one"]), ("môse lolo", ["four", "one"]), ("ferr*", ["one"]), ("reef AND NOT", []), ('"', None)],
)
def test_search_folds_marks_and_case(path: Path, words: str, reports: list[str] | None) -> None:
    with Ledger(path, readonly=True) as book:
        if reports is None:
            with pytest.raises(Exception, match="give a word"):
                book.search(words)
        else:
            assert [d.name for d in book.search(words)] == reports


def test_one_thing_whole(path: Path) -> None:
    with Ledger(path, readonly=True) as book:
        (meeting,) = book.meetings(pair="TO-WS")
        by_name, by_id = book.show("Tevita Lolo"), book.show(book.people(person="Lolo")[0].id)
        assert by_name == by_id
    out = CliRunner().invoke(app, ["show", meeting.id, "--ledger", str(path)]).stdout
    for words in ("2021-05-04", "occurred", "“thanked", "conflict, kind", "one", "four", "joined", "Nuku'alofa"):
        assert words in out or words == "“thanked", words
    assert "said: Tevita Lolo: thank" in out
    assert CliRunner().invoke(app, ["show", "one", "--ledger", str(path)]).stdout.count("ferries") == 1
    missing = CliRunner().invoke(app, ["show", "m-000000000000", "--ledger", str(path)])
    assert missing.exit_code == 2
    assert "nothing in it has the id" in missing.stderr


def test_records_become_frames(path: Path) -> None:
    with Ledger(path, readonly=True) as book:
        people = book.people()
    assert people.to_dicts()[0]["name"] == people[0].name
    for module, make in (("polars", people.to_polars), ("pandas", people.to_pandas)):
        try:
            __import__(module)
        except ImportError:
            with pytest.raises(ImportError):
                make()
        else:
            assert len(make()) == len(people)


def test_names_bench_and_gold_clusters(bench: Any) -> None:
    names = bench("names")
    assert names.match({"schema": "Person", "name1": "Lê Hoài Trung", "name2": "Le Hoai Trung"}, names.SURE)
    assert not names.match({"schema": "Person", "name1": "Hun Sen", "name2": "Hun Manet"}, names.WIDE)
    assert names.nearest("Thuong Vo Van", {n: names.plain(n) for n in ("Võ Văn Thưởng", "Võ Văn Kiệt")}) == "Võ Văn Thưởng"


def test_keep_all_keeps_in_batches(bench: Any, tmp_path: Path) -> None:
    made = list(islice(bench("madeup").reports(5), 12))
    with Ledger(tmp_path / "a.db") as one, Ledger(tmp_path / "b.db") as other:
        assert [a.new for a in one.keep_all(made, together=5)] == [True] * 12
        assert [a.new for a in one.keep_all(made)] == [False] * 12
        for document, memo in reversed(made):
            other.keep(document, memo)
        assert one.dump() == other.dump()

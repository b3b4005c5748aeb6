"""The file: its formats of every version, its log that only grows, and statements that never walk through a whole table."""

from __future__ import annotations

import gzip
import sqlite3
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from memcon import Ledger, cli_ledger
from memcon.cli import app
from memcon.ledger import migrations, sql
from memcon.ledger.store import LedgerError, Store

FORMATS = sorted((Path(__file__).parent / "formats").glob("*.db.gz"))
# What may be walked through: persons' judgements, which are few, and whole lists that somebody asks for.
# (a walk along an index, or of the words' index, is no walk through the table; what a count walks is cut off by its limit).
WHOLE = {
    "ACTIVE_JUDGEMENTS", "JUDGEMENTS", "ALL_LIVE", "ALL_PEOPLE", "ALL_THINGS", "ALL_UNSURE", "DOCUMENTS_LIKE", "DOCUMENT_EVEN_REMOVED",
    "LIVE_FROM_LOG", "PEOPLE", "MATCHING", "MATCHING_NUMBERS", "MATCHING_BETWEEN", "MATCHES", "FACET_COUNT", "MADE", "SEARCH", "EMPTY",
    # Of pages: the index of words; counts that stop at a bound; lists of people and bodies, which grow far slower than reports.
    "REPORTS_WORDED", "COUNT_CONFLICTS", "COUNTRIES_OF_PEOPLE", "BODIES", "GONE", "HAS_SKIPPED", "HAS_MADE", "SKIPPED", "COUNT_LIVE", "COUNT_DOCUMENTS", "MISSED", "LIVE_AFTER", "SCHEMA", "TAKE_OVER", "LAST_OF_LOG",
}  # fmt: skip


def test_a_file_of_every_format_is_frozen() -> None:
    assert [p.name for p in FORMATS] == [f"{n}.db.gz" for n in range(1, len(migrations.steps()) + 1)], "freeze one with bench/freeze.py"


@pytest.mark.parametrize("frozen", FORMATS, ids=lambda p: p.name)
def test_a_ledger_of_any_format_opens_grows_and_keeps_what_was_judged(frozen: Path, tmp_path: Path, tell: Any) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(frozen.read_bytes()))
    with Ledger(path) as book:
        assert book.store.db.execute("PRAGMA user_version").fetchone()[0] == len(migrations.steps())
        assert not book.store.check()
        assert len(book.documents()) == 5
        assert [j.why for j in book.judgements() if not j.withdrawn] == ["frozen"]
        assert book.meetings()
        assert book.search("visit")
        book.rebuild()
        before = book.dump()
        document = tell(book, "new", "Falani Mose spoke.", [("Falani Mose", "WS", [])])
        book.remove(document, why="only to see")
        assert book.dump() == before


def test_a_reader_does_not_change_an_old_file(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(FORMATS[0].read_bytes()))
    before = path.read_bytes()
    with Ledger(path, readonly=True) as book:
        assert book.meetings()
    assert path.read_bytes() == before


def test_a_newer_file_and_other_programs_files_are_refused(tmp_path: Path) -> None:
    with Ledger(tmp_path / "new.db") as book:
        book.store.db.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerError, match="newer memcon"):
        Ledger(tmp_path / "new.db")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(LedgerError, match="another program"):
        Ledger(tmp_path / "other.db")
    (tmp_path / "text.db").write_text("no database at all")
    with pytest.raises(LedgerError, match="not a ledger"):
        Ledger(tmp_path / "text.db")


@pytest.mark.parametrize("table", ["documents", "claims", "issues", "judgements", "withdrawals", "removals"])
def test_the_log_only_grows(tmp_path: Path, table: str) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(FORMATS[-1].read_bytes()))
    with Ledger(path) as book:
        column = "why" if table in ("judgements", "withdrawals", "removals") else "id"
        if not book.store.row(f"SELECT 1 FROM {table} LIMIT 1"):
            pytest.skip("nothing in it")
        for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                book.store.db.execute(statement)


def test_statements_find_rows_by_an_index(book: Ledger) -> None:
    walking = set()
    for name, value in vars(sql).items():
        for statement in value if isinstance(value, tuple) else (value,):
            if name.isupper() and isinstance(statement, str) and statement.split()[0] in ("SELECT", "UPDATE", "DELETE") and ":it" not in statement:
                plan = _plan(book.store.db, statement)
                walking |= {name for detail in plan if detail.startswith("SCAN") and not detail.startswith(("SCAN j VIRTUAL TABLE", "SCAN json_each", "SCAN (subquery"))}
    assert walking <= WHOLE


def _plan(db: sqlite3.Connection, statement: str) -> list[str]:
    for number in range(20):
        try:
            return [r[3] for r in db.execute("EXPLAIN QUERY PLAN " + statement, [None] * number)]
        except sqlite3.ProgrammingError:
            continue
    raise AssertionError(statement)


def test_a_view_that_other_rules_made_is_made_anew(tmp_path: Path, tell: Any) -> None:
    path = tmp_path / "old.db"
    with Ledger(path) as book:
        tell(book, "one", "Falani Mose spoke.", [("Falani Mose", "WS", [])])
        before = book.dump()
        book.store.run("UPDATE made SET rules = 0")
        book.store.run("UPDATE person SET country = 'XX'")
        assert book.dump() != before
    with Ledger(path) as book:
        assert book.dump() == before


def test_rebuild_on_the_command_line(tmp_path: Path, tell: Any) -> None:
    path = tmp_path / "r.db"
    with Ledger(path) as book:
        tell(book, "one", "Falani Mose spoke.", [("Falani Mose", "WS", [])])
        before = book.dump()
    run = CliRunner().invoke(app, ["rebuild", "--ledger", str(path)])
    assert (run.exit_code, run.stdout) == (0, "1 reports: all that follows from them was made anew\n")
    with Ledger(path, readonly=True) as book:
        assert book.dump() == before
    missing = CliRunner().invoke(app, ["rebuild", "--ledger", str(tmp_path / "none.db")])
    assert missing.exit_code == 2
    assert "no such ledger" in missing.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_list_that_an_old_file_cannot_give_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(FORMATS[0].read_bytes()))
    with Ledger(path, readonly=True) as book, pytest.raises(LedgerError, match="memcon rebuild"):
        book.people()


def test_what_a_file_is_is_read_in_one_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer may be making the file: looks before and after it did would together show a file of another program."""
    Store(tmp_path / "l.db").close()
    looks: list[bool] = []
    pragma = Store._pragma

    def watched(store: Store, name: str) -> int:
        looks.append(store.db.in_transaction)
        return pragma(store, name)

    monkeypatch.setattr(Store, "_pragma", watched)
    Store(tmp_path / "l.db", writable=False).close()
    assert len(looks) >= 3
    assert all(looks)


def test_a_reader_is_told_of_other_rules_and_a_writer_how_far_it_is(tmp_path: Path, tell: Any, capsys: Any) -> None:
    path = tmp_path / "old.db"
    with Ledger(path) as book:
        for number in range(3):
            tell(book, f"r{number}", f"Falani Mose spoke on {number}.", [("Falani Mose", "WS", [])])
        assert not book.outdated
        assert not book.renewed
        book.store.run("UPDATE made SET rules = 0")
    with Ledger(path, readonly=True) as book:
        assert book.outdated
        assert len(book.people()) == 1
    def listed() -> Any:
        return CliRunner().invoke(app, ["list", "people", "--ledger", str(path)])

    found = listed()
    assert (found.exit_code, "memcon rebuild" in found.stderr, "Falani Mose" in found.stdout) == (0, True, True)
    heard: list[tuple[int, int]] = []
    with Ledger(path, renewing=lambda done, of: heard.append((done, of))) as book:
        assert book.renewed
        assert not book.outdated
    assert heard == [(0, 3), (1, 3), (2, 3)]
    assert listed().stderr == ""
    progress = cli_ledger._Renewing("old.db")
    for done in (0, 1):
        progress(done, 500)
    assert "500 reports is made anew" in capsys.readouterr().err


def test_a_large_view_is_made_anew_in_slices_and_goes_on_where_it_was_stopped(tmp_path: Path, bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memcon.query.AT_ONCE", 5)
    monkeypatch.setattr("memcon.renewal._SLICE", 4)
    path, made = tmp_path / "old.db", bench("madeup").reports(3)
    with Ledger(path) as book:
        list(book.keep_all(islice(made, 14)))
        gone = book.remove(book.documents()[2], "printed in error")
        before, found = book.dump(), [x.id for x in book.search("a")]
        late = next(made)
        book.store.run("UPDATE made SET rules = 4")
        book.store.run("UPDATE person SET country = 'XX'")
        shown = book.dump()

    def stopped(done: int, of: int) -> None:
        assert of == 14
        with Ledger(path, readonly=True) as reader:
            assert reader.dump() == shown, "until it is complete, readers see what they saw"
        if done == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Ledger(path, renewing=stopped)
    assert (tmp_path / "old.db.renewing").exists()
    heard: list[int] = []

    def watched(done: int, of: int) -> None:
        if not heard:  # a report comes while it is under way, by a memcon of the older rules
            with monkeypatch.context() as older, Ledger(path, readonly=True) as reader:
                assert gone not in reader.documents()
                older.setattr("memcon.renewal.RULES", 4)
                with Ledger(path) as writer:
                    writer.keep(*late)
        heard.append(done)

    with Ledger(path, renewing=watched) as book:
        assert heard[0] == 8, "two slices were complete"
        assert not list(tmp_path.glob("*.renewing*"))
        assert not book.outdated
        book.remove(late[0].id, "to compare")
        assert book.dump() == before
        assert [x.id for x in book.search("a")] == found

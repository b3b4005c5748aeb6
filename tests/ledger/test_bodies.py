"""Bodies: which is part of which, and asking for a body finds the posts in its parts."""

from __future__ import annotations

from typing import Any

import pytest
from typer.testing import CliRunner

from memcon import Ledger
from memcon.cli import app
from memcon.resolve.bodies import ancestors, parent

PARTY = "People's Party of Fenland"
ORGAN = "Central Committee of the People's Party of Fenland"
DEEP = f"Commission for External Relations of the {ORGAN}"
ODA = ("Oda Brack", None, [("head", DEEP)])
IVO = ("Ivo Tarn", None, [("General Secretary", PARTY)])
EMA = ("Ema Lund", None, [("Speaker", "National Assembly of Samoa")])


@pytest.mark.parametrize(
    ("name", "above"),
    [
        (DEEP, [ORGAN, PARTY]),
        (f"{PARTY} Central Committee", [PARTY]),
        ("Politburo of the Workers' Party of Korea Central Committee", ["Workers' Party of Korea Central Committee", "Workers' Party of Korea"]),
        ("Committee on Foreign Affairs of the House of Representatives of Nigeria", ["House of Representatives of Nigeria", "Nigeria"]),
        ("Department of Foreign Affairs of the Philippines", ["Philippines"]), ("Office of the King of Jordan", ["Jordan"]), ("Commission of the African Union", ["African Union"]),
        ("Communist Party of Vietnam", []), ("Federation of South African Women", []), ("University of Ottawa", []), ("Bank of Ghana", []), ("House of Representatives", []),
        ("Nigerian Union of Traders Association in Ghana", []), ("Vitebsk Oblast Executive Committee", []), ("Cambodia", []), ("", []), (" of the ", []), ("of the of the", []),
    ],
)  # fmt: skip
def test_names_tell_what_a_body_is_part_of(name: str, above: list[str]) -> None:
    assert ancestors(name) == above


def test_no_name_goes_in_a_circle() -> None:
    assert len(ancestors("Committee of the " * 40 + "Party")) <= 8
    assert parent("Party of the Party") in (None, "Party")


@pytest.fixture
def parties(book: Ledger, tell: Any) -> Ledger:
    """Three people in posts of a party, its commission, and a parliament."""
    tell(book, "one", f"Oda Brack, head of the {DEEP}, met Ivo Tarn, General Secretary of the {PARTY}, and Ema Lund.", [ODA, IVO, EMA], published="2021-05-04",
         meetings=[{"kind": "talks", "hosts": [ORGAN], "guests": ["Ema Lund"], "date": "2021-05-04"}])  # fmt: skip
    return book


def test_asking_for_a_body_finds_its_parts(parties: Ledger) -> None:
    assert {p.name for p in parties.posts(body=PARTY)} == {"Ivo Tarn", "Oda Brack"}
    assert [p.name for p in parties.posts(body=ORGAN)] == ["Oda Brack"]
    assert [p.name for p in parties.posts(body="Samoa")] == ["Ema Lund"]
    assert not parties.posts(body="Liberal Party of Fenland")
    assert parties.posts(body=ORGAN)[0].within == [ORGAN, PARTY]
    assert {p.name for p in parties.people(body=PARTY)} == {"Ivo Tarn", "Oda Brack"}
    assert len(parties.meetings(body=PARTY)) == len(parties.meetings(body=ORGAN)) == 1


def test_a_body_is_shown_with_those_above_and_below(parties: Ledger) -> None:
    below = parties.show(PARTY)
    assert (below.within, below.parts, below.people) == ([], [DEEP], 2)  # type: ignore[union-attr]
    out = CliRunner().invoke(app, ["show", DEEP, "--ledger", parties.store.path]).stdout
    assert f"{ORGAN}; {PARTY}" in out
    assert "Oda Brack: head" in out


def test_a_body_goes_with_its_last_post(parties: Ledger) -> None:
    parties.remove("one", why="to see")
    assert not parties.store.rows("SELECT * FROM body_above")
    assert not parties.store.rows("SELECT * FROM body_word")
    assert not parties.store.rows("SELECT * FROM post")
    assert not parties.store.rows("SELECT * FROM person")
    assert not parties.store.rows("SELECT * FROM node_in")
    assert not parties.store.rows("SELECT * FROM facet")

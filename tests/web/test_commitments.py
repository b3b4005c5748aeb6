"""The pages, routes and files of commitments, over a ledger of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema
import pytest

from memcon import Ledger
from memcon.model import Statement

from .conftest import at, person, serving, tell

FIRST = "Suva. Ana Tuilagi of Tonga met Seru Naqa of Fiji. Mr Naqa promised that Fiji would build a jetty at Vainoa by March 2022. They agreed to deepen friendship <b>&amp;</b> ties."
LATER = "Nuku'alofa. Fiji has completed half of the jetty at Vainoa, Tonga said."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    path = tmp_path_factory.mktemp("promises") / "book.db"
    with Ledger(path) as ledger:
        people = [person(FIRST, "Ana Tuilagi", "TO", "chairman", "Reef Council", "of Tonga"), person(FIRST, "Seru Naqa", "FJ", "Minister", "Fiji", "of Fiji")]
        said = [("pledge", ["Seru Naqa"], ["Ana Tuilagi"], "Mr Naqa promised that Fiji would build a jetty at Vainoa by March 2022."), ("agree", ["Seru Naqa", "Ana Tuilagi"], [], "They agreed to deepen friendship <b>&amp;</b> ties.")]
        tell(ledger, "first", FIRST, published="2021-03-01", outlet="Suva Post", people=people, statements=[Statement(speakers=s, addressees=a, act=act, text=w, evidence=at(FIRST, w)) for act, s, a, w in said])
        tell(ledger, "later", LATER, published="2022-01-10", outlet="Reef News")
    with serving(path) as base, httpx.Client(base_url=base) as made:
        yield made


def listed(client: httpx.Client, query: str = "") -> list[dict[str, Any]]:
    """The items of the API's list."""
    answer = client.get(f"/api/commitments{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_a_page_as_of_a_day(client: httpx.Client) -> None:
    page = client.get("/commitments?on=2022-02-01").text
    assert "as of 1 February 2022" in page
    assert "Fiji has completed half of the jetty at Vainoa, Tonga said." in page
    assert "deepen friendship" not in page
    assert 'class="status p-partly-done"' in page
    assert "p-overdue" in client.get("/commitments").text  # the pages' clock is today's
    everything = client.get("/commitments?grade=all").text
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in everything
    assert "<b>&amp;</b>" not in everything


def test_one_commitment(client: httpx.Client) -> None:
    found = listed(client, "?on=2022-02-01")[0]
    page = client.get(f"/commitment/{found['id']}?on=2022-02-01")
    assert page.status_code == 200
    assert f"/report/{found['steps'][1]['document']}?at=" in page.text
    assert client.get(f"/commitment/{found['id']}.json?on=2022-02-01").json()["commitment"] == found
    assert client.get(f"/api/commitments/{found['id']}?on=2022-02-01").json() == found
    assert client.get(f"/commitment/{found['source']}", follow_redirects=False).headers["location"] == f"/commitment/{found['id']}"
    for wrong in ("/commitment/k-000000000000", "/commitment/x", "/api/commitments/k-000000000000"):
        assert client.get(wrong).status_code == 404


@pytest.mark.parametrize(
    ("query", "states"),
    [
        ("", ["partly done"]), ("?on=2021-06-01", ["open"]), ("?on=2022-06-01", ["overdue"]), ("?on=2021-02-01", []), ("?state=overdue", []), ("?on=2023&state=overdue", ["overdue"]),
        ("?side=Fiji", ["partly done"]), ("?side=TO", []), ("?grade=direction", [None]), ("?grade=formula", []), ("?grade=all", ["partly done", None]), ("?due_before=2022-01", []), ("?due_before=2023", ["partly done"]),
        ("?pair=FJ-TO", ["partly done"]), ("?topic=trade", []), ("?pair=XX-YY", []),
    ],
)  # fmt: skip
def test_filters_of_the_api(client: httpx.Client, query: str, states: list[str | None]) -> None:
    assert sorted(map(str, (c["state"] for c in listed(client, query)))) == sorted(map(str, states))


@pytest.mark.parametrize("query", ["on=soon", "grade=big", "state=kept", "due_before=x", "topic=nonsense", "after=x"])
def test_what_makes_no_sense_is_said(client: httpx.Client, query: str) -> None:
    assert client.get(f"/api/commitments?{query}").status_code == 400
    assert client.get(f"/commitments?{query}").status_code == 400


def test_answers_are_as_described(client: httpx.Client) -> None:
    described = client.get("/api").json()
    for path, asked in (("/api/commitments", "/api/commitments?grade=all"), ("/api/commitments/{id}", f"/api/commitments/{listed(client)[0]['id']}")):
        schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = client.get(asked).json()
        assert answer
        jsonschema.validate(answer, {**schema, "components": described["components"]})


def test_files_and_feeds(client: httpx.Client) -> None:
    lines = client.get("/commitments.csv?on=2022-06-01").text.splitlines()
    assert len(lines) == 2
    assert "overdue" in lines[1]
    assert "/commitment/k-" in lines[1]
    assert "partly done" in client.get("/commitments.csv").text
    assert "Partly done: Fiji to Tonga" in client.get("/commitments.atom").text
    assert client.get("/commitments.csv?on=soon").status_code == 400


def test_topics_narrow_lists(client: httpx.Client) -> None:
    assert client.get("/statements?topic=trade").status_code == 200
    assert client.get("/statements?topic=nonsense").status_code == 400
    assert client.get("/api/statements?topic=trade").json()["items"] == []

"""The API: its description, its lists, its one shape of errors; and schemathesis, which tries what nobody thinks of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from memcon import Ledger
from memcon.web.app import create_app
from tests.web.conftest import TODAY, fill

if TYPE_CHECKING:
    import httpx


def test_the_description_is_openapi_and_names_every_address(client: httpx.Client) -> None:
    described = client.get("/api").json()
    assert described["openapi"].startswith("3.1")
    assert described == client.get("/api.json").json()
    assert set(described["paths"]) == {
        *(f"/api/{x}{y}" for x in ("visits", "meetings", "agreements", "statements", "people", "reports", "commitments") for y in ("", "/{id}")),
        "/api/people/{id}/posts", "/api/conflicts", "/api/issues", "/api/unsure", "/api/contradictions", "/api/search", "/api/ledger", "/api/register", "/api/plans",
        "/api/brief/{subject}", "/api/wording/{pair}", "/api/readouts/{id}",
    }  # fmt: skip
    assert "text/html" in client.get("/api", headers={"Accept": "text/html"}).headers["content-type"]


def test_answers_are_as_described(client: httpx.Client, ids: dict[str, str]) -> None:
    described = client.get("/api").json()
    for path, asked in {
        "/api/meetings": "/api/meetings?person=tuilagi", "/api/visits": "/api/visits", "/api/agreements": "/api/agreements", "/api/statements": "/api/statements", "/api/people": "/api/people",
        "/api/meetings/{id}": f"/api/meetings/{ids['meeting']}", "/api/people/{id}": f"/api/people/{ids['person']}", "/api/people/{id}/posts": f"/api/people/{ids['person']}/posts?on=2022-08",
        "/api/reports": "/api/reports?text=ferry", "/api/reports/{id}": f"/api/reports/{ids['report']}", "/api/conflicts": "/api/conflicts", "/api/issues": "/api/issues", "/api/search": "/api/search?q=Tuilagi",
        "/api/ledger": "/api/ledger", "/api/register": "/api/register?on=2023-06-01&expiring=24", "/api/plans": "/api/plans?on=2022-09-01", "/api/brief/{subject}": "/api/brief/FJ-TO?on=2022-09-01&for=FJ", "/api/wording/{pair}": "/api/wording/FJ-TO",
        "/api/readouts/{id}": f"/api/readouts/{ids['meeting']}",
    }.items():  # fmt: skip
        answer = client.get(asked)
        assert answer.status_code == 200, asked
        schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json(), {**schema, "components": described["components"]})
        assert any(answer.json().values()) or path == "/api/issues"


def test_a_claim_s_id_gives_the_thing_it_became_part_of(client: httpx.Client, ids: dict[str, str]) -> None:
    assert client.get(f"/api/meetings/{ids['claim']}").json()["id"] == ids["meeting"]
    assert client.get(f"/api/visits/{ids['claim'].replace('cm-', 'cv-')}").status_code == 404


def test_etags_save_what_has_not_changed(client: httpx.Client) -> None:
    first = client.get("/api/meetings")
    again = client.get("/api/meetings", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert client.get("/api/meetings?limit=1", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status"),
    [("/api/meetings?since=soon", 400), ("/api/meetings?limit=0", 400), ("/api/meetings?limit=x", 400), ("/api/meetings?after=9", 400), ("/api/meetings/x", 404), ("/api/meetings/m-000000000000", 404),
     ("/api/people/p-000000000000/posts", 404), ("/api/reports/d-000000000000", 404), ("/api/search", 400), ("/api/nowhere", 404), ("/api/brief/nobody", 404), ("/api/brief/FJ-TO?for=KH", 404), ("/api/brief/FJ-TO?on=soon", 400),
     ("/api/wording/FJ-QX", 404), ("/api/readouts/m-000000000000", 404), ("/api/", 404)],
)  # fmt: skip
def test_errors_have_one_shape(client: httpx.Client, asked: str, status: int) -> None:
    answer = client.get(asked)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert set(answer.json()) == {"type", "title", "status", "detail"}
    assert len(answer.json()["detail"]) > 10


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    """Every address with what its description allows, and with what it does not."""
    path = tmp_path / "book.db"
    with Ledger(path) as ledger:
        fill(ledger)
    headers = {"Host": "127.0.0.1"}
    schema = schemathesis.openapi.from_asgi("/api", create_app(path, today=lambda: TODAY), headers=headers)
    tried = []
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):

            @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
            @given(case=operation.as_strategy(generation_mode=mode))
            def holds(case: schemathesis.Case) -> None:
                case.call_and_validate(headers=headers)
                tried.append(case.path)

            try:
                holds()
            except Unsatisfiable:
                assert mode is schemathesis.GenerationMode.NEGATIVE  # nothing can be wrong in a request without parameters
    assert len(set(tried)) == 26
    assert len(tried) > 200

"""GraphML, JSON-LD and FollowTheMoney, each read by the format's own library."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib
from pyld import jsonld as pyld

from memcon import Ledger
from memcon.export import ftm, jsonld
from memcon.langs import places

SCHEMA = rdflib.Namespace("https://schema.org/")
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # inside rdflib
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
MODEL = json.loads((Path(__file__).parent / "ftm_model.json").read_text(encoding="utf-8"))


def graph(data: bytes) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(data), force_multigraph=True)


def test_the_network_says_who_met_whom(book: Ledger, write: Any) -> None:
    g = graph(write(book, "graphml", "meetings"))
    names = nx.get_node_attributes(g, "label")
    assert {(names[a], names[b], d["kind"], d.get("date")) for a, b, d in g.edges(data=True)} == {
        ("Anna Berg", "Sera Vula", "courtesy_call", "2024-05-04"), ("Amara Osei", "José Ñandú", "meeting", "2023-03"), ("José Ñandú", "Lê Thị Ánh", "phone_call", "XXXX-08-23"),
    }  # fmt: skip
    berg = next(d for _, d in g.nodes(data=True) if d["label"] == "Anna Berg")
    assert (berg["country"], berg["country_name"], berg["type"]) == ("NO", "Norway", "person")
    told = next(d for _, _, d in g.edges(data=True) if d["kind"] == "courtesy_call")
    assert (told["witnesses"], told["reports"], told["earliest"]) == (3, "plan | held | agency", "2024-05-04")
    assert nx.number_weakly_connected_components(g) == 2


def test_the_network_takes_every_list_and_any_text(attacked: Ledger, write: Any) -> None:
    g = graph(write(attacked, "graphml", "visits", "meetings", "agreements", "statements"))
    families = Counter(d["family"] for _, _, d in g.edges(data=True))
    assert families["meetings"] == len(attacked.meetings())
    assert families["statements"] == len(attacked.statements())
    assert all(n == n.strip() for n in g)
    for m in attacked.meetings():
        for p in (*m.hosts, *m.guests):
            assert p.id in g


@pytest.fixture(scope="module")
def _nothing_is_fetched(request: Any) -> None:
    def refuse(url: str, *_: Any) -> None:
        raise AssertionError(f"fetched {url}")

    pyld.set_document_loader(refuse)


@pytest.mark.parametrize("ledger", ["book", "attacked"])
@pytest.mark.usefixtures("_nothing_is_fetched")
def test_linked_data_loses_nothing_and_fetches_nothing(ledger: str, request: Any, write: Any) -> None:
    data = write(request.getfixturevalue(ledger), "jsonld", "visits", "meetings", "agreements", "statements", "people", "posts", "sources")
    document = json.loads(data)
    known = set(jsonld.CONTEXT)

    def check(node: Any) -> None:
        for key, value in node.items():
            assert key in known or key.startswith("memcon:"), key
            for x in value if isinstance(value, list) else [value]:
                if isinstance(x, dict):
                    check(x)

    for node in document["@graph"]:
        check(node)
        assert node["id"] == node["id"].strip()
        assert not set(node["id"]) & set(' <>"{}|\\^`'), "an IRI"
    ids = Counter(n["id"] for n in document["@graph"])
    assert max(ids.values()) == 1
    expanded = pyld.expand(document)
    assert len(expanded) == len(document["@graph"])
    text = json.dumps(expanded)
    assert all(x in text for x in ("https://schema.org/attendee", "http://www.w3.org/ns/oa#hasSelector", "http://www.w3.org/ns/prov#wasDerivedFrom"))


def test_every_term_is_one_of_its_vocabulary(book: Ledger, write: Any) -> None:
    """rdflib knows the terms of schema.org and PROV, and warns of what is none."""
    g = rdflib.Graph().parse(
        data=write(book, "jsonld", "visits", "meetings", "agreements", "statements", "people", "posts", "sources"), format="json-ld"
    )
    terms = {x for s, p, o in g for x in (p, *([o] if p in (rdflib.RDF.type, SCHEMA.eventStatus) else []))}
    for vocabulary, known in ((str(SCHEMA), rdflib.SDO), (str(PROV), rdflib.PROV)):
        used = {str(x).removeprefix(vocabulary) for x in terms if str(x).startswith(vocabulary)}
        assert used
        assert {x for x in used if x not in known} == set()
    mine = {str(x).removeprefix("urn:memcon:term:") for x in terms if str(x).startswith("urn:memcon:term:")}
    assert mine == {"actsFor", "addressee", "capacity", "conflict", "date", "derivation", "field", "kind", "sha256", "status", "witnesses"}
    held = next(r for r in g.subjects(rdflib.RDF.type, SCHEMA.OrganizationRole) if str(g.value(r, SCHEMA.roleName)) == "Health Minister")
    assert str(g.value(g.value(None, SCHEMA.affiliation, held), SCHEMA.name)) == "Wanja Mutiso"
    assert str(g.value(g.value(held, SCHEMA.affiliation), SCHEMA.name)) == "Kenya"
    paper = next(g.subjects(rdflib.RDF.type, SCHEMA.CreativeWork))
    assert str(g.value(paper, SCHEMA.temporalCoverage)) == "2024/2026"


@pytest.mark.parametrize("ledger", ["book", "attacked"])
def test_every_selector_finds_its_words(ledger: str, request: Any, write: Any) -> None:
    asked: Ledger = request.getfixturevalue(ledger)
    g = rdflib.Graph().parse(data=write(asked, "jsonld"), format="json-ld")
    texts = {f"urn:memcon:{d}": asked.words(d, 0, 10_000_000) for d in asked.documents()}
    seen = 0
    for target in set(g.objects(None, OA.hasTarget)):
        text = texts[str(g.value(target, OA.hasSource))]
        selectors = {str(g.value(s, rdflib.RDF.type)): s for s in g.objects(target, OA.hasSelector)}
        position, words = selectors[str(OA.TextPositionSelector)], selectors[str(OA.TextQuoteSelector)]
        start, end = (int(str(g.value(position, p))) for p in (OA.start, OA.end))
        exact, before, after = (str(g.value(words, p) or "") for p in (OA.exact, OA.prefix, OA.suffix))
        assert _xml(text[start:end]) == _xml(exact)
        assert _xml(text[max(0, start - 32) : end + 32]) == _xml(before + exact + after)
        seen += 1
    assert seen >= len(asked.meetings()) + len(asked.visits())


def _xml(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_linked_data_tells_the_contact_its_status_and_where_it_came_from(book: Ledger, write: Any) -> None:
    g = rdflib.Graph().parse(data=write(book, "jsonld", link=lambda x: f"https://example.org/{x}"), format="json-ld")
    met = next(s for s in g.subjects(rdflib.RDF.type, SCHEMA.Event) if "Courtesy call" in str(g.value(s, SCHEMA.name)))
    assert str(met).startswith("https://example.org/m-")
    assert str(g.value(g.value(met, SCHEMA.attendee), SCHEMA.name)) == "Sera Vula"
    assert str(g.value(met, SCHEMA.startDate)) == "2024-05-04"
    assert len(list(g.objects(met, PROV.wasDerivedFrom))) == 3
    joined = [a for a in g.objects(met, PROV.wasGeneratedBy) if "joining" in str(a)]
    assert joined
    assert g.value(joined[0], SCHEMA.description)
    agents = {str(g.value(a, SCHEMA.name)) for a in g.subjects(rdflib.RDF.type, PROV.SoftwareAgent)}
    assert agents == {"memcon 0.1.0"}
    off = next(s for s in g.subjects(SCHEMA.eventStatus, SCHEMA.EventCancelled))
    assert "Wanja Mutiso" in str(g.value(off, SCHEMA.name))
    said = next(g.subjects(rdflib.RDF.type, SCHEMA.Quotation))
    assert str(g.value(said, SCHEMA.text)) == "Ms Berg thanked Fiji for its help with herring"
    assert g.value(said, SCHEMA.recordedAt) == met
    fields = {
        str(g.value(b, rdflib.RDF.value))
        for a in g.subjects(OA.hasBody, met)
        for b in g.objects(a, OA.hasBody)
        if (b, rdflib.RDF.type, OA.TextualBody) in g
    }
    assert fields == {"date", "hosts", "place"}


def entities(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


@pytest.mark.parametrize("ledger", ["book", "attacked"])
def test_entities_fit_the_model_and_point_to_each_other(ledger: str, request: Any, write: Any) -> None:
    """Against the part of the library's model that is kept beside this test; the test below holds it to the library itself."""
    found = entities(write(request.getfixturevalue(ledger), "ftm"))
    by_id = {e["id"]: e for e in found}
    assert len(by_id) == len(found)
    assert {"Person", "Position", "Occupancy", "Event", "Article", "Documentation"} <= {e["schema"] for e in found}
    for e in found:
        schema = MODEL[e["schema"]]
        assert set(schema["required"]) <= set(e["properties"]), e
        for name, values in e["properties"].items():
            kind, reach = schema["properties"][name]
            assert values
            assert all(isinstance(v, str) and v for v in values)
            if kind == "entity":
                assert all(reach in MODEL[by_id[v]["schema"]]["is"] for v in values), (e, name)


def test_entities_are_valid_for_the_library(book: Ledger, attacked: Ledger, write: Any) -> None:
    model = pytest.importorskip("followthemoney").model
    for e in entities(write(book, "ftm") + write(attacked, "ftm")):
        proxy = model.get_proxy(e, cleaned=False)
        proxy.schema.validate(e)
        for name, values in e["properties"].items():
            # What the library cannot understand it drops without a word.
            assert len(proxy.get(name)) == len(values), (e["schema"], name, values)
    for name, schema in MODEL.items():
        known = model.get(name)
        assert schema["required"] == sorted(known.required)
        assert schema["is"] == sorted(s.name for s in known.schemata)
        assert {p: [q.type.name, q.range.name if q.range else None] for p, q in known.properties.items() if p in schema["properties"]} == schema[
            "properties"
        ]


def test_every_country_is_one_of_the_library() -> None:
    registry = pytest.importorskip("followthemoney.types").registry
    for code in places.countries():
        assert registry.country.clean(ftm.country(code)) == ftm.country(code)


def test_a_post_claims_no_term_of_office(book: Ledger, write: Any) -> None:
    found = entities(write(book, "ftm", "posts"))
    held = next(e for e in found if e["schema"] == "Occupancy" and e["properties"]["holder"] == [book.people(person="Vula")[0].id])
    assert set(held["properties"]) == {"holder", "post", "date", "summary", "proof"}
    assert held["properties"]["date"] == ["2024-05-02", "2024-05-05"]

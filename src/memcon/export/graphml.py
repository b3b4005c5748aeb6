"""Who met, told or signed with whom, as GraphML: people and bodies are nodes, every contact an edge of its own with its day and reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from memcon.export import captions, safe
from memcon.export.book import Book, bounds
from memcon.export.wording import clean, country
from memcon.view import AgreementThing, MeetingThing, Participant, StatementThing, Thing, VisitThing

__all__ = ["write"]

_NODE: Final = (("label", "string"), ("type", "string"), ("country", "string"), ("country_name", "string"), ("posts", "string"), ("link", "string"))
_EDGE: Final = (
    ("label", "string"), ("record", "string"), ("family", "string"), ("kind", "string"), ("status", "string"), ("date", "string"), ("earliest", "string"), ("latest", "string"), ("place", "string"),
    ("witnesses", "int"), ("reports", "string"), ("link", "string"),
)  # fmt: skip
_FAMILIES: Final = {VisitThing: "visits", MeetingThing: "meetings", AgreementThing: "agreements", StatementThing: "statements"}
_MOST: Final = 10_000  # pairs of one thing: a list of a hundred guests is a conference, of thousands a report that lies


def write(book: Book, stream: BinaryIO) -> None:
    """Write the lists of the selection as one directed graph, from the host, speaker or first party to the other."""
    stream.write(_head(book).encode("utf-8"))
    seen: set[str] = set()
    for name in book.selection.lists:
        for thing in book.records(name):
            for number, (a, b) in enumerate(_pairs(thing)):
                for p in (a, b):
                    if p.id not in seen:
                        seen.add(p.id)
                        stream.write(_node(book, p).encode("utf-8"))
                stream.write(_edge(book, thing, number, a, b).encode("utf-8"))
    stream.write(b"</graph></graphml>\n")


def _head(book: Book) -> str:
    keys = "".join(
        f'<key id="{on[0]}_{name}" for="{on}" attr.name="{name}" attr.type="{kind}"/>\n' for on, fields in (("node", _NODE), ("edge", _EDGE)) for name, kind in fields
    )  # fmt: skip
    told = "; ".join(f"{k}: {v}" for k, v in book.stamp.items())
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        f'<desc>{escape(safe.xml(clean(told)))}</desc>\n{keys}<graph id="memcon" edgedefault="directed">\n'
    )


def _pairs(thing: Thing) -> Iterator[tuple[Participant, Participant]]:
    """Everyone of one end with everyone of the other; where only one end is told, everyone with everyone."""
    first, second = _ends(thing)
    found = ((a, b) for a in first for b in second) if first and second else combinations(first or second, 2)
    for number, (a, b) in enumerate(found):
        if number >= _MOST:
            return
        if a.id != b.id:
            yield a, b


def _ends(thing: Any) -> tuple[Sequence[Participant], Sequence[Participant]]:
    if isinstance(thing, MeetingThing):
        return thing.hosts, thing.guests
    if isinstance(thing, StatementThing):
        return thing.speakers, thing.addressees
    if isinstance(thing, VisitThing):
        return thing.inviters, thing.visitors if thing.inviters else ()
    assert isinstance(thing, AgreementThing)
    return thing.signers if len(thing.signers) > 1 else [Participant(id=f"b:{p}", name=p) for p in dict.fromkeys(thing.parties)], ()


def _node(book: Book, p: Participant) -> str:
    person = book.person(p.id)
    code = book.country(p) or ""
    values: dict[str, str | None] = {
        "label": person.name if person else p.name, "type": "person" if person else "body", "country": code, "country_name": country(code) if code else "",
        "posts": safe.joined(person.posts) if person else "", "link": book.link(p.id),
    }  # fmt: skip
    return f"<node id={_attribute(p.id)}>{_data('n', values)}</node>\n"


def _edge(book: Book, thing: Thing, number: int, a: Participant, b: Participant) -> str:
    date = next((v for f in ("date", "start", "signed") if (v := getattr(thing, f, None))), None)
    earliest, latest = bounds(date, getattr(thing, "end", None) if isinstance(thing, VisitThing) else None)
    values = {
        "label": captions.title(thing), "record": thing.id, "family": _FAMILIES[type(thing)], "kind": thing.kind, "status": thing.status, "date": date, "earliest": earliest, "latest": latest,
        "place": getattr(thing, "place", None), "witnesses": str(thing.witnesses), "reports": safe.joined(list(dict.fromkeys(q.report for q in thing.sources))), "link": book.link(thing.id),
    }  # fmt: skip
    return f'<edge id="{thing.id}.{number}" source={_attribute(a.id)} target={_attribute(b.id)}>{_data("e", values)}</edge>\n'


def _data(prefix: str, values: Mapping[str, str | None]) -> str:
    return "".join(f'<data key="{prefix}_{name}">{escape(safe.xml(clean(value)))}</data>' for name, value in values.items() if value)


def _attribute(text: str) -> str:
    return quoteattr(safe.xml(clean(text)))

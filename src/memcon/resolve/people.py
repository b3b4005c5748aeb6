"""People across reports.

What one report calls a person is a claim; claims of one spelling and side make a *node*; nodes that are one person
make a person. Judging nodes, not claims, keeps the cost of a much-reported person small.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

import msgspec

from memcon.model import Person
from memcon.resolve import names
from memcon.resolve.cluster import Link
from memcon.resolve.offices import exclusive, office_key, same_body, same_office

Office = tuple[str, str | None]
_ENOUGH: Final = 0.85
_SAME: Final = 0.93  # the same letters, marks and order aside
_SURE: Final = 0.9  # a name that two people of different sides hardly share


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """All claims of one spelling and one side.

    ``country`` is the side that the words give, ``guess`` one that was only inferred; ``offices`` are (title, body)
    as reported; ``forms`` the spellings used.
    """

    id: str
    name: str
    country: str | None = None
    guess: str | None = None
    offices: tuple[Office, ...] = ()
    forms: tuple[str, ...] = ()


def digest(*texts: str | None) -> str:
    """Twelve hex digits of a hash of texts."""
    joined = "\x1f".join("\x00" if t is None else t for t in texts)
    return hashlib.sha256(joined.encode()).hexdigest()[:12]


def side(person: Person) -> tuple[str | None, str | None]:
    """The side that a report's words give a person, and the side that was only inferred; at most one of them."""
    return (None, person.country) if "country" in person.derivation else (person.country, None)


def fuller(person: Person, others: Iterable[Person]) -> Person | None:
    """The person of the same report whose full name one with an initial is short for ("R. Meredov"); None without one, or with two."""
    if not any(len(part) == 1 for part in names.parts(person.name)):
        return None
    found = [
        o for o in others if names.compare(person.name, o.name) == names.INITIAL and (person.country is None or o.country in (None, person.country))
    ]
    return found[0] if len(found) == 1 else None


def meant(person: Person, others: Iterable[Person]) -> Person:
    """The person by whose name and side a claim is known: of a name with an initial, the one of ``others`` in its report whose full name it is short for."""
    return (fuller(person, others) if "." in person.name else None) or person


def described(
    node: str, country: str | None, guess: str | None, forms: Iterable[tuple[str, bool]], offices: Iterable[Office]
) -> Node:
    """A node of what its claims say: ``forms`` are (spelling, whether it is a whole name) and at least one is whole, ``offices`` in any order."""
    spelled = sorted(forms)
    name = min((f for f, whole in spelled if whole), key=lambda f: (-len(f), f))
    return Node(id=node, name=name, country=country, guess=guess, offices=tuple(offices), forms=tuple(sorted({f for f, _ in spelled})))


def references(named: Iterable[tuple[Person, str]]) -> tuple[dict[str, str], dict[str, str | None]]:
    """Node and country of every name of a report, of its people and their nodes in the order of their claims' ids; a whole name outranks an alias."""
    refs: dict[str, str] = {}
    sides: dict[str, str | None] = {}
    for person, node in named:
        for name in (person.name, *person.aliases):
            if name == person.name or name not in refs:
                refs[name], sides[name] = node, person.country
    return refs, sides


def majority(rows: Iterable[tuple[str | None, str | None, int]]) -> str | None:
    """The side of a person, of (side said, side inferred, reports) for each spelling: that of most reports; an inferred one only where none is said."""
    said: dict[str, int] = {}
    inferred: dict[str, int] = {}
    for country, guess, n in rows:
        for side, found in ((country, said), (guess, inferred)):
            if side:
                found[side] = found.get(side, 0) + n
    sides = said or inferred
    return min(sides, key=lambda c: (-sides[c], c), default=None)


def clash(a: Node, b: Node) -> bool:
    """Whether the words give the two different sides. An inferred side is too weak a word to part equal names."""
    return a.country is not None and b.country is not None and a.country != b.country


def node_id(person: Person) -> str:
    """The node that a report's person belongs to: marked spelling and side; a single name needs its offices too."""
    spelled = unicodedata.normalize("NFC", person.name).lower()
    kept = [w for w in spelled.replace("’", "'").split() if names.parts(w) and not set(names.parts(w)) <= names.HONORIFICS]
    key = " ".join(kept or spelled.split())
    offices = sorted({office_key(p.title, p.organization) for p in person.positions}) if len(names.parts(person.name)) == 1 else []
    return "p-" + digest("person", key, *side(person), *offices)


def blocking(node: Node) -> list[tuple[str, str]]:
    """(role, key) under which the node is found: ``full`` and ``inner`` names, and its offices with a part of its name."""
    full, inner = names.keys(node.name)
    found = [("full", k) for k in full] + [("inner", k) for k in inner]
    found += [("office", office_key(t, o)) for t, o in node.offices]
    return sorted({*found, *_near(node)})


def questions(node: Node) -> list[tuple[str, str]]:
    """(role, key) to look up for nodes that may be this person: own name inside longer ones, shorter ones inside it."""
    full, inner = names.keys(node.name)
    asked = [(role, k) for role in ("full", "inner") for k in full] + [("full", k) for k in inner if " " in k]
    asked += [("office", office_key(t, o)) for t, o in node.offices]
    return sorted({*asked, *_near(node)})


def _near(node: Node) -> list[tuple[str, str]]:
    """Keys under which a name with one part misspelled is found: side, one part whole, the others' first letters."""
    heard = names.sounds(node.name)
    side = node.country or node.guess
    if side is None or len(heard) < 2:
        return []
    rest = ("".join(sorted(p[:1] for j, p in enumerate(heard) if j != i)) for i in range(len(heard)))
    return [("near", f"{side} {own} {others}") for own, others in zip(heard, rest, strict=True)]


def judge(a: Node, b: Node) -> Link | None:
    """Whether two nodes are one person by their names, sides and offices; None where nothing says so."""
    like = best_likeness(a, b)
    if like.score == 0:
        return None
    if like.score < _SAME and exclusive(a.offices, b.offices):
        return None
    office = shared_office(a, b)
    why = like.reason + (f"; both {office[0]}{' of ' + office[1] if office[1] else ''}" if office else "")
    if clash(a, b):
        return Link(a.id, b.id, 0.75, why + "; the sides differ") if office and like.score >= _SURE else None
    sure = a.country == b.country and a.country is not None
    guessed = {x for x in (a.country, a.guess, b.country, b.guess) if x}
    if not sure and len(guessed) > 1:
        return Link(a.id, b.id, round(like.score - 0.1, 3), why + "; inferred sides differ") if like.score >= _SURE else None
    less = 0.0 if sure else 0.03
    if like.score >= 0.8:
        return Link(a.id, b.id, round(like.score - less, 3), why)
    if office is None and like == names.INITIAL:
        return Link(a.id, b.id, 0.5, why, weak=True) if sure else None
    if office is None:
        near = like.score >= 0.7 and sure and shared_body(a, b)
        return Link(a.id, b.id, 0.65, why + f"; both in office in {near}") if near else None
    if like.score == 0.5:
        return Link(a.id, b.id, 0.5, why, weak=True)
    return Link(a.id, b.id, round(like.score, 3), why) if like.score >= 0.45 else None


def best_likeness(a: Node, b: Node) -> names.Likeness:
    """The likeness of the two names; other spellings count where they are whole names."""
    best = names.compare(a.name, b.name)
    if best.score >= _ENOUGH:
        return best
    for x in a.forms:
        for y in b.forms:
            if min(len(names.parts(x)), len(names.parts(y))) > 1:
                best = max(best, names.compare(x, y))
    return best


def shared_office(a: Node, b: Node) -> Office | None:
    """An office that both are given, as the first words it; None without one."""
    return next((x for x in sorted(a.offices, key=str) for y in sorted(b.offices, key=str) if x[1] and same_office(x, y)), None)


def shared_body(a: Node, b: Node) -> str | None:
    """A body in which both are given an office, whatever the titles; None without one."""
    return next((x for _, x in sorted(a.offices, key=str) for _, y in sorted(b.offices, key=str) if x and y and same_body(x, y)), None)


def apart(a: Node, b: Node, different: Iterable[frozenset[str]] = ()) -> bool:
    """Whether two nodes cannot be one person: a person said so, the sides differ, or the names exclude each other."""
    if frozenset((a.id, b.id)) in different:
        return True
    like = best_likeness(a, b)
    if clash(a, b):
        return not (like.score >= _SURE and shared_office(a, b))
    if 0 < like.score < _SAME and exclusive(a.offices, b.offices):
        return True
    return like.score == 0 and len(names.parts(a.name)) > 1 and len(names.parts(b.name)) > 1


def links(nodes: Mapping[str, Node], pairs: Iterable[tuple[str, str]]) -> list[Link]:
    """The links among candidate pairs of nodes."""
    found = (judge(nodes[min(p)], nodes[max(p)]) for p in sorted({(min(p), max(p)) for p in pairs}) if p[0] != p[1])
    return [x for x in found if x is not None]


def pairs(ids: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Every pair of a small set."""
    return combinations(sorted(ids), 2)

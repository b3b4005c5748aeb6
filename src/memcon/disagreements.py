"""What reports of one contact say differently beyond its own fields: titles of those who took part, numbers, who spoke, who signed and who looked on.

Every value is kept with its words and the count of independent origins; nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from memcon.langs.fold import fold
from memcon.resolve.offices import body_key, same_body, titled
from memcon.view import Conflict, Context, Quotation, Value

_SMALL: Final = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)} | {"dozen": 12}
_NUMBER: Final = "|".join((r"\d{1,4}", *_SMALL))
_COUNTED: Final = re.compile(
    rf"\b({_NUMBER})[ -](?:[a-z]+[ -]){{0,3}}?(agreement|document|memorand(?:um|a)|mou|delegate|accord|pact|deal|treat(?:y|ies)|contract|member)s?\b(?: of understanding)?(?:(?: [\w-]+){{0,2}}? delegation)?", re.I,
)  # fmt: skip
_LIKE: Final = {"memoranda": "memorandum", "mou": "memorandum", "treaties": "treaty"}
_CONTENT: Final = re.compile(r"[^\W\d_]{4,}")
_ALIKE: Final = 0.5  # share of the shorter wording's content words that two tellings of one statement have in common

Count = tuple[int, int, int]
Spoken = tuple[str, frozenset[str], str, Quotation]
Titled = tuple[str, str | None, Quotation]


def counts(text: str) -> dict[str, Count]:
    """What a report counts (papers, delegates, members of a delegation): noun → (number, start, end). A noun with two numbers says nothing.

    >>> counts("The two sides signed 12 agreements; the 40-member delegation left.")
    {'agreement': (12, 21, 34), 'member': (40, 40, 60)}
    """
    found: dict[str, Count] = {}
    several: set[str] = set()
    for m in _COUNTED.finditer(text):
        noun = m[2].lower()
        noun = _LIKE.get(noun, noun)
        number = _SMALL.get(m[1].lower()) or int(m[1])
        if noun == "member" and "delegation" not in m[0].lower() or number > 1900:
            continue
        if noun in found and found[noun][0] != number:
            several.add(noun)
        found.setdefault(noun, (number, m.start(), m.end()))
    return {n: c for n, c in sorted(found.items()) if n not in several}


def numbers(counted: Mapping[str, Mapping[str, Count]], quoted: Callable[[str, int, int], Quotation], c: Context) -> list[Conflict]:
    """Numbers on which the reports of one visit or contact differ. ``counted`` is by document."""
    found = []
    for noun in sorted({n for x in counted.values() for n in x}):
        said: dict[str, list[Quotation]] = {}
        for document, x in sorted(counted.items()):
            if noun in x:
                number, start, end = x[noun]
                said.setdefault(str(number), []).append(quoted(document, start, end))
        if len(said) > 1:
            found.append(Conflict(field=f"number of {noun}s" if noun != "treaty" else "number of treaties", values=valued(said, c)))
    return found


def titles(posts: Mapping[str, Sequence[Titled]], names: Mapping[str, str], c: Context) -> list[Conflict]:
    """Titles that the reports of one contact give the same person in one body, where no report gives both. ``posts`` is by person."""
    found = []
    for person in sorted(posts):
        bodies: dict[str, dict[str, list[Quotation]]] = {}
        for a, b in combinations(posts[person], 2):
            if _titled_differently(a, b, posts[person]):
                body = next((x for x in bodies if same_body(x, a[1] or "")), a[1] or "")
                for title, _, quotation in (a, b):
                    said = bodies.setdefault(body, {})
                    known = next((v for v in said if fold(v) == fold(title)), title)
                    if quotation not in said.setdefault(known, []):
                        said[known].append(quotation)
        found += [Conflict(field=f"title of {names[person]} in {body}", values=valued(said, c)) for body, said in sorted(bodies.items())]
    return found


def _titled_differently(a: Titled, b: Titled, rows: Sequence[Titled]) -> bool:
    if a[2].document == b[2].document or not (a[1] and b[1] and same_body(a[1], b[1])) or not titled(a[0], b[0]):
        return False
    both = {fold(a[0]), fold(b[0])}
    given: dict[str, set[str]] = {}
    for title, body, quotation in rows:
        if body and body_key(body) in (body_key(a[1]), body_key(b[1])):
            given.setdefault(quotation.document, set()).add(fold(title))
    return not any(both <= x for x in given.values())


def speakers(told: Iterable[Spoken], names: Mapping[str, str], c: Context) -> list[Conflict]:
    """Statements that two reports give to different speakers. ``told`` holds act, speakers, wording and quotation."""
    rows = sorted(told, key=lambda r: (r[3].document, r[3].start))
    groups: list[list[Spoken]] = []
    for a, b in combinations(rows, 2):
        if a[3].document != b[3].document and a[0] == b[0] and a[1] and b[1] and not a[1] & b[1] and _alike(a[2], b[2]):
            group = next((g for g in groups if a in g or b in g), None)
            if group is None:
                groups.append([a, b])
            else:
                group += [x for x in (a, b) if x not in group]
    found = []
    for group in groups:
        said: dict[str, list[Quotation]] = {}
        for act, who, _, quotation in group:
            said.setdefault(f"{' + '.join(sorted(names.get(w, w) for w in who))} ({act})", []).append(quotation)
        found.append(Conflict(field="who spoke", values=valued(said, c)))
    return found


def _alike(a: str, b: str) -> bool:
    x, y = (set(_CONTENT.findall(fold.__wrapped__(t))) for t in (a, b))
    return min(len(x), len(y)) > 2 and len(x & y) / min(len(x), len(y)) >= _ALIKE


def signed_or_witnessed(
    signed: Mapping[str, Sequence[Quotation]], watched: Mapping[str, Sequence[Quotation]], names: Mapping[str, str], c: Context
) -> list[Conflict]:
    """People who by one report signed a paper and by another only looked on. Quotations are by person."""
    both = sorted(set(signed) & set(watched))
    return [
        Conflict(field=f"signed or witnessed by {names[p]}", values=valued({"signed": list(signed[p]), "witnessed": list(watched[p])}, c))
        for p in both if {q.document for q in signed[p]} != {q.document for q in watched[p]}
    ]  # fmt: skip


def valued(said: Mapping[str, Sequence[Quotation]], c: Context) -> list[Value]:
    """Values with their words, the best witnessed first."""
    found = [Value(value=v, witnesses=len({c.origin.get(q.document, q.document) for q in qs}), said_by=list(qs)) for v, qs in said.items()]
    return sorted(found, key=lambda v: (-v.witnesses, -len(v.said_by), v.value))

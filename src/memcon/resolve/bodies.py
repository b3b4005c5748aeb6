"""Which body is part of which, by their names: a commission of a central committee of a party, a chamber of a parliament.

A name goes from the part to the whole ("Commission for External Relations of the Central Committee of the Communist
Party of Vietnam"), or has its organ last ("Communist Party of Vietnam Central Committee"). Nothing else is known of
bodies: no list says which exist.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from memcon.langs import places
from memcon.resolve.offices import body_key, words

_LINK: Final = re.compile(r"\s+of\s+(the\s+)?", re.I)
_ENDS: Final = re.compile(r"\s+(?:of|for|on|in|to|and|at|with|against)\s", re.I)
_IN: Final = re.compile(r"\s+in\s+.*$", re.I)
_ORGAN: Final = re.compile(
    r"^(?P<whole>.+?)(?:['’]s)?\s+(?P<organ>(?:Central|Standing|Executive|National|Supreme|Steering|Permanent)\s+(?:Military\s+)?(?:Committee|Commission|Council)"
    r"|Polit(?:ical )?buro|Political Bureau|Presidium|Secretariat)$"
)  # fmt: skip
# Bodies that a country's name does not make its organs: they are in the country, not of the state.
_OWN: Final = frozenset(
    "party association union federation front institute university company corporation bank society foundation confederation chamber league movement club alliance".split()
)
_BODIES: Final = _OWN | frozenset(
    "committee commission council ministry department assembly parliament senate congress house bureau politburo presidium secretariat government cabinet court tribunal "
    "office agency authority academy army navy force forces guard police service duma rada sejm majlis diet directorate division presidency state organisation organization "
    "group board mission delegation embassy faction bloc".split()
)
_DEEPEST: Final = 8


def _head(name: str) -> str:
    """The noun that a body's name is about: ``committee`` of "Committee on Foreign Affairs", folded."""
    first = _ENDS.split(" " + name + " ", maxsplit=1)[0].split()
    return first[-1].casefold().strip("'’.,") if first else ""


def _is_body(name: str) -> bool:
    """Whether a name is a body's by its noun, or one of the bodies that memcon's tables know."""
    return places.body(name) is not None or _head(name) in _BODIES


@lru_cache(maxsize=16384)
def parent(name: str) -> str | None:
    """The body that a body is part of, as its name has it; None where the name tells of none.

    >>> parent("Commission for External Relations of the Communist Party of Vietnam Central Committee")
    'Communist Party of Vietnam Central Committee'
    >>> parent("Communist Party of Vietnam Central Committee")
    'Communist Party of Vietnam'
    >>> parent("Communist Party of Vietnam") is None
    True
    >>> parent("Senate of Cambodia")
    'Cambodia'
    """
    organ = _ORGAN.match(name)
    for link in _LINK.finditer(name):
        part, whole = name[: link.start()], name[link.end() :].strip()
        if organ and link.start() < organ.end("whole") and not (link[1] and _is_body(whole)):
            continue
        if link[1] and _is_body(whole) or places.body(whole):
            return whole
        state = _IN.sub("", whole)
        if places.country_of_name(state) and _head(part) not in _OWN:
            return state
    if organ and _is_body(organ["whole"]):
        return organ["whole"]
    return None


def ancestors(name: str) -> list[str]:
    """The bodies that a body is part of, the nearest first.

    >>> ancestors("Senate of Cambodia")
    ['Cambodia']
    """
    found: list[str] = []
    above = parent(name)
    while above is not None and above not in found and len(found) < _DEEPEST:
        found.append(above)
        above = parent(above)
    return found


def keys_above(name: str) -> list[str]:
    """The keys (`offices.body_key`) of a body and of those that it is part of."""
    return list(dict.fromkeys(body_key(x) for x in (name, *ancestors(name))))


def telling(name: str) -> list[str]:
    """The words by which a body is looked up."""
    return sorted(words(name))

"""Bodies and sides that one phrase names together: "the foreign ministries of A and B", "A-ish and B-ish officials", "delegations from A and B".

Each is a party of its own: a ministry with its country ("Foreign Ministry of A"), a side by its country.
"""

from __future__ import annotations

from collections.abc import Iterator

from memcon.extract.tree import is_verb
from memcon.mentions import Item, Org, Sentence

_SINGULAR = {
    "ministries": "ministry", "parliaments": "parliament", "assemblies": "assembly", "committees": "committee", "commissions": "commission", "departments": "department",
    "senates": "senate", "chambers": "chamber", "councils": "council", "parties": "party", "agencies": "agency", "embassies": "embassy",
}  # fmt: skip
_HOUSES = frozenset("ministries ministry parliaments governments".split())
_PEOPLE = frozenset(
    "officials representatives delegations diplomats delegates negotiators envoys teams experts ministers lawmakers parliamentarians mps authorities governments sides leaders commanders "
    "presidents premiers ambassadors".split()
)
_BESIDE = frozenset(
    "foreign defence defense interior finance economy trade prime government governmental top senior high-ranking high-level ministry military security political parliamentary diplomatic intelligence".split()
)
_LISTING = frozenset((",", "and", "the", "both", "as", "well", "&", "republic", "kingdom", "of"))


def singular(name: str) -> str:
    """A body's name with its plural head in the singular; unchanged if it has none.

    >>> singular("Foreign Ministries")
    'Foreign Ministry'
    """
    words = name.split()
    return " ".join(_cased(_SINGULAR[w.lower()], w) if w.lower() in _SINGULAR else w for w in words)


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word


def plural_body(item: Item) -> str | None:
    """What a plural body of countries is called without its country: "Ministry of Foreign Affairs" of "Ministries of Foreign Affairs of A"; else None."""
    ref = item.ref
    if not isinstance(ref, Org) or ref.country is None or not any(w in _SINGULAR for w in item.low.split()):
        return None
    name, of, _ = ref.name.rpartition(" of ")
    if name.lower().split()[-2:] == ["republic"] or name.endswith(("Republic", "Kingdom", "State")):
        name = name.rpartition(" of ")[0]
    return singular(name) if of else None


def lands_of(s: Sentence, i: int) -> list[int]:
    """The items that name the two or more countries of a plural noun: "A-ish and B-ish officials", "representatives of A and B".

    An empty list if there are fewer than two.
    """
    if s.items[i].low.split()[-1] not in _PEOPLE | _HOUSES:
        return []
    for found in (list(_before(s, i)), list(_behind(s, i))):
        if len({str(s.items[k].ref) for k in found}) > 1:
            return found
    return []


def _before(s: Sentence, i: int) -> Iterator[int]:
    run = []
    for k in range(i - 1, max(-1, i - 14), -1):
        item = s.items[k]
        if item.kind == "demonym" or item.kind == "country" and item.text[-1] != "s":
            run.append(k)
        elif item.low not in _BESIDE and item.low not in (",", "and", "the", "both"):
            break
    yield from reversed(run)


def _behind(s: Sentence, i: int) -> Iterator[int]:
    k = i + 1
    while k < len(s.items) and s.items[k].low in ("of", "from", "the", "foreign", "ministries", "governments", "parliaments", "two", "both"):
        k += 1
    if k == i + 1 or s.items[i + 1].low not in ("of", "from"):
        return
    while k < len(s.items) and (s.items[k].kind == "country" or s.items[k].low in _LISTING) and not is_verb(s.items[k]):
        if s.items[k].kind == "country":
            yield k
        k += 1


def house_between(s: Sentence, i: int) -> str | None:
    """"officials of the foreign ministries of A and B": the kind of body that stands between a plural noun and its countries, in the singular."""
    words = [s.items[k].text for k in range(i, min(len(s.items), i + 6))]
    at = next((n for n, w in enumerate(words) if w.lower() in _SINGULAR and w.lower() in _HOUSES), None)
    if at is None:
        return None
    first = i + at
    while first > 0 and s.items[first - 1].low in _BESIDE - {"top", "senior"}:
        first -= 1
    return " ".join(w.capitalize() for w in singular(" ".join(s.items[k].text for k in range(first, i + at + 1))).split())


__all__ = ["house_between", "lands_of", "plural_body", "singular"]

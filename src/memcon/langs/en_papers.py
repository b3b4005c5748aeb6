"""English words about papers: how long they last, how much money they are about, how many there are.

A module of this shape, with the same names, is what another language has to give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from memcon.langs.en_dates import NUMBERS

__all__ = ["UNTIL", "WRAPPERS", "amounts", "count", "lasting"]

UNTIL: Final = frozenset(("until", "till", "through", "thru"))
"""Before a date: it is the last day of a term, not the day of what is told."""
WRAPPERS: Final = frozenset("text texts validity term terms duration life draft version provisions content".split())
"""Nouns that a paper can hang on without the sentence being about anything else."""
_UNITS: Final[Mapping[str, str]] = {"year": "Y", "month": "M"}
_NUMBER: Final = "|".join(sorted((n for n in NUMBERS if NUMBERS[n]), key=len, reverse=True))
_LASTING: Final = re.compile(
    rf"\b(?:for|by|of|lasts?|lasting)\s+(?:(?:another|an?|the|next|additional|further|period|of|initial|new)\s+){{0,4}}"
    rf"(?P<n>{_NUMBER}|\d{{1,2}})?[\s-]?(?:(?:more|further|additional)\s+)?(?P<unit>year|month)s?\b"
    rf"|\b(?P<n2>{_NUMBER}|\d{{1,2}})-(?P<unit2>year|month)s?\b(?!-?\s*old)",
    re.I,
)
_SCALES: Final[Mapping[str, int]] = {"thousand": 3, "million": 6, "mln": 6, "mn": 6, "m": 6, "billion": 9, "bln": 9, "bn": 9, "trillion": 12}
_SIGNS: Final[Mapping[str, str | None]] = {
    "us$": "USD", "a$": "AUD", "c$": "CAD", "nz$": "NZD", "s$": "SGD", "hk$": "HKD", "€": "EUR", "£": "GBP", "¥": None, "$": None, "₹": "INR", "₩": "KRW", "₫": "VND",
}  # fmt: skip
_NAMES: Final[Mapping[str, str | None]] = {
    "us dollars": "USD", "u.s. dollars": "USD",
    "dollars": None, "euros": "EUR", "euro": "EUR", "pounds sterling": "GBP", "pounds": None, "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY",
    "rubles": None, "roubles": None, "won": None, "dong": "VND", "riels": "KHR", "kip": "LAK", "baht": "THB", "ringgit": "MYR", "rupiah": "IDR",
    "francs": None, "deutsche marks": "DEM", "marks": None, "dm": "DEM", "kroner": None, "kronor": "SEK", "rupees": None, "rand": "ZAR", "naira": "NGN",
}  # fmt: skip
_CODES: Final = ("USD", "EUR", "GBP", "JPY", "CNY", "RMB", "AUD", "CAD", "NZD", "CHF", "INR", "KRW", "VND", "THB", "SGD", "MYR", "IDR", "RUB", "SEK", "NOK", "DKK", "ZAR")
_FIGURE: Final = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d+)?|\d{1,12}(?:\.\d{1,3})?"
_SCALE: Final = "|".join(sorted(_SCALES, key=len, reverse=True))
_AMOUNT: Final = re.compile(
    rf"(?<!\w)(?:(?P<sign>{'|'.join(re.escape(x) for x in sorted(_SIGNS, key=len, reverse=True))}|(?:{'|'.join(_CODES)})\s?)\s?(?P<a>{_FIGURE})(?:[\s-]?(?P<sa>{_SCALE})\b)?"
    rf"|(?P<b>{_FIGURE})[\s-]?(?:(?P<sb>{_SCALE})\b[\s-]?)?(?:of\s)?(?P<name>{'|'.join(re.escape(x) for x in sorted((*_NAMES, *(c.lower() for c in _CODES)), key=len, reverse=True))}|€)(?!\w))",
    re.I,
)


def lasting(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and ISO 8601 length of every stretch of time that a text gives ("for another two years", "five-year").

    >>> [x[2] for x in lasting("extended for another two years; a five-year accord; valid for a year")]
    ['P2Y', 'P5Y', 'P1Y']
    """
    for m in _LASTING.finditer(text):
        printed, unit = (m["n"], m["unit"]) if m["unit"] else (m["n2"], m["unit2"])
        if printed is None and m[0].endswith("s"):
            continue  # "for years"
        number = 1 if printed is None else int(printed) if printed.isdigit() else NUMBERS[printed.lower()]
        if number:
            yield m.start(), m.end(), f"P{number}{_UNITS[unit.lower()]}"


def amounts(text: str) -> Iterator[tuple[int, int, str, str | None]]:
    """Start, end, plain number and ISO 4217 code (None where the words leave the currency open) of every sum of money.

    >>> [x[2:] for x in amounts("a loan of US$1.5 billion and 300 million yen; worth $2m")]
    [('1500000000', 'USD'), ('300000000', 'JPY'), ('2000000', None)]
    """
    for m in _AMOUNT.finditer(text):
        figure, scale = (m["a"], m["sa"]) if m["a"] else (m["b"], m["sb"])
        named = (m["sign"] or m["name"]).lower().strip()
        code = named.upper() if named.upper() in _CODES else _SIGNS.get(named) or _NAMES.get(named)
        yield m.start(), m.end(), _plain(figure.replace(",", ""), _SCALES[scale.lower()] if scale else 0), "CNY" if code == "RMB" else code


def _plain(figure: str, zeros: int) -> str:
    """A figure times a power of ten, without an exponent and without trailing zeros behind the point."""
    whole, _, rest = figure.partition(".")
    digits = rest.ljust(zeros, "0")
    left = digits[zeros:].rstrip("0")
    return str(int(whole + digits[:zeros])) + (f".{left}" if left else "")


def count(word: str) -> int | None:
    """A number of things as printed, if it is one: "three", "12", "a dozen" is none.

    >>> count("Three"), count("12"), count("several")
    (3, 12, None)
    """
    if word.isdigit() and len(word) < 4:
        return int(word)
    return {**NUMBERS, "a": None, "an": None}.get(word.lower())

"""Words and marks with offsets, and the labels that the place tables give them."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from memcon.langs import places
from memcon.mentions import Token

# An abbreviation keeps its dots (U.S., H.E.), an initial its own (J. Doe, Kh.Doe); a hyphenated or slashed word stays one; 's and n't stand alone.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])|[^\W\d_]\.(?=\s?[A-ZÀ-Ỹ])|(?<![^\W_])[A-Z][a-z]\.(?=[A-ZÀ-Ỹ][a-zà-ỹ])"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Brig|Capt|Adm|Sen|Rep|Gov|Hon|Rev|Fr|St|Jr|Sr|Amb|Engr|Eng|Ing|Msgr|Sgt|Cmdr|Pres|Rt|Smt|Ft|Mt|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\."
    r"|(?:Ma|Md|Mohd|Cde|Atty|Sec)\.(?=\s?[A-Z])"
    r"|(?<=\))'[sS](?![^\W_])"
    r"|[^\W_]+(?:[-'/&][^\W_]+)*|\d[\d,.]*\d|\.{3}|--|[^\w\s]|_"
)
_SUFFIX = re.compile(r"(?<=\w)(?:'s|'S|n't|'re|'ve|'ll|'d|'m)$")
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.".split()
)
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"  # marks without width, left by web pages between words
_SEAT = frozenset(("governor", "senator", "attorney", "congressman", "congresswoman"))
_AT = frozenset("in of from to at near for across via around throughout".split())
_REGIONS = frozenset("province provinces state states region governorate county prefecture oblast canton department chief premier legislature assembly government governor".split())
# Words of four letters and more that even a headline in title case may leave small.
_LINKS = frozenset("about after ahead along amid among before between despite during from into near over says since than that their through toward towards under until upon when while with within".split())
_SMALL = frozenset("a an and as at between by for from in into of on or the to with".split())
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, labelled with the places and bodies they name."""
    tokens: list[Token] = []
    for m in _TOKEN.finditer(text, start, end):
        whole = m[0]
        if whole.isalnum():  # most: asked first
            tokens.append(Token(whole, m.start(), m.end(), whole.lower(), whole[0].isupper()))
            continue
        if whole in _UNSEEN:
            continue
        for s, e in _split(whole, m.start()):
            word = text[s:e]
            cap = word[0].isupper() or (word[:3] in ("al-", "el-", "as-", "ar-") and word[3:4].isupper())
            tokens.append(Token(word, s, e, word.lower(), cap))
    label(tokens)
    return tokens


def shouted(tokens: list[Token]) -> bool:
    """Whether a line is all in capitals, figures and dates aside: there capitals say nothing of single words."""
    words = [t for t in tokens if t.text.isalpha() and t.label not in ("month", "weekday")]
    return len(words) >= 4 and all(t.text.isupper() for t in words)


def in_title_case(tokens: list[Token]) -> bool:
    """Whether a headline capitalises its verbs and nouns ("Minister Meets Envoys in Oslo"): there capitals do not tell names."""
    words = [t for t in tokens if t.text.isalpha() and len(t.text) > 3 and t.low not in _LINKS]
    plain = sum(t.text.islower() for t in words)
    return plain < min(2, len(words) // 3)


def quietened(tokens: list[Token], acronyms: Container[str]) -> list[Token]:
    """A line in capitals as prose would print it: "MINISTER FOR TRADE JANE ROE" → "Minister for Trade Jane Roe". Offsets stay."""
    out = []
    for t in tokens:
        word = t.text
        if word.isupper() and word.lower() in _SMALL:
            word = word.lower()
        elif word.isupper() and word not in acronyms and len(word) > 2:
            word = "-".join(part.capitalize() for part in word.split("-"))
        out.append(Token(word, t.start, t.end, word.lower(), word[:1].isupper()))
    label(out)
    return out


def _split(word: str, at: int) -> list[tuple[int, int]]:
    """Cut a possessive or contracted ending off a word, and "then-" off a title; "Japan-India" and the like stay whole."""
    if word.isalnum():
        return [(at, at + len(word))]
    for prefix in ("then-", "ex-"):
        if word.lower().startswith(prefix) and len(word) > len(prefix) + 2:
            return [(at, at + len(prefix)), *_split(word[len(prefix) :], at + len(prefix))]
    left, slash, right = word.partition("/")
    if slash and left.isalpha() and right.isalpha() and left.istitle() and right.istitle() and min(len(left), len(right)) > 3:
        cut = at + len(left)
        return [(at, cut), (cut, cut + 1), (cut + 1, at + len(word))]
    m = _SUFFIX.search(word)
    if m is None or m.start() == 0:
        return [(at, at + len(word))]
    return [(at, at + m.start()), (at + m.start(), at + len(word))]


def label(tokens: list[Token]) -> None:
    """Mark the longest place, body or calendar phrase that starts at each token, from left to right."""
    i, size, phrases = 0, len(tokens), _phrases()
    while i < size:
        token = tokens[i]
        i += _label_at(tokens, i, phrases.get(token.text, ())) if token.cap or token.text[0].isdigit() else 1


def _label_at(tokens: list[Token], i: int, forms: tuple[tuple[tuple[str, ...], str, str], ...]) -> int:
    """Label what starts at token ``i``: one of ``forms``, a month or a weekday. How many tokens it takes."""
    token = tokens[i]
    for words, kind, key in forms:
        size = len(words)
        if size == 1 or tuple([t.text for t in tokens[i : i + size]]) == words:
            if kind == "country" and i and tokens[i - 1].text == "New" and not tokens[i - 1].label and (i > 1 or any(t.low in _SEAT for t in tokens[2:3])):
                return size  # a state or a town that is named after a country
            if kind == "demonym" and _is_language(tokens, i):
                return 1
            if kind == "region" and size == 1 and not _of_a_region(tokens, i):
                return 1
            name = "city" if kind == "region" else kind
            token.label, token.key, token.run = name, key, size
            for inner in tokens[i + 1 : i + size]:
                inner.label, inner.key, inner.run = name, key, 0
            return size
    if token.low in _MONTHS:
        token.label = "month"
    elif token.low in _WEEKDAYS:
        token.label = "weekday"
    return 1


def joins_a_country(token: Token) -> bool:
    """Whether a word begins with a country and a hyphen: "Norway-Costa" of "Norway-Costa Rica relations"."""
    left, hyphen, _ = token.text.partition("-")
    return bool(hyphen) and any(kind in ("country", "demonym") and len(words) == 1 for words, kind, _ in _phrases().get(left, ()))


def _is_language(tokens: list[Token], i: int) -> bool:
    """"in English", "translated from French": a tongue, not a people, unless a noun follows ("in French waters")."""
    before = tokens[i - 1].low if i else ""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    noun = after is not None and after.text[:1].isalpha() and (after.low not in _SMALL and after.low != "that")
    return before in ("in", "into", "speaks", "fluent") and not noun


def _of_a_region(tokens: list[Token], i: int) -> bool:
    """Whether a word that names a province, and may name a person, stands where a place does: "in X", "X province", "Governor of X"."""
    before = tokens[i - 1].low if i else ""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    return before in _AT or before in _REGIONS or after in _REGIONS or after in _SEAT


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    """Every known surface form by its first token, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for surface, (kind, key) in places.phrases().items():
        plain = surface.replace("\u2019", "'")
        words = tuple(plain[s:e] for m in _TOKEN.finditer(plain) for s, e in _split(m.group(), m.start()))
        if words:
            found.setdefault(words[0], []).append((words, kind, key))
    return {first: tuple(sorted(forms, key=lambda f: (-len(f[0]), f))) for first, forms in found.items()}

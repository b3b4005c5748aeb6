"""Names in any alphabet as plain small Latin letters, and the skeleton by which romanisations of one name agree.

Alphabets are read by the names that Unicode gives their letters ("CYRILLIC SMALL LETTER SHA" → "sh"), Korean by the
names of its syllables; Chinese characters stay as they are, for their sound is in no character property.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from memcon.langs.fold import fold

_LETTER: Final = re.compile(r"(?:CYRILLIC|GREEK|HEBREW|ARMENIAN|GEORGIAN|ARABIC|KATAKANA|HIRAGANA)(?: SMALL| CAPITAL)? LETTER (?:SMALL )?([A-Z-]+)")
_SYLLABLE: Final = re.compile(r"HANGUL SYLLABLE ([A-Z]+)")
# Unicode's names of letters that are not their sound.
_SOUNDS: Final = {
    "SHORT": "i", "HARD": "", "SOFT": "", "YERU": "y", "ZHE": "zh", "CHE": "ch", "SHA": "sh", "SHCHA": "shch", "TSE": "ts", "IE": "e", "IO": "yo",
    "HA": "kh", "GHE": "g", "BYELORUSSIAN-UKRAINIAN": "i", "YI": "yi", "UKRAINIAN": "ye", "ALPHA": "a", "BETA": "v", "GAMMA": "g", "DELTA": "d",
    "EPSILON": "e", "ZETA": "z", "ETA": "i", "THETA": "th", "IOTA": "i", "KAPPA": "k", "LAMDA": "l", "MU": "m", "NU": "n", "XI": "x", "OMICRON": "o",
    "PI": "p", "RHO": "r", "SIGMA": "s", "FINAL": "s", "TAU": "t", "UPSILON": "y", "PHI": "f", "CHI": "ch", "PSI": "ps", "OMEGA": "o",
    "ALEF": "a", "BEH": "b", "TEH": "t", "THEH": "th", "JEEM": "j", "HAH": "h", "KHAH": "kh", "DAL": "d", "THAL": "dh", "REH": "r", "ZAIN": "z",
    "SEEN": "s", "SHEEN": "sh", "SAD": "s", "DAD": "d", "TAH": "t", "ZAH": "z", "AIN": "a", "GHAIN": "gh", "FEH": "f", "QAF": "q", "KAF": "k",
    "LAM": "l", "MEEM": "m", "NOON": "n", "HEH": "h", "WAW": "u", "YEH": "i", "BET": "b", "GIMEL": "g", "DALET": "d", "HE": "h", "VAV": "v",
    "ZAYIN": "z", "HET": "h", "TET": "t", "YOD": "i", "LAMED": "l", "MEM": "m", "NUN": "n", "SAMEKH": "s", "AYIN": "a", "PE": "p", "TSADI": "ts",
    "QOF": "k", "RESH": "r", "SHIN": "sh", "TAV": "t", "SI": "shi", "TI": "chi", "TU": "tsu", "HU": "fu",
}  # fmt: skip
_RULES: Final = tuple(
    (re.compile(a), b)
    for a, b in (
        (r"(?<=[oe])w$", "v"), (r"shch|sch|tsch|tch", "c"), (r"kh|gh|q|ck|x", "k"), (r"ph", "f"), (r"zh|dzh|dj", "j"), (r"ch|cz|ts|tz", "c"), (r"sh|sz", "s"), (r"th|dh", "t"),
        (r"ou|oo|eo|w(?![aeiou])", "u"), (r"ee|ii|ij|iy|yi|ey|ei|ay|ai|y|ie", "i"), (r"w", "v"), (r"ae|oe|ue", "e"), (r"yu|ju", "u"),
        (r"j", "i"), (r"h(?=$|[^aeiou])", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=16384)
def latin(text: str) -> str:
    """``text`` folded, letters of other alphabets written in Latin ones.

    >>> latin("Лавров"), latin("Đỗ Mười"), latin("김정은")
    ('lavrov', 'do muoi', 'gimjeongeun')
    """
    return plain(text)


def plain(text: str) -> str:
    """As `latin`, without keeping the answer: for whole texts."""
    folded = fold.__wrapped__(text.replace("Ð", "D"))
    return folded if folded.isascii() else "".join(c if c.isascii() else _sound(c) for c in unicodedata.normalize("NFKC", folded))


@lru_cache(maxsize=4096)
def _sound(char: str) -> str:
    name = unicodedata.name(char, "")
    if syllable := _SYLLABLE.fullmatch(name):
        return syllable[1].lower()
    letter = _LETTER.match(name)
    if letter is None:
        return "" if unicodedata.category(char)[0] == "M" else char
    word = letter[1]
    if word in _SOUNDS:
        return _SOUNDS[word]
    script = name.split()[0]
    if script == "CYRILLIC" and len(word) == 2 and word[0] == "E":
        return word[1].lower()  # EL, EM, EN, ER, ES, EF: the vowel is only the letter's name
    if script == "CYRILLIC" and len(word) == 2 and word[1] == "E" or script == "CYRILLIC" and word in ("KA",):
        return word[0].lower()
    return word.lower()


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """The sounds on which romanisations of one name agree: "sergei", "sergey" and "sergej" give the same.

    >>> skeleton("sergei") == skeleton("sergey") == skeleton("sergej")
    True
    """
    for pattern, plain in _RULES:
        word = pattern.sub(plain, word)
    return word


def distance(a: str, b: str) -> int:
    """Edits (insert, delete, replace, swap of neighbours) from ``a`` to ``b``."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]

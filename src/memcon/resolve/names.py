"""Whether two names can be one person's: names are split into parts, and the parts are aligned.

No ratio of characters decides: "Hun Sen" and "Hun Manet" look alike and are two men, "Lê Hoài Trung" and "Trung Le Hoai"
do not and are one. Parts agree or they do not, and how well says how much else (an office, a country) is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from memcon.resolve.latin import distance, latin, skeleton

HONORIFICS: Final = frozenset(
    "mr mrs ms miss mme dr prof sir dame lord lady he hrh hm hh h.e his her excellency majesty highness samdech samdach techo akka moha sena padei preah neak oknha "
    "hon honourable honorable rt general gen lt lieutenant major colonel col admiral marshal sheikh shaikh sheikha ong ba dong chi u daw tun dato datuk seri "
    "haji king queen prince princess emperor pope president minister comrade senator ambassador".split()
)
_PARTICLES: Final = frozenset("bin ibn bint al el de la del da dos von van der den ter y e of the and".split())
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Likeness(NamedTuple):
    """How two names compare: 0 (different people) to 1, and the reason in words."""

    score: float
    reason: str


INITIAL: Final = Likeness(0.65, "an initial for a part of the name")
DIFFERENT: Final = Likeness(0.0, "the names differ")


@lru_cache(maxsize=16384)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a name in plain letters, honorifics left out (unless nothing else is there)."""
    words = list(_WORD.findall(latin(name).replace("'", "").replace("’", "")))
    kept = [w for w in words if w not in HONORIFICS]
    return tuple(kept or words)


@lru_cache(maxsize=16384)
def sounds(name: str) -> tuple[str, ...]:
    """The skeletons of a name's parts, particles left out."""
    own = parts(name)
    return tuple(skeleton(p) for p in own if p not in _PARTICLES) or own


def marks(name: str) -> frozenset[str]:
    """The parts of a name that carry diacritics, as written (small letters): evidence against another marked spelling."""
    words = _WORD.findall(unicodedata.normalize("NFC", name).lower())
    return frozenset(w for w in words if w != latin(w))


def compare(a: str, b: str) -> Likeness:
    """How well two names agree as names of one person.

    >>> compare("Lê Hoài Trung", "Le Hoai Trung").score, compare("Hun Sen", "Hun Manet").score
    (0.95, 0.0)
    """
    pa, pb = parts(a), parts(b)
    if not pa or not pb:
        return DIFFERENT
    if pa == pb:
        return _marked(a, b, Likeness(0.95, "the same name" if a == b else "the same name, spelled with and without marks"))
    if sorted(pa) == sorted(pb) or "".join(pa) == "".join(pb):
        return _marked(a, b, Likeness(0.93, "the same parts in another order"))
    sa, sb = sounds(a), sounds(b)
    if sorted(sa) == sorted(sb) and len(sa) > 1:
        return Likeness(0.9, "romanisations of one name")
    if len(pa) == 1 or len(pb) == 1:
        return _single(sa, sb)
    return _aligned(sa, sb)


def _marked(a: str, b: str, found: Likeness) -> Likeness:
    """Two spellings with different marks may be two names: "Hùng" and "Hưng"."""
    ma, mb = marks(a), marks(b)
    if ma and mb and ma != mb and len(ma) == len(mb):
        return Likeness(0.55, "spellings whose marks differ")
    return found


def _single(a: Sequence[str], b: Sequence[str]) -> Likeness:
    small, big = sorted((a, b), key=len)
    if len(small) == 1 and small[0] in (big[-1], big[0]):
        return Likeness(0.5, "a short form of the name")
    return Likeness(0.45, "spellings of one short name") if len(small) == len(big) == 1 and _near(small[0], big[0]) else DIFFERENT


def _aligned(a: Sequence[str], b: Sequence[str]) -> Likeness:
    """Aligns the parts of two names of several parts each."""
    small, big = sorted((list(a), list(b)), key=lambda x: (len(x), sum(map(len, x)), x))
    rest = list(big)
    open_ = []
    for part in small:  # parts that are equal first: an initial must not take the part that another one is
        if part in rest:
            rest.remove(part)
        else:
            open_.append(part)
    for part in open_:
        match = next((x for x in rest if _near(x, part) or _initial(x, part)), None)
        if match is None:
            return DIFFERENT
        rest.remove(match)
    near = len(open_)
    if near == 0:
        ends = big[0] in small and big[-1] in small or len(small) >= 3
        return Likeness(0.9, "the shorter name is inside the longer") if ends else Likeness(0.8, "the shorter name is inside the longer")
    if near == 1 and len(small) > 1 and any(len(p) == 1 and p not in big for p in small) and not any(len(p) == 1 for p in big):
        return INITIAL
    if near == len(small):
        return Likeness(0.3, "every part differs a little")
    return Likeness(0.7 if not rest else 0.6, "one part is spelled a little differently")


def _near(a: str, b: str) -> bool:
    """One slip of the pen in a long part; short parts must be equal, for there one letter makes another name."""
    if min(len(a), len(b)) < 4:
        return False
    return distance(a, b) <= (1 if max(len(a), len(b)) < 8 else 2)


def _initial(a: str, b: str) -> bool:
    return (len(a) == 1 or len(b) == 1) and a[:1] == b[:1]


def keys(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Blocking keys of a name: those of itself, and those of shorter names inside it. Linear in the number of parts."""
    own = sorted(set(sounds(name)))
    if len(own) < 2:
        return (" ".join(own),), ()
    inner: set[str] = set()
    heard = sounds(name)[:6]
    if len(own) > 2:
        inner = {" ".join(sorted({heard[i], heard[j]})) for i in range(len(heard)) for j in range(i)}
        inner |= {" ".join(sorted(set(heard) - {x})) for x in heard}
    return (" ".join(own), "=" + "".join(parts(name))), tuple(sorted(inner - {" ".join(own)}))

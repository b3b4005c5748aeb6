"""The grammar of personal names: which capitalised words are a person, and which offices belong to that name."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from memcon.annotate.name_runs import PARTICLES, NamePhrase
from memcon.annotate.offices import OfficePhrase
from memcon.annotate.titles_after import TitlesAfter
from memcon.annotate.titles_before import SMALL
from memcon.langs.fold import fold
from memcon.langs.lexicon import Lexicon
from memcon.mentions import Token


def name_phrases(
    tokens: list[Token], found: list[OfficePhrase], lex: Lexicon, is_person: Callable[[int, int], bool]
) -> list[NamePhrase]:
    """All names of a sentence with their offices. ``is_person`` judges token runs that have neither title nor honorific."""
    return _Names(tokens, found, lex, is_person).run()


class _Names(TitlesAfter):
    """The whole reading of a sentence, in its order."""

    def run(self) -> list[NamePhrase]:
        names = self.names
        i = 0
        while i < len(self.tokens):
            begins = self.tokens[i].cap or self.tokens[i].low in SMALL  # few words: asked first
            phrase = self._at(i) if begins else None
            if phrase is None:
                i += 1
                continue
            names.append(phrase)
            i = phrase.name_last
        heads = {k for n in names for k in range(n.first, n.name_last)}
        for one, two in itertools.pairwise(names):
            self._hand_over(one, two)
            self._share_plural(one, two)
        self._lists()
        for name in names:
            self._after(name, heads)
        self._credentials()
        return names

    def late(self, names: list[NamePhrase], known: list[NamePhrase]) -> None:
        """Give offices in apposition to ``names``, found after the others of the sentence (``known``)."""
        self.names = known
        self.given = {o.first for n in known for o in (*n.before, *n.after)}
        heads = {k for n in known for k in range(n.first, n.name_last)}
        for name in names:
            self._after(name, heads)


def _nobody(first: int, last: int) -> bool:
    """For a second look at a sentence, whose names are known already."""
    return last < first


def late_offices(tokens: list[Token], found: list[OfficePhrase], lex: Lexicon, names: list[NamePhrase], known: list[NamePhrase]) -> None:
    """Offices said of ``names`` that were found in a second look at the sentence; ``known`` are all its names. Changes ``names``."""
    _Names(tokens, found, lex, _nobody).late(names, known)


def pronoun_offices(tokens: list[Token], found: list[OfficePhrase], lex: Lexicon, known: list[NamePhrase]) -> NamePhrase | None:
    """The offices that a sentence says of "He" or "She" at its start ("She is also the Chair of …"), as a phrase of that word."""
    phrase = NamePhrase(0, 1, 0, 1, female=tokens[0].low == "she")
    names = _Names(tokens, found, lex, _nobody)
    names.names = known
    names.given = {o.first for n in known for o in (*n.before, *n.after)}
    names.told(phrase, 1)
    return phrase if phrase.after else None


def name_tokens(text: str) -> tuple[str, ...]:
    """The folded words of a name, particles and initials' dots left out, for comparing within one report."""
    words = [w.rstrip(".,") for w in fold(text).replace("-", " ").split()]
    return tuple(w for w in words if w and w not in PARTICLES)


__all__ = ["NamePhrase", "late_offices", "name_phrases", "name_tokens", "pronoun_offices"]

"""Whose words stand between quotation marks or after a speaker's name: quotations over several sentences, and transcripts."""

from __future__ import annotations

from collections.abc import Sequence

from memcon.mentions import Item, Sentence

_LABELS = frozenset(("question", "q", "answer", "a", "moderator", "reporter", "journalist", "interviewer"))


def is_quotation(s: Sentence) -> bool:
    """Whether a sentence is nothing but quoted words."""
    return bool(s.items) and any(i.quoted and i.text != '"' for i in s.items) and all(i.quoted or i.text in ('"', ".", ",") for i in s.items)


def begins_inside(s: Sentence) -> bool:
    """Whether a sentence starts within a quotation that an earlier one opened."""
    return bool(s.items) and s.items[0].quoted and s.items[0].text != '"'


def ends_inside(s: Sentence) -> bool:
    """Whether a quotation is still open where the sentence ends."""
    return bool(s.items) and s.items[-1].quoted


def quotation_start(sentences: Sequence[Sentence], at: int) -> int | None:
    """Where the quotation starts that sentence ``at`` goes on with (offset in the normal text); None if it starts in this sentence."""
    s = sentences[at]
    if not (begins_inside(s) or s.items and s.items[0].text == '"' and at > 0 and ends_inside(sentences[at - 1]) and is_quotation(sentences[at - 1])):
        return None
    for k in range(at - 1, max(-1, at - 12), -1):
        before = sentences[k]
        if is_quotation(before):
            if before.items[0].text == '"' and not (k > 0 and ends_inside(sentences[k - 1]) and is_quotation(sentences[k - 1])):
                return before.start
            continue
        return None  # the sentence that opened it says who speaks
    return None


def continuation(sentences: Sequence[Sentence], at: int) -> list[int]:
    """The sentences after ``at`` that only go on with what is quoted there (or announced there by a colon)."""
    s = sentences[at]
    colon = bool(s.items) and s.items[-1].text == ":"
    if not (colon or any(i.quoted for i in s.items)):
        return []
    found: list[int] = []
    for k in range(at + 1, min(len(sentences), at + 15)):
        here = sentences[k]
        same = here.paragraph == s.paragraph or colon or ends_inside(sentences[k - 1])
        if not same or not is_quotation(here):
            break
        if k + 1 < len(sentences) and ends_inside(here) and not is_quotation(sentences[k + 1]) and begins_inside(sentences[k + 1]):
            break  # the next sentence closes the quotation and says who speaks
        found.append(k)
    return found


def awaits_speaker(sentences: Sequence[Sentence], at: int) -> bool:
    """Whether a sentence of quoted words is followed by the sentence that closes the quotation and says who speaks."""
    for k in range(at, min(len(sentences), at + 12)):
        if not is_quotation(sentences[k]):
            return begins_inside(sentences[k]) or (k > 0 and ends_inside(sentences[k - 1]))
        if not ends_inside(sentences[k]):
            return False
    return False


def label(s: Sentence, running: bool = False) -> Item | None:
    """The name at the head of a transcript's paragraph ("President X: Ladies and gentlemen, …"), or the word "Question"; None if there is none.

    In a ``running`` transcript any capitalised words before a colon are somebody's name.
    """
    at = next((k for k, i in enumerate(s.items[:10]) if i.text == ":"), None)
    if not at or len(s.items) < at + 2:
        return None
    first, head = s.items[0], s.items[:at]
    aside = next((k for k, i in enumerate(head) if i.text == "("), at)
    if aside == 1 and (first.kind in ("person", "office") or first.low in _LABELS):
        return first
    named = all(i.text[:1].isupper() or i.low in ("of", "the", "for", "and") for i in head[:aside])
    return first if running and aside <= 6 and named else None


__all__ = ["awaits_speaker", "begins_inside", "continuation", "ends_inside", "is_quotation", "label", "quotation_start"]

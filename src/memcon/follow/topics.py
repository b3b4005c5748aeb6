"""Topics of what was said, agreed or promised: the codebook's areas of cooperation."""

from __future__ import annotations

from memcon.codebook import topics as codebook

__all__ = ["label", "named", "names", "topics_of"]


def topics_of(text: str) -> list[str]:
    """The topics that the words of a text tell of, in the order in which the text first does.

    >>> topics_of("They will reopen the border gate to trade.")
    ['border', 'trade']
    """
    return list(dict.fromkeys(found.topic for found in codebook.find(text)))


def names() -> tuple[str, ...]:
    """All topics' names, in order of letters."""
    return tuple(topic.name for topic in codebook.topics())


def named(text: str) -> str | None:
    """The topic that a name or a label means, case aside; None for none."""
    low = " ".join(text.lower().replace("_", " ").split())
    return next((t.name for t in codebook.topics() if low in (t.name.replace("_", " "), t.label.lower())), None)


def label(name: str) -> str:
    """A topic's name as people read it; the name itself for one that the codebook does not have."""
    return next((topic.label for topic in codebook.topics() if topic.name == name), name)

"""Builds the documentation's codebook pages from the codebook's data: ``docs/codebook/index.md`` and a page for each group.

    uv run python tools/build_codebook_pages.py           writes the pages
    uv run python tools/build_codebook_pages.py --check    says which pages differ from the data; exit code 1 if any does
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from memcon.codebook.entries import GROUPS, CounterExample, Entry, Example, Wording, entries
from memcon.codebook.topics import Phrase, Topic, topics

PAGES = Path(__file__).resolve().parents[1] / "docs/codebook"
_TITLES = {
    "acts": ("Acts", "What is said: one entry for each kind of statement."),
    "meetings": ("Contacts", "How people meet: one entry for each kind of contact."),
    "visits": ("Visits", "Who travels where, and in what grade."),
    "agreements": ("Agreements", "Papers between parties."),
    "statuses": ("Statuses", "Whether a contact or a paper is planned, under way, over, moved or off."),
}
_LANGUAGE = """\
## How patterns read

A pattern is a row of words that must stand in a sentence in this order. The first is its head, whose subject and objects
give the roles.

| written | means |
| --- | --- |
| `thank` | the word in any form (thanks, thanked), or as written |
| `offer\\|send` | one of several |
| `~4` | up to four words between, but no finite verb and no comma; a name or title counts as one word |
| `to?` | may be missing |
| `without: "press\\|news"` | not with one of these words directly before the head, in the gaps, or directly after |
| `needs: clause` | only where a clause, a quotation or an object follows |
| `needs: person`, `needs: people` | only with a person, body or country as subject; on both sides |
| `neutral: true` | a neutral verb of saying: what is said decides the act |
| `joint: true` | said by both sides together |
| `noun: true` | the head is a noun ("talks between …") |
| `object: addressee` | the object is who is spoken to |
| `roles` | which part of the sentence gives which role |

Of several patterns at one place the longest match wins, then the entry with the higher order.
Content patterns stand in the words reported under a neutral verb ("said we **thank** you").
"""


def pages() -> dict[str, str]:
    """Each page's file name and text."""
    known = entries()
    built = {"index.md": "\n".join(_index(known)) + "\n"}
    for group in GROUPS:
        built[f"{group}.md"] = "\n".join(_group(group, [e for e in known if e.group == group])) + "\n"
    built["topics.md"] = "\n".join(_topics()) + "\n"
    return built


def _topics() -> Iterator[str]:
    yield from ("<!-- Built by tools/build_codebook_pages.py from the codebook's data. Do not edit. -->", "# Topics", "")
    yield "Areas of cooperation: what statements, agreements and commitments are about. A text has every topic of which it holds a phrase."
    yield ""
    yield "A phrase is words in order: `a|b` are alternatives, `~2` lets up to two words stand between; hyphens and apostrophes part words, a plural fits its"
    yield "singular, and a word with a capital letter fits only as written."
    for topic in topics():
        yield from ("", f"## {topic.name}", "", f"**{topic.label[:1].upper()}{topic.label[1:]}.** {topic.definition.strip()}", "")
        yield from (f"- Source: {topic.source}", "- Phrases: " + "; ".join(map(_phrase, topic.phrases)), "", "Examples:", "", *map(_example, topic.examples))
        yield from ("", "Not this:", "", *map(_counter, topic.counter_examples))


def _phrase(phrase: Phrase) -> str:
    barred = f" (not beside {', '.join(sorted(phrase.without))})" if phrase.without else ""
    return f"`{phrase.match}`{barred}"


def _topic_rows(known: Sequence[Topic]) -> Iterator[str]:
    yield from ("## [Topics](topics.md)", "", "What statements, agreements and commitments are about.", "", "| topic | phrases | examples |", "| --- | --- | --- |")
    for topic in known:
        yield f"| [{topic.label}](topics.md#{topic.name}) | {len(topic.phrases)} | {len(topic.examples) + len(topic.counter_examples)} |"
    yield ""


def _index(known: list[Entry]) -> Iterator[str]:
    yield from ("<!-- Built by tools/build_codebook_pages.py from the codebook's data. Do not edit. -->", "# The codebook", "")
    yield "Every kind that memcon knows, with what it means, how reports word it, and the sentences that hold it to that."
    yield "`memcon codebook check` reads each example and counter-example with the engine; `memcon codebook list` lists the entries."
    yield ""
    for group in GROUPS:
        yield from (f"## [{_TITLES[group][0]}]({group}.md)", "", _TITLES[group][1], "", "| entry | PLOVER | CAMEO | patterns | examples | pending |")
        yield "| --- | --- | --- | --- | --- | --- |"
        for e in known:
            if e.group == group:
                pending = sum(bool(x.pending) for x in e.examples) + sum(bool(x.pending) for x in e.counter_examples)
                sentences = len(e.examples) + len(e.counter_examples)
                yield f"| [{e.label}]({group}.md#{e.name}) | {_plover(e)} | {_cameo(e)} | {len(e.patterns)} | {sentences} | {pending or ''} |"
        yield ""
    yield from _topic_rows(topics())
    yield _LANGUAGE.rstrip()


def _group(group: str, known: list[Entry]) -> Iterator[str]:
    title, line = _TITLES[group]
    yield from ("<!-- Built by tools/build_codebook_pages.py from the codebook's data. Do not edit. -->", f"# {title}", "", line, "")
    yield "[How patterns read](index.md#how-patterns-read). In the examples the words are marked with the role they must get."
    for entry in known:
        yield from _entry(entry)


def _entry(e: Entry) -> Iterator[str]:
    yield from ("", f"## {e.name}", "", f"**{e.label[:1].upper()}{e.label[1:]}.** {e.definition.strip()}", "")
    if e.klass:
        yield f"- Class: {e.klass}"
    yield from (f"- PLOVER: {_plover(e)}", f"- CAMEO: {_cameo(e)}", f"- Source: {e.source}", f"- Order: {e.order}")
    if e.notes:
        yield f"- Note: {e.notes.strip()}"
    for word, words in (("Designations", e.nouns), ("Called", e.kinds)):
        if words:
            yield f"- {word}: {', '.join(words)}"
    yield from ("", "| pattern | words | conditions |", "| --- | --- | --- |", *map(_pattern, e.patterns))
    yield from ("", "Examples:", "", *map(_example, e.examples))
    if e.counter_examples:
        yield from ("", "Not this:", "", *map(_counter, e.counter_examples))


def _plover(e: Entry) -> str:
    parts = [x for x in (e.plover.event, e.plover.mode, e.plover.quad) if x]
    return ", ".join(parts) or "none"


def _cameo(e: Entry) -> str:
    return f"{e.cameo} {e.cameo_name}" if e.cameo else "none"


def _pattern(p: Wording) -> str:
    told = [word for word, on in (("neutral", p.neutral), ("joint", p.joint), ("noun", p.noun)) if on]
    told += [f"{key}: {value}" for key, value in (("needs", p.needs), ("without", p.without.replace("|", ", ")), ("status", p.status)) if value]
    told += [f"object: {p.object}"] if p.object != "topic" else []
    told += [f"roles: {', '.join(f'{k} = {v}' for k, v in p.roles.items())}"] if p.roles else []
    told += {"content_patterns": ["in what is said"]}.get(p.section, [])
    match = p.match.replace("|", "\\|")
    return f"| {p.id} | `{match}` | {'; '.join(told)} |"


def _example(x: Example) -> str:
    """The sentence with its marks shown as **words** and, small, their role."""
    out, at = "", 0
    for mark in sorted(x.marks, key=lambda m: m.start):
        out += f"{x.text[at : mark.start]}**{x.text[mark.start : mark.end]}**<sub>{mark.role}</sub>"
        at = mark.end
    return f"- {out}{x.text[at:]}{_pending(x.pending)}"


def _counter(x: CounterExample) -> str:
    return f"- {x.text} *{x.why[:1].upper()}{x.why[1:]}.*{_pending(x.pending)}"


def _pending(reason: str) -> str:
    return f" (*pending: {reason}*)" if reason else ""


def stale(folder: Path = PAGES) -> list[str]:
    """The names of pages in ``folder`` that differ from the data, are missing, or should not be there."""
    built = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in {*built, *there} if built.get(name) != there.get(name))


def main() -> None:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say which pages differ")
    if parser.parse_args().check:
        for name in (old := stale()):
            print(f"docs/codebook/{name}: differs from the data; run tools/build_codebook_pages.py")
        sys.exit(1 if old else 0)
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

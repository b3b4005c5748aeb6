"""What holds for every report, with the real engine: spans re-slice, spelling changes nothing, same bytes, no text breaks it."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memcon import Document, Evidence, Memorandum, read_document
from memcon.model import Span
from tests.timing import assert_grows, seconds

ROOT = Path(__file__).resolve().parents[1]
REPORTS = sorted((ROOT / "tests" / "reports" / "dev").glob("*.txt"))
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))


def tries(number: int) -> settings:
    """So many examples, each as slow as the engine is."""
    return settings(max_examples=number, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> Memorandum:
    return read_document(Document(id="r", text=text, language="en"))


@cache
def known(path: Path) -> tuple[str, Memorandum]:
    """A development report in NFC, and its memorandum."""
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    return text, read(text)


def spans(value: Any) -> Iterator[tuple[str, Span]]:
    """Every span anywhere in a record, with what it stands for."""
    if isinstance(value, Evidence):
        yield "evidence", Span(value.start, value.end)
        for name, found in value.fields.items():
            yield from ((name, s) for s in found)
    elif isinstance(value, Span):
        yield "issue", value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from ((f"{type(value).__name__}.{name}", s) for name, s in spans(getattr(value, field)))
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def check_spans(memo: Memorandum, text: str) -> None:
    """Every span lies inside the text and quotes something; statements and cues are quotations."""
    for name, span in spans(memo):
        assert 0 <= span.start < span.end <= len(text), (name, span)
        assert span.of(text).strip(), (name, span)
    for said in memo.statements:
        assert said.text == text[said.evidence.start : said.evidence.end]
        assert said.cue in text


def plain(text: str) -> str:
    """A spelling-neutral form: NFC, straight quotes, single spaces, no invisible marks."""
    quotes = str.maketrans({**dict.fromkeys("‘’", "'"), **dict.fromkeys("“”", '"'), "\u00a0": " "})
    shown = "".join(c for c in unicodedata.normalize("NFC", text).translate(quotes) if unicodedata.category(c) != "Cf")
    return " ".join(shown.split())


def facts(memo: Memorandum, text: str) -> Any:
    """What a memorandum says, with quotations in place of offsets, spelling-neutral."""

    def told(value: Any) -> Any:
        if isinstance(value, Evidence):
            return {"main": plain(text[value.start : value.end]), **{k: [plain(s.of(text)) for s in v] for k, v in value.fields.items()}}
        if isinstance(value, Span):
            return plain(value.of(text))
        if isinstance(value, msgspec.Struct):
            return {f: told(getattr(value, f)) for f in value.__struct_fields__}
        if isinstance(value, dict):
            return {k: told(v) for k, v in value.items()}
        if isinstance(value, list):
            return [told(x) for x in value]
        return plain(value) if isinstance(value, str) else value

    return told(memo)


# -- reports ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_every_span_quotes_the_report(path: Path) -> None:
    text, memo = known(path)
    check_spans(memo, text)
    assert memo.people or memo.statements or memo.meetings, "the reading found nothing at all"
    for person in memo.people:
        (name,) = person.evidence.fields["name"]
        assert " ".join(name.of(text).split()) == person.name
    unsupported = [
        (type(thing).__name__, field)
        for thing in [*memo.people, *memo.visits, *memo.meetings, *memo.statements, *memo.agreements, *(p for x in memo.people for p in x.positions), *(s for x in memo.agreements for s in x.steps)]
        for field, value in msgspec.structs.asdict(thing).items()
        if field not in ("evidence", "derivation", "rule", "positions", "steps", "cue", "text")
        and value
        and {"from_": "from"}.get(field, field) not in thing.evidence.fields
    ]
    assert unsupported == [], "a field without its words"


def curly(text: str) -> str:
    """Straight quotation marks made curly, opening ones where a word starts."""
    out = []
    for k, c in enumerate(text):
        opening = k == 0 or text[k - 1] in " \n(["
        out.append({'"': "“" if opening else "”", "'": "‘" if opening else "’"}.get(c, c))
    return "".join(out)


SAME = {
    "NFD": lambda t: unicodedata.normalize("NFD", t),
    "curly quotes": curly,
    "straight quotes": lambda t: t.translate(str.maketrans("‘’“”", "''\"\"")),
    "no-break spaces": lambda t: t.replace(" ", "\u00a0"),
    "direction marks": lambda t: "\u200f" + t.replace(" ", " \u200e"),
    "zero width": lambda t: t.replace(" ", " \u200b"),
    "byte order mark": lambda t: "\ufeff" + t,
}


@pytest.mark.parametrize("how", SAME)
@tries(12)
@given(path=st.sampled_from(REPORTS))
def test_spelling_changes_no_fact(how: str, path: Path) -> None:
    text, memo = known(path)
    if how == "curly quotes":
        text = SAME["straight quotes"](text)
        memo = read(text)
    other = SAME[how](text)
    again = read(other)
    check_spans(again, other)
    assert facts(again, other) == facts(memo, text)


INSERTED = ["\u200b", "\u200e", "\u200f", "\u202e", "\ufeff", "\u00ad", "😀", "👩🏽‍⚖️", "\r\n", "\r", "\t", "\u0301", "\u2028", "שלום ", "\x0b", "…", "𝔄"]


@tries(60)
@given(path=st.sampled_from(REPORTS), data=st.data())
def test_spans_hold_whatever_is_put_between_words(path: Path, data: st.DataObject) -> None:
    words = path.read_text(encoding="utf-8").split(" ")
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(words) - 1))
        words[at] += data.draw(st.sampled_from(INSERTED))
    text = " ".join(words)
    check_spans(read(text), text)


@tries(10)
@given(path=st.sampled_from(REPORTS))
def test_windows_newlines(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    check_spans(read(text), text)


# -- the same bytes --------------------------------------------------------------------------------------------------------


def test_a_second_run_gives_the_same() -> None:
    for path in REPORTS[::6]:
        text, memo = known(path)
        assert msgspec.json.encode(read(text)) == msgspec.json.encode(memo)


def lines(*arguments: str, seed: int) -> bytes:
    """What ``memcon read`` prints, under a hash seed: the order of Python's sets must not show."""
    command = [sys.executable, "-m", "memcon.cli", "read", "--format", "jsonl", *arguments]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONHASHSEED": str(seed)}, timeout=300, check=True)
    return done.stdout


def test_same_bytes_in_any_order_with_any_number_of_processes() -> None:
    paths = [str(p) for p in [*EXAMPLES, *REPORTS[::5]]]
    first = lines(*paths, seed=1)
    assert first.count(b"\n") == len(paths)
    assert lines(*paths[::-1], seed=2) == first
    assert lines("--jobs", "2", *paths[3:], *paths[:3], seed=3) == first


def test_a_report_does_not_change_the_next() -> None:
    text, memo = known(REPORTS[3])
    for path in REPORTS[10:14]:
        known(path)
    assert msgspec.json.encode(read(text)) == msgspec.json.encode(memo)


# -- any text --------------------------------------------------------------------------------------------------------------

PIECES = [
    "Foreign Minister", "the Ambassador of", "H.E.", "Ana Silva", "Silva", "of Norway", "Norwegian", "met", "held talks with", "said that", "signed", '"', "“", "’s",
    "(", ")", "[", "on Monday", "October 17-19", "2022-2024", ",", ".", ";", "\n", "\n\n", "and", "the two sides", "visit to", "Communist Party (CP)", "will", "—",
    "I", "./.", "GENEVA, May 3 (XYZ) --", "0", "e\u0301", "\u200f", "his counterpart", "the same day", "32 May", "0000", "February 30", "'", "\x00", "http://a.b", "<b>",
]  # fmt: skip


@tries(200)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_any_text_is_read(text: str) -> None:
    check_spans(read(text), text)


def test_a_ring_of_references_ends() -> None:
    """A heap of words in which the parser makes two counterparts each the other's subject."""
    read(
        "brother Industry Industry and counterpart of is Kremlin Central Chairman Le H.E. minister by Hon Hon Trade Trade as H.E. one Lieutenant of one\n… including - delegation EU accompanied "
        "foreign -elect successor der envoy Committee Governor on Foreign both predecessor King Council from acting Designate told is"
    )


HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "one word": lambda n: "a" * n,
    "capitals": lambda n: ("MINISTER JOHN SMITH MET " * n)[:n],
    "names": lambda n: ("Ana Silva, Tran, Kim, and " * n)[:n],
    "digits": lambda n: ("12 1999 03 17-19 " * n)[:n],
    "quotes": lambda n: ('"He said "' * n)[:n],
    "of the": lambda n: ("Minister of Affairs of the Committee of " * n)[:n],
    "acronyms": lambda n: ("(ABC) " * n)[:n],
    "marks": lambda n: "e" + "\u0301" * n,
    "reports": lambda n: "\n\n".join(p.read_text(encoding="utf-8") for p in REPORTS)[:n],
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_with_length(kind: str) -> None:
    read("Warm up.")

    def measure(n: int) -> float:
        text = HOSTILE[kind](n)
        return seconds(lambda: read(text))

    # Six times the text: a quadratic step would make it 36 times as long.
    assert_grows(measure, 10_000, 60_000, factor=14, floor=0.02)

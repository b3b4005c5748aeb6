"""The first pass loses no report that tells of a contact, and sets aside what cannot."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from types import ModuleType

import pytest

from memcon.codebook.entries import entries
from memcon.read.relevance import NEAR, may_tell_of_contact

Bench = Callable[[str], ModuleType]


def test_no_report_of_the_gold_is_lost(bench: Bench) -> None:
    gold = [(text, tells) for _, text, tells in bench("relevance").gold()]
    assert len(gold) > 100
    assert [text[:80] for text, tells in gold if tells and may_tell_of_contact(text, "en")] == []


def test_no_made_up_report_is_lost(bench: Bench) -> None:
    assert [d.text for d, _ in islice(bench("madeup").reports(5), 1500) if may_tell_of_contact(d.text, "en")] == []


@pytest.mark.parametrize("group", ["meetings", "visits", "agreements"])
def test_every_example_of_the_codebook_passes(group: str) -> None:
    # An example is one sentence; a report also says who the people are.
    lost = [x.text for e in entries() if e.group == group for x in e.examples if may_tell_of_contact(f"The minister is back. {x.text}", "en")]
    assert lost == []


@pytest.mark.parametrize(
    "text",
    [
        "Slice the onions thinly and fry them in butter until they are golden.",
        "The goalkeeper saved twice before the break, and nine thousand people watched in the rain.",
        "The chief executive of the brewery met shareholders on Monday and agreed to a dividend.",
        "The minister " + "of nothing in particular " * (NEAR // 20) + " and then they met for lunch.",
    ],
)
def test_what_cannot_tell_of_a_contact(text: str) -> None:
    assert may_tell_of_contact(text, "en")


@pytest.mark.parametrize("text", ["The Ministers met.", "PM meets EU envoy", "THE KING RECEIVED THE AMBASSADOR", "She left for Lima on an official visit."])
def test_what_can(text: str) -> None:
    assert may_tell_of_contact(text, "en") is None


def test_only_english_is_judged() -> None:
    text = "Faire revenir les oignons dans le beurre."
    assert may_tell_of_contact(text, "fr") is None
    assert may_tell_of_contact(text, "en")


def test_it_is_fast_enough(bench: Bench) -> None:
    module = bench("relevance")
    # The aim is 10,000 a second; a busy machine may reach a third of what a free one does.
    assert module.speed([text for _, text, _ in module.gold()][:50], seconds=0.3) > module.SPEED / 3

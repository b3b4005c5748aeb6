"""When two tellings are one line, which edits are trivial, and what changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.follow.formula import Change, change, likeness, line, weights

LINE = "The minister stressed that Fiji attaches great importance to the traditional friendship, neighbourly solidarity and comprehensive cooperation with Tonga"
SIDES, NAMES = ("FJ", "TO"), ("Seru Naqa", "Ana Tuilagi")

TRIVIAL = {
    "case and punctuation": "the MINISTER stressed that Fiji attaches great importance to the Traditional Friendship; neighbourly solidarity, and comprehensive cooperation with Tonga!",
    "marks on letters": "The minister stressed that Fiji attaches great importance to the traditional friendship, néighbourly solidarity and compréhensive cooperation with Tonga",
    "American spelling": "The minister stressed that Fiji attaches great importance to the traditional friendship, neighborly solidarity and comprehensive cooperation with Tonga",
    "tense and number": "The minister stressed that Fiji attached great importance to traditional friendships, neighbourly solidarity and comprehensive cooperation with Tonga",
    "function words": "The minister stressed that Fiji attaches a great importance to its traditional friendship as well as to neighbourly solidarity and to comprehensive cooperation with Tonga",
    "verb of telling": "He reaffirmed that Fiji attaches great importance to the traditional friendship, neighbourly solidarity and comprehensive cooperation with Tonga",
    "names of the sides": "The minister stressed that his country attaches great importance to the traditional friendship, neighbourly solidarity and comprehensive cooperation between the two countries",
    "people of the sides": "The minister stressed that the Fijian side attaches great importance to the traditional friendship, neighbourly solidarity and comprehensive cooperation with the Tongan people",
    "names of the speakers": "Naqa said Fiji attaches great importance to the traditional friendship, neighbourly solidarity and comprehensive cooperation with Tuilagi's country",
}  # fmt: skip

REAL = {
    "a word added": ("The minister stressed that Fiji attaches great importance to the traditional friendship, neighbourly solidarity and comprehensive strategic cooperation with Tonga", Change(added=["strategic"])),
    "a word dropped": ("The minister stressed that Fiji attaches great importance to the friendship, neighbourly solidarity and comprehensive cooperation with Tonga", Change(dropped=["traditional"])),
    "a word exchanged": ("The minister stressed that Fiji attaches top importance to the traditional friendship, neighbourly solidarity and comprehensive cooperation with Tonga", Change(added=["top"], dropped=["great"])),
    "another country": ("The minister stressed that Fiji attaches great importance to the traditional friendship, neighbourly solidarity and comprehensive cooperation with Samoa", Change(added=["Samoa"])),
    "a number": ("The minister stressed that Fiji attaches great importance to the traditional friendship, neighbourly solidarity and comprehensive cooperation with Tonga in 12 fields", Change(added=["12", "fields"])),
}  # fmt: skip


@pytest.mark.parametrize("edited", TRIVIAL.values(), ids=TRIVIAL.keys())
def test_trivial_edits_are_passed_over(edited: str) -> None:
    assert change(line(LINE, SIDES, NAMES), line(edited, SIDES, NAMES)) == Change()
    assert change(line(edited, SIDES, NAMES), line(LINE, SIDES, NAMES)) == Change()


@pytest.mark.parametrize(("edited", "found"), REAL.values(), ids=REAL.keys())
def test_other_edits_are_changes(edited: str, found: Change) -> None:
    assert change(line(LINE, SIDES, NAMES), line(edited, SIDES, NAMES)) == found


def test_items_of_a_list_that_moved() -> None:
    before = line("They spoke of a border of peace, stability, cooperation and development")
    assert change(before, line("They spoke of a border of cooperation, peace, stability and development")) == Change(reordered=["cooperation"])
    # The order of a sentence is not that of a list.
    assert change(line("Trade grows where borders open"), line("Where borders open grows trade")) == Change()


def test_what_stands_before_the_verb_of_telling_names_the_speaker() -> None:
    assert line("The visiting Prime Minister and his spouse praised the sea wall").keys == line("She praised the sea wall").keys
    assert "friendship" in line("The traditional friendship, he said, is a treasure").keys
    assert "friendship" in line("The friendship was hailed by all").keys


def test_one_line_and_another() -> None:
    told = [line(x, SIDES, NAMES) for x in (LINE, *TRIVIAL.values(), "Fiji thanked Tonga for vaccines against measles", "Fiji thanked Tonga for seed potatoes and fishing boats")]
    weight = weights(told)
    assert all(likeness(told[0], x, weight) == 1.0 for x in told[1:-2])
    assert likeness(told[0], told[-1], weight) == 0.0
    assert likeness(told[-2], told[-1], weight) == 0.0, "one act towards one side is not one line"


texts = st.lists(st.sampled_from("peace border trade friendship solidarity the of and , great stability cooperation rail 2024 people's Fiji".split()), max_size=14).map(" ".join)


@given(texts, texts)
def test_a_change_turned_round_is_the_change_back(a: str, b: str) -> None:
    there, back = change(line(a), line(b)), change(line(b), line(a))
    assert (len(there.added), len(there.dropped)) == (len(back.dropped), len(back.added))
    assert change(line(a), line(a)) == Change()
    weight = weights([line(a), line(b)])
    assert likeness(line(a), line(b), weight) == likeness(line(b), line(a), weight)
    assert 0 <= likeness(line(a), line(b), weight) <= 1


@given(st.text(max_size=60))
def test_any_text_is_a_line(text: str) -> None:
    assert change(line(text), line(text.upper())).added == [] or not text.isascii()

"""Grades of promises and their deadlines, from the words alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.codebook.load import table
from memcon.follow.deadlines import deadline, passed
from memcon.follow.grades import GRADES, TRACKED, forms, graded, lexicon
from memcon.resolve.times import span

MADE = "2023-05-10"
F, D, A, M = GRADES


@pytest.mark.parametrize(
    ("text", "act", "grade"),
    [
        ("The ministers agreed to further deepen friendship between the two peoples.", "agree", F),
        ("They will coordinate cooperation mechanisms between the two Parties and States, and their localities, especially those sharing the border line.", "agree", D),
        ("She assured her guest of the ministry's full support.", "pledge", F),
        ("The two sides will maintain regular contacts at all levels.", "agree", F),
        ("the guest accepted with pleasure.", "agree", F),
        ("They will expand cooperation in fisheries and climate.", "agree", D),
        ("Both agreed to oppose protectionism.", "agree", D),
        ("He said Fiji would not open an embassy there.", "pledge", D),
        ("They agreed to take measures and give support.", "agree", F),
        ("They agreed to consider opening a consulate.", "agree", D),
        ("Minister Lund announced that Norway would open an embassy in Suva.", "announce", A),
        ("She is ready to help build a school in Gulu.", "offer", A),
        ("He agreed to the release of the crew of the trawler.", "agree", A),
        ("She offered the use of the port of Turku.", "offer", A),
        ("They settled on creating a joint working group on wheat.", "agree", A),
        ("The minister promised to let inspectors visit the depot.", "pledge", A),
        ("It was agreed that the next round of consultations would be held in Suva in March 2024.", "agree", M),
        ("She promised to hand over two vessels.", "pledge", M),
        ("They agreed to raise bilateral trade to USD 2 billion.", "agree", M),
        ("The airline will double its flights to Suva.", "announce", M),
        ("He pledged a loan of 20 million euros for the railway.", "pledge", M),
        ("They agreed to hold consultations at least once a year.", "agree", M),
        ("They agreed to raise the issue of cattle at the next meeting.", "agree", D),
        ("Norway committed over NOK 30 million to the harbour of Suva.", "pledge", M),
        ("Minister Lund committed a total of $30 million to the harbour of Suva.", "pledge", M),
        ("The cabinet announced a two billion dollar aid programme for the islands.", "announce", M),
        ("Suva's announced 30 million dollar loss on ferries grew.", "announce", F),
        ("Suva announced on Monday the lifting of the ban on kava.", "announce", A),
        ("The ministers agreed on a conference on tuna.", "agree", A),
        ("The ministers agreed on the importance of the conference on tuna.", "agree", F),
        ("He offered her a meeting in any town.", "offer", A),
        ("They agreed to hold the Days of Fijian Cinema.", "agree", A),
        ("They agreed to hold Tonga accountable for the spill.", "agree", D),
        ("Lund announced that Norway was suspending payments on the loan.", "announce", A),
        ("They have not yet agreed on a loan of 20 million euros.", "agree", F),
        ("Suva promised a package of measures to increase imports.", "pledge", F),
        ("Norway announced the establishment of an advisory group that will develop proposals on reefs.", "announce", A),
        ("He promised to start practising what he preaches.", "pledge", D),
        ("", "pledge", F),
    ],
)
def test_grades(text: str, act: str, grade: str) -> None:
    assert graded(text, MADE, act=act).grade == grade


def test_a_direction_with_a_day_is_still_a_direction() -> None:
    found = graded("They will strengthen cooperation in tourism in 2024.", MADE, act="agree")
    assert (found.grade, found.deadline, found.measure) == (D, None, "")


@given(st.text(max_size=300), st.sampled_from(sorted(("pledge", "agree", "offer", "announce"))))
def test_any_text_has_a_grade(text: str, act: str) -> None:
    found = graded(text, MADE, act=act)
    assert found.grade in GRADES
    assert found.action in text
    assert found == graded(text, MADE, act=act)
    if found.deadline:
        assert found.grade in TRACKED
        assert 0 <= found.deadline.start < found.deadline.end <= len(text)
        assert span(found.deadline.edtf) is not None


@pytest.mark.parametrize(
    ("text", "made", "edtf"),
    [
        ("by December 2024", MADE, "2024-12"),
        ("by the end of 2025", MADE, "2025"),
        ("before 2025", MADE, "2024"),
        ("in the first half of 2026", MADE, "2026-06"),
        ("by the second quarter of 2024", MADE, "2024-06"),
        ("by mid-2025", MADE, "2025-07"),
        ("on 23 August", MADE, "2023-08-23"),
        ("by the end of March", MADE, "2024-03"),
        ("this September", MADE, "2023-09"),
        ("within a year", MADE, "2024-05-10"),
        ("within three months", MADE, "2023-08-10"),
        ("within 30 days", MADE, "2023-06-09"),
        ("in the next two weeks", MADE, "2023-05-24"),
        ("before the year is out", MADE, "2023"),
        ("by the end of the year", MADE, "2023"),
        ("next year", MADE, "2024"),
        ("next month", MADE, "2023-06"),
        ("this autumn", MADE, "2023-11"),
        ("from 2024 to 2026", MADE, "2026"),
        ("in March", None, None),
        ("within a year", None, None),
        ("by 2025", None, "2025"),
        ("in 2019", MADE, None),
        ("on Tuesday", MADE, None),
        ("soon", MADE, None),
        ("within 999 years", "9000-01-01", None),
    ],
)
def test_deadlines(text: str, made: str | None, edtf: str | None) -> None:
    found = deadline(f"Norway will hand over the ship {text}.", made)
    assert (found.edtf if found else None) == edtf


def test_a_deadline_has_passed_only_when_all_of_it_has() -> None:
    assert not passed("2024", "2024-12-31")
    assert passed("2024", "2025-01-01")
    assert not passed("2024-06", "2024-06")
    assert not passed("XXXX-06", "2024-07-01")


def test_the_lists_are_well_formed() -> None:
    raw = table("commitments", "en")
    known = lexicon()
    assert set(raw["deed_nouns"].values()) <= set(raw["deeds"])
    assert all(known.done[family] for family in raw["deeds"])
    assert forms("hand over").past == {("handed", "over")}
    assert forms("take place (took place taken place)").past == {("took", "place"), ("taken", "place")}
    assert forms("give (gave given)").past == {("gave",), ("given",)}
    assert forms("ship").past == {("shipped",)}
    assert forms("supply").past == {("supplied",)}
    assert forms("open").past == {("opened",)}

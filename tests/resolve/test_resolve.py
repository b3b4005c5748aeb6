"""The parts of joining, each by itself: names, offices, clusters, copies, days."""

from __future__ import annotations

from itertools import permutations

import pytest

from memcon.resolve import copies, names, offices
from memcon.resolve.cluster import Link, cluster
from memcon.resolve.dates import Item, Source, Told, solve


@pytest.mark.parametrize(
    ("a", "b", "least", "most"),
    [
        ("Lê Hoài Trung", "Le Hoai Trung", 0.9, 1.0),
        ("Trung Le Hoai", "Lê Hoài Trung", 0.9, 1.0),
        ("Sergei Lavrov", "Sergey Lavrov", 0.9, 1.0),
        ("Сергей Лавров", "Sergei Lavrov", 0.85, 1.0),
        ("Samdech Hun Sen", "Hun Sen", 0.9, 1.0),
        ("Mohamad bin Haji Hasan", "Mohamad Hasan", 0.8, 1.0),
        ("Kim Jong-un", "Kim Jong Un", 0.9, 1.0),
        ("R. Meredov", "Rashid Meredov", 0.6, 0.7),
        ("B. Battsetseg", "Battsetseg Batmunkh", 0.6, 0.7),
        ("Meredov", "Rashid Meredov", 0.45, 0.55),
        ("Hun Sen", "Hun Manet", 0.0, 0.0),
        ("Wang Yi", "Wang Huning", 0.0, 0.0),
        ("Kim Song-nam", "Kim Sung-han", 0.0, 0.35),
        ("Phạm Văn Hùng", "Phạm Văn Hưng", 0.3, 0.6),
        ("Sadyr Japarov", "Akylbek Japarov", 0.0, 0.0),
    ],
)
def test_names_agree_part_by_part(a: str, b: str, least: float, most: float) -> None:
    assert least <= names.compare(a, b).score <= most
    assert names.compare(a, b) == names.compare(b, a)


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        (("head", "Central Commission"), ("Chairwoman", "Central Commission"), True),
        (("Minister of Foreign Affairs", "Peru"), ("Foreign Minister", "Peru"), True),
        (("Minister of Foreign Affairs", "Peru"), ("Prime Minister", "Peru"), False),
        (("Minister of Health", "Peru"), ("Minister of Mines", "Peru"), False),
        (("Deputy Foreign Minister", "Peru"), ("Foreign Minister", "Peru"), False),
        (("Foreign Minister", "Peru"), ("Foreign Minister", "Chile"), False),
        (("Minister", "Peru"), ("Foreign Minister", "Peru"), True),
        (("PM", "Peru"), ("Prime Minister", "Peru"), True),
    ],
)
def test_posts(a: tuple[str, str], b: tuple[str, str], *, one: bool) -> None:
    assert offices.same_office(a, b) is one
    assert offices.same_office(b, a) is one


def test_any_order_of_links_gives_the_same_clusters() -> None:
    links = [
        Link("a", "b", 0.9, ""),
        Link("b", "c", 0.8, ""),
        Link("c", "d", 0.9, ""),
        Link("d", "e", 0.6, "", weak=True),
        Link("e", "f", 0.6, "", weak=True),
    ]

    def apart(x: str, y: str) -> bool:
        return {x, y} == {"a", "c"} or {x, y} == {"d", "f"}

    found = {str(cluster("abcdef", order, apart)) for order in permutations(links)}
    assert len(found) == 1
    groups, _, unsure = cluster("abcdef", links, apart)
    assert groups == [["a", "b"], ["c", "d"], ["e"], ["f"]], "the best links first; what is apart stays apart; e could be with d or with f"
    assert {u.among for u in unsure} == {("d", "e"), ("e", "f")}


def test_a_weak_link_joins_when_it_is_clearly_the_best() -> None:
    links = [Link("e", "d", 0.6, "", weak=True), Link("e", "f", 0.55, "", weak=True)]
    groups, *_ = cluster("def", links, lambda x, y: {x, y} == {"d", "f"})
    assert groups == [["d", "e"], ["f"]]


def test_a_persons_word_joins_what_is_apart() -> None:
    groups, *_ = cluster("ab", [Link("a", "b", 2.0, "he told us", by="desk")], lambda _x, _y: True)
    assert groups == [["a", "b"]]


def test_copies_and_rewrites_share_runs_of_words() -> None:
    text = "The two ministers spoke at length of ferries and fish, and agreed that a joint council would meet in the spring to look at tariffs on copra and timber."
    other = "Speaking after lunch, the guest said that she had enjoyed the dances; nothing was signed, and both delegations left the island before sunset on the same plane."
    assert copies.is_copy(copies.sketch(text), copies.sketch(text.upper() + " (Agency)"))
    assert copies.is_copy(copies.sketch(text + " " + other), copies.sketch(text))
    assert not copies.is_copy(copies.sketch(text), copies.sketch(other))
    assert copies.origins({"b": copies.sketch(text), "a": copies.sketch(text + " More."), "c": copies.sketch(other)}) == {
        "a": "a",
        "b": "a",
        "c": "c",
    }


def item(name: str, *told: Told, held: str = "", planned: str = "") -> Item:
    return Item(id=name, told=told, held_in=(held,) if held else (), planned_in=(planned,) if planned else ())


def test_a_weekday_and_a_day_in_one_visit_decide_each_other() -> None:
    items = [
        item("m-1", Told(claim="x", weekday=0, quote="Monday"), held="r"),
        item("m-2", Told(claim="y", edtf="XXXX-08-23", quote="23 August"), held="s", planned="r"),
    ]
    solved = solve(items, {"x": "r", "y": "s"}, {"r": Source(ahead=2023, ahead_quote="election in 2023"), "s": Source()})
    assert (solved["m-1"].edtf, solved["m-2"].edtf) == ("2022-08-22", "2022-08-23")
    assert all(w in solved["m-1"].why for w in ("Monday", "23 August", "one visit", "election in 2023"))


def test_publication_bounds_what_was_told_as_past() -> None:
    one = [item("m-1", Told(claim="x", edtf="XXXX-08-23", quote="23 August"), held="r")]
    assert solve(one, {"x": "r"}, {"r": Source(published="2021-08-24")})["m-1"].edtf == "2021-08-23"
    assert solve(one, {"x": "r"}, {"r": Source()})["m-1"].edtf == "XXXX-08-23", "unknown stays unknown"


def test_a_visits_day_gets_the_year_of_its_meetings() -> None:
    items = [
        Item(id="v-1", told=(Told(claim="v", edtf="XXXX-08-22"),), is_visit=True, held_in=("r",)),
        item("m-1", Told(claim="x", edtf="2021-08-23"), held="r"),
    ]
    items.append(item("m-2", Told(claim="y", weekday=0, quote="Monday"), held="r"))
    solved = solve(items, {"v": "r", "x": "r", "y": "r"}, {"r": Source()})
    assert solved["v-1"].edtf == "2021-08-22"
    assert solved["m-2"].edtf == "2021-08-23"


def test_days_that_no_day_fits_are_said_to_contradict() -> None:
    items = [
        item("m-1", Told(claim="x", weekday=0, quote="Monday"), held="r"),
        item("m-2", Told(claim="y", edtf="2021-08-25", quote="25 August"), held="s", planned="r"),
    ]
    items.append(item("m-3", Told(claim="z", weekday=6, quote="Sunday"), held="s"))
    solved = solve(items, {"x": "r", "y": "s", "z": "s"}, {"r": Source(published="2021-08-20"), "s": Source(published="2021-08-26")})
    assert solved["m-1"].conflict is not None
    assert "Monday" in solved["m-1"].conflict
    assert "(r)" in solved["m-1"].conflict


def test_two_full_days_that_differ_name_their_reports() -> None:
    solved = solve([item("m-1", Told(claim="x", edtf="2021-08-23"), Told(claim="y", edtf="2021-08-24"), held="r")], {"x": "north", "y": "south"}, {})
    assert solved["m-1"].edtf == "2021-08"
    assert solved["m-1"].conflict == "2021-08-23 by north; 2021-08-24 by south"

"""Which claims tell of one event: what a visit's days follow from, whom a meeting names, what plans leave open."""

from __future__ import annotations

from datetime import date

from memcon.model import Evidence, Visit
from memcon.resolve import events, times
from memcon.resolve.events import Event
from memcon.resolve.times import Window


def same(node: str) -> str:
    return node


def apart(_a: str, _b: str) -> bool:
    return False


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def meeting(name: str, when: str | None, *, hosts: tuple[str, ...] = ("p-a",), status: str = "occurred", visit: str | None = None, kind: str = "meeting") -> Event:
    window = times.window(when, None, status, "2024-03-15")
    return Event(
        id=name, document="d" + name, family="meetings", kind=kind, hosts=hosts, guests=("p-b",), sides=("KE", "NO"), status=status, window=window, visit=visit
    )


def visit(meetings: list[Event], start: str | None) -> Event:
    record = Visit(evidence=Evidence(start=0, end=1), rule="gold", visitors=["B"], from_="NO", to="KE", kind="official", start=start, end=None, status="ongoing")
    return events.of_visit("v", "d", record, {"B": "p-b"}, "2024-03-15", meetings)


def test_a_call_or_a_recalled_meeting_tells_no_day_of_a_visit() -> None:
    held = meeting("1", "2024-03-14")
    call, recalled, other = meeting("2", "2024-01-03", kind="phone_call"), meeting("3", "2024-01"), meeting("4", "2023-11-02")
    alone = visit([held], None).window
    assert (alone.low or 0) <= day("2024-03-14") <= (alone.high or 0)
    assert visit([held, call, recalled, other], None).window == alone
    assert visit([call], "2024-03").window == visit([], "2024-03").window


def test_a_bare_weekday_speaks_for_the_days_that_hold_it() -> None:
    bare = Window(weekdays=(1,))
    told = Window(day("2022-02-14"), day("2022-02-15"), told=True)  # Monday and Tuesday
    assert times.on_named_weekday(bare, told)
    assert times.on_named_weekday(told, bare)
    assert not times.on_named_weekday(bare, Window(day("2022-11-20"), day("2022-11-23"), told=True, weekdays=(0,)))
    assert not times.on_named_weekday(bare, Window(day("2022-02-01"), day("2022-02-28"), told=True)), "every month has a Tuesday"


def test_a_side_not_named_alike_joins_only_when_nothing_else_is_as_likely() -> None:
    named = events.judge(meeting("1", "2024-03-14"), meeting("2", "2024-03-14"), same, apart)
    unnamed = events.judge(meeting("1", "2024-03-14"), meeting("2", "2024-03-14", hosts=("b:KE",)), same, apart)
    assert [link.weak for link in (named, unnamed) if link] == [False, True]


def test_plans_of_one_visit_may_give_two_days() -> None:
    plans = [meeting("1", "2024-03-17", status="planned", visit="v"), meeting("2", "2024-03-19", status="planned", visit="v")]
    assert events.judge(*plans, same, apart) is not None
    elsewhere = meeting("3", "2024-03-19", status="planned", visit="w")
    assert events.judge(plans[0], elsewhere, same, apart) is None
    assert events.judge(meeting("4", "2024-03-14", visit="v"), meeting("5", "2024-03-11", visit="v"), same, apart) is None, "two held on two days are two"
    assert events.judge(plans[0], meeting("6", "2024-03-27", status="planned", visit="v"), same, apart) is None

"""Days as the follow-up counts them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.follow import days


@given(st.dates(date(1, 1, 1), date(9000, 12, 31)), st.integers(1, 99), st.sampled_from("YM"))
def test_a_length_of_time_ends_the_day_before_its_day_comes_round(start: date, number: int, unit: str) -> None:
    end = days.added(start.toordinal(), f"P{number}{unit}")
    assert end is not None
    months = number * (12 if unit == "Y" else 1)
    after = date.fromordinal(end + 1)
    assert (after.year - start.year) * 12 + after.month - start.month == months
    assert after.day == start.day or after.day < start.day  # the last day of a shorter month


@pytest.mark.parametrize("length", ["", "P", "P1D", "1Y", "P1Y6M", "P1000Y"])
def test_what_is_no_length(length: str) -> None:
    assert days.added(700_000, length) is None


def test_months_end_with_the_calendar() -> None:
    assert days.day(days.months_on(date(2023, 8, 31).toordinal(), 6) or 0) == "2024-02-29"
    assert days.months_on(date(9999, 12, 1).toordinal(), 1) is None


@pytest.mark.parametrize("on", ["2024", "2024-02", "2024-02-30", "today", "2024-XX-01"])
def test_a_clock_is_set_to_a_day(on: str) -> None:
    with pytest.raises(days.DayError):
        days.clock(on)

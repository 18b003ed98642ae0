"""Dates in words become ranges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.offline import dates
from agent.ports.library import DateRange

TODAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def span(found: DateRange) -> str:
    return f"{found.start} {found.end}"


@pytest.mark.parametrize(
    ("today", "last"),
    [(date(2026, 11, 22), "2026-06-01 2026-08-31"), (date(2026, 7, 1), "2025-06-01 2025-08-31")],
)
def test_last_summer_is_the_latest_one_that_is_over(today: date, last: str) -> None:
    assert span(dates.last_season(today, 6)) == last


def test_a_winter_ends_in_the_next_year() -> None:
    assert span(dates.season(2019, 12)) == "2019-12-01 2020-02-29"


def test_periods() -> None:
    today = date(2026, 1, 15)
    assert span(dates.previous(today, 30)) == "2025-12-01 2025-12-31"
    assert span(dates.previous(today, 365)) == "2025-01-01 2025-12-31"
    assert span(dates.decade(1990, "early")) == "1990-01-01 1993-12-31"
    assert span(dates.last_month_named(today, 3)) == "2025-03-01 2025-03-31"
    assert span(dates.years(2005, 1995)) == "1995-01-01 2005-12-31"


@given(TODAYS, st.sampled_from([3, 6, 9, 12]))
def test_last_season_is_over_and_less_than_15_months_ago(today: date, month: int) -> None:
    found = dates.last_season(today, month)
    assert found.start is not None
    assert found.end is not None
    assert found.start < found.end < today
    assert (today - found.end).days < 460


@given(TODAYS, st.sampled_from([1, 7, 30, 365, 3652]))
def test_what_is_running_holds_today_and_what_was_before_does_not(today: date, days: int) -> None:
    now, before = dates.current(today, days), dates.previous(today, days)
    assert now.start is not None
    assert now.end is not None
    assert now.start <= today <= now.end
    assert before.end is not None
    assert before.end <= today


@given(TODAYS, TODAYS, TODAYS, TODAYS)
def test_both_never_ends_before_it_starts(a: date, b: date, c: date, d: date) -> None:
    one, two = DateRange(start=min(a, b), end=max(a, b)), DateRange(start=min(c, d), end=max(c, d))
    found = dates.both(one, two)
    assert found.start is not None
    assert found.end is not None
    assert found.start <= found.end

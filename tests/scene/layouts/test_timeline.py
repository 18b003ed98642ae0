"""Timeline: readable sections, time order, dense dates stacked, undated works named, hung and walked."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene.layouts.choose import arrange
from scene.layouts.contract import Wishes, Work
from scene.layouts.said import Counted, Term, said
from scene.layouts.ticks import MOST_SECTIONS, sections, slots
from scene.records import Room, Sign, Viewpoint

DATES = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(DATES, DATES)
def test_sections_are_few_cover_the_span_and_have_distinct_labels(one: date, two: date) -> None:
    first, last = sorted((one, two))
    parts = sections(first, last)
    assert 1 <= len(parts) <= MOST_SECTIONS
    assert parts[0].start <= first.toordinal()
    assert last.toordinal() < parts[-1].end
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert len({part.label for part in parts}) == len(parts)


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2021, 3, 4), date(2021, 3, 6), ["4 Mar 2021", "5 Mar 2021", "6 Mar 2021"]),
        (date(2021, 11, 4), date(2022, 2, 6), ["4 Nov 2021", "11 Nov 2021"]),
        (date(2021, 1, 4), date(2021, 12, 6), ["Jan 2021", "Feb 2021"]),
        (date(1985, 1, 1), date(1995, 1, 1), ["1985", "1986"]),
        (date(1985, 1, 1), date(2026, 1, 1), ["1985–89", "1990–94"]),
        (date(1900, 1, 1), date(2026, 1, 1), ["1900s", "1910s"]),
    ],
)
def test_the_unit_follows_the_span(first: date, last: date, labels: list[str]) -> None:
    assert [part.label for part in sections(first, last)][: len(labels)] == labels


@given(
    st.lists(st.integers(0, 4_000), min_size=1, max_size=200).map(sorted),
    st.integers(1, 6),
    st.booleans(),
    st.integers(1, 4),
)
def test_slots_keep_time_order_and_hold_no_more_than_their_lanes(
    days: list[int], lanes: int, newest: bool, least: int
) -> None:
    start = date(2000, 1, 1).toordinal()
    ordinals = np.array([start + d for d in (days[::-1] if newest else days)])
    parts = sections(date.fromordinal(start + days[0]), date.fromordinal(start + days[-1]))
    placed = slots(ordinals, parts, lanes, newest, least)
    assert (np.diff(placed.slot) >= 0).all()
    assert np.bincount(placed.slot).max() <= lanes
    assert len(set(zip(placed.slot.tolist(), placed.lane.tolist(), strict=True))) == len(days)
    assert (placed.slot >= placed.first_slot[placed.section]).all()
    assert (placed.slot < placed.first_slot[placed.section + 1]).all()


@pytest.mark.parametrize("axis", ["floor", "wall"])
@pytest.mark.parametrize("order", ["newest", "oldest", None])
def test_works_run_in_time_order_from_left_to_right(works, axis: str, order: str | None) -> None:
    given = works(50)
    dates = {work.asset_id: work.taken for work in given}
    arranged = arrange("timeline", given, Wishes.model_validate({"axis": axis, "order": order}))
    shown = [dates[p.asset_id] for p in arranged.placements]
    assert shown == sorted(shown, reverse=order == "newest")
    x = [p.position_m[0] for p in arranged.placements]
    assert all(b > a - 1e-6 for a, b in pairwise(x))


def test_undated_works_are_named_and_a_year_alone_counts_as_a_date(works) -> None:
    undated = Work(asset_id="u" * 64, title="No date")
    year = Work(asset_id="y" * 64, title="A year", values={"year": "1999"})
    arranged = arrange("timeline", [*works(5), undated, year], Wishes())
    assert [(u.asset_id, u.why) for u in arranged.unplaced] == [("u" * 64, said("left.no_date"))]
    assert "A year" in {p.title for p in arranged.placements}
    assert arranged.summary.values["undated"] == said("timeline.undated", works=Counted(1, "work"))


def test_no_dates_at_all_is_said() -> None:
    arranged = arrange("timeline", [Work(asset_id="a" * 64)], Wishes())
    assert arranged.unmet == (said("dates.none", works=Counted(1, "work")),)
    assert len(arranged.unplaced) == 1


def test_dense_days_are_stacked(works) -> None:
    day = [Work(asset_id=f"{i:064x}", taken=date(2020, 5, 1)) for i in range(60)]
    arranged = arrange("timeline", [*day, *works(3)], Wishes())
    heights = {p.position_m[1] for p in arranged.placements if "2020" in p.group}
    assert len(heights) >= 4


@pytest.mark.parametrize("axis", ["floor", "wall"])
def test_every_section_has_its_tick_and_its_stop(works, axis: str) -> None:
    arranged = arrange("timeline", works(30), Wishes.model_validate({"axis": axis}))
    ticks = [r for r in arranged.records if isinstance(r, Sign)]
    stops = [r for r in arranged.records if isinstance(r, Viewpoint) and r.id.startswith("stop-")]
    assert len(ticks) == len(stops) <= MOST_SECTIONS
    assert all(tick.use == "tick" and tick.line_to_m is not None for tick in ticks)
    assert [tick.text for tick in ticks] == [stop.name for stop in stops]
    assert {p.group for p in arranged.placements} <= {tick.text for tick in ticks}
    assert len([r for r in arranged.records if isinstance(r, Room)]) == (1 if axis == "wall" else 0)


def test_wishes_that_mean_nothing_here_are_named(works) -> None:
    arranged = arrange("timeline", works(4), Wishes(order="colour", columns=3))
    assert said("inapplicable", wish=Term("wished", "columns"), layout=Term("within", "timeline")) in arranged.unmet
    assert said("time.order", order=Term("order", "colour")) in arranged.unmet


def test_a_single_date_far_in_the_past_does_not_drown_the_rest(works) -> None:
    old = Work(asset_id="o" * 64, taken=date(1, 1, 1))
    recent = [Work(asset_id=f"{i:064x}", taken=date(2024, 1, 1) + timedelta(days=i)) for i in range(40)]
    arranged = arrange("timeline", [old, *recent], Wishes())
    assert len(arranged.placements) == 41
    assert max(abs(p.position_m[0]) for p in arranged.placements) < 40

"""The nearest free place on a wall is free, inside, and no place of a fine grid is free and nearer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene.free_places import MOST_PAIRS, UPWARD_COST, Space, usual_gap_m
from scene.snapping import Box

SPAN_M, HEIGHT_M = 8.0, 4.0
lengths = st.floats(0.1, 1.2)
boxes = st.builds(Box, st.floats(0.5, 7.5), st.floats(0.5, 3.5), lengths, lengths)


def is_free(space: Space, box: Box, gap_m: float) -> bool:
    inside = box.left_m >= -1e-5 and box.right_m <= SPAN_M + 1e-5 and box.bottom_m >= -1e-5
    clear = not any(box.meets(other, gap_m - 1e-5) for other in space.others)
    return inside and box.top_m <= HEIGHT_M + 1e-5 and clear and not any(box.meets(h, -1e-5) for h in space.holes)


@settings(max_examples=60, deadline=None)
@given(boxes, st.lists(boxes, max_size=6), st.lists(boxes, max_size=1), st.floats(0.0, 0.4))
def test_it_is_the_nearest(box: Box, others: list[Box], holes: list[Box], gap_m: float) -> None:
    space = Space(SPAN_M, HEIGHT_M, tuple(others), tuple(holes))
    found = space.shift_for([box], gap_m)
    grid = [(x, y) for x in np.arange(-8.0, 8.0, 0.25) for y in np.arange(-4.0, 4.0, 0.25)]
    free = [s for s in grid if is_free(space, box.at(box.across_m + s[0], box.height_m + s[1]), gap_m)]
    if found is None:
        assert free == []
        return
    assert is_free(space, box.at(box.across_m + found[0], box.height_m + found[1]), gap_m)
    cost = abs(found[0]) + UPWARD_COST * abs(found[1])
    assert all(cost <= abs(x) + UPWARD_COST * abs(y) + 1e-6 for x, y in free)


def test_several_go_together_and_one_way_alone_when_asked() -> None:
    space = Space(SPAN_M, HEIGHT_M, (Box(4.0, 1.5, 0.5, 0.5),), (Box(7.0, 1.0, 0.5, 1.0),))
    pair = [Box(3.0, 1.5, 0.4, 0.4), Box(4.2, 1.5, 0.4, 0.4)]
    shift = space.shift_for(pair, 0.1)
    assert shift is not None
    assert all(is_free(space, box.at(box.across_m + shift[0], box.height_m + shift[1]), 0.1) for box in pair)
    up = space.shift_for(pair, 0.1, "up")
    assert up is not None
    assert up[0] == 0.0
    along = space.shift_for(pair, 0.1, "along")
    assert along == pytest.approx((-1.2, 0.0))


def test_many_in_the_way_are_passed_straight_along_or_straight_up() -> None:
    row = tuple(Box(0.1 * n, 1.5, 0.05, 0.4) for n in range(MOST_PAIRS + 10))
    shift = Space(SPAN_M, HEIGHT_M, row).shift_for([Box(2.0, 1.5, 0.3, 0.3)], 0.1)
    assert shift is not None
    assert shift[0] == 0.0 or shift[1] == 0.0


def test_where_nothing_fits_there_is_no_place() -> None:
    assert Space(1.0, 1.0, (Box(0.5, 0.5, 0.4, 0.4),)).shift_for([Box(0.5, 0.5, 0.3, 0.3)], 0.0) is None
    assert Space(1.0, 1.0).shift_for([Box(0.5, 0.5, 0.8, 0.3)], 0.0) is None


def test_the_usual_gap_is_that_of_the_row() -> None:
    assert usual_gap_m([Box(1.0, 1.5, 0.4, 0.4), Box(2.2, 1.5, 0.4, 0.4)]) == pytest.approx(0.4)
    assert usual_gap_m([], 0.3) == 0.3

"""What moves falls into lines, gaps and round angles, and never further than the tolerance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene.snapping import Box, centre_line, free_place, snapped, snapped_angle, snapped_scale

TOLERANCE_M = 0.06
ROW = [Box(2.0, 1.5, 0.5, 0.4), Box(4.0, 1.5, 0.5, 0.6)]

coordinates = st.floats(0.0, 12.0)
halves = st.floats(0.1, 1.5)
boxes = st.builds(Box, coordinates, st.floats(0.3, 3.0), halves, halves)


def kinds(box: Box, others: list[Box], span_m: float | None = None) -> set[str]:
    return {guide.kind for guide in snapped(box, others, TOLERANCE_M, span_m).guides}


def test_it_falls_onto_the_centre_line_of_the_wall() -> None:
    found = snapped(Box(7.3, 1.53, 0.3, 0.3), ROW, TOLERANCE_M)
    assert found.height_m == 1.5
    line = next(guide for guide in found.guides if guide.kind == "line")
    assert line.start_m == (1.5, 1.5)
    assert line.end_m == (pytest.approx(7.6), 1.5)


def test_the_gap_of_two_neighbours_is_carried_on_and_both_are_shown() -> None:
    found = snapped(Box(5.97, 1.5, 0.5, 0.5), ROW, TOLERANCE_M)
    assert found.across_m == pytest.approx(6.0)
    gaps = [guide for guide in found.guides if guide.kind == "gap"]
    assert [guide.length_m for guide in gaps] == [pytest.approx(1.0), pytest.approx(1.0)]


def test_between_two_it_falls_into_the_middle() -> None:
    found = snapped(Box(2.97, 1.5, 0.2, 0.2), ROW, TOLERANCE_M)
    assert found.across_m == pytest.approx(3.0)
    assert kinds(Box(2.97, 1.5, 0.2, 0.2), ROW) >= {"gap"}


def test_edges_and_centres_of_neighbours_above() -> None:
    above = [Box(3.0, 3.0, 0.5, 0.3)]
    assert snapped(Box(3.04, 1.0, 0.2, 0.2), above, TOLERANCE_M).across_m == 3.0
    left = snapped(Box(2.72, 1.0, 0.2, 0.2), above, TOLERANCE_M)
    assert left.across_m == pytest.approx(2.7)
    assert left.guides[0].start_m[0] == pytest.approx(2.5)
    assert snapped(Box(9.0, 2.92, 0.2, 0.2), above, TOLERANCE_M).height_m == pytest.approx(2.9)


def test_the_middle_of_an_empty_wall() -> None:
    assert snapped(Box(3.96, 1.5, 0.4, 0.4), [], TOLERANCE_M, 8.0).across_m == pytest.approx(4.0)
    assert snapped(Box(3.96, 1.5, 0.4, 0.4), [], TOLERANCE_M).across_m == 3.96


def test_far_from_everything_nothing_happens() -> None:
    found = snapped(Box(9.2, 3.3, 0.31, 0.17), ROW, TOLERANCE_M)
    assert (found.across_m, found.height_m, found.guides) == (9.2, 3.3, ())


@given(boxes, st.lists(boxes, max_size=6), st.none() | st.floats(4.0, 14.0))
def test_it_never_moves_further_than_the_tolerance_and_stays_there(
    box: Box, others: list[Box], span_m: float | None
) -> None:
    found = snapped(box, others, TOLERANCE_M, span_m)
    assert abs(found.across_m - box.across_m) <= TOLERANCE_M + 1e-9
    assert abs(found.height_m - box.height_m) <= TOLERANCE_M + 1e-9
    moved = (found.across_m, found.height_m) != (box.across_m, box.height_m)
    assert found.guides or not moved, "what moved it is shown"


@given(st.floats(-720, 720))
def test_angles_fall_on_multiples_of_fifteen_degrees(degrees: float) -> None:
    found = snapped_angle(degrees)
    assert abs(found - degrees) <= 4.0
    assert found == degrees or found % 15.0 == 0.0
    assert snapped_angle(round(degrees / 15) * 15 + 3.9) % 15.0 == 0.0


def test_a_corner_falls_onto_an_edge_a_width_or_a_height() -> None:
    box = Box(6.0, 1.5, 0.5, 0.5)
    assert snapped_scale(box, (1, 1), 1.17, ROW, TOLERANCE_M) == pytest.approx(1.2), "as high as the neighbour"
    assert snapped_scale(box, (1, 1), 1.6, ROW, TOLERANCE_M) == 1.6
    assert snapped_scale(box, (1, -1), 0.97, [Box(9, 2.0, 0.2, 0.97)], TOLERANCE_M) == pytest.approx(0.97)


def test_the_centre_line_is_the_one_most_works_hang_on() -> None:
    assert centre_line([]) is None
    assert centre_line([Box(0, 1.5, 1, 1), Box(3, 1.51, 1, 1), Box(6, 2.2, 1, 1)]) in (1.5, 1.51)


@given(boxes, st.lists(boxes, max_size=6), st.lists(boxes, max_size=2), st.floats(0.0, 0.5))
def test_a_free_place_is_free_and_on_the_wall(box: Box, others: list[Box], blocked: list[Box], gap_m: float) -> None:
    at_m = free_place(box, others, blocked, 12.0, gap_m)
    if at_m is None:
        return
    there = box.at(at_m, box.height_m)
    assert there.left_m >= -1e-5
    assert there.right_m <= 12.0 + 1e-5
    assert not any(there.meets(other, gap_m - 1e-5) for other in others if _beside(there, other, gap_m))
    assert not any(there.meets(other, -1e-5) for other in blocked)


def _beside(box: Box, other: Box, gap_m: float) -> bool:
    """Whether the two hang in one row; what is above or below needs no gap sideways."""
    return abs(box.height_m - other.height_m) < box.half_height_m + other.half_height_m + gap_m - 1e-5

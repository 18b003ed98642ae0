"""Nobody walks through a wall, nobody gets stuck, every doorway lets one pass."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene.barriers import Barriers, barriers_of
from scene.collision import BODY_M, clearance, in_sight, walked
from scene.layouts.contract import Wishes, Work
from scene.layouts.gallery import arrange_gallery
from scene.records import Opening, Placement, Room, Wall
from scene.scene import Scene

EYE_M = 1.6
CORNERS = ((-4.0, -3.0), (4.0, -3.0), (4.0, 3.0), (-4.0, 3.0))


def box(*more: Opening | Placement) -> Scene:
    walls = [
        Wall(id=f"w{k}", room_id="r", start_m=CORNERS[k], end_m=CORNERS[(k + 1) % 4], height_m=3.5) for k in range(4)
    ]
    return Scene.of([Room(id="r", min_corner_m=(-4, -3), max_corner_m=(4, 3), height_m=3.5), *walls, *more])


def at(x: float, z: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array([x, z], np.float64)


inside_x = st.floats(-3.7, 3.7)
inside_z = st.floats(-2.7, 2.7)
anywhere = st.floats(-60, 60)
SEALED = barriers_of(box())
EVERY_WALL = barriers_of(box()).between(1.0, 1.7)


@given(inside_x, inside_z, st.lists(st.tuples(anywhere, anywhere), min_size=1, max_size=8))
def test_no_walk_leaves_a_closed_room_or_touches_its_walls(
    x: float, z: float, goals: list[tuple[float, float]]
) -> None:
    place = at(x, z)
    for goal in goals:
        place = walked(SEALED, place, at(*goal), EYE_M)
        assert abs(place[0]) <= 4.0 - BODY_M + 1e-4
        assert abs(place[1]) <= 3.0 - BODY_M + 1e-4


@given(inside_x, inside_z, st.lists(st.tuples(anywhere, anywhere), min_size=1, max_size=8))
def test_from_wherever_one_was_led_one_gets_back_to_the_middle(
    x: float, z: float, goals: list[tuple[float, float]]
) -> None:
    place = at(x, z)
    for goal in goals:
        place = walked(SEALED, place, at(*goal), EYE_M)
    assert walked(SEALED, place, at(0, 0), EYE_M) == pytest.approx([0, 0], abs=1e-6)


@given(st.floats(-3.0, 3.0), st.floats(0.3, 1.4))
def test_a_wall_walked_into_at_an_angle_is_walked_along(x: float, slope: float) -> None:
    step = at(math.copysign(1.0, -x), -slope) * 0.5
    place = walked(SEALED, at(x, -3.0 + BODY_M), at(x, -3.0 + BODY_M) + step, EYE_M)
    assert place[1] == pytest.approx(-3.0 + BODY_M, abs=1e-5)
    assert abs(place[0] - x) > 0.3


@given(st.floats(0.3, 3.0), st.floats(0.0, 5.0), st.integers(0, 3))
def test_a_doorway_lets_one_pass_and_the_wall_beside_it_does_not(width: float, offset: float, wall: int) -> None:
    length = 8.0 if wall % 2 == 0 else 6.0
    offset = min(offset, length - width - 0.4) + 0.2
    barriers = barriers_of(box(Opening(id="door", wall_id=f"w{wall}", offset_m=offset, width_m=width)))
    start, end = at(*CORNERS[wall]), at(*CORNERS[(wall + 1) % 4])
    along = (end - start) / length
    inward = at(-along[1], along[0])
    middle = start + along * (offset + width / 2)
    before, beyond = middle + inward, middle - inward
    assert walked(barriers, before, beyond, EYE_M) == pytest.approx(beyond, abs=1e-3)
    assert walked(barriers, beyond, before, EYE_M) == pytest.approx(before, abs=1e-3)


def test_a_window_and_a_lintel_stop_a_body_and_a_step_does_not() -> None:
    window = barriers_of(box(Opening(id="o", wall_id="w0", use="window", offset_m=3, width_m=2, sill_m=0.9)))
    assert walked(window, at(0, 0), at(0, -9), EYE_M)[1] > -3.0
    threshold = barriers_of(box(Opening(id="o", wall_id="w0", offset_m=3, width_m=2, sill_m=0.1)))
    assert walked(threshold, at(0, 0), at(0, -9), EYE_M)[1] == pytest.approx(-9.0)
    assert walked(threshold, at(0, 0), at(0, -9), 3.2)[1] > -3.0, "the eye is at the height of the lintel"
    assert walked(threshold, at(0, 0), at(0, -9), 9.0)[1] == pytest.approx(-9.0), "above all walls the way is free"


def test_a_standing_card_stops_and_a_hung_or_flying_one_does_not() -> None:
    def card(**changes: object) -> Barriers:
        plain = {"id": "c", "asset_id": "a", "position_m": (0, 1.2, -1), "size_m": (1.5, 2.0)}
        return barriers_of(box(Placement.model_validate(plain | changes)))

    assert walked(card(), at(0, 1), at(0, -2), EYE_M)[1] == pytest.approx(-1 + BODY_M, abs=1e-4)
    assert walked(card(wall_id="w0"), at(0, 1), at(0, -2), EYE_M)[1] == pytest.approx(-2)
    assert walked(card(position_m=(0, 5, -1)), at(0, 1), at(0, -2), EYE_M)[1] == pytest.approx(-2)
    edge_on = (0.0, math.sin(math.pi / 4), 0.0, math.cos(math.pi / 4))
    beside = walked(card(rotation=edge_on), at(0.5, 1), at(0.5, -2), EYE_M)
    assert beside == pytest.approx([0.5, -2.0])


def test_who_stands_too_near_can_leave_but_comes_no_nearer() -> None:
    near = at(0, -2.95)
    assert walked(SEALED, near, at(0, -9), EYE_M)[1] == pytest.approx(-2.95, abs=1e-5)
    assert walked(SEALED, near, at(0, 0), EYE_M) == pytest.approx([0, 0])
    assert walked(SEALED, at(0, -3.0), at(0, 0), EYE_M) == pytest.approx([0, 0], abs=1e-6)


def test_numbers_that_are_none_move_nobody() -> None:
    for goal in (at(float("nan"), 0), at(0, float("inf"))):
        assert walked(SEALED, at(1, 1), goal, EYE_M) == pytest.approx([1, 1])
        assert in_sight(SEALED, at(1, 1), goal, EYE_M) == pytest.approx([1, 1])


def test_the_line_of_sight_ends_before_the_wall() -> None:
    assert in_sight(SEALED, at(0, 0), at(0, -9), EYE_M) == pytest.approx([0, -2.7])
    assert in_sight(SEALED, at(0, 0), at(0, -2), EYE_M) == pytest.approx([0, -2])
    assert clearance(EVERY_WALL, at(0, 0)).min() == pytest.approx(3.0)


def test_one_walks_through_every_room_of_a_laid_out_gallery() -> None:
    works = [Work(asset_id=f"a{n}", title=f"T{n}") for n in range(60)]
    scene = Scene.of(arrange_gallery(works, Wishes(rooms=3)).records)
    barriers = barriers_of(scene)
    place = at(0, 2.0)
    for room in scene.rooms:
        middle = at(*((a + b) / 2 for a, b in zip(room.min_corner_m, room.max_corner_m, strict=True)))
        place = walked(barriers, place, middle, EYE_M)
        assert place == pytest.approx(middle, abs=0.05), f"the way into {room.name} is free"


def test_a_step_among_a_hundred_thousand_cards_heeds_those_that_are_near() -> None:
    count = 100_000
    rng = np.random.default_rng(1)
    start = rng.uniform(-300, 300, (count, 2))
    end = start + rng.uniform(-1, 1, (count, 2))
    barriers = Barriers(start, end, np.zeros(count), np.full(count, 2.0))
    for x, z in rng.uniform(-250, 250, (5, 2)):
        near = np.hypot(*(start - (x, z)).T) < 10
        few = Barriers(start[near], end[near], np.zeros(near.sum()), np.full(near.sum(), 2.0))
        place, goal = at(x, z), at(x + 0.1, z + 0.1)
        assert walked(barriers, place, goal, EYE_M) == pytest.approx(walked(few, place, goal, EYE_M))

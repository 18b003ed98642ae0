"""Works slide along walls and round corners without ever leaving a wall."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scene.records import Placement, Room, Wall
from scene.scene import Scene
from scene.sliding import (
    Seat,
    carried,
    direction_of,
    front_of,
    half_extents,
    length_of,
    loop_of,
    round_corners,
    seat_of,
    seated,
)
from scene.turning import dot, then, turned, turned_by
from scene.walls import facing

WIDE_M, DEEP_M, HIGH_M = 8.0, 6.0, 4.0
CORNERS = ((0.0, 0.0), (WIDE_M, 0.0), (WIDE_M, DEEP_M), (0.0, DEEP_M))
NAMES = ("back", "right", "front", "left")
ROOM = Room(id="hall", min_corner_m=(0.0, 0.0), max_corner_m=(WIDE_M, DEEP_M), height_m=HIGH_M)
WALLS = {
    name: Wall(id=name, room_id="hall", start_m=CORNERS[n], end_m=CORNERS[(n + 1) % 4], height_m=HIGH_M)
    for n, name in enumerate(NAMES)
}
AROUND_M = 2 * (WIDE_M + DEEP_M)


def work(
    work_id: str = "a",
    wall: str = "back",
    along_m: float = 3.0,
    height_m: float = 1.5,
    tilt_deg: float = 0.0,
    size_m: tuple[float, float] = (1.0, 0.8),
) -> Placement:
    rotation = then(turned_by("z", tilt_deg), facing(WALLS[wall]))
    plain = {"id": work_id, "asset_id": "x", "position_m": (0.0, 0.0, 0.0), "size_m": size_m, "rotation": rotation}
    return seated(Placement.model_validate({**plain, "wall_id": wall}), Seat(wall, along_m, height_m), HALL)


def hall(*works: Placement, walls: tuple[str, ...] = NAMES) -> Scene:
    return Scene.of([ROOM, *(WALLS[name] for name in walls), *works])


HALL = hall()


def hangs(found: Placement) -> bool:
    wall = WALLS[found.wall_id or ""]
    seat, (half_m, rise_m) = seat_of(found, wall), half_extents(found, wall)
    fits = half_m - 1e-6 <= seat.along_m <= length_of(wall) - half_m + 1e-6
    flat = dot(turned((0.0, 0.0, 1.0), found.rotation), front_of(wall)) > 0.999
    return fits and flat and rise_m - 1e-6 <= seat.height_m <= HIGH_M - rise_m + 1e-6


def around_m(found: Placement) -> float:
    loop = loop_of(HALL, WALLS["back"])
    return loop.distance_m(seat_of(found, WALLS[found.wall_id or ""]))


def test_the_walls_of_a_room_make_a_closed_loop_from_any_of_them() -> None:
    for name in NAMES:
        loop = loop_of(HALL, WALLS[name])
        assert loop.closed
        assert loop.length_m == AROUND_M
        assert {wall.id for wall in loop.walls} == set(NAMES)


def test_a_missing_wall_leaves_an_open_run() -> None:
    loop = loop_of(hall(walls=("front", "back", "right")), WALLS["front"])
    assert not loop.closed
    assert [wall.id for wall in loop.walls] == ["back", "right", "front"]


@pytest.mark.parametrize(
    ("along_m", "expected"),
    [(9.0, ("right", 1.0)), (-1.0, ("left", DEEP_M - 1.0)), (15.0, ("front", 1.0)), (3.0, ("back", 3.0))],
)
def test_past_the_end_comes_the_next_wall(along_m: float, expected: tuple[str, float]) -> None:
    seat = round_corners(HALL, Seat("back", along_m, 1.5))
    assert (seat.wall_id, seat.along_m) == (expected[0], pytest.approx(expected[1]))


sizes = st.tuples(st.floats(0.1, 5.0), st.floats(0.1, 3.5))
ways = st.floats(-60.0, 60.0)
walls = st.sampled_from(NAMES)


@given(walls, st.floats(0.0, 8.0), ways, st.floats(-5.0, 9.0), sizes, st.floats(0, 360))
def test_a_work_never_leaves_its_walls(
    wall: str, along_m: float, way_m: float, height_m: float, size_m: tuple[float, float], tilt_deg: float
) -> None:
    start = work("a", wall, along_m, size_m=size_m, tilt_deg=tilt_deg)
    half_m, rise_m = half_extents(start, WALLS[wall])
    assume(2 * half_m < DEEP_M and 2 * rise_m < HIGH_M)
    moved = carried(hall(start), [start], "a", Seat(wall, along_m + way_m, height_m))
    assert hangs(moved[0])
    assert half_extents(moved[0], WALLS[moved[0].wall_id or ""]) == pytest.approx((half_m, rise_m))


@given(walls, st.floats(0.0, 8.0), ways)
def test_the_way_round_corners_is_as_long_as_on_one_wall(wall: str, along_m: float, way_m: float) -> None:
    start = work("a", wall, along_m)
    at_m = around_m(start)
    seat = seat_of(start, WALLS[wall])
    moved = carried(hall(start), [start], "a", Seat(wall, seat.along_m + way_m, 1.5))[0]
    off_m = (around_m(moved) - at_m - way_m + AROUND_M / 2) % AROUND_M - AROUND_M / 2
    assert abs(off_m) <= 0.5 + 1e-6, "only in a corner is it held half its width away"


@given(walls, st.floats(0.5, 5.5), st.floats(-20.0, 20.0))
def test_there_and_back_is_where_it_was(wall: str, along_m: float, way_m: float) -> None:
    start = work("a", wall, along_m)
    there = carried(hall(start), [start], "a", Seat(wall, along_m + way_m, 2.0))[0]
    loop, seat = loop_of(HALL, WALLS["back"]), seat_of(there, WALLS[there.wall_id or ""])
    assume(0.5 + 1e-6 < seat.along_m < length_of(WALLS[there.wall_id or ""]) - 0.5 - 1e-6)
    del loop
    back = carried(hall(there), [there], "a", Seat(seat.wall_id, seat.along_m - way_m, 1.5))[0]
    assert back.position_m == pytest.approx(start.position_m)
    assert back.wall_id == start.wall_id
    assert abs(sum(a * b for a, b in zip(back.rotation, start.rotation, strict=True))) == pytest.approx(1.0)


@given(st.lists(st.floats(0.6, 7.4), min_size=2, max_size=4), ways, st.floats(-1.0, 1.0))
def test_works_moved_together_keep_their_distances(alongs_m: list[float], way_m: float, rise_m: float) -> None:
    works = [work(f"w{n}", "back", along_m, size_m=(0.2, 0.2)) for n, along_m in enumerate(alongs_m)]
    goal = Seat("back", alongs_m[0] + way_m, 1.5 + rise_m)
    moved = carried(hall(*works), works, "w0", goal)
    assert all(hangs(found) for found in moved)
    assert len({round(found.position_m[1], 9) for found in moved}) == 1
    for one, found in zip(works[1:], moved[1:], strict=True):
        before_m = around_m(one) - around_m(works[0])
        after_m = around_m(found) - around_m(moved[0])
        off_m = (after_m - before_m + AROUND_M / 2) % AROUND_M - AROUND_M / 2
        assert abs(off_m) <= 0.2 + 1e-6


@given(st.floats(0.6, 7.4), st.floats(0.6, 7.4), ways)
def test_at_the_end_of_an_open_run_the_whole_group_stops(one_m: float, other_m: float, way_m: float) -> None:
    works = [work("a", "back", one_m), work("b", "back", other_m)]
    alone = hall(*works, walls=("back",))
    moved = carried(alone, works, "a", Seat("back", one_m + way_m, 1.5))
    assert all(hangs(found) for found in moved)
    assert moved[1].position_m[0] - moved[0].position_m[0] == pytest.approx(other_m - one_m)


def test_the_tilt_goes_round_the_corner_with_the_work() -> None:
    start = work("a", "back", 7.0, tilt_deg=15.0)
    moved = carried(hall(start), [start], "a", Seat("back", 9.5, 1.5))[0]
    assert moved.wall_id == "right"
    assert moved.rotation == pytest.approx(then(turned_by("z", 15.0), facing(WALLS["right"])))


def test_a_work_wider_than_the_wall_hangs_in_its_middle() -> None:
    wide = work("a", "back", 2.0, size_m=(9.0, 1.0))
    moved = carried(hall(wide), [wide], "a", Seat("right", 1.0, 1.5))[0]
    assert seat_of(moved, WALLS["right"]).along_m == pytest.approx(DEEP_M / 2)


def test_the_front_of_a_wall_is_inside_its_room() -> None:
    for wall in WALLS.values():
        (x, _, z), (fx, _, fz) = (wall.start_m[0], 0.0, wall.start_m[1]), front_of(wall)
        dx, _, dz = direction_of(wall)
        inside = (x + dx + fx, z + dz + fz)
        assert 0 < inside[0] < WIDE_M
        assert 0 < inside[1] < DEEP_M
        assert math.hypot(fx, fz) == pytest.approx(1.0)

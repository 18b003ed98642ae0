"""Which rooms an eye sees through doorways: checked against lines of sight drawn point by point."""

import numpy as np
import pytest
from numpy.typing import NDArray

from scene.layouts.choose import arrange
from scene.layouts.contract import Wishes, Work
from scene.scene import Scene
from viewport.rooms.halls import Halls


@pytest.fixture(scope="module")
def gallery() -> Scene:
    works = [Work(asset_id=f"a{k}", title=f"W{k}", width_px=1500, height_px=1000) for k in range(330)]
    return Scene.of(arrange("gallery", works, Wishes()).records)


Spot = NDArray[np.float64]


def doorways(scene: Scene) -> list[tuple[Spot, Spot]]:
    """Both ends of each opening."""
    walls = {wall.id: wall for wall in scene.walls}
    found: list[tuple[Spot, Spot]] = []
    for opening in scene.openings:
        start, end = (np.array(p) for p in (walls[opening.wall_id].start_m, walls[opening.wall_id].end_m))
        along = (end - start) / np.linalg.norm(end - start)
        found.append((start + along * opening.offset_m, start + along * (opening.offset_m + opening.width_m)))
    return found


def crosses(a: Spot, b: Spot, c: Spot, d: Spot) -> bool:
    """Whether the segments a-b and c-d meet."""

    def side(p: Spot, q: Spot, r: Spot) -> float:
        return float((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def sees(scene: Scene, eye: Spot, spot: Spot) -> bool:
    """Whether no wall is in between, except where it has an opening."""
    holes: dict[str, list[tuple[Spot, Spot]]] = {}
    for opening, (left, right) in zip(scene.openings, doorways(scene), strict=True):
        holes.setdefault(opening.wall_id, []).append((left, right))
    for wall in scene.walls:
        if crosses(eye, spot, np.array(wall.start_m), np.array(wall.end_m)) and not any(
            crosses(eye, spot, *hole) for hole in holes.get(wall.id, ())
        ):
            return False
    return True


def test_every_room_with_a_spot_in_sight_is_seen_and_most_others_are_not(gallery: Scene) -> None:
    halls, draw, checked = Halls(gallery), np.random.default_rng(5), 0
    rooms, doors = gallery.rooms, doorways(gallery)
    lows, highs = (np.array([getattr(room, name) for room in rooms]) for name in ("min_corner_m", "max_corner_m"))
    assert len(halls) == len(rooms) > 5
    for number in range(len(rooms)):
        for eye in draw.uniform(lows[number] + 0.5, highs[number] - 0.5, (12, 2)):
            seen = halls.seen_from(np.array([eye[0], 1.6, eye[1]]))
            assert seen is not None
            assert seen[number]
            assert seen.sum() <= 6
            for left, right in doors:
                through = left + (right - left) * draw.uniform(0.02, 0.98)
                spot = through + (through - eye) * draw.uniform(0.05, 2.5)
                for other in np.flatnonzero(((lows < spot) & (spot < highs)).all(axis=1) & ~seen):
                    assert not sees(gallery, eye, spot), (number, int(other))
                checked += 1
    assert checked > 1_000


def test_nothing_is_said_outside_above_the_walls_or_where_walls_are_missing(gallery: Scene) -> None:
    halls, room = Halls(gallery), gallery.rooms[0]
    middle = (np.array(room.min_corner_m) + room.max_corner_m) / 2
    assert halls.seen_from(np.array([middle[0], 30.0, middle[1]])) is None
    assert halls.seen_from(np.array([middle[0] - 500.0, 1.6, middle[1]])) is None
    open_side = Scene.of([record for record in gallery if record.id != gallery.walls[0].id])
    eye = np.array([middle[0], 1.6, middle[1]])
    assert halls.seen_from(eye) is not None
    assert Halls(open_side).seen_from(eye) is None
    assert Halls(Scene()).seen_from(eye) is None


def test_an_eye_in_a_doorway_sees_both_rooms(gallery: Scene) -> None:
    halls = Halls(gallery)
    door, (left, right) = next(
        pair for pair in zip(gallery.openings, doorways(gallery), strict=True) if pair[0].to_room_id
    )
    x, z = (left + right) / 2
    seen = halls.seen_from(np.array([x, 1.6, z]))
    assert seen is not None
    walls = {wall.id: wall.room_id for wall in gallery.walls}
    assert seen[halls.index_of(door.to_room_id)]
    assert seen[halls.index_of(walls[door.wall_id])]

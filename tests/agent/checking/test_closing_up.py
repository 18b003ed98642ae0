"""Works that were made smaller move together again, and nothing else does."""

import pytest

from agent.checking.closing_up import closed_up
from agent.hanging import gap_between_works_m
from scene.records import Opening, Placement, Room, Wall
from scene.scene import Scene

ROOM = Room(id="room", min_corner_m=(0.0, 0.0), max_corner_m=(20.0, 10.0))
WALL = Wall(id="wall", room_id="room", start_m=(0.0, 0.0), end_m=(20.0, 0.0))


def row(*, pinned: bool = False) -> list[Placement]:
    return [
        Placement(
            id=f"w{i}", asset_id=f"a{i}", position_m=(4.0 + 3.0 * i, 1.5, 0.02), size_m=(0.5, 0.5), wall_id="wall",
            room_id="room", order=i, pinned=pinned and i == 1,
        )
        for i in range(4)
    ]  # fmt: skip


def test_a_row_comes_together_about_its_middle() -> None:
    scene = closed_up(Scene.of([ROOM, WALL, *row()]), 0.4)
    assert gap_between_works_m(scene) == pytest.approx(0.4, abs=0.001)
    middles = [work.position_m[0] for work in scene.placements]
    assert sum(middles) / 4 == pytest.approx(8.5)


def test_a_pinned_work_holds_its_row() -> None:
    scene = Scene.of([ROOM, WALL, *row(pinned=True)])
    assert closed_up(scene, 0.4) == scene


def test_a_door_parts_two_rows() -> None:
    door = Opening(id="door", wall_id="wall", offset_m=8.0, width_m=1.0)
    scene = closed_up(Scene.of([ROOM, WALL, door, *row()]), 0.4)
    left, right = scene.placements[1].position_m[0], scene.placements[2].position_m[0]
    assert left < 8.0
    assert right > 9.0

"""Where one stands to see several works at once."""

import pytest

from agent.tools.touring import before_all
from scene.records import Placement, Room
from scene.scene import Scene

ROOM = Room(id="room", min_corner_m=(0.0, 0.0), max_corner_m=(12.0, 8.0))
TO_THE_LEFT = (0.0, -0.70711, 0.0, 0.70711)


def work(number: int, x: float, **changes: object) -> Placement:
    values: dict[str, object] = {
        "id": f"work-{number}",
        "asset_id": str(number),
        "position_m": (x, 1.5, 0.04),
        "size_m": (0.9, 0.7),
        "room_id": "room",
    }
    return Placement.model_validate(values | changes)


def test_all_of_a_wall_s_works_are_seen_from_their_middle() -> None:
    near, far = (before_all([work(0, 6.0 - apart), work(1, 6.0 + apart)], Scene.of([ROOM])) for apart in (1.0, 2.0))
    assert near is not None
    assert far is not None
    assert near.position_m[0] == pytest.approx(6.0)
    assert far.target_m[0] == pytest.approx(6.0)
    assert near.position_m[2] < far.position_m[2] < ROOM.max_corner_m[1], "farther off for what is farther apart"
    assert near.target_m[2] < near.position_m[2], "it looks at the wall"


@pytest.mark.parametrize(
    "works",
    [
        [work(0, 0.6), work(1, 11.4)],
        [work(0, 5.0), work(1, 11.96, rotation=TO_THE_LEFT)],
        [work(0, 5.0), work(1, 6.0, room_id="other")],
        [work(0, 5.0, room_id=None), work(1, 6.0, room_id=None)],
    ],
    ids=["too far apart", "on two walls", "in two rooms", "in no room"],
)
def test_works_that_no_place_in_their_room_shows_together_are_not(works: list[Placement]) -> None:
    assert before_all(works, Scene.of([ROOM])) is None

"""A wing of new rooms for works that find no place in rooms which must stay: to the right, behind a new door."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scene.layouts.building import DOOR_HEIGHT_M, DOOR_WIDTH_M, WALL_THICKNESS_M, BuiltRoom, RoomPlan, build, doorway
from scene.layouts.geometry import WallLine
from scene.layouts.kept import Kept
from scene.layouts.refill import free_on
from scene.records import Opening

CLEAR_M = 0.35
"""Free wall between the new door and the works that stay."""


@dataclass(frozen=True)
class WingDoor:
    """The door that leads to the wing, the standing room it is in, and the number of the wing's first room."""

    room: BuiltRoom
    wall: WallLine
    opening: Opening
    number: int


def door_to_wing(rooms: Sequence[BuiltRoom], kept: Kept) -> WingDoor | None:
    """A place for a door in the right wall of a room with nothing to its right; None when what stays leaves none."""
    names = [name for room in rooms for name in (room.room.id, *(o.id for o in room.openings))]
    used = [int(found[1]) for name in names if (found := re.match(r"(?:room|door)-(\d{1,6})", name))]
    number = 1 + max(used, default=0)
    furthest = max((room.room.max_corner_m[0] for room in rooms), default=0.0)
    for room in reversed(rooms):
        wall = room.walls.get("right")
        if wall is None or wall.id in kept.closed_walls or room.room.max_corner_m[0] < furthest - 1e-6:
            continue
        if abs(wall.along[0]) > 1e-6 or wall.height_m < DOOR_HEIGHT_M + 0.3:
            continue
        wide = [run for run in free_on(wall, room, kept.placements, CLEAR_M) if run.length_m >= DOOR_WIDTH_M]
        half = DOOR_WIDTH_M / 2
        middles = [min(max(wall.length_m / 2, run.start_m + half), run.end_m - half) for run in wide]
        if middles:
            middle = min(middles, key=lambda at: abs(at - wall.length_m / 2))
            opening = doorway(f"door-{number - 1}-wing", wall, f"room-{number}", middle_m=middle)
            return WingDoor(room, wall, opening, number)
    return None


def build_wing(door: WingDoor, plans: Sequence[RoomPlan]) -> list[BuiltRoom]:
    """The new rooms in one row, the first one's left wall opening opposite the door."""
    _, _, middle_z = door.wall.point(door.opening.offset_m + DOOR_WIDTH_M / 2, 0.0)
    front_z = middle_z + max(plan.depth_m for plan in plans) / 2
    left_x = door.room.room.max_corner_m[0] + WALL_THICKNESS_M
    wing = build(plans, front_z, left_x=left_x, number=door.number)
    back = doorway(f"{door.opening.id}-return", wing[0].walls["left"], door.room.room.id)
    wing[0].openings.insert(0, back)
    return wing

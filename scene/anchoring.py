"""Which wall a work hangs on and which room it stands in, judged from where it is."""

import math
from collections.abc import Iterable

from scene.records import AnyRecord, Placement, Room, Wall
from scene.turning import dot, turned
from scene.walls import facing

_NEAR_WALL_M = 0.3


def anchored(work: Placement, records: Iterable[AnyRecord]) -> Placement:
    """The work with its wall and room as they are where it is now; a wall or room that still holds is kept."""
    found = [record for record in records if isinstance(record, Room | Wall)]
    rooms = [record for record in found if isinstance(record, Room) and stands_in(work, record)]
    walls = [record for record in found if isinstance(record, Wall) and hangs_on(work, record)]
    room_id = _chosen(work.room_id, [room.id for room in rooms])
    facing_walls = [wall for wall in walls if wall.id == work.wall_id or _faces_into(work, wall)]
    wall_id = _chosen(work.wall_id, [wall.id for wall in facing_walls if room_id is None or wall.room_id == room_id])
    if (wall_id, room_id) == (work.wall_id, work.room_id):
        return work
    return work.but(wall_id=wall_id, room_id=room_id)


def hangs_on(work: Placement, wall: Wall) -> bool:
    """Whether the work's centre is near the wall's plane and between its ends."""
    (ax, az), (bx, bz) = wall.start_m, wall.end_m
    x, y, z = work.position_m
    length_m = max(math.hypot(bx - ax, bz - az), 1e-9)
    distance_m = abs((bx - ax) * (az - z) - (ax - x) * (bz - az)) / length_m
    along_m = ((x - ax) * (bx - ax) + (z - az) * (bz - az)) / length_m
    return distance_m <= _NEAR_WALL_M and 0.0 <= along_m <= length_m and 0.0 <= y <= wall.height_m


def stands_in(work: Placement, room: Room) -> bool:
    """Whether the work's centre is over the room's floor."""
    x, _, z = work.position_m
    (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
    return x0 <= x <= x1 and z0 <= z <= z1


def _faces_into(work: Placement, wall: Wall) -> bool:
    front = (0.0, 0.0, 1.0)
    return dot(turned(front, work.rotation), turned(front, facing(wall))) > 0.9


def _chosen(current: str | None, possible: list[str]) -> str | None:
    if current in possible:
        return current
    return min(possible, default=None)

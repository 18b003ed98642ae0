"""Rooms on the plan and the doorways between them: which rooms an eye sees, straight lines through doorways alone."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scene.records import Opening, Room, Wall
from scene.scene import Scene

AT_A_WALL_M = 0.4
"""An eye so near to a room is in it: doorways have depth."""
CLOSED_FROM = 0.97
"""Walls around so much of a room hide what is behind them."""
ALIKE = 1.25
"""Rooms and walls differ by so much in height at most: an eye sees nothing over any of them."""
NARROWEST_RAD = 0.004
"""Half the width of a beam that is not followed further: a doorway two hundred metres away."""
MOST_STEPS = 4_000

Vector = NDArray[np.floating]


@dataclass(frozen=True)
class _Door:
    """Both ends on the plan, and the room behind."""

    ends: tuple[tuple[float, float], tuple[float, float]]
    room: int


class Halls:
    """All rooms of a scene, as closed boxes of about one height; `seen_from` answers None where that does not hold."""

    def __init__(self, scene: Scene) -> None:
        rooms = scene.rooms
        self.ids = tuple(room.id for room in rooms)
        self._index = {room_id: index for index, room_id in enumerate(self.ids)}
        self._low = np.array([room.min_corner_m for room in rooms], np.float64).reshape(-1, 2)
        self._high = np.array([room.max_corner_m for room in rooms], np.float64).reshape(-1, 2)
        self._height_m = min((room.height_m for room in rooms), default=0.0)
        walls = scene.walls
        heights = [*(room.height_m for room in rooms), *(wall.height_m for wall in walls)]
        self._is_plain = max(heights, default=0.0) <= ALIKE * min(heights, default=0.0)
        self._closed = _closed(rooms, walls, self._index)
        self._doors = _doors(scene.openings, {wall.id: wall for wall in walls}, self._index)

    def __len__(self) -> int:
        return len(self.ids)

    def index_of(self, room_id: str | None) -> int:
        """The number of a room; -1 for none."""
        return self._index.get(room_id or "", -1)

    def around(self, eye: Vector) -> list[int]:
        """Rooms in which an eye is: two in a doorway, none above the walls or outside."""
        if not 0.0 <= eye[1] <= self._height_m:
            return []
        place = eye[[0, 2]]
        near = (self._low - AT_A_WALL_M <= place) & (place <= self._high + AT_A_WALL_M)
        return [int(index) for index in np.flatnonzero(near.all(axis=1))]

    def seen_from(self, eye: Vector) -> NDArray[np.bool_] | None:
        """Whether each room is seen at all; None when nothing can be said."""
        inside = self.around(eye)
        if not inside or not self._is_plain or not self._closed[inside].all():
            return None
        overlapping = (self._low < self._high[inside].max(axis=0)) & (self._high > self._low[inside].min(axis=0))
        seen: NDArray[np.bool_] = overlapping.all(axis=1)
        if not self._closed[seen].all():
            return None
        steps = 0
        waiting = [(room, -1, 0.0, math.pi) for room in np.flatnonzero(seen).tolist()]
        while waiting:
            room, came_from, middle, half = waiting.pop()
            seen[room] = True
            steps += 1
            if not self._closed[room] or steps > MOST_STEPS:
                return None
            for door in self._doors[room]:
                beam = _through(door, eye, middle, half) if door.room != came_from else None
                if beam is not None:
                    waiting.append((door.room, room, *beam))
        return seen

    def next_to(self, rooms: list[int], steps: int, most: int) -> list[int]:
        """These rooms and those so many doorways away, nearest first."""
        found, last = list(dict.fromkeys(rooms)), list(rooms)
        for _ in range(steps):
            last = [door.room for room in last for door in self._doors[room] if door.room not in found]
            found = list(dict.fromkeys([*found, *last]))
        return found[:most]

    def boxes(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Lowest and highest (x, z) of every room."""
        return self._low, self._high


def _closed(rooms: list[Room], walls: list[Wall], index: dict[str, int]) -> NDArray[np.bool_]:
    length = np.zeros(len(rooms))
    for wall in walls:
        if wall.room_id in index:
            length[index[wall.room_id]] += math.dist(wall.start_m, wall.end_m)
    around = [2 * sum(high - low for low, high in zip(r.min_corner_m, r.max_corner_m, strict=True)) for r in rooms]
    return length >= CLOSED_FROM * np.array(around)


def _doors(openings: list[Opening], walls: dict[str, Wall], index: dict[str, int]) -> list[list[_Door]]:
    """The doorways of every room, each known from both sides."""
    found: list[list[_Door]] = [[] for _ in index]
    both = {(walls[o.wall_id].room_id, o.to_room_id) for o in openings if o.wall_id in walls}
    for opening in openings:
        wall = walls.get(opening.wall_id)
        here = index.get(wall.room_id, -1) if wall is not None else -1
        behind = index.get(opening.to_room_id or "", -1)
        if wall is None or here < 0 or behind < 0:
            continue
        start, end = np.array(wall.start_m), np.array(wall.end_m)
        along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-9)
        left, right = (start + along * (opening.offset_m + reach) for reach in (0.0, opening.width_m))
        ends = ((float(left[0]), float(left[1])), (float(right[0]), float(right[1])))
        found[here].append(_Door(ends, behind))
        if (opening.to_room_id, wall.room_id) not in both:
            found[behind].append(_Door(ends, here))
    return found


def _through(door: _Door, eye: Vector, middle: float, half: float) -> tuple[float, float] | None:
    """What of a beam of directions (its middle and half its width) passes a doorway; all of it for an eye in there."""
    x, z = float(eye[0]), float(eye[2])
    (ax, az), (bx, bz) = door.ends
    if _distance(x, z, ax, az, bx, bz) < AT_A_WALL_M:
        return middle, half
    first, second = math.atan2(az - z, ax - x), math.atan2(bz - z, bx - x)
    wide = _turned(second - first) / 2
    own_middle, own_half = first + wide, abs(wide)
    if half >= math.pi:
        return own_middle, own_half
    away = _turned(own_middle - middle)
    low, high = max(-half, away - own_half), min(half, away + own_half)
    return (middle + (low + high) / 2, (high - low) / 2) if high - low > 2 * NARROWEST_RAD else None


def _turned(angle: float) -> float:
    return (angle + math.pi) % (2 * math.pi) - math.pi


def _distance(x: float, z: float, ax: float, az: float, bx: float, bz: float) -> float:
    along = max((bx - ax) ** 2 + (bz - az) ** 2, 1e-12)
    share = min(1.0, max(0.0, ((x - ax) * (bx - ax) + (z - az) * (bz - az)) / along))
    return math.hypot(x - ax - share * (bx - ax), z - az - share * (bz - az))

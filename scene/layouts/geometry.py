"""Plan geometry shared by the layouts: walls as lines with an inside, rotations about the vertical."""

import math
from dataclasses import dataclass
from functools import cached_property

from scene.records import PlanPoint, Quaternion, Room, Vector3, Wall

WALL_NAMES = ("left", "back", "right", "front")
"""Clockwise as seen from above, beginning at the left hand of someone who looks from front to back."""

OPPOSITE = {"left": "right", "right": "left", "back": "front", "front": "back"}


def tidy(value: float) -> float:
    """The value rounded to a tenth of a millimetre, without negative zero."""
    return round(float(value), 4) + 0.0


def turned(yaw: float) -> Quaternion:
    """Rotation about the vertical that turns local +z by `yaw` radians towards +x."""
    return (0.0, math.sin(yaw / 2), 0.0, math.cos(yaw / 2))


def facing(x: float, z: float) -> Quaternion:
    """Rotation whose front looks along (x, z)."""
    return turned(math.atan2(x, z))


@dataclass(frozen=True)
class WallLine:
    """A wall seen from inside its room: distances run from `start` on the left; the normal points into the room."""

    id: str
    room_id: str
    name: str
    start: PlanPoint
    end: PlanPoint
    height_m: float

    @cached_property
    def length_m(self) -> float:
        """Length along the floor."""
        return math.hypot(self.end[0] - self.start[0], self.end[1] - self.start[1])

    @cached_property
    def along(self) -> tuple[float, float]:
        """Unit vector from start to end."""
        length = self.length_m
        return (self.end[0] - self.start[0]) / length, (self.end[1] - self.start[1]) / length

    @cached_property
    def normal(self) -> tuple[float, float]:
        """Unit vector into the room."""
        dx, dz = self.along
        return -dz, dx

    @cached_property
    def rotation(self) -> Quaternion:
        """The rotation of a card that hangs on the wall."""
        return facing(*self.normal)

    def point(self, offset_m: float, y_m: float, off_wall_m: float = 0.0) -> Vector3:
        """The point `offset_m` along the wall, `off_wall_m` in front of it."""
        dx, dz = self.along
        x = self.start[0] + dx * offset_m - dz * off_wall_m
        z = self.start[1] + dz * offset_m + dx * off_wall_m
        return round(x, 4) + 0.0, round(y_m, 4) + 0.0, round(z, 4) + 0.0

    def offset_of(self, x: float, z: float) -> float:
        """How far along the wall a point lies."""
        dx, dz = self.along
        return (x - self.start[0]) * dx + (z - self.start[1]) * dz

    @staticmethod
    def of(wall: Wall) -> "WallLine":
        """The line of a wall record."""
        return WallLine(wall.id, wall.room_id, wall.name, wall.start_m, wall.end_m, wall.height_m)

    @property
    def record(self) -> Wall:
        """The wall record of this line."""
        return Wall(
            id=self.id,
            room_id=self.room_id,
            name=self.name,
            start_m=self.start,
            end_m=self.end,
            height_m=self.height_m,
        )


def walls_of(room: Room) -> dict[str, WallLine]:
    """The four walls of a rectangular room by name; `back` is at the smallest z."""
    (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
    corners = {
        "left": ((x0, z1), (x0, z0)),
        "back": ((x0, z0), (x1, z0)),
        "right": ((x1, z0), (x1, z1)),
        "front": ((x1, z1), (x0, z1)),
    }
    return {name: WallLine(f"{room.id}-{name}", room.id, name, *corners[name], room.height_m) for name in WALL_NAMES}

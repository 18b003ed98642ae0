"""Walls as planes: how far along a wall a point is, and how far in front of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scene.cards import Cards, Floats
from scene.records import Quaternion, Wall

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class WallPlanes:
    """Row i is one wall: its start and unit direction on the (x, z) plan, and its length."""

    start_m: Floats
    direction: Floats
    length_m: Floats

    @staticmethod
    def of(walls: Sequence[Wall]) -> "WallPlanes":
        """The planes of these walls; a wall without length has no direction."""
        start_m = np.array([wall.start_m for wall in walls], dtype=np.float64).reshape(-1, 2)
        end_m = np.array([wall.end_m for wall in walls], dtype=np.float64).reshape(-1, 2)
        length_m = np.hypot(*(end_m - start_m).T)
        return WallPlanes(start_m, (end_m - start_m) / np.maximum(length_m, 1e-12)[:, None], length_m)

    def seen(self, point_m: Floats, wall: Rows) -> tuple[Floats, Floats]:
        """Metres along the wall from its start, and in front of it (inside the room), of points (n, 3)."""
        offset_m = point_m[:, [0, 2]] - self.start_m[wall]
        direction = self.direction[wall]
        along_m = (offset_m * direction).sum(axis=1)
        before_m = offset_m[:, 1] * direction[:, 0] - offset_m[:, 0] * direction[:, 1]
        return along_m, before_m

    def reach(self, cards: Cards, wall: Rows) -> Floats:
        """Half extents of the flat cards along their walls."""
        flat = cards.half_m * np.array([1.0, 1.0, 0.0])
        half_m: Floats = (flat * np.abs(np.einsum("nij,nj->ni", cards.axes[:, :, [0, 2]], self.direction[wall]))).sum(
            axis=1
        )
        return half_m


def facing(wall: Wall) -> Quaternion:
    """The rotation of a card that hangs flat on the wall and faces into the room."""
    dx, dz = wall.end_m[0] - wall.start_m[0], wall.end_m[1] - wall.start_m[1]
    yaw_rad = math.atan2(-dz, dx)
    return (0.0, math.sin(yaw_rad / 2.0), 0.0, math.cos(yaw_rad / 2.0))

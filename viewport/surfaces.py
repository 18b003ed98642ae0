"""The plane rectangles that rooms consist of (walls with holes, floors, ceilings) and their cutting into quads."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scene.records import Opening, Room, Wall
from scene.scene import Scene
from viewport.graphics.quads import Corners

Vector = NDArray[np.float64]
Hole = tuple[float, float, float, float]
"""Left, low, right, high edge of a hole, in metres from the surface's lower left corner."""

SMALLEST_M = 0.01
LARGEST_M = 100_000.0


@dataclass(frozen=True, eq=False)
class Surface:
    """A rectangle that spans `width_m` along `right` and `height_m` along `up` from `origin`; seen from its front."""

    part: Literal["wall", "floor", "ceiling"]
    room_id: str
    origin: Vector
    right: Vector
    up: Vector
    width_m: float
    height_m: float
    wall_id: str = ""
    holes: tuple[Hole, ...] = ()

    @cached_property
    def normal(self) -> Vector:
        """The unit vector that points at whoever looks at the front."""
        (a, b, c), (d, e, f) = self.right, self.up
        return np.array([b * f - c * e, c * d - a * f, a * e - b * d])

    def at(self, u: NDArray[np.floating], v: NDArray[np.floating]) -> NDArray[np.float64]:
        """Points at `u` metres along and `v` metres up, of shape (..., 3)."""
        return self.origin + u[..., None] * self.right + v[..., None] * self.up

    def plane_of(self, point: Vector) -> tuple[float, float, float]:
        """A point as metres along, metres up and metres in front of this surface."""
        offset = point - self.origin
        return float(offset @ self.right), float(offset @ self.up), float(offset @ self.normal)


def surfaces_of(scene: Scene, ceilings: bool) -> list[Surface]:
    """Every surface of every room, floors and ceilings first; degenerate ones are left out."""
    holes = _holes_by_wall(scene.openings)
    found: list[Surface] = []
    for room in scene.rooms:
        found.extend(_floor_and_ceiling(room, ceilings))
    for wall in scene.walls:
        surface = wall_surface(wall, tuple(holes.get(wall.id, ())))
        if surface is not None:
            found.append(surface)
    return found


def wall_surface(wall: Wall, holes: tuple[Hole, ...] = ()) -> Surface | None:
    """The inner face of a wall, or None when it has no extent."""
    start = np.array([wall.start_m[0], 0.0, wall.start_m[1]])
    along = np.array([wall.end_m[0], 0.0, wall.end_m[1]]) - start
    width = float(np.linalg.norm(along))
    if not (_sane(width) and _sane(wall.height_m)):
        return None
    kept = tuple(cut for hole in holes if (cut := _clipped(hole, width, wall.height_m)) is not None)
    up = np.array([0.0, 1.0, 0.0])
    return Surface("wall", wall.room_id, start, along / width, up, width, wall.height_m, wall.id, kept)


def cut_into_quads(surface: Surface) -> NDArray[np.float64]:
    """Rectangles (u0, v0, u1, v1) that cover a surface except its holes, as an array of shape (n, 4)."""
    us = sorted({0.0, surface.width_m, *(h[0] for h in surface.holes), *(h[2] for h in surface.holes)})
    vs = sorted({0.0, surface.height_m, *(h[1] for h in surface.holes), *(h[3] for h in surface.holes)})
    cells = [
        (u0, v0, u1, v1)
        for u0, u1 in pairwise(us)
        for v0, v1 in pairwise(vs)
        if not _inside_a_hole((u0 + u1) / 2, (v0 + v1) / 2, surface.holes)
    ]
    return np.array(cells, np.float64).reshape(-1, 4)


def corners_of(surface: Surface, cells: NDArray[np.float64]) -> Corners:
    """World corners of rectangles on a surface, shape (n, 4, 3)."""
    u = cells[:, [0, 2, 2, 0]]
    v = cells[:, [1, 1, 3, 3]]
    return surface.at(u, v).astype(np.float32)


def _floor_and_ceiling(room: Room, ceilings: bool) -> Iterable[Surface]:
    (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
    if not (_sane(x1 - x0) and _sane(z1 - z0) and _sane(room.height_m)):
        return
    right, back, front = np.array([1.0, 0, 0]), np.array([0, 0, -1.0]), np.array([0, 0, 1.0])
    yield Surface("floor", room.id, np.array([x0, 0.0, z1]), right, back, x1 - x0, z1 - z0)
    if ceilings:
        yield Surface("ceiling", room.id, np.array([x0, room.height_m, z0]), right, front, x1 - x0, z1 - z0)


def _holes_by_wall(openings: Iterable[Opening]) -> dict[str, list[Hole]]:
    found: dict[str, list[Hole]] = {}
    for opening in openings:
        low, high = opening.sill_m, opening.sill_m + opening.height_m
        hole = (opening.offset_m, low, opening.offset_m + opening.width_m, high)
        found.setdefault(opening.wall_id, []).append(hole)
    return found


def _clipped(hole: Hole, width_m: float, height_m: float) -> Hole | None:
    left, low = max(0.0, hole[0]), max(0.0, hole[1])
    right, high = min(width_m, hole[2]), min(height_m, hole[3])
    return (left, low, right, high) if right - left > SMALLEST_M and high - low > SMALLEST_M else None


def _inside_a_hole(u: float, v: float, holes: Iterable[Hole]) -> bool:
    return any(left < u < right and low < v < high for left, low, right, high in holes)


def _sane(length_m: float) -> bool:
    return math.isfinite(length_m) and SMALLEST_M < length_m < LARGEST_M

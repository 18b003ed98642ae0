"""How the works on show hang: measured on the scene, whatever was wished."""

import math
from itertools import pairwise
from statistics import median_low

from scene.records import Wall
from scene.scene import Scene

_LEAST_M = 0.02


def gap_between_works_m(scene: Scene) -> float | None:
    """The middle gap between neighbours on the walls; None where no two works are neighbours."""
    hung: dict[str, list[tuple[float, float]]] = {}
    walls = {wall.id: wall for wall in scene.all(Wall)}
    for work in scene.placements:
        if (wall := walls.get(work.wall_id or "")) is not None:
            along_m = _along(wall, work.position_m[0], work.position_m[2])
            hung.setdefault(wall.id, []).append((along_m, work.size_m[0]))
    gaps = [b[0] - a[0] - (a[1] + b[1]) / 2 for row in hung.values() for a, b in pairwise(sorted(row))]
    found = [gap for gap in gaps if gap > _LEAST_M]
    return median_low(found) if found else None


def _along(wall: Wall, x: float, z: float) -> float:
    (ax, az), (bx, bz) = wall.start_m, wall.end_m
    length_m = max(math.hypot(bx - ax, bz - az), 1e-9)
    return ((x - ax) * (bx - ax) + (z - az) * (bz - az)) / length_m

"""The scene from straight above: rooms, walls, doors and works as lines on a plan, and where a point of it is drawn."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scene.barriers import barriers_of
from scene.cards import Floats
from scene.records import Opening, PlanPoint, Room, Wall
from scene.scene import Scene

LEAST_SPAN_M = 4.0
_BODY_M = (1.0, 1.4)
"""The heights at which walls are cut for the plan."""
_COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True)
class PlanRoom:
    """A room on the plan."""

    id: str
    name: str
    low_m: PlanPoint
    high_m: PlanPoint

    @property
    def middle_m(self) -> PlanPoint:
        """Where its name stands."""
        return (self.low_m[0] + self.high_m[0]) / 2, (self.low_m[1] + self.high_m[1]) / 2

    def holds(self, x_m: float, z_m: float) -> bool:
        """Whether a point is in it."""
        return self.low_m[0] <= x_m <= self.high_m[0] and self.low_m[1] <= z_m <= self.high_m[1]


@dataclass(frozen=True, eq=False)
class FloorPlan:
    """Lines as rows (x0, z0, x1, z1) in metres; row i of `works` belongs to `work_ids[i]`."""

    rooms: tuple[PlanRoom, ...]
    walls: Floats
    doors: Floats
    works: Floats
    fronts: Floats
    """Unit vectors on the plan, where the front of each work looks; zero for one that lies flat."""
    work_ids: tuple[str, ...]
    titles: tuple[str, ...]
    low_m: PlanPoint
    high_m: PlanPoint

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.rooms or self.work_ids or len(self.walls))

    def room_at(self, x_m: float, z_m: float) -> PlanRoom | None:
        """The room that a point is in."""
        return next((room for room in self.rooms if room.holds(x_m, z_m)), None)

    def work_near(self, x_m: float, z_m: float, within_m: float) -> int | None:
        """The row of the work nearest to a point; None when none is so near."""
        if not len(self.works):
            return None
        start, along = self.works[:, :2], self.works[:, 2:] - self.works[:, :2]
        length2 = np.maximum((along * along).sum(axis=1), 1e-12)
        share = np.clip(((np.array([x_m, z_m]) - start) * along).sum(axis=1) / length2, 0.0, 1.0)
        nearest = start + along * share[:, None]
        distance = np.hypot(nearest[:, 0] - x_m, nearest[:, 1] - z_m)
        row = int(distance.argmin())
        return row if distance[row] <= within_m else None


@dataclass(frozen=True)
class PlanProjection:
    """From metres to pixels and back; north, which is -z, is up."""

    scale_px_m: float
    x_px: float
    """Where x = 0 is drawn."""
    z_px: float

    def to_px(self, points_m: Floats) -> Floats:
        """Pixels of points, shape (..., 2)."""
        drawn: Floats = points_m * self.scale_px_m + np.array([self.x_px, self.z_px])
        return drawn

    def point_px(self, x_m: float, z_m: float) -> tuple[float, float]:
        """Pixels of one point."""
        return x_m * self.scale_px_m + self.x_px, z_m * self.scale_px_m + self.z_px

    def to_m(self, x_px: float, y_px: float) -> PlanPoint:
        """The point of the floor that is drawn at a pixel."""
        return (x_px - self.x_px) / self.scale_px_m, (y_px - self.z_px) / self.scale_px_m


def plan_of(scene: Scene) -> FloorPlan:
    """The plan of a scene; numbers that are none are left out."""
    rooms = tuple(_room(room) for room in scene.rooms)
    solid = barriers_of(scene, cards=False).between(*_BODY_M)
    walls = np.concatenate([solid.start_m, solid.end_m], axis=1)
    works = scene.placements
    lines, fronts = _lines(scene)
    points = [walls.reshape(-1, 2), lines.reshape(-1, 2), *(np.array([r.low_m, r.high_m]) for r in rooms)]
    low, high = _bounds(np.concatenate(points))
    return FloorPlan(
        rooms,
        walls,
        _doors(scene.walls, scene.openings),
        lines,
        fronts,
        tuple(work.id for work in works),
        tuple(work.title for work in works),
        low,
        high,
    )


def fitted(plan: FloorPlan, width_px: float, height_px: float, margin_px: float) -> PlanProjection:
    """The projection that shows all of a plan in the middle of a rectangle."""
    (x0, z0), (x1, z1) = plan.low_m, plan.high_m
    wide, deep = max(x1 - x0, 1e-6), max(z1 - z0, 1e-6)
    free_x, free_y = max(width_px - 2 * margin_px, 1.0), max(height_px - 2 * margin_px, 1.0)
    scale = min(free_x / wide, free_y / deep)
    return PlanProjection(scale, width_px / 2 - (x0 + x1) / 2 * scale, height_px / 2 - (z0 + z1) / 2 * scale)


def heading_deg(ahead_m: Sequence[float]) -> float:
    """The compass heading of a direction (x, y, z): 0 is north (-z), 90 is east (+x)."""
    return math.degrees(math.atan2(ahead_m[0], -ahead_m[2])) % 360.0


def compass(heading: float) -> str:
    """A heading in words."""
    return _COMPASS[round(heading / 45.0) % 8]


def _room(room: Room) -> PlanRoom:
    (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
    name = room.name or room.id.replace("-", " ").capitalize()
    return PlanRoom(room.id, name, (min(x0, x1), min(z0, z1)), (max(x0, x1), max(z0, z1)))


def _doors(walls: Sequence[Wall], openings: Sequence[Opening]) -> Floats:
    by_id = {wall.id: wall for wall in walls}
    found = []
    for opening in openings:
        wall = by_id.get(opening.wall_id)
        if wall is None or opening.use == "window":
            continue
        start, end = np.array(wall.start_m), np.array(wall.end_m)
        length = float(np.linalg.norm(end - start))
        if length > 1e-6:
            along = (end - start) / length
            ends = np.clip([opening.offset_m, opening.offset_m + opening.width_m], 0.0, length)
            found.append([*(start + along * ends[0]), *(start + along * ends[1])])
    return np.array(found, np.float64).reshape(-1, 4)


def _lines(scene: Scene) -> tuple[Floats, Floats]:
    """Each work as the line that it is from above, and where its front looks."""
    works = scene.placements
    count = len(works)
    centre = np.array([work.position_m for work in works], np.float64).reshape(count, 3)[:, [0, 2]]
    width = np.array([work.size_m[0] for work in works], np.float64)
    turn = np.array([work.rotation for work in works], np.float64).reshape(count, 4)
    length = np.linalg.norm(turn, axis=1, keepdims=True)
    x, y, z, w = np.where(length > 1e-9, turn / np.maximum(length, 1e-9), (0.0, 0.0, 0.0, 1.0)).T
    half = np.stack([1 - 2 * (y * y + z * z), 2 * (x * z - y * w)], axis=1) * width[:, None] / 2
    front = np.stack([2 * (x * z + y * w), 1 - 2 * (x * x + y * y)], axis=1)
    reach = np.linalg.norm(front, axis=1, keepdims=True)
    return np.concatenate([centre - half, centre + half], axis=1), np.where(
        reach > 0.2, front / np.maximum(reach, 1e-9), 0.0
    )


def _bounds(points: Floats) -> tuple[PlanPoint, PlanPoint]:
    """The rectangle around the points, at least some metres wide and deep."""
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return (-LEAST_SPAN_M, -LEAST_SPAN_M), (LEAST_SPAN_M, LEAST_SPAN_M)
    low, high = points.min(axis=0), points.max(axis=0)
    spare = np.maximum(LEAST_SPAN_M - (high - low), 0.0) / 2
    low, high = low - spare, high + spare
    return (float(low[0]), float(low[1])), (float(high[0]), float(high[1]))

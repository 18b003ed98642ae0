"""Works that slide along walls: where a work sits on its wall, and the way round the corner onto the next one."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from scene.edits import edited
from scene.records import Placement, PlanPoint, Vector3, Wall
from scene.scene import Scene
from scene.turning import dot, inverse, right_of, then, up_of
from scene.walls import facing

OFF_WALL_M = 0.04
"""How far before its wall a work hangs that comes from nowhere."""
_FARTHEST_OFF_M = 0.3
_JOINED_M = 0.01


@dataclass(frozen=True)
class Seat:
    """Where a work's centre is on a wall: metres along it from its start, and above the floor."""

    wall_id: str
    along_m: float
    height_m: float


@dataclass(frozen=True)
class WallLoop:
    """Walls of one room that follow each other end to start; closed when the last one leads back to the first."""

    walls: tuple[Wall, ...]
    closed: bool

    @cached_property
    def starts_m(self) -> tuple[float, ...]:
        """How far along the loop each wall starts; one more at the end for the loop's own length."""
        starts = [0.0]
        for wall in self.walls:
            starts.append(starts[-1] + length_of(wall))
        return tuple(starts)

    @property
    def length_m(self) -> float:
        """All walls one after the other."""
        return self.starts_m[-1]

    def index(self, wall_id: str) -> int | None:
        """Which of the walls that is; None when it is another one."""
        return next((n for n, wall in enumerate(self.walls) if wall.id == wall_id), None)

    def distance_m(self, seat: Seat) -> float:
        """How far along the loop a seat on one of its walls is."""
        number = self.index(seat.wall_id)
        if number is None:
            raise ValueError(f"{seat.wall_id} is no wall of this loop")
        return self.starts_m[number] + seat.along_m

    def wall_at(self, distance_m: float) -> tuple[Wall, float]:
        """The wall at a distance along the loop, and how far along that wall; past an open end the last one."""
        if self.closed and self.length_m > 0.0:
            distance_m %= self.length_m
        number = min(max(bisect_right(self.starts_m, distance_m) - 1, 0), len(self.walls) - 1)
        return self.walls[number], distance_m - self.starts_m[number]


def length_of(wall: Wall) -> float:
    """How long a wall is."""
    return math.hypot(wall.end_m[0] - wall.start_m[0], wall.end_m[1] - wall.start_m[1])


def direction_of(wall: Wall) -> Vector3:
    """Unit vector from a wall's start to its end: to the right of whoever looks at it."""
    length_m = max(length_of(wall), 1e-9)
    return ((wall.end_m[0] - wall.start_m[0]) / length_m, 0.0, (wall.end_m[1] - wall.start_m[1]) / length_m)


def front_of(wall: Wall) -> Vector3:
    """Unit vector from a wall into its room."""
    x, _, z = direction_of(wall)
    return (-z, 0.0, x)


def loop_of(scene: Scene, wall: Wall) -> WallLoop:
    """The walls of the same room that can be reached round corners, in order from left to right."""
    others = [other for other in scene.walls if other.room_id == wall.room_id and other.id != wall.id]
    chain = [wall]
    while (following := _joined(others, chain[-1].end_m, at_start=True)) is not None:
        others.remove(following)
        chain.append(following)
    closed = len(chain) > 1 and _meet(chain[-1].end_m, wall.start_m)
    while not closed and (before := _joined(others, chain[0].start_m, at_start=False)) is not None:
        others.remove(before)
        chain.insert(0, before)
    return WallLoop(tuple(chain), closed)


def seat_of(work: Placement, wall: Wall) -> Seat:
    """Where a work sits on its wall."""
    offset = _from_start(work, wall)
    return Seat(wall.id, dot(offset, direction_of(wall)), work.position_m[1])


def half_extents(work: Placement, wall: Wall) -> tuple[float, float]:
    """Half of a hung work's width along the wall and of its height, turned works with all their corners."""
    right, up, along = right_of(work.rotation), up_of(work.rotation), direction_of(wall)
    half_width_m, half_height_m = work.size_m[0] / 2.0, work.size_m[1] / 2.0
    across_m = half_width_m * abs(dot(right, along)) + half_height_m * abs(dot(up, along))
    return across_m, half_width_m * abs(right[1]) + half_height_m * abs(up[1])


def seated(work: Placement, seat: Seat, scene: Scene) -> Placement:
    """The work on the wall of a seat, kept within that wall, with its tilt and its distance from the wall."""
    wall = _wall(scene, seat.wall_id)
    before = scene.get(work.wall_id or "")
    rotation, off_m = facing(wall), OFF_WALL_M
    if isinstance(before, Wall):
        tilt = then(work.rotation, inverse(facing(before)))
        rotation = work.rotation if before.id == wall.id else then(tilt, rotation)
        off_m = min(max(dot(_from_start(work, before), front_of(before)), 0.0), _FARTHEST_OFF_M)
    turned = edited(work, rotation=rotation, wall_id=wall.id, room_id=wall.room_id)
    half_across_m, half_height_m = half_extents(turned, wall)
    along_m = _within(seat.along_m, half_across_m, length_of(wall))
    height_m = _within(seat.height_m, half_height_m, wall.height_m)
    return edited(turned, position_m=point_on(wall, along_m, height_m, off_m))


def point_on(wall: Wall, along_m: float, height_m: float, off_m: float = OFF_WALL_M) -> Vector3:
    """The point so far along a wall, above the floor and in front of the wall."""
    (x, z), (dx, _, dz), (fx, _, fz) = wall.start_m, direction_of(wall), front_of(wall)
    return (x + dx * along_m + fx * off_m, height_m, z + dz * along_m + fz * off_m)


def round_corners(scene: Scene, seat: Seat) -> Seat:
    """A seat past the end of its wall, as a seat on the wall that follows there; the distance along both is kept."""
    loop = loop_of(scene, _wall(scene, seat.wall_id))
    wall, along_m = loop.wall_at(loop.distance_m(seat))
    return Seat(wall.id, along_m, seat.height_m)


def carried(scene: Scene, works: Sequence[Placement], lead_id: str, goal: Seat) -> list[Placement]:
    """Hung works moved together: the lead to its goal, the others of its walls by the same way along them.

    Works on walls that can't be reached round corners go as far along their own wall, when the lead stays on its own.
    """
    lead = next(work for work in works if work.id == lead_id)
    source, target = loop_of(scene, _wall(scene, lead.wall_id or "")), loop_of(scene, _wall(scene, goal.wall_id))
    start_m = source.distance_m(seat_of(lead, _wall(scene, lead.wall_id or "")))
    rise_m = _common_rise(scene, works, goal.height_m - lead.position_m[1])
    goal_m = target.distance_m(goal)
    stays = source.index(goal.wall_id) is not None
    ways = [
        (work, *_way(scene, work, source, target, goal_m - start_m if stays else None, (start_m, goal_m)))
        for work in works
    ]
    shift_m = 0.0 if target.closed else _shift_into(ways, scene)
    return [_put(scene, work, loop, at_m + shift_m, rise_m) for work, loop, at_m in ways]


def _way(
    scene: Scene,
    work: Placement,
    source: WallLoop,
    target: WallLoop,
    moved_m: float | None,
    lead_m: tuple[float, float],
) -> tuple[WallLoop, float]:
    """The loop that a work ends up on, and how far along it, before it is kept within its wall."""
    wall = _wall(scene, work.wall_id or "")
    if source.index(wall.id) is not None:
        return target, lead_m[1] + source.distance_m(seat_of(work, wall)) - lead_m[0]
    own = loop_of(scene, wall)
    return own, own.distance_m(seat_of(work, wall)) + (moved_m or 0.0)


def _put(scene: Scene, work: Placement, loop: WallLoop, distance_m: float, rise_m: float) -> Placement:
    wall, along_m = loop.wall_at(distance_m)
    return seated(work, Seat(wall.id, along_m, work.position_m[1] + rise_m), scene)


def _shift_into(ways: Sequence[tuple[Placement, WallLoop, float]], scene: Scene) -> float:
    """How far all must shift so that the outermost still hang between the ends of an open run of walls."""
    loop = ways[0][1]
    mine = [(work, at_m) for work, of, at_m in ways if of == loop]
    over_m = []
    for work, at_m in mine:
        half_m = half_extents(work, _wall(scene, work.wall_id or ""))[0]
        over_m.append((half_m - at_m, at_m + half_m - loop.length_m))
    left_m, right_m = max(left for left, _ in over_m), max(right for _, right in over_m)
    return left_m if left_m > 0.0 else -right_m if right_m > 0.0 else 0.0


def _common_rise(scene: Scene, works: Sequence[Placement], rise_m: float) -> float:
    """The rise that all of the works can go along with."""
    lowest_m, highest_m = -math.inf, math.inf
    for work in works:
        wall = _wall(scene, work.wall_id or "")
        half_m = half_extents(work, wall)[1]
        lowest_m = max(lowest_m, min(half_m - work.position_m[1], 0.0))
        highest_m = min(highest_m, max(wall.height_m - half_m - work.position_m[1], 0.0))
    return min(max(rise_m, lowest_m), highest_m) if len(works) > 1 else rise_m


def _wall(scene: Scene, wall_id: str) -> Wall:
    wall = scene.get(wall_id)
    if not isinstance(wall, Wall):
        raise KeyError(wall_id)
    return wall


def _within(at_m: float, half_m: float, length_m: float) -> float:
    return length_m / 2.0 if 2.0 * half_m >= length_m else min(max(at_m, half_m), length_m - half_m)


def _from_start(work: Placement, wall: Wall) -> Vector3:
    x, y, z = work.position_m
    return (x - wall.start_m[0], y, z - wall.start_m[1])


def _joined(walls: Sequence[Wall], point: PlanPoint, *, at_start: bool) -> Wall | None:
    return next((wall for wall in walls if _meet(wall.start_m if at_start else wall.end_m, point)), None)


def _meet(one: PlanPoint, other: PlanPoint) -> bool:
    return math.hypot(one[0] - other[0], one[1] - other[1]) <= _JOINED_M

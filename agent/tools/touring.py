"""Tours that are planned for certain works: a stop before each, in hanging order, as viewpoints on the path."""

import math
from collections.abc import Sequence

from agent.events import Camera
from scene.layouts.framing import SCREEN, outline, view_of
from scene.records import AnyRecord, Placement, Quaternion, Room, Vector3, Viewpoint
from scene.scene import Scene

DEFAULT_STOPS = 8
EYES_M = 1.6
SIDE_BY_SIDE = 0.95
"""Works whose fronts differ less than that, as a cosine, are looked at together."""
WALL_M = 0.4
"""A visitor keeps so far from the walls."""
_STOP = "tour-stop-"


def tour_past(works: Sequence[Placement], scene: Scene, most: int) -> list[Viewpoint]:
    """Stops before the best of these works, in hanging order; a work that stands close to another shares its stop."""
    best = sorted(works, key=lambda work: (-(work.provenance.score or 0.0), work.order, work.id))[:most]
    first = max((v.order for v in scene.viewpoints if not v.id.startswith(_STOP)), default=0) + 1
    stops: list[Viewpoint] = []
    for number, work in enumerate(sorted(best, key=lambda work: (work.order, work.id))):
        camera = before_work(work, scene)
        stops.append(
            Viewpoint(
                id=f"{_STOP}{number + 1}",
                name=work.title or f"Stop {number + 1}",
                position_m=camera.position_m,
                target_m=camera.target_m,
                order=first + number,
                on_path=True,
            )
        )
    return stops


def with_tour(scene: Scene, stops: Sequence[Viewpoint]) -> Scene:
    """The scene with this tour as its path; other places stay as places to go to."""
    kept: dict[str, AnyRecord] = {i: r for i, r in scene.records.items() if not i.startswith(_STOP)}
    off = {v.id: v.but(on_path=False) for v in scene.viewpoints if v.on_path and v.id in kept}
    return Scene({**kept, **off, **{stop.id: stop for stop in stops}})


def front_of(rotation: Quaternion) -> Vector3:
    """Where a card's front looks: local +z turned by the rotation."""
    x, y, z, w = rotation
    return (2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y))


def before_work(work: Placement, scene: Scene) -> Camera:
    """In front of a work, far enough to see all of it, and inside its room."""
    normal = front_of(work.rotation)
    distance_m = max(1.6, 1.3 * max(work.size_m))
    room = scene.get(work.room_id or "")
    x, z = (work.position_m[0] + normal[0] * distance_m, work.position_m[2] + normal[2] * distance_m)
    if isinstance(room, Room):
        (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
        x, z = min(max(x, x0 + WALL_M), x1 - WALL_M), min(max(z, z0 + WALL_M), z1 - WALL_M)
    return Camera((x, EYES_M, z), work.position_m)


def before_all(works: Sequence[Placement], scene: Scene) -> Camera | None:
    """Where all of these works are seen at once, in a picture of any shape; None when that is nowhere in their room."""
    x, _, z = front_of(works[0].rotation)
    fronts = [front_of(work.rotation) for work in works]
    room = scene.get(works[0].room_id or "")
    if not isinstance(room, Room) or any(work.room_id != room.id for work in works):
        return None
    if any(x * nx + z * nz < SIDE_BY_SIDE for nx, _, nz in fronts):
        return None
    turn, points = math.atan2(-x, z), outline(works)
    views = [view_of(points, EYES_M, aspect, turn) for aspect in (SCREEN, 1.0)]
    view = max(views, key=lambda view: view.position_m[0] * x + view.position_m[2] * z)
    (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
    at_x, _, at_z = view.position_m
    inside = x0 + WALL_M <= at_x <= x1 - WALL_M and z0 + WALL_M <= at_z <= z1 - WALL_M
    return Camera(view.position_m, view.target_m) if inside else None

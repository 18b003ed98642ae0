"""Where a visitor stands: the entrance view and the stops of the path through the rooms."""

from collections.abc import Sequence
from itertools import pairwise

from pydantic import TypeAdapter

from scene.layouts.building import BuiltRoom, clockwise
from scene.layouts.framing import SCREEN, half_fields
from scene.layouts.geometry import WALL_NAMES, WallLine
from scene.layouts.refill import is_entry
from scene.records import Opening, Placement, Vector3, Viewpoint

STANDING_EYE_M = 1.6
WORKS_PER_STOP = 3
PARTED_M = 2.2
FAR_WALL_SHARE = 0.75
"""How much of a screen's width the wall opposite the entrance fills."""
NEAREST_M = 5.2
"""The hero is not seen from nearer than that on coming in, if the room is deep enough."""
_VIEWPOINTS = TypeAdapter(list[Viewpoint])
Stop = tuple[str, Vector3, Vector3]
"""Name, place to stand and point to look at."""


def entrance_of(room: BuiltRoom) -> Viewpoint:
    """Just inside the entrance, looking along the room to the wall opposite."""
    door = next((o for o in room.openings if o.use == "entrance"), None)
    wall = room.walls.get("front") or next(iter(room.walls.values()))
    if door is not None:
        wall = next(w for w in room.walls.values() if w.id == door.wall_id)
    middle = door.offset_m + door.width_m / 2 if door else wall.length_m / 2
    depth = _depth(room, wall)
    across = max(NEAREST_M, wall.length_m / (2 * half_fields(SCREEN)[0] * FAR_WALL_SHARE))
    return Viewpoint(
        id="entrance",
        name="Entrance",
        position_m=wall.point(middle, STANDING_EYE_M, min(max(depth * 0.1, depth - across), depth * 0.5)),
        target_m=wall.point(middle, STANDING_EYE_M, depth),
        order=0,
        on_path=True,
    )


def _depth(room: BuiltRoom, wall: WallLine) -> float:
    (x0, z0), (x1, z1) = room.room.min_corner_m, room.room.max_corner_m
    nx, nz = wall.normal
    return abs(nx) * (x1 - x0) + abs(nz) * (z1 - z0)


def stops(rooms: Sequence[BuiltRoom], hung: Sequence[Placement]) -> list[Viewpoint]:
    """Viewpoints in visiting order: up to three neighbouring works each, and both sides of every door on the way."""
    on_wall: dict[str | None, list[Placement]] = {}
    for placement in hung:
        on_wall.setdefault(placement.wall_id, []).append(placement)
    by_id = {room.room.id: room for room in rooms}
    found: list[Stop] = []
    for i, room in enumerate(rooms):
        way = _way(by_id, rooms[i - 1], room) if i else []
        for here, there in pairwise(way):
            found += [_through(here, there, leaving=True), _through(there, here, leaving=False)]
        if i == 0 or way:
            for wall in _in_passing(room):
                found += _along(wall, _depth(room, wall), on_wall.get(wall.id, []))
    return _VIEWPOINTS.validate_python(
        {"id": f"stop-{k}", "name": name, "position_m": position, "target_m": target, "order": k, "on_path": True}
        for k, (name, position, target) in enumerate(found, 1)
    )


def _in_passing(room: BuiltRoom) -> list[WallLine]:
    """The room's walls as one passes them, clockwise from where one came in."""
    entry = next((name for name, wall in room.walls.items() if is_entry(room, wall)), "front")
    names = clockwise(entry if entry in WALL_NAMES else "front")
    usual = [room.walls[name] for name in names if name in room.walls]
    return usual + [wall for name, wall in room.walls.items() if name not in WALL_NAMES]


def _way(by_id: dict[str, BuiltRoom], start: BuiltRoom, goal: BuiltRoom) -> list[BuiltRoom]:
    """The rooms on the shortest way through doors, both ends included; empty when there is none."""
    ways = [[start]]
    seen = {start.room.id}
    for way in ways:
        if way[-1] is goal:
            return way
        for opening in way[-1].openings:
            there = by_id.get(opening.to_room_id or "")
            back = there is not None and any(o.to_room_id == way[-1].room.id for o in there.openings)
            if there is not None and back and there.room.id not in seen:
                seen.add(there.room.id)
                ways.append([*way, there])
    return []


def _along(wall: WallLine, depth_m: float, hung: Sequence[Placement]) -> list[Stop]:
    """Stops before one wall: for neighbours in threes; a wide gap, as at a door, parts them."""
    found: list[Stop] = []
    group: list[Placement] = []
    left = right = 0.0
    for at, placement in sorted(((wall.offset_of(p.position_m[0], p.position_m[2]), p) for p in hung), key=_first):
        half = placement.size_m[0] / 2
        if group and (len(group) == WORKS_PER_STOP or at - half - right > PARTED_M):
            found.append(_before(wall, depth_m, group, left, right))
            group = []
        left = left if group else at - half
        right = at + half
        group.append(placement)
    return [*found, _before(wall, depth_m, group, left, right)] if group else found


def _first(pair: tuple[float, Placement]) -> float:
    return pair[0]


def _before(wall: WallLine, depth_m: float, group: Sequence[Placement], left_m: float, right_m: float) -> Stop:
    """Far enough from the wall to see the whole group, but inside the room."""
    tall = max([placement.size_m[1] for placement in group])
    away = min(max(1.6, (right_m - left_m) * 0.75 + 0.4, tall * 1.3 + 0.4), depth_m - 0.8)
    middle = min(max((left_m + right_m) / 2, 0.5), wall.length_m - 0.5)
    title = group[0].title[:120]
    name = title or "Work" if len(group) == 1 else f"{title or 'Works'} and {len(group) - 1} more"
    return name, wall.point(middle, STANDING_EYE_M, away), wall.point(middle, group[0].position_m[1])


def _through(room: BuiltRoom, other: BuiltRoom, *, leaving: bool) -> Stop:
    """A point just inside the room at its door to the other room, looking where the visitor goes."""
    door: Opening = next(o for o in room.openings if o.to_room_id == other.room.id)
    wall = next(w for w in room.walls.values() if w.id == door.wall_id)
    middle = door.offset_m + door.width_m / 2
    ahead = -3.0 if leaving else min(4.0, _depth(room, wall))
    name = f"To {other.room.name or 'the next room'}" if leaving else room.room.name or "Next room"
    return name[:400], wall.point(middle, STANDING_EYE_M, 0.9), wall.point(middle, STANDING_EYE_M, ahead)

"""Where a visitor stands: the entrance view and the stops of the path through the rooms."""

import math
from collections.abc import Sequence
from itertools import pairwise

from pydantic import TypeAdapter

from scene.layouts.building import BuiltRoom, clockwise
from scene.layouts.geometry import WALL_NAMES, WallLine, tidy
from scene.layouts.refill import is_entry
from scene.records import Opening, Placement, Viewpoint

STANDING_EYE_M = 1.6
WORKS_PER_STOP = 3
_VIEWPOINTS = TypeAdapter(list[Viewpoint])


def entrance_of(room: BuiltRoom) -> Viewpoint:
    """Just inside the entrance, looking along the room to the wall opposite."""
    door = next((o for o in room.openings if o.use == "entrance"), None)
    wall = room.walls.get("front") or next(iter(room.walls.values()))
    if door is not None:
        wall = next(w for w in room.walls.values() if w.id == door.wall_id)
    middle = door.offset_m + door.width_m / 2 if door else wall.length_m / 2
    depth = _depth(room, wall)
    return Viewpoint(
        id="entrance",
        name="Entrance",
        position_m=wall.point(middle, STANDING_EYE_M, min(2.2, depth * 0.14)),
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
    by_room: dict[str, list[Placement]] = {}
    for placement in hung:
        by_room.setdefault(placement.room_id or "", []).append(placement)
    found: list[tuple[str, tuple[float, float, float], tuple[float, float, float]]] = []
    for i, room in enumerate(rooms):
        way = _way(rooms, rooms[i - 1], room) if i else []
        for here, there in pairwise(way):
            found += [_through(here, there, leaving=True), _through(there, here, leaving=False)]
        if i == 0 or way:
            passed = _in_passing(room, by_room.get(room.room.id, []))
            found += [_before(room, group) for group in _groups(passed)]
    return _VIEWPOINTS.validate_python(
        {"id": f"stop-{k}", "name": name, "position_m": position, "target_m": target, "order": k, "on_path": True}
        for k, (name, position, target) in enumerate(found, 1)
    )


def _in_passing(room: BuiltRoom, hung: Sequence[Placement]) -> list[Placement]:
    """The room's works as one passes them, clockwise from where one came in."""
    entry = next((name for name, wall in room.walls.items() if is_entry(room, wall)), "front")
    names = clockwise(entry if entry in WALL_NAMES else "front")
    rank = {wall.id: names.index(name) if name in names else 9 for name, wall in room.walls.items()}
    lines = {wall.id: wall for wall in room.walls.values()}
    known = [p for p in hung if p.wall_id in lines]
    return sorted(
        known,
        key=lambda p: (rank[p.wall_id or ""], lines[p.wall_id or ""].offset_of(p.position_m[0], p.position_m[2])),
    )


def _way(rooms: Sequence[BuiltRoom], start: BuiltRoom, goal: BuiltRoom) -> list[BuiltRoom]:
    """The rooms on the shortest way through doors, both ends included; empty when there is none."""
    by_id = {room.room.id: room for room in rooms}
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


def _groups(hung: Sequence[Placement]) -> list[list[Placement]]:
    """Neighbours on one run of wall, in threes; a door between them parts them."""
    groups: list[list[Placement]] = []
    for placement in hung:
        last = groups[-1] if groups else []
        if last and len(last) < WORKS_PER_STOP and last[-1].wall_id == placement.wall_id and _near(last[-1], placement):
            last.append(placement)
        else:
            groups.append([placement])
    return groups


def _near(one: Placement, other: Placement) -> bool:
    apart = math.hypot(one.position_m[0] - other.position_m[0], one.position_m[2] - other.position_m[2])
    return apart - (one.size_m[0] + other.size_m[0]) / 2 < 2.2


def _before(
    room: BuiltRoom, group: Sequence[Placement]
) -> tuple[str, tuple[float, float, float], tuple[float, float, float]]:
    """Far enough from the wall to see the whole group, but inside the room."""
    wall = next(w for w in room.walls.values() if w.id == group[0].wall_id)
    offsets = [wall.offset_of(p.position_m[0], p.position_m[2]) for p in group]
    left = min(o - p.size_m[0] / 2 for o, p in zip(offsets, group, strict=True))
    right = max(o + p.size_m[0] / 2 for o, p in zip(offsets, group, strict=True))
    tall = max(p.size_m[1] for p in group)
    away = max(1.6, (right - left) * 0.75 + 0.4, tall * 1.3 + 0.4)
    away = min(away, _depth(room, wall) - 0.8)
    middle = min(max((left + right) / 2, 0.5), wall.length_m - 0.5)
    y = sum(p.position_m[1] for p in group) / len(group)
    title = group[0].title[:120]
    name = title or "Work" if len(group) == 1 else f"{title or 'Works'} and {len(group) - 1} more"
    return name, wall.point(middle, STANDING_EYE_M, away), wall.point(middle, y, 0.0)


def _through(
    room: BuiltRoom, other: BuiltRoom, *, leaving: bool
) -> tuple[str, tuple[float, float, float], tuple[float, float, float]]:
    """A point just inside the room at its door to the other room, looking where the visitor goes."""
    door: Opening = next(o for o in room.openings if o.to_room_id == other.room.id)
    wall = next(w for w in room.walls.values() if w.id == door.wall_id)
    middle = door.offset_m + door.width_m / 2
    ahead = -3.0 if leaving else min(4.0, _depth(room, wall))
    name = f"To {other.room.name or 'the next room'}" if leaving else room.room.name or "Next room"
    x, y, z = wall.point(middle, STANDING_EYE_M, 0.9)
    return name[:400], (tidy(x), y, tidy(z)), wall.point(middle, STANDING_EYE_M, ahead)

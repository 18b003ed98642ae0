"""Judges an arrangement from its records' geometry alone: overlaps, wall violations, what hides what, dangling names.

It shares no code with the solvers, so that a mistake of theirs is not repeated here.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scene.records import AnyRecord, Light, Opening, Placement, Room, Sign, Viewpoint, Wall

Floats = NDArray[np.float64]
TOLERANCE_M = 2e-3


def broken(records: Sequence[AnyRecord]) -> list[str]:
    """Every rule that the records break, in words."""
    placements = [r for r in records if isinstance(r, Placement)]
    walls = {r.id: r for r in records if isinstance(r, Wall)}
    rooms = {r.id: r for r in records if isinstance(r, Room)}
    openings = [r for r in records if isinstance(r, Opening)]
    found = _names(records, walls, rooms)
    found += _overlaps(placements)
    found += _on_walls(placements, walls, rooms)
    found += _openings_covered(placements, walls, openings)
    found += _rooms_apart(list(rooms.values()))
    found += _doors_meet(walls, openings)
    found += _facing(records, walls)
    return found + [f"{p.id} reaches below the floor" for p in placements if p.position_m[1] - p.size_m[1] / 2 < 0]


def _names(records: Sequence[AnyRecord], walls: dict[str, Wall], rooms: dict[str, Room]) -> list[str]:
    ids = [record.id for record in records]
    every = set(ids)
    found = [f"{len(ids) - len(every)} ids stand twice"] if len(every) < len(ids) else []
    for record in records:
        if isinstance(record, Placement):
            refers: list[str | None] = [record.wall_id, record.room_id]
        elif isinstance(record, Wall):
            refers = [record.room_id]
        elif isinstance(record, Opening):
            refers = [record.wall_id, record.to_room_id]
        elif isinstance(record, Light):
            refers = [record.for_id]
        else:
            refers = []
        found += [f"{record.id} names {name}, which is not there" for name in refers if name and name not in every]
    return found


def axes(placements: Sequence[Placement]) -> tuple[Floats, Floats, Floats]:
    """Centres, half vectors to the right edge and half vectors to the top edge; shape (works, 3) each."""
    centre = np.array([p.position_m for p in placements], dtype=float).reshape(-1, 3)
    quaternion = np.array([p.rotation for p in placements], dtype=float).reshape(-1, 4)
    size = np.array([p.size_m for p in placements], dtype=float).reshape(-1, 2)
    x, y, z, w = quaternion.T
    right = np.stack([1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)], axis=1)
    up = np.stack([2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)], axis=1)
    return centre, right * size[:, :1] / 2, up * size[:, 1:] / 2


def _overlaps(placements: Sequence[Placement]) -> list[str]:
    """Pairs of cards, each 5 mm thick, that meet; separating axes over pairs whose spheres meet."""
    if len(placements) < 2:
        return []
    centre, right, up = axes(placements)
    reach = np.linalg.norm(right, axis=1) + np.linalg.norm(up, axis=1)
    cell = max(0.5, float(np.quantile(reach, 0.9)) * 2)
    buckets: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    lows = np.floor((centre - reach[:, None]) / cell).astype(int)
    highs = np.floor((centre + reach[:, None]) / cell).astype(int)
    for i, (low, high) in enumerate(zip(lows, highs, strict=True)):
        for a in range(low[0], high[0] + 1):
            for b in range(low[1], high[1] + 1):
                for c in range(low[2], high[2] + 1):
                    buckets[a, b, c].append(i)
    pairs = {(i, j) for members in buckets.values() for k, i in enumerate(members) for j in members[k + 1 :]}
    if not pairs:
        return []
    one, two = np.array(sorted(pairs)).T
    between = centre[two] - centre[one]
    near = np.linalg.norm(between, axis=1) < reach[one] + reach[two]
    one, two, between = one[near], two[near], between[near]
    apart = np.zeros(len(one), dtype=bool)
    normal = np.cross(right, up)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    candidates = [right[one], up[one], normal[one], right[two], up[two], normal[two]]
    candidates += [np.cross(a, b) for a in candidates[:3] for b in candidates[3:6]]
    for axis in candidates:
        length = np.linalg.norm(axis, axis=1)
        unit = axis / np.maximum(length, 1e-12)[:, None]
        extent = sum(
            np.abs((half[which] * unit).sum(axis=1)) for which in (one, two) for half in (right, up, normal * 0.0025)
        )
        apart |= (length > 1e-9) & (np.abs((between * unit).sum(axis=1)) >= extent - 1e-9)
    return [f"{placements[i].id} and {placements[j].id} overlap" for i, j in zip(one[~apart], two[~apart], strict=True)]


def _line(wall: Wall) -> tuple[Floats, Floats, Floats, float]:
    start, end = np.array(wall.start_m), np.array(wall.end_m)
    length = float(np.linalg.norm(end - start))
    along = (end - start) / length
    return start, along, np.array([-along[1], along[0]]), length


def _on_walls(placements: Sequence[Placement], walls: dict[str, Wall], rooms: dict[str, Room]) -> list[str]:
    """A hung work lies flat before its wall, between its corners, below its top; no work crosses any wall."""
    found: list[str] = []
    centre, right, up = axes(placements)
    for i, placement in enumerate(placements):
        if placement.wall_id is None or placement.wall_id not in walls:
            continue
        wall = walls[placement.wall_id]
        start, along, normal, length = _line(wall)
        ends = np.array([(centre[i] + s * right[i])[[0, 2]] - start for s in (-1, 1)])
        at, off = ends @ along, ends @ normal
        if at.min() < 0.05 or at.max() > length - 0.05:
            found.append(f"{placement.id} goes through a corner of {wall.id}")
        if off.min() < 0.005 or off.max() > 0.15:
            found.append(f"{placement.id} does not hang flat on {wall.id}")
        if centre[i][1] + abs(up[i][1]) > wall.height_m - 0.05:
            found.append(f"{placement.id} goes through the ceiling at {wall.id}")
        if placement.room_id != wall.room_id:
            found.append(f"{placement.id} is said to be in a room that its wall is not of")
        front = np.cross(right[i], up[i])[[0, 2]]
        if front @ normal <= 0:
            found.append(f"{placement.id} shows its back")
    for wall in walls.values():
        start, along, normal, length = _line(wall)
        points = np.stack([centre - right, centre + right], axis=1)[:, :, [0, 2]] - start
        at, off = points @ along, points @ normal
        crossing = (off.min(axis=1) < -1e-6) & (off.max(axis=1) > 1e-6)
        crossing &= (at.max(axis=1) > 0) & (at.min(axis=1) < length)
        crossing &= centre[:, 1] - np.abs(up[:, 1]) < wall.height_m
        found += [f"{placements[int(i)].id} crosses {wall.id}" for i in np.flatnonzero(crossing)]
    return found


def _openings_covered(
    placements: Sequence[Placement], walls: dict[str, Wall], openings: Sequence[Opening]
) -> list[str]:
    """No opening leaves its wall, meets another one, or has a work over it (with 5 cm to spare)."""
    found: list[str] = []
    hung: dict[str, list[Placement]] = defaultdict(list)
    for placement in placements:
        hung[placement.wall_id or ""].append(placement)
    by_wall: dict[str, list[Opening]] = defaultdict(list)
    for opening in openings:
        by_wall[opening.wall_id].append(opening)
    for wall_id, here in by_wall.items():
        start, along, _, length = _line(walls[wall_id])
        spans = sorted((o.offset_m, o.offset_m + o.width_m, o.id) for o in here)
        found += [f"{a[2]} and {b[2]} meet" for a, b in pairwise(spans) if b[0] < a[1]]
        for opening in here:
            inside = opening.offset_m >= 0 and opening.offset_m + opening.width_m <= length
            if not inside or opening.sill_m + opening.height_m > walls[wall_id].height_m:
                found.append(f"{opening.id} leaves its wall")
            for placement in hung[wall_id]:
                x, y, z = placement.position_m
                at = float((np.array([x, z]) - start) @ along)
                w, h = placement.size_m
                beside = abs(at - opening.offset_m - opening.width_m / 2) >= (w + opening.width_m) / 2 + 0.05
                over = y - h / 2 >= opening.sill_m + opening.height_m + 0.05 or y + h / 2 <= opening.sill_m - 0.05
                if not beside and not over:
                    found.append(f"{placement.id} hangs over {opening.id}")
    return found


def _rooms_apart(rooms: Sequence[Room]) -> list[str]:
    found = []
    low = np.array([r.min_corner_m for r in rooms], dtype=float).reshape(-1, 2)
    high = np.array([r.max_corner_m for r in rooms], dtype=float).reshape(-1, 2)
    for i, room in enumerate(rooms):
        meet = (low[i] < high[i + 1 :] - TOLERANCE_M).all(axis=1) & (low[i + 1 :] + TOLERANCE_M < high[i]).all(axis=1)
        found += [f"{room.id} and {rooms[i + 1 + int(k)].id} overlap" for k in np.flatnonzero(meet)]
        if not (high[i] > low[i]).all():
            found.append(f"{room.id} has no floor")
    return found


def _doors_meet(walls: dict[str, Wall], openings: Sequence[Opening]) -> list[str]:
    """Each door has a twin of the same width straight across the wall."""
    found = []
    doors = [o for o in openings if o.use == "door"]
    middles = {}
    for door in doors:
        start, along, _, _ = _line(walls[door.wall_id])
        middles[door.id] = start + along * (door.offset_m + door.width_m / 2)
    for door in doors:
        room = walls[door.wall_id].room_id
        along = _line(walls[door.wall_id])[1]
        twins = [d for d in doors if d.to_room_id == room and walls[d.wall_id].room_id == door.to_room_id]
        shifts = [(d, middles[d.id] - middles[door.id]) for d in twins]
        lined = [d for d, shift in shifts if np.linalg.norm(shift) < 0.5 and abs(shift @ along) < TOLERANCE_M]
        if not any(abs(d.width_m - door.width_m) < TOLERANCE_M for d in lined):
            found.append(f"{door.id} has no twin on the other side")
    return found


def _facing(records: Sequence[AnyRecord], walls: dict[str, Wall]) -> list[str]:
    """In the open, cards and signs show their fronts to someone at the entrance viewpoint."""
    view = next((r for r in records if isinstance(r, Viewpoint) and r.id == "entrance"), None)
    if view is None:
        return ["there is no entrance viewpoint"]
    found = []
    for record in records:
        if isinstance(record, Placement) and (record.wall_id is not None or record.pinned):
            continue
        if isinstance(record, Placement) or (isinstance(record, Sign) and not walls):
            x, y, z, w = record.rotation
            front = np.array([2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)])
            if front @ (np.array(view.position_m) - np.array(record.position_m)) <= 0:
                found.append(f"{record.id} turns its back on the entrance")
    return found


def path_breaks(records: Sequence[AnyRecord]) -> list[str]:
    """Legs of the visitor path that leave the rooms other than through a doorway, and stops outside any room."""
    stops = sorted((r for r in records if isinstance(r, Viewpoint) and r.on_path), key=lambda r: r.order)
    rooms = [r for r in records if isinstance(r, Room)]
    walls = {r.id: r for r in records if isinstance(r, Wall)}
    openings = [r for r in records if isinstance(r, Opening) and r.use != "window"]
    found = []
    for stop in stops:
        x, _, z = stop.position_m
        for room in rooms:
            (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
            inside = min(x - x0, x1 - x, z - z0, z1 - z)
            if -0.15 < inside < 0.15:
                found.append(f"{stop.id} stands in a wall of {room.id}")
    for one, two in pairwise(stops):
        a, b = np.array(one.position_m)[[0, 2]], np.array(two.position_m)[[0, 2]]
        for wall in walls.values():
            start, along, normal, length = _line(wall)
            da, db = (a - start) @ normal, (b - start) @ normal
            if da * db >= 0:
                continue
            at = float((a + (b - a) * da / (da - db) - start) @ along)
            if not 0 <= at <= length:
                continue
            here = [o for o in openings if o.wall_id == wall.id]
            if not any(o.offset_m < at < o.offset_m + o.width_m for o in here):
                found.append(f"the way from {one.id} to {two.id} goes through {wall.id}")
    return found

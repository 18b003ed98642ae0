"""Rows whose works were made smaller after they had been hung: moved together again, so that the wished gap holds."""

from itertools import pairwise
from math import hypot

from scene.records import AnyRecord, Light, Opening, Placement, Vector3, Wall
from scene.rules import broken_rules
from scene.scene import Scene

_VISIBLE_M = 0.02


def closed_up(scene: Scene, gap_m: float) -> Scene:
    """The scene with the rows of every wall at that gap; a wall where that would break a rule stays as it is."""
    moved: dict[str, AnyRecord] = {}
    for wall in scene.all(Wall):
        for row in _rows(scene, wall):
            moved |= _together(row, wall, gap_m)
    if not moved:
        return scene
    shifts = {i: _shift(scene.records[i], work) for i, work in moved.items() if isinstance(work, Placement)}
    lights = {
        light.id: light.but(position_m=_by(light.position_m, shift), target_m=_by(light.target_m, shift))
        for light in scene.all(Light)
        if (shift := shifts.get(light.for_id or "")) is not None
    }
    after = Scene({**scene.records, **moved, **lights})
    return after if len(broken_rules(after)) <= len(broken_rules(scene)) else scene


def _rows(scene: Scene, wall: Wall) -> list[list[Placement]]:
    """Neighbours that hang at one height with no door or window between them, where nothing is pinned."""
    works = sorted((w for w in scene.placements if w.wall_id == wall.id), key=lambda w: _along(wall, w.position_m))
    if len(works) < 2 or any(work.pinned for work in works):
        return []
    heights = [work.position_m[1] for work in works]
    if max(heights) - min(heights) > min(work.size_m[1] for work in works) / 2:
        return []
    middles = [o.offset_m + o.width_m / 2 for o in scene.all(Opening) if o.wall_id == wall.id]
    rows = [[works[0]]]
    for one, two in pairwise(works):
        span = (_along(wall, one.position_m), _along(wall, two.position_m))
        if any(span[0] < middle < span[1] for middle in middles):
            rows.append([])
        rows[-1].append(two)
    return [row for row in rows if len(row) > 1]


def _together(row: list[Placement], wall: Wall, gap_m: float) -> dict[str, AnyRecord]:
    """The works of a row that hang too far apart, at the gap and about the same middle."""
    places = [_along(wall, work.position_m) for work in row]
    widths = [work.size_m[0] for work in row]
    gaps = [places[i + 1] - places[i] - (widths[i] + widths[i + 1]) / 2 for i in range(len(row) - 1)]
    if min(gaps) < gap_m - _VISIBLE_M or max(gaps) <= gap_m + _VISIBLE_M:
        return {}
    left, right = places[0] - widths[0] / 2, places[-1] + widths[-1] / 2
    at = (left + right) / 2 - (sum(widths) + gap_m * (len(row) - 1)) / 2
    length_m = max(hypot(wall.end_m[0] - wall.start_m[0], wall.end_m[1] - wall.start_m[1]), 1e-9)
    along = ((wall.end_m[0] - wall.start_m[0]) / length_m, (wall.end_m[1] - wall.start_m[1]) / length_m)
    moved: dict[str, AnyRecord] = {}
    for work, place, width_m in zip(row, places, widths, strict=True):
        by_m = at + width_m / 2 - place
        moved[work.id] = work.but(position_m=_by(work.position_m, (along[0] * by_m, 0.0, along[1] * by_m)))
        at += width_m + gap_m
    return moved


def _along(wall: Wall, position_m: Vector3) -> float:
    (ax, az), (bx, bz) = wall.start_m, wall.end_m
    length_m = max(hypot(bx - ax, bz - az), 1e-9)
    return ((position_m[0] - ax) * (bx - ax) + (position_m[2] - az) * (bz - az)) / length_m


def _shift(before: AnyRecord, after: Placement) -> Vector3:
    assert isinstance(before, Placement)
    a, b = before.position_m, after.position_m
    return (b[0] - a[0], b[1] - a[1], b[2] - a[2])


def _by(position_m: Vector3, shift: Vector3) -> Vector3:
    x, y, z = (round(p + s, 4) for p, s in zip(position_m, shift, strict=True))
    return (x, y, z)

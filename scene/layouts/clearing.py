"""Moving a whole layout aside so that it stays clear of works and rooms that must stay where they are."""

from collections.abc import Sequence

from scene.layouts.furnish import ceiling_light
from scene.layouts.geometry import tidy
from scene.layouts.hanging import spots_on
from scene.layouts.kept import Kept
from scene.records import AnyRecord, Light, Placement, Room, Sign, Vector3, Viewpoint, Wall

CLEAR_M = 2.0
Box = tuple[float, float, float, float]


def beside(records: Sequence[AnyRecord], kept: Kept) -> list[AnyRecord]:
    """The records, moved to the right of what is kept if they would meet it, with the kept ones in front."""
    old: list[AnyRecord] = []
    walls = {wall.id: wall for room in kept.rooms for wall in room.walls.values()}
    for room in kept.rooms:
        old += [room.room, *(wall.record for wall in room.walls.values()), *room.openings, ceiling_light(room)]
    old += [*kept.placements, *spots_on(kept.placements, walls)]
    if not old:
        return list(records)
    taken, new = _extent(old), _extent(records)
    dx = taken[2] + CLEAR_M - new[0] if _meet(taken, new) else 0.0
    ids = {record.id for record in old}
    return [*old, *(_moved(record, tidy(dx)) for record in records if record.id not in ids)]


def _extent(records: Sequence[AnyRecord]) -> Box:
    xs: list[float] = []
    zs: list[float] = []
    for record in records:
        if isinstance(record, Room):
            xs += [record.min_corner_m[0], record.max_corner_m[0]]
            zs += [record.min_corner_m[1], record.max_corner_m[1]]
        elif isinstance(record, Placement):
            reach = record.size_m[0] / 2
            xs += [record.position_m[0] - reach, record.position_m[0] + reach]
            zs += [record.position_m[2] - reach, record.position_m[2] + reach]
        elif isinstance(record, (Sign, Viewpoint)):
            xs.append(record.position_m[0])
            zs.append(record.position_m[2])
    return (min(xs), min(zs), max(xs), max(zs)) if xs else (0.0, 0.0, 0.0, 0.0)


def _meet(one: Box, other: Box) -> bool:
    apart = one[2] + CLEAR_M <= other[0] or other[2] + CLEAR_M <= one[0]
    return not (apart or one[3] + CLEAR_M <= other[1] or other[3] + CLEAR_M <= one[1])


def _moved(record: AnyRecord, dx: float) -> AnyRecord:
    def point(at: Vector3) -> Vector3:
        return tidy(at[0] + dx), at[1], at[2]

    def plan(at: tuple[float, float]) -> tuple[float, float]:
        return tidy(at[0] + dx), at[1]

    if dx == 0.0:
        return record
    if isinstance(record, Room):
        corners = {"min_corner_m": plan(record.min_corner_m), "max_corner_m": plan(record.max_corner_m)}
        return record.model_copy(update=corners)
    if isinstance(record, Wall):
        return record.model_copy(update={"start_m": plan(record.start_m), "end_m": plan(record.end_m)})
    if isinstance(record, (Viewpoint, Light)):
        ends = {"position_m": point(record.position_m), "target_m": point(record.target_m)}
        return record.model_copy(update=ends)
    if isinstance(record, Sign):
        line = point(record.line_to_m) if record.line_to_m is not None else None
        return record.model_copy(update={"position_m": point(record.position_m), "line_to_m": line})
    if isinstance(record, Placement):
        return record.model_copy(update={"position_m": point(record.position_m)})
    return record

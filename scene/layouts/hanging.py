"""From solved positions to validated records: placements, and a spot for each, made in bulk."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from scene.layouts.contract import Work
from scene.layouts.geometry import WallLine
from scene.records import Light, Placement, Provenance, Quaternion, Vector3

OFF_WALL_M = 0.04
SPOT_SLOPE = math.tan(math.radians(30))
# Rows are handed over one by one: ten thousand dicts alive at once would cost more in garbage collection than in work.
_PLACEMENTS = TypeAdapter(list[Placement])
_LIGHTS = TypeAdapter(list[Light])


@dataclass(slots=True)
class Spot:
    """Where one work goes: the index of the work, its centre, size and the wall it hangs on, if any."""

    work: int
    position: Vector3
    rotation: Quaternion
    size: tuple[float, float]
    wall: WallLine | None = None
    group: str = ""


def on_wall(work: int, wall: WallLine, offset_m: float, y_m: float, size: tuple[float, float], group: str = "") -> Spot:
    """The spot of a work whose centre hangs `offset_m` along a wall."""
    return Spot(work, wall.point(offset_m, y_m, OFF_WALL_M), wall.rotation, size, wall, group)


def placements(
    works: Sequence[Work], spots: Sequence[Spot], taken_ids: Iterable[str] = (), start: int = 0
) -> list[Placement]:
    """Placement records in hanging order, with ids made unique."""
    used = set(taken_ids)
    known: dict[tuple[float | None, str], Provenance] = {}
    """Works with the same score and reason share one record of it: a third of what a large hang would take."""

    def provenance(work: Work) -> Provenance:
        key = work.score, work.reason
        if key not in known:
            known[key] = Provenance(score=work.score, reason=work.reason)
        return known[key]

    def rows() -> Iterator[dict[str, object]]:
        for order, spot in enumerate(spots, start):
            work = works[spot.work]
            yield {
                "id": _own_id(work.asset_id, used),
                "asset_id": work.asset_id,
                "title": work.title,
                "position_m": spot.position,
                "rotation": spot.rotation,
                "size_m": (round(spot.size[0], 4), round(spot.size[1], 4)),
                "wall_id": spot.wall.id if spot.wall else None,
                "room_id": spot.wall.room_id if spot.wall else None,
                "order": order,
                "group": spot.group,
                "provenance": provenance(work),
            }

    return _PLACEMENTS.validate_python(rows())


def _own_id(asset_id: str, used: set[str]) -> str:
    base = name = f"work-{asset_id[:16]}"
    suffix = 2
    while name in used:
        name = f"{base}-{suffix}"
        suffix += 1
    used.add(name)
    return name


def spots_on(placed: Sequence[Placement], walls: dict[str, WallLine]) -> list[Light]:
    """One lamp under the ceiling for each work on a wall, its beam 30 degrees from the vertical."""

    def rows() -> Iterator[dict[str, object]]:
        for placement in placed:
            wall = walls.get(placement.wall_id or "")
            if wall is None:
                continue
            x, y, z = placement.position_m
            lamp_y = wall.height_m - 0.1
            out = min(2.5, max(0.4, (lamp_y - y) * SPOT_SLOPE))
            nx, nz = wall.normal
            yield {
                "id": f"spot-{placement.id}",
                "position_m": (round(x + nx * out, 4), round(lamp_y, 4), round(z + nz * out, 4)),
                "target_m": placement.position_m,
                "for_id": placement.id,
            }

    return _LIGHTS.validate_python(rows())

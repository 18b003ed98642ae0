"""The hung timeline: one long wall of a hall, time running from left to right, works stacked where they are dense."""

import math
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from scene.layouts.band import GAP_SHARE, Band, best_band, cell_for
from scene.layouts.building import DOOR_HEIGHT_M, DOOR_WIDTH_M
from scene.layouts.contract import Wishes, Work
from scene.layouts.framing import SCREEN, WIDE, filled_width_m, half_fields, view_of
from scene.layouts.geometry import WallLine, tidy, walls_of
from scene.layouts.hanging import on_wall, placements, spots_on
from scene.layouts.sizes import fitted
from scene.layouts.ticks import Section
from scene.records import AnyRecord, Light, Opening, Room, Sign, Viewpoint

SHALLOWEST_M, DEEPEST_M = 5.5, 14.0
END_M = 1.2
LOWEST_M = 0.6
HIGHEST_M = 6.0
LAMP_EVERY_M = 12.0
OBLIQUE = math.radians(32)
"""How far the look turns along a wall that is too long to be seen whole."""


def along_wall(
    works: Sequence[Work],
    order: Sequence[int],
    ordinals: NDArray[np.int64],
    parts: list[Section],
    newest_first: bool,
    wishes: Wishes,
    taken_ids: Collection[str],
    start: int,
    hall_name: str = "Timeline",
) -> list[AnyRecord]:
    """The hall with its works, ticks on the wall, lamps and viewpoints."""
    cell = cell_for(len(order)) * (wishes.scale or 1.0)
    tall = cell + min(wishes.gap_m or GAP_SHARE * cell, 0.3 * cell)
    band = best_band(ordinals, parts, newest_first, cell, wishes.gap_m, max(1, int((HIGHEST_M - LOWEST_M) / tall)))
    placed = band.placed
    length = max(6.0, band.length_m + 2 * END_M)
    stacks = np.bincount(placed.slot, minlength=int(placed.first_slot[-1]))
    reach = int(stacks.max()) * band.row_pitch_m / 2
    centre = max(wishes.eye_height_m or 1.5, LOWEST_M + 2 * band.cap_m + reach)
    height = round(max(3.6, centre + reach + 0.7), 1)
    away = band.filled_m / (2 * half_fields(SCREEN)[0] * WIDE) + 1.2
    depth = tidy(min(DEEPEST_M, max(SHALLOWEST_M, away)))
    wall, hall = _hall(length, depth, height, "hall" if "room-1" in taken_ids else "room-1", hall_name)
    sizes = fitted([works[i] for i in order], 1.25 * cell, cell)
    first = (length - band.length_m) / 2
    y = centre + ((stacks[placed.slot] - 1) / 2 - placed.lane) * band.row_pitch_m
    labels = [part.label for part in (parts[::-1] if newest_first else parts)]
    spots = [
        on_wall(work, wall, at, py, (w, h), labels[k])
        for work, at, py, (w, h), k in zip(
            order, (first + band.along_m).tolist(), y.tolist(), sizes.tolist(), placed.section.tolist(), strict=True
        )
    ]
    hung = placements(works, spots, taken_ids, start)
    return [
        *hall,
        *hung,
        *spots_on(hung, {wall.id: wall}),
        *_ticks(labels, first, band, wall, centre + reach),
        _entrance(wall, depth, first, band, centre + reach, away <= DEEPEST_M),
        *_stops(labels, (first + band.edges).tolist(), wall, depth, centre, reach),
    ]


def _hall(length: float, depth: float, height: float, room_id: str, name: str) -> tuple[WallLine, list[AnyRecord]]:
    corner = tidy(length)
    room = Room(id=room_id, name=name, min_corner_m=(0.0, -depth), max_corner_m=(corner, 0.0), height_m=height)
    walls = walls_of(room)
    entrance = Opening(
        id=f"door-entrance-{room_id}",
        wall_id=walls["left"].id,
        use="entrance",
        offset_m=tidy((depth - DOOR_WIDTH_M) / 2),
        width_m=DOOR_WIDTH_M,
        height_m=DOOR_HEIGHT_M,
    )
    lamps = max(1, min(60, round(length / LAMP_EVERY_M)))
    lights = [
        Light(
            id=f"light-{room_id}-{k + 1}",
            use="room",
            position_m=(tidy(x), tidy(height - 0.1), -depth / 2),
            target_m=(tidy(x), 0.0, -depth / 2),
            for_id=room_id,
        )
        for k, x in enumerate(np.linspace(0, length, 2 * lamps + 1)[1::2].tolist())
    ]
    return walls["back"], [room, *(wall.record for wall in walls.values()), entrance, *lights]


def _ticks(labels: Sequence[str], first_m: float, band: Band, wall: WallLine, top_m: float) -> list[Sign]:
    """Each section's label low on the wall with a hairline up beside its first works."""
    return [
        Sign(
            id=f"tick-{k}",
            text=label,
            position_m=wall.point(first_m + rule, LOWEST_M - 0.25 + 0.8 * band.cap_m, 0.03),
            rotation=wall.rotation,
            height_m=tidy(max(0.01, band.cap_m)),
            use="tick",
            line_to_m=wall.point(first_m + rule, top_m, 0.03),
        )
        for k, (label, rule) in enumerate(zip(labels, band.rules_m.tolist(), strict=True), 1)
    ]


def _entrance(wall: WallLine, depth: float, first_m: float, band: Band, top: float, whole: bool) -> Viewpoint:
    """Before the middle of the wall when all of it can be seen from there, else at its beginning, looking along it."""
    if whole:
        ends = [(at, y) for at in (first_m, first_m + band.length_m) for y in (LOWEST_M - 0.25, top)]
        view = view_of(np.array([wall.point(at, y) for at, y in ends]), 1.65)
        x, y, z = view.position_m
        position, target = (x, y, min(z, -0.6)), view.target_m
    else:
        away = depth * 0.72
        position, target = wall.point(1.2, 1.65, away), wall.point(1.2 + away * math.tan(OBLIQUE), max(1.65, top / 2))
    return Viewpoint(id="entrance", name="Entrance", position_m=position, target_m=target, on_path=True)


def _stops(
    labels: Sequence[str], edges: Sequence[float], wall: WallLine, depth: float, centre: float, reach: float
) -> list[Viewpoint]:
    views = []
    for k, label in enumerate(labels, 1):
        middle = (edges[k - 1] + edges[k]) / 2
        wide = filled_width_m(edges[k] - edges[k - 1], 2 * reach + 0.5)
        away = min(depth - 0.8, max(1.6, wide / (2 * half_fields(SCREEN)[0] * WIDE)))
        views.append(
            Viewpoint(
                id=f"stop-{k}",
                name=label,
                position_m=wall.point(middle, 1.65, away),
                target_m=wall.point(middle, centre, 0.0),
                order=k,
                on_path=True,
            )
        )
    return views

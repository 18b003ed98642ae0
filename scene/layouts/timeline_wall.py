"""The hung timeline: one long wall of a hall, time running from left to right, works stacked where they are dense."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from scene.layouts.building import DOOR_HEIGHT_M, DOOR_WIDTH_M
from scene.layouts.contract import Wishes, Work
from scene.layouts.geometry import WallLine, tidy, walls_of
from scene.layouts.hanging import on_wall, placements, spots_on
from scene.layouts.sizes import fitted
from scene.layouts.ticks import Section, slots
from scene.records import AnyRecord, Light, Opening, Room, Sign, Viewpoint

HALL_DEPTH_M = 6.5
END_M = 1.5
LOWEST_M = 0.75
LAMP_EVERY_M = 12.0


def rows_and_cell(count: int) -> tuple[int, float]:
    """How many works may hang above each other, and how high each may be."""
    for most, rows, cell_m in ((16, 1, 1.2), (60, 2, 1.0), (300, 3, 0.85), (3_000, 5, 0.6)):
        if count <= most:
            return rows, cell_m
    return 7, 0.45


def along_wall(
    works: Sequence[Work],
    order: Sequence[int],
    ordinals: NDArray[np.int64],
    parts: list[Section],
    newest_first: bool,
    wishes: Wishes,
    taken_ids: Collection[str],
    start: int,
) -> list[AnyRecord]:
    """The hall with its works, ticks on the wall, lamps and viewpoints."""
    rows, cell = rows_and_cell(len(order))
    cell *= wishes.scale or 1.0
    least = min(4, max(1, -(-len(order) // (2 * len(parts)))))
    placed = slots(ordinals, parts, rows, newest_first, least)
    gap = wishes.gap_m or 0.15 + 0.3 * cell
    pitch = 1.3 * cell + gap
    row_pitch = cell + min(gap, 0.25)
    centre = max(wishes.eye_height_m or 1.5, LOWEST_M + rows * row_pitch / 2)
    length = max(6.0, float(placed.first_slot[-1]) * pitch + 2 * END_M)
    height = round(max(3.6, centre + rows * row_pitch / 2 + 0.7), 1)
    wall, hall = _hall(length, height, "hall" if "room-1" in taken_ids else "room-1")
    sizes = fitted([works[i] for i in order], 1.3 * cell, cell)
    first = (length - float(placed.first_slot[-1]) * pitch) / 2
    stack = np.bincount(placed.slot, minlength=int(placed.first_slot[-1]))[placed.slot]
    along = first + (placed.slot + 0.5) * pitch
    y = centre + ((stack - 1) / 2 - placed.lane) * row_pitch
    labels = [part.label for part in (parts[::-1] if newest_first else parts)]
    spots = [
        on_wall(work, wall, at, py, (w, h), labels[k])
        for work, at, py, (w, h), k in zip(
            order, along.tolist(), y.tolist(), sizes.tolist(), placed.section.tolist(), strict=True
        )
    ]
    edges = (first + placed.first_slot * pitch).tolist()
    hung = placements(works, spots, taken_ids, start)
    top = centre + rows * row_pitch / 2 + 0.1
    return [
        *hall,
        *hung,
        *spots_on(hung, {wall.id: wall}),
        *_ticks(labels, edges, wall, top),
        *_views(labels, edges, wall),
    ]


def _hall(length: float, height: float, room_id: str) -> tuple[WallLine, list[AnyRecord]]:
    corner = tidy(length)
    room = Room(
        id=room_id, name="Timeline", min_corner_m=(0.0, -HALL_DEPTH_M), max_corner_m=(corner, 0.0), height_m=height
    )
    walls = walls_of(room)
    entrance = Opening(
        id=f"door-entrance-{room_id}",
        wall_id=walls["left"].id,
        use="entrance",
        offset_m=tidy((HALL_DEPTH_M - DOOR_WIDTH_M) / 2),
        width_m=DOOR_WIDTH_M,
        height_m=DOOR_HEIGHT_M,
    )
    lamps = max(1, min(60, round(length / LAMP_EVERY_M)))
    lights = [
        Light(
            id=f"light-{room_id}-{k + 1}",
            use="room",
            position_m=(tidy(x), tidy(height - 0.1), -HALL_DEPTH_M / 2),
            target_m=(tidy(x), 0.0, -HALL_DEPTH_M / 2),
            for_id=room_id,
        )
        for k, x in enumerate(np.linspace(0, length, 2 * lamps + 1)[1::2].tolist())
    ]
    return walls["back"], [room, *(wall.record for wall in walls.values()), entrance, *lights]


def _ticks(labels: Sequence[str], edges: Sequence[float], wall: WallLine, top_m: float) -> list[Sign]:
    """Each section's label low on the wall with a hairline up beside its first works."""
    return [
        Sign(
            id=f"tick-{k + 1}",
            text=label,
            position_m=wall.point(edges[k], 0.45, 0.03),
            rotation=wall.rotation,
            height_m=0.14,
            use="tick",
            line_to_m=wall.point(edges[k], top_m, 0.03),
        )
        for k, label in enumerate(labels)
    ]


def _views(labels: Sequence[str], edges: Sequence[float], wall: WallLine) -> list[Viewpoint]:
    length = wall.length_m
    short = length <= 9.0
    ahead = length / 2 if short else min(length, 9.0)
    views = [
        Viewpoint(
            id="entrance",
            name="Entrance",
            position_m=wall.point(length / 2 if short else 0.9, 1.65, HALL_DEPTH_M * (0.85 if short else 0.55)),
            target_m=wall.point(ahead, 1.5, 0.0 if short else HALL_DEPTH_M * 0.18),
            on_path=True,
        )
    ]
    for k, label in enumerate(labels, 1):
        middle = (edges[k - 1] + edges[k]) / 2
        views.append(
            Viewpoint(
                id=f"stop-{k}",
                name=label,
                position_m=wall.point(middle, 1.65, min(HALL_DEPTH_M - 0.8, max(2.6, (edges[k] - edges[k - 1]) * 0.7))),
                target_m=wall.point(middle, 1.5, 0.0),
                order=k,
                on_path=True,
            )
        )
    return views

"""The walked timeline: columns of cards along a gentle arc that faces the visitor, time running from left to right."""

import math
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from scene.layouts.band import Band, best_band, cell_for
from scene.layouts.contract import Wishes, Work
from scene.layouts.framing import SCREEN, WIDE, Points, eye_for, filled_width_m, half_fields, view_of
from scene.layouts.geometry import tidy, turned
from scene.layouts.hanging import Spot, placements
from scene.layouts.sizes import fitted
from scene.layouts.ticks import Section
from scene.records import AnyRecord, Sign, Viewpoint

ARC = math.radians(75)
LEAST_RADIUS_M = 4.0


def along_path(
    works: Sequence[Work],
    order: Sequence[int],
    ordinals: NDArray[np.int64],
    parts: list[Section],
    newest_first: bool,
    wishes: Wishes,
    taken_ids: Collection[str],
    start: int,
) -> list[AnyRecord]:
    """Placements, a tick for each section and viewpoints to see all of it and each part."""
    cell = cell_for(len(order)) * (wishes.scale or 1.0)
    band = best_band(ordinals, parts, newest_first, cell, wishes.gap_m)
    placed, length = band.placed, band.length_m
    radius = max(LEAST_RADIUS_M, length / ARC)
    sizes = fitted([works[i] for i in order], cell * 1.25, cell)
    turn = (band.along_m - length / 2) / radius
    low = max(band.foot_m + cell / 2, wishes.eye_height_m or 0.0)
    y = (low + placed.lane * band.row_pitch_m).astype(np.float64)
    labels = [part.label for part in (parts[::-1] if newest_first else parts)]
    spots = [
        Spot(work, _on_arc(radius, angle, py), turned(-angle), (w, h), None, labels[k])
        for work, angle, py, (w, h), k in zip(
            order, turn.tolist(), y.tolist(), sizes.tolist(), placed.section.tolist(), strict=True
        )
    ]
    top = low + int(placed.lane.max()) * band.row_pitch_m + cell / 2
    turns = ((band.edges - length / 2) / radius).tolist()
    signs = _ticks(labels, radius, top, band)
    seen = _corners(turn, y, cell, radius, band)
    return [*placements(works, spots, taken_ids, start), *signs, *_views(labels, turns, radius, top, seen)]


def _on_arc(radius: float, turn: float, y: float) -> tuple[float, float, float]:
    """A point on the arc, whose middle lies straight ahead (towards -z) of a visitor at the origin."""
    return tidy(radius * math.sin(turn)), tidy(y), tidy(-radius * math.cos(turn))


def _corners(turn: NDArray[np.float64], y: NDArray[np.float64], cell: float, radius: float, band: Band) -> Points:
    """What must be seen from the entrance: the works, the first rule and the labels' foot."""
    half = cell * 0.625 / radius
    ends = (np.array([0.0, band.length_m]) - band.length_m / 2) / radius
    angles = np.concatenate([turn - half, turn + half, ends])
    heights = np.concatenate([y + cell / 2, y + cell / 2, np.full(2, 0.1)])
    return np.stack([radius * np.sin(angles), heights, -radius * np.cos(angles)], axis=1)


def _ticks(labels: Sequence[str], radius: float, top: float, band: Band) -> list[Sign]:
    """A label at the foot of each section's first column, and a rule from there to the top."""
    found = []
    for k, (label, rule) in enumerate(zip(labels, band.rules_m.tolist(), strict=True)):
        edge = (rule - band.length_m / 2) / radius
        found.append(
            Sign(
                id=f"tick-{k + 1}",
                text=label,
                position_m=_on_arc(radius, edge, 0.1 + 0.8 * band.cap_m),
                rotation=turned(-edge),
                height_m=tidy(max(0.01, band.cap_m)),
                use="tick",
                line_to_m=_on_arc(radius, edge, top + 0.1),
            )
        )
    return found


def _views(labels: Sequence[str], turns: Sequence[float], radius: float, top: float, seen: Points) -> list[Viewpoint]:
    view = view_of(seen, eye_for(top))
    entrance = Viewpoint(
        id="entrance", name="Entrance", position_m=view.position_m, target_m=view.target_m, on_path=True
    )
    return [entrance, *(_stop(k, label, turns, radius, top) for k, label in enumerate(labels, 1))]


def _stop(k: int, label: str, turns: Sequence[float], radius: float, top: float) -> Viewpoint:
    middle = (turns[k - 1] + turns[k]) / 2
    wide = filled_width_m((turns[k] - turns[k - 1]) * radius, top)
    away = max(1.6, wide / (2 * half_fields(SCREEN)[0] * WIDE))
    return Viewpoint(
        id=f"stop-{k}",
        name=label,
        position_m=_on_arc(radius - away, middle, 1.65),
        target_m=_on_arc(radius, middle, max(1.4, top * 0.5)),
        order=k,
        on_path=True,
    )

"""The walked timeline: columns of cards along a gentle arc that faces the visitor, time running from left to right."""

import math
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from scene.layouts.contract import Wishes, Work
from scene.layouts.geometry import tidy, turned
from scene.layouts.hanging import Spot, placements
from scene.layouts.sizes import fitted
from scene.layouts.ticks import Section, slots
from scene.records import AnyRecord, Sign, Viewpoint

DEFAULT_GAP_M = 0.28
SECTION_GAP_M = 0.45
"""Extra space where a new section begins; its rule runs there."""
LOWEST_M = 0.7
ARC = math.radians(90)
LEAST_RADIUS_M = 6.0
FURTHEST_VIEW_M = 24.0


def lanes_for(count: int) -> int:
    """How many works may stand above each other, so that the whole stays a band about four times as wide as high."""
    return int(min(10, max(1, round(math.sqrt(count / 2.6)))))


def cell_for(count: int) -> float:
    """Height of a card's cell; the more works, the smaller."""
    return 1.25 if count <= 30 else 1.0 if count <= 120 else 0.8


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
    width, gap = cell * 1.25, wishes.gap_m or DEFAULT_GAP_M
    placed = slots(ordinals, parts, lanes_for(len(order)), newest_first)
    pitch, row_pitch = width + gap, cell + min(gap, 0.3)
    edges = placed.first_slot * pitch + np.arange(len(parts) + 1) * SECTION_GAP_M
    length = float(edges[-1])
    radius = max(LEAST_RADIUS_M, length / ARC)
    sizes = fitted([works[i] for i in order], width, cell)
    along = (placed.slot + 0.5) * pitch + (placed.section + 1) * SECTION_GAP_M
    turn = (along - length / 2) / radius
    low = max(LOWEST_M + cell / 2, wishes.eye_height_m or 0.0)
    y = low + placed.lane * row_pitch
    labels = [part.label for part in (parts[::-1] if newest_first else parts)]
    spots = [
        Spot(work, _on_arc(radius, angle, py), turned(-angle), (w, h), None, labels[k])
        for work, angle, py, (w, h), k in zip(
            order, turn.tolist(), y.tolist(), sizes.tolist(), placed.section.tolist(), strict=True
        )
    ]
    top = low + int(placed.lane.max()) * row_pitch + cell / 2
    turns = ((edges - length / 2) / radius).tolist()
    signs = _ticks(labels, turns, radius, top)
    return [*placements(works, spots, taken_ids, start), *signs, *_views(labels, turns, radius, top)]


def _on_arc(radius: float, turn: float, y: float) -> tuple[float, float, float]:
    """A point on the arc, whose middle lies straight ahead (towards -z) of a visitor at the origin."""
    return tidy(radius * math.sin(turn)), tidy(y), tidy(-radius * math.cos(turn))


def _ticks(labels: Sequence[str], turns: Sequence[float], radius: float, top: float) -> list[Sign]:
    """A label at the foot of each section's first column, and a rule from there to the top."""
    cap = min(0.6, max(0.16, 0.013 * min(radius, FURTHEST_VIEW_M)))
    found = []
    for k, label in enumerate(labels):
        edge = turns[k] + SECTION_GAP_M / 2 / radius
        found.append(
            Sign(
                id=f"tick-{k + 1}",
                text=label,
                position_m=_on_arc(radius, edge, 0.3),
                rotation=turned(-edge),
                height_m=tidy(cap),
                use="tick",
                line_to_m=_on_arc(radius, edge, top + 0.1),
            )
        )
    return found


def _views(labels: Sequence[str], turns: Sequence[float], radius: float, top: float) -> list[Viewpoint]:
    far = radius * 1.27 <= FURTHEST_VIEW_M + 4.0
    middle = 0.0 if far else turns[0] + FURTHEST_VIEW_M * 0.55 / radius
    away = radius * 1.27 if far else FURTHEST_VIEW_M * 0.7
    x, _, z = _on_arc(radius - away, middle, 0.0)
    eye = min(max(1.65, top * 0.45), 4.0)
    entrance = Viewpoint(
        id="entrance",
        name="Entrance",
        position_m=(x, tidy(eye), z),
        target_m=_on_arc(radius, middle, max(1.4, top * 0.48)),
        on_path=True,
    )
    return [entrance, *(_stop(k, label, turns, radius, top) for k, label in enumerate(labels, 1))]


def _stop(k: int, label: str, turns: Sequence[float], radius: float, top: float) -> Viewpoint:
    middle = (turns[k - 1] + turns[k]) / 2
    away = min(radius - 1.0, max(2.6, top * 1.05, (turns[k] - turns[k - 1]) * radius * 0.65))
    return Viewpoint(
        id=f"stop-{k}",
        name=label,
        position_m=_on_arc(radius - away, middle, 1.65),
        target_m=_on_arc(radius, middle, max(1.4, top * 0.45)),
        order=k,
        on_path=True,
    )

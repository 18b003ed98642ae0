"""Panels of cards in open space, side by side on a line or on an arc around the visitor, each with its heading."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scene.layouts.contract import Work
from scene.layouts.geometry import tidy, turned
from scene.layouts.hanging import Spot, placements
from scene.layouts.sizes import fitted
from scene.records import AnyRecord, Sign, Vector3, Viewpoint

LOWEST_M = 0.6
BETWEEN_M = 1.1
LEAST_AWAY_M = 4.5
ARC = math.radians(90)
FIELD = math.radians(70)
"""The width of view that the entrance picture reckons with."""


@dataclass(frozen=True)
class Panel:
    """Works in cells: `cells` holds (column, row) for each work, row 0 on top; `row_labels` name rows."""

    name: str
    works: list[int]
    cells: list[tuple[int, int]]
    columns: int
    rows: int
    row_labels: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Cell:
    """Size of a card's cell and the gap between cells."""

    width_m: float
    height_m: float
    gap_m: float

    def span(self, columns: int) -> float:
        """Width of so many columns."""
        return columns * self.width_m + max(0, columns - 1) * self.gap_m

    def stack(self, rows: int) -> float:
        """Height of so many rows."""
        return rows * self.height_m + max(0, rows - 1) * self.gap_m


@dataclass(frozen=True)
class Stand:
    """Where a panel stands: its foot in the middle and the angle around the visitor at the origin."""

    x: float
    z: float
    turn: float

    def point(self, right_m: float, y_m: float, forward_m: float = 0.0) -> Vector3:
        """A point on the panel, `right_m` of its middle as the visitor sees it, `forward_m` towards the visitor."""
        cos, sin = math.cos(self.turn), math.sin(self.turn)
        return (
            tidy(self.x + cos * right_m - sin * forward_m),
            tidy(y_m),
            tidy(self.z + sin * right_m + cos * forward_m),
        )


def stand(panels: Sequence[Panel], cell: Cell, curved: bool) -> list[Stand]:
    """Places for the panels, in front of a visitor at the origin who looks towards -z."""
    widths = [cell.span(panel.columns) for panel in panels]
    total = sum(widths) + BETWEEN_M * (len(panels) - 1)
    tall = max((cell.stack(panel.rows) for panel in panels), default=0.0)
    if not curved:
        away = max(LEAST_AWAY_M, total / 2 / math.tan(FIELD / 2), tall * 1.15)
        at, found = -total / 2, []
        for width in widths:
            found.append(Stand(at + width / 2, -away, 0.0))
            at += width + BETWEEN_M
        return found
    radius = max(LEAST_AWAY_M, total / ARC, tall * 1.15)
    halves = [math.atan((width + BETWEEN_M) / 2 / radius) for width in widths]
    at, found = -sum(halves), []
    for half in halves:
        turn = at + half
        found.append(Stand(radius * math.sin(turn), -radius * math.cos(turn), turn))
        at += 2 * half
    return found


def panel_records(
    works: Sequence[Work],
    panels: Sequence[Panel],
    cell: Cell,
    *,
    curved: bool,
    centre_m: float,
    taken_ids: Collection[str],
    start: int,
) -> list[AnyRecord]:
    """Placements, headings and viewpoints of panels that stand in the open."""
    stands = stand(panels, cell, curved)
    tall = max((cell.stack(panel.rows) for panel in panels), default=0.0)
    foot = max(LOWEST_M, centre_m - tall / 2)
    spots: list[Spot] = []
    for panel, place in zip(panels, stands, strict=True):
        spots += _spots(works, panel, place, cell, foot + tall)
    away = math.hypot(stands[0].x, stands[0].z) if stands else LEAST_AWAY_M
    cap = min(2.0, max(0.2, 0.02 * away))
    signs = _headings(panels, stands, cell, foot, cap)
    return [*placements(works, spots, taken_ids, start), *signs, *_views(panels, stands, cell, foot, curved)]


def _spots(works: Sequence[Work], panel: Panel, place: Stand, cell: Cell, top: float) -> list[Spot]:
    sizes = fitted([works[i] for i in panel.works], cell.width_m, cell.height_m).tolist()
    left = -cell.span(panel.columns) / 2 + cell.width_m / 2
    rotation = turned(-place.turn)
    pitch_x, pitch_y = cell.width_m + cell.gap_m, cell.height_m + cell.gap_m
    high = top - cell.height_m / 2
    return [
        Spot(work, place.point(left + column * pitch_x, high - row * pitch_y), rotation, (w, h), None, panel.name)
        for work, (column, row), (w, h) in zip(panel.works, panel.cells, sizes, strict=True)
    ]


def _headings(panels: Sequence[Panel], stands: Sequence[Stand], cell: Cell, foot: float, cap: float) -> list[Sign]:
    signs = []
    top = foot + max((cell.stack(panel.rows) for panel in panels), default=0.0)
    for k, (panel, place) in enumerate(zip(panels, stands, strict=True), 1):
        rotation = turned(-place.turn)
        room_for = cell.span(panel.columns) + BETWEEN_M * 0.8
        if panel.name:
            fits = room_for / (0.75 * len(panel.name))
            at = place.point(0.0, top + 0.25 + cap / 2)
            height = tidy(max(0.1, min(cap, fits)))
            signs.append(Sign(id=f"sign-{k}", text=panel.name, position_m=at, rotation=rotation, height_m=height))
        left = -cell.span(panel.columns) / 2
        for row, text in panel.row_labels:
            height = min(cap, cell.height_m * 0.3)
            middle = top - cell.height_m / 2 - row * (cell.height_m + cell.gap_m)
            at = place.point(left - 0.35 - 0.375 * height * len(text), middle)
            signs.append(
                Sign(id=f"sign-{k}-row-{row + 1}", text=text, position_m=at, rotation=rotation, height_m=tidy(height))
            )
    return signs


def _views(panels: Sequence[Panel], stands: Sequence[Stand], cell: Cell, foot: float, curved: bool) -> list[Viewpoint]:
    tall = max((cell.stack(panel.rows) for panel in panels), default=0.0)
    eye = max(1.65, min(foot + tall * 0.4, 12.0))
    away = math.hypot(stands[0].x, stands[0].z) if stands else LEAST_AWAY_M
    back = 0.3 * away if curved and len(panels) > 2 else 0.06 * away
    views = [
        Viewpoint(
            id="entrance",
            name="Entrance",
            position_m=(0.0, tidy(eye), tidy(back)),
            target_m=(0.0, tidy(max(1.5, foot + tall / 2)), tidy(-away)),
            on_path=True,
        )
    ]
    for k, (panel, place) in enumerate(zip(panels, stands, strict=True), 1):
        high, wide = cell.stack(panel.rows), cell.span(panel.columns)
        near = min(max(2.4, high * 1.1, wide * 0.62), max(2.4, away - 0.5))
        views.append(
            Viewpoint(
                id=f"stop-{k}",
                name=panel.name or "Works",
                position_m=place.point(0.0, max(1.65, min(foot + tall - high * 0.55, 12.0)), near),
                target_m=place.point(0.0, foot + tall - high / 2),
                order=k,
                on_path=True,
            )
        )
    return views

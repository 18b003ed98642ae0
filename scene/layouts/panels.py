"""Panels of cards in open space, on shelves that stand straight or on an arc around the visitor, with captions."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from scene.layouts.captions import CAP_SHARE, height_m, in_lines, shortened, width_m
from scene.layouts.contract import Work
from scene.layouts.framing import BENT, SCREEN, WIDE, Points, eye_for, filled_width_m, half_fields, view_of
from scene.layouts.geometry import tidy, turned
from scene.layouts.hanging import Spot, placements
from scene.layouts.sizes import fitted
from scene.records import AnyRecord, Sign, Vector3, Viewpoint

LOWEST_M = 0.6
LEAST_AWAY_M = 3.0
BETWEEN_SHARE = 0.55
"""Free space beside a panel relative to the width of a cell."""
ARC = math.radians(75)
MARGIN_M = 0.3
"""Between a row and its label at the left."""


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
    """Where a panel stands: the foot of its middle, the angle around the visitor, its top edge, caption and width."""

    x: float
    z: float
    turn: float
    top: float
    caption: str
    slot_m: float

    def point(self, right_m: float, y_m: float, forward_m: float = 0.0) -> Vector3:
        """A point on the panel, `right_m` of its middle as the visitor sees it, `forward_m` towards the visitor."""
        cos, sin = math.cos(self.turn), math.sin(self.turn)
        return (
            tidy(self.x + cos * right_m - sin * forward_m),
            tidy(y_m),
            tidy(self.z + sin * right_m + cos * forward_m),
        )


class Shelving:
    """Panels on shelves, measured: the size of the letters follows from the whole, and the whole from the letters."""

    def __init__(self, shelves: Sequence[Sequence[Panel]], cell: Cell, curved: bool = False) -> None:
        self.shelves = [list(shelf) for shelf in shelves if shelf]
        self.cell, self.curved = cell, curved
        self.cap_m = 0.0
        for _ in range(2):
            self.cap_m = CAP_SHARE * self.filled_m
        if any(panel.row_labels for shelf in self.shelves for panel in shelf):
            self.cap_m = min(self.cap_m, cell.height_m * 0.4)

    def caption(self, panel: Panel) -> str:
        """The panel's name as it is written above it."""
        if not panel.name:
            return ""
        fits = self.cell.span(panel.columns) * 1.1 / max(1e-6, width_m("x", self.cap_m))
        return in_lines(shortened(panel.name), fits)

    def slot(self, panel: Panel) -> float:
        """Width that the panel takes, with its caption and the labels of its rows."""
        span = self.cell.span(panel.columns)
        labels = max((width_m(shortened(text), self.cap_m) for _, text in panel.row_labels), default=0.0)
        wide = span + 2 * (labels + MARGIN_M) if labels else span
        return max(wide, width_m(self.caption(panel), self.cap_m))

    def width(self, shelf: Sequence[Panel]) -> float:
        """Length of a shelf."""
        return sum(self.slot(panel) for panel in shelf) + self.between_m * (len(shelf) - 1)

    def heading(self, shelf: Sequence[Panel]) -> float:
        """Height of the words above a shelf."""
        return height_m([self.caption(panel) for panel in shelf], self.cap_m)

    def stack(self, shelf: Sequence[Panel]) -> float:
        """Height of a shelf's panels without their captions."""
        return self.cell.stack(max(panel.rows for panel in shelf))

    @property
    def between_m(self) -> float:
        """Free space between two panels."""
        return self.cell.gap_m + BETWEEN_SHARE * self.cell.width_m

    @property
    def length_m(self) -> float:
        """Length of the longest shelf."""
        return max((self.width(shelf) for shelf in self.shelves), default=0.0)

    @property
    def height_m(self) -> float:
        """From the foot of the lowest shelf to the top of the uppermost words."""
        gaps = 2.0 * self.cell.gap_m * (len(self.shelves) - 1)
        return sum(self.stack(shelf) + self.heading(shelf) for shelf in self.shelves) + gaps

    @property
    def filled_m(self) -> float:
        """The smaller, the larger the works on a screen that shows all of this."""
        return filled_width_m(self.length_m, self.height_m * (BENT if self.curved else 1.0))

    def stands(self, foot_m: float) -> list[Stand]:
        """Places for the panels shelf by shelf, in front of a visitor at the origin who looks towards -z."""
        away = max(LEAST_AWAY_M, self.filled_m / (2 * half_fields(SCREEN)[0] * WIDE))
        radius = max(LEAST_AWAY_M, self.length_m / ARC)
        found: list[Stand] = []
        y = foot_m + self.height_m
        for shelf in self.shelves:
            y -= self.heading(shelf)
            at = -self.width(shelf) / 2
            for panel in shelf:
                slot = self.slot(panel)
                middle, turn = at + slot / 2, (at + slot / 2) / radius
                x, z = (radius * math.sin(turn), -radius * math.cos(turn)) if self.curved else (middle, -away)
                found.append(Stand(x, z, turn if self.curved else 0.0, y, self.caption(panel), slot))
                at += slot + self.between_m
            y -= self.stack(shelf) + 2.0 * self.cell.gap_m
        return found


def panel_records(
    works: Sequence[Work],
    shelving: Shelving,
    *,
    centre_m: float,
    taken_ids: Collection[str],
    start: int,
) -> list[AnyRecord]:
    """Placements, captions and viewpoints of panels that stand in the open."""
    foot = max(LOWEST_M, centre_m - shelving.height_m / 2)
    panels = [panel for shelf in shelving.shelves for panel in shelf]
    stands = shelving.stands(foot)
    spots: list[Spot] = []
    for panel, place in zip(panels, stands, strict=True):
        spots += _spots(works, panel, place, shelving.cell)
    return [
        *placements(works, spots, taken_ids, start),
        *_captions(panels, stands, shelving),
        *_views(panels, stands, shelving, foot),
    ]


def _spots(works: Sequence[Work], panel: Panel, place: Stand, cell: Cell) -> list[Spot]:
    sizes = fitted([works[i] for i in panel.works], cell.width_m, cell.height_m).tolist()
    left = -cell.span(panel.columns) / 2 + cell.width_m / 2
    rotation = turned(-place.turn)
    pitch_x, pitch_y = cell.width_m + cell.gap_m, cell.height_m + cell.gap_m
    high = place.top - cell.height_m / 2
    return [
        Spot(work, place.point(left + column * pitch_x, high - row * pitch_y), rotation, (w, h), None, panel.name)
        for work, (column, row), (w, h) in zip(panel.works, panel.cells, sizes, strict=True)
    ]


def _captions(panels: Sequence[Panel], stands: Sequence[Stand], shelving: Shelving) -> list[Sign]:
    signs = []
    cell, cap = shelving.cell, tidy(max(0.01, shelving.cap_m))
    for k, (panel, place) in enumerate(zip(panels, stands, strict=True), 1):
        rotation = turned(-place.turn)
        if place.caption:
            at = place.point(0.0, place.top + height_m([place.caption], cap) / 2)
            signs.append(Sign(id=f"sign-{k}", text=place.caption, position_m=at, rotation=rotation, height_m=cap))
        left = -cell.span(panel.columns) / 2
        for row, label in panel.row_labels:
            text = shortened(label)
            middle = place.top - cell.height_m / 2 - row * (cell.height_m + cell.gap_m)
            at = place.point(left - MARGIN_M - width_m(text, cap) / 2, middle)
            name = f"sign-{k}-row-{row + 1}"
            signs.append(Sign(id=name, text=text, position_m=at, rotation=rotation, height_m=cap))
    return signs


def _views(panels: Sequence[Panel], stands: Sequence[Stand], shelving: Shelving, foot: float) -> list[Viewpoint]:
    top = foot + shelving.height_m
    seen = view_of(_corners(panels, stands, shelving), eye_for(top))
    found = [
        Viewpoint(id="entrance", name="Entrance", position_m=seen.position_m, target_m=seen.target_m, on_path=True)
    ]
    for k, (panel, place) in enumerate(zip(panels, stands, strict=True), 1):
        high, wide = shelving.cell.stack(panel.rows), place.slot_m
        near = max(1.2, filled_width_m(wide, high) / (2 * half_fields(SCREEN)[0] * WIDE))
        middle = place.top - high / 2
        found.append(
            Viewpoint(
                id=f"stop-{k}",
                name=panel.name or "Works",
                position_m=place.point(0.0, max(1.65, min(middle, 12.0)), near),
                target_m=place.point(0.0, middle),
                order=k,
                on_path=True,
            )
        )
    return found


def _corners(panels: Sequence[Panel], stands: Sequence[Stand], shelving: Shelving) -> Points:
    """What must be seen from the entrance: every panel with its caption."""
    found: list[Vector3] = []
    for panel, place in zip(panels, stands, strict=True):
        top = place.top + height_m([place.caption], shelving.cap_m)
        low = place.top - shelving.cell.stack(panel.rows)
        found += [place.point(s * place.slot_m / 2, y) for s in (-1, 1) for y in (top, low)]
    return np.array(found or [(-1.0, 1.0, -LEAST_AWAY_M), (1.0, 2.0, -LEAST_AWAY_M)])

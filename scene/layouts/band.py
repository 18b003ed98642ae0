"""A time axis measured out: so many lanes, sections wide enough for their labels, letters that suit the whole."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scene.layouts.captions import CAP_SHARE, LEAST_CAP_SHARE, width_m
from scene.layouts.framing import BENT, filled_width_m
from scene.layouts.ticks import Section, Slots, slots

SECTION_GAP_SHARE = 0.4
"""Extra space where a new section begins, where its rule runs, relative to the height of a cell."""
LABEL_AIR = 1.25
"""A section is at least so much wider than its label."""
LOWEST_M = 0.45
MOST_LANES = 40
GAP_SHARE = 0.22


@dataclass(frozen=True)
class Band:
    """A timeline with so many lanes, measured along the arc and upwards."""

    placed: Slots
    cell_m: float
    gap_m: float
    edges: NDArray[np.float64]
    """Where each section begins, then the end of the last, in metres."""
    indent: NDArray[np.float64]
    """How far into its section the first column of each begins."""
    cap_m: float
    bent: float = BENT

    @property
    def pitch_m(self) -> float:
        """From one column to the next."""
        return self.cell_m * 1.25 + self.gap_m

    @property
    def row_pitch_m(self) -> float:
        """From one lane to the next."""
        return self.cell_m + min(self.gap_m, 0.3 * self.cell_m)

    @property
    def length_m(self) -> float:
        """From the first rule to the end."""
        return float(self.edges[-1])

    @property
    def foot_m(self) -> float:
        """Where the lowest cells begin, above the labels."""
        return max(LOWEST_M, 0.15 + 2.2 * self.cap_m)

    @property
    def high_m(self) -> float:
        """Height of the fullest column with the label below it."""
        return float((int(self.placed.lane.max()) + 1) * self.row_pitch_m + 2 * self.cap_m)

    @property
    def filled_m(self) -> float:
        """The smaller, the larger the works on a screen that shows all of this."""
        return filled_width_m(self.length_m, self.high_m * self.bent)

    @property
    def along_m(self) -> NDArray[np.float64]:
        """How far along each work's middle lies."""
        column = self.placed.slot - self.placed.first_slot[self.placed.section]
        begin = self.edges[self.placed.section] + self.indent[self.placed.section]
        along: NDArray[np.float64] = begin + (column + 0.5) * self.pitch_m - self.gap_m / 2
        return along

    @property
    def rules_m(self) -> NDArray[np.float64]:
        """How far along each section's rule stands."""
        rules: NDArray[np.float64] = self.edges[:-1] + SECTION_GAP_SHARE * self.cell_m / 2
        return rules


def cell_for(count: int) -> float:
    """Height of a card's cell; the more works, the smaller, so that the whole keeps a human scale."""
    return float(min(1.25, max(0.3, 1.25 * (14 / max(1, count)) ** 0.3)))


def best_band(
    ordinals: NDArray[np.int64],
    parts: list[Section],
    newest_first: bool,
    cell_m: float,
    gap_m: float | None,
    most_lanes: int = MOST_LANES,
) -> Band:
    """The band in which the works come out largest on a screen."""
    tried = sorted({min(most_lanes, lanes) for lanes in lanes_to_try(len(ordinals))})
    gap = gap_m or GAP_SHARE * cell_m
    bands = [band_of(ordinals, parts, newest_first, lanes, cell_m, gap) for lanes in tried]
    return min(bands, key=lambda band: band.filled_m)


def band_of(
    ordinals: NDArray[np.int64], parts: list[Section], newest_first: bool, lanes: int, cell_m: float, gap_m: float
) -> Band:
    """Slots with so many lanes, each section wide enough for its label."""
    placed = slots(ordinals, parts, lanes, newest_first)
    labels = [part.label for part in (parts[::-1] if newest_first else parts)]
    columns = np.diff(placed.first_slot) * (cell_m * 1.25 + gap_m) + SECTION_GAP_SHARE * cell_m
    high = (int(placed.lane.max()) + 1) * (cell_m + min(gap_m, 0.3 * cell_m))
    cap, wide = 0.0, columns
    for share in (CAP_SHARE, CAP_SHARE, LEAST_CAP_SHARE):
        cap = share * filled_width_m(float(wide.sum()), high)
        wide = np.maximum(columns, [LABEL_AIR * width_m(label, cap) for label in labels])
        if wide.sum() <= 1.1 * columns.sum() and cap > 0:
            break
        wide = wide if share == LEAST_CAP_SHARE else columns
    edges = np.concatenate([[0.0], np.cumsum(wide)])
    return Band(placed, cell_m, gap_m, edges, (wide - columns) / 2 + SECTION_GAP_SHARE * cell_m, cap)


def lanes_to_try(count: int) -> list[int]:
    """Numbers of lanes to try: around the one that makes an even band twice as wide as high."""
    middle = math.sqrt(count / 2)
    return sorted(
        {min(MOST_LANES, max(1, round(middle * part))) for part in (0.4, 0.55, 0.7, 0.85, 1, 1.2, 1.4, 1.7, 2)}
    )

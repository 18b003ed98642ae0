"""How large works hang: a common area, shaped by aspect, nudged by pixels, within what a wall can bear."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scene.layouts.contract import Work
from scene.layouts.sequence import areas_relative

Sizes = NDArray[np.float64]
"""Shape (works, 2): width and height in metres."""

COMMON_AREA_M2 = 1.35
LOWEST_EDGE_M = 0.25
"""No work hangs lower than this above the floor."""
WIDEST_M = 4.5
HIGHEST_M = 4.5


def wall_sizes(works: Sequence[Work], scale: float, centre_m: float) -> Sizes:
    """Sizes for hanging with a common centre line, so that no work reaches the floor at the default scale."""
    if not works:
        return np.zeros((0, 2))
    aspect = aspects(works)
    area = COMMON_AREA_M2 * areas_relative(works)
    height = np.sqrt(area / aspect)
    width = height * aspect
    under_line = max(0.6, 2 * (centre_m - LOWEST_EDGE_M))
    shrink = np.minimum(1.0, np.minimum(WIDEST_M / width, under_line / height))
    grown = shrink * scale
    grown = np.minimum(grown, np.minimum(2 * WIDEST_M / width, HIGHEST_M / height))
    return np.round(np.stack([np.maximum(width * grown, 0.02), np.maximum(height * grown, 0.02)], axis=1), 4)


def aspects(works: Sequence[Work]) -> NDArray[np.float64]:
    """Width over height of each work."""
    return np.array([work.width_px / work.height_px for work in works], dtype=float)


def fitted(works: Sequence[Work], width_m: float, height_m: float) -> Sizes:
    """The largest sizes that keep each aspect inside a cell."""
    if not works:
        return np.zeros((0, 2))
    aspect = aspects(works)
    width = np.minimum(width_m, height_m * aspect)
    height = width / aspect
    cells: Sizes = np.round(np.maximum(np.stack([width, height], axis=1), 0.005), 4)
    return cells

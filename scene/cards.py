"""Placements as arrays: centres, axes and half extents of the cards, for geometry over many works at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scene.records import Placement

Floats = NDArray[np.float64]
CARD_DEPTH_M = 0.02
"""How thick a card counts as, so that two works in nearly one plane count as overlapping."""


@dataclass(frozen=True)
class Cards:
    """Row i is one card. `axes_m[i]` holds its right, up and front as rows; `half_m[i]` its half extents along them."""

    works: Sequence[Placement]
    centre_m: Floats
    axes: Floats
    half_m: Floats

    @staticmethod
    def of(works: Sequence[Placement]) -> "Cards":
        """The cards of these works."""
        size_m = np.array([work.size_m for work in works], dtype=np.float64).reshape(-1, 2)
        rotation = np.array([work.rotation for work in works], dtype=np.float64).reshape(-1, 4)
        centre_m = np.array([work.position_m for work in works], dtype=np.float64).reshape(-1, 3)
        depth_m = np.full((len(works), 1), CARD_DEPTH_M)
        return Cards(works, centre_m, axes_of(rotation), np.hstack([size_m, depth_m]) / 2.0)

    @property
    def reach_m(self) -> Floats:
        """Half extents of the axis-aligned boxes around the flat cards, shape (n, 3)."""
        flat = self.half_m * np.array([1.0, 1.0, 0.0])
        reach_m: Floats = np.einsum("ni,nij->nj", flat, np.abs(self.axes))
        return reach_m

    def taking(self, rows: NDArray[np.intp]) -> "Cards":
        """These rows alone."""
        works = [self.works[row] for row in rows]
        return Cards(works, self.centre_m[rows], self.axes[rows], self.half_m[rows])


def axes_of(rotation: Floats) -> Floats:
    """Local x, y, z axes as rows in scene space, shape (n, 3, 3), of quaternions (x, y, z, w), shape (n, 4)."""
    x, y, z, w = rotation.T
    right = np.stack([1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)], axis=1)
    up = np.stack([2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)], axis=1)
    front = np.stack([2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)], axis=1)
    return np.stack([right, up, front], axis=1)

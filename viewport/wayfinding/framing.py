"""Where to stand so that several works are seen at once."""

import numpy as np
from numpy.typing import NDArray

from viewport.camera import Pose, in_front_of, overview
from viewport.works.cards import Cards

MUCH_ALIKE = 0.8
"""Works whose fronts differ less than that (as a cosine) are looked at from the front, others from above."""


def framing(cards: Cards, rows: NDArray[np.int64], view_angle_deg: float, aspect: float) -> Pose | None:
    """A pose that shows these rows; None when there are none."""
    if not len(rows):
        return None
    chosen = cards.at(rows)
    corners = chosen.corners().reshape(-1, 3).astype(np.float64)
    front = chosen.normal.mean(axis=0)
    length = float(np.linalg.norm(front))
    if length < MUCH_ALIKE or (chosen.normal @ front / max(length, 1e-9) < MUCH_ALIKE).any():
        return overview(corners.min(axis=0), corners.max(axis=0), view_angle_deg, aspect)
    front /= length
    right = np.cross((0.0, 1.0, 0.0), front)
    width = float(np.linalg.norm(right))
    right = right / width if width > 1e-6 else np.array([1.0, 0.0, 0.0])
    axes = np.stack([right, np.cross(front, right), front])
    seen = corners @ axes.T
    low, high = seen.min(axis=0), seen.max(axis=0)
    middle = axes.T @ np.array([*((low + high)[:2] / 2), high[2]])
    return in_front_of(middle, front, (float(high[0] - low[0]), float(high[1] - low[1])), view_angle_deg, aspect)

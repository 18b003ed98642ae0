"""How large every card is on screen and which are drawn within a budget: flat numpy over all cards at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewport.camera import Pose
from viewport.cards import Cards
from viewport.picking import axes_of

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
LARGEST_GROWTH, GROWN_PX = 4.5, 36.0
"""A card that stands for others grows by so much at most, and to no more pixels than that."""
_FADE_IN = 0.35
"""A card near the end of the budget opens over this share of its importance."""


class Columns:
    """Centres, normals and reaches of cards as float32 columns, and a fixed shuffle that ranks them."""

    def __init__(self, cards: Cards) -> None:
        self.share = ranks(len(cards))
        self.moved(cards)

    def moved(self, cards: Cards) -> None:
        """The same rows stand elsewhere."""
        self.centre = np.ascontiguousarray(cards.centre.T, np.float32)
        self.normal = np.ascontiguousarray(cards.normal.T, np.float32)
        self.reach = cards.size.max(axis=1, initial=0.0).astype(np.float32)
        self.on_wall = cards.on_wall
        self.any_on_wall = bool(cards.on_wall.any())

    def __len__(self) -> int:
        return len(self.reach)


@dataclass(frozen=True, eq=False)
class Sight:
    """What the eye sees of each row."""

    size_px: Floats
    """Longest edge on screen; 0 behind the eye, well outside the picture, or seen from behind."""
    depth_m: Floats


def ranks(count: int) -> Floats:
    """A number from 0 to 1 for each row, the same every time: those with small ones are drawn first."""
    order = np.random.default_rng(20).permutation(count)
    return ((order + np.float32(0.5)) / np.float32(max(count, 1))).astype(np.float32)


def look(columns: Columns, pose: Pose, size_px: tuple[int, int], view_angle_deg: float) -> Sight:
    """Sizes on screen and depths."""
    width, height = max(size_px[0], 1), max(size_px[1], 1)
    half = float(np.tan(np.radians(view_angle_deg) / 2))
    across, above = axes_of(pose)
    axes = np.stack([across, above, pose.forward]).astype(np.float32)
    eye = pose.position.astype(np.float32)
    (cx, cy, cz), moved = columns.centre, axes @ eye
    x, y, depth = (a * cx + b * cy + (c * cz - m) for (a, b, c), m in zip(axes, moved, strict=True))
    reach = columns.reach
    ahead = np.maximum(depth, 0.0)
    margin = reach * np.float32(1.5)
    seen = (np.abs(x) < ahead * np.float32(half * width / height) + margin) & (depth > -reach)
    seen &= np.abs(y) < ahead * np.float32(half) + margin
    if columns.any_on_wall:
        nx, ny, nz = columns.normal
        towards = (eye[0] - cx) * nx + (eye[1] - cy) * ny + (eye[2] - cz) * nz
        seen &= ~columns.on_wall | (towards > 0)
    distance = np.sqrt(x * x + y * y + depth * depth)
    size = reach * np.float32(height / 2 / half) / np.maximum(distance, np.float32(0.05))
    return Sight(np.where(seen, size, np.float32(0.0)), depth)


def within_budget(rows: Rows, size_px: Floats, share: Floats, budget: int) -> tuple[Rows, NDArray[np.float32], Rows]:
    """Rows to draw while moving, their growth, and the rows left for later.

    Large cards come first, small ones by a fixed shuffle; those drawn grow a little for those that are not, and the
    last ones open gradually, so that nothing pops while the eye moves.
    """
    if len(rows) <= budget:
        return rows, np.ones(len(rows), np.float32), rows[:0]
    importance = size_px[rows] ** 2 / share[rows]
    cut = len(rows) - budget
    order = np.argpartition(importance, cut)
    chosen, later = order[cut:], order[:cut]
    least = np.float32(importance[order[cut]])
    kept = np.minimum(size_px[rows[chosen]] ** 2 / least, 1.0)
    growth = np.minimum(kept**-0.5, np.clip(GROWN_PX / size_px[rows[chosen]], 1.0, LARGEST_GROWTH))
    opened = np.clip((importance[chosen] / least - 1.0) / _FADE_IN, 0.15, 1.0)
    return rows[chosen], (growth * opened).astype(np.float32), rows[later]

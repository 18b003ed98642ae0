"""How large every card is on screen and which are drawn within a budget: flat numpy over all cards at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewport.camera import Pose
from viewport.works.cards import Cards
from viewport.works.picking import axes_of

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
LARGEST_GROWTH, GROWN_PX = 4.5, 36.0
"""A card that stands for others grows by so much at most, and to no more pixels than that."""
CHUNKED_FROM, CARDS_A_CHUNK, MOST_ACROSS = 20_000, 100, 64
"""So many cards are looked at by chunks of about so many, in a grid of so many cells a side at most."""
MOST_SEEN = 0.6
"""Where more than this share may be in view, all are looked at one by one."""
_FADE_IN = 0.35
"""A card near the end of the budget opens over this share of its importance."""


class Columns:
    """Centres, normals and reaches of cards as float32 columns, and a fixed shuffle that ranks them."""

    def __init__(self, cards: Cards) -> None:
        self.share = ranks(len(cards))
        self.centre, self.normal = np.zeros((2, 3, 0), np.float32)
        self.reach: Floats = np.zeros(0, np.float32)
        self.moved(cards)
        self.chunks: Chunks | None = Chunks(self.centre, self.reach) if len(cards) >= CHUNKED_FROM else None
        """None where there are few, or where they fly."""

    def moved(self, cards: Cards) -> None:
        """The same rows stand elsewhere."""
        self.chunks = None
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


class Chunks:
    """Cards by cells of a grid: what lies around a whole cell is looked at once."""

    def __init__(self, centre: Floats, reach: Floats) -> None:
        low, high = centre.min(axis=1, keepdims=True), centre.max(axis=1, keepdims=True)
        wide = np.maximum(high - low, 1e-3)
        edge = np.float32(np.prod(wide) / max(1, centre.shape[1] // CARDS_A_CHUNK)) ** np.float32(1 / 3)
        cell = np.minimum((centre - low) / np.maximum(edge, wide / MOST_ACROSS), MOST_ACROSS - 1).astype(np.int64)
        key = (cell[0] * MOST_ACROSS + cell[1]) * MOST_ACROSS + cell[2]
        self._rows = np.argsort(key, kind="stable")
        ends = np.flatnonzero(np.diff(key[self._rows])) + 1
        starts = self._starts = np.concatenate([ends[:0], [0], ends])
        self._ends = np.concatenate([ends, [len(key)]])
        sides = [np.minimum.reduceat(centre[:, self._rows] - reach[self._rows], starts, axis=1)]
        sides.append(np.maximum.reduceat(centre[:, self._rows] + reach[self._rows], starts, axis=1))
        self.centre: Floats = ((sides[0] + sides[1]) / 2).astype(np.float32)
        self.radius: Floats = (np.linalg.norm(sides[1] - sides[0], axis=0) / 2).astype(np.float32)

    def rows(self, view: "_View") -> Rows | None:
        """Rows that may be in view; None where that is most of them."""
        x, y, depth = view.coordinates(self.centre)
        seen = np.flatnonzero(view.meets(x, y, depth, self.radius * view.slack))
        counts = self._ends[seen] - self._starts[seen]
        total = int(counts.sum())
        if total > MOST_SEEN * len(self._rows):
            return None
        before = np.cumsum(counts) - counts
        found: Rows = self._rows[np.repeat(self._starts[seen] - before, counts) + np.arange(total)]
        return found


class _View:
    """A pose before a picture of a shape."""

    def __init__(self, pose: Pose, size_px: tuple[int, int], view_angle_deg: float) -> None:
        width, height = max(size_px[0], 1), max(size_px[1], 1)
        self.half = float(np.tan(np.radians(view_angle_deg) / 2))
        self.aspect = width / height
        self.px_a_tangent = np.float32(height / 2 / self.half)
        across, above = axes_of(pose)
        self._axes = np.stack([across, above, pose.forward]).astype(np.float32)
        self.eye = pose.position.astype(np.float32)
        self.slack = np.float32(1.0 + self.half * max(self.aspect, 1.0))
        """A ball reaches so many times its radius beyond a side of the picture, measured straight across."""

    def coordinates(self, centre: Floats) -> tuple[Floats, Floats, Floats]:
        """To the right, up and ahead of the eye."""
        cx, cy, cz = centre
        x, y, depth = (
            a * cx + b * cy + (c * cz - m) for (a, b, c), m in zip(self._axes, self._axes @ self.eye, strict=True)
        )
        return x, y, depth

    def meets(self, x: Floats, y: Floats, depth: Floats, margin: Floats) -> NDArray[np.bool_]:
        """Whether what is within a margin of these places is on the picture."""
        ahead = np.maximum(depth, 0.0)
        seen = (np.abs(x) < ahead * np.float32(self.half * self.aspect) + margin) & (depth > -margin)
        seen &= np.abs(y) < ahead * np.float32(self.half) + margin
        return seen


def look(
    columns: Columns, pose: Pose, size_px: tuple[int, int], view_angle_deg: float, rows: Rows | None = None
) -> Sight:
    """Sizes on screen and depths, of these rows alone if any are given: all others count as unseen."""
    view = _View(pose, size_px, view_angle_deg)
    if rows is None and columns.chunks is not None:
        rows = columns.chunks.rows(view)
    if rows is None:
        return _sizes(view, columns.centre, columns.normal, columns.reach, columns.on_wall, columns.any_on_wall)
    part = (columns.centre[:, rows], columns.normal[:, rows], columns.reach[rows], columns.on_wall[rows])
    near = _sizes(view, *part, columns.any_on_wall)
    size, depth = np.zeros(len(columns), np.float32), np.zeros(len(columns), np.float32)
    size[rows], depth[rows] = near.size_px, near.depth_m
    return Sight(size, depth)


def _sizes(
    view: _View, centre: Floats, normal: Floats, reach: Floats, on_wall: NDArray[np.bool_], any_on_wall: bool
) -> Sight:
    x, y, depth = view.coordinates(centre)
    seen = view.meets(x, y, depth, reach * np.float32(1.5)) & (depth > -reach)
    if any_on_wall:
        (cx, cy, cz), (nx, ny, nz), eye = centre, normal, view.eye
        towards = (eye[0] - cx) * nx + (eye[1] - cy) * ny + (eye[2] - cz) * nz
        seen &= ~on_wall | (towards > 0)
    distance = np.sqrt(x * x + y * y + depth * depth)
    size = reach * view.px_a_tangent / np.maximum(distance, np.float32(0.05))
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
